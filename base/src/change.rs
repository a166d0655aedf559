//! What changed, in order: the feed that readers follow, and the number by which the site knows
//! that a page it kept is out of date.

use serde::{Deserialize, Serialize};
use sqlx::{Any, AnyPool, Row, Transaction};

use crate::language::{Arg, Words};

/// One act that changed published records.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Change {
    pub number: i64,
    /// UTC seconds.
    pub at: i64,
    pub part: String,
    /// The message that says it, in any language.
    pub message: String,
    pub args: Vec<(String, ChangeArg)>,
    /// Where it can be seen, a path on this site.
    pub href: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ChangeArg {
    Count(u64),
    Text(String),
}

impl Change {
    /// The change in the reader's language.
    pub fn title(&self, words: &Words) -> String {
        let args: Vec<(&str, Arg)> = self
            .args
            .iter()
            .map(|(name, arg)| {
                let arg = match arg {
                    ChangeArg::Count(count) => Arg::Number(*count as f64, 0),
                    ChangeArg::Text(text) => Arg::Text(text.clone()),
                };
                (name.as_str(), arg)
            })
            .collect();
        words.say_with(&self.message, &args)
    }
}

/// Writes down a change within the transaction that makes it. Returns its number.
pub async fn record(
    change: &mut Transaction<'static, Any>,
    now: i64,
    part: &str,
    message: &str,
    args: &[(String, ChangeArg)],
    href: &str,
) -> sqlx::Result<i64> {
    let args = serde_json::to_string(args).unwrap_or_else(|_| "[]".into());
    let row = sqlx::query(
        "INSERT INTO changes (number, at, part, message, args, href)
         SELECT COALESCE(MAX(number), 0) + 1, $1, $2, $3, $4, $5 FROM changes
         RETURNING number",
    )
    .bind(now)
    .bind(part)
    .bind(message)
    .bind(args)
    .bind(href)
    .fetch_one(&mut **change)
    .await?;
    row.try_get(0)
}

/// The newest changes, newest first.
pub async fn recent(pool: &AnyPool, limit: i64) -> sqlx::Result<Vec<Change>> {
    let rows = sqlx::query(
        "SELECT number, at, part, message, args, href FROM changes ORDER BY number DESC LIMIT $1",
    )
    .bind(limit)
    .fetch_all(pool)
    .await?;
    rows.iter()
        .map(|row| {
            let args: String = row.try_get(4)?;
            Ok(Change {
                number: row.try_get(0)?,
                at: row.try_get(1)?,
                part: row.try_get(2)?,
                message: row.try_get(3)?,
                args: serde_json::from_str(&args).map_err(|e| sqlx::Error::Decode(e.into()))?,
                href: row.try_get(5)?,
            })
        })
        .collect()
}

/// The number of the newest change; 0 before the first.
pub async fn revision(pool: &AnyPool) -> sqlx::Result<i64> {
    sqlx::query_scalar("SELECT COALESCE(MAX(number), 0) FROM changes").fetch_one(pool).await
}
