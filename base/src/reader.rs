//! Who reads: the language in which a page is made, and the address that was asked for, so that a
//! page can link to itself in another language, order or form.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::header::{ACCEPT_LANGUAGE, COOKIE};
use axum::http::request::Parts;

use crate::language::Words;
use crate::site::App;

/// The reader of one request.
#[derive(Clone)]
pub struct Reader {
    pub words: Arc<Words>,
    /// The path asked for.
    pub path: String,
    /// The query as it came, without `?`.
    pub query: String,
}

impl Reader {
    /// A reader outside a request: a command, a test.
    pub fn of(words: &Arc<Words>, path: &str) -> Reader {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        Reader { words: words.clone(), path: path.into(), query: query.into() }
    }

    pub fn say(&self, key: &str) -> String {
        self.words.say(key)
    }

    /// This page's address with `name` set to `value` (`None` takes it away).
    pub fn here_with(&self, name: &str, value: Option<&str>) -> String {
        let mut query = form_urlencoded(&self.query);
        query.retain(|(n, _)| n != name);
        if let Some(value) = value {
            query.push((name.into(), value.into()));
        }
        address(&self.path, &query)
    }

    /// The values given for `name`, in order.
    pub fn asked(&self, name: &str) -> Vec<String> {
        form_urlencoded(&self.query)
            .into_iter()
            .filter(|(n, _)| n == name)
            .map(|(_, v)| v)
            .collect()
    }
}

/// `path?a=1&b=2`, or `path` alone.
pub fn address(path: &str, query: &[(String, String)]) -> String {
    match serde_urlencoded(query) {
        text if text.is_empty() => path.to_owned(),
        text => format!("{path}?{text}"),
    }
}

fn form_urlencoded(query: &str) -> Vec<(String, String)> {
    url::form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

fn serde_urlencoded(query: &[(String, String)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish()
}

/// The language: `lang=` in the address, then the cookie, then what the browser asks for, then the
/// site's own. An unknown `lang` is not an error: a shared link must open.
pub fn words_for(
    site: &crate::Site,
    query: &str,
    cookie: Option<&str>,
    accept: Option<&str>,
) -> Arc<Words> {
    let languages = &site.languages;
    form_urlencoded(query)
        .iter()
        .find(|(name, _)| name == "lang")
        .and_then(|(_, tag)| languages.get(tag))
        .or_else(|| {
            let kept = cookie?.split(';').find_map(|item| item.trim().strip_prefix("lang="))?;
            languages.get(kept)
        })
        .or_else(|| languages.accepted(accept?))
        .unwrap_or_else(|| languages.default())
        .clone()
}

impl FromRequestParts<App> for Reader {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, site: &App) -> Result<Reader, Self::Rejection> {
        let header = |name| parts.headers.get(name).and_then(|value| value.to_str().ok());
        let query = parts.uri.query().unwrap_or("");
        Ok(Reader {
            words: words_for(site, query, header(COOKIE), header(ACCEPT_LANGUAGE)),
            path: parts.uri.path().to_owned(),
            query: query.to_owned(),
        })
    }
}
