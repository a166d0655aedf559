//! Calibration within bounds and within groups against R `survey` 4.1-1; replicates made here against what they stand for; trends.

use survey::*;

use crate::reference::{cases, design};

#[test]
fn calibration_within_bounds_and_within_groups_as_in_r() {
    let Some(folder) = cases() else { return };
    let linear = Distance::LinearWithin { lower: 0.6, upper: 1.6 };
    let raking = Distance::RakingWithin { lower: 0.5, upper: 2.0 };
    // Range of the factors; mean of api00 and total of enroll with standard errors.
    for (distance, is_together, range, mean, total) in [
        (
            linear,
            false,
            (0.6, 1.6),
            (665.48494593063, 3.41838740287254),
            (3662212.87306017, 378690.752920478),
        ),
        (
            raking,
            false,
            (0.53423160077711, 1.99476099114864),
            (665.393782614016, 3.43775351976491),
            (3616588.78095932, 387618.629405431),
        ),
        (
            Distance::Linear,
            true,
            (-0.223575105342071, 2.82890980205988),
            (666.832453531956, 4.01788350388105),
            (3238699.26370536, 206588.106254568),
        ),
        (
            Distance::Raking,
            true,
            (0.237552333657285, 3.0050594952725),
            (665.956802945421, 3.88267345712396),
            (3181291.72273057, 195449.343601712),
        ),
    ] {
        let (frame, before) = design(&folder, "clus1");
        let rows = frame.rows();
        let known = Auxiliary::new()
            .people(rows, 6194.0)
            .groups(&frame.groups("stype"), &[4421.0, 755.0, 1018.0])
            .values("api99", frame.numbers("api99"), 3_914_069.0);
        let districts = frame.groups("dnum");
        let weights = before.weights().to_vec();
        let made = match is_together {
            true => before.calibrated_together(&known, distance, &districts),
            false => before.calibrated(&known, distance),
        }
        .expect("weights exist");
        let ratio = made.weights().iter().zip(&weights).map(|(new, old)| new / old);
        let (low, high) = ratio.fold((f64::INFINITY, 0.0f64), |(l, h), x| (l.min(x), h.max(x)));
        let everybody = Domains::all(rows);
        let table = Table::new(&made, &everybody).expect("a table");
        let figure = |statistic| {
            estimate(&table, statistic, &Options::default()).expect("a figure").remove(0)
        };
        let (api, enroll) = (frame.numbers("api00"), frame.numbers("enroll"));
        let ours_mean = figure(Statistic::Mean(Values::Numbers(&api)));
        let ours_total = figure(Statistic::Total(Values::Numbers(&enroll)));
        for (ours, theirs) in [
            (low, range.0),
            (high, range.1),
            (ours_mean.value, mean.0),
            (ours_mean.se, mean.1),
            (ours_total.value, total.0),
            (ours_total.se, total.1),
        ] {
            assert!(
                (ours / theirs - 1.0).abs() < 1e-9,
                "{distance:?} {is_together}: {ours}, R has {theirs}"
            );
        }
    }
}

#[test]
fn calibration_that_cannot_be() {
    let design = || Design::new(&Plan::simple(), 4).expect("a design");
    let known =
        Auxiliary::new().people(4, 40.0).values("age", vec![20.0, 30.0, 40.0, 50.0], 1_990.0);
    for distance in [
        Distance::LinearWithin { lower: 0.9, upper: 1.1 },
        Distance::RakingWithin { lower: 0.9, upper: 1.1 },
    ] {
        let text =
            design().calibrated(&known, distance).expect_err("all cannot be 50")[0].to_string();
        assert!(text.contains("no weights give the total of"), "{text}");
    }
    let wrong = Distance::LinearWithin { lower: 1.1, upper: 2.0 };
    let text = design().calibrated(&known, wrong).expect_err("1 must lie within")[0].to_string();
    assert!(text.contains("they must stand on either side of 1"), "{text}");
    let weights = [1.0, 2.0, 1.0, 1.0];
    let plan = Plan { weights: Weights::Given(&weights), ..Plan::simple() };
    let cells = Groups::from_text(["a", "a", "b", "b"]);
    let text = Design::new(&plan, 4)
        .expect("a design")
        .calibrated_together(&known, Distance::Linear, &cells)
        .expect_err("two weights in one cell")[0]
        .to_string();
    assert!(text.contains("row 2: a weight of 2 where others of group a have 1"), "{text}");
}

/// Strata of two prisons each, three people in a prison.
fn pairs(strata: i64) -> (Design, Vec<f64>) {
    let rows = (strata * 6) as usize;
    let prisons = Groups::from_numbers((0..rows as i64).map(|row| row / 3));
    let regions = Groups::from_numbers((0..rows as i64).map(|row| row / 6));
    let mut chance = Chance::new(strata as u64);
    let weights: Vec<f64> = (0..rows).map(|_| 1.0 + chance.share()).collect();
    let stage = Stage {
        clusters: Clusters::Groups(&prisons),
        strata: Some(&regions),
        population: Population::Unlimited,
    };
    let plan = Plan { weights: Weights::Given(&weights), stages: vec![stage], ..Plan::simple() };
    let values = (0..rows).map(|row| chance.share() + (row / 3 % 5) as f64).collect();
    (Design::new(&plan, rows).expect("a design"), values)
}

#[test]
fn half_samples_give_a_total_its_linear_variance() {
    for strata in [1, 2, 7, 12, 39] {
        let (design, values) = pairs(strata);
        let everybody = Domains::all(values.len());
        let table = Table::new(&design, &everybody).expect("a table");
        let linear =
            estimate(&table, Statistic::Total(Values::Numbers(&values)), &Options::default())
                .expect("a total");
        let total = |weights: &[f64]| weights.iter().zip(&values).map(|(w, y)| w * y).sum::<f64>();
        for fay in [0.0, 0.5] {
            let made = Replicates::half_samples(&design, fay).expect("pairs");
            assert!(made.len() > strata as usize && made.len() <= strata as usize + 8);
            let (value, se) = made.estimate(total);
            assert!((value / linear[0].value - 1.0).abs() < 1e-12);
            assert!(
                (se / linear[0].se - 1.0).abs() < 1e-12,
                "{strata} {fay}: {se} beside {}",
                linear[0].se
            );
        }
    }
    let design = Design::new(&Plan::simple(), 3).expect("a design");
    let text = Replicates::half_samples(&design, 0.0).expect_err("three units")[0].to_string();
    assert!(
        text.contains("1 of 1 strata do not have two sampled units (the first has 3)"),
        "{text}"
    );
    assert!(Replicates::half_samples(&pairs(2).0, 1.0).is_err());
}

#[test]
fn successive_differences_are_half_the_squares_of_neighbours() {
    for rows in [3usize, 10, 31] {
        let mut chance = Chance::new(rows as u64);
        let values: Vec<f64> = (0..rows).map(|_| chance.share()).collect();
        let order: Vec<f64> = (0..rows).map(|_| chance.share()).collect();
        let design = Design::new(&Plan::simple(), rows).expect("a design");
        let made = Replicates::successive_differences(&design, &order, 32).expect("sets");
        assert_eq!(made.len(), 32);
        let total = |weights: &[f64]| weights.iter().zip(&values).map(|(w, y)| w * y).sum::<f64>();
        let mut list: Vec<usize> = (0..rows).collect();
        list.sort_by(|&a, &b| order[a].total_cmp(&order[b]));
        // The list closes into a circle.
        let square = |k: usize| (values[list[k]] - values[list[(k + 1) % rows]]).powi(2);
        let expected: f64 = (0..rows).map(square).sum::<f64>() / 2.0;
        let (_, se) = made.estimate(total);
        assert!((se * se / expected - 1.0).abs() < 1e-10, "{rows}: {} beside {expected}", se * se);
    }
    // A list longer than the matrix: right on average over the orders of its neighbours' products.
    let rows = 400;
    let mut chance = Chance::new(5);
    let design = Design::new(&Plan::simple(), rows).expect("a design");
    let order: Vec<f64> = (0..rows).map(|row| row as f64).collect();
    let made = Replicates::successive_differences(&design, &order, 80).expect("sets");
    let mut ratio = 0.0;
    for _ in 0..200 {
        let values: Vec<f64> = (0..rows).map(|row| row as f64 / 400.0 + chance.share()).collect();
        let total = |weights: &[f64]| weights.iter().zip(&values).map(|(w, y)| w * y).sum::<f64>();
        let expected: f64 =
            values.windows(2).map(|pair| (pair[0] - pair[1]).powi(2)).sum::<f64>() / 2.0;
        ratio += made.estimate(total).1.powi(2) / expected / 200.0;
    }
    assert!((ratio - 1.0).abs() < 0.1, "{ratio}");
}

#[test]
fn reweighting_each_replicate_counts_the_reweighting() {
    let (design, values) = pairs(12);
    let sex = Groups::from_numbers((0..values.len()).map(|row| (row % 2) as i64));
    let to_known = |weights: &[f64]| -> Result<Vec<f64>, String> {
        let mut sums = [0.0; 2];
        weights.iter().zip(sex.codes()).for_each(|(w, &code)| sums[code as usize] += w);
        Ok(weights
            .iter()
            .zip(sex.codes())
            .map(|(w, &code)| w * [60.0, 48.0][code as usize] / sums[code as usize])
            .collect())
    };
    let made = Replicates::jackknife(&design).reweighted(to_known).expect("weights");
    // A total that post-stratification fixes has no error left.
    let women = |weights: &[f64]| {
        weights.iter().zip(sex.codes()).filter(|(_, code)| **code == 1).map(|(w, _)| w).sum::<f64>()
    };
    let (value, se) = made.estimate(women);
    assert!((value - 48.0).abs() < 1e-9 && se < 1e-9);
    // And another comes near to the variance on residuals.
    let total = |weights: &[f64]| weights.iter().zip(&values).map(|(w, y)| w * y).sum::<f64>();
    let fitted =
        design.post_stratified(Known { groups: &sex, totals: &[60.0, 48.0] }).expect("known");
    let everybody = Domains::all(values.len());
    let table = Table::new(&fitted, &everybody).expect("a table");
    let linear = estimate(&table, Statistic::Total(Values::Numbers(&values)), &Options::default())
        .expect("a total");
    let (value, se) = made.estimate(total);
    assert!((value / linear[0].value - 1.0).abs() < 1e-12);
    assert!((se / linear[0].se - 1.0).abs() < 0.1, "{se} beside {}", linear[0].se);
}

#[test]
fn classes_in_which_too_few_answered_are_named() {
    let wing = Groups::from_text((0..60).map(|row| if row < 30 { "north" } else { "south" }));
    let answered: Vec<u8> =
        (0..60).map(|row| u8::from(row % 30 < if row < 30 { 24 } else { 10 })).collect();
    let weights = vec![2.0; 60];
    let problems = adjust_for_response(&weights, &answered, &wing, &Classes::default())
        .expect_err("ten answered");
    assert_eq!(problems.len(), 1);
    let text = problems[0].to_string();
    assert!(text.contains("10 of 30 answered in class south, a factor of 3.00; join it"), "{text}");
    let loose = Classes { least_answered: 5, greatest_factor: 4.0 };
    let made = adjust_for_response(&weights, &answered, &wing, &loose).expect("weights");
    assert!((made.weights.iter().sum::<f64>() - 120.0).abs() < 1e-12);
    assert_eq!((made.classes[0].rate, made.classes[0].factor), (0.8, 1.25));
    // Who was not eligible stands for nobody.
    let mut none = answered.clone();
    none[0] = 9;
    let made = adjust_for_response(&weights, &none, &wing, &loose).expect("weights");
    assert!((made.weights.iter().sum::<f64>() - 118.0).abs() < 1e-12 && made.weights[0] == 0.0);
}

#[test]
fn trends_that_cannot_be_and_that_bend() {
    let round = |time, value, se| Round { time, value, se, df: 20.0 };
    let told =
        |rounds: &[Round], scale| trend(rounds, scale, 0.95).expect_err("refused").to_string();
    assert!(told(&[round(2020.0, 0.2, 0.02)], Scale::Plain).contains("fewer than two times"));
    assert!(
        told(&[round(2020.0, 0.2, 0.02), round(2020.0, 0.3, 0.02)], Scale::Plain)
            .contains("fewer than two times")
    );
    assert!(
        told(&[round(2020.0, 0.0, 0.02), round(2021.0, 0.3, 0.02)], Scale::Logit)
            .contains("rounds, row 1: 0 has no place")
    );
    assert!(
        told(&[round(2020.0, 0.1, 0.0), round(2021.0, 0.3, 0.02)], Scale::Plain)
            .contains("standard error above zero")
    );
    let two = trend(&[round(2020.0, 0.2, 0.03), round(2022.0, 0.3, 0.04)], Scale::Plain, 0.95)
        .expect("a trend");
    assert!((two.slope.value - 0.05).abs() < 1e-12 && (two.slope.se - 0.025).abs() < 1e-12);
    assert!(two.departure.is_none());
    // Up and down again: no slope, but no line either. Q = Σ ((y − ȳ)/σ)² = (0.01² + 0.01² + 0.02²)/0.005² = 24 with one degree of freedom.
    let bent = [round(2020.0, 0.19, 0.005), round(2021.0, 0.22, 0.005), round(2022.0, 0.19, 0.005)];
    let bent = trend(&bent, Scale::Plain, 0.95).expect("a trend");
    assert!(bent.slope.value.abs() < 1e-12 && bent.departure.expect("three rounds") < 1e-5);
    let odds = trend(&[round(0.0, 0.5, 0.01), round(1.0, 0.75, 0.01)], Scale::Logit, 0.95)
        .expect("a trend");
    assert!((odds.slope.value.exp() - 3.0).abs() < 1e-12);
}
