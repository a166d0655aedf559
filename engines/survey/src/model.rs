//! Regression for a complex sample: linear, logistic and Poisson models, their coefficients with the variance of the design.
//! The fit is weighted least squares in iterations; the variance is that of the scores (Binder 1983, *International Statistical Review*
//! 51:279–292), as R's `svyglm` has it.

use crate::compare::combined;
use crate::design::Design;
use crate::distribution::{f_above, student, student_quantile};
use crate::domains::{Domains, Table};
use crate::estimate::Influence;
use crate::groups::{Groups, NO_GROUP, Values};
use crate::linear::{Basis, dot, orthonormal};
use crate::problem::{Problem, name_rows, same_length};
use crate::variance;

/// What is modelled, and on which scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// A measure, as it is.
    Gaussian,
    /// Yes or no, on the logit scale; the exponential of a coefficient is an odds ratio.
    Binomial,
    /// A count, on the log scale; the exponential of a coefficient is a ratio of rates.
    Poisson,
}

/// The columns that explain. There is a constant unless it is taken out.
#[derive(Debug, Clone)]
pub struct Terms {
    names: Vec<String>,
    columns: Vec<Vec<f64>>,
    /// By term, its name and its columns.
    terms: Vec<(String, std::ops::Range<usize>)>,
}

impl Terms {
    /// The constant alone: the model of a mean.
    pub fn constant(rows: usize) -> Self {
        Terms {
            names: vec!["constant".into()],
            columns: vec![vec![1.0; rows]],
            terms: vec![("constant".into(), 0..1)],
        }
    }

    /// No constant.
    pub fn none() -> Self {
        Terms { names: Vec::new(), columns: Vec::new(), terms: Vec::new() }
    }

    /// A measure; NaN is missing and takes the row out.
    pub fn values(mut self, name: &str, values: Values) -> Self {
        let at = self.columns.len();
        self.columns.push((0..values.len()).map(|row| values.at(row)).collect());
        self.names.push(name.to_owned());
        self.terms.push((name.to_owned(), at..at + 1));
        self
    }

    /// Groups, each against the first. A row without a group is taken out.
    pub fn groups(mut self, name: &str, groups: &Groups) -> Self {
        let at = self.columns.len();
        for (code, label) in groups.names().iter().enumerate().skip(1) {
            let flag = |&c: &u32| match c {
                NO_GROUP => f64::NAN,
                c => f64::from(u8::from(c as usize == code)),
            };
            self.columns.push(groups.codes().iter().map(flag).collect());
            self.names.push(format!("{name}: {label}"));
        }
        self.terms.push((name.to_owned(), at..self.columns.len()));
        self
    }
}

/// One coefficient.
#[derive(Debug, Clone, PartialEq)]
pub struct Coefficient {
    /// The column it belongs to.
    pub name: String,
    /// NaN where the column is a combination of those before it.
    pub value: f64,
    /// By the design.
    pub se: f64,
    /// value / se.
    pub t: f64,
    /// Two-sided, by t with the model's degrees of freedom; none where there are none.
    pub p: Option<f64>,
    /// value ∓ t × se at the confidence asked for.
    pub bounds: Option<(f64, f64)>,
}

/// A Wald test that several coefficients are zero at once.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wald {
    /// βᵀ V⁻¹ β over their number.
    pub f: f64,
    /// Degrees of freedom, over and under.
    pub df: (f64, f64),
    /// The chance of so large an F where none of them matters.
    pub p: f64,
}

/// A fitted model.
#[derive(Debug, Clone)]
pub struct Model {
    /// One for each column, in order.
    pub coefficients: Vec<Coefficient>,
    /// Covariance of the coefficients, NaN in the rows and columns of those left out.
    pub covariance: Vec<Vec<f64>>,
    /// Sampled primary units less strata, less the coefficients but one: R's `df.residual`.
    pub df: f64,
    /// People in the model, unweighted.
    pub n: u64,
    /// People with an answer or a column missing.
    pub missing: u64,
    /// Iterations until the deviance rested.
    pub iterations: usize,
    terms: Vec<(String, std::ops::Range<usize>)>,
    influences: Vec<Influence>,
}

/// Fits a model; `level` is the confidence of the bounds (0.95). Rows where something is missing are left out of the model,
/// but their prisons not out of the design.
///
/// Problems: columns of another length, answers that the family cannot have (a proportion of 2, a count below zero), nobody to
/// fit, and a fit that does not come to rest.
///
/// ```
/// use survey::*;
/// let prison = Groups::from_text(["a", "a", "b", "b", "c", "c", "d", "d"]);
/// let stage = Stage { clusters: Clusters::Groups(&prison), strata: None, population: Population::Unlimited };
/// let design = Design::new(&Plan { stages: vec![stage], ..Plan::simple() }, 8).unwrap();
/// let years = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0];
/// let visits = [1.0, 3.0, 2.0, 5.0, 4.0, 6.0, 8.0, 7.0];
/// let terms = Terms::constant(8).values("years", Values::Numbers(&years));
/// let model = fit_model(&design, Values::Numbers(&visits), &terms, Family::Gaussian, 0.95).unwrap();
/// assert!((model.coefficients[1].value - 0.92857142857143).abs() < 1e-12);
/// assert_eq!(model.df, 2.0);
/// ```
pub fn fit_model(
    design: &Design,
    answers: Values,
    terms: &Terms,
    family: Family,
    level: f64,
) -> Result<Model, Vec<Problem>> {
    let rows = design.rows();
    check(design, answers, terms, family, level)?;
    let is_known = |row: &usize| {
        !answers.at(*row).is_nan() && terms.columns.iter().all(|column| !column[*row].is_nan())
    };
    let known: Vec<usize> = (0..rows).filter(is_known).collect();
    let used: Vec<usize> =
        known.iter().copied().filter(|&row| design.weights[row] != 0.0).collect();
    if used.is_empty() {
        let message = "nobody has an answer, every column and a weight";
        return Err(vec![Problem::of("model", message)]);
    }
    if let Some(&row) = used.iter().find(|&&row| design.weights[row] < 0.0) {
        let message = format!(
            "a weight of {}; a model needs weights of zero or more, so calibrate with a bounded distance",
            design.weights[row]
        );
        return Err(vec![Problem::at("weights", row, message)]);
    }
    let mean = design.weights.iter().sum::<f64>() / rows as f64;
    let y: Vec<f64> = used.iter().map(|&row| answers.at(row)).collect();
    let w: Vec<f64> = used.iter().map(|&row| design.weights[row] / mean).collect();
    let columns: Vec<Vec<f64>> =
        terms.columns.iter().map(|column| used.iter().map(|&row| column[row]).collect()).collect();
    let fit = iterate(&y, &w, &columns, family)?;

    let units = known.iter().filter(|&&row| design.weights[row] != 0.0);
    let mut present = vec![false; design.units()];
    units.for_each(|&row| present[design.unit_of_row[row] as usize] = true);
    let present = (0..present.len() as u32).filter(|&unit| present[unit as usize]);
    let (clusters, strata) = design.primary_units(present);
    let df = f64::from(clusters) - f64::from(strata) + 1.0 - fit.kept.len() as f64;

    // By kept coefficient, what each row adds to it: (XᵀWX)⁻¹ x w (y − μ) dμ/dη over V, which is the working residual.
    let mut scores = vec![vec![0.0; rows]; fit.kept.len()];
    for (at, &row) in used.iter().enumerate() {
        let pull = fit.working[at] * fit.residual[at];
        let x: Vec<f64> = fit.kept.iter().map(|&k| columns[k][at] * pull).collect();
        for (score, inverse) in scores.iter_mut().zip(&fit.inverse) {
            score[row] = inverse.iter().zip(&x).map(|(a, x)| a * x).sum();
        }
    }
    let everybody = Domains::all(rows).restricted(|row| is_known(&row));
    let table = Table::new(design, &everybody)?;
    let present = table.cells_of(0).map(|cell| table.unit_of_cell[cell]);
    let present: Vec<u32> = present.collect();
    let influence = |(score, &k): (&Vec<f64>, &usize)| {
        let mut linear = score.clone();
        let shares = if design.is_adjusted() {
            crate::calibration::take_residuals(design, &mut linear);
            variance::collapse(design, &linear)
        } else {
            let sums = variance::collapse(design, &linear);
            present.iter().map(|&unit| sums[unit as usize]).collect()
        };
        Influence { shares, value: fit.beta[k], df }
    };
    let influences: Vec<Influence> = scores.iter().zip(&fit.kept).map(influence).collect();
    Ok(finish(design, terms, fit, influences, df, level, (used.len(), rows - known.len())))
}

fn finish(
    design: &Design,
    terms: &Terms,
    fit: Fit,
    influences: Vec<Influence>,
    df: f64,
    level: f64,
    (n, missing): (usize, usize),
) -> Model {
    let p = terms.columns.len();
    let mut covariance = vec![vec![f64::NAN; p]; p];
    let of = |parts: &[(f64, &Influence)]| variance::of_shares(design, &combined(design, parts));
    for (a, &i) in fit.kept.iter().enumerate() {
        covariance[i][i] = variance::of_shares(design, &influences[a].shares);
        for (b, &j) in fit.kept.iter().enumerate().take(a) {
            // By polarisation on a common scale, so that no digit is lost where one coefficient is much the larger.
            let scale = (covariance[i][i] / covariance[j][j]).sqrt();
            let scale = if scale.is_finite() && scale > 0.0 { scale } else { 1.0 };
            let (x, y) = (&influences[a], &influences[b]);
            let both = of(&[(1.0, x), (scale, y)]) - of(&[(1.0, x), (-scale, y)]);
            covariance[i][j] = both / (4.0 * scale);
            covariance[j][i] = covariance[i][j];
        }
    }
    let t_at = student_quantile(0.5 + level / 2.0, df);
    let coefficient = |k: usize| {
        let (value, se) = (fit.beta[k], covariance[k][k].sqrt());
        let p = 2.0 * student(-(value / se).abs(), df);
        let half = t_at * se;
        Coefficient {
            name: terms.names[k].clone(),
            value,
            se,
            t: value / se,
            p: (df > 0.0 && !p.is_nan()).then_some(p),
            bounds: (!half.is_nan()).then_some((value - half, value + half)),
        }
    };
    Model {
        coefficients: (0..p).map(coefficient).collect(),
        df,
        n: n as u64,
        missing: missing as u64,
        iterations: fit.iterations,
        terms: terms.terms.clone(),
        covariance,
        influences,
    }
}

impl Model {
    /// Whether a term matters: the Wald test of all its columns at once, as R's `regTermTest`. None where the term is not in the model or
    /// no degrees of freedom are left.
    pub fn wald(&self, term: &str) -> Option<Wald> {
        let (_, columns) = self.terms.iter().find(|(name, _)| name == term)?;
        let kept: Vec<usize> =
            columns.clone().filter(|&k| !self.coefficients[k].value.is_nan()).collect();
        let matrix: Vec<Vec<f64>> =
            kept.iter().map(|&i| kept.iter().map(|&j| self.covariance[i][j]).collect()).collect();
        let beta: Vec<f64> = kept.iter().map(|&k| self.coefficients[k].value).collect();
        let solved = solve(matrix, &beta)?;
        let over = kept.len() as f64;
        let f = beta.iter().zip(&solved).map(|(b, x)| b * x).sum::<f64>() / over;
        (self.df > 0.0 && over > 0.0 && f.is_finite()).then(|| Wald {
            f,
            df: (over, self.df),
            p: f_above(f, over, self.df),
        })
    }

    /// The coefficients that were fitted, linearised, for [`crate::contrast`].
    pub fn influences(&self) -> &[Influence] {
        &self.influences
    }
}

/// The design-based t test of two groups: the difference between the means of the second group and the first, as R's `svyttest`.
///
/// A problem where the groups are not two.
pub fn t_test(
    design: &Design,
    values: Values,
    groups: &Groups,
    level: f64,
) -> Result<Coefficient, Vec<Problem>> {
    if groups.names().len() != 2 {
        let message = format!("{} groups; a t test compares two", groups.names().len());
        return Err(vec![Problem::of("groups", message)]);
    }
    let terms = Terms::constant(design.rows()).groups("group", groups);
    let mut model = fit_model(design, values, &terms, Family::Gaussian, level)?;
    Ok(model.coefficients.remove(1))
}

fn check(
    design: &Design,
    answers: Values,
    terms: &Terms,
    family: Family,
    level: f64,
) -> Result<(), Vec<Problem>> {
    let mut problems = Vec::new();
    if !(level > 0.0 && level < 1.0) {
        let message = format!("{level}; confidence lies between 0 and 1, such as 0.95");
        problems.push(Problem::of("level", message));
    }
    if terms.columns.is_empty() {
        problems.push(Problem::of("model", "no column; begin with a constant"));
    }
    let rows = design.rows();
    same_length("answers", answers.len(), rows, &mut problems);
    let wrong = |row: usize| {
        let y = answers.at(row);
        match family {
            _ if y.is_infinite() => {
                Some("an infinite value; give a number, or leave it missing".into())
            }
            Family::Binomial if !(y.is_nan() || (0.0..=1.0).contains(&y)) => {
                Some(format!("{y} in a yes or no; code yes as 1 and no as 0"))
            }
            Family::Poisson if y < 0.0 => Some(format!("{y} in a count; it is zero or more")),
            _ => None,
        }
    };
    name_rows("answers", answers.len(), wrong, &mut problems);
    for (name, column) in terms.names.iter().zip(&terms.columns) {
        same_length(name, column.len(), rows, &mut problems);
        let wrong = |row: usize| {
            column[row]
                .is_infinite()
                .then(|| "an infinite value; give a number, or leave it missing".into())
        };
        name_rows(name, column.len(), wrong, &mut problems);
    }
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

/// Where the iterations came to rest.
struct Fit {
    beta: Vec<f64>,
    /// Columns that were not combinations of those before.
    kept: Vec<usize>,
    /// (XᵀWX)⁻¹ over the kept columns, at the weights of the last step, as R leaves them.
    inverse: Vec<Vec<f64>>,
    /// By row: the last working weights, and the working residual at the fitted values.
    working: Vec<f64>,
    residual: Vec<f64>,
    iterations: usize,
}

/// Iteratively reweighted least squares from R's starting values to R's stopping rule (1e-8 of the deviance).
/// McCullagh and Nelder 1989, *Generalized Linear Models*, section 2.5.
fn iterate(
    y: &[f64],
    w: &[f64],
    columns: &[Vec<f64>],
    family: Family,
) -> Result<Fit, Vec<Problem>> {
    let start = |(y, w): (&f64, &f64)| match family {
        Family::Gaussian => *y,
        Family::Binomial => ((w * y + 0.5) / (w + 1.0) / (1.0 - (w * y + 0.5) / (w + 1.0))).ln(),
        Family::Poisson => (y + 0.1).ln(),
    };
    let mut eta: Vec<f64> = y.iter().zip(w).map(start).collect();
    let total = |eta: &[f64]| {
        y.iter().zip(w).zip(eta).map(|((y, w), eta)| w * family.deviance(*y, *eta)).sum::<f64>()
    };
    let mut before = total(&eta);
    for iteration in 1..=100 {
        let mut working = Vec::with_capacity(y.len());
        let mut response = Vec::with_capacity(y.len());
        for ((y, w), eta) in y.iter().zip(w).zip(&eta) {
            let (mu, slope, spread) = family.at(*eta);
            working.push(w * slope * slope / spread);
            response.push(eta + (y - mu) / slope);
        }
        let halves: Vec<f64> = working.iter().map(|w| w.sqrt()).collect();
        let times = |column: &Vec<f64>| column.iter().zip(&halves).map(|(x, h)| x * h).collect();
        let basis = orthonormal(&columns.iter().map(times).collect::<Vec<Vec<f64>>>());
        let beta = least_squares(&basis, &times(&response), columns.len());
        eta = (0..y.len())
            .map(|row| basis.kept.iter().map(|&k| beta[k] * columns[k][row]).sum())
            .collect();
        let now = total(&eta);
        let is_done = (now - before).abs() / (now.abs() + 0.1) < 1e-8;
        if is_done || family == Family::Gaussian {
            let residual = y.iter().zip(&eta).map(|(y, eta)| {
                let (mu, slope, _) = family.at(*eta);
                (y - mu) / slope
            });
            return Ok(Fit {
                residual: residual.collect(),
                inverse: inverse_of_normal(&basis),
                kept: basis.kept,
                beta,
                working,
                iterations: iteration,
            });
        }
        if !now.is_finite() {
            break;
        }
        before = now;
    }
    let message = "the fit does not come to rest; look for a group in which all answer alike, and join it with another";
    Err(vec![Problem::of("model", message)])
}

impl Family {
    /// Mean, its slope and its variance at a linear predictor.
    fn at(self, eta: f64) -> (f64, f64, f64) {
        match self {
            Family::Gaussian => (eta, 1.0, 1.0),
            Family::Binomial => {
                // R's guards: the mean never is 0 or 1.
                let eta = eta.clamp(-30.0, 30.0);
                let mu = 1.0 / (1.0 + (-eta).exp());
                let slope = (mu * (1.0 - mu)).max(f64::EPSILON);
                (mu, slope, slope)
            }
            Family::Poisson => {
                let mu = eta.exp().max(f64::EPSILON);
                (mu, mu, mu)
            }
        }
    }

    /// Of one answer.
    fn deviance(self, y: f64, eta: f64) -> f64 {
        let log_ratio = |y: f64, mu: f64| if y == 0.0 { 0.0 } else { y * (y / mu).ln() };
        let (mu, _, _) = self.at(eta);
        match self {
            Family::Gaussian => (y - mu) * (y - mu),
            Family::Binomial => 2.0 * (log_ratio(y, mu) + log_ratio(1.0 - y, 1.0 - mu)),
            Family::Poisson => 2.0 * (log_ratio(y, mu) - (y - mu)),
        }
    }
}

/// R β = Qᵀ z, back from the last column.
fn least_squares(basis: &Basis, z: &[f64], columns: usize) -> Vec<f64> {
    let mut rest = z.to_vec();
    let mut along = Vec::with_capacity(basis.columns.len());
    for q in &basis.columns {
        let here = dot(q, &rest);
        rest.iter_mut().zip(q).for_each(|(x, q)| *x -= here * q);
        along.push(here);
    }
    let mut beta = vec![f64::NAN; columns];
    for i in (0..along.len()).rev() {
        let after: f64 =
            (i + 1..along.len()).map(|j| basis.upper[j][i] * beta[basis.kept[j]]).sum();
        beta[basis.kept[i]] = (along[i] - after) / basis.upper[i][i];
    }
    beta
}

fn inverse_of_normal(basis: &Basis) -> Vec<Vec<f64>> {
    let p = basis.kept.len();
    let unit = |k: usize| (0..p).map(|i| f64::from(u8::from(i == k))).collect::<Vec<f64>>();
    (0..p).map(|k| basis.solve_normal(&unit(k))).collect()
}

/// Solves a small symmetric system by elimination with the largest pivot; none where it is singular.
pub(crate) fn solve(mut a: Vec<Vec<f64>>, b: &[f64]) -> Option<Vec<f64>> {
    let n = b.len();
    let mut x = b.to_vec();
    for k in 0..n {
        let pivot = (k..n).max_by(|&i, &j| a[i][k].abs().total_cmp(&a[j][k].abs()))?;
        if a[pivot][k].is_nan() || a[pivot][k] == 0.0 {
            return None;
        }
        a.swap(k, pivot);
        x.swap(k, pivot);
        let above = a[k].clone();
        for i in k + 1..n {
            let factor = a[i][k] / above[k];
            a[i].iter_mut().zip(&above).skip(k).for_each(|(x, y)| *x -= factor * y);
            x[i] -= factor * x[k];
        }
    }
    for k in (0..n).rev() {
        let rest: f64 = (k + 1..n).map(|j| a[k][j] * x[j]).sum();
        x[k] = (x[k] - rest) / a[k][k];
    }
    Some(x)
}
