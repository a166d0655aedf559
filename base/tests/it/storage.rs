//! Changes that go wrong in ways that a driver does not expect.

use base::site::Equipment;
use base::testing::{TestSite, databases};

/// A disk that was full, or a server that lost patience, ended the transaction of its own accord. The
/// connection went back with the driver still counting it, and refused every later change, for
/// ever: found by writing on a full disk, and making room again.
#[tokio::test]
async fn a_transaction_that_the_database_ended_spoils_no_later_one() {
    for url in databases().await {
        let site = TestSite::open(&url, &[], Equipment::BARE).await;
        for _ in 0..20 {
            let mut change = site.app.storage.change().await.expect("begun");
            sqlx::raw_sql("ROLLBACK").execute(&mut *change).await.expect("ended behind its back");
            drop(change);
        }
        for _ in 0..20 {
            let change = site.app.storage.change().await.expect("begun");
            change.commit().await.expect("kept");
        }
    }
}
