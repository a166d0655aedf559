//! The `audit` row: what a client records about the filling itself (times, places, changes).

use super::element::{Element, Kind};
use super::parameters::{self, Parameters};
use super::value::{Map, Value};
use crate::Problem;

const ACCEPTED: [&str; 6] = [
    "identify-user",
    "location-max-age",
    "location-min-interval",
    "location-priority",
    "track-changes",
    "track-changes-reasons",
];
const LOCATION: [&str; 3] = ["location-priority", "location-min-interval", "location-max-age"];
const PRIORITIES: [&str; 4] = ["no-power", "low-power", "balanced", "high-accuracy"];

pub(crate) fn read(row: &mut Map, given: &Parameters, number: u32) -> Result<Element, Problem> {
    let fail = |message: String| Err(Problem::error(message).at("survey", number));
    if row.get("name").and_then(Value::text).is_some_and(|name| !matches!(name, "" | "audit")) {
        return Err(Problem::in_row(
            number,
            " Audits must always be named 'audit.' The name column should be left blank.",
        ));
    }
    row.insert("name".to_owned(), "audit".into());
    let mut element = Element::from_row(Kind::Question, "audit", row, number);
    parameters::check(given, &ACCEPTED, number)?;

    if let Some(value) = given.get("track-changes") {
        yes_or_no("track-changes", value, number)?;
        bind(&mut element, "track-changes", value);
    }
    if let Some(value) = given.get("track-changes-reasons") {
        if value != "on-form-edit" {
            return fail("track-changes-reasons must be set to on-form-edit".to_owned());
        }
        bind(&mut element, "track-changes-reasons", value);
    }
    if let Some(value) = given.get("identify-user") {
        yes_or_no("identify-user", value, number)?;
        bind(&mut element, "identify-user", value);
    }
    if LOCATION.iter().any(|key| given.contains_key(*key)) {
        let [Some(priority), Some(interval), Some(age)] = LOCATION.map(|key| given.get(key)) else {
            return fail(
                "To include location information in the audit, 'location-priority', \
                 'location-min-interval', and 'location-max-age' are required parameters."
                    .to_owned(),
            );
        };
        if !PRIORITIES.contains(&priority.as_str()) {
            return fail(format!(
                "Parameter location-priority must be set to no-power, low-power, balanced, or \
                 high-accuracy:'{priority}' is an invalid value"
            ));
        }
        let seconds = |key: &str, value: &str, gap: &str| {
            let advice = match value.trim().parse::<i64>() {
                Err(_) => "have an integer value.".to_owned(),
                Ok(value) if value < 0 => {
                    format!("be greater {gap}than or equal to zero.")
                }
                Ok(value) => return Ok(value),
            };
            let message = format!("Parameter {key} must {advice}");
            Err(Problem::error(message).at("survey", number))
        };
        let least = seconds("location-min-interval", interval, "")?;
        // The published message has two spaces here, and clients compare it.
        let most = seconds("location-max-age", age, " ")?;
        if most < least {
            return fail(
                "Parameter location-max-age must be greater than or equal to \
                 location-min-interval."
                    .to_owned(),
            );
        }
        bind(&mut element, "location-max-age", age);
        bind(&mut element, "location-min-interval", interval);
        bind(&mut element, "location-priority", priority);
    }
    element.complete();
    Ok(element)
}

fn bind(element: &mut Element, key: &str, value: &str) {
    element.bind_mut().insert(format!("odk:{key}"), value.into());
}

fn yes_or_no(key: &str, value: &str, number: u32) -> Result<(), Problem> {
    if matches!(value, "true" | "false") {
        return Ok(());
    }
    Err(Problem::error(format!(
        "{key} must be set to true or false: '{value}' is an invalid value."
    ))
    .at("survey", number))
}
