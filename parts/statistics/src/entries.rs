//! The register as it is kept: each table that is out, waits, was refused or was withdrawn, and which records elsewhere rest on it.

use base::storage::Transaction;
use sqlx::any::AnyRow;
use sqlx::{Any, AnyPool, Executor, Row};

/// An entry of the register.
#[derive(Clone, Debug)]
pub struct Registered {
    pub id: String,
    pub data: String,
    /// The question as an address asks it.
    pub asked: String,
    /// `published`, `waiting`, `refused`, `withdrawn`.
    pub state: String,
    pub content: String,
    pub shown: String,
    pub rules: String,
    pub reason: String,
    pub decision: String,
    pub made_at: i64,
    pub made_by: String,
    pub decided_at: Option<i64>,
    /// Tables of the data that were out when this one was held against them; -1 where nobody wrote it down.
    pub against: i64,
    /// The version of the data.
    pub of_version: i64,
    /// 1 for the first table of its question, 2 for the one that corrects it.
    pub edition: i64,
    pub withdrawn_at: Option<i64>,
    pub withdrawn_reason: String,
}

impl Registered {
    /// Whether anyone may read it.
    pub fn is_published(&self) -> bool {
        self.state == "published"
    }

    /// Whether it was ever public: what was read once is known, so later tables are held against it.
    pub fn is_out(&self) -> bool {
        ["published", "withdrawn"].contains(&self.state.as_str())
    }

    /// When it became what it is.
    pub fn released_at(&self) -> i64 {
        self.decided_at.unwrap_or(self.made_at)
    }
}

/// A record elsewhere that rests on a table.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Link {
    /// What it is: `fact`.
    pub kind: String,
    /// Its id there.
    pub record: String,
    pub label: String,
    pub href: String,
}

const COLUMNS: &str = "SELECT id, data, asked, state, content, shown, rules, reason, decision, made_at, made_by, decided_at, against, of_version, edition, withdrawn_at, withdrawn_reason FROM statistics_tables";

/// Entries of the register, the newest first.
pub async fn tables(pool: &AnyPool) -> sqlx::Result<Vec<Registered>> {
    let sql = sqlx::AssertSqlSafe(format!("{COLUMNS} ORDER BY made_at DESC, id"));
    sqlx::query(sql).fetch_all(pool).await?.iter().map(read).collect()
}

/// What anyone may read, the newest first.
pub async fn published(pool: &AnyPool) -> sqlx::Result<Vec<Registered>> {
    let sql = format!("{COLUMNS} WHERE state = 'published' ORDER BY made_at DESC, id");
    sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_all(pool).await?.iter().map(read).collect()
}

pub async fn table_with(pool: &AnyPool, id: &str) -> sqlx::Result<Option<Registered>> {
    let sql = sqlx::AssertSqlSafe(format!("{COLUMNS} WHERE id = $1"));
    sqlx::query(sql).bind(id).fetch_optional(pool).await?.as_ref().map(read).transpose()
}

/// What was ever public of a data set, the oldest first.
pub async fn out_of<'e>(
    kept: impl Executor<'e, Database = Any>,
    data: &str,
) -> sqlx::Result<Vec<Registered>> {
    let sql = format!(
        "{COLUMNS} WHERE data = $1 AND state IN ('published', 'withdrawn') ORDER BY COALESCE(decided_at, made_at), id"
    );
    sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(data)
        .fetch_all(kept)
        .await?
        .iter()
        .map(read)
        .collect()
}

pub async fn add(change: &mut Transaction, table: &Registered) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO statistics_tables (id, data, asked, state, content, shown, rules, reason, decision, made_at, made_by, against, of_version, edition)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
    )
    .bind(&table.id)
    .bind(&table.data)
    .bind(&table.asked)
    .bind(&table.state)
    .bind(&table.content)
    .bind(&table.shown)
    .bind(&table.rules)
    .bind(&table.reason)
    .bind(&table.decision)
    .bind(table.made_at)
    .bind(&table.made_by)
    .bind(table.against)
    .bind(table.of_version)
    .bind(table.edition)
    .execute(&mut **change)
    .await?;
    Ok(())
}

/// Decides what waits; false where it waits no more.
pub async fn decide(
    change: &mut Transaction,
    id: &str,
    state: &str,
    decision: &str,
    by: &str,
    now: i64,
) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "UPDATE statistics_tables SET state = $2, decision = $3, decided_by = $4, decided_at = $5
         WHERE id = $1 AND state = 'waiting'",
    )
    .bind(id)
    .bind(state)
    .bind(decision)
    .bind(by)
    .bind(now)
    .execute(&mut **change)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes back what is published; false where it is not.
pub async fn withdraw(
    change: &mut Transaction,
    id: &str,
    reason: &str,
    by: &str,
    now: i64,
) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "UPDATE statistics_tables SET state = 'withdrawn', withdrawn_reason = $2, withdrawn_by = $3, withdrawn_at = $4
         WHERE id = $1 AND state = 'published'",
    )
    .bind(id)
    .bind(reason)
    .bind(by)
    .bind(now)
    .execute(&mut **change)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Writes down that a record rests on a table; twice is once.
pub async fn link(
    change: &mut Transaction,
    table: &str,
    link: &Link,
    now: i64,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO statistics_links (release, kind, record, label, href, made_at) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (release, kind, record) DO UPDATE SET label = excluded.label, href = excluded.href",
    )
    .bind(table)
    .bind(&link.kind)
    .bind(&link.record)
    .bind(&link.label)
    .bind(&link.href)
    .bind(now)
    .execute(&mut **change)
    .await?;
    Ok(())
}

/// What rests on a table.
pub async fn links(pool: &AnyPool, table: &str) -> sqlx::Result<Vec<Link>> {
    let sql = "SELECT kind, record, label, href FROM statistics_links WHERE release = $1 ORDER BY kind, record";
    let rows = sqlx::query(sql).bind(table).fetch_all(pool).await?;
    rows.iter()
        .map(|row| {
            Ok(Link {
                kind: row.try_get("kind")?,
                record: row.try_get("record")?,
                label: row.try_get("label")?,
                href: row.try_get("href")?,
            })
        })
        .collect()
}

fn read(row: &AnyRow) -> sqlx::Result<Registered> {
    Ok(Registered {
        id: row.try_get("id")?,
        data: row.try_get("data")?,
        asked: row.try_get("asked")?,
        state: row.try_get("state")?,
        content: row.try_get("content")?,
        shown: row.try_get("shown")?,
        rules: row.try_get("rules")?,
        reason: row.try_get("reason")?,
        decision: row.try_get("decision")?,
        made_at: row.try_get("made_at")?,
        made_by: row.try_get("made_by")?,
        decided_at: row.try_get("decided_at")?,
        against: row.try_get("against")?,
        of_version: row.try_get("of_version")?,
        edition: row.try_get("edition")?,
        withdrawn_at: row.try_get("withdrawn_at")?,
        withdrawn_reason: row.try_get("withdrawn_reason")?,
    })
}
