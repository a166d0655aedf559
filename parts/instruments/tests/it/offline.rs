//! Records from tablets, as the site meets them: sealed, twice, at once, altered, late, after the end.

use base::testing::databases;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hpke::aead::AesGcm256;
use hpke::kdf::HkdfSha256;
use hpke::kem::DhP256HkdfSha256;
use hpke::{Deserializable, Kem, OpModeS, Serializable};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use sqlx::Row;

use super::*;

/// A record under its seal, as a tablet makes it. The chance is the test's own.
fn sealed(form: &Value, record: &str) -> Vec<u8> {
    let key = STANDARD.decode(form["key"].as_str().expect("a key")).expect("base 64");
    let key = <DhP256HkdfSha256 as Kem>::PublicKey::from_bytes(&key).expect("a key");
    let round = form["round"].as_str().expect("a round");
    let (enc, mut context) =
        hpke::setup_sender_with_rng::<AesGcm256, HkdfSha256, DhP256HkdfSha256>(
            &OpModeS::Base,
            &key,
            b"throughcare offline record 1",
            &mut Chance(record.bytes().fold(7, |all, byte| all * 31 % 1_000_003 + u64::from(byte))),
        )
        .expect("seals");
    let content = json!({ "record": record }).to_string() + "    ";
    let content = context.seal(content.as_bytes(), round.as_bytes()).expect("seals");
    let enc = STANDARD.encode(enc.to_bytes());
    let sealed = STANDARD.encode(content);
    json!({ "v": 1, "round": round, "enc": enc, "sealed": sealed }).to_string().into_bytes()
}

/// Chance that is the same in each run.
struct Chance(u64);

impl hpke::rand_core::TryRng for Chance {
    type Error = std::convert::Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
        Ok(self.try_next_u64()? as u32)
    }

    fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        Ok(self.0 ^ (self.0 >> 29))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Self::Error> {
        for byte in bytes {
            *byte = self.try_next_u64()? as u8;
        }
        Ok(())
    }
}

impl hpke::rand_core::TryCryptoRng for Chance {}

fn town(age: u32, identity: &str) -> String {
    format!(
        "<data id=\"towns\" version=\"1\"><age>{age}</age><uses>y</uses><meta><instanceID>uuid:{identity}</instanceID></meta></data>"
    )
}

async fn send(anyone: &Browser<'_>, secret: &str, bytes: &[u8]) -> (StatusCode, Value) {
    let address = format!("/offline/{secret}/records.json");
    let answer = anyone.send("POST", &address, "application/json", bytes.to_vec()).await;
    let said = answer.json();
    let why = said["type"].as_str().and_then(|it| it.split_once('#')).map(|(_, key)| json!(key));
    (answer.status, why.unwrap_or(said))
}

/// The secret of a shared round, from its page.
async fn shared(admin: &Browser<'_>, id: &str) -> String {
    let page = admin.get(&format!("/rounds/{id}")).await.text();
    paths(&page, "/ask/")[0].trim_start_matches("/ask/").to_owned()
}

async fn along(anyone: &Browser<'_>, secret: &str) -> Value {
    let answer = anyone.get(&format!("/offline/{secret}/form.json")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    answer.json()
}

fn kept(bytes: &[u8]) -> Value {
    let hash: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    json!({ "kept": hash })
}

#[tokio::test]
async fn a_record_is_taken_once_and_another_one_never_in_its_place() {
    for url in databases().await {
        let site = site(&url).await;
        let admin = administrator(&site).await;
        published(&admin, "towns", TOWN).await;
        let id = round(&admin, "towns", "shared").await;
        let secret = shared(&admin, &id).await;
        let anyone = Browser::new(&site);
        let form = along(&anyone, &secret).await;
        assert_eq!(form["languages"][1]["tag"], "fr");
        assert_eq!(form["words"]["fr"]["offline-waiting"], "En attente d’envoi : {count}");
        assert_eq!(form["pages"][0]["items"][0]["path"], json!(["data", "age"]));

        let first = sealed(&form, &town(41, "a"));
        assert_eq!(send(&anyone, &secret, &first).await, (StatusCode::CREATED, kept(&first)));
        assert_eq!(send(&anyone, &secret, &first).await, (StatusCode::OK, kept(&first)));
        // The same record under another seal is the same record.
        let mut again: Value = serde_json::from_slice(&first).expect("JSON");
        again["v"] = json!(1);
        let again = serde_json::to_vec_pretty(&again).expect("JSON");
        assert_eq!(send(&anyone, &secret, &again).await, (StatusCode::OK, kept(&again)));
        let other = sealed(&form, &town(42, "a"));
        let refused = (StatusCode::CONFLICT, json!("offline-conflict"));
        assert_eq!(send(&anyone, &secret, &other).await, refused);

        // Many at the same moment are one.
        let same = sealed(&form, &town(43, "b"));
        let all = (0..8).map(|_| send(&anyone, &secret, &same));
        for (status, said) in futures_util::future::join_all(all).await {
            // Where two meet, one is told to come again.
            assert!(status.is_success() || status.is_server_error(), "{status} {said}");
        }
        assert_eq!(send(&anyone, &secret, &same).await.0, StatusCode::OK);
        let rows = admin.get(&format!("/rounds/{id}/data/answers.json")).await.json();
        let ages: Vec<_> = rows["tables"][0]["rows"].as_array().expect("rows").iter().collect();
        assert_eq!(ages.len(), 2, "{ages:?}");

        // What was acknowledged is acknowledged after the end too; what is new is not taken.
        admin.post(&format!("/rounds/{id}/close"), &[]).await;
        assert_eq!(send(&anyone, &secret, &first).await.0, StatusCode::OK);
        let late = sealed(&form, &town(44, "c"));
        let refused = (StatusCode::CONFLICT, json!("round-over"));
        assert_eq!(send(&anyone, &secret, &late).await, refused);
        let gone = (StatusCode::NOT_FOUND, json!("no-link"));
        assert_eq!(send(&anyone, "0000", &late).await, gone);
        assert_eq!(send(&anyone, "0000", &first).await.0, StatusCode::OK);
    }
}

#[tokio::test]
async fn what_is_no_record_of_this_round_is_refused_in_words() {
    let site = site(&databases().await[0]).await;
    let admin = administrator(&site).await;
    published(&admin, "towns", TOWN).await;
    let id = round(&admin, "towns", "shared").await;
    let secret = shared(&admin, &id).await;
    let other = round(&admin, "towns", "shared").await;
    let other = shared(&admin, &other).await;
    let anyone = Browser::new(&site);
    let (form, elsewhere) = (along(&anyone, &secret).await, along(&anyone, &other).await);
    let mut altered = sealed(&form, &town(41, "a"));
    let at = altered.len() - 20;
    altered[at] ^= 1;
    let forged = String::from_utf8(sealed(&elsewhere, &town(41, "a"))).expect("text");
    let forged = forged.replace(
        elsewhere["round"].as_str().expect("a round"),
        form["round"].as_str().expect("a round"),
    );
    let cases: [(&str, Vec<u8>); 9] = [
        ("nothing", Vec::new()),
        ("no JSON", b"<data/>".to_vec()),
        ("altered", altered),
        ("sealed for another round", sealed(&elsewhere, &town(41, "a"))),
        ("said to be of this round", forged.into_bytes()),
        ("no XML", sealed(&form, "{}")),
        ("no identity", sealed(&form, "<data id=\"towns\"><age>4</age></data>")),
        ("another form", sealed(&form, &town(41, "a").replace("towns", "cities"))),
        (
            "entities",
            sealed(&form, &format!("<!DOCTYPE data [<!ENTITY a \"b\">]>{}", town(41, "a"))),
        ),
    ];
    for (what, bytes) in cases {
        let (status, why) = send(&anyone, &secret, &bytes).await;
        assert_eq!((status, why), (StatusCode::BAD_REQUEST, json!("offline-unreadable")), "{what}");
    }
    let (status, why) = send(&anyone, &secret, &vec![b' '; 9 << 20]).await;
    assert_eq!((status, why), (StatusCode::PAYLOAD_TOO_LARGE, json!("files-too-large")));
    // What breaks a rule of the form is taken, with what the engine finds beside it.
    let (status, _) = send(&anyone, &secret, &sealed(&form, &town(400, "d"))).await;
    assert_eq!(status, StatusCode::CREATED);
    let sql = "SELECT violations FROM submissions";
    let found: Vec<String> =
        sqlx::query_scalar(sql).fetch_all(&site.app.storage.pool).await.expect("rows");
    assert!(found.len() == 1 && found[0].contains("/data/age"), "{found:?}");
}

#[tokio::test]
async fn a_link_brings_one_record_and_only_the_offline_page_may_run_webassembly() {
    for url in databases().await {
        let site = site(&url).await;
        let admin = administrator(&site).await;
        published(&admin, "towns", TOWN).await;
        let id = round(&admin, "towns", "named").await;
        let page =
            admin.post(&format!("/rounds/{id}/respondents"), &[("lines", "Prison 13")]).await;
        let secret = paths(&page.text(), "/ask/")[0].trim_start_matches("/ask/").to_owned();
        let anyone = Browser::new(&site);
        // What was begun on the web gives way.
        assert_eq!(anyone.post(&format!("/ask/{secret}"), &[]).await.status, StatusCode::SEE_OTHER);
        let form = along(&anyone, &secret).await;
        assert_eq!((&form["single"], &form["anonymous"]), (&json!(true), &json!(false)));
        let first = sealed(&form, &town(41, "a"));
        assert_eq!(send(&anyone, &secret, &first).await.0, StatusCode::CREATED);
        assert_eq!(send(&anyone, &secret, &first).await.0, StatusCode::OK);
        let second = sealed(&form, &town(42, "b"));
        let spent = (StatusCode::CONFLICT, json!("link-spent"));
        assert_eq!(send(&anyone, &secret, &second).await, spent);
        let drafts: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM drafts")
            .fetch_one(&site.app.storage.pool)
            .await
            .expect("counts");
        assert_eq!(drafts, 0);

        let policy = |answer: &Answer| answer.header("content-security-policy").to_owned();
        let offline = anyone.get(&format!("/offline/{secret}")).await;
        assert!(policy(&offline).contains("'wasm-unsafe-eval'"));
        assert!(!policy(&anyone.get(&format!("/ask/{secret}")).await).contains("unsafe-eval"));
        assert!(!offline.text().contains(&secret), "the page is the same for every address");
    }
}

#[tokio::test]
async fn an_anonymous_record_leaves_no_path() {
    for url in databases().await {
        let site = site(&url).await;
        let pool = &site.app.storage.pool;
        let admin = administrator(&site).await;
        published(&admin, "towns", TOWN).await;
        let id = round(&admin, "towns", "anonymous-links").await;
        let page = admin.post(&format!("/rounds/{id}/respondents"), &[("lines", "A\nB\nC")]).await;
        let links = paths(&page.text(), "/ask/");
        let anyone = Browser::new(&site);
        let mut sent = Vec::new();
        for (at, link) in links.iter().enumerate() {
            let address = link.trim_start_matches("/ask/");
            let straight = anyone.get(&format!("/offline/{address}/form.json")).await;
            assert_eq!(straight.status, StatusCode::NOT_FOUND, "a link is exchanged first");
            let begun = anyone.post(link, &[("go", "offline")]).await;
            let secret = begun.header("location").trim_start_matches("/offline/").to_owned();
            assert_ne!(secret, address);
            let form = along(&anyone, &secret).await;
            let record = town(30 + at as u32, &format!("identity-{at}"));
            let bytes = sealed(&form, &record);
            assert_eq!(send(&anyone, &secret, &bytes).await.0, StatusCode::CREATED);
            // The address is used up; what it brought is known all the same, and nothing else under it.
            assert_eq!(send(&anyone, &secret, &bytes).await, (StatusCode::OK, kept(&bytes)));
            let more = sealed(&form, &town(60, &format!("more-{at}")));
            assert_eq!(send(&anyone, &secret, &more).await.0, StatusCode::NOT_FOUND);
            sent.push((secret, record));
        }
        let answers = sqlx::query("SELECT number, record, day FROM anonymous_answers")
            .fetch_all(pool)
            .await
            .expect("answers");
        assert_eq!(answers.len(), 3);
        let marks = sqlx::query("SELECT number, mark, proof FROM offline_taken")
            .fetch_all(pool)
            .await
            .expect("marks");
        assert_eq!(marks.len(), 3);
        let known: Vec<String> = marks
            .iter()
            .flat_map(|row| [row.get::<String, _>(1), row.get::<String, _>(2)])
            .collect();
        let hex = |bytes: &[u8]| bytes.iter().map(|it| format!("{it:02x}")).collect::<String>();
        for answer in &answers {
            let record: String = answer.get(1);
            assert!(!record.contains("identity") && !record.contains("meta"), "{record}");
            // Nothing that can be computed from an answer stands in a mark.
            for text in [record.clone(), format!("{id} {record}")] {
                assert!(!known.contains(&hex(&Sha256::digest(&text))));
            }
            let number: i64 = answer.get(0);
            assert!(marks.iter().all(|row| row.get::<i64, _>(0) != number));
        }
        for (secret, record) in &sent {
            // Nor from a whole record whose identity is not known.
            assert!(!known.contains(&hex(&Sha256::digest(record))));
            let drafts: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM drafts WHERE round = $1")
                .bind(&id)
                .fetch_one(pool)
                .await
                .expect("counts");
            assert_eq!(drafts, 0, "{secret}");
        }
    }
}
