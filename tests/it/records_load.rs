//! Records from many phones at once: how many a second are acknowledged, each after it is on disk. A short run by
//! default; `THROUGHCARE_RECORDS="16 30 200"` is 16 phones for 30 seconds, held to 200 records a second.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use product_tests::Desk;

use crate::killed::administrator;
use crate::load::database;
use crate::records_killed::{FORM, record, round, submit};

/// Phones, seconds, and the least that is acknowledged in a second.
fn run() -> (u32, u64, Option<f64>) {
    let text = std::env::var("THROUGHCARE_RECORDS").unwrap_or_else(|_| "4 2".into());
    let numbers: Vec<u64> = text.split(' ').filter_map(|part| part.parse().ok()).collect();
    (numbers[0] as u32, numbers[1], numbers.get(2).map(|it| *it as f64))
}

fn held(desk: &Desk, what: &str) {
    let (phones, seconds, least) = run();
    let server = desk.serve();
    let cookie = administrator(&server);
    let (round, key) = round(&server, &cookie, FORM, "visits");
    let before = server.cpu_seconds();
    let count = AtomicU64::new(0);
    let began = Instant::now();
    let ends = began + Duration::from_secs(seconds);
    let mut times: Vec<f64> = std::thread::scope(|scope| {
        let all: Vec<_> = (0..phones)
            .map(|phone| {
                let (server, key, count) = (&server, &key, &count);
                scope.spawn(move || {
                    let mut times = Vec::new();
                    while Instant::now() < ends {
                        let number = count.fetch_add(1, Ordering::Relaxed);
                        let instance = format!("uuid:{phone}-{number}");
                        // Each tenth with a photograph.
                        let photo = if number.is_multiple_of(10) { 60_000 } else { 0 };
                        let (xml, photo) = record(&instance, &instance, photo);
                        let started = Instant::now();
                        let answer = submit(&server.address, key, &xml, &photo).expect("an answer");
                        assert_eq!(answer.status, 201, "{}", answer.text());
                        times.push(started.elapsed().as_secs_f64() * 1000.0);
                    }
                    times
                })
            })
            .collect();
        all.into_iter().flat_map(|phone| phone.join().expect("a phone")).collect()
    });
    let passed = began.elapsed().as_secs_f64();
    let cpu = server.cpu_seconds() - before;
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    let rate = times.len() as f64 / passed;
    eprintln!(
        "{what}: {phones} phones for {passed:.0} s: {rate:.0} records a second, each acknowledged after it was on disk; half within {:.1} ms, 95 of 100 within {:.1} ms; {:.2} ms of CPU a record; {} MB at most",
        at(0.5),
        at(0.95),
        cpu * 1000.0 / times.len() as f64,
        server.most_memory_mb(),
    );
    let page = crate::killed::ask(
        &server.address,
        "GET",
        &format!("/rounds/{round}/data/answers.csv"),
        &cookie,
        "",
    );
    let kept = page.expect("the answers").text().lines().count() - 1;
    assert_eq!(kept, times.len(), "every acknowledged record is there, and no other");
    if let Some(least) = least {
        assert!(rate >= least, "{rate:.0} records a second, {least} were wanted");
    }
}

#[test]
fn records_from_many_phones_on_sqlite() {
    held(&Desk::new(), "SQLite");
}

#[test]
fn records_from_many_phones_on_postgresql() {
    let Some(url) = database("records_load") else { return };
    let desk = Desk::new();
    desk.put("throughcare.toml", format!("database_url = \"{url}\"\n"));
    held(&desk, "PostgreSQL");
}
