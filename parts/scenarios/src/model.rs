//! The countries that can be asked about: files of `data/countries`, compiled in and read once, with the calibrated draws of
//! `data/runs` where they still belong to them.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use epidemic::{Country, Effects, Parameters, Problem, Seed};
use facts::{Place, places};
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

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
    /// Names what goes into a run: country file, shared file, effects, and what this version makes of them.
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
    let effects = match Effects::read(EFFECTS) {
        Ok(effects) => effects,
        Err(error) => {
            shelf.problems.push(located("effects.csv", error));
            return shelf;
        }
    };
    let mut names: Vec<String> = Files::iter().map(|name| name.into_owned()).collect();
    names.sort();
    for name in names {
        let Some(code) = name.strip_suffix(".toml").filter(|code| *code != "common") else { continue };
        let (country, mut problems) = Country::read(&name, &text, &effects);
        shelf.problems.append(&mut problems);
        let (Some(country), Some(place)) = (country, places().get(code)) else {
            if places().get(code).is_none() {
                shelf.problems.push(located(&name, format!("{code} is no place that the product knows")));
            }
            continue;
        };
        let inputs = inputs(&name, &country);
        let calibrated = kept::calibrated(code, &inputs);
        shelf.models.insert(code.into(), Model { country, place, inputs, calibrated });
    }
    shelf
}

/// The text of a shipped country file.
pub fn text(name: &str) -> Option<String> {
    String::from_utf8(Files::get(name)?.data.into_owned()).ok()
}

/// A hash of the files and of a small run made from them, so that it changes with the model as well as with its figures.
fn inputs(name: &str, country: &Country) -> String {
    let mut hash = Sha256::new();
    for text in [text(name), text("common.toml"), Some(EFFECTS.to_owned())].into_iter().flatten() {
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text);
    }
    hash.update(kept::small_run(country));
    let digest = hash.finalize();
    digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}
