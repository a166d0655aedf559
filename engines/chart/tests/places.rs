//! Where axes put their numbers and labels make room for each other.

use chart::labels::spread;
use chart::ticks;
use chart::{Scale, round_edges, text};
use proptest::prelude::*;

#[test]
fn nice_ticks_are_round() {
    assert_eq!(ticks::nice(0.0, 0.87, 4), [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]);
    assert_eq!(ticks::nice(-16.0, 4.0, 4), [-20.0, -15.0, -10.0, -5.0, 0.0, 5.0]);
    assert_eq!(ticks::nice(0.0, 0.0003, 3), [0.0, 0.0001, 0.0002, 0.0003]);
    assert_eq!(ticks::nice(12_345.0, 98_765.0, 4), [0.0, 20e3, 40e3, 60e3, 80e3, 100e3]);
}

#[test]
fn ticks_of_nothing_are_still_an_axis() {
    assert_eq!(ticks::nice(0.0, 0.0, 2), [0.0, 0.5, 1.0]);
    assert_eq!(ticks::nice(f64::NAN, f64::INFINITY, 2), [0.0, 0.5, 1.0]);
    assert!(ticks::log(-1.0, 0.0, 5).len() >= 2);
    // The smallest number there is once made a step of zero.
    assert_eq!(ticks::nice(5e-324, 5e-324, 2), [0.0, 0.5, 1.0]);
}

#[test]
fn years_are_whole() {
    assert_eq!(ticks::whole(2005.0, 2021.0, 3), [2005.0, 2010.0, 2015.0, 2020.0]);
    assert_eq!(ticks::whole(2016.0, 2018.0, 9), [2016.0, 2017.0, 2018.0]);
}

#[test]
fn log_ticks_thin_out_over_many_decades() {
    assert_eq!(ticks::log(0.3, 4.0, 7), [0.2, 0.5, 1.0, 2.0, 5.0]);
    assert_eq!(ticks::log(0.02, 50.0, 6), [0.01, 0.1, 1.0, 10.0, 100.0]);
    assert!(ticks::log(1e-9, 1e9, 5).len() <= 6);
}

#[test]
fn labels_that_clash_move_both() {
    assert_eq!(spread(&[(10.0, 16.0), (12.0, 16.0)], 0.0, 100.0), [3.0, 19.0]);
    // At the edge there is only one way to go.
    assert_eq!(spread(&[(-5.0, 10.0), (0.0, 10.0)], 0.0, 100.0), [0.0, 10.0]);
    // Too many for the room: they keep their order from the start.
    assert_eq!(spread(&[(5.0, 10.0), (5.0, 10.0)], 0.0, 15.0), [0.0, 10.0]);
}

#[test]
fn scripts_have_their_widths() {
    // Advances of Noto Sans Regular: 'i' 258, 'W' 930, Cyrillic 'Ж' 878, of 1000 units an em.
    assert_eq!(text::width("i", 100.0), 26.0);
    assert_eq!(text::width("W", 100.0), 93.0);
    assert!(text::width("Жж", 100.0) > text::width("Ss", 100.0));
    // Georgian and Armenian are in the table, not guessed.
    assert_ne!(text::width("ლ", 100.0), 60.0);
    assert_ne!(text::width("Մ", 100.0), 60.0);
}

#[test]
fn long_labels_break_and_then_end() {
    assert_eq!(text::wrap("Bosnia and Herzegovina", 80.0, 13.0, 2), ["Bosnia and", "Herzegovina"]);
    assert_eq!(text::wrap("Bosnia and Herzegovina", 80.0, 13.0, 1), ["Bosnia and…"]);
    assert_eq!(text::wrap("", 80.0, 13.0, 2), Vec::<String>::new());
}

#[test]
fn classes_of_a_map_have_round_edges() {
    let values = [0.1, 0.2, 0.4, 0.6, 0.7, 1.1, 1.3, 1.4, 2.6, 3.8, 7.6];
    assert_eq!(round_edges(&values, 5), [0.4, 0.7, 1.5, 2.5]);
    assert_eq!(round_edges(&[3.0, 3.0, 3.0], 5), Vec::<f64>::new());
    assert_eq!(round_edges(&[], 5), Vec::<f64>::new());
}

proptest! {
    #[test]
    fn ticks_cover_the_data(a in -1e12..1e12f64, b in -1e12..1e12f64, wanted in 1usize..12) {
        let (low, high) = (a.min(b), a.max(b));
        let ticks = ticks::nice(low, high, wanted);
        prop_assert!(ticks[0] <= low && high <= ticks[ticks.len() - 1], "{ticks:?}");
        prop_assert!(ticks.windows(2).all(|pair| pair[0] < pair[1]), "{ticks:?}");
        prop_assert!(ticks.len() <= 2 * wanted + 4, "{ticks:?}");
    }

    #[test]
    fn small_ranges_are_covered_too(low in -10.0..10.0f64, span in 1e-6..1e-2f64) {
        let ticks = ticks::nice(low, low + span, 4);
        prop_assert!(ticks[0] <= low && low + span <= ticks[ticks.len() - 1], "{ticks:?}");
    }

    #[test]
    fn log_ticks_cover_the_data(a in -12.0..12.0f64, b in -12.0..12.0f64, wanted in 2usize..10) {
        let (low, high) = (10f64.powf(a.min(b)), 10f64.powf(a.max(b)));
        let ticks = ticks::log(low, high, wanted);
        prop_assert!(ticks[0] <= low && high <= ticks[ticks.len() - 1], "{low} {high} {ticks:?}");
        prop_assert!(ticks.windows(2).all(|pair| pair[0] < pair[1]), "{ticks:?}");
    }

    #[test]
    fn a_scale_keeps_order_and_bounds(a in 0.001..1e6f64, b in 0.001..1e6f64) {
        for scale in [Scale::linear(0.0, a.max(b), 5, 50.0, 350.0), Scale::log(a.min(b), a.max(b), 5, 50.0, 350.0)] {
            prop_assert!(scale.at(a.min(b)) <= scale.at(a.max(b)));
            prop_assert!((50.0..=350.0).contains(&scale.at(a)));
        }
    }

    #[test]
    fn spread_labels_never_overlap(wishes in prop::collection::vec((0.0..300.0f64, 1.0..30.0f64), 0..10)) {
        let places = spread(&wishes, 0.0, 300.0);
        let mut spans: Vec<(f64, f64)> = places.iter().zip(&wishes).map(|(at, (_, len))| (*at, at + len)).collect();
        spans.sort_by(|a, b| a.0.total_cmp(&b.0));
        prop_assert!(spans.windows(2).all(|pair| pair[0].1 <= pair[1].0 + 1e-6), "{spans:?}");
        prop_assert!(spans.first().is_none_or(|(from, _)| *from >= 0.0));
        prop_assert!(spans.last().is_none_or(|(_, to)| *to <= 300.0 + 1e-6));
    }

    #[test]
    fn what_is_fitted_fits(words in "\\PC{0,60}", room in 20.0..300.0f64) {
        prop_assert!(text::width(&text::fit(&words, room, 13.0), 13.0) <= room + 1e-9);
    }
}
