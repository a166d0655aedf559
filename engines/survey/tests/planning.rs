//! A plan drawn twice is the same plan, and chances are what they say they are.

use survey::*;

#[test]
fn prisons_are_drawn_as_often_as_their_size_says() {
    let sizes = [100.0, 300.0, 0.0, 200.0, 150.0, 250.0, 4000.0];
    let mut chance = Chance::new(7);
    let rounds = 20_000;
    let mut times = [0u32; 7];
    let mut stated = [0.0; 7];
    for _ in 0..rounds {
        let drawn = draw_by_size(&sizes, 3, &mut chance).expect("three of six");
        assert_eq!(drawn.len(), 3);
        for one in drawn {
            times[one.index] += 1;
            stated[one.index] = one.chance;
            assert!((one.base_weight * one.chance - 1.0).abs() < 1e-12);
        }
    }
    assert_eq!((times[2], times[6], stated[6]), (0, rounds, 1.0));
    for i in [0, 1, 3, 4, 5] {
        // Two of a thousand people; three standard deviations of the simulation.
        assert!((stated[i] - 2.0 * sizes[i] / 1000.0).abs() < 1e-12);
        assert!(
            (f64::from(times[i]) / f64::from(rounds) - stated[i]).abs() < 0.011,
            "{i}: {}",
            times[i]
        );
    }
}

#[test]
fn the_same_seed_draws_the_same_prisons() {
    let sizes: Vec<f64> = (1..60).map(f64::from).collect();
    let draw = |seed| draw_by_size(&sizes, 12, &mut Chance::new(seed)).expect("twelve");
    assert_eq!(draw(2024), draw(2024));
    assert_ne!(draw(2024), draw(2025));
    let told = draw_by_size(&sizes, 60, &mut Chance::new(1)).expect_err("there are 59");
    assert_eq!(
        told[0].to_string(),
        "count: 60 to draw from 59 with anybody in them; ask for 1 to 59"
    );
}

#[test]
fn a_sample_is_shared_by_size_and_spread() {
    assert_eq!(allocate(100, &[500, 300, 200], &[], 2), [50, 30, 20]);
    assert_eq!(allocate(100, &[500, 500], &[3.0, 1.0], 2), [75, 25]);
    assert_eq!(allocate(100, &[10, 1000], &[9.0, 0.1], 2), [10, 90]);
    assert_eq!(allocate(5000, &[10, 20], &[], 2), [10, 20]);
}

#[test]
fn people_to_ask_grows_with_clusters_and_silence() {
    let wanted =
        Wanted { design_effect: cluster_effect(21.0, 0.05), response: 0.8, ..Wanted::default() };
    assert_eq!(people_to_ask(&wanted), Ok(961));
    let told = people_to_ask(&Wanted { margin: 0.0, ..wanted }).expect_err("no margin");
    assert_eq!(told.to_string(), "margin: 0; it is a share, above 0 and at most 1");
}
