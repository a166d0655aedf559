//! Sources and effects as the database keeps them: the shipped library enters by comparing it with
//! what is there, an imported file adds the sources it names, and pages read all of it back.

use std::fmt::Display;
use std::str::FromStr;

use base::change::{self, ChangeArg};
use base::storage::{Migration, Storage};
use sqlx::any::AnyRow;
use sqlx::{Any, Executor, Row, Transaction};

use crate::effect::{Contrast, Effect, Estimate, Finding, Interval, Verified};
use crate::intervention::Intervention;
use crate::library::{Library, shipped};
use crate::source::{NewSource, Source, SourceRecord};
use crate::vocabulary::Terms;

pub const MIGRATIONS: &[Migration] =
    &[Migration { name: "0001_evidence", sql: include_str!("../migrations/0001_evidence.sql") }];

/// Brings the library that the product ships into the database. Returns how many sources and
/// effects were new, different or gone; a second time that is 0 and nothing is written.
///
/// An effect that the library no longer holds goes; a source stays, since figures may rest on it.
pub async fn load_shipped(change: &mut Transaction<'static, Any>, now: i64) -> sqlx::Result<usize> {
    let sources = load_sources(change).await?;
    let interventions = load_interventions(change).await?;
    let effects = load_effects(change).await?;
    if sources + interventions + effects > 0 {
        let args = [
            ("sources".to_owned(), ChangeArg::Count(sources as u64)),
            ("effects".to_owned(), ChangeArg::Count(effects as u64)),
        ];
        change::record(change, now, "evidence", "change-evidence-loaded", &args, "/evidence")
            .await?;
    }
    Ok(sources + effects)
}

/// Writes down the sources that an imported file brings. A source that the product ships is left as
/// it is; one that an earlier import brought takes what this file says. The import records the
/// change, since it has figures to speak of.
pub async fn record_sources(
    change: &mut Transaction<'static, Any>,
    new: &[NewSource],
) -> sqlx::Result<()> {
    let known = kept_sources(&mut **change).await?;
    for new in new {
        let record = SourceRecord::brought(new);
        let before = known.iter().find(|known| known.id == record.id);
        if before.is_none_or(|before| !before.shipped && *before != record) {
            put_source(change, &record).await?;
        }
    }
    Ok(())
}

/// Everything in the database, in the order of [`Library`].
pub async fn library(storage: &Storage) -> sqlx::Result<Library> {
    let sources = Source::from_records(kept_sources(&storage.pool).await?).map_err(unreadable)?;
    let interventions = kept_interventions(&storage.pool).await?;
    let effects = kept_effects(&storage.pool, &interventions).await?;
    Ok(Library { sources, interventions, effects })
}

async fn load_sources(change: &mut Transaction<'static, Any>) -> sqlx::Result<usize> {
    let known = kept_sources(&mut **change).await?;
    let mut count = 0;
    for source in &shipped().sources {
        let record = SourceRecord::shipped(source).map_err(unreadable)?;
        if !known.contains(&record) {
            put_source(change, &record).await?;
            count += 1;
        }
    }
    Ok(count)
}

async fn load_interventions(change: &mut Transaction<'static, Any>) -> sqlx::Result<usize> {
    let known = kept_interventions(&mut **change).await?;
    let wanted = &shipped().interventions;
    if known == *wanted {
        return Ok(0);
    }
    sqlx::query("DELETE FROM interventions").execute(&mut **change).await?;
    for one in wanted {
        sqlx::query(
            "INSERT INTO interventions (id, kind, topic, position) VALUES ($1, $2, $3, $4)",
        )
        .bind(&one.id)
        .bind(one.kind.id())
        .bind(one.topic.map(|topic| topic.id()))
        .bind(one.position as i64)
        .execute(&mut **change)
        .await?;
    }
    Ok(wanted.iter().filter(|one| !known.contains(one)).count().max(1))
}

async fn load_effects(change: &mut Transaction<'static, Any>) -> sqlx::Result<usize> {
    let wanted = &shipped().effects;
    let known = kept_effects(&mut **change, &shipped().interventions).await?;
    if known == *wanted {
        return Ok(0);
    }
    let gone = known.iter().filter(|effect| !wanted.iter().any(|one| one.id == effect.id));
    let count = wanted.iter().filter(|effect| !known.contains(effect)).count() + gone.count();
    sqlx::query("DELETE FROM effects").execute(&mut **change).await?;
    for (position, effect) in wanted.iter().enumerate() {
        put_effect(change, position, effect).await?;
    }
    Ok(count)
}

async fn put_source(
    change: &mut Transaction<'static, Any>,
    record: &SourceRecord,
) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM sources WHERE id = $1")
        .bind(&record.id)
        .execute(&mut **change)
        .await?;
    sqlx::query(
        "INSERT INTO sources (id, shipped, kind, title, year, publisher, terms, terms_stated, credit, link, read_on, typed_by, holds, defects, entry)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
    )
    .bind(&record.id)
    .bind(i64::from(record.shipped))
    .bind(record.kind.id())
    .bind(&record.title)
    .bind(record.year.map(i64::from))
    .bind(record.publisher.as_deref())
    .bind(record.terms.id())
    .bind(record.terms_stated.as_deref())
    .bind(record.credit.as_deref())
    .bind(record.link.as_deref())
    .bind(record.read_on.map(|day| day.to_string()))
    .bind(record.typed_by.map(|who| who.id()))
    .bind(record.holds.as_deref())
    .bind(record.defects.as_deref())
    .bind(record.entry.as_deref())
    .execute(&mut **change)
    .await?;
    Ok(())
}

async fn put_effect(
    change: &mut Transaction<'static, Any>,
    position: usize,
    effect: &Effect,
) -> sqlx::Result<()> {
    let interval = effect.interval();
    let (out_of, finding) = match effect.estimate {
        Estimate::Number { of, .. } => (of, None),
        Estimate::Words(finding) => (None, finding),
    };
    let (verified, doubt) = match effect.verified {
        Verified::Yes => (1_i64, None),
        Verified::No(doubt) => (0, Some(doubt.id())),
    };
    sqlx::query(
        "INSERT INTO effects (id, position, collection_row, breath, topic, intervention, outcome, detail, parameter,
             population_published, population, place, years, setting, comparison, arm, measure, adjusted, value, low, high,
             out_of, finding, words, studies, participants, i2_percent, grade, source, locator, address, verified, doubt, note)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
             $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34)",
    )
    .bind(&effect.id)
    .bind(position as i64)
    .bind(effect.row as i64)
    .bind(effect.group.as_deref())
    .bind(effect.topic.id())
    .bind(&effect.intervention.id)
    .bind(effect.outcome.id())
    .bind(effect.detail.map(|word| word.id()))
    .bind(&effect.parameter)
    .bind(&effect.population_published)
    .bind(effect.population.id())
    .bind(effect.place.map(|word| word.id()))
    .bind(effect.years.as_deref())
    .bind(effect.setting.id())
    .bind(effect.contrast.map(|contrast| contrast.comparison.id()))
    .bind(effect.contrast.map(|contrast| contrast.arm.id()))
    .bind(effect.measure.id())
    .bind(effect.adjusted.map(i64::from))
    .bind(effect.number())
    .bind(interval.map(|interval| interval.low))
    .bind(interval.map(|interval| interval.high))
    .bind(out_of.map(|of| of as i64))
    .bind(finding.map(Finding::id))
    .bind(effect.words.as_deref())
    .bind(effect.studies.map(|count| count as i64))
    .bind(effect.participants.map(|count| count as i64))
    .bind(effect.i2_percent)
    .bind(effect.grade.map(|word| word.id()))
    .bind(&effect.source)
    .bind(effect.locator.as_deref())
    .bind(&effect.address)
    .bind(verified)
    .bind(doubt)
    .bind(effect.note.as_deref())
    // Prepared anew for each row: sqlx 0.9 sends an absent double to PostgreSQL as a float4, and a
    // statement kept from such a row refuses the next row's eight bytes.
    .persistent(false)
    .execute(&mut **change)
    .await?;
    Ok(())
}

async fn kept_sources<'e>(
    database: impl Executor<'e, Database = Any>,
) -> sqlx::Result<Vec<SourceRecord>> {
    let sql = "SELECT id, shipped, kind, title, year, publisher, terms, terms_stated, credit, link, read_on, typed_by, holds, defects, entry
               FROM sources ORDER BY id";
    let rows = sqlx::query(sql).fetch_all(database).await?;
    let mut records = rows.iter().map(source_of).collect::<sqlx::Result<Vec<_>>>()?;
    // Once more, since PostgreSQL orders text by its locale and SQLite by bytes.
    records.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(records)
}

async fn kept_interventions<'e>(
    database: impl Executor<'e, Database = Any>,
) -> sqlx::Result<Vec<Intervention>> {
    let sql = "SELECT id, kind, topic, position FROM interventions ORDER BY position";
    let rows = sqlx::query(sql).fetch_all(database).await?;
    rows.iter()
        .map(|row| {
            Ok(Intervention {
                id: row.try_get("id")?,
                kind: word(row, "kind")?,
                topic: optional_word(row, "topic")?,
                position: row.try_get::<i64, _>("position")? as usize,
            })
        })
        .collect()
}

async fn kept_effects<'e>(
    database: impl Executor<'e, Database = Any>,
    interventions: &[Intervention],
) -> sqlx::Result<Vec<Effect>> {
    let sql = "SELECT id, collection_row, breath, topic, intervention, outcome, detail, parameter, population_published,
                      population, place, years, setting, comparison, arm, measure, adjusted, value, low, high, out_of,
                      finding, words, studies, participants, i2_percent, grade, source, locator, address, verified, doubt, note
               FROM effects ORDER BY position";
    let rows = sqlx::query(sql).fetch_all(database).await?;
    rows.iter().map(|row| effect_of(row, interventions)).collect()
}

fn source_of(row: &AnyRow) -> sqlx::Result<SourceRecord> {
    let read_on: Option<String> = row.try_get("read_on")?;
    Ok(SourceRecord {
        id: row.try_get("id")?,
        shipped: row.try_get::<i64, _>("shipped")? == 1,
        kind: word(row, "kind")?,
        title: row.try_get("title")?,
        year: row.try_get::<Option<i64>, _>("year")?.map(|year| year as i32),
        publisher: row.try_get("publisher")?,
        terms: optional_word(row, "terms")?.unwrap_or(Terms::NotVerified),
        terms_stated: row.try_get("terms_stated")?,
        credit: row.try_get("credit")?,
        link: row.try_get("link")?,
        read_on: read_on.map(|day| day.parse().map_err(unreadable)).transpose()?,
        typed_by: optional_word(row, "typed_by")?,
        holds: row.try_get("holds")?,
        defects: row.try_get("defects")?,
        entry: row.try_get("entry")?,
    })
}

fn effect_of(row: &AnyRow, interventions: &[Intervention]) -> sqlx::Result<Effect> {
    let id: String = row.try_get("id")?;
    let named: String = row.try_get("intervention")?;
    let intervention =
        interventions.iter().find(|one| one.id == named).cloned().ok_or_else(|| {
            unreadable(format!("effect {id} names the intervention {named:?}, which is not kept"))
        })?;
    let contrast = match (optional_word(row, "comparison")?, optional_word(row, "arm")?) {
        (Some(comparison), Some(arm)) => Some(Contrast { comparison, arm }),
        _ => None,
    };
    let (low, high): (Option<f64>, Option<f64>) = (row.try_get("low")?, row.try_get("high")?);
    let estimate = match row.try_get::<Option<f64>, _>("value")? {
        Some(value) => Estimate::Number {
            value,
            interval: low.zip(high).map(|(low, high)| Interval { low, high }),
            of: count(row, "out_of")?,
        },
        None => Estimate::Words(optional_word(row, "finding")?),
    };
    let verified = match optional_word(row, "doubt")? {
        None if row.try_get::<i64, _>("verified")? == 1 => Verified::Yes,
        Some(doubt) => Verified::No(doubt),
        None => return Err(unreadable(format!("effect {id} is not verified, but says no doubt"))),
    };
    Ok(Effect {
        id,
        row: row.try_get::<i64, _>("collection_row")? as u64,
        group: row.try_get("breath")?,
        topic: word(row, "topic")?,
        intervention,
        outcome: word(row, "outcome")?,
        detail: optional_word(row, "detail")?,
        parameter: row.try_get("parameter")?,
        population_published: row.try_get("population_published")?,
        population: word(row, "population")?,
        place: optional_word(row, "place")?,
        years: row.try_get("years")?,
        setting: word(row, "setting")?,
        contrast,
        measure: word(row, "measure")?,
        adjusted: row.try_get::<Option<i64>, _>("adjusted")?.map(|yes| yes == 1),
        estimate,
        words: row.try_get("words")?,
        studies: count(row, "studies")?,
        participants: count(row, "participants")?,
        i2_percent: row.try_get("i2_percent")?,
        grade: optional_word(row, "grade")?,
        source: row.try_get("source")?,
        locator: row.try_get("locator")?,
        address: row.try_get("address")?,
        verified,
        note: row.try_get("note")?,
    })
}

fn word<T: FromStr<Err: Display>>(row: &AnyRow, column: &str) -> sqlx::Result<T> {
    optional_word(row, column)?.ok_or_else(|| unreadable(format!("{column} is empty")))
}

fn optional_word<T: FromStr<Err: Display>>(row: &AnyRow, column: &str) -> sqlx::Result<Option<T>> {
    let word: Option<String> = row.try_get(column)?;
    word.map(|word| word.parse().map_err(|error| unreadable(format!("{column}: {error}"))))
        .transpose()
}

fn count(row: &AnyRow, column: &str) -> sqlx::Result<Option<u64>> {
    Ok(row.try_get::<Option<i64>, _>(column)?.map(|count| count as u64))
}

/// A record that another version of the program wrote, or that was changed by hand.
fn unreadable(error: impl Display) -> sqlx::Error {
    sqlx::Error::Decode(error.to_string().into())
}
