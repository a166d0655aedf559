//! The quick answer while a hand is on the slider: a base kept in memory with its worlds, and one changed policy run against it.
//! The base is never run twice; the policy starts from the kept worlds at the step where it parts from the base, in the same fate.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use crate::chance::Seed;
use crate::country::Country;
use crate::ensemble::{ArmResult, DrawResult, Ensemble, Plan, followed, whole};
use crate::ledger::YearTally;
use crate::parameters::Parameters;
use crate::scenario::{STEPS_PER_YEAR, Scenario};
use crate::world::World;

/// For how many dates the worlds are kept; the date asked for longest ago goes first.
pub const FORKS_KEPT: usize = 3;

/// How a quick answer is run. What is said of it must be said with it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sample {
    pub seed: Seed,
    pub years: usize,
    /// Share of the country's people that is followed.
    pub share: f64,
}

impl Sample {
    /// Twenty years, following some 4,000 people who inject: with 20 draws an answer takes well under a second on two cores.
    /// A small country is followed whole.
    pub fn usual(country: &Country, seed: Seed) -> Sample {
        const FOLLOWED: f64 = 4_000.0;
        let people = country.central().people_current.max(1.0);
        Sample { seed, years: 20, share: (FOLLOWED / people).min(1.0) }
    }
}

/// The base that policies are compared with (usually the status quo), run once and kept. One value serves many threads.
#[derive(Debug)]
pub struct Base {
    country: Country,
    base: Scenario,
    sample: Sample,
    draws: Vec<Parameters>,
    results: Vec<ArmResult>,
    forks: Mutex<Forks>,
}

/// Worlds of every draw at a policy step, before anything of that step is changed.
#[derive(Debug, Default)]
struct Forks {
    at: BTreeMap<usize, (u64, Arc<Vec<World>>)>,
    asked: u64,
}

impl Base {
    /// Runs the base for every draw and keeps its worlds at the calendar year `fork_at`, where policies are expected to begin.
    /// `go_on` is asked between half years and stops everything by answering false; then there is no base.
    pub fn new(
        country: &Country,
        base: &Scenario,
        draws: Vec<Parameters>,
        sample: Sample,
        fork_at: f64,
        go_on: &(dyn Fn() -> bool + Sync),
    ) -> Option<Base> {
        let sample = Sample { share: followed(sample.share), ..sample };
        let steps = sample.years * STEPS_PER_YEAR;
        let step = step_of(country, fork_at).min(steps);
        let run = |(index, p): (usize, &Parameters)| -> Option<(World, ArmResult)> {
            let mut world = start(country, &sample, index, p);
            let sampled = p.sampled(sample.share);
            go(&mut world, base, &sampled, country.start, 0..step, go_on)?;
            let kept = world.clone();
            go(&mut world, base, &sampled, country.start, step..steps, go_on)?;
            Some((kept, result(world.into_years(), p, &sample)))
        };
        let runs: Vec<_> = all(&draws, run)?;
        let (worlds, results): (Vec<World>, Vec<ArmResult>) = runs.into_iter().unzip();
        let mut forks = Forks::default();
        forks.at.insert(step, (0, Arc::new(worlds)));
        Some(Base {
            country: country.clone(),
            base: base.clone(),
            sample,
            draws,
            results,
            forks: Mutex::new(forks),
        })
    }

    /// The base and the changed policy, paired draw by draw: arm 0 and arm 1 of the same table that [`Plan::run`] gives.
    /// None when `go_on` said that the hand moved on. A policy that changes nothing costs nothing.
    pub fn answer(&self, policy: &Scenario, go_on: &(dyn Fn() -> bool + Sync)) -> Option<Ensemble> {
        let (start, years) = (self.country.start, self.sample.years);
        let (steps, prisons) = (years * STEPS_PER_YEAR, self.country.prisons.len());
        let parting = self
            .draws
            .iter()
            .map(|p| policy.parts_from(&self.base, p, start, steps, prisons))
            .min()
            .unwrap_or(steps);
        let changed: Vec<ArmResult> = if parting == steps {
            self.results.clone()
        } else {
            let worlds = self.worlds_at(parting, go_on)?;
            let run = |(index, p): (usize, &Parameters)| -> Option<ArmResult> {
                let mut world = worlds[index].clone();
                let sampled = p.sampled(self.sample.share);
                go(&mut world, policy, &sampled, start, parting..steps, go_on)?;
                Some(result(world.into_years(), p, &self.sample))
            };
            all(&self.draws, run)?
        };
        let pairs = self.results.iter().zip(changed).zip(&self.draws).enumerate();
        Some(Ensemble {
            start,
            years,
            arms: vec![self.base.name.clone(), policy.name.clone()],
            draws: pairs
                .map(|(index, ((base, policy), p))| DrawResult {
                    index,
                    arms: vec![base.clone(), policy],
                    willingness_to_pay: p.willingness_to_pay,
                })
                .collect(),
            complete: true,
        })
    }

    /// The plan that gives the same table from nothing, for the arms `[base, policy]`: what a certificate and a shared link name.
    pub fn plan<'a>(&'a self, arms: &'a [Scenario]) -> Plan<'a> {
        Plan {
            country: &self.country,
            arms,
            seed: self.sample.seed,
            years: self.sample.years,
            draws: self.draws.clone(),
            share: self.sample.share,
            first: 0,
        }
    }

    pub fn country(&self) -> &Country {
        &self.country
    }

    pub fn base(&self) -> &Scenario {
        &self.base
    }

    pub fn sample(&self) -> Sample {
        self.sample
    }

    pub fn draws(&self) -> &[Parameters] {
        &self.draws
    }

    /// People followed in one draw at its start, on average: what "a sample of …" says.
    pub fn people_followed(&self) -> f64 {
        let people = |p: &Parameters| p.people_current + p.people_former + p.people_not_yet;
        let all: f64 = self.draws.iter().map(people).sum();
        self.sample.share * all / self.draws.len().max(1) as f64
    }

    /// What is held in memory, about: the worlds at every kept date and the base's results.
    pub fn bytes(&self) -> usize {
        let forks = self.forks.lock().unwrap_or_else(PoisonError::into_inner);
        let worlds = forks.at.values().flat_map(|(_, worlds)| worlds.iter());
        worlds.map(World::bytes).sum::<usize>()
            + self.results.iter().map(ArmResult::bytes).sum::<usize>()
    }

    /// The base's worlds at a step: kept ones, or the nearest earlier ones run on to it and kept from now on.
    fn worlds_at(&self, step: usize, go_on: &(dyn Fn() -> bool + Sync)) -> Option<Arc<Vec<World>>> {
        let earlier = {
            let mut forks = self.forks.lock().unwrap_or_else(PoisonError::into_inner);
            forks.asked += 1;
            let now = forks.asked;
            if let Some((asked, worlds)) = forks.at.get_mut(&step) {
                *asked = now;
                return Some(Arc::clone(worlds));
            }
            forks.at.range(..step).next_back().map(|(&at, (_, worlds))| (at, Arc::clone(worlds)))
        };
        let run = |(index, p): (usize, &Parameters)| -> Option<World> {
            let (from, mut world) = match &earlier {
                Some((at, worlds)) => (*at, worlds[index].clone()),
                None => (0, start(&self.country, &self.sample, index, p)),
            };
            let sampled = p.sampled(self.sample.share);
            go(&mut world, &self.base, &sampled, self.country.start, from..step, go_on)?;
            Some(world)
        };
        let worlds = Arc::new(all(&self.draws, run)?);
        let mut forks = self.forks.lock().unwrap_or_else(PoisonError::into_inner);
        let now = forks.asked;
        forks.at.insert(step, (now, Arc::clone(&worlds)));
        while forks.at.len() > FORKS_KEPT {
            let oldest = forks.at.iter().min_by_key(|(_, (asked, _))| *asked).map(|(&at, _)| at);
            oldest.map(|at| forks.at.remove(&at));
        }
        Some(worlds)
    }
}

/// The policy step that holds a calendar year; before the start it is the first.
fn step_of(country: &Country, year: f64) -> usize {
    ((year - f64::from(country.start)) * STEPS_PER_YEAR as f64).max(0.0) as usize
}

fn start(country: &Country, sample: &Sample, index: usize, p: &Parameters) -> World {
    let seed = sample.seed.of_draw(index as u64);
    World::new(&p.sampled(sample.share), &country.prisons, seed, sample.years as f64)
}

/// Runs through policy steps; None when told to stop.
fn go(
    world: &mut World,
    policy: &Scenario,
    p: &Parameters,
    start: i32,
    steps: std::ops::Range<usize>,
    go_on: &(dyn Fn() -> bool + Sync),
) -> Option<()> {
    for step in steps {
        if !go_on() {
            return None;
        }
        world.change_to(policy.setting(p, start, step, world.prisons.len()));
        world.run_until((step + 1) as f64 / STEPS_PER_YEAR as f64);
    }
    Some(())
}

fn result(years: Vec<Vec<YearTally>>, p: &Parameters, sample: &Sample) -> ArmResult {
    ArmResult::new(&whole(years, sample.share), p)
}

/// All draws on rayon's threads, in order; None as soon as one stops.
fn all<T: Send>(
    draws: &[Parameters],
    run: impl Fn((usize, &Parameters)) -> Option<T> + Sync,
) -> Option<Vec<T>> {
    let stopped = AtomicBool::new(false);
    let results: Vec<Option<T>> = draws
        .par_iter()
        .enumerate()
        .map(|draw| {
            let found = if stopped.load(Ordering::Relaxed) { None } else { run(draw) };
            if found.is_none() {
                stopped.store(true, Ordering::Relaxed);
            }
            found
        })
        .collect();
    results.into_iter().collect()
}
