//! What changed between two versions of an instrument, question by question, for whoever must say
//! whether the answers can still be compared.

use std::collections::BTreeMap;

use crate::binds::{self, Bind};
use crate::compiled::{Compiled, label};

/// One change. `words` names a message; the rest are its values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    Added {
        name: String,
        label: String,
    },
    Removed {
        name: String,
        label: String,
    },
    /// Answers before and after cannot be put into one column without thought.
    Kind {
        name: String,
        before: String,
        after: String,
    },
    Words {
        name: String,
        language: String,
        before: String,
        after: String,
    },
    Moved {
        name: String,
    },
    /// When it is asked, what it takes, how it is calculated. `rule` is a word of a message.
    Rule {
        name: String,
        rule: &'static str,
        before: String,
        after: String,
    },
    Hint {
        name: String,
        language: String,
        before: String,
        after: String,
    },
    ListAdded {
        list: String,
    },
    ListRemoved {
        list: String,
    },
    ChoiceAdded {
        list: String,
        value: String,
    },
    ChoiceRemoved {
        list: String,
        value: String,
    },
    ChoiceWords {
        list: String,
        value: String,
        language: String,
        before: String,
        after: String,
    },
    LanguageAdded {
        language: String,
    },
    LanguageRemoved {
        language: String,
    },
}

/// Everything that differs, in the order of the newer version.
pub fn between(before: &Compiled, after: &Compiled) -> Vec<Change> {
    let mut changes = Vec::new();
    let (old_languages, new_languages) = (before.languages(), after.languages());
    for language in new_languages.iter().filter(|it| !old_languages.contains(it)) {
        changes.push(Change::LanguageAdded { language: language.clone() });
    }
    for language in old_languages.iter().filter(|it| !new_languages.contains(it)) {
        changes.push(Change::LanguageRemoved { language: language.clone() });
    }
    questions(before, after, &new_languages, &mut changes);
    rules(before, after, &mut changes);
    lists(before, after, &new_languages, &mut changes);
    changes
}

fn questions(before: &Compiled, after: &Compiled, languages: &[String], changes: &mut Vec<Change>) {
    let old: BTreeMap<&str, _> =
        before.form.questions().iter().map(|question| (&*question.path, question)).collect();
    let new: BTreeMap<&str, _> =
        after.form.questions().iter().map(|question| (&*question.path, question)).collect();
    let first = |labels: &[(String, String)]| label(labels, "").unwrap_or("").to_owned();
    // The order of those that both have; what left its place among them has moved.
    let kept: Vec<&str> = before
        .form
        .questions()
        .iter()
        .map(|question| &*question.path)
        .filter(|path| new.contains_key(path))
        .collect();
    let now: Vec<&str> = after
        .form
        .questions()
        .iter()
        .map(|question| &*question.path)
        .filter(|path| old.contains_key(path))
        .collect();
    let moved = moved(&kept, &now);
    for question in after.form.questions() {
        let name = question.name.clone();
        let Some(earlier) = old.get(&*question.path) else {
            changes.push(Change::Added { name, label: first(&question.labels) });
            continue;
        };
        if earlier.type_name != question.type_name || earlier.list != question.list {
            let kind = |it: &xlsform::Question| match &it.list {
                Some(list) => format!("{} {list}", it.type_name),
                None => it.type_name.clone(),
            };
            let (before, after) = (kind(earlier), kind(question));
            changes.push(Change::Kind { name: name.clone(), before, after });
        }
        for language in languages {
            let of = |labels: &[(String, String)]| {
                labels.iter().find(|(known, _)| known == language).map(|(_, text)| text.clone())
            };
            if let (Some(before), Some(after)) = (of(&earlier.labels), of(&question.labels))
                && before != after
            {
                let (name, language) = (name.clone(), language.clone());
                changes.push(Change::Words { name, language, before, after });
            }
        }
        if moved.contains(&&*question.path) {
            changes.push(Change::Moved { name });
        }
    }
    for question in before.form.questions() {
        if !new.contains_key(&*question.path) {
            let name = question.name.clone();
            changes.push(Change::Removed { name, label: first(&question.labels) });
        }
    }
}

/// What must be moved to turn one order into the other: all but a longest common row.
fn moved<'a>(before: &[&'a str], after: &[&'a str]) -> Vec<&'a str> {
    let place: BTreeMap<&str, usize> =
        before.iter().enumerate().map(|(at, name)| (*name, at)).collect();
    // Longest increasing run of places (patience sorting), with the way back.
    let mut ends: Vec<usize> = Vec::new();
    let mut from: Vec<Option<usize>> = vec![None; after.len()];
    let at = |index: usize| place.get(after[index]).copied().unwrap_or(0);
    for (index, earlier) in from.iter_mut().enumerate() {
        let spot = ends.partition_point(|end| at(*end) < at(index));
        *earlier = spot.checked_sub(1).map(|spot| ends[spot]);
        if spot == ends.len() {
            ends.push(index);
        } else {
            ends[spot] = index;
        }
    }
    let mut stays = vec![false; after.len()];
    let mut here = ends.last().copied();
    while let Some(index) = here {
        stays[index] = true;
        here = from[index];
    }
    after.iter().zip(stays).filter(|(_, stays)| !stays).map(|(name, _)| *name).collect()
}

/// Rules and hints of questions that both versions have, in the order of the newer one.
fn rules(before: &Compiled, after: &Compiled, changes: &mut Vec<Change>) {
    let (old_binds, new_binds) = (binds::of(before), binds::of(after));
    let (old_hints, new_hints) = (binds::hints(before), binds::hints(after));
    for question in after.form.questions().iter().filter(|it| !it.path.contains("/meta/")) {
        let in_both = before.form.questions().iter().any(|it| it.path == question.path);
        if !in_both {
            continue;
        }
        let of =
            |binds: &BTreeMap<String, Bind>| binds.get(&question.path).cloned().unwrap_or_default();
        let (old, new) = (of(&old_binds), of(&new_binds));
        let pairs = [
            ("relevant", old.relevant, new.relevant),
            ("constraint", old.constraint, new.constraint),
            ("required", old.required, new.required),
            ("calculate", old.calculate, new.calculate),
            ("readonly", old.read_only, new.read_only),
        ];
        for (rule, before, after) in pairs {
            if before != after {
                changes.push(Change::Rule { name: question.name.clone(), rule, before, after });
            }
        }
        let none = Vec::new();
        let of = |hints: &'_ BTreeMap<String, Vec<(String, String)>>| {
            hints.get(&question.path).unwrap_or(&none).clone()
        };
        let (old, new) = (of(&old_hints), of(&new_hints));
        let mut languages: Vec<&String> =
            new.iter().chain(&old).map(|(language, _)| language).collect();
        languages.sort();
        languages.dedup();
        for language in languages {
            let of = |hints: &[(String, String)]| {
                let found = hints.iter().find(|(known, _)| known == language);
                found.map(|(_, text)| text.clone()).unwrap_or_default()
            };
            let (before, after) = (of(&old), of(&new));
            if before != after {
                let (name, language) = (question.name.clone(), language.clone());
                changes.push(Change::Hint { name, language, before, after });
            }
        }
    }
}

fn lists(before: &Compiled, after: &Compiled, languages: &[String], changes: &mut Vec<Change>) {
    for (list, items) in &after.lists {
        let Some(earlier) = before.lists.get(list) else {
            changes.push(Change::ListAdded { list: list.clone() });
            continue;
        };
        for item in items {
            let value = item.value.clone();
            let list = list.clone();
            let Some(old) = earlier.iter().find(|it| it.value == item.value) else {
                changes.push(Change::ChoiceAdded { list, value });
                continue;
            };
            for language in languages {
                let of = |labels: &[(String, String)]| {
                    let found = labels.iter().find(|(known, _)| known == language);
                    found.map(|(_, text)| text.clone())
                };
                // A language that is new has been told once, as a language.
                if let (Some(before), Some(after)) = (of(&old.labels), of(&item.labels))
                    && before != after
                {
                    let (list, value, language) = (list.clone(), value.clone(), language.clone());
                    changes.push(Change::ChoiceWords { list, value, language, before, after });
                }
            }
        }
        for item in earlier {
            if !items.iter().any(|it| it.value == item.value) {
                let (list, value) = (list.clone(), item.value.clone());
                changes.push(Change::ChoiceRemoved { list, value });
            }
        }
    }
    for list in before.lists.keys().filter(|list| !after.lists.contains_key(*list)) {
        changes.push(Change::ListRemoved { list: list.clone() });
    }
}

#[cfg(test)]
mod tests {
    use super::moved;

    #[test]
    fn one_question_that_moved_is_one_that_moved() {
        assert_eq!(moved(&["a", "b", "c", "d"], &["b", "c", "d", "a"]), ["a"]);
        assert_eq!(moved(&["a", "b"], &["a", "b"]), Vec::<&str>::new());
    }
}
