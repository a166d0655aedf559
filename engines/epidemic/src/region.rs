//! Many countries at once: each a world of its own, run side by side and summed in a fixed order, so that the sum is the same on any number of threads.
//! People inject with people near them: a large country is followed as several worlds of its provinces' size, which the cache holds as well.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::chance::Seed;
use crate::country::name_key;
use crate::ensemble::{ArmResult, DrawResult, Ensemble, Plan, Where, followed, simulate, whole};
use crate::ledger::{Span, Stock, YearTally};
use crate::outcome::Quantity;

/// Countries in reading order, each with its plan: the same arms, years and number of draws.
#[derive(Debug, Clone)]
pub struct Region<'a> {
    pub name: String,
    pub plans: Vec<Plan<'a>>,
    /// A country with more people is followed as several worlds, equally large.
    pub most_people: f64,
}

/// People of one world: a large city or a province. Worlds of this size stay in a processor's cache.
pub const MOST_PEOPLE: f64 = 50_000.0;

/// What is added up, beside the figures that add themselves, so that shares and rates can be taken of the sums.
const BASES: usize = 7;
type Bases = [f64; BASES];

/// For each arm its years, each with its places.
type Runs = Vec<Vec<Vec<YearTally>>>;

/// The worlds of one draw of one country, until all are in; then their sum alone.
struct Gathered {
    worlds: Vec<Option<Runs>>,
    sum: Option<Part>,
}

impl Gathered {
    fn new(worlds: usize) -> Gathered {
        Gathered { worlds: (0..worlds).map(|_| None).collect(), sum: None }
    }
}

/// One country's part of one draw, for each arm.
struct Part {
    arms: Vec<(ArmResult, Vec<[Bases; 3]>)>,
}

impl<'a> Region<'a> {
    /// # Errors
    /// No country, or plans that cannot be added: they begin in different years, have other arms, or count different money.
    pub fn new(name: &str, plans: Vec<Plan<'a>>) -> Result<Region<'a>, String> {
        let Some(first) = plans.first() else {
            return Err(format!("{name} has no country"));
        };
        for plan in &plans[1..] {
            let (a, b) = (first.country, plan.country);
            let differ = |what: &str, x: String, y: String| {
                Err(format!("{} and {} cannot be added: {what} {x} and {y}", a.name, b.name))
            };
            let names = |p: &Plan| {
                p.arms.iter().map(|arm| arm.name.as_str()).collect::<Vec<_>>().join(", ")
            };
            if a.start != b.start {
                return differ("they start in", a.start.to_string(), b.start.to_string());
            }
            if a.currency != b.currency {
                return differ("their money is", a.currency.clone(), b.currency.clone());
            }
            if first.years != plan.years || first.draws.len() != plan.draws.len() {
                let of = |p: &Plan| format!("{} draws of {} years", p.draws.len(), p.years);
                return differ("they have", of(first), of(plan));
            }
            if names(first) != names(plan) {
                return differ("their policies are", names(first), names(plan));
            }
        }
        Ok(Region { name: name.into(), plans, most_people: MOST_PEOPLE })
    }

    /// Runs every world of every draw on rayon's threads. `watch` hears how many worlds of how many are done, and stops the
    /// rest by answering false; then only the draws that all countries finished come back.
    pub fn run(&self, watch: &(dyn Fn(usize, usize) -> bool + Sync)) -> Ensemble {
        let Some(first) = self.plans.first() else {
            return Ensemble { start: 0, years: 0, arms: vec![], draws: vec![], complete: true };
        };
        let draws = first.draws.len();
        let countries = self.plans.len();
        // The largest countries first, so that no long job is left at the end.
        let mut jobs: Vec<(usize, usize, usize)> = (0..draws)
            .flat_map(|draw| (0..countries).map(move |country| (draw, country)))
            .flat_map(|(draw, country)| {
                (0..self.worlds(country, draw)).map(move |world| (draw, country, world))
            })
            .collect();
        jobs.sort_by_key(|&(draw, country, world)| {
            (draw, std::cmp::Reverse(self.worlds(country, draw)), country, world)
        });
        let parts: Vec<Mutex<Gathered>> = (0..draws * countries)
            .map(|i| Mutex::new(Gathered::new(self.worlds(i % countries, i / countries))))
            .collect();
        let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let stopped = AtomicBool::new(false);
        // One queue that every thread takes from.
        rayon::broadcast(|_| {
            while !stopped.load(Ordering::Relaxed) {
                let job = next.fetch_add(1, Ordering::Relaxed);
                let Some(&(draw, country, world)) = jobs.get(job) else { break };
                let run = self.world(draw, country, world);
                let mut part = parts[draw * countries + country]
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner);
                part.worlds[world] = Some(run);
                if part.worlds.iter().all(Option::is_some) {
                    // The last one in adds them all up, in their order.
                    let worlds = std::mem::take(&mut part.worlds);
                    part.sum = Some(self.part(draw, country, worlds.into_iter().flatten()));
                }
                drop(part);
                if !watch(done.fetch_add(1, Ordering::Relaxed) + 1, jobs.len()) {
                    stopped.store(true, Ordering::Relaxed);
                }
            }
        });
        let parts: Vec<Option<Part>> = parts
            .into_iter()
            .map(|part| part.into_inner().unwrap_or_else(PoisonError::into_inner).sum)
            .collect();
        let results: Vec<DrawResult> = parts
            .chunks(countries)
            .enumerate()
            .filter_map(|(draw, countries)| {
                let countries: Vec<&Part> = countries.iter().flatten().collect();
                (countries.len() == self.plans.len()).then(|| self.sum(draw, &countries))
            })
            .collect();
        Ensemble {
            start: first.country.start,
            years: first.years,
            arms: first.arms.iter().map(|arm| arm.name.clone()).collect(),
            complete: results.len() == draws,
            draws: results,
        }
    }

    /// How many worlds a country is followed as.
    pub fn worlds(&self, country: usize, draw: usize) -> usize {
        let plan = &self.plans[country];
        let people = plan.draws[draw].people_current * followed(plan.share);
        (people / self.most_people.max(1.0)).ceil().max(1.0) as usize
    }

    /// One world of a country: for each arm, year and place.
    fn world(&self, draw: usize, country: usize, world: usize) -> Runs {
        let plan = &self.plans[country];
        let share = followed(plan.share) / self.worlds(country, draw) as f64;
        let sampled = plan.draws[draw].sampled(share);
        let seed = self.seed(country, draw, world);
        simulate(plan.country, plan.arms, &sampled, seed, plan.years)
    }

    /// One draw of one country, of all its worlds.
    fn part(&self, draw: usize, country: usize, mut worlds: impl Iterator<Item = Runs>) -> Part {
        let plan = &self.plans[country];
        let p = &plan.draws[draw];
        let mut sums = worlds.next().unwrap_or_default();
        for runs in worlds {
            let sums = sums.iter_mut().flatten().flatten();
            sums.zip(runs.iter().flatten().flatten()).for_each(|(sum, tally)| sum.add(tally));
        }
        let arms = sums
            .into_iter()
            .map(|run| {
                let years = whole(run, followed(plan.share));
                (ArmResult::new(&years, p), years.iter().map(|year| bases(year)).collect())
            })
            .collect();
        Part { arms }
    }

    /// Every country and world its own fate: else the same accidents would happen in all of them.
    fn seed(&self, country: usize, draw: usize, world: usize) -> Seed {
        let plan = &self.plans[country];
        let key = u64::from(name_key(&plan.country.code)) << 32 | world as u64;
        plan.seed.of_draw((plan.first + draw) as u64).of_draw(key)
    }

    /// In the order of the countries.
    fn sum(&self, draw: usize, countries: &[&Part]) -> DrawResult {
        let first = &self.plans[0];
        let arms = (0..first.arms.len())
            .map(|arm| {
                let parts: Vec<_> = countries.iter().map(|part| &part.arms[arm]).collect();
                sum(&parts)
            })
            .collect();
        let plan = &first.draws[draw];
        DrawResult { index: first.first + draw, arms, willingness_to_pay: plan.willingness_to_pay }
    }
}

fn sum(parts: &[&(ArmResult, Vec<[Bases; 3]>)]) -> ArmResult {
    let years = parts.first().map_or(0, |part| part.1.len());
    ArmResult::of(years, |year, place, quantity| {
        let base =
            |index: usize| parts.iter().map(|p| p.1[year][place as usize][index]).sum::<f64>();
        let share = |part: usize, whole: usize, per: f64| {
            let whole = base(whole);
            if whole > 0.0 { per * base(part) / whole } else { 0.0 }
        };
        match quantity {
            Quantity::HivIncidence => share(0, 1, 100.0),
            Quantity::HcvIncidence => share(2, 3, 100.0),
            Quantity::HivPrevalence => share(4, 6, 1.0),
            Quantity::HcvPrevalence => share(5, 6, 1.0),
            _ => parts.iter().map(|p| p.0.in_year(quantity, place, year)).sum(),
        }
    })
}

/// By place: infections by sharing and time at risk, HIV and HCV; people who inject with HIV, viraemic, and all of them.
fn bases(year: &[YearTally]) -> [Bases; 3] {
    let of = |tallies: &[YearTally]| {
        let mut all = YearTally::EMPTY;
        tallies.iter().for_each(|tally| all.add(tally));
        [
            all.infections_by_phase[0].iter().sum(),
            all.span(Span::RiskHiv),
            all.infections_by_phase[1].iter().sum(),
            all.span(Span::RiskHcv),
            all.stock(Stock::CurrentHiv),
            all.stock(Stock::CurrentViraemic),
            all.stock(Stock::Current),
        ]
    };
    Where::ALL.map(|place| match place {
        Where::Everywhere => of(year),
        Where::Community => of(&year[..1]),
        Where::Prison => of(&year[1..]),
    })
}
