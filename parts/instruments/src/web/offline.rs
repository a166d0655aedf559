//! Filling without a network: the page that a tablet keeps, what it takes along, the door for what it
//! sends, and the page where whoever runs a round takes in what could not be sent.

use axum::Json;
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use base::access::SignedIn;
use base::answer;
use base::audit;
use base::page::Head;
use base::{App, Reader, Refusal, Site};
use futures_util::StreamExt;
use minijinja::context;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::ASKS;
use crate::filling::{layout, words};
use crate::instrument::{self, Version};
use crate::offline::place::{self, Place};
use crate::offline::seal::{self, Sealed};
use crate::offline::take::{self, Opened};
use crate::offline::wire::{self, Along};
use crate::record::Taken;
use crate::round::{self, Round, Stage, told};
use crate::{day, multipart};

/// Bytes of one sealed record: text, of which a thousand long answers are a megabyte.
const MOST: usize = 8 << 20;

/// Bytes of files with records that are taken in by hand.
const MOST_LATE: u64 = 64 << 20;

/// The engine on the tablet reads expressions by a WebAssembly parser; nothing else is let in, and only
/// this page is let do it.
const POLICY: &str = "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// `/offline/{secret}`: the same page for every address, so that the tablet can keep it; the script fills it.
pub async fn page(State(site): State<App>, reader: Reader) -> Result<Response, Refusal> {
    let words = words::of(reader.words.language.tag());
    let tag = words.language.tag();
    let values = context! {
        assets => (site.equipment.assets_version)(), lang => tag,
        said => wire::said(tag).to_string().replace('<', "\\u003c"),
        title => words.say("offline-title"),
    };
    let page = site.pages.set_alone(words, "instruments/offline.html", values)?;
    let mut response = Html(page).into_response();
    response.headers_mut().insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    Ok(response)
}

/// The service worker, from under the address that it serves: it may reach no other page.
pub async fn worker(State(site): State<App>) -> Result<Response, Refusal> {
    let asset = (site.equipment.assets)("offline/worker.js");
    let asset = asset.ok_or_else(|| Refusal::not_found("no-page", "/offline/worker.js"))?;
    let version = (site.equipment.assets_version)();
    let mut bytes = format!("const VERSION = {version:?};\n").into_bytes();
    bytes.extend_from_slice(&asset.bytes);
    let headers = [(CONTENT_TYPE, asset.mime), (CACHE_CONTROL, "no-cache".to_owned())];
    Ok((headers, Body::from(bytes)).into_response())
}

fn only_open(site: &Site, round: &Round) -> Result<(), Refusal> {
    match round.stage(&day::of(site.now())) {
        Stage::Open => Ok(()),
        Stage::Ahead => Err(Refusal::conflict("round-ahead")),
        Stage::Over | Stage::Closed => Err(Refusal::conflict("round-over")),
    }
}

async fn version_of(site: &Site, round: &Round) -> Result<Version, Refusal> {
    let version = instrument::version(&site.storage.pool, &round.instrument, round.number).await?;
    version.ok_or_else(|| Refusal::not_found("no-instrument", &round.instrument))
}

/// What the tablet takes along.
pub async fn form(
    State(site): State<App>,
    Path(secret): Path<String>,
) -> Result<Response, Refusal> {
    let place = place::find(&site, &secret).await?;
    let round = place.round();
    only_open(&site, round)?;
    if let Place::Link(_, who) = &place
        && who.spent
    {
        return Err(Refusal::conflict("link-spent"));
    }
    let pool = &site.storage.pool;
    let version = version_of(&site, round).await?;
    let missing = || Refusal::not_found("no-instrument", &round.instrument);
    let sources = instrument::sources(pool, &version.instrument, version.number).await?;
    let sources = sources.ok_or_else(missing)?;
    let compiled = instrument::ready(pool, &version).await?;
    let files = instrument::files(pool, &version.instrument, version.number).await?;
    let files: Vec<_> = files.into_iter().map(|file| (file.name, file.hash)).collect();
    let pages = layout::pages(&compiled.xform);
    let along = wire::along(&Along {
        place: &place,
        compiled: &compiled,
        version: &version.version,
        xform: &sources.xform,
        pages: &pages,
        files: &files,
        key: &seal::public(pool, &round.id).await?,
    });
    Ok(Json(along).into_response())
}

/// A list or picture that goes with the form.
pub async fn file(
    State(site): State<App>,
    Path((secret, name)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let place = place::find(&site, &secret).await?;
    let version = version_of(&site, place.round()).await?;
    let files = instrument::files(&site.storage.pool, &version.instrument, version.number).await?;
    let file = files.into_iter().find(|file| file.name == name);
    let file = file.ok_or_else(|| Refusal::not_found("no-page", &name))?;
    Ok(answer::file(file.bytes, "application/octet-stream", &file.name))
}

/// Takes a sealed record. The answer names the hash of what was sent: a tablet forgets a record for no other
/// answer, whoever gives it.
pub async fn receive(
    State(site): State<App>,
    Path(secret): Path<String>,
    request: Request,
) -> Result<Response, Refusal> {
    let bytes = whole(request).await?;
    let opened = take::open(&site, &bytes).await?;
    let taken = match place::find(&site, &secret).await {
        Ok(place) => take::at(&site, &place, &secret, &opened).await?,
        // The address may have gone with the record that it brought, or was ended after it.
        Err(refusal) => again(&site, &opened).await?.ok_or(refusal)?,
    };
    let status = if taken == Taken::New { StatusCode::CREATED } else { StatusCode::OK };
    let kept = base::chance::in_hex(&Sha256::digest(&bytes));
    Ok((status, Json(json!({ "kept": kept }))).into_response())
}

async fn again(site: &Site, opened: &Opened) -> Result<Option<Taken>, Refusal> {
    let Some(round) = round::find(&site.storage.pool, &opened.round).await? else {
        return Ok(None);
    };
    let before = take::before(site, &round, opened).await?;
    Ok(before.filter(|taken| *taken == Taken::Again))
}

async fn whole(request: Request) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    let mut pieces = request.into_body().into_data_stream();
    while let Some(piece) = pieces.next().await {
        let cut = |_| Refusal { status: StatusCode::BAD_REQUEST, key: "form-broken", args: vec![] };
        bytes.extend_from_slice(&piece.map_err(cut)?);
        if bytes.len() > MOST {
            return Err(multipart::too_large(MOST as u64));
        }
    }
    Ok(bytes)
}

async fn round_of(site: &Site, id: &str) -> Result<Round, Refusal> {
    let round = round::find(&site.storage.pool, id).await?;
    round.ok_or_else(|| Refusal::not_found("no-round", id))
}

/// `/rounds/{id}/late`: what was kept on tablets and could not be sent.
pub async fn late(
    State(site): State<App>,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let round = round_of(&site, &id).await?;
    late_page(&site, &reader, &round, None)
}

/// What became of one record of a file.
#[derive(serde::Serialize)]
struct Line {
    file: String,
    number: usize,
    what: String,
}

fn late_page(
    site: &Site,
    reader: &Reader,
    round: &Round,
    said: Option<(usize, usize, Vec<Line>)>,
) -> Result<Response, Refusal> {
    let head = Head::titled(reader.say("late"))
        .about(reader.say("late-lead"))
        .under(round.title.clone(), format!("/rounds/{}", round.id));
    let closed = round.stage(&day::of(site.now())) == Stage::Closed;
    let (taken, again, refused) = said.as_ref().map_or((0, 0, None), |(taken, again, refused)| {
        (*taken, *again, Some(base::page::value(refused)))
    });
    let values = context! {
        id => round.id.clone(), closed, done => said.is_some(), taken, again, refused,
    };
    answer::page(site, reader, "instruments/late.html", head, values)
}

/// Takes in files that were saved on tablets. Each record for itself: one that is refused holds up no other.
pub async fn take_late(
    State(site): State<App>,
    reader: Reader,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Refusal> {
    let round = round_of(&site, &id).await?;
    let files = multipart::small(request, MOST_LATE).await?;
    let (mut taken, mut again, mut refused) = (0, 0, Vec::new());
    for (_, name, bytes) in &files {
        let Ok(saved) = serde_json::from_slice::<Saved>(bytes) else {
            let what = reader.say("late-not-ours");
            refused.push(Line { file: name.clone(), number: 0, what });
            continue;
        };
        for (at, sealed) in saved.records.iter().enumerate() {
            match one_late(&site, &round, sealed).await {
                Ok(Taken::New) => taken += 1,
                Ok(_) => again += 1,
                Err(refusal) => {
                    let (what, next) = refusal.sentences(&reader.words);
                    let what = format!("{what} {next}");
                    refused.push(Line { file: name.clone(), number: at + 1, what });
                }
            }
        }
    }
    let mut change = audit::begin(&site.storage).await?;
    let detail = json!({ "taken": taken, "again": again, "refused": refused.len() });
    let by = who.by(who.holds_over(&ASKS, &[]));
    told(&mut change, &by, "round.late", &round.id, detail, site.now()).await?;
    change.commit().await?;
    late_page(&site, &reader, &round, Some((taken, again, refused)))
}

/// A file as a tablet saves it.
#[derive(serde::Deserialize)]
struct Saved {
    records: Vec<Sealed>,
}

async fn one_late(site: &Site, round: &Round, sealed: &Sealed) -> Result<Taken, Refusal> {
    let bytes = serde_json::to_vec(sealed).map_err(Refusal::broken)?;
    let opened = take::open(site, &bytes).await?;
    if opened.round == round.id {
        return take::late(site, round, &opened).await;
    }
    // A round that was closed meanwhile takes nothing; one made for the late records, of the same version and
    // under the same promise, does.
    let first = round_of(site, &opened.round).await?;
    if take::before(site, &first, &opened).await? == Some(Taken::Again) {
        return Ok(Taken::Again);
    }
    let same = (&first.instrument, first.number, first.anonymous)
        == (&round.instrument, round.number, round.anonymous);
    if !same {
        return Err(Refusal::conflict("late-other-round"));
    }
    take::late(site, round, &opened).await
}
