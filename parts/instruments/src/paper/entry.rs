//! Sheets and what was typed of them: kept at every step, keyed a second time blind, compared, and taken as
//! a record once both agree.

use std::collections::{BTreeMap, BTreeSet};

use base::Refusal;
use base::storage::{Storage, Transaction};
use sqlx::any::AnyRow;
use sqlx::{AnyPool, Row};

/// Where a sheet stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Being keyed the first time.
    Begun,
    /// Keyed once, and waiting for the second time.
    Once,
    /// Keyed twice, and not the same.
    Differs,
    /// Taken as a record.
    Taken,
}

impl State {
    const ALL: [(State, &'static str); 4] = [
        (State::Begun, "begun"),
        (State::Once, "once"),
        (State::Differs, "differs"),
        (State::Taken, "taken"),
    ];

    pub fn word(self) -> &'static str {
        State::ALL.iter().find(|(state, _)| *state == self).map_or("", |(_, word)| word)
    }

    fn named(word: &str) -> State {
        State::ALL
            .iter()
            .find(|(_, known)| *known == word)
            .map_or(State::Begun, |(state, _)| *state)
    }
}

#[derive(Clone, Debug)]
pub struct Sheet {
    pub number: String,
    pub state: State,
    pub language: String,
    pub respondent: i64,
    pub instance: String,
}

/// What one clerk typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    pub pass: i64,
    pub clerk: String,
    pub typed: BTreeMap<String, String>,
    /// Questions of which the clerk says: so it stands on the paper.
    pub marked: BTreeSet<String>,
    pub done: bool,
}

/// A record number as somebody wrote it: letters, digits and hyphens, at most 20.
pub fn number_of(text: &str) -> Option<String> {
    let text = text.trim().to_uppercase();
    let fits = !text.is_empty()
        && text.chars().count() <= 20
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    fits.then_some(text)
}

/// The number after this one: `0041` → `0042`; none after letters.
pub fn next(number: &str) -> Option<String> {
    let start = number.rfind(|c: char| !c.is_ascii_digit()).map_or(0, |at| at + 1);
    let (head, digits) = number.split_at(start);
    let next = digits.parse::<u64>().ok()?.checked_add(1)?;
    Some(format!("{head}{next:0width$}", width = digits.len()))
}

pub async fn sheets(pool: &AnyPool, round: &str) -> sqlx::Result<Vec<Sheet>> {
    let sql = "SELECT sheet, state, language, respondent, instance FROM paper_sheets WHERE round = $1 ORDER BY sheet";
    sqlx::query(sql).bind(round).fetch_all(pool).await?.iter().map(read_sheet).collect()
}

pub async fn sheet(pool: &AnyPool, round: &str, number: &str) -> sqlx::Result<Option<Sheet>> {
    let sql = "SELECT sheet, state, language, respondent, instance FROM paper_sheets WHERE round = $1 AND sheet = $2";
    let row = sqlx::query(sql).bind(round).bind(number).fetch_optional(pool).await?;
    row.as_ref().map(read_sheet).transpose()
}

/// Begins a sheet, or leaves it as it is where it was begun.
pub async fn begin(
    storage: &Storage,
    round: &str,
    number: &str,
    language: &str,
    respondent: i64,
) -> sqlx::Result<()> {
    let sql = "INSERT INTO paper_sheets (round, sheet, state, language, respondent, instance)
               VALUES ($1, $2, 'begun', $3, $4, '') ON CONFLICT (round, sheet) DO NOTHING";
    sqlx::query(sql)
        .bind(round)
        .bind(number)
        .bind(language)
        .bind(respondent)
        .execute(&storage.pool)
        .await?;
    Ok(())
}

/// What was typed of every sheet of a round, by sheet.
pub async fn of_round(pool: &AnyPool, round: &str) -> sqlx::Result<BTreeMap<String, Vec<Entry>>> {
    let sql = "SELECT pass, clerk, typed, marked, done, sheet FROM paper_entries WHERE round = $1 ORDER BY sheet, pass";
    let mut found: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
    for row in sqlx::query(sql).bind(round).fetch_all(pool).await? {
        found.entry(row.try_get(5)?).or_default().push(read_entry(&row)?);
    }
    Ok(found)
}

/// What was typed of a sheet, the first time first.
pub async fn of_sheet(pool: &AnyPool, round: &str, number: &str) -> sqlx::Result<Vec<Entry>> {
    let sql = "SELECT pass, clerk, typed, marked, done FROM paper_entries WHERE round = $1 AND sheet = $2 ORDER BY pass";
    let rows = sqlx::query(sql).bind(round).bind(number).fetch_all(pool).await?;
    rows.iter().map(read_entry).collect()
}

/// Keeps what was typed, in place of what this pass held before, unless it was finished.
pub async fn keep(
    change: &mut Transaction,
    round: &str,
    number: &str,
    entry: &Entry,
) -> Result<(), Refusal> {
    let sql = "INSERT INTO paper_entries (round, sheet, pass, clerk, typed, marked, done) VALUES ($1, $2, $3, $4, $5, $6, $7)
               ON CONFLICT (round, sheet, pass) DO UPDATE SET typed = excluded.typed, marked = excluded.marked, done = excluded.done
               WHERE paper_entries.done = 0 AND paper_entries.clerk = excluded.clerk";
    let kept = sqlx::query(sql)
        .bind(round)
        .bind(number)
        .bind(entry.pass)
        .bind(&entry.clerk)
        .bind(serde_json::to_string(&entry.typed).map_err(Refusal::broken)?)
        .bind(serde_json::to_string(&entry.marked).map_err(Refusal::broken)?)
        .bind(i64::from(entry.done))
        .execute(&mut **change)
        .await?;
    // Another clerk keys this sheet, or it was finished in another window.
    if kept.rows_affected() == 1 { Ok(()) } else { Err(Refusal::conflict("sheet-elsewhere")) }
}

/// Sets where a sheet stands, where it stood at `from`; `false` where somebody was quicker.
pub async fn set(
    change: &mut Transaction,
    round: &str,
    number: &str,
    from: State,
    to: State,
    instance: &str,
) -> sqlx::Result<bool> {
    let sql = "UPDATE paper_sheets SET state = $1, instance = $2 WHERE round = $3 AND sheet = $4 AND state = $5";
    let set = sqlx::query(sql)
        .bind(to.word())
        .bind(instance)
        .bind(round)
        .bind(number)
        .bind(from.word())
        .execute(&mut **change)
        .await?;
    if to == State::Taken {
        let sql = "DELETE FROM paper_entries WHERE round = $1 AND sheet = $2";
        sqlx::query(sql).bind(round).bind(number).execute(&mut **change).await?;
    }
    Ok(set.rows_affected() == 1)
}

/// Forgets a sheet that was begun by mistake; one that was taken stays.
pub async fn forget(change: &mut Transaction, round: &str, number: &str) -> sqlx::Result<bool> {
    let sql = "DELETE FROM paper_entries WHERE round = $1 AND sheet = $2";
    sqlx::query(sql).bind(round).bind(number).execute(&mut **change).await?;
    let sql = "DELETE FROM paper_sheets WHERE round = $1 AND sheet = $2 AND state <> 'taken'";
    let gone = sqlx::query(sql).bind(round).bind(number).execute(&mut **change).await?;
    Ok(gone.rows_affected() == 1)
}

/// Where two entries differ: path, the first, the second. Spaces and capitals are no difference.
pub fn differences(first: &Entry, second: &Entry) -> Vec<(String, String, String)> {
    let paths: BTreeSet<&String> = first.typed.keys().chain(second.typed.keys()).collect();
    let of = |entry: &Entry, path: &String| entry.typed.get(path).cloned().unwrap_or_default();
    let found = paths.into_iter().map(|path| (path.clone(), of(first, path), of(second, path)));
    found.filter(|(_, first, second)| plain(first) != plain(second)).collect()
}

fn plain(text: &str) -> String {
    text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn read_sheet(row: &AnyRow) -> sqlx::Result<Sheet> {
    Ok(Sheet {
        number: row.try_get(0)?,
        state: State::named(&row.try_get::<String, _>(1)?),
        language: row.try_get(2)?,
        respondent: row.try_get(3)?,
        instance: row.try_get(4)?,
    })
}

fn read_entry(row: &AnyRow) -> sqlx::Result<Entry> {
    Ok(Entry {
        pass: row.try_get(0)?,
        clerk: row.try_get(1)?,
        typed: serde_json::from_str(&row.try_get::<String, _>(2)?).unwrap_or_default(),
        marked: serde_json::from_str(&row.try_get::<String, _>(3)?).unwrap_or_default(),
        done: row.try_get::<i64, _>(4)? != 0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_go_on_as_they_are_written() {
        assert_eq!(number_of(" a-007 ").as_deref(), Some("A-007"));
        assert_eq!(number_of("../x"), None);
        assert_eq!(next("A-009").as_deref(), Some("A-010"));
        assert_eq!(next("99").as_deref(), Some("100"));
        assert_eq!(next("A"), None);
    }

    #[test]
    fn a_space_is_no_difference_and_an_answer_is() {
        let entry = |pairs: &[(&str, &str)]| Entry {
            typed: pairs.iter().map(|(a, b)| ((*a).into(), (*b).into())).collect(),
            ..Entry::default()
        };
        let (first, second) =
            (entry(&[("/a", "1 2"), ("/b", "x")]), entry(&[("/a", " 1  2"), ("/b", "y")]));
        assert_eq!(differences(&first, &second), [("/b".into(), "x".into(), "y".into())]);
    }
}
