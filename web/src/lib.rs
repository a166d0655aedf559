//! Joins the parts into one site. It has no tables and no SQL of its own; what it adds is what no
//! part can know alone: the home page, a country's brief, search, the feed, the API's description.

mod about;
mod api;
mod audit;
pub mod brief;
mod daily;
mod feed;
mod figures_in;
mod figures_of_round;
mod figures_reviewed;
mod health;
mod home;
pub mod import;
mod jobs;
mod search;
pub mod serve;
mod sharing;
mod stored;

use axum::routing::{get, post};
use base::{May, Part, Role, Route};
use rust_embed::RustEmbed;

/// Every part, in reading order.
pub static PARTS: &[&Part] = &[
    &OWN,
    &facts::PART,
    &evidence::PART,
    &statistics::PART,
    &scenarios::PART,
    &instruments::PART,
    &members::PART,
    &files::PART,
];

/// The site's own pages, told in the same way as a part's.
static OWN: Part = Part {
    name: "web",
    pages: || base::part::templates::<Pages>("web"),
    words: || base::part::messages::<Words>("web"),
    routes,
    api: Some(api::own),
    ..Part::NOTHING
};

#[derive(RustEmbed)]
#[folder = "pages"]
struct Pages;

#[derive(RustEmbed)]
#[folder = "locale"]
struct Words;

/// The words of the whole site, without its database.
pub fn languages(settings: &base::Settings) -> anyhow::Result<base::Languages> {
    base::site::languages(settings, PARTS)
}

/// Who may read what everybody did.
const RUNS_THE_SITE: May = May::Everywhere(&[Role::Administrator]);

/// Who may ask that figures go into a country's file, who decides on it, and who answers for what was released.
const ASKS_FIGURES: May = May::Only(figures_in::ASKS);
const REVIEWS_FIGURES: May = May::Only(figures_reviewed::REVIEWS);
/// Who may share a data set: its owner, and who answers for all.
const DECIDES: May = May::Everywhere(sharing::DECIDES);
const STEWARDS: May = May::Everywhere(&[Role::DataSteward]);

fn routes() -> Vec<Route> {
    vec![
        Route::public("/", get(home::page)),
        Route::public("/countries/{code}", get(brief::country)),
        Route::public("/countries/{code}/charts/{name}", get(brief::chart)),
        Route::public("/api/countries/{code}/brief", get(brief::api)),
        Route::public("/about", get(about::page)),
        Route::public("/api", get(api::page)),
        Route::public("/api/openapi.json", get(api::description)),
        Route::public("/search", get(search::page)),
        Route::public("/search.json", get(search::json)),
        Route::public("/feed.atom", get(feed::atom)),
        Route::fresh("/jobs/{id}", get(jobs::page)),
        Route::post("/jobs/{id}/cancel", May::Anyone, post(jobs::cancel)),
        Route::post("/jobs/{id}/again", May::Anyone, post(jobs::again)),
        Route::fresh("/api/jobs/{id}", get(jobs::api)),
        Route::only("/audit", RUNS_THE_SITE, get(audit::page)),
        Route::only("/audit.{form}", RUNS_THE_SITE, get(audit::file)),
        Route::only("/statistics/tables/{id}/facts", ASKS_FIGURES, get(figures_in::page)),
        Route::post("/statistics/tables/{id}/facts", ASKS_FIGURES, post(figures_in::ask)),
        Route::post("/statistics/tables/{id}/withdraw", STEWARDS, post(figures_in::withdraw)),
        Route::only("/rounds/{id}/facts", ASKS_FIGURES, get(figures_of_round::page)),
        Route::post("/rounds/{id}/facts", ASKS_FIGURES, post(figures_of_round::ask)),
        Route::post("/statistics/files/{id}/readers", STEWARDS, post(figures_in::readers)),
        Route::only("/proposals", ASKS_FIGURES, get(figures_reviewed::list)),
        Route::only("/proposals.{form}", ASKS_FIGURES, get(figures_reviewed::list_file)),
        Route::only("/proposals/{batch}", ASKS_FIGURES, get(figures_reviewed::page)),
        Route::post("/proposals/{batch}", REVIEWS_FIGURES, post(figures_reviewed::decide)),
        Route::only("/statistics/data/{id}/sharing", DECIDES, get(sharing::page)),
        Route::post("/statistics/data/{id}/sharing", DECIDES, post(sharing::change)),
        Route::only("/api/statistics/data/{id}/sharing", DECIDES, get(sharing::api)),
        Route::post("/api/statistics/data/{id}/sharing", DECIDES, post(sharing::api_change)),
        Route::fresh("/health", get(health::health)),
        Route::public("/static/{*path}", get(stored::file)),
    ]
}
