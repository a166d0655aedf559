//! The validation report: `cargo run --release -p throughcare-epidemic --example validation [draws] > docs/validation.md`.
//! Same draws, same page, but for the CPU-seconds.
#![allow(clippy::print_stdout)]

mod hepatitis;
mod page;
mod prison;
mod rows;
#[path = "../shared/mod.rs"]
mod shared;
mod tools;

fn main() {
    let draws = std::env::args().nth(1).and_then(|a| a.parse().ok()).unwrap_or(40);
    let only = std::env::args().nth(2);
    let cpu = shared::cpu_seconds();
    let mut sources = Vec::new();
    for (name, row) in rows::ALL {
        if only.as_deref().is_none_or(|only| name.contains(only)) {
            sources.push(row(draws));
            eprintln!("{name}: {:.0} CPU-s", shared::cpu_seconds() - cpu);
        }
    }
    print!("{}", page::page(&sources, draws, shared::cpu_seconds() - cpu));
}
