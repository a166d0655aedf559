//! What lets somebody in without a password: one-time links, sessions, tokens for programs. Each is
//! 32 random bytes, of which only a hash is kept: who reads the database cannot use them.

use base::storage::Transaction;
use base::who::{Means, Who};
use base::{Refusal, Site, chance};
use serde::Serialize;
use sha2::{Digest, Sha256};
use sqlx::{AnyPool, Row};

use crate::{day, deputies, roles};

/// An invitation or a way back in: long enough to be read after a holiday weekend.
pub const LINK_SECONDS: i64 = 4 * 24 * 3600;
/// A session ends so long after its last use: a working day with its breaks.
pub const IDLE_SECONDS: i64 = 12 * 3600;
/// And at the latest so long after it began.
const SESSION_SECONDS: i64 = 30 * 24 * 3600;
/// Last use is written down at most so often.
const NOTED_SECONDS: i64 = 60;

pub fn hash(secret: &str) -> String {
    chance::in_hex(&Sha256::digest(secret.as_bytes()))
}

fn new_secret() -> Result<String, Refusal> {
    Ok(chance::hex(32)?)
}

/// A session or token as its owner sees it. `id` is the beginning of the hash: enough to name it,
/// worth nothing as a key.
#[derive(Clone, Debug, Serialize)]
pub struct Key {
    pub id: String,
    /// The browser of a session, the name of a token.
    pub name: String,
    pub made_at: i64,
    pub used_at: Option<i64>,
    pub ends_at: i64,
    pub writes: bool,
}

/// Makes a link that works once for this person (0: for whoever comes first). Earlier links of the
/// person stop working.
pub async fn make_link(change: &mut Transaction, person: i64, now: i64) -> Result<String, Refusal> {
    let secret = new_secret()?;
    let sql = "DELETE FROM links WHERE person = $1";
    sqlx::query(sql).bind(person).execute(&mut **change).await?;
    let sql = "INSERT INTO links (hash, person, made_at, ends_at) VALUES ($1, $2, $3, $4)";
    sqlx::query(sql)
        .bind(hash(&secret))
        .bind(person)
        .bind(now)
        .bind(now + LINK_SECONDS)
        .execute(&mut **change)
        .await?;
    Ok(secret)
}

/// Whose link this is, while it works.
pub async fn link_of(pool: &AnyPool, secret: &str, now: i64) -> sqlx::Result<Option<i64>> {
    let sql = "SELECT person FROM links WHERE hash = $1 AND used_at IS NULL AND ends_at > $2";
    sqlx::query_scalar(sql).bind(hash(secret)).bind(now).fetch_optional(pool).await
}

/// Uses a link up. Of two requests at the same moment one gets the person.
pub async fn use_link(
    change: &mut Transaction,
    secret: &str,
    now: i64,
) -> sqlx::Result<Option<i64>> {
    let sql = "UPDATE links SET used_at = $1 WHERE hash = $2 AND used_at IS NULL AND ends_at > $1 RETURNING person";
    sqlx::query_scalar(sql).bind(now).bind(hash(secret)).fetch_optional(&mut **change).await
}

/// Begins a session and gives its secret, for the cookie and nowhere else.
pub async fn begin_session(
    change: &mut Transaction,
    person: i64,
    device: &str,
    now: i64,
) -> Result<String, Refusal> {
    let secret = new_secret()?;
    let sql = "DELETE FROM sessions WHERE ends_at < $1 OR used_at < $2";
    sqlx::query(sql).bind(now).bind(now - IDLE_SECONDS).execute(&mut **change).await?;
    let sql = "INSERT INTO sessions (hash, person, made_at, used_at, ends_at, device) VALUES ($1, $2, $3, $3, $4, $5)";
    sqlx::query(sql)
        .bind(hash(&secret))
        .bind(person)
        .bind(now)
        .bind(now + SESSION_SECONDS)
        .bind(device)
        .execute(&mut **change)
        .await?;
    Ok(secret)
}

/// Who has this session, with the roles of today.
pub async fn who_in_session(site: &Site, secret: &str) -> Result<Option<Who>, Refusal> {
    let (pool, now, hash) = (&site.storage.pool, site.now(), hash(secret));
    let row = sqlx::query(
        "SELECT people.id, people.name, sessions.used_at FROM sessions
         JOIN people ON people.id = sessions.person
         WHERE hash = $1 AND ends_at > $2 AND used_at > $3 AND people.ended_at IS NULL",
    )
    .bind(&hash)
    .bind(now)
    .bind(now - IDLE_SECONDS)
    .fetch_optional(pool)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let used_at: i64 = row.try_get(2)?;
    if now - used_at > NOTED_SECONDS {
        let sql = "UPDATE sessions SET used_at = $1 WHERE hash = $2";
        sqlx::query(sql).bind(now).bind(&hash).execute(pool).await?;
    }
    who(pool, row.try_get(0)?, row.try_get(1)?, Means::Session, now).await.map(Some)
}

/// Whose token this is, with the roles of today.
pub async fn who_with_token(site: &Site, secret: &str) -> Result<Option<Who>, Refusal> {
    let (pool, now, hash) = (&site.storage.pool, site.now(), hash(secret));
    let row = sqlx::query(
        "SELECT people.id, people.name, tokens.writes, tokens.used_at FROM tokens
         JOIN people ON people.id = tokens.person
         WHERE hash = $1 AND ends_at > $2 AND people.ended_at IS NULL",
    )
    .bind(&hash)
    .bind(now)
    .fetch_optional(pool)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let (writes, used_at): (i64, Option<i64>) = (row.try_get(2)?, row.try_get(3)?);
    if used_at.is_none_or(|used_at| now - used_at > NOTED_SECONDS) {
        let sql = "UPDATE tokens SET used_at = $1 WHERE hash = $2";
        sqlx::query(sql).bind(now).bind(&hash).execute(pool).await?;
    }
    let means = if writes == 0 { Means::ReadingToken } else { Means::WritingToken };
    who(pool, row.try_get(0)?, row.try_get(1)?, means, now).await.map(Some)
}

async fn who(
    pool: &AnyPool,
    person: i64,
    name: String,
    means: Means,
    now: i64,
) -> Result<Who, Refusal> {
    let today = day::of(now);
    let mut roles = roles::in_force(pool, person, &today).await?;
    roles.extend(deputies::in_force(pool, person, &today).await?);
    Ok(Who { person, name, roles, means })
}

/// The person's sessions, the latest used first.
pub async fn sessions(pool: &AnyPool, person: i64, now: i64) -> sqlx::Result<Vec<Key>> {
    let rows = sqlx::query(
        "SELECT hash, device, made_at, used_at, ends_at FROM sessions
         WHERE person = $1 AND ends_at > $2 AND used_at > $3 ORDER BY used_at DESC, hash",
    )
    .bind(person)
    .bind(now)
    .bind(now - IDLE_SECONDS)
    .fetch_all(pool)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(Key {
                id: short(&row.try_get::<String, _>(0)?),
                name: row.try_get(1)?,
                made_at: row.try_get(2)?,
                used_at: Some(row.try_get(3)?),
                ends_at: row.try_get(4)?,
                writes: true,
            })
        })
        .collect()
}

/// The person's tokens, the newest first.
pub async fn tokens(pool: &AnyPool, person: i64) -> sqlx::Result<Vec<Key>> {
    let rows = sqlx::query(
        "SELECT hash, name, made_at, used_at, ends_at, writes FROM tokens
         WHERE person = $1 ORDER BY made_at DESC, hash",
    )
    .bind(person)
    .fetch_all(pool)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(Key {
                id: short(&row.try_get::<String, _>(0)?),
                name: row.try_get(1)?,
                made_at: row.try_get(2)?,
                used_at: row.try_get(3)?,
                ends_at: row.try_get(4)?,
                writes: row.try_get::<i64, _>(5)? != 0,
            })
        })
        .collect()
}

/// The name of the session with this secret, to show which one is here.
pub fn id_of(secret: &str) -> String {
    short(&hash(secret))
}

fn short(hash: &str) -> String {
    hash.chars().take(16).collect()
}

/// Ends one of the person's own sessions or tokens by its id.
pub async fn end(
    change: &mut Transaction,
    person: i64,
    kind: Kind,
    id: &str,
) -> sqlx::Result<bool> {
    let sql = match kind {
        Kind::Session => "DELETE FROM sessions WHERE person = $1 AND SUBSTR(hash, 1, 16) = $2",
        Kind::Token => "DELETE FROM tokens WHERE person = $1 AND SUBSTR(hash, 1, 16) = $2",
    };
    let ended = sqlx::query(sql).bind(person).bind(id).execute(&mut **change).await?;
    Ok(ended.rows_affected() > 0)
}

#[derive(Clone, Copy)]
pub enum Kind {
    Session,
    Token,
}

/// Ends all sessions of the person but the one with this id.
pub async fn end_other_sessions(
    change: &mut Transaction,
    person: i64,
    but: &str,
) -> sqlx::Result<()> {
    let sql = "DELETE FROM sessions WHERE person = $1 AND SUBSTR(hash, 1, 16) <> $2";
    sqlx::query(sql).bind(person).bind(but).execute(&mut **change).await?;
    Ok(())
}

/// What a new token may do and how long.
pub struct NewToken<'a> {
    pub name: &'a str,
    pub writes: bool,
    pub days: i64,
}

/// Makes a token and gives its secret, to be shown once.
pub async fn make_token(
    change: &mut Transaction,
    person: i64,
    new: &NewToken<'_>,
    now: i64,
) -> Result<String, Refusal> {
    let secret = new_secret()?;
    let sql = "INSERT INTO tokens (hash, person, name, writes, made_at, ends_at) VALUES ($1, $2, $3, $4, $5, $6)";
    sqlx::query(sql)
        .bind(hash(&secret))
        .bind(person)
        .bind(new.name)
        .bind(i64::from(new.writes))
        .bind(now)
        .bind(now + new.days * 24 * 3600)
        .execute(&mut **change)
        .await?;
    Ok(secret)
}
