//! The body of the form: what is asked, in which order, with which control.

use indexmap::IndexMap;

use super::element::{Element, Id, Kind, Tree};
use super::model::actions;
use super::names::{FILE_EXTENSIONS, split_extension};
use super::paths::{Paths, Style};
use super::reference;
use super::value::{Map, Value};
use super::write::{Content, Node};
use crate::Problem;

pub(crate) struct Body<'a> {
    tree: &'a Tree,
    paths: &'a Paths<'a>,
    /// Questions set when another changes, by the name of that other.
    triggered: IndexMap<&'a str, Vec<Id>>,
}

/// Where choices are found, and how they are shown.
struct Itemset {
    nodeset: String,
    value: String,
    label: String,
    filter: Option<String>,
}

pub(crate) fn body(tree: &Tree, paths: &Paths) -> Result<Node, Problem> {
    let mut triggered: IndexMap<&str, Vec<Id>> = IndexMap::new();
    for id in tree.descendants(Tree::ROOT) {
        for name in &tree.get(id).trigger {
            triggered.entry(name).or_default().push(id);
        }
    }
    let writer = Body { tree, paths, triggered };
    let mut body = Node::new("h:body");
    writer.children(Tree::ROOT, &mut body)?;
    if let Some(style) = tree.settings.values.get("style").filter(|style| !style.is_empty()) {
        body.set("class", style.display());
    }
    Ok(body)
}

impl Body<'_> {
    fn children(&self, id: Id, node: &mut Node) -> Result<(), Problem> {
        for child in &self.tree.get(id).children {
            let element = self.tree.get(*child);
            let control = match element.kind {
                Kind::Question => self.question(element, *child)?,
                Kind::Repeat => Some(self.repeat(element, *child)?),
                Kind::Group if !element.bodyless => Some(self.group(element, *child)?),
                _ => None,
            };
            if let Some(control) = control {
                node.push(control);
            }
        }
        Ok(())
    }

    fn group(&self, element: &Element, id: Id) -> Result<Node, Problem> {
        let mut node = Node::new("group");
        if element.has_label() {
            node.push(self.label(element, id)?);
        }
        self.children(id, &mut node)?;
        for (name, value) in &element.control {
            let text = value.display();
            let text = if name == "appearance" { text } else { self.paths.insert(&text, id)? };
            node.set(name.clone(), text);
        }
        if !element.flat {
            node.set("ref", self.paths.of(id));
        }
        Ok(node)
    }

    fn repeat(&self, element: &Element, id: Id) -> Result<Node, Problem> {
        let path = self.paths.of(id);
        let mut repeat = Node::new("repeat").with("nodeset", path);
        self.attributes(&element.control, id, &mut repeat)?;
        self.children(id, &mut repeat)?;
        for inner in self.tree.descendants(id) {
            let candidate = self.tree.get(inner);
            if matches!(candidate.kind, Kind::Question | Kind::Attribute)
                && self.tree.enclosing_repeat(inner) == Some(id)
            {
                for action in actions(candidate, inner, self.paths, true)? {
                    repeat.push(action);
                }
            }
        }
        let label = self.label(element, id)?;
        Ok(Node::new("group").with("ref", path).child(label).child(repeat))
    }

    fn attributes(&self, attributes: &Map, id: Id, node: &mut Node) -> Result<(), Problem> {
        for (name, value) in attributes {
            node.set(name.clone(), self.paths.insert(&value.display(), id)?);
        }
        Ok(())
    }

    fn question(&self, element: &Element, id: Id) -> Result<Option<Node>, Problem> {
        let calculated = element.bind.as_ref().is_some_and(|bind| bind.contains_key("calculate"));
        let unseen = !(element.has_label() || element.has_hint());
        let triggered = self.triggered.get(element.name.as_str());
        if element.type_name == "calculate"
            || ((calculated || !element.trigger.is_empty()) && unseen)
        {
            let set = triggered.into_iter().flatten().map(|id| self.tree.get(*id));
            if let Some(other) =
                set.into_iter().find(|other| other.type_name != "background-geopoint")
            {
                return Err(located(
                    Problem::error(format!(
                        "The question ${{{}}} is not user-visible so it can't be used as a \
                         calculation trigger for question ${{{}}}.",
                        element.name, other.name
                    )),
                    other,
                ));
            }
            return Ok(None);
        }
        let Some(mut node) = self.control(element, id)? else { return Ok(None) };
        for geopoint in [false, true] {
            for target in triggered.into_iter().flatten() {
                let other = self.tree.get(*target);
                if geopoint == (other.type_name == "background-geopoint") {
                    node.push(self.on_change(other, id, geopoint)?);
                }
            }
        }
        Ok(Some(node))
    }

    /// What happens to another question when this one changes.
    fn on_change(&self, other: &Element, id: Id, geopoint: bool) -> Result<Node, Problem> {
        let target = self.paths.find(&other.name).map_err(Problem::error)?;
        let name = if geopoint { "odk:setgeopoint" } else { "setvalue" };
        let mut node = Node::new(name)
            .with("ref", self.paths.of(target))
            .with("event", super::element::Action::VALUE_CHANGED);
        let calculate = other.bind.as_ref().and_then(|bind| bind.get("calculate"));
        if let Some(calculate) = calculate.filter(|value| !geopoint && !value.is_empty()) {
            node.set("value", self.paths.insert(&calculate.display(), id)?);
        }
        Ok(node)
    }

    fn control(&self, element: &Element, id: Id) -> Result<Option<Node>, Problem> {
        let Some(tag) = element.control_tag().filter(|tag| *tag != "action") else {
            return Ok(None);
        };
        if element.is_select() {
            let kind = element.bind.as_ref().and_then(|bind| bind.get("type"));
            if !matches!(kind.and_then(Value::text), Some("string" | "odk:rank")) {
                return Err(located(
                    Problem::error("Invalid value for `self.bind[\"type\"]`."),
                    element,
                ));
            }
        }
        let mut node = Node::new(tag);
        for child in self.label_and_hint(element, id)? {
            node.push(child);
        }
        node.set("ref", self.paths.of(id));
        self.attributes(&element.control, id, &mut node)?;
        for (name, label) in &element.tags {
            let mut tag = Node::new("tag").with("key", name.as_str());
            let content = match label {
                Some(Value::Text(label)) if !label.is_empty() => {
                    Node::new("label").extend(self.paths.with_outputs(label, Some(id))?)
                }
                _ => Node::new("label"),
            };
            tag.push(content);
            node.push(tag);
        }
        if let Some(list) = &element.query {
            let query = match &element.choice_filter {
                Some(filter) => {
                    let style = Style { current: true, ..Style::default() };
                    let filter = self.paths.insert_styled(filter, Some(id), style)?;
                    format!("instance('{list}')/root/item[{filter}]")
                }
                None => format!("instance('{list}')/root/item"),
            };
            node.set("query", query);
        } else if element.type_name != "select one external" {
            self.choices(element, id, &mut node)?;
        }
        Ok(Some(node))
    }

    fn choices(&self, element: &Element, id: Id, node: &mut Node) -> Result<(), Problem> {
        let Some(list) = &element.itemset else { return Ok(()) };
        if element.searches && self.tree.choices.contains_key(list) {
            return self.inline_choices(list, element, node);
        }
        let itemset = if element.type_name == "range" {
            self.list_itemset(list)
        } else {
            self.itemset(element, id, list)?
        };
        node.push(
            Node::new("itemset")
                .with("nodeset", itemset.nodeset)
                .child(Node::new("value").with("ref", itemset.value))
                .child(Node::new("label").with("ref", itemset.label)),
        );
        Ok(())
    }

    /// Choices in the body itself, which the `search()` appearance asks for.
    fn inline_choices(
        &self,
        list: &str,
        element: &Element,
        node: &mut Node,
    ) -> Result<(), Problem> {
        let choices = &self.tree.choices[list];
        for (index, choice) in choices.choices.iter().enumerate() {
            let label = Node::new("label");
            let label = match &choice.label {
                _ if choices.in_itext => label.with("ref", format!("jr:itext('{list}-{index}')")),
                Some(Value::Text(text)) if element.has_label() => {
                    label.extend(self.paths.with_outputs(text, None)?)
                }
                _ => label,
            };
            let value = Node::new("value").text(choice.name.as_str());
            node.push(Node::new("item").child(label).child(value));
        }
        Ok(())
    }

    fn list_itemset(&self, list: &str) -> Itemset {
        let in_itext = self.tree.choices.get(list).is_some_and(|list| list.in_itext);
        Itemset {
            nodeset: format!("instance('{list}')/root/item"),
            value: "name".to_owned(),
            label: if in_itext { "jr:itext(itextId)" } else { "label" }.to_owned(),
            filter: None,
        }
    }

    fn itemset(&self, element: &Element, id: Id, list: &str) -> Result<Itemset, Problem> {
        let from_reference = reference::contains(list);
        let (stem, extension) = split_extension(list);
        let mut itemset = if FILE_EXTENSIONS.contains(&extension) {
            let (value, label) =
                if extension == ".geojson" { ("id", "title") } else { ("name", "label") };
            let column = |key: &str, usual: &str| {
                element.parameters.get(key).cloned().unwrap_or_else(|| usual.to_owned())
            };
            let (value, label) = (column("value", value), column("label", label));
            Itemset { nodeset: format!("instance('{stem}')/root/item"), value, label, filter: None }
        } else if from_reference {
            self.reference_itemset(element, id, list)?
        } else {
            self.list_itemset(list)
        };
        if let Some(filter) = &element.choice_filter {
            let style = Style { current: true, above_repeat: from_reference };
            let mut filter = self.paths.insert_styled(filter, Some(id), style)?;
            if from_reference {
                let from_here = format!("current()/{}", itemset.nodeset);
                filter = filter.replace(&from_here, ".").replace(&itemset.nodeset, ".");
            }
            itemset.filter = Some(filter);
        }
        if let Some(filter) = itemset.filter.take() {
            itemset.nodeset = format!("{}[{filter}]", itemset.nodeset);
        }
        if element.parameters.get("randomize").is_some_and(|value| value == "true") {
            let seed = match element.parameters.get("seed") {
                Some(seed) => format!(", {}", self.paths.insert(seed, id)?.trim()),
                None => String::new(),
            };
            itemset.nodeset = format!("randomize({}{seed})", itemset.nodeset);
        }
        Ok(itemset)
    }

    /// Choices that are answers given earlier in a repeat.
    fn reference_itemset(&self, element: &Element, id: Id, list: &str) -> Result<Itemset, Problem> {
        let style = Style { above_repeat: true, ..Style::default() };
        let path = self.paths.insert_styled(list, Some(id), style)?;
        let path = path.trim();
        if matches!(element.type_name.as_str(), "geopoint" | "geoshape" | "geotrace") {
            let geometry = "geometry".to_owned();
            return Ok(Itemset {
                nodeset: path.to_owned(),
                value: geometry.clone(),
                label: geometry,
                filter: Some("./geometry != ''".to_owned()),
            });
        }
        let (nodeset, name) = path.rsplit_once('/').unwrap_or(("", path));
        Ok(Itemset {
            nodeset: nodeset.to_owned(),
            value: name.to_owned(),
            label: name.to_owned(),
            filter: Some(format!("./{name} != ''")),
        })
    }

    fn label(&self, element: &Element, id: Id) -> Result<Node, Problem> {
        if element.label_in_itext() {
            return Ok(self.itext_node("label", id));
        }
        self.text_node("label", element.label.as_ref(), id)
    }

    fn hint(&self, element: &Element, id: Id) -> Result<Node, Problem> {
        if matches!(element.hint, Some(Value::Map(_))) || element.has_guidance() {
            return Ok(self.itext_node("hint", id));
        }
        self.text_node("hint", element.hint.as_ref(), id)
    }

    fn itext_node(&self, name: &'static str, id: Id) -> Node {
        Node::new(name).with("ref", format!("jr:itext('{}:{name}')", self.paths.of(id)))
    }

    fn text_node(
        &self,
        name: &'static str,
        value: Option<&Value>,
        id: Id,
    ) -> Result<Node, Problem> {
        let text = value.and_then(Value::text).filter(|text| !text.is_empty());
        let content: Vec<Content> = match text {
            Some(text) => self.paths.with_outputs(text, Some(id))?,
            None => Vec::new(),
        };
        Ok(Node::new(name).extend(content))
    }

    fn label_and_hint(&self, element: &Element, id: Id) -> Result<Vec<Node>, Problem> {
        let mut nodes = Vec::new();
        let hinted = element.has_hint() || element.has_guidance();
        let has_media = element.has_media() || element.media_remark;
        if element.has_label() || has_media || hinted {
            nodes.push(self.label(element, id)?);
        }
        if hinted {
            nodes.push(self.hint(element, id)?);
        }
        // Guidance alone does not do: clients may hide it.
        if !(element.has_label() || has_media || element.has_hint()) {
            return Err(located(
                Problem::error(format!(
                    "The survey element named '{}' has no label or hint.",
                    element.name
                )),
                element,
            ));
        }
        if let Some(media) = &element.media
            && media.contains_key("big-image")
            && !media.contains_key("image")
        {
            return Err(located(
                Problem::error(format!(
                    "To use big-image, you must also specify an image for the survey element \
                     named {}.",
                    element.name
                )),
                element,
            ));
        }
        Ok(nodes)
    }
}

fn located(problem: Problem, element: &Element) -> Problem {
    match element.row {
        Some(row) => problem.at("survey", row),
        None => problem,
    }
}

/// Marks the lists of questions with the `search()` appearance: their choices stand in the body.
pub(crate) fn mark_searches(tree: &mut Tree) -> Result<(), Problem> {
    let mut searching: Vec<(String, String)> = Vec::new();
    let mut others: Vec<(String, Option<String>)> = Vec::new();
    for id in tree.descendants(Tree::ROOT) {
        let element = tree.get(id);
        if !element.is_select() {
            continue;
        }
        let appearance = element.control.get("appearance").and_then(Value::text);
        let searches = appearance
            .is_some_and(|text| text.find("search(").is_some_and(|at| text[at..].contains(')')));
        if !searches {
            others.push((element.name.clone(), element.list_name.clone()));
            continue;
        }
        let list = element.itemset.clone().unwrap_or_default();
        if FILE_EXTENSIONS.contains(&split_extension(&list).1) {
            return Err(located(
                Problem::error(format!(
                    "Question '{}' is a select from file type, using 'search()'. This \
                     combination is not supported. Remove the 'search()' usage, or change the \
                     select type.",
                    element.name
                )),
                element,
            ));
        }
        searching.push((element.name.clone(), element.list_name.clone().unwrap_or_default()));
        tree.elements[id].searches = true;
        if let Some(list) = tree.choices.get_mut(&list) {
            list.used_by_search = true;
        }
    }
    for (question, list) in searching {
        let sharing = others.iter().filter(|(_, other)| other.as_ref() == Some(&list));
        let sharing = sharing.map(|(name, _)| format!("'{name}'")).collect::<Vec<_>>();
        if !sharing.is_empty() {
            return Err(Problem::error(format!(
                "Question '{question}' uses 'search()', and its select type references the \
                 choice list name '{list}'. This choice list name is referenced by at least one \
                 other question that is not using 'search()', which will not work: {}. Either \
                 1) use 'search()' for all questions using this choice list name, or 2) use a \
                 different choice list name for the question using 'search()'.",
                sharing.join(", ")
            )));
        }
    }
    Ok(())
}
