//! Answers: one record with its review, the files in which all leave, and the words of anonymous
//! rounds that somebody must read before they leave.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use base::access::{SignedIn, see_other};
use base::answer::{self, Form};
use base::page::{Head, value};
use base::table::{Cell, Column, Table};
use base::{App, Fields, Reader, Refusal, Site};
use futures_util::stream;
use minijinja::context;
use sqlx::Row;
use xlsform::xml::{self, Document};

use super::rounds::{found, review_named};
use super::{MAY_CLEAR, remarks};
use crate::anonymous;
use crate::compiled::{Compiled, label, language_for};
use crate::data;
use crate::data::door::READS;
use crate::record::{self, Record, State as Review};
use crate::round::{self, Round};
use crate::{day, instrument, remark};

pub async fn compiled(site: &Site, round: &Round) -> Result<std::sync::Arc<Compiled>, Refusal> {
    let pool = &site.storage.pool;
    let version = instrument::version(pool, &round.instrument, round.number).await?;
    let missing = || Refusal::not_found("no-instrument", &round.instrument);
    instrument::ready(pool, &version.ok_or_else(missing)?).await
}

pub async fn record_of(site: &Site, round: &Round, number: &str) -> Result<Record, Refusal> {
    let missing = || Refusal::not_found("no-record", number);
    let at = number.parse().map_err(|_| missing())?;
    record::find(&site.storage.pool, &round.id, at).await?.ok_or_else(missing)
}

pub async fn one(
    State(site): State<App>,
    reader: Reader,
    SignedIn(_): SignedIn,
    Path((id, number)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let pool = &site.storage.pool;
    let (number, form) = Form::of(&number);
    let round = found(&site, &id).await?;
    let record = record_of(&site, &round, number).await?;
    let compiled = compiled(&site, &round).await?;
    let table = answers_table(&reader, &round, &record, &compiled);
    if form != Form::Page {
        return answer::table(table, &reader, form);
    }
    let sql =
        "SELECT name, size FROM submission_files WHERE round = $1 AND instance = $2 ORDER BY name";
    let rows = sqlx::query(sql).bind(&round.id).bind(&record.instance).fetch_all(pool).await?;
    let files: Vec<(String, i64)> = rows
        .iter()
        .map(|row| Ok((row.try_get(0)?, row.try_get::<i64, _>(1)? / 1024 + 1)))
        .collect::<sqlx::Result<_>>()?;
    let versions: Vec<_> = record::all(pool, &round.id)
        .await?
        .into_iter()
        .filter(|it| it.replaced_by == record.instance)
        .map(|it| (it.number, day::of(it.received_at)))
        .collect();
    let states: Vec<_> = Review::ALL
        .iter()
        .map(|(state, word)| (*word, reader.say(&format!("record-{word}")), *state == record.state))
        .collect();
    let languages = compiled.languages();
    let language =
        language_for(&languages, reader.words.language.tag()).cloned().unwrap_or_default();
    let places = remarks::places(&compiled, &record, &language);
    let people = round::respondents(pool, &round.id).await?;
    let person = people.into_iter().find(|it| it.number == record.respondent).map(|it| it.name);
    let thread = remark::of(pool, &round.id, &record).await?;
    let respondent = person.unwrap_or_else(|| reader.say("respondent"));
    let thread = remarks::shown(&thread, &places, &respondent, &reader.say("remark-reviewer"));
    let title =
        reader.words.say_with("record-title", &[("number", record.number.to_string().into())]);
    let head = Head::titled(title)
        .under(reader.say("rounds"), "/rounds")
        .under(round.title.clone(), format!("/rounds/{}", round.id));
    let values = context! {
        id, number => record.number, instance => record.instance, day => day::of(record.received_at),
        state => reader.say(&format!("record-{}", record.state.word())), states,
        note => record.note, violations => record.violations, files, versions,
        replaced => !record.replaced_by.is_empty(), named => record.respondent != 0,
        view => value(table.view(&reader)), thread, places, open => round.closed_at.is_none(),
    };
    answer::page(&site, &reader, "instruments/record.html", head, values)
}

/// Every answer of a record with its question, in the reader's language where the form has it.
fn answers_table(reader: &Reader, round: &Round, record: &Record, compiled: &Compiled) -> Table {
    let languages = compiled.languages();
    let language = language_for(&languages, reader.words.language.tag()).cloned();
    let language = language.unwrap_or_default();
    let mut rows = Vec::new();
    let mut document = Document::new();
    if let Ok(root) = xml::parse(&mut document, &record.xml) {
        for node in document.descendants(root) {
            let text = document.text(node);
            if document.elements(node).next().is_some() || text.is_empty() {
                continue;
            }
            let mut names = Vec::new();
            let mut here = Some(node);
            while let Some(id) = here.filter(|id| *id != root) {
                names.push(document.local_name(id).to_owned());
                here = document.parent(id);
            }
            names.reverse();
            let path = format!("/{}", names.join("/"));
            let Some(question) = compiled.form.questions().iter().find(|it| it.path == path) else {
                continue;
            };
            let list = question.list.as_ref().and_then(|list| compiled.lists.get(list));
            let shown = match list {
                None => text.clone(),
                Some(items) => {
                    let worded = text.split_whitespace().map(|value| {
                        let item = items.iter().find(|item| item.value == value);
                        item.and_then(|item| label(&item.labels, &language)).unwrap_or(value)
                    });
                    worded.collect::<Vec<_>>().join("; ")
                }
            };
            let asked = label(&question.labels, &language).unwrap_or("").replace("**", "");
            rows.push(vec![
                Cell::text(asked),
                Cell::text(shown),
                Cell::text(question.name.clone()),
            ]);
        }
    }
    Table {
        id: format!("{}-{}", round.id, record.number),
        caption: reader.say("record-answers"),
        columns: vec![
            Column::text("question", reader.say("question")),
            Column::text("answer", reader.say("answer")),
            Column::text("name", reader.say("question-name")),
        ],
        rows,
        ..Table::default()
    }
}

pub async fn review(
    State(site): State<App>,
    SignedIn(who): SignedIn,
    Path((id, number)): Path<(String, String)>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let round = found(&site, &id).await?;
    if round.closed_at.is_some() {
        return Err(Refusal::conflict("round-closed"));
    }
    let record = record_of(&site, &round, &number).await?;
    let state = review_named(fields.one("state"))?;
    let by = who.by(who.holds_over(&READS, &[]));
    let (note, now) = (fields.one("note"), site.now());
    let set =
        record::review(&site.storage, &round.id, record.number, state, note, &by, now).await?;
    if !set {
        return Err(Refusal::conflict("record-replaced"));
    }
    Ok(see_other(&format!("/rounds/{id}/records/{number}")))
}

/// A file that came with a record, piece by piece.
pub async fn attached(
    State(site): State<App>,
    Path((id, number, name)): Path<(String, String, String)>,
) -> Result<Response, Refusal> {
    let round = found(&site, &id).await?;
    let record = record_of(&site, &round, &number).await?;
    let sql =
        "SELECT COUNT(*) FROM submission_pieces WHERE round = $1 AND instance = $2 AND name = $3";
    let count: i64 = sqlx::query_scalar(sql)
        .bind(&round.id)
        .bind(&record.instance)
        .bind(&name)
        .fetch_one(&site.storage.pool)
        .await?;
    if count == 0 {
        return Err(Refusal::not_found("no-form", &name));
    }
    let plain: String =
        name.chars().filter(|c| c.is_ascii_alphanumeric() || "-_.".contains(*c)).collect();
    // In other letters, as RFC 6266 says; browsers that do not know it take the plain one.
    let whole: String = url::form_urlencoded::byte_serialize(name.as_bytes()).collect();
    let whole = whole.replace('+', "%20").replace('*', "%2A");
    let saved = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{whole}");
    // Whatever a stranger sent is saved, never shown: it could be a page that runs.
    let head =
        [(CONTENT_TYPE, "application/octet-stream".to_owned()), (CONTENT_DISPOSITION, saved)];
    let pieces = stream::unfold((site, 0_i64), move |(site, at)| {
        let (round, instance, name) = (round.id.clone(), record.instance.clone(), name.clone());
        async move {
            if at >= count {
                return None;
            }
            let sql = "SELECT bytes FROM submission_pieces WHERE round = $1 AND instance = $2 AND name = $3 AND piece = $4";
            let piece: sqlx::Result<Vec<u8>> = sqlx::query_scalar(sql)
                .bind(round)
                .bind(instance)
                .bind(name)
                .bind(at)
                .fetch_one(&site.storage.pool)
                .await;
            Some((piece, (site, at + 1)))
        }
    });
    Ok((head, Body::from_stream(pieces)).into_response())
}

/// The words of an anonymous round, to be read by whoever answers for data.
pub async fn texts(
    State(site): State<App>,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let round = round::closed(found(&site, &id).await?);
    let round = round.ok_or(Refusal::conflict("round-not-closed"))?;
    if !round.anonymous {
        return Err(Refusal::conflict("round-not-anonymous"));
    }
    let answers: Vec<_> = data::words(&site, &round)
        .await?
        .into_iter()
        .map(|it| (format!("{} {}", it.answer, it.path), it.question, it.text, it.cleared))
        .collect();
    let head = Head::titled(reader.say("texts"))
        .under(reader.say("rounds"), "/rounds")
        .under(round.title.clone(), format!("/rounds/{}", round.id));
    answer::page(&site, &reader, "instruments/texts.html", head, context! { id, answers })
}

pub async fn clear(
    State(site): State<App>,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let round = found(&site, &id).await?;
    let chosen: Vec<(i64, String)> = fields
        .all("clear")
        .into_iter()
        .filter_map(|it| {
            let (answer, path) = it.split_once(' ')?;
            // A path outside of repeats ends in the space that `all` takes away.
            let path = if path.contains(' ') { path.to_owned() } else { format!("{path} ") };
            Some((answer.parse().ok()?, path))
        })
        .collect();
    let roles = match MAY_CLEAR {
        base::May::Everywhere(roles) | base::May::Only(roles) => roles,
        base::May::Anyone | base::May::SignedIn => &[],
    };
    let by = who.by(who.holds_over(roles, &[]));
    anonymous::clear(&site.storage, &round.id, &chosen, &by, site.now()).await?;
    Ok(see_other(&format!("/rounds/{id}/texts")))
}
