//! Time on the processor: the clock on the wall says nothing on a machine that others use.

use std::time::{Duration, Instant};

/// What a run returns, and how long this thread has had a processor for it.
pub fn timed<T>(run: impl FnOnce() -> T) -> (T, Duration) {
    let (begin, wall) = (spent(), Instant::now());
    let result = run();
    let took = match (begin, spent()) {
        (Some(begin), Some(end)) => Duration::from_nanos(end - begin),
        _ => wall.elapsed(),
    };
    (result, took)
}

/// Nanoseconds that this thread has had a processor, where Linux tells.
fn spent() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split(' ').next()?.parse().ok()
}

/// The most memory that this process has held, in megabytes, where Linux tells.
pub fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    peak.split_whitespace().next()?.parse::<u64>().ok().map(|kilobytes| kilobytes / 1024)
}
