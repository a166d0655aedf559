//! Where data sets and the register of released tables are kept.

use base::storage::{Migration, Transaction};
use sqlx::any::AnyRow;
use sqlx::{AnyPool, Row};

pub const MIGRATIONS: &[Migration] = &[Migration {
    name: "0001_statistics",
    sql: include_str!("../migrations/0001_statistics.sql"),
}];

/// A data set without its rows.
#[derive(Clone, Debug)]
pub struct DataSet {
    pub id: String,
    pub title: String,
    pub about: String,
    pub synthetic: bool,
    pub codebook: String,
    /// TOML; empty until somebody described the sample.
    pub design: String,
    pub made_at: i64,
    pub made_by: String,
}

/// An entry of the register.
#[derive(Clone, Debug)]
pub struct Registered {
    pub id: String,
    pub data: String,
    /// The question as an address asks it.
    pub asked: String,
    pub state: String,
    pub content: String,
    pub shown: String,
    pub rules: String,
    pub reason: String,
    pub decision: String,
    pub made_at: i64,
    pub made_by: String,
    pub decided_at: Option<i64>,
}

const OF_DATA: &str =
    "SELECT id, title, about, synthetic, codebook, design, made_at, made_by FROM statistics_data";
const OF_TABLE: &str = "SELECT id, data, asked, state, content, shown, rules, reason, decision, made_at, made_by, decided_at FROM statistics_tables";

pub async fn data_sets(pool: &AnyPool) -> sqlx::Result<Vec<DataSet>> {
    let sql = sqlx::AssertSqlSafe(format!("{OF_DATA} ORDER BY made_at, id"));
    sqlx::query(sql).fetch_all(pool).await?.iter().map(data_set).collect()
}

pub async fn data_set_with(pool: &AnyPool, id: &str) -> sqlx::Result<Option<DataSet>> {
    let sql = sqlx::AssertSqlSafe(format!("{OF_DATA} WHERE id = $1"));
    sqlx::query(sql).bind(id).fetch_optional(pool).await?.as_ref().map(data_set).transpose()
}

pub async fn interviews_of(pool: &AnyPool, id: &str) -> sqlx::Result<String> {
    sqlx::query_scalar("SELECT interviews FROM statistics_data WHERE id = $1")
        .bind(id)
        .fetch_one(pool)
        .await
}

pub async fn add_data(
    change: &mut Transaction,
    data: &DataSet,
    interviews: &str,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO statistics_data (id, title, about, synthetic, interviews, codebook, design, made_at, made_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(&data.id)
    .bind(&data.title)
    .bind(&data.about)
    .bind(i32::from(data.synthetic))
    .bind(interviews)
    .bind(&data.codebook)
    .bind(&data.design)
    .bind(data.made_at)
    .bind(&data.made_by)
    .execute(&mut **change)
    .await?;
    Ok(())
}

pub async fn set_design(change: &mut Transaction, id: &str, design: &str) -> sqlx::Result<()> {
    sqlx::query("UPDATE statistics_data SET design = $2 WHERE id = $1")
        .bind(id)
        .bind(design)
        .execute(&mut **change)
        .await?;
    Ok(())
}

/// Entries of the register, the newest first.
pub async fn tables(pool: &AnyPool) -> sqlx::Result<Vec<Registered>> {
    let sql = sqlx::AssertSqlSafe(format!("{OF_TABLE} ORDER BY made_at DESC, id"));
    sqlx::query(sql).fetch_all(pool).await?.iter().map(registered).collect()
}

pub async fn table_with(pool: &AnyPool, id: &str) -> sqlx::Result<Option<Registered>> {
    let sql = sqlx::AssertSqlSafe(format!("{OF_TABLE} WHERE id = $1"));
    sqlx::query(sql).bind(id).fetch_optional(pool).await?.as_ref().map(registered).transpose()
}

/// What is out of a data set, the oldest first, as this change sees it.
pub async fn published_of(change: &mut Transaction, data: &str) -> sqlx::Result<Vec<Registered>> {
    let sql = sqlx::AssertSqlSafe(format!(
        "{OF_TABLE} WHERE data = $1 AND state = 'published' ORDER BY made_at, id"
    ));
    sqlx::query(sql).bind(data).fetch_all(&mut **change).await?.iter().map(registered).collect()
}

pub async fn add_table(change: &mut Transaction, table: &Registered) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO statistics_tables (id, data, asked, state, content, shown, rules, reason, decision, made_at, made_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
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

fn data_set(row: &AnyRow) -> sqlx::Result<DataSet> {
    Ok(DataSet {
        id: row.try_get("id")?,
        title: row.try_get("title")?,
        about: row.try_get("about")?,
        synthetic: row.try_get::<i32, _>("synthetic")? != 0,
        codebook: row.try_get("codebook")?,
        design: row.try_get("design")?,
        made_at: row.try_get("made_at")?,
        made_by: row.try_get("made_by")?,
    })
}

fn registered(row: &AnyRow) -> sqlx::Result<Registered> {
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
    })
}
