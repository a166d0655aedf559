//! Workbooks and records made to harm, sent to the running server as a stranger would: each is refused within a second
//! of the server's own time, in little memory, and the site goes on.

use std::io::{Cursor, Write};
use std::time::{Duration, Instant};

use product_tests::{Answer, Desk, Server};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::killed::administrator;
use crate::records_killed::{FORM, multipart, round, send, upload};

/// Megabytes above what the idle server holds. The bound of the whole process is 200.
const MOST_MB: u64 = 200;

/// An archive that looks like a workbook.
fn archive(files: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default();
    for (name, bytes) in files {
        archive.start_file(*name, options).expect("a file");
        archive.write_all(bytes).expect("written");
    }
    archive.finish().expect("an archive").into_inner()
}

fn workbook_with(sheet: Vec<u8>) -> Vec<u8> {
    let types = br#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"#;
    let rels = br#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
    let book = br#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="survey" sheetId="1" r:id="r1"/></sheets></workbook>"#;
    let book_rels = br#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
    archive(&[
        ("[Content_Types].xml", types.to_vec()),
        ("_rels/.rels", rels.to_vec()),
        ("xl/workbook.xml", book.to_vec()),
        ("xl/_rels/workbook.xml.rels", book_rels.to_vec()),
        ("xl/worksheets/sheet1.xml", sheet),
    ])
}

/// A sheet with one cell that an entity fills.
fn entity(declared: &str) -> Vec<u8> {
    format!(
        "<?xml version=\"1.0\"?><!DOCTYPE w [{declared}]><worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>type</t></is></c><c r=\"B1\" t=\"inlineStr\"><is><t>name</t></is></c><c r=\"C1\" t=\"inlineStr\"><is><t>label</t></is></c></row><row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>text</t></is></c><c r=\"B2\" t=\"inlineStr\"><is><t>a</t></is></c><c r=\"C2\" t=\"inlineStr\"><is><t>&z;</t></is></c></row></sheetData></worksheet>"
    )
    .into_bytes()
}

fn laughs() -> String {
    let mut declared = String::from("<!ENTITY a \"ha\">");
    let mut before = 'a';
    for name in 'b'..='z' {
        declared += &format!("<!ENTITY {name} \"{}\">", format!("&{before};").repeat(10));
        before = name;
    }
    declared
}

/// The settings and the head of a survey written as Markdown.
const HEAD: &str = "| settings | | |\n| | form_title | form_id |\n| | Bad | bad |\n| survey | | | | | |\n| | type | name | label | calculation | constraint |\n";

fn nested(count: usize) -> Vec<u8> {
    let mut text = HEAD.to_owned();
    for at in 0..count {
        text += &format!("||begin group|g{at}|G|||\n");
    }
    text.into_bytes()
}

fn circle(count: usize) -> Vec<u8> {
    let mut text = HEAD.to_owned();
    for at in 0..count {
        text += &format!(
            "| | calculate | c{at} | | ${{c{}}} + ${{c{}}} + 1 | |\n",
            (at + 1) % count,
            (at + 7) % count
        );
    }
    text += "| | text | t | T | | |\n";
    text.into_bytes()
}

/// What came back, how long the server worked for it, and how long one waited.
fn judged(what: &str, server: &Server, ask: impl FnOnce() -> Answer) -> Answer {
    let before = server.cpu_seconds();
    let began = Instant::now();
    let answer = ask();
    let (waited, worked) = (began.elapsed(), server.cpu_seconds() - before);
    eprintln!(
        "{what}: {} after {:.0} ms ({:.0} ms of CPU); the server held {} MB at most",
        answer.status,
        waited.as_secs_f64() * 1000.0,
        worked * 1000.0,
        server.most_memory_mb()
    );
    // Others may be at work on this machine: what counts is the server's own time.
    assert!(
        worked < 1.0 && waited < Duration::from_secs(10),
        "{what}: {worked} s of CPU, {waited:?}"
    );
    answer
}

#[test]
fn hostile_workbooks_are_refused_within_a_second_and_little_memory() {
    let desk = Desk::new();
    let server = desk.serve();
    let cookie = administrator(&server);
    let idle = server.most_memory_mb();
    let bomb = workbook_with(vec![b' '; 400 << 20]);
    // Much, but nowhere much between two tags.
    let mut spread = vec![b' '; 60_000];
    spread.extend_from_slice(b"<c/>");
    let spread = workbook_with(spread.repeat((400 << 20) / spread.len()));
    assert!(bomb.len() < 4 << 20 && spread.len() < 4 << 20);
    let regex = format!(
        "{HEAD}| | text | a | A | | regex(., '(((((a{{1,500}}){{1,500}}){{1,500}}){{1,500}}){{1,500}})') |\n"
    );
    let refused: [(&str, &str, Vec<u8>, &str); 7] = [
        ("zip bomb in one cell", "a.xlsx", bomb, "more than a megabyte of text"),
        ("zip bomb", "a.xlsx", spread, "unpacks"),
        ("billion laughs", "b.xlsx", workbook_with(entity(&laughs())), ""),
        (
            "external entity",
            "c.xlsx",
            workbook_with(entity("<!ENTITY z SYSTEM \"file:///etc/passwd\">")),
            "",
        ),
        ("a million groups", "d.md", nested(1_000_000), ""),
        ("groups to the last row", "e.md", nested(49_000), "Flatten"),
        ("no workbook", "f.xlsx", vec![0xff; 1 << 20], ""),
    ];
    for (what, name, bytes, words) in refused {
        let answer = judged(what, &server, || upload(&server, &cookie, name, &bytes));
        let text = answer.text();
        assert!(!text.contains("root:x:"), "{what}: the file of passwords");
        assert!(
            (400..500).contains(&answer.status),
            "{what}: {} {}",
            answer.status,
            &text[..text.len().min(2000)]
        );
        assert!(text.contains(words), "{what}: {words:?} is not said");
        server.is_well();
    }
    // What can be a form may be kept; filling it comes to an end all the same.
    for (what, name, bytes) in [
        ("calculations in a circle", "circle.md", circle(60)),
        ("a pattern that explodes", "regex.md", regex.into_bytes()),
    ] {
        let answer = judged(what, &server, || upload(&server, &cookie, name, &bytes));
        assert!(
            answer.status == 303 || (400..500).contains(&answer.status),
            "{what}: {}",
            answer.text()
        );
        if answer.status == 303 {
            let head = format!(
                "POST /instruments/bad/trial HTTP/1.1\r\nCookie: {cookie}\r\nContent-Type: application/x-www-form-urlencoded"
            );
            let begun = judged(what, &server, || {
                send(&server.address, &head, b"version=1").expect("an answer")
            });
            if let Some(path) = begun.header("location").map(str::to_owned) {
                let path = path.split('?').next().unwrap_or_default().to_owned();
                let head = format!(
                    "POST {path}?page=1 HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded"
                );
                let body = format!("%2Fbad%2Fa={}&%2Fdata%2Fa=aaaa!&go=next", "a".repeat(5000));
                judged(what, &server, || {
                    send(&server.address, &head, body.as_bytes()).expect("an answer")
                });
            }
        }
        server.is_well();
    }
    let most = server.most_memory_mb();
    assert!(most < idle + MOST_MB, "{idle} MB idle, {most} MB at most");
}

#[test]
fn hostile_records_are_refused_within_a_second_and_little_memory() {
    let desk = Desk::new();
    let server = desk.serve();
    let cookie = administrator(&server);
    let (round, key) = round(&server, &cookie, FORM, "visits");
    let idle = server.most_memory_mb();
    let submission = |xml: &[u8]| {
        let head = format!(
            "POST /collect/{key}/submission HTTP/1.1\r\nContent-Type: multipart/form-data; boundary=edge"
        );
        let body = multipart(&[("xml_submission_file", "record.xml", xml)]);
        send(&server.address, &head, &body).expect("an answer")
    };
    let record = |declared: &str, inside: &str| {
        format!(
            "<!DOCTYPE data [{declared}]><data id=\"visits\" version=\"1\"><words>{inside}</words><meta><instanceID>uuid:h</instanceID></meta></data>"
        )
    };
    let refused: [(&str, Vec<u8>); 6] = [
        ("billion laughs", record(&laughs(), "&z;").into_bytes()),
        (
            "external entity",
            record("<!ENTITY z SYSTEM \"file:///etc/passwd\">", "&z;").into_bytes(),
        ),
        ("a million elements deep", "<a>".repeat(1_000_000).into_bytes()),
        (
            "five megabytes of elements",
            format!("<data id=\"visits\">{}</data>", "<a/>".repeat(1_200_000)).into_bytes(),
        ),
        (
            "a hundred thousand attributes",
            format!(
                "<data id=\"visits\" {}/>",
                (0..100_000).map(|at| format!("a{at}=\"\" ")).collect::<String>()
            )
            .into_bytes(),
        ),
        ("no UTF-8", vec![0xfe; 100_000]),
    ];
    for (what, xml) in refused {
        let answer = judged(what, &server, || submission(&xml));
        assert!((400..500).contains(&answer.status), "{what}: {} {}", answer.status, answer.text());
        assert!(!answer.text().contains("root:x:"));
        server.is_well();
    }
    // A gigabyte: announced, it is refused before it is sent; unannounced, at the hundredth megabyte.
    let head = format!(
        "POST /collect/{key}/submission HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: multipart/form-data; boundary=edge"
    );
    let announced = format!("{head}\r\nContent-Length: 1073741824\r\n\r\n--edge\r\n");
    let answer =
        judged("a gigabyte, announced", &server, || Answer::of(&server.send(announced.as_bytes())));
    assert_eq!(answer.status, 413);
    let mut stream = server.connect();
    let begin = format!("{head}\r\nTransfer-Encoding: chunked\r\n\r\n");
    stream.write_all(begin.as_bytes()).expect("sent");
    let opening =
        b"--edge\r\ncontent-disposition: form-data; name=\"a.jpg\"; filename=\"a.jpg\"\r\n\r\n";
    let chunk = |stream: &mut std::net::TcpStream, bytes: &[u8]| -> std::io::Result<()> {
        write!(stream, "{:x}\r\n", bytes.len())?;
        stream.write_all(bytes)?;
        stream.write_all(b"\r\n")
    };
    chunk(&mut stream, opening).expect("sent");
    let megabyte = vec![b'x'; 1 << 20];
    let mut sent = 0;
    while sent < 1024 && chunk(&mut stream, &megabyte).is_ok() {
        sent += 1;
    }
    let mut said = Vec::new();
    let _ = std::io::Read::read_to_end(&mut stream, &mut said);
    eprintln!(
        "a gigabyte, unannounced: the server closed after {sent} MB; it held {} MB at most",
        server.most_memory_mb()
    );
    assert!(sent < 200, "{sent} MB were taken");
    assert!(server.most_memory_mb() < 200, "{} MB were held", server.most_memory_mb());
    if !said.is_empty() {
        assert_eq!(Answer::of(&said).status, 413);
    }
    server.is_well();
    let csv = crate::killed::ask(
        &server.address,
        "GET",
        &format!("/rounds/{round}/data/answers.csv"),
        &cookie,
        "",
    );
    assert_eq!(csv.expect("the answers").text().lines().count(), 1, "nothing of it was kept");
    let most = server.most_memory_mb();
    assert!(most < idle + MOST_MB, "{idle} MB idle, {most} MB at most");
}
