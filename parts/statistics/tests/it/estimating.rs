//! `throughcare estimate` from files: clear tables, safe by default, and every mistake named with its place.

use std::path::PathBuf;

use base::{Languages, Settings};
use expect_test::{Expect, expect};
use statistics::command::{Asked, Format, estimate};

fn languages() -> Languages {
    base::site::languages(&Settings::default(), &[&statistics::PART]).expect("words")
}

/// Files in a folder of their own, asked as the command asks.
fn ask(files: &[(&str, &[u8])], change: impl FnOnce(&mut Asked)) -> Result<String, String> {
    let folder = base::testing::folder();
    for (name, bytes) in files {
        std::fs::write(folder.join(name), bytes).expect("a file");
    }
    let there = |name: &str| {
        files.iter().any(|(known, _)| *known == name).then(|| -> PathBuf { folder.join(name) })
    };
    let mut asked = Asked {
        data: folder.join(files[0].0),
        design: there("design.toml"),
        codebook: there("codebook.csv"),
        of: vec!["hcv".into()],
        by: Vec::new(),
        method: "logit".into(),
        level: 0.95,
        format: Format::Table,
        internal: false,
    };
    change(&mut asked);
    let languages = languages();
    let words = languages.get("en").expect("English");
    let said = estimate(words, &asked).map_err(|error| format!("{error:#}"));
    let _ = std::fs::remove_dir_all(folder);
    said
}

fn refused(files: &[(&str, &[u8])], expected: Expect) {
    expected.assert_eq(&ask(files, |_| ()).expect_err("this cannot be estimated"));
}

fn demo() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("data.csv", statistics::synthetic::interviews(7).into_bytes()),
        ("design.toml", statistics::synthetic::DESIGN.into()),
        ("codebook.csv", statistics::synthetic::CODEBOOK.into()),
    ]
}

fn of_demo(change: impl FnOnce(&mut Asked)) -> String {
    let files = demo();
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
    ask(&files, change).expect("figures")
}

#[test]
fn a_table_by_country_with_what_it_rests_on() {
    let said = of_demo(|asked| asked.by = vec!["country".into()]);
    expect![[""]].assert_eq(&said);
}

#[test]
fn few_with_hiv_are_withheld_and_cannot_be_subtracted() {
    let by = |asked: &mut Asked| {
        asked.of = vec!["hiv".into()];
        asked.by = vec!["country".into(), "sex".into()];
        asked.format = Format::Csv;
    };
    let public = of_demo(by);
    assert!(public.contains(",withheld-protected,released; synthetic\n"), "{public}");
    assert!(!public.contains("few-alike"), "the rule itself would tell: {public}");
    let all = of_demo(|asked| {
        by(asked);
        asked.internal = true;
    });
    assert!(!all.contains("withheld-protected"), "{all}");
    assert!(all.lines().skip(1).all(|line| line.ends_with("not for release; synthetic")), "{all}");
    // In each column of each table withheld cells stand at least in twos.
    let lonely = |at: usize| {
        let mut groups: Vec<&str> = public
            .lines()
            .filter(|line| line.contains("withheld-protected"))
            .map(|line| line.split(',').nth(at).unwrap_or_default())
            .collect();
        groups.sort_unstable();
        groups.chunk_by(|a, b| a == b).any(|group| group.len() == 1)
    };
    assert!(!lonely(1) && !lonely(2), "{public}");
}

#[test]
fn the_synthetic_interviews_are_the_same_everywhere() {
    let text = statistics::synthetic::interviews(statistics::synthetic::SEED);
    let rows = text.lines().count() - 1;
    assert!((3_500..4_800).contains(&rows), "{rows} interviews");
    let prisons: std::collections::BTreeSet<&str> =
        text.lines().skip(1).filter_map(|line| line.split(',').nth(3)).collect();
    assert_eq!(prisons.len(), 60);
    assert_eq!(text, statistics::synthetic::interviews(statistics::synthetic::SEED));
}

#[test]
fn mistakes_in_a_file_are_named_with_their_place() {
    refused(&[("a.csv", b"hcv,hcv,\n1,0,2\n")], expect![[""]]);
    refused(&[("a.csv", b"hcv;w\n1;2\n0;3;4\n")], expect![[""]]);
    refused(&[("a.csv", b"")], expect![[""]]);
    refused(&[("a.csv", b"hcv\n")], expect![[""]]);
    refused(&[("a.sav", b"$FL2@(#) SPSS DATA FILE")], expect![[""]]);
    refused(&[("a.bin", b"\x00\x01\x02\x00")], expect![[""]]);
    refused(&[("a.csv", b"hvc\n1\n0\n")], expect![[""]]);
    refused(&[("a.csv", b"hcv\nNA\n\"\"\nNA\n")], expect![[""]]);
    refused(&[("a.csv", b"hcv\nred\nblue\n")], expect![[""]]);
    let wide = vec!["a"; 3000].join(",");
    refused(&[("a.csv", wide.as_bytes())], expect![[""]]);
    refused(&[("a.xlsx", b"PK\x03\x04 not a workbook")], expect![[""]]);
}

#[test]
fn mistakes_in_a_design_are_named_with_their_place() {
    let design = b"weights = \"w\"\n[[stage]]\nclusters = \"prison\"\nstrata = \"s\"\n";
    let with = |data: &[u8], expected: Expect| {
        refused(&[("a.csv", data), ("design.toml", design)], expected)
    };
    with(b"hcv,w,prison,s\n1,-2,a,x\n0,NaN,b,x\n1,abc,c,x\n0,\"1,5\",d,x\n", expect![[""]]);
    with(b"hcv,w,prison,s\n1,-2,a,x\n0,,b,x\n1,3,,x\n", expect![[""]]);
    with(b"hcv,w,prison,s\n1,1,a,x\n0,1,a,x\n", expect![[""]]);
    with(b"hcv,w,prison,s\n1,1,a,x\n0,1,a,y\n0,1,b,y\n0,1,c,x\n", expect![[""]]);
    let said = ask(&[("a.csv", b"hcv\n1\n0\n"), ("design.toml", b"wieght = \"w\"\n")], |_| ());
    expect![[""]].assert_eq(&said.expect_err("a slip of the pen"));
}

#[test]
fn a_codebook_that_disagrees_is_refused_with_the_row() {
    let data = b"hcv,sex\n1,1\n0,3\n7,2\n".as_slice();
    let codebook = b"variable,label,values,missing\nhcv,Hepatitis C,1=yes|0=no,9\nsex,Sex,1=men|2=women,\nage,Age,,\n".as_slice();
    refused(&[("a.csv", data), ("codebook.csv", codebook)], expect![[""]]);
}

#[test]
fn another_encoding_is_read_and_said() {
    let mut data = b"hcv,place\n".to_vec();
    for at in 0..60 {
        data.extend_from_slice(if at % 3 == 0 {
            b"1,Chi\xBAin\xE3u\n"
        } else {
            b"0,Chi\xBAin\xE3u\n"
        });
    }
    let said = ask(&[("a.csv", &data)], |asked| asked.by = vec!["place".into()]).expect("figures");
    assert!(said.contains("is not UTF-8 and was read as"), "{said}");
}
