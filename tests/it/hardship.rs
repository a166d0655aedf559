//! What a server meets in a cellar: a disk that is full, a database that is gone for ten seconds. It says so in
//! words, loses nothing that it acknowledged, and goes on by itself.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use product_tests::{Answer, Desk, Server};

use crate::killed::{administrator, ask};
use crate::load::database;
use crate::storage::{Disk, fill};

fn invite(server: &Server, cookie: &str, number: u32) -> Answer {
    let body = format!("name=Somebody&email=p{number}%40example.org&language=en");
    ask(&server.address, "POST", "/people", cookie, &body).expect("an answer, whatever it says")
}

/// Everybody acknowledged is there, and the chain is whole.
fn nothing_lost(desk: &Desk, server: &Server, cookie: &str, acknowledged: &[u32]) {
    let list = ask(&server.address, "GET", "/people.csv", cookie, "").expect("a list").text();
    for number in acknowledged {
        assert!(list.contains(&format!("p{number}@example.org")), "p{number} was acknowledged");
    }
    let rows = list.lines().filter(|line| line.contains("@example.org")).count();
    assert_eq!(rows, acknowledged.len() + 1, "{list}");
    desk.run(&["audit", "verify"]).worked();
}

#[test]
fn a_disk_that_is_full_while_people_write() {
    let desk = Desk::new();
    let Some(disk) = Disk::mount(desk.path("disk"), "6m") else { return };
    desk.put("throughcare.toml", "database_url = \"sqlite:disk/small.db\"\n");
    let server = desk.serve();
    let cookie = administrator(&server);
    let mut acknowledged = Vec::new();
    for number in 0..3 {
        assert_eq!(invite(&server, &cookie, number).status, 200);
        acknowledged.push(number);
    }
    fill(&disk.0.join("films"));
    let mut refused = 0;
    for number in 3..60 {
        let answer = invite(&server, &cookie, number);
        match answer.status {
            200 => acknowledged.push(number),
            500 | 503 => {
                refused += 1;
                assert!(!answer.text().contains("SQL"), "{}", answer.text());
            }
            other => panic!("{other}: {}", answer.text()),
        }
    }
    assert!(refused > 0, "the disk was not full");
    // Reading goes on.
    let page = ask(&server.address, "GET", "/bodies", &cookie, "").expect("an answer");
    assert_eq!(page.status, 200, "{}", page.text());
    std::fs::remove_file(disk.0.join("films")).expect("room again");
    assert_eq!(invite(&server, &cookie, 100).status, 200, "without a new start");
    acknowledged.push(100);
    nothing_lost(&desk, &server, &cookie, &acknowledged);
    drop(server);
}

/// Between the server and its database: lets everything through, or breaks every connection.
struct Wire {
    address: String,
    whole: Arc<AtomicBool>,
    open: Arc<Mutex<Vec<TcpStream>>>,
}

impl Wire {
    fn to(database: String) -> Wire {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("its address").to_string();
        let whole = Arc::new(AtomicBool::new(true));
        let open = Arc::new(Mutex::new(Vec::new()));
        let (is_whole, all) = (whole.clone(), open.clone());
        std::thread::spawn(move || {
            for here in listener.incoming().map_while(Result::ok) {
                if !is_whole.load(Ordering::SeqCst) {
                    continue;
                }
                let there = TcpStream::connect(&database).expect("the cluster");
                for (mut from, mut to) in [
                    (here.try_clone().expect("one more"), there.try_clone().expect("one more")),
                    (there.try_clone().expect("one more"), here.try_clone().expect("one more")),
                ] {
                    std::thread::spawn(move || {
                        let mut bytes = [0; 1 << 14];
                        while let Ok(count @ 1..) = from.read(&mut bytes) {
                            if to.write_all(&bytes[..count]).is_err() {
                                break;
                            }
                        }
                        let _ = to.shutdown(Shutdown::Both);
                    });
                }
                all.lock().expect("the list").extend([here, there]);
            }
        });
        Wire { address, whole, open }
    }

    fn cut(&self) {
        self.whole.store(false, Ordering::SeqCst);
        for stream in self.open.lock().expect("the list").drain(..) {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }

    fn mend(&self) {
        self.whole.store(true, Ordering::SeqCst);
    }
}

#[test]
fn a_database_that_is_gone_for_ten_seconds() {
    let Some(url) = database("away") else { return };
    let (before, rest) = url.split_once('@').expect("a user");
    let (host, name) = rest.split_once('/').expect("a name");
    let wire = Wire::to(host.to_owned());
    let desk = Desk::new();
    let through = format!("{before}@{}/{name}", wire.address);
    desk.put("throughcare.toml", format!("database_url = \"{through}\"\n"));
    let server = desk.serve();
    let cookie = administrator(&server);
    let mut acknowledged = Vec::new();
    for number in 0..3 {
        assert_eq!(invite(&server, &cookie, number).status, 200);
        acknowledged.push(number);
    }
    wire.cut();
    let gone = Instant::now();
    let mut asked = 3;
    while gone.elapsed() < Duration::from_secs(10) {
        let started = Instant::now();
        let answer = invite(&server, &cookie, asked);
        assert!(matches!(answer.status, 500 | 503), "{}: {}", answer.status, answer.text());
        assert!(!answer.text().contains("postgres"), "{}", answer.text());
        assert!(started.elapsed() < Duration::from_secs(35), "{:?}", started.elapsed());
        asked += 1;
        std::thread::sleep(Duration::from_millis(300));
    }
    wire.mend();
    let back = Instant::now();
    loop {
        asked += 1;
        if invite(&server, &cookie, asked).status == 200 {
            acknowledged.push(asked);
            break;
        }
        assert!(back.elapsed() < Duration::from_secs(30), "it does not come back by itself");
        std::thread::sleep(Duration::from_millis(200));
    }
    eprintln!("back {:.1} s after the database", back.elapsed().as_secs_f64());
    assert_eq!(invite(&server, &cookie, 9_999).status, 200);
    acknowledged.push(9_999);
    nothing_lost(&desk, &server, &cookie, &acknowledged);
}
