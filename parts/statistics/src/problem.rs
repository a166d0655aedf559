//! What is wrong with a file or a design, said so that a person can mend it: the place, the row, the value, what to do.
//! Words are messages of the site, so that a page and the command say the same in the reader's language.

use base::Words;
use base::language::Arg;

/// Something that keeps figures from being made, or that must be known.
#[derive(Clone, Debug)]
pub struct Problem {
    /// A column, a stage, a file; empty for the whole.
    pub place: String,
    /// The row as a spreadsheet counts it, the heading being row 1.
    pub row: Option<usize>,
    /// `problem-<key>` is the message.
    pub key: &'static str,
    pub args: Vec<(&'static str, Arg)>,
}

impl Problem {
    pub fn of(place: &str, key: &'static str) -> Problem {
        Problem { place: place.into(), row: None, key, args: Vec::new() }
    }

    pub fn at(mut self, row: usize) -> Problem {
        self.row = Some(row);
        self
    }

    pub fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Problem {
        self.args.push((name, value.into()));
        self
    }

    /// "weight, row 12: …".
    pub fn say(&self, words: &Words) -> String {
        let what = words.say_with(&format!("problem-{}", self.key), &self.args);
        let place = ("place", Arg::Text(short(&self.place)));
        match (self.place.is_empty(), self.row) {
            (false, Some(row)) => words.say_with(
                "problem-at",
                &[place, ("row", Arg::Name(row as i64)), ("what", what.into())],
            ),
            (true, Some(row)) => words.say_with(
                "problem-on-row",
                &[("row", Arg::Name(row as i64)), ("what", what.into())],
            ),
            (false, None) => words.say_with("problem-in", &[place, ("what", what.into())]),
            (true, None) => what,
        }
    }
}

/// What the engine says of columns that were read well; rows are those of `rows`.
pub fn of_engine(problems: Vec<survey::Problem>, rows: &[u32]) -> Vec<Problem> {
    let problem = |problem: survey::Problem| Problem {
        row: problem.row.and_then(|row| rows.get(row - 1)).map(|row| *row as usize),
        ..Problem::of(&problem.place, "engine").with("text", problem.message)
    };
    problems.into_iter().map(problem).collect()
}

/// Long or strange values are shown short.
pub fn short(value: &str) -> String {
    let mut shown: String = value.chars().filter(|c| !c.is_control()).take(60).collect();
    if shown.chars().count() < value.chars().count() {
        shown.push('…');
    }
    shown
}

/// At most this many rows of one column are named.
pub const NAMED_ROWS: usize = 5;
