//! The chain of what was done: who did what to which record, when and from which role. Entries are
//! only added, within the change that they tell of, and each is bound to the one before by a hash.
//!
//! Whoever can write to the database can also compute a new chain. So the head (number and hash of the
//! last entry) is worth writing down elsewhere: [`verify`] holds the chain to it.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use sqlx::any::AnyRow;
use sqlx::{AnyPool, Row};

use crate::chance::in_hex;
use crate::storage::{Storage, Transaction};

/// Who acts, and in which role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct By {
    /// `person:12`, `operator`, `program`; empty for somebody without an account.
    pub who: String,
    pub role: String,
}

impl By {
    pub fn new(who: impl Into<String>, role: impl Into<String>) -> By {
        By { who: who.into(), role: role.into() }
    }

    /// Somebody at the command line, who has the database itself in hand.
    pub fn operator() -> By {
        By::new("operator", "operator")
    }

    /// The program of its own accord.
    pub fn program() -> By {
        By::new("program", "program")
    }

    /// Somebody without an account.
    pub fn nobody() -> By {
        By::new("", "anyone")
    }
}

/// What was done to which record.
pub struct Act<'a> {
    /// A word for the act, the kind first: `import.taken`.
    pub act: &'a str,
    pub kind: &'a str,
    pub record: &'a str,
    /// What else is worth knowing; no secrets, no names of persons.
    pub detail: Value,
}

/// An entry as it stands in the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub number: i64,
    /// UTC seconds, by the clock of the machine that wrote it.
    pub at: i64,
    pub by: By,
    pub act: String,
    pub kind: String,
    pub record: String,
    /// JSON, as it was hashed.
    pub detail: String,
    pub hash: String,
}

/// Begins a change that will be audited: on either database, such changes stand in one queue, so
/// that what one reads is still so when it writes.
pub async fn begin(storage: &Storage) -> sqlx::Result<Transaction> {
    let mut change = storage.change().await?;
    head(&mut change).await?;
    Ok(change)
}

/// Number and hash of the last entry, held for this change.
async fn head(change: &mut Transaction) -> sqlx::Result<(i64, String)> {
    sqlx::query_as("UPDATE audit_head SET number = number WHERE one = 1 RETURNING number, hash")
        .fetch_one(&mut **change)
        .await
}

/// Writes an entry within the change that it tells of; both are kept, or neither. Gives its number.
pub async fn write(change: &mut Transaction, by: &By, act: Act<'_>, now: i64) -> sqlx::Result<i64> {
    let (last, before) = head(change).await?;
    let mut entry = Entry {
        number: last + 1,
        at: now,
        by: by.clone(),
        act: act.act.into(),
        kind: act.kind.into(),
        record: act.record.into(),
        detail: act.detail.to_string(),
        hash: String::new(),
    };
    entry.hash = hash(&before, &entry);
    sqlx::query(
        "INSERT INTO audit (number, at, who, role, act, kind, record, detail, hash)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(entry.number)
    .bind(entry.at)
    .bind(&entry.by.who)
    .bind(&entry.by.role)
    .bind(&entry.act)
    .bind(&entry.kind)
    .bind(&entry.record)
    .bind(&entry.detail)
    .bind(&entry.hash)
    .execute(&mut **change)
    .await?;
    sqlx::query("UPDATE audit_head SET number = $1, hash = $2 WHERE one = 1")
        .bind(entry.number)
        .bind(&entry.hash)
        .execute(&mut **change)
        .await?;
    Ok(entry.number)
}

/// SHA-256 of the hash before and of every field, as a JSON list: no two entries read the same.
fn hash(before: &str, entry: &Entry) -> String {
    let text = json!([
        before,
        entry.number,
        entry.at,
        entry.by.who,
        entry.by.role,
        entry.act,
        entry.kind,
        entry.record,
        entry.detail,
    ]);
    in_hex(&Sha256::digest(text.to_string().as_bytes()))
}

/// What is looked for; empty fields ask nothing.
#[derive(Clone, Debug, Default)]
pub struct Search {
    pub who: String,
    /// The beginning of an act: `job` finds `job.asked`.
    pub act: String,
    pub kind: String,
    pub record: String,
    /// UTC seconds, both included.
    pub from: Option<i64>,
    pub until: Option<i64>,
    /// Entries before this number, to page backwards.
    pub before: Option<i64>,
}

/// The newest entries that match, newest first.
pub async fn search(pool: &AnyPool, search: &Search, limit: i64) -> sqlx::Result<Vec<Entry>> {
    sqlx::query(
        "SELECT number, at, who, role, act, kind, record, detail, hash FROM audit
         WHERE ($1 = '' OR who = $1) AND ($2 = '' OR SUBSTR(act, 1, LENGTH($2)) = $2)
           AND ($3 = '' OR kind = $3) AND ($4 = '' OR record = $4)
           AND at >= $5 AND at <= $6 AND number < $7
         ORDER BY number DESC LIMIT $8",
    )
    .bind(&search.who)
    .bind(&search.act)
    .bind(&search.kind)
    .bind(&search.record)
    .bind(search.from.unwrap_or(i64::MIN))
    .bind(search.until.unwrap_or(i64::MAX))
    .bind(search.before.unwrap_or(i64::MAX))
    .bind(limit)
    .fetch_all(pool)
    .await?
    .iter()
    .map(read)
    .collect()
}

/// What is wrong with the chain.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("entry {0} does not read as it was written, or stands in another's place")]
    Changed(i64),
    #[error("entries {0} to {1} are missing")]
    Missing(i64, i64),
    #[error("the chain ends with entry {found}, but {expected} were written")]
    End { found: i64, expected: i64 },
    #[error("entry {0} does not have the hash that was written down for it")]
    NotAsNoted(i64),
}

/// Faults in one sentence: the first few, and how many more.
pub fn told(faults: &[String]) -> String {
    let mut words = faults.iter().take(3).cloned().collect::<Vec<_>>().join("; ");
    if faults.len() > 3 {
        words.push_str(&format!("; and {} more", faults.len() - 3));
    }
    words
}

/// The state of the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    pub entries: i64,
    /// Hash of the last entry; empty where there is none.
    pub head: String,
    pub faults: Vec<Fault>,
}

/// Reads the whole chain and holds every entry to its hash and its place; `noted` is a head that was
/// written down elsewhere, before. Memory does not grow with the chain.
pub async fn verify(pool: &AnyPool, noted: Option<(i64, &str)>) -> sqlx::Result<Verdict> {
    let mut last = (0, String::new());
    let mut entries = 0;
    let mut faults = Vec::new();
    loop {
        let rows = sqlx::query(
            "SELECT number, at, who, role, act, kind, record, detail, hash FROM audit
             WHERE number > $1 ORDER BY number LIMIT 1000",
        )
        .bind(last.0)
        .fetch_all(pool)
        .await?;
        for row in &rows {
            let entry = read(row)?;
            entries += 1;
            if entry.number != last.0 + 1 {
                faults.push(Fault::Missing(last.0 + 1, entry.number - 1));
            } else if hash(&last.1, &entry) != entry.hash {
                faults.push(Fault::Changed(entry.number));
            }
            if noted.is_some_and(|(number, hash)| number == entry.number && hash != entry.hash) {
                faults.push(Fault::NotAsNoted(entry.number));
            }
            // Judged by the hash it bears, so that one wrong entry is one fault.
            last = (entry.number, entry.hash);
        }
        if rows.len() < 1000 {
            break;
        }
    }
    let (expected, head): (i64, String) =
        sqlx::query_as("SELECT number, hash FROM audit_head WHERE one = 1").fetch_one(pool).await?;
    let expected = expected.max(noted.map_or(0, |(number, _)| number));
    if expected != last.0 {
        faults.push(Fault::End { found: last.0, expected });
    } else if head != last.1 {
        faults.push(Fault::NotAsNoted(last.0));
    }
    Ok(Verdict { entries, head: last.1, faults })
}

fn read(row: &AnyRow) -> sqlx::Result<Entry> {
    Ok(Entry {
        number: row.try_get(0)?,
        at: row.try_get(1)?,
        by: By { who: row.try_get(2)?, role: row.try_get(3)? },
        act: row.try_get(4)?,
        kind: row.try_get(5)?,
        record: row.try_get(6)?,
        detail: row.try_get(7)?,
        hash: row.try_get(8)?,
    })
}
