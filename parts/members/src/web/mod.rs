//! The pages of the members: signing in, one's own page, people and roles, bodies and their members;
//! and the same as files and by API.

mod bodies_pages;
mod leaving_pages;
mod me;
mod openid_pages;
mod passkey_pages;
mod people_pages;
mod sign_in;

use axum::routing::{get, post};
use base::access::Shown;
use base::part::{Found, Pending, Step, Way};
use base::who::Who;
use base::{May, Part, Reader, Role, Route, Site};
use rust_embed::RustEmbed;

use crate::{MIGRATIONS, bodies, keys, letter};

/// What this part tells the site.
pub static PART: Part = Part {
    name: "members",
    migrations: MIGRATIONS,
    pages: || base::part::templates::<Pages>("members"),
    words: || base::part::messages::<Words>("members"),
    routes,
    ways: &[Way { step: Step::Know, message: "way-bodies", href: "/bodies" }],
    found: Some(found),
    api: Some(bodies_pages::description),
    jobs: &[letter::INVITATION],
    knows: Some(knows),
    ..Part::NOTHING
};

#[derive(RustEmbed)]
#[folder = "pages"]
struct Pages;

#[derive(RustEmbed)]
#[folder = "locale"]
struct Words;

/// Who sees and invites people.
const OFFICE: May = May::Everywhere(&[Role::Administrator, Role::Secretariat]);

/// Who erases people.
const RUNS_THE_SITE: May = May::Everywhere(&[Role::Administrator]);

fn routes() -> Vec<Route> {
    vec![
        Route::fresh("/sign-in", get(sign_in::page)),
        Route::post("/sign-in", May::Anyone, post(sign_in::password)),
        Route::post("/sign-out", May::Anyone, post(sign_in::out)),
        Route::fresh("/sign-in/link/{secret}", get(sign_in::link)),
        Route::post("/sign-in/link/{secret}", May::Anyone, post(sign_in::use_link)),
        Route::post("/sign-in/passkey/ask", May::Anyone, post(passkey_pages::ask)),
        Route::post("/sign-in/passkey", May::Anyone, post(passkey_pages::sign_in)),
        Route::fresh("/sign-in/openid", get(openid_pages::out)),
        Route::fresh("/sign-in/openid/back", get(openid_pages::back)),
        Route::only("/me", May::SignedIn, get(me::page)),
        Route::only("/me/data", May::SignedIn, get(leaving_pages::data)),
        Route::post("/me/password", May::SignedIn, post(me::set_password)),
        Route::post("/me/code-app", May::SignedIn, post(me::confirm_code_app)),
        Route::post("/me/code-app/remove", May::SignedIn, post(me::remove_code_app)),
        Route::post("/me/passkeys/begin", May::SignedIn, post(passkey_pages::begin)),
        Route::post("/me/passkeys", May::SignedIn, post(passkey_pages::add)),
        Route::post("/me/passkeys/{id}/remove", May::SignedIn, post(passkey_pages::remove)),
        Route::post("/me/sessions/{id}/end", May::SignedIn, post(me::end_session)),
        Route::post("/me/tokens", May::SignedIn, post(me::make_token)),
        Route::post("/me/tokens/{id}/end", May::SignedIn, post(me::end_token)),
        Route::post("/me/erase", May::SignedIn, post(me::erase)),
        Route::post("/me/deputies", May::SignedIn, post(leaving_pages::name_deputy)),
        Route::post("/me/deputies/{id}/end", May::SignedIn, post(leaving_pages::end_deputy)),
        Route::only("/people", OFFICE, get(people_pages::list)),
        Route::only("/people.{form}", OFFICE, get(people_pages::file)),
        Route::post("/people", OFFICE, post(people_pages::invite)),
        Route::only("/people/{id}", OFFICE, get(people_pages::one)),
        Route::post("/people/{id}/roles", OFFICE, post(people_pages::give_role)),
        Route::post("/people/{id}/roles/{role}/end", OFFICE, post(people_pages::end_role)),
        Route::post("/people/{id}/link", OFFICE, post(people_pages::link)),
        Route::post("/people/{id}/end", OFFICE, post(leaving_pages::end)),
        Route::post("/people/{id}/erase", RUNS_THE_SITE, post(leaving_pages::erase)),
        Route::public("/bodies", get(bodies_pages::list)),
        Route::public("/bodies.{form}", get(bodies_pages::file)),
        Route::public("/bodies/{id}", get(bodies_pages::one)),
        Route::public("/api/bodies/{id}/members", get(bodies_pages::members_api)),
        Route::post("/bodies/{id}/rights", OFFICE, post(bodies_pages::set_rights)),
        Route::post("/bodies/{id}/members/{member}", OFFICE, post(bodies_pages::set_dates)),
    ]
}

fn knows<'a>(site: &'a Site, shown: Shown<'a>) -> Pending<'a, Option<Who>> {
    Box::pin(async move {
        match shown {
            Shown::Session(secret) => keys::who_in_session(site, secret).await,
            Shown::Token(secret) => keys::who_with_token(site, secret).await,
        }
    })
}

fn found<'a>(site: &'a Site, reader: &'a Reader) -> Pending<'a, Vec<Found>> {
    Box::pin(async move {
        let french = is_french(reader);
        let bodies = bodies::all(&site.storage.pool).await?;
        // States have pages of their own, as countries.
        let found = bodies.into_iter().filter(|body| body.kind != "state").map(|body| Found {
            kind: reader.say("body"),
            title: body.name(french).to_owned(),
            href: format!("/bodies/{}", body.id),
            also: format!("{} {}", body.name_en, body.name_fr),
        });
        Ok(found.collect())
    })
}

/// Names of bodies are kept in English and French; other languages read English.
fn is_french(reader: &Reader) -> bool {
    reader.words.language.tag() == "fr"
}
