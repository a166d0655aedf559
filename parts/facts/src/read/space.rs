//! Council of Europe Annual Penal Statistics, SPACE I (University of Lausanne): tables of prison
//! administrations, from the publisher or typed over by others, who are then named as such.
//! <https://wp.unil.ch/space>

use super::gather::{Gather, is_missing};
use super::table::{Book, Column, Header, Row};
use super::{NewSource, ReadError};
use crate::fact::{Fact, Reason};
use crate::place::fold;

const COUNTRY: usize = 0;
const HELD: usize = 1;
const DATE: usize = 2;
const SOURCE: usize = 3;
const NOTES: usize = 4;
const STAFF: usize = 5;
const RATE: usize = 6;
const CAPACITY: usize = 7;
const RELEASED: usize = 8;
const UNSENTENCED: usize = 9;
const WOMEN: usize = 10;
const FOREIGN: usize = 11;

const COLUMNS: &[Column] = &[
    Column::required(&["country", "prison administration", "administration"]),
    Column::required(&[
        "total number of inmates*",
        "inmates",
        "inmates_stock*",
        "number of inmates*",
    ]),
    Column::optional(&["date", "reference date"]),
    Column::optional(&["source name", "source_name"]),
    Column::optional(&["notes", "comments"]),
    Column::optional(&["total number of staff*", "staff"]),
    Column::optional(&["prison population rate*", "rate_per_100k"]),
    Column::optional(&["capacity of penal institutions*", "capacity", "total capacity*"]),
    Column::optional(&["number of inmates preventively released*", "released_preventively"]),
    Column::optional(&[
        "not_serving_final_sentence",
        "inmates not serving a final sentence*",
        "number of inmates not serving a final sentence*",
    ]),
    Column::optional(&["female inmates*", "number of female inmates*"]),
    Column::optional(&["foreign inmates*", "number of foreign inmates*"]),
];

/// Columns that hold figures, with what they are here.
const FIGURES: [(usize, &str, &str); 8] = [
    (HELD, "persons_held", "total"),
    (STAFF, "prison_staff", "total"),
    (RATE, "prison_rate", "total"),
    (CAPACITY, "official_capacity", "total"),
    (RELEASED, "persons_released_preventively", "total"),
    (UNSENTENCED, "persons_unsentenced", "total"),
    (WOMEN, "persons_held", "female"),
    (FOREIGN, "persons_held_foreign", "total"),
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
    if row.get(COUNTRY).is_empty() {
        return Ok(());
    }
    if row.header.has(SOURCE) && !fold(row.get(SOURCE)).contains("space") {
        gather.skip("from another source than SPACE");
        return Ok(());
    }
    let Some(place) = gather.place(row, row.title(COUNTRY), row.get(COUNTRY)) else {
        return Ok(());
    };
    let Some(date) = date(row) else {
        let message = "no date: neither a column “date”, nor a date in the headers or the title";
        gather.refused(row, row.title(DATE), row.get(DATE), message);
        return Ok(());
    };
    let Some(year) = gather.year(row, row.title(DATE), &date) else { return Ok(()) };
    let second_hand = !first_hand(row);
    gather.source(source(year));
    for (column, indicator, group) in FIGURES {
        let text = row.get(column);
        // Releases "until" a day are counted in the columns of that day.
        if !row.header.has(column) || is_missing(text) {
            continue;
        }
        let title = row.title(column).to_string();
        let Some(value) = gather.number(row, &title, text) else { continue };
        let mut fact = Fact::new(&place.code, indicator, year, group, value);
        fact.period = date.clone();
        fact.source = format!("space-i-{year}");
        fact.locator = match row.sheet {
            "" => format!("row {}", row.number),
            sheet => format!("sheet {sheet}, row {}", row.number),
        };
        fact.note = row.get(NOTES).to_string();
        if second_hand {
            fact.mark(Reason::new("second-hand").with("publisher", "SPACE I"));
        }
        gather.fact(row, &title, fact)?;
    }
    Ok(())
}

/// Whether the file says that it is SPACE's own: a title above the table, and no column that
/// names sources, which only a collection of several has.
fn first_hand(row: &Row<'_>) -> bool {
    let above = &row.preamble[..row.preamble.len().saturating_sub(1)];
    let mut cells = above.iter().flatten().map(|c| fold(c));
    !row.header.has(SOURCE)
        && cells.any(|c| c.contains("council of europe") || c.contains("space i"))
}

/// The day of the count: in its column, at the end of the header (`…_2021_01_31`), or in a title
/// (`on 31st January 2021`).
fn date(row: &Row<'_>) -> Option<String> {
    if row.header.has(DATE) {
        let text = row.get(DATE);
        return is_day(text).then(|| text[..10].to_string());
    }
    let above = &row.preamble[..row.preamble.len().saturating_sub(1)];
    std::iter::once(row.title(HELD))
        .chain(above.iter().flatten().map(String::as_str))
        .find_map(day_in)
}

fn is_day(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 10
        && bytes[..10].iter().enumerate().all(|(i, b)| match i {
            4 | 7 => *b == b'-',
            _ => b.is_ascii_digit(),
        })
        && matches!(&text[5..7], m if ("01"..="12").contains(&m))
        && matches!(&text[8..10], d if ("01"..="31").contains(&d))
}

fn day_in(text: &str) -> Option<String> {
    let folded = fold(text);
    let words: Vec<&str> = folded.split(' ').collect();
    words.windows(3).find_map(|w| {
        let year_first = w[0].len() == 4 && w[0].chars().all(|c| c.is_ascii_digit());
        let (year, month, day) = match year_first {
            true => (w[0], w[1].to_string(), w[2]),
            false => (w[2], format!("{:02}", month(w[1])?), w[0]),
        };
        let digits: String = day.chars().take_while(char::is_ascii_digit).collect();
        let text = format!("{year}-{month}-{digits:0>2}");
        (text.len() == 10 && is_day(&text)).then_some(text)
    })
}

fn month(name: &str) -> Option<usize> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    MONTHS.iter().position(|m| *m == name).map(|at| at + 1)
}

fn source(year: i32) -> NewSource {
    NewSource {
        id: format!("space-i-{year}"),
        title: format!("Council of Europe Annual Penal Statistics, SPACE I {year}"),
        publisher: "Council of Europe, University of Lausanne".into(),
        year: Some(year),
        url: "https://wp.unil.ch/space".into(),
        licence: "May be reproduced for educational or non-profit purposes with acknowledgement"
            .into(),
    }
}
