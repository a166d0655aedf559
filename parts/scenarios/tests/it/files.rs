//! What ships: country files are read without a problem, kept runs belong to them.

use scenarios::{kept, models, read_problems};

#[test]
fn every_shipped_country_file_is_read() {
    assert_eq!(read_problems(), []);
    assert!(models().contains_key("MDA"));
    for (code, model) in models() {
        assert_eq!(*code, model.country.code);
    }
}

/// Where this fails, figures or model have changed since: see `data/runs/README.md` for the two commands that run them again.
#[test]
fn kept_runs_belong_to_the_inputs() {
    for (code, model) in models() {
        if let Some(report) = kept::report(code).expect("readable") {
            assert_eq!(report.basis, model.basis, "{code}: calibrate again");
            assert!(model.calibrated.is_some());
            assert!(report.fits.iter().all(|fit| fit.met), "{code}: {:?}", report.fits);
        }
        if let Some(policies) = kept::policies(code).expect("readable") {
            assert!(policies.belong_to(model), "{code}: compute the policies again");
        }
        if let Some(budget) = kept::budget(code).expect("readable") {
            assert_eq!(budget.inputs, model.inputs, "{code}: compute the budget again");
        }
    }
    assert!(kept::policies("MDA").expect("readable").is_some(), "Moldova's policies ship");
}

/// More of the same care gains more: an order that no draw should turn.
#[test]
fn kept_policies_stand_in_a_sensible_order() {
    let Some(policies) = kept::policies("MDA").expect("readable") else { return };
    for one in &policies.policies {
        assert!(one.answer.calibrated, "{}", one.id);
        assert_eq!(one.answer.draws, policies.draws);
        assert_eq!(one.answer.cloud.len(), policies.draws);
        assert!(one.answer.outcome("oat-years").is_some());
    }
    let years = |id: &str| {
        let one = policies.policies.iter().find(|one| one.id == id).expect("a policy");
        one.answer.outcome("dalys").expect("years").averted.mean
    };
    assert!(years("together") > years("oat-prison"), "all together gains more than one alone");
    assert!(
        years("throughcare") > years("oat-prison"),
        "treatment kept gains more than treatment broken"
    );
}

#[test]
fn a_larger_budget_never_buys_less() {
    let Some(budget) = kept::budget("MDA").expect("readable") else { return };
    let most = budget.most();
    let gained: Vec<f64> = (0..=20)
        .filter_map(|step| Some(budget.best(most * f64::from(step) / 20.0)?.0.gained.mean))
        .collect();
    assert_eq!(gained.len(), 21, "nothing at all is always within an amount");
    assert!(gained.windows(2).all(|pair| pair[0] <= pair[1]), "{gained:?}");
    let steps: f64 = budget.next_steps(most / 7.0).iter().map(|(_, gain)| gain).sum();
    assert!((steps - (gained[20] - gained[0])).abs() < 1.0, "steps add up to the whole: {steps}");
    for mix in budget.curve() {
        let question = budget.question(crate::moldova(), mix);
        assert_eq!(question.moves.is_empty(), mix.levels.iter().all(|level| *level == 0));
    }
}
