//! The normal, Student, beta, χ² and F distributions and their quantiles, in plain double precision.
//! They are here, and not taken from a general crate, because an interval is promised to nine digits and each of these is tested to eleven or more.

use libm::{erfc, lgamma};
use std::f64::consts::{FRAC_1_SQRT_2, PI};

/// Probability below `x` of a standard normal.
pub fn normal(x: f64) -> f64 {
    0.5 * erfc(-x * FRAC_1_SQRT_2)
}

/// Quantile of a standard normal. Wichura 1988, algorithm AS 241, Applied Statistics 37:477–484.
///
/// ```
/// assert!((survey::distribution::normal_quantile(0.975) - 1.959963984540054).abs() < 1e-15);
/// ```
pub fn normal_quantile(p: f64) -> f64 {
    if !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.180625 - q * q;
        return q * polynomial(&CENTRE_OVER, r) / polynomial(&CENTRE_UNDER, r);
    }
    let tail = if q < 0.0 { p } else { 1.0 - p };
    if tail == 0.0 {
        return if q < 0.0 { f64::NEG_INFINITY } else { f64::INFINITY };
    }
    let r = (-tail.ln()).sqrt();
    let x = if r <= 5.0 {
        polynomial(&MIDDLE_OVER, r - 1.6) / polynomial(&MIDDLE_UNDER, r - 1.6)
    } else {
        polynomial(&TAIL_OVER, r - 5.0) / polynomial(&TAIL_UNDER, r - 5.0)
    };
    if q < 0.0 { -x } else { x }
}

/// Probability below `t` of Student's distribution; `df` may be infinite.
pub fn student(t: f64, df: f64) -> f64 {
    if df.is_infinite() {
        return normal(t);
    }
    let tail = 0.5 * incomplete_beta(df / (df + t * t), df / 2.0, 0.5);
    if t > 0.0 { 1.0 - tail } else { tail }
}

/// Quantile of Student's distribution; NaN where `df` is not above zero.
///
/// ```
/// // R: qt(0.975, 14)
/// assert!((survey::distribution::student_quantile(0.975, 14.0) - 2.14478668791780).abs() < 1e-13);
/// ```
pub fn student_quantile(p: f64, df: f64) -> f64 {
    if df.is_nan() || df <= 0.0 || !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    if df.is_infinite() {
        return normal_quantile(p);
    }
    if p == 0.5 {
        return 0.0;
    }
    // By the tail, which keeps its digits; x = df / (df + t²) is beta(df/2, 1/2).
    let tail = p.min(1.0 - p);
    let x = beta_quantile(2.0 * tail, df / 2.0, 0.5);
    let mut t = (df * (1.0 - x) / x).sqrt();
    for _ in 0..3 {
        let density = (lgamma((df + 1.0) / 2.0)
            - lgamma(df / 2.0)
            - 0.5 * (df * PI).ln()
            - (df + 1.0) / 2.0 * (t * t / df).ln_1p())
        .exp();
        let step = (student(-t, df) - tail) / density;
        if !step.is_finite() {
            break;
        }
        t += step;
    }
    if p < 0.5 { -t } else { t }
}

/// The regularised incomplete beta function: probability below `x` of a beta(a, b).
/// By continued fraction, Lentz's method: DLMF 8.17.22.
pub fn incomplete_beta(x: f64, a: f64, b: f64) -> f64 {
    if x.is_nan() || a.is_nan() || b.is_nan() || a <= 0.0 || b <= 0.0 {
        return f64::NAN;
    }
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    if x > (a + 1.0) / (a + b + 2.0) {
        return 1.0 - beta_fraction(1.0 - x, b, a);
    }
    beta_fraction(x, a, b)
}

fn beta_fraction(x: f64, a: f64, b: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let front = (a * x.ln() + b * (-x).ln_1p() - ln_beta(a, b)).exp() / a;
    let mut c = 1.0;
    let mut d = 1.0 - (a + b) * x / (a + 1.0);
    d = 1.0 / if d.abs() < TINY { TINY } else { d };
    let mut fraction = d;
    for m in 1..10_000 {
        let m = f64::from(m);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        let mut change = 1.0;
        for term in [even, odd] {
            d = 1.0 + term * d;
            d = 1.0 / if d.abs() < TINY { TINY } else { d };
            c = 1.0 + term / c;
            c = if c.abs() < TINY { TINY } else { c };
            change = c * d;
            fraction *= change;
        }
        if (change - 1.0).abs() < 1e-16 {
            break;
        }
    }
    front * fraction
}

fn ln_beta(a: f64, b: f64) -> f64 {
    lgamma(a) + lgamma(b) - lgamma(a + b)
}

/// Quantile of a beta(a, b); a zero shape puts all the mass at that end, as Clopper–Pearson needs at 0 and 100 %.
pub fn beta_quantile(p: f64, a: f64, b: f64) -> f64 {
    if !(0.0..=1.0).contains(&p) || a.is_nan() || b.is_nan() || a < 0.0 || b < 0.0 {
        return f64::NAN;
    }
    if a == 0.0 || p == 0.0 {
        return 0.0;
    }
    if b == 0.0 || p == 1.0 {
        return 1.0;
    }
    // Bisection never fails; Newton inside the bracket makes it quick.
    let (mut low, mut high) = (0.0f64, 1.0f64);
    let mut x = a / (a + b);
    for _ in 0..400 {
        let gap = incomplete_beta(x, a, b) - p;
        if gap > 0.0 {
            high = x;
        } else {
            low = x;
        }
        let density = ((a - 1.0) * x.ln() + (b - 1.0) * (-x).ln_1p() - ln_beta(a, b)).exp();
        let newton = x - gap / density;
        let next = if newton > low && newton < high {
            newton
        } else if low == 0.0 {
            // Quantiles may lie many powers of ten below one.
            high * 1e-2
        } else {
            0.5 * (low + high)
        };
        if (next - x).abs() <= 1e-16 * x || next == 0.0 {
            return next;
        }
        x = next;
    }
    x
}

/// Probability above `x` of a χ² with `df` degrees of freedom.
pub fn chi_squared_above(x: f64, df: f64) -> f64 {
    if x <= 0.0 {
        return 1.0;
    }
    let (a, x) = (df / 2.0, x / 2.0);
    let front = (a * x.ln() - x - lgamma(a)).exp();
    if x < a + 1.0 {
        // Series: DLMF 8.11.4.
        let (mut term, mut sum, mut n) = (1.0 / a, 1.0 / a, a);
        for _ in 0..10_000 {
            n += 1.0;
            term *= x / n;
            sum += term;
            if term < sum * 1e-17 {
                break;
            }
        }
        return 1.0 - front * sum;
    }
    // Continued fraction: DLMF 8.9.2, by Lentz.
    let mut b = x + 1.0 - a;
    let mut c = 1e300;
    let mut d = 1.0 / b;
    let mut fraction = d;
    for i in 1..10_000 {
        let i = f64::from(i);
        let term = -i * (i - a);
        b += 2.0;
        d = 1.0 / (term * d + b);
        c = b + term / c;
        let change = c * d;
        fraction *= change;
        if (change - 1.0).abs() < 1e-16 {
            break;
        }
    }
    front * fraction
}

/// Probability above `x` of an F; an infinite `under` makes it χ²/`over`.
pub fn f_above(x: f64, over: f64, under: f64) -> f64 {
    if x <= 0.0 {
        return 1.0;
    }
    if under.is_infinite() {
        return chi_squared_above(x * over, over);
    }
    incomplete_beta(under / (under + over * x), under / 2.0, over / 2.0)
}

fn polynomial(coefficients: &[f64], x: f64) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, c| sum * x + c)
}

const CENTRE_OVER: [f64; 8] = [
    3.387_132_872_796_366_5,
    133.141_667_891_784_38,
    1_971.590_950_306_551_3,
    13_731.693_765_509_46,
    45_921.953_931_549_87,
    67_265.770_927_008_7,
    33_430.575_583_588_13,
    2_509.080_928_730_122_7,
];
const CENTRE_UNDER: [f64; 8] = [
    1.0,
    42.313_330_701_600_91,
    687.187_007_492_057_9,
    5_394.196_021_424_751,
    21_213.794_301_586_597,
    39_307.895_800_092_71,
    28_729.085_735_721_943,
    5_226.495_278_852_854,
];
const MIDDLE_OVER: [f64; 8] = [
    1.423_437_110_749_683_5,
    4.630_337_846_156_546,
    5.769_497_221_460_691,
    3.647_848_324_763_204_5,
    1.270_458_252_452_368_4,
    0.241_780_725_177_450_6,
    0.022_723_844_989_269_184,
    7.745_450_142_783_414e-4,
];
const MIDDLE_UNDER: [f64; 8] = [
    1.0,
    2.053_191_626_637_759,
    1.676_384_830_183_803_8,
    0.689_767_334_985_1,
    0.148_103_976_427_480_08,
    0.015_198_666_563_616_457,
    5.475_938_084_995_345e-4,
    1.050_750_071_644_416_9e-9,
];
const TAIL_OVER: [f64; 8] = [
    6.657_904_643_501_103,
    5.463_784_911_164_114,
    1.784_826_539_917_291_3,
    0.296_560_571_828_504_87,
    0.026_532_189_526_576_124,
    0.001_242_660_947_388_078_4,
    2.711_555_568_743_487_6e-5,
    2.010_334_399_292_288_1e-7,
];
const TAIL_UNDER: [f64; 8] = [
    1.0,
    0.599_832_206_555_888,
    0.136_929_880_922_735_8,
    0.014_875_361_290_850_615,
    7.868_691_311_456_133e-4,
    1.846_318_317_510_054_8e-5,
    1.421_511_758_316_446e-7,
    2.044_263_103_389_939_8e-15,
];

#[cfg(test)]
mod tests {
    use super::*;

    /// Reference values by R 4.2.
    #[test]
    fn quantiles_have_twelve_digits() {
        let near = |ours: f64, theirs: f64| {
            assert!((ours / theirs - 1.0).abs() < 1e-12, "{ours:e} for {theirs:e}");
        };
        near(student_quantile(0.975, 39.0), 2.02269092003676);
        near(student_quantile(0.025, 197.0), -1.9720790337785);
        near(student_quantile(0.995, 1.0), 63.6567411628715);
        near(student_quantile(0.9, 2.5), 1.73025092880718);
        near(beta_quantile(0.025, 8.0, 3.0), 0.443904537692358);
        near(beta_quantile(0.975, 120.5, 3.25), 0.994022084686717);
        near(beta_quantile(0.025, 0.01, 40.0), 8.91682563869618e-163);
        near(normal_quantile(1e-12), -7.03448382530113);
        near(chi_squared_above(3.841458820694124, 1.0), 0.05);
        near(chi_squared_above(40.0, 12.0), 7.19088405284289e-05);
        near(f_above(4.3, 2.0, 13.0), 0.0368707869893425);
    }
}
