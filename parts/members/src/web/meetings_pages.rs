//! Meetings as pages, files, calendars and by API: the call and its agenda for everybody, the papers
//! for the group, what was decided and minuted once the minutes are adopted.

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use axum::response::Response;
use base::access::Asker;
use base::answer::{self, Form};
use base::page::{Head, value};
use base::table::{Cell, Column, Table};
use base::{App, Reader, Refusal, Site, Who};
use minijinja::{Value, context};

use super::groups_pages::{body_name, choices, names, private, rule_words};
use super::papers_pages::paper_shown;
use super::{calendar_pages, gather_api, is_french};
use crate::bodies::{self, Body};
use crate::decisions::{self, Decision, Position, Tally};
use crate::franchise::Franchise;
use crate::groups::{self, Group, Place};
use crate::meetings::{self, Action, Invitation, Item, Meeting, Minutes};
use crate::quorum::{self, Quorum};
use crate::{day, papers, reminders, zones};

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
        return Ok(
            calendar_pages::ics(&site, &reader, &reader.say("meetings"), &all, &[], false).await?
        );
    }
    let table = list_table(&site, &reader, who.as_ref()).await?;
    let form = Form::of(&format!("x.{form}")).1;
    Ok(private(answer::table(table, &reader, form)?, who.as_ref()))
}

/// The meetings that a reader may know of: drafts are for who runs the group.
pub async fn known(site: &Site, who: Option<&Who>) -> Result<Vec<(Meeting, Group)>, Refusal> {
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
    pub fn reads(&self, who: Option<&Who>) -> bool {
        self.place.reads() || self.invited(who).is_some()
    }

    /// Whether everybody may read what was decided.
    pub fn is_public(&self) -> bool {
        self.minutes.as_ref().is_some_and(|it| it.adopted_at.is_some())
    }

    pub fn tally(&self, decision: &Decision) -> Tally {
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
        let ics =
            calendar_pages::ics(&site, &reader, &name, &[seen.meeting], &[], with_link).await?;
        return Ok(private(ics, who));
    }
    let (id, form) = Form::of(&id);
    let seen = Seen::of(&site, who, id).await?;
    let french = is_french(&reader);
    let bodies = bodies::all(&site.storage.pool).await?;
    match form {
        Form::Page => {}
        Form::Json => return Ok(private(answer::json(&gather_api::wire(&seen, who, french)), who)),
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
    let mut members: Vec<_> = seen.then.franchise.members().collect();
    members.sort_by_cached_key(|(member, _)| base::table::plain(member.name(french)));
    let delegations: Vec<Value> = members
        .into_iter()
        .filter(|(member, _)| seen.invitations.iter().all(|it| it.body != member.id))
        .map(|(member, kind)| {
            context! {
                name => member.name(french), kind => reader.say(&format!("membership-{kind}")),
                value => format!("{}:0", member.id), here => seen.attendance.contains(&(member.id.clone(), 0)),
            }
        })
        .collect();
    let attended = attended(reader, seen, bodies, &names, reads);
    let voters = match seen.place.office.is_some() {
        false => Vec::new(),
        true => voters(&seen.then.franchise, bodies, french),
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

/// The bodies for which the secretariat may note a position, by name.
fn voters(franchise: &Franchise, bodies: &[Body], french: bool) -> Vec<(String, String)> {
    let mut ids = franchise.entitled("vote");
    ids.extend(franchise.entitled("object"));
    let named = ids.into_iter().map(|id| (id.to_owned(), body_name(bodies, id, french)));
    let mut named: Vec<_> = named.collect();
    named.sort_by_cached_key(|(_, name)| base::table::plain(name));
    named
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
