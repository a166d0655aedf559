//! The model on the command line: the same bytes on any number of threads, a stopped run goes on, bad policies are named by line.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use product_tests::Desk;

const POLICY: &str = r#"
name = "OAT in prison, kept"
[[intervention]]
what = "oat"
where = "prison"
target = 0.4
from = 2019
to = 2020
[[intervention]]
what = "oat kept"
where = "release"
target = 0.9
from = 2019
"#;

const RUN: [&str; 12] = [
    "simulate",
    "MDA",
    "--scenario",
    "policy.toml",
    "--draws",
    "6",
    "--years",
    "4",
    "--people",
    "5",
    "--seed",
    "9",
];

fn with<'l>(more: &[&'l str]) -> Vec<&'l str> {
    RUN.iter().copied().chain(more.iter().copied()).collect()
}

/// Every file of a folder, with what is in it.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("the results") {
        let path = entry.expect("readable").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if path.is_dir() {
            found.extend(
                files(&path).into_iter().map(|(inner, bytes)| (format!("{name}/{inner}"), bytes)),
            );
        } else {
            found.insert(name, fs::read(&path).expect("readable"));
        }
    }
    found
}

#[test]
fn same_country_policies_and_seed_same_bytes_on_one_and_two_threads() {
    let desk = Desk::new();
    desk.put("policy.toml", POLICY);
    let said = desk.run(&with(&["--threads", "1", "--out", "one"])).worked();
    desk.run(&with(&["--threads", "2", "--out", "two"])).worked();
    let (one, two) = (files(&desk.path("one")), files(&desk.path("two")));
    assert_eq!(one.keys().collect::<Vec<_>>(), two.keys().collect::<Vec<_>>());
    for (name, bytes) in &one {
        assert!(bytes == &two[name], "{name} differs");
    }
    for name in [
        "results.csv",
        "results.parquet",
        "summary.csv",
        "certificate.json",
        "policies/oat-in-prison-kept.toml",
        "prevalence-hiv.svg",
        "prevalence-hiv.png",
        "averted-hcv-infections.svg",
        "plane.svg",
        "plane.png",
        "budget.svg",
    ] {
        assert!(one.contains_key(name), "{name} is missing of {:?}", one.keys());
    }
    assert!(!one.contains_key("finished.draws"), "a run that is done leaves no beginning");
    // Six draws, two arms, four years, three places, and the head.
    let rows = String::from_utf8_lossy(&one["results.csv"]).lines().count();
    assert_eq!(rows, 1 + 6 * 2 * 4 * 3);
    assert_eq!(parquet_rows(&desk.path("one/results.parquet")), csv_rows(&one["results.csv"]));
    assert!(said.out.contains("OAT in prison, kept"), "{}", said.out);
    let certificate: serde_json::Value =
        serde_json::from_slice(&one["certificate.json"]).expect("JSON");
    assert_eq!((certificate["draws"].as_u64(), certificate["seed"].as_u64()), (Some(6), Some(9)));
    assert_eq!(certificate["complete"], true);
}

/// Rows of `results.csv`, with the head first; no name in it holds a comma but the policy's, in quotes.
fn csv_rows(bytes: &[u8]) -> Vec<Vec<String>> {
    let text = String::from_utf8_lossy(bytes).replace("\"OAT in prison, kept\"", "policy");
    let cells = |line: &str| line.split(',').map(|cell| cell.trim_matches('"').into()).collect();
    text.lines().map(cells).collect()
}

/// The same of `results.parquet`, as any reader of Parquet reads it.
fn parquet_rows(path: &Path) -> Vec<Vec<String>> {
    let file = fs::File::open(path).expect("a file");
    let reader = SerializedFileReader::new(file).expect("Parquet");
    let about = reader.metadata().file_metadata();
    let notes = about.key_value_metadata().expect("notes");
    assert!(notes.iter().any(|note| note.key == "seed" && note.value.as_deref() == Some("9")));
    let head = about.schema().get_fields().iter().map(|field| field.name().to_owned()).collect();
    let cell = |field: &Field| match field {
        Field::Long(whole) => whole.to_string(),
        Field::Double(number) => number.to_string(),
        Field::Str(word) if word == "OAT in prison, kept" => "policy".into(),
        Field::Str(word) => word.clone(),
        other => panic!("{other:?} is no kind of cell that we write"),
    };
    let rows = reader.get_row_iter(None).expect("rows");
    let rows = rows
        .map(|row| row.expect("a row").get_column_iter().map(|(_, field)| cell(field)).collect());
    std::iter::once(head).chain(rows).collect()
}

#[test]
fn who_s_targets_stand_in_a_file_of_their_own() {
    let desk = Desk::new();
    desk.put("policy.toml", POLICY);
    let run = ["--years", "14", "--people", "3", "--draws", "3", "--out", "out"];
    desk.run(&[&["simulate", "MDA", "--scenario", "policy.toml"], &run[..]].concat()).worked();
    let table = String::from_utf8_lossy(&desk.read("out/elimination.csv")).into_owned();
    assert_eq!(
        table.lines().count(),
        3,
        "the head, the country as it goes on, the policy: {table}"
    );
    assert!(table.contains("at most 2"), "{table}");
    let drawn =
        String::from_utf8_lossy(&desk.read("out/elimination-hcv-incidence.svg")).into_owned();
    assert!(drawn.contains("WHO: 2"), "the line to be reached");
}

#[test]
fn a_run_that_was_cut_off_goes_on_to_the_same_bytes() {
    let desk = Desk::new();
    desk.put("policy.toml", POLICY);
    desk.run(&with(&["--out", "whole"])).worked();
    // kill -9 as soon as something is finished; what it left is gone on from.
    let cut = desk.run_in_shell(
        r#""$0" simulate MDA --scenario policy.toml --draws 6 --years 4 --people 5 --seed 9 --threads 1 --out cut & run=$!
           for _ in $(seq 400); do [ "$(stat -c %s cut/finished.draws 2>/dev/null || echo 0)" -gt 6000 ] && break; sleep 0.01; done
           kill -9 $run 2>/dev/null; wait $run 2>/dev/null; true"#,
    );
    cut.worked();
    desk.run(&with(&["--out", "cut"])).worked();
    let (whole, cut) = (files(&desk.path("whole")), files(&desk.path("cut")));
    assert_eq!(whole.keys().collect::<Vec<_>>(), cut.keys().collect::<Vec<_>>());
    assert!(whole["results.csv"] == cut["results.csv"]);
    assert!(whole["certificate.json"] == cut["certificate.json"]);
}

#[test]
fn draws_of_another_run_are_not_mixed_in() {
    let desk = Desk::new();
    desk.put("policy.toml", POLICY);
    fs::create_dir(desk.path("out")).expect("a folder");
    desk.put("out/finished.draws", b"something else");
    desk.run(&with(&["--out", "out"])).failed(&["holds the draws of another run", "--out"]);
}

#[test]
fn what_is_wrong_is_named() {
    let desk = Desk::new();
    desk.put("policy.toml", POLICY.replace("0.4", "1.4").replace("\"release\"", "\"moon\""));
    desk.run(&with(&["--out", "out"])).failed(&[
        "policy.toml:",
        "1.4 is outside 0 to 0.95",
        "no intervention \"oat kept\" at \"moon\"",
    ]);
    desk.run(&["simulate", "ZZZ", "--out", "out"])
        .failed(&["there is no model of \"ZZZ\"; there are: "]);
    let missing = ["simulate", "MDA", "--scenario", "nowhere.toml", "--out", "out"];
    desk.run(&missing).failed(&["nowhere.toml cannot be read"]);
    for (name, value) in [("--people", "0"), ("--draws", "0"), ("--years", "900")] {
        let said = desk.run(&["simulate", "MDA", name, value, "--out", "out"]);
        assert_eq!(said.status, Some(2), "{said}");
        assert!(said.err.contains(name) && said.err.contains(value), "{said}");
    }
}

#[test]
fn a_small_calibration_leaves_its_report_and_draws() {
    let desk = Desk::new();
    let line = [
        "calibrate",
        "MDA",
        "--particles",
        "20",
        "--rounds",
        "1",
        "--keep",
        "10",
        "--people",
        "2",
        "--out",
        "fit",
    ];
    let said = desk.run(&line).worked();
    assert!(said.out.contains("hiv_among_current"), "{}", said.out);
    let report: serde_json::Value =
        serde_json::from_slice(&desk.read("fit/MDA.calibration.json")).expect("JSON");
    assert_eq!(report["learnt"].as_array().map(Vec::len), Some(12));
    let draws = String::from_utf8_lossy(&desk.read("fit/MDA.draws.csv")).lines().count();
    assert_eq!(draws, 11);
    let again = desk.run(&[
        "calibrate",
        "MDA",
        "--particles",
        "20",
        "--rounds",
        "1",
        "--keep",
        "10",
        "--people",
        "2",
        "--threads",
        "1",
        "--out",
        "again",
        "--plots",
        "again/plots",
    ]);
    again.worked();
    for name in ["target-hiv_among_current-2018", "learnt-shares_low"] {
        let svg = desk.read(&format!("again/plots/{name}.svg"));
        assert!(svg.starts_with(b"<svg"), "{name}");
        assert!(desk.read(&format!("again/plots/{name}.png")).starts_with(b"\x89PNG"), "{name}");
    }
    assert_eq!(desk.read("fit/MDA.draws.csv"), desk.read("again/MDA.draws.csv"));
}

#[test]
fn a_calibration_is_held_against_a_figure_of_the_site() {
    let desk = Desk::with_demo();
    let small = ["--particles", "20", "--rounds", "1", "--keep", "10", "--people", "2"];
    let calibrate = |country: &str, more: &[&str]| {
        let line = [&["calibrate", country], &small[..], more].concat();
        desk.run(&line)
    };
    let figure = "hcv_prevalence_prison/2018";
    let said = calibrate("MDA", &["--figure", figure, "--out", "fit"]).worked();
    assert!(said.out.contains("hcv_antibody_among_held"), "{}", said.out);
    // The file that was written beside the draws is the country that they were drawn for.
    calibrate("fit/MDA.toml", &["--out", "again"]).worked();
    for name in ["MDA.draws.csv", "MDA.calibration.json"] {
        assert_eq!(
            desk.read(&format!("fit/{name}")),
            desk.read(&format!("again/{name}")),
            "{name}"
        );
    }
    let refused = calibrate("MDA", &["--figure", "hcv_prevalence_prison/1999", "--out", "no"]);
    refused.failed(&["1999", figure]);
    assert!(!desk.path("no").exists(), "nothing is written");
}
