//! Answers of rounds that are not anonymous: taken once, corrected by a new version, reviewed. What
//! was acknowledged is in the database, and no version of it is ever overwritten.

use std::collections::BTreeSet;

use base::audit::{self, By};
use base::storage::{Storage, Transaction};
use serde_json::json;
use sqlx::any::AnyRow;
use sqlx::{AnyPool, Row};

use crate::compiled::digest;
use crate::round::told;

/// What a reviewer says of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Received,
    /// To be corrected: the respondent's link opens it again.
    Issues,
    Approved,
    /// Kept, but in no figure.
    Rejected,
}

impl State {
    pub const ALL: [(State, &'static str); 4] = [
        (State::Received, "received"),
        (State::Issues, "issues"),
        (State::Approved, "approved"),
        (State::Rejected, "rejected"),
    ];

    pub fn word(self) -> &'static str {
        State::ALL.iter().find(|(state, _)| *state == self).map_or("", |(_, word)| word)
    }

    pub fn named(word: &str) -> Option<State> {
        State::ALL.iter().find(|(_, known)| *known == word).map(|(state, _)| *state)
    }
}

/// One version of a record.
#[derive(Clone, Debug)]
pub struct Record {
    pub number: i64,
    pub instance: String,
    pub xml: String,
    pub received_at: i64,
    pub respondent: i64,
    pub device: i64,
    pub state: State,
    pub note: String,
    /// Paths and words of what the form's own rules find.
    pub violations: Vec<(String, String)>,
    /// The instance that corrected this one; empty while it counts.
    pub replaced_by: String,
}

/// A record that arrives.
pub struct Arrival<'a> {
    pub round: &'a str,
    pub instance: &'a str,
    /// The instance that it corrects; empty where it is new.
    pub deprecates: &'a str,
    pub xml: &'a str,
    pub respondent: i64,
    pub device: i64,
    pub violations: &'a [(String, String)],
}

/// What became of an arrival.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    New,
    /// The same record was here before: nothing to do, and nothing wrong.
    Again,
    /// Another record has this identity.
    Conflict,
    /// It corrects a record that is not here.
    NothingToCorrect,
    /// It corrects a record that was corrected before, by another.
    CorrectedBefore,
}

/// Takes a record within a change; the caller commits, and only then may acknowledge.
pub async fn take(
    change: &mut Transaction,
    arrival: &Arrival<'_>,
    now: i64,
) -> sqlx::Result<Taken> {
    let hash = digest(arrival.xml.as_bytes());
    let known = "SELECT hash FROM submissions WHERE round = $1 AND instance = $2";
    let known: Option<String> = sqlx::query_scalar(known)
        .bind(arrival.round)
        .bind(arrival.instance)
        .fetch_optional(&mut **change)
        .await?;
    if let Some(known) = known {
        return Ok(if known == hash { Taken::Again } else { Taken::Conflict });
    }
    let mut respondent = arrival.respondent;
    if !arrival.deprecates.is_empty() {
        let sql =
            "SELECT respondent, replaced_by FROM submissions WHERE round = $1 AND instance = $2";
        let earlier = sqlx::query(sql)
            .bind(arrival.round)
            .bind(arrival.deprecates)
            .fetch_optional(&mut **change)
            .await?;
        let Some(earlier) = earlier else { return Ok(Taken::NothingToCorrect) };
        if !earlier.try_get::<String, _>(1)?.is_empty() {
            return Ok(Taken::CorrectedBefore);
        }
        respondent = earlier.try_get(0)?;
        let sql = "UPDATE submissions SET replaced_by = $1 WHERE round = $2 AND instance = $3";
        sqlx::query(sql)
            .bind(arrival.instance)
            .bind(arrival.round)
            .bind(arrival.deprecates)
            .execute(&mut **change)
            .await?;
    }
    let sql = "INSERT INTO submissions (round, number, instance, record, hash, received_at, respondent, device, state, note, violations, replaced_by)
               SELECT $1, COALESCE(MAX(number), 0) + 1, $2, $3, $4, $5, $6, $7, 'received', '', $8, '' FROM submissions WHERE round = $1";
    sqlx::query(sql)
        .bind(arrival.round)
        .bind(arrival.instance)
        .bind(arrival.xml)
        .bind(hash)
        .bind(now)
        .bind(respondent)
        .bind(arrival.device)
        .bind(json!(arrival.violations).to_string())
        .execute(&mut **change)
        .await?;
    if respondent != 0 {
        let sql = "UPDATE respondents SET spent = 1 WHERE round = $1 AND number = $2";
        sqlx::query(sql).bind(arrival.round).bind(respondent).execute(&mut **change).await?;
    }
    Ok(Taken::New)
}

/// Which of these identities the round knows.
pub async fn known(
    change: &mut Transaction,
    round: &str,
    instances: &[&str],
) -> sqlx::Result<BTreeSet<String>> {
    let places: Vec<String> = (2..instances.len() + 2).map(|at| format!("${at}")).collect();
    let sql = format!(
        "SELECT instance FROM submissions WHERE round = $1 AND instance IN ({})",
        places.join(", ")
    );
    // Made of numbered places only; every value is bound.
    let mut query = sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).persistent(false).bind(round);
    for instance in instances {
        query = query.bind(*instance);
    }
    Ok(query.fetch_all(&mut **change).await?.into_iter().collect())
}

/// Takes records of one round, each with the second it arrived, that are new, correct nothing and come from no respondent's link.
pub async fn take_new(
    change: &mut Transaction,
    round: &str,
    arrivals: &[(Arrival<'_>, i64)],
) -> sqlx::Result<()> {
    if arrivals.is_empty() {
        return Ok(());
    }
    let last = "SELECT COALESCE(MAX(number), 0) FROM submissions WHERE round = $1";
    let last: i64 = sqlx::query_scalar(last).bind(round).fetch_one(&mut **change).await?;
    let row = |at: usize| {
        let place = |k: usize| format!("${}", at * 7 + k + 2);
        let [number, instance, record, hash, at, device, violations] = std::array::from_fn(place);
        format!(
            "($1, {number}, {instance}, {record}, {hash}, {at}, 0, {device}, 'received', '', {violations}, '')"
        )
    };
    let rows: Vec<String> = (0..arrivals.len()).map(row).collect();
    let sql = format!(
        "INSERT INTO submissions (round, number, instance, record, hash, received_at, respondent, device, state, note, violations, replaced_by) VALUES {}",
        rows.join(", ")
    );
    let mut query = sqlx::query(sqlx::AssertSqlSafe(sql)).persistent(false).bind(round);
    for ((arrival, now), number) in arrivals.iter().zip(last + 1..) {
        query = query
            .bind(number)
            .bind(arrival.instance)
            .bind(arrival.xml)
            .bind(digest(arrival.xml.as_bytes()))
            .bind(*now)
            .bind(arrival.device)
            .bind(json!(arrival.violations).to_string());
    }
    query.execute(&mut **change).await?;
    Ok(())
}

const COLUMNS: &str = "SELECT number, instance, record, received_at, respondent, device, state, note, violations, replaced_by FROM submissions";

/// Every version of every record of a round, in order of arrival.
pub async fn all(pool: &AnyPool, round: &str) -> sqlx::Result<Vec<Record>> {
    let sql = format!("{COLUMNS} WHERE round = $1 ORDER BY number");
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(round).fetch_all(pool).await?;
    rows.iter().map(read).collect()
}

pub async fn find(pool: &AnyPool, round: &str, number: i64) -> sqlx::Result<Option<Record>> {
    let sql = format!("{COLUMNS} WHERE round = $1 AND number = $2");
    let row = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(round).bind(number);
    row.fetch_optional(pool).await?.as_ref().map(read).transpose()
}

/// What a respondent sent last.
pub async fn of_respondent(
    pool: &AnyPool,
    round: &str,
    respondent: i64,
) -> sqlx::Result<Option<Record>> {
    let sql = format!(
        "{COLUMNS} WHERE round = $1 AND respondent = $2 AND replaced_by = '' ORDER BY number DESC LIMIT 1"
    );
    let row = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(round).bind(respondent);
    row.fetch_optional(pool).await?.as_ref().map(read).transpose()
}

/// How many records count.
pub async fn count(pool: &AnyPool, round: &str) -> sqlx::Result<i64> {
    let sql = "SELECT COUNT(*) FROM submissions WHERE round = $1 AND replaced_by = ''";
    sqlx::query_scalar(sql).bind(round).fetch_one(pool).await
}

/// A reviewer's word on a record, with a note for the respondent.
pub async fn review(
    storage: &Storage,
    round: &str,
    number: i64,
    state: State,
    note: &str,
    by: &By,
    now: i64,
) -> sqlx::Result<bool> {
    let mut change = audit::begin(storage).await?;
    let sql = "UPDATE submissions SET state = $1, note = $2 WHERE round = $3 AND number = $4 AND replaced_by = ''";
    let set = sqlx::query(sql)
        .bind(state.word())
        .bind(note)
        .bind(round)
        .bind(number)
        .execute(&mut *change)
        .await?;
    if set.rows_affected() == 0 {
        return Ok(false);
    }
    let detail = json!({ "record": number, "state": state.word() });
    told(&mut change, by, "record.reviewed", round, detail, now).await?;
    change.commit().await?;
    Ok(true)
}

fn read(row: &AnyRow) -> sqlx::Result<Record> {
    Ok(Record {
        number: row.try_get(0)?,
        instance: row.try_get(1)?,
        xml: row.try_get(2)?,
        received_at: row.try_get(3)?,
        respondent: row.try_get(4)?,
        device: row.try_get(5)?,
        state: State::named(&row.try_get::<String, _>(6)?).unwrap_or(State::Received),
        note: row.try_get(7)?,
        violations: serde_json::from_str(&row.try_get::<String, _>(8)?).unwrap_or_default(),
        replaced_by: row.try_get(9)?,
    })
}
