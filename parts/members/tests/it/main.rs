//! Who is who, asked as a browser or a program asks it: by address, with cookies and tokens.

mod authenticator;
mod bodies;
mod calendars;
mod clock;
mod gathering;
mod hostile;
mod leaving;
mod openid;
mod passkeys;
mod people;
mod signing_in;

use std::sync::atomic::{AtomicI64, Ordering};

use axum::body::Body;
use axum::http::{Request, StatusCode};
use base::access::Peer;
use base::site::Equipment;
use base::testing::{Answer, TestSite};
use base::{App, Part, Role, Scope};

static PARTS: &[&Part] = &[&members::PART, &files::PART];

/// 14 November 2023.
const BEGIN: i64 = 1_700_000_000;
thread_local! {
    static NOW: AtomicI64 = const { AtomicI64::new(BEGIN) };
}

/// Each test has its own clock, since each has its own thread.
fn now() -> i64 {
    NOW.with(|now| now.load(Ordering::Relaxed))
}

fn later(seconds: i64) {
    NOW.with(|now| now.fetch_add(seconds, Ordering::Relaxed));
}

/// A site at the beginning of its time.
async fn site(url: &str) -> TestSite {
    NOW.with(|now| now.store(BEGIN, Ordering::Relaxed));
    TestSite::open(url, PARTS, Equipment { now, ..Equipment::BARE }).await
}

/// A browser: keeps its session, sends forms as pages of this site do.
struct Browser<'a> {
    site: &'a TestSite,
    cookie: String,
    peer: String,
}

impl<'a> Browser<'a> {
    fn new(site: &'a TestSite) -> Browser<'a> {
        Browser { site, cookie: String::new(), peer: "192.0.2.1".into() }
    }

    async fn get(&self, address: &str) -> Answer {
        self.send("GET", address, "").await
    }

    async fn send(&self, method: &str, address: &str, body: &str) -> Answer {
        let request = Request::builder()
            .method(method)
            .uri(address)
            .header("cookie", &self.cookie)
            .header("sec-fetch-site", "same-origin")
            .header("user-agent", "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0")
            .extension(Peer(self.peer.parse().expect("an address")))
            .body(Body::from(body.to_owned()))
            .expect("a request");
        self.site.send(request).await
    }

    /// Sends a form and keeps the session that it brings.
    async fn post(&mut self, address: &str, fields: &[(&str, &str)]) -> Answer {
        let mut body = url::form_urlencoded::Serializer::new(String::new());
        body.extend_pairs(fields);
        let answer = self.send("POST", address, &body.finish()).await;
        if let Some(cookie) = answer.header("set-cookie").split(';').next()
            && (cookie.starts_with("session=") || cookie.starts_with("__Host-session="))
        {
            self.cookie = cookie.to_owned();
        }
        answer
    }

    async fn sign_in(&mut self, email: &str, password: &str, code: &str) -> Answer {
        let fields = [("email", email), ("password", password), ("code", code)];
        self.post("/sign-in", &fields).await
    }
}

const PASSWORD: &str = "correct horse battery staple";

/// The administrator, at a browser, with a password.
async fn administrator(site: &TestSite) -> Browser<'_> {
    let path = members::first_link(&site.app, now()).await.expect("made").expect("nobody yet");
    let mut browser = Browser::new(site);
    let fields = [("name", "Ana Rusu"), ("email", "ana@example.org")];
    assert_eq!(browser.post(&path, &fields).await.status, StatusCode::SEE_OTHER);
    assert_eq!(
        browser.post("/me/password", &[("new", PASSWORD)]).await.status,
        StatusCode::SEE_OTHER
    );
    browser
}

/// Invites somebody with a role and brings them in; the number of the person, too.
async fn invited<'a>(
    admin: &mut Browser<'a>,
    email: &str,
    role: Option<(Role, Scope)>,
) -> (Browser<'a>, i64) {
    let fields = [("name", "Somebody Else"), ("email", email), ("language", "en")];
    let page = admin.post("/people", &fields).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    let id = number(&page.text());
    if let Some((role, scope)) = role {
        let fields = [
            ("role", role.word()),
            ("scope_kind", scope.kind.as_str()),
            ("scope_id", scope.id.as_str()),
        ];
        let given = admin.post(&format!("/people/{id}/roles"), &fields).await;
        assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.text());
    }
    let mut browser = Browser::new(admin.site);
    let used = browser.post(&link_in(&page.text()), &[]).await;
    assert_eq!(used.status, StatusCode::SEE_OTHER, "{}", used.text());
    (browser, id)
}

/// The path of the one-time link on a page.
fn link_in(page: &str) -> String {
    let page = page.replace("&#x2f;", "/");
    let at = page.find("/sign-in/link/").expect("a link");
    page[at..].chars().take_while(|c| *c != '<').collect()
}

fn number(page: &str) -> i64 {
    let (_, rest) = page.split_once("action=\"/people/").expect("a form of the person");
    rest.chars().take_while(char::is_ascii_digit).collect::<String>().parse().expect("a number")
}

/// What the audit chain says was done, oldest first.
async fn acts(app: &App) -> Vec<String> {
    let search = base::audit::Search::default();
    let mut found = base::audit::search(&app.storage.pool, &search, 1000).await.expect("readable");
    found.reverse();
    found
        .into_iter()
        .map(|entry| format!("{} {} {}", entry.by.who, entry.act, entry.record))
        .collect()
}
