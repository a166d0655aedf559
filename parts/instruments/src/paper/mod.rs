//! A questionnaire on paper: every form as pages to be filled in with a pen where there is no computer, with
//! the skips in words, a code on each page by which the version is known, and the numbers that a clerk keys.

mod condition;
pub mod entry;
mod gather;
pub mod keyed;

use anyhow::{Context, Result, anyhow};
use base::site::Sheet;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use xlsform::fill::{Attachments, Filling, Start};
use xlsform::xml::{self, Document};

use crate::compiled::{self, Compiled, name_of, tag_of};
use crate::filling::words;

pub use gather::{Answer, Numbered, numbered};

/// Blocks that a repeat is printed in where nobody asked for another number.
pub const COPIES: usize = 3;

/// The most that somebody may ask for: more is a stack of paper.
pub const MOST_COPIES: usize = 20;

/// What is to be printed.
pub struct Wanted<'a> {
    pub compiled: &'a Compiled,
    /// The name of one of the form's languages.
    pub language: &'a str,
    /// The title of the form or of the round.
    pub title: &'a str,
    /// Who asks, above the title; may be empty.
    pub kicker: &'a str,
    pub version: &'a str,
    pub code: &'a str,
    /// Whether nothing may say who answers.
    pub anonymous: bool,
    /// Blocks of each repeat.
    pub copies: usize,
    /// The day that the paper bears.
    pub day: &'a str,
}

/// The code at the foot of each page: five signs that nobody takes for one another, of the form's own text.
pub fn code(hash: &str) -> String {
    // Crockford's alphabet has neither I, L, O nor U.
    const SIGNS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let sum = Sha256::digest(hash.as_bytes());
    sum[..5].iter().map(|byte| char::from(SIGNS[usize::from(byte & 31)])).collect()
}

/// A code as somebody typed it: small letters, O for zero, I and L for one.
pub fn code_typed(text: &str) -> String {
    let plain = text.chars().filter(|c| c.is_ascii_alphanumeric()).map(|c| c.to_ascii_uppercase());
    plain
        .map(|c| match c {
            'O' => '0',
            'I' | 'L' => '1',
            c => c,
        })
        .collect()
}

/// The paper as the typesetter takes it.
pub fn sheet(wanted: &Wanted<'_>) -> Result<Sheet> {
    let now: Timestamp =
        format!("{}T00:00:00Z", wanted.day).parse().context("the day of the paper")?;
    let language = Some(wanted.language.to_owned()).filter(|it| it != "default");
    let start = Start { now, zone: TimeZone::UTC, seed: 0, language };
    let filling = Filling::new(wanted.compiled.xform.clone(), start)?;
    let words = words::of(wanted.language);
    let copies = wanted.copies.clamp(1, MOST_COPIES);
    let items = gather::items(wanted.compiled, &filling, wanted.language, words, copies);
    let said = |names: &[&str]| -> Value {
        let said = names
            .iter()
            .map(|name| ((*name).to_owned(), words.say(&format!("paper-{name}")).into()));
        Value::Object(said.collect())
    };
    let mut how: Vec<String> = ["how-tick", "how-one", "how-go", "how-mistake"]
        .iter()
        .map(|it| words.say(&format!("paper-{it}")))
        .collect();
    if !gather::any_skip(&items) {
        how.remove(2);
    }
    let version = match wanted.version {
        "" => String::new(),
        version => words.say_with("paper-version", &[("version", version.into())]),
    };
    let tongue = tag_of(wanted.language);
    let data = json!({
        "title": wanted.title,
        "kicker": wanted.kicker,
        "language": if wanted.language == "default" { "" } else { name_of(wanted.language) },
        "version": version,
        "code": wanted.code,
        "anonymous": wanted.anonymous,
        "how": how,
        "items": items,
        "page": words.say_with("paper-page", &[("page", "%1".into()), ("pages", "%2".into())]),
        "words": said(&[
            "how", "anonymous", "for", "record", "record-office", "code", "day", "month", "year", "hour",
            "minute", "latitude", "longitude", "read", "end", "device", "rank", "several", "copy-more",
        ]),
    });
    Ok(Sheet {
        template: include_str!("form.typ"),
        data,
        drawings: Vec::new(),
        title: wanted.title.to_owned(),
        language: if tongue.len() > 8 || tongue == "default" {
            "en".to_owned()
        } else {
            tongue.to_owned()
        },
        day: wanted.day.to_owned(),
    })
}

/// What a workbook on somebody's own machine is to be printed as.
pub struct Loose<'a> {
    pub bytes: &'a [u8],
    pub file_name: &'a str,
    pub files: &'a Attachments,
    /// A tag or name of a language; the form's own first one where none is given.
    pub language: Option<&'a str>,
    pub anonymous: bool,
    pub copies: usize,
    pub day: &'a str,
}

/// The paper of a workbook that no site knows. Every problem of the workbook is given; with an error there
/// is no paper.
pub fn of_workbook(loose: &Loose<'_>) -> (Result<Sheet>, Vec<String>) {
    let (compiled, problems) = compiled::compile(loose.bytes, loose.file_name, loose.files);
    let told: Vec<String> = problems.iter().map(compiled::sentence).collect();
    let Some(compiled) = compiled else {
        return (Err(anyhow!("{} makes no form", loose.file_name)), told);
    };
    let language = match language_of(&compiled, loose.language) {
        Ok(language) => language,
        Err(error) => return (Err(error), told),
    };
    let form = &compiled.form;
    let wanted = Wanted {
        compiled: &compiled,
        language: &language,
        title: form.title(),
        kicker: "",
        version: form.version().unwrap_or(""),
        code: &code(&compiled::digest(form.xml().as_bytes())),
        anonymous: loose.anonymous,
        copies: loose.copies,
        day: loose.day,
    };
    (sheet(&wanted), told)
}

/// The language of a form by its tag or name.
pub fn language_of(compiled: &Compiled, asked: Option<&str>) -> Result<String> {
    let languages = compiled.languages();
    let Some(asked) = asked else { return Ok(languages[0].clone()) };
    let known = |it: &&String| {
        it.as_str() == asked
            || tag_of(it).eq_ignore_ascii_case(asked)
            || name_of(it).eq_ignore_ascii_case(asked)
    };
    languages.iter().find(known).cloned().ok_or_else(|| {
        anyhow!("the form has no language {asked:?}; it has: {}", languages.join(", "))
    })
}

/// The record with the way by which it came: `mode="paper"` on its root.
pub fn of_paper(record: &str) -> Result<String> {
    let mut document = Document::new();
    let root = xml::parse(&mut document, record)?;
    let data = document.elements(root).next().context("the record is empty")?;
    document.set_attribute(data, "mode", "paper");
    Ok(document.xml(data))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_five_signs_and_forgives_who_types_it() {
        let made = code("0123");
        assert_eq!(made.len(), 5);
        assert_eq!(code_typed(&made.to_lowercase()), made);
        assert_eq!(code_typed("k7-ol i"), "K7011");
        assert_ne!(code("0124"), made);
    }
}
