//! What happens by itself: values filled in when a record is opened and finished, and actions that wait for an event.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;

use super::filling::{Filling, number_or_text};
use super::xform::{Action, named, nodes_at};
use crate::xml::NodeId;
use crate::xpath::Moment;

impl Filling {
    /// What the client knows of itself and its user (`deviceid`, `username`, `email`, `phonenumber` …), for
    /// questions that ask for it and `property()`. Names with and without `uri:` are both known.
    pub fn set_properties(&mut self, properties: BTreeMap<String, String>) {
        self.properties = properties;
        let form = Arc::clone(&self.form);
        let mut changed = BTreeSet::new();
        for bind in &form.binds {
            let Some((_, name)) = bind.preload.as_ref().filter(|(kind, _)| kind == "property")
            else {
                continue;
            };
            let plain = name.strip_prefix("uri:").unwrap_or(name);
            let known = self.properties.get(name).or_else(|| self.properties.get(plain));
            let Some(value) = known.cloned() else { continue };
            for node in nodes_at(&self.document, form.primary, &bind.path) {
                self.document.set_text(node, &value);
                changed.insert(bind.path.clone());
            }
        }
        self.recalculate(Some(changed));
    }

    /// Notes when the record was finished, where the form asks for it: call it before
    /// [`submission`](Self::submission).
    pub fn finish(&mut self, now: Timestamp) {
        let form = Arc::clone(&self.form);
        let end = Moment::from_timestamp(now).text(&self.zone);
        let wanted = form.binds.iter().filter(|bind| {
            bind.preload.as_ref().is_some_and(|(kind, which)| kind == "timestamp" && which == "end")
        });
        for bind in wanted {
            for node in nodes_at(&self.document, form.primary, &bind.path) {
                self.document.set_text(node, &end);
            }
            self.recalculate(Some(BTreeSet::from([bind.path.clone()])));
        }
    }

    pub(super) fn preload(&mut self) {
        let form = Arc::clone(&self.form);
        for bind in &form.binds {
            let Some((kind, parameter)) = &bind.preload else { continue };
            let now = Moment::from_timestamp(self.now);
            let value = match (kind.as_str(), parameter.as_str()) {
                ("date", "today") => {
                    let day = self.zone.to_datetime(self.now).date();
                    day.to_string()
                }
                ("timestamp", "start") => now.text(&self.zone),
                ("uid", _) => self.identity(),
                _ => continue,
            };
            for node in nodes_at(&self.document, form.primary, &bind.path) {
                self.document.set_text(node, &value);
            }
        }
    }

    /// Sets the values of the actions that wait for one of the events.
    pub(super) fn run(&mut self, owner: Option<&Vec<String>>, events: &[&str], at: Option<NodeId>) {
        let form = Arc::clone(&self.form);
        let wanted = |action: &&Action| {
            let waits = action.events.iter().any(|event| events.contains(&event.as_str()));
            waits && (owner.is_none() || action.owner.as_ref() == owner)
        };
        for action in form.actions.iter().filter(wanted) {
            let targets = match (at, &action.picks) {
                (_, Some(picks)) => {
                    let here = at.unwrap_or(form.primary);
                    picks.nodes(&self.document, here, &self.world()).unwrap_or_default()
                }
                (Some(at), None) => self.beside(at, &action.target),
                (None, None) => nodes_at(&self.document, form.primary, &action.target),
            };
            for target in targets {
                // At the opening, what is not asked is not set either.
                let opening = !events.contains(&"xforms-value-changed");
                if opening && !self.state(target).relevant {
                    continue;
                }
                let value = match &action.value {
                    Some(value) => value.text(&self.document, target, &self.world()),
                    None => Ok(action.text.clone()),
                };
                let value = self.or_fault(&action.target, value);
                let value = self.stored(&action.target, &number_or_text(value));
                if self.write(target, &value) {
                    self.recalculate(Some(BTreeSet::from([action.target.clone()])));
                }
            }
        }
    }

    /// Nodes at a path, in the same instances of repeats as a node.
    fn beside(&self, at: NodeId, path: &[String]) -> Vec<NodeId> {
        let above = std::iter::successors(Some(at), |id| self.document.parent(*id));
        let above = above.collect::<BTreeSet<_>>();
        let mut found = vec![self.form.primary];
        for name in path {
            let mut next = found
                .into_iter()
                .flat_map(|id| named(&self.document, id, name))
                .collect::<Vec<_>>();
            if next.iter().any(|id| above.contains(id)) {
                next.retain(|id| above.contains(id));
            }
            found = next;
        }
        found
    }
}
