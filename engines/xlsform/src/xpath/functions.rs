//! The functions of XPath 1.0 and of ODK, one list.

use super::ast::Node;
use super::dates::{self, Moment};
use super::eval::{At, EvaluationError, Evaluator, MAX_TEXT, Outcome};
use super::value::Value;
use super::{digest, geo, texts};
use crate::xml::{NodeId, NodeKind};

pub(super) fn fail<T>(message: impl Into<String>) -> Result<T, EvaluationError> {
    Err(EvaluationError::Function(message.into()))
}

/// The arguments of one call, evaluated when asked for.
pub(super) struct Call<'a> {
    pub(super) evaluator: &'a Evaluator<'a>,
    pub(super) name: &'a str,
    pub(super) arguments: &'a [Node],
    pub(super) at: At,
}

pub(crate) fn call(evaluator: &Evaluator, name: &str, arguments: &[Node], at: At) -> Outcome {
    Call { evaluator, name, arguments, at }.run()
}

impl Call<'_> {
    pub(super) fn count(&self, least: usize, most: usize) -> Result<(), EvaluationError> {
        let given = self.arguments.len();
        if (least..=most).contains(&given) {
            return Ok(());
        }
        let expected = if least == most {
            least.to_string()
        } else if most == usize::MAX {
            format!("at least {least}")
        } else {
            format!("{least} to {most}")
        };
        fail(format!("{}() takes {expected} arguments, not {given}", self.name))
    }

    pub(super) fn value(&self, index: usize) -> Outcome {
        match self.arguments.get(index) {
            Some(node) => self.evaluator.value(node, self.at),
            None => fail(format!("{}() lacks its argument {}", self.name, index + 1)),
        }
    }

    pub(super) fn text(&self, index: usize) -> Result<String, EvaluationError> {
        self.value(index).map(|value| self.evaluator.text(&value))
    }

    pub(super) fn number(&self, index: usize) -> Result<f64, EvaluationError> {
        self.value(index).map(|value| self.evaluator.number(&value))
    }

    /// The argument, or the context node without one.
    fn text_or_here(&self) -> Result<String, EvaluationError> {
        self.count(0, 1)?;
        if self.arguments.is_empty() {
            return Ok(self.evaluator.document.text(self.at.node));
        }
        self.text(0)
    }

    pub(super) fn nodes(&self, index: usize) -> Result<Vec<NodeId>, EvaluationError> {
        match self.value(index)? {
            Value::Nodes(nodes) => Ok(nodes),
            _ => fail(format!("argument {} of {}() must be a set of nodes", index + 1, self.name)),
        }
    }

    /// Every argument from `first` on as texts; a set of nodes is as many texts.
    fn texts(&self, first: usize) -> Result<Vec<String>, EvaluationError> {
        let mut texts = Vec::new();
        for index in first..self.arguments.len() {
            match self.value(index)? {
                Value::Nodes(nodes) => {
                    self.evaluator.spend(nodes.len())?;
                    texts.extend(nodes.iter().map(|id| self.evaluator.document.text(*id)));
                }
                value => texts.push(self.evaluator.text(&value)),
            }
        }
        Ok(texts)
    }

    fn numbers(&self) -> Result<Vec<f64>, EvaluationError> {
        let mut numbers = Vec::new();
        for index in 0..self.arguments.len() {
            match self.value(index)? {
                Value::Nodes(nodes) => {
                    numbers.extend(nodes.iter().map(|id| self.evaluator.node_number(*id)));
                }
                value => numbers.push(self.evaluator.number(&value)),
            }
        }
        Ok(numbers)
    }

    /// A set of nodes as one truth for each; for a node, whether it holds anything.
    pub(super) fn truths(&self, index: usize) -> Result<Vec<bool>, EvaluationError> {
        Ok(match self.value(index)? {
            Value::Nodes(nodes) => nodes
                .iter()
                .map(|id| !self.evaluator.document.text(*id).trim().is_empty())
                .collect(),
            value => vec![value.boolean()],
        })
    }

    fn run(&self) -> Outcome {
        let text = |text: String| Ok(Value::Text(text));
        let yes = |yes: bool| Ok(Value::Boolean(yes));
        let number = |number: f64| Ok(Value::Number(number));
        let zone = || self.evaluator.environment.zone();
        match self.name {
            // Boolean
            "true" | "false" => {
                self.count(0, 0)?;
                yes(self.name == "true")
            }
            "not" => {
                self.count(1, 1)?;
                yes(!self.value(0)?.boolean())
            }
            "boolean" => {
                self.count(1, 1)?;
                yes(self.value(0)?.boolean())
            }
            "boolean-from-string" => {
                self.count(1, 1)?;
                match self.value(0)? {
                    Value::Number(number) if number > 0.0 && number.fract() == 0.0 => yes(true),
                    value => {
                        let text = self.evaluator.text(&value);
                        yes(text == "1" || text == "true")
                    }
                }
            }
            "if" => {
                self.count(3, 3)?;
                let index = if self.value(0)?.boolean() { 1 } else { 2 };
                self.value(index)
            }
            "checklist" => self.checklist(),
            "weighted-checklist" => self.weighted_checklist(),

            // Nodes
            "position" => self.position(),
            "last" => {
                self.count(0, 0)?;
                number(self.at.size as f64)
            }
            "count" => {
                self.count(1, 1)?;
                number(self.nodes(0)?.len() as f64)
            }
            "count-non-empty" => {
                self.count(1, 1)?;
                let nodes = self.nodes(0)?;
                let filled =
                    nodes.iter().filter(|id| !self.evaluator.document.text(**id).is_empty());
                number(filled.count() as f64)
            }
            "id" => {
                self.count(1, 1)?;
                let words = self.texts(0)?.join(" ");
                self.evaluator.by_id(&words, self.at.node).map(Value::Nodes)
            }
            "name" | "local-name" | "namespace-uri" => self.node_name().map(Value::Text),
            "lang" => self.lang(),
            "current" => Ok(Value::Nodes(vec![self.at.current])),
            "instance" => {
                self.count(1, 1)?;
                let id = self.text(0)?;
                match self.evaluator.environment.instance(&id) {
                    Some(root) => Ok(Value::Nodes(vec![root])),
                    None => fail(format!("there is no instance '{id}'")),
                }
            }
            "randomize" => self.randomize(),
            "indexed-repeat" => self.indexed_repeat(),
            "pulldata" => self.pulldata(),
            "jr:itext" => {
                self.count(1, 1)?;
                let id = self.text(0)?;
                text(self.evaluator.environment.itext(&id).unwrap_or_default())
            }
            "jr:choice-name" => {
                self.count(2, 2)?;
                let (value, path) = (self.text(0)?, self.text(1)?);
                let environment = self.evaluator.environment;
                match environment.choice_name(&value, &path, self.at.node) {
                    Some(label) => text(label),
                    None => fail(format!("jr:choice-name() finds no choices at '{}'", path.trim())),
                }
            }

            // Text
            "string" => text(self.text_or_here()?),
            "concat" => text(self.bounded(self.texts(0)?.concat())?),
            "join" => {
                self.count(1, usize::MAX)?;
                let between = self.text(0)?;
                text(self.bounded(self.texts(1)?.join(&between))?)
            }
            "starts-with" | "ends-with" | "contains" => {
                self.count(2, 2)?;
                let (whole, part) = (self.text(0)?, self.text(1)?);
                yes(match self.name {
                    "starts-with" => whole.starts_with(&part),
                    "ends-with" => whole.ends_with(&part),
                    _ => whole.contains(&part),
                })
            }
            "substring-before" | "substring-after" => {
                self.count(2, 2)?;
                let (whole, part) = (self.text(0)?, self.text(1)?);
                let halves = whole.split_once(part.as_str());
                let (before, after) = halves.unwrap_or_default();
                text(if self.name == "substring-before" { before } else { after }.to_owned())
            }
            "substring" => self.substring(),
            "substr" => self.substr(),
            "string-length" => number(self.text_or_here()?.chars().count() as f64),
            "normalize-space" => text(texts::normalized(&self.text_or_here()?)),
            "translate" => {
                self.count(3, 3)?;
                let (from, to) = (self.text(1)?, self.text(2)?);
                let from = from.chars().collect::<Vec<_>>();
                let to = to.chars().collect::<Vec<_>>();
                let translated = self
                    .text(0)?
                    .chars()
                    .filter_map(|c| match from.iter().position(|known| *known == c) {
                        Some(at) => to.get(at).copied(),
                        None => Some(c),
                    })
                    .collect();
                text(translated)
            }
            "regex" => {
                self.count(2, 2)?;
                self.regex()
            }
            "coalesce" => {
                self.count(2, 2)?;
                let first = self.text(0)?;
                text(if first.is_empty() { self.text(1)? } else { first })
            }
            "once" => {
                self.count(1, 1)?;
                let here = self.evaluator.document.text(self.at.node);
                text(if here.is_empty() { self.text(0)? } else { here })
            }
            "selected" => {
                self.count(2, 2)?;
                let wanted = self.text(1)?;
                yes(self.text(0)?.split(' ').any(|one| one == wanted.trim()))
            }
            "selected-at" => {
                self.count(2, 2)?;
                let index = self.number(1)?.trunc();
                let list = self.text(0)?;
                let found = list.split(' ').nth(index as usize).filter(|_| index >= 0.0);
                text(found.unwrap_or_default().to_owned())
            }
            "count-selected" => {
                self.count(1, 1)?;
                let list = self.text(0)?;
                number(list.split(' ').filter(|one| !one.is_empty()).count() as f64)
            }
            "digest" => self.digest(),
            "base64-decode" => {
                self.count(1, 1)?;
                let bytes = digest::from_base64(&self.text(0)?).unwrap_or_default();
                text(String::from_utf8_lossy(&bytes).into_owned())
            }
            "uuid" => self.uuid(),
            "property" => {
                self.count(1, 1)?;
                let name = self.text(0)?;
                text(self.evaluator.environment.property(&name).unwrap_or_default())
            }

            // Numbers
            "number" => self.to_number(),
            "sum" => {
                self.count(1, 1)?;
                let nodes = self.nodes(0)?;
                if nodes.is_empty() {
                    return number(if self.evaluator.environment.in_form() {
                        f64::NAN
                    } else {
                        0.0
                    });
                }
                // From the last to the first, as the published engine adds them.
                number(nodes.iter().rev().map(|id| self.evaluator.node_number(*id)).sum())
            }
            "min" | "max" => {
                let numbers = self.numbers()?;
                if numbers.is_empty() || numbers.iter().any(|number| number.is_nan()) {
                    return number(f64::NAN);
                }
                let pick = if self.name == "min" { f64::min } else { f64::max };
                number(
                    numbers.into_iter().fold(
                        if self.name == "min" { f64::INFINITY } else { f64::NEG_INFINITY },
                        pick,
                    ),
                )
            }
            "int" => {
                self.count(1, 1)?;
                number(self.number(0)?.trunc())
            }
            "round" => self.round(),
            "floor" | "ceiling" | "abs" | "sqrt" | "sin" | "cos" | "tan" | "asin" | "acos"
            | "atan" | "exp" | "exp10" | "log" | "log10" => {
                self.count(1, 1)?;
                let x = self.number(0)?;
                number(match self.name {
                    "floor" => x.floor(),
                    "ceiling" => x.ceil(),
                    "abs" => x.abs(),
                    "sqrt" => x.sqrt(),
                    "sin" => x.sin(),
                    "cos" => x.cos(),
                    "tan" => x.tan(),
                    "asin" => x.asin(),
                    "acos" => x.acos(),
                    "atan" => x.atan(),
                    "exp" => x.exp(),
                    "exp10" => 10_f64.powf(x),
                    "log" => x.ln(),
                    _ => x.log10(),
                })
            }
            "atan2" => {
                self.count(2, 2)?;
                number(self.number(0)?.atan2(self.number(1)?))
            }
            "pow" => {
                self.count(2, 2)?;
                number(self.number(0)?.powf(self.number(1)?))
            }
            "pi" => number(std::f64::consts::PI),
            "random" => number(self.evaluator.environment.draw()),

            // Time
            "now" => Ok(Value::Date(Moment::from_timestamp(self.evaluator.environment.now()))),
            "today" => {
                let now = self.evaluator.environment.now();
                Ok(Value::Date(dates::start_of_day(now, &zone())))
            }
            "date" | "date-time" => {
                self.count(1, 1)?;
                Ok(Value::Date(self.evaluator.date(&self.value(0)?)))
            }
            "format-date" | "format-date-time" => {
                self.count(2, 2)?;
                let moment = self.evaluator.date(&self.value(0)?);
                let pattern = self.text(1)?;
                dates::format(moment, &pattern, &zone(), self.evaluator.environment.language())
                    .map(Value::Text)
                    .map_err(EvaluationError::Function)
            }
            "decimal-date-time" => {
                self.count(1, 1)?;
                match self.value(0)? {
                    Value::Number(days) => number(days),
                    Value::Date(moment) => number(moment.days()),
                    value => number(dates::days_of(&self.evaluator.text(&value), &zone())),
                }
            }
            "decimal-time" => self.decimal_time(),

            // Places
            "geofence" => {
                self.count(2, 2)?;
                yes(geo::geofence(&self.text(0)?, &self.text(1)?))
            }
            "intersects" => {
                self.count(1, 1)?;
                let line = self.text(0)?;
                let legs = line.matches(';').count();
                self.evaluator.spend(legs.saturating_mul(legs))?;
                yes(geo::intersects(&line))
            }
            "area" | "distance" => {
                self.count(1, usize::MAX)?;
                let mut points = self.texts(0)?;
                if let [one] = points.as_slice() {
                    let one = one.trim().trim_end_matches(';');
                    points = one.split(';').map(str::to_owned).collect();
                }
                let measure = if self.name == "area" { geo::area } else { geo::distance };
                let result = measure(&points);
                let blank = points.iter().any(|point| point.trim().is_empty());
                if result.is_nan() && !blank && self.evaluator.environment.in_form() {
                    return fail(format!(
                        "{}() was given something that is no place on Earth",
                        self.name
                    ));
                }
                number(result)
            }
            other => fail(format!("there is no function {other}()")),
        }
    }

    fn bounded(&self, text: String) -> Result<String, EvaluationError> {
        self.evaluator.spend(text.len() / 16)?;
        if text.len() > MAX_TEXT { Err(EvaluationError::Budget) } else { Ok(text) }
    }

    /// With an argument, the place of a node among its siblings of the same name.
    fn position(&self) -> Outcome {
        self.count(0, 1)?;
        if self.arguments.is_empty() {
            return Ok(Value::Number(self.at.position as f64));
        }
        let nodes = self.nodes(0)?;
        let Some(node) = nodes.first().copied() else {
            return fail("position() was called on an empty set of nodes");
        };
        let document = self.evaluator.document;
        let Some(parent) = document.parent(node) else { return Ok(Value::Number(1.0)) };
        let before = &document.children(parent)[..document.index(node)];
        self.evaluator.spend(before.len())?;
        let same = before.iter().filter(|id| {
            document.kind(**id) == NodeKind::Element && document.name(**id) == document.name(node)
        });
        Ok(Value::Number(1.0 + same.count() as f64))
    }

    fn node_name(&self) -> Result<String, EvaluationError> {
        self.count(0, 1)?;
        let document = self.evaluator.document;
        let node = if self.arguments.is_empty() {
            Some(self.at.node)
        } else {
            let named = |id: &NodeId| document.name(*id).is_some();
            self.evaluator.in_order(self.nodes(0)?).into_iter().find(named)
        };
        let name = node.and_then(|id| document.name(id));
        Ok(name.map_or_else(String::new, |name| match self.name {
            "name" => name.qualified(),
            "local-name" => name.local.clone(),
            _ => name.namespace.clone(),
        }))
    }

    fn lang(&self) -> Outcome {
        self.count(1, 1)?;
        let wanted = self.text(0)?.to_lowercase();
        let document = self.evaluator.document;
        let mut here = Some(self.at.node);
        while let Some(id) = here {
            let attribute = document.attributes(id).iter().find(|id| {
                document.name(**id).is_some_and(|name| name.prefix == "xml" && name.local == "lang")
            });
            if let Some(attribute) = attribute {
                let language = document.value(*attribute).to_lowercase();
                let rest = language.strip_prefix(&wanted);
                return Ok(Value::Boolean(
                    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-')),
                ));
            }
            here = document.parent(id);
        }
        Ok(Value::Boolean(false))
    }

    fn to_number(&self) -> Outcome {
        self.count(0, 1)?;
        if self.arguments.is_empty() {
            return Ok(Value::Number(self.evaluator.node_number(self.at.node)));
        }
        self.number(0).map(Value::Number)
    }

    /// Halves away from zero; with digits, to that many decimals.
    fn round(&self) -> Outcome {
        self.count(1, 2)?;
        let x = self.number(0)?;
        let round = |x: f64| if x < 0.0 { -(0.5 - x).floor() } else { (x + 0.5).floor() };
        if self.arguments.len() == 1 {
            return Ok(Value::Number(round(x)));
        }
        let digits = self.number(1)?.trunc();
        let scale = 10_f64.powf(digits.abs());
        Ok(Value::Number(if digits > 0.0 {
            round(x * scale) / scale
        } else {
            scale * round(x / scale)
        }))
    }

    /// A time of day as a fraction of the day in the filler's zone.
    fn decimal_time(&self) -> Outcome {
        self.count(1, 1)?;
        let value = self.value(0)?;
        if matches!(value, Value::Number(_)) {
            return Ok(Value::Number(f64::NAN));
        }
        let text = self.evaluator.text(&value);
        let fraction = || {
            let at = text.find(['+', '-'])?;
            let (clock, offset) = text.split_at(at);
            let time = dates::clock_time(clock)?;
            let offset = dates::offset_seconds(offset)?;
            let zone = self.evaluator.environment.zone();
            let now = self.evaluator.environment.now();
            let here = zone.to_offset(now).seconds();
            let seconds = i32::from(time.hour()) * 3_600
                + i32::from(time.minute()) * 60
                + i32::from(time.second());
            let local = (seconds - offset + here).rem_euclid(86_400);
            Some(f64::from(local) / 86_400.0)
        };
        Ok(Value::Number(fraction().unwrap_or(f64::NAN)))
    }
}
