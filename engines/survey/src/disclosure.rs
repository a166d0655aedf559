//! What may leave the building: every figure is held against the rules, and only what passes can be read out of a [`Released`] value.
//! A guard knows his prison; so counts are judged unweighted, and an interval that would give a count away goes with its figure.

use crate::crossing::{Crossing, CrossingCell, Factor, Sums};
use crate::estimate::Estimate;
use crate::interval::from_error;
use crate::suppression::{Cells, Effort, protect_groups};

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
        None if is_above[place] => Ok(coarse(figure(&cell.estimate, standard), crossing)),
        None => Ok(rounded(figure(&cell.estimate, standard))),
    };
    table(crossing, crossing.cells.iter().enumerate().map(figure))
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

/// What is published has no more digits than its error leaves room for: two of the standard error, or tenths of a percent where there
/// is no error to go by. With all sixteen, weights that differ tell who of the people behind a total said yes (decision 77).
fn rounded(exact: Figure) -> Figure {
    let two_digits = |x: f64| libm::floor(libm::log10(x.abs())) as i32 - 1;
    let at = if exact.se.is_finite() && exact.se > 0.0 { two_digits(exact.se) } else { -3 };
    let of_own = |x: f64| {
        if x.is_finite() && x != 0.0 { to(x, (1.0, two_digits(x)), f64::round) } else { x }
    };
    let near = |x: f64| to(x, (1.0, at), f64::round);
    Figure {
        value: near(exact.value),
        se: of_own(exact.se),
        bounds: exact.bounds.map(|(low, high)| (near(low), near(high))),
        effective_n: exact.effective_n.map(of_own),
        design_effect: exact.design_effect.map(of_own),
        ..exact
    }
}

/// Steps that published errors over withheld cells go up by, and that their values are multiples of.
const ERROR_STEPS: [f64; 5] = [1.0, 1.5, 2.0, 3.0, 5.0];
const VALUE_STEPS: [f64; 3] = [1.0, 2.0, 5.0];

/// A figure with something withheld in it tells less, so that who tries whole people cannot tell them by it (decision 110). Its error goes up to
/// the next of few steps; its value has one digit of the error, and of a share no finer steps than two people make; its interval is
/// reckoned from these two and tells nothing beyond them; effective size and design effect, which would, are left out.
fn coarse(exact: Figure, crossing: &Crossing) -> Figure {
    let has_error = exact.se.is_finite() && exact.se > 0.0;
    let two_people = if crossing.is_proportion { 2.0 / exact.n.max(1) as f64 } else { 0.0 };
    let one_digit =
        if has_error { libm::pow(10.0, libm::floor(libm::log10(exact.se))) } else { 1e-3 };
    let unit = step_above(two_people.max(one_digit) * (1.0 - 1e-9), &VALUE_STEPS);
    let value = to(exact.value, unit, f64::round);
    let se = match has_error {
        true => to(exact.se, step_above(exact.se, &ERROR_STEPS), f64::ceil),
        false => exact.se,
    };
    let bounds = exact.bounds.map(|_| {
        // What rounding may have moved the value by is room on both sides.
        let half = 0.5 * unit.0 * libm::pow(10.0, f64::from(unit.1));
        let (low, high) = from_error(value, se, exact.df, crossing.level, crossing.is_proportion);
        let (low, high) = (to(low - half, unit, f64::floor), to(high + half, unit, f64::ceil));
        if crossing.is_proportion { (low.max(0.0), high.min(1.0)) } else { (low, high) }
    });
    Figure { value, se, bounds, effective_n: None, design_effect: None, ..exact }
}

/// The smallest of some steps, times a power of ten, that is no smaller than a number above zero: the step and the power.
fn step_above(x: f64, steps: &[f64]) -> (f64, i32) {
    let power = libm::floor(libm::log10(x)) as i32;
    let mantissa = x / libm::pow(10.0, f64::from(power));
    match steps.iter().find(|&&step| mantissa <= step * (1.0 + 1e-9)) {
        Some(&step) => (step, power),
        None => (steps[0], power + 1),
    }
}

/// The nearest multiple of a unit, its step and its power of ten, or the next one below or above.
fn to(x: f64, (step, power): (f64, i32), round: fn(f64) -> f64) -> f64 {
    let ten = libm::pow(10.0, f64::from(power.abs()));
    // A hair, so that what is a multiple already stays one.
    let hair = |x: f64| if (x - x.round()).abs() < 1e-9 { x.round() } else { round(x) };
    match power > 0 {
        true => hair(x / (step * ten)) * step * ten,
        false => hair(x * ten / step) * step / ten,
    }
}

/// By cell, why [`release`] withholds it. For those who hold the data: a reason given in public tells what was withheld, as
/// “all alike” does.
pub fn reasons(crossing: &Crossing, rules: &Rules) -> Vec<Option<Withheld>> {
    let alone: Vec<Option<Withheld>> =
        crossing.cells.iter().map(|cell| verdict(crossing, cell, rules)).collect();
    let is_sensitive = |why: &Option<Withheld>| why.is_some_and(|why| why != Withheld::Empty);
    let sensitive: Vec<bool> = alone.iter().map(is_sensitive).collect();
    let cells = attackable(crossing, &sensitive, rules);
    let judge = |members: &[usize]| judge_group(crossing, members, rules);
    let withheld = match protect_groups(&cells, &crossing.links, &judge, Effort::default()) {
        Ok(pattern) => pattern.withheld,
        Err(_) => vec![true; sensitive.len()],
    };
    let reason = |(alone, withheld): (Option<Withheld>, bool)| {
        alone.or(withheld.then_some(Withheld::Complementary))
    };
    alone.into_iter().zip(withheld).map(reason).collect()
}

/// Every figure there is, for those who hold the data.
pub fn reveal(crossing: &Crossing, standard: &Standard) -> Internal {
    let figure = |cell: &CrossingCell| match cell.estimate.n {
        0 => Err(Withheld::Empty),
        _ => Ok(figure(&cell.estimate, standard)),
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

fn figure(estimate: &Estimate, standard: &Standard) -> Figure {
    Figure {
        value: estimate.value,
        se: estimate.se,
        bounds: estimate.bounds,
        n: estimate.n,
        effective_n: estimate.effective_n,
        design_effect: estimate.design_effect,
        df: estimate.df,
        weak: weaknesses(estimate, standard),
    }
}

fn verdict(crossing: &Crossing, cell: &CrossingCell, rules: &Rules) -> Option<Withheld> {
    judge(&cell.estimate, rules).or_else(|| {
        let sums = &cell.sums;
        let amounts = !crossing.is_proportion;
        amounts.then(|| seen_through(sums.largest, sums.plain, rules)).flatten()
    })
}

/// What an attacker adds up: weighted, since that is what is published, with the people behind each cell known to him.
pub(crate) fn attackable(crossing: &Crossing, sensitive: &[bool], rules: &Rules) -> Cells {
    let cells = &crossing.cells;
    let width = |cell: &CrossingCell| width(crossing, cell.estimate.n, &cell.sums, rules);
    let most = |cell: &CrossingCell| match crossing.is_proportion {
        true => cell.sums.people,
        false if cell.sums.people == 0.0 => 0.0,
        false => f64::INFINITY,
    };
    Cells {
        counts: cells.iter().map(|cell| cell.sums.amount).collect(),
        most: cells.iter().map(most).collect(),
        costs: cells.iter().map(|cell| cell.estimate.n as f64).collect(),
        sensitive: sensitive.to_vec(),
        widths: cells.iter().map(width).collect(),
    }
}

/// By how much (above, below) what adds up in a cell or a group of cells must stay uncertain.
fn width(crossing: &Crossing, n: u64, sums: &Sums, rules: &Rules) -> (f64, f64) {
    if !crossing.is_proportion {
        return (sums.heaviest, sums.heaviest.min(sums.amount));
    }
    let wanted = rules.uncertain_people * sums.people / n.max(1) as f64;
    // With few people, not knowing at all is all there is.
    (wanted.min((sums.people - sums.amount).max(0.0)), wanted.min(sums.amount))
}

/// Several cells that somebody can tell only as one are a cell like any other: how uncertain it must stay, if it is small.
fn judge_group(crossing: &Crossing, members: &[usize], rules: &Rules) -> Option<(f64, f64)> {
    let (mut n, mut yes, mut sums) = (0, 0, Sums::default());
    for cell in members.iter().map(|&cell| &crossing.cells[cell]) {
        n += cell.estimate.n;
        yes += cell.estimate.yes.unwrap_or(0);
        sums.add(&cell.sums);
    }
    let is_small = match crossing.is_proportion {
        true => judge_counts(n, yes, rules).is_some(),
        false => n < rules.least_n || seen_through(sums.largest, sums.plain, rules).is_some(),
    };
    (n > 0 && is_small).then(|| width(crossing, n, &sums, rules))
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

fn seen_through((first, second): (f64, f64), total: f64, rules: &Rules) -> Option<Withheld> {
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
}

/// Holds a figure against a presentation standard.
pub fn weaknesses(estimate: &Estimate, standard: &Standard) -> Vec<Weakness> {
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
    } else if estimate.se.is_nan() || estimate.se > standard.greatest_error * estimate.value.abs() {
        weak.push(Weakness::LargeError);
    }
    weak
}
