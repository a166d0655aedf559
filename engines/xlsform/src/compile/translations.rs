//! Which languages the sheets speak, and which columns a language lacks.

use indexmap::{IndexMap, IndexSet};
use std::collections::BTreeMap;

use super::value::Value;
use crate::Problem;

/// Columns that are translated, and the name they are reported by.
const SURVEY: [(&str, &str); 9] = [
    ("label", "label"),
    ("hint", "hint"),
    ("guidance_hint", "guidance_hint"),
    ("image", "image"),
    ("big-image", "big-image"),
    ("audio", "audio"),
    ("video", "video"),
    ("jr:constraintMsg", "constraint_message"),
    ("jr:requiredMsg", "required_message"),
];
pub(crate) const CHOICES: [(&str, &str); 5] = [
    ("label", "label"),
    ("image", "image"),
    ("big-image", "big-image"),
    ("audio", "audio"),
    ("video", "video"),
];

/// The languages of one sheet with the translated columns each has.
struct Languages {
    seen: IndexMap<String, Vec<&'static str>>,
    columns: IndexSet<&'static str>,
}

impl Languages {
    fn of(headers: &[Vec<String>], columns: &[(&'static str, &'static str)]) -> Self {
        let mut found = Self { seen: IndexMap::new(), columns: IndexSet::new() };
        for header in headers {
            let parts = match header.as_slice() {
                [group, rest @ ..]
                    if !rest.is_empty() && matches!(group.as_str(), "media" | "bind") =>
                {
                    rest
                }
                all => all,
            };
            let [head, rest @ ..] = parts else { continue };
            let Some((_, name)) = columns.iter().find(|(column, _)| column == head) else {
                continue;
            };
            match rest {
                [] => found.seen.entry("default".to_owned()).or_default().push(name),
                [language] => found.seen.entry(language.clone()).or_default().push(name),
                _ => {}
            }
            found.columns.insert(name);
        }
        found
    }

    fn only_default(&self) -> bool {
        self.seen.is_empty() || (self.seen.len() == 1 && self.seen.contains_key("default"))
    }

    /// Sentences about the columns that are missing, language by language.
    fn missing(&self, sheet: &str) -> Vec<String> {
        if self.only_default() {
            return Vec::new();
        }
        let mut missing: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (language, has) in &self.seen {
            let lacks = self.columns.iter().filter(|column| !has.contains(column));
            missing.insert(language, lacks.copied().collect());
        }
        let sentences = missing.into_iter().filter_map(|(language, mut columns)| {
            columns.sort_unstable();
            match columns.as_slice() {
                [] => None,
                [one] => {
                    Some(format!("Language '{language}' is missing the {sheet} {one} column."))
                }
                many => Some(format!(
                    "Language '{language}' is missing the {sheet} columns {}.",
                    many.join(", ")
                )),
            }
        });
        sentences.collect()
    }
}

/// The languages of the survey and the choices.
pub(crate) struct SheetLanguages {
    survey: Languages,
    choices: Languages,
    /// A question asked for "or other".
    pub(crate) or_other: bool,
}

impl SheetLanguages {
    pub(crate) fn of(survey: &[Vec<String>], choices: &[Vec<String>]) -> Self {
        Self {
            survey: Languages::of(survey, &SURVEY),
            choices: Languages::of(choices, &CHOICES),
            or_other: false,
        }
    }

    pub(crate) fn missing_warning(&self, problems: &mut Vec<Problem>) {
        let mut sentences = self.survey.missing("survey");
        sentences.extend(self.choices.missing("choices"));
        if !sentences.is_empty() {
            problems.push(Problem::warning(sentences.join("\n")));
        }
    }

    pub(crate) fn or_other_warning(&self, problems: &mut Vec<Problem>) {
        if self.or_other && !(self.survey.only_default() && self.choices.only_default()) {
            problems.push(Problem::warning(
                "This form uses or_other and translations, which is not recommended. An \
                 untranslated input question label and choice label is generated for 'other'. \
                 Learn more: https://xlsform.org/en/#specify-other).",
            ));
        }
    }
}

/// Whether the value speaks more than one language.
pub(crate) fn by_language<'a>(
    value: &'a Value,
    default_language: &'a str,
) -> Vec<(&'a str, &'a str)> {
    match value {
        Value::Text(text) => vec![(default_language, text)],
        Value::Map(map) => map
            .iter()
            .filter_map(|(language, text)| Some((language.as_str(), text.text()?)))
            .collect(),
    }
}

/// Languages without a valid code in parentheses, as in `Română (ro)`. Codes are those of the
/// IANA registry of language subtags.
pub(crate) fn without_code<'a>(languages: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let codes = include_str!("../../data/language-subtags.txt");
    let has_code = |language: &str| {
        let Some(inside) = language.strip_suffix(')') else { return false };
        // From the first opening parenthesis, as the registry's codes contain none.
        let Some((_, code)) = inside.split_once('(') else { return false };
        // A script may stand behind the language (`sr-Latn`): RFC 5646 has it, pyxform's list of single subtags does not.
        let known = |code: &str| codes.lines().any(|known| known == code);
        let of_script = code.split_once('-').filter(|(_, script)| is_script(script));
        known(code) || of_script.is_some_and(|(language, _)| known(language))
    };
    languages
        .filter(|language| *language != "default" && language.chars().count() >= 3)
        .filter(|language| !has_code(language))
        .collect()
}

/// Whether a subtag has the shape of a script of ISO 15924: `Latn`, `Cyrl`.
fn is_script(subtag: &str) -> bool {
    let mut letters = subtag.chars();
    subtag.len() == 4
        && letters.next().is_some_and(|first| first.is_ascii_uppercase())
        && letters.all(|letter| letter.is_ascii_lowercase())
}
