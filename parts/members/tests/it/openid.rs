//! Signing in by the word of another site, held against npm's `oidc-provider`, a certified one, run under
//! Node (`tests/openid`).

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use axum::http::StatusCode;
use base::testing::{TestSite, databases};

use crate::{Browser, acts, administrator, later, site};

const HERE: &str = "http://throughcare.example";

/// A provider; ended when dropped.
struct Provider {
    process: Child,
    /// Held open: it goes on talking.
    _words: BufReader<ChildStdout>,
    issuer: String,
}

impl Drop for Provider {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Provider {
    /// `None` where it is not installed (`make test` does that).
    fn start() -> Option<Provider> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/openid");
        if !folder.join("node_modules/oidc-provider").exists() {
            eprintln!("SKIPPED {}: run npm ci --prefix tests/openid", file!());
            return None;
        }
        let mut process = Command::new("node")
            .arg(folder.join("provider.mjs"))
            .arg(format!("{HERE}/sign-in/openid/back"))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("node");
        let mut issuer = String::new();
        let mut words = BufReader::new(process.stdout.take().expect("its words"));
        words.read_line(&mut issuer).expect("its address");
        Some(Provider { process, _words: words, issuer: issuer.trim().into() })
    }

    async fn tell(&self, what: &str) {
        get(&format!("{}{what}", self.issuer), "").await;
    }
}

async fn get(address: &str, cookies: &str) -> reqwest::Response {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .expect("a client");
    client.get(address).header("cookie", cookies).send().await.expect("the provider answers")
}

/// Goes to the provider and comes back with what it gives: the address on our site.
async fn through(provider: &Provider, begin: &str) -> String {
    let (mut address, mut cookies) = (begin.to_owned(), Vec::new());
    for _ in 0..8 {
        let answer = get(&address, &cookies.join("; ")).await;
        for cookie in answer.headers().get_all("set-cookie") {
            let text = cookie.to_str().expect("text");
            cookies.push(text.split(';').next().expect("a value").to_owned());
        }
        let next = answer.headers()["location"].to_str().expect("where to go next");
        if let Some(ours) = next.strip_prefix(HERE) {
            return ours.to_owned();
        }
        address = match next.starts_with('/') {
            true => format!("{}{next}", provider.issuer),
            false => next.to_owned(),
        };
    }
    panic!("the provider leads in circles: {address}")
}

/// A browser that begins at the door: with the cookie that it was given, and where it is sent.
async fn begun<'a>(site: &'a TestSite, then: &str) -> (Browser<'a>, String) {
    let mut browser = Browser::new(site);
    let answer = browser.get(&format!("/sign-in/openid?then={then}")).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let cookie = answer.header("set-cookie");
    assert!(cookie.contains("HttpOnly; SameSite=Lax"), "{cookie}");
    browser.cookie = cookie.split(';').next().expect("a value").to_owned();
    let address = answer.header("location").to_owned();
    for part in ["code_challenge_method=S256", "nonce=", "state=", "client_id=throughcare"] {
        assert!(address.contains(part), "{part}: {address}");
    }
    (browser, address)
}

async fn with_provider(url: &str, provider: &Provider) -> TestSite {
    let mut site = site(url).await;
    let issuer = provider.issuer.clone();
    site.set(|settings| {
        settings.public_url = Some(HERE.into());
        settings.openid_issuer = Some(issuer);
        settings.openid_secret = Some("a secret between two".into());
        settings.openid_name = Some("the Ministry".into());
    })
    .await;
    site
}

#[tokio::test]
async fn the_word_of_another_site_lets_in_who_was_invited() {
    let Some(provider) = Provider::start() else { return };
    for url in databases().await {
        let site = with_provider(&url, &provider).await;
        administrator(&site).await;
        assert!(
            Browser::new(&site).get("/sign-in").await.text().contains("Sign in with the Ministry")
        );
        provider.tell("/become?email=Ana@Example.org&verified=yes").await;
        let (mut browser, address) = begun(&site, "/people%3Fq=a").await;
        let back = through(&provider, &address).await;
        let answer = browser.get(&back).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        assert_eq!(answer.header("location"), "/people?q=a");
        let session = answer.header("set-cookie").split(';').next().expect("a session").to_owned();
        let before = std::mem::replace(&mut browser.cookie, session);
        assert_eq!(browser.get("/people").await.status, StatusCode::OK);
        assert!(acts(&site.app).await.contains(&"person:1 session.begun-by-openid 1".to_owned()));
        // The same address once more, from the same browser.
        browser.cookie = before;
        assert_eq!(browser.get(&back).await.status, StatusCode::UNPROCESSABLE_ENTITY, "replayed");
    }
}

#[tokio::test]
async fn a_word_that_is_not_for_us_lets_nobody_in() {
    let Some(provider) = Provider::start() else { return };
    for url in databases().await {
        let site = with_provider(&url, &provider).await;
        administrator(&site).await;
        let refused = StatusCode::UNPROCESSABLE_ENTITY;
        // Nobody was invited under this address; and whoever claims one that was not verified.
        for person in ["email=eve@example.org&verified=yes", "email=ana@example.org&verified=no"] {
            provider.tell(&format!("/become?{person}")).await;
            let (browser, address) = begun(&site, "").await;
            let answer = browser.get(&through(&provider, &address).await).await;
            assert_eq!(answer.status, refused, "{person}");
            assert!(!answer.header("set-cookie").contains("session="), "{person}");
        }
        provider.tell("/become?email=ana@example.org&verified=yes").await;
        // Another browser, led to an address that somebody else fetched: it would be in their account.
        let (_, address) = begun(&site, "").await;
        let back = through(&provider, &address).await;
        assert_eq!(Browser::new(&site).get(&back).await.status, refused, "no cookie");
        let (other, _) = begun(&site, "").await;
        assert_eq!(other.get(&back).await.status, refused, "another question");
        let (browser, address) = begun(&site, "").await;
        let back = through(&provider, &address).await;
        later(11 * 60);
        assert_eq!(browser.get(&back).await.status, refused, "late");
        // Another site to go to afterwards.
        let (browser, address) = begun(&site, "//evil.example").await;
        let answer = browser.get(&through(&provider, &address).await).await;
        assert_eq!(answer.header("location"), "/me");
        for lie in ["signature", "unsigned", "replayed"] {
            provider.tell(&format!("/lie?what={lie}")).await;
            let (browser, address) = begun(&site, "").await;
            let answer = browser.get(&through(&provider, &address).await).await;
            assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{lie}");
            assert!(!answer.header("set-cookie").contains("session="), "{lie}");
        }
        provider.tell("/lie?what=").await;
    }
}

#[tokio::test]
async fn a_provider_that_is_away_is_said_in_words() {
    let url = &databases().await[0];
    let mut site = site(url).await;
    let asked = Browser::new(&site).get("/sign-in/openid").await;
    assert_eq!(asked.status, StatusCode::NOT_FOUND, "none is set");
    assert!(!Browser::new(&site).get("/sign-in").await.text().contains("openid"));
    site.set(|settings| settings.openid_issuer = Some("http://127.0.0.1:9".into())).await;
    let asked = Browser::new(&site).get("/sign-in/openid").await;
    assert_eq!(asked.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(asked.text().contains("does not answer"), "{}", asked.text());
    let mut settings = site.app.settings.clone();
    settings.openid_secret = Some("between us".into());
    assert!(settings.hide_password() && settings.openid_secret.as_deref() == Some("***"));
}
