//! The API's description (OpenAPI 3.1), joined from all parts, and a page that explains it.

use axum::extract::State;
use axum::response::Response;
use base::page::{Head, value};
use base::{App, Reader, Refusal, Site, answer};
use minijinja::context;
use utoipa::OpenApi;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Throughcare",
        description = "Figures on drugs and health in prisons, each with source, year, unit and uncertainty. Everything that a page shows; the same functions make both.",
        license(name = "Apache-2.0")
    ),
    paths(
        crate::brief::api,
        crate::search::json,
        crate::health::health,
        crate::jobs::api,
        crate::sharing::api,
        crate::sharing::api_change
    )
)]
struct Own;

/// The paths that `web` itself answers.
pub fn own() -> utoipa::openapi::OpenApi {
    Own::openapi()
}

/// `/api/openapi.json`.
pub async fn description(State(site): State<App>) -> Response {
    answer::json(&joined(&site))
}

/// The page that lists every path with its parameters.
pub async fn page(State(site): State<App>, reader: Reader) -> Result<Response, Refusal> {
    let head = Head::titled(reader.say("api-title"));
    let values = context! { api => value(joined(&site)), address => site.settings.public_url() };
    answer::page(&site, &reader, "web/api.html", head, values)
}

/// The description of the whole API.
pub fn joined(site: &Site) -> utoipa::openapi::OpenApi {
    let mut whole = own();
    for part in site.parts.iter().filter(|part| part.name != "web") {
        if let Some(api) = part.api {
            whole.merge(api());
        }
    }
    whole
}
