//! The words around a questionnaire (next, back, send) in the languages of respondents, which are
//! more than those of the site: a nurse reads her own language while the secretariat reads two.

use std::sync::{Arc, LazyLock};

use base::{Languages, Words};
use rust_embed::RustEmbed;

use crate::compiled::tag_of;

#[derive(RustEmbed)]
#[folder = "filling"]
struct Files;

static LANGUAGES: LazyLock<Languages> = LazyLock::new(|| {
    let messages = base::part::messages::<Files>("instruments");
    Languages::new(messages, "en").unwrap_or_else(|error| panic!("{error:#}"))
});

/// The words for a form's language, such as `Română (ro)`; English where there are none.
pub fn of(language: &str) -> &'static Arc<Words> {
    let tag = tag_of(language);
    // Serbian without a script is written in Latin by most of the region's systems.
    let tag = if tag == "sr" { "sr-Latn" } else { tag };
    let found = LANGUAGES.get(tag).or_else(|| LANGUAGES.accepted(tag));
    found.unwrap_or_else(|| LANGUAGES.default())
}

/// Every language that has words.
pub fn all() -> Vec<&'static Arc<Words>> {
    LANGUAGES.all()
}
