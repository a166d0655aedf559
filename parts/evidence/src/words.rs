//! Each effect as a sentence: which message says it, and with what. The wording itself is Fluent's,
//! so this file knows no language; it decides only what kind of sentence a figure is.

use crate::effect::{Arm, Effect, Estimate, Finding, Interval};

/// From twice as high upwards, "2.5 times as high" is clearer than "150 % higher".
const TIMES_FROM: f64 = 2.0;

/// A message with its arguments.
#[derive(Debug, Clone, PartialEq)]
pub struct Sentence {
    pub message: String,
    pub arguments: Vec<(&'static str, Argument)>,
}

impl Sentence {
    /// A message that takes no arguments.
    pub fn plain(message: impl Into<String>) -> Sentence {
        Sentence { message: message.into(), arguments: Vec::new() }
    }
}

/// What stands in a sentence.
#[derive(Debug, Clone, PartialEq)]
pub enum Argument {
    /// A number, to be written in the reader's way with so many decimals.
    Number(f64, u8),
    /// An id that the message chooses by, or words that are not translated.
    Text(String),
    /// Another message, whose wording is to stand here.
    Wording(String),
}

/// The sentence for an effect.
///
/// ```
/// use evidence::Argument::Number;
/// let effect = evidence::shipped().effect("oat-hiv-macarthur-2012").unwrap();
/// let sentence = evidence::sentence(effect);
/// assert_eq!(sentence.message, "effect-changed");
/// assert!(sentence.arguments.contains(&("change", Number(54.0, 0))));
/// assert!(sentence.arguments.contains(&("near", Number(33.0, 0))));
/// assert!(sentence.arguments.contains(&("far", Number(68.0, 0))));
/// ```
pub fn sentence(effect: &Effect) -> Sentence {
    let mut sentence = match effect.estimate {
        Estimate::Words(finding) => in_words(effect, finding),
        Estimate::Number { value, interval, .. } if effect.measure.is_ratio() => {
            ratio(value, interval)
        }
        Estimate::Number { value, interval, of } => level(value, interval, of),
    };
    sentence.arguments.extend(about(effect));
    sentence
}

/// The benefit of a service in one short sentence, for page one of a brief. None for an effect
/// without an interval, or one that is no benefit.
pub fn benefit(effect: &Effect) -> Option<Sentence> {
    let (value, interval) = effect.with_over_without()?;
    let interval = interval.filter(|interval| interval.high < 1.0)?;
    let mut arguments = about(effect);
    arguments.extend([
        ("intervention", Argument::Wording(effect.intervention.message())),
        ("change", percent(value)),
        ("near", percent(interval.high)),
        ("far", percent(interval.low)),
    ]);
    Some(Sentence { message: "finding-what-works".to_owned(), arguments })
}

/// What every sentence may say: the outcome, the people, the place, the groups, the measure.
pub(crate) fn about(effect: &Effect) -> Vec<(&'static str, Argument)> {
    let optional = |message: Option<&'static str>| match message {
        Some(message) => Argument::Wording(message.to_owned()),
        None => Argument::Text("none".to_owned()),
    };
    let mut arguments = vec![
        ("measure", Argument::Text(effect.measure.id().to_owned())),
        ("outcome", Argument::Wording(effect.outcome.message().to_owned())),
        ("detail", optional(effect.detail.map(|d| d.message()))),
        ("population", Argument::Wording(effect.population.message().to_owned())),
        ("place", optional(effect.place.map(|p| p.message()))),
        ("years", Argument::Text(effect.years.clone().unwrap_or_else(|| "none".to_owned()))),
    ];
    let Some(contrast) = effect.contrast else {
        arguments.push(("arm", Argument::Text("none".to_owned())));
        return arguments;
    };
    let group =
        |which: &str| Argument::Wording(format!("{}-{which}", contrast.comparison.message()));
    match contrast.arm {
        Arm::WithOverWithout => {
            arguments.extend([("first", group("with")), ("second", group("without"))]);
        }
        Arm::WithoutOverWith => {
            arguments.extend([("first", group("without")), ("second", group("with"))]);
        }
        Arm::With => {
            arguments.push(("arm", group("with")));
            return arguments;
        }
        Arm::Without => {
            arguments.push(("arm", group("without")));
            return arguments;
        }
    }
    arguments.push(("arm", Argument::Text("none".to_owned())));
    arguments
}

fn ratio(value: f64, interval: Option<Interval>) -> Sentence {
    if value >= TIMES_FROM {
        let mut arguments = vec![("times", as_published(value))];
        arguments.extend(ends(interval));
        let message = match interval {
            Some(i) if i.low <= 1.0 => "effect-times-uncertain",
            Some(_) => "effect-times",
            None => "effect-times-alone",
        };
        return Sentence { message: message.to_owned(), arguments };
    }
    let mut arguments =
        vec![("change", percent(value)), ("way", Argument::Text(way(value).to_owned()))];
    let message = match interval {
        None => "effect-changed-alone",
        Some(i) if i.low < 1.0 && i.high < 1.0 => {
            arguments.extend([("near", percent(i.high)), ("far", percent(i.low))]);
            "effect-changed"
        }
        Some(i) if i.low > 1.0 => {
            arguments.extend([("near", percent(i.low)), ("far", percent(i.high))]);
            "effect-changed"
        }
        Some(i) => {
            // "none" rather than 0: a message cannot choose by a number that is also to be written.
            let higher = match percent(i.high) {
                Argument::Number(0.0, _) => Argument::Text("none".to_owned()),
                some => some,
            };
            arguments.extend([("lower", percent(i.low)), ("higher", higher)]);
            "effect-changed-uncertain"
        }
    };
    Sentence { message: message.to_owned(), arguments }
}

fn level(value: f64, interval: Option<Interval>, of: Option<u64>) -> Sentence {
    let mut arguments = vec![("value", as_published(value))];
    arguments.extend(ends(interval));
    if let Some(of) = of {
        arguments.push(("of", as_published(of as f64)));
        return Sentence { message: "effect-count".to_owned(), arguments };
    }
    let message = match interval {
        Some(_) => "effect-level",
        None => "effect-level-alone",
    };
    Sentence { message: message.to_owned(), arguments }
}

fn in_words(effect: &Effect, finding: Option<Finding>) -> Sentence {
    let words = effect.words.clone().unwrap_or_default();
    let mut arguments = vec![("words", Argument::Text(words))];
    let message = match finding {
        Some(finding) => {
            let way = match finding {
                Finding::Lower => "lower",
                Finding::Higher => "higher",
            };
            arguments.push(("way", Argument::Text(way.to_owned())));
            "effect-found"
        }
        None => "effect-words",
    };
    Sentence { message: message.to_owned(), arguments }
}

/// Both ends with the same decimals, so that 16.7 to 34 is said as 16.7 to 34.0.
fn ends(interval: Option<Interval>) -> Vec<(&'static str, Argument)> {
    interval.map_or_else(Vec::new, |i| {
        let decimals = decimals(i.low).max(decimals(i.high));
        vec![
            ("low", Argument::Number(i.low, decimals)),
            ("high", Argument::Number(i.high, decimals)),
        ]
    })
}

/// How far a ratio is from no difference, in whole percent: 0.46 is 54 (lower), 1.81 is 81 (higher).
fn percent(ratio: f64) -> Argument {
    Argument::Number(((ratio - 1.0) * 100.0).abs().round(), 0)
}

/// A number with the decimals it was published with.
fn as_published(value: f64) -> Argument {
    Argument::Number(value, decimals(value))
}

pub(crate) fn decimals(value: f64) -> u8 {
    let digits = value.to_string();
    let count = digits.split_once('.').map_or(0, |(_, after)| after.len());
    count.min(12) as u8
}

fn way(ratio: f64) -> &'static str {
    if ratio < 1.0 { "lower" } else { "higher" }
}
