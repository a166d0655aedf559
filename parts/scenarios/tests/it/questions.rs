//! An address is read as a question and written back; what cannot be asked is refused by name and value.

use epidemic::scenario::levers;
use scenarios::{LEVERS, Lever, Policy, Question, Scale};

use crate::{ask, moldova};

#[test]
fn every_lever_of_the_model_is_offered_once() {
    let offered: Vec<_> =
        LEVERS.iter().map(|lever| lever.parameter().lever.expect("a lever")).collect();
    let mut sorted = offered.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(sorted.len(), offered.len(), "two names for one lever");
    let mut known: Vec<_> = levers().map(|(what, place, _)| (what, place)).collect();
    known.sort_unstable();
    assert_eq!(sorted, known);
}

#[test]
fn a_shown_value_reads_back() {
    for lever in LEVERS {
        for shown in [0.0, 1.0, 40.0_f64.min(lever.most), lever.most] {
            let back = lever.shown(lever.value(shown));
            assert!((back - shown).abs() < 1e-9, "{}: {shown} becomes {back}", lever.id);
        }
        let spec = lever.parameter();
        let most = lever.value(lever.most);
        assert!(most <= spec.high, "{} may be moved to {most}, above {}", lever.id, spec.high);
    }
    // A rate of one a year reaches 63 in 100 within a year: 1 − 1/e.
    let testing = Lever::find("hcv-testing-prison").expect("a lever");
    assert_eq!(testing.scale, Scale::YearlyShare);
    assert!((testing.shown(1.0) - 63.212_055_882_855_77).abs() < 1e-9);
}

#[test]
fn a_question_is_written_as_it_was_asked() {
    for query in [
        "oat-prison=40&from=2027&by=2030&until=2046&draws=20&people=10&seed=1",
        "oat-prison=40&oat-prison.from=2028&oat-prison.by=2029&naloxone-release=80&from=2027&by=2030&until=2040&draws=8&people=2.5&seed=99",
        "oat-prison=40&oat-prison.in=women-s-prison&from=2027&by=2030&until=2046&draws=20&people=10&seed=1",
        "from=2027&by=2030&until=2046&draws=20&people=10&seed=1",
    ] {
        assert_eq!(ask(query).expect(query).query(), query);
    }
}

#[test]
fn what_is_left_out_is_the_usual_and_what_is_not_moved_is_left_out() {
    let usual = Question::status_quo(moldova());
    let now = Lever::find("oat-prison").expect("a lever").now(&moldova().country);
    let asked = ask(&format!("oat-prison={now}&naloxone-release=&lang=fr&version=0.0.1&inputs=x"));
    assert_eq!(asked.expect("a question").query(), usual.query());
    // Twenty years, the first and last included.
    assert_eq!((usual.first(), usual.until, usual.years()), (2027, 2046, 20));
    assert_eq!(ask("from=2030").expect("a question").until, 2049);
    assert_eq!(ask("oat-prison=12,5").expect("a decimal comma").moves[0].to, 12.5);
}

#[test]
fn a_lever_with_dates_of_its_own_begins_then() {
    let question = ask("oat-prison=40&oat-prison.from=2030&naloxone-release=80&from=2032&by=2034")
        .expect("a question");
    assert_eq!(question.first(), 2030);
    assert_eq!((question.moves[0].from, question.moves[0].by), (2030, 2034));
    assert_eq!((question.moves[1].from, question.moves[1].by), (2032, 2034));
}

#[test]
fn a_lever_may_be_moved_in_one_prison_alone() {
    let question = ask("oat-prison=40&oat-prison.in=remand-prisons").expect("a question");
    let named: Vec<_> = question.scenario().interventions.into_iter().map(|i| i.prison).collect();
    assert_eq!(named, [Some((1, "Remand prisons".to_owned()))]);
    assert_eq!(ask("oat-prison=40&oat-prison.in=").expect("everywhere").moves[0].prison, None);
}

#[test]
fn what_cannot_be_asked_is_refused_by_name_and_value() {
    let refused = |query: &str| {
        let wrong = ask(query).expect_err(query);
        (wrong.key, wrong.name, wrong.value)
    };
    let is = |key: &'static str, name: &str, value: &str| (key, name.to_owned(), value.to_owned());
    assert_eq!(refused("oat-prison=140"), is("lever-range", "oat-prison", "140"));
    assert_eq!(refused("oat-prison=-1"), is("lever-range", "oat-prison", "-1"));
    assert_eq!(refused("oat-prison=NaN"), is("lever-range", "oat-prison", "NaN"));
    assert_eq!(refused("oat-prison=lots"), is("lever-range", "oat-prison", "lots"));
    assert_eq!(refused("acupuncture=40"), is("no-lever", "acupuncture", "40"));
    assert_eq!(refused("acupuncture.from=2030"), is("no-lever", "acupuncture.from", "2030"));
    assert_eq!(refused("acupuncture="), is("no-lever", "acupuncture", ""));
    assert_eq!(refused("from=2015"), is("scenario-year", "from", "2015"));
    assert_eq!(refused("from=2027.5"), is("scenario-year", "from", "2027.5"));
    assert_eq!(
        refused("oat-prison=40&oat-prison.from=1999"),
        is("scenario-year", "oat-prison.from", "1999")
    );
    assert_eq!(refused("from=2030&by=2028"), is("scenario-turned", "by", "2028"));
    assert_eq!(refused("until=2020"), is("scenario-turned", "until", "2020"));
    assert_eq!(refused("people=0"), is("scenario-people", "people", "0"));
    assert_eq!(refused("people=101"), is("scenario-people", "people", "101"));
    assert_eq!(refused("draws=0"), is("scenario-number", "draws", "0"));
    assert_eq!(refused("seed=1.5"), is("scenario-number", "seed", "1.5"));
    assert_eq!(refused("draws=100&people=100"), is("scenario-too-big", "draws", "100"));
    let nowhere = is("no-prison", "oat-prison.in", "alcatraz");
    assert_eq!(refused("oat-prison=40&oat-prison.in=alcatraz"), nowhere);
    let outside = is("no-prison", "oat-community.in", "remand-prisons");
    assert_eq!(refused("oat-community=40&oat-community.in=remand-prisons"), outside);
    assert_eq!(refused("oat-prison=40&oat-prison=50"), is("scenario-twice", "oat-prison", "50"));
}

#[test]
fn standard_policies_name_levers_and_only_add() {
    assert_eq!(scenarios::policy::unknown_settings(), Vec::<&str>::new());
    for policy in scenarios::POLICIES {
        let question = policy.question(moldova());
        assert!(!question.moves.is_empty(), "{} moves nothing in Moldova", policy.id);
        for one in &question.moves {
            assert!(one.to > one.lever.now(&moldova().country), "{}: {}", policy.id, one.lever.id);
        }
    }
    assert!(Policy::find("nothing").is_none());
}
