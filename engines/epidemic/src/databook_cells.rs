//! The cells of a workbook as tables: each sheet below its headings, formulas at their results, errors and dates by name.
//! A small file that unfolds into gigabytes is met here.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{DataRef, Reader, Xlsx};

use super::reading::{CellProblem, Reading};
use super::{COLUMNS, PRISON_COLUMNS, SHEETS, TARGET_COLUMNS};

/// Cells beyond these are left unread: a databook has some 150 rows.
const MOST_ROWS: u32 = 5_000;
const MOST_COLUMNS: u32 = 100;
/// All parts of the archive unfolded. A databook unfolds to some 300 kB.
const MOST_UNFOLDED: u64 = 64 << 20;

/// A cell with what it holds.
#[derive(Debug, Clone)]
pub(super) enum Cell {
    Number(f64),
    Text(String),
    /// An error value, a date, a truth: named.
    Other(String),
}

/// The rows of a sheet below its headings, each by the headings.
pub(super) struct Table {
    pub rows: Vec<(u32, BTreeMap<String, Cell>)>,
}

impl Reading<'_> {
    /// All sheets that a databook has, as tables.
    pub(super) fn cells(&mut self, bytes: &[u8]) -> Result<BTreeMap<&'static str, Table>, String> {
        measure(bytes)?;
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|e| {
            format!("this is not a workbook that can be read ({e}); save it as .xlsx, without a password")
        })?;
        let names = book.sheet_names();
        let mut tables = BTreeMap::new();
        let wanted: Vec<(&'static str, Vec<&'static str>)> = [
            ("country", vec!["value", "id"]),
            ("targets", TARGET_COLUMNS.iter().map(|c| c.0).collect()),
            ("prisons", PRISON_COLUMNS.iter().map(|c| c.0).collect()),
            ("sources", vec!["id", "citation"]),
        ]
        .into_iter()
        .chain(SHEETS.iter().map(|s| (s.name, COLUMNS.iter().map(|c| c.0).collect())))
        .collect();
        for (sheet, columns) in wanted {
            let Some(name) = names.iter().find(|name| name.trim().eq_ignore_ascii_case(sheet))
            else {
                self.problem(
                    sheet,
                    0,
                    "",
                    format!(
                        "the workbook has no sheet of this name; its sheets are {}",
                        names.join(", ")
                    ),
                );
                continue;
            };
            if let Some(table) = self.table(&mut book, name, sheet, &columns)? {
                tables.insert(sheet, table);
            }
        }
        Ok(tables)
    }

    fn table(
        &mut self,
        book: &mut Xlsx<Cursor<&[u8]>>,
        name: &str,
        sheet: &'static str,
        columns: &[&'static str],
    ) -> Result<Option<Table>, String> {
        let unreadable = |e: calamine::XlsxError| format!("sheet {name:?} cannot be read: {e}");
        let mut cells = book.worksheet_cells_reader(name).map_err(unreadable)?;
        let mut rows: BTreeMap<u32, BTreeMap<u32, Cell>> = BTreeMap::new();
        let mut formulas = Vec::new();
        while let Some(cell) = cells.next_cell_with_formula().map_err(unreadable)? {
            let (row, column) = cell.pos;
            if row >= MOST_ROWS || column >= MOST_COLUMNS {
                continue;
            }
            let read = held(&cell.value);
            if let Some(formula) = cell.formula.filter(|f| !f.is_empty()) {
                formulas.push((row, column, formula, read.clone()));
            }
            if let Some(read) = read {
                rows.entry(row).or_default().insert(column, read);
            }
        }
        let text = |cell: &Cell| match cell {
            Cell::Text(text) => text.trim().to_lowercase(),
            _ => String::new(),
        };
        let heads = |row: &BTreeMap<u32, Cell>| {
            columns.iter().filter(|c| row.values().any(|cell| text(cell) == **c)).count()
        };
        // The headings are where most of them stand; a row may have been put in above.
        let Some((&at, headings)) = rows.iter().max_by_key(|(row, r)| (heads(r), u32::MAX - **row))
        else {
            self.problem(sheet, 0, "", "the sheet is empty".into());
            return Ok(None);
        };
        let named: BTreeMap<u32, &'static str> = headings
            .iter()
            .filter_map(|(at, cell)| Some((*at, *columns.iter().find(|c| text(cell) == **c)?)))
            .collect();
        let missing: Vec<_> = columns
            .iter()
            .filter(|c| !named.values().any(|n| n == *c) && **c != "name")
            .copied()
            .collect();
        if !missing.is_empty() {
            let list = missing.join(", ");
            self.problem(
                sheet,
                0,
                "",
                format!("no column is headed {list}; put the headings back"),
            );
            return Ok(None);
        }
        for (row, column, formula, read) in formulas {
            let Some(&heading) = named.get(&column).filter(|_| row > at) else { continue };
            let shown: String = formula.chars().take(60).collect();
            let (list, message) = match read {
                Some(Cell::Number(result)) => {
                    (&mut self.remarks, format!("={shown} was taken at its result, {result}"))
                }
                Some(Cell::Text(_)) if heading != "value" => continue,
                _ => (
                    &mut self.problems,
                    format!(
                        "={shown} has no number as its result; write the number, or open and save the workbook so that it is computed"
                    ),
                ),
            };
            let column = heading.into();
            list.push(CellProblem { sheet: sheet.into(), row: row + 1, column, message });
        }
        let below = rows.iter().filter(|(row, _)| **row > at).map(|(row, cells)| {
            let cells = cells
                .iter()
                .filter_map(|(at, cell)| Some((named.get(at)?.to_string(), cell.clone())))
                .collect();
            (row + 1, cells)
        });
        Ok(Some(Table { rows: below.collect() }))
    }
}

fn held(value: &DataRef) -> Option<Cell> {
    Some(match value {
        DataRef::Int(number) => Cell::Number(*number as f64),
        DataRef::Float(number) if number.is_finite() => Cell::Number(*number),
        DataRef::Float(number) => Cell::Other(format!("{number}")),
        DataRef::String(text) if text.is_empty() => return None,
        DataRef::SharedString("") => return None,
        DataRef::String(text) => Cell::Text(text.clone()),
        DataRef::SharedString(text) => Cell::Text((*text).to_string()),
        DataRef::Bool(truth) => Cell::Other(truth.to_string().to_uppercase()),
        DataRef::DateTime(_) | DataRef::DateTimeIso(_) | DataRef::DurationIso(_) => {
            Cell::Other("a date; set the cell's format to a number".into())
        }
        DataRef::Error(error) => Cell::Other(format!("the error {error}")),
        DataRef::Empty => return None,
    })
}

/// Unfolds every part once into nothing: a few kilobytes can unfold into gigabytes.
fn measure(bytes: &[u8]) -> Result<(), String> {
    let no_workbook = |e: zip::result::ZipError| {
        format!(
            "this is not a workbook (.xlsx): {e}; open it in a spreadsheet program and save it as .xlsx"
        )
    };
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(no_workbook)?;
    let mut left = MOST_UNFOLDED;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(no_workbook)?;
        let size = std::io::copy(&mut std::io::Read::take(part, left + 1), &mut std::io::sink())
            .map_err(|e| format!("the workbook is damaged: {e}"))?;
        if size > left {
            return Err(
                "the workbook unfolds to more than 64 MB; a databook has some 300 kB".into()
            );
        }
        left -= size;
    }
    Ok(())
}
