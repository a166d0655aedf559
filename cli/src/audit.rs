//! `throughcare audit`: whether the chain of what was done is whole.

use anyhow::{Context, Result, bail};
use base::App;
use base::audit;

/// Holds every entry to its hash and place; prints the head, to be written down elsewhere. `noted` is
/// a head that was, as `NUMBER:HASH`.
pub async fn verify(site: &App, noted: Option<&str>) -> Result<()> {
    let noted = noted.map(read_noted).transpose()?;
    let verdict = audit::verify(&site.storage.pool, noted).await?;
    if !verdict.faults.is_empty() {
        let faults: Vec<String> = verdict.faults.iter().map(ToString::to_string).collect();
        bail!(
            "the audit chain was touched from outside the program: {}. Keep this database as it is, and compare it with a backup",
            audit::told(&faults)
        );
    }
    crate::get::print(&format!("{}:{}\n", verdict.entries, verdict.head))?;
    eprintln!(
        "{} entries, whole. Write the line above down elsewhere; `throughcare audit verify --noted` holds the chain to it later",
        verdict.entries
    );
    Ok(())
}

fn read_noted(text: &str) -> Result<(i64, &str)> {
    let (number, hash) = text.split_once(':').with_context(|| {
        format!("{text:?} is no head; it looks like 42:8c1f…, as this command prints it")
    })?;
    let number = number.parse().with_context(|| format!("{number:?} is no number of an entry"))?;
    Ok((number, hash))
}
