//! The head of the form: the empty record, the lists, the binds and the actions.

use indexmap::IndexMap;

use super::element::{Action, Element, Id, Kind, Tree};
use super::itext::{Itext, in_itext};
use super::names::{CONDITIONS, FILE_EXTENSIONS, bind_condition, split_extension, text_of};
use super::paths::Paths;
use super::reference;
use super::value::{Map, Value};
use super::write::Node;
use crate::Problem;

pub(crate) fn model(tree: &Tree, paths: &Paths, itext: &Itext) -> Result<Node, Problem> {
    let mut model = Node::new("model").with("odk:xforms-version", "1.0.0");
    if let Some(version) = tree.entity_version {
        model.set("entities:entities-version", version);
    }
    if let Some(itext) = itext.node(tree, paths)? {
        model.push(itext);
    }
    let writer = Instance { tree, paths };
    model.push(Node::new("instance").child(writer.root()?));
    if let Some(submission) = submission(&tree.settings.values) {
        model.prepend(submission);
    }
    for instance in secondary_instances(tree)? {
        model.push(instance);
    }
    for id in tree.descendants(Tree::ROOT) {
        let element = tree.get(id);
        if let Some(bind) = bind(element, id, paths)? {
            model.push(bind);
        }
        for action in actions(element, id, paths, false)? {
            model.push(action);
        }
    }
    Ok(model)
}

fn submission(settings: &Map) -> Option<Node> {
    let text = |name: &str| text_of(settings, name).filter(|text| !text.is_empty());
    let editable = text("client_editable").and_then(super::names::yes_no) == Some(true);
    let mut node = Node::new("submission");
    let mut any = editable;
    if let Some(url) = text("submission_url") {
        node.set("action", url);
        node.set("method", "post");
        any = true;
    }
    for (setting, attribute) in [
        ("public_key", "base64RsaPublicKey"),
        ("auto_send", "orx:auto-send"),
        ("auto_delete", "orx:auto-delete"),
    ] {
        if let Some(value) = text(setting) {
            node.set(attribute, value);
            any = true;
        }
    }
    if editable {
        node.set("odk:client-editable", "true");
    }
    any.then_some(node)
}

struct Instance<'a> {
    tree: &'a Tree,
    paths: &'a Paths<'a>,
}

impl Instance<'_> {
    fn root(&self) -> Result<Node, Problem> {
        let mut root = self.section(Tree::ROOT, false)?;
        let settings = &self.tree.settings;
        if let Some(Value::Map(attributes)) = settings.values.get("attribute") {
            for (name, value) in attributes {
                root.set(name.clone(), value.display());
            }
        }
        root.set("id", settings.id.as_str());
        for (setting, attribute) in [
            ("instance_xmlns", "xmlns"),
            ("version", "version"),
            ("prefix", "odk:prefix"),
            ("delimiter", "odk:delimiter"),
        ] {
            if let Some(value) = text_of(&settings.values, setting).filter(|text| !text.is_empty())
            {
                root.set(attribute, value);
            }
        }
        Ok(root)
    }

    /// A group's node. The first repeat on the way down is preceded by its template.
    fn section(&self, id: Id, inside_template: bool) -> Result<Node, Problem> {
        let element = self.tree.get(id);
        let mut node = Node::new(element.name.clone());
        self.attributes(element, id, &mut node)?;
        for child in &element.children {
            self.add(*child, &mut node, inside_template)?;
        }
        Ok(node)
    }

    fn add(&self, id: Id, node: &mut Node, inside_template: bool) -> Result<(), Problem> {
        let element = self.tree.get(id);
        match element.kind {
            Kind::ExternalFile => {}
            Kind::Attribute => node.set(element.name.clone(), element.value.as_str()),
            _ if element.flat => {
                for child in &element.children {
                    self.add(*child, node, inside_template)?;
                }
            }
            Kind::Repeat if !inside_template => {
                let template = self.template(id)?;
                node.push(self.section(id, true)?);
                node.insert_before_last(template);
            }
            Kind::Question | Kind::EntityLabel => node.push(self.question(element, id)?),
            _ => node.push(self.section(id, inside_template)?),
        }
        Ok(())
    }

    fn template(&self, id: Id) -> Result<Node, Problem> {
        let element = self.tree.get(id);
        let mut node = Node::new(element.name.clone()).with("jr:template", "");
        for child in &element.children {
            let element = self.tree.get(*child);
            if element.kind == Kind::Repeat {
                node.push(self.template(*child)?);
            } else {
                self.add(*child, &mut node, false)?;
            }
        }
        Ok(node)
    }

    fn question(&self, element: &Element, id: Id) -> Result<Node, Problem> {
        let mut node = Node::new(element.name.clone());
        if let Some(default) = element.default.as_ref().filter(|_| !element.has_computed_default())
        {
            node = node.text(default.as_str());
        }
        self.attributes(element, id, &mut node)?;
        Ok(node)
    }

    fn attributes(&self, element: &Element, id: Id, node: &mut Node) -> Result<(), Problem> {
        for (name, value) in element.instance.iter().flatten() {
            node.set(name.clone(), self.paths.insert(&value.display(), id)?);
        }
        Ok(())
    }
}

/// The conditions and calculations of one node.
fn bind(element: &Element, id: Id, paths: &Paths) -> Result<Option<Node>, Problem> {
    let Some(entries) = element.bind.as_ref().filter(|_| !element.flat) else { return Ok(None) };
    if element.kind == Kind::ExternalFile {
        return Ok(None);
    }
    let path = paths.of(id);
    let mut node = Node::new("bind").with("nodeset", path);
    for (name, value) in entries {
        // A triggered calculation is a setvalue action.
        if !element.trigger.is_empty() && name == "calculate" {
            continue;
        }
        let message =
            matches!(name.as_str(), "jr:constraintMsg" | "jr:requiredMsg" | "jr:noAppErrorString");
        let text = if message && in_itext(name, value) {
            format!("jr:itext('{path}:{name}')")
        } else {
            let text = value.display();
            match bind_condition(&text).filter(|_| CONDITIONS.contains(&name.as_str())) {
                Some(condition) => condition.to_owned(),
                None => text,
            }
        };
        node.set(name.clone(), paths.insert(&text, id)?);
    }
    Ok(Some(node))
}

/// What sets this node's value when the form opens, or when its repeat is added.
pub(crate) fn actions(
    element: &Element,
    id: Id,
    paths: &Paths,
    in_repeat: bool,
) -> Result<Vec<Node>, Problem> {
    let mut nodes = Vec::new();
    if element.kind == Kind::ExternalFile {
        return Ok(nodes);
    }
    for action in &element.actions {
        if in_repeat != (action.event == Action::NEW_REPEAT) {
            continue;
        }
        let mut node = Node::new(action.name).with("ref", paths.of(id)).with("event", action.event);
        let value = match &element.default {
            Some(default) if element.has_computed_default() => Some(paths.insert(default, id)?),
            Some(default) => Some(default.clone()),
            None => action.value.clone(),
        };
        if action.name == "setvalue"
            && let Some(value) = value.filter(|value| !value.is_empty())
        {
            node.set("value", value);
        }
        if let Some(quality) = &action.quality {
            node.set("odk:quality", quality.as_str());
        }
        nodes.push(node);
    }
    Ok(nodes)
}

/// A secondary instance and where it comes from.
struct Secondary {
    kind: &'static str,
    context: String,
    name: String,
    source: Option<String>,
    node: Node,
}

impl Secondary {
    fn file(kind: &'static str, context: String, name: &str, source: String) -> Self {
        let node = Node::new("instance").with("id", name).with("src", source.as_str());
        Self { kind, context, name: name.to_owned(), source: Some(source), node }
    }
}

/// Lists, attached files and the record saved before, each once.
fn secondary_instances(tree: &Tree) -> Result<Vec<Node>, Problem> {
    let mut all = Vec::new();
    let mut last_saved = false;
    for id in tree.descendants(Tree::ROOT) {
        let element = tree.get(id);
        let context = || {
            let parent = element.parent.map(|id| tree.get(id));
            parent.map_or_else(String::new, |parent| {
                format!("[type: {}, name: {}]", parent.type_name, parent.name)
            })
        };
        match element.kind {
            Kind::Question | Kind::Group | Kind::Repeat | Kind::Survey => {
                for file in pulled_files(element) {
                    let source = format!("jr://file-csv/{file}.csv");
                    all.push(Secondary::file("pulldata", context(), &file, source));
                }
            }
            Kind::ExternalFile => {
                let extension = element.type_name.split('-').next().unwrap_or_default();
                let folder = if extension == "csv" { "file-csv" } else { "file" };
                let source = format!("jr://{folder}/{}.{extension}", element.name);
                all.push(Secondary::file("external", context(), &element.name, source));
            }
            _ => {}
        }
        if element.is_select()
            && let Some(list) = &element.itemset
        {
            let (stem, extension) = split_extension(list);
            if FILE_EXTENSIONS.contains(&extension) {
                let folder = if extension == ".csv" { "file-csv" } else { "file" };
                let source = format!("jr://{folder}/{list}");
                all.push(Secondary::file("file", context(), stem, source));
            }
        }
        last_saved |= element.kind == Kind::Question && mentions_last_saved(element);
    }
    if last_saved {
        let source = "jr://instance/last-saved".to_owned();
        all.push(Secondary::file("instance", "None".to_owned(), "__last-saved", source));
    }
    for (name, list) in tree.choices.iter().filter(|(_, list)| !list.used_by_search) {
        all.push(Secondary {
            kind: "choice",
            context: "survey".to_owned(),
            name: name.clone(),
            source: None,
            node: choice_list(name, list),
        });
    }
    once_each(all)
}

fn once_each(all: Vec<Secondary>) -> Result<Vec<Node>, Problem> {
    let mut external: IndexMap<&str, Vec<&Secondary>> = IndexMap::new();
    for one in all.iter().filter(|one| one.kind == "external") {
        external.entry(&one.name).or_default().push(one);
    }
    let twice = external.iter().filter(|(_, copies)| copies.len() > 1).map(|(name, copies)| {
        let contexts = copies.iter().map(|one| format!("{}({})", one.context, one.kind));
        format!(
            "Instance names must be unique within a form. The name '{name}' was found {} \
             time(s), under these contexts: {}",
            copies.len(),
            contexts.collect::<Vec<_>>().join(", ")
        )
    });
    let twice = twice.collect::<Vec<_>>();
    if !twice.is_empty() {
        return Err(Problem::error(twice.join("\n")));
    }
    let mut seen: IndexMap<String, (&'static str, Option<String>)> = IndexMap::new();
    let mut nodes = Vec::new();
    for one in all {
        if let Some((kind, source)) = seen.get(&one.name) {
            if *source == one.source {
                continue;
            }
            let shown = |source: &Option<String>| source.clone().unwrap_or("None".to_owned());
            return Err(Problem::error(format!(
                "The same instance id will be generated for different external instance source \
                 URIs. Please check the form. Instance name: '{}', Existing type: '{kind}', \
                 Existing URI: '{}', Duplicate type: '{}', Duplicate URI: '{}', Duplicate \
                 context: '{}'.",
                one.name,
                shown(source),
                one.kind,
                shown(&one.source),
                one.context
            )));
        }
        seen.insert(one.name, (one.kind, one.source));
        nodes.push(one.node);
    }
    Ok(nodes)
}

fn choice_list(name: &str, list: &super::element::ChoiceList) -> Node {
    let mut root = Node::new("root");
    for (index, choice) in list.choices.iter().enumerate() {
        let mut item = Node::new("item");
        if list.in_itext {
            item.push(Node::new("itextId").text(format!("{name}-{index}")));
        }
        item.push(Node::new("name").text(choice.name.as_str()));
        if !list.in_itext
            && let Some(Value::Text(label)) = &choice.label
        {
            item.push(Node::new("label").text(label.as_str()));
        }
        for (column, value) in &choice.extra {
            item.push(Node::new(column.clone()).text(value.display()));
        }
        if let Some(option) = choice.sms_option.as_ref().filter(|option| !option.is_empty()) {
            item.push(Node::new("sms_option").text(option.as_str()));
        }
        root.push(item);
    }
    Node::new("instance").child(root).with("id", name)
}

/// The texts in which a question may read other instances.
fn formulas(element: &Element) -> Vec<String> {
    let names = ["calculate", "constraint", "readonly", "required", "relevant"];
    let binds =
        element.bind.iter().flat_map(|bind| names.iter().filter_map(|name| bind.get(*name)));
    let mut texts = binds.map(Value::display).collect::<Vec<_>>();
    texts.extend(element.choice_filter.clone());
    texts.extend(element.default.clone());
    texts
}

/// First arguments of `pulldata()`.
fn pulled_files(element: &Element) -> Vec<String> {
    let mut files = Vec::new();
    for text in formulas(element).iter().filter(|text| text.contains("pulldata(")) {
        let mut rest = text.as_str();
        while let Some(at) = rest.find("pulldata") {
            rest = &rest[at + 8..];
            let Some(arguments) = rest.trim_start().strip_prefix('(') else { continue };
            let arguments = arguments.trim_start();
            let Some(comma) = arguments.find(',') else { break };
            if !arguments[..comma].contains('\n') {
                files.push(arguments[..comma].replace(['\'', '"'], "").trim().to_owned());
            }
            rest = &arguments[comma..];
        }
    }
    files
}

fn mentions_last_saved(element: &Element) -> bool {
    formulas(element).iter().any(|text| reference::contains_last_saved(text))
}
