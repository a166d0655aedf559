//! What an effect says about itself: its direction, whether it may be used, how it turns round.

use evidence::*;
use expect_test::expect_file;

fn effect(id: &str) -> &'static Effect {
    shipped().effect(id).unwrap_or_else(|| panic!("no effect {id}"))
}

#[test]
fn the_shipped_library_reads_without_a_problem() {
    let (library, problems) = Library::read(Files::SHIPPED);
    assert_eq!(problems, []);
    assert_eq!(&library, shipped());
    assert_eq!(library.effects.len(), 86);
    assert_eq!(library.sources.len(), 37);
    assert_eq!(library.interventions.len(), 16);
}

#[test]
fn direction_setting_and_use_of_every_effect() {
    let mut text = String::new();
    for e in &shipped().effects {
        let direction = e.direction().message().trim_start_matches("direction-");
        let used = if e.usable_as_default() { "usable" } else { "shown only" };
        let (topic, setting) = (e.topic.id(), e.setting.id());
        text.push_str(&format!("{:2} {}: {topic}, {setting}, {direction}, {used}\n", e.row, e.id));
    }
    expect_file!["snapshots/directions.txt"].assert_eq(&text);
}

#[test]
fn an_interval_that_includes_no_difference_is_unclear() {
    // 1.07 (0.57 to 2.0), 0.66 (0.43 to 1.01) and 0.59 (0.35 to 1.0).
    for id in [
        "oat-release-death-4-months-marsden-2017",
        "nsp-hiv-aspinall-2014",
        "daa-prison-hcv-reinfection-hajarizadeh-2021",
    ] {
        assert_eq!(effect(id).direction(), Direction::Unclear, "{id}");
    }
}

#[test]
fn more_entries_to_treatment_are_good_and_more_deaths_are_not() {
    assert_eq!(effect("oat-release-treatment-entry-marsden-2017").direction(), Direction::Favours);
    assert_eq!(effect("release-2-weeks-death-binswanger-2007").direction(), Direction::Harms);
}

#[test]
fn a_ratio_published_the_other_way_round_is_turned_with_its_interval() {
    let out_over_in = effect("methadone-out-in-death-sordo-2017");
    assert_eq!(out_over_in.number(), Some(3.2));
    let (value, interval) = out_over_in.with_over_without().unwrap();
    assert_eq!(value, 0.3125);
    let Interval { low, high } = interval.unwrap();
    assert!((low - 1.0 / 3.86).abs() < 1e-12 && (high - 1.0 / 2.65).abs() < 1e-12);
    assert_eq!(out_over_in.direction(), Direction::Favours);
}

#[test]
fn unverified_figures_and_words_are_never_defaults() {
    let not_used: Vec<u64> = shipped()
        .effects
        .iter()
        .filter(|effect| !effect.usable_as_default())
        .map(|effect| effect.row)
        .collect();
    // 24, 56, 57 and 77 are not verified; 46 to 48 and 80 are words.
    assert_eq!(not_used, [24, 46, 47, 48, 56, 57, 77, 80]);
}

#[test]
fn figures_of_one_breath_stay_together() {
    let group = Some("methadone-death-rate-sordo-2017");
    let pair: Vec<_> = shipped()
        .effects
        .iter()
        .filter(|e| e.group.as_deref() == group)
        .map(|e| (e.number().unwrap(), e.contrast.unwrap().arm))
        .collect();
    assert_eq!(pair, [(13.9, Arm::With), (46.6, Arm::Without)]);
}
