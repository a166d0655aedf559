//! The databook as it comes back: cells become one file's text, which is read as every country file is, so that one set of rules holds.
//! A problem of the text's line becomes one of the sheet's row; nothing is guessed, and nothing taken until all is right.

use std::collections::BTreeMap;

use super::cells::{Cell, Table};
use super::file::{EFFECT, Written, quoted, row};
use super::{SHEETS, sheet_of};
use crate::country::Country;
use crate::door::nearest;
use crate::effects::Effects;
use crate::parameters::{SPECS, index_of};

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
        // A sheet that is missing makes all its numbers missing; once said is enough.
        Ok(sheets) if sheets.len() < SHEETS.len() + 4 => reading.done(String::new(), None),
        Ok(sheets) => reading.databook(&sheets),
        Err(message) => {
            reading.problem("", 0, "", message);
            reading.done(String::new(), None)
        }
    }
}

pub(super) struct Reading<'a> {
    effects: &'a Effects,
    pub(super) problems: Vec<CellProblem>,
    pub(super) remarks: Vec<CellProblem>,
    lines: Vec<String>,
    /// For each line of the text the sheet and row it came from.
    from: Vec<(&'static str, u32)>,
    /// Numbers whose row was refused: that they are missing then need not be said as well.
    left_out: Vec<&'static str>,
}

impl<'a> Reading<'a> {
    fn new(effects: &'a Effects) -> Reading<'a> {
        Reading {
            effects,
            problems: Vec::new(),
            remarks: Vec::new(),
            lines: Vec::new(),
            from: Vec::new(),
            left_out: Vec::new(),
        }
    }

    /// Of one cell only the first thing is said: a formula that failed is no number either.
    pub(super) fn problem(&mut self, sheet: &str, row: u32, column: &str, message: String) {
        let said = |p: &CellProblem| p.sheet == sheet && p.row == row && p.column == column;
        if row > 0 && !column.is_empty() && self.problems.iter().any(said) {
            return;
        }
        self.problems.push(CellProblem {
            sheet: sheet.into(),
            row,
            column: column.into(),
            message,
        });
    }

    /// Whether a cell of this row is refused: what follows from that need not be said as well.
    fn refused(&self, sheet: &str, row: u32) -> bool {
        self.problems.iter().any(|p| p.sheet == sheet && p.row == row)
    }

    fn line(&mut self, text: String, sheet: &'static str, row: u32) {
        self.lines.push(text);
        self.from.push((sheet, row));
    }

    fn databook(mut self, tables: &BTreeMap<&'static str, Table>) -> Databook {
        let none = Table { rows: Vec::new() };
        let table = |name: &str| tables.get(name).unwrap_or(&none);
        let has_currency = self.head(table("country"));
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
        let (country, mut problems) = Country::read("databook", &find, self.effects);
        if !has_currency {
            // No cost has a unit then: said once, with the currency.
            problems.clear();
        }
        for problem in problems {
            let missing = problem.message.split_once(" is missing (").map(|(name, _)| name);
            if missing.is_some_and(|name| self.left_out.contains(&name)) {
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
            self.problem(sheet, at, "", in_a_workbook(problem.message));
        }
        let country = country.filter(|_| self.problems.is_empty());
        self.done(text, country)
    }

    fn done(mut self, text: String, country: Option<Country>) -> Databook {
        self.problems.sort();
        self.problems.dedup();
        Databook { text, country, problems: self.problems, remarks: self.remarks }
    }

    /// Writes the head; what is refused stands as something harmless, so that the rest can be read.
    /// False without a currency, for which nothing can stand.
    fn head(&mut self, table: &Table) -> bool {
        const HARMLESS: [(&str, &str); 4] =
            [("code", "\"-\""), ("name", "\"-\""), ("currency", "\"-\""), ("start", "1950")];
        self.line("[country]".into(), "country", 0);
        let mut found: BTreeMap<&'static str, (Option<String>, u32)> = BTreeMap::new();
        for (at, cells) in &table.rows {
            let id = self.text("country", *at, cells, "id");
            let Some((key, _)) = HARMLESS.iter().find(|(key, _)| *key == id) else {
                if !id.is_empty() {
                    let known = "code, name, currency and start are";
                    let message = format!("{id:?} is not known here; {known}");
                    self.problem("country", *at, "id", message);
                }
                continue;
            };
            let value = match *key {
                "start" => self.year("country", *at, cells, "value").map(|year| year.to_string()),
                _ => Some(self.text("country", *at, cells, "value"))
                    .filter(|text| !text.is_empty())
                    .map(|text| quoted(&text)),
            };
            if value.is_none() {
                self.problem("country", *at, "value", format!("{id} is empty"));
            }
            if let Some((_, row)) = found.insert(key, (value, *at)) {
                let message = format!("{id} stands in row {row} as well; delete one of the two");
                self.problem("country", *at, "id", message);
            }
        }
        for (key, harmless) in HARMLESS {
            let (value, at) = found.get(key).cloned().unwrap_or_else(|| {
                let message = format!("no row has the id {key}; copy it from a fresh databook");
                self.problem("country", 0, "", message);
                (None, 0)
            });
            let value = value.unwrap_or_else(|| harmless.into());
            self.line(format!("{key} = {value}"), "country", at);
        }
        found.get("currency").is_some_and(|(value, _)| value.is_some())
    }

    fn prison(&mut self, at: u32, cells: &BTreeMap<String, Cell>) {
        if cells.is_empty() {
            return;
        }
        let mut lines = vec!["[[prison]]".to_string()];
        self.texts(&mut lines, "prisons", at, cells, &["name", "kind"]);
        let numbers = ["capacity", "oat", "needles", "hiv_care", "hcv_care"];
        self.numerals(&mut lines, "prisons", at, cells, &numbers);
        self.row_of(lines, "prisons", at);
    }

    fn target(&mut self, at: u32, cells: &BTreeMap<String, Cell>) {
        if !["value", "low", "high", "year", "id"].iter().any(|c| cells.contains_key(*c)) {
            return;
        }
        let mut lines = vec!["[[target]]".to_string()];
        let measure = self.text("targets", at, cells, "id");
        if !measure.is_empty() {
            lines.push(format!("measure = {}", quoted(&measure)));
        }
        if let Some(year) = self.year("targets", at, cells, "year") {
            lines.push(format!("year = {year}"));
        }
        self.numerals(&mut lines, "targets", at, cells, &["value", "low", "high"]);
        self.texts(&mut lines, "targets", at, cells, &["source", "note"]);
        self.row_of(lines, "targets", at);
    }

    fn texts(
        &mut self,
        lines: &mut Vec<String>,
        sheet: &str,
        at: u32,
        cells: &BTreeMap<String, Cell>,
        columns: &[&str],
    ) {
        for column in columns {
            let text = self.text(sheet, at, cells, column);
            if !text.is_empty() {
                lines.push(format!("{column} = {}", quoted(&text)));
            }
        }
    }

    fn numerals(
        &mut self,
        lines: &mut Vec<String>,
        sheet: &str,
        at: u32,
        cells: &BTreeMap<String, Cell>,
        columns: &[&str],
    ) {
        for column in columns {
            if let Some(number) = self.numeral(sheet, at, cells, column) {
                lines.push(format!("{column} = {number:?}"));
            }
        }
    }

    /// All lines that a row became, or none where a cell of it was refused.
    fn row_of(&mut self, lines: Vec<String>, sheet: &'static str, at: u32) {
        if !self.refused(sheet, at) {
            for line in lines {
                self.line(line, sheet, at);
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
            // The number that is missing then is most likely this one.
            let near = nearest(&id);
            let message = format!("there is no number {id:?}; the nearest name is {near:?}");
            self.problem(sheet, at, "id", message);
            self.left_out.push(near);
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
        self.left_out.push(spec.name);
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
        if self.refused(sheet, at) {
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
        self.left_out.pop();
        self.line(row(spec, &written), sheet, at);
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

/// Where a file's words would send a person to something that a workbook does not have, a workbook's words.
fn in_a_workbook(message: String) -> String {
    match message.strip_suffix(" is not among [sources]") {
        Some(source) => {
            format!("{source} is not on the sheet “sources”; add it there with its citation")
        }
        None if message.ends_with(" proportion is outside 0 to 1") => {
            format!("{message}; 13.9 % is typed as 13.9% or as 0.139")
        }
        None => message,
    }
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
