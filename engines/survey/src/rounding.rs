//! Counts rounded to multiples of a base, so that small ones cannot be told: each by chance, or all together so that totals still add up.
//! Both are right on average.

use microlp::{
    ComparisonOp, LinearExpr, OptimizationDirection, Problem as Programme, Solution, Variable,
};

use crate::chance::Chance;
use crate::problem::Problem;
use crate::suppression::Links;

/// A table that was rounded together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rounded {
    /// Multiples of the base that add up as the counts do.
    pub counts: Vec<u64>,
    /// Whether each is its count on average over all draws. In tables of two dimensions it always is; in others there may be no such
    /// rounding, and then the nearest one is taken.
    pub is_unbiased: bool,
}

/// Nodes looked at for the nearest rounding where chance did not end at one.
const MOST_NODES: usize = 4_000;

const TINY: f64 = 1e-7;

/// Rounds each count up or down to a multiple, up with the chance that makes it right on average. Totals that are rounded too
/// do not add up.
pub fn round_randomly(counts: &[u64], base: u64, chance: &mut Chance) -> Vec<u64> {
    let base = base.max(1);
    let up = |chance: &mut Chance, rest: u64| u64::from(chance.below(base) < rest) * base;
    counts.iter().map(|&count| count - count % base + up(chance, count % base)).collect()
}

/// Rounds all cells of a table to multiples so that it adds up: each to one of its two neighbours, or where no such table exists
/// to one of the four nearest. Chance walks from the table itself along directions that keep all sums, each step right on average, until
/// nothing is left between two multiples (Cox 1987, *A constructive procedure for unbiased controlled rounding*, JASA 82:520–524).
///
/// Problems: lengths that differ, totals that do not add up, a base of 0, no rounding found.
pub fn round_together(
    counts: &[u64],
    links: &Links,
    base: u64,
    chance: &mut Chance,
) -> Result<Rounded, Vec<Problem>> {
    if base == 0 || counts.len() != links.cells() || counts.iter().any(|&count| count > 1 << 50) {
        let message = format!(
            "{} counts for {} cells, base {base}; give a count for each cell, below 2⁵⁰, and a base above zero",
            counts.len(),
            links.cells()
        );
        return Err(vec![Problem::of("counts", message)]);
    }
    for (total, parts) in links.equations() {
        let sum: Option<u64> = parts.iter().map(|&part| counts.get(part)).sum();
        if sum != counts.get(*total).copied() || sum.is_none() {
            let message = "is not the sum of its parts; add them up again";
            return Err(vec![Problem::of(&format!("cell {total}"), message)]);
        }
    }
    let floors: Vec<u64> = counts.iter().map(|count| count / base).collect();
    let mut walk = Walk::new(counts, links, base);
    walk.go(chance);
    let is_unbiased = walk.stands.iter().all(|&stands| is_whole(stands));
    let steps: Vec<i64> = match is_unbiased {
        true => walk.stands.iter().map(|stands| stands.round() as i64).collect(),
        false => nearest(&walk.stands, &floors, links).ok_or_else(|| {
            let message = "no table of multiples was found that adds up; take a smaller base, or round each cell by itself";
            vec![Problem::of("rounding", message)]
        })?,
    };
    let count = |(floor, step): (&u64, i64)| floor.saturating_add_signed(step) * base;
    Ok(Rounded { counts: floors.iter().zip(steps).map(count).collect(), is_unbiased })
}

fn is_whole(x: f64) -> bool {
    (x - x.round()).abs() < TINY
}

/// Where each cell stands between its lower (0) and its upper multiple (1), and the equations solved for some cells.
struct Walk {
    stands: Vec<f64>,
    /// A row for each equation, the cells it is solved for first in `basis`.
    rows: Vec<Vec<f64>>,
    basis: Vec<usize>,
}

impl Walk {
    fn new(counts: &[u64], links: &Links, base: u64) -> Walk {
        let stands: Vec<f64> =
            counts.iter().map(|count| (count % base) as f64 / base as f64).collect();
        let mut walk = Walk { stands, rows: Vec::new(), basis: Vec::new() };
        for (total, parts) in links.equations() {
            let mut row = vec![0.0; counts.len()];
            parts.iter().for_each(|&part| row[part] += 1.0);
            row[*total] -= 1.0;
            // What does not move plays no part.
            (0..row.len())
                .filter(|&cell| is_whole(walk.stands[cell]))
                .for_each(|cell| row[cell] = 0.0);
            for (known, &cell) in walk.rows.iter().zip(&walk.basis) {
                let factor = row[cell];
                if factor != 0.0 {
                    row.iter_mut().zip(known).for_each(|(entry, known)| *entry -= factor * known);
                }
            }
            let largest = (0..row.len())
                .max_by(|&a, &b| row[a].abs().total_cmp(&row[b].abs()).then(b.cmp(&a)));
            if let Some(cell) = largest.filter(|&cell| row[cell].abs() > TINY) {
                walk.rows.push(row);
                walk.basis.push(cell);
                walk.solve(walk.rows.len() - 1, cell);
            }
        }
        walk
    }

    /// Solves a row for a cell and takes the cell out of the others.
    fn solve(&mut self, row: usize, cell: usize) {
        let scale = 1.0 / self.rows[row][cell];
        self.rows[row].iter_mut().for_each(|entry| *entry *= scale);
        let line = self.rows[row].clone();
        for (other, from) in self.rows.iter_mut().enumerate() {
            let factor = from[cell];
            if other != row && factor != 0.0 {
                from.iter_mut().zip(&line).for_each(|(entry, pivot)| {
                    *entry -= factor * pivot;
                    if entry.abs() < 1e-11 {
                        *entry = 0.0;
                    }
                });
            }
        }
        self.basis[row] = cell;
    }

    fn go(&mut self, chance: &mut Chance) {
        for cell in 0..self.stands.len() {
            // A cell that the equations are solved for follows the others until it is their turn to follow it.
            while !is_whole(self.stands[cell]) && !self.basis.contains(&cell) {
                self.step(cell, chance);
            }
        }
        for stands in &mut self.stands {
            if is_whole(*stands) {
                *stands = stands.round();
            }
        }
    }

    /// Moves one cell, and those that follow it, up or down until one of them reaches a multiple.
    fn step(&mut self, cell: usize, chance: &mut Chance) {
        let mut far = [1.0 - self.stands[cell], self.stands[cell]];
        let mut stops = [None, None];
        for (row, &follower) in self.basis.iter().enumerate() {
            let slope = -self.rows[row][cell];
            if slope.abs() < TINY {
                continue;
            }
            let stands = self.stands[follower];
            let room = |up: bool| if up { 1.0 - stands } else { stands };
            for (way, far) in far.iter_mut().enumerate() {
                let limit = (room((slope > 0.0) == (way == 0)) / slope.abs()).max(0.0);
                if limit < *far {
                    *far = limit;
                    stops[way] = Some(row);
                }
            }
        }
        // Up by far[0] with the chance that makes both ways cancel out on average.
        let way = usize::from(chance.share() * (far[0] + far[1]) >= far[1]);
        let by = if way == 0 { far[0] } else { -far[1] };
        for (row, &follower) in self.basis.iter().enumerate() {
            self.stands[follower] -= by * self.rows[row][cell];
        }
        self.stands[cell] += by;
        match stops[way] {
            Some(row) => {
                let whole = self.basis[row];
                self.stands[whole] = self.stands[whole].round();
                self.solve(row, cell);
            }
            None => self.stands[cell] = self.stands[cell].round(),
        }
    }
}

/// The nearest table of whole steps that adds up, each between one below its lower and one above its upper multiple.
fn nearest(stands: &[f64], floors: &[u64], links: &Links) -> Option<Vec<i64>> {
    let mut programme = Programme::new(OptimizationDirection::Minimize);
    let variables: Vec<[(Variable, f64); 3]> = stands
        .iter()
        .zip(floors)
        .map(|(&stands, &floor)| {
            let lowest = if floor == 0 { 0.0 } else { 1.0 };
            [
                (programme.add_var(1.0 - 2.0 * stands, (0.0, 1.0)), 1.0),
                (programme.add_var(1.0, (0.0, 1.0)), 1.0),
                (programme.add_var(1.0, (0.0, lowest)), -1.0),
            ]
        })
        .collect();
    for (total, parts) in links.equations() {
        let mut sum = LinearExpr::empty();
        let mut known = 0.0;
        for (cell, sign) in parts.iter().map(|&part| (part, 1.0)).chain([(*total, -1.0)]) {
            variables[cell].iter().for_each(|&(variable, way)| sum.add(variable, sign * way));
            known += sign * floors[cell] as f64;
        }
        programme.add_constraint(sum, ComparisonOp::Eq, -known);
    }
    let mut best: Option<(f64, Vec<i64>)> = None;
    let mut open: Vec<Solution> = vec![programme.solve().ok()?];
    for _ in 0..MOST_NODES {
        let Some(solution) = open.pop() else { break };
        if best.as_ref().is_some_and(|(least, _)| solution.objective() >= least - TINY) {
            continue;
        }
        let all = || variables.iter().flatten().map(|&(variable, _)| variable);
        let Some(half) = all().find(|&variable| !is_whole(*solution.var_value(variable))) else {
            let step = |ways: &[(Variable, f64); 3]| -> i64 {
                ways.iter()
                    .map(|&(variable, way)| (solution.var_value(variable) * way).round() as i64)
                    .sum()
            };
            best = Some((solution.objective(), variables.iter().map(step).collect()));
            continue;
        };
        let nearer = solution.var_value(half).round();
        for value in [1.0 - nearer, nearer] {
            open.extend(solution.clone().fix_var(half, value).ok());
        }
    }
    best.map(|(_, steps)| steps)
}
