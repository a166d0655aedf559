//! The pages of the instruments: the library, rounds with their answers and files, and filling.

pub mod fill;
mod library;
mod link;
mod offline;
mod paper;
mod records;
mod rounds;

use axum::routing::{get, post};
use base::part::{Found, Pending, Step, Way};
use base::{May, Part, Reader, Role, Route, Site, Who};
use rust_embed::RustEmbed;

use crate::instrument::{self, Status};
use crate::{MIGRATIONS, letter, openrosa};

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
const READS: [Role; 6] = [
    Role::Administrator,
    Role::Secretariat,
    Role::Coordinator,
    Role::DataSteward,
    Role::Researcher,
    Role::Reviewer,
];
const MAY_READ: May = May::Everywhere(&READS);

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
        Route::post("/rounds/{id}/respondents/{number}/link", MAY_ASK, post(rounds::new_link)),
        Route::post("/rounds/{id}/letters", MAY_ASK, post(rounds::letters)),
        Route::post("/rounds/{id}/close", MAY_ASK, post(rounds::close)),
        Route::post("/rounds/{id}/devices", MAY_ASK, post(rounds::add_device)),
        Route::post("/rounds/{id}/devices/{number}/end", MAY_ASK, post(rounds::end_device)),
        Route::only("/rounds/{id}/records/{number}", MAY_READ, get(records::one)),
        Route::post("/rounds/{id}/records/{number}", MAY_READ, post(records::review)),
        Route::only("/rounds/{id}/records/{number}/{name}", MAY_READ, get(records::attached)),
        Route::only("/rounds/{id}/data/{file}", MAY_READ, get(records::data)),
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
        Route::fresh("/fill/{secret}", get(fill::page)),
        Route::post("/fill/{secret}", May::Anyone, post(fill::answer)),
    ];
    routes.extend(openrosa::routes());
    routes
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
