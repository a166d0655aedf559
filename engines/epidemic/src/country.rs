//! A country in one readable file: values with unit, interval, source and year, prisons, and the figures the model is held against.
//! Reading reports every problem with its line and never guesses; a value without a source is `assumed` and stays so on every result.

use std::collections::{BTreeMap, BTreeSet};

use crate::chance::{Draw, Seed, Stream};
use crate::distribution::Distribution;
use crate::document::{Document, Problem, Section};
use crate::door::{check, factor, nearest, units};
use crate::effects::Effects;
use crate::measure::Measure;
use crate::parameters::{Parameters, SPECS, Spec, index_of};
use crate::place::{MOST_PRISONS, Offers, Prison, PrisonKind};

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq)]
pub enum Basis {
    /// A published figure: source, and the row or table in it.
    Source { source: String, year: Option<i32>, locator: Option<String> },
    /// A row of the evidence table.
    Effect { id: String, verified: bool },
    /// A choice that defines the run, such as the discount rate.
    Design,
    /// No source: drawn widely, and named on every result.
    Assumed,
}

/// One parameter as a file gives it.
#[derive(Debug, Clone, PartialEq)]
pub struct Given {
    pub distribution: Distribution,
    pub basis: Basis,
    /// Evidence from the community that is applied in prison as well.
    pub carried_over: bool,
    /// The publication is certain, its figure was written from memory: to be compared with the page before a release.
    pub unchecked: bool,
    pub note: Option<String>,
    pub file: String,
    pub line: usize,
}

impl Given {
    /// For a parameter that no file names and that has a default.
    fn default_of(value: f64, file: &str) -> Given {
        Given {
            distribution: Distribution::Fixed(value),
            basis: Basis::Design,
            carried_over: false,
            unchecked: false,
            note: Some("not in the file: the model's default".into()),
            file: file.into(),
            line: 0,
        }
    }
}

/// A figure with uncertainty that a run should meet.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    pub measure: Measure,
    /// At the end of this calendar year.
    pub year: i32,
    pub value: f64,
    pub low: f64,
    pub high: f64,
    pub source: String,
    /// The year and row of the figure, and how its interval came about.
    pub note: Option<String>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Country {
    pub code: String,
    pub name: String,
    /// The year at whose beginning a run starts.
    pub start: i32,
    pub currency: String,
    pub prisons: Vec<Prison>,
    pub targets: Vec<Target>,
    /// In the order of [`SPECS`].
    pub given: Vec<Given>,
    pub sources: BTreeMap<String, String>,
}

impl Country {
    /// Reads the file `name` and what it includes. `file` gives the text of a file, or nothing.
    /// No country when anything is wrong; the problems say all of it, in the order of files and lines.
    pub fn read(
        name: &str,
        file: &dyn Fn(&str) -> Option<String>,
        effects: &Effects,
    ) -> (Option<Country>, Vec<Problem>) {
        let mut reading = Reading {
            effects,
            file,
            head: None,
            prisons: Vec::new(),
            targets: Vec::new(),
            given: BTreeMap::new(),
            named: BTreeSet::new(),
            sources: BTreeMap::new(),
            cited: Vec::new(),
            problems: Vec::new(),
        };
        reading.file(name, &mut Vec::new());
        let country = reading.finish(name);
        let mut problems = reading.problems;
        problems.sort();
        (country.filter(|_| problems.is_empty()), problems)
    }

    /// Every parameter at its median.
    pub fn central(&self) -> Parameters {
        self.with(|distribution, _| distribution.median())
    }

    /// Draw number `draw`: every uncertain parameter from its own stream, so that a parameter more in the list
    /// moves no other.
    pub fn draw(&self, seed: Seed, draw: u32) -> Parameters {
        self.with(|distribution, name| {
            distribution
                .quantile(Draw::new(seed, draw, Stream::Parameter as u32, name_key(name)).unit())
        })
    }

    /// Names of the parameters that rest on no source.
    pub fn assumed(&self) -> impl Iterator<Item = &'static str> {
        SPECS
            .iter()
            .zip(&self.given)
            .filter(|(_, g)| g.basis == Basis::Assumed)
            .map(|(s, _)| s.name)
    }

    /// Names of the parameters whose figures are still to be compared with their publication.
    pub fn unchecked(&self) -> impl Iterator<Item = &'static str> {
        SPECS.iter().zip(&self.given).filter(|(_, g)| g.unchecked).map(|(s, _)| s.name)
    }

    fn with(&self, value: impl Fn(Distribution, &str) -> f64) -> Parameters {
        let mut parameters = Parameters::still();
        for (index, (spec, given)) in SPECS.iter().zip(&self.given).enumerate() {
            let value = value(given.distribution, spec.name).clamp(spec.low, spec.high);
            parameters.set(index, value);
        }
        parameters
    }
}

/// A name as a number for the key of a draw: FNV-1a, 32 bits.
pub(crate) fn name_key(name: &str) -> u32 {
    name.bytes().fold(0x811C_9DC5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

struct Head {
    code: String,
    name: String,
    start: i32,
    currency: String,
}

struct Reading<'a> {
    effects: &'a Effects,
    file: &'a dyn Fn(&str) -> Option<String>,
    head: Option<Head>,
    prisons: Vec<Prison>,
    targets: Vec<Target>,
    given: BTreeMap<usize, Given>,
    /// Named in a file, rightly or not.
    named: BTreeSet<usize>,
    sources: BTreeMap<String, String>,
    /// (source, file, line) to be looked up when all files are read.
    cited: Vec<(String, String, usize)>,
    problems: Vec<Problem>,
}

impl Reading<'_> {
    fn file(&mut self, name: &str, above: &mut Vec<String>) {
        let Some(text) = (self.file)(name) else {
            let message = match above.last() {
                Some(from) => format!("included by {from}, but there is no such file"),
                None => "there is no such file".to_string(),
            };
            self.problems.push(Problem { file: name.to_string(), line: 0, message });
            return;
        };
        let mut doc = Document::new(name, &text);
        if let Some(table) = doc.parse() {
            let mut top = doc.section(table.get_ref(), 1, "file");
            // Before what it includes, so that an included file's money is held against this country's.
            self.head(&mut doc, &mut top);
            above.push(name.to_string());
            for (included, line) in doc.texts(&mut top, "include") {
                if above.contains(&included) {
                    let way = above.join(" → ");
                    doc.problem(line, format!("{included} includes itself: {way} → {included}"));
                } else {
                    self.file(&included, above);
                }
            }
            above.pop();
            self.sources(&mut doc, &mut top);
            let mut prisons = doc.list(&mut top, "prison");
            for section in &mut prisons {
                self.prison(&mut doc, section);
            }
            for (name, line, value) in doc.entries(&mut top, "parameters") {
                match value.as_table() {
                    Some(table) => {
                        let section = doc.section(table, line, &name);
                        self.parameter(&mut doc, section);
                    }
                    None => doc.problem(
                        line,
                        format!("{name} must be a table with value, unit and source: {name} = {{ value = …, unit = \"…\", source = \"…\" }}"),
                    ),
                }
            }
            for section in &mut doc.list(&mut top, "target") {
                self.target(&mut doc, section);
            }
            doc.leftovers(&top);
        }
        self.problems.append(&mut doc.problems);
    }

    fn head(&mut self, doc: &mut Document, top: &mut Section) {
        let entries = doc.entries(top, "country");
        if entries.is_empty() {
            return;
        }
        let text = |key: &str| {
            entries.iter().find(|(k, ..)| k == key).and_then(|(.., v)| v.as_str()).map(String::from)
        };
        let start = entries
            .iter()
            .find(|(k, ..)| k == "start")
            .and_then(|(.., v)| v.as_integer()?.as_str().parse::<i32>().ok());
        let line = entries[0].1;
        match (text("code"), text("name"), start, text("currency")) {
            (Some(code), Some(name), Some(start), Some(currency)) => {
                if !(1950..=2100).contains(&start) {
                    doc.problem(line, format!("country.start is {start}, expected 1950 to 2100"));
                }
                self.head.get_or_insert(Head { code, name, start, currency });
            }
            _ => doc.problem(
                line,
                "[country] needs code, name, currency (texts) and start (a year)".into(),
            ),
        }
    }

    fn sources(&mut self, doc: &mut Document, top: &mut Section) {
        for (id, line, value) in doc.entries(top, "sources") {
            match value.as_str() {
                Some(text) => {
                    self.sources.insert(id, text.to_string());
                }
                None => doc.problem(line, format!("sources.{id} must be a text that cites it")),
            }
        }
    }

    fn prison(&mut self, doc: &mut Document, section: &mut Section) {
        let line = section.line;
        let name = doc.text_of(section, "name");
        let kind = doc.text_of(section, "kind");
        let capacity = doc.number_of(section, "capacity");
        let mut offers = Offers::EVERYTHING;
        for (key, share) in [
            ("oat", &mut offers.oat),
            ("needles", &mut offers.needles),
            ("hiv_care", &mut offers.hiv_care),
            ("hcv_care", &mut offers.hcv_care),
        ] {
            if let Some(value) = doc.number_of(section, key) {
                if (0.0..=1.0).contains(&value) {
                    *share = value;
                } else {
                    doc.problem(
                        line,
                        format!("{}: {key} is {value}, a share is 0 to 1", section.name),
                    );
                }
            }
        }
        doc.leftovers(section);
        let kind = match kind.as_deref().map(PrisonKind::from_word) {
            Some(Some(kind)) => Some(kind),
            Some(None) => {
                doc.problem(
                    line,
                    format!(
                        "{}: kind must be remand, sentenced, women, general, juvenile or hospital",
                        section.name
                    ),
                );
                None
            }
            None => None,
        };
        match (name, kind, capacity) {
            (Some(name), Some(kind), Some(capacity)) if capacity >= 0.0 => {
                self.prisons.push(Prison { name, kind, capacity, offers });
            }
            (Some(_), Some(_), Some(capacity)) => {
                doc.problem(
                    line,
                    format!("{}: capacity is {capacity}, expected 0 or more", section.name),
                );
            }
            _ => doc.problem(line, format!("{} needs name, kind and capacity", section.name)),
        }
        if self.prisons.len() == MOST_PRISONS + 1 {
            doc.problem(line, format!("more than {MOST_PRISONS} prisons: put small ones together"));
        }
    }

    fn parameter(&mut self, doc: &mut Document, mut section: Section) {
        let line = section.line;
        let name = section.name.clone();
        let Some(index) = index_of(&name) else {
            let near = nearest(&name);
            doc.problem(
                line,
                format!("there is no parameter {name:?}; the nearest name is {near:?}"),
            );
            return;
        };
        self.named.insert(index);
        let spec = &SPECS[index];
        let note = doc.text_of(&mut section, "note");
        let carried_over = doc.flag_of(&mut section, "carried_over");
        let unchecked = doc.flag_of(&mut section, "unchecked");
        let read = match doc.text_of(&mut section, "effect") {
            Some(id) => self.effect(doc, &mut section, spec, &id),
            None => self.value(doc, &mut section, spec),
        };
        doc.leftovers(&section);
        if let Some((distribution, basis)) = read {
            if unchecked && !matches!(basis, Basis::Source { .. }) {
                doc.problem(
                    line,
                    format!("{name} is unchecked, but names no publication to be checked"),
                );
            }
            let file = doc.file.to_string();
            let given = Given { distribution, basis, carried_over, unchecked, note, file, line };
            if let Some(earlier) = self.given.insert(index, given)
                && earlier.file == doc.file
            {
                doc.problem(line, format!("{name} was given before, at line {}", earlier.line));
            }
        }
    }

    fn effect(
        &mut self,
        doc: &mut Document,
        section: &mut Section,
        spec: &Spec,
        id: &str,
    ) -> Option<(Distribution, Basis)> {
        let inverse = doc.flag_of(section, "inverse");
        let Some(effect) = self.effects.get(id) else {
            doc.problem(
                section.line,
                format!(
                    "{}: the table of effects has no row {id:?} with an estimate and interval",
                    spec.name
                ),
            );
            return None;
        };
        let (value, low, high) = if inverse {
            (1.0 / effect.estimate, 1.0 / effect.high, 1.0 / effect.low)
        } else {
            (effect.estimate, effect.low, effect.high)
        };
        let basis = Basis::Effect { id: id.to_string(), verified: effect.verified };
        let distribution = check(doc, section.line, spec, value, Some((low, high)), None)?;
        Some((distribution, basis))
    }

    fn value(
        &mut self,
        doc: &mut Document,
        section: &mut Section,
        spec: &Spec,
    ) -> Option<(Distribution, Basis)> {
        let line = section.line;
        let value = doc.number_of(section, "value");
        let (low, high) = (doc.number_of(section, "low"), doc.number_of(section, "high"));
        let unit = doc.text_of(section, "unit");
        let kind = doc.text_of(section, "distribution");
        let source = doc.text_of(section, "source");
        let year = doc.number_of(section, "year").map(|year| year as i32);
        let locator = doc.text_of(section, "locator");
        let Some(value) = value else {
            doc.problem(line, format!("{} has no value", spec.name));
            return None;
        };
        let Some(unit) = unit else {
            doc.problem(
                line,
                format!("{} has no unit; it counts in {}", spec.name, units(spec.unit)),
            );
            return None;
        };
        let currency = self.head.as_ref().map(|head| head.currency.as_str());
        let Some(factor) = factor(spec.unit, &unit, currency) else {
            doc.problem(
                line,
                format!(
                    "{}: unit {unit:?} does not fit; it counts in {}",
                    spec.name,
                    units(spec.unit)
                ),
            );
            return None;
        };
        let Some(source) = source else {
            doc.problem(
                line,
                format!("{} has no source; write source = \"assumed\" if there is none", spec.name),
            );
            return None;
        };
        let interval = match (low, high) {
            (Some(low), Some(high)) => Some((low * factor, high * factor)),
            (None, None) => None,
            _ => {
                doc.problem(
                    line,
                    format!("{} has one end of an interval; give low and high", spec.name),
                );
                return None;
            }
        };
        let basis = match source.as_str() {
            "assumed" if interval.is_none() => {
                doc.problem(
                    line,
                    format!("{} is assumed and needs low and high, drawn widely", spec.name),
                );
                return None;
            }
            "assumed" => Basis::Assumed,
            "design" => Basis::Design,
            _ => {
                self.cited.push((source.clone(), doc.file.to_string(), line));
                Basis::Source { source, year, locator }
            }
        };
        let distribution = check(doc, line, spec, value * factor, interval, kind.as_deref())?;
        Some((distribution, basis))
    }

    fn target(&mut self, doc: &mut Document, section: &mut Section) {
        let line = section.line;
        let measure = doc.text_of(section, "measure");
        let year = doc.number_of(section, "year");
        let numbers = ["value", "low", "high"].map(|key| doc.number_of(section, key));
        let source = doc.text_of(section, "source");
        let note = doc.text_of(section, "note");
        doc.leftovers(section);
        let (Some(measure), Some(year), [Some(value), Some(low), Some(high)], Some(source)) =
            (measure, year, numbers, source)
        else {
            doc.problem(
                line,
                format!("{} needs measure, year, value, low, high and source", section.name),
            );
            return;
        };
        let Some(measure) = Measure::from_word(&measure) else {
            let words: Vec<_> = Measure::ALL.iter().map(|m| m.word()).collect();
            doc.problem(
                line,
                format!(
                    "{}: {measure:?} is not measured; known are {}",
                    section.name,
                    words.join(", ")
                ),
            );
            return;
        };
        if !(low < value && value < high) {
            doc.problem(
                line,
                format!(
                    "{}: low {low}, value {value}, high {high} are not in this order",
                    section.name
                ),
            );
            return;
        }
        if measure.is_share() && !(0.0..=1.0).contains(&value) {
            doc.problem(
                line,
                format!("{}: value {value} is beyond any reach of a share, 0 to 1", section.name),
            );
            return;
        }
        let start = self.head.as_ref().map_or(i32::MIN, |head| head.start);
        if (year as i32) < start {
            doc.problem(
                line,
                format!("{}: year {year} is before the start of the run, {start}", section.name),
            );
            return;
        }
        if source != "assumed" {
            self.cited.push((source.clone(), doc.file.to_string(), line));
        }
        self.targets.push(Target { measure, year: year as i32, value, low, high, source, note });
    }

    fn finish(&mut self, name: &str) -> Option<Country> {
        for (source, file, line) in &self.cited {
            if !self.sources.contains_key(source) {
                self.problems.push(Problem {
                    file: file.clone(),
                    line: *line,
                    message: format!("source {source:?} is not among [sources]"),
                });
            }
        }
        for (index, spec) in SPECS.iter().enumerate() {
            if let (false, Some(default)) = (self.named.contains(&index), spec.default) {
                self.given.insert(index, Given::default_of(default, name));
            } else if !self.named.contains(&index) {
                self.problems.push(Problem {
                    file: name.to_string(),
                    line: 0,
                    message: format!(
                        "{} is missing ({}; {})",
                        spec.name,
                        spec.meaning.trim().trim_end_matches('.'),
                        units(spec.unit)
                    ),
                });
            }
        }
        let people: f64 = ["people_current", "people_former", "people_not_yet"]
            .iter()
            .filter_map(|name| self.given.get(&index_of(name)?))
            .map(|given| given.distribution.median())
            .sum();
        if self.given.len() == SPECS.len() && people < 0.5 {
            self.problems.push(Problem {
                file: name.to_string(),
                line: 0,
                message: "there is nobody: people_current, people_former and people_not_yet are 0"
                    .into(),
            });
        }
        let Some(head) = self.head.take() else {
            self.problems.push(Problem {
                file: name.to_string(),
                line: 0,
                message: "[country] is missing: code, name, start, currency".into(),
            });
            return None;
        };
        (self.given.len() == SPECS.len()).then(|| Country {
            code: head.code,
            name: head.name,
            start: head.start,
            currency: head.currency,
            prisons: std::mem::take(&mut self.prisons),
            targets: std::mem::take(&mut self.targets),
            given: std::mem::take(&mut self.given).into_values().collect(),
            sources: std::mem::take(&mut self.sources),
        })
    }
}
