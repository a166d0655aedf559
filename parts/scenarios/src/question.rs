//! A question: which levers are moved, to where, from when to when, and how it is to be answered.
//! It is read from an address and written back as one, so that a link reproduces the answer.

use std::collections::BTreeSet;

use epidemic::scenario::MOST_RULES;
use epidemic::{Intervention, Prison, Scenario, Seed, Shape};

use crate::lever::{LEVERS, Lever};
use crate::model::Model;

/// A policy begins in the year after these figures were put together, unless the reader says otherwise.
pub const FROM: i32 = 2027;
/// Four years to build a service up: the end of the decade for which countries have promised.
pub const BY: i32 = 2030;
/// Twenty years, the first and last included.
const YEARS: i32 = 20;
/// Draws of a quick answer.
pub const DRAWS: usize = 20;
/// Moldova, whose quick answer follows this share of the people who inject, in per cent: some 4,300 in each draw, and one second
/// of one core for 19 answers of 20 (`--example hand`; a tenth took 1.25 s).
const USUAL_COUNTRY: f64 = 36_900.0;
const USUAL_SHARE: f64 = 8.0;

/// The share of the people that a quick answer follows, in per cent: everywhere about as many as in Moldova, a small country whole.
pub fn quick_people(model: &Model) -> f64 {
    (USUAL_SHARE / size(model)).round().clamp(1.0, 100.0)
}

/// How many times as many people inject as in Moldova: what a draw costs grows with them.
fn size(model: &Model) -> f64 {
    (model.country.central().people_current / USUAL_COUNTRY).max(1e-3)
}

const SEED: u64 = 1;

/// The most that an answer may cost.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    pub draws: usize,
    /// Draws times per cent of the people, in a country of Moldova's size.
    pub work: f64,
}

impl Limits {
    /// While a hand is on a lever: five times the usual.
    pub const QUICK: Limits = Limits { draws: 200, work: 1_000.0 };
    /// As a job: a thousand draws of everybody.
    pub const FULL: Limits = Limits { draws: 1_000, work: f64::INFINITY };
}

/// Years after the start of the run: nobody knows of a country what comes after two generations.
const MOST_YEARS: i32 = 60;

/// One lever moved.
#[derive(Debug, Clone, PartialEq)]
pub struct Move {
    pub lever: &'static Lever,
    /// As shown: per cent, or months.
    pub to: f64,
    pub from: i32,
    /// Reached at the beginning of this year; the same as `from` means from one day to the next.
    pub by: i32,
    /// In this prison alone, by its place among the country's; none means wherever the lever is.
    pub prison: Option<usize>,
}

/// A prison in an address: its name in small letters, digits and hyphens.
pub fn prison_id(prison: &Prison) -> String {
    crate::simulation::file_name(&prison.name).to_lowercase()
}

impl PartialEq for Lever {
    fn eq(&self, other: &Lever) -> bool {
        self.id == other.id
    }
}

/// What is asked of one country.
#[derive(Debug, Clone)]
pub struct Question {
    pub model: &'static Model,
    pub moves: Vec<Move>,
    /// Dates for levers that have none of their own.
    pub from: i32,
    pub by: i32,
    /// The last year that is counted.
    pub until: i32,
    pub draws: usize,
    /// Per cent of the people that are followed.
    pub people: f64,
    pub seed: u64,
}

/// Why an address is no question: the name of a refusal, and what it speaks of.
#[derive(Debug, Clone, PartialEq)]
pub struct Wrong {
    pub key: &'static str,
    pub name: String,
    pub value: String,
    pub low: f64,
    pub high: f64,
}

/// Names of a question besides its levers.
const NAMES: [&str; 6] = ["from", "by", "until", "draws", "people", "seed"];
/// Names in an address that are not the question's: language, what a shared link was made with, lists.
const OTHERS: [&str; 8] = ["lang", "version", "inputs", "q", "sort", "page", "name", "policy"];

impl Question {
    /// The country as it goes on, answered in the usual way.
    pub fn status_quo(model: &'static Model) -> Question {
        Question {
            model,
            moves: Vec::new(),
            from: FROM.max(model.country.start),
            by: BY.max(model.country.start),
            until: FROM.max(model.country.start) + YEARS - 1,
            draws: DRAWS,
            people: quick_people(model),
            seed: SEED,
        }
    }

    /// Reads the pairs of an address. An empty value means that nothing was said; a lever left at what it is now is not moved.
    ///
    /// # Errors
    /// The first name or value that cannot be used.
    pub fn read(model: &'static Model, asked: &[(String, String)]) -> Result<Question, Wrong> {
        Question::read_within(model, asked, Limits::QUICK)
    }

    /// The same within other limits.
    ///
    /// # Errors
    /// The first name or value that cannot be used.
    pub fn read_within(
        model: &'static Model,
        asked: &[(String, String)],
        limits: Limits,
    ) -> Result<Question, Wrong> {
        let mut question = Question::status_quo(model);
        let start = model.country.start;
        let mut seen = BTreeSet::new();
        let mut moved: Vec<(&'static Lever, f64)> = Vec::new();
        let mut dates: Vec<(&'static Lever, bool, i32)> = Vec::new();
        let mut places: Vec<(&'static Lever, usize)> = Vec::new();
        let asked = asked.iter().map(|(name, value)| (name.as_str(), value.trim()));
        let mut by_given = false;
        let mut until_given = false;
        for (name, value) in asked {
            if OTHERS.contains(&name) {
                continue;
            }
            let (id, own) = match name.rsplit_once('.') {
                Some((id, own @ ("from" | "by" | "in"))) => (id, Some(own)),
                _ => (name, None),
            };
            let lever = Lever::find(id);
            if lever.is_none() && !NAMES.contains(&name) {
                return Err(wrong("no-lever", name, value, 0.0, 0.0));
            }
            if value.is_empty() {
                continue;
            }
            if !seen.insert(name.to_owned()) {
                return Err(wrong("scenario-twice", name, value, 0.0, 0.0));
            }
            let year =
                || whole("scenario-year", name, value, start.into(), (start + MOST_YEARS).into());
            match (lever, own, name) {
                (Some(lever), Some("in"), _) => {
                    let prisons = &model.country.prisons;
                    let at = prisons.iter().position(|prison| prison_id(prison) == value);
                    let at = at.filter(|_| lever.by_prison(&model.country));
                    let at = at.ok_or_else(|| wrong("no-prison", name, value, 0.0, 0.0))?;
                    places.push((lever, at));
                }
                (Some(lever), Some(date), _) => dates.push((lever, date == "from", year()? as i32)),
                (Some(lever), None, _) => {
                    moved.push((lever, number("lever-range", name, value, 0.0, lever.most)?));
                }
                (None, _, "from") => question.from = year()? as i32,
                (None, _, "by") => (question.by, by_given) = (year()? as i32, true),
                (None, _, "until") => (question.until, until_given) = (year()? as i32, true),
                (None, _, "people") => {
                    question.people = number("scenario-people", name, value, 1.0, 100.0)?;
                }
                (None, _, "draws") => {
                    let most = limits.draws as f64;
                    question.draws = whole("scenario-number", name, value, 1.0, most)? as usize;
                }
                _ => question.seed = whole("scenario-number", name, value, 0.0, 9e15)? as u64,
            }
        }
        if !by_given {
            question.by = question.by.max(question.from);
        }
        if !until_given {
            question.until = (question.from + YEARS - 1).min(start + MOST_YEARS);
        }
        let country = &model.country;
        moved.retain(|(lever, to)| *to != lever.now(country));
        question.moves = LEVERS
            .iter()
            .filter_map(|lever| moved.iter().find(|(one, _)| one.id == lever.id).copied())
            .map(|(lever, to)| {
                let own = |first: bool| {
                    dates
                        .iter()
                        .find(|(one, end, _)| one.id == lever.id && *end == first)
                        .map(|(.., year)| *year)
                };
                let from = own(true).unwrap_or(question.from);
                let by = own(false).unwrap_or(question.by.max(from));
                let place = places.iter().find(|(one, _)| one.id == lever.id);
                Move { lever, to, from, by, prison: place.map(|(_, at)| *at) }
            })
            .collect();
        question.checked(limits)
    }

    fn checked(self, limits: Limits) -> Result<Question, Wrong> {
        let years = |one: &Move| (one.from, one.by);
        for (from, by) in self.moves.iter().map(years).chain([(self.from, self.by)]) {
            if by < from {
                return Err(wrong(
                    "scenario-turned",
                    "by",
                    &by.to_string(),
                    from.into(),
                    from.into(),
                ));
            }
        }
        if self.until < self.first() {
            let first = f64::from(self.first());
            return Err(wrong("scenario-turned", "until", &self.until.to_string(), first, first));
        }
        let alone = self.moves.iter().filter(|one| one.prison.is_some()).count();
        if alone > MOST_RULES {
            let (most, alone) = (MOST_RULES as f64, alone.to_string());
            return Err(wrong("scenario-prisons", "in", &alone, 0.0, most));
        }
        let of_one_draw = self.people * size(self.model);
        if self.draws as f64 * of_one_draw > limits.work {
            let most = (limits.work / of_one_draw).floor().max(1.0);
            return Err(wrong("scenario-too-big", "draws", &self.draws.to_string(), 1.0, most));
        }
        Ok(self)
    }

    /// The one prison in which a lever is moved.
    pub fn prison_of(&self, one: &Move) -> Option<&'static Prison> {
        self.model.country.prisons.get(one.prison?)
    }

    /// The first year that is counted: when the first lever begins to move.
    pub fn first(&self) -> i32 {
        self.moves.iter().map(|one| one.from).min().unwrap_or(self.from)
    }

    /// Years that are counted.
    pub fn years(&self) -> usize {
        (self.until - self.first() + 1).max(1) as usize
    }

    /// As the pairs of an address, in one order; levers left as they are now are left out.
    pub fn pairs(&self) -> Vec<(String, String)> {
        let mut pairs = Vec::new();
        for one in &self.moves {
            let id = one.lever.id;
            pairs.push((id.to_owned(), one.to.to_string()));
            if one.from != self.from {
                pairs.push((format!("{id}.from"), one.from.to_string()));
            }
            if one.by != self.by.max(one.from) {
                pairs.push((format!("{id}.by"), one.by.to_string()));
            }
            if let Some(prison) = self.prison_of(one) {
                pairs.push((format!("{id}.in"), prison_id(prison)));
            }
        }
        let rest = [
            ("from", self.from.to_string()),
            ("by", self.by.to_string()),
            ("until", self.until.to_string()),
            ("draws", self.draws.to_string()),
            ("people", self.people.to_string()),
            ("seed", self.seed.to_string()),
        ];
        pairs.extend(rest.map(|(name, value)| (name.to_owned(), value)));
        pairs
    }

    /// The question as it stands in an address.
    pub fn query(&self) -> String {
        base::reader::address("", &self.pairs()).trim_start_matches('?').to_owned()
    }

    /// The same with what a shared link must remember: the program's version and the inputs.
    pub fn shared_query(&self) -> String {
        format!(
            "{}&version={}&inputs={}",
            self.query(),
            env!("CARGO_PKG_VERSION"),
            self.model.inputs
        )
    }

    /// The policy as the model takes it.
    pub fn scenario(&self) -> Scenario {
        let interventions = self
            .moves
            .iter()
            .map(|one| {
                let spec = one.lever.parameter();
                let everywhere = Intervention::new(
                    one.lever.spec(),
                    one.lever.value(one.to).clamp(spec.low, spec.high),
                    one.from.into(),
                    one.by.into(),
                    if one.by > one.from { Shape::Linear } else { Shape::Step },
                );
                // Place 0 is the community.
                let prison = one.prison.and_then(|at| {
                    let name = self.model.country.prisons.get(at)?.name.clone();
                    Some((at as u8 + 1, name))
                });
                Intervention { prison, ..everywhere }
            })
            .collect();
        Scenario { name: "policy".into(), interventions }
    }

    pub fn seed(&self) -> Seed {
        Seed(self.seed)
    }
}

fn wrong(key: &'static str, name: &str, value: &str, low: f64, high: f64) -> Wrong {
    Wrong { key, name: name.into(), value: value.into(), low, high }
}

fn number(key: &'static str, name: &str, value: &str, low: f64, high: f64) -> Result<f64, Wrong> {
    // A decimal comma is how half of the readers write.
    let read = value.replace(',', ".").parse::<f64>().ok();
    read.filter(|n| (low..=high).contains(n)).ok_or_else(|| wrong(key, name, value, low, high))
}

fn whole(key: &'static str, name: &str, value: &str, low: f64, high: f64) -> Result<f64, Wrong> {
    number(key, name, value, low, high).and_then(|n| {
        if n.fract() == 0.0 { Ok(n) } else { Err(wrong(key, name, value, low, high)) }
    })
}
