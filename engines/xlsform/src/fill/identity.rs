//! Who a record is: its `instanceID`, and the `deprecatedID` of the record that it corrects.

use std::sync::Arc;

use super::Filling;
use crate::xml::{Name, NodeId, NodeKind};
use crate::xpath::Expression;

impl Filling {
    /// The record's identity, `uuid:…`; empty where the form keeps none.
    pub fn instance_id(&self) -> String {
        self.find_identity().map(|(_, id)| self.document.text(id)).unwrap_or_default()
    }

    /// A new identity in place of the former, which the record names as the one it corrects.
    pub(super) fn replace_identity(&mut self) {
        let Some((_, id)) = self.find_identity() else { return };
        let old = self.document.text(id);
        let new = self.identity();
        self.document.set_text(id, &new);
        self.correct(&old);
    }

    /// Names the record that this one corrects.
    pub(super) fn correct(&mut self, old: &str) {
        let Some((meta, id)) = self.find_identity() else { return };
        let deprecated = self.document.child(meta, "deprecatedID").unwrap_or_else(|| {
            let name = self.document.name(id).cloned().unwrap_or_default();
            let name = Arc::new(Name { local: "deprecatedID".to_owned(), ..name });
            self.document.append(meta, NodeKind::Element, Some(name), "")
        });
        self.document.set_text(deprecated, old);
        self.document.renumber();
    }

    /// The record's `meta` and `instanceID`.
    fn find_identity(&self) -> Option<(NodeId, NodeId)> {
        let data = self.document.elements(self.form.primary).next()?;
        let meta = self.document.child(data, "meta")?;
        Some((meta, self.document.child(meta, "instanceID")?))
    }

    /// A new identity: `uuid:` and a random UUID.
    pub(super) fn identity(&self) -> String {
        let uuid = Expression::parse("concat('uuid:', uuid())").ok();
        let uuid = uuid.and_then(|e| e.text(&self.document, self.form.primary, &self.world()).ok());
        uuid.unwrap_or_default()
    }

    /// A record without an identity gets one, where OpenRosa looks for it.
    pub(super) fn add_identity(&mut self) {
        let Some(data) = self.document.elements(self.form.primary).next() else { return };
        let uuid = self.identity();
        let name = |local: &str| {
            Some(Arc::new(Name {
                prefix: "orx".to_owned(),
                local: local.to_owned(),
                namespace: "http://openrosa.org/xforms".to_owned(),
            }))
        };
        let meta = self
            .document
            .child(data, "meta")
            .unwrap_or_else(|| self.document.append(data, NodeKind::Element, name("meta"), ""));
        let id = self.document.child(meta, "instanceID").unwrap_or_else(|| {
            self.document.append(meta, NodeKind::Element, name("instanceID"), "")
        });
        let prefixed = self.document.name(id).is_some_and(|name| name.prefix == "orx");
        if prefixed && self.document.text(id).is_empty() {
            self.document.set_text(id, &uuid);
        }
    }
}
