//! What is read aloud, what may be clicked, and what can never get into a drawing.

use crate::read::{parse, words};
use chart::*;

fn number(value: f64) -> String {
    format!("{value:.1}")
}

fn bars(label: &str, href: Option<&str>) -> Bars {
    let bar =
        Bar { label: label.into(), value: 66.0, href: href.map(str::to_string), ..Bar::default() };
    Bars { bars: vec![bar] }
}

#[test]
fn hostile_text_stays_text() {
    let evil = "</text><script>alert(1)</script> \" onload=\"x ' &amp; \u{0}\u{b} ]]>";
    let frame = Frame {
        description: evil,
        heading: Some(Heading { subtitle: evil, source: evil }),
        ..Frame::new("\"><script>", evil, &|_| "<b>1</b>".into())
    };
    let svg = bars(evil, Some("/a?b=\"><script>")).draw(&frame);
    let document = parse(&svg);
    assert!(document.descendants().all(|node| !node.has_tag_name("script")));
    assert!(document.descendants().all(|node| node.attribute("onload").is_none()));
    let id = document.root_element().attribute("id").unwrap();
    assert!(id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_'), "{id}");
}

#[test]
fn only_safe_addresses_become_links() {
    let linked = |href| {
        let svg = bars("Theft", Some(href)).draw(&Frame::new("b", "", &number));
        parse(&svg).descendants().any(|node| node.has_tag_name("a"))
    };
    assert!(linked("/countries/MDA"));
    assert!(linked("?year=2018#row:3"));
    assert!(linked("https://example.org/a"));
    assert!(!linked("javascript:alert(1)"));
    assert!(!linked(" JavaScript:alert(1)"));
    assert!(!linked("data:text/html,x"));
    assert!(!linked("java\nscript:alert(1)"));
    assert!(!linked(""));
}

#[test]
fn points_can_be_reached_and_say_their_figures() {
    let svg = bars("Theft", None).draw(&Frame::new("b", "Theft leads", &number));
    let document = parse(&svg);
    let point = document.descendants().find(|n| n.attribute("tabindex") == Some("0")).unwrap();
    let name = point.children().find(|node| node.has_tag_name("title")).unwrap();
    assert_eq!(name.text(), Some("Theft: 66.0"));
    // An image would hide its points from a screen reader.
    assert_eq!(document.root_element().attribute("role"), Some("group"));
}

#[test]
fn a_whole_image_has_no_stops() {
    let frame = Frame { reach: Reach::Whole, ..Frame::new("b", "Theft leads", &number) };
    let svg = bars("Theft", None).draw(&frame);
    assert!(!svg.contains("tabindex"));
    assert_eq!(parse(&svg).root_element().attribute("role"), Some("img"));
}

#[test]
fn title_and_description_are_found_by_their_ids() {
    let frame = Frame { description: "One bar.", ..Frame::new("7 up", "Theft leads", &number) };
    let svg = bars("Theft", None).draw(&frame);
    let document = parse(&svg);
    let labels = document.root_element().attribute("aria-labelledby").unwrap();
    let said: Vec<&str> = labels
        .split(' ')
        .map(|id| document.descendants().find(|n| n.attribute("id") == Some(id)).unwrap())
        .map(|node| node.text().unwrap())
        .collect();
    assert_eq!(said, ["Theft leads", "One bar."]);
}

#[test]
fn without_a_description_the_figures_speak() {
    let point = |year, value| Point { year, value, ..Point::default() };
    let series = Series {
        label: "in prison".into(),
        hue: Hue::Inside,
        points: vec![point(2018.0, 66.0), point(2016.0, 61.0)],
    };
    let trend = Trend { series: vec![series], ..Trend::default() };
    let svg = trend.draw(&Frame::new("t", "", &number));
    assert!(svg.contains(">in prison: 61.0 (2016) → 66.0 (2018)</desc>"), "{svg}");
}

#[test]
fn units_are_not_said_twice_in_an_interval() {
    let percent = |value: f64| format!("{value:.0} %");
    let mut bars = bars("Theft", None);
    bars.bars[0].low = Some(61.0);
    bars.bars[0].high = Some(71.0);
    let svg = bars.draw(&Frame::new("b", "", &percent));
    assert!(svg.contains("Theft: 66 % (61–71 %)"), "{svg}");
}

#[test]
fn fixed_drawings_have_a_size_and_fluid_ones_do_not() {
    let fluid = Frame::new("b", "", &number);
    let fixed = Frame { size: Size::Fixed, ..fluid };
    let width = |frame: &Frame| {
        let svg = bars("Theft", None).draw(frame);
        parse(&svg).root_element().attribute("width").map(str::to_string)
    };
    assert_eq!(width(&fluid), None);
    assert_eq!(width(&fixed), Some("640".into()));
}

#[test]
fn every_class_has_a_rule() {
    let rules = hue::dark_rules("html") + &hue::light_rules("html");
    for colour in hue::colours() {
        assert!(rules.contains(&format!("html .c-{}{{fill:{}}}", colour.name, colour.dark)));
        assert!(rules.contains(&format!("html .l-{}{{stroke:{}}}", colour.name, colour.light)));
    }
}

#[test]
fn signs_that_the_font_lacks_are_drawn() {
    let row = |reading| RatioRow { label: "Testing".into(), reading, ..RatioRow::default() };
    let ratio = Ratio {
        rows: vec![row(Reading::AtLeast(1.5)), row(Reading::AtMost(0.4))],
        less: "less".into(),
        equal: "equal".into(),
        more: "more".into(),
    };
    let svg = ratio.draw(&Frame::new("r", "", &number));
    let words: Vec<String> = words(&svg).into_iter().map(|word| word.text).collect();
    assert!(words.contains(&"1.5".to_string()) && words.contains(&"more".to_string()));
    assert!(words.iter().all(|word| !word.contains(['≥', '≤', '←', '→'])), "{words:?}");
    // Aloud they are said.
    assert!(svg.contains("<title>Testing: ≥ 1.5</title>"));
}

/// Contrast by WCAG 2.2, "relative luminance": 4.5 is enough for small text.
fn contrast(one: &str, other: &str) -> f64 {
    let luminance = |hex: &str| {
        let channel = |at: usize| {
            let v = u8::from_str_radix(&hex[at..at + 2], 16).unwrap() as f64 / 255.0;
            if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    };
    let (a, b) = (luminance(one), luminance(other));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn words_can_be_read_on_light_and_dark() {
    let words = [hue::INK, hue::MUTED, hue::INSIDE, hue::OUTSIDE, hue::NEUTRAL];
    for colour in words.into_iter().chain(hue::ACCENT) {
        let (light, dark) =
            (contrast(colour.light, hue::PAPER.light), contrast(colour.dark, hue::PAPER.dark));
        assert!(light >= 4.5 && dark >= 4.5, "{}: {light:.1} and {dark:.1}", colour.name);
    }
}

#[test]
fn the_sequential_scale_keeps_its_order_in_grey() {
    let steps: Vec<f64> = hue::SEQUENTIAL.iter().map(|c| contrast(c.light, "#ffffff")).collect();
    assert!(steps.windows(2).all(|pair| pair[1] > pair[0] * 1.15), "{steps:?}");
    let dark: Vec<f64> = hue::SEQUENTIAL.iter().map(|c| contrast(c.dark, "#000000")).collect();
    assert!(dark.windows(2).all(|pair| pair[1] > pair[0] * 1.1), "{dark:?}");
}
