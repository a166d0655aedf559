//! Everything as one file and back: from each kind of database to each, nothing changed; a file that
//! was cut, altered or made by another program is refused, and nothing half is left.

use std::fs;
use std::path::PathBuf;

use base::backup::{self, Contents};
use base::jobs::{self, Question};
use base::site::{self, Equipment};
use base::storage::Migration;
use base::testing::{TestSite, databases, folder};
use base::{Part, Storage};
use serde_json::json;

static PART: Part = Part {
    name: "test",
    migrations: &[Migration {
        name: "0001",
        sql: "CREATE TABLE things (id BIGINT NOT NULL PRIMARY KEY, name TEXT, share DOUBLE PRECISION, bytes BYTEA, zebra TEXT, apple BIGINT)",
    }],
    ..Part::NOTHING
};
static PARTS: &[&Part] = &[&PART];

/// A database with every kind of value, some of them nasty.
async fn filled(url: &str) -> TestSite {
    let site = TestSite::open(url, PARTS, Equipment::BARE).await;
    let storage = &site.app.storage;
    let shares = [0.1 + 0.2, f64::MIN_POSITIVE, -0.0, 1.0 / 3.0, f64::MAX, 5e-324];
    for (id, share) in shares.into_iter().enumerate() {
        sqlx::query("INSERT INTO things (id, name, share, bytes, zebra, apple) VALUES ($1, $2, $3, $4, $5, $6)")
            .bind(id as i64)
            .bind("Ștefan — საქართველო \"quoted\"\n\\ 👩‍⚕️")
            .bind(share)
            .bind(vec![0_u8, 255, id as u8])
            .bind("")
            .bind(i64::MIN + id as i64)
            .execute(&storage.pool)
            .await
            .expect("written");
    }
    for id in 100..1_150_i64 {
        sqlx::query("INSERT INTO things (id) VALUES ($1)")
            .bind(id)
            .execute(&storage.pool)
            .await
            .expect("written");
    }
    let input = json!({ "place": "MDA" });
    let question =
        Question { kind: "test/x", version: 1, input: &input, asked_by: None, tries_most: 1 };
    jobs::ask(storage, &question, 10, 1_700_000_000).await.expect("asked");
    site
}

fn file() -> PathBuf {
    folder().join("all.throughcare")
}

async fn written(site: &TestSite) -> (PathBuf, Contents) {
    let file = file();
    let contents = backup::write(&site.app.storage, &file, "test", 1_700_000_000).await;
    (file, contents.expect("written"))
}

#[tokio::test]
async fn from_each_kind_of_database_to_each() {
    for from in databases().await {
        let site = filled(&from).await;
        let (file, contents) = written(&site).await;
        assert_eq!(contents["things"].rows, 1_056);
        assert_eq!(backup::check(&file).expect("whole"), (1_700_000_000, contents.clone()));
        for to in databases().await {
            let storage = Storage::open(&to).await.expect("opens");
            let steps = site::steps(PARTS);
            let restored = backup::restore(&storage, &file, &steps).await.expect("restored");
            assert_eq!(restored, contents, "{from} to {to}");
            // The program takes it up as its own, and a backup of it holds the same.
            let again = TestSite::open(&to, PARTS, Equipment::BARE).await;
            assert_eq!(written(&again).await.1, contents);
            let share: f64 = sqlx::query_scalar("SELECT share FROM things WHERE id = 5")
                .fetch_one(&storage.pool)
                .await
                .expect("there");
            assert_eq!(share, 5e-324);
            let verdict = base::audit::verify(&storage.pool, None).await.expect("readable");
            assert_eq!((verdict.entries, verdict.faults), (1, vec![]));
            assert_eq!(storage.faults().await.expect("asked"), Vec::<String>::new());
            let refused = backup::restore(&storage, &file, &steps).await.expect_err("not empty");
            assert!(format!("{refused:#}").contains("holds tables already"), "{refused:#}");
        }
    }
}

/// While somebody writes: the backup is of one moment, whole, and nobody waits for it.
#[tokio::test(flavor = "multi_thread")]
async fn a_backup_under_load_is_of_one_moment() {
    for url in databases().await {
        let site = filled(&url).await;
        let app = site.app.clone();
        let writing = tokio::spawn(async move {
            for number in 0..300_i64 {
                let mut change = base::audit::begin(&app.storage).await.expect("begun");
                sqlx::query("INSERT INTO things (id) VALUES ($1)")
                    .bind(10_000 + number)
                    .execute(&mut *change)
                    .await
                    .expect("written");
                let act = base::audit::Act {
                    act: "thing.added",
                    kind: "thing",
                    record: "",
                    detail: json!({}),
                };
                base::audit::write(&mut change, &base::audit::By::program(), act, number)
                    .await
                    .expect("written");
                change.commit().await.expect("kept");
            }
        });
        let mut files = Vec::new();
        while !writing.is_finished() {
            files.push(written(&site).await);
        }
        writing.await.expect("nobody was refused");
        for (file, contents) in files {
            // A thing and its entry in the chain are written in one change: never one without the other.
            assert_eq!(contents["things"].rows - 1_056, contents["audit"].rows - 1);
            assert_eq!(backup::check(&file).expect("whole").1, contents);
        }
    }
}

#[tokio::test]
async fn a_file_that_is_not_whole_is_refused_and_nothing_is_left() {
    let url = &databases().await[0];
    let site = filled(url).await;
    let (good, _) = written(&site).await;
    let bytes = fs::read(&good).expect("readable");
    let plain = unpacked(&bytes);
    let spoiled: [(&str, Vec<u8>); 7] = [
        ("cut off", bytes[..bytes.len() / 2].to_vec()),
        ("no backup", b"place,indicator\n".to_vec()),
        ("no backup", Vec::new()),
        ("cut off", packed(&plain[..plain.rfind("{\"contents").expect("a foot")])),
        ("differs", packed(&plain.replacen("\"MDA", "\"UKR", 1).replacen("MDA", "UKR", 1))),
        ("newer version", packed(&plain.replacen("backup\":1", "backup\":2", 1))),
        ("another version", packed_with_foreign_step(&plain)),
    ];
    for (said, bytes) in spoiled {
        let file = file();
        fs::write(&file, bytes).expect("written");
        let empty = Storage::open(&format!("sqlite:{}", folder().join("e.db").display())).await;
        let empty = empty.expect("opens");
        let refused = backup::restore(&empty, &file, &site::steps(PARTS)).await;
        let refused = format!("{:#}", refused.expect_err(said));
        assert!(refused.contains(said), "{said}: {refused}");
        let tables: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM sqlite_master")
            .fetch_one(&empty.pool)
            .await
            .expect("asked");
        assert_eq!(tables, 0, "{said}");
    }
    let again = backup::write(&site.app.storage, &good, "test", 0).await;
    assert!(again.expect_err("there already").to_string().contains("is there already"));
    assert!(!good.with_extension("half").exists());
}

fn unpacked(bytes: &[u8]) -> String {
    let mut text = String::new();
    std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(bytes), &mut text)
        .expect("gzip");
    text
}

fn packed(text: &str) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut out, text.as_bytes()).expect("packed");
    out.finish().expect("packed")
}

/// A backup whose maker took a step that we have never heard of: its SQL must not be run. Its
/// digests are right, as a forger would see to.
fn packed_with_foreign_step(plain: &str) -> Vec<u8> {
    let file = file();
    let spoiled = plain.replacen("CREATE TABLE things", "CREATE TABLE other", 1);
    fs::write(&file, packed(&spoiled)).expect("written");
    let said = format!("{:#}", backup::check(&file).expect_err("digests differ"));
    assert!(said.contains("migrations differs"), "{said}");
    let sha = |text: &str| -> Vec<u64> {
        use sha2::Digest;
        let hash = sha2::Sha256::digest(text.as_bytes());
        hash.chunks_exact(8)
            .map(|eight| u64::from_be_bytes(eight.try_into().expect("eight")))
            .collect()
    };
    let mut sum = [0_u64; 4];
    let mut rows = 0;
    let mut inside = false;
    for line in spoiled.lines() {
        if line.starts_with("{\"table\"") {
            inside = line.contains("\"table\":\"migrations\"");
        } else if inside && line.starts_with('[') {
            rows += 1;
            for (sum, part) in sum.iter_mut().zip(sha(line)) {
                *sum = sum.wrapping_add(part);
            }
        }
    }
    let digest: String = sum.iter().map(|part| format!("{part:016x}")).collect();
    let (before, foot) = spoiled.split_at(spoiled.rfind("{\"contents").expect("a foot"));
    let mut foot: serde_json::Value = serde_json::from_str(foot).expect("JSON");
    foot["contents"]["migrations"] = json!({ "rows": rows, "digest": digest });
    packed(&format!("{before}{foot}\n"))
}
