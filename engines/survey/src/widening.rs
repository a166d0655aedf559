//! The heuristic of complementary suppression: target by target, what must be withheld so that it can move, with the proof that it
//! then can; and afterwards what was withheld in vain.

use std::collections::{BTreeMap, BTreeSet};

use microlp::{ComparisonOp, LinearExpr, OptimizationDirection, Problem as Programme, Variable};

use crate::hypercube::by_hypercubes;
use crate::problem::Problem;
use crate::proof::{Change, Proof, Prover, holds};
use crate::remainder::remainders;
use crate::simplex::Mover;
use crate::suppression::{Cells, Judge, Links, Target, alone};

/// Cells that a linear programme for one target holds at most.
const MOST_CELLS: usize = 1_500;

/// Times that small groups are looked for; each time something was withheld for those found before.
const MOST_ROUNDS: usize = 20;

/// What is withheld so far, what that must hide, and the proof that it does.
pub(crate) struct Widening<'a> {
    pub targets: Vec<Target>,
    /// Of the targets that were widened already, in their order.
    pub proofs: Vec<Proof>,
    pub withheld: Vec<bool>,
    judge: Judge<'a>,
    prover: Prover<'a>,
}

impl<'a> Widening<'a> {
    pub fn new(cells: &'a Cells, links: &'a Links, judge: Judge<'a>) -> Self {
        Widening {
            targets: alone(cells),
            proofs: Vec::new(),
            withheld: cells.sensitive.clone(),
            judge,
            prover: Prover { cells, links, work: 0 },
        }
    }

    /// Entries touched so far, by the proofs.
    pub fn work(&self) -> u64 {
        self.prover.work
    }

    /// Withholds what hides the targets, and what else turns out to be small.
    pub fn widen_all(&mut self) -> Result<(), Vec<Problem>> {
        for _ in 0..MOST_ROUNDS {
            let mut problems = Vec::new();
            for at in self.proofs.len()..self.targets.len() {
                let target = self.targets[at].clone();
                let up = self.widen(&target, 1.0, target.above);
                let down = self.widen(&target, -1.0, target.below);
                match up.zip(down) {
                    Some((up, down)) => self.proofs.push(Proof { up, down }),
                    None => {
                        let message = "nothing in the table can hide it; show a coarser table, or withhold the totals too";
                        problems.push(Problem::of(&named(&target), message));
                        self.proofs.push(Proof::default());
                    }
                }
            }
            if !problems.is_empty() {
                return Err(problems);
            }
            let more = small_groups(&mut self.prover, &self.withheld, &self.targets, self.judge);
            if more.is_empty() {
                return Ok(());
            }
            self.targets.extend(more);
        }
        let message = "groups of few people follow however much is withheld; show a coarser table";
        Err(vec![Problem::of("audit", message)])
    }

    /// A change that moves a target by what is wanted, with the cells withheld that it needs beyond those that are.
    fn widen(&mut self, target: &Target, sign: f64, wanted: f64) -> Option<Change> {
        let Prover { cells, links, .. } = self.prover;
        let withheld = &self.withheld;
        // Most are hidden by what was withheld for those before them.
        let change = self
            .prover
            .change(withheld, target, sign, wanted)
            .or_else(|| by_hypercubes(cells, links, withheld, target, sign, wanted))
            .or_else(|| cheapest(&self.prover, withheld, target, sign, wanted))?;
        change.iter().for_each(|&(cell, _)| self.withheld[cell] = true);
        Some(change)
    }

    /// Shows again what was withheld in vain, the dearest first, until the effort is spent. Small groups may follow afterwards.
    pub fn spare(&mut self, effort: u64) {
        let Prover { cells, .. } = self.prover;
        let effort = self.prover.work + effort;
        let is_extra = |&cell: &usize| self.withheld[cell] && !cells.sensitive[cell];
        let mut order: Vec<usize> = (0..self.withheld.len()).filter(is_extra).collect();
        order.sort_by(|&a, &b| cells.costs[b].total_cmp(&cells.costs[a]).then(a.cmp(&b)));
        // By cell, the targets whose proofs move it.
        let mut moved_for: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); self.withheld.len()];
        for (at, proof) in self.proofs.iter().enumerate() {
            proof.cells().for_each(|cell| _ = moved_for[cell].insert(at));
        }
        for cell in order {
            if self.prover.work >= effort {
                return;
            }
            self.withheld[cell] = false;
            let by_it = moved_for[cell].clone();
            let mut others = Vec::new();
            for &at in &by_it {
                match self.prover.prove(&self.withheld, &self.targets[at]) {
                    Some(proof) => others.push(proof),
                    None => break,
                }
            }
            if others.len() < by_it.len() {
                self.withheld[cell] = true;
                continue;
            }
            for (at, proof) in by_it.into_iter().zip(others) {
                self.proofs[at].cells().for_each(|cell| _ = moved_for[cell].remove(&at));
                proof.cells().for_each(|cell| _ = moved_for[cell].insert(at));
                self.proofs[at] = proof;
            }
        }
    }

    /// Another pattern for all its targets, if it can be proved.
    pub fn take(&mut self, withheld: Vec<bool>, targets: Vec<Target>) {
        let Prover { cells, links, .. } = self.prover;
        if withheld == self.withheld {
            return;
        }
        let mut mover = None;
        let mut proofs = Vec::new();
        for (at, target) in targets.iter().enumerate() {
            let kept =
                self.proofs.get(at).filter(|proof| holds(cells, links, &withheld, target, proof));
            let proof =
                kept.cloned().or_else(|| self.prover.prove(&withheld, target)).or_else(|| {
                    let mover = mover.get_or_insert_with(|| Mover::of(cells, links)).as_mut()?;
                    mover.give_room(cells, &|cell| f64::from(u8::from(withheld[cell])));
                    mover.prove(target)
                });
            let Some(proof) = proof else { return };
            proofs.push(proof);
        }
        (self.withheld, self.targets, self.proofs) = (withheld, targets, proofs);
    }
}

/// Small groups that follow from what is shown and are not hidden by it, beyond those that are known.
pub(crate) fn small_groups(
    prover: &mut Prover,
    withheld: &[bool],
    known: &[Target],
    judge: Judge,
) -> Vec<Target> {
    let known: BTreeSet<&[usize]> = known.iter().map(|target| &target.members[..]).collect();
    let small = remainders(prover.cells, prover.links, withheld, judge);
    let new = small.into_iter().filter(|members| !known.contains(&members[..]));
    let targets = new.filter_map(|members| {
        let (above, below) = judge(&members)?;
        Some(Target { members, above, below })
    });
    targets.filter(|target| prover.prove(withheld, target).is_none()).collect()
}

fn named(target: &Target) -> String {
    match target.members[..] {
        [cell] => format!("cell {cell}"),
        _ => {
            let cells: Vec<String> = target.members.iter().map(usize::to_string).collect();
            format!("cells {} together", cells.join(", "))
        }
    }
}

/// The change that costs least, by linear programming over the cells near the target.
fn cheapest(
    prover: &Prover,
    withheld: &[bool],
    target: &Target,
    sign: f64,
    wanted: f64,
) -> Option<Change> {
    let Prover { cells, links, .. } = prover;
    let Cells { counts, most, costs, .. } = cells;
    // A true zero shown stays zero: it hides nothing.
    let can_move = |&cell: &usize| most[cell] > 0.0 && (counts[cell] > 0.0 || withheld[cell]);
    let all: Vec<usize> = (0..links.cells()).filter(can_move).collect();
    let near = match all.len() <= MOST_CELLS {
        true => all,
        false => prover.near(&all, &target.members, MOST_CELLS)?,
    };
    let only = match target.members[..] {
        [cell] => Some(cell),
        _ => None,
    };
    let mut programme = Programme::new(OptimizationDirection::Minimize);
    let mut terms: BTreeMap<usize, LinearExpr> = BTreeMap::new();
    let mut wish = LinearExpr::empty();
    let mut moves: Vec<(usize, Variable, Variable)> = Vec::new();
    for cell in near {
        // What is withheld already costs nothing; a hair keeps the solution from wandering.
        let cost = if withheld[cell] { 0.0 } else { costs[cell] + 1e-3 };
        let room = (most[cell] - counts[cell]).max(0.0);
        let (more, less) = match only == Some(cell) {
            true if sign > 0.0 => ((wanted, wanted), (0.0, 0.0)),
            true => ((0.0, 0.0), (wanted, wanted)),
            false => ((0.0, room), (0.0, counts[cell])),
        };
        let (more, less) = (programme.add_var(cost, more), programme.add_var(cost, less));
        for &equation in links.with(cell) {
            let way = if links.equations()[equation].0 == cell { -1.0 } else { 1.0 };
            let sum = terms.entry(equation).or_insert_with(LinearExpr::empty);
            sum.add(more, way);
            sum.add(less, -way);
        }
        if target.members.contains(&cell) {
            wish.add(more, sign);
            wish.add(less, -sign);
        }
        moves.push((cell, more, less));
    }
    for (_, sum) in terms {
        programme.add_constraint(sum, ComparisonOp::Eq, 0.0);
    }
    programme.add_constraint(wish, ComparisonOp::Eq, wanted);
    let solution = programme.solve().ok()?;
    let by = |&(cell, more, less): &(usize, Variable, Variable)| {
        (cell, solution.var_value(more) - solution.var_value(less))
    };
    // The solver's own tolerance is 1e-8.
    Some(moves.iter().map(by).filter(|(_, by)| by.abs() > 1e-7).collect())
}
