//! After an anonymous round the whole database is read, table by table, for a path from an answer to
//! a person: an identity, an address, a device, a time finer than a day, an order.

use base::testing::databases;
use sqlx::{AnyPool, Column, Row};

use super::*;

const WITH_TIMES: &str = "
| settings | | |
| | form_title | form_id |
| | Secret | secret |
| survey | | | |
| | type | name | label | calculation |
| | start | began | | |
| | end | ended | | |
| | today | today | | |
| | deviceid | device | | |
| | username | who | | |
| | calculate | clock | | now() |
| | select_one yn | uses | Do you use drugs here? | |
| | text | remark | Anything else? | |
| choices | | | |
| | list_name | name | label |
| | yn | y | Yes |
| | yn | n | No |
";

/// Every row of every table as text, by table.
async fn everything(pool: &AnyPool, postgres: bool) -> Vec<(String, Vec<String>)> {
    let names = match postgres {
        true => {
            "SELECT CAST(table_name AS TEXT) FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1"
        }
        false => "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1",
    };
    let names: Vec<String> = sqlx::query_scalar(names).fetch_all(pool).await.expect("tables");
    let mut all = Vec::new();
    for name in names {
        let sql = format!("SELECT * FROM {name}");
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_all(pool).await.expect("rows");
        let rows = rows.iter().map(|row| {
            let cells = row.columns().iter().map(|column| {
                let at = column.ordinal();
                let text = row.try_get::<Option<String>, _>(at).ok().flatten();
                let number =
                    || row.try_get::<Option<i64>, _>(at).ok().flatten().map(|it| it.to_string());
                let bytes = || {
                    let bytes = row.try_get::<Option<Vec<u8>>, _>(at).ok().flatten()?;
                    Some(String::from_utf8_lossy(&bytes).into_owned())
                };
                format!(
                    "{}={}",
                    column.name(),
                    text.or_else(number).or_else(bytes).unwrap_or_default()
                )
            });
            cells.collect::<Vec<_>>().join("\t")
        });
        all.push((name, rows.collect()));
    }
    all
}

#[tokio::test]
async fn no_path_leads_from_an_answer_to_anybody() {
    for url in databases().await {
        let postgres = url.starts_with("postgres");
        let site = site(&url).await;
        let pool = &site.app.storage.pool;
        let admin = administrator(&site).await;
        published(&admin, "secret", WITH_TIMES).await;
        let id = round(&admin, "secret", "anonymous-links").await;
        let names: Vec<String> = (0..12).map(|at| format!("Respondent {at}")).collect();
        let fields = [("lines", names.join("\n"))];
        let fields: Vec<(&str, &str)> =
            fields.iter().map(|(name, text)| (*name, text.as_str())).collect();
        let page = admin.post(&format!("/rounds/{id}/respondents"), &fields).await;
        let links = paths(&page.text(), "/ask/");
        assert_eq!(links.len(), 12);
        let mut secrets = links.clone();
        let mut order = Vec::new();
        for (at, link) in links.iter().take(8).enumerate() {
            let person = Browser::new(&site);
            let begun = person.post(link, &[]).await;
            assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.text());
            let first = begun.header("location").to_owned();
            secrets.push(first.trim_end_matches("?page=1").to_owned());
            let remark = format!("words number {at}");
            let fields = [("/data/uses", "y"), ("/data/remark", remark.as_str()), ("go", "next")];
            assert_eq!(person.post(&first, &fields).await.status, StatusCode::SEE_OTHER);
            // A link that was used begins nothing again.
            assert_eq!(person.post(link, &[]).await.status, StatusCode::CONFLICT);
            let sent = person.post(&first.replace("page=1", "page=end"), &[]).await;
            assert_eq!(sent.status, StatusCode::OK, "{}", sent.text());
            assert!(!sent.text().contains("uuid:"), "the receipt names nothing to be found by");
            order.push(remark);
        }
        // While it is open, whoever has a copy of the database finds the answers in the order of their lots.
        lie_by_lot(&site, postgres, &order).await;
        // While it is open, nobody reads answers.
        let early = admin.get(&format!("/rounds/{id}/data/answers.csv")).await;
        assert_eq!(early.status, StatusCode::CONFLICT);
        admin.post(&format!("/rounds/{id}/close"), &[]).await;

        let all = everything(pool, postgres).await;
        let table =
            |name: &str| all.iter().find(|(known, _)| known == name).expect("a table").1.clone();
        let answers = table("anonymous_answers");
        assert_eq!(answers.len(), 8);
        assert_eq!(table("drafts"), Vec::<String>::new());
        assert_eq!(table("submissions"), Vec::<String>::new());
        for answer in &answers {
            assert!(answer.contains("day=2026-11-24"), "{answer}");
            for telling in
                ["uuid", "14:33", "T1", "instanceID", "began", "ended", "device", "<who", "192.0.2"]
            {
                assert!(!answer.contains(telling), "{telling} in {answer}");
            }
            // Whatever clock the form reads stands at midnight.
            assert!(answer.contains("<clock>2026-11-24</clock>"), "{answer}");
        }
        // The numbers of the answers stand in no other table but that of cleared words.
        let numbers: Vec<&str> = answers
            .iter()
            .map(|row| {
                row.split('\t').next().and_then(|it| it.strip_prefix("number=")).expect("a number")
            })
            .collect();
        for (name, rows) in &all {
            if name == "anonymous_answers" || name == "cleared_texts" || name == "sqlite_sequence" {
                continue;
            }
            for row in rows {
                assert!(!row.contains("192.0.2.77"), "an address in {name}: {row}");
                for secret in &secrets {
                    let secret = secret.rsplit('/').next().expect("a secret");
                    assert!(!row.contains(secret), "a secret in {name}");
                }
                for number in &numbers {
                    let whole = row.split(|c: char| !c.is_alphanumeric()).any(|it| it == *number);
                    assert!(!whole, "answer {number} in {name}: {row}");
                }
                assert!(!row.contains("words number"), "{row}");
            }
        }
        // Who answered is known, but no more of it: not when, not in which order.
        let people = table("respondents");
        assert_eq!(people.iter().filter(|row| row.contains("spent=1")).count(), 8);
        let kinds: std::collections::BTreeSet<Vec<&str>> = people
            .iter()
            .map(|row| row.split('\t').filter_map(|it| it.split('=').next()).collect())
            .collect();
        let columns =
            ["round", "number", "name", "country", "email", "link_hash", "spent", "reminded_day"];
        assert_eq!(kinds.into_iter().next().expect("columns"), columns);
        // The order in which the database itself gives the rows is not that of arrival.
        let sql = if postgres {
            "SELECT record FROM anonymous_answers ORDER BY number"
        } else {
            "SELECT record FROM anonymous_answers ORDER BY rowid"
        };
        let records: Vec<String> = sqlx::query_scalar(sql).fetch_all(pool).await.expect("rows");
        let found: Vec<String> = records
            .iter()
            .map(|it| {
                it.split("<remark>")
                    .nth(1)
                    .and_then(|it| it.split('<').next())
                    .expect("words")
                    .to_owned()
            })
            .collect();
        assert_ne!(found, order, "one chance in 40,320 of being the same by lot");
        if postgres {
            // Each row there bears the number of the change that wrote it: they are all the same.
            for table in ["anonymous_answers", "respondents"] {
                let sql = format!(
                    "SELECT COUNT(DISTINCT CAST(CAST(xmin AS TEXT) AS BIGINT)) FROM {table}"
                );
                let distinct: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
                    .fetch_one(pool)
                    .await
                    .expect("a number");
                assert_eq!(distinct, 1, "{table}");
            }
        }

        // Words are held back until they were read.
        let csv = admin.get(&format!("/rounds/{id}/data/answers.csv")).await.text();
        assert!(csv.contains(",y,") && !csv.contains("words number"), "{csv}");
        let json = admin.get(&format!("/rounds/{id}/data/answers.json")).await.text();
        assert!(!json.contains("words number"));
        let texts = admin.get(&format!("/rounds/{id}/texts")).await.text();
        let page = texts.replace("&#x2f;", "/");
        let value = paths_of_values(&page).into_iter().find(|it| it.contains("/remark"));
        let value = value.unwrap_or_else(|| panic!("no words on the page: {page}"));
        let set = admin.post(&format!("/rounds/{id}/texts"), &[("clear", &value)]).await;
        assert_eq!(set.status, StatusCode::SEE_OTHER);
        let csv = admin.get(&format!("/rounds/{id}/data/answers.csv")).await.text();
        assert_eq!(csv.matches("words number").count(), 1, "{csv}");
    }
}

/// Reads the file in which the answers lie, as somebody would who took a copy of it: each stands there once, in the order of
/// its lot, and that is not the order in which they came.
async fn lie_by_lot(site: &TestSite, postgres: bool, came: &[String]) {
    let pool = &site.app.storage.pool;
    let sql = "SELECT record FROM anonymous_answers ORDER BY number";
    let records: Vec<String> = sqlx::query_scalar(sql).fetch_all(pool).await.expect("rows");
    let words = |record: &str| {
        let within = record.split("<remark>").nth(1).and_then(|it| it.split('<').next());
        within.expect("words").to_owned()
    };
    let by_lot: Vec<String> = records.iter().map(|it| words(it)).collect();
    assert_eq!(by_lot.len(), came.len());
    if postgres {
        // At once: where the rows lie, and the number of the change that each bears.
        let sql = "SELECT record FROM anonymous_answers ORDER BY ctid";
        let lying: Vec<String> = sqlx::query_scalar(sql).fetch_all(pool).await.expect("rows");
        assert_eq!(lying.iter().map(|it| words(it)).collect::<Vec<_>>(), by_lot);
        for table in ["anonymous_answers", "respondents"] {
            let sql = format!("SELECT COUNT(DISTINCT CAST(xmin AS TEXT)) FROM {table}");
            let changes: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
                .fetch_one(pool)
                .await
                .expect("a number");
            assert_eq!(changes, 1, "{table}");
        }
    }
    // What was there before is gone from the file within seconds.
    let mut found = Vec::new();
    for _ in 0..40 {
        let bytes = bytes_of_answers(site, postgres).await;
        found.clear();
        for word in came {
            let here = bytes.windows(word.len()).enumerate();
            let places = here.filter(|(_, it)| *it == word.as_bytes()).map(|it| it.0);
            found.extend(places.map(|place| (place, word.clone())));
        }
        if found.len() == came.len() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    }
    found.sort();
    let mut lying: Vec<String> = found.into_iter().map(|it| it.1).collect();
    // Both fill a page from its end.
    lying.reverse();
    assert_eq!(lying, by_lot, "the file holds each answer once, in the order of the lots");
}

async fn bytes_of_answers(site: &TestSite, postgres: bool) -> Vec<u8> {
    let pool = &site.app.storage.pool;
    if postgres {
        sqlx::raw_sql("CHECKPOINT").execute(pool).await.expect("written");
        let sql =
            "SELECT pg_read_binary_file(CAST(pg_relation_filepath('anonymous_answers') AS TEXT))";
        return sqlx::query_scalar(sql).fetch_one(pool).await.expect("the file");
    }
    let path = site.app.storage.shown.trim_start_matches("sqlite:");
    let journal = std::fs::read(format!("{path}-wal")).unwrap_or_default();
    assert!(journal.is_empty(), "the journal holds {} bytes", journal.len());
    std::fs::read(path).expect("the database")
}

fn paths_of_values(page: &str) -> Vec<String> {
    let parts = page.split("name=\"clear\" value=\"").skip(1);
    parts.filter_map(|part| part.split('"').next()).map(str::to_owned).collect()
}
