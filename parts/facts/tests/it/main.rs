//! All tests of facts: one binary, one way in for each kind of question.

mod derived;
mod doubts;
mod hostile;
mod lists;
mod published;
mod readings;
mod shipped;
mod template;
mod words;

use std::io::Cursor;
use std::path::PathBuf;

use facts::read::{self, Kind, ReadError, Reading};

/// The year in which the tests live.
const YEAR: i32 = 2026;

/// Reads text as a file of this kind.
fn read_text(kind: Kind, text: &str) -> Result<Reading, ReadError> {
    read::read(kind, "file.csv", Cursor::new(text.as_bytes()), YEAR)
}

/// A reading as text: facts, then problems, then what was left out.
fn show(reading: Result<Reading, ReadError>) -> String {
    let reading = match reading {
        Ok(reading) => reading,
        Err(error) => return format!("{error}\n"),
    };
    let mut out = format!("{} rows\n", reading.rows_read);
    for f in &reading.facts {
        let interval = match (f.low, f.high) {
            (None, None) => String::new(),
            (low, high) => format!(" ({low:?} to {high:?})"),
        };
        let flag = match f.flag_reason() {
            none if none.is_empty() => String::new(),
            reason => format!(" {}: {reason}", f.flag.id()),
        };
        out += &format!(
            "{} {} {} {} {}{interval} [{}, {}]{flag}\n",
            f.place, f.indicator, f.period, f.group, f.value, f.source, f.locator
        );
    }
    for p in &reading.problems {
        let at = [p.sheet.as_str(), &p.column].join(" ");
        out +=
            &format!("{:?} row {} {} “{}”: {}\n", p.severity, p.row, at.trim(), p.value, p.message);
    }
    for (reason, n) in &reading.skipped {
        out += &format!("skipped {n}: {reason}\n");
    }
    out
}

/// The publishers' files as they came, where a developer has them; the tests that need them say
/// that they did nothing where not.
fn published(path: &str) -> Option<PathBuf> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data");
    let folder = std::env::var("FACTS_PUBLISHED").unwrap_or_else(|_| root.into());
    let path = PathBuf::from(folder).join(path);
    if path.exists() {
        return Some(path);
    }
    eprintln!("skipped: {} is not there", path.display());
    None
}

/// A workbook of one sheet with a title row above.
fn workbook(sheet: &str, title: &str, rows: &[&[&str]]) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let out = book.add_worksheet().set_name(sheet).unwrap();
    out.write(0, 0, title).unwrap();
    for (r, row) in rows.iter().enumerate() {
        for (c, cell) in row.iter().enumerate() {
            let (r, c) = (r as u32 + 2, c as u16);
            match cell.parse::<f64>() {
                Ok(number) => out.write(r, c, number).unwrap(),
                Err(_) => out.write(r, c, *cell).unwrap(),
            };
        }
    }
    book.save_to_buffer().unwrap()
}
