//! How far an attacker can move a sum of cells when each cell has some room and all totals must stay: the same programme thousands
//! of times over, so it keeps its basis from one question to the next, stops when it has moved far enough, and tells the multipliers.
//!
//! A primal simplex on a dense tableau. Not moving at all satisfies every such programme, so none needs a first phase.

use std::collections::BTreeMap;

use crate::proof::Proof;
use crate::suppression::{Cells, Links, Target};

/// Tableaus with more entries than this (32 MB) are not made.
const MOST_ENTRIES: usize = 4_000_000;

/// Pivots after which the tableau is made anew, so that rounding does not add up.
const FRESH: usize = 3_000;

/// Pivots for one question at most; a question given up counts as unanswered.
const MOST_PIVOTS: usize = 5_000;

const TINY: f64 = 1e-9;

/// Entries smaller than this are rounding: those of tables are ratios of small whole numbers.
const LEAST_PIVOT: f64 = 1e-6;

/// Cells that may move and equations that must hold.
pub(crate) struct Mover {
    /// The cells, sorted; behind them the tableau has a column for each equation that cannot move.
    columns: Vec<usize>,
    /// The equations that any of the cells is in, and of each its terms as (column, sign).
    equations: Vec<usize>,
    terms: Vec<Vec<(usize, f64)>>,
    /// By column, as far down and up as it may go.
    rooms: Vec<(f64, f64)>,
    tableau: Vec<f64>,
    basis: Vec<usize>,
    row_of: Vec<Option<usize>>,
    /// By column where it stands while it is not in the basis, and by row where the basis stands.
    stands: Vec<f64>,
    basic: Vec<f64>,
    pivots: usize,
    /// Entries of the tableau that were touched: the same on every machine.
    pub work: u64,
}

/// What moving came to.
pub(crate) enum Moved {
    /// As far as was asked.
    Enough,
    /// Less; equations with their multipliers, which prove it.
    Less(Vec<(usize, f64)>),
    /// Given up.
    Unknown,
}

impl Mover {
    /// With all cells that may ever move: the sensitive ones, and those that hold anything.
    pub fn of(cells: &Cells, links: &Links) -> Option<Mover> {
        let may_move = |&cell: &usize| {
            cells.sensitive[cell] || cells.counts[cell] > 0.0 && cells.most[cell] > 0.0
        };
        Mover::new(links, (0..links.cells()).filter(may_move).collect())
    }

    /// The changes that move a target as far as it must be able to; none where there are none or that was given up.
    pub fn prove(&mut self, target: &Target) -> Option<Proof> {
        let mut moved = |sign: f64, wanted: f64| {
            self.stand_still();
            let is_enough =
                matches!(self.move_by(&target.members, sign, wanted, u64::MAX), Moved::Enough);
            is_enough.then(|| self.moves())
        };
        Some(Proof { up: moved(1.0, target.above)?, down: moved(-1.0, target.below)? })
    }

    /// With some cells, sorted; all others stand still. `None` where they are too many.
    pub fn new(links: &Links, columns: Vec<usize>) -> Option<Mover> {
        let mut held: BTreeMap<usize, Vec<(usize, f64)>> = BTreeMap::new();
        for (column, &cell) in columns.iter().enumerate() {
            for &equation in links.with(cell) {
                let sign = if links.equations()[equation].0 == cell { -1.0 } else { 1.0 };
                held.entry(equation).or_default().push((column, sign));
            }
        }
        let (equations, terms): (Vec<usize>, Vec<_>) = held.into_iter().unzip();
        let width = columns.len() + terms.len();
        (terms.len() * width <= MOST_ENTRIES).then(|| {
            let rows = terms.len();
            let mut mover = Mover {
                rooms: vec![(0.0, 0.0); width],
                tableau: vec![0.0; rows * width],
                basis: Vec::new(),
                row_of: Vec::new(),
                stands: vec![0.0; width],
                basic: vec![0.0; rows],
                pivots: 0,
                work: 0,
                columns,
                equations,
                terms,
            };
            mover.begin();
            mover
        })
    }

    fn column(&self, cell: usize) -> Option<usize> {
        self.columns.binary_search(&cell).ok()
    }

    /// How far each cell has moved, of those that have.
    pub fn moves(&self) -> Vec<(usize, f64)> {
        let far = |column: usize| match self.row_of[column] {
            Some(row) => self.basic[row],
            None => self.stands[column],
        };
        let all = self.columns.iter().enumerate().map(|(column, &cell)| (cell, far(column)));
        all.filter(|(_, far)| far.abs() > TINY).collect()
    }

    fn width(&self) -> usize {
        self.columns.len() + self.terms.len()
    }

    /// The tableau of the equations themselves.
    fn begin(&mut self) {
        let (cells, width) = (self.columns.len(), self.width());
        self.tableau.fill(0.0);
        for (row, terms) in self.terms.iter().enumerate() {
            for &(column, sign) in terms {
                self.tableau[row * width + column] = sign;
            }
            self.tableau[row * width + cells + row] = 1.0;
        }
        self.basis = (cells..width).collect();
        self.row_of = (0..width).map(|column| column.checked_sub(cells)).collect();
        self.pivots = 0;
        self.work += self.tableau.len() as u64;
    }

    /// Gives each cell a share of its room; nothing has moved yet.
    pub fn give_room(&mut self, cells: &Cells, share: &dyn Fn(usize) -> f64) {
        let largest = cells.largest();
        for (at, &cell) in self.columns.iter().enumerate() {
            let (count, share) = (cells.counts[cell], share(cell));
            let above = (cells.most[cell].min(largest) - count).max(0.0);
            self.rooms[at] = (-count * share, above * share);
        }
        if self.pivots > FRESH {
            self.begin();
        }
        self.stand_still();
    }

    fn stand_still(&mut self) {
        self.stands.fill(0.0);
        self.basic.fill(0.0);
    }

    /// Moves the sum of some cells up (`sign` 1) or down (−1) by `wanted`, and gives up when so much work is done.
    pub fn move_by(&mut self, members: &[usize], sign: f64, wanted: f64, effort: u64) -> Moved {
        let effort = self.work.saturating_add(effort);
        let width = self.width();
        let mut wish = vec![0.0; width];
        for &cell in members {
            match self.column(cell) {
                Some(column) => wish[column] = sign,
                None => return Moved::Unknown,
            }
        }
        // By how much the sum gains when a column moves up by one and the basis follows.
        let mut gain = wish.clone();
        for (row, &column) in self.basis.iter().enumerate() {
            if wish[column] != 0.0 {
                let line = &self.tableau[row * width..(row + 1) * width];
                gain.iter_mut().zip(line).for_each(|(gain, entry)| *gain -= wish[column] * entry);
            }
        }
        let moved = |mover: &Mover| -> f64 {
            members
                .iter()
                .filter_map(|&cell| mover.column(cell))
                .map(|column| match mover.row_of[column] {
                    Some(row) => sign * mover.basic[row],
                    None => sign * mover.stands[column],
                })
                .sum()
        };
        let mut idle = 0;
        for _ in 0..MOST_PIVOTS {
            if self.work > effort {
                return Moved::Unknown;
            }
            if moved(self) >= wanted * (1.0 - 1e-7) - TINY {
                return Moved::Enough;
            }
            // After a while without movement the first that may enters, which cannot go round in circles (Bland 1977).
            let is_first = idle > 50;
            let Some(column) = self.entering(&gain, is_first) else {
                let cells = self.columns.len();
                let multipliers = gain[cells..].iter().map(|gain| -gain);
                return Moved::Less(self.equations.iter().copied().zip(multipliers).collect());
            };
            let step = self.step(column, gain[column].signum(), &mut gain, is_first);
            idle = if step > TINY { 0 } else { idle + 1 };
        }
        Moved::Unknown
    }

    fn entering(&self, gain: &[f64], is_first: bool) -> Option<usize> {
        let mut best = None;
        let mut most = TINY;
        for (column, &gain) in gain.iter().enumerate() {
            if gain.abs() <= most || self.row_of[column].is_some() {
                continue;
            }
            let (low, high) = self.rooms[column];
            let stands = self.stands[column];
            if gain > 0.0 && stands < high - TINY || gain < 0.0 && stands > low + TINY {
                best = Some(column);
                if is_first {
                    return best;
                }
                most = gain.abs();
            }
        }
        best
    }

    /// Moves a column as far as it and the basis can; how far.
    fn step(&mut self, column: usize, way: f64, gain: &mut [f64], is_first: bool) -> f64 {
        let width = self.width();
        let (low, high) = self.rooms[column];
        let mut far =
            if way > 0.0 { high - self.stands[column] } else { self.stands[column] - low };
        let mut leaving: Option<(usize, f64)> = None;
        for row in 0..self.basis.len() {
            let slope = way * self.tableau[row * width + column];
            if slope.abs() <= LEAST_PIVOT {
                continue;
            }
            let (low, high) = self.rooms[self.basis[row]];
            let room = if slope > 0.0 { self.basic[row] - low } else { high - self.basic[row] };
            let limit = (room / slope.abs()).max(0.0);
            let is_better = match leaving {
                _ if limit < far - TINY => true,
                None => limit <= far,
                // Of equals the largest pivot, or the first column where circles are to be avoided.
                Some((other, slope_of_other)) if limit <= far + TINY => match is_first {
                    true => self.basis[row] < self.basis[other],
                    false => slope.abs() > slope_of_other,
                },
                Some(_) => false,
            };
            if is_better {
                far = far.min(limit);
                leaving = Some((row, slope.abs()));
            }
        }
        for row in 0..self.basis.len() {
            self.basic[row] -= far * way * self.tableau[row * width + column];
        }
        let Some((row, _)) = leaving else {
            self.stands[column] = if way > 0.0 { high } else { low };
            return far;
        };
        let out = self.basis[row];
        let (out_low, out_high) = self.rooms[out];
        let is_down = way * self.tableau[row * width + column] > 0.0;
        self.stands[out] = if is_down { out_low } else { out_high };
        self.basic[row] = self.stands[column] + way * far;
        self.basis[row] = column;
        self.row_of[column] = Some(row);
        self.row_of[out] = None;
        self.pivot(row, column, gain);
        far
    }

    fn pivot(&mut self, row: usize, column: usize, gain: &mut [f64]) {
        let width = self.width();
        let scale = 1.0 / self.tableau[row * width + column];
        let mut line = self.tableau[row * width..(row + 1) * width].to_vec();
        line.iter_mut().for_each(|entry| *entry *= scale);
        line[column] = 1.0;
        // Most entries are zero: tables are almost networks.
        let held: Vec<usize> = (0..width).filter(|&at| line[at] != 0.0).collect();
        let take = |from: &mut [f64]| {
            let factor = from[column];
            if factor == 0.0 {
                return false;
            }
            for &at in &held {
                from[at] -= factor * line[at];
                // What should have vanished has.
                if from[at].abs() < 1e-10 {
                    from[at] = 0.0;
                }
            }
            from[column] = 0.0;
            true
        };
        let mut touched = 2;
        for (other, from) in self.tableau.chunks_exact_mut(width).enumerate() {
            if other != row && take(from) {
                touched += 1;
            }
        }
        take(gain);
        self.tableau[row * width..(row + 1) * width].copy_from_slice(&line);
        self.pivots += 1;
        self.work += touched * held.len() as u64 + width as u64;
    }
}
