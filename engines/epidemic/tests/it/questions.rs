//! The budget question and the elimination question, on a small Moldova.

use epidemic::questions::{
    Verdict, absolute, best_for_budget, budget_curve, elimination, mixes, verdict,
};
use epidemic::{Ensemble, Plan, Quantity, Scenario, Seed, Where};

use crate::coupling::oat_in_prison;
use crate::moldova::moldova;

fn ensemble() -> Ensemble {
    let country = moldova();
    let daa = "name = \"DAA\"\n[[intervention]]\nwhat = \"daa\"\nwhere = \"community\"\ntarget = 20\nfrom = 2019\n\
        [[intervention]]\nwhat = \"hcv testing\"\nwhere = \"community\"\ntarget = 20\nfrom = 2019\n\
        [[intervention]]\nwhat = \"daa\"\nwhere = \"prison\"\ntarget = 20\nfrom = 2019\n\
        [[intervention]]\nwhat = \"hcv testing\"\nwhere = \"prison\"\ntarget = 20\nfrom = 2019\n";
    let daa = Scenario::read("daa.toml", daa, &country).0.unwrap();
    let arms = mixes(&[oat_in_prison(&country, 0.4), daa]).unwrap();
    assert_eq!(arms[3].name, "OAT in prison + DAA");
    let mut plan = Plan::prior(&country, &arms, Seed(5), 13, 4);
    plan.draws = vec![country.central(); 4];
    for p in &mut plan.draws {
        (p.people_current, p.people_former, p.new_people, p.persons_held) =
            (3000.0, 0.0, 180.0, 600.0);
    }
    plan.run(&|_| true)
}

#[test]
fn more_money_never_buys_less() {
    let e = ensemble();
    let curve = budget_curve(&e, Quantity::Dalys);
    assert!(
        curve
            .windows(2)
            .all(|w| w[0].cost_per_year <= w[1].cost_per_year && w[0].averted < w[1].averted)
    );
    let everything = best_for_budget(&e, Quantity::Dalys, f64::INFINITY).unwrap();
    assert_eq!(everything.0, *curve.last().unwrap());
    assert!(everything.1.unwrap().averted <= everything.0.averted);
    // With no money, what is left is the status quo or what saves.
    let nothing = best_for_budget(&e, Quantity::Dalys, 0.0).unwrap().0;
    assert!(nothing.cost_per_year <= 0.0);
    assert_eq!(best_for_budget(&e, Quantity::Dalys, f64::NEG_INFINITY), None);
}

#[test]
fn treating_everybody_at_once_eliminates_and_the_status_quo_does_not() {
    let e = ensemble();
    let (as_is, treated) = (elimination(&e, 0, 2018).unwrap(), elimination(&e, 2, 2018).unwrap());
    assert_eq!(as_is.reached, 0.0);
    assert!(as_is.infections_left.median > 0.5);
    assert!(treated.infections_left.high < 0.2, "{treated:?}");
    assert!(treated.year_of_incidence_target.iter().all(|y| y.is_some_and(|y| y < 2030)));
    assert_eq!(elimination(&e, 0, 2015), None, "the run begins in 2018");
}

#[test]
fn the_verdict_says_which_target_was_used() {
    let e = ensemble();
    let Some(Verdict::Absolute(as_is)) = verdict(&e, 0, None) else {
        panic!("the run begins in 2018, after the base year");
    };
    assert!(as_is.per_100.median > 2.0 && as_is.reached == 0.0, "{as_is:?}");
    assert_eq!((as_is.infections_per_100_000, as_is.deaths_per_100_000), (None, None));
    let treated = absolute(&e, 2, Some(200_000.0)).unwrap();
    assert!(treated.per_100.high < as_is.per_100.low);
    let per_100_000 = treated.infections_per_100_000.unwrap();
    let infections = e.in_year(2, Quantity::HcvInfections, Where::Everywhere, 12).unwrap();
    assert_eq!(per_100_000.mean, infections.mean / 2.0);
    // The same figures, had they begun three years later: 2030 is the last but three; and had they begun with the base year.
    let earlier = Ensemble { start: 2010, ..e };
    assert_eq!(verdict(&earlier, 0, None), None, "2030 is not in the run");
}

#[test]
fn with_the_base_year_in_the_run_the_fall_is_read() {
    let country = epidemic::Country { start: 2014, ..moldova() };
    let arms = [Scenario::status_quo()];
    let mut plan = Plan::prior(&country, &arms, Seed(5), 17, 2);
    plan.share = 0.03;
    let e = plan.run(&|_| true);
    let Some(Verdict::Since(2015, fall)) = verdict(&e, 0, None) else { panic!("2015 is there") };
    assert_eq!(Some(fall), elimination(&e, 0, 2015));
}

#[test]
fn too_many_policies_are_refused() {
    assert!(mixes(&vec![Scenario::status_quo(); 9]).unwrap_err().contains("512 mixes"));
}
