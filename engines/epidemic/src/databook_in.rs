//! The databook as it comes back: cells become one file's text, which is read as every country file is, so that one set of rules holds.
//! A problem of the text's line becomes one of the sheet's row; nothing is guessed, and nothing taken until all is right.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{DataRef, Reader, Xlsx};

use super::file::{EFFECT, Written, quoted, row};
use super::{COLUMNS, PRISON_COLUMNS, SHEETS, TARGET_COLUMNS, sheet_of};
use crate::country::Country;
use crate::door::nearest;
use crate::effects::Effects;
use crate::parameters::{SPECS, index_of};

/// Cells beyond these are left unread: a databook has some 150 rows.
const MOST_ROWS: u32 = 5_000;
const MOST_COLUMNS: u32 = 100;
/// All parts of the archive unfolded. A databook unfolds to some 300 kB.
const MOST_UNFOLDED: u64 = 64 << 20;

/// Something to correct in a workbook, and where.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct CellProblem {
    /// Empty where the workbook itself is meant.
    pub sheet: String,
    /// From 1, as the spreadsheet program counts; 0 where no row can be named.
    pub row: u32,
    /// The heading of the column, if one is meant.
    pub column: String,
    pub message: String,
}

impl std::fmt::Display for CellProblem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if !self.sheet.is_empty() {
            write!(f, "{}", self.sheet)?;
            if self.row > 0 {
                write!(f, ", row {}", self.row)?;
            }
            if !self.column.is_empty() {
                write!(f, ", {}", self.column)?;
            }
            write!(f, ": ")?;
        }
        write!(f, "{}", self.message)
    }
}

/// What was read.
#[derive(Debug, Clone)]
pub struct Databook {
    /// The file that the workbook stands for, complete; empty if it is no databook.
    pub text: String,
    /// None while there are problems.
    pub country: Option<Country>,
    pub problems: Vec<CellProblem>,
    /// What was taken and should be known: numbers that are results of formulas.
    pub remarks: Vec<CellProblem>,
}

/// Reads a workbook that [`super::write`] made and somebody filled in.
pub fn read(bytes: &[u8], effects: &Effects) -> Databook {
    let mut reading = Reading::new(effects);
    match reading.cells(bytes) {
        Ok(sheets) => reading.databook(&sheets),
        Err(message) => {
            reading.problem("", 0, "", message);
            reading.done(String::new(), None)
        }
    }
}

/// A cell with what it holds.
#[derive(Debug, Clone)]
enum Cell {
    Number(f64),
    Text(String),
    /// An error value, a date, a truth: named.
    Other(String),
}

/// The rows of a sheet below its headings, each by the headings.
struct Table {
    rows: Vec<(u32, BTreeMap<String, Cell>)>,
}

struct Reading<'a> {
    effects: &'a Effects,
    problems: Vec<CellProblem>,
    remarks: Vec<CellProblem>,
    lines: Vec<String>,
    /// For each line of the text the sheet and row it came from.
    from: Vec<(&'static str, u32)>,
    /// Numbers whose row was refused: that they are missing then need not be said as well.
    refused: Vec<&'static str>,
}

impl<'a> Reading<'a> {
    fn new(effects: &'a Effects) -> Reading<'a> {
        Reading {
            effects,
            problems: Vec::new(),
            remarks: Vec::new(),
            lines: Vec::new(),
            from: Vec::new(),
            refused: Vec::new(),
        }
    }

    fn problem(&mut self, sheet: &str, row: u32, column: &str, message: String) {
        self.problems.push(CellProblem {
            sheet: sheet.into(),
            row,
            column: column.into(),
            message,
        });
    }

    fn line(&mut self, text: String, sheet: &'static str, row: u32) {
        self.lines.push(text);
        self.from.push((sheet, row));
    }

    /// All sheets that a databook has, as tables.
    fn cells(&mut self, bytes: &[u8]) -> Result<BTreeMap<&'static str, Table>, String> {
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

    fn databook(mut self, tables: &BTreeMap<&'static str, Table>) -> Databook {
        // A sheet that is missing makes all its numbers missing; once said is enough.
        if !self.problems.is_empty() {
            return self.done(String::new(), None);
        }
        let none = Table { rows: Vec::new() };
        let table = |name: &str| tables.get(name).unwrap_or(&none);
        self.head(table("country"));
        self.line("[sources]".into(), "sources", 0);
        for (at, cells) in &table("sources").rows {
            let (id, citation) = (
                self.text("sources", *at, cells, "id"),
                self.text("sources", *at, cells, "citation"),
            );
            match (id.is_empty(), citation.is_empty()) {
                (true, true) => {}
                (false, _) => {
                    self.line(format!("{} = {}", quoted(&id), quoted(&citation)), "sources", *at)
                }
                (true, false) => {
                    self.problem("sources", *at, "id", "a citation without a short name".into())
                }
            }
        }
        for (at, cells) in &table("prisons").rows {
            self.prison(*at, cells);
        }
        self.line("[parameters]".into(), "people", 0);
        let mut seen: BTreeMap<&'static str, (&'static str, u32)> = BTreeMap::new();
        for sheet in &SHEETS {
            for (at, cells) in &table(sheet.name).rows {
                self.number(sheet.name, *at, cells, &mut seen);
            }
        }
        for (at, cells) in &table("targets").rows {
            self.target(*at, cells);
        }
        let text = self.lines.join("\n") + "\n";
        let find = |name: &str| (name == "databook").then(|| text.clone());
        let (country, problems) = Country::read("databook", &find, self.effects);
        for problem in problems {
            let missing = problem.message.split_once(" is missing (").map(|(name, _)| name);
            if missing.is_some_and(|name| self.refused.contains(&name)) {
                continue;
            }
            let (sheet, at) = match problem.line.checked_sub(1).and_then(|at| self.from.get(at)) {
                Some(&(sheet, at)) => (sheet, at),
                // A missing number is looked for where it should stand.
                None => match missing {
                    Some(name) if index_of(name).is_some() => (sheet_of(name), 0),
                    _ => ("", 0),
                },
            };
            self.problem(sheet, at, "", problem.message);
        }
        let country = country.filter(|_| self.problems.is_empty());
        self.done(text, country)
    }

    fn done(mut self, text: String, country: Option<Country>) -> Databook {
        self.problems.sort();
        self.problems.dedup();
        Databook { text, country, problems: self.problems, remarks: self.remarks }
    }

    fn head(&mut self, table: &Table) {
        self.line("[country]".into(), "country", 0);
        for (at, cells) in &table.rows {
            let id = self.text("country", *at, cells, "id");
            match id.as_str() {
                "code" | "name" | "currency" => {
                    let value = self.text("country", *at, cells, "value");
                    self.line(format!("{id} = {}", quoted(&value)), "country", *at);
                }
                "start" => {
                    // A year that was refused is said once; some year lets the rest be read.
                    let year = self.year("country", *at, cells, "value");
                    let found = year.is_some() || cells.contains_key("value");
                    if found {
                        let line = format!("start = {}", year.unwrap_or(1950));
                        self.line(line, "country", *at);
                    }
                }
                "" => {}
                _ => self.problem(
                    "country",
                    *at,
                    "id",
                    format!("{id:?} is not known here; code, name, currency and start are"),
                ),
            }
        }
    }

    fn prison(&mut self, at: u32, cells: &BTreeMap<String, Cell>) {
        if cells.is_empty() {
            return;
        }
        self.line("[[prison]]".into(), "prisons", at);
        for column in ["name", "kind"] {
            let text = self.text("prisons", at, cells, column);
            if !text.is_empty() {
                self.line(format!("{column} = {}", quoted(&text)), "prisons", at);
            }
        }
        for column in ["capacity", "oat", "needles", "hiv_care", "hcv_care"] {
            if let Some(number) = self.numeral("prisons", at, cells, column) {
                self.line(format!("{column} = {number:?}"), "prisons", at);
            }
        }
    }

    fn number(
        &mut self,
        sheet: &'static str,
        at: u32,
        cells: &BTreeMap<String, Cell>,
        seen: &mut BTreeMap<&'static str, (&'static str, u32)>,
    ) {
        let id = self.text(sheet, at, cells, "id");
        if id.is_empty() {
            if ["value", "low", "high"].iter().any(|c| cells.contains_key(*c)) {
                self.problem(sheet, at, "id", "a number without the id by which its row is known; copy the id from a fresh databook".into());
            }
            return;
        }
        let Some(index) = index_of(&id) else {
            let message =
                format!("there is no number {id:?}; the nearest name is {:?}", nearest(&id));
            self.problem(sheet, at, "id", message);
            return;
        };
        let spec = &SPECS[index];
        if let Some((other, row)) = seen.insert(spec.name, (sheet, at)) {
            self.problem(
                sheet,
                at,
                "id",
                format!("{id} stands on {other}, row {row}, as well; delete one of the two"),
            );
            return;
        }
        let before = self.problems.len();
        self.refused.push(spec.name);
        let mut written = Written {
            value: self.numeral(sheet, at, cells, "value"),
            low: self.numeral(sheet, at, cells, "low"),
            high: self.numeral(sheet, at, cells, "high"),
            unit: self.text(sheet, at, cells, "unit"),
            source: self.text(sheet, at, cells, "source"),
            year: self.year(sheet, at, cells, "year").map(f64::from),
            note: self.text(sheet, at, cells, "note"),
            locator: self.text(sheet, at, cells, "where in the source"),
            distribution: self.text(sheet, at, cells, "distribution"),
            carried_over: self.yes(sheet, at, cells, "carried over"),
            unchecked: self.yes(sheet, at, cells, "unchecked"),
            inverse: false,
        };
        if self.problems.len() > before {
            return;
        }
        if let Some(id) = written.effect().map(String::from) {
            let Some(effect) = self.effects.get(&id) else {
                self.problem(
                    sheet,
                    at,
                    "source",
                    format!("the table of effects has no row {id:?}; write the name of a source"),
                );
                return;
            };
            let straight = (effect.estimate, effect.low, effect.high);
            let turned = (1.0 / effect.estimate, 1.0 / effect.high, 1.0 / effect.low);
            let is = |(value, low, high): (f64, f64, f64)| {
                written.value == Some(value)
                    && written.low == Some(low)
                    && written.high == Some(high)
            };
            if !is(straight) && !is(turned) {
                self.problem(
                    sheet,
                    at,
                    "source",
                    format!("the number was changed, and is no longer that of {EFFECT}{id}; write the source of the new number, or “assumed”"),
                );
                return;
            }
            written.inverse = !is(straight);
        }
        self.refused.pop();
        self.line(row(spec, &written), sheet, at);
    }

    fn target(&mut self, at: u32, cells: &BTreeMap<String, Cell>) {
        if !["value", "low", "high", "year", "id"].iter().any(|c| cells.contains_key(*c)) {
            return;
        }
        self.line("[[target]]".into(), "targets", at);
        let measure = self.text("targets", at, cells, "id");
        if !measure.is_empty() {
            self.line(format!("measure = {}", quoted(&measure)), "targets", at);
        }
        if let Some(year) = self.year("targets", at, cells, "year") {
            self.line(format!("year = {year}"), "targets", at);
        }
        for column in ["value", "low", "high"] {
            if let Some(number) = self.numeral("targets", at, cells, column) {
                self.line(format!("{column} = {number:?}"), "targets", at);
            }
        }
        for column in ["source", "note"] {
            let text = self.text("targets", at, cells, column);
            if !text.is_empty() {
                self.line(format!("{column} = {}", quoted(&text)), "targets", at);
            }
        }
    }

    /// The text of a cell, without spaces at its ends; a number as it is written.
    fn text(
        &mut self,
        sheet: &str,
        at: u32,
        cells: &BTreeMap<String, Cell>,
        column: &str,
    ) -> String {
        match cells.get(column) {
            None => String::new(),
            Some(Cell::Text(text)) => text.trim().to_string(),
            Some(Cell::Number(number)) => number.to_string(),
            Some(Cell::Other(what)) => {
                self.problem(sheet, at, column, format!("the cell holds {what}, expected text"));
                String::new()
            }
        }
    }

    fn numeral(
        &mut self,
        sheet: &str,
        at: u32,
        cells: &BTreeMap<String, Cell>,
        column: &str,
    ) -> Option<f64> {
        let message = match cells.get(column)? {
            Cell::Number(number) => return Some(*number),
            Cell::Text(text) if text.trim().is_empty() => return None,
            Cell::Text(text) => {
                let text = text.trim();
                let plain: String = text
                    .chars()
                    .filter(|c| !c.is_whitespace() && *c != '%')
                    .map(|c| if c == ',' { '.' } else { c })
                    .collect();
                let meant = match plain.parse::<f64>() {
                    Ok(number) if text.ends_with('%') => {
                        format!("; is {number} % meant? Type {number}%")
                    }
                    Ok(number) => format!("; is {number} meant? Type it as a number"),
                    Err(_) => String::new(),
                };
                format!("the cell holds the text {text:?}, expected a number{meant}")
            }
            Cell::Other(what) => format!("the cell holds {what}, expected a number"),
        };
        self.problem(sheet, at, column, message);
        None
    }

    fn year(
        &mut self,
        sheet: &str,
        at: u32,
        cells: &BTreeMap<String, Cell>,
        column: &str,
    ) -> Option<i32> {
        let number = self.numeral(sheet, at, cells, column)?;
        if number.fract() == 0.0 && (1800.0..=2200.0).contains(&number) {
            return Some(number as i32);
        }
        self.problem(sheet, at, column, format!("{number} is no year"));
        None
    }

    fn yes(&mut self, sheet: &str, at: u32, cells: &BTreeMap<String, Cell>, column: &str) -> bool {
        let text = self.text(sheet, at, cells, column).to_lowercase();
        match text.as_str() {
            "yes" => true,
            "" | "no" => false,
            _ => {
                self.problem(sheet, at, column, format!("{text:?}: write yes, or leave it empty"));
                false
            }
        }
    }
}

fn held(value: &DataRef) -> Option<Cell> {
    Some(match value {
        DataRef::Int(number) => Cell::Number(*number as f64),
        DataRef::Float(number) if number.is_finite() => Cell::Number(*number),
        DataRef::Float(number) => Cell::Other(format!("{number}")),
        DataRef::String(text) if text.is_empty() => return None,
        DataRef::SharedString(text) if text.is_empty() => return None,
        DataRef::String(text) => Cell::Text(text.clone()),
        DataRef::SharedString(text) => Cell::Text((*text).to_string()),
        DataRef::Bool(truth) => Cell::Other(format!("{}", truth.to_string().to_uppercase())),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_toml_come_back() {
        for text in ["a \"b\" \\ c", "one\ntwo\tthree", "é – ≥ 𝄞", ""] {
            let line = format!("x = {}", quoted(text));
            let table: toml::Table = line.parse().unwrap();
            assert_eq!(table["x"].as_str(), Some(text));
        }
    }
}
