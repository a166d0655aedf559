//! What went into a result, by hash: the country, every policy, the parameters of the draws and how it was run.
//! SHA-256 (FIPS 180-4) of a canonical text, so that a comment or a moved line changes nothing and a changed number everything.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use crate::calibration::draws_csv;
use crate::country::{Basis, Country};
use crate::distribution::Distribution;
use crate::ensemble::Plan;
use crate::parameters::SPECS;
use crate::place::Prison;

/// Raised whenever the same input would give other bytes than before: kept results of an earlier number are not mixed with new ones.
pub const REVISION: u32 = 2;

/// The engine's version as results carry it, such as `0.1.0 (results 2)`.
pub fn version() -> String {
    format!("{} (results {REVISION})", env!("CARGO_PKG_VERSION"))
}

/// A SHA-256; shown as 64 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash(pub [u8; 32]);

impl Hash {
    pub fn of(bytes: &[u8]) -> Hash {
        Hash(Sha256::digest(bytes).into())
    }
}

impl std::fmt::Display for Hash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// One input of a result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// `engine`, `country`, `parameters`, `run`, or `policy` and its name.
    pub name: String,
    pub hash: Hash,
}

impl Plan<'_> {
    /// Everything that the table of this plan follows from.
    pub fn inputs(&self) -> Vec<Input> {
        let input = |name: String, text: String| Input { name, hash: Hash::of(text.as_bytes()) };
        let mut inputs = vec![
            input("engine".into(), version()),
            input("country".into(), self.country.canonical()),
            input("parameters".into(), draws_csv(&self.draws)),
            input(
                "run".into(),
                format!(
                    "seed {}\nyears {}\nshare {}\nfirst {}\n",
                    self.seed.0, self.years, self.share, self.first
                ),
            ),
        ];
        for arm in self.arms {
            inputs.push(input(format!("policy {}", arm.name), arm.toml()));
        }
        inputs
    }

    /// All inputs in one: the address of this plan's result in a store.
    pub fn hash(&self) -> Hash {
        let mut text = String::new();
        for input in self.inputs() {
            let _ = writeln!(text, "{} {}", input.hash, input.name);
        }
        Hash::of(text.as_bytes())
    }
}

impl Country {
    /// The country as one text that says each thing once, in one order, with numbers that read back to the last bit.
    pub fn canonical(&self) -> String {
        let mut text = String::new();
        let _ = writeln!(text, "{} {} {} {}", self.code, self.name, self.start, self.currency);
        for prison in &self.prisons {
            let Prison { name, kind, capacity, offers } = prison;
            let _ = writeln!(
                text,
                "prison {name} {} {capacity} {} {} {} {}",
                kind.word(),
                offers.oat,
                offers.needles,
                offers.hiv_care,
                offers.hcv_care
            );
        }
        for target in &self.targets {
            let _ = writeln!(
                text,
                "target {} {} {} {} {} {}",
                target.measure.word(),
                target.year,
                target.value,
                target.low,
                target.high,
                target.source
            );
        }
        for (spec, given) in SPECS.iter().zip(&self.given) {
            let _ = write!(text, "{} ", spec.name);
            let _ = match given.distribution {
                Distribution::Fixed(value) => write!(text, "is {value}"),
                Distribution::Uniform { low, high } => write!(text, "uniform {low} {high}"),
                Distribution::Spread { scale, value, low, high } => {
                    write!(text, "{scale:?} {value} {low} {high}")
                }
            };
            let _ = match &given.basis {
                Basis::Source { source, .. } => writeln!(text, " source {source}"),
                Basis::Effect { id, .. } => writeln!(text, " effect {id}"),
                Basis::Design => writeln!(text, " design"),
                Basis::Assumed => writeln!(text, " assumed"),
            };
        }
        text
    }
}
