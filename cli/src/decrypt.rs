//! `throughcare decrypt`: records of a form with a key, opened on the machine of who holds it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use base::Settings;
use instruments::sealed::{self, Envelope, Key, Opened};

pub const HELP: &str = "\
Examples:
  throughcare decrypt 1f0c22ab --key private.pem -o opened     the encrypted records of a round
  throughcare decrypt records/17 --key private.pem -o opened   one that was copied off a device: a folder with
                                                               submission.xml and its .enc files

A pair of keys is made by: openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out private.pem
Its public half goes into the settings sheet as public_key:
  openssl pkey -in private.pem -pubout -outform DER | base64 -w0
The site never sees the private one. Without it nobody can open a record: keep two copies, in two places.";

#[derive(clap::Args)]
pub struct Decrypt {
    /// The round, as the address of its page ends; or a folder with one record
    what: String,
    /// The private key: PEM or DER, without a password
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// The folder to write to; what is there is not overwritten
    #[arg(short, long)]
    output: PathBuf,
}

pub async fn decrypt(settings: Settings, line: Decrypt) -> Result<()> {
    let shown = line.key.display();
    let bytes = fs::read(&line.key).with_context(|| format!("{shown} cannot be read"))?;
    let key = Key::read(&bytes).with_context(|| format!("{shown}"))?;
    let folder = Path::new(&line.what);
    if folder.is_dir() {
        return put(&line.output, &one(folder, &key)?);
    }
    let output = line.output.clone();
    let mut failed = 0;
    let mut count = 0;
    crate::with_site(settings, async |site| {
        count = sealed::of_round(site, &line.what, &key, |found| {
            match found.opened {
                Ok(opened) => put(&output.join(found.number.to_string()), &opened)?,
                Err(error) => {
                    failed += 1;
                    eprintln!("record {} ({}): {error:#}", found.number, found.instance);
                }
            }
            Ok(())
        })
        .await?;
        Ok(())
    })
    .await?;
    eprintln!("{} of {count} encrypted records opened into {}", count - failed, output.display());
    if failed > 0 { bail!("{failed} record(s) could not be opened, told above") } else { Ok(()) }
}

/// A record that lies in a folder, as on a device.
fn one(folder: &Path, key: &Key) -> Result<Opened> {
    let path = folder.join("submission.xml");
    let text =
        fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
    Envelope::read(&text)?.open(key, |name| {
        let name = Path::new(name).file_name().context("a file without a name")?;
        let path = folder.join(name);
        fs::read(&path).with_context(|| format!("{} cannot be read", path.display()))
    })
}

/// Writes an opened record into a new folder.
fn put(folder: &Path, opened: &Opened) -> Result<()> {
    let shown = folder.display();
    if let Some(above) = folder.parent() {
        fs::create_dir_all(above).with_context(|| format!("{} cannot be made", above.display()))?;
    }
    fs::create_dir(folder)
        .with_context(|| format!("{shown} cannot be made (nothing is overwritten)"))?;
    if !opened.whole {
        eprintln!(
            "{shown}: the digest inside does not fit: the record may have been changed on its way"
        );
    }
    let parts = opened.files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
    for (name, bytes) in parts.chain([("submission.xml", opened.xml.as_bytes())]) {
        // A name comes from whoever sent it: it leads to no other folder.
        let name = Path::new(name).file_name().context("a file without a name")?;
        let path = folder.join(name);
        let mut file = fs::OpenOptions::new();
        let file = file.write(true).create_new(true).open(&path);
        let mut file = file.with_context(|| format!("{} cannot be written", path.display()))?;
        std::io::Write::write_all(&mut file, bytes)
            .with_context(|| format!("{} cannot be written", path.display()))?;
    }
    Ok(())
}
