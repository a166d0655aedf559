//! A version of an instrument ready to be used: its questions with labels, its lists, and the form as
//! the engine fills it. Made once for each version and kept in memory.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use anyhow::{Result, anyhow};
use quick_cache::sync::Cache;
use xlsform::fill::{Attachments, XForm};
use xlsform::workbook::Limits;
use xlsform::{Form, Options, Problem, Workbook};

/// What a version is made of.
#[derive(Debug)]
pub struct Compiled {
    pub form: Form,
    pub xform: Arc<XForm>,
    /// The lists of the choices sheet, by name, in its order.
    pub lists: BTreeMap<String, Vec<Item>>,
}

/// A choice as its author wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub value: String,
    /// Labels by language; `default` where the column names none.
    pub labels: Vec<(String, String)>,
}

/// Versions kept ready. A large one takes some megabytes.
static READY: LazyLock<Cache<String, Arc<Compiled>>> = LazyLock::new(|| Cache::new(48));

/// What is ready under a name: the hash of a version and those of its files.
pub fn kept(name: &str) -> Option<Arc<Compiled>> {
    READY.get(name)
}

/// The version with this name, made of `bytes` where it is not ready.
pub fn ready(
    name: String,
    bytes: &[u8],
    file_name: &str,
    files: &Attachments,
) -> Result<Arc<Compiled>> {
    READY.get_or_insert_with(&name, || {
        let (compiled, problems) = compile(bytes, file_name, files);
        compiled.map(Arc::new).ok_or_else(|| anyhow!("{}", sentences(&problems)))
    })
}

/// Compiles a workbook; there is nothing where a problem is an error.
pub fn compile(
    bytes: &[u8],
    file_name: &str,
    files: &Attachments,
) -> (Option<Compiled>, Vec<Problem>) {
    let workbook = match Workbook::read(bytes, file_name, &Limits::default()) {
        Ok(workbook) => workbook,
        Err(problem) => return (None, vec![problem]),
    };
    let (form, mut problems) = xlsform::compile(&workbook, &Options::default());
    let Some(form) = form else { return (None, problems) };
    match XForm::read(form.xml(), files) {
        Ok(xform) => {
            (Some(Compiled { form, xform: Arc::new(xform), lists: lists(&workbook) }), problems)
        }
        Err(error) => {
            problems.push(Problem::error(error.message));
            (None, problems)
        }
    }
}

/// Where a problem is and what it is: `survey, row 4, relevant: …`.
pub fn sentence(problem: &Problem) -> String {
    let place = [
        problem.sheet.clone(),
        problem.row.map(|row| format!("row {row}")),
        problem.column.clone(),
    ];
    let place: Vec<String> = place.into_iter().flatten().collect();
    if place.is_empty() {
        problem.message.clone()
    } else {
        format!("{}: {}", place.join(", "), problem.message)
    }
}

fn sentences(problems: &[Problem]) -> String {
    problems.iter().map(sentence).collect::<Vec<_>>().join("; ")
}

fn lists(workbook: &Workbook) -> BTreeMap<String, Vec<Item>> {
    let mut lists: BTreeMap<String, Vec<Item>> = BTreeMap::new();
    for row in workbook.sheet("choices").into_iter().flat_map(|sheet| &sheet.rows) {
        let cell = |names: &[&str]| {
            row.iter().find(|(header, _)| names.contains(&header.trim())).map(|(_, cell)| cell)
        };
        let (Some(list), Some(value)) =
            (cell(&["list_name", "list name"]), cell(&["name", "value"]))
        else {
            continue;
        };
        let labels = row
            .iter()
            .filter_map(|(header, cell)| Some((language_of(header)?, cell.trim().to_owned())));
        let item = Item { value: value.trim().to_owned(), labels: labels.collect() };
        lists.entry(list.trim().to_owned()).or_default().push(item);
    }
    lists
}

/// `label::French (fr)` → `French (fr)`; `label` → `default`.
fn language_of(header: &str) -> Option<String> {
    match header.trim().strip_prefix("label")? {
        "" => Some("default".to_owned()),
        rest => rest.strip_prefix(':').map(|rest| rest.trim_start_matches(':').trim().to_owned()),
    }
}

/// The label in a language, else the first that there is.
pub fn label<'a>(labels: &'a [(String, String)], language: &str) -> Option<&'a str> {
    let wanted = labels.iter().find(|(known, text)| known == language && !text.is_empty());
    wanted.or_else(|| labels.iter().find(|(_, text)| !text.is_empty())).map(|(_, text)| &**text)
}

/// The language of a form for a reader: `French (fr)` for `fr`, else none.
pub fn language_for<'a>(languages: &'a [String], tag: &str) -> Option<&'a String> {
    languages.iter().find(|name| tag_of(name).eq_ignore_ascii_case(tag))
}

/// `Serbian (sr-Cyrl)` → `sr-Cyrl`; a name without a tag is given back.
pub fn tag_of(language: &str) -> &str {
    let tag = language.rsplit_once('(').and_then(|(_, rest)| rest.trim().strip_suffix(')'));
    tag.map_or(language, str::trim)
}

/// The language of a form for the `lang` of a page; empty, which says "unknown", where its name has no tag that browsers
/// could know.
pub fn lang_of(language: &str) -> &str {
    let tag = tag_of(language);
    let known = |(at, part): (usize, &str)| match at {
        0 => (2..=3).contains(&part.len()) && part.bytes().all(|it| it.is_ascii_alphabetic()),
        _ => (1..=8).contains(&part.len()) && part.bytes().all(|it| it.is_ascii_alphanumeric()),
    };
    if tag.split('-').enumerate().all(known) { tag } else { "" }
}

/// `French (fr)` → `French`.
pub fn name_of(language: &str) -> &str {
    language.rsplit_once('(').map_or(language, |(name, _)| name).trim()
}

impl Compiled {
    /// Names of the form's languages; one, `default`, where it names none.
    pub fn languages(&self) -> Vec<String> {
        match self.xform.languages() {
            [] => vec!["default".to_owned()],
            languages => languages.to_vec(),
        }
    }
}

/// MD5 in hexadecimal, as OpenRosa names files and forms.
pub fn digest(bytes: &[u8]) -> String {
    use md5::Digest;
    let sum = md5::Md5::digest(bytes);
    sum.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::lang_of;

    #[test]
    fn a_page_bears_only_a_language_that_browsers_know() {
        for (name, tag) in [
            ("Serbian (sr-Latn)", "sr-Latn"),
            ("fr", "fr"),
            ("default", ""),
            ("Romanian", ""),
            ("French (of France)", ""),
        ] {
            assert_eq!(lang_of(name), tag, "{name}");
        }
    }
}
