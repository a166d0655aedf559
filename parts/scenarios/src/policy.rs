//! The standard policies: what a ministry usually asks about first, each as settings of the levers.
//! They are computed beforehand for a country's brief, and stand on the explorer as places to begin.

use epidemic::{Parameters, Plan, Scenario};

use crate::answer::{answer, arms as arms_of, run_years};
use crate::kept::{Computed, Policies};
use crate::lever::Lever;
use crate::model::Model;
use crate::question::{Move, Question};

/// A policy with a name.
#[derive(Debug, Clone, Copy)]
pub struct Policy {
    /// In addresses and messages: `policy-oat-prison`.
    pub id: &'static str,
    /// Lever and value, as shown.
    pub settings: &'static [(&'static str, f64)],
}

impl Policy {
    pub fn find(id: &str) -> Option<&'static Policy> {
        POLICIES.iter().find(|policy| policy.id == id)
    }

    /// The policy as a question; a service that is above the setting already stays where it is.
    pub fn question(&self, model: &'static Model) -> Question {
        let mut question = Question::status_quo(model);
        let (from, by) = (question.from, question.by);
        question.moves = crate::lever::LEVERS
            .iter()
            .filter_map(|lever| {
                let (_, to) = self.settings.iter().find(|(id, _)| *id == lever.id)?;
                (*to > lever.now(&model.country)).then_some(Move {
                    lever,
                    to: *to,
                    from,
                    by,
                    prison: None,
                })
            })
            .collect();
        question
    }
}

const OAT: (&str, f64) = ("oat-prison", 40.0);
const KEPT: [(&str, f64); 2] = [("oat-kept-release", 90.0), ("oat-kept-arrest", 90.0)];
const DAA: [(&str, f64); 5] = [
    ("hcv-testing-prison", 86.0),
    ("daa-prison", 95.0),
    ("daa-kept-gate", 90.0),
    ("hcv-testing-community", 39.0),
    ("daa-community", 86.0),
];

/// In the order of the brief. Shares are ambitions that some country of Europe has reached; they are to be moved.
pub const POLICIES: &[Policy] = &[
    Policy { id: "oat-prison", settings: &[OAT] },
    Policy { id: "throughcare", settings: &[OAT, KEPT[0], KEPT[1]] },
    Policy { id: "needles", settings: &[("needles-prison", 70.0), ("needles-community", 70.0)] },
    Policy { id: "daa", settings: &DAA },
    Policy { id: "naloxone", settings: &[("naloxone-release", 80.0)] },
    Policy {
        id: "diversion",
        settings: &[("diversion-arrest", 40.0), ("diversion-sentence", 40.0)],
    },
    Policy {
        id: "together",
        settings: &[
            OAT,
            KEPT[0],
            KEPT[1],
            ("oat-community", 20.0),
            ("naloxone-release", 80.0),
            ("needles-prison", 70.0),
            ("needles-community", 70.0),
            DAA[0],
            DAA[1],
            DAA[2],
            DAA[3],
            DAA[4],
            ("hiv-testing-prison", 86.0),
            ("art-prison", 95.0),
            ("art-kept-release", 90.0),
            ("diversion-arrest", 40.0),
            ("diversion-sentence", 40.0),
        ],
    },
];

/// How to compute them.
#[derive(Debug, Clone)]
pub struct Settings {
    pub draws: usize,
    pub people: f64,
    pub seed: u64,
    /// ISO 8601 day of the run.
    pub day: String,
}

/// All of them for a country, in one run of all arms. `watch` hears how many draws are done and stops by answering false; then
/// there is nothing to keep.
pub fn compute(
    model: &'static Model,
    how: &Settings,
    watch: &(dyn Fn(usize) -> bool + Sync),
) -> Option<Policies> {
    let questions: Vec<Question> = POLICIES
        .iter()
        .map(|policy| {
            let mut question = policy.question(model);
            (question.draws, question.people, question.seed) = (how.draws, how.people, how.seed);
            question
        })
        .collect();
    let first = questions.first()?;
    let mut arms = vec![Scenario::status_quo()];
    arms.extend(questions.iter().zip(POLICIES).map(|(question, policy)| {
        // Arms of one table need names of their own.
        Scenario { name: policy.id.into(), ..question.scenario() }
    }));
    let plan = Plan {
        country: &model.country,
        arms: &arms,
        seed: first.seed(),
        years: run_years(first),
        draws: model.draws(first.seed(), how.draws),
        share: how.people / 100.0,
        first: 0,
    };
    let ensemble = plan.run(watch);
    if !ensemble.complete {
        return None;
    }
    let all = |p: &Parameters| p.people_current + p.people_former + p.people_not_yet;
    let followed =
        plan.share * plan.draws.iter().map(all).sum::<f64>() / plan.draws.len().max(1) as f64;
    let policies = questions
        .iter()
        .zip(POLICIES)
        .enumerate()
        .map(|(at, (question, policy))| {
            let two = arms_of(question);
            let alone = Plan { arms: &two, ..plan.clone() };
            let mut answer = answer(question, &ensemble, at + 1, &alone, followed);
            // A brief tells totals; the explorer draws the years.
            answer.courses.clear();
            Computed { id: policy.id.into(), query: question.query(), answer }
        })
        .collect();
    Some(Policies {
        country: model.country.code.clone(),
        day: how.day.clone(),
        version: epidemic::inputs::version(),
        inputs: model.inputs.clone(),
        seed: how.seed,
        draws: how.draws,
        people: how.people,
        policies,
    })
}

/// A test asks that every setting names a lever.
pub fn unknown_settings() -> Vec<&'static str> {
    POLICIES
        .iter()
        .flat_map(|policy| policy.settings)
        .filter(|(id, to)| Lever::find(id).is_none_or(|lever| *to > lever.most))
        .map(|(id, _)| *id)
        .collect()
}
