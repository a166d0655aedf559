//! Up to six questions side by side, each against the same country as it goes on; the address holds them all.

use std::sync::Arc;

use base::Table;
use base::language::Words;
use base::table::{Cell, Column};

use crate::answer::Answer;
use crate::model::Model;
use crate::policy::{POLICIES, Policy};
use crate::question::{Question, Wrong};
use crate::shown;

/// More columns than this cannot be read beside each other.
pub const MOST: usize = 6;

/// A scenario of a comparison.
pub struct Compared {
    pub name: String,
    /// As it stands in the address: the name of a standard policy, or a query.
    pub asked: String,
    pub question: Question,
    pub answer: Arc<Answer>,
}

/// Reads one scenario of an address: the name of a standard policy, a query, or a whole link.
///
/// # Errors
/// What is wrong with it.
pub fn read(model: &'static Model, asked: &str) -> Result<Question, Wrong> {
    if let Some(policy) = Policy::find(asked.trim()) {
        return Ok(policy.question(model));
    }
    let query = asked.split_once('?').map_or(asked, |(_, query)| query);
    let pairs: Vec<(String, String)> =
        url::form_urlencoded::parse(query.trim().as_bytes()).into_owned().collect();
    Question::read(model, &pairs)
}

/// What a scenario is called: its standard name, or the first of its levers.
pub fn name(words: &Words, question: &Question) -> String {
    let standard =
        POLICIES.iter().find(|policy| policy.question(question.model).pairs() == question.pairs());
    if let Some(policy) = standard {
        return words.say(&format!("policy-{}", policy.id));
    }
    let Some(first) = question.moves.first() else { return words.say("policy-status-quo") };
    words.say_with(
        "compare-name",
        &[
            ("name", words.say(&format!("lever-{}", first.lever.id)).into()),
            ("to", shown::setting(words, first.lever, first.to).into()),
            ("more", (question.moves.len() - 1).into()),
        ],
    )
}

/// Rows are outcomes, columns scenarios; a cell is the change and its interval.
pub fn table(words: &Words, compared: &[Compared], code: &str) -> Table {
    let mut columns = vec![Column::text("outcome", words.say("scenario-outcome"))];
    columns.extend(
        compared
            .iter()
            .enumerate()
            .map(|(at, one)| Column::number(&format!("s{}", at + 1), heading(words, one))),
    );
    let cards: Vec<Vec<shown::Card>> =
        compared.iter().map(|one| shown::cards(words, &one.answer)).collect();
    let rows = (0..cards.first().map_or(0, Vec::len))
        .map(|row| {
            let mut cells = vec![Cell::text(&cards[0][row].label)];
            cells.extend(cards.iter().zip(compared).map(|(of_one, one)| {
                let card = &of_one[row];
                let number =
                    one.answer.outcome(&card.id).map(|outcome| -outcome.averted.median + 0.0);
                let number = match card.id.as_str() {
                    "cost" => Some(one.answer.money.extra.median),
                    "per-daly" => one.answer.money.per_daly.map(|range| range.median),
                    _ => number,
                };
                Cell { number, ..Cell::text(&card.value).aside(&card.interval) }
            }));
            cells
        })
        .collect();
    Table {
        id: format!("compare-{code}"),
        caption: words.say("compare-caption"),
        columns,
        rows,
        note: Some(interval_means(words, compared)),
        sources: Vec::new(),
    }
}

/// A file has no note: the heading says where the model is not fitted.
fn heading(words: &Words, one: &Compared) -> String {
    if one.answer.calibrated {
        return one.name.clone();
    }
    words.say_with("compare-not-fitted", &[("name", one.name.as_str().into())])
}

/// What the intervals are; where the model is not fitted, what they are not.
fn interval_means(words: &Words, compared: &[Compared]) -> String {
    let means = words.say("scenario-interval-means");
    if compared.iter().all(|one| one.answer.calibrated) {
        return means;
    }
    format!("{} {means}", words.say("scenario-not-fitted"))
}
