//! Tables that are wrong, and what their author is told.

use evidence::*;
use expect_test::{Expect, expect};

/// Reads the shipped table after a change to its text.
fn changed(change: impl Fn(&str) -> String) -> (usize, String) {
    let text = std::str::from_utf8(Files::SHIPPED.effects_csv).unwrap();
    let changed = change(text);
    assert_ne!(changed, text, "the change changed nothing");
    read(changed.as_bytes())
}

fn read(bytes: &[u8]) -> (usize, String) {
    let library = shipped();
    let (effects, problems) =
        read_effects("mine.csv", bytes, &library.interventions, &library.sources);
    let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    (effects.len(), lines.join("\n"))
}

/// One cell of the first row (opioid agonist treatment and HIV) is changed.
fn check(column: &str, value: &str, expect: Expect) {
    let index = EFFECT_COLUMNS.iter().position(|c| *c == column).unwrap();
    let text = std::str::from_utf8(Files::SHIPPED.effects_csv).unwrap();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headings = reader.headers().unwrap().clone();
    let first = reader.records().next().unwrap().unwrap();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&headings).unwrap();
    writer
        .write_record(first.iter().enumerate().map(
            |(i, cell)| {
                if i == index { value } else { cell }
            },
        ))
        .unwrap();
    let (effects, problems) = read(&writer.into_inner().unwrap());
    assert_eq!(effects, 0, "the row must be refused");
    expect.assert_eq(&problems);
}

#[test]
fn a_missing_column_and_an_unknown_one() {
    let (effects, problems) = changed(|text| text.replacen(",topic,", ",thema,", 1));
    assert_eq!(effects, 0);
    expect![[r#"
        mine.csv, line 1, column topic: this column is missing; the columns are: id, row, group, topic, intervention, outcome, detail, parameter, population_published, population, place, years, setting, comparison, arm, reversed, measure, adjusted, estimate, ci_low, ci_high, of, words, finding, studies, participants, i2_percent, grade, source, locator, address, verified, doubt, note
        mine.csv, line 1, column thema: this column is not known; remove it or correct its name"#]].assert_eq(&problems);
}

#[test]
fn a_column_that_stands_twice() {
    let (effects, problems) = changed(|text| text.replacen(",place,", ",place,place,", 1));
    assert_eq!(effects, 0);
    expect!["mine.csv, line 1, column place: this column stands twice; keep one of the two"]
        .assert_eq(&problems);
}

#[test]
fn words_that_no_list_holds() {
    check(
        "topic",
        "opioids",
        expect![[
            r#"mine.csv, line 2, column topic: "opioids" is not known here; use one of: prevention, treatment-rehabilitation, opioid-agonist-treatment, harm-reduction, alternatives, stigma, infection, mortality, justice, trafficking"#
        ]],
    );
    check(
        "setting",
        "jail",
        expect![[
            r#"mine.csv, line 2, column setting: "jail" is not known here; use one of: prison, release, community, mixed"#
        ]],
    );
    check(
        "intervention",
        "prayer",
        expect![[
            r#"mine.csv, line 2, column intervention: "prayer" is not in the list of interventions; add it there or correct it"#
        ]],
    );
    check(
        "source",
        "nobody-1999",
        expect![[
            r#"mine.csv, line 2, column source: "nobody-1999" is not in the list of sources; add it there or correct it"#
        ]],
    );
    check(
        "verified",
        "perhaps",
        expect![[
            r#"mine.csv, line 2, column verified: "perhaps" is neither yes nor no; write one of the two"#
        ]],
    );
    check(
        "arm",
        "both",
        expect![[
            r#"mine.csv, line 2, column arm: "both" is not an arm; write with, without, or nothing"#
        ]],
    );
}

#[test]
fn intervals_and_numbers_that_cannot_be() {
    check(
        "ci_low",
        "0.9",
        expect![
            "mine.csv, line 2, column ci_low: 0.9 is above ci_high, 0.67; exchange the two or correct them"
        ],
    );
    check(
        "ci_high",
        "0.4",
        expect![
            "mine.csv, line 2, column estimate: 0.46 is not between 0.32 and 0.4; check the three figures"
        ],
    );
    check(
        "ci_high",
        "",
        expect![
            "mine.csv, line 2, column ci_high: is empty while the other end of the interval is not; give both or neither"
        ],
    );
    check(
        "estimate",
        "0,46",
        expect![[
            r#"mine.csv, line 2, column estimate: "0,46" is not a number; write digits with a decimal point, as 0.46"#
        ]],
    );
    check(
        "estimate",
        "-0.46",
        expect![[r#"
        mine.csv, line 2, column estimate: -0.46 cannot be a ratio; ratios are above 0
        mine.csv, line 2, column estimate: -0.46 is not between 0.32 and 0.67; check the three figures"#]],
    );
    check(
        "estimate",
        "NaN",
        expect![[
            r#"mine.csv, line 2, column estimate: "NaN" is not a number; write digits with a decimal point, as 0.46"#
        ]],
    );
    check(
        "estimate",
        "",
        expect![
            "mine.csv, line 2, column estimate: is empty, and so is words; give the number or what was found in words"
        ],
    );
    check(
        "i2_percent",
        "177",
        expect!["mine.csv, line 2, column i2_percent: 177 is not between 0 and 100"],
    );
    check(
        "studies",
        "nine",
        expect![[
            r#"mine.csv, line 2, column studies: "nine" is not a whole number; write digits only, as 9 or 23608"#
        ]],
    );
}

#[test]
fn rows_that_contradict_themselves() {
    check(
        "comparison",
        "",
        expect![
            "mine.csv, line 2, column comparison: is empty, but rate_ratio compares two groups; say which"
        ],
    );
    check(
        "measure",
        "narrative",
        expect![
            "mine.csv, line 2, column estimate: 0.46 is a number, but the measure is narrative; choose the measure of the number"
        ],
    );
    check(
        "measure",
        "count",
        expect![[r#"
        mine.csv, line 2, column arm: is empty, but a comparison is named; say whose figure this is: with or without
        mine.csv, line 2, column of: a count of 0.46 needs the whole it is out of, not smaller than itself"#]],
    );
    check(
        "measure",
        "percent",
        expect![
            "mine.csv, line 2, column arm: is empty, but a comparison is named; say whose figure this is: with or without"
        ],
    );
    check(
        "doubt",
        "figure-from-memory",
        expect![
            "mine.csv, line 2, column doubt: a reason for doubt on a row that is verified; keep one of the two"
        ],
    );
    check(
        "verified",
        "no",
        expect!["mine.csv, line 2, column doubt: is empty; say why the row is not verified"],
    );
}

#[test]
fn a_group_of_one_is_kept_and_reported() {
    let (effects, problems) = changed(|text| {
        text.replacen("oat-hiv-macarthur-2012,1,,", "oat-hiv-macarthur-2012,1,alone,", 1)
    });
    assert_eq!(effects, 86);
    expect![[r#"mine.csv, line 2, column group: "alone" joins this row to nothing; give its other rows the same group, or leave it empty"#]].assert_eq(&problems);
}

#[test]
fn addresses_and_ids_that_are_unsafe_in_a_page() {
    check(
        "address",
        "javascript:alert(1)",
        expect![[
            r#"mine.csv, line 2, column address: "javascript:alert(1)" is not a link; begin with https:// and leave no space in it"#
        ]],
    );
    check("address", "", expect!["mine.csv, line 2, column address: is empty; write a value"]);
    check(
        "id",
        "../etc/passwd",
        expect![[
            r#"mine.csv, line 2, column id: "../etc/passwd" is not an id; use lower-case letters, digits and hyphens"#
        ]],
    );
    check("id", "", expect!["mine.csv, line 2, column id: is empty; write a value"]);
}

#[test]
fn an_id_that_stands_twice_keeps_the_first() {
    let (effects, problems) = changed(|text| {
        let first = text.lines().nth(1).unwrap();
        format!("{text}{first}\n")
    });
    assert_eq!(effects, 86);
    expect![[
        r#"mine.csv, line 88, column id: "oat-hiv-macarthur-2012" stands twice; ids must differ"#
    ]]
    .assert_eq(&problems);
}

#[test]
fn text_that_is_not_utf8_names_its_byte() {
    let mut bytes = Files::SHIPPED.effects_csv.to_vec();
    let at = bytes.iter().position(|b| *b == b'\n').unwrap() + 3;
    bytes[at] = 0xe9;
    let (effects, problems) = read(&bytes);
    assert_eq!(effects, 0);
    expect![[r#"mine.csv, line 2: byte 275 is not UTF-8 text; save the file as "CSV UTF-8" and try again"#]].assert_eq(&problems);
}

#[test]
fn a_line_cut_short_is_refused_by_itself() {
    let (effects, problems) = changed(|text| {
        let (rest, last) = text.trim_end().rsplit_once('\n').unwrap();
        format!("{rest}\n{}\n", &last[..40])
    });
    assert_eq!(effects, 85);
    expect![
        "mine.csv, line 87: 1 cells where the heading has 34; check the commas and quotation marks"
    ]
    .assert_eq(&problems);
}

#[test]
fn a_mark_at_the_beginning_and_windows_line_ends_do_no_harm() {
    let (effects, problems) = changed(|text| format!("\u{feff}{}", text.replace('\n', "\r\n")));
    assert_eq!((effects, problems.as_str()), (86, ""));
}

#[test]
fn an_empty_file() {
    let (effects, problems) = read(b"");
    assert_eq!(effects, 0);
    assert!(problems.lines().count() == EFFECT_COLUMNS.len(), "{problems}");
}

#[test]
fn sources_that_do_not_fit_together() {
    let heading = "id,kind,publisher,terms,credit,link,read_on,typed_by,holds,defects\n";
    let table = format!(
        "{heading}a-1,study,,figures-only,,,,,,\nb-1,study,,credit,,ftp://x,31.12.2020,,,\nc-1,book,,,,,,,,\n"
    );
    let yml = "a-1: { type: article, title: A }\nb-1: { type: article, title: B }\nd-1: { type: article, title: D }\n";
    let (sources, problems) =
        read_sources("mine.yml", yml.as_bytes(), "mine.csv", table.as_bytes());
    assert_eq!(sources.len(), 1);
    let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    expect![[r#"
        mine.csv, line 3, column link: "ftp://x" is not a link; begin with https:// and leave no space in it
        mine.csv, line 3, column read_on: "31.12.2020" is not a day; write year, month and day, as 2023-05-11
        mine.csv, line 3, column credit: is empty, but the terms ask for a credit line; write it
        mine.csv, line 4, column kind: "book" is not known here; use one of: data-set, review, study, fact-sheet
        mine.csv, line 4, column terms: is empty; write a value
        mine.csv, line 4, column id: "c-1" has no entry in mine.yml; add it there or correct it
        mine.yml: "d-1" has no line in mine.csv; say there what its terms are"#]].assert_eq(&lines.join("\n"));
}

#[test]
fn a_library_that_is_not_yaml_or_has_no_title() {
    let say = |yml: &[u8]| {
        let (sources, problems) = read_sources(
            "mine.yml",
            yml,
            "mine.csv",
            b"id,kind,publisher,terms,credit,link,read_on,typed_by,holds,defects\n",
        );
        assert!(sources.is_empty());
        problems[0].to_string()
    };
    expect!["mine.yml, line 2: is not a library of sources: did not find expected ',' or '}' at line 2 column 1, while parsing a flow mapping at line 1 column 6"].assert_eq(&say(b"a-1: { type: article\n"));
    expect![[r#"mine.yml: "a-1" has no title; a source cannot be shown without one"#]]
        .assert_eq(&say(b"a-1: { type: article, date: 2020 }\n"));
    expect!["mine.yml: byte 6 is not UTF-8 text; save the file as UTF-8"]
        .assert_eq(&say(b"a-1: \xff\n"));
}
