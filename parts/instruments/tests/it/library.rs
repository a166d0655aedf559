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
        let mut said: Vec<_> = problems.iter().map(instruments::compiled::sentence).collect();
        // The standard's list of languages knows no scripts; both Serbian ones are wanted all the same.
        said.retain(|it| !it.contains("(sr-Latn)"));
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
