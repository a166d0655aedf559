//! How much noise a shared fate takes off a difference: `cargo run --release -p throughcare-epidemic --example coupling -- [runs] [years] [people]`.
//! For every policy of `examples/policies`, the variance of what it averts with two fates over that with one, at Moldova's central parameters.
#![allow(clippy::print_stdout)]

mod shared;

use epidemic::ensemble::ArmResult;
use epidemic::{Quantity, Seed, Where, simulate};
use shared::{moldova, policies};

const SHOWN: [Quantity; 4] =
    [Quantity::HivInfections, Quantity::HcvInfections, Quantity::OverdoseDeaths, Quantity::Dalys];

fn main() {
    let number =
        |n: usize, or: f64| std::env::args().nth(n).and_then(|a| a.parse().ok()).unwrap_or(or);
    let (runs, years, people) =
        (number(1, 40.0) as u64, number(2, 20.0) as usize, number(3, 3_690.0));
    let country = moldova();
    let central = country.central();
    let p = central.sampled(people / central.people_current);
    let arms = policies(&country);
    let results: Vec<Vec<ArmResult>> = (0..runs)
        .map(|seed| {
            let runs = simulate(&country, &arms, &p, Seed(1_000 + seed), years);
            runs.iter().map(|run| ArmResult::new(run, &p)).collect()
        })
        .collect();
    println!(
        "{runs} runs of {years} years, {people:.0} people who inject: variance of a difference with two fates, over that with one\n"
    );
    print!("{:<44}", "policy");
    SHOWN.iter().for_each(|q| print!(" {:>16}", q.word()));
    println!();
    for (arm, policy) in arms.iter().enumerate().skip(1) {
        print!("{:<44}", policy.name);
        for q in SHOWN {
            let of = |run: usize, arm: usize| results[run][arm].total(q, Where::Everywhere);
            let n = results.len();
            let one: Vec<f64> = (0..n).map(|run| of(run, 0) - of(run, arm)).collect();
            let two: Vec<f64> = (0..n).map(|run| of(run, 0) - of((run + 1) % n, arm)).collect();
            print!(" {:>16.1}", variance(&two) / variance(&one));
        }
        println!();
    }
}

fn variance(values: &[f64]) -> f64 {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / (values.len() - 1) as f64
}
