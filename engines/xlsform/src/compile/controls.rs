//! Question types that take parameters: text, pictures, sound, places. Selects and ranges have
//! files of their own.

use super::element::{Action, Element};
use super::parameters::{self, Parameters};
use super::rows::{Row, Rows};
use super::value::Value;
use super::{names, range, reference};
use crate::Problem;

const GEOPOINT: [&str; 4] =
    ["allow-mock-accuracy", "capture-accuracy", "reference-geometry", "warning-accuracy"];
const GEOLINE: [&str; 3] = ["allow-mock-accuracy", "incremental", "reference-geometry"];

/// Reads a question that is neither a select nor a group.
pub(crate) fn read(rows: &mut Rows, row: Row, question_type: &str) -> Result<Element, Problem> {
    match question_type {
        "range" => range::read(rows, row),
        "text" => text(&row),
        "photo" => photo(rows, row),
        "audio" => audio(&row),
        "background-audio" => background_audio(&row),
        "geopoint" | "geoshape" | "geotrace" => geometry(rows, &row, question_type),
        "start-geopoint" => {
            let mut element = row.element(question_type);
            element.actions.push(Action::new("odk:setgeopoint", Action::FIRST_LOAD));
            Ok(element)
        }
        "background-geopoint" => {
            if row.triggers.is_empty() {
                return Err(Problem::error(format!(
                    "[row : {}] For 'background-geopoint' questions, the 'trigger' column must \
                     not be empty.",
                    row.number
                ))
                .at("survey", row.number)
                .column("trigger"));
            }
            if names::text_in(&row.row, "bind", "calculate").is_some() {
                return Err(Problem::error(format!(
                    "[row : {}] For 'background-geopoint' questions, the 'calculation' column \
                     must be empty.",
                    row.number
                ))
                .at("survey", row.number)
                .column("calculation"));
            }
            Ok(row.element(question_type))
        }
        other => Ok(row.element(other)),
    }
}

fn text(row: &Row) -> Result<Element, Problem> {
    parameters::check(&row.parameters, &["rows"], row.number)?;
    let mut element = row.element("text");
    if let Some(rows) = row.parameters.get("rows") {
        if rows.parse::<i64>().is_err() {
            return Err(Problem::in_row(row.number, " Parameter rows must have an integer value."));
        }
        element.control.insert("rows".to_owned(), rows.as_str().into());
    }
    Ok(element)
}

fn photo(rows: &mut Rows, mut row: Row) -> Result<Element, Problem> {
    if let Some(default) = names::text_of(&row.row, "default")
        && !default.is_empty()
        && !default.contains("jr://images/")
    {
        let path = format!("jr://images/{default}");
        row.row.insert("default".to_owned(), path.into());
    }
    parameters::check(&row.parameters, &["app", "max-pixels"], row.number)?;
    let mut element = row.element("photo");
    match row.parameters.get("max-pixels") {
        Some(pixels) if pixels.parse::<i64>().is_err() => {
            return Err(Problem::error("Parameter max-pixels must have an integer value.")
                .at("survey", row.number));
        }
        Some(pixels) => {
            element.bind_mut().insert("orx:max-pixels".to_owned(), pixels.as_str().into());
        }
        None => rows.warn(Problem::in_row(
            row.number,
            " Use the max-pixels parameter to speed up submission sending and save storage \
             space. Learn more: https://xlsform.org/#image",
        )),
    }
    if let Some(app) = row.parameters.get("app")
        && matches!(names::text_in(&row.row, "control", "appearance"), None | Some("annotate"))
    {
        if let Err(reason) = android_package(app) {
            return Err(Problem::in_row(
                row.number,
                format!(" Parameter 'app' has an invalid Android package name - {reason}"),
            ));
        }
        element.control.insert("intent".to_owned(), app.as_str().into());
    }
    Ok(element)
}

fn android_package(name: &str) -> Result<(), &'static str> {
    if name.trim().is_empty() {
        return Err("package name is missing.");
    }
    if !name.contains('.') {
        return Err("the package name must have at least one '.' separator.");
    }
    if name.ends_with('.') {
        return Err("the package name cannot end in a '.' separator.");
    }
    for segment in name.split('.') {
        if segment.is_empty() {
            return Err("package segments must be of non-zero length.");
        }
    }
    if name.split('.').any(|segment| segment.starts_with('_')) {
        return Err("the character '_' cannot be the first character in a package name segment.");
    }
    if name.split('.').any(|segment| segment.starts_with(|c: char| c.is_ascii_digit())) {
        return Err("a digit cannot be the first character in a package name segment.");
    }
    if name.contains(|c: char| !(c.is_ascii_alphanumeric() || c == '.' || c == '_')) {
        return Err(
            "the package name can only include letters (a-z, A-Z), numbers (0-9), dots (.), and \
             underscores (_).",
        );
    }
    Ok(())
}

fn audio(row: &Row) -> Result<Element, Problem> {
    let mut element = row.element("audio");
    if let Some(quality) = quality(row, &["voice-only", "low", "normal", "external"])? {
        element.bind_mut().insert("odk:quality".to_owned(), quality.into());
    }
    Ok(element)
}

fn background_audio(row: &Row) -> Result<Element, Problem> {
    let mut element = row.element("background-audio");
    let mut action = Action::new("odk:recordaudio", Action::LOAD);
    action.quality = quality(row, &["voice-only", "low", "normal"])?.map(str::to_owned);
    element.actions.push(action);
    Ok(element)
}

fn quality<'a>(row: &'a Row, accepted: &[&str]) -> Result<Option<&'a str>, Problem> {
    parameters::check(&row.parameters, &["quality"], row.number)?;
    match row.parameters.get("quality") {
        Some(quality) if !accepted.contains(&quality.as_str()) => {
            Err(Problem::error("Invalid value for quality.").at("survey", row.number))
        }
        quality => Ok(quality.map(String::as_str)),
    }
}

fn geometry(rows: &mut Rows, row: &Row, question_type: &str) -> Result<Element, Problem> {
    let given = &row.parameters;
    let mut element = row.element(question_type);
    if question_type == "geopoint" {
        parameters::check(given, &GEOPOINT, row.number)?;
        let accuracies = [
            ("capture-accuracy", "accuracyThreshold"),
            ("warning-accuracy", "unacceptableAccuracyThreshold"),
        ];
        for (key, attribute) in accuracies {
            if let Some(metres) = given.get(key) {
                if metres.parse::<f64>().is_err() {
                    return Err(wrong(
                        row,
                        &format!("The '{key}' parameter must have a numeric value."),
                    ));
                }
                element.control.insert(attribute.to_owned(), metres.as_str().into());
            }
        }
    } else {
        parameters::check(given, &GEOLINE, row.number)?;
        if let Some(value) = given.get("incremental") {
            if names::yes_no(value) != Some(true) {
                return Err(wrong(
                    row,
                    "For geoshape and geotrace questions, the 'incremental' parameter may either \
                     be 'true' or not included.",
                ));
            }
            element.control.insert("incremental".to_owned(), "true".into());
        }
    }
    if let Some(value) = given.get("allow-mock-accuracy") {
        if !matches!(value.as_str(), "true" | "false") {
            return Err(wrong(
                row,
                "The 'allow-mock-accuracy' parameter must be either 'true' or 'false'.",
            ));
        }
        element.bind_mut().insert("odk:allow-mock-accuracy".to_owned(), value.as_str().into());
    }
    if let Some(value) = given.get("reference-geometry") {
        rows.geometry_references.push((value.clone(), row.number));
        element.itemset = Some(value.clone());
    }
    Ok(element)
}

fn wrong(row: &Row, advice: &str) -> Problem {
    Problem::in_cell("survey", row.number, "parameters", advice)
}

/// A reference geometry must be a list, a file, an entity list or a repeat.
pub(crate) fn check_geometries(rows: &mut Rows) {
    for (target, row) in std::mem::take(&mut rows.geometry_references) {
        let known = rows.secondary_instances.contains(&target)
            || rows.lists.choices.contains_key(&target)
            || rows.entities.as_ref().is_some_and(|entities| entities.has(&target))
            || reference::only(&target).is_some_and(|found| rows.is_repeat(found.name));
        if !known {
            rows.problems.push(Problem::in_cell(
                "survey",
                row,
                "parameters",
                "The 'reference-geometry' parameter must either match a secondary instance name \
                 (a choices list_name, an entities list_name, or the base name of an attached \
                 file), or be a reference variable containing the name of a repeat.",
            ));
        }
    }
}

/// Adds parameters to the attributes of the control.
pub(crate) fn add_attributes(element: &mut Element, parameters: &Parameters) {
    for (key, value) in parameters {
        element.control.insert(key.clone(), Value::from(value.as_str()));
    }
}
