//! Tries to get in or to do harm by another's hand; each must fail.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use base::site::Equipment;
use base::testing::{TestSite, databases};

use crate::{Browser, PARTS, administrator, now, site};

/// A form on another site, sent by the administrator's browser with the administrator's cookie.
#[tokio::test]
async fn a_form_of_another_site_does_nothing() {
    let url = &databases().await[0];
    let site = site(url).await;
    let admin = administrator(&site).await;
    let forms: [&[(&str, &str)]; 4] = [
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site")],
        &[("origin", "https://evil.example"), ("host", "127.0.0.1:8080")],
        &[("origin", "null"), ("host", "127.0.0.1:8080")],
    ];
    for headers in forms {
        let mut request = Request::post("/people/1/link").header("cookie", &admin.cookie);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = site.send(request.body(Body::empty()).expect("a request")).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{headers:?}");
        assert!(answer.text().contains("another site"), "{headers:?}");
    }
    let ours = Request::post("/people/1/link")
        .header("cookie", &admin.cookie)
        .header("origin", "http://127.0.0.1:8080")
        .header("host", "127.0.0.1:8080");
    let answer = site.send(ours.body(Body::empty()).expect("a request")).await;
    assert_eq!(answer.status, StatusCode::OK, "an older browser, from our own page");
}

#[tokio::test]
async fn a_cookie_that_was_made_up_is_nobody() {
    let url = &databases().await[0];
    let site = site(url).await;
    administrator(&site).await;
    let made_up = [
        "session=",
        "session=0",
        "session=' OR 1=1 --",
        "session=00000000000000000000000000000000000000000000000000000000000000ff",
        "__Host-session=x",
        "session",
    ];
    for cookie in made_up {
        let browser = Browser { cookie: cookie.into(), ..Browser::new(&site) };
        assert_eq!(browser.get("/people").await.status, StatusCode::SEE_OTHER, "{cookie}");
    }
}

#[tokio::test]
async fn what_people_write_is_shown_as_text() {
    let url = &databases().await[0];
    let site = site(url).await;
    let mut admin = administrator(&site).await;
    let hostile = "<script>alert(1)</script>{{ 7*7 }}'; DROP TABLE people; --";
    let fields = [("name", hostile), ("email", "x@example.org"), ("language", "en")];
    let page = admin.post("/people", &fields).await;
    for page in [page, admin.get("/people").await, admin.get("/people/2").await] {
        assert_eq!(page.status, StatusCode::OK);
        assert!(!page.text().contains("<script>alert"), "{}", page.text());
        assert!(page.text().contains("{{ 7*7 }}"), "not read as a template");
    }
    // A spreadsheet must not read a name as a formula.
    let fields =
        [("name", "=HYPERLINK(\"http://evil\")"), ("email", "y@example.org"), ("language", "en")];
    admin.post("/people", &fields).await;
    let csv = admin.get("/people.csv").await.text();
    assert!(!csv.contains("\n\"=HYPERLINK") && !csv.contains("\n=HYPERLINK"), "{csv}");
}

#[tokio::test]
async fn where_to_go_next_is_never_another_site() {
    let url = &databases().await[0];
    let site = site(url).await;
    administrator(&site).await;
    for then in ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:x"] {
        let mut browser = Browser::new(&site);
        let fields = [("email", "ana@example.org"), ("password", crate::PASSWORD), ("then", then)];
        let answer = browser.post("/sign-in", &fields).await;
        assert_eq!(answer.header("location"), "/me", "{then}");
    }
    let header =
        [("email", "ana@example.org"), ("password", crate::PASSWORD), ("then", "/a\r\nx-evil: 1")];
    let answer = Browser::new(&site).post("/sign-in", &header).await;
    assert_eq!((answer.header("location"), answer.header("x-evil")), ("/me", ""));
}

/// Signing in with an unknown address takes as long as with a known one and a wrong password: both
/// hash once. The shortest of eight, taken in turns, since other tests run beside this one.
#[tokio::test]
async fn time_does_not_tell_who_has_an_account() {
    let url = &databases().await[0];
    let site = site(url).await;
    administrator(&site).await;
    let mut shortest = [f64::MAX; 2];
    for peer in 1..=8 {
        for (of, email) in ["ana@example.org", "nobody@example.org"].into_iter().enumerate() {
            let mut browser = Browser { peer: format!("192.0.2.{peer}"), ..Browser::new(&site) };
            let started = std::time::Instant::now();
            browser.sign_in(email, "wrong wrong wrong wrong", "").await;
            shortest[of] = started.elapsed().as_secs_f64().min(shortest[of]);
        }
    }
    let ratio = shortest[0] / shortest[1];
    // Without the hash an unknown address would be answered some fifty times as fast.
    assert!((0.25..4.0).contains(&ratio), "{shortest:?}");
}

#[tokio::test]
async fn behind_https_cookies_and_headers_are_bound_to_it() {
    let url = &databases().await[0];
    let mut site = TestSite::open(url, PARTS, Equipment { now, ..Equipment::BARE }).await;
    site.set(|settings| settings.public_url = Some("https://throughcare.example".into())).await;
    let path = members::first_link(&site.app, now()).await.expect("made").expect("nobody yet");
    let mut browser = Browser::new(&site);
    let used = browser.post(&path, &[("name", "Ana"), ("email", "ana@example.org")]).await;
    let cookie = used.header("set-cookie").to_owned();
    assert!(cookie.starts_with("__Host-session=") && cookie.contains("; Secure"), "{cookie}");
    assert!(used.header("strict-transport-security").starts_with("max-age="));
    assert_eq!(used.header("x-frame-options"), "DENY");
}
