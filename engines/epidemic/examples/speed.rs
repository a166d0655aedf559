//! Person-days per CPU-second of the whole model: `cargo run --release -p throughcare-epidemic --example speed [people] [years]`.
#![allow(clippy::print_stdout)]

mod shared;

use std::time::Instant;

use epidemic::{Seed, Span, World};
use shared::{cpu_seconds, moldova};

fn main() {
    let number =
        |n: usize, or: f64| std::env::args().nth(n).and_then(|a| a.parse().ok()).unwrap_or(or);
    let (people, years, runs) = (number(1, 36_900.0), number(2, 20.0), number(3, 5.0));
    let country = moldova();
    let mut p = country.central();
    let scale = people / p.people_current;
    for count in [&mut p.people_current, &mut p.people_former, &mut p.new_people] {
        *count *= scale;
    }
    for seed in 0..runs as u64 {
        let begun = Instant::now();
        let cpu = cpu_seconds();
        let mut world = World::new(&p, &country.prisons, Seed(seed), years);
        let built = cpu_seconds() - cpu;
        world.run_until(years);
        let (wall, cpu) = (begun.elapsed().as_secs_f64(), cpu_seconds() - cpu);
        let person_years: f64 = world.years().iter().flatten().map(|t| t.span(Span::All)).sum();
        println!(
            "seed {seed}: {:.2e} person-days per CPU-second; {:.2e} events/s; {cpu:.3} CPU-s \
             (start {built:.3}), {wall:.3} s; {:.2} events per person-year; {:.2e} person-years",
            person_years * 365.25 / cpu,
            world.events() as f64 / cpu,
            world.events() as f64 / person_years,
            person_years,
        );
    }
}
