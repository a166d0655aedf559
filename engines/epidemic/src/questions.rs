//! Two questions of policy-makers, answered from an ensemble: which mix of whole policies averts most for the money there is, and does a policy eliminate hepatitis C.
//! Both read paired draws, so that every mix has met the same fate.

use crate::ensemble::{ArmResult, Ensemble, Interval, Where, interval};
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

/// The year of WHO's targets.
pub const GOAL_YEAR: i32 = 2030;
const FEWER_INFECTIONS: f64 = 0.80;
const FEWER_DEATHS: f64 = 0.65;

/// WHO's absolute targets, for where the base year is not in the run. WHO 2021, Interim guidance for country validation of viral
/// hepatitis elimination: at most 2 new infections a year for 100 people who inject, 5 for 100,000 persons, 2 deaths for 100,000.
#[derive(Debug, Clone, PartialEq)]
pub struct Absolute {
    /// New infections in 2030 for 100 person-years at risk of people who inject.
    pub per_100: Interval,
    /// New infections and deaths of people who inject or did, for 100,000 persons of the country; only where its population is known.
    /// Others' infections and deaths come on top of them: the target may be missed where these figures meet it.
    pub infections_per_100_000: Option<Interval>,
    pub deaths_per_100_000: Option<Interval>,
    /// Share of draws that meet all that are known.
    pub reached: f64,
    /// For each draw the first calendar year from which the rate among people who inject stays at 2 or less.
    pub year_of_incidence_target: Vec<Option<i32>>,
}

pub const MOST_PER_100: f64 = 2.0;
pub const MOST_INFECTIONS_PER_100_000: f64 = 5.0;
pub const MOST_DEATHS_PER_100_000: f64 = 2.0;

/// What was used to say whether hepatitis C is eliminated.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// The fall since WHO's base year, which is in the run.
    Since(i32, Elimination),
    /// The run begins after the base year: the absolute targets.
    Absolute(Absolute),
}

/// WHO's base year.
pub const BASE_YEAR: i32 = 2015;

/// Does this arm reach WHO's targets in 2030? By the fall since 2015 where the run has that year, else by the absolute targets;
/// the answer says which. `population` is everybody in the country. None when 2030 is not in the run, or nothing was drawn.
pub fn verdict(ensemble: &Ensemble, arm: usize, population: Option<f64>) -> Option<Verdict> {
    match elimination(ensemble, arm, BASE_YEAR) {
        Some(fall) => Some(Verdict::Since(BASE_YEAR, fall)),
        None => absolute(ensemble, arm, population).map(Verdict::Absolute),
    }
}

/// The absolute targets alone.
pub fn absolute(ensemble: &Ensemble, arm: usize, population: Option<f64>) -> Option<Absolute> {
    let goal = usize::try_from(GOAL_YEAR - ensemble.start).ok().filter(|&y| y < ensemble.years)?;
    let population = population.filter(|&people| people > 0.0);
    let by_draw = |q: Quantity, year: usize| -> Vec<f64> {
        let of = |d: &crate::ensemble::DrawResult| d.arms[arm].in_year(q, Where::Everywhere, year);
        ensemble.draws.iter().map(of).collect()
    };
    let per_100_000 = |q: Quantity| -> Option<Vec<f64>> {
        let people = population?;
        Some(by_draw(q, goal).into_iter().map(|n| 100_000.0 * n / people).collect())
    };
    let per_100 = by_draw(Quantity::HcvIncidence, goal);
    let infections = per_100_000(Quantity::HcvInfections);
    let deaths = per_100_000(Quantity::LiverDeaths);
    let below = |values: &Option<Vec<f64>>, draw: usize, most: f64| {
        values.as_ref().is_none_or(|values| values[draw] <= most)
    };
    let met = (0..per_100.len())
        .filter(|&draw| {
            per_100[draw] <= MOST_PER_100
                && below(&infections, draw, MOST_INFECTIONS_PER_100_000)
                && below(&deaths, draw, MOST_DEATHS_PER_100_000)
        })
        .count() as f64;
    let rates: Vec<Vec<f64>> =
        (0..ensemble.years).map(|year| by_draw(Quantity::HcvIncidence, year)).collect();
    Some(Absolute {
        reached: met / per_100.len().max(1) as f64,
        per_100: interval(per_100)?,
        infections_per_100_000: infections.and_then(interval),
        deaths_per_100_000: deaths.and_then(interval),
        year_of_incidence_target: stays_below(ensemble, &rates, MOST_PER_100),
    })
}

/// One yearly figure held against the most that it may be in 2030.
#[derive(Debug, Clone, PartialEq)]
pub struct Held {
    /// In 2030, over draws.
    pub found: Interval,
    /// Share of draws that meet it in 2030.
    pub reached: f64,
    /// For each draw the first calendar year from which it stays met to the end of the run.
    pub year: Vec<Option<i32>>,
}

/// Holds a figure (of an arm of one draw, in a year of the run from 0) against the most that it may be in [`GOAL_YEAR`].
/// None when that year is not in the run, or nothing was drawn.
pub fn held(
    ensemble: &Ensemble,
    arm: usize,
    most: f64,
    figure: &dyn Fn(&ArmResult, usize) -> f64,
) -> Option<Held> {
    let goal = usize::try_from(GOAL_YEAR - ensemble.start).ok().filter(|&y| y < ensemble.years)?;
    let by_year: Vec<Vec<f64>> = (0..ensemble.years)
        .map(|year| ensemble.draws.iter().map(|draw| figure(&draw.arms[arm], year)).collect())
        .collect();
    let met = by_year[goal].iter().filter(|&&value| value <= most).count();
    Some(Held {
        reached: met as f64 / ensemble.draws.len().max(1) as f64,
        year: stays_below(ensemble, &by_year, most),
        found: interval(by_year[goal].clone())?,
    })
}

/// For each draw the first calendar year from which the figure (by year and draw) stays at most so high to the end of the run.
fn stays_below(ensemble: &Ensemble, by_year: &[Vec<f64>], most: f64) -> Vec<Option<i32>> {
    (0..ensemble.draws.len())
        .map(|draw| {
            let above = (0..ensemble.years).rev().find(|&year| by_year[year][draw] > most);
            let first = above.map_or(0, |year| year + 1);
            (first < ensemble.years).then(|| ensemble.start + first as i32)
        })
        .collect()
}

/// The fall since `base`, a calendar year of the run: WHO's is [`BASE_YEAR`]; where a later one stands in, the reader should be told. None when 2030 or the base year is not in the run, or nothing was drawn.
pub fn elimination(ensemble: &Ensemble, arm: usize, base: i32) -> Option<Elimination> {
    let index = |year: i32| {
        usize::try_from(year - ensemble.start).ok().filter(|&index| index < ensemble.years)
    };
    let (base, goal) = (index(base)?, index(GOAL_YEAR)?);
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
    let year_of_incidence_target = stays_below(ensemble, &by_year, 1.0 - FEWER_INFECTIONS);
    Some(Elimination {
        infections_left: interval(infections)?,
        deaths_left: interval(deaths)?,
        reached: both / ensemble.draws.len() as f64,
        year_of_incidence_target,
    })
}
