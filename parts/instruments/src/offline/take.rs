//! A sealed record arrives: opened, held against what is here, checked by the engine, taken in one
//! change, and only then acknowledged. What was acknowledged once is acknowledged again, whatever
//! became of the link or the round since.

use axum::http::StatusCode;
use base::{Refusal, Site};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use xlsform::fill::{Filling, Start};

use super::place::Place;
use super::seal::{self, Sealed};
use super::taken;
use crate::identity::{self, Identity};
use crate::record::{self, Arrival, Taken};
use crate::round::{Round, Stage};
use crate::web::fill::left_open;
use crate::{anonymous, compiled, day, draft, instrument};

/// A record out of its seal.
pub struct Opened {
    pub round: String,
    pub identity: Identity,
    pub record: String,
}

fn unreadable() -> Refusal {
    Refusal { status: StatusCode::BAD_REQUEST, key: "offline-unreadable", args: Vec::new() }
}

/// Opens what was sent.
pub async fn open(site: &Site, bytes: &[u8]) -> Result<Opened, Refusal> {
    let sealed: Sealed = serde_json::from_slice(bytes).map_err(|_| unreadable())?;
    let content = seal::open(&site.storage.pool, &sealed).await.map_err(|error| {
        tracing::warn!(%error, "a sealed record was refused");
        unreadable()
    })?;
    let identity = identity::of(&content.record).map_err(|_| unreadable())?;
    if identity.instance.is_empty() || identity.instance.len() > 200 {
        return Err(unreadable());
    }
    Ok(Opened { round: sealed.round, identity, record: content.record })
}

/// Whether the record was taken before, in the round to whose key it is sealed or another.
pub async fn before(site: &Site, round: &Round, opened: &Opened) -> Result<Option<Taken>, Refusal> {
    let pool = &site.storage.pool;
    let instance = &opened.identity.instance;
    if round.anonymous {
        return Ok(taken::before(pool, &round.id, instance, &opened.record).await?);
    }
    let sql = "SELECT hash FROM submissions WHERE round = $1 AND instance = $2";
    let known: Option<String> =
        sqlx::query_scalar(sql).bind(&round.id).bind(instance).fetch_optional(pool).await?;
    Ok(known.map(|known| match known == compiled::digest(opened.record.as_bytes()) {
        true => Taken::Again,
        false => Taken::Conflict,
    }))
}

/// Takes a record of a place where somebody fills.
pub async fn at(
    site: &Site,
    place: &Place,
    secret: &str,
    opened: &Opened,
) -> Result<Taken, Refusal> {
    let round = place.round();
    match before(site, round, opened).await? {
        Some(Taken::Again) => return Ok(Taken::Again),
        Some(_) => return Err(Refusal::conflict("offline-conflict")),
        None => {}
    }
    if opened.round != round.id {
        return Err(unreadable());
    }
    match round.stage(&day::of(site.now())) {
        Stage::Open => {}
        Stage::Ahead => return Err(Refusal::conflict("round-ahead")),
        Stage::Over | Stage::Closed => return Err(Refusal::conflict("round-over")),
    }
    let respondent = match place {
        Place::Link(_, who) if who.spent => return Err(Refusal::conflict("link-spent")),
        Place::Link(_, who) => who.number,
        _ => 0,
    };
    enter(site, round, respondent, place.single().then_some(secret), opened).await
}

/// Takes a record that comes late by the hand of who runs the round: past its last day, but not closed.
pub async fn late(site: &Site, round: &Round, opened: &Opened) -> Result<Taken, Refusal> {
    match before(site, round, opened).await? {
        Some(Taken::Again) => return Ok(Taken::Again),
        Some(_) => return Err(Refusal::conflict("offline-conflict")),
        None => {}
    }
    if round.stage(&day::of(site.now())) == Stage::Closed {
        return Err(Refusal::conflict("round-closed"));
    }
    enter(site, round, 0, None, opened).await
}

async fn enter(
    site: &Site,
    round: &Round,
    respondent: i64,
    spends: Option<&str>,
    opened: &Opened,
) -> Result<Taken, Refusal> {
    let Opened { identity, record, .. } = opened;
    if identity.form != round.instrument {
        return Err(unreadable());
    }
    let pool = &site.storage.pool;
    let version = instrument::version(pool, &round.instrument, round.number).await?;
    let version = version.ok_or_else(|| Refusal::not_found("no-instrument", &round.instrument))?;
    let compiled = instrument::ready(pool, &version).await?;
    let now = Timestamp::from_second(day::midnight(site.now())).map_err(Refusal::broken)?;
    let (form, text) = (compiled.xform.clone(), record.clone());
    let check = move || {
        let start = Start { now, zone: TimeZone::UTC, seed: 0, language: None };
        Filling::resume(form, &text, start).map(|filling| left_open(&filling))
    };
    // A form of thousands of questions is work for a core; the pages must go on meanwhile.
    let violations = tokio::task::spawn_blocking(check).await.map_err(Refusal::broken)?;
    let mut violations = violations.map_err(|error| {
        tracing::warn!(%error, "a record from a tablet does not fit its form");
        unreadable()
    })?;
    if identity.version != version.version {
        let words = format!(
            "The record is of version {:?}; this round asks {:?}.",
            identity.version, version.version
        );
        violations.push(("/".into(), words));
    }
    let engine = site.storage.engine;
    let mut change = site.storage.change().await?;
    if round.anonymous {
        if !taken::enter(&mut change, engine, &round.id, &identity.instance, record).await? {
            // Somebody sent it at the same moment; asked again, it is known.
            return Err(Refusal::unavailable("offline-meanwhile"));
        }
        if let Some(secret) = spends
            && !draft::end(&mut *change, secret).await?
        {
            return Err(Refusal::conflict("link-spent"));
        }
        let bare = anonymous::strip(&compiled, record)?;
        anonymous::take(&mut change, engine, &round.id, &bare, &day::of(site.now())).await?;
    } else {
        let arrival = Arrival {
            round: &round.id,
            instance: &identity.instance,
            deprecates: "",
            xml: record,
            respondent,
            device: 0,
            violations: &violations,
        };
        match record::take(&mut change, &arrival, site.now()).await? {
            Taken::New => {}
            Taken::Again => return Ok(Taken::Again),
            _ => return Err(Refusal::conflict("offline-conflict")),
        }
        // What the respondent began on the web and went on with here.
        if let Some(secret) = spends {
            draft::end(&mut *change, secret).await?;
        }
    }
    change.commit().await?;
    anonymous::tidy(&site.storage, round).await;
    Ok(Taken::New)
}
