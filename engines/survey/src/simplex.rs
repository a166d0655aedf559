//! How far an attacker can move a sum of cells when each cell has some room and all totals must stay: the same programme thousands
//! of times over, so it keeps its basis from one question to the next, stops when it has moved far enough, and tells the multipliers.
//!
//! A primal simplex on a dense tableau. Not moving at all satisfies every such programme, so none needs a first phase.

use crate::suppression::{Cells, Links, Target};

/// Tableaus with more entries than this (32 MB) are not made.
const MOST_ENTRIES: usize = 4_000_000;

/// Pivots after which the tableau is made anew, so that rounding does not add up.
const FRESH: usize = 3_000;

/// Pivots for one question at most; a question given up counts as unanswered.
const MOST_PIVOTS: usize = 5_000;

const TINY: f64 = 1e-9;

/// Cells that may move and equations that must hold.
pub(crate) struct Mover {
    /// The cells, sorted; behind them the tableau has a column for each equation that cannot move.
    columns: Vec<usize>,
    column_of: Vec<Option<usize>>,
    /// By equation, its terms as (column, sign).
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
    /// Less; by equation its multiplier, which proves it.
    Less(Vec<f64>),
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

    /// Whether a target can move as far as it must in both directions; none where that was given up.
    pub fn hides(&mut self, target: &Target) -> Option<bool> {
        for (sign, wanted) in [(1.0, target.above), (-1.0, target.below)] {
            match self.move_by(&target.members, sign, wanted) {
                Moved::Enough => {}
                Moved::Less(_) => return Some(false),
                Moved::Unknown => return None,
            }
        }
        Some(true)
    }

    /// `None` where the table is too large.
    pub fn new(links: &Links, columns: Vec<usize>) -> Option<Mover> {
        let mut column_of = vec![None; links.cells()];
        columns.iter().enumerate().for_each(|(at, &cell)| column_of[cell] = Some(at));
        let mut terms = Vec::new();
        for (total, parts) in links.equations() {
            let signed = parts.iter().map(|&part| (part, 1.0)).chain([(*total, -1.0)]);
            terms.push(signed.filter_map(|(cell, sign)| Some((column_of[cell]?, sign))).collect());
        }
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
                column_of,
                terms,
            };
            mover.begin();
            mover
        })
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
        self.stands.fill(0.0);
        self.basic.fill(0.0);
    }

    /// Moves the sum of some cells up (`sign` 1) or down (−1) by `wanted`.
    pub fn move_by(&mut self, members: &[usize], sign: f64, wanted: f64) -> Moved {
        let width = self.width();
        let mut wish = vec![0.0; width];
        for &cell in members {
            match self.column_of[cell] {
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
                .filter_map(|&cell| mover.column_of[cell])
                .map(|column| match mover.row_of[column] {
                    Some(row) => sign * mover.basic[row],
                    None => sign * mover.stands[column],
                })
                .sum()
        };
        let mut idle = 0;
        for _ in 0..MOST_PIVOTS {
            if moved(self) >= wanted * (1.0 - 1e-7) - TINY {
                return Moved::Enough;
            }
            // After a while without movement the first that may enters, which cannot go round in circles (Bland 1977).
            let is_first = idle > 50;
            let Some(column) = self.entering(&gain, is_first) else {
                let cells = self.columns.len();
                return Moved::Less(gain[cells..].iter().map(|gain| -gain).collect());
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
            if slope.abs() <= TINY {
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
                if from[at].abs() < 1e-12 {
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
