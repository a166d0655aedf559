//! The audit chain for those who run the site: searched, page by page, and taken away as a file.

use axum::extract::{Path, State};
use axum::response::Response;
use base::answer::{self, Form};
use base::audit::{self, Entry, Search};
use base::page::{Head, value};
use base::table::{Cell, Column, Table};
use base::{App, Reader, Refusal, Site};
use jiff::Timestamp;
use minijinja::context;

/// Entries on a page, and in a file: a file takes what was asked for, up to what a sheet can hold.
const PAGE: i64 = 200;
const FILE: i64 = 1_000_000;

pub async fn page(State(site): State<App>, reader: Reader) -> Result<Response, Refusal> {
    let search = asked(&reader)?;
    let found = audit::search(&site.storage.pool, &search, PAGE + 1).await?;
    let earlier = (found.len() as i64 > PAGE)
        .then(|| found.get(PAGE as usize - 1).map(|entry| entry.number.to_string()))
        .flatten()
        .map(|number| reader.here_with("before", Some(&number)));
    let verdict = audit::verify(&site.storage.pool, None).await?;
    let shown: Vec<Entry> = found.into_iter().take(PAGE as usize).collect();
    let head = Head::titled(reader.say("audit-title"));
    let values = context! {
        table => value(table(&reader, &shown)), search => fields(&reader), earlier,
        entries => verdict.entries, head_hash => verdict.head, whole => verdict.faults.is_empty(),
        faults => verdict.faults.iter().map(ToString::to_string).collect::<Vec<_>>(),
        query => reader.query.clone(),
    };
    answer::page(&site, &reader, "web/audit.html", head, values)
}

pub async fn file(
    State(site): State<App>,
    reader: Reader,
    Path(form): Path<String>,
) -> Result<Response, Refusal> {
    let form = Form::of(&format!("audit.{form}")).1;
    let found = all(&site, &asked(&reader)?).await?;
    answer::table(table(&reader, &found), &reader, form)
}

async fn all(site: &Site, search: &Search) -> Result<Vec<Entry>, Refusal> {
    Ok(audit::search(&site.storage.pool, search, FILE).await?)
}

/// What the address asks for.
fn asked(reader: &Reader) -> Result<Search, Refusal> {
    let text = |name| reader.asked(name).pop().unwrap_or_default().trim().to_owned();
    let day = |name: &'static str, end: &str| match text(name) {
        day if day.is_empty() => Ok(None),
        day => match format!("{day}T{end}Z").parse::<Timestamp>() {
            Ok(moment) => Ok(Some(moment.as_second())),
            Err(_) => Err(Refusal::bad_input("no-audit-day", name, &day)),
        },
    };
    Ok(Search {
        who: text("who"),
        act: text("act"),
        kind: text("kind"),
        record: text("record"),
        from: day("from", "00:00:00")?,
        until: day("until", "23:59:59")?,
        before: text("before").parse().ok(),
    })
}

/// The fields of the search, as they were given.
fn fields(reader: &Reader) -> Vec<(String, String, String)> {
    ["who", "act", "kind", "record", "from", "until"]
        .into_iter()
        .map(|name| {
            let given = reader.asked(name).pop().unwrap_or_default();
            (name.to_owned(), reader.say(&format!("audit-{name}")), given)
        })
        .collect()
}

fn table(reader: &Reader, entries: &[Entry]) -> Table {
    let rows = entries.iter().map(|entry| {
        let at = Timestamp::from_second(entry.at).unwrap_or(Timestamp::UNIX_EPOCH);
        vec![
            Cell::number(entry.number as f64, entry.number.to_string()),
            Cell::text(at.to_string()),
            Cell::text(entry.by.who.clone()),
            Cell::text(entry.by.role.clone()),
            Cell::text(entry.act.clone()),
            Cell::text(entry.kind.clone()),
            Cell::text(entry.record.clone()),
            Cell::text(entry.detail.clone()),
            Cell::text(entry.hash.clone()),
        ]
    });
    Table {
        id: "audit".into(),
        caption: reader.say("audit-title"),
        columns: vec![
            Column::number("number", reader.say("audit-number")),
            Column::text("at", reader.say("audit-at")),
            Column::text("who", reader.say("audit-who")),
            Column::text("role", reader.say("audit-role")),
            Column::text("act", reader.say("audit-act")),
            Column::text("kind", reader.say("audit-kind")),
            Column::text("record", reader.say("audit-record")),
            Column::text("detail", reader.say("audit-detail")),
            Column::text("hash", reader.say("audit-hash")),
        ],
        rows: rows.collect(),
        ..Table::default()
    }
}
