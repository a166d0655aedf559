//! What holds for any sample: figures follow their definition, order does not matter, and shortcuts give what the long way gives.

use proptest::prelude::*;
use survey::*;

#[derive(Debug, Clone)]
struct Sample {
    strata: Vec<u8>,
    prisons: Vec<u8>,
    weights: Vec<f64>,
    values: Vec<f64>,
    groups: Vec<u8>,
}

/// Up to 60 people in up to 4 strata of 2 to 5 prisons; some answers missing, some weights zero.
fn sample() -> impl Strategy<Value = Sample> {
    let person = (0u8..4, 0u8..5, 0.5f64..20.0, 0u8..10, any::<bool>(), 0u8..3);
    proptest::collection::vec(person, 4..60).prop_map(|people| {
        let mut s = Sample {
            strata: vec![],
            prisons: vec![],
            weights: vec![],
            values: vec![],
            groups: vec![],
        };
        for (stratum, prison, weight, answer, yes, group) in people {
            s.strata.push(stratum);
            s.prisons.push(stratum * 10 + prison);
            s.weights.push(if answer == 9 { 0.0 } else { weight });
            s.values.push(if answer == 8 { f64::NAN } else { f64::from(u8::from(yes)) });
            s.groups.push(group);
        }
        // Nobody alone: the last row always counts.
        *s.weights.last_mut().expect("four at least") = 1.0;
        s
    })
}

fn groups(codes: &[u8]) -> Groups {
    Groups::from_numbers(codes.iter().map(|&code| i64::from(code)))
}

fn design(s: &Sample) -> Design {
    let (strata, prisons) = (groups(&s.strata), groups(&s.prisons));
    let stage = Stage {
        clusters: Clusters::Groups(&prisons),
        strata: Some(&strata),
        population: Population::Unlimited,
    };
    let plan = Plan {
        weights: Weights::Given(&s.weights),
        stages: vec![stage],
        lonely: Lonely::Adjust,
        ..Plan::simple()
    };
    Design::new(&plan, s.values.len()).expect("a sample is a design")
}

fn mean(design: &Design, domains: &Domains, values: &[f64]) -> Vec<Estimate> {
    let table = Table::new(design, domains).expect("a table");
    estimate(&table, Statistic::Mean(Values::Numbers(values)), &Options::default())
        .expect("figures")
}

fn near(a: f64, b: f64) -> bool {
    (a.is_nan() && b.is_nan()) || (a - b).abs() <= 1e-9 * (1.0 + a.abs().max(b.abs()))
}

proptest! {
    #[test]
    fn a_mean_is_the_weighted_mean(s in sample()) {
        let figure = &mean(&design(&s), &Domains::all(s.values.len()), &s.values)[0];
        let (mut over, mut under) = (0.0, 0.0);
        for (value, weight) in s.values.iter().zip(&s.weights).filter(|(value, _)| !value.is_nan()) {
            over += weight * value;
            under += weight;
        }
        prop_assert!(near(figure.value, over / under));
    }

    #[test]
    fn the_order_of_rows_does_not_matter(s in sample()) {
        let turned = |values: &[u8]| values.iter().rev().copied().collect::<Vec<_>>();
        let turned_f = |values: &[f64]| values.iter().rev().copied().collect::<Vec<_>>();
        let back = Sample {
            strata: turned(&s.strata), prisons: turned(&s.prisons), groups: turned(&s.groups),
            weights: turned_f(&s.weights), values: turned_f(&s.values),
        };
        for (a, b) in [(&s, &back)] {
            let (g, h) = (groups(&a.groups), groups(&b.groups));
            let one = mean(&design(a), &Domains::crossing(&[("g", &g)]).expect("g"), &a.values);
            let two = mean(&design(b), &Domains::crossing(&[("g", &h)]).expect("h"), &b.values);
            for (x, y) in one.iter().zip(&two) {
                prop_assert!(near(x.value, y.value) && near(x.se, y.se) && x.n == y.n && x.df == y.df);
            }
        }
    }

    #[test]
    fn fitting_to_totals_that_hold_changes_no_weight_and_leaves_them_without_variance(mut s in sample()) {
        s.weights.iter_mut().for_each(|weight| *weight += 0.5);
        let plain = design(&s);
        let g = groups(&s.strata);
        let mut totals = vec![0.0; g.names().len()];
        g.codes().iter().zip(&s.weights).for_each(|(&code, weight)| totals[code as usize] += weight);
        let known = Known { groups: &g, totals: &totals };
        let fitted = plain.clone().post_stratified(known).expect("it holds already");
        prop_assert!(plain.weights().iter().zip(fitted.weights()).all(|(a, b)| near(*a, *b)));
        let everybody = Domains::all(s.values.len());
        let sum = vec![1.0; s.values.len()];
        let table = Table::new(&fitted, &everybody).expect("a table");
        let people = estimate(&table, Statistic::Total(Values::Numbers(&sum)), &Options::default()).expect("figures");
        prop_assert!(people[0].se < 1e-6 * people[0].value, "a known total has no variance: {}", people[0].se);
    }

    #[test]
    fn intervals_lie_within_bounds_and_hold_the_estimate(s in sample()) {
        let design = design(&s);
        let g = groups(&s.groups);
        let domains = Domains::crossing(&[("g", &g)]).expect("g");
        let table = Table::new(&design, &domains).expect("a table");
        let all = [Interval::Logit, Interval::Likelihood, Interval::Arcsine, Interval::Beta, Interval::Mean,
            Interval::Xlogit, Interval::Wilson];
        for interval in all {
            let options = Options { interval, ..Options::default() };
            let figures = estimate(&table, Statistic::Proportion(Values::Numbers(&s.values)), &options).expect("figures");
            for figure in figures {
                let Some((low, high)) = figure.bounds else { continue };
                prop_assert!(low <= high + 1e-12 || interval == Interval::Arcsine, "{interval:?} {figure:?}");
                if interval != Interval::Mean {
                    prop_assert!((0.0..=1.0).contains(&low) && (0.0..=1.0).contains(&high), "{interval:?} {figure:?}");
                }
                if !matches!(interval, Interval::Arcsine) {
                    prop_assert!(low <= figure.value + 1e-8 && figure.value - 1e-8 <= high, "{interval:?} {figure:?}");
                }
            }
        }
    }

    #[test]
    fn a_contrast_with_itself_is_nothing_and_covariance_with_itself_is_variance(s in sample()) {
        let design = design(&s);
        let everybody = Domains::all(s.values.len());
        let table = Table::new(&design, &everybody).expect("a table");
        let statistic = Statistic::Mean(Values::Numbers(&s.values));
        let figures = estimate_with_influence(&table, statistic, &Options::default()).expect("figures");
        let (figure, influence) = &figures[0];
        prop_assume!(figure.n > 0);
        let none = contrast(&design, &[(1.0, influence), (-1.0, influence)], 0.95);
        prop_assert!(near(none.value, 0.0) && near(none.se, 0.0));
        prop_assert!(near(covariance(&design, influence, influence), figure.se * figure.se));
    }

    #[test]
    fn a_quantile_is_an_answer_and_more_share_is_no_less(s in sample()) {
        let values: Vec<f64> = s.values.iter().zip(&s.weights).map(|(v, w)| v + (w * 3.0).floor()).collect();
        let design = design(&s);
        let everybody = Domains::all(values.len());
        let table = Table::new(&design, &everybody).expect("a table");
        let at = |share| quantile(&table, Values::Numbers(&values), share, &Options::default()).expect("q")[0].value;
        let (low, high) = (at(0.25), at(0.75));
        prop_assert!(low.is_nan() || (values.contains(&low) && values.contains(&high) && low <= high));
    }
}
