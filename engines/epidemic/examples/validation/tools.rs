//! Worlds for one row: a setting's draws, brought to the row's starting point, run on with and without a change, and what the pair says.

use std::fs;
use std::path::Path;

use epidemic::ensemble::{Interval, interval};
use epidemic::{Country, Effects, Flow, Parameters, Seed, Span, Stock, World, YearTally};

/// A setting of `examples/settings`, or a country of `data/countries`.
pub fn setting(name: &str) -> Country {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let effects = fs::read_to_string(root.join("../../data/effects.csv")).unwrap_or_default();
    let effects = Effects::read(&effects).unwrap_or_default();
    let file = |name: &str| {
        let own = fs::read_to_string(root.join("examples/settings").join(name));
        own.or_else(|_| fs::read_to_string(root.join("../../data/countries").join(name))).ok()
    };
    let (country, problems) = Country::read(&format!("{name}.toml"), &file, &effects);
    country.unwrap_or_else(|| panic!("{problems:?}"))
}

pub type Change<'a> = &'a dyn Fn(&mut Parameters);

/// A figure of some years, each with the community first and then the prisons.
pub type Reading = fn(&[Vec<YearTally>]) -> f64;

/// How a row is run.
pub struct Runs<'a> {
    pub country: &'a Country,
    pub draws: usize,
    /// Years before the row's first year: infections that begin in them make the epidemic the parameters' own.
    pub before: usize,
    pub years: usize,
    /// What the row says of the setting, beyond its file.
    pub prepare: Change<'a>,
    /// The row's starting point: sharing is scaled, draw by draw, until this reading of the last two years before
    /// gives the figure. None: as drawn.
    pub start: Option<(Reading, f64)>,
}

impl Runs<'_> {
    /// For each draw the years of every arm from the row's first year on. The first arm is the one without a change.
    pub fn arms(&self, changes: &[Change]) -> Vec<Vec<Vec<Vec<YearTally>>>> {
        (0..self.draws as u32)
            .map(|draw| {
                let seed = Seed(2024).of_draw(u64::from(draw));
                let mut p = self.country.draw(Seed(2024), draw);
                (self.prepare)(&mut p);
                if let Some((read, figure)) = self.start {
                    self.scale_sharing(&mut p, seed, read, figure);
                }
                let trunk = self.begun(&p, seed);
                let run = |change: Option<&Change>| {
                    let mut world = trunk.clone();
                    if let Some(change) = change {
                        let mut changed = p.clone();
                        change(&mut changed);
                        world.change(&changed);
                    }
                    world.run_until((self.before + self.years) as f64);
                    world.years()[self.before..].to_vec()
                };
                std::iter::once(run(None)).chain(changes.iter().map(|c| run(Some(c)))).collect()
            })
            .collect()
    }

    fn begun(&self, p: &Parameters, seed: Seed) -> World {
        let length = (self.before + self.years) as f64;
        let mut world = World::new(p, &self.country.prisons, seed, length);
        world.run_until(self.before as f64);
        world
    }

    /// Secant steps on logarithms: readings rise with sharing.
    fn scale_sharing(&self, p: &mut Parameters, seed: Seed, read: Reading, figure: f64) {
        let (low, high) = (p.shares_low, p.shares_high);
        let mut at = |log_scale: f64| {
            p.shares_low = (low * log_scale.exp()).min(5_000.0);
            p.shares_high = (high * log_scale.exp()).min(5_000.0);
            let found = read(&self.begun(p, seed).years()[self.before - 2..]);
            (found.max(1e-6) / figure).ln()
        };
        let (mut a, mut b) = ((-0.7, at(-0.7)), (0.7, at(0.7)));
        for _ in 0..5 {
            if b.1.abs() < 0.02 || (b.1 - a.1).abs() < 1e-9 {
                break;
            }
            let next = (b.0 - b.1 * (b.0 - a.0) / (b.1 - a.1)).clamp(-5.0, 4.0);
            a = b;
            b = (next, at(next));
        }
    }
}

/// Over draws.
pub fn over(values: impl IntoIterator<Item = f64>) -> Interval {
    let finite: Vec<f64> = values.into_iter().filter(|v| v.is_finite()).collect();
    interval(finite).unwrap_or(Interval {
        mean: f64::NAN,
        median: f64::NAN,
        low: f64::NAN,
        high: f64::NAN,
    })
}

pub fn flow(years: &[Vec<YearTally>], flow: Flow) -> f64 {
    years.iter().flatten().map(|t| t.flow(flow)).sum()
}

pub fn span(years: &[Vec<YearTally>], span: Span) -> f64 {
    years.iter().flatten().map(|t| t.span(span)).sum()
}

/// In per cent: what the second has less than the first.
pub fn less(first: f64, second: f64) -> f64 {
    100.0 * (1.0 - second / first)
}

/// Infections for 100 person-years at risk: outside (0) or inside (1).
pub fn incidence(years: &[Vec<YearTally>], disease: usize, place: usize) -> f64 {
    let (mut infections, mut risk) = (0.0, 0.0);
    for places in years {
        infections += places[place].infections_by_phase[disease].iter().sum::<f64>();
        risk += places[place].risk_by_phase[disease].iter().sum::<f64>();
    }
    100.0 * infections / risk
}

pub fn hcv_incidence_outside(years: &[Vec<YearTally>]) -> f64 {
    incidence(years, 1, 0)
}

pub fn hcv_incidence_inside(years: &[Vec<YearTally>]) -> f64 {
    incidence(years, 1, 1)
}

/// Of all places.
pub fn hcv_incidence(years: &[Vec<YearTally>]) -> f64 {
    let infections: f64 = flow(years, Flow::HcvInfection);
    100.0 * infections / span(years, Span::RiskHcv)
}

/// At the end: HIV among people who inject.
pub fn hiv_prevalence(years: &[Vec<YearTally>]) -> f64 {
    share(years, Stock::CurrentHiv)
}

/// At the end: the virus among people who inject.
pub fn viraemic(years: &[Vec<YearTally>]) -> f64 {
    share(years, Stock::CurrentViraemic)
}

fn share(years: &[Vec<YearTally>], part: Stock) -> f64 {
    let last = years.last().map_or(&[][..], Vec::as_slice);
    let sum = |stock| last.iter().map(|t| t.stock(stock)).sum::<f64>();
    sum(part) / sum(Stock::Current)
}

pub const AS_IT_IS: fn(&mut Parameters) = |_| {};

/// Nobody runs a higher risk for having been in prison, and sharing inside is as it would be without.
pub fn no_excess(p: &mut Parameters) {
    p.recent_release_hiv = 1.0;
    p.recent_release_hcv = 1.0;
    p.past_release_hiv = 1.0;
    p.past_release_hcv = 1.0;
    p.relapse_after_release = 1.0;
    p.shares_prison = p.shares_prison.min(1.0);
}
