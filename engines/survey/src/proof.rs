//! Why a withheld sum stays uncertain: another table that fits everything shown, in which the sum is higher, and one in which it is lower.
//! Whoever has such a change in hand needs no linear programme to be sure; it is looked for near the sum first, and kept until a cell that
//! it moves is to be shown.

use std::collections::BTreeMap;

use crate::attacker::part;
use crate::hypercube::by_withheld_hypercubes;
use crate::simplex::{Moved, Mover};
use crate::suppression::{Cells, Links, Target};

/// By cell, how much more it holds in the other table; cells that are not named hold what they do.
pub(crate) type Change = Vec<(usize, f64)>;

/// One change that moves a target up as far as it must be able to, and one that moves it down.
#[derive(Debug, Clone, Default)]
pub(crate) struct Proof {
    pub up: Change,
    pub down: Change,
}

impl Proof {
    /// The cells that either change moves; some twice.
    pub fn cells(&self) -> impl Iterator<Item = usize> {
        self.up.iter().chain(&self.down).map(|&(cell, _)| cell)
    }
}

/// Cells that are looked at together where more hang together, and without further ado.
const NEAR: usize = 300;
const ALL: usize = 600;

/// Entries touched for one change at most.
const MOST_WORK: u64 = 4_000_000;

/// Whether a change keeps all sums, moves only withheld cells, none to less than nothing or more than it can hold, and a target as far
/// up (`sign` 1) or down (−1) as is wanted.
fn holds_one(
    cells: &Cells,
    links: &Links,
    withheld: &[bool],
    target: &Target,
    (sign, wanted): (f64, f64),
    change: &Change,
) -> bool {
    let slack = 1e-6 * (1.0 + wanted);
    let moved: BTreeMap<usize, f64> = change.iter().copied().collect();
    let mut sums: BTreeMap<usize, f64> = BTreeMap::new();
    for (&cell, by) in &moved {
        for &equation in links.with(cell) {
            let way = if links.equations()[equation].0 == cell { -1.0 } else { 1.0 };
            *sums.entry(equation).or_default() += way * by;
        }
    }
    let can_hold = |(&cell, by): (&usize, &f64)| {
        let held = cells.counts[cell] + by;
        withheld[cell] && held >= -slack && held <= cells.most[cell] + slack
    };
    let by: f64 = target.members.iter().filter_map(|cell| moved.get(cell)).sum();
    sign * by >= wanted - slack
        && moved.iter().all(can_hold)
        && sums.values().all(|sum| sum.abs() <= slack)
}

/// Whether both changes are what they should be.
pub(crate) fn holds(
    cells: &Cells,
    links: &Links,
    withheld: &[bool],
    target: &Target,
    proof: &Proof,
) -> bool {
    holds_one(cells, links, withheld, target, (1.0, target.above), &proof.up)
        && holds_one(cells, links, withheld, target, (-1.0, target.below), &proof.down)
}

/// Looks for proofs, and counts what that costs.
pub(crate) struct Prover<'a> {
    pub cells: &'a Cells,
    pub links: &'a Links,
    /// Entries touched so far: the same on every machine.
    pub work: u64,
}

impl Prover<'_> {
    /// Both changes within the withheld cells, if they are found near the target.
    pub fn prove(&mut self, withheld: &[bool], target: &Target) -> Option<Proof> {
        let up = self.change(withheld, target, 1.0, target.above)?;
        let down = self.change(withheld, target, -1.0, target.below)?;
        Some(Proof { up, down })
    }

    /// A change within the withheld cells that moves a target up (`sign` 1) or down (−1) by what is wanted: hypercubes, or what a linear
    /// programme finds.
    pub fn change(
        &mut self,
        withheld: &[bool],
        target: &Target,
        sign: f64,
        wanted: f64,
    ) -> Option<Change> {
        let Prover { cells, links, .. } = *self;
        if wanted <= 0.0 {
            return Some(Change::new());
        }
        if let Some((found, work)) =
            by_withheld_hypercubes(cells, links, withheld, target, sign, wanted)
        {
            self.work += work;
            if found.is_some() {
                return found;
            }
        }
        let is_open = |cell: usize| withheld[cell] && cells.most[cell] > 0.0;
        let part = part(links, &is_open, &target.members);
        // Of each cell its equations are read, and of each factor what lies beside it.
        self.work += 60 * part.cells.len() as u64;
        let mut near = self.loose(part.cells);
        if near.len() > ALL
            && let Some(nearer) = self.near(&near, &target.members, NEAR)
        {
            near = self.loose(nearer);
        }
        let can_move = |member: &usize| near.binary_search(member).is_ok();
        let members: Vec<usize> = target.members.iter().copied().filter(can_move).collect();
        if members.is_empty() {
            return None;
        }
        let mut mover = Mover::new(links, near)?;
        mover.give_room(cells, &|_| 1.0);
        let moved = mover.move_by(&members, sign, wanted, MOST_WORK);
        self.work += mover.work;
        // Thousands of pivots may have gone astray; what they led to is looked at by itself.
        let change = mover.moves();
        let is_found = matches!(moved, Moved::Enough)
            && holds_one(cells, links, withheld, target, (sign, wanted), &change);
        is_found.then_some(change)
    }

    /// Without the cells that cannot move because they are alone in an equation, again and again.
    fn loose(&self, mut open: Vec<usize>) -> Vec<usize> {
        let mut in_equation = vec![0u32; self.links.equations().len()];
        for &cell in &open {
            self.links.with(cell).iter().for_each(|&equation| in_equation[equation] += 1);
        }
        loop {
            let before = open.len();
            open.retain(|&cell| {
                let with = self.links.with(cell);
                let is_loose = with.iter().all(|&equation| in_equation[equation] > 1);
                if !is_loose {
                    with.iter().for_each(|&equation| in_equation[equation] -= 1);
                }
                is_loose
            });
            if open.len() == before {
                return open;
            }
        }
    }

    /// At most so many of the open cells of a crossing: of each factor the places that are most like the target's own.
    pub fn near(&self, open: &[usize], members: &[usize], most: usize) -> Option<Vec<usize>> {
        let shape = self.links.shape()?;
        let mut is_open = vec![false; self.links.cells()];
        open.iter().for_each(|&cell| is_open[cell] = true);
        let base = members[0];
        let mut ranked: Vec<Vec<usize>> = Vec::new();
        for &(size, stride) in shape {
            let place = |cell: usize| cell / stride % size;
            let own: Vec<usize> = members.iter().map(|&member| place(member)).collect();
            let mut alike = vec![0u32; size];
            for &cell in open.iter().filter(|&&cell| place(cell) == place(base)) {
                let first = cell - place(cell) * stride;
                for (other, alike) in alike.iter_mut().enumerate() {
                    *alike += u32::from(is_open[first + other * stride]);
                }
            }
            let mut places: Vec<usize> = (0..size).collect();
            places.sort_by_key(|&p| (!own.contains(&p), std::cmp::Reverse(alike[p]), p));
            ranked.push(places);
        }
        let of_each = |count: usize| {
            let is_near = |places: &Vec<usize>| {
                let mut kept = vec![false; places.len()];
                places.iter().take(count).for_each(|&place| kept[place] = true);
                kept
            };
            let is_near: Vec<Vec<bool>> = ranked.iter().map(is_near).collect();
            let holds = |cell: &usize| {
                shape.iter().zip(&is_near).all(|(&(size, stride), near)| near[cell / stride % size])
            };
            open.iter().copied().filter(holds).collect::<Vec<usize>>()
        };
        [64, 32, 16, 12, 8, 6, 5, 4, 3, 2].into_iter().map(of_each).find(|near| near.len() <= most)
    }
}
