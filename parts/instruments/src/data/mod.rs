//! Answers as tables: one row for each record, one further table for each repeat, columns with their
//! labels and lists. Everything that leaves (CSV, XLSX, JSON, a codebook, statistics) is made from it.

pub mod codebook;
pub mod door;
pub mod files;
mod gather;
pub mod geojson;
pub mod package;
pub mod parquet;
pub mod sav;
pub mod typed;
mod words;

pub use gather::{empty_tables, of_closed};
pub use words::{Words, words};

use crate::compiled::Item;
use crate::round::Round;

/// The answers of a round.
#[derive(Clone, Debug)]
pub struct Data {
    pub round: Round,
    pub design: Design,
    /// Names of the form's languages.
    pub languages: Vec<String>,
    /// The records first, then each repeat in the order of the form.
    pub tables: Vec<Table>,
    /// Answers in words that nobody has cleared yet, and that are therefore in no output.
    pub held_back: usize,
}

/// Of whom the round was asked, for whoever weighs the answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Design {
    /// How many were named beforehand; `None` for a shared address, where nobody knows how many saw it.
    pub asked: Option<usize>,
    /// Records that count.
    pub answered: usize,
    pub anonymous: bool,
}

/// Records, or the instances of one repeat.
#[derive(Clone, Debug)]
pub struct Table {
    /// `answers`, or the name of the repeat.
    pub name: String,
    /// Of a repeat, its path.
    pub path: String,
    pub columns: Vec<Column>,
    pub rows: usize,
}

#[derive(Clone, Debug)]
pub struct Column {
    /// The question's name, or its path where two have one name.
    pub key: String,
    /// Empty for columns that the site adds (`_record`, `_day` …).
    pub path: String,
    pub kind: Kind,
    /// How the form stores it: `string`, `int`, `geopoint` …
    pub data_type: String,
    /// Whether it says where somebody is, or is calculated from what does: in no output of an anonymous round.
    pub place: bool,
    /// What was asked, by language.
    pub labels: Vec<(String, String)>,
    /// What could be chosen.
    pub choices: Vec<Item>,
    /// One for each row; `None` where there is no answer.
    pub values: Vec<Option<String>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words; held back in anonymous rounds until they are cleared.
    Text,
    Whole,
    Number,
    Date,
    /// One of a list.
    One,
    /// Some of a list, apart by spaces.
    Several,
    /// Calculated by the form, or anything else that is not asked.
    Other,
}

impl Kind {
    pub fn word(self) -> &'static str {
        match self {
            Kind::Text => "text",
            Kind::Whole => "whole number",
            Kind::Number => "number",
            Kind::Date => "date",
            Kind::One => "one of a list",
            Kind::Several => "some of a list",
            Kind::Other => "calculated",
        }
    }
}
