//! What a tablet takes along: the form, its pages as the web shows them, its files by name, and the words
//! around it in each of its languages.

use serde_json::{Map, Value, json};

use super::place::Place;
use crate::compiled::{Compiled, lang_of, name_of};
use crate::filling::layout::{Item, Kind, Page, Question};
use crate::filling::words;

/// Messages that the page on the tablet says by itself.
const SAID: &str = concat!(
    include_str!("../../filling/en/offline.ftl"),
    "\n",
    include_str!("../../filling/en/fill.ftl")
);

/// What the words name and the tablet puts in.
const NAMED: [&str; 9] =
    ["count", "day", "least", "most", "name", "number", "page", "pages", "place"];

/// The form of a place with all that goes with it.
pub struct Along<'a> {
    pub place: &'a Place,
    pub compiled: &'a Compiled,
    pub version: &'a str,
    pub xform: &'a str,
    pub pages: &'a [Page],
    /// (name, MD5) of the lists and pictures.
    pub files: &'a [(String, String)],
    /// The key to which records are sealed.
    pub key: &'a str,
}

pub fn along(it: &Along<'_>) -> Value {
    let round = it.place.round();
    let languages = it.compiled.languages();
    let listed: Vec<Value> = languages
        .iter()
        .map(|name| {
            let tag = lang_of(name);
            let spoken = words::of(name).language.tag();
            json!({ "name": name, "shown": name_of(name), "tag": tag, "words": spoken })
        })
        .collect();
    let words: Map<String, Value> = languages
        .iter()
        .map(|name| (words::of(name).language.tag().to_owned(), said(name)))
        .collect();
    let files: Vec<Value> =
        it.files.iter().map(|(name, hash)| json!({ "name": name, "hash": hash })).collect();
    json!({
        "v": 1,
        "round": round.id,
        "title": round.title,
        "until": round.until_day,
        "anonymous": round.anonymous,
        "single": it.place.single(),
        "form": round.instrument,
        "version": it.version,
        "languages": listed,
        "words": words,
        "pages": it.pages.iter().map(page).collect::<Vec<_>>(),
        "xform": it.xform,
        "files": files,
        "key": it.key,
    })
}

/// All messages in a language, by key; the tablet puts in what they name.
pub fn said(language: &str) -> Value {
    let words = words::of(language);
    let named: Vec<(&str, base::language::Arg)> =
        NAMED.iter().map(|name| (*name, format!("{{{name}}}").into())).collect();
    let keys = SAID.lines().filter_map(|line| line.split_once(" = ")).map(|(key, _)| key);
    let said = keys.map(|key| (key.to_owned(), Value::from(words.say_with(key, &named))));
    Value::Object(said.collect())
}

fn page(page: &Page) -> Value {
    json!({
        "within": page.within.iter().map(|path| names(path)).collect::<Vec<_>>(),
        "items": page.items.iter().map(item).collect::<Vec<_>>(),
    })
}

fn item(item: &Item) -> Value {
    let path = names(&item.path);
    match &item.kind {
        Kind::Question(question) => {
            json!({ "is": "question", "path": path, "question": asked(question) })
        }
        Kind::Group { items, .. } => {
            json!({ "is": "group", "path": path, "items": items.iter().map(self::item).collect::<Vec<_>>() })
        }
        Kind::Repeat { items, counted } => json!({
            "is": "repeat", "path": path, "counted": counted,
            "items": items.iter().map(self::item).collect::<Vec<_>>(),
        }),
    }
}

fn names(path: &[String]) -> Vec<&str> {
    path.iter().map(String::as_str).collect()
}

fn asked(question: &Question) -> Value {
    json!({
        "control": question.control,
        "type": question.data_type,
        "appearance": question.appearance,
        "bounds": question.bounds,
        "step": question.step,
    })
}
