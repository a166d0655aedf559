//! Answers that are being given: kept at every step, under the hash of the secret in their address.
//! In an anonymous round nothing ties them to a link.

use sqlx::{AnyPool, Row};

use crate::secret;

#[derive(Clone, Debug)]
pub struct Draft {
    /// Empty for a trial, which is kept nowhere in the end.
    pub round: String,
    pub instrument: String,
    pub number: i64,
    /// 0 in anonymous rounds and trials.
    pub respondent: i64,
    pub record: String,
    pub language: String,
    pub day: String,
}

/// Keeps a draft under a secret, in place of what was there.
pub async fn keep<'e>(
    executor: impl sqlx::Executor<'e, Database = sqlx::Any>,
    secret: &str,
    draft: &Draft,
) -> sqlx::Result<()> {
    let sql = "INSERT INTO drafts (secret_hash, round, instrument, number, respondent, record, language, day)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
               ON CONFLICT (secret_hash) DO UPDATE SET record = excluded.record, language = excluded.language, day = excluded.day";
    sqlx::query(sql)
        .bind(secret::hash(secret))
        .bind(&draft.round)
        .bind(&draft.instrument)
        .bind(draft.number)
        .bind(draft.respondent)
        .bind(&draft.record)
        .bind(&draft.language)
        .bind(&draft.day)
        .execute(executor)
        .await?;
    Ok(())
}

pub async fn find(pool: &AnyPool, secret: &str) -> sqlx::Result<Option<Draft>> {
    let sql = "SELECT round, instrument, number, respondent, record, language, day FROM drafts WHERE secret_hash = $1";
    let row = sqlx::query(sql).bind(secret::hash(secret)).fetch_optional(pool).await?;
    row.map(|row| {
        Ok(Draft {
            round: row.try_get(0)?,
            instrument: row.try_get(1)?,
            number: row.try_get(2)?,
            respondent: row.try_get(3)?,
            record: row.try_get(4)?,
            language: row.try_get(5)?,
            day: row.try_get(6)?,
        })
    })
    .transpose()
}

/// Forgets trials that nobody has touched since before a day.
pub async fn end_trials(pool: &AnyPool, before: &str) -> sqlx::Result<()> {
    let sql = "DELETE FROM drafts WHERE round = '' AND day < $1";
    sqlx::query(sql).bind(before).execute(pool).await?;
    Ok(())
}

/// Holds a draft until the change ends: whoever else wants to send it waits, and finds it gone.
pub async fn hold<'e>(
    executor: impl sqlx::Executor<'e, Database = sqlx::Any>,
    secret: &str,
) -> sqlx::Result<bool> {
    let sql = "UPDATE drafts SET day = day WHERE secret_hash = $1";
    let held = sqlx::query(sql).bind(secret::hash(secret)).execute(executor).await?;
    Ok(held.rows_affected() > 0)
}

/// Takes a draft away with its files; whether it was there.
pub async fn end<'e>(
    executor: impl sqlx::Executor<'e, Database = sqlx::Any>,
    secret: &str,
) -> sqlx::Result<bool> {
    let sql = "DELETE FROM drafts WHERE secret_hash = $1";
    let gone = sqlx::query(sql).bind(secret::hash(secret)).execute(executor).await?;
    Ok(gone.rows_affected() > 0)
}
