//! Rounds: an instrument asked of somebody between two days. A closed round takes nothing more, and
//! only then can its answers become figures: [`Closed`] is the proof.

use base::Refusal;
use base::audit::{self, Act, By};
use base::storage::{Storage, Transaction};
use serde_json::{Value, json};
use sqlx::any::AnyRow;
use sqlx::{AnyPool, Row};

use crate::list::Entry;
use crate::{anonymous, day, respondents, secret};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Round {
    pub id: String,
    pub title: String,
    pub instrument: String,
    /// The version that is asked.
    pub number: i64,
    pub anonymous: bool,
    pub from_day: String,
    /// The last day; empty where it stays open until it is closed.
    pub until_day: String,
    /// The shared address; empty where each respondent has a link.
    pub shared: String,
    pub made_at: i64,
    pub closed_at: Option<i64>,
}

/// Where a round stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    Ahead,
    Open,
    /// Past its last day, but not yet closed by anybody: nothing is taken.
    Over,
    Closed,
}

impl Stage {
    pub fn word(self) -> &'static str {
        match self {
            Stage::Ahead => "ahead",
            Stage::Open => "open",
            Stage::Over => "over",
            Stage::Closed => "closed",
        }
    }
}

impl Round {
    pub fn stage(&self, today: &str) -> Stage {
        match () {
            () if self.closed_at.is_some() => Stage::Closed,
            () if today < self.from_day.as_str() => Stage::Ahead,
            () if !self.until_day.is_empty() && today > self.until_day.as_str() => Stage::Over,
            () => Stage::Open,
        }
    }

    /// Whether it keeps the files that come with answers. An anonymous one does not: a photograph shows faces and
    /// bears place and time, and a file names who made it.
    pub fn keeps_files(&self) -> bool {
        !self.anonymous
    }
}

/// Proof that a record takes no more changes: only [`closed`] makes one.
#[derive(Clone, Debug)]
pub struct Closed<T>(T);

impl<T> std::ops::Deref for Closed<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

/// The round, where it is closed.
pub fn closed(round: Round) -> Option<Closed<Round>> {
    round.closed_at.is_some().then_some(Closed(round))
}

/// A round to be made.
pub struct New<'a> {
    pub title: &'a str,
    pub instrument: &'a str,
    pub number: i64,
    pub anonymous: bool,
    pub from_day: &'a str,
    pub until_day: &'a str,
    /// Whether one address serves everybody.
    pub shared: bool,
}

/// Makes a round and gives its id.
pub async fn make(storage: &Storage, new: &New<'_>, by: &By, now: i64) -> Result<String, Refusal> {
    let id = base::chance::hex(4)?;
    let shared = if new.shared { base::chance::hex(6)? } else { String::new() };
    let mut change = audit::begin(storage).await?;
    let sql = "INSERT INTO rounds (id, title, instrument, number, anonymous, from_day, until_day, shared, made_at, made_by)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    sqlx::query(sql)
        .bind(&id)
        .bind(new.title)
        .bind(new.instrument)
        .bind(new.number)
        .bind(i64::from(new.anonymous))
        .bind(new.from_day)
        .bind(new.until_day)
        .bind(&shared)
        .bind(now)
        .bind(&by.who)
        .execute(&mut *change)
        .await?;
    let detail =
        json!({ "instrument": new.instrument, "version": new.number, "anonymous": new.anonymous });
    told(&mut change, by, "round.made", &id, detail, now).await?;
    change.commit().await?;
    Ok(id)
}

const COLUMNS: &str = "SELECT id, title, instrument, number, anonymous, from_day, until_day, shared, made_at, closed_at FROM rounds";

/// Every round, the newest first.
pub async fn all(pool: &AnyPool) -> sqlx::Result<Vec<Round>> {
    let sql = format!("{COLUMNS} ORDER BY made_at DESC, id");
    sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_all(pool).await?.iter().map(read).collect()
}

pub async fn find(pool: &AnyPool, id: &str) -> sqlx::Result<Option<Round>> {
    let sql = format!("{COLUMNS} WHERE id = $1");
    let row = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id).fetch_optional(pool).await?;
    row.as_ref().map(read).transpose()
}

/// The round with this shared address.
pub async fn with_address(pool: &AnyPool, shared: &str) -> sqlx::Result<Option<Round>> {
    if shared.is_empty() {
        return Ok(None);
    }
    let sql = format!("{COLUMNS} WHERE shared = $1");
    let row = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(shared).fetch_optional(pool).await?;
    row.as_ref().map(read).transpose()
}

/// Closes a round: what was begun and not sent is gone, and nothing more is taken.
pub async fn close(storage: &Storage, round: &Round, by: &By, now: i64) -> sqlx::Result<()> {
    let mut change = audit::begin(storage).await?;
    let sql = "UPDATE rounds SET closed_at = $1 WHERE id = $2 AND closed_at IS NULL";
    sqlx::query(sql).bind(now).bind(&round.id).execute(&mut *change).await?;
    sqlx::query("DELETE FROM drafts WHERE round = $1")
        .bind(&round.id)
        .execute(&mut *change)
        .await?;
    // Of sheets of paper that were not taken nothing stays either.
    sqlx::query("DELETE FROM paper_entries WHERE round = $1")
        .bind(&round.id)
        .execute(&mut *change)
        .await?;
    told(&mut change, by, "round.closed", &round.id, json!({}), now).await?;
    change.commit().await?;
    anonymous::tidy_now(storage, round).await;
    Ok(())
}

/// Somebody of whom a round is asked: a country, a prison, a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Respondent {
    pub number: i64,
    pub name: String,
    /// ISO 3166-1 alpha-3, or empty.
    pub country: String,
    pub email: String,
    pub spent: bool,
    pub reminded_day: String,
}

/// Somebody to be asked, and which member of a panel that is.
pub struct Asked {
    pub entry: Entry,
    pub member: Option<(String, i64)>,
}

/// Adds respondents; gives each with the secret of the link, which is shown this once.
pub async fn add_respondents(
    storage: &Storage,
    round: &Round,
    asked: &[Asked],
    by: &By,
    now: i64,
) -> Result<Vec<(String, String)>, Refusal> {
    let mut made = Vec::new();
    let mut change = audit::begin(storage).await?;
    for Asked { entry, member } in asked {
        let drawn = secret::draw()?;
        let sql = "INSERT INTO respondents (round, number, name, country, email, link_hash, spent, reminded_day)
                   SELECT $1, COALESCE(MAX(number), 0) + 1, $2, $3, $4, $5, 0, '' FROM respondents WHERE round = $1
                   RETURNING number";
        let number: i64 = sqlx::query_scalar(sql)
            .bind(&round.id)
            .bind(&entry.name)
            .bind(&entry.country)
            .bind(&entry.email)
            .bind(secret::hash(&drawn))
            .fetch_one(&mut *change)
            .await?;
        respondents::keep(&mut change, &round.id, number, &entry.details).await?;
        if let Some((panel, member)) = member {
            let sql = "INSERT INTO respondent_members (round, number, panel, member) VALUES ($1, $2, $3, $4)";
            sqlx::query(sql)
                .bind(&round.id)
                .bind(number)
                .bind(panel)
                .bind(*member)
                .execute(&mut *change)
                .await?;
        }
        made.push((entry.name.clone(), drawn));
    }
    let detail = json!({ "count": asked.len() });
    told(&mut change, by, "round.respondents", &round.id, detail, now).await?;
    change.commit().await?;
    Ok(made)
}

/// The members of a panel that a round asks already.
pub async fn members_asked(pool: &AnyPool, round: &str, panel: &str) -> sqlx::Result<Vec<i64>> {
    let sql =
        "SELECT member FROM respondent_members WHERE round = $1 AND panel = $2 ORDER BY member";
    sqlx::query_scalar(sql).bind(round).bind(panel).fetch_all(pool).await
}

/// A new link in place of one that was lost; the earlier one stops working.
pub async fn new_link(
    storage: &Storage,
    round: &Round,
    number: i64,
    by: &By,
    now: i64,
) -> Result<Option<String>, Refusal> {
    let drawn = secret::draw()?;
    let mut change = audit::begin(storage).await?;
    // Whoever answered by name comes back by a link to correct and to read remarks; in an anonymous round a link that was
    // used must never work again.
    let sql = "UPDATE respondents SET link_hash = $1 WHERE round = $2 AND number = $3 AND (spent = 0 OR $4 = 1)";
    let set = sqlx::query(sql)
        .bind(secret::hash(&drawn))
        .bind(&round.id)
        .bind(number)
        .bind(i64::from(!round.anonymous))
        .execute(&mut *change)
        .await?;
    if set.rows_affected() == 0 {
        return Ok(None);
    }
    // The draft of a named respondent lies under the secret of the link: it moves along.
    told(&mut change, by, "round.link", &round.id, json!({ "respondent": number }), now).await?;
    let sql = "UPDATE drafts SET secret_hash = $1 WHERE round = $2 AND respondent = $3";
    sqlx::query(sql)
        .bind(secret::hash(&drawn))
        .bind(&round.id)
        .bind(number)
        .execute(&mut *change)
        .await?;
    change.commit().await?;
    Ok(Some(drawn))
}

/// Of whom a round is asked, in the order in which they were added.
pub async fn respondents(pool: &AnyPool, round: &str) -> sqlx::Result<Vec<Respondent>> {
    let sql = "SELECT number, name, country, email, spent, reminded_day FROM respondents WHERE round = $1 ORDER BY number";
    sqlx::query(sql).bind(round).fetch_all(pool).await?.iter().map(read_respondent).collect()
}

/// The round and respondent of a link.
pub async fn with_link(pool: &AnyPool, link: &str) -> sqlx::Result<Option<(Round, Respondent)>> {
    let sql = "SELECT number, name, country, email, spent, reminded_day, round FROM respondents WHERE link_hash = $1";
    let Some(row) = sqlx::query(sql).bind(secret::hash(link)).fetch_optional(pool).await? else {
        return Ok(None);
    };
    let round = find(pool, &row.try_get::<String, _>(6)?).await?;
    round.map(|round| Ok((round, read_respondent(&row)?))).transpose()
}

pub async fn told(
    change: &mut Transaction,
    by: &By,
    act: &str,
    id: &str,
    detail: Value,
    now: i64,
) -> sqlx::Result<()> {
    audit::write(change, by, Act { act, kind: "round", record: id, detail }, now).await?;
    Ok(())
}

/// Whether a round that begins and ends on these days can be; the message that says why not.
pub fn days_fault(from_day: &str, until_day: &str) -> Option<&'static str> {
    match (day::read(from_day), day::read(until_day)) {
        (None, _) => Some("round-from-wrong"),
        (_, None) if !until_day.is_empty() => Some("round-until-wrong"),
        (Some(from), Some(until)) if until < from => Some("round-days-wrong"),
        _ => None,
    }
}

fn read_respondent(row: &AnyRow) -> sqlx::Result<Respondent> {
    Ok(Respondent {
        number: row.try_get(0)?,
        name: row.try_get(1)?,
        country: row.try_get(2)?,
        email: row.try_get(3)?,
        spent: row.try_get::<i64, _>(4)? != 0,
        reminded_day: row.try_get(5)?,
    })
}

fn read(row: &AnyRow) -> sqlx::Result<Round> {
    Ok(Round {
        id: row.try_get(0)?,
        title: row.try_get(1)?,
        instrument: row.try_get(2)?,
        number: row.try_get(3)?,
        anonymous: row.try_get::<i64, _>(4)? != 0,
        from_day: row.try_get(5)?,
        until_day: row.try_get(6)?,
        shared: row.try_get(7)?,
        made_at: row.try_get(8)?,
        closed_at: row.try_get(9)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_round_is_open_between_its_days() {
        let mut round = Round {
            id: "a".into(),
            title: "A".into(),
            instrument: "i".into(),
            number: 1,
            anonymous: false,
            from_day: "2026-02-01".into(),
            until_day: "2026-02-28".into(),
            shared: String::new(),
            made_at: 0,
            closed_at: None,
        };
        assert_eq!(round.stage("2026-01-31"), Stage::Ahead);
        assert_eq!(round.stage("2026-02-28"), Stage::Open);
        assert_eq!(round.stage("2026-03-01"), Stage::Over);
        assert!(closed(round.clone()).is_none());
        round.closed_at = Some(1);
        assert_eq!(round.stage("2026-02-02"), Stage::Closed);
        assert!(closed(round).is_some());
    }
}
