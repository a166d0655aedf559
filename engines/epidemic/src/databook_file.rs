//! A country as the text of one complete file: every number in it, nothing included.
//! What `Country::read` makes of the text is the same country.

use std::fmt::Write;

use crate::country::{Basis, Country, Given};
use crate::distribution::{Distribution, Scale};
use crate::effects::Effects;
use crate::parameters::{SPECS, Spec, Unit};
use crate::place::Prison;

/// The whole file, values in the model's own units.
pub fn file_text(country: &Country, effects: &Effects) -> String {
    let mut text = format!("# {}, complete.\n{}", country.name.replace('\n', " "), head(country));
    text.push_str("\n[sources]\n");
    for (id, citation) in &country.sources {
        let _ = writeln!(text, "{} = {}", quoted(id), quoted(citation));
    }
    for prison in &country.prisons {
        text.push('\n');
        text.push_str(&prison_text(prison));
    }
    text.push_str("\n[parameters]\n");
    for (spec, given) in SPECS.iter().zip(&country.given) {
        text.push_str(&row(spec, &Written::new(spec, given, effects, &country.currency)));
        text.push('\n');
    }
    for t in &country.targets {
        let note = t.note.as_deref().map_or(String::new(), |n| format!("note = {}\n", quoted(n)));
        let _ = write!(
            text,
            "\n[[target]]\nmeasure = {:?}\nyear = {}\nvalue = {:?}\nlow = {:?}\nhigh = {:?}\nsource = {}\n{note}",
            t.measure.word(),
            t.year,
            t.value,
            t.low,
            t.high,
            quoted(&t.source)
        );
    }
    text
}

fn head(country: &Country) -> String {
    format!(
        "[country]\ncode = {}\nname = {}\nstart = {}\ncurrency = {}\n",
        quoted(&country.code),
        quoted(&country.name),
        country.start,
        quoted(&country.currency)
    )
}

fn prison_text(prison: &Prison) -> String {
    let o = prison.offers;
    format!(
        "[[prison]]\nname = {}\nkind = {:?}\ncapacity = {:?}\noat = {:?}\nneedles = {:?}\nhiv_care = {:?}\nhcv_care = {:?}\n",
        quoted(&prison.name),
        prison.kind.word(),
        prison.capacity,
        o.oat,
        o.needles,
        o.hiv_care,
        o.hcv_care
    )
}

/// A number as it stands in a row, of the file or of the workbook.
#[derive(Debug, Clone, Default)]
pub(super) struct Written {
    pub value: Option<f64>,
    pub low: Option<f64>,
    pub high: Option<f64>,
    pub unit: String,
    /// `assumed`, `design`, a source of the sheet of sources, or `effect: ID`.
    pub source: String,
    /// The effect is turned round: 1/estimate.
    pub inverse: bool,
    pub year: Option<f64>,
    pub note: String,
    pub locator: String,
    pub distribution: String,
    pub carried_over: bool,
    pub unchecked: bool,
}

/// How a source that is a row of the evidence table is marked.
pub(super) const EFFECT: &str = "effect: ";

impl Written {
    pub fn new(spec: &Spec, given: &Given, effects: &Effects, currency: &str) -> Written {
        let mut written = Written {
            unit: if spec.unit == Unit::Money { currency.into() } else { spec.unit.word().into() },
            note: given.note.clone().unwrap_or_default(),
            carried_over: given.carried_over,
            unchecked: given.unchecked,
            ..Written::default()
        };
        if spec.unit == Unit::EventsPerYear {
            written.unit = "per year".into();
        }
        let (value, low, high, distribution) = match given.distribution {
            Distribution::Fixed(value) => (value, None, None, ""),
            Distribution::Uniform { low, high } => {
                ((low + high) / 2.0, Some(low), Some(high), "uniform")
            }
            Distribution::Spread { scale, value, low, high } => {
                let word = match scale {
                    usual if usual == Scale::of(spec.unit) => "",
                    Scale::Plain => "normal",
                    Scale::Log => "lognormal",
                    Scale::Logit => "logit-normal",
                };
                (value, Some(low), Some(high), word)
            }
        };
        (written.value, written.low, written.high) = (Some(value), low, high);
        written.distribution = distribution.into();
        match &given.basis {
            Basis::Assumed => written.source = "assumed".into(),
            Basis::Design => written.source = "design".into(),
            Basis::Source { source, year, locator } => {
                written.source = source.clone();
                written.year = year.map(f64::from);
                written.locator = locator.clone().unwrap_or_default();
            }
            Basis::Effect { id, .. } => {
                written.inverse = effects.get(id).is_some_and(|e| e.estimate != value);
                let turned = if written.inverse { ", turned round" } else { "" };
                written.source = format!("{EFFECT}{id}{turned}");
            }
        }
        written
    }

    /// The effect that the source names.
    pub fn effect(&self) -> Option<&str> {
        let id = self.source.strip_prefix(EFFECT)?.trim();
        Some(id.strip_suffix(", turned round").unwrap_or(id))
    }
}

/// One line of `[parameters]`.
pub(super) fn row(spec: &Spec, w: &Written) -> String {
    let mut fields: Vec<String> = Vec::new();
    if let Some(id) = w.effect() {
        fields.push(format!("effect = {}", quoted(id)));
        if w.inverse {
            fields.push("inverse = true".into());
        }
    } else {
        for (name, number) in [("value", w.value), ("low", w.low), ("high", w.high)] {
            if let Some(number) = number {
                fields.push(format!("{name} = {number:?}"));
            }
        }
        for (name, text) in
            [("unit", &w.unit), ("distribution", &w.distribution), ("source", &w.source)]
        {
            if !text.is_empty() {
                fields.push(format!("{name} = {}", quoted(text)));
            }
        }
        if let Some(year) = w.year {
            fields.push(format!("year = {}", year as i64));
        }
        if !w.locator.is_empty() {
            fields.push(format!("locator = {}", quoted(&w.locator)));
        }
    }
    for (name, flag) in [("carried_over", w.carried_over), ("unchecked", w.unchecked)] {
        if flag {
            fields.push(format!("{name} = true"));
        }
    }
    if !w.note.is_empty() {
        fields.push(format!("note = {}", quoted(&w.note)));
    }
    format!("{} = {{ {} }}", spec.name, fields.join(", "))
}

/// A text as TOML writes it, on one line.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            c if c.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", c as u32);
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
