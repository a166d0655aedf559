//! The words of every page, in the reader's language: Fluent messages from each part's `locale/`
//! folder and from a folder of the operator's own, and numbers as that language writes them.
//!
//! A language is a folder of files, no code: `languages/uk/*.ftl` beside the program adds
//! Ukrainian. What a language does not say yet is said in English.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result, anyhow};
use fixed_decimal::{Decimal, FloatPrecision, Sign, SignedRoundingMode, UnsignedRoundingMode};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::types::{FluentNumber, FluentNumberOptions};
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use icu_decimal::DecimalFormatter;
use unic_langid::LanguageIdentifier;

/// The language in which everything is written first, and the last resort for a missing message.
pub const FIRST: &str = "en";

/// A language tag that the site speaks, such as `fr` or `sr-Cyrl`. Cheap to copy around.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, serde::Serialize)]
pub struct Language(Arc<str>);

impl Language {
    /// The tag, as it stands in `lang=` and in addresses.
    pub fn tag(&self) -> &str {
        &self.0
    }
}

/// A value put into a message.
#[derive(Clone, Debug)]
pub enum Arg {
    /// Text, set as it is.
    Text(String),
    /// A number, written by the reader's language with so many decimals; also selects plurals.
    Number(f64, u8),
    /// A year or another number that is a name: no thousands separator.
    Name(i64),
}

impl From<&str> for Arg {
    fn from(text: &str) -> Arg {
        Arg::Text(text.to_owned())
    }
}
impl From<String> for Arg {
    fn from(text: String) -> Arg {
        Arg::Text(text)
    }
}
impl From<usize> for Arg {
    fn from(count: usize) -> Arg {
        Arg::Number(count as f64, 0)
    }
}

/// One language's words and numbers.
pub struct Words {
    pub language: Language,
    bundle: FluentBundle<FluentResource>,
    numbers: DecimalFormatter,
    fallback: Option<Arc<Words>>,
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Words({})", self.language.tag())
    }
}

impl Words {
    /// The message `key`, or the English one, or `⟦key⟧` (a test refuses that on any page).
    pub fn say(&self, key: &str) -> String {
        self.say_with(key, &[])
    }

    /// The message `key` with values put in.
    pub fn say_with(&self, key: &str, args: &[(&str, Arg)]) -> String {
        match self.try_say(key, args) {
            Some(text) => text,
            None => {
                tracing::warn!(key, language = self.language.tag(), "no such message");
                format!("⟦{key}⟧")
            }
        }
    }

    /// The message `key`, if this language or English has it.
    pub fn try_say(&self, key: &str, args: &[(&str, Arg)]) -> Option<String> {
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
            return self.fallback.as_ref()?.try_say(key, args);
        };
        let mut fluent = FluentArgs::new();
        for (name, arg) in args {
            fluent.set(*name, value_of(arg));
        }
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(&fluent), &mut errors).into_owned();
        if !errors.is_empty() {
            tracing::warn!(key, language = self.language.tag(), ?errors, "message has a hole");
        }
        Some(text)
    }

    /// Whether this very language (not the fallback) has the message.
    pub fn has(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }

    /// `value` as this language writes it, with exactly `decimals` decimals: 6990.5 → `6,990.5`,
    /// in French `6 990,5`. A value that is no number is a dot.
    pub fn number(&self, value: f64, decimals: u8) -> String {
        written(&self.numbers, value, decimals)
    }
}

/// All languages of the site.
pub struct Languages {
    all: BTreeMap<Language, Arc<Words>>,
    default: Language,
}

/// One file of messages: language tag, file name for error messages, text.
pub struct Messages {
    pub language: String,
    pub file: String,
    pub text: String,
}

impl Languages {
    /// Builds the languages from `messages`; later files may not say what earlier ones said, so
    /// that two parts cannot speak with one key. Fails naming file and line.
    pub fn new(messages: Vec<Messages>, default: &str) -> Result<Languages> {
        let mut files: BTreeMap<String, Vec<Messages>> = BTreeMap::new();
        for file in messages {
            files.entry(file.language.clone()).or_default().push(file);
        }
        let english = files.remove(FIRST).ok_or_else(|| anyhow!("no English messages at all"))?;
        let english = Arc::new(words(FIRST, english, None)?);
        let mut all = BTreeMap::from([(english.language.clone(), english.clone())]);
        for (tag, files) in files {
            let made = words(&tag, files, Some(english.clone()))?;
            all.insert(made.language.clone(), Arc::new(made));
        }
        let default = all
            .keys()
            .find(|language| language.tag() == default)
            .ok_or_else(|| anyhow!("default_language is {default:?}, but there are no messages for it; there are: {}", tags(&all)))?
            .clone();
        Ok(Languages { all, default })
    }

    /// The words of the language with this tag.
    pub fn get(&self, tag: &str) -> Option<&Arc<Words>> {
        self.all.iter().find(|(language, _)| language.tag() == tag).map(|(_, words)| words)
    }

    pub fn default(&self) -> &Arc<Words> {
        &self.all[&self.default]
    }

    /// Every language, English first, then by tag.
    pub fn all(&self) -> Vec<&Arc<Words>> {
        let mut all: Vec<_> = self.all.values().collect();
        all.sort_by_key(|words| (words.language.tag() != FIRST, words.language.clone()));
        all
    }

    /// The best language for an `Accept-Language` header: RFC 9110 §12.5.4, exact tag first, then
    /// the primary subtag (`fr-CH` → `fr`).
    pub fn accepted(&self, header: &str) -> Option<&Arc<Words>> {
        let mut wanted: Vec<(f32, &str)> = header
            .split(',')
            .filter_map(|item| {
                let (tag, quality) = item.trim().split_once(";q=").unwrap_or((item.trim(), "1"));
                Some((quality.trim().parse().ok().filter(|q| *q > 0.0)?, tag.trim()))
            })
            .collect();
        wanted.sort_by(|a, b| b.0.total_cmp(&a.0));
        wanted.iter().find_map(|(_, tag)| {
            let primary = tag.split('-').next().unwrap_or(tag);
            self.all
                .iter()
                .find(|(language, _)| language.tag().eq_ignore_ascii_case(tag))
                .or_else(|| self.all.iter().find(|(l, _)| l.tag().eq_ignore_ascii_case(primary)))
                .map(|(_, words)| words)
        })
    }
}

/// Reads `folder/<tag>/*.ftl`. A folder that is not there adds nothing.
pub fn read_folder(folder: &Path) -> Result<Vec<Messages>> {
    let mut messages = Vec::new();
    if !folder.is_dir() {
        return Ok(messages);
    }
    let mut tags: Vec<_> = std::fs::read_dir(folder)?.collect::<std::io::Result<_>>()?;
    tags.sort_by_key(|entry| entry.file_name());
    for tag in tags.into_iter().filter(|entry| entry.path().is_dir()) {
        let mut files: Vec<_> = std::fs::read_dir(tag.path())?.collect::<std::io::Result<_>>()?;
        files.sort_by_key(|entry| entry.file_name());
        for file in files {
            let path = file.path();
            if path.extension().is_some_and(|extension| extension == "ftl") {
                let text = std::fs::read_to_string(&path)
                    .with_context(|| format!("{}: cannot be read as UTF-8 text", path.display()))?;
                messages.push(Messages {
                    language: tag.file_name().to_string_lossy().into_owned(),
                    file: path.display().to_string(),
                    text,
                });
            }
        }
    }
    Ok(messages)
}

fn tags(all: &BTreeMap<Language, Arc<Words>>) -> String {
    all.keys().map(Language::tag).collect::<Vec<_>>().join(", ")
}

fn words(tag: &str, files: Vec<Messages>, fallback: Option<Arc<Words>>) -> Result<Words> {
    let id: LanguageIdentifier = tag
        .parse()
        .map_err(|_| anyhow!("{tag:?} is not a language tag (such as fr or sr-Cyrl)"))?;
    let mut bundle = FluentBundle::new_concurrent(vec![id]);
    // Isolation marks are for mixed directions; no language here runs right to left, and the marks
    // would end up in CSV files and in copied text.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(|value, memory| match value {
        FluentValue::Number(number) if number.options.use_grouping => memory
            .with_try_get::<Numbers, _, _>((), |numbers| {
                written(&numbers.0, number.value, decimals_of(number))
            })
            .ok(),
        FluentValue::Number(number) => Some(format!("{:.0}", number.value)),
        _ => None,
    }));
    for file in files {
        let resource = FluentResource::try_new(file.text).map_err(|(partial, errors)| {
            let position = errors.first().map_or(0, |error| error.pos.start);
            let line = partial.source().get(..position).unwrap_or("").lines().count().max(1);
            anyhow!("{}, line {line}: {}", file.file, errors[0])
        })?;
        bundle.add_resource(resource).map_err(|errors| anyhow!("{}: {}", file.file, errors[0]))?;
    }
    Ok(Words { language: Language(tag.into()), bundle, numbers: formatter(tag)?, fallback })
}

/// A number formatter as Fluent's memory keeps it.
struct Numbers(DecimalFormatter);

impl intl_memoizer::Memoizable for Numbers {
    type Args = ();
    type Error = anyhow::Error;
    fn construct(language: LanguageIdentifier, (): ()) -> Result<Numbers> {
        Ok(Numbers(formatter(&language.to_string())?))
    }
}

fn formatter(tag: &str) -> Result<DecimalFormatter> {
    let locale: icu_locale::Locale = tag.parse().map_err(|_| anyhow!("{tag}: not a locale"))?;
    Ok(DecimalFormatter::try_new(locale.into(), Default::default())?)
}

fn decimals_of(number: &FluentNumber) -> u8 {
    number.options.maximum_fraction_digits.unwrap_or(0) as u8
}

fn value_of(arg: &Arg) -> FluentValue<'static> {
    let number = |value, decimals: u8, use_grouping| {
        FluentValue::Number(FluentNumber::new(
            value,
            FluentNumberOptions {
                use_grouping,
                // Left unset for whole numbers, so that `[0]` in a message matches.
                minimum_fraction_digits: (decimals > 0).then_some(decimals.into()),
                maximum_fraction_digits: (decimals > 0).then_some(decimals.into()),
                ..Default::default()
            },
        ))
    };
    match arg {
        Arg::Text(text) => text.clone().into(),
        Arg::Number(value, decimals) => number(*value, *decimals, true),
        Arg::Name(value) => number(*value as f64, 0, false),
    }
}

fn written(numbers: &DecimalFormatter, value: f64, decimals: u8) -> String {
    let Ok(mut decimal) = Decimal::try_from_f64(value, FloatPrecision::RoundTrip) else {
        return "·".to_owned();
    };
    let half_even = SignedRoundingMode::Unsigned(UnsignedRoundingMode::HalfExpand);
    decimal.round_with_mode(-i16::from(decimals), half_even);
    decimal.absolute.pad_end(-i16::from(decimals));
    if decimal.absolute.is_zero() {
        decimal.sign = Sign::None;
    }
    // CLDR writes a hyphen in most languages; type has a sign for it, as wide as the plus.
    numbers.format(&decimal).to_string().replace('-', "\u{2212}")
}
