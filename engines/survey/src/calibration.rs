//! Weights made to agree with what is known of the population: post-stratification, raking, calibration, trimming.
//! Each leaves behind what it explained, so that the variance is taken on residuals, as Deville and Särndal 1992 (JASA 87:376–382) show.

use crate::design::{Design, refine};
use crate::groups::{Groups, NO_GROUP};
use crate::linear::{Basis, dot, orthonormal};
use crate::problem::{Problem, name_rows, same_length};

/// What a calibration explained; residuals are taken in the order in which the calibrations were made.
#[derive(Debug, Clone)]
pub(crate) enum Adjustment {
    PostStrata { codes: Vec<u32>, count: usize, before: Vec<f64>, after: Vec<f64> },
    Raking(Vec<Margin>),
    Regression { basis: Basis, scale: Vec<f64> },
}

#[derive(Debug, Clone)]
pub(crate) struct Margin {
    pub codes: Vec<u32>,
    pub count: usize,
    pub weights: Vec<f64>,
}

/// How many people the population holds in each group of a margin.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// The group of each row.
    pub groups: &'a Groups,
    /// People by group, in the order of the groups' names.
    pub totals: &'a [f64],
}

/// When raking stops.
#[derive(Debug, Clone, Copy)]
pub struct Raking {
    /// The largest change of any cell of the crossed margins, in people, that still counts as none.
    pub tolerance_people: f64,
    /// Rounds at most.
    pub rounds: usize,
}

impl Default for Raking {
    /// One person and ten rounds, as R's `rake`, so that weights agree with those published from it.
    fn default() -> Self {
        Raking { tolerance_people: 1.0, rounds: 10 }
    }
}

/// How far the new weights may move from the old, and by which distance that is measured.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Distance {
    /// Generalised regression (GREG): exact in one step; weights may become negative.
    Linear,
    /// Exponential: weights stay positive.
    Raking,
    /// Logit: the ratio of new to old weight stays between the two bounds. Deville and Särndal's case 6.
    Logit { lower: f64, upper: f64 },
    /// Linear as far as the bounds of the ratio, and held there. Deville and Särndal's case 7.
    LinearWithin { lower: f64, upper: f64 },
    /// Exponential as far as the bounds of the ratio, and held there.
    RakingWithin { lower: f64, upper: f64 },
}

impl Distance {
    fn bounds(self) -> Option<(f64, f64)> {
        match self {
            Distance::Linear | Distance::Raking => None,
            Distance::Logit { lower, upper }
            | Distance::LinearWithin { lower, upper }
            | Distance::RakingWithin { lower, upper } => Some((lower, upper)),
        }
    }
}

/// Columns whose population totals are known, written as a model matrix.
#[derive(Debug, Clone, Default)]
pub struct Auxiliary {
    names: Vec<String>,
    columns: Vec<Vec<f64>>,
    totals: Vec<f64>,
}

impl Auxiliary {
    /// Nothing known yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The number of people in the population.
    pub fn people(self, rows: usize, total: f64) -> Self {
        self.values("people", vec![1.0; rows], total)
    }

    /// A measure whose population total is known.
    pub fn values(mut self, name: &str, values: Vec<f64>, total: f64) -> Self {
        self.names.push(name.to_owned());
        self.columns.push(values);
        self.totals.push(total);
        self
    }

    /// Groups whose sizes are known. The first group is left out where `people` is given too, since it follows.
    pub fn groups(mut self, groups: &Groups, totals: &[f64]) -> Self {
        for (code, (name, &total)) in groups.names().iter().zip(totals).enumerate().skip(1) {
            let column =
                groups.codes().iter().map(|&c| f64::from(u8::from(c as usize == code))).collect();
            self = self.values(name, column, total);
        }
        self
    }
}

impl Design {
    /// Makes the weights of each group add up to what is known of it. Holt and Smith 1979, JRSS A 142:33–46.
    pub fn post_stratified(mut self, known: Known) -> Result<Design, Vec<Problem>> {
        let mut problems = Vec::new();
        check_known("post-strata", &known, &self, &mut problems);
        if !problems.is_empty() {
            return Err(problems);
        }
        let before = self.weights.clone();
        fit_margin(&mut self.weights, &known);
        let after = self.weights.clone();
        let (codes, count) = (known.groups.codes().to_vec(), known.totals.len());
        self.adjustments.push(Adjustment::PostStrata { codes, count, before, after });
        Ok(self)
    }

    /// Fits several margins in turn until their crossing rests. Deming and Stephan 1940.
    ///
    /// A problem if it does not rest within the allowed rounds: margins that contradict each other never do.
    pub fn raked(mut self, margins: &[Known], stop: &Raking) -> Result<Design, Vec<Problem>> {
        let mut problems = Vec::new();
        for (index, known) in margins.iter().enumerate() {
            check_known(&format!("margin {}", index + 1), known, &self, &mut problems);
        }
        let sums: Vec<f64> = margins.iter().map(|known| known.totals.iter().sum()).collect();
        if let (Some(low), Some(high)) =
            (sums.iter().copied().reduce(f64::min), sums.iter().copied().reduce(f64::max))
            && high - low > 1e-6 * high
        {
            problems.push(Problem::of(
                "margins",
                format!("they add up to between {low} and {high} people; make them agree"),
            ));
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let (cells, count) = margins.iter().fold((vec![0; self.rows()], 1), |(cells, _), known| {
            refine(&cells, known.groups.codes())
        });
        let mut fitted = Vec::new();
        let mut table = sums_by(&cells, count, &self.weights);
        let mut change = f64::INFINITY;
        for _ in 0..stop.rounds {
            fitted.clear();
            for known in margins {
                fit_margin(&mut self.weights, known);
                let (codes, count) = (known.groups.codes().to_vec(), known.totals.len());
                fitted.push(Margin { codes, count, weights: self.weights.clone() });
            }
            let now = sums_by(&cells, count, &self.weights);
            change = table.iter().zip(&now).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
            table = now;
            if change < stop.tolerance_people {
                break;
            }
        }
        if change >= stop.tolerance_people {
            let message = format!(
                "raking still moves a cell by {change:.1} people after {} rounds; allow more rounds, or look for margins that contradict each other",
                stop.rounds
            );
            return Err(vec![Problem::of("margins", message)]);
        }
        self.adjustments.push(Adjustment::Raking(fitted));
        Ok(self)
    }

    /// Moves the weights as little as possible so that the sample's totals become the population's.
    ///
    /// A problem where no such weights exist within the bounds, or where a column has a missing value.
    pub fn calibrated(self, known: &Auxiliary, distance: Distance) -> Result<Design, Vec<Problem>> {
        self.calibrated_by_row(known, distance, None)
    }

    /// As [`calibrated`](Self::calibrated), all rows of a group (a household, a prison) getting the same factor: the groups'
    /// means of the columns are calibrated instead (R: `aggregate.stage`). Lemaître and Dufour 1987, *Survey Methodology*
    /// 13:199–207.
    ///
    /// A problem where rows of one group differ in weight before, since no common factor is defined then.
    pub fn calibrated_together(
        self,
        known: &Auxiliary,
        distance: Distance,
        together: &Groups,
    ) -> Result<Design, Vec<Problem>> {
        let mut problems = Vec::new();
        same_length("groups kept together", together.len(), self.rows(), &mut problems);
        if problems.is_empty() {
            let codes = together.codes();
            let mut weight_of = vec![f64::NAN; together.names().len()];
            let wrong = |row: usize| {
                let Some(before) = weight_of.get_mut(codes[row] as usize) else {
                    return Some("no group; every row must have one".into());
                };
                let weight = self.weights[row];
                let first = std::mem::replace(before, weight);
                (!first.is_nan() && (first - weight).abs() > 1e-9 * first.abs()).then(|| {
                    format!(
                        "a weight of {weight} where others of group {} have {first}; people kept together begin alike",
                        together.names()[codes[row] as usize]
                    )
                })
            };
            name_rows("weights", self.rows(), wrong, &mut problems);
        }
        if problems.is_empty() {
            return self.calibrated_by_row(known, distance, Some(together));
        }
        Err(problems)
    }

    fn calibrated_by_row(
        mut self,
        known: &Auxiliary,
        distance: Distance,
        together: Option<&Groups>,
    ) -> Result<Design, Vec<Problem>> {
        let mut problems = Vec::new();
        for (name, column) in known.names.iter().zip(&known.columns) {
            let place = format!("calibration on {name}");
            same_length(&place, column.len(), self.rows(), &mut problems);
            let wrong = |i: usize| {
                (!column[i].is_finite())
                    .then(|| format!("a value of {}; every row needs one", column[i]))
            };
            name_rows(&place, column.len(), wrong, &mut problems);
        }
        if let Some((lower, upper)) = distance.bounds()
            && !((0.0..1.0).contains(&lower) && 1.0 < upper && upper.is_finite())
        {
            problems.push(Problem::of(
                "bounds",
                format!("{lower} to {upper}; they must stand on either side of 1"),
            ));
        }
        if self.weights.iter().any(|&weight| weight < 0.0) {
            problems.push(Problem::of("weights", "an earlier calibration made some negative; calibrate once, with a bounded distance"));
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let averaged;
        let known = match together {
            None => known,
            Some(groups) => {
                let columns = known.columns.iter().map(|column| group_means(column, groups));
                averaged = Auxiliary { columns: columns.collect(), ..known.clone() };
                &averaged
            }
        };
        let halves: Vec<f64> = self.weights.iter().map(|weight| weight.sqrt()).collect();
        let scaled: Vec<Vec<f64>> =
            known.columns.iter().map(|column| times(column, &halves)).collect();
        let basis = orthonormal(&scaled);
        let ratio = match distance {
            Distance::Linear => linear_ratio(&self.weights, known, &basis),
            _ => scaled_ratio(&self.weights, known, distance),
        }?;
        let scale = times(&ratio, &halves);
        self.weights.iter_mut().zip(&ratio).for_each(|(weight, g)| *weight *= g);
        self.adjustments.push(Adjustment::Regression { basis, scale });
        Ok(self)
    }

    /// Pulls weights between two bounds and shares what was cut among the rows within them, until all lie within.
    ///
    /// A problem where the bounds cannot hold the sum. Trimming is taken as part of the design: it explains nothing.
    pub fn trimmed(mut self, lower: f64, upper: f64) -> Result<Design, Vec<Problem>> {
        let mean = self.weights.iter().sum::<f64>() / self.rows() as f64;
        if !(lower <= mean && mean <= upper) {
            let message =
                format!("{lower} to {upper} do not hold the mean weight {mean}; widen them");
            return Err(vec![Problem::of("bounds", message)]);
        }
        for _ in 0..1000 {
            let outside: Vec<bool> = self.weights.iter().map(|&w| w < lower || w > upper).collect();
            let inside = outside.iter().filter(|&&out| !out).count();
            if inside == outside.len() {
                return Ok(self);
            }
            if inside == 0 {
                break;
            }
            let mut cut = 0.0;
            for weight in self.weights.iter_mut() {
                let kept = weight.clamp(lower, upper);
                cut += *weight - kept;
                *weight = kept;
            }
            let share = cut / inside as f64;
            self.weights
                .iter_mut()
                .zip(&outside)
                .filter(|(_, out)| !**out)
                .for_each(|(weight, _)| *weight += share);
        }
        Err(vec![Problem::of(
            "bounds",
            format!("no weights between {lower} and {upper} keep the sum; widen them"),
        )])
    }
}

/// Takes out of linearised values what each calibration explained.
pub(crate) fn take_residuals(design: &Design, values: &mut [f64]) {
    for adjustment in &design.adjustments {
        match adjustment {
            Adjustment::PostStrata { codes, count, before, after } => {
                let (mut sums, mut people) = (vec![0.0; *count], vec![0.0; *count]);
                for (i, &code) in codes.iter().enumerate().filter(|(i, _)| after[*i] != 0.0) {
                    sums[code as usize] += values[i] * before[i] / after[i];
                    people[code as usize] += before[i];
                }
                for (i, &code) in codes.iter().enumerate().filter(|(i, _)| after[*i] != 0.0) {
                    values[i] -= sums[code as usize] / people[code as usize] * after[i];
                }
            }
            Adjustment::Raking(margins) => {
                // Ten rounds, and plain means, as R's `svyrecvar` for a raked design.
                for margin in (0..10).flat_map(|_| margins) {
                    let (mut sums, mut rows) = (vec![0.0; margin.count], vec![0.0; margin.count]);
                    for (i, &code) in
                        margin.codes.iter().enumerate().filter(|(i, _)| margin.weights[*i] != 0.0)
                    {
                        sums[code as usize] += values[i] / margin.weights[i];
                        rows[code as usize] += 1.0;
                    }
                    for (i, &code) in
                        margin.codes.iter().enumerate().filter(|(i, _)| margin.weights[*i] != 0.0)
                    {
                        values[i] -= sums[code as usize] / rows[code as usize] * margin.weights[i];
                    }
                }
            }
            Adjustment::Regression { basis, scale } => {
                let mut rest: Vec<f64> = values
                    .iter()
                    .zip(scale)
                    .map(|(z, s)| if *s == 0.0 { 0.0 } else { z / s })
                    .collect();
                basis.take_residuals(&mut rest);
                values.iter_mut().zip(rest.iter().zip(scale)).for_each(|(z, (r, s))| *z = r * s);
            }
        }
    }
}

fn check_known(place: &str, known: &Known, design: &Design, problems: &mut Vec<Problem>) {
    let names = known.groups.names();
    same_length(place, known.groups.len(), design.rows(), problems);
    if known.totals.len() != names.len() {
        let message = format!(
            "{} totals for {} groups; give one each, in the order of the names",
            known.totals.len(),
            names.len()
        );
        problems.push(Problem::of(place, message));
        return;
    }
    let wrong = |i: usize| {
        (known.groups.codes()[i] == NO_GROUP).then(|| "no group; every row must have one".into())
    };
    name_rows(place, known.groups.len(), wrong, problems);
    if known.groups.len() != design.rows() {
        return;
    }
    let people = sums_by(known.groups.codes(), names.len(), &design.weights);
    for ((name, &total), &people) in names.iter().zip(known.totals).zip(&people) {
        if !total.is_finite() || total < 0.0 || (people > 0.0 && total == 0.0) {
            problems.push(Problem::of(
                place,
                format!("{total} people in group {name}; give the number in the population"),
            ));
        } else if people == 0.0 && total > 0.0 {
            problems.push(Problem::of(
                place,
                format!("nobody was sampled in group {name}; join it with another group"),
            ));
        }
    }
}

fn fit_margin(weights: &mut [f64], known: &Known) {
    let codes = known.groups.codes();
    let people = sums_by(codes, known.totals.len(), weights);
    weights.iter_mut().zip(codes).filter(|(weight, _)| **weight != 0.0).for_each(
        |(weight, &code)| {
            *weight *= known.totals[code as usize] / people[code as usize];
        },
    );
}

/// Sums by code; a row without a code is left out.
fn sums_by(codes: &[u32], count: usize, values: &[f64]) -> Vec<f64> {
    let mut sums = vec![0.0; count];
    for (&code, value) in codes.iter().zip(values).filter(|(code, _)| **code != NO_GROUP) {
        sums[code as usize] += value;
    }
    sums
}

fn times(a: &[f64], b: &[f64]) -> Vec<f64> {
    a.iter().zip(b).map(|(a, b)| a * b).collect()
}

fn linear_ratio(
    weights: &[f64],
    known: &Auxiliary,
    basis: &Basis,
) -> Result<Vec<f64>, Vec<Problem>> {
    let missing: Vec<f64> =
        basis.kept.iter().map(|&k| known.totals[k] - dot(&known.columns[k], weights)).collect();
    let solved = basis.solve_normal(&missing);
    let mut ratio = vec![1.0; weights.len()];
    for (&k, b) in basis.kept.iter().zip(&solved) {
        ratio.iter_mut().zip(&known.columns[k]).for_each(|(g, x)| *g += b * x);
    }
    let fitted: Vec<f64> = times(weights, &ratio);
    let misfit = |k: usize| {
        (dot(&known.columns[k], &fitted) - known.totals[k]).abs() / (1.0 + known.totals[k].abs())
    };
    match (0..known.columns.len()).find(|&k| misfit(k) > 1e-7) {
        None => Ok(ratio),
        Some(k) => {
            let message = format!(
                "its total of {} contradicts the others; it is a combination of them",
                known.totals[k]
            );
            Err(vec![Problem::of(&format!("calibration on {}", known.names[k]), message)])
        }
    }
}

/// By row, the plain mean of its group.
fn group_means(column: &[f64], groups: &Groups) -> Vec<f64> {
    let count = groups.names().len();
    let sums = sums_by(groups.codes(), count, column);
    let rows = sums_by(groups.codes(), count, &vec![1.0; column.len()]);
    groups.codes().iter().map(|&code| sums[code as usize] / rows[code as usize]).collect()
}

/// Weights that stand for a sample and not yet for its population are first multiplied up, where every total is more than
/// twenty times the sample's, as R's `grake` does; bounds then count from there.
fn scaled_ratio(
    weights: &[f64],
    known: &Auxiliary,
    distance: Distance,
) -> Result<Vec<f64>, Vec<Problem>> {
    let ups: Vec<f64> = known
        .columns
        .iter()
        .zip(&known.totals)
        .map(|(column, total)| total / dot(column, weights))
        .collect();
    if ups.iter().any(|up| up.is_nan() || *up <= 20.0) {
        return newton_ratio(weights, known, distance);
    }
    let up = ups.iter().sum::<f64>() / ups.len().max(1) as f64;
    let weights: Vec<f64> = weights.iter().map(|weight| weight * up).collect();
    Ok(newton_ratio(&weights, known, distance)?.into_iter().map(|ratio| ratio * up).collect())
}

/// Newton's method on the dual, with R's stopping rule (1e-7 of each total), so that the same weights come out.
fn newton_ratio(
    weights: &[f64],
    known: &Auxiliary,
    distance: Distance,
) -> Result<Vec<f64>, Vec<Problem>> {
    let p = known.columns.len();
    let mut coefficients = vec![0.0; p];
    let evaluate = |coefficients: &[f64]| -> (Vec<f64>, Vec<f64>) {
        let mut along = vec![0.0; weights.len()];
        for (column, c) in known.columns.iter().zip(coefficients) {
            along.iter_mut().zip(column).for_each(|(u, x)| *u += c * x);
        }
        along.into_iter().map(|u| ratio_and_slope(u, distance)).unzip()
    };
    let misfit = |ratio: &[f64]| -> Vec<f64> {
        let fitted = times(weights, ratio);
        known
            .columns
            .iter()
            .zip(&known.totals)
            .map(|(column, total)| total - dot(column, &fitted))
            .collect()
    };
    let (mut ratio, mut slope) = evaluate(&coefficients);
    let mut gap = misfit(&ratio);
    for _ in 0..50 {
        let halves: Vec<f64> = weights.iter().zip(&slope).map(|(w, d)| (w * d).sqrt()).collect();
        let basis = orthonormal(
            &known.columns.iter().map(|column| times(column, &halves)).collect::<Vec<_>>(),
        );
        let kept: Vec<f64> = basis.kept.iter().map(|&k| gap[k]).collect();
        let mut step = vec![0.0; p];
        basis.kept.iter().zip(basis.solve_normal(&kept)).for_each(|(&k, x)| step[k] = x);
        for _ in 0..30 {
            coefficients.iter_mut().zip(&step).for_each(|(c, s)| *c += s);
            (ratio, slope) = evaluate(&coefficients);
            if ratio.iter().chain(&slope).all(|x| x.is_finite()) {
                break;
            }
            coefficients.iter_mut().zip(&mut step).for_each(|(c, s)| {
                *c -= *s;
                *s /= 2.0;
            });
        }
        gap = misfit(&ratio);
        if gap.iter().zip(&known.totals).all(|(gap, total)| gap.abs() / (1.0 + total.abs()) < 1e-7)
        {
            return Ok(ratio);
        }
    }
    let worst = (0..p).max_by(|&a, &b| gap[a].abs().total_cmp(&gap[b].abs())).unwrap_or(0);
    let message = format!(
        "no weights give the total of {}; widen the bounds, or look for a total in another unit",
        known.totals[worst]
    );
    Err(vec![Problem::of(&format!("calibration on {}", known.names[worst]), message)])
}

/// F(u) and F′(u): the ratio of new to old weight.
fn ratio_and_slope(u: f64, distance: Distance) -> (f64, f64) {
    match distance {
        Distance::Linear => (1.0 + u, 1.0),
        Distance::Raking => (u.exp(), u.exp()),
        Distance::Logit { lower, upper } => {
            let steepness = (upper - lower) / ((1.0 - lower) * (upper - 1.0));
            let e = (steepness * u).exp();
            if e.is_infinite() {
                return (upper, 0.0);
            }
            let under = upper - 1.0 + (1.0 - lower) * e;
            let ratio = (lower * (upper - 1.0) + upper * (1.0 - lower) * e) / under;
            let slope = e * (upper - lower) * (upper - lower) / (under * under);
            (ratio, slope)
        }
        Distance::LinearWithin { lower, upper } => {
            let is_free = lower - 1.0 < u && u < upper - 1.0;
            ((1.0 + u).clamp(lower, upper), f64::from(u8::from(is_free)))
        }
        Distance::RakingWithin { lower, upper } => {
            // R takes the slope as if u, and not its exponential, were held between the bounds.
            let is_free = lower - 1.0 < u && u < upper - 1.0;
            (u.exp().clamp(lower, upper), if is_free { u.exp() } else { 0.0 })
        }
    }
}
