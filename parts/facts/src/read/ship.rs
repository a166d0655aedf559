//! The figures that ship with the product: read from the publishers' files, marked by the rules
//! across all sources, and cut down to the area. Importing the same files later adds nothing.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::{Kind, NewSource, ReadError, Reading, quality, read_path};
use crate::fact::{Fact, write_facts};
use crate::places;

/// What [`ship`] made.
pub struct Shipped {
    /// In the order of the files given.
    pub readings: Vec<Reading>,
    /// Facts written, by kind.
    pub written: Vec<(Kind, usize)>,
}

/// Reads publishers' files and writes `unodc.csv`, `unaids.csv`, `eurostat.csv`, `space.csv` (for
/// the kinds given) and `sources.csv` into a folder.
pub fn ship(files: &[(Kind, PathBuf)], out: &Path, this_year: i32) -> Result<Shipped, ReadError> {
    let mut readings = Vec::new();
    for (kind, path) in files {
        readings.push(read_path(*kind, path, this_year)?);
    }
    let mut all: Vec<Fact> = readings.iter().flat_map(|r| r.facts.iter().cloned()).collect();
    quality::review(&mut all, &[]);
    all.retain(in_area);
    std::fs::create_dir_all(out)?;
    let mut written = Vec::new();
    let kinds: BTreeSet<Kind> = files.iter().map(|(kind, _)| *kind).collect();
    for kind in kinds {
        let of_kind = |f: &&Fact| f.source.starts_with(kind.id());
        let facts: Vec<Fact> = all.iter().filter(of_kind).cloned().collect();
        write_facts(&facts, std::fs::File::create(out.join(format!("{kind}.csv")))?)?;
        written.push((kind, facts.len()));
    }
    let used: BTreeSet<&str> = all.iter().map(|f| f.source.as_str()).collect();
    let mut sources: Vec<&NewSource> = readings.iter().flat_map(|r| &r.sources).collect();
    sources.retain(|s| used.contains(s.id.as_str()));
    sources.sort_by(|a, b| a.id.cmp(&b.id));
    sources.dedup();
    write_sources(&sources, std::fs::File::create(out.join("sources.csv"))?)?;
    Ok(Shipped { readings, written })
}

/// Whether a fact's place is in the area that ships. The one place where it is decided.
pub fn in_area(fact: &Fact) -> bool {
    places().get(&fact.place).is_some_and(|p| p.area)
}

fn write_sources(sources: &[&NewSource], out: impl std::io::Write) -> std::io::Result<()> {
    let mut out = csv::Writer::from_writer(out);
    out.write_record(["id", "title", "publisher", "year", "url", "licence"])?;
    for s in sources {
        let year = s.year.map(|y| y.to_string()).unwrap_or_default();
        out.write_record([&s.id, &s.title, &s.publisher, &year, &s.url, &s.licence])?;
    }
    out.flush()
}
