//! What somebody typed or ticked, as the engine stores it: a comma is a decimal point, a browser's
//! time gets its seconds, a choice that was not offered is none.

use base::Fields;
use base::language::Arg;
use xlsform::fill::Filling;
use xlsform::xml::NodeId;

use super::layout::{Item, Kind, Page, Question};

/// A question that stands open on a page now.
pub struct Open<'a> {
    pub node: NodeId,
    pub reference: String,
    pub question: &'a Question,
}

/// What cannot be taken as it was typed.
#[derive(Clone, Debug, PartialEq)]
pub struct Wrong {
    pub reference: String,
    /// The message, and the least and greatest answer where it names them.
    pub message: &'static str,
    pub bounds: Option<(f64, f64)>,
    /// What else the message names.
    pub told: Vec<(&'static str, Told)>,
    /// As it was typed, to be shown again.
    pub typed: String,
}

/// A word or a number of a message.
#[derive(Clone, Debug, PartialEq)]
pub enum Told {
    Word(String),
    /// With one decimal, where it has any.
    Number(f64),
}

impl From<&Told> for Arg {
    fn from(told: &Told) -> Arg {
        match told {
            Told::Word(word) => Arg::Text(word.clone()),
            Told::Number(number) => Arg::Number(*number, u8::from(number.fract() != 0.0)),
        }
    }
}

/// The questions of a page that somebody can answer now by typing or choosing, in order.
pub fn open<'a>(filling: &Filling, page: &'a Page) -> Vec<Open<'a>> {
    let mut found = all(filling, page);
    found.retain(|it| it.question.control != "upload");
    found
}

/// The questions of a page that somebody can answer now with a file.
pub fn uploads<'a>(filling: &Filling, page: &'a Page) -> Vec<Open<'a>> {
    let mut found = all(filling, page);
    found.retain(|it| it.question.control == "upload");
    found
}

fn all<'a>(filling: &Filling, page: &'a Page) -> Vec<Open<'a>> {
    let mut found = Vec::new();
    collect(filling, None, 0, &page.items, &mut found);
    found
}

fn collect<'a>(
    filling: &Filling,
    below: Option<NodeId>,
    depth: usize,
    items: &'a [Item],
    found: &mut Vec<Open<'a>>,
) {
    for item in items {
        for node in filling.nodes(below, &item.path[depth..]) {
            let state = filling.state(node);
            if !state.relevant {
                continue;
            }
            match &item.kind {
                Kind::Question(question) => {
                    if !state.read_only {
                        found.push(Open { node, reference: filling.reference(node), question });
                    }
                }
                Kind::Group { items, .. } | Kind::Repeat { items, .. } => {
                    collect(filling, Some(node), item.path.len(), items, found);
                }
            }
        }
    }
}

/// Puts the fields of a page into the record. What cannot be an answer is given back.
pub fn take(filling: &mut Filling, page: &Page, fields: &Fields) -> Vec<Wrong> {
    let mut wrong = Vec::new();
    for Open { node, reference, question } in open(filling, page) {
        let given = fields.all(&reference);
        let typed = given.iter().filter(|it| !it.is_empty()).copied().collect::<Vec<_>>();
        let mut refuse = |message: &'static str| {
            wrong.push(Wrong {
                reference: reference.clone(),
                message,
                bounds: question.bounds,
                told: Vec::new(),
                typed: typed.join(" "),
            });
        };
        let several = ["select", "rank"].contains(&&*question.control);
        if several || question.control == "select1" {
            let offered = filling.choices(node);
            let mut chosen: Vec<&str> = typed.clone();
            chosen.retain(|value| offered.iter().any(|choice| choice.value == *value));
            if question.control == "rank" {
                let mut once = chosen.clone();
                once.sort_unstable();
                once.dedup();
                if once.len() < chosen.len() {
                    refuse("fill-rank-twice");
                    continue;
                }
                if !chosen.is_empty() && chosen.len() < offered.len() {
                    refuse("fill-rank-all");
                    continue;
                }
            }
            if !several {
                chosen.truncate(1);
            }
            filling.set(node, &chosen.join(" "));
            continue;
        }
        let text = stored(question, typed.first().copied().unwrap_or(""));
        if text.is_empty() {
            filling.set(node, "");
            continue;
        }
        if question.data_type == "int" && text.parse::<f64>().is_ok_and(|it| it.fract() != 0.0) {
            refuse("fill-not-whole");
            continue;
        }
        filling.set(node, &text);
        if filling.value(node).is_empty() && filling.state(node).relevant {
            refuse(match (&*question.data_type, question.bounds) {
                (_, Some(_)) => "fill-out-of-range",
                ("int", _) => "fill-not-whole",
                ("decimal", _) => "fill-not-number",
                ("date", _) => "fill-not-date",
                ("time" | "dateTime", _) => "fill-not-time",
                _ => "fill-not-place",
            });
        }
    }
    wrong
}

/// As the engine writes it.
fn stored(question: &Question, typed: &str) -> String {
    let has = |word: &str| question.appearance.iter().any(|it| it == word);
    let compact = || typed.replace([' ', '\u{a0}', '\u{202f}'], "");
    match &*question.data_type {
        "int" => compact(),
        "decimal" => compact().replace(',', "."),
        "date" if has("month-year") && typed.len() == 7 => format!("{typed}-01"),
        "date" if has("year") && typed.len() == 4 => format!("{typed}-01-01"),
        "time" if typed.len() == 5 => format!("{typed}:00.000"),
        "dateTime" if typed.len() == 16 => format!("{typed}:00.000"),
        "geopoint" => typed.replace([',', ';'], " "),
        _ => typed.to_owned(),
    }
}
