//! The `range` question: a slider or a scale from `start` to `end` in steps. All arithmetic is
//! decimal, since 0.1 must be a step of 0.3.

use super::controls::add_attributes;
use super::element::Element;
use super::parameters::{self, Parameters};
use super::rows::{Row, Rows};
use super::{names, value::Value};
use crate::Problem;

const ACCEPTED: [&str; 6] =
    ["end", "placeholder", "start", "step", "tick_interval", "tick_labelset"];

/// A decimal number in units of 10⁻¹⁵.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Decimal(i128);

const ONE: i128 = 1_000_000_000_000_000;

impl Decimal {
    /// `None` for text that is no finite number, or one beyond a million million.
    fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let (negative, digits) = match mantissa.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, mantissa.strip_prefix('+').unwrap_or(mantissa)),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        if (whole.is_empty() && fraction.is_empty()) || whole.len() + fraction.len() > 24 {
            return None;
        }
        let digits = format!("{whole}{fraction}");
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let number = digits.parse::<i128>().ok()?;
        let shift = 15 + exponent - i32::try_from(fraction.len()).ok()?;
        let scale = 10_i128.checked_pow(shift.unsigned_abs().min(38))?;
        let number = if shift >= 0 { number.checked_mul(scale)? } else { number / scale };
        (number < ONE.checked_mul(1_000_000_000_000)?).then_some(Self(if negative {
            -number
        } else {
            number
        }))
    }

    fn is_whole(self) -> bool {
        self.0 % ONE == 0
    }
}

pub(crate) fn read(rows: &mut Rows, row: Row) -> Result<Element, Problem> {
    let number = row.number;
    let wrong = |advice: &str| {
        Problem::in_cell(
            "survey",
            number,
            "parameters",
            &format!("For the 'range' question type, {advice}"),
        )
    };
    let mut given = row.parameters.clone();
    parameters::check(&given, &ACCEPTED, number)?;
    let appearance = names::text_in(&row.row, "control", "appearance").unwrap_or_default();
    let marks = ["tick_interval", "placeholder", "tick_labelset"];
    if !appearance.is_empty()
        && !appearance.contains("vertical")
        && !appearance.contains("no-ticks")
        && marks.iter().any(|key| given.contains_key(*key))
    {
        return Err(wrong(
            "the parameters 'tick_interval', 'placeholder', and 'tick_labelset' are only \
             supported for the appearances 'vertical', 'no-ticks', 'vertical no-ticks', and the \
             default (empty) horizontal.",
        ));
    }
    for (key, value) in [("start", "1"), ("end", "10"), ("step", "1")] {
        given.entry(key.to_owned()).or_insert_with(|| value.to_owned());
    }
    let decimal = |key: &str| match given.get(key) {
        None => Ok(None),
        Some(text) => match Decimal::parse(text) {
            None => Err(wrong(&format!("the parameter '{key}' must be a number."))),
            number => Ok(number),
        },
    };
    let required = |key: &str| decimal(key).map(|number| number.unwrap_or(Decimal(ONE)));
    let (start, end, step) = (required("start")?, required("end")?, required("step")?);
    let (interval, placeholder) = (decimal("tick_interval")?, decimal("placeholder")?);
    let labels = given.get("tick_labelset").cloned();
    let width = (end.0 - start.0).abs();

    let check_step = |key: &str, value: Decimal| {
        if value.0 == 0 {
            return Err(wrong(&format!("the parameter '{key}' must not be '0' (zero).")));
        }
        if value.0 > width {
            return Err(wrong(&format!(
                "the parameter '{key}' must not be larger than the range (the difference between \
                 'start' and 'end')."
            )));
        }
        Ok(())
    };
    check_step("step", step)?;
    let multiple =
        |key: &str| wrong(&format!("the parameter '{key}' must be a multiple of 'step'."));
    if let Some(interval) = interval {
        check_step("tick_interval", interval)?;
        if interval.0 % step.0 != 0 {
            return Err(multiple("tick_interval"));
        }
        rename(&mut given, "tick_interval", "odk:tick-interval");
    }
    let (low, high) = (start.min(end), start.max(end));
    if let Some(placeholder) = placeholder {
        if (placeholder.0 - start.0) % step.0 != 0 {
            return Err(multiple("placeholder"));
        }
        if placeholder < low || placeholder > high {
            return Err(wrong(
                "the parameter 'placeholder' must be between the 'start' and 'end' values, \
                 inclusive).",
            ));
        }
        rename(&mut given, "placeholder", "odk:placeholder");
    }
    if let Some(labels) = &labels {
        let no_ticks = appearance.contains("no-ticks");
        check_labels(rows, labels, (start, end), step, interval, no_ticks, &wrong)?;
        given.shift_remove("tick_labelset");
    }

    let mut element = row.element("range");
    let all_whole = [Some(start), Some(end), Some(step), interval, placeholder];
    if all_whole.into_iter().flatten().any(|number| !number.is_whole()) {
        element.bind_mut().insert("type".to_owned(), Value::from("decimal"));
    }
    add_attributes(&mut element, &given);
    element.parameters = given;
    element.itemset = labels;
    Ok(element)
}

fn rename(parameters: &mut Parameters, from: &str, to: &str) {
    if let Some(value) = parameters.shift_remove(from) {
        parameters.insert(to.to_owned(), value);
    }
}

/// Every label must stand at a place that the scale has.
fn check_labels(
    rows: &Rows,
    list: &str,
    (start, end): (Decimal, Decimal),
    step: Decimal,
    interval: Option<Decimal>,
    no_ticks: bool,
    wrong: &dyn Fn(&str) -> Problem,
) -> Result<(), Problem> {
    let Some(labels) = rows.lists.choices.get(list) else {
        return Err(wrong(
            "the parameter 'tick_labelset' must be a choice list name from the 'list_name' \
             column on the choices sheet.",
        ));
    };
    let mut seen = Vec::new();
    for label in labels {
        let name = names::text_of(label, "name").unwrap_or_default();
        let Some(value) = Decimal::parse(name) else {
            return Err(wrong("the parameter 'unknown' choice values must all be numbers."));
        };
        if value < start.min(end) || value > start.max(end) {
            return Err(wrong(
                "the parameter 'tick_labelset' choices must be between the 'start' and 'end' \
                 values, inclusive.",
            ));
        }
        let off = |by: Decimal| (value.0 - start.0) % by.0 != 0;
        let by = match interval {
            Some(interval) if off(interval) => Some("tick_interval"),
            _ if off(step) => Some("step"),
            _ => None,
        };
        if let Some(by) = by {
            return Err(wrong(&format!(
                "the parameter 'tick_labelset' choices' values must be equal to the start of the \
                 range plus a multiple of '{by}'."
            )));
        }
        if !seen.contains(&value) {
            seen.push(value);
        }
    }
    if no_ticks {
        if seen.len() > 2 {
            return Err(wrong(
                "the parameter 'tick_labelset' choice list must have only 2 items when the \
                 'appearance' is 'no-ticks'.",
            ));
        }
        seen.sort();
        let mut ends = vec![start, end];
        ends.sort();
        ends.dedup();
        if seen != ends {
            return Err(wrong(
                "the parameter 'tick_labelset' choice list values may onlymatch the range \
                 'start' and 'end' values when the 'appearance' is 'no-ticks'.",
            ));
        }
    }
    Ok(())
}
