//! What a researcher does with a data set beside estimating: sends it in every form, twice, cut off; describes it; corrects it; ends it.

use axum::http::StatusCode;
use base::site::Equipment;
use base::testing::{Answer, TestSite};

use crate::pages::{PARTS, get, post, send};

macro_rules! sample {
    ($name:literal) => {
        include_bytes!(concat!("../files/", $name)).as_slice()
    };
}

/// Sends a form with files.
pub async fn form(site: &TestSite, who: &str, address: &str, fields: &[(&str, &[u8])]) -> Answer {
    let mut body = Vec::new();
    for (name, value) in fields {
        let file = if ["interviews", "codebook"].contains(name) { "; filename=\"a\"" } else { "" };
        body.extend_from_slice(
            format!("--edge\r\ncontent-disposition: form-data; name=\"{name}\"{file}\r\n\r\n")
                .as_bytes(),
        );
        body.extend_from_slice(value);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--edge--\r\n");
    send(site, who, address, "multipart/form-data; boundary=edge", body).await
}

/// Shares a data set with whoever shows this token.
pub async fn shown_to(site: &TestSite, address: &str, who: &str) {
    let id = address.trim_start_matches("/statistics/data/");
    let with = statistics::shares::With::Person(who.len() as i64);
    let by = base::audit::By::operator();
    statistics::shares::set(&site.app, &by, id, &with, true).await.expect("shared");
}

async fn open() -> TestSite {
    let url = base::testing::databases().await.remove(0);
    TestSite::open(&url, PARTS, Equipment::BARE).await
}

#[tokio::test]
async fn spss_stata_and_parquet_come_in_with_their_labels() {
    for url in base::testing::databases().await {
        let site = TestSite::open(&url, PARTS, Equipment::BARE).await;
        for (title, bytes, kind, label) in [
            ("A", sample!("coded.sav"), "SPSS file", "sex,Пол,1=мужчины|2=женщины \\| все|...,"),
            (
                "B",
                sample!("v15.dta"),
                "Stata file",
                "hcv,Hepatitis C antibodies,0=no|1=yes|.a=refused|...,.a",
            ),
            ("C", sample!("zstd.parquet"), "Parquet file", "hcv,,,"),
        ] {
            let fields =
                [("title", title.as_bytes()), ("period", b"2026-05"), ("interviews", bytes)];
            let sent = form(&site, "researcher", "/statistics/data", &fields).await;
            assert_eq!(sent.status, StatusCode::SEE_OTHER, "{title}: {}", sent.text());
            let address = sent.header("location").to_owned();
            let page = get(&site, "researcher", &address).await.text();
            assert!(page.contains(kind) && page.contains("60 interviews"), "{page}");
            let codebook = get(&site, "researcher", &format!("{address}/codebook.csv")).await;
            assert!(codebook.text().contains(label), "{}", codebook.text());
            for at in ["codebook", "versions", "codebook?lang=fr", "versions?lang=fr"] {
                let page = get(&site, "researcher", &format!("{address}/{at}")).await;
                assert_eq!(page.status, StatusCode::OK);
                assert!(!page.text().contains('⟦'), "{at}: {}", page.text());
            }
            // The codebook goes out and comes back.
            let bytes = codebook.bytes;
            let to = format!("{address}/codebook");
            let back = form(&site, "researcher", &to, &[("codebook", &bytes)]).await;
            assert_eq!(back.status, StatusCode::SEE_OTHER, "{}", back.text());
            let after = get(&site, "researcher", &format!("{address}/codebook.csv")).await;
            assert_eq!(after.bytes, bytes);
            // The three hold the same people, so one goes before the next comes.
            let id = address.rsplit('/').next().expect("an id");
            let set = statistics::store::data_set_with(&site.app.storage.pool, id).await;
            let set = set.expect("storage").expect("the data set");
            let by = base::audit::By::operator();
            statistics::keeping::delete(&site.app, &by, &set).await.expect("deleted");
        }
    }
}

#[tokio::test]
async fn the_same_file_twice_is_said_and_kept_once() {
    let site = open().await;
    let send = async |title: &str, bytes: &[u8]| {
        let fields = [("title", title.as_bytes()), ("interviews", bytes)];
        form(&site, "researcher", "/statistics/data", &fields).await
    };
    let first = send("First", sample!("coded.sav")).await;
    assert_eq!(first.status, StatusCode::SEE_OTHER);
    // The same interviews in another form are the same interviews.
    for bytes in [sample!("coded.sav"), sample!("folded.zsav")] {
        let again = send("Again", bytes).await;
        assert_eq!(again.status, StatusCode::CONFLICT);
        let text = again.text().replace("&#x2f;", "/");
        assert!(text.contains("are here already, as “First”"), "{text}");
        assert!(text.contains(first.header("location")), "{text}");
        assert!(text.contains("value=\"Again\""), "what was typed is still there: {text}");
    }
}

#[tokio::test]
async fn a_file_of_the_same_people_with_rows_left_out_is_no_other_data_set() {
    let site = open().await;
    let row = |at: u64, seed: u64| {
        let mixed = (at + 10_007 * seed).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20;
        format!("{at},{},{},{}", 18 + mixed % 50, mixed / 50 % 9, mixed / 450 % 1000)
    };
    let file = |rows: std::ops::Range<u64>, seed: u64, more: &str| {
        let rows: Vec<String> = rows.map(|at| format!("{}{more}\n", row(at, seed))).collect();
        format!(
            "id,age,prison,months{}\n{}",
            if more.is_empty() { "" } else { ",hcv" },
            rows.concat()
        )
    };
    let send = async |title: &str, text: &str| {
        let fields = [("title", title.as_bytes()), ("interviews", text.as_bytes())];
        form(&site, "researcher", "/statistics/data", &fields).await
    };
    // Numbers of rows tell nothing of people, so a fourth column must: prison, age, months, and whether tested.
    assert_eq!(send("First", &file(0..400, 1, ",1")).await.status, StatusCode::SEE_OTHER);
    let fewer = send("Fewer", &file(50..400, 1, ",1")).await;
    assert_eq!(fewer.status, StatusCode::CONFLICT);
    assert!(fewer.text().contains("or most of them, are here already, as “First”"));
    assert_eq!(send("Others", &file(0..400, 2, ",1")).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_body_that_was_cut_off_or_is_too_large_leaves_nothing() {
    let site = open().await;
    let whole = b"--edge\r\ncontent-disposition: form-data; name=\"title\"\r\n\r\nCut\r\n--edge\r\ncontent-disposition: form-data; name=\"interviews\"; filename=\"a\"\r\n\r\nhcv\n1\n".to_vec();
    let kind = "multipart/form-data; boundary=edge";
    let sent = send(&site, "researcher", "/statistics/data", kind, whole).await;
    assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", sent.text());
    let huge = vec![b'1'; 17 << 20];
    let fields = [("title", b"Huge".as_slice()), ("interviews", &huge)];
    let sent = form(&site, "researcher", "/statistics/data", &fields).await;
    assert_eq!(sent.status, StatusCode::PAYLOAD_TOO_LARGE);
    let list = get(&site, "researcher", "/api/statistics/data").await.json();
    assert_eq!(list.as_array().map(Vec::len), Some(0), "{list}");
}

#[tokio::test]
async fn the_form_of_the_design_checks_itself_and_says_what_it_understood() {
    let site = open().await;
    // Two strata; in the second a single prison, and more prisons drawn in the first than there are.
    let mut csv = String::from("hcv,weight,prison,stratum,there\n");
    for at in 0..40 {
        let prison = at / 10;
        let stratum = if prison < 3 { "north" } else { "south" };
        csv.push_str(&format!("{},{},p{prison},{stratum},{}\n", at % 2, 5 + at % 3, 2));
    }
    let fields = [("title", b"Two strata".as_slice()), ("interviews", csv.as_bytes())];
    let sent = form(&site, "researcher", "/statistics/data", &fields).await;
    let address = sent.header("location").to_owned();
    let page = get(&site, "researcher", &address).await.text();
    // What the names of columns say is offered, and not kept.
    assert!(page.contains("<option value=\"weight\" selected>"), "{page}");
    assert!(page.contains("<option value=\"stratum\" selected>"), "{page}");
    let explore = get(&site, "researcher", &format!("{address}/explore")).await;
    assert_eq!(explore.status, StatusCode::CONFLICT);
    let to = format!("{address}/design");
    let mut design = vec![
        ("weights", "weight"),
        ("people", "about 200"),
        ("clusters-1", "prison"),
        ("strata-1", "stratum"),
        ("population-1", "there"),
        ("lonely", "fail"),
    ];
    let page = post(&site, "researcher", &to, &design).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = page.text();
    assert!(text.contains("“about 200” is not a number of people"), "{text}");
    assert!(text.contains("value=\"about 200\""), "what was typed is still there: {text}");
    design[1].1 = "500";
    let text = post(&site, "researcher", &to, &design).await.text();
    assert!(
        text.contains("there, row 2: in stratum “north” 3 units were drawn, but the column says that there are 2"),
        "{text}"
    );
    assert!(text.contains("in one stratum a single unit was drawn (south)"), "{text}");
    assert!(text.contains("href=\"#population-1\"") && text.contains("href=\"#lonely\""), "{text}");
    design[4].1 = "";
    design[5].1 = "adjust";
    let kept = post(&site, "researcher", &to, &design).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.text());
    let text = get(&site, "researcher", &address).await.text();
    for said in [
        "40 interviews stand for 239 people, each for 5.0 to 7.0.",
        "That is 52.2 % fewer than the 500 people there are",
        "4 units (column prison) were drawn separately in 2 strata (column stratum), between 1 and 3 in each.",
        "In each unit 10 to 10 people were interviewed.",
        "In one stratum a single unit was drawn (south); it is treated as chosen below.",
        "Only 2 degrees of freedom",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    let file = get(&site, "researcher", &format!("{address}/design.toml")).await.text();
    assert!(file.contains("weights = \"weight\"") && file.contains("people = 500"), "{file}");
    // A prison of two strata is named with its row.
    let wrong = [("clusters-1", "hcv"), ("strata-1", "stratum"), ("lonely", "fail")];
    let text = post(&site, "researcher", &to, &wrong).await.text();
    assert!(
        text.contains("hcv, row 32: unit “0” lies in stratum “north” and in “south”"),
        "{text}"
    );
}

#[tokio::test]
async fn a_corrected_file_is_a_version_and_the_old_one_is_kept() {
    for url in base::testing::databases().await {
        let site = TestSite::open(&url, PARTS, Equipment::BARE).await;
        let csv = |flip: usize| {
            let mut csv = String::from("hcv,prison\n");
            for at in 0..200 {
                csv.push_str(&format!("{},p{}\n", (at + usize::from(at == flip)) % 2, at / 10));
            }
            csv
        };
        let (one, two) = (csv(1_000), csv(7));
        let fields = [("title", b"Corrected".as_slice()), ("interviews", one.as_bytes())];
        let sent = form(&site, "researcher", "/statistics/data", &fields).await;
        let address = sent.header("location").to_owned();
        let design = [("clusters-1", "prison"), ("lonely", "fail")];
        post(&site, "researcher", &format!("{address}/design"), &design).await;
        let to = format!("{address}/versions");
        let because = ("because", b"one answer was keyed wrongly".as_slice());
        let same = form(&site, "researcher", &to, &[("interviews", one.as_bytes()), because]).await;
        assert_eq!(same.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(same.text().contains("this file is the one that is here already"));
        // Another researcher to whom it was shown may look, and change nothing.
        let other = "researcher-2";
        let hidden = get(&site, other, &address).await;
        assert_eq!(hidden.status, StatusCode::NOT_FOUND);
        shown_to(&site, &address, other).await;
        assert_eq!(get(&site, other, &address).await.status, StatusCode::OK);
        let theirs = form(&site, other, &to, &[("interviews", two.as_bytes()), because]).await;
        assert_eq!(theirs.status, StatusCode::FORBIDDEN);
        let gone = post(&site, other, &format!("{address}/delete"), &[("sure", "yes")]).await;
        assert_eq!(gone.status, StatusCode::FORBIDDEN);
        let next = form(&site, "researcher", &to, &[("interviews", two.as_bytes()), because]).await;
        assert_eq!(next.status, StatusCode::SEE_OTHER, "{}", next.text());
        let page = get(&site, "researcher", &address).await.text();
        assert!(
            page.contains("version 2") && page.contains("This is what was understood"),
            "{page}"
        );
        let versions = get(&site, "researcher", &to).await.text();
        assert!(versions.contains("one answer was keyed wrongly"), "{versions}");
        let pool = &site.app.storage.pool;
        let sql = "SELECT interviews FROM statistics_data_versions WHERE version = 1";
        let kept: String = sqlx::query_scalar(sql).fetch_one(pool).await.expect("version 1");
        assert_eq!(kept, one);
        // Once a table is out, the difference would show whose answer was corrected.
        let asked = [("of", "hcv"), ("method", "logit")];
        let out = post(&site, "researcher", &format!("{address}/release"), &asked).await;
        assert_eq!(out.status, StatusCode::SEE_OTHER, "{}", out.text());
        let late = form(&site, "researcher", &to, &[("interviews", one.as_bytes()), because]).await;
        assert_eq!(late.status, StatusCode::FORBIDDEN);
        assert!(late.text().contains("could show whose answer was changed"), "{}", late.text());
        let steward =
            form(&site, "data-steward", &to, &[("interviews", one.as_bytes()), because]).await;
        assert_eq!(steward.status, StatusCode::SEE_OTHER, "{}", steward.text());
        // Deleted is deleted, and what was published stays.
        let delete = format!("{address}/delete");
        let unsure = post(&site, "researcher", &delete, &[]).await;
        assert_eq!(unsure.status, StatusCode::UNPROCESSABLE_ENTITY);
        let gone = post(&site, "researcher", &delete, &[("sure", "yes")]).await;
        assert_eq!(gone.status, StatusCode::SEE_OTHER);
        assert_eq!(get(&site, "researcher", &address).await.status, StatusCode::NOT_FOUND);
        assert_eq!(get(&site, "", out.header("location")).await.status, StatusCode::OK);
        for sql in [
            "SELECT COUNT(*) FROM statistics_data_versions",
            "SELECT COUNT(*) FROM statistics_data WHERE interviews <> ''",
        ] {
            let left: i64 = sqlx::query_scalar(sql).fetch_one(pool).await.expect("a count");
            assert_eq!(left, 0, "{sql}");
        }
    }
}

#[tokio::test]
async fn the_api_does_what_the_pages_do() {
    let site = open().await;
    let interviews = statistics::synthetic::interviews(3);
    let fields = [
        ("title", b"By program".as_slice()),
        ("interviews", interviews.as_bytes()),
        ("codebook", statistics::synthetic::CODEBOOK.as_bytes()),
    ];
    let sent = form(&site, "researcher", "/api/statistics/data", &fields).await;
    assert_eq!(sent.status, StatusCode::CREATED, "{}", sent.text());
    let told = sent.json();
    let address = format!("/api/statistics/data/{}", told["id"].as_str().expect("an id"));
    assert!(told["offered"].as_str().is_some_and(|it| it.contains("clusters = \"prison\"")));
    let again = form(&site, "researcher", "/api/statistics/data", &fields).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    let wrong = [("title", b"Wrong".as_slice()), ("interviews", b"hcv,hcv\n1,0\n")];
    let wrong = form(&site, "researcher", "/api/statistics/data", &wrong).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text().contains("columns 1 and 2 have the same name"), "{}", wrong.text());
    let estimates = format!("{address}/estimates?of=hcv&of=total(hiv)&by=sex");
    assert_eq!(get(&site, "researcher", &estimates).await.status, StatusCode::CONFLICT);
    let to = format!("{address}/design");
    let text = "weights = \"no such\"\n".as_bytes().to_vec();
    let refused = send(&site, "researcher", &to, "application/toml", text).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text());
    let design = statistics::synthetic::DESIGN.as_bytes().to_vec();
    let kept = send(&site, "researcher", &to, "application/toml", design).await;
    assert_eq!(kept.status, StatusCode::OK, "{}", kept.text());
    assert!(kept.text().contains("60 units (column prison)"), "{}", kept.text());
    let made = get(&site, "researcher", &estimates).await.json();
    assert_eq!(made["tables"][0]["unit"], "share");
    assert_eq!(made["tables"][1]["unit"], "total");
    let one = get(&site, "researcher", &address).await.json();
    assert_eq!(one["columns"][1]["values"][0]["words"], "Armenia");
    for closed in ["/api/statistics/data", address.as_str(), estimates.as_str()] {
        assert_ne!(get(&site, "", closed).await.status, StatusCode::OK, "{closed}");
        assert_eq!(get(&site, "trainer", closed).await.status, StatusCode::FORBIDDEN, "{closed}");
    }
}
