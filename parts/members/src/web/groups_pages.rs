//! Groups: what they are there for, who sits in them and by what right, what they wrote. Everybody
//! reads what is published; the names of people and the papers are for those who sit in the group.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::{Path, State};
use axum::http::HeaderValue;
use axum::http::header::CACHE_CONTROL;
use axum::response::Response;
use base::access::{Asker, SignedIn, see_other};
use base::answer::{self, Form};
use base::audit;
use base::change::ChangeArg;
use base::page::{Head, value};
use base::table::{Cell, Column, Table};
use base::{App, Fields, Reader, Refusal, Site, Who};
use minijinja::{Value, context};
use sqlx::AnyPool;

use super::is_french;
use super::papers_pages::{shown_papers, speaks};
use super::people_pages::office;
use crate::bodies::{self, Body};
use crate::groups::{self, Group, Place, Rule, Seat};
use crate::{day, meetings, papers, people, quorum, reminders};

pub async fn list(
    State(site): State<App>,
    reader: Reader,
    Asker(who): Asker,
) -> Result<Response, Refusal> {
    let table = list_table(&site, &reader).await?;
    let empty = table.rows.is_empty();
    let head = Head::titled(reader.say("groups")).about(reader.say("groups-lead"));
    // Who may add a group chooses the body under which it works.
    let bodies: Vec<(String, String)> = match super::OFFICE.admits(who.as_ref()) {
        false => Vec::new(),
        true => bodies::all(&site.storage.pool)
            .await?
            .into_iter()
            .filter(|body| body.kind == "group")
            .map(|body| (body.name(is_french(&reader)).to_owned(), body.id))
            .collect(),
    };
    let values = context! {
        view => value(table.view(&reader)), empty, bodies, signed_in => who.is_some(),
        kinds => choices(&reader, "group-kind", &groups::KINDS), rules => rule_choices(&reader),
    };
    Ok(private(answer::page(&site, &reader, "members/groups.html", head, values)?, who.as_ref()))
}

pub async fn file(
    State(site): State<App>,
    reader: Reader,
    Path(form): Path<String>,
) -> Result<Response, Refusal> {
    answer::table(list_table(&site, &reader).await?, &reader, Form::of(&format!("x.{form}")).1)
}

async fn list_table(site: &Site, reader: &Reader) -> Result<Table, Refusal> {
    let pool = &site.storage.pool;
    let (french, today) = (is_french(reader), day::of(site.now()));
    let bodies = bodies::all(pool).await?;
    let meetings = meetings::all(pool).await?;
    let mut rows = Vec::new();
    for group in groups::all(pool).await? {
        let body = bodies.iter().find(|body| body.id == group.body);
        let mut coming: Vec<_> = meetings
            .iter()
            .filter(|it| it.group == group.id && it.state == "called" && it.day() >= today.as_str())
            .collect();
        coming.sort_by_key(|meeting| meeting.begins_at());
        let next = match coming.first() {
            Some(next) => Cell::text(next.day()).href(format!("/meetings/{}", next.id)),
            None => Cell::missing(reader.say("no-meeting-called")),
        };
        rows.push(vec![
            Cell::text(group.name(french)).href(format!("/groups/{}", group.id)),
            Cell::text(reader.say(&format!("group-kind-{}", group.kind))),
            Cell::text(body.map_or("", |body| body.name(french))),
            Cell::text(term(reader, &group.from_day, &group.until_day)),
            next,
            Cell::text(group.source.clone()),
        ]);
    }
    Ok(Table {
        id: "groups".into(),
        caption: reader.say("groups"),
        columns: vec![
            Column::text("name", reader.say("work-group")),
            Column::text("kind", reader.say("group-kind")),
            Column::text("body", reader.say("body")),
            Column::text("term", reader.say("term")),
            Column::text("next", reader.say("next-meeting")),
            Column::text("source", reader.say("source")),
        ],
        rows,
        ..Table::default()
    })
}

/// From when until when; a dot where no source says.
fn term(reader: &Reader, from: &str, until: &str) -> String {
    let day = |day: &str| reminders::long_day(&reader.words, day);
    match (from, until) {
        ("", "") => reader.say("term-not-verified"),
        (from, "") => reader.words.say_with("since-day", &[("day", day(from).into())]),
        ("", until) => reader.words.say_with("until-day", &[("day", day(until).into())]),
        (from, until) => format!("{} – {}", day(from), day(until)),
    }
}

/// Words of a list with their names: the options of a field.
pub fn choices(reader: &Reader, of: &str, words: &[&str]) -> Vec<(String, String)> {
    words.iter().map(|word| ((*word).to_owned(), reader.say(&format!("{of}-{word}")))).collect()
}

/// The fields of a rule.
pub fn rule_choices(reader: &Reader) -> Value {
    context! {
        shares => choices(reader, "quorum", &quorum::SHARES),
        over => choices(reader, "quorum-over", &quorum::OVER),
        decides => choices(reader, "decides", &groups::DECIDES),
    }
}

/// A rule in words: "More than half of the members entitled to vote must be there."
pub fn rule_words(reader: &Reader, rule: &Rule) -> String {
    let count = base::language::Arg::Number(rule.quorum_count as f64, 0);
    let over = reader.say(&format!("quorum-over-{}", rule.quorum_over));
    let key = format!("quorum-rule-{}", rule.quorum);
    reader.words.say_with(&key, &[("over", over.into()), ("count", count)])
}

/// The names of everybody with an account, by number; an erased name is said to be so.
pub async fn names(pool: &AnyPool, reader: &Reader) -> Result<BTreeMap<i64, String>, Refusal> {
    let people = people::all(pool).await?;
    Ok(people
        .into_iter()
        .map(|person| match person.name.is_empty() {
            true => (person.id, reader.say("person-erased")),
            false => (person.id, person.name),
        })
        .collect())
}

/// What a page says that some see more of than others is kept by no one but the reader's browser.
pub fn private(mut page: Response, who: Option<&Who>) -> Response {
    if who.is_some() {
        page.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    }
    page
}

/// `/groups/{id}`; with an ending, its members as a file.
pub async fn one(
    State(site): State<App>,
    reader: Reader,
    Asker(who): Asker,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let pool = &site.storage.pool;
    let (id, form) = Form::of(&id);
    let group = groups::find(pool, id).await?;
    let (french, today) = (is_french(&reader), day::of(site.now()));
    let asked = asked_day(&site, &reader)?;
    let now_place = Place::of(pool, &group, who.as_ref(), &today).await?;
    let then_place = Place::of(pool, &group, None, &asked).await?;
    let names = names(pool, &reader).await?;
    let table =
        members_table(&site, &reader, &group, &then_place, &names, (&asked, now_place.reads()))
            .await?;
    if form != Form::Page {
        return Ok(private(answer::table(table, &reader, form)?, who.as_ref()));
    }
    let bodies = bodies::all(pool).await?;
    let body = bodies.iter().find(|body| body.id == group.body);
    let seats: Vec<Value> = match now_place.reads() {
        false => Vec::new(),
        true => groups::seats_of(pool, id)
            .await?
            .iter()
            .map(|seat| {
                context! {
                    id => seat.id, name => names.get(&seat.person), seat => reader.say(&format!("seat-{}", seat.seat)),
                    body => body_name(&bodies, &seat.body, french),
                    term => term(&reader, &seat.from_day, &seat.until_day),
                    ended => seat.ended_at.map(day::of), held => seat.held_on(&today),
                }
            })
            .collect(),
    };
    let meetings = shown_meetings(&site, &reader, &group, now_place.runs()).await?;
    let papers = shown_papers(&site, &reader, &group, &names, now_place.reads()).await?;
    let (everybody, seat_bodies) = match now_place.office.is_some() {
        false => (Vec::new(), Vec::new()),
        true => (office_people(pool).await?, named(&bodies, french)),
    };
    let head = Head::titled(group.name(french)).under(reader.say("groups"), "/groups");
    let values = context! {
        group => value(&group), kind => reader.say(&format!("group-kind-{}", group.kind)),
        body => body.map(|body| (body.name(french).to_owned(), format!("/bodies/{}", body.id))),
        terms => papers::to_html(group.terms(french)), term => term(&reader, &group.from_day, &group.until_day),
        quorum => rule_words(&reader, &group.quorum), decides => reader.say(&format!("decides-{}-long", group.decides)),
        on => asked.clone(), on_words => reminders::long_day(&reader.words, &asked),
        view => value(table.view(&reader)), seats, meetings, papers, everybody, seat_bodies, today,
        office => now_place.office.is_some(), runs => now_place.runs(), reads => now_place.reads(),
        speaks => speaks(&now_place, "note"), proposes => speaks(&now_place, "document"),
        seat_kinds => choices(&reader, "seat", &groups::SEATS), rules => rule_choices(&reader),
        zones => super::meetings_pages::zone_choices(french), languages_known => known_languages(&site),
        paper_kinds => choices(&reader, "paper", &papers::KINDS), signed_in => who.is_some(),
    };
    let page = answer::page(&site, &reader, "members/group.html", head, values)?;
    Ok(private(page, who.as_ref()))
}

fn named(bodies: &[Body], french: bool) -> Vec<(String, String)> {
    let mut named: Vec<_> =
        bodies.iter().map(|body| (body.id.clone(), body.name(french).to_owned())).collect();
    named.sort_by_cached_key(|(_, name)| base::table::plain(name));
    named
}

async fn office_people(pool: &AnyPool) -> Result<Vec<(i64, String)>, Refusal> {
    let people = people::all(pool).await?;
    let here = people.into_iter().filter(|person| person.ended_at.is_none());
    Ok(here.map(|person| (person.id, format!("{} ({})", person.name, person.email))).collect())
}

pub fn known_languages(site: &Site) -> Vec<(String, String)> {
    let all = site.languages.all();
    all.iter().map(|it| (it.language.tag().to_owned(), it.say("language-name"))).collect()
}

pub fn body_name(bodies: &[Body], id: &str, french: bool) -> String {
    bodies
        .iter()
        .find(|body| body.id == id)
        .map_or_else(|| id.to_owned(), |body| body.name(french).to_owned())
}

fn asked_day(site: &Site, reader: &Reader) -> Result<String, Refusal> {
    match reader.asked("on").pop().filter(|day| !day.is_empty()) {
        None => Ok(day::of(site.now())),
        Some(asked) => day::read(&asked).ok_or_else(|| Refusal::bad_input("no-day", "on", &asked)),
    }
}

/// Who takes part on a day, by body: as what, with which rights, and who sits for it, where the
/// reader may know.
async fn members_table(
    site: &Site,
    reader: &Reader,
    group: &Group,
    place: &Place,
    names: &BTreeMap<i64, String>,
    (on, by_name): (&str, bool),
) -> Result<Table, Refusal> {
    let pool = &site.storage.pool;
    let french = is_french(reader);
    let mut seats = groups::seats_of(pool, &group.id).await?;
    seats.retain(|seat| seat.held_on(on));
    let bodies = bodies::all(pool).await?;
    // Bodies that have a place by their membership, and those for which somebody sits.
    let by_right = ["ministers", "correspondents"].contains(&group.kind.as_str());
    let mut rows_of: BTreeSet<&str> = seats.iter().map(|seat| seat.body.as_str()).collect();
    if by_right {
        rows_of.extend(place.franchise.members().map(|(member, _)| member.id.as_str()));
    }
    let mut rows = Vec::new();
    for id in rows_of {
        let kinds: Vec<&str> = place
            .franchise
            .members()
            .filter(|(member, _)| member.id == id)
            .map(|(_, kind)| kind)
            .collect();
        let sitting: Vec<&Seat> = seats.iter().filter(|seat| seat.body == id).collect();
        let may: Vec<String> = crate::rights::RIGHTS
            .iter()
            .filter(|right| match id {
                "" => sitting.iter().any(|seat| place.franchise.seat_with(seat, right).is_some()),
                id => place.franchise.kind_with(id, right).is_some(),
            })
            .map(|right| reader.say(&format!("right-{right}")))
            .collect();
        let name = match id {
            "" => reader.say("in-own-name"),
            id => body_name(&bodies, id, french),
        };
        let people: Vec<String> = sitting
            .iter()
            .map(|seat| {
                let name = names.get(&seat.person).cloned().unwrap_or_default();
                format!("{name} ({})", reader.say(&format!("seat-{}", seat.seat)))
            })
            .collect();
        rows.push(vec![
            Cell::text(name),
            match kinds.as_slice() {
                [] => Cell::missing(reader.say("belongs-not")),
                kinds => {
                    let kinds: Vec<String> = kinds
                        .iter()
                        .map(|kind| reader.say(&format!("membership-{kind}")))
                        .collect();
                    let cell = Cell::text(kinds.join(", "));
                    match place.franchise.is_undated(id) {
                        true => cell.aside(reader.say("standing-undated")),
                        false => cell,
                    }
                }
            },
            match may.is_empty() {
                true => Cell::missing(reader.say("no-right")),
                false => Cell::text(may.join(", ")),
            },
            match (by_name, people.len()) {
                (_, 0) => Cell::missing(reader.say("nobody-named")),
                (true, _) => Cell::text(people.join("; ")),
                (false, count) => Cell::number(count as f64, reader.words.number(count as f64, 0)),
            },
        ]);
    }
    rows.sort_by_cached_key(|row| base::table::plain(&row[0].text));
    Ok(Table {
        id: format!("{}-members-{on}", group.id),
        caption: reader.words.say_with(
            "group-members-on",
            &[("day", reminders::long_day(&reader.words, on).into())],
        ),
        columns: vec![
            Column::text("body", reader.say("body")),
            Column::text("kind", reader.say("membership")),
            Column::text("may", reader.say("rights")),
            Column::text("people", reader.say("people")),
        ],
        rows,
        ..Table::default()
    })
}

async fn shown_meetings(
    site: &Site,
    reader: &Reader,
    group: &Group,
    runs: bool,
) -> Result<Vec<Value>, Refusal> {
    let french = is_french(reader);
    let mut all = meetings::all(&site.storage.pool).await?;
    all.retain(|meeting| meeting.group == group.id && (runs || meeting.state != "draft"));
    Ok(all
        .iter()
        .map(|meeting| {
            context! {
                href => format!("/meetings/{}", meeting.id), title => meeting.title(french),
                when => reminders::span(&reader.words, meeting), place => meeting.place.clone(),
                state => reader.say(&format!("meeting-{}", meeting.state)),
            }
        })
        .collect())
}

/// Adds a group.
pub async fn add(
    State(site): State<App>,
    SignedIn(who): SignedIn,
    fields: Fields,
) -> Result<Response, Refusal> {
    let now = site.now();
    let name = needed(&fields, "name_en")?;
    let id = slug(name);
    if id.is_empty() {
        return Err(Refusal::bad_input("name-needed", "name_en", name));
    }
    bodies::find(&site.storage.pool, fields.one("body"))
        .await?
        .ok_or_else(|| Refusal::not_found("no-body", fields.one("body")))?;
    let group = Group {
        id,
        body: fields.one("body").into(),
        kind: one_of(&fields, "kind", &groups::KINDS)?,
        name_en: name.into(),
        name_fr: fields.one("name_fr").into(),
        terms_en: fields.one("terms_en").into(),
        terms_fr: fields.one("terms_fr").into(),
        quorum: rule(&fields)?,
        decides: one_of(&fields, "decides", &groups::DECIDES)?,
        from_day: day_or(&fields, "from", &day::of(now))?,
        until_day: day_or(&fields, "until", "")?,
        source: needed(&fields, "source")?.into(),
        made_up: 0,
    };
    let mut change = audit::begin(&site.storage).await?;
    if !groups::add(&mut change, &group, &office(&who), now).await? {
        return Err(Refusal::conflict("group-taken"));
    }
    let href = format!("/groups/{}", group.id);
    let args = [("name".to_owned(), ChangeArg::Text(group.name_en.clone()))];
    base::change::record(&mut change, now, "members", "change-group-added", &args, &href).await?;
    change.commit().await?;
    site.changed();
    Ok(see_other(&href))
}

/// A name as part of an address.
fn slug(name: &str) -> String {
    let plain = base::table::plain(name);
    let words = plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-").chars().take(60).collect()
}

pub fn needed<'a>(fields: &'a Fields, name: &'static str) -> Result<&'a str, Refusal> {
    match fields.one(name) {
        "" => Err(Refusal::bad_input("field-needed", name, "")),
        text => Ok(text),
    }
}

pub fn one_of(fields: &Fields, name: &'static str, known: &[&str]) -> Result<String, Refusal> {
    let chosen = fields.one(name);
    match known.contains(&chosen) {
        true => Ok(chosen.to_owned()),
        false => Err(Refusal::bad_input("no-choice", name, chosen)),
    }
}

pub fn day_or(fields: &Fields, name: &'static str, otherwise: &str) -> Result<String, Refusal> {
    match fields.one(name) {
        "" => Ok(otherwise.to_owned()),
        text => day::read(text).ok_or_else(|| Refusal::bad_input("no-day", name, text)),
    }
}

/// The rule that a form states.
fn rule(fields: &Fields) -> Result<Rule, Refusal> {
    let quorum = one_of(fields, "quorum", &quorum::SHARES)?;
    let count = fields.one("quorum_count");
    let quorum_count = match (quorum.as_str(), count.parse::<i64>()) {
        ("count", Ok(count)) if (1..=10_000).contains(&count) => count,
        ("count", _) => return Err(Refusal::bad_input("no-count", "quorum_count", count)),
        _ => 0,
    };
    Ok(Rule {
        quorum,
        quorum_count,
        quorum_over: one_of(fields, "quorum_over", &quorum::OVER)?,
        quorum_source: needed(fields, "quorum_source")?.into(),
    })
}

/// Who may do what in a group today, for a change.
pub async fn place(site: &Site, id: &str, who: &Who) -> Result<(Group, Place), Refusal> {
    let group = groups::find(&site.storage.pool, id).await?;
    let today = day::of(site.now());
    let place = Place::of(&site.storage.pool, &group, Some(who), &today).await?;
    Ok((group, place))
}

/// Sets terms of reference and rules.
pub async fn set_terms(
    State(site): State<App>,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let (group, place) = place(&site, &id, &who).await?;
    place.must_be_office()?;
    let group = Group {
        terms_en: fields.one("terms_en").into(),
        terms_fr: fields.one("terms_fr").into(),
        quorum: rule(&fields)?,
        decides: one_of(&fields, "decides", &groups::DECIDES)?,
        ..group
    };
    let mut change = audit::begin(&site.storage).await?;
    groups::set_terms(&mut change, &group, &place.by(&who), site.now()).await?;
    change.commit().await?;
    Ok(see_other(&format!("/groups/{id}")))
}

pub async fn give_seat(
    State(site): State<App>,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let (_, place) = place(&site, &id, &who).await?;
    place.must_be_office()?;
    let pool = &site.storage.pool;
    let now = site.now();
    let typed = fields.one("person");
    let person = typed.parse().map_err(|_| Refusal::not_found("no-person", typed))?;
    let found = people::find(pool, person).await?.filter(|person| person.ended_at.is_none());
    found.ok_or_else(|| Refusal::not_found("no-person", typed))?;
    let body = fields.one("body");
    if !body.is_empty() {
        bodies::find(pool, body).await?.ok_or_else(|| Refusal::not_found("no-body", body))?;
    }
    let (from_day, until_day) =
        (day_or(&fields, "from", &day::of(now))?, day_or(&fields, "until", "")?);
    if !until_day.is_empty() && until_day < from_day {
        return Err(Refusal::bad_input("term-backwards", "until", &until_day));
    }
    let seat = Seat {
        id: 0,
        group: id.clone(),
        person,
        body: body.into(),
        seat: one_of(&fields, "seat", &groups::SEATS)?,
        from_day,
        until_day,
        ended_at: None,
    };
    let mut change = audit::begin(&site.storage).await?;
    groups::give_seat(&mut change, &seat, &place.by(&who), now).await?;
    change.commit().await?;
    Ok(see_other(&format!("/groups/{id}#seats")))
}

pub async fn end_seat(
    State(site): State<App>,
    SignedIn(who): SignedIn,
    Path((id, seat)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let (_, place) = place(&site, &id, &who).await?;
    place.must_be_office()?;
    let number = seat.parse().map_err(|_| Refusal::not_found("no-seat", &seat))?;
    let mut change = audit::begin(&site.storage).await?;
    if !groups::end_seat(&mut change, &id, number, &place.by(&who), site.now()).await? {
        return Err(Refusal::not_found("no-seat", &seat));
    }
    change.commit().await?;
    Ok(see_other(&format!("/groups/{id}#seats")))
}

/// Every seat that the reader may know of, by country and by person.
pub async fn seats(
    State(site): State<App>,
    reader: Reader,
    SignedIn(who): SignedIn,
) -> Result<Response, Refusal> {
    let table = seats_table(&site, &reader, &who).await?;
    let head = Head::titled(reader.say("seats")).under(reader.say("groups"), "/groups");
    let values = context! { view => value(table.view(&reader)) };
    answer::page(&site, &reader, "members/seats.html", head, values)
}

pub async fn seats_file(
    State(site): State<App>,
    reader: Reader,
    SignedIn(who): SignedIn,
    Path(form): Path<String>,
) -> Result<Response, Refusal> {
    let table = seats_table(&site, &reader, &who).await?;
    answer::table(table, &reader, Form::of(&format!("x.{form}")).1)
}

async fn seats_table(site: &Site, reader: &Reader, who: &Who) -> Result<Table, Refusal> {
    let pool = &site.storage.pool;
    let (french, today) = (is_french(reader), day::of(site.now()));
    let names = names(pool, reader).await?;
    let bodies = bodies::all(pool).await?;
    let mut open = BTreeMap::new();
    for group in groups::all(pool).await? {
        if Place::of(pool, &group, Some(who), &today).await?.reads() {
            open.insert(group.id.clone(), group.name(french).to_owned());
        }
    }
    let rows = groups::seats(pool).await?.into_iter().filter_map(|seat| {
        let group = open.get(&seat.group)?;
        Some(vec![
            Cell::text(names.get(&seat.person).cloned().unwrap_or_default()),
            match seat.body.as_str() {
                "" => Cell::missing(reader.say("in-own-name")),
                body => Cell::text(body_name(&bodies, body, french)),
            },
            Cell::text(group.clone()).href(format!("/groups/{}", seat.group)),
            Cell::text(reader.say(&format!("seat-{}", seat.seat))),
            Cell::text(seat.from_day.clone()),
            match (&seat.until_day, seat.ended_at) {
                (_, Some(at)) => Cell::text(day::of(at)),
                (until, None) if until.is_empty() => Cell::missing(reader.say("open-end")),
                (until, None) => Cell::text(until.clone()),
            },
        ])
    });
    Ok(Table {
        id: "seats".into(),
        caption: reader.say("seats"),
        columns: vec![
            Column::text("person", reader.say("person-name")),
            Column::text("body", reader.say("body")),
            Column::text("group", reader.say("work-group")),
            Column::text("seat", reader.say("seat")),
            Column::text("from", reader.say("role-from-label")),
            Column::text("until", reader.say("seat-until")),
        ],
        rows: rows.collect(),
        ..Table::default()
    })
}
