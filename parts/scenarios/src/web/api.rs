//! The scenarios by API: the countries and levers there are, an answer, and what went in.

use axum::extract::{Path, State};
use axum::response::Response;
use base::{App, Reader, Refusal, answer};
use epidemic::parameters::SPECS;
use facts::known::Known;
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};

use super::{budget_page, compare_page, elimination_page, of_code, policies_page, question, runs};
use crate::answer::Answer;
use crate::budget::Budget;
use crate::desk;
use crate::kept;
use crate::lever::{Group, LEVERS, Scale};
use crate::model::models;
use crate::targets::{Offered, offered};

#[derive(OpenApi)]
#[openapi(paths(
    countries,
    one,
    inputs,
    policies,
    budget,
    calibration,
    targets,
    elimination,
    compare,
    run
))]
struct Scenarios;

/// The paths of this part.
pub fn description() -> utoipa::openapi::OpenApi {
    Scenarios::openapi()
}

#[derive(Serialize, ToSchema)]
pub struct WireCountry {
    pub code: String,
    /// The year at whose beginning a run starts.
    pub start: i32,
    pub currency: String,
    pub calibrated: bool,
    /// Parameters, and how many of them rest on no source.
    pub parameters: usize,
    pub assumed: usize,
    /// Names the figures that go into a run.
    pub inputs: String,
    pub levers: Vec<WireLever>,
}

#[derive(Serialize, ToSchema)]
pub struct WireLever {
    /// The name in an address: `oat-prison=40`; `oat-prison.from=2028` and `oat-prison.by=2031` give it dates of its own.
    pub id: &'static str,
    /// In the reader's language.
    pub label: String,
    pub group: Group,
    pub scale: Scale,
    /// As the country goes on.
    pub now: f64,
    pub most: f64,
}

/// Countries that can be asked about, and what can be moved in each.
#[utoipa::path(get, path = "/api/scenarios", responses((status = 200, body = Vec<WireCountry>)))]
pub async fn countries(reader: Reader) -> Result<Response, Refusal> {
    let wire = |model: &'static crate::Model| WireCountry {
        code: model.country.code.clone(),
        start: model.country.start,
        currency: model.country.currency.clone(),
        calibrated: model.calibrated.is_some(),
        parameters: SPECS.len(),
        assumed: model.country.assumed().count(),
        inputs: model.inputs.clone(),
        levers: LEVERS
            .iter()
            .filter(|lever| lever.matters(&model.country))
            .map(|lever| WireLever {
                id: lever.id,
                label: reader.say(&format!("lever-{}", lever.id)),
                group: lever.group,
                scale: lever.scale,
                now: lever.now(&model.country),
                most: lever.most,
            })
            .collect(),
    };
    Ok(answer::json(&models().values().map(wire).collect::<Vec<_>>()))
}

/// What a policy changes in a country. Levers are named in the query, as `/api/scenarios` lists them; those left out stay as they are.
#[utoipa::path(
    get, path = "/api/scenarios/{code}",
    params(
        ("code" = String, Path, description = "ISO 3166-1 alpha-3 code"),
        ("from" = Option<i32>, Query, description = "Levers begin to move in this year"),
        ("by" = Option<i32>, Query, description = "and stand where they are moved to by this one"),
        ("until" = Option<i32>, Query, description = "The last year that is counted"),
        ("draws" = Option<usize>, Query, description = "Sets of parameters, each with its own fate"),
        ("people" = Option<f64>, Query, description = "Per cent of the people that are followed"),
        ("seed" = Option<u64>, Query)
    ),
    responses(
        (status = 200, body = Answer),
        (status = 404, description = "No model of this country"),
        (status = 422, description = "A name or value that cannot be used"),
        (status = 503, description = "Too many questions at once")
    )
)]
pub async fn one(reader: Reader, Path(code): Path<String>) -> Result<Response, Refusal> {
    let question = question(of_code(&code)?, &reader)?;
    Ok(answer::json(&*desk::ask(&question).await?))
}

/// Every parameter of a country's model with its interval and source.
#[utoipa::path(
    get, path = "/api/scenarios/{code}/inputs",
    params(("code" = String, Path, description = "ISO 3166-1 alpha-3 code"), ("lang" = Option<String>, Query)),
    responses((status = 200, body = base::Table), (status = 404, description = "No model of this country"))
)]
pub async fn inputs(reader: Reader, Path(code): Path<String>) -> Result<Response, Refusal> {
    Ok(answer::json(&crate::inputs::table(&reader.words, of_code(&code)?)))
}

/// The standard policies of a country, as they were computed beforehand.
#[utoipa::path(
    get, path = "/api/scenarios/{code}/policies",
    params(("code" = String, Path, description = "ISO 3166-1 alpha-3 code")),
    responses((status = 200, body = kept::Policies), (status = 404, description = "No model, or nothing computed"))
)]
pub async fn policies(Path(code): Path<String>) -> Result<Response, Refusal> {
    Ok(answer::json(&policies_page::kept(of_code(&code)?)?))
}

/// What yearly amounts buy in a country: every mix that was run, by rising cost.
#[utoipa::path(
    get, path = "/api/scenarios/{code}/budget",
    params(("code" = String, Path, description = "ISO 3166-1 alpha-3 code")),
    responses((status = 200, body = Budget), (status = 404, description = "No model, or nothing computed"))
)]
pub async fn budget(Path(code): Path<String>) -> Result<Response, Refusal> {
    let found = budget_page::of(of_code(&code)?)?;
    Ok(answer::json(&found.ok_or_else(|| Refusal::not_found("no-policies", &code))?))
}

/// How a country's model was fitted to its published figures, and which it meets.
#[utoipa::path(
    get, path = "/api/scenarios/{code}/calibration",
    params(("code" = String, Path, description = "ISO 3166-1 alpha-3 code")),
    responses((status = 200, body = kept::Calibration), (status = 404, description = "No model, or it is not fitted"))
)]
pub async fn calibration(Path(code): Path<String>) -> Result<Response, Refusal> {
    let fitted = of_code(&code)?.calibrated.as_ref();
    let fitted = fitted.ok_or_else(|| Refusal::not_found("no-policies", &code))?;
    Ok(answer::json(&fitted.report))
}

/// The figures of this site that the country's model could also be held against.
#[utoipa::path(
    get, path = "/api/scenarios/{code}/targets",
    params(("code" = String, Path, description = "ISO 3166-1 alpha-3 code")),
    responses((status = 200, body = Vec<Offered>), (status = 404, description = "No model of this country"))
)]
pub async fn targets(
    State(site): State<App>,
    Path(code): Path<String>,
) -> Result<Response, Refusal> {
    let country = &of_code(&code)?.country;
    let known = Known::of(&site).await?;
    Ok(answer::json(&offered(country, known.facts_of(&country.code))))
}

/// How each standard policy stands to WHO's targets for 2030; levers in the query are one policy more.
#[utoipa::path(
    get, path = "/api/scenarios/{code}/elimination",
    params(("code" = String, Path, description = "ISO 3166-1 alpha-3 code")),
    responses(
        (status = 200, body = Vec<elimination_page::Wire>),
        (status = 404, description = "No model of this country, or its run ends before 2030"),
        (status = 503, description = "Too many questions at once")
    )
)]
pub async fn elimination(reader: Reader, Path(code): Path<String>) -> Result<Response, Refusal> {
    Ok(answer::json(&elimination_page::asked(of_code(&code)?, &reader).await?.wire()))
}

/// Up to six answers side by side.
#[utoipa::path(
    get, path = "/api/scenarios/{code}/compare",
    params(
        ("code" = String, Path, description = "ISO 3166-1 alpha-3 code"),
        ("s" = Option<Vec<String>>, Query, description = "The name of a standard policy, or a question as its address asks it; once for each scenario")
    ),
    responses((status = 200, body = Vec<Answer>), (status = 404, description = "No model of this country"), (status = 422, description = "A scenario that cannot be asked, or too many"))
)]
pub async fn compare(reader: Reader, Path(code): Path<String>) -> Result<Response, Refusal> {
    let compared = compare_page::asked(of_code(&code)?, &reader).await?;
    Ok(answer::json(&compared.iter().map(|one| &*one.answer).collect::<Vec<_>>()))
}

/// The answer of a full run. How far a run is says `/api/jobs/{id}`.
#[utoipa::path(
    get, path = "/api/scenarios/runs/{id}",
    params(("id" = String, Path, description = "As its job")),
    responses((status = 200, body = Answer), (status = 404, description = "No such run, or it is not done"))
)]
pub async fn run(State(site): State<App>, Path(id): Path<String>) -> Result<Response, Refusal> {
    Ok(answer::json(&runs::finished(&site, &id).await?.1))
}
