//! What a kind of membership may do in a body: a table that people read, and that the secretariat
//! changes. Nothing else in the program decides who may vote; earlier tables stay, for earlier days.

use base::audit::{self, Act, By};
use base::storage::Transaction;
use serde_json::json;
use sqlx::AnyPool;

/// What can be allowed, from the least.
pub const RIGHTS: [&str; 6] = ["read", "speak", "propose", "object", "vote", "host"];

/// Where a body begins: members decide; a participant takes part in the work; observers and partners
/// read and speak without a vote; a guest is there to read. Any row can be changed.
const BEGIN: [(&str, &[&str]); 5] = [
    ("member", &["read", "speak", "propose", "object", "vote", "host"]),
    ("participant", &["read", "speak", "propose", "host"]),
    ("observer", &["read", "speak"]),
    ("partner", &["read", "speak"]),
    ("guest", &["read"]),
];

/// Gives a new body the rights that most begin with.
pub async fn begin(change: &mut Transaction, body: &str) -> sqlx::Result<()> {
    for (kind, rights) in BEGIN {
        for right in rights {
            allow(change, body, kind, right).await?;
        }
    }
    keep(change, body, 0).await
}

/// Keeps the table as it stands now as the one of this moment.
async fn keep(change: &mut Transaction, body: &str, now: i64) -> sqlx::Result<()> {
    for sql in [
        "DELETE FROM rights_kept WHERE body = $1 AND set_at = $2",
        "INSERT INTO rights_sets (body, set_at) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        "INSERT INTO rights_kept (body, set_at, kind, may) SELECT body, $2, kind, may FROM rights WHERE body = $1",
    ] {
        sqlx::query(sql).bind(body).bind(now).execute(&mut **change).await?;
    }
    Ok(())
}

/// Every right in a body at a moment, as (kind, right): what was set last before.
pub async fn on(pool: &AnyPool, body: &str, at: i64) -> sqlx::Result<Vec<(String, String)>> {
    let sql = "SELECT kind, may FROM rights_kept WHERE body = $1
               AND set_at = (SELECT MAX(set_at) FROM rights_sets WHERE body = $1 AND set_at <= $2)
               ORDER BY kind, may";
    sqlx::query_as(sql).bind(body).bind(at).fetch_all(pool).await
}

async fn allow(change: &mut Transaction, body: &str, kind: &str, right: &str) -> sqlx::Result<()> {
    let sql = "INSERT INTO rights (body, kind, may) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    sqlx::query(sql).bind(body).bind(kind).bind(right).execute(&mut **change).await?;
    Ok(())
}

/// Every right in a body, as (kind, right).
pub async fn of_body(pool: &AnyPool, body: &str) -> sqlx::Result<Vec<(String, String)>> {
    let sql = "SELECT kind, may FROM rights WHERE body = $1 ORDER BY kind, may";
    sqlx::query_as(sql).bind(body).fetch_all(pool).await
}

/// Replaces all rights in a body by these, within an audited change.
pub async fn set(
    change: &mut Transaction,
    body: &str,
    rights: &[(&str, &str)],
    by: &By,
    now: i64,
) -> sqlx::Result<()> {
    let sql = "DELETE FROM rights WHERE body = $1";
    sqlx::query(sql).bind(body).execute(&mut **change).await?;
    for (kind, right) in rights {
        allow(change, body, kind, right).await?;
    }
    keep(change, body, now).await?;
    let act = Act { act: "rights.set", kind: "body", record: body, detail: json!(rights) };
    audit::write(change, by, act, now).await?;
    Ok(())
}
