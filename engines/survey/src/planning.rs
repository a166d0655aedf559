//! Before the survey: how many people, in how many prisons, and which ones.
//! The selection is drawn from a kept seed, so that it can be repeated in front of anyone.

use crate::chance::Chance;
use crate::distribution::normal_quantile;
use crate::problem::Problem;

/// What is known and wanted before a prevalence is surveyed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wanted {
    /// The prevalence expected, as a share; 0.5 where nothing is known, since it asks for most people.
    pub prevalence: f64,
    /// Half the width of the interval wanted, as a share: 0.05 for ±5 percentage points.
    pub margin: f64,
    /// Confidence: 0.95.
    pub level: f64,
    /// How much larger the variance is than in a simple sample, 1 or more; see [`cluster_effect`].
    pub design_effect: f64,
    /// The share of those asked who answer.
    pub response: f64,
    /// People in the population, if it is small enough to matter.
    pub population: Option<f64>,
}

impl Default for Wanted {
    /// ±5 points at 95 % for an unknown prevalence. Design effect 2 is what WHO suggests for a cluster survey of which
    /// nothing is known (Lwanga and Lemeshow 1991, *Sample size determination in health studies*).
    fn default() -> Self {
        Wanted {
            prevalence: 0.5,
            margin: 0.05,
            level: 0.95,
            design_effect: 2.0,
            response: 1.0,
            population: None,
        }
    }
}

/// People to ask. Cochran 1977, *Sampling Techniques*, 3rd ed., section 4.4, with design effect and response.
///
/// ```
/// use survey::{Wanted, people_to_ask};
/// assert_eq!(people_to_ask(&Wanted { design_effect: 1.0, ..Wanted::default() }), Ok(385));
/// assert_eq!(people_to_ask(&Wanted { design_effect: 1.0, population: Some(1000.0), ..Wanted::default() }), Ok(278));
/// ```
pub fn people_to_ask(wanted: &Wanted) -> Result<u64, Problem> {
    let share = |name: &str, value: f64, is_right: bool| {
        let message = format!("{value}; it is a share, above 0 and at most 1");
        if is_right { Ok(()) } else { Err(Problem { place: name.into(), row: None, message }) }
    };
    let (p, margin) = (wanted.prevalence, wanted.margin);
    share("prevalence", p, p > 0.0 && p < 1.0)?;
    share("margin", margin, margin > 0.0 && margin < 1.0)?;
    share("level", wanted.level, wanted.level > 0.0 && wanted.level < 1.0)?;
    share("response", wanted.response, wanted.response > 0.0 && wanted.response <= 1.0)?;
    if wanted.design_effect.is_nan() || wanted.design_effect <= 0.0 {
        let message = format!("{}; it is above 0, and 1 for a simple sample", wanted.design_effect);
        return Err(Problem { place: "design effect".into(), row: None, message });
    }
    let z = normal_quantile(0.5 + wanted.level / 2.0);
    let simple = z * z * p * (1.0 - p) / (margin * margin);
    let limited = match wanted.population {
        Some(people) if people >= 1.0 => simple / (1.0 + (simple - 1.0) / people),
        _ => simple,
    };
    let asked = (limited * wanted.design_effect / wanted.response).ceil();
    Ok(wanted.population.map_or(asked, |people| asked.min(people.floor().max(1.0))) as u64)
}

/// The design effect of asking `people` in each prison: 1 + (m − 1) ρ. Kish 1965, *Survey Sampling*, section 5.4.
pub fn cluster_effect(people_per_prison: f64, intraclass_correlation: f64) -> f64 {
    1.0 + (people_per_prison - 1.0) * intraclass_correlation
}

/// Shares a sample among strata in proportion to size × standard deviation (Neyman 1934); equal deviations make it
/// proportional. Every stratum that has people gets at least `least`, and none more than it has; the sum is `total`
/// unless those two forbid it.
pub fn allocate(total: u64, sizes: &[u64], deviations: &[f64], least: u64) -> Vec<u64> {
    let mut given: Vec<u64> = sizes.iter().map(|&size| size.min(least)).collect();
    let worth = |i: usize| sizes[i] as f64 * deviations.get(i).copied().unwrap_or(1.0).max(0.0);
    // One by one to whom it helps most (Wright 2012, *The American Statistician* 66:217–224): exact, and within limits.
    for _ in given.iter().sum::<u64>()..total {
        let priority = |i: usize| worth(i) / ((given[i] * (given[i] + 1)) as f64).sqrt();
        let open = (0..sizes.len()).filter(|&i| given[i] < sizes[i]);
        let Some(next) = open.max_by(|&a, &b| priority(a).total_cmp(&priority(b)).then(b.cmp(&a)))
        else {
            break;
        };
        given[next] += 1;
    }
    given
}

/// One prison drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Drawn {
    /// Its place in the list.
    pub index: usize,
    /// Its chance of being drawn; 1 where it was certain.
    pub chance: f64,
    /// 1 / chance: the first factor of its people's weights.
    pub base_weight: f64,
}

/// Draws `count` prisons with probability proportional to size, systematically, in the order of the list, which
/// should be sorted by what matters (region, security), since neighbours then share the sample out.
///
/// A prison so large that it would be drawn twice is taken for certain and the rest drawn from the rest.
/// Madow 1949, *Annals of Mathematical Statistics* 20:333–354. A size of zero is never drawn.
pub fn draw_by_size(
    sizes: &[f64],
    count: usize,
    chance: &mut Chance,
) -> Result<Vec<Drawn>, Vec<Problem>> {
    let mut problems = Vec::new();
    let wrong = |i: usize| {
        (!sizes[i].is_finite() || sizes[i] < 0.0)
            .then(|| format!("a size of {}; it is zero or more", sizes[i]))
    };
    crate::problem::name_rows("sizes", sizes.len(), wrong, &mut problems);
    let open = sizes.iter().filter(|size| **size > 0.0).count();
    if problems.is_empty() && (count == 0 || count > open) {
        problems.push(Problem::of(
            "count",
            format!("{count} to draw from {open} with anybody in them; ask for 1 to {open}"),
        ));
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut certain = vec![false; sizes.len()];
    let (mut left, mut sum) = (count, sizes.iter().sum::<f64>());
    while let Some(i) = (0..sizes.len())
        .find(|&i| left > 0 && !certain[i] && sizes[i] * left as f64 >= sum && sizes[i] > 0.0)
    {
        certain[i] = true;
        left -= 1;
        sum -= sizes[i];
        if left == 0 {
            break;
        }
    }
    let step = sum / left.max(1) as f64;
    let mut mark = chance.share() * step;
    let (mut passed, mut taken) = (0.0, 0);
    let mut drawn = Vec::with_capacity(count);
    for (index, &size) in sizes.iter().enumerate().filter(|(_, size)| **size > 0.0) {
        if certain[index] {
            drawn.push(Drawn { index, chance: 1.0, base_weight: 1.0 });
            continue;
        }
        passed += size;
        if taken < left && passed > mark {
            let chance = size / step;
            drawn.push(Drawn { index, chance, base_weight: 1.0 / chance });
            taken += 1;
            mark += step;
        }
    }
    Ok(drawn)
}
