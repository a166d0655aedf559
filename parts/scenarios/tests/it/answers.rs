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

#[test]
fn one_prison_alone_does_less_than_all_of_them() {
    let all = answer(&format!("{SMALL}&oat-prison=80"));
    let one = answer(&format!("{SMALL}&oat-prison=80&oat-prison.in=women-s-prison"));
    let more =
        |answer: &scenarios::Answer| -answer.outcome("oat-years").expect("years").averted.mean;
    assert!(more(&one) > 0.0 && more(&one) < 0.3 * more(&all), "{} of {}", more(&one), more(&all));
    assert_eq!(one.moves[0].prison.as_deref(), Some("Women's prison"));
}

#[test]
fn deaths_after_release_are_added_up_to_their_total() {
    let answer = answer(&format!("{SMALL}&naloxone-release=80"));
    let course = answer.course("release-deaths").expect("a course");
    assert!(course.added_up);
    assert_eq!(course.years.first().map(|year| year.year), Some(2027));
    let (last, total) = (course.years.last(), answer.outcome("release-deaths"));
    assert_eq!(last.map(|year| year.expected), total.map(|total| total.expected));
    assert!(course.years.windows(2).all(|two| two[0].expected.mean <= two[1].expected.mean));
}

/// Testing and treating everybody at once meets WHO's target; the country as it goes on does not.
#[test]
fn elimination_is_read_from_the_years_and_the_target() {
    let all = "hcv-testing-prison=99&daa-prison=99&hcv-testing-community=99&daa-community=99";
    let answer = answer(&format!(
        "draws=4&people=10&until=2034&from=2020&by=2020&needles-community=90&{all}"
    ));
    let elimination = answer.elimination.as_ref().expect("2030 is in the run");
    let target = elimination.target("hcv-incidence").expect("the first target");
    assert_eq!((elimination.year, target.most), (2030, 2.0));
    assert!(target.with_policy.found.mean < target.expected.found.mean / 2.0, "{target:?}");
    assert!(target.with_policy.met >= target.expected.met);
    let in_2030 = target.years.iter().find(|year| year.year == 2030).expect("the year is drawn");
    assert_eq!(in_2030.with_policy, target.with_policy.found);
    // Moldova had 2.7 million people in the census of 2014, and UNODC divides by more.
    let people = elimination.population.as_ref().expect("counts and rates are shipped").people;
    assert!((2.4e6..4.2e6).contains(&people), "{people}");
    assert!(elimination.with_policy <= target.with_policy.met, "all targets are harder than one");
    let ends_before = run(&ask("draws=2&people=2&until=2029").expect("a question"), &|| true);
    assert_eq!(ends_before.expect("an answer").elimination, None);
}
