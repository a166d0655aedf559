//! The budget among intensities: the walk finds what trying everything finds, an amount is kept to, and more money never buys less.

use epidemic::budget::{Answer, Ladder, Question, answer, watched};
use epidemic::explorer::Sample;
use epidemic::{Base, Country, Quantity, Scenario, Seed};

use crate::moldova::moldova;

fn policy(country: &Country, name: &str, levers: &[(&str, &str, f64)]) -> Scenario {
    let mut text = format!("name = \"{name}\"\n");
    for (what, place, target) in levers {
        text += &format!(
            "[[intervention]]\nwhat = \"{what}\"\nwhere = \"{place}\"\ntarget = {target}\nfrom = 2020\n"
        );
    }
    let (policy, problems) = Scenario::read("policy.toml", &text, country);
    assert_eq!(problems, vec![]);
    policy.unwrap()
}

fn ladders(country: &Country) -> Vec<Ladder> {
    let policies = [
        policy(country, "OAT outside", &[("oat", "community", 0.4)]),
        policy(country, "needles", &[("needles", "community", 0.9), ("needles", "prison", 0.6)]),
        policy(country, "DAA", &[("daa", "community", 2.0), ("hcv testing", "community", 1.0)]),
    ];
    policies.iter().map(|p| Ladder::of(p, &[0.5, 1.0], country)).collect()
}

fn run(amounts: &[f64], most_mixes: usize) -> Answer {
    let country = moldova();
    let sample = Sample { seed: Seed(41), years: 12, share: 0.06 };
    let draws = vec![country.central(); 3];
    let base =
        Base::new(&country, &Scenario::status_quo(), draws, sample, 2020.0, &|| true).unwrap();
    let ladders = ladders(&country);
    let question = Question {
        ladders: &ladders,
        averted: Quantity::Dalys,
        money: Quantity::ServiceCost,
        amounts,
        most_mixes,
    };
    assert_eq!(question.mixes(), (27, most_mixes >= 27));
    assert_eq!(watched(&base, &question, &|mixes| mixes < 3), None, "stopped");
    answer(&base, &question, &|| true).unwrap()
}

#[test]
fn half_of_a_policy_is_half_way_from_what_is_there() {
    let country = moldova();
    let ladder = &ladders(&country)[0];
    let now = country.central().oat_community;
    assert_eq!(ladder.rungs[0].interventions[0].target, now + (0.4 - now) * 0.5);
    assert_eq!(
        (ladder.rungs[1].interventions[0].target, ladder.rungs[1].name.as_str()),
        (0.4, "OAT outside at 100 %")
    );
}

#[test]
fn the_walk_finds_nearly_what_trying_everything_finds() {
    let all = run(&[], 27);
    assert!(all.all && all.mixes.len() == 27 && all.from == 2020);
    let dearest = all.mixes.last().unwrap().per_year;
    let amounts = [0.2, 0.4, 0.6, 0.8].map(|share| share * dearest);
    let walk = run(&amounts, 12);
    assert!(!walk.all && walk.mixes.len() < 27, "{}", walk.mixes.len());
    for amount in amounts {
        let ((best, runner_up), (found, _)) =
            (all.best(amount).unwrap(), walk.best(amount).unwrap());
        assert!(best.per_year <= amount && found.per_year <= amount);
        assert!(runner_up.unwrap().averted.mean <= best.averted.mean);
        assert!(
            found.averted.mean >= 0.95 * best.averted.mean,
            "{amount}: {found:?} against {best:?}"
        );
    }
}

#[test]
fn each_next_million_is_told_and_adds_up() {
    let all = run(&[], 27);
    let curve = all.curve();
    assert!(
        curve
            .windows(2)
            .all(|w| { w[0].per_year <= w[1].per_year && w[0].averted.mean < w[1].averted.mean })
    );
    let steps = all.next_steps(curve.last().unwrap().per_year / 5.0);
    assert_eq!(steps.len(), 5);
    assert!(steps.iter().all(|step| step.1 >= 0.0), "more money never buys less");
    let nothing = all.best(0.0).unwrap().0.averted.mean;
    let sum: f64 = steps.iter().map(|step| step.1).sum();
    assert!((sum + nothing - curve.last().unwrap().averted.mean).abs() < 1e-6 * sum.abs());
    assert_eq!(all.best(f64::NEG_INFINITY), None);
    assert!(all.next_steps(0.0).is_empty());
}
