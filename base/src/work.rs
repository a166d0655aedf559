//! Does the long work of the parts: takes jobs from the queue, runs them on threads of their own,
//! shows how far they are, and stops them when asked. The queue itself is `records::jobs`.

use std::sync::atomic::{AtomicI64, AtomicU8, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::Result;
use axum::http::StatusCode;
use records::jobs::{self, Held, NotAsked, Progress, Question, Sign};
use records::who::May;
use serde_json::Value;
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

use crate::language::{Arg, Words};
use crate::refusal::Refusal;
use crate::site::{App, Site};

/// A kind of long work that a part can do.
pub struct Kind {
    /// The part and what it does: `scenarios/run`.
    pub name: &'static str,
    /// Raised when the same input would give another result, so that it is computed anew.
    pub version: u32,
    /// How often it may be tried without a new checkpoint before it has failed.
    pub tries: u32,
    /// Does it, on a thread of its own, where it may calculate as long as it must.
    pub run: fn(&App, &Work, &Value) -> Result<Value>,
    /// What is being done, for the page: "Scenario for Moldova".
    pub title: fn(&Words, &Value) -> String,
    /// Where the result can be read, by the id of the job.
    pub href: fn(&str) -> String,
    /// Who may see, cancel and retry it, besides those who asked for it.
    pub may: May,
}

/// The hand that a running job holds out: how far it is, what it has finished, whether to go on.
pub struct Work {
    app: App,
    held: Held,
    runtime: tokio::runtime::Handle,
    done: AtomicI64,
    total: AtomicI64,
    saying: Mutex<&'static str>,
    stop: AtomicU8,
}

/// Says that the job was asked to stop; passed on with `?`, it ends the work without a failure.
#[derive(Debug, thiserror::Error)]
#[error("asked to stop")]
pub struct Stopped;

const GO_ON: u8 = 0;
const CANCELLED: u8 = 1;
const STOPPING: u8 = 2;
const LOST: u8 = 3;

impl Work {
    /// The job's id.
    pub fn id(&self) -> &str {
        &self.held.job.id
    }

    /// Says that `done` of `total` is finished. Costs nothing: it is written down with the next sign of life.
    pub fn progress(&self, done: u64, total: u64) {
        self.done.store(done as i64, Ordering::Relaxed);
        self.total.store(total as i64, Ordering::Relaxed);
    }

    /// Says what is being done now, by a message of the part.
    pub fn saying(&self, message: &'static str) {
        *self.saying.lock().unwrap_or_else(PoisonError::into_inner) = message;
    }

    /// Whether to stop: somebody cancelled, or the process ends. To be asked at least each second.
    pub fn cancelled(&self) -> bool {
        self.stop.load(Ordering::Relaxed) != GO_ON
    }

    /// The same as an error, for `work.go_on()?`.
    pub fn go_on(&self) -> Result<(), Stopped> {
        if self.cancelled() { Err(Stopped) } else { Ok(()) }
    }

    /// What an earlier try had kept; begin there.
    pub fn kept(&self) -> Option<&[u8]> {
        self.held.checkpoint.as_deref()
    }

    /// Keeps what is finished so far, in the job's own form, in place of what was kept before. Every
    /// few seconds is often enough: that much is done again after a crash. One who was asked to stop
    /// may still keep, and is then told to.
    pub fn keep(&self, bytes: &[u8]) -> Result<()> {
        if !self.wait(jobs::checkpoint(&self.app.storage, &self.held, bytes))? {
            self.stop.store(LOST, Ordering::Relaxed);
        }
        Ok(self.go_on()?)
    }

    /// Waits for an answer of the database, from within the calculation.
    pub fn wait<T>(&self, answer: impl Future<Output = T>) -> T {
        self.runtime.block_on(answer)
    }

    fn so_far(&self) -> Progress {
        Progress {
            done: self.done.load(Ordering::Relaxed),
            total: self.total.load(Ordering::Relaxed),
            saying: *self.saying.lock().unwrap_or_else(PoisonError::into_inner),
        }
    }
}

impl Site {
    /// Asks for a job and gives its id; the same question twice is one job. `/jobs/<id>` shows how far
    /// it is. Fails in words where too much is waiting.
    pub async fn ask(
        &self,
        kind: &Kind,
        input: &Value,
        asked_by: Option<&str>,
        now: i64,
    ) -> Result<String, Refusal> {
        let question = Question {
            kind: kind.name,
            version: kind.version,
            input,
            asked_by,
            tries_most: kind.tries,
        };
        let id = jobs::ask(&self.storage, &question, self.settings.jobs_waiting, now).await;
        self.wake.notify_one();
        id.map_err(|error| match error {
            NotAsked::Full { waiting } => Refusal {
                status: StatusCode::SERVICE_UNAVAILABLE,
                key: "jobs-full",
                args: vec![("count", Arg::Number(f64::from(waiting), 0))],
            },
            NotAsked::Storage(error) => error.into(),
        })
    }

    /// The kind of this name, where this program knows it.
    pub fn kind(&self, name: &str) -> Option<&'static Kind> {
        self.parts.iter().flat_map(|part| part.jobs).find(|kind| kind.name == name)
    }
}

/// How the workers keep time.
#[derive(Clone, Copy)]
pub struct Pace {
    /// How long a job is held without a sign of life: after a crash others wait so long.
    pub lease_seconds: i64,
    /// Between signs of life; several must fit into a lease.
    pub beat: Duration,
    /// Between looks at the queue when nobody here asked for anything.
    pub look: Duration,
    /// Before the second try; doubled for each further one.
    pub retry_seconds: i64,
}

impl Default for Pace {
    fn default() -> Pace {
        Pace {
            lease_seconds: 20,
            beat: Duration::from_secs(2),
            look: Duration::from_secs(1),
            retry_seconds: 5,
        }
    }
}

/// The running workers of this process.
pub struct Workers {
    stop: watch::Sender<bool>,
    tasks: JoinSet<()>,
}

impl Workers {
    /// Starts as many as the settings say. With no kind of job or no worker, it starts none.
    pub fn start(site: &App, pace: Pace) -> Workers {
        let (stop, stopping) = watch::channel(false);
        let mut tasks = JoinSet::new();
        let kinds: Vec<&'static str> =
            site.parts.iter().flat_map(|part| part.jobs).map(|kind| kind.name).collect();
        let workers = if kinds.is_empty() { 0 } else { site.settings.workers() };
        for _ in 0..workers {
            tasks.spawn(work(site.clone(), kinds.clone(), pace, stopping.clone()));
        }
        Workers { stop, tasks }
    }

    /// Asks running jobs to stop and waits for them; they are taken up again by the next process.
    pub async fn stop(mut self) {
        let _ = self.stop.send(true);
        while self.tasks.join_next().await.is_some() {}
    }
}

async fn work(
    site: App,
    kinds: Vec<&'static str>,
    pace: Pace,
    mut stopping: watch::Receiver<bool>,
) {
    let mut well = true;
    while !*stopping.borrow() {
        let taken = jobs::take(&site.storage, &kinds, pace.lease_seconds, site.now()).await;
        if let Err(error) = &taken
            && well
        {
            tracing::error!(?error, "the queue of jobs does not answer; trying on");
        }
        well = taken.is_ok();
        match taken {
            Ok(Some(held)) => one(&site, held, pace, stopping.clone()).await,
            _ => tokio::select! {
                () = site.wake.notified() => {}
                () = tokio::time::sleep(pace.look) => {}
                _ = stopping.changed() => {}
            },
        }
    }
}

/// Runs one job to whatever end it has.
async fn one(site: &App, held: Held, pace: Pace, mut stopping: watch::Receiver<bool>) {
    let Some(kind) = site.kind(&held.job.kind) else { return };
    let work = Arc::new(Work {
        app: site.clone(),
        runtime: tokio::runtime::Handle::current(),
        done: AtomicI64::new(held.job.done),
        total: AtomicI64::new(held.job.total),
        saying: Mutex::new(""),
        stop: AtomicU8::new(GO_ON),
        held,
    });
    tracing::info!(job = work.id(), kind = kind.name, tries = work.held.job.tries, "job begun");
    let started = Instant::now();
    let mut running: JoinHandle<Result<Value>> = {
        let work = work.clone();
        tokio::task::spawn_blocking(move || (kind.run)(&work.app, &work, &work.held.job.input))
    };
    let mut beat = tokio::time::interval(pace.beat);
    let mut alive = Instant::now();
    let ended = loop {
        tokio::select! {
            ended = &mut running => break ended,
            _ = beat.tick() => sign(&work, pace, &mut alive).await,
            changed = stopping.changed(), if !work.cancelled() => {
                if changed.is_err() || *stopping.borrow() {
                    work.stop.store(STOPPING, Ordering::Relaxed);
                }
            }
        }
    };
    let result = ended.unwrap_or_else(|broken| {
        tracing::error!(%broken, job = work.id(), kind = kind.name, "a job panicked");
        Err(anyhow::anyhow!("the program made a mistake of its own; its log says where"))
    });
    if let Err(error) = settle(&work, result, pace).await {
        tracing::error!(
            ?error,
            job = work.id(),
            "the end of a job could not be written; it will be done again"
        );
    }
    tracing::info!(job = work.id(), ms = started.elapsed().as_millis() as u64, "job left");
}

/// A sign of life. Where the database has not answered for as long as a lease, another may have
/// the job by now, and this one stops.
async fn sign(work: &Work, pace: Pace, alive: &mut Instant) {
    let pool = &work.app.storage.pool;
    let now = work.app.now();
    match jobs::beat(pool, &work.held, work.so_far(), pace.lease_seconds, now).await {
        Ok(sign) => {
            *alive = Instant::now();
            match sign {
                Sign::GoOn => {}
                Sign::Cancelled => work.stop.store(CANCELLED, Ordering::Relaxed),
                Sign::Lost => work.stop.store(LOST, Ordering::Relaxed),
            }
        }
        Err(error) => {
            tracing::warn!(%error, job = work.id(), "no sign of life could be given");
            if alive.elapsed().as_secs() as i64 >= pace.lease_seconds {
                work.stop.store(LOST, Ordering::Relaxed);
            }
        }
    }
}

/// Writes down how a try ended.
async fn settle(work: &Work, result: Result<Value>, pace: Pace) -> Result<()> {
    let (storage, held) = (&work.app.storage, &work.held);
    let now = work.app.now();
    match result {
        Ok(result) => {
            jobs::finish(storage, held, &result, now).await?;
        }
        Err(error) if error.is::<Stopped>() => match work.stop.load(Ordering::Relaxed) {
            CANCELLED => jobs::end_cancelled(&storage.pool, held, now).await?,
            STOPPING => jobs::give_back(&storage.pool, held).await?,
            _ => {}
        },
        Err(error) => {
            tracing::warn!(?error, job = work.id(), "a try of a job failed");
            let doublings = (held.job.tries - 1).clamp(0, 7) as u32;
            let wait_seconds = pace.retry_seconds << doublings;
            jobs::fail(storage, held, &shown(&error), wait_seconds, now).await?;
        }
    }
    Ok(())
}

/// The failure as a reader may see it: the words of the database stay in the log.
fn shown(error: &anyhow::Error) -> String {
    if error.chain().any(|cause| cause.is::<sqlx::Error>()) {
        return "the records could not be reached".into();
    }
    format!("{error:#}").chars().take(2_000).collect()
}
