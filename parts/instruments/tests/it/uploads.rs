//! Files on the web page: a photograph as an answer, kept with the draft, sent with the record, gone with both.

use base::testing::databases;
use sqlx::AnyPool;

use super::collect::{device, multipart, served, wire};
use super::*;

const REGISTER: &str = "
| settings | | |
| | form_title | form_id |
| | Register | register |
| survey | | | | | | |
| | type | name | label | required | relevant | body::accept |
| | text | ward | Ward | | | |
| | image | photo | Photograph of the register | yes | | |
| | file | scan | The list as PDF | | | .pdf |
| | begin_repeat | visit | Visit | | | |
| | audio | voice | A recording | | | |
| | end_repeat | visit | | | | |
";

/// A picture of so many bytes.
fn picture(size: usize, mark: u8) -> Vec<u8> {
    let mut bytes = b"\xff\xd8\xff\xe0\0\x10JFIF\0".to_vec();
    bytes.resize(size, mark);
    bytes
}

/// A field or a file of a page: (question, name of the file, bytes).
type Part<'a> = (&'a str, Option<&'a str>, &'a [u8]);

async fn post(browser: &Browser<'_>, address: &str, parts: &[Part<'_>]) -> Answer {
    let mut body = Vec::new();
    for (field, file, bytes) in parts {
        let file = file.map(|name| {
            let name = name.replace('"', "%22").replace(['\r', '\n'], "%0D");
            format!("; filename=\"{name}\"\r\nContent-Type: image/jpeg")
        });
        let head = format!(
            "--edge\r\nContent-Disposition: form-data; name=\"{field}\"{}\r\n\r\n",
            file.unwrap_or_default()
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--edge--\r\n");
    browser.send("POST", address, "multipart/form-data; boundary=edge", body).await
}

async fn count(pool: &AnyPool, table: &str) -> i64 {
    let sql = format!("SELECT COUNT(*) FROM {table}");
    sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_one(pool).await.expect("counted")
}

async fn names(pool: &AnyPool, table: &str) -> Vec<String> {
    let sql = format!("SELECT name FROM {table} ORDER BY name");
    sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_all(pool).await.expect("names")
}

/// The first page of a new draft of a shared round.
async fn begun(admin: &Browser<'_>, anyone: &Browser<'_>, round: &str) -> String {
    let page = admin.get(&format!("/rounds/{round}")).await.text();
    let link = paths(&page, "/ask/").remove(0);
    anyone.post(&link, &[]).await.header("location").to_owned()
}

const PHOTO: &str = "/data/photo";
const NEXT: Part<'_> = ("go", None, b"next");

#[tokio::test]
async fn a_photograph_goes_with_its_record_as_from_a_phone() {
    for url in databases().await {
        let site = site(&url).await;
        let pool = &site.app.storage.pool;
        let admin = administrator(&site).await;
        published(&admin, "register", REGISTER).await;
        let id = round(&admin, "register", "shared").await;
        let nurse = Browser::new(&site);
        let first = begun(&admin, &nurse, &id).await;
        let page = nurse.get(&first).await.text().replace("&#x2f;", "/");
        assert!(page.contains("enctype=\"multipart/form-data\""), "{page}");
        assert!(page.contains("type=\"file\" accept=\"image/*\""), "{page}");
        assert!(page.contains("type=\"file\" accept=\".pdf\""), "{page}");

        // What cannot be an answer is told, by its name, and what was typed below and above stays.
        let ward: Part<'_> = ("/data/ward", None, b"A");
        let none = post(&nurse, &first, &[ward, (PHOTO, Some(""), b""), NEXT]).await;
        assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(none.text().contains("This question needs an answer."), "{}", none.text());
        let text: Part<'_> = (PHOTO, Some("<b>words.jpg"), b"only words");
        let wrong = post(&nurse, &first, &[text, ward, NEXT]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let told = wrong.text();
        assert!(told.contains("&lt;b&gt;words.jpg is not a picture."), "{told}");
        assert!(told.contains("value=\"A\""), "{told}");
        let empty = post(&nurse, &first, &[(PHOTO, Some("a.jpg"), b""), ward, NEXT]).await;
        assert!(empty.text().contains("a.jpg is empty."), "{}", empty.text());
        let photo = picture(1_300_000, 7);
        let no_pdf: Part<'_> = ("/data/scan", Some("list.pdf"), &photo);
        let both =
            post(&nurse, &first, &[(PHOTO, Some("a.jpg"), &photo), no_pdf, ward, NEXT]).await;
        assert!(both.text().contains("list.pdf is not of a kind"), "{}", both.text());
        assert_eq!(count(pool, "draft_files").await, 1, "the right one is kept all the same");

        // The same file again keeps its name; another takes its place.
        let before = names(pool, "draft_files").await;
        let again: &[Part<'_>] = &[(PHOTO, Some("a.jpg"), &photo), ward, ("go", None, b"keep")];
        assert_eq!(post(&nurse, &first, again).await.status, StatusCode::SEE_OTHER);
        assert_eq!(names(pool, "draft_files").await, before);
        let drop = format!("drop:{PHOTO}");
        post(&nurse, &first, &[ward, ("go", None, drop.as_bytes())]).await;
        assert_eq!(count(pool, "draft_pieces").await, 0, "taken back");
        let long = format!("../../{}\r\n.html", "x".repeat(300));
        let hostile: &[Part<'_>] = &[(PHOTO, Some(&long), &photo), ward, NEXT];
        let on = post(&nurse, &first, hostile).await;
        assert_eq!(on.status, StatusCode::SEE_OTHER, "{}", on.text());
        let kept = names(pool, "draft_files").await.remove(0);
        assert!(kept.starts_with("xxx") && kept.ends_with(".jpg") && kept.len() < 80, "{kept}");
        let page = nurse.get(&first).await.text();
        assert!(page.contains(&kept) && page.contains("1.2 MB"), "{page}");

        // A recording in a repeat that is taken away goes with it.
        let second = on.header("location").to_owned();
        let sound = b"ID3 a recording";
        let voice: Part<'_> = ("/data/visit[1]/voice", Some("v.mp3"), sound);
        let add = post(&nurse, &second, &[voice, ("go", None, b"add:/data/visit")]).await;
        assert_eq!(add.status, StatusCode::SEE_OTHER, "{}", add.text());
        let voice: Part<'_> = ("/data/visit[2]/voice", Some("v.mp3"), sound);
        post(&nurse, &second, &[voice, ("go", None, b"remove:/data/visit[1]")]).await;
        assert_eq!(count(pool, "draft_files").await, 2);

        let end = first.replace("page=1", "page=end");
        let sent = nurse.post(&end, &[]).await;
        assert_eq!(sent.status, StatusCode::OK, "{}", sent.text());
        assert_eq!(nurse.post(&end, &[]).await.status, StatusCode::NOT_FOUND);
        for table in ["drafts", "draft_files", "draft_pieces"] {
            assert_eq!(count(pool, table).await, 0, "{table}");
        }
        assert_eq!(count(pool, "submission_files").await, 2);
        let fetched = admin.get(&format!("/rounds/{id}/records/1/{kept}")).await;
        assert_eq!(fetched.bytes, photo, "the photograph comes back whole");
        let saved = fetched.header("content-disposition");
        assert!(saved.ends_with(&format!("filename*=UTF-8''{kept}")), "{saved}");
        let record: String = sqlx::query_scalar("SELECT record FROM submissions")
            .fetch_one(pool)
            .await
            .expect("one");
        assert!(record.contains(&format!("<photo>{kept}</photo>")), "{record}");
        let page = admin.get(&format!("/rounds/{id}/records/1")).await.text();
        assert!(page.contains("Files") && page.contains(&kept), "{page}");
        let csv = admin.get(&format!("/rounds/{id}/data/answers.csv")).await.text();
        assert!(csv.contains(&kept), "{csv}");
    }
}

#[tokio::test]
async fn a_file_that_is_too_large_loses_nothing_else() {
    let site = site(&databases().await[0]).await;
    let admin = administrator(&site).await;
    published(&admin, "register", REGISTER).await;
    let id = round(&admin, "register", "shared").await;
    let nurse = Browser::new(&site);
    let first = begun(&admin, &nurse, &id).await;
    let large = picture(101 << 20, 1);
    let parts: &[Part<'_>] =
        &[(PHOTO, Some("large.jpg"), &large), ("/data/ward", None, b"typed below"), NEXT];
    let refused = post(&nurse, &first, parts).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let told = refused.text();
    assert!(told.contains("Photograph of the register: large.jpg has 101"), "{told}");
    assert!(told.contains("100 MB") && told.contains("typed below"), "{told}");
    assert_eq!(count(&site.app.storage.pool, "draft_files").await, 0);
}

#[tokio::test]
async fn a_draft_that_ends_takes_its_files_along() {
    for url in databases().await {
        let site = site(&url).await;
        let pool = &site.app.storage.pool;
        let admin = administrator(&site).await;
        published(&admin, "register", REGISTER).await;
        let id = round(&admin, "register", "shared").await;
        let nurse = Browser::new(&site);
        let first = begun(&admin, &nurse, &id).await;
        let photo = picture(700_000, 3);
        post(&nurse, &first, &[(PHOTO, Some("a.jpg"), &photo), NEXT]).await;
        assert_eq!(count(pool, "draft_pieces").await, 2);
        admin.post(&format!("/rounds/{id}/close"), &[]).await;
        assert_eq!(count(pool, "draft_pieces").await + count(pool, "draft_files").await, 0);

        // A trial takes a file as a round would, and keeps only that it was given.
        let begun = nurse.post("/instruments/register/trial", &[("version", "1")]).await;
        let page = begun.header("location").to_owned();
        let on = post(&nurse, &page, &[(PHOTO, Some("a.jpg"), &photo), NEXT]).await;
        assert_eq!(on.status, StatusCode::SEE_OTHER, "{}", on.text());
        assert_eq!(count(pool, "draft_pieces").await, 0);
        assert!(nurse.get(&page).await.text().contains("0.7 MB"));
        let end = nurse.post(&page.replace("page=1", "page=end"), &[]).await;
        assert!(end.text().contains("The trial is over"), "{}", end.text());
        assert_eq!(count(pool, "draft_files").await, 0);
    }
}

#[tokio::test]
async fn a_corrected_record_keeps_its_photograph() {
    for url in databases().await {
        let site = site(&url).await;
        let pool = &site.app.storage.pool;
        let admin = administrator(&site).await;
        published(&admin, "register", REGISTER).await;
        let id = round(&admin, "register", "named").await;
        let list = [("lines", "Prison 13; MDA; a@example.org")];
        let page = admin.post(&format!("/rounds/{id}/respondents"), &list).await.text();
        let link = paths(&page, "/ask/").remove(0);
        let nurse = Browser::new(&site);
        let first = nurse.post(&link, &[]).await.header("location").to_owned();
        let photo = picture(600_000, 3);
        post(&nurse, &first, &[(PHOTO, Some("a.jpg"), &photo), NEXT]).await;
        let end = first.replace("page=1", "page=end");
        assert_eq!(nurse.post(&end, &[]).await.status, StatusCode::OK);
        let fields = [("state", "issues"), ("note", "Which ward?")];
        admin.post(&format!("/rounds/{id}/records/1"), &fields).await;
        nurse.post(&link, &[]).await;
        post(&nurse, &first, &[("/data/ward", None, b"A"), NEXT]).await;
        let sent = nurse.post(&end, &[]).await;
        assert_eq!(sent.status, StatusCode::OK, "{}", sent.text());
        let name = names(pool, "submission_files").await;
        assert_eq!(name.len(), 2, "one for each version");
        assert_eq!(name[0], name[1]);
        let fetched = admin.get(&format!("/rounds/{id}/records/2/{}", name[0])).await;
        assert_eq!(fetched.bytes, photo);
    }
}

#[tokio::test]
async fn an_anonymous_round_takes_no_file_by_any_way() {
    for url in databases().await {
        let site = site(&url).await;
        let pool = &site.app.storage.pool;
        let admin = administrator(&site).await;
        published(&admin, "register", REGISTER).await;
        let id = round(&admin, "register", "anonymous-shared").await;
        let anyone = Browser::new(&site);
        let first = begun(&admin, &anyone, &id).await;
        let page = anyone.get(&first).await.text();
        assert!(page.contains("These answers are anonymous, so no file is taken"), "{page}");
        assert!(!page.contains("enctype="), "{page}");
        let photo = picture(5000, 9);
        let forced: &[Part<'_>] =
            &[(PHOTO, Some("face.jpg"), &photo), ("/data/ward", None, b"A"), NEXT];
        let on = post(&anyone, &first, forced).await;
        assert_eq!(on.status, StatusCode::SEE_OTHER, "{}", on.text());
        let sent = anyone.post(&first.replace("page=1", "page=end"), &[]).await;
        assert_eq!(sent.status, StatusCode::OK, "the question holds nobody up: {}", sent.text());

        // A phone names its photographs by the millisecond.
        let (_, _, token) = device(&admin, &id).await;
        let at = served(&site).await;
        let xml = "<data id=\"register\"><ward>B</ward><photo>1795530800123.jpg</photo><meta><instanceID>uuid:9</instanceID></meta></data>";
        let body = multipart(xml, &[("1795530800123.jpg", &photo)]);
        let kind = "content-type: multipart/form-data; boundary=edge\r\n";
        let sent = wire(at, "POST", &format!("/collect/{token}/submission"), kind, &body).await;
        assert_eq!(sent.status, 201, "{sent:?}");
        for table in ["draft_files", "submission_files", "submission_pieces"] {
            assert_eq!(count(pool, table).await, 0, "{table}");
        }
        let records: Vec<String> = sqlx::query_scalar("SELECT record FROM anonymous_answers")
            .fetch_all(pool)
            .await
            .expect("answers");
        assert_eq!(records.len(), 2);
        assert!(!records.concat().contains("179553"), "{records:?}");
    }
}
