//! With whom a data set is shared: people by the address of their account, groups by name. The statistics keep it, the members know both.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use base::access::{SignedIn, see_other};
use base::page::Head;
use base::{App, Fields, Reader, Refusal, Role, Who, answer};
use minijinja::context;
use serde_json::json;
use statistics::shares::{self, With};

/// Who may own a data set, or answer for all.
pub const DECIDES: &[Role] = &[Role::Researcher, Role::DataSteward, Role::Administrator];

/// Kind, id, name.
type Named = (&'static str, String, String);

async fn named(site: &App, reader: &Reader, id: &str) -> Result<Vec<Named>, Refusal> {
    let groups = groups(site, reader).await?;
    let mut all = Vec::new();
    for with in shares::of(&site.storage.pool, id).await? {
        all.push(match with {
            With::Person(person) => {
                let name = members::name_of(site, person).await?;
                ("person", person.to_string(), name.unwrap_or_else(|| person.to_string()))
            }
            With::Group(group) => {
                let found = groups.iter().find(|(known, _)| *known == group);
                let name = found.map_or_else(|| group.clone(), |(_, name)| name.clone());
                ("group", group, name)
            }
        });
    }
    Ok(all)
}

async fn groups(site: &App, reader: &Reader) -> Result<Vec<(String, String)>, Refusal> {
    members::groups_named(site, reader.words.language.tag() == "fr").await
}

/// `/statistics/data/{id}/sharing`
pub async fn page(
    State(site): State<App>,
    reader: Reader,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let set = shares::owned(&site, &who, &id).await?;
    let head = Head::titled(reader.say("sharing-title"))
        .under(reader.say("statistics"), "/statistics")
        .under(reader.say("data-sets"), "/statistics/data")
        .under(set.title.clone(), format!("/statistics/data/{id}"));
    let values = context! { id, title => set.title, shared => named(&site, &reader, &set.id).await?, groups => groups(&site, &reader).await? };
    answer::page(&site, &reader, "web/sharing.html", head, values)
}

/// Shares with `email` or `group` (`do=add`), or no longer with `person` or `group` (`do=remove`).
async fn changed(site: &App, who: &Who, id: &str, fields: &Fields) -> Result<(), Refusal> {
    let set = shares::owned(site, who, id).await?;
    let (add, email, group) = (fields.one("do") == "add", fields.one("email"), fields.one("group"));
    let with = match (group.is_empty(), add) {
        (false, _) => {
            let known = members::groups_named(site, false).await?;
            let is_known = !add || known.iter().any(|(known, _)| known == group);
            is_known.then(|| With::Group(group.into()))
        }
        (true, true) => members::account_of(site, email).await?.map(With::Person),
        (true, false) => fields.one("person").parse().ok().map(With::Person),
    };
    let with = with.ok_or_else(|| {
        let named = if group.is_empty() { email } else { group };
        Refusal::bad_input("no-such-account", "email", named)
    })?;
    shares::set(site, &who.by(who.holds(DECIDES)), &set.id, &with, add).await
}

pub async fn change(
    State(site): State<App>,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Refusal> {
    changed(&site, &who, &id, &fields).await?;
    Ok(see_other(&format!("/statistics/data/{id}/sharing")))
}

async fn told(site: &App, reader: &Reader, id: &str) -> Result<Response, Refusal> {
    let shared = named(site, reader, id).await?;
    let shared: Vec<_> = shared
        .into_iter()
        .map(|(kind, id, name)| json!({ "kind": kind, "id": id, "name": name }))
        .collect();
    Ok(answer::json(&json!({ "shared": shared })).into_response())
}

/// With whom a data set is shared; for its owner, data stewards and administrators.
#[utoipa::path(
    get, path = "/api/statistics/data/{id}/sharing", params(("id" = String, Path)),
    responses((status = 200, description = "People and groups, by kind, id and name"), (status = 403, description = "It is not yours"), (status = 404, description = "No such data set"))
)]
pub async fn api(
    State(site): State<App>,
    reader: Reader,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let set = shares::owned(&site, &who, &id).await?;
    told(&site, &reader, &set.id).await
}

/// Shares a data set (`do=add` with `email` or `group`), or no longer (`do=remove` with `person` or `group`).
#[utoipa::path(
    post, path = "/api/statistics/data/{id}/sharing", params(("id" = String, Path)),
    request_body(content = String, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200, description = "With whom it is shared now"), (status = 403, description = "It is not yours"), (status = 404, description = "No such data set"), (status = 422, description = "No such account or group"))
)]
pub async fn api_change(
    State(site): State<App>,
    reader: Reader,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Refusal> {
    changed(&site, &who, &id, &fields).await?;
    told(&site, &reader, &id).await
}
