//! The data sets that ship: two rounds of synthetic interviews, each with three tables in the register, and each marked as synthetic
//! wherever it is shown.

use std::sync::Arc;

use anyhow::{Result, anyhow};
use base::audit::{self, Act, By};
use base::{Site, Words};
use serde_json::json;
use survey::Rules;

use crate::codebook::Codebook;
use crate::out::Out;
use crate::plan::Described;
use crate::problem::Problem;
use crate::question::{Microdata, Question};
use crate::register;
use crate::sheet::{self, Bounds};
use crate::store::{self, DataSet};
use crate::synthetic::{self, Round};

/// The ids of the rounds; the first is also the name of their series.
pub const IDS: [&str; 2] = ["synthetic", "synthetic-2"];
/// What is published of it: indicator, groups.
const TABLES: [(&str, &[&str]); 3] = [
    ("hcv", &["country"]),
    ("hiv", &["country", "sex"]),
    ("injected_in_prison", &["country", "sex"]),
];

/// Loads both rounds; twice adds nothing, and what an operator deleted stays away. Gives the number of tables that were added.
pub async fn load(site: &Site, words: &Words) -> Result<usize> {
    let mut added = 0;
    for (id, round) in IDS.iter().zip(&synthetic::ROUNDS) {
        if !store::was_data_set(&site.storage.pool, id).await? {
            added += load_round(site, words, id, round).await?;
        }
    }
    Ok(added)
}

async fn load_round(site: &Site, words: &Words, id: &str, round: &Round) -> Result<usize> {
    let interviews = synthetic::interviews_of(round);
    let broken = |problems: Vec<Problem>| {
        anyhow!(problems.iter().map(|problem| problem.say(words)).collect::<Vec<_>>().join("; "))
    };
    let described = Described::read("design.toml", synthetic::DESIGN).map_err(broken)?;
    let described = Described { codebook: None, ..described };
    let read = || {
        let data = sheet::read("", interviews.as_bytes(), &Bounds::PAGE)?;
        let codes = Codebook::read("codebook", synthetic::CODEBOOK.as_bytes(), &data)?;
        Microdata::new(data, codes, described.clone())
    };
    let data = Arc::new(read().map_err(broken)?);
    let by = By::operator();
    let set = DataSet {
        id: id.into(),
        title: words.say_with("demonstration-title", &[("period", round.period.into())]),
        about: words.say("demonstration-about"),
        synthetic: true,
        codebook: synthetic::CODEBOOK.into(),
        design: described.text(),
        made_at: site.now(),
        made_by: by.who.clone(),
        series: IDS[0].into(),
        period: round.period.into(),
        version: 1,
        kind: "csv".into(),
        hash: store::hash_of(&interviews),
        round: String::new(),
        offered: String::new(),
        notes: String::new(),
        interview_count: data.sheet.rows.len() as i64,
    };
    let mut change = audit::begin(&site.storage).await?;
    store::add_data(&mut change, &set, &interviews).await?;
    let act =
        Act { act: "data.added", kind: "data", record: id, detail: json!({ "synthetic": true }) };
    audit::write(&mut change, &by, act, site.now()).await?;
    change.commit().await?;
    for (of, groups) in TABLES {
        let groups: Vec<String> = groups.iter().map(|group| (*group).to_owned()).collect();
        let question =
            Question::read(&data, &[(*of).to_owned()], &groups, "logit", 0.95).map_err(broken)?;
        let out = Out::of(site, &set, data.clone(), None).await;
        let out = out.map_err(|refusal| anyhow!("{}", refusal.sentences(words).0))?;
        for estimated in question.answer(&data).map_err(broken)? {
            let prepared =
                register::prepare((&data, 1), &question, &estimated, &out, &Rules::default());
            let prepared = prepared.map_err(broken)?;
            let asked: String = groups.iter().map(|group| format!("&by={group}")).collect();
            let asked = format!("of={of}{asked}&method=logit");
            register::enter(site, &by, (id, 1), &asked, &prepared, out.count(), None)
                .await
                .map_err(|refusal| {
                    anyhow!("the synthetic tables: {}", refusal.sentences(words).0)
                })?;
        }
    }
    Ok(TABLES.len())
}
