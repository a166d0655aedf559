//! A country's brief on the shipped figures: what it must say, from which source, in which form.

use axum::http::StatusCode;

use crate::on_sqlite;

/// The figures of one section of the brief, as "label: value unit interval period source flag".
async fn figures(code: &str, section: &str) -> Vec<String> {
    let brief = on_sqlite().await.get(&format!("/countries/{code}.json")).await.json();
    let sections = brief["sections"].as_array().expect("sections");
    let section = sections.iter().find(|one| one["id"] == section).expect("the section is there");
    let blocks = section["blocks"].as_array().expect("blocks");
    blocks
        .iter()
        .filter_map(|block| block["figures"].as_array())
        .flatten()
        .map(|figure| {
            let known = &figure["known"];
            match known.is_null() {
                true => format!("{}: –", figure["label"].as_str().unwrap_or("")),
                false => format!(
                    "{}: {} {} ({}) {} [{}]{}",
                    figure["label"].as_str().unwrap_or(""),
                    known["number"],
                    known["unit"].as_str().unwrap_or(""),
                    known["interval"].as_str().unwrap_or(""),
                    known["period"].as_str().unwrap_or(""),
                    known["source"]["id"].as_str().unwrap_or(""),
                    known["flag"]["code"]
                        .as_str()
                        .map(|flag| format!(" !{flag}"))
                        .unwrap_or_default(),
                ),
            }
        })
        .collect()
}

/// The figures of Moldova that the model's first country file needs, read off the brief.
#[tokio::test]
async fn moldovas_brief_shows_what_the_sources_say() {
    expect_test::expect_file!["../moldova-care.txt"]
        .assert_eq(&(figures("MDA", "care").await.join("\n") + "\n"));
    expect_test::expect_file!["../moldova-infection.txt"]
        .assert_eq(&(figures("MDA", "infection").await.join("\n") + "\n"));
    expect_test::expect_file!["../moldova-situation.txt"]
        .assert_eq(&(figures("MDA", "situation").await.join("\n") + "\n"));
}

#[tokio::test]
async fn every_figure_of_every_brief_has_source_year_unit_and_interval() {
    let site = on_sqlite().await;
    let countries = site.get("/api/countries").await.json();
    let countries = countries.as_array().expect("a list").clone();
    assert!(countries.len() >= 50, "only {} places", countries.len());
    let mut figures = 0;
    for country in countries {
        let code = country["code"].as_str().expect("a code").to_owned();
        let answer = site.get(&format!("/countries/{code}.json")).await;
        assert_eq!(answer.status, StatusCode::OK, "{code}");
        let brief = answer.json();
        let cited: Vec<&str> = brief["sources"]
            .as_array()
            .expect("sources")
            .iter()
            .filter_map(|s| s["id"].as_str())
            .collect();
        let mut knowns = Vec::new();
        collect_known(&brief["sections"], &mut knowns);
        for known in knowns {
            figures += 1;
            let source = known["source"]["id"].as_str().unwrap_or("");
            assert!(cited.contains(&source), "{code}: {known}");
            assert_ne!(
                known["source"]["label"], known["source"]["id"],
                "{code}: source {source} has no label"
            );
            assert!(known["source"]["number"].as_u64().is_some_and(|n| n > 0), "{code}: {known}");
            assert!(
                known["period"].as_str().is_some_and(|period| period.len() >= 4),
                "{code}: {known}"
            );
            assert!(
                known["interval"].as_str().is_some_and(|interval| !interval.is_empty()),
                "{code}: {known}"
            );
            assert!(
                known["locator"].as_str().is_some_and(|locator| !locator.is_empty()),
                "{code}: {known}"
            );
        }
    }
    assert!(figures > 1_000, "only {figures} figures were looked at");
}

fn collect_known<'a>(value: &'a serde_json::Value, into: &mut Vec<&'a serde_json::Value>) {
    match value {
        serde_json::Value::Object(map) => {
            for (key, value) in map {
                if key == "known" && !value.is_null() {
                    into.push(value);
                }
                collect_known(value, into);
            }
        }
        serde_json::Value::Array(list) => list.iter().for_each(|value| collect_known(value, into)),
        _ => {}
    }
}

#[tokio::test]
async fn an_address_typed_by_hand_opens() {
    let site = on_sqlite().await;
    for typed in ["/countries/mda", "/countries/md", "/countries/MD"] {
        let answer = site.get(typed).await;
        assert_eq!(answer.status, StatusCode::PERMANENT_REDIRECT, "{typed}");
        assert_eq!(answer.header("location"), "/countries/MDA", "{typed}");
    }
    let named = site.get("/countries/North%20Macedonia.pdf?lang=fr").await;
    assert_eq!(named.header("location"), "/countries/MKD.pdf?lang=fr");
    let near = site.get("/countries/Moldva.json").await;
    assert_eq!(near.status, StatusCode::NOT_FOUND);
    assert!(near.text().contains("Republic of Moldova"), "{}", near.text());
}

#[tokio::test]
async fn a_drawing_taken_away_carries_its_title_and_source() {
    let site = on_sqlite().await;
    for (name, held) in
        [("prison-rate.svg?lang=fr", "Source: "), ("equivalence-of-care.svg", "Moazen 2018")]
    {
        let svg = site.get(&format!("/countries/MDA/charts/{name}")).await.text();
        assert!(svg.contains(held), "{svg:.900}");
        assert_eq!(svg.matches("<svg ").count(), 2, "the drawing stands in its plate");
    }
}

#[tokio::test]
async fn what_cannot_be_had_here_is_said_to_be_so() {
    let site = on_sqlite().await;
    let paper = site.get("/countries/MDA.pdf").await;
    assert_eq!(paper.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(paper.text().contains("typesetter"), "{}", paper.text());
}
