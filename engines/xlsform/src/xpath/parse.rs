//! Text → syntax tree, with the position of what is wrong. Nesting and length are bounded, since
//! expressions come from strangers' workbooks.

use super::ast::{Axis, Node, Operator, Start, Step, Test};
use crate::compile::names::{name_length, starts_name};

/// Brackets inside brackets; the deepest questionnaire we know nests 30.
const MAX_DEPTH: usize = 100;
/// Bytes of one expression: Excel's cell is 32,767 characters.
const MAX_LENGTH: usize = 131_072;

/// Why an expression cannot be read, and at which byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    pub position: usize,
    pub message: String,
}

impl std::fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "The expression cannot be read: {} (at character {}).",
            self.message,
            self.position + 1
        )
    }
}

impl std::error::Error for SyntaxError {}

#[derive(Debug, Clone, PartialEq)]
enum Token<'a> {
    Number(f64),
    Text(&'a str),
    /// A name, possibly with a prefix: `jr:itext`, `orx:*`.
    Name(&'a str),
    Operator(Operator),
    Symbol(&'static str),
    Axis(Axis),
}

pub(crate) fn parse(text: &str) -> Result<Node, SyntaxError> {
    if text.len() > MAX_LENGTH {
        return Err(SyntaxError {
            position: MAX_LENGTH,
            message: format!("it is longer than {MAX_LENGTH} bytes"),
        });
    }
    let tokens = tokens(text)?;
    let mut parser = Parser { tokens: &tokens, at: 0, depth: 0, length: text.len() };
    let node = parser.expression(0)?;
    match parser.peek() {
        None => Ok(node),
        Some(token) => Err(parser.error(&format!("{} is not expected here", describe(token)))),
    }
}

fn describe(token: &Token) -> String {
    match token {
        Token::Number(number) => format!("the number {number}"),
        Token::Text(_) => "a text".to_owned(),
        Token::Name(name) => format!("'{name}'"),
        Token::Operator(operator) => format!("the operator {operator:?}"),
        Token::Symbol(symbol) => format!("'{symbol}'"),
        Token::Axis(_) => "an axis".to_owned(),
    }
}

/// Cuts the text; whether `*`, `-`, `and`, `div` are operators depends on what stands before.
fn tokens(text: &str) -> Result<Vec<(Token<'_>, usize)>, SyntaxError> {
    let mut found: Vec<(Token, usize)> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let Some(first) = rest.chars().next() else { break };
        if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        }
        let operand_before = match found.last() {
            None | Some((Token::Operator(_) | Token::Axis(_), _)) => false,
            Some((Token::Symbol(symbol), _)) => matches!(*symbol, ")" | "]" | "." | ".." | "*"),
            Some(_) => true,
        };
        let (token, length) = token(rest, first, operand_before).ok_or_else(|| SyntaxError {
            position: at,
            message: format!("'{first}' has no meaning here"),
        })?;
        found.push((token, at));
        at += length;
    }
    Ok(found)
}

fn token(rest: &str, first: char, operand_before: bool) -> Option<(Token<'_>, usize)> {
    let symbol = |symbol: &'static str| Some((Token::Symbol(symbol), symbol.len()));
    let operator = |operator, length| Some((Token::Operator(operator), length));
    match first {
        '"' | '\'' => {
            let end = rest[1..].find(first)?;
            return Some((Token::Text(&rest[1..=end]), end + 2));
        }
        '(' => return symbol("("),
        ')' => return symbol(")"),
        '[' => return symbol("["),
        ']' => return symbol("]"),
        ',' => return symbol(","),
        '@' => return symbol("@"),
        '/' if rest.starts_with("//") => return symbol("//"),
        '/' => return symbol("/"),
        '|' => return operator(Operator::Union, 1),
        '+' => return operator(Operator::Add, 1),
        '-' => return operator(Operator::Subtract, 1),
        '=' => return operator(Operator::Equal, 1),
        '!' if rest.starts_with("!=") => return operator(Operator::NotEqual, 2),
        '<' if rest.starts_with("<=") => return operator(Operator::LessOrEqual, 2),
        '<' => return operator(Operator::Less, 1),
        '>' if rest.starts_with(">=") => return operator(Operator::GreaterOrEqual, 2),
        '>' => return operator(Operator::Greater, 1),
        '*' if operand_before => return operator(Operator::Multiply, 1),
        '*' => return symbol("*"),
        '.' if rest[1..].starts_with(|c: char| c.is_ascii_digit()) => return number(rest),
        '.' if rest.starts_with("..") => return symbol(".."),
        '.' => return symbol("."),
        '0'..='9' => return number(rest),
        c if starts_name(c) => {}
        _ => return None,
    }
    if operand_before {
        for (word, operation) in [
            ("and", Operator::And),
            ("or", Operator::Or),
            ("div", Operator::Divide),
            ("mod", Operator::Modulo),
        ] {
            // The grammar asks for no space after an operator, so that `1div2` is a division.
            let Some(after) = rest[..name_length(rest)].strip_prefix(word) else { continue };
            if after.bytes().all(|byte| byte.is_ascii_digit()) {
                return operator(operation, word.len());
            }
        }
    }
    let length = name_length(rest);
    let after = &rest[length..];
    if let Some(axis) = axis(&rest[..length])
        && after.trim_start().starts_with("::")
    {
        let spaces = after.len() - after.trim_start().len();
        return Some((Token::Axis(axis), length + spaces + 2));
    }
    if let Some(local) = after.strip_prefix(':') {
        if local.starts_with('*') {
            return Some((Token::Name(&rest[..length + 2]), length + 2));
        }
        let second = name_length(local);
        if second > 0 {
            let length = length + 1 + second;
            return Some((Token::Name(&rest[..length]), length));
        }
    }
    Some((Token::Name(&rest[..length]), length))
}

fn number(rest: &str) -> Option<(Token<'_>, usize)> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let mut length = digits(rest);
    if rest[length..].starts_with('.') {
        length += 1;
        length += digits(&rest[length..]);
    }
    // An exponent is no XPath 1.0, but forms carry it.
    if let Some(exponent) = rest[length..].strip_prefix('e') {
        let sign = usize::from(exponent.starts_with('-'));
        let count = digits(&exponent[sign..]);
        if count > 0 {
            length += 1 + sign + count;
        }
    }
    let text = rest[..length].trim_end_matches('.');
    Some((Token::Number(text.parse().ok()?), length))
}

fn axis(name: &str) -> Option<Axis> {
    Some(match name {
        "child" => Axis::Child,
        "descendant" => Axis::Descendant,
        "descendant-or-self" => Axis::DescendantOrSelf,
        "parent" => Axis::Parent,
        "ancestor" => Axis::Ancestor,
        "ancestor-or-self" => Axis::AncestorOrSelf,
        "following-sibling" => Axis::FollowingSibling,
        "preceding-sibling" => Axis::PrecedingSibling,
        "following" => Axis::Following,
        "preceding" => Axis::Preceding,
        "attribute" => Axis::Attribute,
        "self" => Axis::Itself,
        "namespace" => Axis::Namespace,
        _ => return None,
    })
}

/// Binding strength, weakest first.
fn strength(operator: Operator) -> usize {
    match operator {
        Operator::Or => 0,
        Operator::And => 1,
        Operator::Equal | Operator::NotEqual => 2,
        Operator::Less | Operator::LessOrEqual | Operator::Greater | Operator::GreaterOrEqual => 3,
        Operator::Add | Operator::Subtract => 4,
        Operator::Multiply | Operator::Divide | Operator::Modulo => 5,
        Operator::Union => 7,
    }
}

struct Parser<'a> {
    tokens: &'a [(Token<'a>, usize)],
    at: usize,
    depth: usize,
    length: usize,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<&'a Token<'a>> {
        self.tokens.get(self.at).map(|(token, _)| token)
    }

    fn error(&self, message: &str) -> SyntaxError {
        let position = self.tokens.get(self.at).map_or(self.length, |(_, position)| *position);
        SyntaxError { position, message: message.to_owned() }
    }

    fn take(&mut self, symbol: &str) -> bool {
        let found = matches!(self.peek(), Some(Token::Symbol(next)) if *next == symbol);
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, symbol: &str) -> Result<(), SyntaxError> {
        if self.take(symbol) {
            return Ok(());
        }
        Err(self.error(&format!("'{symbol}' is missing")))
    }

    /// A chain of operators of one strength; at strength 6 a sign may stand before the operand.
    fn expression(&mut self, level: usize) -> Result<Node, SyntaxError> {
        if level == 6 {
            let mut negative = false;
            while matches!(self.peek(), Some(Token::Operator(Operator::Subtract))) {
                self.at += 1;
                negative = !negative;
            }
            let operand = self.expression(7)?;
            return Ok(if negative { Node::Negative(Box::new(operand)) } else { operand });
        }
        if level == 8 {
            return self.path();
        }
        if level == 0 {
            self.depth += 1;
            if self.depth > MAX_DEPTH {
                return Err(self.error(&format!("brackets lie more than {MAX_DEPTH} deep")));
            }
        }
        let first = self.expression(level + 1)?;
        let mut rest = Vec::new();
        while let Some(Token::Operator(operator)) = self.peek() {
            if strength(*operator) != level {
                break;
            }
            self.at += 1;
            rest.push((*operator, self.expression(level + 1)?));
        }
        if level == 0 {
            self.depth -= 1;
        }
        Ok(if rest.is_empty() { first } else { Node::Chain(Box::new(first), rest) })
    }

    fn path(&mut self) -> Result<Node, SyntaxError> {
        if self.take("//") {
            let mut steps = vec![descendants()];
            self.steps(&mut steps)?;
            return Ok(Node::Path(Start::Root, steps));
        }
        if self.take("/") {
            let mut steps = Vec::new();
            if self.begins_step() {
                self.steps(&mut steps)?;
            }
            return Ok(Node::Path(Start::Root, steps));
        }
        if let Some(primary) = self.primary()? {
            let mut predicates = Vec::new();
            while self.take("[") {
                predicates.push(self.predicate()?);
            }
            let mut steps = Vec::new();
            if self.take("//") {
                steps.push(descendants());
                self.steps(&mut steps)?;
            } else if self.take("/") {
                self.steps(&mut steps)?;
            }
            if predicates.is_empty() && steps.is_empty() {
                return Ok(primary);
            }
            return Ok(Node::Path(Start::Expression(Box::new(primary), predicates), steps));
        }
        let mut steps = Vec::new();
        self.steps(&mut steps)?;
        Ok(Node::Path(Start::Here, steps))
    }

    /// Literals, brackets and function calls; `None` where a step of a path stands.
    fn primary(&mut self) -> Result<Option<Node>, SyntaxError> {
        let node = match self.peek() {
            Some(Token::Number(number)) => Node::Number(*number),
            Some(Token::Text(text)) => Node::Text((*text).to_owned()),
            Some(Token::Symbol("(")) => {
                self.at += 1;
                let node = self.expression(0)?;
                self.expect(")")?;
                return Ok(Some(node));
            }
            Some(Token::Name(name)) if self.calls() && !is_node_type(name) => {
                self.at += 2;
                let mut arguments = Vec::new();
                while !self.take(")") {
                    arguments.push(self.expression(0)?);
                    if !self.take(",") {
                        self.expect(")")?;
                        break;
                    }
                }
                return Ok(Some(Node::Call((*name).to_owned(), arguments)));
            }
            None => return Err(self.error("something is missing")),
            _ => return Ok(None),
        };
        self.at += 1;
        Ok(Some(node))
    }

    fn calls(&self) -> bool {
        matches!(self.tokens.get(self.at + 1), Some((Token::Symbol("("), _)))
    }

    fn begins_step(&self) -> bool {
        matches!(
            self.peek(),
            Some(Token::Name(_) | Token::Axis(_) | Token::Symbol("." | ".." | "@" | "*"))
        )
    }

    fn steps(&mut self, steps: &mut Vec<Step>) -> Result<(), SyntaxError> {
        loop {
            steps.push(self.step()?);
            if self.take("//") {
                steps.push(descendants());
            } else if !self.take("/") {
                return Ok(());
            }
        }
    }

    fn step(&mut self) -> Result<Step, SyntaxError> {
        let plain = |axis| Step { axis, test: Test::Node, predicates: Vec::new() };
        let mut step = if self.take(".") {
            plain(Axis::Itself)
        } else if self.take("..") {
            plain(Axis::Parent)
        } else {
            let axis = match self.peek() {
                Some(Token::Axis(axis)) => {
                    self.at += 1;
                    *axis
                }
                Some(Token::Symbol("@")) => {
                    self.at += 1;
                    Axis::Attribute
                }
                _ => Axis::Child,
            };
            Step { axis, test: self.test()?, predicates: Vec::new() }
        };
        while self.take("[") {
            step.predicates.push(self.predicate()?);
        }
        Ok(step)
    }

    fn predicate(&mut self) -> Result<Node, SyntaxError> {
        let node = self.expression(0)?;
        self.expect("]")?;
        Ok(node)
    }

    fn test(&mut self) -> Result<Test, SyntaxError> {
        match self.peek() {
            Some(Token::Symbol("*")) => {
                self.at += 1;
                Ok(Test::Any { prefix: None })
            }
            Some(Token::Name(name)) if self.calls() && is_node_type(name) => {
                self.at += 2;
                let test = match *name {
                    "text" => Test::Text,
                    "comment" => Test::Comment,
                    "node" => Test::Node,
                    _ => match self.peek() {
                        Some(Token::Text(target)) => {
                            self.at += 1;
                            Test::Instruction(Some((*target).to_owned()))
                        }
                        _ => Test::Instruction(None),
                    },
                };
                self.expect(")")?;
                Ok(test)
            }
            Some(Token::Name(name)) => {
                self.at += 1;
                Ok(match name.split_once(':') {
                    Some((prefix, "*")) => Test::Any { prefix: Some(prefix.to_owned()) },
                    Some((prefix, local)) => {
                        Test::Name { prefix: Some(prefix.to_owned()), local: local.to_owned() }
                    }
                    None => Test::Name { prefix: None, local: (*name).to_owned() },
                })
            }
            Some(token) => {
                let message = format!("{} is not expected here", describe(token));
                Err(self.error(&message))
            }
            None => Err(self.error("something is missing")),
        }
    }
}

fn is_node_type(name: &str) -> bool {
    matches!(name, "node" | "text" | "comment" | "processing-instruction")
}

fn descendants() -> Step {
    Step { axis: Axis::DescendantOrSelf, test: Test::Node, predicates: Vec::new() }
}
