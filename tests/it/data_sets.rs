//! `throughcare data`: interviews come, are corrected, shared and deleted, as whoever runs the site does it from a shell.

use std::time::Duration;

use product_tests::{Answer, Desk, Server};
use serde_json::Value;

/// Sixty interviews; `said` is what the first person answered.
fn interviews(said: u8) -> String {
    let rows = (1..60).map(|at| format!("{},{}\n", at % 3 / 2, ["men", "women"][at % 2]));
    format!("hcv,sex\n{said},men\n{}", rows.collect::<String>())
}

fn sets(desk: &Desk) -> Vec<Value> {
    let all = desk.run(&["data", "list", "--json"]).worked().out;
    serde_json::from_str::<Value>(&all).expect("JSON").as_array().expect("a list").clone()
}

/// Makes the first account, by the link that a new site writes down.
fn first_account(server: &Server) {
    std::thread::sleep(Duration::from_millis(300));
    let said = server.complaints();
    let (_, path) = said.split_once(&server.address).unwrap_or_else(|| panic!("no link: {said}"));
    let body = "name=Ana&email=ana%40example.org";
    let request = format!(
        "POST {} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        path.trim(),
        body.len()
    );
    let answer = Answer::of(&server.send(request.as_bytes()));
    assert!(answer.header("set-cookie").is_some(), "{}", answer.text());
}

#[test]
fn interviews_come_are_corrected_shared_and_deleted() {
    let desk = Desk::new();
    first_account(&desk.serve());
    desk.put("first.csv", interviews(0));
    desk.put("second.csv", interviews(1));
    let add = ["data", "add", "first.csv", "--title", "Prisons, spring", "--period", "2026-05"];
    let added = desk.run(&add).worked().out;
    let id = added.split_whitespace().next().expect("an id").to_owned();
    assert!(added.contains("version 1, 60 interviews"), "{added}");
    // The same once more is nothing new.
    desk.run(&add).failed(&["here already", &id]);

    let correct = ["data", "correct", &id, "second.csv", "--because", "keyed twice"];
    let corrected = desk.run(&correct).worked().out;
    assert!(corrected.contains("version 2"), "{corrected}");
    let versions = desk.run(&["data", "versions", &id]).worked().out;
    assert_eq!(versions, "version 2 holds\nversion 1 was replaced: keyed twice\n");
    assert_eq!((sets(&desk)[0]["id"].as_str(), sets(&desk).len()), (Some(id.as_str()), 1));

    desk.run(&["data", "share", &id, "--email", "ana@example.org"]).worked();
    desk.run(&["data", "share", &id, "--email", "ana@example.org", "--end"]).worked();
    desk.run(&["data", "share", &id, "--email", "nobody@example.org"]).failed(&["nobody has"]);
    desk.run(&["data", "share", &id, "--group", "none"]).failed(&["there is no group none"]);
    // Each step is in the record of acts, and its chain holds.
    desk.run(&["audit", "verify"]).worked();

    desk.run(&["data", "delete", &id]).failed(&["--sure", "Prisons, spring"]);
    assert_eq!(sets(&desk).len(), 1);
    desk.run(&["data", "delete", &id, "--sure"]).worked();
    assert!(sets(&desk).is_empty());
    desk.run(&["data", "versions", &id]).failed(&["there is no data set", "data list"]);
}
