//! A workbook as plain text: sheets, headers, rows. Where the text came from (a spreadsheet, CSV,
//! a Markdown table) is forgotten here, and so is everything that is not a cell's value.

mod archive;
mod csv;
mod excel;
mod markdown;

use crate::Problem;

/// The sheets of an XLSForm. Sheets the standard does not know are listed by name only.
#[derive(Debug, Clone, Default)]
pub struct Workbook {
    pub sheets: Vec<Sheet>,
    /// All the names in the file as written, known or not: a misspelt sheet is found by them.
    pub sheet_names: Vec<String>,
    /// The name of the file without its extension, which names a form that does not name itself.
    pub file_stem: Option<String>,
}

/// One sheet: a header and rows that hold only the cells that are not empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Name in lower case.
    pub name: String,
    /// Column headers in their order. Empty when the rows were given without a header.
    pub header: Vec<String>,
    /// Each row as (header, value) in the order of the columns; the first is spreadsheet row 2.
    pub rows: Vec<Vec<(String, String)>>,
}

/// How the bytes of a workbook are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// `.xlsx`, `.xlsm`, `.xls`, `.xlsb`, `.ods`: told apart by their first bytes.
    Spreadsheet,
    Csv,
    Markdown,
}

/// What a workbook from a stranger may cost. The defaults are ten times the largest questionnaire
/// we know of (a demographic and health survey: 3,000 rows, 20 languages, 40 MB unpacked).
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Bytes of the file.
    pub file_bytes: usize,
    /// Bytes of everything in the archive once unpacked.
    pub unpacked_bytes: u64,
    /// Rows of one sheet.
    pub rows: usize,
    /// Columns of one sheet.
    pub columns: usize,
    /// Bytes in one cell. Excel itself stops at 32,767 characters.
    pub cell_bytes: usize,
    /// Groups inside groups.
    pub depth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 20 << 20,
            unpacked_bytes: 150 << 20,
            rows: 50_000,
            columns: 500,
            cell_bytes: 131_068,
            depth: 100,
        }
    }
}

/// The sheets that an XLSForm may have.
pub(crate) const KNOWN_SHEETS: [&str; 6] =
    ["survey", "choices", "settings", "external_choices", "osm", "entities"];

impl Workbook {
    /// Reads a workbook. `file_name` tells the format where the bytes do not, and gives
    /// a nameless form its name.
    ///
    /// Fails with one problem when the bytes are not a workbook or exceed a limit.
    pub fn read(bytes: &[u8], file_name: &str, limits: &Limits) -> Result<Self, Problem> {
        let (stem, extension) = match file_name.rsplit_once('.') {
            Some((stem, extension)) => (stem, extension.to_ascii_lowercase()),
            None => (file_name, String::new()),
        };
        let stem = stem.rsplit(['/', '\\']).next().unwrap_or(stem);
        let format = match extension.as_str() {
            "csv" => Format::Csv,
            "md" | "markdown" => Format::Markdown,
            _ if bytes.starts_with(b"PK") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) => {
                Format::Spreadsheet
            }
            "xlsx" | "xlsm" | "xls" | "xlsb" | "ods" => Format::Spreadsheet,
            _ if bytes.iter().take(5_000).filter(|byte| **byte == b'|').count() >= 5 => {
                Format::Markdown
            }
            _ => Format::Csv,
        };
        let mut workbook = Self::read_as(bytes, format, limits)?;
        if !stem.is_empty() {
            workbook.file_stem = Some(stem.to_owned());
        }
        Ok(workbook)
    }

    /// Reads a workbook whose format is known.
    pub fn read_as(bytes: &[u8], format: Format, limits: &Limits) -> Result<Self, Problem> {
        if bytes.len() > limits.file_bytes {
            return Err(Problem::error(format!(
                "The workbook has {} bytes; at most {} are read. Remove pictures and unused sheets.",
                bytes.len(),
                limits.file_bytes
            )));
        }
        let workbook = match format {
            Format::Spreadsheet => excel::read(bytes, limits)?,
            Format::Csv => csv::read(text(bytes)?, limits)?,
            Format::Markdown => markdown::read(text(bytes)?, limits)?,
        };
        workbook.check(limits)?;
        Ok(workbook)
    }

    /// The sheet of this (lower-case) name.
    pub fn sheet(&self, name: &str) -> Option<&Sheet> {
        self.sheets.iter().find(|sheet| sheet.name == name)
    }

    /// Keeps the sheets an XLSForm knows; a file with a single sheet is taken for the survey.
    fn from_sheets(all: Vec<Sheet>) -> Self {
        let sheet_names = all.iter().map(|sheet| sheet.name.clone()).collect::<Vec<_>>();
        let alone = all.len() == 1;
        let mut sheets: Vec<Sheet> = Vec::new();
        for mut sheet in all {
            sheet.name = sheet.name.to_lowercase();
            if !KNOWN_SHEETS.contains(&sheet.name.as_str()) {
                if !alone {
                    continue;
                }
                sheet.name = "survey".to_owned();
            }
            sheets.retain(|other| other.name != sheet.name);
            sheets.push(sheet);
        }
        Self { sheets, sheet_names, file_stem: None }
    }

    fn check(&self, limits: &Limits) -> Result<(), Problem> {
        for sheet in &self.sheets {
            too_long(&sheet.name, sheet.rows.len(), limits)?;
            if sheet.header.len() > limits.columns {
                return Err(Problem::error(format!(
                    "The '{}' sheet has {} columns; at most {} are read.",
                    sheet.name,
                    sheet.header.len(),
                    limits.columns
                )));
            }
            for (row, cells) in (2..).zip(&sheet.rows) {
                if let Some((column, value)) =
                    cells.iter().find(|(_, value)| value.len() > limits.cell_bytes)
                {
                    return Err(Problem::in_cell(
                        &sheet.name,
                        row,
                        column,
                        &format!(
                            "The cell holds {} bytes; at most {} are read.",
                            value.len(),
                            limits.cell_bytes
                        ),
                    ));
                }
            }
        }
        Ok(())
    }
}

fn too_long(sheet: &str, rows: usize, limits: &Limits) -> Result<(), Problem> {
    if rows <= limits.rows {
        return Ok(());
    }
    Err(Problem::error(format!(
        "The '{sheet}' sheet has more than {} rows; no more are read.",
        limits.rows
    )))
}

fn text(bytes: &[u8]) -> Result<&str, Problem> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|error| {
        Problem::error(format!(
            "The file is not UTF-8 text (byte {}). Save it as 'CSV UTF-8'.",
            error.valid_up_to()
        ))
    })
}

/// Text that a reader of the sheet would not see.
fn is_blank(text: &str) -> bool {
    text.chars().all(char::is_whitespace)
}

/// Runs of spaces become one: headers are compared, and nobody sees the second space.
fn single_spaced(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.trim().chars() {
        if c != ' ' || !out.ends_with(' ') {
            out.push(c);
        }
    }
    out
}
