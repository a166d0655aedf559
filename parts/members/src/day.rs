//! A day as records bear it: ISO 8601, which sorts as text does.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// The day at this moment, in UTC.
pub fn of(now: i64) -> String {
    let moment = Timestamp::from_second(now).unwrap_or(Timestamp::UNIX_EPOCH);
    TimeZone::UTC.to_datetime(moment).date().to_string()
}

/// The moment as a reader is shown it: `2026-11-24 08:30`.
pub fn moment(at: i64) -> String {
    let moment = Timestamp::from_second(at).unwrap_or(Timestamp::UNIX_EPOCH);
    TimeZone::UTC.to_datetime(moment).strftime("%Y-%m-%d %H:%M").to_string()
}

/// The day that somebody wrote, where it is one.
pub fn read(text: &str) -> Option<String> {
    let day: Date = text.trim().parse().ok()?;
    Some(day.to_string())
}

/// The last second of a day, in UTC; the far future for what is no day.
pub fn end(day: &str) -> i64 {
    let end = day.parse::<Date>().ok().and_then(|day| {
        let next = day.tomorrow().ok()?.at(0, 0, 0, 0);
        Some(TimeZone::UTC.to_zoned_datetime(next).ok()?.timestamp().as_second() - 1)
    });
    end.unwrap_or(i64::MAX)
}
