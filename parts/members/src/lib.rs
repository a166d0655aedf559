//! Who is who: people with their roles and ways to sign in; bodies with their mandates and members,
//! as of any day; the rights that follow from a membership.

mod asked;
pub mod bodies;
mod calendar;
mod code_app;
mod day;
mod decisions;
mod deputies;
mod franchise;
mod gathered;
mod groups;
mod handover;
pub mod held;
mod keys;
mod letter;
mod limits;
mod meetings;
mod openid;
mod papers;
mod passkeys;
mod password;
mod people;
mod quorum;
mod reminders;
mod rights;
mod roles;
mod web;
mod zones;

use anyhow::Result;
use base::audit::{self, By};
use base::storage::Migration;
use base::{Refusal, Site};

pub use web::PART;

const MIGRATIONS: &[Migration] = &[
    Migration { name: "0001_people", sql: include_str!("../migrations/0001_people.sql") },
    Migration { name: "0002_bodies", sql: include_str!("../migrations/0002_bodies.sql") },
    Migration { name: "0003_groups", sql: include_str!("../migrations/0003_groups.sql") },
    Migration { name: "0004_meetings", sql: include_str!("../migrations/0004_meetings.sql") },
    Migration { name: "0010_passkeys", sql: include_str!("../migrations/0010_passkeys.sql") },
    Migration { name: "0011_deputies", sql: include_str!("../migrations/0011_deputies.sql") },
];

/// The path of a link by which whoever opens it first becomes the administrator; `None` where there is one. An
/// earlier such link stops working.
pub async fn first_link(site: &Site, now: i64) -> Result<Option<String>> {
    if !people::none_yet(&site.storage.pool).await? {
        return Ok(None);
    }
    link(site, 0, now).await.map(Some)
}

/// A link by which the person with this address can come in once, made at the command line: the way
/// back for who lost everything. Fails where there is no such person.
pub async fn link_for(site: &Site, email: &str, now: i64) -> Result<String> {
    let found = match people::email(email) {
        Some(email) => people::with_email(&site.storage.pool, &email).await?,
        None => None,
    };
    match found {
        Some(person) => {
            let path = link(site, person.id, now).await?;
            Ok(format!("{}{path}", site.settings.public_url()))
        }
        None => anyhow::bail!(
            "nobody here has the address {email:?}. Administrators find all addresses on the page /people"
        ),
    }
}

/// The number of the account with this address, for a part that lets named people in.
pub async fn account_of(site: &Site, email: &str) -> Result<Option<i64>, Refusal> {
    let Some(email) = people::email(email) else { return Ok(None) };
    let found = people::with_email(&site.storage.pool, &email).await?;
    Ok(found.map(|person| person.id))
}

/// What an account is called, as long as it is there.
pub async fn name_of(site: &Site, person: i64) -> Result<Option<String>, Refusal> {
    Ok(people::find(&site.storage.pool, person).await?.map(|person| person.name))
}

/// Every group: its id and its name.
pub async fn groups_named(site: &Site, french: bool) -> Result<Vec<(String, String)>, Refusal> {
    let all = groups::all(&site.storage.pool).await?;
    Ok(all.into_iter().map(|group| (group.id.clone(), group.name(french).to_owned())).collect())
}

/// The groups in which somebody sits today.
async fn sits(site: &Site, person: i64) -> Result<Vec<String>, Refusal> {
    let today = day::of(site.now());
    let seats = groups::seats_of_person(&site.storage.pool, person).await?;
    Ok(seats.into_iter().filter(|seat| seat.held_on(&today)).map(|seat| seat.group).collect())
}

async fn link(site: &Site, person: i64, now: i64) -> Result<String> {
    let mut change = audit::begin(&site.storage).await?;
    let secret = keys::make_link(&mut change, person, now).await.map_err(in_words)?;
    people::told(&mut change, &By::operator(), "link.made", person, now).await?;
    change.commit().await?;
    Ok(format!("/sign-in/link/{secret}"))
}

fn in_words(refusal: Refusal) -> anyhow::Error {
    anyhow::anyhow!("no link could be made ({}); the log says why", refusal.key)
}
