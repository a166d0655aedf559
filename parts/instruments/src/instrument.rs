//! Instruments and their versions: what was uploaded, what became of it, and where it stands.

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::Result;
use base::Refusal;
use base::audit::{self, Act, By};
use base::storage::{Storage, Transaction};
use serde_json::json;
use sqlx::any::AnyRow;
use sqlx::{AnyPool, Row};
use xlsform::Problem;

use crate::compiled::{self, Compiled, digest};

/// Where an instrument stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Being written: only those who write it see it.
    Draft,
    /// May be read by anyone and asked in rounds.
    Published,
    /// No longer asked; what was asked stays.
    Closed,
}

impl Status {
    pub const ALL: [(Status, &'static str); 3] =
        [(Status::Draft, "draft"), (Status::Published, "published"), (Status::Closed, "closed")];

    pub fn word(self) -> &'static str {
        Status::ALL.iter().find(|(status, _)| *status == self).map_or("", |(_, word)| word)
    }

    pub fn named(word: &str) -> Option<Status> {
        Status::ALL.iter().find(|(_, known)| *known == word).map(|(status, _)| *status)
    }
}

#[derive(Clone, Debug)]
pub struct Instrument {
    pub id: String,
    pub title: String,
    pub status: Status,
    /// Whether it came with the program.
    pub shipped: bool,
}

/// One upload of an instrument.
#[derive(Clone, Debug)]
pub struct Version {
    pub instrument: String,
    pub number: i64,
    /// As its author named it; may be empty.
    pub version: String,
    pub title: String,
    pub file_name: String,
    pub languages: Vec<String>,
    /// What its author should look at.
    pub remarks: Vec<String>,
    pub questions: i64,
    pub hash: String,
    pub made_at: i64,
}

/// A file that goes with a version.
#[derive(Clone, Debug)]
pub struct Attached {
    pub name: String,
    pub hash: String,
    pub bytes: Vec<u8>,
}

/// An upload: the workbook and what goes with it.
pub struct Upload<'a> {
    pub file_name: &'a str,
    pub bytes: &'a [u8],
    pub files: Vec<(String, Vec<u8>)>,
    pub shipped: bool,
}

/// What became of an upload.
pub enum Saved {
    /// A new version; the problems are remarks.
    New { id: String, number: i64, problems: Vec<Problem> },
    /// The latest version says the same.
    Same { id: String, number: i64 },
    /// No form could be made.
    Refused(Vec<Problem>),
}

/// Compiles and keeps an upload, as a new version of the instrument with its `form_id`.
pub async fn save(
    storage: &Storage,
    upload: Upload<'_>,
    by: &By,
    now: i64,
) -> Result<Saved, Refusal> {
    let attachments = attachments(upload.files.iter().map(|(name, bytes)| (&**name, &**bytes)));
    let (compiled, problems) = compiled::compile(upload.bytes, upload.file_name, &attachments);
    let Some(compiled) = compiled else { return Ok(Saved::Refused(problems)) };
    if problems.iter().any(|problem| problem.circular) {
        return Ok(Saved::Refused(problems));
    }
    let form = &compiled.form;
    let Some(id) = id_of(form.id()) else {
        let message = format!(
            "The form_id {:?} of the settings sheet cannot be part of an address. Use letters, digits, hyphens and underscores, at most 64.",
            form.id()
        );
        return Ok(Saved::Refused(vec![Problem::error(message)]));
    };
    let hash = digest(form.xml().as_bytes());
    let mut change = audit::begin(storage).await?;
    if let Some(number) = same_as_latest(&mut change, &id, &hash, upload.bytes).await? {
        return Ok(Saved::Same { id, number });
    }
    let sql = "INSERT INTO instruments (id, title, status, shipped, made_at) VALUES ($1, $2, 'draft', $3, $4)
               ON CONFLICT (id) DO UPDATE SET title = excluded.title";
    sqlx::query(sql)
        .bind(&id)
        .bind(form.title())
        .bind(i64::from(upload.shipped))
        .bind(now)
        .execute(&mut *change)
        .await?;
    let questions = form
        .questions()
        .iter()
        .filter(|question| {
            let shown = !["group", "repeat", "note"].contains(&&*question.type_name);
            shown && !question.path.contains("/meta/")
        })
        .count();
    let remarks: Vec<String> = problems.iter().map(compiled::sentence).collect();
    let sql = "INSERT INTO instrument_versions
                 (instrument, number, version, title, file_name, workbook, xform, item_sets, languages, remarks, questions, hash, made_at, made_by)
               SELECT $1, COALESCE(MAX(number), 0) + 1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13
               FROM instrument_versions WHERE instrument = $1 RETURNING number";
    let number: i64 = sqlx::query_scalar(sql)
        .bind(&id)
        .bind(form.version().unwrap_or(""))
        .bind(form.title())
        .bind(upload.file_name)
        .bind(upload.bytes)
        .bind(form.xml())
        .bind(form.item_sets().unwrap_or(""))
        .bind(json!(form.languages()).to_string())
        .bind(json!(remarks).to_string())
        .bind(questions as i64)
        .bind(&hash)
        .bind(now)
        .bind(&by.who)
        .fetch_one(&mut *change)
        .await?;
    for (name, bytes) in &upload.files {
        let sql = "INSERT INTO instrument_files (instrument, number, name, hash, bytes) VALUES ($1, $2, $3, $4, $5)";
        sqlx::query(sql)
            .bind(&id)
            .bind(number)
            .bind(name)
            .bind(digest(bytes))
            .bind(bytes.as_slice())
            .execute(&mut *change)
            .await?;
    }
    let detail = json!({ "version": number, "hash": hash });
    told(&mut change, by, "instrument.version", &id, detail, now).await?;
    change.commit().await?;
    Ok(Saved::New { id, number, problems })
}

/// A form_id as part of an address; `None` where it cannot be.
fn id_of(form_id: &str) -> Option<String> {
    let fits = !form_id.is_empty()
        && form_id.len() <= 64
        && form_id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    fits.then(|| form_id.to_owned())
}

/// Whether the latest version is this very workbook, or compiles to the same form.
async fn same_as_latest(
    change: &mut Transaction,
    id: &str,
    hash: &str,
    workbook: &[u8],
) -> sqlx::Result<Option<i64>> {
    let sql = "SELECT number, hash, workbook FROM instrument_versions WHERE instrument = $1 ORDER BY number DESC LIMIT 1";
    let Some(row) = sqlx::query(sql).bind(id).fetch_optional(&mut **change).await? else {
        return Ok(None);
    };
    let (known, bytes): (String, Vec<u8>) = (row.try_get(1)?, row.try_get(2)?);
    Ok(if known == hash && bytes == workbook { Some(row.try_get(0)?) } else { None })
}

/// Every instrument, by title.
pub async fn all(pool: &AnyPool) -> sqlx::Result<Vec<Instrument>> {
    let sql = "SELECT id, title, status, shipped FROM instruments ORDER BY title, id";
    sqlx::query(sql).fetch_all(pool).await?.iter().map(read).collect()
}

pub async fn find(pool: &AnyPool, id: &str) -> sqlx::Result<Option<Instrument>> {
    let sql = "SELECT id, title, status, shipped FROM instruments WHERE id = $1";
    sqlx::query(sql).bind(id).fetch_optional(pool).await?.as_ref().map(read).transpose()
}

/// The versions of an instrument, the latest first.
pub async fn versions(pool: &AnyPool, id: &str) -> sqlx::Result<Vec<Version>> {
    let sql = "SELECT instrument, number, version, title, file_name, languages, remarks, questions, hash, made_at
               FROM instrument_versions WHERE instrument = $1 ORDER BY number DESC";
    sqlx::query(sql).bind(id).fetch_all(pool).await?.iter().map(read_version).collect()
}

/// One version.
pub async fn version(pool: &AnyPool, id: &str, number: i64) -> sqlx::Result<Option<Version>> {
    let sql = "SELECT instrument, number, version, title, file_name, languages, remarks, questions, hash, made_at
               FROM instrument_versions WHERE instrument = $1 AND number = $2";
    let row = sqlx::query(sql).bind(id).bind(number).fetch_optional(pool).await?;
    row.as_ref().map(read_version).transpose()
}

/// The workbook as it came, and the XForm and list of external choices made of it.
pub struct Sources {
    pub workbook: Vec<u8>,
    pub xform: String,
    pub item_sets: String,
}

pub async fn sources(pool: &AnyPool, id: &str, number: i64) -> sqlx::Result<Option<Sources>> {
    let sql = "SELECT workbook, xform, item_sets FROM instrument_versions WHERE instrument = $1 AND number = $2";
    let row = sqlx::query(sql).bind(id).bind(number).fetch_optional(pool).await?;
    row.map(|row| {
        Ok(Sources {
            workbook: row.try_get(0)?,
            xform: row.try_get(1)?,
            item_sets: row.try_get(2)?,
        })
    })
    .transpose()
}

/// What goes with a version, by name.
pub async fn files(pool: &AnyPool, id: &str, number: i64) -> sqlx::Result<Vec<Attached>> {
    let sql = "SELECT name, hash, bytes FROM instrument_files WHERE instrument = $1 AND number = $2 ORDER BY name";
    let rows = sqlx::query(sql).bind(id).bind(number).fetch_all(pool).await?;
    rows.iter()
        .map(|row| {
            Ok(Attached { name: row.try_get(0)?, hash: row.try_get(1)?, bytes: row.try_get(2)? })
        })
        .collect()
}

/// The version, ready to be filled and read.
pub async fn ready(pool: &AnyPool, version: &Version) -> Result<Arc<Compiled>, Refusal> {
    let missing = || Refusal::not_found("no-instrument", &version.instrument);
    let (id, number) = (&version.instrument, version.number);
    // A version never changes: what is ready is found by its hash and those of its files, without reading them.
    let sql = "SELECT name, hash FROM instrument_files WHERE instrument = $1 AND number = $2 ORDER BY name";
    let names: Vec<(String, String)> =
        sqlx::query_as(sql).bind(id).bind(number).fetch_all(pool).await?;
    let key = format!("{} {names:?}", version.hash);
    if let Some(ready) = compiled::kept(&key) {
        return Ok(ready);
    }
    let sources = sources(pool, id, number).await?.ok_or_else(missing)?;
    let files = files(pool, id, number).await?;
    let files = attachments(files.iter().map(|file| (&*file.name, &*file.bytes)));
    Ok(compiled::ready(key, &sources.workbook, &version.file_name, &files)?)
}

/// Lists among the files, by the address that a form asks for them.
fn attachments<'a>(files: impl Iterator<Item = (&'a str, &'a [u8])>) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for (name, bytes) in files {
        let Ok(text) = std::str::from_utf8(bytes) else { continue };
        let text = text.trim_start_matches('\u{feff}').to_owned();
        let folder = if name.ends_with(".csv") { "file-csv" } else { "file" };
        found.insert(format!("jr://{folder}/{name}"), text);
    }
    found
}

/// Sets where an instrument stands.
pub async fn set_status(
    storage: &Storage,
    id: &str,
    status: Status,
    by: &By,
    now: i64,
) -> sqlx::Result<bool> {
    let mut change = audit::begin(storage).await?;
    let sql = "UPDATE instruments SET status = $1 WHERE id = $2";
    let set = sqlx::query(sql).bind(status.word()).bind(id).execute(&mut *change).await?;
    if set.rows_affected() == 0 {
        return Ok(false);
    }
    told(&mut change, by, "instrument.status", id, json!({ "status": status.word() }), now).await?;
    change.commit().await?;
    Ok(true)
}

async fn told(
    change: &mut Transaction,
    by: &By,
    act: &str,
    id: &str,
    detail: serde_json::Value,
    now: i64,
) -> sqlx::Result<()> {
    audit::write(change, by, Act { act, kind: "instrument", record: id, detail }, now).await?;
    Ok(())
}

fn read(row: &AnyRow) -> sqlx::Result<Instrument> {
    Ok(Instrument {
        id: row.try_get(0)?,
        title: row.try_get(1)?,
        status: Status::named(&row.try_get::<String, _>(2)?).unwrap_or(Status::Draft),
        shipped: row.try_get::<i64, _>(3)? != 0,
    })
}

fn read_version(row: &AnyRow) -> sqlx::Result<Version> {
    let list = |at: usize| -> sqlx::Result<Vec<String>> {
        let text: String = row.try_get(at)?;
        Ok(serde_json::from_str(&text).unwrap_or_default())
    };
    Ok(Version {
        instrument: row.try_get(0)?,
        number: row.try_get(1)?,
        version: row.try_get(2)?,
        title: row.try_get(3)?,
        file_name: row.try_get(4)?,
        languages: list(5)?,
        remarks: list(6)?,
        questions: row.try_get(7)?,
        hash: row.try_get(8)?,
        made_at: row.try_get(9)?,
    })
}
