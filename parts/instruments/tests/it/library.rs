//! The library: uploads with their problems, versions and what changed, what ships.

use base::testing::databases;

use super::*;

#[tokio::test]
async fn a_workbook_with_faults_is_shown_its_faults_by_row() {
    let site = site(&databases().await[0]).await;
    let admin = administrator(&site).await;
    let broken = TOWN.replace("| integer | age |", "| integr | age |");
    let answer = admin.upload("towns.md", broken.as_bytes()).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = answer.text();
    assert!(page.contains("integr"), "{page}");
    assert!(page.contains("<td>survey</td><td class=\"num\">2</td>"), "{page}");
    assert_eq!(Browser::new(&site).get("/instruments/towns").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn versions_are_compared_in_words_and_a_draft_is_seen_by_who_writes_it() {
    for url in databases().await {
        let site = site(&url).await;
        let admin = administrator(&site).await;
        assert_eq!(admin.upload("towns.md", TOWN.as_bytes()).await.status, StatusCode::SEE_OTHER);
        let anyone = Browser::new(&site);
        assert_eq!(anyone.get("/instruments/towns").await.status, StatusCode::NOT_FOUND);
        let same = admin.upload("towns.md", TOWN.as_bytes()).await;
        assert_eq!(same.header("location"), "/instruments/towns?said=same");
        let second = TOWN
            .replace("How old are you?", "What is your age?")
            .replace("| | colour | blue | Blue | Bleu |", "| | colour | green | Green | Vert |");
        published(&admin, "towns", &second).await;
        let page = anyone.get("/instruments/towns").await.text();
        assert!(page.contains("Question age in English read “How old are you?”"), "{page}");
        assert!(page.contains("List colour: new choice green"), "{page}");
        assert!(page.contains("List colour: choice blue is gone"), "{page}");
        let form = anyone.get("/instruments/towns/2/form.xml").await;
        assert!(form.text().contains("<h:title>Towns</h:title>"));
        let workbook = anyone.get("/instruments/towns/1/workbook").await;
        assert_eq!(workbook.bytes, TOWN.as_bytes(), "the workbook comes back byte for byte");
        let list = anyone.get("/instruments.csv").await.text();
        assert!(list.contains("Towns,Published,5,\"English, French\",2,2026-11-24"), "{list}");
        let denied = anyone.upload("towns.md", TOWN.as_bytes()).await;
        assert_eq!(denied.status, StatusCode::UNAUTHORIZED);
    }
}

/// Each language says everything that the shipped instruments say, nothing that they no longer say, and keeps what
/// is put into a text.
#[test]
fn every_language_of_what_ships_is_whole() {
    let mut originals: Vec<String> = instruments::shipped::originals()
        .iter()
        .flat_map(|(_, workbook)| instruments::translations::originals(workbook))
        .collect();
    originals.sort();
    originals.dedup();
    let languages = instruments::shipped::languages().expect("read");
    assert_eq!(languages.len(), 9);
    for language in &languages {
        let translated: Vec<&str> = language.originals().collect();
        assert_eq!(translated, originals, "{}", language.name);
        for original in &originals {
            let text = language.text(original).unwrap_or_default();
            let inserted = |text: &str| text.matches("${").count() + text.matches("**").count();
            assert!(!text.trim().is_empty(), "{}: {original}", language.name);
            assert_eq!(inserted(text), inserted(original), "{}: {original}", language.name);
            assert!(!text.contains('|'), "{}: {text}", language.name);
        }
    }
}

/// Every shipped instrument makes a form, and in each language each question has words.
#[test]
fn what_ships_is_whole() {
    let workbooks = instruments::shipped::workbooks().expect("the languages are read");
    assert_eq!(workbooks.len(), 5);
    for (name, bytes) in workbooks {
        let (compiled, problems) =
            instruments::compiled::compile(&bytes, &name, &Default::default());
        let said: Vec<_> = problems.iter().map(instruments::compiled::sentence).collect();
        let compiled = compiled.unwrap_or_else(|| panic!("{name}: {said:?}"));
        assert_eq!(said, Vec::<String>::new(), "{name}");
        let languages = compiled.languages();
        assert_eq!(languages.len(), 11, "{name}: {languages:?}");
        for question in compiled.form.questions() {
            for language in languages.iter().filter(|_| !question.labels.is_empty()) {
                let words = question.labels.iter().find(|(known, _)| known == language);
                assert!(
                    words.is_some_and(|(_, text)| !text.is_empty()),
                    "{name}: {} has no words in {language}",
                    question.name
                );
            }
        }
        for language in &languages {
            let list = compiled
                .lists
                .iter()
                .flat_map(|(list, items)| items.iter().map(move |item| (list, item)));
            for (list, item) in list {
                let words = item.labels.iter().find(|(known, _)| known == language);
                assert!(words.is_some(), "{name}: {list} {} in {language}", item.value);
            }
        }
    }
}

/// The words around a questionnaire are complete in every language that has them.
#[test]
fn whoever_answers_reads_one_language() {
    let all = instruments::filling::words::all();
    let english = concat!(
        include_str!("../../filling/en/fill.ftl"),
        "\n",
        include_str!("../../filling/en/offline.ftl")
    );
    let keys: Vec<_> =
        english.lines().filter_map(|line| line.split_once(" = ")).map(|(key, _)| key).collect();
    for words in all {
        for key in &keys {
            assert!(words.has(key), "{} lacks {key}", words.language.tag());
        }
    }
}

#[tokio::test]
async fn the_demonstration_can_be_loaded_twice() {
    for url in databases().await {
        let site = site(&url).await;
        assert_eq!(instruments::shipped::load(&site.app, now()).await.expect("loads"), 5);
        assert_eq!(instruments::shipped::load(&site.app, now()).await.expect("loads"), 0);
        let page = Browser::new(&site).get("/instruments/prison_survey").await;
        assert_eq!(page.status, StatusCode::OK);
    }
}

/// A language awaits review until its row says otherwise; of what people upload nothing is said.
#[tokio::test]
async fn languages_of_what_ships_are_drafts_until_reviewed() {
    assert!(instruments::shipped::is_draft("prison_survey", "ka"));
    assert!(!instruments::shipped::is_draft("towns", "en"), "of uploads nothing is known");
    let site = site(&databases().await[0]).await;
    instruments::shipped::load(&site.app, now()).await.expect("loads");
    let anyone = Browser::new(&site);
    let list = anyone.get("/instruments").await.text();
    assert!(list.contains("drafts for review: English, French, Romanian"), "{list}");
    let page = anyone.get("/instruments/stigma_scale?lang=fr").await.text();
    assert!(page.contains("aucune langue n’a été"), "said once of all: {page}");
    assert!(!page.contains("(projet à relire)"), "{page}");
    let (french, romanian) = (page.find("French"), page.find("Romanian"));
    assert!(french < romanian, "those of the workbook's own tables come first: {page}");
    let admin = administrator(&site).await;
    let rounds = admin.get("/api/rounds").await.json();
    let id = rounds[0]["id"].as_str().expect("the demonstration").to_owned();
    let link = paths(&admin.get(&format!("/rounds/{id}")).await.text(), "/ask/").remove(0);
    let start = anyone.get(&link).await.text();
    assert!(start.contains("(draft for review)"), "{start}");
}

#[tokio::test]
async fn rules_hints_and_lists_are_compared_too() {
    let site = site(&databases().await[0]).await;
    let admin = administrator(&site).await;
    published(&admin, "towns", TOWN).await;
    let second = TOWN
        .replace("| . < 120 |", "| . < 130 |")
        .replace("| | colour | red | Red | Rouge |", "| | colour | red | Red | Rouge vif |")
        .replace("${uses} = 'n'", "${uses} = 'y'");
    published(&admin, "towns", &second).await;
    let page = admin.get("/instruments/towns").await.text();
    for says in [
        "Question age, what it takes: was “. &lt; 120”, is now “. &lt; 130”",
        "Question why, when it is asked: was",
        "List colour, choice red in French: “Rouge” is now “Rouge vif”",
    ] {
        assert!(page.contains(says), "{says}: {page}");
    }
}

/// A workbook that unfolds without end, one that is no workbook, one with a million groups: refused in words, at once.
#[tokio::test]
async fn hostile_workbooks_are_refused_in_words() {
    use std::io::Write;
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for at in 0..8 {
        let name = format!("xl/worksheets/sheet{at}.xml");
        archive.start_file(name, zip::write::SimpleFileOptions::default()).expect("begun");
        let zeros = vec![b'0'; 1 << 20];
        for _ in 0..64 {
            archive.write_all(&zeros).expect("written");
        }
    }
    let bomb = archive.finish().expect("ended").into_inner();
    let mut deep =
        "| settings | |\n| | form_id |\n| | deep |\n| survey | | | |\n| | type | name | label |\n"
            .to_owned();
    for at in 0..20_000 {
        deep += &format!("| | begin_group | g{at} | G |\n");
    }
    let site = site(&databases().await[0]).await;
    let admin = administrator(&site).await;
    let hostile: [(&str, &[u8]); 6] = [
        ("bomb.xlsx", &bomb),
        ("noise.xlsx", b"PK\x03\x04 and then nothing"),
        ("old.xls", &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0]),
        ("empty.xlsx", b""),
        ("deep.md", deep.as_bytes()),
        ("cycle.md", b"| survey | | | | |\n| | type | name | label | calculation |\n| | calculate | a | | ${b} |\n| | calculate | b | | ${a} |\n| settings | |\n| | form_id |\n| | cycle |\n"),
    ];
    for (name, bytes) in hostile {
        let started = std::time::Instant::now();
        let answer = admin.upload(name, bytes).await;
        let took = started.elapsed();
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}: {}", answer.text());
        assert!(answer.text().contains("role=\"alert\""), "{name}: {}", answer.text());
        // Five times the aim of one second: a shared machine is no stopwatch.
        assert!(took.as_secs() < 5, "{name} took {took:?}");
        eprintln!("{name}: refused in {} ms", took.as_millis());
    }
}

#[tokio::test]
async fn what_a_form_lacks_is_told_to_its_author_in_either_language() {
    let form = "
| settings | | |
| | form_title | form_id |
| | Gaps | gaps |
| survey | | | | |
| | type | name | label::English (en) | label::French (fr) |
| | text | a | One | Un |
| | text | b | Two | |
| | select_one_from_file towns.csv | town | Town | |
| | select_one yn | c | Three | Trois |
| choices | | | | |
| | list_name | name | label::English (en) | label::French (fr) |
| | yn | y | Yes | Oui |
| | yn | n | No | |
";
    let site = site(&databases().await[0]).await;
    let admin = administrator(&site).await;
    let answer = admin.upload("gaps.md", form.as_bytes()).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let page = admin.get("/instruments/gaps?said=new").await.text();
    for words in [
        "2 questions have no label in French: b, town",
        "One choice has no label in French: yn&#x2f;n",
        "The list towns comes from the file towns.csv, which is not attached",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let page = admin.get("/instruments/gaps?lang=fr").await.text();
    assert!(page.contains("2 questions n’ont pas de libellé en French : b, town"), "{page}");
    admin.post("/instruments/gaps/status", &[("status", "published")]).await;
    let anyone = Browser::new(&site).get("/instruments/gaps").await.text();
    assert!(!anyone.contains("no label in French"), "only its authors are told");
}
