//! Two questions of policy-makers, answered from an ensemble: which mix averts most for the money there is, and does a policy eliminate hepatitis C.
//! Both read paired draws, so that every mix has met the same fate.

use crate::ensemble::{Ensemble, Interval, Where, interval};
use crate::outcome::Quantity;
use crate::scenario::Scenario;

/// More policies than this make more mixes than a run should hold.
pub const MOST_POLICIES: usize = 8;

/// Every mix of the policies, from none of them (the status quo) to all, in the order of counting in binary.
///
/// # Errors
/// More than [`MOST_POLICIES`] policies.
pub fn mixes(policies: &[Scenario]) -> Result<Vec<Scenario>, String> {
    if policies.len() > MOST_POLICIES {
        return Err(format!(
            "{} policies make {} mixes; choose at most {MOST_POLICIES}",
            policies.len(),
            1_u64 << policies.len().min(63)
        ));
    }
    let mixes = (0..1_usize << policies.len()).map(|mask| {
        let chosen: Vec<&Scenario> = policies
            .iter()
            .enumerate()
            .filter(|(i, _)| mask >> i & 1 == 1)
            .map(|(_, p)| p)
            .collect();
        if chosen.is_empty() {
            return Scenario::status_quo();
        }
        Scenario {
            name: chosen.iter().map(|p| p.name.as_str()).collect::<Vec<_>>().join(" + "),
            interventions: chosen.iter().flat_map(|p| p.interventions.clone()).collect(),
        }
    });
    Ok(mixes.collect())
}

/// A mix with its mean extra cost a year and what it averts on average over the run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Choice {
    pub arm: usize,
    pub cost_per_year: f64,
    pub averted: f64,
}

/// The budget curve: mixes by rising cost of which each averts more than every cheaper one.
/// The status quo (nothing, at no cost) begins it unless something that saves money averts more.
pub fn budget_curve(ensemble: &Ensemble, averted: Quantity) -> Vec<Choice> {
    let mut curve: Vec<Choice> = Vec::new();
    for choice in choices(ensemble, averted) {
        if curve.last().is_none_or(|last| choice.averted > last.averted) {
            curve.push(choice);
        }
    }
    curve
}

/// The mix that averts most within a yearly budget, and the runner-up. None where even the cheapest costs more.
pub fn best_for_budget(
    ensemble: &Ensemble,
    averted: Quantity,
    budget_per_year: f64,
) -> Option<(Choice, Option<Choice>)> {
    let mut within: Vec<Choice> = choices(ensemble, averted)
        .into_iter()
        .filter(|c| c.cost_per_year <= budget_per_year)
        .collect();
    within.sort_by(|a, b| b.averted.total_cmp(&a.averted).then(a.arm.cmp(&b.arm)));
    let best = *within.first()?;
    Some((best, within.get(1).copied()))
}

/// All arms by rising cost; the dearer of two that avert the same comes later.
fn choices(ensemble: &Ensemble, averted: Quantity) -> Vec<Choice> {
    let mut choices: Vec<Choice> = (0..ensemble.arms.len())
        .filter_map(|arm| {
            let cost = -ensemble.averted(arm, Quantity::Cost, Where::Everywhere)?.mean;
            let averted = ensemble.averted(arm, averted, Where::Everywhere)?.mean;
            Some(Choice { arm, cost_per_year: cost / ensemble.years as f64, averted })
        })
        .collect();
    choices.sort_by(|a, b| {
        a.cost_per_year.total_cmp(&b.cost_per_year).then(b.averted.total_cmp(&a.averted))
    });
    choices
}

/// WHO's hepatitis C targets for 2030: 80 % fewer new infections and 65 % fewer deaths than in the base year.
/// WHO 2016, Global health sector strategy on viral hepatitis 2016–2021 (base year 2015).
#[derive(Debug, Clone, PartialEq)]
pub struct Elimination {
    /// New infections in 2030 against the base year, over draws.
    pub infections_left: Interval,
    pub deaths_left: Interval,
    /// Share of draws that meet both.
    pub reached: f64,
    /// For each draw the first calendar year from which new infections stay 80 % lower to the end of the run.
    pub year_of_incidence_target: Vec<Option<i32>>,
}

const FEWER_INFECTIONS: f64 = 0.80;
const FEWER_DEATHS: f64 = 0.65;

/// Does this arm eliminate? `base` is a calendar year of the run: WHO's is 2015; where a run begins later its first year stands in,
/// and the reader should be told. None when 2030 or the base year is not in the run, or nothing was drawn.
pub fn elimination(ensemble: &Ensemble, arm: usize, base: i32) -> Option<Elimination> {
    let index = |year: i32| {
        usize::try_from(year - ensemble.start).ok().filter(|&index| index < ensemble.years)
    };
    let (base, goal) = (index(base)?, index(2030)?);
    let left = |q: Quantity, year: usize| -> Vec<f64> {
        ensemble
            .draws
            .iter()
            .map(|d| {
                let of = |year| d.arms[arm].in_year(q, Where::Everywhere, year);
                // None at the base: nothing to lower; nothing now counts as reached.
                if of(base) > 0.0 {
                    of(year) / of(base)
                } else {
                    f64::from(u8::from(of(year) > 0.0))
                }
            })
            .collect()
    };
    let infections = left(Quantity::HcvInfections, goal);
    let deaths = left(Quantity::LiverDeaths, goal);
    let both = infections
        .iter()
        .zip(&deaths)
        .filter(|&(&i, &d)| i <= 1.0 - FEWER_INFECTIONS && d <= 1.0 - FEWER_DEATHS)
        .count() as f64;
    let by_year: Vec<Vec<f64>> =
        (0..ensemble.years).map(|year| left(Quantity::HcvInfections, year)).collect();
    let year_of_incidence_target = (0..ensemble.draws.len())
        .map(|draw| {
            let above = (0..ensemble.years)
                .rev()
                .find(|&year| by_year[year][draw] > 1.0 - FEWER_INFECTIONS);
            let first = above.map_or(0, |year| year + 1);
            (first < ensemble.years).then(|| ensemble.start + first as i32)
        })
        .collect();
    Some(Elimination {
        infections_left: interval(infections)?,
        deaths_left: interval(deaths)?,
        reached: both / ensemble.draws.len() as f64,
        year_of_incidence_target,
    })
}
