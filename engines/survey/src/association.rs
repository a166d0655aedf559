//! Whether two answers go together: Pearson's chi-square of a two-way table, corrected for what the design does to it.

use crate::compare::covariance_within;
use crate::design::Design;
use crate::distribution::f_above;
use crate::domains::{Domains, Table};
use crate::estimate::{Influence, Options, Statistic, estimate_with_influence};
use crate::groups::{Groups, NO_GROUP, Values};
use crate::problem::{Problem, same_length};

/// A corrected test of independence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Association {
    /// Pearson's statistic of the weighted table, scaled to the number of people who answered both.
    pub chi_squared: f64,
    /// The second-order statistic, to be compared with F.
    pub f: f64,
    /// Its degrees of freedom, over and under.
    pub df: (f64, f64),
    /// The chance of so large an F where the answers have nothing to do with each other.
    pub p: f64,
}

/// Rao and Scott 1984 (*Annals of Statistics* 12:46–60), second order, with the F of Thomas and Rao 1987 (JASA 82:630–636): R's
/// `svychisq(statistic = "F")`. People without a group in either column are left out of the table, but not of the design.
///
/// Problems: columns of another length; a column with fewer than two groups; a row or column of the table that nobody is in; a
/// design without degrees of freedom.
pub fn association(
    design: &Design,
    one: &Groups,
    other: &Groups,
) -> Result<Association, Vec<Problem>> {
    let rows = design.rows();
    let mut problems = Vec::new();
    for (name, groups) in [("first column", one), ("second column", other)] {
        same_length(name, groups.len(), rows, &mut problems);
        if groups.names().len() < 2 {
            problems.push(Problem::of(name, "fewer than two groups; there is nothing to compare"));
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let (r, c) = (one.names().len(), other.names().len());
    let cell_of = |row: usize| match (one.codes()[row], other.codes()[row]) {
        (NO_GROUP, _) | (_, NO_GROUP) => None,
        (a, b) => Some(a as usize * c + b as usize),
    };
    let cells: Vec<Option<usize>> = (0..rows).map(cell_of).collect();
    let counted = |row: &usize| cells[*row].is_some() && design.weights()[*row] > 0.0;
    let n = (0..rows).filter(counted).count() as f64;
    let domains = Domains::all(rows);
    let table = Table::new(design, &domains)?;
    let mut shares: Vec<f64> = Vec::new();
    let mut influences: Vec<Influence> = Vec::new();
    // R's `svychisq` counts every sampled unit, unlike its `degf`, also one of which nobody has a weight.
    let (clusters, strata) = design.primary_units(0..design.units() as u32);
    let df = f64::from(clusters) - f64::from(strata);
    for cell in 0..r * c {
        let flags: Vec<u8> =
            cells.iter().map(|at| at.map_or(u8::MAX, |at| u8::from(at == cell))).collect();
        let found = estimate_with_influence(
            &table,
            Statistic::Mean(Values::Flags(&flags)),
            &Options::default(),
        )?;
        let (estimate, influence) = found.into_iter().next().expect("everybody is a domain");
        shares.push(estimate.value);
        influences.push(influence);
    }
    let row_share = |a: usize| (0..c).map(|b| shares[a * c + b]).sum::<f64>();
    let column_share = |b: usize| (0..r).map(|a| shares[a * c + b]).sum::<f64>();
    let has_empty = (0..r).any(|a| row_share(a) == 0.0) || (0..c).any(|b| column_share(b) == 0.0);
    if n == 0.0 || has_empty || df <= 0.0 {
        let message = "nobody is in some row or column, or the design leaves no degrees of freedom; join groups";
        return Err(vec![Problem::of("table", message)]);
    }
    let chi_squared = (0..r * c)
        .map(|cell| {
            let expected = row_share(cell / c) * column_share(cell % c);
            n * (shares[cell] - expected).powi(2) / expected
        })
        .sum();
    // Interactions, free of rows and columns; any basis of them gives the same traces.
    let contrasts: Vec<Vec<f64>> = (1..r)
        .flat_map(|i| (1..c).map(move |j| (i, j)))
        .map(|(i, j)| {
            (0..r * c)
                .map(|cell| {
                    let of_row = f64::from(u8::from(cell / c == i)) - 1.0 / r as f64;
                    let of_column = f64::from(u8::from(cell % c == j)) - 1.0 / c as f64;
                    // A cell without anybody has no weight in the test.
                    let share = shares[cell];
                    if share > 0.0 { of_row * of_column / share } else { 0.0 }
                })
                .collect()
        })
        .collect();
    let size = contrasts.len();
    let mut simple = vec![vec![0.0; size]; size];
    let mut designed = vec![vec![0.0; size]; size];
    let mut of_cells = vec![vec![0.0; r * c]; r * c];
    for a in 0..r * c {
        for b in 0..=a {
            of_cells[a][b] = covariance_within(design, &influences[a], &influences[b]);
            of_cells[b][a] = of_cells[a][b];
        }
    }
    for (i, left) in contrasts.iter().enumerate() {
        for (j, right) in contrasts.iter().enumerate() {
            simple[i][j] = (0..r * c).map(|cell| left[cell] * shares[cell] * right[cell] / n).sum();
            designed[i][j] = (0..r * c)
                .flat_map(|a| (0..r * c).map(move |b| (a, b)))
                .map(|(a, b)| left[a] * of_cells[a][b] * right[b])
                .sum();
        }
    }
    let effects = solve(simple, designed)
        .ok_or_else(|| vec![Problem::of("table", "too many empty cells to test; join groups")])?;
    let trace: f64 = (0..size).map(|i| effects[i][i]).sum();
    let squares: f64 = (0..size)
        .flat_map(|i| (0..size).map(move |j| (i, j)))
        .map(|(i, j)| effects[i][j] * effects[j][i])
        .sum();
    let over = trace * trace / squares;
    let f = chi_squared / trace;
    Ok(Association { chi_squared, f, df: (over, over * df), p: f_above(f, over, over * df) })
}

/// A⁻¹ B by elimination with the largest pivot; `None` where A has no inverse.
fn solve(mut a: Vec<Vec<f64>>, mut b: Vec<Vec<f64>>) -> Option<Vec<Vec<f64>>> {
    let size = a.len();
    for at in 0..size {
        let pivot = (at..size).max_by(|&i, &j| a[i][at].abs().total_cmp(&a[j][at].abs()))?;
        if a[pivot][at].abs() < 1e-300 {
            return None;
        }
        a.swap(at, pivot);
        b.swap(at, pivot);
        for row in (0..size).filter(|&row| row != at) {
            let times = a[row][at] / a[at][at];
            for k in 0..size {
                let (upper, right) = (a[at][k], b[at][k]);
                a[row][k] -= times * upper;
                b[row][k] -= times * right;
            }
        }
    }
    for at in 0..size {
        let pivot = a[at][at];
        b[at].iter_mut().for_each(|value| *value /= pivot);
    }
    Some(b)
}
