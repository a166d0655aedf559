//! Phones send records with photographs while the server is killed, again and again: every record that was acknowledged is
//! there once, with its photograph whole, and one that was sent again is no second one.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use product_tests::{Answer, Desk, Server};

use crate::killed::{administrator, ask};
use crate::load::database;

/// Kills on each database; `THROUGHCARE_RECORD_KILLS` asks for more (the long run is 500).
fn kills() -> u32 {
    let asked = std::env::var("THROUGHCARE_RECORD_KILLS").ok().and_then(|text| text.parse().ok());
    asked.unwrap_or(5)
}

const PHONES: u32 = 4;

pub const FORM: &str = "
| settings | | | |
| | form_title | form_id | version |
| | Visits | visits | 1 |
| survey | | | |
| | type | name | label |
| | integer | age | How old are you? |
| | text | words | Anything else? |
| | image | photo | Photo |
";

/// One request on a connection of its own; nothing where the server died over it.
pub fn send(address: &str, head: &str, body: &[u8]) -> Option<Answer> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(60))).ok()?;
    let head = format!(
        "{head}\r\nHost: {address}\r\nSec-Fetch-Site: same-origin\r\nConnection: close\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).ok()?;
    let _ = stream.write_all(body);
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).ok()?;
    Answer::whole(&bytes)
}

/// A form with one part for each (field, name of the file, bytes).
pub fn multipart(parts: &[(&str, &str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (field, name, bytes) in parts {
        body.extend_from_slice(
            format!("--edge\r\ncontent-disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\r\n")
                .as_bytes(),
        );
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--edge--\r\n");
    body
}

/// Sends a workbook as the page of the library does.
pub fn upload(server: &Server, cookie: &str, name: &str, workbook: &[u8]) -> Answer {
    let body = multipart(&[("workbook", name, workbook)]);
    let head = format!(
        "POST /instruments HTTP/1.1\r\nCookie: {cookie}\r\nContent-Type: multipart/form-data; boundary=edge"
    );
    send(&server.address, &head, &body).expect("an answer")
}

/// A round of a form that devices fill: its id, and the part of the address that is a device's key.
pub fn round(server: &Server, cookie: &str, form: &str, id: &str) -> (String, String) {
    let taken = upload(server, cookie, "form.md", form.as_bytes());
    assert_eq!(taken.status, 303, "{}", taken.text());
    let post = |path: &str, body: &str| {
        ask(&server.address, "POST", path, cookie, body).expect("an answer")
    };
    post(&format!("/instruments/{id}/status"), "status=published");
    let made = post("/rounds", &format!("title=Autumn&instrument={id}&way=named&from=2020-01-01"));
    let round = made.header("location").expect("a round").trim_start_matches("/rounds/").to_owned();
    let page =
        post(&format!("/rounds/{round}/devices"), "name=Phone").text().replace("&#x2f;", "/");
    let at = page.find("/collect/").unwrap_or_else(|| panic!("no key: {page}"));
    let key = page[at + 9..].chars().take_while(char::is_ascii_hexdigit).collect();
    (round, key)
}

/// A record and its photograph, both known from its name.
pub fn record(instance: &str, words: &str, photo: usize) -> (String, Vec<u8>) {
    let seed = instance.bytes().fold(7_u32, |all, byte| all.wrapping_mul(31) + u32::from(byte));
    let photo =
        (0..photo as u32).map(|at| (seed.wrapping_add(at.wrapping_mul(2_654_435_761)) >> 13) as u8);
    let xml = format!(
        "<data xmlns:orx=\"http://openrosa.org/xforms\" id=\"visits\" version=\"1\"><age>41</age><words>{words}</words><photo>a.jpg</photo><orx:meta><orx:instanceID>{instance}</orx:instanceID></orx:meta></data>"
    );
    (xml, photo.collect())
}

pub fn submit(address: &str, key: &str, xml: &str, photo: &[u8]) -> Option<Answer> {
    let mut parts: Vec<(&str, &str, &[u8])> =
        vec![("xml_submission_file", "record.xml", xml.as_bytes())];
    if !photo.is_empty() {
        parts.push(("a.jpg", "a.jpg", photo));
    }
    let head = format!(
        "POST /collect/{key}/submission HTTP/1.1\r\nX-OpenRosa-Version: 1.0\r\nContent-Type: multipart/form-data; boundary=edge"
    );
    send(address, &head, &multipart(&parts))
}

/// Sends until the server dies, each record again until it is acknowledged; gives those that were.
fn phone(address: &str, key: &str, name: &str, stop: &AtomicBool) -> Vec<String> {
    let mut acknowledged = Vec::new();
    for number in 0.. {
        let instance = format!("uuid:{name}-{number}");
        let (xml, photo) = record(&instance, &instance, 3000 + (number * 997) % 40_000);
        match submit(address, key, &xml, &photo) {
            Some(answer) if answer.status == 201 => {
                acknowledged.push(instance.clone());
                // Every seventh is sent twice, as by a phone that did not hear.
                if number % 7 == 0 {
                    let _ = submit(address, key, &xml, &photo);
                }
            }
            Some(answer) => panic!("{}: {}", answer.status, answer.text()),
            None if stop.load(Ordering::Relaxed) => break,
            None => {}
        }
    }
    acknowledged
}

fn killed(desk: &Desk) {
    let mut server = desk.serve();
    let cookie = administrator(&server);
    let (round, key) = round(&server, &cookie, FORM, "visits");
    let mut acknowledged: Vec<String> = Vec::new();
    let began = Instant::now();
    for kill in 0..kills() {
        let stop = AtomicBool::new(false);
        let address = server.address.clone();
        let chance =
            SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |now| now.subsec_micros());
        let found: Vec<String> = std::thread::scope(|scope| {
            let phones: Vec<_> = (0..PHONES)
                .map(|number| {
                    let (address, key, stop) = (&address, &key, &stop);
                    let name = format!("k{kill}p{number}");
                    scope.spawn(move || phone(address, key, &name, stop))
                })
                .collect();
            std::thread::sleep(Duration::from_millis(60 + u64::from(chance % 300)));
            stop.store(true, Ordering::Relaxed);
            drop(server); // SIGKILL
            phones.into_iter().flat_map(|phone| phone.join().expect("a phone")).collect()
        });
        acknowledged.extend(found);
        server = desk.serve();
        // All of them now and then, as the list grows; at the end in any case.
        if kill % 50 == 0 || kill + 1 == kills() {
            all_there(&server, &cookie, &round, &acknowledged);
        }
    }
    let many = acknowledged.len() as u32;
    assert!(many > kills(), "only {many} records were acknowledged: nothing was shown");
    eprintln!(
        "{} kills in {:.0} s, {many} acknowledged records with photographs, none lost, none twice",
        kills(),
        began.elapsed().as_secs_f64()
    );
}

/// Every acknowledged record is there once, and its photograph is the one that was sent.
fn all_there(server: &Server, cookie: &str, round: &str, acknowledged: &[String]) {
    let get = |path: &str| {
        ask(&server.address, "GET", path, cookie, "").unwrap_or_else(|| panic!("{path}: no answer"))
    };
    let csv = get(&format!("/rounds/{round}/data/answers.csv"));
    assert_eq!(csv.status, 200, "{}", csv.text());
    let text = csv.text();
    let head: Vec<&str> = text.lines().next().unwrap_or("").split(',').collect();
    let words = head.iter().position(|it| *it == "words").expect("a column of words");
    let mut there: BTreeMap<String, (u32, String)> = BTreeMap::new();
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let (Some(number), Some(instance)) = (cells.first(), cells.get(words)) else { continue };
        let known = there.entry((*instance).to_owned()).or_default();
        known.0 += 1;
        known.1 = (*number).to_owned();
    }
    let twice: Vec<_> = there.iter().filter(|(_, it)| it.0 > 1).collect();
    assert!(twice.is_empty(), "twice: {twice:?}");
    for (at, instance) in acknowledged.iter().enumerate() {
        let Some((_, number)) = there.get(instance) else {
            panic!("{instance} was acknowledged and is lost")
        };
        // Each photograph of a short run, and a sample of a long one.
        if acknowledged.len() < 400 || at % 97 == 0 {
            let sent: usize =
                instance.rsplit('-').next().and_then(|it| it.parse().ok()).unwrap_or(0);
            let (_, photo) = record(instance, instance, 3000 + (sent * 997) % 40_000);
            let kept = get(&format!("/rounds/{round}/records/{number}/a.jpg"));
            assert!(
                kept.status == 200 && kept.body == photo,
                "{instance}: its photograph is not whole: {} with {} bytes where {} were sent",
                kept.status,
                kept.body.len(),
                photo.len()
            );
        }
    }
}

#[test]
fn phones_go_on_while_the_server_is_killed_on_sqlite() {
    killed(&Desk::new());
}

#[test]
fn phones_go_on_while_the_server_is_killed_on_postgresql() {
    let Some(url) = database("records_killed") else { return };
    let desk = Desk::new();
    desk.put("throughcare.toml", format!("database_url = \"{url}\"\n"));
    killed(&desk);
}
