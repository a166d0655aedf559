//! Files made to take a server down, each read in a process of its own: refused or read within a second of
//! processor time and 200 MB.

// The child speaks to its parent over standard output.
#![allow(clippy::print_stdout)]

use std::io::Write;
use std::process::Command;
use std::sync::Arc;

use super::spent::{peak, timed};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use xlsform::fill::{Attachments, Filling, Start, XForm};
use xlsform::workbook::{Format, Limits};
use xlsform::{Options, Workbook, compile};

const MEGABYTE: usize = 1 << 20;

/// An archive of these files, packed.
fn archive(files: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A spreadsheet whose survey sheet has this XML.
fn xlsx(sheet: String, shared: String) -> Vec<u8> {
    let text = |text: &str| text.as_bytes().to_vec();
    archive(&[
        (
            "[Content_Types].xml",
            text(
                "<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>",
            ),
        ),
        (
            "_rels/.rels",
            text(
                "<?xml version=\"1.0\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
            ),
        ),
        (
            "xl/workbook.xml",
            text(
                "<?xml version=\"1.0\"?><workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"survey\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            text(
                "<?xml version=\"1.0\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>",
            ),
        ),
        ("xl/sharedStrings.xml", shared.into_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.into_bytes()),
    ])
}

fn sheet(cells: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{cells}</sheetData></worksheet>"
    )
}

fn ods(content: String) -> Vec<u8> {
    archive(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet".to_vec()),
        ("META-INF/manifest.xml", b"<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"/>".to_vec()),
        ("content.xml", content.into_bytes()),
    ])
}

fn content(rows: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:spreadsheet><table:table table:name=\"survey\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
}

fn form(model: &str, body: &str) -> String {
    format!(
        "<h:html xmlns=\"http://www.w3.org/2002/xforms\" xmlns:h=\"http://www.w3.org/1999/xhtml\" \
         xmlns:jr=\"http://openrosa.org/javarosa\"><h:head><h:title>t</h:title><model>{model}\
         </model></h:head><h:body>{body}</h:body></h:html>"
    )
}

/// Makes the bytes of a file.
type Made = fn() -> Vec<u8>;

/// What each file is called, and how it is made.
fn bombs() -> Vec<(&'static str, Made)> {
    vec![
        ("zeros.xlsx", || {
            xlsx(
                sheet(&" ".repeat(300 * MEGABYTE)),
                "<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"/>"
                    .to_owned(),
            )
        }),
        ("nested.xlsx", || {
            archive(&[("xl/workbook.xml", archive(&[("a.xml", vec![b' '; 200 * MEGABYTE])]))])
        }),
        ("entities.xlsx", || {
            let laughs =
                (1..12).map(|at| format!("<!ENTITY a{at} \"&a{0};&a{0};&a{0};&a{0};\">", at - 1));
            let laughs = laughs.collect::<String>();
            let text = format!(
                "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a0 \"ha\">{laughs}]><sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><si><t>&a11;</t></si></sst>"
            );
            xlsx(sheet("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>"), text)
        }),
        ("far.xlsx", || {
            xlsx(
                sheet(
                    "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>",
                ),
                "<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"/>"
                    .to_owned(),
            )
        }),
        ("wide.xlsx", || {
            xlsx(
                sheet(&format!("<row r=\"1\">{}</row>", "<c><v>1</v></c>".repeat(1_000_000))),
                "<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"/>"
                    .to_owned(),
            )
        }),
        ("huge cell.xlsx", || {
            xlsx(
                sheet(&format!(
                    "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>{}</t></is></c></row>",
                    "x".repeat(40 * MEGABYTE)
                )),
                "<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"/>"
                    .to_owned(),
            )
        }),
        ("strings.xlsx", || {
            xlsx(
                sheet(""),
                format!(
                    "<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">{}</sst>",
                    "<si><t/></si>".repeat(3_000_000)
                ),
            )
        }),
        ("count.xlsx", || {
            xlsx(sheet(""), "<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" count=\"4294967295\" uniqueCount=\"4294967295\"><si><t>a</t></si></sst>".to_owned())
        }),
        ("dimension.xlsx", || {
            xlsx("<?xml version=\"1.0\"?><worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><dimension ref=\"A1:XFD1048576\"/><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row></sheetData></worksheet>".to_owned(), "<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"/>".to_owned())
        }),
        ("repeated.ods", || {
            ods(content(
                "<table:table-row table:number-rows-repeated=\"1000000\"><table:table-cell table:number-columns-repeated=\"16000\" office:value-type=\"string\"><text:p>x</text:p></table:table-cell></table:table-row>",
            ))
        }),
        ("repeated columns.ods", || {
            ods(content(
                "<table:table-row><table:table-cell table:number-columns-repeated=\"1000000000\" office:value-type=\"string\"><text:p>x</text:p></table:table-cell></table:table-row>",
            ))
        }),
        ("spaces.ods", || {
            ods(content(
                "<table:table-row><table:table-cell office:value-type=\"string\"><text:p><text:s text:c=\"2000000000\"/></text:p></table:table-cell></table:table-row>",
            ))
        }),
        ("zeros.ods", || ods(" ".repeat(300 * MEGABYTE))),
        ("garbage.xls", || {
            [vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], vec![0xff; 4 * MEGABYTE]]
                .concat()
        }),
        ("zeros.xls", || {
            [vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], vec![0; 4 * MEGABYTE]].concat()
        }),
        ("wide.csv", || format!("survey\n,type,name{}\n", ",x".repeat(1_000_000)).into_bytes()),
        ("quote.csv", || {
            format!("survey\n,type,name\n,text,\"{}", "x".repeat(15 * MEGABYTE)).into_bytes()
        }),
        ("long.csv", || {
            format!("survey\n,type,name\n{}", ",text,a\n".repeat(1_000_000)).into_bytes()
        }),
        ("wide.md", || format!("| survey |\n| | type |{}\n", "x|".repeat(2_000_000)).into_bytes()),
        ("long.md", || {
            format!("| survey |\n| | type | name |\n{}", "| | text | a |\n".repeat(1_000_000))
                .into_bytes()
        }),
        ("groups.md", || {
            format!(
                "| survey |\n| | type | name | label |\n{}",
                (0..400_000)
                    .map(|at| format!("| | begin group | g{at} | G |\n"))
                    .collect::<String>()
            )
            .into_bytes()
        }),
        ("circle.md", || {
            format!(
                "| survey |\n| | type | name | label | calculation |\n{}",
                (0..5_000)
                    .map(|at| format!(
                        "| | calculate | c{at} | | ${{c{}}} + 1 |\n",
                        (at + 1) % 5_000
                    ))
                    .collect::<String>()
            )
            .into_bytes()
        }),
        ("references.md", || {
            format!(
                "| survey |\n| | type | name | label |\n| | text | a | {} |\n",
                "${a}".repeat(25_000)
            )
            .into_bytes()
        }),
        ("brackets.md", || {
            format!(
                "| survey |\n| | type | name | label | relevant |\n| | text | a | A | {} |\n",
                "(".repeat(100_000)
            )
            .into_bytes()
        }),
        ("laughs.xml", || {
            "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]><x>&b;</x>"
                .as_bytes()
                .to_vec()
        }),
        ("external.xml", || {
            "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><x>&a;</x>".as_bytes().to_vec()
        }),
        ("deep.xml", || "<a>".repeat(1_000_000).into_bytes()),
        ("attributes.xml", || {
            format!("<a {}/>", (0..300_000).map(|at| format!("b{at}=\"\" ")).collect::<String>())
                .into_bytes()
        }),
        ("groups.xml", || {
            form(
                "<instance><data id=\"d\"><a/></data></instance>",
                &format!("{}{}", "<group>".repeat(1_000_000), "</group>".repeat(1_000_000)),
            )
            .into_bytes()
        }),
        ("circle.xml", || {
            let nodes = (0..2_000).map(|at| format!("<c{at}/>")).collect::<String>();
            let binds = (0..2_000).map(|at| {
                format!(
                    "<bind nodeset=\"/data/c{at}\" calculate=\"coalesce(/data/c{}, 0) + 1\"/>",
                    (at + 1) % 2_000
                )
            });
            form(
                &format!(
                    "<instance><data id=\"d\">{nodes}</data></instance>{}",
                    binds.collect::<String>()
                ),
                "",
            )
            .into_bytes()
        }),
        ("itself.xml", || {
            let nodes = (0..20).map(|at| format!("<c{at}>x</c{at}>")).collect::<String>();
            let binds = (0..20).map(|at| {
                let text = "concat(/data/g, /data/g, /data/g)";
                format!("<bind nodeset=\"/data/g/c{at}\" calculate=\"{text}\"/>")
            });
            let binds = binds.collect::<String>();
            let model = format!("<instance><data id=\"d\"><g>{nodes}</g></data></instance>{binds}");
            form(&model, "").into_bytes()
        }),
        ("pattern.xml", || {
            form(&format!("<instance><data id=\"d\"><a>{}!</a></data></instance><bind nodeset=\"/data/a\" constraint=\"regex(., '^(((a+)+)+)+$')\"/>", "a".repeat(20_000)), "").into_bytes()
        }),
        ("automaton.xml", || {
            form("<instance><data id=\"d\"><a>a</a></data></instance><bind nodeset=\"/data/a\" constraint=\"regex(., '((((a{100}){100}){100}){100})')\"/>", "").into_bytes()
        }),
        ("counts.xml", || {
            let model =
                "<instance><data id=\"d\"><n>10000</n><r><s><t><q/></t></s></r></data></instance>";
            let body = "<repeat nodeset=\"/data/r\" jr:count=\"/data/n\"><repeat nodeset=\"/data/r/s\" jr:count=\"/data/n\"><repeat nodeset=\"/data/r/s/t\" jr:count=\"/data/n\"><input ref=\"/data/r/s/t/q\"/></repeat></repeat></repeat>";
            form(model, body).into_bytes()
        }),
    ]
}

fn read(name: &str, bytes: &[u8]) {
    if name.ends_with(".xml") {
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        let start =
            Start { now: Timestamp::UNIX_EPOCH, zone: TimeZone::UTC, seed: 7, language: None };
        match XForm::read(&text, &Attachments::new()) {
            Err(error) => println!("refused: {error}"),
            Ok(form) => match Filling::new(Arc::new(form), start) {
                Err(error) => println!("refused: {error}"),
                Ok(filling) => println!("opened: {} bytes", filling.submission().len()),
            },
        }
        return;
    }
    let format = match name.rsplit('.').next() {
        Some("csv") => Format::Csv,
        Some("md") => Format::Markdown,
        _ => Format::Spreadsheet,
    };
    match Workbook::read_as(bytes, format, &Limits::default()) {
        Err(problem) => println!("refused: {problem}"),
        Ok(workbook) => {
            let (form, problems) = compile(&workbook, &Options::default());
            match form {
                None => println!("refused: {} problems: {}", problems.len(), problems[0]),
                Some(form) => println!("compiled: {} bytes", form.xml().len()),
            }
        }
    }
}

/// Run in the child alone.
#[test]
fn one_file_in_a_process_of_its_own() {
    let Ok(path) = std::env::var("XLSFORM_BOMB") else { return };
    let bytes = std::fs::read(&path).unwrap();
    let before = peak();
    let ((), took) = timed(|| read(&path, &bytes));
    let held = peak().zip(before).map_or(0, |(after, before)| after.saturating_sub(before));
    println!("took {} ms and {held} MB", took.as_millis());
}

#[test]
fn files_made_to_do_harm_cost_less_than_a_second_and_200_megabytes() {
    let folder = std::env::temp_dir().join(format!("bombs-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let mut bad = Vec::new();
    let wanted = std::env::var("BOMB").unwrap_or_default();
    for (name, make) in bombs().into_iter().filter(|(name, _)| name.contains(&wanted)) {
        let path = folder.join(name);
        std::fs::write(&path, make()).unwrap();
        eprintln!("{name}");
        let output = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "bombs::one_file_in_a_process_of_its_own", "--nocapture"])
            .env("XLSFORM_BOMB", &path)
            .output()
            .unwrap();
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let line = text.lines().find(|line| line.starts_with("took ")).unwrap_or("died").to_owned();
        let outcome = text.lines().find(|it| {
            it.contains("refused: ") || it.contains("opened: ") || it.contains("compiled: ")
        });
        let outcome = outcome.unwrap_or_default().chars().take(150).collect::<String>();
        eprintln!("{name:<22} {line:<24} {outcome}");
        let numbers =
            line.split(' ').filter_map(|word| word.parse::<u64>().ok()).collect::<Vec<_>>();
        match numbers.as_slice() {
            [milliseconds, megabytes] if *milliseconds < 1_000 && *megabytes < 200 => {}
            _ => bad.push(format!(
                "{name}: {line} {outcome} {}",
                String::from_utf8_lossy(&output.stderr)
            )),
        }
        std::fs::remove_file(&path).unwrap();
    }
    std::fs::remove_dir_all(&folder).unwrap();
    assert!(bad.is_empty(), "{}", bad.join("\n"));
}
