//! Forms as paper by the command line: every form that ships, in each of its languages, becomes a PDF whose text can be
//! read back, with its code on every page.

use std::process::Command;

use product_tests::{Desk, root, skipped};

#[test]
fn every_shipped_form_is_paper_in_each_of_its_languages() {
    let desk = Desk::new();
    let (mut papers, mut count) = (0, 0);
    let folder = std::fs::read_dir(root().join("data/instruments")).expect("the forms");
    let mut forms: Vec<_> = folder.map(|it| it.expect("a file").path()).collect();
    forms.sort();
    for form in forms {
        // Beside the forms lie what explains them and the lists they name.
        if form.extension().is_none_or(|it| it != "md") || form.ends_with("README.md") {
            continue;
        }
        let text = std::fs::read_to_string(&form).expect("text");
        let head = text.lines().find(|line| line.contains("label::")).expect("a header");
        let languages = head.split('|').filter_map(|cell| cell.trim().strip_prefix("label::"));
        for language in languages {
            let form = form.to_str().expect("a path");
            let said = desk.run(&[
                "print-form",
                form,
                "--language",
                language,
                "--anonymous",
                "-o",
                "out.pdf",
            ]);
            said.worked();
            let pdf = desk.read("out.pdf");
            assert!(pdf.starts_with(b"%PDF-1.7"), "{form} {language}");
            papers += 1;
        }
        count += 1;
    }
    // English and French at the least.
    assert!(count >= 5 && papers >= 2 * count, "only {papers} papers of {count} forms");
}

#[test]
fn the_text_of_a_paper_reads_as_a_form() {
    let desk = Desk::new();
    let form = root().join("data/instruments/prison_survey.md");
    desk.run(&["print-form", form.to_str().expect("a path"), "--anonymous", "-o", "out.pdf"])
        .worked();
    let read = Command::new("pdftotext")
        .args(["-layout", "out.pdf", "-"])
        .current_dir(desk.folder())
        .output();
    let Ok(read) = read else {
        skipped!("pdftotext is not here");
        return;
    };
    let text = String::from_utf8_lossy(&read.stdout);
    for words in
        ["Record number", "Have you ever used a drug", "→ go to", "Page 1 of", "Write no name"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
    let pages = text.matches("Page ").count();
    let code =
        text.split("Form ").nth(1).map(|it| it.trim_start()[..5].to_owned()).expect("a code");
    assert!(
        pages > 2 && text.matches(&code).count() == pages,
        "the code is on each of {pages} pages"
    );
    assert!(!text.contains("Filled in for"), "an anonymous form asks for no name");
}

#[test]
fn what_is_wrong_is_said_before_a_page_is_set() {
    let desk = Desk::new();
    desk.put("bad.md", "| survey | | |\n| | type | name |\n| | text | |\n");
    let said = desk.run(&["print-form", "bad.md", "-o", "out.pdf"]);
    assert_eq!(said.status, Some(1), "{said}");
    assert!(said.err.contains("bad.md: survey, row 2") && said.err.contains("no name"), "{said}");
    let form = root().join("data/instruments/readiness.md");
    desk.run(&["print-form", form.to_str().expect("a path"), "--language", "tlh"])
        .failed(&["tlh", "English (en)"]);
}
