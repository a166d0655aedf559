//! Remarks: what reviewers and respondents write to each other about a record or one answer in it. The thread
//! belongs to the respondent, so that it goes on when the record is corrected.

use base::audit::{self, By};
use base::storage::Storage;
use serde_json::json;
use sqlx::{AnyPool, Row};

use crate::record::Record;
use crate::round::told;

#[derive(Clone, Debug)]
pub struct Remark {
    pub number: i64,
    /// The version of the record of which it was said.
    pub record: i64,
    /// The answer, as a path with positions; empty for the whole record.
    pub path: String,
    /// `person:4`; empty for the respondent.
    pub author: String,
    pub words: String,
    pub at: i64,
    pub settled: bool,
}

/// What somebody writes.
pub struct New<'a> {
    pub path: &'a str,
    pub words: &'a str,
    /// Empty for the respondent.
    pub author: &'a str,
}

/// Keeps a remark on a record. The chain says that it was written, not what.
pub async fn write(
    storage: &Storage,
    round: &str,
    record: &Record,
    new: &New<'_>,
    by: &By,
    now: i64,
) -> sqlx::Result<()> {
    let mut change = audit::begin(storage).await?;
    let sql = "INSERT INTO remarks (round, number, respondent, record, path, author, words, at, settled)
               SELECT $1, COALESCE(MAX(number), 0) + 1, $2, $3, $4, $5, $6, $7, 0 FROM remarks WHERE round = $1";
    sqlx::query(sql)
        .bind(round)
        .bind(record.respondent)
        .bind(record.number)
        .bind(new.path)
        .bind(new.author)
        .bind(new.words)
        .bind(now)
        .execute(&mut *change)
        .await?;
    told(&mut change, by, "record.remark", round, json!({ "record": record.number }), now).await?;
    change.commit().await
}

/// The thread of a record, the oldest first: all that concerns its respondent; of a record without one, its own.
pub async fn of(pool: &AnyPool, round: &str, record: &Record) -> sqlx::Result<Vec<Remark>> {
    let sql = "SELECT number, record, path, author, words, at, settled FROM remarks
               WHERE round = $1 AND respondent = $2 AND (respondent <> 0 OR record = $3) ORDER BY number";
    let rows = sqlx::query(sql)
        .bind(round)
        .bind(record.respondent)
        .bind(record.number)
        .fetch_all(pool)
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Remark {
                number: row.try_get(0)?,
                record: row.try_get(1)?,
                path: row.try_get(2)?,
                author: row.try_get(3)?,
                words: row.try_get(4)?,
                at: row.try_get(5)?,
                settled: row.try_get::<i64, _>(6)? != 0,
            })
        })
        .collect()
}

/// Settles a remark, or opens it again; whether it is there.
pub async fn settle(
    storage: &Storage,
    round: &str,
    number: i64,
    settled: bool,
    by: &By,
    now: i64,
) -> sqlx::Result<bool> {
    let mut change = audit::begin(storage).await?;
    let sql = "UPDATE remarks SET settled = $1 WHERE round = $2 AND number = $3";
    let set = sqlx::query(sql).bind(i64::from(settled)).bind(round).bind(number);
    if set.execute(&mut *change).await?.rows_affected() == 0 {
        return Ok(false);
    }
    let detail = json!({ "remark": number, "settled": settled });
    told(&mut change, by, "record.remark", round, detail, now).await?;
    change.commit().await?;
    Ok(true)
}

/// How many remarks of a round are open, by respondent and record.
pub async fn open(pool: &AnyPool, round: &str) -> sqlx::Result<Vec<(i64, i64, i64)>> {
    let sql = "SELECT respondent, record, COUNT(*) FROM remarks WHERE round = $1 AND settled = 0
               GROUP BY respondent, record ORDER BY respondent, record";
    let rows = sqlx::query(sql).bind(round).fetch_all(pool).await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?, row.try_get(2)?))).collect()
}
