//! A workbook as Markdown tables, the form in which questionnaires are discussed and tested. The
//! first column names the sheet; the first row under a name is its header.

use super::{Limits, Sheet, Workbook, too_long};
use crate::Problem;

/// Sheets of one file.
const MAX_TABLES: usize = 1_000;

pub(super) fn read(text: &str, limits: &Limits) -> Result<Workbook, Problem> {
    if text.chars().take(5_000).filter(|c| *c == '|').count() < 5 {
        return Err(Problem::error(
            "The text does not hold a table. A Markdown form begins with '| survey |' and \
             a row of column names under it.",
        ));
    }
    let mut tables: Vec<(String, Vec<Vec<Option<String>>>)> = Vec::new();
    for line in text.split('\n') {
        if line.trim_start().starts_with('#') {
            continue;
        }
        let Some(cells) = cells(without_comment(line)) else { continue };
        let mut cells = cells.into_iter();
        if let Some(name) = cells.next().flatten() {
            tables.retain(|(other, _)| *other != name);
            if tables.len() >= MAX_TABLES {
                return Err(Problem::error(format!(
                    "The text holds more than {MAX_TABLES} tables; it is not read. Only the first \
                     row of a sheet has the sheet's name in its first column."
                )));
            }
            tables.push((name, Vec::new()));
        }
        let row = cells.collect::<Vec<_>>();
        if let Some((name, rows)) = tables.last_mut()
            && row.iter().any(Option::is_some)
        {
            rows.push(row);
            // One of them is the header.
            too_long(name, rows.len() - 1, limits)?;
        }
    }
    let sheets = tables.into_iter().map(|(name, rows)| sheet(name, rows)).collect();
    Ok(Workbook::from_sheets(sheets))
}

fn sheet(name: String, rows: Vec<Vec<Option<String>>>) -> Sheet {
    let mut rows = rows.into_iter();
    let header = rows.next().unwrap_or_default();
    let rows = rows
        .map(|row| {
            // A value under no header is kept under an empty name, to be complained of.
            let name = |at: usize| header.get(at).cloned().flatten().unwrap_or_default();
            row.into_iter().enumerate().filter_map(|(at, cell)| Some((name(at), cell?))).collect()
        })
        .collect();
    Sheet { name, header: header.into_iter().flatten().collect(), rows }
}

/// A `#` after the last cell opens a comment.
fn without_comment(line: &str) -> &str {
    match line.rfind('#') {
        Some(at) if at + 1 < line.len() && !line[at..].contains('|') => &line[..at],
        _ => line,
    }
}

/// The cells between the first and the last bar; `\|` is a bar inside a cell. Rulers are skipped.
fn cells(line: &str) -> Option<Vec<Option<String>>> {
    let line = line.trim_start().strip_prefix('|')?;
    let inside = &line[..line.rfind('|')?];
    if !inside.is_empty() && inside.chars().all(|c| c == '|' || c == '-') {
        return None;
    }
    let mut cells = Vec::new();
    let mut cell = String::new();
    let mut before = ' ';
    for c in inside.chars() {
        if c == '|' && before != '\\' {
            cells.push(std::mem::take(&mut cell));
        } else {
            cell.push(c);
        }
        before = c;
    }
    cells.push(cell);
    let trimmed = cells.into_iter().map(|cell| {
        let cell = cell.trim();
        (!cell.is_empty()).then(|| cell.replace("\\|", "|"))
    });
    Some(trimmed.collect())
}
