//! The server is killed at random moments while people write: what it had acknowledged is there, what
//! it had not is there as a whole or not at all, and the audit chain is whole.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use product_tests::{Answer, Desk, Server};

use crate::load::database;

/// Kills on each database; `THROUGHCARE_KILLS` asks for more (the long run is 200).
fn kills() -> u32 {
    std::env::var("THROUGHCARE_KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(8)
}
const WRITERS: u32 = 4;

/// A request, or nothing where the server died over it.
pub fn ask(address: &str, method: &str, path: &str, cookie: &str, body: &str) -> Option<Answer> {
    use std::io::{Read, Write};
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    let mut stream = std::net::TcpStream::connect(address).ok()?;
    stream.write_all(request.as_bytes()).ok()?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).ok()?;
    // An answer that was cut off acknowledges nothing.
    Answer::whole(&bytes)
}

/// The administrator's session.
pub fn administrator(server: &Server) -> String {
    std::thread::sleep(Duration::from_millis(300));
    let said = server.complaints();
    let (_, path) = said.split_once(&server.address).unwrap_or_else(|| panic!("no link: {said}"));
    let body = "name=Ana&email=ana%40example.org";
    let answer = ask(&server.address, "POST", path.trim(), "", body).expect("an answer");
    let cookie = answer.header("set-cookie").expect("a session");
    cookie.split(';').next().expect("its value").to_owned()
}

/// Writes until the server dies; gives the addresses that it acknowledged.
fn write(address: &str, cookie: &str, name: &str, stop: &AtomicBool) -> Vec<String> {
    let mut acknowledged = Vec::new();
    for number in 0.. {
        let email = format!("{name}-{number}@example.org");
        let body = format!("name=Somebody&email={}&language=en", email.replace('@', "%40"));
        match ask(address, "POST", "/people", cookie, &body) {
            Some(answer) if answer.status == 200 => acknowledged.push(email),
            Some(answer) => panic!("{}: {}", answer.status, answer.text()),
            None if stop.load(Ordering::Relaxed) => break,
            None => {}
        }
    }
    acknowledged
}

/// The second column of a CSV, which needs no unquoting here.
fn column(text: &str, at: usize) -> Vec<String> {
    let rows = text.lines().skip(1).filter(|row| row.contains(','));
    rows.map(|row| row.split(',').nth(at).unwrap_or_default().to_owned()).collect()
}

fn killed(desk: &Desk) {
    let mut server = desk.serve();
    let cookie = administrator(&server);
    let mut acknowledged = BTreeSet::from(["ana@example.org".to_owned()]);
    for kill in 0..kills() {
        let stop = AtomicBool::new(false);
        let address = server.address.clone();
        let chance =
            SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |now| now.subsec_micros());
        let found: Vec<String> = std::thread::scope(|scope| {
            let writers: Vec<_> = (0..WRITERS)
                .map(|writer| {
                    let (address, cookie, stop) = (&address, &cookie, &stop);
                    let name = format!("k{kill}w{writer}");
                    scope.spawn(move || write(address, cookie, &name, stop))
                })
                .collect();
            std::thread::sleep(Duration::from_millis(100 + u64::from(chance % 400)));
            stop.store(true, Ordering::Relaxed);
            drop(server); // SIGKILL
            writers.into_iter().flat_map(|writer| writer.join().expect("a writer")).collect()
        });
        acknowledged.extend(found);
        server = desk.serve();
        let get = |path: &str| {
            ask(&server.address, "GET", path, &cookie, "").expect("it answers again").text()
        };
        let there: BTreeSet<String> = column(&get("/people.csv"), 1).into_iter().collect();
        let lost: Vec<&String> = acknowledged.difference(&there).collect();
        assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
        // A person and the entry that tells of them are one change.
        let told = column(&get("/audit.csv?act=person.added"), 0).len();
        assert_eq!(told, there.len(), "half of a change was kept");
        desk.run(&["audit", "verify"]).worked();
    }
    let many = acknowledged.len() as u32;
    assert!(many > kills(), "only {many} writes were acknowledged: nothing was shown");
    eprintln!("{} kills, {many} acknowledged writes, none lost", kills());
}

#[test]
fn killed_under_load_on_sqlite() {
    killed(&Desk::new());
}

#[test]
fn killed_under_load_on_postgresql() {
    let Some(url) = database("killed") else { return };
    let desk = Desk::new();
    desk.put("throughcare.toml", format!("database_url = \"{url}\"\n"));
    killed(&desk);
}
