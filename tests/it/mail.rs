//! A letter reaches a real mail server, which is away at first; and a folder, while one tries
//! things out.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use product_tests::{Answer, Desk, Server, skipped};

/// Signs the administrator in by the first link, and invites somebody who reads French.
fn invite(server: &Server) -> String {
    std::thread::sleep(Duration::from_millis(300));
    let said = server.complaints();
    let (_, path) = said.split_once(&server.address).unwrap_or_else(|| panic!("no link: {said}"));
    let answer = post(server, path.trim(), "", "name=Ana&email=ana%40example.org");
    let cookie = answer.header("set-cookie").expect("a session").split(';').next().expect("it");
    let body = "name=Ion+Ceban&email=ion%40example.org&language=fr";
    post(server, "/people", cookie, body).text()
}

fn post(server: &Server, path: &str, cookie: &str, body: &str) -> Answer {
    let request = format!(
        "POST {path} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    Answer::of(&server.send(request.as_bytes()))
}

#[test]
fn a_letter_in_a_folder() {
    let desk = Desk::new();
    desk.put(
        "throughcare.toml",
        "mail = \"folder:letters\"\nmail_from = \"Office <office@example.org>\"\n",
    );
    let server = desk.serve();
    let page = invite(&server);
    assert!(page.contains("A letter with a link goes to Ion Ceban (ion@example.org)"), "{page}");
    assert!(!page.contains("/sign-in/link/"), "the link itself goes to its reader only");
    let letter = desk.path("letters/000001.eml");
    let started = Instant::now();
    while !letter.exists() {
        assert!(started.elapsed() < Duration::from_secs(10), "{}", server.complaints());
        std::thread::sleep(Duration::from_millis(50));
    }
    std::thread::sleep(Duration::from_millis(100));
    let text = decoded(&String::from_utf8_lossy(&desk.read("letters/000001.eml")));
    for words in ["From: Office <office@example.org>", "ion@example.org", "Bonjour Ion Ceban"] {
        assert!(text.replace('"', "").contains(words), "{words}: {text}");
    }
    let at = text.find("/sign-in/link/").expect("a link");
    let path: String = text[at..].chars().take_while(|c| !c.is_whitespace()).collect();
    assert_eq!(server.get(&path).status, 200);
    assert_eq!(post(&server, &path, "", "").header("location"), Some("/me"));
}

/// Quoted-printable, undone.
fn decoded(text: &str) -> String {
    let joined = text.replace("=\r\n", "");
    let mut bytes = Vec::new();
    let mut rest = joined.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        match hex.and_then(|two| u8::from_str_radix(two, 16).ok()) {
            Some(byte) if *first == b'=' => {
                bytes.push(byte);
                rest = &after[2..];
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// `aiosmtpd`, which prints every letter.
fn mail_server(port: u16) -> Option<Child> {
    let there =
        Command::new("python3").args(["-c", "import aiosmtpd"]).stderr(Stdio::null()).status();
    if !there.is_ok_and(|status| status.success()) {
        skipped!("a real mail server is needed: pip install aiosmtpd");
        return None;
    }
    let address = format!("127.0.0.1:{port}");
    let handler =
        ["-m", "aiosmtpd", "-n", "-l", &address, "-c", "aiosmtpd.handlers.Debugging", "stdout"];
    let child = Command::new("python3").arg("-u").args(handler).stdout(Stdio::piped()).spawn();
    Some(child.expect("the mail server starts"))
}

#[test]
fn a_letter_to_a_mail_server_that_was_away() {
    let port = std::net::TcpListener::bind("127.0.0.1:0").and_then(|it| it.local_addr());
    let port = port.expect("a free port").port();
    let desk = Desk::new();
    desk.put("throughcare.toml", format!("mail = \"smtp://127.0.0.1:{port}\"\n"));
    let server = desk.serve();
    invite(&server);
    let said = server.complains_of("did not take the letter", Duration::from_secs(10));
    assert!(said, "{}", server.complaints());
    let Some(mut mail) = mail_server(port) else { return };
    let mut got = String::new();
    // The second try comes after five seconds, the third after ten more.
    for line in BufReader::new(mail.stdout.take().expect("its words")).lines().map_while(Result::ok)
    {
        got.push_str(&line);
        got.push('\n');
        if line.contains("END MESSAGE") {
            break;
        }
    }
    let _ = mail.kill();
    let _ = mail.wait();
    let got = decoded(&got.replace('\n', "\r\n"));
    for words in
        ["To: \"Ion Ceban\" <ion@example.org>", "text/html", "Bonjour Ion Ceban", "/sign-in/link/"]
    {
        assert!(got.contains(words), "{words}: {got}");
    }
}
