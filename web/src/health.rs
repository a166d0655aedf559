//! Whether the site can do its work, for whoever watches over it.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use base::App;
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
pub struct Health {
    /// `ok`, or `storage` where the database does not answer.
    status: &'static str,
    version: &'static str,
    /// The number of the last change to published records.
    revision: Option<i64>,
    /// The database, without its password.
    storage: &'static str,
}

/// `200` where pages can be made, `503` where the database does not answer.
#[utoipa::path(get, path = "/health", responses((status = 200, body = Health), (status = 503, body = Health)))]
pub async fn health(State(site): State<App>) -> Response {
    let answers = site.storage.answers().await;
    let health = Health {
        status: if answers { "ok" } else { "storage" },
        version: env!("CARGO_PKG_VERSION"),
        revision: site.revision().await.ok(),
        storage: match site.storage.engine {
            base::storage::Engine::Sqlite => "sqlite",
            base::storage::Engine::Postgres => "postgresql",
        },
    };
    let status = if answers { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, axum::Json(health)).into_response()
}
