//! The tasks that other people's programs do as well, done here: `cargo run --release -p throughcare-epidemic --example peers -- b1|b2|b3`.
//! Each prints its CPU-seconds and what came out, as a line of words and tabs; `tests/bench/peers-epidemic` sets them beside the peers'.
#![allow(clippy::print_stdout)]

mod shared;

use epidemic::ensemble::Plan;
use epidemic::scenario::{Intervention, Shape};
use epidemic::{Flow, Parameters, Prison, Scenario, Seed, Span, Stock, World};
use shared::{cpu_seconds, moldova, policies};

fn main() {
    match std::env::args().nth(1).as_deref() {
        Some("b1") => b1(),
        Some("b2") => b2(),
        Some("b3") => b3(),
        _ => eprintln!(
            "say which: b1 (SIS), b2 (New South Wales prisons) or b3 (100 draws × 10 scenarios)"
        ),
    }
}

fn number(n: usize, or: f64) -> f64 {
    std::env::args().nth(n).and_then(|a| a.parse().ok()).unwrap_or(or)
}

const DAYS: f64 = 365.25;

/// SIS with β 0.02 and γ 0.01 a day by the whole model: an infection with hepatitis C that always clears, after 100 days in the mean.
fn b1() {
    let (people, days) = (number(2, 100_000.0), number(3, 1_000.0));
    let (beta, gamma) = (0.02 * DAYS, 0.01 * DAYS);
    let begins = Parameters {
        people_current: people,
        start_age_mean: 30.0,
        shares_low: beta,
        hcv_per_share: 1.0,
        hcv_start: 0.10,
        injecting_years_mean: 1.0,
        hcv_acute_length: 1.0 / gamma,
        // The tenth that is infected at the start is chronic in the model; a course of some hours at rate γ lets it recover.
        hcv_clears: 0.0,
        hcv_diagnosed_start: 1.0,
        daa_start_rate: gamma,
        daa_length: 0.001,
        daa_cures: 1.0,
        ..Parameters::still()
    };
    let cpu = cpu_seconds();
    let mut world = World::new(&begins, &[], Seed(1), days / DAYS);
    world.change(&Parameters { hcv_clears: 1.0, ..begins });
    world.run_until((days - 100.0) / DAYS);
    let mut infected = 0.0;
    for day in 0..10 {
        world.run_until((days - 100.0 + 10.0 * f64::from(day + 1)) / DAYS);
        infected += world.people().filter(|p| p.hcv().viraemic()).count() as f64 / 10.0;
    }
    let cpu = cpu_seconds() - cpu;
    println!("Throughcare\t{cpu}\t{}\t{}", infected / people, world.events());
}

/// Hepatitis C in the prisons of New South Wales, 2006 to 2030, with the parameters of the published model
/// (those it does not share with this one are said in docs/benchmarks.md).
fn b2() {
    // The share of entrants who ever injected; the model follows these, the page counts everybody held.
    const EVER: f64 = 0.30;
    let held = [(3_319.0, 0.006_18), (3_199.0, 0.005_18), (1_876.0, 0.002_70)];
    let stock: f64 = held.iter().map(|(people, _)| people).sum();
    let leaving: f64 = held.iter().map(|(people, rate)| people * rate).sum::<f64>() / stock;
    // Entries a day grow 1.0 % a year for nine years, 20 % for three, then 2.5 %; here the one growth that ends with as many.
    let (first, years) = (40.27, 25.0_f64);
    let last = first * 1.01_f64.powi(9) * 1.2_f64.powi(3) * 1.025_f64.powi(13);
    let growth = (last / first).ln() / years;
    let wait = 50.0;
    let mut p = Parameters {
        people_current: stock * EVER,
        in_prison_start: 1.0,
        ever_imprisoned_start: 0.0,
        start_age_mean: 30.0,
        start_age_sd: 6.0,
        injecting_years_mean: 8.0,
        women: 0.0,
        // Entrants come in from outside: a week there, in which sharing is a fiftieth of that inside.
        new_people: first * DAYS * EVER,
        new_people_growth: growth,
        arrest_rate: wait,
        // Who was released is out of the published model.
        arrest_again: 0.0,
        remand_length: 1.0 / (leaving * DAYS),
        sentenced: 0.0,
        // 0.154 sharing events a day, 0.260 of those who inject daily.
        high_intensity: 0.2,
        shares_low: 0.154 * DAYS / 50.0,
        shares_high: 0.260 * DAYS / 50.0,
        shares_prison: 50.0,
        // 0.0010 to 0.0046 a day: their geometric mean.
        stop_rate: 0.0021 * DAYS,
        hcv_per_share: 0.0057,
        hcv_clears: 0.26,
        hcv_acute_length: 0.5,
        // Antibodies of which 74 % go with the virus: RNA 0.33, as the run reads before treatment.
        hcv_start: 0.45,
        hcv_entry: 0.45,
        liver_0_1: 1.1e-4 * DAYS,
        liver_1_2: 2.3e-4 * DAYS,
        liver_2_3: 2.3e-4 * DAYS,
        liver_3_4: 3.6e-4 * DAYS,
        hcv_test_rate_prison: 12.0,
        hcv_diagnosed_start: 1.0,
        daa_length: 12.0 * 7.0 / DAYS,
        daa_cures: 0.95,
        daa_kept_at_gate: 1.0,
        death_at_40_men: 0.002,
        death_growth: 0.08,
        ..Parameters::still()
    };
    let prisons = [Prison::only(1.0)];
    let cpu = cpu_seconds();
    let mut world = World::new(&p, &prisons, Seed(number(2, 1.0) as u64), years);
    for half in 0..50 {
        let year = 2006 + half / 2;
        let courses = match year {
            ..2014 => 0.0,
            2014 | 2015 => 100.0,
            2016 => 700.0,
            _ => 1_000.0,
        };
        // As many courses a year as the page says, among those who wait for one.
        let waiting = world.people().filter(|q| q.place() > 0 && q.hcv().viraemic()).count() as f64;
        let waiting = waiting - courses * p.daa_length;
        p.daa_start_rate_prison = if waiting > 0.0 { courses / waiting } else { 0.0 };
        world.change(&p);
        world.run_until(f64::from(half + 1) / 2.0);
    }
    let cpu = cpu_seconds() - cpu;
    let of = |year: usize| &world.years()[year - 2006][1];
    // Of those held who ever injected, whether they do now or not, as the page has it.
    let incidence = |from: usize, to: usize| {
        let sum = |f: &dyn Fn(usize) -> f64| (from..=to).map(f).sum::<f64>();
        let infections = sum(&|y| of(y).flow(Flow::HcvInfection));
        100.0 * infections / sum(&|y| of(y).span(Span::All) - of(y).span(Span::Viraemic))
    };
    let rna = |year: usize| of(year).stock(Stock::Viraemic) / of(year).stock(Stock::All);
    println!("cpu\t{cpu}");
    println!("held in 2030\t{}", of(2030).stock(Stock::All) / EVER);
    println!("incidence 2006-15\t{}", incidence(2006, 2015));
    println!("incidence 2016-30\t{}", incidence(2016, 2030));
    println!("RNA 2013\t{}", rna(2013));
    println!("RNA 2030\t{}", rna(2030));
    println!("infections 2006\t{}", of(2006).flow(Flow::HcvInfection));
    println!("infections 2030\t{}", of(2030).flow(Flow::HcvInfection));
    println!(
        "courses 2017-30\t{}",
        (2017..=2030).map(|y| of(y).flow(Flow::DaaStarted)).sum::<f64>() / 14.0
    );
    println!("events\t{}", world.events());
    let person_years: f64 = world.years().iter().map(|y| y[1].span(Span::All)).sum();
    println!("person-days held\t{}", person_years * DAYS);
}

/// 100 draws × 10 scenarios × 20 years of Moldova, from reading the files to the table.
fn b3() {
    let draws = number(2, 100.0) as usize;
    let cpu = cpu_seconds();
    let country = moldova();
    let mut arms = policies(&country);
    for target in [0.1, 0.2] {
        let lever = epidemic::parameters::index_of("oat_prison").unwrap_or_default();
        arms.push(Scenario {
            name: format!("OAT in prison at {target}"),
            interventions: vec![Intervention::new(lever, target, 2027.0, 2030.0, Shape::Linear)],
        });
    }
    let ensemble = Plan::prior(&country, &arms, Seed(1), 20, draws).run(&|_| true);
    let bytes = ensemble.csv().len();
    let cpu = cpu_seconds() - cpu;
    let p = country.central();
    let people = p.people_current + p.people_former;
    let person_days = people * 20.0 * DAYS * (draws * arms.len()) as f64;
    println!("cpu\t{cpu}");
    println!("arms\t{}", arms.len());
    println!("draws\t{}", ensemble.draws.len());
    println!("person-days\t{person_days}");
    println!("table, bytes\t{bytes}");
}
