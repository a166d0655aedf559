//! The pages of the members: signing in, one's own page, people and roles, bodies and their members,
//! groups and meetings, ways in; and the same as files and by API.

mod bodies_pages;
mod calendar_pages;
mod gather_api;
mod groups_pages;
mod leaving_pages;
mod me;
mod meeting_acts;
mod meetings_pages;
mod openid_pages;
mod papers_pages;
mod passkey_pages;
mod people_pages;
mod sign_in;
mod ways_in;

use axum::routing::{get, post};
use base::access::Shown;
use base::part::{Found, Pending, Step, Way};
use base::who::Who;
use base::{May, Part, Reader, Role, Route, Site};
use rust_embed::RustEmbed;

use crate::{MIGRATIONS, bodies, groups, keys, letter, meetings, reminders};

/// What this part tells the site.
pub static PART: Part = Part {
    name: "members",
    migrations: MIGRATIONS,
    pages: || base::part::templates::<Pages>("members"),
    words: || base::part::messages::<Words>("members"),
    routes,
    ways: &[
        Way { step: Step::Agree, message: "way-meetings", href: "/meetings" },
        Way { step: Step::Agree, message: "way-groups", href: "/groups" },
        Way { step: Step::Know, message: "way-bodies", href: "/bodies" },
    ],
    found: Some(found),
    api: Some(description),
    jobs: &[letter::INVITATION, reminders::CALL, reminders::DIGEST, reminders::MORNING],
    daily: &[reminders::MORNING],
    knows: Some(knows),
    sits: Some(|site, person| Box::pin(crate::sits(site, person))),
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
    let mut routes = gathering();
    routes.extend([
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
    ]);
    routes
}

/// Groups, meetings and ways in. Who runs a group or sits in it is asked where the record is known.
fn gathering() -> Vec<Route> {
    let signed = |path, answers| Route::post(path, May::SignedIn, answers);
    vec![
        Route::public("/for", get(ways_in::list)),
        Route::public("/for/{who}", get(ways_in::one)),
        Route::fresh("/groups", get(groups_pages::list)),
        Route::fresh("/groups.{form}", get(groups_pages::file)),
        Route::fresh("/groups/{id}", get(groups_pages::one)),
        Route::fresh("/groups/{id}/calendar.ics", get(calendar_pages::calendar)),
        Route::only("/seats", May::SignedIn, get(groups_pages::seats)),
        Route::only("/seats.{form}", May::SignedIn, get(groups_pages::seats_file)),
        Route::fresh("/papers/{id}", get(papers_pages::paper)),
        Route::fresh("/meetings", get(meetings_pages::list)),
        Route::fresh("/meetings.{form}", get(meetings_pages::file)),
        Route::fresh("/meetings/{id}", get(meetings_pages::one)),
        Route::fresh("/calendar/{secret}", get(calendar_pages::personal)),
        Route::fresh("/api/groups", get(gather_api::groups_api)),
        Route::fresh("/api/meetings", get(gather_api::meetings_api)),
        Route::fresh("/api/meetings/{id}", get(gather_api::meeting_api)),
        Route::post("/groups", OFFICE, post(groups_pages::add)),
        signed("/groups/{id}/terms", post(groups_pages::set_terms)),
        signed("/groups/{id}/seats", post(groups_pages::give_seat)),
        signed("/groups/{id}/seats/{seat}/end", post(groups_pages::end_seat)),
        signed("/groups/{id}/papers", post(papers_pages::add_paper)),
        signed("/groups/{id}/meetings", post(meeting_acts::add)),
        signed("/papers/{id}", post(papers_pages::add_version)),
        signed("/papers/{id}/published", post(papers_pages::publish)),
        signed("/meetings/{id}", post(meeting_acts::change)),
        signed("/meetings/{id}/call", post(meeting_acts::call)),
        signed("/meetings/{id}/cancel", post(meeting_acts::cancel)),
        signed("/meetings/{id}/held", post(meeting_acts::held)),
        signed("/meetings/{id}/invite", post(meeting_acts::invite)),
        signed("/meetings/{id}/answer", post(meeting_acts::answer)),
        signed("/meetings/{id}/items", post(meeting_acts::add_item)),
        signed("/meetings/{id}/items/{item}/up", post(meeting_acts::item_up)),
        signed("/meetings/{id}/attendance", post(meeting_acts::attendance)),
        signed("/meetings/{id}/decisions", post(meeting_acts::propose)),
        signed("/decisions/{id}/position", post(meeting_acts::position)),
        signed("/decisions/{id}/settle", post(meeting_acts::settle)),
        signed("/meetings/{id}/minutes", post(meeting_acts::minutes)),
        signed("/meetings/{id}/actions", post(meeting_acts::add_action)),
        signed("/actions/{id}/done", post(meeting_acts::end_action)),
        signed("/me/calendar", post(calendar_pages::make_calendar)),
        signed("/me/calendar/end", post(calendar_pages::end_calendar)),
    ]
}

fn description() -> utoipa::openapi::OpenApi {
    let mut all = bodies_pages::description();
    all.merge(gather_api::description());
    all
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
        let mut found: Vec<Found> = found.collect();
        for group in groups::all(&site.storage.pool).await? {
            found.push(Found {
                kind: reader.say("work-group"),
                title: group.name(french).to_owned(),
                href: format!("/groups/{}", group.id),
                also: format!("{} {}", group.name_en, group.name_fr),
            });
        }
        let meetings = meetings::all(&site.storage.pool).await?;
        for meeting in meetings.iter().filter(|meeting| meeting.state != "draft") {
            found.push(Found {
                kind: reader.say("meeting"),
                title: format!("{}, {}", meeting.title(french), meeting.day()),
                href: format!("/meetings/{}", meeting.id),
                also: format!("{} {} {}", meeting.title_en, meeting.title_fr, meeting.place),
            });
        }
        for (who, _) in ways_in::READERS {
            found.push(Found {
                kind: reader.say("for"),
                title: reader.say(&format!("for-{who}")),
                href: format!("/for/{who}"),
                also: reader.say(&format!("for-{who}-lead")),
            });
        }
        Ok(found)
    })
}

/// Names of bodies are kept in English and French; other languages read English.
fn is_french(reader: &Reader) -> bool {
    reader.words.language.tag() == "fr"
}
