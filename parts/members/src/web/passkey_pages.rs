//! Passkeys on one's own page and at the door. A small script speaks to the browser's authenticator and
//! sends what it says as a form; without the script nothing of this shows.

use axum::extract::{FromRequest, Path, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use base::access::{SignedIn, see_other};
use base::audit::{self, By};
use base::{App, Fields, Reader, Refusal, Site, answer};
use serde_json::json;
use webauthn_rs::Webauthn;

use super::me::{self, Said};
use super::sign_in::{self, at_a_browser};
use crate::passkeys::{self, Answer};
use crate::{keys, limits, password, people};

fn party(site: &Site) -> Result<Webauthn, Refusal> {
    let refusal = Refusal { status: StatusCode::NOT_FOUND, key: "no-passkeys", args: Vec::new() };
    passkeys::party(site).ok_or(refusal)
}

/// What the browser is to ask its authenticator for; who has a password shows it first, since a
/// session left open must not be enough.
pub async fn begin(
    State(site): State<App>,
    reader: Reader,
    signed: SignedIn,
    fields: Fields,
) -> Result<Response, Refusal> {
    at_a_browser(&signed)?;
    let person = signed.0.person;
    let party = party(&site)?;
    let hash = password::of_person(&site.storage.pool, person).await?;
    if hash.is_some() && !password::is(fields.as_typed("old"), hash).await? {
        return Ok(told(&reader, "password-old-wrong"));
    }
    if passkeys::of_person(&site.storage.pool, person).await?.len() >= passkeys::MOST {
        return Ok(told(&reader, "passkey-many"));
    }
    let me = me::person(&site, &signed.0).await?;
    let (challenge, secret) = passkeys::begin(&site, &party, &me).await?;
    Ok(answer::json(&json!({ "asked": secret, "publicKey": challenge.public_key })))
}

/// A fault in words, for the script to show.
fn told(reader: &Reader, key: &str) -> Response {
    let answer = answer::json(&json!({ "fault": reader.say(key) }));
    (StatusCode::UNPROCESSABLE_ENTITY, answer).into_response()
}

/// Keeps the new passkey.
pub async fn add(
    State(site): State<App>,
    reader: Reader,
    signed: SignedIn,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, Refusal> {
    at_a_browser(&signed)?;
    let SignedIn(who) = signed;
    let party = party(&site)?;
    let name = fields.one("name");
    let fault = match () {
        () if name.is_empty() || name.chars().count() > 80 => Some("passkey-name-wrong"),
        () => {
            let given = Answer { secret: fields.one("asked"), json: fields.one("answer") };
            let now = site.now();
            let mut change = audit::begin(&site.storage).await?;
            match passkeys::add(&mut change, &party, who.person, name, &given, now).await? {
                true => {
                    let by = who.by(None);
                    people::told(&mut change, &by, "passkey.added", who.person, now).await?;
                    change.commit().await?;
                    None
                }
                false => Some("passkey-wrong"),
            }
        }
    };
    match fault {
        None => Ok(see_other("/me#passkeys")),
        Some(fault) => {
            let said = Said { fault: Some(fault), at: "passkeys", token: None };
            me::shown(&site, &reader, &who, &headers, said).await
        }
    }
}

pub async fn remove(
    State(site): State<App>,
    signed: SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    at_a_browser(&signed)?;
    let SignedIn(who) = signed;
    let mut change = audit::begin(&site.storage).await?;
    if !passkeys::remove(&mut change, who.person, &id).await? {
        return Err(Refusal::not_found("no-key", &id));
    }
    people::told(&mut change, &who.by(None), "passkey.removed", who.person, site.now()).await?;
    change.commit().await?;
    Ok(see_other("/me#passkeys"))
}

/// What a browser at the door is to ask its authenticator for. The answer is the same whoever asks: it
/// does not tell who has an account.
pub async fn ask(State(site): State<App>, request: Request) -> Result<Response, Refusal> {
    let from = sign_in::origin(&site, &request);
    if !limits::asks(&site.storage.pool, &from, site.now()).await? {
        return Err(sign_in::too_many());
    }
    let (challenge, secret) = passkeys::ask(&site, &party(&site)?).await?;
    Ok(answer::json(&json!({ "asked": secret, "publicKey": challenge.public_key })))
}

/// Lets in who answers with a passkey.
pub async fn sign_in(
    State(site): State<App>,
    reader: Reader,
    request: Request,
) -> Result<Response, Refusal> {
    let device = sign_in::device(request.headers());
    let fields = <Fields as FromRequest<App>>::from_request(request, &site).await?;
    let (party, then, now) = (party(&site)?, fields.one("then"), site.now());
    let given = Answer { secret: fields.one("asked"), json: fields.one("answer") };
    let mut change = audit::begin(&site.storage).await?;
    let Some(person) = passkeys::who(&mut change, &party, &given, now).await? else {
        // What was asked is used up all the same.
        change.commit().await?;
        return sign_in::form(&site, &reader, "", then, Some("passkey-unknown"));
    };
    let secret = keys::begin_session(&mut change, person, &device, now).await?;
    let by = By::new(format!("person:{person}"), "person");
    people::told(&mut change, &by, "session.begun", person, now).await?;
    change.commit().await?;
    Ok(sign_in::with_session(&site, &secret, sign_in::local(then)))
}
