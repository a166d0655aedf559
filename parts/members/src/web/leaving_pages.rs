//! Standing in, leaving and being forgotten: deputies named from one's own page, handing over to a successor,
//! everything held about a person as one file, and its erasure.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::http::HeaderValue;
use axum::http::header::CONTENT_DISPOSITION;
use axum::response::Response;
use base::access::{SignedIn, see_other};
use base::audit;
use base::{App, Fields, Reader, Refusal, Site, answer};
use jiff::civil::Date;
use minijinja::{Value, context};
use serde_json::json;

use super::me::{self, Said};
use super::people_pages::{
    keep_an_administrator, number, office, protect_administrators, role_words, wrong,
};
use super::sign_in::at_a_browser;
use crate::deputies::{self, Deputy, LONGEST_DAYS, Named};
use crate::handover;
use crate::held::{self, Erased};
use crate::people::{self, Person};
use crate::{day, roles};

/// Deputies as rows of a page: those that are open, in which the person stands in or is stood in for.
pub fn deputy_rows(reader: &Reader, all: &[Deputy], person: i64, today: &str) -> Vec<Value> {
    all.iter()
        .filter(|it| it.is_open(today))
        .map(|it| {
            context! {
                id => it.id, words => role_words(reader, it.role, &it.scope),
                stands_in => it.person == person,
                other => if it.person == person { it.holder_name.clone() } else { it.person_name.clone() },
                from_day => it.from_day.clone(), until_day => it.until_day.clone(),
                in_force => it.in_force(today),
            }
        })
        .collect()
}

/// What an erasure takes and what it leaves, in words.
pub fn erasure_rows(reader: &Reader) -> Vec<Value> {
    held::TABLES
        .iter()
        .map(|table| {
            context! {
                what => reader.say(&format!("held-{}", table.name)),
                gone => table.erased == Erased::Gone,
                why => match table.erased {
                    Erased::Gone => String::new(),
                    _ => reader.say(&format!("held-{}-why", table.name)),
                },
            }
        })
        .collect()
}

/// Somebody here with this address.
async fn somebody(site: &Site, email: &str) -> Result<Option<Person>, Refusal> {
    Ok(match people::email(email) {
        Some(email) => people::with_email(&site.storage.pool, &email).await?,
        None => None,
    })
}

/// Names a deputy in one of one's own roles, for a term.
pub async fn name_deputy(
    State(site): State<App>,
    reader: Reader,
    signed: SignedIn,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, Refusal> {
    at_a_browser(&signed)?;
    let SignedIn(who) = signed;
    let now = site.now();
    let today = day::of(now);
    let held = roles::of_person(&site.storage.pool, who.person).await?;
    let role = fields.one("role").parse::<i64>().ok();
    // Who stands in for somebody does not hold the role, and passes it to nobody.
    let role = held.iter().find(|held| Some(held.id) == role && held.in_force(&today));
    let person = somebody(&site, fields.one("deputy")).await?.filter(|it| it.id != who.person);
    let from = if fields.one("from").is_empty() {
        Some(today.clone())
    } else {
        day::read(fields.one("from"))
    };
    let term =
        from.zip(day::read(fields.one("until"))).filter(|(from, until)| fits(from, until, &today));
    let (Some(role), Some(person), Some((from, until))) = (role, &person, term) else {
        let fault = match person {
            None => "deputy-nobody",
            Some(_) => "deputy-fields-wrong",
        };
        let said = Said { fault: Some(fault), at: "deputies", token: None };
        return me::shown(&site, &reader, &who, &headers, said).await;
    };
    let mut change = audit::begin(&site.storage).await?;
    let named = Named { role: role.id, person: person.id, from_day: &from, until_day: &until };
    deputies::name(&mut change, &named, &who.by(None), now).await?;
    change.commit().await?;
    Ok(see_other("/me#deputies"))
}

/// A term that is not over, not backwards, and not longer than a year.
fn fits(from: &str, until: &str, today: &str) -> bool {
    let (Ok(first), Ok(last)) = (from.parse::<Date>(), until.parse::<Date>()) else { return false };
    let days = last.since(first).map_or(-1, |span| i64::from(span.get_days()));
    until >= today && (0..=LONGEST_DAYS).contains(&days)
}

/// Ends a standing-in, by either of the two.
pub async fn end_deputy(
    State(site): State<App>,
    signed: SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    at_a_browser(&signed)?;
    let SignedIn(who) = signed;
    let unknown = || Refusal::not_found("no-deputy", &id);
    let number = id.parse().map_err(|_| unknown())?;
    let mut change = audit::begin(&site.storage).await?;
    if !deputies::end(&mut change, who.person, number, &who.by(None), site.now()).await? {
        return Err(unknown());
    }
    change.commit().await?;
    Ok(see_other("/me#deputies"))
}

/// Ends an account: somebody left. Roles and open tasks pass to a successor where one is named.
pub async fn end(
    State(site): State<App>,
    reader: Reader,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let id = number(&id)?;
    let (pool, now) = (&site.storage.pool, site.now());
    protect_administrators(&site, &who, id).await?;
    let successor = match fields.one("successor") {
        "" => None,
        email => match somebody(&site, email).await?.filter(|it| it.id != id) {
            None => return wrong(&site, &reader, &who, id, "successor-nobody").await,
            found => found,
        },
    };
    let by = office(&who);
    let held = roles::of_person(pool, id).await?;
    let has = match &successor {
        Some(person) => roles::of_person(pool, person.id).await?,
        None => Vec::new(),
    };
    let mut change = audit::begin(&site.storage).await?;
    if let Some(person) = &successor {
        let today = day::of(now);
        handover::hand_over(&mut change, &held, &has, (id, person.id), &by, &today, now).await?;
    }
    if !people::end(&mut change, id, &by, now).await? {
        return Err(Refusal::not_found("no-person", &id.to_string()));
    }
    keep_an_administrator(&mut change, now).await?;
    change.commit().await?;
    Ok(see_other(&format!("/people/{id}")))
}

/// Erases somebody who asked for it in writing: by an administrator, who types the address once more.
pub async fn erase(
    State(site): State<App>,
    reader: Reader,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let id = number(&id)?;
    let person = people::find(&site.storage.pool, id).await?;
    let Some(person) = person else { return Err(Refusal::not_found("no-person", &id.to_string())) };
    let typed = people::email(fields.one("email"));
    if person.email.is_empty() || typed.as_deref() != Some(person.email.as_str()) {
        return wrong(&site, &reader, &who, id, "erase-email-wrong").await;
    }
    let now = site.now();
    let mut change = audit::begin(&site.storage).await?;
    people::erase(&mut change, id, &office(&who), now).await?;
    keep_an_administrator(&mut change, now).await?;
    change.commit().await?;
    Ok(see_other(&format!("/people/{id}")))
}

/// Everything held about the person who asks, as one file.
pub async fn data(State(site): State<App>, signed: SignedIn) -> Result<Response, Refusal> {
    at_a_browser(&signed)?;
    let about = held::about(&site.storage.pool, signed.0.person).await?;
    let tables: serde_json::Map<_, _> =
        about.into_iter().map(|about| (about.table.to_owned(), json!(about.rows))).collect();
    let mut response = answer::json(&json!({ "made_at": site.now(), "held": tables }));
    let name = HeaderValue::from_static("attachment; filename=my-data.json");
    response.headers_mut().insert(CONTENT_DISPOSITION, name);
    Ok(response)
}
