//! An anonymous round over all its ways (links, a phone, paper), and then the whole of what a thief would find: every byte of the
//! database and its journal, the folder of files, the log at its most talkative, the chain of what was done.

use std::path::Path;

use product_tests::{Desk, Server};

use crate::killed::{administrator, ask};
use crate::records_killed::{multipart, send, upload};

const FORM: &str = "
| settings | | |
| | form_title | form_id |
| | Secret | secret |
| survey | | | |
| | type | name | label | calculation |
| | start | began | | |
| | end | ended | | |
| | deviceid | device | | |
| | username | who | | |
| | calculate | clock | | now() |
| | select_one yn | uses | Do you use drugs here? | |
| | text | remark | Anything else? | |
| choices | | | |
| | list_name | name | label |
| | yn | y | Yes |
| | yn | n | No |
";

fn post(server: &Server, cookie: &str, path: &str, body: &str) -> product_tests::Answer {
    ask(&server.address, "POST", path, cookie, body).expect("an answer")
}

/// Every byte that the site keeps beside its own program: the database, what lies beside it, files that people brought.
fn kept(desk: &Desk) -> Vec<(String, Vec<u8>)> {
    fn gather(folder: &Path, found: &mut Vec<(String, Vec<u8>)>) {
        for entry in std::fs::read_dir(folder).expect("a folder").filter_map(Result::ok) {
            let path = entry.path();
            if path.is_dir() {
                gather(&path, found);
            } else if let Ok(bytes) = std::fs::read(&path) {
                found.push((path.display().to_string(), bytes));
            }
        }
    }
    let mut found = Vec::new();
    gather(desk.folder(), &mut found);
    found
}

fn holds(bytes: &[u8], words: &str) -> bool {
    bytes.windows(words.len()).any(|it| it == words.as_bytes())
}

/// The SHA-256 under which a draft lay, by the program that every machine has.
fn hash(secret: &str) -> String {
    use std::io::Write;
    let mut sum = std::process::Command::new("sha256sum")
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("sha256sum");
    sum.stdin.take().expect("its input").write_all(secret.as_bytes()).expect("written");
    let out = sum.wait_with_output().expect("a sum").stdout;
    String::from_utf8_lossy(&out).split(' ').next().unwrap_or_default().to_owned()
}

#[test]
fn nothing_that_is_kept_leads_from_an_answer_to_anybody() {
    let desk = Desk::new();
    desk.put("throughcare.toml", "log = \"debug\"\n");
    let server = desk.serve();
    let cookie = administrator(&server);
    assert_eq!(upload(&server, &cookie, "form.md", FORM.as_bytes()).status, 303);
    post(&server, &cookie, "/instruments/secret/status", "status=published");
    let made = post(
        &server,
        &cookie,
        "/rounds",
        "title=Autumn&instrument=secret&way=anonymous-links&from=2020-01-01",
    );
    let round = made.header("location").expect("a round").trim_start_matches("/rounds/").to_owned();
    let names: Vec<String> = (0..6).map(|at| format!("Respondent+{at}")).collect();
    let page = post(
        &server,
        &cookie,
        &format!("/rounds/{round}/respondents"),
        &format!("lines={}", names.join("%0A")),
    );
    let page = page.text().replace("&#x2f;", "/");
    let links: Vec<String> = page
        .match_indices("/ask/")
        .map(|(at, _)| page[at..].chars().take_while(|c| *c != '<').collect())
        .collect();
    assert_eq!(links.len(), 6);
    let page = post(&server, &cookie, &format!("/rounds/{round}/devices"), "name=Tablet")
        .text()
        .replace("&#x2f;", "/");
    let at = page.find("/collect/").expect("a key");
    let key: String = page[at + 9..].chars().take_while(char::is_ascii_hexdigit).collect();
    let told_before = ask(&server.address, "GET", "/audit.csv", &cookie, "")
        .expect("the chain")
        .text()
        .lines()
        .count();

    // Twelve answers: three by link, eight by phone, one on paper. One person begins and does not end.
    let mut telling: Vec<String> = Vec::new();
    let mut order = Vec::new();
    for (at, link) in links.iter().take(4).enumerate() {
        let begun = post(&server, "", link, "");
        let first = begun.header("location").expect("a page").to_owned();
        let secret =
            first.trim_start_matches("/fill/").split('?').next().unwrap_or_default().to_owned();
        let words = format!("web{at}words");
        post(&server, "", &first, &format!("%2Fdata%2Fuses=y&%2Fdata%2Fremark={words}&go=next"));
        if at == 3 {
            continue;
        }
        let sent = post(&server, "", &format!("/fill/{secret}?page=end"), "");
        assert_eq!(sent.status, 200, "{}", sent.text());
        telling.push(hash(&secret));
        telling.push(secret);
        order.push(words);
    }
    for at in 0..8 {
        let (instance, words) = (format!("uuid:instance-{at}-told"), format!("phone{at}words"));
        let xml = format!(
            "<data id=\"secret\" version=\"\"><began>2026-11-24T14:33:2{at}.000Z</began><ended>2026-11-24T14:39:00.000Z</ended><device>collect:D3V1CE</device><who>nurse-anna</who><clock>2026-11-24</clock><uses>n</uses><remark>{words}</remark><meta><instanceID>{instance}</instanceID></meta></data>"
        );
        let head = format!(
            "POST /collect/{key}/submission HTTP/1.1\r\nContent-Type: multipart/form-data; boundary=edge"
        );
        let body = multipart(&[
            ("xml_submission_file", "record.xml", xml.as_bytes()),
            ("a.jpg", "a.jpg", b"a face 4711"),
        ]);
        for _ in 0..2 {
            let sent = send(&server.address, &head, &body).expect("an answer");
            assert_eq!(sent.status, 201, "{}", sent.text());
        }
        telling.push(instance);
        order.push(words);
    }
    for told in ["14:33:2", "14:39:00", "collect:D3V1CE", "nurse-anna", "a face 4711"] {
        telling.push(told.to_owned());
    }
    let opened = post(&server, &cookie, &format!("/rounds/{round}/paper"), "sheet=S77");
    let sheet = opened.header("location").expect("a sheet").to_owned();
    let body =
        "q=%2Fdata%2Fuses&q=%2Fdata%2Fremark&%2Fdata%2Fuses=1&%2Fdata%2Fremark=paperwords&go=done";
    assert_eq!(post(&server, &cookie, &sheet, body).status, 303);
    assert_eq!(
        post(&server, &cookie, &format!("/rounds/{round}/paper"), "go=take-once").status,
        303
    );
    order.push("paperwords".into());

    // While the round is open, after it is closed, and after its answers were taken away and the server was stopped.
    let open = look(&desk, &server.complaints(), &telling, &order);
    journal_is_empty(&desk);
    let told = ask(&server.address, "GET", "/audit.csv", &cookie, "").expect("the chain").text();
    assert_eq!(told.lines().count(), told_before, "the chain tells of no answer: {told}");
    assert_eq!(post(&server, &cookie, &format!("/rounds/{round}/close"), "").status, 303);
    let closed = look(&desk, &server.complaints(), &telling, &order);
    journal_is_empty(&desk);
    let csv =
        ask(&server.address, "GET", &format!("/rounds/{round}/data/answers.csv"), &cookie, "")
            .expect("the answers")
            .text();
    assert_eq!(csv.lines().count(), 13, "each once: {csv}");
    let log = server.complaints();
    drop(server);
    let stopped = look(&desk, &log, &telling, &order);
    assert_ne!(open, order, "one chance in 479 million of being the same by lot");
    // The order in which they lie is that of the lots, which arrival has no part in: it was the same before the round was closed.
    assert_eq!(open, closed);
    assert_eq!(open, stopped);
    // Who took the answers away is noted; the journal of that holds no answer and no person who was asked.
    for (name, bytes) in kept(&desk).iter().filter(|it| it.0.ends_with("-wal")) {
        for told in order.iter().map(String::as_str).chain(["Respondent ", "S77"]) {
            assert!(!holds(bytes, told), "{told} stands in {name}");
        }
    }
    for (name, bytes) in kept(&desk) {
        assert!(
            !holds(&bytes, "web3words"),
            "an answer that was not sent is gone with the round: {name}"
        );
    }
}

/// Looks for what leads back: in each file, and in the log. Gives the answers in the order in which they lie.
fn look(desk: &Desk, log: &str, telling: &[String], order: &[String]) -> Vec<String> {
    let files = kept(desk);
    for told in telling {
        for (name, bytes) in &files {
            assert!(!holds(bytes, told), "{told} stands in {name}");
        }
        assert!(!log.contains(told), "{told} stands in the log");
    }
    for word in ["words", "Respondent", "S77"] {
        assert!(!log.contains(word), "{word} stands in the log");
    }
    assert!(!log.contains("127.0.0.1:") || !log.contains("peer"), "an address stands in the log");
    // Where each lies in the file.
    let (_, database) = files.iter().find(|it| it.0.ends_with(".db")).expect("the database");
    let mut places: Vec<(usize, &String)> = order
        .iter()
        .map(|words| {
            let at = database.windows(words.len()).position(|it| it == words.as_bytes());
            (at.unwrap_or_else(|| panic!("{words} is not kept")), words)
        })
        .collect();
    places.sort();
    places.into_iter().map(|it| it.1.clone()).collect()
}

/// The journal holds the pages of a change together: a link used with the draft it began. It is empty.
fn journal_is_empty(desk: &Desk) {
    for (name, bytes) in kept(desk).iter().filter(|it| it.0.ends_with("-wal")) {
        assert!(bytes.is_empty(), "{name} holds {} bytes", bytes.len());
    }
}
