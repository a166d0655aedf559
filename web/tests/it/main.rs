//! The joined site, asked as a reader asks it: by address.

mod access;
mod brief;
mod figures_in;
mod fuzz;
mod jobs;
mod routes;
mod sharing;
mod words;

use base::site::Equipment;
use base::testing::TestSite;

/// A site with the shipped figures on this database.
pub async fn loaded(url: &str) -> TestSite {
    let site = TestSite::open(url, web::PARTS, Equipment::BARE).await;
    web::import::load_shipped(&site.app, 1_700_000_000).await.expect("the shipped figures load");
    site
}

/// The same on SQLite only, for tests in which the database plays no part.
pub async fn on_sqlite() -> TestSite {
    loaded(&format!("sqlite:{}", base::testing::folder().join("test.db").display())).await
}
