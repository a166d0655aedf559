//! What the examples share: Moldova's file, the policies beside them, and the CPU time of this process.
#![allow(dead_code)]

use std::fs;
use std::path::Path;

use epidemic::{Country, Effects, Scenario};

pub fn moldova() -> Country {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data");
    let effects = fs::read_to_string(data.join("effects.csv")).unwrap_or_default();
    let effects = Effects::read(&effects).unwrap_or_default();
    let file = |name: &str| fs::read_to_string(data.join("countries").join(name)).ok();
    let (country, problems) = Country::read("MDA.toml", &file, &effects);
    country.unwrap_or_else(|| panic!("{problems:?}"))
}

/// The status quo, and every policy of `examples/policies`.
pub fn policies(country: &Country) -> Vec<Scenario> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/policies");
    let mut files: Vec<_> =
        fs::read_dir(folder).expect("the folder of policies").flatten().map(|f| f.path()).collect();
    files.sort();
    let mut arms = vec![Scenario::status_quo()];
    for path in files {
        let text = fs::read_to_string(&path).expect("a readable policy");
        let (scenario, problems) = Scenario::read(&path.to_string_lossy(), &text, country);
        problems.iter().for_each(|p| eprintln!("{p}"));
        arms.extend(scenario);
    }
    arms
}

/// CPU time of the whole process from the kernel, in seconds: the machine may be shared. Linux only; 0 elsewhere.
pub fn cpu_seconds() -> f64 {
    let threads = fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    let nanoseconds = threads.filter_map(|thread| {
        let stat = fs::read_to_string(thread.path().join("schedstat")).ok()?;
        stat.split(' ').next()?.parse::<f64>().ok()
    });
    nanoseconds.sum::<f64>() / 1e9
}
