//! A table as it is published: a figure for every crossing of some groups and for every total, with what an attacker could
//! add up. Disclosure control needs the whole, since it is the totals that give a withheld cell away.

use crate::around::Point;
use crate::design::Design;
use crate::domains::{Domains, Table};
use crate::estimate::{Estimate, Options, Statistic, estimate};
use crate::groups::{Groups, NO_GROUP, Values};
use crate::layers::{Adds, Layer, Places};
use crate::problem::{Problem, same_length};
use crate::quantile::{Quantile, quantile_among};
use crate::suppression::Links;

/// More cells than this, totals among them, are refused: nobody reads them, and the audit of so many takes minutes.
const MOST_CELLS: usize = 12_000;

/// A figure for every cell of a crossing, totals too. It is not for print: only [`crate::release`] makes what is.
#[derive(Debug, Clone)]
pub struct Crossing {
    pub(crate) factors: Vec<Factor>,
    pub(crate) cells: Vec<CrossingCell>,
    pub(crate) links: Links,
    /// What adds up behind the figures; each must be safe.
    pub(crate) layers: Vec<Layer>,
    /// Whether they are shares of people, which lie between 0 and 1.
    pub(crate) are_shares: bool,
    pub(crate) options: Options,
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
    /// Of a quantile, the people about it and about its bounds.
    pub around: Vec<Point>,
}

/// Estimates a statistic in every crossing of some groups and in all their totals. Rows without a label are a group of
/// their own; without any factor there is one cell, everybody.
///
/// A ratio is of those who are known in both columns and not zero in both: n counts them, since nobody else moves it. It is withheld
/// where either total would be, so that nobody can work out one from the other (decision 121).
///
/// Problems: those of [`estimate`]; a variance, which does not add up; a ratio with nothing to divide by; a crossing of more than
/// 12,000 cells.
pub fn cross(
    design: &Design,
    factors: &[(&str, &Groups)],
    statistic: Statistic,
    options: &Options,
) -> Result<Crossing, Vec<Problem>> {
    let grid = Grid::new(design, factors)?;
    match statistic {
        Statistic::Variance(_) => {
            let message = "a variance does not add up over groups, so it cannot be audited; ask for a total, a mean, a proportion, a ratio or a quantile";
            Err(vec![Problem::of("statistic", message)])
        }
        Statistic::Ratio(over, under) => ratio(&grid, over, under, options),
        Statistic::Proportion(values) => {
            let values = numbers("values", values, design)?;
            let asked = Statistic::Proportion(Values::Numbers(&values));
            let figures = grid.fill(|table| Ok(plain(estimate(table, asked, options)?)))?;
            let layers = vec![grid.layer(Adds::People, &values)];
            Ok(Crossing { are_shares: true, ..grid.crossing(figures, layers, options) })
        }
        Statistic::Total(values) | Statistic::Mean(values) => {
            let values = numbers("values", values, design)?;
            let asked = match statistic {
                Statistic::Total(_) => Statistic::Total(Values::Numbers(&values)),
                _ => Statistic::Mean(Values::Numbers(&values)),
            };
            let figures = grid.fill(|table| Ok(plain(estimate(table, asked, options)?)))?;
            Ok(grid.crossing(figures, grid.amounts(&values), options))
        }
    }
}

/// Estimates a quantile in every crossing of some groups and in all their totals, as [`cross`] does. It is withheld where the mean would be.
///
/// Problems: those of [`crate::quantile`], and of [`cross`].
pub fn cross_quantile(
    design: &Design,
    factors: &[(&str, &Groups)],
    values: Values,
    share: f64,
    options: &Options,
) -> Result<Crossing, Vec<Problem>> {
    let grid = Grid::new(design, factors)?;
    let values = numbers("values", values, design)?;
    let figures = grid.fill(|table| {
        let found = quantile_among(table, Values::Numbers(&values), share, options)?;
        let figure = |(found, sorted): (Quantile, Vec<f64>)| {
            let bounds = found.low.zip(found.high);
            let points = bounds.into_iter().flat_map(|(low, high)| [low, high]);
            let points = [found.value].into_iter().chain(points).filter(|value| !value.is_nan());
            let around = points.map(|value| Point::new(&sorted, value)).collect();
            (Estimate { value: found.value, se: found.se, bounds, ..found.below }, around)
        };
        Ok(found.into_iter().map(figure).collect())
    })?;
    Ok(grid.crossing(figures, grid.amounts(&values), options))
}

/// The ratio of two columns and its layers: both totals, and the people behind those that are yes or no.
fn ratio(
    grid: &Grid,
    over: Values,
    under: Values,
    options: &Options,
) -> Result<Crossing, Vec<Problem>> {
    let over = numbers("numerator", over, grid.design)?;
    let under = numbers("denominator", under, grid.design)?;
    let of_rows = |keep: &dyn Fn(f64, f64) -> Option<f64>| -> Vec<f64> {
        let rows = over.iter().zip(&under);
        rows.map(|(&y, &x)| match y.is_nan() || x.is_nan() {
            true => f64::NAN,
            false => keep(y, x).unwrap_or(f64::NAN),
        })
        .collect()
    };
    let (known_over, known_under) = (of_rows(&|y, _| Some(y)), of_rows(&|_, x| Some(x)));
    if known_under.iter().all(|x| x.is_nan() || *x == 0.0) {
        let message = "nobody who is known in both columns has anything but 0 here, so nothing can be divided by it; ask for another denominator";
        return Err(vec![Problem::of("denominator", message)]);
    }
    let counts = |y: f64, x: f64| y != 0.0 || x != 0.0;
    let (y, x) =
        (of_rows(&|y, x| counts(y, x).then_some(y)), of_rows(&|y, x| counts(y, x).then_some(x)));
    let asked = Statistic::Ratio(Values::Numbers(&y), Values::Numbers(&x));
    let figures = grid.fill(|table| Ok(plain(estimate(table, asked, options)?)))?;
    let mut layers = vec![grid.layer(Adds::Amounts, &y)];
    // A denominator that is the same for all, as 1 for each who was asked, tells nothing.
    if !are_same(&known_under) {
        layers.push(grid.layer(Adds::Under, &of_rows(&|_, x| (x != 0.0).then_some(x))));
        if are_yes_or_no(&known_under) {
            layers.push(grid.layer(Adds::People, &known_under));
        }
    }
    let are_shares = are_yes_or_no(&known_over)
        && are_yes_or_no(&known_under)
        && known_over.iter().zip(&known_under).all(|(y, x)| y.is_nan() || y <= x);
    if are_shares {
        layers.push(grid.layer(Adds::People, &of_rows(&|y, x| (x == 1.0).then_some(y))));
    } else if are_yes_or_no(&known_over) {
        layers.push(grid.layer(Adds::People, &known_over));
    }
    Ok(Crossing { are_shares, ..grid.crossing(figures, layers, options) })
}

/// Cells to be filled: the groups, with one more for rows without a label.
struct Grid<'a> {
    design: &'a Design,
    names: Vec<&'a str>,
    labelled: Vec<Groups>,
    places: Places,
}

type Filled = (Estimate, Vec<Point>);

impl<'a> Grid<'a> {
    fn new(design: &'a Design, factors: &[(&'a str, &Groups)]) -> Result<Grid<'a>, Vec<Problem>> {
        let mut problems = Vec::new();
        for (name, groups) in factors {
            same_length(name, groups.len(), design.rows(), &mut problems);
            if factors.iter().filter(|(other, _)| other == name).count() > 1 {
                let message = "is crossed with itself; name each column once";
                problems.push(Problem::of(name, message));
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let labelled: Vec<Groups> =
            factors.iter().map(|(_, groups)| with_unlabelled(groups)).collect();
        let sizes: Vec<usize> = labelled.iter().map(|groups| groups.names().len()).collect();
        let count = sizes
            .iter()
            .try_fold(1usize, |cells, size| cells.checked_mul(size + 1))
            .unwrap_or(usize::MAX);
        if count > MOST_CELLS {
            let message = format!(
                "{count} cells with totals; at most {MOST_CELLS} can be audited. Take fewer or coarser groups"
            );
            return Err(vec![Problem::of("groups", message)]);
        }
        let names = factors.iter().map(|(name, _)| *name).collect();
        Ok(Grid { design, names, labelled, places: Places::new(sizes) })
    }

    /// The figures of all cells, a subset of the factors at a time.
    fn fill(
        &self,
        figures: impl Fn(&Table) -> Result<Vec<Filled>, Vec<Problem>>,
    ) -> Result<Vec<Option<Filled>>, Vec<Problem>> {
        let (sizes, strides) = (&self.places.sizes, &self.places.strides);
        let rows = self.design.rows();
        let mut filled: Vec<Option<Filled>> = vec![None; self.places.count()];
        for subset in 0..1usize << self.labelled.len() {
            let kept: Vec<usize> =
                (0..self.labelled.len()).filter(|k| subset >> k & 1 == 1).collect();
            let columns: Vec<(&str, &Groups)> =
                kept.iter().map(|&k| (self.names[k], &self.labelled[k])).collect();
            let domains =
                if kept.is_empty() { Domains::all(rows) } else { Domains::crossing(&columns)? };
            let table = Table::new(self.design, &domains)?;
            for (one, around) in figures(&table)? {
                let mut place: usize =
                    sizes.iter().zip(strides).map(|(size, stride)| size * stride).sum();
                for (&k, name) in kept.iter().zip(&domains.names()[one.domain]) {
                    let group = self.labelled[k].names().iter().position(|known| known == name);
                    place -= (sizes[k] - group.expect("it was listed")) * strides[k];
                }
                filled[place] = Some((Estimate { domain: place, ..one }, around));
            }
        }
        Ok(filled)
    }

    fn layer(&self, adds: Adds, values: &[f64]) -> Layer {
        let place = |row: usize| -> usize {
            let columns = self.labelled.iter().zip(&self.places.strides);
            columns.map(|(groups, stride)| groups.codes()[row] as usize * stride).sum()
        };
        Layer::new(adds, self.design, &self.places, place, values)
    }

    /// The layers of a total or a mean: an amount of nothing but 0 and 1 is a number of people, and kept as such.
    fn amounts(&self, values: &[f64]) -> Vec<Layer> {
        let mut layers = vec![self.layer(Adds::Amounts, values)];
        if are_yes_or_no(values) {
            layers.push(self.layer(Adds::People, values));
        }
        layers
    }

    fn crossing(
        &self,
        filled: Vec<Option<Filled>>,
        layers: Vec<Layer>,
        options: &Options,
    ) -> Crossing {
        let cells = filled.into_iter().enumerate().map(|(place, filled)| {
            let sizes = self.places.sizes.iter().zip(&self.places.strides);
            let (estimate, around) = filled.unwrap_or_else(|| (nobody(place), Vec::new()));
            let places = sizes.map(|(size, stride)| place / stride % (size + 1)).collect();
            CrossingCell { places, estimate, around }
        });
        let factor = |(name, groups): (&&str, &Groups)| Factor {
            name: (*name).to_owned(),
            groups: groups.names().to_vec(),
        };
        Crossing {
            factors: self.names.iter().zip(&self.labelled).map(factor).collect(),
            cells: cells.collect(),
            links: Links::crossing(&self.places.sizes),
            layers,
            are_shares: false,
            options: *options,
        }
    }
}

fn plain(estimates: Vec<Estimate>) -> Vec<Filled> {
    estimates.into_iter().map(|estimate| (estimate, Vec::new())).collect()
}

/// A column as numbers, as long as the design.
fn numbers(place: &str, values: Values, design: &Design) -> Result<Vec<f64>, Vec<Problem>> {
    let mut problems = Vec::new();
    same_length(place, values.len(), design.rows(), &mut problems);
    match problems.is_empty() {
        true => Ok((0..values.len()).map(|row| values.at(row)).collect()),
        false => Err(problems),
    }
}

fn are_yes_or_no(values: &[f64]) -> bool {
    values.iter().all(|value| value.is_nan() || *value == 0.0 || *value == 1.0)
}

fn are_same(values: &[f64]) -> bool {
    let mut known = values.iter().filter(|value| !value.is_nan());
    known.next().is_none_or(|first| known.all(|value| value == first))
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
