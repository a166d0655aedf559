//! A sample before the survey: how many people, in how many prisons of each stratum, which prisons, and what intervals to expect. The
//! same answers make the page, the list to be printed, the files and the design with which the interviews are estimated afterwards.

use std::fmt::Write;

use survey::distribution::student_quantile;
use survey::{Chance, Wanted, allocate, cluster_effect, draw_by_size, people_to_ask};

use crate::problem::{Problem, short};

/// Lines of a list of prisons that are read.
const MOST_PRISONS: usize = 1_000;
/// Prisons drawn in a stratum at least: with one, nobody sees how prisons differ.
const LEAST_PRISONS: u64 = 2;

/// What is wanted, as shares where it is a share.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    pub prevalence: f64,
    pub margin: f64,
    pub level: f64,
    pub response: f64,
    /// People asked in each prison.
    pub per_prison: f64,
    /// How alike people of one prison are (the intraclass correlation).
    pub correlation: f64,
    pub seed: u64,
}

/// A line of the list.
#[derive(Clone, Debug, PartialEq)]
pub struct Prison {
    pub name: String,
    pub people: f64,
    /// Empty where the list names no strata.
    pub stratum: String,
}

/// A prison that was drawn.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Chosen {
    pub prison: String,
    pub stratum: String,
    pub people: f64,
    /// People to be asked in it.
    pub ask: f64,
    /// The chance with which it was drawn; 1 where it was certain.
    pub chance: f64,
    /// 1 / chance.
    pub base_weight: f64,
    /// Of an interview if all who are asked answer: base weight × people / asked.
    pub weight: f64,
}

/// What a stratum gives and gets.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Stratum {
    pub name: String,
    pub prisons: usize,
    pub people: f64,
    pub drawn: usize,
    pub asked: f64,
}

/// The interval to expect for a part of the people who answer.
#[derive(Clone, Copy, Debug, serde::Serialize)]
pub struct Expected {
    /// The part of all who answer, as a share.
    pub part: f64,
    pub answers: f64,
    pub effective: f64,
    pub low: f64,
    pub high: f64,
}

/// The answer.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Sample {
    /// People to ask, as the margin demands.
    pub people: f64,
    /// Prisons that takes.
    pub prisons: f64,
    pub design_effect: f64,
    /// The drawn ones, in the order of the list; none without a list.
    pub chosen: Vec<Chosen>,
    pub strata: Vec<Stratum>,
    pub expected: Vec<Expected>,
    /// People that the drawn prisons can be asked for, where that is fewer.
    pub short: Option<f64>,
}

/// Reads `name, people` or `name, people, stratum`, a line for each prison; commas, semicolons or tabs.
pub fn read_list(list: &str) -> Result<Vec<Prison>, Vec<Problem>> {
    let (mut prisons, mut problems): (Vec<Prison>, Vec<Problem>) = (Vec::new(), Vec::new());
    let lines = list.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    for (at, line) in lines {
        if prisons.len() == MOST_PRISONS {
            problems.push(Problem::of("", "too-many-prisons").with("most", MOST_PRISONS));
            break;
        }
        let wrong = |key| Problem::of("", key).at(at + 1).with("value", short(line));
        match prison(line) {
            Some(prison) => {
                if prisons
                    .iter()
                    .any(|known| known.name == prison.name && known.stratum == prison.stratum)
                {
                    problems.push(wrong("prison-twice"));
                }
                prisons.push(prison);
            }
            // A heading, as a spreadsheet gives it.
            None if prisons.is_empty()
                && problems.is_empty()
                && !line.bytes().any(|b| b.is_ascii_digit())
                && list.lines().count() > 1 => {}
            None => problems.push(wrong("prison-line")),
        }
    }
    let named = prisons.iter().filter(|prison| !prison.stratum.is_empty()).count();
    if named > 0 && named < prisons.len() {
        problems.push(Problem::of("", "strata-of-some").with("count", prisons.len() - named));
    }
    if problems.is_empty() { Ok(prisons) } else { Err(problems) }
}

/// The number is the last field, or the one before a stratum; so a name may hold commas.
fn prison(line: &str) -> Option<Prison> {
    let mark = [';', '\t', ','].into_iter().find(|mark| line.contains(*mark))?;
    let fields: Vec<&str> = line.split(mark).map(str::trim).collect();
    let number = |text: &str| {
        let plain: String =
            text.chars().filter(|c| ![' ', '\u{a0}', '\u{202f}', '\''].contains(c)).collect();
        plain.parse::<f64>().ok().filter(|people| people.is_finite() && *people >= 0.0)
    };
    let last = fields.len() - 1;
    let join = |until: usize| fields[..until].join(", ");
    let made = |at: usize, people: f64, stratum: &str| Prison {
        name: join(at),
        people,
        stratum: stratum.to_owned(),
    };
    let found = match (number(fields[last]), last.checked_sub(1).and_then(|at| number(fields[at])))
    {
        (None, Some(people)) if last >= 2 && !fields[last].is_empty() => {
            made(last - 1, people, fields[last])
        }
        // "Prison 5, 420, 3": a number as stratum.
        (Some(_), Some(people)) if last >= 2 => made(last - 1, people, fields[last]),
        (Some(people), _) => made(last, people, ""),
        _ => return None,
    };
    (!found.name.is_empty()).then_some(found)
}

/// Plans and draws. A stratum's prisons are drawn from the list as it stands, each stratum from its own chance.
pub fn plan(plan: &Plan, list: &[Prison]) -> Result<Sample, Vec<Problem>> {
    let engine = |problem: survey::Problem| {
        vec![Problem::of(&problem.place, "engine").with("text", problem.message)]
    };
    let all: f64 = list.iter().map(|prison| prison.people).sum();
    let effect = cluster_effect(plan.per_prison * plan.response, plan.correlation).max(1.0);
    let wanted = Wanted {
        prevalence: plan.prevalence,
        margin: plan.margin,
        level: plan.level,
        design_effect: effect,
        response: plan.response,
        population: (all > 0.0).then_some(all),
    };
    let people = people_to_ask(&wanted).map_err(engine)? as f64;
    let prisons = (people / plan.per_prison).ceil().max(LEAST_PRISONS as f64);
    let mut sample = Sample {
        people,
        prisons,
        design_effect: effect,
        chosen: Vec::new(),
        strata: Vec::new(),
        expected: Vec::new(),
        short: None,
    };
    if !list.is_empty() {
        draw(plan, list, &mut sample)?;
    }
    let (answers, effect) = yielded(plan, &sample);
    let units = if sample.chosen.is_empty() { prisons } else { sample.chosen.len() as f64 };
    let df = (units - sample.strata.len().max(1) as f64).max(1.0);
    sample.expected = [1.0, 0.5, 0.25, 0.1]
        .into_iter()
        .map(|part| expected(plan, part, answers, effect, df))
        .collect();
    Ok(sample)
}

fn draw(plan: &Plan, list: &[Prison], sample: &mut Sample) -> Result<(), Vec<Problem>> {
    let mut names: Vec<&str> = Vec::new();
    for prison in list {
        if !names.contains(&prison.stratum.as_str()) {
            names.push(&prison.stratum);
        }
    }
    let of = |name: &str| -> Vec<usize> {
        (0..list.len()).filter(|&at| list[at].stratum == name && list[at].people > 0.0).collect()
    };
    let members: Vec<Vec<usize>> = names.iter().map(|name| of(name)).collect();
    if members.iter().all(Vec::is_empty) {
        return Err(vec![Problem::of("", "nobody-held")]);
    }
    let held: Vec<f64> =
        members.iter().map(|of| of.iter().map(|&at| list[at].people).sum()).collect();
    let open: Vec<u64> = members.iter().map(|of| of.len() as u64).collect();
    // Prisons in proportion to people held, so that interviews weigh about the same; no stratum gets more than it has.
    let counts = share_out(sample.prisons as u64, &held, &open);
    let each = (sample.people / counts.iter().sum::<u64>().max(1) as f64).ceil();
    let mut chosen: Vec<(usize, Chosen)> = Vec::new();
    for (stratum, name) in names.iter().enumerate() {
        let (of, count) = (&members[stratum], counts[stratum] as usize);
        let mut asked = 0.0;
        if count > 0 {
            let sizes: Vec<f64> = of.iter().map(|&at| list[at].people).collect();
            // A stream of its own for each stratum: a prison added in one moves no draw of another.
            let seed = plan.seed.wrapping_add((stratum as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15));
            let drawn =
                draw_by_size(&sizes, count, &mut Chance::new(seed)).map_err(|problems| {
                    let one = |problem: survey::Problem| {
                        Problem::of(&problem.place, "engine").with("text", problem.message)
                    };
                    problems.into_iter().map(one).collect::<Vec<_>>()
                })?;
            for one in drawn {
                let prison = &list[of[one.index]];
                let ask = each.min(prison.people.floor()).max(1.0);
                asked += ask;
                let made = Chosen {
                    prison: prison.name.clone(),
                    stratum: (*name).to_owned(),
                    people: prison.people,
                    ask,
                    chance: one.chance,
                    base_weight: one.base_weight,
                    weight: one.base_weight * prison.people / ask,
                };
                chosen.push((of[one.index], made));
            }
        }
        sample.strata.push(Stratum {
            name: (*name).to_owned(),
            prisons: of.len(),
            people: held[stratum],
            drawn: count,
            asked,
        });
    }
    chosen.sort_by_key(|(at, _)| *at);
    sample.chosen = chosen.into_iter().map(|(_, one)| one).collect();
    let reached: f64 = sample.chosen.iter().map(|one| one.ask).sum();
    sample.short = (reached < sample.people).then_some(reached);
    Ok(())
}

/// Prisons to each stratum in proportion to the people in it, two at least where there are two.
fn share_out(total: u64, held: &[f64], open: &[u64]) -> Vec<u64> {
    let sizes: Vec<u64> = open.to_vec();
    // The mean prison of a stratum as its deviation makes size × deviation the people in it.
    let means: Vec<f64> =
        held.iter().zip(open).map(|(held, open)| held / (*open).max(1) as f64).collect();
    allocate(total, &sizes, &means, LEAST_PRISONS)
}

/// Who will answer of those that the drawn prisons are asked for, and the design effect that goes with them.
fn yielded(plan: &Plan, sample: &Sample) -> (f64, f64) {
    if sample.chosen.is_empty() {
        return (sample.people * plan.response, sample.design_effect);
    }
    let answers: f64 = sample.chosen.iter().map(|one| one.ask * plan.response).sum();
    // Kish 1965, section 11.7: unequal weights cost 1 + cv². Large prisons taken for certain and small ones asked in full make them so.
    let (mut weights, mut squares) = (0.0, 0.0);
    for one in &sample.chosen {
        let n = one.ask * plan.response;
        weights += n * one.weight;
        squares += n * one.weight * one.weight;
    }
    let unequal = if weights > 0.0 { answers * squares / (weights * weights) } else { 1.0 };
    let mean = answers / sample.chosen.len() as f64;
    (answers, cluster_effect(mean, plan.correlation).max(1.0) * unequal)
}

/// Wilson 1927 with the effective number of answers and t for the prisons' degrees of freedom (Korn and Graubard 1998 use both).
fn expected(plan: &Plan, part: f64, answers: f64, effect: f64, df: f64) -> Expected {
    let n = (answers * part).max(1.0);
    // A part of the people is spread over all prisons, so that fewer of it are in each and the cost of clustering shrinks with it.
    let effect = 1.0 + (effect - 1.0) * part;
    let effective = (n / effect).max(1.0);
    let p = plan.prevalence;
    let z = student_quantile(0.5 + plan.level / 2.0, df);
    let middle = (p + z * z / (2.0 * effective)) / (1.0 + z * z / effective);
    let half = z / (1.0 + z * z / effective)
        * (p * (1.0 - p) / effective + z * z / (4.0 * effective * effective)).sqrt();
    Expected {
        part,
        answers: n,
        effective,
        low: (middle - half).max(0.0),
        high: (middle + half).min(1.0),
    }
}

impl Sample {
    /// Whether the list names strata.
    pub fn has_strata(&self) -> bool {
        self.strata.len() > 1 || self.strata.iter().any(|stratum| !stratum.name.is_empty())
    }

    /// The drawn prisons with their base weights, for whoever prepares the field work.
    pub fn csv(&self) -> String {
        let mut out = csv::Writer::from_writer(Vec::new());
        // Writing to memory cannot fail.
        let _ = out.write_record([
            "prison",
            "stratum",
            "people_held",
            "ask",
            "chance",
            "base_weight",
            "weight",
        ]);
        for one in &self.chosen {
            let _ = out.write_record([
                base::table::harmless(&one.prison),
                base::table::harmless(self.stratum_of(one)),
                one.people.to_string(),
                one.ask.to_string(),
                one.chance.to_string(),
                one.base_weight.to_string(),
                one.weight.to_string(),
            ]);
        }
        String::from_utf8(out.into_inner().unwrap_or_default()).unwrap_or_default()
    }

    /// A prison taken for certain is its own stratum when the interviews are estimated: nothing of its kind was left undrawn.
    fn stratum_of<'a>(&self, one: &'a Chosen) -> &'a str {
        if one.stratum.is_empty() { "all" } else { &one.stratum }
    }

    /// `design.toml` for `throughcare estimate`: what columns the interviews must have, and why the design is so.
    pub fn design(&self, plan: &Plan) -> String {
        let mut text = String::new();
        let _ = writeln!(
            text,
            "# How this sample was drawn: {} prisons with probability proportional to the people held (systematic, Madow 1949), seed {}.",
            self.chosen.len(),
            plan.seed
        );
        let _ = writeln!(
            text,
            "# In each interview write the columns prison and stratum as they stand in the list of drawn prisons, and weight:"
        );
        let _ = writeln!(
            text,
            "# base_weight of the prison × people held there on the day ÷ people who answered there."
        );
        let _ = writeln!(
            text,
            "# Variance as if prisons were drawn with replacement within strata, which is slightly cautious for a systematic draw."
        );
        let certain = self.chosen.iter().filter(|one| one.chance >= 1.0).count();
        if certain > 0 {
            let _ = writeln!(
                text,
                "# {certain} prisons were so large that they were certain; counting them with the others makes intervals cautious, not too narrow."
            );
        }
        text.push_str("weights = \"weight\"\n");
        text.push_str("# A stratum in which only one prison answered is compared with the mean of all.\nlonely = \"adjust\"\n\n[[stage]]\nclusters = \"prison\"\n");
        text.push_str("strata = \"stratum\"\n");
        text
    }
}
