//! Many draws of many arms: parallel over draws, the same table on any number of threads, with paired differences.
//! One draw is one set of parameters and one fate; its arms part from the status quo only where their policies do.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use crate::chance::Seed;
use crate::country::Country;
use crate::ledger::YearTally;
use crate::outcome::{QUANTITIES, Quantity, read};
use crate::parameters::Parameters;
use crate::scenario::{STEPS_PER_YEAR, Scenario};
use crate::world::World;

/// Of which place a figure speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Where {
    Everywhere = 0,
    Community = 1,
    Prison = 2,
}

impl Where {
    pub const ALL: [Where; 3] = [Where::Everywhere, Where::Community, Where::Prison];

    pub fn word(self) -> &'static str {
        ["everywhere", "community", "prison"][self as usize]
    }
}

/// What to run.
#[derive(Debug, Clone)]
pub struct Plan<'a> {
    pub country: &'a Country,
    /// The first is what the others are compared with.
    pub arms: &'a [Scenario],
    pub seed: Seed,
    pub years: usize,
    /// Parameters of each draw; [`Plan::prior`] takes them from the country's distributions, a calibration from its posterior.
    pub draws: Vec<Parameters>,
    /// Share of the country's people that is followed, above 0 and at most 1; results speak of all of them.
    /// 1 is everybody. A tenth answers ten times as fast with some three times the noise.
    pub share: f64,
    /// Number of the first of these draws: 0, but for a part of a larger plan.
    pub first: usize,
}

impl<'a> Plan<'a> {
    /// `draws` draws from the country's own distributions.
    pub fn prior(
        country: &'a Country,
        arms: &'a [Scenario],
        seed: Seed,
        years: usize,
        draws: usize,
    ) -> Plan<'a> {
        let draws = (0..draws as u32).map(|draw| country.draw(seed, draw)).collect();
        Plan { country, arms, seed, years, draws, share: 1.0, first: 0 }
    }

    /// Draws `from` to `to` of this plan alone: to go on where a run was stopped, or to spread it over machines.
    /// [`Ensemble::join`] puts the parts together as if they had been run at once.
    pub fn part(&self, from: usize, to: usize) -> Plan<'a> {
        let to = to.min(self.draws.len());
        let draws = self.draws[from.min(to)..to].to_vec();
        Plan { draws, first: self.first + from, ..self.clone() }
    }

    /// Runs draw after draw on rayon's threads. `watch` hears after each how many are done, from any thread,
    /// and stops the rest by answering false: then the draws that were finished come back, in order.
    pub fn run(&self, watch: &(dyn Fn(usize) -> bool + Sync)) -> Ensemble {
        let done = AtomicUsize::new(0);
        let all: Vec<usize> = (0..self.draws.len()).collect();
        self.run_draws(&all, &|_| watch(done.fetch_add(1, Ordering::Relaxed) + 1))
    }

    /// The draws with these indices in [`Plan::draws`], in order; `watch` hears of each as it is done.
    pub(crate) fn run_draws(
        &self,
        indices: &[usize],
        watch: &(dyn Fn(&DrawResult) -> bool + Sync),
    ) -> Ensemble {
        let stopped = std::sync::atomic::AtomicBool::new(false);
        let draws: Vec<Option<DrawResult>> = indices
            .par_iter()
            .map(|&index| {
                if stopped.load(Ordering::Relaxed) {
                    return None;
                }
                let result = self.draw(self.first + index, &self.draws[index]);
                if !watch(&result) {
                    stopped.store(true, Ordering::Relaxed);
                }
                Some(result)
            })
            .collect();
        let complete = draws.iter().all(Option::is_some);
        Ensemble {
            start: self.country.start,
            years: self.years,
            arms: self.arms.iter().map(|arm| arm.name.clone()).collect(),
            draws: draws.into_iter().flatten().collect(),
            complete,
        }
    }

    fn draw(&self, index: usize, parameters: &Parameters) -> DrawResult {
        let seed = self.seed.of_draw(index as u64);
        let share = followed(self.share);
        let sampled = parameters.sampled(share);
        let runs = simulate(self.country, self.arms, &sampled, seed, self.years);
        let arms =
            runs.into_iter().map(|run| ArmResult::new(&whole(run, share), parameters)).collect();
        DrawResult { index, arms, willingness_to_pay: parameters.willingness_to_pay }
    }
}

/// A share of the people that can be followed: what is not above 0 means everybody.
pub(crate) fn followed(share: f64) -> f64 {
    if share > 0.0 { share.min(1.0) } else { 1.0 }
}

/// From a sample of the people to all of them.
pub(crate) fn whole(years: Vec<Vec<YearTally>>, share: f64) -> Vec<Vec<YearTally>> {
    let scaled = |tally: YearTally| tally.scaled(1.0 / share);
    years.into_iter().map(|places| places.into_iter().map(scaled).collect()).collect()
}

/// Runs all arms of one draw. The status quo is run once, and each arm is forked from it where its policy parts from it;
/// the fork meets the same fate, so it is as if each had been run from the start.
/// Gives for each arm its years, each with the community first and then the prisons.
pub fn simulate(
    country: &Country,
    arms: &[Scenario],
    parameters: &Parameters,
    seed: Seed,
    years: usize,
) -> Vec<Vec<Vec<YearTally>>> {
    let steps = years * STEPS_PER_YEAR;
    let mut trunk = World::new(parameters, &country.prisons, seed, years as f64);
    let (as_is, prisons) = (Scenario::status_quo(), country.prisons.len());
    let parting: Vec<usize> = arms
        .iter()
        .map(|arm| arm.parts_from(&as_is, parameters, country.start, steps, prisons))
        .collect();
    let mut order: Vec<usize> = (0..arms.len()).collect();
    order.sort_by_key(|&arm| parting[arm]);
    let mut results = vec![Vec::new(); arms.len()];
    for (rank, &arm) in order.iter().enumerate() {
        let step = parting[arm];
        trunk.run_until(step as f64 / STEPS_PER_YEAR as f64);
        if step == steps {
            results[arm] = trunk.years().to_vec();
            continue;
        }
        // The last arm takes the trunk itself.
        let last = rank + 1 == order.len();
        let mut world =
            if last { std::mem::replace(&mut trunk, World::empty()) } else { trunk.clone() };
        for step in step..steps {
            world.change_to(arms[arm].setting(parameters, country.start, step, prisons));
            world.run_until((step + 1) as f64 / STEPS_PER_YEAR as f64);
        }
        results[arm] = world.into_years();
    }
    results
}

/// The yearly figures of one arm of one draw.
#[derive(Debug, Clone, PartialEq)]
pub struct ArmResult {
    /// By year, place ([`Where`]) and quantity.
    values: Vec<[[f64; QUANTITIES]; 3]>,
}

impl ArmResult {
    pub fn new(years: &[Vec<YearTally>], p: &Parameters) -> ArmResult {
        let values = years
            .iter()
            .enumerate()
            .map(|(year, places)| {
                let sum = |tallies: &[YearTally]| {
                    let mut all = YearTally::EMPTY;
                    tallies.iter().for_each(|t| all.add(t));
                    all
                };
                let (outside, inside) = (&places[0], sum(&places[1..]));
                let community = read(outside, p, year, false);
                let prison = read(&inside, p, year, true);
                let mut everywhere = read(&sum(places), p, year, false);
                // Prices and places differ inside: money and prison time add up from the two.
                for q in [Quantity::Cost, Quantity::ServiceCost, Quantity::PrisonYears] {
                    everywhere[q as usize] = community[q as usize] + prison[q as usize];
                }
                [everywhere, community, prison]
            })
            .collect();
        ArmResult { values }
    }

    /// From a figure for each year, place and quantity.
    pub(crate) fn of(years: usize, figure: impl Fn(usize, Where, Quantity) -> f64) -> ArmResult {
        let mut values = vec![[[0.0; QUANTITIES]; 3]; years];
        for (year, places) in values.iter_mut().enumerate() {
            for place in Where::ALL {
                for &quantity in Quantity::ALL {
                    places[place as usize][quantity as usize] = figure(year, place, quantity);
                }
            }
        }
        ArmResult { values }
    }

    /// Every figure: by year, place and quantity.
    pub(crate) fn figures(&self) -> impl Iterator<Item = f64> {
        self.values.iter().flatten().flatten().copied()
    }

    pub(crate) fn from_figures(figures: &[f64]) -> ArmResult {
        let mut values = vec![[[0.0; QUANTITIES]; 3]; figures.len() / (3 * QUANTITIES)];
        values.iter_mut().flatten().flatten().zip(figures).for_each(|(to, from)| *to = *from);
        ArmResult { values }
    }

    /// What it takes in memory.
    pub fn bytes(&self) -> usize {
        size_of_val(self.values.as_slice())
    }

    pub fn in_year(&self, quantity: Quantity, place: Where, year: usize) -> f64 {
        self.values[year][place as usize][quantity as usize]
    }

    /// Over all years.
    pub fn total(&self, quantity: Quantity, place: Where) -> f64 {
        (0..self.values.len()).map(|year| self.in_year(quantity, place, year)).sum()
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct DrawResult {
    pub index: usize,
    pub arms: Vec<ArmResult>,
    pub willingness_to_pay: f64,
}

/// A figure with its middle 95 % over draws.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    pub mean: f64,
    pub median: f64,
    pub low: f64,
    pub high: f64,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Ensemble {
    pub start: i32,
    pub years: usize,
    pub arms: Vec<String>,
    pub draws: Vec<DrawResult>,
    /// False when it was stopped before all draws were run.
    pub complete: bool,
}

impl Ensemble {
    /// Two parts of one plan as one, in the order of their draws.
    ///
    /// # Errors
    /// Parts of different plans, or a draw that is in both.
    pub fn join(mut self, other: Ensemble) -> Result<Ensemble, String> {
        if (self.start, self.years, &self.arms) != (other.start, other.years, &other.arms) {
            return Err(
                "the two parts have different arms or years: they are not of one plan".into()
            );
        }
        self.complete &= other.complete;
        self.draws.extend(other.draws);
        self.draws.sort_by_key(|draw| draw.index);
        match self.draws.windows(2).find(|pair| pair[0].index == pair[1].index) {
            Some(twice) => Err(format!("draw {} is in both parts", twice[0].index)),
            None => Ok(self),
        }
    }

    /// A total over all years, over draws. None without draws.
    pub fn total(&self, arm: usize, quantity: Quantity, place: Where) -> Option<Interval> {
        interval(self.draws.iter().map(|d| d.arms[arm].total(quantity, place)).collect())
    }

    pub fn in_year(
        &self,
        arm: usize,
        quantity: Quantity,
        place: Where,
        year: usize,
    ) -> Option<Interval> {
        interval(self.draws.iter().map(|d| d.arms[arm].in_year(quantity, place, year)).collect())
    }

    /// What the first arm has more than this one, paired by draw.
    pub fn averted(&self, arm: usize, quantity: Quantity, place: Where) -> Option<Interval> {
        interval(self.averted_by_draw(arm, quantity, place))
    }

    pub fn averted_by_draw(&self, arm: usize, quantity: Quantity, place: Where) -> Vec<f64> {
        self.draws
            .iter()
            .map(|d| d.arms[0].total(quantity, place) - d.arms[arm].total(quantity, place))
            .collect()
    }
}

/// Mean, median and middle 95 % (quantiles by linear interpolation, type 7 of Hyndman & Fan 1996, Am Stat 50:361).
pub fn interval(mut values: Vec<f64>) -> Option<Interval> {
    if values.is_empty() {
        return None;
    }
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    values.sort_by(f64::total_cmp);
    let at = |share: f64| {
        let position = share * (values.len() - 1) as f64;
        let below = position as usize;
        let above = (below + 1).min(values.len() - 1);
        values[below] + (values[above] - values[below]) * (position - below as f64)
    };
    Some(Interval { mean, median: at(0.5), low: at(0.025), high: at(0.975) })
}
