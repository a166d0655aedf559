//! Encrypted records (docs.getodk.org/encrypted-forms-spec): the site keeps them as they came and cannot read them; who
//! holds the private key opens them on a machine of their own.

use std::collections::BTreeMap;

use aes::Aes256;
use aes::cipher::KeyIvInit;
use anyhow::{Context, Result, anyhow, bail};
use base::{Site, storage};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use md5::{Digest, Md5};
use rsa::pkcs1::DecodeRsaPrivateKey;
use rsa::pkcs8::DecodePrivateKey;
use rsa::{Oaep, RsaPrivateKey};
use sha1::Sha1;
use sha2::Sha256;
use sqlx::Row;
use xlsform::xml::{self, Document, NodeId};

use crate::compiled::digest;
use crate::{identity, record, round};

/// The private half of the key whose public half stands in the form.
pub struct Key(RsaPrivateKey);

impl Key {
    /// Reads PEM (PKCS #8, as `openssl genpkey` writes, or PKCS #1) or DER.
    pub fn read(bytes: &[u8]) -> Result<Key> {
        let from_der = || {
            RsaPrivateKey::from_pkcs8_der(bytes)
                .ok()
                .or_else(|| RsaPrivateKey::from_pkcs1_der(bytes).ok())
        };
        let from_pem = |text: &str| {
            let text = text.trim();
            RsaPrivateKey::from_pkcs8_pem(text)
                .ok()
                .or_else(|| RsaPrivateKey::from_pkcs1_pem(text).ok())
        };
        let key = std::str::from_utf8(bytes).ok().and_then(from_pem).or_else(from_der);
        key.map(Key).ok_or_else(|| {
            anyhow!("this is no private RSA key in PEM or DER; with a password on it, take that off first: openssl pkey -in KEY -out PLAIN")
        })
    }

    /// Java's name for the padding leaves the hash of its mask open: BouncyCastle, and so ODK Collect, takes SHA-256;
    /// others take SHA-1.
    fn decrypt(&self, sealed: &[u8]) -> Result<Vec<u8>> {
        self.0
            .decrypt(Oaep::<Sha256>::new(), sealed)
            .or_else(|_| self.0.decrypt(Oaep::<Sha256, Sha1>::new_with_mgf_hash(), sealed))
            .map_err(|_| anyhow!("this key does not open it: it was sealed for another key"))
    }
}

/// The outside of an encrypted record: what can be read without the key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    pub form: String,
    pub version: String,
    pub instance: String,
    /// As it stands in the record, in base 64.
    key: String,
    /// Names of the encrypted files that belong to the record, in their order.
    pub media: Vec<String>,
    /// Name of the encrypted record itself.
    pub record: String,
    signature: String,
}

/// A record that was opened.
#[derive(Debug)]
pub struct Opened {
    pub xml: String,
    /// Names as they were on the device, and bytes.
    pub files: Vec<(String, Vec<u8>)>,
    /// Whether the digest that was sealed with the record fits it. It shows damage; anybody who has the form could
    /// have made it.
    pub whole: bool,
}

impl Envelope {
    pub fn read(text: &str) -> Result<Envelope> {
        let identity = identity::of(text)?;
        if !identity.encrypted {
            bail!("the record is not encrypted");
        }
        let mut document = Document::new();
        let root = xml::parse(&mut document, text)?;
        let data = document.elements(root).next().context("the record is empty")?;
        let one = |name: &str| text_of(&document, data, name);
        let media = document
            .elements(data)
            .filter(|id| document.local_name(*id) == "media")
            .flat_map(|media| document.elements(media).collect::<Vec<_>>())
            .filter(|id| document.local_name(*id) == "file")
            .map(|id| document.text(id).trim().to_owned())
            .collect();
        let envelope = Envelope {
            form: identity.form,
            version: identity.version,
            instance: identity.instance,
            key: one("base64EncryptedKey"),
            media,
            record: one("encryptedXmlFile"),
            signature: one("base64EncryptedElementSignature"),
        };
        if envelope.key.is_empty() || envelope.record.is_empty() {
            bail!(
                "the record says that it is encrypted, but has no key (base64EncryptedKey) or names no record (encryptedXmlFile)"
            );
        }
        Ok(envelope)
    }

    /// Every file that is needed to open it, in the order in which they were sealed.
    pub fn needed(&self) -> impl Iterator<Item = &String> {
        self.media.iter().chain([&self.record])
    }

    /// Opens the record with its files, each given by name.
    pub fn open(
        &self,
        key: &Key,
        mut given: impl FnMut(&str) -> Result<Vec<u8>>,
    ) -> Result<Opened> {
        let sealed = STANDARD.decode(&self.key).context("the key of the record is no base 64")?;
        let inner = key.decrypt(&sealed)?;
        let inner: [u8; 32] =
            inner.try_into().map_err(|_| anyhow!("the key of the record is not of 256 bits"))?;
        let mut seed = Md5::new();
        seed.update(self.instance.as_bytes());
        seed.update(inner);
        let mut iv: [u8; 16] = seed.finalize().into();
        let mut files = Vec::new();
        for (at, name) in self.needed().enumerate() {
            // Each file begins with a vector of its own: one byte after another is counted up.
            iv[at % 16] = iv[at % 16].wrapping_add(1);
            let plain = decrypt(&inner, &iv, given(name)?).with_context(|| name.clone())?;
            files.push((name.strip_suffix(".enc").unwrap_or(name).to_owned(), plain));
        }
        let whole = self.fits(key, &files);
        let (_, xml) = files.pop().context("the record names no record")?;
        let xml = String::from_utf8(xml).context("what was opened is no text")?;
        Ok(Opened { xml, files, whole })
    }

    /// Whether the digest of everything that was sealed is the one inside.
    fn fits(&self, key: &Key, files: &[(String, Vec<u8>)]) -> bool {
        let mut parts = vec![self.form.clone()];
        parts.extend(Some(self.version.clone()).filter(|it| !it.is_empty()));
        parts.extend([self.key.clone(), self.instance.clone()]);
        parts.extend(files.iter().map(|(name, bytes)| format!("{name}::{}", digest(bytes))));
        let source = parts.iter().map(|part| format!("{part}\n")).collect::<String>();
        let inside = STANDARD.decode(&self.signature).ok().and_then(|it| key.decrypt(&it).ok());
        inside.is_some_and(|it| it == Md5::digest(source.as_bytes()).as_slice())
    }
}

fn text_of(document: &Document, parent: NodeId, name: &str) -> String {
    let found = document.child(parent, name);
    found.map(|id| document.text(id).trim().to_owned()).unwrap_or_default()
}

/// AES-256 in CFB with padding as PKCS #5 says.
fn decrypt(key: &[u8; 32], iv: &[u8; 16], mut bytes: Vec<u8>) -> Result<Vec<u8>> {
    cfb_mode::Decryptor::<Aes256>::new(key.into(), iv.into()).decrypt(&mut bytes);
    let padding = usize::from(*bytes.last().context("the file is empty")?);
    let end = bytes.len().checked_sub(padding).filter(|_| (1..=16).contains(&padding));
    let end = end.filter(|end| bytes[*end..].iter().all(|it| usize::from(*it) == padding));
    bytes.truncate(end.context("the file is damaged, or it was sealed with another key")?);
    Ok(bytes)
}

/// One encrypted record of a round, with what became of it.
pub struct Found {
    pub number: i64,
    pub instance: String,
    pub opened: Result<Opened>,
}

/// Opens the encrypted records of a round one after another, and gives each to `to`; how many there were.
pub async fn of_round(
    site: &Site,
    id: &str,
    key: &Key,
    mut to: impl FnMut(Found) -> Result<()>,
) -> Result<usize> {
    let pool = &site.storage.pool;
    let round = round::find(pool, id).await?;
    let round = round.with_context(|| {
        format!("there is no round {id}; the address of its page ends in its name")
    })?;
    let mut count = 0;
    for record in record::all(pool, &round.id).await? {
        if !record.replaced_by.is_empty() {
            continue;
        }
        let Ok(envelope) = Envelope::read(&record.xml) else { continue };
        count += 1;
        let mut files = BTreeMap::new();
        for name in envelope.needed() {
            files.insert(
                name.clone(),
                whole(&site.storage, &round.id, &record.instance, name).await?,
            );
        }
        let opened = envelope.open(key, |name| {
            let bytes = files.remove(name).filter(|it| !it.is_empty());
            bytes.with_context(|| format!("the file {name:?} did not arrive with the record"))
        });
        to(Found { number: record.number, instance: record.instance, opened })?;
    }
    Ok(count)
}

/// A file of a record, whole.
async fn whole(
    storage: &storage::Storage,
    round: &str,
    instance: &str,
    name: &str,
) -> Result<Vec<u8>> {
    let sql = "SELECT bytes FROM submission_pieces WHERE round = $1 AND instance = $2 AND name = $3 ORDER BY piece";
    let rows = sqlx::query(sql).bind(round).bind(instance).bind(name).fetch_all(&storage.pool);
    let mut bytes = Vec::new();
    for row in rows.await? {
        bytes.extend(row.try_get::<Vec<u8>, _>(0)?);
    }
    Ok(bytes)
}
