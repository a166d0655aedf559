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
    /// How many people in the population say yes, or how much there is of it.
    Total,
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
    /// Of a number of people, the shares behind it: where such a share may not be shown, the number may not.
    shares: Option<Crossing>,
}

impl Question {
    /// Reads `hcv,age`, `country,sex`, `logit`, and confidence. `hcv=treated` asks for the share of one value, `total(hcv)` for how
    /// many people.
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
                let crossed = |statistic| {
                    cross(&data.design, &factors, statistic, &self.options)
                        .map_err(|problems| of_engine(problems, &data.sheet.rows))
                };
                let counts_people =
                    indicator.measure == Measure::Total && indicator.counts_people(&values);
                let shares = Statistic::Proportion(Values::Numbers(&values));
                Ok(Estimated {
                    indicator: indicator.clone(),
                    label: indicator.label(&data.codes),
                    by: self.by.iter().map(|name| data.codes.label(name).to_owned()).collect(),
                    crossing: crossed(indicator.statistic(&values))?,
                    shares: counts_people.then(|| crossed(shares)).transpose()?,
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
        let value = match &indicator.measure {
            Measure::Share { value } => value,
            Measure::Total if self.is_yes_or_no(column) => &None,
            Measure::Mean | Measure::Total => {
                return self.codes.numbers(column, &self.sheet.rows);
            }
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
        if self.is_yes_or_no(column) {
            return Some(Measure::Share { value: None });
        }
        let are_codes = || {
            // Codes with words for all of them (1 = men, 2 = women) have no mean.
            let named = |text: &&String| self.codes.words(name, text) != text.as_str();
            answers.clone().all(|text| named(&text))
        };
        let are_numbers =
            || answers.clone().all(|text| text.parse::<f64>().is_ok_and(f64::is_finite));
        (are_numbers() && !are_codes()).then_some(Measure::Mean)
    }

    /// Whether every answer of a column is a yes or a no.
    fn is_yes_or_no(&self, column: &Column) -> bool {
        let name = &column.name;
        let mut answers = column.texts.iter().filter(|text| !self.codes.is_missing(name, text));
        answers.all(|text| yes_or_no(self.codes.words(name, text)).is_some())
    }
}

impl Indicator {
    /// Reads what is asked: `hcv`, `hcv=treated`, `total(hcv)`.
    pub fn of(data: &Microdata, asked: &str) -> Result<Indicator, Vec<Problem>> {
        indicator(data, asked).map_err(|problem| vec![problem])
    }

    /// Whether it is about who said yes, not about amounts.
    pub fn counts_people(&self, values: &[f64]) -> bool {
        match self.measure {
            Measure::Share { .. } => true,
            Measure::Mean => false,
            Measure::Total => {
                values.iter().all(|value| value.is_nan() || *value == 0.0 || *value == 1.0)
            }
        }
    }

    pub fn statistic<'a>(&self, values: &'a [f64]) -> Statistic<'a> {
        match self.measure {
            Measure::Share { .. } => Statistic::Proportion(Values::Numbers(values)),
            Measure::Mean => Statistic::Mean(Values::Numbers(values)),
            Measure::Total => Statistic::Total(Values::Numbers(values)),
        }
    }

    /// As it is asked for.
    pub fn asked(&self) -> String {
        match &self.measure {
            Measure::Share { value: Some(value) } => format!("{}={value}", self.column),
            Measure::Total => format!("total({})", self.column),
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

/// The column that something asked for is of: `hcv` of `hcv`, of `hcv=1` and of `total(hcv)`.
pub fn column_asked(asked: &str) -> &str {
    let inside = asked.strip_prefix("total(").and_then(|rest| rest.strip_suffix(')'));
    inside.unwrap_or_else(|| asked.split_once('=').map_or(asked, |(column, _)| column))
}

impl Estimated {
    /// What may leave, by the rules.
    pub fn released(&self, rules: &Rules) -> Released {
        let released = release(&self.crossing, rules, &Standard::default());
        let Some(shares) = &self.shares else { return released };
        let shares = release(shares, rules, &Standard::default());
        let withheld = shares.cells().iter().enumerate().filter(|(_, cell)| cell.figure.is_err());
        released.without(&withheld.map(|(place, _)| place).collect::<Vec<_>>())
    }

    /// Whether it is about who said yes, not about amounts.
    pub fn counts_people(&self) -> bool {
        matches!(self.indicator.measure, Measure::Share { .. }) || self.shares.is_some()
    }

    /// Everything, for those who hold the data; to be marked as not for release.
    pub fn internal(&self) -> Internal {
        reveal(&self.crossing, &Standard::default())
    }

    /// By cell, why the rules withhold it; for those who hold the data.
    pub fn reasons(&self, rules: &Rules) -> Vec<Option<Withheld>> {
        let shares = self.shares.iter().flat_map(|shares| survey::reasons(shares, rules));
        let shares = shares.map(Some).chain(std::iter::repeat(None));
        let reasons = survey::reasons(&self.crossing, rules).into_iter().zip(shares);
        reasons.map(|(why, of_share)| why.or(of_share.flatten())).collect()
    }
}

fn indicator(data: &Microdata, asked: &str) -> Result<Indicator, Problem> {
    let total = asked.strip_prefix("total(").and_then(|rest| rest.strip_suffix(')'));
    let is_column = data.sheet.column(asked).is_ok();
    let (name, value) = match (total.filter(|_| !is_column), asked.split_once('=')) {
        (Some(name), _) => (name, None),
        (None, Some((name, value))) if !is_column => (name, Some(value)),
        _ => (asked, None),
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
    let measure = if total.is_some() && !is_column { Measure::Total } else { measure };
    Ok(Indicator { column: name.to_owned(), measure })
}

/// Yes and no as files and codebooks write them, in the languages of the programme.
const YES: [&str; 14] =
    ["1", "yes", "oui", "true", "da", "да", "так", "po", "tak", "ja", "evet", "კი", "დიახ", "այո"];
const NO: [&str; 15] = [
    "0",
    "no",
    "non",
    "false",
    "nu",
    "нет",
    "ні",
    "не",
    "ne",
    "nie",
    "nein",
    "hayır",
    "jo",
    "არა",
    "ոչ",
];

fn yes_or_no(text: &str) -> Option<bool> {
    let text = text.trim().to_lowercase();
    match (YES.contains(&text.as_str()), NO.contains(&text.as_str())) {
        (true, _) => Some(true),
        (_, true) => Some(false),
        _ => None,
    }
}
