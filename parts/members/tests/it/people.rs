//! People and roles: who may give what, what ends at once, and what stays of somebody who leaves.

use axum::http::StatusCode;
use base::testing::databases;
use base::{Role, Scope};

use crate::{acts, administrator, invited, later, site};

#[tokio::test]
async fn a_role_that_ends_is_gone_at_the_next_request() {
    for url in databases().await {
        let site = site(&url).await;
        let mut admin = administrator(&site).await;
        let everything = Scope::everything();
        let (sam, id) =
            invited(&mut admin, "sam@example.org", Some((Role::Secretariat, everything))).await;
        assert_eq!(sam.get("/people").await.status, StatusCode::OK);
        // Role 1 is the administrator's; 2 is Sam's.
        let ended = admin.post(&format!("/people/{id}/roles/2/end"), &[]).await;
        assert_eq!(ended.status, StatusCode::SEE_OTHER);
        assert_eq!(sam.get("/people").await.status, StatusCode::FORBIDDEN, "in mid-session");
        assert_eq!(sam.get("/me").await.status, StatusCode::OK);
        // For a term: from tomorrow until the day after.
        let fields = [("role", "secretariat"), ("from", "2023-11-15"), ("until", "2023-11-16")];
        admin.post(&format!("/people/{id}/roles"), &fields).await;
        assert_eq!(sam.get("/people").await.status, StatusCode::FORBIDDEN, "not yet");
        later(6 * 3600);
        assert_eq!(sam.get("/people").await.status, StatusCode::OK);
        for _ in 0..5 {
            later(10 * 3600);
            sam.get("/me").await;
        }
        assert_eq!(sam.get("/people").await.status, StatusCode::FORBIDDEN, "the term is over");
    }
}

/// The secretariat gives roles, but neither makes an administrator nor becomes one by a link.
#[tokio::test]
async fn nobody_raises_themselves() {
    for url in databases().await {
        let site = site(&url).await;
        let mut admin = administrator(&site).await;
        let office = Some((Role::Secretariat, Scope::everything()));
        let (mut sam, id) = invited(&mut admin, "sam@example.org", office).await;
        let raise = sam.post(&format!("/people/{id}/roles"), &[("role", "administrator")]).await;
        assert_eq!(raise.status, StatusCode::FORBIDDEN);
        for address in ["/people/1/link", "/people/1/end", "/people/1/roles/1/end"] {
            assert_eq!(sam.post(address, &[]).await.status, StatusCode::FORBIDDEN, "{address}");
        }
        let given = sam.post(&format!("/people/{id}/roles"), &[("role", "researcher")]).await;
        assert_eq!(given.status, StatusCode::SEE_OTHER);
        // An office over one country is not the office.
        let moldova = Scope::of("country", "MDA");
        for role in [Role::Secretariat, Role::Administrator] {
            let email = format!("{}@example.org", role.word());
            let (over_one, _) = invited(&mut admin, &email, Some((role, moldova.clone()))).await;
            assert_eq!(over_one.get("/people").await.status, StatusCode::FORBIDDEN);
            assert!(over_one.get("/me").await.text().contains("country MDA"));
        }
    }
}

#[tokio::test]
async fn the_last_administrator_stays() {
    for url in databases().await {
        let site = site(&url).await;
        let mut admin = administrator(&site).await;
        for (address, fields) in [
            ("/people/1/end", [("", "")]),
            ("/people/1/roles/1/end", [("", "")]),
            ("/me/erase", [("email", "ana@example.org")]),
        ] {
            let answer = admin.post(address, &fields).await;
            assert_eq!(answer.status, StatusCode::CONFLICT, "{address}");
            assert_eq!(admin.get("/people").await.status, StatusCode::OK, "{address}");
        }
    }
}

#[tokio::test]
async fn who_leaves_is_out_and_who_is_erased_has_no_name() {
    for url in databases().await {
        let site = site(&url).await;
        let mut admin = administrator(&site).await;
        let (mut dan, id) = invited(&mut admin, "dan@example.org", None).await;
        let data = dan.get("/me/data").await.json();
        assert_eq!(data["held"]["people"][0]["email"], "dan@example.org");
        assert!(data["held"]["audit"].as_array().is_some_and(|acts| acts.len() >= 3), "{data}");
        let wrong = dan.post("/me/erase", &[("email", "ana@example.org")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(
            dan.post("/me/erase", &[("email", "dan@example.org")]).await.header("location"),
            "/"
        );
        assert_eq!(dan.get("/me").await.status, StatusCode::SEE_OTHER);
        let list = admin.get("/people.csv").await.text();
        assert!(!list.contains("dan@example.org") && !list.contains("Somebody Else"), "{list}");
        assert!(list.contains("(erased)"));
        assert!(acts(&site.app).await.contains(&format!("person:{id} person.erased {id}")));
        // The address is free again.
        let (mut dan, id) = invited(&mut admin, "dan@example.org", None).await;
        admin.post(&format!("/people/{id}/end"), &[]).await;
        assert_eq!(dan.get("/me").await.status, StatusCode::SEE_OTHER);
        assert_eq!(
            dan.post(&format!("/people/{id}/link"), &[]).await.status,
            StatusCode::UNAUTHORIZED
        );
        let verdict = base::audit::verify(&site.app.storage.pool, None).await.expect("readable");
        assert_eq!(verdict.faults, []);
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_form_is_said_and_what_was_typed_stays() {
    let url = &databases().await[0];
    let site = site(url).await;
    let mut admin = administrator(&site).await;
    for (fields, said) in [
        ([("name", ""), ("email", "a@b.org"), ("language", "en")], "Enter a name."),
        ([("name", "Дан"), ("email", "a@b"), ("language", "en")], "Enter an e-mail address"),
        ([("name", "Дан"), ("email", "ana@example.org"), ("language", "en")], "has this e-mail"),
        ([("name", "Дан"), ("email", "a@b.org"), ("language", "xx")], "Choose a language"),
    ] {
        let answer = admin.post("/people", &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.text().contains(said), "{said}");
        assert!(answer.text().contains(&format!("value=\"{}\"", fields[0].1)));
    }
    for fields in [
        [("role", "king"), ("scope_kind", ""), ("scope_id", ""), ("until", "")],
        [("role", "trainer"), ("scope_kind", "country"), ("scope_id", ""), ("until", "")],
        [("role", "trainer"), ("scope_kind", ""), ("scope_id", "MDA"), ("until", "")],
        [("role", "trainer"), ("scope_kind", "planet"), ("scope_id", "MDA"), ("until", "")],
        [("role", "trainer"), ("scope_kind", ""), ("scope_id", ""), ("until", "soon")],
        [("role", "trainer"), ("scope_kind", ""), ("scope_id", ""), ("until", "2020-01-01")],
    ] {
        let answer = admin.post("/people/1/roles", &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{fields:?}");
    }
    assert_eq!(admin.post("/people/99/roles", &[("role", "trainer")]).await.status.as_u16(), 404);
}
