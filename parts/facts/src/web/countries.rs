//! The list of countries with the figures that one looks for first.

use axum::extract::{Path, State};
use axum::response::Response;
use base::answer::{self, Form};
use base::page::{Head, value};
use base::table::{Cell, Column};
use base::{App, Reader, Refusal, Table};
use minijinja::context;

use crate::indicator::indicators;
use crate::known::Known;
use crate::shown;

/// What the list shows of each country.
const SHOWN: &[&str] = &[
    "persons_held",
    "prison_rate",
    "occupancy",
    "drug_law_share",
    "hiv_prevalence_prison",
    "oat_people_prison",
];

pub async fn list(State(site): State<App>, reader: Reader) -> Result<Response, Refusal> {
    let known = Known::of(&site).await?;
    let head = Head::titled(reader.say("way-countries")).about(reader.say("countries-lead"));
    let view = table(&reader, &known).view(&reader);
    answer::page(
        &site,
        &reader,
        "facts/countries.html",
        head,
        context! { view => value(view), empty => known.is_empty() },
    )
}

pub async fn file(
    State(site): State<App>,
    reader: Reader,
    Path(form): Path<String>,
) -> Result<Response, Refusal> {
    let (_, form) = Form::of(&format!("countries.{form}"));
    answer::table(table(&reader, &*Known::of(&site).await?), &reader, form)
}

fn table(reader: &Reader, known: &Known) -> Table {
    let words = &reader.words;
    let language = words.language.tag();
    let shown_indicators: Vec<_> = SHOWN.iter().filter_map(|id| indicators().get(id)).collect();
    let mut columns = vec![
        Column::text("place", words.say("place")),
        Column::text("region", words.say("region")),
    ];
    columns.extend(shown_indicators.iter().map(|indicator| {
        Column::number(&indicator.id, words.say(&indicator.key("short")))
            .help(words.say(&indicator.key("definition")))
    }));
    columns.push(Column::number("figures", words.say("countries-figures")));
    let mut rows: Vec<Vec<Cell>> = known
        .places()
        .into_iter()
        .map(|place| {
            let figures = known.figures_of(&place.code);
            let mut row = vec![
                Cell::text(place.name(language)).href(format!("/countries/{}", place.code)),
                Cell::text(words.say(&format!("region-{}", place.region.id()))),
            ];
            row.extend(shown_indicators.iter().map(|indicator| {
                match figures.latest(&place.code, &indicator.id, "total") {
                    None => Cell::missing(words.say("figure-missing")),
                    Some(figure) => {
                        let flag = shown::flag(words, &figure);
                        let unit =
                            if shown::unit(words, indicator.unit) == "%" { " %" } else { "" };
                        Cell {
                            flagged: flag.as_ref().is_some_and(|flag| !flag.usable),
                            title: flag.map(|flag| format!("{}: {}", flag.label, flag.reason)),
                            hue: shown::hue(indicator),
                            ..Cell::number(
                                figure.value,
                                format!("{}{unit}", shown::value(words, &figure)),
                            )
                            .aside(figure.year.to_string())
                        }
                    }
                }
            }));
            let count = known.facts_of(&place.code).len();
            row.push(
                Cell::number(count as f64, words.number(count as f64, 0))
                    .href(format!("/countries/{}/figures", place.code)),
            );
            row
        })
        .collect();
    rows.sort_by(|a, b| base::table::plain(&a[0].text).cmp(&base::table::plain(&b[0].text)));
    Table {
        id: "countries".into(),
        caption: words.say("countries-caption"),
        columns,
        rows,
        note: Some(words.say("region-table-note")),
        sources: Vec::new(),
    }
}
