//! Rounds for programs: what there are, how far each is, and their answers as files. The same functions make the pages.

use axum::extract::{Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use base::access::SignedIn;
use base::answer;
use base::{App, Reader, Refusal, Site};
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};

use super::rounds::found;
use super::taken::{self, Wish};
use crate::data::door::Taker;
use crate::progress::{self, Counts};
use crate::round::{self, Round};
use crate::{day, instrument};

#[derive(OpenApi)]
#[openapi(paths(rounds, one, data))]
struct Described;

pub fn description() -> utoipa::openapi::OpenApi {
    Described::openapi()
}

/// A round with its counts.
#[derive(Serialize, ToSchema)]
pub struct WireRound {
    pub id: String,
    pub title: String,
    pub instrument: String,
    pub version: i64,
    /// `ahead`, `open`, `over` or `closed`
    pub stage: String,
    pub anonymous: bool,
    pub from: String,
    /// Empty where it stays open until it is closed.
    pub until: String,
    /// Whether one address serves everybody, so that nobody knows how many were asked.
    pub shared: bool,
    pub counts: WireCounts,
}

#[derive(Serialize, ToSchema)]
pub struct WireCounts {
    pub asked: usize,
    /// Began and has not sent; 0 in an anonymous round, where nobody can tell.
    pub begun: usize,
    /// In an anonymous round with links: whose link was used.
    pub answered: usize,
    pub issues: usize,
    pub approved: usize,
    pub rejected: usize,
}

/// A round with its parts.
#[derive(Serialize, ToSchema)]
pub struct WireProgress {
    #[serde(flatten)]
    pub round: WireRound,
    pub countries: Vec<WireGroup>,
    /// Where the list of respondents named prisons.
    pub prisons: Vec<WireGroup>,
    pub days: Vec<WireDay>,
    /// The tables of its answers, each to be had as `{table}.csv`, `.parquet`, `.sav`.
    pub tables: Vec<String>,
}

#[derive(Serialize, ToSchema)]
pub struct WireGroup {
    pub country: String,
    pub prison: Option<String>,
    pub counts: WireCounts,
}

#[derive(Serialize, ToSchema)]
pub struct WireDay {
    pub day: String,
    pub answers: usize,
}

impl From<&Counts> for WireCounts {
    fn from(it: &Counts) -> WireCounts {
        WireCounts {
            asked: it.asked,
            begun: it.begun,
            answered: it.answered,
            issues: it.issues,
            approved: it.approved,
            rejected: it.rejected,
        }
    }
}

fn wire(round: &Round, counts: &Counts, today: &str) -> WireRound {
    WireRound {
        id: round.id.clone(),
        title: round.title.clone(),
        instrument: round.instrument.clone(),
        version: round.number,
        stage: round.stage(today).word().to_owned(),
        anonymous: round.anonymous,
        from: round.from_day.clone(),
        until: round.until_day.clone(),
        shared: !round.shared.is_empty(),
        counts: counts.into(),
    }
}

/// Every round, the newest first.
pub async fn all(site: &Site) -> Result<Vec<WireRound>, Refusal> {
    let pool = &site.storage.pool;
    let today = day::of(site.now());
    let mut wires = Vec::new();
    for round in round::all(pool).await? {
        let progress = progress::of(pool, &round).await?;
        wires.push(wire(&round, &progress.whole, &today));
    }
    Ok(wires)
}

/// One round, how far it is.
pub async fn of(site: &Site, round: &Round) -> Result<WireProgress, Refusal> {
    let pool = &site.storage.pool;
    let progress = progress::of(pool, round).await?;
    let missing = || Refusal::not_found("no-instrument", &round.instrument);
    let version = instrument::version(pool, &round.instrument, round.number).await?;
    let compiled = instrument::ready(pool, &version.ok_or_else(missing)?).await?;
    let tables = crate::data::empty_tables(&compiled, &[]);
    let countries = progress.countries.iter().map(|(country, counts)| WireGroup {
        country: country.clone(),
        prison: None,
        counts: counts.into(),
    });
    let prisons = progress.prisons.iter().map(|((country, prison), counts)| WireGroup {
        country: country.clone(),
        prison: Some(prison.clone()),
        counts: counts.into(),
    });
    let days =
        progress.days.iter().map(|(day, count)| WireDay { day: day.clone(), answers: *count });
    Ok(WireProgress {
        round: wire(round, &progress.whole, &day::of(site.now())),
        countries: countries.collect(),
        prisons: prisons.collect(),
        days: days.collect(),
        tables: tables.into_iter().map(|table| table.name).collect(),
    })
}

/// Every round.
#[utoipa::path(get, path = "/api/rounds", responses((status = 200, body = [WireRound]), (status = 401, description = "For who reads answers"), (status = 403, description = "For who reads answers")))]
pub async fn rounds(State(site): State<App>) -> Result<Response, Refusal> {
    Ok(answer::json(&all(&site).await?))
}

/// One round and how far it is, by country, prison and day.
#[utoipa::path(get, path = "/api/rounds/{id}", params(("id" = String, Path, description = "A round, by its id")), responses((status = 200, body = WireProgress), (status = 401, description = "For who reads answers"), (status = 403, description = "For who reads answers"), (status = 404, description = "No such round")))]
pub async fn one(State(site): State<App>, Path(id): Path<String>) -> Result<Response, Refusal> {
    let round = found(&site, &id).await?;
    Ok(answer::json(&of(&site, &round).await?))
}

/// The answers of a round as a file: `answers.csv`, `.parquet`, `.sav` and the same of each repeat; `answers.xlsx`,
/// `answers.json`, `places.geojson`, `codebook.csv`, `codebook.xml`, `package.zip`.
#[utoipa::path(get, path = "/api/rounds/{id}/data/{file}", params(("id" = String, Path, description = "A round, by its id"), ("file" = String, Path, description = "Such as answers.sav"), ("labels" = Option<String>, Query, description = "A language of the form, such as fr: labels in place of codes"), ("split" = Option<String>, Query, description = "1: a column of 0 and 1 for each choice")), responses((status = 200, description = "The file"), (status = 401, description = "For who reads answers"), (status = 403, description = "For who reads answers"), (status = 404, description = "No such round, or no such file"), (status = 409, description = "An anonymous round that is not closed, or its places")))]
pub async fn data(
    State(site): State<App>,
    reader: Reader,
    SignedIn(who): SignedIn,
    Path((id, file)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let round = found(&site, &id).await?;
    let wish = Wish::asked(&reader);
    let (bytes, kind) = taken::made(&site, &round, Taker::Person(&who), &file, &wish).await?;
    if kind == taken::JSON {
        return Ok(([(CONTENT_TYPE, kind)], bytes).into_response());
    }
    Ok(answer::file(bytes, kind, &format!("{}-{file}", round.id)))
}
