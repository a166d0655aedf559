//! An XForm that has been read: its empty record, its lists, what binds to what, what is asked.
//! Made once and shared by everybody who fills it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::attached;
use super::remark::Remark;
use crate::xml::name::is_element_name;
use crate::xml::{self, Document, NodeId, NodeKind};
use crate::xpath::{Dependencies, Expression};

/// Why a form cannot be filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormError {
    pub message: String,
}

impl fmt::Display for FormError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for FormError {}

fn fail<T>(message: impl Into<String>) -> Result<T, FormError> {
    Err(FormError { message: message.into() })
}

/// The record that was sent before: there is none at the first time.
const LAST_SAVED: &str = "jr://instance/last-saved";

/// Attached files by their address (`jr://file-csv/cities.csv`).
pub type Attachments = BTreeMap<String, String>;

/// An expression with what it reads.
#[derive(Debug, Clone)]
pub(crate) struct Rule {
    pub(crate) expression: Expression,
    pub(crate) reads: Dependencies,
}

/// What is true of the nodes at one path.
#[derive(Debug, Clone, Default)]
pub(crate) struct Bind {
    pub(crate) path: Vec<String>,
    pub(crate) data_type: String,
    pub(crate) relevant: Option<Rule>,
    pub(crate) read_only: Option<Rule>,
    pub(crate) required: Option<Rule>,
    pub(crate) calculate: Option<Rule>,
    pub(crate) constraint: Option<Rule>,
    pub(crate) constraint_message: Option<String>,
    pub(crate) required_message: Option<String>,
    /// `uid`, `date`, `timestamp`, `property` and its parameter.
    pub(crate) preload: Option<(String, String)>,
}

/// What is shown for the nodes at one path.
#[derive(Debug, Clone)]
pub(crate) struct Control {
    pub(crate) path: Vec<String>,
    /// `input`, `select1`, `group`, `repeat` …
    pub(crate) kind: String,
    pub(crate) appearance: Vec<String>,
    pub(crate) label: Option<NodeId>,
    pub(crate) hint: Option<NodeId>,
    pub(crate) items: Vec<NodeId>,
    pub(crate) itemset: Option<Itemset>,
    /// Least and greatest answer of a range.
    pub(crate) bounds: Option<(f64, f64)>,
    /// Distance between the answers of a range.
    pub(crate) step: Option<f64>,
    /// What kind of file an upload takes: `image/*`.
    pub(crate) media: Option<String>,
    /// Which files in particular: `.pdf,.jpg`.
    pub(crate) accept: Option<String>,
}

#[derive(Debug, Clone)]
pub(crate) struct Itemset {
    pub(crate) nodes: Expression,
    /// What the choices depend on: their answers are dropped when they are no longer offered.
    pub(crate) reads: Dependencies,
    pub(crate) value: Expression,
    pub(crate) label: Option<Expression>,
}

#[derive(Debug, Clone)]
pub(crate) struct Repeat {
    pub(crate) path: Vec<String>,
    /// A detached instance that new ones are copied from.
    pub(crate) template: NodeId,
    /// Instances that the form itself holds; a repeat whose number is calculated begins with them.
    pub(crate) defaults: Vec<NodeId>,
    pub(crate) count: Option<Rule>,
    /// Nobody adds or removes instances: those of the form are all there are.
    pub(crate) fixed: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct Action {
    pub(crate) events: Vec<String>,
    pub(crate) target: Vec<String>,
    /// The target as an expression, when it picks among instances of a repeat.
    pub(crate) picks: Option<Expression>,
    pub(crate) value: Option<Expression>,
    pub(crate) text: String,
    /// Path of the control or repeat it stands in.
    pub(crate) owner: Option<Vec<String>>,
}

/// A form ready to be filled.
#[derive(Debug, Clone)]
pub struct XForm {
    pub(crate) document: Document,
    pub(crate) primary: NodeId,
    pub(crate) binds: Vec<Bind>,
    pub(crate) by_path: BTreeMap<Vec<String>, usize>,
    pub(crate) controls: Vec<Control>,
    control_at: BTreeMap<Vec<String>, usize>,
    pub(crate) repeats: Vec<Repeat>,
    repeat_at: BTreeMap<Vec<String>, usize>,
    pub(crate) actions: Vec<Action>,
    pub(crate) instances: BTreeMap<String, NodeId>,
    pub(crate) namespaces: BTreeMap<String, String>,
    /// Language names in their order, the default first if one is marked.
    pub(crate) languages: Vec<String>,
    pub(crate) itext: BTreeMap<String, BTreeMap<String, NodeId>>,
    /// Names of the children of each group in the empty record, templates included.
    order: BTreeMap<Vec<String>, Vec<String>>,
    title: String,
    /// An empty list, for those that the form names and does not have.
    pub(crate) nothing: NodeId,
    remarks: Vec<Remark>,
}

impl XForm {
    /// Reads an XForm and the files it needs. A file that is missing is an empty list and a
    /// [remark](Self::remarks).
    pub fn read(text: &str, attachments: &Attachments) -> Result<Self, FormError> {
        let mut document = Document::new();
        let root = xml::parse(&mut document, text)
            .map_err(|error| FormError { message: error.to_string() })?;
        let html = document.elements(root).next();
        let head = html.and_then(|html| document.child(html, "head"));
        let body = html.and_then(|html| document.child(html, "body"));
        let model = head.and_then(|head| document.child(head, "model"));
        let (Some(html), Some(head), Some(model)) = (html, head, model) else {
            return fail("This is no XForm: it has no head with a model.");
        };
        let title = document.child(head, "title").map(|id| document.text(id)).unwrap_or_default();
        let namespaces = document
            .attributes(html)
            .iter()
            .filter_map(|id| {
                let name = document.name(*id)?;
                (name.prefix == "xmlns")
                    .then(|| (name.local.clone(), document.value(*id).to_owned()))
            })
            .collect();
        let mut form = Self {
            primary: root,
            binds: Vec::new(),
            by_path: BTreeMap::new(),
            controls: Vec::new(),
            control_at: BTreeMap::new(),
            repeats: Vec::new(),
            repeat_at: BTreeMap::new(),
            actions: Vec::new(),
            instances: BTreeMap::new(),
            namespaces,
            languages: Vec::new(),
            itext: BTreeMap::new(),
            order: BTreeMap::new(),
            title,
            nothing: document.add_root(),
            remarks: Vec::new(),
            document,
        };
        form.check_submission(model)?;
        form.read_instances(model, attachments)?;
        form.read_itext(model);
        form.read_binds(model)?;
        if let Some(body) = body {
            form.read_body(body, &[])?;
        }
        form.read_actions(model, None, &[])?;
        form.remember_order();
        form.read_templates();
        form.check_lists();
        form.sort_binds();
        form.document.renumber();
        Ok(form)
    }

    /// What whoever publishes the form should know: files and lists that are missing.
    pub fn remarks(&self) -> &[Remark] {
        &self.remarks
    }

    /// Lists that expressions name and the form does not have.
    fn check_lists(&mut self) {
        let rules = self.binds.iter().flat_map(|bind| {
            [&bind.relevant, &bind.read_only, &bind.required, &bind.calculate, &bind.constraint]
        });
        let named = rules.flatten().flat_map(|rule| rule.reads.lists.iter().cloned());
        let choices = self.controls.iter().filter_map(|control| control.itemset.as_ref());
        let named = named.chain(choices.flat_map(|itemset| itemset.reads.lists.iter().cloned()));
        let missing = named.filter(|name| !self.instances.contains_key(name));
        for name in missing.collect::<BTreeSet<_>>() {
            self.remarks.push(Remark::NoList { list: name });
        }
    }

    pub fn title(&self) -> &str {
        &self.title
    }

    /// Languages of the form, in their order.
    pub fn languages(&self) -> &[String] {
        &self.languages
    }

    pub(crate) fn bind(&self, path: &[String]) -> Option<&Bind> {
        self.by_path.get(path).map(|index| &self.binds[*index])
    }

    pub(crate) fn control(&self, path: &[String]) -> Option<&Control> {
        self.control_at.get(path).map(|index| &self.controls[*index])
    }

    pub(crate) fn repeat(&self, path: &[String]) -> Option<&Repeat> {
        self.repeat_at.get(path).map(|index| &self.repeats[*index])
    }

    fn check_submission(&self, model: NodeId) -> Result<(), FormError> {
        let Some(submission) = self.document.child(model, "submission") else { return Ok(()) };
        match self.document.attribute(submission, "method") {
            None | Some("post" | "form-data-post") => Ok(()),
            Some(method) => fail(format!(
                "The form wants to be sent by '{method}'; only 'post' and 'form-data-post' exist."
            )),
        }
    }

    fn read_instances(
        &mut self,
        model: NodeId,
        attachments: &Attachments,
    ) -> Result<(), FormError> {
        let instances = self
            .document
            .elements(model)
            .filter(|id| self.document.local_name(*id) == "instance")
            .collect::<Vec<_>>();
        let mut instances = instances.into_iter();
        let first = instances.next();
        let data = first.and_then(|first| self.document.elements(first).next());
        let Some(data) = data else { return fail("The form has no record to fill.") };
        self.document.detach(data);
        self.document.remove_layout(data);
        self.primary = self.document.add_root();
        self.document.insert(self.primary, 0, data);
        for instance in instances {
            let Some(id) = self.document.attribute(instance, "id").map(str::to_owned) else {
                continue;
            };
            let source = self.document.attribute(instance, "src").map(str::to_owned);
            let file = source.as_ref().and_then(|it| Some((it, attachments.get(it)?)));
            let root = match file {
                Some((source, text)) => attached::read(&mut self.document, source, text)?,
                None => {
                    if let Some(source) = source.filter(|it| it != LAST_SAVED) {
                        let file = source.rsplit('/').next().unwrap_or(&source).to_owned();
                        self.remarks.push(Remark::NoFile { file, list: id.clone() });
                    }
                    let root = self.document.add_root();
                    for child in self.document.elements(instance).collect::<Vec<_>>() {
                        self.document.detach(child);
                        let at = self.document.children(root).len();
                        self.document.insert(root, at, child);
                    }
                    root
                }
            };
            self.instances.insert(id, root);
        }
        Ok(())
    }

    fn read_itext(&mut self, model: NodeId) {
        let Some(itext) = self.document.child(model, "itext") else { return };
        for translation in self.document.elements(itext) {
            let Some(language) = self.document.attribute(translation, "lang") else { continue };
            let texts = self
                .document
                .elements(translation)
                .filter_map(|text| Some((self.document.attribute(text, "id")?.to_owned(), text)));
            self.itext.insert(language.to_owned(), texts.collect());
            let default = self.document.attribute(translation, "default").is_some();
            let at = if default { 0 } else { self.languages.len() };
            self.languages.insert(at, language.to_owned());
        }
    }

    fn rule(&self, text: Option<&str>, context: &[String]) -> Result<Option<Rule>, FormError> {
        let Some(text) = text.filter(|text| !text.trim().is_empty()) else { return Ok(None) };
        let expression = Expression::parse(text).map_err(|error| FormError {
            message: format!("/{}: '{text}': {error}", context.join("/")),
        })?;
        let reads = expression.dependencies(context);
        Ok(Some(Rule { expression, reads }))
    }

    fn read_binds(&mut self, model: NodeId) -> Result<(), FormError> {
        let binds = self.document.elements(model).collect::<Vec<_>>();
        for id in binds {
            if self.document.local_name(id) != "bind" {
                continue;
            }
            let get = |name: &str| self.document.attribute(id, name);
            let Some(nodeset) = get("nodeset") else { continue };
            let path = absolute(nodeset, &[]);
            let preload = get("preload")
                .map(|kind| (kind.to_owned(), get("preloadParams").unwrap_or_default().to_owned()));
            let bind = Bind {
                data_type: local(get("type").unwrap_or("string")).to_owned(),
                relevant: self.rule(get("relevant"), &path)?,
                read_only: self.rule(get("readonly"), &path)?,
                required: self.rule(get("required"), &path)?,
                calculate: self.rule(get("calculate"), &path)?,
                constraint: self.rule(get("constraint"), &path)?,
                constraint_message: get("constraintMsg").map(str::to_owned),
                required_message: get("requiredMsg").map(str::to_owned),
                preload,
                path: path.clone(),
            };
            self.by_path.insert(path, self.binds.len());
            self.binds.push(bind);
        }
        Ok(())
    }

    fn read_body(&mut self, parent: NodeId, context: &[String]) -> Result<(), FormError> {
        for id in self.document.elements(parent).collect::<Vec<_>>() {
            let kind = self.document.local_name(id).to_owned();
            let known = [
                "input", "select", "select1", "rank", "range", "upload", "trigger", "group",
                "repeat", "secret", "textarea",
            ];
            if !known.contains(&kind.as_str()) {
                continue;
            }
            let get = |name: &str| self.document.attribute(id, name);
            let own = get("ref").or_else(|| get("nodeset")).or_else(|| get("bind"));
            let path = own.map_or_else(|| context.to_vec(), |own| absolute(own, context));
            // Copies of a repeat are made by its path, whatever the first record holds; the record itself is never one.
            let record = self.document.elements(self.primary).next();
            let record = record.map(|id| self.document.local_name(id));
            let is_inside = path.len() > 1 && path.first().map(String::as_str) == record;
            if kind == "repeat" && !(is_inside && path.iter().all(|step| is_element_name(step))) {
                let own = own.unwrap_or_default();
                return fail(format!(
                    "The repeat '{own}' is no path of elements in the record. Write it like /data/visits."
                ));
            }
            let appearance = get("appearance").unwrap_or_default().split_whitespace();
            let appearance = appearance.map(str::to_owned).collect();
            let bound = |name: &str| get(name).and_then(|text| text.trim().parse::<f64>().ok());
            let bounds = bound("start").zip(bound("end")).filter(|_| kind == "range");
            let bounds = bounds.map(|(start, end)| (start.min(end), start.max(end)));
            let step = bound("step").filter(|step| *step > 0.0);
            let media = get("mediatype").map(str::to_owned);
            let accept = get("accept").map(str::to_owned);
            let fixed = get("noAddRemove").is_some_and(|text| text.starts_with("true"));
            let count = match get("count") {
                Some(count) => self.rule(Some(count), &path)?,
                None => None,
            };
            let items = self.document.elements(id);
            let items = items
                .filter(|child| self.document.local_name(*child) == "item")
                .collect::<Vec<_>>();
            self.controls.push(Control {
                kind: kind.clone(),
                appearance,
                label: self.document.child(id, "label"),
                hint: self.document.child(id, "hint"),
                items,
                itemset: self.itemset(id, &path)?,
                bounds,
                step,
                media,
                accept,
                path: path.clone(),
            });
            // Of several controls for one node the first answers for it.
            self.control_at.entry(path.clone()).or_insert(self.controls.len() - 1);
            if kind == "repeat" {
                self.repeat_at.entry(path.clone()).or_insert(self.repeats.len());
                self.repeats.push(Repeat {
                    path: path.clone(),
                    template: id,
                    defaults: Vec::new(),
                    count,
                    fixed,
                });
            }
            self.read_actions(id, Some(&path), &path)?;
            if matches!(kind.as_str(), "group" | "repeat") {
                self.read_body(id, &path)?;
            }
        }
        Ok(())
    }

    fn itemset(&self, control: NodeId, context: &[String]) -> Result<Option<Itemset>, FormError> {
        let Some(id) = self.document.child(control, "itemset") else { return Ok(None) };
        let read = |text: &str| {
            Expression::parse(text)
                .map_err(|error| FormError { message: format!("itemset '{text}': {error}") })
        };
        let reference = |name: &str| {
            let child = self.document.child(id, name);
            child.and_then(|child| self.document.attribute(child, "ref"))
        };
        let nodes = read(self.document.attribute(id, "nodeset").unwrap_or("."))?;
        let value = read(reference("value").unwrap_or("."))?;
        let label = reference("label").map(read).transpose()?;
        let reads = nodes.dependencies(context);
        Ok(Some(Itemset { nodes, reads, value, label }))
    }

    fn read_actions(
        &mut self,
        parent: NodeId,
        owner: Option<&[String]>,
        context: &[String],
    ) -> Result<(), FormError> {
        for id in self.document.elements(parent).collect::<Vec<_>>() {
            if self.document.local_name(id) != "setvalue" {
                continue;
            }
            let get = |name: &str| self.document.attribute(id, name);
            let events = get("event").unwrap_or_default().split_whitespace();
            let events = events.map(str::to_owned).collect::<Vec<_>>();
            if owner.is_none() && events.iter().any(|event| event == "odk-new-repeat") {
                return fail(
                    "A setvalue in the model waits for 'odk-new-repeat'; it must stand in its \
                     repeat.",
                );
            }
            let Some(target) = get("ref") else { continue };
            let value = match get("value").filter(|value| !value.is_empty()) {
                Some(value) => Some(Expression::parse(value).map_err(|error| FormError {
                    message: format!("setvalue of {target}: {error}"),
                })?),
                None => None,
            };
            let picks = if target.contains('[') { Expression::parse(target).ok() } else { None };
            let action = Action {
                target: absolute(target, context),
                picks,
                value,
                text: self.document.text(id),
                owner: owner.map(<[String]>::to_vec),
                events,
            };
            self.actions.push(action);
        }
        Ok(())
    }

    /// Names of the children of a path's parent, in the order of the empty record.
    pub(crate) fn template_siblings(&self, path: &[String]) -> &[String] {
        let parent = &path[..path.len().saturating_sub(1)];
        self.order.get(parent).map_or(&[], Vec::as_slice)
    }

    fn remember_order(&mut self) {
        for id in self.document.descendants(self.primary) {
            if self.document.kind(id) == NodeKind::Element {
                let names = self.document.elements(id);
                let names = names.map(|child| self.document.local_name(child).to_owned()).collect();
                self.order.insert(path_of(&self.document, id), names);
            }
        }
    }

    /// Takes the templates out of the record; a repeat without one is copied from its first
    /// instance.
    fn read_templates(&mut self) {
        // Inner repeats first, so that an outer template holds no inner ones.
        let mut order = (0..self.repeats.len()).collect::<Vec<_>>();
        order.sort_by_key(|index| std::cmp::Reverse(self.repeats[*index].path.len()));
        for index in order {
            let path = self.repeats[index].path.clone();
            let mut found = self.at_path(&path);
            let templates = found
                .iter()
                .copied()
                .filter(|id| self.document.attribute(*id, "template").is_some())
                .collect::<Vec<_>>();
            let source = templates.first().or_else(|| found.first()).copied();
            let Some(source) = source else {
                // A repeat of nodes that the record does not have.
                let name = path.last().cloned().unwrap_or_default();
                let root = self.document.add_root();
                self.repeats[index].template = self.document.append_element(root, &name);
                continue;
            };
            let template = self.document.copy(source);
            self.document.remove_attribute(template, "template");
            self.repeats[index].template = template;
            for id in &templates {
                // A fixed repeat of which the form has only the template has one instance.
                if self.repeats[index].fixed && found.len() == 1 {
                    self.document.remove_attribute(*id, "template");
                    break;
                }
                self.document.detach(*id);
                found.retain(|other| other != id);
            }
            if self.repeats[index].count.is_some() && !templates.is_empty() {
                let defaults = found.iter().map(|id| self.document.copy(*id)).collect();
                self.repeats[index].defaults = defaults;
            }
        }
    }

    /// Nodes of the empty record at a path.
    pub(crate) fn at_path(&self, path: &[String]) -> Vec<NodeId> {
        nodes_at(&self.document, self.primary, path)
    }
}

/// `xsd:int` → `int`.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// `/data/group/x` or `../x` as names from the root; predicates and prefixes are left out.
pub(crate) fn absolute(text: &str, context: &[String]) -> Vec<String> {
    let text = text.trim();
    let mut path = if text.starts_with('/') { Vec::new() } else { context.to_vec() };
    for step in text.split('/').map(str::trim) {
        let step = step.split('[').next().unwrap_or_default();
        match step {
            "" | "." | "current()" => {}
            ".." => {
                path.pop();
            }
            step => {
                let at = step.starts_with('@');
                let name = step.trim_start_matches('@').rsplit(':').next().unwrap_or_default();
                path.push(if at { format!("@{name}") } else { name.to_owned() });
            }
        }
    }
    path
}

/// All nodes at a path of names below a root.
pub(crate) fn nodes_at(document: &Document, root: NodeId, path: &[String]) -> Vec<NodeId> {
    let mut found = vec![root];
    for name in path {
        found = found.into_iter().flat_map(|id| named(document, id, name)).collect();
    }
    found
}

pub(crate) fn named(document: &Document, id: NodeId, name: &str) -> Vec<NodeId> {
    if let Some(name) = name.strip_prefix('@') {
        let attributes = document.attributes(id).iter().copied();
        return attributes.filter(|id| document.local_name(*id) == name).collect();
    }
    document.named(id, name)
}

/// The names from the root to a node.
pub(crate) fn path_of(document: &Document, id: NodeId) -> Vec<String> {
    let mut path = std::iter::successors(Some(id), |id| document.parent(*id))
        .filter(|id| document.kind(*id) != NodeKind::Root)
        .map(|id| {
            let at = if document.kind(id) == NodeKind::Attribute { "@" } else { "" };
            format!("{at}{}", document.local_name(id))
        })
        .collect::<Vec<_>>();
    path.reverse();
    path
}
