//! The queue of long work: asked once, done once, resumed where it was left, whatever happens to the
//! process that does it. Any number of processes may take from it.
//!
//! A job is held by a lease: a random word and a moment until which its holder need not show a sign
//! of life. Every write of a holder names that word, so that one who lost the lease changes nothing.
//! `base::work` runs what is taken here.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use sqlx::any::AnyRow;
use sqlx::{AnyPool, Row};

use crate::audit::{self, Act, By};
use crate::chance::in_hex;
use crate::storage::{Storage, Transaction};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    Waiting,
    Running,
    Done,
    Failed,
    Cancelled,
}

impl State {
    const ALL: [(State, &'static str); 5] = [
        (State::Waiting, "waiting"),
        (State::Running, "running"),
        (State::Done, "done"),
        (State::Failed, "failed"),
        (State::Cancelled, "cancelled"),
    ];

    /// As it is stored, and as programs read it.
    pub fn word(self) -> &'static str {
        State::ALL.iter().find(|(state, _)| *state == self).map_or("failed", |(_, word)| word)
    }

    /// Whether nothing more will happen by itself.
    pub fn is_over(self) -> bool {
        !matches!(self, State::Waiting | State::Running)
    }
}

/// A job as it stands.
#[derive(Clone, Debug)]
pub struct Job {
    pub id: String,
    pub kind: String,
    pub input: Value,
    /// Who asked first; `None` for somebody without an account.
    pub asked_by: Option<String>,
    pub asked_at: i64,
    pub state: State,
    /// Tries since the last checkpoint.
    pub tries: i64,
    pub tries_most: i64,
    pub started_at: Option<i64>,
    pub ended_at: Option<i64>,
    /// `done` of `total` units of its own; a total of 0 says that nobody knows yet.
    pub done: i64,
    pub total: i64,
    /// A message that says what is being done.
    pub saying: Option<String>,
    /// Someone asked it to stop and it has not yet.
    pub cancelling: bool,
    /// Why the last try failed.
    pub error: Option<String>,
}

/// What is asked.
pub struct Question<'a> {
    pub kind: &'a str,
    /// Changes when the same input would give another result.
    pub version: u32,
    pub input: &'a Value,
    pub asked_by: Option<&'a str>,
    /// How often it may be tried without getting any further.
    pub tries_most: u32,
}

#[derive(Debug, thiserror::Error)]
pub enum NotAsked {
    #[error("{waiting} jobs are waiting already, and no more than that may")]
    Full { waiting: u32 },
    #[error(transparent)]
    Storage(#[from] sqlx::Error),
}

/// A taken job: what its holder needs.
pub struct Held {
    pub job: Job,
    /// The word of this lease.
    pub lease: String,
    /// What an earlier try had finished.
    pub checkpoint: Option<Vec<u8>>,
}

/// The id of a question: the same for the same kind, version and input, whatever the order in which
/// the input's names were written.
pub fn id_of(kind: &str, version: u32, input: &Value) -> String {
    let mut text = format!("{kind}\n{version}\n");
    write_sorted(input, &mut text);
    in_hex(&Sha256::digest(text.as_bytes())[..16])
}

fn write_sorted(value: &Value, text: &mut String) {
    match value {
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields.iter().collect();
            fields.sort_by_key(|(name, _)| *name);
            text.push('{');
            for (name, value) in fields {
                text.push_str(&Value::String(name.clone()).to_string());
                text.push(':');
                write_sorted(value, text);
                text.push(',');
            }
            text.push('}');
        }
        Value::Array(values) => {
            text.push('[');
            for value in values {
                write_sorted(value, text);
                text.push(',');
            }
            text.push(']');
        }
        plain => text.push_str(&plain.to_string()),
    }
}

/// Asks a question and gives the id of its job. The same question is one job: it joins the one that
/// waits, runs or is done; one that was cancelled waits again; one that failed stays failed until
/// somebody says [`again`]. Fails where `waiting_most` jobs wait already.
pub async fn ask(
    storage: &Storage,
    question: &Question<'_>,
    waiting_most: u32,
    now: i64,
) -> Result<String, NotAsked> {
    let id = id_of(question.kind, question.version, question.input);
    let mut change = storage.change().await?;
    let added = sqlx::query(
        "INSERT INTO jobs (id, kind, input, asked_by, asked_at, state, ready_at, tries, tries_most,
             worker, lease_until, done, total, saying, cancelling, error)
         SELECT $1, $2, $3, $4, $5, 'waiting', $5, 0, $6, '', 0, 0, 0, '', 0, ''
         WHERE (SELECT COUNT(*) FROM jobs WHERE state = 'waiting') < $7
            OR EXISTS (SELECT 1 FROM jobs WHERE id = $1)
         ON CONFLICT (id) DO NOTHING",
    )
    .bind(&id)
    .bind(question.kind)
    .bind(question.input.to_string())
    .bind(question.asked_by.unwrap_or(""))
    .bind(now)
    .bind(i64::from(question.tries_most))
    .bind(i64::from(waiting_most))
    .execute(&mut *change)
    .await?;
    let by = match question.asked_by {
        Some(who) => By::new(who, "person"),
        None => By::nobody(),
    };
    if added.rows_affected() == 1 {
        told(&mut change, &by, "job.asked", &id, json!({ "kind": question.kind }), now).await?;
        change.commit().await?;
        return Ok(id);
    }
    change.rollback().await?;
    match find(&storage.pool, &id).await? {
        None => return Err(NotAsked::Full { waiting: waiting_most }),
        Some(job) if job.state == State::Cancelled => again(storage, &id, &by, now).await?,
        Some(_) => false,
    };
    Ok(id)
}

/// An entry about a job in the audit chain.
async fn told(
    change: &mut Transaction,
    by: &By,
    act: &str,
    id: &str,
    detail: Value,
    now: i64,
) -> sqlx::Result<()> {
    audit::write(change, by, Act { act, kind: "job", record: id, detail }, now).await?;
    Ok(())
}

/// Lets a failed or cancelled job wait once more, with its checkpoint and all its tries. `false`
/// where it is neither.
pub async fn again(storage: &Storage, id: &str, by: &By, now: i64) -> sqlx::Result<bool> {
    let mut change = storage.change().await?;
    let changed = sqlx::query(
        "UPDATE jobs SET state = 'waiting', ready_at = $1, tries = 0, cancelling = 0, error = '', ended_at = NULL
         WHERE id = $2 AND state IN ('failed', 'cancelled')",
    )
    .bind(now)
    .bind(id)
    .execute(&mut *change)
    .await?;
    if changed.rows_affected() == 0 {
        return Ok(false);
    }
    told(&mut change, by, "job.asked-again", id, json!({}), now).await?;
    change.commit().await?;
    Ok(true)
}

/// Cancels: a waiting job at once, a running one as soon as it looks up. `false` where it is over.
pub async fn cancel(storage: &Storage, id: &str, by: &By, now: i64) -> sqlx::Result<bool> {
    let mut change = storage.change().await?;
    let changed = sqlx::query(
        "UPDATE jobs SET cancelling = 1,
             ended_at = CASE WHEN state = 'waiting' THEN $1 ELSE ended_at END,
             state = CASE WHEN state = 'waiting' THEN 'cancelled' ELSE state END
         WHERE id = $2 AND state IN ('waiting', 'running')",
    )
    .bind(now)
    .bind(id)
    .execute(&mut *change)
    .await?;
    if changed.rows_affected() == 0 {
        return Ok(false);
    }
    told(&mut change, by, "job.cancelled", id, json!({}), now).await?;
    change.commit().await?;
    Ok(true)
}

pub async fn find(pool: &AnyPool, id: &str) -> sqlx::Result<Option<Job>> {
    let sql = sqlx::AssertSqlSafe(format!("SELECT {COLUMNS} FROM jobs WHERE id = $1"));
    let row = sqlx::query(sql).bind(id).fetch_optional(pool).await?;
    row.as_ref().map(read).transpose()
}

/// What a job that is done found.
pub async fn result(pool: &AnyPool, id: &str) -> sqlx::Result<Option<Value>> {
    let sql = "SELECT result FROM job_results WHERE job = $1";
    let text: Option<String> = sqlx::query_scalar(sql).bind(id).fetch_optional(pool).await?;
    text.map(|text| serde_json::from_str(&text).map_err(|error| sqlx::Error::Decode(error.into())))
        .transpose()
}

/// How many jobs would be taken before this one; `None` where it does not wait.
pub async fn before(pool: &AnyPool, job: &Job) -> sqlx::Result<Option<i64>> {
    if job.state != State::Waiting {
        return Ok(None);
    }
    let sql = "SELECT COUNT(*) FROM jobs WHERE state = 'waiting' AND (asked_at < $1 OR (asked_at = $1 AND id < $2))";
    sqlx::query_scalar(sql).bind(job.asked_at).bind(&job.id).fetch_one(pool).await.map(Some)
}

/// The newest jobs, newest first, for those who run the site.
pub async fn recent(pool: &AnyPool, limit: i64) -> sqlx::Result<Vec<Job>> {
    let sql = sqlx::AssertSqlSafe(format!(
        "SELECT {COLUMNS} FROM jobs ORDER BY asked_at DESC, id LIMIT $1"
    ));
    sqlx::query(sql).bind(limit).fetch_all(pool).await?.iter().map(read).collect()
}

/// A lease that ran out, or that reaches further than any can: then the clock was set back.
/// `$1` is now, `$2` the seconds of a lease.
const LAPSED: &str = "(lease_until < $1 OR lease_until > $1 + 2 * $2)";

/// Takes the oldest job that is ready, or one whose holder gave no sign of life, and no one else
/// has it until the lease ends. `None` where there is nothing to do.
pub async fn take(
    storage: &Storage,
    kinds: &[&str],
    lease_seconds: i64,
    now: i64,
) -> anyhow::Result<Option<Held>> {
    give_up_lapsed(storage, lease_seconds, now).await?;
    loop {
        let Some(id) = next(&storage.pool, kinds, lease_seconds, now).await? else {
            return Ok(None);
        };
        // Another process may have seen the same row; the conditions stand again in the UPDATE, and
        // only one of the two finds them true.
        let lease = crate::chance::hex(8)?;
        let sql = sqlx::AssertSqlSafe(format!(
            "UPDATE jobs SET state = 'running', worker = $3, lease_until = $1 + $2, tries = tries + 1,
                 started_at = COALESCE(started_at, $1)
             WHERE id = $4 AND ((state = 'waiting' AND ready_at <= $1) OR (state = 'running' AND {LAPSED}))
             RETURNING {COLUMNS}"
        ));
        let row = sqlx::query(sql)
            .bind(now)
            .bind(lease_seconds)
            .bind(&lease)
            .bind(&id)
            .fetch_optional(&storage.pool)
            .await?;
        if let Some(row) = row {
            let sql = "SELECT bytes FROM job_checkpoints WHERE job = $1";
            let checkpoint =
                sqlx::query_scalar(sql).bind(&id).fetch_optional(&storage.pool).await?;
            return Ok(Some(Held { job: read(&row)?, lease, checkpoint }));
        }
    }
}

/// The id of the oldest job that could be taken.
async fn next(
    pool: &AnyPool,
    kinds: &[&str],
    lease_seconds: i64,
    now: i64,
) -> sqlx::Result<Option<String>> {
    // A process takes what it knows how to do; a kind that a newer program added waits for that one.
    let places: Vec<String> = (0..kinds.len()).map(|at| format!("${}", at + 3)).collect();
    let sql = sqlx::AssertSqlSafe(format!(
        "SELECT id FROM jobs
         WHERE ((state = 'waiting' AND ready_at <= $1) OR (state = 'running' AND {LAPSED}))
           AND kind IN ({})
         ORDER BY asked_at, id LIMIT 1",
        places.join(", ")
    ));
    let mut query = sqlx::query_scalar(sql).bind(now).bind(lease_seconds);
    for kind in kinds {
        query = query.bind(*kind);
    }
    query.fetch_optional(pool).await
}

/// Ends jobs whose holder is gone and that were cancelled or tried often enough.
async fn give_up_lapsed(storage: &Storage, lease_seconds: i64, now: i64) -> sqlx::Result<()> {
    const GIVEN_UP: &str =
        "the program ended each time while it was doing this; look at its log and its memory";
    let lapsed =
        format!("state = 'running' AND {LAPSED} AND (cancelling = 1 OR tries >= tries_most)");
    // Looked for first, and without a lock: nearly always there is none.
    let sql = sqlx::AssertSqlSafe(format!("SELECT id FROM jobs WHERE {lapsed}"));
    let ids: Vec<String> =
        sqlx::query_scalar(sql).bind(now).bind(lease_seconds).fetch_all(&storage.pool).await?;
    for id in ids {
        let mut change = storage.change().await?;
        let sql = sqlx::AssertSqlSafe(format!(
            "UPDATE jobs SET ended_at = $1,
                 state = CASE WHEN cancelling = 1 THEN 'cancelled' ELSE 'failed' END,
                 error = CASE WHEN cancelling = 1 THEN error ELSE $3 END
             WHERE id = $4 AND {lapsed} RETURNING state"
        ));
        let state: Option<String> = sqlx::query_scalar(sql)
            .bind(now)
            .bind(lease_seconds)
            .bind(GIVEN_UP)
            .bind(&id)
            .fetch_optional(&mut *change)
            .await?;
        if state.as_deref() == Some("failed") {
            told(&mut change, &By::program(), "job.failed", &id, json!({}), now).await?;
        }
        change.commit().await?;
    }
    Ok(())
}

/// How far a holder has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    pub done: i64,
    pub total: i64,
    pub saying: &'static str,
}

/// What the queue answers to a sign of life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    GoOn,
    Cancelled,
    /// The lease is another's by now.
    Lost,
}

/// A sign of life: the lease lasts on, and the reader sees how far it is.
pub async fn beat(
    pool: &AnyPool,
    held: &Held,
    progress: Progress,
    lease_seconds: i64,
    now: i64,
) -> sqlx::Result<Sign> {
    let cancelling: Option<i64> = sqlx::query_scalar(
        "UPDATE jobs SET lease_until = $1, done = $2, total = $3, saying = $4
         WHERE id = $5 AND worker = $6 AND state = 'running' RETURNING cancelling",
    )
    .bind(now + lease_seconds)
    .bind(progress.done)
    .bind(progress.total)
    .bind(progress.saying)
    .bind(&held.job.id)
    .bind(&held.lease)
    .fetch_optional(pool)
    .await?;
    Ok(match cancelling {
        None => Sign::Lost,
        Some(0) => Sign::GoOn,
        Some(_) => Sign::Cancelled,
    })
}

/// Keeps what is finished so far; whoever goes on begins from here, with all tries before it.
/// `false` where the lease is another's.
pub async fn checkpoint(storage: &Storage, held: &Held, bytes: &[u8]) -> sqlx::Result<bool> {
    let mut change = storage.change().await?;
    let ours = sqlx::query(
        "UPDATE jobs SET tries = 1 WHERE id = $1 AND worker = $2 AND state = 'running'",
    )
    .bind(&held.job.id)
    .bind(&held.lease)
    .execute(&mut *change)
    .await?;
    if ours.rows_affected() == 0 {
        return Ok(false);
    }
    let sql = "INSERT INTO job_checkpoints (job, bytes) VALUES ($1, $2) ON CONFLICT (job) DO UPDATE SET bytes = excluded.bytes";
    sqlx::query(sql).bind(&held.job.id).bind(bytes).execute(&mut *change).await?;
    change.commit().await?;
    Ok(true)
}

/// Keeps the result and ends the job. `false` where the lease is another's: nothing is kept.
pub async fn finish(
    storage: &Storage,
    held: &Held,
    result: &Value,
    now: i64,
) -> sqlx::Result<bool> {
    let mut change = storage.change().await?;
    let ours = sqlx::query(
        "UPDATE jobs SET state = 'done', ended_at = $1, done = total, saying = '', error = ''
         WHERE id = $2 AND worker = $3 AND state = 'running'",
    )
    .bind(now)
    .bind(&held.job.id)
    .bind(&held.lease)
    .execute(&mut *change)
    .await?;
    if ours.rows_affected() == 0 {
        return Ok(false);
    }
    let sql = "INSERT INTO job_results (job, result) VALUES ($1, $2) ON CONFLICT (job) DO UPDATE SET result = excluded.result";
    sqlx::query(sql).bind(&held.job.id).bind(result.to_string()).execute(&mut *change).await?;
    let sql = "DELETE FROM job_checkpoints WHERE job = $1";
    sqlx::query(sql).bind(&held.job.id).execute(&mut *change).await?;
    told(&mut change, &By::program(), "job.done", &held.job.id, json!({}), now).await?;
    change.commit().await?;
    Ok(true)
}

/// A try failed: the job waits `wait_seconds` for the next, or has failed after the last.
pub async fn fail(
    storage: &Storage,
    held: &Held,
    error: &str,
    wait_seconds: i64,
    now: i64,
) -> sqlx::Result<bool> {
    let mut change = storage.change().await?;
    let state: Option<String> = sqlx::query_scalar(
        "UPDATE jobs SET error = $1, worker = '', ready_at = $2 + $3,
             ended_at = CASE WHEN tries >= tries_most THEN $2 ELSE ended_at END,
             state = CASE WHEN tries >= tries_most THEN 'failed' ELSE 'waiting' END
         WHERE id = $4 AND worker = $5 AND state = 'running' RETURNING state",
    )
    .bind(error)
    .bind(now)
    .bind(wait_seconds)
    .bind(&held.job.id)
    .bind(&held.lease)
    .fetch_optional(&mut *change)
    .await?;
    if state.as_deref() == Some("failed") {
        told(&mut change, &By::program(), "job.failed", &held.job.id, json!({}), now).await?;
    }
    change.commit().await?;
    Ok(state.is_some())
}

/// The holder stopped because it was cancelled.
pub async fn end_cancelled(pool: &AnyPool, held: &Held, now: i64) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE jobs SET state = 'cancelled', ended_at = $1, worker = ''
         WHERE id = $2 AND worker = $3 AND state = 'running'",
    )
    .bind(now)
    .bind(&held.job.id)
    .bind(&held.lease)
    .execute(pool)
    .await?;
    Ok(())
}

/// The holder gives the job back untried, since its process stops.
pub async fn give_back(pool: &AnyPool, held: &Held) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE jobs SET state = 'waiting', tries = tries - 1, worker = ''
         WHERE id = $1 AND worker = $2 AND state = 'running'",
    )
    .bind(&held.job.id)
    .bind(&held.lease)
    .execute(pool)
    .await?;
    Ok(())
}

const COLUMNS: &str = "id, kind, input, asked_by, asked_at, state, tries, tries_most, started_at, ended_at, done, total, saying, cancelling, error";

fn read(row: &AnyRow) -> sqlx::Result<Job> {
    let some = |text: String| Some(text).filter(|text| !text.is_empty());
    let (input, state): (String, String) = (row.try_get(2)?, row.try_get(5)?);
    let state = State::ALL.iter().find(|(_, word)| *word == state);
    Ok(Job {
        id: row.try_get(0)?,
        kind: row.try_get(1)?,
        input: serde_json::from_str(&input).map_err(|error| sqlx::Error::Decode(error.into()))?,
        asked_by: some(row.try_get(3)?),
        asked_at: row.try_get(4)?,
        state: state.map_or(State::Failed, |(state, _)| *state),
        tries: row.try_get(6)?,
        tries_most: row.try_get(7)?,
        started_at: row.try_get(8)?,
        ended_at: row.try_get(9)?,
        done: row.try_get(10)?,
        total: row.try_get(11)?,
        saying: some(row.try_get(12)?),
        cancelling: row.try_get::<i64, _>(13)? != 0,
        error: some(row.try_get(14)?),
    })
}
