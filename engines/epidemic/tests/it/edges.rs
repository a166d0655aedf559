//! The smallest worlds: nobody, one person, a prison without room, no prison at all.

use epidemic::{Flow, Parameters, Prison, Seed, Span, Stock, World};

use crate::moldova::moldova;
use crate::worlds::{at_end, run, time, total};

fn moldova_with(people: f64) -> Parameters {
    Parameters {
        people_current: people,
        people_former: 0.0,
        new_people: 0.0,
        ..moldova().central()
    }
}

#[test]
fn nobody_lives_through_nothing() {
    let world = run(&moldova_with(0.0), &moldova().prisons, 1, 10.0);
    assert_eq!((world.events(), world.years().len()), (0, 10));
    assert_eq!(time(&world, Span::All), 0.0);
}

#[test]
fn one_person_lives_one_life() {
    for seed in 0..50 {
        let world = run(&moldova_with(1.0), &moldova().prisons, seed, 90.0);
        let deaths: f64 = world.years().iter().flatten().map(|t| t.deaths()).sum();
        assert_eq!(deaths + at_end(&world, Stock::All), 1.0);
        // Nobody to share with but oneself: no force, no infection but by sex.
        assert_eq!(total(&world, Flow::HivInfection), total(&world, Flow::HivBySex));
    }
}

#[test]
fn a_prison_without_room_holds_nobody() {
    let p = Parameters { arrest_rate: 1.0, in_prison_start: 0.5, ..moldova_with(500.0) };
    for prisons in [vec![Prison::only(0.0)], vec![]] {
        let world = run(&p, &prisons, 2, 5.0);
        assert_eq!(total(&world, Flow::Arrested), 0.0);
        assert!(total(&world, Flow::Diverted) > 100.0, "arrests end at the station");
        assert!(world.people().all(|person| person.place() == 0));
    }
}

#[test]
fn a_full_year_of_people_is_kept_through_gates_births_and_deaths() {
    // Conservation: who is there at the end of a year is who was there, with those who began, without those who died.
    let country = moldova();
    let p = Parameters { people_current: 4_000.0, new_people: 300.0, ..country.central() };
    let mut world = World::new(&p, &country.prisons, Seed(3), 20.0);
    world.run_until(20.0);
    let mut before = 4_000.0 + p.people_former;
    for year in world.years() {
        let sum = |flow: Flow| year.iter().map(|t| t.flow(flow)).sum::<f64>();
        let deaths: f64 = year.iter().map(|t| t.deaths()).sum();
        let now: f64 = year.iter().map(|t| t.stock(Stock::All)).sum();
        assert_eq!(now, before + sum(Flow::Began) - deaths);
        before = now;
        // Inside one prison's walls: entries less releases and deaths there, over all prisons.
        let inside: f64 = year[1..].iter().map(|t| t.span(Span::All)).sum();
        assert!(inside <= year.iter().map(|t| t.span(Span::All)).sum::<f64>());
    }
}

#[test]
fn a_run_of_no_years_is_empty_and_one_too_long_is_cut() {
    let p = moldova_with(10.0);
    assert!(run(&p, &[], 4, 0.0).years().is_empty());
    assert_eq!(run(&p, &[], 4, 1e9).years().len(), 100);
}
