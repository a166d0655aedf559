//! Columns to their meaning: `Label::English (en)` and `caption` are labels, `bind::relevant` and
//! `relevance` are one bind. Rows come out grouped by that meaning.

use indexmap::IndexMap;

use super::names::Alias;
use super::value::{Map, Value, merge};
use crate::Problem;
use crate::workbook::Sheet;

/// A sheet whose headers are understood.
pub(crate) struct Grouped {
    /// Each distinct header split into its parts, in the order of the columns.
    pub(crate) headers: Vec<Vec<String>>,
    pub(crate) rows: Vec<Map>,
}

/// How one sheet's headers are read.
pub(crate) struct Reading<'a> {
    pub(crate) aliases: &'static [Alias],
    pub(crate) columns: &'static [&'static str],
    pub(crate) required: Option<&'static str>,
    pub(crate) default_language: &'a str,
    /// Collapse runs of spaces in cells.
    pub(crate) single_spaces: bool,
}

pub(crate) fn group(sheet: &Sheet, reading: &Reading) -> Result<Grouped, Problem> {
    let guessed;
    let header = if sheet.header.is_empty() {
        // A form given as rows alone: the first hundred show which columns there are.
        let mut names: IndexMap<&str, ()> = IndexMap::new();
        for row in sheet.rows.iter().take(100) {
            names.extend(row.iter().map(|(name, _)| (name.as_str(), ())));
        }
        guessed = names.into_keys().map(str::to_owned).collect::<Vec<_>>();
        &guessed
    } else {
        &sheet.header
    };

    let double_colon = header.iter().any(|name| name.contains("::"));
    let mut meaning: IndexMap<&str, Vec<String>> = IndexMap::new();
    let mut first: IndexMap<Vec<String>, &str> = IndexMap::new();
    for name in header {
        if meaning.contains_key(name.as_str()) {
            continue;
        }
        let (renamed, parts) = understand(name, double_colon, reading);
        if let Some(other) = first.get(&parts)
            && renamed != *name
        {
            return Err(Problem::error(format!(
                "Invalid headers provided for sheet: '{}'. Headers that are different names for \
                 the same column were found: '{other}', '{name}'. Rename or remove one of these \
                 columns.",
                sheet.name
            ))
            .at(&sheet.name, 1)
            .column(name));
        }
        meaning.insert(name, parts.clone());
        first.insert(parts, name);
    }

    let mut rows = Vec::with_capacity(sheet.rows.len());
    for row in &sheet.rows {
        let mut out = Map::new();
        for (name, cell) in row {
            let Some(parts) = meaning.get(name.as_str()) else {
                return Err(missing_header(&sheet.name, name));
            };
            let cell = clean(cell, reading.single_spaces);
            match parts.as_slice() {
                [one] => {
                    out.insert(one.clone(), Value::Text(cell));
                }
                [one, rest @ ..] => {
                    let value = Value::nested(rest, cell);
                    let before = out.get_mut(one).map(|old| std::mem::replace(old, "".into()));
                    out.insert(one.clone(), merge(before, value, reading.default_language));
                }
                [] => {}
            }
        }
        rows.push(out);
    }

    if let Some(required) = reading.required
        && (!rows.is_empty() || sheet.name == "survey")
        && !first.keys().any(|parts| parts[0] == required)
    {
        return Err(Problem::error(format!(
            "Invalid headers provided for sheet: '{}'. One or more required column headers were \
             not found: '{required}'. Learn more: \
             https://xlsform.org/en/#setting-up-your-worksheets",
            sheet.name
        ))
        .at(&sheet.name, 1)
        .column(required));
    }
    Ok(Grouped { headers: first.into_keys().collect(), rows })
}

fn missing_header(sheet: &str, name: &str) -> Problem {
    let name = if name.is_empty() { "unknown" } else { name };
    Problem::error(format!(
        "Invalid headers provided for sheet: '{sheet}'. For XLSForms, this may be due a missing \
         header row, in which case add a header row as per the reference template \
         https://xlsform.org/en/ref-table/. For internal API usage, may be due to a missing \
         mapping for '{name}', in which case ensure that the full set of headers appear within \
         the first 100 rows, or specify the header row in '{sheet}_header'."
    ))
    .at(sheet, 1)
}

/// The header's first part as the standard names it, and all its parts.
fn understand(header: &str, double_colon: bool, reading: &Reading) -> (String, Vec<String>) {
    let alias = |name: &str| reading.aliases.iter().find(|(alias, _)| *alias == name);
    let known = |name: &str| reading.columns.contains(&name) && alias(name).is_none();
    if known(header) {
        return (header.to_owned(), vec![header.to_owned()]);
    }
    let plain = snake_case(header);
    if known(&plain) {
        return (plain.clone(), vec![plain]);
    }
    let mut parts: Vec<String> = if double_colon || header.contains("::") {
        header.split("::").map(|part| part.trim().to_owned()).collect()
    } else {
        let parts = header.split(':').map(|part| part.trim().to_owned()).collect::<Vec<_>>();
        joined_prefix(parts)
    };
    let first = snake_case(&parts[0]);
    if let Some((_, target)) = alias(&first) {
        parts.splice(0..1, target.iter().map(|part| (*part).to_owned()));
        (target.join("::"), parts)
    } else if reading.columns.contains(&first.as_str()) {
        parts[0].clone_from(&first);
        (first, parts)
    } else {
        // An unknown column keeps its spelling: a choice filter may use it.
        (header.to_owned(), parts)
    }
}

/// Single colons also stand in `jr:count`, which is one word.
fn joined_prefix(mut parts: Vec<String>) -> Vec<String> {
    if let Some(at) = parts.iter().position(|part| part == "jr")
        && at + 1 < parts.len()
    {
        let word = format!("jr:{}", parts[at + 1]);
        parts.splice(at..at + 2, [word]);
    }
    parts
}

fn snake_case(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join("_").to_lowercase()
}

/// Typographic quotation marks become the ones that expressions know.
fn clean(cell: &str, single_spaces: bool) -> String {
    let mut out = String::with_capacity(cell.len());
    for c in if single_spaces { cell.trim() } else { cell }.chars() {
        match c {
            '\u{2018}' | '\u{2019}' => out.push('\''),
            '\u{201c}' | '\u{201d}' => out.push('"'),
            ' ' if single_spaces && out.ends_with(' ') => {}
            c => out.push(c),
        }
    }
    out
}
