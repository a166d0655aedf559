//! Answers as each data type stores them: whole numbers without a fraction, dates without a time.
//! What cannot be one is stored as nothing.

use unicode_normalization::UnicodeNormalization;

use crate::xpath::number_text;

/// The stored form of an answer.
pub(crate) fn stored(data_type: &str, text: &str) -> String {
    match data_type {
        "int" | "integer" | "long" => whole(text),
        "decimal" | "double" | "float" => number(text).map(decimal).unwrap_or_default(),
        "boolean" => match text {
            "true" => "1".to_owned(),
            "false" => "0".to_owned(),
            other => other.to_owned(),
        },
        "date" => date(text),
        "time" => {
            if is_time(text) {
                text.to_owned()
            } else {
                String::new()
            }
        }
        "dateTime" => {
            if is_date_time(text) {
                text.to_owned()
            } else {
                String::new()
            }
        }
        "geopoint" => point(text).unwrap_or_default(),
        "geotrace" | "geoshape" => line(text, data_type == "geoshape").unwrap_or_default(),
        _ if text.is_ascii() => text.to_owned(),
        _ => text.nfc().collect(),
    }
}

/// Whole numbers of 32 bits, as XML Schema has `int`; a fraction is cut off.
fn whole(text: &str) -> String {
    let bounds = f64::from(i32::MIN)..=f64::from(i32::MAX);
    match number(text).map(f64::trunc).filter(|number| bounds.contains(number)) {
        Some(number) => number_text(number),
        None => String::new(),
    }
}

/// At least one digit after the point.
fn decimal(number: f64) -> String {
    let text = format!("{number}");
    if text.contains('.') { text } else { format!("{text}.0") }
}

fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    let known = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | 'e' | 'E');
    if text.is_empty() || !text.chars().all(known) {
        return None;
    }
    text.parse::<f64>().ok().filter(|number| number.is_finite())
}

/// A date, or the date of a date with a time; a moment with an offset is no date.
fn date(text: &str) -> String {
    let (day, time) = text.split_once('T').unwrap_or((text, ""));
    let plain = time.bytes().all(|byte| byte.is_ascii_digit() || byte == b':' || byte == b'.');
    match day.parse::<jiff::civil::Date>() {
        Ok(_) if day.len() == 10 && plain => day.to_owned(),
        _ => String::new(),
    }
}

/// `10:00:00`, with a fraction and an offset if wanted.
fn is_time(text: &str) -> bool {
    let (clock, offset) = match text.find(['Z', 'z', '+', '-']) {
        Some(at) => text.split_at(at),
        None => (text, ""),
    };
    let (whole, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let parts = whole.split(':').map(|part| (part.len(), part.parse::<u8>())).collect::<Vec<_>>();
    let [(2, Ok(hour)), (2, Ok(minute)), (2, Ok(second))] = parts.as_slice() else { return false };
    *hour < 24
        && *minute < 60
        && *second < 60
        && !fraction.is_empty()
        && fraction.bytes().all(|byte| byte.is_ascii_digit())
        && is_offset(offset)
}

/// Nothing, `Z`, or up to fourteen hours.
fn is_offset(text: &str) -> bool {
    let bytes = text.as_bytes();
    match bytes {
        [] | [b'Z' | b'z'] => true,
        [b'+' | b'-', h1, h2, b':', m1, m2] => {
            let digits = [h1, h2, m1, m2].iter().all(|byte| byte.is_ascii_digit());
            digits && (*h1 == b'0' || (*h1 == b'1' && *h2 <= b'4')) && *m1 <= b'5'
        }
        _ => false,
    }
}

fn is_date_time(text: &str) -> bool {
    let Some((day, time)) = text.split_once('T') else { return false };
    day.len() == 10 && day.parse::<jiff::civil::Date>().is_ok() && is_time(time)
}

/// Latitude, longitude, altitude and accuracy; 0 0 means that no place was found.
fn point(text: &str) -> Option<String> {
    let mut numbers = text.split_whitespace().map(number).collect::<Option<Vec<_>>>()?;
    if !(2..=4).contains(&numbers.len()) {
        return None;
    }
    numbers.resize(4, 0.0);
    let valid = numbers[0].abs() <= 90.0 && numbers[1].abs() <= 180.0;
    if !valid || (numbers[0] == 0.0 && numbers[1] == 0.0) {
        return None;
    }
    Some(numbers.into_iter().map(decimal).collect::<Vec<_>>().join(" "))
}

/// Points apart by semicolons: a closed ring for a shape, an open line for a trace.
fn line(text: &str, shape: bool) -> Option<String> {
    let text = text.trim().trim_end_matches(';');
    let points = text.split(';').map(|part| point(part.trim())).collect::<Option<Vec<_>>>()?;
    let place = |text: &String| text.split(' ').take(2).map(str::to_owned).collect::<Vec<_>>();
    let closed = points.first().map(place) == points.last().map(place);
    let least = if shape { 3 } else { 2 };
    (points.len() >= least && closed == shape).then(|| points.join(";"))
}
