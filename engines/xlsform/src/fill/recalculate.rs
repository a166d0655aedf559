//! What a change wakes: conditions, calculations, the number of instances, the choices offered. Each
//! bind is looked at once in the order of dependence, and again only if it lies in a circle.

use std::collections::BTreeSet;
use std::ops::Bound;
use std::sync::Arc;

use super::choices;
use super::filling::{Filling, MAX_INSTANCES, in_order_of_choices, number_or_text};
use super::types::stored;
use super::xform::{Bind, Rule, XForm, named, nodes_at};
use crate::xml::{NodeId, NodeKind};

/// Rounds of recalculation after one change. A form whose calculations settle needs one; one that
/// goes in circles is stopped.
const MAX_ROUNDS: usize = 20;

impl Filling {
    /// Evaluates what depends on the changed paths; everything without a set of paths.
    pub(super) fn recalculate(&mut self, changed: Option<BTreeSet<Vec<String>>>) {
        let form = Arc::clone(&self.form);
        let all = changed.is_none();
        let mut changed = changed.unwrap_or_default();
        for round in 0..MAX_ROUNDS {
            let mut next: BTreeSet<Vec<String>> = BTreeSet::new();
            // At the opening, a number that is calculated is not known yet.
            let added = if all && round == 0 {
                Vec::new()
            } else {
                self.adjust_counts(&form, all, &mut changed)
            };
            for bind in &form.binds {
                let every = (all && round == 0) || lies_in(&changed, &bind.path);
                let wakes = |rule: &Option<Rule>| {
                    rule.as_ref().is_some_and(|rule| {
                        every
                            || rule.reads.anything
                            || rule.reads.paths.iter().any(|path| touches(&changed, path))
                    })
                };
                let woken = Woken {
                    relevant: wakes(&bind.relevant),
                    calculate: wakes(&bind.calculate),
                    read_only: wakes(&bind.read_only),
                    required: wakes(&bind.required),
                    constraint: wakes(&bind.constraint),
                };
                if woken == Woken::default() {
                    continue;
                }
                for node in nodes_at(&self.document, form.primary, &bind.path) {
                    if self.apply(bind, node, woken) {
                        changed.insert(bind.path.clone());
                        next.insert(bind.path.clone());
                    }
                }
            }
            self.drop_unoffered(&form, all && round == 0, &changed, &mut next);
            for (path, node) in added {
                self.run(Some(&path), &["odk-new-repeat"], Some(node));
            }
            if next.is_empty() && !(all && round == 0) {
                return;
            }
            changed = next;
        }
    }

    /// Applies the woken rules of one bind to one node; returns whether its value or relevance has
    /// changed. What was not woken stays: an answer over a calculated value lasts until something
    /// that the calculation reads changes.
    fn apply(&mut self, bind: &Bind, node: NodeId, woken: Woken) -> bool {
        let mut state = self.states.get(&node).cloned().unwrap_or_default();
        let world = self.world();
        let test = |woken: bool, rule: &Option<Rule>, before: bool, otherwise: bool| match rule {
            Some(rule) if woken => {
                rule.expression.test(&self.document, node, &world).unwrap_or(otherwise)
            }
            _ => before,
        };
        let relevant = test(woken.relevant, &bind.relevant, state.relevant, true);
        state.read_only = test(woken.read_only, &bind.read_only, state.read_only, false);
        state.required = test(woken.required, &bind.required, state.required, false);
        let shown = relevant != state.relevant;
        let mut changed = shown;
        state.relevant = relevant;
        self.states.insert(node, state);
        if shown {
            self.show(node);
        }
        // What comes back is calculated anew: its answers may have changed meanwhile.
        if let Some(calculate) = &bind.calculate
            && (woken.calculate || shown)
            && self.state(node).relevant
        {
            let value = calculate.expression.text(&self.document, node, &self.world());
            let value = self.or_fault(&bind.path, value);
            changed |= self.write(node, &stored(&bind.data_type, &number_or_text(value)));
        }
        let valid = match &bind.constraint {
            Some(rule) => {
                rule.expression.test(&self.document, node, &self.world()).unwrap_or(false)
            }
            None => true,
        };
        if let Some(state) = self.states.get_mut(&node) {
            state.valid = valid;
        }
        changed
    }

    /// Blanks what is no longer relevant, and brings back what is again.
    fn show(&mut self, node: NodeId) {
        for id in self.document.descendants(node) {
            if self.document.kind(id) != NodeKind::Element
                || self.document.elements(id).next().is_some()
            {
                continue;
            }
            let relevant = self.state(id).relevant;
            let text = self.document.text(id);
            let state = self.states.entry(id).or_default();
            if relevant {
                if let Some(kept) = state.kept.take() {
                    self.document.set_text(id, &kept);
                }
            } else if state.kept.is_none() {
                state.kept = Some(text);
                self.document.set_text(id, "");
            }
        }
    }

    /// Adds and removes instances of repeats whose number is calculated.
    fn adjust_counts(
        &mut self,
        form: &XForm,
        all: bool,
        changed: &mut BTreeSet<Vec<String>>,
    ) -> Vec<(Vec<String>, NodeId)> {
        let mut added = Vec::new();
        for repeat in &form.repeats {
            let Some(count) = &repeat.count else { continue };
            let parent_path = &repeat.path[..repeat.path.len().saturating_sub(1)];
            if !(all
                || count.reads.anything
                || touches(changed, parent_path)
                || count.reads.paths.iter().any(|path| touches(changed, path)))
            {
                continue;
            }
            let name = repeat.path.last().cloned().unwrap_or_default();
            for parent in nodes_at(&self.document, form.primary, parent_path) {
                let wanted = self.counted(count, parent, &repeat.path);
                let wanted = if wanted > 0.0 { wanted as usize } else { 0 }.min(MAX_INSTANCES);
                let mut same = named(&self.document, parent, &name);
                let before = same.len();
                while same.len() > wanted
                    && let Some(last) = same.pop()
                {
                    self.remove(last);
                }
                for _ in same.len()..wanted {
                    // Repeats in repeats multiply; one change adds no more than half of what one may hold.
                    if added.len() >= MAX_INSTANCES / 2 {
                        break;
                    }
                    let Some(node) = self.add_instance(parent, &repeat.path) else { break };
                    same.push(node);
                    added.push((repeat.path.clone(), node));
                }
                if same.len() != before {
                    self.document.renumber();
                    changed.insert(repeat.path.clone());
                }
            }
        }
        added
    }

    /// The number of instances wanted. The expression stands at the repeat, also when there is no
    /// instance of it: then one is put there for as long as it is asked.
    fn counted(&mut self, count: &Rule, parent: NodeId, path: &[String]) -> f64 {
        let name = path.last().cloned().unwrap_or_default();
        let first = named(&self.document, parent, &name).first().copied();
        let stand_in = first.is_none();
        let here = first.or_else(|| self.add_instance(parent, path)).unwrap_or(parent);
        if stand_in {
            self.document.renumber();
        }
        let wanted = count.expression.number(&self.document, here, &self.world());
        if stand_in && here != parent {
            self.remove(here);
            self.document.renumber();
        }
        wanted.unwrap_or(0.0)
    }

    /// Takes back answers that are no longer among the choices.
    fn drop_unoffered(
        &mut self,
        form: &XForm,
        all: bool,
        changed: &BTreeSet<Vec<String>>,
        next: &mut BTreeSet<Vec<String>>,
    ) {
        for control in &form.controls {
            let Some(itemset) = &control.itemset else { continue };
            let reads = &itemset.reads;
            let wakes = all
                || reads.anything
                || touches(changed, &control.path)
                || reads.paths.iter().any(|path| touches(changed, path));
            if !wakes || !control.kind.starts_with("select") {
                continue;
            }
            for node in nodes_at(&self.document, form.primary, &control.path) {
                let answer = self.document.text(node);
                if answer.is_empty() {
                    continue;
                }
                let choices = choices::choices(&self.world(), node);
                let offered = choices.iter().map(|choice| choice.value.as_str());
                let offered = offered.collect::<BTreeSet<_>>();
                let kept = if control.kind == "select1" {
                    if offered.contains(answer.as_str()) { answer.clone() } else { String::new() }
                } else {
                    let kept = answer.split(' ').filter(|one| offered.contains(one));
                    in_order_of_choices(&kept.collect::<Vec<_>>().join(" "), &choices)
                };
                if kept != answer && self.write(node, &kept) {
                    next.insert(control.path.clone());
                }
            }
        }
    }
}

/// Which rules of a bind read something that has changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Woken {
    relevant: bool,
    calculate: bool,
    read_only: bool,
    required: bool,
    constraint: bool,
}

/// Whether a path lies in one of the changed ones.
fn lies_in(changed: &BTreeSet<Vec<String>>, path: &[String]) -> bool {
    (0..path.len()).any(|length| changed.contains(&path[..length]))
}

/// Whether a path is one of the changed ones, lies in one of them, or holds one.
fn touches(changed: &BTreeSet<Vec<String>>, path: &[String]) -> bool {
    if path.iter().any(|name| name == "*") {
        return changed.iter().any(|other| other.iter().zip(path).all(|(a, b)| a == b || b == "*"));
    }
    let from = (Bound::Included(path), Bound::Unbounded);
    lies_in(changed, path)
        || changed.range::<[String], _>(from).next().is_some_and(|first| first.starts_with(path))
}
