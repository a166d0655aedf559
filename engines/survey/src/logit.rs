//! The model without covariates that R fits for a logit or likelihood interval, followed step by step, so that its digits come out.
//! With one parameter every iteration is a formula in the sums of weights, so no row is read twice but for the start.

use crate::distribution::{beta_quantile, normal_quantile};
use crate::interval::equivalent_tail;

/// The intercept, where R's iterations leave it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fit {
    /// On the logit scale.
    pub eta: f64,
    /// Of `eta`, by the design.
    pub se: f64,
    /// The sum of scaled weights of “yes” and of “no”.
    pub yes: f64,
    pub no: f64,
    /// p(1 − p) one iteration before the last, at which R leaves its working weights.
    pub variance_before: f64,
    /// Variance of the Pearson residuals; only a profile needs it.
    pub dispersion: f64,
}

/// What a row of scaled weight w adds to the first step: R starts the mean at (w y + ½) / (w + 1).
/// Returns the working weight and, for a “yes”, the weighted working response; a “no” adds its negative.
#[inline]
pub(crate) fn start(w: f64) -> (f64, f64) {
    let (one, other) = ((w + 0.5) / (w + 1.0), 0.5 / (w + 1.0));
    let working = w * one * other;
    (working, working * (2.0 * w).ln_1p() + w * other)
}

/// Iterates from the first step until the deviance moves by less than 1e-8 of itself, as `glm.fit` does.
/// Returns the logit and the p(1 − p) before the last step. McCullagh and Nelder 1989, section 2.5.
pub(crate) fn iterate(first: f64, yes: f64, no: f64) -> (f64, f64) {
    let mean = |eta: f64| 1.0 / (1.0 + (-eta).exp());
    let (mut eta, mut before) = (first, f64::INFINITY);
    let mut variance = mean(eta) * (1.0 - mean(eta));
    for _ in 0..25 {
        let now = deviance(eta, yes, no);
        if (now - before).abs() / (now.abs() + 0.1) < 1e-8 {
            break;
        }
        before = now;
        let p = mean(eta);
        variance = p * (1.0 - p);
        eta += (yes - (yes + no) * p) / ((yes + no) * variance);
    }
    (eta, variance)
}

fn deviance(eta: f64, yes: f64, no: f64) -> f64 {
    // R holds p at 2⁻⁵² of 0 and 1 where the logit passes ±30.
    let edge = -f64::EPSILON.ln();
    let eta = if eta.abs() > 30.0 { edge.copysign(eta) } else { eta };
    // −2 (yes ln p + no ln(1 − p)), from the tail that keeps its digits.
    2.0 * (yes * (-eta).exp().ln_1p() + no * eta.exp().ln_1p())
}

impl Fit {
    /// The profile likelihood interval: signed roots of the deviance on a grid of fifths, a spline through them, read back
    /// along straight lines. Venables and Ripley 2002, *MASS*, section 8.4, in the form R's `confint` has.
    pub fn profile(&self, tail: f64, df: f64, rows: f64) -> Option<(f64, f64)> {
        let lambda = self.se * self.se * (self.yes + self.no) * self.variance_before;
        let unscaled = equivalent_tail(tail, df, lambda.sqrt());
        let furthest = f_quantile_above(unscaled / 2.0, rows - 1.0).sqrt();
        let least = deviance(self.eta, self.yes, self.no);
        let mut points = vec![(self.eta, 0.0)];
        for sign in [-1.0, 1.0] {
            let mut z = 0.0f64;
            let mut step = 0.0;
            while step < 9.0 && z.abs() < furthest {
                step += 1.0;
                let at = self.eta + sign * step * furthest / 5.0 * self.se;
                z = sign
                    * ((deviance(at, self.yes, self.no) - least) / self.dispersion).max(0.0).sqrt();
                points.push((at, z));
            }
        }
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        let curve = spline(&points)?;
        let cut = normal_quantile(unscaled);
        let back = |eta: f64| 1.0 / (1.0 + (-eta).exp());
        Some((back(along(&curve, cut)?), back(along(&curve, -cut)?)))
    }
}

/// The value that F(1, `df`) exceeds with probability `above`, by t².
fn f_quantile_above(above: f64, df: f64) -> f64 {
    let x = beta_quantile(above, df / 2.0, 0.5);
    df * (1.0 - x) / x
}

/// Cubic spline with the ends bent as the outermost four points are (Forsythe, Malcolm and Moler 1977),
/// evaluated at three times as many points, evenly spaced.
fn spline(points: &[(f64, f64)]) -> Option<Vec<(f64, f64)>> {
    let n = points.len();
    if n < 4 {
        return None;
    }
    let x = |i: usize| points[i].0;
    let y = |i: usize| points[i].1;
    let gap: Vec<f64> = (0..n - 1).map(|i| x(i + 1) - x(i)).collect();
    let slope: Vec<f64> = (0..n - 1).map(|i| (y(i + 1) - y(i)) / gap[i]).collect();
    let mut diagonal = vec![-gap[0]];
    let mut c = vec![0.0];
    for i in 1..n - 1 {
        diagonal.push(2.0 * (gap[i - 1] + gap[i]));
        c.push(slope[i] - slope[i - 1]);
    }
    diagonal.push(-gap[n - 2]);
    let third = |a: usize, b: usize| c[b] / (x(b + 1) - x(b - 1)) - c[a] / (x(a + 1) - x(a - 1));
    let (left, right) = (third(1, 2), third(n - 3, n - 2));
    c[0] = left * gap[0] * gap[0] / (x(3) - x(0));
    c.push(-right * gap[n - 2] * gap[n - 2] / (x(n - 1) - x(n - 4)));
    for i in 1..n {
        let t = gap[i - 1] / diagonal[i - 1];
        diagonal[i] -= t * gap[i - 1];
        c[i] -= t * c[i - 1];
    }
    c[n - 1] /= diagonal[n - 1];
    for i in (0..n - 1).rev() {
        c[i] = (c[i] - gap[i] * c[i + 1]) / diagonal[i];
    }
    let count = 3 * n;
    let width = x(n - 1) - x(0);
    let at = |k: usize| {
        if k + 1 == count { x(n - 1) } else { x(0) + k as f64 * (width / (count - 1) as f64) }
    };
    let value = |v: f64| {
        let i = (0..n - 1).rev().find(|&i| v >= x(i)).unwrap_or(0);
        let b = slope[i] - gap[i] * (c[i + 1] + 2.0 * c[i]);
        let d = (c[i + 1] - c[i]) / gap[i];
        let step = v - x(i);
        y(i) + step * (b + step * (3.0 * c[i] + step * d))
    };
    Some((0..count).map(|k| (at(k), value(at(k)))).collect())
}

/// Where a rising curve of straight pieces reaches `height`; `None` outside it.
fn along(curve: &[(f64, f64)], height: f64) -> Option<f64> {
    curve.windows(2).find(|pair| pair[0].1 <= height && height <= pair[1].1).map(|pair| {
        let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
        if y1 == y0 { x0 } else { x0 + (x1 - x0) * ((height - y0) / (y1 - y0)) }
    })
}
