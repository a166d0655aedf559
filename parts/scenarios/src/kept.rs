//! What was computed beforehand and ships with the product: calibrations and the standard policies, in `data/runs`.
//! Each says of which inputs it was made; when those have changed it is no longer used as if it still held.

use epidemic::calibration::read_draws;
use epidemic::{Hash, Parameters};
use rust_embed::RustEmbed;
use serde::{Deserialize, Serialize};

use crate::answer::Answer;
use crate::budget::Budget;
use crate::model::Model;
use crate::policy::POLICIES;

#[derive(RustEmbed)]
#[folder = "../../data/runs"]
struct Files;

/// How a calibration was made and what it met; the draws stand beside it as CSV.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Calibration {
    pub country: String,
    /// ISO 8601 day on which it was run.
    pub day: String,
    pub version: String,
    /// [`Model::basis`] at the time.
    pub basis: String,
    pub seed: u64,
    /// Per cent of the people that each run followed.
    pub people: f64,
    pub particles: usize,
    pub rounds: usize,
    /// Kish's effective number of particles.
    pub effective: f64,
    /// Names of the parameters that were learnt.
    pub learnt: Vec<String>,
    pub fits: Vec<Fit>,
}

/// A target and what the calibrated model gives.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Fit {
    pub measure: String,
    pub year: i32,
    pub value: f64,
    pub low: f64,
    pub high: f64,
    pub source: String,
    pub found: f64,
    pub found_low: f64,
    pub found_high: f64,
    pub met: bool,
}

/// A calibration with its draws.
#[derive(Debug)]
pub struct Calibrated {
    pub report: Calibration,
    pub draws: Vec<Parameters>,
    pub hash: String,
}

/// The calibration of a country, if one was kept and was made from these figures.
///
/// # Errors
/// A kept file that cannot be read: which and why.
pub fn calibrated(code: &str, basis: &str) -> Result<Option<Calibrated>, String> {
    let Some(report) = report(code)? else { return Ok(None) };
    if report.basis != basis {
        return Ok(None);
    }
    let name = format!("{code}.draws.csv");
    let Some(csv) = text(&name) else {
        return Err(format!("{name} is missing beside {code}.calibration.json"));
    };
    let draws = read_draws(&csv).map_err(|error| format!("{name}: {error}"))?;
    let hash = Hash::of(csv.as_bytes()).to_string();
    Ok(Some(Calibrated { report, draws, hash }))
}

/// The kept report of a calibration, current or not.
///
/// # Errors
/// It cannot be read.
pub fn report(code: &str) -> Result<Option<Calibration>, String> {
    let name = format!("{code}.calibration.json");
    let Some(text) = text(&name) else { return Ok(None) };
    serde_json::from_str(&text).map(Some).map_err(|error| format!("{name}: {error}"))
}

/// The standard policies of a country as they were computed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Policies {
    pub country: String,
    /// ISO 8601 day on which they were run.
    pub day: String,
    pub version: String,
    /// [`Model::inputs`] at the time.
    pub inputs: String,
    pub seed: u64,
    pub draws: usize,
    /// Per cent of the people that were followed.
    pub people: f64,
    /// In the order of [`POLICIES`].
    pub policies: Vec<Computed>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Computed {
    pub id: String,
    /// The question, as an address asks it.
    pub query: String,
    pub answer: Answer,
}

impl Policies {
    /// Whether they were made from the inputs and by the policies of today.
    pub fn belong_to(&self, model: &'static Model) -> bool {
        self.inputs == model.inputs
            && self.policies.len() == POLICIES.len()
            && self.policies.iter().zip(POLICIES).all(|(kept, policy)| {
                let mut question = policy.question(model);
                (question.draws, question.people, question.seed) =
                    (self.draws, self.people, self.seed);
                kept.id == policy.id && kept.query == question.query()
            })
    }
}

/// The kept standard policies of a country.
///
/// # Errors
/// A kept file that cannot be read: which and why.
pub fn policies(code: &str) -> Result<Option<Policies>, String> {
    let name = format!("{code}.policies.json");
    let Some(text) = text(&name) else { return Ok(None) };
    serde_json::from_str(&text).map(Some).map_err(|error| format!("{name}: {error}"))
}

/// The kept answer to the budget question of a country.
///
/// # Errors
/// A kept file that cannot be read: which and why.
pub fn budget(code: &str) -> Result<Option<Budget>, String> {
    let name = format!("{code}.budget.json");
    let Some(text) = text(&name) else { return Ok(None) };
    serde_json::from_str(&text).map(Some).map_err(|error| format!("{name}: {error}"))
}

fn text(name: &str) -> Option<String> {
    String::from_utf8(Files::get(name)?.data.into_owned()).ok()
}
