//! The command line teaches: every command shows an example, every mistake is answered with what
//! there is instead.

use std::fs;

use product_tests::{Desk, Said, files};

/// The commands, from the list that `--help` gives.
fn commands(help: &str) -> Vec<String> {
    let list = help
        .split("Commands:\n")
        .nth(1)
        .and_then(|rest| rest.split("\n\n").next())
        .expect("a list of commands");
    let names = list.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    names.map(|line| line.split_whitespace().next().expect("a name").to_owned()).collect()
}

#[test]
fn every_command_has_help_with_an_example() {
    let desk = Desk::new();
    let help = desk.run(&["--help"]).worked().out;
    assert!(
        help.contains("throughcare serve") && help.contains("throughcare brief MDA --pdf"),
        "{help}"
    );
    let commands = commands(&help);
    for expected in ["serve", "demo", "brief", "import", "template", "get", "routes", "settings"] {
        assert!(commands.iter().any(|name| name == expected), "{expected} is not in {commands:?}");
    }
    for name in commands.iter().filter(|name| *name != "help") {
        let help = desk.run(&[name, "--help"]).worked().out;
        let example = help
            .lines()
            .any(|line| line.starts_with("  ") && line.contains(&format!("throughcare {name}")));
        assert!(example, "`throughcare {name} --help` shows no example:\n{help}");
    }
    assert!(!desk.database().exists(), "help makes no database");
}

#[test]
fn the_examples_of_help_work() {
    let desk = Desk::with_demo();
    let texts = [
        desk.run(&["--help"]).worked().out,
        desk.run(&["brief", "--help"]).worked().out,
        desk.run(&["get", "--help"]).worked().out,
    ];
    let mut tried = 0;
    for line in texts.iter().flat_map(|text| text.lines()) {
        let Some(example) = line.trim().strip_prefix("throughcare ") else { continue };
        let words: Vec<&str> = example
            .split("  ")
            .next()
            .unwrap_or("")
            .split(' ')
            .map(|word| word.trim_matches('\''))
            .collect();
        if matches!(words[0], "brief" | "get")
            && !words.iter().any(|word| word.contains(['<', '[']))
        {
            desk.run(&words).worked();
            tried += 1;
        }
    }
    assert!(tried >= 5, "{tried} examples were tried");
}

/// Holds that the words were misunderstood politely: status 2, and each of `words` is said.
fn corrected(said: &Said, words: &[&str]) {
    assert_eq!(said.status, Some(2), "{said}");
    for word in words {
        assert!(said.err.contains(word), "{word:?} is not in: {said}");
    }
}

#[test]
fn a_slip_of_the_hand_is_answered_with_what_was_meant() {
    let desk = Desk::new();
    corrected(&desk.run(&["breif", "MDA"]), &["breif", "brief"]);
    corrected(&desk.run(&["imprt", "unodc", "x"]), &["imprt", "import"]);
    corrected(&desk.run(&["brief", "MDA", "--jsn"]), &["--jsn", "--json"]);
    corrected(&desk.run(&["import", "unodc"]), &["<FILE>"]);
    corrected(&desk.run(&["brief"]), &["<COUNTRY>"]);
    corrected(
        &desk.run(&["brief", "MDA", "--pdf", "--json"]),
        &["--pdf", "--json", "cannot be used with"],
    );
    corrected(&desk.run(&[]), &["Usage: throughcare", "Begin here:"]);
    assert!(!desk.database().exists());
}

#[test]
fn a_country_that_there_is_not() {
    let desk = Desk::with_demo();
    for form in ["--pdf", "--html", "--json"] {
        desk.run(&["brief", "XXX", form]).failed(&["XXX", "ISO 3166-1", "MDA"]);
        assert!(
            !desk.path("XXX.pdf").exists() && !desk.path("XXX.html").exists(),
            "no empty file is left"
        );
    }
    let said = desk.run(&["brief", "Moldva", "--json"]);
    said.failed(&["Moldva"]);
    desk.run(&["brief", "../../etc/passwd", "--json"]).failed(&["passwd"]);
    desk.run(&["brief", "", "--json"]).failed(&["country"]);
    desk.run(&["brief", "mda", "--json"]).worked();
}

#[test]
fn a_country_of_which_nothing_is_known_yet() {
    let desk = Desk::new();
    let said = desk.run(&["brief", "MDA", "--html"]).worked();
    assert!(
        said.err.contains("throughcare demo"),
        "an empty database is told, and how to fill it: {said}"
    );
}

#[test]
fn a_language_that_there_is_not() {
    let desk = Desk::new();
    desk.run(&["brief", "MDA", "--lang", "xx"]).failed(&[
        "no language \"xx\"",
        "en",
        "fr",
        "languages/xx/",
    ]);
    assert!(!desk.path("MDA.pdf").exists());
}

#[test]
fn a_place_to_write_that_there_is_not() {
    let desk = Desk::with_demo();
    for line in [
        &["brief", "MDA", "--html", "-o", "papers/MDA.html"][..],
        &["get", "/countries.csv", "-o", "papers/x.csv"],
    ] {
        desk.run(line).failed(&["papers/", "cannot be written", "folder"]);
    }
    fs::create_dir(desk.path("papers")).expect("a folder");
    desk.run(&["brief", "MDA", "--html", "-o", "papers"])
        .failed(&["papers cannot be written", "folder"]);
    desk.run(&["brief", "MDA", "--html", "-o", "papers/MDA.html"]).worked();
    assert!(desk.read("papers/MDA.html").starts_with(b"<!doctype html>"));
}

#[test]
fn an_address_that_there_is_not() {
    let desk = Desk::with_demo();
    desk.run(&["get", "countries/MDA.json"]).failed(&["begins with /", "countries/MDA.json"]);
    desk.run(&["get", "/nowhere"]).failed(&["/nowhere", "Check the address"]);
    desk.run(&["get", "/countries.pdf"]).failed(&["CSV, XLSX and JSON"]);
    desk.run(&["get", "/a b"]).failed(&["/a b", "%20"]);
    desk.run(&["get", "/api/facts?place=XXX"]).failed(&["XXX"]);
    desk.run(&["get", "/api/facts?year=MMXX"]).failed(&["MMXX"]);
    desk.run(&["get", "/region.csv?indicator=weather"]).failed(&["weather"]);
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let desk = Desk::with_demo();
    let line = ["get", "/api/facts"];
    let mut child = desk
        .command(&line)
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("its end");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

/// Importing by the publishers' names is taught where it is needed.
#[test]
fn the_help_of_import_names_every_publisher() {
    let desk = Desk::new();
    let help = desk.run(&["import", "--help"]).worked().out;
    for word in ["UNODC", "UNAIDS", "Eurostat", "SPACE", "template", "--dry-run"] {
        assert!(help.contains(word), "{word} is not in:\n{help}");
    }
    desk.put("figures.csv", files::national(&[&files::oat(2023, "66")]));
    desk.run(&["import", "template", "figures.csv", "--dry-run"]).worked();
    assert_eq!(desk.facts("").len(), 0);
}
