//! The mean field is what the event engine comes to when there are many people: read from the same parameters, without chance.

use epidemic::ensemble::ArmResult;
use epidemic::mean_field::{QUANTITIES, read, reading};
use epidemic::{Country, Parameters, Quantity, Scenario, Seed, Where, simulate};

use crate::coupling::oat_in_prison;
use crate::moldova::moldova;

/// Many people, and in prison as well, so that chance is small.
fn crowd(country: &Country, people: f64) -> Parameters {
    let p = country.central();
    let scale = people / p.people_current;
    Parameters {
        people_current: people,
        people_former: p.people_former * scale,
        new_people: p.new_people * scale,
        persons_held: p.persons_held * scale,
        ..p
    }
}

fn engine(country: &Country, arm: &Scenario, p: &Parameters, seed: u64, years: usize) -> ArmResult {
    ArmResult::new(&simulate(country, std::slice::from_ref(arm), p, Seed(seed), years)[0], p)
}

/// The mean field leaves out that those who have injected for long are older and have both infections; it shows as 1 to 3 %.
#[test]
fn many_people_come_near_the_mean_field() {
    let country = moldova();
    let p = crowd(&country, 200_000.0);
    for arm in [Scenario::status_quo(), oat_in_prison(&country, 0.4)] {
        compare(&country, &arm, &p, 0.04);
    }
}

/// Where nobody dies of age and nobody comes with a past, nothing of weight is left out, and it is the engine's limit.
#[test]
fn without_age_and_past_many_people_come_to_the_mean_field() {
    let country = moldova();
    let p = Parameters {
        death_at_40_men: 0.0,
        death_at_40_women: 0.0,
        injecting_years_mean: 0.0,
        liver_with_hiv: 1.0,
        ..crowd(&country, 300_000.0)
    };
    compare(&country, &oat_in_prison(&country, 0.4), &p, 0.007);
}

#[track_caller]
fn compare(country: &Country, arm: &Scenario, p: &Parameters, allowed: f64) {
    let years = 12;
    let (engine, field) =
        (engine(country, arm, p, 5, years), reading(country, arm, p, years).limit);
    let near = |what: String, ours: f64, theirs: f64, noise: f64| {
        eprintln!("{what}: engine {ours:.4}, mean field {theirs:.4}, noise {noise:.4}");
        assert!((ours - theirs).abs() <= 4.0 * noise + allowed * ours, "{what}");
    };
    for q in QUANTITIES {
        for place in [Where::Community, Where::Prison] {
            let (ours, theirs) = (engine.total(q, place), field.total(q, place));
            let what = format!("{}: {} {}", arm.name, q.word(), place.word());
            near(what, ours, theirs, ours.sqrt());
        }
    }
    for q in [Quantity::HivPrevalence, Quantity::HcvPrevalence] {
        let at = |result: &ArmResult| result.in_year(q, Where::Everywhere, years - 1);
        let noise = (at(&engine) / p.people_current).sqrt();
        near(q.word().into(), at(&engine), at(&field), noise);
    }
}

#[test]
fn the_step_goes_to_zero_and_people_are_kept() {
    let country = moldova();
    let p = country.central();
    let arm = Scenario::status_quo();
    let total = |steps: usize| {
        let years = read(&country, &arm, &p, 6, steps);
        ArmResult::new(&years, &p).total(Quantity::HcvInfections, Where::Everywhere)
    };
    let (a, b, c) = (total(12), total(24), total(48));
    let finest = total(384);
    // First order: the error halves with the step.
    assert!((1.6..2.6).contains(&((a - b) / (b - c))), "{a} {b} {c}");
    let at_limit =
        reading(&country, &arm, &p, 6).limit.total(Quantity::HcvInfections, Where::Everywhere);
    assert!((at_limit / finest - 1.0).abs() < 0.002, "{at_limit} against {finest}");
    let closed = Parameters { new_people: 0.0, ..p.clone() };
    let years = read(&country, &arm, &closed, 6, 24);
    let mut before = p.people_current.round() + p.people_former.round();
    for year in &years {
        let now: f64 = year.iter().map(|t| t.stock(epidemic::Stock::All)).sum();
        let deaths: f64 = year.iter().map(|t| t.deaths()).sum();
        assert!((before - deaths - now).abs() < 1e-6 * before, "{before} {deaths} {now}");
        before = now;
    }
}

#[test]
fn no_change_is_no_change_and_nobody_is_nobody() {
    let country = moldova();
    let p = country.central();
    let same = Scenario { name: "same".into(), interventions: vec![] };
    let of = |arm: &Scenario, p: &Parameters| read(&country, arm, p, 2, 24);
    assert_eq!(of(&same, &p), of(&Scenario::status_quo(), &p));
    let nobody = Parameters {
        people_current: 0.0,
        people_former: 0.0,
        people_not_yet: 0.0,
        new_people: 0.0,
        ..p
    };
    let all = of(&same, &nobody);
    assert!(all.iter().flatten().all(|t| t.flows.iter().all(|&f| f == 0.0)));
}
