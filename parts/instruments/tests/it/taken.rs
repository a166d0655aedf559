//! Answers taken away in every form: each is read back, formulas are text, what is held back is in none.

use std::io::{Cursor, Read};
use std::sync::Arc;

use base::testing::databases;

use super::*;

/// A form with each kind of question that a file writes in its own way.
pub const ALL_KINDS: &str = "
| settings | | | |
| | form_title | form_id | version |
| | Kinds | kinds | 1 |
| survey | | | | | |
| | type | name | label::English (en) | label::French (fr) | calculation |
| | integer | age | How old? | Quel âge ? | |
| | decimal | dose | Dose, mg | Dose, mg | |
| | date | since | Since when? | Depuis quand ? | |
| | time | clock | At what time? | À quelle heure ? | |
| | select_one yn | uses | Do you use it? | L’utilisez-vous ? | |
| | select_one level | level | How much? | Combien ? | |
| | select_multiple colour | colours | Which colours? | Quelles couleurs ? | |
| | text | words | Anything else? | Autre chose ? | |
| | geopoint | here | Where? | Où ? | |
| | calculate | north | | | selected-at(${here}, 0) |
| | calculate | twice | | | ${age} * 2 |
| | begin_repeat | child | Child | Enfant | |
| | text | name | Name | Nom | |
| | integer | years | Age | Âge | |
| | begin_repeat | toy | Toy | Jouet | |
| | text | what | What? | Quoi ? | |
| | end_repeat | toy | | | |
| | end_repeat | child | | | |
| choices | | | | |
| | list_name | name | label::English (en) | label::French (fr) |
| | yn | y | Yes | Oui |
| | yn | n | No | Non |
| | level | 1 | Low | Bas |
| | level | 2 | High | Haut |
| | colour | red | Red | Rouge |
| | colour | blue | Blue | Bleu |
";

/// Fills one record behind a link, page by page, as a browser does. The form has three pages: the questions, the
/// repeat, the end.
pub async fn filled(
    browser: &Browser<'_>,
    link: &str,
    answers: &[(&str, &str)],
    children: &[&str],
) {
    let begun = browser.post(link, &[("language", "English (en)")]).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.text());
    let first = begun.header("location").to_owned();
    let mut fields: Vec<(&str, &str)> = answers.to_vec();
    fields.push(("go", "next"));
    let on = browser.post(&first, &fields).await;
    assert_eq!(on.status, StatusCode::SEE_OTHER, "{}", on.text());
    let second = on.header("location").to_owned();
    let names: Vec<String> =
        (1..=children.len()).map(|at| format!("/data/child[{at}]/name")).collect();
    let mut typed: Vec<(&str, &str)> = Vec::new();
    for (name, child) in names.iter().zip(children) {
        // A browser sends all that the page holds each time, the earlier children too.
        if !typed.is_empty() {
            let more = [&typed[..], &[("go", "add:/data/child")]].concat();
            let more = browser.post(&second, &more).await;
            assert_eq!(more.status, StatusCode::SEE_OTHER, "{}", more.text());
        }
        typed.push((name.as_str(), *child));
        let on = browser.post(&second, &[&typed[..], &[("go", "keep")]].concat()).await;
        assert_eq!(on.status, StatusCode::SEE_OTHER, "{}", on.text());
    }
    let end = first.replace("page=1", "page=end");
    let sent = browser.post(&end, &[]).await;
    assert_eq!(sent.status, StatusCode::OK, "{}", sent.text());
}

const FORMULAS: [&str; 6] = ["=1+1", "+SUM(A1)", "-2+3", "@now", "\t=1", "\r=1"];

/// A named round of two records.
async fn round_of_two(site: &TestSite) -> (Browser<'_>, String) {
    let admin = administrator(site).await;
    published(&admin, "kinds", ALL_KINDS).await;
    let id = round(&admin, "kinds", "named").await;
    let lines =
        "Name,Country,Prison,Weight\nAnna,MDA,Prison 13,12.5\nBoris,UKR,\"=cmd|' /C calc'!A0\",2\n";
    let page = admin.post(&format!("/rounds/{id}/respondents"), &[("lines", lines)]).await;
    let links = paths(&page.text(), "/ask/");
    assert_eq!(links.len(), 2, "{}", page.text());
    let anna = [
        ("/data/age", "41"),
        ("/data/dose", "2.5"),
        ("/data/since", "2020-02-29"),
        ("/data/clock", "14:30"),
        ("/data/uses", "y"),
        ("/data/level", "2"),
        ("/data/colours", "red"),
        ("/data/colours", "blue"),
        ("/data/words", "=HYPERLINK(\"x\")"),
        ("/data/here", "47.01 28.86"),
    ];
    filled(&Browser::new(site), &links[0], &anna, &["Ion", "+Ana"]).await;
    let boris = [("/data/age", "7"), ("/data/words", "Слава & <b>\u{1f600}")];
    filled(&Browser::new(site), &links[1], &boris, &[]).await;
    (admin, id)
}

#[tokio::test]
async fn every_form_says_the_same() {
    for url in databases().await {
        let site = site(&url).await;
        let (admin, id) = round_of_two(&site).await;
        let get = async |file: &str| {
            let answer = admin.get(&format!("/rounds/{id}/data/{file}")).await;
            assert_eq!(answer.status, StatusCode::OK, "{file}: {}", answer.text());
            answer
        };
        let csv = get("answers.csv?split=1").await.text();
        let head = csv.lines().next().expect("a head").trim_start_matches('\u{feff}');
        assert!(
            head.starts_with("_record,_day,_state,_respondent,_country,_prison,_weight,age"),
            "{head}"
        );
        assert!(csv.contains("'=HYPERLINK") && csv.contains("'=cmd|"), "{csv}");
        // Parquet: types, nulls, the text as it was given.
        let parquet = get("answers.parquet").await.bytes;
        let rows = parquet_rows(&parquet);
        assert_eq!(rows.len(), 2);
        let cell = |row: usize, name: &str| rows[row].get(name).cloned().unwrap_or_default();
        assert_eq!(cell(0, "age"), "41");
        assert_eq!(cell(0, "dose"), "2.5");
        assert!(cell(0, "since").contains("2020-02-29"), "{}", cell(0, "since"));
        assert_eq!(cell(0, "colours_red"), "true");
        assert_eq!(cell(1, "colours_red"), "null");
        // The reader shows a text between quotes, and those within it as they are.
        assert_eq!(cell(0, "words"), "\"=HYPERLINK(\"x\")\"");
        assert_eq!(cell(1, "_prison"), "\"=cmd|' /C calc'!A0\"");
        assert_eq!(cell(0, "here_latitude"), "47.01");
        assert_eq!(cell(0, "twice"), "82.0");
        let children = parquet_rows(&get("child.parquet").await.bytes);
        assert_eq!(children.len(), 3, "two children of Anna, and the empty one of Boris");
        // A place for a map, with the answers beside it.
        let places = get("places.geojson?labels=fr").await;
        assert_eq!(places.header("content-type"), "application/geo+json");
        let places = places.json();
        assert_eq!(places["features"][0]["geometry"]["coordinates"].to_string(), "[28.86,47.01]");
        assert_eq!(places["features"][0]["properties"]["uses"], "Oui");
        assert_eq!(places["features"][0]["properties"]["words"], "=HYPERLINK(\"x\")");
        assert_eq!(places["features"].as_array().map(Vec::len), Some(1));
        // SPSS: what is looked at here are the marks of its records; a peer reads it whole (make bench-peers).
        let sav = get("answers.sav").await.bytes;
        assert!(sav.starts_with(b"$FL2@(#) SPSS DATA FILE"), "{:?}", &sav[..40]);
        let has = |text: &str| sav.windows(text.len()).any(|it| it == text.as_bytes());
        assert!(has("=colours_red\t") && has("How old?") && has("High") && has("UTF-8"));
        assert!(has("$v_colours=D1 1 "), "the set of several answers");
        let again = get("answers.sav").await.bytes;
        assert_eq!(sav, again, "same answers, same bytes");
        for file in ["nothing.csv", "answers.doc", "answers", "x.sav"] {
            let none = admin.get(&format!("/rounds/{id}/data/{file}")).await;
            assert_eq!(none.status, StatusCode::NOT_FOUND, "{file}");
        }
        // Over the API the same, by the same door.
        let api = admin.get(&format!("/api/rounds/{id}/data/answers.csv?split=1")).await.text();
        assert_eq!(api, csv);
        let stranger = Browser::new(&site).get(&format!("/api/rounds/{id}/data/answers.csv")).await;
        assert_eq!(stranger.status, StatusCode::UNAUTHORIZED);
    }
}

/// Rows as texts by column.
fn parquet_rows(bytes: &[u8]) -> Vec<std::collections::BTreeMap<String, String>> {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    let file = axum::body::Bytes::copy_from_slice(bytes);
    let reader = SerializedFileReader::new(file).expect("it is Parquet");
    let rows = reader.get_row_iter(None).expect("it has rows");
    rows.map(|row| {
        let row = row.expect("a row");
        row.get_column_iter().map(|(name, field)| (name.clone(), field.to_string())).collect()
    })
    .collect()
}

#[tokio::test]
async fn a_package_is_whole_and_can_be_made_again() {
    let site = site(&databases().await[0]).await;
    let (admin, id) = round_of_two(&site).await;
    let package = admin.get(&format!("/rounds/{id}/data/package.zip")).await.bytes;
    let again = admin.get(&format!("/rounds/{id}/data/package.zip")).await.bytes;
    assert_eq!(package, again, "same answers, same bytes");
    let mut archive = zip::ZipArchive::new(Cursor::new(package)).expect("an archive");
    let mut files = std::collections::BTreeMap::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).expect("a file");
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).expect("readable");
        let name = file.name().expect("a name").trim_start_matches(&format!("{id}/")).to_owned();
        files.insert(name, bytes);
    }
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    for expected in [
        "README.md",
        "SHA256SUMS",
        "codebook/codebook.csv",
        "codebook/codebook.xml",
        "data/answers.csv",
        "data/answers.parquet",
        "data/answers.sav",
        "data/child.csv",
        "data/places.geojson",
        "data/toy.sav",
        "form/form.md",
        "form/form.xml",
    ] {
        assert!(names.contains(&expected), "{expected} is not in {names:?}");
    }
    assert_eq!(files["form/form.md"], ALL_KINDS.as_bytes());
    use sha2::Digest;
    for line in String::from_utf8_lossy(&files["SHA256SUMS"]).lines() {
        let (sum, name) = line.split_once("  ").expect("a sum and a name");
        let found: String =
            sha2::Sha256::digest(&files[name]).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(found, sum, "{name}");
    }
    let (compiled, _) =
        instruments::compiled::compile(&files["form/form.md"], "form.md", &Default::default());
    let form = Arc::new(compiled.expect("it compiles").form);
    assert_eq!(form.xml().as_bytes(), files["form/form.xml"], "the form follows from the workbook");
    let readme = String::from_utf8_lossy(&files["README.md"]).into_owned();
    assert!(
        readme.contains("2 were asked; 2 records count") && readme.contains("still open"),
        "{readme}"
    );
}

/// Whatever a spreadsheet would run is text in each form that a spreadsheet opens.
#[tokio::test]
async fn no_formula_leaves() {
    let site = site(&databases().await[0]).await;
    let admin = administrator(&site).await;
    published(&admin, "kinds", ALL_KINDS).await;
    let id = round(&admin, "kinds", "shared").await;
    let link = paths(&admin.get(&format!("/rounds/{id}")).await.text(), "/ask/").remove(0);
    for formula in FORMULAS {
        filled(&Browser::new(&site), &link, &[("/data/words", formula)], &[formula]).await;
    }
    for file in ["answers.csv", "answers.csv?labels=fr", "child.csv", "codebook.csv"] {
        let csv = admin.get(&format!("/rounds/{id}/data/{file}")).await.text();
        let mut reader = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
        let mut cells = 0;
        for record in reader.records() {
            for cell in &record.expect("a row") {
                let starts = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
                assert!(!starts || cell.parse::<f64>().is_ok(), "{file}: {cell:?}");
                cells += 1;
            }
        }
        assert!(cells > 0, "{file}");
    }
    // In a workbook a text is a text: no cell holds a formula.
    for file in ["answers.xlsx", "answers.xlsx?labels=fr&split=1"] {
        let bytes = admin.get(&format!("/rounds/{id}/data/{file}")).await.bytes;
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a workbook");
        let mut texts = String::new();
        for at in 0..archive.len() {
            let mut file = archive.by_index(at).expect("a file");
            let mut text = String::new();
            file.read_to_string(&mut text).expect("text");
            assert!(
                !text.contains("<f>") && !text.contains("<f "),
                "a formula in {:?}",
                file.name()
            );
            texts += &text;
        }
        assert!(texts.contains("=1+1") && texts.contains("@now"), "the texts are there as text");
    }
    // Forms with types keep the words as they were given.
    let json = admin.get(&format!("/rounds/{id}/data/answers.json")).await.json();
    assert_eq!(json["tables"][0]["rows"][0]["words"], "=1+1");
    let rows = parquet_rows(&admin.get(&format!("/rounds/{id}/data/answers.parquet")).await.bytes);
    assert_eq!(rows[0]["words"], "\"=1+1\"");
}

/// An anonymous round: nothing before it is closed, no words before they are read, no places at all, and it is
/// written down who took what.
#[tokio::test]
async fn what_is_held_back_is_in_no_form() {
    for url in databases().await {
        let site = site(&url).await;
        let admin = administrator(&site).await;
        published(&admin, "kinds", ALL_KINDS).await;
        let id = round(&admin, "kinds", "anonymous-shared").await;
        let link = paths(&admin.get(&format!("/rounds/{id}")).await.text(), "/ask/").remove(0);
        let answers = [
            ("/data/age", "31"),
            ("/data/words", "Vasile told"),
            ("/data/here", "47.0123 28.8654"),
        ];
        filled(&Browser::new(&site), &link, &answers, &["Mihai"]).await;
        let files = [
            "answers.csv",
            "answers.csv?labels=fr&split=1",
            "child.csv",
            "answers.xlsx",
            "answers.json",
            "answers.parquet",
            "child.parquet",
            "answers.sav",
            "child.sav",
            "package.zip",
            "codebook.csv",
            "codebook.xml",
        ];
        for file in files.iter().chain(&["places.geojson"]) {
            let early = admin.get(&format!("/rounds/{id}/data/{file}")).await;
            assert_eq!(early.status, StatusCode::CONFLICT, "{file} before it is closed");
        }
        let early = admin.get(&format!("/api/odata/{id}/answers")).await;
        assert_eq!(early.status, StatusCode::CONFLICT);
        admin.post(&format!("/rounds/{id}/close"), &[]).await;
        let place = admin.get(&format!("/rounds/{id}/data/places.geojson")).await;
        assert_eq!(place.status, StatusCode::CONFLICT, "no places of an anonymous round");
        let look = async |when: &str, telling: &[&str]| {
            let addresses = files.iter().map(|file| format!("/rounds/{id}/data/{file}")).chain([
                format!("/api/odata/{id}/answers?$expand=child"),
                format!("/api/odata/{id}-fr/child"),
            ]);
            for address in addresses {
                let answer = admin.get(&address).await;
                assert_eq!(answer.status, StatusCode::OK, "{address}: {}", answer.text());
                for text in unpacked(&answer.bytes) {
                    for telling in telling {
                        let there = text.windows(telling.len()).any(|it| it == telling.as_bytes());
                        assert!(!there, "{telling} in {address} {when}");
                    }
                }
            }
        };
        look("before anybody read it", &["Vasile", "Mihai", "47.0123", "28.8654"]).await;
        // Whoever clears is not even shown places, and clearing everything lets none out.
        let texts = admin.get(&format!("/rounds/{id}/texts")).await.text().replace("&#x2f;", "/");
        assert!(texts.contains("Vasile") && !texts.contains("47.01"), "{texts}");
        let values: Vec<String> = texts
            .split("name=\"clear\" value=\"")
            .skip(1)
            .filter_map(|part| part.split('"').next())
            .map(str::to_owned)
            .collect();
        let fields: Vec<(&str, &str)> = values.iter().map(|it| ("clear", it.as_str())).collect();
        admin.post(&format!("/rounds/{id}/texts"), &fields).await;
        look("after all was cleared", &["47.0123", "28.8654"]).await;
        let csv = admin.get(&format!("/rounds/{id}/data/answers.csv")).await.text();
        assert!(csv.contains("Vasile told"), "{csv}");
        // Written down, once for each form and day; the page says so.
        let page = admin.get(&format!("/rounds/{id}")).await.text();
        assert!(page.contains("answers.sav") && page.contains("person:1"), "{page}");
        let taken: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM takings WHERE round = $1")
            .bind(&id)
            .fetch_one(&site.app.storage.pool)
            .await
            .expect("readable");
        assert_eq!(taken, 12, "eleven files and the service");
    }
}

/// The texts of a file, and of what is packed in it.
fn unpacked(bytes: &[u8]) -> Vec<Vec<u8>> {
    if bytes.starts_with(b"PAR1") {
        let rows = parquet_rows(bytes);
        return rows
            .iter()
            .flat_map(|row| row.values().map(|it| it.clone().into_bytes()))
            .collect();
    }
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else {
        return vec![bytes.to_vec()];
    };
    let mut found = Vec::new();
    for at in 0..archive.len() {
        let mut inner = Vec::new();
        archive.by_index(at).expect("a file").read_to_end(&mut inner).expect("readable");
        found.extend(unpacked(&inner));
    }
    found
}

/// The codebook is DDI Codebook 2.5 in its order: what may stand in what, after which.
#[tokio::test]
async fn the_codebook_has_the_shape_of_its_schema() {
    // Element, and its children in the order of the schema (codebook.xsd 2.5), as far as we write them.
    const SHAPE: [(&str, &[&str]); 16] = [
        ("codeBook", &["docDscr", "stdyDscr", "fileDscr", "dataDscr", "otherMat"]),
        (
            "stdyDscr",
            &[
                "citation",
                "studyAuthorization",
                "stdyInfo",
                "studyDevelopment",
                "method",
                "dataAccs",
                "othrStdyMat",
            ],
        ),
        (
            "citation",
            &[
                "titlStmt", "rspStmt", "prodStmt", "distStmt", "serStmt", "verStmt", "biblCit",
                "holdings",
            ],
        ),
        ("titlStmt", &["titl", "subTitl", "altTitl", "parTitl", "IDNo"]),
        ("stdyInfo", &["studyBudget", "subject", "abstract", "sumDscr"]),
        (
            "sumDscr",
            &[
                "timePrd",
                "collDate",
                "nation",
                "geogCover",
                "geogUnit",
                "geoBndBox",
                "boundPoly",
                "anlyUnit",
                "universe",
                "dataKind",
            ],
        ),
        ("method", &["dataColl", "notes", "anlyInfo", "stdyClas", "dataProcessing"]),
        (
            "dataColl",
            &["timeMeth", "dataCollector", "collectorTraining", "frequenc", "sampProc", "deviat"],
        ),
        ("fileDscr", &["fileTxt", "locMap", "notes"]),
        (
            "fileTxt",
            &["fileName", "fileCitation", "dataFingerprint", "fileCont", "fileStrc", "dimensns"],
        ),
        ("dimensns", &["caseQnty", "varQnty"]),
        ("dataDscr", &["varGrp", "nCubeGrp", "var", "nCube"]),
        (
            "var",
            &[
                "location",
                "labl",
                "imputation",
                "security",
                "embargo",
                "respUnit",
                "anlysUnit",
                "qstn",
                "valrng",
                "invalrng",
                "undocCod",
                "universe",
                "TotlResp",
                "sumStat",
                "txt",
                "stdCatgry",
                "catgryGrp",
                "catgry",
                "codInstr",
                "verStat",
                "concept",
                "derivation",
                "varFormat",
                "geoMap",
                "catLevel",
                "notes",
            ],
        ),
        ("qstn", &["preQTxt", "qstnLit", "postQTxt", "forward", "backward", "ivuInstr"]),
        ("catgry", &["catValu", "labl", "txt", "catStat", "mrow"]),
        ("labl", &[]),
    ];
    let site = site(&databases().await[0]).await;
    let (admin, id) = round_of_two(&site).await;
    let text = admin.get(&format!("/rounds/{id}/data/codebook.xml")).await.text();
    let document = roxmltree::Document::parse(&text).expect("XML");
    let mut ids = std::collections::BTreeSet::new();
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        assert_eq!(node.tag_name().namespace(), Some("ddi:codebook:2_5"));
        if let Some(id) = node.attribute("ID") {
            assert!(ids.insert(id.to_owned()), "{id} is there twice");
        }
        let name = node.tag_name().name();
        let Some((_, order)) = SHAPE.iter().find(|(known, _)| *known == name) else {
            assert!(
                !node.children().any(|it| it.is_element()),
                "{name} has children that nobody foresaw"
            );
            continue;
        };
        let mut last = 0;
        for child in node.children().filter(roxmltree::Node::is_element) {
            let child = child.tag_name().name();
            let at = order.iter().position(|known| *known == child);
            let at = at.unwrap_or_else(|| panic!("{child} in {name}"));
            assert!(at >= last, "{child} in {name} comes too late");
            last = at;
        }
    }
    for var in document.descendants().filter(|it| it.tag_name().name() == "var") {
        let file = var.attribute("files").expect("a file");
        assert!(ids.contains(file), "{file} is no file");
        assert!(["contin", "discrete"].contains(&var.attribute("intrvl").expect("a kind")));
    }
}
