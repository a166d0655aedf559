//! A file of interviews as it comes: text in any usual encoding, a workbook, SPSS, Stata, Parquet. It is known by its first bytes and
//! read whole or not at all; every cell stays the text it was until somebody says what the column means.

mod book;
mod parquet;
mod spss;
mod stata;
mod text;

use std::collections::HashMap;

use crate::codebook::Codebook;
use crate::plan::Described;
use crate::problem::{NAMED_ROWS, Problem, short};

/// Columns of a file; a heading of more is a file read with the wrong separator, or no table.
pub const MOST_COLUMNS: usize = 2_000;

/// A table of texts with named columns.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    pub columns: Vec<Column>,
    /// By row, its number where it came from: in text and workbooks the heading is row 1, elsewhere rows are counted from 1.
    pub rows: Vec<u32>,
    /// What was guessed while reading, to be looked at.
    pub notes: Vec<Problem>,
    /// What the file itself says its columns mean.
    pub own: Codebook,
    /// What the file itself says of the drawing of the sample.
    pub drawn: Option<Described>,
    pub kind: Kind,
}

/// What a file is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    #[default]
    Text,
    Workbook,
    Spss,
    Stata,
    Parquet,
}

impl Kind {
    /// As it is kept, and a message `kind-<word>`.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Text => "csv",
            Kind::Workbook => "xlsx",
            Kind::Spss => "spss",
            Kind::Stata => "stata",
            Kind::Parquet => "parquet",
        }
    }

    /// Whether its program counts rows below a heading, as a spreadsheet does.
    pub fn has_heading(word: &str) -> bool {
        !["spss", "stata", "parquet"].contains(&word)
    }
}

/// How much is read before a file is refused: a few kilobytes can promise, or unfold into, anything.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Rows times columns; four bytes each, and more for every different answer.
    pub cells: usize,
    /// Bytes after unfolding.
    pub unfolded: u64,
}

impl Bounds {
    /// For a page: 100,000 interviews of 300 questions.
    pub const PAGE: Bounds = Bounds { cells: 30_000_000, unfolded: 512 << 20 };
    /// For the command, on the machine of whoever types it.
    pub const COMMAND: Bounds = Bounds { cells: 600_000_000, unfolded: 8 << 30 };
}

/// A column: each distinct text once, and by row which.
#[derive(Clone, Debug, Default)]
pub struct Column {
    pub name: String,
    pub texts: Vec<String>,
    pub codes: Vec<u32>,
}

impl Column {
    pub fn text(&self, row: usize) -> &str {
        &self.texts[self.codes[row] as usize]
    }
}

impl Sheet {
    /// The column of this name, or a problem that suggests the nearest.
    pub fn column(&self, name: &str) -> Result<&Column, Problem> {
        if let Some(column) = self.columns.iter().find(|column| column.name == name) {
            return Ok(column);
        }
        let near = |column: &&Column| (strsim::jaro_winkler(&column.name, name) * 1e6) as u64;
        let nearest = self.columns.iter().max_by_key(near).map_or("", |column| &column.name);
        Err(Problem::of(name, "no-column").with("nearest", short(nearest)))
    }

    /// The file as plain UTF-8 text, for keeping.
    pub fn csv(&self) -> String {
        let mut out = csv::Writer::from_writer(Vec::new());
        // Writing to memory cannot fail.
        let _ = out.write_record(self.columns.iter().map(|column| &column.name));
        for row in 0..self.rows.len() {
            let _ = out.write_record(self.columns.iter().map(|column| column.text(row)));
        }
        String::from_utf8(out.into_inner().unwrap_or_default()).unwrap_or_default()
    }
}

/// Reads a file by what it is, whatever it is called. `place` names it in problems.
pub fn read(place: &str, bytes: &[u8], bounds: &Bounds) -> Result<Sheet, Vec<Problem>> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(vec![Problem::of(place, "empty-file")]);
    }
    let other = |kind: &str| Err(vec![Problem::of(place, "other-kind").with("kind", kind)]);
    match bytes {
        [b'P', b'K', 3, 4, ..] => guarded(place, || book::read(place, bytes, bounds)),
        [b'$', b'F', b'L', b'2' | b'3', ..] => spss::read(place, bytes, bounds),
        [b'P', b'A', b'R', b'1', ..] => guarded(place, || parquet::read(place, bytes, bounds)),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => other("Excel .xls"),
        _ if bytes.starts_with(b"HEADER RECORD*******") => other("SAS .xpt"),
        _ if bytes.starts_with(b"* ASCII SPSS PORT") => other("SPSS .por"),
        _ if bytes.starts_with(b"RDX") || bytes.starts_with(&[0x1f, 0x8b]) => {
            other("R .RData / gzip")
        }
        _ if stata::is(bytes) => guarded(place, || stata::read(place, bytes, bounds)),
        _ => text::read(place, bytes, bounds),
    }
}

/// Readers of others may panic on a file made to break them; that is a damaged file, not a broken site.
fn guarded(
    place: &str,
    read: impl FnOnce() -> Result<Sheet, Vec<Problem>>,
) -> Result<Sheet, Vec<Problem>> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(read))
        .unwrap_or_else(|_| Err(damaged(place, "its parts contradict each other")))
}

fn damaged(place: &str, what: impl std::fmt::Display) -> Vec<Problem> {
    vec![Problem::of(place, "damaged").with("text", short(&what.to_string()))]
}

/// Takes rows one by one.
struct Gather {
    place: String,
    columns: Vec<Column>,
    known: Vec<HashMap<String, u32>>,
    /// By column, numbers that were seen before: their text need not be made again.
    seen: Vec<HashMap<u64, u32>>,
    rows: Vec<u32>,
    most_rows: usize,
    wrong: usize,
    problems: Vec<Problem>,
}

/// What a cell holds, where a file knows more than text.
enum Cell<'a> {
    Text(&'a str),
    /// A number by its bits, and how to write it.
    Number(u64, &'a dyn Fn() -> String),
}

impl Gather {
    fn new<'a>(
        place: &str,
        heading: impl Iterator<Item = &'a str>,
        bounds: &Bounds,
    ) -> Result<Gather, Vec<Problem>> {
        let names: Vec<String> = heading.map(|name| name.trim().to_owned()).collect();
        let mut problems = Vec::new();
        if names.len() > MOST_COLUMNS {
            return Err(vec![too_many_columns(place, names.len())]);
        }
        for (at, name) in names.iter().enumerate() {
            if name.is_empty() {
                problems
                    .push(Problem::of(place, "column-without-name").at(1).with("count", at + 1));
            } else if let Some(before) = names[..at].iter().position(|other| other == name) {
                let problem = Problem::of(name, "column-twice").at(1);
                problems.push(problem.with("first", before + 1).with("second", at + 1));
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let column = |name: String| Column { name, ..Column::default() };
        Ok(Gather {
            place: place.into(),
            known: vec![HashMap::new(); names.len()],
            seen: vec![HashMap::new(); names.len()],
            most_rows: bounds.cells / names.len().max(1),
            columns: names.into_iter().map(column).collect(),
            rows: Vec::new(),
            wrong: 0,
            problems,
        })
    }

    /// Takes a row of texts; `Err` where no more are read.
    fn take<'a>(
        &mut self,
        row: u32,
        count: usize,
        cells: impl Iterator<Item = &'a str>,
    ) -> Result<(), Vec<Problem>> {
        if count != self.columns.len() {
            self.wrong += 1;
            if self.wrong <= NAMED_ROWS {
                let problem = Problem::of(&self.place, "row-length").at(row as usize);
                self.problems.push(problem.with("count", count).with("wanted", self.columns.len()));
            }
            return Ok(());
        }
        self.begin(row)?;
        for (at, cell) in cells.enumerate() {
            self.put(at, Cell::Text(cell));
        }
        Ok(())
    }

    /// Begins a row; each column must then be put once.
    fn begin(&mut self, row: u32) -> Result<(), Vec<Problem>> {
        if self.rows.len() == self.most_rows {
            return Err(vec![too_many_rows(&self.place, self.most_rows)]);
        }
        self.rows.push(row);
        Ok(())
    }

    fn put(&mut self, at: usize, cell: Cell) {
        let (column, known) = (&mut self.columns[at], &mut self.known[at]);
        let mut code_of = |text: &str| {
            let text = text.trim();
            known.get(text).copied().unwrap_or_else(|| {
                let code = column.texts.len() as u32;
                column.texts.push(text.to_owned());
                known.insert(text.to_owned(), code);
                code
            })
        };
        let code = match cell {
            Cell::Text(text) => code_of(text),
            Cell::Number(bits, write) => {
                *self.seen[at].entry(bits).or_insert_with(|| code_of(&write()))
            }
        };
        column.codes.push(code);
    }

    fn finish(mut self) -> Result<Sheet, Vec<Problem>> {
        if self.wrong > NAMED_ROWS {
            let more = self.wrong - NAMED_ROWS;
            self.problems.push(Problem::of(&self.place, "more-rows").with("count", more));
        }
        if self.rows.is_empty() && self.problems.is_empty() {
            self.problems.push(Problem::of(&self.place, "no-rows"));
        }
        match self.problems.is_empty() {
            true => Ok(Sheet { columns: self.columns, rows: self.rows, ..Sheet::default() }),
            false => Err(self.problems),
        }
    }
}

fn too_many_columns(place: &str, count: usize) -> Problem {
    Problem::of(place, "too-many-columns").with("count", count).with("most", MOST_COLUMNS)
}

fn too_many_rows(place: &str, most: usize) -> Problem {
    Problem::of(place, "too-many-rows").with("most", most)
}

/// A number as text: whole numbers without a point, others as short as they read back.
fn number(value: f64) -> String {
    if value.is_finite() { value.to_string() } else { String::new() }
}

/// A day counted from 1970 as `2024-05-17`; nothing where the calendar does not go so far.
fn day(days: i64) -> String {
    let span = jiff::Span::new().try_days(days);
    let day = span.and_then(|span| jiff::civil::date(1970, 1, 1).checked_add(span));
    day.map(|day| day.to_string()).unwrap_or_default()
}

/// Seconds from 1970 as `2024-05-17 13:45:00`.
fn moment(seconds: i64) -> String {
    let (days, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let day = day(days);
    let clock = format!("{:02}:{:02}:{:02}", rest / 3_600, rest / 60 % 60, rest % 60);
    if day.is_empty() { day } else { format!("{day} {clock}") }
}
