//! The running site: storage, words, pages, parts, and the router that joins their routes under
//! one set of rules (language, headers, kept pages, refusals as pages).

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_TYPE, HeaderName, REFERRER_POLICY, SET_COOKIE,
    STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{Html, IntoResponse, Response};
use minijinja::context;
use serde_json::json;

use crate::access;
use crate::asset;
use crate::change;
use crate::document::Citation;
use crate::kept::{Kept, Memo};
use crate::language::{self, Languages};
use crate::page::{self, Head, Pages};
use crate::part::{Part, Route, Step, Way};
use crate::reader::{self, Reader};
use crate::refusal::Refusal;
use crate::settings::Settings;
use crate::storage::{Migration, Storage};
use crate::who::May;

/// Sets a paper: template, data, drawings by name, title, language and day → PDF. Given by the
/// executable, since the typesetter is heavy and only it needs to be built with it.
pub type Typeset = fn(&Sheet) -> Result<Vec<u8>>;
/// Draws SVG text as PNG of so many pixels across.
pub type Raster = fn(&str, u32) -> Result<Vec<u8>>;

/// Sends a letter by the way that the settings name; waits until it was taken.
pub type Post = fn(&Settings, &Letter) -> Result<()>;

/// A letter to one person.
pub struct Letter {
    pub to_name: String,
    pub to: String,
    pub subject: String,
    pub text: String,
    pub html: String,
}

/// What the typesetter is given.
pub struct Sheet {
    pub template: &'static str,
    pub data: serde_json::Value,
    /// (name, SVG text); the template names them.
    pub drawings: Vec<(String, String)>,
    pub title: String,
    pub language: String,
    /// ISO 8601 day that the paper bears.
    pub day: String,
}

/// What the executable gives to the site.
#[derive(Clone, Copy)]
pub struct Equipment {
    pub assets: asset::Find,
    /// Changes when any asset does; part of their addresses.
    pub assets_version: fn() -> &'static str,
    pub typeset: Option<Typeset>,
    pub raster: Option<Raster>,
    pub post: Option<Post>,
    /// The clock, as UTC seconds: time enters the site here and nowhere else.
    pub now: fn() -> i64,
}

impl Equipment {
    /// No browser code, no typesetter, and a clock that stands still: for tests of parts.
    pub const BARE: Equipment = Equipment {
        assets: asset::none,
        assets_version: || "0",
        typeset: None,
        raster: None,
        post: None,
        now: || 1_700_000_000,
    };
}

/// Base's own tables.
const MIGRATIONS: &[Migration] =
    &[Migration { name: "0001_changes", sql: include_str!("../migrations/0001_changes.sql") }];

pub struct Site {
    pub storage: Storage,
    pub settings: Settings,
    pub languages: Languages,
    pub pages: Pages,
    pub parts: &'static [&'static Part],
    pub equipment: Equipment,
    /// Told when a job was asked for here.
    pub wake: tokio::sync::Notify,
    kept: Kept,
    memo: Memo,
    revision: Revision,
}

/// The site as handlers share it.
pub type App = Arc<Site>;

impl Site {
    /// Opens the database, brings its tables up to date, and reads words and templates.
    pub async fn open(
        settings: Settings,
        parts: &'static [&'static Part],
        equipment: Equipment,
    ) -> Result<App> {
        let storage = Storage::open(&settings.database_url).await?;
        storage.migrate("records", records::MIGRATIONS).await?;
        storage.migrate("base", MIGRATIONS).await?;
        for part in parts {
            storage.migrate(part.name, part.migrations).await?;
        }
        Ok(Arc::new(Site {
            languages: languages(&settings, parts)?,
            pages: Pages::new(parts.iter().flat_map(|part| (part.pages)()).collect())?,
            kept: Kept::new(settings.kept_megabytes),
            memo: Memo::default(),
            revision: Revision::default(),
            equipment,
            wake: tokio::sync::Notify::new(),
            parts,
            settings,
            storage,
        }))
    }

    /// The time, as UTC seconds.
    pub fn now(&self) -> i64 {
        (self.equipment.now)()
    }

    /// Whether letters can be sent.
    pub fn has_mail(&self) -> bool {
        self.equipment.post.is_some() && self.settings.mail.is_some()
    }

    /// The number of the last change to published records; at most a second old.
    pub async fn revision(&self) -> Result<i64, Refusal> {
        self.revision.current(&self.storage).await
    }

    /// After a change made here: readers see it at once.
    pub fn changed(&self) {
        self.revision.checked_ms.store(0, Ordering::Relaxed);
    }

    /// A value made from published records, made anew only after they changed.
    pub async fn memo<T, F>(&self, make: impl FnOnce() -> F) -> Result<Arc<T>, Refusal>
    where
        T: Send + Sync + 'static,
        F: Future<Output = Result<T, Refusal>>,
    {
        let revision = self.revision().await?;
        if let Some(value) = self.memo.get(revision) {
            return Ok(value);
        }
        let value = Arc::new(make().await?);
        self.memo.set(revision, value.clone());
        Ok(value)
    }

    /// Cites sources by whichever part keeps them, in the order asked, numbered from 1. An id that
    /// no part knows is cited by its bare name: the figure must not lose its source.
    pub async fn cite(&self, reader: &Reader, ids: &[String]) -> Result<Vec<Citation>, Refusal> {
        let mut known = Vec::new();
        for cite in self.parts.iter().filter_map(|part| part.cite) {
            known.extend(cite(self, reader, ids.to_vec()).await?);
        }
        Ok(ids
            .iter()
            .enumerate()
            .map(|(at, id)| {
                let found = known.iter().find(|citation| citation.id == *id).cloned();
                Citation { number: at + 1, ..found.unwrap_or_else(|| Citation::bare(id)) }
            })
            .collect())
    }

    /// The main navigation: each step of the loop that has something in it.
    pub fn ways(&self) -> Vec<(Step, Vec<Way>)> {
        Step::ALL
            .into_iter()
            .map(|step| {
                let of_step =
                    self.parts.iter().flat_map(|part| part.ways).filter(|way| way.step == step);
                (step, of_step.copied().collect::<Vec<_>>())
            })
            .filter(|(_, ways)| !ways.is_empty())
            .collect()
    }

    /// Every route of every part.
    pub fn routes(&self) -> Vec<Route> {
        self.parts.iter().flat_map(|part| (part.routes)()).collect()
    }
}

/// Every step of every table, by part: what a backup may make.
pub fn steps(parts: &[&'static Part]) -> Vec<(&'static str, &'static [Migration])> {
    let own = [("records", records::MIGRATIONS), ("base", MIGRATIONS)];
    own.into_iter().chain(parts.iter().map(|part| (part.name, part.migrations))).collect()
}

/// The words of base, of all parts, and of the operator's own folder.
pub fn languages(settings: &Settings, parts: &[&Part]) -> Result<Languages> {
    let mut messages = page::own_words();
    messages.extend(parts.iter().flat_map(|part| (part.words)()));
    messages.extend(language::read_folder(&settings.languages)?);
    Languages::new(messages, &settings.default_language)
}

/// Joins all routes. Fails where two parts answer the same address.
pub fn router(site: &App) -> Result<Router> {
    let mut router = Router::new();
    let mut taken = std::collections::BTreeSet::new();
    for route in site.routes() {
        if !taken.insert((route.path, route.method.to_string())) {
            bail!("two routes answer {} {}", route.method, route.path);
        }
        let kept = route.kept && route.may == May::Anyone && site.settings.kept_megabytes > 0;
        let answers = if kept {
            route.answers.layer(middleware::from_fn_with_state(site.clone(), keep))
        } else {
            let door = access::Door::of(site, &route);
            route.answers.layer(middleware::from_fn_with_state(door, access::guard))
        };
        router = router.route(route.path, answers);
    }
    Ok(router
        .fallback(async |request: Request| Refusal::not_found("no-page", request.uri().path()))
        .method_not_allowed_fallback(async || Refusal {
            status: StatusCode::METHOD_NOT_ALLOWED,
            key: "method",
            args: Vec::new(),
        })
        .layer(middleware::from_fn_with_state(site.clone(), finish))
        .with_state(site.clone()))
}

/// Gives the kept answer, or makes and keeps it.
async fn keep(State(site): State<App>, request: Request, next: Next) -> Response {
    if request.method() != Method::GET {
        return next.run(request).await;
    }
    let revision = match site.revision().await {
        Ok(revision) => revision,
        Err(refusal) => return refusal.into_response(),
    };
    let address = request.uri().path_and_query().map_or("/", |address| address.as_str());
    let language = language_of(&site, &request);
    let key = (address.to_owned(), language);
    let asked = request.headers().clone();
    if let Some(answer) = site.kept.get(&key, revision) {
        return answer.to(&asked);
    }
    let response = next.run(request).await;
    match site.kept.keep(key, revision, response).await {
        Ok(answer) => answer.to(&asked),
        Err(response) => response,
    }
}

/// Words refusals, sets the headers that every answer bears, and remembers a chosen language.
async fn finish(State(site): State<App>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let method = request.method().clone();
    let uri = request.uri().clone();
    let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let tag = language_of(&site, &request);
    // No record is called so, and PostgreSQL takes no such text.
    let mut response = match uri.to_string().contains("%00") {
        true => Refusal::not_found("no-page", uri.path()).into_response(),
        false => next.run(request).await,
    };
    if let Some(refusal) = response.extensions_mut().remove::<Refusal>() {
        response = worded(&site, &tag, uri.path(), &refusal);
    }
    let headers = response.headers_mut();
    for (name, value) in EVERY_ANSWER {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if site.settings.is_https() {
        headers.insert(STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    let chosen =
        uri.query().is_some_and(|query| query.split('&').any(|pair| pair.starts_with("lang=")));
    if chosen
        && let Ok(cookie) = format!("lang={tag}; Path=/; Max-Age=31536000; SameSite=Lax").parse()
    {
        headers.append(SET_COOKIE, cookie);
    }
    // A secret in an address (a one-time link) is kept out of the log.
    let path = match &route {
        Some(route) if route.contains("{secret}") => route,
        _ => uri.path(),
    };
    tracing::debug!(
        %method, path, route, status = response.status().as_u16(),
        micros = started.elapsed().as_micros() as u64, "answered"
    );
    response
}

/// No script but our own files, no frame around us, no address told to others.
const EVERY_ANSWER: [(HeaderName, &str); 6] = [
    (
        HeaderName::from_static("content-security-policy"),
        "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; script-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    ),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (X_FRAME_OPTIONS, "DENY"),
    (REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (CACHE_CONTROL, "no-cache"),
];

fn worded(site: &Site, tag: &str, path: &str, refusal: &Refusal) -> Response {
    let words = site.languages.get(tag).unwrap_or_else(|| site.languages.default());
    let (what, next) = refusal.sentences(words);
    let for_programs = path.starts_with("/api/") || path.ends_with(".json");
    if for_programs {
        let body = json!({
            "type": format!("{}/api#{}", site.settings.public_url(), refusal.key),
            "title": what,
            "detail": next,
            "status": refusal.status.as_u16(),
        });
        let kind = [(CONTENT_TYPE, "application/problem+json")];
        return (refusal.status, kind, body.to_string()).into_response();
    }
    let reader = Reader::of(words, path);
    let head = Head::titled(what.clone());
    match site.pages.set(
        site,
        &reader,
        "base/refusal.html",
        head,
        context! { what => what.clone(), next, status => refusal.status.as_u16() },
    ) {
        Ok(page) => (refusal.status, Html(page)).into_response(),
        Err(error) => {
            tracing::error!(?error, "the page of refusals itself failed");
            (refusal.status, what).into_response()
        }
    }
}

fn language_of(site: &Site, request: &Request) -> String {
    let header =
        |name| request.headers().get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    let query = request.uri().query().unwrap_or("");
    let words = reader::words_for(site, query, header("cookie"), header("accept-language"));
    words.language.tag().to_owned()
}

/// The site's revision, asked of the database at most once a second: another process (an import on
/// the command line) may change it.
struct Revision {
    number: AtomicI64,
    checked_ms: AtomicU64,
    began: Instant,
}

impl Default for Revision {
    fn default() -> Revision {
        Revision { number: AtomicI64::new(0), checked_ms: AtomicU64::new(0), began: Instant::now() }
    }
}

impl Revision {
    async fn current(&self, storage: &Storage) -> Result<i64, Refusal> {
        // Counted from two seconds, so that 0 always means "never checked".
        let now = (self.began.elapsed() + Duration::from_secs(2)).as_millis() as u64;
        if now - self.checked_ms.load(Ordering::Relaxed) >= 1000 {
            let number = change::revision(&storage.pool).await?;
            self.number.store(number, Ordering::Relaxed);
            self.checked_ms.store(now, Ordering::Relaxed);
        }
        Ok(self.number.load(Ordering::Relaxed))
    }
}
