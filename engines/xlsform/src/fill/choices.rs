//! The choices of a question as they stand now, and the texts shown with it.

use super::world::World;
use super::xform::path_of;
use crate::xml::{NodeId, NodeKind};
use crate::xpath::{Environment, Expression};

/// One choice: what is stored and what is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub label: String,
}

pub(crate) fn choices(world: &World, node: NodeId) -> Vec<Choice> {
    let world = &World { at: Some(node), ..*world };
    let path = path_of(world.document, node);
    let Some(control) = world.form.control(&path) else { return Vec::new() };
    let mut found = Vec::new();
    for item in &control.items {
        let value = world.document.child(*item, "value").map(|id| world.document.text(id));
        let label = world.document.child(*item, "label").map(|id| text(world, id, node));
        let value = value.unwrap_or_default().trim().to_owned();
        found.push(Choice { label: label.unwrap_or_else(|| value.clone()), value });
    }
    if let Some(itemset) = &control.itemset {
        let nodes = itemset.nodes.nodes(world.document, node, world).unwrap_or_default();
        for item in nodes {
            let value = itemset.value.text(world.document, item, world).unwrap_or_default();
            let label = itemset
                .label
                .as_ref()
                .map(|label| label.text(world.document, item, world).unwrap_or_default());
            let label = label.filter(|label| !label.is_empty()).unwrap_or_else(|| value.clone());
            found.push(Choice { value, label });
        }
    }
    found
}

/// Text of a label, hint or itext value: words and answers in their order.
pub(crate) fn text(world: &World, element: NodeId, at: NodeId) -> String {
    if let Some(reference) = world.document.attribute(element, "ref") {
        let id = reference.strip_prefix("jr:itext('").and_then(|rest| rest.strip_suffix("')"));
        let entry = id.and_then(|id| world.form.itext.get(world.language?)?.get(id).copied());
        if let Some(entry) = entry {
            let values = world.document.elements(entry).collect::<Vec<_>>();
            let plain = values.iter().find(|id| world.document.attribute(**id, "form").is_none());
            return plain.map(|id| text(world, *id, at)).unwrap_or_default();
        }
        let expression = Expression::parse(reference).ok();
        let found = expression.and_then(|e| e.text(world.document, at, world).ok());
        return found.or_else(|| id.and_then(|id| world.itext(id))).unwrap_or_default();
    }
    let mut out = String::new();
    for child in world.document.children(element) {
        match world.document.kind(*child) {
            NodeKind::Text => out.push_str(world.document.value(*child)),
            NodeKind::Element => {
                let value = world.document.attribute(*child, "value");
                let value = value.or_else(|| world.document.attribute(*child, "ref"));
                let expression = value.and_then(|value| Expression::parse(value).ok());
                if let Some(expression) = expression {
                    let shown = expression.text(world.document, at, world);
                    out.push_str(&shown.unwrap_or_default());
                }
            }
            _ => {}
        }
    }
    out
}
