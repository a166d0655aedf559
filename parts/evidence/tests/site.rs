//! The part as its readers meet it: one site, on every database, asked by its addresses.

use base::site::Equipment;
use base::testing::{TestSite, databases};
use evidence::{NewSource, PART, load_shipped, record_sources, shipped};

static PARTS: &[&base::Part] = &[&PART];

const NOW: i64 = 1_760_000_000;

async fn open(url: &str) -> TestSite {
    TestSite::open(url, PARTS, Equipment::BARE).await
}

async fn loaded(url: &str) -> TestSite {
    let site = open(url).await;
    assert!(load(&site).await > 0);
    site
}

async fn load(site: &TestSite) -> usize {
    let mut change = site.app.storage.change().await.unwrap();
    let count = load_shipped(&mut change, NOW).await.unwrap();
    change.commit().await.unwrap();
    site.app.changed();
    count
}

async fn bring(site: &TestSite, new: &[NewSource]) {
    let mut change = site.app.storage.change().await.unwrap();
    record_sources(&mut change, new).await.unwrap();
    change.commit().await.unwrap();
}

fn ministry(title: &str) -> NewSource {
    NewSource {
        id: "mda-anp-2024".into(),
        title: title.into(),
        publisher: "National Administration of Prisons".into(),
        year: Some(2024),
        url: "https://anp.example.org/report?year=2024&lang=ro".into(),
        terms: "Open licence".into(),
    }
}

/// Every page of the part, once.
fn addresses() -> Vec<String> {
    let mut addresses = vec!["/evidence".to_owned(), "/sources".to_owned()];
    addresses.extend(evidence::Topic::ALL.iter().map(|topic| format!("/evidence/{}", topic.id())));
    addresses.extend(shipped().effects.iter().map(|effect| format!("/effects/{}", effect.id)));
    addresses.extend(shipped().sources.iter().map(|source| format!("/sources/{}", source.id)));
    addresses
}

#[tokio::test]
async fn what_was_loaded_is_what_was_shipped_and_twice_adds_nothing() {
    for url in databases().await {
        let site = open(&url).await;
        let library = shipped();
        let all = library.sources.len() + library.effects.len();
        assert_eq!(load(&site).await, all);
        let kept = evidence::library(&site.app.storage).await.unwrap();
        assert_eq!(kept, *library);
        assert_eq!(load(&site).await, 0);
        let changes = base::change::recent(&site.app.storage.pool, 10).await.unwrap();
        assert_eq!(changes.len(), 1);
        let words = site.app.languages.get("en").unwrap();
        let said = changes[0].title(words);
        assert!(said.contains(&format!("{} effects", library.effects.len())), "{said}");
    }
}

#[tokio::test]
async fn a_record_that_was_changed_or_added_by_hand_is_set_right_again() {
    for url in databases().await {
        let site = loaded(&url).await;
        let pool = &site.app.storage.pool;
        for sql in [
            "UPDATE effects SET value = 0.9 WHERE id = 'oat-hiv-macarthur-2012'",
            "UPDATE sources SET title = 'Another' WHERE id = 'platt-2018'",
            "INSERT INTO effects (id, position, collection_row, topic, intervention, outcome, parameter, population_published, population, setting, measure, source, address, verified, words)
             VALUES ('made-up', 999, 1, 'stigma', 'oat', 'hiv-acquisition', 'x', 'x', 'in-prison', 'prison', 'narrative', 'platt-2018', 'https://example.org', 1, 'x')",
        ] {
            sqlx::query(sql).execute(pool).await.unwrap();
        }
        assert_eq!(load(&site).await, 3);
        assert_eq!(evidence::library(&site.app.storage).await.unwrap(), *shipped());
    }
}

#[tokio::test]
async fn every_page_opens_in_both_languages_with_all_its_words() {
    for url in databases().await {
        let site = loaded(&url).await;
        for address in addresses() {
            for language in ["en", "fr"] {
                let answer = site.get(&format!("{address}?lang={language}")).await;
                let text = answer.text();
                assert_eq!(answer.status, 200, "{address} in {language}: {text}");
                assert!(!text.contains('⟦'), "{address} in {language} lacks a word: {text}");
                assert!(text.contains(&format!("<html lang=\"{language}\">")));
            }
        }
    }
}

#[tokio::test]
async fn before_anything_is_loaded_the_pages_say_how_to_begin() {
    for url in databases().await {
        let site = open(&url).await;
        for address in ["/evidence", "/sources"] {
            let text = site.get(address).await.text();
            assert!(text.contains("throughcare demo"), "{address}: {text}");
        }
        assert_eq!(site.get("/evidence/mortality").await.status, 200);
        assert_eq!(site.get("/evidence.csv").await.status, 200);
    }
}

#[tokio::test]
async fn unknown_ids_are_refused_with_what_to_do() {
    for url in databases().await {
        let site = loaded(&url).await;
        for (address, what, next) in [
            ("/evidence/wonder", "There is no topic wonder.", "Choose one from the list of topics"),
            (
                "/effects/wonder",
                "There is no effect with the id wonder.",
                "Find it in the list of all effects",
            ),
            (
                "/sources/wonder",
                "There is no source with the id wonder.",
                "Find it in the list of sources",
            ),
            ("/sources/wonder.bib", "There is no source with the id wonder.bib.", "Find it"),
            (
                "/sources/platt-2018.docx",
                "platt-2018.docx does not come in that form.",
                "CSV, XLSX and JSON",
            ),
            ("/evidence.docx", "does not come in that form.", "CSV, XLSX and JSON"),
            (
                "/evidence/mortality/charts/wonder.svg",
                "There is no drawing wonder",
                "Open the topic",
            ),
            ("/evidence/wonder/charts/ratio.svg", "There is no topic wonder.", "Choose one"),
        ] {
            let answer = site.get(address).await;
            assert_eq!(answer.status, 404, "{address}");
            let text = answer.text();
            assert!(text.contains(what) && text.contains(next), "{address}: {text}");
        }
        for (address, status) in [
            ("/api/effects/wonder", 404),
            ("/api/sources/wonder", 404),
            ("/api/effects?topic=wonder", 422),
            ("/api/effects?setting=moon", 422),
            ("/api/effects?intervention=wonder", 422),
            ("/api/effects?verified=perhaps", 422),
        ] {
            let answer = site.get(address).await;
            assert_eq!(answer.status.as_u16(), status, "{address}");
            assert_eq!(answer.header("content-type"), "application/problem+json", "{address}");
            assert_eq!(answer.json()["status"], status);
        }
        let answer = site.get("/api/effects?setting=moon").await;
        assert_eq!(answer.json()["detail"], "Use one of: prison, release, community, mixed.");
    }
}

#[tokio::test]
async fn hostile_ids_find_nothing_and_break_nothing() {
    let long = "a".repeat(10_000);
    let hostile = [
        "..%2F..%2Fetc%2Fpasswd",
        "%00",
        "%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        "'%20OR%20'1'%3D'1",
        "%F0%9F%92%8A",
        &long,
    ];
    for url in databases().await {
        let site = loaded(&url).await;
        for id in hostile {
            for place in [
                "/evidence/",
                "/effects/",
                "/sources/",
                "/api/effects/",
                "/api/sources/",
                "/evidence/mortality/charts/",
                "/evidence.",
                "/sources.",
            ] {
                let answer = site.get(&format!("{place}{id}")).await;
                assert_eq!(answer.status, 404, "{place}{id}");
                let text = answer.text();
                let is_page = answer.header("content-type").starts_with("text/html");
                assert!(!is_page || !text.contains("<script>alert"), "{place}{id}: {text}");
                // The frame links the address itself twice in each language; the refusal cuts it.
                assert!(text.len() < 50_000, "{place}: a refusal of {} bytes", text.len());
            }
            let filtered = site.get(&format!("/evidence?q={id}&sort={id}&page={id}")).await;
            // No database keeps a NUL: such an address leads nowhere.
            assert_eq!(filtered.status, if id == "%00" { 404 } else { 200 }, "{id}");
            assert!(!filtered.text().contains("<script>alert"));
        }
        assert_eq!(site.get("/effects/%FF").await.status, 400);
    }
}

#[tokio::test]
async fn the_table_says_the_same_as_csv_json_and_page() {
    for url in databases().await {
        let site = loaded(&url).await;
        for address in ["/evidence", "/sources", "/evidence/mortality", "/evidence/infection"] {
            let json = site.get(&format!("{address}.json")).await.json();
            let csv = site.get(&format!("{address}.csv")).await.text();
            let rows = json["rows"].as_array().unwrap();
            let columns = json["columns"].as_array().unwrap();
            let mut reader =
                csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
            let heads: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
            let labels: Vec<&str> = columns.iter().map(|c| c["label"].as_str().unwrap()).collect();
            assert_eq!(heads, labels, "{address}");
            let records: Vec<_> = reader.records().map(Result::unwrap).collect();
            assert_eq!(records.len(), rows.len(), "{address}");
            assert!(!rows.is_empty());
            for (record, row) in records.iter().zip(rows) {
                for ((cell, json), column) in
                    record.iter().zip(row.as_array().unwrap()).zip(columns)
                {
                    match json["number"].as_f64() {
                        Some(number) if column["kind"] == "number" => {
                            assert_eq!(cell.parse::<f64>().ok(), Some(number), "{address}");
                        }
                        _ if json["text"] == "·" => assert_eq!(cell, "", "{address}"),
                        _ => assert_eq!(cell, json["text"].as_str().unwrap(), "{address}"),
                    }
                }
            }
            let xlsx = site.get(&format!("{address}.xlsx")).await;
            assert_eq!(xlsx.status, 200);
            assert!(xlsx.bytes.starts_with(b"PK"));
        }
        let sorted = site.get("/evidence.json?sort=-estimate&q=release").await.json();
        let numbers: Vec<f64> = sorted["rows"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|row| row[3]["number"].as_f64())
            .collect();
        assert!(numbers.len() > 5 && numbers.is_sorted_by(|a, b| a >= b), "{numbers:?}");
    }
}

#[tokio::test]
async fn an_unverified_effect_is_marked_wherever_it_stands() {
    for url in databases().await {
        let site = loaded(&url).await;
        let id = "oat-release-poisoning-death-4-weeks-marsden-2017";
        let page = site.get(&format!("/effects/{id}")).await.text();
        assert!(page.contains("Not verified: the figure was noted from memory"), "{page}");
        assert!(page.contains("Unverified figures are shown, never used as a starting value."));
        let api = site.get(&format!("/api/effects/{id}")).await.json();
        assert_eq!(api["verified"], false);
        assert_eq!(api["usable_as_default"], false);
        assert_eq!(api["doubt"]["id"], "figure-from-memory");
        let unverified = site.get("/api/effects?verified=no").await.json();
        let checked = site.get("/api/effects?verified=yes").await.json();
        assert_eq!(unverified["total"], 4);
        assert_eq!(checked["total"], shipped().effects.len() - 4);
        let marked = site.get("/evidence.json").await.json();
        let marked = marked["rows"].as_array().unwrap();
        let marked = marked.iter().filter(|row| row[2]["flagged"] == true);
        assert_eq!(
            marked.map(|row| row[2]["text"].as_str().unwrap()).collect::<Vec<_>>(),
            ["Not verified"; 4]
        );
        let drawn = site.get("/evidence/opioid-agonist-treatment/charts/ratio.svg").await;
        assert_eq!(drawn.header("content-type"), "image/svg+xml");
        assert!(drawn.text().contains("· Not verified"));
        let sound = site.get("/effects/oat-hiv-macarthur-2012").await.text();
        assert!(sound.contains("A model may start from this figure."));
    }
}

#[tokio::test]
async fn a_source_that_a_file_brings_can_be_cited_and_taken_away() {
    for url in databases().await {
        let site = open(&url).await;
        bring(&site, &[ministry("Yearbook <2024> & more")]).await;
        load(&site).await;
        let page = site.get("/sources/mda-anp-2024").await.text();
        let cited = "National Administration of Prisons. Yearbook &lt;2024&gt; &amp; more. 2024.";
        assert!(page.contains(cited), "{page}");
        assert!(
            page.contains("Open licence (as stated by the file that brought it; not verified)")
        );
        let reader = base::Reader::of(site.app.languages.get("fr").unwrap(), "/");
        let ids = ["mda-anp-2024".to_owned(), "unknown".to_owned(), "platt-2018".to_owned()];
        let citations = site.app.cite(&reader, &ids).await.unwrap();
        assert_eq!(
            citations[0].text,
            "National Administration of Prisons. Yearbook <2024> & more. 2024. https://anp.example.org/report?year=2024&lang=ro",
        );
        assert_eq!(citations[0].label, "National Administration of Prisons 2024");
        assert_eq!(citations[0].href, "/sources/mda-anp-2024");
        assert_eq!((citations[1].label.as_str(), citations[1].number), ("unknown", 2));
        assert_eq!(citations[2].label, "Platt 2018");
        let bib = site.get("/sources/mda-anp-2024.bib").await.text();
        assert!(
            bib.starts_with(
                "@techreport{mda-anp-2024,\n  author = {{National Administration of Prisons}},"
            ),
            "{bib}"
        );
        let csl = site.get("/sources/mda-anp-2024.json").await.json();
        assert_eq!(csl[0]["author"][0]["literal"], "National Administration of Prisons");
    }
}

#[tokio::test]
async fn a_file_never_overwrites_a_shipped_source_but_may_correct_its_own() {
    for url in databases().await {
        let site = loaded(&url).await;
        let mut false_platt = ministry("Not Platt");
        false_platt.id = "platt-2018".into();
        bring(&site, &[false_platt, ministry("First wording")]).await;
        bring(&site, &[ministry("Second wording")]).await;
        let kept = evidence::library(&site.app.storage).await.unwrap();
        assert_eq!(kept.source("platt-2018"), shipped().source("platt-2018"));
        assert_eq!(kept.source("mda-anp-2024").unwrap().title, "Second wording");
        assert_eq!(load(&site).await, 0);
    }
}

#[tokio::test]
async fn an_address_that_is_no_web_address_never_becomes_a_link() {
    let site = open(&databases().await[0]).await;
    let hostile = NewSource {
        url: "javascript:alert(1)".into(),
        publisher: "\"><script>x</script>".into(),
        ..ministry("t")
    };
    bring(&site, &[hostile]).await;
    let page = site.get("/sources/mda-anp-2024").await.text();
    assert!(!page.contains("javascript:") && !page.contains("<script>x"), "{page}");
}

#[tokio::test]
async fn the_drawing_links_each_row_and_keeps_prison_and_community_apart() {
    let site = loaded(&databases().await[0]).await;
    let page = site.get("/evidence/opioid-agonist-treatment").await;
    // A slash in an attribute is written as a character reference.
    let text = page.text().replace("&#x2f;", "/");
    for effect in shipped().effects_of_topic(evidence::Topic::OpioidAgonistTreatment) {
        assert!(text.contains(&format!("/effects/{}", effect.id)), "{}", effect.id);
    }
    let csv = site.get("/evidence/opioid-agonist-treatment/charts/ratio.csv").await.text();
    let ratios = shipped().effects_of_topic(evidence::Topic::OpioidAgonistTreatment);
    assert_eq!(csv.lines().count() - 1, ratios.filter(|effect| effect.measure.is_ratio()).count());
    let png = site.get("/evidence/opioid-agonist-treatment/charts/ratio.png").await;
    assert_eq!(png.status, 503, "no painter was given to this site");
}

#[tokio::test]
async fn a_brief_shows_two_forests_and_says_what_saves_lives() {
    for url in databases().await {
        let site = loaded(&url).await;
        let reader = base::Reader::of(site.app.languages.get("en").unwrap(), "/countries/MDA");
        let panel = (PART.panel.unwrap())(&site.app, &reader, "MDA").await.unwrap();
        let [section] = &panel.sections[..] else { panic!("one section") };
        assert_eq!(section.order, 60);
        let drawings: Vec<_> = section
            .blocks
            .iter()
            .filter_map(|block| match block {
                base::document::Block::Drawing { drawing } => Some(drawing),
                _ => None,
            })
            .collect();
        assert_eq!(drawings.len(), 2);
        assert!(drawings.iter().all(|drawing| (1..=12).contains(&drawing.table.rows.len())));
        assert!(drawings[1].svg.contains("/effects/daa-prison-hcv-acquisition-hajarizadeh-2021"));
        assert!(drawings[1].svg.contains("/effects/nsp-high-hcv-europe-platt-2018"));
        let texts: Vec<_> = panel.findings.iter().map(|finding| finding.text.as_str()).collect();
        assert_eq!(texts.len(), 2);
        assert!(
            texts[0].contains("Death from any cause") && texts[0].contains("75 % lower"),
            "{texts:?}"
        );
        assert!(texts[1].contains("epatitis C"), "{texts:?}");
        assert!(panel.findings.iter().all(|finding| finding.weight <= 0.72));
    }
}

#[tokio::test]
async fn search_finds_topics_interventions_effects_and_sources() {
    let site = loaded(&databases().await[0]).await;
    let reader = base::Reader::of(site.app.languages.get("fr").unwrap(), "/search");
    let found = (PART.found.unwrap())(&site.app, &reader).await.unwrap();
    let library = shipped();
    assert_eq!(
        found.len(),
        evidence::Topic::ALL.len() + library.interventions.len() - 1
            + library.effects.len()
            + library.sources.len(),
    );
    for one in &found {
        assert!(!one.title.contains('⟦') && !one.kind.contains('⟦'), "{one:?}");
        assert_eq!(site.get(&one.href).await.status, 200, "{}", one.href);
    }
}

#[tokio::test]
async fn the_api_describes_what_it_answers() {
    let site = loaded(&databases().await[0]).await;
    let api = (PART.api.unwrap())();
    let paths: Vec<_> = api.paths.paths.keys().cloned().collect();
    assert_eq!(paths, ["/api/effects", "/api/effects/{id}", "/api/sources", "/api/sources/{id}"]);
    let filtered = site.get("/api/effects?topic=mortality&setting=release&lang=fr").await.json();
    assert_eq!(filtered["total"], 7);
    assert_eq!(filtered["effects"][0]["setting"]["label"], "Après la libération");
    let source = site.get("/api/sources/platt-2018").await.json();
    assert!(source["effects"].as_array().unwrap().iter().any(|id| id == "oat-hcv-platt-2018"));
    assert_eq!(site.get("/api/sources").await.json()["total"], shipped().sources.len());
}
