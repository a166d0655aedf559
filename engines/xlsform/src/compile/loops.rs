//! Two old shapes of questionnaires: a loop that asks its questions once for each choice, and
//! flat data in which groups leave no trace.

use indexmap::IndexMap;

use super::element::{Element, Id, Kind, Tree};
use super::names::text_in;
use super::value::{Map, Value};

/// Replaces the questions of each loop by one group for each choice of its list.
pub(crate) fn unroll(tree: &mut Tree, loops: &[(Id, String)], lists: &IndexMap<String, Vec<Map>>) {
    for (id, list) in loops {
        let template = std::mem::take(&mut tree.elements[*id].children);
        for choice in lists.get(list).into_iter().flatten() {
            let name = choice.get("name").map(Value::display).unwrap_or_default();
            if name == "none" {
                continue;
            }
            let mut column = Element::new(Kind::Group, name.as_str(), "group");
            column.label = choice.get("label").cloned();
            let column = tree.add(*id, column);
            for child in &template {
                copy(tree, column, *child, &name, choice.get("label"));
            }
        }
    }
}

fn copy(tree: &mut Tree, parent: Id, original: Id, name: &str, label: Option<&Value>) {
    let mut element = tree.get(original).clone();
    let children = std::mem::take(&mut element.children);
    for value in [&mut element.label, &mut element.hint].into_iter().flatten() {
        substitute(value, name, label, None);
    }
    element.name = replaced(&element.name, name, label, None);
    let id = tree.add(parent, element);
    for child in children {
        copy(tree, id, child, name, label);
    }
}

/// `%(name)s` and `%(label)s` stand for the choice.
fn substitute(value: &mut Value, name: &str, label: Option<&Value>, language: Option<&str>) {
    match value {
        Value::Text(text) => *text = replaced(text, name, label, language),
        Value::Map(map) => {
            for (language, value) in map {
                substitute(value, name, label, Some(language));
            }
        }
    }
}

fn replaced(text: &str, name: &str, label: Option<&Value>, language: Option<&str>) -> String {
    if !text.contains("%(") {
        return text.to_owned();
    }
    let label = match (label, language) {
        (Some(Value::Map(map)), Some(language)) => {
            map.get(language).map(Value::display).unwrap_or_default()
        }
        (Some(label), _) => label.display(),
        (None, _) => String::new(),
    };
    text.replace("%(name)s", name).replace("%(label)s", &label)
}

/// Groups disappear from the data, and their condition passes to their questions.
pub(crate) fn flatten(tree: &mut Tree) {
    let mut open = vec![(Tree::ROOT, String::new())];
    while let Some((id, above)) = open.pop() {
        for child in tree.get(id).children.clone() {
            let own = tree.get(child).bind.as_ref().map(|bind| {
                let row = Map::from_iter([("bind".to_owned(), Value::Map(bind.clone()))]);
                text_in(&row, "bind", "relevant").unwrap_or_default().to_owned()
            });
            let own = own.unwrap_or_default();
            let relevant = match (above.is_empty(), own.is_empty()) {
                (true, _) => own,
                (false, true) => above.clone(),
                (false, false) => format!("{above} and ({own})"),
            };
            let element = &mut tree.elements[child];
            if element.is_section() && !element.bodyless {
                element.flat = true;
                open.push((child, relevant));
            } else if !relevant.is_empty() && element.kind == Kind::Question && !element.bodyless {
                element.bind_mut().insert("relevant".to_owned(), relevant.into());
            }
        }
    }
}
