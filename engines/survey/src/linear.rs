//! The little linear algebra that calibration and models need: an orthonormal basis, and solving with it.
//! Written out because matrices here are tall and thin, a handful of columns over all rows.

/// Columns of equal length, made orthonormal; `upper` holds what made them so (A = QR).
#[derive(Debug, Clone)]
pub(crate) struct Basis {
    pub columns: Vec<Vec<f64>>,
    /// `upper[j][i]` for i ≤ j, over the columns that were kept.
    pub upper: Vec<Vec<f64>>,
    /// Which of the given columns were kept; the others add nothing to those before them.
    pub kept: Vec<usize>,
}

/// Gram–Schmidt, twice, which is as orthogonal as Householder (Giraud, Langou, Rozložník 2005).
pub(crate) fn orthonormal(given: &[Vec<f64>]) -> Basis {
    let mut basis = Basis { columns: Vec::new(), upper: Vec::new(), kept: Vec::new() };
    for (index, column) in given.iter().enumerate() {
        let mut rest = column.clone();
        let mut upper = vec![0.0; basis.columns.len()];
        let length = dot(column, column).sqrt();
        for _ in 0..2 {
            for (q, r) in basis.columns.iter().zip(&mut upper) {
                let along = dot(q, &rest);
                *r += along;
                rest.iter_mut().zip(q).for_each(|(x, q)| *x -= along * q);
            }
        }
        let left = dot(&rest, &rest).sqrt();
        // The tolerance by which R's `qr` calls a column a combination of others.
        if left > 1e-7 * length {
            rest.iter_mut().for_each(|x| *x /= left);
            upper.push(left);
            basis.columns.push(rest);
            basis.upper.push(upper);
            basis.kept.push(index);
        }
    }
    basis
}

impl Basis {
    /// Takes out of `values` all that the columns explain.
    pub fn take_residuals(&self, values: &mut [f64]) {
        for q in &self.columns {
            let along = dot(q, values);
            values.iter_mut().zip(q).for_each(|(x, q)| *x -= along * q);
        }
    }

    /// Solves (AᵀA) x = b over the kept columns.
    pub fn solve_normal(&self, b: &[f64]) -> Vec<f64> {
        let p = self.upper.len();
        let mut x = b.to_vec();
        for j in 0..p {
            let before: f64 = (0..j).map(|i| self.upper[j][i] * x[i]).sum();
            x[j] = (x[j] - before) / self.upper[j][j];
        }
        for i in (0..p).rev() {
            let after: f64 = (i + 1..p).map(|j| self.upper[j][i] * x[j]).sum();
            x[i] = (x[i] - after) / self.upper[i][i];
        }
        x
    }
}

pub(crate) fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
