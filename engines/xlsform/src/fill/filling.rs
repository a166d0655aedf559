//! Filling: each change wakes the conditions and calculations that read what has changed, in the
//! order in which they depend on each other, and no others.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::choices::{self, Choice};
use super::types::stored;
use super::world::World;
use super::xform::{FormError, XForm, named, nodes_at, path_of};
use crate::xml::{self, Document, NodeId, NodeKind};
use crate::xpath::EvaluationError;

/// Instances of one repeat.
pub(super) const MAX_INSTANCES: usize = 10_000;

/// When, where and with which chance a form is filled; nothing is taken from the machine.
#[derive(Debug, Clone)]
pub struct Start {
    pub now: Timestamp,
    pub zone: TimeZone,
    /// Seed of `random()`, `uuid()` and of the record's identity.
    pub seed: u64,
    /// Language to show; the form's default without one.
    pub language: Option<String>,
}

/// What holds of one node now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct State {
    pub relevant: bool,
    pub read_only: bool,
    pub required: bool,
}

/// Why a record cannot be submitted as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Violation {
    /// An answer is required and missing.
    Required,
    /// The answer breaks the constraint.
    Constraint,
}

#[derive(Debug, Clone)]
pub(super) struct NodeState {
    pub(super) relevant: bool,
    pub(super) read_only: bool,
    pub(super) required: bool,
    pub(super) valid: bool,
    /// The answer while the node is not relevant: it comes back with it.
    pub(super) kept: Option<String>,
}

impl Default for NodeState {
    fn default() -> Self {
        Self { relevant: true, read_only: false, required: false, valid: true, kept: None }
    }
}

/// A form in progress.
#[derive(Debug, Clone)]
pub struct Filling {
    pub(super) form: Arc<XForm>,
    pub(super) document: Document,
    pub(super) states: BTreeMap<NodeId, NodeState>,
    pub(super) language: Option<String>,
    pub(super) now: Timestamp,
    pub(super) zone: TimeZone,
    pub(super) chance: Cell<u64>,
    pub(super) properties: BTreeMap<String, String>,
    /// The first expression that could not be evaluated, and why.
    pub(super) fault: Option<String>,
}

impl Filling {
    /// Opens a new record.
    ///
    /// Fails when a calculation of the form cannot be evaluated at all; the message names its path.
    pub fn new(form: Arc<XForm>, start: Start) -> Result<Self, FormError> {
        let mut filling = Self::empty(form, start);
        filling.store_defaults();
        filling.add_identity();
        filling.preload();
        filling.open(&["odk-instance-first-load", "odk-instance-load"]);
        match filling.fault.take() {
            None => Ok(filling),
            Some(message) => Err(FormError { message }),
        }
    }

    /// Opens a record that was begun before, or checks one that has arrived. Answers the form
    /// does not know are left out; what the record lacks stands as in the empty form. A calculation that
    /// its answers make impossible is empty, as while they were given.
    pub fn resume(form: Arc<XForm>, record: &str, start: Start) -> Result<Self, FormError> {
        let mut filling = Self::empty(form, start);
        filling.store_defaults();
        filling.take_over(record)?;
        filling.add_identity();
        filling.open(&["odk-instance-load"]);
        filling.fault = None;
        Ok(filling)
    }

    /// Opens a record that was submitted before, to correct it: it gets an identity of its own
    /// and names the one it replaces.
    pub fn edit(form: Arc<XForm>, record: &str, start: Start) -> Result<Self, FormError> {
        let mut filling = Self::resume(form, record, start)?;
        filling.replace_identity();
        Ok(filling)
    }

    fn empty(form: Arc<XForm>, start: Start) -> Self {
        let language = start.language.or_else(|| form.languages.first().cloned());
        Self {
            document: form.document.clone(),
            form,
            states: BTreeMap::new(),
            language,
            now: start.now,
            zone: start.zone,
            chance: Cell::new(start.seed),
            properties: BTreeMap::new(),
            fault: None,
        }
    }

    fn open(&mut self, events: &[&str]) {
        self.document.renumber();
        self.recalculate(None);
        self.run(None, events, None);
        self.recalculate(None);
    }

    /// Reads another record into the empty one.
    fn take_over(&mut self, record: &str) -> Result<(), FormError> {
        let root = xml::parse(&mut self.document, record)
            .map_err(|error| FormError { message: error.to_string() })?;
        let theirs = self.document.elements(root).next();
        let ours = self.document.elements(self.form.primary).next();
        let (Some(ours), Some(theirs)) = (ours, theirs) else {
            return Err(FormError { message: "The record is empty.".to_owned() });
        };
        let (wanted, found) = (self.document.local_name(ours), self.document.local_name(theirs));
        if wanted != found {
            let message = format!(
                "The record begins with <{found}>, but this form's records begin with <{wanted}>. \
                 It belongs to another form."
            );
            return Err(FormError { message });
        }
        let corrects = self.document.child(theirs, "meta");
        let corrects = corrects.and_then(|meta| self.document.child(meta, "deprecatedID"));
        let corrects = corrects.map(|id| self.document.text(id)).unwrap_or_default();
        self.merge(ours, theirs, &mut vec![found.to_owned()]);
        if !corrects.is_empty() {
            self.correct(&corrects);
        }
        self.document.renumber();
        Ok(())
    }

    fn merge(&mut self, ours: NodeId, theirs: NodeId, path: &mut Vec<String>) {
        for attribute in self.document.attributes(ours).to_vec() {
            let name = self.document.local_name(attribute);
            if let Some(value) = self.document.attribute(theirs, name).map(str::to_owned) {
                self.document.set_text(attribute, &value);
            }
        }
        let mut names: Vec<String> = Vec::new();
        for child in self.document.elements(theirs) {
            let name = self.document.local_name(child).to_owned();
            if !names.contains(&name) {
                names.push(name);
            }
        }
        if names.is_empty() && self.document.elements(ours).next().is_none() {
            let text = self.document.text(theirs);
            let text = self.stored(path, &text);
            self.document.set_text(ours, &text);
            return;
        }
        for name in names {
            path.push(name.clone());
            let repeats = self.form.repeat(path).is_some();
            let theirs = named(&self.document, theirs, &name);
            let mut same = named(&self.document, ours, &name);
            while repeats && same.len() < theirs.len() {
                let Some(node) = self.add_instance(ours, path) else { break };
                same.push(node);
            }
            while repeats
                && same.len() > theirs.len()
                && let Some(last) = same.pop()
            {
                self.remove(last);
            }
            for (ours, theirs) in same.into_iter().zip(theirs) {
                self.merge(ours, theirs, path);
            }
            path.pop();
        }
    }

    /// The form that is filled.
    pub fn form(&self) -> &Arc<XForm> {
        &self.form
    }

    pub fn language(&self) -> Option<&str> {
        self.language.as_deref()
    }

    /// Shows the form in another of its languages.
    pub fn set_language(&mut self, language: &str) -> bool {
        let known = self.form.itext.contains_key(language);
        if known {
            self.language = Some(language.to_owned());
            self.recalculate(None);
        }
        known
    }

    /// The node at a path with positions: `/data/person[2]/age`.
    pub fn find(&self, reference: &str) -> Option<NodeId> {
        let mut at = self.form.primary;
        for step in reference.split('/').filter(|step| !step.is_empty()) {
            let (name, position) = match step.split_once('[') {
                Some((name, rest)) => (name, rest.strip_suffix(']')?.trim().parse::<usize>().ok()?),
                None => (step, 1),
            };
            let name = name.rsplit(':').next().unwrap_or(name);
            at = *named(&self.document, at, name).get(position.checked_sub(1)?)?;
        }
        Some(at)
    }

    /// The path of a node, with positions inside repeats.
    pub fn reference(&self, node: NodeId) -> String {
        let mut steps = Vec::new();
        let mut here = Some(node);
        while let Some(id) = here.filter(|id| self.document.kind(*id) != NodeKind::Root) {
            let path = path_of(&self.document, id);
            let name = path.last().cloned().unwrap_or_default();
            steps.push(match self.document.parent(id) {
                Some(parent) if self.form.repeat(&path).is_some() => {
                    let same = named(&self.document, parent, &name);
                    let position = same.iter().position(|other| *other == id).unwrap_or(0);
                    format!("{name}[{}]", position + 1)
                }
                _ => name,
            });
            here = self.document.parent(id);
        }
        steps.reverse();
        format!("/{}", steps.join("/"))
    }

    /// The answer at a node; empty while it is not relevant.
    pub fn value(&self, node: NodeId) -> String {
        self.document.text(node)
    }

    /// Answers a question. The answer is stored as its type is stored; a calculated or read-only
    /// value can be overwritten by the caller, as clients do.
    pub fn set(&mut self, node: NodeId, answer: &str) {
        let path = path_of(&self.document, node);
        let mut answer = self.stored(&path, answer);
        if answer.contains(' ') && self.control(node) == Some("select") {
            answer = in_order_of_choices(&answer, &self.choices(node));
        }
        let bounds = self.form.control(&path).and_then(|control| control.bounds);
        if let (Some((least, most)), Ok(number)) = (bounds, answer.parse::<f64>())
            && !(least..=most).contains(&number)
        {
            answer.clear();
        }
        if !self.write(node, &answer) {
            return;
        }
        self.recalculate(Some(BTreeSet::from([path.clone()])));
        self.run(Some(&path), &["xforms-value-changed"], Some(node));
    }

    /// Adds an instance of a repeat at the end. `None` when there is no such repeat, its number is
    /// calculated, or there are too many.
    pub fn add_repeat(&mut self, reference: &str) -> Option<NodeId> {
        let (parent, name) = reference.rsplit_once('/')?;
        let name = name.split('[').next()?;
        let parent = if parent.is_empty() { self.form.primary } else { self.find(parent)? };
        let mut path = path_of(&self.document, parent);
        path.push(name.to_owned());
        if self.form.repeat(&path).is_none_or(|repeat| repeat.fixed) {
            return None;
        }
        let node = self.add_instance(parent, &path)?;
        self.document.renumber();
        self.recalculate(Some(BTreeSet::from([path.clone()])));
        self.run(Some(&path), &["odk-new-repeat"], Some(node));
        Some(node)
    }

    /// Removes one instance of a repeat.
    pub fn remove_repeat(&mut self, node: NodeId) -> bool {
        let path = path_of(&self.document, node);
        if self.form.repeat(&path).is_none_or(|repeat| repeat.fixed) {
            return false;
        }
        self.remove(node);
        self.document.renumber();
        self.recalculate(Some(BTreeSet::from([path])));
        true
    }

    pub fn state(&self, node: NodeId) -> State {
        let own = self.states.get(&node).cloned().unwrap_or_default();
        let mut state =
            State { relevant: own.relevant, read_only: own.read_only, required: own.required };
        let mut above = self.document.parent(node);
        while let Some(id) = above {
            if let Some(outer) = self.states.get(&id) {
                state.relevant &= outer.relevant;
                state.read_only |= outer.read_only;
            }
            above = self.document.parent(id);
        }
        state
    }

    /// What is asked at a node, in the language shown.
    pub fn label(&self, node: NodeId) -> Option<String> {
        let control = self.form.control(&path_of(&self.document, node))?;
        Some(choices::text(&self.world(), control.label?, node))
    }

    /// The hint at a node.
    pub fn hint(&self, node: NodeId) -> Option<String> {
        let control = self.form.control(&path_of(&self.document, node))?;
        Some(choices::text(&self.world(), control.hint?, node))
    }

    /// Words of the control's appearance.
    pub fn appearance(&self, node: NodeId) -> Vec<String> {
        let control = self.form.control(&path_of(&self.document, node));
        control.map(|control| control.appearance.clone()).unwrap_or_default()
    }

    /// The control that asks for the node: `input`, `select1` …
    pub fn control(&self, node: NodeId) -> Option<&str> {
        self.form.control(&path_of(&self.document, node)).map(|control| control.kind.as_str())
    }

    /// The choices at a node as they stand now.
    pub fn choices(&self, node: NodeId) -> Vec<Choice> {
        choices::choices(&self.world(), node)
    }

    /// Everything that stands against submission, in the order of the record.
    pub fn violations(&self) -> Vec<(NodeId, Violation)> {
        let nodes = self.document.descendants(self.form.primary);
        let judged = nodes.into_iter().filter_map(|id| {
            let own = self.states.get(&id)?;
            if !self.state(id).relevant {
                return None;
            }
            let empty = self.document.text(id).is_empty();
            match (own.required && empty, own.valid) {
                (true, _) => Some((id, Violation::Required)),
                (false, false) if !empty => Some((id, Violation::Constraint)),
                _ => None,
            }
        });
        judged.collect()
    }

    /// The message for a violation, if the form has one.
    pub fn message(&self, node: NodeId, violation: Violation) -> Option<String> {
        let bind = self.form.bind(&path_of(&self.document, node))?;
        let text = match violation {
            Violation::Required => bind.required_message.as_ref()?,
            Violation::Constraint => bind.constraint_message.as_ref()?,
        };
        let id = text.strip_prefix("jr:itext('").and_then(|rest| rest.strip_suffix("')"));
        match id {
            Some(id) => {
                let entry = *self.form.itext.get(self.language.as_deref()?)?.get(id)?;
                let value = self.document.elements(entry).next()?;
                Some(choices::text(&self.world(), value, node))
            }
            None => Some(text.clone()),
        }
    }

    /// The record as it is submitted: what is not relevant is left out.
    pub fn submission(&self) -> String {
        let mut document = self.document.clone();
        for id in self.document.descendants(self.form.primary) {
            if self.states.get(&id).is_some_and(|state| !state.relevant) {
                document.detach(id);
            }
        }
        let data = document.elements(self.form.primary).next();
        data.map(|id| document.xml(id)).unwrap_or_default()
    }

    /// The record as it is kept while somebody is filling it: what is not relevant is in it, empty.
    pub fn draft(&self) -> String {
        let data = self.document.elements(self.form.primary).next();
        data.map(|id| self.document.xml(id)).unwrap_or_default()
    }

    /// The nodes at a path of names below a node: the instances of a repeat, or one.
    pub fn nodes(&self, below: Option<NodeId>, names: &[String]) -> Vec<NodeId> {
        nodes_at(&self.document, below.unwrap_or(self.form.primary), names)
    }

    /// The record with everything in it.
    pub fn document(&self) -> &Document {
        &self.document
    }

    pub(super) fn world(&self) -> World<'_> {
        World {
            form: &self.form,
            document: &self.document,
            language: self.language.as_deref(),
            now: self.now,
            zone: &self.zone,
            chance: &self.chance,
            properties: &self.properties,
            at: None,
        }
    }

    pub(super) fn stored(&self, path: &[String], answer: &str) -> String {
        let data_type = self.form.bind(path).map_or("string", |bind| bind.data_type.as_str());
        stored(data_type, answer)
    }

    /// Stores a value; one that is not relevant is kept aside. Returns whether anything changed.
    pub(super) fn write(&mut self, node: NodeId, value: &str) -> bool {
        if self.document.elements(node).next().is_some() {
            return false;
        }
        if !self.state(node).relevant {
            let state = self.states.entry(node).or_default();
            state.kept = Some(value.to_owned());
            return false;
        }
        if self.document.text(node) == value {
            return false;
        }
        self.document.set_text(node, value);
        true
    }

    /// A value, or nothing and a note of why there is none.
    pub(super) fn or_fault(
        &mut self,
        path: &[String],
        value: Result<String, EvaluationError>,
    ) -> String {
        value.unwrap_or_else(|error| {
            let message = format!("/{} cannot be calculated: {error}", path.join("/"));
            self.fault.get_or_insert(message);
            String::new()
        })
    }

    /// Brings the defaults of the form into the shape of their types.
    fn store_defaults(&mut self) {
        let form = Arc::clone(&self.form);
        for bind in &form.binds {
            for node in nodes_at(&self.document, form.primary, &bind.path) {
                let text = self.document.text(node);
                if !text.is_empty() && self.document.elements(node).next().is_none() {
                    let value = stored(&bind.data_type, &text);
                    self.document.set_text(node, &value);
                }
            }
        }
    }

    pub(super) fn add_instance(&mut self, parent: NodeId, path: &[String]) -> Option<NodeId> {
        let form = Arc::clone(&self.form);
        let repeat = form.repeat(path)?;
        let name = path.last()?;
        let same = named(&self.document, parent, name);
        if same.len() >= MAX_INSTANCES {
            return None;
        }
        let source = repeat.defaults.get(same.len()).copied().unwrap_or(repeat.template);
        let copy = self.document.copy(source);
        let at = match same.last() {
            Some(last) => {
                self.document.children(parent).iter().position(|id| id == last).unwrap_or(0) + 1
            }
            None => self.place_of(parent, path),
        };
        self.document.insert(parent, at, copy);
        Some(copy)
    }

    /// Where the first instance of a repeat belongs among its siblings.
    fn place_of(&self, parent: NodeId, path: &[String]) -> usize {
        let form = &self.form;
        let empty = form.template_siblings(path);
        let before = empty.iter().take_while(|name| Some(*name) != path.last()).collect::<Vec<_>>();
        let children = self.document.children(parent);
        children
            .iter()
            .rposition(|id| before.iter().any(|name| *name == self.document.local_name(*id)))
            .map_or(0, |at| at + 1)
    }

    pub(super) fn remove(&mut self, node: NodeId) {
        for id in self.document.descendants(node) {
            self.states.remove(&id);
        }
        self.document.detach(node);
    }
}

/// Several choices in the order in which they are offered; those that are not offered come last.
pub(super) fn in_order_of_choices(answer: &str, choices: &[Choice]) -> String {
    let mut chosen = answer.split_whitespace().collect::<Vec<_>>();
    let place = |one: &&str| {
        choices.iter().position(|choice| choice.value == **one).unwrap_or(choices.len())
    };
    chosen.sort_by_key(place);
    chosen.join(" ")
}

/// What is no number is nothing.
pub(super) fn number_or_text(value: String) -> String {
    if value == "NaN" { String::new() } else { value }
}
