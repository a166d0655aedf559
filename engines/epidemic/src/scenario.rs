//! A policy: interventions that move levers over time, read from a file and laid over a country's parameters.
//! Policies change on a grid of half years; a ramp takes on each step the value of the step's middle.

use crate::country::Country;
use crate::document::{Document, Problem, Section};
use crate::parameters::{Parameters, SPECS, Unit};

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
                Some(name) => scenario = Some(Scenario { name, interventions }),
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
        }
        text
    }

    /// The parameters in force at the policy step that begins `step` half years after the start of the run.
    pub fn at_step(&self, base: &Parameters, start: i32, step: usize) -> Parameters {
        let middle = f64::from(start) + (step as f64 + 0.5) / STEPS_PER_YEAR as f64;
        let mut parameters = base.clone();
        for i in &self.interventions {
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

    /// The first policy step at which this scenario differs from another; `steps` when it never does.
    pub(crate) fn parts_from(
        &self,
        other: &Scenario,
        p: &Parameters,
        start: i32,
        steps: usize,
    ) -> usize {
        (0..steps)
            .find(|&step| self.at_step(p, start, step) != other.at_step(p, start, step))
            .unwrap_or(steps)
    }
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
    Some(Intervention { lever, target, from, to, shape })
}
