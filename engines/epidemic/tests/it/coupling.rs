//! Two policies share one fate: no change is exactly no change, forks are runs, and differences lose most of their noise.

use epidemic::ensemble::ArmResult;
use epidemic::{Country, Parameters, Quantity, Scenario, Seed, Where, World, simulate};

use crate::moldova::moldova;

/// Moldova at a tenth of its size: the same life, less of it.
pub fn small() -> (Country, Parameters) {
    let country = moldova();
    let mut p = country.central();
    for number in
        [&mut p.people_current, &mut p.people_former, &mut p.new_people, &mut p.persons_held]
    {
        *number /= 10.0;
    }
    (country, p)
}

pub fn oat_in_prison(country: &Country, target: f64) -> Scenario {
    let text = format!(
        "name = \"OAT in prison\"\n\n[[intervention]]\nwhat = \"oat\"\nwhere = \"prison\"\ntarget = {target}\nfrom = 2020\n\n\
         [[intervention]]\nwhat = \"oat kept\"\nwhere = \"release\"\ntarget = 0.9\nfrom = 2020\n"
    );
    let (scenario, problems) = Scenario::read("oat.toml", &text, country);
    assert_eq!(problems, vec![]);
    scenario.unwrap()
}

#[test]
fn a_change_that_touches_nobody_leaves_every_life_as_it_was() {
    let (country, p) = small();
    let mut plain = World::new(&p, &country.prisons, Seed(1), 10.0);
    plain.run_until(10.0);
    // A lever without anybody on it: early release of nobody, since nobody is on OAT in prison.
    let none = Parameters { oat_prison: 0.0, oat_kept_at_arrest: 0.0, ..p.clone() };
    let mut without = World::new(&none, &country.prisons, Seed(1), 10.0);
    without.run_until(10.0);
    let mut with = World::new(&none, &country.prisons, Seed(1), 10.0);
    with.run_until(3.0);
    with.change(&Parameters { early_release_rate: 2.0, cost_oat: 1e6, ..none.clone() });
    with.run_until(10.0);
    assert_eq!(without.years(), with.years());
    assert_ne!(plain.years(), with.years());
}

#[test]
fn a_fork_is_the_run_from_the_start() {
    let (country, p) = small();
    let arms = [Scenario::status_quo(), oat_in_prison(&country, 0.4)];
    let together = simulate(&country, &arms, &p, Seed(3), 8);
    let alone = simulate(&country, &arms[1..], &p, Seed(3), 8);
    assert_eq!(together[1], alone[0]);
    assert_eq!(together[0], simulate(&country, &arms[..1], &p, Seed(3), 8)[0]);
}

#[test]
fn before_the_policy_both_arms_are_one() {
    let (country, p) = small();
    let arms = [Scenario::status_quo(), oat_in_prison(&country, 0.4)];
    let runs = simulate(&country, &arms, &p, Seed(4), 5);
    assert_eq!(runs[0][..2], runs[1][..2]);
    assert_ne!(runs[0][2..], runs[1][2..]);
}

/// Variance of what OAT in prison and at the gate averts, with the same fate in both arms and with two fates.
#[test]
fn common_random_numbers_make_differences_visible() {
    let (country, p) = small();
    let arms = [Scenario::status_quo(), oat_in_prison(&country, 0.4)];
    let draws = 24;
    let total = |run: &Vec<Vec<epidemic::YearTally>>, q: Quantity| {
        ArmResult::new(run, &p).total(q, Where::Everywhere)
    };
    let runs: Vec<_> =
        (0..draws).map(|s| simulate(&country, &arms, &p, Seed(100 + s), 10)).collect();
    let variance = |values: &[f64]| {
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / (values.len() - 1) as f64
    };
    for (q, gain) in [(Quantity::OverdoseDeaths, 10.0), (Quantity::HcvInfections, 10.0)] {
        let coupled: Vec<f64> = runs.iter().map(|r| total(&r[0], q) - total(&r[1], q)).collect();
        let apart: Vec<f64> = (0..runs.len())
            .map(|s| total(&runs[s][0], q) - total(&runs[(s + 1) % runs.len()][1], q))
            .collect();
        let ratio = variance(&apart) / variance(&coupled);
        eprintln!(
            "{}: variance of a difference {ratio:.1} times less with common random numbers",
            q.word()
        );
        assert!(ratio > gain, "{}: only {ratio:.2} times less", q.word());
    }
}
