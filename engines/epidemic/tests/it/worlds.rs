//! Small worlds in which one process runs and the rest is still.

use epidemic::{Flow, Parameters, Prison, Seed, Span, Stock, World, YearTally};

/// People who inject at low intensity, and nothing happens to them.
pub fn still(people: f64) -> Parameters {
    Parameters { people_current: people, start_age_mean: 30.0, ..Parameters::still() }
}

pub fn run(parameters: &Parameters, prisons: &[Prison], seed: u64, years: f64) -> World {
    let mut world = World::new(parameters, prisons, Seed(seed), years);
    world.run_until(years);
    world
}

/// All places of a year together.
pub fn year(world: &World, index: usize) -> YearTally {
    let mut all = YearTally::EMPTY;
    world.years()[index].iter().for_each(|place| all.add(place));
    all
}

pub fn total(world: &World, flow: Flow) -> f64 {
    world.years().iter().flatten().map(|t| t.flow(flow)).sum()
}

pub fn time(world: &World, span: Span) -> f64 {
    world.years().iter().flatten().map(|t| t.span(span)).sum()
}

pub fn at_end(world: &World, stock: Stock) -> f64 {
    world.years().last().unwrap().iter().map(|t| t.stock(stock)).sum()
}

/// A count against its expectation: within four standard errors, which chance leaves once in sixteen thousand.
/// Seeds are fixed, so a test that passes goes on passing.
#[track_caller]
pub fn near(found: f64, expected: f64, standard_error: f64) {
    assert!(
        (found - expected).abs() <= 4.0 * standard_error,
        "found {found:.5}, expected {expected:.5} ± {standard_error:.5}"
    );
}

/// A share of `n` independent people against its expectation.
#[track_caller]
pub fn near_share(found: f64, expected: f64, n: f64) {
    near(found, expected, (expected * (1.0 - expected) / n).sqrt());
}
