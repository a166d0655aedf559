//! The quick answer: the same bytes as the plan run from nothing, whatever was asked before it; the base is kept; the hand may move on.

use std::sync::atomic::{AtomicUsize, Ordering};

use epidemic::explorer::{FORKS_KEPT, Sample};
use epidemic::{Base, Country, Parameters, Scenario, Seed};

use crate::coupling::oat_in_prison;
use crate::moldova::moldova;

fn draws(country: &Country) -> Vec<Parameters> {
    (0..4).map(|draw| country.draw(Seed(3), draw)).collect()
}

fn sample() -> Sample {
    Sample { seed: Seed(3), years: 12, share: 0.02 }
}

fn kept(country: &Country) -> Base {
    let base = Scenario::status_quo();
    Base::new(country, &base, draws(country), sample(), 2024.0, &|| true).unwrap()
}

fn from(country: &Country, year: f64) -> Scenario {
    let mut policy = oat_in_prison(country, 0.4);
    policy.interventions.iter_mut().for_each(|i| (i.from, i.to) = (year, year));
    policy
}

#[test]
fn an_answer_is_the_plan_run_from_nothing() {
    let country = moldova();
    let base = kept(&country);
    // Later than the kept date, earlier than it, on it, and again: the order of questions changes nothing.
    for year in [2026.0, 2020.0, 2024.0, 2027.5, 2026.0, 2018.0] {
        let policy = from(&country, year);
        let answer = base.answer(&policy, &|| true).unwrap();
        let arms = [Scenario::status_quo(), policy];
        assert_eq!(answer, base.plan(&arms).run(&|_| true), "policy from {year}");
    }
}

#[test]
fn a_base_may_be_a_policy_itself() {
    let country = moldova();
    let needles = "name = \"needles\"\n[[intervention]]\nwhat = \"needles\"\nwhere = \"prison\"\ntarget = 0.5\nfrom = 2020\nto = 2026";
    let needles = Scenario::read("needles.toml", needles, &country).0.unwrap();
    let base = Base::new(&country, &needles, draws(&country), sample(), 2022.0, &|| true).unwrap();
    let mut both = needles.clone();
    both.interventions.extend(from(&country, 2023.0).interventions);
    let answer = base.answer(&both, &|| true).unwrap();
    assert_eq!(answer, base.plan(&[needles, both]).run(&|_| true));
}

#[test]
fn no_change_costs_nothing_and_is_no_change() {
    let country = moldova();
    let base = kept(&country);
    let asked = AtomicUsize::new(0);
    let answer = base
        .answer(&Scenario::status_quo(), &|| {
            asked.fetch_add(1, Ordering::Relaxed);
            true
        })
        .unwrap();
    assert_eq!(asked.load(Ordering::Relaxed), 0);
    assert!(answer.draws.iter().all(|draw| draw.arms[0] == draw.arms[1]));
}

#[test]
fn the_hand_moves_on_between_half_years() {
    let country = moldova();
    let base = kept(&country);
    let asked = AtomicUsize::new(0);
    let until = |limit: usize| {
        asked.store(0, Ordering::Relaxed);
        move |asked: &AtomicUsize| asked.fetch_add(1, Ordering::Relaxed) < limit
    };
    let policy = from(&country, 2024.0);
    let go_on = until(10);
    assert!(base.answer(&policy, &|| go_on(&asked)).is_none());
    // One question more for each thread at most, then nobody asks again.
    assert!(asked.load(Ordering::Relaxed) <= 10 + 2 * rayon::current_num_threads());
    assert!(base.answer(&policy, &|| true).is_some(), "a stopped answer leaves the base whole");
    let status_quo = Scenario::status_quo();
    assert!(
        Base::new(&country, &status_quo, draws(&country), sample(), 2024.0, &|| false).is_none()
    );
}

#[test]
fn memory_is_bounded_by_the_dates_that_are_kept() {
    let country = moldova();
    let base = kept(&country);
    let one = base.bytes();
    for half_year in 0..12 {
        base.answer(&from(&country, 2020.0 + f64::from(half_year) / 2.0), &|| true).unwrap();
    }
    assert!(base.bytes() < 2 * FORKS_KEPT * one, "{} against {one}", base.bytes());
}

#[test]
fn nobody_and_no_draws_are_answered() {
    let country = moldova();
    let nobody = Parameters {
        people_current: 0.0,
        people_former: 0.0,
        new_people: 0.0,
        ..country.central()
    };
    let status_quo = Scenario::status_quo();
    for draws in [vec![], vec![nobody]] {
        let count = draws.len();
        let base = Base::new(&country, &status_quo, draws, sample(), 2300.0, &|| true).unwrap();
        let answer = base.answer(&from(&country, 2020.0), &|| true).unwrap();
        assert_eq!(answer.draws.len(), count);
    }
}
