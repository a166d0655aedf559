//! Variance by doing the survey again with other weights: jackknife, bootstrap, BRR, Fay and SDR, made here or as publishers ship them.
//! For statistics that have no formula, and for files that come with replicate weights instead of a design.

use crate::chance::Chance;
use crate::design::{Design, Lonely};
use crate::hadamard::hadamard;
use crate::linear::orthonormal;
use crate::problem::{Problem, name_rows, same_length};

/// Sets of weights and how their spread becomes a variance.
#[derive(Debug, Clone, PartialEq)]
pub struct Replicates {
    full: Vec<f64>,
    sets: Vec<Vec<f64>>,
    /// What each set's squared distance from the centre is multiplied by.
    factors: Vec<f64>,
    centre: Centre,
}

/// From where the spread of the replicates is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Centre {
    /// Their own mean, as R does unless told otherwise.
    #[default]
    Mean,
    /// The estimate with the full weights (R: `mse = TRUE`), which many publishers ask for.
    Estimate,
}

impl Replicates {
    /// The jackknife: each primary unit left out once, its stratum's others standing in for it (JK1 without strata,
    /// JKn with). A finite population shrinks its stratum's part. Wolter 2007, *Introduction to Variance Estimation*,
    /// chapter 4. A stratum sampled whole adds nothing, nor one of a single unit, unless the design adjusts for it (it is left out, the other
    /// strata standing in) or averages (the rest is multiplied up), as R's `jknweights`.
    pub fn jackknife(design: &Design) -> Self {
        let level = &design.levels[0];
        let mut units: Vec<(u32, u32)> = level
            .cluster_of_unit
            .iter()
            .copied()
            .zip(level.stratum_of_unit.iter().copied())
            .collect();
        units.dedup();
        let strata = level.sampled.len() as f64;
        let (mut sets, mut factors) = (Vec::new(), Vec::new());
        for &(cluster, stratum) in &units {
            let n = f64::from(level.sampled[stratum as usize]);
            // A lonely stratum adjusted for is left out as if the strata were the units.
            let is_lonely = n < 2.0;
            let is_whole = level.remaining(stratum as usize) == 0.0;
            if is_whole || is_lonely && (design.lonely != Lonely::Adjust || strata < 2.0) {
                continue;
            }
            let m = if is_lonely { strata } else { n };
            let factor = |unit: u32| match (
                level.cluster_of_unit[unit as usize],
                level.stratum_of_unit[unit as usize],
            ) {
                (c, _) if c == cluster => 0.0,
                (_, s) if s == stratum || is_lonely => m / (m - 1.0),
                _ => 1.0,
            };
            sets.push(scaled(design, factor));
            let remaining = if is_lonely { 1.0 } else { level.remaining(stratum as usize) };
            factors.push((m - 1.0) / m * remaining);
        }
        if design.lonely == Lonely::Average && !sets.is_empty() {
            let up = units.len() as f64 / sets.len() as f64;
            factors.iter_mut().for_each(|factor| *factor *= up);
        }
        Replicates { full: design.weights.clone(), sets, factors, centre: Centre::Mean }
    }

    /// The bootstrap of Rao and Wu 1988 (JASA 83:231–241): in each stratum n − 1 of n primary units drawn again, with
    /// replacement. It takes the first stage as drawn with replacement.
    pub fn bootstrap(design: &Design, times: usize, chance: &mut Chance) -> Self {
        let level = &design.levels[0];
        let clusters = level.cluster_of_unit.iter().max().map_or(0, |&x| x as usize + 1);
        let members = members(design);
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
        Replicates { full: design.weights.clone(), sets, factors, centre: Centre::Mean }
    }

    /// Balanced repeated replication made here: of the two primary units of each stratum the one or the other counts, by the
    /// rows of a Hadamard matrix, so that all strata are balanced against each other. With Fay's `fay` above 0 neither is left
    /// out: they count 2 − ρ and ρ times. McCarthy 1969, *Review of the International Statistical Institute* 37:239–264;
    /// Judkins 1990. Finite populations are not counted, as R's.
    ///
    /// A problem where a stratum does not have two sampled units: pair them, or take the jackknife or the bootstrap.
    pub fn half_samples(design: &Design, fay: f64) -> Result<Self, Vec<Problem>> {
        check_fay(fay)?;
        let members = members(design);
        let odd = |h: &usize| members[*h].len() != 2;
        if let Some(h) = (0..members.len()).find(odd) {
            let message = format!(
                "{} of {} strata do not have two sampled units (the first has {}); pair the units, or take the jackknife or the bootstrap",
                (0..members.len()).filter(odd).count(),
                members.len(),
                members[h].len()
            );
            return Err(vec![Problem::of("strata of stage 1", message)]);
        }
        let matrix = hadamard(members.len() + 1);
        let level = &design.levels[0];
        let set = |r: usize| {
            let factor = |unit: u32| {
                let h = level.stratum_of_unit[unit as usize] as usize;
                let is_first = members[h][0] == level.cluster_of_unit[unit as usize];
                if is_first == (matrix[h + 1][r] > 0) { 2.0 - fay } else { fay }
            };
            scaled(design, factor)
        };
        let sets = (0..matrix.len()).map(set).collect();
        Self::balanced(design.weights.clone(), sets, fay)
    }

    /// Successive difference replication made here, for a sample drawn systematically from a sorted list: the primary units in the
    /// order of the list, `order` giving the place of each row's unit in it. Each unit takes two rows of a Hadamard matrix of at
    /// least `least` sets, its neighbour the second of them and another, round and round.
    /// Fay and Train 1995, *Proceedings of the Section on Government Statistics*, ASA, 154–159; the rows as in Ash 2014, *Survey Methodology* 40:47–59.
    /// Strata are not looked at: the list is taken as one.
    pub fn successive_differences(
        design: &Design,
        order: &[f64],
        least: usize,
    ) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        same_length("order", order.len(), design.rows(), &mut problems);
        let wrong = |i: usize| order[i].is_nan().then(|| "no place in the list".into());
        name_rows("order", order.len(), wrong, &mut problems);
        if !problems.is_empty() {
            return Err(problems);
        }
        let level = &design.levels[0];
        let clusters = level.cluster_of_unit.iter().max().map_or(0, |&x| x as usize + 1);
        let mut place = vec![f64::INFINITY; clusters];
        for (&unit, &at) in design.unit_of_row.iter().zip(order) {
            let place = &mut place[level.cluster_of_unit[unit as usize] as usize];
            *place = place.min(at);
        }
        let mut list: Vec<usize> = (0..clusters).collect();
        list.sort_by(|&a, &b| place[a].total_cmp(&place[b]).then(a.cmp(&b)));
        let matrix = hadamard(least.max(4));
        let rows = pairs_of_rows(clusters, matrix.len() - 1);
        let mut rows_of = vec![(0, 0); clusters];
        list.iter().zip(rows).for_each(|(&cluster, pair)| rows_of[cluster] = pair);
        let set = |r: usize| {
            let factor = |unit: u32| {
                let (a, b) = rows_of[level.cluster_of_unit[unit as usize] as usize];
                let apart = f64::from(matrix[a + 1][r] - matrix[b + 1][r]);
                // 2^(−3/2), so that the variance is half the sum of squared differences.
                1.0 + apart / 8f64.sqrt()
            };
            scaled(design, factor)
        };
        let sets = (0..matrix.len()).map(set).collect();
        Self::successive_difference(design.weights.clone(), sets)
    }

    /// Balanced repeated replication from a publisher's weights; `fay` is Fay's ρ, 0 for plain BRR.
    /// Judkins 1990, *Journal of Official Statistics* 6:223–239.
    pub fn balanced(full: Vec<f64>, sets: Vec<Vec<f64>>, fay: f64) -> Result<Self, Vec<Problem>> {
        check_fay(fay)?;
        let factor = 1.0 / (sets.len() as f64 * (1.0 - fay) * (1.0 - fay));
        let factors = vec![factor; sets.len()];
        Self::given(full, sets, factors, Centre::Mean)
    }

    /// Successive difference replication (American Community Survey) from a publisher's weights: factor 4 / R.
    /// Fay and Train 1995.
    pub fn successive_difference(
        full: Vec<f64>,
        sets: Vec<Vec<f64>>,
    ) -> Result<Self, Vec<Problem>> {
        let factors = vec![4.0 / sets.len() as f64; sets.len()];
        Self::given(full, sets, factors, Centre::Mean)
    }

    /// Any publisher's weights, with what each set's squared distance is to be multiplied by (R: `scale` × `rscales`):
    /// (R − 1)/R for a JK1 of R sets, (n − 1)/n of its stratum for a set of JKn, 1/(R − 1) for a bootstrap.
    pub fn given(
        full: Vec<f64>,
        sets: Vec<Vec<f64>>,
        factors: Vec<f64>,
        centre: Centre,
    ) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        same_length("factors", factors.len(), sets.len(), &mut problems);
        let wrong = |i: usize| {
            (!factors[i].is_finite() || factors[i] < 0.0)
                .then(|| format!("a factor of {}; it is 0 or more", factors[i]))
        };
        name_rows("factors", factors.len(), wrong, &mut problems);
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
            return Ok(Replicates { full, sets, factors, centre });
        }
        Err(problems)
    }

    /// The sets of weights, to be published beside the answers instead of the design.
    pub fn sets(&self) -> &[Vec<f64>] {
        &self.sets
    }

    /// By set, what its squared distance from the centre is multiplied by.
    pub fn factors(&self) -> &[f64] {
        &self.factors
    }

    /// The same reweighting (a calibration, an adjustment for those who did not answer) done to the full weights and to every set, so
    /// that its own uncertainty is counted.
    pub fn reweighted<E>(
        mut self,
        reweight: impl Fn(&[f64]) -> Result<Vec<f64>, E>,
    ) -> Result<Self, E> {
        self.full = reweight(&self.full)?;
        self.sets = self.sets.iter().map(|set| reweight(set)).collect::<Result<_, E>>()?;
        Ok(self)
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
        let value = statistic(&self.full);
        let values: Vec<f64> = self.sets.iter().map(|set| statistic(set)).collect();
        let counts = || values.iter().zip(&self.factors).filter(|(_, factor)| **factor > 0.0);
        let centre = match self.centre {
            Centre::Mean => counts().map(|(value, _)| value).sum::<f64>() / counts().count() as f64,
            Centre::Estimate => value,
        };
        let variance: f64 =
            counts().map(|(value, factor)| factor * (value - centre) * (value - centre)).sum();
        (value, variance.sqrt())
    }

    /// How many directions the sets of weights span, less one: degrees of freedom as R's `degf` of a replicate design.
    pub fn degrees_of_freedom(&self) -> f64 {
        orthonormal(&self.sets).kept.len() as f64 - 1.0
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

fn check_fay(fay: f64) -> Result<(), Vec<Problem>> {
    let message = || format!("{fay}; it is 0 or more and below 1");
    if (0.0..1.0).contains(&fay) {
        Ok(())
    } else {
        Err(vec![Problem::of("Fay's factor", message())])
    }
}

/// By stratum, its sampled primary units.
fn members(design: &Design) -> Vec<Vec<u32>> {
    let level = &design.levels[0];
    let mut members: Vec<Vec<u32>> = vec![Vec::new(); level.sampled.len()];
    for (&cluster, &stratum) in level.cluster_of_unit.iter().zip(&level.stratum_of_unit) {
        let stratum = &mut members[stratum as usize];
        if stratum.last() != Some(&cluster) {
            stratum.push(cluster);
        }
    }
    members
}

/// Two rows for each unit of a list, out of `rows`. A short list closes into a circle; a long one goes round in steps of one, then
/// two, and so on, so that two units meet in both rows but once.
fn pairs_of_rows(units: usize, rows: usize) -> Vec<(usize, usize)> {
    if units <= rows {
        return (0..units).map(|i| (i, (i + 1) % units)).collect();
    }
    let has_common = |step: usize| {
        let (mut a, mut b) = (step, rows);
        while b > 0 {
            (a, b) = (b, a % b);
        }
        a > 1
    };
    let steps: Vec<usize> = (1..rows.max(2)).filter(|&step| !has_common(step)).collect();
    (0..units)
        .map(|i| {
            let step = steps[i / rows % steps.len()];
            let at = i % rows * step % rows;
            (at, (at + step) % rows)
        })
        .collect()
}
