//! What an answer says: nothing moved is nothing changed, the same question the same bytes, and no figure finer than its doubt.

use scenarios::{OUTCOMES, run};

use crate::{SMALL, ask};

fn answer(query: &str) -> scenarios::Answer {
    run(&ask(query).expect(query), &|| true).expect("nobody stops it")
}

#[test]
fn nothing_moved_is_exactly_nothing_changed() {
    let answer = answer(SMALL);
    assert!(answer.is_status_quo());
    for outcome in &answer.outcomes {
        assert_eq!((outcome.averted.low, outcome.averted.high), (0.0, 0.0), "{}", outcome.id);
        assert_eq!(outcome.expected, outcome.with_policy, "{}", outcome.id);
    }
    assert_eq!((answer.money.extra.low, answer.money.extra.high), (0.0, 0.0));
    assert_eq!(answer.money.per_daly, None);
}

#[test]
fn every_outcome_is_told_for_its_places_and_places_add_up() {
    let answer = answer(&format!("{SMALL}&oat-prison=60&oat-community=30"));
    for (id, _, places) in OUTCOMES {
        let told: Vec<_> = answer.outcomes.iter().filter(|outcome| outcome.id == *id).collect();
        assert_eq!(told.len(), places.len(), "{id}");
        if let [everywhere, community, prison] = told[..] {
            let sum = community.expected.mean + prison.expected.mean;
            assert!((everywhere.expected.mean - sum).abs() < 1e-3 * sum.max(1.0), "{id}: {sum}");
        }
    }
    let oat = answer.outcome("oat-years").expect("years on treatment");
    assert!(oat.averted.high < 0.0, "more treatment is more years on it: {:?}", oat.averted);
    let course = answer.course("hcv-infections").expect("a course");
    assert_eq!(course.years.first().map(|year| year.year), Some(2018));
    assert_eq!(course.years.last().map(|year| year.year), Some(2034));
    for year in course.years.iter().filter(|year| year.year < 2027) {
        assert_eq!(year.expected, year.with_policy, "nothing moves before {}", year.year);
    }
}

#[test]
fn the_same_question_has_the_same_answer_and_another_seed_another() {
    let query = format!("{SMALL}&naloxone-release=80");
    let first = serde_json::to_string(&answer(&query)).expect("JSON");
    // Run anew, beside the kept base and without it.
    assert_eq!(first, serde_json::to_string(&answer(&query)).expect("JSON"));
    let other = answer(&format!("{query}&seed=2"));
    assert_ne!(first, serde_json::to_string(&other).expect("JSON"));
    assert_ne!(answer(&query).hash, other.hash);
}

#[test]
fn the_years_that_are_counted_begin_with_the_first_lever() {
    let answer =
        answer("draws=4&people=3&until=2036&oat-prison=60&oat-prison.from=2031&from=2033&by=2034");
    assert_eq!((answer.first, answer.until, answer.years()), (2031, 2036, 6));
}

#[test]
fn a_reader_who_leaves_stops_the_run() {
    let question = ask(&format!("{SMALL}&seed=77&oat-prison=60")).expect("a question");
    assert!(run(&question, &|| false).is_none());
    assert!(run(&question, &|| true).is_some(), "and the next reader is answered");
}
