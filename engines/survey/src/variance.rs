//! The variance of a total over a multi-stage sample, from what each sampled unit adds to it.
//! Every estimate of this crate is linearised to such a total first (Taylor), so this is the one place where strata, clusters and populations act.

use crate::design::{Design, FULLY_SAMPLED, Lonely};

/// What one ultimate unit adds to a linearised estimate. Units come in order and each at most once.
pub(crate) type Share = (u32, f64);

/// Variance of Σ z over the sample: Cochran 1977, *Sampling Techniques*, 3rd ed., (11.24), stage by stage.
///
/// `shares` lists the units that are present, with zeros where they add nothing; a sampled unit that is absent
/// counts as zero in its stratum's mean but decides whether the stratum is lonely in the domain.
/// NaN where no stratum shows its variance.
pub(crate) fn of_shares(design: &Design, shares: &[Share]) -> f64 {
    stage(design, 0, shares)
}

/// Sums rows to units; every unit of the design is present.
pub(crate) fn collapse(design: &Design, rows: &[f64]) -> Vec<Share> {
    let mut sums = vec![0.0; design.units()];
    design.unit_of_row.iter().zip(rows).for_each(|(&unit, &z)| sums[unit as usize] += z);
    (0..).zip(sums).collect()
}

fn stage(design: &Design, depth: usize, shares: &[Share]) -> f64 {
    let level = &design.levels[depth];
    let (mut total, mut strata, mut seen) = (0.0, 0u32, 0u32);
    for stratum in shares.chunk_by(|a, b| same(&level.stratum_of_unit, a, b)) {
        strata += 1;
        let h = level.stratum_of_unit[stratum[0].0 as usize] as usize;
        let variance = within(design, depth, h, stratum);
        if !variance.is_nan() {
            seen += 1;
            total += variance;
        }
    }
    if shares.is_empty() {
        return 0.0;
    }
    if seen == 0 {
        return f64::NAN;
    }
    let mut variance = total * f64::from(strata) / f64::from(seen);
    if depth + 1 < design.levels.len() {
        for cluster in shares.chunk_by(|a, b| same(&level.cluster_of_unit, a, b)) {
            let h = level.stratum_of_unit[cluster[0].0 as usize] as usize;
            let drawn = f64::from(level.sampled[h]) / level.population[h];
            if drawn > 0.0 {
                variance += stage(design, depth + 1, cluster) * drawn;
            }
        }
    }
    variance
}

fn same(of_unit: &[u32], a: &Share, b: &Share) -> bool {
    of_unit[a.0 as usize] == of_unit[b.0 as usize]
}

/// One stratum at one stage; NaN where it is lonely and the others are to speak for it.
fn within(design: &Design, depth: usize, h: usize, shares: &[Share]) -> f64 {
    let level = &design.levels[depth];
    let remaining = level.remaining(h);
    if remaining < FULLY_SAMPLED {
        return 0.0;
    }
    let sampled = level.sampled[h];
    let n = f64::from(sampled);
    let clusters = || {
        shares
            .chunk_by(|a, b| same(&level.cluster_of_unit, a, b))
            .map(|cluster| cluster.iter().map(|share| share.1).sum::<f64>())
    };
    let (mut present, mut sum) = (0u32, 0.0);
    clusters().for_each(|z| {
        present += 1;
        sum += z;
    });
    let lonely_here = present == 1 && sampled > 1 && design.lonely_in_domains;
    if sampled == 1 {
        return match design.lonely {
            Lonely::Fail | Lonely::Remove | Lonely::Certainty => 0.0,
            Lonely::Adjust => remaining * sum * sum,
            Lonely::Average => f64::NAN,
        };
    }
    if lonely_here && design.lonely == Lonely::Average {
        return f64::NAN;
    }
    let centre = if lonely_here && design.lonely == Lonely::Adjust { 0.0 } else { sum / n };
    let spread = clusters().map(|z| (z - centre) * (z - centre)).sum::<f64>();
    let absent = f64::from(sampled - present.min(sampled)) * centre * centre;
    remaining * n / (n - 1.0) * (spread + absent)
}
