//! The letter with a one-time link. It is written and sent as a job, so that a mail server that is
//! away for an hour loses nothing; the link is made when it is sent, and stands in no table.

use anyhow::{Context, Result};
use base::audit::{self, By};
use base::site::Letter;
use base::work::{Kind, Work};
use base::{App, May, Role, Site};
use minijinja::context;
use serde_json::{Value, json};

use crate::{keys, people};

/// An invitation, or a way back in.
pub const INVITATION: Kind = Kind {
    name: "members/letter",
    version: 1,
    // With doubled waits from five seconds this is about an hour.
    tries: 10,
    run: send,
    title: |words, _| words.say("letter-title"),
    href: |_| "/people".into(),
    may: May::Everywhere(&[Role::Administrator]),
};

/// Asks for a letter to this person; `now` makes a second one another letter.
pub async fn ask(site: &Site, person: i64, by: &By, now: i64) -> Result<(), base::Refusal> {
    let input = json!({ "person": person, "at": now });
    site.ask(&INVITATION, &input, Some(&by.who), now).await?;
    Ok(())
}

fn send(site: &App, work: &Work, input: &Value) -> Result<Value> {
    let id = input["person"].as_i64().context("no person is named")?;
    let person = work.wait(people::find(&site.storage.pool, id))?;
    let Some(person) = person.filter(|person| person.ended_at.is_none()) else {
        return Ok(json!({ "sent": false, "why": "the account has ended" }));
    };
    let post = site.equipment.post.context("this program was started without mail")?;
    let secret = work.wait(link(site, id))?;
    let languages = &site.languages;
    let words = languages.get(&person.language).unwrap_or_else(|| languages.default());
    let address = site.settings.public_url();
    let values = context! {
        name => person.name.clone(), link => format!("{address}/sign-in/link/{secret}"), address,
        lang => words.language.tag(),
    };
    let letter = Letter {
        subject: words.say("letter-subject"),
        text: site.pages.set_alone(words, "members/letter.txt", values.clone())?,
        html: site.pages.set_alone(words, "members/letter.html", values)?,
        to_name: person.name,
        to: person.email,
    };
    post(&site.settings, &letter)?;
    Ok(json!({ "sent": true }))
}

async fn link(site: &Site, person: i64) -> Result<String> {
    let now = site.now();
    let mut change = audit::begin(&site.storage).await?;
    let secret = keys::make_link(&mut change, person, now)
        .await
        .map_err(|refusal| anyhow::anyhow!("no link could be made ({})", refusal.key))?;
    people::told(&mut change, &By::program(), "link.made", person, now).await?;
    change.commit().await?;
    Ok(secret)
}
