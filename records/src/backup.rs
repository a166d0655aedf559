//! The whole database as one file, taken while it is in use, and put back on either database with
//! nothing changed: every table is counted and digested on the way out and again on the way in.
//!
//! The file is gzip of lines of JSON: a head, then for each table its columns and its rows, then what
//! was written. A whole number is a number; a fraction is its 64 bits in hexadecimal, since decimal
//! digits could move the last of them; bytes are hexadecimal.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use flate2::Compression;
use flate2::bufread::GzDecoder;
use flate2::write::GzEncoder;
use futures_util::TryStreamExt;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row};

use crate::chance::in_hex;
use crate::storage::{Engine, MIGRATIONS_TABLE, Migration, Storage, Transaction};

/// The first line.
#[derive(Debug, Serialize, Deserialize)]
struct Head {
    throughcare_backup: u32,
    /// UTC seconds.
    made_at: i64,
    version: String,
}

/// Before the rows of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Table {
    table: String,
    columns: Vec<Column>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Column {
    name: String,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Whole,
    Fraction,
    Text,
    Bytes,
}

/// What a table holds: the number of its rows and a digest that does not ask for their order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    pub rows: u64,
    digest: String,
    #[serde(skip)]
    sum: [u64; 4],
}

impl Content {
    /// Adds a row: its hash is added to the sum, so that rows may come in any order, and two equal
    /// rows count twice.
    fn add(&mut self, line: &str) {
        let hash = Sha256::digest(line.as_bytes());
        for (sum, eight) in self.sum.iter_mut().zip(hash.chunks_exact(8)) {
            let eight = eight.iter().fold(0_u64, |value, byte| value << 8 | u64::from(*byte));
            *sum = sum.wrapping_add(eight);
        }
        self.rows += 1;
        self.digest = self.sum.iter().map(|part| format!("{part:016x}")).collect();
    }
}

/// What a backup holds, by table.
pub type Contents = BTreeMap<String, Content>;

/// The last line.
#[derive(Debug, Serialize, Deserialize)]
struct Foot {
    contents: Contents,
}

/// Writes everything to `path`, as it stood at one moment, while others go on. Fails where the file
/// is there already; leaves no half of one.
pub async fn write(storage: &Storage, path: &Path, version: &str, now: i64) -> Result<Contents> {
    ensure!(
        !path.exists(),
        "{} is there already; name another file, a backup never overwrites one",
        path.display()
    );
    let half = path.with_extension("half");
    let written = write_to(storage, &half, version, now).await;
    match written {
        Ok(contents) => {
            std::fs::rename(&half, path).with_context(|| path.display().to_string())?;
            Ok(contents)
        }
        Err(error) => {
            let _ = std::fs::remove_file(&half);
            Err(error.context(format!("{} was not written", path.display())))
        }
    }
}

async fn write_to(storage: &Storage, path: &Path, version: &str, now: i64) -> Result<Contents> {
    let file = File::create(path)
        .with_context(|| format!("{} cannot be written; check its folder", path.display()))?;
    let mut out = GzEncoder::new(file, Compression::default());
    line(&mut out, &Head { throughcare_backup: 1, made_at: now, version: version.into() })?;
    // One moment for all tables: what is written meanwhile is not seen.
    let mut moment = match storage.engine {
        Engine::Sqlite => storage.pool.begin().await?,
        Engine::Postgres => {
            storage.pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?
        }
    };
    let mut contents = Contents::new();
    for table in tables(&mut moment, storage.engine).await? {
        line(&mut out, &table)?;
        let content = read_rows(&mut moment, &table, |row| Ok(writeln!(out, "{row}")?)).await?;
        contents.insert(table.table, content);
    }
    moment.rollback().await?;
    line(&mut out, &Foot { contents: contents.clone() })?;
    let file = out.finish()?;
    file.sync_all()?;
    Ok(contents)
}

fn line(out: &mut impl Write, value: &impl Serialize) -> Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    Ok(out.write_all(b"\n")?)
}

/// Reads a backup through and holds it to what its last line says. Gives when it was made.
pub fn check(path: &Path) -> Result<(i64, Contents)> {
    let mut made_at = 0;
    let contents = each_line(path, |read| {
        if let Read::Head(at) = read {
            made_at = at;
        }
        Ok(())
    })?;
    Ok((made_at, contents))
}

/// What a line of a backup is.
enum Read<'a> {
    Head(i64),
    Table(&'a Table),
    Row(&'a Table, Vec<Value>),
}

/// Goes through a backup and gives each line to `take`. Fails where it is none, was cut off, or
/// does not hold what its last line says.
fn each_line(path: &Path, mut take: impl FnMut(Read) -> Result<()>) -> Result<Contents> {
    let shown = path.display();
    let file = File::open(path).with_context(|| format!("{shown} cannot be read"))?;
    let mut lines = BufReader::new(GzDecoder::new(BufReader::new(file))).lines();
    let none = || format!("{shown} is no backup of Throughcare");
    let first = lines.next().with_context(none)?.with_context(none)?;
    let head: Head = serde_json::from_str(&first).with_context(none)?;
    ensure!(
        head.throughcare_backup == 1,
        "{shown} was made by a newer version of the program ({}); use that one",
        head.version
    );
    take(Read::Head(head.made_at))?;
    let mut found = Contents::new();
    let mut table: Option<Table> = None;
    for line in lines {
        let line = line.with_context(|| format!("{shown} is damaged or was cut off"))?;
        if line.starts_with('[') {
            let table = table.as_ref().with_context(none)?;
            if let Some(content) = found.get_mut(&table.table) {
                content.add(&line);
            }
            take(Read::Row(table, serde_json::from_str(&line)?))?;
        } else if let Ok(next) = serde_json::from_str::<Table>(&line) {
            found.insert(next.table.clone(), Content::default());
            take(Read::Table(&next))?;
            table = Some(next);
        } else {
            let foot: Foot = serde_json::from_str(&line).with_context(none)?;
            same(&foot.contents, &found).with_context(|| format!("{shown} is damaged"))?;
            return Ok(found);
        }
    }
    bail!("{shown} was cut off: its last line is missing")
}

/// Fails naming the first table in which two contents differ.
fn same(expected: &Contents, found: &Contents) -> Result<()> {
    for name in expected.keys().chain(found.keys()) {
        let (expected, found) = (expected.get(name), found.get(name));
        let rows = |content: Option<&Content>| content.map_or(0, |content| content.rows);
        ensure!(
            expected.map(|it| (it.rows, &it.digest)) == found.map(|it| (it.rows, &it.digest)),
            "the table {name} differs: {} rows expected, {} found",
            rows(expected),
            rows(found)
        );
    }
    Ok(())
}

/// Puts a backup into an empty database, all of it or nothing, and holds every table to its digest
/// before it is kept. `known` are the steps of this program by part: a backup can only make tables that
/// the program knows.
pub async fn restore(
    storage: &Storage,
    path: &Path,
    known: &[(&str, &[Migration])],
) -> Result<Contents> {
    let expected = {
        let path = path.to_owned();
        // Read through once before anything is touched.
        check(&path)?.1
    };
    let mut change = storage.change().await.map_err(|error| storage.explain(error))?;
    let there = tables(&mut change, storage.engine).await?;
    ensure!(
        there.is_empty(),
        "the database {} holds tables already (such as {}); a backup is put into an empty one. Name another file or database in DATABASE_URL",
        storage.shown,
        there[0].table
    );
    make_tables(&mut change, path, known).await?;
    let fresh = tables(&mut change, storage.engine).await?;
    for table in fresh.iter().rev() {
        let sql = AssertSqlSafe(format!("DELETE FROM {}", table.table));
        sqlx::raw_sql(sql).execute(&mut *change).await?;
    }
    fill(&mut change, path, &fresh).await?;
    let mut found = Contents::new();
    for table in &fresh {
        let content = read_rows(&mut change, table, |_| Ok(())).await?;
        found.insert(table.table.clone(), content);
    }
    same(&expected, &found)
        .context("nothing was kept: what was put in does not read back the same")?;
    change.commit().await?;
    Ok(found)
}

/// Takes the steps that the backup's database had taken, in this program's wording.
async fn make_tables(
    change: &mut Transaction,
    path: &Path,
    known: &[(&str, &[Migration])],
) -> Result<()> {
    let mut steps = Vec::new();
    each_line(path, |read| {
        if let Read::Row(table, row) = read
            && table.table == "migrations"
        {
            let at = |name: &str| {
                let at = table.columns.iter().position(|column| column.name == name);
                at.and_then(|at| row[at].as_str()).unwrap_or("").to_owned()
            };
            steps.push((at("part"), at("name"), at("sql")));
        }
        Ok(())
    })?;
    steps.sort();
    sqlx::raw_sql(MIGRATIONS_TABLE).execute(&mut **change).await?;
    for (part, name, sql) in steps {
        let of_part = known.iter().find(|(known, _)| *known == part);
        let step = of_part.and_then(|(_, steps)| steps.iter().find(|step| step.name == name));
        match step {
            Some(step) if step.sql == sql => {
                sqlx::raw_sql(step.sql).execute(&mut **change).await?;
            }
            _ => bail!(
                "the backup comes from another version of the program: it has the step {part}/{name}, which this one does not know in that wording. Use the version that made it, or a newer one"
            ),
        }
    }
    Ok(())
}

/// Rows to a statement: small enough for the binds of either database.
const ROWS: usize = 20;

async fn fill(change: &mut Transaction, path: &Path, fresh: &[Table]) -> Result<()> {
    // Reading a file is quick work between two statements; a channel hands rows over in order.
    let (send, mut receive) = tokio::sync::mpsc::channel::<(Table, Vec<Vec<Value>>)>(8);
    let path = path.to_owned();
    let reading = tokio::task::spawn_blocking(move || {
        let mut batch: Option<(Table, Vec<Vec<Value>>)> = None;
        let hand_over = |batch: Option<(Table, Vec<Vec<Value>>)>| match batch {
            Some(full) if !full.1.is_empty() => Ok(send.blocking_send(full)?),
            _ => anyhow::Ok(()),
        };
        each_line(&path, |read| {
            match read {
                Read::Head(_) => {}
                Read::Table(table) => hand_over(batch.replace((table.clone(), Vec::new())))?,
                Read::Row(table, row) => {
                    if let Some((_, rows)) = &mut batch {
                        rows.push(row);
                        if rows.len() == ROWS {
                            hand_over(batch.replace((table.clone(), Vec::new())))?;
                        }
                    }
                }
            }
            Ok(())
        })?;
        hand_over(batch)
    });
    while let Some((table, rows)) = receive.recv().await {
        ensure!(fresh.contains(&table), "the table {} has other columns here", table.table);
        insert(change, &table, &rows)
            .await
            .with_context(|| format!("rows of the table {} cannot be put in", table.table))?;
    }
    reading.await?
}

async fn insert(change: &mut Transaction, table: &Table, rows: &[Vec<Value>]) -> Result<()> {
    let names: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
    let width = names.len();
    let places: Vec<String> = (0..rows.len())
        .map(|row| {
            let places: Vec<String> =
                (1..=width).map(|at| format!("${}", row * width + at)).collect();
            format!("({})", places.join(", "))
        })
        .collect();
    let sql = AssertSqlSafe(format!(
        "INSERT INTO {} ({}) VALUES {}",
        table.table,
        names.join(", "),
        places.join(", ")
    ));
    // Not kept as prepared: on PostgreSQL the type of an absent value would stick to it.
    let mut query = sqlx::query(sql).persistent(false);
    for row in rows {
        ensure!(row.len() == width, "a row has {} values for {width} columns", row.len());
        for (column, value) in table.columns.iter().zip(row) {
            let text = value.as_str();
            query = match column.kind {
                Kind::Whole => query.bind(value.as_i64()),
                Kind::Text => query.bind(text.map(str::to_owned)),
                Kind::Fraction => query.bind(text.map(from_bits).transpose()?),
                Kind::Bytes => query.bind(text.map(from_hex).transpose()?),
            };
        }
    }
    query.execute(&mut **change).await?;
    Ok(())
}

fn from_bits(text: &str) -> Result<f64> {
    Ok(f64::from_bits(u64::from_str_radix(text, 16)?))
}

fn from_hex(text: &str) -> Result<Vec<u8>> {
    ensure!(text.is_ascii() && text.len().is_multiple_of(2), "{text:?} is not hexadecimal");
    (0..text.len() / 2).map(|at| Ok(u8::from_str_radix(&text[at * 2..at * 2 + 2], 16)?)).collect()
}

/// Every row of a table, as its line in the file, given to `take`; counted and digested.
async fn read_rows(
    moment: &mut Transaction,
    table: &Table,
    mut take: impl FnMut(&str) -> Result<()>,
) -> Result<Content> {
    let names: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
    let sql = AssertSqlSafe(format!("SELECT {} FROM {}", names.join(", "), table.table));
    let mut content = Content::default();
    // One row after another, whatever the size of the table.
    let mut rows = sqlx::query(sql).fetch(&mut **moment);
    while let Some(row) = rows.try_next().await? {
        let line = as_line(table, &row)?;
        content.add(&line);
        take(&line)?;
    }
    Ok(content)
}

fn as_line(table: &Table, row: &AnyRow) -> Result<String> {
    let mut values = Vec::with_capacity(table.columns.len());
    for (at, column) in table.columns.iter().enumerate() {
        values.push(match column.kind {
            Kind::Whole => row.try_get::<Option<i64>, _>(at)?.map_or(Value::Null, Value::from),
            Kind::Text => row.try_get::<Option<String>, _>(at)?.map_or(Value::Null, Value::from),
            // Zero has one sign here (-0 + 0 is 0): SQLite does not keep the other.
            Kind::Fraction => row
                .try_get::<Option<f64>, _>(at)?
                .map_or(Value::Null, |number| format!("{:016x}", (number + 0.0).to_bits()).into()),
            Kind::Bytes => row
                .try_get::<Option<Vec<u8>>, _>(at)?
                .map_or(Value::Null, |bytes| in_hex(&bytes).into()),
        });
    }
    Ok(serde_json::to_string(&values)?)
}

/// Every table with its columns by name, in the order in which they were made.
async fn tables(moment: &mut Transaction, engine: Engine) -> Result<Vec<Table>> {
    let names = match engine {
        Engine::Sqlite => {
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid"
        }
        Engine::Postgres => {
            "SELECT CAST(relname AS TEXT) FROM pg_class
             WHERE relkind = 'r' AND relnamespace = CAST(current_schema() AS regnamespace) ORDER BY oid"
        }
    };
    let columns = match engine {
        Engine::Sqlite => "SELECT name, type FROM pragma_table_info($1) ORDER BY name",
        Engine::Postgres => {
            "SELECT CAST(column_name AS TEXT), CAST(data_type AS TEXT) FROM information_schema.columns
             WHERE table_schema = current_schema() AND table_name = $1 ORDER BY CAST(column_name AS TEXT) COLLATE \"C\""
        }
    };
    let names: Vec<String> = sqlx::query_scalar(names).fetch_all(&mut **moment).await?;
    let mut tables = Vec::new();
    for table in names {
        let found: Vec<(String, String)> =
            sqlx::query_as(columns).bind(&table).fetch_all(&mut **moment).await?;
        let columns = found
            .into_iter()
            .map(|(name, kind)| Ok(Column { kind: kind_of(&table, &name, &kind)?, name }))
            .collect::<Result<_>>()?;
        tables.push(Table { table, columns });
    }
    Ok(tables)
}

fn kind_of(table: &str, column: &str, kind: &str) -> Result<Kind> {
    match kind.to_uppercase().as_str() {
        "BIGINT" | "INTEGER" | "SMALLINT" => Ok(Kind::Whole),
        "DOUBLE PRECISION" => Ok(Kind::Fraction),
        "TEXT" => Ok(Kind::Text),
        "BYTEA" | "BLOB" => Ok(Kind::Bytes),
        other => bail!("the column {table}.{column} is of the type {other}, which is not ours"),
    }
}
