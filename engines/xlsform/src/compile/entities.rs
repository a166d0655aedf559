//! The entities sheet: a submission may create or update records that outlive it. Each declaration
//! is placed in the deepest group or repeat that its values come from.

use indexmap::{IndexMap, IndexSet};

use super::element::{Action, Element, Id, Kind, Tree};
use super::names::{NAME_RULE, is_element_name, text_in, text_of};
use super::reference;
use super::value::{Map, Value};
use crate::Problem;

/// A container as its names and kinds from the survey down.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Path(pub(super) Vec<(String, String)>);

impl Path {
    pub(crate) fn survey() -> Self {
        Self(vec![("survey".to_owned(), "survey".to_owned())])
    }

    pub(crate) fn child(&self, name: &str, kind: &str) -> Self {
        let mut nodes = self.0.clone();
        nodes.push((name.to_owned(), kind.to_owned()));
        Self(nodes)
    }

    pub(super) fn up_to(&self, length: usize) -> Self {
        Self(self.0[..length].to_vec())
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// The nearest repeat, or the survey: an entity cannot be saved from outside of it.
    pub(super) fn scope(&self) -> Self {
        let at = self.0.iter().rposition(|(_, kind)| matches!(kind.as_str(), "repeat" | "survey"));
        self.up_to(at.map_or(1, |at| at + 1))
    }

    /// How many repeats enclose it.
    pub(super) fn repeats(&self) -> usize {
        self.0.iter().skip(1).filter(|(_, kind)| kind == "repeat").count()
    }

    /// How many groups lie between it and its scope.
    pub(super) fn below_scope(&self) -> usize {
        self.len() - self.scope().len()
    }
}

impl std::fmt::Display for Path {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|(name, _)| write!(f, "/{name}"))
    }
}

/// Where a declaration is mentioned: by a `save_to`, or by a variable it uses.
pub(super) struct Mention {
    pub(super) path: Path,
    pub(super) row: u32,
    pub(super) property: Option<String>,
    pub(super) question: String,
}

pub(super) struct Declaration {
    pub(super) row: u32,
    pub(super) entity: Element,
    pub(super) children: Vec<Element>,
    pub(super) variables: IndexSet<String>,
    pub(super) mentions: Vec<Mention>,
}

/// The declarations by list name.
#[derive(Default)]
pub(crate) struct Entities {
    pub(super) declarations: IndexMap<String, Declaration>,
    /// Lists in the order in which the survey first mentions them.
    pub(super) mentioned: IndexSet<String>,
}

/// What a declaration asks for once all its mentions are known.
pub(super) struct Request {
    pub(super) list: String,
    pub(super) row: u32,
    pub(super) scope: Path,
    pub(super) wanted: Path,
    pub(super) lineages: IndexSet<Path>,
}

/// What a row of the survey says about entities.
pub(crate) struct RowReference<'a> {
    pub(crate) row: u32,
    pub(crate) name: &'a str,
    pub(crate) path: &'a Path,
    pub(crate) container: bool,
    pub(crate) cells: &'a mut Map,
}

impl Entities {
    pub(crate) fn read(rows: &[Map]) -> Result<Self, Problem> {
        let mut entities = Self::default();
        for (number, row) in (2..).zip(rows) {
            let (list, declaration) = declaration(row, number)?;
            if entities.declarations.contains_key(&list) {
                return Err(Problem::in_cell(
                    "entities",
                    number,
                    "list_name",
                    "The 'list_name' column must not have any duplicate names.",
                ));
            }
            entities.declarations.insert(list, declaration);
        }
        Ok(entities)
    }

    pub(crate) fn has(&self, list: &str) -> bool {
        self.declarations.contains_key(list)
    }

    /// Puts every declaration where it belongs in the tree. Those that belong nowhere are told.
    pub(crate) fn place(mut self, tree: &mut Tree) -> Result<Vec<Problem>, Problem> {
        if self.declarations.is_empty() {
            return Ok(Vec::new());
        }
        let placed = self.allocate()?;
        let many = self.declarations.len() > 1;
        let repeated = placed.keys().any(|path| path.repeats() > 0);
        tree.entity_version = Some(if many || repeated { "2025.1.0" } else { "2024.1.0" });
        for (path, list) in placed {
            let Some(place) = find(tree, &path) else { continue };
            let Some(declaration) = self.declarations.shift_remove(&list) else { continue };
            let inside_repeat =
                tree.get(place).kind == Kind::Repeat || tree.enclosing_repeat(place).is_some();
            insert(tree, place, declaration, inside_repeat);
        }
        let lost = self.declarations.iter().map(|(list, declaration)| {
            invalid_declaration(
                declaration.row,
                &format!(
                    "The entity list '{list}' is not saved: its 'save_to' questions lie outside \
                     the repeat that its label or conditions refer to. Copy the value into the \
                     same repeat with a 'calculate' question."
                ),
            )
            .into_warning()
        });
        Ok(lost.collect())
    }
}

pub(super) fn invalid_declaration(row: u32, advice: &str) -> Problem {
    Problem::error(format!(
        "[row : {row}] On the 'entities' sheet, the entity declaration is invalid. {advice}"
    ))
    .at("entities", row)
}

/// Reads one row of the entities sheet. Which columns are filled tells what is meant: an
/// `entity_id` updates, no `entity_id` creates, and both conditions with an id do either.
fn declaration(row: &Map, number: u32) -> Result<(String, Declaration), Problem> {
    let unknown = row.keys().filter(|key| !super::names::ENTITIES_COLUMNS.contains(&key.as_str()));
    let unknown = unknown.map(|key| format!("'{key}'")).collect::<Vec<_>>();
    if !unknown.is_empty() {
        return Err(Problem::error(format!(
            "[row : 1] On the 'entities' sheet, one or more column names are invalid. The \
             following column(s) are not supported by this version of pyxform: {}. Please \
             either: check the spelling of the column names, remove the columns, or update \
             pyxform.",
            unknown.join(", ")
        ))
        .at("entities", 1));
    }
    let text = |column: &str| text_of(row, column).filter(|text| !text.is_empty());
    let list = list_name(text("dataset"), number)?.to_owned();
    let (id, create_if, update_if) = (text("entity_id"), text("create_if"), text("update_if"));
    let label = text("label");
    if id.is_none() && update_if.is_some() {
        return Err(invalid_declaration(
            number,
            &format!(
                "The entity list name '{list}' does not have an 'entity_id' expression, but an \
                 'entity_id' is required when updating entities. Updating entities is indicated \
                 by using 'entity_id' and/or 'update_if' expressions. Please either: add an \
                 'entity_id' for this entity declaration, or to only create entities instead \
                 move the 'update_if' to 'create_if'."
            ),
        ));
    }
    if id.is_some() && create_if.is_some() && update_if.is_none() {
        return Err(invalid_declaration(
            number,
            &format!(
                "The entity list name '{list}' does not have an 'update_if' expression, but an \
                 'update_if' is required when upserting entities. Upserting entities is \
                 indicated by using 'create_if' and 'entity_id' expressions. Please either: add \
                 an 'update_if' for this entity declaration, or to only create entities instead \
                 remove the 'entity_id' expression."
            ),
        ));
    }
    if id.is_none() && label.is_none() {
        return Err(invalid_declaration(
            number,
            &format!(
                "The entity list name '{list}' does not have a label, but a 'label' is required \
                 when creating entities. Creating entities is indicated by using a 'create_if' \
                 expression, or by not using 'entity_id' expression. Please either: add a \
                 'label' for this entity declaration, or to update entities instead provide an \
                 'entity_id' (and optionally 'update_if') expression."
            ),
        ));
    }
    let mut variables = IndexSet::new();
    for (column, text) in
        [("entity_id", id), ("create_if", create_if), ("update_if", update_if), ("label", label)]
    {
        let found = reference::parse(text.unwrap_or_default())
            .map_err(|malformed| malformed.problem("entities", number, column))?;
        variables.extend(found.iter().map(|one| one.name.to_owned()));
    }

    let mut children = vec![attribute("dataset", &list, None)];
    let mut id_attribute = attribute("id", "", None);
    let id_bind = id_attribute.bind_mut();
    id_bind.insert("readonly".to_owned(), "true()".into());
    id_bind.insert("type".to_owned(), "string".into());
    if id.is_none() || create_if.is_some() {
        children.push(attribute("create", "1", create_if));
        if id.is_none() {
            let mut action = Action::new("setvalue", Action::FIRST_LOAD);
            action.value = Some("uuid()".to_owned());
            id_attribute.actions.push(action);
        }
    }
    if let Some(id) = id {
        children.push(attribute("update", "1", update_if));
        id_attribute.bind_mut().insert("calculate".to_owned(), id.into());
        let item = format!("instance('{list}')/root/item[name={id}]");
        for (name, column) in [
            ("baseVersion", "__version"),
            ("trunkVersion", "__trunkVersion"),
            ("branchId", "__branchId"),
        ] {
            children.push(attribute(name, "", Some(&format!("{item}/{column}"))));
        }
    }
    children.push(id_attribute);
    if let Some(label) = label {
        let mut node = Element::new(Kind::EntityLabel, "label", "label");
        calculated(&mut node, label);
        children.push(node);
    }
    let entity = Element::new(Kind::Entity, "entity", "entity");
    Ok((list, Declaration { row: number, entity, children, variables, mentions: Vec::new() }))
}

fn attribute(name: &str, value: &str, calculate: Option<&str>) -> Element {
    let mut element = Element::new(Kind::Attribute, name, "attribute");
    element.value = value.to_owned();
    if let Some(calculate) = calculate {
        calculated(&mut element, calculate);
    }
    element
}

fn calculated(element: &mut Element, calculate: &str) {
    let bind = element.bind_mut();
    bind.insert("calculate".to_owned(), calculate.into());
    bind.insert("readonly".to_owned(), "true()".into());
    bind.insert("type".to_owned(), "string".into());
}

fn list_name(name: Option<&str>, row: u32) -> Result<&str, Problem> {
    let wrong = |column: &str, advice: &str| Problem::in_cell("entities", row, column, advice);
    match name {
        None => Err(wrong("list_name", "Entity lists must have a name.")),
        Some(name) if name.starts_with("__") => {
            Err(wrong("dataset", "Names used here must not begin with two underscores."))
        }
        Some(name) if name.contains('.') => {
            Err(wrong("dataset", "Names used here must not contain a period."))
        }
        Some(name) if !is_element_name(name) => Err(wrong("dataset", NAME_RULE)),
        Some(name) => Ok(name),
    }
}

/// Notes what a row of the survey saves to an entity, and which declarations use its answer.
pub(crate) fn collect(
    entities: Option<&mut Entities>,
    row: RowReference<'_>,
) -> Result<(), Problem> {
    let number = row.row;
    let save_to = text_in(row.cells, "bind", "entities:saveto").unwrap_or_default().to_owned();
    let wrong = |advice: &str| Problem::in_cell("survey", number, "save_to", advice);
    let Some(entities) = entities.filter(|entities| !entities.declarations.is_empty()) else {
        if save_to.is_empty() {
            return Ok(());
        }
        return Err(wrong(
            "To save entity properties using the save_to column, add an entities sheet and \
             declare an entity.",
        ));
    };
    if !save_to.is_empty() {
        let (list, property) = match save_to.split_once('#') {
            Some((_, rest)) if rest.contains('#') => {
                return Err(wrong(
                    "A 'save_to' value must have at most one '#' delimiter character. Please \
                     check the spelling of this 'save_to' value.",
                ));
            }
            Some((list, property)) => {
                if let Some(Value::Map(bind)) = row.cells.get_mut("bind") {
                    bind.insert("entities:saveto".to_owned(), property.into());
                }
                (list.to_owned(), property)
            }
            None if entities.declarations.len() > 1 => {
                return Err(wrong(
                    "When there is more than one entity declaration, 'save_to' names must be \
                     prefixed with the entity 'list_name' that the property belongs to. Please \
                     either: add the entity 'list_name' prefix separated with a '#' e.g. \
                     my_list#my_save_to (where 'my_list' is the entity 'list_name', and \
                     'my_save_to' is the 'save_to' property name), or remove all but one entity \
                     declarations.",
                ));
            }
            None => (entities.declarations[0].mentions_list(&entities.declarations), &save_to[..]),
        };
        let Some(declaration) = entities.declarations.get_mut(&list) else {
            return Err(wrong(&format!(
                "The entity list name '{list}' was not found on the entities sheet. Please \
                 either: check the spelling of the list name in the save_to value, or on the \
                 entities sheet add a row for this entity list, or check the spelling of \
                 existing entity list names."
            )));
        };
        check_property(property, row.container, &declaration.mentions, number)?;
        declaration.mentions.push(Mention {
            path: row.path.clone(),
            row: number,
            property: Some(property.to_owned()),
            question: row.name.to_owned(),
        });
        entities.mentioned.insert(list);
    }
    for (list, declaration) in &mut entities.declarations {
        if !row.name.is_empty() && declaration.variables.contains(row.name) {
            declaration.mentions.push(Mention {
                path: row.path.clone(),
                row: number,
                property: None,
                question: row.name.to_owned(),
            });
            entities.mentioned.insert(list.clone());
        }
    }
    Ok(())
}

impl Declaration {
    /// The only list there is.
    fn mentions_list(&self, all: &IndexMap<String, Declaration>) -> String {
        all.keys().next().cloned().unwrap_or_default()
    }
}

fn check_property(
    property: &str,
    container: bool,
    mentions: &[Mention],
    row: u32,
) -> Result<(), Problem> {
    let wrong = |advice: &str| Err(Problem::in_cell("survey", row, "save_to", advice));
    if property.is_empty() {
        return wrong(NAME_RULE);
    }
    if container {
        return wrong(
            "Groups and repeats can't be saved as entity properties. Either remove or move the \
             save_to value in this row.",
        );
    }
    if matches!(property.to_lowercase().as_str(), "name" | "label") {
        return wrong("Names used here must not be 'name' or 'label' (case-insensitive).");
    }
    if property.starts_with("__") {
        return wrong("Names used here must not begin with two underscores.");
    }
    if !is_element_name(property) {
        return wrong(NAME_RULE);
    }
    match mentions.iter().find(|mention| mention.property.as_deref() == Some(property)) {
        None => Ok(()),
        Some(other) => wrong(&format!(
            "The save_to property '{property}' is already assigned by row '{}'. Either remove or \
             change one of these duplicate save_to property names.",
            other.row
        )),
    }
}

fn find(tree: &Tree, path: &Path) -> Option<Id> {
    path.0.iter().skip(1).try_fold(Tree::ROOT, |at, (name, _)| {
        let children = tree.get(at).children.iter();
        children.copied().find(|child| {
            let child = tree.get(*child);
            child.name == *name && matches!(child.kind, Kind::Group | Kind::Repeat)
        })
    })
}

fn insert(tree: &mut Tree, place: Id, mut declaration: Declaration, inside_repeat: bool) {
    let mut meta = Element::new(Kind::Group, "meta", "group");
    meta.bodyless = true;
    let meta = tree.add(place, meta);
    let entity = tree.add(meta, declaration.entity);
    for child in &mut declaration.children {
        // A new instance of the repeat is a new entity.
        if inside_repeat && child.name == "id" && child.actions.len() == 1 {
            let mut action = Action::new("setvalue", Action::NEW_REPEAT);
            action.value.clone_from(&child.actions[0].value);
            child.actions.push(action);
        }
    }
    for child in declaration.children {
        tree.add(entity, child);
    }
}
