//! A ministry brings its own figures: the empty template is written, filled in and imported, and
//! its source is cited where the figures are shown.

use product_tests::{Desk, files};
use serde_json::json;

const TITLE: &str = "Raport privind sănătatea în penitenciare";

/// Two figures of Moldova as typed under the columns of the template.
const TYPED: [[&str; 14]; 2] = [
    [
        "MDA",
        "oat_people_prison",
        "2025",
        "",
        "188",
        "",
        "",
        "people",
        TITLE,
        "Administrația Națională a Penitenciarelor",
        "2026",
        "https://anp.gov.md/raport",
        "31",
        "la 31 decembrie",
    ],
    [
        "Republic of Moldova",
        "hiv_prevalence_prison",
        "2025",
        "female",
        "2.5",
        "1.5",
        "4.1",
        "",
        TITLE,
        "Administrația Națională a Penitenciarelor",
        "2026",
        "",
        "40",
        "",
    ],
];

/// Holds that both figures came in, with all that was typed, and are shown with their source.
fn is_cited(desk: &Desk, file: &str) {
    let tried = desk.run(&["import", "template", file, "--dry-run"]).worked();
    tried.line_with(&["2 rows read", "2 figures would be added", "0 rows refused"]);
    assert_eq!(desk.facts("").len(), 0);
    desk.run(&["import", "template", file]).worked().line_with(&[
        "2 rows read",
        "2 figures added",
        "0 rows refused",
    ]);
    let facts = desk.facts("");
    let people = facts
        .iter()
        .find(|fact| fact["indicator"] == "oat_people_prison")
        .expect("the first figure");
    assert_eq!(
        (&people["value"], &people["period"], &people["group"]),
        (&json!(188.0), &json!("2025"), &json!("total"))
    );
    assert_eq!(
        (&people["note"], &people["locator"]),
        (&json!("la 31 decembrie"), &json!("page 31"))
    );
    let share = facts
        .iter()
        .find(|fact| fact["indicator"] == "hiv_prevalence_prison")
        .expect("the second figure");
    assert_eq!(
        (&share["value"], &share["low"], &share["high"]),
        (&json!(2.5), &json!(1.5), &json!(4.1))
    );
    assert_eq!(share["group"], "female");

    let brief = desk.run(&["get", "/countries/MDA"]).worked().out;
    assert!(brief.contains(TITLE), "the brief does not cite {TITLE}");
    let source = people["source"].as_str().expect("its source");
    let page = desk.run(&["get", &format!("/sources/{source}")]).worked().out;
    for shown in
        [TITLE, "Administrația Națională a Penitenciarelor", "2026", "https://anp.gov.md/raport"]
    {
        assert!(page.contains(shown), "{shown:?} is not on the source's page");
    }
}

#[test]
fn the_workbook_filled_in_is_read_back() {
    let desk = Desk::new();
    let said = desk.run(&["template", "-o", "figures.xlsx"]).worked();
    assert!(said.err.contains("throughcare import template figures.xlsx --dry-run"), "{said}");
    let rows: Vec<&[&str]> = TYPED.iter().map(<[&str; 14]>::as_slice).collect();
    desk.put("figures.xlsx", files::fill_in(&desk.read("figures.xlsx"), &rows));
    is_cited(&desk, "figures.xlsx");
}

#[test]
fn the_csv_filled_in_is_read_back() {
    let desk = Desk::new();
    desk.run(&["template", "--output", "figures.csv"]).worked();
    let mut text = String::from_utf8(desk.read("figures.csv")).expect("UTF-8");
    assert_eq!(
        text.trim_start_matches('\u{feff}').trim_end(),
        files::NATIONAL,
        "the tests' own header is the template's"
    );
    for row in TYPED {
        text.push_str(&row.join(","));
        text.push_str("\r\n");
    }
    desk.put("figures.csv", text);
    is_cited(&desk, "figures.csv");
}

#[test]
fn without_a_name_a_workbook_with_instructions_is_written() {
    let desk = Desk::new();
    let said = desk.run(&["template"]).worked();
    assert!(said.err.contains("national-figures.xlsx"), "{said}");
    let bytes = desk.read("national-figures.xlsx");
    let sheets =
        files::parts(&bytes).iter().filter(|part| part.starts_with("xl/worksheets/sheet")).count();
    assert_eq!(sheets, 3, "figures, instructions, lists");
    desk.run(&["template", "-o", "again.xlsx"]).worked();
    assert_eq!(desk.read("again.xlsx"), bytes, "the same template, the same bytes");
}

#[test]
fn an_empty_workbook_is_no_harm() {
    let desk = Desk::new();
    desk.run(&["template", "-o", "figures.xlsx"]).worked();
    let said = desk.run(&["import", "template", "figures.xlsx"]).worked();
    said.line_with(&["0 rows read", "0 figures added"]);
    said.line_with(&["no row below them"]);
}

#[test]
fn a_filled_template_is_never_written_over() {
    let desk = Desk::new();
    desk.run(&["template", "-o", "figures.csv"]).worked();
    let mut filled = desk.read("figures.csv");
    filled.extend(files::oat(2023, "66").bytes());
    desk.put("figures.csv", &filled);
    desk.run(&["template", "-o", "figures.csv"]).failed(&[
        "figures.csv",
        "is there already",
        "another name",
    ]);
    assert_eq!(desk.read("figures.csv"), filled, "somebody's work was lost");
}

#[test]
fn a_folder_that_is_not_there_and_an_ending_that_is_none() {
    let desk = Desk::new();
    desk.run(&["template", "-o", "nowhere/figures.xlsx"])
        .failed(&["nowhere/figures.xlsx cannot be written", "folder"]);
    desk.run(&["template", "-o", "figures.pdf"]).failed(&["figures.pdf", ".xlsx or .csv"]);
    assert!(!desk.path("figures.pdf").exists());
}
