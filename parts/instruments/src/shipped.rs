//! The instruments that come with the product, compiled in, and a demonstration round, so that one
//! binary is enough to begin.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use anyhow::{Context, Result};
use base::audit::By;
use base::{Refusal, Site};
use rust_embed::RustEmbed;

use crate::instrument::{self, Saved, Status, Upload};
use crate::round::{self, New};
use crate::translations::{Language, with_languages};
use crate::{compiled, day};

#[derive(RustEmbed)]
#[folder = "../../data/instruments"]
struct Files;

/// The shipped workbooks by name, as they are written: in English and French.
pub fn originals() -> Vec<(String, String)> {
    let mut names: Vec<_> =
        Files::iter().filter(|name| name.ends_with(".md") && name != "README.md").collect();
    names.sort();
    names.into_iter().map(|name| (name.to_string(), text(&name))).collect()
}

/// The languages that they are asked in, besides those that their own tables are written in.
pub fn languages() -> Result<Vec<Language>> {
    let mut languages = Vec::new();
    for row in rows() {
        let (tag, name, status) = row?;
        if let Some(texts) = Files::get(&format!("words/{tag}.csv")) {
            languages.push(Language::read(&tag, &name, &status, &texts.data)?);
        } else if !WRITTEN.contains(&tag.as_str()) {
            anyhow::bail!("languages.csv names {tag}, and there is no words/{tag}.csv");
        }
    }
    Ok(languages)
}

/// The languages of the tables themselves.
const WRITTEN: [&str; 2] = ["en", "fr"];

/// Whether a language of a questionnaire that ships still awaits review by somebody who speaks it. Of questionnaires
/// that people upload nothing is known, and nothing is said.
pub fn is_draft(instrument: &str, tag: &str) -> bool {
    static REVIEWED: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
        let rows = rows().into_iter().flatten();
        rows.filter(|(_, _, status)| status == "reviewed").map(|(tag, _, _)| tag).collect()
    });
    Files::get(&format!("{instrument}.md")).is_some() && !REVIEWED.contains(tag)
}

/// Tag, name and status of each language.
fn rows() -> Vec<Result<(String, String, String)>> {
    let list = text("languages.csv");
    let mut reader = csv::Reader::from_reader(list.as_bytes());
    reader.deserialize().map(|row| row.context("languages.csv")).collect()
}

/// The shipped workbooks by name, in all languages.
pub fn workbooks() -> Result<Vec<(String, Vec<u8>)>> {
    let languages = languages()?;
    let all = originals().into_iter();
    Ok(all.map(|(name, text)| (name, with_languages(&text, &languages).into_bytes())).collect())
}

fn text(name: &str) -> String {
    let file = Files::get(name).map(|file| file.data.into_owned()).unwrap_or_default();
    String::from_utf8(file).unwrap_or_default()
}

/// Loads the shipped instruments and, the first time, a round to look at; twice adds nothing. Gives
/// how many versions were new.
pub async fn load(site: &Site, now: i64) -> Result<usize> {
    let mut new = 0;
    let by = By::operator();
    for (name, bytes) in workbooks()? {
        let upload = Upload { file_name: &name, bytes: &bytes, files: Vec::new(), shipped: true };
        let saved = instrument::save(&site.storage, upload, &by, now).await.map_err(in_words)?;
        match saved {
            Saved::New { id, number, .. } => {
                new += 1;
                if number == 1 {
                    instrument::set_status(&site.storage, &id, Status::Published, &by, now).await?;
                }
            }
            Saved::Same { .. } => {}
            Saved::Refused(problems) => {
                let said: Vec<_> = problems.iter().map(compiled::sentence).collect();
                anyhow::bail!("the shipped instrument {name} cannot be used: {}", said.join("; "));
            }
        }
    }
    if round::all(&site.storage.pool).await?.is_empty() && new > 0 {
        let today = day::of(now);
        let until = day::after(&today, 60);
        let latest = instrument::versions(&site.storage.pool, DEMONSTRATED).await?;
        if let Some(latest) = latest.first() {
            let round = New {
                title: "Demonstration: stigma scale",
                instrument: DEMONSTRATED,
                number: latest.number,
                anonymous: true,
                from_day: &today,
                until_day: &until,
                shared: true,
            };
            round::make(&site.storage, &round, &by, now).await.map_err(in_words)?;
        }
    }
    if new > 0 {
        site.changed();
    }
    Ok(new)
}

/// The instrument of the demonstration round: short, and asks nothing of a place.
const DEMONSTRATED: &str = "stigma_scale";

fn in_words(refusal: Refusal) -> anyhow::Error {
    anyhow::anyhow!("the instruments could not be loaded ({}); the log says why", refusal.key)
}
