//! Where records are kept: SQLite in one file, or PostgreSQL, spoken to in one SQL text.
//!
//! The words that both databases share: `$1`, BIGINT, DOUBLE PRECISION, TEXT, `ON CONFLICT`,
//! `RETURNING`; a flag is a BIGINT 0 or 1, a time is UTC seconds. A BOOLEAN column fails on SQLite.

use std::time::Duration;

pub use sqlx::Error;
use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::{Any, AnyConnection, AnyPool, ConnectOptions, Connection};

/// A change under way: kept as a whole, or not at all.
pub type Transaction = sqlx::Transaction<'static, Any>;

/// One step of a part's tables. Steps are never edited once released; a new one is added.
pub struct Migration {
    pub name: &'static str,
    pub sql: &'static str,
}

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
#[error("the database {shown} {what}")]
pub struct StorageError {
    pub shown: String,
    pub what: String,
}

/// Whether a connection may serve again. When the disk is full, SQLite ends a transaction of its own accord;
/// the driver still counts it, and every later change on this connection would be refused.
async fn is_at_rest(connection: &mut AnyConnection) -> sqlx::Result<bool> {
    if connection.is_in_transaction() {
        // What was sent before, such as a rollback, has been done when this answers.
        connection.ping().await?;
    }
    Ok(!connection.is_in_transaction())
}

impl Storage {
    /// Opens `url` (`sqlite:PATH`, made where there is none, or `postgres://…`) and checks that it
    /// answers. A server that starts at the same moment is given ten seconds.
    pub async fn open(url: &str) -> Result<Storage, StorageError> {
        sqlx::any::install_default_drivers();
        let shown = without_password(url);
        let fail = |what: &str| StorageError { shown: shown.clone(), what: what.into() };
        let (engine, address) = if let Some(path) = url.strip_prefix("sqlite:") {
            let (path, options) = path.split_once('?').unwrap_or((path, "mode=rwc"));
            let path = path.strip_prefix("//").unwrap_or(path);
            (Engine::Sqlite, format!("sqlite:{}?{options}", as_url(path)))
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            (Engine::Postgres, url.to_owned())
        } else {
            return Err(fail(
                "is neither sqlite:PATH nor postgres://…; set DATABASE_URL (or --database) to one of them",
            ));
        };
        let options: AnyConnectOptions = address.parse().map_err(|error| explain(&shown, error))?;
        if engine == Engine::Sqlite {
            // The pool would try a damaged file again for ten seconds, and log each time.
            prove(&options).await.map_err(|error| explain(&shown, error))?;
        }
        let pool = AnyPoolOptions::new()
            .max_connections(8)
            .acquire_timeout(Duration::from_secs(10))
            .after_connect(move |connection, _| {
                Box::pin(async move {
                    if engine == Engine::Sqlite {
                        sqlx::raw_sql(SQLITE_SETTINGS).execute(connection).await?;
                    }
                    Ok(())
                })
            })
            .after_release(|connection, _| Box::pin(is_at_rest(connection)))
            .connect_with(options)
            .await
            .map_err(|error| explain(&shown, error))?;
        Ok(Storage { pool, engine, shown })
    }

    /// Brings the tables of `part` up to date, all steps or none. Fails where a step that was taken
    /// before now reads otherwise or is unknown: another version of the program was here.
    pub async fn migrate(&self, part: &str, steps: &[Migration]) -> Result<(), StorageError> {
        let fail = |what: String| StorageError { shown: self.shown.clone(), what };
        let taken = self.taken_steps(part).await.map_err(|error| self.explain(error))?;
        for (name, sql) in &taken {
            match steps.iter().find(|step| step.name == name) {
                Some(step) if step.sql == sql => {}
                Some(_) => {
                    return Err(fail(format!(
                        "belongs to another version of the program: it took step {part}/{name} in another wording. Use that version, or name another file in DATABASE_URL"
                    )));
                }
                None => {
                    return Err(fail(format!(
                        "belongs to a newer version of the program: it has step {part}/{name}. Update the program; nothing was changed"
                    )));
                }
            }
        }
        let new: Vec<&Migration> =
            steps.iter().filter(|step| taken.iter().all(|(name, _)| name != step.name)).collect();
        if new.is_empty() {
            return Ok(());
        }
        self.take_steps(part, &new).await.map_err(|error| {
            let text = error.to_string();
            let foreign = [" already exists", "no such column", "has no column", "does not exist"];
            match foreign.iter().any(|words| text.contains(words)) {
                true => fail(format!("holds tables of another program; nothing was changed. Name another file or database in DATABASE_URL (it said: {text})")),
                false => self.explain(error),
            }
        })
    }

    /// Name and wording of the steps taken before; none in a new database. Only reads, so that a
    /// program that just looks things up needs no lock.
    async fn taken_steps(&self, part: &str) -> sqlx::Result<Vec<(String, String)>> {
        let sql = "SELECT name, sql FROM migrations WHERE part = $1 ORDER BY name";
        match sqlx::query_as(sql).bind(part).fetch_all(&self.pool).await {
            Err(Error::Database(error))
                if ["no such table", "no such column", "does not exist"]
                    .iter()
                    .any(|words| error.message().contains(words)) =>
            {
                Ok(Vec::new())
            }
            other => other,
        }
    }

    async fn take_steps(&self, part: &str, steps: &[&Migration]) -> sqlx::Result<()> {
        let mut change = self.change().await?;
        sqlx::raw_sql(MIGRATIONS_TABLE).execute(&mut *change).await?;
        for step in steps {
            // Another process that started at the same moment may have taken it while we waited.
            let marked = sqlx::query("INSERT INTO migrations (part, name, sql) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING")
                .bind(part)
                .bind(step.name)
                .bind(step.sql)
                .execute(&mut *change)
                .await?;
            if marked.rows_affected() == 1 {
                sqlx::raw_sql(step.sql).execute(&mut *change).await?;
            }
        }
        change.commit().await
    }

    /// Begins a change: all of it is kept at `commit`, or nothing. On SQLite the write lock is
    /// taken at once, so that two writers queue instead of failing half-way.
    pub async fn change(&self) -> sqlx::Result<Transaction> {
        match self.engine {
            Engine::Sqlite => self.pool.begin_with("BEGIN IMMEDIATE").await,
            Engine::Postgres => self.pool.begin().await,
        }
    }

    /// `true` where the database answers.
    pub async fn answers(&self) -> bool {
        sqlx::query("SELECT 1").execute(&self.pool).await.is_ok()
    }

    /// What the database itself finds wrong with its pages and references. PostgreSQL watches over
    /// both all the time and has no such question.
    pub async fn faults(&self) -> sqlx::Result<Vec<String>> {
        if self.engine == Engine::Postgres {
            return Ok(Vec::new());
        }
        let pages: Vec<String> =
            sqlx::query_scalar("PRAGMA integrity_check").fetch_all(&self.pool).await?;
        let lost = "SELECT \"table\" || ' refers to a row of ' || parent || ' that is not there' FROM pragma_foreign_key_check";
        let lost: Vec<String> = sqlx::query_scalar(lost).fetch_all(&self.pool).await?;
        Ok(pages.into_iter().filter(|found| found != "ok").chain(lost).collect())
    }

    /// The words for an error that this database gave.
    pub fn explain(&self, error: sqlx::Error) -> StorageError {
        explain(&self.shown, error)
    }
}

/// What was taken of the steps of each part.
pub(crate) const MIGRATIONS_TABLE: &str = "CREATE TABLE IF NOT EXISTS migrations (part TEXT NOT NULL, name TEXT NOT NULL, sql TEXT NOT NULL, PRIMARY KEY (part, name))";

/// WAL lets pages be read while an import writes; FULL makes a commit that was acknowledged
/// survive a power cut.
const SQLITE_SETTINGS: &str = "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA cache_size = -4000;";

async fn prove(options: &AnyConnectOptions) -> sqlx::Result<()> {
    let mut connection = options.connect().await?;
    sqlx::raw_sql(SQLITE_SETTINGS).execute(&mut connection).await?;
    connection.close().await
}

/// A path as part of an address: folders have spaces and letters of every script.
fn as_url(path: &str) -> String {
    path.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b'~' | b':' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

fn without_password(url: &str) -> String {
    // PostgreSQL also takes it among the options.
    let url = match url.split_once("password=") {
        Some((before, after)) => {
            let rest = after.find('&').map_or("", |end| &after[end..]);
            format!("{before}password=…{rest}")
        }
        None => url.to_owned(),
    };
    match (url.find("://"), url.rfind('@')) {
        (Some(start), Some(end)) if start + 3 < end => {
            let user = url[start + 3..end].split(':').next().unwrap_or("");
            format!("{}{user}{}", &url[..start + 3], &url[end..])
        }
        _ => url,
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
    } else if has(&["disk I/O error"]) {
        "cannot be read or written: the disk fails, or this user may use no more of it. Nothing of this change was kept; look at the disk and try again"
    } else if has(&["unable to open", "code: 14)"]) {
        "cannot be opened. Check that its folder exists, and the rights of the file and of its folder"
    } else if has(&["database is locked", "code: 5)"]) {
        "is held by another program for longer than 10 seconds. Let that one finish and try again"
    } else if has(&["password authentication", "role ", "no pg_hba"]) {
        "refuses this user or password. Check DATABASE_URL"
    } else if matches!(error, sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut) {
        "does not answer. Check that it runs and that DATABASE_URL names its address"
    } else {
        return StorageError { shown: shown.into(), what: format!("cannot be used: {text}") };
    };
    StorageError { shown: shown.into(), what: format!("{what} (it said: {text})") }
}

#[cfg(test)]
mod tests {
    use super::without_password;

    #[test]
    fn a_password_is_never_shown() {
        assert_eq!(without_password("postgres://anna:s3cr:et@db/x"), "postgres://anna@db/x");
        assert_eq!(
            without_password("postgres://db/x?user=anna&password=s3cr:et&sslmode=require"),
            "postgres://db/x?user=anna&password=…&sslmode=require"
        );
        assert_eq!(without_password("sqlite:throughcare.db"), "sqlite:throughcare.db");
    }
}
