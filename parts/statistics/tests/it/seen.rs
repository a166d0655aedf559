//! Who sees a data set: its owner, who answers for all, and with whom it was shared; to everybody else it is not there.

use axum::http::StatusCode;
use base::site::Equipment;
use base::testing::TestSite;

use crate::datasets::{form, shown_to};
use crate::pages::{PARTS, get, post};

const OTHER: &str = "researcher-2";

#[tokio::test]
async fn a_data_set_is_there_for_its_owner_and_for_whom_it_was_shared_with() {
    for url in base::testing::databases().await {
        let site = TestSite::open(&url, PARTS, Equipment::BARE).await;
        let interviews = statistics::synthetic::interviews(3);
        let fields = [
            ("title", b"Somebody's own".as_slice()),
            ("interviews", interviews.as_bytes()),
            ("codebook", statistics::synthetic::CODEBOOK.as_bytes()),
        ];
        let sent = form(&site, "researcher", "/api/statistics/data", &fields).await;
        assert_eq!(sent.status, StatusCode::CREATED, "{}", sent.text());
        let id = sent.json()["id"].as_str().expect("an id").to_owned();
        let (page, api) = (format!("/statistics/data/{id}"), format!("/api/statistics/data/{id}"));
        let design = [
            ("weights", "weight"),
            ("clusters-1", "prison"),
            ("strata-1", "stratum"),
            ("population-1", "prisons_in_stratum"),
            ("lonely", "fail"),
        ];
        post(&site, "researcher", &format!("{page}/design"), &design).await;
        // A table under weaker rules waits, and a safe file does.
        let weaker = [
            ("of", "hiv"),
            ("method", "logit"),
            ("weaker", "yes"),
            ("least_n", "5"),
            ("least_either", "1"),
            ("reason", "agreed"),
        ];
        let waits = post(&site, "researcher", &format!("{page}/release"), &weaker).await;
        assert_eq!(waits.status, StatusCode::SEE_OTHER, "{}", waits.text());
        let waits = waits.header("location").to_owned();
        let reads: Vec<String> = [
            "",
            "/codebook",
            "/codebook.csv",
            "/design.toml",
            "/versions",
            "/explore?of=hiv",
            "/explore.csv?of=hiv",
            "/safe",
            "/presentation",
        ]
        .iter()
        .map(|end| format!("{page}{end}"))
        .chain(["", "/versions", "/estimates?of=hiv"].iter().map(|end| format!("{api}{end}")))
        .chain([waits.clone()])
        .collect();
        let changes = [
            "design",
            "codebook",
            "release",
            "safe",
            "presentation",
            "about",
            "versions",
            "delete",
        ];
        for address in &reads {
            assert_eq!(get(&site, "researcher", address).await.status, StatusCode::OK, "{address}");
            assert_eq!(
                get(&site, "data-steward", address).await.status,
                StatusCode::OK,
                "{address}"
            );
            assert_eq!(get(&site, OTHER, address).await.status, StatusCode::NOT_FOUND, "{address}");
        }
        for end in changes {
            let to = format!("{page}/{end}");
            let sent = match ["codebook", "versions"].contains(&end) {
                true => form(&site, OTHER, &to, &[("because", b"x".as_slice())]).await,
                false => post(&site, OTHER, &to, &[("sure", "yes")]).await,
            };
            assert_eq!(sent.status, StatusCode::NOT_FOUND, "{to}");
        }
        for at in
            ["/statistics/data", "/statistics/data-sets.csv", "/api/statistics/data", "/statistics"]
        {
            let text = get(&site, OTHER, at).await.text();
            assert!(!text.contains("own") || !text.contains("Somebody"), "{at}: {text}");
        }
        // The same file from another: it is said that it is here, not where.
        let again = form(&site, OTHER, "/api/statistics/data", &fields).await;
        assert_eq!(again.status, StatusCode::CONFLICT);
        assert!(
            !again.text().contains(&id) && !again.text().contains("Somebody"),
            "{}",
            again.text()
        );
        let again = form(&site, OTHER, "/statistics/data", &fields).await;
        assert!(!again.text().contains(&id), "{}", again.text());
        // A round of a survey that one does not see cannot be added.
        let joined = [
            ("title", b"Second".as_slice()),
            ("interviews", b"hcv\n1\n0\n"),
            ("round_of", id.as_bytes()),
        ];
        let joined = form(&site, OTHER, "/statistics/data", &joined).await;
        assert_eq!(joined.status, StatusCode::NOT_FOUND, "{}", joined.text());

        // An administrator sees it, since owners leave, and publishes nothing.
        assert_eq!(get(&site, "administrator", &page).await.status, StatusCode::OK);
        let out = post(&site, "administrator", &format!("{page}/release"), &[("of", "hiv")]).await;
        assert_eq!(out.status, StatusCode::FORBIDDEN);

        shown_to(&site, &page, OTHER).await;
        for address in &reads {
            assert_eq!(get(&site, OTHER, address).await.status, StatusCode::OK, "{address}");
        }
        let list = get(&site, OTHER, "/api/statistics/data").await.json();
        assert_eq!(list[0]["id"], id.as_str());
        // Looking is not owning.
        for to in [format!("{page}/delete"), format!("{api}/delete"), format!("{page}/about")] {
            let sent = post(&site, OTHER, &to, &[("sure", "yes"), ("title", "Mine")]).await;
            assert_eq!(sent.status, StatusCode::FORBIDDEN, "{to}");
        }
    }
}

#[tokio::test]
async fn the_api_corrects_and_deletes() {
    for url in base::testing::databases().await {
        let site = TestSite::open(&url, PARTS, Equipment::BARE).await;
        let fields =
            [("title", b"By program".as_slice()), ("interviews", b"hcv,sex\n1,m\n0,f\n0,m\n")];
        let sent = form(&site, "researcher", "/api/statistics/data", &fields).await;
        let id = sent.json()["id"].as_str().expect("an id").to_owned();
        let api = format!("/api/statistics/data/{id}");
        let versions = format!("{api}/versions");
        let hollow = [("interviews", b"hcv,sex\n1,m\n1,f\n0,m\n".as_slice())];
        let refused = form(&site, "researcher", &versions, &hollow).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text());
        let next = [hollow[0], ("because", b"keyed wrongly".as_slice())];
        let made = form(&site, "researcher", &versions, &next).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
        assert_eq!(made.json()["version"], 2);
        let told = get(&site, "researcher", &versions).await.json();
        assert_eq!(told["version"], 2);
        assert_eq!(told["earlier"][0]["because"], "keyed wrongly");
        let delete = format!("{api}/delete");
        let unsure = post(&site, "researcher", &delete, &[]).await;
        assert_eq!(unsure.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", unsure.text());
        let gone = post(&site, "researcher", &delete, &[("sure", "yes")]).await;
        assert_eq!(gone.status, StatusCode::NO_CONTENT, "{}", gone.text());
        assert_eq!(get(&site, "researcher", &api).await.status, StatusCode::NOT_FOUND);
    }
}
