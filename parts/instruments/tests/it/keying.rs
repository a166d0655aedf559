//! Keyed entry: a sheet is keyed twice by two people, skips are followed and overridden with a mark, what differs is
//! settled, and what comes of it is a record like any other that says "paper".

use base::testing::databases;
use sqlx::Row;

use super::*;

/// A second person at a second browser.
async fn colleague<'a>(site: &'a TestSite, admin: &Browser<'_>) -> Browser<'a> {
    let page = admin
        .post("/people", &[("name", "Dan"), ("email", "dan@example.org"), ("language", "en")])
        .await;
    let link = paths(&page.text(), "/sign-in/link/").remove(0);
    let people = admin.get("/people.csv").await.text();
    let number =
        people.lines().position(|line| line.contains("dan@example.org")).expect("he is there");
    let _ = number;
    let mut browser = Browser { peer: "192.0.2.9", ..Browser::new(site) };
    let answer = browser.post(&link, &[]).await;
    let cookie = answer.header("set-cookie").split(';').next().unwrap_or_default();
    browser.cookie = cookie.to_owned();
    let person = paths(&page.text(), "/people/").into_iter().find_map(|it| {
        it.trim_start_matches("/people/").split('/').next().and_then(|it| it.parse::<i64>().ok())
    });
    let person = person.unwrap_or(2);
    let given = admin.post(&format!("/people/{person}/roles"), &[("role", "coordinator")]).await;
    assert!(given.status.is_success() || given.status.is_redirection(), "{}", given.text());
    browser
}

/// Opens a sheet; its address.
async fn open(clerk: &Browser<'_>, round: &str, sheet: &str, further: &[(&str, &str)]) -> String {
    let mut fields = vec![("sheet", sheet), ("language", "English (en)")];
    fields.extend(further);
    let answer = clerk.post(&format!("/rounds/{round}/paper"), &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    answer.header("location").to_owned()
}

/// Types answers, each with its name listed as the page lists it.
fn typed<'a>(answers: &[(&'a str, &'a str)], go: &'a str) -> Vec<(&'a str, &'a str)> {
    let mut fields: Vec<(&str, &str)> = answers.iter().map(|(name, _)| ("q", *name)).collect();
    fields.extend(answers);
    fields.push(("go", go));
    fields
}

#[tokio::test]
async fn two_clerks_key_a_sheet_and_the_paper_settles_what_differs() {
    for url in databases().await {
        let site = site(&url).await;
        let admin = administrator(&site).await;
        let dan = colleague(&site, &admin).await;
        published(&admin, "towns", TOWN).await;
        let id = round(&admin, "towns", "shared").await;
        let desk = format!("/rounds/{id}/paper");
        let wrong = admin.post(&desk, &[("sheet", "7"), ("code", "AAAAA")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.text().contains("another round or to an earlier version"));

        let sheet = open(&admin, &id, "0041", &[]).await;
        let page = admin.get(&sheet).await.text().replace("&#x2f;", "/");
        assert!(page.contains("name=\"/data/child[1]/name\""), "{page}");
        // What cannot be is told, and nothing of the sheet is lost.
        let answers = [("/data/age", "forty"), ("/data/uses", "3"), ("/data/why", "no time")];
        let again = admin.post(&sheet, &typed(&answers, "done")).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        let text = again.text();
        for words in
            ["This is no number.", "There is no answer with this number.", "value=\"no time\""]
        {
            assert!(text.contains(words), "{words}: {text}");
        }
        // Interrupted: the page comes back as it was left; nobody else keys it meanwhile.
        assert!(admin.get(&sheet).await.text().contains("value=\"forty\""));
        assert_eq!(dan.get(&sheet).await.status, StatusCode::CONFLICT);
        // "No" to 2 asks 3; "yes" leaves it out: an answer there must be marked.
        let answers = [
            ("/data/age", "41"),
            ("/data/uses", "1"),
            ("/data/why", "no time"),
            ("/data/g/colours", "2 1"),
            ("/data/child[2]/name", "B"),
        ];
        let skipped = admin.post(&sheet, &typed(&answers, "done")).await;
        assert_eq!(skipped.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(skipped.text().contains("leave this question out"), "{}", skipped.text());
        let mut marked = typed(&answers, "done");
        marked.push(("mark", "/data/why"));
        let done = admin.post(&sheet, &marked).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
        assert!(done.header("location").contains("done=0041&batch=1"));
        let next = admin.get(done.header("location")).await.text();
        assert!(next.contains("value=\"0042\""), "the next number is there: {next}");

        // The second clerk sees nothing of the first, and reads one answer otherwise.
        let second = open(&dan, &id, "0041", &[]).await;
        let page = dan.get(&second).await.text();
        assert!(!page.contains("no time") && !page.contains("value=\"41\""), "{page}");
        let other = [("/data/age", "47"), answers[1], answers[2], answers[3], answers[4]];
        let mut marked = typed(&other, "done");
        marked.push(("mark", "/data/why"));
        let differs = dan.post(&second, &marked).await;
        assert!(differs.header("location").ends_with("/0041/differences"), "{}", differs.text());
        let address = differs.header("location").to_owned();
        let page = dan.get(&address).await.text();
        assert!(page.contains("<b>41</b>") && page.contains("<b>47</b>"), "{page}");
        assert_eq!(page.matches("<fieldset").count(), 1, "only what differs");
        let unsettled = dan.post(&address, &[]).await;
        assert_eq!(unsettled.status, StatusCode::UNPROCESSABLE_ENTITY);
        let taken = dan.post(&address, &[("/data/age", "second")]).await;
        assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.text());

        let row = sqlx::query("SELECT record, violations FROM submissions WHERE round = $1")
            .bind(&id)
            .fetch_one(&site.app.storage.pool)
            .await
            .expect("one record");
        let (xml, violations): (String, String) = (row.get(0), row.get(1));
        assert!(xml.contains("mode=\"paper\"") && xml.contains("<age>47</age>"), "{xml}");
        assert!(
            xml.contains("<colours>red blue</colours>") && xml.contains("<name>B</name>"),
            "{xml}"
        );
        assert!(!xml.contains("no time") && violations.contains("no time"), "{xml} {violations}");
        let again = admin.get(&sheet).await;
        assert_eq!(again.status, StatusCode::CONFLICT, "a sheet is one record");
        let count = "SELECT COUNT(*) FROM paper_entries";
        let left: i64 =
            sqlx::query_scalar(count).fetch_one(&site.app.storage.pool).await.expect("a number");
        assert_eq!(left, 0);
        let csv = admin.get(&format!("/rounds/{id}/sheets.csv")).await.text();
        assert!(csv.contains("0041,taken"), "{csv}");

        // Two that agree are taken at once, and one that nobody can key twice as it is.
        for (clerk, sheet) in [(&admin, "0050"), (&dan, "0050"), (&admin, "0051")] {
            let address = open(clerk, &id, sheet, &[]).await;
            let done = clerk.post(&address, &typed(&[("/data/age", "30")], "done")).await;
            assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
        }
        let once = admin.post(&desk, &[("go", "take-once")]).await;
        assert_eq!(once.status, StatusCode::SEE_OTHER);
        let csv = admin.get(&format!("/rounds/{id}/data/answers.csv")).await.text();
        assert_eq!(csv.lines().count(), 4, "{csv}");
    }
}

#[tokio::test]
async fn a_named_round_says_for_whom_and_the_script_hears_what_is_skipped() {
    for url in databases().await {
        let site = site(&url).await;
        let admin = administrator(&site).await;
        published(&admin, "towns", TOWN).await;
        let id = round(&admin, "towns", "named").await;
        admin.post(&format!("/rounds/{id}/respondents"), &[("lines", "Prison 13; MDA")]).await;
        let desk = format!("/rounds/{id}/paper");
        let nobody = admin.post(&desk, &[("sheet", "1")]).await;
        assert_eq!(nobody.status, StatusCode::UNPROCESSABLE_ENTITY);
        let sheet = open(&admin, &id, "1", &[("respondent", "1")]).await;
        let body = "q=%2Fdata%2Fuses&%2Fdata%2Fuses=1&go=keep";
        let request = Request::builder()
            .method("POST")
            .uri(&sheet)
            .header("cookie", &admin.cookie)
            .header("accept", "application/json")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .extension(Peer("192.0.2.1".parse().expect("an address")))
            .body(Body::from(body))
            .expect("a request");
        let told = site.send(request).await;
        assert_eq!(told.status, StatusCode::OK, "{}", told.text());
        assert_eq!(told.json()["skipped"], serde_json::json!(["q-data-why"]));
        let done = admin.post(&sheet, &typed(&[("/data/age", "30")], "done")).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER);
        admin.post(&desk, &[("go", "take-once")]).await;
        let csv = admin.get(&format!("/rounds/{id}/data/answers.csv")).await.text();
        assert!(csv.contains("Prison 13,MDA"), "{csv}");
    }
}

/// A keyed sheet is finished like a page: what the form fills at the end is there; a file is none of the clerk's affair.
#[tokio::test]
async fn a_keyed_sheet_is_finished_and_a_file_is_not_from_paper() {
    let form = "| settings | | |\n| | form_title | form_id |\n| | Timed | timed |\n| survey | | | |\n| | type | name | label |\n| | start | began | |\n| | end | ended | |\n| | text | words | Words |\n| | image | photo | Photograph |\n";
    for url in databases().await {
        let site = site(&url).await;
        let admin = administrator(&site).await;
        published(&admin, "timed", form).await;
        let id = round(&admin, "timed", "shared").await;
        let sheet = open(&admin, &id, "1", &[]).await;
        let page = admin.get(&sheet).await.text();
        assert!(page.contains("Photograph") && page.contains("A file: not from paper"), "{page}");
        let done = admin.post(&sheet, &typed(&[("/data/words", "some")], "done")).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
        admin.post(&format!("/rounds/{id}/paper"), &[("go", "take-once")]).await;
        let record: String = sqlx::query_scalar("SELECT record FROM submissions")
            .fetch_one(&site.app.storage.pool)
            .await
            .expect("a record");
        for told in ["<began>2026-11-24T", "<ended>2026-11-24T"] {
            assert!(record.contains(told), "{told} is not in {record}");
        }
    }
}
