//! Scenarios, asked in the way that their readers ask: by address, on every database.

mod answers;
mod country_new;
mod files;
mod full_runs;
mod pages;
mod questions;
mod shipped;
mod targets;
mod words;

use base::site::Equipment;
use base::testing::TestSite;

pub static PARTS: &[&base::Part] = &[&facts::PART, &scenarios::PART];

pub async fn open(url: &str) -> TestSite {
    TestSite::open(url, PARTS, Equipment::BARE).await
}

/// On SQLite only, for tests in which the database plays no part.
pub async fn on_sqlite() -> TestSite {
    open(&format!("sqlite:{}", base::testing::folder().join("test.db").display())).await
}

/// A small question: what is tested is how it is asked and told, not the model.
pub const SMALL: &str = "draws=4&people=3&until=2034";

pub fn moldova() -> &'static scenarios::Model {
    scenarios::model("MDA").expect("Moldova ships")
}

/// Reads the pairs of an address.
pub fn ask(query: &str) -> Result<scenarios::Question, scenarios::Wrong> {
    let pairs: Vec<(String, String)> =
        url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    scenarios::Question::read(moldova(), &pairs)
}
