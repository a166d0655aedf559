//! How the sample was drawn, as a person describes it: a small TOML file or a form that names columns. It is checked against the
//! data before anything is estimated, and what was found is said in words.

use base::Words;
use base::language::Arg;
use serde::{Deserialize, Serialize};
use survey::{Clusters, Design, Groups, Lonely, Plan, Population, Stage, Weights};

use crate::checks;
use crate::codebook::{Codebook, name_rows};
use crate::problem::{Problem, of_engine, short};
use crate::sheet::Sheet;

/// The description of a sample. Everything left out means: not so.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Described {
    /// The column of weights: how many people a row stands for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weights: Option<String>,
    /// Instead of weights, the chance of being drawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub probabilities: Option<String>,
    /// `fail`, `remove`, `certainty`, `adjust` or `average`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub lonely: String,
    pub lonely_in_domains: bool,
    /// Cluster numbers start again in each stratum.
    pub numbers_restart: bool,
    /// A codebook beside the description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub codebook: Option<String>,
    /// The data were made by a program and speak of nobody.
    pub synthetic: bool,
    /// How many people there are in all, where that is known: the weights are held against it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub people: Option<f64>,
    /// From the first drawing (prisons) to the last (people).
    #[serde(rename = "stage")]
    pub stages: Vec<DescribedStage>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DescribedStage {
    /// The column that tells what was drawn; without one, the rows themselves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clusters: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub strata: Option<String>,
    /// The column with the number of units in the stratum.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub population: Option<String>,
    /// Instead, the share that was drawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fraction: Option<String>,
}

/// The ways to treat a stratum with a single unit, by the words of R's `survey.lonely.psu`.
pub const LONELY: [(&str, Lonely); 5] = [
    ("fail", Lonely::Fail),
    ("remove", Lonely::Remove),
    ("certainty", Lonely::Certainty),
    ("adjust", Lonely::Adjust),
    ("average", Lonely::Average),
];

impl Described {
    pub fn read(place: &str, text: &str) -> Result<Described, Vec<Problem>> {
        toml::from_str(text).map_err(|error: toml::de::Error| {
            let row = error.span().map(|span| text[..span.start].lines().count().max(1));
            let problem = Problem::of(place, "design-form").with("text", error.message());
            vec![Problem { row, ..problem }]
        })
    }

    /// As it is kept and as `design.toml` would say it.
    pub fn text(&self) -> String {
        toml::to_string(self).unwrap_or_default()
    }

    /// Lays the description over the data. Problems name column and row.
    pub fn design(&self, data: &Sheet, codes: &Codebook) -> Result<Design, Vec<Problem>> {
        let mut problems = Vec::new();
        let weights = self.weights.as_ref().map(|name| ("weight", name));
        let chances = self.probabilities.as_ref().map(|name| ("probability", name));
        if weights.is_some() && chances.is_some() {
            problems.push(Problem::of("", "weights-and-probabilities"));
        }
        let lonely = LONELY.iter().find(|(word, _)| *word == self.lonely || self.lonely.is_empty());
        if lonely.is_none() {
            problems.push(Problem::of("lonely", "lonely-word").with("value", short(&self.lonely)));
        }
        let numbers = weights.or(chances).map(|(kind, name)| factors(data, codes, name, kind));
        let numbers = take(numbers.transpose(), &mut problems).flatten();
        let mut parts = Vec::new();
        for stage in &self.stages {
            let groups = |name: &Option<String>, problems: &mut Vec<Problem>| {
                take(name.as_ref().map(|name| labels(data, codes, name)).transpose(), problems)
                    .flatten()
            };
            let clusters = groups(&stage.clusters, &mut problems);
            let strata = groups(&stage.strata, &mut problems);
            let size = stage.population.as_ref().or(stage.fraction.as_ref());
            let size = size.map(|name| factors(data, codes, name, "population"));
            let size = take(size.transpose(), &mut problems).flatten();
            parts.push((stage, clusters, strata, size));
        }
        if problems.is_empty() {
            problems = checks::wrong(self, data, codes);
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let mut stages: Vec<Stage> = parts
            .iter()
            .map(|(stage, clusters, strata, size)| Stage {
                clusters: clusters.as_ref().map_or(Clusters::Rows, Clusters::Groups),
                strata: strata.as_ref(),
                population: match size {
                    Some(sizes) if stage.population.is_some() => Population::Sizes(sizes),
                    Some(shares) => Population::Fractions(shares),
                    None => Population::Unlimited,
                },
            })
            .collect();
        if stages.is_empty() {
            stages = Plan::simple().stages;
        }
        let plan = Plan {
            weights: match &numbers {
                Some(weights) if self.weights.is_some() => Weights::Given(weights),
                Some(chances) => Weights::Probabilities(chances),
                None => Weights::Equal,
            },
            stages,
            lonely: lonely.map_or(Lonely::Fail, |(_, lonely)| *lonely),
            lonely_in_domains: self.lonely_in_domains,
            numbers_restart: self.numbers_restart,
        };
        let design = Design::new(&plan, data.rows.len());
        let design = design.map_err(|problems| of_engine(problems, &data.rows))?;
        if design.degrees_of_freedom() < 1.0 {
            return Err(vec![Problem::of("", "one-unit")]);
        }
        Ok(design)
    }

    /// What the data say of the description, line by line.
    pub fn findings(&self, data: &Sheet, codes: &Codebook, design: &Design) -> Vec<Finding> {
        let weights = design.weights();
        let n = weights.len() as f64;
        let sum: f64 = weights.iter().sum();
        let squares: f64 = weights.iter().map(|weight| weight * weight).sum();
        let least = weights.iter().copied().fold(f64::INFINITY, f64::min);
        let most = weights.iter().copied().fold(0.0, f64::max);
        // Kish 1965, section 11.7: what unequal weights alone cost.
        let effect = n * squares / (sum * sum);
        let mut said = vec![
            Finding::of("design-people", &[("n", n, 0), ("people", sum, 0)]),
            Finding::of(
                "design-weights",
                &[("least", least, 1), ("most", most, 1), ("effect", effect, 2)],
            ),
        ];
        let zero = weights.iter().filter(|weight| **weight == 0.0).count();
        if zero > 0 {
            said.push(Finding::of("design-zero-weights", &[("count", zero as f64, 0)]));
        }
        if let Some(first) = self.stages.first() {
            let count = |name: &Option<String>| {
                let column = name.as_ref().and_then(|name| data.column(name).ok());
                column.map_or(1, |column| codes.groups(column).names().len())
            };
            let units = first.clusters.as_ref().map_or(data.rows.len(), |_| count(&first.clusters));
            let df = design.degrees_of_freedom();
            let (units, strata) = (units as f64, count(&first.strata) as f64);
            said.push(Finding::of(
                "design-units",
                &[("units", units, 0), ("strata", strata, 0), ("df", df, 0)],
            ));
            let limited = first.population.is_some() || first.fraction.is_some();
            said.push(Finding::of(if limited { "design-finite" } else { "design-unlimited" }, &[]));
        } else {
            said.push(Finding::of("design-simple", &[]));
        }
        if !self.lonely.is_empty() && self.lonely != "fail" {
            said.push(Finding::of(&format!("lonely-{}-said", self.lonely), &[]));
        }
        said
    }
}

/// One thing that is known of a sample, to be worded in the reader's language.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Finding {
    pub key: String,
    /// Name, value, decimals.
    pub numbers: Vec<(String, f64, u8)>,
}

impl Finding {
    fn of(key: &str, numbers: &[(&str, f64, u8)]) -> Finding {
        let numbers =
            numbers.iter().map(|(name, value, decimals)| ((*name).into(), *value, *decimals));
        Finding { key: key.into(), numbers: numbers.collect() }
    }

    pub fn say(&self, words: &Words) -> String {
        let args: Vec<(&str, Arg)> = self
            .numbers
            .iter()
            .map(|(name, value, decimals)| (name.as_str(), Arg::Number(*value, *decimals)))
            .collect();
        words.say_with(&self.key, &args)
    }
}

/// A column that takes part in the weights: every row has a number, above zero or, for a weight, zero.
fn factors(
    data: &Sheet,
    codes: &Codebook,
    name: &str,
    kind: &'static str,
) -> Result<Vec<f64>, Vec<Problem>> {
    let column = data.column(name).map_err(|problem| vec![problem])?;
    let numbers = codes.numbers(column, &data.rows)?;
    let fits = |text: &str| match text.parse::<f64>() {
        _ if codes.is_missing(name, text) => false,
        Ok(number) => number.is_finite() && number >= 0.0 && (kind == "weight" || number > 0.0),
        Err(_) => false,
    };
    let wrong: Vec<bool> = column.texts.iter().map(|text| !fits(text)).collect();
    let problems = name_rows(
        column,
        &data.rows,
        |code| wrong[*code as usize],
        |text| match codes.is_missing(name, text) {
            true => Problem::of(name, "factor-missing"),
            false if kind == "weight" => {
                Problem::of(name, "weight-negative").with("value", short(text))
            }
            false => Problem::of(name, "not-above-zero").with("value", short(text)),
        },
    );
    if problems.is_empty() { Ok(numbers) } else { Err(problems) }
}

/// A column of strata or clusters: every row has a label.
fn labels(data: &Sheet, codes: &Codebook, name: &str) -> Result<Groups, Vec<Problem>> {
    let column = data.column(name).map_err(|problem| vec![problem])?;
    let missing: Vec<bool> = column.texts.iter().map(|text| codes.is_missing(name, text)).collect();
    let unlabelled = |code: &u32| missing[*code as usize];
    let problems = name_rows(column, &data.rows, unlabelled, |_| Problem::of(name, "no-label"));
    if problems.is_empty() { Ok(codes.groups(column)) } else { Err(problems) }
}

fn take<T>(found: Result<T, Vec<Problem>>, problems: &mut Vec<Problem>) -> Option<T> {
    found.map_err(|found| problems.extend(found)).ok()
}
