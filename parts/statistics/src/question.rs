//! What is asked of a data set (which indicators, by which groups, with which interval) and the answer: a table of figures that
//! leaves this file only as [`Released`] or, for those who hold the data, as [`Internal`].

use survey::{
    Crossing, Design, Groups, Internal, Interval, Options, Released, Rules, Standard, Values,
    Withheld, cross, cross_quantile, release, reveal,
};

use crate::codebook::Codebook;
use crate::indicator::{Indicator, Measure, both_known};
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
    /// Reads `hcv,age`, `country,sex`, `logit`, and confidence. What else than `hcv` may be asked of a column, [`Indicator::of`] says.
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
            match Indicator::of(data, asked) {
                Ok(indicator) => indicators.push(indicator),
                Err(found) => problems.extend(found),
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
                Ok(Estimated {
                    indicator: indicator.clone(),
                    label: indicator.label(&data.codes),
                    by: self.by.iter().map(|name| data.codes.label(name).to_owned()).collect(),
                    crossing: self.crossing(data, &factors, indicator)?,
                })
            })
            .collect()
    }

    fn crossing(
        &self,
        data: &Microdata,
        factors: &[(&str, &Groups)],
        indicator: &Indicator,
    ) -> Result<Crossing, Vec<Problem>> {
        let values = data.values_of(&indicator.column, &indicator.measure)?;
        if values.iter().all(|value| value.is_nan()) {
            return Err(vec![Problem::of(&indicator.column, "all-missing")]);
        }
        let made = match &indicator.measure {
            Measure::Quantile { share } => {
                let values = Values::Numbers(&values);
                cross_quantile(&data.design, factors, values, *share, &self.options)
            }
            Measure::Ratio { over } => {
                let under = data.values_of(over, &Measure::Total)?;
                let known = both_known(&values, &under);
                if known.clone().next().is_none() {
                    let problem = Problem::of(&indicator.column, "ratio-nobody");
                    return Err(vec![problem.with("other", short(over))]);
                }
                if known.clone().all(|(_, under)| under == 0.0) {
                    return Err(vec![Problem::of(over, "ratio-of-nothing")]);
                }
                let statistic = indicator.statistic(&values, &under);
                cross(&data.design, factors, statistic, &self.options)
            }
            _ => cross(&data.design, factors, indicator.statistic(&values, &[]), &self.options),
        };
        made.map_err(|problems| of_engine(problems, &data.sheet.rows))
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

    /// By row, the answer: 1 and 0 for a share, NaN where there is none. Of a ratio, what is divided.
    pub fn values_of(&self, name: &str, measure: &Measure) -> Result<Vec<f64>, Vec<Problem>> {
        let column = self.sheet.column(name).map_err(|problem| vec![problem])?;
        let value = match measure {
            Measure::Share { value } => value,
            Measure::Total | Measure::Ratio { .. } if self.is_yes_or_no(column) => &None,
            Measure::Mean | Measure::Total | Measure::Ratio { .. } | Measure::Quantile { .. } => {
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
    pub fn is_yes_or_no(&self, column: &Column) -> bool {
        let name = &column.name;
        let mut answers = column.texts.iter().filter(|text| !self.codes.is_missing(name, text));
        answers.all(|text| yes_or_no(self.codes.words(name, text)).is_some())
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
