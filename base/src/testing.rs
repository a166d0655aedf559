//! One way into the whole site for tests: `site.get("/countries/MDA")`, on SQLite and, where a
//! cluster is named in `TEST_POSTGRES`, on PostgreSQL.

use std::io::ErrorKind;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use tower::ServiceExt;

use crate::part::Part;
use crate::settings::Settings;
use crate::site::{self, App, Equipment, Site};

/// A site of its own, on a database of its own.
pub struct TestSite {
    pub app: App,
    router: Router,
    folder: PathBuf,
}

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.bytes)
            .unwrap_or_else(|error| panic!("not JSON ({error}): {}", self.text()))
    }
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("")
    }
}

static MADE: AtomicU32 = AtomicU32::new(0);

/// A folder that no other test uses, nor one that was killed and had this process's number.
pub fn folder() -> PathBuf {
    loop {
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        let name = format!("throughcare-test-{}-{number}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        match std::fs::create_dir(&folder) {
            Ok(()) => return folder,
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => panic!("{}: {error}", folder.display()),
        }
    }
}

/// Addresses of fresh databases: SQLite always, PostgreSQL where a cluster is named.
pub async fn databases() -> Vec<String> {
    let mut urls = vec![format!("sqlite:{}", folder().join("test.db").display())];
    match std::env::var("TEST_POSTGRES") {
        Ok(cluster) => {
            sqlx::any::install_default_drivers();
            let number = MADE.fetch_add(1, Ordering::Relaxed);
            let name = format!("t{}_{number}", std::process::id());
            let pool = sqlx::AnyPool::connect(&format!("{cluster}/postgres"))
                .await
                .expect("the test cluster answers");
            sqlx::raw_sql(sqlx::AssertSqlSafe(format!(
                "CREATE DATABASE {name} TEMPLATE template0"
            )))
            .execute(&pool)
            .await
            .expect("a database can be made");
            urls.push(format!("{cluster}/{name}"));
        }
        Err(_) => eprintln!(
            "skipped on PostgreSQL: TEST_POSTGRES names no cluster (make test starts one)"
        ),
    }
    urls
}

impl TestSite {
    pub async fn open(
        url: &str,
        parts: &'static [&'static Part],
        equipment: Equipment,
    ) -> TestSite {
        let folder = folder();
        let settings = Settings {
            database_url: url.into(),
            languages: folder.join("languages"),
            files: format!("folder:{}", folder.join("files").display()),
            ..Settings::default()
        };
        let app = Site::open(settings, parts, equipment).await.expect("the site opens");
        let router = site::router(&app).expect("routes do not clash");
        TestSite { app, router, folder }
    }

    /// The same database, opened anew with other settings.
    pub async fn set(&mut self, change: impl FnOnce(&mut Settings)) {
        let mut settings = self.app.settings.clone();
        change(&mut settings);
        let app = Site::open(settings, self.app.parts, self.app.equipment).await;
        self.app = app.expect("the site opens");
        self.router = site::router(&self.app).expect("routes do not clash");
    }

    pub async fn get(&self, address: &str) -> Answer {
        self.get_with(address, &[]).await
    }

    pub async fn get_with(&self, address: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = Request::get(address);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(Body::empty()).expect("a request can be made")).await
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.expect("the router answers");
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.expect("the body ends").to_vec();
        Answer { status: parts.status, headers: parts.headers, bytes }
    }
}

impl Drop for TestSite {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
