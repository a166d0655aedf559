//! Functions of texts: parts of them, patterns, digests, and identities drawn by chance.

use regex::RegexBuilder;

use super::digest;
use super::eval::Outcome;
use super::functions::{Call, fail};
use super::value::Value;

impl Call<'_> {
    /// XPath 1.0, 4.2: positions are rounded, and infinities follow IEEE 754.
    pub(super) fn substring(&self) -> Outcome {
        self.count(2, 3)?;
        let text = self.text(0)?;
        let round = |x: f64| (x + 0.5).floor();
        let start = round(self.number(1)?);
        let end =
            if self.arguments.len() == 3 { start + round(self.number(2)?) } else { f64::INFINITY };
        let kept = (1_u32..).zip(text.chars()).filter(|(position, _)| {
            let position = f64::from(*position);
            position >= start && position < end
        });
        Ok(Value::Text(kept.map(|(_, c)| c).collect()))
    }

    /// From an index to before another; negative ones count from the end.
    pub(super) fn substr(&self) -> Outcome {
        self.count(2, 3)?;
        let chars = self.text(0)?.chars().collect::<Vec<_>>();
        let length = chars.len() as f64;
        let place = |x: f64| {
            let x = if x.is_nan() { 0.0 } else { x.trunc() };
            if x < 0.0 { (length + x).max(0.0) } else { x.min(length) }
        };
        let start = place(self.number(1)?) as usize;
        let end =
            if self.arguments.len() == 3 { place(self.number(2)?) as usize } else { chars.len() };
        Ok(Value::Text(chars[start..end.max(start)].iter().collect()))
    }

    /// The engine never backtracks, so that no pattern can take exponential time.
    pub(super) fn regex(&self) -> Outcome {
        let (text, pattern) = (self.text(0)?, self.text(1)?);
        let compiled = RegexBuilder::new(&pattern).size_limit(1 << 20).build();
        match compiled {
            Ok(regex) => Ok(Value::Boolean(regex.is_match(&text))),
            Err(error) => fail(format!("the pattern '{pattern}' cannot be used: {error}")),
        }
    }

    pub(super) fn digest(&self) -> Outcome {
        self.count(2, 3)?;
        let message = self.text(0)?;
        let algorithm = self.text(1)?;
        let encoding = if self.arguments.len() == 3 {
            self.text(2)?.to_lowercase()
        } else {
            "base64".to_owned()
        };
        let Some(hash) = super::hash(&algorithm.to_lowercase(), message.as_bytes()) else {
            return fail(format!(
                "digest() knows MD5, SHA-1, SHA-256, SHA-384 and SHA-512, not '{algorithm}'"
            ));
        };
        match encoding.as_str() {
            "base64" => Ok(Value::Text(digest::base64(&hash))),
            "hex" => Ok(Value::Text(digest::hex(&hash))),
            other => fail(format!("digest() writes base64 or hex, not '{other}'")),
        }
    }

    /// RFC 9562 version 4 from the environment's draws; with a length, as many hexadecimal digits.
    pub(super) fn uuid(&self) -> Outcome {
        self.count(0, 1)?;
        let environment = self.evaluator.environment;
        let digit = || (environment.draw() * 16.0) as u32 % 16;
        let hex = |digit: u32| char::from_digit(digit, 16).unwrap_or('0');
        if !self.arguments.is_empty() {
            let length = self.number(0)?;
            let length = if length.is_finite() { length.clamp(0.0, 1_000.0) as usize } else { 0 };
            return Ok(Value::Text((0..length).map(|_| hex(digit())).collect()));
        }
        let text = "xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx".chars().map(|c| match c {
            'x' => hex(digit()),
            'y' => hex(8 + digit() % 4),
            c => c,
        });
        Ok(Value::Text(text.collect()))
    }
}

/// Runs of space, tab and line end become one space; vertical tabs and form feeds stay.
pub(super) fn normalized(text: &str) -> String {
    let text = text.replace("\r\u{b}", "\u{b}");
    let words = text.split(|c: char| c.is_whitespace() && c != '\u{b}' && c != '\u{c}');
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
