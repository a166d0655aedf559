//! Answers as files: CSV for each table, one workbook with all, JSON. What a spreadsheet would run as a
//! formula is made harmless (OWASP, CSV injection).

use anyhow::{Context, Result};
use base::table::harmless;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook};
use serde_json::{Value, json};

use super::{Column, Data, Kind, Table};
use crate::compiled::label;

/// How answers are written.
#[derive(Clone, Debug, Default)]
pub struct Style {
    /// Labels of this language in place of names and codes.
    pub language: Option<String>,
    /// Whether a column of 0 and 1 follows for each choice of a question with several answers.
    pub split: bool,
}

/// A column as it is written.
struct Written<'a> {
    head: String,
    column: &'a Column,
    /// Of a split question: the choice that this column tells of.
    choice: Option<&'a str>,
}

fn written<'a>(table: &'a Table, style: &Style) -> Vec<Written<'a>> {
    let mut all = Vec::new();
    for column in &table.columns {
        let named = |language: &String| label(&column.labels, language).map(str::to_owned);
        let head = style.language.as_ref().and_then(named).unwrap_or_else(|| column.key.clone());
        all.push(Written { head: head.clone(), column, choice: None });
        if style.split && column.kind == Kind::Several {
            for item in &column.choices {
                let name = style.language.as_ref().and_then(|it| label(&item.labels, it));
                all.push(Written {
                    head: format!("{head}/{}", name.unwrap_or(&item.value)),
                    column,
                    choice: Some(&item.value),
                });
            }
        }
    }
    all
}

impl Written<'_> {
    fn cell(&self, row: usize, style: &Style) -> Option<String> {
        let value = self.column.values.get(row)?.as_ref()?;
        if let Some(choice) = self.choice {
            let chosen = value.split_whitespace().any(|it| it == choice);
            return Some(u8::from(chosen).to_string());
        }
        let Some(language) = &style.language else { return Some(value.clone()) };
        let worded = |value: &str| {
            let item = self.column.choices.iter().find(|item| item.value == value);
            item.and_then(|item| label(&item.labels, language)).unwrap_or(value).to_owned()
        };
        Some(match self.column.kind {
            Kind::One => worded(value),
            Kind::Several => value.split_whitespace().map(worded).collect::<Vec<_>>().join("; "),
            _ => value.clone(),
        })
    }

    fn is_number(&self) -> bool {
        matches!(self.column.kind, Kind::Whole | Kind::Number) || self.choice.is_some()
    }
}

/// One table as CSV, UTF-8 with a mark so that spreadsheets read it as such.
pub fn csv(table: &Table, style: &Style) -> Result<Vec<u8>> {
    let mut out = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    let columns = written(table, style);
    out.write_record(columns.iter().map(|column| harmless(&column.head)))?;
    for row in 0..table.rows {
        out.write_record(
            columns
                .iter()
                .map(|column| column.cell(row, style).map(|it| harmless(&it)).unwrap_or_default()),
        )?;
    }
    out.into_inner().context("a table in memory can be written")
}

/// All tables and the codebook as one workbook.
pub fn xlsx(data: &Data, style: &Style) -> Result<Vec<u8>> {
    let mut workbook = Workbook::new();
    // The writer stamps the clock into the file otherwise; same answers, same bytes.
    let day = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let about = DocProperties::new().set_title(&data.round.title).set_creation_datetime(&day);
    workbook.set_properties(&about);
    let bold = Format::new().set_bold().set_text_wrap();
    let mut taken = std::collections::BTreeSet::new();
    for table in &data.tables {
        let sheet = workbook.add_worksheet();
        sheet.set_name(sheet_name(&table.name, &mut taken))?;
        sheet.set_freeze_panes(1, 0)?;
        let columns = written(table, style);
        for (at, column) in columns.iter().enumerate() {
            let at = u16::try_from(at).context("a workbook has at most 16,384 columns")?;
            sheet.write_string_with_format(0, at, cut(&column.head), &bold)?;
            sheet.set_column_width(at, if column.is_number() { 12 } else { 24 })?;
            for row in 0..table.rows {
                let Some(value) = column.cell(row, style) else { continue };
                let line = u32::try_from(row + 1)?;
                match value.parse::<f64>() {
                    Ok(number) if column.is_number() => sheet.write_number(line, at, number)?,
                    // Written as text, a formula is text.
                    _ => sheet.write_string(line, at, cut(&value))?,
                };
            }
        }
    }
    let sheet = workbook.add_worksheet();
    sheet.set_name(sheet_name("codebook", &mut taken))?;
    for (line, row) in super::codebook::rows(data).iter().enumerate() {
        for (at, cell) in row.iter().enumerate() {
            sheet.write_string(u32::try_from(line)?, u16::try_from(at)?, cut(cell))?;
        }
    }
    Ok(workbook.save_to_buffer()?)
}

/// A cell of a workbook holds no more than 32,767 characters.
fn cut(text: &str) -> String {
    text.chars().take(32_767).collect()
}

fn sheet_name(name: &str, taken: &mut std::collections::BTreeSet<String>) -> String {
    let plain: String =
        name.chars().filter(|c| c.is_alphanumeric() || "-_ ".contains(*c)).take(28).collect();
    let plain = if plain.is_empty() { "Table".to_owned() } else { plain };
    let mut name = plain.clone();
    let mut number = 2;
    while !taken.insert(name.to_lowercase()) {
        name = format!("{plain}{number}");
        number += 1;
    }
    name
}

/// Everything with its codebook, for programs.
pub fn json(data: &Data) -> Value {
    let tables = data.tables.iter().map(|table| {
        let rows = (0..table.rows).map(|row| {
            let cells = table.columns.iter().map(|column| {
                let value = column.values.get(row).cloned().flatten();
                let number = value.as_ref().and_then(|value| value.parse::<f64>().ok());
                let value = match (column.kind, value, number) {
                    (_, None, _) => Value::Null,
                    (Kind::Whole, _, Some(number)) => json!(number as i64),
                    (Kind::Number, _, Some(number)) => json!(number),
                    (Kind::Several, Some(value), _) => {
                        json!(value.split_whitespace().collect::<Vec<_>>())
                    }
                    (_, Some(value), _) => json!(value),
                };
                (column.key.clone(), value)
            });
            Value::Object(cells.collect())
        });
        let columns = table.columns.iter().map(|column| {
            let items = column.choices.iter();
            let choices =
                items.map(|it| json!({ "value": it.value, "labels": labels(&it.labels) }));
            json!({
                "key": column.key, "path": column.path, "kind": column.kind.word(),
                "labels": labels(&column.labels), "choices": choices.collect::<Vec<_>>(),
            })
        });
        json!({
            "name": table.name,
            "columns": columns.collect::<Vec<_>>(),
            "rows": rows.collect::<Vec<_>>(),
        })
    });
    json!({
        "round": data.round.id,
        "title": data.round.title,
        "instrument": data.round.instrument,
        "version": data.round.number,
        "anonymous": data.design.anonymous,
        "asked": data.design.asked,
        "answered": data.design.answered,
        "held_back": data.held_back,
        "tables": tables.collect::<Vec<_>>(),
    })
}

fn labels(labels: &[(String, String)]) -> Value {
    Value::Object(labels.iter().map(|(language, text)| (language.clone(), json!(text))).collect())
}
