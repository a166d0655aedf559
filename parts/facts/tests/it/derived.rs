//! Computed indicators against numbers anyone can check, and the choice among sources and years.

use facts::derive::{Figures, Method, garwood, ratio, wilson};
use facts::{Fact, Flag, Reason};

fn fact(source: &str, indicator: &str, year: i32, value: f64) -> Fact {
    let mut fact = Fact::new("MDA", indicator, year, "total", value);
    fact.source = source.into();
    fact
}

fn close(a: f64, b: f64) {
    assert!((a - b).abs() <= 5e-4 * b.abs().max(1.0), "{a} is not {b}");
}

#[test]
fn wilson_1927() {
    // Newcombe 1998, Statistics in Medicine 17:857–872, table I, method 3.
    for (r, n, low, high) in [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ] {
        let (l, h) = wilson(r, n).unwrap();
        close(l, low);
        close(h, high);
    }
    assert_eq!(wilson(1, 0), None);
    assert_eq!(wilson(3, 2), None);
}

#[test]
fn garwood_1936() {
    // Ulm 1990, American Journal of Epidemiology 131:373–375, and any table of exact limits.
    for (n, low, high) in [
        (0, 0.0, 3.6889),
        (1, 0.0253, 5.5716),
        (5, 1.6235, 11.6683),
        (10, 4.7954, 18.3904),
        (30, 20.2409, 42.8269),
        (100, 81.3640, 121.6272),
    ] {
        let (l, h) = garwood(n);
        close(l, low);
        close(h, high);
    }
    // Large counts approach the normal interval: 5000 ± 1.96 √5000.
    let (l, h) = garwood(5_000);
    assert!((l - 4_862.3).abs() < 1.0 && (h - 5_140.5).abs() < 1.0, "{l} to {h}");
}

#[test]
fn a_ratio_of_two_intervals() {
    // With one side exact the interval is the other's, scaled.
    let (low, high) = ratio((10.0, Some(8.0), Some(13.0)), (5.0, None, None)).unwrap();
    close(low, 1.6);
    close(high, 2.6);
    // Upside down it is the inverse.
    let (low, high) = ratio((5.0, None, None), (10.0, Some(8.0), Some(13.0))).unwrap();
    close(low, 5.0 / 13.0);
    close(high, 5.0 / 8.0);
    let (low, high) = ratio((10.0, Some(8.0), Some(13.0)), (5.0, Some(4.0), Some(6.5))).unwrap();
    assert!(low < 1.6 && high > 2.6, "{low} to {high}");
    assert_eq!(ratio((10.0, None, None), (5.0, None, None)), None);
    assert_eq!(ratio((10.0, Some(8.0), None), (5.0, Some(0.0), None)), None);
}

#[test]
fn a_share_carries_its_parts_its_method_and_its_interval() {
    let facts = [
        fact("unaids-gam", "oat_people_prison", 2018, 66.0),
        fact("unodc-cts", "persons_held", 2018, 6_990.0),
        fact("unodc-cts", "persons_held", 2017, 7_635.0),
        fact("unodc-cts", "suicides_prison", 2018, 6.0),
    ];
    let figures = Figures::new(&facts);
    let share = figures.best("MDA", "oat_share_prison", "total", 2018).unwrap();
    close(share.value, 0.9442);
    close(share.low.unwrap(), 0.7431);
    close(share.high.unwrap(), 1.1991);
    assert_eq!(share.method, Method::RatioWilson);
    assert_eq!(share.rests_on, [&facts[0], &facts[1]]);
    let suicides = figures.latest("MDA", "suicide_rate_prison", "total").unwrap();
    close(suicides.value, 0.8584);
    close(suicides.low.unwrap(), 2.2019 / 6.99);
    close(suicides.high.unwrap(), 13.0595 / 6.99);
    assert_eq!(suicides.method, Method::RatioGarwood);
    // Of another year is no denominator.
    assert_eq!(figures.best("MDA", "oat_share_prison", "total", 2017), None);
}

#[test]
fn numerator_and_denominator_are_of_one_source_where_they_can_be() {
    let facts = [
        fact("eurostat-crim-pris-cap", "official_capacity", 2018, 100.0),
        fact("unodc-cts", "persons_held", 2018, 120.0),
        fact("eurostat-crim-pris-cap", "persons_held", 2018, 110.0),
    ];
    let figures = Figures::new(&facts);
    close(figures.best("MDA", "occupancy", "total", 2018).unwrap().value, 110.0);
    assert_eq!(figures.best("MDA", "persons_held", "total", 2018).unwrap().value, 120.0);
}

#[test]
fn a_doubtful_figure_stands_back_and_is_shown_when_alone() {
    let mut facts = vec![
        fact("unodc-cts", "persons_held_drug_acts", 2016, 900.0),
        fact("unodc-cts", "persons_held_drug_acts", 2017, 902.0),
        fact("unodc-cts", "persons_held", 2017, 1_411.0),
    ];
    facts[1].mark(Reason::new("counting-rule"));
    let figures = Figures::new(&facts);
    assert_eq!(figures.latest("MDA", "persons_held_drug_acts", "total").unwrap().year, 2016);
    let share = figures.latest("MDA", "drug_law_share", "total").unwrap();
    assert_eq!((share.year, share.flag), (2017, Flag::CountingRule));
    assert!(!share.usable());
}

#[test]
fn a_day_with_both_counts_is_preferred_and_the_later_day_of_the_year() {
    let mut facts = vec![
        fact("space-i-2020", "persons_held", 2020, 100.0),
        fact("space-i-2020", "persons_held", 2020, 90.0),
        fact("space-i-2020", "official_capacity", 2020, 200.0),
    ];
    for (fact, day) in facts.iter_mut().zip(["2020-01-31", "2020-09-15", "2020-01-31"]) {
        fact.period = day.into();
    }
    let figures = Figures::new(&facts);
    assert_eq!(figures.best("MDA", "persons_held", "total", 2020).unwrap().value, 90.0);
    let occupancy = figures.best("MDA", "occupancy", "total", 2020).unwrap();
    assert_eq!((occupancy.value, occupancy.period), (50.0, "2020-01-31"));
}

#[test]
fn what_nobody_counts_is_named() {
    let facts = [fact("unaids-gam", "oat_people_prison", 2018, 66.0)];
    let missing: Vec<&str> =
        Figures::new(&facts).missing("MDA").iter().map(|i| i.id.as_str()).collect();
    assert!(missing.contains(&"naloxone_at_release"));
    assert!(!missing.contains(&"oat_people_prison"));
}
