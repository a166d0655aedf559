//! Long work is done once, whoever works and whatever happens to them: two processes on one queue,
//! one killed in the middle, a job cancelled, one that fails, one that panics.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use base::audit::By;
use base::jobs::{self, Job, State};
use base::site::Equipment;
use base::storage::Migration;
use base::testing::{TestSite, databases};
use base::work::{Kind, Pace, Work, Workers};
use base::{App, May, Part, Settings, Site};
use serde_json::{Value, json};

static PART: Part = Part {
    name: "test",
    migrations: &[Migration {
        name: "0001",
        // One row for each step that was taken, by whom: a job done twice shows as two rows.
        sql: "CREATE TABLE steps (job TEXT NOT NULL, step BIGINT NOT NULL, process BIGINT NOT NULL)",
    }],
    jobs: &[
        Kind {
            name: "test/steps",
            version: 1,
            tries: 3,
            run: steps,
            title: |_, input| format!("Steps {input}"),
            href: |id| format!("/found/{id}"),
            may: May::Anyone,
        },
        Kind {
            name: "test/fails",
            version: 1,
            tries: 3,
            run: |_, work, input| {
                work.progress(1, 2);
                match input["panic"].as_bool() {
                    Some(true) => panic!("a mistake"),
                    _ => bail!("there is no place {}", input["place"]),
                }
            },
            title: |_, _| "Fails".into(),
            href: |id| format!("/found/{id}"),
            may: May::Anyone,
        },
    ],
    ..Part::NOTHING
};
static PARTS: &[&Part] = &[&PART];

/// Takes `n` steps of `ms` each, keeping after each how many are taken.
fn steps(site: &App, work: &Work, input: &Value) -> Result<Value> {
    let n = input["n"].as_u64().unwrap_or(0);
    let ms = input["ms"].as_u64().unwrap_or(0);
    let begin = work.kept().map_or(0, |bytes| u64::from(bytes[0]));
    for step in begin..n {
        work.go_on()?;
        std::thread::sleep(Duration::from_millis(ms));
        work.wait(
            sqlx::query("INSERT INTO steps (job, step, process) VALUES ($1, $2, $3)")
                .bind(work.id())
                .bind(step as i64)
                .bind(i64::from(std::process::id()))
                .execute(&site.storage.pool),
        )?;
        work.progress(step + 1, n);
        work.keep(&[step as u8 + 1])?;
    }
    Ok(json!({ "taken": n, "begun_at": begin }))
}

const PACE: Pace = Pace {
    lease_seconds: 2,
    beat: Duration::from_millis(100),
    look: Duration::from_millis(50),
    retry_seconds: 0,
};

fn clock() -> i64 {
    jiff::Timestamp::now().as_second()
}

/// A site as one more process on this database would open it.
async fn site(url: &str, workers: u32) -> App {
    let settings = Settings {
        database_url: url.into(),
        languages: "none".into(),
        job_workers: Some(workers),
        jobs_waiting: 300,
        ..Settings::default()
    };
    Site::open(settings, PARTS, Equipment { now: clock, ..Equipment::BARE }).await.expect("opens")
}

async fn asked(site: &App, kind: usize, input: Value) -> String {
    site.ask(&PART.jobs[kind], &input, None, clock()).await.expect("asked")
}

async fn found(site: &App, id: &str) -> Job {
    jobs::find(&site.storage.pool, id).await.expect("readable").expect("there")
}

/// Waits until the job is as wanted; fails after 30 seconds saying how it stands.
async fn until(site: &App, id: &str, wanted: impl Fn(&Job) -> bool) -> Job {
    let started = Instant::now();
    loop {
        let job = found(site, id).await;
        if wanted(&job) {
            return job;
        }
        assert!(started.elapsed() < Duration::from_secs(30), "{job:?}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Steps taken for this job, with the process that took each.
async fn taken(site: &App, id: &str) -> Vec<(i64, i64)> {
    sqlx::query_as("SELECT step, process FROM steps WHERE job = $1 ORDER BY step")
        .bind(id)
        .fetch_all(&site.storage.pool)
        .await
        .expect("readable")
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_do_two_hundred_jobs_once_each() {
    for url in databases().await {
        let (first, second) = (site(&url, 4).await, site(&url, 4).await);
        let mut ids = Vec::new();
        for number in 0..200 {
            ids.push(asked(&first, 0, json!({ "n": 1, "number": number })).await);
        }
        let workers = [Workers::start(&first, PACE), Workers::start(&second, PACE)];
        for id in &ids {
            let job = until(&first, id, |job| job.state.is_over()).await;
            assert_eq!((job.state, job.error, job.tries), (State::Done, None, 1));
            assert_eq!(taken(&first, id).await.len(), 1, "done twice");
            let result = jobs::result(&first.storage.pool, id).await.expect("readable");
            assert_eq!(result, Some(json!({ "taken": 1, "begun_at": 0 })));
        }
        for workers in workers {
            workers.stop().await;
        }
        let kept: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM job_checkpoints")
            .fetch_one(&first.storage.pool)
            .await
            .expect("readable");
        assert_eq!(kept, 0, "checkpoints of finished jobs are cleared away");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_question_is_one_job() {
    for url in databases().await {
        let site = site(&url, 1).await;
        let id = asked(&site, 0, json!({ "n": 2, "place": "MDA" })).await;
        assert_eq!(asked(&site, 0, json!({ "place": "MDA", "n": 2 })).await, id);
        assert_ne!(asked(&site, 0, json!({ "place": "MDA", "n": 3 })).await, id);
        let workers = Workers::start(&site, PACE);
        until(&site, &id, |job| job.state == State::Done).await;
        assert_eq!(asked(&site, 0, json!({ "n": 2, "place": "MDA" })).await, id);
        tokio::time::sleep(Duration::from_millis(300)).await;
        assert_eq!(taken(&site, &id).await.len(), 2, "computed once");
        workers.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_queue_that_is_full_refuses_in_words() {
    for url in databases().await {
        let site = site(&url, 1).await;
        for number in 0..300 {
            asked(&site, 0, json!({ "n": number })).await;
        }
        let refused = site.ask(&PART.jobs[0], &json!({ "n": 300 }), None, clock()).await;
        let refusal = refused.expect_err("there is no room");
        let words = site.languages.get("en").expect("English");
        assert_eq!(refusal.key, "jobs-full");
        assert!(refusal.sentences(words).0.starts_with("300 tasks are waiting"));
        // Who asks what is asked already is not refused.
        asked(&site, 0, json!({ "n": 7 })).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_job_stops_and_may_be_asked_again() {
    for url in databases().await {
        let site = site(&url, 1).await;
        let input = json!({ "n": 200, "ms": 20 });
        let waiting = asked(&site, 0, json!({ "n": 5, "ms": 1 })).await;
        assert!(
            jobs::cancel(&site.storage, &waiting, &By::operator(), clock()).await.expect("writes")
        );
        assert_eq!(found(&site, &waiting).await.state, State::Cancelled);

        let id = asked(&site, 0, input.clone()).await;
        let workers = Workers::start(&site, PACE);
        let job = until(&site, &id, |job| job.done > 2).await;
        assert_eq!((job.state, job.total), (State::Running, 200));
        assert!(jobs::cancel(&site.storage, &id, &By::operator(), clock()).await.expect("writes"));
        let job = until(&site, &id, |job| job.state.is_over()).await;
        assert_eq!(job.state, State::Cancelled);
        let before = taken(&site, &id).await.len();
        assert!(before < 100, "it went on for {before} steps");
        assert!(!jobs::cancel(&site.storage, &id, &By::operator(), clock()).await.expect("writes"));

        assert_eq!(asked(&site, 0, input).await, id);
        until(&site, &id, |job| job.done as usize > before + 2).await;
        let again = taken(&site, &id).await;
        assert!(again.windows(2).all(|two| two[0].0 < two[1].0), "a step was taken twice");
        workers.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failing_job_is_tried_three_times_and_says_why() {
    for url in databases().await {
        let site = site(&url, 2).await;
        let workers = Workers::start(&site, PACE);
        let id = asked(&site, 1, json!({ "place": "XXX" })).await;
        let job = until(&site, &id, |job| job.state == State::Failed).await;
        assert_eq!(job.tries, 3);
        assert_eq!(job.error.as_deref(), Some("there is no place \"XXX\""));
        // Asking again shows the same failure; only "try again" tries again.
        asked(&site, 1, json!({ "place": "XXX" })).await;
        assert_eq!(found(&site, &id).await.state, State::Failed);
        assert!(jobs::again(&site.storage, &id, &By::operator(), clock()).await.expect("writes"));
        until(&site, &id, |job| job.state == State::Failed && job.tries == 3).await;

        let id = asked(&site, 1, json!({ "panic": true })).await;
        let job = until(&site, &id, |job| job.state == State::Failed).await;
        assert!(job.error.is_some_and(|error| error.contains("mistake of its own")));
        workers.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_stops_gives_its_job_back() {
    for url in databases().await {
        let (first, second) = (site(&url, 1).await, site(&url, 1).await);
        let id = asked(&first, 0, json!({ "n": 60, "ms": 20 })).await;
        let workers = Workers::start(&first, PACE);
        until(&first, &id, |job| job.done > 5).await;
        workers.stop().await;
        let job = found(&first, &id).await;
        assert_eq!(job.state, State::Waiting, "at once, without waiting for the lease to end");
        let before = taken(&first, &id).await.len();
        let workers = Workers::start(&second, PACE);
        until(&second, &id, |job| job.state == State::Done).await;
        workers.stop().await;
        let steps = taken(&second, &id).await;
        assert_eq!(steps.len(), 60, "{before} were taken before the stop; none is taken twice");
    }
}

/// A holder whose clock runs an hour ahead dies, or the clock is set back: the lease that then
/// reaches into next hour binds nobody.
#[tokio::test(flavor = "multi_thread")]
async fn a_clock_set_back_blocks_no_job() {
    for url in databases().await {
        let site = site(&url, 1).await;
        let id = asked(&site, 0, json!({ "n": 2 })).await;
        let held = jobs::take(&site.storage, &["test/steps"], 2, clock() + 3600).await;
        let held = held.expect("taken").expect("ready");
        assert_eq!(held.job.id, id);
        let workers = Workers::start(&site, PACE);
        until(&site, &id, |job| job.state == State::Done).await;
        // The dead holder's word changes nothing any more.
        assert!(!jobs::finish(&site.storage, &held, &json!("late"), clock()).await.expect("asked"));
        assert!(!jobs::checkpoint(&site.storage, &held, b"late").await.expect("asked"));
        workers.stop().await;
    }
}

/// The other process of the next test: this very test binary, started with a database's address.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "is started, and killed, by the next test"]
async fn works_until_it_is_killed() {
    let url = std::env::var("TEST_JOBS_DATABASE").expect("named by the test that starts this");
    let _workers = Workers::start(&site(&url, 1).await, PACE);
    tokio::time::sleep(Duration::from_secs(60)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_killed_in_the_middle_is_followed_from_its_checkpoint() {
    for url in databases().await {
        let site = site(&url, 1).await;
        let id = asked(&site, 0, json!({ "n": 80, "ms": 30 })).await;
        let mut killed = 0;
        // Twice: each time it has come further.
        for share in [10, 30] {
            let mut child = Command::new(std::env::current_exe().expect("this binary"))
                .args(["--exact", "jobs::works_until_it_is_killed", "--ignored"])
                .env("TEST_JOBS_DATABASE", &url)
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .expect("starts");
            until(&site, &id, |job| job.done > share).await;
            child.kill().expect("killed (SIGKILL)");
            child.wait().expect("its end");
            killed += 1;
        }
        assert_eq!(found(&site, &id).await.state, State::Running, "nobody has noticed yet");
        let before = taken(&site, &id).await.len();
        assert!((30..80).contains(&before), "{before} steps before the second kill");
        let workers = Workers::start(&site, PACE);
        until(&site, &id, |job| job.state == State::Done).await;
        workers.stop().await;
        let steps = taken(&site, &id).await;
        let processes: std::collections::BTreeSet<i64> = steps.iter().map(|(_, by)| *by).collect();
        assert_eq!(processes.len(), 3);
        // What was under way when it was killed may be done again; what was kept is not.
        assert!(steps.len() <= 80 + killed, "{} steps for 80", steps.len());
        let result = jobs::result(&site.storage.pool, &id).await.expect("readable").expect("kept");
        assert!(result["begun_at"].as_u64().is_some_and(|at| at >= 30), "{result}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_kills_its_process_is_given_up() {
    for url in databases().await {
        let site = TestSite::open(&url, PARTS, Equipment::BARE).await.app.clone();
        let now = site.now();
        let id = asked(&site, 0, json!({ "n": 1 })).await;
        for round in 1..=3 {
            let later = clock() + round * 100;
            let held = jobs::take(&site.storage, &["test/steps"], 2, later).await.expect("asked");
            assert_eq!(held.map(|held| held.job.tries), Some(round));
        }
        let held = jobs::take(&site.storage, &["test/steps"], 2, clock() + 900).await;
        assert!(held.expect("asked").is_none());
        let job = found(&site, &id).await;
        assert_eq!(job.state, State::Failed);
        assert!(job.error.is_some_and(|error| error.contains("ended each time")), "at {now}");
    }
}
