//! The survey sheet row by row: what each row means, what is wrong with it, and where it belongs
//! in the tree. A row that cannot be read is reported and left out; the rows after it are read.

use indexmap::{IndexMap, IndexSet};
use std::collections::BTreeSet;

use super::element::{Action, Element, Id, Kind, Settings, Tree};
use super::entities::{self, Entities};
use super::names::{self, NAME_RULE, container, text_in, text_of, yes_no};
use super::parameters::{self, Parameters};
use super::select::RawLists;
use super::token::is_computed;
use super::translations::SheetLanguages;
use super::value::{Map, Value, display};
use super::{audit, controls, reference, select};
use crate::Problem;

/// A group, repeat or the survey that is open while rows are read.
pub(crate) struct Open {
    pub(crate) id: Id,
    kind: &'static str,
    name: String,
    row: u32,
    names: BTreeSet<String>,
    names_lower: BTreeSet<String>,
    /// Names and kinds from the survey down.
    pub(crate) path: entities::Path,
    /// Columns that a loop multiplies its questions by.
    loop_list: Option<String>,
}

/// A table of selects: not yet begun, or begun with this list.
pub(super) enum TableList {
    Announced,
    Of(String),
}

/// Everything that is remembered from one row to another.
pub(crate) struct Rows<'a> {
    pub(crate) tree: Tree,
    pub(crate) open: Vec<Open>,
    pub(crate) problems: Vec<Problem>,
    pub(crate) lists: &'a mut RawLists,
    pub(crate) languages: &'a mut SheetLanguages,
    pub(crate) entities: Option<&'a mut Entities>,
    pub(crate) sheet_names: &'a [String],
    pub(crate) meta: Vec<Element>,
    /// How often each name occurs; references need exactly one.
    pub(crate) name_counts: IndexMap<String, u32>,
    pub(crate) secondary_instances: IndexSet<String>,
    pub(crate) geometry_references: Vec<(String, u32)>,
    pub(crate) loops: Vec<(Id, String)>,
    questions: IndexSet<String>,
    triggers: Vec<(String, u32)>,
    repeats: IndexSet<String>,
    pub(super) table_list: Option<TableList>,
    max_depth: usize,
    halted: bool,
}

/// What came of the rows.
pub(crate) struct Outcome {
    pub(crate) tree: Tree,
    pub(crate) problems: Vec<Problem>,
    pub(crate) meta: Vec<Element>,
    pub(crate) name_counts: IndexMap<String, u32>,
    pub(crate) loops: Vec<(Id, String)>,
}

impl<'a> Rows<'a> {
    pub(crate) fn new(
        root_name: &str,
        settings: Settings,
        lists: &'a mut RawLists,
        languages: &'a mut SheetLanguages,
        entities: Option<&'a mut Entities>,
        sheet_names: &'a [String],
        max_depth: usize,
    ) -> Self {
        let tree = Tree {
            elements: vec![Element::new(Kind::Survey, root_name, "survey")],
            choices: IndexMap::new(),
            settings,
            entity_version: None,
        };
        let survey = Open {
            id: Tree::ROOT,
            kind: "",
            name: String::new(),
            row: 0,
            names: BTreeSet::from(["meta".to_owned()]),
            names_lower: BTreeSet::new(),
            path: entities::Path::survey(),
            loop_list: None,
        };
        Self {
            tree,
            open: vec![survey],
            problems: Vec::new(),
            lists,
            languages,
            entities,
            sheet_names,
            meta: Vec::new(),
            name_counts: IndexMap::new(),
            secondary_instances: IndexSet::new(),
            geometry_references: Vec::new(),
            loops: Vec::new(),
            questions: IndexSet::new(),
            triggers: Vec::new(),
            repeats: IndexSet::new(),
            table_list: None,
            max_depth,
            halted: false,
        }
    }

    pub(crate) fn read(mut self, rows: Vec<Map>) -> Outcome {
        for (number, row) in (2..).zip(rows) {
            if let Err(problem) = self.row(row, number) {
                self.problems.push(problem);
            }
            if self.halted {
                break;
            }
        }
        self.finish();
        Outcome {
            tree: self.tree,
            problems: self.problems,
            meta: self.meta,
            name_counts: self.name_counts,
            loops: self.loops,
        }
    }

    pub(crate) fn warn(&mut self, problem: Problem) {
        self.problems.push(problem.into_warning());
    }

    fn row(&mut self, mut row: Map, number: u32) -> Result<(), Problem> {
        if let Some(disabled) = row.shift_remove("disabled") {
            self.warn(Problem::in_row(
                number,
                " The 'disabled' column header is not part of the current spec. We recommend \
                 using relevant instead.",
            ));
            if disabled.text().and_then(yes_no) == Some(true) {
                return Ok(());
            }
        }
        if row.is_empty() {
            return Ok(());
        }
        let Some(question_type) = text_of(&row, "type").filter(|name| !name.is_empty()) else {
            if row.contains_key("name") || row.contains_key("label") {
                return Err(Problem::in_row(
                    number,
                    format!(" Question with no type.\n{}", display(&row)),
                ));
            }
            self.warn(Problem::in_row(
                number,
                format!(" Row without name, text, or label is being skipped:\n{}", display(&row)),
            ));
            return Ok(());
        };
        let question_type = names::same_type(question_type).to_owned();
        row.insert("type".to_owned(), question_type.clone().into());

        let triggers = self.triggers(&row, number)?;
        let computed_default =
            text_of(&row, "default").is_some_and(|default| is_computed(default, &question_type));
        let mut actions = Vec::new();
        if computed_default {
            actions.push(Action::new("setvalue", Action::FIRST_LOAD));
            if self.open.iter().any(|open| open.kind == "repeat") {
                actions.push(Action::new("setvalue", Action::NEW_REPEAT));
            }
        }
        let parameters =
            parameters::parse(text_of(&row, "parameters").unwrap_or_default(), number)?;

        if question_type == "audit" {
            let mut element = audit::read(&mut row, &parameters, number)?;
            element.actions = actions;
            self.meta.push(element);
            return Ok(());
        }
        if question_type == "calculate"
            && text_in(&row, "bind", "calculate").is_none_or(str::is_empty)
            && !computed_default
        {
            return Err(Problem::in_row(number, " Missing calculation."));
        }
        if matches!(question_type.as_str(), "subscriberid" | "simserial") {
            self.warn(Problem::in_row(
                number,
                format!(
                    " {question_type} is no longer supported on most devices. Only old versions \
                     of Collect on Android versions older than 11 still support it."
                ),
            ));
        }
        if self.is_setting(&question_type, &row) {
            return Ok(());
        }

        let begin = begins(&question_type);
        let end = ends(&question_type);
        let mut name = String::new();
        if end.is_none() {
            name = self.name(&mut row, number)?;
        }
        self.entity_references(&mut row, number, &name, begin.is_some(), end.is_some())?;
        if let Some(kind) = end {
            return self.end(kind, &row, number);
        }
        if let Some((kind, list)) = begin {
            return self.begin(kind, list, row, &name, number);
        }

        self.questions.insert(name.clone());
        if matches!(question_type.as_str(), "csv-external" | "xml-external") {
            let (stem, _) = names::split_extension(&name);
            self.secondary_instances.insert(stem.to_owned());
        }
        let question = Row { row, number, parameters, actions, triggers, computed_default };
        if let Some(command) = select::command(&question_type) {
            let (command, list, other) =
                (command.command, command.list.to_owned(), command.specify_other);
            return self.select(question, command, &list, other);
        }
        if let Some(list) = osm_list(&question_type) {
            let mut element = question.element("osm");
            element.tags = self.lists.osm_tags(list);
            self.question(element);
            return Ok(());
        }
        let element = controls::read(self, question, &question_type)?;
        self.question(element);
        Ok(())
    }

    /// Adds an element to the group that is open.
    pub(crate) fn question(&mut self, element: Element) {
        let parent = self.open.last().map_or(Tree::ROOT, |open| open.id);
        self.tree.add(parent, element);
    }

    fn triggers(&mut self, row: &Map, number: u32) -> Result<Vec<String>, Problem> {
        let Some(text) = text_of(row, "trigger").filter(|text| !text.is_empty()) else {
            return Ok(Vec::new());
        };
        let problem =
            |malformed: reference::Malformed| malformed.problem("survey", number, "trigger");
        if !reference::is_candidate(text) {
            return Err(problem(reference::Malformed::Name));
        }
        let mut found = Vec::new();
        for part in text.split(',') {
            let references = reference::parse(part).map_err(problem)?;
            if references.len() > 1 {
                return Err(problem(reference::Malformed::Several));
            }
            found.extend(references.iter().map(|one| one.name.to_owned()));
        }
        self.triggers.extend(found.iter().map(|name| (name.clone(), number)));
        Ok(found)
    }

    /// A setting may be written as a row of the survey: its name is the value.
    fn is_setting(&mut self, question_type: &str, row: &Map) -> bool {
        let alias = names::SETTINGS_ALIASES.iter().find(|(alias, _)| *alias == question_type);
        let Some((_, [setting])) = alias else { return false };
        let value = text_of(row, "name").unwrap_or("None").to_owned();
        let settings = &mut self.tree.settings;
        match *setting {
            "title" => settings.title.clone_from(&value),
            "id_string" => settings.id.clone_from(&value),
            _ => {}
        }
        settings.values.insert((*setting).to_owned(), value.into());
        true
    }

    /// The row's name, checked against the names around it.
    fn name(&mut self, row: &mut Map, number: u32) -> Result<String, Problem> {
        if !row.contains_key("name") {
            if text_of(row, "type") == Some("note") {
                row.insert("name".to_owned(), format!("generated_note_name_{number}").into());
            } else {
                return Err(Problem::in_row(number, " Question or group with no name."));
            }
        }
        let name = row.get("name").map(Value::display).unwrap_or_default();
        if !names::is_element_name(&name) {
            return Err(Problem::in_cell("survey", number, "name", NAME_RULE));
        }
        *self.name_counts.entry(name.clone()).or_insert(0) += 1;
        let Some(open) = self.open.last_mut() else { return Ok(name) };
        if name == "meta" {
            return Err(value_invalid(
                number,
                "meta",
                "The name 'meta' is reserved for form metadata.",
            ));
        }
        if !open.names.insert(name.clone()) {
            return Err(duplicate_name(&number.to_string(), &name).at("survey", number));
        }
        if !open.names_lower.insert(name.to_lowercase()) {
            let problem = Problem::error(format!(
                "[row : {number}] On the 'survey' sheet, the 'name' value '{name}' is \
                 problematic. The name is a case-insensitive match to another name. Questions, \
                 groups, and repeats should be unique within the nearest parent group or repeat, \
                 or the survey if not inside a group or repeat. Some data processing tools are \
                 not case-sensitive, so the current names may make analysis difficult."
            ));
            self.warn(problem.at("survey", number).column("name"));
        }
        Ok(name)
    }

    fn entity_references(
        &mut self,
        row: &mut Map,
        number: u32,
        name: &str,
        begins: bool,
        ends: bool,
    ) -> Result<(), Problem> {
        let path = &self.open.last().expect("the survey is never closed").path;
        let row = entities::RowReference {
            row: number,
            name,
            path,
            container: begins || ends,
            cells: row,
        };
        entities::collect(self.entities.as_deref_mut(), row)
    }

    fn end(&mut self, kind: &'static str, row: &Map, number: u32) -> Result<(), Problem> {
        if self.open.len() == 1 || self.open.last().is_some_and(|open| open.kind != kind) {
            return Err(Problem::error(format!(
                "[row : {number}] Unmatched 'end_{kind}'. No matching 'begin_{kind}' was found \
                 for the name '{}'.",
                text_of(row, "name").unwrap_or("unknown")
            ))
            .at("survey", number));
        }
        if let Some(closed) = self.open.pop()
            && let Some(list) = closed.loop_list
        {
            self.loops.push((closed.id, list));
        }
        self.table_list = None;
        Ok(())
    }

    fn begin(
        &mut self,
        kind: &'static str,
        list: Option<String>,
        mut row: Map,
        name: &str,
        number: u32,
    ) -> Result<(), Problem> {
        if self.open.len() > self.max_depth {
            // Nothing below can be placed, so nothing below is read.
            self.halted = true;
            return Err(Problem::error(format!(
                "[row : {number}] '{name}' lies inside {} groups and repeats; at most {} are \
                 read. Flatten the questionnaire.",
                self.open.len() - 1,
                self.max_depth
            ))
            .at("survey", number));
        }
        // A group that is refused is still open, so that its end finds it.
        let checked = self.check_begin(kind, list.as_deref(), name, number);
        if kind == "repeat" && !row.contains_key("label") && !row.contains_key("media") {
            let type_name = text_of(&row, "type").unwrap_or_default();
            self.warn(Problem::in_row(
                number,
                format!(" Repeat has no label: {{'name': '{name}', 'type': '{type_name}'}}"),
            ));
        }
        self.repeat_count(&mut row, name);
        let header = self.table_list_header(&mut row, number);
        if let Some(intent) = row.get("intent").cloned() {
            let control = row.entry("control".to_owned()).or_insert(Value::Map(Map::new()));
            if let Value::Map(control) = control {
                control.insert("intent".to_owned(), intent);
            }
        }
        let element_kind = if kind == "repeat" { Kind::Repeat } else { Kind::Group };
        let type_name = if kind == "loop" { "group" } else { kind };
        let mut element = Element::from_row(element_kind, type_name, &row, number);
        element.label_blank_header();
        let (parent, path) = match self.open.last() {
            Some(open) => (open.id, open.path.child(name, kind)),
            None => (Tree::ROOT, entities::Path::survey()),
        };
        let id = self.tree.add(parent, element);
        if let Some(header) = header {
            self.tree.add(id, header);
        }
        self.open.push(Open {
            id,
            kind,
            name: name.to_owned(),
            row: number,
            names: BTreeSet::from(["meta".to_owned()]),
            names_lower: BTreeSet::new(),
            path,
            loop_list: list.filter(|_| kind == "loop" && checked.is_ok()),
        });
        checked
    }

    fn check_begin(
        &mut self,
        kind: &str,
        list: Option<&str>,
        name: &str,
        number: u32,
    ) -> Result<(), Problem> {
        if kind == "repeat" {
            if name == self.tree.get(Tree::ROOT).name {
                return Err(value_invalid(
                    number,
                    name,
                    "Repeat names must not be the same as the survey root (which defaults to \
                     'data').",
                ));
            }
            if !self.repeats.insert(name.to_owned()) {
                return Err(duplicate_repeat(&number.to_string(), name).at("survey", number));
            }
        }
        if kind == "loop" {
            let Some(list) = list else {
                return Err(Problem::in_row(number, " Repeat loop without list name."));
            };
            if !self.lists.choices.contains_key(list) {
                return Err(Problem::in_row(
                    number,
                    format!(" List name not in columns sheet: {list}"),
                ));
            }
        }
        Ok(())
    }

    /// A count that is a formula gets a node of its own, which the repeat can refer to.
    fn repeat_count(&mut self, row: &mut Map, name: &str) {
        let Some(Value::Map(control)) = row.get_mut("control") else { return };
        let Some(count) = control.get("jr:count").and_then(Value::text) else { return };
        if count.is_empty() || reference::only(count).is_some() {
            return;
        }
        let count = count.to_owned();
        let node = format!("{name}_count");
        control.insert("jr:count".to_owned(), format!("${{{node}}}").into());
        let mut element = Element::new(Kind::Question, node, "calculate");
        let bind = element.bind_mut();
        bind.insert("readonly".to_owned(), "true()".into());
        bind.insert("calculate".to_owned(), count.into());
        element.complete();
        self.question(element);
    }

    fn finish(&mut self) {
        if self.problems.iter().any(Problem::is_error) {
            self.unclosed();
            return;
        }
        self.languages.or_other_warning(&mut self.problems);
        for (name, row) in &self.triggers {
            if !self.questions.contains(name) {
                self.problems.push(not_found("survey", *row, "trigger", name));
            }
        }
        controls::check_geometries(self);
        self.unclosed();
    }

    fn unclosed(&mut self) {
        if self.open.len() > 1
            && let Some(open) = self.open.last()
        {
            let problem = Problem::error(format!(
                "[row : {}] Unmatched 'begin_{}'. No matching 'end_{}' was found for the name \
                 '{}'.",
                open.row, open.kind, open.kind, open.name
            ));
            self.problems.push(problem.at("survey", open.row));
        }
    }

    /// Names of repeats and the lists of choices: what a geometry may refer to.
    pub(crate) fn is_repeat(&self, name: &str) -> bool {
        self.repeats.contains(name)
    }
}

/// A row of the survey sheet on its way to being a question.
pub(crate) struct Row {
    pub(crate) row: Map,
    pub(crate) number: u32,
    pub(crate) parameters: Parameters,
    pub(crate) actions: Vec<Action>,
    pub(crate) triggers: Vec<String>,
    pub(crate) computed_default: bool,
}

impl Row {
    /// The question of this row, with what its type brings; an unknown type is reported later.
    pub(crate) fn element(&self, type_name: &str) -> Element {
        let kind = match type_name {
            "csv-external" | "xml-external" => Kind::ExternalFile,
            _ => Kind::Question,
        };
        let mut element = Element::from_row(kind, type_name, &self.row, self.number);
        element.actions.clone_from(&self.actions);
        element.trigger.clone_from(&self.triggers);
        element.computed_default = self.computed_default;
        element.complete();
        element
    }
}

/// `begin group`, `begin_repeat`, `begin loop over list`.
fn begins(text: &str) -> Option<(&'static str, Option<String>)> {
    let rest = text.strip_prefix("begin")?.strip_prefix([' ', '_', '\t', '\n'])?;
    if let Some(kind) = container(rest) {
        return Some((kind, None));
    }
    let (before, list) = rest.rsplit_once(' ')?;
    if list.is_empty() || list.contains(char::is_whitespace) {
        return None;
    }
    let word = before.strip_suffix(" over").unwrap_or(before);
    container(word).map(|kind| (kind, Some(list.to_owned())))
}

fn ends(text: &str) -> Option<&'static str> {
    container(text.strip_prefix("end")?.strip_prefix([' ', '_', '\t', '\n'])?)
}

/// `osm list`: the list of tags.
fn osm_list(text: &str) -> Option<&str> {
    let at = text.find("osm ")?;
    let list = text[at + 4..].split_whitespace().next()?;
    text[at + 4..].starts_with(list).then_some(list)
}

pub(crate) fn duplicate_name(row: &str, name: &str) -> Problem {
    Problem::error(format!(
        "[row : {row}] On the 'survey' sheet, the 'name' value '{name}' is invalid. Questions, \
         groups, and repeats must be unique within their nearest parent group or repeat, or the \
         survey if not inside a group or repeat."
    ))
    .column("name")
}

pub(crate) fn duplicate_repeat(row: &str, name: &str) -> Problem {
    Problem::error(format!(
        "[row : {row}] On the 'survey' sheet, the 'name' value '{name}' is invalid. Repeat names \
         must unique anywhere in the survey, at all levels of group or repeat nesting."
    ))
    .column("name")
}

fn value_invalid(row: u32, value: &str, advice: &str) -> Problem {
    Problem::error(format!(
        "[row : {row}] On the 'survey' sheet, the 'name' value '{value}' is invalid. {advice}"
    ))
    .at("survey", row)
    .column("name")
}

/// A reference to a question that is not there.
pub(crate) fn not_found(sheet: &str, row: u32, column: &str, name: &str) -> Problem {
    Problem::in_cell(
        sheet,
        row,
        column,
        &format!(
            "Reference variables must contain a name from the 'survey' sheet. Could not find the \
             name '{name}'."
        ),
    )
}
