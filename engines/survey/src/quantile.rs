//! Medians and other quantiles, bounded as Woodruff 1952 (JASA 47:635–646) showed: the share below is bounded, and read back.
//! The rule for the quantile itself is the inverse of the weighted distribution function, without interpolation, as R's default.

use crate::design::Design;
use crate::distribution::student_quantile;
use crate::domains::Table;
use crate::estimate::{Estimate, Options, Statistic, estimate};
use crate::groups::Values;
use crate::interval::Interval;
use crate::problem::{Problem, name_rows, same_length};

/// Estimates the quantile that `share` of the population lies below or at, in every domain.
///
/// A bound is missing where the interval of the share leaves 0 to 1: the sample does not reach that far.
/// The standard error is the length of the interval over twice t, as R's; NaN where a bound is missing.
pub fn quantile(
    table: &Table,
    values: Values,
    share: f64,
    options: &Options,
) -> Result<Vec<Quantile>, Vec<Problem>> {
    let found = quantile_among(table, values, share, options)?;
    Ok(found.into_iter().map(|(quantile, _)| quantile).collect())
}

/// As [`quantile`], with the answers of each domain, sorted.
pub(crate) fn quantile_among(
    table: &Table,
    values: Values,
    share: f64,
    options: &Options,
) -> Result<Vec<(Quantile, Vec<f64>)>, Vec<Problem>> {
    let mut problems = Vec::new();
    if !(share > 0.0 && share < 1.0) {
        problems.push(Problem::of(
            "quantile",
            format!("{share}; give a share between 0 and 1, such as 0.5 for the median"),
        ));
    }
    same_length("values", values.len(), table.design.rows(), &mut problems);
    let wrong = |i: usize| {
        values
            .at(i)
            .is_infinite()
            .then(|| "an infinite value; give a number, or leave it missing".into())
    };
    name_rows("values", values.len(), wrong, &mut problems);
    if !problems.is_empty() {
        return Err(problems);
    }
    let design = table.design;
    let curves: Vec<Curve> = table
        .rows_by_domain()
        .into_iter()
        .map(|mut rows| {
            rows.retain(|&row| {
                !values.at(row as usize).is_nan() && design.weights[row as usize] != 0.0
            });
            rows.sort_by(|&a, &b| values.at(a as usize).total_cmp(&values.at(b as usize)));
            Curve::new(design, &rows, values)
        })
        .collect();
    let found: Vec<f64> = curves.iter().map(|curve| curve.at(share)).collect();
    let below = below(table, values, &found, options)?;
    let finish = |((curve, value), below): ((Curve, f64), Estimate)| {
        let bound = |p: f64| Some(p).filter(|p| (0.0..=1.0).contains(p)).map(|p| curve.at(p));
        let (low, high) = match below.bounds {
            Some((low, high)) if !curve.values.is_empty() => (bound(low), bound(high)),
            _ => (None, None),
        };
        let t = student_quantile(0.5 + options.level / 2.0, below.df);
        let se = low.zip(high).map_or(f64::NAN, |(low, high)| (high - low) / (2.0 * t));
        (Quantile { domain: below.domain, value, se, low, high, below }, curve.values)
    };
    Ok(curves.into_iter().zip(found).zip(below).map(finish).collect())
}

/// A quantile of one domain.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantile {
    /// The domain's place in [`crate::Domains::names`].
    pub domain: usize,
    /// NaN where nobody answered.
    pub value: f64,
    /// NaN where a bound is missing.
    pub se: f64,
    /// The lower bound.
    pub low: Option<f64>,
    /// The upper bound.
    pub high: Option<f64>,
    /// The share of people at or below `value`, with its n, units, and the degrees of freedom of those who answered.
    pub below: Estimate,
}

/// By domain, the share at or below a value, always bounded by t: R's `interval.type = "mean"`.
fn below(
    table: &Table,
    values: Values,
    found: &[f64],
    options: &Options,
) -> Result<Vec<Estimate>, Vec<Problem>> {
    let codes = table.domains.codes();
    let flag = |row: usize| match found.get(codes[row] as usize) {
        Some(value) if !values.at(row).is_nan() => u8::from(values.at(row) <= *value),
        _ => u8::MAX,
    };
    let flags: Vec<u8> = (0..table.design.rows()).map(flag).collect();
    // Degrees of freedom are of those who answered, as R's `svyquantile` takes them, unlike its `confint` of a mean.
    let domains = table.domains.restricted(|row| !values.at(row).is_nan());
    let table = Table::new(table.design, &domains)?;
    let options = Options { interval: Interval::Mean, ..*options };
    estimate(&table, Statistic::Mean(Values::Flags(&flags)), &options)
}

/// Sorted values with the weight up to each.
struct Curve {
    values: Vec<f64>,
    below: Vec<f64>,
    total: f64,
}

impl Curve {
    fn new(design: &Design, rows: &[u32], values: Values) -> Self {
        // Sums are kept to twice the precision: whether a quantile falls on a step is a matter of the last digit.
        let (mut sum, mut rest) = (0.0f64, 0.0f64);
        let below: Vec<f64> = rows
            .iter()
            .map(|&row| {
                let weight = design.weights[row as usize];
                let next = sum + weight;
                rest += if sum >= weight { (sum - next) + weight } else { (weight - next) + sum };
                sum = next;
                sum + rest
            })
            .collect();
        let total = below.last().copied().unwrap_or(0.0);
        Curve { values: rows.iter().map(|&row| values.at(row as usize)).collect(), below, total }
    }

    /// The least value with at least `share` of the weight at or below it; where a step ends exactly there, its value.
    fn at(&self, share: f64) -> f64 {
        let Some(last) = self.values.len().checked_sub(1) else { return f64::NAN };
        let reached = self.below.partition_point(|&below| below <= share * self.total);
        match reached.checked_sub(1) {
            None => self.values[0],
            Some(here) if share - self.below[here] / self.total == 0.0 => self.values[here],
            Some(here) => self.values[(here + 1).min(last)],
        }
    }
}
