//! What was asked of a browser and is waited for: a passkey, or another site's word for somebody. It is
//! kept here and not in the browser, so that an answer counts once and only for what was asked.

use base::storage::Transaction;
use base::{Refusal, Site, chance};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::Row;

use crate::keys::hash;

/// Long enough to find a telephone or to type another site's password.
pub const SECONDS: i64 = 10 * 60;

/// What an answer is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    NewPasskey,
    Passkey,
    OpenId,
}

impl Kind {
    fn word(self) -> &'static str {
        match self {
            Kind::NewPasskey => "new-passkey",
            Kind::Passkey => "passkey",
            Kind::OpenId => "openid",
        }
    }
}

/// Keeps what was asked and gives the secret by which the answer names it. `person` is 0 for whoever signs in.
pub async fn keep(
    site: &Site,
    kind: Kind,
    person: i64,
    state: &impl Serialize,
) -> Result<String, Refusal> {
    let secret = chance::hex(32)?;
    keep_as(site, kind, person, state, &secret).await?;
    Ok(secret)
}

/// The same where the secret is chosen already.
pub async fn keep_as(
    site: &Site,
    kind: Kind,
    person: i64,
    state: &impl Serialize,
    secret: &str,
) -> Result<(), Refusal> {
    let (now, pool) = (site.now(), &site.storage.pool);
    let state = serde_json::to_string(state).map_err(Refusal::broken)?;
    // A clock set back must not keep them either.
    let sql = "DELETE FROM asked WHERE ends_at < $1 OR ends_at > $2";
    sqlx::query(sql).bind(now).bind(now + SECONDS).execute(pool).await?;
    let sql = "INSERT INTO asked (hash, kind, person, state, ends_at) VALUES ($1, $2, $3, $4, $5)";
    sqlx::query(sql)
        .bind(hash(secret))
        .bind(kind.word())
        .bind(person)
        .bind(state)
        .bind(now + SECONDS)
        .execute(pool)
        .await?;
    Ok(())
}

/// Uses up what was asked: of two answers at the same moment one gets it. `None` where nothing of
/// this kind was asked of this person, or too long ago.
pub async fn answered<T: DeserializeOwned>(
    change: &mut Transaction,
    kind: Kind,
    person: i64,
    secret: &str,
    now: i64,
) -> Result<Option<T>, Refusal> {
    let sql =
        "DELETE FROM asked WHERE hash = $1 AND kind = $2 AND person = $3 RETURNING state, ends_at";
    let row = sqlx::query(sql)
        .bind(hash(secret))
        .bind(kind.word())
        .bind(person)
        .fetch_optional(&mut **change)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let (state, ends_at): (String, i64) = (row.try_get(0)?, row.try_get(1)?);
    if ends_at < now {
        return Ok(None);
    }
    serde_json::from_str(&state).map(Some).map_err(Refusal::broken)
}
