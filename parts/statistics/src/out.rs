//! Everything of a data set that is or was out, over all its versions: tables, the safe file, and the interviews that each was made of.
//! What was read once is known, so whatever is to go out next is held against all of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use base::storage::Transaction;
use base::{Refusal, Site};

use crate::codebook::Codebook;
use crate::entries::{self, Registered};
use crate::plan::Described;
use crate::problem::Problem;
use crate::question::Microdata;
use crate::safe_files::{self, SafeFile};
use crate::sheet::{self, Bounds, Kind, Sheet};
use crate::store::{self, DataSet};

/// What a new table or file is held against.
pub struct Out {
    /// The oldest first.
    pub tables: Vec<Registered>,
    pub files: Vec<SafeFile>,
    /// The interviews by version: the present one, and those that something was made of.
    versions: BTreeMap<i64, Arc<Microdata>>,
}

impl Out {
    /// Reads the register and the versions; `also` is one more version that is needed.
    pub async fn of(
        site: &Site,
        set: &DataSet,
        present: Arc<Microdata>,
        also: Option<i64>,
    ) -> Result<Out, Refusal> {
        let pool = &site.storage.pool;
        let tables = entries::out_of(pool, &set.id).await?;
        let files = safe_files::out_of(pool, &set.id).await?;
        let mut versions = BTreeMap::from([(set.version, present)]);
        let wanted = tables.iter().map(|table| table.of_version);
        let wanted = wanted.chain(files.iter().map(|file| file.of_version)).chain(also);
        for version in wanted.collect::<std::collections::BTreeSet<_>>() {
            if versions.contains_key(&version) {
                continue;
            }
            let found = store::version_with(pool, set, version).await?;
            let (was, interviews) = found.ok_or_else(|| Refusal::conflict("version-gone"))?;
            let read = tokio::task::spawn_blocking(move || {
                let (sheet, codes) = kept(&was, &interviews)?;
                let described = Described::read("design.toml", &was.design)?;
                Microdata::new(sheet, codes, described)
            });
            let read = read.await.map_err(Refusal::broken)?;
            let data = read.map_err(|_| Refusal::conflict("version-gone"))?;
            versions.insert(version, Arc::new(data));
        }
        Ok(Out { tables, files, versions })
    }

    /// How much is out; whoever enters something checks that it is still as much.
    pub fn count(&self) -> i64 {
        (self.tables.len() + self.files.len()) as i64
    }

    pub fn data(&self, version: i64) -> Result<&Microdata, Vec<Problem>> {
        let found = self.versions.get(&version).map(Arc::as_ref);
        found.ok_or_else(|| {
            vec![Problem::of("", "version-gone").with("version", version.to_string())]
        })
    }
}

/// The same number, as a change sees it.
pub async fn count(change: &mut Transaction, data: &str) -> sqlx::Result<i64> {
    let sql = "SELECT (SELECT COUNT(*) FROM statistics_tables WHERE data = $1 AND state IN ('published', 'withdrawn'))
        + (SELECT COUNT(*) FROM statistics_files WHERE data = $1 AND state IN ('published', 'withdrawn'))";
    sqlx::query_scalar(sql).bind(data).fetch_one(&mut **change).await
}

/// The interviews of a data set as they were kept, with their codebook.
pub fn kept(set: &DataSet, interviews: &str) -> Result<(Sheet, Codebook), Vec<Problem>> {
    let mut sheet = sheet::read("", interviews.as_bytes(), &Bounds::PAGE)?;
    if !Kind::has_heading(&set.kind) {
        // They are kept below a heading; where they came from there was none.
        sheet.rows.iter_mut().for_each(|row| *row -= 1);
    }
    let codes = match set.codebook.is_empty() {
        true => Codebook::default(),
        false => Codebook::read("codebook", set.codebook.as_bytes(), &sheet)?,
    };
    Ok((sheet, codes))
}
