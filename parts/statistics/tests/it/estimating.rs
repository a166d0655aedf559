//! `throughcare estimate` from files: clear tables, safe by default, and every mistake named with its place.

use std::path::PathBuf;

use base::{Languages, Settings};
use expect_test::{Expect, expect};
use statistics::command::{Asked, Format, estimate};

pub fn languages() -> Languages {
    base::site::languages(&Settings::default(), &[&statistics::PART]).expect("words")
}

/// Files in a folder of their own, asked as the command asks.
pub fn ask(files: &[(&str, &[u8])], change: impl FnOnce(&mut Asked)) -> Result<String, String> {
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
    said.map(|said| String::from_utf8(said).expect("text"))
}

pub fn refused(files: &[(&str, &[u8])], expected: Expect) {
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
    expect![[r#"
        Hepatitis C antibodies: share of people, by Country

        Country                   %  95 % interval      n  effective n  design effect
        Armenia              17.6 †      11.6–25.6    470          200            3.1
        Azerbaijan           25.5 †      16.0–38.0    504           93            5.6
        Bulgaria             18.8 †      14.2–24.5    432          380            1.2
        Estonia              19.5 †      16.2–23.2    598          760            1.1
        Georgia              16.9 †      14.8–19.3    435        1,800            0.3
        Republic of Moldova  19.5 †      13.7–26.9    555          220            2.8
        Romania              18.1 †      11.9–26.6    467          180            2.6
        Ukraine              20.9 †      15.7–27.2    548          300            1.8
        all                    20.6      18.0–23.6  4,009          840            4.9

        SYNTHETIC DATA: made by a program to show how it works. These figures speak of nobody.
        4,158 interviews stand for 120,163 people.
        Weights run from 1.3 to 114.1; that they differ alone multiplies the variance by 1.98.
        60 sampled units in 16 strata: 44 degrees of freedom.
        The first drawing took a large enough share to count: its finite population is in the standard errors.
        Weighted; 95 % intervals: on the logit scale. n: people who answered; effective n: the simple sample that would be as exact.
        † too weak to lean on: fewer than 8 degrees of freedom.
    "#]].assert_eq(&said);
}

#[test]
fn few_with_hiv_are_withheld_and_cannot_be_subtracted() {
    let by = |asked: &mut Asked| {
        asked.of = vec!["hiv".into()];
        asked.by = vec!["country".into(), "sex".into()];
        asked.format = Format::Csv;
    };
    let public = of_demo(by);
    assert!(public.contains(",withheld-protected,released; synthetic,"), "{public}");
    assert!(!public.contains("few-alike"), "the rule itself would tell: {public}");
    let all = of_demo(|asked| {
        by(asked);
        asked.internal = true;
    });
    assert!(!all.contains("withheld-protected"), "{all}");
    assert!(all.lines().skip(1).all(|line| line.contains(",not for release; synthetic,")), "{all}");
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
    refused(
        &[("a.csv", b"hcv,hcv,\n1,0,2\n")],
        expect![[r#"
        2 things have to be put right first:
          hcv, row 1: columns 1 and 2 have the same name; rename one, or delete it.
          a.csv, row 1: column 3 has no name; give it one, or delete it."#]],
    );
    refused(
        &[("a.csv", b"hcv;w\n1;2\n0;3;4\n")],
        expect![[r#"
        One thing has to be put right first:
          a.csv, row 3: 3 cells, where the heading has 2; a comma in a text must stand in quotes."#]],
    );
    refused(
        &[("a.csv", b"")],
        expect![[r#"
        One thing has to be put right first:
          a.csv: the file is empty; save the table again, with one heading row and one row for each interview."#]],
    );
    refused(
        &[("a.csv", b"hcv\n")],
        expect![[r#"
        One thing has to be put right first:
          a.csv: a heading, but no row under it; save the table again with its interviews."#]],
    );
    refused(
        &[("a.sav", b"$FL2@(#) SPSS DATA FILE")],
        expect![[r#"
            One thing has to be put right first:
              a.sav: the file ends before it is whole (23 bytes); it was cut off on its way. Send it again."#]],
    );
    refused(
        &[("a.bin", b"\x00\x01\x02\x00")],
        expect![[r#"
            One thing has to be put right first:
              a.bin: none of the files that are read here; save it as CSV (UTF-8), XLSX, SPSS (.sav), Stata (.dta) or Parquet."#]],
    );
    refused(
        &[("a.csv", b"hvc\n1\n0\n")],
        expect![[r#"
        One thing has to be put right first:
          hcv: there is no such column; did you mean “hvc”?"#]],
    );
    refused(
        &[("a.csv", b"hcv\nNA\n\"\"\nNA\n")],
        expect![[r#"
        One thing has to be put right first:
          hcv: nobody answered; every row is missing."#]],
    );
    refused(
        &[("a.csv", b"hcv\nred\nblue\n")],
        expect![[r#"
        One thing has to be put right first:
          hcv: neither yes and no nor numbers; ask for one of its answers as column=answer. The answers are: red, blue"#]],
    );
    let wide = vec!["a"; 3000].join(",");
    refused(
        &[("a.csv", wide.as_bytes())],
        expect![[r#"
            One thing has to be put right first:
              a.csv: 3,000 columns, and at most 2,000 are read; is the separator right? Keep only the columns that are needed."#]],
    );
    refused(
        &[("a.xlsx", b"PK\x03\x04 not a workbook")],
        expect![[r#"
            One thing has to be put right first:
              a.xlsx: the file is damaged (invalid Zip archive: Could not find EOCD); open it in the program that made it, save it again, and try once more."#]],
    );
}

#[test]
fn mistakes_in_a_design_are_named_with_their_place() {
    let design = b"weights = \"w\"\n[[stage]]\nclusters = \"prison\"\nstrata = \"s\"\n";
    let with = |data: &[u8], expected: Expect| {
        refused(&[("a.csv", data), ("design.toml", design)], expected)
    };
    with(
        b"hcv,w,prison,s\n1,-2,a,x\n0,NaN,b,x\n1,abc,c,x\n0,\"1,5\",d,x\n",
        expect![[r#"
        3 things have to be put right first:
          w, row 3: “NaN” is not a number; correct it, leave it empty, or name it as a missing code in the codebook.
          w, row 4: “abc” is not a number; correct it, leave it empty, or name it as a missing code in the codebook.
          w, row 5: “1,5” has a decimal comma; write it with a point."#]],
    );
    with(
        b"hcv,w,prison,s\n1,-2,a,x\n0,,b,x\n1,3,,x\n",
        expect![[r#"
        3 things have to be put right first:
          w, row 2: “-2” cannot be a weight; a weight is how many people the row stands for, zero or more.
          w, row 3: no value; every row must have one, since it says for how many people the row stands.
          prison, row 4: no label; every row must belong to a unit and to a stratum."#]],
    );
    with(
        b"hcv,w,prison,s\n1,1,a,x\n0,1,a,x\n",
        expect![[r#"
            One thing has to be put right first:
              s: in one stratum a single unit was drawn (x), so its variance cannot be seen. Join it with a similar stratum in the file, or choose how it is to be treated."#]],
    );
    with(
        b"hcv,w,prison,s\n1,1,a,x\n0,1,a,y\n0,1,b,y\n0,1,c,x\n",
        expect![[r#"
            One thing has to be put right first:
              prison, row 3: unit “a” lies in stratum “x” and in “y”; correct one, or tick below that numbers start again in each stratum."#]],
    );
    let said = ask(&[("a.csv", b"hcv\n1\n0\n"), ("design.toml", b"wieght = \"w\"\n")], |_| ());
    expect![[r#"
        One thing has to be put right first:
          design.toml, row 1: the description cannot be read: unknown field `wieght`, expected one of `weights`, `probabilities`, `lonely`, `lonely_in_domains`, `numbers_restart`, `codebook`, `synthetic`, `people`, `stage`"#]].assert_eq(&said.expect_err("a slip of the pen"));
}

#[test]
fn a_codebook_that_disagrees_is_refused_with_the_row() {
    let data = b"hcv,sex\n1,1\n0,3\n7,2\n".as_slice();
    let codebook = b"variable,label,values,missing\nhcv,Hepatitis C,1=yes|0=no,9\nsex,Sex,1=men|2=women,\nage,Age,,\n".as_slice();
    refused(
        &[("a.csv", data), ("codebook.csv", codebook)],
        expect![[r#"
        3 things have to be put right first:
          hcv, row 4: “7” is not among the values that the codebook knows (1, 0); add it there, or name it as missing.
          sex, row 3: “3” is not among the values that the codebook knows (1, 2); add it there, or name it as missing.
          age, row 4: the codebook describes a variable that the data do not have; correct its name, or delete the row."#]],
    );
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
