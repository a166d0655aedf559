//! Every route as every role and as nobody, on real HTTP: who is let in is a table in the repository,
//! so that a right that changes shows in review.

use std::collections::BTreeMap;

use base::site::Equipment;
use base::testing::{TestSite, databases};
use base::{App, Role};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A browser at a socket.
pub struct Browser {
    address: String,
    pub cookie: String,
}

pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        let line = self.head.lines().find_map(|line| line.strip_prefix(name));
        line.map_or("", |value| value.trim_start_matches(':').trim())
    }

    /// Whether the door let the request through; what came of it then is another matter.
    pub fn let_in(&self) -> bool {
        let to_sign_in = self.status == 303 && self.header("location").starts_with("/sign-in?");
        ![401, 403].contains(&self.status) && !to_sign_in
    }
}

impl Browser {
    pub async fn send(&mut self, method: &str, path: &str, body: &str) -> Answer {
        let mut stream = TcpStream::connect(&self.address).await.expect("the site listens");
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\nSec-Fetch-Site: same-origin\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            self.address,
            self.cookie,
            body.len()
        );
        stream.write_all(request.as_bytes()).await.expect("sent");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).await.expect("an answer");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").expect("a head and a body");
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).expect("a status");
        let answer = Answer { status, head: head.to_lowercase(), body: body.to_owned() };
        if let Some((_, rest)) = answer.header("set-cookie").split_once("session=") {
            self.cookie = format!("session={}", rest.split(';').next().unwrap_or_default());
        }
        answer
    }

    /// Comes in by the one-time link on a page.
    pub async fn by_link(address: &str, page: &str) -> Browser {
        let page = page.replace("&#x2f;", "/");
        let at = page.find("/sign-in/link/").expect("a link");
        let path: String = page[at..].chars().take_while(|c| *c != '<').collect();
        let mut browser = Browser { address: address.into(), cookie: String::new() };
        assert_eq!(browser.send("POST", &path, "").await.status, 303);
        browser
    }
}

/// A path in which every name is filled with something that there is not.
fn filled(path: &str) -> String {
    let mut filled = String::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').expect("a closed name");
        filled.push_str(before);
        filled.push_str(if name == "form" { "csv" } else { "999" });
        rest = after;
    }
    filled + rest
}

pub async fn served(app: &App) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("its address").to_string();
    tokio::spawn(web::serve::serve(app.clone(), listener, std::future::pending()));
    address
}

/// Who came first, at a browser.
pub async fn administrator(app: &App, address: &str) -> Browser {
    let path = members::first_link(app, app.now()).await.expect("made").expect("nobody yet");
    let mut admin = Browser { address: address.into(), cookie: String::new() };
    assert_eq!(admin.send("POST", &path, "name=Ana&email=ana%40example.org").await.status, 303);
    admin
}

/// Nobody, somebody without a role, and each role over everything: each at a browser of their own.
async fn everybody(app: &App, address: &str) -> Vec<(&'static str, Browser)> {
    let mut admin = administrator(app, address).await;
    let mut all = vec![("nobody", Browser { address: address.into(), cookie: String::new() })];
    let roles = Role::ALL.iter().map(|(_, word)| *word);
    for word in std::iter::once("signed in").chain(roles) {
        let email = word.replace(' ', "-");
        let body = format!("name=Somebody&email={email}%40example.org&language=en");
        let page = admin.send("POST", "/people", &body).await.body;
        if word != "signed in" {
            let (_, rest) = page.split_once("action=\"/people/").expect("the person's form");
            let id: String = rest.chars().take_while(char::is_ascii_digit).collect();
            let body = format!("role={word}");
            let given = admin.send("POST", &format!("/people/{id}/roles"), &body).await;
            assert_eq!(given.status, 303, "{word}: {}", given.body);
        }
        all.push((word, Browser::by_link(address, &page).await));
    }
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn every_route_as_every_role_and_as_nobody() {
    for url in databases().await {
        // Without figures: who is let in does not depend on them.
        let site = TestSite::open(&url, web::PARTS, Equipment::BARE).await;
        let address = served(&site.app).await;
        let mut table: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        let mut routes = site.app.routes();
        // Signing out comes last: it would make nobody of everybody.
        routes.sort_by_key(|route| route.path == "/sign-out");
        let mut everybody = everybody(&site.app, &address).await;
        for (who, browser) in &mut everybody {
            for route in &routes {
                let answer = browser.send(route.method.as_str(), &filled(route.path), "").await;
                let line = format!("{} {}", route.path, route.method);
                assert!(answer.status < 500, "{line} as {who}: {} {}", answer.status, answer.body);
                let let_in = table.entry(line).or_default();
                if answer.let_in() {
                    let_in.push(who);
                }
            }
        }
        let all = everybody.len();
        let lines: String = table
            .iter()
            .map(|(line, who)| match who.len() {
                n if n == all => format!("{line} · everybody\n"),
                n if n == all - 1 && !who.contains(&"nobody") => {
                    format!("{line} · everybody who is signed in\n")
                }
                _ => format!("{line} · {}\n", who.join(", ")),
            })
            .collect();
        expect_test::expect_file!["../access.txt"].assert_eq(&lines);
    }
}
