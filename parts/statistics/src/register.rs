//! The release of a table: held against the rules, then against every table of the same data that is or was out, of whatever version, and
//! against its safe file, then entered in the register with its cells. Where weaker rules are asked for, a data steward decides; what was wrong is withdrawn, with the reason.

use base::Refusal;
use base::audit::{self, Act, By};
use base::change::{self, ChangeArg};
use base::storage::Transaction;
use base::{Site, chance};
use serde::{Deserialize, Serialize};
use serde_json::json;
use survey::{Released, Rules};

use crate::entries::{self, Registered};
use crate::out::{self, Out};
use crate::problem::Problem;
use crate::question::{Estimated, Microdata, Question};
use crate::tabled::{Beside, Tabled, withheld_key};
use crate::{held, places};

/// Weaker rules that somebody asks for.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Weaker {
    pub least_n: u64,
    pub least_either: u64,
}

impl Weaker {
    pub fn rules(self) -> Rules {
        Rules {
            least_n: self.least_n,
            least_either: self.least_either,
            // Half of those who must have answered, as under the rules of the house.
            least_beyond: self.least_n / 2,
            ..Rules::default()
        }
    }
}

/// A table as it would go out, and what the earlier ones demanded.
pub struct Prepared {
    pub tabled: Tabled,
    /// Cells withheld because of earlier tables.
    pub for_earlier: usize,
    /// Groups that earlier tables show by themselves; a data steward should know.
    pub already: usize,
    /// Withheld cells that the safe file tells, so that withholding them hides nothing.
    pub told_by_file: usize,
    /// Earlier versions of the data that something is out of, and in how many records the present one differs.
    pub versions: Vec<(i64, usize)>,
    /// By cell, the message of the rule that withholds it: for those who hold the data, and in no release.
    pub reasons: Vec<Option<&'static str>>,
}

/// A table as it was entered. What cannot be read back was written by an earlier program; it is still out, so a release must stop.
pub fn content(entry: &Registered) -> Result<Tabled, Vec<Problem>> {
    serde_json::from_str(&entry.content)
        .map_err(|_| vec![Problem::of(&entry.id, "register-unreadable")])
}

/// By cell of a table that was entered, whether it is shown.
pub fn shown(entry: &Registered) -> Vec<bool> {
    entry.shown.bytes().map(|byte| byte == b'1').collect()
}

/// The rules under which a table was entered.
pub fn rules_of(entry: &Registered) -> Rules {
    serde_json::from_str::<Weaker>(&entry.rules).map_or_else(|_| Rules::default(), Weaker::rules)
}

/// Makes what may go out of one indicator, beside the tables and the file that are out, whatever version of the data they were made of.
pub fn prepare(
    (data, version): (&Microdata, i64),
    question: &Question,
    estimated: &Estimated,
    out: &Out,
    rules: &Rules,
) -> Result<Prepared, Vec<Problem>> {
    let design = data.described.findings(&data.sheet, &data.codes, &data.design);
    let beside = Beside { question, design: &design, synthetic: data.described.synthetic };
    let released = estimated.released(rules);
    let indicator = &estimated.indicator;
    let by = &question.by;
    let shown = |released: &Released| -> Vec<bool> {
        released.cells().iter().map(|cell| cell.figure.is_ok()).collect()
    };
    let people: Vec<u64> =
        released.cells().iter().map(|cell| cell.figure.as_ref().map_or(0, |it| it.n)).collect();
    let close = held::too_close((indicator, by), &people, &shown(&released), out, rules)?;
    let released = released.without(&close);
    let table = held::Table { version, by };
    let found = held::hold(&table, &indicator.tells(data)?, &shown(&released), out, rules)?;
    let released = released.without(&found.withhold);
    let mut reasons: Vec<Option<&'static str>> =
        estimated.reasons(rules).into_iter().map(|why| why.map(withheld_key)).collect();
    for &place in close.iter().chain(&found.withhold) {
        reasons[place].get_or_insert("withheld-earlier");
    }
    let mut tabled = Tabled::of(estimated, &released, &beside);
    tabled.places = places::of(data, &question.by);
    Ok(Prepared {
        tabled,
        reasons,
        for_earlier: close.len() + found.withhold.len(),
        already: found.already,
        told_by_file: found.told_by_file,
        versions: found.versions,
    })
}

/// Enters a prepared table: published under the rules of the house, waiting under weaker ones. Fails where another table of the
/// data went out meanwhile, since this one was not held against it. `data` is named with the version that was read.
pub async fn enter(
    site: &Site,
    by: &By,
    (data, of_version): (&str, i64),
    asked: &str,
    prepared: &Prepared,
    earlier: i64,
    weaker: Option<(Weaker, &str)>,
) -> Result<String, Refusal> {
    let now = site.now();
    let id = chance::hex(6)?;
    let mut change = audit::begin(&site.storage).await?;
    if out::count(&mut change, data).await? != earlier {
        return Err(Refusal::conflict("register-moved"));
    }
    let out = entries::out_of(&mut *change, data).await?;
    let tabled = &prepared.tabled;
    let same_question = |entry: &&Registered| {
        let content = serde_json::from_str::<Tabled>(&entry.content);
        content.is_ok_and(|content| content.of == tabled.of && content.by == tabled.by)
    };
    let bit = |shown: bool| if shown { '1' } else { '0' };
    let table = Registered {
        id: id.clone(),
        data: data.into(),
        asked: asked.into(),
        state: if weaker.is_some() { "waiting" } else { "published" }.into(),
        content: serde_json::to_string(tabled).map_err(Refusal::broken)?,
        shown: tabled.cells.iter().map(|cell| bit(cell.figure.is_some())).collect(),
        rules: weaker.map(|(rules, _)| json!(rules).to_string()).unwrap_or_default(),
        reason: weaker.map(|(_, reason)| reason.to_owned()).unwrap_or_default(),
        decision: String::new(),
        made_at: now,
        made_by: by.who.clone(),
        decided_at: None,
        against: earlier,
        of_version,
        edition: out.iter().filter(same_question).count() as i64 + 1,
        withdrawn_at: None,
        withdrawn_reason: String::new(),
    };
    entries::add(&mut change, &table).await?;
    let detail = json!({
        "data": data, "of": tabled.of, "by": tabled.by, "rules": table.rules, "reason": table.reason,
        "withheld_for_earlier": prepared.for_earlier, "open_before": prepared.already, "told_by_file": prepared.told_by_file,
    });
    let act = if weaker.is_some() { "table.asked" } else { "table.published" };
    audit::write(&mut change, by, Act { act, kind: "table", record: &id, detail }, now).await?;
    if weaker.is_none() {
        told(&mut change, &table, tabled, "change-table-published", now).await?;
    }
    change.commit().await?;
    site.changed();
    Ok(id)
}

/// A data steward decides on a table that waits.
pub async fn decide(
    site: &Site,
    by: &By,
    table: &Registered,
    publish: bool,
    reason: &str,
) -> Result<(), Refusal> {
    let now = site.now();
    let mut change = audit::begin(&site.storage).await?;
    let state = if publish { "published" } else { "refused" };
    // Whoever asked for weaker rules does not decide on them.
    if table.made_by == by.who {
        return Err(Refusal::forbidden("decide-own"));
    }
    // Whatever went out since it was asked for, whenever that was itself asked for, it was not held against.
    let out = out::count(&mut change, &table.data).await?;
    if publish && out != table.against {
        return Err(Refusal::conflict("register-moved"));
    }
    if !entries::decide(&mut change, &table.id, state, reason, &by.who, now).await? {
        return Err(Refusal::conflict("decided-already"));
    }
    let detail = json!({ "reason": reason, "rules": table.rules });
    let act = if publish { "table.published" } else { "table.refused" };
    audit::write(&mut change, by, Act { act, kind: "table", record: &table.id, detail }, now)
        .await?;
    if publish {
        let tabled: Tabled = serde_json::from_str(&table.content).map_err(Refusal::broken)?;
        told(&mut change, table, &tabled, "change-table-published", now).await?;
    }
    change.commit().await?;
    site.changed();
    Ok(())
}

/// Takes a published table back, within a change of the caller's, who also marks what rests on it. Its figures are shown no more; they
/// were read, so later tables are still held against them.
pub async fn withdraw(
    change: &mut Transaction,
    by: &By,
    table: &Registered,
    reason: &str,
    now: i64,
) -> Result<(), Refusal> {
    if !entries::withdraw(change, &table.id, reason, &by.who, now).await? {
        return Err(Refusal::conflict("not-published"));
    }
    let detail = json!({ "reason": reason });
    let act = Act { act: "table.withdrawn", kind: "table", record: &table.id, detail };
    audit::write(change, by, act, now).await?;
    let tabled: Tabled = serde_json::from_str(&table.content).map_err(Refusal::broken)?;
    told(change, table, &tabled, "change-table-withdrawn", now).await?;
    Ok(())
}

/// For the feed.
async fn told(
    change: &mut Transaction,
    table: &Registered,
    tabled: &Tabled,
    message: &str,
    now: i64,
) -> Result<(), Refusal> {
    let what = match tabled.by_labels.is_empty() {
        true => tabled.label.clone(),
        false => format!("{} ({})", tabled.label, tabled.by_labels.join(", ")),
    };
    let args = [("what".to_owned(), ChangeArg::Text(what))];
    let href = format!("/statistics/tables/{}", table.id);
    change::record(change, now, "statistics", message, &args, &href).await?;
    Ok(())
}
