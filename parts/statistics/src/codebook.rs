//! What the columns mean: a label for each, the words for its codes, and which codes stand for no answer. It comes with the file or
//! beside it; one that comes beside it and disagrees with the data is refused with the row at which it does.

use std::collections::BTreeMap;

use survey::{Groups, NO_GROUP};

use crate::problem::{NAMED_ROWS, Problem, short};
use crate::sheet::{Bounds, Column, Sheet, read};

/// By variable, what is known of it. Columns that it does not name are taken as they are.
#[derive(Clone, Debug, Default)]
pub struct Codebook(BTreeMap<String, Entry>);

/// What is known of one column.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    pub label: String,
    /// Codes with their words, in their order.
    pub values: Vec<(String, String)>,
    /// Codes that stand for no answer; `97..99` is every number between, `90..` all from there on.
    pub missing: Vec<String>,
    /// Whether other values than the named ones may occur: most files name only some.
    pub others: bool,
}

/// Among the values of a codebook: others may occur.
const OTHERS: &str = "...";

impl Entry {
    fn names_missing(&self, text: &str) -> bool {
        self.missing.iter().any(|code| code == text || within(code, text))
    }
}

/// Whether a range of numbers, `97..99`, holds the number that a text is.
fn within(range: &str, text: &str) -> bool {
    let Some((low, high)) = range.split_once("..") else { return false };
    let Ok(number) = text.parse::<f64>() else { return false };
    let bound = |text: &str, open: f64| match text.trim() {
        "" => Some(open),
        text => text.parse().ok(),
    };
    let (low, high) = (bound(low, f64::NEG_INFINITY), bound(high, f64::INFINITY));
    low.zip(high).is_some_and(|(low, high)| low <= number && number <= high)
}

/// What stands for no answer in a file without a codebook.
const MISSING: [&str; 5] = ["", "NA", "N/A", ".", "-"];

impl Codebook {
    /// Reads `variable,label,values,missing`: values as `1=yes|0=no`, missing as `8|9` or `97..99`; the last two may be left out, and
    /// a backslash before `|` or `=` makes it a letter. What the data say of themselves holds where this says nothing.
    pub fn read(place: &str, bytes: &[u8], data: &Sheet) -> Result<Codebook, Vec<Problem>> {
        let sheet = read(place, bytes, &Bounds::PAGE)?;
        let variable = sheet.column("variable").map_err(|problem| vec![problem])?;
        let optional = |name: &str| sheet.columns.iter().find(|column| column.name == name);
        let (label, values, missing) = (optional("label"), optional("values"), optional("missing"));
        let mut problems = Vec::new();
        let mut entries: BTreeMap<String, Entry> = BTreeMap::new();
        for row in 0..sheet.rows.len() {
            let name = variable.text(row);
            let here = |key| Problem::of(name, key).at(sheet.rows[row] as usize);
            let Ok(column) = data.column(name) else {
                problems.push(here("codebook-no-column"));
                continue;
            };
            let parts = |column: Option<&Column>| -> Vec<String> {
                let text = column.map_or("", |column| column.text(row));
                let parts = split(text, '|').into_iter().map(|part| part.trim().to_owned());
                parts.filter(|part| !part.is_empty()).collect()
            };
            let mut entry = Entry {
                label: label.map_or("", |column| column.text(row)).to_owned(),
                missing: parts(missing).iter().map(|part| plain(part)).collect(),
                ..Entry::default()
            };
            for value in parts(values) {
                match split(&value, '=').as_slice() {
                    [only] if only == OTHERS => entry.others = true,
                    [_] | [] => {
                        problems.push(here("codebook-value-form").with("value", short(&value)))
                    }
                    [code, words @ ..] => {
                        let words = plain(words.join("=").trim());
                        entry.values.push((plain(code.trim()), words));
                    }
                }
            }
            strangers(column, &entry, data, &mut problems);
            if entries.insert(name.to_owned(), entry).is_some() {
                problems.push(here("codebook-twice"));
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        for (name, own) in &data.own.0 {
            entries.entry(name.clone()).or_insert_with(|| own.clone());
        }
        Ok(Codebook(entries))
    }

    /// As [`Codebook::read`] reads it, with a line for every column, so that what is missing can be filled in.
    pub fn csv(&self, data: &Sheet) -> String {
        let mut out = csv::Writer::from_writer(Vec::new());
        // Writing to memory cannot fail.
        let _ = out.write_record(["variable", "label", "values", "missing"]);
        for column in &data.columns {
            let entry = self.0.get(&column.name).cloned().unwrap_or_default();
            let mut values: Vec<String> = entry
                .values
                .iter()
                .map(|(code, words)| format!("{}={}", escaped(code), escaped(words)))
                .collect();
            if entry.others && !values.is_empty() {
                values.push(OTHERS.into());
            }
            let missing: Vec<String> = entry.missing.iter().map(|code| escaped(code)).collect();
            let _ = out.write_record([
                &column.name,
                &entry.label,
                &values.join("|"),
                &missing.join("|"),
            ]);
        }
        String::from_utf8(out.into_inner().unwrap_or_default()).unwrap_or_default()
    }

    pub fn set(&mut self, column: &str, entry: Entry) {
        self.0.insert(column.into(), entry);
    }

    pub fn entry(&self, column: &str) -> Option<&Entry> {
        self.0.get(column)
    }

    /// Every label and every word.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.0.values().flat_map(|entry| {
            let words = entry.values.iter().map(|(_, words)| words.as_str());
            words.chain([entry.label.as_str()])
        })
    }

    /// What a column is called in a table.
    pub fn label<'a>(&'a self, column: &'a str) -> &'a str {
        match self.0.get(column) {
            Some(entry) if !entry.label.is_empty() => &entry.label,
            _ => column,
        }
    }

    pub fn is_missing(&self, column: &str, text: &str) -> bool {
        let own = self.0.get(column).is_some_and(|entry| entry.names_missing(text));
        let named = self
            .0
            .get(column)
            .is_some_and(|entry| entry.values.iter().any(|(code, _)| code == text));
        own || !named && MISSING.contains(&text)
    }

    /// The words for a code, or the code.
    pub fn words<'a>(&'a self, column: &str, text: &'a str) -> &'a str {
        let known = self.0.get(column).and_then(|entry| {
            entry.values.iter().find(|(code, _)| code == text).map(|(_, words)| words.as_str())
        });
        known.unwrap_or(text)
    }

    /// A column as groups: in the order of the codebook, else as numbers or letters run.
    pub fn groups(&self, column: &Column) -> Groups {
        let named: Vec<Option<&str>> = column
            .texts
            .iter()
            .map(|text| {
                (!self.is_missing(&column.name, text)).then(|| self.words(&column.name, text))
            })
            .collect();
        let plain = Groups::from_text(named.iter().map(|name| name.unwrap_or("")));
        let mut names = plain.names().to_vec();
        if let Some(entry) = self.0.get(&column.name) {
            let place = |name: &String| entry.values.iter().position(|(_, words)| words == name);
            names.sort_by_key(|name| place(name).unwrap_or(usize::MAX));
        }
        let code_of_text: Vec<u32> = named
            .iter()
            .map(|name| {
                let at = name.and_then(|name| names.iter().position(|known| known == name));
                at.map_or(NO_GROUP, |at| at as u32)
            })
            .collect();
        let codes = column.codes.iter().map(|&code| code_of_text[code as usize]).collect();
        Groups::from_codes(codes, names).expect("every name was listed")
    }

    /// A column as numbers, NaN where there is no answer. Texts are problems, with their rows.
    pub fn numbers(&self, column: &Column, rows: &[u32]) -> Result<Vec<f64>, Vec<Problem>> {
        let read: Vec<Result<f64, ()>> = column
            .texts
            .iter()
            .map(|text| match text.parse::<f64>() {
                _ if self.is_missing(&column.name, text) => Ok(f64::NAN),
                Ok(number) if number.is_finite() => Ok(number),
                _ => Err(()),
            })
            .collect();
        let wrong = |code: &u32| read[*code as usize].is_err();
        let problems = name_rows(column, rows, wrong, |text| {
            let comma = text.contains(',') && text.replace(',', ".").parse::<f64>().is_ok();
            let key = if comma { "decimal-comma" } else { "not-a-number" };
            Problem::of(&column.name, key).with("value", short(text))
        });
        if !problems.is_empty() {
            return Err(problems);
        }
        Ok(column.codes.iter().map(|&code| read[code as usize].unwrap_or(f64::NAN)).collect())
    }
}

/// Apart at a mark, save where a backslash stands before it; backslashes stay for the next reader.
fn split(text: &str, mark: char) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut is_letter = false;
    for letter in text.chars() {
        if letter == mark && !is_letter {
            parts.push(String::new());
            continue;
        }
        is_letter = letter == '\\' && !is_letter;
        parts.last_mut().expect("there is always one").push(letter);
    }
    parts
}

/// Without the backslashes that made letters of marks.
fn plain(text: &str) -> String {
    let mut out = String::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match (letter, letters.peek()) {
            ('\\', Some('|' | '=' | '\\')) => out.extend(letters.next()),
            _ => out.push(letter),
        }
    }
    out
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars() {
        if matches!(letter, '|' | '=' | '\\') {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

/// Values that the codebook does not know.
fn strangers(column: &Column, entry: &Entry, data: &Sheet, problems: &mut Vec<Problem>) {
    if entry.values.is_empty() || entry.others {
        return;
    }
    let known = |text: &str| {
        MISSING.contains(&text)
            || entry.names_missing(text)
            || entry.values.iter().any(|(code, _)| code == text)
    };
    let codes: Vec<&str> = entry.values.iter().map(|(code, _)| code.as_str()).collect();
    let wrong = |code: &u32| !known(&column.texts[*code as usize]);
    problems.extend(name_rows(column, &data.rows, wrong, |text| {
        let problem = Problem::of(&column.name, "codebook-stranger");
        problem.with("value", short(text)).with("known", short(&codes.join(", ")))
    }));
}

/// Names the first rows that are wrong, then how many more there are.
pub fn name_rows(
    column: &Column,
    rows: &[u32],
    wrong: impl Fn(&u32) -> bool,
    problem: impl Fn(&str) -> Problem,
) -> Vec<Problem> {
    let found: Vec<usize> =
        (0..column.codes.len()).filter(|&row| wrong(&column.codes[row])).collect();
    let named = found.iter().take(NAMED_ROWS);
    let mut problems: Vec<Problem> =
        named.map(|&row| problem(column.text(row)).at(rows[row] as usize)).collect();
    if found.len() > NAMED_ROWS {
        let more = found.len() - NAMED_ROWS;
        problems.push(Problem::of(&column.name, "more-rows").with("count", more));
    }
    problems
}
