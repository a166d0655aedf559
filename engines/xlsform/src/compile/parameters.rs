//! The `parameters` column: `start=1 end=10 step=1`, separated by spaces, commas or semicolons.

use indexmap::IndexMap;

use crate::Problem;

pub(crate) type Parameters = IndexMap<String, String>;

/// Reads the pairs. Keys are in lower case, and so are values, except those that name columns of
/// an attached file.
pub(crate) fn parse(text: &str, row: u32) -> Result<Parameters, Problem> {
    let wrong = || {
        Problem::in_cell(
            "survey",
            row,
            "parameters",
            "Parameters must be in the form of 'key1=value1 key2=value2.",
        )
    };
    let mut tokens: Vec<&str> = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',' || c == ';');
        if rest.is_empty() {
            break;
        }
        let end = if rest.starts_with('=') {
            1
        } else {
            rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | ',' | ';'))
                .unwrap_or(rest.len())
        };
        tokens.push(&rest[..end]);
        rest = &rest[end..];
    }
    let mut parameters = Parameters::new();
    for pair in tokens.chunks(3) {
        let [key, "=", value] = pair else { return Err(wrong()) };
        if *key == "=" || *value == "=" {
            return Err(wrong());
        }
        let key = key.to_lowercase();
        let value = match key.as_str() {
            "label" | "value" => (*value).to_owned(),
            _ => value.to_lowercase(),
        };
        parameters.insert(key, value);
    }
    Ok(parameters)
}

/// Complains of keys that the question type does not take. `accepted` is in alphabetical order.
pub(crate) fn check(parameters: &Parameters, accepted: &[&str], row: u32) -> Result<(), Problem> {
    let mut unknown =
        parameters.keys().filter(|key| !accepted.contains(&key.as_str())).collect::<Vec<_>>();
    if unknown.is_empty() {
        return Ok(());
    }
    unknown.sort();
    let unknown = unknown.iter().map(|key| key.as_str()).collect::<Vec<_>>().join(", ");
    Err(Problem::in_cell(
        "survey",
        row,
        "parameters",
        &format!(
            "The accepted parameter keys for this question type are '{}'. The following are \
             invalid parameter key(s): '{unknown}'.",
            accepted.join(", ")
        ),
    ))
}
