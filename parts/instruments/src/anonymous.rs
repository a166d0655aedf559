//! Answers of anonymous rounds. Who answered and what was answered lie in tables with nothing in
//! common: a link says that it was used, an answer says on which day it came, and neither says more.

use std::collections::BTreeSet;
use std::sync::{LazyLock, Mutex, PoisonError};
use std::time::Duration;

use anyhow::Result;
use base::Refusal;
use base::audit::{self, By};
use base::storage::{Engine, Storage, Transaction};
use serde_json::json;
use sqlx::{AnyPool, Row};
use xlsform::xml::{self, Document, NodeId};

use crate::compiled::Compiled;
use crate::lots::{self, Shelf};
use crate::round::{Round, told};
use crate::secret;

/// One anonymous answer.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Drawn by lot.
    pub number: i64,
    pub xml: String,
    pub day: String,
}

/// Question types that say who, when or on which device.
const TELLING: [&str; 17] = [
    "start",
    "end",
    "today",
    "deviceid",
    "device id",
    "subscriberid",
    "simserial",
    "sim serial",
    "phonenumber",
    "phone number",
    "username",
    "email",
    "audit",
    "start-geopoint",
    "background-audio",
    "background-geopoint",
    "uuid",
];

/// The record without what could lead back: identity, times, device, who filled it, and the names of files, which
/// are not kept ([`Round::keeps_files`]) and which phones make of the time.
pub fn strip(compiled: &Compiled, record: &str) -> Result<String> {
    let mut document = Document::new();
    let root = xml::parse(&mut document, record)?;
    let Some(data) = document.elements(root).next() else { return Ok(String::new()) };
    for id in
        document.elements(data).filter(|id| document.local_name(*id) == "meta").collect::<Vec<_>>()
    {
        document.detach(id);
    }
    for question in compiled.form.questions() {
        if TELLING.contains(&question.type_name.to_lowercase().as_str()) {
            let names: Vec<&str> = question.path.split('/').filter(|it| !it.is_empty()).collect();
            for node in at(&document, root, &names) {
                document.detach(node);
            }
        }
    }
    for asked in compiled.xform.outline().filter(|it| it.control == "upload") {
        let names: Vec<&str> = asked.path.iter().map(String::as_str).collect();
        for node in at(&document, root, &names) {
            document.detach(node);
        }
    }
    Ok(document.xml(data))
}

fn at(document: &Document, root: NodeId, names: &[&str]) -> Vec<NodeId> {
    let mut found = vec![root];
    for name in names {
        found = found
            .into_iter()
            .flat_map(|id| document.elements(id).filter(|it| document.local_name(*it) == *name))
            .collect();
    }
    found
}

const ANSWERS: Shelf = Shelf { table: "anonymous_answers", columns: &["round", "record", "day"] };
const MARKS: Shelf = Shelf { table: "anonymous_marks", columns: &["round", "mark"] };

/// Takes an answer within a change. Where it lies afterwards does not tell when it came: see [`lots`].
pub async fn take(
    change: &mut Transaction,
    engine: Engine,
    round: &str,
    record: &str,
    day: &str,
) -> Result<(), Refusal> {
    lots::lay(change, engine, &ANSWERS, &[round, record, day]).await?;
    Ok(())
}

/// Marks a link as used, whenever that was; `false` where it was used before.
pub async fn spend(
    change: &mut Transaction,
    engine: Engine,
    round: &str,
    respondent: i64,
) -> sqlx::Result<bool> {
    if engine == Engine::Sqlite {
        let sql = "UPDATE respondents SET spent = 1 WHERE round = $1 AND number = $2 AND spent = 0";
        let spent = sqlx::query(sql).bind(round).bind(respondent).execute(&mut **change).await?;
        return Ok(spent.rows_affected() == 1);
    }
    lots::hold(change, round).await?;
    let sql = "SELECT COUNT(*) FROM respondents WHERE round = $1 AND number = $2 AND spent = 0";
    let unused: i64 =
        sqlx::query_scalar(sql).bind(round).bind(respondent).fetch_one(&mut **change).await?;
    // All rows are written at once, so that none bears the number of another change or lies behind the others.
    let sql = "UPDATE respondents SET spent = CASE WHEN number = $2 THEN 1 ELSE spent END WHERE round = $1";
    sqlx::query(sql).bind(round).bind(respondent).execute(&mut **change).await?;
    Ok(unused == 1)
}

/// Remembers that a record was sent; `false` where it was before. What is kept is a hash of its identity,
/// which the answer itself does not keep.
pub async fn see(
    change: &mut Transaction,
    engine: Engine,
    round: &str,
    instance: &str,
) -> Result<bool, Refusal> {
    let mark = secret::hash(&format!("{round} {instance}"));
    let sql = "SELECT COUNT(*) FROM anonymous_marks WHERE round = $1 AND mark = $2";
    let seen: i64 =
        sqlx::query_scalar(sql).bind(round).bind(&mark).fetch_one(&mut **change).await?;
    if seen == 0 {
        lots::lay(change, engine, &MARKS, &[round, &mark]).await?;
    }
    Ok(seen == 0)
}

/// Tables whose rows a database keeps in the order in which they came, or whose earlier versions it leaves lying:
/// on PostgreSQL each is written anew in the order of its key.
const TRACES: [&str; 7] = [
    "CLUSTER anonymous_answers USING anonymous_answers_pkey",
    "CLUSTER anonymous_marks USING anonymous_marks_pkey",
    "CLUSTER offline_taken USING offline_taken_pkey",
    "CLUSTER respondents USING respondents_pkey",
    "CLUSTER drafts USING drafts_pkey",
    "CLUSTER paper_sheets USING paper_sheets_pkey",
    "CLUSTER paper_entries USING paper_entries_pkey",
];

/// Seconds that PostgreSQL's rows may lie as they came: writing a table anew locks it for a moment.
const UNTIDY_SECONDS: u64 = 5;

/// Databases for which somebody tidies up soon.
static SOON: LazyLock<Mutex<BTreeSet<String>>> = LazyLock::new(Mutex::default);

/// Takes away what a database notes beside its tables, after a change of an anonymous round. SQLite's journal
/// holds the pages of each change together: a link that was used and the draft that it began, a draft
/// and the answer that it became. PostgreSQL leaves old versions of rows, with the change that made them.
pub async fn tidy(storage: &Storage, round: &Round) {
    if !round.anonymous {
        return;
    }
    match storage.engine {
        Engine::Sqlite => told_of(without_traces(storage).await),
        Engine::Postgres => {
            let mut soon = SOON.lock().unwrap_or_else(PoisonError::into_inner);
            if !soon.insert(storage.shown.clone()) {
                return;
            }
            let storage = storage.clone();
            tokio::spawn(async move {
                tokio::time::sleep(Duration::from_secs(UNTIDY_SECONDS)).await;
                SOON.lock().unwrap_or_else(PoisonError::into_inner).remove(&storage.shown);
                told_of(without_traces(&storage).await);
            });
        }
    }
}

fn told_of(tidied: sqlx::Result<()>) {
    if let Err(error) = tidied {
        tracing::warn!(%error, "the traces of an anonymous answer could not be taken away now; the next answer or the end of the round does it");
    }
}

/// The same at the end of a round, on either database at once. On SQLite all answers of the round are written anew besides: those of
/// a large round lay in order among their neighbours only.
pub async fn tidy_now(storage: &Storage, round: &Round) {
    if !round.anonymous {
        return;
    }
    if storage.engine == Engine::Sqlite {
        told_of(in_order_of_lots(storage, &round.id).await);
    }
    told_of(without_traces(storage).await);
}

/// Writes a round's answers anew in the order of their numbers, which are lots.
async fn in_order_of_lots(storage: &Storage, round: &str) -> sqlx::Result<()> {
    let mut change = storage.change().await?;
    sqlx::query("CREATE TEMPORARY TABLE lots AS SELECT number, round, record, day FROM anonymous_answers WHERE round = $1")
        .bind(round)
        .execute(&mut *change)
        .await?;
    sqlx::query("DELETE FROM anonymous_answers WHERE round = $1")
        .bind(round)
        .execute(&mut *change)
        .await?;
    sqlx::query("INSERT INTO anonymous_answers (number, round, record, day) SELECT number, round, record, day FROM lots ORDER BY number")
        .execute(&mut *change)
        .await?;
    sqlx::query("DROP TABLE lots").execute(&mut *change).await?;
    change.commit().await
}

async fn without_traces(storage: &Storage) -> sqlx::Result<()> {
    let mut connection = storage.pool.acquire().await?;
    match storage.engine {
        // The journal is emptied as soon as nobody reads from it; a long reader is not waited for.
        Engine::Sqlite => {
            sqlx::raw_sql("PRAGMA busy_timeout = 1000").execute(&mut *connection).await?;
            let row =
                sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(&mut *connection).await;
            sqlx::raw_sql("PRAGMA busy_timeout = 10000").execute(&mut *connection).await?;
            match row?.try_get::<i64, _>(0)? {
                0 => Ok(()),
                _ => Err(sqlx::Error::PoolTimedOut),
            }
        }
        Engine::Postgres => {
            sqlx::raw_sql("SET lock_timeout = '5s'").execute(&mut *connection).await?;
            let mut done = Ok(());
            for sql in TRACES {
                done = done.and(sqlx::raw_sql(sql).execute(&mut *connection).await.map(|_| ()));
            }
            sqlx::raw_sql("SET lock_timeout = 0").execute(&mut *connection).await?;
            done
        }
    }
}

/// How many have answered.
pub async fn count(pool: &AnyPool, round: &str) -> sqlx::Result<i64> {
    let sql = "SELECT COUNT(*) FROM anonymous_answers WHERE round = $1";
    sqlx::query_scalar(sql).bind(round).fetch_one(pool).await
}

/// The answers, in the order of the lots. To be asked of closed rounds only: while one is open,
/// whoever sees links being used and answers arriving could put them together.
pub async fn all(pool: &AnyPool, round: &str) -> sqlx::Result<Vec<Answer>> {
    let sql = "SELECT number, record, day FROM anonymous_answers WHERE round = $1 ORDER BY number";
    let rows = sqlx::query(sql).bind(round).fetch_all(pool).await?;
    rows.iter()
        .map(|row| {
            Ok(Answer { number: row.try_get(0)?, xml: row.try_get(1)?, day: row.try_get(2)? })
        })
        .collect()
}

/// Which words were read and found to name nobody, as (answer, path with positions).
pub async fn cleared(pool: &AnyPool, round: &str) -> sqlx::Result<BTreeSet<(i64, String)>> {
    let sql = "SELECT cleared_texts.answer, cleared_texts.path FROM cleared_texts
               JOIN anonymous_answers ON anonymous_answers.number = cleared_texts.answer
               WHERE anonymous_answers.round = $1";
    let rows = sqlx::query(sql).bind(round).fetch_all(pool).await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
}

/// Clears words, or holds them back again.
pub async fn clear(
    storage: &Storage,
    round: &str,
    chosen: &[(i64, String)],
    by: &By,
    now: i64,
) -> sqlx::Result<()> {
    let mut change = audit::begin(storage).await?;
    let sql = "DELETE FROM cleared_texts WHERE answer IN (SELECT number FROM anonymous_answers WHERE round = $1)";
    sqlx::query(sql).bind(round).execute(&mut *change).await?;
    for (answer, path) in chosen {
        let sql = "INSERT INTO cleared_texts (answer, path) SELECT number, $1 FROM anonymous_answers WHERE number = $2 AND round = $3 ON CONFLICT DO NOTHING";
        sqlx::query(sql).bind(path).bind(*answer).bind(round).execute(&mut *change).await?;
    }
    told(&mut change, by, "round.texts", round, json!({ "cleared": chosen.len() }), now).await?;
    change.commit().await
}
