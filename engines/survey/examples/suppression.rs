//! What withholding costs by size of table: the heuristic beside the integer programme, in processor time.
//! `cargo run --release -p throughcare-survey --example suppression`.

#![allow(clippy::print_stdout)]

use std::time::Instant;

use survey::*;

/// People asked in the inner cells of a table, few in most and many in some, as interviews by prison and drug are.
fn table(groups: &[usize], average: f64, seed: u64) -> (Vec<f64>, Links) {
    let mut chance = Chance::new(seed);
    let sizes: Vec<usize> = groups.iter().map(|count| count + 1).collect();
    let links = Links::crossing(groups);
    let mut counts = vec![0.0; sizes.iter().product()];
    let share: Vec<Vec<f64>> =
        groups.iter().map(|&count| (0..count).map(|_| 0.15 + chance.share()).collect()).collect();
    for (cell, count) in counts.iter_mut().enumerate() {
        let mut rest = cell;
        let mut here = 1.0;
        for k in (0..groups.len()).rev() {
            let place = rest % sizes[k];
            rest /= sizes[k];
            // A total has no share of its own; it is added up below.
            here *= share[k].get(place).copied().unwrap_or(0.0) / 0.65;
        }
        *count = (here * average * (0.5 + chance.share())).round();
    }
    for (total, parts) in links.equations() {
        counts[*total] = parts.iter().map(|&part| counts[part]).sum();
    }
    (counts, links)
}

fn main() {
    println!(
        "{:<16} {:>6} {:>10} {:>10} {:>10} {:>10} {:>9} {:>9}",
        "table", "cells", "sensitive", "heuristic", "least", "bound", "s", "s least"
    );
    for (groups, average) in [
        (vec![8, 6], 40.0),
        (vec![12, 10], 40.0),
        (vec![20, 20], 40.0),
        (vec![4, 4, 4], 30.0),
        (vec![8, 5, 3], 30.0),
        (vec![10, 8, 6], 30.0),
        (vec![40, 6, 4], 30.0),
        (vec![5, 4, 3, 3], 25.0),
        (vec![8, 6, 4, 3], 25.0),
    ] {
        let (counts, links) = table(&groups, average, 3);
        let sensitive: Vec<bool> = counts.iter().map(|&n| n > 0.0 && n < 10.0).collect();
        let cells = Cells::of(&counts, &counts, &sensitive, 3.0);
        let run = |effort| {
            let begun = Instant::now();
            let found = protect(&cells, &links, effort);
            (found, begun.elapsed().as_secs_f64())
        };
        let (Ok(quick), quick_time) = run(Effort::Heuristic) else {
            panic!("{groups:?} hides nothing")
        };
        let (Ok(least), least_time) = run(Effort::default()) else {
            panic!("{groups:?} hides nothing")
        };
        let name: Vec<String> = groups.iter().map(usize::to_string).collect();
        println!(
            "{:<16} {:>6} {:>10} {:>10} {:>10} {:>10} {quick_time:>9.2} {least_time:>9.2}",
            name.join(" × "),
            counts.len(),
            sensitive.iter().filter(|sensitive| **sensitive).count(),
            quick.lost,
            least.lost,
            least.least,
        );
    }
}
