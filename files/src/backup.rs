//! The contents in a backup: behind the rows, as a second gzip member of the same file, each after a line
//! with its digest. Who knows only rows reads those and stops.

use std::fs::OpenOptions;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use base::{Site, chance};
use flate2::Compression;
use flate2::bufread::GzDecoder;
use flate2::write::GzEncoder;
use futures_util::TryStreamExt;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::kept::{self, File};

/// Before a content, and, with no file, at the end.
#[derive(Serialize, Deserialize)]
struct Line {
    file: Option<i64>,
    /// Bytes that follow; at the end, how many files there were.
    size: u64,
    sha256: String,
}

/// Writes the contents of all files behind the rows of a backup; gives their number. A content that is
/// not what was kept stops it.
pub async fn append(site: &Site, path: &Path) -> Result<u64> {
    let out = OpenOptions::new().append(true).open(path)?;
    let mut out = GzEncoder::new(out, Compression::default());
    let files = kept::all(&site.storage.pool).await?;
    for file in &files {
        line(&mut out, Some(file.id.0), file.size, &file.sha256)?;
        let (mut content, mut hash) = (kept::get(site, file).await?, Sha256::new());
        while let Some(piece) = content.try_next().await? {
            hash.update(&piece);
            out.write_all(&piece)?;
        }
        let found = chance::in_hex(&hash.finalize());
        ensure!(found == file.sha256, "the content of file {} is not what was kept", file.id.0);
    }
    line(&mut out, None, files.len() as u64, "")?;
    out.finish()?.sync_all()?;
    Ok(files.len() as u64)
}

fn line(out: &mut impl Write, file: Option<i64>, size: u64, sha256: &str) -> Result<()> {
    serde_json::to_writer(&mut *out, &Line { file, size, sha256: sha256.into() })?;
    Ok(out.write_all(b"\n")?)
}

/// Reads the contents of a backup through; gives their number. `expected` is how many its rows name: a
/// backup that was cut off between rows and contents is found by it.
pub fn check(path: &Path, expected: u64) -> Result<u64> {
    let mut found = 0;
    each(path, |_, _| {
        found += 1;
        Ok(())
    })?;
    ensure!(
        found == expected,
        "{} holds {found} files, and its rows name {expected}",
        path.display()
    );
    Ok(found)
}

/// Puts the contents of a backup where the rows say, once those are restored. Gives their number.
pub async fn restore(site: &Site, path: &Path) -> Result<u64> {
    let files = kept::all(&site.storage.pool).await?;
    let (send, mut receive) = tokio::sync::mpsc::channel::<(i64, Vec<u8>)>(1);
    let reading = {
        let path = path.to_owned();
        tokio::task::spawn_blocking(move || {
            each(&path, |id, content| Ok(send.blocking_send((id, content))?))
        })
    };
    let mut done = 0;
    while let Some((id, content)) = receive.recv().await {
        let file = files.iter().find(|file: &&File| file.id.0 == id);
        let file = file.with_context(|| format!("no row tells of file {id}"))?;
        let found = chance::in_hex(&Sha256::digest(&content));
        ensure!(found == file.sha256, "file {id} is not what its row says");
        kept::put_back(site, file, content).await?;
        done += 1;
    }
    reading.await??;
    ensure!(done == files.len(), "{done} of {} files were in the backup", files.len());
    Ok(done as u64)
}

/// Gives every content to `take`, held to its digest. One content at a time is in memory.
fn each(path: &Path, mut take: impl FnMut(i64, Vec<u8>) -> Result<()>) -> Result<()> {
    let shown = path.display();
    let file = std::fs::File::open(path).with_context(|| shown.to_string())?;
    let mut rows = GzDecoder::new(BufReader::new(file));
    std::io::copy(&mut rows, &mut std::io::sink())
        .with_context(|| format!("{shown} is damaged or was cut off"))?;
    let mut rest = rows.into_inner();
    if rest.fill_buf()?.is_empty() {
        // A backup of a version that kept no files.
        return Ok(());
    }
    let mut lines = BufReader::new(GzDecoder::new(rest));
    let mut count = 0;
    loop {
        let mut text = String::new();
        lines.read_line(&mut text).with_context(|| format!("{shown} is damaged or was cut off"))?;
        let line: Line = serde_json::from_str(&text)
            .with_context(|| format!("{shown} was cut off among its files"))?;
        let Some(id) = line.file else {
            ensure!(line.size == count, "{shown} has {count} files of {}", line.size);
            return Ok(());
        };
        let mut content = Vec::new();
        lines.by_ref().take(line.size).read_to_end(&mut content)?;
        if chance::in_hex(&Sha256::digest(&content)) != line.sha256 {
            bail!("{shown} is damaged: file {id} is not what was kept");
        }
        count += 1;
        take(id, content)?;
    }
}
