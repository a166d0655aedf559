//! Forest plots as pages and papers take them: the finding as title, the drawing in two widths, and
//! the table behind it.

use std::collections::BTreeSet;

use base::document::Drawing;
use base::language::{Arg, Words};
use chart::Frame;

use crate::effect::{Direction, Effect, Verified};
use crate::forest::{Panel, Scale, Speaker};
use crate::library::Library;
use crate::vocabulary::Topic;
use crate::{lists, worded};

/// Across, in pixels: the reading column of a page, and a phone.
const WIDE: f64 = 720.0;
const NARROW: f64 = 340.0;

impl Scale {
    /// The scale in an address: `/evidence/mortality/charts/ratio.svg`.
    pub fn id(self) -> &'static str {
        match self {
            Self::Ratio => "ratio",
            Self::Percent => "percent",
            Self::Per1000PersonYears => "per-1000-person-years",
            Self::Per10000Exposures => "per-10000-exposures",
            Self::Per100000Inhabitants => "per-100000-inhabitants",
        }
    }
}

/// A panel of the forest of `topic`, under `id`.
pub fn forest(
    words: &Words,
    library: &Library,
    topic: Topic,
    panel: &Panel<'_>,
    id: &str,
) -> Drawing {
    let title = finding(words, topic, panel);
    let subtitle =
        words.say_with("forest-subtitle", &[("scale", words.say(panel.scale.message()).into())]);
    let say = |sentence: &crate::Sentence| worded::say(words, sentence);
    let href = |effect: &Effect| format!("/effects/{}", effect.id);
    let forest = panel.drawing(library, &Speaker { say: &say, href: &href });
    let number = |value: f64| short_number(words, value);
    let narrow_id = format!("{id}-narrow");
    let draw = |id: &str, width: f64| {
        forest.draw(&Frame { width, description: &subtitle, ..Frame::new(id, &title, &number) })
    };
    let table = lists::effects(words, library, id, title.clone(), effects(panel));
    let turned =
        panel.sections.iter().flat_map(|section| &section.rows).any(|row| row.turned_round);
    Drawing {
        id: id.to_owned(),
        alt: format!("{title}. {subtitle}"),
        svg: draw(id, WIDE),
        narrow: Some(draw(&narrow_id, NARROW)),
        sources: table.sources.clone(),
        table,
        note: turned.then(|| words.say("effect-turned-round")),
        title,
        subtitle,
    }
}

fn effects<'a>(panel: &'a Panel<'_>) -> impl Iterator<Item = &'a Effect> {
    panel.sections.iter().flat_map(|section| &section.rows).map(|row| row.effect)
}

/// What the panel says, in one line: how many comparisons are clear and which way; or from where to
/// where the figures of one outcome go. Unverified rows are drawn, but not counted.
fn finding(words: &Words, topic: Topic, panel: &Panel<'_>) -> String {
    let rows = || {
        let rows = panel.sections.iter().flat_map(|section| &section.rows);
        rows.filter(|row| row.effect.verified == Verified::Yes)
    };
    let mut args: Vec<(&str, Arg)> =
        vec![("topic", words.say(topic.message()).into()), ("all", rows().count().into())];
    if panel.scale == Scale::Ratio {
        let count = |wanted| rows().filter(|row| row.effect.direction() == wanted).count();
        let (better, worse) = (count(Direction::Favours), count(Direction::Harms));
        let way = match better.cmp(&worse) {
            std::cmp::Ordering::Greater => "better",
            std::cmp::Ordering::Less => "worse",
            std::cmp::Ordering::Equal => "unclear",
        };
        args.extend([
            ("way", way.into()),
            ("better", worded::some(better)),
            ("worse", worded::some(worse)),
        ]);
        return words.say_with("forest-finding-ratio", &args);
    }
    let (low, high) = rows().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), row| {
        (low.min(row.value), high.max(row.value))
    });
    let outcomes: BTreeSet<_> = rows().map(|row| row.effect.outcome).collect();
    let way = match (outcomes.len(), low == high) {
        (0, _) => "unclear",
        (1, true) => "one",
        (1, false) => "range",
        // Cures and infections on one scale have no common range.
        _ => "several",
    };
    args.extend([
        ("outcomes", outcomes.len().into()),
        ("way", way.into()),
        ("scale", panel.scale.id().into()),
        ("low", short_number(words, low).into()),
        ("high", short_number(words, high).into()),
    ]);
    words.say_with("forest-finding-level", &args)
}

/// At most two decimals, and none that are zeros: 0.5, 16.4, 129.
fn short_number(words: &Words, value: f64) -> String {
    let places = if value.abs() >= 100.0 { 1.0 } else { 100.0 };
    let rounded = (value * places).round() / places;
    words.number(rounded, crate::words::decimals(rounded))
}
