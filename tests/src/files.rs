//! Files as people bring them: a national table, a publisher's workbook, a template filled in.

use std::io::{Cursor, Read, Write};

use rust_xlsxwriter::Workbook;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// The header of our template, with the columns that most rows need.
pub const NATIONAL: &str = "place,indicator,year,group,value,low,high,unit,source_title,source_publisher,source_year,source_url,page,note";

/// A national table with these rows below its header.
pub fn national(rows: &[&str]) -> String {
    let mut text = format!("{NATIONAL}\n");
    for row in rows {
        text.push_str(row);
        text.push('\n');
    }
    text
}

/// One good row of the national table: people on opioid agonist treatment in Moldova's prisons.
pub fn oat(year: i32, value: &str) -> String {
    format!(
        "MDA,oat_people_prison,{year},,{value},,,,Prison health report,Ministry of Justice,2025,,14,"
    )
}

/// A row of UNAIDS' long table.
pub const UNAIDS: &str = "area_name,indicator,unit,year,value\nRepublic of Moldova,HIV prevalence among prisoners Total,Percent,2017,3.8\n";

/// Headers of the UNODC workbook.
const UNODC: [&str; 12] = [
    "Iso3_code",
    "Country",
    "Region",
    "Indicator",
    "Dimension",
    "Category",
    "Sex",
    "Age",
    "Year",
    "Unit of measurement",
    "VALUE",
    "Source",
];

/// A workbook as UNODC publishes it: two rows of title, then one row for each country and year,
/// with `value` of the country's place in the list and the year.
pub fn unodc(
    countries: &[(&str, &str)],
    years: std::ops::Range<u32>,
    value: impl Fn(usize, u32) -> u32,
) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet =
        workbook.add_worksheet().set_name("data_cts_prisons_and_prisoners").expect("a name");
    let mut put = || -> Result<(), rust_xlsxwriter::XlsxError> {
        sheet.write(0, 0, "United Nations Office on Drugs and Crime")?;
        for (at, title) in UNODC.iter().enumerate() {
            sheet.write(2, at as u16, *title)?;
        }
        let mut row = 3;
        for (number, (code, name)) in countries.iter().enumerate() {
            for year in years.clone() {
                let texts =
                    [*code, *name, "Europe", "Persons held", "Total", "Total", "Total", "Total"];
                for (at, text) in texts.iter().enumerate() {
                    sheet.write(row, at as u16, *text)?;
                }
                sheet.write(row, 8, year)?;
                sheet.write(row, 9, "Counts")?;
                sheet.write(row, 10, value(number, year))?;
                sheet.write(row, 11, "CTS")?;
                row += 1;
            }
        }
        Ok(())
    };
    put().expect("rows");
    workbook.save_to_buffer().expect("a workbook")
}

/// Some countries of the region, by code and name.
pub const COUNTRIES: [(&str, &str); 6] = [
    ("MDA", "Republic of Moldova"),
    ("UKR", "Ukraine"),
    ("SRB", "Serbia"),
    ("GEO", "Georgia"),
    ("ALB", "Albania"),
    ("ARM", "Armenia"),
];

/// Fills a workbook in: rows go below the header of its first sheet, everything else stays as it
/// was, as when a person types into it and saves.
pub fn fill_in(template: &[u8], rows: &[&[&str]]) -> Vec<u8> {
    let mut from = ZipArchive::new(Cursor::new(template)).expect("a workbook");
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..from.len() {
        let mut part = from.by_index(at).expect("a part");
        let name = part.name().expect("its name").into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("its bytes");
        if name == "xl/worksheets/sheet1.xml" {
            let text = String::from_utf8(bytes).expect("XML");
            let (head, tail) = text.split_once("</sheetData>").expect("rows");
            let typed: String =
                rows.iter().enumerate().map(|(at, cells)| typed(at + 2, cells)).collect();
            bytes = format!("{head}{typed}</sheetData>{tail}").into_bytes();
        }
        to.start_file(name, SimpleFileOptions::default()).expect("a part");
        to.write_all(&bytes).expect("its bytes");
    }
    to.finish().expect("a workbook").into_inner()
}

/// A row of a sheet as typed: numbers as numbers, the rest as text.
fn typed(row: usize, cells: &[&str]) -> String {
    let cells = cells.iter().enumerate().filter(|(_, text)| !text.is_empty()).map(|(at, text)| {
        let at = format!("{}{row}", char::from(b'A' + at as u8));
        match text.parse::<f64>() {
            Ok(number) => format!("<c r=\"{at}\"><v>{number}</v></c>"),
            Err(_) => format!(
                "<c r=\"{at}\" t=\"inlineStr\"><is><t>{}</t></is></c>",
                text.replace('&', "&amp;").replace('<', "&lt;")
            ),
        }
    });
    format!("<row r=\"{row}\">{}</row>", cells.collect::<String>())
}

/// The names of the parts in an archive, such as a workbook.
pub fn parts(archive: &[u8]) -> Vec<String> {
    let archive = ZipArchive::new(Cursor::new(archive)).expect("an archive");
    archive.file_names().map(|name| name.expect("a name").into_owned()).collect()
}

/// An archive with these parts, as an office program other than Excel saves it.
pub fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        to.start_file(*name, SimpleFileOptions::default()).expect("a part");
        to.write_all(text.as_bytes()).expect("its text");
    }
    to.finish().expect("an archive").into_inner()
}
