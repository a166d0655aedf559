//! Data sets: what is here, and the two ways in: a file of interviews, or a closed round of a questionnaire.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use base::access::{SignedIn, see_other};
use base::answer::{self, Form};
use base::audit::{self, Act, By};
use base::page::{Head, value};
use base::table::{Cell, Column};
use base::{App, Fields, Reader, Refusal, Table, chance};
use instruments::Round;
use minijinja::context;
use serde_json::json;

use super::upload::Upload;
use super::{ROLES, said, worked};
use crate::incoming::{self, Incoming};
use crate::problem::Problem;
use crate::store::{self, DataSet};
use crate::{round, shown};

/// What was typed into the form, to be shown again.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    pub title: String,
    pub about: String,
    pub period: String,
    /// The data set of which it is another round.
    pub round_of: String,
    pub synthetic: bool,
}

impl Typed {
    fn of(upload: &Upload) -> Typed {
        Typed {
            title: upload.text("title"),
            about: upload.text("about"),
            period: upload.text("period"),
            round_of: upload.text("round_of"),
            synthetic: upload.text("synthetic") == "yes",
        }
    }
}

/// Why interviews were not taken.
pub enum Untaken {
    Wrong(Vec<Problem>),
    /// The same interviews are here already.
    Here(Box<DataSet>),
    Refused(Refusal),
}

impl<E: Into<Refusal>> From<E> for Untaken {
    fn from(error: E) -> Untaken {
        Untaken::Refused(error.into())
    }
}

pub async fn list(State(site): State<App>, reader: Reader) -> Result<Response, Refusal> {
    list_page(&site, &reader, &Typed::default(), &[], None, StatusCode::OK).await
}

pub async fn list_file(
    State(site): State<App>,
    reader: Reader,
    Path(form): Path<String>,
) -> Result<Response, Refusal> {
    let table = table(&reader, &store::data_sets(&site.storage.pool).await?);
    answer::table(table, &reader, Form::of(&format!("data-sets.{form}")).1)
}

fn table(reader: &Reader, sets: &[DataSet]) -> Table {
    let words = &reader.words;
    let rows = sets.iter().rev().map(|set| {
        let n = set.interview_count;
        let count = match n {
            0 => Cell::missing(words.say("data-not-counted")),
            n => Cell::number(n as f64, words.number(n as f64, 0)),
        };
        let mark = if set.synthetic { words.say("synthetic-short") } else { String::new() };
        let state = if set.design.is_empty() { "data-undescribed" } else { "data-described" };
        vec![
            Cell::text(&set.title).href(format!("/statistics/data/{}", set.id)),
            Cell::text(&set.period),
            count,
            Cell::text(words.say(&format!("kind-{}", set.kind))),
            Cell::text(words.say(state)),
            Cell::text(shown::day(set.made_at)),
            Cell::text(mark),
        ]
    });
    Table {
        id: "data-sets".into(),
        caption: words.say("data-sets"),
        columns: vec![
            Column::text("title", words.say("data-title")),
            Column::text("period", words.say("data-period-short")),
            Column::number("interviews", words.say("data-interviews")),
            Column::text("kind", words.say("data-kind")),
            Column::text("state", words.say("data-sample")),
            Column::text("day", words.say("data-day")),
            Column::text("mark", words.say("register-mark")),
        ],
        rows: rows.collect(),
        note: None,
        sources: Vec::new(),
    }
}

async fn list_page(
    site: &App,
    reader: &Reader,
    typed: &Typed,
    problems: &[Problem],
    here: Option<&DataSet>,
    status: StatusCode,
) -> Result<Response, Refusal> {
    let sets = store::data_sets(&site.storage.pool).await?;
    let mut view = table(reader, &sets).view(reader);
    for (name, href) in &mut view.downloads {
        *href = format!("/statistics/data-sets.{}", name.to_lowercase());
    }
    let series: Vec<_> = sets
        .iter()
        .map(|set| (set.id.clone(), set.title.clone(), set.id == typed.round_of))
        .collect();
    let mut rounds = Vec::new();
    for round in instruments::closed_rounds(site).await? {
        let taken = store::data_set_of_round(&site.storage.pool, &round.id).await?;
        let taken = taken.map(|set| (format!("/statistics/data/{}", set.id), set.title));
        let day = round.closed_at.map(shown::day);
        rounds.push(context! { id => round.id.clone(), title => round.title.clone(), anonymous => round.anonymous, day, taken });
    }
    let here = here.map(|set| {
        context! { href => format!("/statistics/data/{}", set.id), title => set.title.clone(), day => shown::day(set.made_at) }
    });
    let head = Head::titled(reader.say("data-sets")).under(reader.say("statistics"), "/statistics");
    let values = context! {
        view => value(view), any => !sets.is_empty(), series, rounds, here, problems => said(reader, problems),
        title => typed.title.clone(), about => typed.about.clone(), period => typed.period.clone(), synthetic => typed.synthetic,
    };
    let mut page = answer::page(site, reader, "statistics/data_list.html", head, values)?;
    *page.status_mut() = status;
    Ok(page)
}

/// Takes interviews and their codebook, whole or not at all.
pub async fn add(
    State(site): State<App>,
    reader: Reader,
    SignedIn(who): SignedIn,
    upload: Upload,
) -> Result<Response, Refusal> {
    let typed = Typed::of(&upload);
    match taken(&site, &reader, &who.by(who.holds(ROLES)), upload).await {
        Ok((set, _)) => Ok(see_other(&format!("/statistics/data/{}", set.id))),
        Err(untaken) => again(&site, &reader, &typed, untaken).await,
    }
}

async fn again(
    site: &App,
    reader: &Reader,
    typed: &Typed,
    untaken: Untaken,
) -> Result<Response, Refusal> {
    match untaken {
        Untaken::Refused(refusal) => Err(refusal),
        Untaken::Wrong(problems) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            list_page(site, reader, typed, &problems, None, status).await
        }
        Untaken::Here(set) => {
            list_page(site, reader, typed, &[], Some(&set), StatusCode::CONFLICT).await
        }
    }
}

/// Reads what was sent and keeps it.
pub async fn taken(
    site: &App,
    reader: &Reader,
    by: &By,
    upload: Upload,
) -> Result<(DataSet, Incoming), Untaken> {
    let typed = Typed::of(&upload);
    let missing = |name: &str| Untaken::Wrong(vec![Problem::of(&reader.say(name), "not-given")]);
    if typed.title.is_empty() {
        return Err(missing("data-title"));
    }
    let interviews = upload.file("interviews").ok_or_else(|| missing("data-interviews"))?.to_vec();
    let codebook = upload.file("codebook").map(<[u8]>::to_vec);
    let read = worked(move || incoming::read(&interviews, codebook.as_deref())).await?;
    let incoming = read.map_err(Untaken::Wrong)?;
    keep(site, reader, by, &typed, incoming, None).await
}

/// Takes a closed round as interviews.
pub async fn take_round(
    State(site): State<App>,
    reader: Reader,
    SignedIn(who): SignedIn,
    fields: Fields,
) -> Result<Response, Refusal> {
    let id = fields.one("round");
    let found = instruments::closed(&site, id).await?;
    let closed = found.ok_or_else(|| Refusal::not_found("no-closed-round", id))?;
    if let Some(set) = store::data_set_of_round(&site.storage.pool, id).await? {
        return Ok(see_other(&format!("/statistics/data/{}", set.id)));
    }
    let data = instruments::data::of_closed(&site, &closed).await?;
    let language = data
        .languages
        .iter()
        .find(|name| instruments::compiled::tag_of(name) == reader.words.language.tag())
        .or(data.languages.first())
        .cloned()
        .unwrap_or_default();
    let asked = reader.say("take-round-asked");
    let read = worked(move || {
        let sheet = round::sheet(&data, &language, &asked)?;
        let mut incoming = incoming::taken(sheet)?;
        incoming.kind = "round";
        Ok::<_, Vec<Problem>>(incoming)
    });
    let typed = Typed {
        title: closed.title.clone(),
        about: reader.say("take-round-about"),
        period: closed.from_day.get(..7).unwrap_or_default().to_owned(),
        ..Typed::default()
    };
    let kept = match read.await? {
        Ok(incoming) => {
            let by = who.by(who.holds(ROLES));
            keep(&site, &reader, &by, &typed, incoming, Some(&closed)).await
        }
        Err(problems) => Err(Untaken::Wrong(problems)),
    };
    match kept {
        Ok((set, _)) => Ok(see_other(&format!("/statistics/data/{}", set.id))),
        Err(untaken) => again(&site, &reader, &Typed::default(), untaken).await,
    }
}

/// Keeps interviews as a data set, and the series that it belongs to.
async fn keep(
    site: &App,
    reader: &Reader,
    by: &By,
    typed: &Typed,
    incoming: Incoming,
    round: Option<&Round>,
) -> Result<(DataSet, Incoming), Untaken> {
    if !typed.period.is_empty() && !is_period(&typed.period) {
        let problem = Problem::of(&reader.say("data-period-short"), "period-form");
        return Err(Untaken::Wrong(vec![
            problem.with("value", crate::problem::short(&typed.period)),
        ]));
    }
    let mut change = audit::begin(&site.storage).await?;
    if let Some(set) = store::data_set_of_hash(&mut change, &incoming.hash).await? {
        return Err(Untaken::Here(Box::new(set)));
    }
    let mut series = String::new();
    if let Some(mut other) = store::data_set_with(&site.storage.pool, &typed.round_of).await? {
        if other.series.is_empty() {
            other.series = other.id.clone();
            store::set_about(&mut change, &other).await?;
        }
        series = other.series;
    }
    let set = DataSet {
        id: chance::hex(6).map_err(Refusal::broken)?,
        title: typed.title.clone(),
        about: typed.about.clone(),
        synthetic: typed.synthetic,
        codebook: incoming.codebook.clone(),
        design: String::new(),
        made_at: site.now(),
        made_by: by.who.clone(),
        series,
        period: typed.period.clone(),
        version: 1,
        kind: incoming.kind.into(),
        hash: incoming.hash.clone(),
        round: round.map_or(String::new(), |round| round.id.clone()),
        offered: incoming.offered.text(),
        notes: said(reader, &incoming.notes).join("\n"),
        interview_count: incoming.rows as i64,
    };
    store::add_data(&mut change, &set, &incoming.interviews).await?;
    let detail = json!({
        "title": set.title, "kind": set.kind, "interviews": incoming.rows, "columns": incoming.columns, "hash": set.hash, "round": set.round,
    });
    let act = Act { act: "data.added", kind: "data", record: &set.id, detail };
    audit::write(&mut change, by, act, site.now()).await?;
    change.commit().await?;
    Ok((set, incoming))
}

/// A year, a month or a day.
pub fn is_period(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let digits = |part: &str, count: usize| {
        part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    digits(parts[0], 4) && parts.len() <= 3 && parts[1..].iter().all(|part| digits(part, 2))
}
