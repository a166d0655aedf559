//! The answers of R's `survey` 4.1-1 on its California schools, twelve designs, replayed figure by figure.
//! Prints how far each kind of figure is from R's; where the recorded cases are not beside the project it says so and stops.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use survey::*;

/// Means, totals, ratios, variances, design effects, and intervals by formula.
const NEAR: f64 = 1e-9;
/// Quantiles and likelihood intervals.
const LOOSE: f64 = 1e-6;

/// A CSV file by columns.
pub struct Frame(BTreeMap<String, Vec<String>>);

impl Frame {
    fn read(path: &Path) -> Frame {
        let mut reader = csv::Reader::from_path(path).expect("the file is readable");
        let names: Vec<String> =
            reader.headers().expect("a heading").iter().map(str::to_owned).collect();
        let mut columns: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for record in reader.records() {
            for (name, field) in names.iter().zip(record.expect("a row").iter()) {
                columns.entry(name.clone()).or_default().push(field.to_owned());
            }
        }
        Frame(columns)
    }

    pub fn rows(&self) -> usize {
        self.0["api00"].len()
    }

    pub fn numbers(&self, name: &str) -> Vec<f64> {
        self.0[name]
            .iter()
            .map(|text| if text == "NA" { f64::NAN } else { text.parse().expect(name) })
            .collect()
    }

    pub fn groups(&self, name: &str) -> Groups {
        Groups::from_text(self.0[name].iter().map(String::as_str))
    }

    /// `ell==0`, `awards=='Yes'`, `meals>80`.
    pub fn flags(&self, condition: &str) -> Vec<u8> {
        if let Some((name, label)) = condition.split_once("=='") {
            return self.0[name]
                .iter()
                .map(|text| u8::from(text == label.trim_end_matches('\'')))
                .collect();
        }
        if let Some((name, limit)) = condition.split_once("==") {
            let limit: f64 = limit.parse().expect("a number");
            return self.numbers(name).iter().map(|value| u8::from(*value == limit)).collect();
        }
        let (name, limit) = condition.split_once('>').expect("a condition");
        let limit: f64 = limit.parse().expect("a number");
        self.numbers(name).iter().map(|value| u8::from(*value > limit)).collect()
    }
}

pub fn cases() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/cases/survey");
    if folder.join("reference.csv").exists() {
        return Some(folder);
    }
    eprintln!(
        "\n*** SKIPPED: R's recorded answers are not in ../shared/cases/survey; agreement with R was NOT checked ***\n"
    );
    None
}

/// The designs of R's own documentation.
pub fn design(folder: &Path, name: &str) -> (Frame, Design) {
    let (file, kind) = name.split_once('_').unwrap_or((name, ""));
    let frame = Frame::read(&folder.join(format!("api{file}.csv")));
    let rows = frame.rows();
    let weights = frame.numbers("pw");
    let sizes = |name: &str| frame.0.get(name).map(|_| frame.numbers(name));
    let (fpc, fpc1, fpc2) = (sizes("fpc"), sizes("fpc1"), sizes("fpc2"));
    let population = |sizes: &'static str| match (kind, sizes) {
        ("nofpc" | "wr", _) => Population::Unlimited,
        (_, "fpc") => Population::Sizes(fpc.as_deref().expect("fpc")),
        (_, "fpc1") => Population::Sizes(fpc1.as_deref().expect("fpc1")),
        _ => Population::Sizes(fpc2.as_deref().expect("fpc2")),
    };
    let (types, districts, schools) =
        (frame.groups("stype"), frame.groups("dnum"), frame.groups("snum"));
    let stages = match file {
        "strat" => vec![Stage {
            clusters: Clusters::Rows,
            strata: Some(&types),
            population: population("fpc"),
        }],
        "srs" => {
            vec![Stage { clusters: Clusters::Rows, strata: None, population: population("fpc") }]
        }
        "clus1" => vec![Stage {
            clusters: Clusters::Groups(&districts),
            strata: None,
            population: population("fpc"),
        }],
        _ => vec![
            Stage {
                clusters: Clusters::Groups(&districts),
                strata: None,
                population: population("fpc1"),
            },
            Stage {
                clusters: Clusters::Groups(&schools),
                strata: None,
                population: population("fpc2"),
            },
        ],
    };
    let weights = if name == "clus2" { Weights::FromPopulation } else { Weights::Given(&weights) };
    let plan = Plan { weights, stages, ..Plan::simple() };
    let design = Design::new(&plan, rows).unwrap_or_else(|problems| panic!("{name}: {problems:?}"));
    let school_types = Known { groups: &types, totals: &[4421.0, 755.0, 1018.0] };
    let wide = frame.groups("sch.wide");
    let auxiliary = || {
        Auxiliary::new().people(rows, 6194.0).groups(&types, school_types.totals).values(
            "api99",
            frame.numbers("api99"),
            3_914_069.0,
        )
    };
    let adjusted = match kind {
        "ps" => design.post_stratified(school_types),
        "rake" => {
            let margins = [school_types, Known { groups: &wide, totals: &[1072.0, 5122.0] }];
            design.raked(&margins, &Raking::default())
        }
        "greg" => design.calibrated(&auxiliary(), Distance::Linear),
        "rakecal" => design.calibrated(&auxiliary(), Distance::Raking),
        "logitcal" => design.calibrated(&auxiliary(), Distance::Logit { lower: 0.5, upper: 2.0 }),
        _ => Ok(design),
    };
    (frame, adjusted.unwrap_or_else(|problems| panic!("{name}: {problems:?}")))
}

struct Ours {
    estimate: f64,
    se: f64,
    bounds: Option<(f64, f64)>,
    df: f64,
}

fn ours(frame: &Frame, design: &Design, stat: &str, var: &str, level: &str) -> Ours {
    let rows = frame.rows();
    let everybody = Domains::all(rows);
    let types = frame.groups("stype");
    let by_type = Domains::crossing(&[("stype", &types)]).expect("types");
    let is_by = stat.starts_with("by_");
    let domains = if is_by { &by_type } else { &everybody };
    let table = Table::new(design, domains).expect("a table");
    let place = if is_by {
        domains.names().iter().position(|name| name[0] == level).expect("a type")
    } else {
        0
    };
    let take = |figures: Vec<Estimate>| {
        let figure = &figures[place];
        Ours { estimate: figure.value, se: figure.se, bounds: figure.bounds, df: figure.df }
    };
    let options = Options::default();
    let one = |statistic| take(estimate(&table, statistic, &options).expect("an estimate"));
    if let Some((_, method)) = stat.split_once("ciprop_") {
        let interval = match method {
            "logit" => Interval::Logit,
            "likelihood" => Interval::Likelihood,
            "asin" => Interval::Arcsine,
            "beta" => Interval::Beta,
            "mean" => Interval::Mean,
            "xlogit" => Interval::Xlogit,
            other => panic!("{other}"),
        };
        let flags = frame.flags(var);
        let statistic = Statistic::Proportion(Values::Flags(&flags));
        return take(
            estimate(&table, statistic, &Options { interval, ..options }).expect("an estimate"),
        );
    }
    if stat == "ratio" {
        let (over, under) = var.split_once('/').expect("a ratio");
        let (over, under) = (frame.numbers(over), frame.numbers(under));
        return one(Statistic::Ratio(Values::Numbers(&over), Values::Numbers(&under)));
    }
    let mut values = frame.numbers(var);
    if stat == "by_mean" {
        // Recorded for both measures at once, so a school without one is without the other.
        let other = frame.numbers("enroll");
        values
            .iter_mut()
            .zip(other)
            .filter(|(_, other)| other.is_nan())
            .for_each(|(value, _)| *value = f64::NAN);
    }
    let values = Values::Numbers(&values);
    match stat {
        "mean" | "by_mean" => one(Statistic::Mean(values)),
        "total" => one(Statistic::Total(values)),
        "var" => one(Statistic::Variance(values)),
        "deff" => {
            let figures = estimate(&table, Statistic::Mean(values), &options).expect("an estimate");
            let effect = figures[0].design_effect.expect("a design effect");
            Ours { estimate: effect, se: f64::NAN, bounds: None, df: f64::NAN }
        }
        "quantile" => {
            let share = level.parse().expect("a share");
            let q = quantile(&table, values, share, &options).expect("a quantile").remove(0);
            Ours {
                estimate: q.value,
                se: q.se,
                bounds: q.low.zip(q.high),
                df: design.degrees_of_freedom(),
            }
        }
        other => panic!("no statistic {other}"),
    }
}

#[test]
fn agrees_with_r() {
    let Some(folder) = cases() else { return };
    let reference = {
        let mut reader = csv::Reader::from_path(folder.join("reference.csv")).expect("readable");
        reader.records().collect::<Result<Vec<_>, _>>().expect("rows")
    };
    assert!(reference.len() >= 400, "only {} cases", reference.len());
    let mut designs: BTreeMap<String, (Frame, Design)> = BTreeMap::new();
    // By statistic and design: figures compared, the furthest, and the greatest allowed.
    let mut table: BTreeMap<String, BTreeMap<String, (usize, f64)>> = BTreeMap::new();
    let mut failures = Vec::new();
    for record in &reference {
        let (name, stat, var, level) = (&record[0], &record[1], &record[2], &record[3]);
        let (frame, design) =
            designs.entry(name.to_owned()).or_insert_with(|| design(&folder, name));
        let ours = ours(frame, design, stat, var, level);
        let allowed = if stat == "quantile" || stat.ends_with("likelihood") { LOOSE } else { NEAR };
        let theirs = |column: usize| record[column].parse::<f64>().ok();
        let size = theirs(4).expect("an estimate").abs();
        let pairs = [
            ("estimate", ours.estimate, theirs(4)),
            ("se", ours.se, theirs(5)),
            ("low", ours.bounds.map_or(f64::NAN, |b| b.0), theirs(6)),
            ("high", ours.bounds.map_or(f64::NAN, |b| b.1), theirs(7)),
            ("df", ours.df, theirs(8)),
        ];
        for (what, our, their) in pairs {
            let Some(their) = their else { continue };
            // A calibrated total has no variance but rounding; its size is measured against the estimate.
            let floor = if stat == "deff" { 1e-6 } else { size * 1e-4 };
            let apart = (our - their).abs() / their.abs().max(floor);
            let apart = if apart.is_nan() { f64::INFINITY } else { apart };
            let cell =
                table.entry(stat.to_owned()).or_default().entry(name.to_owned()).or_default();
            cell.0 += 1;
            cell.1 = cell.1.max(apart);
            if apart > allowed {
                failures.push(format!(
                    "{name} {stat} {var} {level} {what}: {our:e}, R has {their:e} ({apart:.1e})"
                ));
            }
        }
    }
    print_agreement(&table);
    assert!(failures.is_empty(), "{} differ:\n{}", failures.len(), failures.join("\n"));
}

fn print_agreement(table: &BTreeMap<String, BTreeMap<String, (usize, f64)>>) {
    let mut lines =
        vec![format!("{:<20}{:>8}{:>12}   {}", "statistic", "figures", "furthest", "in design")];
    let mut all = 0;
    for (stat, designs) in table {
        let count: usize = designs.values().map(|cell| cell.0).sum();
        let worst = designs.iter().max_by(|a, b| a.1.1.total_cmp(&b.1.1)).expect("one");
        lines.push(format!("{stat:<20}{count:>8}{:>12.1e}   {}", worst.1.1, worst.0));
        all += count;
    }
    lines.push(format!("{:<20}{all:>8}", "all"));
    eprintln!("\nAgreement with R survey 4.1-1, relative:\n{}\n", lines.join("\n"));
}
