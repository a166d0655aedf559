//! The pages of the statistics: published tables for anyone, data sets and the explorer for who answers for them, the planning of
//! a sample; and the same as files.

mod api;
mod api_data;
mod codes;
mod data;
mod describe;
mod explore;
mod explorer;
mod picture;
mod safe;
mod sample;
mod sets;
mod tables;
mod upload;
mod versions;

use axum::routing::{get, post};
use base::part::{Step, Way};
use base::{App, May, Part, Reader, Refusal, Role, Route, Who};
use rust_embed::RustEmbed;
use utoipa::OpenApi;

use crate::out::kept;
use crate::plan::Described;
use crate::problem::Problem;
use crate::question::Microdata;
use crate::shares::Sight;
use crate::store::{self, DataSet, MIGRATIONS};

/// What this part tells the site.
pub static PART: Part = Part {
    name: "statistics",
    migrations: MIGRATIONS,
    pages: || base::part::templates::<Pages>("statistics"),
    words: || base::part::messages::<Words>("statistics"),
    routes,
    ways: &[Way { step: Step::Measure, message: "way-statistics", href: "/statistics" }],
    api: Some(api),
    ..Part::NOTHING
};

#[derive(RustEmbed)]
#[folder = "pages"]
struct Pages;

#[derive(RustEmbed)]
#[folder = "locale"]
struct Words;

/// Who works with interviews, and who answers for what leaves.
const ROLES: &[Role] = &[Role::Researcher, Role::DataSteward];
const RESEARCH: May = May::Everywhere(ROLES);
/// Who looks at data sets and decides what becomes of them: an administrator too, since their owner may be gone. Which of them somebody
/// sees is in `shares`.
const CHANGES: &[Role] = &[Role::Researcher, Role::DataSteward, Role::Administrator];
const SEES: May = May::Everywhere(CHANGES);
const STEWARD: May = May::Everywhere(&[Role::DataSteward]);

fn routes() -> Vec<Route> {
    vec![
        Route::fresh("/statistics", get(tables::list)),
        Route::fresh("/statistics/tables.{form}", get(tables::list_file)),
        Route::fresh("/statistics/tables/{id}", get(tables::one)),
        Route::fresh("/statistics/tables/{id}/charts/{name}", get(tables::chart)),
        Route::post("/statistics/tables/{id}/decide", STEWARD, post(tables::decide)),
        Route::fresh("/api/statistics/tables", get(tables::api)),
        Route::fresh("/api/statistics/tables/{id}", get(tables::api_one)),
        Route::fresh("/statistics/explore", get(explore::page)),
        Route::fresh("/statistics/explore.{form}", get(explore::file)),
        Route::fresh("/statistics/explore/charts/{name}", get(explore::chart)),
        Route::fresh("/api/statistics/explore", get(explore::api)),
        Route::fresh("/statistics/sets", get(sets::list)),
        Route::fresh("/statistics/sets.{form}", get(sets::list_file)),
        Route::fresh("/statistics/sets/{id}", get(sets::one)),
        Route::fresh("/statistics/catalogue.{form}", get(sets::catalogue)),
        Route::fresh("/api/statistics/sets", get(sets::api)),
        Route::only("/statistics/data/{id}/presentation", RESEARCH, get(sets::form)),
        Route::post("/statistics/data/{id}/presentation", RESEARCH, post(sets::keep)),
        Route::only("/statistics/data/{id}/safe", RESEARCH, get(safe::page)),
        Route::post("/statistics/data/{id}/safe", RESEARCH, post(safe::make)),
        Route::fresh("/statistics/files/{id}", get(safe::one)),
        Route::fresh("/statistics/files/{id}/{name}", get(safe::file)),
        Route::post("/statistics/files/{id}/decide", STEWARD, post(safe::decide)),
        Route::post("/statistics/files/{id}/withdraw", STEWARD, post(safe::withdraw)),
        Route::fresh("/statistics/sample", get(sample::page)),
        Route::fresh("/statistics/sample.{form}", get(sample::file)),
        Route::fresh("/statistics/sample/design.toml", get(sample::design)),
        Route::fresh("/api/statistics/sample", get(sample::api)),
        Route::only("/statistics/data", SEES, get(data::list)),
        Route::post("/statistics/data", RESEARCH, post(data::add)),
        Route::only("/statistics/data-sets.{form}", SEES, get(data::list_file)),
        Route::post("/statistics/data/round", RESEARCH, post(data::take_round)),
        Route::only("/statistics/data/{id}", SEES, get(describe::page)),
        Route::post("/statistics/data/{id}/design", RESEARCH, post(describe::describe)),
        Route::only("/statistics/data/{id}/codebook", SEES, get(codes::page)),
        Route::only("/statistics/data/{id}/codebook.{form}", SEES, get(codes::file)),
        Route::post("/statistics/data/{id}/codebook", RESEARCH, post(codes::take)),
        Route::only("/statistics/data/{id}/design.toml", SEES, get(describe::file)),
        Route::only("/statistics/data/{id}/versions", SEES, get(versions::page)),
        Route::post("/statistics/data/{id}/versions", RESEARCH, post(versions::add)),
        Route::post("/statistics/data/{id}/about", SEES, post(versions::about)),
        Route::post("/statistics/data/{id}/delete", SEES, post(versions::delete)),
        Route::only("/api/statistics/data", SEES, get(api::list)),
        Route::post("/api/statistics/data", RESEARCH, post(api::add)),
        Route::only("/api/statistics/data/{id}", SEES, get(api::one)),
        Route::post("/api/statistics/data/{id}/design", RESEARCH, post(api::describe)),
        Route::only("/api/statistics/data/{id}/versions", SEES, get(api_data::versions)),
        Route::post("/api/statistics/data/{id}/versions", RESEARCH, post(api_data::correct)),
        Route::post("/api/statistics/data/{id}/delete", SEES, post(api_data::delete)),
        Route::only("/api/statistics/rounds", RESEARCH, get(api_data::rounds)),
        Route::post("/api/statistics/data/round", RESEARCH, post(api_data::take_round)),
        Route::only("/api/statistics/data/{id}/estimates", RESEARCH, get(api::estimates)),
        Route::only("/statistics/data/{id}/explore", RESEARCH, get(explorer::page)),
        Route::only("/statistics/data/{id}/explore.{form}", RESEARCH, get(explorer::file)),
        Route::only("/statistics/data/{id}/explore/charts/{name}", RESEARCH, get(explorer::chart)),
        Route::post("/statistics/data/{id}/release", RESEARCH, post(explorer::release)),
    ]
}

#[derive(OpenApi)]
#[openapi(paths(tables::api, tables::api_one, explore::api, sets::api, sample::api))]
struct Statistics;

fn api() -> utoipa::openapi::OpenApi {
    let mut whole = Statistics::openapi();
    whole.merge(api::description());
    whole.merge(api_data::description());
    whole
}

/// Whether somebody works with the interviews of this id: sees what waits, and what was withdrawn.
async fn works_with(site: &App, who: &Option<Who>, data: &str) -> Result<bool, Refusal> {
    match who {
        Some(who) if who.holds_over(ROLES, &[]).is_some() => {
            Sight::of(site, who).await?.sees_id(&site.storage.pool, data).await
        }
        _ => Ok(false),
    }
}

/// Work for a core; the pages must go on meanwhile.
async fn worked<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Refusal> {
    tokio::task::spawn_blocking(work).await.map_err(Refusal::broken)
}

/// Reads a kept data set with a description of its sample.
async fn microdata(
    site: &App,
    set: &DataSet,
    described: Described,
) -> Result<Result<Microdata, Vec<Problem>>, Refusal> {
    let interviews = store::interviews_of(&site.storage.pool, &set.id).await?;
    let set = set.clone();
    worked(move || {
        let (sheet, codes) = kept(&set, &interviews)?;
        Microdata::new(sheet, codes, Described { synthetic: set.synthetic, ..described })
    })
    .await
}

/// Problems in the reader's words.
fn said(reader: &Reader, problems: &[Problem]) -> Vec<String> {
    problems.iter().map(|problem| problem.say(&reader.words)).collect()
}
