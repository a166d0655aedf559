//! The letter that asks somebody to answer, and reminds. The link is made when it is sent and stands
//! in no table; an earlier link stops working, and what was begun behind it moves along.

use anyhow::{Context, Result};
use base::audit::{self, By};
use base::site::Letter;
use base::storage::Storage;
use base::work::{Kind, Work};
use base::{App, May, Refusal, Role, Site};
use minijinja::context;
use serde_json::{Value, json};
use sqlx::{AnyPool, Row};

use crate::record::State;
use crate::round::{self, Respondent, Round, Stage, told};
use crate::{day, record};

pub const ASKED: Kind = Kind {
    name: "instruments/letter",
    version: 1,
    // With doubled waits from five seconds this is about an hour.
    tries: 10,
    run: send,
    title: |words, _| words.say("round-letter-title"),
    href: |_| "/rounds".into(),
    may: May::Everywhere(&[Role::Administrator]),
};

/// Somebody to whom a letter may go.
#[derive(Clone, Debug)]
pub struct Addressed {
    pub who: Respondent,
    /// Whether it asks to correct what was sent.
    pub correct: bool,
    /// What the reviewer noted; the respondent reads it in the letter.
    pub note: String,
}

/// Who gets the next letters.
#[derive(Clone, Debug, Default)]
pub struct Next {
    pub to: Vec<Addressed>,
    /// Waited for as well, but without an address.
    pub without: Vec<Addressed>,
    /// Had one today.
    pub done_today: Vec<Addressed>,
}

/// Whom to write to: who has not answered, and who was asked to correct. Nobody twice on a day.
pub async fn next(site: &Site, round: &Round, now: i64) -> Result<Next, Refusal> {
    let today = day::of(now);
    let pool = &site.storage.pool;
    let people = round::respondents(pool, &round.id).await?;
    let records = match round.anonymous {
        true => Vec::new(),
        false => record::all(pool, &round.id).await?,
    };
    let mut next = Next::default();
    for who in people {
        let last = records
            .iter()
            .rev()
            .find(|it| it.respondent == who.number && it.replaced_by.is_empty());
        let issues = last.filter(|it| it.state == State::Issues);
        if who.spent && issues.is_none() {
            continue;
        }
        let note = issues.map(|it| it.note.clone()).unwrap_or_default();
        let addressed = Addressed { correct: who.spent, note, who };
        let list = match () {
            () if addressed.who.email.is_empty() => &mut next.without,
            () if addressed.who.reminded_day == today => &mut next.done_today,
            () => &mut next.to,
        };
        list.push(addressed);
    }
    Ok(next)
}

/// Asks for a letter to each of [`next`]; how many.
pub async fn ask_all(site: &Site, round: &Round, by: &By, now: i64) -> Result<usize, Refusal> {
    let today = day::of(now);
    let next = next(site, round, now).await?;
    for it in &next.to {
        let input = json!({ "round": round.id, "respondent": it.who.number, "day": today });
        site.ask(&ASKED, &input, Some(&by.who), now).await?;
    }
    Ok(next.to.len())
}

/// What stands in an example in place of a link that nobody has made.
pub fn example(site: &Site) -> String {
    format!("{}/ask/…", site.settings.public_url())
}

/// The letter as it is sent.
pub async fn worded(
    site: &Site,
    round: &Round,
    to: &Addressed,
    link: &str,
) -> Result<Letter, Refusal> {
    let own = own_words(&site.storage.pool, &round.id).await?;
    let words = site.languages.default();
    let who = &to.who;
    let values = context! {
        name => who.name.clone(), title => round.title.clone(), until => round.until_day.clone(), link,
        again => !who.reminded_day.is_empty(), lang => words.language.tag(), correct => to.correct,
        note => to.note.clone(), own,
    };
    Ok(Letter {
        subject: round.title.chars().filter(|c| !c.is_control()).take(120).collect(),
        text: site.pages.set_alone(words, "instruments/letter.txt", values.clone())?,
        html: site.pages.set_alone(words, "instruments/letter.html", values)?,
        to_name: who.name.clone(),
        to: who.email.clone(),
    })
}

fn send(site: &App, work: &Work, input: &Value) -> Result<Value> {
    let id = input["round"].as_str().context("no round is named")?;
    let number = input["respondent"].as_i64().context("no respondent is named")?;
    let pool = &site.storage.pool;
    let round = work.wait(round::find(pool, id))?.context("there is no such round")?;
    let now = site.now();
    let in_words = |refusal: Refusal| anyhow::anyhow!("{}", refusal.key);
    let next = work.wait(next(site, &round, now)).map_err(in_words)?;
    let to = next.to.into_iter().find(|it| it.who.number == number);
    let today = day::of(now);
    let open = round.stage(&today) == Stage::Open;
    let Some(to) = to.filter(|_| open) else {
        return Ok(
            json!({ "sent": false, "why": "answered, written to today, or the round is not open" }),
        );
    };
    let post = site.equipment.post.context("this program was started without mail")?;
    let made = work.wait(round::new_link(&site.storage, &round, number, &By::program(), now));
    let secret = made.map_err(in_words)?.context("the link was used meanwhile")?;
    let link = format!("{}/ask/{secret}", site.settings.public_url());
    let letter = work.wait(worded(site, &round, &to, &link)).map_err(in_words)?;
    post(&site.settings, &letter)?;
    work.wait(async {
        let sql = "UPDATE respondents SET reminded_day = $1 WHERE round = $2 AND number = $3";
        sqlx::query(sql).bind(&today).bind(id).bind(number).execute(pool).await?;
        let sql = "INSERT INTO letters (round, respondent, day, turn, email)
                   SELECT $1, $2, $3, COUNT(*) + 1, $4 FROM letters WHERE round = $1 AND respondent = $2
                   ON CONFLICT (round, respondent, day) DO NOTHING";
        let letter = sqlx::query(sql).bind(id).bind(number).bind(&today).bind(&to.who.email);
        letter.execute(pool).await
    })?;
    Ok(json!({ "sent": true }))
}

/// A letter that was sent.
pub struct Sent {
    pub day: String,
    pub name: String,
    pub email: String,
    pub turn: i64,
}

/// The letters of a round, the latest day first.
pub async fn sent(pool: &AnyPool, round: &str) -> sqlx::Result<Vec<Sent>> {
    let sql = "SELECT letters.day, respondents.name, letters.email, letters.turn FROM letters
               JOIN respondents ON respondents.round = letters.round AND respondents.number = letters.respondent
               WHERE letters.round = $1 ORDER BY letters.day DESC, letters.respondent";
    let rows = sqlx::query(sql).bind(round).fetch_all(pool).await?;
    rows.iter()
        .map(|row| {
            Ok(Sent {
                day: row.try_get(0)?,
                name: row.try_get(1)?,
                email: row.try_get(2)?,
                turn: row.try_get(3)?,
            })
        })
        .collect()
}

/// What whoever asks adds to the letters of a round.
pub async fn own_words(pool: &AnyPool, round: &str) -> sqlx::Result<String> {
    let sql = "SELECT words FROM letter_words WHERE round = $1";
    let words: Option<String> = sqlx::query_scalar(sql).bind(round).fetch_optional(pool).await?;
    Ok(words.unwrap_or_default())
}

pub async fn set_own_words(
    storage: &Storage,
    round: &Round,
    words: &str,
    by: &By,
    now: i64,
) -> sqlx::Result<()> {
    let mut change = audit::begin(storage).await?;
    let sql = "INSERT INTO letter_words (round, words) VALUES ($1, $2)
               ON CONFLICT (round) DO UPDATE SET words = excluded.words";
    sqlx::query(sql).bind(&round.id).bind(words).execute(&mut *change).await?;
    told(&mut change, by, "round.letter-words", &round.id, json!({}), now).await?;
    change.commit().await
}
