//! The pages as their readers open them: on both databases, in both languages, with bad addresses, as files and by API.

use axum::http::StatusCode;
use base::testing::databases;
use expect_test::expect;

use crate::{SMALL, on_sqlite, open};

/// Every page of the part, small.
fn addresses() -> Vec<String> {
    let asked = format!("{SMALL}&oat-prison=60&oat-kept-release=90");
    let mut addresses = vec![
        "/scenarios?x=1".to_owned(),
        "/scenarios/how-to-read?x=1".into(),
        format!("/scenarios/MDA?{SMALL}"),
        format!("/scenarios/MDA?{asked}"),
        format!(
            "/scenarios/MDA/compare?s={}&s={}",
            encoded(&asked),
            encoded(&format!("{SMALL}&naloxone-release=80"))
        ),
    ];
    addresses.push(format!("/scenarios/MDA?{asked}&oat-prison.in=remand-prisons"));
    addresses.push(format!("/scenarios/MDA/elimination?{asked}"));
    addresses.push(format!("/scenarios/MDA/elimination?{SMALL}&policy=daa"));
    for page in ["inputs", "policies", "budget", "calibration", "runs"] {
        addresses.push(format!("/scenarios/MDA/{page}?x=1"));
    }
    addresses
}

fn encoded(query: &str) -> String {
    url::form_urlencoded::byte_serialize(query.as_bytes()).collect()
}

#[tokio::test]
async fn every_page_opens_in_both_languages_with_all_its_words() {
    for url in databases().await {
        let site = open(&url).await;
        for address in addresses() {
            for language in ["en", "fr"] {
                let answer = site.get(&format!("{address}&lang={language}")).await;
                let text = answer.text();
                assert_eq!(answer.status, StatusCode::OK, "{address} in {language}: {text}");
                let missing =
                    text.find('⟦').map(|at| text[at..].chars().take(60).collect::<String>());
                assert_eq!(missing, None, "{address} in {language}");
                assert!(text.contains(&format!("<html lang=\"{language}\">")), "{address}");
            }
        }
    }
}

/// What a reader reads, without markup: the words of the answer to one small question.
#[tokio::test]
async fn an_answer_in_words() {
    let site = on_sqlite().await;
    let page =
        site.get(&format!("/scenarios/MDA/answer?{SMALL}&naloxone-release=80&seed=3")).await.text();
    let cards = between(&page, "<p class=\"headline\">", "<div class=\"courses\">");
    let words = plain(cards);
    for said in
        ["In 8 years, 2027 to 2034", "Hepatitis C infections", "Money", "where 95 of 100 draws lie"]
    {
        assert!(words.contains(said), "{said}: {words}");
    }
    let rests = plain(between(&page, "<div class=\"went-in\">", "</div>"));
    expect![[r#"4 draws, 3 % of the people followed"#]].assert_eq(&rests[..35]);
    for said in [
        "seed 3",
        "figures rest on no published source",
        "What went in",
        "Link that gives this answer again",
        "Same hash, same table",
    ] {
        assert!(rests.contains(said), "{said}: {rests}");
    }
}

#[tokio::test]
async fn a_link_gives_the_same_answer_again_and_an_old_one_says_that_it_is_old() {
    let site = on_sqlite().await;
    let asked = format!("/scenarios/MDA?{SMALL}&oat-prison=60&seed=5");
    let first = site.get(&asked).await.text();
    let link =
        between(&first, "data-copy-link=\"", "\"").replace("&amp;", "&").replace("&#x2f;", "/");
    assert!(link.contains("&version=") && link.contains("&inputs="), "{link}");
    let again = site.get(&link).await.text();
    let answer = |page: &str| {
        between(page, "<div class=\"answer-body\"", "<div class=\"went-in\">").to_owned()
    };
    assert_eq!(answer(&first), answer(&again));
    let old = site.get(&format!("{asked}&inputs=000000000000")).await.text();
    assert!(old.contains("This link was made with other inputs (000000000000)"), "{old}");
}

#[tokio::test]
async fn what_cannot_be_asked_is_refused_in_words() {
    let site = on_sqlite().await;
    let cases = [
        ("/scenarios/ZZZ", 404, "There is no model of ZZZ yet."),
        (
            "/scenarios/MDA?oat-prison=140",
            422,
            "oat-prison cannot be 140. Give a number from 0 to 95.",
        ),
        ("/scenarios/MDA?acupuncture=4", 422, "There is no lever acupuncture."),
        (
            "/scenarios/MDA?from=2015",
            422,
            "from cannot be 2015: the model runs from 2018. Give a year from 2018 to 2078.",
        ),
        ("/scenarios/MDA?people=0", 422, "0 % of the people cannot be followed."),
        ("/scenarios/MDA?draws=100&people=100", 422, "Give at most 10 draws"),
        (
            "/scenarios/MDA/compare?s=needles&s=daa&s=naloxone&s=diversion&s=together&s=throughcare&s=oat-prison",
            422,
            "7 scenarios are too many to read side by side. Choose six at most.",
        ),
        ("/scenarios/MDA/compare?s=oat-prison%3D400", 422, "oat-prison cannot be 400."),
        ("/scenarios/MDA/budget?amount=lots", 422, "lots is not an amount."),
        ("/scenarios/MDA/budget?amount=-5", 422, "-5 is not an amount."),
        ("/scenarios/runs/0123", 404, "There is no finished run 0123."),
        (
            "/scenarios/MDA/charts/nothing.svg?draws=2&people=2&until=2028",
            404,
            "There is no drawing nothing here.",
        ),
        ("/scenarios/MDA?oat-prison=40&oat-prison.in=alcatraz", 422, "there is no such prison"),
        ("/scenarios/ZZZ/elimination", 404, "There is no model of ZZZ yet."),
        ("/scenarios/MDA/elimination/charts/nothing.svg", 404, "There is no drawing nothing here."),
        ("/scenarios/ZZZ/budget", 404, "There is no model of ZZZ yet."),
    ];
    for (address, status, said) in cases {
        let answer = site.get(address).await;
        let text = plain(&answer.text());
        assert_eq!(answer.status.as_u16(), status, "{address}: {text}");
        assert!(text.contains(said), "{address}: {text}");
    }
    let api = site.get("/api/scenarios/MDA?oat-prison=140").await;
    assert_eq!(api.header("content-type"), "application/problem+json");
    assert_eq!(api.json()["title"], "oat-prison cannot be 140.");
}

#[tokio::test]
async fn a_code_typed_by_hand_opens() {
    let site = on_sqlite().await;
    let answer = site.get(&format!("/scenarios/mda?{SMALL}")).await;
    assert_eq!(answer.status, StatusCode::PERMANENT_REDIRECT);
    assert_eq!(answer.header("location"), format!("/scenarios/MDA?{}", SMALL));
}

#[tokio::test]
async fn an_answer_leaves_as_file_and_by_api() {
    let site = on_sqlite().await;
    let asked = format!("{SMALL}&oat-prison=60");
    let csv = site.get(&format!("/scenarios/MDA.csv?{asked}")).await.text();
    let head = csv.trim_start_matches('\u{feff}').lines().next().unwrap_or_default().to_owned();
    expect!["Outcome,Where,As things go on,Interval,With the policy,Interval,Change,Interval"]
        .assert_eq(&head);
    let xlsx = site.get(&format!("/scenarios/MDA.xlsx?{asked}")).await;
    assert_eq!(&xlsx.bytes[..2], b"PK");
    let svg = site.get(&format!("/scenarios/MDA/charts/hcv-infections.svg?{asked}")).await;
    assert!(
        svg.text().starts_with("<svg") && svg.text().contains("seed 1"),
        "what it rests on goes with it"
    );
    let api = site.get(&format!("/api/scenarios/MDA?{asked}")).await.json();
    assert_eq!(api["moves"][0]["lever"], "oat-prison");
    assert_eq!((api["first"].as_i64(), api["until"].as_i64()), (Some(2027), Some(2034)));
    assert!(api["outcomes"][0]["averted"]["low"].is_number());
    let levers = site.get("/api/scenarios").await.json();
    let moldova = levers.as_array().and_then(|all| all.iter().find(|one| one["code"] == "MDA"));
    assert_eq!(moldova.map(|one| one["levers"][0]["id"].clone()), Some("oat-prison".into()));
    for (address, name) in [
        ("/api/scenarios/MDA/policies", "policies"),
        ("/api/scenarios/MDA/budget", "mixes"),
        ("/api/scenarios/MDA/calibration", "fits"),
    ] {
        let api = site.get(address).await.json();
        assert!(api[name].as_array().is_some_and(|all| !all.is_empty()), "{address}");
    }
    let stands = site.get(&format!("/api/scenarios/MDA/elimination?{asked}")).await.json();
    let own = stands.as_array().and_then(|all| all.last()).expect("policies").clone();
    assert_eq!((own["policy"].as_str(), own["people"].as_f64()), (Some("own"), Some(3.0)));
    assert_eq!(own["elimination"]["targets"][0]["id"], "hcv-incidence");
    let compared =
        site.get(&format!("/api/scenarios/MDA/compare?s={}&s=naloxone", encoded(&asked))).await;
    assert_eq!(compared.json().as_array().map(Vec::len), Some(2));
    let inputs = site.get("/scenarios/MDA/inputs.csv?q=naloxone").await.text();
    assert!(inputs.lines().count() >= 4 && inputs.contains("naloxone_at_release"), "{inputs}");
    for form in ["csv", "xlsx", "json"] {
        for page in ["policies", "budget", "calibration", "compare", "elimination"] {
            let query =
                if page == "compare" { format!("s={}", encoded(&asked)) } else { "x=1".into() };
            let query = if page == "elimination" { &asked } else { &query };
            let address = format!("/scenarios/MDA/{page}.{form}?{query}");
            assert_eq!(site.get(&address).await.status, StatusCode::OK, "{address}");
        }
    }
}

#[tokio::test]
async fn an_answer_is_packed_for_slow_lines() {
    let site = on_sqlite().await;
    let address = format!("/scenarios/MDA/answer?{SMALL}&oat-prison=60");
    let plain = site.get(&address).await;
    let packed = site.get_with(&address, &[("accept-encoding", "gzip")]).await;
    assert_eq!(packed.header("content-encoding"), "gzip");
    assert!(
        packed.bytes.len() * 4 < plain.bytes.len(),
        "{} of {}",
        packed.bytes.len(),
        plain.bytes.len()
    );
}

#[tokio::test]
async fn the_brief_tells_what_could_be_done() {
    let site = on_sqlite().await;
    let words = site.app.languages.get("en").expect("English");
    let reader = base::Reader::of(words, "/countries/MDA");
    let panel = scenarios::PART.panel.expect("a panel");
    let moldova = panel(&site.app, &reader, "MDA").await.expect("a panel");
    assert_eq!(moldova.sections.len(), 1);
    assert_eq!(
        (moldova.sections[0].order, moldova.sections[0].id.as_str()),
        (70, "what-could-be-done")
    );
    let json = serde_json::to_string(&moldova.sections[0]).expect("JSON");
    for said in [
        "Needle exchange",
        "All together",
        "seed 1",
        "/scenarios/MDA?",
        "/scenarios/MDA/elimination",
    ] {
        assert!(json.contains(said), "{said}");
    }
    assert!(
        moldova.findings.iter().all(|finding| finding.caution.is_some()),
        "a model is not a measurement"
    );
    let andorra = panel(&site.app, &reader, "AND").await.expect("a panel");
    assert!(andorra.sections.is_empty(), "no model, nothing said");
}

fn between<'t>(text: &'t str, start: &str, end: &str) -> &'t str {
    let from = text.find(start).unwrap_or_else(|| panic!("no {start}: {text}")) + start.len();
    let to = text[from..].find(end).unwrap_or_else(|| panic!("no {end}: {text}")) + from;
    &text[from..to]
}

/// Text without tags, spaces made one.
fn plain(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => (inside, ()) = (true, text.push(' ')),
            '>' => inside = false,
            c if !inside => text.push(c),
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
