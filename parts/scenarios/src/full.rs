//! A question run in full, as a job: hundreds of draws of everybody, with progress, taken up again where it was stopped, its answer kept.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow};
use base::language::{Arg, Words};
use base::work::{Kind, Stopped, Work};
use base::{App, May};
use epidemic::checkpoint::checkpoint_record;
use epidemic::ensemble::DrawResult;
use epidemic::{Checkpoint, Parameters, Plan};
use rayon::ThreadPool;
use serde_json::{Value, json};

use crate::answer::{Answer, answer, arms, run_years};
use crate::compare;
use crate::model::{Model, model};
use crate::question::{Limits, Question};

/// What a full run is unless the address says otherwise: everybody, and draws enough for a steady interval.
pub const DRAWS: usize = 200;
pub const PEOPLE: f64 = 100.0;

/// Between two keepings of what is finished: so much is done again after a crash.
const KEEP_EVERY: Duration = Duration::from_secs(15);

pub const RUN: Kind = Kind {
    name: "scenarios/run",
    version: epidemic::inputs::REVISION,
    tries: 3,
    run,
    title,
    href: |id| format!("/scenarios/runs/{id}"),
    may: May::Anyone,
};

/// The question as a full run asks it: everybody, and [`DRAWS`] draws.
pub fn in_full(question: &Question) -> Question {
    Question { draws: DRAWS.max(question.draws), people: PEOPLE, ..question.clone() }
}

/// What the job is told. The inputs are part of it, so that changed figures are a new run.
pub fn input(question: &Question) -> Value {
    json!({
        "country": question.model.country.code,
        "query": question.query(),
        "inputs": question.model.inputs,
    })
}

/// The question of a job.
pub fn question(input: &Value) -> Result<Question> {
    let text =
        |name: &str| input[name].as_str().with_context(|| format!("the job names no {name}"));
    let model: &'static Model =
        model(text("country")?).with_context(|| format!("no model of {}", input["country"]))?;
    let pairs: Vec<(String, String)> =
        url::form_urlencoded::parse(text("query")?.as_bytes()).into_owned().collect();
    Question::read_within(model, &pairs, Limits::FULL)
        .map_err(|wrong| anyhow!("{} cannot be {}", wrong.name, wrong.value))
}

/// The answer that a job found.
pub fn found(result: Value) -> Result<Answer> {
    Ok(serde_json::from_value(result)?)
}

fn title(words: &Words, input: &Value) -> String {
    let Ok(question) = question(input) else { return words.say("run-kind") };
    words.say_with(
        "run-title",
        &[
            ("place", question.model.name(words.language.tag()).into()),
            (
                "name",
                compare::name(
                    words,
                    &Question {
                        draws: crate::question::DRAWS,
                        people: crate::question::quick_people(question.model),
                        ..question.clone()
                    },
                )
                .into(),
            ),
            ("draws", Arg::from(question.draws)),
        ],
    )
}

fn run(_: &App, work: &Work, input: &Value) -> Result<Value> {
    let question = question(input)?;
    let model = question.model;
    let two = arms(&question);
    let plan = Plan {
        country: &model.country,
        arms: &two,
        seed: question.seed(),
        years: run_years(&question),
        draws: model.draws(question.seed(), question.draws),
        share: question.people / 100.0,
        first: 0,
    };
    work.saying("run-drawing");
    // What was kept of another plan (the figures changed in between) is no beginning of this one.
    let kept = work.kept().unwrap_or_default();
    let checkpoint = Checkpoint::read(&plan, kept).unwrap_or_else(|_| Checkpoint::empty());
    let head = if checkpoint.finished() > 0 {
        kept[..checkpoint.whole_bytes].to_vec()
    } else {
        plan.checkpoint_head()
    };
    let all = plan.draws.len() as u64;
    let done = AtomicUsize::new(checkpoint.finished());
    work.progress(checkpoint.finished() as u64, all);
    let written = Mutex::new((head, Instant::now()));
    let keep = |draw: &DrawResult| -> bool {
        let finished = done.fetch_add(1, Ordering::Relaxed) + 1;
        work.progress(finished as u64, all);
        let mut written = written.lock().unwrap_or_else(PoisonError::into_inner);
        written.0.extend(checkpoint_record(draw));
        if written.1.elapsed() >= KEEP_EVERY {
            written.1 = Instant::now();
            if work.keep(&written.0).is_err() {
                return false;
            }
        }
        !work.cancelled()
    };
    let ensemble = pool()?.install(|| plan.resume(checkpoint, &keep));
    if !ensemble.complete {
        let written = written.into_inner().unwrap_or_else(PoisonError::into_inner);
        // Asked to stop: what is finished is kept first; then the word is passed on.
        let _ = work.keep(&written.0);
        return Err(Stopped.into());
    }
    let people = |p: &Parameters| p.people_current + p.people_former + p.people_not_yet;
    let followed =
        plan.share * plan.draws.iter().map(people).sum::<f64>() / plan.draws.len().max(1) as f64;
    Ok(serde_json::to_value(answer(&question, &ensemble, 1, &plan, followed))?)
}

/// Threads of their own, one core less than there are: readers with a hand on a lever come first.
fn pool() -> Result<&'static ThreadPool> {
    static POOL: OnceLock<Result<ThreadPool, String>> = OnceLock::new();
    POOL.get_or_init(|| {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let threads = cores.saturating_sub(1).max(1);
        let builder = rayon::ThreadPoolBuilder::new().num_threads(threads);
        builder
            .thread_name(|at| format!("full-run-{at}"))
            .build()
            .map_err(|error| error.to_string())
    })
    .as_ref()
    .map_err(|error| anyhow!("{error}"))
}
