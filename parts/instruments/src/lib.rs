//! Instruments: questionnaires written as XLSForm, asked in rounds, filled on the web or in ODK
//! Collect, reviewed, closed, and taken out as tables. See `web::PART` for the pages; for other parts
//! there are [`closed_rounds`], [`closed`] and [`data::of_closed`].

mod anonymous;
pub mod compiled;
pub mod data;
mod day;
pub mod difference;
mod draft;
pub mod filling;
mod identity;
pub mod instrument;
mod letter;
mod multipart;
pub mod national;
mod offline;
mod openrosa;
pub mod paper;
mod record;
pub mod round;
pub mod sealed;
mod secret;
pub mod shipped;
pub mod translations;
mod web;

use base::storage::Migration;
use base::{Refusal, Site};

pub use round::{Closed, Round};
pub use web::PART;

const MIGRATIONS: &[Migration] = &[
    Migration { name: "0001_instruments", sql: include_str!("../migrations/0001_instruments.sql") },
    Migration { name: "0020_offline", sql: include_str!("../migrations/0020_offline.sql") },
    Migration { name: "0030_paper", sql: include_str!("../migrations/0030_paper.sql") },
    Migration {
        name: "0031_anonymous_devices",
        sql: include_str!("../migrations/0031_anonymous_devices.sql"),
    },
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
