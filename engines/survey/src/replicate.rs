//! Variance by doing the survey again with other weights: jackknife and bootstrap made here, BRR, Fay and SDR as publishers ship them.
//! For statistics that have no formula, and for files that come with replicate weights instead of a design.

use crate::chance::Chance;
use crate::design::Design;
use crate::problem::{Problem, name_rows, same_length};

/// Sets of weights and how their spread becomes a variance.
#[derive(Debug, Clone, PartialEq)]
pub struct Replicates {
    full: Vec<f64>,
    sets: Vec<Vec<f64>>,
    /// What each set's squared distance from the mean of all is multiplied by.
    factors: Vec<f64>,
}

impl Replicates {
    /// The jackknife: each primary unit left out once, its stratum's others standing in for it (JK1 without strata,
    /// JKn with). A finite population shrinks its stratum's part. Wolter 2007, *Introduction to Variance Estimation*,
    /// chapter 4. Strata with a single unit add nothing.
    pub fn jackknife(design: &Design) -> Self {
        let level = &design.levels[0];
        let mut units: Vec<(u32, u32)> = level
            .cluster_of_unit
            .iter()
            .copied()
            .zip(level.stratum_of_unit.iter().copied())
            .collect();
        units.dedup();
        let mut replicates =
            Replicates { full: design.weights.clone(), sets: Vec::new(), factors: Vec::new() };
        for (cluster, stratum) in units {
            let n = f64::from(level.sampled[stratum as usize]);
            if n < 2.0 {
                continue;
            }
            let factor = |unit: u32| match (
                level.cluster_of_unit[unit as usize],
                level.stratum_of_unit[unit as usize],
            ) {
                (c, _) if c == cluster => 0.0,
                (_, s) if s == stratum => n / (n - 1.0),
                _ => 1.0,
            };
            replicates.sets.push(scaled(design, factor));
            replicates.factors.push((n - 1.0) / n * level.remaining(stratum as usize));
        }
        replicates
    }

    /// The bootstrap of Rao and Wu 1988 (JASA 83:231–241): in each stratum n − 1 of n primary units drawn again, with
    /// replacement. It takes the first stage as drawn with replacement.
    pub fn bootstrap(design: &Design, times: usize, chance: &mut Chance) -> Self {
        let level = &design.levels[0];
        let clusters = level.cluster_of_unit.iter().max().map_or(0, |&x| x as usize + 1);
        let mut members: Vec<Vec<u32>> = vec![Vec::new(); level.sampled.len()];
        for (&cluster, &stratum) in level.cluster_of_unit.iter().zip(&level.stratum_of_unit) {
            let stratum = &mut members[stratum as usize];
            if stratum.last() != Some(&cluster) {
                stratum.push(cluster);
            }
        }
        let sets = (0..times)
            .map(|_| {
                let mut drawn = vec![0.0; clusters];
                for members in &members {
                    let n = members.len() as u64;
                    if n < 2 {
                        members.iter().for_each(|&cluster| drawn[cluster as usize] = 1.0);
                    }
                    for _ in 1..n {
                        let cluster = members[chance.below(n) as usize];
                        drawn[cluster as usize] += n as f64 / (n - 1) as f64;
                    }
                }
                scaled(design, |unit| drawn[level.cluster_of_unit[unit as usize] as usize])
            })
            .collect();
        let factors = vec![1.0 / (times.max(2) - 1) as f64; times];
        Replicates { full: design.weights.clone(), sets, factors }
    }

    /// Balanced repeated replication from a publisher's weights; `fay` is Fay's ρ, 0 for plain BRR.
    /// Judkins 1990, *Journal of Official Statistics* 6:223–239.
    pub fn balanced(full: Vec<f64>, sets: Vec<Vec<f64>>, fay: f64) -> Result<Self, Vec<Problem>> {
        if !(0.0..1.0).contains(&fay) {
            return Err(vec![Problem::of(
                "Fay's factor",
                format!("{fay}; it is 0 or more and below 1"),
            )]);
        }
        let factor = 1.0 / (sets.len() as f64 * (1.0 - fay) * (1.0 - fay));
        Self::given(full, sets, factor)
    }

    /// Successive difference replication (American Community Survey) from a publisher's weights: factor 4 / R.
    /// Fay and Train 1995.
    pub fn successive_difference(
        full: Vec<f64>,
        sets: Vec<Vec<f64>>,
    ) -> Result<Self, Vec<Problem>> {
        let factor = 4.0 / sets.len() as f64;
        Self::given(full, sets, factor)
    }

    fn given(full: Vec<f64>, sets: Vec<Vec<f64>>, factor: f64) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        if sets.len() < 2 {
            problems.push(Problem::of(
                "replicate weights",
                format!("{} sets; give two at least", sets.len()),
            ));
        }
        for (index, set) in sets.iter().enumerate() {
            let place = format!("replicate weights {}", index + 1);
            same_length(&place, set.len(), full.len(), &mut problems);
            let wrong = |i: usize| {
                (!set[i].is_finite()).then(|| format!("a weight of {}; give a number", set[i]))
            };
            name_rows(&place, set.len(), wrong, &mut problems);
        }
        if problems.is_empty() {
            let factors = vec![factor; sets.len()];
            return Ok(Replicates { full, sets, factors });
        }
        Err(problems)
    }

    /// The number of sets.
    pub fn len(&self) -> usize {
        self.sets.len()
    }

    /// Whether there is no set.
    pub fn is_empty(&self) -> bool {
        self.sets.is_empty()
    }

    /// Any statistic of the weights: its value with the full weights, and its standard error.
    pub fn estimate(&self, statistic: impl Fn(&[f64]) -> f64) -> (f64, f64) {
        let values: Vec<f64> = self.sets.iter().map(|set| statistic(set)).collect();
        let counts = || values.iter().zip(&self.factors).filter(|(_, factor)| **factor > 0.0);
        let mean = counts().map(|(value, _)| value).sum::<f64>() / counts().count() as f64;
        let variance: f64 =
            counts().map(|(value, factor)| factor * (value - mean) * (value - mean)).sum();
        (statistic(&self.full), variance.sqrt())
    }
}

fn scaled(design: &Design, factor: impl Fn(u32) -> f64) -> Vec<f64> {
    design
        .weights
        .iter()
        .zip(&design.unit_of_row)
        .map(|(weight, &unit)| weight * factor(unit))
        .collect()
}
