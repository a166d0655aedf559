//! The same as data: data sets in and out, their descriptions, and estimates that passed the rules.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use base::access::SignedIn;
use base::{App, Reader, Refusal, Who, answer};
use serde::Serialize;
use serde_json::json;
use survey::Rules;
use utoipa::{OpenApi, ToSchema};

use super::data::{seen_by, taken};
use super::upload::Upload;
use super::{ROLES, describe, microdata, said, worked};
use crate::checks;
use crate::keeping::Untaken;
use crate::out::{Out, kept};
use crate::plan::Described;
use crate::problem::Problem;
use crate::question::Question;
use crate::shares::{self, Sight};
use crate::store::{self, DataSet};
use crate::{register, shown};

#[derive(OpenApi)]
#[openapi(paths(list, add, one, describe, estimates), components(schemas(WireData, WireProblems)))]
struct Own;

pub fn description() -> utoipa::openapi::OpenApi {
    Own::openapi()
}

/// A data set without its rows.
#[derive(Serialize, ToSchema)]
pub struct WireData {
    id: String,
    title: String,
    about: String,
    /// When people were asked, such as 2026 or 2026-05.
    period: String,
    /// Rounds of one survey share it.
    series: String,
    version: i64,
    interviews: i64,
    /// csv, xlsx, spss, stata, parquet, round
    kind: String,
    synthetic: bool,
    /// The day it was sent.
    day: String,
    /// How the sample was drawn, as TOML; empty until somebody described it.
    design: String,
    /// What the file or its column names say of the drawing, as TOML.
    offered: String,
    /// What was guessed or left out on the way in.
    notes: Vec<String>,
}

/// What keeps something from being done, a sentence each.
#[derive(Serialize, ToSchema)]
pub struct WireProblems {
    problems: Vec<String>,
}

pub fn wire(set: &DataSet) -> WireData {
    WireData {
        id: set.id.clone(),
        title: set.title.clone(),
        about: set.about.clone(),
        period: set.period.clone(),
        series: set.series.clone(),
        version: set.version,
        interviews: set.interview_count,
        kind: set.kind.clone(),
        synthetic: set.synthetic,
        day: shown::day(set.made_at),
        design: set.design.clone(),
        offered: set.offered.clone(),
        notes: set.notes.lines().map(str::to_owned).collect(),
    }
}

pub fn wrong(reader: &Reader, problems: &[Problem]) -> Response {
    let problems = WireProblems { problems: said(reader, problems) };
    (StatusCode::UNPROCESSABLE_ENTITY, Json(problems)).into_response()
}

/// Data sets that you see, the oldest first: your own and those shared with you; for data stewards and administrators, all.
#[utoipa::path(get, path = "/api/statistics/data", responses((status = 200, body = Vec<WireData>)))]
pub async fn list(State(site): State<App>, SignedIn(who): SignedIn) -> Result<Response, Refusal> {
    let sets = seen_by(&site, &who).await?;
    Ok(answer::json(&sets.iter().map(wire).collect::<Vec<_>>()))
}

/// Takes interviews: a form with `title`, `interviews` (a file: CSV, XLSX, SPSS, Stata, Parquet) and, where there are, `codebook`,
/// `about`, `period`, `round_of`, `synthetic`.
#[utoipa::path(
    post, path = "/api/statistics/data",
    responses(
        (status = 201, body = WireData),
        (status = 409, description = "The same interviews are here already", body = WireData),
        (status = 422, description = "What is wrong with the file", body = WireProblems)
    )
)]
pub async fn add(
    State(site): State<App>,
    reader: Reader,
    SignedIn(who): SignedIn,
    upload: Upload,
) -> Result<Response, Refusal> {
    answered(&site, &reader, &who, taken(&site, &reader, &who, upload).await).await
}

/// What became of interviews that were sent. Of those that are here already only who sees them learns which they are.
pub async fn answered(
    site: &App,
    reader: &Reader,
    who: &Who,
    taken: Result<DataSet, Untaken>,
) -> Result<Response, Refusal> {
    match taken {
        Ok(set) => Ok((StatusCode::CREATED, Json(wire(&set))).into_response()),
        Err(Untaken::Here(set)) => match Sight::of(site, who).await?.sees(&set) {
            true => Ok((StatusCode::CONFLICT, Json(wire(&set))).into_response()),
            false => Err(Refusal::conflict("here-elsewhere")),
        },
        Err(Untaken::Wrong(problems)) => Ok(wrong(reader, &problems)),
        Err(Untaken::Refused(refusal)) => Err(refusal),
    }
}

/// One data set with its columns.
#[utoipa::path(
    get, path = "/api/statistics/data/{id}", params(("id" = String, Path)),
    responses((status = 200, body = WireData), (status = 404, description = "No such data set"))
)]
pub async fn one(
    State(site): State<App>,
    SignedIn(who): SignedIn,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let set = shares::seen(&site, &who, &id).await?;
    let interviews = store::interviews_of(&site.storage.pool, &set.id).await?;
    let of = set.clone();
    let read = worked(move || {
        let (sheet, codes) = kept(&of, &interviews)?;
        let column = |column: &crate::sheet::Column| {
            let entry = codes.entry(&column.name).cloned().unwrap_or_default();
            json!({
                "name": column.name, "label": entry.label, "missing": entry.missing, "different": column.texts.len(),
                "values": entry.values.iter().map(|(code, words)| json!({ "code": code, "words": words })).collect::<Vec<_>>(),
            })
        };
        Ok::<_, Vec<Problem>>(sheet.columns.iter().map(column).collect::<Vec<_>>())
    });
    let columns = read.await?.map_err(|problems| Refusal::broken(said(&reader, &problems)))?;
    let mut whole = serde_json::to_value(wire(&set)).map_err(Refusal::broken)?;
    whole["columns"] = columns.into();
    Ok(answer::json(&whole))
}

/// Describes how the sample was drawn, by the TOML that `throughcare estimate` takes; checks it against every row.
#[utoipa::path(
    post, path = "/api/statistics/data/{id}/design", params(("id" = String, Path)), request_body(content = String, content_type = "application/toml"),
    responses(
        (status = 200, description = "What was understood, in words"),
        (status = 404, description = "No such data set"),
        (status = 422, description = "What is wrong with the description", body = WireProblems)
    )
)]
pub async fn describe(
    State(site): State<App>,
    reader: Reader,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
    text: String,
) -> Result<Response, Refusal> {
    let set = shares::seen(&site, &who, &id).await?;
    let described = match Described::read("design", &text) {
        Ok(described) => described,
        Err(problems) => return Ok(wrong(&reader, &problems)),
    };
    let described = Described { codebook: None, synthetic: false, ..described };
    let data = match microdata(&site, &set, described.clone()).await? {
        Ok(data) => data,
        Err(problems) => return Ok(wrong(&reader, &problems)),
    };
    describe::keep(&site, &who.by(who.holds(ROLES)), &set, &described).await?;
    let checks = checks::understood(&data.described, &data.sheet, &data.codes, &data.design);
    let told = |look: bool| -> Vec<String> {
        checks.iter().filter(|it| it.look == look).map(|it| it.say(&reader.words)).collect()
    };
    Ok(answer::json(&json!({ "understood": told(false), "look": told(true) })))
}

/// Estimates with their intervals, each cell held against the rules and against every table that is out.
#[utoipa::path(
    get, path = "/api/statistics/data/{id}/estimates",
    params(
        ("id" = String, Path),
        ("of" = Vec<String>, Query, description = "Indicators: yes-or-no columns, numbers, COLUMN=ANSWER, total(COLUMN), ratio(COLUMN,COLUMN), median(COLUMN), quantile(COLUMN,0.9)"),
        ("by" = Option<Vec<String>>, Query, description = "Groups to cross"),
        ("method" = Option<String>, Query, description = "logit, beta, likelihood, arcsine, xlogit, wilson, mean"),
        ("level" = Option<f64>, Query, description = "Confidence, 0.95 where none is given")
    ),
    responses(
        (status = 200, description = "A table for each indicator"),
        (status = 404, description = "No such data set"),
        (status = 409, description = "Nobody has described the sample yet"),
        (status = 422, description = "What cannot be estimated, and why", body = WireProblems)
    )
)]
pub async fn estimates(
    State(site): State<App>,
    SignedIn(who): SignedIn,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let set = shares::seen(&site, &who, &id).await?;
    if set.design.is_empty() {
        return Err(Refusal::conflict("not-described"));
    }
    let one = |name: &str| reader.asked(name).into_iter().find(|value| !value.is_empty());
    let level = one("level").map_or(Ok(0.95), |level| {
        level.parse::<f64>().map_err(|_| Refusal::bad_input("question", "level", &level))
    })?;
    let described = Described::read("design", &set.design);
    let data = match described {
        Ok(described) => microdata(&site, &set, described).await?,
        Err(problems) => Err(problems),
    };
    let data = match data {
        Ok(data) => data,
        Err(problems) => return Ok(wrong(&reader, &problems)),
    };
    let (data, version) = (Arc::new(data), set.version);
    let out = Out::of(&site, &set, data.clone(), None).await?;
    let (of, by) = (reader.asked("of"), reader.asked("by"));
    let method = one("method").unwrap_or_else(|| "logit".into());
    let made = worked(move || {
        let question = Question::read(&data, &of, &by, &method, level)?;
        let tables = question.answer(&data)?;
        let prepared = tables.iter().map(|one| {
            register::prepare((&data, version), &question, one, &out, &Rules::default())
                .map(|prepared| prepared.tabled)
        });
        prepared.collect::<Result<Vec<_>, Vec<Problem>>>()
    });
    Ok(match made.await? {
        Ok(tables) => answer::json(&json!({ "tables": tables })),
        Err(problems) => wrong(&reader, &problems),
    })
}
