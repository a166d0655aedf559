//! Indicators: what each measures, and how every place stands on it.

use axum::extract::{Path, State};
use axum::response::Response;
use base::answer::{self, Form};
use base::page::{Head, value};
use base::table::{Cell, Column};
use base::{App, Reader, Refusal, Table};
use minijinja::context;

use super::compare::{self, Choice};
use crate::indicator::{Better, IndicatorKind, Setting, indicators};
use crate::known::Known;
use crate::{region, shown};

pub async fn list(State(site): State<App>, reader: Reader) -> Result<Response, Refusal> {
    let table = table(&reader, &*Known::of(&site).await?);
    let head = Head::titled(reader.say("way-indicators")).about(reader.say("indicators-lead"));
    let lead = reader.say("indicators-lead");
    answer::page(
        &site,
        &reader,
        "facts/list.html",
        head,
        context! { view => value(table.view(&reader)), lead },
    )
}

pub async fn file(
    State(site): State<App>,
    reader: Reader,
    Path(form): Path<String>,
) -> Result<Response, Refusal> {
    answer::table(
        table(&reader, &*Known::of(&site).await?),
        &reader,
        Form::of(&format!("indicators.{form}")).1,
    )
}

/// `/indicators/prison_rate`, and `.csv`, `.xlsx`, `.json` of its table.
pub async fn one(
    State(site): State<App>,
    reader: Reader,
    Path(name): Path<String>,
) -> Result<Response, Refusal> {
    let (id, form) = Form::of(&name);
    let indicator = indicators().get(id).ok_or_else(|| Refusal::not_found("no-indicator", id))?;
    let words = &reader.words;
    let known = Known::of(&site).await?;
    let choice =
        Choice { indicators: vec![indicator], places: known.places(), scope: "all".into() };
    let table = compare::table(&site, &reader, &known, &choice).await?;
    if form != Form::Page {
        return answer::table(table, &reader, form);
    }
    let standings = region::standings(&known, indicator, &choice.places);
    let labels = super::labels(&site, &reader, &known).await?;
    let mut drawings = Vec::new();
    if !standings.is_empty() {
        drawings.extend(region::map(&site, words, indicator, &standings, "map").await?);
        drawings.extend(region::multiples(words, indicator, &standings, "years"));
    }
    for mark in drawings.iter_mut().flat_map(|drawing| &mut drawing.sources) {
        mark.label = labels.get(&mark.id).unwrap_or(&mark.id).clone();
    }
    let name_of = |id: &str| {
        indicators()
            .get(id.split(':').next().unwrap_or(id))
            .map(|one| (words.say(&one.key("name")), format!("/indicators/{}", one.id)))
    };
    let about = context! {
        id => indicator.id.clone(),
        definition => words.say(&indicator.key("definition")),
        unit => words.say(&format!("unit-{}", indicator.unit.id())),
        topic => words.say(&format!("topic-{}", indicator.topic.id())),
        topic_href => format!("/evidence/{}", indicator.topic.id()),
        setting => words.say(match indicator.setting { Setting::Inside => "inside", Setting::Outside => "outside", Setting::Justice => "setting-justice" }),
        hue => value(shown::hue(indicator)),
        better => words.say(match indicator.better { Better::Higher => "better-higher", Better::Lower => "better-lower", Better::Neither => "better-neither" }),
        computed => indicator.kind == IndicatorKind::Computed,
        numerator => value(indicator.numerator.as_deref().and_then(name_of)),
        denominator => value(indicator.denominator.as_deref().and_then(name_of)),
        compare_with => value(indicator.compare_with.as_deref().and_then(name_of)),
        basis => words.try_say(&indicator.key("basis"), &[]),
        question => indicator.question.then(|| words.say(&indicator.key("question"))),
    };
    let head = Head::titled(words.say(&indicator.key("name")))
        .about(words.say(&indicator.key("definition")))
        .under(reader.say("way-indicators"), "/indicators");
    let title = if standings.is_empty() {
        reader.say("indicator-empty")
    } else {
        region::title(words, indicator, &standings)
    };
    let values = context! { about, title, none => standings.is_empty(), view => value(table.view(&reader)), drawings => value(drawings), charts => format!("/indicators/{id}/charts") };
    answer::page(&site, &reader, "facts/indicator.html", head, values)
}

/// One drawing of an indicator's page as SVG, PNG or CSV.
pub async fn chart(
    State(site): State<App>,
    reader: Reader,
    Path((id, name)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let indicator = indicators().get(&id).ok_or_else(|| Refusal::not_found("no-indicator", &id))?;
    let known = Known::of(&site).await?;
    let standings = region::standings(&known, indicator, &known.places());
    let (drawing_id, form) = Form::of(&name);
    let drawing = compare::drawing(&site, &reader, indicator, &standings, drawing_id)
        .await?
        .ok_or_else(|| Refusal::not_found("no-chart", drawing_id))?;
    answer::drawing(&site, &reader, &drawing, form, &format!("{id}-{drawing_id}")).await
}

fn table(reader: &Reader, known: &Known) -> Table {
    let words = &reader.words;
    let columns = vec![
        Column::text("indicator", words.say("indicator")),
        Column::text("topic", words.say("topic")),
        Column::text("setting", words.say("setting")),
        Column::text("unit", words.say("unit")),
        Column::text("kind", words.say("kind")),
        Column::number("places", words.say("indicators-places")),
        Column::text("definition", words.say("definition")),
    ];
    let rows = indicators()
        .all()
        .iter()
        .map(|indicator| {
            let places = known.latest(&indicator.id, "total").len();
            vec![
                Cell::text(words.say(&indicator.key("name")))
                    .href(format!("/indicators/{}", indicator.id)),
                Cell::text(words.say(&format!("topic-{}", indicator.topic.id()))),
                Cell::text(words.say(match indicator.setting {
                    Setting::Inside => "inside",
                    Setting::Outside => "outside",
                    Setting::Justice => "setting-justice",
                })),
                Cell::text(words.say(&format!("unit-{}", indicator.unit.id()))),
                Cell::text(words.say(if indicator.kind == IndicatorKind::Computed {
                    "kind-computed"
                } else {
                    "kind-reported"
                })),
                Cell::number(places as f64, words.number(places as f64, 0)),
                Cell::text(words.say(&indicator.key("definition"))),
            ]
        })
        .collect();
    Table {
        id: "indicators".into(),
        caption: words.say("indicators-caption"),
        columns,
        rows,
        note: None,
        sources: Vec::new(),
    }
}
