//! The door of every route: who asks, whether they may, and whether the request was sent from a page
//! of ours. A handler takes [`SignedIn`] where somebody must be, [`Asker`] where not.

use std::net::IpAddr;

use axum::extract::{FromRequestParts, Request, State};
use axum::http::header::{AUTHORIZATION, CACHE_CONTROL, COOKIE, HOST, LOCATION, ORIGIN};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::part::{Pending, Route};
use crate::reader::address;
use crate::refusal::Refusal;
use crate::site::{App, Site};
use crate::who::{May, Means, Who};

/// What somebody shows to be known by.
#[derive(Clone, Copy)]
pub enum Shown<'a> {
    /// The value of the session cookie.
    Session(&'a str),
    /// A token after `Authorization: Bearer`.
    Token(&'a str),
}

/// Says who shows this, as of now; `None` where it is worth nothing (any more).
pub type Knows = for<'a> fn(&'a Site, Shown<'a>) -> Pending<'a, Option<Who>>;

/// The cookie of a session. `__Host-` binds it to this host and to https; without https a browser
/// would not keep it.
pub fn session_cookie(site: &Site) -> &'static str {
    if site.settings.is_https() { "__Host-session" } else { "session" }
}

/// What the door of one route must know.
#[derive(Clone)]
pub struct Door {
    site: App,
    may: May,
    /// Where people sign in, if anybody can.
    sign_in: bool,
}

impl Door {
    pub fn of(site: &App, route: &Route) -> Door {
        let sign_in = site.parts.iter().any(|part| part.knows.is_some());
        Door { site: site.clone(), may: route.may, sign_in }
    }
}

/// Stands before every route.
pub async fn guard(State(door): State<Door>, mut request: Request, next: Next) -> Response {
    let changes = ![Method::GET, Method::HEAD].contains(request.method());
    if changes && !from_our_own_page(&door.site, request.headers()) {
        return Refusal::forbidden("cross-site").into_response();
    }
    let who = match asker(&door.site, request.headers()).await {
        Ok(who) => who,
        Err(refusal) => return refusal.into_response(),
    };
    if changes && who.as_ref().is_some_and(|who| who.means == Means::ReadingToken) {
        return Refusal::forbidden("token-reads").into_response();
    }
    if !door.may.admits(who.as_ref()) {
        return match who {
            Some(_) => Refusal::forbidden("forbidden").into_response(),
            None => sign_in_first(&door, &request),
        };
    }
    if let Some(who) = who {
        request.extensions_mut().insert(who);
    }
    let mut response = next.run(request).await;
    if door.may != May::Anyone {
        // What only some may see is kept nowhere: not by a proxy, not behind the back button.
        response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}

/// Who asks, by the session cookie or a token.
async fn asker(site: &Site, headers: &HeaderMap) -> Result<Option<Who>, Refusal> {
    let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    let token = text(AUTHORIZATION).and_then(|value| value.strip_prefix("Bearer "));
    let session = || cookie(text(COOKIE)?, session_cookie(site));
    let Some(shown) = token.map(Shown::Token).or_else(|| session().map(Shown::Session)) else {
        return Ok(None);
    };
    match site.parts.iter().find_map(|part| part.knows) {
        Some(knows) => match (knows(site, shown).await?, shown) {
            // A program must hear that its token is worth nothing; a page just asks to sign in.
            (None, Shown::Token(_)) => Err(Refusal::sign_in("token-unknown")),
            (who, _) => Ok(who),
        },
        None => Ok(None),
    }
}

/// The value of the cookie of this name.
pub fn cookie<'a>(cookies: &'a str, name: &str) -> Option<&'a str> {
    cookies.split(';').find_map(|item| item.trim().strip_prefix(name)?.strip_prefix('='))
}

/// Whether a change was asked for by one of our own pages or by no page at all. Browsers say where
/// a form stands (`Sec-Fetch-Site`, since 2023 all of them; `Origin` before), and no page can lie
/// about it; other programs send no cookie that was not given to them.
fn from_our_own_page(site: &Site, headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match text("sec-fetch-site") {
        Some(from) => ["same-origin", "none"].contains(&from),
        None => match text(ORIGIN.as_str()) {
            Some(origin) => {
                origin == site.settings.public_url()
                    || origin.split_once("://").map(|(_, host)| host) == text(HOST.as_str())
            }
            None => true,
        },
    }
}

/// A page leads to where one signs in, and back here afterwards; a program is told.
fn sign_in_first(door: &Door, request: &Request) -> Response {
    let path = request.uri().path();
    let reads = [Method::GET, Method::HEAD].contains(request.method());
    if !door.sign_in || !reads || path.starts_with("/api/") {
        return Refusal::sign_in("sign-in").into_response();
    }
    let here = request.uri().path_and_query().map_or(path, |here| here.as_str());
    see_other(&address("/sign-in", &[("then".into(), here.into())]))
}

/// Go there next. `href` is one of our own addresses.
pub fn see_other(href: &str) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    if let Ok(href) = HeaderValue::from_str(href) {
        response.headers_mut().insert(LOCATION, href);
    }
    response
}

/// The address that the request came from, as the server saw it.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub IpAddr);

/// The reader's address: the peer, or what the proxy before this site says of its own peer. `None`
/// in a test without a network.
pub fn address_of(
    site: &Site,
    parts: &axum::http::Extensions,
    headers: &HeaderMap,
) -> Option<IpAddr> {
    let forwarded = || {
        let last = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
        last.rsplit(',').next()?.trim().parse().ok()
    };
    let peer = || parts.get::<Peer>().map(|peer| peer.0);
    if site.settings.behind_proxy { forwarded().or_else(peer) } else { peer() }
}

/// Who asks, for a handler that anyone may use.
pub struct Asker(pub Option<Who>);

/// Who asks, for a handler behind a door that lets nobody else in.
pub struct SignedIn(pub Who);

impl FromRequestParts<App> for Asker {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Asker, Refusal> {
        Ok(Asker(parts.extensions.get::<Who>().cloned()))
    }
}

impl FromRequestParts<App> for SignedIn {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<SignedIn, Refusal> {
        let who = parts.extensions.get::<Who>().cloned();
        who.map(SignedIn).ok_or_else(|| Refusal::sign_in("sign-in"))
    }
}
