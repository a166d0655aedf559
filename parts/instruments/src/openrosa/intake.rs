//! Records are written by whoever comes first for all who wait: one change, one sync of the disk, and then each is
//! acknowledged. On a disk that syncs in ten milliseconds this is the difference between a hundred records a second and a thousand.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use anyhow::anyhow;
use base::Refusal;
use base::storage::{Engine, Storage, Transaction};
use tokio::sync::oneshot;

use crate::aside::{Aside, Pieces};
use crate::record::{self, Arrival, Taken};
use crate::{anonymous, day};

/// Records that are written in one change at most: nobody waits for a stranger's hundredth photograph.
const MOST_AT_ONCE: usize = 64;

/// A record with its files, ready to be written.
pub struct Parcel {
    pub round: String,
    /// Of an anonymous round: kept without identity, time and files.
    pub anonymous: bool,
    pub instance: String,
    pub deprecates: String,
    pub xml: String,
    pub device: i64,
    pub violations: Vec<(String, String)>,
    pub files: Vec<Aside>,
    pub now: i64,
}

/// What became of a parcel.
#[derive(Debug)]
pub enum Outcome {
    Taken(Taken),
    /// Another file of this name came with the record before.
    OtherFile(String),
    /// The round was closed meanwhile.
    Closed,
}

type Waiting = (Parcel, oneshot::Sender<Result<Outcome, Refusal>>);

#[derive(Default)]
struct Desk {
    waiting: Mutex<Vec<Waiting>>,
    turn: tokio::sync::Mutex<()>,
}

/// One for each database that this process has open.
static DESKS: LazyLock<Mutex<BTreeMap<String, Arc<Desk>>>> = LazyLock::new(Mutex::default);

fn desk(storage: &Storage) -> Arc<Desk> {
    let mut desks = DESKS.lock().unwrap_or_else(PoisonError::into_inner);
    desks.entry(storage.shown.clone()).or_default().clone()
}

/// Writes a record, and answers after it is on disk.
pub async fn hand_in(storage: &Storage, parcel: Parcel) -> Result<Outcome, Refusal> {
    let desk = desk(storage);
    let (tell, told) = oneshot::channel();
    desk.waiting.lock().unwrap_or_else(PoisonError::into_inner).push((parcel, tell));
    let storage = storage.clone();
    // A task of its own: a client that hangs up must not take away what others wait for.
    tokio::spawn(async move {
        let _turn = desk.turn.lock().await;
        let all = {
            let mut waiting = desk.waiting.lock().unwrap_or_else(PoisonError::into_inner);
            let count = waiting.len().min(MOST_AT_ONCE);
            waiting.drain(..count).collect::<Vec<_>>()
        };
        if !all.is_empty() {
            carry(&storage, all).await;
        }
    });
    told.await.map_err(|_| Refusal::broken("a record was laid down by whoever carried it"))?
}

/// Writes all in one change. What one of them meets is told to that one; what befalls the change, to all.
async fn carry(storage: &Storage, all: Vec<Waiting>) {
    let (parcels, tells): (Vec<Parcel>, Vec<_>) = all.into_iter().unzip();
    let outcomes = match write(storage, &parcels).await {
        Ok(outcomes) => outcomes.into_iter().map(Ok).collect(),
        Err(error) if parcels.len() == 1 => vec![Err(error.into())],
        // One of them is at fault: each by itself, so that the others are taken.
        Err(_) => {
            let mut outcomes = Vec::new();
            for parcel in &parcels {
                let one = write(storage, std::slice::from_ref(parcel)).await;
                outcomes.push(match one {
                    Ok(mut one) => one.pop().ok_or_else(|| Refusal::broken("no outcome")),
                    Err(error) => Err(error.into()),
                });
            }
            outcomes
        }
    };
    for (tell, outcome) in tells.into_iter().zip(outcomes) {
        // Who hung up will send it again.
        let _ = tell.send(outcome);
    }
}

/// Why a change was not written.
enum Broken {
    Storage(sqlx::Error),
    Other(anyhow::Error),
}

impl From<sqlx::Error> for Broken {
    fn from(error: sqlx::Error) -> Broken {
        Broken::Storage(error)
    }
}

impl From<std::io::Error> for Broken {
    fn from(error: std::io::Error) -> Broken {
        Broken::Other(error.into())
    }
}

impl From<Broken> for Refusal {
    fn from(broken: Broken) -> Refusal {
        match broken {
            Broken::Storage(error) => error.into(),
            Broken::Other(error) => error.into(),
        }
    }
}

async fn write(storage: &Storage, parcels: &[Parcel]) -> Result<Vec<Outcome>, Broken> {
    let mut change = storage.change().await?;
    let rounds: BTreeSet<&String> = parcels.iter().map(|it| &it.round).collect();
    let mut open: BTreeMap<&String, bool> = BTreeMap::new();
    for round in rounds {
        // Two servers number the records of one round: on PostgreSQL one after the other. On SQLite there
        // is one writer anyway.
        let sql = match storage.engine {
            Engine::Postgres => "SELECT closed_at FROM rounds WHERE id = $1 FOR NO KEY UPDATE",
            Engine::Sqlite => "SELECT closed_at FROM rounds WHERE id = $1",
        };
        let closed: Option<Option<i64>> =
            sqlx::query_scalar(sql).bind(round).fetch_optional(&mut *change).await?;
        open.insert(round, closed == Some(None));
    }
    let mut outcomes: Vec<Option<Outcome>> = parcels
        .iter()
        .map(|parcel| (open.get(&parcel.round) != Some(&true)).then_some(Outcome::Closed))
        .collect();
    let at_once = together(parcels, &outcomes);
    for at in put_together(&mut change, parcels, &at_once).await? {
        outcomes[at] = Some(Outcome::Taken(Taken::New));
    }
    for (parcel, told) in parcels.iter().zip(&mut outcomes).filter(|(_, told)| told.is_none()) {
        sqlx::raw_sql("SAVEPOINT one").execute(&mut *change).await?;
        let outcome = put(&mut change, storage.engine, parcel).await?;
        let end = match outcome {
            Outcome::Taken(Taken::New | Taken::Again) => "RELEASE SAVEPOINT one",
            _ => "ROLLBACK TO SAVEPOINT one",
        };
        sqlx::raw_sql(end).execute(&mut *change).await?;
        *told = Some(outcome);
    }
    change.commit().await?;
    Ok(outcomes.into_iter().flatten().collect())
}

/// The places of those that can go in together, if they are new: no correction, no second of one identity, no file twice.
fn together(parcels: &[Parcel], outcomes: &[Option<Outcome>]) -> Vec<usize> {
    let mut seen = BTreeSet::new();
    let is_plain = |parcel: &Parcel| {
        let names: BTreeSet<&String> = parcel.files.iter().map(|file| &file.name).collect();
        !parcel.anonymous && parcel.deprecates.is_empty() && names.len() == parcel.files.len()
    };
    let all = parcels.iter().zip(outcomes).enumerate();
    all.filter(|(_, (parcel, told))| told.is_none() && is_plain(parcel))
        .filter(|(_, (parcel, _))| seen.insert((&parcel.round, &parcel.instance)))
        .map(|(at, _)| at)
        .collect()
}

/// Writes those of them that are new in a few statements, whatever their number: over a network each statement is a journey.
/// Gives their places; the others are left for [`put`].
async fn put_together(
    change: &mut Transaction,
    parcels: &[Parcel],
    places: &[usize],
) -> Result<Vec<usize>, Broken> {
    let mut new = Vec::new();
    let rounds: BTreeSet<&String> = places.iter().map(|&at| &parcels[at].round).collect();
    for round in rounds {
        let of_round: Vec<usize> =
            places.iter().copied().filter(|&at| parcels[at].round == *round).collect();
        let instances: Vec<&str> =
            of_round.iter().map(|&at| parcels[at].instance.as_str()).collect();
        let known = record::known(change, round, &instances).await?;
        let fresh: Vec<usize> =
            of_round.into_iter().filter(|&at| !known.contains(&parcels[at].instance)).collect();
        let arrivals: Vec<(Arrival, i64)> =
            fresh.iter().map(|&at| (arrival(&parcels[at]), parcels[at].now)).collect();
        record::take_new(change, round, &arrivals).await?;
        new.extend(fresh);
    }
    for &at in &new {
        for file in &parcels[at].files {
            keep_new(change, &parcels[at].round, &parcels[at].instance, file).await?;
        }
    }
    Ok(new)
}

fn arrival(parcel: &Parcel) -> Arrival<'_> {
    Arrival {
        round: &parcel.round,
        instance: &parcel.instance,
        deprecates: &parcel.deprecates,
        xml: &parcel.xml,
        respondent: 0,
        device: parcel.device,
        violations: &parcel.violations,
    }
}

async fn put(change: &mut Transaction, engine: Engine, parcel: &Parcel) -> Result<Outcome, Broken> {
    if parcel.anonymous {
        let broken = |refusal: Refusal| Broken::Other(anyhow!("{}", refusal.key));
        let seen = anonymous::see(change, engine, &parcel.round, &parcel.instance).await;
        let new = seen.map_err(broken)?;
        if new {
            let day = day::of(parcel.now);
            let taken = anonymous::take(change, engine, &parcel.round, &parcel.xml, &day).await;
            taken.map_err(broken)?;
        }
        return Ok(Outcome::Taken(if new { Taken::New } else { Taken::Again }));
    }
    let taken = record::take(change, &arrival(parcel), parcel.now).await?;
    if matches!(taken, Taken::New | Taken::Again) {
        for file in &parcel.files {
            if !keep(change, &parcel.round, &parcel.instance, file).await? {
                return Ok(Outcome::OtherFile(file.name.clone()));
            }
        }
    }
    Ok(Outcome::Taken(taken))
}

/// Keeps one file of a record in pieces. The same file again is quiet; another one under its name is not.
async fn keep(
    change: &mut Transaction,
    round: &str,
    instance: &str,
    file: &Aside,
) -> Result<bool, Broken> {
    let sql = "SELECT hash FROM submission_files WHERE round = $1 AND instance = $2 AND name = $3";
    let known: Option<String> = sqlx::query_scalar(sql)
        .bind(round)
        .bind(instance)
        .bind(&file.name)
        .fetch_optional(&mut **change)
        .await?;
    if let Some(known) = known {
        return Ok(known == file.hash);
    }
    keep_new(change, round, instance, file).await?;
    Ok(true)
}

async fn keep_new(
    change: &mut Transaction,
    round: &str,
    instance: &str,
    file: &Aside,
) -> Result<(), Broken> {
    let sql = "INSERT INTO submission_files (round, instance, name, mime, hash, size) VALUES ($1, $2, $3, $4, $5, $6)";
    sqlx::query(sql)
        .bind(round)
        .bind(instance)
        .bind(&file.name)
        .bind(&file.mime)
        .bind(&file.hash)
        .bind(file.size as i64)
        .execute(&mut **change)
        .await?;
    let mut pieces = Pieces::of(file);
    let mut number = 0_i64;
    while let Some(piece) = pieces.next().await? {
        let sql = "INSERT INTO submission_pieces (round, instance, name, piece, bytes) VALUES ($1, $2, $3, $4, $5)";
        sqlx::query(sql)
            .bind(round)
            .bind(instance)
            .bind(&file.name)
            .bind(number)
            .bind(piece)
            .execute(&mut **change)
            .await?;
        number += 1;
    }
    Ok(())
}
