//! A scripted client that behaves as ODK Collect does, over real HTTP: challenge and Digest, list with
//! hashes, manifest, form, a record with its photograph, the same again, edits, conflicts, excess.

use std::net::SocketAddr;

use base::testing::databases;
use md5::Digest as _;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::*;

/// An answer as it came over the wire.
#[derive(Debug)]
pub struct Wire {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Wire {
    fn header(&self, name: &str) -> Option<String> {
        self.head.lines().find_map(|line| {
            let (known, value) = line.split_once(':')?;
            known.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
        })
    }
}

pub async fn served(site: &TestSite) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let router = base::site::router(&site.app).expect("routes do not clash");
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

pub async fn wire(at: SocketAddr, method: &str, path: &str, extra: &str, body: &[u8]) -> Wire {
    let mut stream = TcpStream::connect(at).await.expect("connects");
    let length = if extra.contains("content-length") {
        String::new()
    } else {
        format!("content-length: {}\r\n", body.len())
    };
    let head = format!(
        "{method} {path} HTTP/1.1\r\nhost: {at}\r\nconnection: close\r\nx-openrosa-version: 1.0\r\n{length}{extra}\r\n"
    );
    stream.write_all(head.as_bytes()).await.expect("sends");
    // A server may answer and close before all is sent.
    let _ = stream.write_all(body).await;
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    let text = String::from_utf8_lossy(&answer).into_owned();
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    let status = head.split(' ').nth(1).and_then(|it| it.parse().ok()).unwrap_or(0);
    Wire { status, head: head.to_owned(), body: body.to_owned() }
}

fn md5(text: &str) -> String {
    md5::Md5::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Answers a challenge as RFC 7616 says.
fn digest(challenge: &str, user: &str, password: &str, method: &str, uri: &str) -> String {
    let nonce =
        challenge.split("nonce=\"").nth(1).and_then(|it| it.split('"').next()).expect("a nonce");
    let realm =
        challenge.split("realm=\"").nth(1).and_then(|it| it.split('"').next()).expect("a realm");
    let one = md5(&format!("{user}:{realm}:{password}"));
    let two = md5(&format!("{method}:{uri}"));
    let response = md5(&format!("{one}:{nonce}:00000001:abcdef:auth:{two}"));
    format!(
        "authorization: Digest username=\"{user}\", realm=\"{realm}\", nonce=\"{nonce}\", uri=\"{uri}\", qop=auth, nc=00000001, cnonce=\"abcdef\", response=\"{response}\", algorithm=MD5\r\n"
    )
}

fn record(instance: &str, age: &str, deprecates: &str) -> String {
    let old = if deprecates.is_empty() {
        String::new()
    } else {
        format!("<orx:deprecatedID>{deprecates}</orx:deprecatedID>")
    };
    format!(
        "<data xmlns:orx=\"http://openrosa.org/xforms\" id=\"towns\" version=\"1\"><age>{age}</age><uses>y</uses><g><colours>red</colours></g><child><name>A</name></child><orx:meta><orx:instanceID>{instance}</orx:instanceID>{old}</orx:meta></data>"
    )
}

pub fn multipart(xml: &str, files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut body = format!("--edge\r\nContent-Disposition: form-data; name=\"xml_submission_file\"; filename=\"record.xml\"\r\nContent-Type: text/xml\r\n\r\n{xml}\r\n").into_bytes();
    for (name, bytes) in files {
        body.extend_from_slice(format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{name}\"\r\nContent-Type: image/jpeg\r\n\r\n").as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--edge--\r\n");
    body
}

const KIND: &str = "content-type: multipart/form-data; boundary=edge\r\n";

/// What the page shows once of a new device: user name, password, key.
pub async fn device(admin: &Browser<'_>, round: &str) -> (String, String, String) {
    let page = admin.post(&format!("/rounds/{round}/devices"), &[("name", "Ward phone")]).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    let text = page.text().replace("&#x2f;", "/");
    let codes: Vec<String> = text
        .split("<dd><code>")
        .skip(1)
        .filter_map(|part| part.split('<').next())
        .map(str::to_owned)
        .collect();
    let [_, user, password, token] = codes.as_slice() else { panic!("{codes:?}") };
    assert!(text.contains("<svg"), "the square");
    let token = token.rsplit_once("/collect/").expect("an address").1;
    (user.clone(), password.clone(), token.to_owned())
}

#[tokio::test]
async fn a_phone_goes_through_its_whole_day() {
    for url in databases().await {
        let site = site(&url).await;
        let admin = administrator(&site).await;
        published(&admin, "towns", TOWN).await;
        let id = round(&admin, "towns", "named").await;
        let (user, password, token) = device(&admin, &id).await;
        let at = served(&site).await;

        // Asked without a password, it is challenged; with a wrong one, again.
        let list = format!("/openrosa/{id}/formList");
        let challenged = wire(at, "GET", &list, "", b"").await;
        assert_eq!(challenged.status, 401);
        assert_eq!(challenged.header("x-openrosa-version").as_deref(), Some("1.0"));
        let challenge = challenged.header("www-authenticate").expect("a challenge");
        assert!(challenge.starts_with("Digest "), "the safer way comes first: {challenge}");
        let wrong = digest(&challenge, &user, "no", "GET", &list);
        assert_eq!(wire(at, "GET", &list, &wrong, b"").await.status, 401);
        let elsewhere = digest(&challenge, &user, &password, "GET", "/other");
        assert_eq!(wire(at, "GET", &list, &elsewhere, b"").await.status, 401);
        let right = digest(&challenge, &user, &password, "GET", &list);
        let forms = wire(at, "GET", &list, &right, b"").await;
        assert_eq!(forms.status, 200, "{forms:?}");
        let parsed = roxmltree::Document::parse(&forms.body).expect("the list is XML");
        let text = |name: &str| {
            let found = parsed.descendants().find(|it| it.tag_name().name() == name);
            found.and_then(|it| it.text()).expect("there").to_owned()
        };
        assert_eq!((text("formID").as_str(), text("version").as_str()), ("towns", "1"));
        let path = text("downloadUrl").replace(&format!("http://{at}"), "");
        let right = digest(&challenge, &user, &password, "GET", &path);
        let form = wire(at, "GET", &path, &right, b"").await;
        assert_eq!(form.status, 200);
        assert_eq!(
            text("hash"),
            format!("md5:{}", md5(&form.body)),
            "the hash is that of the form"
        );
        let other = format!("{list}?formID=other");
        let right = digest(&challenge, &user, &password, "GET", &other);
        assert!(!wire(at, "GET", &other, &right, b"").await.body.contains("<xform>"));

        // By the key in the address, and by Basic.
        let keyed = wire(at, "GET", &format!("/collect/{token}/formList"), "", b"").await;
        assert!(keyed.body.contains(&format!("http://{at}/collect/{token}/form/1")), "{keyed:?}");
        assert_eq!(wire(at, "GET", "/collect/0000/formList", "", b"").await.status, 404);
        use base64::Engine as _;
        let basic = base64::engine::general_purpose::STANDARD.encode(format!("{user}:{password}"));
        let basic = format!("authorization: Basic {basic}\r\n");
        let send = format!("/openrosa/{id}/submission");
        let ahead = wire(at, "HEAD", &send, &basic, b"").await;
        assert_eq!(ahead.status, 204, "{ahead:?}");
        assert_eq!(
            ahead.header("location").as_deref(),
            Some(format!("http://{at}{send}").as_str())
        );
        assert!(ahead.header("x-openrosa-accept-content-length").is_some());

        // A record with a photograph larger than one piece, then the same again, in two parts.
        let photo: Vec<u8> = (0..1_300_000_u32).map(|at| (at % 251) as u8).collect();
        let head = format!("{basic}{KIND}");
        let xml = record("uuid:1", "41", "");
        let body = multipart(&xml, &[("a.jpg", &photo)]);
        let sent = wire(at, "POST", &send, &head, &body).await;
        assert_eq!(sent.status, 201, "{sent:?}");
        assert!(sent.body.contains("submit_success"));
        assert_eq!(wire(at, "POST", &send, &head, &body).await.status, 201, "again is quiet");
        let second = multipart(&xml, &[("b.jpg", b"second")]);
        assert_eq!(wire(at, "POST", &send, &head, &second).await.status, 201, "a further part");
        let changed = multipart(&xml, &[("b.jpg", b"other")]);
        assert_eq!(wire(at, "POST", &send, &head, &changed).await.status, 409, "another file");
        let conflict = multipart(&record("uuid:1", "42", ""), &[]);
        let conflict = wire(at, "POST", &send, &head, &conflict).await;
        assert_eq!(conflict.status, 409);
        assert!(conflict.body.contains("instanceID"), "{conflict:?}");
        let fetched = admin.get(&format!("/rounds/{id}/records/1/a.jpg")).await;
        assert_eq!(fetched.bytes, photo, "the photograph comes back whole");

        // A correction, the same correction, and a second one of what was corrected.
        let edit = multipart(&record("uuid:2", "43", "uuid:1"), &[]);
        assert_eq!(wire(at, "POST", &send, &head, &edit).await.status, 201);
        assert_eq!(wire(at, "POST", &send, &head, &edit).await.status, 201);
        let late = multipart(&record("uuid:3", "44", "uuid:1"), &[]);
        assert_eq!(wire(at, "POST", &send, &head, &late).await.status, 409);
        let early = multipart(&record("uuid:5", "44", "uuid:4"), &[]);
        assert_eq!(wire(at, "POST", &send, &head, &early).await.status, 409);
        let csv = admin.get(&format!("/rounds/{id}/data/answers.csv")).await.text();
        assert_eq!(csv.lines().count(), 2, "{csv}");
        assert!(csv.contains(",43,y,"), "{csv}");

        // What breaks the rules is kept and shown; what is no record of this form is refused.
        let odd = multipart(&record("uuid:6", "500", ""), &[]);
        assert_eq!(wire(at, "POST", &send, &head, &odd).await.status, 201);
        let page = admin.get(&format!("/rounds/{id}/records/3")).await.text();
        assert!(page.contains("This answer does not fit the question."), "{page}");
        for (body, status) in [
            (multipart(&xml.replace("towns", "villages"), &[]), 404),
            (multipart(&record("", "1", ""), &[]), 400),
            (multipart("<data id=\"towns\"><age>", &[]), 400),
            (multipart("<!DOCTYPE a [<!ENTITY b \"c\">]><data id=\"towns\">&b;</data>", &[]), 400),
            (
                b"--edge\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\ny\r\n--edge--\r\n"
                    .to_vec(),
                400,
            ),
        ] {
            let answer = wire(at, "POST", &send, &head, &body).await;
            assert_eq!(answer.status, status, "{answer:?}");
            assert!(answer.body.contains("submit_error"), "{answer:?}");
        }
        let large = format!("{head}content-length: 1073741824\r\n");
        assert_eq!(wire(at, "POST", &send, &large, b"--edge").await.status, 413, "a gigabyte");

        // An ended device, and a closed round.
        admin.post(&format!("/rounds/{id}/devices/1/end"), &[]).await;
        assert_eq!(wire(at, "HEAD", &send, &basic, b"").await.status, 401);
        let (user, password, _) = device(&admin, &id).await;
        let basic = base64::engine::general_purpose::STANDARD.encode(format!("{user}:{password}"));
        admin.post(&format!("/rounds/{id}/close"), &[]).await;
        let head = format!("authorization: Basic {basic}\r\n{KIND}");
        let closed =
            wire(at, "POST", &send, &head, &multipart(&record("uuid:9", "1", ""), &[])).await;
        assert_eq!(closed.status, 403, "{closed:?}");
        assert!(closed.body.contains("stays on the device"));
    }
}
