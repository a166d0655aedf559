//! Finished answers, kept until the figures change: most readers read the same pages, and a page
//! that was made once is given in microseconds.

use std::any::{Any, TypeId};
use std::collections::BTreeMap;
use std::io::Write;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use axum::body::{Body, Bytes};
use axum::http::header::{
    ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

/// Which answer: the address, and the language it was made in.
pub type Key = (String, String);

pub struct Kept {
    answers: quick_cache::sync::Cache<Key, Arc<Answer>, Weight>,
}

/// One finished answer.
pub struct Answer {
    revision: i64,
    headers: HeaderMap,
    etag: HeaderValue,
    plain: Bytes,
    gzip: OnceLock<Bytes>,
}

#[derive(Clone)]
struct Weight;

impl quick_cache::Weighter<Key, Arc<Answer>> for Weight {
    fn weight(&self, key: &Key, answer: &Arc<Answer>) -> u64 {
        // A compressed copy comes later and is about a fifth of the plain one.
        (key.0.len() + answer.plain.len() + answer.plain.len() / 5 + 512) as u64
    }
}

/// Answers larger than this are given, not kept: one export must not push out a hundred pages.
const LARGEST: usize = 1 << 20;

impl Kept {
    pub fn new(megabytes: u32) -> Kept {
        let bytes = u64::from(megabytes) << 20;
        Kept { answers: quick_cache::sync::Cache::with_weighter(2_000, bytes, Weight) }
    }

    /// The answer to `key`, if it was made at this revision.
    pub fn get(&self, key: &Key, revision: i64) -> Option<Arc<Answer>> {
        self.answers.get(key).filter(|answer| answer.revision == revision)
    }

    /// Takes a response apart, keeps it where it is worth it, and gives the answer back.
    pub async fn keep(
        &self,
        key: Key,
        revision: i64,
        response: Response,
    ) -> Result<Arc<Answer>, Response> {
        if response.status() != StatusCode::OK {
            return Err(response);
        }
        let (parts, body) = response.into_parts();
        let Ok(plain) = axum::body::to_bytes(body, usize::MAX).await else {
            return Err(StatusCode::INTERNAL_SERVER_ERROR.into_response());
        };
        let etag = HeaderValue::from_str(&format!("\"{:016x}\"", fingerprint(&plain)))
            .unwrap_or(HeaderValue::from_static("\"0\""));
        let answer = Arc::new(Answer {
            revision,
            headers: parts.headers,
            etag,
            plain,
            gzip: OnceLock::new(),
        });
        if answer.plain.len() <= LARGEST {
            self.answers.insert(key, answer.clone());
        }
        Ok(answer)
    }
}

impl Answer {
    /// The answer for a request with these headers: unchanged, compressed or plain.
    pub fn to(&self, asked: &HeaderMap) -> Response {
        let mut headers = self.headers.clone();
        headers.insert(ETAG, self.etag.clone());
        headers.insert(VARY, HeaderValue::from_static("accept-language, cookie, accept-encoding"));
        if asked.get(IF_NONE_MATCH).is_some_and(|known| *known == self.etag) {
            return (StatusCode::NOT_MODIFIED, headers).into_response();
        }
        let takes_gzip = asked
            .get(ACCEPT_ENCODING)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|value| value.contains("gzip"));
        if takes_gzip && self.is_text() {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            let body = self.gzip.get_or_init(|| gzip(&self.plain)).clone();
            return (headers, Body::from(body)).into_response();
        }
        (headers, Body::from(self.plain.clone())).into_response()
    }

    fn is_text(&self) -> bool {
        self.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).is_some_and(|kind| {
            kind.starts_with("text/")
                || kind.contains("json")
                || kind.contains("xml")
                || kind.contains("javascript")
        })
    }
}

/// FNV-1a, 64 bits: names a version of a page, guards nothing.
fn fingerprint(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

fn gzip(plain: &[u8]) -> Bytes {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(6));
    // Writing to memory cannot fail.
    let _ = out.write_all(plain);
    out.finish().unwrap_or_default().into()
}

/// A value of any type, shared.
type Value = Arc<dyn Any + Send + Sync>;

/// What is computed from published records once and used by many pages, until they change.
#[derive(Default)]
pub struct Memo {
    values: Mutex<BTreeMap<TypeId, (i64, Value)>>,
}

impl Memo {
    /// The value of this type made at this revision.
    pub fn get<T: Send + Sync + 'static>(&self, revision: i64) -> Option<Arc<T>> {
        let values = self.values.lock().unwrap_or_else(PoisonError::into_inner);
        let (of, value) = values.get(&TypeId::of::<T>())?;
        if *of == revision { value.clone().downcast().ok() } else { None }
    }

    pub fn set<T: Send + Sync + 'static>(&self, revision: i64, value: Arc<T>) {
        let mut values = self.values.lock().unwrap_or_else(PoisonError::into_inner);
        values.insert(TypeId::of::<T>(), (revision, value));
    }
}
