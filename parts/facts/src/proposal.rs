//! Figures from the programme's own work that somebody asks to be put into a country's file: they wait until a person with the right
//! role has looked at them, and keep for good the record on which they rest. When that record is withdrawn, they are marked.

use base::storage::Transaction;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sqlx::any::AnyRow;
use sqlx::{AnyPool, Row};

use crate::fact::{Fact, Flag, Reason};
use crate::read::NewSource;
use crate::store::{self, Plan};

/// The record elsewhere on which a figure rests: a typed link, since no part sees another's tables.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// `release`: a table in the register; `round`: answers to an instrument.
    pub kind: String,
    pub record: String,
    pub label: String,
    pub href: String,
}

/// A figure that is asked for, with its source.
#[derive(Clone, Debug)]
pub struct Proposed {
    pub fact: Fact,
    pub source: NewSource,
    pub origin: Origin,
}

/// One that was asked for, and what became of it.
#[derive(Clone, Debug)]
pub struct Proposal {
    pub batch: String,
    pub number: i64,
    pub proposed: Proposed,
    /// `waiting`, `taken`, `refused`, `withdrawn`.
    pub state: String,
    pub decision: String,
    pub made_at: i64,
    pub made_by: String,
    pub decided_at: Option<i64>,
}

/// What became of a set of proposed figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Wait for review now.
    pub new: usize,
    /// Stand in the file already, just so.
    pub there: usize,
    /// Waited already, just so.
    pub waiting: usize,
}

/// Asks for figures. What is in force already, or waits already, is not asked for twice; another value for the same figure takes the
/// place of one that waits.
pub async fn ask(
    change: &mut Transaction,
    batch: &str,
    figures: &[Proposed],
    by: &str,
    now: i64,
) -> sqlx::Result<Asked> {
    let mut asked = Asked::default();
    let plan = store::plan(change, figures.iter().map(|one| one.fact.clone()).collect()).await?;
    let same = |fact: &Fact, other: &Fact| {
        fact.key() == other.key()
            && (fact.value, fact.low, fact.high) == (other.value, other.low, other.high)
            && fact.note == other.note
    };
    let differs = |fact: &Fact| {
        let changed = plan.changed.iter().map(|changed| &changed.after);
        plan.added.iter().chain(changed).any(|other| other.key() == fact.key())
    };
    let waiting = in_state(change, "waiting").await?;
    for (number, one) in figures.iter().enumerate() {
        if !differs(&one.fact) {
            asked.there += 1;
            continue;
        }
        let known = waiting.iter().find(|known| known.proposed.fact.key() == one.fact.key());
        if let Some(known) = known {
            if same(&known.proposed.fact, &one.fact) {
                asked.waiting += 1;
                continue;
            }
            set_state(change, &known.batch, known.number, "withdrawn", "", by, now).await?;
        }
        insert(change, batch, number as i64 + 1, one, by, now).await?;
        asked.new += 1;
    }
    Ok(asked)
}

/// All proposals, those that wait first, then the newest.
pub async fn all(pool: &AnyPool) -> sqlx::Result<Vec<Proposal>> {
    let sql = format!(
        "{COLUMNS} ORDER BY CASE state WHEN 'waiting' THEN 0 ELSE 1 END, made_at DESC, batch, number"
    );
    sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_all(pool).await?.iter().map(read).collect()
}

/// Those asked for together.
pub async fn of_batch(pool: &AnyPool, batch: &str) -> sqlx::Result<Vec<Proposal>> {
    let sql = format!("{COLUMNS} WHERE batch = $1 ORDER BY number");
    sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(batch)
        .fetch_all(pool)
        .await?
        .iter()
        .map(read)
        .collect()
}

/// What taking these would do to the file.
pub async fn plan(change: &mut Transaction, chosen: &[Proposal]) -> sqlx::Result<Plan> {
    store::plan(change, chosen.iter().map(|one| one.proposed.fact.clone()).collect()).await
}

/// Puts reviewed figures into the file, with their origin. Whoever calls records the sources and what was done. Gives the number of the
/// change; none where all of it was there before.
pub async fn take(
    change: &mut Transaction,
    chosen: &[Proposal],
    decision: &str,
    by: &str,
    now: i64,
) -> sqlx::Result<Option<i64>> {
    let Some(first) = chosen.first() else { return Ok(None) };
    let plan = plan(change, chosen).await?;
    let origin = &first.proposed.origin;
    let file = format!("{} {}", origin.kind, origin.record);
    let import = store::Import { kind: "survey", file: &file, refused: 0, now };
    let number = store::take(change, &plan, &import).await?;
    for one in chosen {
        keep_origin(change, &one.proposed).await?;
        set_state(change, &one.batch, one.number, "taken", decision, by, now).await?;
    }
    Ok(number)
}

/// Refuses figures; they stay readable with the reason.
pub async fn refuse(
    change: &mut Transaction,
    chosen: &[Proposal],
    decision: &str,
    by: &str,
    now: i64,
) -> sqlx::Result<()> {
    for one in chosen {
        set_state(change, &one.batch, one.number, "refused", decision, by, now).await?;
    }
    Ok(())
}

/// Marks what rests on a record that was withdrawn: figures in force bear the mark and count in nothing, those that wait are dropped.
/// Gives how many figures were marked.
pub async fn withdraw(
    change: &mut Transaction,
    kind: &str,
    record: &str,
    by: &str,
    now: i64,
) -> sqlx::Result<usize> {
    let sql = "SELECT place, indicator, period, grp, source FROM fact_origins WHERE kind = $1 AND record = $2";
    let rows = sqlx::query(sql).bind(kind).bind(record).fetch_all(&mut **change).await?;
    let mut keys: Vec<[String; 5]> = Vec::new();
    for row in &rows {
        let text = |at: usize| row.try_get::<String, _>(at);
        keys.push([text(0)?, text(1)?, text(2)?, text(3)?, text(4)?]);
    }
    let mut marked = 0;
    for (mut fact, version) in store::current(change).await? {
        let (place, indicator, period, group, source) = fact.key();
        if keys.iter().any(|key| *key == [place, indicator, period, group, source])
            && fact.flag != Flag::Withdrawn
        {
            fact.mark(Reason::new("withdrawn").with("record", record));
            store::remark(change, &fact, version).await?;
            marked += 1;
        }
    }
    for one in in_state(change, "waiting").await? {
        let origin = &one.proposed.origin;
        if origin.kind == kind && origin.record == record {
            set_state(change, &one.batch, one.number, "withdrawn", "", by, now).await?;
        }
    }
    Ok(marked)
}

/// On which records the figures of one name rest, by source.
pub async fn origins(
    pool: &AnyPool,
    place: &str,
    indicator: &str,
    period: &str,
    group: &str,
) -> sqlx::Result<Vec<(String, Origin)>> {
    let sql = "SELECT source, kind, record, label, href FROM fact_origins
               WHERE place = $1 AND indicator = $2 AND period = $3 AND grp = $4 ORDER BY source";
    let rows = sqlx::query(sql).bind(place).bind(indicator).bind(period).bind(group);
    let origin = |row: &AnyRow| {
        let origin = Origin {
            kind: row.try_get(1)?,
            record: row.try_get(2)?,
            label: row.try_get(3)?,
            href: row.try_get(4)?,
        };
        Ok((row.try_get(0)?, origin))
    };
    rows.fetch_all(pool).await?.iter().map(origin).collect()
}

const COLUMNS: &str = "SELECT batch, number, place, indicator, period, grp, year, value, low, high, source, locator, flag, reasons, note, new_source, origin_kind, origin, origin_label, origin_href, state, decision, made_at, made_by, decided_at FROM fact_proposals";

async fn in_state(change: &mut Transaction, state: &str) -> sqlx::Result<Vec<Proposal>> {
    let sql = format!("{COLUMNS} WHERE state = $1 ORDER BY batch, number");
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(state).fetch_all(&mut **change).await?;
    rows.iter().map(read).collect()
}

async fn insert(
    change: &mut Transaction,
    batch: &str,
    number: i64,
    one: &Proposed,
    by: &str,
    now: i64,
) -> sqlx::Result<()> {
    let (fact, source, origin) = (&one.fact, &one.source, &one.origin);
    let new_source = json!({
        "id": source.id, "title": source.title, "publisher": source.publisher, "year": source.year, "url": source.url,
        "licence": source.licence,
    });
    sqlx::query(
        "INSERT INTO fact_proposals (batch, number, place, indicator, period, grp, year, value, low, high, source, locator, flag, reasons, note,
             new_source, origin_kind, origin, origin_label, origin_href, state, decision, made_at, made_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, 'waiting', '', $21, $22)",
    )
    .bind(batch)
    .bind(number)
    .bind(&fact.place)
    .bind(&fact.indicator)
    .bind(&fact.period)
    .bind(&fact.group)
    .bind(i64::from(fact.year))
    .bind(fact.value)
    .bind(fact.low)
    .bind(fact.high)
    .bind(&fact.source)
    .bind(&fact.locator)
    .bind(fact.flag.id())
    .bind(fact.flag_reason())
    .bind(&fact.note)
    .bind(new_source.to_string())
    .bind(&origin.kind)
    .bind(&origin.record)
    .bind(&origin.label)
    .bind(&origin.href)
    .bind(now)
    .bind(by)
    // An absent bound has another type on PostgreSQL than a given one.
    .persistent(false)
    .execute(&mut **change)
    .await?;
    Ok(())
}

async fn set_state(
    change: &mut Transaction,
    batch: &str,
    number: i64,
    state: &str,
    decision: &str,
    by: &str,
    now: i64,
) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE fact_proposals SET state = $3, decision = $4, decided_by = $5, decided_at = $6 WHERE batch = $1 AND number = $2",
    )
    .bind(batch)
    .bind(number)
    .bind(state)
    .bind(decision)
    .bind(by)
    .bind(now)
    .execute(&mut **change)
    .await?;
    Ok(())
}

async fn keep_origin(change: &mut Transaction, one: &Proposed) -> sqlx::Result<()> {
    let (place, indicator, period, group, source) = one.fact.key();
    sqlx::query(
        "INSERT INTO fact_origins (place, indicator, period, grp, source, kind, record, label, href) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (place, indicator, period, grp, source) DO UPDATE SET kind = excluded.kind, record = excluded.record,
             label = excluded.label, href = excluded.href",
    )
    .bind(place)
    .bind(indicator)
    .bind(period)
    .bind(group)
    .bind(source)
    .bind(&one.origin.kind)
    .bind(&one.origin.record)
    .bind(&one.origin.label)
    .bind(&one.origin.href)
    .execute(&mut **change)
    .await?;
    Ok(())
}

fn read(row: &AnyRow) -> sqlx::Result<Proposal> {
    let unknown = |what: String| sqlx::Error::Decode(what.into());
    let flag: String = row.try_get("flag")?;
    let reasons: String = row.try_get("reasons")?;
    let source: String = row.try_get("new_source")?;
    let source: serde_json::Value =
        serde_json::from_str(&source).map_err(|error| unknown(error.to_string()))?;
    let text = |name: &str| source[name].as_str().unwrap_or_default().to_owned();
    let fact = Fact {
        place: row.try_get("place")?,
        indicator: row.try_get("indicator")?,
        period: row.try_get("period")?,
        year: row.try_get::<i64, _>("year")? as i32,
        group: row.try_get("grp")?,
        value: row.try_get("value")?,
        low: row.try_get("low")?,
        high: row.try_get("high")?,
        source: row.try_get("source")?,
        locator: row.try_get("locator")?,
        flag: Flag::from_id(&flag).ok_or_else(|| unknown(format!("flag {flag:?} is not known")))?,
        reasons: Reason::parse_all(&reasons),
        note: row.try_get("note")?,
    };
    let proposed = Proposed {
        source: NewSource {
            id: text("id"),
            title: text("title"),
            publisher: text("publisher"),
            year: source["year"].as_i64().map(|year| year as i32),
            url: text("url"),
            licence: text("licence"),
        },
        origin: Origin {
            kind: row.try_get("origin_kind")?,
            record: row.try_get("origin")?,
            label: row.try_get("origin_label")?,
            href: row.try_get("origin_href")?,
        },
        fact,
    };
    Ok(Proposal {
        batch: row.try_get("batch")?,
        number: row.try_get("number")?,
        proposed,
        state: row.try_get("state")?,
        decision: row.try_get("decision")?,
        made_at: row.try_get("made_at")?,
        made_by: row.try_get("made_by")?,
        decided_at: row.try_get("decided_at")?,
    })
}
