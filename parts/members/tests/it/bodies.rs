//! Bodies and their members as of any day, as page, file and by API; rights that people change.

use axum::http::StatusCode;
use base::testing::{TestSite, databases};
use base::{Role, Scope};
use serde_json::Value;

use crate::{BEGIN, acts, administrator, invited, site};

pub async fn loaded(url: &str) -> TestSite {
    let site = site(url).await;
    load(&site).await;
    site
}

/// Loads what is shipped.
pub async fn load(site: &TestSite) {
    let mut change = site.app.storage.change().await.expect("begun");
    let shipped = members::bodies::shipped().expect("readable");
    let new = members::bodies::load(&mut change, &shipped, BEGIN).await.expect("loaded");
    assert!(new > 100, "{new} rows");
    assert_eq!(members::bodies::load(&mut change, &shipped, BEGIN).await.expect("again"), 0);
    change.commit().await.expect("kept");
}

/// Member states and how certain each is.
async fn members_on(site: &TestSite, day: &str) -> Vec<(String, String)> {
    let answer = site.get(&format!("/api/bodies/pompidou-group/members?on={day}")).await.json();
    let members = answer["members"].as_array().expect("a list").iter();
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    members
        .filter(|member| member["kind"] == "member")
        .map(|member| (text(&member["country"]), text(&member["standing"])))
        .collect()
}

#[tokio::test]
async fn members_on_8_march_2000_as_page_csv_and_api() {
    for url in databases().await {
        let site = loaded(&url).await;
        let members = members_on(&site, "2000-03-08").await;
        assert_eq!(members.len(), 31);
        assert!(members.iter().all(|(_, standing)| standing == "confirmed"), "{members:?}");
        let page = site.get("/bodies/pompidou-group?on=2000-03-08").await.text();
        for words in
            ["8 March 2000", "31 member states are listed", "San Marino", "Resolution (80) 2", "39"]
        {
            assert!(words == "39" || page.contains(words), "{words}");
        }
        let csv = site.get("/bodies/pompidou-group.csv?on=2000-03-08").await;
        assert!(
            csv.header("content-disposition").contains("pompidou-group-members-2000-03-08.csv")
        );
        let rows: Vec<String> = csv.text().lines().map(str::to_owned).collect();
        assert_eq!(rows.iter().filter(|row| row.contains(",member,confirmed,")).count(), 31);
        assert!(rows.iter().any(|row| row.starts_with("Azerbaijan,guest,")), "{rows:?}");
        let french = site.get("/bodies/pompidou-group?on=2000-03-08&lang=fr").await.text();
        assert!(french.contains("Membres au 8 mars 2000"), "{french}");
    }
}

#[tokio::test]
async fn other_days_say_what_is_not_known() {
    let url = &databases().await[0];
    let site = loaded(url).await;
    let on = async |day| members_on(&site, day).await;
    let sure = |members: &[(String, String)]| {
        members.iter().filter(|(_, standing)| standing == "confirmed").count()
    };
    let founded = on("1971-11-04").await;
    assert_eq!(sure(&founded), 7, "{founded:?}");
    assert_eq!(founded.len(), 31, "the others are not known, and said to be");
    assert_eq!(sure(&on("1971-11-03").await), 0);
    let armenia = ("ARM".to_owned(), "confirmed".to_owned());
    assert!(!on("2019-12-31").await.iter().any(|(country, _)| country == "ARM"));
    assert!(on("2020-01-01").await.contains(&armenia));
    assert!(on("2020-05-01").await.contains(&("GEO".into(), "confirmed".into())));
    let page = site.get("/bodies/pompidou-group?on=2020-05-01").await.text();
    assert!(page.contains("A source counts 41 on 1 May 2020"), "{page}");
    assert!(page.contains("33 member states are listed"), "{page}");
    assert!(page.contains("confirmed on 8 March 2000; no end was read"), "{page}");
    for wrong in ["2000-02-30", "yesterday", "%3Cscript%3E", "2000"] {
        let answer = site.get(&format!("/bodies/pompidou-group?on={wrong}")).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
    }
}

#[tokio::test]
async fn the_secretariat_sets_rights_and_dates_and_nobody_else() {
    for url in databases().await {
        let site = loaded(&url).await;
        let mut admin = administrator(&site).await;
        let office = Some((Role::Secretariat, Scope::everything()));
        let (mut sam, id) = invited(&mut admin, "sam@example.org", office).await;
        let page = sam.get("/bodies/pompidou-group").await.text();
        assert!(
            page.contains("value=\"member:vote\" aria-label=\"member: Vote\" checked"),
            "{page}"
        );
        assert!(page.contains("value=\"observer:vote\" aria-label=\"observer: Vote\">"), "{page}");
        let rights = [("may", "member:vote"), ("may", "observer:vote"), ("may", "member:read")];
        let address = "/bodies/pompidou-group/rights";
        assert_eq!(sam.post(address, &rights).await.status, StatusCode::SEE_OTHER);
        let page = sam.get("/bodies/pompidou-group").await.text();
        assert!(page.contains("value=\"observer:vote\" aria-label=\"observer: Vote\" checked"));
        assert!(page.contains("value=\"member:host\" aria-label=\"member: Host\">"));
        let wrong = sam.post(address, &[("may", "member:rule")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);

        let dated = [("kind", "member"), ("from", "1997-06-01"), ("source", "Letter of accession")];
        let address = "/bodies/pompidou-group/members/HRV";
        assert_eq!(sam.post(address, &dated).await.status, StatusCode::SEE_OTHER);
        assert!(
            members_on(&site, "1998-01-01").await.contains(&("HRV".into(), "confirmed".into()))
        );
        let no_source = [("kind", "member"), ("from", "1997-06-01"), ("source", "")];
        assert_eq!(sam.post(address, &no_source).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let backwards =
            [("kind", "member"), ("from", "1997-06-01"), ("until", "1990-01-01"), ("source", "x")];
        assert_eq!(sam.post(address, &backwards).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let acts = acts(&site.app).await;
        for act in ["rights.set", "membership.dated"] {
            assert!(acts.contains(&format!("person:{id} {act} pompidou-group")), "{acts:?}");
        }
        let (mut dan, _) = invited(&mut admin, "dan@example.org", None).await;
        assert_eq!(dan.post(address, &dated).await.status, StatusCode::FORBIDDEN);
    }
}
