//! The publishers' own files, where they are at hand: every known defect is caught, every name is
//! known, and the figures that the programme quotes come out.

use std::collections::BTreeMap;
use std::time::Instant;

use facts::derive::Figures;
use facts::read::quality::review;
use facts::read::{self, Kind, Reading};
use facts::{Fact, Flag};

use crate::{YEAR, published};

fn read(kind: Kind, path: &str) -> Option<Reading> {
    let path = published(path)?;
    let started = Instant::now();
    let reading = read::read_path(kind, &path, YEAR).unwrap();
    let (rows, facts) = (reading.rows_read, reading.facts.len());
    eprintln!("{}: {rows} rows, {facts} facts in {:?}", path.display(), started.elapsed());
    Some(reading)
}

const UNODC: &str = "raw/unodc/data_cts_prisons_and_prisoners.xlsx";
const UNAIDS: &str = "unaids/unaids_prisoners_pwid.csv";
const EUROSTAT: &str = "raw/eurostat/estat_crim_pris_age_en.csv";
const SPACE_2020: &str = "raw/dw_covid_prisons.xlsx";
const SPACE_2021: &str = "space/space_i_2021_stock_legal_status_capacity.csv";

fn all() -> Option<Vec<Fact>> {
    let kinds = [
        (Kind::Unodc, UNODC),
        (Kind::Unaids, UNAIDS),
        (Kind::Eurostat, EUROSTAT),
        (Kind::Space, SPACE_2020),
        (Kind::Space, SPACE_2021),
    ];
    let mut facts = Vec::new();
    for (kind, path) in kinds {
        facts.extend(read(kind, path)?.facts);
    }
    review(&mut facts, &[]);
    Some(facts)
}

fn flag_of(facts: &[Fact], place: &str, indicator: &str, year: i32) -> Flag {
    let named = |f: &&Fact| f.place == place && f.indicator == indicator && f.year == year;
    let fact = facts.iter().find(|f| named(f) && f.group == "total");
    fact.unwrap_or_else(|| panic!("{place} {indicator} {year}")).flag
}

#[test]
fn unodc_its_defects_and_all_its_names() {
    let Some(reading) = read(Kind::Unodc, UNODC) else { return };
    assert_eq!(reading.rows_read, 65_797);
    let messages: Vec<&str> = reading.problems.iter().map(|p| p.message.as_str()).collect();
    let year = reading.problems.iter().find(|p| p.value == "1013").unwrap();
    assert_eq!((year.row, year.column.as_str()), (36_495, "Year"));
    for twin in ["“Drug Trafficking” and “Drug trafficking”", "natural environ-ment"] {
        assert!(messages.iter().any(|m| m.contains(twin)), "{twin}: {messages:?}");
    }
    assert!(!messages.iter().any(|m| m.contains("known here")), "{messages:?}");
    let jurisdictions: Vec<&str> =
        reading.facts.iter().map(|f| f.place.as_str()).filter(|p| p.contains('-')).collect();
    for place in ["GBR-EAW", "GBR-NIR", "GBR-SCT", "IRQ-C", "IRQ-KR"] {
        assert!(jurisdictions.contains(&place), "{place}");
    }
    // Every row is a fact, the twin of one, refused, or left out for a reason that is counted.
    let skipped: u64 = reading.skipped.iter().map(|(_, n)| n).sum();
    let twins = 2_484;
    let said = reading.facts.len() as u64 + reading.refused * 2 - 1 + skipped + twins;
    assert_eq!(said, reading.rows_read);
}

#[test]
fn unaids_in_both_shapes_is_the_same() {
    let (Some(long), Some(folder)) = (read(Kind::Unaids, UNAIDS), read(Kind::Unaids, "raw/unaids"))
    else {
        return;
    };
    assert_eq!((long.refused, folder.refused), (0, 0), "{:?}", long.problems);
    let values: BTreeMap<_, f64> = long.facts.iter().map(|f| (f.key(), f.value)).collect();
    assert!(folder.facts.len() > 500, "{}", folder.facts.len());
    for fact in &folder.facts {
        assert_eq!(values.get(&fact.key()), Some(&fact.value), "{fact:?}");
    }
}

#[test]
fn eurostat_and_space_leave_nothing_unread() {
    for (kind, path) in
        [(Kind::Eurostat, EUROSTAT), (Kind::Space, SPACE_2020), (Kind::Space, SPACE_2021)]
    {
        let Some(reading) = read(kind, path) else { return };
        assert_eq!((reading.refused, reading.flagged), (0, 0), "{:?}", reading.problems);
        if kind == Kind::Space {
            assert!(reading.facts.iter().all(|f| f.flag == Flag::SecondHand));
        }
    }
}

#[test]
fn the_known_defects_are_flagged() {
    let Some(facts) = all() else { return };
    let flag = |place: &str, indicator: &str, year: i32| flag_of(&facts, place, indicator, year);
    assert_eq!(flag("GBR-NIR", "persons_held_drug_acts", 2017), Flag::CountingRule);
    assert_eq!(flag("AUT", "persons_held_drug_acts", 2021), Flag::CountingRule);
    assert_eq!(flag("MKD", "hcv_prevalence_prison", 2017), Flag::SharpChange);
    assert_eq!(flag("MKD", "hcv_prevalence_prison", 2018), Flag::SharpChange);
    for year in 2016..=2018 {
        assert_eq!(flag("MDA", "needles_given_prison", year), Flag::ScopeDoubtful);
    }
    let zeros: Vec<&Fact> =
        facts.iter().filter(|f| f.source.starts_with("unaids") && f.value == 0.0).collect();
    assert!(zeros.iter().any(|f| f.place == "MNE" && f.indicator == "hiv_prevalence_prison"));
    assert!(zeros.iter().all(|f| f.flag == Flag::ZeroMayBeMissing));
}

#[test]
fn the_entities_that_differ_by_source_are_kept_apart() {
    let Some(facts) = all() else { return };
    let held = |place: &str, source: &str| {
        facts
            .iter()
            .filter(|f| f.place == place && f.indicator == "persons_held" && f.group == "total")
            .any(|f| f.source.starts_with(source))
    };
    assert!(held("BIH", "unodc") && held("BIH-SRP", "space") && !held("BIH", "space"));
    assert!(
        held("GBR", "unaids")
            == facts.iter().any(|f| f.place == "GBR" && f.indicator == "persons_held")
    );
    assert!(held("GBR-SCT", "eurostat") && held("GBR-SCT", "unodc") && held("GBR-SCT", "space"));
    assert!(held("ESP", "space") && held("ESP-CT", "space") && held("ESP-STA", "space"));
    assert!(held("XKX", "eurostat") && !held("SRB", "kosovo"));
}

#[test]
fn moldova_as_the_programme_quotes_it() {
    let Some(facts) = all() else { return };
    let figures = Figures::new(&facts);
    let latest = |id: &str| {
        let figure = figures.latest("MDA", id, "total").unwrap_or_else(|| panic!("{id}"));
        (figure.value, figure.year)
    };
    assert_eq!(latest("people_who_inject"), (36_900.0, 2017));
    assert_eq!(latest("hiv_prevalence_pwid"), (13.9, 2017));
    assert_eq!(latest("hcv_prevalence_pwid"), (60.4, 2017));
    assert_eq!(latest("hiv_prevalence_prison"), (3.8, 2017));
    assert_eq!(latest("oat_people_prison"), (66.0, 2018));
    assert_eq!(latest("needles_per_person_community"), (79.0, 2018));
    let needles = figures.latest("MDA", "needles_per_person_prison", "total").unwrap();
    assert!(!needles.usable(), "shown with its flag, and counted in nothing");
    let oat = figures.latest("MDA", "oat_share_prison", "total").unwrap();
    assert_eq!((oat.year, format!("{:.2}", oat.value)), (2018, "0.94".into()));
}
