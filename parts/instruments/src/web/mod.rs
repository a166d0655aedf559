//! The pages of the instruments: the library, rounds with their answers and files, and filling.

mod api;
pub mod fill;
mod letters;
mod library;
mod link;
mod offline;
mod panels;
mod paper;
mod progress;
mod records;
mod remarks;
mod rounds;
mod taken;

use axum::routing::{get, post};
use base::part::{Found, Pending, Step, Way};
use base::{May, Part, Reader, Refusal, Role, Route, Site, Who};
use rust_embed::RustEmbed;

use crate::data::door::{READS, Taker};
use crate::instrument::{self, Status};
use crate::round::Round;
use crate::{MIGRATIONS, letter, odata, openrosa};

/// What this part tells the site.
pub static PART: Part = Part {
    name: "instruments",
    migrations: MIGRATIONS,
    pages: || base::part::templates::<Pages>("instruments"),
    words: || base::part::messages::<Words>("instruments"),
    routes,
    ways: &[
        Way { step: Step::Ask, message: "way-instruments", href: "/instruments" },
        Way { step: Step::Ask, message: "way-rounds", href: "/rounds" },
    ],
    found: Some(found),
    jobs: &[letter::ASKED],
    api: Some(api::description),
    ..Part::NOTHING
};

#[derive(RustEmbed)]
#[folder = "pages"]
struct Pages;

#[derive(RustEmbed)]
#[folder = "locale"]
struct Words;

/// Who writes instruments and runs rounds.
const ASKS: [Role; 3] = [Role::Administrator, Role::Secretariat, Role::Coordinator];
const MAY_ASK: May = May::Everywhere(&ASKS);

/// Who reads answers.
const MAY_READ: May = May::Everywhere(&READS);

/// Who may ask that answers of a closed round go into a country's file of figures.
pub const PROPOSES: [Role; 5] = [
    Role::Researcher,
    Role::DataSteward,
    Role::Secretariat,
    Role::Coordinator,
    Role::Correspondent,
];

/// Who says of words that they name nobody.
const MAY_CLEAR: May = May::Everywhere(&[Role::Administrator, Role::DataSteward]);

/// Who keys in what was filled in on paper.
const MAY_KEY: May = May::Everywhere(&[
    Role::Administrator,
    Role::Secretariat,
    Role::Coordinator,
    Role::DataSteward,
    Role::Researcher,
    Role::HealthOfficer,
]);

fn routes() -> Vec<Route> {
    let mut routes = vec![
        Route::fresh("/instruments", get(library::list)),
        Route::fresh("/instruments.{form}", get(library::file)),
        Route::post("/instruments", MAY_ASK, post(library::upload)),
        Route::fresh("/instruments/{id}", get(library::one)),
        Route::post("/instruments/{id}/status", MAY_ASK, post(library::set_status)),
        Route::post("/instruments/{id}/trial", May::Anyone, post(library::trial)),
        Route::fresh("/instruments/{id}/{number}/{file}", get(library::download)),
        Route::only("/rounds", MAY_READ, get(rounds::list)),
        Route::only("/rounds.{form}", MAY_READ, get(rounds::file)),
        Route::post("/rounds", MAY_ASK, post(rounds::make)),
        Route::only("/rounds/{id}", MAY_READ, get(rounds::one)),
        Route::post("/rounds/{id}/respondents", MAY_ASK, post(rounds::add_respondents)),
        Route::post("/rounds/{id}/respondents/list", MAY_ASK, post(rounds::upload_respondents)),
        Route::post("/rounds/{id}/respondents/panel", MAY_ASK, post(rounds::ask_panel)),
        Route::post("/rounds/{id}/respondents/{number}/link", MAY_ASK, post(rounds::new_link)),
        Route::only("/rounds/{id}/progress", MAY_READ, get(progress::page)),
        Route::only("/rounds/{id}/progress.{form}", MAY_READ, get(progress::file)),
        Route::only("/rounds/{id}/letters", MAY_READ, get(letters::page)),
        Route::only("/rounds/{id}/letters.{form}", MAY_READ, get(letters::file)),
        Route::post("/rounds/{id}/letters", MAY_ASK, post(letters::send)),
        Route::post("/rounds/{id}/letters/words", MAY_ASK, post(letters::set_words)),
        Route::post("/rounds/{id}/start", MAY_ASK, post(rounds::set_start)),
        Route::post("/rounds/{id}/close", MAY_ASK, post(rounds::close)),
        Route::post("/rounds/{id}/devices", MAY_ASK, post(rounds::add_device)),
        Route::post("/rounds/{id}/devices/{number}/end", MAY_ASK, post(rounds::end_device)),
        Route::only("/rounds/{id}/records/{number}", MAY_READ, get(records::one)),
        Route::post("/rounds/{id}/records/{number}", MAY_READ, post(records::review)),
        Route::post("/rounds/{id}/records/{number}/remarks", MAY_READ, post(remarks::write)),
        Route::post("/rounds/{id}/remarks/{number}", MAY_READ, post(remarks::settle)),
        Route::only("/rounds/{id}/records/{number}/{name}", MAY_READ, get(records::attached)),
        Route::only("/rounds/{id}/data/{file}", MAY_READ, get(api::data)),
        Route::only("/rounds/{id}/texts", MAY_CLEAR, get(records::texts)),
        Route::post("/rounds/{id}/texts", MAY_CLEAR, post(records::clear)),
        Route::only("/rounds/{id}/paper", MAY_KEY, get(paper::desk)),
        Route::post("/rounds/{id}/paper", MAY_KEY, post(paper::begin)),
        Route::only("/rounds/{id}/paper.pdf", MAY_KEY, get(paper::print)),
        Route::only("/rounds/{id}/sheets.{form}", MAY_KEY, get(paper::file)),
        Route::only("/rounds/{id}/paper/{sheet}", MAY_KEY, get(paper::key)),
        Route::post("/rounds/{id}/paper/{sheet}", MAY_KEY, post(paper::typed)),
        Route::only("/rounds/{id}/paper/{sheet}/differences", MAY_KEY, get(paper::differences)),
        Route::post("/rounds/{id}/paper/{sheet}/differences", MAY_KEY, post(paper::settle)),
        Route::fresh("/ask/{secret}", get(fill::start)),
        Route::post("/ask/{secret}", May::Anyone, post(fill::begin)),
        Route::only("/rounds/{id}/late", MAY_ASK, get(offline::late)),
        Route::post("/rounds/{id}/late", MAY_ASK, post(offline::take_late)),
        Route::fresh("/offline/worker.js", get(offline::worker)),
        Route::fresh("/offline/{secret}", get(offline::page)),
        Route::fresh("/offline/{secret}/form.json", get(offline::form)),
        Route::fresh("/offline/{secret}/file/{name}", get(offline::file)),
        Route::post("/offline/{secret}/records.json", May::Anyone, post(offline::receive)),
        Route::only("/api/rounds", MAY_READ, get(api::rounds)),
        Route::only("/api/rounds/{id}", MAY_READ, get(api::one)),
        Route::only("/api/rounds/{id}/data/{file}", MAY_READ, get(api::data)),
        Route::only("/panels", MAY_ASK, get(panels::list)),
        Route::only("/panels.{form}", MAY_ASK, get(panels::list_file)),
        Route::post("/panels", MAY_ASK, post(panels::make)),
        Route::only("/panels/{id}", MAY_ASK, get(panels::one)),
        Route::post("/panels/{id}/members", MAY_ASK, post(panels::take)),
        Route::post("/panels/{id}/members/list", MAY_ASK, post(panels::upload)),
        Route::post("/panels/{id}/members/{number}", MAY_ASK, post(panels::end)),
        Route::fresh("/ask/{secret}/remarks", get(remarks::of_respondent)),
        Route::post("/ask/{secret}/remarks", May::Anyone, post(remarks::reply)),
        Route::fresh("/fill/{secret}", get(fill::page)),
        Route::post("/fill/{secret}", May::Anyone, post(fill::answer)),
    ];
    routes.extend(openrosa::routes());
    routes.extend(odata::routes());
    routes
}

pub use api::{all as rounds_of, of as progress_of};

/// A file of answers for whoever runs the program.
pub async fn taken_by_operator(
    site: &Site,
    round: &Round,
    file: &str,
    labels: Option<String>,
    split: bool,
) -> Result<Vec<u8>, Refusal> {
    let wish = taken::Wish { labels, split };
    Ok(taken::made(site, round, Taker::Operator, file, &wish).await?.0)
}

/// Whether somebody sees instruments that are not published.
fn may_ask(who: Option<&Who>) -> bool {
    MAY_ASK.admits(who)
}

fn found<'a>(site: &'a Site, reader: &'a Reader) -> Pending<'a, Vec<Found>> {
    Box::pin(async move {
        let all = instrument::all(&site.storage.pool).await?;
        let published = all.into_iter().filter(|it| it.status == Status::Published);
        let found = published.map(|it| Found {
            kind: reader.say("instrument"),
            href: format!("/instruments/{}", it.id),
            also: it.id,
            title: it.title,
        });
        Ok(found.collect())
    })
}
