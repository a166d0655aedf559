//! Values of expressions: what they are, how they are compared and put in order.

use std::cmp::Ordering;

use crate::data::typed::{self, Cell, Type};

#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Null,
    Yes(bool),
    Whole(i64),
    Number(f64),
    Text(String),
    Day(i32),
    Moment(i64),
    Time(i64),
}

/// What a value may be, known before any row is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// `null`, which may stand beside anything.
    Null,
    Yes,
    Number,
    Text,
    Day,
    Moment,
    Time,
}

impl Sort {
    pub fn word(self) -> &'static str {
        match self {
            Sort::Null => "null",
            Sort::Yes => "true or false",
            Sort::Number => "a number",
            Sort::Text => "a text",
            Sort::Day => "a date",
            Sort::Moment => "a date with time",
            Sort::Time => "a time of day",
        }
    }

    pub fn of(kind: Type) -> Sort {
        match kind {
            Type::Whole | Type::Number | Type::Flag => Sort::Number,
            Type::Day => Sort::Day,
            Type::Moment => Sort::Moment,
            Type::Time => Sort::Time,
            Type::Code | Type::Text => Sort::Text,
        }
    }

    /// Whether values of both may be compared.
    pub fn meets(self, other: Sort) -> bool {
        self == other || self == Sort::Null || other == Sort::Null
    }
}

impl Value {
    pub fn of(cell: Cell<'_>) -> Value {
        match cell {
            Cell::Nothing => Value::Null,
            Cell::Whole(number) => Value::Whole(number),
            Cell::Number(number) => Value::Number(number),
            Cell::Day(days) => Value::Day(days),
            Cell::Moment(at) => Value::Moment(at),
            Cell::Time(at) => Value::Time(at),
            Cell::Flag(chosen) => Value::Whole(i64::from(chosen)),
            Cell::Text(text) => Value::Text(text.into_owned()),
        }
    }

    pub fn number(&self) -> Option<f64> {
        match self {
            Value::Whole(number) => Some(*number as f64),
            Value::Number(number) => Some(*number),
            _ => None,
        }
    }

    pub fn text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    pub fn is_true(&self) -> bool {
        *self == Value::Yes(true)
    }

    /// Which is greater; nothing where one is null or they are of different sorts.
    pub fn compare(&self, other: &Value) -> Option<Ordering> {
        match (self, other) {
            (Value::Whole(a), Value::Whole(b)) => Some(a.cmp(b)),
            (Value::Text(a), Value::Text(b)) => Some(a.cmp(b)),
            (Value::Yes(a), Value::Yes(b)) => Some(a.cmp(b)),
            (Value::Day(a), Value::Day(b)) => Some(a.cmp(b)),
            (Value::Moment(a), Value::Moment(b)) | (Value::Time(a), Value::Time(b)) => {
                Some(a.cmp(b))
            }
            _ => self.number()?.partial_cmp(&other.number()?),
        }
    }

    /// The order of rows: null before everything, as the standard has it.
    pub fn in_order(&self, other: &Value) -> Ordering {
        match (self, other) {
            (Value::Null, Value::Null) => Ordering::Equal,
            (Value::Null, _) => Ordering::Less,
            (_, Value::Null) => Ordering::Greater,
            _ => self.compare(other).unwrap_or(Ordering::Equal),
        }
    }

    /// Day, or day of a moment in UTC.
    pub fn date(&self) -> Option<jiff::civil::Date> {
        match self {
            Value::Day(days) => typed::day_text(*days).parse().ok(),
            Value::Moment(at) => typed::moment_text(*at).get(..10)?.parse().ok(),
            _ => None,
        }
    }

    /// Milliseconds since midnight, of a time or a moment in UTC.
    pub fn clock(&self) -> Option<i64> {
        match self {
            Value::Time(at) => Some(*at),
            Value::Moment(at) => Some(at.rem_euclid(86_400_000)),
            _ => None,
        }
    }
}
