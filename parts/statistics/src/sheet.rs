//! A file of interviews as it comes: comma- or semicolon-separated text in any usual encoding, or a workbook. It is read whole or
//! not at all; every cell stays the text it was until somebody says what the column means.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use calamine::{Data, Reader, Xlsx};
use encoding_rs::Encoding;

use crate::problem::{NAMED_ROWS, Problem, short};

/// Columns of a file; a heading of more is a file read with the wrong separator, or no table.
const MOST_COLUMNS: usize = 2_000;
/// A workbook unfolded: a few kilobytes can unfold into gigabytes.
const MOST_UNFOLDED_BYTES: u64 = 512 << 20;

/// A table of texts with named columns.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    pub columns: Vec<Column>,
    /// By row, its number in the file, the heading being row 1.
    pub rows: Vec<u32>,
    /// What was guessed while reading, to be looked at.
    pub notes: Vec<Problem>,
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
pub fn read(place: &str, bytes: &[u8]) -> Result<Sheet, Vec<Problem>> {
    let one = |problem| vec![problem];
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(one(Problem::of(place, "empty-file")));
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return workbook(place, bytes);
    }
    for (mark, kind) in [
        (&b"$FL2"[..], "SPSS .sav"),
        (b"$FL3", "SPSS .zsav"),
        (b"<stata_dta>", "Stata .dta"),
        (b"PAR1", "Parquet"),
        (b"\xd0\xcf\x11\xe0", "Excel .xls"),
    ] {
        if bytes.starts_with(mark) {
            return Err(one(Problem::of(place, "other-kind").with("kind", kind)));
        }
    }
    let (text, guessed) = decode(bytes).ok_or_else(|| one(Problem::of(place, "not-text")))?;
    let heading = text.lines().next().unwrap_or_default();
    let separator = *b",;\t|"
        .iter()
        .rev()
        .max_by_key(|separator| heading.bytes().filter(|byte| byte == *separator).count())
        .unwrap_or(&b',');
    let mut lines = csv::ReaderBuilder::new()
        .delimiter(separator)
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes());
    let mut gather = None;
    let mut record = csv::StringRecord::new();
    loop {
        match lines.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                let row = error.position().map_or(0, csv::Position::line) as usize;
                return Err(one(Problem::of(place, "broken-line").at(row)));
            }
        }
        let row = record.position().map_or(0, csv::Position::line) as u32;
        match &mut gather {
            None => gather = Some(Gather::new(place, record.iter())?),
            Some(gather) => gather.take(row, record.len(), record.iter()),
        }
    }
    let mut sheet = gather.map(Gather::finish).unwrap_or_else(|| Err(Vec::new()))?;
    if let Some(encoding) = guessed {
        sheet.notes.push(Problem::of(place, "encoding-guessed").with("encoding", encoding));
    }
    Ok(sheet)
}

/// The text, and the encoding's name where it had to be guessed. `None` where it is not text.
fn decode(bytes: &[u8]) -> Option<(String, Option<&'static str>)> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, broken) = encoding.decode_without_bom_handling(&bytes[mark..]);
        return (!broken).then(|| (text.into_owned(), None));
    }
    if bytes.contains(&0) {
        return None;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some((text.to_owned(), None));
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, chardetng::Utf8Detection::Deny);
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    Some((text.into_owned(), Some(encoding.name())))
}

fn workbook(place: &str, bytes: &[u8]) -> Result<Sheet, Vec<Problem>> {
    let damaged = |what: String| vec![Problem::of(place, "damaged").with("text", short(&what))];
    let mut archive =
        zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(error.to_string()))?;
    let mut unfolded = 0;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|error| damaged(error.to_string()))?;
        let room = MOST_UNFOLDED_BYTES - unfolded;
        let size = std::io::copy(&mut part.take(room + 1), &mut std::io::sink())
            .map_err(|error| damaged(error.to_string()))?;
        if size > room {
            return Err(vec![Problem::of(place, "unfolds-too-far")]);
        }
        unfolded += size;
    }
    let mut book: Xlsx<_> =
        Xlsx::new(Cursor::new(bytes)).map_err(|error| damaged(error.to_string()))?;
    let name = book.sheet_names().into_iter().next().unwrap_or_default();
    let range = book.worksheet_range(&name).map_err(|error| damaged(error.to_string()))?;
    let first = range.start().map_or(0, |(row, _)| row);
    let mut gather = None;
    for (at, row) in range.rows().enumerate() {
        let cells: Vec<String> = row.iter().map(text_of).collect();
        if cells.iter().all(String::is_empty) {
            continue;
        }
        match &mut gather {
            None => gather = Some(Gather::new(place, cells.iter().map(String::as_str))?),
            Some(gather) => {
                let row = first + at as u32 + 1;
                gather.take(row, cells.len(), cells.iter().map(String::as_str));
            }
        }
    }
    gather.map(Gather::finish).unwrap_or_else(|| Err(vec![Problem::of(place, "empty-file")]))
}

fn text_of(cell: &Data) -> String {
    match cell {
        Data::Float(number) => number.to_string(),
        Data::Bool(is) => if *is { "1" } else { "0" }.into(),
        Data::DateTimeIso(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Takes rows one by one.
struct Gather {
    place: String,
    columns: Vec<Column>,
    known: Vec<HashMap<String, u32>>,
    rows: Vec<u32>,
    wrong: usize,
    problems: Vec<Problem>,
}

impl Gather {
    fn new<'a>(
        place: &str,
        heading: impl Iterator<Item = &'a str>,
    ) -> Result<Gather, Vec<Problem>> {
        let names: Vec<String> = heading.map(|name| name.trim().to_owned()).collect();
        let mut problems = Vec::new();
        if names.len() > MOST_COLUMNS {
            let problem = Problem::of(place, "too-many-columns").at(1);
            return Err(vec![problem.with("count", names.len()).with("most", MOST_COLUMNS)]);
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
            columns: names.into_iter().map(column).collect(),
            rows: Vec::new(),
            wrong: 0,
            problems,
        })
    }

    fn take<'a>(&mut self, row: u32, count: usize, cells: impl Iterator<Item = &'a str>) {
        if count != self.columns.len() {
            self.wrong += 1;
            if self.wrong <= NAMED_ROWS {
                let problem = Problem::of(&self.place, "row-length").at(row as usize);
                self.problems.push(problem.with("count", count).with("wanted", self.columns.len()));
            }
            return;
        }
        self.rows.push(row);
        for ((column, known), cell) in self.columns.iter_mut().zip(&mut self.known).zip(cells) {
            let cell = cell.trim();
            let code = known.get(cell).copied().unwrap_or_else(|| {
                let code = column.texts.len() as u32;
                column.texts.push(cell.to_owned());
                known.insert(cell.to_owned(), code);
                code
            });
            column.codes.push(code);
        }
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
            true => Ok(Sheet { columns: self.columns, rows: self.rows, notes: Vec::new() }),
            false => Err(self.problems),
        }
    }
}
