//! The thirteen directions in which a step can go, nearest node first.

use super::ast::{Axis, Test};
use super::eval::Environment;
use crate::xml::{Document, NodeId, NodeKind};

/// Calls `visit` with each node of the axis that passes the test.
pub(crate) fn walk(document: &Document, from: NodeId, axis: Axis, mut visit: impl FnMut(NodeId)) {
    let seen = |id: &NodeId| document.kind(*id) != NodeKind::Doctype;
    let is_attribute = document.kind(from) == NodeKind::Attribute;
    match axis {
        Axis::Itself => visit(from),
        Axis::Child => {
            document.children(from).iter().filter(|id| seen(id)).for_each(|id| visit(*id))
        }
        Axis::Attribute => {
            let declares = |id: &NodeId| {
                document.name(*id).is_some_and(|name| {
                    name.prefix == "xmlns" || (name.prefix.is_empty() && name.local == "xmlns")
                })
            };
            document.attributes(from).iter().filter(|id| !declares(id)).for_each(|id| visit(*id));
        }
        Axis::Parent => document.parent(from).into_iter().for_each(visit),
        Axis::Ancestor => ancestors(document, from).for_each(visit),
        Axis::AncestorOrSelf => {
            visit(from);
            ancestors(document, from).for_each(visit);
        }
        Axis::Descendant => {
            document.descendants(from).into_iter().skip(1).filter(seen).for_each(visit);
        }
        Axis::DescendantOrSelf => {
            document.descendants(from).into_iter().filter(seen).for_each(visit)
        }
        Axis::FollowingSibling | Axis::PrecedingSibling => {
            let Some(parent) = document.parent(from).filter(|_| !is_attribute) else { return };
            let siblings = document.children(parent);
            let at = document.index(from);
            if axis == Axis::FollowingSibling {
                siblings[at + 1..].iter().filter(|id| seen(id)).for_each(|id| visit(*id));
            } else {
                siblings[..at].iter().rev().filter(|id| seen(id)).for_each(|id| visit(*id));
            }
        }
        Axis::Following => {
            if is_attribute && let Some(owner) = document.parent(from) {
                document.descendants(owner).into_iter().skip(1).for_each(&mut visit);
            }
            let mut from = if is_attribute { document.parent(from).unwrap_or(from) } else { from };
            while let Some(parent) = document.parent(from) {
                for sibling in &document.children(parent)[document.index(from) + 1..] {
                    document.descendants(*sibling).into_iter().filter(seen).for_each(&mut visit);
                }
                from = parent;
            }
        }
        Axis::Preceding => {
            let mut from = if is_attribute { document.parent(from).unwrap_or(from) } else { from };
            while let Some(parent) = document.parent(from) {
                for sibling in document.children(parent)[..document.index(from)].iter().rev() {
                    let inside = document.descendants(*sibling).into_iter().rev();
                    // Browsers count a document type as preceding, and forms are recorded with them.
                    inside.for_each(&mut visit);
                }
                from = parent;
            }
        }
        // Namespaces are not nodes here, as in the browsers.
        Axis::Namespace => {}
    }
}

fn ancestors(document: &Document, from: NodeId) -> impl Iterator<Item = NodeId> + '_ {
    std::iter::successors(document.parent(from), |id| document.parent(*id))
}

pub(crate) fn passes(
    document: &Document,
    id: NodeId,
    axis: Axis,
    test: &Test,
    environment: &dyn Environment,
) -> bool {
    let principal = if axis == Axis::Attribute { NodeKind::Attribute } else { NodeKind::Element };
    let kind = document.kind(id);
    match test {
        Test::Node => true,
        Test::Text => kind == NodeKind::Text,
        Test::Comment => kind == NodeKind::Comment,
        Test::Instruction(target) => {
            kind == NodeKind::Instruction
                && target.as_ref().is_none_or(|target| document.local_name(id) == target)
        }
        Test::Any { prefix: None } => kind == principal,
        Test::Any { prefix: Some(prefix) } => {
            kind == principal && in_namespace(document, id, prefix, environment)
        }
        Test::Name { prefix: None, local } => {
            kind == principal
                && document.name(id).is_some_and(|name| {
                    name.local == *local
                        && (name.namespace.is_empty()
                            || (name.prefix.is_empty() && environment.in_form()))
                })
        }
        Test::Name { prefix: Some(prefix), local } => {
            kind == principal
                && document.local_name(id) == local
                && in_namespace(document, id, prefix, environment)
        }
    }
}

fn in_namespace(
    document: &Document,
    id: NodeId,
    prefix: &str,
    environment: &dyn Environment,
) -> bool {
    document.name(id).is_some_and(|name| match environment.namespace(prefix) {
        Some(uri) => name.namespace == uri,
        None => name.prefix == prefix,
    })
}
