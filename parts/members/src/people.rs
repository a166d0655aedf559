//! People who have an account: found, added, ended, erased.

use base::audit::{self, Act, By};
use base::storage::Transaction;
use serde::Serialize;
use serde_json::json;
use sqlx::any::AnyRow;
use sqlx::{AnyPool, Row};

use crate::held;

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Person {
    pub id: i64,
    pub name: String,
    /// In lower case; empty for who was erased.
    pub email: String,
    pub language: String,
    pub made_at: i64,
    pub ended_at: Option<i64>,
}

/// An address as it is kept: without spaces around it, in lower case. `None` where it is none.
pub fn email(text: &str) -> Option<String> {
    let text = text.trim().to_lowercase();
    let (name, host) = text.split_once('@')?;
    let fits = !name.is_empty()
        && host.contains('.')
        && !host.starts_with('.')
        && !host.ends_with('.')
        && text.len() <= 254
        && !text
            .contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"(),;:\\".contains(c))
        && !host.contains('@');
    fits.then_some(text)
}

pub async fn find(pool: &AnyPool, id: i64) -> sqlx::Result<Option<Person>> {
    let sql = "SELECT id, name, email, language, made_at, ended_at FROM people WHERE id = $1";
    sqlx::query(sql).bind(id).fetch_optional(pool).await?.as_ref().map(read).transpose()
}

/// The person with this address, unless ended.
pub async fn with_email(pool: &AnyPool, email: &str) -> sqlx::Result<Option<Person>> {
    let sql = "SELECT id, name, email, language, made_at, ended_at FROM people WHERE email = $1 AND ended_at IS NULL";
    sqlx::query(sql).bind(email).fetch_optional(pool).await?.as_ref().map(read).transpose()
}

/// Everybody, by name.
pub async fn all(pool: &AnyPool) -> sqlx::Result<Vec<Person>> {
    let sql = "SELECT id, name, email, language, made_at, ended_at FROM people ORDER BY name, id";
    sqlx::query(sql).fetch_all(pool).await?.iter().map(read).collect()
}

/// Whether nobody here can give roles yet.
pub async fn none_yet(pool: &AnyPool) -> sqlx::Result<bool> {
    let sql = "SELECT COUNT(*) FROM people JOIN roles ON roles.person = people.id
               WHERE roles.role = 'administrator' AND roles.ended_at IS NULL AND people.ended_at IS NULL";
    let count: i64 = sqlx::query_scalar(sql).fetch_one(pool).await?;
    Ok(count == 0)
}

/// Whether a change would leave nobody who can give roles on this day; asked within it.
pub async fn no_administrator(change: &mut Transaction, day: &str) -> sqlx::Result<bool> {
    let count: i64 = sqlx::query_scalar(
        "SELECT COUNT(*) FROM people JOIN roles ON roles.person = people.id
         WHERE roles.role = 'administrator' AND roles.scope_kind = '' AND roles.ended_at IS NULL
           AND roles.from_day <= $1 AND (roles.until_day = '' OR roles.until_day >= $1)
           AND people.ended_at IS NULL",
    )
    .bind(day)
    .fetch_one(&mut **change)
    .await?;
    Ok(count == 0)
}

/// Who is to be added.
pub struct New<'a> {
    pub name: &'a str,
    /// As [`email`] gives it.
    pub email: &'a str,
    pub language: &'a str,
}

/// Adds somebody within an audited change; `None` where the address is taken.
pub async fn add(
    change: &mut Transaction,
    new: &New<'_>,
    by: &By,
    now: i64,
) -> sqlx::Result<Option<i64>> {
    let id: Option<i64> = sqlx::query_scalar(
        "INSERT INTO people (id, name, email, language, made_at)
         SELECT COALESCE(MAX(id), 0) + 1, $1, $2, $3, $4 FROM people WHERE true
         ON CONFLICT (email) DO NOTHING RETURNING id",
    )
    .bind(new.name)
    .bind(new.email)
    .bind(new.language)
    .bind(now)
    .fetch_optional(&mut **change)
    .await?;
    if let Some(id) = id {
        told(change, by, "person.added", id, now).await?;
    }
    Ok(id)
}

/// Ends somebody's account: sessions, tokens and links with it. What they did stays.
pub async fn end(change: &mut Transaction, id: i64, by: &By, now: i64) -> sqlx::Result<bool> {
    let sql = "UPDATE people SET ended_at = $1 WHERE id = $2 AND ended_at IS NULL";
    let ended = sqlx::query(sql).bind(now).bind(id).execute(&mut **change).await?;
    if ended.rows_affected() == 0 {
        return Ok(false);
    }
    let sql = "UPDATE roles SET ended_at = $1 WHERE person = $2 AND ended_at IS NULL";
    sqlx::query(sql).bind(now).bind(id).execute(&mut **change).await?;
    let sql = "UPDATE deputies SET ended_at = $1 WHERE person = $2 AND ended_at IS NULL";
    sqlx::query(sql).bind(now).bind(id).execute(&mut **change).await?;
    // Everything by which the person could come in.
    held::forget(change, id).await?;
    told(change, by, "person.ended", id, now).await?;
    Ok(true)
}

/// Takes away what names a person (GDPR, article 17). The number stays, since the record of who
/// decided what must be kept (article 17, 3 b and d).
pub async fn erase(change: &mut Transaction, id: i64, by: &By, now: i64) -> sqlx::Result<()> {
    end(change, id, by, now).await?;
    // Failed tries to sign in stand there by address, for a quarter of an hour.
    let sql = "DELETE FROM tries WHERE EXISTS (SELECT 1 FROM people WHERE id = $1
                 AND LENGTH(what) > LENGTH(email) AND SUBSTR(what, LENGTH(what) - LENGTH(email)) = ' ' || email)";
    sqlx::query(sql).bind(id).execute(&mut **change).await?;
    let sql = "UPDATE people SET name = '', email = 'erased:' || CAST(id AS TEXT) WHERE id = $1";
    sqlx::query(sql).bind(id).execute(&mut **change).await?;
    told(change, by, "person.erased", id, now).await
}

/// An entry about a person in the audit chain.
pub async fn told(
    change: &mut Transaction,
    by: &By,
    act: &str,
    id: i64,
    now: i64,
) -> sqlx::Result<()> {
    let act = Act { act, kind: "person", record: &id.to_string(), detail: json!({}) };
    audit::write(change, by, act, now).await?;
    Ok(())
}

fn read(row: &AnyRow) -> sqlx::Result<Person> {
    let email: String = row.try_get(2)?;
    Ok(Person {
        id: row.try_get(0)?,
        name: row.try_get(1)?,
        email: if email.starts_with("erased:") { String::new() } else { email },
        language: row.try_get(3)?,
        made_at: row.try_get(4)?,
        ended_at: row.try_get(5)?,
    })
}

#[cfg(test)]
mod tests {
    use super::email;

    #[test]
    fn an_address_is_one_or_none() {
        assert_eq!(email(" Anna@Example.ORG ").as_deref(), Some("anna@example.org"));
        for none in
            ["", "anna", "a@b", "a b@c.d", "a@b@c.d", "a@.d", "a@c.d\r\nBcc: x@y.z", "<a@b.c>"]
        {
            assert_eq!(email(none), None, "{none:?}");
        }
    }
}
