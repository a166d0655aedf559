//! What an author's formulas would do when the form is filled, told while it is compiled: those that cannot be
//! read, by their cell; calculations that wait for each other; groups in which nothing is asked.

use std::collections::BTreeMap;

use super::element::{Element, Id, Kind, Tree};
use super::names::text_in;
use super::reference;
use super::value::{Map, Value};
use crate::Problem;
use crate::xpath::Expression;

/// Column of the survey sheet, and where its formula is kept.
const CONDITIONS: [(&str, &str); 5] = [
    ("calculation", "calculate"),
    ("constraint", "constraint"),
    ("relevant", "relevant"),
    ("required", "required"),
    ("read_only", "readonly"),
];

pub(crate) fn check(tree: &Tree, problems: &mut Vec<Problem>) {
    for id in tree.descendants(Tree::ROOT) {
        let element = tree.get(id);
        let Some(row) = element.row else { continue };
        for (column, text) in formulas(element) {
            if let Err(error) = Expression::parse(&plain(&text)) {
                problems.push(
                    Problem::in_row(row, format!(" The '{column}' of '{}': {error}", element.name))
                        .column(column)
                        .into_warning(),
                );
            }
        }
        if element.kind == Kind::Group && element.children.is_empty() {
            let message = format!(" The group '{}' asks nothing.", element.name);
            problems.push(Problem::in_row(row, message).column("type").into_warning());
        }
    }
    circles(tree, problems);
}

/// The formulas of an element by their columns.
fn formulas(element: &Element) -> Vec<(&'static str, String)> {
    let row = element
        .bind
        .as_ref()
        .map(|bind| Map::from_iter([("bind".to_owned(), Value::Map(bind.clone()))]));
    let bind = |key: &str| row.as_ref().and_then(|row| text_in(row, "bind", key));
    let mut found = Vec::new();
    for (column, key) in CONDITIONS {
        found.extend(bind(key).map(|text| (column, text.to_owned())));
    }
    found.extend(element.choice_filter.clone().map(|text| ("choice_filter", text)));
    let count = element.control.get("jr:count").and_then(Value::text);
    found.extend(count.map(|text| ("repeat_count", text.to_owned())));
    if element.has_computed_default() {
        found.extend(element.default.clone().map(|text| ("default", text)));
    }
    found.retain(|(_, text)| !text.trim().is_empty());
    found
}

/// The formula with a path of the same length in place of each `${name}`, so that places stay.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("${") {
        let Some(length) = rest[at..].find('}') else { break };
        out.push_str(&rest[..at]);
        out.push('/');
        out.extend(std::iter::repeat_n('a', rest[at..=at + length].chars().count() - 1));
        rest = &rest[at + length + 1..];
    }
    out + rest
}

/// Calculations that wait for each other never settle.
fn circles(tree: &Tree, problems: &mut Vec<Problem>) {
    let mut reads: BTreeMap<&str, (Id, Vec<String>)> = BTreeMap::new();
    for id in tree.descendants(Tree::ROOT) {
        let element = tree.get(id);
        if !element.trigger.is_empty() || element.row.is_none() {
            continue;
        }
        let formula = formulas(element).into_iter().find(|(column, _)| *column == "calculation");
        let Some((_, formula)) = formula else { continue };
        // What was saved before, and what is taken once, waits for nothing; a running total reads earlier repeats.
        if formula.contains("once(") || formula.contains("indexed-repeat(") {
            continue;
        }
        let named = reference::occurrences(&formula).into_iter();
        let named = named.filter(|one| !formula.contains(&format!("last-saved#{}", one.name)));
        let named = named.map(|one| one.name.to_owned()).collect();
        reads.insert(&element.name, (id, named));
    }
    // 0: not seen, 1: open, 2: done. Depth first without recursion: chains can be as long as the form.
    let mut seen: BTreeMap<&str, u8> = BTreeMap::new();
    for start in reads.keys().copied() {
        let mut open: Vec<(&str, usize)> = vec![(start, 0)];
        while let Some((name, at)) = open.last_mut() {
            let (name, next) = (*name, *at);
            *at += 1;
            if next == 0 && seen.get(name) == Some(&2) {
                open.pop();
                continue;
            }
            seen.insert(name, 1);
            let Some(child) = reads[name].1.get(next) else {
                seen.insert(name, 2);
                open.pop();
                continue;
            };
            let Some((child, (id, _))) = reads.get_key_value(child.as_str()) else { continue };
            match seen.get(child) {
                Some(1) => {
                    let from = open.iter().position(|(name, _)| name == child).unwrap_or(0);
                    let mut way = open[from..].iter().map(|(name, _)| *name).collect::<Vec<_>>();
                    way.truncate(5);
                    way.push(if open.len() - from > 5 { "…" } else { child });
                    if let Some(row) = tree.get(*id).row {
                        let way = way.join(" → ");
                        let message = format!(" Calculations go in a circle: {way}.");
                        let problem = Problem::in_row(row, message).column("calculation");
                        problems.push(Problem { circular: true, ..problem.into_warning() });
                    }
                }
                Some(2) => {}
                _ => open.push((*child, 0)),
            }
        }
    }
}
