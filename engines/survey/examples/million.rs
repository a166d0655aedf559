//! Times the estimation of a million interviews: 240 strata, 6,000 prisons, 40 countries × 10 indicators with standard error and logit interval.
//! Run with `cargo run --release -p throughcare-survey --example million [ROWS] [scattered]`; the mark is 0.1 s and 100 MB at a million
//! rows. `million ROWS write FOLDER` leaves the same rows as plain columns of bytes for other programs (`tests/bench/peers-survey`).
#![allow(clippy::print_stdout)]

use std::time::Instant;

use survey::*;

/// SplitMix64 (Steele, Lea and Flood 2014), seeded here, so that every run has the same people.
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

fn share(state: &mut u64) -> f64 {
    (next(state) >> 11) as f64 / (1u64 << 53) as f64
}

fn main() {
    let rows: usize =
        std::env::args().nth(1).map_or(1_000_000, |text| text.parse().expect("a number of rows"));
    let scattered = std::env::args().nth(2).is_some_and(|word| word == "scattered");
    let mut state = 20;
    let mut weights = Vec::with_capacity(rows);
    let (mut strata, mut prisons, mut countries) = (Vec::new(), Vec::new(), Vec::new());
    let mut indicators: Vec<Vec<u8>> = (0..10).map(|_| Vec::with_capacity(rows)).collect();
    for row in 0..rows {
        // People come as a file has them: by prison, unless they are to be scattered.
        let prison =
            if scattered { (next(&mut state) % 6_000) as i64 } else { (row * 6_000 / rows) as i64 };
        prisons.push(prison);
        strata.push(prison / 25);
        countries.push(prison / 150);
        weights.push(1.0 + 9.0 * share(&mut state));
        for (k, indicator) in indicators.iter_mut().enumerate() {
            let prevalence = 0.05 + 0.06 * k as f64 + 0.1 * ((prison % 7) as f64 / 7.0);
            let draw = share(&mut state);
            indicator.push(if draw > 0.98 { u8::MAX } else { u8::from(draw < prevalence) });
        }
    }
    if let (Some("write"), Some(folder)) =
        (std::env::args().nth(2).as_deref(), std::env::args().nth(3))
    {
        write(&folder, &weights, [&strata, &prisons, &countries], &indicators);
        return;
    }
    let before = memory("VmRSS");
    let start = Instant::now();
    let (strata, prisons) = (Groups::from_numbers(strata), Groups::from_numbers(prisons));
    let countries = Groups::from_numbers(countries);
    let coded = start.elapsed();
    let stage = Stage {
        clusters: Clusters::Groups(&prisons),
        strata: Some(&strata),
        population: Population::Unlimited,
    };
    let plan = Plan { weights: Weights::Given(&weights), stages: vec![stage], ..Plan::simple() };
    let design = Design::new(&plan, rows).expect("a design");
    let designed = start.elapsed() - coded;

    let (start, busy) = (Instant::now(), processor_seconds());
    let domains = Domains::crossing(&[("country", &countries)]).expect("countries");
    let table = Table::new(&design, &domains).expect("a table");
    let laid = start.elapsed();
    let mut sum = 0.0;
    let mut figures = 0;
    for indicator in &indicators {
        let all =
            estimate(&table, Statistic::Proportion(Values::Flags(indicator)), &Options::default());
        for figure in all.expect("figures") {
            let (low, high) = figure.bounds.expect("bounds");
            sum += figure.value + figure.se + low + high;
            figures += 1;
        }
    }
    let (estimated, busy) = (start.elapsed(), processor_seconds() - busy);
    println!("rows                     {rows}");
    println!("labels to codes          {:.3} s", coded.as_secs_f64());
    println!("design                   {:.3} s", designed.as_secs_f64());
    println!("countries laid over it   {:.3} s", laid.as_secs_f64());
    println!("estimation, with that    {:.3} s", estimated.as_secs_f64());
    println!("  of the processor       {busy:.3} s");
    println!(
        "rows a second            {:.1} million, all ten indicators",
        rows as f64 / busy / 1e6
    );
    println!("figures                  {figures}, sum {sum:.9}");
    println!("memory of the data       {before:.0} MB");
    println!("memory at most           {:.0} MB, data and all", memory("VmHWM"));
}

/// Weights as 8 bytes each, labels as 4, indicators as one, 255 for no answer.
fn write(folder: &str, weights: &[f64], labels: [&Vec<i64>; 3], indicators: &[Vec<u8>]) {
    let put = |name: &str, bytes: Vec<u8>| {
        std::fs::write(format!("{folder}/{name}"), bytes).expect("the folder can be written to");
    };
    put("weight", weights.iter().flat_map(|w| w.to_le_bytes()).collect());
    for (name, labels) in ["stratum", "prison", "country"].into_iter().zip(labels) {
        put(name, labels.iter().flat_map(|label| (*label as i32).to_le_bytes()).collect());
    }
    for (k, indicator) in indicators.iter().enumerate() {
        put(&format!("y{k}"), indicator.clone());
    }
}

/// What this thread had of the processor, which on a shared machine is less than the wall's time; from the kernel.
fn processor_seconds() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    text.split_whitespace().next().and_then(|text| text.parse::<f64>().ok()).unwrap_or(f64::NAN)
        / 1e9
}

/// From the kernel, in MB; zero where there is no such file.
fn memory(what: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(what)).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|text| text.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}
