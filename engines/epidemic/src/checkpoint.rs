//! Finished draws as bytes that outlive the process: a job that was killed goes on where it was, and gives the same table as one that was not.
//! A head that names the plan, then one record a draw, each with its own checksum; records are only ever added, in any order.
//!
//! ```text
//! throughcare ensemble 1
//! engine 0.1.0 (results 2)
//! plan 5f2c…                      SHA-256 of everything that went in
//! arms 8 years 20 figures 57      what a record holds
//!                                 (an empty line)
//! [draw u64][willingness to pay f64][figures f64 …][checksum 8 bytes] …      little-endian
//! ```

use std::collections::BTreeMap;

use crate::ensemble::{ArmResult, DrawResult, Ensemble, Plan};
use crate::inputs::{Hash, version};
use crate::outcome::QUANTITIES;

const MARK: &str = "throughcare ensemble ";

/// Raised when the layout of the bytes changes.
const FORMAT: u32 = 1;

/// The draws of a plan that are finished.
#[derive(Debug, Clone, PartialEq)]
pub struct Checkpoint {
    draws: BTreeMap<usize, DrawResult>,
    /// How many bytes, from the start, were whole: cut a file to this before records are added to it.
    pub whole_bytes: usize,
    /// Bytes after them that a record cut short had left; its draw will be run again.
    pub torn_bytes: usize,
}

/// Why bytes are not taken as a checkpoint of this plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// Something else, or a head cut short.
    NotACheckpoint,
    Format {
        found: String,
    },
    /// Written by an engine that may give other figures.
    Engine {
        found: String,
        now: String,
    },
    /// Another country, policy, seed, number of draws or years, or other parameters.
    OtherPlan {
        found: String,
        now: Hash,
    },
    /// A record in the middle does not agree with its checksum.
    Damaged {
        record: usize,
    },
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Refused::NotACheckpoint => {
                write!(
                    f,
                    "this is not a checkpoint of an ensemble: remove it and run from the start"
                )
            }
            Refused::Format { found } => write!(
                f,
                "the checkpoint has format {found}, this version reads {FORMAT}: finish it with the version that wrote it, or run from the start"
            ),
            Refused::Engine { found, now } => write!(
                f,
                "the checkpoint is of engine {found}, this is {now}, which may give other figures: run from the start"
            ),
            Refused::OtherPlan { found, now } => write!(
                f,
                "the checkpoint is of plan {found}, this is plan {now}: another country, policy, seed, set of draws or number of years; give it another name, or run from the start"
            ),
            Refused::Damaged { record } => write!(
                f,
                "record {record} of the checkpoint does not agree with its checksum: the file was damaged; run from the start"
            ),
        }
    }
}

impl std::error::Error for Refused {}

impl Checkpoint {
    /// Nothing is finished yet.
    pub fn empty() -> Checkpoint {
        Checkpoint { draws: BTreeMap::new(), whole_bytes: 0, torn_bytes: 0 }
    }

    /// Reads what [`Plan::checkpoint_head`] and [`checkpoint_record`] wrote. A last record that was cut short (the process was
    /// killed, the disk was full) is left out. No bytes at all are an empty checkpoint.
    ///
    /// # Errors
    /// The bytes are of something else: see [`Refused`].
    pub fn read(plan: &Plan, bytes: &[u8]) -> Result<Checkpoint, Refused> {
        if bytes.is_empty() {
            return Ok(Checkpoint::empty());
        }
        let head = plan.checkpoint_head();
        if !bytes.starts_with(&head) {
            return Err(refusal(plan, bytes));
        }
        let mut checkpoint = Checkpoint::empty();
        let size = record_bytes(plan);
        let records = bytes[head.len()..].chunks(size);
        let count = records.len();
        checkpoint.whole_bytes = head.len();
        for (number, record) in records.enumerate() {
            match draw(plan, record) {
                Some(draw) => {
                    checkpoint.draws.insert(draw.index, draw);
                    checkpoint.whole_bytes += size;
                }
                None if number + 1 == count => checkpoint.torn_bytes = record.len(),
                None => return Err(Refused::Damaged { record: number + 1 }),
            }
        }
        Ok(checkpoint)
    }

    /// How many draws are finished.
    pub fn finished(&self) -> usize {
        self.draws.len()
    }
}

impl Plan<'_> {
    /// The head of a checkpoint of this plan: to be written first.
    pub fn checkpoint_head(&self) -> Vec<u8> {
        format!(
            "{MARK}{FORMAT}\nengine {}\nplan {}\narms {} years {} figures {}\n\n",
            version(),
            self.hash(),
            self.arms.len(),
            self.years,
            3 * QUANTITIES
        )
        .into_bytes()
    }

    /// Runs the draws that are not finished. `keep` hears of each as it is done, from any thread, to add its
    /// [`checkpoint_record`] to a file; answering false stops, as in [`Plan::run`]. The ensemble has the finished draws too:
    /// the same bytes as an uninterrupted run.
    pub fn resume(
        &self,
        from: Checkpoint,
        keep: &(dyn Fn(&DrawResult) -> bool + Sync),
    ) -> Ensemble {
        let finished = from.draws;
        let todo: Vec<usize> =
            (0..self.draws.len()).filter(|i| !finished.contains_key(&(self.first + i))).collect();
        let mut ensemble = self.run_draws(&todo, keep);
        ensemble.draws.extend(finished.into_values());
        ensemble.draws.sort_by_key(|draw| draw.index);
        ensemble
    }

    /// What the outcomes of all draws take in memory and, nearly, as a checkpoint: worlds are dropped as soon as they are read.
    pub fn outcome_bytes(&self) -> usize {
        self.draws.len() * record_bytes(self)
    }
}

/// One finished draw as a record.
pub fn checkpoint_record(draw: &DrawResult) -> Vec<u8> {
    let mut bytes = Vec::new();
    bytes.extend((draw.index as u64).to_le_bytes());
    bytes.extend(draw.willingness_to_pay.to_le_bytes());
    for value in draw.arms.iter().flat_map(ArmResult::figures) {
        bytes.extend(value.to_le_bytes());
    }
    let checksum = Hash::of(&bytes);
    bytes.extend(&checksum.0[..8]);
    bytes
}

fn record_bytes(plan: &Plan) -> usize {
    8 * (2 + plan.arms.len() * plan.years * 3 * QUANTITIES + 1)
}

fn draw(plan: &Plan, record: &[u8]) -> Option<DrawResult> {
    if record.len() != record_bytes(plan) {
        return None;
    }
    let (body, checksum) = record.split_at(record.len() - 8);
    if Hash::of(body).0[..8] != *checksum {
        return None;
    }
    let mut words = body.chunks_exact(8).map(|word| {
        let mut bytes = [0; 8];
        bytes.copy_from_slice(word);
        bytes
    });
    let index = u64::from_le_bytes(words.next()?) as usize;
    let willingness_to_pay = f64::from_le_bytes(words.next()?);
    let figures: Vec<f64> = words.map(f64::from_le_bytes).collect();
    let each = plan.years * 3 * QUANTITIES;
    let of = |arm: usize| ArmResult::from_figures(&figures[arm * each..(arm + 1) * each]);
    let arms = (0..plan.arms.len()).map(of).collect();
    let known = (plan.first..plan.first + plan.draws.len()).contains(&index);
    known.then_some(DrawResult { index, arms, willingness_to_pay })
}

/// What differs in the head.
fn refusal(plan: &Plan, bytes: &[u8]) -> Refused {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(400)]).into_owned();
    let mut lines = head.lines();
    let mut after =
        |mark: &str| lines.next().and_then(|line| line.strip_prefix(mark)).map(str::to_string);
    let Some(format) = after(MARK) else { return Refused::NotACheckpoint };
    if format != FORMAT.to_string() {
        return Refused::Format { found: format };
    }
    match (after("engine "), after("plan ")) {
        (Some(found), _) if found != version() => Refused::Engine { found, now: version() },
        (Some(_), Some(found)) if found != plan.hash().to_string() => {
            Refused::OtherPlan { found, now: plan.hash() }
        }
        _ => Refused::NotACheckpoint,
    }
}
