//! Long work as a reader meets it: the page renews itself, buttons cancel and try again, and a
//! program reads the same.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use base::jobs;
use base::site::Equipment;
use base::testing::{TestSite, databases};
use serde_json::json;

async fn post(site: &TestSite, address: &str) -> StatusCode {
    site.send(Request::post(address).body(Body::empty()).expect("a request")).await.status
}

#[tokio::test]
async fn a_job_is_shown_cancelled_and_tried_again() {
    for url in databases().await {
        let site = TestSite::open(&url, web::PARTS, Equipment::BARE).await;
        let storage = &site.app.storage;
        let input = json!({ "place": "MDA" });
        let question = jobs::Question {
            kind: "scenarios/run",
            version: 1,
            input: &input,
            asked_by: Some("anna@example.org"),
            tries_most: 1,
        };
        let now = site.app.now();
        let id = jobs::ask(storage, &question, 10, now).await.expect("asked");
        let address = format!("/jobs/{id}");

        let waiting = site.get(&address).await;
        assert!(waiting.text().contains("Waiting for its turn."), "{}", waiting.text());
        assert_eq!(waiting.header("refresh"), "2");
        assert!(!waiting.text().contains("anna@"), "who asked is nobody's business");

        let held = jobs::take(storage, &["scenarios/run"], 20, now).await.expect("asked");
        let held = held.expect("ready");
        let progress = jobs::Progress { done: 3, total: 12, saying: "" };
        jobs::beat(&storage.pool, &held, progress, 20, now).await.expect("written");
        let running = site.get(&address).await.text();
        assert!(running.contains("<progress max=\"12\" value=\"3\""), "{running}");
        let shown = site.get(&format!("/api/jobs/{id}")).await.json();
        assert_eq!((&shown["state"], &shown["done"]), (&json!("running"), &json!(3)));
        assert!(shown.get("input").is_none() && shown.get("asked_by").is_none(), "{shown}");

        assert_eq!(post(&site, &format!("{address}/cancel")).await, StatusCode::SEE_OTHER);
        assert!(site.get(&address).await.text().contains("Stopping…"));
        jobs::end_cancelled(&storage.pool, &held, now).await.expect("written");
        let cancelled = site.get_with(&address, &[("accept-language", "fr")]).await;
        assert!(cancelled.text().contains("Annulé."), "{}", cancelled.text());
        assert_eq!(cancelled.header("refresh"), "", "what is over does not renew itself");

        assert_eq!(post(&site, &format!("{address}/again")).await, StatusCode::SEE_OTHER);
        let held = jobs::take(storage, &["scenarios/run"], 20, now).await.expect("asked");
        let held = held.expect("ready");
        jobs::fail(storage, &held, "there is no <place>", 0, now).await.expect("written");
        let failed = site.get(&address).await.text();
        assert!(failed.contains("there is no &lt;place&gt;"), "{failed}");

        for address in ["/jobs/%3Cb%3E/cancel", "/jobs/0000/again"] {
            assert_eq!(post(&site, address).await, StatusCode::NOT_FOUND);
        }
        assert_eq!(site.get("/jobs/0000").await.status, StatusCode::NOT_FOUND);
    }
}

/// Who can compute the id of a letter in the queue learns nothing of it and cannot stop it; what one
/// person asked for, another sees and leaves alone.
#[tokio::test]
async fn a_strangers_hand_stops_nothing() {
    for url in databases().await {
        let site = TestSite::open(&url, web::PARTS, Equipment::BARE).await;
        let (storage, now) = (&site.app.storage, site.app.now());
        for (kind, seen) in
            [("members/letter", 404), ("members/morning", 404), ("scenarios/run", 200)]
        {
            let question = jobs::Question {
                kind,
                version: 1,
                input: &json!({ "person": 7 }),
                asked_by: Some("person:7"),
                tries_most: 1,
            };
            let id = jobs::ask(storage, &question, 10, now).await.expect("asked");
            assert_eq!(site.get(&format!("/jobs/{id}")).await.status, seen, "{kind}");
            assert_eq!(site.get(&format!("/api/jobs/{id}")).await.status, seen, "{kind}");
            for act in ["cancel", "again"] {
                let status = post(&site, &format!("/jobs/{id}/{act}")).await;
                assert_eq!(status, StatusCode::NOT_FOUND, "{kind} {act}");
            }
            let job = jobs::find(&storage.pool, &id).await.expect("readable").expect("there");
            assert_eq!((job.state, job.cancelling), (jobs::State::Waiting, false), "{kind}");
        }
    }
}

#[tokio::test]
async fn each_morning_is_asked_for_once_by_whoever_serves() {
    for url in databases().await {
        let site = TestSite::open(&url, web::PARTS, Equipment::BARE).await;
        let mut servers = Vec::new();
        for _ in 0..2 {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
            let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
            let wait = async { drop(stopped.await) };
            servers.push((stop, tokio::spawn(web::serve::serve(site.app.clone(), listener, wait))));
        }
        let mut mornings = Vec::new();
        for _ in 0..200 {
            let all = jobs::recent(&site.app.storage.pool, 100).await.expect("readable");
            mornings = all.into_iter().filter(|job| job.kind == "members/morning").collect();
            if mornings.iter().any(|job| job.state == jobs::State::Done) {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        // 14 November 2023, 22:13 UTC, by the clock of tests.
        let days: Vec<_> = mornings.iter().map(|job| job.input["day"].clone()).collect();
        assert_eq!(days, [json!("2023-11-14")]);
        for (stop, server) in servers {
            let _ = stop.send(());
            let _ = server.await;
        }
    }
}
