//! Small drawings, whole: what changed in the markup is read in the diff.

use chart::*;
use expect_test::{Expect, expect};

fn number(value: f64) -> String {
    format!("{}", (value * 100.0).round() / 100.0)
}

/// One element a line, so that a diff shows what moved.
fn check(svg: String, expected: Expect) {
    expected.assert_eq(&svg.replace("><", ">\n<"));
}

fn frame() -> Frame<'static> {
    Frame { width: 360.0, ..Frame::new("d", "Finding", &number) }
}

fn point(year: f64, value: f64) -> Point {
    Point { year, value, ..Point::default() }
}

#[test]
fn a_trend_with_a_gap_a_band_and_a_doubt() {
    let inside = Series {
        label: "in prison".into(),
        hue: Hue::Inside,
        points: vec![
            Point { low: Some(1.0), high: Some(3.0), ..point(2015.0, 2.0) },
            Point { low: Some(2.0), high: Some(4.0), ..point(2016.0, 3.0) },
            Point {
                flagged: true,
                note: "another date".into(),
                href: Some("/f/1".into()),
                ..point(2018.0, 4.0)
            },
        ],
    };
    let trend = Trend { series: vec![inside], ..Trend::default() };
    check(
        trend.draw(&frame()),
        expect![[r##"
            <svg xmlns="http://www.w3.org/2000/svg" id="d" class="chart" viewBox="0 0 360 202" role="group" aria-labelledby="d-title d-desc" font-family="Noto Sans, system-ui, sans-serif" font-size="13">
            <title id="d-title">Finding</title>
            <desc id="d-desc">in prison: 2 (2015) → 4 (2018)</desc>
            <path d="M17.3 180H288.2" fill="none" stroke="#5b6669" class="l-muted"/>
            <text x="11.3" y="184" font-size="12" text-anchor="end" fill="#5b6669" class="c-muted">0</text>
            <path d="M17.3 137.5H288.2" fill="none" stroke="#dde2e2" class="l-grid"/>
            <text x="11.3" y="141.5" font-size="12" text-anchor="end" fill="#5b6669" class="c-muted">1</text>
            <path d="M17.3 95H288.2" fill="none" stroke="#dde2e2" class="l-grid"/>
            <text x="11.3" y="99" font-size="12" text-anchor="end" fill="#5b6669" class="c-muted">2</text>
            <path d="M17.3 52.5H288.2" fill="none" stroke="#dde2e2" class="l-grid"/>
            <text x="11.3" y="56.5" font-size="12" text-anchor="end" fill="#5b6669" class="c-muted">3</text>
            <path d="M17.3 10H288.2" fill="none" stroke="#dde2e2" class="l-grid"/>
            <text x="11.3" y="14" font-size="12" text-anchor="end" fill="#5b6669" class="c-muted">4</text>
            <path d="M21.3 180V184" fill="none" stroke="#5b6669" class="l-muted"/>
            <text x="21.3" y="197" font-size="12" text-anchor="middle" fill="#5b6669" class="c-muted">2015</text>
            <path d="M288.2 180V184" fill="none" stroke="#5b6669" class="l-muted"/>
            <text x="288.2" y="197" font-size="12" text-anchor="middle" fill="#5b6669" class="c-muted">2018</text>
            <path d="M110.2 180V184" fill="none" stroke="#5b6669" class="l-muted"/>
            <text x="110.2" y="197" font-size="12" text-anchor="middle" fill="#5b6669" class="c-muted">2016</text>
            <path d="M199.2 180V184" fill="none" stroke="#5b6669" class="l-muted"/>
            <text x="199.2" y="197" font-size="12" text-anchor="middle" fill="#5b6669" class="c-muted">2017</text>
            <path d="M21.3 52.5L110.2 10L110.2 95L21.3 137.5Z" fill="#0f6b6b" fill-opacity="0.16" class="c-inside"/>
            <path d="M21.3 95L110.2 52.5" fill="none" stroke="#0f6b6b" stroke-width="2" class="l-inside"/>
            <path d="M286.2 10a2 2 0 1 0 4 0a2 2 0 1 0 -4 0Z" fill="#ffffff" stroke="#0f6b6b" stroke-width="1.4" stroke-dasharray="2 1.5" class="c-paper l-inside"/>
            <g class="point" tabindex="0" role="img">
            <title>in prison, 2015: 2 (1–3)</title>
            <rect x="9.3" y="83" width="24" height="24" fill="none" pointer-events="all"/>
            <path d="M17.3 95a4 4 0 1 0 8 0a4 4 0 1 0 -8 0Z" fill="#0f6b6b" stroke="#ffffff" class="c-inside l-paper"/>
            </g>
            <g class="point" tabindex="0" role="img">
            <title>in prison, 2016: 3 (2–4)</title>
            <rect x="98.2" y="40.5" width="24" height="24" fill="none" pointer-events="all"/>
            <path d="M106.2 52.5a4 4 0 1 0 8 0a4 4 0 1 0 -8 0Z" fill="#0f6b6b" stroke="#ffffff" class="c-inside l-paper"/>
            </g>
            <a class="point" href="/f/1">
            <title>in prison, 2018: 4, another date</title>
            <rect x="276.2" y="-2" width="24" height="24" fill="none" pointer-events="all"/>
            <path d="M288.2 10V180" fill="none" stroke="#0f6b6b" stroke-dasharray="2 2" class="l-inside"/>
            <path d="M284.2 10a4 4 0 1 0 8 0a4 4 0 1 0 -8 0Z" fill="#ffffff" stroke="#0f6b6b" stroke-width="1.4" stroke-dasharray="2 1.5" class="c-paper l-inside"/>
            </a>
            <path d="M294.2 10L296.2 17" fill="none" stroke="#0f6b6b" stroke-width="0.7" stroke-dasharray="1 2" class="l-inside"/>
            <text x="298.2" y="12.5" font-weight="600" fill="#0f6b6b" class="c-inside">4</text>
            <text x="298.2" y="28.5" fill="#0f6b6b" class="c-inside">in prison</text>
            </svg>"##]],
    );
}

#[test]
fn dots_inside_and_outside() {
    let value = |hue, value| DotValue { hue, value, ..DotValue::default() };
    let dots = Dots {
        names: vec![(Hue::Inside, "inside".into()), (Hue::Outside, "outside".into())],
        rows: vec![
            DotRow {
                label: "Moldova".into(),
                values: vec![value(Hue::Inside, 3.8), value(Hue::Outside, 0.6)],
                ..DotRow::default()
            },
            DotRow { label: "Kosovo*".into(), missing: "not measured".into(), ..DotRow::default() },
        ],
        from_zero: true,
        ..Dots::default()
    };
    check(
        dots.draw(&frame()),
        expect![[r##"
            <svg xmlns="http://www.w3.org/2000/svg" id="d" class="chart" viewBox="0 0 360 144" role="group" aria-labelledby="d-title d-desc" font-family="Noto Sans, system-ui, sans-serif" font-size="13">
            <title id="d-title">Finding</title>
            <desc id="d-desc">Moldova: inside 3.8; outside 0.6; Kosovo*: not measured</desc>
            <path d="M9 9a5 5 0 1 0 10 0a5 5 0 1 0 -10 0Z" fill="#0f6b6b" stroke="#ffffff" class="c-inside l-paper"/>
            <text x="25" y="13.5" font-weight="600" fill="#0f6b6b" class="c-inside">inside</text>
            <path d="M88.5 2.5L95 9L88.5 15.5L82 9Z" fill="#ffffff" stroke="#a35f00" stroke-width="1.8" class="c-paper l-outside"/>
            <text x="99.5" y="13.5" font-weight="600" fill="#a35f00" class="c-outside">outside</text>
            <path d="M41.4 45V69" fill="none" stroke="#dde2e2" class="l-grid"/>
            <text x="41.4" y="139" font-size="12" text-anchor="middle" fill="#5b6669" class="c-muted">0</text>
            <path d="M110.7 45V69" fill="none" stroke="#dde2e2" class="l-grid"/>
            <text x="110.7" y="139" font-size="12" text-anchor="middle" fill="#5b6669" class="c-muted">1</text>
            <path d="M180 45V69" fill="none" stroke="#dde2e2" class="l-grid"/>
            <text x="180" y="139" font-size="12" text-anchor="middle" fill="#5b6669" class="c-muted">2</text>
            <path d="M249.3 45V69" fill="none" stroke="#dde2e2" class="l-grid"/>
            <text x="249.3" y="139" font-size="12" text-anchor="middle" fill="#5b6669" class="c-muted">3</text>
            <path d="M318.6 45V69" fill="none" stroke="#dde2e2" class="l-grid"/>
            <text x="318.6" y="139" font-size="12" text-anchor="middle" fill="#5b6669" class="c-muted">4</text>
            <g class="point" tabindex="0" role="img">
            <title>Moldova: inside 3.8; outside 0.6</title>
            <rect x="0" y="26" width="360" height="54" fill="none" pointer-events="all"/>
            <text x="0" y="38" fill="#1c2426" class="c-ink">Moldova</text>
            <path d="M304.7 57H83" fill="none" stroke="#dde2e2" stroke-width="2" class="l-grid"/>
            <path d="M299.7 57a5 5 0 1 0 10 0a5 5 0 1 0 -10 0Z" fill="#0f6b6b" stroke="#ffffff" class="c-inside l-paper"/>
            <path d="M83 50.5L89.5 57L83 63.5L76.5 57Z" fill="#ffffff" stroke="#a35f00" stroke-width="1.8" class="c-paper l-outside"/>
            <text x="313.7" y="61.5" paint-order="stroke" stroke-linejoin="round" fill="#0f6b6b" stroke="#ffffff" stroke-width="3" class="c-inside l-paper">3.8</text>
            <text x="74" y="61.5" text-anchor="end" paint-order="stroke" stroke-linejoin="round" fill="#a35f00" stroke="#ffffff" stroke-width="3" class="c-outside l-paper">0.6</text>
            </g>
            <g class="point" tabindex="0" role="img">
            <title>Kosovo*: not measured</title>
            <rect x="0" y="80" width="360" height="54" fill="none" pointer-events="all"/>
            <text x="0" y="92" fill="#1c2426" class="c-ink">Kosovo*</text>
            <text x="8" y="115" font-size="12" paint-order="stroke" stroke-linejoin="round" fill="#5b6669" stroke="#ffffff" stroke-width="3" class="c-muted l-paper">· not measured</text>
            </g>
            </svg>"##]],
    );
}

#[test]
fn ratios_with_bounds() {
    let row = |reading| RatioRow { label: "Testing".into(), reading, ..RatioRow::default() };
    let ratio = Ratio {
        less: "less".into(),
        equal: "equal".into(),
        more: "more".into(),
        rows: vec![
            row(Reading::Ratio { value: 0.5, low: Some(0.25), high: Some(1.0) }),
            row(Reading::AtLeast(1.5)),
            row(Reading::AtMost(0.7)),
        ],
    };
    check(
        ratio.draw(&Frame { reach: Reach::Whole, ..frame() }),
        expect![[r##"
            <svg xmlns="http://www.w3.org/2000/svg" id="d" class="chart" viewBox="0 0 360 198" role="img" aria-labelledby="d-title d-desc" font-family="Noto Sans, system-ui, sans-serif" font-size="13">
            <title id="d-title">Finding</title>
            <desc id="d-desc">Testing: 0.5 (0.25–1); Testing: ≥ 1.5; Testing: ≤ 0.7</desc>
            <rect x="14" y="45" width="169.6" height="24" fill="#a35f00" fill-opacity="0.08" class="c-outside"/>
            <rect x="183.6" y="45" width="73.1" height="24" fill="#0f6b6b" fill-opacity="0.08" class="c-inside"/>
            <rect x="14" y="99" width="169.6" height="24" fill="#a35f00" fill-opacity="0.08" class="c-outside"/>
            <rect x="183.6" y="99" width="73.1" height="24" fill="#0f6b6b" fill-opacity="0.08" class="c-inside"/>
            <rect x="14" y="153" width="169.6" height="24" fill="#a35f00" fill-opacity="0.08" class="c-outside"/>
            <rect x="183.6" y="153" width="73.1" height="24" fill="#0f6b6b" fill-opacity="0.08" class="c-inside"/>
            <path d="M14 45V69" fill="none" stroke="#dde2e2" class="l-grid"/>
            <path d="M14 99V123" fill="none" stroke="#dde2e2" class="l-grid"/>
            <path d="M14 153V177" fill="none" stroke="#dde2e2" class="l-grid"/>
            <text x="14" y="193" font-size="12" text-anchor="middle" fill="#5b6669" class="c-muted">0.2</text>
            <path d="M110.6 45V69" fill="none" stroke="#dde2e2" class="l-grid"/>
            <path d="M110.6 99V123" fill="none" stroke="#dde2e2" class="l-grid"/>
            <path d="M110.6 153V177" fill="none" stroke="#dde2e2" class="l-grid"/>
            <text x="110.6" y="193" font-size="12" text-anchor="middle" fill="#5b6669" class="c-muted">0.5</text>
            <path d="M183.6 45V69" fill="none" stroke="#dde2e2" class="l-grid"/>
            <path d="M183.6 99V123" fill="none" stroke="#dde2e2" class="l-grid"/>
            <path d="M183.6 153V177" fill="none" stroke="#dde2e2" class="l-grid"/>
            <text x="183.6" y="193" font-size="12" text-anchor="middle" fill="#5b6669" class="c-muted">1</text>
            <path d="M256.7 45V69" fill="none" stroke="#dde2e2" class="l-grid"/>
            <path d="M256.7 99V123" fill="none" stroke="#dde2e2" class="l-grid"/>
            <path d="M256.7 153V177" fill="none" stroke="#dde2e2" class="l-grid"/>
            <text x="256.7" y="193" font-size="12" text-anchor="middle" fill="#5b6669" class="c-muted">2</text>
            <path d="M183.6 45V69" fill="none" stroke="#1c2426" stroke-width="2" class="l-ink"/>
            <path d="M183.6 99V123" fill="none" stroke="#1c2426" stroke-width="2" class="l-ink"/>
            <path d="M183.6 153V177" fill="none" stroke="#1c2426" stroke-width="2" class="l-ink"/>
            <text x="183.6" y="17" font-size="12" font-weight="600" text-anchor="middle" fill="#1c2426" class="c-ink">equal</text>
            <text x="156.1" y="17" font-size="12" text-anchor="end" fill="#5b6669" class="c-muted">less</text>
            <path d="M129.5 13H118.5M122 10L118.5 13L122 16" fill="none" stroke="#5b6669" class="l-muted"/>
            <text x="211.1" y="17" font-size="12" fill="#5b6669" class="c-muted">more</text>
            <path d="M247.1 13H258.1M254.6 10L258.1 13L254.6 16" fill="none" stroke="#5b6669" class="l-muted"/>
            <g class="point">
            <title>Testing: 0.5 (0.25–1)</title>
            <rect x="0" y="26" width="360" height="54" fill="none" pointer-events="all"/>
            <text x="0" y="38" fill="#1c2426" class="c-ink">Testing</text>
            <path d="M37.5 57H183.6" fill="none" stroke="#566166" stroke-width="2" class="l-neutral"/>
            <path d="M37.5 54V60" fill="none" stroke="#566166" stroke-width="2" class="l-neutral"/>
            <path d="M183.6 54V60" fill="none" stroke="#566166" stroke-width="2" class="l-neutral"/>
            <path d="M105.6 52.1L115.5 52.1L115.5 62L105.6 62Z" fill="#566166" stroke="#ffffff" class="c-neutral l-paper"/>
            <text x="360" y="61.5" text-anchor="end" fill="#1c2426" class="c-ink">0.5 (0.25–1)</text>
            </g>
            <g class="point">
            <title>Testing: ≥ 1.5</title>
            <rect x="0" y="80" width="360" height="54" fill="none" pointer-events="all"/>
            <text x="0" y="92" fill="#1c2426" class="c-ink">Testing</text>
            <path d="M226.4 111H256.7" fill="none" stroke="#566166" stroke-width="2" stroke-dasharray="5 3" class="l-neutral"/>
            <path d="M226.4 105V117" fill="none" stroke="#566166" stroke-width="2" class="l-neutral"/>
            <path d="M260.7 111L252.7 107L252.7 115Z" fill="#566166" class="c-neutral"/>
            <text x="360" y="115.5" text-anchor="end" fill="#1c2426" class="c-ink">1.5</text>
            <path d="M328.1 106.5L335.1 109.5L328.1 112.5M328.1 115.5H335.1" fill="none" stroke="#1c2426" stroke-width="1.1" class="l-ink"/>
            </g>
            <g class="point">
            <title>Testing: ≤ 0.7</title>
            <rect x="0" y="134" width="360" height="54" fill="none" pointer-events="all"/>
            <text x="0" y="146" fill="#1c2426" class="c-ink">Testing</text>
            <path d="M146 165H14" fill="none" stroke="#566166" stroke-width="2" stroke-dasharray="5 3" class="l-neutral"/>
            <path d="M146 159V171" fill="none" stroke="#566166" stroke-width="2" class="l-neutral"/>
            <path d="M10 165L18 161L18 169Z" fill="#566166" class="c-neutral"/>
            <text x="360" y="169.5" text-anchor="end" fill="#1c2426" class="c-ink">0.7</text>
            <path d="M335.1 160.5L328.1 163.5L335.1 166.5M328.1 169.5H335.1" fill="none" stroke="#1c2426" stroke-width="1.1" class="l-ink"/>
            </g>
            </svg>"##]],
    );
}

#[test]
fn a_forest_with_an_unverified_and_a_clipped_effect() {
    let forest = Forest {
        axis: Axis::Log,
        null: Some((1.0, "no effect".into())),
        unverified: "unverified".into(),
        sections: vec![Section {
            name: "In prison".into(),
            hue: Hue::Inside,
            effects: vec![
                Effect {
                    label: "Death".into(),
                    estimate: Some(0.5),
                    low: Some(0.2),
                    high: Some(900.0),
                    ..Effect::default()
                },
                Effect {
                    label: "Sharing".into(),
                    estimate: Some(0.8),
                    verified: false,
                    ..Effect::default()
                },
                Effect { label: "Abscesses".into(), words: "fewer".into(), ..Effect::default() },
            ],
        }],
    };
    check(
        forest.draw(&Frame { reach: Reach::Whole, ..frame() }),
        expect![[r##"
            <svg xmlns="http://www.w3.org/2000/svg" id="d" class="chart" viewBox="0 0 360 238" role="img" aria-labelledby="d-title d-desc" font-family="Noto Sans, system-ui, sans-serif" font-size="13">
            <title id="d-title">Finding</title>
            <desc id="d-desc">In prison: Death: 0.5 (0.2–900); Sharing: 0.8; Abscesses: fewer</desc>
            <path d="M14 69V93" fill="none" stroke="#dde2e2" class="l-grid"/>
            <path d="M14 139V163" fill="none" stroke="#dde2e2" class="l-grid"/>
            <text x="14" y="233" font-size="12" text-anchor="middle" fill="#5b6669" class="c-muted">0.1</text>
            <path d="M92.3 69V93" fill="none" stroke="#dde2e2" class="l-grid"/>
            <path d="M92.3 139V163" fill="none" stroke="#dde2e2" class="l-grid"/>
            <text x="92.3" y="233" font-size="12" text-anchor="middle" fill="#5b6669" class="c-muted">1</text>
            <path d="M170.6 69V93" fill="none" stroke="#dde2e2" class="l-grid"/>
            <path d="M170.6 139V163" fill="none" stroke="#dde2e2" class="l-grid"/>
            <text x="170.6" y="233" font-size="12" text-anchor="middle" fill="#5b6669" class="c-muted">10</text>
            <path d="M248.8 69V93" fill="none" stroke="#dde2e2" class="l-grid"/>
            <path d="M248.8 139V163" fill="none" stroke="#dde2e2" class="l-grid"/>
            <text x="248.8" y="233" font-size="12" text-anchor="middle" fill="#5b6669" class="c-muted">100</text>
            <path d="M92.3 69V93" fill="none" stroke="#1c2426" stroke-width="1.6" class="l-ink"/>
            <path d="M92.3 139V163" fill="none" stroke="#1c2426" stroke-width="1.6" class="l-ink"/>
            <text x="92.3" y="13" font-size="12" text-anchor="middle" fill="#5b6669" class="c-muted">no effect</text>
            <path d="M0 24.5H360" fill="none" stroke="#dde2e2" class="l-grid"/>
            <path d="M1 37a5 5 0 1 0 10 0a5 5 0 1 0 -10 0Z" fill="#0f6b6b" stroke="#ffffff" class="c-inside l-paper"/>
            <text x="18" y="41.5" font-weight="600" paint-order="stroke" stroke-linejoin="round" fill="#0f6b6b" stroke="#ffffff" stroke-width="3" class="c-inside l-paper">In prison</text>
            <g class="point">
            <title>Death: 0.5 (0.2–900)</title>
            <rect x="0" y="50" width="360" height="54" fill="none" pointer-events="all"/>
            <text x="0" y="62" fill="#1c2426" class="c-ink">Death</text>
            <path d="M37.6 81H248.8" fill="none" stroke="#0f6b6b" stroke-width="2" class="l-inside"/>
            <path d="M37.6 78V84" fill="none" stroke="#0f6b6b" stroke-width="2" class="l-inside"/>
            <path d="M252.8 81L244.8 77L244.8 85Z" fill="#0f6b6b" class="c-inside"/>
            <path d="M63.2 81a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0 -11 0Z" fill="#0f6b6b" stroke="#ffffff" class="c-inside l-paper"/>
            <text x="360" y="85.5" text-anchor="end" fill="#1c2426" class="c-ink">0.5 (0.2–900)</text>
            </g>
            <g class="point">
            <title>Sharing: 0.8, unverified</title>
            <rect x="0" y="104" width="360" height="70" fill="none" pointer-events="all"/>
            <text x="0" y="116" fill="#1c2426" class="c-ink">Sharing</text>
            <text x="0" y="132" font-size="12" fill="#5b6669" class="c-muted">unverified</text>
            <path d="M79.2 151a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0 -11 0Z" fill="#ffffff" stroke="#0f6b6b" stroke-width="1.4" stroke-dasharray="2 1.5" class="c-paper l-inside"/>
            <text x="360" y="155.5" text-anchor="end" fill="#1c2426" class="c-ink">0.8</text>
            </g>
            <g class="point">
            <title>Abscesses: fewer</title>
            <rect x="0" y="174" width="360" height="54" fill="none" pointer-events="all"/>
            <text x="0" y="186" fill="#1c2426" class="c-ink">Abscesses</text>
            <text x="8" y="209.5" paint-order="stroke" stroke-linejoin="round" fill="#1c2426" stroke="#ffffff" stroke-width="3" class="c-ink l-paper">fewer</text>
            </g>
            </svg>"##]],
    );
}

#[test]
fn bars_with_a_heading() {
    let bars = Bars {
        bars: vec![
            Bar { label: "Theft".into(), value: 12.0, hue: Hue::Inside, ..Bar::default() },
            Bar {
                label: "Robbery".into(),
                value: 6.0,
                low: Some(5.0),
                high: Some(8.0),
                ..Bar::default()
            },
            Bar {
                label: "Other".into(),
                value: f64::NAN,
                missing: "not counted".into(),
                ..Bar::default()
            },
        ],
    };
    let heading = Some(Heading { subtitle: "People held", source: "Source: SPACE I" });
    check(
        bars.draw(&Frame { heading, size: Size::Fixed, ..frame() }),
        expect![[r##"
            <svg xmlns="http://www.w3.org/2000/svg" id="d" class="chart" viewBox="0 0 360 241" width="360" height="241" role="group" aria-labelledby="d-title d-desc" font-family="Noto Sans, system-ui, sans-serif" font-size="13">
            <title id="d-title">Finding</title>
            <desc id="d-desc">Theft: 12; Robbery: 6 (5–8); Other: not counted</desc>
            <text x="0" y="16" font-size="16" font-weight="600" fill="#1c2426" class="c-ink">Finding</text>
            <text x="0" y="34" fill="#5b6669" class="c-muted">People held</text>
            <path d="M0 219H360" fill="none" stroke="#dde2e2" class="l-grid"/>
            <text x="0" y="235" font-size="12" fill="#5b6669" class="c-muted">Source: SPACE I</text>
            <g transform="translate(0 47)">
            <g class="point" tabindex="0" role="img">
            <title>Theft: 12</title>
            <rect x="0" y="0" width="360" height="54" fill="none" pointer-events="all"/>
            <text x="0" y="12" fill="#1c2426" class="c-ink">Theft</text>
            <rect x="0" y="23" width="326.3" height="16" fill="#0f6b6b" class="c-inside"/>
            <text x="332.3" y="35.5" fill="#1c2426" class="c-ink">12</text>
            </g>
            <g class="point" tabindex="0" role="img">
            <title>Robbery: 6 (5–8)</title>
            <rect x="0" y="54" width="360" height="54" fill="none" pointer-events="all"/>
            <text x="0" y="66" fill="#1c2426" class="c-ink">Robbery</text>
            <rect x="0" y="77" width="163.1" height="16" fill="#566166" fill-opacity="0.5" class="c-neutral"/>
            <path d="M136 85H217.5" fill="none" stroke="#1c2426" stroke-width="1.4" class="l-ink"/>
            <path d="M136 81.5V88.5" fill="none" stroke="#1c2426" stroke-width="1.4" class="l-ink"/>
            <path d="M217.5 81.5V88.5" fill="none" stroke="#1c2426" stroke-width="1.4" class="l-ink"/>
            <text x="223.5" y="89.5" fill="#1c2426" class="c-ink">6</text>
            </g>
            <g class="point" tabindex="0" role="img">
            <title>Other: not counted</title>
            <rect x="0" y="108" width="360" height="54" fill="none" pointer-events="all"/>
            <text x="0" y="120" fill="#1c2426" class="c-ink">Other</text>
            <text x="6" y="143" font-size="12" paint-order="stroke" stroke-linejoin="round" fill="#5b6669" stroke="#ffffff" stroke-width="3" class="c-muted l-paper">· not counted</text>
            </g>
            <path d="M0 19V43" fill="none" stroke="#1c2426" class="l-ink"/>
            <path d="M0 73V97" fill="none" stroke="#1c2426" class="l-ink"/>
            </g>
            </svg>"##]],
    );
}

#[test]
fn multiples_on_one_scale() {
    let panel = |title: &str, values: [f64; 3]| Panel {
        title: title.into(),
        href: None,
        series: vec![Series {
            hue: Hue::Inside,
            points: (2016..).zip(values).map(|(y, v)| point(y as f64, v)).collect(),
            ..Series::default()
        }],
    };
    let multiples = Multiples {
        panels: vec![panel("Albania", [10.0, 20.0, 30.0]), panel("Georgia", [f64::NAN; 3])],
        no_data: "no data".into(),
        ..Multiples::default()
    };
    check(
        multiples.draw(&frame()),
        expect![[r##"
            <svg xmlns="http://www.w3.org/2000/svg" id="d" class="chart" viewBox="0 0 360 110" role="group" aria-labelledby="d-title d-desc" font-family="Noto Sans, system-ui, sans-serif" font-size="13">
            <title id="d-title">Finding</title>
            <desc id="d-desc">Albania: 10 (2016) → 30 (2018); Georgia: no data</desc>
            <g class="point" tabindex="0" role="img">
            <title>Albania: 10 (2016) → 30 (2018)</title>
            <rect x="19.3" y="0" width="161.4" height="102" fill="none" pointer-events="all"/>
            <text x="19.3" y="13" font-weight="600" fill="#1c2426" class="c-ink">Albania</text>
            <text x="13.3" y="88" font-size="11" text-anchor="end" fill="#5b6669" class="c-muted">0</text>
            <text x="13.3" y="46.7" font-size="11" text-anchor="end" fill="#5b6669" class="c-muted">20</text>
            <path d="M19.3 84H180.6" fill="none" stroke="#dde2e2" class="l-grid"/>
            <path d="M19.3 42.7H180.6" fill="none" stroke="#dde2e2" class="l-grid"/>
            <path d="M22.3 63.3L89.9 42.7L157.4 22" fill="none" stroke="#0f6b6b" stroke-width="1.8" class="l-inside"/>
            <path d="M154.4 22a3 3 0 1 0 6 0a3 3 0 1 0 -6 0Z" fill="#0f6b6b" stroke="#ffffff" class="c-inside l-paper"/>
            <text x="164.4" y="29" font-size="12" font-weight="600" paint-order="stroke" stroke-linejoin="round" fill="#0f6b6b" stroke="#ffffff" stroke-width="3" class="c-inside l-paper">30</text>
            <text x="19.3" y="97" font-size="11" fill="#5b6669" class="c-muted">2016</text>
            <text x="160.4" y="97" font-size="11" text-anchor="end" fill="#5b6669" class="c-muted">2018</text>
            </g>
            <g class="point" tabindex="0" role="img">
            <title>Georgia: no data</title>
            <rect x="198.6" y="0" width="161.4" height="102" fill="none" pointer-events="all"/>
            <text x="198.6" y="13" font-weight="600" fill="#1c2426" class="c-ink">Georgia</text>
            <text x="198.6" y="76" font-size="12" fill="#5b6669" class="c-muted">· no data</text>
            </g>
            </svg>"##]],
    );
}

#[test]
fn a_sparkline() {
    let series = Series {
        points: vec![point(2016.0, 1.0), point(2017.0, 3.0), point(2019.0, 2.0)],
        ..Series::default()
    };
    check(
        Sparkline { series, ..Sparkline::default() }.draw(),
        expect![[r##"
        <svg xmlns="http://www.w3.org/2000/svg" class="sparkline" viewBox="0 0 80 20" width="80" height="20" aria-hidden="true">
        <path d="M3 16.5L27.3 3.5" fill="none" stroke="#566166" stroke-width="1.5" class="l-neutral"/>
        <path d="M74.7 8.7L77.4 8.7L77.4 11.4L74.7 11.4Z" fill="#566166" stroke="#ffffff" class="c-neutral l-paper"/>
        <path d="M73.8 7.8L78.3 7.8L78.3 12.3L73.8 12.3Z" fill="#566166" stroke="#ffffff" class="c-neutral l-paper"/>
        </svg>"##]],
    );
}

#[test]
fn a_map_of_what_is_near_shows_where_the_values_lie() {
    let outline = |code: &str, centroid| Outline {
        code: code.into(),
        path: "M0 0H1V1Z".into(),
        centroid,
        kind: Kind::Land,
    };
    let outlines = Outlines {
        size: (100.0, 50.0),
        shapes: vec![outline("ALB", (10.0, 10.0)), outline("MKD", (20.0, 20.0))],
    };
    let value = |name: &str| MapValue { name: name.into(), value: 1.0, ..MapValue::default() };
    let place = |code: &str, at| Place { code: code.into(), label: code.into(), at };
    let mut map = Map {
        values: [
            ("ALB".to_owned(), value("Albania")),
            ("MKD".to_owned(), value("North Macedonia")),
        ]
        .into(),
        places: vec![place("XKX", (15.0, 12.0)), place("ISL", (90.0, 40.0))],
        near: true,
        ..Map::new(&outlines)
    };
    let near = map.draw(&frame());
    // A tenth of the map around the centres: 0 to 30 of 100, 5 to 25 of 50, over 360 pixels.
    assert!(
        near.contains("scale(12)\"")
            && near.contains("<rect x=\"0\" y=\"5\" width=\"30\" height=\"20\"/>"),
        "{near}"
    );
    assert!(
        near.contains(">XKX<") && !near.contains("ISL"),
        "who lies outside is not drawn: {near}"
    );
    map.near = false;
    assert!(map.draw(&frame()).contains("scale(3.6)\""));
    map.near = true;
    map.values.clear();
    assert!(map.draw(&frame()).contains("scale(3.6)\""), "nothing is near nothing");
}

#[test]
fn a_map_with_every_kind_of_place() {
    let outline = |code: &str, path: &str, kind| Outline {
        code: code.into(),
        path: path.into(),
        centroid: (50.0, 20.0),
        kind,
    };
    let outlines = Outlines {
        size: (100.0, 50.0),
        shapes: vec![
            outline("RUS", "M80 0H100V50H80Z", Kind::Context),
            outline("MDA", "M0 0H40V50H0Z", Kind::Land),
            outline("UKR", "M40 0H80V50H40Z", Kind::Land),
            outline("MLT", "", Kind::Small),
        ],
    };
    let value = |name: &str, value, flagged| MapValue {
        name: name.into(),
        value,
        flagged,
        ..MapValue::default()
    };
    let map = Map {
        values: [
            ("MDA".to_string(), value("Moldova", 3.8, true)),
            ("MLT".to_string(), value("Malta", 1.9, false)),
        ]
        .into(),
        edges: vec![1.0, 2.0],
        no_data: "no data".into(),
        flagged: "doubtful".into(),
        ..Map::new(&outlines)
    };
    check(
        map.draw(&frame()),
        expect![[r##"
            <svg xmlns="http://www.w3.org/2000/svg" id="d" class="chart" viewBox="0 0 360 222" role="group" aria-labelledby="d-title d-desc" font-family="Noto Sans, system-ui, sans-serif" font-size="13">
            <title id="d-title">Finding</title>
            <desc id="d-desc">Moldova: 3.8; Malta: 1.9</desc>
            <defs>
            <pattern id="d-hatch" width="6" height="6" patternUnits="userSpaceOnUse">
            <rect width="6" height="6" fill="#f1f3f3" class="c-void"/>
            <path d="M-1 7L7 -1M-1 1L1 -1M5 7L7 5" fill="none" stroke="#5b6669" stroke-width="0.8" stroke-opacity="0.55" class="l-muted"/>
            </pattern>
            <pattern id="d-hatch-map" href="#d-hatch" patternTransform="scale(0.2778)"/>
            <pattern id="d-dots-2" width="6" height="6" patternUnits="userSpaceOnUse">
            <rect width="6" height="6" fill="#07484a" class="c-seq-6"/>
            <circle cx="3" cy="3" r="1.1" fill="#ffffff" class="c-paper"/>
            </pattern>
            <pattern id="d-dots-2-map" href="#d-dots-2" patternTransform="scale(0.2778)"/>
            <clipPath id="d-frame">
            <rect x="0" y="0" width="100" height="50"/>
            </clipPath>
            </defs>
            <rect x="0" y="1" width="44" height="12" fill="#e3f1ef" class="c-seq-0"/>
            <rect x="44" y="1" width="44" height="12" fill="#66afaa" class="c-seq-3"/>
            <rect x="88" y="1" width="44" height="12" fill="#07484a" class="c-seq-6"/>
            <path d="M44 1V16" fill="none" stroke="#5b6669" class="l-muted"/>
            <text x="44" y="29" font-size="12" text-anchor="middle" fill="#5b6669" class="c-muted">1</text>
            <path d="M88 1V16" fill="none" stroke="#5b6669" class="l-muted"/>
            <text x="88" y="29" font-size="12" text-anchor="middle" fill="#5b6669" class="c-muted">2</text>
            <rect x="150" y="1" width="20" height="12" fill="url(#d-hatch)"/>
            <text x="176" y="11.5" font-size="12" fill="#5b6669" class="c-muted">no data</text>
            <rect x="239.5" y="1" width="20" height="12" fill="url(#d-dots-2)"/>
            <text x="265.5" y="11.5" font-size="12" fill="#5b6669" class="c-muted">doubtful</text>
            <g transform="translate(0 42) scale(3.6)" clip-path="url(#d-frame)" fill-rule="evenodd" stroke-linejoin="round">
            <path d="M80 0H100V50H80Z" stroke="#ffffff" stroke-width="0.1944" fill="#f1f3f3" class="c-void l-paper"/>
            <g class="point" tabindex="0" role="img">
            <title>Moldova: 3.8</title>
            <path d="M0 0H40V50H0Z" stroke="#ffffff" stroke-width="0.1944" fill="url(#d-dots-2-map)" class="l-paper"/>
            </g>
            <path d="M40 0H80V50H40Z" stroke="#ffffff" stroke-width="0.1944" fill="url(#d-hatch-map)" class="l-paper"/>
            </g>
            <g class="point" tabindex="0" role="img">
            <title>Malta: 1.9</title>
            <rect x="168.5" y="102.5" width="23" height="23" fill="none" pointer-events="all"/>
            <rect x="174.5" y="108.5" width="11" height="11" stroke="#1c2426" fill="#66afaa" class="c-seq-3 l-ink"/>
            </g>
            </svg>"##]],
    );
}

#[test]
fn a_mix_with_a_narrow_part() {
    let part =
        |label: &str, value, hue| Part { label: label.into(), value, hue, ..Part::default() };
    let mix = Mix {
        parts: vec![part("sentenced", 97.0, Hue::Inside), part("on remand", 3.0, Hue::Neutral)],
    };
    check(
        mix.draw(&frame()),
        expect![[r##"
            <svg xmlns="http://www.w3.org/2000/svg" id="d" class="chart" viewBox="0 0 360 55" role="group" aria-labelledby="d-title d-desc" font-family="Noto Sans, system-ui, sans-serif" font-size="13">
            <title id="d-title">Finding</title>
            <desc id="d-desc">sentenced: 97; on remand: 3</desc>
            <g class="point" tabindex="0" role="img">
            <title>sentenced: 97</title>
            <rect x="1" y="26" width="347.2" height="28" fill="#0f6b6b" class="c-inside"/>
            <text x="9" y="44.5" fill="#ffffff" class="c-paper">
            <tspan font-weight="600">97</tspan> sentenced</text>
            </g>
            <g class="point" tabindex="0" role="img">
            <title>on remand: 3</title>
            <rect x="350.2" y="26" width="8.8" height="28" fill="#566166" class="c-neutral"/>
            <path d="M354.6 9V25" fill="none" stroke="#5b6669" class="l-muted"/>
            <text x="264.8" y="19" fill="#566166" class="c-neutral">
            <tspan font-weight="600">3</tspan> on remand</text>
            </g>
            </svg>"##]],
    );
}
