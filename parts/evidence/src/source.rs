//! Sources: the studies and data sets that every figure leads back to. The bibliographic record is
//! hayagriva's (`sources.yml`); terms, credit, kind and known defects are ours (`sources.csv`).

use std::collections::{BTreeMap, BTreeSet};

use hayagriva::Entry;
use hayagriva::types::{Date as EntryDate, EntryType, Person};
use jiff::civil::Date;

use crate::citation::{Citation, cite_all, plain_citations};
use crate::table::{self, Problem};
use crate::vocabulary::{SourceKind, Terms, TypedBy};

/// The columns of our own table of sources.
pub const SOURCE_COLUMNS: &[&str] = &[
    "id",
    "kind",
    "publisher",
    "terms",
    "credit",
    "link",
    "read_on",
    "typed_by",
    "holds",
    "defects",
];

/// One study, report or data set.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// The id in links and tables, the same in both files.
    pub id: String,
    pub kind: SourceKind,
    pub title: String,
    /// The year of publication; none if it is not known for certain.
    pub year: Option<i32>,
    /// Without the resolver: `10.1136/bmj.e5945`.
    pub doi: Option<String>,
    pub publisher: Option<String>,
    pub terms: Terms,
    /// The terms in the words of the imported file that brought the source, which nobody checked.
    pub terms_stated: Option<String>,
    /// Whether the product ships it; if not, an imported file brought it.
    pub shipped: bool,
    /// The credit line that the publisher asks for.
    pub credit: Option<String>,
    pub link: Option<String>,
    /// The day it was read; none where nobody wrote it down.
    pub read_on: Option<Date>,
    /// Who typed the figures, where they did not come from the publisher's own file.
    pub typed_by: Option<TypedBy>,
    /// The message that says what a data set holds.
    pub holds: Option<String>,
    /// The message that says what is known to be wrong with it.
    pub defects: Option<String>,
    pub(crate) entry: Entry,
    citations: BTreeMap<&'static str, Citation>,
}

impl Source {
    /// The citation in a language: French for `fr` and its regions, English for all others.
    pub fn citation(&self, language: &str) -> &Citation {
        let french = language == "fr" || language.starts_with("fr-");
        &self.citations[if french { "fr" } else { "en" }]
    }

    /// The short form beside a figure: first author's family name and year, "MacArthur 2012".
    pub fn short(&self) -> String {
        let author = self.entry.authors().and_then(|a| a.first());
        let written = author.map_or(self.title.as_str(), |a| a.name.as_str());
        // A data set is known by the name in its credit line, not by who compiled it.
        let credited = self.credit.as_deref().filter(|_| self.kind == SourceKind::DataSet);
        let name = match credited.map(|credit| credit.rsplit(", ").next().unwrap_or(credit)) {
            Some(credit) if self.title.starts_with(credit) => {
                self.title.split(':').next().unwrap_or(credit)
            }
            Some(credit) => credit.trim_end_matches(" data portal"),
            None => written,
        };
        match self.year {
            Some(year) => format!("{name} {year}"),
            None => name.to_owned(),
        }
    }
}

/// A source that an imported file brings: what a national figure rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSource {
    pub id: String,
    pub title: String,
    pub publisher: String,
    pub year: Option<i32>,
    pub url: String,
    /// In a few words; empty when unknown.
    pub terms: String,
}

/// A source as the database keeps it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SourceRecord {
    pub id: String,
    pub shipped: bool,
    pub kind: SourceKind,
    pub title: String,
    pub year: Option<i32>,
    pub publisher: Option<String>,
    pub terms: Terms,
    pub terms_stated: Option<String>,
    pub credit: Option<String>,
    pub link: Option<String>,
    pub read_on: Option<Date>,
    pub typed_by: Option<TypedBy>,
    pub holds: Option<String>,
    pub defects: Option<String>,
    /// The bibliographic record of a shipped source: a hayagriva entry, see [`written`].
    pub entry: Option<String>,
}

impl SourceRecord {
    /// Fails only if the entry cannot be written, which no entry that was read can do.
    pub fn shipped(source: &Source) -> Result<SourceRecord, String> {
        let entry = written(&source.entry).map_err(|error| error.to_string())?;
        Ok(SourceRecord {
            id: source.id.clone(),
            shipped: true,
            kind: source.kind,
            title: source.title.clone(),
            year: source.year,
            publisher: source.publisher.clone(),
            terms: source.terms,
            terms_stated: None,
            credit: source.credit.clone(),
            link: source.link.clone(),
            read_on: source.read_on,
            typed_by: source.typed_by,
            holds: source.holds.clone(),
            defects: source.defects.clone(),
            entry: Some(entry),
        })
    }

    /// A source of which only what a file says is known. An address that is no web address is left
    /// out, since it would become a link.
    pub fn brought(new: &NewSource) -> SourceRecord {
        let filled = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let is_web = |url: &String| url.starts_with("https://") || url.starts_with("http://");
        SourceRecord {
            id: new.id.clone(),
            shipped: false,
            kind: SourceKind::DataSet,
            title: filled(&new.title).unwrap_or_else(|| new.id.clone()),
            year: new.year,
            publisher: filled(&new.publisher),
            terms: Terms::NotVerified,
            terms_stated: filled(&new.terms),
            credit: None,
            link: filled(&new.url).filter(is_web),
            read_on: None,
            typed_by: None,
            holds: None,
            defects: None,
            entry: None,
        }
    }

    /// "Publisher. Title. Year. URL" as an entry: what there is for a reference manager to take.
    fn plain_entry(&self) -> Entry {
        let mut entry = Entry::new(&self.id, EntryType::Report);
        entry.set_title(self.title.clone().into());
        if let Some(publisher) = &self.publisher {
            entry.set_authors(vec![Person {
                name: publisher.clone(),
                given_name: None,
                prefix: None,
                suffix: None,
                comma_suffix: false,
                alias: None,
            }]);
        }
        if let Some(year) = self.year {
            entry.set_date(EntryDate::from_year(year));
        }
        entry
    }
}

/// An entry as one line of JSON, which is YAML as well. (Tried: hayagriva's own writer sets a person
/// as "Santo, Thomas, Jr" or takes an institution apart, and reads back another name.)
fn written(entry: &Entry) -> serde_json::Result<String> {
    let mut value = serde_json::to_value(entry)?;
    if let Some(authors) = entry.authors() {
        let authors = authors.iter().map(|person| {
            let parts = [
                ("name", Some(&person.name)),
                ("given-name", person.given_name.as_ref()),
                ("prefix", person.prefix.as_ref()),
                ("suffix", person.suffix.as_ref()),
                ("alias", person.alias.as_ref()),
            ];
            let known = parts.into_iter().filter_map(|(name, part)| Some((name, part?)));
            known.map(|(name, part)| (name.to_owned(), part.as_str().into())).collect()
        });
        value["author"] =
            serde_json::Value::Array(authors.map(serde_json::Value::Object).collect());
    }
    serde_json::to_string(&value)
}

impl Source {
    /// Sources from their records, each with its citations, in the order given. Fails where an
    /// entry is not a hayagriva library.
    pub(crate) fn from_records(records: Vec<SourceRecord>) -> Result<Vec<Source>, String> {
        let kept = records.iter().filter_map(|r| Some((r.id.as_str(), r.entry.as_deref()?)));
        let text: String = kept.map(|(id, entry)| format!("{id}: {entry}\n")).collect();
        let mut entries = read_library("sources", text.as_bytes()).map_err(|p| p.to_string())?;
        let mut citations = cite_all(entries.values());
        Ok(records
            .into_iter()
            .map(|record| {
                let entry = entries.remove(&record.id);
                let citations = match &entry {
                    Some(_) => citations.remove(&record.id).unwrap_or_default(),
                    None => cite_plainly(&record),
                };
                let entry = entry.unwrap_or_else(|| record.plain_entry());
                Source {
                    doi: entry.doi().map(str::to_owned),
                    entry,
                    citations,
                    id: record.id,
                    kind: record.kind,
                    title: record.title,
                    year: record.year,
                    publisher: record.publisher,
                    terms: record.terms,
                    terms_stated: record.terms_stated,
                    shipped: record.shipped,
                    credit: record.credit,
                    link: record.link,
                    read_on: record.read_on,
                    typed_by: record.typed_by,
                    holds: record.holds,
                    defects: record.defects,
                }
            })
            .collect())
    }
}

fn cite_plainly(record: &SourceRecord) -> BTreeMap<&'static str, Citation> {
    let year = record.year.map(|year| year.to_string());
    let parts = [record.publisher.as_deref(), Some(&record.title), year.as_deref()];
    plain_citations(parts.into_iter().flatten(), record.link.as_deref())
}

/// Reads the two files that describe sources: hayagriva's library and our own table.
///
/// An entry without a line in the table, or the other way round, is a problem and is left out.
/// Sources come in order of id.
pub fn read_sources(
    library_file: &str,
    library: &[u8],
    table_file: &str,
    table: &[u8],
) -> (Vec<Source>, Vec<Problem>) {
    let table = table::read(table_file, table, SOURCE_COLUMNS);
    let mut problems = table.problems;
    let entries = match read_library(library_file, library) {
        Ok(entries) => entries,
        Err(problem) => {
            problems.push(problem);
            return (Vec::new(), problems);
        }
    };
    let mut citations = cite_all(entries.values());

    let mut sources = Vec::new();
    let mut seen = BTreeSet::new();
    for mut row in table.rows {
        let id = row.id("id");
        let kind = row.required("kind");
        let terms = row.required("terms");
        let link = row.link("link");
        let read_on = row.day("read_on");
        let typed_by = row.optional("typed_by");
        let credit = row.optional_text("credit");
        if matches!(terms, Some(Terms::Credit | Terms::EducationalWithCredit)) && credit.is_none() {
            row.problem(
                "credit",
                "is empty, but the terms ask for a credit line; write it".to_owned(),
            );
        }
        let entry = id.as_ref().and_then(|id| {
            if !seen.insert(id.clone()) {
                row.problem("id", format!("\"{id}\" stands twice; ids must differ"));
            }
            let entry = entries.get(id);
            if entry.is_none() {
                row.problem(
                    "id",
                    format!("\"{id}\" has no entry in {library_file}; add it there or correct it"),
                );
            }
            entry
        });
        if let (Some(id), Some(kind), Some(terms), Some(entry), true) =
            (id, kind, terms, entry, row.problems.is_empty())
        {
            sources.push(Source {
                kind,
                title: title_of(entry),
                year: entry.date().map(|date| date.year),
                doi: entry.doi().map(str::to_owned),
                publisher: row.optional_text("publisher"),
                terms,
                terms_stated: None,
                shipped: true,
                credit,
                link,
                read_on,
                typed_by,
                holds: row.optional_text("holds"),
                defects: row.optional_text("defects"),
                entry: entry.clone(),
                citations: citations.remove(&id).unwrap_or_default(),
                id,
            });
        }
        problems.append(&mut row.problems);
    }
    for id in entries.keys().filter(|id| !seen.contains(*id)) {
        problems.push(Problem {
            file: library_file.to_owned(),
            line: None,
            column: None,
            message: format!("\"{id}\" has no line in {table_file}; say there what its terms are"),
        });
    }
    sources.sort_by(|a, b| a.id.cmp(&b.id));
    (sources, problems)
}

fn read_library(file: &str, bytes: &[u8]) -> Result<BTreeMap<String, Entry>, Problem> {
    let problem = |line: Option<u64>, message: String| Problem {
        file: file.to_owned(),
        line,
        column: None,
        message,
    };
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let byte = error.valid_up_to() + 1;
        problem(None, format!("byte {byte} is not UTF-8 text; save the file as UTF-8"))
    })?;
    let library = hayagriva::io::from_yaml_str(text).map_err(|error| {
        let line = error.location().map(|place| place.line() as u64);
        problem(line, format!("is not a library of sources: {error}"))
    })?;
    let mut entries = BTreeMap::new();
    for entry in library.iter() {
        if entry.title().is_none() {
            return Err(problem(
                None,
                format!("\"{}\" has no title; a source cannot be shown without one", entry.key()),
            ));
        }
        entries.insert(entry.key().to_owned(), entry.clone());
    }
    Ok(entries)
}

fn title_of(entry: &Entry) -> String {
    entry.title().map(ToString::to_string).unwrap_or_default()
}

/// The journal an article appeared in.
pub(crate) fn journal(entry: &Entry) -> Option<&Entry> {
    entry.parents().iter().find(|parent| *parent.entry_type() == EntryType::Periodical)
}
