//! From interviews to a country's brief and back: a researcher releases a table and asks that its figures go into the file, another
//! person takes them, the brief shows them with their source, and a withdrawn table marks them.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use base::access::Shown;
use base::part::Pending;
use base::site::Equipment;
use base::testing::{Answer, TestSite};
use base::who::Means;
use base::{Part, Role, Scope, Site, Who};

/// Whoever shows a role's word as token holds that role over everything.
static DOOR: Part = Part { name: "door", knows: Some(knows), ..Part::NOTHING };

fn knows<'a>(_: &'a Site, shown: Shown<'a>) -> Pending<'a, Option<Who>> {
    Box::pin(async move {
        let Shown::Token(word) = shown else { return Ok(None) };
        let (role, scope) = match word.split_once(':') {
            Some((role, country)) => (role, Scope::of("country", country)),
            None => (word, Scope::everything()),
        };
        Ok(Role::named(role).map(|role| Who {
            person: word.bytes().map(i64::from).sum(),
            name: word.into(),
            roles: vec![(role, scope)],
            means: Means::WritingToken,
        }))
    })
}

async fn open(url: &str) -> TestSite {
    let mut parts: Vec<&'static Part> = vec![&DOOR];
    parts.extend(web::PARTS);
    let parts: &'static [&'static Part] = Box::leak(parts.into_boxed_slice());
    let site = TestSite::open(url, parts, Equipment::BARE).await;
    web::import::load_shipped(&site.app, 1_700_000_000).await.expect("the shipped figures load");
    site
}

async fn send(site: &TestSite, who: &str, address: &str, kind: &str, body: String) -> Answer {
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

async fn get(site: &TestSite, who: &str, address: &str) -> Answer {
    send(site, who, address, "", String::new()).await
}

async fn post(site: &TestSite, who: &str, address: &str, body: &str) -> Answer {
    send(site, who, address, "application/x-www-form-urlencoded", body.into()).await
}

/// Sends interviews in, describes them, releases HIV by country and sex; gives the data set and the table.
async fn released(site: &TestSite, synthetic: bool) -> (String, String) {
    let mut body = String::new();
    let mark = if synthetic { "yes" } else { "" };
    for (name, file, value) in [
        ("title", "", "Prisons of the region".to_owned()),
        ("synthetic", "", mark.to_owned()),
        ("interviews", "; filename=\"data.csv\"", statistics::synthetic::interviews(3)),
        ("codebook", "; filename=\"codebook.csv\"", statistics::synthetic::CODEBOOK.to_owned()),
    ] {
        body.push_str(&format!(
            "--edge\r\ncontent-disposition: form-data; name=\"{name}\"{file}\r\n\r\n{value}\r\n"
        ));
    }
    body.push_str("--edge--\r\n");
    let kind = "multipart/form-data; boundary=edge";
    let sent = send(site, "researcher", "/statistics/data", kind, body).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    let data = sent.header("location").to_owned();
    let design = "weights=weight&clusters-1=prison&strata-1=stratum&population-1=prisons_in_stratum&lonely=fail";
    let kept = post(site, "researcher", &format!("{data}/design"), design).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.text());
    let asked = "of=hcv&by=country&by=sex&method=logit";
    let out = post(site, "researcher", &format!("{data}/release"), asked).await;
    assert_eq!(out.status, StatusCode::SEE_OTHER, "{}", out.text());
    (data, out.header("location").to_owned())
}

#[tokio::test]
async fn a_released_figure_reaches_the_brief_and_is_marked_when_withdrawn() {
    for url in base::testing::databases().await {
        let site = open(&url).await;
        let (data, table) = released(&site, false).await;
        // No figure without a publisher.
        let early = get(&site, "researcher", &format!("{table}/facts")).await;
        assert_eq!(early.status, StatusCode::CONFLICT, "{}", early.text());
        let about = "publisher=Institute+of+Health&licence=CC-BY-4.0&creators=A.+Author";
        let kept = post(&site, "researcher", &format!("{data}/presentation"), about).await;
        assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.text());
        let form = get(&site, "researcher", &format!("{table}/facts")).await.text();
        assert!(form.contains("Moldova") && !form.contains('⟦'), "{form}");
        let cells: Vec<String> = form
            .split("name=\"cell\" value=\"")
            .skip(1)
            .map(|rest| rest.chars().take_while(char::is_ascii_digit).collect())
            .collect();
        assert!(cells.len() > 5, "{form}");
        let chosen: String = cells.iter().map(|cell| format!("&cell={cell}")).collect();
        let ask = format!("indicator=hcv_prevalence_prison&year=2026{chosen}");
        let asked = post(&site, "researcher", &format!("{table}/facts"), &ask).await;
        assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.text());
        let batch = asked.header("location").to_owned();
        // Whoever asked does not decide, and a correspondent decides for one country only.
        let page = get(&site, "secretariat", &batch).await.text();
        let numbers: String = page
            .split("name=\"number\" value=\"")
            .skip(1)
            .map(|rest| {
                let number: String = rest.chars().take_while(char::is_ascii_digit).collect();
                format!("&number={number}")
            })
            .collect();
        assert!(numbers.len() > 20, "{page}");
        let take = format!("decision=take&reason=Looked+at{numbers}");
        let own = post(&site, "researcher", &batch, &take).await;
        assert_eq!(own.status, StatusCode::FORBIDDEN);
        let elsewhere = post(&site, "correspondent:MDA", &batch, &take).await;
        assert_eq!(elsewhere.status, StatusCode::FORBIDDEN, "{}", elsewhere.text());
        let taken = post(&site, "secretariat", &batch, &take).await;
        assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.text());
        // It stands in the brief, and leads to its table and back.
        let figure = get(&site, "", "/figures/ROU/hcv_prevalence_prison/2026/total").await;
        assert_eq!(figure.status, StatusCode::OK, "{}", figure.text());
        assert!(figure.text().contains(&table.replace('/', "&#x2f;")), "{}", figure.text());
        let brief = get(&site, "", "/countries/ROU.json").await.text();
        assert!(brief.contains("Prisons of the region"), "the brief cites the survey");
        let back = get(&site, "", &table).await.text();
        assert!(back.contains("hcv_prevalence_prison&#x2f;2026&#x2f;total"), "{back}");
        // Twice adds nothing.
        let again = post(&site, "researcher", &format!("{table}/facts"), &ask).await;
        let said = get(&site, "researcher", again.header("location")).await.text();
        assert!(said.contains("stand in the file already"), "{said}");
        // Withdrawn: the table's figures go, those in the file bear the mark.
        let no_reason = post(&site, "data-steward", &format!("{table}/withdraw"), "").await;
        assert_eq!(no_reason.status, StatusCode::UNPROCESSABLE_ENTITY);
        let gone =
            post(&site, "data-steward", &format!("{table}/withdraw"), "reason=Wrong+weights").await;
        assert_eq!(gone.status, StatusCode::SEE_OTHER, "{}", gone.text());
        assert_eq!(get(&site, "", &format!("{table}.csv")).await.status, StatusCode::GONE);
        assert!(get(&site, "", &table).await.text().contains("Wrong weights"));
        let marked = get(&site, "", "/figures/ROU/hcv_prevalence_prison/2026/total").await.text();
        assert!(marked.contains("Withdrawn"), "{marked}");
        let feed = get(&site, "", "/feed.atom?part=statistics").await.text();
        assert!(feed.contains("Table withdrawn") && !feed.contains("Shipped figures"), "{feed}");
    }
}

#[tokio::test]
async fn synthetic_figures_stay_out_of_every_file() {
    let url = base::testing::databases().await.remove(0);
    let site = open(&url).await;
    let (data, table) = released(&site, true).await;
    post(&site, "researcher", &format!("{data}/presentation"), "publisher=Nobody").await;
    let refused = get(&site, "researcher", &format!("{table}/facts")).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.text().contains("speak of nobody"), "{}", refused.text());
}
