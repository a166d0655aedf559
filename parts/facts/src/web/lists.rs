//! Long lists: every figure of a country, every doubt, every import.

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use axum::response::Response;
use base::answer::{self, Form};
use base::page::{Head, value};
use base::table::{Cell, Column};
use base::{App, Reader, Refusal, Site, Table};
use minijinja::context;

use crate::fact::{Fact, Flag};
use crate::indicator::indicators;
use crate::known::Known;
use crate::place::{self, places};
use crate::{shown, store};

/// `/countries/MDA/figures` and the same with `.csv`, `.xlsx`, `.json`.
pub async fn of_country(
    State(site): State<App>,
    reader: Reader,
    Path((code, list)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let (list, form) = Form::of(&list);
    if list != "figures" {
        return Err(Refusal::not_found("no-page", &reader.path));
    }
    let place = place::asked(&code)?;
    let known = Known::of(&site).await?;
    let labels = super::labels(&site, &reader, &known).await?;
    let name = place.name(reader.words.language.tag());
    let facts: Vec<&Fact> = known.facts_of(&place.code).iter().collect();
    let caption = reader.words.say_with("figures-of", &[("place", name.into())]);
    let table =
        table(&reader, &format!("figures-{}", place.code), caption.clone(), &facts, &labels, false);
    if form != Form::Page {
        return answer::table(table, &reader, form);
    }
    let head = Head::titled(caption)
        .under(reader.say("way-countries"), "/countries")
        .under(name, format!("/countries/{}", place.code));
    show(&site, &reader, head, reader.say("figures-lead"), table)
}

/// Every figure with a mark of doubt.
pub async fn doubts(State(site): State<App>, reader: Reader) -> Result<Response, Refusal> {
    let table = doubts_table(&site, &reader).await?;
    let head = Head::titled(reader.say("doubts-title"));
    show(&site, &reader, head, reader.say("doubts-lead"), table)
}

pub async fn doubts_file(
    State(site): State<App>,
    reader: Reader,
    Path(form): Path<String>,
) -> Result<Response, Refusal> {
    answer::table(
        doubts_table(&site, &reader).await?,
        &reader,
        Form::of(&format!("doubts.{form}")).1,
    )
}

/// Every import that changed something.
pub async fn imports(State(site): State<App>, reader: Reader) -> Result<Response, Refusal> {
    let table = imports_table(&site, &reader).await?;
    let head = Head::titled(reader.say("imports-title"));
    show(&site, &reader, head, reader.say("imports-lead"), table)
}

pub async fn imports_file(
    State(site): State<App>,
    reader: Reader,
    Path(form): Path<String>,
) -> Result<Response, Refusal> {
    answer::table(
        imports_table(&site, &reader).await?,
        &reader,
        Form::of(&format!("imports.{form}")).1,
    )
}

fn show(
    site: &Site,
    reader: &Reader,
    head: Head,
    lead: String,
    table: Table,
) -> Result<Response, Refusal> {
    answer::page(
        site,
        reader,
        "facts/list.html",
        head,
        context! { view => value(table.view(reader)), lead },
    )
}

async fn doubts_table(site: &Site, reader: &Reader) -> Result<Table, Refusal> {
    let known = Known::of(site).await?;
    let labels = super::labels(site, reader, &known).await?;
    let facts: Vec<&Fact> =
        known.facts().iter().filter(|fact| !matches!(fact.flag, Flag::None)).collect();
    Ok(table(reader, "doubts", reader.say("doubts-title"), &facts, &labels, true))
}

/// Facts as a table.
fn table(
    reader: &Reader,
    id: &str,
    caption: String,
    facts: &[&Fact],
    labels: &BTreeMap<String, String>,
    with_place: bool,
) -> Table {
    let words = &reader.words;
    let mut columns = vec![Column::text("indicator", words.say("indicator"))];
    if with_place {
        columns.insert(0, Column::text("place", words.say("place")));
    }
    columns.extend([
        Column::text("period", words.say("period")),
        Column::text("group", words.say("group")),
        Column::number("value", words.say("value")),
        Column::text("unit", words.say("unit")),
        Column::text("interval", words.say("interval")),
        Column::text("source", words.say("source")),
        Column::text("locator", words.say("locator")),
        Column::text("flag", words.say("flag")),
        Column::text("reason", words.say("reason")),
    ]);
    let rows = facts
        .iter()
        .filter_map(|fact| {
            let indicator = indicators().get(&fact.indicator)?;
            let flag = shown::flag_of(words, fact);
            let decimals = if fact.value.fract() == 0.0 { 0 } else { 2 };
            let mut row = Vec::with_capacity(11);
            if with_place {
                let name = places()
                    .get(&fact.place)
                    .map_or(fact.place.as_str(), |place| place.name(words.language.tag()));
                row.push(Cell::text(name).href(format!("/countries/{}", fact.place)));
            }
            row.extend([
                Cell::text(words.say(&indicator.key("name")))
                    .href(format!("/indicators/{}", indicator.id)),
                Cell::text(&fact.period),
                Cell::text(words.say(&format!("group-{}", fact.group))),
                Cell {
                    flagged: !fact.usable(),
                    hue: shown::hue(indicator),
                    ..Cell::number(fact.value, words.number(fact.value, decimals))
                        .href(shown::href(fact))
                },
                Cell::text(shown::unit(words, indicator.unit)),
                Cell::text(shown::interval(words, fact.low, fact.high, decimals)),
                Cell::text(labels.get(&fact.source).unwrap_or(&fact.source))
                    .href(format!("/sources/{}", fact.source)),
                Cell::text(&fact.locator),
                flag.as_ref().map_or_else(Cell::default, |flag| Cell::text(&flag.label)),
                flag.map_or_else(Cell::default, |flag| Cell::text(flag.reason)),
            ]);
            Some(row)
        })
        .collect();
    Table {
        id: id.into(),
        caption,
        columns,
        rows,
        note: Some(words.say("not-official")),
        sources: Vec::new(),
    }
}

async fn imports_table(site: &Site, reader: &Reader) -> Result<Table, Refusal> {
    let words = &reader.words;
    let columns = vec![
        Column::number("number", words.say("imports-number")),
        Column::text("at", words.say("imports-at")),
        Column::text("kind", words.say("imports-kind")),
        Column::text("file", words.say("imports-file")),
        Column::number("added", words.say("imports-added")),
        Column::number("changed", words.say("imports-changed")),
        Column::number("same", words.say("imports-same")),
        Column::number("refused", words.say("imports-refused")),
    ];
    let count = |value: i64| Cell::number(value as f64, words.number(value as f64, 0));
    let rows = store::imports(&site.storage)
        .await?
        .into_iter()
        .map(|import| {
            vec![
                count(import.number),
                Cell::text(day(import.at)),
                Cell::text(
                    words
                        .try_say(&format!("import-kind-{}", import.kind), &[])
                        .unwrap_or(import.kind),
                ),
                Cell::text(import.file),
                count(import.added),
                count(import.changed),
                count(import.same),
                count(import.refused),
            ]
        })
        .collect();
    Ok(Table {
        id: "imports".into(),
        caption: words.say("imports-title"),
        columns,
        rows,
        note: None,
        sources: Vec::new(),
    })
}

/// The day, ISO 8601, of UTC seconds.
pub fn day(seconds: i64) -> String {
    jiff::Timestamp::from_second(seconds)
        .unwrap_or(jiff::Timestamp::UNIX_EPOCH)
        .strftime("%Y-%m-%d")
        .to_string()
}
