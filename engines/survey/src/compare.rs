//! Differences, trends and standardised rates: combinations of estimates from one sample, with the covariance that the sample gives them.
//! Estimates from separate samples are added as independent, which is what two rounds in different years are.

use crate::design::Design;
use crate::distribution::{student, student_quantile};
use crate::estimate::Influence;
use crate::variance::{self, Share};

/// A combination of estimates.
#[derive(Debug, Clone, PartialEq)]
pub struct Contrast {
    /// Σ coefficient × estimate.
    pub value: f64,
    /// By linearisation; NaN where no stratum shows its variance.
    pub se: f64,
    /// The fewest of the parts.
    pub df: f64,
    /// value ∓ t × se, where there are degrees of freedom.
    pub bounds: Option<(f64, f64)>,
    /// Two-sided p of the hypothesis that the combination is zero, where there are degrees of freedom.
    pub p: Option<f64>,
}

/// Combines estimates of one design, `level` being the confidence (0.95).
///
/// A difference between women and men is `[(1.0, &women), (-1.0, &men)]`; a directly standardised rate takes the
/// standard population's shares as coefficients. The covariance between domains, which share prisons, is counted.
pub fn contrast(design: &Design, parts: &[(f64, &Influence)], level: f64) -> Contrast {
    let value = parts.iter().map(|(coefficient, part)| coefficient * part.value).sum();
    let variance = variance::of_shares(design, &everywhere(design, parts));
    finish(
        value,
        variance,
        parts.iter().map(|(_, part)| part.df).fold(f64::INFINITY, f64::min),
        level,
    )
}

/// Combines contrasts of separate samples, such as two rounds: variances add.
pub fn independent(parts: &[(f64, &Contrast)], level: f64) -> Contrast {
    let value = parts.iter().map(|(coefficient, part)| coefficient * part.value).sum();
    let variance = parts.iter().map(|(coefficient, part)| (coefficient * part.se).powi(2)).sum();
    finish(
        value,
        variance,
        parts.iter().map(|(_, part)| part.df).fold(f64::INFINITY, f64::min),
        level,
    )
}

/// The covariance of two estimates of one design.
///
/// As in [`contrast`], every sampled unit counts as present, also one with nobody in either domain: a stratum that is lonely
/// in a domain is not lonely between two (R's `svyby(covmat = TRUE)`).
pub fn covariance(design: &Design, a: &Influence, b: &Influence) -> f64 {
    polarised(|sign| variance::of_shares(design, &everywhere(design, &[(1.0, a), (sign, b)])))
}

/// As [`covariance`], of two estimates of the same people, whose units alone are present.
pub(crate) fn covariance_within(design: &Design, a: &Influence, b: &Influence) -> f64 {
    polarised(|sign| variance::of_shares(design, &combined(design, &[(1.0, a), (sign, b)])))
}

/// From the variances of sum and difference, so that strata and stages act in one place only.
fn polarised(variance: impl Fn(f64) -> f64) -> f64 {
    (variance(1.0) - variance(-1.0)) / 4.0
}

fn finish(value: f64, variance: f64, df: f64, level: f64) -> Contrast {
    let se = if variance.is_nan() { variance } else { variance.max(0.0).sqrt() };
    let half = student_quantile(0.5 + level / 2.0, df) * se;
    let bounds = (!half.is_nan() && !value.is_nan()).then_some((value - half, value + half));
    let p = 2.0 * student(-(value / se).abs(), df);
    Contrast { value, se, df, bounds, p: (df > 0.0 && !p.is_nan()).then_some(p) }
}

pub(crate) fn combined(design: &Design, parts: &[(f64, &Influence)]) -> Vec<Share> {
    let mut sums = vec![0.0; design.units()];
    let mut present = vec![false; design.units()];
    for (coefficient, part) in parts {
        for &(unit, z) in &part.shares {
            sums[unit as usize] += coefficient * z;
            present[unit as usize] = true;
        }
    }
    (0..).zip(sums).filter(|(unit, _)| present[*unit as usize]).collect()
}

fn everywhere(design: &Design, parts: &[(f64, &Influence)]) -> Vec<Share> {
    let mut sums = vec![0.0; design.units()];
    for (coefficient, part) in parts {
        part.shares.iter().for_each(|&(unit, z)| sums[unit as usize] += coefficient * z);
    }
    (0..).zip(sums).collect()
}
