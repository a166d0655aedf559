//! The itext: every label, hint and message in every language, with pictures and sound. Each
//! language has the same entries; what is missing is a hyphen, as clients expect.

use indexmap::IndexMap;

use super::element::{Element, Id, Kind, Tree};
use super::paths::Paths;
use super::reference;
use super::translations::by_language;
use super::value::{Map, Value};
use super::write::Node;
use crate::Problem;

/// Text of one form, and the element whose answers it may mention.
struct Text {
    text: String,
    context: Option<Id>,
}

/// Forms (`long`, `guidance`, `image` …) by entry by language.
#[derive(Default)]
pub(crate) struct Itext {
    languages: IndexMap<String, IndexMap<String, IndexMap<String, Text>>>,
}

impl Itext {
    pub(crate) fn of(tree: &Tree, paths: &Paths) -> Result<Self, Problem> {
        let mut itext = Self::default();
        let default = tree.settings.default_language.as_str();
        for (name, list) in tree.choices.iter().filter(|(_, list)| list.in_itext) {
            for (index, choice) in list.choices.iter().enumerate() {
                let id = format!("{name}-{index}");
                if let Some(label) = choice.label.as_ref().filter(|label| !label.is_empty()) {
                    for (language, text) in by_language(label, default) {
                        itext.add(language, &id, "long", text, None);
                    }
                }
                for (medium, value) in choice.media.iter().flatten() {
                    for (language, file) in by_language(value, default) {
                        itext.add(language, &id, medium, file, None);
                    }
                }
            }
        }
        let elements = tree.descendants(Tree::ROOT);
        for id in &elements {
            itext.element(tree.get(*id), *id, paths.of(*id), default);
        }
        for id in &elements {
            let shown = tree.get(*id).kind != Kind::ExternalFile;
            if let Some(media) = tree.get(*id).media.as_ref().filter(|_| shown) {
                itext.media(media, paths.of(*id), default)?;
            }
        }
        itext.fill();
        Ok(itext)
    }

    pub(crate) fn languages(&self) -> Vec<String> {
        self.languages.keys().cloned().collect()
    }

    fn add(&mut self, language: &str, id: &str, form: &str, text: &str, context: Option<Id>) {
        let text = Text { text: text.to_owned(), context };
        let language = match self.languages.get_mut(language) {
            Some(language) => language,
            None => self.languages.entry(language.to_owned()).or_default(),
        };
        match language.get_mut(id) {
            Some(entry) => entry.insert(form.to_owned(), text),
            None => language.entry(id.to_owned()).or_default().insert(form.to_owned(), text),
        };
    }

    fn element(&mut self, element: &Element, id: Id, path: &str, default: &str) {
        if !matches!(
            element.kind,
            Kind::Survey | Kind::Group | Kind::Repeat | Kind::Question | Kind::Entity
        ) {
            return;
        }
        for message in ["jr:constraintMsg", "jr:requiredMsg", "jr:noAppErrorString"] {
            let Some(value) = element.bind.as_ref().and_then(|bind| bind.get(message)) else {
                continue;
            };
            if in_itext(message, value) {
                for (language, text) in by_language(value, default) {
                    self.add(language, &format!("{path}:{message}"), "long", text, Some(id));
                }
            }
        }
        if let Some(label) = &element.label
            && element.label_in_itext()
            && !(matches!(label, Value::Text(text) if text.is_empty()))
        {
            for (language, text) in by_language(label, default) {
                self.add(language, &format!("{path}:label"), "long", text, Some(id));
            }
        }
        if let Some(hint) = &element.hint
            && (matches!(hint, Value::Map(_)) || (element.has_hint() && element.has_guidance()))
        {
            for (language, text) in by_language(hint, default) {
                self.add(language, &format!("{path}:hint"), "long", text, Some(id));
            }
        }
        if let Some(guidance) = element.guidance_hint.as_ref().filter(|hint| !hint.is_empty()) {
            for (language, text) in by_language(guidance, default) {
                self.add(language, &format!("{path}:hint"), "guidance", text, Some(id));
            }
        }
    }

    fn media(&mut self, media: &Map, path: &str, default: &str) -> Result<(), Problem> {
        let media = match media.get("default") {
            Some(Value::Map(inner)) => inner,
            _ => media,
        };
        for (medium, value) in media {
            if !matches!(medium.as_str(), "image" | "big-image" | "audio" | "video") {
                return Err(Problem::error(format!("Media type: {medium} not supported")));
            }
            for (language, file) in by_language(value, default) {
                self.add(language, &format!("{path}:label"), medium, file, None);
            }
        }
        Ok(())
    }

    /// Gives every language every entry, with a hyphen where it has no text of its own.
    fn fill(&mut self) {
        let mut all: IndexMap<String, Vec<String>> = IndexMap::new();
        for entries in self.languages.values() {
            for (id, forms) in entries {
                let known = match all.get_mut(id) {
                    Some(known) => known,
                    None => all.entry(id.clone()).or_default(),
                };
                for form in forms.keys() {
                    if !known.contains(form) {
                        known.push(form.clone());
                    }
                }
            }
        }
        for entries in self.languages.values_mut() {
            for (id, forms) in &all {
                if !entries.contains_key(id) {
                    entries.insert(id.clone(), IndexMap::new());
                }
                let entry = &mut entries[id];
                for form in forms {
                    if !entry.contains_key(form) {
                        let text = Text { text: "-".to_owned(), context: None };
                        entry.insert(form.clone(), text);
                    }
                }
            }
        }
    }

    /// The `<itext>` element, when there is anything in it.
    pub(crate) fn node(&self, tree: &Tree, paths: &Paths) -> Result<Option<Node>, Problem> {
        if self.languages.is_empty() {
            return Ok(None);
        }
        let mut itext = Node::new("itext");
        for (language, entries) in &self.languages {
            let mut translation = Node::new("translation").with("lang", language.as_str());
            if *language == tree.settings.default_language {
                translation.set("default", "true()");
            }
            for (id, forms) in entries {
                translation.push(entry(id, forms, paths)?);
            }
            itext.push(translation);
        }
        Ok(Some(itext))
    }
}

fn entry(id: &str, forms: &IndexMap<String, Text>, paths: &Paths) -> Result<Node, Problem> {
    let is_hint = id.split_once(':').is_some_and(|(_, kind)| kind == "hint");
    let mut entry = Node::new("text");
    for (form, text) in forms {
        let mut value = Node::new("value");
        let prefix = match form.as_str() {
            "long" => String::new(),
            "guidance" if is_hint => {
                value.set("form", "guidance");
                String::new()
            }
            _ if text.text == "-" => continue,
            "image" | "big-image" => {
                value.set("form", form.as_str());
                "jr://images/".to_owned()
            }
            medium => {
                value.set("form", medium);
                format!("jr://{medium}/")
            }
        };
        let content = if prefix.is_empty() {
            paths.with_outputs(&text.text, text.context)?
        } else {
            paths.with_outputs(&format!("{prefix}{}", text.text), None)?
        };
        entry.push(value.extend(content));
    }
    entry.set("id", id);
    Ok(entry)
}

/// Whether a message of a bind stands in the itext: it is translated, or mentions answers.
pub(crate) fn in_itext(message: &str, value: &Value) -> bool {
    match value {
        Value::Map(_) => true,
        Value::Text(text) => message != "jr:noAppErrorString" && reference::contains(text),
    }
}
