//! What an expression yields, and how one kind becomes another.

use super::dates::{self, Moment};
use super::eval::Environment;
use crate::xml::{Document, NodeId};

/// The result of an expression.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nodes, in document order unless a function has shuffled them.
    Nodes(Vec<NodeId>),
    Text(String),
    Number(f64),
    Boolean(bool),
    Date(Moment),
}

impl Value {
    pub(crate) fn text(&self, document: &Document, environment: &dyn Environment) -> String {
        match self {
            Value::Nodes(nodes) => nodes.first().map(|id| document.text(*id)).unwrap_or_default(),
            Value::Text(text) => text.clone(),
            // In a form, what is no number is no answer either.
            Value::Number(number) if number.is_nan() && environment.in_form() => String::new(),
            Value::Number(number) => number_text(*number),
            Value::Boolean(yes) => yes.to_string(),
            Value::Date(moment) => moment.text(&environment.zone()),
        }
    }

    pub(crate) fn number(&self, document: &Document, environment: &dyn Environment) -> f64 {
        match self {
            Value::Number(number) => *number,
            Value::Boolean(yes) => f64::from(u8::from(*yes)),
            Value::Date(moment) => moment.days(),
            Value::Text(text) => text_number(text, environment),
            Value::Nodes(nodes) => match nodes.first() {
                Some(id) => text_number(&document.text(*id), environment),
                None => f64::NAN,
            },
        }
    }

    /// As a condition: nodes exist, text is not empty, a number is neither 0 nor NaN.
    pub fn boolean(&self) -> bool {
        match self {
            Value::Nodes(nodes) => !nodes.is_empty(),
            Value::Text(text) => !text.is_empty(),
            Value::Number(number) => *number != 0.0 && !number.is_nan(),
            Value::Boolean(yes) => *yes,
            Value::Date(moment) => moment.is_valid(),
        }
    }
}

/// Text as a number: dates count days since 1970, and what is no number is NaN.
pub(crate) fn text_number(text: &str, environment: &dyn Environment) -> f64 {
    let text = text.trim();
    if text.is_empty() {
        return f64::NAN;
    }
    if dates::looks_like_date(text) {
        return dates::days_of(text, &environment.zone());
    }
    plain_number(text)
}

/// As JavaScript reads numbers, since two of the three clients do.
fn plain_number(text: &str) -> f64 {
    if let Some(hex) = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        return u64::from_str_radix(hex, 16).map_or(f64::NAN, |number| number as f64);
    }
    match text {
        "Infinity" | "+Infinity" => f64::INFINITY,
        "-Infinity" => f64::NEG_INFINITY,
        // Rust knows more names for these than a form should.
        text if text.contains(|c: char| c.is_alphabetic() && c != 'e' && c != 'E') => f64::NAN,
        text => text.parse().unwrap_or(f64::NAN),
    }
}

/// A number as clients write it: shortest digits that read back, exponents only far out.
pub fn number_text(number: f64) -> String {
    if number.is_nan() {
        return "NaN".to_owned();
    }
    if number.is_infinite() {
        return if number > 0.0 { "Infinity" } else { "-Infinity" }.to_owned();
    }
    if number == 0.0 {
        return "0".to_owned();
    }
    if (1e-6..1e21).contains(&number.abs()) {
        return number.to_string();
    }
    let text = format!("{number:e}");
    match text.split_once('e') {
        Some((mantissa, exponent)) if !exponent.starts_with('-') => {
            format!("{mantissa}e+{exponent}")
        }
        _ => text,
    }
}
