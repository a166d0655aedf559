//! Meetings as pages, files, calendars and by API: the call and its agenda for everybody, the papers
//! for the group, what was decided and minuted once the minutes are adopted.

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use base::access::Asker;
use base::answer::{self, Form};
use base::page::{Head, value};
use base::table::{Cell, Column, Table};
use base::{App, Reader, Refusal, Site, Who};
use minijinja::{Value, context};
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};

use super::groups_pages::{body_name, choices, names, paper_shown, private, rule_words};
use super::is_french;
use crate::bodies::{self, Body};
use crate::calendar::{About, Calendar};
use crate::decisions::{self, Decision, Position, Tally};
use crate::groups::{self, Group, Place};
use crate::meetings::{self, Action, Invitation, Item, Meeting, Minutes};
use crate::quorum::{self, Quorum};
use crate::{calendar, day, papers, reminders, zones};

#[derive(OpenApi)]
#[openapi(paths(groups_api, meetings_api, meeting_api))]
struct Described;

pub fn description() -> utoipa::openapi::OpenApi {
    Described::openapi()
}

/// Capitals with their time zones, as (zone, "Paris and Strasbourg (Europe/Paris)").
pub fn zone_choices(french: bool) -> Vec<(String, String)> {
    let name =
        |it: &zones::Capital| groups::either(&it.capital_en, &it.capital_fr, french).to_owned();
    zones::capitals()
        .iter()
        .map(|it| (it.zone.clone(), format!("{} ({})", name(it), it.zone)))
        .collect()
}

pub async fn list(
    State(site): State<App>,
    reader: Reader,
    Asker(who): Asker,
) -> Result<Response, Refusal> {
    let table = list_table(&site, &reader, who.as_ref()).await?;
    let empty = table.rows.is_empty();
    let head = Head::titled(reader.say("meetings")).about(reader.say("meetings-lead"));
    let values = context! { view => value(table.view(&reader)), empty };
    Ok(private(answer::page(&site, &reader, "members/meetings.html", head, values)?, who.as_ref()))
}

/// `/meetings.csv` and the other forms; `/meetings.ics` is the calendar of all that were called.
pub async fn file(
    State(site): State<App>,
    reader: Reader,
    Asker(who): Asker,
    Path(form): Path<String>,
) -> Result<Response, Refusal> {
    if form == "ics" {
        let mut all = meetings::all(&site.storage.pool).await?;
        all.retain(|meeting| meeting.state != "draft");
        return Ok(ics(&site, &reader, &reader.say("meetings"), &all, &[], false).await?.1);
    }
    let table = list_table(&site, &reader, who.as_ref()).await?;
    let form = Form::of(&format!("x.{form}")).1;
    Ok(private(answer::table(table, &reader, form)?, who.as_ref()))
}

/// The meetings that a reader may know of: drafts are for who runs the group.
async fn known(site: &Site, who: Option<&Who>) -> Result<Vec<(Meeting, Group)>, Refusal> {
    let pool = &site.storage.pool;
    let today = day::of(site.now());
    let mut runs = BTreeMap::new();
    for group in groups::all(pool).await? {
        let place = Place::of(pool, &group, who, &today).await?;
        runs.insert(group.id.clone(), (group, place.runs()));
    }
    let all = meetings::all(pool).await?;
    let known = all.into_iter().filter_map(|meeting| {
        let (group, runs) = runs.get(&meeting.group)?;
        (meeting.state != "draft" || *runs).then(|| (meeting, group.clone()))
    });
    Ok(known.collect())
}

async fn list_table(site: &Site, reader: &Reader, who: Option<&Who>) -> Result<Table, Refusal> {
    let french = is_french(reader);
    let rows = known(site, who).await?.into_iter().map(|(meeting, group)| {
        vec![
            Cell::text(meeting.title(french)).href(format!("/meetings/{}", meeting.id)),
            Cell::text(group.name(french)).href(format!("/groups/{}", group.id)),
            Cell::text(meeting.starts.replace('T', " ")),
            Cell::text(meeting.ends.replace('T', " ")),
            Cell::text(meeting.zone.clone()),
            Cell::text(meeting.place.clone()),
            Cell::text(state_words(reader, &meeting)),
        ]
    });
    Ok(Table {
        id: "meetings".into(),
        caption: reader.say("meetings"),
        columns: vec![
            Column::text("title", reader.say("meeting")),
            Column::text("group", reader.say("work-group")),
            Column::text("starts", reader.say("meeting-starts")),
            Column::text("ends", reader.say("meeting-ends")),
            Column::text("zone", reader.say("meeting-zone")),
            Column::text("place", reader.say("meeting-place")),
            Column::text("state", reader.say("meeting-state")),
        ],
        rows: rows.collect(),
        ..Table::default()
    })
}

fn state_words(reader: &Reader, meeting: &Meeting) -> String {
    reader.say(&format!("meeting-{}", meeting.state))
}

/// Everything of a meeting that this reader may see.
pub struct Seen {
    pub meeting: Meeting,
    pub group: Group,
    /// What they are to the group on the day of the meeting, and today.
    pub then: Place,
    pub place: Place,
    pub agenda: Vec<Item>,
    pub invitations: Vec<Invitation>,
    pub attendance: Vec<(String, i64)>,
    pub quorum: Quorum,
    pub decisions: Vec<Decision>,
    pub positions: Vec<Position>,
    pub minutes: Option<Minutes>,
    pub actions: Vec<Action>,
}

impl Seen {
    pub async fn of(site: &Site, who: Option<&Who>, id: &str) -> Result<Seen, Refusal> {
        let pool = &site.storage.pool;
        let number = id.parse().map_err(|_| Refusal::not_found("no-meeting", id))?;
        let meeting = meetings::find(pool, number).await?;
        let group = groups::find(pool, &meeting.group).await?;
        let place = Place::of(pool, &group, who, &day::of(site.now())).await?;
        if meeting.state == "draft" && !place.runs() {
            return Err(Refusal::not_found("no-meeting", id));
        }
        let then = Place::of(pool, &group, who, meeting.day()).await?;
        let mut seats = groups::seats_of(pool, &group.id).await?;
        seats.retain(|seat| seat.held_on(meeting.day()));
        let attendance = meetings::attendance(pool, number).await?;
        let quorum = quorum::count(&meeting.quorum, &then.franchise, &seats, &attendance);
        Ok(Seen {
            agenda: meetings::agenda(pool, number).await?,
            invitations: meetings::invitations(pool, number).await?,
            decisions: decisions::of_meeting(pool, number).await?,
            positions: decisions::positions(pool, number).await?,
            minutes: meetings::minutes(pool, number).await?,
            actions: meetings::actions(pool, number).await?,
            meeting,
            group,
            then,
            place,
            attendance,
            quorum,
        })
    }

    fn invited(&self, who: Option<&Who>) -> Option<&Invitation> {
        self.invitations.iter().find(|it| who.is_some_and(|who| who.person == it.person))
    }

    /// Whether the papers, names and votes are open to this reader.
    fn reads(&self, who: Option<&Who>) -> bool {
        self.place.reads() || self.invited(who).is_some()
    }

    /// Whether everybody may read what was decided.
    fn is_public(&self) -> bool {
        self.minutes.as_ref().is_some_and(|it| it.adopted_at.is_some())
    }

    fn tally(&self, decision: &Decision) -> Tally {
        decisions::tally(self.positions.iter().filter(|it| it.decision == decision.id))
    }
}

/// `/meetings/{id}`; `.ics` for a calendar, `.csv` and others for the positions taken, `.json` for all.
pub async fn one(
    State(site): State<App>,
    reader: Reader,
    Asker(who): Asker,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let who = who.as_ref();
    if let Some(id) = id.strip_suffix(".ics") {
        let seen = Seen::of(&site, who, id).await?;
        let name = seen.meeting.title(is_french(&reader)).to_owned();
        let with_link = seen.reads(who);
        let ics = ics(&site, &reader, &name, &[seen.meeting], &[], with_link).await?.1;
        return Ok(private(ics, who));
    }
    let (id, form) = Form::of(&id);
    let seen = Seen::of(&site, who, id).await?;
    let french = is_french(&reader);
    let bodies = bodies::all(&site.storage.pool).await?;
    match form {
        Form::Page => {}
        Form::Json => return Ok(private(answer::json(&wire(&seen, who, &bodies, french)), who)),
        form => {
            let table = positions_table(&reader, &seen, who, &bodies);
            return Ok(private(answer::table(table, &reader, form)?, who));
        }
    }
    let head = Head::titled(seen.meeting.title(french))
        .under(reader.say("meetings"), "/meetings")
        .under(seen.group.name(french), format!("/groups/{}", seen.group.id));
    let values = shown(&site, &reader, &seen, who, &bodies).await?;
    Ok(private(answer::page(&site, &reader, "members/meeting.html", head, values)?, who))
}

async fn shown(
    site: &Site,
    reader: &Reader,
    seen: &Seen,
    who: Option<&Who>,
    bodies: &[Body],
) -> Result<Value, Refusal> {
    let pool = &site.storage.pool;
    let french = is_french(reader);
    let (meeting, reads, runs) = (&seen.meeting, seen.reads(who), seen.place.runs());
    let names = names(pool, reader).await?;
    let languages = papers::languages(pool, &seen.group.id).await?;
    let mut papers = papers::of_group(pool, &seen.group.id).await?;
    papers.retain(|paper| paper.meeting == meeting.id && (reads || paper.published));
    let papers_of = |item: i64| -> Vec<Value> {
        let of_item = papers.iter().filter(|paper| paper.item == item);
        of_item.map(|paper| paper_shown(reader, paper, &languages, &names, reads)).collect()
    };
    let last = seen.agenda.len();
    let agenda: Vec<Value> = seen
        .agenda
        .iter()
        .enumerate()
        .map(|(at, item)| {
            context! {
                id => item.id, title => item.title(french), purpose => reader.say(&format!("purpose-{}", item.purpose)),
                papers => papers_of(item.id), first => at == 0, last => at + 1 == last, number => at + 1,
                decisions => decisions_shown(reader, seen, who, bodies, &names, Some(item.id)),
            }
        })
        .collect();
    let name_of = |person: i64| names.get(&person).cloned().unwrap_or_default();
    let invitations: Vec<Value> = seen
        .invitations
        .iter()
        .filter(|_| reads)
        .map(|it| {
            let answer = if it.answer.is_empty() { "open" } else { &it.answer };
            context! {
                name => name_of(it.person), body => body_name(bodies, &it.body, french), note => it.note.clone(),
                answer => reader.say(&format!("answer-{answer}")), value => format!("{}:{}", it.body, it.person),
                here => seen.attendance.contains(&(it.body.clone(), it.person)),
            }
        })
        .collect();
    let delegations: Vec<Value> = seen
        .then
        .franchise
        .members()
        .filter(|(member, _)| seen.invitations.iter().all(|it| it.body != member.id))
        .map(|(member, kind)| {
            context! {
                name => member.name(french), kind => reader.say(&format!("membership-{kind}")),
                value => format!("{}:0", member.id), here => seen.attendance.contains(&(member.id.clone(), 0)),
            }
        })
        .collect();
    let attended = attended(reader, seen, bodies, &names, reads);
    let voters: Vec<(String, String)> = match seen.place.office.is_some() {
        false => Vec::new(),
        true => {
            let franchise = &seen.then.franchise;
            let mut ids = franchise.entitled("vote");
            ids.extend(franchise.entitled("object"));
            ids.into_iter().map(|id| (id.to_owned(), body_name(bodies, id, french))).collect()
        }
    };
    let delegates: Vec<(String, String)> = seen
        .then
        .seats
        .iter()
        .filter(|seat| {
            ["vote", "object"]
                .iter()
                .any(|right| seen.then.franchise.seat_with(seat, right).is_some())
        })
        .map(|seat| {
            (
                seat.body.clone(),
                match seat.body.as_str() {
                    "" => reader.say("in-own-name"),
                    body => body_name(bodies, body, french),
                },
            )
        })
        .collect();
    let actions: Vec<Value> = seen
        .actions
        .iter()
        .filter(|_| reads)
        .map(|action| {
            context! {
                id => action.id, text => action.text.clone(), owner => name_of(action.owner),
                due => reminders::long_day(&reader.words, &action.due), done => action.done_at.map(day::of),
                ends => runs || who.is_some_and(|who| who.person == action.owner),
            }
        })
        .collect();
    let owners: Vec<(i64, String)> =
        seen.invitations.iter().map(|it| (it.person, name_of(it.person))).collect();
    let minutes = seen.minutes.as_ref().filter(|it| reads || it.adopted_at.is_some());
    let mine = seen.invited(who);
    Ok(context! {
        meeting => value(meeting), group => (seen.group.name(french).to_owned(), format!("/groups/{}", seen.group.id)),
        when => reminders::span(&reader.words, meeting), state => state_words(reader, meeting),
        link => if reads { meeting.link.clone() } else { String::new() },
        agenda, loose => decisions_shown(reader, seen, who, bodies, &names, None), papers => papers_of(0),
        invitations, delegations, attended, delegates, voters, actions, owners,
        mine => mine.map(|it| context! { answer => it.answer.clone(), note => it.note.clone() }),
        rule => rule_words(reader, &meeting.quorum), quorum => quorum_shown(reader, &seen.quorum),
        minutes => minutes.map(|it| context! {
            text => papers::to_html(it.text(french)), adopted => it.adopted_at.map(day::of),
            text_en => it.text_en.clone(), text_fr => it.text_fr.clone(),
        }),
        runs, reads, office => seen.place.office.is_some(), signed_in => who.is_some(),
        proposes => runs || seen.place.may("propose"), speaks => runs || seen.place.may("speak"),
        is_open => meeting.is_open(), public => seen.is_public(), today => day::of(site.now()),
        zones => zone_choices(french), answers => choices(reader, "answer", &meetings::ANSWERS),
        purposes => choices(reader, "purpose", &meetings::PURPOSES),
        positions => choices(reader, "position", &decisions::POSITIONS.map(|(word, _)| word)),
        decides => choices(reader, "decides", &groups::DECIDES), rule_of_group => seen.group.decides.clone(),
    })
}

fn quorum_shown(reader: &Reader, quorum: &Quorum) -> Value {
    use base::language::Arg;
    let number = |number: usize| Arg::Number(number as f64, 0);
    let args = [
        ("present", number(quorum.present)),
        ("needed", number(quorum.needed)),
        ("entitled", number(quorum.entitled)),
    ];
    let key = if quorum.is_met() { "quorum-met" } else { "quorum-not-met" };
    context! { words => reader.words.say_with(key, &args), met => quorum.is_met() }
}

/// Who was there, by body; with names for those who may read them.
fn attended(
    reader: &Reader,
    seen: &Seen,
    bodies: &[Body],
    names: &BTreeMap<i64, String>,
    reads: bool,
) -> Vec<String> {
    let french = is_french(reader);
    let mut by_body: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (body, person) in &seen.attendance {
        let name = match body.as_str() {
            "" => reader.say("in-own-name"),
            body => body_name(bodies, body, french),
        };
        let people = by_body.entry(name).or_default();
        people.extend(names.get(person).filter(|_| reads).cloned());
    }
    let line = |(name, people): (String, Vec<String>)| match people.is_empty() {
        true => name,
        false => format!("{name} ({})", people.join(", ")),
    };
    let mut lines: Vec<String> = by_body.into_iter().map(line).collect();
    lines.sort_by_cached_key(|line| base::table::plain(line));
    lines
}

/// Decisions on an item, or those on none, as far as the reader may see them.
fn decisions_shown(
    reader: &Reader,
    seen: &Seen,
    who: Option<&Who>,
    bodies: &[Body],
    names: &BTreeMap<i64, String>,
    item: Option<i64>,
) -> Vec<Value> {
    let french = is_french(reader);
    let open = seen.reads(who) || seen.is_public();
    let known = |id: i64| seen.agenda.iter().any(|item| item.id == id);
    seen.decisions
        .iter()
        .filter(|it| open && item.map_or_else(|| !known(it.item), |item| it.item == item))
        .map(|decision| {
            let taken: Vec<Value> = decisions::POSITIONS
                .iter()
                .filter_map(|(word, _)| {
                    let of_word = seen.positions.iter().filter(|it| it.decision == decision.id && it.position == *word);
                    let who_took: Vec<(String, String)> = of_word
                        .map(|it| (position_name(reader, it, bodies, names, seen.reads(who), french), it.text.clone()))
                        .collect();
                    (!who_took.is_empty()).then(|| {
                        context! { words => reader.say(&format!("position-{word}-said")), count => who_took.len(), who => who_took }
                    })
                })
                .collect();
            context! {
                id => decision.id, text => decision.text(french), state => reader.say(&format!("decision-{}", decision.state)),
                open => decision.state == "open", rule => reader.say(&format!("decides-{}-long", decision.rule)), taken,
            }
        })
        .collect()
}

fn position_name(
    reader: &Reader,
    position: &Position,
    bodies: &[Body],
    names: &BTreeMap<i64, String>,
    reads: bool,
    french: bool,
) -> String {
    match (position.body.as_str(), reads) {
        ("", true) => names.get(&position.person).cloned().unwrap_or_default(),
        ("", false) => reader.say("in-own-name"),
        (body, _) => body_name(bodies, body, french),
    }
}

/// Every position on every decision: the list behind the page.
fn positions_table(reader: &Reader, seen: &Seen, who: Option<&Who>, bodies: &[Body]) -> Table {
    let french = is_french(reader);
    let open = seen.reads(who) || seen.is_public();
    let rows = seen.decisions.iter().filter(|_| open).flat_map(|decision| {
        let of_it = seen.positions.iter().filter(|it| it.decision == decision.id);
        of_it.map(|it| {
            vec![
                Cell::text(decision.text(french)),
                Cell::text(reader.say(&format!("decision-{}", decision.state))),
                Cell::text(position_name(reader, it, bodies, &BTreeMap::new(), false, french)),
                Cell::text(reader.say(&format!("membership-{}", it.kind))),
                Cell::text(reader.say(&format!("position-{}", it.position))),
                Cell::text(it.text.clone()),
            ]
        })
    });
    Table {
        id: format!("meeting-{}-positions", seen.meeting.id),
        caption: reader.say("decisions"),
        columns: vec![
            Column::text("decision", reader.say("decision")),
            Column::text("state", reader.say("meeting-state")),
            Column::text("body", reader.say("body")),
            Column::text("kind", reader.say("membership")),
            Column::text("position", reader.say("position")),
            Column::text("words", reader.say("position-words")),
        ],
        rows: rows.collect(),
        ..Table::default()
    }
}

/// A calendar of these meetings and actions, with the text of it for tests and the answer that bears it.
pub async fn ics(
    site: &Site,
    reader: &Reader,
    name: &str,
    meetings: &[Meeting],
    actions: &[Action],
    with_link: bool,
) -> Result<(usize, Response), Refusal> {
    let pool = &site.storage.pool;
    let french = is_french(reader);
    let groups = groups::all(pool).await?;
    let mut calendar = Calendar::begin(site, name, meetings);
    for meeting in meetings {
        let group = groups.iter().find(|group| group.id == meeting.group);
        let agenda = meetings::agenda(pool, meeting.id).await?;
        let agenda: Vec<String> = agenda
            .iter()
            .enumerate()
            .map(|(at, item)| format!("{}. {}", at + 1, item.title(french)))
            .collect();
        let about = About {
            title: meeting.title(french).to_owned(),
            group: group.map_or_else(String::new, |group| group.name(french).to_owned()),
            agenda: agenda.join("\n"),
            link: if with_link { meeting.link.clone() } else { String::new() },
        };
        calendar.meeting(meeting, &about);
    }
    for action in actions {
        calendar.action(action, &action.text, site.now());
    }
    let bytes = calendar.end();
    let kind = [(CONTENT_TYPE, "text/calendar; charset=utf-8")];
    Ok((bytes.len(), (kind, bytes).into_response()))
}

/// The calendar of a person, by its secret address: meetings of their groups and what they have to do.
pub async fn personal(
    State(site): State<App>,
    reader: Reader,
    Path(secret): Path<String>,
) -> Result<Response, Refusal> {
    let secret = secret.strip_suffix(".ics").unwrap_or(&secret);
    let person = calendar::person_of(&site.storage.pool, secret).await?;
    let person = person.ok_or_else(|| Refusal::not_found("no-calendar", ""))?;
    let meetings = meetings::of_person(&site, person, &day::of(site.now())).await?;
    let actions = meetings::open_actions(&site.storage.pool, person).await?;
    let name = reader.say("calendar-mine");
    let mut answer = ics(&site, &reader, &name, &meetings, &actions, true).await?.1;
    let value = axum::http::HeaderValue::from_static("private, no-store");
    answer.headers_mut().insert(axum::http::header::CACHE_CONTROL, value);
    Ok(answer)
}

/// A group as programs read it.
#[derive(Serialize, ToSchema)]
pub struct GroupWire {
    id: String,
    body: String,
    /// `ministers`, `correspondents`, `experts`, `network`, `project`.
    kind: String,
    name: String,
    /// Terms of reference, Markdown.
    terms: String,
    /// `none`, `third`, `majority`, `two-thirds`, `count`.
    quorum: String,
    /// `bodies` entitled to vote, or `seats`.
    quorum_over: String,
    quorum_source: String,
    /// `consensus`, `majority`, `two-thirds`.
    decides: String,
    from: Option<String>,
    until: Option<String>,
    source: String,
    /// An example that nobody should take for a record.
    made_up: bool,
}

/// All groups.
#[utoipa::path(get, path = "/api/groups", responses((status = 200, body = [GroupWire])))]
pub async fn groups_api(State(site): State<App>, reader: Reader) -> Result<Response, Refusal> {
    let french = is_french(&reader);
    let some = |text: String| Some(text).filter(|text| !text.is_empty());
    let groups: Vec<GroupWire> = groups::all(&site.storage.pool)
        .await?
        .into_iter()
        .map(|group| GroupWire {
            name: group.name(french).to_owned(),
            terms: group.terms(french).to_owned(),
            id: group.id,
            body: group.body,
            kind: group.kind,
            quorum: group.quorum.quorum,
            quorum_over: group.quorum.quorum_over,
            quorum_source: group.quorum.quorum_source,
            decides: group.decides,
            from: some(group.from_day),
            until: some(group.until_day),
            source: group.source,
            made_up: group.made_up != 0,
        })
        .collect();
    Ok(answer::json(&groups))
}

/// A meeting as programs read it. What only the group may see is absent for others.
#[derive(Serialize, ToSchema)]
pub struct MeetingWire {
    id: i64,
    group: String,
    title: String,
    place: String,
    /// IANA name of the time zone.
    zone: String,
    /// By the clock in that zone; a day alone for the whole day.
    starts: String,
    ends: String,
    /// UTC seconds.
    starts_at: i64,
    /// `draft`, `called`, `held`, `cancelled`.
    state: String,
    agenda: Vec<ItemWire>,
    quorum: Quorum,
    quorum_rule: String,
    quorum_source: String,
    /// Bodies that were there.
    present: Vec<String>,
    decisions: Vec<DecisionWire>,
    /// Markdown, once adopted.
    minutes: Option<String>,
    source: String,
    made_up: bool,
}

#[derive(Serialize, ToSchema)]
pub struct ItemWire {
    title: String,
    /// `information`, `discussion`, `decision`.
    purpose: String,
}

#[derive(Serialize, ToSchema)]
pub struct DecisionWire {
    id: i64,
    text: String,
    rule: String,
    /// `open`, `adopted`, `rejected`.
    state: String,
    tally: Tally,
    positions: Vec<PositionWire>,
}

#[derive(Serialize, ToSchema)]
pub struct PositionWire {
    /// Empty for somebody in their own name.
    body: String,
    /// The kind of membership by which it was allowed.
    kind: String,
    /// `supports`, `abstains`, `objects`, `reserves`.
    position: String,
    text: String,
}

/// The meetings that were called, held or called off, the latest first.
#[utoipa::path(get, path = "/api/meetings", responses((status = 200, body = [MeetingWire])))]
pub async fn meetings_api(
    State(site): State<App>,
    reader: Reader,
    Asker(who): Asker,
) -> Result<Response, Refusal> {
    let bodies = bodies::all(&site.storage.pool).await?;
    let mut wires = Vec::new();
    for (meeting, _) in known(&site, who.as_ref()).await? {
        let seen = Seen::of(&site, who.as_ref(), &meeting.id.to_string()).await?;
        wires.push(wire(&seen, who.as_ref(), &bodies, is_french(&reader)));
    }
    Ok(private(answer::json(&wires), who.as_ref()))
}

/// One meeting.
#[utoipa::path(get, path = "/api/meetings/{id}", params(("id" = i64, Path, description = "A meeting, by its number")), responses((status = 200, body = MeetingWire)))]
pub async fn meeting_api(
    State(site): State<App>,
    reader: Reader,
    Asker(who): Asker,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let seen = Seen::of(&site, who.as_ref(), &id).await?;
    let bodies = bodies::all(&site.storage.pool).await?;
    let wire = wire(&seen, who.as_ref(), &bodies, is_french(&reader));
    Ok(private(answer::json(&wire), who.as_ref()))
}

fn wire(seen: &Seen, who: Option<&Who>, _: &[Body], french: bool) -> MeetingWire {
    let meeting = &seen.meeting;
    let open = seen.reads(who) || seen.is_public();
    let decisions = seen.decisions.iter().filter(|_| open).map(|decision| DecisionWire {
        id: decision.id,
        text: decision.text(french).to_owned(),
        rule: decision.rule.clone(),
        state: decision.state.clone(),
        tally: seen.tally(decision),
        positions: seen
            .positions
            .iter()
            .filter(|it| it.decision == decision.id)
            .map(|it| PositionWire {
                body: it.body.clone(),
                kind: it.kind.clone(),
                position: it.position.clone(),
                text: it.text.clone(),
            })
            .collect(),
    });
    let mut present: Vec<String> =
        seen.attendance.iter().map(|(body, _)| body.clone()).filter(|it| !it.is_empty()).collect();
    present.dedup();
    let minutes = seen.minutes.as_ref().filter(|it| it.adopted_at.is_some());
    MeetingWire {
        id: meeting.id,
        group: meeting.group.clone(),
        title: meeting.title(french).to_owned(),
        place: meeting.place.clone(),
        zone: meeting.zone.clone(),
        starts: meeting.starts.clone(),
        ends: meeting.ends.clone(),
        starts_at: meeting.begins_at(),
        state: meeting.state.clone(),
        agenda: seen
            .agenda
            .iter()
            .map(|item| ItemWire {
                title: item.title(french).to_owned(),
                purpose: item.purpose.clone(),
            })
            .collect(),
        quorum: seen.quorum.clone(),
        quorum_rule: meeting.quorum.quorum.clone(),
        quorum_source: meeting.quorum.quorum_source.clone(),
        present,
        decisions: decisions.collect(),
        minutes: minutes.map(|it| it.text(french).to_owned()),
        source: meeting.source.clone(),
        made_up: meeting.made_up != 0,
    }
}
