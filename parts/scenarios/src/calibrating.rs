//! Fitting a country's model to its published figures, and keeping what came of it beside the country's file.

use epidemic::{Calibration, Country, Posterior, Seed, inputs};

use crate::kept::{self, Fit};
use crate::model::basis;

/// What is learnt: the figures on which the targets depend and that nobody measures well. The others are drawn from the file.
pub const LEARNT: [&str; 12] = [
    "shares_low",
    "shares_high",
    "shares_prison",
    "hcv_per_share",
    "hiv_per_share",
    "hiv_start",
    "hcv_start",
    "hiv_held_others",
    "oat_prison",
    "new_people",
    "stop_rate",
    "people_current",
];

/// How to fit.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Sets of figures tried first, and added each round.
    pub particles: usize,
    pub rounds: usize,
    /// Draws kept.
    pub keep: usize,
    /// Per cent of the people that each run follows.
    pub people: f64,
    pub seed: u64,
}

impl Default for Settings {
    /// Some minutes on two cores for Moldova: a third of the people, 600 sets to begin with.
    fn default() -> Settings {
        Settings { particles: 600, rounds: 20, keep: 200, people: 30.0, seed: 1 }
    }
}

/// Fits the model of a country; `watch` hears how many sets were tried and stops by answering false.
///
/// # Errors
/// The country has no targets, or nothing of [`LEARNT`] is uncertain in its file.
pub fn calibrate(
    country: &Country,
    settings: Settings,
    watch: &dyn Fn(usize) -> bool,
) -> Result<Posterior, String> {
    // What a file holds for certain is not to be learnt in it.
    let uncertain = |name: &&str| {
        epidemic::parameters::index_of(name)
            .is_some_and(|at| !country.given[at].distribution.certain())
    };
    let learnt: Vec<&str> = LEARNT.into_iter().filter(|name| uncertain(name)).collect();
    let mut calibration = Calibration::new(country, &learnt, Seed(settings.seed))?;
    calibration.first = settings.particles;
    calibration.each_round = (settings.particles / 4).max(1);
    calibration.most_rounds = settings.rounds;
    calibration.keep = settings.keep;
    calibration.share = settings.people / 100.0;
    Ok(calibration.run(watch))
}

/// The report that stands beside the draws. `day` is the day of the run, ISO 8601.
pub fn report(
    country: &Country,
    settings: Settings,
    posterior: &Posterior,
    day: &str,
) -> kept::Calibration {
    kept::Calibration {
        country: country.code.clone(),
        day: day.into(),
        version: inputs::version(),
        basis: basis(country),
        seed: settings.seed,
        people: settings.people,
        particles: posterior.particles.len(),
        rounds: posterior.rounds,
        effective: (posterior.effective * 10.0).round() / 10.0,
        learnt: posterior
            .learnt
            .iter()
            .map(|&at| epidemic::parameters::SPECS[at].name.to_owned())
            .collect(),
        fits: fits(country, posterior),
    }
}

fn fits(country: &Country, posterior: &Posterior) -> Vec<Fit> {
    posterior
        .fits
        .iter()
        .map(|fit| {
            let target = &country.targets[fit.target];
            Fit {
                measure: target.measure.word().into(),
                year: target.year,
                value: target.value,
                low: target.low,
                high: target.high,
                source: target.source.clone(),
                found: fit.found.median,
                found_low: fit.found.low,
                found_high: fit.found.high,
                met: fit.met,
            }
        })
        .collect()
}
