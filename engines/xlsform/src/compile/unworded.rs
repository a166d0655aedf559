//! What has a label in one language of the form and none in another: whoever reads the other language would see a
//! name, or nothing. The form is made all the same, since a translation may grow.

use std::fmt;

use super::element::{Kind, Tree};
use super::translations::by_language;
use super::value::Value;

/// Names that a sentence gives before it ends in dots.
const NAMED: usize = 10;

/// What lacks a label in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unworded {
    pub language: String,
    /// Questions and groups, by name, in the order of the form.
    pub questions: Vec<String>,
    /// Choices, as `list/name`.
    pub choices: Vec<String>,
}

impl Unworded {
    /// The first names of a list, with dots where it goes on.
    pub fn some(names: &[String]) -> String {
        let some = names.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
        if names.len() > NAMED { format!("{some}, …") } else { some }
    }
}

impl fmt::Display for Unworded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let said = |names: &[String], one: &str, many: &str| match names.len() {
            0 => None,
            1 => Some(format!("one {one} has no label in {}: {}", self.language, names[0])),
            count => Some(format!(
                "{count} {many} have no label in {}: {}",
                self.language,
                Unworded::some(names)
            )),
        };
        let parts = [
            said(&self.questions, "question", "questions"),
            said(&self.choices, "choice", "choices"),
        ];
        f.write_str(&parts.into_iter().flatten().collect::<Vec<_>>().join("; "))
    }
}

/// For each language of the form what it lacks; a form in one language lacks nothing.
pub(super) fn unworded(tree: &Tree, languages: &[String]) -> Vec<Unworded> {
    if languages.len() < 2 {
        return Vec::new();
    }
    let default = tree.settings.default_language.as_str();
    let lacks = |label: &Option<Value>, language: &str| {
        let spoken = label.as_ref().map(|label| by_language(label, default)).unwrap_or_default();
        let worded = |text: &str| !text.trim().is_empty();
        spoken.iter().any(|(_, text)| worded(text))
            && !spoken.iter().any(|(known, text)| *known == language && worded(text))
    };
    let shown = |kind: &Kind| matches!(kind, Kind::Group | Kind::Repeat | Kind::Question);
    let all = languages.iter().map(|language| {
        let elements = tree.descendants(Tree::ROOT).into_iter().skip(1).map(|id| tree.get(id));
        let questions = elements
            .filter(|element| shown(&element.kind) && lacks(&element.label, language))
            .map(|element| element.name.clone());
        let choices = tree.choices.iter().flat_map(|(list, choices)| {
            let lacking = choices.choices.iter().filter(|it| lacks(&it.label, language));
            lacking.map(move |it| format!("{list}/{}", it.name))
        });
        Unworded {
            language: language.clone(),
            questions: questions.collect(),
            choices: choices.collect(),
        }
    });
    all.filter(|it| !it.questions.is_empty() || !it.choices.is_empty()).collect()
}
