//! Paper: the questionnaire as PDF, and the desk at which sheets are keyed in: the list of sheets. A sheet itself is
//! keyed in `key`, and becomes a record in `settle`.

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use base::access::{SignedIn, see_other};
use base::answer;
use base::page::{Head, value};
use base::table::{Cell, Column, Table};
use base::{App, Fields, Reader, Refusal, Site, Who};
use minijinja::context;

use super::MAY_ASK;
use super::fill::only_open;
use super::rounds::found;
use crate::compiled::{name_of, tag_of};
use crate::instrument::{self, Version};
use crate::paper::entry::{self, Entry, State as Stand};
use crate::paper::{self, Wanted};
use crate::round::{self, Round, Stage};
use crate::{anonymous, day};

mod key;
mod settle;

pub use key::{key, typed};
pub use settle::{differences, settle};

/// A version as paper: `paper.pdf?in=ro&copies=5`.
pub async fn of_version(
    site: &Site,
    reader: &Reader,
    version: &Version,
    round: Option<&Round>,
) -> Result<Response, Refusal> {
    let typeset = site.equipment.typeset.ok_or(Refusal::unavailable("no-typesetter"))?;
    let compiled = instrument::ready(&site.storage.pool, version).await?;
    let asked = reader.asked("in").pop().filter(|it| !it.is_empty());
    let tag = reader.words.language.tag();
    let language = match &asked {
        Some(asked) => paper::language_of(&compiled, Some(asked))
            .map_err(|_| Refusal::bad_input("no-form-language", "in", asked))?,
        None => paper::language_of(&compiled, Some(tag))
            .or_else(|_| paper::language_of(&compiled, None))?,
    };
    let copies = reader.asked("copies").pop().and_then(|it| it.parse().ok());
    let title = round.map_or(&version.title, |round| &round.title);
    let wanted = Wanted {
        compiled: &compiled,
        language: &language,
        title,
        kicker: if round.is_some_and(|it| it.title != version.title) { &version.title } else { "" },
        version: &version.version,
        code: &paper::code(&version.hash),
        anonymous: round.is_none_or(|round| round.anonymous),
        copies: copies.unwrap_or(paper::COPIES),
        day: &day::of(version.made_at),
    };
    let sheet = paper::sheet(&wanted)?;
    let set = move || typeset(&sheet);
    // Setting type is work for a core; the pages must go on meanwhile.
    let bytes = tokio::task::spawn_blocking(set).await.map_err(Refusal::broken)?;
    let bytes = bytes.map_err(|error| {
        // A sign that no font of the house has: said to the operator, and no hole is printed.
        tracing::warn!(%error, instrument = version.instrument, "a form cannot be printed");
        Refusal::unavailable("paper-not-set")
    })?;
    let name = format!("{}-{}.pdf", version.instrument, tag_of(&language));
    Ok(answer::file(bytes, "application/pdf", &name))
}

async fn version_of(site: &Site, round: &Round) -> Result<Version, Refusal> {
    let version = instrument::version(&site.storage.pool, &round.instrument, round.number).await?;
    version.ok_or_else(|| Refusal::not_found("no-instrument", &round.instrument))
}

/// `/rounds/{id}/paper.pdf?in=ro&copies=5`
pub async fn print(
    State(site): State<App>,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let round = found(&site, &id).await?;
    let version = version_of(&site, &round).await?;
    of_version(&site, &reader, &version, Some(&round)).await
}

/// `/rounds/{id}/paper`: print, key in, and where every sheet stands.
pub async fn desk(
    State(site): State<App>,
    reader: Reader,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let round = found(&site, &id).await?;
    desk_page(&site, &reader, &who, &round, None, &Fields::default()).await
}

async fn desk_page(
    site: &Site,
    reader: &Reader,
    who: &Who,
    round: &Round,
    fault: Option<&str>,
    fields: &Fields,
) -> Result<Response, Refusal> {
    let pool = &site.storage.pool;
    let version = version_of(site, round).await?;
    let compiled = instrument::ready(pool, &version).await?;
    let sheets = entry::sheets(pool, &round.id).await?;
    let entries = entry::of_round(pool, &round.id).await?;
    let count = |state: Stand| sheets.iter().filter(|it| it.state == state).count();
    let chosen = Some(fields.one("language")).filter(|it| !it.is_empty()).map(str::to_owned);
    let chosen = chosen.or_else(|| reader.asked("in").pop());
    let form_languages: Vec<_> = compiled
        .languages()
        .into_iter()
        .map(|it| (chosen.as_ref() == Some(&it), name_of(&it).to_owned(), it))
        .collect();
    let people: Vec<_> = match round.shared.is_empty() && !round.anonymous {
        true => round::respondents(pool, &round.id)
            .await?
            .into_iter()
            .map(|it| (it.number, it.name))
            .collect(),
        false => Vec::new(),
    };
    let done = reader.asked("done").pop();
    let number = Some(fields.one("sheet").to_owned()).filter(|it| !it.is_empty());
    let number = number.or_else(|| done.as_deref().and_then(entry::next)).unwrap_or_default();
    let batch: usize = reader.asked("batch").pop().and_then(|it| it.parse().ok()).unwrap_or(0);
    let table = sheets_table(reader, round, &sheets, &entries, &who.id());
    let head = Head::titled(reader.say("paper-desk"))
        .under(reader.say("rounds"), "/rounds")
        .under(round.title.clone(), format!("/rounds/{}", round.id));
    let values = context! {
        id => round.id.clone(), code => paper::code(&version.hash), form_languages, people, number,
        batch, done, fault, anonymous => round.anonymous, empty => sheets.is_empty(),
        open => round.stage(&day::of(site.now())) == Stage::Open,
        once => count(Stand::Once), differs => count(Stand::Differs), taken => count(Stand::Taken),
        begun => count(Stand::Begun), copies => paper::COPIES, may_ask => MAY_ASK.admits(Some(who)),
        view => value(table.view(reader)), code_typed => fields.one("code"),
    };
    let mut page = answer::page(site, reader, "instruments/paper.html", head, values)?;
    if fault.is_some() {
        *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(page)
}

fn sheets_table(
    reader: &Reader,
    round: &Round,
    sheets: &[entry::Sheet],
    entries: &BTreeMap<String, Vec<Entry>>,
    me: &str,
) -> Table {
    let rows = sheets.iter().map(|sheet| {
        let address = format!("/rounds/{}/paper/{}", round.id, sheet.number);
        let typed = entries.get(&sheet.number).map_or(&[][..], Vec::as_slice);
        let mine = typed.iter().any(|it| it.clerk == me);
        let number = Cell::text(sheet.number.clone());
        vec![
            match sheet.state {
                Stand::Taken => number,
                Stand::Differs => number.href(format!("{address}/differences")),
                _ => number.href(address),
            },
            Cell::text(reader.say(&format!("sheet-{}", sheet.state.word()))),
            if mine {
                Cell::text(reader.say("sheet-mine"))
            } else {
                Cell::missing(reader.say("sheet-not-mine"))
            },
        ]
    });
    Table {
        id: format!("{}-sheets", round.id),
        caption: reader.say("sheets"),
        columns: vec![
            Column::text("sheet", reader.say("sheet")),
            Column::text("state", reader.say("sheet-state")),
            Column::text("mine", reader.say("sheet-clerk")),
        ],
        rows: rows.collect(),
        ..Table::default()
    }
}

/// `/rounds/{id}/paper.csv` and its like: where every sheet stands.
pub async fn file(
    State(site): State<App>,
    reader: Reader,
    SignedIn(who): SignedIn,
    Path((id, form)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let round = found(&site, &id).await?;
    let pool = &site.storage.pool;
    let sheets = entry::sheets(pool, &round.id).await?;
    let entries = entry::of_round(pool, &round.id).await?;
    let table = sheets_table(&reader, &round, &sheets, &entries, &who.id());
    answer::table(table, &reader, answer::Form::of(&format!("x.{form}")).1)
}

/// Takes the number on a sheet and opens it; or takes all that were keyed once, as they are.
pub async fn begin(
    State(site): State<App>,
    reader: Reader,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let pool = &site.storage.pool;
    let round = found(&site, &id).await?;
    only_open(&site, &round)?;
    let version = version_of(&site, &round).await?;
    if fields.one("go") == "take-once" {
        if !MAY_ASK.admits(Some(&who)) {
            return Err(Refusal::forbidden("forbidden"));
        }
        let compiled = instrument::ready(pool, &version).await?;
        let waiting = entry::sheets(pool, &round.id).await?;
        for sheet in waiting.into_iter().filter(|it| it.state == Stand::Once) {
            let entries = entry::of_sheet(pool, &round.id, &sheet.number).await?;
            let Some(first) = entries.first().filter(|_| entries.len() == 1) else { continue };
            let mut change = site.storage.change().await?;
            settle::take(&site, &mut change, &round, &compiled, &sheet, Stand::Once, first).await?;
            change.commit().await?;
        }
        anonymous::tidy(&site.storage, &round).await;
        return Ok(see_other(&format!("/rounds/{}/paper", round.id)));
    }
    let again = async |fault| desk_page(&site, &reader, &who, &round, Some(fault), &fields).await;
    let code = fields.one("code");
    if !code.is_empty() && paper::code_typed(code) != paper::code(&version.hash) {
        return again("paper-other-version").await;
    }
    let Some(number) = entry::number_of(fields.one("sheet")) else {
        return again("paper-no-number").await;
    };
    let compiled = instrument::ready(pool, &version).await?;
    let languages = compiled.languages();
    let language =
        languages.iter().find(|it| *it == fields.one("language")).unwrap_or(&languages[0]);
    let mut respondent = 0;
    if round.shared.is_empty() && !round.anonymous {
        let people = round::respondents(pool, &round.id).await?;
        let chosen = people.iter().find(|it| it.number.to_string() == fields.one("respondent"));
        let known = entry::sheet(pool, &round.id, &number).await?;
        match (chosen, known) {
            (Some(chosen), _) => respondent = chosen.number,
            // The second clerk need not say again for whom it was filled in.
            (None, Some(known)) => respondent = known.respondent,
            (None, None) => return again("paper-no-respondent").await,
        }
    }
    entry::begin(&site.storage, &round.id, &number, language, respondent).await?;
    let batch: usize = fields.one("batch").parse().unwrap_or(0);
    Ok(see_other(&format!("/rounds/{}/paper/{number}?batch={batch}", round.id)))
}
