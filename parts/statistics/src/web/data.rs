//! Data sets: what is here, and the two ways in: a file of interviews, or a closed round of a questionnaire.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use base::access::{SignedIn, see_other};
use base::answer::{self, Form};
use base::page::{Head, value};
use base::table::{Cell, Column};
use base::{App, Fields, Reader, Refusal, Table, Who};
use minijinja::context;

use super::upload::Upload;
use super::{ROLES, said};
use crate::keeping::{self, Typed, Untaken};
use crate::problem::Problem;
use crate::shares::{self, Sight};
use crate::shown;
use crate::store::{self, DataSet};

impl Typed {
    pub fn of(upload: &Upload) -> Typed {
        Typed {
            title: upload.text("title"),
            about: upload.text("about"),
            period: upload.text("period"),
            round_of: upload.text("round_of"),
            synthetic: upload.text("synthetic") == "yes",
        }
    }
}

/// The data sets that somebody sees, the oldest first.
pub async fn seen_by(site: &App, who: &Who) -> Result<Vec<DataSet>, Refusal> {
    let sight = Sight::of(site, who).await?;
    let mut sets = store::data_sets(&site.storage.pool).await?;
    sets.retain(|set| sight.sees(set));
    Ok(sets)
}

pub async fn list(
    State(site): State<App>,
    reader: Reader,
    SignedIn(who): SignedIn,
) -> Result<Response, Refusal> {
    list_page(&site, &reader, &who, &Typed::default(), &[], None, StatusCode::OK).await
}

pub async fn list_file(
    State(site): State<App>,
    reader: Reader,
    SignedIn(who): SignedIn,
    Path(form): Path<String>,
) -> Result<Response, Refusal> {
    let table = table(&reader, &seen_by(&site, &who).await?);
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
    who: &Who,
    typed: &Typed,
    problems: &[Problem],
    here: Option<&DataSet>,
    status: StatusCode,
) -> Result<Response, Refusal> {
    let sight = Sight::of(site, who).await?;
    let sets = seen_by(site, who).await?;
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
        // That it was taken is no secret; by whom, and what became of it, is.
        let taken = taken.map(|set| match sight.sees(&set) {
            true => (format!("/statistics/data/{}", set.id), set.title),
            false => (String::new(), String::new()),
        });
        let day = round.closed_at.map(shown::day);
        rounds.push(context! { id => round.id.clone(), title => round.title.clone(), anonymous => round.anonymous, day, taken });
    }
    let here = here.map(|set| match sight.sees(set) {
        false => context! { elsewhere => true },
        true => context! { href => format!("/statistics/data/{}", set.id), title => set.title.clone(), day => shown::day(set.made_at) },
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
    match taken(&site, &reader, &who, upload).await {
        Ok(set) => Ok(see_other(&format!("/statistics/data/{}", set.id))),
        Err(untaken) => again(&site, &reader, &who, &typed, untaken).await,
    }
}

async fn again(
    site: &App,
    reader: &Reader,
    who: &Who,
    typed: &Typed,
    untaken: Untaken,
) -> Result<Response, Refusal> {
    match untaken {
        Untaken::Refused(refusal) => Err(refusal),
        Untaken::Wrong(problems) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            list_page(site, reader, who, typed, &problems, None, status).await
        }
        Untaken::Here(set) => {
            list_page(site, reader, who, typed, &[], Some(&set), StatusCode::CONFLICT).await
        }
    }
}

/// Reads what was sent and keeps it. A survey can be continued by who sees it.
pub async fn taken(
    site: &App,
    reader: &Reader,
    who: &Who,
    upload: Upload,
) -> Result<DataSet, Untaken> {
    let typed = Typed::of(&upload);
    if !typed.round_of.is_empty() {
        shares::seen(site, who, &typed.round_of).await?;
    }
    let by = who.by(who.holds(ROLES));
    let file = |name: &str| upload.file(name).map(<[u8]>::to_vec);
    let (interviews, codebook) = (file("interviews"), file("codebook"));
    keeping::take_file(site, &reader.words, &by, &typed, interviews, codebook).await
}

/// Takes a closed round as interviews.
pub async fn take_round(
    State(site): State<App>,
    reader: Reader,
    SignedIn(who): SignedIn,
    fields: Fields,
) -> Result<Response, Refusal> {
    let by = who.by(who.holds(ROLES));
    match keeping::take_round(&site, &reader.words, &by, fields.one("round")).await {
        Ok(set) => Ok(see_other(&format!("/statistics/data/{}", set.id))),
        // Twice is once, for who sees it.
        Err(Untaken::Here(set)) if Sight::of(&site, &who).await?.sees(&set) => {
            Ok(see_other(&format!("/statistics/data/{}", set.id)))
        }
        Err(untaken) => again(&site, &reader, &who, &Typed::default(), untaken).await,
    }
}
