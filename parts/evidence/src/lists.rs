//! The tables of this part: effects and sources, the same for a page, behind a drawing and in a file.

use base::Table;
use base::document::{Hue, SourceMark};
use base::language::Words;
use base::table::{Cell, Column};

use crate::effect::{Effect, Estimate, Verified};
use crate::library::Library;
use crate::source::Source;
use crate::vocabulary::Setting;
use crate::worded;
use crate::words::decimals;

/// Effects, one to a row, in the order given.
pub fn effects<'a>(
    words: &Words,
    library: &Library,
    id: &str,
    caption: String,
    effects: impl Iterator<Item = &'a Effect>,
) -> Table {
    let say = |key: &str| words.say(key);
    let columns = vec![
        Column::text("effect", say("evidence-effect")),
        Column::text("setting", say("evidence-setting")),
        Column::text("checked", say("evidence-checked")),
        Column::number("estimate", say("evidence-estimate")).help(say("evidence-estimate-help")),
        Column::number("low", say("evidence-low")),
        Column::number("high", say("evidence-high")),
        Column::text("measure", say("evidence-measure")),
        Column::text("intervention", say("evidence-intervention")),
        Column::text("topic", say("evidence-topic")),
        Column::text("source", say("source")),
    ];
    let mut sources: Vec<SourceMark> = Vec::new();
    let mut rows = Vec::new();
    for effect in effects {
        let mark = source_mark(library, &effect.source);
        if !sources.iter().any(|known| known.id == mark.id) {
            sources.push(mark.clone());
        }
        rows.push(vec![
            Cell::text(worded::effect(words, effect)).href(format!("/effects/{}", effect.id)),
            Cell { hue: hue(effect.setting), ..Cell::text(say(effect.setting.message())) },
            checked(words, effect),
            estimate(words, effect),
            end(words, effect, effect.interval().map(|interval| interval.low)),
            end(words, effect, effect.interval().map(|interval| interval.high)),
            Cell::text(say(effect.measure.message())),
            Cell::text(say(&effect.intervention.short_message())),
            Cell::text(say(effect.topic.message()))
                .href(format!("/evidence/{}", effect.topic.id())),
            Cell::text(mark.label).href(format!("/sources/{}", effect.source)),
        ]);
    }
    Table { id: id.into(), caption, columns, rows, note: Some(say("effect-not-used")), sources }
}

/// Sources, one to a row, in the order given.
pub fn sources<'a>(
    words: &Words,
    library: &Library,
    sources: impl Iterator<Item = &'a Source>,
) -> Table {
    let say = |key: &str| words.say(key);
    let columns = vec![
        Column::text("source", say("source")),
        Column::text("title", say("source-title")),
        Column::text("publisher", say("source-publisher")),
        Column::number("year", say("source-year")),
        Column::text("kind", say("source-kind")),
        Column::number("effects", say("source-effects")).help(say("evidence-effects-of-source")),
        Column::text("terms", say("source-terms")),
        Column::text("read", say("source-read")),
        Column::text("link", say("source-link")),
        Column::text("id", say("evidence-id")),
    ];
    let rows = sources
        .map(|source| {
            let resting = library.effects_of_source(&source.id).count();
            vec![
                Cell::text(source.short()).href(format!("/sources/{}", source.id)),
                Cell::text(&source.title),
                optional(source.publisher.as_deref(), || say("source-publisher-unknown")),
                match source.year {
                    Some(year) => Cell::number(f64::from(year), year.to_string()),
                    None => Cell::missing(say("source-year-unknown")),
                },
                Cell::text(say(source.kind.message())),
                Cell::number(resting as f64, words.number(resting as f64, 0)),
                Cell::text(worded::terms(words, source)),
                match source.read_on {
                    Some(day) => Cell::text(day.to_string()),
                    None => Cell::missing(say("source-date-not-recorded")),
                },
                match &source.link {
                    Some(link) => Cell::text(link).href(link),
                    None => Cell::missing(say("source-link-unknown")),
                },
                Cell::text(&source.id),
            ]
        })
        .collect();
    let caption = words.say("evidence-sources-title");
    Table { id: "sources".into(), caption, columns, rows, note: None, sources: Vec::new() }
}

/// A source as it is marked beside a figure.
pub fn source_mark(library: &Library, id: &str) -> SourceMark {
    let label = library.source(id).map_or_else(|| id.to_owned(), Source::short);
    SourceMark { label, ..SourceMark::of(id) }
}

/// Prison in its colour, community in its own, all else in neither's.
pub fn hue(setting: Setting) -> Hue {
    match setting {
        Setting::Prison => Hue::Inside,
        Setting::Community => Hue::Outside,
        Setting::Release | Setting::Mixed => Hue::Neutral,
    }
}

fn estimate(words: &Words, effect: &Effect) -> Cell {
    match effect.estimate {
        Estimate::Number { value, of, .. } => {
            let cell = Cell::number(value, words.number(value, decimals(value)));
            let cell = match of {
                Some(of) => {
                    cell.aside(words.say_with("evidence-out-of", &[("of", (of as usize).into())]))
                }
                None => cell,
            };
            Cell { flagged: effect.verified != Verified::Yes, hue: hue(effect.setting), ..cell }
        }
        Estimate::Words(_) => Cell::missing(words.say("evidence-in-words-only")),
    }
}

fn end(words: &Words, effect: &Effect, end: Option<f64>) -> Cell {
    match (end, effect.estimate) {
        (Some(end), _) => Cell::number(end, words.number(end, decimals(end))),
        (None, Estimate::Words(_)) => Cell::missing(words.say("evidence-in-words-only")),
        (None, Estimate::Number { .. }) => Cell::missing(words.say("evidence-no-interval")),
    }
}

fn checked(words: &Words, effect: &Effect) -> Cell {
    match effect.verified {
        Verified::Yes => Cell::text(words.say("evidence-is-checked")),
        Verified::No(doubt) => {
            let cell = Cell::text(words.say("verified-no")).title(words.say(doubt.message()));
            Cell { flagged: true, ..cell }
        }
    }
}

fn optional(text: Option<&str>, missing: impl FnOnce() -> String) -> Cell {
    text.map_or_else(|| Cell::missing(missing()), Cell::text)
}
