//! How likely somebody in a data set is to be recognised, from how many in the sample share his keys and whom they stand for.
//! Benedetti and Franconi 1998; the sum is exact, where `sdcMicro` approximates it above three people.

/// The chance that a record with these keys is linked to the right person: E\[1/F | f\], where F people of the population share
/// the keys, f of the sample do, and F given f is negative binomial with p = f / (sum of their weights). Franconi and
/// Polettini 2004, *Individual risk estimation in μ-Argus: a review* (Privacy in Statistical Databases, LNCS 3050).
///
/// ```
/// // One person in the sample who stands for 17: 1/16 · ln 17.
/// assert!((survey::individual_risk(1, 17.0) - 17f64.ln() / 16.0).abs() < 1e-15);
/// assert_eq!(survey::individual_risk(4, 4.0), 0.25);
/// ```
pub fn individual_risk(sample: u64, population: f64) -> f64 {
    let f = sample as f64;
    if sample == 0 {
        return 0.0;
    }
    // Weights below one cannot mean that there are fewer people than were asked.
    let p = if population > f { f / population } else { return 1.0 / f };
    let q = 1.0 - p;
    if p > 0.5 {
        // p^f / f · ₂F₁(f, f; f + 1; q), all terms positive.
        let (mut term, mut sum) = (1.0, 0.0);
        let start = libm::exp(f * libm::log(p)) / f;
        for j in 0..100_000u32 {
            let j = f64::from(j);
            sum += term;
            term *= (f + j) * (f + j) / ((f + 1.0 + j) * (j + 1.0)) * q;
            if term < sum * 1e-17 {
                break;
            }
        }
        // The first factor may vanish where f is in the thousands; there every person is safe among the f.
        return if start > 0.0 && sum.is_finite() {
            (start * sum).min(1.0 / f)
        } else {
            p / (f - q)
        };
    }
    if sample > 10_000 {
        return p / (f - q);
    }
    // By parts: r(f) = p / (q (f − 1)) − p / q · r(f − 1), each step of which shrinks what was wrong before.
    let odds = p / q;
    let mut risk = -odds * libm::log(p);
    for i in 1..sample {
        risk = odds / i as f64 - odds * risk;
    }
    risk
}
