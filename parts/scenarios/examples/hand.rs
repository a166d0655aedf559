//! How long a hand on a lever waits: `cargo run -p throughcare-scenarios --example hand -- [answers] [query]`.
//! The explorer's own questions, from the calibrated draws, one lever after another at ever other values; the base is run once before.
#![allow(clippy::print_stdout)]

use std::time::Instant;

use scenarios::{LEVERS, Question, model, run};

fn main() {
    let given = |n: usize| std::env::args().nth(n);
    let answers: usize = given(1).and_then(|n| n.parse().ok()).unwrap_or(100);
    let also = given(2).unwrap_or_default();
    let model = model("MDA").expect("Moldova ships");
    let ask = |query: &str| {
        let pairs: Vec<(String, String)> =
            url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        Question::read(model, &pairs).expect("a question")
    };
    let (begun, cpu) = (Instant::now(), cpu_seconds());
    let first = run(&ask(&also), &|| true).expect("nobody stops it");
    println!(
        "Base, {} to {}: {} draws, {} % of the people, {:.0} followed in each; {:.2} s, {:.2} CPU-s",
        first.first,
        first.until,
        first.draws,
        first.people,
        first.followed,
        begun.elapsed().as_secs_f64(),
        cpu_seconds() - cpu,
    );
    let (mut walls, mut cpus) = (Vec::new(), Vec::new());
    for answer in 0..answers {
        let lever = &LEVERS[answer * 7 % LEVERS.len()];
        let to = (lever.most * (0.1 + 0.8 * (answer % 9) as f64 / 8.0)).round();
        let question = ask(&format!("{}={to}&{also}", lever.id));
        let (begun, cpu) = (Instant::now(), cpu_seconds());
        run(&question, &|| true).expect("nobody stops it");
        walls.push((begun.elapsed().as_secs_f64(), lever.id));
        cpus.push((cpu_seconds() - cpu, lever.id));
    }
    println!("{answers} answers    median     95th percentile     slowest");
    for (what, values) in [("seconds", &mut walls), ("CPU-s", &mut cpus)] {
        values.sort_by(|a, b| a.0.total_cmp(&b.0));
        let at = |share: f64| values[((values.len() - 1) as f64 * share).round() as usize];
        let ((middle, _), (late, _), (last, lever)) = (at(0.5), at(0.95), at(1.0));
        println!("{what:<12} {middle:>8.3} {late:>14.3} {last:>14.3} ({lever})");
    }
}

/// CPU time of this process, both kinds, from Linux's own book: in hundredths.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after = stat.rsplit(')').next().unwrap_or_default();
    let ticks = |at: usize| after.split_whitespace().nth(at).and_then(|n| n.parse::<f64>().ok());
    (ticks(11).unwrap_or(0.0) + ticks(12).unwrap_or(0.0)) / 100.0
}
