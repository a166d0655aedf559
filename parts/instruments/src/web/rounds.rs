//! Rounds: of whom an instrument is asked and until when, who has answered, devices, letters, and the
//! end.

use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use base::access::{SignedIn, see_other};
use base::answer::{self, Form};
use base::page::{Head, value};
use base::table::{Cell, Column, Table};
use base::{App, Fields, May, Reader, Refusal, Site, Who};
use minijinja::context;

use super::{ASKS, MAY_ASK, MAY_CLEAR, PROPOSES, link, panels, taken};
use crate::instrument::{self, Status};
use crate::openrosa::device;
use crate::record::{self, State as Review};
use crate::remark;
use crate::round::{self, New, Round};
use crate::{carried, day, list, panel, progress};

pub async fn list(
    State(site): State<App>,
    reader: Reader,
    SignedIn(who): SignedIn,
) -> Result<Response, Refusal> {
    list_page(&site, &reader, &who, &Fields::default(), None).await
}

async fn list_page(
    site: &Site,
    reader: &Reader,
    who: &Who,
    fields: &Fields,
    fault: Option<&str>,
) -> Result<Response, Refusal> {
    let pool = &site.storage.pool;
    let table = list_table(site, reader).await?;
    let empty = table.rows.is_empty();
    let all = instrument::all(pool).await?;
    let asked = reader.asked("instrument").pop().unwrap_or_default();
    let chosen = Some(fields.one("instrument")).filter(|it| !it.is_empty()).unwrap_or(&asked);
    let choices: Vec<_> = all
        .into_iter()
        .filter(|it| it.status == Status::Published)
        .map(|it| (it.id == chosen, it.id, it.title))
        .collect();
    let from = Some(fields.one("from")).filter(|it| !it.is_empty());
    let head = Head::titled(reader.say("rounds")).about(reader.say("rounds-lead"));
    let values = context! {
        view => value(table.view(reader)), empty, choices, fault,
        may_ask => MAY_ASK.admits(Some(who)),
        title => fields.one("title"), from => from.map_or(day::of(site.now()), str::to_owned),
        until => fields.one("until"), way => fields.one("way"),
    };
    let mut page = answer::page(site, reader, "instruments/rounds.html", head, values)?;
    if fault.is_some() {
        *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(page)
}

pub async fn file(
    State(site): State<App>,
    reader: Reader,
    Path(form): Path<String>,
) -> Result<Response, Refusal> {
    let table = list_table(&site, &reader).await?;
    answer::table(table, &reader, Form::of(&format!("x.{form}")).1)
}

async fn list_table(site: &Site, reader: &Reader) -> Result<Table, Refusal> {
    let pool = &site.storage.pool;
    let today = day::of(site.now());
    let instruments = instrument::all(pool).await?;
    let mut rows = Vec::new();
    for it in round::all(pool).await? {
        let asked = round::respondents(pool, &it.id).await?.len();
        let answered = progress::answered(pool, &it).await?;
        let instrument = instruments.iter().find(|known| known.id == it.instrument);
        let until = match it.until_day.as_str() {
            "" => Cell::missing(reader.say("round-no-end")),
            day => Cell::text(day),
        };
        rows.push(vec![
            Cell::text(it.title.clone()).href(format!("/rounds/{}", it.id)),
            Cell::text(instrument.map_or(&it.instrument, |it| &it.title).clone()),
            Cell::text(reader.say(&format!("stage-{}", it.stage(&today).word()))),
            Cell::text(it.from_day.clone()),
            until,
            if it.shared.is_empty() {
                Cell::number(asked as f64, asked.to_string())
            } else {
                Cell::missing(reader.say("round-shared"))
            },
            Cell::number(answered as f64, answered.to_string()),
        ]);
    }
    Ok(Table {
        id: "rounds".into(),
        caption: reader.say("rounds"),
        columns: vec![
            Column::text("title", reader.say("round")),
            Column::text("instrument", reader.say("instrument")),
            Column::text("stage", reader.say("round-stage")),
            Column::text("from", reader.say("round-from")),
            Column::text("until", reader.say("round-until")),
            Column::number("asked", reader.say("round-asked")),
            Column::number("answered", reader.say("round-answered")),
        ],
        rows,
        ..Table::default()
    })
}

pub async fn make(
    State(site): State<App>,
    reader: Reader,
    SignedIn(who): SignedIn,
    fields: Fields,
) -> Result<Response, Refusal> {
    let pool = &site.storage.pool;
    let id = fields.one("instrument");
    let it = instrument::find(pool, id).await?.filter(|it| it.status == Status::Published);
    let (from, until) = (fields.one("from"), fields.one("until"));
    let (anonymous, shared) = match fields.one("way") {
        "named" => (false, false),
        "shared" => (false, true),
        "anonymous-links" => (true, false),
        "anonymous-shared" => (true, true),
        _ => return list_page(&site, &reader, &who, &fields, Some("round-way-missing")).await,
    };
    let fault = match () {
        () if it.is_none() => Some("round-instrument-missing"),
        () if fields.one("title").is_empty() => Some("round-title-missing"),
        () => round::days_fault(from, until),
    };
    let (Some(it), None) = (it, fault) else {
        return list_page(&site, &reader, &who, &fields, fault).await;
    };
    let latest = instrument::versions(pool, &it.id).await?;
    let latest = latest.first().ok_or_else(|| Refusal::not_found("no-instrument", &it.id))?;
    let new = New {
        title: fields.one("title"),
        instrument: &it.id,
        number: latest.number,
        anonymous,
        from_day: from,
        until_day: until,
        shared,
    };
    let by = who.by(who.holds_over(&ASKS, &[]));
    let id = round::make(&site.storage, &new, &by, site.now()).await?;
    Ok(see_other(&format!("/rounds/{id}")))
}

pub async fn found(site: &Site, id: &str) -> Result<Round, Refusal> {
    let round = round::find(&site.storage.pool, id).await?;
    round.ok_or_else(|| Refusal::not_found("no-round", id))
}

/// What an action has to show once on the page of a round.
#[derive(Default)]
struct Said {
    /// New links, by name.
    links: Vec<(String, String)>,
    /// A new device: its square and what stands in it.
    device: Option<(String, String, device::Made)>,
    fault: Option<&'static str>,
    /// What is wrong with a list of respondents, and the list as it was typed.
    problems: Vec<list::Problem>,
    typed: String,
}

/// `/rounds/{id}`; with an ending, who was asked as a file.
pub async fn one(
    State(site): State<App>,
    reader: Reader,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let (id, form) = Form::of(&id);
    let round = found(&site, id).await?;
    if form != Form::Page {
        return answer::table(people_table(&site, &reader, &round).await?, &reader, form);
    }
    page(&site, &reader, &who, &round, Said::default()).await
}

async fn page(
    site: &Site,
    reader: &Reader,
    who: &Who,
    round: &Round,
    said: Said,
) -> Result<Response, Refusal> {
    let pool = &site.storage.pool;
    let stage = round.stage(&day::of(site.now()));
    let it = instrument::find(pool, &round.instrument).await?;
    let people = people_table(site, reader, round).await?;
    let asked = people.rows.len();
    let answered = progress::answered(pool, round).await?;
    let records =
        if round.anonymous { None } else { Some(records_table(site, reader, round).await?) };
    let devices: Vec<_> = device::all(pool, &round.id)
        .await?
        .into_iter()
        .map(|it| (it.number, it.name, it.username, it.ended_at.map(day::of)))
        .collect();
    let unspent: Vec<_> = round::respondents(pool, &round.id)
        .await?
        .into_iter()
        .filter(|it| !it.spent || !round.anonymous)
        .map(|it| (it.number, it.name))
        .collect();
    let faulty = said.fault.is_some() || !said.problems.is_empty();
    let problems = panels::worded(reader, &said.problems);
    let panels: Vec<_> =
        panel::all(pool).await?.into_iter().map(|panel| (panel.id, panel.title)).collect();
    let starts = starts(site, round).await?;
    let taken = taken::shown(site, who, round).await?;
    let links: Vec<_> =
        said.links.into_iter().map(|(name, secret)| (name, link::address(site, &secret))).collect();
    let head = Head::titled(round.title.clone()).under(reader.say("rounds"), "/rounds");
    let values = context! {
        id => round.id.clone(), instrument => it.map_or(round.instrument.clone(), |it| it.title),
        instrument_id => round.instrument.clone(), number => round.number,
        stage => stage.word(), anonymous => round.anonymous,
        from => round.from_day.clone(), until => round.until_day.clone(),
        shared => (!round.shared.is_empty()).then(|| link::address(site, &round.shared)),
        asked, answered, may_ask => MAY_ASK.admits(Some(who)),
        may_propose => May::Only(&PROPOSES).admits(Some(who)),
        may_clear => MAY_CLEAR.admits(Some(who)) && round.anonymous && round.closed_at.is_some(),
        people => (asked > 0).then(|| value(people.view(reader))),
        records => records.map(|table| value(table.view(reader))),
        unspent, devices, has_mail => site.has_mail(), links,
        fault => said.fault, problems, typed => said.typed, panels, starts,
        device => said.device.map(|(svg, server, made)| context! {
            svg, server, username => made.username, password => made.password,
            token => format!("{}/collect/{}", site.settings.public_url(), made.token),
        }),
        ..taken
    };
    let mut page = answer::page(site, reader, "instruments/round.html", head, values)?;
    if faulty {
        *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(page)
}

async fn people_table(site: &Site, reader: &Reader, round: &Round) -> Result<Table, Refusal> {
    let rows = round::respondents(&site.storage.pool, &round.id).await?.into_iter().map(|it| {
        let state = match (it.spent, round.anonymous) {
            (false, _) => "respondent-waited",
            (true, false) => "respondent-answered",
            // Whether what was begun was sent is not known, and cannot be.
            (true, true) => "respondent-begun",
        };
        vec![
            Cell::text(it.name),
            Cell::text(it.country),
            Cell::text(it.email),
            Cell::text(reader.say(state)),
            match it.reminded_day.as_str() {
                "" => Cell::missing(reader.say("respondent-no-letter")),
                day => Cell::text(day),
            },
        ]
    });
    Ok(Table {
        id: format!("{}-asked", round.id),
        caption: reader.say("respondents"),
        columns: vec![
            Column::text("name", reader.say("respondent")),
            Column::text("country", reader.say("respondent-country")),
            Column::text("email", reader.say("respondent-email")),
            Column::text("state", reader.say("respondent-state")),
            Column::text("letter", reader.say("respondent-letter")),
        ],
        rows: rows.collect(),
        ..Table::default()
    })
}

async fn records_table(site: &Site, reader: &Reader, round: &Round) -> Result<Table, Refusal> {
    let pool = &site.storage.pool;
    let people = round::respondents(pool, &round.id).await?;
    let devices = device::all(pool, &round.id).await?;
    let open = remark::open(pool, &round.id).await?;
    let records = record::all(pool, &round.id).await?.into_iter();
    let rows = records.filter(|it| it.replaced_by.is_empty()).map(|it| {
        let person = people.iter().find(|who| who.number == it.respondent).map(|who| &who.name);
        let device = devices.iter().find(|known| known.number == it.device).map(|it| &it.name);
        let from = person.or(device).cloned();
        vec![
            Cell::number(it.number as f64, it.number.to_string())
                .href(format!("/rounds/{}/records/{}", round.id, it.number)),
            from.map_or_else(|| Cell::missing(reader.say("record-from-link")), Cell::text),
            Cell::text(day::of(it.received_at)),
            Cell::text(reader.say(&format!("record-{}", it.state.word()))),
            Cell::number(it.violations.len() as f64, it.violations.len().to_string()),
            {
                let mine = |(who, record, _): &&(i64, i64, i64)| {
                    *who == it.respondent && (*who != 0 || *record == it.number)
                };
                let count: i64 = open.iter().filter(mine).map(|(_, _, count)| count).sum();
                Cell::number(count as f64, count.to_string())
            },
        ]
    });
    Ok(Table {
        id: format!("{}-records", round.id),
        caption: reader.say("records"),
        columns: vec![
            Column::number("record", reader.say("record")),
            Column::text("from", reader.say("record-from")),
            Column::text("day", reader.say("record-day")),
            Column::text("state", reader.say("record-state")),
            Column::number("violations", reader.say("record-violations")),
            Column::number("remarks", reader.say("remarks-open")),
        ],
        rows: rows.collect(),
        ..Table::default()
    })
}

pub async fn add_respondents(
    State(site): State<App>,
    reader: Reader,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let round = with_links(&site, &id).await?;
    let listed = match list::read_text(fields.as_typed("lines")) {
        Ok(listed) => listed,
        Err(problems) => {
            let typed = fields.as_typed("lines").to_owned();
            let said = Said { problems, typed, ..Said::default() };
            return page(&site, &reader, &who, &round, said).await;
        }
    };
    ask(&site, &reader, &who, &round, listed.into_iter().map(|entry| (entry, None))).await
}

/// Respondents from a file: the same list as CSV or workbook.
pub async fn upload_respondents(
    State(site): State<App>,
    reader: Reader,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Refusal> {
    let round = with_links(&site, &id).await?;
    let bytes = panels::sent_list(request).await?;
    match list::read_file(&bytes) {
        Ok(listed) => {
            ask(&site, &reader, &who, &round, listed.into_iter().map(|entry| (entry, None))).await
        }
        Err(problems) => {
            page(&site, &reader, &who, &round, Said { problems, ..Said::default() }).await
        }
    }
}

/// Respondents from a panel: every member who is still asked and whom this round does not ask yet.
pub async fn ask_panel(
    State(site): State<App>,
    reader: Reader,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let pool = &site.storage.pool;
    let round = with_links(&site, &id).await?;
    let asked = fields.one("panel");
    let panel = panel::find(pool, asked).await?;
    let panel = panel.ok_or_else(|| Refusal::not_found("no-panel", asked))?;
    let already = round::members_asked(pool, &round.id, &panel.id).await?;
    let members = panel::members(pool, &panel.id).await?.into_iter();
    let members = members.filter(|it| !it.ended && !already.contains(&it.number));
    let members: Vec<_> =
        members.map(|it| (it.entry, Some((panel.id.clone(), it.number)))).collect();
    if members.is_empty() {
        let said = Said { fault: Some("panel-all-asked"), ..Said::default() };
        return page(&site, &reader, &who, &round, said).await;
    }
    ask(&site, &reader, &who, &round, members.into_iter()).await
}

async fn ask(
    site: &Site,
    reader: &Reader,
    who: &Who,
    round: &Round,
    listed: impl Iterator<Item = (list::Entry, Option<(String, i64)>)>,
) -> Result<Response, Refusal> {
    let asked: Vec<_> = listed.map(|(entry, member)| round::Asked { entry, member }).collect();
    let by = who.by(who.holds_over(&ASKS, &[]));
    let links = round::add_respondents(&site.storage, round, &asked, &by, site.now()).await?;
    page(site, reader, who, round, Said { links, ..Said::default() }).await
}

/// A round that is not closed and has a link for each.
async fn with_links(site: &Site, id: &str) -> Result<Round, Refusal> {
    let round = not_closed(site, id).await?;
    if round.shared.is_empty() { Ok(round) } else { Err(Refusal::conflict("round-is-shared")) }
}

async fn not_closed(site: &Site, id: &str) -> Result<Round, Refusal> {
    let round = found(site, id).await?;
    if round.closed_at.is_some() { Err(Refusal::conflict("round-closed")) } else { Ok(round) }
}

pub async fn new_link(
    State(site): State<App>,
    reader: Reader,
    SignedIn(who): SignedIn,
    Path((id, number)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let round = not_closed(&site, &id).await?;
    let missing = || Refusal::not_found("no-respondent", &number);
    let at: i64 = number.parse().map_err(|_| missing())?;
    let by = who.by(who.holds_over(&ASKS, &[]));
    let people = round::respondents(&site.storage.pool, &round.id).await?;
    let person = people.into_iter().find(|it| it.number == at).ok_or_else(missing)?;
    let made = round::new_link(&site.storage, &round, at, &by, site.now()).await?;
    let secret = made.ok_or(Refusal::conflict("link-spent"))?;
    let links = vec![(person.name, secret)];
    page(&site, &reader, &who, &round, Said { links, ..Said::default() }).await
}

/// The earlier rounds whose answers respondents may begin with: (id, title, whether chosen).
async fn starts(site: &Site, round: &Round) -> Result<Vec<(String, String, bool)>, Refusal> {
    let pool = &site.storage.pool;
    let chosen = carried::earlier(pool, &round.id).await?;
    let all = round::all(pool).await?.into_iter().filter(|it| carried::fits(round, it));
    Ok(all.map(|it| (it.id.clone(), it.title, chosen.as_deref() == Some(it.id.as_str()))).collect())
}

/// Offers respondents their answers of an earlier round, or offers nothing.
pub async fn set_start(
    State(site): State<App>,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let round = not_closed(&site, &id).await?;
    let earlier = fields.one("earlier");
    if !earlier.is_empty() && !carried::fits(&round, &found(&site, earlier).await?) {
        return Err(Refusal::conflict("round-no-start"));
    }
    let by = who.by(who.holds_over(&ASKS, &[]));
    carried::set(&site.storage, &round, earlier, &by, site.now()).await?;
    Ok(see_other(&format!("/rounds/{id}")))
}

pub async fn close(
    State(site): State<App>,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let round = not_closed(&site, &id).await?;
    let by = who.by(who.holds_over(&ASKS, &[]));
    round::close(&site.storage, &round, &by, site.now()).await?;
    Ok(see_other(&format!("/rounds/{id}")))
}

pub async fn add_device(
    State(site): State<App>,
    reader: Reader,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let round = not_closed(&site, &id).await?;
    let name = Some(fields.one("name")).filter(|it| !it.is_empty()).unwrap_or("—");
    let by = who.by(who.holds_over(&ASKS, &[]));
    let made = device::make(&site.storage, &round, name, &by, site.now()).await?;
    let server = format!("{}/openrosa/{}", site.settings.public_url(), round.id);
    let square = device::square(&round, &server, &made)?;
    let said = Said { device: Some((square, server, made)), ..Said::default() };
    page(&site, &reader, &who, &round, said).await
}

pub async fn end_device(
    State(site): State<App>,
    SignedIn(who): SignedIn,
    Path((id, number)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let round = found(&site, &id).await?;
    let at = number.parse().map_err(|_| Refusal::not_found("no-device", &number))?;
    let by = who.by(who.holds_over(&ASKS, &[]));
    device::end(&site.storage, &round.id, at, &by, site.now()).await?;
    Ok(see_other(&format!("/rounds/{id}")))
}

/// The review that a record is given by its word.
pub fn review_named(word: &str) -> Result<Review, Refusal> {
    Review::named(word).ok_or_else(|| Refusal::bad_input("no-state", "state", word))
}
