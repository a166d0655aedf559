//! The order of the forest, and the drawing made of it.

use std::collections::BTreeSet;

use evidence::*;
use expect_test::expect_file;

use crate::wording::Wording;

#[test]
fn the_forest_of_every_topic() {
    let mut text = String::new();
    for topic in Topic::ALL {
        let forest = forest(*topic, &shipped().effects);
        text.push_str(&format!("{}\n", topic.id()));
        for panel in &forest.panels {
            text.push_str(&format!("  {:?}\n", panel.scale));
            for section in &panel.sections {
                text.push_str(&format!("    {}\n", section.setting.id()));
                for row in &section.rows {
                    let turned = if row.turned_round { ", turned" } else { "" };
                    let id = &row.effect.id;
                    text.push_str(&format!("      {:.4} {id}{turned}\n", row.value));
                }
            }
        }
        for effect in &forest.in_words {
            text.push_str(&format!("  in words: {}\n", effect.id));
        }
    }
    expect_file!["snapshots/forest.txt"].assert_eq(&text);
}

#[test]
fn every_effect_stands_in_exactly_one_place() {
    let mut ids = Vec::new();
    for topic in Topic::ALL {
        let forest = forest(*topic, &shipped().effects);
        for section in forest.panels.iter().flat_map(|panel| &panel.sections) {
            for row in &section.rows {
                assert_eq!(row.effect.setting, section.setting);
                ids.push(row.effect.id.clone());
            }
        }
        ids.extend(forest.in_words.iter().map(|effect| effect.id.clone()));
    }
    assert_eq!(ids.len(), shipped().effects.len());
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
}

#[test]
fn a_setting_has_one_section_in_a_panel_and_prison_comes_first() {
    for topic in Topic::ALL {
        for panel in &forest(*topic, &shipped().effects).panels {
            let settings: Vec<_> = panel.sections.iter().map(|s| s.setting).collect();
            let mut sorted = settings.clone();
            sorted.sort();
            sorted.dedup();
            assert_eq!(settings, sorted, "{topic:?} {:?}", panel.scale);
        }
    }
}

#[test]
fn a_probability_and_a_rate_per_10000_stand_on_one_axis() {
    let forest = forest(Topic::Infection, &shipped().effects);
    let panel = forest.panels.iter().find(|panel| panel.scale == Scale::Per10000Exposures).unwrap();
    let values: Vec<_> = panel.sections[0].rows.iter().map(|row| row.value).collect();
    // 1 in 160 is 62.5 per 10,000, beside 63 and 67.
    assert_eq!(values, [62.5, 63.0, 67.0]);
}

#[test]
fn the_drawing_marks_unverified_rows_and_names_each_setting() {
    let wording = Wording::load("en");
    let say = |sentence: &Sentence| wording.say(sentence);
    let href = |effect: &Effect| format!("/evidence/{}", effect.id);
    let speaker = Speaker { say: &say, href: &href };
    let topic = forest(Topic::OpioidAgonistTreatment, &shipped().effects);
    let drawing = topic.panels[0].drawing(shipped(), &speaker);
    let names: Vec<_> = drawing.sections.iter().map(|s| s.name.as_str()).collect();
    assert_eq!(
        names,
        ["In prison", "After release", "In the community", "In more than one setting"]
    );
    let unverified: Vec<_> = drawing
        .sections
        .iter()
        .flat_map(|section| &section.effects)
        .filter(|effect| !effect.verified)
        .map(|effect| effect.href.clone().unwrap())
        .collect();
    assert_eq!(unverified, ["/evidence/oat-release-poisoning-death-4-weeks-marsden-2017"]);
    let mut text = String::new();
    for section in &drawing.sections {
        text.push_str(&format!("{} ({:?})\n", section.name, section.hue));
        for effect in &section.effects {
            text.push_str(&format!("  {}\n", effect.label));
            text.push_str(&format!("    {} | {}\n", effect.population, effect.source));
        }
    }
    expect_file!["snapshots/forest-oat.txt"].assert_eq(&text);

    // The drawing itself is tested where it is made; here, that it is made of these rows.
    let number = |value: f64| format!("{value:.2}");
    let frame = chart::Frame::new("oat", "Opioid agonist treatment", &number);
    let svg = drawing.draw(&frame);
    assert!(svg.contains("8.69 (2.46–30.75)"));
    assert!(svg.contains("/evidence/oat-death-santo-2021"));
}
