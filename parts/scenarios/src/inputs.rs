//! What went in: every parameter of a country's model with its value, interval, distribution and source, the assumed ones marked.

use base::Table;
use base::document::SourceMark;
use base::language::Words;
use base::table::{Cell, Column};
use epidemic::country::{Basis, Given};
use epidemic::distribution::Distribution;
use epidemic::parameters::{SPECS, Spec, Unit};

use crate::model::Model;

/// One row for each parameter, in the model's reading order.
pub fn table(words: &Words, model: &'static Model) -> Table {
    let columns = vec![
        Column::text("parameter", words.say("inputs-parameter")),
        Column::number("value", words.say("value")),
        Column::text("interval", words.say("interval")),
        Column::text("unit", words.say("inputs-unit")),
        Column::text("basis", words.say("inputs-basis")),
        Column::text("source", words.say("source")),
        Column::text("period", words.say("period")),
        Column::text("distribution", words.say("inputs-distribution")),
        Column::text("learnt", words.say("inputs-learnt")),
        Column::text("note", words.say("inputs-note")),
        Column::text("name", words.say("inputs-name")),
    ];
    let learnt = model.calibrated.as_ref().map(|c| &c.report.learnt);
    let mut sources: Vec<SourceMark> = Vec::new();
    let rows = SPECS
        .iter()
        .zip(&model.country.given)
        .map(|(spec, given)| {
            let (basis, source) = basis(words, model, given);
            if let Basis::Source { source, .. } = &given.basis
                && !sources.iter().any(|mark| mark.id == *source)
            {
                sources.push(SourceMark::of(source));
            }
            let (value, interval) = figures(words, spec, given.distribution);
            let year = match &given.basis {
                Basis::Source { year: Some(year), .. } => year.to_string(),
                _ => String::new(),
            };
            let is_learnt = learnt.is_some_and(|names| names.iter().any(|name| name == spec.name));
            let carried = given.carried_over.then(|| words.say("inputs-carried-over"));
            let locator = match &given.basis {
                Basis::Source { locator, .. } => locator.clone(),
                _ => None,
            };
            let note: Vec<String> =
                [carried, locator, given.note.clone()].into_iter().flatten().collect();
            vec![
                Cell::text(meaning(words, spec)),
                value,
                Cell::text(interval),
                Cell::text(unit(words, spec.unit, &model.country.currency)),
                basis,
                source,
                Cell::text(year),
                Cell::text(distribution(words, given.distribution)),
                Cell::text(if is_learnt { words.say("fitted-yes") } else { String::new() }),
                Cell::text(note.join("; ")),
                Cell::text(spec.name),
            ]
        })
        .collect();
    Table {
        id: format!("inputs-{}", model.country.code),
        caption: words.say_with("inputs-caption", &[("count", SPECS.len().into())]),
        columns,
        rows,
        note: Some(words.say("inputs-table-note")),
        sources,
    }
}

/// What a parameter means, in the reader's language.
pub fn meaning(words: &Words, spec: &Spec) -> String {
    words
        .try_say(&format!("parameter-{}", spec.name), &[])
        .unwrap_or_else(|| spec.meaning.trim().trim_end_matches('.').to_owned())
}

/// "Sources of `count` parameters": how many rest on what: published, evidence, design, assumed.
pub fn counts(model: &Model) -> [usize; 4] {
    let mut counts = [0; 4];
    for given in &model.country.given {
        counts[match given.basis {
            Basis::Source { .. } => 0,
            Basis::Effect { .. } => 1,
            Basis::Design => 2,
            Basis::Assumed => 3,
        }] += 1;
    }
    counts
}

fn basis(words: &Words, model: &Model, given: &Given) -> (Cell, Cell) {
    let known = |id: &str| evidence::shipped().source(id).is_some();
    match &given.basis {
        Basis::Source { source, .. } => {
            let cited =
                model.country.sources.get(source).cloned().unwrap_or_else(|| source.clone());
            let cell = Cell::text(cited);
            let cell = if known(source) { cell.href(format!("/sources/{source}")) } else { cell };
            (Cell::text(words.say("basis-source")), cell)
        }
        Basis::Effect { id, verified } => {
            let label = evidence::shipped()
                .effect(id)
                .map_or_else(|| id.clone(), |effect| effect.source.clone());
            let basis =
                words.say(if *verified { "basis-effect" } else { "basis-effect-unverified" });
            (Cell::text(basis), Cell::text(label).href(format!("/effects/{id}")))
        }
        Basis::Design => (Cell::text(words.say("basis-design")), Cell::text(String::new())),
        Basis::Assumed => {
            let title = words.say("basis-assumed-means");
            let cell =
                Cell { flagged: true, ..Cell::text(words.say("basis-assumed")).title(title) };
            (cell, Cell::missing(words.say("basis-assumed-means")))
        }
    }
}

fn figures(words: &Words, spec: &Spec, distribution: Distribution) -> (Cell, String) {
    // Shares are read in per cent; everything else as it is.
    let factor = if spec.unit == Unit::Proportion { 100.0 } else { 1.0 };
    let shown = |value: f64| significant(words, value * factor);
    let value = distribution.median();
    let interval = match distribution {
        Distribution::Fixed(_) => words.say("inputs-certain"),
        Distribution::Uniform { low, high } | Distribution::Spread { low, high, .. } => {
            crate::shown::between(words, &shown(low), &shown(high))
        }
    };
    (Cell::number(value * factor, shown(value)), interval)
}

/// Three digits that count: 0.0063, 36,900, 13.9.
pub fn significant(words: &Words, value: f64) -> String {
    if value == 0.0 {
        return words.number(0.0, 0);
    }
    let place = value.abs().log10().floor() as i32;
    let scale = 10_f64.powi((2 - place).min(9));
    let rounded = (value * scale).round() / scale;
    let decimals = (2 - place).clamp(0, 9);
    // No zeros at the end.
    let needed = (0..=decimals).find(|d| {
        let scale = 10_f64.powi(*d);
        ((rounded * scale).round() / scale - rounded).abs() < 1e-12 * rounded.abs().max(1e-12)
    });
    words.number(rounded, needed.unwrap_or(decimals) as u8)
}

pub fn unit(words: &Words, unit: Unit, currency: &str) -> String {
    match unit {
        Unit::Persons => words.say("unit-persons"),
        Unit::PersonsPerYear => words.say("unit-persons-per-year"),
        Unit::PerYear => words.say("unit-per-year"),
        Unit::Years => words.say("unit-years"),
        Unit::Proportion => words.say("unit-of-people"),
        Unit::Ratio => words.say("unit-ratio"),
        Unit::EventsPerYear => words.say("unit-events-per-year"),
        Unit::Money => currency.to_owned(),
    }
}

fn distribution(words: &Words, distribution: Distribution) -> String {
    words.say(match distribution {
        Distribution::Fixed(_) => "distribution-fixed",
        Distribution::Uniform { .. } => "distribution-uniform",
        Distribution::Spread { .. } => "distribution-spread",
    })
}
