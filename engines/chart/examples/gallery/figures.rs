//! The figures of the gallery: of the right size and shape, close to what the sources say, not to be cited.
//! One function for each drawing.

use chart::*;

pub fn series(label: &str, hue: Hue, points: &[(i32, f64)]) -> Series {
    let points = points
        .iter()
        .map(|(year, value)| Point { year: *year as f64, value: *value, ..Point::default() })
        .collect();
    Series { label: label.into(), hue, points }
}

pub fn trend() -> Trend {
    let mut moldova = series(
        "Moldova",
        Hue::Inside,
        &[
            (2005, 248.0),
            (2006, 231.0),
            (2007, 222.0),
            (2008, 189.0),
            (2009, 181.0),
            (2010, 178.0),
            (2012, 185.0),
            (2013, 195.0),
            (2014, 203.0),
            (2015, 219.0),
            (2016, 223.0),
            (2017, 215.0),
            (2018, 210.0),
            (2019, 190.0),
            (2020, 176.0),
            (2021, 171.0),
        ],
    );
    moldova.points[7].flagged = true;
    moldova.points[7].note = "counted on 1 December".into();
    moldova.points[14].flagged = true;
    let median = (2005..=2021).map(|y| (y, 128.0 - (y - 2005) as f64 * 1.3)).collect::<Vec<_>>();
    Trend {
        series: vec![moldova, series("median of 46 countries", Hue::Neutral, &median)],
        unit: "per 100,000".into(),
        target: Some((150.0, "national strategy 2030".into())),
        ..Trend::default()
    }
}

pub fn coverage() -> Trend {
    let band = |mut s: Series, half: f64| {
        for p in &mut s.points {
            p.low = Some(p.value - half);
            p.high = Some(p.value + half);
        }
        s
    };
    let inside =
        [(2011, 1.8), (2012, 2.0), (2013, 2.7), (2014, 3.1), (2016, 3.6), (2017, 4.0), (2018, 4.1)];
    let outside = [
        (2011, 3.1),
        (2012, 3.3),
        (2013, 3.9),
        (2014, 4.2),
        (2015, 4.4),
        (2016, 4.9),
        (2017, 5.0),
        (2018, 4.6),
    ];
    Trend {
        series: vec![
            band(series("in prison", Hue::Inside, &inside), 0.6),
            band(series("outside", Hue::Outside, &outside), 0.4),
        ],
        ..Trend::default()
    }
}

pub fn falling(seed: i32) -> Series {
    let points: Vec<(i32, f64)> = (2008..=2021)
        .filter(|y| (y * seed) % 11 != 0)
        .map(|y| {
            let t = (y - 2008) as f64;
            let s = seed as f64;
            (
                y,
                150.0
                    + 40.0 * (s * 1.7).sin()
                    + t * 4.0 * (s * 0.9).cos()
                    + 9.0 * (t * 0.8 + s).sin(),
            )
        })
        .collect();
    series("", Hue::Inside, &points)
}

const COUNTRIES: [&str; 14] = [
    "Albania",
    "Armenia",
    "Azerbaijan",
    "Bosnia and Herzegovina",
    "Bulgaria",
    "Georgia",
    "Kosovo*",
    "Moldova",
    "Montenegro",
    "North Macedonia",
    "Romania",
    "Serbia",
    "Türkiye",
    "Ukraine",
];

pub fn multiples() -> Multiples {
    let panel = |(i, title): (usize, &&str)| Panel {
        title: title.to_string(),
        href: Some(format!("/countries/{i}")),
        series: if i == 6 { vec![] } else { vec![falling(i as i32 + 1)] },
    };
    Multiples {
        panels: COUNTRIES.iter().enumerate().map(panel).collect(),
        no_data: "no data".into(),
        ..Multiples::default()
    }
}

pub fn dots(axis: Axis) -> Dots {
    let row = |label: &str, inside: (f64, f64, f64), outside: f64| DotRow {
        label: label.into(),
        href: Some("/countries/MDA".into()),
        values: vec![
            DotValue {
                hue: Hue::Inside,
                value: inside.0,
                low: Some(inside.1),
                high: Some(inside.2),
                flagged: label == "Serbia",
                ..DotValue::default()
            },
            DotValue { hue: Hue::Outside, value: outside, ..DotValue::default() },
        ],
        ..DotRow::default()
    };
    Dots {
        names: vec![(Hue::Inside, "in prison".into()), (Hue::Outside, "outside".into())],
        rows: vec![
            row("Ukraine", (7.6, 6.1, 9.4), 1.0),
            row("Moldova", (3.8, 2.9, 4.9), 0.6),
            row("Armenia", (1.3, 0.7, 2.4), 0.2),
            row("Serbia", (0.7, 0.2, 1.9), 0.1),
            DotRow {
                label: "Bosnia and Herzegovina".into(),
                missing: "no data: last measured 2008".into(),
                ..DotRow::default()
            },
            row("Georgia", (0.5, 0.3, 0.9), 0.4),
        ],
        axis,
        ..Dots::default()
    }
}

pub fn occupancy() -> Dots {
    let row = |(label, value): (&str, f64)| DotRow {
        label: label.into(),
        values: vec![DotValue { hue: Hue::Inside, value, ..DotValue::default() }],
        ..DotRow::default()
    };
    Dots {
        rows: [
            ("Türkiye", 127.2),
            ("Romania", 119.3),
            ("Serbia", 93.0),
            ("Moldova", 77.0),
            ("Bulgaria", 62.5),
        ]
        .into_iter()
        .map(row)
        .collect(),
        reference: Some((100.0, "full".into())),
        from_zero: true,
        ..Dots::default()
    }
}

pub fn equivalence() -> Ratio {
    let row = |label: &str, note: &str, reading: Reading| RatioRow {
        label: label.into(),
        note: note.into(),
        reading,
        ..RatioRow::default()
    };
    Ratio {
        less: "less inside".into(),
        equal: "equal".into(),
        more: "more inside".into(),
        rows: vec![
            row(
                "Opioid agonist treatment",
                "4.1 % inside 2018, 5.0 % outside 2017",
                Reading::Ratio { value: 0.82, low: Some(0.61), high: Some(1.1) },
            ),
            row(
                "Needles and syringes",
                "2 a year inside, 93 outside",
                Reading::Ratio { value: 0.021, low: None, high: None },
            ),
            row(
                "Antiretroviral treatment",
                "88 % inside, 44 % outside",
                Reading::Ratio { value: 2.0, low: Some(1.6), high: Some(2.5) },
            ),
            row(
                "HIV testing in the last year",
                "at least 61 % inside, 40 % outside",
                Reading::AtLeast(1.5),
            ),
            row("Hepatitis C treatment", "at most 30 people inside", Reading::AtMost(0.4)),
            row(
                "Naloxone on release",
                "",
                Reading::Missing("no figure for either side: ask the prison health service".into()),
            ),
        ],
    }
}

pub fn effects() -> Forest {
    let effect = |label: &str, population: &str, e: (f64, f64, f64), source: &str| Effect {
        label: label.into(),
        population: population.into(),
        estimate: Some(e.0),
        low: Some(e.1),
        high: Some(e.2),
        source: source.into(),
        href: Some("/sources/1".into()),
        ..Effect::default()
    };
    Forest {
        axis: Axis::Log,
        null: Some((1.0, "no effect".into())),
        unverified: "unverified".into(),
        sections: vec![
            Section {
                name: "Measured in prison".into(),
                hue: Hue::Inside,
                effects: vec![
                    effect(
                        "Death while on agonist treatment",
                        "people in prison, New South Wales",
                        (0.06, 0.01, 0.48),
                        "Larney 2014",
                    ),
                    effect(
                        "Death in the first month after release",
                        "people released, England",
                        (0.25, 0.12, 0.53),
                        "Marsden 2017",
                    ),
                    Effect {
                        verified: false,
                        ..effect(
                            "Sharing of injecting equipment",
                            "men in prison, Iran",
                            (0.38, 0.2, 0.72),
                            "Farhoudi 2018",
                        )
                    },
                    Effect {
                        estimate: None,
                        low: None,
                        high: None,
                        words: "fewer abscesses; no number given".into(),
                        ..effect(
                            "Needle exchange",
                            "six prisons, Germany",
                            (0.0, 0.0, 0.0),
                            "Stöver 2003",
                        )
                    },
                ],
            },
            Section {
                name: "Measured in the community".into(),
                hue: Hue::Outside,
                effects: vec![
                    effect(
                        "HIV incidence on agonist treatment",
                        "people who inject drugs",
                        (0.46, 0.32, 0.67),
                        "MacArthur 2012",
                    ),
                    effect(
                        "Hepatitis C incidence, treatment and needles together",
                        "people who inject drugs",
                        (0.29, 0.13, 0.65),
                        "Platt 2017",
                    ),
                    effect(
                        "Death in the weeks after leaving treatment",
                        "people who use opioids",
                        (3.2, 1.4, 96.0),
                        "Sordo 2017",
                    ),
                ],
            },
        ],
    }
}

pub fn retention() -> Forest {
    let effect = |label: &str, value: f64, source: &str, verified: bool| Effect {
        label: label.into(),
        estimate: Some(value),
        low: Some(value - 6.0),
        high: Some(value + 7.0),
        source: source.into(),
        verified,
        ..Effect::default()
    };
    Forest {
        axis: Axis::Linear,
        unverified: "unverified".into(),
        sections: vec![Section {
            name: "Measured in prison".into(),
            hue: Hue::Inside,
            effects: vec![
                effect("Buprenorphine depot", 61.0, "Dunlop 2022", true),
                effect("Methadone", 37.0, "Kinlock 2009", false),
            ],
        }],
        ..Forest::default()
    }
}

pub fn offences() -> Bars {
    let bar = |(label, value, hue): (&str, f64, Hue)| Bar {
        label: label.into(),
        value,
        hue,
        ..Bar::default()
    };
    let mut bars: Vec<Bar> = [
        ("Theft", 1204.0, Hue::Inside),
        ("Drug-law offences", 893.0, Hue::Inside),
        ("Homicide, attempts included", 871.0, Hue::Inside),
        ("Robbery", 655.0, Hue::Inside),
        ("Sexual offences, rape included", 340.0, Hue::Inside),
    ]
    .into_iter()
    .map(bar)
    .collect();
    bars[2].flagged = true;
    bars.push(Bar {
        label: "Traffic offences".into(),
        value: f64::NAN,
        missing: "not counted apart".into(),
        ..Bar::default()
    });
    Bars { bars }
}

pub fn change() -> Bars {
    let bar = |(label, value): (&str, f64)| Bar {
        label: label.into(),
        value,
        low: Some(value - 2.0),
        high: Some(value + 2.5),
        hue: Hue::Neutral,
        ..Bar::default()
    };
    Bars {
        bars: [
            ("Türkiye", -16.0),
            ("Montenegro", -11.0),
            ("Serbia", -3.0),
            ("Sweden", 4.0),
            ("Greece", 3.0),
        ]
        .into_iter()
        .map(bar)
        .collect(),
    }
}

pub fn mix() -> Mix {
    let part = |label: &str, value: f64, hue: Hue| Part {
        label: label.into(),
        value,
        hue,
        ..Part::default()
    };
    Mix {
        parts: vec![
            part("sentenced", 5105.0, Hue::Inside),
            part("on remand", 1204.0, Hue::Accent(1)),
            part("awaiting appeal", 190.0, Hue::Accent(3)),
            part("other", 24.0, Hue::Neutral),
        ],
    }
}

/// Hexagons in the place of countries, for when no outlines are given.
pub fn hexagons() -> Outlines {
    let mut shapes = vec![];
    for (i, code) in CODES.iter().enumerate() {
        let (col, row) = (i % 5, i / 5);
        let (x, y) = (30.0 + col as f64 * 52.0 + (row % 2) as f64 * 26.0, 32.0 + row as f64 * 45.0);
        let path = format!("M{x} {}l26 15v30l-26 15l-26 -15v-30Z", y - 30.0);
        shapes.push(Outline {
            code: code.to_string(),
            path,
            centroid: (x, y),
            ..Outline::default()
        });
    }
    Outlines { size: (400.0, 165.0), shapes }
}

/// The outlines that the client's build makes.
pub fn read_outlines(json: &str) -> Result<Outlines, Box<dyn std::error::Error>> {
    let read: serde_json::Value = serde_json::from_str(json)?;
    let number = |value: &serde_json::Value| value.as_f64().unwrap_or(0.0);
    let places = read["places"].as_array().ok_or("no list of places in the outlines")?;
    let shapes = places.iter().filter(|place| place.get("of").is_none()).map(|place| Outline {
        code: place["code"].as_str().unwrap_or("").into(),
        path: place["path"].as_str().unwrap_or("").into(),
        centroid: (number(&place["x"]), number(&place["y"])),
        kind: match (place["context"].as_bool(), place["small"].as_bool()) {
            (Some(true), _) => Kind::Context,
            (_, Some(true)) => Kind::Small,
            _ => Kind::Land,
        },
    });
    let size = (number(&read["width"]), number(&read["height"]));
    Ok(Outlines { size, shapes: shapes.collect() })
}

pub fn map(outlines: &Outlines) -> Map<'_> {
    let figures = [1.4, 1.3, 0.1, f64::NAN, 0.6, 0.5, f64::NAN, 3.8, 0.0, 0.2, 1.1, 0.7, 0.3, 7.6];
    let value = |((code, name), value): ((&&str, &&str), f64)| {
        let value = MapValue {
            name: name.to_string(),
            value,
            when: "2017".into(),
            flagged: *name == "Serbia" || *name == "Montenegro",
            note: if value.is_nan() { "no data".into() } else { String::new() },
            href: Some(format!("/countries/{code}")),
        };
        (code.to_string(), value)
    };
    let mut values: std::collections::BTreeMap<_, _> =
        CODES.iter().zip(&COUNTRIES).zip(figures).map(value).collect();
    for (code, name, value) in [
        ("MLT", "Malta", 1.9),
        ("AND", "Andorra", 0.6),
        ("LIE", "Liechtenstein", f64::NAN),
        ("ESP", "Spain", 5.1),
        ("ITA", "Italy", 2.6),
        ("FRA", "France", 2.0),
        ("POL", "Poland", 1.2),
        ("DEU", "Germany", 0.8),
        ("SWE", "Sweden", 0.4),
    ] {
        let value = MapValue { name: name.into(), value, ..MapValue::default() };
        values.insert(code.into(), value);
    }
    let scotland = MapValue {
        name: "Scotland".into(),
        value: 0.4,
        when: "2016".into(),
        flagged: true,
        ..MapValue::default()
    };
    values.insert("GBR-SCT".into(), scotland);
    let (w, h) = outlines.size;
    Map {
        places: vec![Place {
            code: "GBR-SCT".into(),
            label: "Scotland".into(),
            at: (w * 0.08, h * 0.5),
        }],
        values,
        edges: vec![0.2, 0.5, 1.0, 2.0, 5.0],
        no_data: "no data".into(),
        flagged: "doubtful".into(),
        ..Map::new(outlines)
    }
}

const CODES: [&str; 14] = [
    "ALB", "ARM", "AZE", "BIH", "BGR", "GEO", "XKX", "MDA", "MNE", "MKD", "ROU", "SRB", "TUR",
    "UKR",
];
