//! Files on both databases and in a folder: kept, given back, refused, held to their digest, backed up
//! and put back.

use std::path::Path;

use axum::body::{Body, Bytes};
use axum::extract::{Path as Named, Request, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use base::site::Equipment;
use base::testing::{Answer, TestSite, databases, folder};
use base::{App, May, Part, Refusal, Route, backup};
use files::FileId;
use futures_util::stream;

/// A part with an address to send to and one to read from; what a real part says of who may is left out.
static DESK: Part = Part {
    name: "desk",
    routes: || {
        vec![Route::post("/desk", May::Anyone, post(send)), Route::fresh("/desk/{id}", get(read))]
    },
    ..Part::NOTHING
};
static PARTS: &[&Part] = &[&files::PART, &DESK];

const LIMIT: u64 = 6 << 20;

async fn send(
    State(site): State<App>,
    request: Request,
) -> Result<axum::response::Response, Refusal> {
    let sent = files::receive(&site, request, "person:7", LIMIT).await?;
    let id = sent.file.map_or(0, |id| id.0);
    Ok(base::access::see_other(&format!("/desk/{id}?note={}", sent.fields.one("note"))))
}

async fn read(
    State(site): State<App>,
    Named(id): Named<i64>,
) -> Result<axum::response::Response, Refusal> {
    files::answer(&site, FileId(id)).await
}

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n0\n%%EOF\n";

async fn upload(site: &TestSite, name: &str, content: &[u8]) -> Answer {
    let begin = format!(
        "--edge\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nof March\r\n--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: application/pdf\r\n\r\n"
    );
    let body = [begin.as_bytes(), content, b"\r\n--edge--\r\n"].concat();
    let pieces: Vec<Result<Bytes, std::io::Error>> =
        body.chunks(1000).map(|piece| Ok(Bytes::copy_from_slice(piece))).collect();
    let request = Request::post("/desk")
        .header("content-type", "multipart/form-data; boundary=edge")
        .body(Body::from_stream(stream::iter(pieces)))
        .expect("a request");
    site.send(request).await
}

/// How many contents stand in the folder of a site.
fn contents(site: &TestSite) -> usize {
    fn count(folder: &Path) -> usize {
        let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
        entries
            .map(|entry| entry.expect("readable").path())
            .map(|path| if path.is_dir() { count(&path) } else { 1 })
            .sum()
    }
    count(Path::new(site.app.settings.files.strip_prefix("folder:").expect("a folder")))
}

#[tokio::test]
async fn a_file_comes_back_as_it_was_and_only_to_be_saved() {
    for url in databases().await {
        let site = TestSite::open(&url, PARTS, Equipment::BARE).await;
        let sent = upload(&site, "Procès-verbal; 3.pdf", PDF).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
        assert_eq!(sent.header("location"), "/desk/1?note=of March");
        let got = site.get("/desk/1").await;
        assert_eq!((got.status, got.bytes.as_slice()), (StatusCode::OK, PDF));
        assert_eq!(got.header("content-type"), "application/pdf");
        assert_eq!(
            got.header("content-disposition"),
            "attachment; filename*=UTF-8''Proc%C3%A8s-verbal-%203.pdf"
        );
        assert_eq!(got.header("content-security-policy"), "sandbox; default-src 'none'");
        assert_eq!(got.header("x-content-type-options"), "nosniff");
        assert_eq!(got.header("cache-control"), "private, no-store");
        let file = files::find(&site.app.storage.pool, FileId(1)).await.expect("read");
        let file = file.expect("a row");
        assert_eq!((file.size, file.who.as_str()), (PDF.len() as u64, "person:7"));
        assert_eq!(files::faults(&site.app).await.expect("looked"), Vec::<String>::new());
        let by = base::audit::By::program();
        files::remove(&site.app, FileId(1), &by).await.expect("removed");
        assert_eq!(site.get("/desk/1").await.status, StatusCode::NOT_FOUND);
        assert_eq!(contents(&site), 0);
    }
}

#[tokio::test]
async fn what_is_refused_leaves_nothing_behind() {
    let url = &databases().await[0];
    let site = TestSite::open(url, PARTS, Equipment::BARE).await;
    let large = vec![b' '; LIMIT as usize];
    let large = [b"%PDF-1.7\n", large.as_slice(), b"%%EOF"].concat();
    let refused = StatusCode::UNPROCESSABLE_ENTITY;
    for (name, content, status) in [
        ("page.html", &b"<html>"[..], refused),
        ("drawing.svg", b"<svg onload='alert(1)'/>", refused),
        ("photo.png", b"<svg onload='alert(1)'/>", refused),
        ("photo.gif", b"GIF89a\x01\0\x01\0/*<script>alert(1)</script>*/", refused),
        ("paper.pdf", b"PK\x03\x04", refused),
        ("paper.pdf", b"", refused),
        (".htaccess", b"x", refused),
        ("large.pdf", &large, StatusCode::PAYLOAD_TOO_LARGE),
    ] {
        let answer = upload(&site, name, content).await;
        assert_eq!(answer.status, status, "{name}: {}", answer.text());
        assert!(!answer.text().contains("⟦") && !answer.text().contains("<svg onload"), "{name}");
    }
    assert_eq!(contents(&site), 0, "no leftover");
    // A reader whose connection broke.
    let pieces = [Ok(Bytes::from_static(PDF)), Err("gone")];
    let put = files::put(&site.app, stream::iter(pieces), "a.pdf", "person:7", LIMIT).await;
    assert_eq!(put.expect_err("refused").key, "file-broken-off");
    // Forms that are none, or whose words are too many.
    for (kind, body) in [
        ("multipart/form-data; boundary=edge", "--edge\r\n"),
        ("multipart/form-data", "x"),
        ("text/plain", "x"),
    ] {
        let request = Request::post("/desk").header("content-type", kind);
        let answer = site.send(request.body(Body::from(body)).expect("a request")).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{kind}");
    }
    let words = "x".repeat(300_000);
    let body = format!(
        "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nplain\r\n--edge\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\n{words}\r\n--edge--\r\n"
    );
    let request =
        Request::post("/desk").header("content-type", "multipart/form-data; boundary=edge");
    let answer = site.send(request.body(Body::from(body)).expect("a request")).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(contents(&site), 0, "the file before the words went with them");
}

/// Two hundred megabytes, in pieces.
#[tokio::test]
async fn a_large_file_is_not_held_in_memory() {
    let url = &databases().await[0];
    let site = TestSite::open(url, PARTS, Equipment::BARE).await;
    let before = resident_kb();
    let piece = Bytes::from(vec![b'a'; 1 << 20]);
    let pieces = stream::iter((0..200).map(move |_| Ok::<_, std::io::Error>(piece.clone())));
    let id = files::put(&site.app, pieces, "long.txt", "person:7", 256 << 20).await;
    let id = id.expect("kept");
    let grown = resident_kb().saturating_sub(before) >> 10;
    assert!(grown < 60, "{grown} MB more for a file of 200 MB");
    let file = files::find(&site.app.storage.pool, id).await.expect("read").expect("a row");
    assert_eq!(file.size, 200 << 20);
    assert!(files::faults(&site.app).await.expect("looked").is_empty());
}

fn resident_kb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
}

#[tokio::test]
async fn contents_go_into_a_backup_and_come_back() {
    for url in databases().await {
        let site = TestSite::open(&url, PARTS, Equipment::BARE).await;
        upload(&site, "one.pdf", PDF).await;
        upload(&site, "two.txt", &b"plain words\n".repeat(100_000)).await;
        let path = folder().join("friday.throughcare");
        let contents = backup::write(&site.app.storage, &path, "1", 0).await.expect("rows");
        assert_eq!(contents["files"].rows, 2);
        assert_eq!(files::backup::append(&site.app, &path).await.expect("contents"), 2);
        // The rows are read as before.
        assert_eq!(backup::check(&path).expect("rows").1["files"].rows, 2);
        assert_eq!(files::backup::check(&path, 2).expect("contents"), 2);
        let fresh = databases().await.pop().expect("a database");
        {
            let storage = base::Storage::open(&fresh).await.expect("opened");
            let steps = base::site::steps(PARTS);
            backup::restore(&storage, &path, &steps).await.expect("rows restored");
            storage.pool.close().await;
        }
        let again = TestSite::open(&fresh, PARTS, Equipment::BARE).await;
        assert_eq!(files::faults(&again.app).await.expect("looked").len(), 2, "rows only");
        assert_eq!(files::backup::restore(&again.app, &path).await.expect("restored"), 2);
        assert!(files::faults(&again.app).await.expect("looked").is_empty());
        assert_eq!(again.get("/desk/1").await.bytes, PDF);
        // A byte that changed, an end that is missing.
        let whole = std::fs::read(&path).expect("read");
        std::fs::write(&path, &whole[..whole.len() - 20]).expect("written");
        assert!(files::backup::check(&path, 2).is_err(), "cut off");
        let mut changed = whole.clone();
        let at = whole.len() - 200;
        changed[at] ^= 1;
        std::fs::write(&path, &changed).expect("written");
        assert!(files::backup::check(&path, 2).is_err(), "changed");
    }
}

#[tokio::test]
async fn a_content_that_changed_is_found() {
    let url = &databases().await[0];
    let site = TestSite::open(url, PARTS, Equipment::BARE).await;
    upload(&site, "one.pdf", PDF).await;
    upload(&site, "two.pdf", PDF).await;
    let folder = site.app.settings.files.strip_prefix("folder:").expect("a folder").to_owned();
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).expect("folders") {
        for file in std::fs::read_dir(entry.expect("readable").path()).expect("files") {
            paths.push(file.expect("readable").path());
        }
    }
    std::fs::write(&paths[0], b"%PDF-forged").expect("written");
    std::fs::remove_file(&paths[1]).expect("removed");
    let faults = files::faults(&site.app).await.expect("looked");
    assert_eq!(faults.len(), 2, "{faults:?}");
    let path = base::testing::folder().join("b.throughcare");
    backup::write(&site.app.storage, &path, "1", 0).await.expect("rows");
    assert!(files::backup::append(&site.app, &path).await.is_err(), "a backup says so, too");
}
