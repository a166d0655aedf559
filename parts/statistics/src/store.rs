//! Where data sets are kept; the register stands in `entries`.

use std::fmt::Write;

use base::storage::{Migration, Transaction};
use sha2::Digest;
use sqlx::any::AnyRow;
use sqlx::{AnyPool, Row};

pub const MIGRATIONS: &[Migration] = &[
    Migration { name: "0001_statistics", sql: include_str!("../migrations/0001_statistics.sql") },
    Migration {
        name: "0002_rounds_and_versions",
        sql: include_str!("../migrations/0002_rounds_and_versions.sql"),
    },
    Migration { name: "0010_register", sql: include_str!("../migrations/0010_register.sql") },
    Migration { name: "0011_about", sql: include_str!("../migrations/0011_about.sql") },
    Migration { name: "0012_safe_files", sql: include_str!("../migrations/0012_safe_files.sql") },
    Migration { name: "0013_shares", sql: include_str!("../migrations/0013_shares.sql") },
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
    /// Data sets of one series are rounds of one survey; empty for one that stands alone.
    pub series: String,
    /// When people were asked: `2023`, `2026-05`; empty where nobody said.
    pub period: String,
    /// From 1: a corrected file is a new version of the same data set.
    pub version: i64,
    /// What the file was: `csv`, `xlsx`, `spss`, `stata`, `parquet`; `round` for a round of the site.
    pub kind: String,
    /// SHA-256 of the interviews as they are kept.
    pub hash: String,
    /// The closed round that it was taken from.
    pub round: String,
    /// TOML: what is offered to whoever describes the sample.
    pub offered: String,
    /// What was guessed or left out on the way in, a line each.
    pub notes: String,
    /// How many interviews it holds; 0 where that was never counted.
    pub interview_count: i64,
}

const OF_DATA: &str = "SELECT id, title, about, synthetic, codebook, design, made_at, made_by, series, period, version, kind, hash, round, offered, notes, interview_count FROM statistics_data";

pub async fn data_sets(pool: &AnyPool) -> sqlx::Result<Vec<DataSet>> {
    let sql =
        sqlx::AssertSqlSafe(format!("{OF_DATA} WHERE removed_at IS NULL ORDER BY made_at, id"));
    sqlx::query(sql).fetch_all(pool).await?.iter().map(data_set).collect()
}

/// The rounds of one survey, the oldest first.
pub async fn rounds_of(pool: &AnyPool, series: &str) -> sqlx::Result<Vec<DataSet>> {
    let sql = sqlx::AssertSqlSafe(format!(
        "{OF_DATA} WHERE series = $1 AND series <> '' AND removed_at IS NULL ORDER BY period, made_at, id"
    ));
    sqlx::query(sql).bind(series).fetch_all(pool).await?.iter().map(data_set).collect()
}

/// The data set that holds the same interviews, if one does, as this change sees it.
pub async fn data_set_of_hash(
    change: &mut Transaction,
    hash: &str,
) -> sqlx::Result<Option<DataSet>> {
    let sql = sqlx::AssertSqlSafe(format!(
        "{OF_DATA} WHERE hash = $1 AND removed_at IS NULL ORDER BY made_at, id LIMIT 1"
    ));
    let found = sqlx::query(sql).bind(hash).fetch_optional(&mut **change).await?;
    found.as_ref().map(data_set).transpose()
}

/// The data set that was taken from a round, if one was.
pub async fn data_set_of_round(pool: &AnyPool, round: &str) -> sqlx::Result<Option<DataSet>> {
    let sql = sqlx::AssertSqlSafe(format!(
        "{OF_DATA} WHERE round = $1 AND round <> '' AND removed_at IS NULL ORDER BY made_at, id LIMIT 1"
    ));
    sqlx::query(sql).bind(round).fetch_optional(pool).await?.as_ref().map(data_set).transpose()
}

/// Whether there ever was a data set of this id, deleted or not.
pub async fn was_data_set(pool: &AnyPool, id: &str) -> sqlx::Result<bool> {
    let found = sqlx::query("SELECT id FROM statistics_data WHERE id = $1");
    Ok(found.bind(id).fetch_optional(pool).await?.is_some())
}

pub async fn data_set_with(pool: &AnyPool, id: &str) -> sqlx::Result<Option<DataSet>> {
    let sql = sqlx::AssertSqlSafe(format!("{OF_DATA} WHERE id = $1 AND removed_at IS NULL"));
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
        "INSERT INTO statistics_data (id, title, about, synthetic, interviews, codebook, design, made_at, made_by, series, period, version, kind, hash, round, offered, interview_count, notes)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)",
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
    .bind(&data.series)
    .bind(&data.period)
    .bind(data.version)
    .bind(&data.kind)
    .bind(&data.hash)
    .bind(&data.round)
    .bind(&data.offered)
    .bind(data.interview_count)
    .bind(&data.notes)
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

pub async fn set_codebook(change: &mut Transaction, id: &str, codebook: &str) -> sqlx::Result<()> {
    sqlx::query("UPDATE statistics_data SET codebook = $2 WHERE id = $1")
        .bind(id)
        .bind(codebook)
        .execute(&mut **change)
        .await?;
    Ok(())
}

/// What a data set is called, and of which survey it is a round.
pub async fn set_about(change: &mut Transaction, data: &DataSet) -> sqlx::Result<()> {
    let sql =
        "UPDATE statistics_data SET title = $2, about = $3, series = $4, period = $5 WHERE id = $1";
    sqlx::query(sql)
        .bind(&data.id)
        .bind(&data.title)
        .bind(&data.about)
        .bind(&data.series)
        .bind(&data.period)
        .execute(&mut **change)
        .await?;
    Ok(())
}

/// A version that another has taken the place of.
#[derive(Clone, Debug)]
pub struct Version {
    pub version: i64,
    pub replaced_because: String,
    pub replaced_at: i64,
}

/// Earlier versions of a data set, the newest first.
pub async fn versions_of(pool: &AnyPool, data: &str) -> sqlx::Result<Vec<Version>> {
    let sql = "SELECT version, replaced_because, replaced_at FROM statistics_data_versions WHERE data = $1 ORDER BY version DESC";
    let rows = sqlx::query(sql).bind(data).fetch_all(pool).await?;
    let version = |row: &AnyRow| {
        Ok(Version {
            version: row.try_get("version")?,
            replaced_because: row.try_get("replaced_because")?,
            replaced_at: row.try_get("replaced_at")?,
        })
    };
    rows.iter().map(version).collect()
}

/// A data set as it was in an earlier version, with its interviews.
pub async fn version_with(
    pool: &AnyPool,
    set: &DataSet,
    version: i64,
) -> sqlx::Result<Option<(DataSet, String)>> {
    let sql = "SELECT interviews, codebook, design, kind, hash FROM statistics_data_versions WHERE data = $1 AND version = $2";
    let row = sqlx::query(sql).bind(&set.id).bind(version).fetch_optional(pool).await?;
    row.map(|row| {
        let was = DataSet {
            version,
            codebook: row.try_get("codebook")?,
            design: row.try_get("design")?,
            kind: row.try_get("kind")?,
            hash: row.try_get("hash")?,
            ..set.clone()
        };
        Ok((was, row.try_get("interviews")?))
    })
    .transpose()
}

/// Puts a new version in the place of the present one, which is kept; false where another came first.
pub async fn replace(
    change: &mut Transaction,
    data: &DataSet,
    interviews: &str,
    because: &str,
    by: &str,
    now: i64,
) -> sqlx::Result<bool> {
    let kept = sqlx::query(
        "INSERT INTO statistics_data_versions (data, version, interviews, codebook, design, kind, hash, replaced_because, replaced_at, replaced_by)
         SELECT id, version, interviews, codebook, design, kind, hash, $3, $4, $5 FROM statistics_data
         WHERE id = $1 AND version = $2 AND removed_at IS NULL",
    )
    .bind(&data.id)
    .bind(data.version - 1)
    .bind(because)
    .bind(now)
    .bind(by)
    .execute(&mut **change)
    .await?;
    if kept.rows_affected() != 1 {
        return Ok(false);
    }
    sqlx::query(
        "UPDATE statistics_data SET interviews = $2, codebook = $3, design = $4, kind = $5, hash = $6, version = $7, offered = $8, interview_count = $9, notes = $10 WHERE id = $1",
    )
    .bind(&data.id)
    .bind(interviews)
    .bind(&data.codebook)
    .bind(&data.design)
    .bind(&data.kind)
    .bind(&data.hash)
    .bind(data.version)
    .bind(&data.offered)
    .bind(data.interview_count)
    .bind(&data.notes)
    .execute(&mut **change)
    .await?;
    Ok(true)
}

/// Deletes the interviews, their codebook and every earlier version. The line stays, since published tables name it.
pub async fn remove(change: &mut Transaction, id: &str, now: i64) -> sqlx::Result<bool> {
    for sql in [
        "DELETE FROM statistics_data_versions WHERE data = $1",
        "DELETE FROM statistics_shares WHERE data = $1",
    ] {
        sqlx::query(sql).bind(id).execute(&mut **change).await?;
    }
    let done = sqlx::query(
        "UPDATE statistics_data SET interviews = '', codebook = '', hash = '', removed_at = $2 WHERE id = $1 AND removed_at IS NULL",
    )
    .bind(id)
    .bind(now)
    .execute(&mut **change)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// SHA-256 of interviews as they are kept.
pub fn hash_of(interviews: &str) -> String {
    let hash = sha2::Sha256::digest(interviews.as_bytes());
    hash.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
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
        series: row.try_get("series")?,
        period: row.try_get("period")?,
        version: row.try_get("version")?,
        kind: row.try_get("kind")?,
        hash: row.try_get("hash")?,
        round: row.try_get("round")?,
        offered: row.try_get("offered")?,
        notes: row.try_get("notes")?,
        interview_count: row.try_get("interview_count")?,
    })
}
