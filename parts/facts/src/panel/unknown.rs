//! What is not known, ranked: figures that are missing, doubtful or old, by how much they would
//! change what one can say about care.

use base::Panel;
use base::document::{Block, Gap};
use base::language::Arg;

use super::Asked;
use crate::derive::Figure;
use crate::indicator::{Indicator, Section, Setting, indicators};
use crate::shown;

/// Gaps named in the brief: more would not be read.
const NAMED: usize = 12;

/// A figure older than this many years before the newest in the country is called old: people
/// inside change completely in less.
const OLD_YEARS: i32 = 5;

/// Why a figure is a gap.
enum Why<'a> {
    Missing,
    Flagged(Figure<'a>),
    Old(Figure<'a>),
}

pub fn section(asked: &Asked<'_>, panel: &mut Panel) {
    let newest =
        asked.known.facts_of(&asked.place.code).iter().map(|fact| fact.year).max().unwrap_or(0);
    let mut gaps: Vec<(u32, &Indicator, Why<'_>)> = indicators()
        .all()
        .iter()
        .filter(|indicator| indicator.question)
        .filter_map(|indicator| {
            let why = why(asked, indicator, newest)?;
            Some((weight(asked, indicator, &why), indicator, why))
        })
        .collect();
    gaps.sort_by_key(|(weight, indicator, _)| (std::cmp::Reverse(*weight), indicator.order));
    let all = gaps.len();
    let gaps: Vec<Gap> = gaps
        .into_iter()
        .take(NAMED)
        .enumerate()
        .map(|(at, (_, indicator, why))| gap(asked, at + 1, indicator, &why))
        .collect();
    let mut blocks = vec![Block::Gaps { gaps }];
    if all > NAMED {
        blocks.push(Block::Note {
            text: asked.say_with("unknown-more", &[("count", (all - NAMED).into())]),
        });
    }
    panel.sections.push(asked.section(80, "unknown", blocks));
}

fn why<'a>(asked: &Asked<'a>, indicator: &Indicator, newest: i32) -> Option<Why<'a>> {
    let Some(figure) = asked.latest(&indicator.id) else {
        // A programme's yes or no is known where people are known to be in it.
        let implied = match indicator.id.as_str() {
            "oat_programme_prison" | "oat_coverage_prison" => {
                asked.latest("oat_people_prison").is_some()
            }
            "needles_programme_prison" => asked.latest("needles_given_prison").is_some(),
            _ => false,
        };
        return (!implied || indicator.id == "oat_coverage_prison").then_some(Why::Missing);
    };
    match () {
        () if !figure.usable() => Some(Why::Flagged(figure)),
        () if figure.year < newest - OLD_YEARS => Some(Why::Old(figure)),
        () => None,
    }
}

/// Ranks a gap. A missing side of a comparison of care weighs most when the other side is known:
/// one answer would then complete it. Then care inside, infection inside, the rest; missing before
/// doubtful before old.
fn weight(asked: &Asked<'_>, indicator: &Indicator, why: &Why<'_>) -> u32 {
    let completes = indicators()
        .all()
        .iter()
        .filter(|other| other.compare_with.as_deref() == Some(indicator.id.as_str()))
        .any(|other| asked.latest(&other.id).is_some())
        || indicator.compare_with.as_deref().is_some_and(|other| asked.latest(other).is_some());
    let subject = match (indicator.section, indicator.setting) {
        (Section::Care, Setting::Inside) => 40,
        (Section::Infection, Setting::Inside) => 35,
        (Section::Mortality, _) => 30,
        (Section::Care, _) => 25,
        (Section::Infection, _) => 20,
        _ => 10,
    };
    let kind = match why {
        Why::Missing => 9,
        Why::Flagged(_) => 6,
        Why::Old(_) => 3,
    };
    u32::from(completes) * 100 + subject + kind
}

fn gap(asked: &Asked<'_>, rank: usize, indicator: &Indicator, why: &Why<'_>) -> Gap {
    let words = asked.words;
    let why = match why {
        Why::Missing => words.say("unknown-missing"),
        Why::Flagged(figure) => {
            let [value, year] = asked.args(figure);
            let reason = shown::flag(words, figure).map(|flag| flag.reason).unwrap_or_default();
            words.say_with("unknown-flagged", &[value, year, ("reason", reason.into())])
        }
        Why::Old(figure) => {
            words.say_with("unknown-old", &[("year", Arg::Name(figure.year.into()))])
        }
    };
    Gap {
        rank,
        what: words.say(&indicator.key("name")),
        why,
        question: Some(words.say(&indicator.key("question"))),
        href: Some(format!("/indicators/{}", indicator.id)),
    }
}
