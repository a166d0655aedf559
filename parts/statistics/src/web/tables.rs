//! The register as people see it: published tables for anyone, those that wait for who answers for them.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use base::access::{Asker, SignedIn, see_other};
use base::answer::{self, Form};
use base::page::{Head, value};
use base::table::{Cell, Column};
use base::{App, Fields, Reader, Refusal, Role, Table, Who};
use minijinja::context;

use super::{ROLES, picture, works_with};
use crate::entries::{self, Registered};
use crate::register::{self, Weaker};
use crate::rounds::{Compared, Round};
use crate::shares::Sight;
use crate::shown;
use crate::store;
use crate::tabled::{self, Tabled};

pub async fn list(
    State(site): State<App>,
    reader: Reader,
    Asker(who): Asker,
) -> Result<Response, Refusal> {
    let table = list_table(&site, &reader, &who).await?;
    let empty = table.rows.is_empty();
    let head = Head::titled(reader.say("statistics")).about(reader.say("statistics-lead"));
    let mut view = table.view(&reader);
    for (name, href) in &mut view.downloads {
        *href = format!("/statistics/tables.{}", name.to_lowercase());
    }
    let values = context! { view => value(view), empty, works => works(&who) };
    answer::page(&site, &reader, "statistics/tables.html", head, values)
}

pub async fn list_file(
    State(site): State<App>,
    reader: Reader,
    Asker(who): Asker,
    Path(form): Path<String>,
) -> Result<Response, Refusal> {
    let table = list_table(&site, &reader, &who).await?;
    answer::table(table, &reader, Form::of(&format!("tables.{form}")).1)
}

fn works(who: &Option<Who>) -> bool {
    who.as_ref().is_some_and(|who| who.holds_over(ROLES, &[]).is_some())
}

async fn list_table(site: &App, reader: &Reader, who: &Option<Who>) -> Result<Table, Refusal> {
    let words = &reader.words;
    let sight = match who {
        Some(who) if works(&Some(who.clone())) => Some(Sight::of(site, who).await?),
        _ => None,
    };
    let sets = store::data_sets(&site.storage.pool).await?;
    let mut rows = Vec::new();
    for entry in entries::tables(&site.storage.pool).await? {
        let set = sets.iter().find(|set| set.id == entry.data);
        let is_seen = || sight.as_ref().zip(set).is_some_and(|(sight, set)| sight.sees(set));
        if !entry.is_out() && !is_seen() {
            continue;
        }
        let tabled = content(&entry)?;
        let withheld = tabled.cells.iter().filter(|cell| cell.figure.is_none()).count();
        let set = sets.iter().find(|set| set.id == entry.data);
        let survey = set.map(|set| set.title.clone()).unwrap_or_default();
        let period = set.map(|set| set.period.clone()).unwrap_or_default();
        let edition = words.number(entry.edition as f64, 0);
        rows.push(vec![
            Cell::text(tabled.title(words)).href(format!("/statistics/tables/{}", entry.id)),
            Cell::text(survey).href(format!("/statistics/sets/{}", entry.data)),
            Cell::text(period),
            Cell::text(words.say(&format!("state-{}", entry.state))),
            Cell::number(entry.edition as f64, edition),
            Cell::number(tabled.cells.len() as f64, words.number(tabled.cells.len() as f64, 0)),
            Cell::number(withheld as f64, words.number(withheld as f64, 0)),
            Cell::text(shown::day(entry.released_at())),
            Cell::text(if tabled.synthetic { words.say("synthetic-short") } else { String::new() }),
        ]);
    }
    Ok(Table {
        id: "statistics".into(),
        caption: words.say("register-caption"),
        columns: vec![
            Column::text("table", words.say("register-table")),
            Column::text("survey", words.say("register-survey")),
            Column::text("period", words.say("head-round")),
            Column::text("state", words.say("register-state")),
            Column::number("edition", words.say("register-edition")),
            Column::number("cells", words.say("register-cells")),
            Column::number("withheld", words.say("register-withheld")),
            Column::text("day", words.say("register-day")),
            Column::text("mark", words.say("register-mark")),
        ],
        rows,
        note: None,
        sources: Vec::new(),
    })
}

fn content(entry: &Registered) -> Result<Tabled, Refusal> {
    serde_json::from_str(&entry.content).map_err(Refusal::broken)
}

/// What is out, or waits and may be seen by this person. A table that was withdrawn is there to say so.
async fn seen(site: &App, who: &Option<Who>, id: &str) -> Result<Registered, Refusal> {
    let no_table = || Refusal::not_found("no-table", id);
    let found = entries::table_with(&site.storage.pool, id).await?.ok_or_else(no_table)?;
    match found.is_out() || works_with(site, who, &found.data).await? {
        true => Ok(found),
        false => Err(no_table()),
    }
}

/// The same for its figures, which a withdrawn table shows only to those who answer for it.
async fn figures(site: &App, who: &Option<Who>, id: &str) -> Result<Registered, Refusal> {
    let entry = seen(site, who, id).await?;
    match entry.is_published() || works_with(site, who, &entry.data).await? {
        true => Ok(entry),
        false => {
            Err(Refusal { status: StatusCode::GONE, key: "table-withdrawn", args: Vec::new() })
        }
    }
}

pub async fn one(
    State(site): State<App>,
    reader: Reader,
    Asker(who): Asker,
    Path(name): Path<String>,
) -> Result<Response, Refusal> {
    let (id, form) = Form::of(&name);
    let entry = match form {
        Form::Page => seen(&site, &who, id).await?,
        _ => figures(&site, &who, id).await?,
    };
    let tabled = content(&entry)?;
    let words = &reader.words;
    let set = store::data_set_with(&site.storage.pool, &entry.data).await?;
    let title = set.map(|set| set.title).unwrap_or_default();
    match form {
        Form::Page => {}
        Form::Json => {
            return Ok(answer::json(
                &serde_json::json!({ "data": title, "released": shown::day(entry.made_at), "table": tabled }),
            ));
        }
        Form::Csv => {
            let bytes = tabled::csv(std::slice::from_ref(&tabled)).into_bytes();
            return Ok(answer::file(bytes, "text/csv; charset=utf-8", &format!("{id}.csv")));
        }
        Form::Pdf => {
            let day = shown::day(entry.decided_at.unwrap_or(entry.made_at));
            let document = shown::document(&site, words, &tabled, &title, id, &day);
            return answer::paper(&site, &reader, document, &format!("{id}.pdf")).await;
        }
        form => return answer::table(shown::table(words, &tabled, id), &reader, form),
    }
    let drawing = shown::drawing(words, &tabled, "figures", 720.0);
    let is_steward =
        who.as_ref().is_some_and(|who| who.holds_over(&[Role::DataSteward], &[]).is_some());
    let steward = is_steward && who.as_ref().is_some_and(|who| who.id() != entry.made_by);
    let weaker: Option<Weaker> = serde_json::from_str(&entry.rules).ok();
    let at = format!("/statistics/tables/{id}");
    let lang = words.language.tag();
    let downloads: Vec<_> = ["csv", "xlsx", "json", "pdf"]
        .iter()
        .map(|form| (form.to_uppercase(), format!("{at}.{form}?lang={lang}")))
        .collect();
    let versions = versions(&site, &entry, &tabled).await?;
    let links = entries::links(&site.storage.pool, id).await?;
    let works_with = works_with(&site, &who, &entry.data).await?;
    let shown_here = entry.is_published() || works_with;
    let compared = Compared::new(vec![Round {
        data: entry.data.clone(),
        title: title.clone(),
        period: String::new(),
        table: id.into(),
        tabled: tabled.clone(),
    }]);
    let heading = match shown_here {
        true => shown::finding(words, &tabled),
        false => tabled.title(words),
    };
    let head = Head::titled(heading)
        .about(tabled.title(words))
        .under(reader.say("statistics"), "/statistics");
    let mut explore = url::form_urlencoded::Serializer::new(String::new());
    explore.append_pair("of", &tabled.of).append_pair("by", &tabled.by.join(","));
    let values = context! {
        id, title, state => entry.state.as_str(), day => shown::day(entry.released_at()), drawing => value(&drawing), table => value(&drawing.table),
        notes => tabled.notes(words), subtitle => tabled.title(words), synthetic => tabled.synthetic, downloads, at,
        waits => entry.state == "waiting", may_decide => steward && entry.state == "waiting",
        may_withdraw => is_steward && entry.is_published(), may_propose => works_with && entry.is_published() && !tabled.synthetic,
        least_n => weaker.map(|weaker| weaker.least_n), least_either => weaker.map(|weaker| weaker.least_either),
        reason => entry.reason, decision => entry.decision, works => works_with, versions, links => value(links), shown_here,
        withdrawn => entry.withdrawn_at.map(shown::day), withdrawn_reason => entry.withdrawn_reason, edition => entry.edition,
        set => format!("/statistics/sets/{}", entry.data), explore => explore.finish(),
        empties => value(picture::empties(words, &compared, &[])),
    };
    answer::page(&site, &reader, "statistics/table.html", head, values)
}

/// The other editions of the table, the newest first: (edition, day, address).
async fn versions(
    site: &App,
    entry: &Registered,
    tabled: &Tabled,
) -> Result<Vec<(i64, String, String)>, Refusal> {
    let mut found = Vec::new();
    for other in entries::out_of(&site.storage.pool, &entry.data).await? {
        let content = content(&other)?;
        if other.id != entry.id && content.of == tabled.of && content.by == tabled.by {
            let href = format!("/statistics/tables/{}", other.id);
            found.push((other.edition, shown::day(other.released_at()), href));
        }
    }
    found.reverse();
    Ok(found)
}

pub async fn chart(
    State(site): State<App>,
    reader: Reader,
    Asker(who): Asker,
    Path((id, name)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let entry = figures(&site, &who, &id).await?;
    let tabled = content(&entry)?;
    let (chart, form) = Form::of(&name);
    if chart != "figures" {
        return Err(Refusal::not_found("no-table", chart));
    }
    let drawing = shown::drawing(&reader.words, &tabled, "figures", 760.0);
    answer::drawing(&site, &reader, &drawing, form, &format!("{id}-figures")).await
}

/// A data steward publishes or refuses what was asked for under weaker rules; the reason is kept.
pub async fn decide(
    State(site): State<App>,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let entry = seen(&site, &Some(who.clone()), &id).await?;
    let (decision, reason) = (fields.one("decision"), fields.one("reason"));
    if reason.is_empty() || !["publish", "refuse"].contains(&decision) {
        return Err(Refusal::bad_input("decision", "reason", reason));
    }
    let by = who.by(Some(Role::DataSteward));
    register::decide(&site, &by, &entry, decision == "publish", reason).await?;
    Ok(see_other(&format!("/statistics/tables/{id}")))
}

/// The register as data.
#[utoipa::path(
    get, path = "/api/statistics/tables",
    responses((status = 200, description = "Every table that is or was public: its question, data set, edition, state and address"))
)]
pub async fn api(State(site): State<App>) -> Result<Response, Refusal> {
    let mut all = Vec::new();
    for entry in entries::tables(&site.storage.pool).await? {
        if !entry.is_out() {
            continue;
        }
        let tabled = content(&entry)?;
        all.push(serde_json::json!({
            "id": entry.id, "of": tabled.of, "label": tabled.label, "by": tabled.by, "data": entry.data, "state": entry.state,
            "edition": entry.edition, "released": shown::day(entry.released_at()), "synthetic": tabled.synthetic,
            "withdrawn": entry.withdrawn_at.map(shown::day), "withdrawn_reason": entry.withdrawn_reason,
            "cells": tabled.cells.len(), "withheld": tabled.cells.iter().filter(|cell| cell.figure.is_none()).count(),
            "href": format!("{}/statistics/tables/{}", site.settings.public_url(), entry.id),
        }));
    }
    Ok(answer::json(&serde_json::json!({ "tables": all })))
}

/// One released table.
#[utoipa::path(
    get, path = "/api/statistics/tables/{id}",
    params(("id" = String, Path, description = "As the register names it")),
    responses((status = 200, description = "Figures with n, effective n, interval, method and what is known of the sample"), (status = 404, description = "No such table"), (status = 410, description = "It was withdrawn"))
)]
pub async fn api_one(State(site): State<App>, Path(id): Path<String>) -> Result<Response, Refusal> {
    let entry = figures(&site, &None, &id).await?;
    let tabled = content(&entry)?;
    let links = entries::links(&site.storage.pool, &id).await?;
    Ok(answer::json(&serde_json::json!({
        "id": id, "data": entry.data, "edition": entry.edition, "released": shown::day(entry.released_at()), "table": tabled, "used": links,
    })))
}
