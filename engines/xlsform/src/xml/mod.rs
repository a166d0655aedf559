//! An XML document as an arena that can change: forms are read into one, records are filled in
//! one, expressions walk through one. Several trees may lie in it side by side.

pub(crate) mod name;
mod parse;
mod write;

use std::collections::HashMap;
use std::sync::Arc;

pub use parse::{ParseError, parse, parse_within};

/// A node of a [`Document`]; meaningless without it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(u32);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NodeKind {
    /// The top of a tree.
    Root,
    Element,
    Attribute,
    Text,
    Comment,
    Instruction,
    /// Kept for its place among its siblings; expressions do not see it.
    Doctype,
}

/// A name with its prefix as written and the namespace it stands for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Name {
    pub prefix: String,
    pub local: String,
    pub namespace: String,
}

impl Name {
    /// A name in no namespace.
    pub fn local(name: &str) -> Self {
        Self { local: name.to_owned(), ..Self::default() }
    }

    /// `prefix:local`.
    pub fn qualified(&self) -> String {
        if self.prefix.is_empty() {
            self.local.clone()
        } else {
            format!("{}:{}", self.prefix, self.local)
        }
    }
}

#[derive(Debug, Clone)]
struct Node {
    kind: NodeKind,
    name: Option<Arc<Name>>,
    value: String,
    parent: Option<NodeId>,
    attributes: Vec<NodeId>,
    children: Vec<NodeId>,
    /// Place in document order, valid while the document says so.
    order: u32,
    /// Place among its siblings, valid with the order.
    index: u32,
}

/// A forest of XML trees.
#[derive(Debug, Clone, Default)]
pub struct Document {
    nodes: Vec<Node>,
    roots: Vec<NodeId>,
    ordered: bool,
    /// Children by name of the elements that have many, valid while the nodes are numbered.
    wide: Arc<HashMap<NodeId, HashMap<String, Vec<NodeId>>>>,
}

/// Children from which on they are found by name instead of looked through.
const WIDE: usize = 24;

impl Document {
    /// An empty document.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds another tree.
    pub fn add_root(&mut self) -> NodeId {
        let root = self.add(NodeKind::Root, None, String::new(), None);
        self.roots.push(root);
        root
    }

    /// The trees in the order in which they were added.
    pub fn roots(&self) -> &[NodeId] {
        &self.roots
    }

    fn add(
        &mut self,
        kind: NodeKind,
        name: Option<Arc<Name>>,
        value: String,
        parent: Option<NodeId>,
    ) -> NodeId {
        let id = NodeId(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        let (attributes, children) = (Vec::new(), Vec::new());
        self.nodes.push(Node {
            kind,
            name,
            value,
            parent,
            attributes,
            children,
            order: 0,
            index: 0,
        });
        self.ordered = false;
        id
    }

    /// Appends an element, text or other node to a parent.
    pub fn append(
        &mut self,
        parent: NodeId,
        kind: NodeKind,
        name: Option<Arc<Name>>,
        value: impl Into<String>,
    ) -> NodeId {
        let id = self.add(kind, name, value.into(), Some(parent));
        if kind == NodeKind::Attribute {
            self.nodes[parent.0 as usize].attributes.push(id);
        } else {
            self.nodes[parent.0 as usize].children.push(id);
        }
        id
    }

    /// Appends an element with a name in no namespace.
    pub fn append_element(&mut self, parent: NodeId, name: &str) -> NodeId {
        self.append(parent, NodeKind::Element, Some(Arc::new(Name::local(name))), "")
    }

    fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    pub fn kind(&self, id: NodeId) -> NodeKind {
        self.node(id).kind
    }

    pub fn name(&self, id: NodeId) -> Option<&Name> {
        self.node(id).name.as_deref()
    }

    /// The local part of a name; empty for nodes that have none.
    pub fn local_name(&self, id: NodeId) -> &str {
        self.name(id).map_or("", |name| &name.local)
    }

    pub(crate) fn shared_name(&self, id: NodeId) -> Option<Arc<Name>> {
        self.node(id).name.clone()
    }

    pub fn parent(&self, id: NodeId) -> Option<NodeId> {
        self.node(id).parent
    }

    pub fn children(&self, id: NodeId) -> &[NodeId] {
        &self.node(id).children
    }

    pub fn attributes(&self, id: NodeId) -> &[NodeId] {
        &self.node(id).attributes
    }

    /// Elements among the children.
    pub fn elements(&self, id: NodeId) -> impl DoubleEndedIterator<Item = NodeId> + '_ {
        self.children(id).iter().copied().filter(|id| self.kind(*id) == NodeKind::Element)
    }

    /// The child elements of this local name.
    pub fn named(&self, id: NodeId, local: &str) -> Vec<NodeId> {
        if self.ordered
            && self.children(id).len() >= WIDE
            && let Some(names) = self.wide.get(&id)
        {
            return names.get(local).cloned().unwrap_or_default();
        }
        self.elements(id).filter(|id| self.local_name(*id) == local).collect()
    }

    /// The first child element of this local name.
    pub fn child(&self, id: NodeId, local: &str) -> Option<NodeId> {
        self.elements(id).find(|id| self.local_name(*id) == local)
    }

    /// Value of the attribute of this local name.
    pub fn attribute(&self, id: NodeId, local: &str) -> Option<&str> {
        let found = self.attributes(id).iter().find(|id| self.local_name(**id) == local)?;
        Some(&self.node(*found).value)
    }

    /// Value of a text, comment or attribute node as it stands.
    pub fn value(&self, id: NodeId) -> &str {
        &self.node(id).value
    }

    /// The string value: of an element, all the text inside it.
    pub fn text(&self, id: NodeId) -> String {
        match self.kind(id) {
            NodeKind::Root | NodeKind::Element => {
                if let [only] = self.children(id)
                    && self.kind(*only) == NodeKind::Text
                {
                    return self.value(*only).to_owned();
                }
                let mut out = String::new();
                let mut open = self.children(id).iter().rev().copied().collect::<Vec<_>>();
                while let Some(id) = open.pop() {
                    match self.kind(id) {
                        NodeKind::Text => out.push_str(self.value(id)),
                        NodeKind::Element => open.extend(self.children(id).iter().rev()),
                        _ => {}
                    }
                }
                out
            }
            _ => self.value(id).to_owned(),
        }
    }

    /// Replaces everything inside an element by text, or an attribute's value.
    pub fn set_text(&mut self, id: NodeId, text: &str) {
        if self.kind(id) == NodeKind::Attribute {
            text.clone_into(&mut self.nodes[id.0 as usize].value);
            return;
        }
        if let [only] = self.children(id)
            && self.kind(*only) == NodeKind::Text
        {
            let only = *only;
            if !text.is_empty() {
                text.clone_into(&mut self.nodes[only.0 as usize].value);
                return;
            }
        }
        self.nodes[id.0 as usize].children.clear();
        if !text.is_empty() {
            // Text inside one element does not change the order of the elements.
            let ordered = self.ordered;
            let child = self.append(id, NodeKind::Text, None, text);
            self.nodes[child.0 as usize].order = self.node(id).order;
            self.ordered = ordered;
        }
    }

    /// Sets an attribute in no namespace.
    pub fn set_attribute(&mut self, id: NodeId, name: &str, value: &str) {
        let found = self.attributes(id).iter().copied().find(|id| self.local_name(*id) == name);
        match found {
            Some(found) => value.clone_into(&mut self.nodes[found.0 as usize].value),
            None => {
                self.append(id, NodeKind::Attribute, Some(Arc::new(Name::local(name))), value);
            }
        }
    }

    pub(crate) fn remove_attribute(&mut self, id: NodeId, local: &str) {
        let keep = self.attributes(id).iter().copied();
        let keep = keep.filter(|id| self.local_name(*id) != local).collect();
        self.nodes[id.0 as usize].attributes = keep;
    }

    /// Takes a node out of its parent. It stays readable by those who hold its id.
    pub fn detach(&mut self, id: NodeId) {
        if let Some(parent) = self.node(id).parent {
            self.nodes[parent.0 as usize].children.retain(|child| *child != id);
            self.nodes[id.0 as usize].parent = None;
            self.ordered = false;
        }
    }

    /// Puts a detached node among the children of a parent, before the one at `index`.
    pub fn insert(&mut self, parent: NodeId, index: usize, id: NodeId) {
        self.nodes[id.0 as usize].parent = Some(parent);
        let children = &mut self.nodes[parent.0 as usize].children;
        children.insert(index.min(children.len()), id);
        self.ordered = false;
    }

    /// A copy of a node and everything in it, attached to nothing.
    pub fn copy(&mut self, id: NodeId) -> NodeId {
        let (kind, name) = (self.kind(id), self.shared_name(id));
        let copy = self.add(kind, name, self.value(id).to_owned(), None);
        for attribute in self.attributes(id).to_vec() {
            let (name, value) = (self.shared_name(attribute), self.value(attribute).to_owned());
            self.append(copy, NodeKind::Attribute, name, value);
        }
        for child in self.children(id).to_vec() {
            let child = self.copy(child);
            self.nodes[child.0 as usize].parent = Some(copy);
            self.nodes[copy.0 as usize].children.push(child);
        }
        copy
    }

    /// Takes out the text that only lays out the elements around it.
    pub(crate) fn remove_layout(&mut self, id: NodeId) {
        for id in self.descendants(id) {
            if self.elements(id).next().is_none() {
                continue;
            }
            let kept = self.children(id).iter().copied().filter(|child| {
                self.kind(*child) != NodeKind::Text || !self.value(*child).trim().is_empty()
            });
            self.nodes[id.0 as usize].children = kept.collect();
        }
        self.ordered = false;
    }

    /// The top of the tree a node is in.
    pub fn root_of(&self, id: NodeId) -> NodeId {
        std::iter::successors(Some(id), |id| self.parent(*id)).last().unwrap_or(id)
    }

    /// A node and all its descendants without attributes, in document order.
    pub fn descendants(&self, id: NodeId) -> Vec<NodeId> {
        let mut found = Vec::new();
        let mut open = vec![id];
        while let Some(id) = open.pop() {
            found.push(id);
            open.extend(self.children(id).iter().rev());
        }
        found
    }

    /// Numbers the nodes, so that they can be compared. Cheap when nothing has moved.
    pub fn renumber(&mut self) {
        if self.ordered {
            return;
        }
        let mut next = 0;
        let mut wide: HashMap<NodeId, HashMap<String, Vec<NodeId>>> = HashMap::new();
        for root in self.roots.clone() {
            let mut open = vec![root];
            while let Some(id) = open.pop() {
                self.nodes[id.0 as usize].order = next;
                next += 1;
                for at in 0..self.node(id).attributes.len() {
                    let attribute = self.node(id).attributes[at];
                    self.nodes[attribute.0 as usize].order = next;
                    next += 1;
                }
                if self.node(id).children.len() >= WIDE {
                    let names = wide.entry(id).or_default();
                    for child in self.elements(id) {
                        let name = self.local_name(child);
                        match names.get_mut(name) {
                            Some(same) => same.push(child),
                            None => {
                                names.insert(name.to_owned(), vec![child]);
                            }
                        }
                    }
                }
                for at in (0..self.node(id).children.len()).rev() {
                    let child = self.node(id).children[at];
                    self.nodes[child.0 as usize].index = u32::try_from(at).unwrap_or(u32::MAX);
                    open.push(child);
                }
            }
        }
        self.wide = Arc::new(wide);
        self.ordered = true;
    }

    /// Place in document order; call [`renumber`](Self::renumber) after structural changes.
    pub(crate) fn order(&self, id: NodeId) -> u32 {
        self.node(id).order
    }

    /// Place among the siblings.
    pub(crate) fn index(&self, id: NodeId) -> usize {
        let node = self.node(id);
        let at = node.index as usize;
        let Some(parent) = node.parent else { return 0 };
        let siblings = self.children(parent);
        if siblings.get(at) == Some(&id) {
            return at;
        }
        siblings.iter().position(|other| *other == id).unwrap_or(0)
    }

    /// The XML of an element without a declaration.
    pub fn xml(&self, id: NodeId) -> String {
        write::write(self, id)
    }
}
