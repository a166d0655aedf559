//! A figure as a reader sees it: rounded to what its doubt allows, with unit, year, interval,
//! source, and the reason for any mark, in the reader's language.

use base::document::{FlagMark, Hue, Known, SourceMark};
use base::language::{Arg, Words};

use crate::derive::{Figure, Figures, Method};
use crate::fact::{Fact, Flag, Reason, ReasonValue};
use crate::indicator::{Indicator, Setting, Unit};

/// Prison, community, or neither.
pub fn hue(indicator: &Indicator) -> Hue {
    match indicator.setting {
        Setting::Inside => Hue::Inside,
        Setting::Outside => Hue::Outside,
        Setting::Justice => Hue::Neutral,
    }
}

/// The latest figure of an indicator, or the words for its absence.
pub fn latest(
    words: &Words,
    figures: &Figures<'_>,
    place: &str,
    indicator: &Indicator,
) -> base::Figure {
    let mut shown = bare(words, indicator);
    match figures.latest(place, &indicator.id, "total") {
        Some(figure) => shown.known = Some(known(words, figures, &figure)),
        None => shown.missing = Some(words.say("figure-missing")),
    }
    shown
}

/// An indicator's label, definition and page, as yet without a value.
pub fn bare(words: &Words, indicator: &Indicator) -> base::Figure {
    base::Figure {
        label: words.say(&indicator.key("name")),
        definition: Some(words.say(&indicator.key("definition"))),
        href: Some(format!("/indicators/{}", indicator.id)),
        hue: hue(indicator),
        known: None,
        missing: None,
    }
}

/// A figure with all that makes it trustworthy, and what other sources say of the same year.
pub fn known(words: &Words, figures: &Figures<'_>, figure: &Figure<'_>) -> Known {
    let decimals = decimals(figure);
    let first = figure.rests_on[0];
    Known {
        number: figure.value,
        text: value(words, figure),
        unit: unit(words, figure.indicator.unit),
        low: figure.low,
        high: figure.high,
        interval: interval(words, figure.low, figure.high, decimals),
        period: figure.period.to_owned(),
        group: (figure.group != "total").then(|| words.say(&format!("group-{}", figure.group))),
        source: SourceMark::of(&first.source),
        locator: locator(words, figure),
        flag: flag(words, figure),
        note: note(figure),
        href: Some(match figure.method {
            Method::Reported => href(first),
            _ => format!("/indicators/{}#{}", figure.indicator.id, figure.place),
        }),
        others: others(words, figures, figure),
    }
}

/// The page of a fact.
pub fn href(fact: &Fact) -> String {
    format!("/figures/{}/{}/{}/{}", fact.place, fact.indicator, fact.period, fact.group)
}

/// The value as this language writes it; yes and no in words.
pub fn value(words: &Words, figure: &Figure<'_>) -> String {
    match figure.indicator.unit {
        Unit::YesNo if figure.value > 0.0 => words.say("yes"),
        Unit::YesNo => words.say("no"),
        _ => words.number(figure.value, decimals(figure)),
    }
}

/// The unit as it stands after a value; nothing where the label says it.
pub fn unit(words: &Words, unit: Unit) -> String {
    match unit {
        Unit::YesNo => String::new(),
        unit => words.say(&format!("unit-{}", unit.id())),
    }
}

/// What an indicator measures, with its unit where the name does not say it already: "People in
/// prison per 100,000 inhabitants"; "Prison occupancy, %".
pub fn measured(words: &Words, indicator: &Indicator) -> String {
    let (name, unit) = (words.say(&indicator.key("name")), unit(words, indicator.unit));
    let said = name.to_lowercase().contains(&unit.to_lowercase());
    if said { name } else { format!("{name}, {unit}") }
}

/// "2.9–4.8", or the words for "none given".
pub fn interval(words: &Words, low: Option<f64>, high: Option<f64>, decimals: u8) -> String {
    match (low, high) {
        (Some(low), Some(high)) => {
            format!("{}–{}", words.number(low, decimals), words.number(high, decimals))
        }
        _ => words.say("none-given"),
    }
}

/// Decimals that the figure can carry: those that its source gives, at most two; one for computed
/// shares and rates, two below one.
pub fn decimals(figure: &Figure<'_>) -> u8 {
    if figure.indicator.unit.is_count() {
        return 0;
    }
    match figure.method {
        Method::Reported => decimals_given(figure.value),
        _ if figure.value.abs() < 1.0 => 2,
        _ => 1,
    }
}

/// Decimals that a source gives, at most one; two below one.
pub fn decimals_given(value: f64) -> u8 {
    let text = value.to_string();
    let given = text.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    given.min(if value.abs() < 1.0 { 2 } else { 1 }) as u8
}

/// A mark of doubt, with every reason for it in words.
pub fn flag(words: &Words, figure: &Figure<'_>) -> Option<FlagMark> {
    let reasons: Vec<String> = figure
        .rests_on
        .iter()
        .flat_map(|fact| &fact.reasons)
        .map(|reason| reason_words(words, reason))
        .collect();
    mark(words, figure.flag, reasons)
}

/// The mark of one fact.
pub fn flag_of(words: &Words, fact: &Fact) -> Option<FlagMark> {
    mark(words, fact.flag, fact.reasons.iter().map(|reason| reason_words(words, reason)).collect())
}

fn mark(words: &Words, flag: Flag, mut reasons: Vec<String>) -> Option<FlagMark> {
    if flag == Flag::None {
        return None;
    }
    reasons.dedup();
    Some(FlagMark {
        code: flag.id().to_owned(),
        label: words.say(&format!("flag-{}", flag.id())),
        reason: reasons.join(" "),
        usable: flag.usable(),
    })
}

fn reason_words(words: &Words, reason: &Reason) -> String {
    let args: Vec<(&str, Arg)> = reason
        .values()
        .map(|(name, value)| {
            let arg = match value {
                ReasonValue::Number(number) => {
                    Arg::Number(number, if number.fract() == 0.0 { 0 } else { 1 })
                }
                ReasonValue::Year(year) => Arg::Name(year.into()),
                ReasonValue::Source(id) => Arg::Text(publisher(words, id)),
                ReasonValue::Indicator(id) => {
                    let indicator = crate::indicators().get(id);
                    Arg::Text(
                        indicator.map_or_else(|| id.to_owned(), |one| words.say(&one.key("short"))),
                    )
                }
                ReasonValue::Text(text) => Arg::Text(text.to_owned()),
            };
            (name, arg)
        })
        .collect();
    words.say_with(&format!("reason-{}", reason.rule), &args)
}

/// Where the figure stands in its source, or from what and how it was computed.
fn locator(words: &Words, figure: &Figure<'_>) -> String {
    if figure.method == Method::Reported {
        return figure.rests_on[0].locator.clone();
    }
    let part = |fact: &Fact| {
        let decimals = if fact.value.fract() == 0.0 { 0 } else { 1 };
        let name = crate::indicators()
            .get(&fact.indicator)
            .map(|i| words.say(&i.key("short")))
            .unwrap_or_default();
        let group = if fact.group == "total" {
            String::new()
        } else {
            format!(", {}", words.say(&format!("group-{}", fact.group)))
        };
        let (number, source) = (words.number(fact.value, decimals), publisher(words, &fact.source));
        format!("{name}{group} ({number}; {source} {})", fact.period)
    };
    let (above, below) = (figure.rests_on[0], figure.rests_on[figure.rests_on.len() - 1]);
    words.say_with(
        &format!("method-{}", figure.method.id()),
        &[("numerator", part(above).into()), ("denominator", part(below).into())],
    )
}

/// The publisher of a source, in a word: what a sentence needs; the citation has the rest.
pub fn publisher(words: &Words, source: &str) -> String {
    let key = source.split('-').next().unwrap_or(source);
    words.try_say(&format!("publisher-{key}"), &[]).unwrap_or_else(|| source.to_owned())
}

fn note(figure: &Figure<'_>) -> Option<String> {
    let notes: Vec<&str> = figure
        .rests_on
        .iter()
        .map(|fact| fact.note.as_str())
        .filter(|note| !note.is_empty())
        .collect();
    (!notes.is_empty()).then(|| notes.join(" "))
}

/// What other sources give for the same place, year and group.
fn others(words: &Words, figures: &Figures<'_>, figure: &Figure<'_>) -> Vec<String> {
    if figure.method != Method::Reported {
        return Vec::new();
    }
    figures
        .all(figure.place, &figure.indicator.id)
        .filter(|fact| {
            fact.year == figure.year
                && fact.group == figure.group
                && fact.source != figure.rests_on[0].source
        })
        .map(|fact| {
            let decimals = if fact.value.fract() == 0.0 { 0 } else { 1 };
            words.say_with(
                "figure-other-source",
                &[
                    ("source", publisher(words, &fact.source).into()),
                    ("period", fact.period.as_str().into()),
                    ("value", words.number(fact.value, decimals).into()),
                ],
            )
        })
        .collect()
}
