//! What withholding costs by size of table: the hypercubes alone, and what the default effort makes of them, in processor time.
//! `cargo run --release -p throughcare-survey --example suppression`.

#![allow(clippy::print_stdout)]

use std::time::Instant;

use survey::*;

/// People asked in the inner cells of a table, few in most and many in some, as interviews by prison and drug are. Where `regions` are
/// given, the first factor is made of the second: each of its groups holds as many of the other's.
fn table(groups: &[usize], average: f64, regions: bool, seed: u64) -> (Vec<f64>, Links) {
    let mut chance = Chance::new(seed);
    let sizes: Vec<usize> = groups.iter().map(|count| count + 1).collect();
    let links = Links::crossing(groups);
    let mut counts = vec![0.0; sizes.iter().product()];
    let share: Vec<Vec<f64>> =
        groups.iter().map(|&count| (0..count).map(|_| 0.15 + chance.share()).collect()).collect();
    for (cell, count) in counts.iter_mut().enumerate() {
        let mut places = vec![0; groups.len()];
        let mut rest = cell;
        for k in (0..groups.len()).rev() {
            places[k] = rest % sizes[k];
            rest /= sizes[k];
        }
        if regions && places[1] * groups[0] / groups[1] != places[0] {
            continue;
        }
        // A total has no share of its own; it is added up below.
        let here = (usize::from(regions)..groups.len())
            .map(|k| share[k].get(places[k]).copied().unwrap_or(0.0) / 0.65)
            .product::<f64>();
        *count = (here * average * (0.5 + chance.share())).round();
    }
    for (total, parts) in links.equations() {
        counts[*total] = parts.iter().map(|&part| counts[part]).sum();
    }
    (counts, links)
}

fn main() {
    if std::env::args().nth(1).as_deref() != Some("release") {
        protects();
    }
    releases();
}

fn protects() {
    println!(
        "| groups | cells | withheld by rule | hypercubes: cells, people, s | default: cells, people, s | bound |\n|---|---|---|---|---|---|"
    );
    let only: Option<usize> = std::env::args().nth(1).and_then(|at| at.parse().ok());
    let tables: [(&[usize], f64, bool); 16] = [
        (&[8, 6], 40.0, false),
        (&[20, 20], 40.0, false),
        (&[4, 4, 4], 30.0, false),
        (&[8, 5, 3], 30.0, false),
        (&[10, 8, 6], 30.0, false),
        (&[40, 6, 4], 30.0, false),
        (&[5, 4, 3, 3], 25.0, false),
        (&[8, 6, 4, 3], 25.0, false),
        (&[5, 40, 2, 3], 30.0, true),
        (&[60, 60], 40.0, false),
        (&[40, 2, 5, 5], 40.0, false),
        (&[40, 2, 5, 5], 15.0, false),
        (&[8, 40, 2, 7], 30.0, true),
        (&[99, 99], 40.0, false),
        (&[60, 12, 11], 30.0, false),
        (&[40, 6, 5, 5], 30.0, false),
    ];
    let chosen = tables.into_iter().enumerate().filter(|(at, _)| only.is_none_or(|one| one == *at));
    for (_, (groups, average, regions)) in chosen {
        let (counts, links) = table(groups, average, regions, 3);
        let sensitive: Vec<bool> = counts.iter().map(|&n| n > 0.0 && n < 10.0).collect();
        let primaries = sensitive.iter().filter(|sensitive| **sensitive).count();
        let cells = Cells::of(&counts, &counts, &sensitive, 3.0);
        let mut least = 0.0;
        let mut run = |effort| {
            let begun = Instant::now();
            let found = protect(&cells, &links, effort)
                .unwrap_or_else(|problems| panic!("{groups:?}: {problems:?}"));
            least = found.least;
            let withheld = found.withheld.iter().filter(|withheld| **withheld).count();
            let seconds = begun.elapsed().as_secs_f64();
            format!("{}, {}, {seconds:.2}", withheld - primaries, found.lost)
        };
        let (quick, best) = (run(Effort::Heuristic), run(Effort::default()));
        let name: Vec<String> = groups.iter().map(usize::to_string).collect();
        println!(
            "| {}{} | {} | {primaries} | {quick} | {best} | {least} |",
            name.join(" × "),
            if regions { ", nested" } else { "" },
            counts.len(),
        );
    }
}

/// The same from interviews to what is released, where small groups that follow together are hidden too.
fn releases() {
    println!(
        "\n| groups | interviews | cells | empty | withheld by rule | withheld beside, people | s to estimate | s to release |\n|---|---|---|---|---|---|---|---|"
    );
    let tables: [(&[u64], usize); 6] = [
        (&[10, 2, 5], 3_000),
        (&[40, 2, 5], 8_000),
        (&[40, 2, 5, 5], 20_000),
        (&[40, 2, 5, 5], 60_000),
        (&[60, 12, 11], 100_000),
        (&[40, 6, 5, 5], 100_000),
    ];
    for (groups, rows) in tables {
        let mut chance = Chance::new(5);
        let columns: Vec<Groups> = groups
            .iter()
            .map(|&count| {
                // Some groups are larger than others.
                let place =
                    |chance: &mut Chance| chance.below(count).max(chance.below(count)) as i64;
                Groups::from_numbers((0..rows).map(|_| place(&mut chance)).collect::<Vec<_>>())
            })
            .collect();
        let flags: Vec<u8> = (0..rows).map(|_| u8::from(chance.below(6) == 0)).collect();
        let weights: Vec<f64> = (0..rows).map(|_| 10.0 + 10.0 * chance.share()).collect();
        let prison = Groups::from_numbers((0..rows).map(|row| row as i64 / 30));
        let plan = Plan {
            weights: Weights::Given(&weights),
            stages: vec![Stage {
                clusters: Clusters::Groups(&prison),
                strata: None,
                population: Population::Unlimited,
            }],
            ..Plan::simple()
        };
        let design = Design::new(&plan, rows).expect("a design");
        let names = ["a", "b", "c", "d"];
        let factors: Vec<(&str, &Groups)> = names.into_iter().zip(&columns).collect();
        let begun = Instant::now();
        let asked = Statistic::Proportion(Values::Flags(&flags));
        let crossing = cross(&design, &factors, asked, &Options::default()).expect("a table");
        let estimated = begun.elapsed().as_secs_f64();
        let reasons = reasons(&crossing, &Rules::default());
        let released = begun.elapsed().as_secs_f64() - estimated;
        let people = reveal(&crossing, &Standard::default());
        let with = |wanted: fn(Option<Withheld>) -> bool| {
            let places = reasons.iter().zip(people.cells());
            let n = places
                .filter(|(why, _)| wanted(**why))
                .map(|(_, cell)| cell.figure.as_ref().map_or(0, |figure| figure.n));
            let n: Vec<u64> = n.collect();
            (n.len(), n.iter().sum::<u64>())
        };
        let beside = with(|why| why == Some(Withheld::Complementary));
        let by_rule = with(|why| {
            why.is_some_and(|why| why != Withheld::Complementary && why != Withheld::Empty)
        });
        let name: Vec<String> = groups.iter().map(u64::to_string).collect();
        println!(
            "| {} | {rows} | {} | {} | {} | {}, {} | {estimated:.2} | {released:.2} |",
            name.join(" × "),
            reasons.len(),
            with(|why| why == Some(Withheld::Empty)).0,
            by_rule.0,
            beside.0,
            beside.1,
        );
    }
}
