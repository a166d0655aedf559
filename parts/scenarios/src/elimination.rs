//! The question of elimination: does a policy bring hepatitis C and HIV, among people who inject, to what WHO asks for in 2030, and when?
//! Only what the model can read is held against a target; each target bears its source, and what others add is said beside it.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use base::Table;
use base::language::{Arg, Words};
use base::table::{Cell, Column};
use epidemic::ensemble::ArmResult;
use epidemic::questions::{
    GOAL_YEAR, MOST_DEATHS_PER_100_000, MOST_INFECTIONS_PER_100_000, MOST_PER_100, held,
};
use epidemic::{Ensemble, Quantity, Where};
use facts::Fact;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::answer::{Range, Year};
use crate::shown;

/// A figure that WHO gives a bound for in 2030.
#[derive(Debug, Clone, Copy)]
pub struct Goal {
    /// In messages: `goal-hcv-incidence`.
    pub id: &'static str,
    pub most: f64,
    quantity: Quantity,
    /// For so many people of the whole country; none where the model's own figure is a rate already.
    per: Option<f64>,
    /// One of WHO's criteria for hepatitis C: all of them together are elimination.
    pub hepatitis_c: bool,
    /// Whether its years are kept, to be drawn.
    drawn: bool,
}

/// In reading order. The first three: WHO 2021, Interim guidance for country validation of viral hepatitis elimination. HIV: WHO 2022,
/// Global health sector strategies 2022–2030, 0.025 new infections for 1,000 uninfected people of the country.
pub const GOALS: &[Goal] = &[
    Goal {
        id: "hcv-incidence",
        most: MOST_PER_100,
        quantity: Quantity::HcvIncidence,
        per: None,
        hepatitis_c: true,
        drawn: true,
    },
    Goal {
        id: "hcv-infections",
        most: MOST_INFECTIONS_PER_100_000,
        quantity: Quantity::HcvInfections,
        per: Some(100_000.0),
        hepatitis_c: true,
        drawn: false,
    },
    Goal {
        id: "hcv-deaths",
        most: MOST_DEATHS_PER_100_000,
        quantity: Quantity::LiverDeaths,
        per: Some(100_000.0),
        hepatitis_c: true,
        drawn: false,
    },
    Goal {
        id: "hiv-infections",
        most: 2.5,
        quantity: Quantity::HivInfections,
        per: Some(100_000.0),
        hepatitis_c: false,
        drawn: true,
    },
];

impl Goal {
    pub fn find(id: &str) -> Option<&'static Goal> {
        GOALS.iter().find(|goal| goal.id == id)
    }

    fn read(&self, arm: &ArmResult, year: usize, people: f64) -> f64 {
        let value = arm.in_year(self.quantity, Where::Everywhere, year);
        self.per.map_or(value, |per| value * per / people)
    }
}

/// How the country stands to WHO's targets, as it goes on and with the policy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Elimination {
    /// The year of the targets.
    pub year: i32,
    /// Everybody in the country, where a source lets it be known; without it only the first target can be read.
    pub population: Option<Population>,
    pub targets: Vec<Target>,
    /// Share of draws that meet every target for hepatitis C that is read: as the country goes on, and with the policy.
    pub expected: f64,
    pub with_policy: f64,
}

/// People of a country, implied by a count of people in prison and its rate for 100,000.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Population {
    pub people: f64,
    pub year: i32,
    /// The source of both figures.
    pub source: String,
}

/// One of [`GOALS`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Target {
    /// `hcv-incidence`.
    pub id: String,
    /// At most so much.
    pub most: f64,
    pub expected: Stand,
    pub with_policy: Stand,
    /// From the start of the run; empty where it is not drawn.
    pub years: Vec<Year>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Stand {
    /// In the year of the targets.
    pub found: Range,
    /// Share of draws that meet it in that year.
    pub met: f64,
    /// First year from which it stays met to the end of the run: the draws in order of that year, 2.5th, 50th and 97.5th in a hundred.
    /// None where that draw never gets there.
    pub first: [Option<i32>; 3],
}

impl Elimination {
    pub fn target(&self, id: &str) -> Option<&Target> {
        self.targets.iter().find(|target| target.id == id)
    }
}

/// Reads arm `arm` against arm 0. None where 2030 is not in the run.
pub fn elimination(ensemble: &Ensemble, arm: usize, code: &str) -> Option<Elimination> {
    let population = population(code);
    let people = population.map_or(0.0, |population| population.people);
    let goals = GOALS.iter().filter(|goal| goal.per.is_none() || population.is_some());
    let goal_year = usize::try_from(GOAL_YEAR - ensemble.start).ok()?;
    let mut targets = Vec::new();
    for goal in goals.clone() {
        let stand = |arm: usize| {
            let held = held(ensemble, arm, goal.most, &|a, year| goal.read(a, year, people))?;
            let first = [0.025, 0.5, 0.975].map(|share| in_order(&held.year, share));
            Some(Stand { found: Range::from(held.found), met: held.reached, first })
        };
        let of = |arm: usize, year: usize| {
            Range::of(
                ensemble.draws.iter().map(|d| goal.read(&d.arms[arm], year, people)).collect(),
            )
        };
        let years = 0..if goal.drawn { ensemble.years } else { 0 };
        targets.push(Target {
            id: goal.id.into(),
            most: goal.most,
            expected: stand(0)?,
            with_policy: stand(arm)?,
            years: years
                .map(|year| Year {
                    year: ensemble.start + year as i32,
                    expected: of(0, year),
                    with_policy: of(arm, year),
                })
                .collect(),
        });
    }
    let all_met = |arm: usize| {
        let met = |d: &&epidemic::ensemble::DrawResult| {
            goals
                .clone()
                .filter(|goal| goal.hepatitis_c)
                .all(|goal| goal.read(&d.arms[arm], goal_year, people) <= goal.most)
        };
        ensemble.draws.iter().filter(met).count() as f64 / ensemble.draws.len().max(1) as f64
    };
    Some(Elimination {
        year: GOAL_YEAR,
        population: population.cloned(),
        targets,
        expected: all_met(0),
        with_policy: all_met(arm),
    })
}

/// The year at this share of the draws, in order; those that never get there come last.
fn in_order(years: &[Option<i32>], share: f64) -> Option<i32> {
    let mut years: Vec<i32> = years.iter().map(|year| year.unwrap_or(i32::MAX)).collect();
    years.sort_unstable();
    let at = (share * years.len().saturating_sub(1) as f64).round() as usize;
    years.get(at).copied().filter(|year| *year < i32::MAX)
}

/// Whose count and rate are taken first: UNODC divides by the UN's estimate of the people who live in the country now.
const FIRST_SOURCE: &str = "unodc-cts";

/// The people of a country: of the newest year for which one source gives people in prison both as a count and for 100,000 people.
pub fn population(code: &str) -> Option<&'static Population> {
    static READ: OnceLock<BTreeMap<String, Population>> = OnceLock::new();
    READ.get_or_init(|| implied(&facts::shipped().unwrap_or_default())).get(code)
}

fn implied(facts: &[Fact]) -> BTreeMap<String, Population> {
    let usable = |fact: &&Fact| fact.group == "total" && fact.usable() && fact.value > 0.0;
    let mut held: BTreeMap<(&str, i32, &str), f64> = BTreeMap::new();
    for fact in facts.iter().filter(usable).filter(|fact| fact.indicator == "persons_held") {
        held.insert((&fact.place, fact.year, &fact.source), fact.value);
    }
    let mut found: BTreeMap<String, Population> = BTreeMap::new();
    for rate in facts.iter().filter(usable).filter(|fact| fact.indicator == "prison_rate") {
        let Some(count) = held.get(&(rate.place.as_str(), rate.year, rate.source.as_str())) else {
            continue;
        };
        let rank = |source: &str, year: i32| (source == FIRST_SOURCE, year);
        let better =
            |known: &Population| rank(&known.source, known.year) < rank(&rate.source, rate.year);
        if found.get(&rate.place).is_none_or(better) {
            let people = (100.0 * count / rate.value).round() * 1_000.0;
            let (year, source) = (rate.year, rate.source.clone());
            found.insert(rate.place.clone(), Population { people, year, source });
        }
    }
    found
}

/// One row of a table: a policy, and how it stands.
#[derive(Debug, Clone)]
pub struct Row<'a> {
    pub name: String,
    /// Where its levers are; nothing in a file.
    pub href: Option<String>,
    pub elimination: &'a Elimination,
    /// The policy of these figures, or the country as it goes on.
    pub with_policy: bool,
    /// The first year of the policy, and the last of the run.
    pub first: i32,
    pub until: i32,
    pub draws: usize,
    /// Whether the model is fitted to the country; where it is not, every interval says so.
    pub calibrated: bool,
}

impl Row<'_> {
    pub fn stand(&self, id: &str) -> Option<&Stand> {
        let target = self.elimination.target(id)?;
        Some(if self.with_policy { &target.with_policy } else { &target.expected })
    }

    /// Share of draws that meet all targets for hepatitis C.
    pub fn all_met(&self) -> f64 {
        let Elimination { expected, with_policy, .. } = self.elimination;
        if self.with_policy { *with_policy } else { *expected }
    }
}

/// Which targets a table tells of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Told {
    All,
    /// All, with the ends of each interval in columns of their own: for a file.
    Apart,
    /// New hepatitis C infections among people who inject: what the model knows best.
    First,
}

/// Every policy against every target: the figure of the year, how many draws meet it, and when.
pub fn table(words: &Words, rows: &[Row], told: Told, code: &str) -> Table {
    let known = rows.first().map(|row| row.elimination);
    let year = known.map_or(GOAL_YEAR, |e| e.year);
    let read = |goal: &&Goal| known.is_some_and(|e| e.target(goal.id).is_some());
    let most = if told == Told::First { 1 } else { GOALS.len() };
    let apart = told == Told::Apart;
    let goals: Vec<&Goal> = GOALS.iter().filter(read).take(most).collect();
    let mut columns = vec![Column::text("policy", words.say("simulate-policy"))];
    for goal in &goals {
        let most = words.number(goal.most, u8::from(goal.most.fract() != 0.0));
        let head = words.say_with(&format!("goal-{}-column", goal.id), &[("most", most.into())]);
        // A file has no columns above its columns: each says of what it is.
        let of = |what: &str| {
            let what = words.say(&format!("elimination-{what}"));
            if apart { format!("{head}: {what}") } else { what }
        };
        let mut column = |what: &str, label: String| {
            columns.push(Column::number(&format!("{}{what}", goal.id), label));
        };
        column("", head.clone());
        if apart {
            column("-low", of("low"));
            column("-high", of("high"));
        }
        column("-met", of("met"));
        if goal.id == "hcv-incidence" {
            column("-first", of("first"));
        }
    }
    if goals.iter().filter(|goal| goal.hepatitis_c).count() > 1 {
        columns.push(Column::number("hcv-all-met", words.say("elimination-all-met")));
    }
    let share = |share: f64| {
        Cell::number((100.0 * share).round(), words.number((100.0 * share).round(), 0))
    };
    let cells = rows.iter().map(|row| {
        let mut cells = vec![Cell { href: row.href.clone(), ..Cell::text(&row.name) }];
        for goal in &goals {
            let Some(stand) = row.stand(goal.id) else {
                cells.extend([Cell::missing(""), Cell::missing("")]);
                continue;
            };
            let number = |value: f64| words.number(value, 1);
            let cell = |value: f64| Cell::number(value, number(value));
            let Range { median, low, high, .. } = stand.found;
            if apart {
                cells.extend([cell(median), cell(low), cell(high)]);
            } else {
                let ends = shown::between(words, &number(low), &number(high));
                cells.push(cell(median).aside(ends));
            }
            cells.push(share(stand.met));
            if goal.id == "hcv-incidence" {
                let (middle, ends) = shown::first_year(words, &stand.first, row.until);
                let middle =
                    if apart && !ends.is_empty() { format!("{middle} ({ends})") } else { middle };
                let number = stand.first[1].map(f64::from).filter(|_| !apart);
                cells.push(Cell { number, ..Cell::text(middle).aside(ends) });
            }
        }
        if goals.iter().filter(|goal| goal.hepatitis_c).count() > 1 {
            cells.push(share(row.all_met()));
        }
        cells
    });
    Table {
        id: format!("elimination-{code}"),
        caption: words.say_with("elimination-caption", &[("year", Arg::Name(year.into()))]),
        rows: cells.collect(),
        columns,
        note: Some(words.say_with("elimination-table-note", &[("year", Arg::Name(year.into()))])),
        sources: Vec::new(),
    }
}
