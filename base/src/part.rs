//! What a part tells the site: its tables, pages, words, routes, its panel on a country's page, and
//! what search may find. One value each, listed once, in `web`.

use std::future::Future;
use std::pin::Pin;

use axum::http::Method;
use axum::routing::MethodRouter;
use rust_embed::RustEmbed;

use crate::access::Knows;
use crate::document::{Citation, Panel};
use crate::language::Messages;
use crate::reader::Reader;
use crate::refusal::Refusal;
use crate::site::{App, Site};
use crate::storage::Migration;
use crate::who::May;
use crate::work::Kind;

/// An answer that is not there yet.
pub type Pending<'a, T> = Pin<Box<dyn Future<Output = Result<T, Refusal>> + Send + 'a>>;

/// Makes a part's panel for the place with this code.
pub type Paneled = for<'a> fn(&'a Site, &'a Reader, &'a str) -> Pending<'a, Panel>;
/// Lists, by id, the groups in which the person with this number sits today.
pub type Sits = for<'a> fn(&'a Site, i64) -> Pending<'a, Vec<String>>;
/// Lists what search may find.
pub type Finds = for<'a> fn(&'a Site, &'a Reader) -> Pending<'a, Vec<Found>>;
/// Cites sources by id.
pub type Cites = for<'a> fn(&'a Site, &'a Reader, Vec<String>) -> Pending<'a, Vec<Citation>>;

pub struct Part {
    pub name: &'static str,
    pub migrations: &'static [Migration],
    /// Templates as (name, text); names begin with the part's.
    pub pages: fn() -> Vec<(String, String)>,
    pub words: fn() -> Vec<Messages>,
    pub routes: fn() -> Vec<Route>,
    /// Entries of the main navigation.
    pub ways: &'static [Way],
    /// What the part adds to the page of the country with this code.
    pub panel: Option<Paneled>,
    /// Everything of the part that search may find, in the reader's language.
    pub found: Option<Finds>,
    /// Cites the sources with these ids, where the part keeps sources; unknown ids are left out.
    pub cite: Option<Cites>,
    /// The part's share of the API's description.
    pub api: Option<fn() -> utoipa::openapi::OpenApi>,
    /// The kinds of long work that the part can do.
    pub jobs: &'static [Kind],
    /// Of these, what is asked each morning, as `{"day": …}`.
    pub daily: &'static [Kind],
    /// Says who asks, and in which groups they sit, where the part keeps people and groups. One part does.
    pub knows: Option<Knows>,
    pub sits: Option<Sits>,
}

impl Part {
    /// A part with nothing, to be filled with what there is: `Part { name, routes, ..Part::NOTHING }`.
    pub const NOTHING: Part = Part {
        name: "",
        migrations: &[],
        pages: Vec::new,
        words: Vec::new,
        routes: Vec::new,
        ways: &[],
        panel: None,
        found: None,
        cite: None,
        api: None,
        jobs: &[],
        daily: &[],
        knows: None,
        sits: None,
    };
}

/// One address that the site answers.
pub struct Route {
    pub path: &'static str,
    pub method: Method,
    pub may: May,
    /// Whether the finished answer may be kept and given to the next reader of the same language.
    pub kept: bool,
    pub answers: MethodRouter<App>,
}

impl Route {
    /// A page of published figures: anyone may read it, and it may be kept.
    pub fn public(path: &'static str, answers: MethodRouter<App>) -> Route {
        Route { path, method: Method::GET, may: May::Anyone, kept: true, answers }
    }

    /// The same, made anew each time.
    pub fn fresh(path: &'static str, answers: MethodRouter<App>) -> Route {
        Route { kept: false, ..Route::public(path, answers) }
    }

    /// What only some may see: made anew each time, and kept nowhere.
    pub fn only(path: &'static str, may: May, answers: MethodRouter<App>) -> Route {
        Route { may, ..Route::fresh(path, answers) }
    }

    /// What is sent here changes something.
    pub fn post(path: &'static str, may: May, answers: MethodRouter<App>) -> Route {
        Route { path, method: Method::POST, may, kept: false, answers }
    }
}

/// The steps of the loop, in order; the main navigation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Step {
    Ask,
    Measure,
    Foresee,
    Agree,
    Teach,
    Know,
}

impl Step {
    /// The loop, in order.
    pub const ALL: [Step; 6] =
        [Step::Ask, Step::Measure, Step::Foresee, Step::Agree, Step::Teach, Step::Know];
}

/// An entry of the main navigation.
#[derive(Clone, Copy, Debug, serde::Serialize)]
pub struct Way {
    pub step: Step,
    /// The message that names it.
    pub message: &'static str,
    pub href: &'static str,
}

/// Something that search can show.
#[derive(Clone, Debug, serde::Serialize, utoipa::ToSchema)]
pub struct Found {
    /// What it is, in the reader's words: "Country", "Indicator".
    pub kind: String,
    pub title: String,
    pub href: String,
    /// Further words by which it is found; not shown.
    #[serde(skip)]
    pub also: String,
}

/// The templates of an embedded folder, named `prefix/file`.
pub fn templates<F: RustEmbed>(prefix: &str) -> Vec<(String, String)> {
    texts::<F>().map(|(path, text)| (format!("{prefix}/{path}"), text)).collect()
}

/// The messages of an embedded folder of `language/file.ftl`.
pub fn messages<F: RustEmbed>(part: &str) -> Vec<Messages> {
    texts::<F>()
        .filter_map(|(path, text)| {
            let (language, file) = path.split_once('/')?;
            let (language, file) =
                (language.to_owned(), format!("{part}/locale/{language}/{file}"));
            Some(Messages { language, file, text })
        })
        .collect()
}

fn texts<F: RustEmbed>() -> impl Iterator<Item = (String, String)> {
    let mut paths: Vec<_> = F::iter().collect();
    paths.sort();
    paths.into_iter().filter_map(|path| {
        let text = String::from_utf8(F::get(&path)?.data.into_owned()).ok()?;
        Some((path.into_owned(), text))
    })
}
