//! Expressions of `$filter` and `$orderby`: read, held to the model, worked out for a row ("OData URL Conventions",
//! 5.1.1). Null behaves as there: what cannot be known is not true.

use super::Wrong;
use super::function::Function;
use super::service::{Service, UP};
use super::token::{Token, tokens};
use super::value::{Sort, Value};

#[derive(Clone, Debug)]
pub enum Expression {
    Literal(Value),
    /// A property: of which row in scope, so many rows up, which field.
    Property {
        scope: usize,
        up: usize,
        field: usize,
    },
    /// How many rows of a set lie in the row.
    Count {
        scope: usize,
        set: usize,
    },
    /// `any` and `all` over the rows of a set that lie in the row.
    Rows {
        scope: usize,
        set: usize,
        all: bool,
        body: Option<Box<Expression>>,
    },
    Call(Function, Vec<Expression>),
    Not(Box<Expression>),
    Minus(Box<Expression>),
    And(Box<Expression>, Box<Expression>),
    Or(Box<Expression>, Box<Expression>),
    Compare(Compare, Box<Expression>, Box<Expression>),
    Sum(Sum, Box<Expression>, Box<Expression>),
    In(Box<Expression>, Vec<Expression>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compare {
    Equal,
    Unequal,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sum {
    Add,
    Subtract,
    Multiply,
    Divide,
    DivideBy,
    Rest,
}

/// Brackets within brackets; more is nobody's question.
const DEEPEST: usize = 64;
/// Signs of an expression: a chain of `or` is worked out as deep as it is long.
const MOST: usize = 1_000;

/// Reads an expression over the rows of a set.
pub fn read(service: &Service, set: usize, text: &str) -> Result<(Expression, Sort), Wrong> {
    let tokens = tokens(text)?;
    if tokens.len() > MOST {
        return Err(Wrong::query(format!("an expression has at most {MOST} words and signs")));
    }
    let scopes = vec![("$it".to_owned(), set)];
    let mut reader = Reading { service, tokens, at: 0, scopes, depth: 0, text };
    let found = reader.or()?;
    match reader.tokens.get(reader.at) {
        None => Ok(found),
        Some((place, _)) => Err(reader.wrong(&format!("nothing may follow at {place}"))),
    }
}

struct Reading<'s, 'd> {
    service: &'s Service<'d>,
    tokens: Vec<(usize, Token)>,
    at: usize,
    /// The rows that may be spoken of: by name, of which set.
    scopes: Vec<(String, usize)>,
    depth: usize,
    text: &'s str,
}

type Read = Result<(Expression, Sort), Wrong>;

impl Reading<'_, '_> {
    fn wrong(&self, what: &str) -> Wrong {
        let text: String = self.text.chars().take(200).collect();
        Wrong::query(format!("{what}, in: {text}"))
    }

    fn word(&self) -> Option<&str> {
        match self.tokens.get(self.at) {
            Some((_, Token::Name(word))) => Some(word),
            _ => None,
        }
    }

    fn takes(&mut self, sign: char) -> bool {
        let there = matches!(self.tokens.get(self.at), Some((_, Token::Sign(it))) if *it == sign);
        self.at += usize::from(there);
        there
    }

    fn must(&mut self, sign: char) -> Result<(), Wrong> {
        if self.takes(sign) { Ok(()) } else { Err(self.wrong(&format!("{sign:?} is missing"))) }
    }

    fn is(&self, found: &(Expression, Sort), sort: Sort, of: &str) -> Result<(), Wrong> {
        match found.1.meets(sort) {
            true => Ok(()),
            false => {
                let (has, wants) = (found.1.word(), sort.word());
                Err(self.wrong(&format!("{of} wants {wants} and got {has}")))
            }
        }
    }

    fn or(&mut self) -> Read {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.wrong("too many brackets"));
        }
        let mut left = self.and()?;
        while self.word() == Some("or") {
            self.at += 1;
            let right = self.and()?;
            self.is(&left, Sort::Yes, "or")?;
            self.is(&right, Sort::Yes, "or")?;
            left = (Expression::Or(left.0.into(), right.0.into()), Sort::Yes);
        }
        self.depth -= 1;
        Ok(left)
    }

    fn and(&mut self) -> Read {
        let mut left = self.comparison()?;
        while self.word() == Some("and") {
            self.at += 1;
            let right = self.comparison()?;
            self.is(&left, Sort::Yes, "and")?;
            self.is(&right, Sort::Yes, "and")?;
            left = (Expression::And(left.0.into(), right.0.into()), Sort::Yes);
        }
        Ok(left)
    }

    fn comparison(&mut self) -> Read {
        let mut left = self.sum()?;
        loop {
            let Some(word) = self.word().map(str::to_owned) else { return Ok(left) };
            if word == "in" {
                self.at += 1;
                left = self.listed(left)?;
                continue;
            }
            let compare = match word.as_str() {
                "eq" => Compare::Equal,
                "ne" => Compare::Unequal,
                "gt" => Compare::Greater,
                "ge" => Compare::GreaterOrEqual,
                "lt" => Compare::Less,
                "le" => Compare::LessOrEqual,
                _ => return Ok(left),
            };
            self.at += 1;
            let right = self.sum()?;
            if !left.1.meets(right.1) {
                let (a, b) = (left.1.word(), right.1.word());
                return Err(self.wrong(&format!("{word} cannot compare {a} with {b}")));
            }
            left = (Expression::Compare(compare, left.0.into(), right.0.into()), Sort::Yes);
        }
    }

    fn listed(&mut self, left: (Expression, Sort)) -> Read {
        self.must('(')?;
        let mut all = Vec::new();
        loop {
            let item = self.sum()?;
            self.is(&item, left.1, "in")?;
            all.push(item.0);
            if !self.takes(',') {
                break;
            }
        }
        self.must(')')?;
        Ok((Expression::In(left.0.into(), all), Sort::Yes))
    }

    fn sum(&mut self) -> Read {
        let mut left = self.product()?;
        loop {
            let sum = match self.word() {
                Some("add") => Sum::Add,
                Some("sub") => Sum::Subtract,
                _ => return Ok(left),
            };
            left = self.summed(sum, left, Self::product)?;
        }
    }

    fn product(&mut self) -> Read {
        let mut left = self.unary()?;
        loop {
            let sum = match self.word() {
                Some("mul") => Sum::Multiply,
                Some("div") => Sum::Divide,
                Some("divby") => Sum::DivideBy,
                Some("mod") => Sum::Rest,
                _ => return Ok(left),
            };
            left = self.summed(sum, left, Self::unary)?;
        }
    }

    fn summed(&mut self, sum: Sum, left: (Expression, Sort), next: fn(&mut Self) -> Read) -> Read {
        self.at += 1;
        let right = next(self)?;
        self.is(&left, Sort::Number, "arithmetic")?;
        self.is(&right, Sort::Number, "arithmetic")?;
        Ok((Expression::Sum(sum, left.0.into(), right.0.into()), Sort::Number))
    }

    fn unary(&mut self) -> Read {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.wrong("too many brackets"));
        }
        let found = if self.word() == Some("not") {
            self.at += 1;
            let inner = self.unary()?;
            self.is(&inner, Sort::Yes, "not")?;
            (Expression::Not(inner.0.into()), Sort::Yes)
        } else if self.takes('-') {
            let inner = self.unary()?;
            self.is(&inner, Sort::Number, "-")?;
            (Expression::Minus(inner.0.into()), Sort::Number)
        } else {
            self.primary()?
        };
        self.depth -= 1;
        Ok(found)
    }

    fn primary(&mut self) -> Read {
        if self.takes('(') {
            let found = self.or()?;
            self.must(')')?;
            return Ok(found);
        }
        let Some((_, token)) = self.tokens.get(self.at).cloned() else {
            return Err(self.wrong("something is missing at the end"));
        };
        self.at += 1;
        match token {
            Token::Literal(value) => {
                let sort = match &value {
                    Value::Null => Sort::Null,
                    Value::Yes(_) => Sort::Yes,
                    Value::Whole(_) | Value::Number(_) => Sort::Number,
                    Value::Text(_) => Sort::Text,
                    Value::Day(_) => Sort::Day,
                    Value::Moment(_) => Sort::Moment,
                    Value::Time(_) => Sort::Time,
                };
                Ok((Expression::Literal(value), sort))
            }
            Token::Name(name) if self.takes('(') => self.call(&name),
            Token::Name(name) => self.path(name),
            Token::Sign(sign) => Err(self.wrong(&format!("{sign:?} stands where a value should"))),
        }
    }

    fn call(&mut self, name: &str) -> Read {
        let Some(function) = Function::named(name) else {
            return Err(self.wrong(&format!("there is no function {name}")));
        };
        let mut given = Vec::new();
        if !self.takes(')') {
            loop {
                given.push(self.or()?);
                if !self.takes(',') {
                    break;
                }
            }
            self.must(')')?;
        }
        let sorts: Vec<Sort> = given.iter().map(|(_, sort)| *sort).collect();
        let result = function.result(&sorts).map_err(|what| self.wrong(&what))?;
        Ok((Expression::Call(function, given.into_iter().map(|(it, _)| it).collect()), result))
    }

    /// `age`, `x/name`, `_parent/age`, `child/$count`, `child/any(x: …)`.
    fn path(&mut self, first: String) -> Read {
        let mut name = first;
        let mut scope = 0;
        if let Some(found) = self.scopes.iter().rposition(|(known, _)| *known == name) {
            scope = found;
            self.must('/')?;
            name = self.name()?;
        }
        let mut set = self.scopes[scope].1;
        let mut up = 0;
        while name == UP {
            let parent = self.service.sets[set].parent;
            set = parent.ok_or_else(|| self.wrong(&format!("{UP} leads nowhere from here")))?;
            up += 1;
            self.must('/')?;
            name = self.name()?;
        }
        let here = &self.service.sets[set];
        if let Some(field) = here.fields.iter().position(|field| field.name == name) {
            let sort = Sort::of(here.fields[field].of);
            return Ok((Expression::Property { scope, up, field }, sort));
        }
        let child = here.children.iter().find(|(way, _)| *way == name).map(|(_, set)| *set);
        match child {
            Some(child) if up == 0 => self.rows(scope, child),
            _ => Err(self.wrong(&format!("{} has no property {name}", here.name))),
        }
    }

    fn name(&mut self) -> Result<String, Wrong> {
        let name = self.word().map(str::to_owned);
        self.at += 1;
        name.ok_or_else(|| self.wrong("a name is missing after /"))
    }

    fn rows(&mut self, scope: usize, set: usize) -> Read {
        self.must('/')?;
        let word = self.name()?;
        if word == "$count" {
            return Ok((Expression::Count { scope, set }, Sort::Number));
        }
        let all = match word.as_str() {
            "any" => false,
            "all" => true,
            _ => return Err(self.wrong("of rows one may ask $count, any or all")),
        };
        self.must('(')?;
        if !all && self.takes(')') {
            return Ok((Expression::Rows { scope, set, all, body: None }, Sort::Yes));
        }
        let name = self.name()?;
        self.must(':')?;
        self.scopes.push((name, set));
        let body = self.or()?;
        self.scopes.pop();
        self.must(')')?;
        self.is(&body, Sort::Yes, &word)?;
        Ok((Expression::Rows { scope, set, all, body: Some(body.0.into()) }, Sort::Yes))
    }
}

impl Expression {
    /// Works it out. `rows` are the rows in scope: (set, row), the outermost first.
    pub fn work_out(&self, service: &Service, rows: &mut Vec<(usize, usize)>) -> Value {
        match self {
            Expression::Literal(value) => value.clone(),
            Expression::Property { scope, up, field } => {
                let mut here = Some(rows[*scope]);
                for _ in 0..*up {
                    here = here.and_then(|(set, row)| service.above(set, row));
                }
                let Some((set, row)) = here else { return Value::Null };
                let field = &service.sets[set].fields[*field];
                match Value::of(field.cell(row)) {
                    Value::Text(text) => Value::Text(service.worded(field, &text).into_owned()),
                    other => other,
                }
            }
            Expression::Count { scope, set } => {
                Value::Whole(service.below(*set, rows[*scope].1).len() as i64)
            }
            Expression::Rows { scope, set, all, body } => {
                let below = service.below(*set, rows[*scope].1).to_vec();
                let Some(body) = body else { return Value::Yes(!below.is_empty()) };
                let mut holds = |row: usize| {
                    rows.push((*set, row));
                    let value = body.work_out(service, rows).is_true();
                    rows.pop();
                    value
                };
                Value::Yes(match all {
                    true => below.into_iter().all(&mut holds),
                    false => below.into_iter().any(&mut holds),
                })
            }
            Expression::Call(function, given) => {
                let given: Vec<Value> = given.iter().map(|it| it.work_out(service, rows)).collect();
                function.work_out(&given)
            }
            Expression::Not(inner) => match inner.work_out(service, rows) {
                Value::Yes(value) => Value::Yes(!value),
                _ => Value::Null,
            },
            Expression::Minus(inner) => match inner.work_out(service, rows) {
                Value::Whole(number) => number.checked_neg().map_or(Value::Null, Value::Whole),
                Value::Number(number) => Value::Number(-number),
                _ => Value::Null,
            },
            Expression::And(a, b) => match (a.work_out(service, rows), b.work_out(service, rows)) {
                (Value::Yes(false), _) | (_, Value::Yes(false)) => Value::Yes(false),
                (Value::Yes(true), Value::Yes(true)) => Value::Yes(true),
                _ => Value::Null,
            },
            Expression::Or(a, b) => match (a.work_out(service, rows), b.work_out(service, rows)) {
                (Value::Yes(true), _) | (_, Value::Yes(true)) => Value::Yes(true),
                (Value::Yes(false), Value::Yes(false)) => Value::Yes(false),
                _ => Value::Null,
            },
            Expression::Compare(compare, a, b) => {
                compared(*compare, &a.work_out(service, rows), &b.work_out(service, rows))
            }
            Expression::Sum(sum, a, b) => {
                summed(*sum, &a.work_out(service, rows), &b.work_out(service, rows))
            }
            Expression::In(of, all) => {
                let value = of.work_out(service, rows);
                let same = |it: &Expression| {
                    compared(Compare::Equal, &value, &it.work_out(service, &mut rows.clone()))
                        .is_true()
                };
                Value::Yes(all.iter().any(same))
            }
        }
    }
}

fn compared(compare: Compare, a: &Value, b: &Value) -> Value {
    let both_null = *a == Value::Null && *b == Value::Null;
    let order = a.compare(b);
    Value::Yes(match compare {
        Compare::Equal => both_null || order.is_some_and(|it| it.is_eq()),
        Compare::Unequal => !both_null && order.is_none_or(|it| it.is_ne()),
        Compare::Greater => order.is_some_and(|it| it.is_gt()),
        Compare::GreaterOrEqual => order.is_some_and(|it| it.is_ge()),
        Compare::Less => order.is_some_and(|it| it.is_lt()),
        Compare::LessOrEqual => order.is_some_and(|it| it.is_le()),
    })
}

fn summed(sum: Sum, a: &Value, b: &Value) -> Value {
    if let (Value::Whole(a), Value::Whole(b), true) = (a, b, sum != Sum::DivideBy) {
        let whole = match sum {
            Sum::Add => a.checked_add(*b),
            Sum::Subtract => a.checked_sub(*b),
            Sum::Multiply => a.checked_mul(*b),
            // Of whole numbers the standard divides whole.
            Sum::Divide | Sum::DivideBy => a.checked_div(*b),
            Sum::Rest => a.checked_rem(*b),
        };
        return whole.map_or(Value::Null, Value::Whole);
    }
    let (Some(a), Some(b)) = (a.number(), b.number()) else { return Value::Null };
    let number = match sum {
        Sum::Add => a + b,
        Sum::Subtract => a - b,
        Sum::Multiply => a * b,
        Sum::Divide | Sum::DivideBy => a / b,
        Sum::Rest => a % b,
    };
    if number.is_finite() { Value::Number(number) } else { Value::Null }
}
