//! Bodies: what they rest on, who belonged to them on any day, and what each kind of member may do.

use axum::extract::{Path, State};
use axum::response::Response;
use base::access::{SignedIn, see_other};
use base::answer::{self, Form};
use base::audit;
use base::page::{Head, value};
use base::table::{Cell, Column, Table};
use base::{App, Fields, Reader, Refusal, Site};
use minijinja::context;
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};

use super::is_french;
use super::people_pages::office;
use crate::bodies::{self, Body, Dates, KINDS, Membership, Standing};
use crate::{day, rights};

#[derive(OpenApi)]
#[openapi(paths(members_api))]
struct Described;

pub fn description() -> utoipa::openapi::OpenApi {
    Described::openapi()
}

pub async fn list(State(site): State<App>, reader: Reader) -> Result<Response, Refusal> {
    let table = list_table(&site, &reader).await?;
    let empty = table.rows.is_empty();
    let head = Head::titled(reader.say("bodies")).about(reader.say("bodies-lead"));
    let values = context! { view => value(table.view(&reader)), empty };
    answer::page(&site, &reader, "members/bodies.html", head, values)
}

pub async fn file(
    State(site): State<App>,
    reader: Reader,
    Path(form): Path<String>,
) -> Result<Response, Refusal> {
    answer::table(list_table(&site, &reader).await?, &reader, form_of(&form))
}

fn form_of(ending: &str) -> Form {
    Form::of(&format!("x.{ending}")).1
}

async fn list_table(site: &Site, reader: &Reader) -> Result<Table, Refusal> {
    let french = is_french(reader);
    let rows = bodies::all(&site.storage.pool).await?;
    let rows = rows.into_iter().map(|body| {
        vec![
            Cell::text(body.name(french)).href(body_href(&body)),
            Cell::text(reader.say(&format!("body-{}", body.kind))),
            Cell::text(body.country.clone()),
            Cell::text(body.source.clone()),
        ]
    });
    Ok(Table {
        id: "bodies".into(),
        caption: reader.say("bodies"),
        columns: vec![
            Column::text("name", reader.say("body")),
            Column::text("kind", reader.say("body-kind")),
            Column::text("country", reader.say("body-country")),
            Column::text("source", reader.say("source")),
        ],
        rows: rows.collect(),
        ..Table::default()
    })
}

/// A state is shown where its figures are.
fn body_href(body: &Body) -> String {
    match body.kind.as_str() {
        "state" => format!("/countries/{}", body.country),
        _ => format!("/bodies/{}", body.id),
    }
}

/// `/bodies/{id}`, as of today or `?on=` a day; with an ending, its members as a file.
pub async fn one(
    State(site): State<App>,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let pool = &site.storage.pool;
    let (id, form) = Form::of(&id);
    let body = found(&site, id).await?;
    let french = is_french(&reader);
    let asked = asked_day(&site, &reader)?;
    let table = members_table(&site, &reader, &body, &asked).await?;
    if form != Form::Page {
        return answer::table(plain(table), &reader, form);
    }
    let mandates: Vec<_> = bodies::mandates(pool, id)
        .await?
        .into_iter()
        .map(|it| {
            context! {
                day => it.day, kind => reader.say(&format!("mandate-{}", it.kind)), source => it.source,
                title => if french { it.title_fr } else { it.title_en },
                text => if french { it.text_fr } else { it.text_en },
            }
        })
        .collect();
    let counts: Vec<_> = bodies::counts(pool, id)
        .await?
        .into_iter()
        .map(|it| (it.count, long_day(&reader, &it.day), it.source))
        .collect();
    let allowed = rights::of_body(pool, id).await?;
    let rights: Vec<_> = KINDS
        .iter()
        .map(|kind| {
            let row: Vec<_> = rights::RIGHTS
                .iter()
                .map(|right| {
                    let is = allowed.iter().any(|(of, may)| of == kind && may == right);
                    (format!("{kind}:{right}"), reader.say(&format!("right-{right}")), is)
                })
                .collect();
            (reader.say(&format!("membership-{kind}")), row)
        })
        .collect();
    let right_names: Vec<_> =
        rights::RIGHTS.iter().map(|right| reader.say(&format!("right-{right}"))).collect();
    let members = table.rows.iter().filter(|row| row[1].title.as_deref() == Some("member"));
    let listed = members.clone().filter(|row| row[2].title.as_deref() != Some("unknown")).count();
    let head = Head::titled(body.name(french)).under(reader.say("bodies"), "/bodies");
    let values = context! {
        body => value(&body), kind => reader.say(&format!("body-{}", body.kind)), mandates,
        on_words => long_day(&reader, &asked), on => asked, listed,
        counts,
        has_members => !table.rows.is_empty(),
        view => value(plain(table).view(&reader)),
        rights, right_names,
    };
    answer::page(&site, &reader, "members/body.html", head, values)
}

/// The marks that count rows are not for the reader.
fn plain(mut table: Table) -> Table {
    for row in &mut table.rows {
        for cell in row {
            cell.title = None;
        }
    }
    table
}

/// A day in words: "8 March 2000".
fn long_day(reader: &Reader, day: &str) -> String {
    let mut numbers = day.split('-').filter_map(|part| part.parse::<i64>().ok());
    match (numbers.next(), numbers.next(), numbers.next()) {
        (Some(year), Some(month), Some(day)) => reader.words.say_with(
            "long-day",
            &[
                ("day", base::language::Arg::Name(day)),
                ("month", reader.say(&format!("month-{month}")).into()),
                ("year", base::language::Arg::Name(year)),
            ],
        ),
        _ => day.to_owned(),
    }
}

async fn found(site: &Site, id: &str) -> Result<Body, Refusal> {
    let body = bodies::find(&site.storage.pool, id).await?;
    body.ok_or_else(|| Refusal::not_found("no-body", id))
}

/// The day asked for, today where none is.
fn asked_day(site: &Site, reader: &Reader) -> Result<String, Refusal> {
    match reader.asked("on").pop().filter(|day| !day.is_empty()) {
        None => Ok(day::of(site.now())),
        Some(asked) => day::read(&asked).ok_or_else(|| Refusal::bad_input("no-day", "on", &asked)),
    }
}

/// Everybody who belonged, or may have, on this day. The second cell is marked with the kind, the
/// third with how certain it is.
async fn members_table(
    site: &Site,
    reader: &Reader,
    body: &Body,
    asked: &str,
) -> Result<Table, Refusal> {
    let french = is_french(reader);
    let mut all = bodies::memberships(&site.storage.pool, &body.id).await?;
    all.sort_by_cached_key(|(membership, member)| {
        let kind = KINDS.iter().position(|kind| *kind == membership.kind);
        (kind, base::table::plain(member.name(french)))
    });
    let mut rows = Vec::new();
    for (membership, member) in all {
        let standing = membership.on(asked);
        if standing == Standing::Not {
            continue;
        }
        let (words, _) = standing_words(reader, &standing);
        let note = if french { &membership.note_fr } else { &membership.note_en };
        let unread = || Cell::missing(reader.say("not-verified"));
        rows.push(vec![
            Cell::text(member.name(french)).href(body_href(&member)),
            Cell::text(reader.say(&format!("membership-{}", membership.kind)))
                .title(membership.kind.clone()),
            Cell::text(words).title(standing_words(reader, &standing).1),
            match membership.from_day.as_str() {
                "" => unread(),
                from => Cell::text(from),
            },
            Cell::text(note.clone()),
            Cell::text(membership.source.clone()),
        ]);
    }
    Ok(Table {
        id: format!("{}-members-{asked}", body.id),
        caption: reader.words.say_with("members-on", &[("day", long_day(reader, asked).into())]),
        columns: vec![
            Column::text("member", reader.say("body")),
            Column::text("kind", reader.say("membership")),
            Column::text("standing", reader.say("standing")),
            Column::text("since", reader.say("member-since")),
            Column::text("note", reader.say("note")),
            Column::text("source", reader.say("source")),
        ],
        rows,
        ..Table::default()
    })
}

fn standing_words(reader: &Reader, standing: &Standing) -> (String, &'static str) {
    let with_day =
        |key: &str, day: &str| reader.words.say_with(key, &[("day", long_day(reader, day).into())]);
    match standing {
        Standing::Confirmed => (reader.say("standing-confirmed"), "confirmed"),
        Standing::Since(day) => (with_day("standing-since", day), "since"),
        Standing::Unknown(day) if day.is_empty() => (reader.say("standing-undated"), "unknown"),
        Standing::Unknown(day) => (with_day("standing-unknown", day), "unknown"),
        Standing::Not => (reader.say("standing-not"), "not"),
    }
}

/// Who belonged to a body on a day.
#[derive(Serialize, ToSchema)]
pub struct Members {
    body: String,
    /// The day asked for, ISO 8601.
    on: String,
    members: Vec<Member>,
}

#[derive(Serialize, ToSchema)]
pub struct Member {
    id: String,
    name: String,
    /// ISO 3166 of a state.
    country: Option<String>,
    /// `member`, `participant`, `observer`, `partner`, `guest`.
    kind: String,
    /// `confirmed`: a source says so of this day; `since`: of an earlier one, and no end was read;
    /// `unknown`: when it joined was not read.
    standing: &'static str,
    /// The day that a source names, where the standing rests on another day.
    shown_on: Option<String>,
    from: Option<String>,
    until: Option<String>,
    source: String,
}

/// Who belonged to a body on a day, as what, and how certain that is.
#[utoipa::path(get, path = "/api/bodies/{id}/members", params(("id" = String, Path, description = "A body, such as pompidou-group"), ("on" = Option<String>, Query, description = "A day, such as 2000-03-08; today where none is given")), responses((status = 200, body = Members), (status = 404, description = "No such body"), (status = 422, description = "Not a day")))]
pub async fn members_api(
    State(site): State<App>,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let body = found(&site, &id).await?;
    let on = asked_day(&site, &reader)?;
    let french = is_french(&reader);
    let all = bodies::memberships(&site.storage.pool, &id).await?;
    let members = all.into_iter().filter_map(|(membership, member)| {
        let standing = membership.on(&on);
        (standing != Standing::Not).then(|| wire(&reader, membership, &member, &standing, french))
    });
    let members = members.collect();
    Ok(answer::json(&Members { body: body.id, on, members }))
}

fn wire(
    reader: &Reader,
    membership: Membership,
    member: &Body,
    standing: &Standing,
    french: bool,
) -> Member {
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    Member {
        name: member.name(french).to_owned(),
        country: some(&member.country),
        standing: standing_words(reader, standing).1,
        shown_on: match standing {
            Standing::Since(day) | Standing::Unknown(day) => some(day),
            Standing::Confirmed | Standing::Not => None,
        },
        from: some(&membership.from_day),
        until: some(&membership.until_day),
        id: membership.member,
        kind: membership.kind,
        source: membership.source,
    }
}

/// Replaces the table of rights.
pub async fn set_rights(
    State(site): State<App>,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Refusal> {
    found(&site, &id).await?;
    let mut chosen = Vec::new();
    for pair in fields.all("may") {
        let known = pair
            .split_once(':')
            .filter(|(kind, right)| KINDS.contains(kind) && rights::RIGHTS.contains(right));
        chosen.push(known.ok_or_else(|| Refusal::bad_input("no-right", "may", pair))?);
    }
    chosen.sort_unstable();
    chosen.dedup();
    let mut change = audit::begin(&site.storage).await?;
    let now = site.now();
    rights::set(&mut change, &id, &chosen, &office(&who), now).await?;
    changed(&mut change, "rights-changed", &id, now).await?;
    change.commit().await?;
    site.changed();
    Ok(see_other(&format!("/bodies/{id}#rights")))
}

/// Corrects the dates of a membership, with the source that was read.
pub async fn set_dates(
    State(site): State<App>,
    SignedIn(who): SignedIn,
    Path((id, member)): Path<(String, String)>,
    fields: Fields,
) -> Result<Response, Refusal> {
    found(&site, &id).await?;
    let read = |name: &'static str| match fields.one(name) {
        "" => Ok(String::new()),
        text => day::read(text).ok_or_else(|| Refusal::bad_input("no-day", name, text)),
    };
    let (from, until) = (read("from")?, read("until")?);
    let source = fields.one("source");
    if source.is_empty() {
        return Err(Refusal::bad_input("no-source-given", "source", ""));
    }
    if !from.is_empty() && !until.is_empty() && until <= from {
        return Err(Refusal::bad_input("term-backwards", "until", &until));
    }
    let dates = Dates { from_day: &from, until_day: &until, source };
    let mut change = audit::begin(&site.storage).await?;
    let now = site.now();
    let of = (id.as_str(), member.as_str(), fields.one("kind"));
    if !bodies::set_dates(&mut change, of, &dates, &office(&who), now).await? {
        return Err(Refusal::not_found("no-member", &member));
    }
    changed(&mut change, "membership-changed", &id, now).await?;
    change.commit().await?;
    site.changed();
    Ok(see_other(&format!("/bodies/{id}")))
}

/// Published records changed: kept pages are made anew, and the feed says so.
async fn changed(
    change: &mut base::storage::Transaction,
    message: &str,
    body: &str,
    now: i64,
) -> Result<(), Refusal> {
    base::change::record(change, now, "members", message, &[], &format!("/bodies/{body}")).await?;
    Ok(())
}
