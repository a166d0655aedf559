//! Sources for a reference manager: CSL-JSON and BibTeX, written from the same entries that the
//! citations are set from.

use hayagriva::Entry;
use hayagriva::types::EntryType;
use serde_json::{Map, Value, json};

use crate::source::{Source, journal};
use crate::vocabulary::SourceKind;

/// The sources as CSL-JSON 1.0, an array in the order given, ending in a line break.
pub fn csl_json(sources: &[&Source]) -> String {
    let items: Vec<Value> = sources.iter().map(|source| csl_item(source)).collect();
    // A tree of strings and numbers always serialises.
    let mut text = serde_json::to_string_pretty(&items).unwrap_or_default();
    text.push('\n');
    text
}

/// The sources as BibTeX, in UTF-8, in the order given.
///
/// ```
/// let library = evidence::shipped();
/// let text = evidence::bibtex(&[library.source("kaplan-1992").unwrap()]);
/// assert!(text.starts_with("@article{kaplan-1992,\n  author = {Kaplan, Edward H. and Heimer, Robert},\n"));
/// ```
pub fn bibtex(sources: &[&Source]) -> String {
    let entries: Vec<String> = sources.iter().map(|source| bibtex_entry(source)).collect();
    entries.join("\n")
}

fn csl_item(source: &Source) -> Value {
    let entry = &source.entry;
    let mut item = Map::new();
    let mut set = |key: &str, value: Option<Value>| {
        if let Some(value) = value {
            item.insert(key.to_owned(), value);
        }
    };
    let kind = match entry.entry_type() {
        _ if source.kind == SourceKind::DataSet => "dataset",
        EntryType::Article => "article-journal",
        EntryType::Report => "report",
        EntryType::Manuscript => "manuscript",
        _ => "document",
    };
    let authors: Vec<Value> = entry
        .authors()
        .unwrap_or_default()
        .iter()
        .map(|person| match &person.given_name {
            Some(given) => {
                let mut name = Map::new();
                name.insert("family".into(), json!(person.name));
                name.insert("given".into(), json!(given));
                if let Some(particle) = &person.prefix {
                    name.insert("non-dropping-particle".into(), json!(particle.trim()));
                }
                if let Some(suffix) = &person.suffix {
                    name.insert("suffix".into(), json!(suffix));
                }
                Value::Object(name)
            }
            None => json!({ "literal": person.name }),
        })
        .collect();
    set("id", Some(json!(source.id)));
    set("type", Some(json!(kind)));
    set("title", Some(json!(source.title)));
    set("author", (!authors.is_empty()).then_some(json!(authors)));
    set("issued", source.year.map(|year| json!({ "date-parts": [[year]] })));
    let journal = journal(entry);
    set("container-title", journal.and_then(Entry::title).map(|t| json!(t.to_string())));
    set("volume", volume(entry).map(Value::from));
    set("issue", issue(entry).map(Value::from));
    set("page", pages(entry).map(Value::from));
    set("publisher", source.publisher.clone().map(Value::from));
    set("DOI", source.doi.clone().map(Value::from));
    set("URL", source.link.clone().map(Value::from));
    Value::Object(item)
}

fn bibtex_entry(source: &Source) -> String {
    let entry = &source.entry;
    let kind = match entry.entry_type() {
        EntryType::Article => "article",
        EntryType::Report => "techreport",
        EntryType::Manuscript => "unpublished",
        _ => "misc",
    };
    let authors: Vec<String> = entry
        .authors()
        .unwrap_or_default()
        .iter()
        .map(|person| {
            let particle = person.prefix.as_deref().unwrap_or_default().trim();
            let family = escape_tex(format!("{particle} {}", person.name).trim());
            match (&person.given_name, &person.suffix) {
                (Some(given), Some(suffix)) => {
                    format!("{family}, {}, {}", escape_tex(suffix), escape_tex(given))
                }
                (Some(given), None) => format!("{family}, {}", escape_tex(given)),
                // Braces keep an institution's name from being taken apart.
                (None, _) => format!("{{{family}}}"),
            }
        })
        .collect();
    let journal = journal(entry).and_then(Entry::title).map(ToString::to_string);
    let fields = [
        ("author", Some(authors.join(" and ")).filter(|a| !a.is_empty())),
        ("title", Some(format!("{{{}}}", escape_tex(&source.title)))),
        ("journal", journal.as_deref().map(escape_tex)),
        ("year", source.year.map(|year| year.to_string())),
        ("volume", volume(entry)),
        ("number", issue(entry)),
        ("pages", pages(entry).map(|p| p.replace(['-', '–'], "--"))),
        ("institution", institution(source)),
        ("doi", source.doi.clone()),
        ("url", source.link.clone()),
    ];
    let mut text = format!("@{kind}{{{},\n", source.id);
    for (field, value) in fields {
        if let Some(value) = value {
            text.push_str(&format!("  {field} = {{{value}}},\n"));
        }
    }
    text.push_str("}\n");
    text
}

fn institution(source: &Source) -> Option<String> {
    let report = *source.entry.entry_type() == EntryType::Report;
    source.publisher.as_deref().filter(|_| report).map(escape_tex)
}

fn volume(entry: &Entry) -> Option<String> {
    journal(entry)?.volume().map(|v| v.to_str().into_owned())
}

fn issue(entry: &Entry) -> Option<String> {
    journal(entry)?.issue().map(|i| i.to_str().into_owned())
}

fn pages(entry: &Entry) -> Option<String> {
    entry.page_range().map(|pages| pages.to_string())
}

fn escape_tex(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => {
                escaped.push('\\');
                escaped.push(c);
            }
            '\\' => escaped.push_str("\\textbackslash{}"),
            '~' => escaped.push_str("\\textasciitilde{}"),
            '^' => escaped.push_str("\\textasciicircum{}"),
            c => escaped.push(c),
        }
    }
    escaped
}
