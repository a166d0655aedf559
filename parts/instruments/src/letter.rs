//! The letter that asks somebody to answer, and reminds. The link is made when it is sent and stands
//! in no table; an earlier link stops working, and what was begun behind it moves along.

use anyhow::{Context, Result};
use base::audit::By;
use base::site::Letter;
use base::work::{Kind, Work};
use base::{App, May, Refusal, Role, Site};
use minijinja::context;
use serde_json::{Value, json};

use crate::day;
use crate::round::{self, Round, Stage};

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

/// Asks for a letter to each who has an address, has not answered, and had none today; how many.
pub async fn ask_all(site: &Site, round: &Round, by: &By, now: i64) -> Result<usize, Refusal> {
    let today = day::of(now);
    let people = round::respondents(&site.storage.pool, &round.id).await?;
    let mut count = 0;
    for who in people {
        if who.email.is_empty() || who.spent || who.reminded_day == today {
            continue;
        }
        let input = json!({ "round": round.id, "respondent": who.number, "day": today });
        site.ask(&ASKED, &input, Some(&by.who), now).await?;
        count += 1;
    }
    Ok(count)
}

fn send(site: &App, work: &Work, input: &Value) -> Result<Value> {
    let id = input["round"].as_str().context("no round is named")?;
    let number = input["respondent"].as_i64().context("no respondent is named")?;
    let pool = &site.storage.pool;
    let round = work.wait(round::find(pool, id))?.context("there is no such round")?;
    let people = work.wait(round::respondents(pool, id))?;
    let who = people.into_iter().find(|who| who.number == number).context("nobody is asked")?;
    let today = day::of(site.now());
    if who.spent || round.stage(&today) != Stage::Open {
        return Ok(json!({ "sent": false, "why": "answered, or the round is not open" }));
    }
    let post = site.equipment.post.context("this program was started without mail")?;
    let made =
        work.wait(round::new_link(&site.storage, &round, number, &By::program(), site.now()));
    let made = made.map_err(|refusal| anyhow::anyhow!("no link ({})", refusal.key))?;
    let secret = made.context("the link was used meanwhile")?;
    let words = site.languages.default();
    let values = context! {
        name => who.name.clone(), title => round.title.clone(), until => round.until_day.clone(),
        link => format!("{}/ask/{secret}", site.settings.public_url()),
        again => !who.reminded_day.is_empty(), lang => words.language.tag(),
    };
    let letter = Letter {
        subject: round.title.chars().filter(|c| !c.is_control()).take(120).collect(),
        text: site.pages.set_alone(words, "instruments/letter.txt", values.clone())?,
        html: site.pages.set_alone(words, "instruments/letter.html", values)?,
        to_name: who.name,
        to: who.email,
    };
    post(&site.settings, &letter)?;
    work.wait(async {
        let sql = "UPDATE respondents SET reminded_day = $1 WHERE round = $2 AND number = $3";
        sqlx::query(sql).bind(today).bind(id).bind(number).execute(pool).await
    })?;
    Ok(json!({ "sent": true }))
}
