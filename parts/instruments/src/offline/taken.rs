//! That a record of an anonymous round is here, known by what only its tablet knew. From an answer no
//! mark can be made, and from a mark no answer found.

use base::Refusal;
use base::storage::{Engine, Transaction};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use sqlx::AnyPool;

use crate::lots::{self, Shelf};
use crate::record::Taken;

const TAKEN: Shelf = Shelf { table: "offline_taken", columns: &["round", "mark", "proof"] };

/// The identity, hashed: 122 bits drawn on the tablet, which nobody can try out.
fn mark(round: &str, instance: &str) -> String {
    base::chance::in_hex(&Sha256::digest(format!("{round} {instance}")))
}

/// What was sent under an identity. Keyed by the identity, or whoever holds the answers could try each.
fn proof(instance: &str, record: &str) -> String {
    // A key of any length is taken.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(instance.as_bytes()) else {
        return String::new();
    };
    mac.update(record.as_bytes());
    base::chance::in_hex(&mac.finalize().into_bytes())
}

/// Whether a record came before: the same, or another under its identity.
pub async fn before(
    pool: &AnyPool,
    round: &str,
    instance: &str,
    record: &str,
) -> sqlx::Result<Option<Taken>> {
    let sql = "SELECT proof FROM offline_taken WHERE round = $1 AND mark = $2";
    let known: Option<String> = sqlx::query_scalar(sql)
        .bind(round)
        .bind(mark(round, instance))
        .fetch_optional(pool)
        .await?;
    Ok(known.map(|known| match known == proof(instance, record) {
        true => Taken::Again,
        false => Taken::Conflict,
    }))
}

/// Marks a record as taken, within the change that takes it; `false` where it was marked before.
pub async fn enter(
    change: &mut Transaction,
    engine: Engine,
    round: &str,
    instance: &str,
    record: &str,
) -> Result<bool, Refusal> {
    let mark = mark(round, instance);
    let sql = "SELECT COUNT(*) FROM offline_taken WHERE round = $1 AND mark = $2";
    let known: i64 =
        sqlx::query_scalar(sql).bind(round).bind(&mark).fetch_one(&mut **change).await?;
    if known == 0 {
        lots::lay(change, engine, &TAKEN, &[round, &mark, &proof(instance, record)]).await?;
    }
    Ok(known == 0)
}
