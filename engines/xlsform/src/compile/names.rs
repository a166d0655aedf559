//! What may be a name, and which names mean the same: the columns, question types and answers
//! that XLSForms have been written with since 2010.

use super::value::{Map, Value};

pub(crate) use crate::xml::name::{
    is_element_name, name_length, prefixed_name_length, starts_name,
};

pub(crate) const NAME_RULE: &str = "Names must begin with a letter or underscore. After the first \
     character, names may contain letters, digits, underscores, hyphens, or periods.";

/// Yes and no as people write them; `None` for anything else.
pub(crate) fn yes_no(text: &str) -> Option<bool> {
    match text {
        "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "true()" => Some(true),
        "no" | "No" | "NO" | "false" | "False" | "FALSE" | "false()" => Some(false),
        _ => None,
    }
}

/// A bind's yes and no become the XPath functions.
pub(crate) fn bind_condition(text: &str) -> Option<&'static str> {
    match text {
        "true()" | "false()" => None,
        text => yes_no(text).map(|yes| if yes { "true()" } else { "false()" }),
    }
}

/// The binds that take a condition, and so may say yes and no.
pub(crate) const CONDITIONS: [&str; 5] =
    ["readonly", "required", "relevant", "constraint", "calculate"];

/// What `begin …` and `end …` can enclose.
pub(crate) fn container(word: &str) -> Option<&'static str> {
    Some(match word {
        "group" => "group",
        "lgroup" | "repeat" | "looped group" => "repeat",
        "loop" => "loop",
        _ => return None,
    })
}

/// The select commands in the order in which a type is tried against them.
pub(crate) const SELECTS: [(&str, &str); 15] = [
    ("add select one prompt using", "select one"),
    ("add select multiple prompt using", "select all that apply"),
    ("select all that apply from", "select all that apply"),
    ("select one from", "select one"),
    ("select1", "select one"),
    ("select_one", "select one"),
    ("select one", "select one"),
    ("select_multiple", "select all that apply"),
    ("select all that apply", "select all that apply"),
    ("select_one_external", "select one external"),
    ("select_one_from_file", "select one"),
    ("select_multiple_from_file", "select all that apply"),
    ("select one from file", "select one"),
    ("select multiple from file", "select all that apply"),
    ("rank", "rank"),
];

/// The commands that take their choices from an attached file.
pub(crate) fn selects_from_file(command: &str) -> bool {
    command.ends_with("from_file") || command.ends_with("from file")
}

/// Extensions of the files that choices may come from.
pub(crate) const FILE_EXTENSIONS: [&str; 3] = [".xml", ".csv", ".geojson"];

/// `cities.csv` → (`cities`, `.csv`); a leading dot does not begin an extension.
pub(crate) fn split_extension(name: &str) -> (&str, &str) {
    match name.rfind('.') {
        Some(at) if name[..at].chars().any(|c| c != '.') => name.split_at(at),
        _ => (name, ""),
    }
}

/// Question types that are other names of a type.
pub(crate) fn same_type(name: &str) -> &str {
    match name {
        "imei" => "deviceid",
        "image" | "add image prompt" | "add photo prompt" => "photo",
        "add audio prompt" => "audio",
        "add video prompt" => "video",
        "add file prompt" => "file",
        other => other,
    }
}

/// A column's own name and where its cells belong, under a (normalised) header.
pub(crate) type Alias = (&'static str, &'static [&'static str]);

pub(crate) const SURVEY_ALIASES: &[Alias] = &[
    ("sms_field", &["sms_field"]),
    ("sms_option", &["sms_option"]),
    ("sms_separator", &["sms_separator"]),
    ("sms_allow_media", &["sms_allow_media"]),
    ("sms_date_format", &["sms_date_format"]),
    ("sms_datetime_format", &["sms_datetime_format"]),
    ("sms_response", &["sms_response"]),
    ("compact_tag", &["instance", "odk:tag"]),
    ("read_only", &["bind", "readonly"]),
    ("readonly", &["bind", "readonly"]),
    ("relevant", &["bind", "relevant"]),
    ("caption", &["label"]),
    ("appearance", &["control", "appearance"]),
    ("relevance", &["bind", "relevant"]),
    ("required", &["bind", "required"]),
    ("constraint", &["bind", "constraint"]),
    ("constraining_message", &["bind", "jr:constraintMsg"]),
    ("constraint_message", &["bind", "jr:constraintMsg"]),
    ("calculation", &["bind", "calculate"]),
    ("calculate", &["bind", "calculate"]),
    ("command", &["type"]),
    ("tag", &["name"]),
    ("value", &["name"]),
    ("image", &["media", "image"]),
    ("big-image", &["media", "big-image"]),
    ("audio", &["media", "audio"]),
    ("video", &["media", "video"]),
    ("count", &["control", "jr:count"]),
    ("repeat_count", &["control", "jr:count"]),
    ("jr:count", &["control", "jr:count"]),
    ("autoplay", &["control", "autoplay"]),
    ("rows", &["control", "rows"]),
    ("noapperrorstring", &["bind", "jr:noAppErrorString"]),
    ("no_app_error_string", &["bind", "jr:noAppErrorString"]),
    ("requiredmsg", &["bind", "jr:requiredMsg"]),
    ("required_message", &["bind", "jr:requiredMsg"]),
    ("body", &["control"]),
    ("save_to", &["bind", "entities:saveto"]),
];

pub(crate) const SURVEY_COLUMNS: &[&str] = &[
    "name",
    "label",
    "parent",
    "extra_data",
    "actions",
    "default",
    "guidance_hint",
    "instance",
    "query",
    "sms_field",
    "trigger",
    "bind",
    "choice_filter",
    "control",
    "hint",
    "media",
    "parameters",
    "type",
    "choices",
    "itemset",
    "list_name",
];

pub(crate) const LIST_ALIASES: &[Alias] = &[
    ("caption", &["label"]),
    ("list_name", &["list name"]),
    ("value", &["name"]),
    ("image", &["media", "image"]),
    ("big-image", &["media", "big-image"]),
    ("audio", &["media", "audio"]),
    ("video", &["media", "video"]),
];

pub(crate) const LIST_COLUMNS: &[&str] =
    &["name", "label", "parent", "extra_data", "media", "sms_option"];

pub(crate) const SETTINGS_ALIASES: &[Alias] = &[
    ("form_title", &["title"]),
    ("set_form_title", &["title"]),
    ("form_id", &["id_string"]),
    ("set_form_id", &["id_string"]),
    ("prefix", &["prefix"]),
];

pub(crate) const SETTINGS_COLUMNS: &[&str] = &[
    "name",
    "label",
    "parent",
    "extra_data",
    "bind",
    "children",
    "control",
    "hint",
    "media",
    "type",
    "instance",
    "flat",
    "sms_field",
    "add_none_option",
    "clean_text_values",
    "attribute",
    "auto_delete",
    "auto_send",
    "choices",
    "default_language",
    "file_name",
    "id_string",
    "instance_name",
    "instance_xmlns",
    "namespaces",
    "omit_instanceID",
    "public_key",
    "sms_allow_media",
    "sms_date_format",
    "sms_datetime_format",
    "sms_keyword",
    "sms_response",
    "sms_separator",
    "style",
    "submission_url",
    "title",
    "version",
    "allow_choice_duplicates",
    "client_editable",
    "delimiter",
    "prefix",
    "entity_version",
];

pub(crate) const ENTITIES_ALIASES: &[Alias] = &[("list_name", &["dataset"])];

pub(crate) const ENTITIES_COLUMNS: &[&str] =
    &["dataset", "entity_id", "create_if", "update_if", "repeat", "label"];

/// Text of a top-level column, if the row has it.
pub(crate) fn text_of<'a>(row: &'a Map, column: &str) -> Option<&'a str> {
    row.get(column).and_then(Value::text)
}

/// Text of a nested column: `bind` and `calculate`.
pub(crate) fn text_in<'a>(row: &'a Map, group: &str, column: &str) -> Option<&'a str> {
    row.get(group).and_then(Value::map).and_then(|group| text_of(group, column))
}

/// Sheets whose name is at most two letters away from the one that is missing.
pub(crate) fn similar_sheets(missing: &str, names: &[String]) -> Option<String> {
    let close = names.iter().filter(|name| {
        !name.starts_with('_')
            && !crate::workbook::KNOWN_SHEETS.contains(&name.as_str())
            && name.len() <= missing.len() + 8
            && distance(&name.to_lowercase(), missing) <= 2
    });
    let close = close.map(|name| format!("'{name}'")).collect::<Vec<_>>();
    (!close.is_empty()).then(|| {
        format!(
            "When looking for a sheet named '{missing}', the following sheets with similar names \
             were found: {}.",
            close.join(", ")
        )
    })
}

/// Letters to insert, remove or replace (Levenshtein 1966).
fn distance(a: &str, b: &str) -> usize {
    let b = b.chars().collect::<Vec<_>>();
    let mut row = (0..=b.len()).collect::<Vec<_>>();
    for (i, left) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, right) in b.iter().enumerate() {
            let replace = diagonal + usize::from(left != *right);
            diagonal = row[j + 1];
            row[j + 1] = replace.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}
