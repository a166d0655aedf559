//! Confidence intervals for a proportion from a complex sample, by every method in use, each under the name that R's `survey` gives it.
//! Near 0 and 100 % they differ much. The default, [`Interval::Logit`], and [`Interval::Beta`], the careful choice with few positives, held the truth
//! in 94.8 to 95.6 % of 2,000 simulated surveys at 50, 23, 5 and 2 %; [`Interval::Arcsine`] and [`Interval::Mean`] fall short below 5 % (decision 111).

use crate::distribution::{beta_quantile, normal, normal_quantile, student_quantile};
use crate::logit::Fit;

/// A way to put bounds to a proportion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Interval {
    /// On the logit scale, the model fitted as R's `svyciprop(method = "logit")` fits it: iterations stop at
    /// 1e-8 of the deviance, so the last digits differ from [`Interval::Xlogit`], which is the limit.
    #[default]
    Logit,
    /// Profile likelihood, scaled by the design effect (Rao and Scott 1984), read off the same grid and spline as
    /// R does, which moves a bound by up to some 1e-4 of itself from the exact solution.
    Likelihood,
    /// Variance-stabilising arcsine of the root, as `svyciprop(method = "asin")`. Weak with few positives: it covered 93.9 % at a prevalence of
    /// 5 % and 92.4 % at 2 %, where the logit's 95 % hold. Not held at 0: a bound below it is reflected, as R's is.
    Arcsine,
    /// Korn and Graubard 1998, *Survey Methodology* 24:193–201: Clopper–Pearson with the effective sample size. The n beside
    /// its degrees of freedom counts all rows of the domain, missing ones too, and in a calibrated design all rows of the
    /// sample, as R's `nrow(design)`.
    Beta,
    /// Estimate plus and minus t standard errors, as `svyciprop(method = "mean")`; may leave 0 to 1. Weak with few positives: it covered
    /// 92.2 % at a prevalence of 5 % and 89.8 % at 2 %.
    Mean,
    /// On the logit scale, from the mean and its standard error (delta method).
    Xlogit,
    /// Wilson 1927, JASA 22:209–212, with the effective sample size (Korn and Graubard's, as for [`Interval::Beta`]).
    Wilson,
}

/// What an interval is made of.
pub(crate) struct Proportion<'a> {
    pub value: f64,
    pub se: f64,
    /// Degrees of freedom of the design in the domain.
    pub df: f64,
    /// People asked.
    pub n: f64,
    /// Rows that the model saw; more than n in a calibrated design, whose domains keep all rows.
    pub model_rows: f64,
    /// Rows of the domain as R counts them.
    pub design_rows: f64,
    pub level: f64,
    pub fit: Option<&'a Fit>,
}

/// Bounds, or `None` where the design leaves no degrees of freedom or nobody answered.
///
/// At 0 and 100 %, where no other method is defined, the bounds are Korn and Graubard's with the effective size n.
pub(crate) fn bounds(p: &Proportion, method: Interval) -> Option<(f64, f64)> {
    let tail = (1.0 - p.level) / 2.0;
    let t = student_quantile(1.0 - tail, p.df);
    if t.is_nan() || p.value.is_nan() || p.se.is_nan() || p.n == 0.0 {
        return None;
    }
    if p.value <= 0.0 || p.value >= 1.0 {
        return korn_graubard(p, p.n, p.n, tail);
    }
    let effective = p.value * (1.0 - p.value) / (p.se * p.se);
    let back = |eta: f64| 1.0 / (1.0 + (-eta).exp());
    let from_error = |is_proportion| Some(from_error(p.value, p.se, p.df, p.level, is_proportion));
    match method {
        Interval::Mean => from_error(false),
        Interval::Xlogit => from_error(true),
        Interval::Logit => match p.fit {
            Some(fit) => Some((back(fit.eta - t * fit.se), back(fit.eta + t * fit.se))),
            None => from_error(true),
        },
        Interval::Likelihood => p.fit.and_then(|fit| fit.profile(tail, p.df, p.model_rows)),
        Interval::Arcsine => {
            let centre = p.value.sqrt().asin();
            let half = t * p.se / (2.0 * (p.value * (1.0 - p.value)).sqrt());
            Some(((centre - half).sin().powi(2), (centre + half).sin().powi(2)))
        }
        Interval::Beta if p.se > 0.0 => korn_graubard(p, effective, p.design_rows, tail),
        Interval::Wilson if p.se > 0.0 => {
            let z = normal_quantile(1.0 - tail);
            wilson_at(p.value, degrees_adjusted(p, effective, p.n, tail), z)
        }
        Interval::Beta | Interval::Wilson => Some((p.value, p.value)),
    }
}

/// Bounds from nothing but a value, its error and its degrees of freedom: on the logit scale for a share between 0 and 1, else t standard errors
/// to either side.
pub(crate) fn from_error(
    value: f64,
    se: f64,
    df: f64,
    level: f64,
    is_proportion: bool,
) -> (f64, f64) {
    let t = student_quantile(0.5 + level / 2.0, df);
    if !is_proportion || value <= 0.0 || value >= 1.0 {
        return (value - t * se, value + t * se);
    }
    let back = |eta: f64| 1.0 / (1.0 + (-eta).exp());
    let (logit, half) = ((value / (1.0 - value)).ln(), t * se / (value * (1.0 - value)));
    (back(logit - half), back(logit + half))
}

/// 95 % interval for a proportion of independent answers. Wilson 1927, JASA 22:209–212.
///
/// ```
/// let (low, high) = survey::wilson(8, 10).unwrap();
/// assert_eq!(format!("{low:.3} {high:.3}"), "0.490 0.943");
/// ```
pub fn wilson(successes: u64, n: u64) -> Option<(f64, f64)> {
    if n == 0 || successes > n {
        return None;
    }
    wilson_at(successes as f64 / n as f64, n as f64, normal_quantile(0.975))
}

fn wilson_at(p: f64, n: f64, z: f64) -> Option<(f64, f64)> {
    let square = z * z / n;
    let centre = (p + square / 2.0) / (1.0 + square);
    let half = z / (1.0 + square) * (p * (1.0 - p) / n + square / (4.0 * n)).sqrt();
    Some(((centre - half).max(0.0), (centre + half).min(1.0)))
}

/// The effective size, made smaller for few degrees of freedom: Korn and Graubard 1998, (4).
fn degrees_adjusted(p: &Proportion, effective: f64, n: f64, tail: f64) -> f64 {
    let ratio = student_quantile(tail, n - 1.0) / student_quantile(tail, p.df);
    if ratio.is_nan() { effective } else { effective * ratio * ratio }
}

fn korn_graubard(p: &Proportion, effective: f64, n: f64, tail: f64) -> Option<(f64, f64)> {
    let n = degrees_adjusted(p, effective, n, tail);
    let (yes, no) = (n * p.value, n * (1.0 - p.value));
    Some((beta_quantile(tail, yes, no + 1.0), beta_quantile(1.0 - tail, yes + 1.0, no)))
}

/// The normal tail that Student's t leaves: what a likelihood interval with few degrees of freedom is cut at.
pub(crate) fn equivalent_tail(tail: f64, df: f64, spread: f64) -> f64 {
    normal(student_quantile(tail, df) * spread)
}
