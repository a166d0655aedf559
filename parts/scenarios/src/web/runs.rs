//! Full runs: asked for with a button, watched at `/jobs/…`, read at `/scenarios/runs/…`, listed by country.

use axum::extract::{Path, State};
use axum::response::Response;
use base::access::{Asker, see_other};
use base::answer::{self, Form};
use base::page::{Head, value};
use base::table::{Cell, Column};
use base::{App, Fields, Reader, Refusal, Site, Table, jobs};
use minijinja::context;

use super::explorer::{Shown, answered, crumbs};
use super::{of_code, refusal};
use crate::answer::Answer;
use crate::full;
use crate::question::{Limits, Question};
use crate::{compare, drawn, shown};

/// Runs shown in a list.
const LISTED: i64 = 300;

/// Asks for a full run of the question in `query`, and leads to its job.
pub async fn ask(
    State(site): State<App>,
    Asker(who): Asker,
    Path(code): Path<String>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let model = of_code(&code)?;
    let pairs: Vec<(String, String)> =
        url::form_urlencoded::parse(fields.one("query").as_bytes()).into_owned().collect();
    let question = Question::read_within(model, &pairs, Limits::FULL).map_err(refusal)?;
    let question = full::in_full(&question);
    let by = who.map(|who| who.id());
    let id = site.ask(&full::RUN, &full::input(&question), by.as_deref(), site.now()).await?;
    Ok(see_other(&format!("/jobs/{id}")))
}

/// The runs of a country, newest first.
pub async fn list(
    State(site): State<App>,
    reader: Reader,
    Path(code): Path<String>,
) -> Result<Response, Refusal> {
    let model = of_code(&code)?;
    let words = &reader.words;
    let place = model.name(words.language.tag());
    let head = crumbs(&reader, model, words.say_with("runs-title", &[("place", place.into())]));
    let table = table(&site, &reader, &code).await?;
    let empty = table.rows.is_empty();
    answer::page(
        &site,
        &reader,
        "scenarios/runs.html",
        head,
        context! { code, empty, view => value(table.view(&reader)) },
    )
}

async fn table(site: &Site, reader: &Reader, code: &str) -> Result<Table, Refusal> {
    let words = &reader.words;
    let columns = vec![
        Column::text("policy", words.say("simulate-policy")),
        Column::text("state", words.say("runs-state")),
        Column::number("draws", words.say("explorer-draws")),
        Column::text("asked", words.say("runs-asked")),
    ];
    let rows = jobs::recent(&site.storage.pool, LISTED)
        .await?
        .into_iter()
        .filter(|job| job.kind == full::RUN.name && job.input["country"].as_str() == Some(code))
        .filter_map(|job| {
            let question = full::question(&job.input).ok()?;
            let href = if job.state == jobs::State::Done {
                (full::RUN.href)(&job.id)
            } else {
                format!("/jobs/{}", job.id)
            };
            let plain = Question {
                draws: crate::question::DRAWS,
                people: crate::question::quick_people(question.model),
                ..question.clone()
            };
            let asked = day(job.asked_at);
            Some(vec![
                Cell::text(compare::name(words, &plain)).href(href),
                Cell::text(words.say(&format!("run-state-{}", job.state.word()))),
                Cell::number(question.draws as f64, words.number(question.draws as f64, 0)),
                Cell::text(asked),
            ])
        })
        .collect();
    Ok(Table {
        id: format!("runs-{code}"),
        caption: words.say("runs-caption"),
        columns,
        rows,
        note: None,
        sources: Vec::new(),
    })
}

/// One finished run; with an ending its table as CSV, XLSX or the whole as JSON.
pub async fn one(
    State(site): State<App>,
    reader: Reader,
    Path(name): Path<String>,
) -> Result<Response, Refusal> {
    let (id, form) = Form::of(&name);
    let (question, answer) = finished(&site, id).await?;
    match form {
        Form::Page => {}
        Form::Json => return Ok(answer::json(&answer)),
        form => return answer::table(drawn::outcomes(&reader.words, &answer), &reader, form),
    }
    let words = &reader.words;
    let code = &answer.country;
    let plain = Question {
        draws: crate::question::DRAWS,
        people: crate::question::quick_people(question.model),
        ..question.clone()
    };
    let head: Head = crumbs(&reader, question.model, compare::name(words, &plain))
        .about(shown::headline(words, &answer));
    let at = format!("/scenarios/runs/{id}");
    let explorer = format!("/scenarios/{code}?{}", plain.query());
    let shown = Shown {
        link: at.clone(),
        charts: format!("{at}/charts"),
        charts_query: String::new(),
        file: at,
        full: true,
    };
    let values = context! { explorer, place => question.model.name(words.language.tag()), ..answered(&reader, &question, &answer, shown) };
    answer::page(&site, &reader, "scenarios/run.html", head, values)
}

/// One drawing of a finished run.
pub async fn chart(
    State(site): State<App>,
    reader: Reader,
    Path((id, name)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let (_, answer) = finished(&site, &id).await?;
    let (chart, form) = Form::of(&name);
    let drawing = drawn::course_alone(&reader.words, &answer, chart);
    let drawing = drawing.ok_or_else(|| Refusal::not_found("no-course", chart))?;
    answer::drawing(&site, &reader, &drawing, form, &format!("{}-{chart}", answer.country)).await
}

/// The question and the answer of a run that is done.
pub async fn finished(site: &Site, id: &str) -> Result<(Question, Answer), Refusal> {
    let none = || Refusal::not_found("no-run", id);
    let job = jobs::find(&site.storage.pool, id).await?.ok_or_else(none)?;
    if job.kind != full::RUN.name || job.state != jobs::State::Done {
        return Err(none());
    }
    let result = jobs::result(&site.storage.pool, id).await?.ok_or_else(none)?;
    Ok((full::question(&job.input)?, full::found(result)?))
}

fn day(seconds: i64) -> String {
    let moment = jiff::Timestamp::from_second(seconds).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    moment.strftime("%Y-%m-%d %H:%M UTC").to_string()
}
