//! A round as an OData 4.0 service, for Power BI, Excel and whatever else reads one: `/api/odata/{round}`, with
//! labels in place of codes `/api/odata/{round}-fr`. One signs in with a token, as `Bearer` or as the password of Basic.

mod expression;
mod function;
mod path;
mod query;
mod rows;
mod service;
mod token;
mod value;

use axum::extract::{Path, State};
use axum::http::header::{ACCEPT, AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use base::access::{Asker, Shown};
use base::{App, Reader, Refusal, Route, Site, Who};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value as Json, json};

use crate::compiled::tag_of;
use crate::data::door::{self, Taker};
use crate::round;
use path::Target;
use query::Query;
use rows::Style;
use service::Service;

/// Rows of a page: some megabytes of JSON, a second of a slow line. `Prefer: odata.maxpagesize` may ask for other numbers.
const PAGE: usize = 1_000;
const LARGEST_PAGE: usize = 10_000;

/// Anybody comes in here, since a client shows its token in a way that the door of the site does not know; each answer
/// then asks who it is.
pub fn routes() -> Vec<Route> {
    vec![
        Route::fresh("/api/odata/{round}", get(root)),
        Route::fresh("/api/odata/{round}/", get(root)),
        Route::fresh("/api/odata/{round}/{*path}", get(below)),
    ]
}

/// Why there is no answer, as the standard words it: a code for programs, a sentence for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    status: StatusCode,
    code: &'static str,
    message: String,
}

impl Wrong {
    /// The question cannot be understood.
    pub fn query(message: String) -> Wrong {
        Wrong { status: StatusCode::BAD_REQUEST, code: "query", message }
    }

    /// There is nothing under this address.
    pub fn nothing(message: String) -> Wrong {
        Wrong { status: StatusCode::NOT_FOUND, code: "nothing", message }
    }

    /// The standard has it and this service has not.
    pub fn not_done(message: String) -> Wrong {
        Wrong { status: StatusCode::NOT_IMPLEMENTED, code: "not-done", message }
    }

    /// A refusal of the site, in the reader's words.
    fn of(refusal: &Refusal, reader: &Reader) -> Wrong {
        let (what, next) = refusal.sentences(&reader.words);
        Wrong { status: refusal.status, code: refusal.key, message: format!("{what} {next}") }
    }
}

async fn root(
    State(site): State<App>,
    reader: Reader,
    Asker(who): Asker,
    headers: HeaderMap,
    Path(round): Path<String>,
) -> Response {
    answered(&site, &reader, who, &headers, &round, "").await
}

async fn below(
    State(site): State<App>,
    reader: Reader,
    Asker(who): Asker,
    headers: HeaderMap,
    Path((round, path)): Path<(String, String)>,
) -> Response {
    answered(&site, &reader, who, &headers, &round, &path).await
}

async fn answered(
    site: &Site,
    reader: &Reader,
    who: Option<Who>,
    headers: &HeaderMap,
    round: &str,
    path: &str,
) -> Response {
    let answer = answer(site, reader, who, headers, round, path).await;
    let mut response = answer.unwrap_or_else(|wrong| {
        let body = json!({ "error": { "code": wrong.code, "message": wrong.message } });
        let kind = [(CONTENT_TYPE, "application/json;odata.metadata=minimal")];
        let mut response = (wrong.status, kind, body.to_string()).into_response();
        if wrong.status == StatusCode::UNAUTHORIZED {
            let ask = HeaderValue::from_static("Basic realm=\"Throughcare\", charset=\"UTF-8\"");
            response.headers_mut().insert(WWW_AUTHENTICATE, ask);
        }
        response
    });
    let headers = response.headers_mut();
    headers.insert(HeaderName::from_static("odata-version"), HeaderValue::from_static("4.0"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Whoever the site knows already, else whose token stands as the password of Basic. The name beside it is not looked at.
async fn asker(site: &Site, who: Option<Who>, headers: &HeaderMap) -> Result<Who, Refusal> {
    if let Some(who) = who {
        return Ok(who);
    }
    let shown = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let basic = shown.and_then(|shown| {
        let (kind, rest) = shown.split_once(' ')?;
        let bytes = STANDARD.decode(rest.trim()).ok()?;
        let text = String::from_utf8(bytes).ok()?;
        let (_, password) = text.split_once(':')?;
        kind.eq_ignore_ascii_case("basic").then(|| password.to_owned())
    });
    let token = basic.ok_or_else(|| Refusal::sign_in("odata-sign-in"))?;
    let knows = site.parts.iter().find_map(|part| part.knows);
    let who = match knows {
        Some(knows) => knows(site, Shown::Token(&token)).await?,
        None => None,
    };
    who.ok_or_else(|| Refusal::sign_in("odata-sign-in"))
}

async fn answer(
    site: &Site,
    reader: &Reader,
    who: Option<Who>,
    headers: &HeaderMap,
    name: &str,
    path: &str,
) -> Result<Response, Wrong> {
    let worded = |refusal: Refusal| Wrong::of(&refusal, reader);
    let who = asker(site, who, headers).await.map_err(worded)?;
    if door::READS.iter().all(|role| who.holds_over(&[*role], &[]).is_none()) {
        return Err(worded(Refusal::forbidden("answers-not-yours")));
    }
    versions(headers)?;
    let (id, tag) = match name.split_once('-') {
        Some((id, tag)) => (id, Some(tag)),
        None => (name, None),
    };
    let round = round::find(&site.storage.pool, id).await.map_err(|it| worded(it.into()))?;
    let round = round.ok_or_else(|| worded(Refusal::not_found("no-round", id)))?;
    let taker = Taker::Person(&who);
    let data = door::open(site, &round, taker).await.map_err(worded)?;
    door::taken(site, &round, taker, "odata").await.map_err(worded)?;
    let labels = match tag {
        None => None,
        Some(tag) => {
            let known = data.languages.iter().find(|it| tag_of(it) == tag);
            let missing = || Wrong::nothing(format!("the questionnaire has no language {tag}"));
            Some(known.ok_or_else(missing)?.clone())
        }
    };
    let asked = Asked {
        root: format!("{}/api/odata/{name}", site.settings.public_url()),
        options: url::form_urlencoded::parse(reader.query.as_bytes()).into_owned().collect(),
        format: Format::of(headers, &reader.query)?,
        most: page_size(headers),
        prefers: headers.contains_key("prefer"),
    };
    let path = path.to_owned();
    // Filtering a large round is work for a core; the pages must go on meanwhile.
    let made = tokio::task::spawn_blocking(move || {
        let service = Service::of(&data, labels);
        asked.answer(&service, &path)
    });
    made.await.map_err(|error| worded(Refusal::broken(error)))?
}

/// A client that can read nothing as new as 4.0 must hear so.
fn versions(headers: &HeaderMap) -> Result<(), Wrong> {
    let most = headers.get("odata-maxversion").and_then(|it| it.to_str().ok());
    match most.map(|it| it.trim().parse::<f64>()) {
        Some(Ok(version)) if version < 4.0 => Err(Wrong::query(format!(
            "this service speaks OData 4.0; version {version} is too old"
        ))),
        _ => Ok(()),
    }
}

fn page_size(headers: &HeaderMap) -> usize {
    let prefers = headers.get_all("prefer").iter().filter_map(|it| it.to_str().ok());
    let mut sizes = prefers.flat_map(|it| it.split([',', ';'])).filter_map(|it| {
        let (name, size) = it.split_once('=')?;
        let name = name.trim().trim_start_matches("odata.");
        (name == "maxpagesize").then(|| size.trim().trim_matches('"').parse().ok())?
    });
    sizes.next_back().filter(|size| *size > 0).unwrap_or(PAGE).min(LARGEST_PAGE)
}

/// How the answer is written.
#[derive(Clone, Copy)]
struct Format {
    /// Whether the address of the description stands in each answer.
    context: bool,
    style: Style,
}

impl Format {
    fn of(headers: &HeaderMap, query: &str) -> Result<Format, Wrong> {
        let asked = url::form_urlencoded::parse(query.as_bytes())
            .find(|(name, _)| name == "$format")
            .map(|(_, value)| value.into_owned());
        if let Some(format) = &asked {
            let kind = format.split(';').next().unwrap_or("").trim();
            if !["json", "application/json", "xml", "application/xml"].contains(&kind) {
                let message = format!("this service writes JSON, and $metadata as XML; not {kind}");
                return Err(Wrong { status: StatusCode::NOT_ACCEPTABLE, code: "format", message });
            }
        }
        let accept = || headers.get(ACCEPT).and_then(|it| it.to_str().ok()).map(str::to_owned);
        // The first of several is what the client likes best.
        let wanted = asked.or_else(accept).unwrap_or_default().to_lowercase();
        let wanted = wanted.split(',').next().unwrap_or("").replace(' ', "");
        Ok(Format {
            context: !wanted.contains("odata.metadata=none"),
            style: Style { as_text: wanted.contains("ieee754compatible=true") },
        })
    }

    fn kind(self) -> String {
        let metadata = if self.context { "minimal" } else { "none" };
        let numbers = if self.style.as_text { ";IEEE754Compatible=true" } else { "" };
        format!("application/json;odata.metadata={metadata}{numbers}")
    }
}

/// A question, taken off the request.
struct Asked {
    root: String,
    options: Vec<(String, String)>,
    format: Format,
    most: usize,
    prefers: bool,
}

impl Asked {
    fn answer(&self, service: &Service, path: &str) -> Result<Response, Wrong> {
        let style = self.format.style;
        match path::read(service, path)? {
            Target::Document => Ok(self.json(service.document(&self.root))),
            Target::Metadata => {
                let kind = [(CONTENT_TYPE, "application/xml;charset=utf-8")];
                Ok((kind, service.metadata()).into_response())
            }
            Target::Count(set, rows) => {
                let query = query::read(service, set, &self.options)?;
                let count = rows::chosen(service, set, rows, &query).len();
                Ok(([(CONTENT_TYPE, "text/plain;charset=utf-8")], count.to_string())
                    .into_response())
            }
            Target::Rows(set, rows) => {
                let query = query::read(service, set, &self.options)?;
                self.rows(service, set, rows, &query, path)
            }
            Target::Row(set, row) => {
                let query = query::read(service, set, &self.options)?;
                if query.filter.is_some() || !query.order.is_empty() || query.top.is_some() {
                    return Err(Wrong::query(
                        "one row is neither filtered nor put in order".into(),
                    ));
                }
                let mut out = Map::new();
                let name = &service.sets[set].name;
                let shape = shape(service, set, &query);
                self.context(&mut out, &format!("{name}{shape}/$entity"));
                out.extend(rows::row_of(service, set, row, &query, style));
                Ok(self.json(Json::Object(out)))
            }
            Target::Property { set, row, field, bare } => {
                let field = &service.sets[set].fields[field];
                let value = rows::cell(service, field, row, style);
                match value {
                    Json::Null => Ok(StatusCode::NO_CONTENT.into_response()),
                    Json::String(text) if bare => Ok(plain(text)),
                    other if bare => Ok(plain(other.to_string())),
                    value => {
                        let mut out = Map::new();
                        self.context(&mut out, path.trim_matches('/'));
                        out.insert("value".into(), value);
                        Ok(self.json(Json::Object(out)))
                    }
                }
            }
        }
    }

    fn rows(
        &self,
        service: &Service,
        set: usize,
        rows: Vec<usize>,
        query: &Query,
        path: &str,
    ) -> Result<Response, Wrong> {
        let page = rows::page(service, set, rows, query, self.most, self.format.style)?;
        let mut out = Map::new();
        let shape = shape(service, set, query);
        self.context(&mut out, &format!("{}{shape}", service.sets[set].name));
        if let Some(count) = page.count {
            out.insert("@odata.count".into(), json!(count));
        }
        out.insert("value".into(), Json::Array(page.rows));
        if let Some((token, left)) = page.next {
            let mut next = url::form_urlencoded::Serializer::new(String::new());
            for (name, value) in &self.options {
                match (name.as_str(), left) {
                    ("$skip" | "$skiptoken", _) => {}
                    ("$top", Some(left)) => {
                        next.append_pair(name, &left.to_string());
                    }
                    _ => {
                        next.append_pair(name, value);
                    }
                }
            }
            next.append_pair("$skiptoken", &token);
            // A space is %20 in an address; some clients do not undo the plus of forms.
            let query = next.finish().replace('+', "%20").replace("%24", "$");
            let path = path.trim_matches('/');
            out.insert("@odata.nextLink".into(), json!(format!("{}/{path}?{query}", self.root)));
        }
        let mut response = self.json(Json::Object(out));
        if self.prefers {
            let applied = format!("odata.maxpagesize={}", self.most);
            if let Ok(applied) = HeaderValue::from_str(&applied) {
                response.headers_mut().insert("preference-applied", applied);
            }
        }
        Ok(response)
    }

    fn context(&self, out: &mut Map<String, Json>, of: &str) {
        if self.format.context {
            let context = format!("{}/$metadata#{of}", self.root);
            out.insert("@odata.context".into(), json!(context));
        }
    }

    fn json(&self, mut value: Json) -> Response {
        if !self.format.context
            && let Some(object) = value.as_object_mut()
        {
            object.remove("@odata.context");
        }
        ([(CONTENT_TYPE, self.format.kind())], value.to_string()).into_response()
    }
}

fn plain(text: String) -> Response {
    ([(CONTENT_TYPE, "text/plain;charset=utf-8")], text).into_response()
}

/// What of a row was asked for, as the context says it: `(age,child(name))`.
fn shape(service: &Service, set: usize, query: &Query) -> String {
    let names = query.select.iter().flatten().map(|at| service.sets[set].fields[*at].name.clone());
    let expanded = query.expand.iter().map(|it| {
        let inner = shape(service, it.set, &it.query);
        format!("{}{}", it.way, if inner.is_empty() { "()".into() } else { inner })
    });
    let all: Vec<String> = names.chain(expanded).collect();
    if all.is_empty() { String::new() } else { format!("({})", all.join(",")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_client_prefers_is_read() {
        let size = |text: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert("prefer", HeaderValue::from_static(text));
            page_size(&headers)
        };
        assert_eq!(size("odata.maxpagesize=5"), 5);
        assert_eq!(size("return=minimal, maxpagesize=70"), 70);
        assert_eq!(size("odata.maxpagesize=0"), PAGE);
        assert_eq!(size("odata.maxpagesize=999999999"), LARGEST_PAGE);
        assert_eq!(size("odata.continue-on-error"), PAGE);
    }
}
