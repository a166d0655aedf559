//! One view of workbooks and delimited text: sheets of rows of cells. Columns are found by the
//! words of their header, wherever they stand and whatever stands beside them.

use std::io::{Read, SeekFrom};

use super::gather::Gather;
use super::text::Text;
use super::workbook::Workbook;
use super::{Kind, ReadError, Source};
use crate::place::fold;

/// Rows above the table in which its header is looked for.
const MAX_PREAMBLE_ROWS: usize = 60;

pub(super) struct Book<'a> {
    pub name: String,
    inner: Inner<'a>,
}

enum Inner<'a> {
    Text(Text<'a>),
    Workbook(Workbook<'a>),
}

impl<'a> Book<'a> {
    /// Tells a workbook from text by its first bytes, not by its name.
    pub fn open(name: &str, input: &'a mut dyn Source) -> Result<Book<'a>, ReadError> {
        let mut head = Vec::new();
        input.seek(SeekFrom::Start(0))?;
        (&mut *input).take(512).read_to_end(&mut head)?;
        let not_a_table =
            |what: &str| ReadError::NotATable { name: name.into(), what: what.into() };
        let start = String::from_utf8_lossy(&head).trim_start().to_lowercase();
        let inner = match head.as_slice() {
            [] => return Err(ReadError::Empty { name: name.into() }),
            [b'P', b'K', 3, 4, ..] => Inner::Workbook(Workbook::open(name, input)?),
            [0xD0, 0xCF, 0x11, 0xE0, ..] => {
                return Err(not_a_table("it is an old Excel file (.xls), or one with a password"));
            }
            [b'%', b'P', b'D', b'F', ..] => return Err(not_a_table("it is a PDF")),
            [0x89, b'P', b'N', b'G', ..]
            | [0xFF, 0xD8, 0xFF, ..]
            | [b'G', b'I', b'F', b'8', ..] => {
                return Err(not_a_table("it is a picture"));
            }
            [0x1F, 0x8B, ..] => return Err(not_a_table("it is packed (.gz); unpack it")),
            _ if start.starts_with("<!doctype html") || start.starts_with("<html") => {
                return Err(not_a_table(
                    "it is a web page, perhaps an error page of the publisher",
                ));
            }
            _ if start.starts_with(['{', '[']) && !start.contains(',') => {
                return Err(not_a_table("it is JSON"));
            }
            _ => Inner::Text(Text::open(name, input)?),
        };
        Ok(Book { name: name.into(), inner })
    }

    /// Names of the sheets, in order; one without a name for text.
    pub fn sheets(&self) -> Vec<String> {
        match &self.inner {
            Inner::Text(_) => vec![String::new()],
            Inner::Workbook(book) => book.sheets(),
        }
    }

    /// Finds the header among the first rows of a sheet and calls `each` with every row below.
    pub fn table(
        &mut self,
        sheet: &str,
        columns: &'static [Column],
        gather: &mut Gather,
        each: &mut dyn FnMut(&Row<'_>, &mut Gather) -> Result<(), ReadError>,
    ) -> Result<Table, ReadError> {
        self.table_by(sheet, sheet, &|row| Header::of(row, columns), gather, each)
    }

    /// As [`Book::table`], for a header that is told by more than its required columns. `shown`
    /// is what problems call the sheet.
    pub fn table_by(
        &mut self,
        sheet: &str,
        shown: &str,
        find: &dyn Fn(&[String]) -> Option<Header>,
        gather: &mut Gather,
        each: &mut dyn FnMut(&Row<'_>, &mut Gather) -> Result<(), ReadError>,
    ) -> Result<Table, ReadError> {
        let mut header: Option<Header> = None;
        let mut preamble: Vec<Vec<String>> = Vec::new();
        let mut visit = |number: u64, cells: &[String], slip: bool| -> Result<(), ReadError> {
            let Some(found) = &header else {
                if preamble.len() < MAX_PREAMBLE_ROWS {
                    header = find(cells);
                    preamble.push(cells.to_vec());
                }
                return Ok(());
            };
            gather.rows_read += 1;
            let row = Row { sheet: shown, number, cells, header: found, preamble: &preamble };
            if slip {
                let text =
                    "a quotation mark is not doubled; it was read as a letter. Check the row";
                gather.flagged(&row, "", &cells.join(" "), text);
            }
            each(&row, gather)
        };
        let damaged = match &mut self.inner {
            Inner::Text(text) => text.rows(&mut visit)?,
            Inner::Workbook(book) => {
                book.rows(sheet, &mut visit)?;
                None
            }
        };
        if let Some(encoding) = damaged {
            gather.whole_file(
                sheet,
                &format!("some letters make no sense as {encoding}; save the file as UTF-8"),
            );
        }
        Ok(Table { found: header.is_some(), preamble })
    }

    /// As [`Book::table`], and refuses the book when its sheet has no such header.
    pub fn only_table(
        &mut self,
        sheet: &str,
        columns: &'static [Column],
        gather: &mut Gather,
        each: &mut dyn FnMut(&Row<'_>, &mut Gather) -> Result<(), ReadError>,
    ) -> Result<(), ReadError> {
        let table = self.table(sheet, columns, gather, each)?;
        if table.found {
            Ok(())
        } else {
            Err(self.no_header(gather.kind, columns, &table.preamble))
        }
    }

    /// The error for a table that has not the header asked for: what it looks like instead.
    pub fn no_header(
        &self,
        kind: Kind,
        columns: &'static [Column],
        preamble: &[Vec<String>],
    ) -> ReadError {
        let name = self.name.clone();
        if preamble.is_empty() {
            return ReadError::Empty { name };
        }
        let others = Kind::ALL.into_iter().filter(|k| *k != kind);
        for other in others {
            if preamble.iter().any(|row| other.has_header(row)) {
                return ReadError::WrongKind { name, found: other };
            }
        }
        let looked_for = columns.iter().filter(|c| c.required).map(|c| c.names[0].into()).collect();
        // Of rows that come equally near, the first.
        let nearest = preamble.iter().rev().max_by_key(|row| {
            let hits = columns.iter().filter(|c| row.iter().any(|cell| c.is(cell))).count();
            (hits, row.iter().filter(|c| !c.is_empty()).count())
        });
        let found = nearest.into_iter().flatten().filter(|c| !c.is_empty());
        let found = found.take(30).map(|c| c.chars().take(60).collect()).collect();
        ReadError::NoHeader { name, kind, looked_for, found }
    }
}

/// Whether a table was found, and the rows above it with its header last.
pub(super) struct Table {
    pub found: bool,
    pub preamble: Vec<Vec<String>>,
}

/// A column as publishers head it. A name that ends in `*` matches what begins with it.
pub(super) struct Column {
    pub names: &'static [&'static str],
    pub required: bool,
}

impl Column {
    pub const fn required(names: &'static [&'static str]) -> Column {
        Column { names, required: true }
    }

    pub const fn optional(names: &'static [&'static str]) -> Column {
        Column { names, required: false }
    }

    /// Whether a header cell names this column. Case, accents and punctuation do not count.
    pub fn is(&self, cell: &str) -> bool {
        let cell = fold(cell);
        self.names.iter().any(|name| match name.strip_suffix('*') {
            Some(start) => cell.starts_with(&fold(start)),
            None => cell == fold(name),
        })
    }
}

/// Where the columns stand.
pub(super) struct Header {
    pub cells: Vec<String>,
    at: Vec<Option<usize>>,
}

impl Header {
    /// None when a required column is missing. The first of two columns alike is taken; a name
    /// that stands earlier in a column's list is preferred.
    pub fn of(cells: &[String], columns: &'static [Column]) -> Option<Header> {
        let mut at = Vec::new();
        for column in columns {
            let position = column.names.iter().find_map(|name| {
                let one = Column { names: std::slice::from_ref(name), required: true };
                cells.iter().position(|cell| one.is(cell))
            });
            if column.required && position.is_none() {
                return None;
            }
            at.push(position);
        }
        Some(Header { cells: cells.to_vec(), at })
    }

    pub fn has(&self, column: usize) -> bool {
        self.at[column].is_some()
    }

    pub fn position(&self, column: usize) -> Option<usize> {
        self.at[column]
    }
}

/// A row below its header. `column` is an index into the columns asked for.
pub(super) struct Row<'a> {
    pub sheet: &'a str,
    pub number: u64,
    pub cells: &'a [String],
    pub header: &'a Header,
    pub preamble: &'a [Vec<String>],
}

impl Row<'_> {
    /// The cell, trimmed; empty when the column or the cell is not there.
    pub fn get(&self, column: usize) -> &str {
        self.header.at[column].map_or("", |at| self.cell(at))
    }

    /// The cell at a position, trimmed.
    pub fn cell(&self, at: usize) -> &str {
        self.cells.get(at).map_or("", |c| c.trim())
    }

    /// The header as the file writes it.
    pub fn title(&self, column: usize) -> &str {
        self.header.at[column].map_or("", |at| self.header.cells[at].trim())
    }
}
