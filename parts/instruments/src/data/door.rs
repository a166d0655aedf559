//! The door through which answers leave. Every file, table and service that holds single records asks here, and
//! nowhere else: who may have them, what of them is held back, and that it was done is written down.

use std::sync::{Arc, LazyLock};

use base::audit::{self, By};
use base::{May, Refusal, Role, Site, Who};
use quick_cache::sync::Cache;
use serde_json::json;
use sha2::{Digest, Sha256};
use sqlx::{AnyPool, Row};

use super::{Data, gather};
use crate::day;
use crate::round::{Round, told};

/// Who holds rounds whose respondents are named, and reads their answers.
pub const READS: [Role; 6] = [
    Role::Administrator,
    Role::Secretariat,
    Role::Coordinator,
    Role::DataSteward,
    Role::Researcher,
    Role::Reviewer,
];

/// Who may have the single answers of an anonymous round. There is nothing to review in them.
pub const HOLDS_ANONYMOUS: [Role; 5] = [
    Role::Administrator,
    Role::Secretariat,
    Role::Coordinator,
    Role::DataSteward,
    Role::Researcher,
];

/// Who takes answers away.
#[derive(Clone, Copy)]
pub enum Taker<'a> {
    Person(&'a Who),
    /// Whoever runs the program on the machine of the site.
    Operator,
}

/// Whether somebody may have the answers of a round.
pub fn may(round: &Round, who: Option<&Who>) -> bool {
    match round.anonymous {
        true => May::Everywhere(&HOLDS_ANONYMOUS).admits(who),
        false => May::Everywhere(&READS).admits(who),
    }
}

/// The answers of a round, for this taker. Refused where they may not have them, and while an anonymous round is
/// open. Whoever makes a form of them says [`taken`] before it leaves.
pub async fn open(site: &Site, round: &Round, taker: Taker<'_>) -> Result<Arc<Data>, Refusal> {
    if let Taker::Person(who) = taker
        && !may(round, Some(who))
    {
        return Err(Refusal::forbidden("answers-not-yours"));
    }
    kept(site, round).await
}

/// Rounds of which the tables are kept ready, so that a client that reads page by page costs one reading. Small: a round
/// of ten thousand long records takes some hundred megabytes.
static READY: LazyLock<Cache<String, (String, Arc<Data>)>> = LazyLock::new(|| Cache::new(4));

async fn kept(site: &Site, round: &Round) -> Result<Arc<Data>, Refusal> {
    let stamp = stamp(&site.storage.pool, round).await?;
    if let Some((known, data)) = READY.get(&round.id)
        && known == stamp
    {
        return Ok(data);
    }
    let data = Arc::new(gather::gather(site, round).await?);
    READY.insert(round.id.clone(), (stamp, data.clone()));
    Ok(data)
}

/// Says whether anything changed of what [`gather`] reads.
async fn stamp(pool: &AnyPool, round: &Round) -> sqlx::Result<String> {
    let mut sum = Sha256::new();
    sum.update(format!("{round:?}"));
    let texts = [
        "SELECT CAST(number AS TEXT), state, replaced_by, hash FROM submissions WHERE round = $1 ORDER BY number",
        "SELECT CAST(number AS TEXT), name, country, '' FROM respondents WHERE round = $1 ORDER BY number",
        "SELECT CAST(number AS TEXT), name, value, '' FROM respondent_details WHERE round = $1 ORDER BY number, name",
        "SELECT CAST(COUNT(*) AS TEXT), CAST(COALESCE(MAX(number), 0) AS TEXT), CAST(COALESCE(MIN(number), 0) AS TEXT), '' FROM anonymous_answers WHERE round = $1",
        "SELECT CAST(answer AS TEXT), path, '', '' FROM cleared_texts
         WHERE answer IN (SELECT number FROM anonymous_answers WHERE round = $1) ORDER BY answer, path",
    ];
    for sql in texts {
        for row in sqlx::query(sql).bind(&round.id).fetch_all(pool).await? {
            for at in 0..4 {
                sum.update(row.try_get::<String, _>(at)?.as_bytes());
                sum.update([0]);
            }
        }
        sum.update([1]);
    }
    Ok(base::chance::in_hex(&sum.finalize()))
}

/// Writes down who took answers of an anonymous round away, once a day for each form. What could not be made was
/// not taken.
pub async fn taken(
    site: &Site,
    round: &Round,
    taker: Taker<'_>,
    file: &str,
) -> Result<(), Refusal> {
    if !round.anonymous {
        return Ok(());
    }
    let by = match taker {
        Taker::Person(who) => who.by(who.holds_over(&HOLDS_ANONYMOUS, &[])),
        Taker::Operator => By::operator(),
    };
    let now = site.now();
    let known =
        "SELECT COUNT(*) FROM takings WHERE round = $1 AND day = $2 AND who = $3 AND file = $4";
    let known: i64 = sqlx::query_scalar(known)
        .bind(&round.id)
        .bind(day::of(now))
        .bind(&by.who)
        .bind(file)
        .fetch_one(&site.storage.pool)
        .await?;
    if known > 0 {
        return Ok(());
    }
    let mut change = audit::begin(&site.storage).await?;
    let sql = "INSERT INTO takings (round, day, who, file) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
    let new = sqlx::query(sql)
        .bind(&round.id)
        .bind(day::of(now))
        .bind(&by.who)
        .bind(file)
        .execute(&mut *change)
        .await?;
    if new.rows_affected() > 0 {
        told(&mut change, &by, "round.taken", &round.id, json!({ "file": file }), now).await?;
        change.commit().await?;
    }
    Ok(())
}

/// Who took answers of a round away: day, who, file; the latest first.
pub async fn takings(pool: &AnyPool, round: &str) -> sqlx::Result<Vec<(String, String, String)>> {
    let sql = "SELECT day, who, file FROM takings WHERE round = $1 ORDER BY day DESC, who, file";
    let rows = sqlx::query(sql).bind(round).fetch_all(pool).await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?, row.try_get(2)?))).collect()
}
