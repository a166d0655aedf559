//! Safe files as the register keeps them: who may take one, who looked at it, and that no second file of the same data is out, since two
//! could be laid beside each other.

use base::audit::{self, Act, By};
use base::change::{self, ChangeArg};
use base::storage::Transaction;
use base::{Refusal, Site};
use serde_json::json;
use sqlx::any::AnyRow;
use sqlx::{AnyPool, Row};

use crate::out;

/// A file without its records.
#[derive(Clone, Debug)]
pub struct SafeFile {
    pub id: String,
    pub data: String,
    pub of_version: i64,
    pub title: String,
    /// `public` or `named`.
    pub audience: String,
    pub recipe: String,
    pub report: String,
    pub row_count: i64,
    /// `waiting`, `published`, `refused`, `withdrawn`.
    pub state: String,
    pub reason: String,
    pub decision: String,
    pub made_at: i64,
    pub made_by: String,
    pub decided_at: Option<i64>,
    pub withdrawn_at: Option<i64>,
    pub withdrawn_reason: String,
}

impl SafeFile {
    pub fn is_published(&self) -> bool {
        self.state == "published"
    }
}

/// What a file holds.
pub struct Held {
    pub records: String,
    pub codebook: String,
    pub ddi: String,
}

const COLUMNS: &str = "SELECT id, data, of_version, title, audience, recipe, report, row_count, state, reason, decision, made_at, made_by, decided_at, withdrawn_at, withdrawn_reason FROM statistics_files";

/// All files, the newest first.
pub async fn all(pool: &AnyPool) -> sqlx::Result<Vec<SafeFile>> {
    let sql = format!("{COLUMNS} ORDER BY made_at DESC, id");
    sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_all(pool).await?.iter().map(read).collect()
}

/// What was ever out of a data set.
pub async fn out_of(pool: &AnyPool, data: &str) -> sqlx::Result<Vec<SafeFile>> {
    let sql = format!(
        "{COLUMNS} WHERE data = $1 AND state IN ('published', 'withdrawn') ORDER BY made_at, id"
    );
    sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(data)
        .fetch_all(pool)
        .await?
        .iter()
        .map(read)
        .collect()
}

pub async fn with(pool: &AnyPool, id: &str) -> sqlx::Result<Option<SafeFile>> {
    let sql = format!("{COLUMNS} WHERE id = $1");
    let row = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id).fetch_optional(pool).await?;
    row.as_ref().map(read).transpose()
}

pub async fn held(pool: &AnyPool, id: &str) -> sqlx::Result<Option<Held>> {
    let sql = "SELECT records, codebook, ddi FROM statistics_files WHERE id = $1";
    let row = sqlx::query(sql).bind(id).fetch_optional(pool).await?;
    row.map(|row| {
        Ok(Held {
            records: row.try_get("records")?,
            codebook: row.try_get("codebook")?,
            ddi: row.try_get("ddi")?,
        })
    })
    .transpose()
}

/// The accounts that may take a file for named people.
pub async fn readers(pool: &AnyPool, file: &str) -> sqlx::Result<Vec<i64>> {
    let sql = "SELECT person FROM statistics_file_readers WHERE file = $1 ORDER BY person";
    sqlx::query_scalar(sql).bind(file).fetch_all(pool).await
}

/// Enters a file: it waits for a data steward.
pub async fn add(site: &Site, by: &By, file: &SafeFile, held: &Held) -> Result<(), Refusal> {
    let mut change = audit::begin(&site.storage).await?;
    sqlx::query(
        "INSERT INTO statistics_files (id, data, of_version, title, audience, recipe, report, row_count, records, codebook, ddi, state, reason, decision, made_at, made_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'waiting', $12, '', $13, $14)",
    )
    .bind(&file.id)
    .bind(&file.data)
    .bind(file.of_version)
    .bind(&file.title)
    .bind(&file.audience)
    .bind(&file.recipe)
    .bind(&file.report)
    .bind(file.row_count)
    .bind(&held.records)
    .bind(&held.codebook)
    .bind(&held.ddi)
    .bind(&file.reason)
    .bind(file.made_at)
    .bind(&file.made_by)
    .execute(&mut *change)
    .await?;
    let detail = json!({ "data": file.data, "rows": file.row_count, "audience": file.audience, "reason": file.reason });
    let act = Act { act: "file.asked", kind: "safe-file", record: &file.id, detail };
    audit::write(&mut change, by, act, file.made_at).await?;
    change.commit().await?;
    Ok(())
}

/// A data steward decides. Fails where another file of the data is or was out, where something went out since the file was held against
/// what was (`against`), or whoever made it would decide.
pub async fn decide(
    site: &Site,
    by: &By,
    file: &SafeFile,
    publish: bool,
    reason: &str,
    against: i64,
) -> Result<(), Refusal> {
    let now = site.now();
    if file.made_by == by.who {
        return Err(Refusal::forbidden("decide-own"));
    }
    let mut change = audit::begin(&site.storage).await?;
    let sql = "SELECT COUNT(*) FROM statistics_files WHERE data = $1 AND state IN ('published', 'withdrawn')";
    let out: i64 = sqlx::query_scalar(sql).bind(&file.data).fetch_one(&mut *change).await?;
    if publish && out > 0 {
        return Err(Refusal::conflict("second-file"));
    }
    if publish && out::count(&mut change, &file.data).await? != against {
        return Err(Refusal::conflict("register-moved"));
    }
    let state = if publish { "published" } else { "refused" };
    let sql = "UPDATE statistics_files SET state = $2, decision = $3, decided_by = $4, decided_at = $5 WHERE id = $1 AND state = 'waiting'";
    let done = sqlx::query(sql)
        .bind(&file.id)
        .bind(state)
        .bind(reason)
        .bind(&by.who)
        .bind(now)
        .execute(&mut *change)
        .await?;
    if done.rows_affected() != 1 {
        return Err(Refusal::conflict("decided-already"));
    }
    let act = if publish { "file.published" } else { "file.refused" };
    let act = Act { act, kind: "safe-file", record: &file.id, detail: json!({ "reason": reason }) };
    audit::write(&mut change, by, act, now).await?;
    if publish && file.audience == "public" {
        told(&mut change, file, "change-file-published", now).await?;
    }
    change.commit().await?;
    site.changed();
    Ok(())
}

/// Takes a file back. What was taken of it cannot be called back, so no other file of the data can go out either.
pub async fn withdraw(site: &Site, by: &By, file: &SafeFile, reason: &str) -> Result<(), Refusal> {
    let now = site.now();
    let mut change = audit::begin(&site.storage).await?;
    let sql = "UPDATE statistics_files SET state = 'withdrawn', withdrawn_reason = $2, withdrawn_at = $3 WHERE id = $1 AND state = 'published'";
    let done = sqlx::query(sql).bind(&file.id).bind(reason).bind(now).execute(&mut *change).await?;
    if done.rows_affected() != 1 {
        return Err(Refusal::conflict("not-published"));
    }
    let detail = json!({ "reason": reason });
    let act = Act { act: "file.withdrawn", kind: "safe-file", record: &file.id, detail };
    audit::write(&mut change, by, act, now).await?;
    if file.audience == "public" {
        told(&mut change, file, "change-file-withdrawn", now).await?;
    }
    change.commit().await?;
    site.changed();
    Ok(())
}

/// Lets an account take a file, or no longer.
pub async fn set_reader(
    site: &Site,
    by: &By,
    file: &str,
    person: i64,
    may: bool,
) -> Result<(), Refusal> {
    let now = site.now();
    let mut change = audit::begin(&site.storage).await?;
    let sql = match may {
        true => {
            "INSERT INTO statistics_file_readers (file, person, added_at) VALUES ($1, $2, $3) ON CONFLICT (file, person) DO NOTHING"
        }
        false => "DELETE FROM statistics_file_readers WHERE file = $1 AND person = $2 AND $3 > 0",
    };
    sqlx::query(sql).bind(file).bind(person).bind(now).execute(&mut *change).await?;
    let act = if may { "file.reader-added" } else { "file.reader-removed" };
    let detail = json!({ "person": person });
    audit::write(&mut change, by, Act { act, kind: "safe-file", record: file, detail }, now)
        .await?;
    change.commit().await?;
    Ok(())
}

/// That somebody took a file for named people: so that one knows who has it.
pub async fn taken(site: &Site, by: &By, file: &str, form: &str) -> Result<(), Refusal> {
    let now = site.now();
    let mut change = audit::begin(&site.storage).await?;
    let detail = json!({ "form": form });
    let act = Act { act: "file.taken", kind: "safe-file", record: file, detail };
    audit::write(&mut change, by, act, now).await?;
    change.commit().await?;
    Ok(())
}

async fn told(
    change: &mut Transaction,
    file: &SafeFile,
    message: &str,
    now: i64,
) -> Result<(), Refusal> {
    let args = [("what".to_owned(), ChangeArg::Text(file.title.clone()))];
    let href = format!("/statistics/files/{}", file.id);
    change::record(change, now, "statistics", message, &args, &href).await?;
    Ok(())
}

fn read(row: &AnyRow) -> sqlx::Result<SafeFile> {
    Ok(SafeFile {
        id: row.try_get("id")?,
        data: row.try_get("data")?,
        of_version: row.try_get("of_version")?,
        title: row.try_get("title")?,
        audience: row.try_get("audience")?,
        recipe: row.try_get("recipe")?,
        report: row.try_get("report")?,
        row_count: row.try_get("row_count")?,
        state: row.try_get("state")?,
        reason: row.try_get("reason")?,
        decision: row.try_get("decision")?,
        made_at: row.try_get("made_at")?,
        made_by: row.try_get("made_by")?,
        decided_at: row.try_get("decided_at")?,
        withdrawn_at: row.try_get("withdrawn_at")?,
        withdrawn_reason: row.try_get("withdrawn_reason")?,
    })
}
