//! The template for national figures: a table a ministry fills in, as CSV or as a workbook with
//! lists to choose from. It is written and read here, so that the two cannot drift apart.

use rust_xlsxwriter::{DataValidation, Format, FormatAlign, Formula, Workbook, XlsxError};

use super::gather::{Gather, is_missing};
use super::table::{Book, Column, Header, Row};
use super::{NewSource, ReadError};
use crate::fact::Fact;
use crate::indicator::{GROUPS, IndicatorKind, indicators};
use crate::place::{fold, places};

const PLACE: usize = 0;
const INDICATOR: usize = 1;
const YEAR: usize = 2;
const GROUP: usize = 3;
const VALUE: usize = 4;
const LOW: usize = 5;
const HIGH: usize = 6;
const UNIT: usize = 7;
const SOURCE_TITLE: usize = 8;
const SOURCE_PUBLISHER: usize = 9;
const SOURCE_YEAR: usize = 10;
const SOURCE_URL: usize = 11;
const PAGE: usize = 12;
const NOTE: usize = 13;

const COLUMNS: &[Column] = &[
    Column::required(&["place"]),
    Column::required(&["indicator"]),
    Column::required(&["year"]),
    Column::optional(&["group"]),
    Column::required(&["value"]),
    Column::optional(&["low"]),
    Column::optional(&["high"]),
    Column::optional(&["unit"]),
    Column::required(&["source_title"]),
    Column::required(&["source_publisher"]),
    Column::optional(&["source_year"]),
    Column::optional(&["source_url"]),
    Column::optional(&["page"]),
    Column::optional(&["note"]),
];

pub(super) fn is_header(row: &[String]) -> bool {
    Header::of(row, COLUMNS).is_some()
}

pub(super) fn read(mut book: Book<'_>, gather: &mut Gather) -> Result<(), ReadError> {
    let mut found = false;
    let mut preamble = Vec::new();
    for sheet in book.sheets() {
        let table = book.table(&sheet, COLUMNS, gather, &mut one_row)?;
        found |= table.found;
        preamble.extend(table.preamble);
    }
    if found { Ok(()) } else { Err(book.no_header(gather.kind, COLUMNS, &preamble)) }
}

fn one_row(row: &Row<'_>, gather: &mut Gather) -> Result<(), ReadError> {
    let Some(place) = gather.place(row, "place", row.get(PLACE)) else { return Ok(()) };
    let Some(indicator) = indicators().get(row.get(INDICATOR)) else {
        let message =
            format!("“{}” is no indicator{}", row.get(INDICATOR), near(row.get(INDICATOR)));
        gather.refused(row, "indicator", row.get(INDICATOR), &message);
        return Ok(());
    };
    if let (IndicatorKind::Computed, Some(n), Some(d)) =
        (indicator.kind, &indicator.numerator, &indicator.denominator)
    {
        let message = format!("this is computed here; give {n} and {d} instead");
        gather.refused(row, "indicator", &indicator.id, &message);
        return Ok(());
    }
    let group = match fold(row.get(GROUP)).replace(' ', "-") {
        empty if empty.is_empty() => "total".to_string(),
        group => group,
    };
    if !GROUPS.contains(&group.as_str()) {
        let message = format!("“{group}” is no group; choose one of: {}", GROUPS.join(", "));
        gather.refused(row, "group", row.get(GROUP), &message);
        return Ok(());
    }
    if !row.get(UNIT).is_empty() && fold(row.get(UNIT)) != fold(indicator.unit.id()) {
        let message = format!("{} is given in “{}”", indicator.id, indicator.unit.id());
        gather.refused(row, "unit", row.get(UNIT), &message);
        return Ok(());
    }
    let Some(year) = gather.year(row, "year", row.get(YEAR)) else { return Ok(()) };
    for (column, name) in [(SOURCE_TITLE, "source_title"), (SOURCE_PUBLISHER, "source_publisher")] {
        if row.get(column).is_empty() {
            gather.refused(row, name, "", "no figure without its source: say where it was read");
            return Ok(());
        }
    }
    let Some(Some(value)) = number(row, "value", VALUE, gather) else { return Ok(()) };
    let Some(low) = number(row, "low", LOW, gather) else { return Ok(()) };
    let Some(high) = number(row, "high", HIGH, gather) else { return Ok(()) };
    let source = source(row, &place.code);
    let mut fact = Fact::new(&place.code, &indicator.id, year, &group, value);
    (fact.low, fact.high) = (low, high);
    if row.get(YEAR).len() == 10 {
        fact.period = row.get(YEAR).into();
    }
    fact.source = source.id.clone();
    fact.locator = match row.get(PAGE) {
        "" => format!("row {}", row.number),
        page => format!("page {page}"),
    };
    fact.note = row.get(NOTE).into();
    gather.source(source);
    gather.fact(row, "value", fact)
}

/// A number as people write it, with a decimal comma or point and spaces between thousands. The
/// outer nothing is a refusal, the inner an empty cell.
fn number(row: &Row<'_>, name: &str, column: usize, gather: &mut Gather) -> Option<Option<f64>> {
    let text = row.get(column);
    if is_missing(text) {
        if column == VALUE {
            gather.refused(row, name, text, "no value; leave the row out, or give the figure");
            return None;
        }
        return Some(None);
    }
    match parse(text) {
        Ok(value) => Some(Some(value)),
        Err(message) => {
            gather.refused(row, name, text, &message);
            None
        }
    }
}

fn parse(text: &str) -> Result<f64, String> {
    let spaces = [' ', '\u{a0}', '\u{202f}', '\'', '’'];
    let plain: String = text.chars().filter(|c| !spaces.contains(c)).collect();
    let plain = plain.trim_end_matches('%');
    let (commas, points) = (plain.matches(',').count(), plain.matches('.').count());
    let after = |mark: char| plain.rsplit(mark).next().map_or(0, str::len);
    let written = match (commas, points) {
        // "1,234" is 1.234 in one office and 1234 in the next.
        (1, 0) if after(',') == 3 && !plain.starts_with("0,") => {
            return Err(format!("“{text}” can be read in two ways; write it without the comma"));
        }
        (1, 0) => plain.replace(',', "."),
        (2.., 0) => plain.replace(',', ""),
        (0, 2..) => plain.replace('.', ""),
        (1.., 1) if plain.rfind('.') > plain.rfind(',') => plain.replace(',', ""),
        (1, 1..) => plain.replace('.', "").replace(',', "."),
        _ => plain.to_string(),
    };
    match written.parse::<f64>() {
        Ok(value) if value.is_finite() => Ok(value),
        _ => Err(format!("“{text}” is no number")),
    }
}

fn near(id: &str) -> String {
    let score = |i: &str| strsim::jaro_winkler(id, i);
    let best = indicators().all().iter().map(|i| i.id.as_str());
    match best.max_by(|a, b| score(a).total_cmp(&score(b))) {
        Some(best) if score(best) > 0.8 => format!("; nearest: {best}"),
        _ => "; the sheet of indicators lists them all".into(),
    }
}

/// One source for each title and year of a place.
fn source(row: &Row<'_>, place: &str) -> NewSource {
    let year: Option<i32> = row.get(SOURCE_YEAR).parse().ok();
    let slug: Vec<String> = fold(row.get(SOURCE_TITLE)).split(' ').map(String::from).collect();
    let slug: String = slug.join("-").chars().take(60).collect();
    let year_part = year.map(|y| format!("-{y}")).unwrap_or_default();
    NewSource {
        id: format!("national-{}-{}{year_part}", place.to_lowercase(), slug.trim_end_matches('-')),
        title: row.get(SOURCE_TITLE).into(),
        publisher: row.get(SOURCE_PUBLISHER).into(),
        year,
        url: row.get(SOURCE_URL).into(),
        licence: String::new(),
    }
}

/// The template as CSV: its header, in UTF-8 with a mark so that Excel reads accents.
pub fn csv() -> Vec<u8> {
    let names: Vec<&str> = COLUMNS.iter().map(|c| c.names[0]).collect();
    format!("\u{feff}{}\r\n", names.join(",")).into_bytes()
}

/// The template as a workbook: figures with lists to choose from, instructions, and the lists.
/// `word` gives the text of a Fluent key in the reader's language.
pub fn xlsx(word: &dyn Fn(&str) -> String) -> Result<Vec<u8>, XlsxError> {
    const ROWS: u32 = 1_000;
    let bold = Format::new().set_bold();
    let head = Format::new().set_bold().set_background_color("D9E6E6");
    let wrap = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let mut book = Workbook::new();
    // A fixed date, so that the same template has the same bytes.
    let made = rust_xlsxwriter::ExcelDateTime::from_ymd(2024, 1, 1)?;
    book.set_properties(&rust_xlsxwriter::DocProperties::new().set_creation_datetime(&made));

    let sheet = book.add_worksheet().set_name(word("template-sheet-figures"))?;
    sheet.set_freeze_panes(1, 0)?;
    for (at, column) in COLUMNS.iter().enumerate() {
        let at = at as u16;
        sheet.write_with_format(0, at, column.names[0], &head)?;
        sheet.insert_note(
            0,
            at,
            &rust_xlsxwriter::Note::new(word(&format!(
                "template-column-{}",
                column.names[0].replace('_', "-")
            ))),
        )?;
        sheet.set_column_width(at, 16)?;
    }
    let reported: Vec<_> =
        indicators().all().iter().filter(|i| i.kind == IndicatorKind::Reported).collect();
    let area: Vec<_> = places().all().iter().filter(|p| p.area).collect();
    let lists = word("template-sheet-lists");
    let from_list = |letter: char, n: usize| {
        let range = format!("='{lists}'!${letter}$2:${letter}${}", n + 1);
        DataValidation::new().allow_list_formula(Formula::new(range))
    };
    // A place outside the area may be typed: the list helps, it does not forbid.
    let lenient = from_list('A', area.len()).show_error_message(false);
    sheet.add_data_validation(1, PLACE as u16, ROWS, PLACE as u16, &lenient)?;
    let strict = [(INDICATOR, 'C', reported.len()), (GROUP, 'F', GROUPS.len())];
    for (column, letter, n) in strict {
        let list = from_list(letter, n);
        sheet.add_data_validation(1, column as u16, ROWS, column as u16, &list)?;
    }

    let sheet = book.add_worksheet().set_name(word("template-sheet-instructions"))?;
    sheet.set_column_width(0, 24)?.set_column_width(1, 100)?;
    sheet.write_with_format(0, 0, word("template-title"), &bold)?;
    sheet.write_with_format(1, 1, word("template-instructions"), &wrap)?;
    for (at, column) in COLUMNS.iter().enumerate() {
        let name = column.names[0];
        let key = format!("template-column-{}", name.replace('_', "-"));
        sheet.write_with_format(at as u32 + 3, 0, name, &bold)?;
        sheet.write_with_format(at as u32 + 3, 1, word(&key), &wrap)?;
    }

    let sheet = book.add_worksheet().set_name(&lists)?;
    for (at, title) in ["place", "", "indicator", "unit", "", "group", ""].iter().enumerate() {
        sheet.write_with_format(0, at as u16, *title, &head)?;
        sheet.set_column_width(at as u16, 32)?;
    }
    for (at, place) in area.iter().enumerate() {
        sheet.write(at as u32 + 1, 0, place.code.as_str())?;
        sheet.write(at as u32 + 1, 1, place.name_en.as_str())?;
    }
    for (at, indicator) in reported.iter().enumerate() {
        sheet.write(at as u32 + 1, 2, indicator.id.as_str())?;
        sheet.write(at as u32 + 1, 3, indicator.unit.id())?;
        sheet.write(at as u32 + 1, 4, word(&indicator.key("name")))?;
    }
    for (at, group) in GROUPS.iter().enumerate() {
        sheet.write(at as u32 + 1, 5, *group)?;
        sheet.write(at as u32 + 1, 6, word(&format!("group-{group}")))?;
    }
    book.save_to_buffer()
}
