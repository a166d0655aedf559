//! A table as it is published: a figure for every crossing of some groups and for every total, with what an attacker could
//! add up. Disclosure control needs the whole, since it is the totals that give a withheld cell away.

use crate::design::Design;
use crate::domains::{Domains, Table};
use crate::estimate::{Estimate, Options, Statistic, estimate};
use crate::groups::{Groups, NO_GROUP, Values};
use crate::problem::{Problem, same_length};
use crate::suppression::Links;

/// More cells than this, totals among them, are refused: nobody reads them, and the audit of so many takes minutes.
const MOST_CELLS: usize = 12_000;

/// A figure for every cell of a crossing, totals too. It is not for print: only [`crate::release`] makes what is.
#[derive(Debug, Clone)]
pub struct Crossing {
    pub(crate) factors: Vec<Factor>,
    pub(crate) cells: Vec<CrossingCell>,
    pub(crate) links: Links,
    pub(crate) is_proportion: bool,
    /// Of the intervals.
    pub(crate) level: f64,
}

/// One column of groups, and the name of those who have no label, if there are any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Factor {
    /// The column.
    pub name: String,
    /// The groups, sorted; [`UNLABELLED`] last where some rows have no label.
    pub groups: Vec<String>,
}

/// The group of those without a label. They are people too: left out, the totals of two tables would differ by them.
pub const UNLABELLED: &str = "";

#[derive(Debug, Clone)]
pub(crate) struct CrossingCell {
    /// By factor, the place of its group; the number of groups for the total.
    pub places: Vec<usize>,
    pub estimate: Estimate,
    pub sums: Sums,
}

/// What adds up in a cell.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Sums {
    /// People represented by those who answered.
    pub people: f64,
    /// Σ w y, of amounts that are zero or more.
    pub amount: f64,
    /// The two largest contributions to it, and the unweighted sum.
    pub largest: (f64, f64),
    pub plain: f64,
    /// The largest w y.
    pub heaviest: f64,
}

impl Sums {
    pub(crate) fn add(&mut self, other: &Sums) {
        self.people += other.people;
        self.amount += other.amount;
        self.plain += other.plain;
        self.heaviest = self.heaviest.max(other.heaviest);
        for one in [other.largest.0, other.largest.1] {
            if one > self.largest.0 {
                self.largest = (one, self.largest.0);
            } else {
                self.largest.1 = self.largest.1.max(one);
            }
        }
    }
}

/// Estimates a statistic in every crossing of some groups and in all their totals. Rows without a label are a group of
/// their own; without any factor there is one cell, everybody.
///
/// Problems: those of [`estimate`]; a ratio or a variance, whose parts do not add up; a crossing of more than 12,000 cells.
pub fn cross(
    design: &Design,
    factors: &[(&str, &Groups)],
    statistic: Statistic,
    options: &Options,
) -> Result<Crossing, Vec<Problem>> {
    let values = match statistic {
        Statistic::Total(values) | Statistic::Mean(values) | Statistic::Proportion(values) => {
            values
        }
        Statistic::Ratio(..) | Statistic::Variance(_) => {
            let message = "a ratio or a variance does not add up over groups, so it cannot be audited; ask for a total, a mean or a proportion";
            return Err(vec![Problem::of("statistic", message)]);
        }
    };
    let rows = design.rows();
    let mut problems = Vec::new();
    for (name, groups) in factors {
        same_length(name, groups.len(), rows, &mut problems);
        if factors.iter().filter(|(other, _)| other == name).count() > 1 {
            problems.push(Problem::of(name, "is crossed with itself; name each column once"));
        }
    }
    same_length("values", values.len(), rows, &mut problems);
    if !problems.is_empty() {
        return Err(problems);
    }
    let labelled: Vec<Groups> = factors.iter().map(|(_, groups)| with_unlabelled(groups)).collect();
    let sizes: Vec<usize> = labelled.iter().map(|groups| groups.names().len()).collect();
    let count = sizes
        .iter()
        .try_fold(1usize, |cells, size| cells.checked_mul(size + 1))
        .unwrap_or(usize::MAX);
    if count > MOST_CELLS {
        return Err(vec![Problem::of(
            "groups",
            format!(
                "{count} cells with totals; at most {MOST_CELLS} can be audited. Take fewer or coarser groups"
            ),
        )]);
    }
    let strides = strides(&sizes);
    let mut estimates: Vec<Option<Estimate>> = vec![None; count];
    for subset in 0..1usize << labelled.len() {
        let kept: Vec<usize> = (0..labelled.len()).filter(|k| subset >> k & 1 == 1).collect();
        let columns: Vec<(&str, &Groups)> =
            kept.iter().map(|&k| (factors[k].0, &labelled[k])).collect();
        let domains =
            if kept.is_empty() { Domains::all(rows) } else { Domains::crossing(&columns)? };
        let table = Table::new(design, &domains)?;
        for one in estimate(&table, statistic, options)? {
            let mut place: usize =
                sizes.iter().zip(&strides).map(|(size, stride)| size * stride).sum();
            for (&k, name) in kept.iter().zip(&domains.names()[one.domain]) {
                let group = labelled[k].names().iter().position(|known| known == name);
                place -= (sizes[k] - group.expect("it was listed")) * strides[k];
            }
            estimates[place] = Some(Estimate { domain: place, ..one });
        }
    }
    let sums = sums(design, &labelled, &sizes, &strides, values, statistic);
    let cells = estimates.into_iter().zip(sums).enumerate().map(|(place, (estimate, sums))| {
        let places = sizes.iter().zip(&strides).map(|(size, stride)| place / stride % (size + 1));
        CrossingCell {
            places: places.collect(),
            estimate: estimate.unwrap_or_else(|| nobody(place)),
            sums,
        }
    });
    let factor = |((name, _), groups): (&(&str, &Groups), &Groups)| Factor {
        name: (*name).to_owned(),
        groups: groups.names().to_vec(),
    };
    Ok(Crossing {
        factors: factors.iter().zip(&labelled).map(factor).collect(),
        cells: cells.collect(),
        links: Links::crossing(&sizes),
        is_proportion: matches!(statistic, Statistic::Proportion(_)),
        level: options.level,
    })
}

/// How far apart two neighbours of each factor are; the last factor is fastest.
fn strides(sizes: &[usize]) -> Vec<usize> {
    let mut strides = vec![1; sizes.len()];
    for k in (0..sizes.len().saturating_sub(1)).rev() {
        strides[k] = strides[k + 1] * (sizes[k + 1] + 1);
    }
    strides
}

fn with_unlabelled(groups: &Groups) -> Groups {
    if !groups.codes().contains(&NO_GROUP) {
        return groups.clone();
    }
    let last = groups.names().len() as u32;
    let codes = groups.codes().iter().map(|&code| code.min(last)).collect();
    let names = groups.names().iter().cloned().chain([UNLABELLED.to_owned()]).collect();
    Groups::from_codes(codes, names).expect("the new code has its name")
}

/// The sums of every cell, from the innermost outwards.
fn sums(
    design: &Design,
    labelled: &[Groups],
    sizes: &[usize],
    strides: &[usize],
    values: Values,
    statistic: Statistic,
) -> Vec<Sums> {
    let count = sizes.iter().map(|size| size + 1).product();
    let mut sums = vec![Sums::default(); count];
    // Amounts below zero are counted from the lowest, which anyone may know.
    let lowest = match statistic {
        Statistic::Proportion(_) => 0.0,
        _ => (0..values.len()).map(|row| values.at(row)).fold(0.0, f64::min),
    };
    for (row, &weight) in design.weights().iter().enumerate() {
        let y = values.at(row) - lowest;
        if weight == 0.0 || y.is_nan() {
            continue;
        }
        let place: usize = labelled
            .iter()
            .zip(strides)
            .map(|(groups, stride)| groups.codes()[row] as usize * stride)
            .sum();
        sums[place].add(&Sums {
            people: weight,
            amount: weight * y,
            largest: (y, 0.0),
            plain: y,
            heaviest: weight * y,
        });
    }
    for (size, stride) in sizes.iter().zip(strides) {
        for place in (0..count).filter(|place| place / stride % (size + 1) == *size) {
            let mut total = Sums::default();
            (1..=*size).for_each(|back| total.add(&sums[place - back * stride]));
            sums[place] = total;
        }
    }
    sums
}

fn nobody(domain: usize) -> Estimate {
    Estimate {
        domain,
        value: f64::NAN,
        se: f64::NAN,
        bounds: None,
        df: 0.0,
        n: 0,
        missing: 0,
        yes: None,
        units: 0,
        people: 0.0,
        design_effect: None,
        effective_n: None,
    }
}
