//! The same parameters read without chance: expected numbers of people in each state, moved by their hazards in small equal steps.
//! In a large population the event engine comes to this (Kurtz 1970, J Appl Prob 7:49); a slip in its clocks, queue or thresholds would show as a gap.
//!
//! # What it keeps
//!
//! Every cell of behaviour (injecting, OAT, standing with the gate, needle exchange, sex) holds three tallies of
//! its people: by HIV stage and care, by hepatitis C, liver and care, and who has naloxone. Everybody in a cell
//! moves at the cell's hazards, so within a cell each tally is exact.
//!
//! # What it leaves out
//!
//! - Chance: an epidemic never dies out in a small prison.
//! - Within a cell, HIV, hepatitis C and naloxone are independent: fibrosis with HIV uses the place's share of people with HIV.
//! - Age is kept for each sex and not by cell: people who stopped injecting die of age as often as the others.
//! - The weeks after release and the first weeks on and off OAT end at a constant hazard, not after fixed time; their mean is the same.
//! - Prisons that can hold the same people mix as one, and offer their mean, weighted by capacity.
//! - Nobody is held in a prison for children or in a hospital.
//! - What a policy changes in one named prison: such a policy is not read.
//! - Hence no DALYs and no money: [`QUANTITIES`] are what is compared.
//!
//! The loop is Euler's with the chance 1 − e^{−hΔ} of leaving a state in a step; its error falls with the step, so two steps
//! tell the limit: 2·(fine) − (coarse). Richardson 1911, Phil Trans R Soc A 210:307.

mod cells;
mod disease;
mod held;
mod start;

use crate::country::Country;
use crate::ensemble::ArmResult;
use crate::ledger::YearTally;
use crate::outcome::Quantity;
use crate::parameters::Parameters;
use crate::scenario::{STEPS_PER_YEAR, Scenario};
use cells::Cells;

/// Steps a year of the coarser of the two readings.
pub const COARSE: usize = 24;

/// What both readings speak of.
pub const QUANTITIES: [Quantity; 8] = [
    Quantity::HcvInfections,
    Quantity::HivInfections,
    Quantity::OverdoseDeaths,
    Quantity::HcvCured,
    Quantity::Imprisonments,
    Quantity::PrisonYears,
    Quantity::OatYears,
    Quantity::ArtYears,
];

/// Years of one policy by the mean field, at so many steps a year (made a multiple of the policy's steps).
/// Each year has the community first and then all prisons together.
pub fn read(
    country: &Country,
    arm: &Scenario,
    parameters: &Parameters,
    years: usize,
    steps_per_year: usize,
) -> Vec<Vec<YearTally>> {
    let between = steps_per_year.div_ceil(STEPS_PER_YEAR).max(1);
    let step = 1.0 / (between * STEPS_PER_YEAR) as f64;
    let at = |policy_step: usize| arm.setting(parameters, country.start, policy_step, 0);
    // Who there is at the start is there before any policy.
    let mut cells = Cells::new(parameters, &country.prisons);
    let mut tallies = Vec::with_capacity(years);
    for year in 0..years {
        for half in 0..STEPS_PER_YEAR {
            cells.change(at(year * STEPS_PER_YEAR + half));
            for _ in 0..between {
                cells.step(step);
            }
        }
        tallies.push(cells.close_year());
    }
    tallies
}

/// Two readings, and what they say of ever smaller steps.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// At [`COARSE`] steps a year.
    pub coarse: ArmResult,
    /// At twice as many.
    pub fine: ArmResult,
    pub limit: ArmResult,
}

pub fn reading(
    country: &Country,
    arm: &Scenario,
    parameters: &Parameters,
    years: usize,
) -> Reading {
    let of = |steps| read(country, arm, parameters, years, steps);
    let (coarse, fine) = (of(COARSE), of(2 * COARSE));
    let limit: Vec<Vec<YearTally>> = coarse
        .iter()
        .zip(&fine)
        .map(|(coarse, fine)| {
            let pairs = coarse.iter().zip(fine);
            pairs
                .map(|(coarse, fine)| {
                    let mut limit = fine.clone().scaled(2.0);
                    limit.add(&coarse.clone().scaled(-1.0));
                    limit
                })
                .collect()
        })
        .collect();
    let result = |years: &[Vec<YearTally>]| ArmResult::new(years, parameters);
    Reading { coarse: result(&coarse), fine: result(&fine), limit: result(&limit) }
}
