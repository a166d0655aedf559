//! XML on its way out: a tree of nodes and its text, laid out as the community's compiler lays it
//! out, so that the two can be compared line by line.

use std::borrow::Cow;

pub(crate) enum Content {
    Node(Node),
    Text(String),
}

pub(crate) struct Node {
    name: Cow<'static, str>,
    attributes: Vec<(Cow<'static, str>, String)>,
    content: Vec<Content>,
}

impl Node {
    pub(crate) fn new(name: impl Into<Cow<'static, str>>) -> Self {
        Self { name: name.into(), attributes: Vec::new(), content: Vec::new() }
    }

    /// Sets an attribute; one that is there keeps its place.
    pub(crate) fn set(&mut self, name: impl Into<Cow<'static, str>>, value: impl Into<String>) {
        let (name, value) = (name.into(), value.into());
        match self.attributes.iter_mut().find(|(known, _)| *known == name) {
            Some((_, old)) => *old = value,
            None => self.attributes.push((name, value)),
        }
    }

    pub(crate) fn with(
        mut self,
        name: impl Into<Cow<'static, str>>,
        value: impl Into<String>,
    ) -> Self {
        self.set(name, value);
        self
    }

    pub(crate) fn push(&mut self, node: Node) {
        self.content.push(Content::Node(node));
    }

    pub(crate) fn child(mut self, node: Node) -> Self {
        self.push(node);
        self
    }

    pub(crate) fn text(mut self, text: impl Into<String>) -> Self {
        self.content.push(Content::Text(text.into()));
        self
    }

    pub(crate) fn extend(mut self, content: Vec<Content>) -> Self {
        self.content.extend(content);
        self
    }

    /// Puts a node before the last one.
    pub(crate) fn insert_before_last(&mut self, node: Node) {
        let at = self.content.len().saturating_sub(1);
        self.content.insert(at, Content::Node(node));
    }

    pub(crate) fn prepend(&mut self, node: Node) {
        self.content.insert(0, Content::Node(node));
    }

    /// The document with two spaces of indentation.
    pub(crate) fn document(&self) -> String {
        let mut out = String::from("<?xml version=\"1.0\"?>\n");
        self.write(&mut out, 0, true);
        out
    }

    fn write(&self, out: &mut String, depth: usize, pretty: bool) {
        if pretty {
            indent(out, depth);
        }
        out.push('<');
        out.push_str(&self.name);
        for (name, value) in &self.attributes {
            out.push(' ');
            out.push_str(name);
            out.push_str("=\"");
            escape(out, value, true);
            out.push('"');
        }
        if self.content.is_empty() {
            out.push_str("/>");
        } else {
            out.push('>');
            self.write_content(out, depth, pretty);
            out.push_str("</");
            out.push_str(&self.name);
            out.push('>');
        }
        if pretty {
            out.push('\n');
        }
    }

    /// Text is never indented. Around mixed content stands a space, so that words keep apart.
    fn write_content(&self, out: &mut String, depth: usize, pretty: bool) {
        if !self.content.iter().any(|content| matches!(content, Content::Text(_))) {
            if pretty {
                out.push('\n');
            }
            for content in &self.content {
                if let Content::Node(node) = content {
                    node.write(out, depth + 1, pretty);
                }
            }
            if pretty {
                indent(out, depth);
            }
            return;
        }
        let mixed = self.content.len() > 1;
        if mixed && matches!(self.content[0], Content::Text(_)) {
            out.push(' ');
        }
        for content in &self.content {
            match content {
                Content::Text(text) => escape(out, text, false),
                Content::Node(node) => node.write(out, 0, false),
            }
        }
        if mixed {
            out.push(' ');
        }
    }
}

fn indent(out: &mut String, depth: usize) {
    for _ in 0..depth {
        out.push_str("  ");
    }
}

/// Escapes text for XML. Characters that XML does not allow at all are left out: no reader would
/// open the form.
pub(crate) fn escape(out: &mut String, text: &str, attribute: bool) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' if attribute => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(c),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            c => out.push(c),
        }
    }
}
