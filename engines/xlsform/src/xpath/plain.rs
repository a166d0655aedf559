//! Conditions in plain terms: a question compared with an answer, joined by "and", "or" and "not". What
//! can be said in these terms can be said in words, as a printed form must; everything else is [`Plain::Other`].

use super::ast::{Node, Operator};
use super::depend;

/// A condition, as far as it is plain.
#[derive(Debug, Clone, PartialEq)]
pub enum Plain {
    /// The answer at a path is this one, or has it among its choices.
    Is {
        path: Vec<String>,
        answer: String,
    },
    /// The answer at a path compares with a number.
    Compared {
        path: Vec<String>,
        by: Comparison,
        number: f64,
    },
    /// There is an answer at a path.
    Answered {
        path: Vec<String>,
    },
    /// All hold; of none, always true.
    All(Vec<Plain>),
    /// One at least holds; of none, never true.
    Any(Vec<Plain>),
    Not(Box<Plain>),
    /// What has no plain words.
    Other,
}

/// How an answer compares with a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    Equal,
    Less,
    AtMost,
    More,
    AtLeast,
}

pub(crate) fn of(node: &Node, context: &[String]) -> Plain {
    match node {
        Node::Chain(first, rest) => match rest.first() {
            None => of(first, context),
            Some((Operator::And, _)) => Plain::All(each(first, rest, context)),
            Some((Operator::Or, _)) => Plain::Any(each(first, rest, context)),
            Some((operator, second)) if rest.len() == 1 => {
                compared(*operator, first, second, context)
            }
            Some(_) => Plain::Other,
        },
        Node::Call(name, arguments) => match (name.as_str(), arguments.as_slice()) {
            ("true", []) => Plain::All(Vec::new()),
            ("false", []) => Plain::Any(Vec::new()),
            ("not", [inner]) => not(of(inner, context)),
            ("boolean", [inner]) => of(inner, context),
            ("selected", [set, Node::Text(answer)]) => match path(set, context) {
                Some(path) => Plain::Is { path, answer: answer.clone() },
                None => Plain::Other,
            },
            _ => Plain::Other,
        },
        _ => Plain::Other,
    }
}

fn each(first: &Node, rest: &[(Operator, Node)], context: &[String]) -> Vec<Plain> {
    std::iter::once(first)
        .chain(rest.iter().map(|(_, node)| node))
        .map(|node| of(node, context))
        .collect()
}

fn not(inner: Plain) -> Plain {
    match inner {
        Plain::Other => Plain::Other,
        Plain::Not(inner) => *inner,
        inner => Plain::Not(Box::new(inner)),
    }
}

fn compared(operator: Operator, first: &Node, second: &Node, context: &[String]) -> Plain {
    let turned = |operator| match operator {
        Operator::Less => Operator::Greater,
        Operator::LessOrEqual => Operator::GreaterOrEqual,
        Operator::Greater => Operator::Less,
        Operator::GreaterOrEqual => Operator::LessOrEqual,
        other => other,
    };
    let (operator, left, right) = match (first, second) {
        (Node::Text(_) | Node::Number(_) | Node::Negative(_), _) => {
            (turned(operator), second, first)
        }
        _ => (operator, first, second),
    };
    // `string-length(x) > 0` and `count-selected(x) >= 1` ask whether there is an answer.
    if let Node::Call(name, arguments) = left
        && ["string-length", "count-selected"].contains(&name.as_str())
        && let ([set], Some(number)) = (arguments.as_slice(), number(right))
    {
        let Some(path) = path(set, context) else { return Plain::Other };
        let answered = Plain::Answered { path };
        return match (operator, number) {
            (Operator::Greater | Operator::NotEqual, 0.0) => answered,
            (Operator::GreaterOrEqual, 1.0) => answered,
            (Operator::Equal | Operator::LessOrEqual, 0.0) | (Operator::Less, 1.0) => not(answered),
            _ => Plain::Other,
        };
    }
    let Some(path) = path(left, context) else { return Plain::Other };
    if let Node::Text(answer) = right {
        let is = match answer.is_empty() {
            true => not(Plain::Answered { path }),
            false => Plain::Is { path, answer: answer.clone() },
        };
        return match operator {
            Operator::Equal => is,
            Operator::NotEqual => not(is),
            _ => Plain::Other,
        };
    }
    let Some(number) = number(right) else { return Plain::Other };
    let by = match operator {
        Operator::Equal | Operator::NotEqual => Comparison::Equal,
        Operator::Less => Comparison::Less,
        Operator::LessOrEqual => Comparison::AtMost,
        Operator::Greater => Comparison::More,
        Operator::GreaterOrEqual => Comparison::AtLeast,
        _ => return Plain::Other,
    };
    let compared = Plain::Compared { path, by, number };
    if operator == Operator::NotEqual { not(compared) } else { compared }
}

fn number(node: &Node) -> Option<f64> {
    match node {
        Node::Number(number) => Some(*number),
        Node::Negative(inner) => number(inner).map(|number| -number),
        _ => None,
    }
}

/// The one place that a node stands for.
fn path(node: &Node, context: &[String]) -> Option<Vec<String>> {
    let (Node::Path(_, steps), read) = (node, depend::of(node, context)) else { return None };
    let plain = steps.iter().all(|step| step.predicates.is_empty()) && !read.anything;
    match <[_; 1]>::try_from(read.paths) {
        Ok([path]) if plain && path.iter().all(|name| name != "*") => Some(path),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::Expression;
    use super::*;

    fn plain(text: &str) -> Plain {
        let context = ["data", "g", "x"].map(str::to_owned);
        Expression::parse(text).expect("it parses").plain(&context)
    }

    #[test]
    fn what_authors_write_is_plain() {
        let path = ["data", "g", "uses"].map(str::to_owned).to_vec();
        let yes = Plain::Is { path: path.clone(), answer: "yes".into() };
        assert_eq!(plain(" ../uses  = 'yes'"), yes);
        assert_eq!(plain("selected(/data/g/uses, 'yes')"), yes);
        assert_eq!(plain("not(/data/g/uses != 'yes')"), yes);
        let answered = Plain::Answered { path: path.clone() };
        assert_eq!(plain("string-length( ../uses ) > 0"), answered);
        assert_eq!(plain("/data/g/uses != ''"), answered);
        let own = ["data", "g", "x"].map(str::to_owned).to_vec();
        assert_eq!(
            plain(". >= 0 and 600 >= ."),
            Plain::All(vec![
                Plain::Compared { path: own.clone(), by: Comparison::AtLeast, number: 0.0 },
                Plain::Compared { path: own, by: Comparison::AtMost, number: 600.0 },
            ])
        );
    }

    #[test]
    fn what_is_not_plain_says_so() {
        for text in ["count(../r) > 2", "../a = ../b", "regex(., 'x')", "../r[1]/a = 'x'"] {
            assert_eq!(plain(text), Plain::Other, "{text}");
        }
    }
}
