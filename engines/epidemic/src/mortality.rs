//! Death by age and other causes that everybody shares: Gompertz's law, its life span for one person and its life expectancy.
//! Gompertz 1825, Phil Trans R Soc 115:513.

use crate::parameters::Parameters;
use crate::person::Sex;

/// Years left to somebody of `age`, from a unit-exponential budget.
/// (h/b)(e^{bx} − 1) = E with h the hazard at that age.
pub(crate) fn years_left(p: &Parameters, sex: Sex, age: f64, budget: f64) -> f64 {
    let hazard = hazard(p, sex, age);
    match p.death_growth {
        _ if hazard <= 0.0 => f64::INFINITY,
        b if b < 1e-9 => budget / hazard,
        b => libm::log1p(budget * b / hazard) / b,
    }
}

pub(crate) fn hazard(p: &Parameters, sex: Sex, age: f64) -> f64 {
    let at_40 = if sex == Sex::Man { p.death_at_40_men } else { p.death_at_40_women };
    at_40 * libm::exp(p.death_growth * (age - 40.0))
}

/// Remaining years of life by age, discounted, for years of life lost.
#[derive(Debug, Clone)]
pub(crate) struct LifeTable {
    by_age: [[f32; OLDEST + 1]; 2],
}

const OLDEST: usize = 110;

impl LifeTable {
    pub fn new(p: &Parameters) -> LifeTable {
        let mut by_age = [[0.0; OLDEST + 1]; 2];
        for sex in [Sex::Man, Sex::Woman] {
            // Backwards by years: e(a) = (1 − s v)/(h + r) + s v e(a + 1), the hazard constant within a year.
            let mut ahead = 0.0;
            for age in (0..=OLDEST).rev() {
                let rate = hazard(p, sex, age as f64 + 0.5) + p.discount;
                let kept = libm::exp(-rate);
                let this_year = if rate > 1e-12 { (1.0 - kept) / rate } else { 1.0 };
                ahead = this_year + kept * ahead;
                by_age[sex as usize][age] = ahead as f32;
            }
        }
        LifeTable { by_age }
    }

    pub fn years_ahead(&self, sex: Sex, age: f64) -> f64 {
        f64::from(self.by_age[sex as usize][(age.max(0.0) as usize).min(OLDEST)])
    }
}
