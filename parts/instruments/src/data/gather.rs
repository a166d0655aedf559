//! Records put into tables: one row for each record, one further table for each repeat. Here, and nowhere else, is
//! decided what of an anonymous round is held back.

use std::collections::{BTreeMap, BTreeSet};

use base::{Refusal, Site};
use xlsform::xml::{self, Document, NodeId};

use super::{Column, Data, Design, Kind, Table};
use crate::compiled::Compiled;
use crate::record::State;
use crate::round::{Closed, Round};
use crate::{anonymous, binds, day, instrument, record, respondents, round};

/// One record to be put into tables.
struct Source {
    record: String,
    /// Values of the columns that the site adds.
    about: Vec<String>,
    xml: String,
    /// Of anonymous rounds: which answer it is, for what is cleared.
    number: i64,
}

const ABOUT: [&str; 5] = ["_record", "_day", "_state", "_respondent", "_country"];
const ABOUT_ANONYMOUS: [&str; 2] = ["_record", "_day"];

/// The answers of a closed round, with its design: what statistics begin with. Rejected records and
/// those that were corrected are left out.
pub async fn of_closed(site: &Site, round: &Closed<Round>) -> Result<Data, Refusal> {
    gather(site, round).await
}

/// The answers as they stand. Those of an anonymous round can be seen only after it is closed.
pub(super) async fn gather(site: &Site, round: &Round) -> Result<Data, Refusal> {
    let pool = &site.storage.pool;
    if round.anonymous && round.closed_at.is_none() {
        return Err(Refusal::conflict("round-not-closed"));
    }
    let version = instrument::version(pool, &round.instrument, round.number).await?;
    let version = version.ok_or_else(|| Refusal::not_found("no-instrument", &round.instrument))?;
    let compiled = instrument::ready(pool, &version).await?;
    let people = round::respondents(pool, &round.id).await?;
    let known = match round.anonymous {
        true => respondents::Known::default(),
        false => respondents::known(pool, &round.id).await?,
    };
    let sources: Vec<Source> = if round.anonymous {
        let answers = anonymous::all(pool, &round.id).await?.into_iter().enumerate();
        answers
            .map(|(at, answer)| Source {
                record: (at + 1).to_string(),
                about: vec![(at + 1).to_string(), answer.day],
                xml: answer.xml,
                number: answer.number,
            })
            .collect()
    } else {
        let records = record::all(pool, &round.id).await?.into_iter();
        records
            .filter(|it| it.replaced_by.is_empty() && it.state != State::Rejected)
            .map(|it| {
                let who = people.iter().find(|who| who.number == it.respondent);
                let (name, country) =
                    who.map_or(("", ""), |who| (who.name.as_str(), who.country.as_str()));
                let mut about = vec![
                    it.number.to_string(),
                    day::of(it.received_at),
                    it.state.word().to_owned(),
                    name.to_owned(),
                    country.to_owned(),
                ];
                about.extend(known.values_of(it.respondent));
                Source { record: it.number.to_string(), about, xml: it.xml, number: it.number }
            })
            .collect()
    };
    let cleared = match round.anonymous {
        true => Some(anonymous::cleared(pool, &round.id).await?),
        false => None,
    };
    let about: &[&str] = if round.anonymous { &ABOUT_ANONYMOUS } else { &ABOUT };
    let keys = known.keys();
    let about: Vec<&str> = about.iter().copied().chain(keys.iter().map(String::as_str)).collect();
    let mut tables = empty_tables(&compiled, &about);
    let mut held_back = 0;
    for source in &sources {
        held_back += put(&mut tables, source, cleared.as_ref());
    }
    Ok(Data {
        design: Design {
            asked: round.shared.is_empty().then_some(people.len()),
            answered: sources.len(),
            anonymous: round.anonymous,
        },
        round: round.clone(),
        languages: compiled.languages(),
        tables,
        held_back,
    })
}

/// The columns of each table, without rows.
pub fn empty_tables(compiled: &Compiled, about: &[&str]) -> Vec<Table> {
    let kinds: BTreeMap<String, (String, String)> = compiled
        .xform
        .outline()
        .map(|it| (format!("/{}", it.path.join("/")), (it.control.into(), it.data_type.into())))
        .collect();
    let binds = binds::of(compiled);
    let places = binds::places(&binds);
    let added = |key: &&str| Column {
        key: (*key).to_owned(),
        path: String::new(),
        kind: Kind::Other,
        data_type: match *key {
            "_record" => "int".into(),
            "_day" => "date".into(),
            _ => "string".into(),
        },
        place: false,
        labels: Vec::new(),
        choices: Vec::new(),
        values: Vec::new(),
    };
    let table = |name: &str, path: &str, about: &[&str]| Table {
        name: name.to_owned(),
        path: path.to_owned(),
        columns: about.iter().map(added).collect(),
        rows: 0,
    };
    let questions = compiled.form.questions();
    let mut tables = vec![table("answers", "", about)];
    for repeat in questions.iter().filter(|question| question.type_name == "repeat") {
        // A second repeat of one name gets its path as its name.
        let taken = tables.iter().any(|table| table.name == repeat.name);
        let name = if taken { repeat.path[1..].replace('/', "-") } else { repeat.name.clone() };
        tables.push(table(&name, &repeat.path, &["_record", "_at"]));
    }
    for question in questions {
        if ["group", "repeat", "note"].contains(&&*question.type_name) || is_meta(&question.path) {
            continue;
        }
        let within = |table: &&mut Table| {
            table.path.is_empty() || question.path.starts_with(&format!("{}/", table.path))
        };
        let home = tables.iter_mut().filter(within).max_by_key(|table| table.path.len());
        let Some(home) = home else { continue };
        let (control, data_type) =
            kinds.get(&question.path).map_or(("", ""), |(a, b)| (a.as_str(), b.as_str()));
        let kind = match (control, data_type) {
            ("", _) => Kind::Other,
            ("select1", _) => Kind::One,
            ("select", _) => Kind::Several,
            (_, "int") => Kind::Whole,
            (_, "decimal") => Kind::Number,
            (_, "date") => Kind::Date,
            ("trigger", _) => Kind::Other,
            _ => Kind::Text,
        };
        let list = question.list.as_ref().and_then(|list| compiled.lists.get(list));
        let taken = home.columns.iter().any(|column| column.key == question.name);
        let inner = question.path.split('/').skip(2).collect::<Vec<_>>().join("/");
        home.columns.push(Column {
            key: if taken { inner } else { question.name.clone() },
            kind,
            data_type: match binds.get(&question.path) {
                Some(bind) if !bind.data_type.is_empty() => bind.data_type.clone(),
                _ => "string".into(),
            },
            place: places.contains(&question.path),
            path: question.path.clone(),
            labels: question.labels.clone(),
            choices: list.cloned().unwrap_or_default(),
            values: Vec::new(),
        });
    }
    tables
}

fn is_meta(path: &str) -> bool {
    path.split('/').nth(2) == Some("meta")
}

/// Puts one record into the tables; gives how many answers in words were held back.
fn put(tables: &mut [Table], source: &Source, cleared: Option<&BTreeSet<(i64, String)>>) -> usize {
    let mut document = Document::new();
    let Ok(root) = xml::parse(&mut document, &source.xml) else { return 0 };
    let mut held_back = 0;
    let repeats = repeats(tables);
    for table in tables {
        let names: Vec<&str> = table.path.split('/').filter(|it| !it.is_empty()).collect();
        for (node, place) in instances(&document, root, &names, &repeats) {
            table.rows += 1;
            for (at, column) in table.columns.iter_mut().enumerate() {
                let value = if !column.path.is_empty() {
                    let below: Vec<&str> =
                        column.path.split('/').filter(|it| !it.is_empty()).collect();
                    value_at(&document, node, &below[names.len()..])
                } else if table.path.is_empty() {
                    source.about.get(at).cloned()
                } else if at == 0 {
                    Some(source.record.clone())
                } else {
                    Some(place.clone())
                };
                let value = value.filter(|value| !value.is_empty());
                let telling = match column.kind {
                    Kind::Text => true,
                    // A calculation may repeat words; a number repeats none.
                    Kind::Other if !column.path.is_empty() => {
                        value.as_ref().is_some_and(|value| value.parse::<f64>().is_err())
                    }
                    _ => false,
                };
                let value = match (value, cleared) {
                    // Where somebody was is never let out of an anonymous round, read or not.
                    (Some(_), Some(_)) if column.place => {
                        held_back += 1;
                        None
                    }
                    (Some(value), Some(cleared)) if telling => {
                        let path = format!("{} {place}", column.path);
                        if cleared.contains(&(source.number, path)) {
                            Some(value)
                        } else {
                            held_back += 1;
                            None
                        }
                    }
                    (value, _) => value,
                };
                column.values.push(value);
            }
        }
    }
    held_back
}

pub(super) fn repeats(tables: &[Table]) -> BTreeSet<String> {
    tables.iter().map(|table| table.path.clone()).collect()
}

/// The instances at a path with their places: `2`, or `1.3` for the third within the first.
pub(super) fn instances(
    document: &Document,
    root: NodeId,
    names: &[&str],
    repeats: &BTreeSet<String>,
) -> Vec<(NodeId, String)> {
    let mut found = vec![(root, String::new())];
    let mut path = String::new();
    for name in names {
        path = format!("{path}/{name}");
        let counts = repeats.contains(&path);
        let mut next = Vec::new();
        for (node, place) in found {
            let same = document.elements(node).filter(|it| document.local_name(*it) == *name);
            for (at, id) in same.enumerate() {
                let here = match (counts, place.is_empty()) {
                    (false, _) => place.clone(),
                    (true, true) => (at + 1).to_string(),
                    (true, false) => format!("{place}.{}", at + 1),
                };
                next.push((id, here));
            }
        }
        found = next;
    }
    found
}

pub(super) fn value_at(document: &Document, node: NodeId, names: &[&str]) -> Option<String> {
    let mut at = node;
    for name in names {
        at = document.elements(at).find(|it| document.local_name(*it) == *name)?;
    }
    Some(document.text(at))
}
