//! Skips: which questions an answer leaves out, and a condition in the words of the form's language. Where
//! a condition has no plain words, the paper says on what it depends, and no more.

use std::collections::BTreeMap;

use base::Words;
use xlsform::xpath::{Comparison, Plain};

/// A question in the order of the paper.
#[derive(Clone, Debug)]
pub struct Line {
    pub path: Vec<String>,
    pub number: usize,
    /// The repeat that it lies in.
    pub within: Option<Vec<String>>,
    /// Its own condition and those of the groups around it.
    pub conditions: Vec<Plain>,
    /// Values and labels of its choices.
    pub choices: Vec<(String, String)>,
    /// Whether one answer excludes the others.
    pub one: bool,
}

/// Where an answer leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Go {
    To(usize),
    End,
}

/// What is known of the answers while one follows an arrow.
struct Known<'a> {
    answered: &'a [String],
    answer: &'a str,
    /// Questions that were left out, and so have no answer.
    empty: Vec<&'a [String]>,
}

/// Whether a condition holds, where that can be told.
fn holds(plain: &Plain, known: &Known<'_>) -> Option<bool> {
    let is_empty = |path: &Vec<String>| known.empty.contains(&path.as_slice());
    match plain {
        Plain::Is { path, answer } if path == known.answered => Some(answer == known.answer),
        Plain::Is { path, .. } if is_empty(path) => Some(false),
        Plain::Answered { path } if path == known.answered => Some(true),
        Plain::Answered { path } if is_empty(path) => Some(false),
        Plain::Compared { path, by, number } if path == known.answered => {
            let answer: f64 = known.answer.parse().ok()?;
            Some(match by {
                Comparison::Equal => answer == *number,
                Comparison::Less => answer < *number,
                Comparison::AtMost => answer <= *number,
                Comparison::More => answer > *number,
                Comparison::AtLeast => answer >= *number,
            })
        }
        // Nothing compares with a number that is not there.
        Plain::Compared { path, .. } if is_empty(path) => Some(false),
        Plain::All(inner) => {
            let all: Vec<_> = inner.iter().map(|it| holds(it, known)).collect();
            match () {
                () if all.contains(&Some(false)) => Some(false),
                () if all.iter().all(|it| *it == Some(true)) => Some(true),
                () => None,
            }
        }
        Plain::Any(inner) => {
            let all: Vec<_> = inner.iter().map(|it| holds(it, known)).collect();
            match () {
                () if all.contains(&Some(true)) => Some(true),
                () if all.iter().all(|it| *it == Some(false)) => Some(false),
                () => None,
            }
        }
        Plain::Not(inner) => holds(inner, known).map(|it| !it),
        _ => None,
    }
}

/// How many of the questions right after `at` an answer leaves out.
fn left_out(lines: &[Line], at: usize, answer: &str) -> usize {
    let asked = &lines[at];
    let mut known = Known { answered: &asked.path, answer, empty: Vec::new() };
    let mut count = 0;
    for line in &lines[at + 1..] {
        // An arrow leads out of no block: the next block is another person.
        if asked.within.is_some() && line.within != asked.within {
            break;
        }
        if !line.conditions.iter().any(|it| holds(it, &known) == Some(false)) {
            break;
        }
        known.empty.push(&line.path);
        count += 1;
    }
    count
}

/// Where an answer leads, where that is not the next question.
pub fn go(lines: &[Line], at: usize, answer: &str) -> Option<Go> {
    let count = left_out(lines, at, answer);
    if count == 0 {
        return None;
    }
    match lines.get(at + 1 + count) {
        Some(line) if lines[at].within.is_none() || line.within == lines[at].within => {
            Some(Go::To(line.number))
        }
        Some(_) => None,
        None if lines[at].within.is_some() => None,
        None => Some(Go::End),
    }
}

/// Whether arrows before line `at` say all that a condition says: it depends on one question right before
/// it whose excluding answers lead past it.
pub fn covered(lines: &[Line], at: usize, plain: &Plain) -> bool {
    let mut reads = Vec::new();
    paths(plain, &mut reads);
    reads.sort();
    reads.dedup();
    let [path] = reads.as_slice() else { return false };
    let Some(from) = lines.iter().position(|line| line.path == **path) else { return false };
    if from >= at || !lines[from].one || lines[from].choices.is_empty() {
        return false;
    }
    let excluded = |answer: &str| {
        let known = Known { answered: path, answer, empty: Vec::new() };
        holds(plain, &known)
    };
    lines[from].choices.iter().all(|(answer, _)| match excluded(answer) {
        Some(true) => true,
        Some(false) => {
            from + left_out(lines, from, answer) >= at && go(lines, from, answer).is_some()
        }
        None => false,
    })
}

fn paths<'a>(plain: &'a Plain, found: &mut Vec<&'a Vec<String>>) {
    match plain {
        Plain::Is { path, .. } | Plain::Compared { path, .. } | Plain::Answered { path } => {
            found.push(path);
        }
        Plain::All(inner) | Plain::Any(inner) => inner.iter().for_each(|it| paths(it, found)),
        Plain::Not(inner) => paths(inner, found),
        Plain::Other => {}
    }
}

/// Says conditions in words.
pub struct Speaker<'a> {
    pub words: &'a Words,
    pub lines: &'a [Line],
    /// Numbers of the questions by path.
    pub numbers: &'a BTreeMap<Vec<String>, usize>,
}

impl Speaker<'_> {
    /// "Only if question 3 is “no”."; where that has no words, on what it depends.
    pub fn only_if(&self, plain: &Plain, reads: &[Vec<String>]) -> String {
        if let Some(condition) = self.condition(plain, false) {
            return self.words.say_with("paper-only-if", &[("condition", condition.into())]);
        }
        let mut numbers: Vec<usize> =
            reads.iter().filter_map(|path| self.numbers.get(path)).copied().collect();
        numbers.sort_unstable();
        numbers.dedup();
        let named = numbers.iter().map(|number| self.named("paper-number", *number, &[]));
        match self.joined("paper-and", named.collect()) {
            Some(numbers) => {
                self.words.say_with("paper-only-other", &[("numbers", numbers.into())])
            }
            None => self.words.say("paper-only-unknown"),
        }
    }

    fn named(&self, key: &str, number: usize, further: &[(&str, String)]) -> String {
        let mut args: Vec<(&str, _)> = vec![("number", number.to_string().into())];
        args.extend(further.iter().map(|(name, text)| (*name, text.clone().into())));
        self.words.say_with(key, &args)
    }

    fn joined(&self, key: &str, parts: Vec<String>) -> Option<String> {
        parts
            .into_iter()
            .reduce(|a, b| self.words.say_with(key, &[("a", a.into()), ("b", b.into())]))
    }

    fn condition(&self, plain: &Plain, turned: bool) -> Option<String> {
        let number = |path: &Vec<String>| self.numbers.get(path).copied();
        match plain {
            Plain::Is { path, answer } => {
                let key = if turned { "paper-is-not" } else { "paper-is" };
                Some(self.named(key, number(path)?, &[("answer", self.answer(path, answer))]))
            }
            Plain::Answered { path } => {
                let key = if turned { "paper-not-answered" } else { "paper-answered" };
                Some(self.named(key, number(path)?, &[]))
            }
            Plain::Compared { path, by, number: value } => {
                let key = match (by, turned) {
                    (Comparison::Equal, false) => "paper-is",
                    (Comparison::Equal, true) => "paper-is-not",
                    (Comparison::Less, false) | (Comparison::AtLeast, true) => "paper-is-less",
                    (Comparison::AtMost, false) | (Comparison::More, true) => "paper-is-at-most",
                    (Comparison::More, false) | (Comparison::AtMost, true) => "paper-is-more",
                    (Comparison::AtLeast, false) | (Comparison::Less, true) => "paper-is-at-least",
                };
                let shown = match by {
                    Comparison::Equal => self.answer(path, &value.to_string()),
                    _ => value.to_string(),
                };
                Some(self.named(key, number(path)?, &[("answer", shown.clone()), ("value", shown)]))
            }
            Plain::All(inner) if inner.is_empty() => None,
            Plain::Any(inner) if inner.is_empty() => None,
            Plain::All(inner) | Plain::Any(inner) => {
                let any = matches!(plain, Plain::Any(_)) != turned;
                if any
                    && !turned
                    && let Some(one) = self.one_of(inner)
                {
                    return Some(one);
                }
                // "a and b or c" means two things: what mixes both is not said in words.
                let mixed = inner.iter().any(|it| match it {
                    Plain::All(_) => any,
                    Plain::Any(within) => !any && self.one_of(within).is_none(),
                    _ => false,
                });
                if mixed {
                    return None;
                }
                let parts: Option<Vec<String>> =
                    inner.iter().map(|it| self.condition(it, turned)).collect();
                self.joined(if any { "paper-or" } else { "paper-and" }, parts?)
            }
            Plain::Not(inner) => self.condition(inner, !turned),
            Plain::Other => None,
        }
    }

    /// "question 3 is “a” or “b”", where all parts ask one question.
    fn one_of(&self, parts: &[Plain]) -> Option<String> {
        let mut of = None;
        let mut answers = Vec::new();
        for part in parts {
            let Plain::Is { path, answer } = part else { return None };
            if of.is_some_and(|known| known != path) {
                return None;
            }
            of = Some(path);
            answers.push(self.answer(path, answer));
        }
        let answers = self.joined("paper-or", answers)?;
        Some(self.named("paper-is", *self.numbers.get(of?)?, &[("answer", answers)]))
    }

    /// A choice by its label, in quotes; a number as it is.
    fn answer(&self, path: &Vec<String>, value: &str) -> String {
        let line = self.lines.iter().find(|line| line.path == *path);
        let label = line.and_then(|line| line.choices.iter().find(|(known, _)| known == value));
        match label {
            Some((_, label)) => self.quoted(label),
            None if value.parse::<f64>().is_ok() => value.to_owned(),
            None => self.quoted(value),
        }
    }

    /// In the quotes of the language.
    fn quoted(&self, text: &str) -> String {
        match self.words.language.tag().split('-').next().unwrap_or_default() {
            "fr" => format!("«\u{202f}{text}\u{202f}»"),
            "ru" | "uk" | "hy" | "sq" => format!("«{text}»"),
            "ro" | "sr" => format!("„{text}”"),
            "mk" | "ka" => format!("„{text}“"),
            _ => format!("“{text}”"),
        }
    }
}
