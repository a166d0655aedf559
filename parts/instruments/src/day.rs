//! Days as they are kept, `2026-11-24`, in UTC.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

/// The day of a moment.
pub fn of(seconds: i64) -> String {
    let moment = Timestamp::from_second(seconds).unwrap_or(Timestamp::UNIX_EPOCH);
    TimeZone::UTC.to_datetime(moment).date().to_string()
}

/// A day as somebody typed it.
pub fn read(text: &str) -> Option<String> {
    text.trim().parse::<Date>().ok().map(|day| day.to_string())
}

/// The day so many days later.
pub fn after(day: &str, days: i32) -> String {
    let later = day.parse::<Date>().ok().and_then(|day| day.checked_add(days.days()).ok());
    later.map_or_else(|| day.to_owned(), |day| day.to_string())
}

/// The first second of the day of a moment: all that an anonymous answer may know of time.
pub fn midnight(seconds: i64) -> i64 {
    seconds - seconds.rem_euclid(86_400)
}
