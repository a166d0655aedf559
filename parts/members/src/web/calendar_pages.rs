//! Calendars as addresses: of a group, of a person behind a secret; and what of groups and meetings
//! concerns a person, for their own page.

use axum::extract::{Path, State};
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use base::access::{SignedIn, see_other};
use base::answer;
use base::audit;
use base::page::Head;
use base::{App, Reader, Refusal, Site, Who};
use minijinja::{Value, context};

use super::groups_pages::body_name;
use super::is_french;
use crate::calendar::{About, Calendar};
use crate::meetings::{Action, Meeting};
use crate::{bodies, calendar, day, groups, meetings, people, reminders};

/// A calendar of these meetings and actions.
pub async fn ics(
    site: &Site,
    reader: &Reader,
    name: &str,
    meetings: &[Meeting],
    actions: &[Action],
    with_link: bool,
) -> Result<Response, Refusal> {
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
    Ok((kind, bytes).into_response())
}

/// The calendar of a group: meetings that were called, without the link for taking part.
pub async fn calendar(
    State(site): State<App>,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let group = groups::find(&site.storage.pool, &id).await?;
    let mut all = meetings::all(&site.storage.pool).await?;
    all.retain(|meeting| meeting.group == id && meeting.state != "draft");
    let name = group.name(is_french(&reader)).to_owned();
    ics(&site, &reader, &name, &all, &[], false).await
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
    let mut answer = ics(&site, &reader, &name, &meetings, &actions, true).await?;
    let value = HeaderValue::from_static("private, no-store");
    answer.headers_mut().insert(CACHE_CONTROL, value);
    Ok(answer)
}

/// What of groups and meetings concerns a person, for their own page.
pub async fn mine(site: &Site, reader: &Reader, who: &Who) -> Result<Value, Refusal> {
    let (pool, french, today) = (&site.storage.pool, is_french(reader), day::of(site.now()));
    let bodies = bodies::all(pool).await?;
    let groups = groups::all(pool).await?;
    let group_name =
        |id: &str| groups.iter().find(|it| it.id == id).map(|it| it.name(french).to_owned());
    let seats: Vec<Value> = groups::seats_of_person(pool, who.person)
        .await?
        .iter()
        .filter(|seat| seat.held_on(&today))
        .map(|seat| {
            context! {
                href => format!("/groups/{}", seat.group), name => group_name(&seat.group),
                seat => reader.say(&format!("seat-{}", seat.seat)), body => body_name(&bodies, &seat.body, french),
            }
        })
        .collect();
    let near = reminders::near(site, who.person, &today).await?;
    let actions: Vec<Value> = meetings::open_actions(pool, who.person)
        .await?
        .iter()
        .map(|action| {
            context! {
                id => action.id, text => action.text.clone(), due => reminders::long_day(&reader.words, &action.due),
                late => action.due < today, meeting => action.meeting,
            }
        })
        .collect();
    let coming: Vec<Value> = near
        .meetings
        .iter()
        .map(|meeting| {
            context! {
                href => format!("/meetings/{}", meeting.id), title => meeting.title(french),
                when => reminders::span(&reader.words, meeting),
            }
        })
        .collect();
    let has_calendar = calendar::has_secret(pool, who.person).await?;
    Ok(context! { seats, actions, coming, has_calendar })
}

/// Makes the address of one's calendar anew and shows it this once.
pub async fn make_calendar(
    State(site): State<App>,
    reader: Reader,
    signed: SignedIn,
) -> Result<Response, Refusal> {
    super::sign_in::at_a_browser(&signed)?;
    let SignedIn(who) = signed;
    let mut change = audit::begin(&site.storage).await?;
    let secret = calendar::make_secret(&mut change, who.person, site.now()).await?;
    people::told(&mut change, &who.by(None), "calendar.made", who.person, site.now()).await?;
    change.commit().await?;
    let link = format!("{}/calendar/{secret}", site.settings.public_url());
    let head = Head::titled(reader.say("calendar-mine")).under(reader.say("me"), "/me");
    answer::page(&site, &reader, "members/calendar.html", head, context! { link })
}

pub async fn end_calendar(
    State(site): State<App>,
    SignedIn(who): SignedIn,
) -> Result<Response, Refusal> {
    let mut change = audit::begin(&site.storage).await?;
    if calendar::end_secret(&mut change, who.person).await? {
        people::told(&mut change, &who.by(None), "calendar.ended", who.person, site.now()).await?;
    }
    change.commit().await?;
    Ok(see_other("/me#tasks"))
}
