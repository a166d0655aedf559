//! The questionnaire as a tree: groups, repeats, questions, and the nodes of entities. Built from
//! the rows of the survey sheet, read by everything that writes XML.

use indexmap::IndexMap;

use super::parameters::Parameters;
use super::token::is_computed;
use super::types;
use super::value::{Map, Value};

pub(crate) type Id = usize;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Survey,
    Group,
    Repeat,
    Question,
    /// An attached file that expressions may read.
    ExternalFile,
    /// The node that makes a submission create or change an entity.
    Entity,
    Attribute,
    EntityLabel,
}

/// Something that happens to a value at an event.
#[derive(Debug, Clone)]
pub(crate) struct Action {
    pub(crate) name: &'static str,
    pub(crate) event: &'static str,
    pub(crate) value: Option<String>,
    pub(crate) quality: Option<String>,
}

impl Action {
    pub(crate) const FIRST_LOAD: &'static str = "odk-instance-first-load";
    pub(crate) const LOAD: &'static str = "odk-instance-load";
    pub(crate) const NEW_REPEAT: &'static str = "odk-new-repeat";
    pub(crate) const VALUE_CHANGED: &'static str = "xforms-value-changed";

    pub(crate) fn new(name: &'static str, event: &'static str) -> Self {
        Self { name, event, value: None, quality: None }
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Element {
    pub(crate) kind: Kind,
    pub(crate) name: String,
    /// The question type, or `group`, `repeat`, `survey`.
    pub(crate) type_name: String,
    pub(crate) row: Option<u32>,
    pub(crate) label: Option<Value>,
    pub(crate) hint: Option<Value>,
    pub(crate) guidance_hint: Option<Value>,
    pub(crate) media: Option<Map>,
    /// A plain `media` column, which is no media but stands in for a label.
    pub(crate) media_remark: bool,
    pub(crate) bind: Option<Map>,
    pub(crate) control: Map,
    pub(crate) instance: Option<Map>,
    pub(crate) default: Option<String>,
    pub(crate) computed_default: bool,
    /// Questions whose change sets this one.
    pub(crate) trigger: Vec<String>,
    pub(crate) choice_filter: Option<String>,
    pub(crate) parameters: Parameters,
    /// List name, file name or reference that choices come from.
    pub(crate) itemset: Option<String>,
    pub(crate) list_name: Option<String>,
    /// The appearance is `search()`, which wants the choices in the body.
    pub(crate) searches: bool,
    pub(crate) query: Option<String>,
    pub(crate) actions: Vec<Action>,
    /// Value of an entity's attribute.
    pub(crate) value: String,
    /// Tags of an OpenStreetMap question: name and label.
    pub(crate) tags: Vec<(String, Option<Value>)>,
    pub(crate) flat: bool,
    /// Present in the data, absent from the page.
    pub(crate) bodyless: bool,
    pub(crate) parent: Option<Id>,
    pub(crate) children: Vec<Id>,
}

impl Element {
    pub(crate) fn new(kind: Kind, name: impl Into<String>, type_name: &str) -> Self {
        Self {
            kind,
            name: name.into(),
            type_name: type_name.to_owned(),
            row: None,
            label: None,
            hint: None,
            guidance_hint: None,
            media: None,
            media_remark: false,
            bind: None,
            control: Map::new(),
            instance: None,
            default: None,
            computed_default: false,
            trigger: Vec::new(),
            choice_filter: None,
            parameters: Parameters::new(),
            itemset: None,
            list_name: None,
            searches: false,
            query: None,
            actions: Vec::new(),
            value: String::new(),
            tags: Vec::new(),
            flat: false,
            bodyless: false,
            parent: None,
            children: Vec::new(),
        }
    }

    /// Takes over what a row of the survey sheet says.
    pub(crate) fn from_row(kind: Kind, type_name: &str, row: &Map, number: u32) -> Self {
        let text = |column: &str| row.get(column).map(Value::display).filter(|s| !s.is_empty());
        let map = |column: &str| row.get(column).and_then(Value::map).cloned();
        let mut element = Self::new(kind, text("name").unwrap_or_default(), type_name);
        element.row = Some(number);
        element.label = row.get("label").cloned();
        element.hint = row.get("hint").cloned();
        // Groups are shown without guidance.
        if kind == Kind::Question {
            element.guidance_hint = row.get("guidance_hint").cloned();
        }
        element.media = map("media");
        element.media_remark = super::names::text_of(row, "media").is_some();
        element.bind = map("bind");
        element.control = map("control").unwrap_or_default();
        element.instance = map("instance");
        element.default = text("default");
        element.choice_filter = text("choice_filter");
        element.itemset = text("itemset");
        element.query = text("query");
        element.flat = row.contains_key("flat");
        element
    }

    /// Adds what the question type brings. Returns false when there is no such type.
    pub(crate) fn complete(&mut self) -> bool {
        let Some(kind) = types::find(&self.type_name) else { return false };
        if !kind.bind.is_empty() || self.bind.is_some() {
            let mut bind: Map = kind
                .bind
                .iter()
                .map(|(name, value)| ((*name).to_owned(), Value::from(*value)))
                .collect();
            bind.extend(self.bind.take().unwrap_or_default());
            self.bind = Some(bind);
        }
        if let Some(media_type) = kind.media_type {
            let mut control = Map::from_iter([("mediatype".to_owned(), Value::from(media_type))]);
            control.extend(std::mem::take(&mut self.control));
            self.control = control;
        }
        if self.hint.is_none() {
            self.hint = kind.hint.map(Value::from);
        }
        self.label_blank_header();
        true
    }

    /// A header row of a table of selects has a label that is a space, if it has none.
    pub(crate) fn label_blank_header(&mut self) {
        if self.control.get("appearance").and_then(Value::text) == Some("label")
            && !self.has_label()
        {
            self.label = Some(Value::from(" "));
        }
    }

    pub(crate) fn bind_mut(&mut self) -> &mut Map {
        self.bind.get_or_insert_with(Map::new)
    }

    pub(crate) fn has_label(&self) -> bool {
        self.label.as_ref().is_some_and(|label| !label.is_empty())
    }

    pub(crate) fn has_hint(&self) -> bool {
        self.hint.as_ref().is_some_and(|hint| !hint.is_empty())
    }

    pub(crate) fn has_guidance(&self) -> bool {
        self.guidance_hint.as_ref().is_some_and(|hint| !hint.is_empty())
    }

    pub(crate) fn has_media(&self) -> bool {
        self.media.as_ref().is_some_and(|media| !media.is_empty())
    }

    /// Whether the label stands in the itext: it is translated or has media.
    pub(crate) fn label_in_itext(&self) -> bool {
        matches!(self.label, Some(Value::Map(_))) || self.has_media()
    }

    /// Element name of the control in the body.
    pub(crate) fn control_tag(&self) -> Option<&'static str> {
        types::find(&self.type_name).and_then(|kind| kind.control)
    }

    pub(crate) fn is_select(&self) -> bool {
        self.kind == Kind::Question
            && matches!(self.control_tag(), Some("select" | "select1" | "odk:rank"))
    }

    pub(crate) fn is_section(&self) -> bool {
        matches!(self.kind, Kind::Survey | Kind::Group | Kind::Repeat | Kind::Entity)
    }

    /// A default that is a formula.
    pub(crate) fn has_computed_default(&self) -> bool {
        self.computed_default
            || self.default.as_ref().is_some_and(|text| is_computed(text, &self.type_name))
    }
}

/// One choice of a list.
#[derive(Debug, Clone, Default)]
pub(crate) struct Choice {
    pub(crate) name: String,
    pub(crate) label: Option<Value>,
    pub(crate) media: Option<Map>,
    pub(crate) sms_option: Option<String>,
    /// Further columns, which choice filters read.
    pub(crate) extra: Map,
}

/// A list of choices.
#[derive(Debug, Clone, Default)]
pub(crate) struct ChoiceList {
    pub(crate) choices: Vec<Choice>,
    /// Labels are translated, have media or mention answers, and so stand in the itext.
    pub(crate) in_itext: bool,
    /// Used by a question with the `search()` appearance, which wants its items in the body.
    pub(crate) used_by_search: bool,
}

pub(crate) type Choices = IndexMap<String, ChoiceList>;

/// The settings sheet's row and what follows from it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Settings {
    pub(crate) values: Map,
    pub(crate) default_language: String,
    pub(crate) id: String,
    pub(crate) title: String,
}

/// The whole questionnaire.
#[derive(Debug, Clone)]
pub(crate) struct Tree {
    pub(crate) elements: Vec<Element>,
    pub(crate) choices: Choices,
    pub(crate) settings: Settings,
    pub(crate) entity_version: Option<&'static str>,
}

impl Tree {
    pub(crate) const ROOT: Id = 0;

    pub(crate) fn add(&mut self, parent: Id, mut element: Element) -> Id {
        let id = self.elements.len();
        element.parent = Some(parent);
        self.elements.push(element);
        self.elements[parent].children.push(id);
        id
    }

    pub(crate) fn get(&self, id: Id) -> &Element {
        &self.elements[id]
    }

    /// The element and everything under it, in the order of the questionnaire.
    pub(crate) fn descendants(&self, id: Id) -> Vec<Id> {
        let mut found = Vec::new();
        let mut open = vec![id];
        while let Some(id) = open.pop() {
            found.push(id);
            open.extend(self.elements[id].children.iter().rev());
        }
        found
    }

    /// The parent, its parent, and so on to the survey.
    pub(crate) fn ancestors(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        std::iter::successors(self.elements[id].parent, |id| self.elements[*id].parent)
    }

    /// The repeat that encloses the element most closely.
    pub(crate) fn enclosing_repeat(&self, id: Id) -> Option<Id> {
        self.ancestors(id).find(|id| self.elements[*id].kind == Kind::Repeat)
    }

    /// Absolute path of the element's node.
    pub(crate) fn path(&self, id: Id) -> String {
        self.path_below(None, id)
    }

    /// Path from below `top` (or from the root) to the element: `/group/question`.
    pub(crate) fn path_below(&self, top: Option<Id>, id: Id) -> String {
        let mut names = Vec::new();
        if self.is_in_path(id) {
            names.push(id);
        }
        let above = self.ancestors(id).take_while(|above| Some(*above) != top);
        names.extend(above.filter(|above| self.is_in_path(*above)));
        let mut path = String::new();
        for id in names.iter().rev() {
            path.push('/');
            if self.elements[*id].kind == Kind::Attribute {
                path.push('@');
            }
            path.push_str(&self.elements[*id].name);
        }
        path
    }

    fn is_in_path(&self, id: Id) -> bool {
        self.elements[id].kind == Kind::Survey || !self.elements[id].flat
    }
}
