//! Every route, walked on the whole site: it says who may use it, answers, and refuses bad values
//! in words.

use axum::http::{Method, StatusCode};
use base::May;

use crate::{loaded, on_sqlite};

/// A real value for each name in a path.
fn filled(path: &str) -> String {
    let named = [
        ("{code}", "MDA"),
        ("{place}", "MDA"),
        ("{indicator}", "hiv_prevalence_prison"),
        ("{period}", "2017"),
        ("{group}", "total"),
        ("{form}", "csv"),
        ("{list}", "figures"),
        ("{topic}", "opioid-agonist-treatment"),
        ("{number}", "1"),
        ("{file}", "form.xml"),
        ("{*path}", "throughcare.css"),
        ("{who}", "people-in-prison"),
    ];
    let mut filled =
        named.iter().fold(path.to_owned(), |path, (name, value)| path.replace(name, value));
    let by_place = [
        ("/indicators/{id}", "prison_rate"),
        ("/instruments/{id}", "stigma_scale"),
        ("/sources/{id}", "unodc-cts"),
        ("/bodies/{id}", "pompidou-group"),
        ("/groups/{id}", "permanent-correspondents"),
        ("/meetings/{id}", "1"),
        ("/effects/{id}", "oat-hiv-macarthur-2012"),
    ];
    for (prefix, value) in by_place {
        filled = filled.replace(prefix, &prefix.replace("{id}", value));
    }
    filled
        .replace("/scenarios/MDA/charts/{name}", "/scenarios/MDA/charts/hcv-infections.svg")
        .replace("/elimination/charts/{name}", "/elimination/charts/hcv-incidence.svg")
        .replace("/policies/charts/{name}", "/policies/charts/policies-gained.svg")
        .replace("/countries/MDA/charts/{name}", "/countries/MDA/charts/prison-rate.svg")
        .replace("/region/charts/{name}", "/region/charts/values.svg")
        .replace("/charts/{name}", "/charts/years.svg")
        .replace("/statistics/catalogue.csv", "/statistics/catalogue.jsonld")
}

/// A job that waits.
async fn job(site: &base::App) -> String {
    let question = base::jobs::Question {
        kind: "scenarios/run",
        version: 1,
        input: &serde_json::json!({}),
        asked_by: None,
        tries_most: 1,
    };
    base::jobs::ask(&site.storage, &question, 10, 1_700_000_000).await.expect("asked")
}

#[tokio::test]
async fn every_route_answers_on_both_databases() {
    for url in base::testing::databases().await {
        let site = loaded(&url).await;
        let job = job(&site.app).await;
        for route in site.app.routes() {
            if route.method != Method::GET || route.may != May::Anyone {
                continue; // what changes something, or is for some: the part's own tests, and access.rs
            }
            let address = filled(route.path).replace("/jobs/{id}", &format!("/jobs/{job}"));
            if address.starts_with("/sign-in/link/") || address.starts_with("/sign-in/openid") {
                continue; // a link or a provider is to be there first: the members' own tests
            }
            if address.starts_with("/papers/") || address.starts_with("/calendar/") {
                continue; // a paper or a calendar is to be made first: the members' own tests
            }
            if ["/ask/", "/fill/", "/offline/", "/openrosa/", "/collect/"]
                .iter()
                .any(|it| address.starts_with(it))
            {
                continue; // a round is to be made first: the instruments' own tests
            }
            if [
                "/statistics/tables/",
                "/api/statistics/tables/",
                "/statistics/sets/",
                "/statistics/files/",
                "/statistics/explore/charts/",
                "/statistics/sample.",
                "/statistics/sample/",
                "/api/odata/",
            ]
            .iter()
            .any(|it| address.starts_with(it))
            {
                continue; // a table is to be released, a list to be given first: the statistics' own tests
            }
            if address.contains("/scenarios/runs/") {
                continue; // a run is to be asked for first: the scenarios' own tests
            }
            if address.starts_with("/static/")
                || address.contains("/evidence/") && address.contains("/charts/")
            {
                continue; // no browser files in this site; charts of evidence are that part's own tests
            }
            assert!(!address.contains('{'), "no example for {}", route.path);
            let answer = site.get(&address).await;
            assert_eq!(answer.status, StatusCode::OK, "{address}: {}", answer.text());
            assert_eq!(answer.header("x-content-type-options"), "nosniff", "{address}");
            assert!(
                answer.header("content-security-policy").contains("script-src 'self'"),
                "{address}"
            );
        }
    }
}

/// The table of routes and who may use them is a page of its own: a change shows in review.
#[tokio::test]
async fn the_table_of_routes_is_known() {
    let site = on_sqlite().await;
    let mut lines: Vec<String> = site
        .app
        .routes()
        .iter()
        .map(|route| format!("{} {} · {}", route.path, route.method, route.may.words()))
        .collect();
    lines.sort();
    expect_test::expect_file!["../routes.txt"].assert_eq(&(lines.join("\n") + "\n"));
}

#[tokio::test]
async fn hostile_values_are_refused_in_words() {
    let site = on_sqlite().await;
    let long = "A".repeat(10_000);
    let values = [
        "..",
        "..%2F..%2Fetc%2Fpasswd",
        "%00",
        "%27%20OR%201=1--",
        "%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        "ZZZ",
        "%E2%80%AE",
        &long,
    ];
    let paths = [
        "/countries/{}",
        "/countries/{}/figures",
        "/countries/MDA/charts/{}",
        "/indicators/{}",
        "/figures/{}/x/y/z",
        "/figures/MDA/{}/2017/total",
        "/sources/{}",
        "/effects/{}",
        "/evidence/{}",
        "/static/{}",
        "/region?indicator={}",
        "/region?scope={}",
        "/region?place={}",
        "/api/facts?place={}",
        "/api/facts?year={}",
        "/api/countries/{}/brief",
        "/scenarios/{}",
        "/scenarios/{}/budget",
        "/scenarios/MDA?oat-prison={}",
        "/scenarios/MDA?{}=4",
        "/scenarios/MDA/compare?s={}",
        "/scenarios/runs/{}",
        "/api/scenarios/{}",
        "/api/scenarios/MDA?draws={}",
    ];
    for path in paths {
        for value in values {
            let address = path.replace("{}", value);
            let answer = site.get(&address).await;
            assert!(answer.status.is_client_error(), "{address}: {}", answer.status);
            let as_page = answer.header("content-type").starts_with("text/html");
            assert!(!as_page || !answer.text().contains("<script>alert"), "{address}");
            assert!(
                answer.text().len() < 60_000,
                "{address} is answered with {} bytes",
                answer.bytes.len()
            );
            if path.starts_with("/api/") {
                assert_eq!(answer.header("content-type"), "application/problem+json", "{address}");
                assert!(
                    answer.json()["detail"].as_str().is_some_and(|detail| detail.len() > 10),
                    "{address}"
                );
            } else {
                assert!(answer.text().contains("<h1>"), "{address}: {}", answer.text());
            }
        }
    }
}

#[tokio::test]
async fn kept_answers_are_the_same_and_change_with_the_figures() {
    let site = on_sqlite().await;
    let first = site.get("/countries/MDA").await;
    let again = site.get_with("/countries/MDA", &[("if-none-match", first.header("etag"))]).await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    let packed = site.get_with("/countries/MDA", &[("accept-encoding", "gzip")]).await;
    assert_eq!(packed.header("content-encoding"), "gzip");
    assert!(packed.bytes.len() * 3 < first.bytes.len());
    let french = site.get_with("/countries/MDA", &[("accept-language", "fr-CH,fr;q=0.9")]).await;
    assert!(french.text().contains("<html lang=\"fr\">"));
    assert_ne!(french.header("etag"), first.header("etag"));
}

#[tokio::test]
async fn a_chosen_language_is_remembered() {
    let site = on_sqlite().await;
    let chosen = site.get("/countries?lang=fr").await;
    assert!(chosen.header("set-cookie").starts_with("lang=fr"));
    let later =
        site.get_with("/countries", &[("cookie", "lang=fr"), ("accept-language", "en")]).await;
    assert!(later.text().contains("<html lang=\"fr\">"));
}

#[tokio::test]
async fn an_empty_site_says_how_to_begin() {
    let url = format!("sqlite:{}", base::testing::folder().join("empty.db").display());
    let site = base::testing::TestSite::open(&url, web::PARTS, base::site::Equipment::BARE).await;
    for address in ["/", "/countries", "/region"] {
        let answer = site.get(address).await;
        assert_eq!(answer.status, StatusCode::OK, "{address}");
        assert!(answer.text().contains("throughcare demo"), "{address}");
    }
    assert_eq!(site.get("/countries/MDA").await.status, StatusCode::OK);
}

#[tokio::test]
async fn the_api_describes_every_path_under_api() {
    let site = on_sqlite().await;
    let description = site.get("/api/openapi.json").await.json();
    for route in site.app.routes() {
        if route.path.starts_with("/api/odata/") {
            continue; // OData describes itself, in `$metadata`
        }
        if route.path.starts_with("/api/") && route.path != "/api/openapi.json" {
            assert!(
                description["paths"].get(route.path).is_some(),
                "{} is not described",
                route.path
            );
        }
    }
    assert_eq!(description["openapi"], "3.1.0");
}

#[tokio::test]
async fn the_feed_is_atom_and_names_the_load() {
    let site = on_sqlite().await;
    let feed = site.get("/feed.atom").await;
    assert!(feed.header("content-type").starts_with("application/atom+xml"));
    assert!(
        feed.text().contains("<entry>") && feed.text().contains("Shipped figures loaded"),
        "{}",
        feed.text()
    );
    assert!(site.get("/feed.atom?lang=fr").await.text().contains("Chiffres livrés chargés"));
}

#[tokio::test]
async fn search_finds_countries_by_any_name() {
    let site = on_sqlite().await;
    for (query, first) in [
        ("moldova", "/countries/MDA"),
        ("Turkiye", "/countries/TUR"),
        ("Turkey", "/countries/TUR"),
        ("Україна", "/countries/UKR"),
        ("საქართველო", "/countries/GEO"),
        ("md", "/countries/MDA"),
        ("MacArthur", "/sources/macarthur-2012"),
    ] {
        let found = site.get(&format!("/search.json?q={query}").replace(' ', "%20")).await.json();
        let href = found["results"][0]["href"].as_str().unwrap_or("nothing").to_owned();
        assert!(href.starts_with(first), "{query}: {href}");
    }
    assert_eq!(site.get("/search.json?q=zzzzzz").await.json()["results"], serde_json::json!([]));
}
