//! Reading the publishers' own files. A reader returns every fact it understood and, by sheet,
//! row and column, everything it did not; only a file that is not what it claims to be is refused.

use std::fmt;
use std::io::{Read, Seek};

use crate::Fact;

/// The publishers' files that can be read, and our own template.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// UNODC, "Prisons and prisoners" workbook (`data_cts_prisons_and_prisoners.xlsx`).
    Unodc,
    /// UNAIDS, AIDSinfo tables: long CSV or wide CSV.
    Unaids,
    /// Eurostat `crim_pris_*`: SDMX-CSV or TSV.
    Eurostat,
    /// Council of Europe SPACE I: workbook or CSV.
    Space,
    /// The template for national figures: CSV or XLSX.
    Template,
}

/// What could not be taken as it stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Sheet of a workbook, or file within a folder; empty for a single CSV.
    pub sheet: String,
    /// As a spreadsheet counts them, from 1; 0 when it concerns the whole file.
    pub row: u64,
    /// Header of the column; empty when it concerns the whole row.
    pub column: String,
    pub value: String,
    /// What is wrong and what to do, in English: it is for the person who runs the import.
    pub message: String,
    pub severity: Severity,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The row is not used.
    Refused,
    /// The row is used, with a flag or a remark.
    Flagged,
    /// The row is no figure of the programme; nothing is wrong.
    Skipped,
}

/// A source record: what a citation needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSource {
    pub id: String,
    pub title: String,
    pub publisher: String,
    pub year: Option<i32>,
    pub url: String,
    /// Terms of use in a few words; empty when unknown.
    pub licence: String,
}

/// What came out of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    pub kind: Kind,
    /// Rows below the header, empty ones not counted.
    pub rows_read: u64,
    /// Sorted by what names them; no two share a name.
    pub facts: Vec<Fact>,
    /// In the order of the file, at most [`MAX_PROBLEMS`].
    pub problems: Vec<Problem>,
    /// All problems, also those not kept, by severity.
    pub refused: u64,
    pub flagged: u64,
    /// Rows that are no figure of the programme, by reason, most frequent first.
    pub skipped: Vec<(String, u64)>,
    /// The sources the facts rest on.
    pub sources: Vec<NewSource>,
}

/// Problems kept in a reading; beyond them only the count goes on.
pub const MAX_PROBLEMS: usize = 1_000;

/// Why nothing could be read at all.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    #[error("{0}")]
    Io(#[from] std::io::Error),
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Kind::Unodc => "unodc",
            Kind::Unaids => "unaids",
            Kind::Eurostat => "eurostat",
            Kind::Space => "space",
            Kind::Template => "template",
        })
    }
}

/// Reads one file. `name` is its file name, for messages.
pub fn read(_kind: Kind, _name: &str, _input: impl Read + Seek) -> Result<Reading, ReadError> {
    Err(ReadError::Io(std::io::Error::other("no reader yet")))
}
