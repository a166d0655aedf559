//! A cell, or the cells of several columns that belong together: `label::fr` and `label::en`
//! are one label in two languages, `media::image::fr` is nested once more.

use indexmap::IndexMap;

/// Text, or values by language, medium or attribute in the order of their columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    Text(String),
    Map(Map),
}

pub(crate) type Map = IndexMap<String, Value>;

impl Value {
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            Value::Map(_) => None,
        }
    }

    pub(crate) fn map(&self) -> Option<&Map> {
        match self {
            Value::Text(_) => None,
            Value::Map(map) => Some(map),
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        match self {
            Value::Text(text) => text.is_empty(),
            Value::Map(map) => map.is_empty(),
        }
    }

    /// Text as it stands; a map as its entries would be printed.
    pub(crate) fn display(&self) -> String {
        match self {
            Value::Text(text) => text.clone(),
            Value::Map(map) => display(map),
        }
    }

    /// Puts `value` under a path of keys: `["fr"]` of a label, `["image", "fr"]` of media.
    pub(crate) fn nested(path: &[String], value: String) -> Value {
        match path {
            [] => Value::Text(value),
            [key, rest @ ..] => {
                Value::Map(Map::from_iter([(key.clone(), Self::nested(rest, value))]))
            }
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Value::Text(text)
    }
}

/// Joins two readings of one column. Text without a language belongs to the default language,
/// and gives way where that language is spelt out.
pub(crate) fn merge(old: Option<Value>, new: Value, default_language: &str) -> Value {
    let Some(old) = old.filter(|old| !old.is_empty()) else { return new };
    if new.is_empty() {
        return old;
    }
    let (mut old, new) = match (old, new) {
        (Value::Map(old), Value::Map(new)) => (old, new),
        (Value::Map(old), text) => {
            if old.contains_key(default_language) {
                return Value::Map(old);
            }
            (old, Map::from_iter([(default_language.to_owned(), text)]))
        }
        (text, Value::Map(new)) => {
            if new.contains_key(default_language) {
                return Value::Map(new);
            }
            (Map::from_iter([(default_language.to_owned(), text)]), new)
        }
        // The first came without a language, the second says that it is the default one.
        (_, new) => return new,
    };
    for (key, value) in new {
        let before = old.get_mut(&key).map(|slot| std::mem::replace(slot, Value::from("")));
        old.insert(key, merge(before, value, default_language));
    }
    Value::Map(old)
}

/// The entries of a row for a message: `{'type': 'note', 'label': 'Thank you'}`.
pub(crate) fn display(map: &Map) -> String {
    let entries = map.iter().map(|(key, value)| match value {
        Value::Text(text) => format!("'{key}': '{text}'"),
        Value::Map(map) => format!("'{key}': {}", display(map)),
    });
    format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
}
