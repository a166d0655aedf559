//! The words of all parts: every page in every shipped language, no message missing, none doubled.

use crate::on_sqlite;

const PAGES: &[&str] = &[
    "/",
    "/countries",
    "/countries/MDA",
    "/countries/GBR-SCT",
    "/countries/XKX",
    "/countries/AND",
    "/countries/MDA/figures",
    "/indicators",
    "/indicators/prison_rate",
    "/indicators/hcv_testing_prison",
    "/indicators/oat_share_prison",
    "/figures/MDA/hiv_prevalence_prison/2017/total",
    "/region",
    "/region?indicator=prison_rate,hiv_prevalence_prison&scope=focus",
    "/doubts",
    "/imports",
    "/about",
    "/api",
    "/search?q=hiv",
    "/evidence",
    "/bodies",
    "/bodies/pompidou-group?on=1990-01-01",
    "/groups",
    "/groups/permanent-correspondents?on=2000-03-08",
    "/groups/none",
    "/meetings",
    "/meetings/1",
    "/meetings/2",
    "/meetings/x",
    "/papers/1",
    "/calendar/x",
    "/for",
    "/for/people-in-prison",
    "/for/prison-administrations",
    "/for/health-staff",
    "/for/policy-makers",
    "/for/correspondents",
    "/for/researchers",
    "/for/nobody",
    "/sign-in",
    "/bodies/none",
    "/bodies/pompidou-group?on=x",
    "/evidence/opioid-agonist-treatment",
    "/sources",
    "/sources/unodc-cts",
    "/scenarios",
    "/scenarios/how-to-read",
    "/scenarios/MDA?draws=4&people=3&oat-prison=60",
    "/scenarios/MDA/inputs",
    "/scenarios/MDA/policies",
    "/scenarios/MDA/budget",
    "/scenarios/MDA/calibration",
    "/scenarios/MDA/elimination?draws=4&people=3",
    "/scenarios/MDA/runs",
    "/scenarios/ZZZ",
    "/statistics",
    "/statistics/tables/none",
    "/statistics/sample?prisons=Prison%201,%20300%0APrison%202,%20400",
    "/statistics/sample?prisons=Prison%201,%20300,%20north%0APrison%202,%20400,%20south",
    "/statistics/sample.csv",
    "/statistics/explore",
    "/statistics/sets",
    "/statistics/sets/none",
    "/statistics/files/none",
    "/statistics/explore/charts/none",
    "/no-such-page",
    "/countries/ZZZ",
];

#[tokio::test]
async fn no_page_lacks_a_word() {
    let site = on_sqlite().await;
    for language in ["en", "fr"] {
        for page in PAGES {
            let join = if page.contains('?') { '&' } else { '?' };
            let text = site.get(&format!("{page}{join}lang={language}")).await.text();
            assert!(text.contains(&format!("<html lang=\"{language}\">")), "{page}: {text}");
            let missing = text.find('⟦').map(|at| text[at..].chars().take(60).collect::<String>());
            assert_eq!(missing, None, "{page} in {language}");
        }
    }
}

#[tokio::test]
async fn english_and_french_say_the_same_keys() {
    let keys = |language: &str| -> Vec<String> {
        let mut messages = base::page::own_words();
        messages.extend(web::PARTS.iter().flat_map(|part| (part.words)()));
        let mut keys: Vec<String> = messages
            .iter()
            .filter(|file| file.language == language)
            .flat_map(|file| {
                file.text
                    .lines()
                    .filter_map(|line| line.split_once(" ="))
                    .map(|(key, _)| key.to_owned())
                    .collect::<Vec<_>>()
            })
            .filter(|key| {
                key.chars().next().is_some_and(|c| c.is_ascii_lowercase()) && !key.contains(' ')
            })
            .collect();
        keys.sort();
        keys
    };
    let (english, french) = (keys("en"), keys("fr"));
    let only = |a: &[String], b: &[String]| {
        a.iter().filter(|key| !b.contains(key)).cloned().collect::<Vec<_>>()
    };
    assert!(english.len() > 500, "only {} messages were found", english.len());
    assert_eq!((only(&english, &french), only(&french, &english)), (Vec::new(), Vec::new()));
}

/// A language is a folder of files, no code.
#[tokio::test]
async fn a_language_is_added_by_a_file() {
    let folder = base::testing::folder();
    std::fs::create_dir_all(folder.join("languages/uk")).expect("a folder");
    std::fs::write(
        folder.join("languages/uk/base.ftl"),
        "language-name = Українська\nsearch = Шукати\n",
    )
    .expect("a file");
    let settings = base::Settings {
        database_url: format!("sqlite:{}", folder.join("uk.db").display()),
        languages: folder.join("languages"),
        ..base::Settings::default()
    };
    let site = base::Site::open(settings, web::PARTS, base::site::Equipment::BARE)
        .await
        .expect("the site opens");
    let words = site.languages.get("uk").expect("Ukrainian is there");
    assert_eq!(words.say("search"), "Шукати");
    assert_eq!(words.say("sources"), "Sources", "what is not yet translated is said in English");
    assert_eq!(words.number(1234567.5, 1), "1\u{a0}234\u{a0}567,5");
}
