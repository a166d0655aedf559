//! A calendar queue: buckets of equal width, each sorted only when its time has come. Brown 1988, Commun ACM 31:1220.
//! One serves the run's time, and one each group's cumulative force, on which susceptible people wait for their infection.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::time::{NEVER, Tick};

/// Entries are never withdrawn. The owner keeps each person's moment, and an entry counts only while
/// it still says the same moment; that is what `valid` answers.
#[derive(Debug, Clone)]
pub(crate) struct Calendar {
    shift: u32,
    buckets: Vec<Vec<u64>>,
    /// The bucket that is open now; entries of it, or before it, are in `sorted` and `late`.
    open: usize,
    /// Entries of the open bucket, latest first.
    sorted: Vec<u64>,
    /// Entries that came into the open bucket after it was opened.
    late: BinaryHeap<Reverse<u64>>,
    end: Tick,
    /// Entries on closed pages, those that no longer hold with them.
    waiting: usize,
    /// What `warm` said, kept so that it is asked.
    warmth: u32,
}

#[inline]
fn entry(at: Tick, slot: u32) -> u64 {
    u64::from(at) << 32 | u64::from(slot)
}

#[inline]
fn parts(entry: u64) -> (Tick, u32) {
    ((entry >> 32) as Tick, entry as u32)
}

impl Calendar {
    /// A calendar to `end` (later entries are dropped: the run will not see them), with buckets of 2^`shift` ticks.
    pub fn new(end: Tick, shift: u32) -> Calendar {
        let count = (end >> shift) as usize + 1;
        Calendar {
            shift,
            buckets: vec![Vec::new(); count],
            open: 0,
            sorted: Vec::new(),
            late: BinaryHeap::new(),
            end,
            waiting: 0,
            warmth: 0,
        }
    }

    /// What it takes in memory.
    pub fn bytes(&self) -> usize {
        let pages: usize = self.buckets.iter().map(|page| 8 * page.capacity()).sum();
        size_of_val(self.buckets.as_slice())
            + pages
            + 8 * (self.sorted.capacity() + self.late.capacity())
    }

    #[inline]
    pub fn put(&mut self, at: Tick, slot: u32) {
        if at > self.end {
            return;
        }
        let bucket = (at >> self.shift) as usize;
        if bucket > self.open {
            self.buckets[bucket].push(entry(at, slot));
            self.waiting += 1;
        } else {
            self.late.push(Reverse(entry(at, slot)));
        }
    }

    /// The first entry that holds, left where it is. `limit` bounds the search: buckets that begin
    /// after it stay closed and [`None`] is the answer, together with all entries dropped as void.
    #[inline]
    pub fn first(&mut self, limit: Tick, valid: impl Fn(Tick, u32) -> bool) -> Option<(Tick, u32)> {
        self.first_warm(limit, valid, |_| 0)
    }

    /// The same; `warm` reads what will be needed of each entry when its bucket is opened. These reads do not
    /// wait for each other, so the memory answers them together, and an event later finds its person in the cache.
    #[inline]
    pub fn first_warm(
        &mut self,
        limit: Tick,
        valid: impl Fn(Tick, u32) -> bool,
        warm: impl Fn(u32) -> u32,
    ) -> Option<(Tick, u32)> {
        loop {
            while let Some(&last) = self.sorted.last() {
                let (at, slot) = parts(last);
                if valid(at, slot) {
                    break;
                }
                self.sorted.pop();
            }
            while let Some(&Reverse(top)) = self.late.peek() {
                let (at, slot) = parts(top);
                if valid(at, slot) {
                    break;
                }
                self.late.pop();
            }
            let first = match (self.sorted.last(), self.late.peek()) {
                (Some(&a), Some(&Reverse(b))) => a.min(b),
                (Some(&a), None) => a,
                (None, Some(&Reverse(b))) => b,
                (None, None) => {
                    let next = self.open + 1;
                    if next >= self.buckets.len() || (next as u64) << self.shift > u64::from(limit)
                    {
                        return None;
                    }
                    self.open = next;
                    let mut batch = std::mem::take(&mut self.buckets[next]);
                    self.waiting -= batch.len();
                    let mut warmth = self.warmth;
                    batch.retain(|&e| {
                        let (at, slot) = parts(e);
                        warmth ^= warm(slot);
                        valid(at, slot)
                    });
                    self.warmth = warmth;
                    batch.sort_unstable_by(|a, b| b.cmp(a));
                    self.sorted = batch;
                    continue;
                }
            };
            return Some(parts(first));
        }
    }

    /// Where the next closed bucket begins: what a group's force must reach before it has to look again.
    #[inline]
    pub fn horizon(&self) -> Tick {
        let next = (self.open as u64 + 1) << self.shift;
        if self.open + 1 >= self.buckets.len() { NEVER } else { next as Tick }
    }

    /// Entries on closed pages.
    pub fn waiting(&self) -> usize {
        self.waiting
    }

    /// Drops the entries of closed pages that no longer hold: they would be dropped when their page opens, but a page that
    /// a force never reaches keeps them for the whole run.
    pub fn tidy(&mut self, valid: impl Fn(Tick, u32) -> bool) {
        self.waiting = 0;
        for page in &mut self.buckets[self.open + 1..] {
            page.retain(|&e| {
                let (at, slot) = parts(e);
                valid(at, slot)
            });
            page.shrink_to_fit();
            self.waiting += page.len();
        }
    }

    /// Takes away the entry that [`Calendar::first`] found.
    #[inline]
    pub fn take(&mut self, at: Tick, slot: u32) {
        let this = entry(at, slot);
        if self.sorted.last() == Some(&this) {
            self.sorted.pop();
        } else if self.late.peek() == Some(&Reverse(this)) {
            self.late.pop();
        }
    }
}
