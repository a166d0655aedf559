//! A policy: interventions that move levers over time, read from a file and laid over a country's parameters.
//! Policies change on a grid of half years; a ramp takes on each step the value of the step's middle.

use crate::country::Country;
use crate::document::{Document, Problem, Section};
use crate::parameters::{Parameters, SPECS, Unit};
use crate::person::PlaceIndex;
pub use crate::setting::MOST_RULES;
use crate::setting::{Rule, Setting, Who};

/// Policy steps a year.
pub const STEPS_PER_YEAR: usize = 2;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// The target from one day to the next.
    Step,
    /// In a straight line from what is there to the target.
    Linear,
}

/// One lever moved.
#[derive(Debug, Clone, PartialEq)]
pub struct Intervention {
    /// Index in [`SPECS`].
    pub lever: usize,
    pub target: f64,
    /// Calendar years.
    pub from: f64,
    pub to: f64,
    pub shape: Shape,
    pub who: Who,
    /// In one prison alone: its place (1 is the first of the country's list) and its name.
    pub prison: Option<(PlaceIndex, String)>,
}

impl Intervention {
    /// For everybody, wherever the lever is.
    pub fn new(lever: usize, target: f64, from: f64, to: f64, shape: Shape) -> Intervention {
        Intervention { lever, target, from, to, shape, who: Who::EVERYBODY, prison: None }
    }

    fn for_everybody(&self) -> bool {
        self.who == Who::EVERYBODY && self.prison.is_none()
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    pub name: String,
    pub interventions: Vec<Intervention>,
}

impl Scenario {
    /// Everything goes on as it is.
    pub fn status_quo() -> Scenario {
        Scenario { name: "status quo".into(), interventions: Vec::new() }
    }

    /// Reads a scenario for a country. None when anything is wrong; the problems say all of it.
    pub fn read(file: &str, text: &str, country: &Country) -> (Option<Scenario>, Vec<Problem>) {
        let mut doc = Document::new(file, text);
        let mut scenario = None;
        if let Some(table) = doc.parse() {
            let mut top = doc.section(table.get_ref(), 1, "scenario");
            let name = doc.text_of(&mut top, "name");
            let mut sections = doc.list(&mut top, "intervention");
            let interventions: Vec<_> =
                sections.iter_mut().filter_map(|s| intervention(&mut doc, s, country)).collect();
            doc.leftovers(&top);
            match name {
                Some(name) => {
                    let special = interventions.iter().filter(|i| !i.for_everybody()).count();
                    if special > MOST_RULES {
                        doc.problem(
                            1,
                            format!("{special} interventions are for some people or one prison; at most {MOST_RULES} can be"),
                        );
                    }
                    scenario = Some(Scenario { name, interventions });
                }
                None => doc.problem(1, "the scenario has no name".into()),
            }
        }
        let problems = doc.problems;
        (scenario.filter(|_| problems.is_empty()), problems)
    }

    /// The file of this scenario: [`Scenario::read`] gives the same scenario back, and the same scenario gives the same text.
    pub fn toml(&self) -> String {
        let mut text = format!("name = {}\n", quoted(&self.name));
        for i in &self.interventions {
            let (what, place) = SPECS[i.lever].lever.unwrap_or((SPECS[i.lever].name, "nowhere"));
            let shape = match i.shape {
                Shape::Step => "step",
                Shape::Linear => "linear",
            };
            text.push_str(&format!(
                "\n[[intervention]]\nwhat = {}\nwhere = {}\ntarget = {}\nfrom = {}\nto = {}\nshape = \"{shape}\"\n",
                quoted(what),
                quoted(place),
                i.target,
                i.from,
                i.to
            ));
            if i.who != Who::EVERYBODY {
                let words: Vec<String> = i.who.words().into_iter().map(quoted).collect();
                text.push_str(&format!("who = [{}]\n", words.join(", ")));
            }
            if let Some((_, name)) = &i.prison {
                text.push_str(&format!("prison = {}\n", quoted(name)));
            }
        }
        text
    }

    /// The parameters in force for everybody at the policy step that begins `step` half years after the start of the run;
    /// differences that the policy makes between people or prisons are left out: [`Scenario::setting`] has them.
    pub fn at_step(&self, base: &Parameters, start: i32, step: usize) -> Parameters {
        let general = self.interventions.iter().filter(|i| i.for_everybody());
        laid_over(general, base, start, step)
    }

    /// What is in force at a policy step in a country of so many prisons.
    pub fn setting(&self, base: &Parameters, start: i32, step: usize, prisons: usize) -> Setting {
        let special: Vec<&Intervention> =
            self.interventions.iter().filter(|i| !i.for_everybody()).collect();
        if special.is_empty() || special.iter().all(|i| middle(start, step) < i.from) {
            return Setting::plain(self.at_step(base, start, step));
        }
        let rule = |i: &&Intervention| Rule { who: i.who, place: i.prison.as_ref().map(|p| p.0) };
        let rules = special.iter().take(MOST_RULES).map(rule).collect();
        Setting::by_rules(rules, prisons + 1, |mask| {
            let mut rank = 0;
            let applies = |i: &&Intervention| {
                i.for_everybody() || {
                    rank += 1;
                    mask >> (rank - 1) & 1 == 1
                }
            };
            laid_over(self.interventions.iter().filter(applies), base, start, step)
        })
    }

    /// Does it name a prison?
    pub fn by_prison(&self) -> bool {
        self.interventions.iter().any(|i| i.prison.is_some())
    }

    /// The first policy step at which this scenario differs from another; `steps` when it never does.
    pub(crate) fn parts_from(
        &self,
        other: &Scenario,
        p: &Parameters,
        start: i32,
        steps: usize,
        prisons: usize,
    ) -> usize {
        let at = |scenario: &Scenario, step| scenario.setting(p, start, step, prisons);
        (0..steps).find(|&step| at(self, step) != at(other, step)).unwrap_or(steps)
    }
}

/// The middle of a policy step, as a calendar year.
fn middle(start: i32, step: usize) -> f64 {
    f64::from(start) + (step as f64 + 0.5) / STEPS_PER_YEAR as f64
}

/// Interventions over parameters, in their order.
fn laid_over<'a>(
    interventions: impl Iterator<Item = &'a Intervention>,
    base: &Parameters,
    start: i32,
    step: usize,
) -> Parameters {
    let middle = middle(start, step);
    let mut parameters = base.clone();
    for i in interventions {
        let done = match i.shape {
            _ if middle < i.from => continue,
            Shape::Step => 1.0,
            Shape::Linear if middle >= i.to => 1.0,
            Shape::Linear => (middle - i.from) / (i.to - i.from),
        };
        let now = parameters.get(i.lever);
        parameters.set(i.lever, now + (i.target - now) * done);
    }
    parameters
}

/// A text of TOML (basic string).
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_string()).to_string()
}

/// What an intervention may be: (what, where), in the order of the parameters.
pub fn levers() -> impl Iterator<Item = (&'static str, &'static str, Unit)> {
    SPECS.iter().filter_map(|spec| spec.lever.map(|(what, place)| (what, place, spec.unit)))
}

fn intervention(doc: &mut Document, s: &mut Section, country: &Country) -> Option<Intervention> {
    let line = s.line;
    let what = doc.text_of(s, "what");
    let place = doc.text_of(s, "where");
    let target = doc.number_of(s, "target");
    let from = doc.number_of(s, "from");
    let to = doc.number_of(s, "to").or(from);
    let shape = doc.text_of(s, "shape");
    let words: Vec<String> = doc.texts(s, "who").into_iter().map(|(word, _)| word).collect();
    let prison = doc.text_of(s, "prison");
    doc.leftovers(s);
    let (Some(what), Some(place), Some(target), Some(from), Some(to)) =
        (what, place, target, from, to)
    else {
        doc.problem(line, format!("{} needs what, where, target and from", s.name));
        return None;
    };
    let lever = SPECS.iter().position(|spec| spec.lever == Some((what.as_str(), place.as_str())));
    let Some(lever) = lever else {
        let known: Vec<_> = levers().map(|(what, place, _)| format!("{what} ({place})")).collect();
        doc.problem(
            line,
            format!(
                "{}: no intervention {what:?} at {place:?}; there are {}",
                s.name,
                known.join(", ")
            ),
        );
        return None;
    };
    let spec = &SPECS[lever];
    if !(spec.low..=spec.high).contains(&target) {
        doc.problem(
            line,
            format!(
                "{}: target {target} is outside {} to {} ({})",
                s.name,
                spec.low,
                spec.high,
                spec.unit.word()
            ),
        );
        return None;
    }
    if from < f64::from(country.start) {
        doc.problem(
            line,
            format!(
                "{}: from {from} is in the past of the run, which starts {}",
                s.name, country.start
            ),
        );
        return None;
    }
    if to < from {
        doc.problem(line, format!("{}: it ends ({to}) before it begins ({from})", s.name));
        return None;
    }
    let shape = match shape.as_deref() {
        Some("step") => Shape::Step,
        Some("linear") => Shape::Linear,
        None if to > from => Shape::Linear,
        None => Shape::Step,
        Some(other) => {
            doc.problem(
                line,
                format!("{}: shape {other:?} is not known; step and linear are", s.name),
            );
            return None;
        }
    };
    let who = match Who::from_words(&words) {
        Ok(who) => who,
        Err(message) => {
            doc.problem(line, format!("{}: {message}", s.name));
            return None;
        }
    };
    let inside = INSIDE.contains(&place.as_str());
    if who.status.is_some() && !inside {
        doc.problem(
            line,
            format!("{}: legal status is of people in prison, this is for {place}", s.name),
        );
        return None;
    }
    let prison = match prison {
        None => None,
        Some(name) => {
            let index = country.prisons.iter().position(|prison| prison.name == name);
            match index.filter(|_| inside) {
                Some(index) => Some((index as PlaceIndex + 1, name)),
                None => {
                    let known: Vec<_> = country.prisons.iter().map(|p| p.name.as_str()).collect();
                    let message = if inside {
                        format!("no prison {name:?}; there are {}", known.join(", "))
                    } else {
                        format!("a prison is named, but {what} is for {place}")
                    };
                    doc.problem(line, format!("{}: {message}", s.name));
                    return None;
                }
            }
        }
    };
    Some(Intervention { lever, target, from, to, shape, who, prison })
}

/// Where people in prison are met: inside, and at the gates. A lever of these places may be moved in one prison alone.
pub const INSIDE: [&str; 4] = ["prison", "arrest", "transfer", "release"];
