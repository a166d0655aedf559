//! A form as the pieces of a printed page: sections, questions with their boxes, tables of like questions,
//! blocks of a repeat. The numbers given here are those that a clerk sees again when keying in.

use std::collections::BTreeMap;

use base::Words;
use serde::Serialize;
use xlsform::fill::{Filling, Rules, Violation};
use xlsform::xpath::{Comparison, Plain};

use super::condition::{self, Go, Line, Speaker};
use crate::compiled::{Compiled, label};
use crate::filling::layout::{self, Item, Kind, Question};

/// Choices up to which all are printed; of a longer list the answer is written.
pub const CHOICES_PRINTED: usize = 60;
/// Answers of a range up to which each has a box.
const RANGE_PRINTED: f64 = 21.0;
/// Questions of one list in a row from which they make a table, and what fits into its columns.
const TABLE_FROM: usize = 3;
const TABLE_CHOICES: usize = 7;
const TABLE_LETTERS: usize = 22;
/// Letters up to which choices stand in two columns, and in three.
const LETTERS_OF_TWO: usize = 34;
const LETTERS_OF_THREE: usize = 16;

/// A question with the number that it has on paper.
#[derive(Clone, Debug)]
pub struct Numbered {
    pub path: Vec<String>,
    pub number: usize,
}

/// The numbers of the questions of a form, in order.
pub fn numbered(compiled: &Compiled) -> Vec<Numbered> {
    fn walk(compiled: &Compiled, items: &[Item], found: &mut Vec<Numbered>) {
        for item in items {
            match &item.kind {
                Kind::Question(_) if !compiled.xform.rules(&item.path).given => {
                    found.push(Numbered { path: item.path.clone(), number: found.len() + 1 });
                }
                Kind::Question(_) => {}
                Kind::Group { items, .. } | Kind::Repeat { items, .. } => {
                    walk(compiled, items, found);
                }
            }
        }
    }
    let mut found = Vec::new();
    walk(compiled, &layout::tree(&compiled.xform), &mut found);
    found
}

/// One piece of the page, for the template.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Piece {
    /// `section`, `note`, `question`, `table`, `copy`.
    pub is: &'static str,
    pub number: usize,
    /// Of a section: how deep.
    pub level: usize,
    pub label: Text,
    pub hint: Text,
    /// When it is asked, in words.
    pub filter: String,
    /// `one`, `several`, `rank`, `digits`, `line`, `lines`, `date`, `month`, `year`, `time`, `moment`, `place`, `tick`, `device`.
    pub control: &'static str,
    pub answers: Vec<Answer>,
    /// Columns in which the answers stand.
    pub columns: usize,
    /// Boxes of a number, lines of a text.
    pub count: usize,
    /// What an answer must be, in words.
    pub rule: String,
    /// Of a table: its questions.
    pub rows: Vec<Piece>,
    /// Of a copy: whether it begins the block, and whether it ends it.
    pub last: bool,
}

/// Lines of runs: what the author set strong is strong.
pub type Text = Vec<Vec<Run>>;

#[derive(Clone, Debug, Serialize, PartialEq)]
pub struct Run {
    pub text: String,
    pub strong: bool,
}

/// An answer with the number that a clerk keys.
#[derive(Clone, Debug, Serialize)]
pub struct Answer {
    pub key: usize,
    pub label: String,
    /// Where it leads, in words; empty where to the next question.
    pub go: String,
}

/// Whether an arrow stands anywhere.
pub fn any_skip(pieces: &[Piece]) -> bool {
    pieces.iter().any(|it| it.answers.iter().any(|it| !it.go.is_empty()) || any_skip(&it.rows))
}

/// The form as pieces.
pub fn items(
    compiled: &Compiled,
    filling: &Filling,
    language: &str,
    words: &Words,
    copies: usize,
) -> Vec<Piece> {
    let tree = layout::tree(&compiled.xform);
    let mut gather = Gather {
        compiled,
        filling,
        language,
        words,
        copies,
        lines: Vec::new(),
        numbers: numbered(compiled).into_iter().map(|it| (it.path, it.number)).collect(),
        raw: raw(compiled, language),
    };
    let mut lines = Vec::new();
    gather.follow(&tree, &[], None, &mut lines);
    gather.lines = lines;
    let mut pieces = Vec::new();
    gather.pieces(&tree, 1, &mut pieces);
    pieces
}

/// Labels as their author wrote them, references and all, and the list of each question, by path.
fn raw(compiled: &Compiled, language: &str) -> BTreeMap<Vec<String>, (String, Option<String>)> {
    let questions = compiled.form.questions().iter().map(|question| {
        let path = question.path.split('/').filter(|it| !it.is_empty()).map(str::to_owned);
        let text = label(&question.labels, language).unwrap_or_default().to_owned();
        (path.collect(), (text, question.list.clone()))
    });
    questions.collect()
}

struct Gather<'a> {
    compiled: &'a Compiled,
    filling: &'a Filling,
    language: &'a str,
    words: &'a Words,
    copies: usize,
    lines: Vec<Line>,
    numbers: BTreeMap<Vec<String>, usize>,
    raw: BTreeMap<Vec<String>, (String, Option<String>)>,
}

impl Gather<'_> {
    /// The questions in order, with everything that decides whether they are asked.
    fn follow(
        &self,
        items: &[Item],
        above: &[Plain],
        within: Option<&Vec<String>>,
        lines: &mut Vec<Line>,
    ) {
        for item in items {
            let mut conditions = above.to_vec();
            conditions.extend(self.compiled.xform.rules(&item.path).relevant);
            match &item.kind {
                Kind::Group { items, .. } => self.follow(items, &conditions, within, lines),
                Kind::Repeat { items, .. } => {
                    self.follow(items, &conditions, Some(&item.path), lines);
                }
                Kind::Question(question) => {
                    let Some(number) = self.numbers.get(&item.path) else { continue };
                    lines.push(Line {
                        path: item.path.clone(),
                        number: *number,
                        within: within.cloned(),
                        conditions,
                        choices: self.choices(&item.path),
                        one: question.control == "select1",
                    });
                }
            }
        }
    }

    fn speaker(&self) -> Speaker<'_> {
        Speaker { words: self.words, lines: &self.lines, numbers: &self.numbers }
    }

    /// When an item is asked, unless arrows say so already.
    fn filter(&self, item: &Item, rules: &Rules) -> String {
        let Some(relevant) = &rules.relevant else { return String::new() };
        let first = self.lines.iter().position(|line| line.path.starts_with(&item.path));
        if first.is_some_and(|first| condition::covered(&self.lines, first, relevant)) {
            return String::new();
        }
        self.speaker().only_if(relevant, &rules.reads)
    }

    fn pieces(&self, items: &[Item], level: usize, pieces: &mut Vec<Piece>) {
        let mut at = 0;
        while at < items.len() {
            let item = &items[at];
            let rules = self.compiled.xform.rules(&item.path);
            match &item.kind {
                Kind::Question(question) => {
                    let like = self.like(&items[at..]);
                    if like >= TABLE_FROM {
                        pieces.push(self.table(&items[at..at + like]));
                        at += like;
                        continue;
                    }
                    pieces.push(self.question(item, question, &rules));
                }
                Kind::Group { items, .. } => {
                    let section = self.section(item, &rules, level);
                    let silent = section.label.is_empty() && section.filter.is_empty();
                    if !silent {
                        pieces.push(section);
                    }
                    self.pieces(items, if silent { level } else { level + 1 }, pieces);
                }
                Kind::Repeat { items, .. } => {
                    let section = self.section(item, &rules, level);
                    let name = plain(&section.label);
                    pieces.push(section);
                    for number in 1..=self.copies {
                        let mut rows = Vec::new();
                        self.pieces(items, level + 2, &mut rows);
                        let args =
                            [("name", name.clone().into()), ("number", number.to_string().into())];
                        let title = self.words.say_with("paper-copy", &args);
                        pieces.push(Piece {
                            is: "copy",
                            label: text(title.trim()),
                            rows,
                            last: number == self.copies,
                            ..Piece::default()
                        });
                    }
                }
            }
            at += 1;
        }
    }

    fn section(&self, item: &Item, rules: &Rules, level: usize) -> Piece {
        Piece {
            is: "section",
            level,
            label: self.label(&item.path),
            hint: self.hint(&item.path),
            filter: self.filter(item, rules),
            ..Piece::default()
        }
    }

    /// How many questions from the first on make one table: one list, short labels, asked of everybody.
    fn like(&self, items: &[Item]) -> usize {
        let list = |item: &Item| {
            let Kind::Question(question) = &item.kind else { return None };
            let fits = question.control == "select1"
                && !question.appearance.iter().any(|it| it == "minimal" || it == "autocomplete");
            let rules = self.compiled.xform.rules(&item.path);
            let list = self.raw.get(&item.path)?.1.clone()?;
            let choices = self.choices(&item.path);
            let narrow = (2..=TABLE_CHOICES).contains(&choices.len())
                && choices.iter().all(|(_, label)| {
                    label.chars().count() <= TABLE_LETTERS * 2
                        && label.split_whitespace().all(|word| word.chars().count() <= 14)
                })
                && choices.iter().map(|(_, label)| label.chars().count()).sum::<usize>()
                    <= TABLE_LETTERS * choices.len();
            (fits && narrow && rules.relevant.is_none() && !rules.given).then_some(list)
        };
        let Some(first) = items.first().and_then(list) else { return 0 };
        let like = |item: &&Item| {
            let at = self.lines.iter().position(|line| line.path == item.path);
            let leads = at.is_some_and(|at| {
                self.lines[at]
                    .choices
                    .iter()
                    .any(|it| condition::go(&self.lines, at, &it.0).is_some())
            });
            list(item).as_ref() == Some(&first) && !leads
        };
        items.iter().take_while(like).count()
    }

    fn table(&self, items: &[Item]) -> Piece {
        let row = |item: &Item| Piece {
            is: "row",
            number: self.numbers.get(&item.path).copied().unwrap_or_default(),
            label: self.label(&item.path),
            hint: self.hint(&item.path),
            ..Piece::default()
        };
        Piece {
            is: "table",
            answers: self.answers(&items[0].path, None),
            rows: items.iter().map(row).collect(),
            ..Piece::default()
        }
    }

    fn question(&self, item: &Item, question: &Question, rules: &Rules) -> Piece {
        let mut piece = Piece {
            is: "question",
            label: self.label(&item.path),
            hint: self.hint(&item.path),
            filter: self.filter(item, rules),
            columns: 1,
            ..Piece::default()
        };
        let Some(number) = self.numbers.get(&item.path) else {
            piece.is = "note";
            return piece;
        };
        piece.number = *number;
        let has = |word: &str| question.appearance.iter().any(|it| it == word);
        let bounds = question.bounds.or_else(|| bounds(&item.path, rules.constraint.as_ref()));
        piece.control = match (&*question.control, &*question.data_type) {
            ("select1" | "select" | "rank", _) => {
                piece.answers = self.answers(&item.path, Some(question));
                let longest = piece.answers.iter().map(|it| it.label.chars().count()).max();
                let leads = piece.answers.iter().any(|it| !it.go.is_empty());
                piece.columns = match longest.unwrap_or(0) {
                    _ if leads || piece.answers.len() < 3 => 1,
                    letters if letters <= LETTERS_OF_THREE => 3,
                    letters if letters <= LETTERS_OF_TWO => 2,
                    _ => 1,
                };
                // Two or three short answers stand side by side.
                if !leads && piece.answers.len() < 4 && longest.unwrap_or(0) <= LETTERS_OF_THREE {
                    piece.columns = 3;
                }
                match &*question.control {
                    _ if piece.answers.is_empty() || piece.answers.len() > CHOICES_PRINTED => {
                        piece.answers.clear();
                        "line"
                    }
                    "select" => "several",
                    "rank" => "rank",
                    _ => "one",
                }
            }
            ("trigger", _) => "tick",
            ("upload", _) => "device",
            ("range", _) if spread(question) <= RANGE_PRINTED => {
                piece.answers = range(question);
                piece.columns = 11;
                "scale"
            }
            (_, "int") => {
                piece.count = digits(bounds);
                "digits"
            }
            (_, "date") if has("year") => "year",
            (_, "date") if has("month-year") => "month",
            (_, "date") => "date",
            (_, "time") => "time",
            (_, "dateTime") => "moment",
            (_, "geopoint" | "geotrace" | "geoshape") => "place",
            (_, "decimal") => "line",
            (_, "string") => {
                piece.count = if has("multiline") { 6 } else { 2 };
                if has("numbers") { "line" } else { "lines" }
            }
            _ => "line",
        };
        if piece.control == "digits" || piece.control == "line" {
            piece.rule = self.said(bounds);
        }
        if piece.rule.is_empty() && rules.constraint.is_some() {
            let node = self.filling.nodes(None, &item.path).into_iter().next();
            let own = node.and_then(|node| self.filling.message(node, Violation::Constraint));
            piece.rule = own.unwrap_or_default();
        }
        piece
    }

    fn said(&self, bounds: Option<(f64, f64)>) -> String {
        match bounds {
            Some((least, most)) if most.is_finite() && least.is_finite() => {
                let args = [("least", least.to_string().into()), ("most", most.to_string().into())];
                self.words.say_with("fill-range", &args)
            }
            _ => String::new(),
        }
    }

    /// What is asked at a path; an earlier answer in it is pointed to.
    fn label(&self, path: &[String]) -> Text {
        let node = self.filling.nodes(None, path).into_iter().next();
        let shown = || node.and_then(|node| self.filling.label(node)).unwrap_or_default();
        let written = self.raw.get(path).map(|it| it.0.clone()).filter(|it| !it.is_empty());
        text(&self.pointing(&written.unwrap_or_else(shown)))
    }

    fn hint(&self, path: &[String]) -> Text {
        let node = self.filling.nodes(None, path).into_iter().next();
        text(&node.and_then(|node| self.filling.hint(node)).unwrap_or_default())
    }

    /// `${age}` → "(answer to question 3)".
    fn pointing(&self, written: &str) -> String {
        let mut out = String::new();
        let mut rest = written;
        while let Some((before, after)) = rest.split_once("${") {
            let Some((name, next)) = after.split_once('}') else { break };
            let name = name.trim().rsplit('#').next().unwrap_or_default();
            let number =
                self.numbers.iter().find(|(path, _)| path.last().is_some_and(|it| it == name));
            out += before;
            out += &match number {
                Some((_, number)) => {
                    let number = number.to_string();
                    self.words.say_with("paper-answer-to", &[("number", number.into())])
                }
                None => "…".to_owned(),
            };
            rest = next;
        }
        out + rest
    }

    /// Values and labels of the choices at a path: of the form's own list, else as the engine offers them.
    fn choices(&self, path: &[String]) -> Vec<(String, String)> {
        choices(
            self.compiled,
            self.filling,
            self.language,
            path,
            self.raw.get(path).and_then(|it| it.1.as_ref()),
        )
    }

    fn answers(&self, path: &[String], question: Option<&Question>) -> Vec<Answer> {
        let at = self.lines.iter().position(|line| line.path == path);
        let one = question.is_some_and(|question| question.control == "select1");
        let leads = |answer: &str| match at
            .filter(|_| one)
            .and_then(|at| condition::go(&self.lines, at, answer))
        {
            Some(Go::To(number)) => {
                self.words.say_with("paper-go", &[("number", number.to_string().into())])
            }
            Some(Go::End) => self.words.say("paper-go-end"),
            None => String::new(),
        };
        let all = self.choices(path).into_iter().enumerate();
        all.map(|(index, (value, label))| Answer { key: index + 1, go: leads(&value), label })
            .collect()
    }
}

/// Values and labels of the choices at a path, in the order in which they are printed and keyed.
pub fn choices(
    compiled: &Compiled,
    filling: &Filling,
    language: &str,
    path: &[String],
    list: Option<&String>,
) -> Vec<(String, String)> {
    if let Some(items) = list.and_then(|list| compiled.lists.get(list)) {
        let worded = |item: &crate::compiled::Item| {
            let shown = label(&item.labels, language).unwrap_or(&item.value).to_owned();
            (item.value.clone(), unmarked(&shown))
        };
        let mut found: Vec<(String, String)> = items.iter().map(worded).collect();
        // What the engine adds to the list, such as "other".
        let node = filling.nodes(None, path).into_iter().next();
        for choice in node.map(|node| filling.choices(node)).unwrap_or_default() {
            if !found.iter().any(|(value, _)| *value == choice.value) {
                found.push((choice.value, unmarked(&choice.label)));
            }
        }
        return found;
    }
    let node = filling.nodes(None, path).into_iter().next();
    let offered = node.map(|node| filling.choices(node)).unwrap_or_default();
    offered.into_iter().map(|it| (it.value, unmarked(&it.label))).collect()
}

fn unmarked(text: &str) -> String {
    text.replace("**", "").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How many answers a range has.
fn spread(question: &Question) -> f64 {
    let bounds = question.bounds.zip(question.step);
    bounds.map_or(f64::INFINITY, |((least, most), step)| (most - least) / step + 1.0)
}

fn range(question: &Question) -> Vec<Answer> {
    let (Some((least, _)), Some(step)) = (question.bounds, question.step) else {
        return Vec::new();
    };
    let count = spread(question).round() as usize;
    let number = |at: usize| (((least + at as f64 * step) * 1e6).round() / 1e6).to_string();
    (0..count).map(|at| Answer { key: at + 1, label: number(at), go: String::new() }).collect()
}

/// The least and greatest answer that a constraint admits, where it names both.
fn bounds(path: &[String], constraint: Option<&Plain>) -> Option<(f64, f64)> {
    fn narrow(path: &[String], plain: &Plain, found: &mut (f64, f64)) -> bool {
        match plain {
            Plain::All(inner) => inner.iter().all(|it| narrow(path, it, found)),
            Plain::Compared { path: own, by, number } if own == path => {
                match by {
                    Comparison::Equal => *found = (*number, *number),
                    Comparison::Less if number.fract() == 0.0 => {
                        found.1 = found.1.min(number - 1.0)
                    }
                    Comparison::Less | Comparison::AtMost => found.1 = found.1.min(*number),
                    Comparison::More if number.fract() == 0.0 => {
                        found.0 = found.0.max(number + 1.0)
                    }
                    Comparison::More | Comparison::AtLeast => found.0 = found.0.max(*number),
                }
                true
            }
            _ => false,
        }
    }
    let mut found = (f64::NEG_INFINITY, f64::INFINITY);
    narrow(path, constraint?, &mut found).then_some(found)
}

/// Boxes for a whole number.
fn digits(bounds: Option<(f64, f64)>) -> usize {
    let most = bounds.map_or(f64::INFINITY, |(_, most)| most);
    if most.is_finite() && most >= 1.0 { (most.log10().floor() as usize + 1).min(12) } else { 6 }
}

/// An author's text in lines and runs: `**strong**`, line breaks, headings without their marks.
fn text(written: &str) -> Text {
    let lines = written.trim().lines().map(|line| line.trim().trim_start_matches('#').trim());
    lines
        .map(|line| {
            let parts: Vec<&str> = line.split("**").collect();
            if parts.len() < 3 || parts.len().is_multiple_of(2) {
                return vec![Run { text: line.to_owned(), strong: false }];
            }
            let runs = parts.iter().enumerate().filter(|(_, text)| !text.is_empty());
            runs.map(|(at, text)| Run { text: (*text).to_owned(), strong: at % 2 == 1 }).collect()
        })
        .filter(|runs: &Vec<Run>| runs.iter().any(|run| !run.text.is_empty()))
        .collect()
}

fn plain(text: &Text) -> String {
    let runs = text.iter().flatten().map(|run| run.text.as_str());
    runs.collect::<Vec<_>>().join(" ")
}
