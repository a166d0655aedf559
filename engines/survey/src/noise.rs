//! Counts with noise from which nobody's presence can be told: differential privacy by whole numbers, drawn exactly.
//! Canonne, Kamath and Steinke 2020, *The discrete Gaussian for differential privacy* (NeurIPS); Ghosh, Roughgarden and Sundararajan
//! 2012 for the geometric mechanism. No floating point is in the draws, since its gaps have been used to undo noise (Mironov 2012).

use crate::problem::Problem;

/// Where bits come from: for what is published the system's own (`getrandom`), for what must be repeated a [`Chance`](crate::Chance). Whoever
/// can tell these bits can take the noise away.
pub type Bits<'a> = &'a mut dyn FnMut() -> u64;

/// How noise is drawn and accounted for. Amounts are in thousandths, so that adding them up is exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mechanism {
    /// Two-sided geometric noise; pure differential privacy, accounted in ε.
    Geometric,
    /// Discrete Gaussian noise; zero-concentrated differential privacy, accounted in ρ. Many tables cost less this way.
    Gaussian,
}

/// What may still be spent on the data of the same people. All that was ever published of them is paid from one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Budget {
    mechanism: Mechanism,
    left: u64,
}

impl Budget {
    /// So many thousandths of ε (geometric) or ρ (Gaussian).
    pub fn new(mechanism: Mechanism, thousandths: u64) -> Self {
        Budget { mechanism, left: thousandths }
    }

    /// Thousandths that are left.
    pub fn left(&self) -> u64 {
        self.left
    }

    /// The ε that holds but for a chance of `delta`, of what ρ a budget has left: ρ + 2 √(ρ ln 1/δ), Bun and Steinke 2016.
    pub fn epsilon(&self, delta: f64) -> f64 {
        let left = self.left as f64 / 1000.0;
        match self.mechanism {
            Mechanism::Geometric => left,
            Mechanism::Gaussian => left + 2.0 * (left * libm::log(1.0 / delta)).sqrt(),
        }
    }

    /// Counts of cells with noise, for `thousandths` of the budget. One person is counted in `each_in` cells at most: 1 in a list of
    /// groups that exclude each other, one more for each level of totals. Noisy counts may be negative and do not add up; both are
    /// the price of being right on average.
    ///
    /// Problems: more than is left, nothing to spend, nobody counted.
    pub fn counts(
        &mut self,
        counts: &[u64],
        each_in: u64,
        thousandths: u64,
        bits: Bits,
    ) -> Result<Vec<i64>, Vec<Problem>> {
        if thousandths == 0 || thousandths > self.left {
            let message = format!(
                "{thousandths} thousandths asked where {} are left; ask for 1 to {}, or publish nothing more of these people",
                self.left, self.left
            );
            return Err(vec![Problem::of("budget", message)]);
        }
        if each_in == 0 || each_in > 1_000_000 || counts.iter().any(|&count| count > 1 << 53) {
            let message =
                "a person is counted in 1 to 1,000,000 cells, and a cell holds 2⁵³ people at most";
            return Err(vec![Problem::of("counts", message)]);
        }
        self.left -= thousandths;
        let noise = |bits: Bits| match self.mechanism {
            Mechanism::Geometric => discrete_laplace(each_in * 1000, thousandths, bits),
            // σ² = (√each_in)² / (2 ρ).
            Mechanism::Gaussian => discrete_gaussian(each_in * 1000, 2 * thousandths, bits),
        };
        Ok(counts.iter().map(|&count| count as i64 + noise(bits)).collect())
    }
}

/// Below `limit`, each equally likely, by rejection.
fn below(limit: u128, bits: Bits) -> u128 {
    let threshold = limit.wrapping_neg() % limit;
    loop {
        let wide = u128::from(bits()) << 64 | u128::from(bits());
        if wide >= threshold {
            return wide % limit;
        }
    }
}

/// True with chance exp(−up / down), by whole numbers (algorithm 1 of Canonne et al.).
fn happens(mut up: u128, down: u128, bits: Bits) -> bool {
    while up > down {
        if !happens(1, 1, bits) {
            return false;
        }
        up -= down;
    }
    let mut k = 1;
    while below(down * k, bits) < up {
        k += 1;
    }
    k % 2 == 1
}

/// A whole number y with chance in proportion to exp(−|y| · inverse / scale) (algorithm 2).
pub fn discrete_laplace(scale: u64, inverse: u64, bits: Bits) -> i64 {
    let (t, s) = (u128::from(scale.max(1)), u128::from(inverse.max(1)));
    loop {
        let rest = below(t, bits);
        if !happens(rest, t, bits) {
            continue;
        }
        let mut times = 0;
        while happens(1, 1, bits) {
            times += 1;
        }
        let size = ((rest + t * times) / s) as i64;
        let is_negative = bits() >> 63 == 1;
        if !(is_negative && size == 0) {
            return if is_negative { -size } else { size };
        }
    }
}

/// A whole number y with chance in proportion to exp(−y² / 2σ²), where σ² = up / down (algorithm 3). For σ² up to 10⁹ and fractions
/// of thousandths all products fit.
pub fn discrete_gaussian(up: u64, down: u64, bits: Bits) -> i64 {
    let (up, down) = (u128::from(up.max(1)), u128::from(down.max(1)));
    let t = (up / down).isqrt() + 1;
    loop {
        let y = discrete_laplace(t as u64, 1, bits);
        // (|y| − σ²/t)² / 2σ² over one denominator.
        let far = (u128::from(y.unsigned_abs()) * down * t).abs_diff(up);
        if happens(far * far, 2 * up * down * t * t, bits) {
            return y;
        }
    }
}
