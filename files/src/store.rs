//! Where contents stand: a folder beside the database, or a bucket that speaks S3.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, LazyLock, Mutex};

use anyhow::{Context, Result, bail};
use base::Site;
use object_store::ObjectStore;
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use url::Url;

/// Opened once for each setting: connections to a bucket are kept.
static OPENED: LazyLock<Mutex<BTreeMap<String, Arc<dyn ObjectStore>>>> =
    LazyLock::new(Mutex::default);

pub fn of(site: &Site) -> Result<Arc<dyn ObjectStore>> {
    let setting = &site.settings.files;
    let mut opened = OPENED.lock().map_err(|_| anyhow::anyhow!("a thread fell over"))?;
    if let Some(store) = opened.get(setting) {
        return Ok(store.clone());
    }
    let store = open(setting).context("the setting files")?;
    opened.insert(setting.clone(), store.clone());
    Ok(store)
}

/// `folder:PATH`, or `s3://KEY:SECRET@BUCKET?region=…&endpoint=https://…`.
fn open(setting: &str) -> Result<Arc<dyn ObjectStore>> {
    if let Some(folder) = setting.strip_prefix("folder:") {
        let folder = Path::new(folder);
        std::fs::create_dir_all(folder)
            .with_context(|| format!("the folder {} cannot be made", folder.display()))?;
        // Synced to the disk before a file counts as kept.
        return Ok(Arc::new(LocalFileSystem::new_with_prefix(folder)?.with_fsync(true)));
    }
    let Some(address) = Url::parse(setting).ok().filter(|address| address.scheme() == "s3") else {
        bail!("files are kept in folder:PATH or s3://KEY:SECRET@BUCKET?region=…");
    };
    let plain = |text: &str| {
        let text = text.replace('+', "%2B");
        url::form_urlencoded::parse(text.as_bytes()).next().map(|(text, _)| text.into_owned())
    };
    // The first to come decides for the whole program; all bring the same.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut bucket =
        AmazonS3Builder::new().with_bucket_name(address.host_str().context("a bucket is missing")?);
    if let Some(key) = plain(address.username()) {
        bucket = bucket.with_access_key_id(key);
    }
    if let Some(secret) = address.password().and_then(plain) {
        bucket = bucket.with_secret_access_key(secret);
    }
    for (name, value) in address.query_pairs() {
        bucket = match name.as_ref() {
            "region" => bucket.with_region(value),
            "endpoint" => {
                let plain_http = value.starts_with("http://");
                bucket.with_endpoint(value).with_allow_http(plain_http)
            }
            other => bail!("{other:?} is not known; region and endpoint are"),
        };
    }
    Ok(Arc::new(bucket.build()?))
}

#[cfg(test)]
mod tests {
    use super::open;

    #[test]
    fn what_a_setting_may_say() {
        let folder = tempfile::tempdir().expect("a folder");
        let made = folder.path().join("a/b");
        open(&format!("folder:{}", made.display())).expect("a folder is made");
        assert!(made.is_dir());
        for address in [
            "s3://KEY:sec%2Fret@bucket?region=eu-west-1",
            "s3://KEY:s@bucket?endpoint=http://127.0.0.1:9000",
        ] {
            open(address).unwrap_or_else(|error| panic!("{address}: {error:#}"));
        }
        for wrong in ["", "files", "s3://", "s3://K:S@bucket?acl=public", "https://example.org"] {
            assert!(open(wrong).is_err(), "{wrong}");
        }
        let shown = format!("{:?}", open("s3://KEY:hidden@bucket?region=x").expect("opened"));
        assert!(!shown.contains("hidden"), "{shown}");
    }
}
