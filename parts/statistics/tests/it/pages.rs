//! The pages, as a researcher, a data steward and anyone else use them.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use base::access::Shown;
use base::part::Pending;
use base::site::Equipment;
use base::testing::{Answer, TestSite};
use base::who::Means;
use base::{Part, Role, Scope, Site, Who};

/// Whoever shows a role's word as token holds that role over everything; `researcher-2` is another person.
pub static DOOR: Part = Part { name: "door", knows: Some(knows), ..Part::NOTHING };
pub static PARTS: &[&Part] = &[&statistics::PART, &instruments::PART, &DOOR];

fn knows<'a>(_: &'a Site, shown: Shown<'a>) -> Pending<'a, Option<Who>> {
    Box::pin(async move {
        let Shown::Token(word) = shown else { return Ok(None) };
        let role = Role::named(word.trim_end_matches("-2"));
        Ok(role.map(|role| Who {
            person: word.len() as i64,
            name: word.into(),
            roles: vec![(role, Scope::everything())],
            means: Means::WritingToken,
        }))
    })
}

pub async fn send(site: &TestSite, who: &str, address: &str, kind: &str, body: Vec<u8>) -> Answer {
    let method = if kind.is_empty() { "GET" } else { "POST" };
    let mut request = Request::builder().method(method).uri(address);
    if !who.is_empty() {
        request = request.header("authorization", format!("Bearer {who}"));
    }
    if !kind.is_empty() {
        request = request.header("content-type", kind);
    }
    site.send(request.body(Body::from(body)).expect("a request")).await
}

pub async fn get(site: &TestSite, who: &str, address: &str) -> Answer {
    send(site, who, address, "", Vec::new()).await
}

pub async fn post(site: &TestSite, who: &str, address: &str, fields: &[(&str, &str)]) -> Answer {
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    send(site, who, address, "application/x-www-form-urlencoded", body.into_bytes()).await
}

async fn upload(site: &TestSite, who: &str, interviews: &str) -> Answer {
    let mut body = String::new();
    for (name, file, value) in [
        ("title", "", "Prisons of the region"),
        ("interviews", "; filename=\"data.csv\"", interviews),
        ("codebook", "; filename=\"codebook.csv\"", statistics::synthetic::CODEBOOK),
    ] {
        body.push_str(&format!(
            "--edge\r\ncontent-disposition: form-data; name=\"{name}\"{file}\r\n\r\n{value}\r\n"
        ));
    }
    body.push_str("--edge--\r\n");
    let kind = "multipart/form-data; boundary=edge";
    send(site, who, "/statistics/data", kind, body.into_bytes()).await
}

async fn described(site: &TestSite) -> String {
    let sent = upload(site, "researcher", &statistics::synthetic::interviews(3)).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    let address = sent.header("location").to_owned();
    let design = [
        ("weights", "weight"),
        ("clusters-1", "prison"),
        ("strata-1", "stratum"),
        ("population-1", "prisons_in_stratum"),
        ("lonely", "fail"),
    ];
    let kept = post(site, "researcher", &format!("{address}/design"), &design).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.text());
    address
}

#[tokio::test]
async fn from_interviews_to_a_published_table() {
    for url in base::testing::databases().await {
        let site = TestSite::open(&url, PARTS, Equipment::BARE).await;
        let address = described(&site).await;
        let page = get(&site, "researcher", &address).await.text();
        assert!(
            page.contains("60 units (column prison) were drawn separately in 16 strata"),
            "{page}"
        );
        let query = "of=hiv&by=country&by=sex&method=logit";
        let page = get(&site, "researcher", &format!("{address}/explore?{query}")).await.text();
        assert!(page.contains("Why is a cell empty?") && page.contains("<svg"), "{page}");
        let asked = [("of", "hiv"), ("by", "country"), ("by", "sex"), ("method", "logit")];
        let out = post(&site, "researcher", &format!("{address}/release"), &asked).await;
        assert_eq!(out.status, StatusCode::SEE_OTHER, "{}", out.text());
        let table = out.header("location").to_owned();
        // Anyone reads the table, in every form; nobody reads that there are interviews.
        for form in ["", ".csv", ".json", ".xlsx", "?lang=fr"] {
            let read = get(&site, "", &format!("{table}{form}")).await;
            assert_eq!(read.status, StatusCode::OK, "{table}{form}");
            assert!(!read.text().contains('⟦'), "{form}: {}", read.text());
        }
        let svg = get(&site, "", &format!("{table}/charts/figures.svg")).await;
        assert_eq!(svg.header("content-type"), "image/svg+xml");
        let public = get(&site, "", &format!("{table}.csv")).await.text();
        assert!(public.contains("withheld-protected") && !public.contains("few-alike"), "{public}");
        let list = get(&site, "", "/statistics").await.text();
        assert!(list.contains("HIV") && !list.contains('⟦'), "{list}");
        for closed in
            [address.clone(), "/statistics/data".into(), format!("{address}/explore?{query}")]
        {
            assert_eq!(get(&site, "", &closed).await.status, StatusCode::SEE_OTHER, "{closed}");
            assert_eq!(
                get(&site, "trainer", &closed).await.status,
                StatusCode::FORBIDDEN,
                "{closed}"
            );
        }
    }
}

#[tokio::test]
async fn a_table_that_would_undo_an_earlier_one_loses_cells() {
    let url = base::testing::databases().await.remove(0);
    let site = TestSite::open(&url, PARTS, Equipment::BARE).await;
    // Two ways to cut age; only the four people aged 25 fall between them. All of them have hepatitis C.
    let mut interviews = String::from("prison,hcv,under_25,under_26,weight\n");
    for at in 0..400 {
        let age = if at < 4 { 25 } else { [20, 22, 24, 30, 40, 50][at % 6] };
        let cut = |limit: u32| if age < limit { "yes" } else { "no" };
        let hcv = u8::from(at < 4 || at % 7 == 0);
        interviews.push_str(&format!("p{},{hcv},{},{},10\n", at % 20, cut(25), cut(26)));
    }
    let body = format!(
        "--edge\r\ncontent-disposition: form-data; name=\"title\"\r\n\r\nAges\r\n--edge\r\ncontent-disposition: form-data; name=\"interviews\"; filename=\"a.csv\"\r\n\r\n{interviews}\r\n--edge--\r\n"
    );
    let sent = send(
        &site,
        "researcher",
        "/statistics/data",
        "multipart/form-data; boundary=edge",
        body.into_bytes(),
    )
    .await;
    let address = sent.header("location").to_owned();
    let design = [("weights", "weight"), ("clusters-1", "prison"), ("lonely", "fail")];
    assert_eq!(
        post(&site, "researcher", &format!("{address}/design"), &design).await.status,
        StatusCode::SEE_OTHER
    );
    let release = async |of: &str, by: &str| {
        let asked = [("of", of), ("by", by), ("method", "logit")];
        let out = post(&site, "researcher", &format!("{address}/release"), &asked).await;
        let table = out.header("location").to_owned();
        get(&site, "", &format!("{table}.csv")).await.text().matches("withheld-protected").count()
    };
    assert_eq!(release("hcv", "under_25").await, 0);
    // The same share in other words is the same share.
    assert!(release("hcv=1", "under_26").await >= 2, "both ages go, or the total would tell them");
}

#[tokio::test]
async fn weaker_rules_are_for_another_person_to_decide() {
    let url = base::testing::databases().await.remove(0);
    let site = TestSite::open(&url, PARTS, Equipment::BARE).await;
    let address = described(&site).await;
    let asked = [
        ("of", "hiv"),
        ("by", "country"),
        ("method", "logit"),
        ("weaker", "yes"),
        ("least_n", "5"),
        ("least_either", "1"),
        ("reason", "A count of prisons, agreed with the services"),
    ];
    let out = post(&site, "researcher", &format!("{address}/release"), &asked).await;
    let table = out.header("location").to_owned();
    assert_eq!(get(&site, "", &table).await.status, StatusCode::NOT_FOUND);
    let decision = [("decision", "publish"), ("reason", "The services agreed in writing")];
    let decide = format!("{table}/decide");
    assert_eq!(post(&site, "researcher", &decide, &decision).await.status, StatusCode::FORBIDDEN);
    let page = get(&site, "data-steward", &table).await.text();
    assert!(
        page.contains("agreed with the services") && page.contains("Publish this table"),
        "{page}"
    );
    assert_eq!(post(&site, "data-steward", &decide, &decision).await.status, StatusCode::SEE_OTHER);
    assert_eq!(get(&site, "", &table).await.status, StatusCode::OK);
    // Without a reason nothing is asked.
    let hollow = [("of", "hiv"), ("weaker", "yes"), ("least_n", "5"), ("least_either", "1")];
    let out = post(&site, "researcher", &format!("{address}/release"), &hollow).await;
    assert_eq!(out.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_file_or_a_design_that_is_wrong_is_said_beside_the_form() {
    let url = base::testing::databases().await.remove(0);
    let site = TestSite::open(&url, PARTS, Equipment::BARE).await;
    let sent = upload(&site, "researcher", "hcv,hcv\n1,0\n").await;
    assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(sent.text().contains("columns 1 and 2 have the same name"), "{}", sent.text());
    let address = described(&site).await;
    let design =
        [("weights", "sex"), ("clusters-1", "interview"), ("strata-1", "hiv"), ("lonely", "fail")];
    let sent = post(&site, "researcher", &format!("{address}/design"), &design).await;
    assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(sent.text().contains("no label; every row must belong"), "{}", sent.text());
}

#[tokio::test]
async fn a_sample_can_be_planned_and_drawn_again() {
    let url = base::testing::databases().await.remove(0);
    let site = TestSite::open(&url, PARTS, Equipment::BARE).await;
    let list: String =
        (1..=40).map(|at| format!("Prison%20{at},%20{}%0A", 100 + 13 * at)).collect();
    let address = format!("/statistics/sample?per_prison=60&seed=7&prisons={list}");
    let page = get(&site, "", &address).await.text();
    assert!(page.contains("seed 7") && page.contains("Weight of an interview"), "{page}");
    assert_eq!(page, get(&site, "", &address).await.text());
    let wrong = get(&site, "", "/statistics/sample?margin=90&prisons=Only%20a%20name").await.text();
    assert!(
        wrong.contains("does not lie between") && wrong.contains("write a name, a comma"),
        "{wrong}"
    );
}
