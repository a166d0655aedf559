//! What the expressions of a form see beside its record: lists, texts, the time and chance that
//! the caller gave.

use std::cell::Cell;
use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::choices;
use super::xform::XForm;
use crate::xml::{Document, NodeId};
use crate::xpath::Environment;

pub(crate) struct World<'a> {
    pub(crate) form: &'a XForm,
    pub(crate) document: &'a Document,
    pub(crate) language: Option<&'a str>,
    pub(crate) now: Timestamp,
    pub(crate) zone: &'a TimeZone,
    /// State of the generator, shared with the filling.
    pub(crate) chance: &'a Cell<u64>,
    pub(crate) properties: &'a BTreeMap<String, String>,
    /// The node whose texts are shown: answers inside of them are read from there.
    pub(crate) at: Option<NodeId>,
}

impl Environment for World<'_> {
    fn now(&self) -> Timestamp {
        self.now
    }

    fn zone(&self) -> TimeZone {
        self.zone.clone()
    }

    /// SplitMix64 (Steele, Lea and Flood 2014, OOPSLA): 53 bits of each output.
    fn draw(&self) -> f64 {
        let state = self.chance.get().wrapping_add(0x9e37_79b9_7f4a_7c15);
        self.chance.set(state);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^= z >> 31;
        (z >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn namespace(&self, prefix: &str) -> Option<&str> {
        self.form.namespaces.get(prefix).map(String::as_str)
    }

    fn in_form(&self) -> bool {
        true
    }

    fn primary(&self) -> Option<NodeId> {
        Some(self.form.primary)
    }

    fn instance(&self, id: &str) -> Option<NodeId> {
        Some(self.form.instances.get(id).copied().unwrap_or(self.form.nothing))
    }

    fn itext(&self, id: &str) -> Option<String> {
        let language = self.language?;
        let text = *self.form.itext.get(language)?.get(id)?;
        let values = self.document.elements(text).collect::<Vec<_>>();
        let plain = values.iter().find(|id| self.document.attribute(**id, "form").is_none());
        let value = plain.or_else(|| {
            values.iter().find(|id| self.document.attribute(**id, "form") == Some("long"))
        })?;
        Some(choices::text(self, *value, self.at.unwrap_or(self.form.primary)))
    }

    fn language(&self) -> Option<&str> {
        self.language
    }

    fn property(&self, name: &str) -> Option<String> {
        self.properties.get(name).cloned()
    }

    fn choice_name(&self, value: &str, path: &str, at: NodeId) -> Option<String> {
        let expression = crate::xpath::Expression::parse(path).ok()?;
        let node = *expression.nodes(self.document, at, self).ok()?.first()?;
        let control = self.form.control(&super::xform::path_of(self.document, node))?;
        if control.items.is_empty() && control.itemset.is_none() {
            return None;
        }
        let found = choices::choices(self, node);
        let found = found.into_iter().find(|choice| choice.value == value);
        Some(found.map(|choice| choice.label).unwrap_or_default())
    }
}
