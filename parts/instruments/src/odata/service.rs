//! The model of a round's service: an entity set for the records and one for each repeat, their properties, and how
//! they hang together; described as CSDL 4.0 (OASIS, "OData CSDL XML Representation").

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::data::typed::{self, Field, Type};
use crate::data::{Data, Kind};

/// The name under which its types stand.
const NAMESPACE: &str = "Throughcare";

/// An entity set.
pub struct Set<'a> {
    pub name: String,
    pub fields: Vec<Field<'a>>,
    pub rows: usize,
    /// The set in whose rows its rows lie; the records lie in nothing.
    pub parent: Option<usize>,
    /// The sets whose rows lie in its rows, with the name of the way there.
    pub children: Vec<(String, usize)>,
    /// Of a repeat: the rows by the row in which they lie.
    below: BTreeMap<usize, Vec<usize>>,
    /// Of a repeat: the row of the parent in which each row lies.
    above: Vec<Option<usize>>,
}

/// The way from a row to the row in which it lies.
pub const UP: &str = "_parent";

/// The sets of a round.
pub struct Service<'a> {
    pub sets: Vec<Set<'a>>,
    /// The language of labels in place of codes, where they were asked for.
    pub labels: Option<String>,
}

impl<'a> Service<'a> {
    pub fn of(data: &'a Data, labels: Option<String>) -> Service<'a> {
        let mut taken = BTreeSet::new();
        let mut sets: Vec<Set> = Vec::new();
        for table in &data.tables {
            let within =
                |path: &str| path.is_empty() || table.path.starts_with(&format!("{path}/"));
            let parent = data
                .tables
                .iter()
                .enumerate()
                .filter(|(_, it)| {
                    !table.path.is_empty() && it.path != table.path && within(&it.path)
                })
                .max_by_key(|(_, it)| it.path.len())
                .map(|(at, _)| at);
            sets.push(Set {
                name: typed::name(&table.name, &mut taken),
                fields: typed::fields(table, false),
                rows: table.rows,
                parent,
                children: Vec::new(),
                below: BTreeMap::new(),
                above: Vec::new(),
            });
        }
        for at in 0..sets.len() {
            if let Some(parent) = sets[at].parent {
                let name = sets[at].name.clone();
                let is_field =
                    sets[parent].fields.iter().any(|it| it.name.eq_ignore_ascii_case(&name));
                let way = if is_field { format!("{name}_rows") } else { name };
                sets[parent].children.push((way, at));
                let (below, above) = joined(&sets[parent], &sets[at]);
                sets[at].below = below;
                sets[at].above = above;
            }
        }
        Service { sets, labels }
    }

    pub fn set(&self, name: &str) -> Option<usize> {
        self.sets.iter().position(|set| set.name == name)
    }

    /// The rows of a set that lie in a row of its parent.
    pub fn below(&self, set: usize, row: usize) -> &[usize] {
        self.sets[set].below.get(&row).map_or(&[], Vec::as_slice)
    }

    /// The row in which a row lies.
    pub fn above(&self, set: usize, row: usize) -> Option<(usize, usize)> {
        let parent = self.sets[set].parent?;
        Some((parent, self.sets[set].above.get(row).copied().flatten()?))
    }

    /// The service document.
    pub fn document(&self, root: &str) -> Value {
        let sets = self
            .sets
            .iter()
            .map(|set| json!({ "name": set.name, "kind": "EntitySet", "url": set.name }));
        json!({ "@odata.context": format!("{root}/$metadata"), "value": sets.collect::<Vec<_>>() })
    }

    /// `$metadata`.
    pub fn metadata(&self) -> String {
        let mut out = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<edmx:Edmx xmlns:edmx=\"http://docs.oasis-open.org/odata/ns/edmx\" Version=\"4.0\"><edmx:Reference Uri=\"https://oasis-tcs.github.io/odata-vocabularies/vocabularies/Org.OData.Core.V1.xml\"><edmx:Include Namespace=\"Org.OData.Core.V1\" Alias=\"Core\"/></edmx:Reference><edmx:DataServices>\n<Schema xmlns=\"http://docs.oasis-open.org/odata/ns/edm\" Namespace=\"{NAMESPACE}\">\n"
        );
        for set in &self.sets {
            self.entity_type(set, &mut out);
        }
        out += "<EntityContainer Name=\"Round\">\n";
        for set in &self.sets {
            out +=
                &format!("<EntitySet Name=\"{0}\" EntityType=\"{NAMESPACE}.{0}_row\">", set.name);
            for (way, child) in &set.children {
                let target = &self.sets[*child].name;
                out += &format!("<NavigationPropertyBinding Path=\"{way}\" Target=\"{target}\"/>");
            }
            if let Some(parent) = set.parent {
                let target = &self.sets[parent].name;
                out += &format!("<NavigationPropertyBinding Path=\"{UP}\" Target=\"{target}\"/>");
            }
            out += "</EntitySet>\n";
        }
        out += "</EntityContainer>\n</Schema></edmx:DataServices></edmx:Edmx>\n";
        out
    }

    fn entity_type(&self, set: &Set, out: &mut String) {
        *out += &format!("<EntityType Name=\"{}_row\"><Key>", set.name);
        for key in set.keys() {
            *out += &format!("<PropertyRef Name=\"{}\"/>", set.fields[key].name);
        }
        *out += "</Key>\n";
        let keys = set.keys();
        for (at, field) in set.fields.iter().enumerate() {
            let null = if keys.contains(&at) { " Nullable=\"false\"" } else { "" };
            let about = field.label(self.labels.as_deref().unwrap_or(""));
            *out += &format!(
                "<Property Name=\"{}\" Type=\"{}\"{null}><Annotation Term=\"Core.Description\" String=\"{}\"/></Property>\n",
                field.name,
                edm(field),
                escape(&about)
            );
        }
        for (way, child) in &set.children {
            *out += &format!(
                "<NavigationProperty Name=\"{way}\" Type=\"Collection({NAMESPACE}.{}_row)\" Partner=\"{UP}\"/>\n",
                self.sets[*child].name
            );
        }
        if let Some(parent) = set.parent {
            let parent = &self.sets[parent];
            let way = parent.children.iter().find(|(_, it)| self.sets[*it].name == set.name);
            *out += &format!(
                "<NavigationProperty Name=\"{UP}\" Type=\"{NAMESPACE}.{}_row\" Nullable=\"false\" Partner=\"{}\"/>\n",
                parent.name,
                way.map_or("", |(way, _)| way)
            );
        }
        *out += "</EntityType>\n";
    }

    /// The words of a cell where labels were asked for: a code's label, else what it is.
    pub fn worded<'t>(&self, field: &Field, text: &'t str) -> std::borrow::Cow<'t, str> {
        match (&self.labels, field.column.kind) {
            (Some(language), Kind::One | Kind::Several) => field.worded(text, language).into(),
            _ => text.into(),
        }
    }
}

impl Set<'_> {
    /// The places of the fields that name a row.
    pub fn keys(&self) -> Vec<usize> {
        let names: &[&str] = if self.parent.is_some() { &["_record", "_at"] } else { &["_record"] };
        let place = |name: &&str| self.fields.iter().position(|field| field.name == **name);
        names.iter().filter_map(place).collect()
    }

    /// What names a row, as texts.
    pub fn key_of(&self, row: usize) -> Vec<&str> {
        self.keys().into_iter().map(|at| self.fields[at].raw(row).unwrap_or("")).collect()
    }
}

type Joined = (BTreeMap<usize, Vec<usize>>, Vec<Option<usize>>);

/// Which rows of a repeat lie in which rows of its parent.
fn joined(parent: &Set, child: &Set) -> Joined {
    let mut rows: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for row in 0..parent.rows {
        let key = parent.key_of(row);
        rows.insert((key[0], key.get(1).copied().unwrap_or("")), row);
    }
    let (mut below, mut above) = (BTreeMap::<usize, Vec<usize>>::new(), Vec::new());
    for row in 0..child.rows {
        let key = child.key_of(row);
        let place = key.get(1).and_then(|at| at.rsplit_once('.')).map_or("", |(place, _)| place);
        let found = rows.get(&(key[0], place)).copied();
        if let Some(found) = found {
            below.entry(found).or_default().push(row);
        }
        above.push(found);
    }
    (below, above)
}

/// The type of a property.
pub fn edm(field: &Field) -> &'static str {
    match field.of {
        Type::Whole => "Edm.Int64",
        Type::Number => "Edm.Double",
        Type::Day => "Edm.Date",
        Type::Moment => "Edm.DateTimeOffset",
        Type::Time => "Edm.TimeOfDay",
        // A number, so that it can be added up.
        Type::Flag => "Edm.Int32",
        Type::Code | Type::Text => "Edm.String",
    }
}

fn escape(text: &str) -> String {
    let allowed = |c: &char| !c.is_control();
    text.chars()
        .filter(allowed)
        .collect::<String>()
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
