//! The effects of one topic in the order of a forest plot: one panel to a scale, and within it
//! prison, release and community as sections of their own, never pooled and never mixed.

use chart::{Axis, Hue};

use crate::effect::{Arm, Effect, Interval, Verified};
use crate::library::Library;
use crate::vocabulary::{InterventionKind, Measure, Setting, Topic};
use crate::words::{Argument, Sentence, about};

/// The forest of one topic.
#[derive(Debug, Clone, PartialEq)]
pub struct Forest<'a> {
    pub topic: Topic,
    /// One drawing to a scale, ratios first.
    pub panels: Vec<Panel<'a>>,
    /// What cannot be drawn on any scale: findings in words and counts of countries.
    pub in_words: Vec<&'a Effect>,
}

/// Effects that can stand on one axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Panel<'a> {
    pub scale: Scale,
    /// Prison, release, community, mixed; only those that have a row.
    pub sections: Vec<Section<'a>>,
}

/// Effects of one setting.
#[derive(Debug, Clone, PartialEq)]
pub struct Section<'a> {
    pub setting: Setting,
    pub rows: Vec<Row<'a>>,
}

/// One line of the drawing, in the unit of its panel.
#[derive(Debug, Clone, PartialEq)]
pub struct Row<'a> {
    pub effect: &'a Effect,
    /// For a ratio: with the intervention over without it.
    pub value: f64,
    pub interval: Option<Interval>,
    /// Whether the source publishes the ratio the other way round, which must be said beside it.
    pub turned_round: bool,
}

/// The axis of a panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scale {
    /// Ratios on a logarithmic axis, where 1 is no difference.
    Ratio,
    /// Percent, 0 to 100; proportions are multiplied by 100.
    Percent,
    /// Per 1,000 person-years; rates per 100 person-years are multiplied by 10.
    Per1000PersonYears,
    /// Per 10,000 exposures; probabilities are multiplied by 10,000.
    Per10000Exposures,
    /// Per 100,000 inhabitants.
    Per100000Inhabitants,
}

impl Scale {
    /// The message that names the axis.
    pub fn message(self) -> &'static str {
        match self {
            Self::Ratio => "scale-ratio",
            Self::Percent => "scale-percent",
            Self::Per1000PersonYears => "scale-per-1000-person-years",
            Self::Per10000Exposures => "scale-per-10000-exposures",
            Self::Per100000Inhabitants => "scale-per-100000-inhabitants",
        }
    }

    /// The scale a measure stands on, and the factor that brings it there.
    fn of(measure: Measure) -> Option<(Scale, f64)> {
        match measure {
            ratio if ratio.is_ratio() => Some((Self::Ratio, 1.0)),
            Measure::Percent => Some((Self::Percent, 1.0)),
            Measure::Proportion => Some((Self::Percent, 100.0)),
            Measure::RatePer100Py => Some((Self::Per1000PersonYears, 10.0)),
            Measure::RatePer1000Py => Some((Self::Per1000PersonYears, 1.0)),
            Measure::Probability => Some((Self::Per10000Exposures, 10_000.0)),
            Measure::Per10000Exposures => Some((Self::Per10000Exposures, 1.0)),
            Measure::RatePer100000 => Some((Self::Per100000Inhabitants, 1.0)),
            _ => None,
        }
    }
}

/// Puts the effects of a topic into panels and sections. Rows come by intervention (in its reading
/// order), then outcome, then size; unverified rows stay among them and are marked by the drawing.
pub fn forest(topic: Topic, effects: &[Effect]) -> Forest<'_> {
    forest_of(topic, effects.iter().filter(|effect| effect.topic == topic))
}

/// The same of whichever effects are to stand beside each other under the topic's name.
pub(crate) fn forest_of<'a>(topic: Topic, effects: impl Iterator<Item = &'a Effect>) -> Forest<'a> {
    let mut forest = Forest { topic, panels: Vec::new(), in_words: Vec::new() };
    let mut rows: Vec<(Scale, Row<'_>)> = Vec::new();
    for effect in effects {
        match row(effect) {
            Some(placed) => rows.push(placed),
            None => forest.in_words.push(effect),
        }
    }
    rows.sort_by(|(a_scale, a), (b_scale, b)| {
        let place = |scale: &Scale, row: &Row<'_>| {
            let e = row.effect;
            (*scale, e.setting, e.intervention.position, e.outcome)
        };
        place(a_scale, a)
            .cmp(&place(b_scale, b))
            .then(a.value.total_cmp(&b.value))
            .then_with(|| a.effect.id.cmp(&b.effect.id))
    });
    for (scale, row) in rows {
        if forest.panels.last().is_none_or(|panel| panel.scale != scale) {
            forest.panels.push(Panel { scale, sections: Vec::new() });
        }
        let Some(panel) = forest.panels.last_mut() else {
            continue;
        };
        match panel.sections.last_mut() {
            Some(section) if section.setting == row.effect.setting => section.rows.push(row),
            _ => panel.sections.push(Section { setting: row.effect.setting, rows: vec![row] }),
        }
    }
    forest
}

/// What a drawing needs from the page around it.
pub struct Speaker<'a> {
    /// Says a sentence in the reader's language.
    pub say: &'a dyn Fn(&Sentence) -> String,
    /// The address of an effect's page.
    pub href: &'a dyn Fn(&Effect) -> String,
}

impl Panel<'_> {
    /// The panel as the drawing that `chart` makes of it: prison in its colour, community in its
    /// own, the weeks after release and mixed evidence in neither's.
    pub fn drawing(&self, library: &Library, speaker: &Speaker<'_>) -> chart::Forest {
        let say = |message: &str| (speaker.say)(&Sentence::plain(message));
        let ratio = self.scale == Scale::Ratio;
        let sections = self.sections.iter().map(|section| chart::Section {
            name: say(section.setting.message()),
            hue: hue(section.setting),
            effects: section.rows.iter().map(|row| row.drawing(library, speaker)).collect(),
        });
        chart::Forest {
            sections: sections.collect(),
            axis: if ratio { Axis::Log } else { Axis::Linear },
            null: ratio.then(|| (1.0, say("scale-no-difference"))),
            unverified: say("verified-no"),
        }
    }
}

impl Row<'_> {
    fn drawing(&self, library: &Library, speaker: &Speaker<'_>) -> chart::Effect {
        let effect = self.effect;
        let sentence = |message: &str, mut arguments: Vec<(&'static str, Argument)>| {
            arguments.extend(about(effect));
            (speaker.say)(&Sentence { message: message.to_owned(), arguments })
        };
        let note = if self.turned_round { "forest-note-turned-round" } else { "forest-note" };
        let what = Argument::Wording(what(effect));
        chart::Effect {
            label: sentence("forest-label", Vec::new()),
            population: sentence(note, vec![("what", what)]),
            estimate: Some(self.value),
            low: self.interval.map(|i| i.low),
            high: self.interval.map(|i| i.high),
            words: String::new(),
            source: library
                .source(&effect.source)
                .map_or_else(|| effect.source.clone(), |source| source.short()),
            href: Some((speaker.href)(effect)),
            verified: effect.verified == Verified::Yes,
        }
    }
}

/// What tells a row from its neighbours in few words: the group whose figure it is, the people who
/// bear a burden, or the intervention.
fn what(effect: &Effect) -> String {
    match effect.contrast {
        Some(contrast) if contrast.arm == Arm::With => {
            format!("{}-with", contrast.comparison.message())
        }
        Some(contrast) if contrast.arm == Arm::Without => {
            format!("{}-without", contrast.comparison.message())
        }
        _ if effect.intervention.kind == InterventionKind::None => {
            effect.population.message().to_owned()
        }
        _ => effect.intervention.short_message(),
    }
}

fn hue(setting: Setting) -> Hue {
    match setting {
        Setting::Prison => Hue::Inside,
        Setting::Community => Hue::Outside,
        Setting::Release => Hue::Accent(0),
        Setting::Mixed => Hue::Neutral,
    }
}

fn row(effect: &Effect) -> Option<(Scale, Row<'_>)> {
    let (scale, factor) = Scale::of(effect.measure)?;
    let (value, interval) = match effect.with_over_without() {
        Some(ratio) => ratio,
        None => (effect.number()?, effect.interval()),
    };
    let row = Row {
        effect,
        value: value * factor,
        interval: interval.map(|i| Interval { low: i.low * factor, high: i.high * factor }),
        turned_round: effect.is_turned_round(),
    };
    Some((scale, row))
}
