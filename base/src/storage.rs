//! Where records are kept: SQLite in one file, or PostgreSQL, spoken to in one SQL text.
//!
//! The words that both databases share: `$1`, BIGINT, DOUBLE PRECISION, TEXT, `ON CONFLICT`,
//! `RETURNING`; a flag is a BIGINT 0 or 1, a time is UTC seconds. A BOOLEAN column fails on SQLite.

use std::time::Duration;

pub use sqlx::Error;
use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::{Any, AnyPool, Transaction};

/// One step of a part's tables. Steps are never edited once released; a new one is added.
pub struct Migration {
    pub name: &'static str,
    pub sql: &'static str,
}

/// Base's own tables.
pub const MIGRATIONS: &[Migration] =
    &[Migration { name: "0001_changes", sql: include_str!("../migrations/0001_changes.sql") }];

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// The open database. Clones share one pool.
#[derive(Clone)]
pub struct Storage {
    pub pool: AnyPool,
    pub engine: Engine,
    /// The address as it may be shown: without a password.
    pub shown: String,
}

/// Why the database cannot be used, in words for the operator.
#[derive(Debug, thiserror::Error)]
#[error("the database {shown}: {what}")]
pub struct StorageError {
    pub shown: String,
    pub what: String,
    #[source]
    pub source: Option<sqlx::Error>,
}

impl Storage {
    /// Opens `url` (`sqlite:PATH`, made where there is none, or `postgres://…`) and checks that it
    /// answers and can be written.
    pub async fn open(url: &str) -> Result<Storage, StorageError> {
        sqlx::any::install_default_drivers();
        let shown = without_password(url);
        let fail =
            |what: &str| StorageError { shown: shown.clone(), what: what.into(), source: None };
        let (engine, address) = if let Some(path) = url.strip_prefix("sqlite:") {
            let path = path.trim_start_matches("//");
            (
                Engine::Sqlite,
                if path.contains('?') {
                    format!("sqlite://{path}")
                } else {
                    format!("sqlite://{path}?mode=rwc")
                },
            )
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            (Engine::Postgres, url.to_owned())
        } else {
            return Err(fail(
                "is neither sqlite:PATH nor postgres://…; set DATABASE_URL to one of them",
            ));
        };
        let options: AnyConnectOptions = address.parse().map_err(|error| explain(&shown, error))?;
        let pool = AnyPoolOptions::new()
            .max_connections(8)
            .acquire_timeout(Duration::from_secs(10))
            .after_connect(move |connection, _| {
                Box::pin(async move {
                    if engine == Engine::Sqlite {
                        // WAL lets pages be read while an import writes; FULL makes a commit that
                        // was acknowledged survive a power cut.
                        sqlx::raw_sql("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 10000; PRAGMA foreign_keys = ON; PRAGMA cache_size = -4000;")
                            .execute(connection)
                            .await?;
                    }
                    Ok(())
                })
            })
            .connect_with(options)
            .await
            .map_err(|error| explain(&shown, error))?;
        Ok(Storage { pool, engine, shown })
    }

    /// Brings the tables of `part` up to date, each step whole or not at all. Fails where a step
    /// that was taken before now reads otherwise.
    pub async fn migrate(&self, part: &str, steps: &[Migration]) -> Result<(), StorageError> {
        self.take_steps(part, steps).await.map_err(|error| match error {
            Step::Database(error) => explain(&self.shown, error),
            Step::Changed(name) => StorageError {
                shown: self.shown.clone(),
                what: format!("step {part}/{name} was taken in another wording; this database belongs to another version of the program"),
                source: None,
            },
        })
    }

    async fn take_steps(&self, part: &str, steps: &[Migration]) -> Result<(), Step> {
        sqlx::raw_sql("CREATE TABLE IF NOT EXISTS migrations (part TEXT NOT NULL, name TEXT NOT NULL, sql TEXT NOT NULL, PRIMARY KEY (part, name))")
            .execute(&self.pool)
            .await?;
        for step in steps {
            let mut change = self.change().await?;
            let taken: Option<String> =
                sqlx::query_scalar("SELECT sql FROM migrations WHERE part = $1 AND name = $2")
                    .bind(part)
                    .bind(step.name)
                    .fetch_optional(&mut *change)
                    .await?;
            match taken {
                Some(sql) if sql == step.sql => continue,
                Some(_) => return Err(Step::Changed(step.name)),
                None => {}
            }
            sqlx::raw_sql(step.sql).execute(&mut *change).await?;
            sqlx::query("INSERT INTO migrations (part, name, sql) VALUES ($1, $2, $3)")
                .bind(part)
                .bind(step.name)
                .bind(step.sql)
                .execute(&mut *change)
                .await?;
            change.commit().await?;
        }
        Ok(())
    }

    /// Begins a change: all of it is kept at `commit`, or nothing. On SQLite the write lock is
    /// taken at once, so that two writers queue instead of failing half-way.
    pub async fn change(&self) -> sqlx::Result<Transaction<'static, Any>> {
        match self.engine {
            Engine::Sqlite => self.pool.begin_with("BEGIN IMMEDIATE").await,
            Engine::Postgres => self.pool.begin().await,
        }
    }

    /// `true` where the database answers.
    pub async fn answers(&self) -> bool {
        sqlx::query("SELECT 1").execute(&self.pool).await.is_ok()
    }

    /// The words for an error that this database gave.
    pub fn explain(&self, error: sqlx::Error) -> StorageError {
        explain(&self.shown, error)
    }
}

enum Step {
    Database(sqlx::Error),
    Changed(&'static str),
}

impl From<sqlx::Error> for Step {
    fn from(error: sqlx::Error) -> Step {
        Step::Database(error)
    }
}

fn without_password(url: &str) -> String {
    match (url.find("://"), url.rfind('@')) {
        (Some(start), Some(end)) if start + 3 < end => {
            let user = url[start + 3..end].split(':').next().unwrap_or("");
            format!("{}{user}{}", &url[..start + 3], &url[end..])
        }
        _ => url.to_owned(),
    }
}

/// What went wrong and what to do, by the words that the databases use for it.
fn explain(shown: &str, error: sqlx::Error) -> StorageError {
    let text = error.to_string();
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let what = if has(&["not a database", "malformed", "code: 11", "code: 26"]) {
        "is damaged or is not a Throughcare database. Nothing was changed. Put a backup in its place, or name another file in DATABASE_URL"
    } else if has(&["readonly", "read-only", "code: 8)"]) {
        "can be read but not written. Check the rights of the file and of its folder (the folder too: SQLite writes beside the file)"
    } else if has(&["disk is full", "No space left", "code: 13)"]) {
        "cannot grow: the disk is full. Nothing of this change was kept; make room and try again"
    } else if has(&["unable to open", "code: 14)"]) {
        "cannot be opened. Check that its folder exists and may be written"
    } else if has(&["database is locked", "code: 5)"]) {
        "is held by another program for longer than 10 seconds. Let that one finish and try again"
    } else if has(&["password authentication", "role ", "no pg_hba"]) {
        "refuses this user or password. Check DATABASE_URL"
    } else if matches!(error, sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut) {
        "does not answer. Check that it runs and that DATABASE_URL names its address"
    } else {
        return StorageError { shown: shown.into(), what: text, source: Some(error) };
    };
    StorageError {
        shown: shown.into(),
        what: format!("{what} (it said: {text})"),
        source: Some(error),
    }
}

#[cfg(test)]
mod tests {
    use super::without_password;

    #[test]
    fn a_password_is_never_shown() {
        assert_eq!(without_password("postgres://anna:s3cr:et@db/x"), "postgres://anna@db/x");
        assert_eq!(without_password("sqlite:throughcare.db"), "sqlite:throughcare.db");
    }
}
