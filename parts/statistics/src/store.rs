//! Where data sets are kept; the register stands in `entries`.

use base::storage::{Migration, Transaction};
use sqlx::any::AnyRow;
use sqlx::{AnyPool, Row};

pub use crate::entries::tables;

pub const MIGRATIONS: &[Migration] = &[
    Migration {
        name: "0001_statistics",
        sql: include_str!("../migrations/0001_statistics.sql"),
    },
    Migration { name: "0010_register", sql: include_str!("../migrations/0010_register.sql") },
    Migration { name: "0011_about", sql: include_str!("../migrations/0011_about.sql") },
    Migration { name: "0012_safe_files", sql: include_str!("../migrations/0012_safe_files.sql") },
];

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

const OF_DATA: &str =
    "SELECT id, title, about, synthetic, codebook, design, made_at, made_by FROM statistics_data";

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
