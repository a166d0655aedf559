//! Interviews in a workbook (XLSX): the first sheet, its first row that is not empty being the heading. Cells are read one after
//! another, since two cells at opposite corners of a sheet would make a table of 17 thousand million.

use std::io::{Cursor, Read};

use calamine::{Data, Reader, Xlsx};

use super::{Bounds, Gather, Kind, Sheet, damaged};
use crate::problem::Problem;

/// A workbook is held unfolded while it is read.
const MOST_UNFOLDED_BYTES: u64 = 512 << 20;

pub fn read(place: &str, bytes: &[u8], bounds: &Bounds) -> Result<Sheet, Vec<Problem>> {
    let broken = |error: &dyn std::fmt::Display| damaged(place, error);
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    let most = bounds.unfolded.min(MOST_UNFOLDED_BYTES);
    let mut unfolded = 0;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|error| broken(&error))?;
        let room = most - unfolded;
        let size = std::io::copy(&mut part.take(room + 1), &mut std::io::sink())
            .map_err(|error| broken(&error))?;
        if size > room {
            return Err(vec![
                Problem::of(place, "unfolds-too-far").with("most", (most >> 20) as usize),
            ]);
        }
        unfolded += size;
    }
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    let name = book.sheet_names().into_iter().next().unwrap_or_default();
    let mut cells = book.worksheet_cells_reader(&name).map_err(|error| broken(&error))?;
    let mut rows = Rows { place, bounds, gather: None, first: 0 };
    let (mut at, mut row): (u32, Vec<(u32, String)>) = (0, Vec::new());
    while let Some(cell) = cells.next_cell().map_err(|error| broken(&error))? {
        let (row_of, column) = cell.get_position();
        if row_of != at {
            rows.take(at, std::mem::take(&mut row))?;
            at = row_of;
        }
        let text = text_of(&Data::from(cell.get_value().clone()));
        if !text.is_empty() {
            row.push((column, text));
        }
    }
    rows.take(at, row)?;
    let none = || Err(vec![Problem::of(place, "empty-file")]);
    let sheet = rows.gather.map(Gather::finish).unwrap_or_else(none)?;
    Ok(Sheet { kind: Kind::Workbook, ..sheet })
}

/// Rows as they come, their cells with the column they stand in.
struct Rows<'a> {
    place: &'a str,
    bounds: &'a Bounds,
    gather: Option<Gather>,
    /// The column of the first heading.
    first: u32,
}

impl Rows<'_> {
    fn take(&mut self, at: u32, cells: Vec<(u32, String)>) -> Result<(), Vec<Problem>> {
        let (Some(least), Some(most)) =
            (cells.iter().map(|cell| cell.0).min(), cells.iter().map(|cell| cell.0).max())
        else {
            return Ok(());
        };
        let Some(gather) = &mut self.gather else {
            self.first = least;
            let width = (most - least) as usize + 1;
            if width > super::MOST_COLUMNS {
                return Err(vec![super::too_many_columns(self.place, width)]);
            }
            let texts = laid_out(&cells, least, width);
            let texts = texts.iter().copied();
            self.gather = Some(Gather::new(self.place, texts, self.bounds)?);
            return Ok(());
        };
        let wanted = gather.columns.len();
        let outside = least < self.first || (most - self.first) as usize >= wanted;
        let width = if outside { wanted + 1 } else { wanted };
        let texts = if outside { Vec::new() } else { laid_out(&cells, self.first, wanted) };
        gather.take(at + 1, width, texts.into_iter())
    }
}

fn laid_out(cells: &[(u32, String)], first: u32, width: usize) -> Vec<&str> {
    let mut texts = vec![""; width];
    for (column, text) in cells {
        texts[(column - first) as usize] = text;
    }
    texts
}

fn text_of(cell: &Data) -> String {
    match cell {
        Data::Float(number) => number.to_string(),
        Data::Bool(is) => if *is { "1" } else { "0" }.into(),
        Data::DateTimeIso(text) => text.clone(),
        other => other.to_string(),
    }
}
