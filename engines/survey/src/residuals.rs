//! What a calibration leaves of a linearised figure, by sampled unit, from sums by domain: the rows are read once for all domains, and
//! not once for each.
//!
//! A calibration takes from linearised values z their regression on what is known: z − Σ α h, where α follows from the sums Σ g z. Both g
//! and h belong to the design alone, so sums of h by unit are made once, and of g z by domain in one reading.

use crate::calibration::Adjustment;
use crate::design::Design;
use crate::groups::Read;
use crate::variance::Share;

/// More groups than this in the margins of a raking, and its crossed table would be larger than the rows.
const MOST_GROUPS: usize = 1_000;

/// A design's calibration, reduced to its units.
#[derive(Debug, Clone)]
pub(crate) struct Explained {
    /// Columns: of the regression, or the groups of all margins.
    pub width: usize,
    /// Sums of h: by unit and column where all are filled.
    dense: Vec<f64>,
    /// And unit by unit where few are.
    sparse: Vec<(u32, u32, f64)>,
    kind: Kind,
}

#[derive(Debug, Clone)]
enum Kind {
    Regression,
    /// Σ of the weights before, by group.
    PostStrata(Vec<f64>),
    /// The first group of each margin, the rows in each group, and the sums of h of the column in the rows of the row.
    Raking {
        first: Vec<usize>,
        rows: Vec<f64>,
        crossed: Vec<f64>,
    },
}

impl Explained {
    /// None where there is more than one calibration, or a raking over very many groups: then rows are read again.
    pub fn of(design: &Design) -> Option<Self> {
        let [adjustment] = design.adjustments.as_slice() else { return None };
        let units = design.units();
        let mut made =
            Explained { width: 0, dense: Vec::new(), sparse: Vec::new(), kind: Kind::Regression };
        match adjustment {
            Adjustment::Regression { basis, scale } => {
                made.width = basis.columns.len();
                made.dense = vec![0.0; units * made.width];
                for (k, q) in basis.columns.iter().enumerate() {
                    for ((q, scale), &unit) in q.iter().zip(scale).zip(&design.unit_of_row) {
                        made.dense[unit as usize * made.width + k] += q * scale;
                    }
                }
            }
            Adjustment::PostStrata { codes, count, before, after } => {
                made.width = *count;
                let mut people = vec![0.0; *count];
                let counted =
                    codes.iter().zip(before).zip(after).filter(|(_, after)| **after != 0.0);
                counted.for_each(|((&code, before), _)| people[code as usize] += before);
                made.kind = Kind::PostStrata(people);
                made.sparse = by_unit(design, codes, 0, after);
            }
            Adjustment::Raking(margins) => {
                let mut first = Vec::with_capacity(margins.len());
                for margin in margins {
                    first.push(made.width);
                    made.sparse.extend(by_unit(design, &margin.codes, made.width, &margin.weights));
                    made.width += margin.count;
                }
                if made.width > MOST_GROUPS {
                    return None;
                }
                made.sparse.sort_by_key(|&(unit, column, _)| (unit, column));
                let mut rows = vec![0.0; made.width];
                let mut crossed = vec![0.0; made.width * made.width];
                for row in 0..design.rows() {
                    for (a, &at) in margins.iter().zip(&first) {
                        let weight = a.weights[row];
                        if weight == 0.0 {
                            continue;
                        }
                        let column = at + a.codes[row] as usize;
                        rows[column] += 1.0;
                        for (b, &at) in margins.iter().zip(&first) {
                            let other = at + b.codes[row] as usize;
                            crossed[column * made.width + other] += b.weights[row] / weight;
                        }
                    }
                }
                made.kind = Kind::Raking { first, rows, crossed };
            }
        }
        Some(made)
    }

    /// What is to be subtracted of each column's h, from the sums of g z.
    fn parts(&self, sums: Vec<f64>) -> Vec<f64> {
        match &self.kind {
            Kind::Regression => sums,
            Kind::PostStrata(people) => {
                let mean =
                    |(sum, people): (f64, &f64)| if *people == 0.0 { 0.0 } else { sum / people };
                sums.into_iter().zip(people).map(mean).collect()
            }
            Kind::Raking { first, rows, crossed } => {
                let mut parts = vec![0.0; self.width];
                // Ten rounds, and plain means, as R's `svyrecvar` for a raked design.
                for margin in (0..10).flat_map(|_| 0..first.len()) {
                    let next = first.get(margin + 1).copied().unwrap_or(self.width);
                    let taken: Vec<f64> = (first[margin]..next)
                        .map(|column| {
                            let crossed = &crossed[column * self.width..(column + 1) * self.width];
                            let rest: f64 = crossed.iter().zip(&parts).map(|(s, a)| s * a).sum();
                            let rows = rows[column];
                            if rows == 0.0 { 0.0 } else { (sums[column] - rest) / rows }
                        })
                        .collect();
                    parts[first[margin]..next].iter_mut().zip(taken).for_each(|(a, t)| *a += t);
                }
                parts
            }
        }
    }

    /// Linearised values by unit, and Σ g z, become residuals by unit.
    pub fn residuals(&self, mut units: Vec<f64>, sums: Vec<f64>) -> Vec<Share> {
        let parts = self.parts(sums);
        if self.dense.is_empty() {
            for &(unit, column, h) in &self.sparse {
                units[unit as usize] -= parts[column as usize] * h;
            }
        } else {
            for (z, row) in units.iter_mut().zip(self.dense.chunks_exact(self.width)) {
                *z -= row.iter().zip(&parts).map(|(h, a)| h * a).sum::<f64>();
            }
        }
        (0..).zip(units).collect()
    }
}

/// Adds a row's g, once for what is over and once for what is under, to a domain's sums.
pub(crate) fn add_row(design: &Design, row: usize, over: f64, under: f64, sums: &mut [(f64, f64)]) {
    let weight = design.weights[row];
    let mut add = |column: usize, g: f64| {
        let sum = &mut sums[column];
        sum.0 += g * over;
        sum.1 += g * under;
    };
    match &design.adjustments[0] {
        Adjustment::Regression { basis, scale } => {
            let by = weight / scale[row];
            if scale[row] != 0.0 {
                basis.columns.iter().enumerate().for_each(|(k, q)| add(k, q[row] * by));
            }
        }
        Adjustment::PostStrata { codes, before, after, .. } => {
            if after[row] != 0.0 {
                add(codes[row] as usize, weight * before[row] / after[row]);
            }
        }
        Adjustment::Raking(margins) => {
            let mut first = 0;
            for margin in margins {
                if margin.weights[row] != 0.0 {
                    add(first + margin.codes[row] as usize, weight / margin.weights[row]);
                }
                first += margin.count;
            }
        }
    }
}

/// By domain and column, Σ g w over and Σ g w under, in one reading of the rows.
pub(crate) fn sums<A: Read, B: Read>(
    design: &Design,
    explained: &Explained,
    codes: &[u32],
    domains: usize,
    over: A,
    under: B,
) -> Vec<(f64, f64)> {
    let width = explained.width;
    let mut sums = vec![(0.0, 0.0); domains * width];
    for (row, &code) in codes.iter().enumerate() {
        let Some(here) =
            sums.get_mut(code as usize * width..(code as usize + 1).saturating_mul(width))
        else {
            continue;
        };
        let (a, b) = (over.read(row), under.read(row));
        if design.weights[row] != 0.0 && !a.is_nan() && !b.is_nan() {
            add_row(design, row, a, b, here);
        }
    }
    sums
}

/// Sums of weights by unit and group, of the units and groups that meet, in order.
fn by_unit(design: &Design, codes: &[u32], first: usize, weights: &[f64]) -> Vec<(u32, u32, f64)> {
    let mut entries: Vec<(u32, u32, f64)> = Vec::new();
    let mut order: Vec<u32> =
        (0..codes.len() as u32).filter(|&row| weights[row as usize] != 0.0).collect();
    let key = |row: u32| (design.unit_of_row[row as usize], first as u32 + codes[row as usize]);
    order.sort_by_key(|&row| key(row));
    for row in order {
        let (unit, column) = key(row);
        match entries.last_mut() {
            Some(last) if (last.0, last.1) == (unit, column) => last.2 += weights[row as usize],
            _ => entries.push((unit, column, weights[row as usize])),
        }
    }
    entries
}
