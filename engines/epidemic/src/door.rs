//! The door of a country file: units become the engine's, values and intervals are checked against what a parameter can be.
//! Inside, numbers are trusted.

use crate::distribution::{Distribution, Scale};
use crate::document::Document;
use crate::parameters::{SPECS, Spec, Unit};
use crate::time::DAYS_PER_YEAR;

/// Ranges at the door: value and interval inside what the parameter can be, and in order.
pub(crate) fn check(
    doc: &mut Document,
    line: usize,
    spec: &Spec,
    value: f64,
    interval: Option<(f64, f64)>,
    kind: Option<&str>,
) -> Option<Distribution> {
    let (low, high) = interval.unwrap_or((value, value));
    for (what, number) in [("value", value), ("low", low), ("high", high)] {
        if !(spec.low..=spec.high).contains(&number) {
            doc.problem(
                line,
                format!(
                    "{}: {what} {number} {} is outside {} to {}",
                    spec.name,
                    spec.unit.word(),
                    spec.low,
                    spec.high
                ),
            );
            return None;
        }
    }
    if interval.is_none() {
        return Some(Distribution::Fixed(value));
    }
    if !(low <= value && value <= high && low < high) {
        doc.problem(
            line,
            format!("{}: low {low}, value {value}, high {high} are not in this order", spec.name),
        );
        return None;
    }
    let scale = match kind {
        None => Scale::of(spec.unit),
        Some("uniform") => return Some(Distribution::Uniform { low, high }),
        Some("normal") => Scale::Plain,
        Some("lognormal") => Scale::Log,
        Some("logit-normal") => Scale::Logit,
        Some(other) => {
            doc.problem(
                line,
                format!("{}: distribution {other:?} is not known; uniform, normal, lognormal and logit-normal are", spec.name),
            );
            return None;
        }
    };
    if ![value, low, high].into_iter().all(|x| scale.reaches(x)) {
        doc.problem(
            line,
            format!(
                "{}: an interval that touches 0 or 1 needs distribution = \"uniform\"",
                spec.name
            ),
        );
        return None;
    }
    Some(Distribution::Spread { scale, value, low, high })
}

/// What a unit in a file is times the engine's.
pub(crate) fn factor(unit: Unit, word: &str, currency: Option<&str>) -> Option<f64> {
    let per_year = |word: &str| {
        Some(match word {
            "per year" => 1.0,
            "per month" => 12.0,
            "per week" => DAYS_PER_YEAR / 7.0,
            "per day" => DAYS_PER_YEAR,
            "per 100 person-years" => 0.01,
            "per 1000 person-years" => 0.001,
            _ => return None,
        })
    };
    Some(match (unit, word) {
        (Unit::Persons, "persons")
        | (Unit::PersonsPerYear, "persons per year")
        | (Unit::Proportion, "proportion")
        | (Unit::Ratio, "ratio")
        | (Unit::Years, "years") => 1.0,
        (Unit::Proportion, "percent") => 0.01,
        (Unit::Years, "months") => 1.0 / 12.0,
        (Unit::Years, "weeks") => 7.0 / DAYS_PER_YEAR,
        (Unit::Years, "days") => 1.0 / DAYS_PER_YEAR,
        (Unit::PerYear | Unit::EventsPerYear, word) => per_year(word)?,
        (Unit::Money, word) if Some(word) == currency => 1.0,
        // A common file does not know whose money it is read for.
        (Unit::Money, "money") => 1.0,
        _ => return None,
    })
}

pub(crate) fn units(unit: Unit) -> &'static str {
    match unit {
        Unit::Persons => "persons",
        Unit::PersonsPerYear => "persons per year",
        Unit::PerYear | Unit::EventsPerYear => {
            "per year, per month, per week, per day, per 100 person-years or per 1000 person-years"
        }
        Unit::Years => "years, months, weeks or days",
        Unit::Proportion => "proportion (0 to 1) or percent",
        Unit::Ratio => "ratio",
        Unit::Money => "the currency of [country]",
    }
}

/// The known name that shares most with a mistyped one: fewest letters to change.
pub(crate) fn nearest(name: &str) -> &'static str {
    SPECS
        .iter()
        .min_by_key(|spec| strsim::levenshtein(spec.name, name))
        .map_or("", |spec| spec.name)
}
