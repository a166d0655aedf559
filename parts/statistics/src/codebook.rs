//! What the columns mean: a label for each, the words for its codes, and which codes stand for no answer. A codebook that disagrees
//! with the data is refused with the row at which it does.

use std::collections::BTreeMap;

use survey::{Groups, NO_GROUP};

use crate::problem::{NAMED_ROWS, Problem, short};
use crate::sheet::{Column, Sheet, read};

/// By variable, what is known of it. Columns that it does not name are taken as they are.
#[derive(Clone, Debug, Default)]
pub struct Codebook(BTreeMap<String, Entry>);

#[derive(Clone, Debug, Default)]
struct Entry {
    label: String,
    values: Vec<(String, String)>,
    missing: Vec<String>,
}

/// What stands for no answer in a file without a codebook.
const MISSING: [&str; 5] = ["", "NA", "N/A", ".", "-"];

impl Codebook {
    /// Reads `variable,label,values,missing`: values as `1=yes|0=no`, missing as `8|9`; the last two may be left out.
    pub fn read(place: &str, bytes: &[u8], data: &Sheet) -> Result<Codebook, Vec<Problem>> {
        let sheet = read(place, bytes)?;
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
                text.split('|')
                    .map(str::trim)
                    .filter(|part| !part.is_empty())
                    .map(str::to_owned)
                    .collect()
            };
            let mut entry = Entry {
                label: label.map_or("", |column| column.text(row)).to_owned(),
                missing: parts(missing),
                ..Entry::default()
            };
            for value in parts(values) {
                match value.split_once('=') {
                    Some((code, words)) => {
                        entry.values.push((code.trim().into(), words.trim().into()));
                    }
                    None => problems.push(here("codebook-value-form").with("value", short(&value))),
                }
            }
            strangers(column, &entry, data, &mut problems);
            if entries.insert(name.to_owned(), entry).is_some() {
                problems.push(here("codebook-twice"));
            }
        }
        if problems.is_empty() { Ok(Codebook(entries)) } else { Err(problems) }
    }

    /// What a column is called in a table.
    pub fn label<'a>(&'a self, column: &'a str) -> &'a str {
        match self.0.get(column) {
            Some(entry) if !entry.label.is_empty() => &entry.label,
            _ => column,
        }
    }

    pub fn is_missing(&self, column: &str, text: &str) -> bool {
        let own =
            self.0.get(column).is_some_and(|entry| entry.missing.iter().any(|code| code == text));
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

/// Values that the codebook does not know.
fn strangers(column: &Column, entry: &Entry, data: &Sheet, problems: &mut Vec<Problem>) {
    if entry.values.is_empty() {
        return;
    }
    let known = |text: &str| {
        MISSING.contains(&text)
            || entry.missing.iter().any(|code| code == text)
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
