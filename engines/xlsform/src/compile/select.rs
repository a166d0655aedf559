//! Selects and ranks: where their choices come from, and the free answer after "other".

use indexmap::{IndexMap, IndexSet};

use super::element::{Choice, ChoiceList, Choices, Element, Kind};
use super::names::{
    FILE_EXTENSIONS, NAME_RULE, SELECTS, is_element_name, selects_from_file, similar_sheets,
    split_extension, text_of,
};
use super::rows::{Row, Rows};
use super::value::{Map, Value};
use super::{parameters, reference};
use crate::Problem;

/// The lists as the sheets hold them, before a question has asked for them.
#[derive(Default)]
pub(crate) struct RawLists {
    pub(crate) choices: IndexMap<String, Vec<Map>>,
    /// Names of the lists of the external_choices sheet; `None` without the sheet.
    pub(crate) external: Option<IndexSet<String>>,
    pub(crate) osm: IndexMap<String, Vec<Map>>,
}

impl RawLists {
    pub(crate) fn osm_tags(&self, list: &str) -> Vec<(String, Option<Value>)> {
        let tags = self.osm.get(list).into_iter().flatten();
        tags.map(|tag| (text_of(tag, "name").unwrap_or("").to_owned(), tag.get("label").cloned()))
            .collect()
    }

    /// The lists in the form in which they are written.
    pub(crate) fn into_choices(self) -> Choices {
        let lists = self.choices.into_iter().map(|(name, rows)| {
            let choices = rows.into_iter().map(choice).collect::<Vec<_>>();
            let in_itext = choices.iter().any(|choice| {
                choice.media.is_some()
                    || match &choice.label {
                        Some(Value::Map(_)) => true,
                        Some(Value::Text(label)) => reference::contains(label),
                        None => false,
                    }
            });
            (name, ChoiceList { choices, in_itext, used_by_search: false })
        });
        lists.collect()
    }
}

fn choice(mut row: Map) -> Choice {
    let text = |value: Option<Value>| value.map(|value| value.display());
    Choice {
        name: text(row.shift_remove("name")).unwrap_or_default(),
        label: row.shift_remove("label"),
        media: match row.shift_remove("media") {
            Some(Value::Map(media)) if !media.is_empty() => Some(media),
            _ => None,
        },
        sms_option: text(row.shift_remove("sms_option")),
        extra: row,
    }
}

/// Cuts rows into lists by their `list_name`; rows without one belong to no list.
pub(crate) fn by_list(rows: Vec<Map>) -> IndexMap<String, Vec<Map>> {
    let mut lists: IndexMap<String, Vec<Map>> = IndexMap::new();
    for mut row in rows {
        if let Some(list) = row.shift_remove("list name") {
            lists.entry(list.display()).or_default().push(row);
        }
    }
    lists
}

pub(crate) struct Command<'a> {
    pub(crate) command: &'static str,
    pub(crate) list: &'a str,
    pub(crate) specify_other: bool,
}

/// `select_one colours or_other` → the command, the list, and whether "other" is asked for.
pub(crate) fn command(text: &str) -> Option<Command<'_>> {
    SELECTS.iter().find_map(|(command, _)| {
        let rest = text.strip_prefix(command)?.strip_prefix(' ')?;
        let (list, after) = match rest.split_once(' ') {
            None => (rest, None),
            Some((list, after)) => (list, Some(after)),
        };
        if list.is_empty() || list.contains(char::is_whitespace) {
            return None;
        }
        let specify_other = match after {
            None => false,
            Some("or specify other" | "or_other" | "or other") => true,
            Some(_) => return None,
        };
        Some(Command { command, list, specify_other })
    })
}

impl Rows<'_> {
    pub(crate) fn select(
        &mut self,
        mut row: Row,
        command: &'static str,
        list: &str,
        specify_other: bool,
    ) -> Result<(), Problem> {
        let kind = SELECTS.iter().find(|(name, _)| *name == command).map_or("", |(_, kind)| kind);
        self.check_list(&row, command, kind, list)?;
        let other = if specify_other { Some(self.specify_other(&row, list)?) } else { None };
        check_parameters(&row, command)?;

        let header = self.in_table(list, kind, &mut row.row, row.number)?;
        let mut element = row.element(kind);
        element.parameters.clone_from(&row.parameters);
        element.itemset = Some(list.to_owned());
        let (_, extension) = split_extension(list);
        let has_filter = element.choice_filter.is_some();
        if has_filter {
            if kind == "select one external" {
                element.query = Some(list.to_owned());
            } else if self.lists.choices.contains_key(list) {
                element.list_name = Some(list.to_owned());
            }
        } else if row.parameters.get("randomize").is_none_or(|value| value != "true")
            && !FILE_EXTENSIONS.contains(&extension)
            && !reference::contains(list)
        {
            element.list_name = Some(list.to_owned());
        }
        if let Some(header) = header {
            self.question(header);
        }
        self.question(element);
        if let Some(other) = other {
            self.question(other);
        }
        Ok(())
    }

    fn check_list(
        &mut self,
        row: &Row,
        command: &str,
        kind: &str,
        list: &str,
    ) -> Result<(), Problem> {
        let number = row.number;
        let (stem, extension) = split_extension(list);
        if kind == "select one external" {
            if !row.row.contains_key("choice_filter") {
                self.warn(Problem::in_row(
                    number,
                    " select one external is only meant for filtered selects.",
                ));
            }
            let Some(external) = &self.lists.external else {
                return Err(self.missing_sheet(
                    "external_choices",
                    "There should be an external_choices sheet in this xlsform.",
                    "Please ensure that the external_choices sheet has columns 'list name', and \
                     'name'.",
                ));
            };
            if !external.contains(list) {
                return Err(Problem::in_row(
                    number,
                    format!("List name not in external choices sheet: {list}"),
                ));
            }
        } else {
            self.secondary_instances.insert(stem.to_owned());
        }
        let from_file = FILE_EXTENSIONS.contains(&extension);
        // More than one dot, or none, is no file name either.
        if selects_from_file(command) && (!from_file || suffixes(list) != 1) {
            let extensions = FILE_EXTENSIONS.map(|extension| format!("'{extension}'")).join(", ");
            return Err(Problem::in_row(
                number,
                format!(
                    " File name for '{command} {list}' should end with one of the supported file \
                     extensions: {extensions}"
                ),
            ));
        }
        if !self.lists.choices.contains_key(list)
            && kind != "select one external"
            && !from_file
            && !reference::contains(list)
        {
            if self.lists.choices.is_empty() {
                return Err(self.missing_sheet(
                    "choices",
                    "There should be a choices sheet in this xlsform.",
                    "Please ensure that the choices sheet has the mandatory columns 'list_name', \
                     'name', and 'label'.",
                ));
            }
            return Err(Problem::in_row(
                number,
                format!(" List name not in choices sheet: {list}"),
            ));
        }
        if kind == "select all that apply" && !from_file {
            let choices = self.lists.choices.get(list).into_iter().flatten();
            let spaced = choices
                .filter_map(|choice| text_of(choice, "name"))
                .find(|name| name.contains(' '));
            if let Some(name) = spaced {
                return Err(Problem::error(format!(
                    "Choice names with spaces cannot be added to multiple choice selects. See \
                     [{name}] in [{list}]"
                ))
                .at("survey", number));
            }
        }
        Ok(())
    }

    fn missing_sheet(&self, name: &str, missing: &str, advice: &str) -> Problem {
        let similar = similar_sheets(name, self.sheet_names);
        let similar = similar.map(|text| format!(" {text}")).unwrap_or_default();
        Problem::error(format!("{missing}{similar} {advice}"))
    }

    /// "Other" among the choices, and the question that takes it down.
    fn specify_other(&mut self, row: &Row, list: &str) -> Result<Element, Problem> {
        self.languages.or_other = true;
        if row.row.get("choice_filter").is_some_and(|filter| !filter.is_empty()) {
            return Err(Problem::in_row(row.number, " Choice filter not supported with or_other."));
        }
        let Some(choices) = self.lists.choices.get_mut(list).filter(|list| !list.is_empty()) else {
            return Err(Problem::in_row(
                row.number,
                " Please specify choices for this 'or other' question.",
            ));
        };
        if !choices.iter().any(|choice| text_of(choice, "name") == Some("other")) {
            let languages = choices
                .iter()
                .filter_map(|choice| choice.get("label").and_then(Value::map))
                .flat_map(Map::keys)
                .cloned()
                .collect::<IndexSet<_>>();
            let label = if languages.is_empty() {
                Value::from("Other")
            } else {
                Value::Map(languages.into_iter().map(|name| (name, "Other".into())).collect())
            };
            let other = [("name".to_owned(), Value::from("other")), ("label".to_owned(), label)];
            choices.push(Map::from_iter(other));
        }
        let name = text_of(&row.row, "name").unwrap_or_default();
        let mut element = Element::new(Kind::Question, format!("{name}_other"), "text");
        element.label = Some("Specify other.".into());
        let relevant = format!("selected(../{name}, 'other')");
        element.bind_mut().insert("relevant".to_owned(), relevant.into());
        element.complete();
        Ok(element)
    }
}

fn suffixes(name: &str) -> usize {
    let name = name.rsplit('/').next().unwrap_or(name);
    if name.ends_with('.') {
        return 0;
    }
    name.trim_start_matches('.').matches('.').count()
}

fn check_parameters(row: &Row, command: &str) -> Result<(), Problem> {
    let given = &row.parameters;
    if matches!(command, "select_one_from_file" | "select_multiple_from_file") {
        parameters::check(given, &["label", "randomize", "seed", "value"], row.number)?;
        for key in ["value", "label"] {
            if given.get(key).is_some_and(|column| !is_element_name(column)) {
                let place = format!("parameters ({key})");
                return Err(Problem::in_cell("survey", row.number, &place, NAME_RULE));
            }
        }
    } else {
        parameters::check(given, &["randomize", "seed"], row.number)?;
    }
    let fail = |message: String| Err(Problem::error(message).at("survey", row.number));
    match (given.get("randomize"), given.get("seed")) {
        (Some(value), _) if !matches!(value.as_str(), "true" | "false") => {
            fail(format!("randomize must be set to true or false: '{value}' is an invalid value"))
        }
        (Some(_), Some(seed))
            if reference::only(seed).is_none() && seed.parse::<f64>().is_err() =>
        {
            fail("seed value must be a number or a reference to another field.".to_owned())
        }
        (None, Some(_)) => fail("Parameters must include randomize=true to use a seed.".to_owned()),
        _ => Ok(()),
    }
}
