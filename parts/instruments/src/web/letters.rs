//! Letters of a round: how the next one reads, to whom it goes and to whom it cannot, and those that were sent.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use base::access::{SignedIn, see_other};
use base::answer::{self, Form};
use base::page::{Head, value};
use base::table::{Cell, Column, Table};
use base::{App, Fields, Reader, Refusal, Site, Who};
use minijinja::context;

use super::rounds::found;
use super::{ASKS, MAY_ASK};
use crate::round::{Round, Stage};
use crate::{day, letter};

/// Characters that whoever asks may add.
const LONGEST: usize = 2_000;

pub async fn page(
    State(site): State<App>,
    reader: Reader,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let (id, form) = Form::of(&id);
    let round = found(&site, id).await?;
    if form != Form::Page {
        return answer::table(sent(&site, &reader, &round).await?, &reader, form);
    }
    shown(&site, &reader, &who, &round, None, None).await
}

/// `/rounds/{id}/letters.csv`
pub async fn file(
    State(site): State<App>,
    reader: Reader,
    Path((id, form)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let round = found(&site, &id).await?;
    let table = sent(&site, &reader, &round).await?;
    answer::table(table, &reader, Form::of(&format!("x.{form}")).1)
}

async fn shown(
    site: &Site,
    reader: &Reader,
    who: &Who,
    round: &Round,
    count: Option<usize>,
    fault: Option<&str>,
) -> Result<Response, Refusal> {
    let next = letter::next(site, round, site.now()).await?;
    let example = next.to.first().or(next.done_today.first()).or(next.without.first());
    let preview = match example {
        Some(it) => Some(letter::worded(site, round, it, &letter::example(site)).await?),
        None => None,
    };
    let names = |all: &[letter::Addressed]| -> Vec<(String, String, bool)> {
        all.iter().map(|it| (it.who.name.clone(), it.who.email.clone(), it.correct)).collect()
    };
    let table = sent(site, reader, round).await?;
    let words = letter::own_words(&site.storage.pool, &round.id).await?;
    let head = Head::titled(reader.say("letters"))
        .under(reader.say("rounds"), "/rounds")
        .under(round.title.clone(), format!("/rounds/{}", round.id));
    let open = round.stage(&day::of(site.now())) == Stage::Open;
    let values = context! {
        id => round.id.clone(), open, has_mail => site.has_mail(), shared => !round.shared.is_empty(),
        may_ask => MAY_ASK.admits(Some(who)), count, fault, words,
        to => names(&next.to), without => names(&next.without), done_today => names(&next.done_today),
        preview => preview.map(|it| context! { subject => it.subject, text => it.text, to => it.to_name }),
        sent => (!table.rows.is_empty()).then(|| value(table.view(reader))),
    };
    let mut page = answer::page(site, reader, "instruments/letters.html", head, values)?;
    if fault.is_some() {
        *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(page)
}

/// The letters that were sent.
async fn sent(site: &Site, reader: &Reader, round: &Round) -> Result<Table, Refusal> {
    let rows = letter::sent(&site.storage.pool, &round.id).await?.into_iter().map(|it| {
        vec![
            Cell::text(it.day),
            Cell::text(it.name),
            Cell::text(it.email),
            Cell::number(it.turn as f64, it.turn.to_string()),
        ]
    });
    Ok(Table {
        id: format!("{}-letters", round.id),
        caption: reader.say("letters-sent"),
        columns: vec![
            Column::text("day", reader.say("record-day")),
            Column::text("name", reader.say("respondent")),
            Column::text("email", reader.say("respondent-email")),
            Column::number("turn", reader.say("letter-turn")),
        ],
        rows: rows.collect(),
        ..Table::default()
    })
}

/// Sends to everybody on the list of the page.
pub async fn send(
    State(site): State<App>,
    reader: Reader,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let round = found(&site, &id).await?;
    if round.closed_at.is_some() {
        return Err(Refusal::conflict("round-closed"));
    }
    if !site.has_mail() {
        return Err(Refusal::unavailable("no-mail"));
    }
    if round.stage(&day::of(site.now())) != Stage::Open {
        return Err(Refusal::conflict("round-over"));
    }
    let by = who.by(who.holds_over(&ASKS, &[]));
    let count = letter::ask_all(&site, &round, &by, site.now()).await?;
    shown(&site, &reader, &who, &round, Some(count), None).await
}

/// Keeps what whoever asks adds to the letters.
pub async fn set_words(
    State(site): State<App>,
    reader: Reader,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let round = found(&site, &id).await?;
    let words = fields.one("words");
    if words.chars().count() > LONGEST {
        return shown(&site, &reader, &who, &round, None, Some("letter-words-long")).await;
    }
    let by = who.by(who.holds_over(&ASKS, &[]));
    letter::set_own_words(&site.storage, &round, words, &by, site.now()).await?;
    Ok(see_other(&format!("/rounds/{id}/letters")))
}
