//! All people who inject in eastern Europe and the Balkans, 20 years, one run: `/usr/bin/time -v cargo run --release -p throughcare-epidemic --example region -- [threads] [people in a world] [years]`.
//! Sizes are published; every country runs on Moldova's file with its own size, so that what is measured is the engine and not the epidemic.
#![allow(clippy::print_stdout)]

mod shared;

use std::time::Instant;

use epidemic::region::MOST_PEOPLE;
use epidemic::{Country, Plan, Quantity, Region, Scenario, Seed, Where};
use shared::moldova;

/// People who inject: the newest figures of `data/facts/unaids.csv` (UNAIDS, Global AIDS Monitoring).
const PEOPLE: [(&str, f64); 15] = [
    ("UKR", 350_300.0),
    ("BLR", 66_500.0),
    ("AZE", 60_300.0),
    ("GEO", 52_500.0),
    ("MDA", 36_900.0),
    ("SRB", 20_000.0),
    ("GRC", 17_200.0),
    ("BIH", 12_500.0),
    ("BGR", 10_000.0),
    ("ARM", 9_000.0),
    ("ROU", 9_000.0),
    ("EST", 8_600.0),
    ("MKD", 6_800.0),
    ("ALB", 6_300.0),
    ("LTU", 5_300.0),
];

/// What is to be followed. Countries without a figure (the Russian Federation above all) stand in it as one, the rest.
const ALL: f64 = 3_000_000.0;

fn main() {
    let number =
        |n: usize, or: f64| std::env::args().nth(n).and_then(|a| a.parse().ok()).unwrap_or(or);
    let (threads, most, years) =
        (number(1, 2.0) as usize, number(2, MOST_PEOPLE), number(3, 20.0) as usize);
    rayon::ThreadPoolBuilder::new().num_threads(threads).build_global().expect("the first pool");
    let moldova = moldova();
    let mut people = PEOPLE.to_vec();
    people.push(("rest", ALL - PEOPLE.iter().map(|p| p.1).sum::<f64>()));
    let countries: Vec<Country> = people
        .iter()
        .map(|&(code, _)| Country { code: code.into(), name: code.into(), ..moldova.clone() })
        .collect();
    let arms = [Scenario::status_quo()];
    let plans: Vec<Plan> = countries
        .iter()
        .zip(&people)
        .map(|(country, &(_, people))| {
            let mut plan = Plan::prior(country, &arms, Seed(1), years, 1);
            let central = country.central();
            plan.draws = vec![central.sampled(people / central.people_current)];
            plan
        })
        .collect();
    let mut region = Region::new("Eastern Europe and the Balkans", plans).expect("one file");
    region.most_people = most;
    let worlds: usize = (0..people.len()).map(|country| region.worlds(country, 0)).sum();
    let begun = Instant::now();
    let ensemble = region.run(&|_, _| true);
    let total = |q| ensemble.total(0, q, Where::Everywhere).map_or(0.0, |i| i.mean);
    println!(
        "{}: {ALL:.0} people who inject in {} countries, {worlds} worlds; {years} years in {:.1} s on {threads} threads",
        region.name,
        people.len(),
        begun.elapsed().as_secs_f64(),
    );
    println!(
        "HIV infections {:.0}, HCV infections {:.0}, overdose deaths {:.0}, imprisonments {:.0}",
        total(Quantity::HivInfections),
        total(Quantity::HcvInfections),
        total(Quantity::OverdoseDeaths),
        total(Quantity::Imprisonments)
    );
}
