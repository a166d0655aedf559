//! What can be worked out of the shown cells: the least and the most that a sum of withheld ones can be, by linear programming.
//! Exact for an attacker who knows how much each cell can hold at most; only the cells that hang together with the sum are looked at.

use microlp::{ComparisonOp, LinearExpr, OptimizationDirection, Problem as Programme, Variable};

use crate::suppression::{Cells, Links};

/// Cells that hang together with some others through equations, and those equations.
pub(crate) struct Part {
    /// Sorted.
    pub cells: Vec<usize>,
    pub equations: Vec<usize>,
}

/// The part of the open cells in which some members lie.
pub(crate) fn part(links: &Links, is_open: &dyn Fn(usize) -> bool, members: &[usize]) -> Part {
    let mut seen = vec![false; links.cells()];
    let mut taken = vec![false; links.equations().len()];
    let mut left: Vec<usize> = members.iter().copied().filter(|&cell| is_open(cell)).collect();
    left.iter().for_each(|&cell| seen[cell] = true);
    let mut part = Part { cells: Vec::new(), equations: Vec::new() };
    while let Some(cell) = left.pop() {
        part.cells.push(cell);
        for &equation in links.with(cell) {
            if std::mem::replace(&mut taken[equation], true) {
                continue;
            }
            part.equations.push(equation);
            let (total, parts) = &links.equations()[equation];
            for &other in parts.iter().chain([total]) {
                if is_open(other) && !std::mem::replace(&mut seen[other], true) {
                    left.push(other);
                }
            }
        }
    }
    part.cells.sort_unstable();
    part.equations.sort_unstable();
    part
}

/// The least and the most that the sum of some cells can be, given those that are shown. `None` where these contradict each other.
pub(crate) fn reach(
    cells: &Cells,
    links: &Links,
    withheld: &[bool],
    members: &[usize],
) -> Option<(f64, f64)> {
    let Cells { counts, .. } = cells;
    let shown: f64 =
        members.iter().filter(|&&cell| !withheld[cell]).map(|&cell| counts[cell]).sum();
    let part = part(links, &|cell| withheld[cell], members);
    if part.cells.is_empty() {
        return Some((shown, shown));
    }
    let most = cells.largest();
    let reach = |direction| {
        let mut programme = Programme::new(direction);
        let mut variables: Vec<Option<Variable>> = vec![None; counts.len()];
        for &cell in &part.cells {
            let wanted = f64::from(u8::from(members.contains(&cell)));
            variables[cell] = Some(programme.add_var(wanted, (0.0, cells.most[cell].min(most))));
        }
        for &equation in &part.equations {
            let (total, parts) = &links.equations()[equation];
            let mut sum = LinearExpr::empty();
            let mut known = 0.0;
            for (cell, sign) in parts.iter().map(|&part| (part, 1.0)).chain([(*total, -1.0)]) {
                match variables[cell] {
                    Some(variable) => sum.add(variable, sign),
                    None => known += sign * counts[cell],
                }
            }
            programme.add_constraint(sum, ComparisonOp::Eq, -known);
        }
        programme.solve().ok().map(|solution| solution.objective() + shown)
    };
    Some((reach(OptimizationDirection::Minimize)?, reach(OptimizationDirection::Maximize)?))
}
