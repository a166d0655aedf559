//! Hadamard matrices: rows of +1 and −1 that are all orthogonal, from which balanced half-samples are taken.

/// The smallest order of at least `least` that the constructions here reach, and its matrix by rows; the first row and the first
/// column are all +1.
///
/// Doubling is Sylvester's (1867), orders q + 1 and 2 (q + 1) over a prime q are Paley's (1933). A multiple of four that none of
/// them reaches (52, 92) is passed over for the next, which serves as well with a few more replicates.
pub(crate) fn hadamard(least: usize) -> Vec<Vec<i8>> {
    let mut order = least.max(1);
    loop {
        if let Some(mut matrix) = of_order(order) {
            normalise(&mut matrix);
            return matrix;
        }
        order += 1;
    }
}

fn of_order(order: usize) -> Option<Vec<Vec<i8>>> {
    if order == 1 {
        return Some(vec![vec![1]]);
    }
    if order == 2 {
        return Some(vec![vec![1, 1], vec![1, -1]]);
    }
    if !order.is_multiple_of(4) {
        return None;
    }
    paley_one(order).or_else(|| paley_two(order)).or_else(|| of_order(order / 2).map(doubled))
}

fn doubled(half: Vec<Vec<i8>>) -> Vec<Vec<i8>> {
    let row = |row: &Vec<i8>, sign: i8| -> Vec<i8> {
        row.iter().copied().chain(row.iter().map(|x| sign * x)).collect()
    };
    half.iter().map(|r| row(r, 1)).chain(half.iter().map(|r| row(r, -1))).collect()
}

fn is_prime(q: usize) -> bool {
    q > 1 && (2..).take_while(|d| d * d <= q).all(|d| !q.is_multiple_of(d))
}

/// χ(a) of the field of q elements: 0, +1 for a square, −1 for none.
fn character(q: usize) -> Vec<i8> {
    let mut of = vec![-1i8; q];
    of[0] = 0;
    (1..q).for_each(|x| of[x * x % q] = 1);
    of
}

/// q ≡ 3 (mod 4), order q + 1.
fn paley_one(order: usize) -> Option<Vec<Vec<i8>>> {
    let q = order - 1;
    if !is_prime(q) || q % 4 != 3 {
        return None;
    }
    let character = character(q);
    let entry = |i: usize, j: usize| match (i, j) {
        (0, _) => 1,
        (_, 0) => -1,
        (i, j) if i == j => 1,
        (i, j) => character[(q + j - i) % q],
    };
    Some((0..order).map(|i| (0..order).map(|j| entry(i, j)).collect()).collect())
}

/// q ≡ 1 (mod 4), order 2 (q + 1).
fn paley_two(order: usize) -> Option<Vec<Vec<i8>>> {
    let q = (order / 2).checked_sub(1)?;
    if !order.is_multiple_of(2) || !is_prime(q) || q % 4 != 1 {
        return None;
    }
    let character = character(q);
    let core = |i: usize, j: usize| match (i, j) {
        (0, 0) => 0,
        (0, _) | (_, 0) => 1,
        (i, j) => character[(q + j - i) % q],
    };
    let entry = |i: usize, j: usize| {
        let block = match core(i / 2, j / 2) {
            0 => [[1, -1], [-1, -1]],
            1 => [[1, 1], [1, -1]],
            _ => [[-1, -1], [-1, 1]],
        };
        block[i % 2][j % 2]
    };
    Some((0..order).map(|i| (0..order).map(|j| entry(i, j)).collect()).collect())
}

fn normalise(matrix: &mut [Vec<i8>]) {
    let first = matrix[0].clone();
    for row in matrix.iter_mut() {
        row.iter_mut().zip(&first).for_each(|(x, sign)| *x *= sign);
        let sign = row[0];
        row.iter_mut().for_each(|x| *x *= sign);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_orthogonal() {
        for least in 1..=260 {
            let matrix = hadamard(least);
            let n = matrix.len();
            assert!(n >= least && n <= least.max(4) * 2);
            for (i, a) in matrix.iter().enumerate() {
                assert_eq!(a[0], 1);
                for (j, b) in matrix.iter().enumerate() {
                    let dot: i32 = a.iter().zip(b).map(|(a, b)| i32::from(a * b)).sum();
                    assert_eq!(
                        dot,
                        if i == j { n as i32 } else { 0 },
                        "order {n}, rows {i} and {j}"
                    );
                }
            }
        }
        // The orders that three common numbers of strata take.
        assert_eq!([11, 27, 79].map(|strata| hadamard(strata + 1).len()), [12, 28, 80]);
    }
}
