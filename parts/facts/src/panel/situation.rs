//! Situation: how many people are held, in how many places, and for what.

use base::Panel;
use base::document::Block;
use base::language::Arg;

use super::{Asked, Line};
use crate::shown;

const FIGURES: &[&str] = &[
    "persons_held",
    "prison_rate",
    "official_capacity",
    "occupancy",
    "remand_share",
    "unsentenced_over_12_months_share",
    "women_share",
    "juvenile_share",
    "foreign_share",
    "persons_held_drug_acts",
    "drug_law_share",
    "drug_possession_share",
    "persons_entering",
    "persons_supervised",
    "persons_held_per_staff",
    "people_diverted_to_treatment",
];

/// Named even where there is no figure: a brief without them would hide the gap.
const ALWAYS: &[&str] =
    &["persons_held", "prison_rate", "occupancy", "remand_share", "women_share", "drug_law_share"];

/// Occupancy above which the Council of Europe's statistics speak of overcrowding.
const FULL_PERCENT: f64 = 105.0;

pub fn section(asked: &Asked<'_>, panel: &mut Panel) {
    let mut blocks = vec![Block::Figures { title: None, figures: asked.figures(FIGURES, ALWAYS) }];
    blocks.extend(asked.trend(
        "prison-rate",
        &rate_title(asked),
        &[Line { indicator: "prison_rate", hue: chart::Hue::Neutral }],
    ));
    blocks.extend(asked.trend(
        "prison-shares",
        &asked.say("situation-shares-title"),
        &[
            Line { indicator: "remand_share", hue: chart::Hue::Accent(0) },
            Line { indicator: "drug_law_share", hue: chart::Hue::Accent(3) },
        ],
    ));
    panel.sections.push(asked.section(10, "situation", blocks));
    findings(asked, panel);
}

fn findings(asked: &Asked<'_>, panel: &mut Panel) {
    if let Some(rate) = asked.usable("prison_rate") {
        let [value, year] = asked.args(&rate);
        let text = match asked.known.median("prison_rate", rate.year - 5) {
            Some((median, countries)) => asked.say_with(
                "finding-rate",
                &[
                    value,
                    year,
                    ("ratio", Arg::Number(rate.value / median, 1)),
                    ("median", Arg::Number(median, 0)),
                    ("countries", countries.into()),
                ],
            ),
            None => asked.say_with("finding-rate-alone", &[value, year]),
        };
        panel.findings.push(asked.finding(0.8, "situation", text));
    }
    if let Some(full) = asked.usable("occupancy").filter(|full| full.value > FULL_PERCENT) {
        panel.findings.push(asked.finding(
            0.65,
            "situation",
            asked.say_with("finding-full", &asked.args(&full)),
        ));
    }
    if let Some(share) = asked.usable("drug_law_share") {
        let mut finding = asked.finding(
            0.7,
            "situation",
            asked.say_with("finding-drug-law", &asked.args(&share)),
        );
        finding.caution = shown::flag(asked.words, &share).map(|flag| flag.reason);
        panel.findings.push(finding);
    }
}

/// The finding of the chart, from its first and last year that may be used.
fn rate_title(asked: &Asked<'_>) -> String {
    let series = asked.figures.series(&asked.place.code, "prison_rate", "total");
    let usable: Vec<_> = series.iter().filter(|figure| figure.usable()).collect();
    let (Some(first), Some(last)) = (usable.first(), usable.last()) else {
        return asked.say("situation-rate-title");
    };
    let change = (last.value / first.value - 1.0) * 100.0;
    if first.year == last.year || !change.is_finite() {
        return asked.say("situation-rate-title");
    }
    let way = if change <= -5.0 {
        "fell"
    } else if change >= 5.0 {
        "rose"
    } else {
        "same"
    };
    asked.say_with(
        "situation-rate-changed",
        &[
            ("way", way.into()),
            ("change", Arg::Number(change.abs(), 0)),
            ("from", Arg::Name(first.year.into())),
            ("to", Arg::Name(last.year.into())),
            ("first", shown::value(asked.words, first).into()),
            ("last", shown::value(asked.words, last).into()),
        ],
    )
}
