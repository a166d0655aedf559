//! Every form with hostile values, and every door with a role over another country: no failure of ours, no
//! secret and no inside in an answer, nobody where they may not be. Routes and names of fields are
//! taken from the site, so that a new form is tried without a new line here.

use std::collections::BTreeSet;

use axum::http::Method;
use base::site::Equipment;
use base::testing::{TestSite, databases};
use base::{App, May, Role, Route};

use crate::access::{Browser, administrator, served};

/// The names of all fields of all forms.
fn fields() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (_, text) in web::PARTS.iter().flat_map(|part| (part.pages)()) {
        for piece in text.split(" name=\"").skip(1) {
            let name = piece.split('"').next().unwrap_or_default();
            let plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
            if !name.is_empty() && name.chars().all(plain) {
                names.insert(name.to_owned());
            }
        }
    }
    // The password of the administrator stays as it is: the walk goes on.
    assert!(names.contains("email") && names.len() > 20, "{names:?}");
    names
}

/// What is put into each field, as it stands in a form.
fn values() -> Vec<String> {
    let plain = [
        "",
        "1",
        "-1",
        "9223372036854775807",
        "9223372036854775808",
        "1e999",
        "NaN",
        "%00",
        "%FF%FE",
        "%0D%0ASet-Cookie:%20session=stolen",
        "'%20OR%20'1'='1",
        "');%20DROP%20TABLE%20people;%20--",
        "$1",
        "%7B%7B%207*7%20%7D%7D%7B%25%20include%20%22/etc/passwd%22%20%25%7D",
        "%3Cscript%3Ealert(1)%3C/script%3E",
        "../../../../etc/passwd",
        "2023-02-30",
        "9999-12-31",
        "-9999-01-01",
        "a@b.c",
        "%F0%9F%92%A9%E2%80%AE%CC%81",
        "%7B%22a%22:[[[[",
        "https://evil.example/",
    ];
    let mut values: Vec<String> = plain.iter().map(|value| (*value).to_owned()).collect();
    values.push("A".repeat(9_000));
    values.push("%C3%A9".repeat(200));
    values
}

/// What stands in an address where a record is named.
const NAMES: [&str; 6] =
    ["1", "-1", "9223372036854775808", "%27%20OR%201=1--", "%00", "..%2F..%2Fetc%2Fpasswd"];

fn filled(path: &str, with: &str) -> String {
    let (mut filled, mut rest) = (String::new(), path);
    while let Some((before, after)) = rest.split_once('{') {
        let (_, after) = after.split_once('}').expect("a closed name");
        filled.push_str(before);
        filled.push_str(with);
        rest = after;
    }
    filled + rest
}

/// What no reader may ever see.
fn insides(app: &App, browser: &Browser) -> Vec<String> {
    let session = browser.cookie.split_once('=').map_or("-", |(_, secret)| secret);
    let mut words: Vec<String> = [
        "panicked",
        "stack backtrace",
        "sqlx",
        "SQLITE_",
        "syntax error at",
        "INSERT INTO",
        "SELECT ",
        "UPDATE ",
        "$argon2",
        ".rs:",
        "/src/",
        "root:x:0",
        "minijinja",
        "session=stolen\r",
    ]
    .map(str::to_owned)
    .into();
    words.push(session.to_owned());
    words.push(app.settings.database_url.clone());
    words
}

/// Everything but what would end the walk itself.
fn forms(app: &App) -> Vec<Route> {
    let ends = ["/sign-out", "/me/erase"];
    let mut routes = app.routes();
    routes.retain(|route| !ends.contains(&route.path));
    routes
}

#[tokio::test(flavor = "multi_thread")]
async fn every_form_with_hostile_values() {
    let names = fields();
    for url in databases().await {
        let site = TestSite::open(&url, web::PARTS, Equipment::BARE).await;
        let address = served(&site.app).await;
        let mut admin = administrator(&site.app, &address).await;
        let insides = insides(&site.app, &admin);
        let mut tried = 0;
        for route in forms(&site.app) {
            let mut requests = Vec::new();
            let named = route.path.contains('{');
            for name in if named { &NAMES[..] } else { &NAMES[..1] } {
                requests.push((filled(route.path, name), String::new()));
            }
            if route.method == Method::POST {
                for value in values() {
                    let body: Vec<String> =
                        names.iter().map(|name| format!("{name}={value}")).collect();
                    requests.push((filled(route.path, "1"), body.join("&")));
                }
                for body in ["\0\0\0", "{\"a\": 1}", "&&&===&", "%", "a=%zz", "--edge\r\n"] {
                    requests.push((filled(route.path, "1"), body.to_owned()));
                }
            }
            for (path, body) in requests {
                let answer = admin.send(route.method.as_str(), &path, &body).await;
                let shown: String = body.chars().take(90).collect();
                let what = format!("{} {path} with {shown:?}", route.method);
                // What is not set up says so (503); what fails says 500.
                assert!(answer.status != 500, "{what}: {}", answer.body);
                for inside in &insides {
                    assert!(!answer.body.contains(inside.as_str()), "{what}: shows {inside:?}");
                }
                assert!(!answer.head.contains("stolen"), "{what}: {}", answer.head);
                let goes = answer.header("location");
                assert!(!goes.contains("evil.example"), "{what}: leads to {goes}");
                tried += 1;
            }
        }
        assert!(tried > 500, "only {tried} were tried");
        // Nothing that was tried ended the site, or spoilt what it keeps.
        assert_eq!(admin.send("GET", "/people", "").await.status, 200);
        let verdict = base::audit::verify(&site.app.storage.pool, None).await.expect("readable");
        assert_eq!(verdict.faults, []);
    }
}

/// Who holds a role over one country is let into nothing that asks for it over everything, whatever record
/// they name.
#[tokio::test(flavor = "multi_thread")]
async fn a_role_over_one_country_opens_nothing_else() {
    let url = &databases().await[0];
    let site = TestSite::open(url, web::PARTS, Equipment::BARE).await;
    let address = served(&site.app).await;
    let mut admin = administrator(&site.app, &address).await;
    for (_, word) in Role::ALL {
        let fields = format!("name=Somebody&email={word}%40example.org&language=en");
        let page = admin.send("POST", "/people", &fields).await.body;
        let (_, rest) = page.split_once("action=\"/people/").expect("the person's form");
        let id: String = rest.chars().take_while(char::is_ascii_digit).collect();
        let role = format!("role={word}&scope_kind=country&scope_id=MDA");
        assert_eq!(admin.send("POST", &format!("/people/{id}/roles"), &role).await.status, 303);
        let mut somebody = Browser::by_link(&address, &page).await;
        for route in forms(&site.app) {
            if !matches!(route.may, May::Everywhere(_)) {
                continue;
            }
            for name in ["1", "MDA", "ROU", "999"] {
                let path = filled(route.path, name);
                let answer = somebody.send(route.method.as_str(), &path, "").await;
                assert!(
                    !answer.let_in(),
                    "{} {path} as {word} over MDA: {}",
                    route.method,
                    answer.status
                );
            }
        }
    }
}
