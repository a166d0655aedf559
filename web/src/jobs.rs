//! Long work as a reader sees it: how far it is, a button to cancel or to try again, and the way to
//! its result. The page asks the browser to come back, so it needs no script.

use axum::extract::{Path, State};
use axum::http::HeaderValue;
use axum::http::header::REFRESH;
use axum::response::Response;
use base::access::{Asker, see_other};
use base::audit::By;
use base::jobs::Job;
use base::page::{Head, value};
use base::who::Who;
use base::{App, Reader, Refusal, Site, Words, answer, jobs};
use minijinja::context;
use serde::Serialize;
use utoipa::ToSchema;

/// Seconds until the browser looks again: soon while little has passed, then with patience.
fn look_again_seconds(ran_seconds: i64) -> i64 {
    (ran_seconds / 10).clamp(2, 10)
}

/// `/jobs/{id}`: how far it is. One that is done leads on to its result.
pub async fn page(
    State(site): State<App>,
    reader: Reader,
    Asker(who): Asker,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let job = seen(&site, &id, who.as_ref()).await?;
    let steers = steers(&job, who.as_ref());
    let job = show(&site, &reader.words, job).await?;
    if let Some(href) = &job.href {
        return Ok(see_other(href));
    }
    let under_way = job.state == "waiting" || job.state == "running";
    let ran = site.now() - job.started_at.unwrap_or(job.asked_at);
    let head = Head::titled(job.title.clone());
    let values = context! { job => value(&job), steers, under_way, ran_minutes => ran / 60 };
    let mut page = answer::page(&site, &reader, "web/job.html", head, values)?;
    if under_way {
        page.headers_mut().insert(REFRESH, HeaderValue::from(look_again_seconds(ran)));
    }
    Ok(page)
}

/// The same for programs.
#[utoipa::path(get, path = "/api/jobs/{id}", params(("id" = String, Path, description = "As given when the job was asked for")), responses((status = 200, body = Shown), (status = 404, description = "No such job")))]
pub async fn api(
    State(site): State<App>,
    reader: Reader,
    Asker(who): Asker,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let job = seen(&site, &id, who.as_ref()).await?;
    Ok(answer::json(&show(&site, &reader.words, job).await?))
}

/// Cancels, and shows the page again.
pub async fn cancel(
    State(site): State<App>,
    Asker(who): Asker,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    steered(&site, &id, who.as_ref()).await?;
    jobs::cancel(&site.storage, &id, &by(who.as_ref()), site.now()).await?;
    Ok(see_other(&format!("/jobs/{id}")))
}

/// Lets a failed or cancelled job be tried once more.
pub async fn again(
    State(site): State<App>,
    Asker(who): Asker,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    steered(&site, &id, who.as_ref()).await?;
    jobs::again(&site.storage, &id, &by(who.as_ref()), site.now()).await?;
    site.wake.notify_one();
    Ok(see_other(&format!("/jobs/{id}")))
}

fn by(who: Option<&Who>) -> By {
    who.map_or_else(By::nobody, |who| who.by(None))
}

/// The job with this id, where it is this person's to see. A letter in the queue is no stranger's: for
/// them it is not there.
async fn seen(site: &Site, id: &str, who: Option<&Who>) -> Result<Job, Refusal> {
    let job = jobs::find(&site.storage.pool, id).await?;
    job.filter(|job| {
        let may = site.kind(&job.kind).is_some_and(|kind| kind.may.admits(who));
        may || asked(job, who)
    })
    .ok_or_else(|| Refusal::not_found("no-job", id))
}

/// The same, where it is theirs to cancel and to retry: what a person asked for is theirs alone, and the
/// administrators'.
async fn steered(site: &Site, id: &str, who: Option<&Who>) -> Result<(), Refusal> {
    let job = seen(site, id, who).await?;
    if steers(&job, who) { Ok(()) } else { Err(Refusal::not_found("no-job", id)) }
}

fn steers(job: &Job, who: Option<&Who>) -> bool {
    let somebodys = job.asked_by.as_ref().is_some_and(|by| by.starts_with("person:"));
    !somebodys || asked(job, who) || crate::RUNS_THE_SITE.admits(who)
}

fn asked(job: &Job, who: Option<&Who>) -> bool {
    who.is_some_and(|who| job.asked_by.as_deref() == Some(&who.id()))
}

/// A job as a page or a program sees it. Who asked, and what, is not part of it.
#[derive(Serialize, ToSchema)]
pub struct Shown {
    pub id: String,
    /// `waiting`, `running`, `done`, `failed`, `cancelled`.
    pub state: String,
    pub title: String,
    /// How many wait before it.
    pub before: Option<i64>,
    /// `done` of `total`; a total of 0 says that nobody knows yet.
    pub done: i64,
    pub total: i64,
    /// What is being done, in words.
    pub saying: Option<String>,
    /// Why the last try failed.
    pub error: Option<String>,
    /// Somebody cancelled and it has not stopped yet.
    pub cancelling: bool,
    /// UTC seconds.
    pub asked_at: i64,
    pub started_at: Option<i64>,
    pub ended_at: Option<i64>,
    /// Where the result can be read, once it is done.
    pub href: Option<String>,
}

/// The job, worded for a reader.
async fn show(site: &Site, words: &Words, job: Job) -> Result<Shown, Refusal> {
    let pool = &site.storage.pool;
    let kind = site.kind(&job.kind);
    Ok(Shown {
        before: jobs::before(pool, &job).await?,
        title: kind.map_or_else(|| job.kind.clone(), |kind| (kind.title)(words, &job.input)),
        href: kind.filter(|_| job.state == jobs::State::Done).map(|kind| (kind.href)(&job.id)),
        state: job.state.word().into(),
        saying: job.saying.map(|message| words.say(&message)),
        id: job.id,
        done: job.done,
        total: job.total,
        error: job.error,
        cancelling: job.cancelling && !job.state.is_over(),
        asked_at: job.asked_at,
        started_at: job.started_at,
        ended_at: job.ended_at,
    })
}
