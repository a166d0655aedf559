//! Who a client is: Digest (RFC 7616) and Basic (RFC 7617) for devices with a password, or the key in the
//! address. Challenges are signed, so that none need be kept.

use std::collections::BTreeMap;

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::header::{AUTHORIZATION, HOST, WWW_AUTHENTICATE};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use base::{App, Refusal, Site};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use sqlx::AnyPool;

use super::device::{self, Device, REALM, in_digest};
use super::{marked, said};
use crate::compiled::digest;
use crate::round::{self, Round};

/// Seconds for which a challenge can be answered; then the client is asked anew and answers by itself.
const CHALLENGE_SECONDS: i64 = 600;

/// A device that was let in.
pub struct Admitted {
    pub round: Round,
    pub device: Device,
    /// The address under which it came: `https://…/openrosa/1a2b`.
    pub server: String,
}

impl FromRequestParts<App> for Admitted {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, site: &App) -> Result<Admitted, Response> {
        let params = RawPathParams::from_request_parts(parts, site)
            .await
            .map_err(|error| marked(error.into_response()))?;
        let param = |name: &str| {
            params.iter().find(|(known, _)| *known == name).map(|(_, value)| value.to_owned())
        };
        let (token, id) = (param("secret"), param("round"));
        let pool = &site.storage.pool;
        let broken = |error: sqlx::Error| {
            let _ = Refusal::broken(error);
            said(
                StatusCode::SERVICE_UNAVAILABLE,
                "The records cannot be reached now. Keep the record and send it again later.",
            )
        };
        let found = match &token {
            Some(token) => device::with_token(pool, token).await.map_err(broken)?,
            None => by_password(site, parts).await?,
        };
        let device = match (found, &token) {
            (Some(device), _) => device,
            (None, Some(_)) => {
                return Err(said(
                    StatusCode::NOT_FOUND,
                    "This address is not known, or it was ended. Ask whoever gave it to you for a new one.",
                ));
            }
            (None, None) => return Err(challenge(site, false).await),
        };
        if id.is_some_and(|id| id != device.round) {
            return Err(said(
                StatusCode::FORBIDDEN,
                "This device belongs to another round. Set it up again with the square of this round.",
            ));
        }
        let round = round::find(pool, &device.round).await.map_err(broken)?;
        let Some(round) = round else {
            return Err(said(StatusCode::NOT_FOUND, "There is no such round any more."));
        };
        let server = format!(
            "{}{}",
            here(site, parts),
            match token {
                Some(token) => format!("/collect/{token}"),
                None => format!("/openrosa/{}", round.id),
            }
        );
        Ok(Admitted { round, device, server })
    }
}

/// The address that clients use: as it is set, else as they came.
fn here(site: &Site, parts: &Parts) -> String {
    let host = parts.headers.get(HOST).and_then(|host| host.to_str().ok());
    match (&site.settings.public_url, host) {
        (None, Some(host)) => format!("http://{host}"),
        _ => site.settings.public_url(),
    }
}

/// The device whose password was shown; nobody where none or a wrong one was.
async fn by_password(site: &Site, parts: &Parts) -> Result<Option<Device>, Response> {
    let shown = parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let Some((scheme, rest)) = shown.and_then(|shown| shown.split_once(' ')) else {
        return Ok(None);
    };
    let pool = &site.storage.pool;
    if scheme.eq_ignore_ascii_case("basic") {
        let decoded = STANDARD.decode(rest.trim()).ok().and_then(|it| String::from_utf8(it).ok());
        let Some((name, password)) = decoded.as_deref().and_then(|it| it.split_once(':')) else {
            return Ok(None);
        };
        let device = device::with_username(pool, name).await.ok().flatten();
        return Ok(device.filter(|it| same(&it.secret, &in_digest(name, password))));
    }
    if !scheme.eq_ignore_ascii_case("digest") {
        return Ok(None);
    }
    let given = parameters(rest);
    let get = |name: &str| given.get(name).map_or("", String::as_str);
    let device = device::with_username(pool, get("username")).await.ok().flatten();
    let Some(device) = device else { return Ok(None) };
    // The answer must be for this address, or a listener could use it for another.
    let asked = parts.uri.path_and_query().map_or("", |it| it.as_str());
    if get("uri") != asked && get("uri") != parts.uri.path() {
        return Ok(None);
    }
    let request = digest(format!("{}:{}", parts.method, get("uri")).as_bytes());
    let nonce = get("nonce");
    let expected = match get("qop") {
        "auth" => {
            format!("{}:{nonce}:{}:{}:auth:{request}", device.secret, get("nc"), get("cnonce"))
        }
        // RFC 2069, as the oldest clients answer.
        "" => format!("{}:{nonce}:{request}", device.secret),
        _ => return Ok(None),
    };
    if !same(&digest(expected.as_bytes()), get("response")) {
        return Ok(None);
    }
    match is_ours(pool, nonce, site.now()).await {
        Some(true) => Ok(Some(device)),
        Some(false) => Err(challenge(site, true).await),
        None => Ok(None),
    }
}

/// `a="b", c=d` → its values by name.
fn parameters(text: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut rest = text.trim();
    while let Some((name, after)) = rest.split_once('=') {
        let after = after.trim_start();
        let (value, next) = match after.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
            None => after.split_once(',').map_or((after, ""), |(value, next)| (value, next)),
        };
        found.insert(name.trim().to_lowercase(), value.trim().to_owned());
        rest = next.trim_start().trim_start_matches(',').trim_start();
    }
    found
}

/// "Show who you are", in both ways.
async fn challenge(site: &Site, stale: bool) -> Response {
    let words =
        "This device must show its user name and password. Scan the square of the round again.";
    let mut response = said(StatusCode::UNAUTHORIZED, words);
    let Ok(key) = key(&site.storage.pool).await else { return response };
    let nonce = signed(&key, site.now());
    let stale = if stale { ", stale=true" } else { "" };
    let ways = [
        format!("Digest realm=\"{REALM}\", qop=\"auth\", algorithm=MD5, nonce=\"{nonce}\"{stale}"),
        format!("Basic realm=\"{REALM}\", charset=\"UTF-8\""),
    ];
    for way in ways {
        if let Ok(value) = HeaderValue::from_str(&way) {
            response.headers_mut().append(WWW_AUTHENTICATE, value);
        }
    }
    response
}

/// A challenge: its second and a signature.
fn signed(key: &str, now: i64) -> String {
    // A key of any length is taken.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key.as_bytes()) else { return String::new() };
    mac.update(&now.to_be_bytes());
    format!("{now:x}-{}", &base::chance::in_hex(&mac.finalize().into_bytes())[..32])
}

/// Whether a challenge is ours and still counts; `None` where it is not ours.
async fn is_ours(pool: &AnyPool, nonce: &str, now: i64) -> Option<bool> {
    let made = i64::from_str_radix(nonce.split_once('-')?.0, 16).ok()?;
    let key = key(pool).await.ok()?;
    same(&signed(&key, made), nonce).then_some((0..=CHALLENGE_SECONDS).contains(&(now - made)))
}

async fn key(pool: &AnyPool) -> anyhow::Result<String> {
    let found = "SELECT secret FROM challenge_key WHERE one = 1";
    if let Some(key) = sqlx::query_scalar(found).fetch_optional(pool).await? {
        return Ok(key);
    }
    let sql = "INSERT INTO challenge_key (one, secret) VALUES (1, $1) ON CONFLICT (one) DO NOTHING";
    sqlx::query(sql).bind(base::chance::hex(32)?).execute(pool).await?;
    Ok(sqlx::query_scalar(found).fetch_one(pool).await?)
}

/// Compares in a time that tells nothing of where they differ.
fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |all, (a, b)| all | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::parameters;

    #[test]
    fn a_digest_is_read_with_commas_in_its_values() {
        let found = parameters("username=\"a\", uri=\"/x?a=1,2\", nc=00000001, qop=auth");
        assert_eq!(found["uri"], "/x?a=1,2");
        assert_eq!(found["nc"], "00000001");
        assert_eq!(found["qop"], "auth");
    }
}
