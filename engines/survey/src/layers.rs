//! What adds up behind the cells of a table, and whether it is safe to let it follow: people who said yes, or amounts. A figure may rest
//! on several such layers, as a ratio does on two totals; where any of them has to be withheld, so has the figure.

use crate::design::Design;
use crate::disclosure::{Rules, Withheld, judge_counts, seen_through};
use crate::suppression::{Cells, Effort, Links, protect_groups};

/// What is added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Adds {
    /// Who said yes, among those who answered.
    People,
    /// Amounts.
    Amounts,
    /// Amounts that others are divided by, of those who have any: that all have the same tells nothing.
    Under,
}

/// One thing that adds up, by cell of the table.
#[derive(Debug, Clone)]
pub(crate) struct Layer {
    pub adds: Adds,
    pub sums: Vec<Sums>,
}

/// What adds up in a cell.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sums {
    /// People who count in it, unweighted, and who of them said yes.
    pub n: u64,
    pub yes: u64,
    /// People whom they stand for.
    pub people: f64,
    /// Σ w y, of amounts that are zero or more.
    pub amount: f64,
    /// The two largest contributions to it, and the unweighted sum.
    pub largest: (f64, f64),
    pub plain: f64,
    /// The largest w y.
    pub heaviest: f64,
    /// The least and the largest amount.
    pub range: (f64, f64),
}

impl Default for Sums {
    fn default() -> Self {
        Sums {
            n: 0,
            yes: 0,
            people: 0.0,
            amount: 0.0,
            largest: (0.0, 0.0),
            plain: 0.0,
            heaviest: 0.0,
            range: (f64::INFINITY, f64::NEG_INFINITY),
        }
    }
}

impl Sums {
    fn of(weight: f64, y: f64, is_yes: bool) -> Sums {
        Sums {
            n: 1,
            yes: u64::from(is_yes),
            people: weight,
            amount: weight * y,
            largest: (y, 0.0),
            plain: y,
            heaviest: weight * y,
            range: (y, y),
        }
    }

    fn add(&mut self, other: &Sums) {
        self.n += other.n;
        self.yes += other.yes;
        self.people += other.people;
        self.amount += other.amount;
        self.plain += other.plain;
        self.heaviest = self.heaviest.max(other.heaviest);
        self.range = (self.range.0.min(other.range.0), self.range.1.max(other.range.1));
        for one in [other.largest.0, other.largest.1] {
            if one > self.largest.0 {
                self.largest = (one, self.largest.0);
            } else {
                self.largest.1 = self.largest.1.max(one);
            }
        }
    }

    fn are_alike(&self) -> bool {
        self.range.0 == self.range.1
    }
}

/// The cells of a crossing, by number: the last factor fastest, each total after its parts.
pub(crate) struct Places {
    pub sizes: Vec<usize>,
    pub strides: Vec<usize>,
}

impl Places {
    pub(crate) fn new(sizes: Vec<usize>) -> Places {
        let mut strides = vec![1; sizes.len()];
        for k in (0..sizes.len().saturating_sub(1)).rev() {
            strides[k] = strides[k + 1] * (sizes[k + 1] + 1);
        }
        Places { sizes, strides }
    }

    pub(crate) fn count(&self) -> usize {
        self.sizes.iter().map(|size| size + 1).product()
    }
}

impl Layer {
    /// Adds up over all cells, from the innermost outwards; `place` is the innermost cell of a row, NaN is who does not count.
    pub(crate) fn new(
        adds: Adds,
        design: &Design,
        places: &Places,
        place: impl Fn(usize) -> usize,
        values: &[f64],
    ) -> Layer {
        let count = places.count();
        let mut sums = vec![Sums::default(); count];
        // Amounts below zero are counted from the lowest, which anyone may know.
        let lowest = match adds {
            Adds::People => 0.0,
            Adds::Amounts | Adds::Under => values.iter().copied().fold(0.0, f64::min),
        };
        for ((row, &weight), value) in design.weights().iter().enumerate().zip(values) {
            if weight > 0.0 && !value.is_nan() {
                sums[place(row)].add(&Sums::of(weight, value - lowest, *value == 1.0));
            }
        }
        for (size, stride) in places.sizes.iter().zip(&places.strides) {
            for total in (0..count).filter(|place| place / stride % (size + 1) == *size) {
                let mut all = Sums::default();
                (1..=*size).for_each(|back| all.add(&sums[total - back * stride]));
                sums[total] = all;
            }
        }
        Layer { adds, sums }
    }

    /// By cell, why it must be withheld; cells of `also` must be for a reason of their own.
    pub(crate) fn reasons(
        &self,
        links: &Links,
        also: &[bool],
        rules: &Rules,
    ) -> Vec<Option<Withheld>> {
        let alone: Vec<Option<Withheld>> =
            self.sums.iter().map(|sums| self.judge(sums, rules)).collect();
        let is_sensitive = |((why, sums), also): ((&Option<Withheld>, &Sums), &bool)| {
            why.is_some() || *also && sums.n > 0
        };
        let sensitive = alone.iter().zip(&self.sums).zip(also).map(is_sensitive).collect();
        let cells = self.attackable(sensitive, rules);
        let judge = |members: &[usize]| self.judge_together(members, rules);
        let withheld = match protect_groups(&cells, links, &judge, Effort::default()) {
            Ok(pattern) => pattern.withheld,
            Err(_) => vec![true; alone.len()],
        };
        let reason = |(alone, withheld): (Option<Withheld>, bool)| {
            alone.or(withheld.then_some(Withheld::Complementary))
        };
        alone.into_iter().zip(withheld).map(reason).collect()
    }

    /// Why a cell alone must be withheld; an empty one need not.
    fn judge(&self, sums: &Sums, rules: &Rules) -> Option<Withheld> {
        if sums.n == 0 {
            return None;
        }
        if self.adds == Adds::People {
            return judge_counts(sums.n, sums.yes, rules);
        }
        if sums.n < rules.least_n {
            return Some(Withheld::FewAnswers);
        }
        if self.adds == Adds::Amounts && rules.withhold_all_alike && sums.are_alike() {
            return Some(Withheld::AllAlike);
        }
        seen_through(sums.largest, sums.plain, rules)
    }

    /// What an attacker adds up: weighted, since that is what is published, with the people behind each cell known to him.
    fn attackable(&self, sensitive: Vec<bool>, rules: &Rules) -> Cells {
        let most = |sums: &Sums| match self.adds {
            Adds::People => sums.people,
            _ if sums.people == 0.0 => 0.0,
            _ => f64::INFINITY,
        };
        Cells {
            counts: self.sums.iter().map(|sums| sums.amount).collect(),
            most: self.sums.iter().map(most).collect(),
            costs: self.sums.iter().map(|sums| sums.n as f64).collect(),
            sensitive,
            widths: self.sums.iter().map(|sums| self.width(sums, rules)).collect(),
        }
    }

    /// By how much (above, below) what adds up in a cell or a group of cells must stay uncertain.
    fn width(&self, sums: &Sums, rules: &Rules) -> (f64, f64) {
        if self.adds != Adds::People {
            return (sums.heaviest, sums.heaviest.min(sums.amount));
        }
        let wanted = rules.uncertain_people * sums.people / sums.n.max(1) as f64;
        // With few people, not knowing at all is all there is.
        (wanted.min((sums.people - sums.amount).max(0.0)), wanted.min(sums.amount))
    }

    /// Several cells that somebody can tell only as one are a cell like any other: how uncertain it must stay, if it is small.
    fn judge_together(&self, members: &[usize], rules: &Rules) -> Option<(f64, f64)> {
        let mut all = Sums::default();
        members.iter().for_each(|&cell| all.add(&self.sums[cell]));
        self.judge(&all, rules).map(|_| self.width(&all, rules))
    }
}
