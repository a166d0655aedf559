//! The budget question among intensities: which level of which intervention averts most for a yearly amount, what comes next, and what each next million buys.
//! Every mix is run in the same fate against the kept status quo, so that two neighbouring mixes differ by their policies and not by chance.
//!
//! Few mixes are all run. Many are walked by marginal analysis: from nothing, the step up that averts most for its extra money,
//! again and again; this finds the best mixes where returns diminish (Fox 1966, Manage Sci 13:210). As services for the same
//! people may help or hinder each other, each amount's best mix is then tried with every exchange of one step down for one up.

use std::collections::BTreeMap;

use crate::country::Country;
use crate::ensemble::{Interval, Where, interval};
use crate::explorer::Base;
use crate::outcome::{Quantity, worth};
use crate::scenario::Scenario;

/// One intervention at rising levels; level 0 is what is there already.
#[derive(Debug, Clone, PartialEq)]
pub struct Ladder {
    pub name: String,
    /// Level 1 and upward.
    pub rungs: Vec<Scenario>,
}

impl Ladder {
    /// A policy at shares of its full extent (such as 0.5 and 1), counted from what the country's file says is there now.
    pub fn of(policy: &Scenario, shares: &[f64], country: &Country) -> Ladder {
        let now = country.central();
        let rung = |share: &f64| {
            let mut rung = policy.clone();
            rung.name = format!("{} at {:.0} %", policy.name, 100.0 * share);
            for i in &mut rung.interventions {
                let from = now.get(i.lever);
                i.target = from + (i.target - from) * share;
            }
            rung
        };
        Ladder { name: policy.name.clone(), rungs: shares.iter().map(rung).collect() }
    }
}

/// What is asked.
#[derive(Debug, Clone)]
pub struct Question<'a> {
    pub ladders: &'a [Ladder],
    pub averted: Quantity,
    /// Whose money: [`Quantity::ServiceCost`] is what services take; [`Quantity::Cost`] takes off what they save elsewhere.
    pub money: Quantity,
    /// Yearly amounts for which the best mix is looked for.
    pub amounts: &'a [f64],
    /// All mixes are run where they are no more than this; else the walk, and at most this many exchanges for each amount.
    pub most_mixes: usize,
}

/// A mix that was run.
#[derive(Debug, Clone, PartialEq)]
pub struct Mix {
    /// The level of each ladder; 0 is none of it.
    pub levels: Vec<usize>,
    /// Extra money a year, not discounted, from the policies' first year to the end of the run; mean over draws.
    pub per_year: f64,
    /// Averted over the run, against the base.
    pub averted: Interval,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// Every mix that was run, by rising cost.
    pub mixes: Vec<Mix>,
    /// All mixes there are were run.
    pub all: bool,
    /// The calendar year from which money is counted.
    pub from: i32,
}

impl Question<'_> {
    /// How many mixes there are, and whether all of them will be run.
    pub fn mixes(&self) -> (usize, bool) {
        let all = self.ladders.iter().fold(1_usize, |n, l| n.saturating_mul(l.rungs.len() + 1));
        (all, all <= self.most_mixes)
    }
}

/// Runs the question on a kept base. None when `go_on` said to stop.
pub fn answer(
    base: &Base,
    question: &Question,
    go_on: &(dyn Fn() -> bool + Sync),
) -> Option<Answer> {
    watched(base, question, &|_| go_on())
}

/// The same; `watch` hears often how many mixes are done, and stops by answering false.
pub fn watched(
    base: &Base,
    question: &Question,
    watch: &(dyn Fn(usize) -> bool + Sync),
) -> Option<Answer> {
    let mut search = Search { base, question, watch, mixes: BTreeMap::new() };
    let sizes: Vec<usize> = question.ladders.iter().map(|l| l.rungs.len() + 1).collect();
    let (count, all) = question.mixes();
    if all {
        for number in 0..count {
            let mut left = number;
            let digit = |&size: &usize| {
                let level = left % size;
                left /= size;
                level
            };
            search.run(&sizes.iter().map(digit).collect::<Vec<_>>())?;
        }
    } else {
        search.walk(&sizes)?;
        for &amount in question.amounts {
            search.exchange(amount, &sizes)?;
        }
    }
    let mut mixes: Vec<Mix> = search.mixes.into_values().collect();
    mixes.sort_by(|a, b| {
        a.per_year
            .total_cmp(&b.per_year)
            .then(b.averted.mean.total_cmp(&a.averted.mean))
            .then(a.levels.cmp(&b.levels))
    });
    Some(Answer { mixes, all, from: first_year(base, question) })
}

impl Answer {
    /// The mix that averts most within a yearly amount, and the runner-up. None where every mix that was run costs more.
    pub fn best(&self, amount: f64) -> Option<(&Mix, Option<&Mix>)> {
        let mut within: Vec<&Mix> = self.mixes.iter().filter(|m| m.per_year <= amount).collect();
        within.sort_by(|a, b| b.averted.mean.total_cmp(&a.averted.mean));
        Some((within.first()?, within.get(1).copied()))
    }

    /// Mixes by rising cost of which each averts more than every cheaper one.
    pub fn curve(&self) -> Vec<&Mix> {
        let mut curve: Vec<&Mix> = Vec::new();
        for mix in &self.mixes {
            if curve.last().is_none_or(|last| mix.averted.mean > last.averted.mean) {
                curve.push(mix);
            }
        }
        curve
    }

    /// What each next `step` of yearly money buys, from nothing up to what the dearest useful mix takes:
    /// the amount, and what the best mix within it averts more than the best within one step less.
    pub fn next_steps(&self, step: f64) -> Vec<(f64, f64)> {
        let Some(last) = self.curve().last().map(|mix| mix.per_year) else { return Vec::new() };
        let averted = |amount: f64| self.best(amount).map_or(0.0, |(best, _)| best.averted.mean);
        let steps = if step > 0.0 { (last / step).ceil().max(0.0) as usize } else { 0 };
        // The last reaches the dearest mix, whatever rounding says.
        let at = |i: usize| if i == steps { last.max(i as f64 * step) } else { i as f64 * step };
        (1..=steps).map(|i| (at(i), averted(at(i)) - averted(at(i - 1)))).collect()
    }
}

struct Search<'a> {
    base: &'a Base,
    question: &'a Question<'a>,
    watch: &'a (dyn Fn(usize) -> bool + Sync),
    mixes: BTreeMap<Vec<usize>, Mix>,
}

impl Search<'_> {
    /// A mix, run once.
    fn run(&mut self, levels: &[usize]) -> Option<Mix> {
        if let Some(mix) = self.mixes.get(levels) {
            return Some(mix.clone());
        }
        let mix = self.reckon(levels)?;
        self.mixes.insert(levels.to_vec(), mix.clone());
        Some(mix)
    }

    fn reckon(&self, levels: &[usize]) -> Option<Mix> {
        let done = self.mixes.len();
        let ensemble = self.base.answer(&self.policy(levels), &|| (self.watch)(done))?;
        let from = first_year(self.base, self.question);
        let years = ensemble.years;
        let first = usize::try_from(from - ensemble.start).unwrap_or(0).min(years.max(1) - 1);
        let paid: Vec<f64> = ensemble
            .draws
            .iter()
            .zip(self.base.draws())
            .map(|(draw, p)| {
                let extra = |year: usize| {
                    let of = |arm: usize| {
                        draw.arms[arm].in_year(self.question.money, Where::Everywhere, year)
                    };
                    (of(1) - of(0)) / worth(p, year)
                };
                (first..years).map(extra).sum::<f64>() / (years - first).max(1) as f64
            })
            .collect();
        Some(Mix {
            levels: levels.to_vec(),
            per_year: interval(paid)?.mean,
            averted: ensemble.averted(1, self.question.averted, Where::Everywhere)?,
        })
    }

    fn policy(&self, levels: &[usize]) -> Scenario {
        let mut policy = self.base.base().clone();
        let mut names = Vec::new();
        for (ladder, &level) in self.question.ladders.iter().zip(levels) {
            if let Some(rung) = level.checked_sub(1).and_then(|i| ladder.rungs.get(i)) {
                names.push(rung.name.as_str());
                policy.interventions.extend(rung.interventions.clone());
            }
        }
        if !names.is_empty() {
            policy.name = names.join(" + ");
        }
        policy
    }

    /// From nothing upward, by the step that averts most for its money, until every ladder is at its top.
    /// A step that averts and saves comes before all others.
    fn walk(&mut self, sizes: &[usize]) -> Option<()> {
        let mut here = self.run(&vec![0; sizes.len()])?;
        loop {
            let mut best: Option<(f64, Mix)> = None;
            for ladder in 0..sizes.len() {
                let mut levels = here.levels.clone();
                levels[ladder] += 1;
                if levels[ladder] == sizes[ladder] {
                    continue;
                }
                let mix = self.run(&levels)?;
                let gain = mix.averted.mean - here.averted.mean;
                let pays = mix.per_year - here.per_year;
                let rate = if pays > 0.0 { gain / pays } else { gain.signum() * f64::INFINITY };
                if best.as_ref().is_none_or(|(most, _)| rate > *most) {
                    best = Some((rate, mix));
                }
            }
            let Some((_, mix)) = best else { return Some(()) };
            here = mix;
        }
    }

    /// Around the best mix for an amount: one step up, or one up for one down, as long as it helps and stays within the amount.
    fn exchange(&mut self, amount: f64, sizes: &[usize]) -> Option<()> {
        let mut tried = 0;
        loop {
            let within = self.mixes.values().filter(|mix| mix.per_year <= amount);
            let best = within.max_by(|a, b| a.averted.mean.total_cmp(&b.averted.mean)).cloned();
            let Some(best) = best else { return Some(()) };
            let mut neighbours = Vec::new();
            for up in 0..sizes.len() {
                for down in 0..=sizes.len() {
                    let mut levels = best.levels.clone();
                    levels[up] += 1;
                    if down < sizes.len() && down != up {
                        match levels[down].checked_sub(1) {
                            Some(lower) => levels[down] = lower,
                            None => continue,
                        }
                    } else if down == up {
                        continue;
                    }
                    if levels[up] < sizes[up] && !self.mixes.contains_key(&levels) {
                        neighbours.push(levels);
                    }
                }
            }
            let mut better = false;
            for levels in neighbours {
                if tried == self.question.most_mixes {
                    return Some(());
                }
                tried += 1;
                let mix = self.run(&levels)?;
                better |= mix.per_year <= amount && mix.averted.mean > best.averted.mean;
            }
            if !better {
                return Some(());
            }
        }
    }
}

/// The first calendar year in which a rung does anything.
fn first_year(base: &Base, question: &Question) -> i32 {
    let rungs = question.ladders.iter().flat_map(|ladder| &ladder.rungs);
    let first =
        rungs.flat_map(|rung| &rung.interventions).map(|i| i.from).fold(f64::INFINITY, f64::min);
    let start = base.country().start;
    if first.is_finite() { (first as i32).max(start) } else { start }
}
