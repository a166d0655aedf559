//! Rows that cannot be true, in a file that is otherwise good: each is named with its row and the
//! reason, the good ones are taken, and what a source changes its mind about is kept with its past.

use product_tests::{Desk, files};
use serde_json::json;

const SOURCE: &str = "Prison health report,Ministry of Justice,2025,,14,";

/// One good row and one row of which `words` must be said. Tried first, which changes nothing.
fn one_bad_row(bad: &str, words: &[&str]) {
    let desk = Desk::new();
    desk.put("figures.csv", files::national(&[&files::oat(2023, "66"), bad]));
    let tried = desk.run(&["import", "template", "figures.csv", "--dry-run"]).worked();
    tried.line_with(&["2 rows read", "1 figure would be added", "1 row refused"]);
    tried.line_with(&["Nothing was changed"]);
    assert_eq!(desk.facts("").len(), 0, "a dry run took something");
    let said = desk.run(&["import", "template", "figures.csv"]).worked();
    said.line_with(&["2 rows read", "1 figure added", "1 row refused"]);
    let mut all = vec!["row 3"];
    all.extend(words);
    said.line_with(&all);
    let facts = desk.facts("");
    assert_eq!(facts.len(), 1, "{facts:?}");
    assert_eq!(facts[0]["value"], json!(66.0));
}

#[test]
fn an_unknown_country_is_named_with_the_nearest() {
    one_bad_row(
        &format!("Moldva,oat_people_prison,2024,,70,,,,{SOURCE}"),
        &["“Moldva”", "no country", "nearest", "Moldova"],
    );
    one_bad_row(
        &format!("Atlantis,oat_people_prison,2024,,70,,,,{SOURCE}"),
        &["“Atlantis”", "no country", "ISO code"],
    );
}

#[test]
fn numbers_that_cannot_be() {
    one_bad_row(&files::oat(2024, "-66"), &["value", "-66", "below zero"]);
    one_bad_row(
        &format!("MDA,hiv_prevalence_prison,2024,,140,,,,{SOURCE}"),
        &["140 % is above 100 %", "number of people"],
    );
    one_bad_row(
        &format!("MDA,hiv_prevalence_prison,2024,,3.8,5,3,,{SOURCE}"),
        &["3.8", "outside its interval 5 to 3"],
    );
    one_bad_row(&files::oat(2024, "sixty"), &["“sixty” is no number"]);
    one_bad_row(&files::oat(2024, "1e999"), &["“1e999” is no number"]);
    one_bad_row(&files::oat(2024, ""), &["no value", "leave the row out"]);
}

#[test]
fn words_that_mean_nothing_here() {
    one_bad_row(
        &format!("MDA,oat_people_prisn,2024,,70,,,,{SOURCE}"),
        &["“oat_people_prisn” is no indicator", "nearest: oat_people_prison"],
    );
    one_bad_row(
        &format!("MDA,weather,2024,,70,,,,{SOURCE}"),
        &["“weather” is no indicator", "indicators lists them all"],
    );
    one_bad_row(
        &format!("MDA,oat_people_prison,2024,,70,,,percent,{SOURCE}"),
        &["“percent”", "oat_people_prison is given in “people”"],
    );
    one_bad_row(
        &format!("MDA,oat_people_prison,2024,elders,70,,,,{SOURCE}"),
        &["“elders” is no group", "female"],
    );
    one_bad_row(
        &format!("MDA,remand_share,2024,,20,,,,{SOURCE}"),
        &["computed here", "persons_unsentenced", "persons_held"],
    );
    one_bad_row(
        "MDA,oat_people_prison,2024,,70,,,,,Ministry of Justice,2025,,14,",
        &["source_title", "no figure without its source"],
    );
}

#[test]
fn years_that_cannot_be() {
    one_bad_row(&files::oat(1013, "70"), &["year", "1013 cannot be", "1950"]);
    one_bad_row(&files::oat(3000, "70"), &["year", "3000 cannot be", "1950"]);
    one_bad_row(&format!("MDA,oat_people_prison,20.24,,70,,,,{SOURCE}"), &["“20.24” is no year"]);
}

#[test]
fn two_rows_that_disagree_are_both_left_out() {
    let desk = Desk::new();
    let rows = [
        files::oat(2022, "50"),
        files::oat(2023, "66"),
        files::oat(2023, "69"),
        files::oat(2022, "50"),
    ];
    desk.put("figures.csv", files::national(&rows.each_ref().map(String::as_str)));
    let said = desk.run(&["import", "template", "figures.csv"]).worked();
    said.line_with(&["4 rows read", "1 figure added", "1 row refused"]);
    said.line_with(&[
        "rows 3 and 4 give 66 and 69",
        "MDA, oat_people_prison, 2023",
        "neither is used",
    ]);
    let facts = desk.facts("");
    assert_eq!((facts.len(), &facts[0]["year"]), (1, &json!(2022)), "{facts:?}");
}

#[test]
fn a_file_of_bad_rows_alone_takes_nothing_and_leaves_no_trace() {
    let desk = Desk::new();
    desk.put("figures.csv", files::national(&[&files::oat(1013, "1"), &files::oat(2023, "-1")]));
    let said = desk.run(&["import", "template", "figures.csv"]);
    said.line_with(&["0 figures added", "2 rows refused"]);
    assert_eq!(said.status, Some(1), "a script must see that nothing came in: {said}");
    assert!(said.err.contains("no row of figures.csv could be used"), "{said}");
    assert_eq!(desk.facts("").len(), 0);
    assert_eq!(
        desk.run(&["get", "/imports.csv"]).worked().out.lines().count(),
        1,
        "only the headers"
    );
}

#[test]
fn more_bad_rows_than_a_screen_holds_are_counted() {
    let desk = Desk::new();
    let rows: Vec<String> = (0..3_000)
        .map(|at| format!("Atlantis {at},oat_people_prison,2024,,70,,,,{SOURCE}"))
        .collect();
    desk.put("figures.csv", files::national(&rows.iter().map(String::as_str).collect::<Vec<_>>()));
    let said = desk.run(&["import", "template", "figures.csv"]);
    assert_eq!(said.status, Some(1), "{said}");
    said.line_with(&["3000 rows refused"]);
    said.line_with(&["and 2985 more"]);
    assert!(said.out.lines().count() < 40, "{said}");
}

#[test]
fn the_same_file_twice_adds_nothing() {
    let desk = Desk::new();
    desk.put(
        "unodc.xlsx",
        files::unodc(&files::COUNTRIES, 2000..2020, |country, year| 1_000 * country as u32 + year),
    );
    desk.run(&["import", "unodc", "unodc.xlsx"])
        .worked()
        .line_with(&["120 figures added, 0 changed, 0 as they were"]);
    let before = desk.state();
    desk.run(&["import", "unodc", "unodc.xlsx"])
        .worked()
        .line_with(&["0 figures added, 0 changed, 120 as they were"]);
    assert_eq!(desk.state(), before, "the second import left a trace");
}

#[test]
fn a_changed_value_takes_its_place_and_the_old_one_stays_to_be_seen() {
    let desk = Desk::new();
    desk.put("first.csv", files::national(&[&files::oat(2023, "66"), &files::oat(2024, "71")]));
    desk.put("corrected.csv", files::national(&[&files::oat(2023, "166")]));
    desk.run(&["import", "template", "first.csv"]).worked();

    let before = desk.state();
    let tried = desk.run(&["import", "template", "corrected.csv", "--dry-run"]).worked();
    tried.line_with(&["0 figures would be added", "1 would be changed"]);
    tried.line_with(&["MDA oat_people_prison 2023 total: 66 → 166"]);
    assert_eq!(desk.state(), before, "a dry run changed something");

    let said = desk.run(&["import", "template", "corrected.csv"]).worked();
    said.line_with(&["0 figures added, 1 changed, 0 as they were"]);
    said.line_with(&["MDA oat_people_prison 2023 total: 66 → 166"]);
    let values: Vec<_> = desk
        .facts("indicator=oat_people_prison")
        .iter()
        .map(|fact| fact["value"].clone())
        .collect();
    assert_eq!(
        values,
        [json!(166.0), json!(71.0)],
        "the year that the correction left out is kept"
    );
    let page = desk.run(&["get", "/figures/MDA/oat_people_prison/2023/total"]).worked().out;
    for shown in [">166 <", ">66 <", "replaced", "first.csv", "corrected.csv"] {
        assert!(page.contains(shown), "{shown:?} is not on the figure's page");
    }
}

#[test]
fn a_formula_hidden_in_a_text_comes_out_harmless() {
    let desk = Desk::new();
    let attack = "=cmd|' /C calc'!A0";
    let row = format!("MDA,oat_people_prison,2023,,66,,,,{attack},@SUM(1+1),2025,,14,+1+cmd|x");
    desk.put("=1+2.csv", files::national(&[&row]));
    desk.run(&["import", "template", "=1+2.csv"]).worked().line_with(&["1 figure added"]);
    let mut led = 0;
    for list in [
        "/countries/MDA/figures.csv",
        "/countries/MDA.csv",
        "/imports.csv",
        "/sources.csv",
        "/region.csv?indicator=oat_people_prison",
    ] {
        let text = desk.run(&["get", list]).worked().out;
        for cell in text.trim_start_matches('\u{feff}').lines().flat_map(|line| line.split(',')) {
            let cell = cell.trim_matches('"');
            let runs = cell.starts_with(['=', '+', '@', '\t'])
                || cell.starts_with('-') && cell.parse::<f64>().is_err();
            assert!(!runs, "{list} holds the formula {cell:?}");
            led += usize::from(cell.starts_with("'=") || cell.starts_with("'@"));
        }
    }
    assert!(
        led >= 4,
        "title, publisher and file were to come out, each led by an apostrophe; {led} did"
    );
    // On the page it is text, whatever it looks like.
    let page = desk.run(&["get", "/sources"]).worked().out;
    assert!(page.contains("=cmd|"), "the title is shown as it stands");
}

#[test]
fn markup_in_a_text_is_shown_and_not_run() {
    let desk = Desk::new();
    let row = "MDA,oat_people_prison,2023,,66,,,,<script>alert(1)</script>,<img src=x onerror=alert(1)>,2025,javascript:alert(1),14,<b>bold</b>";
    desk.put("figures.csv", files::national(&[row]));
    desk.run(&["import", "template", "figures.csv"]).worked();
    let source = desk.facts("")[0]["source"].as_str().expect("its source").to_owned();
    let source = format!("/sources/{source}");
    for page in [
        "/countries/MDA",
        "/countries/MDA/figures",
        "/figures/MDA/oat_people_prison/2023/total",
        source.as_str(),
    ] {
        let text = desk.run(&["get", page]).worked().out;
        for never in ["<script>alert", "<img src=x", "href=\"javascript:", "<b>bold"] {
            assert!(!text.contains(never), "{page} has {never}");
        }
    }
}
