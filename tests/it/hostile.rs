//! What no proper reader sends: paths that climb, giant headers, half a request and silence, a
//! thousand lines that say nothing, every method on every page. The site answers and stays well.

use std::io::Write;
use std::net::TcpStream;
use std::time::Duration;

use product_tests::{Desk, Server};

/// Every address of the site, with real values for its parameters, as `throughcare routes` lists them.
fn addresses(desk: &Desk) -> Vec<(String, String)> {
    let listed = desk.run(&["routes"]).worked().out;
    let mut addresses = Vec::new();
    for line in listed.lines() {
        let mut words = line.split_whitespace();
        let pattern = words.next().expect("a path");
        if !words.eq(["GET", "anyone"]) || pattern.contains("{secret}") {
            continue; // what is sent, what some may see, what works once: the part's own tests
        }
        if pattern.starts_with("/openrosa/") {
            continue; // a device is to be made first: the instruments' own tests
        }
        let name = match pattern {
            "/countries/{code}/charts/{name}" => "trend.svg",
            _ => "map.svg",
        };
        let mut address = pattern.to_owned();
        for (parameter, value) in [
            ("{code}", "MDA"),
            ("{place}", "MDA"),
            ("{indicator}", "persons_held"),
            ("{period}", "2018"),
            ("{group}", "total"),
            ("{form}", "csv"),
            ("{list}", "figures"),
            ("{name}", name),
            ("{number}", "1"),
            ("{file}", "form.xml"),
            ("{*path}", "throughcare.css"),
        ] {
            address = address.replace(parameter, value);
        }
        let id = match pattern.split('/').nth(1) {
            Some("indicators") => "persons_held",
            Some("instruments") => "stigma_scale",
            _ => "unodc-cts",
        };
        let asked = match pattern {
            // What is drawn is drawn from a list.
            "/statistics/sample.{form}" | "/statistics/sample/design.toml" => {
                "?prisons=Prison%201,%20300%0APrison%202,%20400"
            }
            _ => "",
        };
        addresses.push((pattern.to_owned(), address.replace("{id}", id) + asked));
    }
    assert!(addresses.len() > 30, "{listed}");
    addresses
}

#[test]
fn every_method_on_every_page() {
    let desk = Desk::with_demo();
    let server = desk.serve();
    let mut read = 0;
    let listed = desk.run(&["routes"]).worked().out;
    let takes_posts = |pattern: &str| {
        listed.lines().any(|line| line.split_whitespace().take(2).eq([pattern, "POST"]))
    };
    for (pattern, address) in addresses(&desk) {
        let got = server.get(&address);
        // 303: to the door, for a page that is not for everybody.
        // 401: a program reads there, which signs in with a token and follows no door.
        let for_programs = pattern.starts_with("/api/odata/")
            && got.header("content-type").is_some_and(|kind| kind.starts_with("application/json"))
            && got.header("www-authenticate").is_some_and(|how| how.starts_with("Basic "));
        let fine = [200, 303, 404].contains(&got.status) || (got.status == 401 && for_programs);
        assert!(fine, "GET {address}: {} {}", got.status, got.text());
        read += usize::from(got.status == 200);
        let head = server.ask("HEAD", &address);
        assert_eq!((head.status, head.body.len()), (got.status, 0), "HEAD {address}");
        for method in ["OPTIONS", "POST", "PUT", "DELETE", "PATCH", "TRACE", "BREW"] {
            if method == "POST" && takes_posts(&pattern) {
                continue; // what is sent there is tried by the part's own tests
            }
            let answer = server.ask(method, &address);
            assert!(
                answer.status == 405 || answer.status == 404,
                "{method} {pattern}: {} {}",
                answer.status,
                answer.text()
            );
        }
    }
    assert!(read > 25, "only {read} pages answered: the list of values above no longer fits");
    let refused = server.ask("POST", "/countries").text();
    assert!(
        refused.contains("This address cannot be used that way") && refused.contains("GET"),
        "{refused}"
    );
    server.is_well();
    assert!(!server.complaints().contains("ERROR"), "{}", server.complaints());
}

#[test]
fn a_path_that_climbs_is_nowhere() {
    let desk = Desk::with_demo();
    desk.put("secret.txt", "the secret of the folder");
    let server = desk.serve();
    for path in [
        "/../../../../etc/passwd",
        "/static/../../../../../../etc/passwd",
        "/static/../secret.txt",
        "/static/..%2f..%2fsecret.txt",
        "/static/%2e%2e/%2e%2e/secret.txt",
        "/static//etc/passwd",
        "/static/..\\..\\secret.txt",
        "//etc/passwd",
        "/./../secret.txt",
        "/countries/../../secret.txt",
        "/countries/..%2f..%2fsecret.txt",
        "/%2e%2e%2fsecret.txt",
        "/secret.txt",
        "/throughcare.db",
    ] {
        let answer = server.get(path);
        assert!(
            [400, 404, 308].contains(&answer.status),
            "{path}: {} {}",
            answer.status,
            answer.text()
        );
        let text = answer.text();
        assert!(!text.contains("root:") && !text.contains("the secret"), "{path}: {text}");
    }
    server.is_well();
}

#[test]
fn strange_values_in_every_parameter() {
    let desk = Desk::with_demo();
    let server = desk.serve();
    let strange = [
        "..",
        "../..",
        "..%2f..%2fetc%2fpasswd",
        "%00",
        "%ff%fe",
        "%",
        "%zz",
        "'%20OR%20'1'='1",
        "%3Cscript%3E",
        "%F0%9F%98%80",
        "{code}",
        "-1",
        "%0d%0aSet-Cookie:%20a=b",
        "MDA.exe",
        "MDA.pdf.pdf",
        ".pdf",
        "MDA%2f..%2fUKR",
    ];
    let long = "A".repeat(8_000);
    for (pattern, address) in addresses(&desk) {
        if !pattern.contains('{') {
            continue;
        }
        for value in strange.iter().copied().chain([long.as_str()]) {
            let parameters = pattern.split('/').filter(|part| part.contains('{')).count();
            for at in 0..parameters {
                let answer = server.get(&with(&pattern, &address, at, value));
                let shown = &value[..value.len().min(40)];
                assert!(
                    (200..500).contains(&answer.status),
                    "{pattern} with {shown}: {} {}",
                    answer.status,
                    answer.text()
                );
                assert!(answer.header("set-cookie").is_none(), "{pattern} with {shown}");
                let text = answer.text();
                // In JSON, which no browser runs, the value stands as it was given.
                let page =
                    answer.header("content-type").is_some_and(|kind| kind.starts_with("text/html"));
                let hurt = text.contains("root:") || page && text.contains("<script>");
                assert!(!hurt, "{pattern} with {shown}: {text}");
                assert!(
                    text.len() < 200_000 || answer.status == 200,
                    "{pattern} with {shown}: {} bytes",
                    text.len()
                );
            }
        }
    }
    for query in [
        "sort=%00",
        "page=-1",
        "page=99999999999999999999",
        "q=%ff",
        "lang=../../etc",
        "offset=-5",
        "offset=1e9",
        "year=MMXX",
        "&&&==&",
        "indicator=%27%3B--",
        "place=,,,,",
    ] {
        for path in [
            "/countries",
            "/region",
            "/region.csv",
            "/api/facts",
            "/api/region",
            "/search",
            "/search.json",
            "/doubts",
            "/",
        ] {
            let answer = server.get(&format!("{path}?{query}"));
            assert!(answer.status < 500, "{path}?{query}: {} {}", answer.status, answer.text());
        }
    }
    server.is_well();
    assert!(!server.complaints().contains("ERROR"), "{}", server.complaints());
}

/// `address` with `value` in place of its parameter number `at`.
fn with(pattern: &str, address: &str, at: usize, value: &str) -> String {
    let mut number = 0;
    let parts: Vec<String> = pattern
        .split('/')
        .zip(address.split('/'))
        .map(|(asked, given)| {
            let (Some(start), Some(end)) = (asked.find('{'), asked.find('}')) else {
                return given.to_owned();
            };
            number += 1;
            if number == at + 1 {
                format!("{}{value}{}", &asked[..start], &asked[end + 1..])
            } else {
                given.to_owned()
            }
        })
        .collect();
    parts.join("/")
}

#[test]
fn what_is_no_request_at_all() {
    let desk = Desk::new();
    let server = desk.serve();
    let header = format!(
        "GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: {}\r\nConnection: close\r\n\r\n",
        "a".repeat(100_000)
    );
    let many: String = (0..2_000).map(|at| format!("X-{at}: a\r\n")).collect();
    let many = format!("GET / HTTP/1.1\r\nHost: localhost\r\n{many}\r\n");
    let path = format!(
        "GET /{} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "a".repeat(100_000)
    );
    let requests: [(&str, &[u8], &[u16]); 8] = [
        ("a header of 100 kB", header.as_bytes(), &[200, 431]),
        ("2,000 headers", many.as_bytes(), &[431]),
        ("a path of 100 kB", path.as_bytes(), &[404, 414]),
        ("bytes", b"\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03\r\n\r\n", &[400]),
        (
            "two lengths",
            b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
            &[400],
        ),
        (
            "a length that is none",
            b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\n",
            &[400],
        ),
        ("a version to come", b"GET / HTTP/9.9\r\nHost: a\r\n\r\n", &[400, 505]),
        ("a header without an end", b"GET / HTTP/1.1\r\nHost: a\r\nNo colon here\r\n\r\n", &[400]),
    ];
    for (what, bytes, statuses) in requests {
        let got = server.send(bytes);
        // A line may be closed without a word; it may not take the server with it.
        if !got.is_empty() {
            let status = product_tests::Answer::of(&got).status;
            assert!(statuses.contains(&status), "{what}: {status}");
        }
        server.is_well();
    }
}

#[test]
fn half_a_request_and_then_silence() {
    let desk = Desk::new();
    let server = desk.serve();
    let halves: Vec<TcpStream> = (0..50)
        .map(|at| {
            let mut stream = server.connect();
            let request = Server::request("GET", "/countries");
            stream.write_all(&request[..1 + at % (request.len() - 1)]).expect("half a request");
            stream
        })
        .collect();
    std::thread::sleep(Duration::from_millis(300));
    server.is_well();
    assert_eq!(server.get("/countries").status, 200);
    drop(halves);
    server.is_well();
}

#[test]
fn a_thousand_lines_that_say_nothing() {
    let desk = Desk::new();
    let server = desk.serve();
    // Each side may have so many files open; the test keeps some for itself.
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let files = limits
        .lines()
        .find(|line| line.starts_with("Max open files"))
        .and_then(|line| line.split_whitespace().nth(3)?.parse().ok());
    let lines = files.unwrap_or(1_024_usize).saturating_sub(200).min(1_000);
    if lines < 1_000 {
        product_tests::skipped!("only {lines} lines: this system allows no more open files");
    }
    let idle: Vec<TcpStream> = (0..lines).map(|_| server.connect()).collect();
    server.is_well();
    assert_eq!(server.get("/about").status, 200);
    assert_eq!(idle.len(), lines);
    drop(idle);
    server.is_well();
}
