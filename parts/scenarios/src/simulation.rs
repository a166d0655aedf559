//! A full run: a country's model and policies from files, as many draws as asked for, everybody followed; and the files that it leaves.
//! The same country, policies, draws and seed give the same bytes in every file, on any number of threads.

use std::collections::BTreeMap;

use base::Table;
use base::language::{Arg, Words};
use base::table::{Cell, Column};
use chart::{Bar, Bars, Cloud, Frame, Heading, Hue, Plane, Point, Series, Size, Trend};
use epidemic::certificate::Certificate;
use epidemic::questions::budget_curve;
use epidemic::{
    Country, Ensemble, Interval, Parameters, Plan, Problem, Quantity, Scenario, Seed, Where,
};
use serde::Serialize;

use crate::answer::Range;
use crate::elimination::{self, Elimination, GOALS, Row, Told};
use crate::model::Model;
use crate::{drawn, shown};

/// What is to be run.
#[derive(Debug)]
pub struct Simulation {
    pub country: &'static Country,
    pub arms: Vec<Scenario>,
    pub draws: Vec<Parameters>,
    pub calibrated: bool,
    pub seed: u64,
    pub years: usize,
    /// Per cent of the people that are followed.
    pub people: f64,
}

/// How to run it.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    pub draws: usize,
    pub seed: u64,
    pub years: usize,
    pub people: f64,
    /// Draw from the country's file although a calibration is there.
    pub from_file: bool,
}

impl Simulation {
    /// The country as it goes on and every policy of `files` (name, text).
    ///
    /// # Errors
    /// Everything that is wrong with the files, by file and line.
    pub fn new(
        model: &'static Model,
        files: &[(String, String)],
        settings: Settings,
    ) -> Result<Simulation, Vec<Problem>> {
        let mut arms = vec![Scenario::status_quo()];
        let mut problems = Vec::new();
        for (name, text) in files {
            let (scenario, mut wrong) = Scenario::read(name, text, &model.country);
            if let Some(scenario) = &scenario
                && arms.iter().any(|arm| arm.name == scenario.name)
            {
                let message = format!("another policy is called {:?} already", scenario.name);
                problems.push(Problem { file: name.clone(), line: 1, message });
            }
            problems.append(&mut wrong);
            arms.extend(scenario);
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let seed = Seed(settings.seed);
        let calibrated = model.calibrated.is_some() && !settings.from_file;
        let draws = if calibrated {
            model.draws(seed, settings.draws)
        } else {
            (0..settings.draws as u32).map(|draw| model.country.draw(seed, draw)).collect()
        };
        let Settings { seed, years, people, .. } = settings;
        Ok(Simulation { country: &model.country, arms, draws, calibrated, seed, years, people })
    }

    pub fn plan(&self) -> Plan<'_> {
        Plan {
            country: self.country,
            arms: &self.arms,
            seed: Seed(self.seed),
            years: self.years,
            draws: self.draws.clone(),
            share: self.people / 100.0,
            first: 0,
        }
    }
}

/// Outcomes of the summary.
const SUMMARY: [(&str, Quantity); 5] = [
    ("hcv-infections", Quantity::HcvInfections),
    ("hiv-infections", Quantity::HivInfections),
    ("overdose-deaths", Quantity::OverdoseDeaths),
    ("release-deaths", Quantity::OverdoseDeaths4Weeks),
    ("dalys", Quantity::Dalys),
];

fn range(interval: Interval) -> Range {
    let Interval { mean, median, low, high } = interval;
    Range { median, low, high, mean }
}

/// What each policy averts and costs, in words: one row a policy.
pub fn summary(words: &Words, ensemble: &Ensemble, currency: &str) -> Table {
    let mut columns = vec![Column::text("policy", words.say("simulate-policy"))];
    for (id, _) in SUMMARY {
        columns.push(Column::number(id, words.say(&format!("result-{id}"))));
        columns.push(Column::text(&format!("{id}-interval"), words.say("interval")));
    }
    columns.push(Column::number(
        "cost",
        words.say_with("simulate-extra-cost", &[("currency", currency.into())]),
    ));
    columns.push(Column::text("cost-interval", words.say("interval")));
    columns.push(Column::number("per-daly", words.say("result-per-daly")));
    columns.push(Column::number("worth", words.say("simulate-worth")));
    let rows = (1..ensemble.arms.len())
        .map(|arm| {
            let mut row = vec![Cell::text(&ensemble.arms[arm])];
            let mut add = |averted: Option<Interval>, sign: f64| match averted.map(range) {
                Some(r) => {
                    let turned = Range {
                        median: sign * r.median,
                        low: sign * r.low,
                        high: sign * r.high,
                        mean: r.mean,
                    };
                    let turned = if sign < 0.0 {
                        Range { low: turned.high, high: turned.low, ..turned }
                    } else {
                        turned
                    };
                    row.push(Cell::number(turned.median + 0.0, shown::count(words, &turned)));
                    row.push(Cell::text(shown::interval(words, &turned)));
                }
                None => row.extend([Cell::missing(""), Cell::missing("")]),
            };
            for (_, quantity) in SUMMARY {
                add(ensemble.averted(arm, quantity, Where::Everywhere), 1.0);
            }
            add(ensemble.averted(arm, Quantity::Cost, Where::Everywhere), -1.0);
            let each = ensemble.cost_per_averted(arm, Quantity::Dalys);
            row.push(each.map_or_else(
                || Cell::missing(words.say("scenario-no-ratio")),
                |each| Cell::number(each, crate::inputs::significant(words, each)),
            ));
            let pays = ensemble.draws.first().map_or(0.0, |draw| draw.willingness_to_pay);
            let worth = ensemble.acceptable(arm, pays).unwrap_or(0.0);
            row.push(Cell::number(worth, words.number(100.0 * worth, 0)));
            row
        })
        .collect();
    Table {
        id: "summary".into(),
        caption: words.say_with(
            "simulate-caption",
            &[
                ("first", Arg::Name(ensemble.start.into())),
                ("until", Arg::Name((ensemble.start + ensemble.years as i32 - 1).into())),
                ("draws", ensemble.draws.len().into()),
            ],
        ),
        columns,
        rows,
        note: None,
        sources: Vec::new(),
    }
}

/// Everything that a run leaves, by the name of its file: results, summary, certificate, policies, drawings as SVG.
pub fn files(
    words: &Words,
    simulation: &Simulation,
    ensemble: &Ensemble,
) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut put = |name: &str, bytes: Vec<u8>| {
        files.insert(name.to_owned(), bytes);
    };
    put("results.csv", ensemble.csv().into_bytes());
    let eliminations = eliminations(simulation, ensemble);
    if !eliminations.is_empty() {
        let rows = elimination_rows(words, simulation, ensemble, &eliminations);
        let code = &simulation.country.code;
        put("elimination.csv", elimination::table(words, &rows, Told::Apart, code).csv());
    }
    put("summary.csv", summary(words, ensemble, &simulation.country.currency).csv());
    let plan = simulation.plan();
    let certificate = Certificate::of(&plan, ensemble);
    let wire = serde_json::to_string_pretty(&certified(&certificate, simulation, ensemble));
    put("certificate.json", wire.unwrap_or_default().into_bytes());
    for arm in &simulation.arms[1..] {
        put(&format!("policies/{}.toml", file_name(&arm.name)), arm.toml().into_bytes());
    }
    for (name, svg) in drawings(words, simulation, ensemble) {
        put(&format!("{name}.svg"), svg.into_bytes());
    }
    files
}

/// How each arm stands to WHO's targets; nothing where the run ends before their year.
fn eliminations(simulation: &Simulation, ensemble: &Ensemble) -> Vec<Elimination> {
    let code = &simulation.country.code;
    (0..ensemble.arms.len())
        .filter_map(|arm| elimination::elimination(ensemble, arm, code))
        .collect()
}

fn elimination_rows<'a>(
    words: &Words,
    simulation: &Simulation,
    ensemble: &Ensemble,
    eliminations: &'a [Elimination],
) -> Vec<Row<'a>> {
    let row = |(arm, elimination): (usize, &'a Elimination)| Row {
        name: if arm == 0 { words.say("arm-status-quo") } else { ensemble.arms[arm].clone() },
        href: None,
        elimination,
        with_policy: arm > 0,
        first: ensemble.start,
        until: ensemble.start + ensemble.years as i32 - 1,
        draws: ensemble.draws.len(),
        calibrated: simulation.calibrated,
    };
    eliminations.iter().enumerate().map(row).collect()
}

/// A name as the name of a file: letters, digits and hyphens.
pub(crate) fn file_name(name: &str) -> String {
    let plain: String = base::table::plain(name)
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    let parts: Vec<&str> = plain.split('-').filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { "policy".into() } else { parts.join("-") }
}

/// The certificate as it leaves.
#[derive(Serialize)]
struct Wire {
    version: String,
    seed: u64,
    draws: usize,
    draws_asked: usize,
    complete: bool,
    calibrated: bool,
    years: usize,
    share: f64,
    people_followed: f64,
    hash: String,
    inputs: BTreeMap<String, String>,
    assumed: Vec<&'static str>,
    steadiness: Vec<WireSteadiness>,
    mean_field: Vec<WireAgreement>,
}

#[derive(Serialize)]
struct WireSteadiness {
    policy: String,
    quantity: &'static str,
    averted: [f64; 3],
    mean_moves: f64,
    low_moves: f64,
    high_moves: f64,
}

#[derive(Serialize)]
struct WireAgreement {
    policy: String,
    quantity: &'static str,
    engine: f64,
    mean_field: f64,
    noise: f64,
}

fn certified(c: &Certificate, simulation: &Simulation, ensemble: &Ensemble) -> Wire {
    let arm = |arm: usize| ensemble.arms[arm].clone();
    Wire {
        version: c.version.clone(),
        seed: c.seed,
        draws: c.draws,
        draws_asked: c.draws_asked,
        complete: ensemble.complete,
        calibrated: simulation.calibrated,
        years: c.years,
        share: c.share,
        people_followed: c.people_followed,
        hash: c.hash.to_string(),
        inputs: c.inputs.iter().map(|input| (input.name.clone(), input.hash.to_string())).collect(),
        assumed: c.assumed.clone(),
        steadiness: c
            .steadiness
            .iter()
            .map(|s| WireSteadiness {
                policy: arm(s.arm),
                quantity: s.quantity.word(),
                averted: [s.averted.median, s.averted.low, s.averted.high],
                mean_moves: s.mean_moves,
                low_moves: s.low_moves,
                high_moves: s.high_moves,
            })
            .collect(),
        mean_field: c
            .mean_field
            .iter()
            .map(|a| WireAgreement {
                policy: arm(a.arm),
                quantity: a.quantity.word(),
                engine: a.engine,
                mean_field: a.mean_field,
                noise: a.noise,
            })
            .collect(),
    }
}

/// The drawings of a run: prevalence with targets, what is averted, the plane of health and money, the budget curve.
pub fn drawings(
    words: &Words,
    simulation: &Simulation,
    ensemble: &Ensemble,
) -> Vec<(String, String)> {
    let mut source = words.say_with(
        "simulate-source",
        &[
            ("country", simulation.country.name.as_str().into()),
            ("draws", ensemble.draws.len().into()),
            ("seed", Arg::Name(simulation.seed as i64)),
            ("version", epidemic::inputs::version().into()),
        ],
    );
    if !simulation.calibrated {
        source = format!("{} {source}", words.say("scenario-not-fitted"));
    }
    let mut drawings = Vec::new();
    for (name, quantity, measure) in [
        ("prevalence-hiv", Quantity::HivPrevalence, "hiv_among_current"),
        ("prevalence-hcv", Quantity::HcvPrevalence, "hcv_viraemic_among_current"),
    ] {
        drawings.push((
            name.to_owned(),
            prevalence(words, simulation, ensemble, name, (quantity, measure), &source),
        ));
    }
    let eliminations = eliminations(simulation, ensemble);
    let rows = elimination_rows(words, simulation, ensemble, &eliminations);
    for goal in GOALS {
        // The last policy, as in the drawings of prevalence.
        let drawing = rows.last().and_then(|row| drawn::incidence(words, row, goal, Some(&source)));
        drawings.extend(drawing.map(|drawing| (format!("elimination-{}", goal.id), drawing.svg)));
    }
    if ensemble.arms.len() > 1 {
        for (id, quantity) in SUMMARY {
            drawings
                .push((format!("averted-{id}"), averted(words, ensemble, id, quantity, &source)));
        }
        drawings.push(("plane".into(), plane(words, simulation, ensemble, &source)));
        drawings.push(("budget".into(), budget(words, simulation, ensemble, &source)));
    }
    drawings
}

fn alone<'a>(
    id: &'a str,
    title: &'a str,
    heading: Heading<'a>,
    number: &'a dyn Fn(f64) -> String,
) -> Frame<'a> {
    Frame {
        width: 760.0,
        heading: Some(heading),
        size: Size::Fixed,
        ..Frame::new(id, title, number)
    }
}

/// Hues of arms, the first grey.
pub fn hue(arm: usize) -> Hue {
    if arm == 0 { Hue::Neutral } else { Hue::Accent((arm - 1) as u8) }
}

fn prevalence(
    words: &Words,
    simulation: &Simulation,
    ensemble: &Ensemble,
    name: &str,
    (quantity, measure): (Quantity, &str),
    source: &str,
) -> String {
    // Two arms at most: more bands than that hide each other.
    let arms: Vec<usize> =
        if ensemble.arms.len() > 1 { vec![0, ensemble.arms.len() - 1] } else { vec![0] };
    let mut series: Vec<Series> = arms
        .iter()
        .map(|&arm| Series {
            label: if arm == 0 { words.say("arm-status-quo") } else { ensemble.arms[arm].clone() },
            hue: hue(arm),
            points: (0..ensemble.years)
                .filter_map(|year| {
                    let found = ensemble.in_year(arm, quantity, Where::Everywhere, year)?;
                    Some(Point {
                        // A stock at the end of the year.
                        year: f64::from(ensemble.start + year as i32),
                        value: 100.0 * found.median,
                        low: Some(100.0 * found.low),
                        high: Some(100.0 * found.high),
                        ..Point::default()
                    })
                })
                .collect(),
        })
        .collect();
    for target in simulation.country.targets.iter().filter(|t| t.measure.word() == measure) {
        series.push(Series {
            label: words.say("simulate-target"),
            hue: Hue::Outside,
            points: vec![Point {
                year: f64::from(target.year),
                value: 100.0 * target.value,
                low: Some(100.0 * target.low),
                high: Some(100.0 * target.high),
                ..Point::default()
            }],
        });
    }
    let title = words.say(&format!("simulate-{name}"));
    let subtitle = words.say("simulate-prevalence-of");
    let number = |value: f64| words.number(value, u8::from(value.abs() < 10.0 && value != 0.0));
    let frame = alone(name, &title, Heading { subtitle: &subtitle, source }, &number);
    Trend { series, from_zero: true, unit: "%".into(), ..Trend::default() }.draw(&frame)
}

fn averted(
    words: &Words,
    ensemble: &Ensemble,
    id: &str,
    quantity: Quantity,
    source: &str,
) -> String {
    let bars = (1..ensemble.arms.len())
        .filter_map(|arm| {
            let found = ensemble.averted(arm, quantity, Where::Everywhere)?;
            Some(Bar {
                label: ensemble.arms[arm].clone(),
                value: found.median,
                low: Some(found.low),
                high: Some(found.high),
                hue: hue(arm),
                ..Bar::default()
            })
        })
        .collect();
    let what = words.say(&format!("result-{id}"));
    let title = words.say_with("simulate-averted", &[("what", what.into())]);
    let subtitle = words.say_with("simulate-averted-of", &[("years", ensemble.years.into())]);
    let number = |value: f64| shown::two_digits(words, value);
    let name = format!("averted-{id}");
    let frame = alone(&name, &title, Heading { subtitle: &subtitle, source }, &number);
    Bars { bars }.draw(&frame)
}

fn plane(words: &Words, simulation: &Simulation, ensemble: &Ensemble, source: &str) -> String {
    let clouds = (1..ensemble.arms.len())
        .map(|arm| {
            let dalys = ensemble.averted_by_draw(arm, Quantity::Dalys, Where::Everywhere);
            let saved = ensemble.averted_by_draw(arm, Quantity::Cost, Where::Everywhere);
            let draws: Vec<(f64, f64)> =
                dalys.into_iter().zip(saved).map(|(d, s)| (d, -s / 1e6)).collect();
            cloud(&ensemble.arms[arm], hue(arm), draws)
        })
        .collect();
    let pays = ensemble.draws.first().map_or(0.0, |draw| draw.willingness_to_pay);
    plane_of(words, clouds, pays, &simulation.country.currency, Some(source), 760.0, "plane")
}

/// A cloud with its means as its middle: the ratio that decides is one of means.
pub fn cloud(label: &str, hue: Hue, draws: Vec<(f64, f64)>) -> Cloud {
    let n = draws.len().max(1) as f64;
    let middle =
        (draws.iter().map(|d| d.0).sum::<f64>() / n, draws.iter().map(|d| d.1).sum::<f64>() / n);
    Cloud { label: label.into(), hue, middle: Some(middle), draws, ..Cloud::default() }
}

/// Health against money, for a file (with a source) or a page.
pub fn plane_of(
    words: &Words,
    clouds: Vec<Cloud>,
    pays: f64,
    currency: &str,
    source: Option<&str>,
    width: f64,
    id: &str,
) -> String {
    let title = words.say("plane-title");
    let subtitle = words.say("plane-subtitle");
    let number =
        |value: f64| words.number(value, u8::from(value.abs() < 10.0 && value.fract() != 0.0));
    let heading = source.map(|source| Heading { subtitle: &subtitle, source });
    let frame = Frame {
        width,
        heading,
        size: if source.is_some() { Size::Fixed } else { Size::Fluid },
        description: &subtitle,
        ..Frame::new(id, &title, &number)
    };
    let line =
        words.say_with("plane-line", &[("pays", shown::money(words, pays, 1.0, currency).into())]);
    Plane {
        clouds,
        across: words.say("plane-across"),
        up: words.say_with("plane-up", &[("currency", currency.into())]),
        slope: (pays > 0.0).then_some((pays / 1e6, line)),
        joined: false,
    }
    .draw(&frame)
}

fn budget(words: &Words, simulation: &Simulation, ensemble: &Ensemble, source: &str) -> String {
    let curve = budget_curve(ensemble, Quantity::Dalys);
    let clouds = curve
        .iter()
        .map(|choice| Cloud {
            label: if choice.arm == 0 {
                words.say("arm-status-quo")
            } else {
                ensemble.arms[choice.arm].clone()
            },
            hue: hue(choice.arm),
            middle: Some((choice.cost_per_year / 1e6, choice.averted)),
            ..Cloud::default()
        })
        .collect();
    let title = words.say("budget-curve-title");
    let subtitle = words.say("budget-curve-subtitle");
    let number =
        |value: f64| words.number(value, u8::from(value.abs() < 10.0 && value.fract() != 0.0));
    let frame = alone("budget", &title, Heading { subtitle: &subtitle, source }, &number);
    Plane {
        clouds,
        across: words.say_with(
            "budget-across",
            &[("currency", simulation.country.currency.as_str().into())],
        ),
        up: words.say("plane-across"),
        slope: None,
        joined: true,
    }
    .draw(&frame)
}

/// The summary as a screen shows it: a block for each policy, figures under each other.
pub fn text(words: &Words, ensemble: &Ensemble, currency: &str) -> String {
    let table = summary(words, ensemble, currency);
    let mut text = format!("{}\n", table.caption);
    // A column with an interval after it is written as one figure.
    let labels: Vec<(usize, &str, bool)> = table
        .columns
        .iter()
        .enumerate()
        .skip(1)
        .filter(|(_, column)| !column.key.ends_with("-interval"))
        .map(|(at, column)| {
            let paired =
                table.columns.get(at + 1).is_some_and(|next| next.key.ends_with("-interval"));
            (at, column.label.as_str(), paired)
        })
        .collect();
    let wide = labels.iter().map(|(_, label, _)| label.chars().count()).max().unwrap_or(0);
    for row in &table.rows {
        text.push_str(&format!("\n{}\n", row[0].text));
        for (at, label, paired) in &labels {
            let pad = " ".repeat(wide - label.chars().count());
            let figure = &row[*at].text;
            let interval = if *paired { format!(" ({})", row[at + 1].text) } else { String::new() };
            text.push_str(&format!("  {label}{pad}  {figure}{interval}\n"));
        }
    }
    text
}
