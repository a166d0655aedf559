//! Instruments as people and devices use them: by address, with forms, with a scripted client of
//! OpenRosa over real HTTP, on each database that is here.

mod anonymity;
mod collect;
mod keying;
mod library;
mod odata;
mod offline;
mod panels;
mod paper;
mod remarks;
mod rounds;
mod sealed;
mod taken;
mod uploads;

use std::sync::atomic::{AtomicI64, Ordering};

use axum::body::Body;
use axum::http::{Request, StatusCode};
use base::Part;
use base::access::Peer;
use base::site::Equipment;
use base::testing::{Answer, TestSite};

static PARTS: &[&Part] = &[&instruments::PART, &members::PART];

/// 24 November 2026, 14:33:20.
const BEGIN: i64 = 1_795_530_800;

static NOW: AtomicI64 = AtomicI64::new(BEGIN);

fn now() -> i64 {
    NOW.load(Ordering::Relaxed)
}

async fn site(url: &str) -> TestSite {
    TestSite::open(url, PARTS, Equipment { now, ..Equipment::BARE }).await
}

/// A browser: keeps its session, sends forms as pages of this site do.
struct Browser<'a> {
    site: &'a TestSite,
    cookie: String,
    peer: &'static str,
}

impl<'a> Browser<'a> {
    fn new(site: &'a TestSite) -> Browser<'a> {
        Browser { site, cookie: String::new(), peer: "192.0.2.77" }
    }

    async fn get(&self, address: &str) -> Answer {
        self.send("GET", address, "application/x-www-form-urlencoded", Vec::new()).await
    }

    async fn send(&self, method: &str, address: &str, kind: &str, body: Vec<u8>) -> Answer {
        let request = Request::builder()
            .method(method)
            .uri(address)
            .header("cookie", &self.cookie)
            .header("content-type", kind)
            .header("sec-fetch-site", "same-origin")
            .extension(Peer(self.peer.parse().expect("an address")))
            .body(Body::from(body))
            .expect("a request");
        self.site.send(request).await
    }

    async fn post(&self, address: &str, fields: &[(&str, &str)]) -> Answer {
        let mut body = url::form_urlencoded::Serializer::new(String::new());
        body.extend_pairs(fields);
        let kind = "application/x-www-form-urlencoded";
        self.send("POST", address, kind, body.finish().into_bytes()).await
    }

    /// Sends a workbook as the page of the library does.
    async fn upload(&self, name: &str, bytes: &[u8]) -> Answer {
        let mut body = format!(
            "--edge\r\ncontent-disposition: form-data; name=\"workbook\"; filename=\"{name}\"\r\n\r\n"
        )
        .into_bytes();
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--edge--\r\n");
        self.send("POST", "/instruments", "multipart/form-data; boundary=edge", body).await
    }
}

/// The administrator, at a browser.
async fn administrator(site: &TestSite) -> Browser<'_> {
    let path = members::first_link(&site.app, now()).await.expect("made").expect("nobody yet");
    let mut browser = Browser { peer: "192.0.2.1", ..Browser::new(site) };
    let answer = browser.post(&path, &[("name", "Ana Rusu"), ("email", "ana@example.org")]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let cookie = answer.header("set-cookie").split(';').next().unwrap_or_default();
    browser.cookie = cookie.to_owned();
    browser
}

/// Uploads and publishes a workbook.
async fn published(admin: &Browser<'_>, id: &str, workbook: &str) {
    let answer = admin.upload("form.md", workbook.as_bytes()).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    assert_eq!(answer.header("location"), format!("/instruments/{id}?said=new"));
    let set = admin.post(&format!("/instruments/{id}/status"), &[("status", "published")]).await;
    assert_eq!(set.status, StatusCode::SEE_OTHER);
}

/// Makes a round; its id.
async fn round(admin: &Browser<'_>, instrument: &str, way: &str) -> String {
    let fields =
        [("title", "Autumn"), ("instrument", instrument), ("way", way), ("from", "2026-11-01")];
    let answer = admin.post("/rounds", &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    answer.header("location").trim_start_matches("/rounds/").to_owned()
}

/// The paths that begin with `start` on a page.
fn paths(page: &str, start: &str) -> Vec<String> {
    let page = page.replace("&#x2f;", "/");
    page.match_indices(start)
        .map(|(at, _)| page[at..].chars().take_while(|c| !"<\"' ".contains(*c)).collect())
        .collect()
}

const TOWN: &str = "
| settings | | | |
| | form_title | form_id | version |
| | Towns | towns | 1 |
| survey | | | | | | | |
| | type | name | label::English (en) | label::French (fr) | constraint | relevant | required |
| | integer | age | How old are you? | Quel âge avez-vous ? | . < 120 | | yes |
| | select_one yn | uses | Do you use the service? | Utilisez-vous le service ? | | | |
| | text | why | Why not? | Pourquoi pas ? | | ${uses} = 'n' | |
| | begin_group | g | More | Plus | | | |
| | select_multiple colour | colours | Which colours? | Quelles couleurs ? | | | |
| | end_group | g | | | | | |
| | begin_repeat | child | Child | Enfant | | | |
| | text | name | Name | Nom | | | |
| | end_repeat | child | | | | | |
| choices | | | | |
| | list_name | name | label::English (en) | label::French (fr) |
| | yn | y | Yes | Oui |
| | yn | n | No | Non |
| | colour | red | Red | Rouge |
| | colour | blue | Blue | Bleu |
";
