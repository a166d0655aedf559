//! Files that are not what they should be: each refused with a message that says what to do, and
//! none that takes the machine with it.

use std::io::{Cursor, Read, Seek, SeekFrom, Write};

use expect_test::expect;
use facts::Kind;
use facts::read::{self, ReadError};

use crate::{YEAR, read_text, show, workbook};

fn refused(kind: Kind, name: &str, bytes: &[u8]) -> String {
    read::read(kind, name, Cursor::new(bytes), YEAR).unwrap_err().to_string()
}

const LONG: &str = "area_name,indicator,unit,year,value\nMoldova,HIV prevalence among prisoners Total,Percent,2017,3.8\n";

#[test]
fn a_file_of_another_kind_is_recognised() {
    let message = refused(Kind::Eurostat, "a.csv", LONG.as_bytes());
    expect!["a.csv looks like a UNAIDS table; use “import unaids”"].assert_eq(&message);
    let tsv = "freq,age,sex,unit,geo\\TIME_PERIOD\t2008\nA,TOTAL,T,NR,AL\t1\n";
    let message = refused(Kind::Unaids, "b.tsv", tsv.as_bytes());
    expect!["b.tsv looks like a Eurostat crim_pris table; use “import eurostat”"]
        .assert_eq(&message);
    let template = facts::read::template::csv();
    expect!["c.csv looks like the template for national figures; use “import template”"]
        .assert_eq(&refused(Kind::Space, "c.csv", &template));
    expect!["d.csv has no row of headers that a UNODC prisons table needs. Looked for: Iso3_code, Country, Indicator, Dimension, Category, Sex, Age, Year, Unit of measurement, VALUE. The nearest row has: one, two"].assert_eq(&refused(Kind::Unodc, "d.csv", b"one,two\n1,2\n"));
}

#[test]
fn what_is_no_table_is_named() {
    let cases: [(&str, &[u8]); 6] = [
        ("empty.csv", b""),
        ("report.pdf", b"%PDF-1.7 ..."),
        ("old.xls", &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]),
        ("error.csv", b"<!DOCTYPE html><html><body>404</body></html>"),
        ("table.tsv.gz", &[0x1F, 0x8B, 8, 0]),
        ("blank.csv", b"\n\n  \n"),
    ];
    let messages: Vec<String> =
        cases.iter().map(|(name, bytes)| refused(Kind::Unodc, name, bytes)).collect();
    expect![[r#"
        empty.csv is empty
        report.pdf is no table: it is a PDF. Save it as .xlsx or .csv and try again
        old.xls is no table: it is an old Excel file (.xls), or one with a password. Save it as .xlsx or .csv and try again
        error.csv is no table: it is a web page, perhaps an error page of the publisher. Save it as .xlsx or .csv and try again
        table.tsv.gz is no table: it is packed (.gz); unpack it. Save it as .xlsx or .csv and try again
        blank.csv is empty
    "#]].assert_eq(&(messages.join("\n") + "\n"));
}

#[test]
fn a_workbook_cut_short_or_damaged_is_refused() {
    let whole = workbook("Sheet", "title", &[&["Country", "Year"], &["Moldova", "2018"]]);
    for cut in [4, 30, whole.len() / 2, whole.len() - 1] {
        let message = refused(Kind::Unodc, "cut.xlsx", &whole[..cut]);
        assert!(
            message.contains("cut.xlsx is damaged or only partly downloaded"),
            "{cut}: {message}"
        );
    }
    // A byte changed within: the checksum tells.
    let mut changed = whole.clone();
    for at in (60..whole.len() / 2).step_by(7) {
        changed[at] ^= 0x55;
    }
    assert!(refused(Kind::Unodc, "changed.xlsx", &changed).contains("damaged"));
}

#[test]
fn an_archive_that_unfolds_without_end_is_not_opened() {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("xl/sharedStrings.xml", zip::write::SimpleFileOptions::default()).unwrap();
    let zeros = vec![b' '; 1 << 20];
    for _ in 0..130 {
        zip.write_all(&zeros).unwrap();
    }
    let bytes = zip.finish().unwrap().into_inner();
    assert!(bytes.len() < 1 << 20, "the bomb is small: {}", bytes.len());
    let error = read::read(Kind::Unodc, "bomb.xlsx", Cursor::new(bytes), YEAR).unwrap_err();
    assert!(matches!(error, ReadError::UnfoldsTooFar { .. }), "{error}");
}

#[test]
fn the_same_table_in_any_encoding_and_separator() {
    let table = "area_name;indicator;year;value\nTürkiye;HIV prevalence among prisoners Total;2017;0.1\n\
                 Côte d’Ivoire;HIV prevalence among prisoners Total;2017;2.2\n";
    let utf16 = |little: bool| -> Vec<u8> {
        let units = std::iter::once(0xFEFF).chain(table.encode_utf16());
        units.flat_map(|u| if little { u.to_le_bytes() } else { u.to_be_bytes() }).collect()
    };
    let versions = [
        table.as_bytes().to_vec(),
        format!("\u{feff}{table}").into_bytes(),
        table.replace(';', ",").into_bytes(),
        table.replace(';', "\t").into_bytes(),
        table.replace('\n', "\r\n").into_bytes(),
        utf16(true),
        utf16(false),
        utf16(true)[2..].to_vec(),
        encoding_rs::WINDOWS_1252.encode(table).0.into_owned(),
    ];
    for (i, bytes) in versions.iter().enumerate() {
        let reading = read::read(Kind::Unaids, "t.csv", Cursor::new(bytes), YEAR).unwrap();
        let places: Vec<_> = reading.facts.iter().map(|f| f.place.as_str()).collect();
        assert_eq!(places, ["CIV", "TUR"], "version {i}: {:?}", reading.problems);
    }
}

#[test]
fn a_cyrillic_table_of_an_old_office() {
    let text = "place;indicator;year;value;source_title;source_publisher\n\
        Украина;people_who_inject;2020;350 300,5;Оценка численности людей, употребляющих инъекционные наркотики;Центр общественного здоровья\n\
        Россия;oat_people_prison;2020;0;Отчёт о лечении в местах лишения свободы;Министерство\n";
    let bytes = encoding_rs::WINDOWS_1251.encode(text).0.into_owned();
    let reading = read::read(Kind::Template, "t.csv", Cursor::new(bytes), YEAR).unwrap();
    let titles: Vec<_> = reading.sources.iter().map(|s| s.title.as_str()).collect();
    assert!(titles.contains(&"Отчёт о лечении в местах лишения свободы"), "{titles:?}");
    let places: Vec<_> = reading.facts.iter().map(|f| f.place.as_str()).collect();
    assert!(places.contains(&"RUS"), "{:?}", reading.problems);
}

/// A file of rows without end, made as it is read.
struct Endless {
    head: &'static [u8],
    row: &'static [u8],
    at: u64,
    size: u64,
}

impl Read for Endless {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let n = out.len().min((self.size - self.at) as usize);
        let at = self.at as usize;
        let part = match at.checked_sub(self.head.len()) {
            None => &self.head[at..],
            Some(at) => &self.row[at % self.row.len()..],
        };
        let n = n.min(part.len());
        out[..n].copy_from_slice(&part[..n]);
        self.at += n as u64;
        Ok(n)
    }
}

impl Seek for Endless {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.at = match to {
            SeekFrom::Start(at) => at,
            SeekFrom::Current(by) => self.at.saturating_add_signed(by),
            SeekFrom::End(by) => self.size.saturating_add_signed(by),
        };
        Ok(self.at)
    }
}

/// The most memory this process has held, in bytes. 0 where the system does not tell.
fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|l| l.trim().split(' ').next()?.parse::<u64>().ok());
    kilobytes.unwrap_or(0) * 1_024
}

/// A row of 8 kB: a hundred thousand of them are read in a test's time.
static WIDE_ROW: [u8; 8_192] = {
    let mut row = [b'.'; 8_192];
    let start = b"Atlantis,HIV prevalence among prisoners Total,2017,3.8,";
    let mut i = 0;
    while i < start.len() {
        row[i] = start[i];
        i += 1;
    }
    row[8_191] = b'\n';
    row
};

#[test]
fn a_gigabyte_of_rows_is_refused_in_little_memory() {
    let before = peak_memory();
    let mut file =
        Endless { head: b"area_name,indicator,year,value\n", row: &WIDE_ROW, at: 0, size: 1 << 30 };
    let reading = read::read(Kind::Unaids, "large.csv", &mut file, YEAR).unwrap();
    assert_eq!(reading.problems.len(), facts::read::MAX_PROBLEMS);
    assert_eq!(reading.refused, reading.rows_read);
    // Tests of other threads count as well, so the bound is loose; a whole file would be 1 GB.
    assert!(peak_memory() - before < 400 << 20, "{} MB", (peak_memory() - before) >> 20);
}

#[test]
fn rows_and_line_lengths_have_an_end() {
    let rows = |row: &'static [u8], size| Endless { head: b"", row, at: 0, size };
    let error = read::read(Kind::Unaids, "rows.csv", rows(b"a,b\n", 9 << 20), YEAR).unwrap_err();
    expect![
        "rows.csv has more than 2,000,000 rows. Split it, or take the rows of your region only"
    ]
    .assert_eq(&error.to_string());
    let error = read::read(Kind::Unaids, "line.csv", rows(b"abc ", 9 << 20), YEAR).unwrap_err();
    expect!["line.csv is no table: it has a line of more than a million characters. Save it as .xlsx or .csv and try again"]
        .assert_eq(&error.to_string());
}

#[test]
fn numbers_that_cannot_be_are_refused_with_their_row() {
    let text = "\
place,indicator,year,group,value,low,high,source_title,source_publisher
MDA,oat_people_prison,2024,total,-66,,,Report,Ministry
MDA,hiv_prevalence_prison,2024,total,101,,,Report,Ministry
MDA,hiv_prevalence_prison,2024,total,inf,,,Report,Ministry
MDA,hiv_prevalence_prison,2024,total,NaN,,,Report,Ministry
MDA,hiv_prevalence_prison,2024,total,3.8,4,5,Report,Ministry
MDA,hiv_prevalence_prison,2024,total,3.8,5,3,Report,Ministry
MDA,oat_programme_prison,2024,total,2,,,Report,Ministry
MDA,oat_people_prison,2124,total,66,,,Report,Ministry
MDA,oat_people_prison,last year,total,66,,,Report,Ministry
";
    expect![[r#"
        9 rows
        Refused row 2 value “-66”: -66 is below zero, which no figure here can be
        Refused row 3 value “101”: 101 % is above 100 %; is it a number of people?
        Refused row 4 value “inf”: “inf” is no number
        Refused row 5 value “NaN”: no value; leave the row out, or give the figure
        Refused row 6 value “3.8”: the value 3.8 lies outside its interval 4 to 5
        Refused row 7 value “3.8”: the value 3.8 lies outside its interval 5 to 3
        Refused row 8 value “2”: 2 stands where 1 (yes) or 0 (no) is expected
        Refused row 9 year “2124”: the year 2124 cannot be: expected 1950 to 2026
        Refused row 10 year “last year”: “last year” is no year
    "#]]
    .assert_eq(&show(read_text(Kind::Template, text)));
}
