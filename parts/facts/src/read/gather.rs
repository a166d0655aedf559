//! Where readers put what they find. Every figure passes here, so what no figure may be (below
//! zero, above 100 %, a year 1013, an interval turned round) is refused in one place.

use std::collections::BTreeMap;

use super::table::Row;
use super::{Kind, MAX_FACTS, MAX_PROBLEMS, NewSource, Problem, ReadError, Reading, Severity};
use crate::fact::{Fact, Reason};
use crate::indicator::{Unit, indicators};
use crate::place::{Named, Place, places};

/// Before this year no publisher here counts anything.
const FIRST_YEAR: i32 = 1950;
/// Texts by which publishers say that there is no figure.
const MISSING: [&str; 14] =
    ["", ":", "-", "–", "..", "...", "…", "na", "n/a", "nap", "n.a.", "none", "nan", "null"];

pub(super) struct Gather {
    pub kind: Kind,
    name: String,
    pub this_year: i32,
    pub rows_read: u64,
    facts: Vec<Found>,
    problems: Vec<Problem>,
    refused: u64,
    flagged: u64,
    skipped: BTreeMap<String, u64>,
    sources: BTreeMap<String, NewSource>,
    /// The place of the row before: tables go country by country.
    last_place: Option<(String, &'static Place)>,
}

struct Found {
    fact: Fact,
    sheet: String,
    row: u64,
}

impl Gather {
    pub fn new(kind: Kind, name: &str, this_year: i32) -> Gather {
        Gather {
            kind,
            name: name.into(),
            this_year,
            rows_read: 0,
            facts: Vec::new(),
            problems: Vec::new(),
            refused: 0,
            flagged: 0,
            skipped: BTreeMap::new(),
            sources: BTreeMap::new(),
            last_place: None,
        }
    }

    /// A figure that is none of the programme's.
    pub fn skip(&mut self, reason: &str) {
        match self.skipped.get_mut(reason) {
            Some(count) => *count += 1,
            None => drop(self.skipped.insert(reason.into(), 1)),
        }
    }

    pub fn refused(&mut self, row: &Row<'_>, column: &str, value: &str, message: &str) {
        self.problem(row.sheet, row.number, column, value, message, Severity::Refused);
    }

    pub fn flagged(&mut self, row: &Row<'_>, column: &str, value: &str, message: &str) {
        self.problem(row.sheet, row.number, column, value, message, Severity::Flagged);
    }

    pub fn whole_file(&mut self, sheet: &str, message: &str) {
        self.problem(sheet, 0, "", "", message, Severity::Flagged);
    }

    fn problem(
        &mut self,
        sheet: &str,
        row: u64,
        column: &str,
        value: &str,
        message: &str,
        severity: Severity,
    ) {
        match severity {
            Severity::Refused => self.refused += 1,
            Severity::Flagged => self.flagged += 1,
        }
        if self.problems.len() < MAX_PROBLEMS {
            self.problems.push(Problem {
                sheet: sheet.into(),
                row,
                column: column.trim().into(),
                value: value.trim().chars().take(200).collect(),
                message: message.into(),
                severity,
            });
        }
    }

    /// The place by name. Groups of countries are skipped; an unknown name is refused with those
    /// that come near.
    pub fn place(&mut self, row: &Row<'_>, column: &str, name: &str) -> Option<&'static Place> {
        if let Some((last, place)) = &self.last_place
            && last == name
        {
            return Some(place);
        }
        match places().look_up(name) {
            Named::Place(place) => {
                self.last_place = Some((name.into(), place));
                return Some(place);
            }
            Named::Aggregate => self.skip("the world or a group of countries"),
            Named::Unknown => {
                // Looking for what comes near is slow; beyond the problems kept nobody reads it.
                let kept = self.problems.len() < MAX_PROBLEMS;
                let near = if kept { places().near(name) } else { Vec::new() };
                let hint = match near.as_slice() {
                    [] => "use its ISO code".to_string(),
                    near => format!("nearest: {}", near.join(", ")),
                };
                let message = format!("“{name}” is no country or territory known here; {hint}");
                self.refused(row, column, name, &message);
            }
        }
        None
    }

    /// A year, or the year of a date `2020-01-31`.
    pub fn year(&mut self, row: &Row<'_>, column: &str, text: &str) -> Option<i32> {
        let digits = text.strip_suffix(".0").unwrap_or(text);
        let year = digits.get(..4).filter(|_| digits.len() == 4 || digits.len() == 10);
        let year: Option<i32> = year.and_then(|y| y.parse().ok());
        let last = self.this_year;
        match year {
            Some(year) if (FIRST_YEAR..=last).contains(&year) => return Some(year),
            Some(year) => self.refused(
                row,
                column,
                text,
                &format!("the year {year} cannot be: expected {FIRST_YEAR} to {last}"),
            ),
            None => self.refused(row, column, text, &format!("“{text}” is no year")),
        }
        None
    }

    /// A number with a decimal point. Nothing for the texts that say so; those are skipped.
    pub fn number(&mut self, row: &Row<'_>, column: &str, text: &str) -> Option<f64> {
        if is_missing(text) {
            self.skip("no value given");
            return None;
        }
        match text.parse::<f64>() {
            Ok(value) if value.is_finite() => Some(value),
            _ => {
                self.refused(row, column, text, &format!("“{text}” is no number"));
                None
            }
        }
    }

    /// A source record; the first with an id stays.
    pub fn source(&mut self, source: NewSource) {
        self.sources.entry(source.id.clone()).or_insert(source);
    }

    /// Takes a figure, if it can be one. `column` is where its value stands.
    pub fn fact(&mut self, row: &Row<'_>, column: &str, fact: Fact) -> Result<(), ReadError> {
        let Some(indicator) = indicators().get(&fact.indicator) else {
            let message = format!("“{}” is no indicator known here", fact.indicator);
            self.refused(row, column, &fact.indicator.clone(), &message);
            return Ok(());
        };
        let value = crate::fact::number(fact.value);
        if let Some(message) = impossible(&fact, indicator.unit) {
            self.refused(row, column, &value, &message);
            return Ok(());
        }
        let mut fact = fact;
        if indicator.unit.is_count() && fact.value.fract() != 0.0 {
            fact.mark(Reason::new("not-whole").with("value", format!("{:.1}", fact.value)));
        }
        if self.facts.len() >= MAX_FACTS {
            return Err(ReadError::TooManyFacts { name: self.name.clone() });
        }
        self.facts.push(Found { fact, sheet: row.sheet.into(), row: row.number });
        Ok(())
    }

    /// Gives a bound to the fact that has none yet, and says whether there was one.
    pub fn bound(&mut self, of: &Fact, low: Option<f64>, high: Option<f64>) -> bool {
        let Some(found) = self.facts.iter_mut().find(|f| f.fact.key() == of.key()) else {
            return false;
        };
        let (low, high) = (low.or(found.fact.low), high.or(found.fact.high));
        let value = found.fact.value;
        let fits = low.is_none_or(|l| l <= value) && high.is_none_or(|h| value <= h);
        if fits {
            (found.fact.low, found.fact.high) = (low, high);
        }
        fits
    }

    /// Sorts, and settles figures given twice: alike they are one, unlike neither is taken.
    pub fn finish(mut self) -> Reading {
        let mut found = std::mem::take(&mut self.facts);
        found.sort_by(|a, b| a.fact.key().cmp(&b.fact.key()));
        let mut facts = Vec::with_capacity(found.len());
        for alike in found.chunk_by(|a, b| a.fact.key() == b.fact.key()) {
            let first = &alike[0];
            match alike.iter().find(|f| f.fact.value != first.fact.value) {
                None => facts.push(first.fact.clone()),
                Some(other) => {
                    let value = |f: &Found| crate::fact::number(f.fact.value);
                    let message = format!(
                        "rows {} and {} give {} and {} for the same figure ({}, {}, {}, {}); \
                         neither is used",
                        first.row,
                        other.row,
                        value(first),
                        value(other),
                        first.fact.place,
                        first.fact.indicator,
                        first.fact.period,
                        first.fact.group,
                    );
                    let (sheet, row) = (other.sheet.clone(), other.row);
                    self.problem(&sheet, row, "", &value(other), &message, Severity::Refused);
                }
            }
        }
        self.problems.sort_by(|a, b| (&a.sheet, a.row).cmp(&(&b.sheet, b.row)));
        let used = |id: &String| facts.iter().any(|f| &f.source == id);
        let sources = self.sources.into_values().filter(|s| used(&s.id)).collect();
        Reading {
            kind: self.kind,
            rows_read: self.rows_read,
            facts,
            problems: self.problems,
            refused: self.refused,
            flagged: self.flagged,
            skipped: self.skipped.into_iter().collect(),
            sources,
        }
    }
}

/// Whether a text says that there is no figure.
pub(super) fn is_missing(text: &str) -> bool {
    MISSING.contains(&text.trim().to_lowercase().as_str())
}

/// Why a figure cannot be, if it cannot.
fn impossible(fact: &Fact, unit: Unit) -> Option<String> {
    let all = [Some(fact.value), fact.low, fact.high];
    let shown = crate::fact::number;
    for value in all.into_iter().flatten() {
        if !value.is_finite() {
            return Some("the value is no finite number".into());
        }
        if value < 0.0 {
            return Some(format!("{} is below zero, which no figure here can be", shown(value)));
        }
        if unit == Unit::Percent && value > 100.0 {
            return Some(format!("{} % is above 100 %; is it a number of people?", shown(value)));
        }
        if unit == Unit::YesNo && value != 0.0 && value != 1.0 {
            return Some(format!("{} stands where 1 (yes) or 0 (no) is expected", shown(value)));
        }
    }
    let (low, high) = (fact.low.unwrap_or(fact.value), fact.high.unwrap_or(fact.value));
    if low > fact.value || fact.value > high {
        let value = shown(fact.value);
        let (low, high) = (shown(low), shown(high));
        return Some(format!("the value {value} lies outside its interval {low} to {high}"));
    }
    None
}
