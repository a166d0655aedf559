//! Reading a country: what is right is taken as it stands, and every mistake is said with its line.

use epidemic::{Basis, Seed};
use expect_test::{Expect, expect};

use crate::moldova::{moldova, read, text};

/// Moldova's file with one text replaced by another; the problems that follow.
fn check(from: &str, to: &str, expected: Expect) {
    let original = text("MDA.toml");
    assert!(original.contains(from), "the file no longer holds {from:?}");
    let changed = original.replacen(from, to, 1);
    let (country, problems) = read("MDA.toml", &|name| match name {
        "MDA.toml" => Some(changed.clone()),
        name => Some(text(name)),
    });
    assert_eq!(country.is_none(), !problems.is_empty());
    let said: Vec<String> = problems.iter().map(|p| format!("{p}\n")).collect();
    expected.assert_eq(&said.concat());
}

#[test]
fn moldova_is_read_with_its_figures() {
    let moldova = moldova();
    let p = moldova.central();
    assert_eq!((p.people_current, p.hiv_start, p.hcv_start), (36_900.0, 0.139, 0.604));
    assert_eq!(moldova.prisons.len(), 3);
    assert!((p.oat_effect_hiv - 0.46).abs() < 1e-12);
    assert!((p.overdose_on_oat - 1.0 / 4.8).abs() < 1e-12);
    let assumed: Vec<_> = moldova.assumed().collect();
    assert!(assumed.contains(&"arrest_rate") && !assumed.contains(&"hiv_start"));
    let basis = &moldova.given[epidemic::parameters::index_of("oat_effect_hiv").unwrap()].basis;
    assert_eq!(*basis, Basis::Effect { id: "oat-hiv-macarthur-2012".into(), verified: true });
}

#[test]
fn a_figure_from_memory_is_named_until_it_is_checked() {
    let moldova = moldova();
    let unchecked: Vec<_> = moldova.unchecked().collect();
    assert!(unchecked.contains(&"weight_aids") && !unchecked.contains(&"liver_0_1"));
    check(
        "death_at_40_men = { value = 0.006, low = 0.0045, high = 0.008, unit = \"per year\", source = \"assumed\" }",
        "death_at_40_men = { value = 0.006, low = 0.0045, high = 0.008, unit = \"per year\", source = \"assumed\", unchecked = true }",
        expect![[r#"
            MDA.toml:56: death_at_40_men is unchecked, but names no publication to be checked
        "#]],
    );
}

#[test]
fn draws_meet_the_interval_they_come_from() {
    let moldova = moldova();
    let mut values: Vec<f64> =
        (0..4000).map(|draw| moldova.draw(Seed(5), draw).oat_effect_hiv).collect();
    values.sort_by(f64::total_cmp);
    let at = |share: f64| values[(share * 4000.0) as usize];
    assert!((at(0.5) - 0.46).abs() < 0.01, "{}", at(0.5));
    assert!((at(0.025) - 0.32).abs() < 0.01, "{}", at(0.025));
    assert!((at(0.975) - 0.67).abs() < 0.02, "{}", at(0.975));
}

#[test]
fn normal_quantiles_are_those_of_as_241() {
    use epidemic::distribution::normal_quantile;
    for (p, z) in [
        (0.25, -0.674_489_750_196_081_7),
        (0.001, -3.090_232_306_167_814),
        (1e-20, -9.262_340_089_798_408),
    ] {
        assert!((normal_quantile(p) - z).abs() < 1e-13, "{p}: {}", normal_quantile(p));
    }
}

#[test]
fn a_missing_unit_is_named() {
    check(
        "women = { value = 0.17, low = 0.12, high = 0.24, unit = \"proportion\",",
        "women = { value = 0.17, low = 0.12, high = 0.24,",
        expect![[r#"
            MDA.toml:37: women has no unit; it counts in proportion (0 to 1) or percent
        "#]],
    );
}

#[test]
fn a_probability_above_one_is_refused() {
    check(
        "hiv_start = { value = 0.139, low = 0.11, high = 0.17",
        "hiv_start = { value = 13.9, low = 11, high = 17",
        expect![[r#"
            MDA.toml:60: hiv_start: value 13.9 proportion is outside 0 to 1
        "#]],
    );
}

#[test]
fn percent_is_a_unit() {
    check(
        "hiv_start = { value = 0.139, low = 0.11, high = 0.17, unit = \"proportion\"",
        "hiv_start = { value = 13.9, low = 11, high = 17, unit = \"percent\"",
        expect![""],
    );
}

#[test]
fn an_interval_turned_round_is_refused() {
    check(
        "low = 0.55, high = 0.66, unit",
        "low = 0.66, high = 0.55, unit",
        expect![[r#"
            MDA.toml:63: hcv_start: low 0.66, value 0.604, high 0.55 are not in this order
        "#]],
    );
}

#[test]
fn a_wrong_name_meets_its_neighbour() {
    check(
        "\narrest_rate =",
        "\narrest_rates =",
        expect![[r#"
            MDA.toml: arrest_rate is missing (Arrest that leads to remand, people who inject, never imprisoned, men; per year, per month, per week, per day, per 100 person-years or per 1000 person-years)
            MDA.toml:44: there is no parameter "arrest_rates"; the nearest name is "arrest_rate"
        "#]],
    );
}

#[test]
fn a_value_without_a_source_is_refused() {
    check(
        "death_at_40_men = { value = 0.006, low = 0.0045, high = 0.008, unit = \"per year\", source = \"assumed\" }",
        "death_at_40_men = { value = 0.006, unit = \"per year\" }",
        expect![[r#"
            MDA.toml:56: death_at_40_men has no source; write source = "assumed" if there is none
        "#]],
    );
}

#[test]
fn an_include_that_comes_back_is_refused() {
    check(
        "include = [\"region.toml\"]",
        "include = [\"region.toml\", \"MDA.toml\"]",
        expect![[r#"
            MDA.toml:3: MDA.toml includes itself: MDA.toml → MDA.toml
        "#]],
    );
}

#[test]
fn a_target_beyond_reach_is_refused() {
    check(
        "value = 0.139\nlow = 0.11\nhigh = 0.17",
        "value = 1.39\nlow = 1.1\nhigh = 1.7",
        expect![[r#"
            MDA.toml:86: target 1: value 1.39 is beyond any reach of a share, 0 to 1
        "#]],
    );
}

#[test]
fn nobody_is_refused() {
    let none = text("MDA.toml")
        .replacen("value = 36900, low = 30200, high = 45000", "value = 0", 1)
        .replacen(
            "value = 15000, low = 7000, high = 30000, unit = \"persons\", source = \"assumed\"",
            "value = 0, unit = \"persons\", source = \"design\"",
            1,
        );
    let (country, problems) = read("MDA.toml", &|name| match name {
        "MDA.toml" => Some(none.clone()),
        name => Some(text(name)),
    });
    assert!(country.is_none());
    expect!["MDA.toml: there is nobody: people_current, people_former and people_not_yet are 0"]
        .assert_eq(&problems[0].to_string());
}
