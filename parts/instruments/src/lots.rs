//! Rows that lie in the order of lots. A database keeps rows as they come: SQLite fills a page from its end, PostgreSQL a
//! table from its beginning, and whoever has a copy of the file reads the order of arrival from where they lie. Here each row
//! that comes has its neighbours written anew with it, in the order of numbers drawn by lot, within the same change.

use base::Refusal;
use base::storage::{Engine, Transaction};
use sqlx::{AssertSqlSafe, Row};

use crate::secret;

/// A table whose key `number` is a lot, with its further columns, all of them text; the first is the round.
pub struct Shelf {
    pub table: &'static str,
    pub columns: &'static [&'static str],
}

/// Rows written anew on either side of one that comes on SQLite: as many as an answer may be taken for. A round of no more is
/// written anew as a whole; with a hundred thousand answers an arrival costs the same.
const NEIGHBOURS: i64 = 250;

/// Lays a row down; its lot.
pub async fn lay(
    change: &mut Transaction,
    engine: Engine,
    shelf: &Shelf,
    row: &[&str],
) -> Result<i64, Refusal> {
    let lot = free_lot(change, shelf).await?;
    match engine {
        Engine::Sqlite => among_neighbours(change, shelf, lot, row).await?,
        Engine::Postgres => with_the_round(change, shelf, lot, row).await?,
    }
    Ok(lot)
}

async fn free_lot(change: &mut Transaction, shelf: &Shelf) -> Result<i64, Refusal> {
    loop {
        let lot = secret::lot()?;
        let sql = format!("SELECT COUNT(*) FROM {} WHERE number = $1", shelf.table);
        let taken: i64 =
            sqlx::query_scalar(AssertSqlSafe(sql)).bind(lot).fetch_one(&mut **change).await?;
        if taken == 0 {
            return Ok(lot);
        }
    }
}

/// The neighbours are taken away before the row comes, so that it is never put where there was room.
async fn among_neighbours(
    change: &mut Transaction,
    shelf: &Shelf,
    lot: i64,
    row: &[&str],
) -> sqlx::Result<()> {
    let Shelf { table, columns } = shelf;
    let named = columns.join(", ");
    let mut rows = vec![(lot, row.iter().map(|it| (*it).to_owned()).collect::<Vec<String>>())];
    for side in ["< $1 ORDER BY number DESC", "> $1 ORDER BY number"] {
        let sql = format!("SELECT number, {named} FROM {table} WHERE number {side} LIMIT $2");
        let found = sqlx::query(AssertSqlSafe(sql))
            .bind(lot)
            .bind(NEIGHBOURS)
            .fetch_all(&mut **change)
            .await?;
        for one in found {
            let cells = (1..=columns.len()).map(|at| one.try_get(at));
            rows.push((one.try_get(0)?, cells.collect::<sqlx::Result<_>>()?));
        }
    }
    rows.sort();
    let (first, last) = (rows[0].0, rows[rows.len() - 1].0);
    let sql = format!("DELETE FROM {table} WHERE number BETWEEN $1 AND $2");
    sqlx::query(AssertSqlSafe(sql)).bind(first).bind(last).execute(&mut **change).await?;
    for (number, cells) in rows {
        put(change, shelf, number, cells.iter().map(String::as_str)).await?;
    }
    Ok(())
}

/// Each row there bears the number of the change that wrote it (`xmin`) and lies where there was room: now all rows of the round
/// bear this one's, and lie in the order of their lots. One change after the other: the round's row is held.
async fn with_the_round(
    change: &mut Transaction,
    shelf: &Shelf,
    lot: i64,
    row: &[&str],
) -> sqlx::Result<()> {
    let Shelf { table, columns } = shelf;
    let named = columns.join(", ");
    hold(change, row[0]).await?;
    put(change, shelf, lot, row.iter().copied()).await?;
    // The sort has all rows in hand, and so all of them gone, before the first comes back.
    let sql = format!(
        "WITH gone AS (DELETE FROM {table} WHERE round = $1 RETURNING number, {named})
         INSERT INTO {table} (number, {named}) SELECT number, {named} FROM gone ORDER BY number"
    );
    sqlx::query(AssertSqlSafe(sql)).bind(row[0]).execute(&mut **change).await?;
    Ok(())
}

/// Lets nobody else change what lies in a round until this change is kept.
pub async fn hold(change: &mut Transaction, round: &str) -> sqlx::Result<()> {
    let sql = "SELECT 1 FROM rounds WHERE id = $1 FOR NO KEY UPDATE";
    sqlx::query(sql).bind(round).fetch_optional(&mut **change).await?;
    Ok(())
}

async fn put<'a>(
    change: &mut Transaction,
    shelf: &Shelf,
    number: i64,
    cells: impl Iterator<Item = &'a str>,
) -> sqlx::Result<()> {
    let Shelf { table, columns } = shelf;
    let marks: Vec<String> = (0..columns.len()).map(|at| format!("${}", at + 2)).collect();
    let (named, marks) = (columns.join(", "), marks.join(", "));
    let sql = format!("INSERT INTO {table} (number, {named}) VALUES ($1, {marks})");
    let mut query = sqlx::query(AssertSqlSafe(sql)).bind(number);
    for cell in cells {
        query = query.bind(cell.to_owned());
    }
    query.execute(&mut **change).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use base::storage::Storage;

    use super::*;

    const ANSWERS: Shelf =
        Shelf { table: "anonymous_answers", columns: &["round", "record", "day"] };

    /// A round that is written anew as a whole, and one of more answers than that; some are longer than a page of the file.
    #[tokio::test]
    async fn where_an_answer_lies_does_not_tell_when_it_came() {
        // The bounds lie five standard errors from a half and from nothing, so that no lot makes the test fail by itself.
        let whole = laid(400).await;
        assert!(whole.by_lot > 0.7, "{} of the pairs lie by their lots", whole.by_lot);
        for lying in [whole, laid(700).await] {
            let Lying { by_arrival, along, pairs, .. } = lying;
            assert!(pairs > 200, "{pairs} pairs");
            assert!(
                (0.35..0.65).contains(&by_arrival),
                "{by_arrival} of the pairs lie as they came"
            );
            assert!(along.abs() < 0.3, "places go along with turns: {along}");
        }
    }

    /// How answers lie in a file.
    struct Lying {
        /// Answers side by side in one page.
        pairs: usize,
        /// The share of them whose lower lot lies behind, as SQLite fills a page.
        by_lot: f64,
        /// The share whose earlier one lies behind: a half tells nothing.
        by_arrival: f64,
        /// How far the place in the file goes along with the turn in which it came, from -1 to 1.
        along: f64,
    }

    async fn laid(count: usize) -> Lying {
        let folder = base::testing::folder();
        let file = folder.join("lots.db");
        let storage =
            Storage::open(&format!("sqlite:{}", file.display())).await.expect("a database");
        storage.migrate("instruments", crate::MIGRATIONS).await.expect("tables");
        let mut came: Vec<(i64, String)> = Vec::new();
        for at in 0..count {
            let words = format!("words{at:04}end");
            let length = if at % 20 == 7 { 9000 } else { 300 };
            let record = format!("<data><a>{words}</a>{}</data>", "x".repeat(length));
            let row = ["r", record.as_str(), "2026-11-24"];
            let mut change = storage.change().await.expect("a change");
            let lot = lay(&mut change, Engine::Sqlite, &ANSWERS, &row).await.ok();
            came.push((lot.expect("laid"), words));
            change.commit().await.expect("kept");
        }
        let sql = "SELECT number FROM anonymous_answers ORDER BY number";
        let kept: Vec<i64> = sqlx::query_scalar(sql).fetch_all(&storage.pool).await.expect("rows");
        let mut lots: Vec<i64> = came.iter().map(|it| it.0).collect();
        lots.sort_unstable();
        assert_eq!(kept, lots, "each is there once");
        sqlx::raw_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            .execute(&storage.pool)
            .await
            .expect("written");
        let bytes = std::fs::read(&file).expect("the file");
        // The place in the file, the turn, the lot.
        let mut lying: Vec<(usize, usize, i64)> = Vec::new();
        for (turn, (lot, words)) in came.iter().enumerate() {
            let place = bytes.windows(words.len()).position(|it| it == words.as_bytes());
            lying.push((place.expect("its words"), turn, *lot));
        }
        lying.sort_unstable();
        let pairs: Vec<_> =
            lying.windows(2).filter(|it| it[0].0 / 4096 == it[1].0 / 4096).collect();
        let share = |count: usize| count as f64 / pairs.len() as f64;
        let all = count as f64;
        let middle = (all - 1.0) / 2.0;
        let along: f64 = lying
            .iter()
            .enumerate()
            .map(|(place, it)| (place as f64 - middle) * (it.1 as f64 - middle))
            .sum();
        Lying {
            pairs: pairs.len(),
            by_lot: share(pairs.iter().filter(|it| it[0].2 > it[1].2).count()),
            by_arrival: share(pairs.iter().filter(|it| it[0].1 > it[1].1).count()),
            along: along / (all * (all * all - 1.0) / 12.0),
        }
    }
}
