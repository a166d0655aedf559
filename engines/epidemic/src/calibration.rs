//! Calibration: which parameters make the model give the published figures, as a sample with weights that is kept and shown against them.
//! Incremental mixture importance sampling: Raftery & Bao 2010, Biometrics 66:1162.

use rayon::prelude::*;

use crate::chance::{Draw, Seed, Stream};
use crate::country::{Country, name_key};
use crate::distribution::{Scale, Z_95, normal_quantile};
use crate::ensemble::{Interval, interval};
use crate::parameters::{Parameters, SPECS, index_of};
use crate::world::World;

/// How to calibrate.
#[derive(Debug, Clone)]
pub struct Calibration<'a> {
    pub country: &'a Country,
    /// The parameters that are learnt; the others are drawn from the country's distributions with each particle.
    pub learnt: Vec<usize>,
    pub seed: Seed,
    /// Particles from the prior.
    pub first: usize,
    /// Particles added around the best one, each round.
    pub each_round: usize,
    pub most_rounds: usize,
    /// Equally weighted draws of the posterior in the end.
    pub keep: usize,
    /// Share of the country's people that each run follows; 1 is everybody. Less is faster and adds noise.
    pub share: f64,
}

/// One set of parameters and what came of it.
#[derive(Debug, Clone)]
pub struct Particle {
    /// Of the learnt parameters, on the scale on which the prior is standard normal.
    z: Vec<f64>,
    pub parameters: Parameters,
    /// What the run gave for each target.
    pub found: Vec<f64>,
    pub log_likelihood: f64,
    /// Of 1 in all.
    pub weight: f64,
}

/// A target against the posterior.
#[derive(Debug, Clone)]
pub struct Fit {
    pub target: usize,
    pub found: Interval,
    /// Whether the posterior's middle 95 % and the target's interval meet.
    pub met: bool,
}

#[derive(Debug, Clone)]
pub struct Posterior {
    pub learnt: Vec<usize>,
    pub particles: Vec<Particle>,
    /// Indices of particles, drawn by weight: equally likely.
    pub sample: Vec<usize>,
    /// Kish's effective number of particles: (Σw)²/Σw².
    pub effective: f64,
    pub rounds: usize,
    pub fits: Vec<Fit>,
}

impl<'a> Calibration<'a> {
    /// The usual settings for these parameters.
    ///
    /// # Errors
    /// A name that is not a parameter or is certain in the country's file, or a country without targets.
    pub fn new(
        country: &'a Country,
        learnt: &[&str],
        seed: Seed,
    ) -> Result<Calibration<'a>, String> {
        if country.targets.is_empty() {
            return Err(format!("{} has no [[target]] to be held against", country.name));
        }
        let mut indices = Vec::new();
        for name in learnt {
            let index = index_of(name).ok_or_else(|| format!("there is no parameter {name:?}"))?;
            if country.given[index].distribution.certain() {
                return Err(format!(
                    "{name} is certain in the file of {}: give it an interval",
                    country.name
                ));
            }
            indices.push(index);
        }
        Ok(Calibration {
            country,
            learnt: indices,
            seed,
            first: 400,
            each_round: 100,
            most_rounds: 20,
            keep: 200,
            share: 1.0,
        })
    }

    /// Runs it. `watch` hears how many particles are done after each round and stops by answering false.
    pub fn run(&self, watch: &dyn Fn(usize) -> bool) -> Posterior {
        let d = self.learnt.len();
        let mut particles: Vec<Particle> = (0..self.first)
            .into_par_iter()
            .map(|i| self.particle(i, (0..d).map(|k| self.normal(i, k)).collect()))
            .collect();
        let mut mixture: Vec<Normal> = Vec::new();
        let mut rounds = 0;
        loop {
            weigh(&mut particles, self.first, self.each_round, &mixture);
            let n = particles.len() as f64;
            // Expected share of distinct particles in a resample of the same size; 1 − 1/e is what equal weights give.
            let distinct =
                particles.iter().map(|p| 1.0 - (1.0 - p.weight).powf(n)).sum::<f64>() / n;
            let enough = distinct >= 1.0 - (-1.0_f64).exp();
            if enough || rounds == self.most_rounds || d == 0 || !watch(particles.len()) {
                break;
            }
            rounds += 1;
            let normal = around_best(&particles, self.each_round);
            let from = particles.len();
            let new: Vec<Particle> = (0..self.each_round)
                .into_par_iter()
                .map(|i| {
                    let z =
                        normal.at(&(0..d).map(|k| self.normal(from + i, k)).collect::<Vec<_>>());
                    self.particle(from + i, z)
                })
                .collect();
            particles.extend(new);
            mixture.push(normal);
        }
        let effective = 1.0 / particles.iter().map(|p| p.weight * p.weight).sum::<f64>();
        let sample = resample(&particles, self.keep, self.seed);
        let fits = self.fits(&particles, &sample);
        Posterior { learnt: self.learnt.clone(), particles, sample, effective, rounds, fits }
    }

    fn normal(&self, particle: usize, k: usize) -> f64 {
        let draw = Draw::new(self.seed, particle as u32, Stream::Calibration as u32, k as u32);
        normal_quantile(draw.unit())
    }

    fn particle(&self, index: usize, z: Vec<f64>) -> Particle {
        let mut parameters = self.country.draw(self.seed, index as u32);
        for (&learnt, &z) in self.learnt.iter().zip(&z) {
            let spec = &SPECS[learnt];
            let value = self.country.given[learnt].distribution.at(z);
            parameters.set(learnt, value.clamp(spec.low, spec.high));
        }
        let found = self.measure(&parameters, self.seed.of_draw(index as u64));
        let log_likelihood = self
            .country
            .targets
            .iter()
            .zip(&found)
            .map(|(t, &found)| {
                // Normal on the scale of the figure: logit for shares, log for numbers.
                let scale = if t.measure.is_share() { Scale::Logit } else { Scale::Log };
                let found = if t.measure.is_share() {
                    found.clamp(1e-6, 1.0 - 1e-6)
                } else {
                    found.max(0.5 / self.share)
                };
                let sd = (scale.to(t.high) - scale.to(t.low)) / (2.0 * Z_95);
                let away = (scale.to(found) - scale.to(t.value)) / sd;
                -0.5 * away * away
            })
            .sum();
        Particle { z, parameters, found, log_likelihood, weight: 0.0 }
    }

    /// Runs one set to the last target's year and reads all targets.
    fn measure(&self, parameters: &Parameters, seed: Seed) -> Vec<f64> {
        let targets = &self.country.targets;
        let last = targets.iter().map(|t| t.year).max().unwrap_or(self.country.start);
        let years = f64::from(last - self.country.start + 1);
        let sampled = parameters.sampled(self.share);
        let mut world = World::new(&sampled, &self.country.prisons, seed, years);
        world.run_until(years);
        targets
            .iter()
            .map(|t| {
                let year = &world.years()[(t.year - self.country.start) as usize];
                let all: Vec<_> =
                    year.iter().map(|place| place.clone().scaled(1.0 / self.share)).collect();
                t.measure.read(&all, parameters)
            })
            .collect()
    }

    fn fits(&self, particles: &[Particle], sample: &[usize]) -> Vec<Fit> {
        self.country
            .targets
            .iter()
            .enumerate()
            .filter_map(|(target, t)| {
                let found = interval(sample.iter().map(|&i| particles[i].found[target]).collect())?;
                let met = found.low <= t.high && found.high >= t.low;
                Some(Fit { target, found, met })
            })
            .collect()
    }
}

impl Posterior {
    /// The sampled sets of parameters, ready for [`crate::Plan::draws`].
    pub fn draws(&self) -> Vec<Parameters> {
        self.sample.iter().map(|&i| self.particles[i].parameters.clone()).collect()
    }

    /// The sample as a table to keep: one row a draw, one column a parameter.
    pub fn csv(&self) -> String {
        draws_csv(&self.draws())
    }
}

/// Sets of parameters as a table: one row a draw, one column a parameter, numbers that read back to the last bit.
pub fn draws_csv(draws: &[Parameters]) -> String {
    let mut text = SPECS.iter().map(|s| s.name).collect::<Vec<_>>().join(",");
    text.push('\n');
    for draw in draws {
        let row: Vec<String> = (0..SPECS.len()).map(|i| draw.get(i).to_string()).collect();
        text.push_str(&row.join(","));
        text.push('\n');
    }
    text
}

/// Reads back what [`draws_csv`] wrote, to the last bit.
///
/// # Errors
/// Another list of parameters than this version's, or a value that is no number in range: named with its line.
pub fn read_draws(text: &str) -> Result<Vec<Parameters>, String> {
    let mut lines = text.lines();
    let header = lines.next().unwrap_or_default();
    if header != SPECS.iter().map(|s| s.name).collect::<Vec<_>>().join(",") {
        return Err("line 1: the columns are not this version's parameters; calibrate again".into());
    }
    let mut draws = Vec::new();
    for (row, line) in lines.enumerate() {
        let mut p = Parameters::still();
        let values: Vec<&str> = line.split(',').collect();
        if values.len() != SPECS.len() {
            return Err(format!(
                "line {}: {} values, expected {}",
                row + 2,
                values.len(),
                SPECS.len()
            ));
        }
        for (index, (spec, value)) in SPECS.iter().zip(values).enumerate() {
            let number = value.parse::<f64>().ok().filter(|n| (spec.low..=spec.high).contains(n));
            let Some(number) = number else {
                return Err(format!(
                    "line {}: {} is {value:?}, expected {} to {}",
                    row + 2,
                    spec.name,
                    spec.low,
                    spec.high
                ));
            };
            p.set(index, number);
        }
        draws.push(p);
    }
    Ok(draws)
}

/// A multivariate normal of the mixture: mean and Cholesky factor of the covariance.
struct Normal {
    mean: Vec<f64>,
    lower: Vec<Vec<f64>>,
}

impl Normal {
    fn at(&self, standard: &[f64]) -> Vec<f64> {
        self.lower
            .iter()
            .zip(&self.mean)
            .map(|(row, mean)| mean + row.iter().zip(standard).map(|(l, s)| l * s).sum::<f64>())
            .collect()
    }

    /// Log density without (2π)^{−d/2}, which every component shares with the prior.
    fn log_density(&self, z: &[f64]) -> f64 {
        // Forward substitution: L y = z − mean.
        let mut y: Vec<f64> = Vec::with_capacity(z.len());
        let mut log_det = 0.0;
        for (i, row) in self.lower.iter().enumerate() {
            let known: f64 = row[..i].iter().zip(&y).map(|(l, y)| l * y).sum();
            y.push((z[i] - self.mean[i] - known) / row[i]);
            log_det += libm::log(row[i]);
        }
        -0.5 * y.iter().map(|y| y * y).sum::<f64>() - log_det
    }
}

/// Weights: likelihood · prior / mixture of the prior and the normals added so far.
fn weigh(particles: &mut [Particle], first: usize, each: usize, mixture: &[Normal]) {
    let n = (first + each * mixture.len()) as f64;
    let mut logs: Vec<f64> = particles
        .iter()
        .map(|p| {
            let prior = -0.5 * p.z.iter().map(|z| z * z).sum::<f64>();
            let from_prior = first as f64 / n * libm::exp(prior);
            let added: f64 =
                mixture.iter().map(|m| each as f64 / n * libm::exp(m.log_density(&p.z))).sum();
            p.log_likelihood + prior - libm::log((from_prior + added).max(f64::MIN_POSITIVE))
        })
        .collect();
    let top = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    logs.iter_mut().for_each(|l| *l = libm::exp(*l - top));
    let sum: f64 = logs.iter().sum();
    for (p, w) in particles.iter_mut().zip(logs) {
        p.weight = w / sum;
    }
}

/// A normal around the particle of greatest weight, with the covariance of its nearest neighbours.
/// The prior is standard normal in every direction, so nearest is nearest.
fn around_best(particles: &[Particle], neighbours: usize) -> Normal {
    let mut best = 0;
    for (i, p) in particles.iter().enumerate() {
        if p.weight > particles[best].weight {
            best = i;
        }
    }
    let mean = particles[best].z.clone();
    let distance =
        |p: &Particle| p.z.iter().zip(&mean).map(|(a, b)| (a - b) * (a - b)).sum::<f64>();
    let mut nearest: Vec<(f64, usize)> =
        particles.iter().enumerate().map(|(i, p)| (distance(p), i)).collect();
    nearest.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    nearest.truncate(neighbours.max(mean.len() + 2));
    let n = particles.len() as f64;
    let weight = |i: usize| (particles[i].weight + 1.0 / n) / 2.0;
    let total: f64 = nearest.iter().map(|&(_, i)| weight(i)).sum();
    let d = mean.len();
    let mut covariance = vec![vec![0.0; d]; d];
    for &(_, i) in &nearest {
        let away: Vec<f64> = particles[i].z.iter().zip(&mean).map(|(a, b)| a - b).collect();
        for (row, a) in covariance.iter_mut().zip(&away) {
            for (cell, b) in row.iter_mut().zip(&away) {
                *cell += weight(i) / total * a * b;
            }
        }
    }
    Normal { mean, lower: cholesky(covariance) }
}

/// Cholesky's factor; a variance too small to divide by is lifted to a hair.
fn cholesky(a: Vec<Vec<f64>>) -> Vec<Vec<f64>> {
    let d = a.len();
    let mut l = vec![vec![0.0; d]; d];
    for i in 0..d {
        for j in 0..=i {
            let known: f64 = (0..j).map(|k| l[i][k] * l[j][k]).sum();
            l[i][j] = if i == j {
                libm::sqrt((a[i][i] - known).max(1e-6))
            } else {
                (a[i][j] - known) / l[j][j]
            };
        }
    }
    l
}

/// Systematic resampling: one random number, then equal strides. Kitagawa 1996, J Comput Graph Stat 5:1.
fn resample(particles: &[Particle], keep: usize, seed: Seed) -> Vec<usize> {
    let start = Draw::new(seed, 0, Stream::Calibration as u32, name_key("resample")).unit();
    let mut sample = Vec::with_capacity(keep);
    let (mut sum, mut i) = (0.0, 0);
    for k in 0..keep {
        let at = (k as f64 + start) / keep as f64;
        while i + 1 < particles.len() && sum + particles[i].weight < at {
            sum += particles[i].weight;
            i += 1;
        }
        sample.push(i);
    }
    sample
}
