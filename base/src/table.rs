//! A table: what a list page shows, sorts and filters, and what leaves it as CSV, XLSX or JSON.
//! One value makes all of them, so that a download never says anything else than the page.

use std::cmp::Ordering;

use serde::Serialize;
use utoipa::ToSchema;

use crate::document::{Hue, SourceMark};
use crate::reader::Reader;

#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub struct Table {
    pub id: String,
    pub caption: String,
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Cell>>,
    /// Said under the table and at the end of every download.
    pub note: Option<String>,
    pub sources: Vec<SourceMark>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Column {
    /// As in addresses (`sort=`) and in JSON.
    pub key: String,
    pub label: String,
    pub kind: Kind,
    pub help: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Text,
    Number,
    /// A drawing or mark for the eye; left out of downloads.
    Mark,
}

impl Column {
    pub fn text(key: &str, label: impl Into<String>) -> Column {
        Column { key: key.into(), label: label.into(), kind: Kind::Text, help: None }
    }
    pub fn number(key: &str, label: impl Into<String>) -> Column {
        Column { kind: Kind::Number, ..Column::text(key, label) }
    }
    pub fn mark(key: &str, label: impl Into<String>) -> Column {
        Column { kind: Kind::Mark, ..Column::text(key, label) }
    }
    pub fn help(mut self, help: impl Into<String>) -> Column {
        self.help = Some(help.into());
        self
    }
}

#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub struct Cell {
    pub text: String,
    /// The number behind the text, unrounded; what sorts and what downloads.
    pub number: Option<f64>,
    pub href: Option<String>,
    /// Lighter words after the text: an interval, a year.
    pub aside: Option<String>,
    /// Why there is nothing, or what is doubtful.
    pub title: Option<String>,
    pub flagged: bool,
    pub hue: Hue,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub svg: Option<String>,
}

impl Cell {
    pub fn text(text: impl Into<String>) -> Cell {
        Cell { text: text.into(), ..Cell::default() }
    }
    pub fn number(number: f64, text: impl Into<String>) -> Cell {
        Cell { number: Some(number), ..Cell::text(text) }
    }
    /// A dot with its reason: never a zero, never a blank.
    pub fn missing(reason: impl Into<String>) -> Cell {
        Cell { title: Some(reason.into()), ..Cell::text("·") }
    }
    pub fn href(mut self, href: impl Into<String>) -> Cell {
        self.href = Some(href.into());
        self
    }
    pub fn aside(mut self, aside: impl Into<String>) -> Cell {
        self.aside = Some(aside.into());
        self
    }
    pub fn title(mut self, title: impl Into<String>) -> Cell {
        self.title = Some(title.into());
        self
    }
}

/// A table as a page shows it: sorted, filtered, cut into pages, with the links that change that.
#[derive(Clone, Debug, Serialize)]
pub struct View {
    pub table: Table,
    pub heads: Vec<Head>,
    pub query: String,
    /// The rest of the address, to be kept by the filter's form.
    pub kept: Vec<(String, String)>,
    pub found: usize,
    pub total: usize,
    pub page: usize,
    pub pages: usize,
    pub earlier: Option<String>,
    pub later: Option<String>,
    /// Addresses of the downloads: CSV, XLSX, JSON.
    pub downloads: Vec<(String, String)>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Head {
    pub column: Column,
    pub href: String,
    /// `ascending`, `descending` or nothing: the value of `aria-sort`.
    pub sorted: Option<&'static str>,
}

/// Rows to a page: enough to scan, few enough for a phone on a slow line.
const PAGE_ROWS: usize = 200;

impl Table {
    /// Filters by `q`, sorts by `sort` (`-key` for descending), cuts by `page`, as the address asks.
    pub fn view(mut self, reader: &Reader) -> View {
        let query = reader.asked("q").pop().unwrap_or_default();
        let total = self.rows.len();
        self.arrange(reader);
        let found = self.rows.len();
        let pages = found.div_ceil(PAGE_ROWS).max(1);
        let page =
            reader.asked("page").pop().and_then(|p| p.parse().ok()).unwrap_or(1).clamp(1, pages);
        self.rows = self.rows.into_iter().skip((page - 1) * PAGE_ROWS).take(PAGE_ROWS).collect();
        let sort = reader.asked("sort").pop().unwrap_or_default();
        let heads = self
            .columns
            .iter()
            .map(|column| {
                let sorted = match sort.strip_prefix('-') {
                    Some(key) if key == column.key => Some("descending"),
                    None if sort == column.key => Some("ascending"),
                    _ => None,
                };
                let next = match sorted {
                    Some("ascending") => format!("-{}", column.key),
                    _ => column.key.clone(),
                };
                Head { href: reader.here_with("sort", Some(&next)), sorted, column: column.clone() }
            })
            .collect();
        let at = |page: usize| reader.here_with("page", Some(&page.to_string()));
        let kept = url::form_urlencoded::parse(reader.query.as_bytes())
            .into_owned()
            .filter(|(name, _)| name != "q" && name != "page")
            .collect();
        View {
            heads,
            kept,
            found,
            total,
            page,
            pages,
            earlier: (page > 1).then(|| at(page - 1)),
            later: (page < pages).then(|| at(page + 1)),
            downloads: downloads(reader),
            query,
            table: self,
        }
    }

    /// Filters and sorts as the address asks, without cutting: what a download holds.
    pub fn arrange(&mut self, reader: &Reader) {
        let query = reader.asked("q").pop().unwrap_or_default();
        let wanted = plain(&query);
        // Every word in some cell of the row, as the browser does while one types (client/src/filter.js).
        self.rows.retain(|row| {
            wanted
                .split_whitespace()
                .all(|word| row.iter().any(|cell| plain(&cell.text).contains(word)))
        });
        let sort = reader.asked("sort").pop().unwrap_or_default();
        let (key, descending) = match sort.strip_prefix('-') {
            Some(key) => (key, true),
            None => (sort.as_str(), false),
        };
        if let Some(at) = self.columns.iter().position(|column| column.key == key) {
            let kind = self.columns[at].kind;
            self.rows.sort_by(|a, b| compare(&a[at], &b[at], kind, descending));
        }
    }

    /// Comma-separated values, UTF-8 with a mark so that spreadsheets read it as such.
    pub fn csv(&self) -> Vec<u8> {
        let mut out = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
        let columns = self.downloaded();
        // Writing to memory cannot fail.
        let _ = out.write_record(columns.iter().map(|(_, column)| column.label.as_str()));
        for row in &self.rows {
            let _ = out.write_record(columns.iter().map(|(at, column)| match row[*at].number {
                Some(number) if column.kind == Kind::Number => number.to_string(),
                _ if row[*at].text == "·" => String::new(),
                _ => harmless(&row[*at].text),
            }));
        }
        out.into_inner().unwrap_or_default()
    }

    /// An Excel workbook with one sheet; numbers as numbers, the note and sources on a second.
    pub fn xlsx(&self) -> Result<Vec<u8>, rust_xlsxwriter::XlsxError> {
        use rust_xlsxwriter::{Format, Workbook};
        let mut workbook = Workbook::new();
        // The writer stamps the clock into the file otherwise; same table, same bytes.
        let day = rust_xlsxwriter::ExcelDateTime::from_ymd(2000, 1, 1)?;
        workbook.set_properties(
            &rust_xlsxwriter::DocProperties::new()
                .set_title(&self.caption)
                .set_creation_datetime(&day),
        );
        let bold = Format::new().set_bold().set_text_wrap();
        let sheet = workbook.add_worksheet();
        sheet.set_name(sheet_name(&self.id))?;
        sheet.set_freeze_panes(1, 0)?;
        let columns = self.downloaded();
        for (at, (_, column)) in columns.iter().enumerate() {
            sheet.write_with_format(0, at as u16, &column.label, &bold)?;
            sheet.set_column_width(at as u16, if column.kind == Kind::Number { 12 } else { 28 })?;
        }
        for (line, row) in self.rows.iter().enumerate() {
            for (at, (from, column)) in columns.iter().enumerate() {
                let (line, at) = (line as u32 + 1, at as u16);
                let cell = &row[*from];
                match cell.number {
                    Some(number) if column.kind == Kind::Number => {
                        sheet.write_number(line, at, number)?
                    }
                    _ if cell.text == "·" => continue,
                    _ => sheet.write_string(line, at, &cell.text)?,
                };
            }
        }
        if !self.rows.is_empty() && !columns.is_empty() {
            sheet.autofilter(0, 0, self.rows.len() as u32, columns.len() as u16 - 1)?;
        }
        let about = workbook.add_worksheet();
        about.set_name("About")?;
        about.set_column_width(0, 100)?;
        about.write_string(0, 0, &self.caption)?;
        if let Some(note) = &self.note {
            about.write_string(1, 0, note)?;
        }
        for (at, source) in self.sources.iter().enumerate() {
            about.write_string(at as u32 + 2, 0, &source.label)?;
        }
        workbook.save_to_buffer()
    }

    fn downloaded(&self) -> Vec<(usize, &Column)> {
        self.columns.iter().enumerate().filter(|(_, column)| column.kind != Kind::Mark).collect()
    }
}

/// The same address in each form of download.
fn downloads(reader: &Reader) -> Vec<(String, String)> {
    let query = |form: &str| {
        let here = Reader { path: format!("{}.{form}", reader.path), ..reader.clone() };
        here.here_with("page", None)
    };
    ["csv", "xlsx", "json"].iter().map(|form| (form.to_uppercase(), query(form))).collect()
}

/// Missing cells come last in either direction: they are neither high nor low.
fn compare(a: &Cell, b: &Cell, kind: Kind, descending: bool) -> Ordering {
    let turn = |order: Ordering| if descending { order.reverse() } else { order };
    match (kind, a.number, b.number) {
        (_, Some(a), Some(b)) => turn(a.total_cmp(&b)),
        (Kind::Number, Some(_), None) => Ordering::Less,
        (Kind::Number, None, Some(_)) => Ordering::Greater,
        _ => turn(plain(&a.text).cmp(&plain(&b.text))),
    }
}

/// Lower case without marks, so that "Turkiye" finds "Türkiye" and "Łódź" stands at L.
pub fn plain(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    text.nfkd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            'ł' => 'l',
            'ø' => 'o',
            'đ' => 'd',
            'ı' => 'i',
            other => other,
        })
        .collect()
}

/// A text that a spreadsheet would run as a formula is led by an apostrophe (OWASP, CSV injection).
pub fn harmless(text: &str) -> String {
    match text.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r') if text.parse::<f64>().is_err() => {
            format!("'{text}")
        }
        _ => text.to_owned(),
    }
}

fn sheet_name(id: &str) -> String {
    let name: String =
        id.chars().filter(|c| c.is_alphanumeric() || *c == '-' || *c == ' ').take(31).collect();
    if name.is_empty() { "Table".into() } else { name }
}
