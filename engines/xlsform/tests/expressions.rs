//! The expressions recorded from the OpenRosa evaluator's own tests.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::Value as Json;
use xlsform::xml::{Document, NodeId, NodeKind, parse};
use xlsform::xpath::{Environment, Expression, Value, number_text};

struct Recorded {
    namespaces: Vec<(String, String)>,
}

impl Environment for Recorded {
    fn now(&self) -> Timestamp {
        "2026-11-23T16:14:26Z".parse().unwrap()
    }

    fn zone(&self) -> TimeZone {
        TimeZone::get("America/Phoenix").unwrap()
    }

    fn namespace(&self, prefix: &str) -> Option<&str> {
        let found = self.namespaces.iter().find(|(known, _)| known == prefix)?;
        Some(&found.1)
    }
}

/// `/node()[2]/@id` by counting every child, as the recorder did.
fn find(document: &Document, root: NodeId, path: &str) -> Option<NodeId> {
    let mut at = root;
    for step in path.split('/').filter(|step| !step.is_empty()) {
        at = if let Some(name) = step.strip_prefix('@') {
            let named = |id: &&NodeId| document.name(**id).unwrap().qualified() == name;
            *document.attributes(at).iter().find(named)?
        } else {
            let index = step.strip_prefix("node()[")?.strip_suffix(']')?.parse::<usize>().ok()?;
            *document.children(at).get(index - 1)?
        };
    }
    Some(at)
}

fn path(document: &Document, id: NodeId) -> String {
    let Some(parent) = document.parent(id) else { return String::new() };
    let above = path(document, parent);
    if document.kind(id) == NodeKind::Attribute {
        return format!("{above}/@{}", document.name(id).unwrap().qualified());
    }
    let index = document.children(parent).iter().position(|child| *child == id).unwrap();
    format!("{above}/node()[{}]", index + 1)
}

fn path_or_root(document: &Document, id: NodeId) -> String {
    let path = path(document, id);
    if path.is_empty() { "/".to_owned() } else { path }
}

fn outcome(case: &Json) -> Result<bool, String> {
    let mut document = Document::new();
    let root = parse(&mut document, case["doc"].as_str().unwrap()).map_err(|e| e.to_string())?;
    let mut namespaces = vec![("xhtml".to_owned(), "http://www.w3.org/1999/xhtml".to_owned())];
    for id in document.descendants(root) {
        for attribute in document.attributes(id) {
            let name = document.name(*attribute).unwrap();
            if name.prefix == "xmlns" {
                namespaces.push((name.local.clone(), document.value(*attribute).to_owned()));
            }
        }
    }
    let environment = Recorded { namespaces };
    let at = find(&document, root, case["ctx"].as_str().unwrap()).ok_or("no context")?;
    let expression = Expression::parse(case["expr"].as_str().unwrap());
    let value = expression
        .map_err(|error| error.to_string())
        .and_then(|e| e.evaluate(&document, at, &environment).map_err(|error| error.to_string()));
    if case.get("throws").is_some() {
        return Ok(value.is_err());
    }
    let value = value?;
    let wanted = &case["v"];
    let text = |value: &Value| match value {
        Value::Nodes(nodes) => nodes.first().map(|id| document.text(*id)).unwrap_or_default(),
        Value::Text(text) => text.clone(),
        Value::Number(number) => number_text(*number),
        Value::Boolean(yes) => yes.to_string(),
        Value::Date(_) => Expression::parse(case["expr"].as_str().unwrap())
            .unwrap()
            .text(&document, at, &environment)
            .unwrap(),
    };
    let number = || {
        let expression = Expression::parse(case["expr"].as_str().unwrap()).unwrap();
        expression.number(&document, at, &environment).unwrap()
    };
    let nodes = || match &value {
        Value::Nodes(nodes) => nodes.clone(),
        _ => Vec::new(),
    };
    let shown = match case["k"].as_i64() {
        Some(1) => Json::String(number_text(number())),
        Some(2) => Json::String(text(&value)),
        Some(3) => Json::Bool(value.boolean()),
        Some(6 | 7) => {
            nodes().iter().map(|id| Json::String(path_or_root(&document, *id))).collect()
        }
        Some(8 | 9) => nodes().first().map_or(Json::Null, |id| path_or_root(&document, *id).into()),
        // A date where any kind was asked for: the recorder had no kind for it.
        _ => return Ok(matches!(value, Value::Date(_))),
    };
    if shown == *wanted { Ok(true) } else { Err(format!("{shown} instead of {wanted}")) }
}

/// Contexts that only a browser can have (a node outside of every document).
fn is_of_the_browser(case: &Json) -> bool {
    case["throws"].as_str().is_some_and(|why| why.contains("document-fragment"))
}

#[test]
fn recorded_expressions() {
    let (mut right, mut all) = (0, 0);
    for case in super::cases::read("xpath") {
        if is_of_the_browser(&case) {
            continue;
        }
        all += 1;
        match outcome(&case) {
            Ok(true) => right += 1,
            other => {
                if std::env::var("SHOW").is_ok() {
                    eprintln!("{} at {}: {other:?}", case["expr"], case["ctx"]);
                }
            }
        }
    }
    super::cases::note(
        "expressions",
        &format!("expressions of the OpenRosa evaluator: {right} of {all} agree"),
    );
    assert!(right == all, "expressions fell to {right} of {all}");
}
