//! The shipped lists hold together: every name leads to a place, every indicator to its parts.

use facts::indicator::{Basis, GROUPS, IndicatorKind};
use facts::place::{Named, fold};
use facts::{Fact, Flag, Reason, indicators, places};

#[test]
fn every_place_is_found_by_code_and_by_each_of_its_names() {
    for place in places().all() {
        assert_eq!(places().get(&place.code), Some(place));
        let local = place.name_local.split(" / ").filter(|n| !n.is_empty());
        for name in [place.name_en.as_str(), &place.name_fr].into_iter().chain(local) {
            assert_eq!(places().find_name(name).map(|p| &p.code), Some(&place.code), "{name}");
        }
        if let Some(parent) = &place.parent {
            assert!(places().get(parent).is_some(), "{} belongs to {parent}", place.code);
        }
    }
}

#[test]
fn names_are_compared_without_case_accents_and_punctuation() {
    let code = |name: &str| places().find_name(name).map(|p| p.code.as_str());
    assert_eq!(code("The former Yugoslav Republic of Macedonia"), Some("MKD"));
    assert_eq!(code("TÜRKİYE"), Some("TUR"));
    assert_eq!(code("Turkey"), Some("TUR"));
    assert_eq!(code("Czech Rep."), Some("CZE"));
    assert_eq!(code("COTE D'IVOIRE"), Some("CIV"));
    assert_eq!(code("Kosovo*"), Some("XKX"));
    assert_eq!(code("Moldova"), Some("MDA"));
    assert_eq!(code("  republic of   moldova "), Some("MDA"));
    assert_eq!(code("Serbia (Republic of)"), Some("SRB"));
    assert_eq!(code("EL"), Some("GRC"));
    assert_eq!(fold("Bosnia & Herzegovina"), "bosnia and herzegovina");
}

#[test]
fn a_part_is_never_taken_for_the_whole() {
    let code = |name: &str| places().find_name(name).map(|p| p.code.as_str());
    assert_eq!(code("BH: Rep. Srpska"), Some("BIH-SRP"));
    assert_eq!(code("Republika Srpska"), Some("BIH-SRP"));
    assert_eq!(code("Bosnia and Herzegovina"), Some("BIH"));
    assert_eq!(code("UK: Scotland"), Some("GBR-SCT"));
    assert_eq!(code("United Kingdom"), Some("GBR"));
    assert_eq!(code("Spain (Total)"), Some("ESP"));
    assert_eq!(code("Spain (State Adm.)"), Some("ESP-STA"));
    assert_eq!(code("Serbia"), Some("SRB"));
    let parts: Vec<_> = places().parts_of("GBR").map(|p| p.code.as_str()).collect();
    assert_eq!(parts, ["GBR-EAW", "GBR-NIR", "GBR-SCT"]);
}

#[test]
fn an_unknown_name_brings_the_nearest_and_a_region_is_no_place() {
    assert_eq!(places().look_up("Moldovia"), Named::Unknown);
    assert_eq!(places().near("Moldovia"), ["Republic of Moldova"]);
    assert_eq!(places().look_up("World"), Named::Aggregate);
    assert_eq!(places().look_up(""), Named::Unknown);
}

#[test]
fn the_council_of_europe_has_46_members() {
    let members = places().all().iter().filter(|p| p.council_of_europe());
    assert_eq!(members.count(), 46);
    let russia = places().get("RUS").unwrap();
    assert_eq!(russia.member_until.as_deref(), Some("2022-03-16"));
}

#[test]
fn every_indicator_names_parts_that_exist() {
    let all = indicators().all();
    for i in all {
        let parts = [&i.numerator, &i.denominator];
        for part in parts.into_iter().flatten() {
            let (id, group) = part.split_once(':').unwrap_or((part, "total"));
            assert!(indicators().get(id).is_some(), "{} is computed from {part}", i.id);
            assert!(GROUPS.contains(&group), "{} is computed from {part}", i.id);
        }
        let computed = i.kind == IndicatorKind::Computed;
        assert!(parts.iter().all(|p| p.is_some() == computed), "{} and its parts", i.id);
        assert_eq!(i.compare_with.is_some(), i.compare_basis.is_some(), "{}", i.id);
        if let Some(other) = indicators().counterpart(&i.id) {
            assert_eq!(other.topic, i.topic, "{} beside {}", i.id, other.id);
            assert!(i.compare_basis != Some(Basis::Same) || other.unit == i.unit, "{}", i.id);
        } else {
            assert!(i.compare_with.is_none(), "{} is compared with nothing", i.id);
        }
    }
    let mut orders: Vec<_> = all.iter().map(|i| i.order).collect();
    orders.dedup();
    assert_eq!(orders.len(), all.len(), "every indicator has its own place in the brief");
}

#[test]
fn the_gravest_flag_stands_and_every_reason_is_kept() {
    let mut fact = Fact::new("MDA", "needles_given_prison", 2018, "total", 207_144.0);
    let scope = Reason::new("scope-doubtful").with("value", 207_144).with("held", 6_990);
    fact.mark(scope);
    fact.mark(Reason::new("second-hand").with("who", "a; b"));
    assert_eq!(fact.flag, Flag::ScopeDoubtful);
    assert!(!fact.usable());
    let text = fact.flag_reason();
    assert_eq!(text, "scope-doubtful;value=207144;held=6990 | second-hand;who=a  b");
    assert_eq!(Reason::parse_all(&text), fact.reasons);
}
