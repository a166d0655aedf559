//! An expression cut into its signs.

use super::Wrong;
use super::value::Value;

#[derive(Clone, Debug, PartialEq)]
pub enum Token {
    Name(String),
    Literal(Value),
    /// `(`, `)`, `,`, `/`, `:`, `-`
    Sign(char),
}

/// The signs of an expression, each with its place.
pub fn tokens(text: &str) -> Result<Vec<(usize, Token)>, Wrong> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(&(place, c)) = chars.get(at) {
        let next = chars.get(at + 1).map(|(_, c)| *c);
        match c {
            _ if c.is_whitespace() => at += 1,
            '\'' => {
                let (value, end) = quoted(&chars, at, text)?;
                found.push((place, Token::Literal(Value::Text(value))));
                at = end;
            }
            '0'..='9' | '-' if c != '-' || next.is_some_and(|c| c.is_ascii_digit()) => {
                let mut end = at + 1;
                let goes_on = |c: char| c.is_ascii_alphanumeric() || ".:+-".contains(c);
                while chars.get(end).is_some_and(|(_, c)| goes_on(*c)) {
                    end += 1;
                }
                let word: String = chars[at..end].iter().map(|(_, c)| *c).collect();
                found.push((place, Token::Literal(literal(&word, place)?)));
                at = end;
            }
            '(' | ')' | ',' | '/' | ':' | '-' => {
                found.push((place, Token::Sign(c)));
                at += 1;
            }
            _ if c.is_alphabetic() || c == '_' || c == '$' => {
                let mut end = at + 1;
                while chars.get(end).is_some_and(|(_, c)| c.is_alphanumeric() || *c == '_') {
                    end += 1;
                }
                let word: String = chars[at..end].iter().map(|(_, c)| *c).collect();
                found.push((place, named(word)));
                at = end;
            }
            _ => return Err(Wrong::query(format!("{c:?} at {place} belongs to no expression"))),
        }
    }
    Ok(found)
}

fn named(word: String) -> Token {
    match word.as_str() {
        "null" => Token::Literal(Value::Null),
        "true" => Token::Literal(Value::Yes(true)),
        "false" => Token::Literal(Value::Yes(false)),
        _ => Token::Name(word),
    }
}

/// A text in apostrophes, in which two stand for one.
fn quoted(chars: &[(usize, char)], from: usize, text: &str) -> Result<(String, usize), Wrong> {
    let mut value = String::new();
    let mut at = from + 1;
    loop {
        match (chars.get(at).map(|(_, c)| *c), chars.get(at + 1).map(|(_, c)| *c)) {
            (Some('\''), Some('\'')) => {
                value.push('\'');
                at += 2;
            }
            (Some('\''), _) => return Ok((value, at + 1)),
            (Some(c), _) => {
                value.push(c);
                at += 1;
            }
            (None, _) => {
                let start: String = text.chars().skip(from).take(20).collect();
                return Err(Wrong::query(format!(
                    "the text {start} has no end: an apostrophe is missing"
                )));
            }
        }
    }
}

fn literal(word: &str, place: usize) -> Result<Value, Wrong> {
    use crate::data::typed::{day, moment, time};
    let is_day = |text: &str| text.len() == 10 && text.as_bytes()[4] == b'-';
    let found = match word {
        _ if is_day(word) => day(word).map(Value::Day),
        _ if word.contains('T') => moment(word).map(Value::Moment),
        _ if word.contains(':') => time(word).map(Value::Time),
        _ => match (word.parse::<i64>(), word.parse::<f64>()) {
            (Ok(number), _) => Some(Value::Whole(number)),
            (_, Ok(number)) if number.is_finite() => Some(Value::Number(number)),
            _ => None,
        },
    };
    found.ok_or_else(|| {
        Wrong::query(format!(
            "{word} at {place} is no number, date (2026-11-24), date with time (2026-11-24T14:33:20Z) or time (14:33:20)"
        ))
    })
}
