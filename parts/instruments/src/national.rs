//! Which answers of a closed round are figures of a whole country, and what approved records make of them: added up over establishments,
//! there if any has it, or said by one correspondent. It gives them on; whether they become a country's figures, others decide.
//!
//! An instrument says which of its questions are such figures in a column `bind::fact` (`persons_held female sum`, or with an answer
//! `oat_programme_prison total any = oat`); those that ship, in `data/instruments/facts.csv`.

use std::collections::BTreeMap;

use base::{Refusal, Site};
use xlsform::xml::{self, Document};

use crate::data::{self, Column, Kind};
use crate::instrument;
use crate::record::State;
use crate::round::{self, Closed, Round};

const SHIPPED: &str = include_str!("../../../data/instruments/facts.csv");

/// How answers become one figure of a country.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// Added up over its records.
    Sum,
    /// 1 if any record has it, else 0.
    Any,
    /// One record speaks for the country.
    Country,
}

/// A question that asks for a figure of a country.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Asks {
    question: String,
    /// The answers that count as yes; empty for a number.
    is: Vec<String>,
    indicator: String,
    group: String,
    how: How,
}

/// A figure of a country, as approved answers give it.
#[derive(Clone, Debug, PartialEq)]
pub struct National {
    /// ISO 3166-1 alpha-3, as the list of respondents has it.
    pub country: String,
    pub question: String,
    /// What was asked, by language.
    pub labels: Vec<(String, String)>,
    pub indicator: String,
    pub group: String,
    pub how: How,
    pub value: f64,
    /// Approved records of the country that answer it, and respondents of the country that were asked.
    pub answered: usize,
    pub asked: usize,
}

/// Every figure of a country that approved records of a closed round give, by country and question. Records without a country, and anonymous
/// rounds, give none.
pub async fn figures(site: &Site, round: &Closed<Round>) -> Result<Vec<National>, Refusal> {
    let pool = &site.storage.pool;
    if round.anonymous {
        return Ok(Vec::new());
    }
    let sources = instrument::sources(pool, &round.instrument, round.number).await?;
    let sources = sources.ok_or_else(|| Refusal::not_found("no-instrument", &round.instrument))?;
    let asks = asks(&round.instrument, &sources.xform);
    if asks.is_empty() {
        return Ok(Vec::new());
    }
    let mut asked: BTreeMap<String, usize> = BTreeMap::new();
    for one in round::respondents(pool, &round.id).await? {
        *asked.entry(one.country).or_default() += 1;
    }
    let data = data::of_closed(site, round).await?;
    let Some(answers) = data.tables.first() else { return Ok(Vec::new()) };
    let column = |key: &str| answers.columns.iter().find(|column| column.key == key);
    let (Some(states), Some(countries)) = (column("_state"), column("_country")) else {
        return Ok(Vec::new());
    };
    let mut found = Vec::new();
    for ask in &asks {
        let Some(answer) = column(&ask.question) else { continue };
        let mut by_country: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
        for row in 0..answers.rows {
            let country = countries.values[row].as_deref().unwrap_or_default();
            let is_approved = states.values[row].as_deref() == Some(State::Approved.word());
            if country.is_empty() || !is_approved {
                continue;
            }
            if let Some(value) = value(ask, answer, row) {
                by_country.entry(country).or_default().push(value);
            }
        }
        for (country, values) in by_country {
            // Two records that both speak for the country contradict each other or repeat each other: somebody must look.
            let value = match ask.how {
                How::Sum => values.iter().sum(),
                How::Any => f64::from(u8::from(values.contains(&1.0))),
                How::Country if values.len() == 1 => values[0],
                How::Country => continue,
            };
            found.push(National {
                country: country.to_owned(),
                question: ask.question.clone(),
                labels: answer.labels.clone(),
                indicator: ask.indicator.clone(),
                group: ask.group.clone(),
                how: ask.how,
                value,
                answered: values.len(),
                asked: asked.get(country).copied().unwrap_or(values.len()),
            });
        }
    }
    found.sort_by(|a, b| a.country.cmp(&b.country));
    Ok(found)
}

/// The answer as a number: as it is, or 1 and 0 for one of the answers that count as yes. Not known is no answer.
fn value(ask: &Asks, column: &Column, row: usize) -> Option<f64> {
    let text = column.values[row].as_deref()?;
    if ask.is.is_empty() {
        return text.parse().ok().filter(|value: &f64| value.is_finite());
    }
    let unknown = ["unknown", "dont_know", "not_known", "refused", "na"];
    let chosen: Vec<&str> = match column.kind {
        Kind::Several => text.split(' ').collect(),
        _ => vec![text],
    };
    if chosen.iter().all(|one| unknown.contains(one)) {
        return None;
    }
    Some(f64::from(u8::from(chosen.iter().any(|one| ask.is.iter().any(|is| is == one)))))
}

/// What the instrument says of itself, and what ships for it.
fn asks(id: &str, xform: &str) -> Vec<Asks> {
    let own = of_binds(xform);
    let mut shipped = Vec::new();
    let mut lines = csv::Reader::from_reader(SHIPPED.as_bytes());
    for record in lines.records().filter_map(Result::ok).filter(|record| &record[0] == id) {
        let (question, is) = (record[1].to_owned(), alternatives(&record[2]));
        let Some(how) = how(&record[5]) else { continue };
        let ask = Asks { question, is, indicator: record[3].into(), group: record[4].into(), how };
        // Its own word goes before ours. One question may give several of ours, each by another answer.
        if !own.iter().any(|own| own.question == ask.question) {
            shipped.push(ask);
        }
    }
    own.into_iter().chain(shipped).collect()
}

fn of_binds(xform: &str) -> Vec<Asks> {
    let mut document = Document::new();
    let Ok(root) = xml::parse(&mut document, xform) else { return Vec::new() };
    let mut found = Vec::new();
    for node in document.descendants(root) {
        if document.local_name(node) != "bind" {
            continue;
        }
        let (Some(fact), Some(path)) =
            (document.attribute(node, "fact"), document.attribute(node, "nodeset"))
        else {
            continue;
        };
        let (words, is) = fact.split_once('=').unwrap_or((fact, ""));
        let words: Vec<&str> = words.split_whitespace().collect();
        let (indicator, group, way) = match words.as_slice() {
            [indicator, group, way] => (*indicator, *group, *way),
            [indicator, way] => (*indicator, "total", *way),
            _ => continue,
        };
        let Some(how) = how(way) else { continue };
        found.push(Asks {
            question: path.rsplit('/').next().unwrap_or_default().to_owned(),
            is: alternatives(is),
            indicator: indicator.to_owned(),
            group: group.to_owned(),
            how,
        });
    }
    found
}

fn alternatives(text: &str) -> Vec<String> {
    text.split('|').map(str::trim).filter(|one| !one.is_empty()).map(str::to_owned).collect()
}

fn how(word: &str) -> Option<How> {
    match word {
        "sum" => Some(How::Sum),
        "any" => Some(How::Any),
        "country" => Some(How::Country),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instrument_says_which_questions_are_figures_of_a_country() {
        let xform = r#"<h><bind nodeset="/data/place/women" fact="persons_held female sum"/><bind nodeset="/data/oat" fact="oat_programme_prison any = yes|pilot"/><bind nodeset="/data/x" fact="nonsense"/></h>"#;
        let found = of_binds(xform);
        assert_eq!(found.len(), 2);
        assert_eq!(
            (found[0].question.as_str(), found[0].group.as_str(), found[0].how),
            ("women", "female", How::Sum)
        );
        assert_eq!(
            (found[1].group.as_str(), found[1].is.as_slice()),
            ("total", &["yes".to_owned(), "pilot".into()][..])
        );
    }

    #[test]
    fn every_shipped_line_is_understood() {
        let mut lines = csv::Reader::from_reader(SHIPPED.as_bytes());
        let all: Vec<_> = lines.records().map(|record| record.expect("a row")).collect();
        assert!(all.len() > 5);
        assert!(all.iter().all(|record| how(&record[5]).is_some()));
        assert_eq!(asks("facility_survey", "<h/>").len(), 7);
    }
}
