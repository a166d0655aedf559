//! What a safe file tells of each row of the data that it was made of: the attacker's side, for whoever asks what it gives away.

use std::collections::{BTreeMap, BTreeSet};

use survey::{Content, RecordColumn, Records, Role, SafeValue, safe_records};

use crate::problem::{Problem, of_engine};
use crate::question::Microdata;
use crate::safe::{Recipe, SUPPRESSED, columns, held, text_of};

/// What a file tells of each row of the data, for whoever asks what the file gives away. It never leaves.
pub struct Written {
    /// By column that is written, by row its text.
    columns: Vec<(String, Vec<String>)>,
}

/// By row what a file tells of some groups, in one text, and whether it tells the answer to a question.
pub type Tells = Vec<(String, bool)>;

/// Makes the file once more with the number of each row in it, and looks up what was written of which row.
pub fn written(data: &Microdata, recipe: &Recipe) -> Result<Written, Vec<Problem>> {
    let held = held(data)?;
    let mut columns = columns(data, recipe, &held);
    let numbers: Vec<f64> = (0..data.sheet.rows.len()).map(|row| row as f64).collect();
    // No column of a sheet has a name that begins so.
    let name = "\u{1}row";
    columns.push(RecordColumn { name, content: Content::Numbers(&numbers), role: Role::Other });
    let records = Records { columns, weights: None };
    let safe = safe_records(&records, &recipe.recodings(), &recipe.asked())
        .map_err(|problems| of_engine(problems, &data.sheet.rows))?;
    let names: Vec<String> = safe.columns().map(|(name, _)| name.to_owned()).collect();
    let at = names.iter().position(|one| one == name).unwrap_or_default();
    let mut columns: Vec<(String, Vec<String>)> = names
        .iter()
        .filter(|one| *one != name)
        .map(|name| (name.clone(), vec![String::new(); numbers.len()]))
        .collect();
    for row in 0..safe.rows() {
        let SafeValue::Number(from) = safe.value(row, at) else { continue };
        // The number of the row stands last, as it was given.
        for (column, (_, texts)) in columns.iter_mut().enumerate() {
            texts[from as usize] = text_of(safe.value(row, column));
        }
    }
    Ok(Written { columns })
}

/// A column of more different texts is no group that anybody counts by.
const MOST_GROUPS: usize = 60;

impl Written {
    /// What the file tells of these groups together with each other column that is written: a column that no table names may hold one
    /// that it does, as a wing holds its blocks.
    pub fn tells_with_others(
        &self,
        question: &str,
        values: &[f64],
        groups: &BTreeSet<String>,
    ) -> Vec<Tells> {
        let is_other = |(name, texts): &&(String, Vec<String>)| {
            let different: BTreeSet<&String> = texts.iter().collect();
            name != question && !groups.contains(name) && different.len() <= MOST_GROUPS
        };
        let others: Vec<&str> =
            self.columns.iter().filter(is_other).map(|(name, _)| name.as_str()).collect();
        if others.is_empty() {
            return self.tells(question, values, groups).into_iter().collect();
        }
        let with = |other: &str| {
            let groups = groups.iter().cloned().chain([other.to_owned()]).collect();
            self.tells(question, values, &groups)
        };
        others.into_iter().filter_map(with).collect()
    }

    /// Nothing where it does not hold the question.
    /// A broader answer tells it only where all who have it answered alike.
    fn tells(&self, question: &str, values: &[f64], groups: &BTreeSet<String>) -> Option<Tells> {
        let (_, answers) = self.columns.iter().find(|(name, _)| name == question)?;
        let mut of_answer: BTreeMap<&str, Option<f64>> = BTreeMap::new();
        for (answer, value) in answers.iter().zip(values).filter(|(_, value)| !value.is_nan()) {
            let known = of_answer.entry(answer).or_insert(Some(*value));
            *known = known.filter(|known| known == value);
        }
        let told: Vec<&Vec<String>> = self
            .columns
            .iter()
            .filter(|(name, _)| groups.contains(name) && name != question)
            .map(|(_, texts)| texts)
            .collect();
        let row = |row: usize| {
            let texts: Vec<&str> = told.iter().map(|texts| texts[row].as_str()).collect();
            let answer = answers[row].as_str();
            let is_told =
                answer != SUPPRESSED && of_answer.get(answer).is_some_and(Option::is_some);
            (texts.join("\u{1f}"), is_told)
        };
        Some((0..answers.len()).map(row).collect())
    }
}
