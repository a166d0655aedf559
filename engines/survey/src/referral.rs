//! People who bring people: the RDS-II mean with an interval that knows the trees of who brought whom.
//! Resampling whole trees keeps what people of one tree have in common, which weights alone do not.

use crate::chance::Chance;
use crate::groups::Values;
use crate::hidden::referral_weights;
use crate::lists::percentiles;
use crate::problem::{Problem, name_rows, same_length};

/// A mean of a referral sample.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Referral {
    /// Each person counting by one over the people of the group he knows: Volz and Heckathorn 2008.
    pub value: f64,
    /// The spread over the resampled trees.
    pub se: f64,
    /// Percentiles of the resampled trees.
    pub bounds: (f64, f64),
    /// People who answered.
    pub n: u64,
    /// Trees.
    pub seeds: usize,
    /// The longest chain of referrals; an estimate does not forget its seeds in fewer than some five.
    pub waves: usize,
}

/// The RDS-II mean with the tree bootstrap: seeds are drawn again with replacement, then of each one's recruits as many again, and so
/// on down. Baraff, McCormick and Raftery 2016, *PNAS* 113:14668–14673, who found it to hold its level where earlier
/// intervals did not.
///
/// `brought_by` is the row of whoever brought the person, none for a seed; `known` how many people of the group he knows.
/// Problems: a row that does not exist, chains that go in a circle, who knows fewer than one, nobody who answered.
///
/// ```
/// use survey::*;
/// let brought_by = [None, Some(0), Some(0), Some(1), None, Some(4), Some(4), Some(5)];
/// let known = [4.0, 2.0, 8.0, 4.0, 2.0, 4.0, 8.0, 2.0];
/// let hcv = Values::Flags(&[1, 1, 0, 1, 0, 0, 0, 1]);
/// let found = referral_bootstrap(&brought_by, &known, hcv, 500, 0.95, &mut Chance::new(1)).unwrap();
/// // (1/4 + 1/2 + 1/4 + 1/2) / (1/4 + 1/2 + 1/8 + 1/4 + 1/2 + 1/4 + 1/8 + 1/2)
/// assert!((found.value - 0.6).abs() < 1e-12);
/// assert_eq!((found.seeds, found.waves), (2, 2));
/// ```
pub fn referral_bootstrap(
    brought_by: &[Option<usize>],
    known: &[f64],
    answers: Values,
    times: usize,
    level: f64,
    chance: &mut Chance,
) -> Result<Referral, Vec<Problem>> {
    let rows = brought_by.len();
    let mut problems = Vec::new();
    same_length("known", known.len(), rows, &mut problems);
    same_length("answers", answers.len(), rows, &mut problems);
    let wrong = |row: usize| match brought_by[row] {
        Some(by) if by >= rows || by == row => {
            Some(format!("brought by row {}, which is not another row of the {rows}", by + 1))
        }
        _ => None,
    };
    name_rows("brought by", rows, wrong, &mut problems);
    if !(level > 0.0 && level < 1.0) {
        let message = format!("{level}; confidence lies between 0 and 1, such as 0.95");
        problems.push(Problem::of("level", message));
    }
    if times < 100 {
        let message = format!("{times} samples; draw 100 at least, 1000 for an interval");
        problems.push(Problem::of("bootstrap", message));
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let weights = referral_weights(known)?;
    let mut recruits = vec![Vec::new(); rows];
    let mut seeds = Vec::new();
    for (row, by) in brought_by.iter().enumerate() {
        match by {
            Some(by) => recruits[*by].push(row),
            None => seeds.push(row),
        }
    }
    // Whoever is not reached from a seed hangs on a circle.
    let (mut reached, mut waves) = (vec![false; rows], 0);
    let mut wave = seeds.clone();
    while !wave.is_empty() {
        wave.iter().for_each(|&row| reached[row] = true);
        wave = wave.iter().flat_map(|&row| recruits[row].iter().copied()).collect();
        waves += usize::from(!wave.is_empty());
    }
    if let Some(row) = reached.iter().position(|is_reached| !is_reached) {
        let message = "the chain of who brought whom goes in a circle; it must begin at somebody whom nobody brought";
        return Err(vec![Problem::at("brought by", row, message)]);
    }
    let add = |row: usize, sums: &mut (f64, f64)| {
        let answer = answers.at(row);
        if !answer.is_nan() {
            sums.0 += weights[row] * answer;
            sums.1 += weights[row];
        }
    };
    let mut all = (0.0, 0.0);
    (0..rows).for_each(|row| add(row, &mut all));
    let n = (0..rows).filter(|&row| !answers.at(row).is_nan()).count() as u64;
    if n == 0 {
        return Err(vec![Problem::of("answers", "nobody answered")]);
    }
    let value = all.0 / all.1;
    let mut means = Vec::with_capacity(times);
    let mut waiting = Vec::new();
    for _ in 0..times {
        let mut sums = (0.0, 0.0);
        let mut draw = |from: &[usize], waiting: &mut Vec<usize>| {
            for _ in 0..from.len() {
                waiting.push(from[chance.below(from.len() as u64) as usize]);
            }
        };
        draw(&seeds, &mut waiting);
        // A tree drawn again and again may grow without end in chance alone; it has ended long before this many people.
        let mut people = 0usize;
        while let Some(row) = waiting.pop() {
            people += 1;
            if people > 100 * rows {
                waiting.clear();
                break;
            }
            add(row, &mut sums);
            draw(&recruits[row], &mut waiting);
        }
        if sums.1 > 0.0 {
            means.push(sums.0 / sums.1);
        }
    }
    means.sort_by(f64::total_cmp);
    let mean = means.iter().sum::<f64>() / means.len() as f64;
    let spread = means.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>();
    let se = (spread / (means.len() as f64 - 1.0)).sqrt();
    let bounds = percentiles(&means, level);
    Ok(Referral { value, se, bounds, n, seeds: seeds.len(), waves })
}
