//! Passkeys: added, used, taken away; and everything that must not work.

use axum::http::StatusCode;
use base::testing::{TestSite, databases};
use serde_json::Value;

use crate::authenticator::Authenticator;
use crate::{Browser, PASSWORD, acts, administrator, later, site};

const HERE: &str = "https://throughcare.example";

/// A site with an address at which passkeys work, and its administrator.
async fn named(url: &str) -> TestSite {
    let mut site = site(url).await;
    site.set(|settings| settings.public_url = Some(HERE.into())).await;
    site
}

async fn asked(browser: &mut Browser<'_>, address: &str, fields: &[(&str, &str)]) -> Value {
    let answer = browser.post(address, fields).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    answer.json()
}

/// Adds a passkey; whether it was taken.
async fn add(browser: &mut Browser<'_>, key: &mut Authenticator, name: &str) -> bool {
    let asked = asked(browser, "/me/passkeys/begin", &[("old", PASSWORD)]).await;
    let answer = key.create(&asked["publicKey"]);
    let secret = asked["asked"].as_str().expect("a secret");
    let fields = [("asked", secret), ("answer", &answer), ("name", name)];
    browser.post("/me/passkeys", &fields).await.status == StatusCode::SEE_OTHER
}

/// What the door asks, and what the key says to it.
async fn question(browser: &mut Browser<'_>, key: &mut Authenticator) -> (String, String) {
    let asked = asked(browser, "/sign-in/passkey/ask", &[]).await;
    (asked["asked"].as_str().expect("a secret").into(), key.get(&asked["publicKey"]))
}

async fn sign_in(browser: &mut Browser<'_>, key: &mut Authenticator) -> StatusCode {
    let (asked, answer) = question(browser, key).await;
    let fields = [("asked", asked.as_str()), ("answer", &answer), ("then", "/people")];
    browser.post("/sign-in/passkey", &fields).await.status
}

#[tokio::test]
async fn a_passkey_lets_its_owner_in() {
    for url in databases().await {
        let site = named(&url).await;
        let mut admin = administrator(&site).await;
        let mut key = Authenticator::new(HERE, 7);
        assert!(add(&mut admin, &mut key, "My <telephone>").await);
        let me = admin.get("/me").await.text();
        assert!(me.contains("My &lt;telephone&gt;"), "{me}");
        for _ in 0..2 {
            let mut browser = Browser::new(&site);
            assert_eq!(sign_in(&mut browser, &mut key).await, StatusCode::SEE_OTHER);
            assert_eq!(browser.get("/people").await.status, StatusCode::OK);
        }
        // A second key of the same person; the first is taken away.
        let mut second = Authenticator::new(HERE, 8);
        assert!(add(&mut admin, &mut second, "A key on the ring").await);
        assert_eq!(key.handle, second.handle, "one owner to both");
        let id = "BwcHBwcHBwcHBwcHBwcHBw";
        let removed = admin.post(&format!("/me/passkeys/{id}/remove"), &[]).await;
        assert_eq!(removed.status, StatusCode::SEE_OTHER, "{}", removed.text());
        assert_eq!(
            sign_in(&mut Browser::new(&site), &mut key).await,
            StatusCode::UNPROCESSABLE_ENTITY
        );
        assert_eq!(sign_in(&mut Browser::new(&site), &mut second).await, StatusCode::SEE_OTHER);
        let told = acts(&site.app).await;
        for act in ["passkey.added", "passkey.removed", "session.begun"] {
            assert!(told.contains(&format!("person:1 {act} 1")), "{act}: {told:?}");
        }
    }
}

#[tokio::test]
async fn what_is_no_answer_to_the_question_lets_nobody_in() {
    for url in databases().await {
        let site = named(&url).await;
        let mut admin = administrator(&site).await;
        let mut key = Authenticator::new(HERE, 7);
        assert!(add(&mut admin, &mut key, "Mine").await);
        let refused = StatusCode::UNPROCESSABLE_ENTITY;
        let mut browser = Browser::new(&site);
        // The same answer once more.
        let (asked, answer) = question(&mut browser, &mut key).await;
        let fields = [("asked", asked.as_str()), ("answer", answer.as_str())];
        assert_eq!(browser.post("/sign-in/passkey", &fields).await.status, StatusCode::SEE_OTHER);
        let mut thief = Browser::new(&site);
        assert_eq!(thief.post("/sign-in/passkey", &fields).await.status, refused, "replayed");
        // The same answer to another question.
        let (other, _) = question(&mut thief, &mut key).await;
        let fields = [("asked", other.as_str()), ("answer", answer.as_str())];
        assert_eq!(
            thief.post("/sign-in/passkey", &fields).await.status,
            refused,
            "another question"
        );
        // Late.
        let (asked, answer) = question(&mut thief, &mut key).await;
        later(11 * 60);
        let fields = [("asked", asked.as_str()), ("answer", answer.as_str())];
        assert_eq!(thief.post("/sign-in/passkey", &fields).await.status, refused, "late");
        // From a page that only looks like ours; without a finger; with another key; for another person.
        type Lie = fn(&mut Authenticator);
        let lies: [(&str, Lie); 4] = [
            ("another site", |key| key.origin = "https://throughcare.example.evil.example".into()),
            ("not verified", |key| key.verifies = false),
            ("another owner", |key| key.handle = "AAAAAAAAAAAAAAAAAAAAAA".into()),
            ("a copy left behind", |key| key.counter = 0),
        ];
        for (name, lie) in lies {
            let mut lying = Authenticator::new(HERE, 7);
            (lying.handle, lying.counter) = (key.handle.clone(), key.counter + 10);
            lie(&mut lying);
            assert_eq!(sign_in(&mut thief, &mut lying).await, refused, "{name}");
        }
        let mut other = Authenticator::new(HERE, 9);
        other.handle = key.handle.clone();
        assert_eq!(sign_in(&mut thief, &mut other).await, refused, "a key that nobody added");
        for rubbish in ["", "{}", "null", "[1]", "{\"id\":1}"] {
            let (asked, _) = question(&mut thief, &mut key).await;
            let fields = [("asked", asked.as_str()), ("answer", rubbish)];
            assert_eq!(thief.post("/sign-in/passkey", &fields).await.status, refused, "{rubbish}");
        }
        assert_eq!(thief.get("/people").await.status, StatusCode::SEE_OTHER, "still nobody");
        key.counter += 20;
        assert_eq!(sign_in(&mut Browser::new(&site), &mut key).await, StatusCode::SEE_OTHER);
        // Who left does not come back by the key.
        admin
            .post("/people", &[("name", "B"), ("email", "b@example.org"), ("language", "en")])
            .await;
        admin.post("/people/2/roles", &[("role", "administrator")]).await;
        assert_eq!(admin.post("/people/1/end", &[]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(sign_in(&mut Browser::new(&site), &mut key).await, refused, "left");
    }
}

#[tokio::test]
async fn a_session_left_open_adds_no_passkey() {
    let url = &databases().await[0];
    let site = named(url).await;
    let mut admin = administrator(&site).await;
    let refused = admin.post("/me/passkeys/begin", &[("old", "not the password")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.json()["fault"].as_str().expect("words").contains("password"));
    // An answer to a question that was put to somebody else.
    let asked = asked(&mut admin, "/me/passkeys/begin", &[("old", PASSWORD)]).await;
    let answer = Authenticator::new(HERE, 7).create(&asked["publicKey"]);
    let (mut other, _) = crate::invited(&mut admin, "b@example.org", None).await;
    let fields =
        [("asked", asked["asked"].as_str().expect("one")), ("answer", &answer), ("name", "x")];
    let added = other.post("/me/passkeys", &fields).await;
    assert_eq!(added.status, StatusCode::UNPROCESSABLE_ENTITY, "somebody else's question");
    // Programs neither see nor change how one signs in.
    let nobody = Browser::new(&site).post("/me/passkeys/begin", &[]).await;
    assert_eq!(nobody.status, StatusCode::UNAUTHORIZED);
}

/// Browsers know no passkeys for a number, nor without https.
#[tokio::test]
async fn without_a_name_and_https_there_are_none() {
    let url = &databases().await[0];
    for address in ["http://127.0.0.1:8080", "https://192.0.2.1", "http://throughcare.example"] {
        let mut site = site(url).await;
        site.set(|settings| settings.public_url = Some(address.into())).await;
        let mut browser = Browser::new(&site);
        assert!(!browser.get("/sign-in").await.text().contains("data-passkey"), "{address}");
        let asked = browser.post("/sign-in/passkey/ask", &[]).await;
        assert_eq!(asked.status, StatusCode::NOT_FOUND, "{address}");
    }
    let mut site = site(url).await;
    site.set(|settings| settings.public_url = Some("http://localhost:8080".into())).await;
    assert!(Browser::new(&site).get("/sign-in").await.text().contains("data-passkey"));
}
