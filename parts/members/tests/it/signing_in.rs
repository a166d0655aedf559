//! Signing in and out: the first link, passwords, codes, sessions that end, tokens.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use base::testing::databases;

use crate::{Browser, PASSWORD, acts, administrator, invited, later, link_in, now, site};

#[tokio::test]
async fn the_first_link_makes_the_administrator_once() {
    for url in databases().await {
        let site = site(&url).await;
        let first = members::first_link(&site.app, now()).await.expect("made").expect("nobody");
        let path = members::first_link(&site.app, now()).await.expect("made").expect("nobody");
        assert_eq!(
            site.get(&first).await.status,
            StatusCode::GONE,
            "an earlier link stops working"
        );
        let mut browser = Browser::new(&site);
        let page = browser.get(&path).await.text();
        assert!(page.contains("You are the first here"), "{page}");
        let wrong = browser.post(&path, &[("name", "Ana"), ("email", "nowhere")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.text().contains("value=\"Ana\""), "what was typed stays");
        let fields = [("name", "Ana Rusu"), ("email", " Ana@Example.org")];
        let used = browser.post(&path, &fields).await;
        assert_eq!((used.status, used.header("location")), (StatusCode::SEE_OTHER, "/me"));
        let cookie = used.header("set-cookie").to_owned();
        for word in ["HttpOnly", "SameSite=Lax", "Path=/"] {
            assert!(cookie.contains(word), "{cookie}");
        }
        let me = browser.get("/me").await;
        assert!(me.text().contains("ana@example.org") && me.text().contains("Administrator"));
        assert_eq!(me.header("cache-control"), "no-store");
        let again = Browser::new(&site).post(&path, &fields).await;
        assert_eq!(again.status, StatusCode::GONE, "a replayed link");
        assert_eq!(members::first_link(&site.app, now()).await.expect("asked"), None);
        assert_eq!(
            acts(&site.app).await,
            [
                "operator link.made 0",
                "operator link.made 0",
                "operator person.added 1",
                "operator role.given 1",
                "person:1 link.used 1"
            ]
        );
    }
}

#[tokio::test]
async fn a_password_lets_in_and_a_wrong_one_does_not() {
    for url in databases().await {
        let site = site(&url).await;
        administrator(&site).await;
        let mut browser = Browser::new(&site);
        let asked = browser.get("/people?q=x").await;
        assert_eq!(asked.status, StatusCode::SEE_OTHER);
        assert_eq!(asked.header("location"), "/sign-in?then=%2Fpeople%3Fq%3Dx");
        let wrong = browser.sign_in("ana@example.org", "correct horse battery stapler", "").await;
        let unknown = browser.sign_in("eve@example.org", PASSWORD, "").await;
        let none = browser.sign_in("", "", "").await;
        for answer in [&wrong, &unknown, &none] {
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(answer.text().contains("Address, password or code is not right."));
        }
        assert_eq!(browser.get("/me").await.status, StatusCode::SEE_OTHER);
        let fields =
            [("email", "ANA@example.org"), ("password", PASSWORD), ("then", "/people?q=x")];
        let right = browser.post("/sign-in", &fields).await;
        assert_eq!(right.header("location"), "/people?q=x");
        assert_eq!(browser.get("/me").await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn a_code_is_asked_once_an_app_is_confirmed() {
    for url in databases().await {
        let site = site(&url).await;
        let mut admin = administrator(&site).await;
        let page = admin.get("/me").await.text();
        let (_, rest) = page.split_once("Or type into it: <code>").expect("a secret");
        let secret: String = rest.chars().take_while(|c| *c != '<').collect();
        assert!(page.contains("<svg"), "the square");
        assert_eq!(admin.post("/me/code-app", &[("code", "000000")]).await.status.as_u16(), 422);
        let code = |at: i64| totp(&secret, at);
        let confirmed = admin.post("/me/code-app", &[("code", &code(now()))]).await;
        assert_eq!(confirmed.status, StatusCode::SEE_OTHER);

        let mut browser = Browser::new(&site);
        for wrong in ["", "123456", &code(now())] {
            // The last one is right but was used to confirm.
            let answer = browser.sign_in("ana@example.org", PASSWORD, wrong).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        }
        later(30);
        let fresh = code(now());
        let answer = browser.sign_in("ana@example.org", PASSWORD, &fresh).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        let replayed = Browser::new(&site).sign_in("ana@example.org", PASSWORD, &fresh).await;
        assert_eq!(replayed.status, StatusCode::UNPROCESSABLE_ENTITY);

        assert_eq!(admin.post("/me/code-app/remove", &[("old", "no")]).await.status.as_u16(), 422);
        admin.post("/me/code-app/remove", &[("old", PASSWORD)]).await;
        let answer = browser.sign_in("ana@example.org", PASSWORD, "").await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
    }
}

/// The code that a telephone would show, computed by the standard's own steps.
fn totp(secret: &str, at: i64) -> String {
    use hmac::{Hmac, KeyInit, Mac};
    let mut bits = String::new();
    for letter in secret.bytes() {
        let value = if letter.is_ascii_uppercase() { letter - b'A' } else { letter - b'2' + 26 };
        bits.push_str(&format!("{value:05b}"));
    }
    let key: Vec<u8> = (0..bits.len() / 8)
        .map(|at| u8::from_str_radix(&bits[at * 8..at * 8 + 8], 2).expect("bits"))
        .collect();
    let mut mac = Hmac::<sha1::Sha1>::new_from_slice(&key).expect("a key");
    mac.update(&(at / 30).to_be_bytes());
    let hash = mac.finalize().into_bytes();
    let from = (hash[19] & 15) as usize;
    let four: [u8; 4] = hash[from..from + 4].try_into().expect("four");
    format!("{:06}", (u32::from_be_bytes(four) & 0x7fff_ffff) % 1_000_000)
}

#[tokio::test]
async fn sessions_end() {
    for url in databases().await {
        let site = site(&url).await;
        let mut admin = administrator(&site).await;
        let mut other = Browser::new(&site);
        other.sign_in("ana@example.org", PASSWORD, "").await;
        let me = other.get("/me").await.text();
        assert!(me.contains("Firefox, Windows"), "{me}");
        // One ends the other by its name.
        let (_, rest) = me.split_once("/me/sessions/").expect("another session");
        let id: String = rest.chars().take_while(|c| *c != '/').collect();
        assert_eq!(
            other.post(&format!("/me/sessions/{id}/end"), &[]).await.status,
            StatusCode::SEE_OTHER
        );
        assert_eq!(admin.get("/me").await.status, StatusCode::SEE_OTHER, "a stale session");
        // Signing out ends it at the site, too: a copied cookie is worth nothing.
        let copied = Browser { cookie: other.cookie.clone(), ..Browser::new(&site) };
        other.post("/sign-out", &[]).await;
        assert_eq!(copied.get("/me").await.status, StatusCode::SEE_OTHER);
        // Twelve silent hours.
        admin.sign_in("ana@example.org", PASSWORD, "").await;
        later(11 * 3600);
        assert_eq!(admin.get("/me").await.status, StatusCode::OK);
        later(11 * 3600);
        assert_eq!(admin.get("/me").await.status, StatusCode::OK, "used in between");
        later(13 * 3600);
        assert_eq!(admin.get("/me").await.status, StatusCode::SEE_OTHER);
        // A new password ends all others.
        admin.sign_in("ana@example.org", PASSWORD, "").await;
        other.sign_in("ana@example.org", PASSWORD, "").await;
        let fields = [("old", PASSWORD), ("new", "another battery horse staple")];
        assert_eq!(other.post("/me/password", &fields).await.status, StatusCode::SEE_OTHER);
        assert_eq!(admin.get("/me").await.status, StatusCode::SEE_OTHER);
        assert_eq!(other.get("/me").await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn who_tries_too_often_stops_only_themselves() {
    for url in databases().await {
        let site = site(&url).await;
        administrator(&site).await;
        let mut eve = Browser { peer: "198.51.100.7".into(), ..Browser::new(&site) };
        for _ in 0..5 {
            let answer = eve.sign_in("ana@example.org", "guess guess guess", "").await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        }
        let stopped = eve.sign_in("ana@example.org", PASSWORD, "").await;
        assert_eq!(stopped.status, StatusCode::TOO_MANY_REQUESTS, "even with the right password");
        // A header that anybody can write changes nothing.
        let request = Request::post("/sign-in")
            .header("x-forwarded-for", "203.0.113.9")
            .extension(base::access::Peer("198.51.100.7".parse().expect("an address")))
            .body(Body::from(format!("email=ana@example.org&password={PASSWORD}")))
            .expect("a request");
        assert_eq!(site.send(request).await.status, StatusCode::TOO_MANY_REQUESTS);
        // The owner, elsewhere, comes in; and so does somebody else from Eve's own office.
        let mut ana = Browser::new(&site);
        assert_eq!(
            ana.sign_in("ana@example.org", PASSWORD, "").await.status,
            StatusCode::SEE_OTHER
        );
        let other = eve.sign_in("bob@example.org", PASSWORD, "").await;
        assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
        later(15 * 60);
        assert_eq!(
            eve.sign_in("ana@example.org", PASSWORD, "").await.status,
            StatusCode::SEE_OTHER
        );
    }
}

#[tokio::test]
async fn a_token_may_what_its_owner_may_until_it_ends() {
    for url in databases().await {
        let site = site(&url).await;
        let mut admin = administrator(&site).await;
        let page = admin.post("/me/tokens", &[("name", "report"), ("days", "30")]).await.text();
        let (_, rest) = page.split_once("<p><code>").expect("the token");
        let token: String = rest.chars().take_while(|c| *c != '<').collect();
        assert!(!admin.get("/me").await.text().contains(&token), "shown once");
        let bearer = format!("Bearer {token}");
        let headers = [("authorization", bearer.as_str())];
        assert_eq!(site.get_with("/people.json", &headers).await.status, StatusCode::OK);
        let send = async |address: &str, bearer: &str| {
            let request = Request::post(address)
                .header("authorization", bearer)
                .body(Body::from(
                    "name=x&email=x@example.org&language=en&days=5&new=12345678901234567",
                ))
                .expect("a request");
            site.send(request).await.status
        };
        assert_eq!(send("/people", &bearer).await, StatusCode::FORBIDDEN, "it only reads");
        let page = admin
            .post("/me/tokens", &[("name", "writer"), ("days", "30"), ("writes", "yes")])
            .await
            .text();
        let (_, rest) = page.split_once("<p><code>").expect("the token");
        let writer =
            format!("Bearer {}", rest.chars().take_while(|c| *c != '<').collect::<String>());
        assert_eq!(send("/people", &writer).await, StatusCode::OK);
        // A token does not make itself an account.
        for address in ["/me/password", "/me/tokens", "/me/erase", "/me/code-app"] {
            assert_eq!(send(address, &writer).await, StatusCode::FORBIDDEN, "{address}");
        }
        let forged = format!("Bearer {}", token.replace(|c: char| c.is_ascii_digit(), "0"));
        for wrong in [forged.as_str(), "Bearer ", "Bearer x"] {
            let answer = site.get_with("/people.json", &[("authorization", wrong)]).await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{wrong}");
        }
        later(31 * 24 * 3600);
        let over = site.get_with("/people.json", &headers).await;
        assert_eq!(over.status, StatusCode::UNAUTHORIZED);
        assert_eq!(over.header("content-type"), "application/problem+json");
    }
}

#[tokio::test]
async fn a_link_is_not_used_up_by_looking_and_ends_after_four_days() {
    for url in databases().await {
        let site = site(&url).await;
        let mut admin = administrator(&site).await;
        let (_, id) = invited(&mut admin, "dan@example.org", None).await;
        let page = admin.post(&format!("/people/{id}/link"), &[]).await.text();
        let link = link_in(&page);
        for _ in 0..3 {
            assert_eq!(site.get(&link).await.status, StatusCode::OK, "a mail program looks");
        }
        let mut dan = Browser::new(&site);
        assert_eq!(dan.post(&link, &[]).await.status, StatusCode::SEE_OTHER);
        assert!(dan.get("/me").await.text().contains("You have no password yet"));
        assert_eq!(dan.post(&link, &[]).await.status, StatusCode::GONE);
        let page = admin.post(&format!("/people/{id}/link"), &[]).await.text();
        later(4 * 24 * 3600 + 1);
        assert_eq!(site.get(&link_in(&page)).await.status, StatusCode::GONE);
    }
}
