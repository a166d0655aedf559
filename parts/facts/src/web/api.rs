//! The facts by API: the wire types, and the same functions that the pages use.

use axum::extract::State;
use axum::response::Response;
use base::{App, Reader, Refusal, Table, answer};
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};

use super::compare;
use crate::fact::Fact;
use crate::indicator;
use crate::known::Known;
use crate::shown;

#[derive(OpenApi)]
#[openapi(paths(facts, countries, indicators, region))]
struct Facts;

/// The paths of this part.
pub fn description() -> utoipa::openapi::OpenApi {
    Facts::openapi()
}

/// One figure as it leaves.
#[derive(Serialize, ToSchema)]
pub struct WireFact {
    /// ISO 3166-1 alpha-3, or a jurisdiction such as GBR-SCT.
    pub place: String,
    pub indicator: String,
    /// Year, or day of the count.
    pub period: String,
    pub year: i32,
    pub group: String,
    pub value: f64,
    pub unit: &'static str,
    /// The interval that the source gives; absent where it gives none.
    pub low: Option<f64>,
    pub high: Option<f64>,
    pub source: String,
    pub locator: String,
    /// `none`, or the id of a mark of doubt.
    pub flag: &'static str,
    /// Why, in the reader's language.
    pub reason: Option<String>,
    /// Whether ranks, ratios and charts rest on it.
    pub usable: bool,
    pub note: String,
}

#[derive(Serialize, ToSchema)]
pub struct WireFacts {
    /// Figures that match.
    pub total: usize,
    /// Where this page begins.
    pub offset: usize,
    pub facts: Vec<WireFact>,
}

/// Figures to one answer.
const PAGE: usize = 5_000;

/// Figures in force, filtered; 5,000 to a page.
#[utoipa::path(
    get, path = "/api/facts",
    params(
        ("place" = Option<String>, Query, description = "Codes, separated by commas"),
        ("indicator" = Option<String>, Query, description = "Ids, separated by commas"),
        ("year" = Option<i32>, Query),
        ("group" = Option<String>, Query),
        ("source" = Option<String>, Query),
        ("flag" = Option<String>, Query),
        ("offset" = Option<usize>, Query)
    ),
    responses((status = 200, body = WireFacts), (status = 404, description = "No such place or indicator"), (status = 422, description = "A filter cannot be understood"))
)]
pub async fn facts(State(site): State<App>, reader: Reader) -> Result<Response, Refusal> {
    let known = Known::of(&site).await?;
    let list = |name: &str| -> Vec<String> {
        reader
            .asked(name)
            .iter()
            .flat_map(|text| text.split(','))
            .filter(|one| !one.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let number = |name: &str| -> Result<Option<i64>, Refusal> {
        reader
            .asked(name)
            .pop()
            .map(|text| text.parse().map_err(|_| Refusal::bad_input("not-a-number", name, &text)))
            .transpose()
    };
    let (places, ids, groups, sources, flags) =
        (list("place"), list("indicator"), list("group"), list("source"), list("flag"));
    for code in &places {
        crate::place::asked(code)?;
    }
    for id in &ids {
        indicator::indicators().get(id).ok_or_else(|| Refusal::not_found("no-indicator", id))?;
    }
    let (year, offset) = (number("year")?, number("offset")?.unwrap_or(0).max(0) as usize);
    let any =
        |wanted: &[String], value: &str| wanted.is_empty() || wanted.iter().any(|one| one == value);
    let matching: Vec<&Fact> = known
        .facts()
        .iter()
        .filter(|fact| {
            any(&places, &fact.place)
                && any(&ids, &fact.indicator)
                && any(&groups, &fact.group)
                && any(&sources, &fact.source)
                && any(&flags, fact.flag.id())
        })
        .filter(|fact| year.is_none_or(|year| i64::from(fact.year) == year))
        .collect();
    let page = matching.iter().skip(offset).take(PAGE).map(|fact| wire(&reader, fact)).collect();
    Ok(answer::json(&WireFacts { total: matching.len(), offset, facts: page }))
}

#[derive(Serialize, ToSchema)]
pub struct WirePlace {
    pub code: String,
    pub name: String,
    pub name_local: String,
    pub parent: Option<String>,
    pub region: &'static str,
    /// Member of the Council of Europe today.
    pub member: bool,
    pub figures: usize,
}

/// Every place that has figures.
#[utoipa::path(get, path = "/api/countries", responses((status = 200, body = Vec<WirePlace>)))]
pub async fn countries(State(site): State<App>, reader: Reader) -> Result<Response, Refusal> {
    let known = Known::of(&site).await?;
    let places: Vec<WirePlace> = known
        .places()
        .into_iter()
        .map(|place| WirePlace {
            code: place.code.clone(),
            name: place.name(reader.words.language.tag()).to_owned(),
            name_local: place.name_local.clone(),
            parent: place.parent.clone(),
            region: place.region.id(),
            member: place.council_of_europe(),
            figures: known.facts_of(&place.code).len(),
        })
        .collect();
    Ok(answer::json(&places))
}

#[derive(Serialize, ToSchema)]
pub struct WireIndicator {
    pub id: String,
    pub name: String,
    pub definition: String,
    pub unit: &'static str,
    pub topic: &'static str,
    pub numerator: Option<String>,
    pub denominator: Option<String>,
    pub compare_with: Option<String>,
}

/// Every indicator with its definition.
#[utoipa::path(get, path = "/api/indicators", responses((status = 200, body = Vec<WireIndicator>)))]
pub async fn indicators(reader: Reader) -> Result<Response, Refusal> {
    let all: Vec<WireIndicator> = indicator::indicators()
        .all()
        .iter()
        .map(|one| WireIndicator {
            id: one.id.clone(),
            name: reader.say(&one.key("name")),
            definition: reader.say(&one.key("definition")),
            unit: one.unit.id(),
            topic: one.topic.id(),
            numerator: one.numerator.clone(),
            denominator: one.denominator.clone(),
            compare_with: one.compare_with.clone(),
        })
        .collect();
    Ok(answer::json(&all))
}

/// Countries compared: the table of the page `/region`.
#[utoipa::path(
    get, path = "/api/region",
    params(("indicator" = Option<String>, Query), ("scope" = Option<String>, Query), ("place" = Option<String>, Query), ("sort" = Option<String>, Query)),
    responses((status = 200, body = Table), (status = 404, description = "No such indicator or place"), (status = 422, description = "A choice that cannot be shown"))
)]
pub async fn region(State(site): State<App>, reader: Reader) -> Result<Response, Refusal> {
    let known = Known::of(&site).await?;
    let choice = compare::choice(&reader, &known)?;
    let mut table = compare::table(&site, &reader, &known, &choice).await?;
    table.arrange(&reader);
    Ok(answer::json(&table))
}

fn wire(reader: &Reader, fact: &Fact) -> WireFact {
    WireFact {
        place: fact.place.clone(),
        indicator: fact.indicator.clone(),
        period: fact.period.clone(),
        year: fact.year,
        group: fact.group.clone(),
        value: fact.value,
        unit: indicator::indicators().get(&fact.indicator).map_or("", |one| one.unit.id()),
        low: fact.low,
        high: fact.high,
        source: fact.source.clone(),
        locator: fact.locator.clone(),
        flag: fact.flag.id(),
        reason: shown::flag_of(&reader.words, fact).map(|flag| flag.reason),
        usable: fact.usable(),
        note: fact.note.clone(),
    }
}
