//! Answers as each data type stores them: whole numbers without a fraction, dates without a time.
//! What cannot be one is stored as nothing.

/// The stored form of an answer.
pub(crate) fn stored(data_type: &str, text: &str) -> String {
    match data_type {
        "int" | "integer" | "long" => whole(text),
        "decimal" | "double" | "float" => decimal(text),
        "date" => date(text),
        _ => text.to_owned(),
    }
}

fn whole(text: &str) -> String {
    match number(text) {
        Some(number) => crate::xpath::number_text(number.trunc()),
        None => String::new(),
    }
}

fn decimal(text: &str) -> String {
    number(text).map(crate::xpath::number_text).unwrap_or_default()
}

fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    let known = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | 'e' | 'E');
    if text.is_empty() || !text.chars().all(known) {
        return None;
    }
    text.parse::<f64>().ok().filter(|number| number.is_finite())
}

/// A date, or the date of a date with a time.
fn date(text: &str) -> String {
    let day = text.split('T').next().unwrap_or_default();
    match day.parse::<jiff::civil::Date>() {
        Ok(_) if day.len() == 10 => day.to_owned(),
        _ => String::new(),
    }
}
