//! Reads the effects table. A row that contradicts itself (an interval turned round, a ratio with
//! nothing compared, a figure "verified" that has a doubt) is refused with its reason.

use std::collections::{BTreeMap, BTreeSet};

use crate::effect::{Arm, Contrast, Effect, Estimate, Finding, Interval, Verified};
use crate::intervention::Intervention;
use crate::source::Source;
use crate::table::{self, Problem, Row};
use crate::vocabulary::{Comparison, Measure};

/// The columns of the effects table, in its reading order.
pub const EFFECT_COLUMNS: &[&str] = &[
    "id",
    "row",
    "group",
    "topic",
    "intervention",
    "outcome",
    "detail",
    "parameter",
    "population_published",
    "population",
    "place",
    "years",
    "setting",
    "comparison",
    "arm",
    "reversed",
    "measure",
    "adjusted",
    "estimate",
    "ci_low",
    "ci_high",
    "of",
    "words",
    "finding",
    "studies",
    "participants",
    "i2_percent",
    "grade",
    "source",
    "locator",
    "address",
    "verified",
    "doubt",
    "note",
];

/// Reads the effects table against the interventions and sources that its rows name.
/// Rows that are not understood are left out and reported; the others are returned in file order.
pub fn read_effects(
    file: &str,
    bytes: &[u8],
    interventions: &[Intervention],
    sources: &[Source],
) -> (Vec<Effect>, Vec<Problem>) {
    let table = table::read(file, bytes, EFFECT_COLUMNS);
    let mut problems = table.problems;
    let mut effects: Vec<Effect> = Vec::new();
    let mut seen = BTreeSet::new();
    let mut groups: BTreeMap<String, Vec<u64>> = BTreeMap::new();
    for mut row in table.rows {
        let effect = read_row(&mut row, interventions, sources);
        if let Some(effect) = &effect
            && !seen.insert(effect.id.clone())
        {
            row.problem("id", format!("\"{}\" stands twice; ids must differ", effect.id));
        }
        match effect {
            Some(effect) if row.problems.is_empty() => {
                if let Some(group) = &effect.group {
                    groups.entry(group.clone()).or_default().push(row.line());
                }
                effects.push(effect);
            }
            _ => {}
        }
        problems.append(&mut row.problems);
    }
    for (group, lines) in groups {
        if let [line] = lines[..] {
            problems.push(Problem {
                file: file.to_owned(),
                line: Some(line),
                column: Some("group".to_owned()),
                message: format!(
                    "\"{group}\" joins this row to nothing; give its other rows the same group, or leave it empty"
                ),
            });
        }
    }
    (effects, problems)
}

fn read_row(row: &mut Row, interventions: &[Intervention], sources: &[Source]) -> Option<Effect> {
    // Every cell is read before any is missed, so that one pass reports all that is wrong.
    let id = row.id("id");
    let origin = row.filled("row").and_then(|_| row.whole_number("row"));
    let topic = row.required("topic");
    let intervention = intervention_of(row, interventions);
    let outcome = row.required("outcome");
    let detail = row.optional("detail");
    let population = row.required("population");
    let place = row.optional("place");
    let setting = row.required("setting");
    let measure = row.required("measure");
    let contrast = measure.and_then(|measure| contrast_of(row, measure));
    let estimate = measure.and_then(|measure| estimate_of(row, measure));
    let adjusted = row.yes_or_no("adjusted");
    let studies = row.whole_number("studies");
    let participants = row.whole_number("participants");
    let i2_percent = row.number("i2_percent");
    let grade = row.optional("grade");
    let source = source_of(row, sources);
    let address = row.filled("address").and_then(|_| row.link("address"));
    let verified = verified_of(row);
    let parameter = row.filled("parameter");
    let population_published = row.filled("population_published");
    if let Some(i2) = i2_percent
        && !(0.0..=100.0).contains(&i2)
    {
        row.problem("i2_percent", format!("{i2} is not between 0 and 100"));
    }
    Some(Effect {
        id: id?,
        row: origin?,
        group: row.optional_text("group"),
        topic: topic?,
        intervention: intervention?,
        outcome: outcome?,
        detail,
        parameter: parameter?,
        population_published: population_published?,
        population: population?,
        place,
        years: row.optional_text("years"),
        setting: setting?,
        contrast,
        measure: measure?,
        adjusted,
        estimate: estimate?,
        words: row.optional_text("words"),
        studies,
        participants,
        i2_percent,
        grade,
        source: source?,
        locator: row.optional_text("locator"),
        address: address?,
        verified: verified?,
        note: row.optional_text("note"),
    })
}

fn intervention_of(row: &mut Row, interventions: &[Intervention]) -> Option<Intervention> {
    let id = row.filled("intervention")?;
    let found = interventions.iter().find(|i| i.id == id).cloned();
    if found.is_none() {
        row.problem(
            "intervention",
            format!("\"{id}\" is not in the list of interventions; add it there or correct it"),
        );
    }
    found
}

fn source_of(row: &mut Row, sources: &[Source]) -> Option<String> {
    let id = row.filled("source")?;
    if sources.iter().any(|s| s.id == id) {
        return Some(id);
    }
    row.problem(
        "source",
        format!("\"{id}\" is not in the list of sources; add it there or correct it"),
    );
    None
}

/// The comparison, checked against the kind of number: a ratio compares two groups, any other
/// number belongs to one group or to none.
fn contrast_of(row: &mut Row, measure: Measure) -> Option<Contrast> {
    let comparison: Option<Comparison> = row.optional("comparison");
    let reversed = row.yes_or_no("reversed").unwrap_or(false);
    let arm = match row.text("arm") {
        "" => None,
        "with" => Some(Arm::With),
        "without" => Some(Arm::Without),
        other => {
            let message = format!("\"{other}\" is not an arm; write with, without, or nothing");
            row.problem("arm", message);
            None
        }
    };
    let compares = measure.is_ratio() || measure == Measure::Narrative;
    if measure.is_ratio() && row.text("comparison").is_empty() {
        row.problem(
            "comparison",
            format!("is empty, but {} compares two groups; say which", measure.id()),
        );
    }
    if compares && arm.is_some() {
        row.problem("arm", format!("{} is about both groups; leave the arm empty", measure.id()));
    }
    if !compares && comparison.is_some() && arm.is_none() && row.text("arm").is_empty() {
        row.problem(
            "arm",
            "is empty, but a comparison is named; say whose figure this is: with or without"
                .to_owned(),
        );
    }
    if reversed && !measure.is_ratio() {
        row.problem("reversed", format!("only a ratio can be turned round, not {}", measure.id()));
    }
    let arm = match (compares, reversed) {
        (true, false) => Arm::WithOverWithout,
        (true, true) => Arm::WithoutOverWith,
        (false, _) => arm?,
    };
    Some(Contrast { comparison: comparison?, arm })
}

fn estimate_of(row: &mut Row, measure: Measure) -> Option<Estimate> {
    let value = row.number("estimate");
    let low = row.number("ci_low");
    let high = row.number("ci_high");
    let of = row.whole_number("of");
    let finding = match row.text("finding") {
        "" => None,
        "lower" => Some(Finding::Lower),
        "higher" => Some(Finding::Higher),
        other => {
            let message = format!("\"{other}\" is not a finding; write lower, higher, or nothing");
            row.problem("finding", message);
            None
        }
    };
    if !row.text("estimate").is_empty() && value.is_none() {
        return None;
    }
    let Some(value) = value else {
        return words_of(row, low.or(high), finding);
    };
    if measure == Measure::Narrative {
        row.problem(
            "estimate",
            format!("{value} is a number, but the measure is narrative; choose the measure of the number"),
        );
    }
    for (column, number) in [("estimate", Some(value)), ("ci_low", low), ("ci_high", high)] {
        check_range(row, column, number, measure);
    }
    if measure == Measure::Count && of.is_none_or(|of| value > of as f64 || value.fract() != 0.0) {
        row.problem(
            "of",
            format!("a count of {value} needs the whole it is out of, not smaller than itself"),
        );
    }
    let interval = match (low, high) {
        (None, None) => None,
        (Some(low), Some(high)) if low <= high => {
            if !(low..=high).contains(&value) {
                row.problem(
                    "estimate",
                    format!("{value} is not between {low} and {high}; check the three figures"),
                );
            }
            Some(Interval { low, high })
        }
        (Some(low), Some(high)) => {
            row.problem(
                "ci_low",
                format!("{low} is above ci_high, {high}; exchange the two or correct them"),
            );
            None
        }
        _ => {
            row.problem(
                if low.is_some() { "ci_high" } else { "ci_low" },
                "is empty while the other end of the interval is not; give both or neither"
                    .to_owned(),
            );
            None
        }
    };
    Some(Estimate::Number { value, interval, of })
}

fn words_of(
    row: &mut Row,
    interval_end: Option<f64>,
    finding: Option<Finding>,
) -> Option<Estimate> {
    if row.text("words").is_empty() {
        row.problem(
            "estimate",
            "is empty, and so is words; give the number or what was found in words".to_owned(),
        );
        return None;
    }
    if let Some(end) = interval_end {
        row.problem(
            "ci_low",
            format!("an interval ({end}) without an estimate; give the estimate or remove it"),
        );
    }
    Some(Estimate::Words(finding))
}

fn check_range(row: &mut Row, column: &str, number: Option<f64>, measure: Measure) {
    let Some(number) = number else { return };
    if measure.is_ratio() && number <= 0.0 {
        row.problem(column, format!("{number} cannot be a ratio; ratios are above 0"));
    } else if number < 0.0 {
        row.problem(column, format!("{number} is below 0, which {} cannot be", measure.id()));
    } else if let Some(largest) = measure.largest()
        && number > largest
    {
        row.problem(
            column,
            format!("{number} is above {largest}, which {} cannot be", measure.id()),
        );
    }
}

fn verified_of(row: &mut Row) -> Option<Verified> {
    let doubt = row.optional("doubt");
    match (row.yes_or_no("verified"), doubt) {
        (Some(true), None) => Some(Verified::Yes),
        (Some(false), Some(doubt)) => Some(Verified::No(doubt)),
        (Some(true), Some(_)) => {
            row.problem(
                "doubt",
                "a reason for doubt on a row that is verified; keep one of the two".to_owned(),
            );
            None
        }
        (Some(false), None) => {
            if row.text("doubt").is_empty() {
                row.problem("doubt", "is empty; say why the row is not verified".to_owned());
            }
            None
        }
        (None, _) => {
            if row.text("verified").is_empty() {
                row.problem("verified", "is empty; write yes or no".to_owned());
            }
            None
        }
    }
}
