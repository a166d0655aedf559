//! A CSV table whose every defect has a place: file, line and column.
//! The files are ours, so columns are known by name and a row is either understood or refused.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;

use crate::vocabulary::UnknownWord;

/// Something in a table that was not understood, with its place and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The name of the file, as the person who gave it knows it.
    pub file: String,
    /// The line, counted from 1 with the heading as line 1; none if the whole file is meant.
    pub line: Option<u64>,
    /// The column's heading; none if the whole line is meant.
    pub column: Option<String>,
    /// What is wrong, with the value, and what to do.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if let Some(line) = self.line {
            write!(f, ", line {line}")?;
        }
        if let Some(column) = &self.column {
            write!(f, ", column {column}")?;
        }
        write!(f, ": {}", self.message)
    }
}

/// A table in memory: each row knows its line and its cells by column name.
pub(crate) struct Table {
    pub rows: Vec<Row>,
    pub problems: Vec<Problem>,
}

/// One row, and the problems found in it so far.
pub(crate) struct Row {
    file: String,
    line: u64,
    cells: BTreeMap<String, String>,
    pub problems: Vec<Problem>,
}

/// Reads a comma-separated file that must have exactly these columns, in any order.
///
/// A file that is not UTF-8, or that lacks a column, yields no rows at all: nothing in it could be
/// trusted. A line with too few or too many cells is refused by itself.
pub(crate) fn read(file: &str, bytes: &[u8], columns: &[&str]) -> Table {
    let mut table = Table { rows: Vec::new(), problems: Vec::new() };
    let whole_file =
        |message: String| Problem { file: file.to_owned(), line: None, column: None, message };

    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.strip_prefix('\u{feff}').unwrap_or(text),
        Err(error) => {
            let line = bytes[..error.valid_up_to()].split(|b| *b == b'\n').count();
            table.problems.push(Problem {
                line: Some(line as u64),
                ..whole_file(format!(
                    "byte {} is not UTF-8 text; save the file as \"CSV UTF-8\" and try again",
                    error.valid_up_to() + 1
                ))
            });
            return table;
        }
    };

    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let headings = match reader.headers() {
        Ok(headings) => headings.clone(),
        Err(error) => {
            table.problems.push(whole_file(error.to_string()));
            return table;
        }
    };
    for column in columns {
        if !headings.iter().any(|h| h == *column) {
            table.problems.push(Problem {
                line: Some(1),
                column: Some((*column).to_owned()),
                ..whole_file(format!(
                    "this column is missing; the columns are: {}",
                    columns.join(", ")
                ))
            });
        }
    }
    for (index, heading) in headings.iter().enumerate() {
        let repeated = headings.iter().take(index).any(|h| h == heading);
        if repeated || !columns.contains(&heading) {
            table.problems.push(Problem {
                line: Some(1),
                column: Some(heading.to_owned()),
                ..whole_file(
                    if repeated {
                        "this column stands twice; keep one of the two"
                    } else {
                        "this column is not known; remove it or correct its name"
                    }
                    .to_owned(),
                )
            });
        }
    }
    if !table.problems.is_empty() {
        return table;
    }

    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                table.problems.push(whole_file(error.to_string()));
                continue;
            }
        };
        let line = record.position().map_or(0, csv::Position::line);
        if record.len() != headings.len() {
            table.problems.push(Problem {
                line: Some(line),
                ..whole_file(format!(
                    "{} cells where the heading has {}; check the commas and quotation marks",
                    record.len(),
                    headings.len()
                ))
            });
            continue;
        }
        table.rows.push(Row {
            file: file.to_owned(),
            line,
            cells: headings
                .iter()
                .zip(record.iter())
                .map(|(heading, cell)| (heading.to_owned(), cell.trim().to_owned()))
                .collect(),
            problems: Vec::new(),
        });
    }
    table
}

impl Row {
    /// The cell, trimmed; an empty cell is `""`.
    pub fn text(&self, column: &str) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }

    /// The cell, or nothing if it is empty.
    pub fn optional_text(&self, column: &str) -> Option<String> {
        Some(self.text(column)).filter(|text| !text.is_empty()).map(str::to_owned)
    }

    /// A word of a list, in a cell that may be empty. A problem is kept, and the answer is then nothing.
    pub fn optional<T: FromStr<Err = UnknownWord>>(&mut self, column: &str) -> Option<T> {
        let text = self.text(column);
        if text.is_empty() {
            return None;
        }
        match text.parse() {
            Ok(value) => Some(value),
            Err(error) => {
                self.problem(column, error.to_string());
                None
            }
        }
    }

    /// A word of a list, in a cell that must be filled. A problem is kept, and the answer is then nothing.
    pub fn required<T: FromStr<Err = UnknownWord>>(&mut self, column: &str) -> Option<T> {
        self.filled(column)?;
        self.optional(column)
    }

    /// The text of a cell that must be filled.
    pub fn filled(&mut self, column: &str) -> Option<String> {
        let text = self.optional_text(column);
        if text.is_none() {
            self.problem(column, "is empty; write a value".to_owned());
        }
        text
    }

    /// An id: lower-case letters, digits and hyphens, as it stands in links.
    pub fn id(&mut self, column: &str) -> Option<String> {
        let id = self.filled(column)?;
        let good = id.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
            && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        if !good {
            self.problem(
                column,
                format!("\"{id}\" is not an id; use lower-case letters, digits and hyphens"),
            );
            return None;
        }
        Some(id)
    }

    /// A finite number; a comma in it is met with advice.
    pub fn number(&mut self, column: &str) -> Option<f64> {
        let text = self.text(column).to_owned();
        if text.is_empty() {
            return None;
        }
        match text.parse::<f64>() {
            Ok(number) if number.is_finite() => Some(number),
            _ => {
                self.problem(
                    column,
                    format!(
                        "\"{text}\" is not a number; write digits with a decimal point, as 0.46"
                    ),
                );
                None
            }
        }
    }

    /// A whole number, 0 or above.
    pub fn whole_number(&mut self, column: &str) -> Option<u64> {
        let text = self.optional_text(column)?;
        let number = text.parse().ok();
        if number.is_none() {
            self.problem(
                column,
                format!("\"{text}\" is not a whole number; write digits only, as 9 or 23608"),
            );
        }
        number
    }

    /// A day, as 2023-05-11.
    pub fn day(&mut self, column: &str) -> Option<Date> {
        let text = self.optional_text(column)?;
        let day = text.parse().ok();
        if day.is_none() {
            self.problem(
                column,
                format!("\"{text}\" is not a day; write year, month and day, as 2023-05-11"),
            );
        }
        day
    }

    /// `yes` or `no`, or nothing if it is empty.
    pub fn yes_or_no(&mut self, column: &str) -> Option<bool> {
        match self.text(column) {
            "" => None,
            "yes" => Some(true),
            "no" => Some(false),
            other => {
                let message = format!("\"{other}\" is neither yes nor no; write one of the two");
                self.problem(column, message);
                None
            }
        }
    }

    /// A link, which must be http or https so that a page can show it safely.
    pub fn link(&mut self, column: &str) -> Option<String> {
        let link = self.optional_text(column)?;
        let good = (link.starts_with("https://") || link.starts_with("http://"))
            && !link.contains(char::is_whitespace);
        if !good {
            self.problem(
                column,
                format!("\"{link}\" is not a link; begin with https:// and leave no space in it"),
            );
            return None;
        }
        Some(link)
    }

    /// The line of the row in its file.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// Keeps a problem of one cell.
    pub fn problem(&mut self, column: &str, message: String) {
        self.problems.push(Problem {
            file: self.file.clone(),
            line: Some(self.line),
            column: Some(column.to_owned()),
            message,
        });
    }
}
