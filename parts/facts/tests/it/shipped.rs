//! The figures that ship: whole, in the area, and the same as the publishers' files give.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use facts::fact::{read_facts, write_facts};
use facts::read::{self, Kind, ship};
use facts::{Fact, indicators, places};

use crate::{YEAR, published};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/facts")
}

fn shipped(kind: Kind) -> (Vec<u8>, Vec<Fact>) {
    let path = folder().join(format!("{kind}.csv"));
    // The manifest folder may be reached through a link; the working folder is the package's.
    let bytes = std::fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let facts = read_facts(bytes.as_slice()).unwrap();
    (bytes, facts)
}

const KINDS: [Kind; 4] = [Kind::Unodc, Kind::Unaids, Kind::Eurostat, Kind::Space];

#[test]
fn writing_what_was_read_gives_the_same_bytes() {
    for kind in KINDS {
        let (bytes, facts) = shipped(kind);
        let mut again = Vec::new();
        write_facts(&facts, &mut again).unwrap();
        assert!(bytes == again, "{kind}.csv");
    }
}

#[test]
fn shipped_facts_are_in_the_area_and_in_all_focus_countries() {
    let all: Vec<Fact> = KINDS.iter().flat_map(|k| shipped(*k).1).collect();
    assert!(all.iter().all(ship::in_area));
    let with_figures: BTreeSet<&str> = all.iter().map(|f| f.place.as_str()).collect();
    for place in places().all().iter().filter(|p| p.focus && p.parent.is_none()) {
        assert!(with_figures.contains(place.code.as_str()), "{}", place.name_en);
    }
    let sources = std::fs::read_to_string(folder().join("sources.csv")).unwrap();
    for fact in &all {
        assert!(indicators().get(&fact.indicator).is_some());
        assert!(sources.contains(&format!("\n{},", fact.source)), "{}", fact.source);
    }
}

#[test]
fn the_publishers_files_give_what_is_shipped() {
    let files = [
        (Kind::Unodc, "raw/unodc/data_cts_prisons_and_prisoners.xlsx"),
        (Kind::Unaids, "unaids/unaids_prisoners_pwid.csv"),
        (Kind::Eurostat, "raw/eurostat/estat_crim_pris_age_en.csv"),
        (Kind::Space, "raw/dw_covid_prisons.xlsx"),
        (Kind::Space, "space/space_i_2021_stock_legal_status_capacity.csv"),
    ];
    let found: Option<Vec<_>> =
        files.into_iter().map(|(kind, path)| Some((kind, published(path)?))).collect();
    let Some(files) = found else { return };
    let out = tempfile::tempdir().unwrap();
    ship::ship(&files, out.path(), YEAR).unwrap();
    for name in ["unodc.csv", "unaids.csv", "eurostat.csv", "space.csv", "sources.csv"] {
        let made = std::fs::read(out.path().join(name)).unwrap();
        let kept = std::fs::read(folder().join(name)).unwrap();
        assert!(made == kept, "{name} differs; make it again with `--example ship`");
    }
    // One by one, and against what is shipped, an import adds and changes nothing in the area.
    let all: Vec<Fact> = KINDS.iter().flat_map(|k| shipped(*k).1).collect();
    for (kind, path) in files {
        let mut reading = read::read_path(kind, &path, YEAR).unwrap();
        read::quality::review(&mut reading.facts, &all);
        let known: BTreeSet<_> = all.iter().map(|f| (f.key(), f.flag)).collect();
        let new = reading.facts.iter().filter(|f| ship::in_area(f));
        for fact in new {
            assert!(known.contains(&(fact.key(), fact.flag)), "{fact:?}");
        }
    }
}

#[test]
fn a_broken_file_of_ours_says_where() {
    let head = "place,indicator,period,group,value,low,high,source,locator,flag,reason,note\n";
    let check = |text: &str, expected: &str| {
        assert_eq!(read_facts(text.as_bytes()).unwrap_err().to_string(), expected);
    };
    check(
        &format!("{head}ABC,persons_held,2018,total,1,,,s,l,none,,\n"),
        "row 2: place “ABC” is not known",
    );
    check(
        &format!("{head}MDA,persons_held,2018,total,x,,,s,l,none,,\n"),
        "row 2: value “x” is not known",
    );
    check(
        &format!("{head}MDA,persons_held,2018,total,1,,,s,l,odd,,\n"),
        "row 2: flag “odd” is not known",
    );
    assert!(read_facts("a,b\n".as_bytes()).unwrap_err().to_string().contains("it needs"));
}
