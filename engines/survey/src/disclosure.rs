//! What may leave the building: every figure is held against the rules, and only what passes can be read out of a [`Released`] value.
//! A guard knows his prison; so counts are judged unweighted, and an interval that would give a count away goes with its figure.

use crate::around::Point;
use crate::crossing::{Crossing, CrossingCell, Factor};
use crate::digits::{coarse, rounded};
use crate::estimate::{Estimate, Options};
use crate::interval::Interval;

/// When a figure is withheld. The defaults are the rules of thumb of Bond, Brandt and de Wolf 2015, *Guidelines for the
/// checking of output based on microdata research* (Data without Boundaries), where not said otherwise.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rules {
    /// People who answered, unweighted, at least: 10.
    pub least_n: u64,
    /// People behind a “yes”, and behind a “no”, at least: 3, since one of two knows the other
    /// (Hundepool et al. 2012, *Statistical Disclosure Control*, section 4.2.1).
    pub least_either: u64,
    /// Whether 0 and 100 % are withheld: all of a group answered alike, so each of them has answered for all.
    pub withhold_all_alike: bool,
    /// The share of a total that its largest contributor may hold, where contributions are given: 0.5.
    pub largest_share: f64,
    /// By how many people the number behind a withheld figure must stay uncertain in either direction: 3, as many as
    /// `least_either`, so that nobody can tell which rule withheld it.
    pub uncertain_people: f64,
    /// How near, relative, the second contributor may come to guessing the first (the p % rule): 0.10, a
    /// common choice.
    pub nearness: f64,
    /// People at or beyond a quantile, unweighted, on the side where there are fewer, and likewise of each of its bounds: 5, half of
    /// `least_n`, so that the median of ten people passes and a ninth decile asks for fifty. A quantile is one person's answer, and
    /// near the end of a small group everybody knows whose.
    pub least_beyond: u64,
}

impl Default for Rules {
    fn default() -> Self {
        Rules {
            least_n: 10,
            least_either: 3,
            withhold_all_alike: true,
            largest_share: 0.5,
            uncertain_people: 3.0,
            nearness: 0.10,
            least_beyond: 5,
        }
    }
}

/// Why a figure is not shown, for the page that answers “why is this cell empty”.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Withheld {
    /// Nobody answered, so there is no figure.
    Empty,
    /// Fewer people answered than the rules ask.
    FewAnswers,
    /// Too few said yes, or too few said no.
    FewAlike,
    /// All said the same.
    AllAlike,
    /// One contributor makes up too much of the total, or can nearly be worked out by another.
    Dominated,
    /// Too few lie at or beyond a quantile.
    FewBeyond,
    /// Safe by itself, but others could be worked out from it.
    Complementary,
    /// A rule or the audit withheld it; which one is not said in public, since that would tell what is withheld.
    Protected,
}

/// The parts of an estimate that may be printed.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// See [`Estimate::value`].
    pub value: f64,
    /// See [`Estimate::se`].
    pub se: f64,
    /// See [`Estimate::bounds`].
    pub bounds: Option<(f64, f64)>,
    /// See [`Estimate::n`].
    pub n: u64,
    /// See [`Estimate::effective_n`].
    pub effective_n: Option<f64>,
    /// See [`Estimate::design_effect`].
    pub design_effect: Option<f64>,
    /// See [`Estimate::df`].
    pub df: f64,
    /// What makes it too weak to lean on, if anything.
    pub weak: Vec<Weakness>,
}

/// One cell of a table that may be printed.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// By factor, its group; `None` for the total over that factor.
    pub groups: Vec<Option<String>>,
    /// The figure, or why there is none.
    pub figure: Result<Figure, Withheld>,
}

/// A table that went through the rules and the audit. It can be made in no other way, so that what is rendered was checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Released {
    factors: Vec<Factor>,
    cells: Vec<Cell>,
}

impl Released {
    /// The columns it is grouped by.
    pub fn factors(&self) -> &[Factor] {
        &self.factors
    }

    /// Every cell, totals too, the last factor fastest and each total after its parts.
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// The same table with further cells withheld, where an earlier release makes that necessary; places in
    /// [`cells`](Self::cells).
    pub fn without(mut self, places: &[usize]) -> Self {
        for &place in places {
            if self.cells[place].figure.is_ok() {
                self.cells[place].figure = Err(Withheld::Protected);
            }
        }
        self
    }
}

/// A table with every figure, for those who hold the data. It is a type of its own, so that no page can show it by mistake.
#[derive(Debug, Clone, PartialEq)]
pub struct Internal {
    factors: Vec<Factor>,
    cells: Vec<Cell>,
}

impl Internal {
    /// The columns it is grouped by.
    pub fn factors(&self) -> &[Factor] {
        &self.factors
    }

    /// Every cell. What is made of them must be marked as not for release.
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }
}

/// Holds every figure of a table against the rules, then withholds further ones until the withheld cannot be worked out
/// from the totals by anyone who knows how many people answered everywhere. What is withheld takes its interval, its n and its
/// design effect along. Where nothing in the table can hide a figure, nothing of it is released.
pub fn release(crossing: &Crossing, rules: &Rules, standard: &Standard) -> Released {
    let reasons = reasons(crossing, rules);
    let is_above = above(crossing, &reasons);
    let figure = |(place, cell): (usize, &CrossingCell)| match reasons[place] {
        Some(Withheld::Empty) => Err(Withheld::Empty),
        Some(_) => Err(Withheld::Protected),
        None => {
            let exact = without_bare_bounds(figure(crossing, cell, standard), cell, rules);
            Ok(match is_above[place] {
                true => coarse(exact, crossing, cell, rules),
                false => rounded(exact, crossing, cell, rules),
            })
        }
    };
    table(crossing, crossing.cells.iter().enumerate().map(figure))
}

/// Bounds of a quantile that too few people lie beyond are not told, nor the error, which would tell them.
fn without_bare_bounds(exact: Figure, cell: &CrossingCell, rules: &Rules) -> Figure {
    if cell.around.iter().all(|point| point.beyond() >= rules.least_beyond) {
        return exact;
    }
    let mut weak = exact.weak;
    if !weak.contains(&Weakness::WideInterval) {
        weak.push(Weakness::WideInterval);
    }
    Figure { se: f64::NAN, bounds: None, weak, ..exact }
}

/// By cell, whether anything withheld is in it.
fn above(crossing: &Crossing, reasons: &[Option<Withheld>]) -> Vec<bool> {
    let mut is_above: Vec<bool> =
        reasons.iter().map(|why| why.is_some_and(|why| why != Withheld::Empty)).collect();
    // Equations come by factor, so that what lies under several totals has reached the first when the next is looked at.
    for (total, parts) in crossing.links.equations() {
        is_above[*total] |= parts.iter().any(|&part| is_above[part]);
    }
    is_above
}

/// By cell, why [`release`] withholds it. For those who hold the data: a reason given in public tells what was withheld, as
/// “all alike” does.
pub fn reasons(crossing: &Crossing, rules: &Rules) -> Vec<Option<Withheld>> {
    let own: Vec<Option<Withheld>> =
        crossing.cells.iter().map(|cell| of_figure(cell, rules)).collect();
    // That few lie beyond a quantile is no sum that others could be taken from.
    let also: Vec<bool> = own.iter().map(|why| *why == Some(Withheld::AllAlike)).collect();
    let mut reasons = own;
    for layer in &crossing.layers {
        for (reason, why) in reasons.iter_mut().zip(layer.reasons(&crossing.links, &also, rules)) {
            // A rule says more than that others follow.
            *reason = match (*reason, why) {
                (None | Some(Withheld::Complementary), Some(why)) => Some(why),
                (reason, _) => reason,
            };
        }
    }
    reasons
}

/// Why a figure must be withheld for what it is, whatever adds up behind it.
fn of_figure(cell: &CrossingCell, rules: &Rules) -> Option<Withheld> {
    if cell.estimate.n == 0 {
        return Some(Withheld::Empty);
    }
    if cell.estimate.n < rules.least_n {
        return Some(Withheld::FewAnswers);
    }
    if !cell.estimate.value.is_finite() {
        // Everybody has nothing to divide by.
        return Some(Withheld::AllAlike);
    }
    let is_bare = |point: &Point| point.beyond() < rules.least_beyond;
    cell.around.first().is_some_and(is_bare).then_some(Withheld::FewBeyond)
}

/// Every figure there is, for those who hold the data.
pub fn reveal(crossing: &Crossing, standard: &Standard) -> Internal {
    let figure = |cell: &CrossingCell| match cell.estimate.n {
        0 => Err(Withheld::Empty),
        _ if !cell.estimate.value.is_finite() => Err(Withheld::AllAlike),
        _ => Ok(figure(crossing, cell, standard)),
    };
    let Released { factors, cells } = table(crossing, crossing.cells.iter().map(figure));
    Internal { factors, cells }
}

fn table(crossing: &Crossing, figures: impl Iterator<Item = Result<Figure, Withheld>>) -> Released {
    let groups = |cell: &CrossingCell| {
        let places = crossing.factors.iter().zip(&cell.places);
        places.map(|(factor, &place)| factor.groups.get(place).cloned()).collect()
    };
    let cells = crossing.cells.iter().zip(figures);
    Released {
        factors: crossing.factors.clone(),
        cells: cells.map(|(cell, figure)| Cell { groups: groups(cell), figure }).collect(),
    }
}

fn figure(crossing: &Crossing, cell: &CrossingCell, standard: &Standard) -> Figure {
    let estimate = &cell.estimate;
    Figure {
        value: estimate.value,
        se: estimate.se,
        bounds: estimate.bounds,
        n: estimate.n,
        effective_n: estimate.effective_n,
        design_effect: estimate.design_effect,
        df: estimate.df,
        weak: weaknesses(estimate, &crossing.options, standard),
    }
}

/// Why a figure alone must be withheld, if it must.
pub fn judge(estimate: &Estimate, rules: &Rules) -> Option<Withheld> {
    match estimate.yes {
        Some(yes) => judge_counts(estimate.n, yes, rules),
        None if estimate.n == 0 => Some(Withheld::Empty),
        None if estimate.n < rules.least_n => Some(Withheld::FewAnswers),
        None => None,
    }
}

pub(crate) fn judge_counts(n: u64, yes: u64, rules: &Rules) -> Option<Withheld> {
    if n == 0 {
        return Some(Withheld::Empty);
    }
    if n < rules.least_n {
        return Some(Withheld::FewAnswers);
    }
    match yes.min(n - yes) {
        0 if rules.withhold_all_alike => Some(Withheld::AllAlike),
        0 => None,
        fewest if fewest < rules.least_either => Some(Withheld::FewAlike),
        _ => None,
    }
}

/// Whether one contributor can be seen through a total of amounts: dominance, or the p % rule.
/// Hundepool et al. 2012, sections 4.2.2 and 4.2.3.
pub fn dominated(contributions: &[f64], rules: &Rules) -> Option<Withheld> {
    let (mut first, mut second) = (0.0f64, 0.0f64);
    for &amount in contributions {
        if amount > first {
            (first, second) = (amount, first);
        } else {
            second = second.max(amount);
        }
    }
    seen_through((first, second), contributions.iter().sum(), rules)
}

pub(crate) fn seen_through(
    (first, second): (f64, f64),
    total: f64,
    rules: &Rules,
) -> Option<Withheld> {
    let is_dominated =
        first > rules.largest_share * total || total - first - second < rules.nearness * first;
    (total > 0.0 && is_dominated).then_some(Withheld::Dominated)
}

/// Below what a figure is too weak to lean on. It is still shown, with the sign.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standard {
    /// Effective sample size, and unweighted n, at least: 30.
    pub least_n: f64,
    /// Degrees of freedom at least: 8.
    pub least_df: f64,
    /// The widest interval of a proportion: 0.30.
    pub widest: f64,
    /// The widest interval over the estimate (or its complement, if smaller), where it is wider than `narrow`: 1.30.
    pub widest_relative: f64,
    /// The width below which an interval is good enough however small the estimate: 0.05.
    pub narrow: f64,
    /// The relative standard error of other figures at most: 0.30.
    pub greatest_error: f64,
    /// Of a share by an arcsine or a mean interval, the effective number of yes, and of no, at least: 30. Of 2,000 simulated surveys
    /// (decision 111) their 95 % intervals held the truth in 94.8 to 95.2 % with some 60, in 93.9 and 92.2 % with some 14, and in
    /// 92.4 and 89.8 % with some 6.
    pub least_positives: f64,
}

impl Default for Standard {
    /// Parker et al. 2017, *National Center for Health Statistics Data Presentation Standards for Proportions*,
    /// Vital Health Stat 2(175).
    fn default() -> Self {
        Standard {
            least_n: 30.0,
            least_df: 8.0,
            widest: 0.30,
            widest_relative: 1.30,
            narrow: 0.05,
            greatest_error: 0.30,
            least_positives: 30.0,
        }
    }
}

/// What makes a figure too weak to lean on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weakness {
    /// Fewer people answered, in number or in effect, than the standard asks.
    FewPeople,
    /// Too few sampled units for the standard error itself to be trusted.
    FewUnits,
    /// The interval is too wide, or there is none.
    WideInterval,
    /// The standard error is too large beside the estimate.
    LargeError,
    /// Too few yes, or no, for the interval's method: it holds the truth less often than it says.
    FewPositives,
}

/// Holds a figure against a presentation standard.
pub fn weaknesses(estimate: &Estimate, options: &Options, standard: &Standard) -> Vec<Weakness> {
    let mut weak = Vec::new();
    let effective = estimate.effective_n.unwrap_or(estimate.n as f64).min(estimate.n as f64);
    if effective < standard.least_n {
        weak.push(Weakness::FewPeople);
    }
    if estimate.df < standard.least_df {
        weak.push(Weakness::FewUnits);
    }
    if estimate.yes.is_some() {
        let nearest = estimate.value.min(1.0 - estimate.value);
        let is_narrow = estimate.bounds.is_some_and(|(low, high)| {
            let width = high - low;
            width <= standard.narrow
                || width <= standard.widest && width <= standard.widest_relative * nearest
        });
        if !is_narrow {
            weak.push(Weakness::WideInterval);
        }
        let is_symmetric = matches!(options.interval, Interval::Arcsine | Interval::Mean);
        if is_symmetric && effective * nearest < standard.least_positives {
            weak.push(Weakness::FewPositives);
        }
    } else if estimate.se.is_nan() || estimate.se > standard.greatest_error * estimate.value.abs() {
        weak.push(Weakness::LargeError);
    }
    weak
}
