//! `throughcare backup`, `restore`, `check`: everything as one file, and back.

use std::path::Path;

use anyhow::{Result, bail};
use base::backup::{self, Contents};
use base::{App, Settings, Storage, audit};

pub async fn backup(site: &App, file: &Path, now: i64) -> Result<()> {
    let contents = backup::write(&site.storage, file, env!("CARGO_PKG_VERSION"), now).await?;
    // What was written is read again: a backup that cannot be read is none.
    backup::check(file)?;
    eprintln!("{}: {}, read back and whole", file.display(), told(&contents));
    Ok(())
}

pub async fn restore(settings: &Settings, file: &Path) -> Result<()> {
    let storage = Storage::open(&settings.database_url).await?;
    let done = backup::restore(&storage, file, &base::site::steps(web::PARTS)).await;
    storage.pool.close().await;
    let contents = done?;
    eprintln!("{}: {}, the same as in the backup", storage.shown, told(&contents));
    Ok(())
}

pub fn check_file(file: &Path) -> Result<()> {
    let (made_at, contents) = backup::check(file)?;
    let made_at = jiff::Timestamp::from_second(made_at)?;
    eprintln!("{}: {}, made {made_at}, whole", file.display(), told(&contents));
    Ok(())
}

pub async fn check_database(site: &App) -> Result<()> {
    let faults = site.storage.faults().await?;
    let verdict = audit::verify(&site.storage.pool, None).await?;
    let chain = verdict.faults.iter().map(|fault| format!("audit chain: {fault}"));
    let faults: Vec<String> = faults.into_iter().chain(chain).collect();
    if !faults.is_empty() {
        bail!(
            "the database {} is not whole: {}. Keep it as it is, and put a backup into a new one: throughcare restore",
            site.storage.shown,
            audit::told(&faults)
        );
    }
    eprintln!("{}: whole, with {} entries in the audit chain", site.storage.shown, verdict.entries);
    Ok(())
}

fn told(contents: &Contents) -> String {
    let rows: u64 = contents.values().map(|content| content.rows).sum();
    format!("{} tables with {rows} rows", contents.len())
}
