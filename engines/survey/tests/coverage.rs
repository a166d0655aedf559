//! Whether 95 % means 95 %: 2,000 clustered surveys of a population whose share is known exactly, each with its interval by every
//! method. Prisons differ as a beta distribution does, so that the truth needs no simulation.

use survey::distribution::beta_quantile;
use survey::*;

const SURVEYS: usize = 2_000;
const PRISONS: usize = 15;
const PEOPLE: usize = 15;
/// By stratum: the share of “yes” and the weight of an interview.
const STRATA: [(f64, f64); 2] = [(0.12, 50.0), (0.30, 30.0)];
/// How alike people of one prison are (intraclass correlation).
const ALIKE: f64 = 0.04;

#[test]
fn ninety_five_percent_intervals_hold_the_truth_that_often() {
    let truth = STRATA.iter().map(|(share, weight)| share * weight).sum::<f64>()
        / STRATA.iter().map(|(_, weight)| weight).sum::<f64>();
    let rows = STRATA.len() * PRISONS * PEOPLE;
    let prison = Groups::from_numbers((0..rows).map(|row| (row / PEOPLE) as i64));
    let stratum = Groups::from_numbers((0..rows).map(|row| (row / PEOPLE / PRISONS) as i64));
    let weights: Vec<f64> = (0..rows).map(|row| STRATA[row / PEOPLE / PRISONS].1).collect();
    let plan = Plan {
        weights: Weights::Given(&weights),
        stages: vec![Stage {
            clusters: Clusters::Groups(&prison),
            strata: Some(&stratum),
            population: Population::Unlimited,
        }],
        ..Plan::simple()
    };
    let design = Design::new(&plan, rows).expect("a design");
    let everybody = Domains::all(rows);
    let table = Table::new(&design, &everybody).expect("a table");
    let methods = [
        ("logit", Interval::Logit),
        ("likelihood", Interval::Likelihood),
        ("arcsine", Interval::Arcsine),
        ("beta", Interval::Beta),
        ("xlogit", Interval::Xlogit),
        ("wilson", Interval::Wilson),
        ("mean", Interval::Mean),
    ];
    let mut held = [0usize; 7];
    let mut chance = Chance::new(20_260_301);
    for _ in 0..SURVEYS {
        let mut flags = Vec::with_capacity(rows);
        for (share, _) in STRATA {
            let sum = 1.0 / ALIKE - 1.0;
            for _ in 0..PRISONS {
                let here = beta_quantile(chance.share(), share * sum, (1.0 - share) * sum);
                flags.extend((0..PEOPLE).map(|_| u8::from(chance.share() < here)));
            }
        }
        let statistic = Statistic::Proportion(Values::Flags(&flags));
        for (at, (_, interval)) in methods.iter().enumerate() {
            let options = Options { level: 0.95, interval: *interval };
            let figure = estimate(&table, statistic, &options).expect("an estimate").remove(0);
            let (low, high) = figure.bounds.expect("28 degrees of freedom");
            held[at] += usize::from(low <= truth && truth <= high);
        }
    }
    for ((name, _), held) in methods.iter().zip(held) {
        let share = held as f64 / SURVEYS as f64;
        eprintln!("{name:<11} {:.1} %", 100.0 * share);
        assert!((0.93..=0.97).contains(&share), "{name} covers {share}");
    }
}
