//! Where questions are answered while a hand is on the slider: answers and the runs behind them are kept, the same question is run
//! once for all who ask it, and no more runs go at once than the machine can carry.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use axum::http::StatusCode;
use base::Refusal;
use epidemic::{Base, Scenario, explorer::Sample};
use quick_cache::sync::Cache;
use tokio::sync::Semaphore;

use crate::answer::{Answer, answer, arms, run_years};
use crate::question::Question;

/// Runs at once. Each spreads over all cores, so that more would only make every reader wait longer.
const AT_ONCE: usize = 2;
/// Readers who may wait for a run; the next is told that the machine is busy.
const WAITING: usize = 12;
const PATIENCE: Duration = Duration::from_secs(8);
/// Answers kept: some 40 kB each.
const ANSWERS: usize = 400;
/// Bases kept: a country, its dates and its sample. Some 20 to 40 MB each for the usual sample, five times as much for the largest.
const BASES: usize = 4;
const BASES_BYTES: usize = 256 << 20;

type Kept = Arc<Mutex<Option<Arc<Base>>>>;

struct Desk {
    answers: Cache<String, Arc<Answer>>,
    bases: Mutex<Vec<(String, Kept)>>,
    room: Semaphore,
    waiting: AtomicUsize,
}

fn desk() -> &'static Desk {
    static DESK: OnceLock<Desk> = OnceLock::new();
    DESK.get_or_init(|| Desk {
        answers: Cache::new(ANSWERS),
        bases: Mutex::new(Vec::new()),
        room: Semaphore::new(AT_ONCE),
        waiting: AtomicUsize::new(0),
    })
}

/// The answer to a question, kept or run now. When the reader goes away the run stops.
///
/// # Errors
/// `busy` where too many are waiting already.
pub async fn ask(question: &Question) -> Result<Arc<Answer>, Refusal> {
    let desk = desk();
    let key =
        format!("{} {} {}", question.model.country.code, question.query(), question.model.inputs);
    let guard = match desk.answers.get_value_or_guard_async(&key).await {
        Ok(answer) => return Ok(answer),
        Err(guard) => guard,
    };
    let busy =
        || Refusal { status: StatusCode::SERVICE_UNAVAILABLE, key: "busy", args: Vec::new() };
    let turn = Turn::take(&desk.waiting).ok_or_else(busy)?;
    let room = tokio::time::timeout(PATIENCE, desk.room.acquire()).await;
    let room = room.map_err(|_| busy())?.map_err(Refusal::broken)?;
    drop(turn);
    let wanted = Arc::new(AtomicBool::new(true));
    let leaves = Leaves(wanted.clone());
    let asked = question.clone();
    let run = tokio::task::spawn_blocking(move || run(&asked, &|| wanted.load(Ordering::Relaxed)));
    let found = run.await.map_err(Refusal::broken)?;
    drop((leaves, room));
    // Only a reader who left stops a run, and then nobody is here to read this.
    let found = Arc::new(found.ok_or_else(busy)?);
    let _ = guard.insert(found.clone());
    Ok(found)
}

/// Runs a question now, on this thread and rayon's. None when `go_on` said no.
pub fn run(question: &Question, go_on: &(dyn Fn() -> bool + Sync)) -> Option<Answer> {
    let base = base(question, go_on)?;
    let arms = arms(question);
    let ensemble = base.answer(&arms[1], go_on)?;
    Some(answer(question, &ensemble, 1, &base.plan(&arms), base.people_followed()))
}

fn base(question: &Question, go_on: &(dyn Fn() -> bool + Sync)) -> Option<Arc<Base>> {
    let model = question.model;
    let (code, until) = (&model.country.code, question.until);
    let key = format!("{code} {until} {} {} {}", question.draws, question.people, question.seed);
    let kept = {
        let mut bases = desk().bases.lock().unwrap_or_else(PoisonError::into_inner);
        let at = bases.iter().position(|(known, _)| *known == key);
        let one = at.map_or_else(|| (key, Kept::default()), |at| bases.remove(at));
        bases.push(one.clone());
        if bases.len() > BASES {
            bases.remove(0);
        }
        one.1
    };
    // Held while it is made, so that a second reader waits for it instead of making it again.
    let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
    if kept.is_none() {
        let sample = Sample {
            seed: question.seed(),
            years: run_years(question),
            share: question.people / 100.0,
        };
        let draws = model.draws(question.seed(), question.draws);
        let fork_at = f64::from(question.first());
        let made =
            Base::new(&model.country, &Scenario::status_quo(), draws, sample, fork_at, go_on)?;
        *kept = Some(Arc::new(made));
    }
    let base = kept.clone();
    drop(kept);
    make_room();
    base
}

/// Lets the bases go that were asked for longest ago, while all of them are too large; the last one stays.
fn make_room() {
    let mut bases = desk().bases.lock().unwrap_or_else(PoisonError::into_inner);
    // One that is just being made is not waited for; it makes room itself when it is done.
    let bytes = |(_, kept): &(String, Kept)| {
        kept.try_lock().ok().and_then(|base| base.as_ref().map(|base| base.bytes())).unwrap_or(0)
    };
    while bases.len() > 1 && bases.iter().map(bytes).sum::<usize>() > BASES_BYTES {
        bases.remove(0);
    }
}

/// A place in the queue, given back when it is left.
struct Turn(&'static AtomicUsize);

impl Turn {
    fn take(waiting: &'static AtomicUsize) -> Option<Turn> {
        let turn = Turn(waiting);
        (waiting.fetch_add(1, Ordering::Relaxed) < WAITING).then_some(turn)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Dropped with the request when the reader goes away.
struct Leaves(Arc<AtomicBool>);

impl Drop for Leaves {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Relaxed);
    }
}
