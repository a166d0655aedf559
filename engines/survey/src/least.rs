//! The pattern that loses least, as an integer programme: a yes or no for each cell, and for each thing that must stay hidden
//! the inequalities that every hiding pattern satisfies, found as they are needed. Fischetti and Salazar 2000, *Models and algorithms
//! for optimizing cell suppression in tabular data with linear constraints* (JASA 95:916–928).

use microlp::{
    ComparisonOp, LinearExpr, OptimizationDirection, Problem as Programme, Solution, Variable,
};

use crate::proof::Prover;
use crate::simplex::{Moved, Mover};
use crate::suppression::{Cells, Judge, Links, Target};
use crate::widening::small_groups;

/// What was found within the effort that was allowed.
pub(crate) struct Found {
    pub withheld: Vec<bool>,
    /// What it must hide, with the small groups that turned up.
    pub targets: Vec<Target>,
    /// No pattern loses less than this.
    pub bound: f64,
}

/// Nodes of the tree at most; more are hardly ever needed, and each keeps a linear programme.
const MOST_NODES: usize = 500;

/// Inequalities that are looked for before the programme is solved again.
const MOST_CUTS: usize = 24;

/// Looks for a pattern that loses less than `start`, which must hide all `targets` already. `effort` is how many entries of a
/// tableau may be touched, so that the answer does not depend on the machine.
pub(crate) fn least_loss(
    cells: &Cells,
    links: &Links,
    targets: Vec<Target>,
    judge: Judge,
    start: Vec<bool>,
    effort: u64,
) -> Found {
    let is_zero = |cell: usize| cells.counts[cell] == 0.0 || cells.most[cell] == 0.0;
    // A true zero that is shown stays zero: it hides nothing.
    let choices: Vec<usize> =
        (0..links.cells()).filter(|&cell| !cells.sensitive[cell] && !is_zero(cell)).collect();
    let mut place = vec![None; links.cells()];
    choices.iter().enumerate().for_each(|(at, &cell)| place[cell] = Some(at));
    let Some(mover) = Mover::of(cells, links) else {
        return Found { withheld: start, targets, bound: 0.0 };
    };
    let mut tree = Tree {
        cells,
        links,
        targets,
        judge,
        choices,
        place,
        best: start,
        effort,
        mover,
        rows: 0,
        variables: Vec::new(),
    };
    let bound = tree.search();
    Found { bound, withheld: tree.best, targets: tree.targets }
}

struct Tree<'a> {
    cells: &'a Cells,
    links: &'a Links,
    targets: Vec<Target>,
    judge: Judge<'a>,
    /// Cells that may be withheld or shown.
    choices: Vec<usize>,
    /// By cell its place among the choices.
    place: Vec<Option<usize>>,
    best: Vec<bool>,
    effort: u64,
    mover: Mover,
    /// Inequalities in the programme that is being looked at.
    rows: usize,
    variables: Vec<Variable>,
}

/// An inequality: by choice its weight, and what the sum must reach.
struct Cut {
    weights: Vec<(usize, f64)>,
    least: f64,
}

impl Tree<'_> {
    fn loss(&self, withheld: &[bool]) -> f64 {
        self.choices
            .iter()
            .filter(|&&cell| withheld[cell])
            .map(|&cell| self.cells.costs[cell])
            .sum()
    }

    /// Changing the master programme costs about ten readings of all that is in it.
    fn charge(&mut self) {
        self.mover.work += 10 * (self.rows as u64 + 1) * self.choices.len() as u64;
    }

    fn is_spent(&self) -> bool {
        self.mover.work >= self.effort
    }

    fn small_groups(&mut self, withheld: &[bool]) -> Vec<Target> {
        let mut prover = Prover { cells: self.cells, links: self.links, work: 0 };
        let small = small_groups(&mut prover, withheld, &self.targets, self.judge);
        self.mover.work += prover.work;
        small
    }

    fn is_safe(&mut self, withheld: &[bool]) -> bool {
        self.mover.give_room(self.cells, &|cell| f64::from(u8::from(withheld[cell])));
        self.targets.iter().all(|target| self.mover.prove(target).is_some())
            && self.small_groups(withheld).is_empty()
    }

    /// Branches and cuts; what no pattern loses less than.
    fn search(&mut self) -> f64 {
        let mut programme = Programme::new(OptimizationDirection::Minimize);
        let costs = self.choices.iter().map(|&cell| self.cells.costs[cell]);
        self.variables = costs.map(|cost| programme.add_var(cost, (0.0, 1.0))).collect();
        let Ok(root) = programme.solve() else { return 0.0 };
        // Where all costs are whole, so is the least loss.
        let is_whole = self.choices.iter().all(|&cell| self.cells.costs[cell].fract() == 0.0);
        let step = if is_whole { 1.0 - 1e-6 } else { 1e-9 };
        let mut open: Vec<(f64, usize, Solution)> = vec![(0.0, 0, root)];
        let mut nodes = 0;
        let mut is_complete = true;
        while let Some((_, rows, solution)) = open.pop() {
            self.rows = rows;
            nodes += 1;
            let limit = self.loss(&self.best) - step;
            if solution.objective() > limit {
                continue;
            }
            if nodes > MOST_NODES || self.is_spent() {
                open.push((solution.objective(), rows, solution));
                is_complete = false;
                break;
            }
            let Some((solution, is_done)) = self.cut(solution) else { continue };
            let bound = solution.objective();
            if bound > self.loss(&self.best) - step {
                continue;
            }
            if !is_done {
                open.push((bound, self.rows, solution));
                is_complete = false;
                break;
            }
            let half = |variable: &Variable| (solution.var_value(*variable) - 0.5).abs();
            let fractional =
                (0..self.variables.len()).filter(|&at| half(&self.variables[at]) < 0.5 - 1e-6);
            let Some(at) = fractional.min_by(|&a, &b| {
                let key = |at: usize| {
                    half(&self.variables[at]) - 1e-9 * self.cells.costs[self.choices[at]]
                };
                key(a).total_cmp(&key(b)).then(a.cmp(&b))
            }) else {
                let chosen = self.pattern(&solution);
                if self.is_safe(&chosen) {
                    self.best = chosen;
                    continue;
                }
                // The effort is spent, or the audit is finer than the inequalities: the bound stands, the pattern does not.
                open.push((bound, self.rows, solution));
                is_complete = false;
                break;
            };
            for value in [0.0, 1.0] {
                if let Ok(branch) = solution.clone().fix_var(self.variables[at], value) {
                    open.push((bound, self.rows, branch));
                    self.charge();
                }
            }
        }
        let loss = self.loss(&self.best);
        if is_complete {
            return loss;
        }
        let least = open.iter().map(|(bound, ..)| *bound).fold(loss, f64::min);
        if is_whole { (least - 1e-6).ceil().max(0.0) } else { least }
    }

    /// The cells a solution withholds.
    fn pattern(&self, solution: &Solution) -> Vec<bool> {
        let mut withheld = self.cells.sensitive.clone();
        for (&cell, &variable) in self.choices.iter().zip(&self.variables) {
            withheld[cell] |= *solution.var_value(variable) > 0.5;
        }
        withheld
    }

    /// Adds inequalities until none is broken (true) or the effort is spent. `None` where nothing satisfies them all.
    fn cut(&mut self, mut solution: Solution) -> Option<(Solution, bool)> {
        let mut next = 0;
        loop {
            let chosen: Vec<f64> = (0..self.place.len())
                .map(|cell| match self.place[cell] {
                    Some(at) => solution.var_value(self.variables[at]).clamp(0.0, 1.0),
                    None => f64::from(u8::from(self.cells.sensitive[cell])),
                })
                .collect();
            self.mover.give_room(self.cells, &|cell| chosen[cell]);
            let mut cuts = Vec::new();
            let sides = 2 * self.targets.len();
            for step in 0..sides {
                let side = (next + step) % sides;
                if let Some(cut) = self.broken(&chosen, side)? {
                    cuts.push(cut);
                }
                if self.is_spent() {
                    return Some((solution, false));
                }
                if cuts.len() == MOST_CUTS {
                    next = side + 1;
                    break;
                }
            }
            if cuts.is_empty() {
                let is_decided = chosen.iter().all(|share| *share < 1e-6 || *share > 1.0 - 1e-6);
                if is_decided {
                    // A pattern, but something that follows from it may still be small.
                    let withheld = self.pattern(&solution);
                    let more = self.small_groups(&withheld);
                    if !more.is_empty() {
                        self.targets.extend(more);
                        continue;
                    }
                }
                return Some((solution, true));
            }
            let limit = self.loss(&self.best);
            for cut in cuts {
                let mut sum = LinearExpr::empty();
                for (at, weight) in cut.weights {
                    sum.add(self.variables[at], weight);
                }
                self.rows += 1;
                self.charge();
                solution = solution.add_constraint(sum, ComparisonOp::Ge, cut.least).ok()?;
            }
            if solution.objective() >= limit {
                return None;
            }
        }
    }

    /// The inequality that a choice breaks because an attacker could still tell a target on one side: the multipliers of his
    /// programme prove it. `None` inside where he cannot, outside where no choice could keep him from it.
    fn broken(&mut self, chosen: &[f64], side: usize) -> Option<Option<Cut>> {
        let target = &self.targets[side / 2];
        let (wanted, sign) =
            if side.is_multiple_of(2) { (target.above, 1.0) } else { (target.below, -1.0) };
        if wanted <= 0.0 {
            return Some(None);
        }
        let Moved::Less(multipliers) = self.mover.move_by(&target.members, sign, wanted, u64::MAX)
        else {
            return Some(None);
        };
        // By cell, what is left of its wish when the equations have had their say.
        let mut left = vec![0.0; chosen.len()];
        target.members.iter().for_each(|&cell| left[cell] = sign);
        for (equation, multiplier) in multipliers {
            let (total, parts) = &self.links.equations()[equation];
            parts.iter().for_each(|&cell| left[cell] -= multiplier);
            left[*total] += multiplier;
        }
        let largest = self.cells.largest();
        let mut least = wanted;
        let mut weights = Vec::new();
        for (cell, left) in left.into_iter().enumerate().filter(|(_, left)| left.abs() > 1e-9) {
            let count = self.cells.counts[cell];
            let weight = match left > 0.0 {
                true => left * (self.cells.most[cell].min(largest) - count).max(0.0),
                false => -left * count,
            };
            match self.place[cell] {
                Some(at) => weights.push((at, weight)),
                None if self.cells.sensitive[cell] => least -= weight,
                None => {}
            }
        }
        if least <= 1e-7 * wanted {
            return Some(None);
        }
        // A cell cannot do more than all that is asked.
        weights.iter_mut().for_each(|(_, weight)| *weight = weight.min(least) / least);
        weights.retain(|(_, weight)| *weight > 1e-9);
        let reached: f64 =
            weights.iter().map(|&(at, weight)| weight * chosen[self.choices[at]]).sum();
        match weights.is_empty() {
            true => None,
            false if reached > 1.0 - 1e-6 => Some(None),
            false => Some(Some(Cut { weights, least: 1.0 })),
        }
    }
}
