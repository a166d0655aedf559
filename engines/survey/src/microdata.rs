//! A data set that may leave: recoded, with single values suppressed until nobody is alone with what others may know of him.
//! Only [`safe_records`] makes one, so that what is written was checked.

use std::collections::BTreeMap;

use crate::anonymity::{Anonymity, Check, Keys, SUPPRESSED, suppress};
use crate::groups::{Groups, NO_GROUP};
use crate::problem::{Problem, same_length};
use crate::recoding::{Held, Recoding};
use crate::risk::individual_risk;

/// All sets of keys are tried, so there are a thousand of them at most. Who needs more keys merges some into one.
const MOST_KEYS: usize = 10;

/// A data set as it was collected, a row for each person.
#[derive(Debug, Clone)]
pub struct Records<'a> {
    /// Its columns, in the order in which they are written.
    pub columns: Vec<RecordColumn<'a>>,
    /// Whom each person stands for; one each where none are given.
    pub weights: Option<&'a [f64]>,
}

/// A column and what others may know of it.
#[derive(Debug, Clone)]
pub struct RecordColumn<'a> {
    /// Its name, once in a data set.
    pub name: &'a str,
    /// What is in it.
    pub content: Content<'a>,
    /// What it means for safety.
    pub role: Role,
}

/// What a column holds.
#[derive(Debug, Clone, Copy)]
pub enum Content<'a> {
    /// Labels; [`NO_GROUP`] is no answer.
    Labels(&'a Groups),
    /// Numbers; NaN is no answer.
    Numbers(&'a [f64]),
}

/// What a column means for safety.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Somebody may know it of a person: age, sex, country, prison. The number is its importance from 1 up: what matters less is
    /// suppressed sooner.
    Key(u8),
    /// What nobody may learn of a person; held against [`Diversity`](crate::Diversity) and closeness.
    Sensitive,
    /// An answer that nobody can connect with a person. It is written as it is.
    Other,
    /// Names, dates, numbers of interviews, clusters, strata: never written.
    LeftOut,
}

/// How many could be recognised, as counts that tell nothing of one person.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct RecordRisk {
    /// People in the file.
    pub records: u64,
    /// Alone with their keys.
    pub unique: u64,
    /// In a combination of keys with fewer than k people.
    pub below_k: u64,
    /// In a combination whose sensitive answers differ too little.
    pub not_diverse: u64,
    /// In a combination whose sensitive answers are too unlike those of all.
    pub not_close: u64,
    /// With an individual risk above the bound.
    pub at_risk: u64,
    /// The greatest individual risk.
    pub greatest: f64,
    /// How many an intruder is expected to recognise who looks for everybody: the sum of the individual risks.
    pub expected: f64,
}

/// What safety cost in one column.
#[derive(Debug, Clone, PartialEq)]
pub struct Loss {
    /// Its name.
    pub column: String,
    /// Values suppressed.
    pub suppressed: u64,
    /// Different values before and after.
    pub groups: (usize, usize),
    /// The largest change of a value's weighted share, once recoded; none where a column of numbers is no key.
    pub share_change: Option<f64>,
    /// The weighted mean before and after, of numbers.
    pub mean: Option<(f64, f64)>,
    /// The weighted standard deviation before and after, of numbers.
    pub sd: Option<(f64, f64)>,
}

/// A value as it may be written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum SafeValue<'a> {
    /// No answer was given.
    None,
    /// There was an answer, or none, and it is not told.
    Suppressed,
    /// A label.
    Label(&'a str),
    /// A number.
    Number(f64),
}

/// A data set that went through recoding and suppression. It can be made in no other way.
#[derive(Debug, Clone, PartialEq)]
pub struct SafeRecords {
    columns: Vec<SafeColumn>,
    weights: Option<Vec<f64>>,
    before: RecordRisk,
    after: RecordRisk,
    losses: Vec<Loss>,
}

#[derive(Debug, Clone, PartialEq)]
struct SafeColumn {
    name: String,
    role: Role,
    /// By row a place in `values`, or [`NO_GROUP`], or suppressed.
    codes: Vec<u32>,
    values: Vec<Stored>,
}

#[derive(Debug, Clone, PartialEq)]
enum Stored {
    Label(String),
    Number(f64),
}

impl SafeRecords {
    /// The columns that are written.
    pub fn columns(&self) -> impl Iterator<Item = (&str, Role)> {
        self.columns.iter().map(|column| (column.name.as_str(), column.role))
    }

    /// The number of rows.
    pub fn rows(&self) -> usize {
        self.after.records as usize
    }

    /// What is written in a row and a column, both counted from 0.
    pub fn value(&self, row: usize, column: usize) -> SafeValue<'_> {
        let SafeColumn { codes, values, .. } = &self.columns[column];
        match codes[row] {
            NO_GROUP => SafeValue::None,
            SUPPRESSED => SafeValue::Suppressed,
            code => match &values[code as usize] {
                Stored::Label(label) => SafeValue::Label(label),
                Stored::Number(number) => SafeValue::Number(*number),
            },
        }
    }

    /// By row its weight: the mean of all who share its keys, so that it points at none of them.
    pub fn weights(&self) -> Option<&[f64]> {
        self.weights.as_deref()
    }

    /// The risk once recoded, before anything was suppressed.
    pub fn risk_before(&self) -> &RecordRisk {
        &self.before
    }

    /// The risk of what is written.
    pub fn risk(&self) -> &RecordRisk {
        &self.after
    }

    /// What was lost, by column.
    pub fn losses(&self) -> &[Loss] {
        &self.losses
    }
}

/// The risk of a data set once recoded, for whoever is choosing how to recode it.
pub fn record_risk(
    records: &Records,
    recodings: &[Recoding],
    asked: &Anonymity,
) -> Result<RecordRisk, Vec<Problem>> {
    let prepared = Prepared::new(records, recodings, asked)?;
    let check = Check::new(&prepared.sensitive, prepared.keys.rows(), asked);
    Ok(risk(&prepared.keys, &prepared.weights, &check, asked))
}

/// Recodes, then suppresses single values of keys, the least important first, until every combination of keys is held by k people
/// with different sensitive answers. Weights become the mean of each combination, and rows are sorted by what is written, since their order may tell
/// who came when.
///
/// A suppressed value counts as a value of its own, so each person is one of k with exactly the same keys, which anybody can count in the
/// file. (`sdcMicro` lets a suppressed value stand for any: then who knows somebody's age may still find the only one whose age is given.)
/// Not held against: what is known of a person beyond the keys, and answers in `Other` columns.
///
/// Problems: no key or more than ten, names given twice, columns of unequal length, recodings that do not fit, and a file that is not safe even
/// with all keys suppressed.
pub fn safe_records(
    records: &Records,
    recodings: &[Recoding],
    asked: &Anonymity,
) -> Result<SafeRecords, Vec<Problem>> {
    let Prepared { columns, mut keys, sensitive, weights, raw } =
        Prepared::new(records, recodings, asked)?;
    let check = Check::new(&sensitive, keys.rows(), asked);
    let before = risk(&keys, &weights, &check, asked);
    if !suppress(&mut keys, &check) {
        let message = format!(
            "all {} together do not satisfy what is asked (k = {}, {:?}); ask for less, or collect more",
            keys.rows(),
            asked.k,
            asked.diversity
        );
        return Err(vec![Problem::of("records", message)]);
    }
    let after = risk(&keys, &weights, &check, asked);
    let mut averaged = vec![0.0; keys.rows()];
    for rows in keys.groups().values() {
        let mean = rows.iter().map(|&row| weights[row as usize]).sum::<f64>() / rows.len() as f64;
        rows.iter().for_each(|&row| averaged[row as usize] = mean);
    }
    let mut key = 0;
    let mut losses = Vec::new();
    let mut written = Vec::new();
    for (at, (name, role, held)) in columns.into_iter().enumerate() {
        let recoded = held.codes();
        let codes = match role {
            Role::LeftOut => continue,
            Role::Key(_) => {
                key += 1;
                keys.codes[key - 1].clone()
            }
            Role::Sensitive | Role::Other => recoded.clone(),
        };
        let values = held.values();
        let column = SafeColumn { name, role, codes, values };
        losses.push(loss(&column, &recoded, &raw[at], &weights, &averaged));
        written.push(column);
    }
    let mut order: Vec<usize> = (0..keys.rows()).collect();
    order.sort_by(|&a, &b| {
        let by_columns = written.iter().map(|column| column.codes[a].cmp(&column.codes[b]));
        by_columns.fold(std::cmp::Ordering::Equal, std::cmp::Ordering::then)
    });
    for column in &mut written {
        column.codes = order.iter().map(|&row| column.codes[row]).collect();
        forget_unused(column);
    }
    let weights = order.iter().map(|&row| averaged[row]).collect();
    Ok(SafeRecords {
        columns: written,
        weights: records.weights.is_some().then_some(weights),
        before,
        after,
        losses,
    })
}

/// A label that nobody bears any more must not be found in what is written.
fn forget_unused(column: &mut SafeColumn) {
    let mut used: Vec<u32> =
        column.codes.iter().copied().filter(|&code| code < SUPPRESSED).collect();
    used.sort_unstable();
    used.dedup();
    for code in column.codes.iter_mut().filter(|code| **code < SUPPRESSED) {
        *code = used.binary_search(code).expect("it is used") as u32;
    }
    column.values = used.iter().map(|&code| column.values[code as usize].clone()).collect();
}

/// Columns recoded, and what of them counts for safety as codes.
struct Prepared {
    columns: Vec<(String, Role, Held)>,
    keys: Keys,
    sensitive: Vec<Vec<u32>>,
    weights: Vec<f64>,
    /// By column its different values before recoding, and its mean and standard deviation.
    raw: Vec<(usize, Option<(f64, f64)>)>,
}

impl Prepared {
    fn new(
        records: &Records,
        recodings: &[Recoding],
        asked: &Anonymity,
    ) -> Result<Prepared, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut columns: Vec<(String, Role, Held)> = Vec::new();
        for column in &records.columns {
            if columns.iter().any(|(name, ..)| name == column.name) {
                problems.push(Problem::of(column.name, "is given twice; name each column once"));
            }
            let held = match column.content {
                Content::Labels(groups) => Held::Labels(groups.clone()),
                Content::Numbers(values) => Held::Numbers(values.to_vec()),
            };
            columns.push((column.name.to_owned(), column.role, held));
        }
        let rows = columns.first().map_or(0, |(_, _, held)| held.len());
        for (name, _, held) in &columns {
            same_length(name, held.len(), rows, &mut problems);
            if let Held::Numbers(values) = held
                && let Some(row) = values.iter().position(|value| value.is_infinite())
            {
                let message = format!("{}; give a finite number, or none", values[row]);
                problems.push(Problem::at(name, row, message));
            }
        }
        let weights = records.weights.map_or(vec![1.0; rows], <[f64]>::to_vec);
        same_length("weights", weights.len(), rows, &mut problems);
        if let Some(row) = weights.iter().position(|weight| !(weight.is_finite() && *weight >= 0.0))
        {
            let message = format!("{}; a weight is zero or more", weights[row]);
            problems.push(Problem::at("weights", row, message));
        }
        let keys = columns.iter().filter(|(_, role, _)| matches!(role, Role::Key(_))).count();
        if keys == 0 || keys > MOST_KEYS {
            let message = format!(
                "{keys} of them are keys; say of 1 to {MOST_KEYS} that others may know them of a person"
            );
            problems.push(Problem::of("columns", message));
        }
        if asked.k < 2 {
            problems.push(Problem::of("k", format!("{}; it is 2 or more", asked.k)));
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let raw = columns.iter().map(|(_, _, held)| (held.different(), held.moments(&weights)));
        let raw = raw.collect();
        for how in recodings {
            let Some((.., held)) = columns.iter_mut().find(|(name, ..)| name == how.column())
            else {
                problems.push(Problem::of(how.column(), "is to be recoded, but is no column"));
                continue;
            };
            match held.clone().recode(how) {
                Ok(recoded) => *held = recoded,
                Err(problem) => problems.push(problem),
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let (mut codes, mut costs, mut sensitive) = (Vec::new(), Vec::new(), Vec::new());
        for (_, role, held) in &columns {
            match role {
                Role::Key(importance) => {
                    codes.push(held.codes());
                    costs.push(u64::from(*importance).max(1));
                }
                Role::Sensitive => sensitive.push(held.codes()),
                Role::Other | Role::LeftOut => {}
            }
        }
        Ok(Prepared { columns, keys: Keys { codes, costs }, sensitive, weights, raw })
    }
}

fn risk(keys: &Keys, weights: &[f64], check: &Check, asked: &Anonymity) -> RecordRisk {
    let mut risk = RecordRisk { records: keys.rows() as u64, ..RecordRisk::default() };
    for rows in keys.groups().values() {
        let people = rows.len() as u64;
        let one = individual_risk(people, rows.iter().map(|&row| weights[row as usize]).sum());
        let counted = |is: bool| if is { people } else { 0 };
        risk.unique += counted(people == 1);
        risk.below_k += counted(people < asked.k);
        risk.not_diverse += counted(!check.is_diverse(rows));
        risk.not_close += counted(!check.is_close(rows));
        risk.at_risk += counted(one > asked.risk);
        risk.greatest = risk.greatest.max(one);
        risk.expected += one * people as f64;
    }
    risk
}

fn loss(
    column: &SafeColumn,
    recoded: &[u32],
    raw: &(usize, Option<(f64, f64)>),
    weights: &[f64],
    averaged: &[f64],
) -> Loss {
    let shares = |codes: &[u32], weights: &[f64]| {
        let mut shares: BTreeMap<u32, f64> = BTreeMap::new();
        for (&code, weight) in codes.iter().zip(weights).filter(|(code, _)| **code < SUPPRESSED) {
            *shares.entry(code).or_default() += weight;
        }
        let sum: f64 = shares.values().sum();
        shares.values_mut().for_each(|share| *share /= sum);
        shares
    };
    let (was, is) = (shares(recoded, weights), shares(&column.codes, averaged));
    let change = was
        .iter()
        .map(|(code, was)| (was - is.get(code).unwrap_or(&0.0)).abs())
        .fold(0.0, f64::max);
    let are_numbers = column.values.iter().any(|value| matches!(value, Stored::Number(_)));
    let now = are_numbers.then(|| {
        let number = |code: &u32| match column.values.get(*code as usize) {
            Some(Stored::Number(number)) => *number,
            _ => f64::NAN,
        };
        moments(&column.codes.iter().map(number).collect::<Vec<_>>(), averaged)
    });
    let moved = raw.1.zip(now);
    Loss {
        column: column.name.clone(),
        suppressed: column.codes.iter().filter(|&&code| code == SUPPRESSED).count() as u64,
        groups: (raw.0, is.len()),
        share_change: (!are_numbers || matches!(column.role, Role::Key(_))).then_some(change),
        mean: moved.map(|(was, now)| (was.0, now.0)),
        sd: moved.map(|(was, now)| (was.1, now.1)),
    }
}

/// The weighted mean and standard deviation of those who answered.
fn moments(values: &[f64], weights: &[f64]) -> (f64, f64) {
    let answered = || values.iter().zip(weights).filter(|(value, _)| !value.is_nan());
    let sum: f64 = answered().map(|(_, weight)| weight).sum();
    let mean = answered().map(|(value, weight)| value * weight).sum::<f64>() / sum;
    let variance =
        answered().map(|(x, weight)| weight * (x - mean) * (x - mean)).sum::<f64>() / sum;
    (mean, variance.sqrt())
}

impl Held {
    /// How many different answers there are.
    fn different(&self) -> usize {
        let mut codes = self.codes();
        codes.sort_unstable();
        codes.dedup();
        codes.iter().filter(|&&code| code != NO_GROUP).count()
    }

    fn moments(&self, weights: &[f64]) -> Option<(f64, f64)> {
        match self {
            Held::Labels(_) => None,
            Held::Numbers(values) => Some(moments(values, weights)),
        }
    }

    /// By code its value.
    fn values(&self) -> Vec<Stored> {
        match self {
            Held::Labels(groups) => groups.names().iter().cloned().map(Stored::Label).collect(),
            Held::Numbers(_) => self.numbers().into_iter().map(Stored::Number).collect(),
        }
    }
}
