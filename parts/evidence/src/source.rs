//! Sources: the studies and data sets that every figure leads back to. The bibliographic record is
//! hayagriva's (`sources.yml`); terms, credit, kind and known defects are ours (`sources.csv`).

use std::collections::{BTreeMap, BTreeSet};

use hayagriva::Entry;
use hayagriva::types::EntryType;
use jiff::civil::Date;

use crate::citation::{Citation, cite_all};
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
        let name = author.map_or(self.title.as_str(), |a| a.name.as_str());
        match self.year {
            Some(year) => format!("{name} {year}"),
            None => name.to_owned(),
        }
    }
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
