//! `${name}`: how an author points at another question, and `${last-saved#name}` at the answer
//! it had in the record saved before.

use super::names::name_length;
use crate::Problem;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reference<'a> {
    pub(crate) name: &'a str,
    pub(crate) last_saved: bool,
    /// Byte positions of `$` and after `}`.
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// What can be wrong in the writing of references.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Malformed {
    Name,
    /// Two references where one was expected.
    Several,
}

impl Malformed {
    pub(crate) fn advice(self) -> &'static str {
        match self {
            Malformed::Name => {
                "Reference variables must start with '${', then a question name, and end with '}'."
            }
            Malformed::Several => {
                "Reference variable lists must have a comma between each variable."
            }
        }
    }

    pub(crate) fn problem(self, sheet: &str, row: u32, column: &str) -> Problem {
        Problem::in_cell(sheet, row, column, self.advice())
    }
}

/// Whether the text could hold a reference at all.
pub(crate) fn is_candidate(text: &str) -> bool {
    text.len() > 2 && text.contains("${")
}

/// All the references in a text, or the first thing that is wrong with them.
pub(crate) fn parse(text: &str) -> Result<Vec<Reference<'_>>, Malformed> {
    let mut found = Vec::new();
    if !is_candidate(text) {
        return Ok(found);
    }
    let mut at = 0;
    while let Some(next) = text[at..].find("${") {
        let start = at + next;
        let Some(length) = text[start..].find('}') else {
            return Err(Malformed::Name);
        };
        let end = start + length + 1;
        let inside = &text[start + 2..end - 1];
        if inside.is_empty() {
            // `${}` is not taken for a reference, and not for a mistake.
            at = start + 2;
            continue;
        }
        let name = inside.strip_prefix("last-saved#");
        let last_saved = name.is_some();
        let name = name.unwrap_or(inside);
        if name.is_empty() || name_length(name) != name.len() {
            return Err(Malformed::Name);
        }
        found.push(Reference { name, last_saved, start, end });
        at = end;
    }
    Ok(found)
}

/// The well-formed references of a text, wherever they stand; the rest of it is ignored.
pub(crate) fn occurrences(text: &str) -> Vec<Reference<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = text[at..].find("${") {
        let start = at + next;
        at = start + 2;
        let rest = &text[at..];
        let saved = if rest.starts_with("last-saved#") { 11 } else { 0 };
        let length = name_length(&rest[saved..]);
        if length > 0 && rest[saved + length..].starts_with('}') {
            let end = at + saved + length + 1;
            let name = &rest[saved..saved + length];
            found.push(Reference { name, last_saved: saved > 0, start, end });
            at = end;
        }
    }
    found
}

/// Whether the text begins with a valid reference before anything malformed.
pub(crate) fn contains(text: &str) -> bool {
    is_candidate(text)
        && text.find("${").is_some_and(|start| {
            let rest = &text[start..];
            match rest.find('}') {
                Some(end) => parse(&rest[..=end]).is_ok_and(|found| !found.is_empty()),
                None => false,
            }
        })
}

/// Whether the text is one reference and nothing else; then its name.
pub(crate) fn only(text: &str) -> Option<Reference<'_>> {
    let found = parse(text).ok()?;
    let [one] = <[_; 1]>::try_from(found).ok()?;
    (one.start == 0 && one.end == text.len()).then_some(one)
}

/// Whether any reference is to the record saved before.
pub(crate) fn contains_last_saved(text: &str) -> bool {
    text.len() > 14 && parse(text).is_ok_and(|found| found.iter().any(|one| one.last_saved))
}
