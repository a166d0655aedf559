//! The start page: what this is, the map of the region as the way in, and what changed.

use axum::extract::State;
use axum::response::Response;
use base::page::{Head, value};
use base::{App, Reader, Refusal, answer, change};
use minijinja::context;

/// Changes shown: what happened lately, not an archive.
const CHANGES: i64 = 4;

pub async fn page(State(site): State<App>, reader: Reader) -> Result<Response, Refusal> {
    let changes: Vec<_> = change::recent(&site.storage.pool, CHANGES)
        .await?
        .iter()
        .map(|change| (change.title(&reader.words), change.href.clone()))
        .collect();
    let overview = facts::overview(&site, &reader).await?;
    let head = Head::titled("Throughcare").about(reader.say("home-about"));
    answer::page(
        &site,
        &reader,
        "web/home.html",
        head,
        context! { changes, overview => value(overview) },
    )
}
