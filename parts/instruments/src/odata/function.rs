//! The functions that an expression may call, with what they take and give.

use super::value::{Sort, Value};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    Contains,
    StartsWith,
    EndsWith,
    Length,
    IndexOf,
    Substring,
    ToLower,
    ToUpper,
    Trim,
    Concat,
    Year,
    Month,
    Day,
    Hour,
    Minute,
    Second,
    Date,
    Time,
    Round,
    Floor,
    Ceiling,
}

const ALL: [(&str, Function); 21] = [
    ("contains", Function::Contains),
    ("startswith", Function::StartsWith),
    ("endswith", Function::EndsWith),
    ("length", Function::Length),
    ("indexof", Function::IndexOf),
    ("substring", Function::Substring),
    ("tolower", Function::ToLower),
    ("toupper", Function::ToUpper),
    ("trim", Function::Trim),
    ("concat", Function::Concat),
    ("year", Function::Year),
    ("month", Function::Month),
    ("day", Function::Day),
    ("hour", Function::Hour),
    ("minute", Function::Minute),
    ("second", Function::Second),
    ("date", Function::Date),
    ("time", Function::Time),
    ("round", Function::Round),
    ("floor", Function::Floor),
    ("ceiling", Function::Ceiling),
];

impl Function {
    pub fn named(name: &str) -> Option<Function> {
        ALL.iter().find(|(known, _)| *known == name).map(|(_, function)| *function)
    }

    fn name(self) -> &'static str {
        ALL.iter().find(|(_, function)| *function == self).map_or("", |(name, _)| name)
    }

    /// What it gives for what it is given; what is wrong otherwise.
    pub fn result(self, given: &[Sort]) -> Result<Sort, String> {
        let texts: &[Sort] = &[Sort::Text, Sort::Text];
        let (wants, gives): (&[Sort], Sort) = match self {
            Function::Contains | Function::StartsWith | Function::EndsWith => (texts, Sort::Yes),
            Function::Length => (&texts[..1], Sort::Number),
            Function::IndexOf => (texts, Sort::Number),
            Function::Substring if given.len() == 3 => {
                (&[Sort::Text, Sort::Number, Sort::Number], Sort::Text)
            }
            Function::Substring => (&[Sort::Text, Sort::Number], Sort::Text),
            Function::ToLower | Function::ToUpper | Function::Trim => (&texts[..1], Sort::Text),
            Function::Concat => (texts, Sort::Text),
            Function::Year | Function::Month | Function::Day => (&[Sort::Day], Sort::Number),
            Function::Hour | Function::Minute | Function::Second => (&[Sort::Time], Sort::Number),
            Function::Date => (&[Sort::Day], Sort::Day),
            Function::Time => (&[Sort::Time], Sort::Time),
            Function::Round | Function::Floor | Function::Ceiling => {
                (&[Sort::Number], Sort::Number)
            }
        };
        if wants.len() != given.len() {
            return Err(format!("{} takes {}, not {}", self.name(), wants.len(), given.len()));
        }
        for (want, given) in wants.iter().zip(given) {
            // A moment has a day and a time.
            let of_moment = *given == Sort::Moment && [Sort::Day, Sort::Time].contains(want);
            if !want.meets(*given) && !of_moment {
                return Err(format!(
                    "{} wants {} and got {}",
                    self.name(),
                    want.word(),
                    given.word()
                ));
            }
        }
        Ok(gives)
    }

    pub fn work_out(self, given: &[Value]) -> Value {
        self.worked_out(given).unwrap_or(Value::Null)
    }

    fn worked_out(self, given: &[Value]) -> Option<Value> {
        let first = given.first()?;
        let both = || Some((first.text()?, given.get(1)?.text()?));
        let part =
            |of: fn(&jiff::civil::Date) -> i64| first.date().map(|day| Value::Whole(of(&day)));
        let rounded = |of: fn(f64) -> f64| match first {
            Value::Whole(number) => Some(Value::Whole(*number)),
            other => Some(Value::Number(of(other.number()?))),
        };
        match self {
            Function::Contains => both().map(|(a, b)| Value::Yes(a.contains(b))),
            Function::StartsWith => both().map(|(a, b)| Value::Yes(a.starts_with(b))),
            Function::EndsWith => both().map(|(a, b)| Value::Yes(a.ends_with(b))),
            Function::Length => Some(Value::Whole(first.text()?.chars().count() as i64)),
            Function::IndexOf => {
                let (a, b) = both()?;
                let at = a.find(b).map(|at| a[..at].chars().count() as i64);
                Some(Value::Whole(at.unwrap_or(-1)))
            }
            Function::Substring => {
                let from = given.get(1)?.number()?.max(0.0) as usize;
                let rest = first.text()?.chars().skip(from);
                Some(Value::Text(match given.get(2) {
                    Some(length) => rest.take(length.number()?.max(0.0) as usize).collect(),
                    None => rest.collect(),
                }))
            }
            Function::ToLower => Some(Value::Text(first.text()?.to_lowercase())),
            Function::ToUpper => Some(Value::Text(first.text()?.to_uppercase())),
            Function::Trim => Some(Value::Text(first.text()?.trim().to_owned())),
            Function::Concat => both().map(|(a, b)| Value::Text(format!("{a}{b}"))),
            Function::Year => part(|day| i64::from(day.year())),
            Function::Month => part(|day| i64::from(day.month())),
            Function::Day => part(|day| i64::from(day.day())),
            Function::Hour => Some(Value::Whole(first.clock()? / 3_600_000)),
            Function::Minute => Some(Value::Whole(first.clock()? / 60_000 % 60)),
            Function::Second => Some(Value::Whole(first.clock()? / 1000 % 60)),
            Function::Date => crate::data::typed::day(&first.date()?.to_string()).map(Value::Day),
            Function::Time => Some(Value::Time(first.clock()?)),
            // Half away from zero, as the standard has it.
            Function::Round => rounded(f64::round),
            Function::Floor => rounded(f64::floor),
            Function::Ceiling => rounded(f64::ceil),
        }
    }
}
