//! Filling: the start behind a link, one page of questions after another, a look at the whole, and
//! the receipt. Everything is kept at each step; nothing needs a script.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Response};
use base::access::see_other;
use base::{App, Fields, Reader, Refusal, Site, Words};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use minijinja::context;
use xlsform::fill::{Filling, Start};

use crate::compiled::{self, Compiled, lang_of, name_of, tag_of};
use crate::draft::Draft;
use crate::filling::words;
use crate::instrument::{self, Version};
use crate::record::{self, State as Review};
use crate::round::{self, Respondent, Round, Stage};
use crate::{anonymous, carried, day, draft, draft_files, secret, shipped};

mod sent;
mod session;
mod walk;

pub use walk::{answer, page};

/// What stands behind an address that somebody was given.
pub(super) enum Behind {
    Shared(Round),
    Link(Round, Respondent),
}

impl Behind {
    fn round(&self) -> &Round {
        match self {
            Behind::Shared(round) | Behind::Link(round, _) => round,
        }
    }
}

pub(super) async fn behind(site: &Site, address: &str) -> Result<Behind, Refusal> {
    let pool = &site.storage.pool;
    if let Some(round) = round::with_address(pool, address).await? {
        return Ok(Behind::Shared(round));
    }
    let found = round::with_link(pool, address).await?;
    let (round, respondent) = found.ok_or_else(|| Refusal::not_found("no-link", ""))?;
    Ok(Behind::Link(round, respondent))
}

pub(super) fn only_open(site: &Site, round: &Round) -> Result<(), Refusal> {
    match round.stage(&day::of(site.now())) {
        Stage::Open => Ok(()),
        Stage::Ahead => Err(Refusal::conflict("round-ahead")),
        Stage::Over | Stage::Closed => Err(Refusal::conflict("round-over")),
    }
}

async fn version_of(site: &Site, id: &str, number: i64) -> Result<Version, Refusal> {
    let version = instrument::version(&site.storage.pool, id, number).await?;
    version.ok_or_else(|| Refusal::not_found("no-instrument", id))
}

/// `/ask/{secret}`: what this is, until when, who will see it, in which languages.
pub async fn start(
    State(site): State<App>,
    reader: Reader,
    Path(address): Path<String>,
) -> Result<Response, Refusal> {
    let behind = behind(&site, &address).await?;
    let round = behind.round();
    only_open(&site, round)?;
    let version = version_of(&site, &round.instrument, round.number).await?;
    let compiled = instrument::ready(&site.storage.pool, &version).await?;
    let languages = compiled.languages();
    let asked = reader.asked("in").pop();
    let preferred = preferred(&compiled, asked.as_deref(), &reader);
    let words =
        words::of(if preferred == "default" { reader.words.language.tag() } else { &preferred });
    let earlier = match &behind {
        Behind::Link(round, who) if who.spent && !round.anonymous => {
            record::of_respondent(&site.storage.pool, &round.id, who.number).await?
        }
        _ => None,
    };
    let spent = matches!(&behind, Behind::Link(_, who) if who.spent);
    let correct = earlier.as_ref().is_some_and(|it| it.state == Review::Issues);
    let name = match &behind {
        Behind::Link(round, who) if !round.anonymous => who.name.clone(),
        _ => String::new(),
    };
    let last = match &behind {
        Behind::Link(round, who) if !spent && !round.anonymous => {
            carried::offered(&site, round, who).await?.map(|it| day::of(it.received_at))
        }
        _ => None,
    };
    let begun = draft::find(&site.storage.pool, &address).await?.is_some();
    let choices: Vec<_> = languages
        .iter()
        .filter(|name| *name != "default")
        .map(|it| {
            let is_draft = shipped::is_draft(&round.instrument, tag_of(it));
            (it.clone(), name_of(it).to_owned(), lang_of(it).to_owned(), *it == preferred, is_draft)
        })
        .collect();
    let values = context! {
        title => round.title.clone(), name, until => round.until_day.clone(),
        anonymous => round.anonymous, single => matches!(behind, Behind::Link(..)),
        questions => version.questions, choices, address, spent, correct,
        last => last.filter(|_| !begun), remarks => earlier.is_some(),
        note => earlier.map(|it| it.note).unwrap_or_default(),
        exchanged => round.anonymous && matches!(behind, Behind::Link(..)),
    };
    framed(&site, words, "instruments/start.html", values)
}

/// The language asked for, else the reader's, else the form's first.
fn preferred(compiled: &Compiled, asked: Option<&str>, reader: &Reader) -> String {
    let languages = compiled.languages();
    let known = asked.filter(|it| languages.iter().any(|known| known == it)).map(str::to_owned);
    known
        .or_else(|| compiled::language_for(&languages, reader.words.language.tag()).cloned())
        .unwrap_or_else(|| languages[0].clone())
}

/// A page of its own frame: whoever answers has nothing to look for elsewhere.
pub(super) fn framed(
    site: &Site,
    words: &Arc<Words>,
    template: &str,
    values: minijinja::Value,
) -> Result<Response, Refusal> {
    let values = context! {
        assets => (site.equipment.assets_version)(), lang => words.language.tag(), ..values
    };
    Ok(Html(site.pages.set_alone(words, template, values)?).into_response())
}

/// Begins, or goes on with what a named respondent began.
pub async fn begin(
    State(site): State<App>,
    reader: Reader,
    Path(address): Path<String>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let behind = behind(&site, &address).await?;
    let round = behind.round().clone();
    only_open(&site, &round)?;
    let pool = &site.storage.pool;
    let version = version_of(&site, &round.instrument, round.number).await?;
    let compiled = instrument::ready(pool, &version).await?;
    let language = preferred(&compiled, Some(fields.one("language")), &reader);
    let start = start_of(&site, round.anonymous, &language)?;
    let mut draft = Draft {
        round: round.id.clone(),
        instrument: round.instrument.clone(),
        number: round.number,
        respondent: 0,
        record: String::new(),
        language,
        day: day::of(site.now()),
    };
    let fresh = |start| {
        Filling::new(compiled.xform.clone(), start)
            .map(|filling| filling.draft())
            .map_err(Refusal::broken)
    };
    match &behind {
        Behind::Shared(_) => {
            draft.record = fresh(start)?;
            let secret = secret::draw()?;
            draft::keep(pool, &secret, &draft).await?;
            Ok(see_other(&format!("/fill/{secret}?page=1")))
        }
        Behind::Link(round, who) if round.anonymous => {
            draft.record = fresh(start)?;
            let secret = secret::draw()?;
            let mut change = site.storage.change().await?;
            let engine = site.storage.engine;
            if !anonymous::spend(&mut change, engine, &round.id, who.number).await? {
                return Err(Refusal::conflict("link-spent"));
            }
            draft::keep(&mut *change, &secret, &draft).await?;
            change.commit().await?;
            anonymous::tidy(&site.storage, round).await;
            // The link is exchanged either way: what a tablet sends must not lie beside its name.
            Ok(see_other(&match fields.one("go") {
                "offline" => format!("/offline/{secret}"),
                _ => format!("/fill/{secret}?page=1"),
            }))
        }
        Behind::Link(round, who) => {
            if draft::find(pool, &address).await?.is_none() {
                let earlier = record::of_respondent(pool, &round.id, who.number).await?;
                draft.respondent = who.number;
                let corrected = earlier.as_ref().map(|it| it.instance.clone());
                draft.record = match earlier {
                    None => {
                        let last = match fields.one("from") {
                            "last" => carried::offered(&site, round, who).await?,
                            _ => None,
                        };
                        match last {
                            Some(last) => carried::begin(compiled.xform.clone(), &last.xml, start)
                                .map_err(Refusal::broken)?
                                .draft(),
                            None => fresh(start)?,
                        }
                    }
                    Some(earlier) if earlier.state == Review::Issues => {
                        Filling::edit(compiled.xform.clone(), &earlier.xml, start)
                            .map_err(Refusal::broken)?
                            .draft()
                    }
                    Some(_) => return Err(Refusal::conflict("link-spent")),
                };
                let mut change = site.storage.change().await?;
                draft::keep(&mut *change, &address, &draft).await?;
                if let Some(instance) = corrected {
                    draft_files::begin_with(&mut change, &address, &round.id, &instance).await?;
                }
                change.commit().await?;
            }
            Ok(see_other(&format!("/fill/{address}?page=1")))
        }
    }
}

/// A trial of an instrument, of which nothing is kept in the end.
pub async fn begin_trial(
    site: &Site,
    reader: &Reader,
    version: &Version,
) -> Result<Response, Refusal> {
    let compiled = instrument::ready(&site.storage.pool, version).await?;
    let language = preferred(&compiled, None, reader);
    let start = start_of(site, false, &language)?;
    let filling = Filling::new(compiled.xform.clone(), start).map_err(Refusal::broken)?;
    let secret = secret::draw()?;
    let draft = Draft {
        round: String::new(),
        instrument: version.instrument.clone(),
        number: version.number,
        respondent: 0,
        record: filling.draft(),
        language,
        day: day::of(site.now()),
    };
    draft::end_trials(&site.storage.pool, &day::after(&draft.day, -1)).await?;
    draft::keep(&site.storage.pool, &secret, &draft).await?;
    Ok(see_other(&format!("/fill/{secret}?page=1")))
}

/// What the engine is given: in anonymous rounds no time finer than a day.
pub(super) fn start_of(site: &Site, anonymous: bool, language: &str) -> Result<Start, Refusal> {
    Ok(Start {
        now: moment(site, anonymous)?,
        zone: TimeZone::UTC,
        seed: secret::seed()?,
        language: Some(language.to_owned()).filter(|it| it != "default"),
    })
}

/// The time as a form may know it.
pub(super) fn moment(site: &Site, anonymous: bool) -> Result<Timestamp, Refusal> {
    let now = if anonymous { day::midnight(site.now()) } else { site.now() };
    Timestamp::from_second(now).map_err(Refusal::broken)
}

/// What the rules of a form find in a record, as (path, words).
pub fn left_open(filling: &Filling) -> Vec<(String, String)> {
    let words = words::of("en");
    filling
        .violations()
        .into_iter()
        .map(|(node, violation)| {
            let own = filling.message(node, violation).filter(|message| !message.is_empty());
            let said = own.unwrap_or_else(|| {
                words.say(match violation {
                    xlsform::fill::Violation::Required => "fill-required",
                    xlsform::fill::Violation::Constraint => "fill-constraint",
                })
            });
            (filling.reference(node), said)
        })
        .collect()
}
