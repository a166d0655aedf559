//! Expressions: XPath 1.0 with the functions of ODK. Parsed once, evaluated on a [`Document`],
//! with a budget of steps so that no form can hold a server.

mod ast;
mod axes;
mod dates;
mod depend;
mod digest;
mod eval;
mod functions;
mod geo;
mod lists;
mod names_of_days;
mod parse;
mod plain;
mod shuffle;
mod texts;
mod value;

use crate::xml::{Document, NodeId};

pub use dates::Moment;
pub use depend::{Dependencies, PathPattern};
pub use eval::{Environment, EvaluationError, Fixed};
pub use parse::SyntaxError;
pub use plain::{Comparison, Plain};
pub use value::{Value, number_text};

pub(crate) use digest::hash;

/// An expression that has been read.
///
/// ```
/// use xlsform::xpath::{Expression, Fixed, Value};
/// let mut document = xlsform::xml::Document::new();
/// let root = xlsform::xml::parse(&mut document, "<data><age>41</age></data>")?;
/// let expression = Expression::parse("/data/age >= 18 and /data/age < 65")?;
/// assert_eq!(expression.evaluate(&document, root, &Fixed::utc())?, Value::Boolean(true));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Expression {
    text: String,
    node: ast::Node,
}

impl Expression {
    pub fn parse(text: &str) -> Result<Self, SyntaxError> {
        Ok(Self { text: text.to_owned(), node: parse::parse(text)? })
    }

    /// The expression as written.
    pub fn source(&self) -> &str {
        &self.text
    }

    /// Evaluates at a node. The document must have been [renumbered](Document::renumber) since its
    /// structure last changed.
    pub fn evaluate(
        &self,
        document: &Document,
        at: NodeId,
        environment: &dyn Environment,
    ) -> Result<Value, EvaluationError> {
        eval::evaluate(document, &self.node, at, environment)
    }

    /// The same as a condition.
    pub fn test(
        &self,
        document: &Document,
        at: NodeId,
        environment: &dyn Environment,
    ) -> Result<bool, EvaluationError> {
        self.evaluate(document, at, environment).map(|value| value.boolean())
    }

    /// The same as text.
    pub fn text(
        &self,
        document: &Document,
        at: NodeId,
        environment: &dyn Environment,
    ) -> Result<String, EvaluationError> {
        self.evaluate(document, at, environment).map(|value| value.text(document, environment))
    }

    /// The same as a number.
    pub fn number(
        &self,
        document: &Document,
        at: NodeId,
        environment: &dyn Environment,
    ) -> Result<f64, EvaluationError> {
        self.evaluate(document, at, environment).map(|value| value.number(document, environment))
    }

    /// The nodes it yields; a value that is no set of nodes yields none.
    pub fn nodes(
        &self,
        document: &Document,
        at: NodeId,
        environment: &dyn Environment,
    ) -> Result<Vec<NodeId>, EvaluationError> {
        Ok(match self.evaluate(document, at, environment)? {
            Value::Nodes(nodes) => nodes,
            _ => Vec::new(),
        })
    }

    /// What it says in plain terms, when it stands at the node of `context`.
    pub fn plain(&self, context: &[String]) -> Plain {
        plain::of(&self.node, context)
    }

    /// Which paths it reads, when it stands at the node of `context`.
    pub fn dependencies(&self, context: &[String]) -> Dependencies {
        depend::of(&self.node, context)
    }
}
