//! Moments and days. A date in an expression is a moment that knows no zone of its own: the zone
//! of the person who fills the form is an argument.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};
use jiff::{Span, Timestamp};

use super::names_of_days::{self, ENGLISH};

/// Milliseconds since 1970 in UTC; or no moment at all.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Moment {
    At(f64),
    /// Text that is no date.
    Invalid,
    /// An empty text: no date, and printed as nothing.
    Blank,
}

const DAY: f64 = 86_400_000.0;

impl Moment {
    pub(crate) fn from_days(days: f64) -> Self {
        if days.is_finite() { Moment::At((days * DAY).trunc()) } else { Moment::Invalid }
    }

    pub(crate) fn from_timestamp(now: Timestamp) -> Self {
        Moment::At(now.as_millisecond() as f64)
    }

    pub(crate) fn is_valid(self) -> bool {
        matches!(self, Moment::At(_))
    }

    /// Days since 1970-01-01T00:00Z, with a fraction.
    pub(crate) fn days(self) -> f64 {
        match self {
            Moment::At(milliseconds) => milliseconds / DAY,
            Moment::Invalid | Moment::Blank => f64::NAN,
        }
    }

    /// Wall-clock time and offset in a zone.
    pub(crate) fn local(self, zone: &TimeZone) -> Option<(DateTime, Offset)> {
        let Moment::At(milliseconds) = self else { return None };
        if milliseconds.abs() > 8.64e15 {
            return None;
        }
        let timestamp = Timestamp::from_millisecond(milliseconds as i64).ok()?;
        let offset = zone.to_offset(timestamp);
        Some((offset.to_datetime(timestamp), offset))
    }

    /// `2024-01-31` at midnight, else `2024-01-31T10:00:00.000+01:00`.
    pub(crate) fn text(self, zone: &TimeZone) -> String {
        let (local, offset) = match (self, self.local(zone)) {
            (Moment::Blank, _) => return String::new(),
            (_, None) => return "Invalid Date".to_owned(),
            (_, Some(local)) => local,
        };
        let date = format!("{:04}-{:02}-{:02}", local.year(), local.month(), local.day());
        if local.time() == Time::midnight() {
            return date;
        }
        format!(
            "{date}T{:02}:{:02}:{:02}.{:03}{}",
            local.hour(),
            local.minute(),
            local.second(),
            local.millisecond(),
            offset_text(offset)
        )
    }
}

/// `+01:00`.
pub(crate) fn offset_text(offset: Offset) -> String {
    let minutes = offset.seconds() / 60;
    let sign = if minutes < 0 { '-' } else { '+' };
    format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
}

/// Whether the text begins like `2024-1-31`.
pub(crate) fn looks_like_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    if bytes.len() < 8 || bytes[4] != b'-' || !bytes[..4].iter().all(u8::is_ascii_digit) {
        return false;
    }
    let digits = |from: usize| {
        let digits = bytes[from.min(bytes.len())..].iter().take(2);
        digits.take_while(|byte| byte.is_ascii_digit()).count()
    };
    let month = digits(5);
    let day = 5 + month + 1;
    month > 0 && bytes.get(5 + month) == Some(&b'-') && digits(day) > 0 && !text.contains('\n')
}

/// Days of a text that looks like a date; a text without time means local midnight.
pub(crate) fn days_of(text: &str, zone: &TimeZone) -> f64 {
    if text.contains('T') {
        return iso(text, zone).days();
    }
    let mut parts = text.split('-').map(|part| part.trim().parse::<i64>().ok());
    let (Some(Some(year)), Some(Some(month)), Some(Some(day))) =
        (parts.next(), parts.next(), parts.next())
    else {
        return f64::NAN;
    };
    rolled(year, month, day).map_or(f64::NAN, |date| at_local(date.at(0, 0, 0, 0), zone).days())
}

/// Text, as `date()` reads it.
pub(crate) fn moment_of(text: &str, zone: &TimeZone) -> Moment {
    if text.is_empty() {
        return Moment::Blank;
    }
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if all_digits(whole) && all_digits(fraction) {
        let days = whole.parse().unwrap_or(f64::NAN);
        return Moment::from_days(if text.starts_with('-') { -days } else { days });
    }
    if looks_like_date(text) {
        let (date, time) = match text.find('T') {
            Some(at) => text.split_at(at),
            None => (text, ""),
        };
        let mut parts = date.split('-').map(|part| part.parse::<i64>().ok());
        if let (Some(Some(year)), Some(Some(month)), Some(Some(day))) =
            (parts.next(), parts.next(), parts.next())
            && let Some(date) = valid(year, month, day)
        {
            if time.is_empty() {
                return at_local(date.at(0, 0, 0, 0), zone);
            }
            return iso(&format!("{date}{time}"), zone);
        }
        return Moment::Invalid;
    }
    spelt_out(text, zone)
}

fn valid(year: i64, month: i64, day: i64) -> Option<Date> {
    let (year, month, day) = (year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?);
    Date::new(year, month, day).ok()
}

/// A day of the calendar; the 31st of February is the 2nd or 3rd of March.
fn rolled(year: i64, month: i64, day: i64) -> Option<Date> {
    let months = year.checked_mul(12)?.checked_add(month - 1)?;
    let first = valid(months.div_euclid(12), months.rem_euclid(12) + 1, 1)?;
    first.checked_add(Span::new().try_days(day - 1).ok()?).ok()
}

fn at_local(when: DateTime, zone: &TimeZone) -> Moment {
    match zone.to_ambiguous_timestamp(when).compatible() {
        Ok(timestamp) => Moment::At(timestamp.as_millisecond() as f64),
        Err(_) => Moment::Invalid,
    }
}

/// Midnight of the day that a moment falls on.
pub(crate) fn start_of_day(now: Timestamp, zone: &TimeZone) -> Moment {
    at_local(zone.to_datetime(now).date().to_datetime(Time::midnight()), zone)
}

/// `2024-01-31T10:00[:00[.000]][Z|±01:00]`; without an offset the zone decides.
pub(crate) fn iso(text: &str, zone: &TimeZone) -> Moment {
    let Some((date, time)) = text.split_once('T') else { return Moment::Invalid };
    let Ok(date) = date.parse::<Date>() else { return Moment::Invalid };
    let (clock, offset) = match time.find(['Z', '+', '-']) {
        Some(at) => time.split_at(at),
        None => (time, ""),
    };
    let Some(clock) = clock_time(clock) else { return Moment::Invalid };
    let when = date.to_datetime(clock);
    match offset {
        "" => at_local(when, zone),
        "Z" => offset_moment(when, 0),
        offset => match offset_seconds(offset) {
            Some(seconds) => offset_moment(when, seconds),
            None => Moment::Invalid,
        },
    }
}

fn offset_moment(when: DateTime, seconds: i32) -> Moment {
    let offset = Offset::from_seconds(seconds).and_then(|offset| offset.to_timestamp(when));
    offset.map_or(Moment::Invalid, |at| Moment::At(at.as_millisecond() as f64))
}

/// `10:00`, `10:00:00` or `10:00:00.000`.
pub(crate) fn clock_time(text: &str) -> Option<Time> {
    let mut parts = text.split(':');
    let two = |part: Option<&str>| {
        let part = part?;
        (part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse().ok())?
    };
    let (hour, minute) = (two(parts.next())?, two(parts.next())?);
    let (mut second, mut nanosecond) = (0, 0);
    if let Some(rest) = parts.next() {
        let (whole, fraction) = rest.split_once('.').unwrap_or((rest, ""));
        second = two(Some(whole))?;
        if !fraction.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let digits = format!("{fraction:0<9}");
        nanosecond = digits[..9].parse::<i32>().ok()? / 1_000_000 * 1_000_000;
    }
    if parts.next().is_some() {
        return None;
    }
    Time::new(hour, minute, second, nanosecond).ok()
}

/// `+01:00` or `+0100` in seconds.
pub(crate) fn offset_seconds(text: &str) -> Option<i32> {
    let sign = match text.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let digits = text[1..].replace(':', "");
    if digits.len() != 4 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number = digits.parse::<i32>().ok()?;
    (number % 100 < 60).then_some(sign * (number / 100 * 3_600 + number % 100 * 60))
}

/// `Mon Nov 23 2026 09:14:26 GMT-0700 (Mountain Standard Time)`, as browsers print dates.
fn spelt_out(text: &str, zone: &TimeZone) -> Moment {
    let text = text.split('(').next().unwrap_or_default();
    let (mut month, mut day, mut year, mut clock, mut offset) = (None, None, None, None, None);
    for word in text.split([' ', ',']).filter(|word| !word.is_empty()) {
        let known = ENGLISH.months.iter().position(|name| word.starts_with(name));
        if let Some(index) = known {
            month = Some(index as i64 + 1);
        } else if let Some(zone) = word.strip_prefix("GMT") {
            offset = Some(if zone.is_empty() { Some(0) } else { offset_seconds(zone) });
        } else if word.contains(':') {
            clock = clock_time(word);
        } else if let Ok(number) = word.parse::<i64>() {
            if number > 31 { year = Some(number) } else { day = Some(number) }
        } else if !ENGLISH.days.iter().any(|name| word.starts_with(name)) {
            return Moment::Invalid;
        }
    }
    let (Some(year), Some(month), Some(day)) = (year, month, day) else { return Moment::Invalid };
    let Some(date) = valid(year, month, day) else { return Moment::Invalid };
    let when = date.to_datetime(clock.unwrap_or(Time::midnight()));
    match offset {
        None => at_local(when, zone),
        Some(Some(seconds)) => offset_moment(when, seconds),
        Some(None) => Moment::Invalid,
    }
}

/// Writes a moment by a pattern, `%Y-%m-%d %H:%M`, with the names of a language.
pub(crate) fn format(
    moment: Moment,
    pattern: &str,
    zone: &TimeZone,
    language: Option<&str>,
) -> Result<String, String> {
    let names = names_of_days::of(language);
    let Some((local, _)) = moment.local(zone) else { return Ok(String::new()) };
    let mut out = String::new();
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        if c != '%' {
            out.push(c);
            continue;
        }
        let Some(c) = chars.next() else {
            return Err("a date format must not end with '%'".to_owned());
        };
        match c {
            '%' => out.push('%'),
            'Y' => out.push_str(&format!("{:04}", local.year())),
            'y' => out.push_str(&format!("{:02}", local.year() % 100)),
            'm' => out.push_str(&format!("{:02}", local.month())),
            'n' => out.push_str(&local.month().to_string()),
            'b' => out.push_str(names.months[(local.month() - 1) as usize]),
            'd' => out.push_str(&format!("{:02}", local.day())),
            'e' => out.push_str(&local.day().to_string()),
            'H' => out.push_str(&format!("{:02}", local.hour())),
            'h' => out.push_str(&local.hour().to_string()),
            'M' => out.push_str(&format!("{:02}", local.minute())),
            'S' => out.push_str(&format!("{:02}", local.second())),
            '3' => out.push_str(&format!("{:03}", local.millisecond())),
            'a' => {
                let day = local.date().weekday().to_monday_zero_offset();
                out.push_str(names.days[day as usize]);
            }
            other => return Err(format!("a date format does not know '%{other}'")),
        }
    }
    Ok(out)
}
