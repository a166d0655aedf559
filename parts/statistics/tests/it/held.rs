//! What is out is held against what is to go out: over versions of the data, and between tables and the safe file. Each test attacks as a
//! reader could who has everything that was published.

use axum::http::StatusCode;
use base::site::Equipment;
use base::testing::TestSite;
use serde_json::Value;

use crate::datasets::form;
use crate::pages::{PARTS, get, post};

/// Sends interviews drawn at random; the address of the data set.
async fn sent(site: &TestSite, csv: &str) -> String {
    let fields = [("title", b"Held".as_slice()), ("interviews", csv.as_bytes())];
    let sent = form(site, "researcher", "/statistics/data", &fields).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    let address = sent.header("location").to_owned();
    let kept = post(site, "researcher", &format!("{address}/design"), &[("lonely", "fail")]).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.text());
    address
}

/// Releases `hcv` by some groups, and reads the table as anybody can.
async fn released(site: &TestSite, address: &str, by: &[&str]) -> (String, Value) {
    let mut asked = vec![("of", "hcv"), ("method", "logit")];
    asked.extend(by.iter().map(|by| ("by", *by)));
    let out = post(site, "researcher", &format!("{address}/release"), &asked).await;
    assert_eq!(out.status, StatusCode::SEE_OTHER, "{}", out.text());
    let table = out.header("location").to_owned();
    let json = get(site, "", &format!("{table}.json")).await.json();
    (table, json["table"]["cells"].clone())
}

/// How many said yes in a cell, as a reader reckons it; none where it is withheld.
fn yes(cells: &Value, groups: &[Option<&str>]) -> Option<f64> {
    let cell = cells.as_array()?.iter().find(|cell| {
        let named = cell["groups"].as_array().expect("groups");
        named.iter().map(Value::as_str).eq(groups.iter().copied())
    });
    let figure = &cell.expect("a cell")["figure"];
    Some(figure["value"].as_f64()? * figure["n"].as_f64()?)
}

/// Two hundred people in two wings; of the first `flipped` in the north the answer was keyed wrongly.
fn wings(flipped: usize) -> String {
    let mut csv = String::from("hcv,wing\n");
    for at in 0..200 {
        let said = at % 4 == 0;
        let is_north = at < 100;
        let said = if is_north && at < flipped { !said } else { said };
        csv.push_str(&format!("{},{}\n", u8::from(said), if is_north { "north" } else { "south" }));
    }
    csv
}

#[tokio::test]
async fn a_correction_of_one_answer_does_not_follow_from_two_versions() {
    for url in base::testing::databases().await {
        let site = TestSite::open(&url, PARTS, Equipment::BARE).await;
        let address = sent(&site, &wings(0)).await;
        let (_, before) = released(&site, &address, &["wing"]).await;
        let correct = async |csv: String| {
            let fields = [("interviews", csv.as_bytes()), ("because", b"keyed wrongly".as_slice())];
            let next = form(&site, "data-steward", &format!("{address}/versions"), &fields).await;
            assert_eq!(next.status, StatusCode::SEE_OTHER, "{}", next.text());
        };
        correct(wings(1)).await;
        let page = get(&site, "researcher", &format!("{address}/explore?of=hcv&by=wing")).await;
        let text = page.text();
        assert!(text.contains("Something of version 1 of these data is out; one record"), "{text}");
        let (_, after) = released(&site, &address, &["wing"]).await;
        // Whoever subtracts the tables learns nothing of the one person in the north: neither from the wing nor from the total.
        for groups in [[Some("north")], [None]] {
            assert!(yes(&before, &groups).is_some(), "{before}");
            assert_eq!(yes(&after, &groups), None, "{after}");
        }
        assert_eq!(yes(&after, &[Some("south")]), yes(&before, &[Some("south")]));
        // Forty at once hide each other.
        correct(wings(40)).await;
        let (_, late) = released(&site, &address, &["wing"]).await;
        for groups in [[Some("north")], [Some("south")], [None]] {
            assert!(yes(&late, &groups).is_some(), "{late}");
        }
    }
}

#[tokio::test]
async fn who_was_added_later_does_not_follow_either() {
    let url = base::testing::databases().await.remove(0);
    let site = TestSite::open(&url, PARTS, Equipment::BARE).await;
    let address = sent(&site, &wings(0)).await;
    let (_, before) = released(&site, &address, &[]).await;
    let csv = wings(0) + "1,north\n1,north\n";
    let fields = [("interviews", csv.as_bytes()), ("because", b"two were missing".as_slice())];
    form(&site, "data-steward", &format!("{address}/versions"), &fields).await;
    // Another cut, so that no cell is the same: the two are in the north in both.
    let (_, after) = released(&site, &address, &["wing"]).await;
    assert!(yes(&before, &[]).is_some());
    let parts = [yes(&after, &[Some("north")]), yes(&after, &[Some("south")])];
    assert!(yes(&after, &[None]).is_none(), "{after}");
    assert!(parts.iter().any(Option::is_none), "north and south less the old total: {after}");
}

/// North: 60 men, 7 women of whom 2 say yes. South: 60 and 60.
fn small_cell() -> String {
    let mut csv = String::from("hcv,wing,sex\n");
    let mut add = |count: usize, yes: usize, wing: &str, sex: &str| {
        for at in 0..count {
            csv.push_str(&format!("{},{wing},{sex}\n", u8::from(at < yes)));
        }
    };
    add(60, 20, "north", "men");
    add(7, 2, "north", "women");
    add(60, 15, "south", "men");
    add(60, 12, "south", "women");
    csv
}

/// The form of a safe file.
async fn safe(site: &TestSite, address: &str, sex: &str) -> base::testing::Answer {
    let fields = [
        ("role-hcv", "sensitive"),
        ("role-wing", "key"),
        ("role-sex", sex),
        ("k", "5"),
        ("distinct", "2"),
        ("title", "Safe"),
        ("reason", "for teaching"),
        ("audience", "public"),
        ("do", "send"),
    ];
    post(site, "researcher", &format!("{address}/safe"), &fields).await
}

#[tokio::test]
async fn a_safe_file_does_not_tell_a_withheld_cell() {
    for url in base::testing::databases().await {
        let site = TestSite::open(&url, PARTS, Equipment::BARE).await;
        let address = sent(&site, &small_cell()).await;
        // Nothing is out yet, so the file waits; then a table goes out that withholds the women of the north.
        let waits = safe(&site, &address, "key").await;
        assert_eq!(waits.status, StatusCode::SEE_OTHER, "{}", waits.text());
        let file = waits.header("location").to_owned();
        let (table, cells) = released(&site, &address, &["wing", "sex"]).await;
        assert_eq!(yes(&cells, &[Some("north"), Some("women")]), None, "{cells}");
        // The attack: count them in the file. It is right to the person.
        let rows = get(&site, "data-steward", &format!("{file}/data.csv")).await.text();
        let women = rows.lines().filter(|row| row.contains("north") && row.contains("women"));
        assert_eq!(women.clone().count(), 7, "{rows}");
        assert_eq!(women.filter(|row| row.starts_with('1')).count(), 2, "{rows}");
        // So it does not go out, whoever decides; nor does one like it.
        let publish = [("decision", "publish"), ("reason", "looks fine")];
        let decided = post(&site, "data-steward", &format!("{file}/decide"), &publish).await;
        assert_eq!(decided.status, StatusCode::CONFLICT);
        assert!(decided.text().contains("would tell a cell"), "{}", decided.text());
        let again = safe(&site, &address, "key").await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        let text = again.text().replace("&#x2f;", "/");
        assert!(text.contains(&table) && text.contains("This file would tell"), "{text}");
        // Without the sex it tells of the wings, which are shown, and goes out.
        let coarse = safe(&site, &address, "left-out").await;
        assert_eq!(coarse.status, StatusCode::SEE_OTHER, "{}", coarse.text());
        let to = format!("{}/decide", coarse.header("location"));
        let decided = post(&site, "data-steward", &to, &publish).await;
        assert_eq!(decided.status, StatusCode::SEE_OTHER, "{}", decided.text());
    }
}

/// Blocks of two wings; the six of `n2` are too few, and `s2` is the cheapest to hide them.
fn blocks() -> String {
    let mut csv = String::from("hcv,wing,block\n");
    for (block, wing, count, yes) in [
        ("n1", "north", 60, 20),
        ("n2", "north", 6, 3),
        ("s1", "south", 60, 25),
        ("s2", "south", 14, 6),
    ] {
        for at in 0..count {
            csv.push_str(&format!("{},{wing},{block}\n", u8::from(at < yes)));
        }
    }
    csv
}

#[tokio::test]
async fn a_table_beside_a_safe_file_withholds_what_they_would_tell_together() {
    let url = base::testing::databases().await.remove(0);
    let site = TestSite::open(&url, PARTS, Equipment::BARE).await;
    let with_file = async |file: bool| {
        let csv = if file { blocks() } else { blocks() + "0,south,s1\n" };
        let address = sent(&site, &csv).await;
        if file {
            let fields = [
                ("role-hcv", "sensitive"),
                ("role-wing", "key"),
                ("k", "5"),
                ("distinct", "2"),
                ("title", "Safe"),
                ("reason", "for teaching"),
                ("audience", "public"),
                ("do", "send"),
            ];
            let made = post(&site, "researcher", &format!("{address}/safe"), &fields).await;
            assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text());
            let to = format!("{}/decide", made.header("location"));
            let publish = [("decision", "publish"), ("reason", "fine")];
            let out = post(&site, "data-steward", &to, &publish).await;
            assert_eq!(out.status, StatusCode::SEE_OTHER, "{}", out.text());
        }
        released(&site, &address, &["block"]).await.1
    };
    // By itself the table may show n1: the small block hides behind another of the south.
    let alone = with_file(false).await;
    assert_eq!(yes(&alone, &[Some("n2")]), None, "{alone}");
    assert!(yes(&alone, &[Some("n1")]).is_some(), "{alone}");
    // The file tells how many of the north say yes; less those of n1 that would be those of n2.
    let beside = with_file(true).await;
    assert_eq!(yes(&beside, &[Some("n2")]), None, "{beside}");
    assert_eq!(yes(&beside, &[Some("n1")]), None, "{beside}");
}
