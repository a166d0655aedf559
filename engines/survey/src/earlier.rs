//! Tables released one after another: two that are safe may make a third that is not. Every cell that was ever shown is a sum over
//! the finest groups that all the tables together can tell apart; what an attacker can work out of all the sums is found exactly.

use std::collections::BTreeSet;

use microlp::{ComparisonOp, LinearExpr, OptimizationDirection, Problem as Programme};

use crate::design::{Design, refine};
use crate::determined::{Piece, free_move, plus, still_together};
use crate::disclosure::{Rules, judge_counts};
use crate::groups::{Groups, NO_GROUP, Values};
use crate::problem::{Problem, same_length};

/// More of the finest groups than this are not audited.
const MOST_ATOMS: usize = 3_000;

/// A table of one yes-or-no indicator that is out, or is to go out.
#[derive(Debug, Clone)]
pub struct Shown<'a> {
    /// The columns it is grouped by, in its order.
    pub factors: Vec<&'a Groups>,
    /// By cell, as [`crate::Released::cells`] lists them, whether its figure is shown.
    pub shown: Vec<bool>,
}

/// What has to be withheld of a table because of earlier ones, and what could not be hidden at all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Differencing {
    /// Places among the cells of the last table, beyond those it withholds already.
    pub withhold: Vec<usize>,
    /// Groups of people (how many) that follow from the earlier tables alone.
    pub already: Vec<u64>,
}

/// Holds the last of `tables` against those before it: each group of too few people that can be isolated, as a withheld cell, as
/// what is left of a shown one when shown parts are taken away, or as several of these that follow together, must stay as uncertain as `rules` ask, for an attacker who knows how many people answered in
/// every finest group. Cells of the last table are withheld until that holds: the smallest that hides a group alone, else the
/// smallest at all. What would be open even without the last table is not its fault, and is counted apart.
///
/// Problems: a table whose cells do not fit its factors, more than 3,000 finest groups.
pub fn differencing(
    design: &Design,
    answers: Values,
    tables: &[Shown],
    rules: &Rules,
) -> Result<Differencing, Vec<Problem>> {
    let atoms = Atoms::new(design, answers, tables)?;
    let mut shown: Vec<Vec<bool>> = tables.iter().map(|table| table.shown.clone()).collect();
    let Some(last) = tables.len().checked_sub(1) else { return Ok(Differencing::default()) };
    let mut found = Differencing::default();
    let mut given_up: Vec<Vec<u32>> = Vec::new();
    // What is hidden stays so, since cells are only withheld.
    let mut hidden: BTreeSet<Vec<u32>> = BTreeSet::new();
    // Withholding opens new groups to hide and closes others, so the round is repeated until nothing is left.
    loop {
        let small = atoms.small_groups(&shown, rules);
        let is_open = |group: &Vec<u32>| {
            if given_up.contains(group) || hidden.contains(group) {
                return false;
            }
            let is_hidden = atoms.is_hidden(group, &shown, rules);
            if is_hidden {
                hidden.insert(group.clone());
            }
            !is_hidden
        };
        let Some(group) = small.into_iter().find(is_open) else { return Ok(found) };
        let mut without = shown.clone();
        without[last].fill(false);
        if !atoms.is_hidden(&group, &without, rules) {
            found.already.push(atoms.people(&group));
            given_up.push(group);
            continue;
        }
        let mut cells: Vec<usize> =
            (0..shown[last].len()).filter(|&cell| shown[last][cell]).collect();
        cells.sort_by_key(|&cell| (atoms.people(&atoms.sets[last][cell]), cell));
        let hides = |cell: &usize| {
            let mut fewer = shown.clone();
            fewer[last][*cell] = false;
            atoms.is_hidden(&group, &fewer, rules)
        };
        // Something is shown, or the group would have been hidden.
        let Some(cell) = cells.iter().copied().find(hides).or(cells.first().copied()) else {
            given_up.push(group);
            continue;
        };
        shown[last][cell] = false;
        found.withhold.push(cell);
    }
}

/// The finest groups that the tables tell apart.
struct Atoms {
    /// By atom: people asked, who said yes, whom they stand for, and those of them who said yes.
    sums: Vec<(u64, u64, f64, f64)>,
    /// By table and cell, its atoms in order.
    sets: Vec<Vec<Vec<u32>>>,
    /// By table and cell, which of its factors are summed over; cells that agree in this have nobody in common.
    levels: Vec<Vec<usize>>,
}

impl Atoms {
    fn new(design: &Design, answers: Values, tables: &[Shown]) -> Result<Atoms, Vec<Problem>> {
        let rows = design.rows();
        let mut problems = Vec::new();
        same_length("answers", answers.len(), rows, &mut problems);
        for (at, table) in tables.iter().enumerate() {
            let sizes = table.factors.iter().map(|groups| size(groups) + 1);
            let cells: usize = sizes.product();
            for groups in &table.factors {
                same_length(&format!("table {}", at + 1), groups.len(), rows, &mut problems);
            }
            if cells != table.shown.len() {
                let message = format!(
                    "{} cells where its groups make {cells}; the data have changed since it was released",
                    table.shown.len()
                );
                problems.push(Problem::of(&format!("table {}", at + 1), message));
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let answered = |row: usize| design.weights()[row] > 0.0 && !answers.at(row).is_nan();
        let mut codes: Vec<u32> = (0..rows).map(|row| u32::from(!answered(row))).collect();
        for groups in tables.iter().flat_map(|table| &table.factors) {
            let none = groups.names().len() as u32;
            let labelled: Vec<u32> = groups.codes().iter().map(|&code| code.min(none)).collect();
            codes = refine(&codes, &labelled).0;
        }
        let count = codes.iter().max().map_or(0, |&most| most as usize + 1);
        if count > MOST_ATOMS {
            let message = format!(
                "{count} groups that the tables tell apart; at most {MOST_ATOMS} can be audited together"
            );
            return Err(vec![Problem::of("tables", message)]);
        }
        let mut sums = vec![(0, 0, 0.0, 0.0); count];
        let mut example = vec![None; count];
        for row in (0..rows).filter(|&row| answered(row)) {
            let atom = codes[row] as usize;
            let (weight, yes) = (design.weights()[row], answers.at(row));
            let (n, said, people, amount) = &mut sums[atom];
            *n += 1;
            *said += u64::from(yes == 1.0);
            *people += weight;
            *amount += weight * yes;
            example[atom].get_or_insert(row);
        }
        let sets = tables.iter().map(|table| cells_of(table, &example)).collect();
        let levels = tables.iter().map(levels_of).collect();
        Ok(Atoms { sums, sets, levels })
    }

    fn people(&self, group: &[u32]) -> u64 {
        group.iter().map(|&atom| self.sums[atom as usize].0).sum()
    }

    /// Groups of too few, or too alike, that a reader can point at: withheld cells; what is left of a shown cell when shown
    /// parts of it are taken away; and those of them that follow together though none does alone.
    fn small_groups(&self, shown: &[Vec<bool>], rules: &Rules) -> Vec<Vec<u32>> {
        let is_small = |group: &[u32]| {
            let (n, yes) = group.iter().fold((0, 0), |(n, yes), &atom| {
                let sums = self.sums[atom as usize];
                (n + sums.0, yes + sums.1)
            });
            n > 0 && judge_counts(n, yes, rules).is_some()
        };
        let mut out: BTreeSet<Vec<u32>> = BTreeSet::new();
        let mut inside: BTreeSet<&[u32]> = BTreeSet::new();
        for (sets, shown) in self.sets.iter().zip(shown) {
            for (set, is_shown) in sets.iter().zip(shown) {
                if *is_shown && !set.is_empty() {
                    inside.insert(set);
                } else if is_small(set) {
                    out.insert(set.clone());
                }
            }
        }
        // The large ones first, so that as much as possible is taken away by each.
        let mut inside: Vec<&[u32]> = inside.into_iter().collect();
        inside.sort_by_key(|set| (std::cmp::Reverse(set.len()), *set));
        for (at, whole) in inside.iter().enumerate() {
            let parts: Vec<&[u32]> = inside[at + 1..]
                .iter()
                .filter(|part| part.len() < whole.len() && is_within(part, whole))
                .copied()
                .collect();
            // One part alone; then, of each level of each table, every part there is; then whatever else is left inside.
            let mut begun: Vec<Vec<u32>> = parts.iter().map(|part| without(whole, part)).collect();
            for (of_table, (sets, shown)) in self.levels.iter().zip(self.sets.iter().zip(shown)) {
                for level in 0..=of_table.iter().copied().max().unwrap_or(0) {
                    let cells =
                        (0..sets.len()).filter(|&cell| of_table[cell] == level && shown[cell]);
                    let taken = cells.map(|cell| &sets[cell]).filter(|set| is_within(set, whole));
                    begun.push(taken.fold(whole.to_vec(), |rest, set| without(&rest, set)));
                }
            }
            begun.sort();
            begun.dedup();
            for mut rest in begun {
                if is_small(&rest) {
                    out.insert(rest.clone());
                }
                for part in &parts {
                    if part.len() <= rest.len() && is_within(part, &rest) {
                        rest = without(&rest, part);
                        if is_small(&rest) {
                            out.insert(rest.clone());
                        }
                    }
                }
            }
        }
        out.extend(self.together(&out, &inside, rules).into_iter().filter(|group| is_small(group)));
        let mut out: Vec<Vec<u32>> = out.into_iter().collect();
        out.sort_by_key(|group| (self.people(group), group.clone()));
        out
    }

    /// Unions of small groups, still of too few people, that follow exactly from all that is shown.
    fn together(
        &self,
        small: &BTreeSet<Vec<u32>>,
        inside: &[&[u32]],
        rules: &Rules,
    ) -> Vec<Vec<u32>> {
        let most = rules.least_n.saturating_sub(1);
        let few: Vec<&Vec<u32>> = small.iter().filter(|group| self.people(group) < most).collect();
        if few.len() < 2 {
            return Vec::new();
        }
        let terms = |set: &&[u32]| set.iter().map(|&atom| (atom as usize, true)).collect();
        let moves = free_move(self.sums.len(), inside.iter().map(terms).collect());
        let pieces: Vec<Piece> = few
            .iter()
            .enumerate()
            .map(|(place, group)| Piece {
                place,
                people: self.people(group),
                moves: group.iter().fold(0, |sum, &atom| plus(sum, moves[atom as usize])),
                finest: group,
            })
            .collect();
        let union = |places: Vec<usize>| {
            let mut atoms: Vec<u32> =
                places.iter().flat_map(|&place| few[place]).copied().collect();
            atoms.sort_unstable();
            atoms
        };
        still_together(&pieces, most).into_iter().map(union).collect()
    }

    /// Whether the number who said yes in a group stays uncertain enough.
    fn is_hidden(&self, group: &[u32], shown: &[Vec<bool>], rules: &Rules) -> bool {
        let sum = |of: fn(&(u64, u64, f64, f64)) -> f64| -> f64 {
            group.iter().map(|&atom| of(&self.sums[atom as usize])).sum()
        };
        let (n, people, amount) = (sum(|s| s.0 as f64), sum(|s| s.2), sum(|s| s.3));
        let width = rules.uncertain_people * people / n.max(1.0);
        let (above, below) = (width.min(people - amount), width.min(amount));
        let slack = 1e-6 * (1.0 + people);
        match self.bounds(group, shown) {
            Some((low, high)) => low <= amount - below + slack && high >= amount + above - slack,
            // Sums that contradict each other tell nothing; they come of figures that were rounded.
            None => true,
        }
    }

    /// The least and the most that a group can hold, given all that is shown.
    fn bounds(&self, group: &[u32], shown: &[Vec<bool>]) -> Option<(f64, f64)> {
        let reach = |direction| {
            let mut programme = Programme::new(direction);
            let variables: Vec<_> = self
                .sums
                .iter()
                .enumerate()
                .map(|(atom, sums)| {
                    let wanted = group.binary_search(&(atom as u32)).is_ok();
                    programme.add_var(f64::from(u8::from(wanted)), (0.0, sums.2))
                })
                .collect();
            let mut equations: Vec<&Vec<u32>> = Vec::new();
            for (sets, shown) in self.sets.iter().zip(shown) {
                let of_table =
                    sets.iter().zip(shown).filter(|(set, shown)| **shown && !set.is_empty());
                equations.extend(of_table.map(|(set, _)| set));
            }
            equations.sort();
            equations.dedup();
            for set in equations {
                let mut sum = LinearExpr::empty();
                let mut known = 0.0;
                for &atom in set {
                    sum.add(variables[atom as usize], 1.0);
                    known += self.sums[atom as usize].3;
                }
                programme.add_constraint(sum, ComparisonOp::Eq, known);
            }
            programme.solve().ok().map(|solution| solution.objective())
        };
        Some((reach(OptimizationDirection::Minimize)?, reach(OptimizationDirection::Maximize)?))
    }
}

/// Groups, with one more where some rows have no label.
fn size(groups: &Groups) -> usize {
    groups.names().len() + usize::from(groups.codes().contains(&NO_GROUP))
}

fn is_within(part: &[u32], whole: &[u32]) -> bool {
    part.iter().all(|atom| whole.binary_search(atom).is_ok())
}

fn without(whole: &[u32], part: &[u32]) -> Vec<u32> {
    whole.iter().filter(|atom| part.binary_search(atom).is_err()).copied().collect()
}

/// By cell, the factors it is a total over, a bit each.
fn levels_of(table: &Shown) -> Vec<usize> {
    let sizes: Vec<usize> = table.factors.iter().map(|groups| size(groups)).collect();
    let level = |mut cell: usize| {
        sizes.iter().rev().fold(0, |level, size| {
            let place = cell % (size + 1);
            cell /= size + 1;
            level << 1 | usize::from(place == *size)
        })
    };
    (0..table.shown.len()).map(level).collect()
}

/// The atoms of each cell of a table, totals too.
fn cells_of(table: &Shown, example: &[Option<usize>]) -> Vec<Vec<u32>> {
    let sizes: Vec<usize> = table.factors.iter().map(|groups| size(groups)).collect();
    let mut cells = vec![Vec::new(); table.shown.len()];
    for (atom, row) in example.iter().enumerate().filter_map(|(atom, row)| Some((atom, (*row)?))) {
        // Every total of every subset of the factors holds the atom.
        for subset in 0..1usize << sizes.len() {
            let place = table.factors.iter().zip(&sizes).enumerate().fold(
                0,
                |place, (k, (groups, &size))| {
                    let code = (groups.codes()[row] as usize).min(size - 1);
                    place * (size + 1) + if subset >> k & 1 == 1 { size } else { code }
                },
            );
            cells[place].push(atom as u32);
        }
    }
    cells
}
