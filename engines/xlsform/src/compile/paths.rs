//! `${name}` becomes a path: absolute, or relative where question and answer lie in the same
//! repeat, so that each instance of the repeat sees its own values.

use indexmap::IndexMap;

use super::element::{Id, Kind, Tree};
use super::reference::{self, Reference};
use super::token;
use super::write::{Content, Node};
use crate::Problem;

/// Looks up questions by name and writes paths to them.
pub(crate) struct Paths<'a> {
    tree: &'a Tree,
    /// `None` for a name that occurs more than once.
    by_name: IndexMap<&'a str, Option<Id>>,
    paths: Vec<String>,
}

/// How a path is to be written.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Style {
    /// The text is a predicate: relative paths begin at `current()`.
    pub(crate) current: bool,
    /// The text is the source of choices: begin above the repeat, so that a predicate can follow.
    pub(crate) above_repeat: bool,
}

impl<'a> Paths<'a> {
    pub(crate) fn new(tree: &'a Tree) -> Self {
        let mut by_name: IndexMap<&str, Option<Id>> = IndexMap::new();
        for id in tree.descendants(Tree::ROOT) {
            let element = tree.get(id);
            if matches!(element.kind, Kind::Attribute | Kind::EntityLabel | Kind::ExternalFile) {
                continue;
            }
            let entry = by_name.entry(element.name.as_str());
            entry.and_modify(|known| *known = None).or_insert(Some(id));
        }
        let paths = (0..tree.elements.len()).map(|id| tree.path(id)).collect();
        Self { tree, by_name, paths }
    }

    pub(crate) fn of(&self, id: Id) -> &str {
        &self.paths[id]
    }

    pub(crate) fn find(&self, name: &str) -> Result<Id, String> {
        match self.by_name.get(name) {
            Some(Some(id)) => Ok(*id),
            Some(None) => Err(format!("There are multiple survey elements named '{name}'.")),
            None => Err(format!("There is no survey element named '{name}'.")),
        }
    }

    /// Replaces every reference in an expression that stands at `context`.
    pub(crate) fn insert(&self, text: &str, context: Id) -> Result<String, Problem> {
        self.insert_styled(text, Some(context), Style::default())
    }

    pub(crate) fn insert_styled(
        &self,
        text: &str,
        context: Option<Id>,
        style: Style,
    ) -> Result<String, Problem> {
        if !reference::is_candidate(text) {
            return Ok(text.to_owned());
        }
        let mut out = String::with_capacity(text.len() + 32);
        let mut at = 0;
        let calls = calls(text);
        for one in reference::occurrences(text) {
            out.push_str(&text[at..one.start]);
            out.push_str(&self.path(text, calls, &one, context, style)?);
            at = one.end;
        }
        out.push_str(&text[at..]);
        Ok(out)
    }

    /// A label whose references and look-ups have become `<output>` elements.
    pub(crate) fn with_outputs(
        &self,
        text: &str,
        context: Option<Id>,
    ) -> Result<Vec<Content>, Problem> {
        let plain = || Ok(vec![Content::Text(text.to_owned())]);
        if text == "-" || !(text.contains("${") || text.contains("instance(")) {
            return plain();
        }
        // Look-ups are searched for in the escaped text, as the community's compiler does; what
        // is found is unescaped again.
        let mut escaped = String::with_capacity(text.len());
        super::write::escape(&mut escaped, text, false);
        let lookups = if escaped.contains("instance(") {
            token::instance_expressions(&escaped)
        } else {
            vec![]
        };
        let mut content = Vec::new();
        let mut at = 0;
        for (start, end) in lookups {
            self.outputs(&escaped[at..start], context, &mut content)?;
            let value = self.insert_styled(&escaped[start..end], context, Style::default())?;
            content.push(Content::Node(Node::new("output").with("value", value)));
            at = end;
        }
        self.outputs(&escaped[at..], context, &mut content)?;
        if !content.iter().any(|part| matches!(part, Content::Node(_))) {
            return plain();
        }
        Ok(content)
    }

    fn outputs(
        &self,
        escaped: &str,
        context: Option<Id>,
        content: &mut Vec<Content>,
    ) -> Result<(), Problem> {
        let text = |part: &str| {
            let part = part.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
            (!part.is_empty()).then_some(Content::Text(part))
        };
        let mut at = 0;
        let calls = calls(escaped);
        for one in reference::occurrences(escaped) {
            content.extend(text(&escaped[at..one.start]));
            let path = self.path(escaped, calls, &one, context, Style::default())?;
            content.push(Content::Node(Node::new("output").with("value", path)));
            at = one.end;
        }
        content.extend(text(&escaped[at..]));
        Ok(())
    }

    fn path(
        &self,
        text: &str,
        calls: &str,
        one: &Reference,
        context: Option<Id>,
        style: Style,
    ) -> Result<String, Problem> {
        let target = self.find(one.name).map_err(|reason| {
            Problem::error(format!(
                "There has been a problem trying to replace {} with the XPath to the survey \
                 element named '{}'. {reason}",
                &text[one.start..one.end],
                one.name
            ))
        })?;
        if let Some(context) = context
            && !one.last_saved
            && is_relative(calls, one)
        {
            let current = style.current || in_instance_predicate(calls, one);
            let style = Style { current, ..style };
            if let Some(path) = self.relative(context, target, one.name, style) {
                return Ok(path);
            }
        }
        let saved = if one.last_saved { "instance('__last-saved')" } else { "" };
        Ok(format!(" {saved}{} ", self.of(target)))
    }

    /// The path by way of the nearest common group, when both lie in one repeat.
    fn relative(&self, source: Id, target: Id, name: &str, style: Style) -> Option<String> {
        let (steps_to_repeat, repeat) = self.common(source, target, |kind| kind == Kind::Repeat)?;
        let (steps, below) = self
            .above_repeat(source, target, steps_to_repeat, repeat, style.above_repeat)
            .or_else(|| {
                let section = |kind| matches!(kind, Kind::Group | Kind::Repeat);
                let (steps, common) = self.common(source, target, section)?;
                Some((steps, self.tree.path_below(Some(common), target)))
            })?;
        let below = if below.ends_with(name) { below } else { format!("/{name}") };
        let start = if style.current { " current()/" } else { " " };
        Some(format!("{start}{}{below} ", vec![".."; steps].join("/")))
    }

    /// For choices taken from a repeat, a path that begins one step above it.
    fn above_repeat(
        &self,
        source: Id,
        target: Id,
        steps: usize,
        repeat: Id,
        wanted: bool,
    ) -> Option<(usize, String)> {
        if !wanted {
            return None;
        }
        let outermost = self.tree.enclosing_repeat(repeat).is_none();
        let lies_in_it = self.tree.enclosing_repeat(target) == Some(repeat);
        let deeper = self.tree.enclosing_repeat(source) != Some(repeat);
        (lies_in_it && (outermost || deeper))
            .then(|| (steps + 1, self.tree.path_below(self.tree.get(repeat).parent, target)))
    }

    /// The nearest common ancestor of a kind, and the steps up to it.
    fn common(&self, source: Id, target: Id, kind: impl Fn(Kind) -> bool) -> Option<(usize, Id)> {
        let above = self.tree.ancestors(target).collect::<Vec<_>>();
        (1..)
            .zip(self.tree.ancestors(source))
            .find(|(_, id)| kind(self.tree.get(*id).kind) && above.contains(id))
    }
}

/// The text, if it holds a call that decides how references in it are written; else nothing. Looked for once,
/// for a text may hold thousands of references.
fn calls(text: &str) -> &str {
    let decides = text.contains("indexed-repeat(") || text.contains("instance(");
    if decides { text } else { "" }
}

/// Whether the reference stands in a predicate on a secondary instance.
fn in_instance_predicate(text: &str, one: &Reference) -> bool {
    let Some(at) = text.find("instance(") else { return false };
    if text[at + 9..].chars().take(2).count() < 2 {
        return false;
    }
    let mut from = 0;
    while let Some(open) = text[from..].find('[') {
        let open = from + open;
        let Some(close) = text[open..].find(']') else { return false };
        if close == 1 {
            from = open + 1;
            continue;
        }
        let close = open + close + 1;
        if one.start >= open && one.end <= close {
            return true;
        }
        from = close;
    }
    false
}

/// Some arguments of `indexed-repeat()` must be absolute: the nodes that are indexed.
fn is_relative(text: &str, one: &Reference) -> bool {
    if !text.contains("indexed-repeat(") {
        return true;
    }
    let mut calls = Vec::new();
    let mut from = 0;
    while let Some(open) = text[from..].find("indexed-repeat(") {
        let open = from + open;
        match text[open..].find(')') {
            Some(close) if close > 15 => {
                calls.push((open, open + close + 1));
                from = open + close + 1;
            }
            _ => from = open + 15,
        }
    }
    let mut next = 0;
    while let Some((start, end)) = calls.get(next).copied() {
        next += 1;
        if one.end > end {
            // The published search steps over two calls at a time.
            if next >= calls.len() {
                return true;
            }
            next += 1;
            continue;
        }
        if one.end < start || one.start > end {
            return true;
        }
        let arguments = &text[start + 15..end - 1];
        let name = format!("${{{}}}", one.name);
        let position =
            arguments.split(',').enumerate().filter(|(_, part)| part.contains(&name)).last();
        return position.is_some_and(|(index, _)| !matches!(index, 0 | 1 | 3 | 5));
    }
    false
}
