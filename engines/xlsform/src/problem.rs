//! What is wrong with a workbook, where, and what to do about it. A reader reports every problem
//! it can see in one run, so that an author corrects a questionnaire once and not ten times.

use std::fmt;

/// Whether a problem stops the form from being built.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// No form is produced.
    Error,
    /// The form is produced, and the author should look.
    Warning,
}

/// One remark on a workbook. `message` is a whole sentence that can be read alone; the place is
/// repeated in fields so that a page can point at the cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub severity: Severity,
    /// Name of the sheet, in lower case, when the problem lies in one.
    pub sheet: Option<String>,
    /// Row as the spreadsheet numbers it: the header is row 1.
    pub row: Option<u32>,
    /// Header of the column, when a single cell is meant.
    pub column: Option<String>,
    pub message: String,
    /// Whether it says that calculations go in a circle: pyxform makes such a form, and it may never come to rest.
    pub circular: bool,
}

impl Problem {
    /// A problem that has no single place in the workbook.
    pub fn error(message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            sheet: None,
            row: None,
            column: None,
            message: message.into(),
            circular: false,
        }
    }

    /// A remark that does not stop the form.
    pub fn warning(message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(message) }
    }

    /// An error about a row of the survey sheet; the row opens the message.
    pub(crate) fn in_row(row: u32, message: impl AsRef<str>) -> Self {
        Self::error(format!("[row : {row}]{}", message.as_ref())).at("survey", row)
    }

    /// An error about one cell, in the words the XLSForm community knows.
    pub(crate) fn in_cell(sheet: &str, row: u32, column: &str, advice: &str) -> Self {
        Self::error(format!(
            "[row : {row}] On the '{sheet}' sheet, the '{column}' value is invalid. {advice}"
        ))
        .at(sheet, row)
        .column(column)
    }

    pub(crate) fn at(mut self, sheet: &str, row: u32) -> Self {
        self.sheet = Some(sheet.to_owned());
        self.row = Some(row);
        self
    }

    pub(crate) fn column(mut self, column: &str) -> Self {
        self.column = Some(column.to_owned());
        self
    }

    pub(crate) fn into_warning(mut self) -> Self {
        self.severity = Severity::Warning;
        self
    }

    /// Whether this problem stops the form.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Problem {}
