//! Our figures of every design in the folder, one line each: design, statistic, domain, which part of it, value.

use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use survey::*;

use crate::frame::{Frame, Spec};

pub const QUANTILES: [f64; 4] = [0.1, 0.25, 0.5, 0.9];
const INTERVALS: [(&str, Interval); 6] = [
    ("logit", Interval::Logit),
    ("likelihood", Interval::Likelihood),
    ("asin", Interval::Arcsine),
    ("beta", Interval::Beta),
    ("mean", Interval::Mean),
    ("xlogit", Interval::Xlogit),
];

pub fn write(folder: &Path) -> Result<(), Box<dyn Error>> {
    let mut lines = Lines { text: "design,stat,domain,what,value\n".into(), design: String::new() };
    for spec in Spec::read_all(&folder.join("designs.csv"))? {
        lines.design = spec.word("id").to_owned();
        let frame = Frame::read(&folder.join(format!("{}.csv", lines.design)))?;
        match design(&frame, &spec) {
            Ok(design) => {
                lines.put("design", "", "made", 1.0);
                estimates(&frame, &design, &mut lines)?;
                given_replicates(&frame, &spec, &mut lines)?;
                made_replicates(&frame, &spec, &design, &mut lines, folder)?;
                models(&frame, &design, &mut lines);
            }
            Err(problems) => {
                eprintln!("{}: {}", lines.design, problems[0]);
                lines.put("design", "", "made", 0.0);
            }
        }
    }
    Ok(fs::write(folder.join("ours.csv"), lines.text)?)
}

/// What is written.
pub struct Lines {
    text: String,
    design: String,
}

impl Lines {
    pub fn put(&mut self, stat: &str, domain: &str, what: &str, value: f64) {
        let value = if value.is_finite() { format!("{value:e}") } else { "NA".into() };
        writeln!(self.text, "{},{stat},{domain},{what},{value}", self.design).expect("text");
    }

    fn figure(&mut self, stat: &str, domain: &str, figure: &Estimate) {
        if figure.n == 0 {
            return;
        }
        let (low, high) = figure.bounds.unwrap_or((f64::NAN, f64::NAN));
        for (what, value) in [
            ("value", figure.value),
            ("se", figure.se),
            ("low", low),
            ("high", high),
            ("df", figure.df),
        ] {
            self.put(stat, domain, what, value);
        }
    }
}

type Made = Result<Design, Vec<Problem>>;

/// The design as designs.csv describes it.
pub fn design(frame: &Frame, spec: &Spec) -> Made {
    let rows = frame.rows();
    let weights = frame.numbers("w");
    let (s1, s2) = (frame.groups("s1"), frame.groups("s2"));
    let (c1, c2, c3) = (frame.groups("c1"), frame.groups("c2"), frame.groups("c3"));
    let sizes = ["f1", "f2", "f3"].map(|name| frame.numbers(name));
    let stage = |index: usize| Stage {
        clusters: Clusters::Groups([&c1, &c2, &c3][index]),
        strata: match index {
            0 if spec.is("strata") => Some(&s1),
            1 if spec.is("inner_strata") => Some(&s2),
            _ => None,
        },
        population: if spec.is("fpc") {
            Population::Sizes(&sizes[index])
        } else {
            Population::Unlimited
        },
    };
    let plan = Plan {
        weights: Weights::Given(&weights),
        stages: (0..spec.number("stages") as usize).map(stage).collect(),
        lonely: match spec.word("lonely") {
            "remove" => Lonely::Remove,
            "certainty" => Lonely::Certainty,
            "adjust" => Lonely::Adjust,
            "average" => Lonely::Average,
            _ => Lonely::Fail,
        },
        lonely_in_domains: spec.is("in_domains"),
        numbers_restart: true,
    };
    let design = Design::new(&plan, rows)?;
    let (ps, pt) = (frame.groups("ps"), frame.groups("pt"));
    let ps_totals = ["psA", "psB", "psC"].map(|name| spec.number(name));
    let pt_totals = ["ptA", "ptB"].map(|name| spec.number(name));
    let known = Known { groups: &ps, totals: &ps_totals };
    let auxiliary = || {
        Auxiliary::new().people(rows, spec.number("people")).groups(&ps, &ps_totals).values(
            "x",
            frame.numbers("x"),
            spec.number("x"),
        )
    };
    match spec.word("adjust") {
        "post" => design.post_stratified(known),
        "rake" => {
            let stop = Raking { tolerance_people: 1e-9, rounds: 500 };
            design.raked(&[known, Known { groups: &pt, totals: &pt_totals }], &stop)
        }
        "greg" => design.calibrated(&auxiliary(), Distance::Linear),
        "rakecal" => design.calibrated(&auxiliary(), Distance::Raking),
        "logitcal" => design.calibrated(&auxiliary(), Distance::Logit { lower: 0.4, upper: 2.5 }),
        "linear_bounds" => {
            design.calibrated(&auxiliary(), Distance::LinearWithin { lower: 0.6, upper: 1.6 })
        }
        "raking_bounds" => {
            design.calibrated(&auxiliary(), Distance::RakingWithin { lower: 0.5, upper: 2.0 })
        }
        "together" => design.calibrated_together(&auxiliary(), Distance::Linear, &c1),
        _ => Ok(design),
    }
}

fn estimates(frame: &Frame, design: &Design, lines: &mut Lines) -> Result<(), Box<dyn Error>> {
    let rows = frame.rows();
    let (y, z, b, x) =
        (frame.numbers("y"), frame.numbers("z"), frame.numbers("b"), frame.numbers("x"));
    let (q, groups) = (frame.numbers("q"), frame.groups("g"));
    let all = Domains::all(rows);
    let by = Domains::crossing(&[("g", &groups)]).map_err(told)?;
    let values = Values::Numbers;
    for domains in [&all, &by] {
        let table = Table::new(design, domains).map_err(told)?;
        let name = |domain: usize| domains.names()[domain].first().map_or("all", String::as_str);
        let options = Options::default();
        for (stat, statistic) in [
            ("mean", Statistic::Mean(values(&y))),
            ("total", Statistic::Total(values(&y))),
            ("ratio", Statistic::Ratio(values(&y), values(&z))),
            ("variance", Statistic::Variance(values(&y))),
            ("count", Statistic::Total(values(&b))),
        ] {
            for figure in estimate(&table, statistic, &options).map_err(told)? {
                lines.figure(stat, name(figure.domain), &figure);
                if stat == "mean" && figure.n > 0 {
                    let effect = figure.design_effect.unwrap_or(f64::NAN);
                    lines.put("deff", name(figure.domain), "value", effect);
                }
            }
        }
        for (method, interval) in INTERVALS {
            let options = Options { interval, ..options };
            let statistic = Statistic::Proportion(values(&b));
            for figure in estimate(&table, statistic, &options).map_err(told)? {
                lines.figure(&format!("prop_{method}"), name(figure.domain), &figure);
            }
        }
        for share in QUANTILES {
            for (stat, column) in [("quantile", &y), ("quantile_ties", &q)] {
                for found in quantile(&table, values(column), share, &options).map_err(told)? {
                    if found.below.n == 0 {
                        continue;
                    }
                    let stat = format!("{stat}_{share}");
                    lines.put(&stat, name(found.domain), "value", found.value);
                    lines.put(&stat, name(found.domain), "se", found.se);
                    lines.put(&stat, name(found.domain), "low", found.low.unwrap_or(f64::NAN));
                    lines.put(&stat, name(found.domain), "high", found.high.unwrap_or(f64::NAN));
                }
            }
        }
    }
    // Between domains, and between measures.
    let table = Table::new(design, &by).map_err(told)?;
    let made = estimate_with_influence(&table, Statistic::Mean(values(&x)), &Options::default())
        .map_err(told)?;
    if let [(_, a), (_, b), ..] = &made[..] {
        lines.put("covariance", "a:b", "value", covariance(design, a, b));
        let difference = contrast(design, &[(1.0, a), (-1.0, b)], 0.95);
        lines.put("contrast", "a-b", "value", difference.value);
        lines.put("contrast", "a-b", "se", difference.se);
    }
    let table = Table::new(design, &all).map_err(told)?;
    let of = |column| {
        let statistic = Statistic::Total(Values::Numbers(column));
        estimate_with_influence(&table, statistic, &Options::default())
            .map(|mut made| made.remove(0).1)
            .map_err(told)
    };
    let k = frame.numbers("k");
    lines.put("covariance", "k:z", "value", covariance(design, &of(&k)?, &of(&z)?));
    if let Ok(found) = association(design, &frame.groups("b"), &frame.groups("h")) {
        for (what, value) in
            [("F", found.f), ("over", found.df.0), ("under", found.df.1), ("p", found.p)]
        {
            lines.put("svychisq", "b:h", what, value);
        }
    }
    Ok(())
}

fn weighted_mean(values: &[f64]) -> impl Fn(&[f64]) -> f64 {
    move |weights| {
        let sum: f64 = weights.iter().zip(values).map(|(w, x)| w * x).sum();
        sum / weights.iter().sum::<f64>()
    }
}

/// The three statistics that the replicates are tried on.
fn replicated(lines: &mut Lines, stat: &str, frame: &Frame, replicates: &Replicates) {
    let (x, z) = (frame.numbers("x"), frame.numbers("z"));
    let total = |weights: &[f64]| weights.iter().zip(&x).map(|(w, x)| w * x).sum::<f64>();
    let ratio =
        |weights: &[f64]| total(weights) / weights.iter().zip(&z).map(|(w, z)| w * z).sum::<f64>();
    for (domain, (value, se)) in [
        ("mean", replicates.estimate(weighted_mean(&x))),
        ("total", replicates.estimate(total)),
        ("ratio", replicates.estimate(ratio)),
    ] {
        lines.put(stat, domain, "value", value);
        lines.put(stat, domain, "se", se);
    }
}

fn given_replicates(frame: &Frame, spec: &Spec, lines: &mut Lines) -> Result<(), Box<dyn Error>> {
    let (full, sets) = (frame.numbers("w"), frame.replicates());
    if sets.is_empty() {
        return Ok(());
    }
    let kind = spec.word("replicates");
    let count = sets.len() as f64;
    let replicates = match kind {
        "BRR" => Replicates::balanced(full, sets, 0.0),
        "Fay" => Replicates::balanced(full, sets, 0.3),
        "ACS" => Replicates::successive_difference(full, sets),
        "bootstrap" => Replicates::given(full, sets, vec![1.0 / (count - 1.0); 8], Centre::Mean),
        "JK1" => Replicates::given(full, sets, vec![7.0 / 8.0; 8], Centre::Mean),
        "JKn" => {
            let factors = (1..=8).map(|k| f64::from(k) / 9.0).collect();
            Replicates::given(full, sets, factors, Centre::Estimate)
        }
        _ => {
            let factors = (1..=8).rev().map(|k| f64::from(k) / 16.0).collect();
            Replicates::given(full, sets, factors, Centre::Mean)
        }
    }
    .map_err(told)?;
    let stat = format!("given_{kind}");
    replicated(lines, &stat, frame, &replicates);
    lines.put(&stat, "", "df", replicates.degrees_of_freedom());
    Ok(())
}

fn made_replicates(
    frame: &Frame,
    spec: &Spec,
    design: &Design,
    lines: &mut Lines,
    folder: &Path,
) -> Result<(), Box<dyn Error>> {
    if spec.word("adjust") != "none" {
        return Ok(());
    }
    replicated(lines, "jackknife", frame, &Replicates::jackknife(design));
    for (stat, fay) in [("half_samples", 0.0), ("half_samples_fay", 0.4)] {
        // Designs of two units in each stratum only; the sets go to R, which takes them as they are.
        let Ok(replicates) = Replicates::half_samples(design, fay) else { continue };
        replicated(lines, stat, frame, &replicates);
        let mut text = String::new();
        for row in 0..frame.rows() {
            let of: Vec<String> =
                replicates.sets().iter().map(|set| format!("{:e}", set[row])).collect();
            writeln!(text, "{}", of.join(","))?;
        }
        fs::write(folder.join(format!("{}.{stat}", spec.word("id"))), text)?;
    }
    Ok(())
}

/// Models of the three families, each with a test of its groups, and a t test.
fn models(frame: &Frame, design: &Design, lines: &mut Lines) {
    let rows = frame.rows();
    let x = frame.numbers("x");
    let terms = || Terms::constant(rows).values("x", Values::Numbers(&x));
    for (stat, answer, group, family) in [
        ("svyglm_gaussian", "y", "g", Family::Gaussian),
        ("svyglm_binomial", "b", "h", Family::Binomial),
        ("svyglm_poisson", "k", "ps", Family::Poisson),
    ] {
        let terms = terms().groups(group, &frame.groups(group));
        let answers = frame.numbers(answer);
        let Ok(model) = fit_model(design, Values::Numbers(&answers), &terms, family, 0.95) else {
            continue;
        };
        for (at, coefficient) in model.coefficients.iter().enumerate() {
            let at = at.to_string();
            let (low, high) = coefficient.bounds.unwrap_or((f64::NAN, f64::NAN));
            for (what, value) in [
                ("value", coefficient.value),
                ("se", coefficient.se),
                ("low", low),
                ("high", high),
                ("p", coefficient.p.unwrap_or(f64::NAN)),
            ] {
                lines.put(stat, &at, what, value);
            }
        }
        lines.put(stat, "cov", "covariance", model.covariance[0][1]);
        lines.put(stat, "cov", "df", model.df);
        if let Some(wald) = model.wald(group) {
            lines.put(stat, "wald", "F", wald.f);
            lines.put(stat, "wald", "p", wald.p);
        }
    }
    let y = frame.numbers("y");
    if let Ok(test) = t_test(design, Values::Numbers(&y), &frame.groups("pt"), 0.95) {
        let (low, high) = test.bounds.unwrap_or((f64::NAN, f64::NAN));
        for (what, value) in [
            ("value", test.value),
            ("t", test.t),
            ("p", test.p.unwrap_or(f64::NAN)),
            ("low", low),
            ("high", high),
        ] {
            lines.put("svyttest", "y:pt", what, value);
        }
    }
}

pub fn told(problems: Vec<Problem>) -> String {
    problems.iter().map(Problem::to_string).collect::<Vec<_>>().join("; ")
}
