//! Bringing a publisher's file in: read it, say what it would change, and take it whole or not at
//! all. Joins facts with evidence, since a national file brings its own sources.

use std::io::ErrorKind;
use std::path::Path;

use anyhow::{Context, Result, bail};
use base::Site;
use base::audit::{self, Act, By};
use base::storage::Transaction;
use facts::store::{self, Import, Plan};
use facts::{Kind, Reading};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

/// What an import did, or would do.
pub struct Outcome {
    pub reading: Reading,
    pub plan: Plan,
    /// The number of the change; none where nothing changed or nothing was to be done.
    pub taken: Option<i64>,
}

/// Whether to do it, or only to say what would be done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Intent {
    Try,
    Take,
}

/// Imports the file at `path` (for UNAIDS also a folder of tables). `now` is UTC seconds. Nothing
/// is changed where anything fails.
pub async fn import(
    site: &Site,
    kind: Kind,
    path: &Path,
    intent: Intent,
    now: i64,
) -> Result<Outcome> {
    let file = path
        .file_name()
        .map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
    let read_from = path.to_owned();
    let mut reading = tokio::task::spawn_blocking(move || read(kind, &read_from, now)).await??;
    let facts = std::mem::take(&mut reading.facts);
    let mut change = site.storage.change().await.map_err(|error| site.storage.explain(error))?;
    let done = async {
        let plan = store::plan(&mut change, facts).await?;
        let import = Import { kind: &kind.to_string(), file: &file, refused: reading.refused, now };
        let taken = match intent {
            Intent::Try => None,
            Intent::Take => {
                evidence::record_sources(
                    &mut change,
                    &reading.sources.iter().map(source).collect::<Vec<_>>(),
                )
                .await?;
                store::take(&mut change, &plan, &import).await?
            }
        };
        if taken.is_some() {
            let detail =
                json!({ "file": file, "added": plan.added.len(), "changed": plan.changed.len() });
            told(&mut change, import.kind, detail, now).await?;
        }
        match intent {
            Intent::Try => change.rollback().await?,
            Intent::Take => change.commit().await?,
        }
        Ok::<_, base::storage::Error>((plan, taken))
    };
    let (plan, taken) = done.await.map_err(|error| site.storage.explain(error))?;
    site.changed();
    Ok(Outcome { reading, plan, taken })
}

/// Loads what the product ships, all of it in one change. Twice adds nothing.
pub async fn load_shipped(site: &Site, now: i64) -> Result<Loaded> {
    let facts = facts::shipped()
        .context("the shipped facts cannot be read; the program was built wrongly")?;
    let bodies = members::bodies::shipped()?;
    let mut change = site.storage.change().await.map_err(|error| site.storage.explain(error))?;
    let done = async {
        let evidence = evidence::load_shipped(&mut change, now).await?;
        let plan = store::plan(&mut change, facts).await?;
        let import = Import { kind: "shipped", file: "data/facts", refused: 0, now };
        let taken = store::take(&mut change, &plan, &import).await?;
        let bodies = members::bodies::load(&mut change, &bodies, now).await?;
        if taken.is_some() || evidence > 0 {
            let (added, changed) = (plan.added.len(), plan.changed.len());
            let detail = json!({ "added": added, "changed": changed, "evidence": evidence });
            told(&mut change, import.kind, detail, now).await?;
        }
        change.commit().await?;
        Ok::<_, base::storage::Error>(Loaded {
            added: plan.added.len(),
            changed: plan.changed.len(),
            same: plan.same,
            evidence,
            bodies,
            instruments: 0,
        })
    };
    let loaded = done.await.map_err(|error| site.storage.explain(error))?;
    let instruments = instruments::shipped::load(site, now).await?;
    site.changed();
    Ok(Loaded { instruments, ..loaded })
}

/// An entry in the audit chain: files are brought in at the command line.
async fn told(
    change: &mut Transaction,
    kind: &str,
    detail: Value,
    now: i64,
) -> Result<(), base::storage::Error> {
    let act = Act { act: "import.taken", kind: "import", record: kind, detail };
    audit::write(change, &By::operator(), act, now).await?;
    Ok(())
}

/// What loading the shipped figures did.
pub struct Loaded {
    pub added: usize,
    pub changed: usize,
    pub same: u64,
    /// Sources and effects that were new or different.
    pub evidence: usize,
    /// Rows of bodies, mandates and members that were new.
    pub bodies: u64,
    /// Versions of instruments that were new.
    pub instruments: usize,
}

fn read(kind: Kind, path: &Path, now: i64) -> Result<Reading> {
    let shown = path.display();
    match path.try_exists() {
        Ok(true) => {}
        Ok(false) => bail!("{shown} does not exist; check its name"),
        Err(error) if error.kind() == ErrorKind::PermissionDenied => {
            bail!("{shown} may not be read by this user; check the rights of its folder")
        }
        Err(error) => bail!("{shown} cannot be read ({error}); check its name"),
    }
    let this_year = TimeZone::UTC.to_datetime(Timestamp::from_second(now)?).year();
    facts::read::read_path(kind, path, this_year.into())
        .with_context(|| format!("{shown} was not imported"))
}

pub fn source(new: &facts::read::NewSource) -> evidence::NewSource {
    evidence::NewSource {
        id: new.id.clone(),
        title: new.title.clone(),
        publisher: new.publisher.clone(),
        year: new.year,
        url: new.url.clone(),
        terms: new.licence.clone(),
    }
}
