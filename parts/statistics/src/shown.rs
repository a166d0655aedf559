//! A table of figures as a page shows it: cells with intervals, a drawing of dots, a paper. All are made of the same [`Tabled`].

use base::document::{Block, Document, Drawing, Made, Section};
use base::table::{Cell, Column};
use base::{Site, Table, Words};
use chart::{DotRow, DotValue, Dots, Frame, Hue};

use crate::drawn::on_axis;
use crate::rounds::{label, with_unit};
use crate::tabled::{Figured, Tabled, TabledCell};

/// More rows than this are not drawn: nobody could read them.
const MOST_DRAWN: usize = 60;

/// The table, its notes under it.
pub fn table(words: &Words, tabled: &Tabled, id: &str) -> Table {
    let mut columns: Vec<Column> = tabled
        .by
        .iter()
        .zip(&tabled.by_labels)
        .map(|(key, label)| Column::text(key, label.as_str()))
        .collect();
    if columns.is_empty() {
        columns.push(Column::text("group", words.say("figures-group")));
    }
    columns.extend([
        Column::number("value", tabled.value_head(words)),
        Column::text("interval", tabled.interval_head(words)),
        Column::number("n", words.say("head-n")),
        Column::number("effective-n", words.say("head-effective-n")),
        Column::number("design-effect", words.say("head-effect")),
    ]);
    let rows = tabled.cells.iter().map(|cell| row(words, tabled, cell)).collect();
    Table {
        id: id.into(),
        caption: tabled.title(words),
        columns,
        rows,
        note: Some(tabled.notes(words).join(" ")),
        sources: Vec::new(),
    }
}

fn row(words: &Words, tabled: &Tabled, cell: &TabledCell) -> Vec<Cell> {
    let mut groups = tabled.groups(words, cell);
    if groups.is_empty() {
        groups.push(words.say("group-all"));
    }
    let mut row: Vec<Cell> = groups.into_iter().map(Cell::text).collect();
    match &cell.figure {
        Some(figure) => {
            let reasons: Vec<String> = figure.weak.iter().map(|key| words.say(key)).collect();
            let value = Cell {
                flagged: !reasons.is_empty(),
                title: (!reasons.is_empty()).then(|| reasons.join("; ")),
                ..Cell::number(
                    tabled.scaled(figure.value),
                    tabled.number(words, figure.value, figure),
                )
            };
            let maybe = |value: Option<f64>, decimals| match value {
                Some(value) => Cell::number(value, words.number(value, decimals)),
                None => Cell::missing(words.say("no-interval")),
            };
            row.extend([
                value,
                Cell::text(tabled.interval(words, figure)),
                Cell::number(figure.n as f64, words.number(figure.n as f64, 0)),
                maybe(figure.effective_n, 0),
                maybe(figure.design_effect, 1),
            ]);
        }
        None => {
            let why = why(words, cell);
            row.extend((0..5).map(|_| Cell::missing(why.clone())));
        }
    }
    row
}

fn why(words: &Words, cell: &TabledCell) -> String {
    words.say(cell.withheld.as_deref().unwrap_or("withheld-protected"))
}

/// The finding in words: from the lowest group to the highest.
pub fn finding(words: &Words, tabled: &Tabled) -> String {
    let unit = |figure: &Figured| with_unit(words, tabled, figure);
    let all: Vec<(&TabledCell, &Figured)> =
        tabled.cells.iter().filter_map(|cell| Some((cell, cell.figure.as_ref()?))).collect();
    let parts = all
        .iter()
        .filter(|(cell, figure)| figure.weak.is_empty() && cell.groups.iter().all(Option::is_some));
    let low = parts.clone().min_by(|a, b| a.1.value.total_cmp(&b.1.value));
    let high = parts.max_by(|a, b| a.1.value.total_cmp(&b.1.value));
    match (low, high) {
        (Some((low, least)), Some((high, most))) if !std::ptr::eq(*low, *high) => words.say_with(
            "finding-range",
            &[
                ("what", tabled.label.as_str().into()),
                ("low", unit(least).into()),
                ("low_group", label(words, tabled, &low.groups).into()),
                ("high", unit(most).into()),
                ("high_group", label(words, tabled, &high.groups).into()),
            ],
        ),
        _ => match all.last() {
            Some((cell, figure)) => words.say_with(
                "finding-one",
                &[
                    ("what", tabled.label.as_str().into()),
                    ("value", unit(figure).into()),
                    ("group", label(words, tabled, &cell.groups).into()),
                ],
            ),
            None => words.say_with("finding-none", &[("what", tabled.label.as_str().into())]),
        },
    }
}

/// Dots with their intervals, a row for each cell.
pub fn drawing(words: &Words, tabled: &Tabled, id: &str, width: f64) -> Drawing {
    let title = finding(words, tabled);
    let mut subtitle = tabled.title(words);
    if tabled.synthetic {
        subtitle = format!("{subtitle}. {}", words.say("synthetic-mark"));
    }
    let rows = tabled
        .cells
        .iter()
        .take(MOST_DRAWN)
        .map(|cell| DotRow {
            label: label(words, tabled, &cell.groups),
            values: cell.figure.iter().map(|figure| dot(words, tabled, figure)).collect(),
            missing: if cell.figure.is_none() { why(words, cell) } else { String::new() },
            ..DotRow::default()
        })
        .collect();
    let number = |value: f64| on_axis(words, value);
    let draw = |width: f64, id: &str| {
        let frame = Frame { width, description: &subtitle, ..Frame::new(id, &title, &number) };
        let dots =
            Dots { rows: Vec::clone(&rows), from_zero: tabled.unit == "share", ..Dots::default() };
        dots.draw(&frame)
    };
    Drawing {
        id: id.into(),
        alt: format!("{title}. {subtitle}"),
        svg: draw(width, id),
        narrow: Some(draw(340.0, &format!("{id}-narrow"))),
        table: table(words, tabled, id),
        note: Some(tabled.notes(words).join(" ")),
        sources: Vec::new(),
        title: title.clone(),
        subtitle: subtitle.clone(),
    }
}

fn dot(words: &Words, tabled: &Tabled, figure: &Figured) -> DotValue {
    let reasons: Vec<String> = figure.weak.iter().map(|key| words.say(key)).collect();
    DotValue {
        hue: Hue::Inside,
        value: tabled.scaled(figure.value),
        low: figure.low.map(|low| tabled.scaled(low)),
        high: figure.high.map(|high| tabled.scaled(high)),
        flagged: !reasons.is_empty(),
        note: reasons.join("; "),
    }
}

/// A paper: the drawing, the table, what it rests on.
pub fn document(
    site: &Site,
    words: &Words,
    tabled: &Tabled,
    title: &str,
    id: &str,
    day: &str,
) -> Document {
    let drawing = drawing(words, tabled, "figures", 640.0);
    let notes = tabled.notes(words).into_iter().map(|text| Block::Note { text });
    let mut table = table(words, tabled, id);
    table.note = None;
    let blocks = [Block::Drawing { drawing }, Block::Table { table }].into_iter().chain(notes);
    let section = Section {
        order: 10,
        id: "figures".into(),
        title: tabled.title(words),
        lead: None,
        blocks: blocks.collect(),
    };
    Document {
        subtitle: title.into(),
        footnote: tabled.synthetic.then(|| words.say("synthetic-mark")),
        ..paper(
            site,
            words,
            id,
            &finding(words, tabled),
            vec![section],
            day,
            &format!("/statistics/tables/{id}"),
        )
    }
}

/// A paper of the statistics with these sections.
pub fn paper(
    site: &Site,
    words: &Words,
    id: &str,
    title: &str,
    sections: Vec<Section>,
    day: &str,
    path: &str,
) -> Document {
    Document {
        id: id.into(),
        language: words.language.tag().into(),
        kind: words.say("statistics"),
        title: title.into(),
        local_title: None,
        subtitle: String::new(),
        footnote: None,
        findings: Vec::new(),
        sections,
        sources: Vec::new(),
        made: Made {
            figures_of: day.into(),
            revision: 0,
            version: env!("CARGO_PKG_VERSION").into(),
            address: format!("{}{path}", site.settings.public_url()),
        },
    }
}

/// A day as records bear it.
pub fn day(at: i64) -> String {
    let moment = jiff::Timestamp::from_second(at).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    moment.strftime("%Y-%m-%d").to_string()
}
