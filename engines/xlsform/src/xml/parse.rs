//! Reading XML from strangers: no external entities, no entity definitions at all, and a bound on
//! depth. What a document type declares is skipped.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use super::name::is_element_name;
use super::{Document, Name, NodeId, NodeKind};

/// Attributes of one element.
const MAX_ATTRIBUTES: usize = 1_000;
/// Elements inside elements; a form of the deepest permitted groups needs a fifth of it.
const MAX_DEPTH: usize = 500;
/// Nodes in one document: a million-row attachment is no form.
const MAX_NODES: usize = 5_000_000;

/// Why a text is not XML, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseError {
    pub line: usize,
    pub message: String,
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "The XML cannot be read (line {}): {}.", self.line, self.message)
    }
}

impl std::error::Error for ParseError {}

/// Reads a document as one more tree of `document`, and returns its root.
pub fn parse(document: &mut Document, text: &str) -> Result<NodeId, ParseError> {
    parse_within(document, text, MAX_NODES)
}

/// The same, refusing what would make `document` larger than so many nodes: each takes some 100 bytes.
pub fn parse_within(
    document: &mut Document,
    text: &str,
    most_nodes: usize,
) -> Result<NodeId, ParseError> {
    let root = document.add_root();
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = Reader {
        text,
        at: 0,
        document,
        most_nodes,
        open: vec![Open::root(root)],
        names: BTreeMap::new(),
    };
    reader.read()?;
    document.renumber();
    Ok(root)
}

struct Open {
    id: NodeId,
    name: String,
    /// Namespaces declared on this element: prefix and URI.
    namespaces: Vec<(String, String)>,
}

impl Open {
    fn root(id: NodeId) -> Self {
        let xml = ("xml".to_owned(), "http://www.w3.org/XML/1998/namespace".to_owned());
        Self { id, name: String::new(), namespaces: vec![xml] }
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    document: &'a mut Document,
    most_nodes: usize,
    open: Vec<Open>,
    /// Names are shared: a form repeats few of them many times.
    names: BTreeMap<(String, String), Arc<Name>>,
}

impl<'a> Reader<'a> {
    fn read(&mut self) -> Result<(), ParseError> {
        while self.at < self.text.len() {
            let rest = self.rest();
            if let Some(markup) = rest.strip_prefix('<') {
                match markup.as_bytes().first() {
                    Some(b'/') => self.end_tag()?,
                    Some(b'!') => self.declaration()?,
                    Some(b'?') => self.instruction()?,
                    _ => self.start_tag()?,
                }
            } else {
                let end = rest.find('<').unwrap_or(rest.len());
                let text = self.unescaped(&rest[..end], false)?;
                self.at += end;
                if self.open.len() > 1 {
                    self.push(NodeKind::Text, text)?;
                } else if !text.trim().is_empty() {
                    return Err(self.error("there is text outside of the root element"));
                }
            }
        }
        if self.open.len() > 1 {
            let name = self.open.last().map(|open| open.name.clone()).unwrap_or_default();
            return Err(self.error(&format!("<{name}> is not closed")));
        }
        let root = self.open[0].id;
        if self.document.elements(root).count() != 1 {
            return Err(self.error("there must be exactly one root element"));
        }
        Ok(())
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn error(&self, message: &str) -> ParseError {
        let before = &self.text.as_bytes()[..self.at.min(self.text.len())];
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        ParseError { line, message: message.to_owned() }
    }

    fn push(&mut self, kind: NodeKind, value: String) -> Result<(), ParseError> {
        if self.document.nodes.len() > self.most_nodes {
            return Err(self.error("there are too many nodes"));
        }
        let parent = self.open.last().map(|open| open.id);
        if let Some(parent) = parent {
            self.document.append(parent, kind, None, value);
        }
        Ok(())
    }

    /// Everything up to `end`, which is stepped over.
    fn until(&mut self, skip: usize, end: &str, what: &str) -> Result<&'a str, ParseError> {
        let rest = &self.rest()[skip..];
        let Some(length) = rest.find(end) else {
            return Err(self.error(&format!("{what} is not closed")));
        };
        self.at += skip + length + end.len();
        Ok(&rest[..length])
    }

    fn declaration(&mut self) -> Result<(), ParseError> {
        let rest = self.rest();
        if rest.starts_with("<!--") {
            let comment = self.until(4, "-->", "a comment")?;
            return self.push(NodeKind::Comment, comment.to_owned());
        }
        if rest.starts_with("<![CDATA[") {
            let text = self.until(9, "]]>", "a CDATA section")?;
            return self.push(NodeKind::Text, text.to_owned());
        }
        if rest.starts_with("<!DOCTYPE") {
            let declaration = self.until(9, ">", "the document type")?;
            if declaration.contains('[') || declaration.to_ascii_uppercase().contains("ENTITY") {
                return Err(self
                    .error("the document type defines something; only plain documents are read"));
            }
            return self.push(NodeKind::Doctype, String::new());
        }
        Err(self.error("there is an unknown declaration"))
    }

    fn instruction(&mut self) -> Result<(), ParseError> {
        let text = self.until(2, "?>", "an instruction")?;
        let (name, value) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        if name.eq_ignore_ascii_case("xml") {
            return Ok(());
        }
        let parent = self.open.last().map(|open| open.id);
        if let Some(parent) = parent {
            let name = Arc::new(Name::local(name));
            self.document.append(parent, NodeKind::Instruction, Some(name), value.trim_start());
        }
        Ok(())
    }

    fn end_tag(&mut self) -> Result<(), ParseError> {
        let name = self.until(2, ">", "an end tag")?.trim_end();
        match self.open.last() {
            Some(open) if self.open.len() > 1 && open.name == name => {
                self.open.pop();
                Ok(())
            }
            Some(open) if self.open.len() > 1 => {
                let message = format!("</{name}> does not close <{}>", open.name);
                Err(self.error(&message))
            }
            _ => Err(self.error(&format!("</{name}> closes nothing"))),
        }
    }

    fn start_tag(&mut self) -> Result<(), ParseError> {
        self.at += 1;
        let name = self.name()?.to_owned();
        if self.open.len() > MAX_DEPTH {
            return Err(self.error(&format!("elements lie more than {MAX_DEPTH} deep")));
        }
        let mut attributes: Vec<(String, String)> = Vec::new();
        let closed = loop {
            let spaces = self.spaces();
            let rest = self.rest();
            if rest.starts_with('>') {
                self.at += 1;
                break false;
            }
            if rest.starts_with("/>") {
                self.at += 2;
                break true;
            }
            if !spaces {
                return Err(self.error(&format!("<{name}> is malformed")));
            }
            let (attribute, value) = self.attribute()?;
            if attributes.len() == MAX_ATTRIBUTES {
                return Err(
                    self.error(&format!("<{name}> has more than {MAX_ATTRIBUTES} attributes"))
                );
            }
            if attributes.iter().any(|(other, _)| *other == attribute) {
                return Err(self.error(&format!("<{name}> has two attributes '{attribute}'")));
            }
            attributes.push((attribute, value));
        };
        let namespaces = attributes.iter().filter_map(|(name, value)| match name.as_str() {
            "xmlns" => Some((String::new(), value.clone())),
            name => name.strip_prefix("xmlns:").map(|prefix| (prefix.to_owned(), value.clone())),
        });
        let namespaces = namespaces.collect::<Vec<_>>();
        let parent = self.open.last().map(|open| open.id);
        self.open.push(Open { id: self.open[0].id, name: name.clone(), namespaces });
        let full = self.resolved(&name, false)?;
        let Some(parent) = parent else { return Ok(()) };
        if self.document.nodes.len() > self.most_nodes {
            return Err(self.error("there are too many nodes"));
        }
        let id = self.document.append(parent, NodeKind::Element, Some(full), "");
        for (name, value) in attributes {
            let full = self.resolved(&name, true)?;
            self.document.append(id, NodeKind::Attribute, Some(full), value);
        }
        if closed {
            self.open.pop();
        } else if let Some(open) = self.open.last_mut() {
            open.id = id;
        }
        Ok(())
    }

    fn spaces(&mut self) -> bool {
        let rest = self.rest();
        let length = rest.len() - rest.trim_start().len();
        self.at += length;
        length > 0
    }

    fn name(&mut self) -> Result<&'a str, ParseError> {
        let rest = self.rest();
        let end = rest
            .find(|c: char| c.is_whitespace() || matches!(c, '/' | '>' | '=' | '<' | '"' | '\''))
            .unwrap_or(rest.len());
        let name = &rest[..end];
        if name.is_empty() || name.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '.')
        {
            return Err(self.error("a name is missing"));
        }
        if !is_element_name(name) {
            return Err(self.error(&format!("'{name}' cannot be a name")));
        }
        self.at += end;
        Ok(name)
    }

    fn attribute(&mut self) -> Result<(String, String), ParseError> {
        let name = self.name()?.to_owned();
        self.spaces();
        if !self.rest().starts_with('=') {
            return Err(self.error(&format!("the attribute '{name}' has no value")));
        }
        self.at += 1;
        self.spaces();
        let quote = match self.rest().as_bytes().first() {
            Some(b'"') => "\"",
            Some(b'\'') => "'",
            _ => return Err(self.error(&format!("the value of '{name}' is not quoted"))),
        };
        let raw = self.until(1, quote, "an attribute")?;
        if raw.contains('<') {
            return Err(self.error(&format!("the value of '{name}' contains '<'")));
        }
        Ok((name, self.unescaped(raw, true)?))
    }

    fn resolved(&mut self, name: &str, attribute: bool) -> Result<Arc<Name>, ParseError> {
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        let namespace = match prefix {
            "" if attribute => String::new(),
            "xmlns" => "http://www.w3.org/2000/xmlns/".to_owned(),
            prefix => {
                let scopes = self.open.iter().rev().flat_map(|open| open.namespaces.iter().rev());
                let found = scopes.into_iter().find(|(known, _)| known == prefix);
                match found {
                    Some((_, uri)) => uri.clone(),
                    None if prefix.is_empty() => String::new(),
                    None => {
                        return Err(
                            self.error(&format!("the prefix '{prefix}' is declared nowhere"))
                        );
                    }
                }
            }
        };
        let key = (name.to_owned(), namespace);
        if let Some(known) = self.names.get(&key) {
            return Ok(Arc::clone(known));
        }
        let full = Arc::new(Name {
            prefix: prefix.to_owned(),
            local: local.to_owned(),
            namespace: key.1.clone(),
        });
        self.names.insert(key, Arc::clone(&full));
        Ok(full)
    }

    /// Text with its references replaced and its line ends made equal.
    fn unescaped(&self, raw: &str, attribute: bool) -> Result<String, ParseError> {
        let mut out = String::with_capacity(raw.len());
        let mut rest = raw;
        while let Some(at) = rest.find(['&', '\r', '\n', '\t']) {
            out.push_str(&rest[..at]);
            let found = rest.as_bytes()[at];
            rest = &rest[at + 1..];
            match found {
                b'\r' => {
                    if !rest.starts_with('\n') {
                        out.push(if attribute { ' ' } else { '\n' });
                    }
                }
                b'&' => {
                    let Some(end) = rest.find(';').filter(|end| *end <= 10) else {
                        return Err(self.error("there is a '&' that begins no reference"));
                    };
                    out.push(self.reference(&rest[..end])?);
                    rest = &rest[end + 1..];
                }
                other => out.push(if attribute { ' ' } else { char::from(other) }),
            }
        }
        out.push_str(rest);
        Ok(out)
    }

    fn reference(&self, name: &str) -> Result<char, ParseError> {
        let number = match name {
            "amp" => return Ok('&'),
            "lt" => return Ok('<'),
            "gt" => return Ok('>'),
            "quot" => return Ok('"'),
            "apos" => return Ok('\''),
            name => match name.strip_prefix("#x") {
                Some(hex) => u32::from_str_radix(hex, 16).ok(),
                None => name.strip_prefix('#').and_then(|digits| digits.parse().ok()),
            },
        };
        number
            .and_then(char::from_u32)
            .filter(|c| matches!(c, '\t' | '\n' | '\r' | '\u{20}'..))
            .ok_or_else(|| self.error(&format!("'&{name};' is not a character")))
    }
}
