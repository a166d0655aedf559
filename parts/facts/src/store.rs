//! The facts as they are kept: what is in force, what it replaced, and how a reading enters:
//! planned first, then taken whole or not at all.

use std::collections::{BTreeMap, BTreeSet};

use base::change::{self, ChangeArg};
use base::storage::{Migration, Storage};
use sqlx::any::AnyRow;
use sqlx::{Any, Row, Transaction};

use crate::fact::{Fact, Flag, Reason};
use crate::read::quality;

pub const MIGRATIONS: &[Migration] = &[
    Migration { name: "0001_facts", sql: include_str!("../migrations/0001_facts.sql") },
    Migration { name: "0002_proposals", sql: include_str!("../migrations/0002_proposals.sql") },
];

/// What an import would do. Nothing of it is done yet.
#[derive(Debug, Default)]
pub struct Plan {
    pub added: Vec<Fact>,
    pub changed: Vec<Changed>,
    /// Figures of other files whose marks of doubt change, since the new ones stand beside them.
    pub remarked: Vec<(Fact, i64)>,
    pub same: u64,
}

/// A figure that the source now gives otherwise.
#[derive(Debug)]
pub struct Changed {
    pub before: Fact,
    pub after: Fact,
    /// Version of `before`.
    pub version: i64,
}

impl Plan {
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.remarked.is_empty()
    }
}

/// A version of one figure.
#[derive(Debug)]
pub struct Version {
    pub fact: Fact,
    pub version: i64,
    pub current: bool,
    /// When it was read here, UTC seconds, and from which file; absent for what came with an
    /// import that is no longer listed.
    pub at: Option<i64>,
    pub file: Option<String>,
}

/// Marks `facts` by the rules of quality, beside what is in force already, and compares them with
/// it. A figure that a publisher left out of a new file is kept: a file may hold only some years.
pub async fn plan(
    change: &mut Transaction<'static, Any>,
    mut facts: Vec<Fact>,
) -> sqlx::Result<Plan> {
    let mut known: BTreeMap<Key, (Fact, i64)> = BTreeMap::new();
    for (fact, version) in current(change).await? {
        known.insert(key(&fact), (fact, version));
    }
    let names: BTreeSet<Key> = facts.iter().map(key).collect();
    let new = facts.len();
    facts.extend(
        known.iter().filter(|(key, _)| !names.contains(*key)).map(|(_, (fact, _))| fact.clone()),
    );
    quality::review(&mut facts, &[]);
    let others = facts.split_off(new);
    let mut plan = Plan::default();
    for fact in others {
        if let Some((before, version)) = known.get(&key(&fact))
            && before.reasons != fact.reasons
        {
            plan.remarked.push((fact, *version));
        }
    }
    for fact in facts {
        match known.remove(&key(&fact)) {
            None => plan.added.push(fact),
            Some((before, version)) if differs(&before, &fact) => {
                plan.changed.push(Changed { before, after: fact, version });
            }
            Some(_) => plan.same += 1,
        }
    }
    Ok(plan)
}

/// Who brings the facts in, for the record of imports.
pub struct Import<'a> {
    pub kind: &'a str,
    /// File name without its folder.
    pub file: &'a str,
    pub refused: u64,
    /// UTC seconds.
    pub now: i64,
}

/// Writes the plan within `change`. An empty plan writes nothing, so that the same file twice
/// leaves no trace. Returns the number of the change.
pub async fn take(
    change: &mut Transaction<'static, Any>,
    plan: &Plan,
    import: &Import<'_>,
) -> sqlx::Result<Option<i64>> {
    if plan.is_empty() {
        return Ok(None);
    }
    let args = [
        ("kind".to_owned(), ChangeArg::Text(import.kind.to_owned())),
        ("file".to_owned(), ChangeArg::Text(import.file.to_owned())),
        ("added".to_owned(), ChangeArg::Count(plan.added.len() as u64)),
        ("changed".to_owned(), ChangeArg::Count(plan.changed.len() as u64)),
    ];
    let number =
        change::record(change, import.now, "facts", "change-facts-imported", &args, "/imports")
            .await?;
    sqlx::query("INSERT INTO imports (number, at, kind, file, added, changed, same, refused) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
        .bind(number)
        .bind(import.now)
        .bind(import.kind)
        .bind(import.file)
        .bind(plan.added.len() as i64)
        .bind(plan.changed.len() as i64)
        .bind(plan.same as i64)
        .bind(import.refused as i64)
        .execute(&mut **change)
        .await?;
    for changed in &plan.changed {
        retire(change, &changed.before, changed.version).await?;
    }
    for (fact, version) in &plan.remarked {
        remark(change, fact, *version).await?;
    }
    let after = plan.changed.iter().map(|changed| (&changed.after, changed.version + 1));
    let rows: Vec<(&Fact, i64)> = plan.added.iter().map(|fact| (fact, 1)).chain(after).collect();
    insert(change, &rows, number).await?;
    Ok(Some(number))
}

/// Every figure in force, sorted by what names it.
pub async fn all_current(storage: &Storage) -> sqlx::Result<Vec<Fact>> {
    let sql = "SELECT place, indicator, period, grp, source, year, value, low, high, locator, flag, reasons, note
               FROM facts WHERE current = 1
               ORDER BY place, indicator, period, grp, source";
    let rows = sqlx::query(sql).fetch_all(&storage.pool).await?;
    rows.iter().map(fact_of).collect()
}

/// All versions of the figures of `place`, `indicator`, `period` and `group`, newest first, from
/// every source.
pub async fn versions(
    storage: &Storage,
    place: &str,
    indicator: &str,
    period: &str,
    group: &str,
) -> sqlx::Result<Vec<Version>> {
    let sql = "SELECT f.place, f.indicator, f.period, f.grp, f.source, f.year, f.value, f.low, f.high, f.locator,
                      f.flag, f.reasons, f.note, f.version, f.current, i.at, i.file
               FROM facts f LEFT JOIN imports i ON i.number = f.import
               WHERE f.place = $1 AND f.indicator = $2 AND f.period = $3 AND f.grp = $4
               ORDER BY f.source, f.version DESC";
    let rows = sqlx::query(sql)
        .bind(place)
        .bind(indicator)
        .bind(period)
        .bind(group)
        .fetch_all(&storage.pool)
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Version {
                fact: fact_of(row)?,
                version: row.try_get(13)?,
                current: row.try_get::<i64, _>(14)? == 1,
                at: row.try_get(15)?,
                file: row.try_get(16)?,
            })
        })
        .collect()
}

/// One import that changed something.
#[derive(Debug)]
pub struct Imported {
    pub number: i64,
    pub at: i64,
    pub kind: String,
    pub file: String,
    pub added: i64,
    pub changed: i64,
    pub same: i64,
    pub refused: i64,
}

/// All imports, newest first.
pub async fn imports(storage: &Storage) -> sqlx::Result<Vec<Imported>> {
    let sql = "SELECT number, at, kind, file, added, changed, same, refused FROM imports ORDER BY number DESC";
    let rows = sqlx::query(sql).fetch_all(&storage.pool).await?;
    rows.iter()
        .map(|row| {
            Ok(Imported {
                number: row.try_get(0)?,
                at: row.try_get(1)?,
                kind: row.try_get(2)?,
                file: row.try_get(3)?,
                added: row.try_get(4)?,
                changed: row.try_get(5)?,
                same: row.try_get(6)?,
                refused: row.try_get(7)?,
            })
        })
        .collect()
}

type Key = (String, String, String, String, String);

fn key(fact: &Fact) -> Key {
    let (place, indicator, period, group, source) = fact.key();
    (place.into(), indicator.into(), period.into(), group.into(), source.into())
}

/// Whether a source now says something else. Where it stands in the file is no difference: rows
/// move when a publisher adds a country.
fn differs(before: &Fact, after: &Fact) -> bool {
    (before.value, before.low, before.high) != (after.value, after.low, after.high)
        || before.flag != after.flag
        || before.flag_reason() != after.flag_reason()
        || before.note != after.note
}

pub(crate) async fn current(
    change: &mut Transaction<'static, Any>,
) -> sqlx::Result<Vec<(Fact, i64)>> {
    let sql = "SELECT place, indicator, period, grp, source, year, value, low, high, locator, flag, reasons, note, version
               FROM facts WHERE current = 1";
    let rows = sqlx::query(sql).fetch_all(&mut **change).await?;
    rows.iter().map(|row| Ok((fact_of(row)?, row.try_get(13)?))).collect()
}

async fn retire(
    change: &mut Transaction<'static, Any>,
    fact: &Fact,
    version: i64,
) -> sqlx::Result<()> {
    let sql = "UPDATE facts SET current = 0
               WHERE place = $1 AND indicator = $2 AND period = $3 AND grp = $4 AND source = $5 AND version = $6";
    sqlx::query(sql)
        .bind(&fact.place)
        .bind(&fact.indicator)
        .bind(&fact.period)
        .bind(&fact.group)
        .bind(&fact.source)
        .bind(version)
        .execute(&mut **change)
        .await?;
    Ok(())
}

/// The same figure with other marks is no new version: the source says what it said.
pub(crate) async fn remark(
    change: &mut Transaction<'static, Any>,
    fact: &Fact,
    version: i64,
) -> sqlx::Result<()> {
    let sql = "UPDATE facts SET flag = $1, reasons = $2
               WHERE place = $3 AND indicator = $4 AND period = $5 AND grp = $6 AND source = $7 AND version = $8";
    sqlx::query(sql)
        .bind(fact.flag.id())
        .bind(fact.flag_reason())
        .bind(&fact.place)
        .bind(&fact.indicator)
        .bind(&fact.period)
        .bind(&fact.group)
        .bind(&fact.source)
        .bind(version)
        .execute(&mut **change)
        .await?;
    Ok(())
}

/// Rows to a statement: SQLite finds each numbered place by a walk over all of them, so many short
/// statements are far faster than few long ones (500 rows: 16 s for the shipped figures).
const ROWS: usize = 20;

async fn insert(
    change: &mut Transaction<'static, Any>,
    rows: &[(&Fact, i64)],
    import: i64,
) -> sqlx::Result<()> {
    for batch in rows.chunks(ROWS) {
        let values: Vec<String> = (0..batch.len())
            .map(|row| {
                let places: Vec<String> =
                    (1..=16).map(|at| format!("${}", row * 16 + at)).collect();
                format!("({})", places.join(", "))
            })
            .collect();
        let sql = format!(
            "INSERT INTO facts (place, indicator, period, grp, source, version, current, year, value, low, high, locator, flag, reasons, note, import) VALUES {}",
            values.join(", ")
        );
        // Made of numbered places only; every value is bound.
        let mut query = sqlx::query(sqlx::AssertSqlSafe(sql));
        for (fact, version) in batch {
            query = query
                .bind(fact.place.as_str())
                .bind(fact.indicator.as_str())
                .bind(fact.period.as_str())
                .bind(fact.group.as_str())
                .bind(fact.source.as_str())
                .bind(*version)
                .bind(1_i64)
                .bind(i64::from(fact.year))
                .bind(fact.value)
                .bind(fact.low)
                .bind(fact.high)
                .bind(fact.locator.as_str())
                .bind(fact.flag.id())
                .bind(fact.flag_reason())
                .bind(fact.note.as_str())
                .bind(import);
        }
        // An absent bound is sent to PostgreSQL with another type than a given one, so a statement
        // prepared for one batch must not serve the next.
        query.persistent(false).execute(&mut **change).await?;
    }
    Ok(())
}

fn fact_of(row: &AnyRow) -> sqlx::Result<Fact> {
    let flag: String = row.try_get(10)?;
    let reasons: String = row.try_get(11)?;
    let unknown = || sqlx::Error::Decode(format!("flag {flag:?} is not known").into());
    Ok(Fact {
        place: row.try_get(0)?,
        indicator: row.try_get(1)?,
        period: row.try_get(2)?,
        group: row.try_get(3)?,
        source: row.try_get(4)?,
        year: row.try_get::<i64, _>(5)? as i32,
        value: row.try_get(6)?,
        low: row.try_get(7)?,
        high: row.try_get(8)?,
        locator: row.try_get(9)?,
        flag: Flag::from_id(&flag).ok_or_else(unknown)?,
        reasons: Reason::parse_all(&reasons),
        note: row.try_get(12)?,
    })
}
