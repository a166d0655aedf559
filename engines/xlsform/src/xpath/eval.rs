//! Evaluation: a value for each part of the syntax tree, within a budget.

use std::cell::Cell;
use std::fmt;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::ast::{Axis, Node, Operator, Start, Step, Test};
use super::axes;
use super::dates::{self, Moment};
use super::functions;
use super::value::{Value, text_number};
use crate::xml::{Document, NodeId, NodeKind};

/// Steps of one evaluation: nodes visited and operations done. A calculation over every node of
/// a form with 100,000 nodes needs a fifth; all of it is used up in half a second.
const BUDGET: u64 = 10_000_000;
/// Bytes of one text that an expression may build: 10,000 answers of 200 letters. A calculation that reads itself by way of its group
/// grows to this at every node, so it is also what a hostile form of one kilobyte can fill, some dozens of times.
pub(crate) const MAX_TEXT: usize = 2 << 20;

/// What an expression knows of the world. Time and chance come from here, never from the machine.
pub trait Environment {
    fn now(&self) -> Timestamp;

    /// Zone of the person who fills the form.
    fn zone(&self) -> TimeZone;

    /// A number in [0, 1), another at each call.
    fn draw(&self) -> f64 {
        0.5
    }

    fn namespace(&self, _prefix: &str) -> Option<&str> {
        None
    }

    /// Whether the expression belongs to a form. Then `name` finds elements in the default
    /// namespace, the sum of no answers is no number, and a place that is none is a fault.
    fn in_form(&self) -> bool {
        false
    }

    /// Where absolute paths begin; the tree of the context node if nowhere.
    fn primary(&self) -> Option<NodeId> {
        None
    }

    /// Root of a secondary instance.
    fn instance(&self, _id: &str) -> Option<NodeId> {
        None
    }

    /// Text of an itext entry in the language that is shown.
    fn itext(&self, _id: &str) -> Option<String> {
        None
    }

    /// The language that is shown: `Română (ro)`. Names of months and days are written in it.
    fn language(&self) -> Option<&str> {
        None
    }

    /// What the client knows of itself and its user: `deviceid`, `username`, `email` …
    fn property(&self, _name: &str) -> Option<String> {
        None
    }

    /// Label of a choice of the question at this path; `None` where no choices are offered.
    fn choice_name(&self, _value: &str, _path: &str, _at: NodeId) -> Option<String> {
        None
    }
}

/// The simplest environment: a fixed moment and zone.
#[derive(Debug, Clone)]
pub struct Fixed {
    pub now: Timestamp,
    pub zone: TimeZone,
}

impl Fixed {
    /// 1970-01-01 in UTC.
    pub fn utc() -> Self {
        Self { now: Timestamp::UNIX_EPOCH, zone: TimeZone::UTC }
    }
}

impl Environment for Fixed {
    fn now(&self) -> Timestamp {
        self.now
    }

    fn zone(&self) -> TimeZone {
        self.zone.clone()
    }
}

/// Why an expression has no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EvaluationError {
    /// A function that does not exist, or with arguments it does not take.
    Function(String),
    /// The budget is used up.
    Budget,
}

impl fmt::Display for EvaluationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            EvaluationError::Function(message) => f.write_str(message),
            EvaluationError::Budget => f.write_str(
                "The calculation takes too many steps. Look for '//' and for predicates over \
                 long lists.",
            ),
        }
    }
}

impl std::error::Error for EvaluationError {}

pub(crate) type Outcome = Result<Value, EvaluationError>;

/// Where an expression is evaluated.
#[derive(Clone, Copy)]
pub(crate) struct At {
    pub(crate) node: NodeId,
    pub(crate) position: usize,
    pub(crate) size: usize,
    /// The node the whole expression stands at, which `current()` gives.
    pub(crate) current: NodeId,
}

pub(crate) struct Evaluator<'a> {
    pub(crate) document: &'a Document,
    pub(crate) environment: &'a dyn Environment,
    budget: Cell<u64>,
}

pub(crate) fn evaluate(
    document: &Document,
    node: &Node,
    at: NodeId,
    environment: &dyn Environment,
) -> Outcome {
    let evaluator = Evaluator { document, environment, budget: Cell::new(BUDGET) };
    evaluator.value(node, At { node: at, position: 1, size: 1, current: at })
}

impl Evaluator<'_> {
    pub(crate) fn spend(&self, steps: usize) -> Result<(), EvaluationError> {
        let left = self.budget.get().checked_sub(steps as u64).ok_or(EvaluationError::Budget)?;
        self.budget.set(left);
        Ok(())
    }

    pub(crate) fn text(&self, value: &Value) -> String {
        value.text(self.document, self.environment)
    }

    pub(crate) fn number(&self, value: &Value) -> f64 {
        value.number(self.document, self.environment)
    }

    pub(crate) fn node_number(&self, id: NodeId) -> f64 {
        text_number(&self.document.text(id), self.environment)
    }

    pub(crate) fn value(&self, node: &Node, at: At) -> Outcome {
        self.spend(1)?;
        match node {
            Node::Text(text) => Ok(Value::Text(text.clone())),
            Node::Number(number) => Ok(Value::Number(*number)),
            Node::Negative(operand) => {
                let value = self.value(operand, at)?;
                Ok(Value::Number(-self.number(&value)))
            }
            Node::Chain(first, rest) => self.chain(first, rest, at),
            Node::Path(start, steps) => self.path(start, steps, at),
            Node::Call(name, arguments) => functions::call(self, name, arguments, at),
        }
    }

    fn chain(&self, first: &Node, rest: &[(Operator, Node)], at: At) -> Outcome {
        let mut left = self.value(first, at)?;
        for (operator, node) in rest {
            left = match operator {
                // The other side is not looked at when it cannot matter.
                Operator::Or if left.boolean() => Value::Boolean(true),
                Operator::And if !left.boolean() => Value::Boolean(false),
                Operator::Or | Operator::And => Value::Boolean(self.value(node, at)?.boolean()),
                _ => self.operation(*operator, left, self.value(node, at)?)?,
            };
        }
        Ok(left)
    }

    fn operation(&self, operator: Operator, left: Value, right: Value) -> Outcome {
        if operator == Operator::Union {
            let (Value::Nodes(mut left), Value::Nodes(right)) = (left, right) else {
                return Err(EvaluationError::Function(
                    "'|' joins sets of nodes; one side is none".to_owned(),
                ));
            };
            left.extend(right);
            return Ok(Value::Nodes(self.in_order(left)));
        }
        let (left, right) = self.dated(operator, left, right);
        let (a, b) = (|| self.number(&left), || self.number(&right));
        Ok(match operator {
            Operator::Add => Value::Number(a() + b()),
            Operator::Subtract => Value::Number(a() - b()),
            Operator::Multiply => Value::Number(a() * b()),
            Operator::Divide => Value::Number(a() / b()),
            Operator::Modulo => Value::Number(a() % b()),
            Operator::Equal => Value::Boolean(self.equal(&left, &right, true)?),
            Operator::NotEqual => Value::Boolean(self.equal(&left, &right, false)?),
            _ => Value::Boolean(self.compare(operator, &left, &right)?),
        })
    }

    /// Dates are compared and added as days, also when they are still text.
    fn dated(&self, operator: Operator, left: Value, right: Value) -> (Value, Value) {
        let zone = self.environment.zone();
        let is_date = |value: &Value| matches!(value, Value::Date(_));
        if is_date(&left) || is_date(&right) {
            if matches!(left, Value::Boolean(_)) || matches!(right, Value::Boolean(_)) {
                return (left, right);
            }
            let days = |value: Value| match value {
                Value::Nodes(_) | Value::Text(_) => {
                    Value::Number(dates::moment_of(&self.text(&value), &zone).days())
                }
                Value::Date(moment) => Value::Number(moment.days()),
                other => other,
            };
            return (days(left), days(right));
        }
        if matches!(operator, Operator::Multiply | Operator::Divide | Operator::Modulo) {
            return (left, right);
        }
        let days = |value: Value| match &value {
            Value::Text(text) if dates::looks_like_date(text) => {
                Value::Number(dates::days_of(text, &zone))
            }
            Value::Nodes(nodes) if !nodes.is_empty() => {
                let text = self.document.text(nodes[0]);
                if dates::looks_like_date(&text) {
                    Value::Number(dates::days_of(&text, &zone))
                } else {
                    value
                }
            }
            _ => value,
        };
        (days(left), days(right))
    }

    fn equal(&self, left: &Value, right: &Value, wanted: bool) -> Result<bool, EvaluationError> {
        let document = self.document;
        Ok(match (left, right) {
            (Value::Nodes(left), Value::Nodes(right)) => {
                self.spend(left.len().saturating_mul(right.len()))?;
                let right = right.iter().map(|id| document.text(*id)).collect::<Vec<_>>();
                left.iter().any(|id| {
                    let text = document.text(*id);
                    right.iter().any(|other| (*other == text) == wanted)
                })
            }
            (Value::Boolean(_), _) | (_, Value::Boolean(_)) => {
                (left.boolean() == right.boolean()) == wanted
            }
            (Value::Nodes(nodes), other) | (other, Value::Nodes(nodes)) => match other {
                Value::Number(number) => {
                    nodes.iter().any(|id| (self.node_number(*id) == *number) == wanted)
                }
                other => {
                    let text = self.text(other);
                    nodes.iter().any(|id| (document.text(*id) == text) == wanted)
                }
            },
            (Value::Text(left), Value::Text(right)) => (left == right) == wanted,
            _ => (self.number(left) == self.number(right)) == wanted,
        })
    }

    fn compare(
        &self,
        operator: Operator,
        left: &Value,
        right: &Value,
    ) -> Result<bool, EvaluationError> {
        let holds = |a: f64, b: f64| match operator {
            Operator::Less => a < b,
            Operator::LessOrEqual => a <= b,
            Operator::Greater => a > b,
            _ => a >= b,
        };
        let numbers = |value: &Value| match value {
            Value::Nodes(nodes) => nodes.iter().map(|id| self.node_number(*id)).collect(),
            other => vec![self.number(other)],
        };
        let (left, right) = (numbers(left), numbers(right));
        self.spend(left.len().saturating_mul(right.len()))?;
        Ok(left.iter().any(|a| right.iter().any(|b| holds(*a, *b))))
    }

    fn path(&self, start: &Start, steps: &[Step], at: At) -> Outcome {
        let mut nodes = match start {
            Start::Here => vec![at.node],
            Start::Root => {
                let root = self.environment.primary();
                vec![root.unwrap_or_else(|| self.document.root_of(at.node))]
            }
            Start::Expression(expression, predicates) => {
                let value = self.value(expression, at)?;
                if predicates.is_empty() && steps.is_empty() {
                    return Ok(value);
                }
                let Value::Nodes(mut nodes) = value else {
                    return Err(EvaluationError::Function(
                        "a path or a predicate follows something that is no set of nodes"
                            .to_owned(),
                    ));
                };
                for predicate in predicates {
                    nodes = self.filtered(nodes, predicate, at)?;
                }
                nodes
            }
        };
        let mut skip = false;
        for (index, step) in steps.iter().enumerate() {
            if std::mem::take(&mut skip) {
                continue;
            }
            // `//name` without predicates is one walk, not one for every node.
            if let Some(next) = steps.get(index + 1)
                && step.axis == Axis::DescendantOrSelf
                && step.predicates.is_empty()
                && next.axis == Axis::Child
                && next.predicates.is_empty()
            {
                let merged = Step {
                    axis: Axis::Descendant,
                    test: next.test.clone(),
                    predicates: Vec::new(),
                };
                nodes = self.step(nodes, &merged, at)?;
                skip = true;
                continue;
            }
            nodes = self.step(nodes, step, at)?;
        }
        Ok(Value::Nodes(nodes))
    }

    fn step(&self, from: Vec<NodeId>, step: &Step, at: At) -> Result<Vec<NodeId>, EvaluationError> {
        let several = from.len() > 1;
        let mut found = Vec::new();
        for node in from {
            let mut nodes = Vec::new();
            let mut visited = 0;
            let mut visit = |id| {
                visited += 1;
                if axes::passes(self.document, id, step.axis, &step.test, self.environment) {
                    nodes.push(id);
                }
            };
            match (&step.test, step.axis) {
                (Test::Name { local, .. }, Axis::Child) => {
                    self.document.named(node, local).into_iter().for_each(visit);
                }
                _ => axes::walk(self.document, node, step.axis, &mut visit),
            }
            self.spend(visited + 1)?;
            for predicate in &step.predicates {
                nodes = self.filtered(nodes, predicate, at)?;
            }
            found.append(&mut nodes);
        }
        let sorted = !several && !step.axis.is_reverse();
        Ok(if sorted { found } else { self.in_order(found) })
    }

    fn filtered(
        &self,
        nodes: Vec<NodeId>,
        predicate: &Node,
        at: At,
    ) -> Result<Vec<NodeId>, EvaluationError> {
        let size = nodes.len();
        if let Node::Number(wanted) = predicate {
            let keep = (1..).zip(nodes).filter(|(position, _)| f64::from(*position) == *wanted);
            return Ok(keep.map(|(_, id)| id).collect());
        }
        let mut kept = Vec::new();
        for (position, node) in (1..).zip(nodes) {
            let value = self.value(predicate, At { node, position, size, ..at })?;
            let keep = match value {
                Value::Number(number) => number == position as f64,
                value => value.boolean(),
            };
            if keep {
                kept.push(node);
            }
        }
        Ok(kept)
    }

    pub(crate) fn in_order(&self, mut nodes: Vec<NodeId>) -> Vec<NodeId> {
        nodes.sort_by_key(|id| (self.document.order(*id), *id));
        nodes.dedup();
        nodes
    }

    pub(crate) fn date(&self, value: &Value) -> Moment {
        match value {
            Value::Boolean(_) => Moment::Invalid,
            Value::Date(moment) => *moment,
            Value::Number(number) => Moment::from_days(*number),
            other => dates::moment_of(&self.text(other), &self.environment.zone()),
        }
    }

    /// Elements whose `id` attribute is one of the words.
    pub(crate) fn by_id(&self, words: &str, at: NodeId) -> Result<Vec<NodeId>, EvaluationError> {
        let words = words.split_whitespace().collect::<Vec<_>>();
        let all = self.document.descendants(self.document.root_of(at));
        self.spend(all.len())?;
        Ok(all
            .into_iter()
            .filter(|id| self.document.kind(*id) == NodeKind::Element)
            .filter(|id| self.document.attribute(*id, "id").is_some_and(|id| words.contains(&id)))
            .collect())
    }
}
