//! A closed round of a questionnaire as interviews: what was chosen, counted and measured, with its labels as the codebook and its
//! design as an offer. Answers in words, and who answered, never enter.

use instruments::data::{Column as Asked, Data, Kind, Table};

use crate::codebook::Entry;
use crate::plan::{Described, DescribedStage};
use crate::problem::Problem;
use crate::sheet::{Column, Sheet};

/// The column that says how many were asked, where that is known.
const ASKED: &str = "_asked";

/// The table of a round. `language` is the one of the form's languages in which labels are taken; `asked` names the column of
/// how many were asked.
pub fn sheet(data: &Data, language: &str, asked: &str) -> Result<Sheet, Vec<Problem>> {
    let place = data.round.title.as_str();
    let Some(table) = data.tables.first().filter(|table| table.rows > 0) else {
        return Err(vec![Problem::of(place, "no-answers")]);
    };
    let mut sheet = Sheet { rows: (2..).take(table.rows).collect(), ..Sheet::default() };
    let mut left = Vec::new();
    for column in &table.columns {
        match column.path.is_empty() {
            true if column.key == "_country" => {
                if let Some(place) = told(&column.values) {
                    sheet.columns.push(Column { name: column.key.clone(), ..place });
                }
            }
            // The site's own columns: number, day, state, name.
            true => {}
            false if !put(&mut sheet, column, table.rows, language) => {
                left.push(column.key.as_str())
            }
            false => {}
        }
    }
    let repeats: Vec<&str> =
        data.tables[1..].iter().map(|table: &Table| table.name.as_str()).collect();
    if !left.is_empty() {
        let problem = Problem::of(place, "words-left");
        sheet.notes.push(problem.with("columns", crate::problem::short(&left.join(", "))));
    }
    if !repeats.is_empty() {
        let problem = Problem::of(place, "repeats-left");
        sheet.notes.push(problem.with("columns", crate::problem::short(&repeats.join(", "))));
    }
    if sheet.columns.is_empty() {
        return Err(vec![Problem::of(place, "only-words")]);
    }
    let mut described = Described::default();
    if let Some(count) = data.design.asked.filter(|count| *count >= table.rows) {
        let constant = Column {
            name: ASKED.into(),
            texts: vec![count.to_string()],
            codes: vec![0; table.rows],
        };
        sheet.columns.push(constant);
        sheet.own.set(ASKED, Entry { label: asked.into(), others: true, ..Entry::default() });
        let stage = DescribedStage { population: Some(ASKED.into()), ..DescribedStage::default() };
        described.stages.push(stage);
    }
    sheet.drawn = Some(described);
    Ok(sheet)
}

/// Puts a question's answers into the sheet; false where they are words.
fn put(sheet: &mut Sheet, asked: &Asked, rows: usize, language: &str) -> bool {
    let label = label(&asked.labels, language).unwrap_or(&asked.key).to_owned();
    let values = || asked.values.iter().map(|value| value.as_deref().unwrap_or(""));
    let entry = Entry { label: label.clone(), others: true, ..Entry::default() };
    match asked.kind {
        Kind::Text => return false,
        Kind::Other if values().any(|value| !value.is_empty() && value.parse::<f64>().is_err()) => {
            return false;
        }
        Kind::Whole | Kind::Number | Kind::Date | Kind::Other => {
            sheet.columns.push(column(&asked.key, values()));
            sheet.own.set(&asked.key, entry);
        }
        Kind::One => {
            sheet.columns.push(column(&asked.key, values()));
            let words = asked.choices.iter().map(|choice| {
                let words = self::label(&choice.labels, language).unwrap_or(&choice.value);
                (choice.value.clone(), words.to_owned())
            });
            sheet.own.set(&asked.key, Entry { values: words.collect(), ..entry });
        }
        Kind::Several => {
            for choice in &asked.choices {
                let name = format!("{}/{}", asked.key, choice.value);
                let chosen = values().map(|value| match value {
                    // Asked and not answered, or not asked: nobody can tell.
                    "" => "",
                    some if some.split_whitespace().any(|it| it == choice.value) => "1",
                    _ => "0",
                });
                sheet.columns.push(column(&name, chosen));
                let words = self::label(&choice.labels, language).unwrap_or(&choice.value);
                sheet.own.set(
                    &name,
                    Entry { label: format!("{label}: {words}"), others: true, ..Entry::default() },
                );
            }
        }
    }
    debug_assert!(sheet.columns.iter().all(|column| column.codes.len() == rows));
    true
}

fn label<'a>(labels: &'a [(String, String)], language: &str) -> Option<&'a str> {
    let wanted = labels.iter().find(|(known, text)| known == language && !text.is_empty());
    wanted.or_else(|| labels.iter().find(|(_, text)| !text.is_empty())).map(|(_, text)| &**text)
}

/// A column of which anything was told.
fn told(values: &[Option<String>]) -> Option<Column> {
    let any = values.iter().flatten().any(|value| !value.is_empty());
    any.then(|| column("", values.iter().map(|value| value.as_deref().unwrap_or(""))))
}

fn column<'a>(name: &str, values: impl Iterator<Item = &'a str>) -> Column {
    let mut column = Column { name: name.into(), ..Column::default() };
    let mut known = std::collections::HashMap::new();
    for value in values {
        let value = value.trim();
        let code = *known.entry(value.to_owned()).or_insert_with(|| {
            column.texts.push(value.to_owned());
            column.texts.len() as u32 - 1
        });
        column.codes.push(code);
    }
    column
}
