//! How long the page waits for an answer: `cargo run --release -p throughcare-epidemic --example explorer -- [draws] [answers] [people followed] [threads]`.
//! Sliders are moved as a hand would: another lever, another coverage, another date each time, from the prior draws of Moldova.
#![allow(clippy::print_stdout)]

mod shared;

use std::time::Instant;

use epidemic::explorer::Sample;
use epidemic::parameters::SPECS;
use epidemic::{Base, Certificate, Intervention, Quantity, Scenario, Seed, Shape, Where};
use shared::{cpu_seconds, moldova};

fn main() {
    let number =
        |n: usize, or: f64| std::env::args().nth(n).and_then(|a| a.parse().ok()).unwrap_or(or);
    let (draws, answers) = (number(1, 20.0) as u32, number(2, 100.0) as usize);
    let threads = number(4, 2.0) as usize;
    rayon::ThreadPoolBuilder::new().num_threads(threads).build_global().expect("the first pool");
    let country = moldova();
    let mut sample = Sample::usual(&country, Seed(1));
    if let Some(people) = std::env::args().nth(3).and_then(|a| a.parse::<f64>().ok()) {
        sample.share = (people / country.central().people_current).min(1.0);
    }
    let draws: Vec<_> = (0..draws).map(|draw| country.draw(sample.seed, draw)).collect();
    let (begun, cpu) = (Instant::now(), cpu_seconds());
    let base = Base::new(&country, &Scenario::status_quo(), draws, sample, 2026.0, &|| true)
        .expect("nobody stops it");
    println!(
        "Base: {} draws, {} years, {:.1} % of the people ({:.0} followed in a draw), {:.1} MB kept; {:.2} s, {:.2} CPU-s on {threads} threads",
        base.draws().len(),
        sample.years,
        100.0 * sample.share,
        base.people_followed(),
        base.bytes() as f64 / 1e6,
        begun.elapsed().as_secs_f64(),
        cpu_seconds() - cpu,
    );
    let levers: Vec<usize> = (0..SPECS.len()).filter(|&i| SPECS[i].lever.is_some()).collect();
    let (mut walls, mut cpus, mut checks) = (Vec::new(), Vec::new(), Vec::new());
    let mut last = None;
    for answer in 0..answers {
        let policy = moved(&levers, answer);
        let (begun, cpu) = (Instant::now(), cpu_seconds());
        let ensemble = base.answer(&policy, &|| true).expect("nobody stops it");
        walls.push(begun.elapsed().as_secs_f64());
        cpus.push(cpu_seconds() - cpu);
        if answer % 10 == 0 {
            let cpu = cpu_seconds();
            let arms = [base.base().clone(), policy];
            last = Some(Certificate::of(&base.plan(&arms), &ensemble));
            checks.push(cpu_seconds() - cpu);
        }
        if answer < 5 {
            let averted = ensemble.averted(1, Quantity::HcvInfections, Where::Everywhere);
            println!("{:<34} HCV infections averted {averted:.0?}", ensemble.arms[1]);
        }
    }
    println!("{answers} answers    median     95th percentile     slowest");
    for (what, values) in
        [("seconds", &mut walls), ("CPU-s", &mut cpus), ("CPU-s, certificate", &mut checks)]
    {
        values.sort_by(f64::total_cmp);
        let at = |share: f64| values[((values.len() - 1) as f64 * share).round() as usize];
        println!("{what:<20} {:>8.3} {:>14.3} {:>14.3}", at(0.5), at(0.95), at(1.0));
    }
    if let Some(certificate) = last {
        for check in certificate.mean_field {
            println!("{check:?}");
        }
    }
}

/// The policy that the slider says at this moment.
fn moved(levers: &[usize], answer: usize) -> Scenario {
    let lever = levers[answer * 7 % levers.len()];
    let spec = &SPECS[lever];
    let high = spec.high.min(4.0);
    let target = spec.low + (high - spec.low) * (0.1 + 0.8 * (answer % 9) as f64 / 8.0);
    let from = 2026.0 + (answer % 4) as f64 / 2.0;
    let name =
        spec.lever.map_or(String::new(), |(what, place)| format!("{what} ({place}) {target:.2}"));
    let moved = Intervention::new(lever, target, from, from + 4.0, Shape::Linear);
    Scenario { name, interventions: vec![moved] }
}
