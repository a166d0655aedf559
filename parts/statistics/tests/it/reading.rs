//! Every form of file that a researcher brings: the same interviews from each, with their labels; and files made to break a reader.

use std::io::Cursor;
use std::time::{Duration, Instant};

use expect_test::expect;
use statistics::command::{Asked, Format};

use crate::estimating::{ask, refused};

macro_rules! sample {
    ($name:literal) => {
        include_bytes!(concat!("../files/", $name)).as_slice()
    };
}

fn by_sex(asked: &mut Asked) {
    asked.by = vec!["sex".into()];
    asked.internal = true;
    asked.format = Format::Csv;
}

/// The figures without the names of the groups.
fn figures(csv: &str) -> Vec<String> {
    csv.lines()
        .skip(1)
        .map(|line| line.splitn(3, ',').nth(2).unwrap_or_default().to_owned())
        .collect()
}

#[test]
fn the_same_interviews_from_every_form() {
    let spss = [sample!("plain.sav"), sample!("coded.sav"), sample!("folded.zsav")];
    let stata = [sample!("v8.dta"), sample!("v12.dta"), sample!("v14.dta"), sample!("v15.dta")];
    let parquet = [sample!("snappy.parquet"), sample!("zstd.parquet"), sample!("gzip.parquet")];
    // A name that says nothing: a file is known by its content.
    let of = |bytes: &[u8]| ask(&[("interviews", bytes)], by_sex).expect("figures");
    let first = of(spss[0]);
    expect![[r#"
        indicator,sex,unit,value,low,high,se,n,effective_n,design_effect,df,weak,withheld,status,method,level,sample
        hcv,мужчины,share,0.2564102564108314,0.14030857334039273,0.4214821320190464,0.0705101612357658,39,38.349999999999994,,39,,,not for release,logit,0.95,design-people n=60 people=60; design-weights least=1.0 most=1.0 effect=1.00; design-simple
        hcv,женщины | все,share,0.2500000000005564,0.1007819411486802,0.4978354636553137,0.09764168323561792,20,19.666666666666657,,19,weak-few-people weak-wide-interval,,not for release,logit,0.95,design-people n=60 people=60; design-weights least=1.0 most=1.0 effect=1.00; design-simple
        hcv,(all),share,0.2542372881361649,0.1571666903373041,0.38394980306822546,0.05716675881106694,59,58.01666666666665,,59,,,not for release,logit,0.95,design-people n=60 people=60; design-weights least=1.0 most=1.0 effect=1.00; design-simple
    "#]].assert_eq(&first);
    for bytes in &spss[1..] {
        assert_eq!(of(bytes), first);
    }
    for bytes in stata {
        let said = of(bytes);
        assert!(said.contains("hcv,men,") && said.contains("hcv,women,"), "{said}");
        assert_eq!(figures(&said), figures(&first));
    }
    for bytes in parquet {
        let said = of(bytes);
        // Parquet brings no labels.
        assert!(said.contains("hcv,1,") && said.contains("hcv,2,"), "{said}");
        assert_eq!(figures(&said), figures(&first));
    }
}

#[test]
fn labels_missing_values_and_other_kinds_of_cells_come_along() {
    let of = |bytes: &[u8], of: &str, by: &str| {
        ask(&[("a", bytes)], |asked| {
            asked.of = vec![of.into()];
            asked.by = vec![by.into()];
            asked.internal = true;
        })
        .expect("figures")
    };
    // 9 is refused by the file's own range 8 to 9; without it this column would be no yes and no.
    let said = of(sample!("coded.sav"), "hcv", "day");
    assert!(said.contains("Hepatitis C antibodies") && said.contains("2026-01-01"), "{said}");
    let said = of(sample!("v15.dta"), "age", "hcv");
    assert!(said.contains("Age in years: mean, by Hepatitis C antibodies"), "{said}");
    assert!(said.contains("not stated"), "the one who refused (.a): {said}");
    let said = of(sample!("snappy.parquet"), "paid", "at");
    assert!(said.contains("2026-05-17 13:45:07"), "{said}");
    let said = of(sample!("gzip.parquet"), "weight_of_interview", "day");
    assert!(said.contains("2026-03-03"), "{said}");
    // Old Stata files do not say how letters are written.
    let said = of(sample!("plain.sav"), "hcv=yes", "words");
    assert!(said.contains("Кишинёв, „мир“ | да=нет"), "{said}");
}

#[test]
fn what_the_file_says_of_its_weight_is_the_design() {
    // The weight of an SPSS file is a place in its head: the sixth variable, whose first slot is the sixth.
    let mut bytes = sample!("coded.sav").to_vec();
    bytes[76..80].copy_from_slice(&6i32.to_le_bytes());
    let said = ask(&[("a.sav", &bytes)], |asked| asked.internal = true).expect("figures");
    assert!(said.contains("60 interviews stand for 612 people"), "{said}");
    assert!(said.contains("weights = \"weight_of_interview\""), "{said}");
}

/// A Stata file of twelve interviews in which `svyset` was used.
fn survey_set() -> Vec<u8> {
    use dta::stata::dta::byte_order::ByteOrder;
    use dta::stata::dta::dta_writer::DtaWriter;
    use dta::stata::dta::header::Header;
    use dta::stata::dta::release::Release;
    use dta::stata::dta::schema::Schema;
    use dta::stata::dta::value::Value;
    use dta::stata::dta::variable::Variable;
    use dta::stata::dta::variable_type::VariableType;
    use dta::stata::stata_byte::StataByte;
    let header = Header::builder(Release::V118, ByteOrder::BigEndian).build();
    let mut schema = Schema::builder();
    for name in ["hcv", "region", "prison", "pw"] {
        schema = schema.add_variable(Variable::builder(VariableType::Byte, name).format("%8.0g"));
    }
    let schema = schema.build().expect("a schema");
    let writer = DtaWriter::new().from_writer(Cursor::new(Vec::new()));
    let writer = writer.write_header(header).expect("a head");
    let told = writer.write_schema(schema).expect("columns");
    let mut records = told.into_record_writer().expect("rows");
    for row in 0..24i8 {
        let cells = [i8::from(row % 3 == 0), row / 12, row / 3, 5 + row / 12];
        let cells = cells.map(|cell| Value::Byte(StataByte::Present(cell)));
        records.write_record(&cells).expect("a row");
    }
    let strings = records.into_long_string_writer().expect("no strings");
    let labels = strings.into_value_label_writer().expect("no labels");
    let mut bytes = labels.finish().expect("a file").into_inner();
    // The writer makes no characteristics: they are put in, and the places after them moved on.
    let mut told = Vec::new();
    for (name, value) in [
        ("_svy_version", "2"),
        ("_svy_wvar", "pw"),
        ("_svy_wtype", "pweight"),
        ("_svy_stages", "1"),
        ("_svy_su1", "prison"),
        ("_svy_strata1", "region"),
        ("_svy_singleunit", "centered"),
    ] {
        let padded = |text: &str| {
            let mut bytes = text.as_bytes().to_vec();
            bytes.resize(129, 0);
            bytes
        };
        let payload = [padded("_dta"), padded(name), value.as_bytes().to_vec(), vec![0]].concat();
        told.extend_from_slice(b"<ch>");
        told.extend_from_slice(&(payload.len() as u32).to_be_bytes());
        told.extend_from_slice(&payload);
        told.extend_from_slice(b"</ch>");
    }
    let find = |bytes: &[u8], mark: &[u8]| {
        bytes.windows(mark.len()).position(|it| it == mark).expect("the mark") + mark.len()
    };
    let (map, here) = (find(&bytes, b"<map>"), find(&bytes, b"<characteristics>"));
    for at in (map..map + 14 * 8).step_by(8) {
        let place = u64::from_be_bytes(bytes[at..at + 8].try_into().expect("eight bytes"));
        if place >= here as u64 {
            bytes[at..at + 8].copy_from_slice(&(place + told.len() as u64).to_be_bytes());
        }
    }
    bytes.splice(here..here, told);
    bytes
}

#[test]
fn what_svyset_left_in_a_stata_file_is_the_design() {
    let said = ask(&[("a.dta", &survey_set())], |_| ()).expect("figures");
    assert!(said.contains("24 interviews stand for 132 people"), "{said}");
    assert!(said.contains("8 sampled units in 2 strata: 6 degrees of freedom"), "{said}");
    assert!(said.contains("clusters = \"prison\"; strata = \"region\""), "{said}");
}

#[test]
fn a_file_that_was_cut_off_is_said_to_be() {
    for (name, bytes) in [
        ("coded.sav", sample!("coded.sav")),
        ("plain.sav", sample!("plain.sav")),
        ("folded.zsav", sample!("folded.zsav")),
        ("v15.dta", sample!("v15.dta")),
        ("v8.dta", sample!("v8.dta")),
        ("snappy.parquet", sample!("snappy.parquet")),
    ] {
        for keep in [4, 60, 400, bytes.len() / 4, bytes.len() / 2] {
            let said = ask(&[(name, &bytes[..keep])], |_| ()).expect_err("it was cut");
            assert!(said.starts_with("One thing has to be put right"), "{name} {keep}: {said}");
        }
    }
}

#[test]
fn a_header_that_promises_a_thousand_million_rows_is_not_believed() {
    let began = Instant::now();
    let mut spss = sample!("coded.sav").to_vec();
    spss[80..84].copy_from_slice(&1_000_000_000i32.to_le_bytes());
    refused(
        &[("a.sav", &spss)],
        expect![[r#"
        One thing has to be put right first:
          a.sav: the file promises 1000000000 rows and holds 60; it was cut off on its way, or is damaged. Save it again from the program that made it."#]],
    );
    let mut stata = survey_set();
    let at = stata.windows(3).position(|it| it == b"<N>").expect("a count of rows") + 3;
    stata[at..at + 8].copy_from_slice(&1_000_000_000u64.to_be_bytes());
    refused(
        &[("a.dta", &stata)],
        expect![[r#"
        One thing has to be put right first:
          a.dta: the file promises 1000000000 rows and holds 39; it was cut off on its way, or is damaged. Save it again from the program that made it."#]],
    );
    // A .zsav of which a block holds what unfolds to gigabytes is bounded by cells before bytes.
    assert!(began.elapsed() < Duration::from_secs(5));
}

#[test]
fn a_text_of_a_billion_columns_or_one_cell_far_away_is_refused_at_once() {
    let began = Instant::now();
    // Two cells at opposite corners: as a rectangle they would be 17 thousand million.
    let sheet = r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>"#;
    let book = workbook(sheet);
    refused(
        &[("a.xlsx", &book)],
        expect![[r#"
        One thing has to be put right first:
          a.xlsx, row 1048576: 2 cells, where the heading has 1; a comma in a text must stand in quotes."#]],
    );
    assert!(began.elapsed() < Duration::from_secs(5));
}

/// The least that a workbook is.
fn workbook(sheet: &str) -> Vec<u8> {
    use std::io::Write;
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    for (name, text) in [
        (
            "_rels/.rels",
            format!(
                r#"<Relationships xmlns="{package}"><Relationship Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                r#"<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>"#
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                r#"<Relationships xmlns="{package}"><Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#
            ),
        ),
        ("xl/worksheets/sheet1.xml", sheet.to_owned()),
    ] {
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file(name, options).expect("a part");
        zip.write_all(text.as_bytes()).expect("its text");
    }
    zip.finish().expect("a workbook").into_inner()
}

#[test]
fn no_changed_byte_breaks_a_reader() {
    // Every byte of the heads, and some of the rest, set to what hurts most; the answer is figures or a sentence, in time.
    let mut chance = survey::Chance::new(1);
    for bytes in [
        sample!("coded.sav"),
        sample!("folded.zsav"),
        sample!("v8.dta"),
        sample!("v14.dta"),
        sample!("snappy.parquet"),
        sample!("zstd.parquet"),
    ] {
        for _ in 0..120 {
            let mut hurt = bytes.to_vec();
            for _ in 0..1 + chance.below(3) {
                let at = chance.below(hurt.len() as u64) as usize;
                hurt[at] = [0x00, 0x7f, 0x80, 0xff][chance.below(4) as usize];
            }
            let began = Instant::now();
            let _ = ask(&[("a", &hurt)], |asked| asked.internal = true);
            assert!(began.elapsed() < Duration::from_secs(5), "one byte costs a reader its time");
        }
    }
}
