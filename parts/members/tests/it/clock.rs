//! A clock that is set back: nobody is locked out, what was ended stays ended, and the chain of what was done is
//! whole. Roles are by the day: before the day on which one began it is not in force.

use axum::http::StatusCode;
use base::testing::databases;

use crate::{Browser, PASSWORD, administrator, invited, later, site};

#[tokio::test]
async fn a_clock_set_back_locks_nobody_out_and_lets_nobody_in() {
    for url in databases().await {
        for back in [3600, 12 * 3600] {
            let site = site(&url).await;
            let mut admin = match members::first_link(&site.app, crate::now()).await.expect("asked")
            {
                Some(_) => administrator(&site).await,
                // The second time the administrator is there already.
                None => {
                    let mut admin = Browser::new(&site);
                    admin.sign_in("ana@example.org", PASSWORD, "").await;
                    admin
                }
            };
            let email = format!("kim-{back}@example.org");
            // Tries that failed before the clock was set back do not count for ever.
            for _ in 0..5 {
                Browser::new(&site).sign_in(&email, "wrong wrong wrong", "").await;
            }
            let stopped = Browser::new(&site).sign_in(&email, PASSWORD, "").await;
            assert_eq!(stopped.status, StatusCode::TOO_MANY_REQUESTS);
            later(-back);
            assert_eq!(admin.get("/people").await.status, StatusCode::OK, "the session goes on");
            let (mut kim, id) = invited(&mut admin, &email, None).await;
            let set = kim.post("/me/password", &[("new", PASSWORD)]).await;
            assert_eq!(set.status, StatusCode::SEE_OTHER, "{}", set.text());
            let mut again = Browser { peer: "192.0.2.9".into(), ..Browser::new(&site) };
            assert_eq!(again.sign_in(&email, PASSWORD, "").await.status, StatusCode::SEE_OTHER);
            // What is ended stays ended, whatever the clock says.
            assert_eq!(
                admin.post(&format!("/people/{id}/end"), &[]).await.status,
                StatusCode::SEE_OTHER
            );
            assert_eq!(again.get("/me").await.status, StatusCode::SEE_OTHER, "out");
            later(back);
            assert_eq!(again.get("/me").await.status, StatusCode::SEE_OTHER, "still out");
            assert_eq!(admin.get("/people").await.status, StatusCode::OK);
            let verdict =
                base::audit::verify(&site.app.storage.pool, None).await.expect("readable");
            assert_eq!(verdict.faults, []);
        }
    }
}

#[tokio::test]
async fn a_role_waits_for_its_first_day_and_is_not_lost() {
    let url = &databases().await[0];
    let site = site(url).await;
    let admin = administrator(&site).await;
    later(-2 * 24 * 3600);
    assert_eq!(admin.get("/people").await.status, StatusCode::FORBIDDEN, "not yet");
    assert_eq!(admin.get("/me").await.status, StatusCode::OK, "and yet signed in");
    later(2 * 24 * 3600);
    assert_eq!(admin.get("/people").await.status, StatusCode::OK);
}
