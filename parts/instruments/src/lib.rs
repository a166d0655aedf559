//! Instruments: questionnaires written as XLSForm, asked in rounds, filled on the web or in ODK
//! Collect, reviewed, closed, and taken out as tables. See `web::PART` for the pages; for other parts
//! there are [`closed_rounds`], [`closed`] and [`data::of_closed`].

mod anonymous;
mod aside;
mod binds;
mod carried;
pub mod compiled;
pub mod data;
mod day;
pub mod difference;
mod draft;
mod draft_files;
pub mod filling;
mod identity;
pub mod instrument;
mod letter;
mod list;
mod lots;
mod multipart;
pub mod national;
mod odata;
mod offline;
mod openrosa;
mod panel;
pub mod paper;
mod progress;
mod record;
mod remark;
mod respondents;
pub mod round;
pub mod sealed;
mod secret;
pub mod shipped;
pub mod translations;
mod web;

use base::storage::Migration;
use base::{Refusal, Site};

pub use round::{Closed, Round};
pub use web::{PART, PROPOSES};

/// One step, by its name and file.
macro_rules! steps {
    ($($name:literal),* $(,)?) => {
        &[$(Migration { name: $name, sql: include_str!(concat!("../migrations/", $name, ".sql")) }),*]
    };
}

const MIGRATIONS: &[Migration] = steps![
    "0001_instruments",
    "0010_takings",
    "0011_panels",
    "0012_remarks",
    "0013_letters",
    "0020_offline",
    "0030_paper",
    "0031_anonymous_devices",
    "0032_marks_by_lot",
    "0033_draft_files",
];

/// Every round that is closed, the newest first: what statistics may begin with.
pub async fn closed_rounds(site: &Site) -> Result<Vec<Closed<Round>>, Refusal> {
    let all = round::all(&site.storage.pool).await?;
    Ok(all.into_iter().filter_map(round::closed).collect())
}

/// The round with this id, where it is closed.
pub async fn closed(site: &Site, id: &str) -> Result<Option<Closed<Round>>, Refusal> {
    Ok(round::find(&site.storage.pool, id).await?.and_then(round::closed))
}

/// Every round with its counts, as JSON: for the command line, which has the database itself in hand.
pub async fn rounds_in_words(site: &Site) -> Result<serde_json::Value, Refusal> {
    serde_json::to_value(web::rounds_of(site).await?).map_err(Refusal::broken)
}

/// How far a round is, as JSON.
pub async fn progress_in_words(site: &Site, id: &str) -> Result<serde_json::Value, Refusal> {
    let round = round::find(&site.storage.pool, id).await?;
    let round = round.ok_or_else(|| Refusal::not_found("no-round", id))?;
    serde_json::to_value(web::progress_of(site, &round).await?).map_err(Refusal::broken)
}

/// A file of answers by its name, such as `answers.sav`; `labels` is a language of the form, `split` a column for each choice.
pub async fn taken(
    site: &Site,
    id: &str,
    file: &str,
    labels: Option<String>,
    split: bool,
) -> Result<Vec<u8>, Refusal> {
    let round = round::find(&site.storage.pool, id).await?;
    let round = round.ok_or_else(|| Refusal::not_found("no-round", id))?;
    web::taken_by_operator(site, &round, file, labels, split).await
}
