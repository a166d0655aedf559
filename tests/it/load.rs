//! Many people at once, reading and writing: no error, short answers, bounded memory; on one server, and on two
//! with one PostgreSQL. A short run by default; `THROUGHCARE_LOAD="500 60"` is 500 people for 60 seconds.
//!
//! A person looks at a page for one to three seconds, then asks for the next; each tenth request writes. Times
//! are held to a bound only in the long run, on a machine that does nothing else: `THROUGHCARE_LOAD="500 60 100"`.

use std::process::Command;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use product_tests::{Desk, Server, skipped};

use crate::killed::{administrator, ask};

/// People, seconds, and the bound in milliseconds for 95 of 100 answers.
fn run() -> (u64, u64, Option<u64>) {
    let text = std::env::var("THROUGHCARE_LOAD").unwrap_or_else(|_| "30 4".into());
    let numbers: Vec<u64> = text.split(' ').filter_map(|part| part.parse().ok()).collect();
    (numbers[0], numbers[1], numbers.get(2).copied())
}

const READS: [&str; 9] = [
    "/",
    "/countries/MDA",
    "/region",
    "/me",
    "/bodies",
    "/countries",
    "/search?q=hiv",
    "/evidence",
    "/api/facts?place=MDA",
];

/// Chance enough to spread people over time: SplitMix64 (Steele et al. 2014).
fn next(seed: &AtomicU64) -> u64 {
    let mut z = seed.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Somebody who was invited: the cookie of their session.
fn somebody(address: &str, admin: &str, number: u64) -> String {
    let body = format!("name=Person+{number}&email=p{number}%40example.org&language=en");
    let page = ask(address, "POST", "/people", admin, &body).expect("invited").text();
    let page = page.replace("&#x2f;", "/");
    let at = page.find("/sign-in/link/").unwrap_or_else(|| panic!("no link: {page}"));
    let path: String = page[at..].chars().take_while(|c| *c != '<').collect();
    let answer = ask(address, "POST", &path, "", "").expect("let in");
    let cookie = answer.header("set-cookie").expect("a session");
    cookie.split(';').next().expect("its value").to_owned()
}

/// One person until the end: the time of each answer in milliseconds, and what went wrong.
fn person(address: &str, cookie: &str, number: u64, ends: Instant) -> (Vec<f64>, Vec<String>) {
    let (mut times, mut wrong) = (Vec::new(), Vec::new());
    let seed = AtomicU64::new(number);
    std::thread::sleep(Duration::from_millis(next(&seed) % 2000));
    while Instant::now() < ends {
        let started = Instant::now();
        let chosen = next(&seed) % 10;
        let answer = match READS.get(chosen as usize) {
            Some(path) => ask(address, "GET", path, cookie, ""),
            None => {
                let body = format!("name=Program+{}&days=9", next(&seed) % 1000);
                ask(address, "POST", "/me/tokens", cookie, &body)
            }
        };
        times.push(started.elapsed().as_secs_f64() * 1000.0);
        match answer {
            Some(answer) if answer.status == 200 => {}
            Some(answer) => wrong.push(format!("{chosen}: {}", answer.status)),
            None => wrong.push(format!("{chosen}: no answer")),
        }
        std::thread::sleep(Duration::from_millis(1000 + next(&seed) % 2000));
    }
    (times, wrong)
}

fn held(desk: &Desk, servers: &[Server], cookie: &str) {
    let (people, seconds, bound) = run();
    let cookies: Vec<String> =
        (0..people).map(|number| somebody(&servers[0].address, cookie, number)).collect();
    let before: f64 = servers.iter().map(Server::cpu_seconds).sum();
    let ends = Instant::now() + Duration::from_secs(seconds);
    let found: Vec<(Vec<f64>, Vec<String>)> = std::thread::scope(|scope| {
        let all: Vec<_> = (0u64..)
            .zip(&cookies)
            .map(|(number, cookie)| {
                let server = &servers[number as usize % servers.len()];
                scope.spawn(move || person(&server.address, cookie, number, ends))
            })
            .collect();
        all.into_iter().map(|person| person.join().expect("a person")).collect()
    });
    let mut times: Vec<f64> = found.iter().flat_map(|(times, _)| times).copied().collect();
    let wrong: Vec<&String> = found.iter().flat_map(|(_, wrong)| wrong).collect();
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    let cpu = servers.iter().map(Server::cpu_seconds).sum::<f64>() - before;
    let memory = servers.iter().map(Server::most_memory_mb).max().unwrap_or(0);
    eprintln!(
        "{people} people on {} server(s) for {seconds} s: {} answers, {} wrong; half within {:.1} ms, 95 of 100 within {:.1} ms, all within {:.0} ms; {:.2} ms of CPU an answer; {memory} MB at most",
        servers.len(),
        times.len(),
        wrong.len(),
        at(0.5),
        at(0.95),
        at(1.0),
        cpu * 1000.0 / times.len() as f64
    );
    assert!(wrong.is_empty(), "{wrong:?}");
    assert!(times.len() as u64 >= people, "too few answers to show anything");
    assert!(memory < 600, "{memory} MB");
    if let Some(bound) = bound {
        assert!(at(0.95) <= bound as f64, "95 of 100 answers within {:.1} ms", at(0.95));
    }
    desk.run(&["audit", "verify"]).worked();
}

#[test]
fn people_at_once_on_sqlite() {
    let desk = Desk::with_demo();
    let server = desk.serve();
    let cookie = administrator(&server);
    held(&desk, &[server], &cookie);
}

#[test]
fn people_at_once_on_two_servers_and_one_postgresql() {
    let Some(url) = database("load") else { return };
    let desk = Desk::new();
    desk.put("throughcare.toml", format!("database_url = \"{url}\"\n"));
    desk.run(&["demo"]).worked();
    let first = desk.serve();
    let cookie = administrator(&first);
    let second = desk.serve();
    held(&desk, &[first, second], &cookie);
}

/// A fresh database in the cluster of the tests; `None`, said aloud, where there is none.
pub fn database(name: &str) -> Option<String> {
    let Ok(cluster) = std::env::var("TEST_POSTGRES") else {
        skipped!("TEST_POSTGRES names no cluster (make test starts one)");
        return None;
    };
    let name = format!("{name}_{}", std::process::id());
    let made = Command::new("psql")
        .args([&format!("{cluster}/postgres"), "-qc", &format!("CREATE DATABASE {name}")])
        .status();
    if !made.is_ok_and(|status| status.success()) {
        skipped!("psql is needed to make a database");
        return None;
    }
    Some(format!("{cluster}/{name}"))
}
