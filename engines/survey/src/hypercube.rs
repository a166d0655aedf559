//! The cheapest hypercubes in which a target can move: two places of every factor, the corners up and down by turns, so that all sums stay.
//! Repsilber 1994, *Preservation of confidentiality in aggregated data*, and Giessing and Repsilber 2002 (the GHMITER method), who withhold
//! the corners of one; here several may share what a target must move.

use std::collections::BTreeMap;

use crate::proof::Change;
use crate::suppression::{Cells, Links, Target};

/// Each hypercube must carry at least this part of what is wanted, so that few are needed; where that fails, less.
const LEAST_PARTS: [f64; 2] = [1.0 / 6.0, 1.0 / 60.0];

/// Members of a group that hypercubes are begun at.
const MOST_BEGUN: usize = 4;

/// The change that costs least for what it moves, cube by cube, through cells that are withheld or may be. None where the links are no crossing, or where cells that hold nothing are shown.
pub(crate) fn by_hypercubes(
    cells: &Cells,
    links: &Links,
    withheld: &[bool],
    target: &Target,
    sign: f64,
    wanted: f64,
) -> Option<Change> {
    let start = Search::new(cells, links, withheld, target, sign, wanted)?;
    let by_part = |part: f64| start.clone().cheapest(part);
    LEAST_PARTS.into_iter().find_map(by_part).or_else(|| start.clone().outwards())
}

/// The same within the cells that are withheld, and the entries that were looked at.
pub(crate) fn by_withheld_hypercubes(
    cells: &Cells,
    links: &Links,
    withheld: &[bool],
    target: &Target,
    sign: f64,
    wanted: f64,
) -> Option<(Option<Change>, u64)> {
    let mut search = Search::new(cells, links, withheld, target, sign, wanted)?;
    search.may_withhold = false;
    let found = search.cheapest(LEAST_PARTS[0]);
    Some((found, search.work))
}

#[derive(Clone)]
struct Best {
    /// What is lost for each unit that the target moves.
    each: f64,
    /// How far the target moves, and each corner.
    moved: f64,
    by: f64,
    /// With their directions.
    corners: Vec<(usize, f64)>,
}

#[derive(Clone)]
struct Search<'a> {
    cells: &'a Cells,
    withheld: &'a [bool],
    /// By factor, its places and how far apart two neighbours are.
    shape: &'a [(usize, usize)],
    members: &'a [usize],
    sign: f64,
    /// Whether cells that are shown may be withheld for it.
    may_withhold: bool,
    /// What the hypercubes before this one move.
    change: BTreeMap<usize, f64>,
    /// What is still to be moved, and what a hypercube must move at least.
    left: f64,
    least: f64,
    best: Option<Best>,
    /// Corners looked at.
    work: u64,
}

impl<'a> Search<'a> {
    fn new(
        cells: &'a Cells,
        links: &'a Links,
        withheld: &'a [bool],
        target: &'a Target,
        sign: f64,
        wanted: f64,
    ) -> Option<Self> {
        Some(Search {
            cells,
            withheld,
            shape: links.shape()?,
            members: &target.members,
            sign,
            may_withhold: true,
            change: BTreeMap::new(),
            left: wanted,
            least: 0.0,
            best: None,
            work: 0,
        })
    }

    fn cheapest(&mut self, part: f64) -> Option<Change> {
        let wanted = self.left;
        while self.left > 1e-9 * wanted {
            self.least = self.left.min(wanted * part);
            for &member in self.members.iter().take(MOST_BEGUN) {
                self.widen(0, &mut vec![(member, self.sign)], 0.0);
            }
            let best = self.best.take()?;
            for (cell, way) in best.corners {
                *self.change.entry(cell).or_default() += way * best.by;
            }
            self.left -= best.moved;
        }
        Some(self.moved())
    }

    fn moved(&self) -> Change {
        self.change.iter().map(|(&cell, &by)| (cell, by)).filter(|(_, by)| *by != 0.0).collect()
    }

    /// By the hypercubes that always reach: each innermost cell of the target with all the totals it is in. They move together, and each
    /// holds and can hold at least what that cell does.
    fn outwards(mut self) -> Option<Change> {
        let place = |cell: usize, (size, stride): (usize, usize)| cell / stride % size;
        let is_inner = |&cell: &usize| self.shape.iter().all(|&of| place(cell, of) + 1 < of.0);
        let is_in = |&cell: &usize| {
            let holds = |member: &usize| {
                let at = |&of: &(usize, usize)| place(*member, of);
                self.shape.iter().all(|of| at(of) + 1 == of.0 || at(of) == place(cell, *of))
            };
            self.members.iter().any(holds)
        };
        let wanted = self.left;
        let inner: Vec<usize> = (0..self.withheld.len()).filter(is_inner).filter(is_in).collect();
        for cell in inner {
            let by = self.room(cell, self.sign).min(self.left);
            let mut corners = vec![cell];
            for &of in self.shape {
                let up = (of.0 - 1 - place(cell, of)) * of.1;
                corners.extend(corners.clone().into_iter().map(|corner| corner + up));
            }
            let is_possible = |&corner: &usize| self.room(corner, self.sign) >= by * (1.0 - 1e-9);
            if by > 0.0 && corners.iter().all(is_possible) {
                self.left -= by;
                for corner in corners {
                    *self.change.entry(corner).or_default() += self.sign * by;
                }
            }
        }
        (self.left <= 1e-9 * wanted).then(|| self.moved())
    }

    /// How far a cell can still move in a direction; none of what is shown and holds nothing.
    fn room(&self, cell: usize, way: f64) -> f64 {
        let Cells { counts, most, .. } = self.cells;
        if !self.withheld[cell] && (counts[cell] == 0.0 || !self.may_withhold) {
            return 0.0;
        }
        let held = counts[cell] + self.change.get(&cell).copied().unwrap_or(0.0);
        if way > 0.0 { most[cell] - held } else { held }
    }

    fn cost(&self, cell: usize) -> f64 {
        let is_free = self.withheld[cell] || self.change.contains_key(&cell);
        // A hair keeps it from taking cells of nothing.
        if is_free { 0.0 } else { self.cells.costs[cell] + 1e-3 }
    }

    /// Doubles the corners along one factor after the other; what costs more than the best so far is left at once.
    fn widen(&mut self, factor: usize, corners: &mut Vec<(usize, f64)>, cost: f64) {
        let Some(&(size, stride)) = self.shape.get(factor) else {
            let net: f64 = corners
                .iter()
                .filter(|(cell, _)| self.members.contains(cell))
                .map(|(_, way)| way * self.sign)
                .sum();
            if net <= 0.0 {
                return;
            }
            let rooms = corners.iter().map(|&(cell, way)| self.room(cell, way));
            let by = rooms.fold(self.left / net, f64::min);
            let moved = by * net;
            if moved >= self.least * (1.0 - 1e-9) && self.is_better(cost, moved) {
                self.best = Some(Best { each: cost / moved, moved, by, corners: corners.clone() });
            }
            return;
        };
        let held = corners.len();
        let own = corners[0].0 / stride % size;
        for place in (0..size).filter(|&place| place != own) {
            // A part and another balance each other; a part and its total move together.
            let turn = if place == size - 1 || own == size - 1 { 1.0 } else { -1.0 };
            let mut more = 0.0;
            let mut is_possible = true;
            for at in 0..held {
                let (cell, way) = corners[at];
                let opposite = (cell + place * stride - own * stride, way * turn);
                self.work += 1;
                more += self.cost(opposite.0);
                let room = self.room(opposite.0, opposite.1) * self.members.len() as f64;
                is_possible = room >= self.least && self.is_better(cost + more, self.left);
                if !is_possible {
                    break;
                }
                corners.push(opposite);
            }
            if is_possible {
                self.widen(factor + 1, corners, cost + more);
            }
            corners.truncate(held);
        }
    }

    /// Whether moving so far for so much is better than the best so far.
    fn is_better(&self, cost: f64, by: f64) -> bool {
        match &self.best {
            None => true,
            Some(best) => {
                let each = cost / by;
                each < best.each - 1e-12
                    || each <= best.each + 1e-12 && by > best.moved * (1.0 + 1e-9)
            }
        }
    }
}
