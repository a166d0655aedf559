//! What a record says of itself: its form, version, identity, and the record that it corrects.

use anyhow::{Result, bail};
use xlsform::xml::{self, Document};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identity {
    pub form: String,
    pub version: String,
    /// `uuid:…`
    pub instance: String,
    pub deprecates: String,
    /// Whether only who holds a key can read it.
    pub encrypted: bool,
}

/// Nodes of one record: 150,000 answers. A stranger's record is read here first, and takes 30 MB at most.
const MOST_NODES: usize = 300_000;

/// Reads the root and the `meta` of a record.
pub fn of(record: &str) -> Result<Identity> {
    let mut document = Document::new();
    let root = xml::parse_within(&mut document, record, MOST_NODES)?;
    let Some(data) = document.elements(root).next() else { bail!("the record is empty") };
    let attribute = |name: &str| document.attribute(data, name).unwrap_or_default().to_owned();
    let meta = document.child(data, "meta");
    let text = |name: &str| {
        let found = meta.and_then(|meta| document.child(meta, name));
        found.map(|id| document.text(id).trim().to_owned()).unwrap_or_default()
    };
    // Briefcase and old clients put the identity on the root.
    let instance = Some(text("instanceID")).filter(|id| !id.is_empty());
    Ok(Identity {
        form: attribute("id"),
        version: attribute("version"),
        instance: instance.unwrap_or_else(|| attribute("instanceID")),
        deprecates: text("deprecatedID"),
        encrypted: attribute("encrypted") == "yes",
    })
}
