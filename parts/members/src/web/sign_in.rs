//! Signing in: by password and code, or by a link that works once. What was wrong is not said, and
//! takes as long whatever it was.

use axum::extract::{FromRequest, Path, Request, State};
use axum::http::header::{COOKIE, SET_COOKIE, USER_AGENT};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use base::access::{Asker, SignedIn, address_of, cookie, see_other, session_cookie};
use base::audit::{self, By};
use base::page::Head;
use base::who::{Means, Scope};
use base::{App, Fields, Reader, Refusal, Role, Site, answer};
use minijinja::context;

use crate::people::{self, New};
use crate::roles::{self, Given};
use crate::{code_app, day, keys, limits, openid, passkeys, password};

/// `/sign-in`: the form; who is signed in goes on.
pub async fn page(
    State(site): State<App>,
    reader: Reader,
    Asker(who): Asker,
) -> Result<Response, Refusal> {
    let then = reader.asked("then").pop().unwrap_or_default();
    match who {
        Some(_) => Ok(see_other(local(&then))),
        None => form(&site, &reader, "", &then, None),
    }
}

pub fn form(
    site: &Site,
    reader: &Reader,
    email: &str,
    then: &str,
    fault: Option<&str>,
) -> Result<Response, Refusal> {
    let head = Head::titled(reader.say("sign-in"));
    let passkeys_work = passkeys::party(site).is_some();
    let values =
        context! { email, then => local(then), fault, passkeys_work, openid => openid::name(site) };
    let mut page = answer::page(site, reader, "members/sign-in.html", head, values)?;
    if fault.is_some() {
        *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(page)
}

/// An address of this site and no other: where to go after signing in is taken from the address of a
/// page, which anybody may have written.
pub fn local(then: &str) -> &str {
    let ours = then.starts_with('/')
        && !then.starts_with("//")
        && !then.contains('\\')
        && then.chars().all(|c| !c.is_control());
    if ours { then } else { "/me" }
}

/// Judges e-mail address, password and code together.
pub async fn password(
    State(site): State<App>,
    reader: Reader,
    request: Request,
) -> Result<Response, Refusal> {
    let (device, from) = (device(request.headers()), origin(&site, &request));
    let fields = fields(request, &site).await?;
    let (typed, then) = (fields.one("email"), fields.one("then"));
    let (pool, now) = (&site.storage.pool, site.now());
    let email = people::email(typed).unwrap_or_default();
    if !limits::allows(pool, &email, &from, now).await? {
        return Err(too_many());
    }
    limits::count(pool, &email, &from, now).await?;
    let person = people::with_email(pool, &email).await?;
    let hash = match &person {
        Some(person) => password::of_person(pool, person.id).await?,
        None => None,
    };
    let right = password::is(fields.as_typed("password"), hash).await?;
    let (Some(person), true) = (person, right) else {
        return form(&site, &reader, typed, then, Some("sign-in-wrong"));
    };
    let mut change = audit::begin(&site.storage).await?;
    let app = code_app::of_person(pool, person.id).await?;
    if let Some(app) = app.filter(|app| app.confirmed) {
        let step = code_app::step_of(&app, fields.one("code"), now);
        let used = match step {
            Some(step) => code_app::used(&mut change, person.id, step, now).await?,
            None => false,
        };
        if !used {
            return form(&site, &reader, typed, then, Some("sign-in-wrong"));
        }
    }
    let secret = keys::begin_session(&mut change, person.id, &device, now).await?;
    let by = By::new(format!("person:{}", person.id), "person");
    people::told(&mut change, &by, "session.begun", person.id, now).await?;
    change.commit().await?;
    limits::forget(pool, &email, &from).await?;
    Ok(with_session(&site, &secret, local(then)))
}

/// Enough tries for a quarter of an hour.
pub fn too_many() -> Refusal {
    Refusal { status: StatusCode::TOO_MANY_REQUESTS, key: "too-many-tries", args: Vec::new() }
}

/// Ends the session here.
pub async fn out(State(site): State<App>, headers: HeaderMap) -> Result<Response, Refusal> {
    if let Some((person, id)) = here(&site, &headers).await? {
        let mut change = audit::begin(&site.storage).await?;
        keys::end(&mut change, person, keys::Kind::Session, &id).await?;
        let by = By::new(format!("person:{person}"), "person");
        people::told(&mut change, &by, "session.ended", person, site.now()).await?;
        change.commit().await?;
    }
    let mut response = see_other("/");
    set_cookie(&site, &mut response, "", 0);
    Ok(response)
}

/// The person and the name of the session that these headers show.
async fn here(site: &Site, headers: &HeaderMap) -> Result<Option<(i64, String)>, Refusal> {
    let Some(secret) = secret_in(site, headers) else { return Ok(None) };
    let who = keys::who_in_session(site, secret).await?;
    Ok(who.map(|who| (who.person, keys::id_of(secret))))
}

/// The secret of the session in these headers.
pub fn secret_in<'a>(site: &Site, headers: &'a HeaderMap) -> Option<&'a str> {
    cookie(headers.get(COOKIE)?.to_str().ok()?, session_cookie(site))
}

/// `/sign-in/link/{secret}`: shows a button and uses nothing up, since mail programs open links to
/// look at them.
pub async fn link(
    State(site): State<App>,
    reader: Reader,
    Path(secret): Path<String>,
) -> Result<Response, Refusal> {
    let person = link_of(&site, &secret).await?;
    link_page(&site, &reader, person, &Fields::default(), None).await
}

async fn link_of(site: &Site, secret: &str) -> Result<i64, Refusal> {
    let person = keys::link_of(&site.storage.pool, secret, site.now()).await?;
    // The secret is not shown again, not even in a refusal.
    person.ok_or(Refusal { status: StatusCode::GONE, key: "link-over", args: Vec::new() })
}

async fn link_page(
    site: &Site,
    reader: &Reader,
    person: i64,
    fields: &Fields,
    fault: Option<&str>,
) -> Result<Response, Refusal> {
    let name = match people::find(&site.storage.pool, person).await? {
        Some(person) => person.name,
        None => String::new(),
    };
    let head = Head::titled(reader.say(if person == 0 { "first-title" } else { "link-title" }));
    let values = context! {
        name, first => person == 0, fault,
        typed_name => fields.one("name"), typed_email => fields.one("email"),
    };
    let mut page = answer::page(site, reader, "members/link.html", head, values)?;
    if fault.is_some() {
        *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(page)
}

/// Uses the link up: a session begins. The first link makes the administrator.
pub async fn use_link(
    State(site): State<App>,
    reader: Reader,
    Path(secret): Path<String>,
    request: Request,
) -> Result<Response, Refusal> {
    let device = device(request.headers());
    let fields = fields(request, &site).await?;
    let now = site.now();
    let person = link_of(&site, &secret).await?;
    let email = people::email(fields.one("email"));
    let fault = match person {
        0 if fields.one("name").is_empty() => Some("name-missing"),
        0 if email.is_none() => Some("email-wrong"),
        _ => None,
    };
    if fault.is_some() {
        return link_page(&site, &reader, person, &fields, fault).await;
    }
    let mut change = audit::begin(&site.storage).await?;
    let Some(person) = keys::use_link(&mut change, &secret, now).await? else {
        return Err(Refusal { status: StatusCode::GONE, key: "link-over", args: Vec::new() });
    };
    let person = match (person, email) {
        (0, Some(email)) => {
            let language = reader.words.language.tag();
            let new = New { name: fields.one("name"), email: &email, language };
            let by = By::operator();
            let Some(id) = people::add(&mut change, &new, &by, now).await? else {
                return link_page(&site, &reader, 0, &fields, Some("email-taken")).await;
            };
            let given = Given {
                role: Role::Administrator,
                scope: Scope::everything(),
                from_day: day::of(now),
                until_day: String::new(),
            };
            roles::give(&mut change, id, &given, &by, now).await?;
            id
        }
        (person, _) => person,
    };
    let session = keys::begin_session(&mut change, person, &device, now).await?;
    let by = By::new(format!("person:{person}"), "person");
    people::told(&mut change, &by, "link.used", person, now).await?;
    change.commit().await?;
    Ok(with_session(&site, &session, "/me"))
}

pub fn with_session(site: &Site, secret: &str, then: &str) -> Response {
    let mut response = see_other(then);
    // No age: the browser forgets it when it closes, the site after twelve silent hours.
    set_cookie(site, &mut response, secret, -1);
    response
}

/// Sets the session's cookie; an age of 0 takes it away, one below leaves it to the browser.
fn set_cookie(site: &Site, response: &mut Response, secret: &str, age: i64) {
    let secure = if site.settings.is_https() { "; Secure" } else { "" };
    let age = if age < 0 { String::new() } else { format!("; Max-Age={age}") };
    let name = session_cookie(site);
    let text = format!("{name}={secret}; Path=/; HttpOnly; SameSite=Lax{secure}{age}");
    if let Ok(value) = HeaderValue::from_str(&text) {
        response.headers_mut().append(SET_COOKIE, value);
    }
}

/// The browser as its owner would know it again: `Firefox, Windows`.
pub fn device(headers: &HeaderMap) -> String {
    let agent = headers.get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or("");
    let one_of = |names: &[(&str, &'static str)]| {
        names.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name)
    };
    let browser = one_of(&[
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
        ("curl/", "curl"),
    ]);
    let system = one_of(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ]);
    [browser, system].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

pub fn origin(site: &Site, request: &Request) -> String {
    limits::origin(address_of(site, request.extensions(), request.headers()))
}

async fn fields(request: Request, site: &App) -> Result<Fields, Refusal> {
    <Fields as FromRequest<App>>::from_request(request, site).await
}

/// Only somebody at a browser may change how they sign in: a token that leaked must not become an
/// account that was taken.
pub fn at_a_browser(SignedIn(who): &SignedIn) -> Result<(), Refusal> {
    match who.means {
        Means::Session => Ok(()),
        _ => Err(Refusal::forbidden("token-not-here")),
    }
}

#[cfg(test)]
mod tests {
    use super::local;

    #[test]
    fn only_our_own_addresses_are_gone_to() {
        assert_eq!(local("/people?q=a"), "/people?q=a");
        for foreign in [
            "",
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "/\tx",
            "javascript:alert(1)",
            "/a\r\nSet-Cookie: x=y",
        ] {
            assert_eq!(local(foreign), "/me", "{foreign:?}");
        }
    }
}
