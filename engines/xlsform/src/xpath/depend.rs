//! Which paths an expression reads, from its syntax tree alone: a change elsewhere need not wake
//! it.

use super::ast::{Axis, Node, Start, Step, Test};

/// A path by names; `*` is any one name.
pub type PathPattern = Vec<String>;

/// What an expression reads.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dependencies {
    /// Absolute paths in the primary instance.
    pub paths: Vec<PathPattern>,
    /// It may read anything: `//`, an axis that wanders, a node from a function.
    pub anything: bool,
    /// It changes by itself: `now()`, `random()`.
    pub volatile: bool,
    /// Lists it names: `instance('towns')`, `pulldata('towns', …)`.
    pub lists: Vec<String>,
}

pub(crate) fn of(node: &Node, context: &[String]) -> Dependencies {
    let mut found = Dependencies::default();
    let context = Some(context.to_vec());
    visit(node, &context, &context, &mut found);
    found.paths.sort();
    found.paths.dedup();
    found.lists.sort();
    found.lists.dedup();
    found
}

/// A place in the primary instance, or `None` in another tree.
type Place = Option<PathPattern>;

fn visit(node: &Node, here: &Place, current: &Place, found: &mut Dependencies) {
    match node {
        Node::Text(_) | Node::Number(_) => {}
        Node::Negative(operand) => visit(operand, here, current, found),
        Node::Chain(first, rest) => {
            visit(first, here, current, found);
            rest.iter().for_each(|(_, node)| visit(node, here, current, found));
        }
        Node::Path(start, steps) => {
            let begin = match start {
                Start::Here => here.clone(),
                Start::Root => Some(Vec::new()),
                Start::Expression(expression, predicates) => {
                    visit(expression, here, current, found);
                    let place = match expression.as_ref() {
                        Node::Call(name, _) if name == "current" => current.clone(),
                        Node::Call(name, _) if name == "instance" => None,
                        Node::Call(name, arguments) if name == "randomize" => {
                            arguments.first().and_then(|first| place_of(first, here, current))
                        }
                        Node::Path(start, steps) => {
                            place_of(&Node::Path(start.clone(), steps.clone()), here, current)
                        }
                        _ => {
                            found.anything = true;
                            None
                        }
                    };
                    predicates.iter().for_each(|node| visit(node, &place, current, found));
                    place
                }
            };
            walk(begin, steps, current, found);
        }
        Node::Call(name, arguments) => {
            match name.as_str() {
                "now" | "today" | "random" | "uuid" => found.volatile = true,
                // Without an argument these read the node they stand at.
                "string" | "number" | "string-length" | "normalize-space" | "once" | "position"
                    if arguments.is_empty() || name == "once" =>
                {
                    found.paths.extend(here.clone());
                }
                "jr:choice-name" => match arguments.get(1) {
                    Some(Node::Text(path)) => {
                        if let Ok(node) = super::parse::parse(path) {
                            visit(&node, here, current, found);
                        }
                    }
                    _ => found.anything = true,
                },
                "id" => found.anything = true,
                "instance" | "pulldata" => {
                    if let Some(Node::Text(list)) = arguments.first() {
                        found.lists.push(list.clone());
                    }
                }
                _ => {}
            }
            arguments.iter().for_each(|node| visit(node, here, current, found));
        }
    }
}

fn walk(begin: Place, steps: &[Step], current: &Place, found: &mut Dependencies) {
    let mut place = begin;
    for step in steps {
        place = next(place, step, found);
        for predicate in &step.predicates {
            visit(predicate, &place, current, found);
        }
    }
    found.paths.extend(place);
}

fn next(place: Place, step: &Step, found: &mut Dependencies) -> Place {
    let mut place = place?;
    let name = match &step.test {
        Test::Name { local, .. } => local.clone(),
        _ => "*".to_owned(),
    };
    match step.axis {
        Axis::Itself => {}
        Axis::Parent => {
            place.pop();
        }
        Axis::Child => match step.test {
            // Text and comments are part of the element.
            Test::Text | Test::Comment | Test::Instruction(_) => {}
            _ => place.push(name),
        },
        Axis::Attribute => place.push(format!("@{name}")),
        Axis::FollowingSibling | Axis::PrecedingSibling => {
            place.pop();
            place.push(name);
        }
        _ => {
            found.anything = true;
            return None;
        }
    }
    Some(place)
}

fn place_of(node: &Node, here: &Place, current: &Place) -> Place {
    let Node::Path(start, steps) = node else { return None };
    let begin = match start {
        Start::Here => here.clone(),
        Start::Root => Some(Vec::new()),
        Start::Expression(expression, _) => match expression.as_ref() {
            Node::Call(name, _) if name == "current" => current.clone(),
            _ => None,
        },
    };
    let mut ignored = Dependencies::default();
    steps.iter().fold(begin, |place, step| next(place, step, &mut ignored))
}
