//! The tokens of an expression inside ordinary text. A default may be a word or a formula, a label
//! may contain a look-up; this tells them apart without requiring that the text parses.

use super::names::{name_length, prefixed_name_length};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A date, a time or a number.
    Literal,
    Arithmetic,
    Union,
    CloseParenthesis,
    PathSeparator,
    Quoted,
    Space,
    Reference,
    /// A name with its opening parenthesis.
    Call,
    /// A name with its opening bracket.
    PredicateStart,
    PredicateEnd,
    Other,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Token<'a> {
    pub(crate) kind: Kind,
    pub(crate) text: &'a str,
    pub(crate) start: usize,
}

impl Token<'_> {
    pub(crate) fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// Cuts the text into tokens; nothing is left out.
pub(crate) fn tokens(text: &str) -> impl Iterator<Item = Token<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = &text[at..];
        let first = rest.chars().next()?;
        let (kind, length) = recognise(rest, first);
        let start = at;
        at += length;
        Some(Token { kind, text: &text[start..at], start })
    })
}

/// Whether a default is computed when the form opens, and not simply typed in beforehand.
pub(crate) fn is_computed(default: &str, question_type: &str) -> bool {
    // Values of these types hold hyphens that subtract nothing.
    let hyphens =
        matches!(question_type, "date" | "dateTime" | "geopoint" | "geotrace" | "geoshape");
    for token in tokens(default) {
        match token.kind {
            Kind::Arithmetic if hyphens && token.text == "-" => return false,
            Kind::Arithmetic | Kind::Union | Kind::Reference | Kind::Call => return true,
            _ => {}
        }
    }
    false
}

/// Where expressions of the form `instance('…')/root/item[…]/label` stand in a text.
///
/// A path ends at the first space outside a predicate.
pub(crate) fn instance_expressions(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    let mut last: Option<Token> = None;
    let (mut in_path, mut in_predicate) = (false, false);
    for token in tokens(text) {
        let before = last.map(|last| (last.kind, last.text));
        let mut belongs = false;
        if open.is_none() && token.kind == Kind::Call && token.text == "instance(" {
            belongs = true;
            open = Some(token.start);
        } else if open.is_some() {
            match (token.kind, before) {
                (Kind::Quoted, Some((Kind::Call, "instance("))) => belongs = true,
                (Kind::CloseParenthesis, Some((Kind::Quoted, _))) => belongs = true,
                (Kind::PathSeparator, Some((Kind::CloseParenthesis | Kind::PredicateEnd, _))) => {
                    belongs = true;
                    in_path = true;
                }
                (Kind::Space, _) if in_path => in_path = false,
                (Kind::PredicateStart, _) if in_path => {
                    belongs = true;
                    in_path = false;
                    in_predicate = true;
                }
                _ if in_path => belongs = true,
                (Kind::PredicateEnd, _) if in_predicate => {
                    belongs = true;
                    in_predicate = false;
                }
                _ if in_predicate => belongs = true,
                _ => {}
            }
        }
        if belongs {
            last = Some(token);
        } else if let (Some(start), Some(last)) = (open.take(), last) {
            found.push((start, last.end()));
        }
    }
    if let (Some(start), Some(last)) = (open, last) {
        found.push((start, last.end()));
    }
    found
}

fn recognise(rest: &str, first: char) -> (Kind, usize) {
    let literal = date_length(rest).max(time_length(rest));
    if literal > 0 {
        return (Kind::Literal, literal);
    }
    let number = number_length(rest);
    if number > 0 {
        return (Kind::Literal, number);
    }
    if rest.starts_with(" mod ") || rest.starts_with(" div ") {
        return (Kind::Arithmetic, 5);
    }
    match first {
        '*' | '+' | '-' => return (Kind::Arithmetic, 1),
        '|' => return (Kind::Union, 1),
        ')' => return (Kind::CloseParenthesis, 1),
        '/' => return (Kind::PathSeparator, 1),
        ']' => return (Kind::PredicateEnd, 1),
        '"' | '\'' => {
            if let Some(end) = rest[1..].find(first) {
                return (Kind::Quoted, end + 2);
            }
        }
        '$' => {
            if let Some(name) = rest.strip_prefix("${") {
                let saved = if name.starts_with("last-saved#") { 11 } else { 0 };
                let length = name_length(&name[saved..]);
                if length > 0 && name[saved + length..].starts_with('}') {
                    return (Kind::Reference, 2 + saved + length + 1);
                }
            }
        }
        _ => {}
    }
    if rest.starts_with(" and ") {
        return (Kind::Other, 5);
    }
    if rest.starts_with(" or ") {
        return (Kind::Other, 4);
    }
    if first.is_whitespace() {
        let end = rest.find(|c: char| !c.is_whitespace()).unwrap_or(rest.len());
        return (Kind::Space, end);
    }
    let name = prefixed_name_length(rest);
    if name > 0 {
        if rest[name..].starts_with('(') {
            return (Kind::Call, name + 1);
        }
        if rest[name..].starts_with('[') {
            return (Kind::PredicateStart, name + 1);
        }
        let scheme = name_length(rest);
        if rest[scheme..].starts_with("://") {
            return (Kind::Other, scheme + 3);
        }
        return (Kind::Other, name);
    }
    (Kind::Other, first.len_utf8())
}

/// `2024-01-31` or `2024-01-31T10:00:00`, with a minus for years before our era.
fn date_length(text: &str) -> usize {
    let sign = usize::from(text.starts_with('-'));
    if !matches(&text[sign..], "dddd-dd-dd") {
        return 0;
    }
    let date = sign + 10;
    match text[date..].strip_prefix('T').map(time_length) {
        Some(time) if time > 0 => date + 1 + time,
        _ => date,
    }
}

/// `10:00:00`, with an offset or Z.
fn time_length(text: &str) -> usize {
    if !matches(text, "dd:dd:dd") {
        return 0;
    }
    let zone = &text[8..];
    if zone.starts_with('Z') {
        9
    } else if zone.starts_with(['+', '-']) && matches(&zone[1..], "dd:dd") {
        14
    } else {
        8
    }
}

/// `-?\d+\.\d*`, `-?\.\d+` or `-?\d+`.
fn number_length(text: &str) -> usize {
    let sign = usize::from(text.starts_with('-'));
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let whole = digits(&text[sign..]);
    let rest = &text[sign + whole..];
    if let Some(rest) = rest.strip_prefix('.') {
        let fraction = digits(rest);
        if whole > 0 || fraction > 0 {
            return sign + whole + 1 + fraction;
        }
    }
    if whole > 0 { sign + whole } else { 0 }
}

/// Whether the text begins with the pattern, where `d` is a digit.
fn matches(text: &str, pattern: &str) -> bool {
    let text = text.as_bytes();
    pattern.bytes().enumerate().all(|(at, wanted)| match (wanted, text.get(at)) {
        (b'd', Some(byte)) => byte.is_ascii_digit(),
        (wanted, Some(byte)) => *byte == wanted,
        (_, None) => false,
    })
}
