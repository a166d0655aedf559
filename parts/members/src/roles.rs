//! The roles that people hold: over what, from which day until which, given by whom.

use base::audit::{self, Act, By};
use base::storage::Transaction;
use base::{Role, Scope};
use serde_json::json;
use sqlx::{AnyPool, Row};

/// A role as it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    pub id: i64,
    pub role: Role,
    pub scope: Scope,
    pub from_day: String,
    /// The last day; empty for open.
    pub until_day: String,
    pub given_by: String,
    pub ended_at: Option<i64>,
}

impl Held {
    /// Whether it is in force on this day.
    pub fn in_force(&self, day: &str) -> bool {
        self.ended_at.is_none()
            && self.from_day.as_str() <= day
            && (self.until_day.is_empty() || day <= self.until_day.as_str())
    }
}

/// The kinds of record over which a role can be held.
pub const SCOPES: [&str; 5] = ["country", "body", "prison", "project", "group"];

/// Every role that the person was given, the newest first.
pub async fn of_person(pool: &AnyPool, person: i64) -> sqlx::Result<Vec<Held>> {
    let rows = sqlx::query(
        "SELECT id, role, scope_kind, scope_id, from_day, until_day, given_by, ended_at
         FROM roles WHERE person = $1 ORDER BY id DESC",
    )
    .bind(person)
    .fetch_all(pool)
    .await?;
    let mut held = Vec::new();
    for row in &rows {
        let word: String = row.try_get(1)?;
        // A role of another version of the program gives no right here.
        let Some(role) = Role::named(&word) else { continue };
        held.push(Held {
            id: row.try_get(0)?,
            role,
            scope: Scope { kind: row.try_get(2)?, id: row.try_get(3)? },
            from_day: row.try_get(4)?,
            until_day: row.try_get(5)?,
            given_by: row.try_get(6)?,
            ended_at: row.try_get(7)?,
        });
    }
    Ok(held)
}

/// The roles in force on this day, as rights are asked of them.
pub async fn in_force(pool: &AnyPool, person: i64, day: &str) -> sqlx::Result<Vec<(Role, Scope)>> {
    let held = of_person(pool, person).await?;
    Ok(held.into_iter().filter(|it| it.in_force(day)).map(|it| (it.role, it.scope)).collect())
}

/// What is given: a role, over what, for how long.
pub struct Given {
    pub role: Role,
    pub scope: Scope,
    pub from_day: String,
    pub until_day: String,
}

/// Gives a role within an audited change.
pub async fn give(
    change: &mut Transaction,
    person: i64,
    given: &Given,
    by: &By,
    now: i64,
) -> sqlx::Result<i64> {
    let id: i64 = sqlx::query_scalar(
        "INSERT INTO roles (id, person, role, scope_kind, scope_id, from_day, until_day, given_by, given_at)
         SELECT COALESCE(MAX(id), 0) + 1, $1, $2, $3, $4, $5, $6, $7, $8 FROM roles RETURNING id",
    )
    .bind(person)
    .bind(given.role.word())
    .bind(&given.scope.kind)
    .bind(&given.scope.id)
    .bind(&given.from_day)
    .bind(&given.until_day)
    .bind(&by.who)
    .bind(now)
    .fetch_one(&mut **change)
    .await?;
    let detail = json!({
        "role": given.role.word(), "scope": [given.scope.kind, given.scope.id],
        "from": given.from_day, "until": given.until_day, "id": id,
    });
    let act = Act { act: "role.given", kind: "person", record: &person.to_string(), detail };
    audit::write(change, by, act, now).await?;
    Ok(id)
}

/// Ends a role at once: the next request of its holder no longer has it. `false` where it is over.
pub async fn end(
    change: &mut Transaction,
    person: i64,
    id: i64,
    by: &By,
    now: i64,
) -> sqlx::Result<bool> {
    let sql = "UPDATE roles SET ended_at = $1 WHERE id = $2 AND person = $3 AND ended_at IS NULL";
    let ended = sqlx::query(sql).bind(now).bind(id).bind(person).execute(&mut **change).await?;
    if ended.rows_affected() == 0 {
        return Ok(false);
    }
    let detail = json!({ "id": id });
    let act = Act { act: "role.ended", kind: "person", record: &person.to_string(), detail };
    audit::write(change, by, act, now).await?;
    Ok(true)
}
