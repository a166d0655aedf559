//! Reviewer and respondent write to each other about an answer; the thread outlives a correction.

use base::testing::databases;

use super::taken::{ALL_KINDS, filled};
use super::*;

#[tokio::test]
async fn a_thread_goes_on_when_the_record_is_corrected() {
    for url in databases().await {
        let site = site(&url).await;
        let admin = administrator(&site).await;
        published(&admin, "kinds", ALL_KINDS).await;
        let id = round(&admin, "kinds", "named").await;
        let page =
            admin.post(&format!("/rounds/{id}/respondents"), &[("lines", "Anna; MDA")]).await;
        let link = paths(&page.text(), "/ask/").remove(0);
        let nurse = Browser::new(&site);
        assert_eq!(
            nurse.get(&format!("{link}/remarks")).await.status,
            StatusCode::NOT_FOUND,
            "nothing sent yet"
        );
        filled(&nurse, &link, &[("/data/age", "410")], &["Ion", "Ana"]).await;
        let record = format!("/rounds/{id}/records/1");
        let fields = [("path", "/data/age"), ("words", "410 years? <b>")];
        let written = admin.post(&format!("{record}/remarks"), &fields).await;
        assert_eq!(written.status, StatusCode::SEE_OTHER, "{}", written.text());
        let second = [("path", "/data/child[2]/name"), ("words", "Which Ana?")];
        admin.post(&format!("{record}/remarks"), &second).await;
        for fields in [[("path", "/data/none"), ("words", "x")], [("path", ""), ("words", "")]] {
            let refused = admin.post(&format!("{record}/remarks"), &fields).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        }
        let list = admin.get(&format!("/rounds/{id}")).await.text();
        assert!(list.contains("Open remarks"), "{list}");

        let start = nurse.get(&link).await.text().replace("&#x2f;", "/");
        assert!(start.contains(&format!("{link}/remarks")), "{start}");
        let thread = nurse.get(&format!("{link}/remarks")).await.text();
        assert!(thread.contains("410 years? &lt;b&gt;") && thread.contains("Reviewer"), "{thread}");
        assert!(
            !thread.contains("person:1") && !thread.contains("Ana Rusu"),
            "who reviews is not named"
        );
        let empty = nurse.post(&format!("{link}/remarks"), &[("words", " ")]).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        let reply = [("path", "/data/age"), ("words", "I meant 41")];
        assert_eq!(
            nurse.post(&format!("{link}/remarks"), &reply).await.status,
            StatusCode::SEE_OTHER
        );

        // Corrected: a new version of the record, the same thread.
        admin.post(&record, &[("state", "issues"), ("note", "See the remark")]).await;
        filled(&nurse, &link, &[("/data/age", "41")], &[]).await;
        let page = admin.get(&format!("/rounds/{id}/records/2")).await.text();
        assert!(page.contains("I meant 41") && page.contains("410 years?"), "{page}");
        let settled = [("settled", "1"), ("record", "2")];
        assert_eq!(
            admin.post(&format!("/rounds/{id}/remarks/1"), &settled).await.status,
            StatusCode::SEE_OTHER
        );
        assert!(admin.get(&format!("/rounds/{id}/records/2")).await.text().contains("settled"));
        let audit: Vec<String> =
            sqlx::query_scalar("SELECT detail FROM audit WHERE act = 'record.remark'")
                .fetch_all(&site.app.storage.pool)
                .await
                .expect("readable");
        assert_eq!(audit.len(), 4);
        assert!(audit.iter().all(|it| !it.contains("410")), "the chain holds no words: {audit:?}");
        // A closed round takes no remarks.
        admin.post(&format!("/rounds/{id}/close"), &[]).await;
        let late = nurse.post(&format!("{link}/remarks"), &reply).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        // A shared or anonymous round has nobody to write to.
        let hidden = round(&admin, "kinds", "anonymous-links").await;
        let page =
            admin.post(&format!("/rounds/{hidden}/respondents"), &[("lines", "Anna; MDA")]).await;
        let link = paths(&page.text(), "/ask/").remove(0);
        assert_eq!(nurse.get(&format!("{link}/remarks")).await.status, StatusCode::NOT_FOUND);
    }
}
