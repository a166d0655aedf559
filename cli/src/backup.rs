//! `throughcare backup`, `restore`, `check`: everything as one file, and back.

use std::path::Path;

use anyhow::{Result, bail};
use base::backup::{self, Contents};
use base::{App, Settings, Storage, audit};

pub async fn backup(site: &App, file: &Path, now: i64) -> Result<()> {
    let contents = backup::write(&site.storage, file, env!("CARGO_PKG_VERSION"), now).await?;
    if let Err(error) = files::backup::append(site, file).await {
        let _ = std::fs::remove_file(file);
        return Err(error.context(format!("{} was not written", file.display())));
    }
    // What was written is read again: a backup that cannot be read is none.
    let files = check_both(file)?.2;
    eprintln!("{}: {} and {files} files, read back and whole", file.display(), told(&contents));
    Ok(())
}

pub async fn restore(settings: &Settings, file: &Path) -> Result<()> {
    let storage = Storage::open(&settings.database_url).await?;
    let done = backup::restore(&storage, file, &base::site::steps(web::PARTS)).await;
    storage.pool.close().await;
    let contents = done?;
    let site = crate::open(settings.clone()).await?;
    let files = files::backup::restore(&site, file).await;
    site.storage.pool.close().await;
    let files = files?;
    eprintln!(
        "{}: {} and {files} files, the same as in the backup",
        storage.shown,
        told(&contents)
    );
    Ok(())
}

pub fn check_file(file: &Path) -> Result<()> {
    let (made_at, contents, files) = check_both(file)?;
    let made_at = jiff::Timestamp::from_second(made_at)?;
    let told = told(&contents);
    eprintln!("{}: {told} and {files} files, made {made_at}, whole", file.display());
    Ok(())
}

/// Holds rows and files to what the backup says of itself.
fn check_both(file: &Path) -> Result<(i64, Contents, u64)> {
    let (made_at, contents) = backup::check(file)?;
    let files = files::backup::check(file, contents.get("files").map_or(0, |it| it.rows))?;
    Ok((made_at, contents, files))
}

pub async fn check_database(site: &App) -> Result<()> {
    let faults = site.storage.faults().await?;
    let verdict = audit::verify(&site.storage.pool, None).await?;
    let chain = verdict.faults.iter().map(|fault| format!("audit chain: {fault}"));
    let files = files::faults(site).await?;
    let faults: Vec<String> = faults.into_iter().chain(chain).chain(files).collect();
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
