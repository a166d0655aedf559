//! Handing over: what somebody who leaves holds and owes passes to a named successor, so that no role and no
//! task is left with nobody.

use base::audit::{self, Act, By};
use base::storage::Transaction;
use serde_json::json;

use crate::roles::{self, Given, Held};

/// Open tasks of a person, by the statement that gives them to a successor ($1, from $2). A table in which
/// somebody owes something is listed here.
const TASKS: &[&str] = &["UPDATE actions SET owner = $1 WHERE owner = $2 AND done_at IS NULL"];

/// Gives the roles in force today or later, and the open tasks, of one person to another, within an audited
/// change. A role that the successor has already is not given twice.
pub async fn hand_over(
    change: &mut Transaction,
    held: &[Held],
    has: &[Held],
    (from, to): (i64, i64),
    by: &By,
    today: &str,
    now: i64,
) -> sqlx::Result<()> {
    let goes_on = |held: &&Held| {
        held.ended_at.is_none() && (held.until_day.is_empty() || held.until_day.as_str() >= today)
    };
    for role in held.iter().filter(goes_on) {
        let again = |other: &Held| {
            goes_on(&other)
                && (other.role, &other.scope, &other.until_day)
                    == (role.role, &role.scope, &role.until_day)
        };
        if !has.iter().any(again) {
            let from_day = role.from_day.as_str().max(today).to_owned();
            let given = Given {
                role: role.role,
                scope: role.scope.clone(),
                from_day,
                until_day: role.until_day.clone(),
            };
            roles::give(change, to, &given, by, now).await?;
        }
    }
    let mut tasks = 0;
    for sql in TASKS {
        tasks +=
            sqlx::query(*sql).bind(to).bind(from).execute(&mut **change).await?.rows_affected();
    }
    let detail = json!({ "to": to, "tasks": tasks });
    let record = from.to_string();
    let act = Act { act: "person.handed-over", kind: "person", record: &record, detail };
    audit::write(change, by, act, now).await?;
    Ok(())
}
