//! Standing in, handing over, and being forgotten: what ends by itself, what passes on, what must not
//! be left behind.

use axum::http::StatusCode;
use base::testing::databases;
use base::{Role, Scope};
use sqlx::Row;

use crate::{acts, administrator, invited, later, site};

#[tokio::test]
async fn a_deputy_has_the_role_for_the_term_and_no_longer() {
    for url in databases().await {
        let site = site(&url).await;
        let mut admin = administrator(&site).await;
        let office = Some((Role::Secretariat, Scope::everything()));
        let (mut sam, sam_id) = invited(&mut admin, "sam@example.org", office).await;
        let (mut kim, kim_id) = invited(&mut admin, "kim@example.org", None).await;
        let term = [
            ("role", "2"),
            ("deputy", "Kim@example.org"),
            ("from", "2023-11-15"),
            ("until", "2023-11-16"),
        ];
        let named = sam.post("/me/deputies", &term).await;
        assert_eq!(named.status, StatusCode::SEE_OTHER, "{}", named.text());
        assert_eq!(kim.get("/people").await.status, StatusCode::FORBIDDEN, "not yet");
        later(6 * 3600);
        assert_eq!(kim.get("/people").await.status, StatusCode::OK, "on the first day");
        assert!(
            kim.get("/me").await.text().contains("you stand in for Somebody Else from 2023-11-15")
        );
        assert!(admin.get(&format!("/people/{sam_id}")).await.text().contains("stands in from"));
        // A deputy names no deputy, and keeps nothing once the holder has the role no longer.
        let passed_on = [
            ("role", "2"),
            ("deputy", "ana@example.org"),
            ("from", "2023-11-15"),
            ("until", "2023-11-16"),
        ];
        let refused = kim.post("/me/deputies", &passed_on).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        admin.post(&format!("/people/{sam_id}/roles/2/end"), &[]).await;
        assert_eq!(
            kim.get("/people").await.status,
            StatusCode::FORBIDDEN,
            "the holder's role ended"
        );
        // Ended by the deputy; by time.
        admin.post(&format!("/people/{sam_id}/roles"), &[("role", "secretariat")]).await;
        let term =
            [("role", "3"), ("deputy", "kim@example.org"), ("from", ""), ("until", "2023-11-16")];
        assert_eq!(sam.post("/me/deputies", &term).await.status, StatusCode::SEE_OTHER);
        assert_eq!(kim.get("/people").await.status, StatusCode::OK);
        assert_eq!(kim.post("/me/deputies/2/end", &[]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(kim.get("/people").await.status, StatusCode::FORBIDDEN, "ended in mid-session");
        assert_eq!(kim.post("/me/deputies/2/end", &[]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(sam.post("/me/deputies", &term).await.status, StatusCode::SEE_OTHER);
        for _ in 0..5 {
            later(10 * 3600);
            kim.get("/me").await;
        }
        assert_eq!(kim.get("/people").await.status, StatusCode::FORBIDDEN, "the term is over");
        let told = acts(&site.app).await;
        assert!(told.contains(&format!("person:{sam_id} deputy.named {kim_id}")), "{told:?}");
        assert!(told.contains(&format!("person:{kim_id} deputy.ended {kim_id}")), "{told:?}");
    }
}

#[tokio::test]
async fn a_term_is_one_and_a_deputy_is_somebody_else() {
    let url = &databases().await[0];
    let site = site(url).await;
    let mut admin = administrator(&site).await;
    invited(&mut admin, "kim@example.org", None).await;
    for (role, deputy, from, until) in [
        ("1", "ana@example.org", "", "2023-12-01"),
        ("1", "nobody@example.org", "", "2023-12-01"),
        ("9", "kim@example.org", "", "2023-12-01"),
        ("1", "kim@example.org", "", ""),
        ("1", "kim@example.org", "2023-12-02", "2023-12-01"),
        ("1", "kim@example.org", "2023-01-01", "2023-11-13"),
        ("1", "kim@example.org", "", "2025-01-01"),
        ("1", "kim@example.org", "x", "2023-12-01"),
    ] {
        let fields = [("role", role), ("deputy", deputy), ("from", from), ("until", until)];
        let answer = admin.post("/me/deputies", &fields).await;
        assert_eq!(
            answer.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{role} {deputy} {from} {until}"
        );
    }
}

/// Standing in for an administrator makes nobody's account a way in for the secretariat.
#[tokio::test]
async fn a_deputy_of_an_administrator_is_guarded_like_one() {
    let url = &databases().await[0];
    let site = site(url).await;
    let mut admin = administrator(&site).await;
    let office = Some((Role::Secretariat, Scope::everything()));
    let (mut sam, _) = invited(&mut admin, "sam@example.org", office).await;
    let (kim, kim_id) = invited(&mut admin, "kim@example.org", None).await;
    assert_eq!(sam.post(&format!("/people/{kim_id}/link"), &[]).await.status, StatusCode::OK);
    let term =
        [("role", "1"), ("deputy", "kim@example.org"), ("from", ""), ("until", "2023-12-01")];
    assert_eq!(admin.post("/me/deputies", &term).await.status, StatusCode::SEE_OTHER);
    assert_eq!(kim.get("/people").await.status, StatusCode::OK);
    for what in ["link", "end"] {
        let answer = sam.post(&format!("/people/{kim_id}/{what}"), &[]).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{what}");
    }
    // A deputy is not the last administrator's successor.
    let gone = admin.post("/people/1/end", &[]).await;
    assert_eq!(gone.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn roles_pass_to_a_named_successor() {
    for url in databases().await {
        let site = site(&url).await;
        let mut admin = administrator(&site).await;
        let moldova = Scope::of("country", "MDA");
        let (dan, dan_id) =
            invited(&mut admin, "dan@example.org", Some((Role::Coordinator, moldova))).await;
        let (eva, eva_id) = invited(&mut admin, "eva@example.org", None).await;
        let end = format!("/people/{dan_id}/end");
        let nobody = admin.post(&end, &[("successor", "typo@example.org")]).await;
        assert_eq!(nobody.status, StatusCode::UNPROCESSABLE_ENTITY, "nothing was ended");
        assert_eq!(dan.get("/me").await.status, StatusCode::OK);
        let done = admin.post(&end, &[("successor", "eva@example.org")]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
        assert_eq!(dan.get("/me").await.status, StatusCode::SEE_OTHER, "out");
        let me = eva.get("/me").await.text();
        assert!(me.contains("National co-ordinator, country MDA"), "{me}");
        let told = acts(&site.app).await;
        assert!(told.contains(&format!("person:1 person.handed-over {dan_id}")), "{told:?}");
        assert!(told.contains(&format!("person:1 role.given {eva_id}")), "{told:?}");
    }
}

#[tokio::test]
async fn what_is_held_is_given_and_an_erasure_leaves_no_name() {
    for url in databases().await {
        let site = site(&url).await;
        let mut admin = administrator(&site).await;
        let office = Some((Role::Secretariat, Scope::everything()));
        let (mut zoe, id) = invited(&mut admin, "zoe.unmistakable@example.org", office).await;
        zoe.post("/me/tokens", &[("name", "a notebook"), ("days", "9")]).await;
        zoe.post("/me/password", &[("new", crate::PASSWORD)]).await;
        zoe.post("/people/1/link", &[]).await;
        crate::Browser::new(&site)
            .sign_in("zoe.unmistakable@example.org", "wrong wrong wrong", "")
            .await;
        let data = zoe.get("/me/data").await;
        assert_eq!(data.header("content-disposition"), "attachment; filename=my-data.json");
        let held = &data.json()["held"];
        assert_eq!(held["people"][0]["email"], "zoe.unmistakable@example.org");
        assert_eq!(held["roles"][0]["role"], "secretariat");
        assert_eq!(held["tokens"][0]["name"], "a notebook");
        assert_eq!(held["sessions"].as_array().map(Vec::len), Some(1));
        assert!(held["audit"].as_array().is_some_and(|acts| acts.len() >= 4), "{held}");
        assert!(!data.text().contains("hash") && !data.text().contains("argon2"), "no secret");
        let (kim, _) = invited(&mut admin, "kim@example.org", None).await;
        assert!(!kim.get("/me/data").await.text().contains("unmistakable"), "of oneself only");
        // By an administrator, with the address typed; by nobody else.
        let erase = format!("/people/{id}/erase");
        let wrong = admin.post(&erase, &[("email", "kim@example.org")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let fields = [("email", "zoe.unmistakable@example.org")];
        assert_eq!(zoe.post(&erase, &fields).await.status, StatusCode::FORBIDDEN);
        let page = admin.get(&format!("/people/{id}")).await.text();
        assert!(page.contains("article 17, 3 b, d and e") && !page.contains('⟦'), "{page}");
        let done = admin.post(&erase, &fields).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
        assert_eq!(zoe.get("/me").await.status, StatusCode::SEE_OTHER, "out");
        for (table, column, kind) in columns(&site, &url).await {
            if kind == "TEXT" {
                let sql =
                    format!("SELECT COUNT(*) FROM {table} WHERE {column} LIKE '%unmistakable%'");
                let count: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
                    .fetch_one(&site.app.storage.pool)
                    .await
                    .expect("counted");
                assert_eq!(count, 0, "{table}.{column} still names the person");
            }
        }
        assert!(acts(&site.app).await.contains(&format!("person:1 person.erased {id}")));
        let verdict = base::audit::verify(&site.app.storage.pool, None).await.expect("readable");
        assert_eq!(verdict.faults, []);
    }
}

/// Every table, column and type of the site.
async fn columns(site: &base::testing::TestSite, url: &str) -> Vec<(String, String, String)> {
    let sql = if url.starts_with("sqlite") {
        "SELECT m.name, c.name, c.type FROM sqlite_master m, pragma_table_info(m.name) c
         WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' ORDER BY 1, 2"
    } else {
        "SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT), UPPER(CAST(data_type AS TEXT))
         FROM information_schema.columns WHERE table_schema = current_schema() ORDER BY 1, 2"
    };
    let rows = sqlx::query(sql).fetch_all(&site.app.storage.pool).await.expect("the tables");
    rows.iter().map(|row| (row.get(0), row.get(1), row.get(2))).collect()
}

/// A new table that names persons must say what its owner is given and what an erasure does to it.
#[tokio::test]
async fn every_table_that_names_persons_is_in_the_list() {
    let url = &databases().await[0];
    let site = site(url).await;
    let names = |column: &str| {
        ["person", "who", "owner", "holder", "email"].contains(&column) || column.ends_with("_by")
    };
    for (table, column, _) in columns(&site, url).await {
        let listed = members::held::TABLES.iter().find(|known| known.name == table);
        let known = listed
            .is_some_and(|known| known.found_by.contains(&column.as_str()) || column == "email");
        assert!(!names(&column) || known, "{table}.{column} is not in held::TABLES");
    }
}

#[tokio::test]
async fn open_tasks_pass_with_the_roles_and_done_ones_stay() {
    for url in databases().await {
        let site = site(&url).await;
        let mut admin = administrator(&site).await;
        let (_, dan) = invited(&mut admin, "dan@example.org", None).await;
        let (_, eva) = invited(&mut admin, "eva@example.org", None).await;
        let pool = &site.app.storage.pool;
        for sql in [
            "INSERT INTO bodies (id, kind, name_en, name_fr, country, parent, from_day, until_day, source)
             VALUES ('b', 'organisation', 'B', 'B', '', '', '', '', '')",
            "INSERT INTO groups (id, body, kind, name_en, name_fr, terms_en, terms_fr, quorum, quorum_count,
               quorum_over, quorum_source, decides, from_day, until_day, source, made_up)
             VALUES ('g', 'b', 'expert', 'G', 'G', '', '', 'none', 0, '', '', '', '', '', '', 0)",
            "INSERT INTO meetings (id, grp, title_en, title_fr, place, zone, starts, ends, link, state, quorum,
               quorum_count, quorum_over, quorum_source, remind_days, sequence, changed_at, source, made_up)
             VALUES (1, 'g', 'M', 'M', '', 'UTC', '', '', '', 'held', 'none', 0, '', '', 0, 0, 0, '', 0)",
        ] {
            sqlx::query(sql).execute(pool).await.expect("a meeting");
        }
        let sql = "INSERT INTO actions (id, meeting, text, owner, due, done_at)
                   VALUES (1, 1, 'open', $1, '2023-12-01', NULL), (2, 1, 'done', $1, '2023-10-01', 1)";
        sqlx::query(sql).bind(dan).execute(pool).await.expect("two tasks");
        let end = format!("/people/{dan}/end");
        let done = admin.post(&end, &[("successor", "eva@example.org")]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
        let owners: Vec<(i64, i64)> = sqlx::query_as("SELECT id, owner FROM actions ORDER BY id")
            .fetch_all(pool)
            .await
            .expect("the tasks");
        assert_eq!(owners, [(1, eva), (2, dan)]);
    }
}
