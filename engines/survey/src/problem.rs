//! What is wrong with the data, said so that a person can go and mend it: the column, the row, the value, what to do.
//! A reader collects problems instead of stopping at the first, so that one look at the file is enough.

use std::fmt;

/// Something in the data or the design that keeps an estimate from being made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What was being read: “weights”, “clusters of stage 1”, “hcv”.
    pub place: String,
    /// The row, counted from 1 as a spreadsheet without its heading would; none where the whole column is meant.
    pub row: Option<usize>,
    /// What is wrong, with the value, and what to do.
    pub message: String,
}

impl Problem {
    pub(crate) fn of(place: &str, message: impl Into<String>) -> Self {
        Problem { place: place.into(), row: None, message: message.into() }
    }

    pub(crate) fn at(place: &str, index: usize, message: impl Into<String>) -> Self {
        Problem { place: place.into(), row: Some(index + 1), message: message.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.row {
            Some(row) => write!(f, "{}, row {row}: {}", self.place, self.message),
            None => write!(f, "{}: {}", self.place, self.message),
        }
    }
}

impl std::error::Error for Problem {}

/// At most this many rows of one column are named; a file wrong from top to bottom needs no million messages.
const NAMED_ROWS: usize = 5;

/// Names the first rows that `wrong` describes, then says how many more there are.
pub(crate) fn name_rows(
    place: &str,
    rows: usize,
    mut wrong: impl FnMut(usize) -> Option<String>,
    problems: &mut Vec<Problem>,
) {
    let mut found = 0usize;
    for index in 0..rows {
        if let Some(message) = wrong(index) {
            found += 1;
            if found <= NAMED_ROWS {
                problems.push(Problem::at(place, index, message));
            }
        }
    }
    if found > NAMED_ROWS {
        let more = found - NAMED_ROWS;
        problems.push(Problem::of(place, format!("{more} more rows have a problem of this kind")));
    }
}

pub(crate) fn same_length(place: &str, rows: usize, expected: usize, problems: &mut Vec<Problem>) {
    if rows != expected {
        problems.push(Problem::of(
            place,
            format!("has {rows} rows where the design has {expected}; give one value for each row, in the same order"),
        ));
    }
}
