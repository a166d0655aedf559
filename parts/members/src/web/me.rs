//! One's own page: what I may do, how I sign in, where I am signed in, my programs' tokens, my data.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use base::access::{SignedIn, see_other};
use base::audit;
use base::page::{Head, value};
use base::{App, Fields, Reader, Refusal, Role, Site, Who, answer};
use minijinja::context;
use qrcode::QrCode;
use qrcode::render::svg;

use super::leaving_pages::{deputy_rows, erasure_rows};
use super::people_pages::role_rows;
use super::sign_in::{at_a_browser, secret_in};
use crate::keys::{self, Kind, NewToken};
use crate::people::{self, Person};
use crate::{code_app, day, deputies, passkeys, password, roles};

/// Who looks at figures that were proposed for a country's file.
const REVIEW_FIGURES: &[Role] = &[Role::DataSteward, Role::Secretariat, Role::Correspondent];

/// What an action has to say on the page that follows it.
#[derive(Default)]
pub struct Said<'a> {
    pub fault: Option<&'a str>,
    /// The field at which something is wrong.
    pub at: &'a str,
    /// A new token, shown this once.
    pub token: Option<String>,
}

pub async fn page(
    State(site): State<App>,
    reader: Reader,
    signed: SignedIn,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    at_a_browser(&signed)?;
    let SignedIn(who) = signed;
    shown(&site, &reader, &who, &headers, Said::default()).await
}

pub async fn shown(
    site: &Site,
    reader: &Reader,
    who: &Who,
    headers: &HeaderMap,
    said: Said<'_>,
) -> Result<Response, Refusal> {
    let (pool, now) = (&site.storage.pool, site.now());
    let me = person(site, who).await?;
    let held = roles::of_person(pool, who.person).await?;
    let has_password = password::of_person(pool, who.person).await?.is_some();
    let app = begun_code_app(site, who.person).await?;
    let square = match app.confirmed {
        true => String::new(),
        false => {
            let host = site.settings.public_url();
            let host = host.split_once("://").map_or(host.as_str(), |(_, host)| host);
            square(&code_app::address(&app.secret, &me.email, host))
        }
    };
    let here = secret_in(site, headers).map(keys::id_of).unwrap_or_default();
    let sessions: Vec<_> = keys::sessions(pool, who.person, now)
        .await?
        .into_iter()
        .map(|key| {
            let last = day::moment(key.used_at.unwrap_or(key.made_at));
            context! { here => key.id == here, id => key.id, name => key.name, last }
        })
        .collect();
    let tokens: Vec<_> = keys::tokens(pool, who.person)
        .await?
        .into_iter()
        .map(|key| {
            context! {
                id => key.id, name => key.name, writes => key.writes,
                last => key.used_at.map(day::moment), ends => day::of(key.ends_at), over => key.ends_at <= now,
            }
        })
        .collect();
    let passkeys: Vec<_> = passkeys::of_person(pool, who.person)
        .await?
        .into_iter()
        .map(|key| {
            let (since, last) = (day::of(key.made_at), key.used_at.map(day::moment));
            context! { id => key.id, name => key.name, since, last }
        })
        .collect();
    let today = day::of(now);
    let deputies = deputies::of_person(pool, who.person).await?;
    let own: Vec<_> = held.iter().filter(|held| held.in_force(&today)).cloned().collect();
    let head = Head::titled(me.name.clone());
    let values = context! {
        me => value(&me),
        roles => role_rows(reader, &held, &today),
        own => role_rows(reader, &own, &today), today => today.clone(),
        deputies => deputy_rows(reader, &deputies, who.person, &today),
        erasure => erasure_rows(reader),
        has_password, shortest => password::SHORTEST,
        code_app => app.confirmed, secret => app.secret, square,
        passkeys, passkeys_work => passkeys::party(site).is_some(),
        sessions, tokens, token => said.token, fault => said.fault, at => said.at,
        gathered => super::calendar_pages::mine(site, reader, who).await?,
        office => super::OFFICE.admits(Some(who)),
        reviews => who.holds(REVIEW_FIGURES).is_some(),
        administrator => who.holds_over(&[Role::Administrator], &[]).is_some(),
    };
    let mut page = answer::page(site, reader, "members/me.html", head, values)?;
    if said.fault.is_some() {
        *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(page)
}

pub async fn person(site: &Site, who: &Who) -> Result<Person, Refusal> {
    let person = people::find(&site.storage.pool, who.person).await?;
    person.ok_or_else(|| Refusal::sign_in("sign-in"))
}

/// The code app as it stands; a secret is made at the first look, and counts once it is confirmed.
async fn begun_code_app(site: &Site, person: i64) -> Result<code_app::App, Refusal> {
    if let Some(app) = code_app::of_person(&site.storage.pool, person).await? {
        return Ok(app);
    }
    let mut change = site.storage.change().await?;
    code_app::begin(&mut change, person, &code_app::new_secret()?).await?;
    change.commit().await?;
    let app = code_app::of_person(&site.storage.pool, person).await?;
    app.ok_or_else(|| Refusal::broken("no code app after it was made"))
}

/// The square of dots that a telephone reads, as SVG; empty where the address is too long for one.
fn square(address: &str) -> String {
    QrCode::new(address.as_bytes()).map_or_else(
        |_| String::new(),
        |code| code.render::<svg::Color>().min_dimensions(200, 200).quiet_zone(true).build(),
    )
}

/// Sets a new password; who has one shows it first. Other sessions end.
pub async fn set_password(
    State(site): State<App>,
    reader: Reader,
    signed: SignedIn,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, Refusal> {
    at_a_browser(&signed)?;
    let SignedIn(who) = signed;
    let me = person(&site, &who).await?;
    let old = password::of_person(&site.storage.pool, who.person).await?;
    let new = fields.as_typed("new");
    let wrong = match old {
        Some(_) if !password::is(fields.as_typed("old"), old.clone()).await? => {
            Some(("password-old-wrong", "old"))
        }
        _ => password::fault(new, &me.email, &me.name).map(|fault| (fault, "new")),
    };
    if let Some((fault, at)) = wrong {
        let said = Said { fault: Some(fault), at, token: None };
        return shown(&site, &reader, &who, &headers, said).await;
    }
    let hash = password::hash(new).await?;
    let now = site.now();
    let here = secret_in(&site, &headers).map(keys::id_of).unwrap_or_default();
    let mut change = audit::begin(&site.storage).await?;
    password::set(&mut change, who.person, &hash, now).await?;
    keys::end_other_sessions(&mut change, who.person, &here).await?;
    people::told(&mut change, &who.by(None), "password.set", who.person, now).await?;
    change.commit().await?;
    Ok(see_other("/me#sign-in"))
}

/// Confirms the app with its first code.
pub async fn confirm_code_app(
    State(site): State<App>,
    reader: Reader,
    signed: SignedIn,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, Refusal> {
    at_a_browser(&signed)?;
    let SignedIn(who) = signed;
    let now = site.now();
    let app = begun_code_app(&site, who.person).await?;
    let Some(step) = code_app::step_of(&app, fields.one("code"), now) else {
        let said = Said { fault: Some("code-wrong"), at: "code", token: None };
        return shown(&site, &reader, &who, &headers, said).await;
    };
    let mut change = audit::begin(&site.storage).await?;
    code_app::used(&mut change, who.person, step, now).await?;
    people::told(&mut change, &who.by(None), "code-app.confirmed", who.person, now).await?;
    change.commit().await?;
    Ok(see_other("/me#sign-in"))
}

/// Takes the app away; needs the password, since a session left open must not be enough.
pub async fn remove_code_app(
    State(site): State<App>,
    reader: Reader,
    signed: SignedIn,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, Refusal> {
    at_a_browser(&signed)?;
    let SignedIn(who) = signed;
    let hash = password::of_person(&site.storage.pool, who.person).await?;
    if !password::is(fields.as_typed("old"), hash).await? {
        let said = Said { fault: Some("password-old-wrong"), at: "remove", token: None };
        return shown(&site, &reader, &who, &headers, said).await;
    }
    let mut change = audit::begin(&site.storage).await?;
    code_app::remove(&mut change, who.person).await?;
    people::told(&mut change, &who.by(None), "code-app.removed", who.person, site.now()).await?;
    change.commit().await?;
    Ok(see_other("/me#sign-in"))
}

pub async fn end_session(
    State(site): State<App>,
    signed: SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    at_a_browser(&signed)?;
    end_key(&site, &signed.0, Kind::Session, &id, "session.ended").await?;
    Ok(see_other("/me#sessions"))
}

pub async fn end_token(
    State(site): State<App>,
    signed: SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    at_a_browser(&signed)?;
    end_key(&site, &signed.0, Kind::Token, &id, "token.ended").await?;
    Ok(see_other("/me#tokens"))
}

async fn end_key(site: &Site, who: &Who, kind: Kind, id: &str, act: &str) -> Result<(), Refusal> {
    let mut change = audit::begin(&site.storage).await?;
    if !keys::end(&mut change, who.person, kind, id).await? {
        return Err(Refusal::not_found("no-key", id));
    }
    people::told(&mut change, &who.by(None), act, who.person, site.now()).await?;
    change.commit().await?;
    Ok(())
}

/// Days that a token may live: a year at most, so that forgotten ones end.
const TOKEN_DAYS: std::ops::RangeInclusive<i64> = 1..=366;

/// Makes a token and shows it this once.
pub async fn make_token(
    State(site): State<App>,
    reader: Reader,
    signed: SignedIn,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, Refusal> {
    at_a_browser(&signed)?;
    let SignedIn(who) = signed;
    let days = fields.one("days").parse().ok().filter(|days| TOKEN_DAYS.contains(days));
    let (name, Some(days)) = (fields.one("name"), days) else {
        let said = Said { fault: Some("token-days-wrong"), at: "days", token: None };
        return shown(&site, &reader, &who, &headers, said).await;
    };
    if name.is_empty() || name.chars().count() > 80 {
        let said = Said { fault: Some("token-name-wrong"), at: "name", token: None };
        return shown(&site, &reader, &who, &headers, said).await;
    }
    let now = site.now();
    let new = NewToken { name, writes: fields.one("writes") == "yes", days };
    let mut change = audit::begin(&site.storage).await?;
    let secret = keys::make_token(&mut change, who.person, &new, now).await?;
    people::told(&mut change, &who.by(None), "token.made", who.person, now).await?;
    change.commit().await?;
    let said = Said { token: Some(secret), ..Said::default() };
    shown(&site, &reader, &who, &headers, said).await
}

/// Erases name and address; needs the address typed once more. The last administrator stays.
pub async fn erase(
    State(site): State<App>,
    reader: Reader,
    signed: SignedIn,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, Refusal> {
    at_a_browser(&signed)?;
    let SignedIn(who) = signed;
    let me = person(&site, &who).await?;
    if people::email(fields.one("email")).as_deref() != Some(me.email.as_str()) {
        let said = Said { fault: Some("erase-email-wrong"), at: "erase", token: None };
        return shown(&site, &reader, &who, &headers, said).await;
    }
    let mut change = audit::begin(&site.storage).await?;
    people::erase(&mut change, who.person, &who.by(None), site.now()).await?;
    if people::no_administrator(&mut change, &day::of(site.now())).await? {
        return Err(Refusal::conflict("last-administrator"));
    }
    change.commit().await?;
    Ok(see_other("/"))
}
