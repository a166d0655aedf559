//! What becomes of a data set, as data: its versions, a closed round taken, its end.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use base::access::SignedIn;
use base::{App, Fields, Reader, Refusal, answer};
use serde_json::json;
use utoipa::OpenApi;

use super::api::{WireData, WireProblems, answered};
use super::upload::Upload;
use super::{CHANGES, ROLES};
use crate::keeping;
use crate::shares::{self, Sight};
use crate::shown;
use crate::store;
use crate::web::versions::corrected;

#[derive(OpenApi)]
#[openapi(paths(versions, correct, delete, rounds, take_round))]
struct Own;

pub fn description() -> utoipa::openapi::OpenApi {
    Own::openapi()
}

/// The version that holds, and those before it with what each next one changed.
#[utoipa::path(
    get, path = "/api/statistics/data/{id}/versions", params(("id" = String, Path)),
    responses((status = 200, description = "`version` and `earlier`, the newest first"), (status = 404, description = "No such data set"))
)]
pub async fn versions(
    State(site): State<App>,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let set = shares::seen(&site, &who, &id).await?;
    let earlier = store::versions_of(&site.storage.pool, &id).await?;
    let earlier: Vec<_> = earlier
        .iter()
        .map(|it| json!({ "version": it.version, "replaced": shown::day(it.replaced_at), "because": it.replaced_because }))
        .collect();
    Ok(answer::json(&json!({ "version": set.version, "earlier": earlier })))
}

/// Takes a corrected file as the next version: a form with `interviews`, `because` and, where there is another, `codebook`.
#[utoipa::path(
    post, path = "/api/statistics/data/{id}/versions", params(("id" = String, Path)),
    responses(
        (status = 201, body = WireData),
        (status = 403, description = "It is not yours, or something is out of it and you are no data steward"),
        (status = 404, description = "No such data set"),
        (status = 422, description = "What is wrong with the file", body = WireProblems)
    )
)]
pub async fn correct(
    State(site): State<App>,
    reader: Reader,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
    upload: Upload,
) -> Result<Response, Refusal> {
    let made = corrected(&site, &reader, &who, &id, upload).await;
    answered(&site, &reader, &who, made).await
}

/// Deletes the interviews and every earlier version for good; `sure=yes` says that it is meant. What was published stays.
#[utoipa::path(
    post, path = "/api/statistics/data/{id}/delete", params(("id" = String, Path)),
    request_body(content = String, content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = 204, description = "It is deleted"),
        (status = 403, description = "It is not yours"),
        (status = 404, description = "No such data set"),
        (status = 422, description = "Nobody said that it is meant")
    )
)]
pub async fn delete(
    State(site): State<App>,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let set = shares::owned(&site, &who, &id).await?;
    if fields.one("sure") != "yes" {
        return Err(Refusal::bad_input("delete-unsure", "sure", fields.one("sure")));
    }
    keeping::delete(&site, &who.by(who.holds(CHANGES)), &set).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Closed rounds of questionnaires, the newest first, and the data set that was taken from each, where you see it.
#[utoipa::path(get, path = "/api/statistics/rounds", responses((status = 200, description = "Rounds that can be taken as interviews")))]
pub async fn rounds(State(site): State<App>, SignedIn(who): SignedIn) -> Result<Response, Refusal> {
    let sight = Sight::of(&site, &who).await?;
    let mut all = Vec::new();
    for round in instruments::closed_rounds(&site).await? {
        let taken = store::data_set_of_round(&site.storage.pool, &round.id).await?;
        let data = taken.as_ref().filter(|set| sight.sees(set)).map(|set| set.id.clone());
        all.push(json!({
            "id": round.id, "title": round.title, "closed": round.closed_at.map(shown::day), "anonymous": round.anonymous,
            "taken": taken.is_some(), "data": data,
        }));
    }
    Ok(answer::json(&json!({ "rounds": all })))
}

/// Takes a closed round as interviews: a form with `round`, its id.
#[utoipa::path(
    post, path = "/api/statistics/data/round",
    request_body(content = String, content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = 201, body = WireData),
        (status = 404, description = "No closed round has this id"),
        (status = 409, description = "It was taken already", body = WireData),
        (status = 422, description = "What is wrong with the answers", body = WireProblems)
    )
)]
pub async fn take_round(
    State(site): State<App>,
    reader: Reader,
    SignedIn(who): SignedIn,
    fields: Fields,
) -> Result<Response, Refusal> {
    let by = who.by(who.holds(ROLES));
    let made = keeping::take_round(&site, &reader.words, &by, fields.one("round")).await;
    answered(&site, &reader, &who, made).await
}
