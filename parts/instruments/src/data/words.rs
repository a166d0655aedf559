//! Answers in words of an anonymous round, as somebody must read them before they leave.

use base::{Refusal, Site};
use xlsform::xml::{self, Document};

use super::Kind;
use super::gather::{empty_tables, instances, repeats, value_at};
use crate::round::{Closed, Round};
use crate::{anonymous, instrument};

/// Answers in words of an anonymous round, for whoever reads them: (answer, key, path, words, cleared).
pub struct Words {
    pub answer: i64,
    pub path: String,
    pub question: String,
    pub text: String,
    pub cleared: bool,
}

/// Everything in words that an anonymous round holds.
pub async fn words(site: &Site, round: &Closed<Round>) -> Result<Vec<Words>, Refusal> {
    let pool = &site.storage.pool;
    let missing = || Refusal::not_found("no-instrument", &round.instrument);
    let version = instrument::version(pool, &round.instrument, round.number).await?;
    let compiled = instrument::ready(pool, &version.ok_or_else(missing)?).await?;
    let tables = empty_tables(&compiled, &[]);
    let repeats = repeats(&tables);
    let cleared = anonymous::cleared(pool, &round.id).await?;
    let mut found = Vec::new();
    for answer in anonymous::all(pool, &round.id).await? {
        let mut document = Document::new();
        let Ok(root) = xml::parse(&mut document, &answer.xml) else { continue };
        for table in &tables {
            let names: Vec<&str> = table.path.split('/').filter(|it| !it.is_empty()).collect();
            for (node, place) in instances(&document, root, &names, &repeats) {
                for column in
                    table.columns.iter().filter(|column| !column.path.is_empty() && !column.place)
                {
                    let below: Vec<&str> =
                        column.path.split('/').filter(|it| !it.is_empty()).collect();
                    let value = value_at(&document, node, &below[names.len()..]);
                    let telling = match column.kind {
                        Kind::Text => true,
                        Kind::Other => {
                            value.as_ref().is_some_and(|value| value.parse::<f64>().is_err())
                        }
                        _ => false,
                    };
                    let Some(text) = value.filter(|text| telling && !text.is_empty()) else {
                        continue;
                    };
                    let path = format!("{} {place}", column.path);
                    found.push(Words {
                        answer: answer.number,
                        cleared: cleared.contains(&(answer.number, path.clone())),
                        question: crate::compiled::label(&column.labels, "")
                            .unwrap_or(&column.key)
                            .to_owned(),
                        path,
                        text,
                    });
                }
            }
        }
    }
    Ok(found)
}
