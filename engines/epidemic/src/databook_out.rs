//! The databook as it leaves: sheets with a title, one row for each number, and colours for what is assumed and what is to be checked.
//! Same country, same bytes.

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DataValidationRule, DocProperties,
    ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::file::{EFFECT, Written};
use super::{COLUMNS, PRISON_COLUMNS, SHEETS, TARGET_COLUMNS, measure_in_words};
use crate::country::{Basis, Country};
use crate::effects::Effects;
use crate::measure::Measure;
use crate::parameters::{SPECS, Spec, Unit};

/// The row of the headings; a title and a line of help stand above.
const HEADINGS: u32 = 3;
/// Empty rows that are ready to be filled in, where rows may be added.
const SPARE: u32 = 40;

struct Look {
    title: Format,
    help: Format,
    heading: Format,
    text: Format,
    grey: Format,
    /// For a cell to be filled in; by basis.
    number: Format,
    assumed: Format,
    unchecked: Format,
}

impl Look {
    fn new() -> Look {
        let plain = Format::new().set_align(FormatAlign::Top).set_font_name("Calibri");
        let filled = |colour: u32| {
            plain
                .clone()
                .set_background_color(Color::RGB(colour))
                .set_border(FormatBorder::Thin)
                .set_border_color(Color::RGB(0xBF_BFBF))
        };
        Look {
            title: plain.clone().set_bold().set_font_size(14.0),
            help: plain.clone().set_font_color(Color::RGB(0x59_5959)),
            heading: plain.clone().set_bold().set_border_bottom(FormatBorder::Medium),
            text: plain.clone().set_text_wrap(),
            grey: plain.clone().set_font_color(Color::RGB(0x76_7676)),
            number: filled(0xFF_FFFF),
            assumed: filled(0xFF_F2CC),
            unchecked: filled(0xDD_EBF7),
        }
    }
}

/// The workbook of a country.
///
/// # Errors
/// A text of more than 32,767 letters, or a name of a sheet that Excel does not take: the writer's own words.
pub fn write(country: &Country, effects: &Effects) -> Result<Vec<u8>, String> {
    book(country, effects).map_err(|error| format!("{} as a workbook: {error}", country.name))
}

fn book(country: &Country, effects: &Effects) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // The writer stamps the clock into the file otherwise; same country, same bytes.
    let day = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let title = format!("{}: the numbers of the model", country.name);
    book.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&day));
    let look = Look::new();
    read_me(book.add_worksheet(), country, &look)?;
    head(book.add_worksheet(), country, &look)?;
    for sheet in &SHEETS {
        let on = book.add_worksheet();
        on.set_name(sheet.name)?;
        opening(on, sheet.title, HELP, &COLUMNS, &look)?;
        for (at, (index, spec)) in sheet.specs().enumerate() {
            let given = &country.given[index];
            let written = Written::new(spec, given, effects, &country.currency);
            let cell = match (&given.basis, given.unchecked) {
                (Basis::Assumed, _) => &look.assumed,
                (_, true) => &look.unchecked,
                _ => &look.number,
            };
            number_row(on, HEADINGS + 1 + at as u32, spec, &written, cell, &look)?;
        }
    }
    targets(book.add_worksheet(), country, &look)?;
    prisons(book.add_worksheet(), country, &look)?;
    sources(book.add_worksheet(), country, &look)?;
    book.save_to_buffer()
}

const HELP: &str = "One row for each number. Change value, low and high, and say in source where they come from; the interval is the middle 95 %. Without low and high the number is taken as certain.";

fn opening(
    sheet: &mut Worksheet,
    title: &str,
    help: &str,
    columns: &[(&str, f64)],
    look: &Look,
) -> Result<(), XlsxError> {
    sheet.write_with_format(0, 0, title, &look.title)?;
    sheet.write_with_format(1, 0, help, &look.help)?;
    for (at, (name, width)) in columns.iter().enumerate() {
        sheet.write_with_format(HEADINGS, at as u16, *name, &look.heading)?;
        sheet.set_column_width(at as u16, *width)?;
    }
    sheet.set_freeze_panes(HEADINGS + 1, 1)?;
    sheet.set_landscape().set_print_fit_to_pages(1, 0);
    Ok(())
}

fn number_row(
    sheet: &mut Worksheet,
    row: u32,
    spec: &Spec,
    w: &Written,
    cell: &Format,
    look: &Look,
) -> Result<(), XlsxError> {
    sheet.write_with_format(row, 0, spec.meaning.trim(), &look.text)?;
    let format = match spec.unit {
        Unit::Proportion => cell.clone().set_num_format("0.0##%"),
        Unit::Persons | Unit::PersonsPerYear | Unit::Money => {
            cell.clone().set_num_format("#,##0.##")
        }
        _ => cell.clone(),
    };
    for (column, number) in [(1, w.value), (2, w.low), (3, w.high)] {
        match number {
            Some(number) => sheet.write_with_format(row, column, number, &format)?,
            None => sheet.write_blank(row, column, &format)?,
        };
    }
    let bounds = DataValidation::new()
        .allow_decimal_number(DataValidationRule::Between(spec.low, spec.high))
        .set_error_style(DataValidationErrorStyle::Warning)
        .set_error_title("Outside the range")?
        .set_error_message(format!(
            "In {} this number lies between {} and {}.",
            w.unit, spec.low, spec.high
        ))?;
    sheet.add_data_validation(row, 1, row, 3, &bounds)?;
    sheet.write_with_format(row, 4, &w.unit, &look.text)?;
    sheet.write_with_format(row, 5, &w.source, cell)?;
    if let Some(year) = w.year {
        sheet.write_with_format(row, 6, year, cell)?;
    }
    text(sheet, row, 7, &w.note, &look.text)?;
    text(sheet, row, 8, &w.locator, &look.text)?;
    text(sheet, row, 9, &w.distribution, &look.text)?;
    text(sheet, row, 10, if w.carried_over { "yes" } else { "" }, &look.text)?;
    text(sheet, row, 11, if w.unchecked { "yes" } else { "" }, &look.text)?;
    sheet.write_with_format(row, 12, spec.name, &look.grey)?;
    Ok(())
}

fn text(s: &mut Worksheet, row: u32, at: u16, text: &str, look: &Format) -> Result<(), XlsxError> {
    if !text.is_empty() {
        s.write_with_format(row, at, text, look)?;
    }
    Ok(())
}

fn read_me(sheet: &mut Worksheet, country: &Country, look: &Look) -> Result<(), XlsxError> {
    sheet.set_name("read me")?;
    sheet.set_column_width(0, 110)?;
    let (assumed, unchecked) = (country.assumed().count(), country.unchecked().count());
    sheet.write_with_format(
        0,
        0,
        format!("{}: the numbers of the model", country.name),
        &look.title,
    )?;
    let lines = [
        (format!("{assumed} of {} numbers have no source and are assumed, widely. They are the yellow ones: replace them first.", SPECS.len()), &look.assumed),
        (format!("{unchecked} were written from memory of their publication, and are to be compared with its page. They are the blue ones."), &look.unchecked),
        ("Write a number in the unit of its row. Shares are shown in per cent: 12.5 % is typed as 12.5%.".into(), &look.text),
        ("low and high are the middle 95 %: nineteen times in twenty the truth is taken to lie between. An assumed number needs both.".into(), &look.text),
        ("source is a name of the sheet “sources”, where its citation stands; “assumed” if there is none; “design” for a choice. Add your own sources there.".into(), &look.text),
        (format!("“{EFFECT}…” is a row of the evidence table, with its interval. To use another number, write your own source instead."), &look.text),
        ("On “targets” stand the figures that the model is held against; rows may be added. On “prisons” stand the prisons, or all of a kind together.".into(), &look.text),
        ("A formula is taken at its result. Columns may be moved; keep their headings and the last column, by which a row is known.".into(), &look.text),
        (format!("Then: throughcare country read {}.xlsx. Whatever is wrong is said by sheet, row and column, and nothing is taken until all is right.", country.code), &look.text),
    ];
    for (at, (line, format)) in lines.iter().enumerate() {
        let format = (*format).clone().set_text_wrap();
        sheet.write_with_format(2 + at as u32, 0, line, &format)?;
    }
    Ok(())
}

fn head(sheet: &mut Worksheet, country: &Country, look: &Look) -> Result<(), XlsxError> {
    sheet.set_name("country")?;
    let help = "The run begins with the first of January of the start year.";
    opening(sheet, "The country", help, &[("name", 40.0), ("value", 40.0), ("id", 14.0)], look)?;
    let rows = [
        ("Code, three letters", country.code.as_str(), "code"),
        ("Name", country.name.as_str(), "name"),
        ("Currency of all costs", country.currency.as_str(), "currency"),
    ];
    for (at, (words, value, id)) in rows.iter().enumerate() {
        let row = HEADINGS + 1 + at as u32;
        sheet.write_with_format(row, 0, *words, &look.text)?;
        sheet.write_with_format(row, 1, *value, &look.number)?;
        sheet.write_with_format(row, 2, *id, &look.grey)?;
    }
    let row = HEADINGS + 1 + rows.len() as u32;
    sheet.write_with_format(row, 0, "Year in which the run starts", &look.text)?;
    sheet.write_with_format(row, 1, country.start, &look.number)?;
    sheet.write_with_format(row, 2, "start", &look.grey)?;
    Ok(())
}

fn targets(sheet: &mut Worksheet, country: &Country, look: &Look) -> Result<(), XlsxError> {
    sheet.set_name("targets")?;
    let help = "Figures with their interval that the model must meet at the end of a year. Add rows below; choose what is measured in the last column.";
    opening(sheet, "What the model is held against", help, &TARGET_COLUMNS, look)?;
    for (at, t) in country.targets.iter().enumerate() {
        let row = HEADINGS + 1 + at as u32;
        let cell = if t.source == "assumed" { &look.assumed } else { &look.number };
        let format =
            if t.measure.is_share() { cell.clone().set_num_format("0.0##%") } else { cell.clone() };
        sheet.write_with_format(row, 0, measure_in_words(t.measure), &look.text)?;
        for (column, number) in [(1, t.value), (2, t.low), (3, t.high)] {
            sheet.write_with_format(row, column, number, &format)?;
        }
        sheet.write_with_format(row, 4, t.year, cell)?;
        sheet.write_with_format(row, 5, &t.source, cell)?;
        text(sheet, row, 6, t.note.as_deref().unwrap_or_default(), &look.text)?;
        sheet.write_with_format(row, 7, t.measure.word(), &look.grey)?;
    }
    let words: Vec<&str> = Measure::ALL.iter().map(|m| m.word()).collect();
    choice(sheet, 7, country.targets.len() as u32, &words)
}

fn prisons(sheet: &mut Worksheet, country: &Country, look: &Look) -> Result<(), XlsxError> {
    sheet.set_name("prisons")?;
    let help = "Each prison, or all prisons of a kind together. The last four columns: share of the people held whom each service can reach here, of what is reached in all prisons; empty is all.";
    opening(sheet, "Prisons", help, &PRISON_COLUMNS, look)?;
    for (at, prison) in country.prisons.iter().enumerate() {
        let row = HEADINGS + 1 + at as u32;
        sheet.write_with_format(row, 0, &prison.name, &look.number)?;
        sheet.write_with_format(row, 1, prison.kind.word(), &look.number)?;
        sheet.write_with_format(row, 2, prison.capacity, &look.number)?;
        let o = prison.offers;
        let share = look.number.clone().set_num_format("0.##%");
        for (column, offer) in [(3, o.oat), (4, o.needles), (5, o.hiv_care), (6, o.hcv_care)] {
            sheet.write_with_format(row, column, offer, &share)?;
        }
    }
    let kinds = ["remand", "sentenced", "women", "general", "juvenile", "hospital"];
    choice(sheet, 1, country.prisons.len() as u32, &kinds)
}

/// A list to choose from in a column, for the rows there are and some to come.
fn choice(sheet: &mut Worksheet, at: u16, rows: u32, words: &[&str]) -> Result<(), XlsxError> {
    let list = DataValidation::new().allow_list_strings(words)?;
    sheet.add_data_validation(HEADINGS + 1, at, HEADINGS + rows + SPARE, at, &list)?;
    Ok(())
}

fn sources(sheet: &mut Worksheet, country: &Country, look: &Look) -> Result<(), XlsxError> {
    sheet.set_name("sources")?;
    let help = "A short name for each publication, as it is used in the column “source” of the other sheets, and its citation. Add your own below.";
    opening(sheet, "Sources", help, &[("id", 30.0), ("citation", 120.0)], look)?;
    for (at, (id, citation)) in country.sources.iter().enumerate() {
        let row = HEADINGS + 1 + at as u32;
        sheet.write_with_format(row, 0, id, &look.number)?;
        sheet.write_with_format(row, 1, citation, &look.text)?;
    }
    Ok(())
}
