//! From a round of a questionnaire to a released table, through HTTP: asked, answered, closed, taken, explored, published.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use base::Part;
use base::access::Peer;
use base::site::Equipment;
use base::testing::{Answer, TestSite};

use crate::pages::DOOR;

static PARTS: &[&Part] = &[&statistics::PART, &instruments::PART, &DOOR];

/// 24 November 2026, 14:33:20.
fn now() -> i64 {
    1_795_530_800
}

const FORM: &str = "
| settings | | | |
| | form_title | form_id | version |
| | Wings | wings | 1 |
| survey | | | | | |
| | type | name | label::English (en) | label::French (fr) | relevant |
| | select_one wing | wing | Which wing? | Quelle aile ? | |
| | select_one yn | tested | Were you tested for hepatitis C? | Avez-vous été testé pour l’hépatite C ? | |
| | integer | nights | Nights that felt unsafe | Nuits sans sécurité | |
| | select_multiple help | help | What would help? | Qu’est-ce qui aiderait ? | |
| | text | story | What happened? | Que s’est-il passé ? | |
| choices | | | | |
| | list_name | name | label::English (en) | label::French (fr) |
| | wing | n | North | Nord |
| | wing | s | South | Sud |
| | yn | 1 | Yes | Oui |
| | yn | 0 | No | Non |
| | help | oat | Treatment | Traitement |
| | help | needles | Clean needles | Matériel propre |
";

struct Browser<'a>(&'a TestSite);

impl Browser<'_> {
    async fn send(&self, who: &str, address: &str, kind: &str, body: Vec<u8>) -> Answer {
        let method = if kind.is_empty() { "GET" } else { "POST" };
        let mut request = Request::builder()
            .method(method)
            .uri(address)
            .header("sec-fetch-site", "same-origin")
            .extension(Peer("192.0.2.7".parse().expect("an address")));
        if !who.is_empty() {
            request = request.header("authorization", format!("Bearer {who}"));
        }
        if !kind.is_empty() {
            request = request.header("content-type", kind);
        }
        self.0.send(request.body(Body::from(body)).expect("a request")).await
    }

    async fn get(&self, who: &str, address: &str) -> Answer {
        self.send(who, address, "", Vec::new()).await
    }

    async fn post(&self, who: &str, address: &str, fields: &[(&str, &str)]) -> Answer {
        let mut body = url::form_urlencoded::Serializer::new(String::new());
        let body = body.extend_pairs(fields).finish().into_bytes();
        self.send(who, address, "application/x-www-form-urlencoded", body).await
    }
}

/// A round in which sixty people answered and which is closed; its id.
async fn closed(browser: &Browser<'_>, way: &str) -> String {
    let mut body = b"--edge\r\ncontent-disposition: form-data; name=\"workbook\"; filename=\"form.md\"\r\n\r\n".to_vec();
    body.extend_from_slice(FORM.as_bytes());
    body.extend_from_slice(b"\r\n--edge--\r\n");
    let kind = "multipart/form-data; boundary=edge";
    let sent = browser.send("administrator", "/instruments", kind, body).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    let fields = [("status", "published")];
    browser.post("administrator", "/instruments/wings/status", &fields).await;
    let fields =
        [("title", "Wings, autumn"), ("instrument", "wings"), ("way", way), ("from", "2026-11-01")];
    let made = browser.post("administrator", "/rounds", &fields).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text());
    let id = made.header("location").trim_start_matches("/rounds/").to_owned();
    let lines: Vec<String> = (0..80).map(|at| format!("Somebody {at}; MDA")).collect();
    let address = format!("/rounds/{id}/respondents");
    let page = browser.post("administrator", &address, &[("lines", &lines.join("\n"))]).await;
    let page = page.text().replace("&#x2f;", "/");
    let links: Vec<String> = page
        .match_indices("/ask/")
        .map(|(at, _)| page[at..].chars().take_while(|c| !"<\"' ".contains(*c)).collect())
        .collect();
    assert_eq!(links.len(), 80, "{page}");
    for (at, link) in links.iter().take(60).enumerate() {
        let begun = browser.post("", link, &[("language", "English (en)")]).await;
        assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.text());
        let first = begun.header("location").to_owned();
        let story = format!("They took my shoes, said number {at}");
        let nights = (at % 7).to_string();
        let fields = [
            ("/data/wing", if at % 2 == 0 { "n" } else { "s" }),
            ("/data/tested", if at % 3 == 0 { "1" } else { "0" }),
            ("/data/nights", nights.as_str()),
            ("/data/help", "oat"),
            ("/data/help", if at % 4 == 0 { "needles" } else { "oat" }),
            ("/data/story", story.as_str()),
            ("go", "next"),
        ];
        let on = browser.post("", &first, &fields).await;
        assert_eq!(on.status, StatusCode::SEE_OTHER, "{}", on.text());
        let sent = browser.post("", &first.replace("page=1", "page=end"), &[]).await;
        assert_eq!(sent.status, StatusCode::OK, "{}", sent.text());
    }
    let early = browser.post("researcher", "/statistics/data/round", &[("round", &id)]).await;
    assert_eq!(early.status, StatusCode::NOT_FOUND, "an open round cannot be taken");
    let shut = browser.post("administrator", &format!("/rounds/{id}/close"), &[]).await;
    assert_eq!(shut.status, StatusCode::SEE_OTHER, "{}", shut.text());
    id
}

#[tokio::test]
async fn a_closed_round_becomes_a_released_table() {
    for (url, way) in base::testing::databases()
        .await
        .into_iter()
        .flat_map(|url| [(url.clone(), "named"), (url, "anonymous-links")])
    {
        let equipment = Equipment { now, ..Equipment::BARE };
        let site = TestSite::open(&url, PARTS, equipment).await;
        let browser = Browser(&site);
        let id = closed(&browser, way).await;
        let list = browser.get("researcher", "/statistics/data").await.text();
        assert!(list.contains("Wings, autumn") && list.contains("Take this round"), "{list}");
        let taken = browser.post("researcher", "/statistics/data/round", &[("round", &id)]).await;
        assert_eq!(taken.status, StatusCode::SEE_OTHER, "{way}: {}", taken.text());
        let address = taken.header("location").to_owned();
        let api = "/api/statistics/data/round";
        let told = browser.post("researcher", api, &[("round", &id)]).await;
        assert_eq!(told.status, StatusCode::CONFLICT, "{}", told.text());
        assert_eq!(
            address,
            format!("/statistics/data/{}", told.json()["id"].as_str().expect("an id"))
        );
        let other = browser.post("researcher-2", api, &[("round", &id)]).await;
        assert_eq!(other.status, StatusCode::CONFLICT);
        assert!(!other.text().contains(&address[17..]), "{}", other.text());
        let rounds = browser.get("researcher-2", "/api/statistics/rounds").await.json();
        assert_eq!(rounds["rounds"][0]["taken"], true);
        assert_eq!(rounds["rounds"][0]["data"], serde_json::Value::Null);
        // Twice is once.
        let again = browser.post("researcher", "/statistics/data/round", &[("round", &id)]).await;
        assert_eq!(again.header("location"), address);

        let page = browser.get("researcher", &address).await.text();
        assert!(page.contains("answers in words stay where they are: story"), "{page}");
        assert!(page.contains("The fields are filled in with what"), "{page}");
        let codebook = browser.get("researcher", &format!("{address}/codebook.csv")).await.text();
        for line in [
            "wing,Which wing?,n=North|s=South|...,",
            "help/needles,What would help?: Clean needles,,",
            "_asked,How many were asked,,",
        ] {
            assert!(codebook.contains(line), "{way}: {line}: {codebook}");
        }
        // Nothing of what was said in words, and nobody's name, is in what is kept.
        let sql = "SELECT interviews FROM statistics_data";
        let kept: String =
            sqlx::query_scalar(sql).fetch_one(&site.app.storage.pool).await.expect("interviews");
        assert!(!kept.contains("shoes") && !kept.contains("Somebody"), "{kept}");
        assert_eq!(kept.lines().count(), 61);

        let fields = [("population-1", "_asked"), ("lonely", "fail")];
        let design = browser.post("researcher", &format!("{address}/design"), &fields).await;
        assert_eq!(design.status, StatusCode::SEE_OTHER, "{}", design.text());
        let page = browser.get("researcher", &address).await.text();
        assert!(page.contains("The strata hold 80 units in all, of which 60 were drawn"), "{page}");
        let query = "of=tested&of=help%2Fneedles&by=wing&method=logit";
        let seen = browser.get("researcher", &format!("{address}/explore?{query}")).await;
        assert_eq!(seen.status, StatusCode::OK, "{}", seen.text());
        assert!(seen.text().contains("North"), "{}", seen.text());
        let asked = [("of", "tested"), ("by", "wing"), ("method", "logit")];
        let out = browser.post("researcher", &format!("{address}/release"), &asked).await;
        assert_eq!(out.status, StatusCode::SEE_OTHER, "{}", out.text());
        let table = browser.get("", &format!("{}.csv", out.header("location"))).await.text();
        assert!(table.contains("North,share,0.333"), "{table}");
    }
}
