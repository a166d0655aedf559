//! How far a round is, as a page that can be left open: it loads itself anew each minute where the reader asks so, and
//! not otherwise.

use axum::extract::{Path, State};
use axum::http::HeaderValue;
use axum::response::Response;
use base::answer::{self, Form};
use base::page::{Head, value};
use base::table::{Cell, Column, Table};
use base::{App, Reader, Refusal};
use minijinja::context;

use super::rounds::found;
use crate::day;
use crate::progress::{self, Counts, Progress};
use crate::round::Round;

/// Seconds between two loads.
const AGAIN: &str = "60";

pub async fn page(
    State(site): State<App>,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let round = found(&site, &id).await?;
    let progress = progress::of(&site.storage.pool, &round).await?;
    let again = reader.asked("again").pop().is_some_and(|it| it == "1");
    let by_country = table(&reader, &round, &progress);
    let has_prisons = !progress.prisons.is_empty();
    let days: Vec<_> = progress.days.iter().map(|(day, count)| (day.clone(), *count)).collect();
    let head = Head::titled(reader.say("progress"))
        .under(reader.say("rounds"), "/rounds")
        .under(round.title.clone(), format!("/rounds/{}", round.id));
    let values = context! {
        id => round.id.clone(), anonymous => round.anonymous, shared => !round.shared.is_empty(),
        asked => progress.whole.asked, answered => progress.whole.answered,
        view => (!by_country.rows.is_empty()).then(|| value(by_country.view(&reader))), has_prisons,
        days, again, stage => round.stage(&day::of(site.now())).word(),
        here => reader.here_with("again", (!again).then_some("1")),
        clock => clock(site.now()),
    };
    let mut page = answer::page(&site, &reader, "instruments/progress.html", head, values)?;
    if again {
        page.headers_mut().insert("refresh", HeaderValue::from_static(AGAIN));
    }
    Ok(page)
}

/// `14:33 UTC`.
fn clock(seconds: i64) -> String {
    let of_day = seconds.rem_euclid(86_400);
    format!("{:02}:{:02} UTC", of_day / 3600, of_day / 60 % 60)
}

/// `/rounds/{id}/progress.csv`
pub async fn file(
    State(site): State<App>,
    reader: Reader,
    Path((id, form)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let round = found(&site, &id).await?;
    let progress = progress::of(&site.storage.pool, &round).await?;
    let table = table(&reader, &round, &progress);
    answer::table(table, &reader, Form::of(&format!("x.{form}")).1)
}

/// By country and, where the list named them, by prison.
fn table(reader: &Reader, round: &Round, progress: &Progress) -> Table {
    let mut rows = Vec::new();
    if progress.prisons.is_empty() {
        for (country, counts) in &progress.countries {
            rows.push(row(reader, round, country, None, counts));
        }
    } else {
        for ((country, prison), counts) in &progress.prisons {
            rows.push(row(reader, round, country, Some(prison), counts));
        }
    }
    let mut columns = vec![Column::text("country", reader.say("respondent-country"))];
    if !progress.prisons.is_empty() {
        columns.push(Column::text("prison", reader.say("respondent-prison")));
    }
    columns.push(Column::number("asked", reader.say("round-asked")));
    columns.push(Column::number("answered", reader.say("round-answered")));
    columns.push(Column::number("share", reader.say("progress-share")));
    if !round.anonymous {
        columns.push(Column::number("begun", reader.say("progress-begun")));
        columns.push(Column::number("issues", reader.say("record-issues")));
        columns.push(Column::number("approved", reader.say("record-approved")));
        columns.push(Column::number("rejected", reader.say("record-rejected")));
    }
    Table {
        id: format!("{}-progress", round.id),
        caption: reader.say("progress"),
        columns,
        rows,
        ..Table::default()
    }
}

fn row(
    reader: &Reader,
    round: &Round,
    country: &str,
    prison: Option<&String>,
    counts: &Counts,
) -> Vec<Cell> {
    let number = |count: usize| Cell::number(count as f64, count.to_string());
    let mut row = vec![match country {
        "" => Cell::missing(reader.say("progress-no-country")),
        code => Cell::text(code),
    }];
    row.extend(prison.map(|prison| Cell::text(prison.clone())));
    row.push(number(counts.asked));
    row.push(number(counts.answered));
    row.push(match counts.share() {
        Some(share) => Cell::number(share, format!("{} %", reader.words.number(share, 0))),
        None => Cell::missing(reader.say("progress-no-country")),
    });
    if !round.anonymous {
        for count in [counts.begun, counts.issues, counts.approved, counts.rejected] {
            row.push(number(count));
        }
    }
    row
}
