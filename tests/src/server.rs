//! The site, served by the real executable and asked over plain sockets, so that a test can send
//! what no proper client would.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::Desk;

/// A running `throughcare serve`. Killed when dropped.
pub struct Server {
    child: Child,
    /// Such as `127.0.0.1:40123`.
    pub address: String,
    complaints: Arc<Mutex<String>>,
}

/// An answer as it came.
pub struct Answer {
    pub status: u16,
    /// One a line, the names in lower case.
    pub headers: String,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }

    /// Reads an answer. Fails where it is none or was cut off.
    pub fn of(bytes: &[u8]) -> Answer {
        let shown = || String::from_utf8_lossy(&bytes[..bytes.len().min(400)]).into_owned();
        Answer::whole(bytes).unwrap_or_else(|| panic!("no whole answer: {:?}", shown()))
    }

    /// Reads an answer; nothing where it is none or was cut off.
    pub fn whole(bytes: &[u8]) -> Option<Answer> {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let (first, rest) = head.split_once("\r\n").unwrap_or((&head, ""));
        let status = first.split(' ').nth(1).and_then(|code| code.parse().ok());
        let headers: Vec<String> = rest
            .split("\r\n")
            .map(|line| match line.split_once(':') {
                Some((name, value)) => format!("{}:{value}", name.to_lowercase()),
                None => line.to_owned(),
            })
            .collect();
        let mut answer = Answer {
            status: status.unwrap_or_else(|| panic!("no status: {first}")),
            headers: headers.join("\n"),
            body: bytes[end + 4..].to_vec(),
        };
        // What answers HEAD says how a body would come, and brings none.
        if answer.header("transfer-encoding") == Some("chunked") && !answer.body.is_empty() {
            answer.body = joined(&answer.body)?;
        }
        Some(answer)
    }
}

/// The body that came in chunks; nothing where the last one is missing.
fn joined(mut chunks: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = chunks.windows(2).position(|two| two == b"\r\n")?;
        let size = std::str::from_utf8(&chunks[..end]).ok()?;
        let size = usize::from_str_radix(size, 16).ok()?;
        if size == 0 {
            return Some(body);
        }
        let rest = &chunks[end + 2..];
        body.extend_from_slice(rest.get(..size)?);
        chunks = rest.get(size..)?.strip_prefix(b"\r\n")?;
    }
}

impl Desk {
    /// Serves the desk's database on a free port, and waits until the site says that it is ready.
    pub fn serve(&self) -> Server {
        let mut command = self.command(&["serve", "--listen", "127.0.0.1:0"]);
        let mut child = command
            .stderr(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .expect("the server starts");
        let mut lines = BufReader::new(child.stderr.take().expect("its words")).lines();
        let complaints = Arc::new(Mutex::new(String::new()));
        let mut said = String::new();
        let address = loop {
            let Some(Ok(line)) = lines.next() else { panic!("the server did not start: {said}") };
            if let Some((_, rest)) = line.split_once("Throughcare is at http://") {
                break rest.split(' ').next().unwrap_or_default().to_owned();
            }
            said.push_str(&line);
        };
        let kept = complaints.clone();
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let mut kept = kept.lock().expect("one writer");
                kept.push_str(&line);
                kept.push('\n');
            }
        });
        Server { child, address, complaints }
    }
}

impl Server {
    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).expect("the server takes connections");
        stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a timeout");
        stream
    }

    /// Sends bytes as they are and reads until the server closes.
    pub fn send(&self, bytes: &[u8]) -> Vec<u8> {
        let mut stream = self.connect();
        let mut got = Vec::new();
        // A server may refuse before it has read all; what it said then still counts.
        let _ = stream.write_all(bytes);
        let _ = stream.read_to_end(&mut got);
        got
    }

    /// One request with a method and an address exactly as written.
    pub fn ask(&self, method: &str, path: &str) -> Answer {
        Answer::of(&self.send(&Server::request(method, path)))
    }

    pub fn get(&self, path: &str) -> Answer {
        self.ask("GET", path)
    }

    /// A whole request that asks the server to close afterwards.
    pub fn request(method: &str, path: &str) -> Vec<u8> {
        format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            .into_bytes()
    }

    /// Holds that the site still answers, and within a second.
    pub fn is_well(&self) {
        let started = Instant::now();
        let answer = self.get("/health");
        assert_eq!(
            (answer.status, answer.text().contains(r#""status":"ok""#)),
            (200, true),
            "{}",
            answer.text()
        );
        assert!(started.elapsed() < Duration::from_secs(1), "{:?}", started.elapsed());
    }

    /// Seconds of CPU that it has used.
    pub fn cpu_seconds(&self) -> f64 {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id()));
        let stat = stat.unwrap_or_default();
        let after_name = stat.rsplit_once(") ").map_or("", |(_, rest)| rest);
        let ticks = after_name.split(' ').skip(11).take(2).filter_map(|it| it.parse::<f64>().ok());
        // Linux counts here in hundredths of a second, whatever its own clock does.
        ticks.sum::<f64>() / 100.0
    }

    /// The most memory that it ever held, in megabytes.
    pub fn most_memory_mb(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()));
        let status = status.unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        line.and_then(|it| it.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0) / 1024
    }

    /// Asks the process to stop, as `systemctl stop` does.
    pub fn terminate(&self) {
        let done = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        assert!(done.expect("kill").success());
    }

    /// How it ended, where it did within `time`.
    pub fn ended_within(&mut self, time: Duration) -> Option<ExitStatus> {
        let started = Instant::now();
        while started.elapsed() < time {
            if let Some(status) = self.child.try_wait().expect("its state") {
                return Some(status);
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        None
    }

    /// What it wrote to its log since it was ready.
    pub fn complaints(&self) -> String {
        self.complaints.lock().expect("one writer").clone()
    }

    /// Whether its log holds these words, or comes to hold them: an answer may be here before its line.
    pub fn complains_of(&self, words: &str, patience: Duration) -> bool {
        let began = Instant::now();
        while !self.complaints().contains(words) {
            if began.elapsed() > patience {
                return false;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        true
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        if !std::thread::panicking() {
            let said = self.complaints();
            assert!(!said.contains("panicked"), "{said}");
        }
    }
}
