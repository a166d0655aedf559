//! What is done to a meeting: prepared, called, answered, attended, decided, minuted. Who may is asked
//! of the group each time; who may decide, of the table of rights as of the day of the meeting.

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use axum::response::Response;
use base::access::{SignedIn, see_other};
use base::audit;
use base::change::ChangeArg;
use base::storage::Transaction;
use base::{App, Fields, Refusal, Site, Who};

use super::groups_pages::{day_or, needed, one_of, place};
use super::meetings_pages::Seen;
use crate::decisions::{self, Decision, Position};
use crate::groups::{self, Place};
use crate::meetings::{self, Action, Item, Meeting};
use crate::{bodies, day, people, reminders, zones};

/// Prepares a meeting: a draft that only those who run the group see.
pub async fn add(
    State(site): State<App>,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let (group, place) = place(&site, &id, &who).await?;
    place.must_run()?;
    let now = site.now();
    let empty = Meeting {
        id: 0,
        group: id,
        title_en: String::new(),
        title_fr: String::new(),
        place: String::new(),
        zone: String::new(),
        starts: String::new(),
        ends: String::new(),
        link: String::new(),
        state: "draft".into(),
        quorum: group.quorum,
        remind_days: 7,
        sequence: 0,
        changed_at: now,
        source: who.id(),
        made_up: 0,
    };
    let meeting = filled(empty, &fields)?;
    let mut change = audit::begin(&site.storage).await?;
    let id = meetings::add(&mut change, &meeting, &place.by(&who), now).await?;
    change.commit().await?;
    Ok(see_other(&format!("/meetings/{id}")))
}

/// A meeting with what a form says of it.
fn filled(meeting: Meeting, fields: &Fields) -> Result<Meeting, Refusal> {
    let zone = fields.one("zone");
    if zones::zone(zone).is_none() {
        return Err(Refusal::bad_input("no-zone", "zone", zone));
    }
    let read = |name: &'static str| {
        let text = fields.one(name);
        zones::read(text).ok_or_else(|| Refusal::bad_input("no-moment", name, text))
    };
    let (starts, ends) = (read("starts")?, read("ends")?);
    let (begin, end) = (zones::moment(&starts, zone), zones::moment(&ends, zone));
    let forward = if starts.len() == 10 { begin <= end } else { begin < end };
    if begin.is_none() || end.is_none() || !forward || starts.len() != ends.len() {
        return Err(Refusal::bad_input("meeting-backwards", "ends", &ends));
    }
    let link = fields.one("link");
    if !link.is_empty() && !(link.starts_with("https://") && !link.contains(char::is_whitespace)) {
        return Err(Refusal::bad_input("no-join-link", "link", link));
    }
    let remind = match fields.one("remind_days") {
        "" => Some(7),
        text => text.parse().ok().filter(|days| (1..=90).contains(days)),
    };
    let remind_days = remind
        .ok_or_else(|| Refusal::bad_input("no-count", "remind_days", fields.one("remind_days")))?;
    Ok(Meeting {
        title_en: needed(fields, "title_en")?.into(),
        title_fr: fields.one("title_fr").into(),
        place: fields.one("place").into(),
        zone: zone.into(),
        starts,
        ends,
        link: link.into(),
        remind_days,
        ..meeting
    })
}

/// A meeting with whoever asks, who must run its group.
async fn run(site: &Site, who: &Who, id: &str) -> Result<Seen, Refusal> {
    let seen = Seen::of(site, Some(who), id).await?;
    seen.place.must_run()?;
    Ok(seen)
}

fn back(id: &str, part: &str) -> Response {
    see_other(&format!("/meetings/{id}#{part}"))
}

pub async fn change(
    State(site): State<App>,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let seen = run(&site, &who, &id).await?;
    seen.meeting.must_be(&["draft", "called"])?;
    let meeting = filled(seen.meeting, &fields)?;
    let mut change = audit::begin(&site.storage).await?;
    meetings::set(&mut change, &meeting, &seen.place.by(&who), site.now()).await?;
    change.commit().await?;
    Ok(back(&id, "main"))
}

/// Calls a meeting: invites everybody who sits in the group on its day, and writes to them.
pub async fn call(
    State(site): State<App>,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let seen = run(&site, &who, &id).await?;
    let (now, by) = (site.now(), seen.place.by(&who));
    let mut invited: BTreeMap<i64, String> = BTreeMap::new();
    for seat in groups::seats_of(&site.storage.pool, &seen.group.id).await? {
        if seat.held_on(seen.meeting.day()) {
            invited.entry(seat.person).or_insert(seat.body);
        }
    }
    let mut change = audit::begin(&site.storage).await?;
    let number = seen.meeting.id;
    if !meetings::set_state(&mut change, number, "draft", "called", &by, now).await? {
        return Err(Refusal::conflict("meeting-over"));
    }
    for (person, body) in &invited {
        meetings::invite(&mut change, number, *person, body, &by, now).await?;
    }
    publicly(&mut change, "change-meeting-called", &seen.meeting, now).await?;
    change.commit().await?;
    site.changed();
    let called = Meeting { state: "called".into(), ..seen.meeting };
    let people: Vec<i64> = invited.into_keys().collect();
    reminders::call(&site, &called, &people, &by, now).await?;
    Ok(back(&id, "people"))
}

/// Tells the feed of a meeting, and makes kept pages anew.
async fn publicly(
    change: &mut Transaction,
    message: &str,
    meeting: &Meeting,
    now: i64,
) -> Result<(), Refusal> {
    let args = [
        ("title".to_owned(), ChangeArg::Text(meeting.title_en.clone())),
        ("day".to_owned(), ChangeArg::Text(meeting.day().to_owned())),
    ];
    let href = format!("/meetings/{}", meeting.id);
    base::change::record(change, now, "members", message, &args, &href).await?;
    Ok(())
}

/// Calls a meeting off and writes to everybody who was invited.
pub async fn cancel(
    State(site): State<App>,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let seen = run(&site, &who, &id).await?;
    let (now, by) = (site.now(), seen.place.by(&who));
    let mut change = audit::begin(&site.storage).await?;
    if !meetings::set_state(&mut change, seen.meeting.id, "called", "cancelled", &by, now).await? {
        return Err(Refusal::conflict("meeting-over"));
    }
    publicly(&mut change, "change-meeting-cancelled", &seen.meeting, now).await?;
    change.commit().await?;
    site.changed();
    let people: Vec<i64> = seen.invitations.iter().map(|it| it.person).collect();
    let off = Meeting { state: "cancelled".into(), ..seen.meeting };
    reminders::call(&site, &off, &people, &by, now).await?;
    Ok(back(&id, "main"))
}

/// Says that a meeting was held.
pub async fn held(
    State(site): State<App>,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let seen = run(&site, &who, &id).await?;
    let (now, by) = (site.now(), seen.place.by(&who));
    if seen.meeting.begins_at() > now {
        return Err(Refusal::conflict("meeting-not-yet"));
    }
    let mut change = audit::begin(&site.storage).await?;
    if !meetings::set_state(&mut change, seen.meeting.id, "called", "held", &by, now).await? {
        return Err(Refusal::conflict("meeting-over"));
    }
    change.commit().await?;
    Ok(back(&id, "people"))
}

/// Invites somebody who does not sit in the group: any person, from any country.
pub async fn invite(
    State(site): State<App>,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let seen = Seen::of(&site, Some(&who), &id).await?;
    seen.place.must_be_office()?;
    seen.meeting.must_be(&["called"])?;
    let pool = &site.storage.pool;
    let typed = fields.one("email");
    let person = match people::email(typed) {
        Some(email) => people::with_email(pool, &email).await?,
        None => None,
    };
    let person = person.ok_or_else(|| Refusal::not_found("no-account", typed))?;
    let body = fields.one("body");
    if !body.is_empty() {
        bodies::find(pool, body).await?.ok_or_else(|| Refusal::not_found("no-body", body))?;
    }
    let (now, by) = (site.now(), seen.place.by(&who));
    let mut change = audit::begin(&site.storage).await?;
    let new = meetings::invite(&mut change, seen.meeting.id, person.id, body, &by, now).await?;
    change.commit().await?;
    if new {
        reminders::call(&site, &seen.meeting, &[person.id], &by, now).await?;
    }
    Ok(back(&id, "people"))
}

/// Answers one's own invitation.
pub async fn answer(
    State(site): State<App>,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let seen = Seen::of(&site, Some(&who), &id).await?;
    seen.meeting.must_be(&["called"])?;
    let word = one_of(&fields, "answer", &meetings::ANSWERS)?;
    let note: String = fields.one("note").chars().take(500).collect();
    let mut change = audit::begin(&site.storage).await?;
    let answer = (word.as_str(), note.as_str());
    let by = seen.place.by(&who);
    if !meetings::answer(&mut change, seen.meeting.id, who.person, answer, &by, site.now()).await? {
        return Err(Refusal::forbidden("not-invited"));
    }
    change.commit().await?;
    Ok(back(&id, "people"))
}

pub async fn add_item(
    State(site): State<App>,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let seen = run(&site, &who, &id).await?;
    seen.meeting.must_be(&["draft", "called"])?;
    let item = Item {
        id: 0,
        meeting: seen.meeting.id,
        position: 0,
        title_en: needed(&fields, "title_en")?.into(),
        title_fr: fields.one("title_fr").into(),
        purpose: one_of(&fields, "purpose", &meetings::PURPOSES)?,
    };
    let mut change = audit::begin(&site.storage).await?;
    meetings::add_item(&mut change, &item, &seen.place.by(&who), site.now()).await?;
    change.commit().await?;
    Ok(back(&id, "agenda"))
}

pub async fn item_up(
    State(site): State<App>,
    SignedIn(who): SignedIn,
    Path((id, item)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let seen = run(&site, &who, &id).await?;
    seen.meeting.must_be(&["draft", "called"])?;
    let number = item.parse().map_err(|_| Refusal::not_found("no-item", &item))?;
    let mut change = audit::begin(&site.storage).await?;
    meetings::item_up(&mut change, &seen.agenda, number, &seen.place.by(&who), site.now()).await?;
    change.commit().await?;
    Ok(back(&id, "agenda"))
}

/// Replaces the list of who was there: `here=BODY:PERSON`, person 0 for a delegation. Only those
/// invited, and bodies that belong, can be.
pub async fn attendance(
    State(site): State<App>,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let seen = run(&site, &who, &id).await?;
    seen.meeting.must_be(&["called", "held"])?;
    let mut present = Vec::new();
    for typed in fields.all("here") {
        let row = typed
            .rsplit_once(':')
            .and_then(|(body, person)| Some((body.to_owned(), person.parse().ok()?)));
        let fits = |(body, person): &(String, i64)| match person {
            0 => seen.then.franchise.members().any(|(member, _)| member.id == *body),
            person => seen.invitations.iter().any(|it| it.person == *person && it.body == *body),
        };
        let row = row.filter(fits).ok_or_else(|| Refusal::bad_input("not-here", "here", typed))?;
        if !present.contains(&row) {
            present.push(row);
        }
    }
    let mut change = audit::begin(&site.storage).await?;
    let by = seen.place.by(&who);
    meetings::set_attendance(&mut change, seen.meeting.id, &present, &by, site.now()).await?;
    change.commit().await?;
    Ok(back(&id, "people"))
}

/// Puts a text to the meeting.
pub async fn propose(
    State(site): State<App>,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let seen = Seen::of(&site, Some(&who), &id).await?;
    if !seen.place.runs() && !seen.place.may("propose") {
        return Err(Refusal::forbidden(if seen.place.reads() {
            "proposes-not"
        } else {
            "group-closed"
        }));
    }
    seen.meeting.must_be(&["draft", "called", "held"])?;
    let typed = fields.one("item");
    let item = seen.agenda.iter().find(|item| item.id.to_string() == typed);
    if item.is_none() && !typed.is_empty() {
        return Err(Refusal::not_found("no-item", typed));
    }
    let decision = Decision {
        id: 0,
        meeting: seen.meeting.id,
        item: item.map_or(0, |item| item.id),
        text_en: needed(&fields, "text_en")?.into(),
        text_fr: fields.one("text_fr").into(),
        // Who runs the meeting may take another rule than the group's; who proposes may not.
        rule: match seen.place.runs() && !fields.one("rule").is_empty() {
            true => one_of(&fields, "rule", &groups::DECIDES)?,
            false => seen.group.decides.clone(),
        },
        state: "open".into(),
        settled_at: None,
    };
    let mut change = audit::begin(&site.storage).await?;
    decisions::add(&mut change, &decision, &seen.place.by(&who), site.now()).await?;
    change.commit().await?;
    Ok(back(&id, "agenda"))
}

async fn of_decision(site: &Site, who: &Who, id: &str) -> Result<(Seen, Decision), Refusal> {
    let number = id.parse().map_err(|_| Refusal::not_found("no-decision", id))?;
    let decision = decisions::find(&site.storage.pool, number).await?;
    let seen = Seen::of(site, Some(who), &decision.meeting.to_string()).await?;
    Ok((seen, decision))
}

/// Takes a position: for the body that one sits for, in one's own name, or, by the secretariat, as a
/// delegation said it.
pub async fn position(
    State(site): State<App>,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let (seen, decision) = of_decision(&site, &who, &id).await?;
    seen.meeting.must_be(&["called", "held"])?;
    let (body, word) = (fields.one("body"), fields.one("position"));
    let text: String = fields.one("text").chars().take(4_000).collect();
    decisions::right_for(word)?;
    let kind = kind_of(&site, &seen, body, word)?;
    if word == "reserves" && text.is_empty() {
        return Err(Refusal::bad_input("reservation-without-words", "text", ""));
    }
    let position = Position {
        decision: decision.id,
        body: body.into(),
        person: if body.is_empty() { who.person } else { 0 },
        position: word.into(),
        text,
        kind,
    };
    let mut change = audit::begin(&site.storage).await?;
    let by = seen.place.by(&who);
    if !decisions::take_position(&mut change, &decision, &position, &by, site.now()).await? {
        return Err(Refusal::conflict("decision-settled"));
    }
    change.commit().await?;
    Ok(back(&seen.meeting.id.to_string(), &format!("decision-{id}")))
}

/// By which kind of membership the position is allowed. A seat must be held on the day of the meeting
/// and still today.
fn kind_of(site: &Site, seen: &Seen, body: &str, word: &str) -> Result<String, Refusal> {
    let today = day::of(site.now());
    let franchise = &seen.then.franchise;
    let mut seats: Vec<_> = seen.then.seats.iter().filter(|seat| seat.body == body).collect();
    seats.retain(|seat| {
        seat.ended_at.is_none() && (seat.until_day.is_empty() || today <= seat.until_day)
    });
    // Somebody who holds two seats for a body speaks from the fuller one.
    seats.sort_by_key(|seat| seat.seat == "observer");
    match (seats.first(), seen.place.office) {
        (Some(seat), _) => decisions::kind_of_seat(franchise, seat, word),
        (None, Some(_)) if !body.is_empty() => decisions::kind_of_body(franchise, body, word),
        _ => Err(Refusal::forbidden("not-your-delegation")),
    }
}

/// Settles a decision by its rule.
pub async fn settle(
    State(site): State<App>,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let (seen, decision) = of_decision(&site, &who, &id).await?;
    seen.place.must_run()?;
    seen.meeting.must_be(&["called", "held"])?;
    if seen.meeting.begins_at() > site.now() {
        return Err(Refusal::conflict("meeting-not-yet"));
    }
    let mut change = audit::begin(&site.storage).await?;
    let by = seen.place.by(&who);
    decisions::settle(&mut change, &decision, &seen.quorum, &by, site.now()).await?;
    change.commit().await?;
    Ok(back(&seen.meeting.id.to_string(), &format!("decision-{id}")))
}

/// Writes the draft of the minutes, or adopts it.
pub async fn minutes(
    State(site): State<App>,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let seen = run(&site, &who, &id).await?;
    seen.meeting.must_be(&["called", "held"])?;
    let (now, by) = (site.now(), seen.place.by(&who));
    let text = (needed(&fields, "text_en")?, fields.one("text_fr"));
    let mut change = audit::begin(&site.storage).await?;
    if !meetings::write_minutes(&mut change, seen.meeting.id, text, &by, now).await? {
        return Err(Refusal::conflict("minutes-adopted"));
    }
    if fields.one("adopt") == "yes" {
        seen.meeting.must_be(&["held"])?;
        meetings::adopt_minutes(&mut change, seen.meeting.id, &by, now).await?;
    }
    change.commit().await?;
    Ok(back(&id, "minutes"))
}

pub async fn add_action(
    State(site): State<App>,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let seen = run(&site, &who, &id).await?;
    seen.meeting.must_be(&["called", "held"])?;
    let typed = fields.one("owner");
    let owner = seen.invitations.iter().find(|it| it.person.to_string() == typed);
    let owner = owner.ok_or_else(|| Refusal::bad_input("no-owner", "owner", typed))?;
    let action = Action {
        id: 0,
        meeting: seen.meeting.id,
        text: needed(&fields, "text")?.chars().take(1_000).collect(),
        owner: owner.person,
        due: day_or(&fields, "due", "")?,
        done_at: None,
    };
    if action.due.is_empty() {
        return Err(Refusal::bad_input("field-needed", "due", ""));
    }
    let mut change = audit::begin(&site.storage).await?;
    meetings::add_action(&mut change, &action, &seen.place.by(&who), site.now()).await?;
    change.commit().await?;
    Ok(back(&id, "actions"))
}

/// Says that an action is done: by whoever promised it, or who runs the group.
pub async fn end_action(
    State(site): State<App>,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let number = id.parse().map_err(|_| Refusal::not_found("no-action", &id))?;
    let action = meetings::find_action(&site.storage.pool, number).await?;
    let meeting = meetings::find(&site.storage.pool, action.meeting).await?;
    let group = groups::find(&site.storage.pool, &meeting.group).await?;
    let today = day::of(site.now());
    let place = Place::of(&site.storage.pool, &group, Some(&who), &today).await?;
    if action.owner != who.person && !place.runs() {
        // Whether there is such an action is nobody else's affair.
        return Err(Refusal::not_found("no-action", &id));
    }
    let mut change = audit::begin(&site.storage).await?;
    if !meetings::end_action(&mut change, &action, &place.by(&who), site.now()).await? {
        return Err(Refusal::conflict("action-done"));
    }
    change.commit().await?;
    match fields.one("from") {
        "me" => Ok(see_other("/me#tasks")),
        _ => Ok(back(&meeting.id.to_string(), "actions")),
    }
}
