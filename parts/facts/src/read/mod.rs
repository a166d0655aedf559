//! Reading the publishers' own files. A reader returns every fact it understood and, by sheet,
//! row and column, everything it did not; only a file that is not what it claims to be is refused.

mod eurostat;
mod gather;
pub mod quality;
pub mod ship;
mod space;
mod table;
pub mod template;
mod text;
mod unaids;
mod unodc;
mod workbook;

use std::fmt;
use std::fs::File;
use std::io::{BufReader, ErrorKind, Read, Seek};
use std::path::Path;

use crate::Fact;
use gather::Gather;
use table::Book;

/// The publishers' files that can be read, and our own template.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// UNODC, "Prisons and prisoners" workbook (`data_cts_prisons_and_prisoners.xlsx`).
    Unodc,
    /// UNAIDS: a long table with a row for each figure, a wide table with a column for each
    /// indicator, or a folder of `ddf--datapoints--…` tables.
    Unaids,
    /// Eurostat `crim_pris_age`, `_cap`, `_ctz`, `_tri`: SDMX-CSV or TSV.
    Eurostat,
    /// Council of Europe SPACE I: workbook or CSV.
    Space,
    /// The template for national figures: CSV or XLSX.
    Template,
}

impl Kind {
    pub const ALL: [Kind; 5] =
        [Kind::Unodc, Kind::Unaids, Kind::Eurostat, Kind::Space, Kind::Template];

    /// The word of the command line: `throughcare import unodc FILE`.
    pub fn id(self) -> &'static str {
        match self {
            Kind::Unodc => "unodc",
            Kind::Unaids => "unaids",
            Kind::Eurostat => "eurostat",
            Kind::Space => "space",
            Kind::Template => "template",
        }
    }

    pub fn from_id(id: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|k| k.id() == id)
    }

    fn description(self) -> &'static str {
        match self {
            Kind::Unodc => "a UNODC prisons table",
            Kind::Unaids => "a UNAIDS table",
            Kind::Eurostat => "a Eurostat crim_pris table",
            Kind::Space => "a SPACE table",
            Kind::Template => "the template for national figures",
        }
    }

    /// Whether a row of cells can be the header of such a file.
    fn has_header(self, row: &[String]) -> bool {
        match self {
            Kind::Unodc => unodc::is_header(row),
            Kind::Unaids => unaids::is_header(row),
            Kind::Eurostat => eurostat::is_header(row),
            Kind::Space => space::is_header(row),
            Kind::Template => template::is_header(row),
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
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

/// `sheet Figures, row 3, value “-66”: -66 is below zero`, as far as each is known.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut at = Vec::new();
        if !self.sheet.is_empty() {
            at.push(format!("sheet {}", self.sheet));
        }
        if self.row > 0 {
            at.push(format!("row {}", self.row));
        }
        match (self.column.as_str(), self.value.as_str()) {
            ("", "") => {}
            ("", value) => at.push(format!("“{value}”")),
            (column, "") => at.push(column.to_string()),
            (column, value) => at.push(format!("{column} “{value}”")),
        }
        match at.is_empty() {
            true => f.write_str(&self.message),
            false => write!(f, "{}: {}", at.join(", "), self.message),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The row is not used.
    Refused,
    /// The row is used, with a flag or a remark.
    Flagged,
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
    /// All problems that refuse a figure, also those not kept.
    pub refused: u64,
    /// All problems that only mark one, also those not kept.
    pub flagged: u64,
    /// Figures that are none of the programme's, by reason, in the reason's alphabetical order.
    pub skipped: Vec<(String, u64)>,
    /// The sources the facts rest on, by id.
    pub sources: Vec<NewSource>,
}

/// Rows read from one file. Excel has room for 1,048,576 on a sheet.
pub const MAX_ROWS: u64 = 2_000_000;
/// Facts kept from one file: three times what the whole world's UNODC workbook holds.
pub const MAX_FACTS: usize = 200_000;
/// Problems kept in a reading; beyond them only the count goes on.
pub const MAX_PROBLEMS: usize = 1_000;

/// Why nothing of a file could be used.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    #[error("the file cannot be read")]
    Io(#[from] std::io::Error),
    #[error("{name} may not be read by this user; check the rights of the file")]
    NotAllowed { name: String },
    #[error("{name} is a folder; name the file in it")]
    Folder { name: String },
    #[error("{name} is no file but a pipe or a device; save what it gives as a file first")]
    NoFile { name: String },
    #[error("{name} is empty")]
    Empty { name: String },
    #[error("{name} is no table: {what}. Save it as .xlsx or .csv and try again")]
    NotATable { name: String, what: String },
    #[error("{name} is damaged or only partly downloaded: {what}. Download it again")]
    Damaged { name: String, what: String },
    #[error("{name} unfolds to more than a workbook should hold ({part}); it was not opened")]
    UnfoldsTooFar { name: String, part: String },
    #[error("{name} has more than 2,000,000 rows. Split it, or take the rows of your region only")]
    TooManyRows { name: String },
    #[error("{name} has more than 200,000 figures of the programme. Split it by country or year")]
    TooManyFacts { name: String },
    #[error("{name} looks like {}; use “import {found}”", found.description())]
    WrongKind { name: String, found: Kind },
    #[error(
        "{name} has no row of headers that {} needs. Looked for: {}. The nearest row has: {}",
        kind.description(),
        looked_for.join(", "),
        if found.is_empty() { "nothing".to_string() } else { found.join(", ") }
    )]
    NoHeader { name: String, kind: Kind, looked_for: Vec<String>, found: Vec<String> },
    #[error("{name} needs {missing} beside it: {why}")]
    Needs { name: String, missing: String, why: String },
}

/// A file, or bytes in memory.
pub trait Source: Read + Seek {}
impl<T: Read + Seek> Source for T {}

/// Reads one file. `name` is its file name, for messages and locators; `this_year` bounds the
/// years that can be true. No flag of [`quality`] is set yet: those rules look across sources.
pub fn read(
    kind: Kind,
    name: &str,
    mut input: impl Read + Seek,
    this_year: i32,
) -> Result<Reading, ReadError> {
    let mut gather = Gather::new(kind, name, this_year);
    let book = Book::open(name, &mut input)?;
    match kind {
        Kind::Unodc => unodc::read(book, &mut gather)?,
        Kind::Unaids => unaids::read(book, None, &mut gather)?,
        Kind::Eurostat => eurostat::read(book, &mut gather)?,
        Kind::Space => space::read(book, &mut gather)?,
        Kind::Template => template::read(book, &mut gather)?,
    }
    Ok(gather.finish())
}

/// As [`read`], for a path; a UNAIDS folder of tables is read whole, and a single one of its
/// tables finds the list of areas beside it.
pub fn read_path(kind: Kind, path: &Path, this_year: i32) -> Result<Reading, ReadError> {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    if kind == Kind::Unaids {
        let mut gather = Gather::new(kind, &name, this_year);
        if unaids::read_path(path, &mut gather)? {
            return Ok(gather.finish());
        }
    }
    if path.is_dir() {
        return Err(ReadError::Folder { name });
    }
    let file = File::open(path).map_err(|error| match error.kind() {
        ErrorKind::PermissionDenied => ReadError::NotAllowed { name: name.clone() },
        _ => error.into(),
    })?;
    if !file.metadata()?.is_file() {
        return Err(ReadError::NoFile { name });
    }
    read(kind, &name, BufReader::new(file), this_year)
}
