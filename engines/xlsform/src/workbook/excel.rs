//! Spreadsheets through calamine. An archive is measured before it is unpacked, so that a file of
//! a few kilobytes cannot ask for gigabytes.

use std::io::{Cursor, Read};

use calamine::{Data, Range, Reader, open_workbook_auto_from_rs};

use super::{Limits, Sheet, Workbook, is_blank, single_spaced};
use crate::Problem;

/// A header row ends after this many empty columns, a sheet after this many empty rows.
const EMPTY_COLUMNS: usize = 20;
const EMPTY_ROWS: usize = 60;

pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Workbook, Problem> {
    if bytes.starts_with(b"PK") {
        measure(bytes, limits)?;
    }
    let mut book = open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(unreadable)?;
    let names = book.sheet_names();
    let alone = names.len() == 1;
    let mut sheets = Vec::new();
    for name in names {
        let known = super::KNOWN_SHEETS.contains(&name.to_lowercase().as_str());
        // A sheet that is not part of the form is not even read.
        if known || alone {
            let cells = book.worksheet_range(&name).map_err(unreadable)?;
            sheets.push(sheet(name, &cells, limits)?);
        } else {
            sheets.push(Sheet { name, ..Sheet::default() });
        }
    }
    Ok(Workbook::from_sheets(sheets))
}

fn unreadable(error: impl std::fmt::Display) -> Problem {
    Problem::error(format!(
        "The workbook cannot be read: {error}. Open it in a spreadsheet program and save it again \
         as .xlsx."
    ))
}

/// Counts what the archive would unpack to, by unpacking it into nothing: a header can lie.
fn measure(bytes: &[u8], limits: &Limits) -> Result<(), Problem> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(unreadable)?;
    if archive.len() > 10_000 {
        return Err(unreadable("it holds more than 10,000 files"));
    }
    let mut left = limits.unpacked_bytes;
    for index in 0..archive.len() {
        let file = archive.by_index(index).map_err(unreadable)?;
        let name = file.name().map_err(unreadable)?.into_owned();
        // Pictures and the like are never unpacked.
        if !(name.ends_with(".xml") || name.ends_with(".rels") || name.ends_with(".bin")) {
            continue;
        }
        let read = std::io::copy(&mut file.take(left + 1), &mut std::io::sink());
        let read = read.map_err(unreadable)?;
        if read > left {
            return Err(Problem::error(format!(
                "The workbook unpacks to more than {} bytes; it is not read. Remove empty rows \
                 and columns that carry formatting.",
                limits.unpacked_bytes
            )));
        }
        left -= read;
    }
    Ok(())
}

fn sheet(name: String, cells: &Range<Data>, limits: &Limits) -> Result<Sheet, Problem> {
    let Some((last_row, last_column)) = cells.end() else {
        return Ok(Sheet { name, ..Sheet::default() });
    };
    let columns = (last_column as usize + 1).min(limits.columns + EMPTY_COLUMNS);
    let cell = |row: u32, column: usize| {
        cells.get_value((row, column as u32)).map(text).filter(|text| !is_blank(text))
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
    for row in 1..=last_row {
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
