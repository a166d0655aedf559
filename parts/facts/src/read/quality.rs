//! The rules by which figures are doubted, each by name, applied to facts of all sources
//! together. A rule never changes or drops a value: it marks it, and says in the reader's
//! language what it looked at (`reason-<rule>`).

use std::collections::BTreeMap;

use crate::fact::{Fact, Reason, number};
use crate::indicator::{Section, Unit, indicators};

/// The rules of this file, as they stand in a reason. The readers add `second-hand`, `not-whole`
/// and `publisher-flag`, which depend on the row alone.
pub const RULES: [&str; 6] = [
    "zero-may-be-missing",
    "counting-rule",
    "scope-doubtful",
    "sharp-change",
    "disagrees",
    "part-exceeds-whole",
];

/// Above this share of people held for drug acts, the place is taken to count any offence rather
/// than the main one: by the main offence, the highest shares of the region lie near 35 %.
pub const HIGHEST_DRUG_SHARE: f64 = 0.40;
/// Needles given out in a year per person held, above which a national total is suspected: one a
/// month for everyone inside, whether or not they inject.
pub const MOST_NEEDLES_PER_PERSON: f64 = 12.0;
/// A prevalence that grows or falls by this factor and by this many points within two years is
/// more likely to be another sample than another epidemic.
pub const SHARP_FACTOR: f64 = 1.8;
pub const SHARP_POINTS: f64 = 5.0;
pub const SHARP_YEARS: i32 = 2;
/// Two sources that differ by more than this share of the larger disagree; counts, by more than
/// this number as well, since three people more in a prison of twenty is another day, no doubt.
pub const DISAGREEMENT: f64 = 0.10;
pub const DISAGREEMENT_COUNT: f64 = 10.0;

/// A part that can never be more than its whole, counted by one source in one year.
const PARTS: [(&str, &str); 15] = [
    ("persons_unsentenced", "persons_held"),
    ("persons_sentenced", "persons_held"),
    ("persons_held_foreign", "persons_held"),
    ("persons_held_drug_acts", "persons_held"),
    ("persons_held_drug_trafficking", "persons_held"),
    ("persons_held_drug_possession", "persons_held"),
    ("unsentenced_under_6_months", "unsentenced_under_12_months"),
    ("unsentenced_under_12_months", "persons_unsentenced"),
    ("unsentenced_over_12_months", "persons_unsentenced"),
    ("suicides_prison", "deaths_prison"),
    ("homicides_prison", "deaths_prison"),
    ("deaths_natural_prison", "deaths_prison"),
    ("deaths_external_prison", "deaths_prison"),
    ("deaths_accident_prison", "deaths_prison"),
    ("persons_entering_drug_acts", "persons_entering"),
];

/// Marks `facts` by every rule, looking at `known` (facts of other files, already stored) as
/// well. Marks set by these rules before are taken back first, so that reviewing twice, or after
/// a new import, gives what reviewing once would.
pub fn review(facts: &mut [Fact], known: &[Fact]) {
    facts.iter_mut().for_each(|f| f.unmark(&RULES));
    let reasons: Vec<Vec<Reason>> = {
        let all = Lookup::new(facts, known);
        facts.iter().map(|fact| doubts(fact, &all)).collect()
    };
    for (fact, reasons) in facts.iter_mut().zip(reasons) {
        reasons.into_iter().for_each(|r| fact.mark(r));
    }
}

fn doubts(fact: &Fact, all: &Lookup<'_>) -> Vec<Reason> {
    let mut reasons = Vec::new();
    reasons.extend(zero_may_be_missing(fact));
    reasons.extend(counting_rule(fact, all));
    reasons.extend(scope_doubtful(fact, all));
    reasons.extend(sharp_change(fact, all));
    reasons.extend(part_exceeds_whole(fact, all));
    reasons.extend(disagrees(fact, all));
    reasons
}

/// UNAIDS writes 0.0 where nothing was measured as well as where nothing was found.
fn zero_may_be_missing(fact: &Fact) -> Option<Reason> {
    let doubtful = fact.source.starts_with("unaids") && fact.value == 0.0;
    doubtful.then(|| Reason::new("zero-may-be-missing").with("year", fact.year))
}

fn counting_rule(fact: &Fact, all: &Lookup<'_>) -> Option<Reason> {
    if fact.indicator != "persons_held_drug_acts" {
        return None;
    }
    let held = all.beside(fact, "persons_held", 0)?;
    let share = fact.value / held.value;
    (share > HIGHEST_DRUG_SHARE).then(|| {
        Reason::new("counting-rule")
            .with("value", number(fact.value))
            .with("held", number(held.value))
            .with("share", (share * 100.0).round())
            .with("limit", HIGHEST_DRUG_SHARE * 100.0)
    })
}

fn scope_doubtful(fact: &Fact, all: &Lookup<'_>) -> Option<Reason> {
    if fact.indicator != "needles_given_prison" {
        return None;
    }
    let held = all.beside(fact, "persons_held", 2)?;
    let per_person = fact.value / held.value;
    (per_person > MOST_NEEDLES_PER_PERSON).then(|| {
        Reason::new("scope-doubtful")
            .with("value", number(fact.value))
            .with("held", number(held.value))
            .with("year", held.year)
            .with("perperson", (per_person * 10.0).round() / 10.0)
            .with("limit", MOST_NEEDLES_PER_PERSON)
    })
}

fn sharp_change(fact: &Fact, all: &Lookup<'_>) -> Option<Reason> {
    let indicator = indicators().get(&fact.indicator)?;
    if indicator.section != Section::Infection || indicator.unit != Unit::Percent {
        return None;
    }
    let same = all.of(&fact.place, &fact.indicator).filter(|other| {
        other.source == fact.source
            && other.group == fact.group
            && other.year != fact.year
            && (other.year - fact.year).abs() <= SHARP_YEARS
    });
    let sharp = |other: &&Fact| {
        let (small, large) = (fact.value.min(other.value), fact.value.max(other.value));
        // A zero is a case of its own.
        small > 0.0 && large / small >= SHARP_FACTOR && large - small >= SHARP_POINTS
    };
    let other = same.filter(sharp).min_by_key(|o| ((o.year - fact.year).abs(), o.year))?;
    let (first, last) = if fact.year < other.year { (fact, other) } else { (other, fact) };
    Some(
        Reason::new("sharp-change")
            .with("from", number(first.value))
            .with("fromyear", first.year)
            .with("to", number(last.value))
            .with("toyear", last.year),
    )
}

fn part_exceeds_whole(fact: &Fact, all: &Lookup<'_>) -> Option<Reason> {
    let (_, whole) = PARTS.iter().find(|(part, _)| *part == fact.indicator)?;
    let whole = all
        .of(&fact.place, whole)
        .find(|w| w.source == fact.source && w.period == fact.period && w.group == fact.group)?;
    (fact.value > whole.value).then(|| {
        Reason::new("part-exceeds-whole")
            .with("value", number(fact.value))
            .with("whole", &whole.indicator)
            .with("wholevalue", number(whole.value))
    })
}

/// The other source that differs most. Where a source counts on several days of a year, the day
/// that comes nearest is compared.
fn disagrees(fact: &Fact, all: &Lookup<'_>) -> Option<Reason> {
    let mut nearest: BTreeMap<&str, (f64, &Fact)> = BTreeMap::new();
    let others = all.of(&fact.place, &fact.indicator).filter(|o| {
        o.year == fact.year && o.group == fact.group && publisher(o) != publisher(fact)
    });
    for other in others {
        let larger = fact.value.abs().max(other.value.abs());
        let gap = if larger > 0.0 { (fact.value - other.value).abs() / larger } else { 0.0 };
        let best = nearest.entry(publisher(other)).or_insert((gap, other));
        if gap < best.0 {
            *best = (gap, other);
        }
    }
    let (gap, other) = nearest.into_values().max_by(|a, b| a.0.total_cmp(&b.0))?;
    let counted = indicators().get(&fact.indicator).is_some_and(|i| i.unit.is_count());
    let slight = counted && (fact.value - other.value).abs() <= DISAGREEMENT_COUNT;
    (gap > DISAGREEMENT && !slight).then(|| {
        Reason::new("disagrees")
            .with("value", short(fact.value))
            .with("other", short(other.value))
            .with("source", &other.source)
    })
}

/// A value with at most one decimal, for a sentence.
fn short(value: f64) -> String {
    number((value * 10.0).round() / 10.0)
}

/// Who gives the figure: tables of one publisher are one voice, save where their ids say not.
fn publisher(fact: &Fact) -> &str {
    fact.source.strip_suffix("-hepatitis").map_or_else(
        || fact.source.split('-').next().unwrap_or(""),
        // The two UNAIDS questions on hepatitis contradict each other in places.
        |_| "unaids-hepatitis",
    )
}

struct Lookup<'a> {
    by_name: BTreeMap<(&'a str, &'a str), Vec<&'a Fact>>,
}

impl<'a> Lookup<'a> {
    fn new(facts: &'a [Fact], known: &'a [Fact]) -> Lookup<'a> {
        let mut by_name: BTreeMap<(&str, &str), Vec<&Fact>> = BTreeMap::new();
        let mut named = std::collections::BTreeSet::new();
        // A figure read anew stands for the one known before.
        for fact in facts.iter().chain(known) {
            if named.insert(fact.key()) {
                by_name.entry((&fact.place, &fact.indicator)).or_default().push(fact);
            }
        }
        // The order in which files were read must not show.
        by_name.values_mut().for_each(|list| list.sort_by_key(|f| f.key()));
        Lookup { by_name }
    }

    fn of(&self, place: &str, indicator: &str) -> impl Iterator<Item = &'a Fact> + use<'a> {
        let key = (place, indicator);
        let list = self.by_name.get(&key).cloned().unwrap_or_default();
        list.into_iter()
    }

    /// A figure above zero to hold another against: of the same place and group, at most so many
    /// years apart, the nearest year first and then the same source.
    fn beside(&self, fact: &Fact, indicator: &str, years: i32) -> Option<&'a Fact> {
        self.of(&fact.place, indicator)
            .filter(|o| o.group == fact.group && o.value > 0.0)
            .filter(|o| (o.year - fact.year).abs() <= years)
            .min_by_key(|o| ((o.year - fact.year).abs(), o.source != fact.source, &o.source))
    }
}
