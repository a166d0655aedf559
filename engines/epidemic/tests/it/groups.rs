//! Interventions for some people or one prison: they reach those and nobody else, add up to the intervention for all, and are read with care.

use epidemic::ensemble::ArmResult;
use epidemic::mean_field::{QUANTITIES, reading};
use epidemic::{
    Country, Flow, Parameters, Prison, Quantity, Scenario, Seed, Sex, Span, Where, World,
    YearTally, simulate,
};
use expect_test::{Expect, expect};

use crate::moldova::moldova;

fn policy(country: &Country, interventions: &[&str]) -> Scenario {
    let lists: String = interventions.iter().map(|i| format!("[[intervention]]\n{i}\n")).collect();
    let (policy, problems) = Scenario::read("p.toml", &format!("name = \"p\"\n{lists}"), country);
    assert_eq!(problems, vec![]);
    policy.unwrap()
}

fn small(country: &Country) -> Parameters {
    Parameters { oat_prison: 0.0, oat_kept_at_arrest: 0.0, ..country.central().sampled(0.3) }
}

const OAT: &str = "what = \"oat\"\nwhere = \"prison\"\ntarget = 0.5\nfrom = 2018";

fn run(country: &Country, policy: &Scenario, p: &Parameters) -> Vec<Vec<YearTally>> {
    simulate(country, std::slice::from_ref(policy), p, Seed(51), 6).remove(0)
}

/// The world at the end of a year under a policy.
fn world(country: &Country, policy: &Scenario, p: &Parameters, years: usize) -> World {
    let mut world = World::new(p, &country.prisons, Seed(52), years as f64);
    for step in 0..2 * years {
        world.change_to(policy.setting(p, country.start, step, country.prisons.len()));
        world.run_until((step + 1) as f64 / 2.0);
    }
    world
}

#[test]
fn oat_for_women_in_prison_reaches_women_in_prison() {
    let country = moldova();
    // One prison for all, so that the place does not tell the sex.
    let country = Country { prisons: vec![Prison::only(1.0)], ..country };
    let p = Parameters { women: 0.5, arrest_women: 1.0, ..small(&country) };
    let women = policy(&country, &[&format!("{OAT}\nwho = [\"women\"]")]);
    let world = world(&country, &women, &p, 5);
    let on = |sex: Sex| {
        world.people().filter(|p| p.place() > 0 && p.sex() == sex && p.oat().on()).count()
    };
    assert!(on(Sex::Woman) > 20 && on(Sex::Man) == 0, "{} {}", on(Sex::Woman), on(Sex::Man));
}

#[test]
fn a_named_prison_is_reached_and_no_other() {
    let country = moldova();
    let only = policy(&country, &[&format!("{OAT}\nprison = \"Prisons for sentenced men\"")]);
    let p = Parameters { oat_kept_at_transfer: 0.0, ..small(&country) };
    let years = run(&country, &only, &p);
    let on = |prison: usize| years.iter().map(|y| y[prison].span(Span::Oat)).sum::<f64>();
    assert!(on(2) > 50.0, "{}", on(2));
    assert_eq!((on(1), on(3)), (0.0, 0.0));
}

#[test]
fn for_men_and_for_women_is_for_everybody() {
    let country = moldova();
    let p = small(&country);
    let parts = [
        format!("{OAT}\nwho = [\"men\", \"low intensity\"]"),
        format!("{OAT}\nwho = [\"men\", \"high intensity\"]"),
        format!("{OAT}\nwho = [\"women\"]"),
    ];
    let parts = policy(&country, &parts.each_ref().map(String::as_str));
    let all = policy(&country, &[OAT]);
    let (parts, all) = (run(&country, &parts, &p), run(&country, &all, &p));
    // People who stopped injecting do not start OAT, so that it makes no difference that nobody named them.
    let flows = |years: &[Vec<YearTally>]| -> Vec<Vec<f64>> {
        years.iter().flatten().map(|t| t.flows.to_vec()).collect()
    };
    assert_eq!(flows(&parts), flows(&all));
}

#[test]
fn kept_at_release_for_drug_offences_alone() {
    let country = moldova();
    let kept = "what = \"oat kept\"\nwhere = \"release\"\ntarget = 1.0\nfrom = 2018\nwho = [\"sentenced for a drug offence\"]";
    let policy = policy(&country, &[OAT, kept]);
    let of = |drug_offences: f64| {
        let p = Parameters {
            oat_kept_at_release: 0.0,
            drug_offences,
            sentenced: 1.0,
            diverted_at_arrest: 0.0,
            diverted_at_sentence: 0.0,
            ..small(&country)
        };
        let years = run(&country, &policy, &p);
        years.iter().flatten().map(|t| t.flow(Flow::ReleasedOnOat)).sum::<f64>()
    };
    assert!(of(1.0) > 20.0 && of(0.0) == 0.0, "{} {}", of(1.0), of(0.0));
}

#[test]
fn testing_and_treatment_by_group_reach_the_group() {
    let country = Country { prisons: vec![Prison::only(1.0)], ..moldova() };
    let p = Parameters {
        hcv_test_rate: 0.0,
        hcv_test_rate_prison: 0.0,
        hcv_diagnosed_start: 0.0,
        ..small(&country)
    };
    let remand = policy(
        &country,
        &[
            "what = \"hcv testing\"\nwhere = \"prison\"\ntarget = 4.0\nfrom = 2018\nwho = [\"remand\"]",
        ],
    );
    let tested = |p: &Parameters| {
        let years = run(&country, &remand, p);
        years.iter().flatten().map(|t| t.flow(Flow::HcvDiagnosed)).sum::<f64>()
    };
    assert!(tested(&p) > 50.0);
    // Nobody on remand, nobody tested.
    assert_eq!(
        tested(&Parameters { remand_length: 0.0, arrest_rate: 0.0, in_prison_start: 0.0, ..p }),
        0.0
    );
}

/// The mean field reads groups as the engine does: two ways to one figure.
#[test]
fn the_mean_field_agrees_on_groups() {
    let country = moldova();
    let mut p = country.central().sampled(2.5);
    (p.death_at_40_men, p.death_at_40_women, p.injecting_years_mean) = (0.0, 0.0, 0.0);
    let policy = policy(
        &country,
        &[
            &format!("{OAT}\nwho = [\"high intensity\", \"sentenced\"]"),
            "what = \"daa\"\nwhere = \"community\"\ntarget = 3\nfrom = 2019\nto = 2021\nwho = [\"women\"]",
        ],
    );
    let engine = ArmResult::new(&run(&country, &policy, &p), &p);
    let field = reading(&country, &policy, &p, 6).limit;
    for q in QUANTITIES {
        let (a, b) = (engine.total(q, Where::Everywhere), field.total(q, Where::Everywhere));
        assert!((a - b).abs() < 4.0 * a.sqrt() + 0.02 * a, "{}: {a} against {b}", q.word());
    }
    let oat = |r: &ArmResult| r.total(Quantity::OatYears, Where::Prison);
    assert!((oat(&engine) / oat(&field) - 1.0).abs() < 0.12, "{} {}", oat(&engine), oat(&field));
}

#[test]
fn a_policy_for_groups_reads_back_from_its_own_text() {
    let country = moldova();
    let policy = policy(
        &country,
        &[&format!("{OAT}\nwho = [\"women\", \"remand\"]\nprison = \"Women's prison\"")],
    );
    let (again, problems) = Scenario::read("again.toml", &policy.toml(), &country);
    assert_eq!(problems, vec![]);
    assert_eq!(again.unwrap(), policy);
}

fn check(intervention: &str, expected: Expect) {
    let text = format!("name = \"p\"\n[[intervention]]\n{intervention}\n");
    let (policy, problems) = Scenario::read("p.toml", &text, &moldova());
    assert!(policy.is_none());
    let said: Vec<String> = problems.iter().map(|p| format!("{p}\n")).collect();
    expected.assert_eq(&said.concat());
}

#[test]
fn groups_and_prisons_that_make_no_sense_are_named() {
    check(
        &format!("{OAT}\nwho = [\"children\"]"),
        expect![[r#"
        p.toml:2: intervention 1: "children" is no group; groups are men, women, low intensity, high intensity, remand, sentenced, sentenced for a drug offence
    "#]],
    );
    check(
        &format!("{OAT}\nwho = [\"men\", \"women\"]"),
        expect![[r#"
        p.toml:2: intervention 1: "women" and what is named before it exclude each other; write two interventions
    "#]],
    );
    check(
        &format!("{OAT}\nprison = \"Alcatraz\""),
        expect![[r#"
        p.toml:2: intervention 1: no prison "Alcatraz"; there are Remand prisons, Prisons for sentenced men, Women's prison
    "#]],
    );
    let outside = "what = \"oat\"\nwhere = \"community\"\ntarget = 0.4\nfrom = 2020";
    check(
        &format!("{outside}\nwho = [\"remand\"]"),
        expect![[r#"
        p.toml:2: intervention 1: legal status is of people in prison, this is for community
    "#]],
    );
    check(
        &format!("{outside}\nprison = \"Women's prison\""),
        expect![[r#"
        p.toml:2: intervention 1: a prison is named, but oat is for community
    "#]],
    );
}
