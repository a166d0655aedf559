//! The audit chain: what was done cannot be changed, left out or put in another order unseen, and
//! writers at the same moment keep it whole.

use base::Storage;
use base::audit::{self, Act, By, Fault, Search};
use base::site::Equipment;
use base::testing::{TestSite, databases};
use serde_json::json;

async fn write(storage: &Storage, by: &By, act: &str, record: &str) {
    let mut change = audit::begin(storage).await.expect("begun");
    let act = Act { act, kind: "thing", record, detail: json!({ "note": "«é»\n" }) };
    audit::write(&mut change, by, act, 1_700_000_000).await.expect("written");
    change.commit().await.expect("kept");
}

/// A chain of seven entries.
async fn seven(url: &str) -> TestSite {
    let site = TestSite::open(url, &[], Equipment::BARE).await;
    for number in 1..=7 {
        let by = By::new(format!("person:{}", number % 2), "steward");
        write(&site.app.storage, &by, "thing.changed", &number.to_string()).await;
    }
    site
}

async fn faults(storage: &Storage) -> Vec<Fault> {
    audit::verify(&storage.pool, None).await.expect("readable").faults
}

async fn spoil(storage: &Storage, sql: &'static str) {
    sqlx::raw_sql(sql).execute(&storage.pool).await.expect("somebody with the database in hand");
}

#[tokio::test]
async fn a_whole_chain_is_whole() {
    for url in databases().await {
        let site = seven(&url).await;
        let verdict = audit::verify(&site.app.storage.pool, None).await.expect("readable");
        assert_eq!((verdict.entries, verdict.faults), (7, vec![]));
        let noted = (7, verdict.head.as_str());
        let again = audit::verify(&site.app.storage.pool, Some(noted)).await.expect("readable");
        assert_eq!(again.faults, vec![]);
    }
}

#[tokio::test]
async fn what_was_changed_left_out_or_moved_is_found() {
    let spoiled: [(&str, Vec<Fault>); 8] = [
        ("UPDATE audit SET who = 'person:9' WHERE number = 3", vec![Fault::Changed(3)]),
        ("UPDATE audit SET at = at + 1 WHERE number = 1", vec![Fault::Changed(1)]),
        ("UPDATE audit SET detail = '{}' WHERE number = 7", vec![Fault::Changed(7)]),
        ("DELETE FROM audit WHERE number IN (2, 3)", vec![Fault::Missing(2, 3)]),
        ("DELETE FROM audit WHERE number = 7", vec![Fault::End { found: 6, expected: 7 }]),
        (
            // Numbers closed up after a deletion.
            "DELETE FROM audit WHERE number = 6; UPDATE audit SET number = 6 WHERE number = 7",
            vec![Fault::Changed(6), Fault::End { found: 6, expected: 7 }],
        ),
        (
            "UPDATE audit SET number = 0 WHERE number = 4; UPDATE audit SET number = 4 WHERE number = 5; UPDATE audit SET number = 5 WHERE number = 0",
            vec![Fault::Changed(4), Fault::Changed(5), Fault::Changed(6)],
        ),
        ("UPDATE audit_head SET hash = 'x'", vec![Fault::NotAsNoted(7)]),
    ];
    for (sql, expected) in spoiled {
        for url in databases().await {
            let site = seven(&url).await;
            spoil(&site.app.storage, sql).await;
            assert_eq!(faults(&site.app.storage).await, expected, "{sql}");
        }
    }
}

/// Somebody with the database in hand and this program at hand computes a whole new chain. A head
/// that was written down before shows it.
#[tokio::test]
async fn a_chain_computed_anew_differs_from_a_head_noted_elsewhere() {
    let url = &databases().await[0];
    let site = seven(url).await;
    let storage = &site.app.storage;
    let noted = audit::verify(&storage.pool, None).await.expect("readable").head;
    spoil(storage, "DELETE FROM audit; UPDATE audit_head SET number = 0, hash = ''").await;
    for number in 1..=7 {
        write(storage, &By::new("person:0", "steward"), "thing.changed", &number.to_string()).await;
    }
    assert_eq!(faults(storage).await, vec![], "by itself it is a whole chain");
    let held = audit::verify(&storage.pool, Some((7, &noted))).await.expect("readable");
    assert_eq!(held.faults, vec![Fault::NotAsNoted(7)]);
}

#[tokio::test]
async fn an_act_that_is_rolled_back_leaves_no_entry() {
    for url in databases().await {
        let site = seven(&url).await;
        let storage = &site.app.storage;
        let mut change = audit::begin(storage).await.expect("begun");
        let act = Act { act: "thing.changed", kind: "thing", record: "8", detail: json!({}) };
        audit::write(&mut change, &By::program(), act, 0).await.expect("written");
        change.rollback().await.expect("undone");
        let verdict = audit::verify(&storage.pool, None).await.expect("readable");
        assert_eq!((verdict.entries, verdict.faults), (7, vec![]));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn many_writers_at_once_keep_one_chain() {
    for url in databases().await {
        let site = TestSite::open(&url, &[], Equipment::BARE).await;
        let writers: Vec<_> = (0..8)
            .map(|writer| {
                let app = site.app.clone();
                tokio::spawn(async move {
                    for number in 0..25 {
                        let by = By::new(format!("person:{writer}"), "steward");
                        write(&app.storage, &by, "thing.changed", &number.to_string()).await;
                    }
                })
            })
            .collect();
        for writer in writers {
            writer.await.expect("no writer fails");
        }
        let verdict = audit::verify(&site.app.storage.pool, None).await.expect("readable");
        assert_eq!((verdict.entries, verdict.faults), (200, vec![]));
    }
}

#[tokio::test]
async fn entries_are_found_by_who_act_and_record() {
    for url in databases().await {
        let site = seven(&url).await;
        let storage = &site.app.storage;
        write(storage, &By::operator(), "import.taken", "unodc").await;
        let found = async |search: Search| -> Vec<i64> {
            let entries = audit::search(&storage.pool, &search, 100).await.expect("readable");
            entries.iter().map(|entry| entry.number).collect()
        };
        assert_eq!(found(Search { act: "import".into(), ..Search::default() }).await, [8]);
        let of_person = Search { who: "person:0".into(), ..Search::default() };
        assert_eq!(found(of_person).await, [6, 4, 2]);
        let record = Search { kind: "thing".into(), record: "5".into(), ..Search::default() };
        assert_eq!(found(record).await, [5]);
        let before = Search { before: Some(3), ..Search::default() };
        assert_eq!(found(before).await, [2, 1]);
        let none = Search { from: Some(1_700_000_001), ..Search::default() };
        assert_eq!(found(none).await, [0; 0]);
    }
}
