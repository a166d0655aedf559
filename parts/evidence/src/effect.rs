//! An effect: one published figure, or one finding in words, with everything that a reader needs
//! to judge it. Which way it points, and whether a model may start from it, are decided here.

use std::str::FromStr;

use crate::intervention::Intervention;
use crate::vocabulary::{
    Better, Comparison, Detail, Doubt, Grade, InterventionKind, Measure, Outcome, Place,
    Population, Setting, Topic, UnknownWord,
};

/// One row of the effects table.
#[derive(Debug, Clone, PartialEq)]
pub struct Effect {
    /// The id in links and tables; it never changes.
    pub id: String,
    /// The row of the collection this came from; a row with two figures gives two effects.
    pub row: u64,
    /// Joins effects that were published in one breath ("2.6 in; 12.7 out").
    pub group: Option<String>,
    pub topic: Topic,
    pub intervention: Intervention,
    pub outcome: Outcome,
    pub detail: Option<Detail>,
    /// The parameter in the words of the collection, in English.
    pub parameter: String,
    /// The people in the words of the collection, in English.
    pub population_published: String,
    pub population: Population,
    pub place: Option<Place>,
    /// The years of the data, as printed: "2006–2020".
    pub years: Option<String>,
    pub setting: Setting,
    /// What was compared, for a ratio or a finding; or which arm, for a figure of one group.
    pub contrast: Option<Contrast>,
    pub measure: Measure,
    /// Whether the figure was adjusted for other differences; none if the row does not say.
    pub adjusted: Option<bool>,
    pub estimate: Estimate,
    /// The estimate as printed, where it was printed in words or together with another.
    pub words: Option<String>,
    /// How many studies were pooled.
    pub studies: Option<u64>,
    /// How many people were in them.
    pub participants: Option<u64>,
    /// Heterogeneity between the studies, in percent.
    pub i2_percent: Option<f64>,
    pub grade: Option<Grade>,
    /// The id of the source.
    pub source: String,
    /// Table or page in the source.
    pub locator: Option<String>,
    /// Where the figure was read; not always the publisher's own page.
    pub address: String,
    pub verified: Verified,
    /// A remark in English, as recorded.
    pub note: Option<String>,
}

/// Two groups that are compared, and how this effect stands to them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contrast {
    pub comparison: Comparison,
    pub arm: Arm,
}

/// How an effect stands to its comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arm {
    /// The group with the intervention over the group without it.
    WithOverWithout,
    /// The published ratio is the other way round: the group without over the group with.
    WithoutOverWith,
    /// A figure of the group with the intervention alone.
    With,
    /// A figure of the group without it alone.
    Without,
}

impl Arm {
    /// The word as it stands in a table, a link or an API.
    pub fn id(self) -> &'static str {
        match self {
            Self::WithOverWithout => "with-over-without",
            Self::WithoutOverWith => "without-over-with",
            Self::With => "with",
            Self::Without => "without",
        }
    }
}

impl FromStr for Arm {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Arm, UnknownWord> {
        one_of(
            &[Arm::WithOverWithout, Arm::WithoutOverWith, Arm::With, Arm::Without],
            Arm::id,
            word,
        )
    }
}

/// A number with its interval, or words.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Estimate {
    Number {
        /// In the unit of the measure.
        value: f64,
        /// The 95 % interval as published; none if the row gives none.
        interval: Option<Interval>,
        /// For a count: out of how many.
        of: Option<u64>,
    },
    /// A finding without a number; the words themselves are in [`Effect::words`].
    Words(Option<Finding>),
}

/// A 95 % interval, in the unit of the estimate; `low` is never above `high`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    pub low: f64,
    pub high: f64,
}

/// Which way a finding in words goes for the outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finding {
    Lower,
    Higher,
}

impl Finding {
    /// The word as it stands in a table, a link or an API.
    pub fn id(self) -> &'static str {
        match self {
            Self::Lower => "lower",
            Self::Higher => "higher",
        }
    }
}

impl FromStr for Finding {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Finding, UnknownWord> {
        one_of(&[Finding::Lower, Finding::Higher], Finding::id, word)
    }
}

/// The one of `all` whose id is `word`.
fn one_of<T: Copy>(all: &[T], id: fn(T) -> &'static str, word: &str) -> Result<T, UnknownWord> {
    all.iter().copied().find(|one| id(*one) == word).ok_or_else(|| UnknownWord {
        word: word.to_owned(),
        known: all.iter().map(|one| id(*one)).collect(),
    })
}

/// Whether the figure was checked against its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verified {
    Yes,
    No(Doubt),
}

/// Which way an effect points, for the people it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// The whole interval is on the better side of no difference.
    Favours,
    /// The whole interval is on the worse side.
    Harms,
    /// The interval includes no difference, or there is none.
    Unclear,
    /// Not a comparison: the size of something unwanted, or of something that is neither.
    Burden,
    /// Not a comparison: how much of something wanted is reached (cure, retention, provision).
    Reached,
}

impl Direction {
    /// The message that holds its wording in each language.
    pub fn message(self) -> &'static str {
        match self {
            Self::Favours => "direction-favours",
            Self::Harms => "direction-harms",
            Self::Unclear => "direction-unclear",
            Self::Burden => "direction-burden",
            Self::Reached => "direction-reached",
        }
    }
}

impl Verified {
    /// The message that holds its wording in each language.
    pub fn message(self) -> &'static str {
        match self {
            Self::Yes => "verified-yes",
            Self::No(doubt) => doubt.message(),
        }
    }
}

impl Effect {
    /// The number as published, if there is one.
    pub fn number(&self) -> Option<f64> {
        match self.estimate {
            Estimate::Number { value, .. } => Some(value),
            Estimate::Words(_) => None,
        }
    }

    /// The interval as published, if there is one.
    pub fn interval(&self) -> Option<Interval> {
        match self.estimate {
            Estimate::Number { interval, .. } => interval,
            Estimate::Words(_) => None,
        }
    }

    /// Whether a model may take this figure without being told to: it is a number, and it was
    /// checked against its source. Unverified rows are shown as such and never used.
    pub fn usable_as_default(&self) -> bool {
        self.verified == Verified::Yes
            && self.measure != Measure::Narrative
            && self.number().is_some()
    }

    /// The ratio of the group with the intervention to the group without it, with its interval:
    /// the published figure, or 1 over it where it was published the other way round. None for
    /// anything that is not a ratio.
    ///
    /// 3.2 (2.65 to 3.86) out of methadone over in it is 0.3125 (0.259 to 0.377) in over out.
    pub fn with_over_without(&self) -> Option<(f64, Option<Interval>)> {
        let Estimate::Number { value, interval, .. } = self.estimate else {
            return None;
        };
        if !self.measure.is_ratio() {
            return None;
        }
        if !self.is_turned_round() {
            return Some((value, interval));
        }
        let turned = interval.map(|i| Interval { low: 1.0 / i.high, high: 1.0 / i.low });
        Some((1.0 / value, turned))
    }

    /// Whether the published ratio puts the group without the intervention first.
    pub fn is_turned_round(&self) -> bool {
        self.contrast.is_some_and(|c| c.arm == Arm::WithoutOverWith)
    }

    /// Which way the effect points, by its interval and by which way the outcome is better.
    pub fn direction(&self) -> Direction {
        let side = match self.estimate {
            Estimate::Words(finding) => finding,
            Estimate::Number { .. } => match self.with_over_without() {
                Some((_, Some(i))) if i.high < 1.0 => Some(Finding::Lower),
                Some((_, Some(i))) if i.low > 1.0 => Some(Finding::Higher),
                _ => None,
            },
        };
        if self.measure.is_ratio() || self.measure == Measure::Narrative {
            match (side, self.outcome.better()) {
                (Some(Finding::Lower), Better::Lower) | (Some(Finding::Higher), Better::Higher) => {
                    Direction::Favours
                }
                (Some(Finding::Higher), Better::Lower) | (Some(Finding::Lower), Better::Higher) => {
                    Direction::Harms
                }
                _ => Direction::Unclear,
            }
        } else if self.outcome.better() == Better::Higher {
            Direction::Reached
        } else {
            Direction::Burden
        }
    }

    /// Whether the row is about something given to help people, which "what works" lists.
    pub fn is_about_a_service(&self) -> bool {
        self.intervention.kind == InterventionKind::Service
    }
}
