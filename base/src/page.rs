//! A page: a template of some part, set in the site's frame, in the reader's language.
//!
//! Templates say `{{ t("key", name=value) }}` for words and `{{ value | number(1) }}` for numbers.

use std::sync::Arc;

use anyhow::{Context, Result};
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Kwargs, Object, ValueKind};
use minijinja::{Environment, Error, ErrorKind, State, UndefinedBehavior, Value, context};
use rust_embed::RustEmbed;
use serde::Serialize;

use crate::language::{Arg, Words};
use crate::part;
use crate::reader::Reader;
use crate::site::Site;

#[derive(RustEmbed)]
#[folder = "pages"]
struct Own;

#[derive(RustEmbed)]
#[folder = "locale"]
struct OwnWords;

/// Base's own words: the frame, tables, refusals.
pub fn own_words() -> Vec<crate::language::Messages> {
    part::messages::<OwnWords>("base")
}

pub struct Pages {
    templates: Environment<'static>,
}

/// What the frame around a page must know.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Head {
    pub title: String,
    /// One sentence for search engines and shared links.
    pub about: String,
    /// The way here: (words, address), without the page itself.
    pub crumbs: Vec<(String, String)>,
}

impl Head {
    pub fn titled(title: impl Into<String>) -> Head {
        Head { title: title.into(), ..Head::default() }
    }
    pub fn about(mut self, about: impl Into<String>) -> Head {
        self.about = about.into();
        self
    }
    pub fn under(mut self, words: impl Into<String>, href: impl Into<String>) -> Head {
        self.crumbs.push((words.into(), href.into()));
        self
    }
}

impl Pages {
    /// Base's templates and those of the parts. Fails naming the template and line that is wrong.
    pub fn new(of_parts: Vec<(String, String)>) -> Result<Pages> {
        let mut templates = Environment::new();
        // A name that is not there is a mistake of ours: better seen in a test than shown as nothing.
        templates.set_undefined_behavior(UndefinedBehavior::SemiStrict);
        let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?;
        templates.set_syntax(syntax);
        templates.add_function("t", say);
        templates.add_filter("number", number);
        for (name, text) in part::templates::<Own>("base").into_iter().chain(of_parts) {
            templates.add_template_owned(name.clone(), text).with_context(|| name)?;
        }
        Ok(Pages { templates })
    }

    /// Sets `template` alone, without the frame: a letter.
    pub fn set_alone(&self, words: &Arc<Words>, template: &str, page: Value) -> Result<String> {
        let words = Value::from_object(Speaking(words.clone()));
        Ok(self.templates.get_template(template)?.render(context! { words, ..page })?)
    }

    /// Sets `template` for `reader` with the values of `page`.
    pub fn set(
        &self,
        site: &Site,
        reader: &Reader,
        template: &str,
        head: Head,
        page: Value,
    ) -> Result<String> {
        let languages: Vec<_> = site
            .languages
            .all()
            .iter()
            .map(|words| {
                context! {
                    tag => words.language.tag(),
                    name => words.say("language-name"),
                    href => reader.here_with("lang", Some(words.language.tag())),
                    here => words.language == reader.words.language,
                }
            })
            .collect();
        let values = context! {
            words => Value::from_object(Speaking(reader.words.clone())),
            head => value(head),
            lang => reader.words.language.tag(),
            languages,
            path => reader.path.clone(),
            ways => value(site.ways()),
            account => site.parts.iter().any(|part| part.knows.is_some()),
            assets => (site.equipment.assets_version)(),
            version => env!("CARGO_PKG_VERSION"),
            ..page
        };
        let template = self.templates.get_template(template)?;
        Ok(template.render(values)?)
    }
}

/// Anything that may be shown, as a template's value.
pub fn value(shown: impl Serialize) -> Value {
    minijinja::value::Serde(shown).into()
}

/// The reader's words, as a value that the templates' functions find.
#[derive(Debug)]
struct Speaking(Arc<Words>);

impl Object for Speaking {}

fn words(state: &State) -> Result<Arc<Words>, Error> {
    let value = state.lookup("words");
    value
        .as_ref()
        .and_then(|value| value.downcast_object_ref::<Speaking>())
        .map(|speaking| speaking.0.clone())
        .ok_or_else(|| Error::new(ErrorKind::UndefinedError, "no reader's words in this template"))
}

fn say(state: &State, key: String, values: Kwargs) -> Result<String, Error> {
    let mut args = Vec::new();
    for name in values.args() {
        let value: Value = values.get(name)?;
        let arg = match value.kind() {
            ValueKind::Number => Arg::Number(f64::try_from(value)?, 0),
            _ => Arg::Text(value.to_string()),
        };
        args.push((name, arg));
    }
    Ok(words(state)?.say_with(&key, &args))
}

fn number(state: &State, value: f64, decimals: Option<u8>) -> Result<String, Error> {
    Ok(words(state)?.number(value, decimals.unwrap_or(0)))
}
