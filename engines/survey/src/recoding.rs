//! Making columns coarser before anything is suppressed: broader labels, bands, bounds, rounding. Every row is changed alike, so that
//! nothing can be read from where a change was made.

use std::collections::BTreeMap;

use crate::groups::{Groups, NO_GROUP};
use crate::problem::Problem;

/// One change of one column, for all rows.
#[derive(Debug, Clone, PartialEq)]
pub enum Recoding {
    /// Labels that are replaced by broader ones, as a hierarchy has them: prisons by regions. The others stay.
    Merge {
        /// The column.
        column: String,
        /// Old label, new label.
        into: Vec<(String, String)>,
    },
    /// Numbers that are replaced by the band they fall in.
    Bands {
        /// The column.
        column: String,
        /// Where each band but the lowest begins, ascending.
        starts: Vec<f64>,
    },
    /// Bottom coding: what lies below is given as this.
    AtLeast {
        /// The column.
        column: String,
        /// The bound.
        least: f64,
    },
    /// Top coding: what lies above is given as this.
    AtMost {
        /// The column.
        column: String,
        /// The bound.
        most: f64,
    },
    /// Numbers that are rounded to multiples, halves away from zero.
    Round {
        /// The column.
        column: String,
        /// The step.
        to: f64,
    },
}

impl Recoding {
    /// The column it changes.
    pub fn column(&self) -> &str {
        match self {
            Recoding::Merge { column, .. }
            | Recoding::Bands { column, .. }
            | Recoding::AtLeast { column, .. }
            | Recoding::AtMost { column, .. }
            | Recoding::Round { column, .. } => column,
        }
    }
}

/// A column between what was read and what is written.
#[derive(Debug, Clone)]
pub(crate) enum Held {
    Labels(Groups),
    Numbers(Vec<f64>),
}

impl Held {
    pub(crate) fn len(&self) -> usize {
        match self {
            Held::Labels(groups) => groups.len(),
            Held::Numbers(values) => values.len(),
        }
    }

    /// By row a code; equal answers have equal codes, no answer has [`NO_GROUP`].
    pub(crate) fn codes(&self) -> Vec<u32> {
        match self {
            Held::Labels(groups) => groups.codes().to_vec(),
            Held::Numbers(values) => {
                let key = |value: f64| (value + 0.0).to_bits();
                let known = self.numbers();
                let place: BTreeMap<u64, u32> =
                    known.iter().zip(0..).map(|(&value, code)| (key(value), code)).collect();
                values.iter().map(|&x| place.get(&key(x)).copied().unwrap_or(NO_GROUP)).collect()
            }
        }
    }

    /// The different numbers, ascending; empty for labels.
    pub(crate) fn numbers(&self) -> Vec<f64> {
        let Held::Numbers(values) = self else { return Vec::new() };
        // Adding zero makes one of the two zeros.
        let mut known: Vec<f64> = values.iter().filter(|x| !x.is_nan()).map(|x| x + 0.0).collect();
        known.sort_by(f64::total_cmp);
        known.dedup();
        known
    }

    pub(crate) fn recode(self, how: &Recoding) -> Result<Held, Problem> {
        let name = how.column();
        let wrong = |message: String| Err(Problem::of(name, message));
        match (how, self) {
            (Recoding::Merge { into, .. }, Held::Labels(groups)) => merge(name, &groups, into),
            (Recoding::Merge { .. }, Held::Numbers(_)) => wrong(
                "holds numbers, which have no labels to merge; cut them into bands first".into(),
            ),
            (_, Held::Labels(_)) => wrong(
                "holds labels, which cannot be cut, bounded or rounded; merge labels instead"
                    .into(),
            ),
            (Recoding::Bands { starts, .. }, Held::Numbers(values)) => {
                let ascends = starts.windows(2).all(|pair| pair[0] < pair[1]);
                if starts.is_empty() || !ascends || starts.iter().any(|start| !start.is_finite()) {
                    return wrong(format!(
                        "bands that begin at {starts:?}; give where each begins, ascending, at least one"
                    ));
                }
                Ok(Held::Labels(bands(&values, starts)))
            }
            (Recoding::AtLeast { least, .. }, Held::Numbers(mut values)) if !least.is_nan() => {
                // `max` would take the bound where there is no answer.
                values.iter_mut().filter(|x| **x < *least).for_each(|x| *x = *least);
                Ok(Held::Numbers(values))
            }
            (Recoding::AtMost { most, .. }, Held::Numbers(mut values)) if !most.is_nan() => {
                values.iter_mut().filter(|x| **x > *most).for_each(|x| *x = *most);
                Ok(Held::Numbers(values))
            }
            (Recoding::Round { to, .. }, Held::Numbers(mut values))
                if *to > 0.0 && to.is_finite() =>
            {
                values.iter_mut().for_each(|x| *x = (*x / to).round() * to);
                Ok(Held::Numbers(values))
            }
            (how, Held::Numbers(_)) => wrong(format!(
                "cannot be recoded by {how:?}; give a number, for rounding above zero"
            )),
        }
    }
}

fn merge(name: &str, groups: &Groups, into: &[(String, String)]) -> Result<Held, Problem> {
    let mut broader: BTreeMap<&str, &str> = BTreeMap::new();
    for (old, new) in into {
        if !groups.names().contains(old) {
            let known: Vec<&str> = groups.names().iter().take(8).map(String::as_str).collect();
            let message = format!("has no label “{old}”; it has {}", known.join(", "));
            return Err(Problem::of(name, message));
        }
        if broader.insert(old, new).is_some_and(|other| other != new) {
            return Err(Problem::of(
                name,
                format!("“{old}” is merged into two labels; choose one"),
            ));
        }
    }
    let label = |&code: &u32| match groups.names().get(code as usize) {
        Some(old) => broader.get(old.as_str()).copied().unwrap_or(old),
        None => "",
    };
    Ok(Held::Labels(Groups::from_text(groups.codes().iter().map(label))))
}

/// Bands with labels that say their bounds; whole numbers end a band one below the next.
fn bands(values: &[f64], starts: &[f64]) -> Groups {
    let whole = values.iter().filter(|x| !x.is_nan()).chain(starts).all(|x| x.fract() == 0.0);
    let mut names = vec![format!("under {}", starts[0])];
    for pair in starts.windows(2) {
        names.push(match (whole, pair[1] - pair[0] == 1.0) {
            (true, true) => pair[0].to_string(),
            (true, false) => format!("{}–{}", pair[0], pair[1] - 1.0),
            (false, _) => format!("{} to under {}", pair[0], pair[1]),
        });
    }
    names.push(format!("{} and over", starts[starts.len() - 1]));
    let code = |&value: &f64| match value.is_nan() {
        true => NO_GROUP,
        false => starts.partition_point(|&start| start <= value) as u32,
    };
    Groups::from_codes(values.iter().map(code).collect(), names).expect("a name for each band")
}
