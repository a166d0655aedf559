//! One thing that is asked of interviews: a share, a mean, a total, a ratio of two totals, a quantile. How it is written, what it is
//! called, and of which columns a table of it tells.

use survey::{Statistic, Values};

use crate::codebook::Codebook;
use crate::problem::{Problem, short};
use crate::question::Microdata;

/// What is measured.
#[derive(Clone, Debug, PartialEq)]
pub enum Measure {
    /// The share who said yes, or of one value among all.
    Share {
        value: Option<String>,
    },
    Mean,
    /// How many people in the population say yes, or how much there is of it.
    Total,
    /// Its total over the total of another column, of those who are known in both.
    Ratio {
        over: String,
    },
    /// What this share of people lie at or below: 0.5 for the median.
    Quantile {
        share: f64,
    },
}

/// One indicator.
#[derive(Clone, Debug, PartialEq)]
pub struct Indicator {
    pub column: String,
    pub measure: Measure,
}

impl Indicator {
    /// Reads what is asked: `hcv`, `hcv=treated`, `total(hcv)`, `ratio(injections,injects)`, `median(months)`, `quantile(months,0.9)`.
    pub fn of(data: &Microdata, asked: &str) -> Result<Indicator, Vec<Problem>> {
        read(data, asked).map_err(|problem| vec![problem])
    }

    /// Whether it is about who said yes, not about amounts.
    pub fn counts_people(&self, values: &[f64]) -> bool {
        match self.measure {
            Measure::Share { .. } => true,
            Measure::Mean | Measure::Quantile { .. } => false,
            Measure::Total | Measure::Ratio { .. } => {
                values.iter().all(|value| value.is_nan() || *value == 0.0 || *value == 1.0)
            }
        }
    }

    /// What the engine is asked, but of a quantile, which it is asked otherwise; `under` is what a ratio divides by.
    pub fn statistic<'a>(&self, values: &'a [f64], under: &'a [f64]) -> Statistic<'a> {
        let values = Values::Numbers(values);
        match self.measure {
            Measure::Share { .. } => Statistic::Proportion(values),
            Measure::Mean | Measure::Quantile { .. } => Statistic::Mean(values),
            Measure::Total => Statistic::Total(values),
            Measure::Ratio { .. } => Statistic::Ratio(values, Values::Numbers(under)),
        }
    }

    /// As it is asked for.
    pub fn asked(&self) -> String {
        match &self.measure {
            Measure::Share { value: Some(value) } => format!("{}={value}", self.column),
            Measure::Share { value: None } | Measure::Mean => self.column.clone(),
            Measure::Total => format!("total({})", self.column),
            Measure::Ratio { over } => format!("ratio({},{over})", self.column),
            Measure::Quantile { share: 0.5 } => format!("median({})", self.column),
            Measure::Quantile { share } => format!("quantile({},{share})", self.column),
        }
    }

    /// In the words of the codebook.
    pub fn label(&self, codes: &Codebook) -> String {
        let label = codes.label(&self.column);
        match &self.measure {
            Measure::Share { value: Some(value) } => {
                format!("{label}: {}", codes.words(&self.column, value))
            }
            Measure::Ratio { over } => format!("{label} / {}", codes.label(over)),
            _ => label.to_owned(),
        }
    }

    /// What a table of it tells, as sums that an attacker could add up: of a ratio both totals, since who knows one knows the other; of
    /// a quantile the mean, which says more (decision 122). A denominator that is the same for all tells nothing.
    pub fn tells(&self, data: &Microdata) -> Result<Vec<Told>, Vec<Problem>> {
        let of = |column: &str, measure, partner: Option<&str>| Told {
            indicator: Indicator { column: column.into(), measure },
            partner: partner.map(str::to_owned),
        };
        match &self.measure {
            Measure::Ratio { over } => {
                let mut told = vec![of(&self.column, Measure::Total, Some(over))];
                if !is_same_for_all(data, &self.column, over)? {
                    told.push(of(over, Measure::Total, Some(&self.column)));
                }
                Ok(told)
            }
            Measure::Quantile { .. } => Ok(vec![of(&self.column, Measure::Mean, None)]),
            _ => Ok(vec![of(&self.column, self.measure.clone(), None)]),
        }
    }
}

/// A column of whose sums a table tells.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// A share, a mean or a total.
    pub indicator: Indicator,
    /// Where only those are counted who are known in another column too, that one.
    pub partner: Option<String>,
}

/// Whether a table asked so tells of a column, and beside which other. One column in several words (`hcv`, `hcv=1`, `total(hcv)`) tells of
/// the same people; where a name can be read in two ways, both count.
pub fn tells_of(asked: &str, column: &str) -> Option<Beside> {
    let alone = asked == column
        || inside(asked, "total(") == Some(column)
        || inside(asked, "median(") == Some(column)
        || inside(asked, "quantile(").is_some_and(|rest| is_before(rest, column, ','))
        || is_before(asked, column, '=');
    if alone {
        return Some(Beside::Nothing);
    }
    let both = inside(asked, "ratio(")?;
    let after = both.strip_prefix(column).and_then(|rest| rest.strip_prefix(','));
    let before = both.strip_suffix(column).and_then(|rest| rest.strip_suffix(','));
    let over = after.map(|over| Beside::Under(over.into()));
    over.or(before.map(|divided| Beside::Over(divided.into())))
}

/// What stands beside a column in a table of a ratio.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Beside {
    Nothing,
    /// It is divided by this one.
    Under(String),
    /// It divides this one.
    Over(String),
}

impl Beside {
    pub fn partner(&self) -> Option<&str> {
        match self {
            Beside::Nothing => None,
            Beside::Under(other) | Beside::Over(other) => Some(other),
        }
    }
}

/// Both answers of everybody who is known in both columns.
pub fn both_known<'a>(
    over: &'a [f64],
    under: &'a [f64],
) -> impl Iterator<Item = (f64, f64)> + Clone + 'a {
    let both = over.iter().copied().zip(under.iter().copied());
    both.filter(|(over, under)| !over.is_nan() && !under.is_nan())
}

/// Whether a ratio divides by the same for everybody, as by 1 for each of those who were asked.
pub fn is_same_for_all(data: &Microdata, column: &str, over: &str) -> Result<bool, Vec<Problem>> {
    let values = data.values_of(column, &Measure::Total)?;
    let under = data.values_of(over, &Measure::Total)?;
    let mut known = both_known(&values, &under).map(|(_, under)| under);
    let first = known.next();
    Ok(known.all(|under| Some(under) == first))
}

fn inside<'a>(asked: &'a str, word: &str) -> Option<&'a str> {
    asked.strip_prefix(word)?.strip_suffix(')')
}

fn is_before(text: &str, column: &str, sign: char) -> bool {
    text.strip_prefix(column).is_some_and(|rest| rest.starts_with(sign))
}

fn read(data: &Microdata, asked: &str) -> Result<Indicator, Problem> {
    let is_column = |name: &str| data.sheet.column(name).is_ok();
    if is_column(asked) {
        return plain(data, asked, None);
    }
    if let Some(name) = inside(asked, "total(") {
        return Ok(Indicator { measure: Measure::Total, ..plain(data, name, None)? });
    }
    if let Some(name) = inside(asked, "median(") {
        return quantile(data, name.trim(), 0.5);
    }
    if let Some(both) = inside(asked, "quantile(") {
        // A name may hold a comma; a share does not.
        let (name, share) = both.rsplit_once(',').unwrap_or((both, ""));
        let wrong = || Problem::of(asked, "quantile-share").with("value", short(share.trim()));
        let share: f64 = share.trim().parse().map_err(|_| wrong())?;
        if !(share > 0.0 && share < 1.0) {
            return Err(wrong());
        }
        return quantile(data, name.trim(), share);
    }
    if let Some(both) = inside(asked, "ratio(") {
        let commas =
            both.match_indices(',').map(|(at, _)| (both[..at].trim(), both[at + 1..].trim()));
        let known = commas.clone().find(|(first, second)| is_column(first) && is_column(second));
        let pair = known.or(commas.clone().find(|(first, _)| is_column(first)));
        let Some((first, second)) = pair.or(commas.clone().next()) else {
            return Err(Problem::of(asked, "ratio-needs-two"));
        };
        if first.is_empty() || second.is_empty() {
            return Err(Problem::of(asked, "ratio-needs-two"));
        }
        return ratio(data, first, second);
    }
    match asked.split_once('=') {
        Some((name, value)) => plain(data, name, Some(value)),
        None => plain(data, asked, None),
    }
}

fn plain(data: &Microdata, name: &str, value: Option<&str>) -> Result<Indicator, Problem> {
    let column = data.sheet.column(name)?;
    let measure = match value {
        Some(value) => {
            let is = |text: &String| text == value || data.codes.words(name, text) == value;
            if !column.texts.iter().any(is) {
                let problem = Problem::of(name, "no-such-value").with("value", short(value));
                return Err(problem.with("known", some_answers(data, name)));
            }
            Measure::Share { value: Some(value.to_owned()) }
        }
        None => data.measure(column).ok_or_else(|| unfit(data, name, "ask-one-value"))?,
    };
    Ok(Indicator { column: name.to_owned(), measure })
}

fn quantile(data: &Microdata, name: &str, share: f64) -> Result<Indicator, Problem> {
    match data.measure(data.sheet.column(name)?) {
        Some(Measure::Mean) => {
            Ok(Indicator { column: name.to_owned(), measure: Measure::Quantile { share } })
        }
        Some(_) => Err(Problem::of(name, "quantile-of-yes-or-no")),
        None => Err(unfit(data, name, "quantile-of-words")),
    }
}

fn ratio(data: &Microdata, first: &str, second: &str) -> Result<Indicator, Problem> {
    if first == second {
        return Err(Problem::of(first, "ratio-of-itself"));
    }
    for name in [first, second] {
        if data.measure(data.sheet.column(name)?).is_none() {
            return Err(unfit(data, name, "ratio-of-words"));
        }
    }
    let measure = Measure::Ratio { over: second.to_owned() };
    Ok(Indicator { column: first.to_owned(), measure })
}

/// That a column cannot be asked so, with some of its answers; or that nobody answered.
fn unfit(data: &Microdata, name: &str, key: &'static str) -> Problem {
    match some_answers(data, name) {
        known if known.is_empty() => Problem::of(name, "all-missing"),
        known => Problem::of(name, key).with("known", known),
    }
}

fn some_answers(data: &Microdata, name: &str) -> String {
    let Ok(column) = data.sheet.column(name) else { return String::new() };
    let answers = column.texts.iter().filter(|text| !data.codes.is_missing(name, text));
    short(&answers.take(8).cloned().collect::<Vec<_>>().join(", "))
}
