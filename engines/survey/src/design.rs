//! How the sample was drawn: weights, strata, clusters and finite populations, stage by stage, checked before anything is estimated.
//! The rows collapse here into ultimate units, the smallest groups that the variance can tell apart.

use crate::calibration::Adjustment;
use crate::groups::{Groups, NO_GROUP};
use crate::problem::{Problem, name_rows, same_length};

/// What the researcher knows about the drawing of the sample. Columns have one value for each row.
#[derive(Debug, Clone)]
pub struct Plan<'a> {
    /// How many people a row stands for.
    pub weights: Weights<'a>,
    /// From the first drawing (prisons) to the last (people).
    pub stages: Vec<Stage<'a>>,
    /// What to do with a stratum of one sampled unit.
    pub lonely: Lonely,
    /// Whether a stratum with more units in the sample but only one in the domain counts as lonely too
    /// (R: `survey.adjust.domain.lonely`).
    pub lonely_in_domains: bool,
    /// Whether cluster numbers start again in each stratum. If not, a number seen in two strata is a problem.
    pub numbers_restart: bool,
}

impl Plan<'_> {
    /// A simple random sample of rows, equally weighted, from an unlimited population.
    pub fn simple() -> Self {
        Plan {
            weights: Weights::Equal,
            stages: vec![Stage {
                clusters: Clusters::Rows,
                strata: None,
                population: Population::Unlimited,
            }],
            lonely: Lonely::Fail,
            lonely_in_domains: false,
            numbers_restart: false,
        }
    }
}

/// How many people a row stands for.
#[derive(Debug, Clone, Copy)]
pub enum Weights<'a> {
    /// One each.
    Equal,
    /// As given; zero is allowed and takes the row out of every estimate but not out of the design.
    Given(&'a [f64]),
    /// The chance of being drawn, above 0 and at most 1.
    Probabilities(&'a [f64]),
    /// From the populations of the stages: the product of population over sampled.
    FromPopulation,
}

/// One drawing.
#[derive(Debug, Clone, Copy)]
pub struct Stage<'a> {
    /// What was drawn.
    pub clusters: Clusters<'a>,
    /// Within what it was drawn separately.
    pub strata: Option<&'a Groups>,
    /// From how many.
    pub population: Population<'a>,
}

/// What was drawn at a stage.
#[derive(Debug, Clone, Copy)]
pub enum Clusters<'a> {
    /// Groups of rows: prisons, wings. At later stages they need be unique only within their parent.
    Groups(&'a Groups),
    /// The rows themselves.
    Rows,
}

/// From how many units a stage drew, in each row's stratum.
#[derive(Debug, Clone, Copy)]
pub enum Population<'a> {
    /// From so many, or with replacement, that no correction applies; later stages then add nothing.
    Unlimited,
    /// The number of units; at least the number sampled.
    Sizes(&'a [f64]),
    /// The share sampled, above 0 and at most 1.
    Fractions(&'a [f64]),
}

/// What to do with a stratum in which one unit was sampled, whose variance cannot be seen.
/// Lumley 2010, *Complex Surveys*, section 2.2; the names are R's `survey.lonely.psu`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lonely {
    /// Refuse the design, naming the strata. The default, since any other choice is a judgement to be made by a person.
    #[default]
    Fail,
    /// It adds nothing: the strata are as good as merged away.
    Remove,
    /// It was certain to be drawn, so it adds nothing at this stage.
    Certainty,
    /// Its distance from the mean of all, which is too much rather than too little.
    Adjust,
    /// It adds as much as the other strata do on average.
    Average,
}

/// A checked design: what [`Plan`] says of these rows.
#[derive(Debug, Clone)]
pub struct Design {
    pub(crate) weights: Vec<f64>,
    pub(crate) unit_of_row: Vec<u32>,
    pub(crate) levels: Vec<Level>,
    pub(crate) lonely: Lonely,
    pub(crate) lonely_in_domains: bool,
    pub(crate) adjustments: Vec<Adjustment>,
}

/// One stage that counts for the variance. Units are numbered so that strata and clusters are runs of them.
#[derive(Debug, Clone)]
pub(crate) struct Level {
    pub stratum_of_unit: Vec<u32>,
    pub cluster_of_unit: Vec<u32>,
    /// By stratum.
    pub sampled: Vec<u32>,
    /// By stratum; infinite where no correction applies.
    pub population: Vec<f64>,
}

impl Level {
    /// The share of the variance that sampling without replacement leaves: 1 − n/N.
    pub fn remaining(&self, stratum: usize) -> f64 {
        let population = self.population[stratum];
        if population.is_infinite() {
            return 1.0;
        }
        (population - f64::from(self.sampled[stratum])) / population
    }
}

impl Design {
    /// Checks a plan against its columns. Every problem found is returned, with its column and row.
    pub fn new(plan: &Plan, rows: usize) -> Result<Design, Vec<Problem>> {
        let mut problems = Vec::new();
        if rows == 0 {
            return Err(vec![Problem::of(
                "data",
                "no row; give at least two people in two sampled units",
            )]);
        }
        if rows >= NO_GROUP as usize {
            return Err(vec![Problem::of(
                "data",
                format!("{rows} rows; at most {} can be counted", NO_GROUP - 1),
            )]);
        }
        if plan.stages.is_empty() {
            return Err(vec![Problem::of(
                "design",
                "no stage; a simple sample has one stage of rows",
            )]);
        }
        check_weights(plan, rows, &mut problems);
        check_stages(plan, rows, &mut problems);
        if !problems.is_empty() {
            return Err(problems);
        }
        let (levels, unit_of_row, weights) = drawings(plan, rows, &mut problems);
        let weights = match plan.weights {
            Weights::Equal => vec![1.0; rows],
            Weights::Given(weights) => weights.to_vec(),
            Weights::Probabilities(chances) => chances.iter().map(|chance| 1.0 / chance).collect(),
            Weights::FromPopulation => weights,
        };
        if problems.is_empty() && plan.lonely == Lonely::Fail {
            report_lonely(&levels, &mut problems);
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        Ok(Design {
            weights,
            unit_of_row,
            levels,
            lonely: plan.lonely,
            lonely_in_domains: plan.lonely_in_domains,
            adjustments: Vec::new(),
        })
    }

    /// The number of rows.
    pub fn rows(&self) -> usize {
        self.weights.len()
    }

    /// The weights in force, after any calibration.
    pub fn weights(&self) -> &[f64] {
        &self.weights
    }

    /// Sampled primary units less strata, over all rows: the degrees of freedom of the whole sample.
    pub fn degrees_of_freedom(&self) -> f64 {
        let mut present = vec![false; self.levels[0].stratum_of_unit.len()];
        for (&unit, &weight) in self.unit_of_row.iter().zip(&self.weights) {
            present[unit as usize] |= weight != 0.0;
        }
        let units = (0..present.len() as u32).filter(|&unit| present[unit as usize]);
        let (units, strata) = self.primary_units(units);
        f64::from(units) - f64::from(strata)
    }

    /// The primary units and strata among some ultimate units, which come in order.
    pub(crate) fn primary_units(&self, units: impl Iterator<Item = u32>) -> (u32, u32) {
        let level = &self.levels[0];
        let (mut clusters, mut strata) = (0, 0);
        let mut last = (NO_GROUP, NO_GROUP);
        for unit in units {
            let here = (level.cluster_of_unit[unit as usize], level.stratum_of_unit[unit as usize]);
            clusters += u32::from(here.0 != last.0);
            strata += u32::from(here.1 != last.1);
            last = here;
        }
        (clusters, strata)
    }

    pub(crate) fn units(&self) -> usize {
        self.levels[0].stratum_of_unit.len()
    }

    pub(crate) fn is_adjusted(&self) -> bool {
        !self.adjustments.is_empty()
    }
}

fn check_weights(plan: &Plan, rows: usize, problems: &mut Vec<Problem>) {
    match plan.weights {
        Weights::Equal => {}
        Weights::Given(weights) => {
            same_length("weights", weights.len(), rows, problems);
            let wrong = |i: usize| {
                let weight = weights[i];
                (!weight.is_finite() || weight < 0.0).then(|| {
                    format!("a weight of {weight}; a weight is how many people the row stands for, zero or more")
                })
            };
            name_rows("weights", weights.len(), wrong, problems);
            if weights.iter().all(|&weight| weight == 0.0) {
                problems.push(Problem::of("weights", "all are zero; nobody is represented"));
            }
        }
        Weights::Probabilities(chances) => {
            same_length("probabilities", chances.len(), rows, problems);
            let wrong = |i: usize| {
                let chance = chances[i];
                (!(chance > 0.0 && chance <= 1.0)).then(|| {
                    format!("a probability of {chance}; it must lie above 0 and be at most 1")
                })
            };
            name_rows("probabilities", chances.len(), wrong, problems);
        }
        Weights::FromPopulation => {
            if plan.stages.iter().any(|stage| matches!(stage.population, Population::Unlimited)) {
                let message = "weights are to come from the populations, but a stage has none; give weights or populations";
                problems.push(Problem::of("weights", message));
            }
        }
    }
}

fn check_stages(plan: &Plan, rows: usize, problems: &mut Vec<Problem>) {
    for (index, stage) in plan.stages.iter().enumerate() {
        let number = index + 1;
        let mut labels = |place: String, groups: &Groups| {
            same_length(&place, groups.len(), rows, problems);
            let codes = groups.codes();
            let wrong = |i: usize| {
                (codes[i] == NO_GROUP).then(|| "no label; every row must have one".into())
            };
            name_rows(&place, codes.len(), wrong, problems);
        };
        if let Clusters::Groups(groups) = stage.clusters {
            labels(format!("clusters of stage {number}"), groups);
        }
        if let Some(groups) = stage.strata {
            labels(format!("strata of stage {number}"), groups);
        }
        let place = format!("population of stage {number}");
        match stage.population {
            Population::Unlimited => {}
            Population::Sizes(sizes) => {
                same_length(&place, sizes.len(), rows, problems);
                let wrong = |i: usize| {
                    (sizes[i].is_nan() || sizes[i] < 1.0)
                        .then(|| format!("{} units; a population is 1 or more", sizes[i]))
                };
                name_rows(&place, sizes.len(), wrong, problems);
            }
            Population::Fractions(shares) => {
                same_length(&place, shares.len(), rows, problems);
                let wrong = |i: usize| {
                    (!(shares[i] > 0.0 && shares[i] <= 1.0)).then(|| {
                        format!("a share of {}; it must lie above 0 and be at most 1", shares[i])
                    })
                };
                name_rows(&place, shares.len(), wrong, problems);
            }
        }
    }
}

/// One stage, by row, before the rows collapse into units.
struct Drawing {
    strata: Vec<u32>,
    clusters: Vec<u32>,
    sampled: Vec<u32>,
    population: Vec<f64>,
}

/// Numbers the units, counts them by stratum, and multiplies up the weights that the populations imply.
fn drawings(
    plan: &Plan,
    rows: usize,
    problems: &mut Vec<Problem>,
) -> (Vec<Level>, Vec<u32>, Vec<f64>) {
    let mut parent = vec![0u32; rows];
    let mut weights = vec![1.0; rows];
    let mut stages: Vec<Drawing> = Vec::new();
    let mut counts_for_variance = true;
    for (index, stage) in plan.stages.iter().enumerate() {
        let (strata, stratum_count) = match stage.strata {
            Some(groups) => refine(&parent, groups.codes()),
            None => (parent.clone(), parent.iter().max().map_or(0, |&x| x as usize + 1)),
        };
        let (clusters, cluster_count) = match stage.clusters {
            Clusters::Groups(groups) => {
                if index == 0 && !plan.numbers_restart && stage.strata.is_some() {
                    report_shared_numbers(groups, stage.strata, problems);
                }
                refine(&strata, groups.codes())
            }
            Clusters::Rows => refine(&strata, &(0..rows as u32).collect::<Vec<_>>()),
        };
        let mut seen = vec![false; cluster_count];
        let mut sampled = vec![0u32; stratum_count];
        for (&cluster, &stratum) in clusters.iter().zip(&strata) {
            if !std::mem::replace(&mut seen[cluster as usize], true) {
                sampled[stratum as usize] += 1;
            }
        }
        let population = populations(stage, index + 1, &strata, &sampled, problems);
        for (weight, &stratum) in weights.iter_mut().zip(&strata) {
            *weight *= population[stratum as usize] / f64::from(sampled[stratum as usize]);
        }
        parent = clusters.clone();
        if counts_for_variance {
            let limited = population.iter().any(|size| size.is_finite());
            stages.push(Drawing { strata, clusters, sampled, population });
            counts_for_variance = limited;
        }
    }
    let unit_of_row = stages.last().expect("there is a stage").clusters.clone();
    let units = unit_of_row.iter().max().map_or(0, |&x| x as usize + 1);
    let by_unit = |by_row: &[u32]| {
        let mut of_unit = vec![0; units];
        unit_of_row.iter().zip(by_row).for_each(|(&unit, &code)| of_unit[unit as usize] = code);
        of_unit
    };
    let levels = stages
        .iter()
        .map(|drawing| Level {
            stratum_of_unit: by_unit(&drawing.strata),
            cluster_of_unit: by_unit(&drawing.clusters),
            sampled: drawing.sampled.clone(),
            population: drawing.population.clone(),
        })
        .collect();
    (levels, unit_of_row, weights)
}

/// Splits each group of `parent` by `codes`; the new numbers follow the order of parents, then of codes.
pub(crate) fn refine(parent: &[u32], codes: &[u32]) -> (Vec<u32>, usize) {
    let width = codes.iter().max().map_or(0, |&x| x as usize + 1);
    let groups = parent.iter().max().map_or(0, |&x| x as usize + 1);
    if groups.saturating_mul(width) <= 4 * parent.len() + 65_536 {
        let mut number = vec![NO_GROUP; groups * width];
        for (&p, &c) in parent.iter().zip(codes) {
            number[p as usize * width + c as usize] = 0;
        }
        let mut count = 0;
        for slot in number.iter_mut().filter(|slot| **slot == 0) {
            *slot = count;
            count += 1;
        }
        let refined =
            parent.iter().zip(codes).map(|(&p, &c)| number[p as usize * width + c as usize]);
        return (refined.collect(), count as usize);
    }
    let key = |row: u32| (parent[row as usize], codes[row as usize]);
    let mut order: Vec<u32> = (0..parent.len() as u32).collect();
    order.sort_unstable_by_key(|&row| key(row));
    let mut refined = vec![0; parent.len()];
    let mut count = 0u32;
    for (i, &row) in order.iter().enumerate() {
        if i > 0 && key(order[i - 1]) != key(row) {
            count += 1;
        }
        refined[row as usize] = count;
    }
    (refined, if parent.is_empty() { 0 } else { count as usize + 1 })
}

fn populations(
    stage: &Stage,
    number: usize,
    strata: &[u32],
    sampled: &[u32],
    problems: &mut Vec<Problem>,
) -> Vec<f64> {
    let mut population = vec![f64::NAN; sampled.len()];
    let given = |row: usize, stratum: usize| match stage.population {
        Population::Unlimited => f64::INFINITY,
        Population::Sizes(sizes) => sizes[row],
        Population::Fractions(shares) => f64::from(sampled[stratum]) / shares[row],
    };
    let place = format!("population of stage {number}");
    let wrong = |row: usize| {
        let stratum = strata[row] as usize;
        let size = given(row, stratum);
        let before = std::mem::replace(&mut population[stratum], size);
        if !before.is_nan() && before != size {
            population[stratum] = before;
            return Some(format!(
                "{size} units where other rows of its stratum say {before}; make them agree"
            ));
        }
        let n = f64::from(sampled[stratum]);
        // A share may round to a hair below the count.
        if before.is_nan() && size < n * (1.0 - 1e-12) {
            return Some(format!(
                "{size} units, but {n} were sampled from them; a population is at least its sample"
            ));
        }
        None
    };
    name_rows(&place, strata.len(), wrong, problems);
    population
}

fn report_shared_numbers(clusters: &Groups, strata: Option<&Groups>, problems: &mut Vec<Problem>) {
    let Some(strata) = strata else { return };
    let mut stratum_of = vec![NO_GROUP; clusters.names().len()];
    let wrong = |row: usize| {
        let (cluster, stratum) = (clusters.codes()[row] as usize, strata.codes()[row]);
        let before = std::mem::replace(&mut stratum_of[cluster], stratum);
        (before != NO_GROUP && before != stratum).then(|| {
            let (name, one, two) = (
                &clusters.names()[cluster],
                &strata.names()[before as usize],
                &strata.names()[stratum as usize],
            );
            format!(
                "cluster {name} is in strata {one} and {two}; if numbers start again in each stratum, say so in the design"
            )
        })
    };
    name_rows("clusters of stage 1", clusters.len(), wrong, problems);
}

fn report_lonely(levels: &[Level], problems: &mut Vec<Problem>) {
    for (index, level) in levels.iter().enumerate() {
        let alone = (0..level.sampled.len())
            .filter(|&h| level.sampled[h] == 1 && level.remaining(h) >= FULLY_SAMPLED);
        let count = alone.count();
        if count > 0 {
            let number = index + 1;
            problems.push(Problem::of(
                &format!("strata of stage {number}"),
                format!(
                    "{count} of {} hold a single sampled unit, so their variance cannot be seen; merge strata, or choose \
                     to remove, adjust, average or take them as certain",
                    level.sampled.len()
                ),
            ));
        }
    }
}

/// Below this remaining share a stratum counts as fully sampled and adds no variance, as in R.
pub(crate) const FULLY_SAMPLED: f64 = 1e-7;
