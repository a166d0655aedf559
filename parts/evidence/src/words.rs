//! Each effect as a sentence: which message says it, and with what. The wording itself is Fluent's,
//! so this file knows no language; it decides only what kind of sentence a figure is.

use crate::effect::{Arm, Effect, Estimate, Finding, Interval};

/// From twice as high upwards, "2.5 times as high" is clearer than "150 % higher".
const TIMES_FROM: f64 = 2.0;

/// A message with its arguments.
#[derive(Debug, Clone, PartialEq)]
pub struct Sentence {
    pub message: &'static str,
    pub arguments: Vec<(&'static str, Argument)>,
}

/// What stands in a sentence.
#[derive(Debug, Clone, PartialEq)]
pub enum Argument {
    /// A number, already rounded to what the sentence says; to be written in the reader's way.
    Number(f64),
    /// An id that the message chooses by, or words that are not translated.
    Text(String),
    /// Another message, or an attribute of one (`comparison-on-off-oat.with`), to be said first.
    Wording(String),
}

/// The sentence for an effect.
///
/// ```
/// use evidence::Argument::Number;
/// let effect = evidence::shipped().effect("oat-hiv-macarthur-2012").unwrap();
/// let sentence = evidence::sentence(effect);
/// assert_eq!(sentence.message, "effect-changed");
/// assert!(sentence.arguments.contains(&("change", Number(54.0))));
/// assert!(sentence.arguments.contains(&("near", Number(33.0))));
/// assert!(sentence.arguments.contains(&("far", Number(68.0))));
/// ```
pub fn sentence(effect: &Effect) -> Sentence {
    let mut sentence = match effect.estimate {
        Estimate::Words(finding) => in_words(effect, finding),
        Estimate::Number {
            value, interval, ..
        } if effect.measure.is_ratio() => ratio(value, interval),
        Estimate::Number {
            value,
            interval,
            of,
        } => level(value, interval, of),
    };
    sentence.arguments.extend(about(effect));
    sentence
}

/// What every sentence may say: the outcome, the people, the place, the groups, the measure.
fn about(effect: &Effect) -> Vec<(&'static str, Argument)> {
    let optional = |message: Option<&'static str>| match message {
        Some(message) => Argument::Wording(message.to_owned()),
        None => Argument::Text("none".to_owned()),
    };
    let mut arguments = vec![
        ("measure", Argument::Text(effect.measure.id().to_owned())),
        (
            "outcome",
            Argument::Wording(effect.outcome.message().to_owned()),
        ),
        ("detail", optional(effect.detail.map(|d| d.message()))),
        (
            "population",
            Argument::Wording(effect.population.message().to_owned()),
        ),
        ("place", optional(effect.place.map(|p| p.message()))),
        (
            "years",
            Argument::Text(effect.years.clone().unwrap_or_else(|| "none".to_owned())),
        ),
    ];
    let Some(contrast) = effect.contrast else {
        arguments.push(("arm", Argument::Text("none".to_owned())));
        return arguments;
    };
    let group = |attribute: &str| {
        Argument::Wording(format!("{}.{attribute}", contrast.comparison.message()))
    };
    match contrast.arm {
        Arm::WithOverWithout => {
            arguments.extend([("first", group("with")), ("second", group("without"))]);
        }
        Arm::WithoutOverWith => {
            arguments.extend([("first", group("without")), ("second", group("with"))]);
        }
        Arm::With => arguments.push(("arm", group("with"))),
        Arm::Without => arguments.push(("arm", group("without"))),
    }
    arguments
}

fn ratio(value: f64, interval: Option<Interval>) -> Sentence {
    if value >= TIMES_FROM {
        let mut arguments = vec![("times", Argument::Number(value))];
        arguments.extend(ends(interval));
        let message = match interval {
            Some(i) if i.low <= 1.0 => "effect-times-uncertain",
            Some(_) => "effect-times",
            None => "effect-times-alone",
        };
        return Sentence { message, arguments };
    }
    let mut arguments = vec![
        ("change", Argument::Number(percent_change(value).abs())),
        ("way", Argument::Text(way(value).to_owned())),
    ];
    let message = match interval {
        None => "effect-changed-alone",
        Some(i) if i.low < 1.0 && i.high < 1.0 => {
            arguments.extend([
                ("near", Argument::Number(percent_change(i.high).abs())),
                ("far", Argument::Number(percent_change(i.low).abs())),
            ]);
            "effect-changed"
        }
        Some(i) if i.low > 1.0 => {
            arguments.extend([
                ("near", Argument::Number(percent_change(i.low))),
                ("far", Argument::Number(percent_change(i.high))),
            ]);
            "effect-changed"
        }
        Some(i) => {
            arguments.extend([
                ("lower", Argument::Number(percent_change(i.low).abs())),
                ("higher", Argument::Number(percent_change(i.high))),
            ]);
            "effect-changed-uncertain"
        }
    };
    Sentence { message, arguments }
}

fn level(value: f64, interval: Option<Interval>, of: Option<u64>) -> Sentence {
    let mut arguments = vec![("value", Argument::Number(value))];
    arguments.extend(ends(interval));
    if let Some(of) = of {
        arguments.push(("of", Argument::Number(of as f64)));
        return Sentence {
            message: "effect-count",
            arguments,
        };
    }
    let message = match interval {
        Some(_) => "effect-level",
        None => "effect-level-alone",
    };
    Sentence { message, arguments }
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
    Sentence { message, arguments }
}

fn ends(interval: Option<Interval>) -> Vec<(&'static str, Argument)> {
    interval.map_or_else(Vec::new, |i| {
        vec![
            ("low", Argument::Number(i.low)),
            ("high", Argument::Number(i.high)),
        ]
    })
}

/// The change from no difference in whole percent: 0.46 is −54, 1.81 is 81.
fn percent_change(ratio: f64) -> f64 {
    ((ratio - 1.0) * 100.0).round()
}

fn way(ratio: f64) -> &'static str {
    if ratio < 1.0 { "lower" } else { "higher" }
}
