//! Groups of people whom nobody can tell apart: who is in too small a one, and the fewest values to suppress until nobody is.
//! A suppressed value is a value of its own, so that the promise can be checked on the file alone, without what it was made of.

use std::collections::{BTreeMap, BTreeSet};

/// What is asked of the sensitive answers within each group of people who cannot be told apart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Diversity {
    /// Nothing.
    None,
    /// So many different answers at least: Machanavajjhala et al. 2007, *l-diversity* (ACM TKDD 1:3).
    Distinct(u64),
    /// The entropy of the answers is that of so many equally frequent ones at least (same paper).
    Entropy(f64),
}

/// When a data set is safe enough.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Anonymity {
    /// People who share each combination of keys, at least: 5. Three is usual for files under contract, five to ten for the public
    /// (Hundepool et al. 2012, section 3.3).
    pub k: u64,
    /// Of sensitive answers in each combination: two different ones, so that no group has answered for its members.
    pub diversity: Diversity,
    /// How far the distribution of a sensitive answer in a combination may be from that in the whole file, as the share of answers
    /// that would have to change: Li, Li and Venkatasubramanian 2007, *t-closeness*, with equal distances. None by default.
    pub closeness: Option<f64>,
    /// The individual risk above which a person counts as at risk: 0.2, one in five.
    pub risk: f64,
}

impl Default for Anonymity {
    fn default() -> Self {
        Anonymity { k: 5, diversity: Diversity::Distinct(2), closeness: None, risk: 0.2 }
    }
}

/// The code of a suppressed value.
pub(crate) const SUPPRESSED: u32 = u32::MAX - 1;

/// The keys of a file as codes, by column and row, and what suppressing a value of each costs.
pub(crate) struct Keys {
    pub codes: Vec<Vec<u32>>,
    pub costs: Vec<u64>,
}

type Grouped = BTreeMap<Vec<u32>, Vec<u32>>;

impl Keys {
    pub fn rows(&self) -> usize {
        self.codes.first().map_or(0, Vec::len)
    }

    fn of(&self, row: usize) -> Vec<u32> {
        self.codes.iter().map(|column| column[row]).collect()
    }

    /// What all that is suppressed costs.
    fn suppressed(&self) -> u64 {
        let of =
            |column: &Vec<u32>| column.iter().filter(|&&code| code == SUPPRESSED).count() as u64;
        self.codes.iter().zip(&self.costs).map(|(column, cost)| of(column) * cost).sum()
    }

    /// The rows of each combination.
    pub fn groups(&self) -> Grouped {
        let mut groups = Grouped::new();
        for row in 0..self.rows() {
            groups.entry(self.of(row)).or_default().push(row as u32);
        }
        groups
    }
}

/// Holds groups of rows against what is asked.
pub(crate) struct Check<'a> {
    asked: &'a Anonymity,
    sensitive: &'a [Vec<u32>],
    /// By sensitive column, the share of each answer in the whole file.
    everywhere: Vec<BTreeMap<u32, f64>>,
}

impl<'a> Check<'a> {
    pub fn new(sensitive: &'a [Vec<u32>], rows: usize, asked: &'a Anonymity) -> Self {
        let all: Vec<u32> = (0..rows as u32).collect();
        let everywhere = sensitive.iter().map(|column| shares(column, &all)).collect();
        Check { asked, sensitive, everywhere }
    }

    pub fn is_diverse(&self, rows: &[u32]) -> bool {
        let enough = |column: &Vec<u32>| match self.asked.diversity {
            Diversity::None => true,
            Diversity::Distinct(least) => shares(column, rows).len() as u64 >= least,
            Diversity::Entropy(least) => {
                let entropy: f64 = shares(column, rows).values().map(|p| -p * libm::log(*p)).sum();
                entropy >= libm::log(least) - 1e-12
            }
        };
        self.sensitive.iter().all(enough)
    }

    pub fn is_close(&self, rows: &[u32]) -> bool {
        let Some(most) = self.asked.closeness else { return true };
        self.sensitive.iter().zip(&self.everywhere).all(|(column, everywhere)| {
            let here = shares(column, rows);
            let apart = |(answer, p): (&u32, &f64)| (p - here.get(answer).unwrap_or(&0.0)).max(0.0);
            everywhere.iter().map(apart).sum::<f64>() <= most + 1e-12
        })
    }

    pub fn is_safe(&self, rows: &[u32]) -> bool {
        rows.len() as u64 >= self.asked.k && self.is_diverse(rows) && self.is_close(rows)
    }
}

/// The share of each answer among those who gave one.
fn shares(column: &[u32], rows: &[u32]) -> BTreeMap<u32, f64> {
    let mut counts: BTreeMap<u32, f64> = BTreeMap::new();
    for &row in rows {
        if column[row as usize] != crate::groups::NO_GROUP {
            *counts.entry(column[row as usize]).or_default() += 1.0;
        }
    }
    let sum: f64 = counts.values().sum();
    counts.values_mut().for_each(|count| *count /= sum);
    counts
}

/// Which keys are suppressed, a bit each.
type Mask = u32;

/// Suppresses values of keys until every group is safe, at small cost. Whether that could be done: it cannot where even all rows
/// together are not safe.
///
/// Each unsafe group looks for the cheapest set of keys in which it would have to be joined to others: unsafe groups that agree in
/// the rest, and as many rows of safe groups as are lacking. The cheapest by the people it makes safe comes first. Then whatever turns out to be
/// suppressed in vain is put back.
pub(crate) fn suppress(keys: &mut Keys, check: &Check) -> bool {
    let all: Vec<u32> = (0..keys.rows() as u32).collect();
    if !check.is_safe(&all) {
        return false;
    }
    let original = keys.codes.clone();
    let mut best: Option<(u64, Vec<Vec<u32>>)> = None;
    // What pays depends on the file: many people at once, or each as cheaply as can be.
    for weight in [1.0, 0.5, 2.0] {
        join_all(keys, check, weight);
        put_back(keys, &original, check);
        let cost = keys.suppressed();
        if best.as_ref().is_none_or(|(least, _)| cost < *least) {
            best = Some((cost, keys.codes.clone()));
        }
        keys.codes.clone_from(&original);
    }
    keys.codes = best.expect("three were made").1;
    true
}

/// Joins groups until all are safe, the cheapest by `helped` to the power of `weight` first.
fn join_all(keys: &mut Keys, check: &Check, weight: f64) {
    loop {
        let groups = keys.groups();
        let (safe, open): (Vec<_>, Vec<_>) =
            groups.iter().partition(|(_, rows)| check.is_safe(rows));
        if open.is_empty() {
            return;
        }
        let mut joins = Vec::new();
        for mask in 1..1 << keys.costs.len() {
            joins.extend(Joining { mask, costs: &keys.costs, check }.of(&open, &safe));
        }
        joins.sort_by(|a: &Join, b: &Join| {
            let price = |join: &Join| join.cost as f64 / libm::pow(join.helped as f64, weight);
            price(a).total_cmp(&price(b)).then_with(|| (a.mask, &a.rows).cmp(&(b.mask, &b.rows)))
        });
        // Several are made at once where no group has a part in two.
        let mut touched: BTreeSet<Vec<u32>> = BTreeSet::new();
        for join in &joins {
            let parts: BTreeSet<Vec<u32>> =
                join.rows.iter().map(|&row| keys.of(row as usize)).collect();
            if parts.iter().any(|key| touched.contains(key)) {
                continue;
            }
            touched.extend(parts);
            // So that a later join does not meet what this one made.
            touched.insert(masked(&keys.of(join.rows[0] as usize), join.mask));
            for (key, column) in keys.codes.iter_mut().enumerate() {
                if join.mask >> key & 1 == 1 {
                    join.rows.iter().for_each(|&row| column[row as usize] = SUPPRESSED);
                }
            }
            if keys.rows() < SMALL {
                break;
            }
        }
        if joins.is_empty() {
            // Nothing smaller helps: everything goes, which was found safe above.
            keys.codes.iter_mut().for_each(|column| column.fill(SUPPRESSED));
        }
    }
}

/// In files of fewer rows one join is made at a time, since each changes what the others cost.
const SMALL: usize = 500;

/// Rows that become one safe group when some keys are suppressed in them.
struct Join {
    mask: Mask,
    rows: Vec<u32>,
    cost: u64,
    /// Rows that were not safe.
    helped: usize,
}

fn masked(key: &[u32], mask: Mask) -> Vec<u32> {
    let hidden = |(k, &code): (usize, &u32)| if mask >> k & 1 == 1 { SUPPRESSED } else { code };
    key.iter().enumerate().map(hidden).collect()
}

/// Rows of a safe group that are tried one by one before it is left or taken whole.
const MOST_TRIED: usize = 200;

/// Joining groups that agree outside one set of keys.
struct Joining<'a> {
    mask: Mask,
    costs: &'a [u64],
    check: &'a Check<'a>,
}

impl Joining<'_> {
    /// What is suppressed already costs nothing again.
    fn price(&self, key: &[u32]) -> u64 {
        let new = (0..key.len()).filter(|&k| self.mask >> k & 1 == 1 && key[k] != SUPPRESSED);
        new.map(|k| self.costs[k]).sum()
    }

    /// The open groups that agree, each with what it lacks of the safe ones.
    fn of<'g>(
        &self,
        open: &[(&'g Vec<u32>, &'g Vec<u32>)],
        safe: &[(&'g Vec<u32>, &'g Vec<u32>)],
    ) -> Vec<Join> {
        let mut alike: BTreeMap<Vec<u32>, Join> = BTreeMap::new();
        for (key, rows) in open {
            let join = alike.entry(masked(key, self.mask)).or_insert_with(|| Join {
                mask: self.mask,
                rows: Vec::new(),
                cost: 0,
                helped: 0,
            });
            join.rows.extend(*rows);
            join.cost += self.price(key) * rows.len() as u64;
            join.helped += rows.len();
        }
        let mut donors: BTreeMap<Vec<u32>, Vec<(&Vec<u32>, &Vec<u32>)>> = BTreeMap::new();
        for (key, rows) in safe {
            let target = masked(key, self.mask);
            if alike.contains_key(&target) {
                donors.entry(target).or_default().push((key, rows));
            }
        }
        let joins = alike.into_iter().filter_map(|(target, mut join)| {
            let mut from = donors.remove(&target).unwrap_or_default();
            // A group that bears this pattern already is joined whole, without a cost.
            if let Some(at) = from.iter().position(|(key, _)| **key == target) {
                join.rows.extend(from.remove(at).1);
            }
            from.sort_by_key(|(key, rows)| (self.price(key), std::cmp::Reverse(rows.len()), *key));
            for (key, rows) in from {
                self.draw(&mut join, key, rows);
            }
            join.rows.sort_unstable();
            self.check.is_safe(&join.rows).then_some(join)
        });
        joins.collect()
    }

    /// Takes from a safe group what a join lacks, as far as the group stays safe; else all of it.
    fn draw(&self, join: &mut Join, key: &[u32], rows: &[u32]) {
        let mut staying = rows.to_vec();
        for &row in rows.iter().take(MOST_TRIED) {
            if self.check.is_safe(&join.rows) {
                return;
            }
            let without: Vec<u32> = staying.iter().copied().filter(|&other| other != row).collect();
            if !self.check.is_safe(&without) {
                continue;
            }
            staying = without;
            join.rows.push(row);
            join.cost += self.price(key);
        }
        if !self.check.is_safe(&join.rows) {
            join.cost += self.price(key) * staying.len() as u64;
            join.rows.extend(staying);
        }
    }
}

/// Gives values back to rows one by one, where the groups they leave and join stay safe.
fn put_back(keys: &mut Keys, original: &[Vec<u32>], check: &Check) {
    let mut groups = keys.groups();
    let mut order: Vec<usize> = (0..keys.costs.len()).collect();
    order.sort_by_key(|&key| (std::cmp::Reverse(keys.costs[key]), key));
    for row in 0..keys.rows() {
        for &key in &order {
            if keys.codes[key][row] != SUPPRESSED || original[key][row] == SUPPRESSED {
                continue;
            }
            let from = keys.of(row);
            let mut to = from.clone();
            to[key] = original[key][row];
            let Some(mut joined) = groups.get(&to).cloned() else { continue };
            joined.push(row as u32);
            let left: Vec<u32> =
                groups[&from].iter().copied().filter(|&other| other != row as u32).collect();
            if check.is_safe(&joined) && (left.is_empty() || check.is_safe(&left)) {
                groups.insert(to, joined);
                if left.is_empty() {
                    groups.remove(&from)
                } else {
                    groups.insert(from, left)
                };
                keys.codes[key][row] = original[key][row];
            }
        }
    }
}
