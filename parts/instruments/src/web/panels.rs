//! Panels: lists of respondents kept for later rounds, brought up to date from a file or by typing.

use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use base::access::{SignedIn, see_other};
use base::answer::{self, Form};
use base::language::Arg;
use base::page::{Head, value};
use base::table::{Cell, Column, Table};
use base::{App, Fields, Reader, Refusal, Site};
use minijinja::context;

use super::ASKS;
use crate::list::{self, Problem};
use crate::panel::{self, Panel, Taken};
use crate::{day, multipart};

/// Bytes of a list.
const MOST: u64 = 8 << 20;

/// The one file of a form.
pub async fn sent_list(request: Request) -> Result<Vec<u8>, Refusal> {
    let mut files = multipart::small(request, MOST).await?;
    Ok(files.pop().map(|(_, _, bytes)| bytes).unwrap_or_default())
}

/// What is wrong with a list, in the reader's words.
pub fn worded(reader: &Reader, problems: &[Problem]) -> Vec<String> {
    let said = |problem: &Problem| {
        let value = Arg::Text(problem.value.clone());
        let words = reader.words.say_with(problem.key, &[("value", value)]);
        if problem.line == 0 {
            return words;
        }
        let line = reader.words.say_with("list-line", &[("line", problem.line.to_string().into())]);
        format!("{line} {words}")
    };
    problems.iter().map(said).collect()
}

pub async fn list(State(site): State<App>, reader: Reader) -> Result<Response, Refusal> {
    list_page(&site, &reader, None).await
}

async fn list_page(site: &Site, reader: &Reader, fault: Option<&str>) -> Result<Response, Refusal> {
    let table = table(site, reader).await?;
    let empty = table.rows.is_empty();
    let head = Head::titled(reader.say("panels"))
        .about(reader.say("panels-lead"))
        .under(reader.say("rounds"), "/rounds");
    let values = context! { view => value(table.view(reader)), empty, fault };
    let mut page = answer::page(site, reader, "instruments/panels.html", head, values)?;
    if fault.is_some() {
        *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(page)
}

pub async fn list_file(
    State(site): State<App>,
    reader: Reader,
    Path(form): Path<String>,
) -> Result<Response, Refusal> {
    let table = table(&site, &reader).await?;
    answer::table(table, &reader, Form::of(&format!("x.{form}")).1)
}

async fn table(site: &Site, reader: &Reader) -> Result<Table, Refusal> {
    let pool = &site.storage.pool;
    let mut rows = Vec::new();
    for it in panel::all(pool).await? {
        let members = panel::members(pool, &it.id).await?;
        let asked = members.iter().filter(|member| !member.ended).count();
        rows.push(vec![
            Cell::text(it.title).href(format!("/panels/{}", it.id)),
            Cell::number(asked as f64, asked.to_string()),
            Cell::text(day::of(it.made_at)),
        ]);
    }
    Ok(Table {
        id: "panels".into(),
        caption: reader.say("panels"),
        columns: vec![
            Column::text("title", reader.say("panel")),
            Column::number("members", reader.say("panel-members")),
            Column::text("day", reader.say("instrument-day")),
        ],
        rows,
        ..Table::default()
    })
}

pub async fn make(
    State(site): State<App>,
    reader: Reader,
    SignedIn(who): SignedIn,
    fields: Fields,
) -> Result<Response, Refusal> {
    let title = fields.one("title");
    if title.is_empty() || title.chars().count() > 200 {
        return list_page(&site, &reader, Some("panel-title-missing")).await;
    }
    let by = who.by(who.holds_over(&ASKS, &[]));
    let id = panel::make(&site.storage, title, &by, site.now()).await?;
    Ok(see_other(&format!("/panels/{id}")))
}

async fn found(site: &Site, id: &str) -> Result<Panel, Refusal> {
    let panel = panel::find(&site.storage.pool, id).await?;
    panel.ok_or_else(|| Refusal::not_found("no-panel", id))
}

pub async fn one(
    State(site): State<App>,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let (id, form) = Form::of(&id);
    let panel = found(&site, id).await?;
    if form != Form::Page {
        return answer::table(members(&site, &reader, &panel).await?, &reader, form);
    }
    page(&site, &reader, &panel, None, &[], "").await
}

async fn page(
    site: &Site,
    reader: &Reader,
    panel: &Panel,
    taken: Option<Taken>,
    problems: &[Problem],
    typed: &str,
) -> Result<Response, Refusal> {
    let table = members(site, reader, panel).await?;
    let empty = table.rows.is_empty();
    let all: Vec<_> = panel::members(&site.storage.pool, &panel.id)
        .await?
        .into_iter()
        .map(|it| (it.number, it.entry.name, it.ended))
        .collect();
    let head = Head::titled(panel.title.clone())
        .under(reader.say("rounds"), "/rounds")
        .under(reader.say("panels"), "/panels");
    let values = context! {
        id => panel.id.clone(), view => value(table.view(reader)), empty, all, typed,
        problems => worded(reader, problems),
        taken => taken.map(|it| context! { added => it.added, changed => it.changed, same => it.same }),
    };
    let mut page = answer::page(site, reader, "instruments/panel.html", head, values)?;
    if !problems.is_empty() {
        *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(page)
}

async fn members(site: &Site, reader: &Reader, panel: &Panel) -> Result<Table, Refusal> {
    let rows = panel::members(&site.storage.pool, &panel.id).await?.into_iter().map(|it| {
        let detail = |name: &str| it.entry.details.get(name).cloned().unwrap_or_default();
        vec![
            Cell::text(it.entry.name.clone()),
            Cell::text(it.entry.country.clone()),
            Cell::text(detail("prison")),
            Cell::text(it.entry.email.clone()),
            Cell::text(detail("weight")),
            Cell::text(reader.say(if it.ended { "member-ended" } else { "member-asked" })),
        ]
    });
    Ok(Table {
        id: format!("panel-{}", panel.id),
        caption: reader.say("panel-members"),
        columns: vec![
            Column::text("name", reader.say("respondent")),
            Column::text("country", reader.say("respondent-country")),
            Column::text("prison", reader.say("respondent-prison")),
            Column::text("email", reader.say("respondent-email")),
            Column::text("weight", reader.say("respondent-weight")),
            Column::text("state", reader.say("respondent-state")),
        ],
        rows: rows.collect(),
        ..Table::default()
    })
}

pub async fn take(
    State(site): State<App>,
    reader: Reader,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let panel = found(&site, &id).await?;
    let typed = fields.as_typed("lines");
    let by = who.by(who.holds_over(&ASKS, &[]));
    match list::read_text(typed) {
        Err(problems) => page(&site, &reader, &panel, None, &problems, typed).await,
        Ok(entries) => {
            let taken = panel::take(&site.storage, &panel.id, &entries, &by, site.now()).await?;
            page(&site, &reader, &panel, Some(taken), &[], "").await
        }
    }
}

pub async fn upload(
    State(site): State<App>,
    reader: Reader,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Refusal> {
    let panel = found(&site, &id).await?;
    let bytes = sent_list(request).await?;
    let by = who.by(who.holds_over(&ASKS, &[]));
    match list::read_file(&bytes) {
        Err(problems) => page(&site, &reader, &panel, None, &problems, "").await,
        Ok(entries) => {
            let taken = panel::take(&site.storage, &panel.id, &entries, &by, site.now()).await?;
            page(&site, &reader, &panel, Some(taken), &[], "").await
        }
    }
}

/// Asks a member no more, or again.
pub async fn end(
    State(site): State<App>,
    SignedIn(who): SignedIn,
    Path((id, number)): Path<(String, String)>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let panel = found(&site, &id).await?;
    let missing = || Refusal::not_found("no-respondent", &number);
    let at = number.parse().map_err(|_| missing())?;
    let ended = fields.one("ended") == "1";
    let by = who.by(who.holds_over(&ASKS, &[]));
    if !panel::end(&site.storage, &panel.id, at, ended, &by, site.now()).await? {
        return Err(missing());
    }
    Ok(see_other(&format!("/panels/{id}")))
}
