//! Rates made comparable: standardised to one population, and followed over rounds of a survey.

use crate::compare::{Contrast, contrast};
use crate::design::Design;
use crate::distribution::{chi_squared_above, student, student_quantile};
use crate::estimate::{Estimate, Influence};
use crate::problem::Problem;

/// Direct standardisation: the mean of the groups' rates, each counted as often as its group is found in a standard population.
/// The groups share prisons, and their covariance is counted. Fleiss, Levin and Paik 2003, *Statistical Methods for Rates and
/// Proportions*, 3rd ed., section 19.2; for surveys Korn and Graubard 1999, *Analysis of Health Surveys*, section 3.4 (R: `svystandardize`,
/// where the standard is taken as known).
///
/// `groups` are what [`crate::estimate_with_influence`] gives for the domains to be averaged; `standard` the people (or shares) of the
/// standard population in the same order. A problem where a group that the standard has people in has no figure.
///
/// ```
/// use survey::*;
/// let age = Groups::from_text(["old", "old", "old", "young", "young", "young"]);
/// let design = Design::new(&Plan::simple(), 6).unwrap();
/// let domains = Domains::crossing(&[("age", &age)]).unwrap();
/// let table = Table::new(&design, &domains).unwrap();
/// let hcv = Values::Flags(&[1, 1, 0, 1, 0, 0]);
/// let groups = estimate_with_influence(&table, Statistic::Mean(hcv), &Options::default()).unwrap();
/// // Two thirds of the old and one third of the young; in the standard, one in four is old.
/// let rate = standardised(&design, &groups, &[25.0, 75.0], 0.95).unwrap();
/// assert!((rate.value - (0.25 * 2.0 / 3.0 + 0.75 / 3.0)).abs() < 1e-12);
/// ```
pub fn standardised(
    design: &Design,
    groups: &[(Estimate, Influence)],
    standard: &[f64],
    level: f64,
) -> Result<Contrast, Problem> {
    let problem = |message| Problem { place: "standard population".into(), row: None, message };
    if standard.len() != groups.len() {
        let message = format!(
            "{} numbers for {} groups; give one each, in their order",
            standard.len(),
            groups.len()
        );
        return Err(problem(message));
    }
    if let Some(at) = standard.iter().position(|people| !people.is_finite() || *people < 0.0) {
        let message = format!("{} people in group {}; it is zero or more", standard[at], at + 1);
        return Err(problem(message));
    }
    let all: f64 = standard.iter().sum();
    if all == 0.0 {
        return Err(problem("nobody; give the people of each group".into()));
    }
    let counted =
        || groups.iter().zip(standard).enumerate().filter(|(_, (_, people))| **people > 0.0);
    if let Some((at, _)) = counted().find(|(_, ((estimate, _), _))| estimate.value.is_nan()) {
        let message = format!("nobody answered in group {}; join it with another", at + 1);
        return Err(problem(message));
    }
    let parts: Vec<(f64, &Influence)> =
        counted().map(|(_, ((_, influence), people))| (people / all, influence)).collect();
    Ok(contrast(design, &parts, level))
}

/// One round of a survey.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Round {
    /// When, in years (2024.5).
    pub time: f64,
    /// The figure of that round.
    pub value: f64,
    /// Its standard error.
    pub se: f64,
    /// Its degrees of freedom.
    pub df: f64,
}

/// The scale on which the years are taken to act evenly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scale {
    /// So many percentage points, or units, a year.
    #[default]
    Plain,
    /// So many times the odds a year: for shares, which it keeps between 0 and 1.
    Logit,
    /// So many times as much a year: for rates and amounts above zero.
    Log,
}

/// A trend.
#[derive(Debug, Clone, PartialEq)]
pub struct Trend {
    /// The change a year on the scale: a difference, the log of an odds ratio, the log of a ratio.
    pub slope: Contrast,
    /// The figure at time zero on the scale, so that the line can be drawn.
    pub intercept: f64,
    /// The chance of rounds lying so far from a straight line if there is one; none for two rounds, which always lie on one.
    pub departure: Option<f64>,
}

/// A straight line through rounds of separate samples, each counting by the inverse of its variance. Grizzle, Starmer and Koch
/// 1969 (*Biometrics* 25:489–504); t takes the degrees of freedom of the weakest round. Two rounds give their difference a year.
///
/// Problems: fewer than two times, a round without a standard error, a share of 0 or 1 on the logit scale.
///
/// ```
/// use survey::*;
/// let round = |time, value| Round { time, value, se: 0.02, df: 40.0 };
/// let found = trend(&[round(2020.0, 0.20), round(2022.0, 0.24), round(2024.0, 0.28)], Scale::Plain, 0.95).unwrap();
/// assert!((found.slope.value - 0.02).abs() < 1e-12);
/// // σ² / Σ (t − t̄)² = 0.0004 / 8.
/// assert!((found.slope.se - (0.0004f64 / 8.0).sqrt()).abs() < 1e-12);
/// ```
pub fn trend(rounds: &[Round], scale: Scale, level: f64) -> Result<Trend, Problem> {
    let mut points = Vec::with_capacity(rounds.len());
    for (index, round) in rounds.iter().enumerate() {
        let Round { time, value, se, df } = *round;
        let problem = |message: String| Problem::at("rounds", index, message);
        if !(time.is_finite() && value.is_finite() && se.is_finite() && se > 0.0) {
            let message = format!(
                "{value} ± {se} at {time}; a trend needs a figure and a standard error above zero in every round"
            );
            return Err(problem(message));
        }
        let (y, slope) = match scale {
            Scale::Plain => (value, 1.0),
            Scale::Logit if value > 0.0 && value < 1.0 => {
                ((value / (1.0 - value)).ln(), 1.0 / (value * (1.0 - value)))
            }
            Scale::Log if value > 0.0 => (value.ln(), 1.0 / value),
            _ => {
                return Err(problem(format!(
                    "{value} has no place on this scale; take the plain one"
                )));
            }
        };
        points.push((time, y, 1.0 / (se * slope).powi(2), df));
    }
    let sum: f64 = points.iter().map(|point| point.2).sum();
    let mean = |of: fn(&(f64, f64, f64, f64)) -> f64| {
        points.iter().map(|point| point.2 * of(point)).sum::<f64>() / sum
    };
    let (time, centre) = (mean(|point| point.0), mean(|point| point.1));
    let spread: f64 = points.iter().map(|(t, _, w, _)| w * (t - time) * (t - time)).sum();
    if points.len() < 2 || spread.is_nan() || spread <= 0.0 {
        return Err(Problem::of("rounds", "fewer than two times; a trend needs two or more"));
    }
    let value =
        points.iter().map(|(t, y, w, _)| w * (t - time) * (y - centre)).sum::<f64>() / spread;
    let intercept = centre - value * time;
    let df = points.iter().map(|point| point.3).fold(f64::INFINITY, f64::min);
    let se = 1.0 / spread.sqrt();
    let half = student_quantile(0.5 + level / 2.0, df) * se;
    let p = 2.0 * student(-(value / se).abs(), df);
    let slope = Contrast {
        value,
        se,
        df,
        bounds: (!half.is_nan()).then_some((value - half, value + half)),
        p: (df > 0.0 && !p.is_nan()).then_some(p),
    };
    let apart: f64 =
        points.iter().map(|(t, y, w, _)| w * (y - intercept - value * t).powi(2)).sum();
    let departure = (points.len() > 2).then(|| chi_squared_above(apart, points.len() as f64 - 2.0));
    Ok(Trend { slope, intercept, departure })
}
