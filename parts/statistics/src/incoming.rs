//! Interviews on their way in: read, laid against their codebook, and made into what is kept, whole or not at all.

use crate::codebook::Codebook;
use crate::plan::{Described, DescribedStage};
use crate::problem::Problem;
use crate::sheet::{self, Bounds, Sheet};
use crate::store;

/// What is kept of one file. 64 MB hold 100,000 interviews of 200 questions.
const LARGEST_KEPT_BYTES: usize = 64 << 20;

/// What a file became.
pub struct Incoming {
    /// CSV in UTF-8, whatever the file was.
    pub interviews: String,
    /// What is known of the columns, as [`Codebook::csv`] writes it.
    pub codebook: String,
    pub kind: &'static str,
    pub hash: String,
    /// What is offered to whoever describes the sample.
    pub offered: Described,
    pub notes: Vec<Problem>,
    pub rows: usize,
    pub columns: usize,
}

/// Reads interviews and, where one came with them, their codebook.
pub fn read(bytes: &[u8], codebook: Option<&[u8]>) -> Result<Incoming, Vec<Problem>> {
    let mut sheet = sheet::read("", bytes, &Bounds::PAGE)?;
    if let Some(bytes) = codebook {
        sheet.own = Codebook::read("codebook", bytes, &sheet)?;
    }
    taken(sheet)
}

/// A table that was read, as it is kept.
pub fn taken(mut sheet: Sheet) -> Result<Incoming, Vec<Problem>> {
    let kept: usize = sheet
        .columns
        .iter()
        .map(|column| {
            let sizes: Vec<usize> = column.texts.iter().map(|text| text.len() + 1).collect();
            column.codes.iter().map(|code| sizes[*code as usize]).sum::<usize>()
        })
        .sum();
    if kept > LARGEST_KEPT_BYTES {
        let problem = Problem::of("", "too-much-to-keep").with("megabytes", kept >> 20);
        return Err(vec![problem.with("most", LARGEST_KEPT_BYTES >> 20)]);
    }
    let offered = sheet.drawn.take().unwrap_or_else(|| by_name(&sheet));
    let interviews = sheet.csv();
    Ok(Incoming {
        hash: store::hash_of(&interviews),
        codebook: sheet.own.csv(&sheet),
        interviews,
        kind: sheet.kind.word(),
        offered,
        notes: sheet.notes,
        rows: sheet.rows.len(),
        columns: sheet.columns.len(),
    })
}

/// What researchers call the columns of a design, the usual ones first.
const WEIGHTS: [&str; 9] =
    ["weight", "weights", "wt", "wgt", "pweight", "finalwgt", "final_weight", "poids", "pw"];
const STRATA: [&str; 5] = ["stratum", "strata", "strat", "strate", "stratid"];
const UNITS: [&str; 8] =
    ["psu", "prison", "cluster", "facility", "psuid", "site", "etablissement", "clust"];
const POPULATIONS: [&str; 4] = ["prisons_in_stratum", "fpc", "psus_in_stratum", "stratum_size"];

/// A description guessed from the names of the columns.
fn by_name(sheet: &Sheet) -> Described {
    let find = |names: &[&str]| {
        names.iter().find_map(|name| {
            let same = |column: &&sheet::Column| column.name.eq_ignore_ascii_case(name);
            sheet.columns.iter().find(same).map(|column| column.name.clone())
        })
    };
    let stage = DescribedStage {
        clusters: find(&UNITS),
        strata: find(&STRATA),
        population: find(&POPULATIONS),
        fraction: None,
    };
    let is_empty = stage == DescribedStage::default();
    Described {
        weights: find(&WEIGHTS),
        stages: if is_empty { Vec::new() } else { vec![stage] },
        ..Described::default()
    }
}
