//! Spreadsheets through calamine, as sheets of text.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, Reader, Sheets, open_workbook_auto_from_rs};

use super::archive::{self, MAX_CELLS};
use super::{Limits, Sheet, Workbook, is_blank, single_spaced};
use crate::Problem;

/// A header row ends after this many empty columns, a sheet after this many empty rows.
const EMPTY_COLUMNS: usize = 20;
const EMPTY_ROWS: usize = 60;

pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Workbook, Problem> {
    if bytes.starts_with(b"PK") {
        archive::measure(bytes, limits)?;
    }
    let mut book = open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(unreadable)?;
    let names = book.sheet_names();
    let alone = names.len() == 1;
    let mut sheets = Vec::new();
    for name in names {
        let known = super::KNOWN_SHEETS.contains(&name.to_lowercase().as_str());
        // A sheet that is not part of the form is not even read.
        if known || alone {
            let cells = cells(&mut book, &name, limits)?;
            sheets.push(sheet(name, &cells, limits)?);
        } else {
            sheets.push(Sheet { name, ..Sheet::default() });
        }
    }
    Ok(Workbook::from_sheets(sheets))
}

pub(super) fn unreadable(error: impl std::fmt::Display) -> Problem {
    Problem::error(format!(
        "The workbook cannot be read: {error}. Open it in a spreadsheet program and save it again \
         as .xlsx."
    ))
}

/// The cells of one sheet by row and column, those that hold something.
struct Cells {
    rows: BTreeMap<u32, BTreeMap<u32, Data>>,
    count: u64,
}

impl Cells {
    fn new() -> Self {
        Self { rows: BTreeMap::new(), count: 0 }
    }

    fn put(&mut self, row: u32, column: u32, value: Data, limits: &Limits) -> Result<(), Problem> {
        if matches!(value, Data::Empty) || column as usize > limits.columns + EMPTY_COLUMNS {
            return Ok(());
        }
        self.count += 1;
        if self.count > MAX_CELLS {
            return Err(unreadable("a sheet holds millions of cells"));
        }
        self.rows.entry(row).or_default().insert(column, value);
        Ok(())
    }
}

/// Reads a sheet. Ours are not spread out over every row and column between the first and the last
/// cell, which a stranger may put anywhere.
fn cells(book: &mut Sheets<Cursor<&[u8]>>, name: &str, limits: &Limits) -> Result<Cells, Problem> {
    let mut found = Cells::new();
    if let Sheets::Xlsx(book) = book {
        let mut reader = book.worksheet_cells_reader(name).map_err(unreadable)?;
        while let Some(cell) = reader.next_cell().map_err(unreadable)? {
            let (row, column) = cell.get_position();
            found.put(row, column, cell.get_value().clone().into(), limits)?;
        }
        return Ok(found);
    }
    let range = book.worksheet_range(name).map_err(unreadable)?;
    let (first_row, first_column) = range.start().unwrap_or_default();
    for (row, column, value) in range.used_cells() {
        found.put(first_row + row as u32, first_column + column as u32, value.clone(), limits)?;
    }
    Ok(found)
}

fn sheet(name: String, cells: &Cells, limits: &Limits) -> Result<Sheet, Problem> {
    let Some((last_row, _)) = cells.rows.last_key_value() else {
        return Ok(Sheet { name, ..Sheet::default() });
    };
    let columns = limits.columns + EMPTY_COLUMNS;
    let cell = |row: u32, column: usize| {
        let value = cells.rows.get(&row)?.get(&(column as u32));
        value.map(text).filter(|text| !is_blank(text))
    };

    let mut header: Vec<Option<String>> = Vec::new();
    let mut empty = 0;
    for column in 0..columns {
        match cell(0, column) {
            None if empty == EMPTY_COLUMNS => break,
            None => empty += 1,
            Some(name) => {
                empty = 0;
                let name = single_spaced(&name);
                if header.iter().flatten().any(|other| *other == name) {
                    return Err(Problem::error(format!("Duplicate column header: {name}")));
                }
                header.resize(column, None);
                header.push(Some(name));
            }
        }
    }

    let mut rows = Vec::new();
    let mut empty = 0;
    for row in 1..=*last_row {
        let filled = header.iter().enumerate().filter_map(|(column, name)| {
            Some((name.clone()?, cell(row, column)?.trim().to_owned()))
        });
        let filled = filled.collect::<Vec<_>>();
        if filled.is_empty() {
            if empty == EMPTY_ROWS {
                break;
            }
            empty += 1;
        } else {
            empty = 0;
        }
        rows.push(filled);
    }
    rows.truncate(rows.len() - rows.iter().rev().take_while(|row| row.is_empty()).count());
    Ok(Sheet { name, header: header.into_iter().flatten().collect(), rows })
}

/// A value as a person reads it: whole numbers without a point, no-break spaces as spaces.
fn text(value: &Data) -> String {
    match value {
        Data::Empty | Data::Error(_) => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => {
            text.replace('\u{a0}', " ")
        }
        Data::Bool(true) => "TRUE".to_owned(),
        Data::Bool(false) => "FALSE".to_owned(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::DateTime(when) if when.is_duration() || when.as_f64() < 1.0 => {
            let seconds = (when.as_f64() * 86_400.0).round() as i64;
            format!("{:02}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60)
        }
        Data::DateTime(when) => {
            let (year, month, day, hour, minute, second, _) = when.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
        }
        #[allow(unreachable_patterns)]
        other => other.to_string(),
    }
}
