//! Panels: lists of respondents that are kept and asked again in later rounds. Who is asked no more stays in the list,
//! since earlier rounds know them by their number.

use std::collections::BTreeMap;

use base::Refusal;
use base::audit::{self, Act, By};
use base::storage::{Storage, Transaction};
use serde_json::{Value, json};
use sqlx::{AnyPool, Row};

use crate::list::Entry;

#[derive(Clone, Debug)]
pub struct Panel {
    pub id: String,
    pub title: String,
    pub made_at: i64,
}

#[derive(Clone, Debug)]
pub struct Member {
    pub number: i64,
    pub entry: Entry,
    pub ended: bool,
}

/// Makes a panel and gives its id.
pub async fn make(storage: &Storage, title: &str, by: &By, now: i64) -> Result<String, Refusal> {
    let id = base::chance::hex(4)?;
    let mut change = audit::begin(storage).await?;
    let sql = "INSERT INTO panels (id, title, made_at, made_by) VALUES ($1, $2, $3, $4)";
    sqlx::query(sql).bind(&id).bind(title).bind(now).bind(&by.who).execute(&mut *change).await?;
    told(&mut change, by, "panel.made", &id, json!({}), now).await?;
    change.commit().await?;
    Ok(id)
}

/// Every panel, the newest first.
pub async fn all(pool: &AnyPool) -> sqlx::Result<Vec<Panel>> {
    let sql = "SELECT id, title, made_at FROM panels ORDER BY made_at DESC, id";
    let rows = sqlx::query(sql).fetch_all(pool).await?;
    rows.iter()
        .map(|row| {
            Ok(Panel { id: row.try_get(0)?, title: row.try_get(1)?, made_at: row.try_get(2)? })
        })
        .collect()
}

pub async fn find(pool: &AnyPool, id: &str) -> sqlx::Result<Option<Panel>> {
    Ok(all(pool).await?.into_iter().find(|panel| panel.id == id))
}

/// The members in the order in which they came.
pub async fn members(pool: &AnyPool, panel: &str) -> sqlx::Result<Vec<Member>> {
    let sql = "SELECT number, name, country, email, details, ended FROM panel_members WHERE panel = $1 ORDER BY number";
    let rows = sqlx::query(sql).bind(panel).fetch_all(pool).await?;
    rows.iter()
        .map(|row| {
            let details: String = row.try_get(4)?;
            Ok(Member {
                number: row.try_get(0)?,
                entry: Entry {
                    name: row.try_get(1)?,
                    country: row.try_get(2)?,
                    email: row.try_get(3)?,
                    details: serde_json::from_str(&details).unwrap_or_default(),
                },
                ended: row.try_get::<i64, _>(5)? != 0,
            })
        })
        .collect()
}

/// What a list changed in a panel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    pub added: usize,
    /// Known by name and country, with another address or other details.
    pub changed: usize,
    pub same: usize,
}

/// Takes a list in: who is there by name and country is brought up to date, who is not is added, nobody is left out.
pub async fn take(
    storage: &Storage,
    panel: &str,
    entries: &[Entry],
    by: &By,
    now: i64,
) -> Result<Taken, Refusal> {
    let mut taken = Taken::default();
    let mut change = audit::begin(storage).await?;
    let sql = "SELECT number, name, country, email, details FROM panel_members WHERE panel = $1";
    let rows = sqlx::query(sql).bind(panel).fetch_all(&mut *change).await?;
    let mut known: BTreeMap<(String, String), (i64, String, String)> = BTreeMap::new();
    let mut last = 0;
    for row in rows {
        let number: i64 = row.try_get(0)?;
        last = last.max(number);
        let name: String = row.try_get(1)?;
        known.insert(
            (name.to_lowercase(), row.try_get(2)?),
            (number, row.try_get(3)?, row.try_get(4)?),
        );
    }
    for entry in entries {
        let details = json!(entry.details).to_string();
        let key = (entry.name.to_lowercase(), entry.country.clone());
        match known.get(&key) {
            Some((_, email, old)) if *email == entry.email && *old == details => taken.same += 1,
            Some((number, _, _)) => {
                let sql = "UPDATE panel_members SET email = $1, details = $2, ended = 0 WHERE panel = $3 AND number = $4";
                sqlx::query(sql)
                    .bind(&entry.email)
                    .bind(&details)
                    .bind(panel)
                    .bind(*number)
                    .execute(&mut *change)
                    .await?;
                taken.changed += 1;
            }
            None => {
                last += 1;
                let sql = "INSERT INTO panel_members (panel, number, name, country, email, details, ended) VALUES ($1, $2, $3, $4, $5, $6, 0)";
                sqlx::query(sql)
                    .bind(panel)
                    .bind(last)
                    .bind(&entry.name)
                    .bind(&entry.country)
                    .bind(&entry.email)
                    .bind(&details)
                    .execute(&mut *change)
                    .await?;
                known.insert(key, (last, entry.email.clone(), details));
                taken.added += 1;
            }
        }
    }
    let detail = json!({ "added": taken.added, "changed": taken.changed });
    told(&mut change, by, "panel.taken", panel, detail, now).await?;
    change.commit().await?;
    Ok(taken)
}

/// Asks a member no more, or again.
pub async fn end(
    storage: &Storage,
    panel: &str,
    number: i64,
    ended: bool,
    by: &By,
    now: i64,
) -> sqlx::Result<bool> {
    let mut change = audit::begin(storage).await?;
    let sql = "UPDATE panel_members SET ended = $1 WHERE panel = $2 AND number = $3";
    let set = sqlx::query(sql).bind(i64::from(ended)).bind(panel).bind(number);
    if set.execute(&mut *change).await?.rows_affected() == 0 {
        return Ok(false);
    }
    let detail = json!({ "member": number, "ended": ended });
    told(&mut change, by, "panel.member", panel, detail, now).await?;
    change.commit().await?;
    Ok(true)
}

async fn told(
    change: &mut Transaction,
    by: &By,
    act: &str,
    id: &str,
    detail: Value,
    now: i64,
) -> sqlx::Result<()> {
    audit::write(change, by, Act { act, kind: "panel", record: id, detail }, now).await?;
    Ok(())
}
