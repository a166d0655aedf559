//! Whatever the figures, a drawing is well-formed, holds only finite numbers, and hides no word behind another.

use crate::read::{clash, coordinates, cut, parse};
use chart::*;
use proptest::prelude::*;

fn number(value: f64) -> String {
    assert!(value.is_finite(), "asked to write {value}");
    if value.abs() >= 1e6 { format!("{value:.1e}") } else { format!("{value:.1}") }
}

/// Any number at all, the impossible ones often.
fn any_number() -> impl Strategy<Value = f64> {
    prop_oneof![
        4 => -1e3..1e3f64,
        1 => prop::num::f64::ANY,
        1 => prop::sample::select(vec![
            f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MAX, f64::MIN_POSITIVE, 0.0, -0.0, 1e15, -1e15, 1e-300,
        ]),
    ]
}

/// Any text, of many scripts, markup and control characters included.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        2 => "[a-zA-Z ]{0,40}",
        1 => "\\PC{0,30}",
        1 => prop::collection::vec(any::<char>(), 0..12).prop_map(|chars| chars.into_iter().collect()),
        1 => Just("<&\"'>]]>".to_string()),
    ]
}

fn any_hue() -> impl Strategy<Value = Hue> {
    prop_oneof![
        Just(Hue::Inside),
        Just(Hue::Outside),
        Just(Hue::Neutral),
        any::<u8>().prop_map(Hue::Accent)
    ]
}

prop_compose! {
    fn any_point()(year in prop_oneof![3 => (1990..2030i32).prop_map(f64::from), 1 => any_number()],
        value in any_number(), low in prop::option::of(any_number()), high in prop::option::of(any_number()),
        flagged in any::<bool>(), note in any_text(), href in prop::option::of(any_text())) -> Point {
        Point { year, value, low, high, flagged, note, href }
    }
}

prop_compose! {
    fn any_series()(label in any_text(), hue in any_hue(), points in prop::collection::vec(any_point(), 0..8)) -> Series {
        Series { label, hue, points }
    }
}

fn check(svg: &str) {
    parse(svg);
    for value in coordinates(svg) {
        for bad in ["NaN", "inf", "e+", "e-"] {
            assert!(!value.contains(bad), "{value} in {svg}");
        }
    }
}

fn with_frame(title: &str, width: f64, draw: impl Fn(&Frame) -> String) {
    let heading = Some(Heading { subtitle: title, source: title });
    let plain = Frame { width, ..Frame::new(title, title, &number) };
    for frame in [plain, Frame { heading, size: Size::Fixed, reach: Reach::Whole, ..plain }] {
        let svg = draw(&frame);
        check(&svg);
        assert_eq!(svg, draw(&frame), "the same figures give the same bytes");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_trend(series in prop::collection::vec(any_series(), 0..4), title in any_text(), width in any_number(),
        from_zero in any::<bool>(), target in prop::option::of((any_number(), any_text())), height in any_number()) {
        let trend = Trend { series: series.clone(), from_zero, target, height, step_years: height, unit: title.clone() };
        with_frame(&title, width, |frame| trend.draw(frame));
        let panels = series.iter().map(|one| Panel { title: one.label.clone(), href: None, series: vec![one.clone()] });
        let multiples = Multiples { panels: panels.collect(), from_zero, step_years: 1.0, no_data: title.clone() };
        with_frame(&title, width, |frame| multiples.draw(frame));
        for series in series {
            let line = Sparkline { series, width, height, title: title.clone(), range: Some((width, height)), step_years: 1.0 };
            check(&line.draw());
        }
    }

    #[test]
    fn any_rows(rows in prop::collection::vec((any_text(), any_number(), any_number(), any_number(), any_hue(), any::<bool>()), 0..6),
        title in any_text(), width in any_number(), at in any_number(), log in any::<bool>()) {
        let axis = if log { Axis::Log } else { Axis::Linear };
        let dots = Dots {
            rows: rows.iter().map(|(label, value, low, high, hue, flagged)| DotRow {
                label: label.clone(),
                values: [*value, *low].into_iter().map(|value| DotValue {
                    hue: *hue, value, low: Some(*low), high: Some(*high), flagged: *flagged, note: label.clone(),
                }).collect(),
                ..DotRow::default()
            }).collect(),
            names: vec![(Hue::Inside, title.clone())],
            axis,
            reference: Some((at, title.clone())),
            from_zero: !log,
        };
        with_frame(&title, width, |frame| dots.draw(frame));
        let bars = Bars { bars: rows.iter().map(|(label, value, low, high, hue, flagged)| Bar {
            label: label.clone(), value: *value, low: Some(*low), high: Some(*high), hue: *hue, flagged: *flagged,
            ..Bar::default()
        }).collect() };
        with_frame(&title, width, |frame| bars.draw(frame));
        let ratio = Ratio { rows: rows.iter().map(|(label, value, low, high, _, flagged)| RatioRow {
            label: label.clone(), note: label.clone(), flagged: *flagged, href: None,
            reading: match (*flagged, *low > 0.0) {
                (true, _) => Reading::Ratio { value: *value, low: Some(*low), high: Some(*high) },
                (false, true) => Reading::AtLeast(*value),
                (false, false) => Reading::AtMost(*value),
            },
        }).collect(), less: title.clone(), equal: title.clone(), more: title.clone() };
        with_frame(&title, width, |frame| ratio.draw(frame));
        let forest = Forest {
            sections: vec![Section { name: title.clone(), hue: Hue::Outside, effects: rows.iter().map(|(label, value, low, high, _, verified)| Effect {
                label: label.clone(), estimate: Some(*value), low: Some(*low), high: Some(*high), words: label.clone(),
                verified: *verified, ..Effect::default()
            }).collect() }],
            axis,
            null: Some((at, title.clone())),
            unverified: title.clone(),
        };
        with_frame(&title, width, |frame| forest.draw(frame));
        let mix = Mix { parts: rows.iter().map(|(label, value, _, _, hue, flagged)| Part {
            label: label.clone(), value: *value, hue: *hue, flagged: *flagged, ..Part::default()
        }).collect() };
        with_frame(&title, width, |frame| mix.draw(frame));
    }

    #[test]
    fn any_map(size in (any_number(), any_number()), values in prop::collection::vec((any_number(), any::<bool>()), 0..6),
        edges in prop::collection::vec(any_number(), 0..9), title in any_text(), width in any_number(), path in any_text()) {
        let outlines = Outlines { size, shapes: (0..6).map(|i| Outline {
            code: i.to_string(), path: path.clone(), centroid: size,
            kind: [Kind::Land, Kind::Small, Kind::Context][i % 3],
        }).collect() };
        let map = Map {
            places: vec![Place { code: "1".into(), label: title.clone(), at: size }],
            values: values.iter().enumerate().map(|(i, (value, flagged))| (i.to_string(), MapValue {
                name: title.clone(), value: *value, flagged: *flagged, ..MapValue::default()
            })).collect(),
            edges, no_data: title.clone(), flagged: title.clone(),
            ..Map::new(&outlines)
        };
        // The caller's path data is the caller's: only its escaping is ours.
        let svg = map.draw(&Frame { width, ..Frame::new("m", &title, &number) });
        parse(&svg);
    }

    #[test]
    fn no_word_of_a_trend_hides_another(values in prop::collection::vec(0.0..100.0f64, 1..5), width in 340.0..1200.0f64) {
        let series = values.iter().enumerate().map(|(i, last)| Series {
            label: format!("group {i}"),
            hue: Hue::Accent(i as u8),
            points: (2005..=2020).map(|year| Point { year: year.into(), value: *last, ..Point::default() }).collect(),
        });
        let trend = Trend { series: series.collect(), unit: "per 100,000".into(), ..Trend::default() };
        let svg = trend.draw(&Frame { width, ..Frame::new("t", "", &number) });
        prop_assert!(clash(&svg).is_none(), "{:?}", clash(&svg));
        prop_assert!(cut(&svg, width + 1.0).is_none(), "{:?}", cut(&svg, width));
    }

    #[test]
    fn no_word_of_a_row_hides_another(rows in prop::collection::vec((0.01..60.0f64, 0.01..60.0f64, 0.5..0.99f64), 1..8),
        width in 340.0..1200.0f64, log in any::<bool>()) {
        let frame = Frame { width, ..Frame::new("r", "", &number) };
        let axis = if log { Axis::Log } else { Axis::Linear };
        let value = |hue, value: f64, part: f64| DotValue { hue, value, low: Some(value * part), high: Some(value / part), ..DotValue::default() };
        let dots = Dots {
            names: vec![(Hue::Inside, "in prison".into()), (Hue::Outside, "outside".into())],
            rows: rows.iter().enumerate().map(|(i, (a, b, part))| DotRow {
                label: format!("Bosnia and Herzegovina {i}"),
                values: vec![value(Hue::Inside, *a, *part), value(Hue::Outside, *b, *part)],
                ..DotRow::default()
            }).collect(),
            axis,
            from_zero: true,
            ..Dots::default()
        };
        let ratio = Ratio {
            less: "less inside".into(), equal: "equal".into(), more: "more inside".into(),
            rows: rows.iter().map(|(a, b, part)| RatioRow {
                label: "Opioid agonist treatment".into(), note: "4.1 % inside, 5.0 % outside".into(),
                reading: Reading::Ratio { value: a / b, low: Some(a / b * part), high: Some(a / b / part) },
                ..RatioRow::default()
            }).collect(),
        };
        let forest = Forest {
            axis, null: Some((1.0, "no effect".into())), unverified: "unverified".into(),
            sections: vec![Section { name: "Measured in prison".into(), hue: Hue::Inside, effects: rows.iter().map(|(a, _, part)| Effect {
                label: "Death in the first month after release from prison".into(), population: "people released".into(),
                estimate: Some(*a), low: Some(a * part), high: Some(a / part), verified: false, ..Effect::default()
            }).collect() }],
        };
        let bars = Bars { bars: rows.iter().map(|(a, _, part)| Bar {
            label: "Sexual offences, rape included".into(), value: *a, low: Some(a * part), high: Some(a / part), ..Bar::default()
        }).collect() };
        let mix = Mix { parts: rows.iter().map(|(a, _, _)| Part { label: "on remand".into(), value: *a, ..Part::default() }).collect() };
        for svg in [dots.draw(&frame), ratio.draw(&frame), forest.draw(&frame), bars.draw(&frame), mix.draw(&frame)] {
            prop_assert!(clash(&svg).is_none(), "{:?} in {svg}", clash(&svg));
            prop_assert!(cut(&svg, width + 1.0).is_none(), "{:?} in {svg}", cut(&svg, width));
        }
    }
}
