//! Many draws: the same bytes on any number of threads, stopping keeps what was done, and bad scenarios are said clearly.

use std::sync::atomic::{AtomicBool, Ordering};

use epidemic::{Ensemble, Plan, Quantity, Scenario, Seed, Where};
use expect_test::{Expect, expect};

use crate::coupling::oat_in_prison;
use crate::moldova::moldova;

#[test]
fn same_seed_same_bytes_on_any_number_of_threads() {
    let country = moldova();
    let arms = [Scenario::status_quo(), oat_in_prison(&country, 0.4)];
    let mut plan = Plan::prior(&country, &arms, Seed(7), 4, 6);
    plan.draws.iter_mut().for_each(|p| p.people_current = 2000.0);
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| plan.run(&|_| true)).csv()
    };
    let one = on(1);
    assert_eq!(one, on(2));
    assert_eq!(one, on(5));
    assert_eq!(one.lines().count(), 1 + 6 * 2 * 4 * 3);
}

#[test]
fn a_stopped_ensemble_keeps_what_was_done() {
    let country = moldova();
    let arms = [Scenario::status_quo()];
    let mut plan = Plan::prior(&country, &arms, Seed(7), 2, 20);
    plan.draws.iter_mut().for_each(|p| p.people_current = 200.0);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let heard = AtomicBool::new(false);
    let ensemble = pool.install(|| {
        plan.run(&|done| {
            heard.store(true, Ordering::Relaxed);
            done < 3
        })
    });
    assert!(heard.load(Ordering::Relaxed) && !ensemble.complete);
    assert_eq!(ensemble.draws.len(), 3);
    let whole = pool.install(|| plan.run(&|_| true));
    for draw in &ensemble.draws {
        assert_eq!(*draw, whole.draws[draw.index]);
    }
}

#[test]
fn throughcare_averts_deaths_after_release() {
    let country = moldova();
    let arms = [Scenario::status_quo(), oat_in_prison(&country, 0.6)];
    let mut plan = Plan::prior(&country, &arms, Seed(8), 12, 8);
    plan.share = 0.4;
    let ensemble = plan.run(&|_| true);
    let averted = ensemble.averted(1, Quantity::OverdoseDeaths4Weeks, Where::Everywhere).unwrap();
    assert!(averted.mean > 0.0, "{averted:?}");
    let oat = ensemble.averted(1, Quantity::OatYears, Where::Prison).unwrap();
    assert!(oat.high < 0.0, "more people are on OAT in prison, in every draw: {oat:?}");
    assert!(ensemble.net_benefit(1).is_some());
    let never = ensemble.acceptable(1, 0.0).unwrap();
    let always = ensemble.acceptable(1, 1e9).unwrap();
    assert!(never <= always);
}

#[test]
fn parts_of_a_plan_join_to_the_whole() {
    let country = moldova();
    let arms = [Scenario::status_quo(), oat_in_prison(&country, 0.4)];
    let mut plan = Plan::prior(&country, &arms, Seed(12), 3, 5);
    plan.share = 0.02;
    let whole = plan.run(&|_| true);
    let (one, two) = (plan.part(0, 2).run(&|_| true), plan.part(2, 99).run(&|_| true));
    assert_eq!(two.clone().join(one.clone()).unwrap(), whole);
    assert_eq!(one.clone().join(one.clone()).unwrap_err(), "draw 0 is in both parts");
    assert!(one.join(Ensemble { years: 9, ..two }).unwrap_err().contains("not of one plan"));
}

#[test]
fn a_sample_of_the_people_speaks_of_all_of_them() {
    let country = moldova();
    let arms = [Scenario::status_quo()];
    let mut plan = Plan::prior(&country, &arms, Seed(11), 4, 1);
    plan.draws = vec![country.central(); 4];
    let infections = |plan: &Plan| {
        plan.run(&|_| true).total(0, Quantity::HcvInfections, Where::Everywhere).unwrap().mean
    };
    let all = infections(&plan);
    plan.share = 0.1;
    let sample = infections(&plan);
    // Four draws, a tenth of the infections counted in each.
    assert!((sample / all - 1.0).abs() < 4.0 / (4.0 * all / 10.0).sqrt(), "{sample} against {all}");
}

fn check(text: &str, expected: Expect) {
    let (scenario, problems) = Scenario::read("policy.toml", text, &moldova());
    assert!(scenario.is_none());
    let said: Vec<String> = problems.iter().map(|p| format!("{p}\n")).collect();
    expected.assert_eq(&said.concat());
}

#[test]
fn an_unknown_intervention_is_met_with_the_list() {
    check(
        "name = \"x\"\n[[intervention]]\nwhat = \"heroin\"\nwhere = \"prison\"\ntarget = 0.4\nfrom = 2020",
        expect![[r#"
        policy.toml:2: intervention 1: no intervention "heroin" at "prison"; there are psychosocial (prison), remand length (prison), diversion at arrest (gate), diversion at sentence (gate), early release (prison), oat (community), oat (prison), oat kept (arrest), oat kept (transfer), oat kept (release), needles (community), needles (prison), naloxone (release), hiv testing (community), hiv testing (prison), art (community), art (prison), art kept (release), art kept (arrest), hcv testing (community), hcv testing (prison), daa (community), daa (prison), daa kept (gate)
    "#]],
    );
}

#[test]
fn a_scenario_in_the_past_is_refused() {
    check(
        "name = \"x\"\n[[intervention]]\nwhat = \"oat\"\nwhere = \"prison\"\ntarget = 0.4\nfrom = 2001",
        expect![[r#"
        policy.toml:2: intervention 1: from 2001 is in the past of the run, which starts 2018
    "#]],
    );
}

#[test]
fn a_coverage_above_one_is_refused() {
    check(
        "name = \"x\"\n[[intervention]]\nwhat = \"oat\"\nwhere = \"prison\"\ntarget = 40\nfrom = 2020\nto = 2019",
        expect![[r#"
        policy.toml:2: intervention 1: target 40 is outside 0 to 0.95 (proportion)
    "#]],
    );
}

#[test]
fn a_misspelt_key_is_named() {
    check(
        "name = \"x\"\n[[intervention]]\nwhat = \"oat\"\nwhere = \"prison\"\ntarget = 0.4\nform = 2020",
        expect![[r#"
            policy.toml:6: intervention 1: "form" is not known here; known are what, where, target, from, to, shape, who, prison
            policy.toml:2: intervention 1 needs what, where, target and from
        "#]],
    );
}

/// Results that were kept are found by a hash that holds [`epidemic::inputs::REVISION`]. When this figure changes, the same input
/// gives other bytes than before: raise the revision, and then put the new figure here.
#[test]
fn results_of_this_revision_are_these() {
    let prisons = vec![epidemic::Prison::only(1.0)];
    let country = epidemic::Country { start: 2018, prisons, ..moldova() };
    let arms = [Scenario::status_quo(), oat_in_prison(&country, 0.4)];
    let p = epidemic::Parameters { people_current: 1_500.0, ..steady() };
    let plan = Plan {
        country: &country,
        arms: &arms,
        seed: Seed(77),
        years: 8,
        draws: vec![p],
        share: 1.0,
        first: 0,
    };
    let hash = epidemic::Hash::of(plan.run(&|_| true).csv().as_bytes());
    expect!["2 0b48acf6679290c70b6463159ae05079a40e99e1287321c865116bdda8c5a1d1"]
        .assert_eq(&format!("{} {hash}", epidemic::inputs::REVISION));
}

/// Parameters that no change of a country's file moves: round numbers by which everything happens.
fn steady() -> epidemic::Parameters {
    use epidemic::parameters::{SPECS, Unit};
    let mut p = epidemic::Parameters::still();
    for (index, spec) in SPECS.iter().enumerate() {
        let value: f64 = match spec.unit {
            Unit::Persons | Unit::PersonsPerYear => 100.0,
            Unit::PerYear => 0.05,
            Unit::Years => 2.0,
            Unit::Proportion => 0.2,
            Unit::Ratio => 0.8,
            Unit::EventsPerYear => 40.0,
            Unit::Money => 100.0,
        };
        p.set(index, value.clamp(spec.low, spec.high));
    }
    p
}
