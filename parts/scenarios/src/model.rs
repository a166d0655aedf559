//! The countries that can be asked about: files of `data/countries`, compiled in and read once, with the calibrated draws of
//! `data/runs` where they still belong to them.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use epidemic::{Country, Effects, Hash, Parameters, Problem, Seed, inputs};
use facts::{Place, places};
use rust_embed::RustEmbed;

use crate::kept::{self, Calibrated};

#[derive(RustEmbed)]
#[folder = "../../data/countries"]
struct Files;

const EFFECTS: &str = include_str!("../../../data/effects.csv");

/// A country, ready to be asked.
#[derive(Debug)]
pub struct Model {
    pub country: Country,
    pub place: &'static Place,
    /// Names the country's figures and the version of the model that reads them: a calibration belongs to one of these.
    pub basis: String,
    /// Names all that goes into a run: the basis, and the calibrated draws.
    pub inputs: String,
    /// Draws that meet the country's targets; none where it was not calibrated, or before its file last changed.
    pub calibrated: Option<Calibrated>,
}

impl Model {
    /// `count` sets of parameters: spread evenly over the calibrated draws, or drawn from the file's own distributions.
    pub fn draws(&self, seed: Seed, count: usize) -> Vec<Parameters> {
        match &self.calibrated {
            // The sample is in the order of its particles; equal strides keep it whole.
            Some(Calibrated { draws, .. }) if !draws.is_empty() => {
                (0..count).map(|i| draws[i * draws.len() / count % draws.len()].clone()).collect()
            }
            _ => (0..count as u32).map(|draw| self.country.draw(seed, draw)).collect(),
        }
    }

    /// The country's name in a language of the interface.
    pub fn name(&self, language: &str) -> &'static str {
        self.place.name(language)
    }
}

/// Every country with a readable file, by code.
pub fn models() -> &'static BTreeMap<String, Model> {
    &shelf().models
}

/// The country with this code.
pub fn model(code: &str) -> Option<&'static Model> {
    models().get(code)
}

/// What is wrong with shipped files: a test holds it empty.
pub fn read_problems() -> &'static [Problem] {
    &shelf().problems
}

struct Shelf {
    models: BTreeMap<String, Model>,
    problems: Vec<Problem>,
}

fn shelf() -> &'static Shelf {
    static SHELF: OnceLock<Shelf> = OnceLock::new();
    SHELF.get_or_init(read)
}

fn read() -> Shelf {
    let mut shelf = Shelf { models: BTreeMap::new(), problems: Vec::new() };
    let located = |file: &str, message: String| Problem { file: file.into(), line: 0, message };
    let effects = match effects() {
        Ok(effects) => effects,
        Err(error) => {
            shelf.problems.push(located("effects.csv", error));
            return shelf;
        }
    };
    let mut names: Vec<String> = Files::iter().map(|name| name.into_owned()).collect();
    names.sort();
    for name in names {
        let shared = ["common", "region"];
        let Some(code) = name.strip_suffix(".toml").filter(|code| !shared.contains(code)) else {
            continue;
        };
        let (country, mut problems) = Country::read(&name, &text, effects);
        shelf.problems.append(&mut problems);
        let (Some(country), Some(place)) = (country, places().get(code)) else {
            if places().get(code).is_none() {
                shelf
                    .problems
                    .push(located(&name, format!("{code} is no place that the product knows")));
            }
            continue;
        };
        let basis = basis(&country);
        let calibrated = match kept::calibrated(code, &basis) {
            Ok(calibrated) => calibrated,
            Err(error) => {
                shelf.problems.push(located(&format!("runs/{code}"), error));
                None
            }
        };
        let drawn = calibrated.as_ref().map_or(String::new(), |c| c.hash.clone());
        let inputs = short(&format!("{basis} {drawn}"));
        shelf.models.insert(code.into(), Model { country, place, basis, inputs, calibrated });
    }
    shelf
}

/// Names a country's figures and the version of the model that reads them.
pub fn basis(country: &Country) -> String {
    short(&format!("{}\n{}", inputs::version(), country.canonical()))
}

/// The text of a shipped country file.
pub fn text(name: &str) -> Option<String> {
    String::from_utf8(Files::get(name)?.data.into_owned()).ok()
}

/// The shipped table of effects, as the model reads it.
///
/// # Errors
/// The table cannot be read; a test holds that it can.
pub fn effects() -> Result<&'static Effects, String> {
    static READ: OnceLock<Result<Effects, String>> = OnceLock::new();
    READ.get_or_init(|| Effects::read(EFFECTS)).as_ref().map_err(Clone::clone)
}

/// The first twelve signs of a hash: enough to tell inputs apart, short enough for an address.
pub(crate) fn short(text: &str) -> String {
    Hash::of(text.as_bytes()).to_string().chars().take(12).collect()
}
