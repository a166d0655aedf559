//! A fit drawn: each published figure beside the fitted model, and each figure that was learnt before and after; for the page and for
//! the command that fits.

use base::language::{Arg, Words};
use chart::{DotRow, DotValue, Dots, Frame, Heading, Hue, Reach, Size};
use epidemic::distribution::Distribution;
use epidemic::ensemble::interval;
use epidemic::parameters::{SPECS, Unit, index_of};
use epidemic::{Country, Parameters};

use crate::inputs::{meaning, significant, unit};
use crate::kept::Fit;

/// A drawing for each published figure, in the order of the fits, then for each figure that was learnt: name of a file, SVG.
pub fn drawings(
    words: &Words,
    country: &Country,
    fits: &[Fit],
    names: &[String],
    draws: &[Parameters],
) -> Vec<(String, String)> {
    let mut drawings: Vec<(String, String)> = fits
        .iter()
        .map(|fit| {
            let name = format!("target-{}-{}", fit.measure, fit.year);
            (name, fit_drawing(words, fit, Size::Fixed).1)
        })
        .collect();
    drawings.extend(
        learnt(words, country, names, draws, Size::Fixed)
            .into_iter()
            .map(|one| (format!("learnt-{}", SPECS[one.at].name), one.svg)),
    );
    drawings
}

/// What a published figure measures.
pub fn measure(words: &Words, fit: &Fit) -> String {
    words.say(&format!("measure-{}", fit.measure))
}

/// Shares are read in per cent.
pub fn scale(fit: &Fit) -> f64 {
    let share = epidemic::Measure::from_word(&fit.measure).is_some_and(epidemic::Measure::is_share);
    if share { 100.0 } else { 1.0 }
}

/// Its finding, its drawing, and whether it is met.
pub fn fit_drawing(words: &Words, fit: &Fit, size: Size) -> (String, String, bool) {
    let scale = scale(fit);
    let dot = |hue, value: f64, low: f64, high: f64| DotValue {
        hue,
        value: value * scale,
        low: Some(low * scale),
        high: Some(high * scale),
        ..DotValue::default()
    };
    let row = |label: &str, value| DotRow {
        label: words.say(label),
        values: vec![value],
        ..DotRow::default()
    };
    let dots = Dots {
        rows: vec![
            row("calibration-published", dot(Hue::Neutral, fit.value, fit.low, fit.high)),
            row("calibration-model", dot(Hue::Accent(0), fit.found, fit.found_low, fit.found_high)),
        ],
        ..Dots::default()
    };
    let title = words.say_with(
        if fit.met { "calibration-met" } else { "calibration-missed" },
        &[("what", measure(words, fit).into()), ("year", Arg::Name(fit.year.into()))],
    );
    let number = |value: f64| significant(words, value);
    let id = format!("fit-{}", fit.measure);
    let svg = dots.draw(&framed(&id, &title, size, &number));
    (title, svg, fit.met)
}

/// A figure that was learnt.
pub struct Learnt {
    at: usize,
    pub title: String,
    pub svg: String,
    /// Its interval lost a fifth or more: the targets say something of it.
    pub narrower: bool,
}

/// Middle, low and high end, before the fit and after.
pub struct Ends {
    pub at: usize,
    pub prior: [f64; 3],
    pub found: [f64; 3],
}

/// Before and after the fit, of each figure that was learnt.
pub fn ends(country: &Country, names: &[String], draws: &[Parameters]) -> Vec<Ends> {
    names
        .iter()
        .filter_map(|name| {
            let at = index_of(name)?;
            let factor = if SPECS[at].unit == Unit::Proportion { 100.0 } else { 1.0 };
            let distribution = country.given[at].distribution;
            let (low, high) = match distribution {
                Distribution::Fixed(value) => (value, value),
                Distribution::Uniform { low, high } | Distribution::Spread { low, high, .. } => {
                    (low, high)
                }
            };
            let found = interval(draws.iter().map(|draw| draw.get(at)).collect())?;
            Some(Ends {
                at,
                prior: [distribution.median() * factor, low * factor, high * factor],
                found: [found.median * factor, found.low * factor, found.high * factor],
            })
        })
        .collect()
}

/// A drawing for each figure that was learnt.
pub fn learnt(
    words: &Words,
    country: &Country,
    names: &[String],
    draws: &[Parameters],
    size: Size,
) -> Vec<Learnt> {
    ends(country, names, draws)
        .iter()
        .map(|one| {
            let spec = &SPECS[one.at];
            let dot = |hue, [value, low, high]: [f64; 3]| DotValue {
                hue,
                value,
                low: Some(low),
                high: Some(high),
                ..DotValue::default()
            };
            let row = |label: &str, value| DotRow {
                label: words.say(label),
                values: vec![value],
                ..DotRow::default()
            };
            let dots = Dots {
                rows: vec![
                    row("calibration-before", dot(Hue::Neutral, one.prior)),
                    row("calibration-after", dot(Hue::Accent(0), one.found)),
                ],
                ..Dots::default()
            };
            let title =
                format!("{}, {}", meaning(words, spec), unit(words, spec.unit, &country.currency));
            let number = |value: f64| significant(words, value);
            let id = format!("learnt-{}", spec.name);
            let svg = dots.draw(&framed(&id, &title, size, &number));
            let width = |[_, low, high]: [f64; 3]| high - low;
            Learnt { at: one.at, title, svg, narrower: width(one.found) < 0.8 * width(one.prior) }
        })
        .collect()
}

/// On a page the title stands above the drawing; in a file it is drawn.
fn framed<'a>(
    id: &'a str,
    title: &'a str,
    size: Size,
    number: &'a dyn Fn(f64) -> String,
) -> Frame<'a> {
    let heading = (size == Size::Fixed).then(Heading::default);
    let width = if size == Size::Fixed { 560.0 } else { 340.0 };
    Frame { width, size, heading, reach: Reach::Whole, ..Frame::new(id, title, number) }
}
