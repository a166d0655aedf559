//! Person-days per CPU-second of the whole model: `cargo run --release -p throughcare-epidemic --example speed [people] [years]`.
#![allow(clippy::print_stdout)]

use std::time::Instant;

use epidemic::{Parameters, Prison, Seed, World};

fn main() {
    let number =
        |n: usize, or: f64| std::env::args().nth(n).and_then(|a| a.parse().ok()).unwrap_or(or);
    let (people, years) = (number(1, 36_900.0), number(2, 20.0));
    let p = busy(people);
    let prisons = [Prison::only(7000.0)];
    for seed in 0..3 {
        let begun = Instant::now();
        let cpu = cpu_seconds();
        let mut world = World::new(&p, &prisons, Seed(seed), years);
        let built = cpu_seconds() - cpu;
        world.run_until(years);
        let (wall, cpu) = (begun.elapsed().as_secs_f64(), cpu_seconds() - cpu);
        let person_years: f64 =
            world.years().iter().flatten().map(|t| t.span(epidemic::Span::All)).sum();
        println!(
            "seed {seed}: {:.2e} person-days per CPU-second; {:.2e} events/s; {:.3} CPU-s (start {built:.3}), {wall:.3} s; {:.2} events per person-year",
            person_years * 365.25 / cpu,
            world.events() as f64 / cpu,
            cpu,
            world.events() as f64 / person_years,
        );
    }
}

/// CPU time of this process from the kernel: the machine may be shared.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    stat.split(' ').next().and_then(|ns| ns.parse::<f64>().ok()).unwrap_or(0.0) / 1e9
}

/// Every process on, at rates like those of the country files.
fn busy(people: f64) -> Parameters {
    Parameters {
        people_current: people,
        women: 0.2,
        high_intensity: 0.3,
        start_age_mean: 22.0,
        start_age_sd: 5.0,
        injecting_years_mean: 10.0,
        new_people: people * 0.06,
        stop_rate: 0.08,
        relapse_rate: 0.1,
        intensify_rate: 0.1,
        ease_rate: 0.2,
        shares_low: 5.0,
        shares_high: 20.0,
        oat_effect_hiv: 0.46,
        oat_effect_hcv: 0.5,
        needles_effect_hiv: 0.6,
        needles_effect_hcv: 0.7,
        arrest_rate: 0.03,
        arrest_again: 3.0,
        arrest_not_injecting: 0.5,
        drug_offences: 0.2,
        remand_length: 0.4,
        sentenced: 0.7,
        sentence_drug: 2.0,
        sentence_other: 2.0,
        in_prison_start: 0.05,
        ever_imprisoned_start: 0.3,
        oat_community: 0.05,
        oat_prison: 0.05,
        oat_leave_rate: 0.6,
        oat_kept_at_release: 0.2,
        needles_community: 0.5,
        needles_leave_rate: 0.5,
        overdose_rate: 0.2,
        overdose_fatal: 0.04,
        overdose_weeks_1_2: 7.0,
        overdose_weeks_3_4: 2.0,
        overdose_on_oat: 0.2,
        other_death_rate: 0.01,
        death_at_40_men: 0.005,
        death_at_40_women: 0.002,
        death_growth: 0.08,
        hiv_start: 0.139,
        hiv_per_share: 0.006,
        hiv_acute_infectivity: 10.0,
        hiv_suppressed_infectivity: 0.05,
        hiv_acute_length: 0.24,
        hiv_above_500_length: 4.0,
        hiv_350_500_length: 3.0,
        hiv_200_350_length: 4.0,
        hiv_below_200_length: 2.0,
        aids_length: 1.5,
        hiv_progress_suppressed: 0.1,
        hiv_test_rate: 0.2,
        art_start_rate: 0.5,
        art_suppressed: 0.8,
        art_loss_rate: 0.1,
        hcv_start: 0.604,
        hcv_per_share: 0.01,
        hcv_acute_length: 0.5,
        hcv_clears: 0.26,
        liver_0_1: 0.12,
        liver_1_2: 0.09,
        liver_2_3: 0.12,
        liver_3_4: 0.12,
        liver_decompensates: 0.04,
        liver_cancer: 0.02,
        liver_death_decompensated: 0.13,
        liver_death_cancer: 0.43,
        hcv_test_rate: 0.1,
        daa_start_rate: 0.1,
        daa_length: 0.25,
        daa_cures: 0.95,
        ..Parameters::still()
    }
}
