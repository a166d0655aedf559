//! The shipped sources: ids that other parts use, terms, dates.

use std::collections::BTreeSet;

use evidence::{SourceKind, Terms, shipped};

#[test]
fn the_ids_that_country_figures_name_are_there() {
    for id in [
        "unodc-cts",
        "unaids-gam",
        "eurostat-crim-pris-age",
        "space-i-2020",
        "space-i-2021",
        "natural-earth",
    ] {
        let source = shipped().source(id).unwrap_or_else(|| panic!("{id} is missing"));
        assert_eq!(source.kind, SourceKind::DataSet, "{id}");
        assert!(source.holds.is_some(), "{id} does not say what it holds");
        assert!(source.link.is_some(), "{id} has no link");
    }
}

#[test]
fn a_source_whose_figures_were_typed_by_others_says_so() {
    let second_hand: Vec<_> = shipped()
        .sources
        .iter()
        .filter(|source| source.typed_by.is_some())
        .map(|source| source.id.as_str())
        .collect();
    assert_eq!(second_hand, ["space-i-2020", "space-i-2021"]);
}

#[test]
fn terms_that_nobody_verified_are_said_to_be_so() {
    assert_eq!(shipped().source("unodc-cts").unwrap().terms, Terms::NotVerified);
    assert_eq!(shipped().source("eurostat-crim-pris-age").unwrap().terms, Terms::CcBy4);
}

#[test]
fn every_study_is_used_by_an_effect_and_no_date_of_reading_is_invented() {
    let used: BTreeSet<_> = shipped().effects.iter().map(|e| e.source.as_str()).collect();
    for source in &shipped().sources {
        if source.kind != SourceKind::DataSet {
            assert!(used.contains(source.id.as_str()), "{} is not used", source.id);
        }
        assert_eq!(source.read_on, None, "{}", source.id);
    }
}
