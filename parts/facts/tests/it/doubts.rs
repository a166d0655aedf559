//! Each rule of doubt, at its edge and beyond.

use facts::read::quality::{RULES, review};
use facts::{Fact, Flag};

fn fact(source: &str, indicator: &str, year: i32, value: f64) -> Fact {
    let mut fact = Fact::new("MDA", indicator, year, "total", value);
    fact.source = source.into();
    fact
}

/// The reasons of each fact, after a review of all.
fn reasons(mut facts: Vec<Fact>) -> Vec<String> {
    review(&mut facts, &[]);
    facts.iter().map(Fact::flag_reason).collect()
}

#[test]
fn a_zero_of_unaids_may_be_missing_and_a_zero_of_others_is_a_zero() {
    let facts = vec![
        fact("unaids-gam", "hiv_prevalence_prison", 2017, 0.0),
        fact("unodc-cts", "suicides_prison", 2017, 0.0),
    ];
    assert_eq!(reasons(facts), ["zero-may-be-missing;year=2017", ""]);
}

#[test]
fn a_drug_share_above_40_percent_counts_by_another_rule() {
    let at = |n: f64| {
        reasons(vec![
            fact("unodc-cts", "persons_held_drug_acts", 2017, n),
            fact("unodc-cts", "persons_held", 2017, 1_411.0),
        ])[0]
            .clone()
    };
    assert_eq!(at(564.0), "");
    assert_eq!(at(902.0), "counting-rule;value=902;held=1411;share=64;limit=40");
}

#[test]
fn needles_for_everyone_every_month_are_a_national_total() {
    let needles = |n: f64, held_year: i32| {
        reasons(vec![
            fact("unaids-gam", "needles_given_prison", 2018, n),
            fact("unodc-cts", "persons_held", held_year, 6_990.0),
        ])[0]
            .clone()
    };
    assert_eq!(needles(83_880.0, 2018), "");
    let doubt = "scope-doubtful;value=207144;held=6990;year=2018;perperson=29.6;limit=12";
    assert_eq!(needles(207_144.0, 2018), doubt);
    assert_eq!(needles(207_144.0, 2020), doubt.replace("year=2018", "year=2020"));
    // Nobody counted within two years: nothing to hold it against.
    assert_eq!(needles(207_144.0, 2021), "");
}

#[test]
fn a_prevalence_that_halves_in_a_year_changed_sharply() {
    let pair = |a: f64, year: i32, b: f64| {
        reasons(vec![
            fact("unaids-gam", "hcv_prevalence_prison", 2017, a),
            fact("unaids-gam", "hcv_prevalence_prison", year, b),
        ])
    };
    let doubt = "sharp-change;from=51;fromyear=2017;to=25.5;toyear=2018";
    assert_eq!(pair(51.0, 2018, 25.5), [doubt, doubt]);
    assert_eq!(pair(51.0, 2020, 25.5), ["", ""], "three years apart");
    assert_eq!(pair(51.0, 2018, 30.0), ["", ""], "less than by a factor of 1.8");
    assert_eq!(pair(4.0, 2018, 2.0), ["", ""], "less than 5 points");
}

#[test]
fn a_part_cannot_exceed_its_whole() {
    let facts = vec![
        fact("unodc-cts", "deaths_external_prison", 2010, 46.0),
        fact("unodc-cts", "deaths_prison", 2010, 35.0),
    ];
    let doubt = "part-exceeds-whole;value=46;whole=deaths_prison;wholevalue=35";
    assert_eq!(reasons(facts), [doubt, ""]);
}

#[test]
fn sources_disagree_beyond_a_tenth_and_ten_people() {
    let pair = |a: f64, b: f64| {
        reasons(vec![
            fact("unodc-cts", "persons_held", 2018, a),
            fact("eurostat-crim-pris-age", "persons_held", 2018, b),
        ])
    };
    assert_eq!(pair(1_000.0, 900.0), ["", ""]);
    assert_eq!(
        pair(1_000.0, 890.0),
        [
            "disagrees;value=1000;other=890;source=eurostat-crim-pris-age",
            "disagrees;value=890;other=1000;source=unodc-cts"
        ]
    );
    assert_eq!(pair(20.0, 12.0), ["", ""], "eight people");
}

#[test]
fn of_several_days_the_nearest_is_compared() {
    let mut facts = vec![
        fact("unodc-cts", "persons_held", 2020, 1_000.0),
        fact("space-i-2020", "persons_held", 2020, 1_300.0),
        fact("space-i-2020", "persons_held", 2020, 1_010.0),
    ];
    facts[1].period = "2020-01-31".into();
    facts[2].period = "2020-09-15".into();
    review(&mut facts, &[]);
    let flags: Vec<Flag> = facts.iter().map(|f| f.flag).collect();
    assert_eq!(flags, [Flag::None, Flag::Disagrees, Flag::None]);
}

#[test]
fn reviewing_again_or_with_what_is_known_changes_nothing() {
    let mut unaids = vec![fact("unaids-gam", "needles_given_prison", 2018, 207_144.0)];
    let unodc = vec![fact("unodc-cts", "persons_held", 2018, 6_990.0)];
    review(&mut unaids, &[]);
    assert_eq!(unaids[0].flag, Flag::None, "alone, there is nothing to hold it against");
    review(&mut unaids, &unodc);
    assert_eq!(unaids[0].flag, Flag::ScopeDoubtful);
    let once = unaids.clone();
    review(&mut unaids, &unodc);
    assert_eq!(unaids, once);
    let all_rules_have_flags =
        RULES.iter().all(|rule| facts::Reason::new(rule).flag() != Flag::None);
    assert!(all_rules_have_flags);
}
