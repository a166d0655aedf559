//! A question run in full: asked for with a button, done by a worker, its answer kept at an address; stopped and taken up again it is
//! the same answer.

use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use base::jobs;
use base::testing::{TestSite, databases};
use base::work::{Pace, Workers};

use crate::open;

const QUICK: Pace = Pace {
    lease_seconds: 20,
    beat: Duration::from_millis(20),
    look: Duration::from_millis(20),
    retry_seconds: 0,
};

async fn ask(site: &TestSite, query: &str) -> (StatusCode, String) {
    let body: String =
        url::form_urlencoded::Serializer::new(String::new()).append_pair("query", query).finish();
    let request = Request::post("/scenarios/MDA/runs")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(body))
        .expect("a request");
    let answer = site.send(request).await;
    (answer.status, answer.header("location").to_owned())
}

/// A short question, so that two hundred draws of everybody take a moment.
fn question() -> String {
    "naloxone-release=80&from=2018&by=2018&until=2018".to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_is_asked_for_done_and_kept() {
    for url in databases().await {
        let site = open(&url).await;
        let empty = site.get("/scenarios/MDA/runs").await.text();
        assert!(empty.contains("None yet."), "{empty}");
        let (status, job) = ask(&site, &question()).await;
        assert_eq!(status, StatusCode::SEE_OTHER);
        let id = job.strip_prefix("/jobs/").expect("a job").to_owned();
        assert_eq!(ask(&site, &question()).await.1, job, "the same question is one run");
        assert!(site.get("/scenarios/MDA/runs").await.text().contains("waiting"));
        assert_eq!(site.get(&format!("/scenarios/runs/{id}")).await.status, StatusCode::NOT_FOUND);

        let workers = Workers::start(&site.app, QUICK);
        let done = finished(&site, &id).await;
        workers.stop().await;
        assert_eq!(done.state, jobs::State::Done, "{:?}", done.error);
        assert_eq!((done.done, done.total), (200, 200));

        let page = site.get(&format!("/scenarios/runs/{id}")).await;
        let text = page.text();
        assert_eq!(page.status, StatusCode::OK, "{text}");
        assert!(text.contains("200 draws, 100 % of the people followed"), "{text}");
        let json = site.get(&format!("/scenarios/runs/{id}.json")).await.json();
        assert_eq!((json["draws"].as_u64(), json["people"].as_f64()), (Some(200), Some(100.0)));
        let api = site.get(&format!("/api/scenarios/runs/{id}")).await.json();
        assert_eq!(api, json);
        let svg = site.get(&format!("/scenarios/runs/{id}/charts/overdose-deaths.svg")).await;
        assert!(svg.text().starts_with("<svg"));
        assert!(site.get("/scenarios/MDA/runs").await.text().contains("done"));
    }
}

async fn finished(site: &TestSite, id: &str) -> jobs::Job {
    for _ in 0..3_000 {
        let job = jobs::find(&site.app.storage.pool, id).await.expect("asked").expect("a job");
        if job.state.is_over() {
            return job;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the run did not end");
}

#[tokio::test]
async fn a_run_of_a_bad_question_is_refused_before_it_waits() {
    let site = crate::on_sqlite().await;
    let (status, _) = ask(&site, "oat-prison=140").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(jobs::recent(&site.app.storage.pool, 10).await.expect("asked").len(), 0);
}
