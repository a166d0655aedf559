//! What can be said of how far a result is to be trusted, beside the result: draws and what more of them would change, two other ways to the
//! same figures, what went in. Plain values; the words are for the page.

use rayon::prelude::*;

use crate::chance::{Draw, Seed, Stream};
use crate::ensemble::{ArmResult, Ensemble, Interval, Plan, Where, interval};
use crate::inputs::{Hash, Input, version};
use crate::mean_field;
use crate::outcome::Quantity;

/// What is certified of every policy: the figures that a brief quotes.
pub const KEY: [Quantity; 6] = [
    Quantity::HivInfections,
    Quantity::HcvInfections,
    Quantity::OverdoseDeaths,
    Quantity::Deaths,
    Quantity::Dalys,
    Quantity::Cost,
];

/// Draws that the mean field reads beside the engine.
pub const MEAN_FIELD_DRAWS: usize = 2;

/// Resamples of a bootstrap. Efron & Tibshirani 1993, An Introduction to the Bootstrap, ch. 6: 50 to 200 tell a standard error.
const RESAMPLES: usize = 200;

#[derive(Debug, Clone, PartialEq)]
pub struct Certificate {
    /// The engine's version and the number of its results.
    pub version: String,
    pub seed: u64,
    /// Draws that were run, of those asked for.
    pub draws: usize,
    pub draws_asked: usize,
    pub years: usize,
    /// Share of the country's people that was followed, and how many people that was in a draw's first year, on average.
    pub share: f64,
    pub people_followed: f64,
    /// Everything that went in, and all of it in one.
    pub inputs: Vec<Input>,
    pub hash: Hash,
    /// Parameters that rest on no source.
    pub assumed: Vec<&'static str>,
    /// For every arm but the first and each of [`KEY`].
    pub steadiness: Vec<Steadiness>,
    /// For every arm and each of [`mean_field::QUANTITIES`]; none for a policy that names a prison; empty in a quick certificate.
    pub mean_field: Vec<Agreement>,
    pub twin: Twin,
}

/// How far an interval over draws would move if there were twice as many.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Steadiness {
    pub arm: usize,
    pub quantity: Quantity,
    /// What the arm averts, against the first.
    pub averted: Interval,
    /// Standard error of the mean: s/√n.
    pub standard_error: f64,
    /// Typical movement (one standard deviation) of the mean and of both ends with twice the draws.
    pub mean_moves: f64,
    pub low_moves: f64,
    pub high_moves: f64,
}

/// The event engine against the mean field of the same parameters, on the same draws.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Agreement {
    pub arm: usize,
    pub quantity: Quantity,
    /// Totals over the run, mean of [`MEAN_FIELD_DRAWS`] draws.
    pub engine: f64,
    /// In the limit of ever smaller steps.
    pub mean_field: f64,
    /// The same at [`mean_field::COARSE`] steps a year and at twice as many: how much a time step alone would change.
    pub at_coarse_steps: f64,
    pub at_fine_steps: f64,
    /// One standard deviation of the engine's figure by counting alone: √(events).
    pub noise: f64,
}

/// The time-stepped twin of the tests against the event engine, on its own eventful world: stored, for it takes minutes.
/// Printed anew by `cargo test -p throughcare-epidemic twin -- --ignored --nocapture`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Twin {
    pub runs: usize,
    pub steps_per_year: usize,
    pub quantities: usize,
    /// The largest distance of the thirteen means, in standard errors.
    pub furthest: f64,
    /// Of that many, the distances expected of chance alone would be at most this, 19 times in 20: Φ⁻¹(1 − (1 − 0.95^{1/13})/2).
    pub by_chance: f64,
}

impl Twin {
    pub const STORED: Twin =
        Twin { runs: 60, steps_per_year: 365, quantities: 13, furthest: 2.39, by_chance: 2.88 };
}

impl Certificate {
    /// The whole certificate. The mean field takes some 0.3 CPU-seconds for each arm and draw of twenty years.
    pub fn of(plan: &Plan, ensemble: &Ensemble) -> Certificate {
        Certificate { mean_field: agreement(plan, ensemble), ..Certificate::quick(plan, ensemble) }
    }

    /// Without the mean field: for an answer that the next movement of a slider replaces.
    pub fn quick(plan: &Plan, ensemble: &Ensemble) -> Certificate {
        let people = |p: &crate::Parameters| p.people_current + p.people_former + p.people_not_yet;
        let all: f64 = plan.draws.iter().map(people).sum();
        let pairs: Vec<(usize, Quantity)> =
            (1..ensemble.arms.len()).flat_map(|arm| KEY.map(|quantity| (arm, quantity))).collect();
        Certificate {
            version: version(),
            seed: plan.seed.0,
            draws: ensemble.draws.len(),
            draws_asked: plan.draws.len(),
            years: plan.years,
            share: plan.share,
            people_followed: plan.share * all / plan.draws.len().max(1) as f64,
            inputs: plan.inputs(),
            hash: plan.hash(),
            assumed: plan.country.assumed().collect(),
            steadiness: pairs
                .par_iter()
                .filter_map(|&(arm, quantity)| steadiness(ensemble, plan.seed, arm, quantity))
                .collect(),
            mean_field: Vec::new(),
            twin: Twin::STORED,
        }
    }
}

/// The bootstrap's standard deviation of each end, divided by √2: with T₂ₙ = (Tₙ + T′ₙ)/2, as holds for means and to first order
/// for quantiles, T₂ₙ − Tₙ = (T′ₙ − Tₙ)/2 has variance Var(Tₙ)/2. Efron 1979, Ann Stat 7:1.
fn steadiness(
    ensemble: &Ensemble,
    seed: Seed,
    arm: usize,
    quantity: Quantity,
) -> Option<Steadiness> {
    let values = ensemble.averted_by_draw(arm, quantity, Where::Everywhere);
    let averted = interval(values.clone())?;
    let n = values.len();
    let squares: f64 = values.iter().map(|v| (v - averted.mean) * (v - averted.mean)).sum();
    let standard_error =
        if n > 1 { libm::sqrt(squares / (n - 1) as f64 / n as f64) } else { f64::INFINITY };
    let mut ends = [Moments::default(), Moments::default()];
    for resample in 0..RESAMPLES {
        let drawn = (0..n).map(|i| {
            let words =
                Draw::new(seed, i as u32, Stream::Bootstrap as u32, resample as u32).words();
            // Lemire 2019, ACM Trans Model Comput Simul 29:3: a word times n, its upper half.
            values[((u64::from(words[0]) * n as u64) >> 32) as usize]
        });
        let again = interval(drawn.collect())?;
        ends[0].add(again.low);
        ends[1].add(again.high);
    }
    let half = std::f64::consts::FRAC_1_SQRT_2;
    Some(Steadiness {
        arm,
        quantity,
        averted,
        standard_error,
        mean_moves: standard_error * half,
        low_moves: ends[0].deviation() * half,
        high_moves: ends[1].deviation() * half,
    })
}

/// Welford 1962, Technometrics 4:419.
#[derive(Default)]
struct Moments {
    n: f64,
    mean: f64,
    squares: f64,
}

impl Moments {
    fn add(&mut self, x: f64) {
        self.n += 1.0;
        let away = x - self.mean;
        self.mean += away / self.n;
        self.squares += away * (x - self.mean);
    }

    fn deviation(&self) -> f64 {
        if self.n > 1.0 { libm::sqrt(self.squares / (self.n - 1.0)) } else { 0.0 }
    }
}

fn agreement(plan: &Plan, ensemble: &Ensemble) -> Vec<Agreement> {
    let n = ensemble.draws.len();
    let chosen: Vec<usize> = (0..MEAN_FIELD_DRAWS.min(n))
        .map(|i| (2 * i + 1) * n / (2 * MEAN_FIELD_DRAWS.min(n)))
        .collect();
    let jobs: Vec<(usize, usize)> = (0..plan.arms.len())
        .filter(|&arm| !plan.arms[arm].by_prison())
        .flat_map(|arm| chosen.iter().map(move |&draw| (arm, draw)))
        .collect();
    let readings: Vec<mean_field::Reading> = jobs
        .par_iter()
        .map(|&(arm, draw)| {
            let index = ensemble.draws[draw].index - plan.first;
            mean_field::reading(plan.country, &plan.arms[arm], &plan.draws[index], plan.years)
        })
        .collect();
    let mut agreements = Vec::new();
    for arm in 0..plan.arms.len() {
        for quantity in mean_field::QUANTITIES {
            let of = |result: &ArmResult| result.total(quantity, Where::Everywhere);
            let mean = |value: &dyn Fn(usize, usize) -> f64| {
                let here = jobs.iter().enumerate().filter(|(_, job)| job.0 == arm);
                let values = here.map(|(i, &(_, draw))| value(i, draw));
                values.sum::<f64>() / chosen.len() as f64
            };
            if chosen.is_empty() || plan.arms[arm].by_prison() {
                continue;
            }
            let engine = mean(&|_, draw| of(&ensemble.draws[draw].arms[arm]));
            agreements.push(Agreement {
                arm,
                quantity,
                engine,
                mean_field: mean(&|i, _| of(&readings[i].limit)),
                at_coarse_steps: mean(&|i, _| of(&readings[i].coarse)),
                at_fine_steps: mean(&|i, _| of(&readings[i].fine)),
                noise: libm::sqrt(engine.max(0.0) / (chosen.len() as f64 * plan.share)),
            });
        }
    }
    agreements
}
