//! The rules of a node in plain terms, for whoever must say them in words, as a printed form does.

use super::xform::{Rule, XForm};
use crate::xpath::Plain;

/// What holds of a node by the form's own rules.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rules {
    /// When it is asked; `None` where it always is.
    pub relevant: Option<Plain>,
    /// Paths that this depends on.
    pub reads: Vec<Vec<String>>,
    /// What an answer must satisfy.
    pub constraint: Option<Plain>,
    /// Whether its value is worked out or fixed, so that nobody answers it.
    pub given: bool,
}

impl XForm {
    /// The rules of the node at a path.
    pub fn rules(&self, path: &[String]) -> Rules {
        let Some(bind) = self.bind(path) else { return Rules::default() };
        let plain = |rule: &Option<Rule>| rule.as_ref().map(|rule| rule.expression.plain(path));
        let always = |rule: &Rule| rule.expression.source().trim() == "true()";
        Rules {
            relevant: plain(&bind.relevant),
            reads: bind.relevant.as_ref().map(|rule| rule.reads.paths.clone()).unwrap_or_default(),
            constraint: plain(&bind.constraint),
            given: bind.calculate.is_some() || bind.read_only.as_ref().is_some_and(always),
        }
    }
}
