//! People and their roles, for the secretariat and the administrators: who is here, who is invited,
//! what each may do and until when.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use base::access::{SignedIn, see_other};
use base::answer::{self, Form};
use base::audit::{self, By};
use base::page::{Head, value};
use base::storage::Transaction;
use base::table::{Cell, Column, Table};
use base::{App, Fields, Reader, Refusal, Role, Scope, Site, Who};
use minijinja::{Value, context};

use super::leaving_pages::{deputy_rows, erasure_rows};
use crate::people::{self, New, Person};
use crate::roles::{self, Given, Held, SCOPES};
use crate::{day, deputies, keys, letter};

pub async fn list(State(site): State<App>, reader: Reader) -> Result<Response, Refusal> {
    list_page(&site, &reader, &Fields::default(), None, StatusCode::OK).await
}

async fn list_page(
    site: &Site,
    reader: &Reader,
    fields: &Fields,
    fault: Option<&str>,
    status: StatusCode,
) -> Result<Response, Refusal> {
    let view = table(site, reader).await?.view(reader);
    let head = Head::titled(reader.say("people")).under(reader.say("me"), "/me");
    let choices: Vec<_> = site
        .languages
        .all()
        .iter()
        .map(|words| (words.language.tag().to_owned(), words.say("language-name")))
        .collect();
    let values = context! {
        view => value(&view), choices, fault,
        typed_name => fields.one("name"), typed_email => fields.one("email"),
    };
    let mut page = answer::page(site, reader, "members/people.html", head, values)?;
    *page.status_mut() = status;
    Ok(page)
}

pub async fn file(
    State(site): State<App>,
    reader: Reader,
    Path(form): Path<String>,
) -> Result<Response, Refusal> {
    let form = Form::of(&format!("people.{form}")).1;
    answer::table(table(&site, &reader).await?, &reader, form)
}

async fn table(site: &Site, reader: &Reader) -> Result<Table, Refusal> {
    let pool = &site.storage.pool;
    let today = day::of(site.now());
    let mut rows = Vec::new();
    for person in people::all(pool).await? {
        let held = roles::in_force(pool, person.id, &today).await?;
        let held: Vec<String> =
            held.iter().map(|(role, scope)| role_words(reader, *role, scope)).collect();
        let state = if person.ended_at.is_some() { "person-ended" } else { "person-here" };
        rows.push(vec![
            Cell::text(name_of(reader, &person)).href(format!("/people/{}", person.id)),
            Cell::text(person.email.clone()),
            Cell::text(held.join("; ")),
            Cell::text(reader.say(state)),
            Cell::text(day::of(person.made_at)),
        ]);
    }
    Ok(Table {
        id: "people".into(),
        caption: reader.say("people"),
        columns: vec![
            Column::text("name", reader.say("person-name")),
            Column::text("email", reader.say("person-email")),
            Column::text("roles", reader.say("person-roles")),
            Column::text("state", reader.say("person-state")),
            Column::text("since", reader.say("person-since")),
        ],
        rows,
        ..Table::default()
    })
}

pub fn name_of(reader: &Reader, person: &Person) -> String {
    if person.name.is_empty() { reader.say("person-erased") } else { person.name.clone() }
}

/// A role with its scope in words: "National co-ordinator, country MDA".
pub fn role_words(reader: &Reader, role: Role, scope: &Scope) -> String {
    let role = reader.say(&format!("role-{}", role.word()));
    match scope.kind.as_str() {
        "" => role,
        kind => format!("{role}, {} {}", reader.say(&format!("scope-{kind}")), scope.id),
    }
}

/// The roles of a person as rows of a page.
pub fn role_rows(reader: &Reader, held: &[Held], today: &str) -> Vec<Value> {
    held.iter()
        .map(|held| {
            context! {
                id => held.id,
                words => role_words(reader, held.role, &held.scope),
                means => reader.say(&format!("role-{}-does", held.role.word())),
                from_day => held.from_day.clone(), until_day => held.until_day.clone(),
                in_force => held.in_force(today), ended => held.ended_at.map(day::of),
            }
        })
        .collect()
}

/// Invites somebody: adds the person and makes a link that works once.
pub async fn invite(
    State(site): State<App>,
    reader: Reader,
    SignedIn(who): SignedIn,
    fields: Fields,
) -> Result<Response, Refusal> {
    let now = site.now();
    let email = people::email(fields.one("email"));
    let language = fields.one("language");
    let fault = match () {
        () if fields.one("name").is_empty() => Some("name-missing"),
        () if email.is_none() => Some("email-wrong"),
        () if site.languages.get(language).is_none() => Some("language-wrong"),
        () => None,
    };
    let refused = StatusCode::UNPROCESSABLE_ENTITY;
    let (Some(email), None) = (email, fault) else {
        return list_page(&site, &reader, &fields, fault, refused).await;
    };
    let by = office(&who);
    let mut change = audit::begin(&site.storage).await?;
    let new = New { name: fields.one("name"), email: &email, language };
    let Some(id) = people::add(&mut change, &new, &by, now).await? else {
        drop(change);
        return list_page(&site, &reader, &fields, Some("email-taken"), refused).await;
    };
    change.commit().await?;
    way_in(&site, &reader, &who, id).await
}

/// A new link for the person: by letter where the site can send one, else shown to whoever asked.
async fn way_in(site: &Site, reader: &Reader, who: &Who, id: i64) -> Result<Response, Refusal> {
    let now = site.now();
    if site.has_mail() {
        letter::ask(site, id, &office(who), now).await?;
        return person_page(site, reader, who, id, Said { sent: true, ..Said::default() }).await;
    }
    let mut change = audit::begin(&site.storage).await?;
    let secret = keys::make_link(&mut change, id, now).await?;
    people::told(&mut change, &office(who), "link.made", id, now).await?;
    change.commit().await?;
    person_page(site, reader, who, id, Said { secret: Some(secret), ..Said::default() }).await
}

/// What an action has to say on the page of a person.
#[derive(Default)]
struct Said {
    /// A new link's secret, shown this once.
    secret: Option<String>,
    /// A letter is on its way.
    sent: bool,
    fault: Option<&'static str>,
}

/// The person in the role in which these pages let them in.
pub fn office(who: &Who) -> By {
    who.by(who.holds_over(&[Role::Administrator, Role::Secretariat], &[]))
}

pub async fn one(
    State(site): State<App>,
    reader: Reader,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    person_page(&site, &reader, &who, number(&id)?, Said::default()).await
}

pub fn number(id: &str) -> Result<i64, Refusal> {
    id.parse().map_err(|_| Refusal::not_found("no-person", id))
}

async fn person_page(
    site: &Site,
    reader: &Reader,
    who: &Who,
    id: i64,
    said: Said,
) -> Result<Response, Refusal> {
    let pool = &site.storage.pool;
    let person = people::find(pool, id).await?;
    let person = person.ok_or_else(|| Refusal::not_found("no-person", &id.to_string()))?;
    let held = roles::of_person(pool, id).await?;
    let roles: Vec<_> = givable(who)
        .map(|role| (role.word(), reader.say(&format!("role-{}", role.word()))))
        .collect();
    let scopes: Vec<_> =
        SCOPES.iter().map(|kind| (*kind, reader.say(&format!("scope-{kind}")))).collect();
    let address = site.settings.public_url();
    let link = said.secret.map(|secret| format!("{address}/sign-in/link/{secret}"));
    let head = Head::titled(name_of(reader, &person)).under(reader.say("people"), "/people");
    let today = day::of(site.now());
    let values = context! {
        person => value(&person), held => role_rows(reader, &held, &today),
        deputies => deputy_rows(reader, &deputies::of_person(pool, id).await?, id, &today),
        erasure => erasure_rows(reader), administrator => is_administrator(who),
        roles, scopes, link, sent => said.sent, fault => said.fault, today,
    };
    let mut page = answer::page(site, reader, "members/person.html", head, values)?;
    if said.fault.is_some() {
        *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(page)
}

pub async fn wrong(
    site: &Site,
    reader: &Reader,
    who: &Who,
    id: i64,
    fault: &'static str,
) -> Result<Response, Refusal> {
    person_page(site, reader, who, id, Said { fault: Some(fault), ..Said::default() }).await
}

/// The roles that this person may give: only administrators make administrators.
fn givable(who: &Who) -> impl Iterator<Item = Role> {
    let administrator = is_administrator(who);
    Role::ALL
        .into_iter()
        .map(|(role, _)| role)
        .filter(move |role| administrator || *role != Role::Administrator)
}

pub fn is_administrator(who: &Who) -> bool {
    who.holds_over(&[Role::Administrator], &[]).is_some()
}

/// Gives a role over something for a time.
pub async fn give_role(
    State(site): State<App>,
    reader: Reader,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let id = number(&id)?;
    let now = site.now();
    let role = Role::named(fields.one("role"));
    if role.is_some_and(|role| givable(&who).all(|known| known != role)) {
        return Err(Refusal::forbidden("forbidden"));
    }
    let (kind, over) = (fields.one("scope_kind"), fields.one("scope_id"));
    let from = match fields.one("from") {
        "" => Some(day::of(now)),
        day => day::read(day),
    };
    let until = match fields.one("until") {
        "" => Some(String::new()),
        day => day::read(day),
    };
    let scope_fits = (kind.is_empty() && over.is_empty())
        || (SCOPES.contains(&kind) && !over.is_empty() && over.len() <= 80);
    let (Some(role), Some(from), Some(until), true) = (role, from, until, scope_fits) else {
        return wrong(&site, &reader, &who, id, "role-fields-wrong").await;
    };
    if !until.is_empty() && until < from {
        return wrong(&site, &reader, &who, id, "role-term-wrong").await;
    }
    let person = people::find(&site.storage.pool, id).await?;
    if person.is_none_or(|person| person.ended_at.is_some()) {
        return Err(Refusal::not_found("no-person", &id.to_string()));
    }
    let given = Given { role, scope: Scope::of(kind, over), from_day: from, until_day: until };
    let mut change = audit::begin(&site.storage).await?;
    roles::give(&mut change, id, &given, &office(&who), now).await?;
    change.commit().await?;
    Ok(see_other(&format!("/people/{id}")))
}

pub async fn end_role(
    State(site): State<App>,
    SignedIn(who): SignedIn,
    Path((id, role)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let id = number(&id)?;
    let role_id = role.parse().map_err(|_| Refusal::not_found("no-role", &role))?;
    protect_administrators(&site, &who, id).await?;
    let mut change = audit::begin(&site.storage).await?;
    let by = office(&who);
    if !roles::end(&mut change, id, role_id, &by, site.now()).await? {
        return Err(Refusal::not_found("no-role", &role));
    }
    keep_an_administrator(&mut change, site.now()).await?;
    change.commit().await?;
    Ok(see_other(&format!("/people/{id}")))
}

/// Makes a new link by which the person comes in once: the way back for who lost the password.
pub async fn link(
    State(site): State<App>,
    reader: Reader,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let id = number(&id)?;
    protect_administrators(&site, &who, id).await?;
    let person = people::find(&site.storage.pool, id).await?;
    if person.is_none_or(|person| person.ended_at.is_some()) {
        return Err(Refusal::not_found("no-person", &id.to_string()));
    }
    way_in(&site, &reader, &who, id).await
}

/// The secretariat may not act on an administrator: a link to an administrator's account would make
/// anybody one.
pub async fn protect_administrators(site: &Site, who: &Who, id: i64) -> Result<(), Refusal> {
    let held = roles::of_person(&site.storage.pool, id).await?;
    let today = day::of(site.now());
    let stands_in = deputies::of_person(&site.storage.pool, id).await?;
    let administrator =
        held.iter().any(|held| held.role == Role::Administrator && held.ended_at.is_none())
            || stands_in
                .iter()
                .any(|it| it.person == id && it.role == Role::Administrator && it.is_open(&today));
    match administrator && !is_administrator(who) {
        true => Err(Refusal::forbidden("forbidden")),
        false => Ok(()),
    }
}

pub async fn keep_an_administrator(change: &mut Transaction, now: i64) -> Result<(), Refusal> {
    match people::no_administrator(change, &day::of(now)).await? {
        true => Err(Refusal::conflict("last-administrator")),
        false => Ok(()),
    }
}
