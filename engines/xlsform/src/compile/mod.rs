//! Workbook → form. Sheets are understood, rows become a tree, the tree is checked and written as
//! XForm XML; what is wrong is collected on the way.

mod audit;
mod body;
mod controls;
mod element;
mod entities;
mod form;
mod formulas;
mod headers;
mod itext;
mod loops;
mod model;
pub(crate) mod names;
mod parameters;
mod paths;
mod placement;
mod range;
mod reference;
mod rows;
mod select;
mod tables;
mod token;
mod translations;
mod types;
mod unworded;
mod value;
mod write;

use indexmap::IndexMap;
use std::collections::BTreeSet;

use crate::Problem;
use crate::workbook::{Limits, Sheet, Workbook};
use element::{Element, Kind, Settings, Tree};
use entities::Entities;
use headers::{Grouped, Reading};
use names::{Alias, NAME_RULE, text_of, yes_no};
use select::RawLists;
use translations::SheetLanguages;
use value::{Map, Value};

pub use form::{Form, Question};
pub use unworded::Unworded;

/// How a workbook is to be compiled.
#[derive(Debug, Clone)]
pub struct Options {
    /// Name of the primary instance's root, unless the settings sheet has one.
    pub root_name: String,
    /// Language of columns that name none, unless the settings sheet has one.
    pub default_language: String,
    pub limits: Limits,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            root_name: "data".to_owned(),
            default_language: "default".to_owned(),
            limits: Limits::default(),
        }
    }
}

/// Compiles a workbook. There is no form when any of the problems is an error.
///
/// ```
/// let text = "| survey |      |      |       |
///             |        | type | name | label |
///             |        | text | town | Which town do you live in? |";
/// let limits = xlsform::workbook::Limits::default();
/// let workbook = xlsform::Workbook::read(text.as_bytes(), "town.md", &limits)?;
/// let (form, problems) = xlsform::compile(&workbook, &xlsform::Options::default());
/// assert!(problems.is_empty());
/// assert!(form.unwrap().xml().contains("<bind nodeset=\"/data/town\" type=\"string\"/>"));
/// # Ok::<(), xlsform::Problem>(())
/// ```
pub fn compile(workbook: &Workbook, options: &Options) -> (Option<Form>, Vec<Problem>) {
    let mut problems = Vec::new();
    let form = match build(workbook, options, &mut problems) {
        Ok(form) => form,
        Err(problem) => {
            problems.push(problem);
            None
        }
    };
    let form = form.filter(|_| !problems.iter().any(Problem::is_error));
    (form, problems)
}

fn build(
    workbook: &Workbook,
    options: &Options,
    problems: &mut Vec<Problem>,
) -> Result<Option<Form>, Problem> {
    let Some(survey) = workbook.sheet("survey") else {
        let similar = names::similar_sheets("survey", &workbook.sheet_names).unwrap_or_default();
        return Err(Problem::error(format!("You must have a sheet named 'survey'. {similar}")));
    };
    if !names::is_element_name(&options.root_name) {
        return Err(Problem::error(format!(
            "The 'form_name' value is invalid. {}",
            names::NAME_RULE
        )));
    }
    let settings = settings(workbook, options, problems)?;
    let language = settings.default_language.clone();
    let mut lists = RawLists::default();
    let choice_headers = lists_of(workbook, &settings, &language, &mut lists, problems)?;
    let mut entities = entities(workbook, problems)?;

    let single_spaces =
        text_of(&settings.values, "clean_text_values").and_then(yes_no).unwrap_or(true);
    let mut grouped = headers::group(
        survey,
        &Reading {
            aliases: names::SURVEY_ALIASES,
            columns: names::SURVEY_COLUMNS,
            required: Some("type"),
            default_language: &language,
            single_spaces,
        },
    )?;
    let mut languages = SheetLanguages::of(&grouped.headers, &choice_headers);
    languages.missing_warning(problems);
    leave_out_unusable("survey", &mut grouped, &settings.values, problems);

    let root_name = text_of(&settings.values, "name").unwrap_or(&options.root_name).to_owned();
    let rows = rows::Rows::new(
        &root_name,
        settings,
        &mut lists,
        &mut languages,
        entities.as_mut(),
        &workbook.sheet_names,
        options.limits.depth,
    );
    let survey_headers = grouped.headers;
    let mut outcome = rows.read(grouped.rows);
    problems.append(&mut outcome.problems);
    if problems.iter().any(Problem::is_error) {
        return Ok(None);
    }
    let mut tree = outcome.tree;
    add_meta(&mut tree, outcome.meta, entities, &mut outcome.name_counts, problems)?;
    let references = References { counts: &outcome.name_counts, problems };
    references.check(workbook, &survey_headers, &choice_headers);
    if problems.iter().any(Problem::is_error) {
        return Ok(None);
    }
    let raw = lists.choices.clone();
    tree.choices = lists.into_choices();
    loops::unroll(&mut tree, &outcome.loops, &raw);
    if text_of(&tree.settings.values, "flat").is_some_and(|flat| !flat.is_empty()) {
        loops::flatten(&mut tree);
    }
    validate(&tree, problems);
    if problems.iter().any(Problem::is_error) {
        return Ok(None);
    }
    let mut remarks = Vec::new();
    formulas::check(&tree, &mut remarks);
    let form = Form::new(tree, workbook)?;
    problems.append(&mut remarks);
    let untagged = translations::without_code(form.languages().iter().map(String::as_str));
    if !untagged.is_empty() {
        problems.push(Problem::warning(format!(
            "The following language declarations do not contain valid machine-readable codes: \
             {}. Learn more: http://xlsform.org#multiple-language-support",
            untagged.join(", ")
        )));
    }
    Ok(Some(form))
}

/// Leaves out attributes that a column writes, such as `bind::esri:fieldType`, where no XML can be made of them: they have no name,
/// or a prefix that stands for nothing. pyxform writes them, and no reader of XML opens the form.
fn leave_out_unusable(
    sheet: &str,
    grouped: &mut Grouped,
    settings: &Map,
    problems: &mut Vec<Problem>,
) {
    for header in &grouped.headers {
        let [place, attribute, ..] = header.as_slice() else { continue };
        // `save_to`: with an entity its prefix is declared, without one it is refused for that.
        let is_ours = attribute == "entities:saveto";
        if is_ours || !["bind", "instance", "control", "attribute"].contains(&place.as_str()) {
            continue;
        }
        let says = match attribute.split_once(':') {
            _ if !names::is_element_name(attribute) => names::NAME_RULE.to_owned(),
            Some((prefix, _)) if !form::declares(settings, prefix) => stands_for_nothing(prefix),
            _ => continue,
        };
        let says = format!("The column is left out. {says}");
        problems.push(Problem::in_cell(sheet, 1, &header.join("::"), &says).into_warning());
        for row in &mut grouped.rows {
            if let Some(Value::Map(attributes)) = row.get_mut(place) {
                attributes.shift_remove(attribute);
            }
        }
    }
}

fn stands_for_nothing(prefix: &str) -> String {
    format!(
        "The prefix '{prefix}' stands for nothing. Say what for in the column 'namespaces' of the \
         settings sheet, such as {prefix}=\"http://example.org/\"."
    )
}

fn group(
    sheet: &Sheet,
    aliases: &'static [Alias],
    columns: &'static [&'static str],
    default_language: &str,
    required: Option<&'static str>,
) -> Result<Grouped, Problem> {
    let reading = Reading { aliases, columns, required, default_language, single_spaces: false };
    headers::group(sheet, &reading)
}

fn settings(
    workbook: &Workbook,
    options: &Options,
    problems: &mut Vec<Problem>,
) -> Result<Settings, Problem> {
    let mut values = Map::new();
    match workbook.sheet("settings").filter(|sheet| !sheet.rows.is_empty()) {
        Some(sheet) => {
            let mut sheet = sheet.clone();
            let both = ["id_string", "form_id"]
                .iter()
                .all(|name| sheet.header.iter().any(|header| header == name));
            if both {
                sheet.header.retain(|header| header != "id_string");
                sheet.rows[0].retain(|(header, _)| header != "id_string");
                problems.push(Problem::warning(
                    "The form_id and id_string column headers are both specified in the settings \
                     sheet provided. This may cause errors during conversion. In future, its \
                     best to avoid specifying both column headers in the settings sheet.",
                ));
            }
            let mut grouped =
                group(&sheet, names::SETTINGS_ALIASES, names::SETTINGS_COLUMNS, "default", None)?;
            let first = grouped.rows.first().cloned().unwrap_or_default();
            leave_out_unusable("settings", &mut grouped, &first, problems);
            values = grouped.rows.into_iter().next().unwrap_or_default();
            for part in form::own_namespaces(&values).1 {
                let says = format!(
                    "{part:?} is left out: it is no prefix and address, such as esri=\"http://esri.com/xforms\"."
                );
                let problem = Problem::in_cell("settings", 1, "namespaces", &says);
                problems.push(problem.into_warning());
            }
        }
        None => misspelt("settings", workbook, problems),
    }
    if let Some(name) = values.get("name")
        && !names::is_element_name(&name.display())
    {
        return Err(Problem::in_cell("settings", 1, "name", names::NAME_RULE));
    }
    let text = |name: &str| values.get(name).map(Value::display);
    let id = text("id_string")
        .or_else(|| workbook.file_stem.clone())
        .unwrap_or_else(|| "data".to_owned());
    Ok(Settings {
        default_language: text("default_language")
            .unwrap_or_else(|| options.default_language.clone()),
        title: text("title").unwrap_or_else(|| id.clone()),
        id,
        values,
    })
}

fn misspelt(name: &str, workbook: &Workbook, problems: &mut Vec<Problem>) {
    if let Some(similar) = names::similar_sheets(name, &workbook.sheet_names) {
        problems.push(Problem::warning(format!(
            "{similar} If you do not mean to include a sheet, to suppress this message, prefix \
             the sheet name with an underscore. For example 'setting' becomes '_setting'."
        )));
    }
}

/// Reads the sheets that hold lists; returns the headers of the choices sheet.
fn lists_of(
    workbook: &Workbook,
    settings: &Settings,
    language: &str,
    lists: &mut RawLists,
    problems: &mut Vec<Problem>,
) -> Result<Vec<Vec<String>>, Problem> {
    let columns = names::LIST_COLUMNS;
    let filled = |name: &str| workbook.sheet(name).filter(|sheet| !sheet.rows.is_empty());
    if let Some(sheet) = filled("external_choices") {
        let grouped = group(sheet, names::LIST_ALIASES, columns, language, None)?;
        lists.external = Some(select::by_list(grouped.rows).into_keys().collect());
    }
    let mut headers = Vec::new();
    if let Some(sheet) = filled("choices") {
        let grouped = group(sheet, names::LIST_ALIASES, columns, language, Some("name"))?;
        headers = grouped.headers;
        let duplicates =
            text_of(&settings.values, "allow_choice_duplicates").and_then(yes_no) == Some(true);
        lists.choices = choices(grouped.rows, &headers, &settings.values, duplicates, problems)?;
    }
    if let Some(sheet) = filled("osm") {
        let grouped = group(sheet, names::LIST_ALIASES, columns, "default", None)?;
        lists.osm = select::by_list(grouped.rows);
    }
    Ok(headers)
}

/// The rows of the choices sheet by list, checked; columns that cannot be elements are left out.
fn choices(
    rows: Vec<Map>,
    headers: &[Vec<String>],
    settings: &Map,
    allow_duplicates: bool,
    problems: &mut Vec<Problem>,
) -> Result<IndexMap<String, Vec<Map>>, Problem> {
    let is_element = |name: &str| {
        let prefix = name.split_once(':').map(|(prefix, _)| prefix);
        names::is_element_name(name) && prefix.is_none_or(|it| form::declares(settings, it))
    };
    let unusable = headers
        .iter()
        .map(|header| header[0].as_str())
        .filter(|name| *name != "list name" && !is_element(name))
        .collect::<Vec<_>>();
    for column in &unusable {
        let says = match column.contains(' ') || column.is_empty() {
            true => "Column headers must not be empty and must not contain spaces. Learn more: \
                     https://xlsform.org/en/#setting-up-your-worksheets"
                .to_owned(),
            false => format!(
                "The column is left out, as its header cannot be a name. {NAME_RULE} \
                              A prefix must stand in the 'namespaces' of the settings sheet."
            ),
        };
        let problem = Problem::in_cell("choices", 1, column, &says);
        problems.push(problem.into_warning());
    }
    let numbered = (2_u32..).zip(rows).map(|(number, mut row)| {
        row.insert("__row".to_owned(), number.to_string().into());
        row
    });
    let mut lists = select::by_list(numbered.collect());
    for choices in lists.values_mut() {
        let mut names = BTreeSet::new();
        let mut twice = Vec::new();
        for choice in choices {
            let number = choice.shift_remove("__row");
            let number = number.as_ref().and_then(Value::text).and_then(|text| text.parse().ok());
            let number = number.unwrap_or(1);
            let more = "Learn more: https://xlsform.org/en/#setting-up-your-worksheets";
            let Some(name) = choice.get("name").map(Value::display) else {
                let advice = format!("Choices must have a name. {more}");
                return Err(Problem::in_cell("choices", number, "name", &advice));
            };
            if !choice.contains_key("label") {
                let advice = format!("Choices should have a label. {more}");
                let problem = Problem::in_cell("choices", number, "label", &advice);
                problems.push(problem.into_warning());
            }
            if !allow_duplicates && !names.insert(name) {
                twice.push(Problem::in_cell(
                    "choices",
                    number,
                    "name",
                    "Choice names must be unique for each choice list. If this is intentional, \
                     use the setting 'allow_choice_duplicates'. Learn more: \
                     https://xlsform.org/#choice-names.",
                ));
            }
            choice.retain(|column, _| !unusable.contains(&column.as_str()));
        }
        if !twice.is_empty() {
            let last = twice.pop();
            problems.append(&mut twice);
            return Err(last.unwrap_or_else(|| Problem::error("")));
        }
    }
    Ok(lists)
}

fn entities(workbook: &Workbook, problems: &mut Vec<Problem>) -> Result<Option<Entities>, Problem> {
    let Some(sheet) = workbook.sheet("entities").filter(|sheet| !sheet.rows.is_empty()) else {
        misspelt("entities", workbook, problems);
        return Ok(None);
    };
    let grouped = group(sheet, names::ENTITIES_ALIASES, names::ENTITIES_COLUMNS, "default", None)?;
    Entities::read(&grouped.rows).map(Some)
}

/// The nodes every submission carries: its identity, its name, what the audit found, entities.
fn add_meta(
    tree: &mut Tree,
    mut meta: Vec<Element>,
    entities: Option<Entities>,
    name_counts: &mut IndexMap<String, u32>,
    problems: &mut Vec<Problem>,
) -> Result<(), Problem> {
    let values = &tree.settings.values;
    let calculated = |name: &str, entries: &[(&str, &str)]| {
        let mut element = Element::new(Kind::Question, name, "calculate");
        let bind = element.bind_mut();
        for (key, value) in entries {
            bind.insert((*key).to_owned(), (*value).into());
        }
        element.complete();
        element
    };
    if text_of(values, "omit_instanceID").and_then(yes_no) == Some(true) {
        if text_of(values, "public_key").is_some() {
            return Err(Problem::error("Cannot omit instanceID, it is required for encryption."));
        }
    } else {
        let preload = text_of(values, "instance_id").unwrap_or("uid");
        meta.push(calculated("instanceID", &[("readonly", "true()"), ("jr:preload", preload)]));
        *name_counts.entry("instanceID".to_owned()).or_insert(0) += 1;
    }
    if let Some(name) = text_of(values, "instance_name") {
        meta.push(calculated("instanceName", &[("calculate", name)]));
    }
    if let Some(entities) = entities {
        problems.extend(entities.place(tree)?);
    }
    if meta.is_empty() {
        return Ok(());
    }
    let existing = tree.get(Tree::ROOT).children.iter().copied().find(|id| {
        let child = tree.get(*id);
        child.name == "meta" && child.kind == Kind::Group
    });
    let group = existing.unwrap_or_else(|| {
        let mut group = Element::new(Kind::Group, "meta", "group");
        group.bodyless = true;
        tree.add(Tree::ROOT, group)
    });
    for element in meta {
        tree.add(group, element);
    }
    Ok(())
}

/// Every `${name}` of the workbook must be the name of exactly one row.
struct References<'a> {
    counts: &'a IndexMap<String, u32>,
    problems: &'a mut Vec<Problem>,
}

impl References<'_> {
    fn check(mut self, workbook: &Workbook, survey: &[Vec<String>], choices: &[Vec<String>]) {
        self.sheet(workbook.sheet("settings"), |_| true);
        let skipped = ["list name", "list_name", "repeat"];
        self.sheet(workbook.sheet("entities"), |name| !skipped.contains(&name));
        let columns = |sheet: Option<&Sheet>, headers: &[Vec<String>], wanted: &[&str]| {
            let header = sheet.map(|sheet| sheet.header.clone()).unwrap_or_default();
            let named = header.into_iter().zip(headers);
            named
                .filter(|(_, parts)| wanted.contains(&parts[0].as_str()))
                .map(|(name, _)| name)
                .collect::<Vec<_>>()
        };
        let sheet = workbook.sheet("survey");
        let skipped = columns(sheet, survey, &["type", "name", "trigger"]);
        self.sheet(sheet, |name| !skipped.iter().any(|skip| skip == name));
        let sheet = workbook.sheet("choices");
        let translated = translations::CHOICES.map(|(name, _)| name);
        let wanted = columns(sheet, choices, &translated);
        // Without a translated column every column is looked at.
        self.sheet(sheet, |name| wanted.is_empty() || wanted.iter().any(|column| column == name));
    }

    fn sheet(&mut self, sheet: Option<&Sheet>, wanted: impl Fn(&str) -> bool) {
        let Some(sheet) = sheet else { return };
        for (number, row) in (2..).zip(&sheet.rows) {
            for (column, text) in row.iter().filter(|(column, _)| wanted(column)) {
                if let Err(problem) = self.cell(&sheet.name, number, column, text) {
                    self.problems.push(problem);
                }
            }
        }
    }

    fn cell(&self, sheet: &str, row: u32, column: &str, text: &str) -> Result<(), Problem> {
        let found =
            reference::parse(text).map_err(|malformed| malformed.problem(sheet, row, column))?;
        for one in found {
            match self.counts.get(one.name) {
                None => return Err(rows::not_found(sheet, row, column, one.name)),
                Some(1) => {}
                Some(_) => {
                    return Err(Problem::in_cell(
                        sheet,
                        row,
                        column,
                        &format!(
                            "Reference variables names must be unique anywhere in the 'survey'. \
                             The name '{}' appears more than once.",
                            one.name
                        ),
                    ));
                }
            }
        }
        Ok(())
    }
}

/// What can only be seen in the finished tree: types that do not exist, names that were generated
/// twice, selects without a list.
fn validate(tree: &Tree, problems: &mut Vec<Problem>) {
    let mut repeats = BTreeSet::new();
    for id in tree.descendants(Tree::ROOT) {
        let element = tree.get(id);
        if element.kind == Kind::Repeat && !repeats.insert(&element.name) {
            problems.push(rows::duplicate_repeat("unknown", &element.name));
        }
        // A loop makes names of its choices.
        if !names::is_element_name(&element.name) {
            let message = format!("The 'name' value is invalid. {}", names::NAME_RULE);
            let mut problem = Problem::error(message).column("name");
            problem.sheet = Some("choices".to_owned());
            problems.push(problem);
        }
        if let Some((prefix, _)) = element.name.split_once(':')
            && !form::declares(&tree.settings.values, prefix)
        {
            let says = stands_for_nothing(prefix);
            problems.push(Problem::in_cell("survey", element.row.unwrap_or(1), "name", &says));
        }
        if element.kind == Kind::Question && types::find(&element.type_name).is_none() {
            let mut problem =
                Problem::error(format!("Unknown question type '{}'.", element.type_name));
            if let Some(row) = element.row {
                problem = problem.at("survey", row).column("type");
            }
            problems.push(problem);
        }
        if element.is_select() && element.itemset.is_none() && element.list_name.is_none() {
            let mut problem = Problem::error(
                "Arguments 'itemset' and 'list_name' must not both be None or empty.",
            );
            if let Some(row) = element.row {
                problem = problem.at("survey", row).column("type");
            }
            problems.push(problem);
        }
        let mut names = BTreeSet::new();
        for child in &element.children {
            let name = &tree.get(*child).name;
            if element.kind != Kind::Entity && !names.insert(name) {
                problems.push(rows::duplicate_name("unknown", name));
            }
        }
    }
}
