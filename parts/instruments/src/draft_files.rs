//! Files of answers that are being given on the web page: kept in the database beside their draft, and written into
//! the record in the change that takes it. A draft that ends takes them along.

use std::collections::BTreeSet;

use base::Refusal;
use base::storage::Transaction;
use sqlx::{AnyPool, Row};

use crate::aside::{Aside, Pieces};
use crate::secret;

/// A file that is kept with a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub name: String,
    pub hash: String,
    pub size: u64,
}

pub async fn of(pool: &AnyPool, secret: &str) -> sqlx::Result<Vec<Kept>> {
    let sql = "SELECT name, hash, size FROM draft_files WHERE secret_hash = $1 ORDER BY name";
    let rows = sqlx::query(sql).bind(secret::hash(secret)).fetch_all(pool).await?;
    let read = |row: &sqlx::any::AnyRow| {
        let size = row.try_get::<i64, _>(2)?.unsigned_abs();
        Ok(Kept { name: row.try_get(0)?, hash: row.try_get(1)?, size })
    };
    rows.iter().map(read).collect()
}

/// Keeps a file under its name; of a trial only that it was given.
pub async fn put(
    change: &mut Transaction,
    secret: &str,
    file: &Aside,
    trial: bool,
) -> Result<(), Refusal> {
    let owner = secret::hash(secret);
    let sql =
        "INSERT INTO draft_files (secret_hash, name, mime, hash, size) VALUES ($1, $2, $3, $4, $5)";
    sqlx::query(sql)
        .bind(&owner)
        .bind(&file.name)
        .bind(&file.mime)
        .bind(&file.hash)
        .bind(file.size as i64)
        .execute(&mut **change)
        .await?;
    if trial {
        return Ok(());
    }
    let mut pieces = Pieces::of(file);
    let mut number = 0_i64;
    while let Some(piece) = pieces.next().await.map_err(Refusal::broken)? {
        let sql =
            "INSERT INTO draft_pieces (secret_hash, name, piece, bytes) VALUES ($1, $2, $3, $4)";
        let row = sqlx::query(sql).bind(&owner).bind(&file.name).bind(number).bind(piece);
        row.execute(&mut **change).await?;
        number += 1;
    }
    Ok(())
}

/// Forgets the files that no answer names any more.
pub async fn keep_only(
    change: &mut Transaction,
    secret: &str,
    named: &BTreeSet<String>,
) -> sqlx::Result<()> {
    let owner = secret::hash(secret);
    let sql = "SELECT name FROM draft_files WHERE secret_hash = $1";
    let names: Vec<String> = sqlx::query_scalar(sql).bind(&owner).fetch_all(&mut **change).await?;
    for name in names.iter().filter(|it| !named.contains(*it)) {
        let sql = "DELETE FROM draft_files WHERE secret_hash = $1 AND name = $2";
        sqlx::query(sql).bind(&owner).bind(name).execute(&mut **change).await?;
    }
    Ok(())
}

/// Writes the files that a record names beside it, as those that come from a phone.
pub async fn send(
    change: &mut Transaction,
    secret: &str,
    round: &str,
    instance: &str,
    named: &BTreeSet<String>,
) -> sqlx::Result<()> {
    let owner = secret::hash(secret);
    for name in named {
        for sql in [
            "INSERT INTO submission_files (round, instance, name, mime, hash, size)
             SELECT $1, $2, name, mime, hash, size FROM draft_files WHERE secret_hash = $3 AND name = $4",
            "INSERT INTO submission_pieces (round, instance, name, piece, bytes)
             SELECT $1, $2, name, piece, bytes FROM draft_pieces WHERE secret_hash = $3 AND name = $4",
        ] {
            let copy = sqlx::query(sql).bind(round).bind(instance).bind(&owner).bind(name);
            copy.execute(&mut **change).await?;
        }
    }
    Ok(())
}

/// Gives a draft the files of the record that it corrects.
pub async fn begin_with(
    change: &mut Transaction,
    secret: &str,
    round: &str,
    instance: &str,
) -> sqlx::Result<()> {
    let owner = secret::hash(secret);
    for sql in [
        "INSERT INTO draft_files (secret_hash, name, mime, hash, size)
         SELECT $1, name, mime, hash, size FROM submission_files WHERE round = $2 AND instance = $3",
        "INSERT INTO draft_pieces (secret_hash, name, piece, bytes)
         SELECT $1, name, piece, bytes FROM submission_pieces WHERE round = $2 AND instance = $3",
    ] {
        sqlx::query(sql).bind(&owner).bind(round).bind(instance).execute(&mut **change).await?;
    }
    Ok(())
}
