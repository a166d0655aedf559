//! Letters about meetings: the call, and in the morning what is near and what is due. Each letter is a
//! job of its own, so that one that could not be sent is tried again and no other is sent twice.

use anyhow::{Context, Result};
use base::audit::By;
use base::language::Words;
use base::site::Letter;
use base::work::{Kind, Work};
use base::{App, May, Refusal, Role, Site};
use jiff::civil::Date;
use minijinja::{Value as Shown, context};
use serde_json::{Value, json};

use crate::groups;
use crate::groups::either;
use crate::meetings::{self, Action, Meeting};
use crate::people::{self, Person};

/// With doubled waits from five seconds this is about an hour.
const TRIES: u32 = 10;
/// An action is called to mind so many days before it is due, on the day itself, and then each week.
const ACTION_DAYS: [i64; 2] = [3, 0];
/// How far a letter looks ahead.
const AHEAD_DAYS: i64 = 30;

/// A call to a meeting, or that it was called off.
pub const CALL: Kind = Kind {
    name: "members/call",
    version: 1,
    tries: TRIES,
    run: send_call,
    title: |words, _| words.say("call-title"),
    href: |_| "/meetings".into(),
    may: May::Everywhere(&[Role::Administrator]),
};

/// What is near and what is due, for one person.
pub const DIGEST: Kind = Kind {
    name: "members/digest",
    version: 1,
    tries: TRIES,
    run: send_digest,
    title: |words, _| words.say("digest-title"),
    href: |_| "/meetings".into(),
    may: May::Everywhere(&[Role::Administrator]),
};

/// Each morning: asks for the digests of the day.
pub const MORNING: Kind = Kind {
    name: "members/morning",
    version: 1,
    tries: TRIES,
    run: morning,
    title: |words, _| words.say("morning-title"),
    href: |_| "/meetings".into(),
    may: May::Everywhere(&[Role::Administrator]),
};

/// Asks for a letter about this meeting, as it is now, to each of these.
pub async fn call(
    site: &Site,
    meeting: &Meeting,
    people: &[i64],
    by: &By,
    now: i64,
) -> Result<(), Refusal> {
    if !site.has_mail() {
        return Ok(());
    }
    for person in people {
        let input =
            json!({ "person": person, "meeting": meeting.id, "state": meeting.state, "at": now });
        site.ask(&CALL, &input, Some(&by.who), now).await?;
    }
    Ok(())
}

/// The person, unless they left meanwhile.
fn reader(site: &App, work: &Work, input: &Value) -> Result<Option<Person>> {
    let id = input["person"].as_i64().context("no person is named")?;
    let person = work.wait(people::find(&site.storage.pool, id))?;
    Ok(person.filter(|person| person.ended_at.is_none()))
}

fn send_call(site: &App, work: &Work, input: &Value) -> Result<Value> {
    let Some(person) = reader(site, work, input)? else { return Ok(json!({ "sent": false })) };
    let id = input["meeting"].as_i64().context("no meeting is named")?;
    let meeting = work.wait(meetings::find(&site.storage.pool, id));
    let meeting = meeting.map_err(|refusal| anyhow::anyhow!("{}", refusal.key))?;
    let group = work.wait(groups::find(&site.storage.pool, &meeting.group));
    let group = group.map_err(|refusal| anyhow::anyhow!("{}", refusal.key))?;
    let agenda = work.wait(meetings::agenda(&site.storage.pool, id))?;
    let words = words_for(site, &person);
    let french = words.language.tag() == "fr";
    let agenda: Vec<String> = agenda.iter().map(|item| item.title(french).to_owned()).collect();
    let called_off = meeting.state == "cancelled";
    let key = if called_off { "call-off-subject" } else { "call-subject" };
    let subject = words.say_with(key, &[("title", meeting.title(french).into())]);
    let values = context! {
        called_off, agenda, group => group.name(french),
        meeting => meeting_shown(site, words, &meeting), online => meeting.link.clone(),
    };
    send(site, &person, words, subject, "members/call", values)
}

fn morning(site: &App, work: &Work, input: &Value) -> Result<Value> {
    let today = input["day"].as_str().context("no day is named")?;
    if !site.has_mail() {
        return Ok(json!({ "asked": 0 }));
    }
    let people = work.wait(people::all(&site.storage.pool))?;
    let mut asked = 0;
    for person in people.iter().filter(|person| person.ended_at.is_none()) {
        work.go_on()?;
        let near = work.wait(near(site, person.id, today))?;
        if !near.is_worth_a_letter {
            continue;
        }
        let input = json!({ "person": person.id, "day": today });
        let job = work.wait(site.ask(&DIGEST, &input, None, site.now()));
        job.map_err(|refusal| {
            anyhow::anyhow!("a letter could not be asked for ({})", refusal.key)
        })?;
        asked += 1;
    }
    Ok(json!({ "asked": asked }))
}

/// What lies before somebody on a day.
pub struct Near {
    pub meetings: Vec<Meeting>,
    pub actions: Vec<Action>,
    /// Whether today is a day to say so: a reminder of a meeting, or of something to do.
    pub is_worth_a_letter: bool,
}

/// Days from one day to another; none where one of them is no day.
fn days_between(from: &str, until: &str) -> Option<i64> {
    let (from, until): (Date, Date) = (from.parse().ok()?, until.get(..10)?.parse().ok()?);
    Some(i64::from((until - from).get_days()))
}

pub async fn near(site: &Site, person: i64, today: &str) -> sqlx::Result<Near> {
    let mut coming = meetings::of_person(site, person, today).await?;
    let ahead = |meeting: &Meeting| days_between(today, &meeting.starts);
    coming.retain(|meeting| {
        meeting.state == "called"
            && ahead(meeting)
                .is_some_and(|days| (0..=AHEAD_DAYS.max(meeting.remind_days)).contains(&days))
    });
    coming.sort_by_key(|meeting| (meeting.begins_at(), meeting.id));
    let mut actions = meetings::open_actions(&site.storage.pool, person).await?;
    let left = |action: &Action| days_between(today, &action.due);
    actions.retain(|action| left(action).is_some_and(|days| days <= AHEAD_DAYS));
    let meeting_today = coming
        .iter()
        .any(|meeting| ahead(meeting).is_some_and(|days| days == 1 || days == meeting.remind_days));
    let action_today = actions.iter().any(|action| {
        left(action).is_some_and(|days| ACTION_DAYS.contains(&days) || (days < 0 && days % 7 == 0))
    });
    Ok(Near { is_worth_a_letter: meeting_today || action_today, meetings: coming, actions })
}

fn send_digest(site: &App, work: &Work, input: &Value) -> Result<Value> {
    let Some(person) = reader(site, work, input)? else { return Ok(json!({ "sent": false })) };
    let today = input["day"].as_str().context("no day is named")?;
    let near = work.wait(near(site, person.id, today))?;
    if near.meetings.is_empty() && near.actions.is_empty() {
        return Ok(json!({ "sent": false, "why": "nothing is near any more" }));
    }
    let words = words_for(site, &person);
    let meetings: Vec<Shown> =
        near.meetings.iter().map(|meeting| meeting_shown(site, words, meeting)).collect();
    let actions: Vec<Shown> = near
        .actions
        .iter()
        .map(|action| {
            let late = action.due.as_str() < today;
            context! { text => action.text.clone(), due => long_day(words, &action.due), late }
        })
        .collect();
    let subject = words.say_with("digest-subject", &[("day", long_day(words, today).into())]);
    send(site, &person, words, subject, "members/digest", context! { meetings, actions })
}

fn words_for<'a>(site: &'a App, person: &Person) -> &'a std::sync::Arc<Words> {
    let languages = &site.languages;
    languages.get(&person.language).unwrap_or_else(|| languages.default())
}

fn meeting_shown(site: &Site, words: &Words, meeting: &Meeting) -> Shown {
    let french = words.language.tag() == "fr";
    context! {
        title => either(&meeting.title_en, &meeting.title_fr, french),
        when => span(words, meeting), place => meeting.place.clone(),
        href => format!("{}/meetings/{}", site.settings.public_url(), meeting.id),
    }
}

fn send(
    site: &App,
    person: &Person,
    words: &std::sync::Arc<Words>,
    subject: String,
    template: &str,
    values: Shown,
) -> Result<Value> {
    let post = site.equipment.post.context("this program was started without mail")?;
    let address = site.settings.public_url();
    let values = context! {
        name => person.name.clone(), address, subject => subject.clone(),
        lang => words.language.tag(), ..values
    };
    let letter = Letter {
        subject,
        text: site.pages.set_alone(words, &format!("{template}.txt"), values.clone())?,
        html: site.pages.set_alone(words, &format!("{template}.html"), values)?,
        to_name: person.name.clone(),
        to: person.email.clone(),
    };
    post(&site.settings, &letter)?;
    Ok(json!({ "sent": true }))
}

/// A day in words: "8 March 2000".
pub fn long_day(words: &Words, day: &str) -> String {
    use base::language::Arg;
    let mut numbers = day.split('-').filter_map(|part| part.get(..part.len().min(4))?.parse().ok());
    match (numbers.next(), numbers.next(), numbers.next()) {
        (Some(year), Some(month), Some(day)) => words.say_with(
            "long-day",
            &[
                ("day", Arg::Name(day)),
                ("month", words.say(&format!("month-{month}")).into()),
                ("year", Arg::Name(year)),
            ],
        ),
        _ => day.to_owned(),
    }
}

/// When a meeting is: "3 December 2026, 09:30–17:00 (Europe/Paris)".
pub fn span(words: &Words, meeting: &Meeting) -> String {
    let part = |text: &str| {
        let (day, time) = text.split_once('T').unwrap_or((text, ""));
        (long_day(words, day), time.to_owned())
    };
    let ((from_day, from), (until_day, until)) = (part(&meeting.starts), part(&meeting.ends));
    let joined = |day: &str, time: &str| match time {
        "" => day.to_owned(),
        time => format!("{day}, {time}"),
    };
    let words = match from_day == until_day {
        true if from.is_empty() => from_day,
        true => format!("{from_day}, {from}–{until}"),
        false => format!("{} – {}", joined(&from_day, &from), joined(&until_day, &until)),
    };
    match from.is_empty() {
        true => words,
        false => format!("{words} ({})", meeting.zone),
    }
}
