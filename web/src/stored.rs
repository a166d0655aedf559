//! Stylesheet, script, fonts and outlines, served as they were built.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use base::{App, Refusal};

/// An asset. Addresses bear a version (`?v=`), so a browser may keep what it has for a year.
pub async fn file(State(site): State<App>, Path(path): Path<String>) -> Result<Response, Refusal> {
    let asset =
        (site.equipment.assets)(&path).ok_or_else(|| Refusal::not_found("no-page", &path))?;
    let headers = [
        (CONTENT_TYPE, asset.mime),
        (CACHE_CONTROL, "public, max-age=31536000, immutable".to_owned()),
    ];
    Ok((headers, Body::from(asset.bytes.into_owned())).into_response())
}
