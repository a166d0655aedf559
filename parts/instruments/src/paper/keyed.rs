//! What a clerk typed becomes a record: numbers are choices as they are printed, `24 11 2026` is a day, and
//! skips are followed as on paper. What stands on the paper and fits nowhere is marked, and told beside the record.

use std::collections::{BTreeMap, BTreeSet};

use xlsform::fill::{Filling, Start, Violation};
use xlsform::xml::NodeId;

use super::gather::{self, CHOICES_PRINTED};
use crate::compiled::Compiled;
use crate::filling::layout::{self, Item, Kind, Question};

/// Copies of a repeat that a page shows at most.
const MOST_COPIES: usize = 200;

/// A question as it stands on the page of keyed entry.
#[derive(Clone, Debug)]
pub struct Asked {
    pub node: NodeId,
    pub reference: String,
    pub path: Vec<String>,
    pub question: Question,
    /// Whether earlier answers leave it out.
    pub skipped: bool,
}

/// A line of the page: a heading, a block of a repeat, a question.
#[derive(Clone, Debug)]
pub enum Line {
    Heading {
        node: Option<NodeId>,
        level: usize,
    },
    Copy {
        reference: String,
        node: NodeId,
        number: usize,
        more: bool,
    },
    Question(Box<Asked>),
    /// A question for a file: nothing of it is keyed.
    File {
        node: NodeId,
        path: Vec<String>,
    },
}

/// Why something typed is not in the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub reference: String,
    /// A message: `key-skipped`, `key-no-choice` …
    pub message: &'static str,
}

/// A sheet as it was understood.
pub struct Keyed {
    pub filling: Filling,
    pub lines: Vec<Line>,
    /// What is not in the record, and why; what was marked is not among it.
    pub faults: Vec<Fault>,
    /// What was marked: path and words as typed.
    pub remarks: Vec<(String, String)>,
}

/// Puts what was typed into a new record.
pub fn fill(
    compiled: &Compiled,
    language: &str,
    start: Start,
    typed: &BTreeMap<String, String>,
    marked: &BTreeSet<String>,
    copies: &BTreeMap<String, usize>,
) -> Result<Keyed, xlsform::fill::FormError> {
    let mut filling = Filling::new(compiled.xform.clone(), start)?;
    let tree = layout::tree(&compiled.xform);
    add_copies(&mut filling, typed, copies);
    let mut kept: BTreeMap<String, &'static str> = BTreeMap::new();
    // Twice: a skip may hang on what comes later on the sheet.
    for _ in 0..2 {
        kept.clear();
        let mut lines = Vec::new();
        walk(&filling, &tree, None, 0, 1, &mut lines);
        for line in lines {
            let Line::Question(asked) = line else { continue };
            let text = typed.get(&asked.reference).map_or("", |it| it.trim());
            if let Err(message) = answer(&mut filling, compiled, language, &asked, text) {
                kept.insert(asked.reference.clone(), message);
            }
        }
    }
    let mut lines = Vec::new();
    walk(&filling, &tree, None, 0, 1, &mut lines);
    let broken: BTreeSet<NodeId> = filling
        .violations()
        .into_iter()
        .filter(|(_, violation)| *violation == Violation::Constraint)
        .map(|(node, _)| node)
        .collect();
    let mut faults = Vec::new();
    let mut remarks = Vec::new();
    for line in &lines {
        let Line::Question(asked) = line else { continue };
        let reference = &asked.reference;
        let text = typed.get(reference).map_or("", |it| it.trim());
        if text.is_empty() {
            continue;
        }
        let message = match kept.get(reference) {
            _ if asked.skipped => Some("key-skipped"),
            Some(message) => Some(*message),
            None => broken.contains(&asked.node).then_some("key-constraint"),
        };
        let Some(message) = message else { continue };
        if marked.contains(reference) {
            if message != "key-constraint" {
                remarks.push((reference.clone(), text.to_owned()));
            }
        } else {
            faults.push(Fault { reference: reference.clone(), message });
        }
    }
    Ok(Keyed { filling, lines, faults, remarks })
}

/// As many copies of each repeat as something was typed into, or asked for.
fn add_copies(
    filling: &mut Filling,
    typed: &BTreeMap<String, String>,
    copies: &BTreeMap<String, usize>,
) {
    // `/data/child[2]/name` needs two of `/data/child`.
    let mut needed: BTreeMap<String, usize> = copies.clone();
    for (reference, text) in typed {
        if text.trim().is_empty() {
            continue;
        }
        for (at, _) in reference.match_indices('[') {
            let rest = &reference[at + 1..];
            let number = rest.split(']').next().and_then(|it| it.parse().ok()).unwrap_or(1);
            let known = needed.entry(reference[..at].to_owned()).or_insert(1);
            *known = (*known).max(number);
        }
    }
    for (repeat, count) in needed {
        for number in 1..=count.min(MOST_COPIES) {
            if filling.find(&format!("{repeat}[{number}]")).is_none()
                && filling.add_repeat(&repeat).is_none()
            {
                break;
            }
        }
    }
}

fn walk(
    filling: &Filling,
    items: &[Item],
    below: Option<NodeId>,
    depth: usize,
    level: usize,
    lines: &mut Vec<Line>,
) {
    for item in items {
        let nodes = filling.nodes(below, &item.path[depth..]);
        match &item.kind {
            Kind::Question(question) => {
                for node in nodes {
                    let state = filling.state(node);
                    if state.read_only {
                        continue;
                    }
                    if question.control == "upload" {
                        lines.push(Line::File { node, path: item.path.clone() });
                        continue;
                    }
                    lines.push(Line::Question(Box::new(Asked {
                        node,
                        reference: filling.reference(node),
                        path: item.path.clone(),
                        question: question.clone(),
                        skipped: !state.relevant,
                    })));
                }
            }
            Kind::Group { items, .. } => {
                for node in nodes {
                    lines.push(Line::Heading { node: Some(node), level });
                    walk(filling, items, Some(node), item.path.len(), level + 1, lines);
                }
            }
            Kind::Repeat { items, counted } => {
                lines.push(Line::Heading { node: nodes.first().copied(), level });
                let last = nodes.len();
                for (at, node) in nodes.into_iter().enumerate() {
                    let reference = filling.reference(node);
                    let reference =
                        reference.rsplit_once('[').map_or(reference.clone(), |it| it.0.to_owned());
                    let more = !counted && at + 1 == last;
                    lines.push(Line::Copy { reference, node, number: at + 1, more });
                    walk(filling, items, Some(node), item.path.len(), level + 2, lines);
                }
            }
        }
    }
}

/// The choices of a question in the order in which they are printed.
pub fn printed(
    compiled: &Compiled,
    filling: &Filling,
    language: &str,
    path: &[String],
) -> Vec<(String, String)> {
    let written = format!("/{}", path.join("/"));
    let question = compiled.form.questions().iter().find(|it| it.path == written);
    let list = question.and_then(|it| it.list.as_ref());
    gather::choices(compiled, filling, language, path, list)
}

/// Answers one question with what was typed.
fn answer(
    filling: &mut Filling,
    compiled: &Compiled,
    language: &str,
    asked: &Asked,
    text: &str,
) -> Result<(), &'static str> {
    if text.is_empty() {
        filling.set(asked.node, "");
        return Ok(());
    }
    let value = match &*asked.question.control {
        "select1" | "select" | "rank" => {
            let choices = printed(compiled, filling, language, &asked.path);
            chosen(&asked.question.control, &choices, text)?
        }
        "trigger" => match text {
            "1" => "OK".to_owned(),
            _ => return Err("key-no-choice"),
        },
        _ => stored(&asked.question, text)?,
    };
    filling.set(asked.node, &value);
    if filling.state(asked.node).relevant && filling.value(asked.node).is_empty() {
        return Err("key-no-answer");
    }
    Ok(())
}

/// `2` → the second choice; `1 3` → two of several; ranks as they stand down the page.
fn chosen(control: &str, choices: &[(String, String)], text: &str) -> Result<String, &'static str> {
    let long = choices.len() > CHOICES_PRINTED;
    // Of a long list the answer is written in words, as it is on the paper.
    let named = |text: &str| {
        let same = |it: &&(String, String)| {
            it.0.eq_ignore_ascii_case(text) || it.1.to_lowercase() == text.to_lowercase()
        };
        choices.iter().find(same).map(|it| it.0.clone()).ok_or("key-no-choice")
    };
    if long {
        return named(text);
    }
    let keys: Vec<&str> = text.split([' ', ',', ';', '+']).filter(|it| !it.is_empty()).collect();
    let mut numbers = Vec::new();
    for key in keys {
        let number: usize = key.parse().map_err(|_| "key-no-choice")?;
        numbers.push(number);
    }
    if numbers.iter().any(|it| !(1..=choices.len()).contains(it)) {
        return Err("key-no-choice");
    }
    let value = |number: &usize| choices[number - 1].0.clone();
    match control {
        "select1" if numbers.len() == 1 => Ok(value(&numbers[0])),
        "select1" => Err("key-one-choice"),
        "rank" => {
            let mut order: Vec<(usize, usize)> = numbers.iter().copied().zip(1..).collect();
            order.sort_unstable();
            let ranks: Vec<usize> = order.iter().map(|it| it.0).collect();
            if ranks != (1..=choices.len()).collect::<Vec<_>>() {
                return Err("key-no-ranks");
            }
            Ok(order.iter().map(|it| value(&it.1)).collect::<Vec<_>>().join(" "))
        }
        _ => Ok(numbers.iter().map(value).collect::<Vec<_>>().join(" ")),
    }
}

/// What was typed as the engine stores it.
fn stored(question: &Question, text: &str) -> Result<String, &'static str> {
    let has = |word: &str| question.appearance.iter().any(|it| it == word);
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let parts = || -> Vec<&str> {
        text.split(|c: char| !c.is_ascii_digit()).filter(|it| !it.is_empty()).collect()
    };
    let day = |parts: &[&str], digits: &str| -> Option<String> {
        let (year, month, day) = match parts {
            [year, month, day] if year.len() == 4 => (*year, *month, *day),
            [day, month, year] => (*year, *month, *day),
            [_] if digits.len() == 8 => (&digits[4..], &digits[2..4], &digits[..2]),
            _ => return None,
        };
        Some(format!("{year:0>4}-{month:0>2}-{day:0>2}"))
    };
    let wrong = "key-no-answer";
    Ok(match &*question.data_type {
        "int" => {
            let plain = text.replace([' ', '\u{a0}'], "");
            plain.parse::<i64>().map_err(|_| "key-no-number")?.to_string()
        }
        "decimal" => {
            let plain = text.replace([' ', '\u{a0}'], "").replace(',', ".");
            plain.parse::<f64>().map_err(|_| "key-no-number")?;
            plain
        }
        "date" if has("year") => match digits.len() {
            4 => format!("{digits}-01-01"),
            _ => return Err("key-no-day"),
        },
        "date" if has("month-year") => match (parts().as_slice(), digits.len()) {
            ([year, month], _) if year.len() == 4 => format!("{year}-{month:0>2}-01"),
            ([month, year], _) => format!("{year:0>4}-{month:0>2}-01"),
            (_, 6) => format!("{}-{}-01", &digits[2..], &digits[..2]),
            _ => return Err("key-no-day"),
        },
        "date" => day(&parts(), &digits).ok_or("key-no-day")?,
        "time" => match (parts().as_slice(), digits.len()) {
            ([hour, minute], _) => format!("{hour:0>2}:{minute:0>2}:00.000"),
            (_, 4) => format!("{}:{}:00.000", &digits[..2], &digits[2..]),
            _ => return Err("key-no-time"),
        },
        "dateTime" => match parts().as_slice() {
            [first, second, third, hour, minute] => {
                let day = day(&[*first, *second, *third], "").ok_or("key-no-time")?;
                format!("{day}T{hour:0>2}:{minute:0>2}:00.000")
            }
            _ => return Err("key-no-time"),
        },
        "geopoint" => {
            let plain = text.replace([',', ';'], " ");
            if plain.split_whitespace().count() < 2 {
                return Err(wrong);
            }
            plain
        }
        _ => text.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(data_type: &str) -> Question {
        Question {
            control: "input".into(),
            data_type: data_type.into(),
            appearance: Vec::new(),
            bounds: None,
            step: None,
            media: String::new(),
            accept: String::new(),
        }
    }

    #[test]
    fn days_are_typed_as_they_are_written() {
        for text in ["24112026", "24 11 2026", "24.11.2026", "2026-11-24"] {
            assert_eq!(stored(&question("date"), text).as_deref(), Ok("2026-11-24"), "{text}");
        }
        assert_eq!(stored(&question("date"), "24"), Err("key-no-day"));
        assert_eq!(stored(&question("time"), "1430").as_deref(), Ok("14:30:00.000"));
        assert_eq!(stored(&question("decimal"), "3,5").as_deref(), Ok("3.5"));
    }

    #[test]
    fn numbers_are_choices() {
        let list: Vec<(String, String)> =
            ["a", "b", "c"].iter().map(|it| ((*it).into(), it.to_uppercase())).collect();
        assert_eq!(chosen("select1", &list, "2").as_deref(), Ok("b"));
        assert_eq!(chosen("select1", &list, "4"), Err("key-no-choice"));
        assert_eq!(chosen("select1", &list, "1 2"), Err("key-one-choice"));
        assert_eq!(chosen("select", &list, "3, 1").as_deref(), Ok("c a"));
        // The first choice is second, the second third, the third first.
        assert_eq!(chosen("rank", &list, "2 3 1").as_deref(), Ok("c a b"));
        assert_eq!(chosen("rank", &list, "1 1 2"), Err("key-no-ranks"));
    }
}
