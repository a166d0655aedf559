//! Somebody brings the wrong file, or half of the right one. The message names the file and what
//! to do, the status is 1, and what was known before is known after.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use product_tests::{Desk, files, is_root, skipped};

/// A desk on which one figure is known, so that a loss would be seen.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.put("known.csv", files::national(&[&files::oat(2023, "66")]));
    desk.run(&["import", "template", "known.csv"])
        .worked()
        .line_with(&["1 rows read", "1 figure added"]);
    desk
}

/// Holds that importing `name` as `kind` fails with these words, tried and in earnest, and changes nothing.
fn refused(desk: &Desk, kind: &str, name: &str, words: &[&str]) {
    let before = desk.state();
    assert_eq!(before.facts.len(), 1);
    let mut all = vec![name, "was not imported"];
    all.extend(words);
    desk.run(&["import", kind, name, "--dry-run"]).failed(&all);
    desk.run(&["import", kind, name]).failed(&all);
    assert_eq!(desk.state(), before, "importing {name} left a trace");
}

#[test]
fn a_workbook_that_was_only_partly_downloaded() {
    let desk = desk();
    let whole =
        files::unodc(&files::COUNTRIES, 2000..2020, |country, year| 1_000 * country as u32 + year);
    for (name, end) in
        [("half.xlsx", whole.len() / 2), ("almost.xlsx", whole.len() - 1), ("start.xlsx", 100)]
    {
        desk.put(name, &whole[..end]);
        refused(&desk, "unodc", name, &["damaged or only partly downloaded", "Download it again"]);
    }
    desk.put("whole.xlsx", &whole);
    desk.run(&["import", "unodc", "whole.xlsx"])
        .worked()
        .line_with(&["120 rows read", "120 figures added"]);
}

#[test]
fn the_publishers_own_workbook_cut_in_half() {
    let path =
        product_tests::root().join("../shared/data/raw/unodc/data_cts_prisons_and_prisoners.xlsx");
    let Ok(whole) = fs::read(&path) else { return skipped!("{} is not here", path.display()) };
    let desk = desk();
    desk.put("unodc.xlsx", &whole[..whole.len() / 2]);
    refused(
        &desk,
        "unodc",
        "unodc.xlsx",
        &["damaged or only partly downloaded", "Download it again"],
    );
}

#[test]
fn a_picture_with_the_name_of_a_workbook() {
    let desk = desk();
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89";
    desk.put("figures.xlsx", png);
    for kind in ["unodc", "template"] {
        refused(&desk, kind, "figures.xlsx", &["is no table", "it is a picture", ".xlsx or .csv"]);
    }
    desk.put("photo.csv", b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01");
    refused(&desk, "template", "photo.csv", &["it is a picture"]);
}

#[test]
fn any_other_file_of_bytes() {
    let desk = desk();
    let bytes: Vec<u8> =
        (0..40_000_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    desk.put("setup.exe", [b"MZ\x90\0\x03\0\0\0".as_slice(), &bytes].concat());
    refused(&desk, "space", "setup.exe", &["is no table", "not text"]);
}

#[test]
fn a_table_of_another_office_program() {
    let desk = desk();
    let ods = files::archive(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", "<x/>"),
    ]);
    desk.put("figures.ods", ods);
    refused(&desk, "template", "figures.ods", &["is no table", "OpenDocument", ".xlsx or .csv"]);
    let docx = files::archive(&[("[Content_Types].xml", "<x/>"), ("word/document.xml", "<x/>")]);
    desk.put("report.docx", docx);
    refused(&desk, "template", "report.docx", &["is no table", "Word document"]);
    let zip = files::archive(&[("figures.csv", "a,b\n1,2\n")]);
    desk.put("figures.zip", zip);
    refused(&desk, "template", "figures.zip", &["is no table", "an archive without a workbook"]);
}

#[test]
fn a_table_of_another_publisher_is_recognised() {
    let desk = desk();
    desk.put("prisons.csv", files::UNAIDS);
    refused(&desk, "unodc", "prisons.csv", &["looks like a UNAIDS table", "import unaids"]);
    desk.put("unodc.xlsx", files::unodc(&files::COUNTRIES, 2000..2003, |_, year| year));
    refused(&desk, "template", "unodc.xlsx", &["looks like a UNODC prisons table", "import unodc"]);
    desk.put("budget.csv", "department,euros\nHealth,12\n");
    refused(
        &desk,
        "template",
        "budget.csv",
        &["no row of headers", "indicator", "source_title", "department, euros"],
    );
}

#[test]
fn an_empty_file_and_one_with_headers_only() {
    let desk = desk();
    desk.put("empty.csv", "");
    refused(&desk, "template", "empty.csv", &["is empty"]);
    desk.put("blank.csv", "\n\n   \n");
    refused(&desk, "template", "blank.csv", &["is empty"]);
    let before = desk.state();
    desk.put("headers.csv", files::national(&[]));
    let said = desk.run(&["import", "template", "headers.csv"]).worked();
    said.line_with(&["0 rows read", "0 figures added"]);
    said.line_with(&["headers", "no row below them", "nothing was changed"]);
    assert_eq!(desk.state(), before);
}

#[test]
fn a_path_that_is_not_there_and_one_that_is_a_folder() {
    let desk = desk();
    let before = desk.state();
    desk.run(&["import", "unodc", "prisns.xlsx"]).failed(&[
        "prisns.xlsx",
        "does not exist",
        "check its name",
    ]);
    fs::create_dir(desk.path("downloads")).expect("a folder");
    desk.run(&["import", "unodc", "downloads"]).failed(&[
        "downloads",
        "is a folder",
        "name the file",
    ]);
    desk.run(&["import", "unaids", "downloads"]).failed(&["downloads", "ddf--datapoints--"]);
    desk.run(&["import", "unodc", "known.csv/x.xlsx"]).failed(&["known.csv/x.xlsx"]);
    assert_eq!(desk.state(), before);
}

#[test]
fn a_file_that_may_not_be_read() {
    if !is_root() {
        return skipped!("only root can act as somebody else");
    }
    let desk = desk();
    desk.put("secret.csv", files::national(&[&files::oat(2024, "70")]));
    fs::set_permissions(desk.path("secret.csv"), fs::Permissions::from_mode(0o600))
        .expect("rights");
    fs::create_dir(desk.path("closed")).expect("a folder");
    fs::write(desk.path("closed/figures.csv"), files::national(&[])).expect("a file");
    fs::set_permissions(desk.path("closed"), fs::Permissions::from_mode(0o700)).expect("rights");
    // The database is elsewhere, and may be written: only the file is in the way.
    desk.folder_for_all("open");
    let desk = desk.as_nobody();
    for name in ["secret.csv", "closed/figures.csv"] {
        desk.run(&["import", "template", name, "--database", "sqlite:open/x.db"]).failed(&[
            name,
            "may not be read",
            "rights",
        ]);
    }
}

#[test]
fn a_pipe_and_a_device() {
    let desk = desk();
    for path in ["/dev/zero", "/dev/null"] {
        desk.run(&["import", "template", path]).failed(&[path, "a pipe or a device", "save"]);
    }
}

#[test]
fn a_kind_of_file_that_is_none() {
    let desk = desk();
    let said = desk.run(&["import", "undoc", "known.csv"]);
    assert_eq!(said.status, Some(2), "{said}");
    for word in ["undoc", "unodc", "unaids", "eurostat", "space", "template"] {
        assert!(said.err.contains(word), "{said}");
    }
}
