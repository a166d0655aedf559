//! A researcher's path from country file to table: `cargo run --release -p throughcare-epidemic --example moldova -- [draws] [years] [seed] [particles] [share]`.
//! With particles, the parameters are first calibrated to the country's targets; without, they are drawn from its file.
#![allow(clippy::print_stdout)]

mod shared;

use std::time::Instant;

use epidemic::{Calibration, Ensemble, Plan, Quantity, Seed, Where};
use shared::{moldova, policies};

fn main() {
    let number =
        |n: usize, or: u64| std::env::args().nth(n).and_then(|a| a.parse().ok()).unwrap_or(or);
    let (draws, years) = (number(1, 20) as usize, number(2, 20) as usize);
    let (seed, particles) = (Seed(number(3, 1)), number(4, 0) as usize);
    let country = moldova();
    let arms = policies(&country);
    let begun = Instant::now();
    let mut plan = Plan::prior(&country, &arms, seed, years, draws);
    plan.share = std::env::args().nth(5).and_then(|a| a.parse().ok()).unwrap_or(1.0);
    if particles > 0 {
        let learnt = [
            "shares_low",
            "shares_high",
            "shares_prison",
            "hcv_per_share",
            "hiv_per_share",
            "hiv_start",
            "hcv_start",
            "hiv_held_others",
            "oat_prison",
            "new_people",
            "stop_rate",
            "people_current",
        ];
        let mut calibration = Calibration::new(&country, &learnt, seed).expect("a list of ours");
        (calibration.first, calibration.each_round) = (particles, particles / 4);
        (calibration.keep, calibration.share) = (draws, 0.3);
        let posterior = calibration.run(&|done| {
            eprintln!("{done} particles");
            true
        });
        println!(
            "calibrated in {:.0} s: {} particles, {} rounds, {:.0} effective\n",
            begun.elapsed().as_secs_f64(),
            posterior.particles.len(),
            posterior.rounds,
            posterior.effective
        );
        for fit in &posterior.fits {
            let t = &country.targets[fit.target];
            println!(
                "{:<30} {}  target {:>8.3} ({:.3}–{:.3})  model {:>8.3} ({:.3}–{:.3}){}",
                t.measure.word(),
                t.year,
                t.value,
                t.low,
                t.high,
                fit.found.median,
                fit.found.low,
                fit.found.high,
                if fit.met { "" } else { "  not met" }
            );
        }
        println!();
        plan.draws = posterior.draws();
    }
    let begun = Instant::now();
    let ensemble = plan.run(&|_| true);
    println!(
        "{}: {} draws × {} arms × {years} years in {:.1} s; {} of {} parameters rest on no source\n",
        country.name,
        draws,
        arms.len(),
        begun.elapsed().as_secs_f64(),
        country.assumed().count(),
        country.given.len()
    );
    status_quo(&ensemble);
    averted(&ensemble);
}

fn status_quo(e: &Ensemble) {
    println!(
        "Status quo            HIV prev.  HCV prev.  HIV inc./100  HCV inc./100  overdose deaths  4 weeks  imprisonments"
    );
    for year in (0..e.years).step_by(4).chain([e.years - 1]) {
        let at = |q: Quantity| e.in_year(0, q, Where::Everywhere, year).map_or(0.0, |i| i.median);
        println!(
            "{}                  {:>8.3} {:>10.3} {:>13.2} {:>13.2} {:>16.0} {:>8.1} {:>14.0}",
            e.start + year as i32,
            at(Quantity::HivPrevalence),
            at(Quantity::HcvPrevalence),
            at(Quantity::HivIncidence),
            at(Quantity::HcvIncidence),
            at(Quantity::OverdoseDeaths),
            at(Quantity::OverdoseDeaths4Weeks),
            at(Quantity::Imprisonments),
        );
    }
    println!();
}

fn averted(e: &Ensemble) {
    println!(
        "Averted, median (95 %)                     HIV infections        HCV infections       overdose deaths             DALYs       extra cost, 1000   per DALY"
    );
    for (arm, name) in e.arms.iter().enumerate().skip(1) {
        let shown = |q: Quantity| {
            // Adding 0 takes the sign off a rounded nothing.
            let whole = |x: f64| x.round() + 0.0;
            e.averted(arm, q, Where::Everywhere).map_or(String::new(), |i| {
                format!("{} ({} to {})", whole(i.median), whole(i.low), whole(i.high))
            })
        };
        let cost = e.averted(arm, Quantity::Cost, Where::Everywhere).map_or(0.0, |i| -i.mean / 1e3);
        let each = e
            .cost_per_averted(arm, Quantity::Dalys)
            .map_or("–".into(), |c| if c < 0.0 { "saves".into() } else { format!("{c:.0}") });
        println!(
            "{name:<40} {:>18} {:>21} {:>21} {:>21} {cost:>14.0} {each:>10}",
            shown(Quantity::HivInfections),
            shown(Quantity::HcvInfections),
            shown(Quantity::OverdoseDeaths),
            shown(Quantity::Dalys),
        );
    }
}
