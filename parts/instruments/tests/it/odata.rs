//! A round as an OData service, asked as Power BI and Excel ask: description, rows, filters, pages, errors.

use base::testing::databases;
use base64::Engine as _;
use serde_json::Value;

use super::taken::{ALL_KINDS, filled};
use super::*;

/// A round of several people, and a token to read it with.
async fn service(site: &TestSite) -> (Browser<'_>, String, String) {
    let admin = administrator(site).await;
    published(&admin, "kinds", ALL_KINDS).await;
    let id = round(&admin, "kinds", "named").await;
    let lines: Vec<String> = (1..=5).map(|at| format!("Person {at}; MDA")).collect();
    let page =
        admin.post(&format!("/rounds/{id}/respondents"), &[("lines", &lines.join("\n"))]).await;
    let links = paths(&page.text(), "/ask/");
    for (at, link) in links.iter().enumerate() {
        let age = (at * 10).to_string();
        let words = ["O'Brien", "=1+1", "Ana", "", "ana maria"][at];
        let uses = if at % 2 == 0 { "y" } else { "n" };
        let mut answers = vec![("/data/uses", uses), ("/data/words", words), ("/data/level", "2")];
        if at > 0 {
            answers.push(("/data/age", age.as_str()));
            answers.push(("/data/since", "2020-02-29"));
            answers.push(("/data/clock", "14:30"));
            answers.push(("/data/colours", "red"));
            answers.push(("/data/here", "47.01 28.86"));
        }
        let children: &[&str] = if at == 1 { &["Ion", "Ana"] } else { &["Mia"] };
        filled(&Browser::new(site), link, &answers, children).await;
    }
    let page = admin.post("/me/tokens", &[("name", "Power BI"), ("days", "30")]).await.text();
    let token =
        page.split("<code>").filter_map(|part| part.split('<').next()).find(|it| it.len() == 64);
    let token = token.unwrap_or_else(|| panic!("no token: {page}")).to_owned();
    (admin, id, token)
}

struct Client<'a> {
    site: &'a TestSite,
    root: String,
    token: String,
}

impl Client<'_> {
    async fn raw(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let pair = format!("anyone@example.org:{}", self.token);
        let basic = base64::engine::general_purpose::STANDARD.encode(pair);
        let basic = format!("Basic {basic}");
        let mut all = vec![("authorization", basic.as_str())];
        all.extend_from_slice(headers);
        let path = path.replace(' ', "%20").replace('\'', "%27");
        self.site.get_with(&format!("{}{path}", self.root), &all).await
    }

    async fn get(&self, path: &str) -> Value {
        let answer = self.raw(path, &[]).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
        assert_eq!(answer.header("odata-version"), "4.0");
        assert_eq!(answer.header("content-type"), "application/json;odata.metadata=minimal");
        answer.json()
    }

    /// The ages of the rows that fit, as one text.
    async fn ages(&self, query: &str) -> String {
        let found = self.get(&format!("/answers?$select=age&{query}")).await;
        let rows = found["value"].as_array().expect("rows").iter();
        rows.map(|row| row["age"].to_string()).collect::<Vec<_>>().join(",")
    }

    async fn wrong(&self, path: &str, status: u16) -> String {
        let answer = self.raw(path, &[]).await;
        assert_eq!(answer.status.as_u16(), status, "{path}: {}", answer.text());
        assert_eq!(answer.header("odata-version"), "4.0");
        let error = &answer.json()["error"];
        assert!(error["code"].is_string(), "{error}");
        error["message"].as_str().expect("a message").to_owned()
    }
}

#[tokio::test]
async fn a_client_reads_the_whole_service() {
    for url in databases().await {
        let site = site(&url).await;
        let (admin, id, token) = service(&site).await;
        let client = Client { site: &site, root: format!("/api/odata/{id}"), token: token.clone() };

        let document = client.get("").await;
        let names: Vec<_> = document["value"]
            .as_array()
            .expect("sets")
            .iter()
            .map(|it| it["url"].clone())
            .collect();
        assert_eq!(names, ["answers", "child", "toy"]);
        let metadata = client.raw("/$metadata", &[]).await;
        assert_eq!(metadata.header("content-type"), "application/xml;charset=utf-8");
        let text = metadata.text();
        let xml = roxmltree::Document::parse(&text).expect("XML");
        let property = |name: &str| {
            let mut properties = xml.descendants().filter(|it| {
                it.has_tag_name(("http://docs.oasis-open.org/odata/ns/edm", "Property"))
            });
            let found = properties.find(|it| it.attribute("Name") == Some(name));
            found.and_then(|it| it.attribute("Type")).unwrap_or("none").to_owned()
        };
        for (name, kind) in [
            ("_record", "Edm.Int64"),
            ("_day", "Edm.Date"),
            ("age", "Edm.Int64"),
            ("dose", "Edm.Double"),
            ("since", "Edm.Date"),
            ("clock", "Edm.TimeOfDay"),
            ("uses", "Edm.String"),
            ("colours_red", "Edm.Int32"),
            ("here_latitude", "Edm.Double"),
            ("child", "none"),
        ] {
            assert_eq!(property(name), kind, "{name}");
        }
        assert!(text.contains(
            "<NavigationProperty Name=\"child\" Type=\"Collection(Throughcare.child_row)\""
        ));

        let all = client.get("/answers").await;
        assert_eq!(all["value"].as_array().map(Vec::len), Some(5));
        let first = &all["value"][1];
        assert_eq!(first["age"], 10);
        assert_eq!(first["since"], "2020-02-29");
        assert_eq!(first["clock"], "14:30:00.000");
        assert_eq!(first["words"], "=1+1", "a typed text stays what it was");
        assert_eq!(first["here_longitude"], 28.86);
        assert_eq!(first["_respondent"], "Person 2");

        for (query, ages) in [
            ("$filter=age gt 10", "20,30,40"),
            ("$filter=age ge 10 and age lt 30", "10,20"),
            ("$filter=age eq null", "null"),
            ("$filter=age ne 10", "null,20,30,40"),
            ("$filter=not (age gt 10)", "null,10"),
            ("$filter=age in (10,40)", "10,40"),
            ("$filter=age mod 20 eq 0", "20,40"),
            ("$filter=age add 5 eq 15 or age div 3 eq 13", "10,40"),
            ("$filter=-age lt -25", "30,40"),
            ("$filter=words eq 'O''Brien'", "null"),
            ("$filter=contains(tolower(words),'ana')", "20,40"),
            ("$filter=startswith(words,'=')", "10"),
            ("$filter=endswith(words,'ia')", "40"),
            ("$filter=length(words) eq 3", "20"),
            ("$filter=indexof(words,'maria') gt 0", "40"),
            ("$filter=substring(words,4) eq 'maria'", "40"),
            ("$filter=concat(words,'!') eq 'Ana!'", "20"),
            (
                "$filter=year(since) eq 2020 and month(since) eq 2 and day(since) eq 29",
                "10,20,30,40",
            ),
            ("$filter=since lt 2020-03-01", "10,20,30,40"),
            ("$filter=hour(clock) eq 14 and clock lt 15:00:00", "10,20,30,40"),
            ("$filter=round(here_latitude) eq 47", "10,20,30,40"),
            ("$filter=child/any(c: c/name eq 'Ion')", "10"),
            ("$filter=child/all(c: c/name eq 'Mia')", "null,20,30,40"),
            ("$filter=child/$count eq 2", "10"),
            ("$filter=uses eq 'y'", "null,20,40"),
            ("$orderby=age desc", "40,30,20,10,null"),
            ("$orderby=uses asc,age desc", "30,10,40,20,null"),
            ("$orderby=age desc&$top=2&$skip=1", "30,20"),
            ("$top=0", ""),
        ] {
            assert_eq!(client.ages(query).await, ages, "{query}");
        }
        let counted = client.get("/answers?$count=true&$top=1&$filter=age gt 10").await;
        assert_eq!(
            (&counted["@odata.count"], counted["value"].as_array().map(Vec::len)),
            (&Value::from(3), Some(1))
        );
        assert_eq!(client.raw("/answers/$count?$filter=age gt 10", &[]).await.text(), "3");

        // Rows within rows, down and up.
        let expanded = client
            .get("/answers?$select=age&$expand=child($select=name;$filter=name ne 'Ion')&$filter=age eq 10")
            .await;
        assert_eq!(expanded["value"].to_string(), r#"[{"age":10,"child":[{"name":"Ana"}]}]"#);
        assert!(
            expanded["@odata.context"]
                .as_str()
                .is_some_and(|it| it.ends_with("#answers(age,child(name))"))
        );
        let up = client
            .get("/child?$expand=_parent($select=age)&$filter=_parent/age eq 10&$select=name")
            .await;
        assert_eq!(
            up["value"].to_string(),
            r#"[{"name":"Ion","_parent":{"age":10}},{"name":"Ana","_parent":{"age":10}}]"#
        );
        assert_eq!(client.get("/answers(2)").await["age"], 10);
        assert_eq!(client.get("/answers(_record=2)/child(_record=2,_at='2')").await["name"], "Ana");
        assert_eq!(
            client.get("/answers(2)/child?$select=name").await["value"].as_array().map(Vec::len),
            Some(2)
        );
        assert_eq!(client.get("/answers(2)/age").await["value"], 10);
        assert_eq!(client.raw("/answers(2)/words/$value", &[]).await.text(), "=1+1");
        assert_eq!(client.raw("/answers(1)/age", &[]).await.status, StatusCode::NO_CONTENT);

        // With labels in place of codes.
        let french =
            Client { site: &site, root: format!("/api/odata/{id}-fr"), token: token.clone() };
        let row = french.get("/answers?$filter=uses eq 'Oui'&$top=1").await;
        assert_eq!(row["value"][0]["level"], "Haut");

        // Pages, each with the way to the next.
        let mut ages = Vec::new();
        let mut next = "/answers?$select=age&$orderby=age desc&$top=4".to_owned();
        for _ in 0..9 {
            let answer = client.raw(&next, &[("prefer", "odata.maxpagesize=3")]).await;
            assert_eq!(answer.header("preference-applied"), "odata.maxpagesize=3");
            let page = answer.json();
            ages.extend(
                page["value"].as_array().expect("rows").iter().map(|row| row["age"].to_string()),
            );
            let Some(link) = page["@odata.nextLink"].as_str() else { break };
            next = link.split_once(&client.root).expect("our address").1.to_owned();
        }
        assert_eq!(ages, ["40", "30", "20", "10"]);

        let plain = client
            .raw(
                "/answers?$top=1",
                &[("accept", "application/json;odata.metadata=none;IEEE754Compatible=true")],
            )
            .await;
        let value = plain.json();
        assert_eq!(value.get("@odata.context"), None);
        assert_eq!(value["value"][0]["_record"], "1");

        // What cannot be answered, in the words of the standard.
        for (path, status, says) in [
            ("/answers?$filter=ag gt 1", 400, "answers has no property ag"),
            ("/answers?$filter=age gt 'x'", 400, "gt cannot compare a number with a text"),
            ("/answers?$filter=age gt", 400, "something is missing at the end"),
            ("/answers?$filter=age", 400, "$filter wants true or false"),
            ("/answers?$filter=contains(age,'1')", 400, "contains wants a text and got a number"),
            ("/answers?$filter=words eq 'x", 400, "has no end"),
            ("/answers?$filter=nofunction(age)", 400, "there is no function nofunction"),
            ("/answers?$top=x", 400, "$top is a whole number"),
            ("/answers?$select=age,nothing", 400, "no property nothing"),
            ("/answers?$expand=nothing", 400, "no rows nothing"),
            ("/answers?$bogus=1", 400, "$bogus is no option"),
            ("/answers?$search=a", 501, "does not do $search"),
            ("/answers?$apply=aggregate($count as n)", 501, "does not do $apply"),
            ("/answers?$skiptoken=x", 400, "none of ours"),
            ("/answers?$format=atom", 406, "writes JSON"),
            ("/nothing", 404, "no entity set nothing"),
            ("/answers(99)", 404, "no row 99"),
            ("/child(1)", 400, "the key of child"),
            ("/answers(1)/nothing", 404, "no property nothing"),
            ("/$batch", 501, "does not do $batch"),
        ] {
            let message = client.wrong(path, status).await;
            assert!(message.contains(says), "{path}: {message}");
        }
        let deep = format!("/answers?$filter={}age gt 1{}", "(".repeat(400), ")".repeat(400));
        assert!(client.wrong(&deep, 400).await.contains("too many brackets"));
        let long = format!("/answers?$filter=age gt 1{}", " or age gt 1".repeat(400));
        assert!(client.wrong(&long, 400).await.contains("at most 1000"));
        let old = client.raw("/answers", &[("odata-maxversion", "3.0")]).await;
        assert_eq!(old.status, StatusCode::BAD_REQUEST);

        // Nobody comes in without a token, and the client is told how to show one.
        let nobody = site.get(&format!("/api/odata/{id}/answers")).await;
        assert_eq!(nobody.status, StatusCode::UNAUTHORIZED);
        assert!(nobody.header("www-authenticate").starts_with("Basic realm="));
        assert_eq!(nobody.json()["error"]["code"], "odata-sign-in");
        let bearer = format!("Bearer {token}");
        let by_bearer =
            site.get_with(&format!("/api/odata/{id}/answers"), &[("authorization", &bearer)]).await;
        assert_eq!(by_bearer.status, StatusCode::OK);
        let forged = Client { site: &site, root: client.root.clone(), token: "0".repeat(64) };
        assert_eq!(forged.raw("/answers", &[]).await.status, StatusCode::UNAUTHORIZED);
        assert!(client.wrong("/../ffffffff/answers", 404).await.len() > 3);
        drop(admin);
    }
}
