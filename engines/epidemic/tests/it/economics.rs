//! Money and health: the plane, acceptability and efficient policies against figures that can be reckoned by hand; the table as columns.

use epidemic::ensemble::{ArmResult, DrawResult};
use epidemic::table::Values;
use epidemic::{Ensemble, Flow, Parameters, Plan, Quantity, Scenario, Seed, Where, YearTally};

use crate::coupling::oat_in_prison;
use crate::moldova::moldova;

/// One year in which so many life years are lost and so much is spent (on courses of DAA at 1 each).
fn year(dalys: f64, cost: f64) -> ArmResult {
    let p = Parameters { cost_daa: 1.0, ..Parameters::still() };
    let mut tally = YearTally { life_years_lost: dalys, ..YearTally::EMPTY };
    tally.flows[Flow::DaaStarted as usize] = cost;
    ArmResult::new(&[vec![tally]], &p)
}

/// Arms by (DALYs, cost) for each draw.
fn ensemble(draws: &[&[(f64, f64)]]) -> Ensemble {
    Ensemble {
        start: 2020,
        years: 1,
        arms: draws[0].iter().enumerate().map(|(i, _)| format!("arm {i}")).collect(),
        draws: draws
            .iter()
            .enumerate()
            .map(|(index, arms)| DrawResult {
                index,
                arms: arms.iter().map(|&(dalys, cost)| year(dalys, cost)).collect(),
                willingness_to_pay: 10.0,
            })
            .collect(),
        complete: true,
    }
}

#[test]
fn the_plane_has_four_quarters() {
    let e = ensemble(&[
        &[(100.0, 50.0), (90.0, 40.0)],
        &[(100.0, 50.0), (90.0, 80.0)],
        &[(100.0, 50.0), (110.0, 40.0)],
        &[(100.0, 50.0), (101.0, 60.0)],
    ]);
    let points = e.plane(1, Quantity::Dalys);
    assert_eq!((points[1].averted, points[1].extra_cost), (10.0, 30.0));
    let q = e.quarters(1, Quantity::Dalys).unwrap();
    assert_eq!([q.dominates, q.costs_more, q.averts_less, q.dominated], [0.25; 4]);
    // Net benefit at 10 for a DALY: 110, 70, −90, −20.
    assert_eq!(e.net_benefit(1).unwrap().mean, 17.5);
    assert_eq!(e.acceptable(1, 10.0), Some(0.5));
}

#[test]
fn the_frontier_leaves_out_what_is_dominated_by_one_or_by_a_mix() {
    // Averted and extra cost: B (10, 100), C (20, 150), D dominated by B, E dominated by a mix of C and F, F (40, 400).
    let e = ensemble(&[&[
        (100.0, 0.0),
        (90.0, 100.0),
        (80.0, 150.0),
        (92.0, 120.0),
        (75.0, 390.0),
        (60.0, 400.0),
    ]]);
    let frontier = e.efficient(Quantity::Dalys);
    // B is beaten by a mix of nothing and C: 7.5 each against 10.
    assert_eq!(frontier.iter().map(|f| f.arm).collect::<Vec<_>>(), [0, 2, 5]);
    assert_eq!(frontier.iter().map(|f| f.ratio).collect::<Vec<_>>(), [None, Some(7.5), Some(12.5)]);
}

#[test]
fn acceptability_adds_to_one_and_its_frontier_follows_the_mean() {
    let e = ensemble(&[&[(100.0, 0.0), (90.0, 100.0)], &[(100.0, 0.0), (98.0, 10.0)]]);
    let curve = e.acceptability(&[0.0, 6.0, 11.0]).unwrap();
    assert_eq!(curve[0].best, [1.0, 0.0]);
    assert_eq!(curve[1].best, [0.5, 0.5]);
    assert_eq!(curve[2].best, [0.0, 1.0]);
    assert_eq!(curve.iter().map(|c| c.optimal).collect::<Vec<_>>(), [0, 0, 1]);
    assert_eq!(Ensemble { draws: vec![], ..e }.acceptability(&[1.0]), None);
}

#[test]
fn discounting_is_settable_and_makes_later_years_smaller() {
    let country = moldova();
    let arms = [Scenario::status_quo(), oat_in_prison(&country, 0.4)];
    let mut plan = Plan::prior(&country, &arms, Seed(2), 6, 2);
    plan.share = 0.02;
    let cost =
        |plan: &Plan| plan.run(&|_| true).total(0, Quantity::Cost, Where::Everywhere).unwrap().mean;
    let (none, three, ten) = (
        cost(&plan.clone().discounted(0.0)),
        cost(&plan.clone().discounted(0.03)),
        cost(&plan.clone().discounted(0.10)),
    );
    assert!(none > three && three > ten);
    // Six years at their middles, about equal: between the first year's and the last year's factor.
    assert!((1.1_f64.powf(-5.5)..1.1_f64.powf(-0.5)).contains(&(ten / none)));
}

#[test]
fn columns_and_csv_are_one_table() {
    let country = moldova();
    let arms = [Scenario::status_quo(), oat_in_prison(&country, 0.4)];
    let mut plan = Plan::prior(&country, &arms, Seed(2), 3, 2);
    plan.share = 0.01;
    let e = plan.run(&|_| true);
    let csv = e.csv();
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let mut row = 0;
    for draw in 0..2 {
        let columns = e.columns(draw).unwrap();
        assert_eq!(columns.len(), 4 + Quantity::ALL.len());
        for line in 0..2 * 3 * 3 {
            for (column, cell) in columns.iter().zip(&rows[row]) {
                match &column.values {
                    Values::Whole(v) => assert_eq!(v[line].to_string(), cell),
                    Values::Number(v) => assert_eq!(v[line], cell.parse::<f64>().unwrap()),
                    Values::Word { words, rows } => assert_eq!(words[rows[line] as usize], cell),
                }
            }
            row += 1;
        }
    }
    assert_eq!((row, e.columns(2)), (rows.len(), None));
}

#[test]
fn a_year_s_difference_is_paired_and_years_add_up() {
    let country = moldova();
    let arms = [Scenario::status_quo(), oat_in_prison(&country, 0.4)];
    let mut plan = Plan::prior(&country, &arms, Seed(2), 5, 3);
    plan.share = 0.02;
    let e = plan.run(&|_| true);
    let q = Quantity::OatYears;
    let by_year: f64 =
        (0..5).map(|y| e.averted_in_year(1, q, Where::Prison, y).unwrap().mean).sum();
    assert!((by_year - e.averted(1, q, Where::Prison).unwrap().mean).abs() < 1e-6);
    assert_eq!(e.averted_in_year(1, q, Where::Prison, 0).unwrap().mean, 0.0, "before the policy");
}

/// Psychosocial treatment was once priced at the status quo's share, so that a policy that reached more people cost nothing.
#[test]
fn a_policy_pays_for_those_it_reaches() {
    let country = moldova();
    let text = "name = \"groups\"\n[[intervention]]\nwhat = \"psychosocial\"\nwhere = \"prison\"\ntarget = 0.5\nfrom = 2019";
    let arms = [Scenario::status_quo(), Scenario::read("g.toml", text, &country).0.unwrap()];
    let mut plan = Plan::prior(&country, &arms, Seed(2), 3, 1).discounted(0.0);
    let p = &mut plan.draws[0];
    (p.psychosocial_prison, p.cost_psychosocial, p.stop_with_psychosocial) = (0.1, 700.0, 1.0);
    plan.share = 0.05;
    let e = plan.run(&|_| true);
    let q = |q, arm: usize| e.draws[0].arms[arm].total(q, Where::Prison);
    let later: f64 =
        (1..3).map(|y| e.draws[0].arms[0].in_year(Quantity::PrisonYears, Where::Prison, y)).sum();
    let extra = q(Quantity::ServiceCost, 1) - q(Quantity::ServiceCost, 0);
    assert!((extra / (later * 0.4 * 700.0) - 1.0).abs() < 1e-9, "{extra}");
}
