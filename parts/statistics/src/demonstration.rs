//! The data set that ships: synthetic interviews with three tables in the register, each marked as synthetic wherever it is shown.

use anyhow::{Result, anyhow};
use base::audit::{self, Act, By};
use base::{Site, Words};
use serde_json::json;
use survey::Rules;

use crate::codebook::Codebook;
use crate::plan::Described;
use crate::problem::Problem;
use crate::question::{Microdata, Question};
use crate::store::{self, DataSet};
use crate::{register, sheet, synthetic};

const ID: &str = "synthetic";
/// What is published of it: indicator, groups.
const TABLES: [(&str, &[&str]); 3] = [
    ("hcv", &["country"]),
    ("hiv", &["country", "sex"]),
    ("injected_in_prison", &["country", "sex"]),
];

/// Loads it; twice adds nothing. Gives the number of tables that were added.
pub async fn load(site: &Site, words: &Words) -> Result<usize> {
    if store::data_set_with(&site.storage.pool, ID).await?.is_some() {
        return Ok(0);
    }
    let interviews = synthetic::interviews(synthetic::SEED);
    let broken = |problems: Vec<Problem>| {
        anyhow!(problems.iter().map(|problem| problem.say(words)).collect::<Vec<_>>().join("; "))
    };
    let described = Described::read("design.toml", synthetic::DESIGN).map_err(broken)?;
    let described = Described { codebook: None, ..described };
    let read = || {
        let data = sheet::read("", interviews.as_bytes())?;
        let codes = Codebook::read("codebook", synthetic::CODEBOOK.as_bytes(), &data)?;
        Microdata::new(data, codes, described.clone())
    };
    let data = read().map_err(broken)?;
    let by = By::operator();
    let set = DataSet {
        id: ID.into(),
        title: words.say("demonstration-title"),
        about: words.say("demonstration-about"),
        synthetic: true,
        codebook: synthetic::CODEBOOK.into(),
        design: described.text(),
        made_at: site.now(),
        made_by: by.who.clone(),
        series: String::new(),
        period: String::new(),
        version: 1,
    };
    let mut change = audit::begin(&site.storage).await?;
    store::add_data(&mut change, &set, &interviews).await?;
    let act =
        Act { act: "data.added", kind: "data", record: ID, detail: json!({ "synthetic": true }) };
    audit::write(&mut change, &by, act, site.now()).await?;
    change.commit().await?;
    for (at, (of, groups)) in TABLES.iter().enumerate() {
        let groups: Vec<String> = groups.iter().map(|group| (*group).to_owned()).collect();
        let question =
            Question::read(&data, &[(*of).to_owned()], &groups, "logit", 0.95).map_err(broken)?;
        let mut earlier = store::tables(&site.storage.pool).await?;
        earlier.retain(|table| table.data == ID);
        earlier.reverse();
        for estimated in question.answer(&data).map_err(broken)? {
            let prepared =
                register::prepare(&data, &question, &estimated, &earlier, &Rules::default());
            let prepared = prepared.map_err(broken)?;
            let asked: String = groups.iter().map(|group| format!("&by={group}")).collect();
            let asked = format!("of={of}{asked}&method=logit");
            register::enter(site, &by, ID, &asked, &prepared, at, None).await.map_err(
                |refusal| anyhow!("the synthetic tables: {}", refusal.sentences(words).0),
            )?;
        }
    }
    Ok(TABLES.len())
}
