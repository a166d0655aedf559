//! A description of a sample held against the data, before anything is estimated and after: what is wrong with it, by its place and
//! with what to do; and what was understood, in words, so that a person sees a slip that no rule can see.

use std::collections::{BTreeMap, BTreeSet};

use base::Words;
use base::language::Arg;
use survey::{Design, Groups};

use crate::codebook::Codebook;
use crate::plan::Described;
use crate::problem::{Problem, short};
use crate::sheet::Sheet;

/// Strata or units that are named before the rest is only counted.
const NAMED: usize = 5;
/// Weights that miss the known number of people by more than this, relative, are to be looked at.
const NEAR: f64 = 0.05;

/// One thing that is understood, or is to be looked at.
#[derive(Clone, Debug)]
pub struct Check {
    pub look: bool,
    key: &'static str,
    args: Vec<(&'static str, Arg)>,
}

impl Check {
    fn good(key: &'static str, args: &[(&'static str, Arg)]) -> Check {
        Check { look: false, key, args: args.to_vec() }
    }

    fn look(key: &'static str, args: &[(&'static str, Arg)]) -> Check {
        Check { look: true, ..Check::good(key, args) }
    }

    pub fn say(&self, words: &Words) -> String {
        words.say_with(self.key, &self.args)
    }
}

/// The first drawing, counted.
struct Drawing {
    strata: Groups,
    units: Option<Groups>,
    /// By stratum, its units; rows where the people themselves were drawn.
    drawn: Vec<BTreeSet<u32>>,
    /// By unit, its interviews.
    asked: BTreeMap<u32, usize>,
}

impl Drawing {
    fn new(described: &Described, data: &Sheet, codes: &Codebook) -> Option<Drawing> {
        let first = described.stages.first()?;
        let groups = |name: &Option<String>| {
            let column = name.as_ref().map(|name| data.column(name).ok());
            column.map(|column| column.map(|column| codes.groups(column)))
        };
        let rows = data.rows.len();
        let everybody = || Groups::from_codes(vec![0; rows], vec![String::new()]);
        let strata = groups(&first.strata).unwrap_or_else(everybody)?;
        let units = groups(&first.clusters);
        let units = match units {
            Some(units) => Some(units?),
            None => None,
        };
        let mut drawn = vec![BTreeSet::new(); strata.names().len()];
        let mut asked = BTreeMap::new();
        for (row, &stratum) in strata.codes().iter().enumerate() {
            let unit = units.as_ref().map_or(row as u32, |units| units.codes()[row]);
            drawn.get_mut(stratum as usize)?.insert(unit);
            *asked.entry(unit).or_insert(0) += 1;
        }
        Some(Drawing { strata, units, drawn, asked })
    }

    fn lonely(&self) -> Vec<&str> {
        let alone =
            self.drawn.iter().zip(self.strata.names()).filter(|(units, _)| units.len() == 1);
        alone.map(|(_, name)| name.as_str()).collect()
    }
}

/// What is wrong with the first drawing, by the names of strata and units.
pub fn wrong(described: &Described, data: &Sheet, codes: &Codebook) -> Vec<Problem> {
    let Some(drawing) = Drawing::new(described, data, codes) else { return Vec::new() };
    let Some(first) = described.stages.first() else { return Vec::new() };
    let mut problems = Vec::new();
    let place = |name: &Option<String>| name.clone().unwrap_or_default();
    let strata = &drawing.strata;
    if let (Some(units), Some(_), false) =
        (&drawing.units, &first.strata, described.numbers_restart)
    {
        let mut home: BTreeMap<u32, u32> = BTreeMap::new();
        let mut apart = BTreeSet::new();
        for (row, (&unit, &stratum)) in units.codes().iter().zip(strata.codes()).enumerate() {
            let known = *home.entry(unit).or_insert(stratum);
            if known != stratum && apart.insert(unit) && apart.len() <= NAMED {
                let name = |names: &Groups, code: u32| short(&names.names()[code as usize]);
                problems.push(
                    Problem::of(&place(&first.clusters), "not-nested")
                        .at(data.rows[row] as usize)
                        .with("unit", name(units, unit))
                        .with("one", name(strata, known))
                        .with("other", name(strata, stratum)),
                );
            }
        }
        if apart.len() > NAMED {
            let more = Problem::of(&place(&first.clusters), "more-units");
            problems.push(more.with("count", apart.len() - NAMED));
        }
        if !problems.is_empty() {
            return problems;
        }
    }
    if let Some(column) = first.population.as_ref().and_then(|name| data.column(name).ok()) {
        let mut too_small = BTreeMap::new();
        for (row, &stratum) in strata.codes().iter().enumerate() {
            let sampled = drawing.drawn[stratum as usize].len();
            let size = column.text(row).parse::<f64>().ok();
            if let Some(size) = size.filter(|size| *size < sampled as f64) {
                too_small.entry(stratum).or_insert((row, size, sampled));
            }
        }
        for (stratum, (row, size, sampled)) in too_small.iter().take(NAMED) {
            let name = &strata.names()[*stratum as usize];
            let problem = Problem::of(&column.name, "population-too-small");
            problems.push(
                problem
                    .at(data.rows[*row] as usize)
                    .with("stratum", short(name))
                    .with("size", base::language::Arg::Number(*size, 0))
                    .with("sampled", *sampled),
            );
        }
        if too_small.len() > NAMED {
            let more = Problem::of(&column.name, "more-strata");
            problems.push(more.with("count", too_small.len() - NAMED));
        }
    }
    let lonely = drawing.lonely();
    let unjudged = described.lonely.is_empty() || described.lonely == "fail";
    if unjudged && first.strata.is_some() && !lonely.is_empty() {
        let problem = Problem::of(&place(&first.strata), "lonely-strata");
        problems.push(problem.with("count", lonely.len()).with("strata", named(&lonely)));
    }
    problems
}

/// What was understood of a description that holds.
pub fn understood(
    described: &Described,
    data: &Sheet,
    codes: &Codebook,
    design: &Design,
) -> Vec<Check> {
    let weights = design.weights();
    let n = weights.len() as f64;
    let sum: f64 = weights.iter().sum();
    let least = weights.iter().copied().fold(f64::INFINITY, f64::min);
    let most = weights.iter().copied().fold(0.0, f64::max);
    let whole = |value: f64| Arg::Number(value, 0);
    let fine = |value: f64| Arg::Number(value, if value < 100.0 { 1 } else { 0 });
    let mut said = Vec::new();
    let is_weighted = described.weights.is_some() || described.probabilities.is_some();
    if is_weighted {
        let args =
            [("n", whole(n)), ("people", whole(sum)), ("least", fine(least)), ("most", fine(most))];
        said.push(Check::good("check-weights", &args));
    } else {
        said.push(Check::look("check-no-weights", &[("n", whole(n))]));
    }
    if let Some(people) = described.people.filter(|people| *people > 0.0) {
        let apart = sum / people - 1.0;
        let args = [("people", whole(people)), ("percent", Arg::Number(apart.abs() * 100.0, 1))];
        said.push(match apart.abs() <= NEAR {
            true => Check::good("check-people-near", &args),
            false if apart > 0.0 => Check::look("check-people-above", &args),
            false => Check::look("check-people-below", &args),
        });
    } else if is_weighted && (sum / n - 1.0).abs() < 0.001 && most > least {
        said.push(Check::look("check-weights-normed", &[]));
    }
    if is_weighted && most > 10.0 * sum / n {
        let args = [("most", fine(most)), ("mean", fine(sum / n))];
        said.push(Check::look("check-weight-large", &args));
    }
    said.extend(drawn(described, data, codes));
    let df = design.degrees_of_freedom();
    said.push(match df < 8.0 {
        true => Check::look("check-df-few", &[("df", whole(df))]),
        false => Check::good("check-df", &[("df", whole(df))]),
    });
    said
}

/// The drawing in words.
fn drawn(described: &Described, data: &Sheet, codes: &Codebook) -> Vec<Check> {
    let whole = |value: usize| Arg::Number(value as f64, 0);
    let Some((first, drawing)) = described.stages.first().zip(Drawing::new(described, data, codes))
    else {
        return vec![Check::good("check-simple", &[])];
    };
    let mut said = Vec::new();
    let units: usize = drawing.drawn.iter().map(BTreeSet::len).sum();
    let fewest = drawing.drawn.iter().map(BTreeSet::len).min().unwrap_or(0);
    let most = drawing.drawn.iter().map(BTreeSet::len).max().unwrap_or(0);
    let column = |name: &Option<String>| Arg::Text(short(name.as_deref().unwrap_or_default()));
    let args = [
        ("units", whole(units)),
        ("clusters", column(&first.clusters)),
        ("strata", whole(drawing.drawn.len())),
        ("stratified", column(&first.strata)),
        ("fewest", whole(fewest)),
        ("most", whole(most)),
    ];
    said.push(match (&first.clusters, &first.strata) {
        (Some(_), Some(_)) => Check::good("check-units-in-strata", &args),
        (Some(_), None) => Check::good("check-units", &args),
        (None, Some(_)) => Check::good("check-people-in-strata", &args),
        (None, None) => Check::good("check-simple", &args),
    });
    if drawing.units.is_some() {
        let fewest = drawing.asked.values().min().copied().unwrap_or(0);
        let most = drawing.asked.values().max().copied().unwrap_or(0);
        let args = [("fewest", whole(fewest)), ("most", whole(most))];
        said.push(match fewest {
            // With one interview in a unit its own variance is seen, but a slip in the column is likelier.
            1 if most > 1 => Check::look("check-single-interviews", &args),
            _ => Check::good("check-interviews", &args),
        });
    }
    if let Some(column) = first.population.as_ref().and_then(|name| data.column(name).ok()) {
        let mut sizes = BTreeMap::new();
        for (row, &stratum) in drawing.strata.codes().iter().enumerate() {
            sizes.entry(stratum).or_insert_with(|| column.text(row).parse().unwrap_or(0.0));
        }
        let all: f64 = sizes.values().sum();
        let share = Arg::Number(100.0 * units as f64 / all.max(1.0), 0);
        let args = [("all", Arg::Number(all, 0)), ("units", whole(units)), ("percent", share)];
        said.push(Check::good("check-population", &args));
    } else if first.fraction.is_none() {
        said.push(Check::good("check-unlimited", &[]));
    }
    let lonely = drawing.lonely();
    if !lonely.is_empty() && first.strata.is_some() {
        let args = [("count", whole(lonely.len())), ("strata", Arg::Text(named(&lonely)))];
        said.push(Check::look("check-lonely", &args));
    }
    said
}

fn named(names: &[&str]) -> String {
    let mut text = names.iter().take(NAMED).map(|name| short(name)).collect::<Vec<_>>().join(", ");
    if names.len() > NAMED {
        text.push_str(", …");
    }
    text
}
