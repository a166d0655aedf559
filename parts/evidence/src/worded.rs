//! Records in the reader's words: sentences, citations, and everything of this part that search
//! may find.

use std::sync::Arc;

use base::language::{Arg, Words};
use base::part::Pending;
use base::{Reader, Refusal, Site};

use crate::effect::Effect;
use crate::library::Library;
use crate::source::Source;
use crate::store;
use crate::words::{Argument, Sentence, sentence};

/// The library as the database has it now, held until a change.
pub async fn held(site: &Site) -> Result<Arc<Library>, Refusal> {
    site.memo(|| async { Ok(store::library(&site.storage).await?) }).await
}

/// A sentence in the reader's language.
pub fn say(words: &Words, sentence: &Sentence) -> String {
    let args: Vec<(&str, Arg)> = sentence
        .arguments
        .iter()
        .map(|(name, argument)| {
            let arg = match argument {
                Argument::Number(value, decimals) => Arg::Number(*value, *decimals),
                Argument::Text(text) => Arg::Text(text.clone()),
                Argument::Wording(message) => Arg::Text(words.say(message)),
            };
            (*name, arg)
        })
        .collect();
    words.say_with(&sentence.message, &args)
}

/// A count that a message chooses by: "none" rather than 0, which no message can tell from another
/// number that is also to be written.
pub fn some(count: usize) -> Arg {
    if count == 0 { "none".into() } else { count.into() }
}

/// What an effect says, in one sentence.
pub fn effect(words: &Words, effect: &Effect) -> String {
    say(words, &sentence(effect))
}

/// The terms of a source: the list's words, or what the file that brought it states.
pub fn terms(words: &Words, source: &Source) -> String {
    match &source.terms_stated {
        Some(stated) => words.say_with("terms-stated", &[("terms", stated.as_str().into())]),
        None => words.say(source.terms.message()),
    }
}

/// The citation of a source, in the reader's language.
pub fn citation(words: &Words, source: &Source) -> base::document::Citation {
    base::document::Citation {
        id: source.id.clone(),
        number: 0,
        label: source.short(),
        text: source.citation(words.language.tag()).text.clone(),
        licence: terms(words, source),
        link: source.link.clone(),
        read: source.read_on.map(|day| day.to_string()),
        href: format!("/sources/{}", source.id),
    }
}

/// Cites those of `ids` that are kept here.
pub fn cite<'a>(
    site: &'a Site,
    reader: &'a Reader,
    ids: Vec<String>,
) -> Pending<'a, Vec<base::document::Citation>> {
    Box::pin(async move {
        let library = held(site).await?;
        let known = ids.iter().filter_map(|id| library.source(id));
        Ok(known.map(|source| citation(&reader.words, source)).collect())
    })
}
