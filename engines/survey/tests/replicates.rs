//! Jackknife against R's `as.svrepdesign`, and bootstrap against the formula that it approaches.

use survey::*;

use crate::reference::{cases, design};

fn mean(values: &[f64]) -> impl Fn(&[f64]) -> f64 {
    move |weights| {
        let people: f64 = weights.iter().sum();
        weights.iter().zip(values).map(|(weight, value)| weight * value).sum::<f64>() / people
    }
}

#[test]
fn jackknife_as_in_r() {
    let Some(folder) = cases() else { return };
    for (name, theirs) in [
        ("strat", 9.40894080278461),
        ("clus1", 26.3293605895276),
        ("clus1_nofpc", 26.5941613577106),
    ] {
        let (frame, design) = design(&folder, name);
        let values = frame.numbers("api00");
        let (_, se) = Replicates::jackknife(&design).estimate(mean(&values));
        assert!((se / theirs - 1.0).abs() < 1e-12, "{name}: {se}, R has {theirs}");
    }
}

#[test]
fn bootstrap_approaches_the_linear_formula() {
    let rows = 400;
    let prisons = Groups::from_numbers((0..rows).map(|row| row / 10));
    let strata = Groups::from_numbers((0..rows).map(|row| row / 100));
    let mut chance = Chance::new(11);
    let values: Vec<f64> =
        (0..rows).map(|row| chance.share() + ((row / 10) % 7) as f64 / 5.0).collect();
    let stage = Stage {
        clusters: Clusters::Groups(&prisons),
        strata: Some(&strata),
        population: Population::Unlimited,
    };
    let design = Design::new(&Plan { stages: vec![stage], ..Plan::simple() }, rows as usize)
        .expect("a design");
    let everybody = Domains::all(rows as usize);
    let table = Table::new(&design, &everybody).expect("a table");
    let figures = estimate(&table, Statistic::Mean(Values::Numbers(&values)), &Options::default())
        .expect("figures");
    let (value, se) = Replicates::bootstrap(&design, 4000, &mut chance).estimate(mean(&values));
    assert!((value - figures[0].value).abs() < 1e-12);
    // The relative error of a standard deviation of 4,000 draws is 1/√8000 = 1.1 %.
    assert!((se / figures[0].se - 1.0).abs() < 0.045, "{se} beside {}", figures[0].se);
}

#[test]
fn balanced_replicates_of_pairs_give_the_linear_variance_exactly() {
    // Four strata of two units and the four rows of a Hadamard matrix of order 4, for a total.
    let hadamard: [[f64; 4]; 4] = [
        [1.0, 1.0, 1.0, 1.0],
        [1.0, -1.0, 1.0, -1.0],
        [1.0, 1.0, -1.0, -1.0],
        [1.0, -1.0, -1.0, 1.0],
    ];
    let values = [3.0, 5.0, 2.0, 7.0, 1.0, 1.5];
    let total = |weights: &[f64]| weights.iter().zip(&values).map(|(w, y)| w * y).sum::<f64>();
    // Σ (y1 − y2)² over three strata, the first column being left to none.
    let linear: f64 = values.chunks(2).map(|pair| (pair[0] - pair[1]) * (pair[0] - pair[1])).sum();
    for fay in [0.0, 0.3] {
        let set = |row: &[f64; 4]| {
            (0..6)
                .map(|i| 1.0 + (1.0 - fay) * row[i / 2 + 1] * if i % 2 == 0 { 1.0 } else { -1.0 })
                .collect()
        };
        let sets: Vec<Vec<f64>> = hadamard.iter().map(set).collect();
        let (_, se) = Replicates::balanced(vec![1.0; 6], sets, fay).expect("sets").estimate(total);
        assert!((se * se / linear - 1.0).abs() < 1e-12, "{fay}");
    }
}
