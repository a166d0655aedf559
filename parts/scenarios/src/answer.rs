//! An answer: what a policy changes against the country as it goes on, over the years that are counted, paired draw by draw.
//! Everything a page, a file or the API says of a question is read from this one value.

use epidemic::chance::Draw;
use epidemic::ensemble::{DrawResult, interval};
use epidemic::{Certificate, Ensemble, Interval, Plan, Quantity, Scenario, Where, inputs};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::elimination::{Elimination, elimination};
use crate::question::Question;

/// What is asked of every run, in reading order: id, quantity, and the places it is told for.
pub const OUTCOMES: &[(&str, Quantity, &[Where])] = &[
    ("hcv-infections", Quantity::HcvInfections, &Where::ALL),
    ("hiv-infections", Quantity::HivInfections, &Where::ALL),
    ("overdose-deaths", Quantity::OverdoseDeaths, &Where::ALL),
    ("release-deaths", Quantity::OverdoseDeaths4Weeks, &[Where::Everywhere]),
    ("deaths", Quantity::Deaths, &[Where::Everywhere]),
    ("imprisonments", Quantity::Imprisonments, &[Where::Everywhere]),
    ("oat-years", Quantity::OatYears, &Where::ALL),
    ("hcv-cured", Quantity::HcvCured, &[Where::Everywhere]),
    ("dalys", Quantity::Dalys, &[Where::Everywhere]),
    ("service-cost", Quantity::ServiceCost, &[Where::Everywhere]),
    ("cost", Quantity::Cost, &[Where::Everywhere]),
];

/// What is drawn year by year.
pub const COURSES: [&str; 4] =
    ["hcv-infections", "hiv-infections", "overdose-deaths", "release-deaths"];

/// Of these the years are added up from the first that is counted: a handful a year, most of them none in a sample of the people.
pub const ADDED_UP: [&str; 1] = ["release-deaths"];

/// A figure over draws: the middle, and the middle 95 in a hundred.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Range {
    pub median: f64,
    pub low: f64,
    pub high: f64,
    pub mean: f64,
}

impl Range {
    /// Whether the interval lies on one side of nothing.
    pub fn clear(&self) -> bool {
        self.low > 0.0 || self.high < 0.0
    }

    pub(crate) fn of(values: Vec<f64>) -> Range {
        let nothing = Interval { mean: 0.0, median: 0.0, low: 0.0, high: 0.0 };
        Range::from(interval(values).unwrap_or(nothing))
    }
}

impl From<Interval> for Range {
    fn from(found: Interval) -> Range {
        let Interval { mean, median, low, high } = found;
        // What a float adds beyond six digits is noise in a file.
        let r = |x: f64| if x == 0.0 { 0.0 } else { (x * 1e4).round() / 1e4 + 0.0 };
        Range { median: r(median), low: r(low), high: r(high), mean: r(mean) }
    }
}

/// A total over the years that are counted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Outcome {
    /// `hcv-infections`.
    pub id: String,
    /// `everywhere`, `community` or `prison`.
    pub place: String,
    /// As the country goes on.
    pub expected: Range,
    pub with_policy: Range,
    /// What the policy takes away, draw by draw.
    pub averted: Range,
}

/// The years of one outcome, everywhere, from the start of the run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Course {
    pub id: String,
    /// Each year with those before it, from the first year that is counted; else each year alone.
    #[serde(default)]
    pub added_up: bool,
    pub years: Vec<Year>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Year {
    pub year: i32,
    pub expected: Range,
    pub with_policy: Range,
}

/// What it costs; money and health of later years are worth less, by the country's rate, counted to the first year.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Money {
    pub currency: String,
    /// More than as the country goes on; below zero it saves.
    pub extra: Range,
    /// For each DALY averted: ratio of means, with its middle 95 in a hundred over resampled draws. None where nothing is clearly averted.
    pub per_daly: Option<Range>,
    /// Share of draws in which the policy is worth its cost to a payer of `willingness` for a DALY.
    pub worth: f64,
    pub willingness: f64,
}

/// How far the interval of what is averted would move with twice as many draws: one standard deviation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Steady {
    pub id: String,
    pub middle: f64,
    pub low: f64,
    pub high: f64,
}

/// A lever as it was moved.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Arm {
    pub lever: String,
    pub now: f64,
    pub to: f64,
    pub from: i32,
    pub by: i32,
    /// The one prison in which it was moved, by its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prison: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Answer {
    pub country: String,
    pub moves: Vec<Arm>,
    /// First and last year that are counted.
    pub first: i32,
    pub until: i32,
    pub draws: usize,
    /// Per cent of the people that were followed, and how many in one draw at its start.
    pub people: f64,
    pub followed: f64,
    pub seed: u64,
    /// Whether the draws meet the country's targets, or come from its file as they are.
    pub calibrated: bool,
    /// Parameters without a source.
    pub assumed: usize,
    pub parameters: usize,
    /// Of the model.
    pub version: String,
    /// Of the country's figures and draws.
    pub inputs: String,
    /// Of everything: the same hash, the same table.
    pub hash: String,
    pub outcomes: Vec<Outcome>,
    pub courses: Vec<Course>,
    pub money: Money,
    pub steadiness: Vec<Steady>,
    /// By draw: DALYs averted, extra cost.
    pub cloud: Vec<(f64, f64)>,
    /// How the policy stands to WHO's targets for 2030; none where the run ends before, or was kept before this was asked.
    #[serde(default)]
    pub elimination: Option<Elimination>,
}

impl Answer {
    /// The total of an outcome everywhere.
    pub fn outcome(&self, id: &str) -> Option<&Outcome> {
        self.outcomes.iter().find(|outcome| outcome.id == id && outcome.place == "everywhere")
    }

    pub fn course(&self, id: &str) -> Option<&Course> {
        self.courses.iter().find(|course| course.id == id)
    }

    pub fn years(&self) -> usize {
        (self.until - self.first + 1).max(1) as usize
    }

    /// Whether no lever was moved.
    pub fn is_status_quo(&self) -> bool {
        self.moves.is_empty()
    }
}

/// Years of the run: from the country's start to the last that is counted.
pub fn run_years(question: &Question) -> usize {
    (question.until - question.model.country.start + 1).max(1) as usize
}

/// Reads the answer to a question from runs of arm 0 (as the country goes on) and arm `arm`.
pub fn answer(
    question: &Question,
    ensemble: &Ensemble,
    arm: usize,
    plan: &Plan,
    followed: f64,
) -> Answer {
    let model = question.model;
    let country = &model.country;
    let from = (question.first() - ensemble.start).max(0) as usize;
    let span = from..ensemble.years.min((question.until - ensemble.start + 1).max(1) as usize);
    // Worth at the beginning of the first year that is counted, not of the run.
    let discount = country.central().discount;
    let worth = ((1.0 + discount).ln() * from as f64).exp();
    let scale = |q: Quantity| {
        if matches!(q, Quantity::Dalys | Quantity::Cost | Quantity::ServiceCost) {
            worth
        } else {
            1.0
        }
    };
    let totals = |arm: usize, q: Quantity, place: Where| -> Vec<f64> {
        let total = |d: &DrawResult| {
            span.clone().map(|year| d.arms[arm].in_year(q, place, year)).sum::<f64>() * scale(q)
        };
        ensemble.draws.iter().map(total).collect()
    };
    let averted = |q: Quantity, place: Where| -> Vec<f64> {
        totals(0, q, place).iter().zip(totals(arm, q, place)).map(|(a, b)| a - b).collect()
    };
    let mut outcomes = Vec::new();
    for (id, quantity, places) in OUTCOMES {
        for place in *places {
            outcomes.push(Outcome {
                id: (*id).into(),
                place: place.word().into(),
                expected: Range::of(totals(0, *quantity, *place)),
                with_policy: Range::of(totals(arm, *quantity, *place)),
                averted: Range::of(averted(*quantity, *place)),
            });
        }
    }
    let courses = OUTCOMES
        .iter()
        .filter(|(id, ..)| COURSES.contains(id))
        .map(|(id, quantity, _)| {
            let added_up = ADDED_UP.contains(id);
            let year = |year: usize| {
                let years = if added_up { from..year + 1 } else { year..year + 1 };
                let of = |arm: usize| {
                    let total = |d: &DrawResult| -> f64 {
                        let in_year =
                            |year| d.arms[arm].in_year(*quantity, Where::Everywhere, year);
                        years.clone().map(in_year).sum()
                    };
                    Range::of(ensemble.draws.iter().map(total).collect())
                };
                Year { year: ensemble.start + year as i32, expected: of(0), with_policy: of(arm) }
            };
            let years = if added_up { span.clone() } else { 0..span.end };
            Course { id: (*id).into(), added_up, years: years.map(year).collect() }
        })
        .collect();
    let dalys = averted(Quantity::Dalys, Where::Everywhere);
    let extra: Vec<f64> =
        averted(Quantity::Cost, Where::Everywhere).iter().map(|saved| 0.0 - saved).collect();
    let pays: Vec<f64> = ensemble.draws.iter().map(|d| d.willingness_to_pay).collect();
    let good = dalys.iter().zip(&extra).zip(&pays).filter(|((d, c), pay)| *d * **pay > **c).count();
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len().max(1) as f64;
    Answer {
        country: country.code.clone(),
        moves: question
            .moves
            .iter()
            .map(|one| Arm {
                lever: one.lever.id.into(),
                now: one.lever.now(country),
                to: one.to,
                from: one.from,
                by: one.by,
                prison: question.prison_of(one).map(|prison| prison.name.clone()),
            })
            .collect(),
        first: question.first(),
        until: question.until,
        draws: ensemble.draws.len(),
        people: question.people,
        followed: followed.round(),
        seed: question.seed,
        calibrated: model.calibrated.is_some(),
        assumed: country.assumed().count(),
        parameters: country.given.len(),
        version: inputs::version(),
        inputs: model.inputs.clone(),
        hash: hash(plan),
        outcomes,
        courses,
        money: Money {
            currency: country.currency.clone(),
            extra: Range::of(extra.clone()),
            per_daly: per_daly(question, &dalys, &extra),
            worth: good as f64 / dalys.len().max(1) as f64,
            willingness: mean(&pays),
        },
        steadiness: steadiness(plan, ensemble, arm),
        cloud: dalys
            .into_iter()
            .zip(extra)
            .map(|(d, c)| (d.round() + 0.0, c.round() + 0.0))
            .collect(),
        elimination: elimination(ensemble, arm, &country.code),
    }
}

fn steadiness(plan: &Plan, ensemble: &Ensemble, arm: usize) -> Vec<Steady> {
    let whole = |x: f64| if x.is_finite() { (x * 10.0).round() / 10.0 + 0.0 } else { 0.0 };
    let certificate = Certificate::quick(plan, ensemble);
    OUTCOMES
        .iter()
        .filter_map(|(id, quantity, _)| {
            let found =
                certificate.steadiness.iter().find(|s| s.arm == arm && s.quantity == *quantity)?;
            Some(Steady {
                id: (*id).into(),
                middle: whole(found.mean_moves),
                low: whole(found.low_moves),
                high: whole(found.high_moves),
            })
        })
        .collect()
}

fn hash(plan: &Plan) -> String {
    plan.hash().to_string().chars().take(16).collect()
}

/// Cost for each DALY averted, as a ratio of means (Stinnett & Mullahy 1998, Med Decis Making 18:S68), with the percentile
/// bootstrap over draws (Campbell & Torgerson 1999, QJM 92:177). None where health is not clearly gained.
fn per_daly(question: &Question, dalys: &[f64], extra: &[f64]) -> Option<Range> {
    const SAMPLES: u32 = 400;
    let n = dalys.len();
    let ratio = |pick: &dyn Fn(usize) -> usize| {
        let (mut d, mut c) = (0.0, 0.0);
        for i in 0..n {
            d += dalys[pick(i)];
            c += extra[pick(i)];
        }
        (d > 0.0).then(|| c / d)
    };
    let here = ratio(&|i| i)?;
    if !Range::of(dalys.to_vec()).clear() {
        return None;
    }
    let resampled: Option<Vec<f64>> = (0..SAMPLES)
        .map(|sample| {
            ratio(&|i| {
                (Draw::new(question.seed(), sample, BOOTSTRAP, i as u32).unit() * n as f64) as usize
            })
        })
        .collect();
    let range = Range::of(resampled?);
    Some(Range { median: (here * 1e4).round() / 1e4, ..range })
}

/// Chance that is not the model’s.
const BOOTSTRAP: u32 = epidemic::chance::Stream::Bootstrap as u32;

/// Base and policy as the arms of a plan.
pub fn arms(question: &Question) -> [Scenario; 2] {
    [Scenario::status_quo(), question.scenario()]
}
