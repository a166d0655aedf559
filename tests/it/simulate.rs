//! The model on the command line: the same bytes on any number of threads, a stopped run goes on, bad policies are named by line.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

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
    assert!(said.out.contains("OAT in prison, kept"), "{}", said.out);
    let certificate: serde_json::Value =
        serde_json::from_slice(&one["certificate.json"]).expect("JSON");
    assert_eq!((certificate["draws"].as_u64(), certificate["seed"].as_u64()), (Some(6), Some(9)));
    assert_eq!(certificate["complete"], true);
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
    ]);
    again.worked();
    assert_eq!(desk.read("fit/MDA.draws.csv"), desk.read("again/MDA.draws.csv"));
}
