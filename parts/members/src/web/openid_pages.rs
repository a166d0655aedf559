//! Signing in by another site's word: out to the provider, and back.

use axum::extract::{Request, State};
use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use base::access::{cookie, see_other};
use base::audit::{self, By};
use base::{App, Reader, Refusal, Site};

use super::sign_in;
use crate::openid::{self, Back, Said};
use crate::{asked, keys, limits, people};

/// Binds what was asked to the browser that asked, so that nobody is led into somebody else's account.
fn cookie_name(site: &Site) -> &'static str {
    if site.settings.is_https() { "__Host-openid" } else { "openid" }
}

fn set_cookie(site: &Site, response: &mut Response, secret: &str, seconds: i64) {
    let secure = if site.settings.is_https() { "; Secure" } else { "" };
    let name = cookie_name(site);
    let text =
        format!("{name}={secret}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}");
    if let Ok(value) = HeaderValue::from_str(&text) {
        response.headers_mut().append(SET_COOKIE, value);
    }
}

fn away(error: anyhow::Error) -> Refusal {
    tracing::warn!(error = format!("{error:#}"), "the OpenID provider gave no word");
    Refusal::unavailable("openid-away")
}

/// Refuses where no provider is set.
fn set_up(site: &Site) -> Result<(), Refusal> {
    let refusal = Refusal { status: StatusCode::NOT_FOUND, key: "no-openid", args: Vec::new() };
    openid::name(site).map(|_| ()).ok_or(refusal)
}

/// Sends the browser to the provider.
pub async fn out(
    State(site): State<App>,
    reader: Reader,
    request: Request,
) -> Result<Response, Refusal> {
    set_up(&site)?;
    let from = sign_in::origin(&site, &request);
    if !limits::asks(&site.storage.pool, &from, site.now()).await? {
        return Err(sign_in::too_many());
    }
    let then = reader.asked("then").pop().unwrap_or_default();
    let (address, secret) = openid::begin(&site, sign_in::local(&then)).await.map_err(away)?;
    let mut response = see_other(address.as_str());
    set_cookie(&site, &mut response, &secret, asked::SECONDS);
    Ok(response)
}

/// The browser comes back with a code; the provider is asked for whom it stands.
pub async fn back(
    State(site): State<App>,
    reader: Reader,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    set_up(&site)?;
    let one = |name: &str| reader.asked(name).pop().unwrap_or_default();
    let cookies = headers.get(COOKIE).and_then(|value| value.to_str().ok()).unwrap_or("");
    let secret = cookie(cookies, cookie_name(&site)).unwrap_or("");
    let (state, code) = (one("state"), one("code"));
    let mut change = site.storage.change().await?;
    let given = Back { secret, state: &state, code: &code };
    let waited = openid::finish(&site, &mut change, &given).await?;
    change.commit().await?;
    let said = match waited {
        None => Said::NotAsked,
        // The person said no over there, or may not.
        Some(_) if code.is_empty() => Said::Nobody,
        Some((code, waited)) => openid::word(&site, code, waited).await.map_err(away)?,
    };
    let mut response = match said {
        Said::NotAsked => sign_in::form(&site, &reader, "", "", Some("openid-not-asked"))?,
        Said::Nobody => sign_in::form(&site, &reader, "", "", Some("openid-nobody"))?,
        Said::Email { email, then } => let_in(&site, &reader, &headers, &email, &then).await?,
    };
    set_cookie(&site, &mut response, "", 0);
    Ok(response)
}

async fn let_in(
    site: &Site,
    reader: &Reader,
    headers: &HeaderMap,
    email: &str,
    then: &str,
) -> Result<Response, Refusal> {
    let person = match people::email(email) {
        Some(email) => people::with_email(&site.storage.pool, &email).await?,
        None => None,
    };
    let Some(person) = person else {
        return sign_in::form(site, reader, "", then, Some("openid-nobody"));
    };
    let now = site.now();
    let mut change = audit::begin(&site.storage).await?;
    let device = sign_in::device(headers);
    let secret = keys::begin_session(&mut change, person.id, &device, now).await?;
    let by = By::new(format!("person:{}", person.id), "person");
    people::told(&mut change, &by, "session.begun-by-openid", person.id, now).await?;
    change.commit().await?;
    Ok(sign_in::with_session(site, &secret, sign_in::local(then)))
}
