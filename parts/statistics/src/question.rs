//! What is asked of a data set (which indicators, by which groups, with which interval) and the answer: a table of figures that
//! leaves this file only as [`Released`] or, for those who hold the data, as [`Internal`].

use survey::{
    Crossing, Design, Groups, Internal, Interval, Options, Released, Rules, Standard, Statistic,
    Values, Withheld, cross, release, reveal,
};

use crate::codebook::Codebook;
use crate::plan::Described;
use crate::problem::{Problem, of_engine, short};
use crate::sheet::{Column, Sheet};

/// A data set as it is asked: what was read, what it means, how it was drawn.
pub struct Microdata {
    pub sheet: Sheet,
    pub codes: Codebook,
    pub described: Described,
    pub design: Design,
}

/// What is measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Measure {
    /// The share who said yes, or of one value among all.
    Share {
        value: Option<String>,
    },
    Mean,
}

/// One indicator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Indicator {
    pub column: String,
    pub measure: Measure,
}

/// What is asked.
#[derive(Clone, Debug)]
pub struct Question {
    pub of: Vec<Indicator>,
    pub by: Vec<String>,
    pub options: Options,
}

/// Intervals for a proportion, under the names that R's `survey` gives them.
pub const METHODS: [(&str, Interval); 7] = [
    ("logit", Interval::Logit),
    ("beta", Interval::Beta),
    ("likelihood", Interval::Likelihood),
    ("arcsine", Interval::Arcsine),
    ("xlogit", Interval::Xlogit),
    ("wilson", Interval::Wilson),
    ("mean", Interval::Mean),
];

/// Groups crossed with each other: with more, hardly a cell is left to show.
pub const MOST_GROUPS: usize = 4;

/// A table of one indicator, not yet held against the rules.
pub struct Estimated {
    pub indicator: Indicator,
    /// In the words of the codebook.
    pub label: String,
    /// The labels of the grouping columns.
    pub by: Vec<String>,
    crossing: Crossing,
}

impl Question {
    /// Reads `hcv,age`, `country,sex`, `logit`, and confidence. `hcv=treated` asks for the share of one value.
    pub fn read(
        data: &Microdata,
        of: &[String],
        by: &[String],
        method: &str,
        level: f64,
    ) -> Result<Question, Vec<Problem>> {
        let mut problems = Vec::new();
        let known = METHODS.iter().find(|(name, _)| *name == method);
        if known.is_none() {
            let names: Vec<&str> = METHODS.iter().map(|(name, _)| *name).collect();
            let problem = Problem::of("", "method").with("value", short(method));
            problems.push(problem.with("known", names.join(", ")));
        }
        if !(0.5..1.0).contains(&level) {
            problems.push(Problem::of("", "level").with("value", level.to_string()));
        }
        if of.is_empty() {
            problems.push(Problem::of("", "nothing-asked"));
        }
        if by.len() > MOST_GROUPS {
            problems.push(Problem::of("", "too-many-groups").with("most", MOST_GROUPS));
        }
        for (at, name) in by.iter().enumerate() {
            if by[..at].contains(name) {
                problems.push(Problem::of(name, "group-twice"));
            }
            if let Err(problem) = data.sheet.column(name) {
                problems.push(problem);
            }
        }
        let mut indicators = Vec::new();
        for asked in of {
            match indicator(data, asked) {
                Ok(indicator) => indicators.push(indicator),
                Err(problem) => problems.push(problem),
            }
        }
        match known {
            Some((_, interval)) if problems.is_empty() => Ok(Question {
                of: indicators,
                by: by.to_vec(),
                options: Options { level, interval: *interval },
            }),
            _ => Err(problems),
        }
    }

    /// The name of the interval's method.
    pub fn method(&self) -> &'static str {
        let named = METHODS.iter().find(|(_, interval)| *interval == self.options.interval);
        named.map_or("logit", |(name, _)| name)
    }

    /// A table for each indicator.
    pub fn answer(&self, data: &Microdata) -> Result<Vec<Estimated>, Vec<Problem>> {
        let groups = self.groups(data)?;
        let factors: Vec<(&str, &Groups)> =
            self.by.iter().map(String::as_str).zip(&groups).collect();
        self.of
            .iter()
            .map(|indicator| {
                let column =
                    data.sheet.column(&indicator.column).map_err(|problem| vec![problem])?;
                let values = data.values(indicator, column)?;
                if values.iter().all(|value| value.is_nan()) {
                    return Err(vec![Problem::of(&indicator.column, "all-missing")]);
                }
                let statistic = indicator.statistic(&values);
                let crossing = cross(&data.design, &factors, statistic, &self.options)
                    .map_err(|problems| of_engine(problems, &data.sheet.rows))?;
                Ok(Estimated {
                    indicator: indicator.clone(),
                    label: indicator.label(&data.codes),
                    by: self.by.iter().map(|name| data.codes.label(name).to_owned()).collect(),
                    crossing,
                })
            })
            .collect()
    }

    /// The grouping columns.
    pub fn groups(&self, data: &Microdata) -> Result<Vec<Groups>, Vec<Problem>> {
        let groups = |name: &String| Ok(data.codes.groups(data.sheet.column(name)?));
        self.by.iter().map(groups).collect::<Result<_, Problem>>().map_err(|problem| vec![problem])
    }
}

impl Microdata {
    pub fn new(
        sheet: Sheet,
        codes: Codebook,
        described: Described,
    ) -> Result<Microdata, Vec<Problem>> {
        let design = described.design(&sheet, &codes)?;
        Ok(Microdata { sheet, codes, described, design })
    }

    /// By row, the answer: 1 and 0 for a share, NaN where there is none.
    pub fn values(&self, indicator: &Indicator, column: &Column) -> Result<Vec<f64>, Vec<Problem>> {
        let name = &column.name;
        let Measure::Share { value } = &indicator.measure else {
            return self.codes.numbers(column, &self.sheet.rows);
        };
        let of_text: Vec<f64> = column
            .texts
            .iter()
            .map(|text| match value {
                _ if self.codes.is_missing(name, text) => f64::NAN,
                Some(value) => {
                    let is = text == value || self.codes.words(name, text) == value;
                    f64::from(u8::from(is))
                }
                None => match yes_or_no(self.codes.words(name, text)) {
                    Some(is) => f64::from(u8::from(is)),
                    None => f64::NAN,
                },
            })
            .collect();
        Ok(column.codes.iter().map(|&code| of_text[code as usize]).collect())
    }

    /// What each column can be asked for: `None` where it is neither yes and no nor numbers.
    pub fn measure(&self, column: &Column) -> Option<Measure> {
        let name = &column.name;
        let mut answers =
            column.texts.iter().filter(|text| !self.codes.is_missing(name, text)).peekable();
        answers.peek()?;
        if answers.clone().all(|text| yes_or_no(self.codes.words(name, text)).is_some()) {
            return Some(Measure::Share { value: None });
        }
        answers.all(|text| text.parse::<f64>().is_ok_and(f64::is_finite)).then_some(Measure::Mean)
    }
}

impl Indicator {
    pub fn statistic<'a>(&self, values: &'a [f64]) -> Statistic<'a> {
        match self.measure {
            Measure::Share { .. } => Statistic::Proportion(Values::Numbers(values)),
            Measure::Mean => Statistic::Mean(Values::Numbers(values)),
        }
    }

    /// As it is asked for.
    pub fn asked(&self) -> String {
        match &self.measure {
            Measure::Share { value: Some(value) } => format!("{}={value}", self.column),
            _ => self.column.clone(),
        }
    }

    fn label(&self, codes: &Codebook) -> String {
        let label = codes.label(&self.column);
        match &self.measure {
            Measure::Share { value: Some(value) } => {
                format!("{label}: {}", codes.words(&self.column, value))
            }
            _ => label.to_owned(),
        }
    }
}

impl Estimated {
    /// What may leave, by the rules.
    pub fn released(&self, rules: &Rules) -> Released {
        release(&self.crossing, rules, &Standard::default())
    }

    /// Everything, for those who hold the data; to be marked as not for release.
    pub fn internal(&self) -> Internal {
        reveal(&self.crossing, &Standard::default())
    }

    /// By cell, why the rules withhold it; for those who hold the data.
    pub fn reasons(&self, rules: &Rules) -> Vec<Option<Withheld>> {
        survey::reasons(&self.crossing, rules)
    }
}

fn indicator(data: &Microdata, asked: &str) -> Result<Indicator, Problem> {
    let (name, value) = match asked.split_once('=') {
        Some((name, value)) => (name, Some(value)),
        None => (asked, None),
    };
    let column = data.sheet.column(name)?;
    let some_answers = || {
        let answers = column.texts.iter().filter(|text| !data.codes.is_missing(name, text));
        short(&answers.take(8).cloned().collect::<Vec<_>>().join(", "))
    };
    let measure = match value {
        Some(value) => {
            let is = |text: &String| text == value || data.codes.words(name, text) == value;
            if !column.texts.iter().any(is) {
                let problem = Problem::of(name, "no-such-value").with("value", short(value));
                return Err(problem.with("known", some_answers()));
            }
            Measure::Share { value: Some(value.to_owned()) }
        }
        None => data.measure(column).ok_or_else(|| match some_answers() {
            known if known.is_empty() => Problem::of(name, "all-missing"),
            known => Problem::of(name, "ask-one-value").with("known", known),
        })?,
    };
    Ok(Indicator { column: name.to_owned(), measure })
}

/// Yes and no as files and codebooks write them.
fn yes_or_no(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "1" | "yes" | "oui" | "true" => Some(true),
        "0" | "no" | "non" | "false" => Some(false),
        _ => None,
    }
}
