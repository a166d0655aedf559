//! The site as a service: it starts, says where it is, refuses a port that is taken, and stops
//! when asked without breaking off an answer.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::time::{Duration, Instant};

use product_tests::{Answer, Desk, Server};

#[test]
fn a_port_that_is_taken() {
    let desk = Desk::new();
    let holder = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = holder.local_addr().expect("its address").to_string();
    desk.run(&["serve", "--listen", &address]).failed(&[
        &address,
        "another program",
        "THROUGHCARE_LISTEN",
        "--listen",
    ]);
    drop(holder);
}

#[test]
fn it_stops_when_asked_with_nobody_waiting() {
    let desk = Desk::new();
    let mut server = desk.serve();
    server.is_well();
    // A reader whose browser keeps its line open is no reason to wait.
    let mut reader = server.connect();
    reader.write_all(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("asked");
    reader.read_exact(&mut [0; 12]).expect("answered");
    let started = Instant::now();
    server.terminate();
    let status = server.ended_within(Duration::from_secs(2));
    assert!(
        status.is_some_and(|status| status.success()),
        "{status:?} after {:?}",
        started.elapsed()
    );
}

#[test]
fn an_answer_under_way_is_finished() {
    let desk = Desk::with_demo();
    let mut server = desk.serve();
    // The paper takes the longest of all answers; asked for the first time it also reads its fonts.
    let mut stream = server.connect();
    stream.write_all(&Server::request("GET", "/countries/MDA.pdf")).expect("asked");
    std::thread::sleep(Duration::from_millis(100));
    server.terminate();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).expect("the answer comes to its end");
    let answer = Answer::of(&bytes);
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-length"), Some(answer.body.len().to_string().as_str()));
    assert!(answer.body.starts_with(b"%PDF-") && answer.body.trim_ascii_end().ends_with(b"%%EOF"));
    let status = server.ended_within(Duration::from_secs(2));
    assert!(status.is_some_and(|status| status.success()), "{status:?}");
}

#[test]
fn half_a_request_does_not_keep_it_from_stopping() {
    let desk = Desk::new();
    let mut server = desk.serve();
    let mut half = server.connect();
    half.write_all(b"GET /countries HTTP/1.1\r\nHost: loc").expect("half a request");
    std::thread::sleep(Duration::from_millis(100));
    let started = Instant::now();
    server.terminate();
    let status = server.ended_within(Duration::from_secs(15));
    assert!(
        status.is_some_and(|status| status.success()),
        "{status:?} after {:?}",
        started.elapsed()
    );
}

#[test]
fn two_sites_may_serve_one_database() {
    let desk = Desk::new();
    let first = desk.serve();
    let second = desk.serve();
    first.is_well();
    second.is_well();
    assert_ne!(first.address, second.address);
}
