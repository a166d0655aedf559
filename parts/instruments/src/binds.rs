//! What the form itself says of its nodes, read from its XML: types, calculations, conditions. The engine keeps
//! them to itself; a comparison of versions and the search for hidden places need them in words.

use std::collections::{BTreeMap, BTreeSet};

use xlsform::xml::{self, Document};

use crate::compiled::Compiled;

/// A `bind` of the form, as it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bind {
    /// `string`, `int`, `geopoint` …; empty where none is named.
    pub data_type: String,
    pub calculate: String,
    pub relevant: String,
    pub constraint: String,
    pub required: String,
    pub read_only: String,
}

/// The binds of a form by path. A form that was compiled can be read.
pub fn of(compiled: &Compiled) -> BTreeMap<String, Bind> {
    let mut document = Document::new();
    let mut found = BTreeMap::new();
    let Ok(root) = xml::parse(&mut document, compiled.form.xml()) else { return found };
    let nodes = document.descendants(root).into_iter();
    for node in nodes.filter(|id| document.local_name(*id) == "bind") {
        let text = |name: &str| document.attribute(node, name).unwrap_or_default().to_owned();
        let bind = Bind {
            data_type: text("type"),
            calculate: text("calculate"),
            relevant: text("relevant"),
            constraint: text("constraint"),
            required: text("required"),
            read_only: text("readonly"),
        };
        found.insert(text("nodeset"), bind);
    }
    found
}

/// The hints of questions by path, each by language (`default` where the form names none).
pub fn hints(compiled: &Compiled) -> BTreeMap<String, Vec<(String, String)>> {
    let mut document = Document::new();
    let mut found: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    let Ok(root) = xml::parse(&mut document, compiled.form.xml()) else { return found };
    let attribute = |id, name: &str| document.attribute(id, name).unwrap_or_default().to_owned();
    for node in document.descendants(root) {
        match document.local_name(node) {
            "translation" => {
                let language = attribute(node, "lang");
                for text in document.elements(node) {
                    let id = attribute(text, "id");
                    let Some(path) = id.strip_suffix(":hint") else { continue };
                    let plain = |value: &xml::NodeId| document.attribute(*value, "form").is_none();
                    if let Some(value) = document.elements(text).find(plain) {
                        let words = document.text(value).trim().to_owned();
                        found.entry(path.to_owned()).or_default().push((language.clone(), words));
                    }
                }
            }
            "hint" if document.attribute(node, "ref").is_none() => {
                let Some(parent) = document.parent(node) else { continue };
                let words = document.text(node).trim().to_owned();
                let path = attribute(parent, "ref");
                found.entry(path).or_default().push(("default".to_owned(), words));
            }
            _ => {}
        }
    }
    found
}

/// The types of questions that say where somebody is.
const PLACES: [&str; 3] = ["geopoint", "geotrace", "geoshape"];

/// The paths of all nodes that hold a place, and of all that are calculated from one, however many steps away. A
/// calculation counts as soon as it names the last part of such a path: better one column too many than a
/// latitude under another name.
pub fn places(binds: &BTreeMap<String, Bind>) -> BTreeSet<String> {
    let mut found: BTreeSet<String> = binds
        .iter()
        .filter(|(_, bind)| PLACES.contains(&bind.data_type.as_str()))
        .map(|(path, _)| path.clone())
        .collect();
    loop {
        let names: BTreeSet<&str> =
            found.iter().filter_map(|path| path.rsplit('/').next()).collect();
        let more: Vec<String> = binds
            .iter()
            .filter(|(path, _)| !found.contains(*path))
            .filter(|(_, bind)| words(&bind.calculate).any(|word| names.contains(word)))
            .map(|(path, _)| path.clone())
            .collect();
        if more.is_empty() {
            return found;
        }
        found.extend(more);
    }
}

/// The names in an expression.
fn words(expression: &str) -> impl Iterator<Item = &str> {
    expression.split(|c: char| !(c.is_alphanumeric() || "-_.".contains(c)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_latitude_under_another_name_is_a_place() {
        let bind = |data_type: &str, calculate: &str| Bind {
            data_type: data_type.into(),
            calculate: calculate.into(),
            ..Bind::default()
        };
        let binds = BTreeMap::from([
            ("/data/here".to_owned(), bind("geopoint", "")),
            ("/data/north".to_owned(), bind("string", "selected-at( /data/here , 0)")),
            ("/data/rounded".to_owned(), bind("string", "round(../north, 2)")),
            ("/data/age".to_owned(), bind("int", "")),
            ("/data/where".to_owned(), bind("string", "'here'")),
        ]);
        let found: Vec<String> = places(&binds).into_iter().collect();
        assert_eq!(found, ["/data/here", "/data/north", "/data/rounded", "/data/where"]);
    }
}
