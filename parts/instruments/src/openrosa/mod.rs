//! The OpenRosa doors (docs.getodk.org/openrosa) by which ODK Collect and its relatives fetch the form of
//! a round and send records, unchanged. A record is acknowledged after it is on disk, and never before.

pub mod device;
mod door;
mod intake;
mod list;
mod submission;

use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, head, post};
use base::{May, Route};

/// Bytes of one submission at most: a record with a few photographs. Larger ones are sent in parts,
/// as clients do by themselves when they are told this number.
pub const MOST: u64 = 100 << 20;

pub fn routes() -> Vec<Route> {
    let heads = |path, answers| Route { method: Method::HEAD, ..Route::fresh(path, answers) };
    vec![
        Route::fresh("/openrosa/{round}/formList", get(list::forms)),
        Route::fresh("/openrosa/{round}/form/{number}", get(list::form)),
        Route::fresh("/openrosa/{round}/manifest/{number}", get(list::manifest)),
        Route::fresh("/openrosa/{round}/file/{number}/{name}", get(list::file)),
        heads("/openrosa/{round}/submission", head(submission::ahead)),
        Route::post("/openrosa/{round}/submission", May::Anyone, post(submission::receive)),
        // The same for clients that know no password: the address is the key.
        Route::fresh("/collect/{secret}/formList", get(list::forms)),
        Route::fresh("/collect/{secret}/form/{number}", get(list::form)),
        Route::fresh("/collect/{secret}/manifest/{number}", get(list::manifest)),
        Route::fresh("/collect/{secret}/file/{number}/{name}", get(list::file)),
        heads("/collect/{secret}/submission", head(submission::ahead)),
        Route::post("/collect/{secret}/submission", May::Anyone, post(submission::receive)),
    ]
}

/// What every answer of these doors bears.
fn marked(mut response: Response) -> Response {
    let headers = response.headers_mut();
    let version = HeaderName::from_static("x-openrosa-version");
    headers.insert(version, HeaderValue::from_static("1.0"));
    let most = HeaderName::from_static("x-openrosa-accept-content-length");
    headers.insert(most, HeaderValue::from(MOST));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn xml(status: StatusCode, text: String) -> Response {
    let kind = [(header::CONTENT_TYPE, "text/xml; charset=utf-8")];
    marked((status, kind, text).into_response())
}

/// The envelope in which clients look for words to show.
fn said(status: StatusCode, message: &str) -> Response {
    let nature = if status.is_success() { "submit_success" } else { "submit_error" };
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<OpenRosaResponse xmlns=\"http://openrosa.org/http/response\"><message nature=\"{nature}\">{}</message></OpenRosaResponse>",
        escape(message)
    );
    xml(status, text)
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
