//! What a yearly amount buys: the best mix of the standard policies at half and full extent, the runner-up, what each next step of
//! money brings. Computed beforehand; a page only reads it.

use epidemic::budget::{self, Ladder, Mix};
use epidemic::explorer::Sample;
use epidemic::{Base, Quantity, Scenario};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::answer::{Range, run_years};
use crate::model::Model;
use crate::policy::{POLICIES, Policy};
use crate::question::Question;

/// Extents at which each policy may be bought.
pub const EXTENTS: [f64; 2] = [0.5, 1.0];
/// Yearly amounts around which the search exchanges policies, as shares of what everything costs.
const AMOUNTS: [f64; 6] = [0.05, 0.1, 0.2, 0.4, 0.6, 0.8];
/// Exchanges tried for each amount.
const EXCHANGES: usize = 40;

/// The answer to the budget question of a country.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Budget {
    pub country: String,
    /// ISO 8601 day on which it was run.
    pub day: String,
    pub version: String,
    /// [`Model::inputs`] at the time.
    pub inputs: String,
    pub currency: String,
    pub seed: u64,
    pub draws: usize,
    /// Per cent of the people that were followed.
    pub people: f64,
    /// Years over which money and health are counted.
    pub first: i32,
    pub until: i32,
    /// Ids of the policies, in the order of `levels`.
    pub policies: Vec<String>,
    /// Every mix that was run, by rising cost.
    pub mixes: Vec<Bought>,
}

/// A mix of policies.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Bought {
    /// 0 none, 1 half, 2 full extent, of each policy.
    pub levels: Vec<usize>,
    /// Extra money for services in a year, not discounted, mean.
    pub per_year: f64,
    /// Years of healthy life gained over all years.
    pub gained: Range,
}

impl Budget {
    /// The mix that gains most within a yearly amount, and the runner-up.
    pub fn best(&self, amount: f64) -> Option<(&Bought, Option<&Bought>)> {
        let mut within: Vec<&Bought> =
            self.mixes.iter().filter(|mix| mix.per_year <= amount).collect();
        within.sort_by(|a, b| b.gained.mean.total_cmp(&a.gained.mean));
        Some((within.first()?, within.get(1).copied()))
    }

    /// Mixes by rising cost of which each gains more than every cheaper one.
    pub fn curve(&self) -> Vec<&Bought> {
        let mut curve: Vec<&Bought> = Vec::new();
        for mix in &self.mixes {
            if curve.last().is_none_or(|last| mix.gained.mean > last.gained.mean) {
                curve.push(mix);
            }
        }
        curve
    }

    /// What everything useful costs in a year.
    pub fn most(&self) -> f64 {
        self.curve().last().map_or(0.0, |mix| mix.per_year)
    }

    /// Each next step of yearly money: the amount, and what the best within it gains more than the best within one step less.
    pub fn next_steps(&self, step: f64) -> Vec<(f64, f64)> {
        let gained = |amount: f64| self.best(amount).map_or(0.0, |(best, _)| best.gained.mean);
        let steps = if step > 0.0 { (self.most() / step).ceil() as usize } else { 0 };
        (1..=steps)
            .map(|i| (i as f64 * step, gained(i as f64 * step) - gained((i - 1) as f64 * step)))
            .collect()
    }

    /// Policies with their extents, as a mix names them.
    pub fn parts<'a>(&'a self, mix: &'a Bought) -> impl Iterator<Item = (&'a str, f64)> {
        let named = self.policies.iter().zip(&mix.levels);
        named
            .filter(|(_, level)| **level > 0)
            .map(|(id, &level)| (id.as_str(), EXTENTS[(level - 1).min(EXTENTS.len() - 1)]))
    }

    /// The mix as a question of the explorer.
    pub fn question(&self, model: &'static Model, mix: &Bought) -> Question {
        let mut question = Question::status_quo(model);
        for (id, extent) in self.parts(mix) {
            let Some(policy) = Policy::find(id) else { continue };
            for one in policy.question(model).moves {
                let now = one.lever.now(&model.country);
                let to = (now + (one.to - now) * extent).round();
                // Two policies may move one lever; the later one holds, as in the run.
                question.moves.retain(|other| other.lever.id != one.lever.id);
                question.moves.push(crate::question::Move { to, ..one });
            }
        }
        question
    }
}

/// Asks the question of a country. None when `go_on` said no.
pub fn compute(
    model: &'static Model,
    how: &crate::policy::Settings,
    go_on: &(dyn Fn() -> bool + Sync),
) -> Option<Budget> {
    // All together is a mix of the others already.
    let policies: Vec<&Policy> = POLICIES
        .iter()
        .filter(|policy| policy.id != "together" && policy.id != "oat-prison")
        .collect();
    let usual = Question::status_quo(model);
    let ladders: Vec<Ladder> = policies
        .iter()
        .map(|policy| {
            let scenario = Scenario { name: policy.id.into(), ..policy.question(model).scenario() };
            Ladder::of(&scenario, &EXTENTS, &model.country)
        })
        .collect();
    let seed = epidemic::Seed(how.seed);
    let sample = Sample { seed, years: run_years(&usual), share: how.people / 100.0 };
    let draws = model.draws(seed, how.draws);
    let base = Base::new(
        &model.country,
        &Scenario::status_quo(),
        draws,
        sample,
        f64::from(usual.first()),
        go_on,
    )?;
    let ask = |amounts: &[f64]| {
        let question = budget::Question {
            ladders: &ladders,
            averted: Quantity::Dalys,
            money: Quantity::ServiceCost,
            amounts,
            // More mixes than this are not all run: the walk, and exchanges around the amounts.
            most_mixes: EXCHANGES,
        };
        budget::answer(&base, &question, go_on)
    };
    // First the walk alone, which says what everything costs; then exchanges around shares of it.
    let most = ask(&[])?.curve().last().map_or(0.0, |mix| mix.per_year);
    let amounts: Vec<f64> = AMOUNTS.iter().map(|share| share * most).collect();
    let found = ask(&amounts)?;
    Some(Budget {
        country: model.country.code.clone(),
        day: how.day.clone(),
        version: epidemic::inputs::version(),
        inputs: model.inputs.clone(),
        currency: model.country.currency.clone(),
        seed: how.seed,
        draws: how.draws,
        people: how.people,
        first: usual.first(),
        until: usual.until,
        policies: policies.iter().map(|policy| policy.id.to_owned()).collect(),
        mixes: found.mixes.iter().map(bought).collect(),
    })
}

fn bought(mix: &Mix) -> Bought {
    let averted = mix.averted;
    Bought {
        levels: mix.levels.clone(),
        per_year: mix.per_year.round(),
        gained: Range {
            median: averted.median.round(),
            low: averted.low.round(),
            high: averted.high.round(),
            mean: averted.mean.round(),
        },
    }
}
