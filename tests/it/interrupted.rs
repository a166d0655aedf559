//! The machine is switched off, or somebody loses patience, in the middle of an import. What was
//! known before is known after, whole; or the import had been finished, and all of it is there.

use std::process::Stdio;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use product_tests::{Desk, files};
use serde_json::json;

/// Imports that are killed, each at another moment.
const ROUNDS: u32 = 10;

#[test]
fn an_import_that_is_killed_leaves_the_old_state() {
    let desk = Desk::new();
    let of = |add: u32| {
        files::unodc(&COUNTRIES, 1950..2025, |country, year| {
            10_000 * (country as u32 + 1) + year + add
        })
    };
    desk.put("last-year.xlsx", of(0));
    desk.put("this-year.xlsx", of(1));
    desk.run(&["import", "unodc", "last-year.xlsx"]).worked().line_with(&["figures added"]);
    let before = desk.state();
    let rows = COUNTRIES.len() * 75;
    assert_eq!(before.facts.len(), rows);

    // How long it takes undisturbed, with a copy.
    let kept = std::fs::read(desk.database()).expect("the database");
    desk.put("copy.db", &kept);
    let line = ["import", "unodc", "this-year.xlsx", "--database", "sqlite:copy.db"];
    let mut whole = desk.run(&line).worked().took;

    let (mut broken_off, mut finished) = (0, 0);
    for round in (0..ROUNDS).cycle().take(4 * ROUNDS as usize) {
        if broken_off >= ROUNDS / 2 && broken_off + finished >= ROUNDS {
            break;
        }
        // A moment that differs from run to run, spread over the whole of the work.
        let chance =
            SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |now| now.subsec_micros() % 100);
        let share = (f64::from(round) + f64::from(chance) / 100.0) / f64::from(ROUNDS);
        let moment = whole.mul_f64(0.1 + share);
        let mut command = desk.command(&["import", "unodc", "this-year.xlsx"]);
        let mut child =
            command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the import starts");
        std::thread::sleep(moment);
        child.kill().expect("it is stopped (SIGKILL)");
        child.wait().expect("its end");
        if desk.state() == before {
            broken_off += 1;
            continue;
        }
        // Killed after its commit: all or nothing, and this is all. Back to the old file.
        assert_whole(&desk, rows);
        finished += 1;
        // It went faster than when it was measured: the next are killed sooner.
        whole = whole.mul_f64(0.9);
        for side in ["throughcare.db-wal", "throughcare.db-shm"] {
            let _ = std::fs::remove_file(desk.path(side));
        }
        std::fs::write(desk.database(), &kept).expect("the old file");
    }
    eprintln!("{broken_off} broken off, {finished} finished first, of {whole:?} each");
    assert!(broken_off >= 5, "only {broken_off} imports were killed in time");

    // The database is in use again at once.
    desk.run(&["import", "unodc", "this-year.xlsx"]).worked();
    assert_whole(&desk, rows);
}

/// Holds that the second file is in force as a whole.
fn assert_whole(desk: &Desk, rows: usize) {
    let facts = desk.facts("");
    assert_eq!(facts.len(), rows);
    assert!(facts.iter().all(|fact| fact["value"].as_f64().expect("a number") % 10_000.0
        == fact["year"].as_f64().expect("a year") + 1.0));
    assert_eq!(desk.facts("place=ALB&year=2000")[0]["value"], json!(12_001.0));
}

/// Two people import at the same moment, and the database itself is new: one waits for the other.
#[test]
fn imports_at_the_same_moment_queue() {
    let desk = Desk::new();
    let years = 2000..2008;
    for year in years.clone() {
        desk.put(&format!("{year}.csv"), files::national(&[&files::oat(year, "66")]));
    }
    let started: Vec<_> = years
        .clone()
        .map(|year| {
            let mut command = desk.command(&["import", "template", &format!("{year}.csv")]);
            command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts")
        })
        .collect();
    for child in started {
        let output = child.wait_with_output().expect("its end");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{said}");
    }
    assert_eq!(desk.facts("indicator=oat_people_prison").len(), years.count());
}

/// A server has the database open, and is killed while it answers: nothing is lost either.
#[test]
fn a_server_that_is_killed_loses_nothing() {
    let desk = Desk::new();
    desk.put(
        "unodc.xlsx",
        files::unodc(&files::COUNTRIES, 2000..2020, |country, year| 1_000 * country as u32 + year),
    );
    desk.run(&["import", "unodc", "unodc.xlsx"]).worked();
    let before = desk.state();
    for _ in 0..3 {
        let server = desk.serve();
        assert_eq!(server.get("/countries/MDA").status, 200);
        drop(server);
        assert_eq!(desk.state(), before);
    }
}

/// An import in another window is seen by the site that is being served, within two seconds.
#[test]
fn an_import_beside_a_running_site_is_seen_by_its_readers() {
    let desk = Desk::new();
    desk.put("first.csv", files::national(&[&files::oat(2023, "66")]));
    desk.put("second.csv", files::national(&[&files::oat(2023, "167")]));
    desk.run(&["import", "template", "first.csv"]).worked();
    let server = desk.serve();
    let page = "/figures/MDA/oat_people_prison/2023/total";
    assert!(!server.get(page).text().contains("167"));
    desk.run(&["import", "template", "second.csv"]).worked();
    std::thread::sleep(Duration::from_secs(2));
    assert!(server.get(page).text().contains("167"), "the site still shows the old figure");
}

/// What a person copies as a backup is one file, and all is in it.
#[test]
fn the_file_alone_is_a_whole_backup() {
    let desk = Desk::new();
    desk.put("figures.csv", files::national(&[&files::oat(2023, "66")]));
    desk.run(&["import", "template", "figures.csv"]).worked();
    let elsewhere = Desk::new();
    std::fs::copy(desk.database(), elsewhere.database()).expect("a copy");
    assert_eq!(
        elsewhere.facts("").len(),
        1,
        "the copy of throughcare.db lacks what was imported last"
    );

    let mut server = desk.serve();
    desk.put("more.csv", files::national(&[&files::oat(2024, "70")]));
    desk.run(&["import", "template", "more.csv"]).worked();
    server.terminate();
    assert!(server.ended_within(Duration::from_secs(5)).is_some_and(|status| status.success()));
    let elsewhere = Desk::new();
    std::fs::copy(desk.database(), elsewhere.database()).expect("a copy");
    assert_eq!(elsewhere.facts("").len(), 2, "after the server stopped, the file is whole");
}

const COUNTRIES: [(&str, &str); 40] = [
    ("ALB", "Albania"),
    ("AND", "Andorra"),
    ("ARM", "Armenia"),
    ("AUT", "Austria"),
    ("AZE", "Azerbaijan"),
    ("BEL", "Belgium"),
    ("BGR", "Bulgaria"),
    ("BLR", "Belarus"),
    ("CHE", "Switzerland"),
    ("CYP", "Cyprus"),
    ("CZE", "Czechia"),
    ("DEU", "Germany"),
    ("DNK", "Denmark"),
    ("ESP", "Spain"),
    ("EST", "Estonia"),
    ("FIN", "Finland"),
    ("FRA", "France"),
    ("GEO", "Georgia"),
    ("GRC", "Greece"),
    ("HRV", "Croatia"),
    ("HUN", "Hungary"),
    ("IRL", "Ireland"),
    ("ISL", "Iceland"),
    ("ITA", "Italy"),
    ("LTU", "Lithuania"),
    ("LVA", "Latvia"),
    ("MDA", "Republic of Moldova"),
    ("MKD", "North Macedonia"),
    ("MLT", "Malta"),
    ("MNE", "Montenegro"),
    ("NLD", "Netherlands"),
    ("NOR", "Norway"),
    ("POL", "Poland"),
    ("PRT", "Portugal"),
    ("ROU", "Romania"),
    ("SRB", "Serbia"),
    ("SVK", "Slovakia"),
    ("SVN", "Slovenia"),
    ("SWE", "Sweden"),
    ("UKR", "Ukraine"),
];
