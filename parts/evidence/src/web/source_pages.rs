//! The list of sources and the page of each: citation, terms, what it holds, what is wrong with it,
//! and a copy for a reference manager.

use axum::extract::{Path, State};
use axum::response::Response;
use base::answer::{self, Form};
use base::page::{Head, value};
use base::{App, Reader, Refusal};
use minijinja::context;

use crate::download::{bibtex, csl_json};
use crate::{lists, worded};

const BIBTEX: &str = "application/x-bibtex; charset=utf-8";
const CSL: &str = "application/vnd.citationstyles.csl+json";

/// `/sources`.
pub async fn all(State(site): State<App>, reader: Reader) -> Result<Response, Refusal> {
    let library = worded::held(&site).await?;
    let table = lists::sources(&reader.words, &library, library.sources.iter());
    let head = Head::titled(reader.say("evidence-sources-title"))
        .about(reader.say("evidence-sources-lead"));
    let values = context! { count => library.sources.len(), view => value(table.view(&reader)) };
    answer::page(&site, &reader, "evidence/sources.html", head, values)
}

/// `/sources.csv`, `.xlsx`, `.json`, and `.bib` for all of them.
pub async fn all_as(
    State(site): State<App>,
    reader: Reader,
    Path(form): Path<String>,
) -> Result<Response, Refusal> {
    let library = worded::held(&site).await?;
    if form == "bib" {
        let all: Vec<_> = library.sources.iter().collect();
        return Ok(answer::file(bibtex(&all).into_bytes(), BIBTEX, "sources.bib"));
    }
    let (_, form) = Form::of(&format!("sources.{form}"));
    answer::table(lists::sources(&reader.words, &library, library.sources.iter()), &reader, form)
}

/// `/sources/platt-2018`; with `.bib` as BibTeX, with `.json` as CSL-JSON.
pub async fn one(
    State(site): State<App>,
    reader: Reader,
    Path(name): Path<String>,
) -> Result<Response, Refusal> {
    let library = worded::held(&site).await?;
    // An id that an imported file brought may hold a dot, so the whole name is tried first.
    let (id, ending) = match name.rsplit_once('.') {
        Some((id, ending)) if library.source(&name).is_none() => (id, Some(ending)),
        _ => (name.as_str(), None),
    };
    let source = library.source(id).ok_or_else(|| Refusal::not_found("no-source", &name))?;
    match ending {
        Some("bib") => {
            return Ok(answer::file(bibtex(&[source]).into_bytes(), BIBTEX, &format!("{id}.bib")));
        }
        Some("json") => {
            return Ok(answer::file(csl_json(&[source]).into_bytes(), CSL, &format!("{id}.json")));
        }
        Some(_) => return Err(Refusal::not_found("no-form", &name)),
        None => {}
    }
    let words = &reader.words;
    let resting = lists::effects(
        words,
        &library,
        "effects-of-source",
        words.say("evidence-effects-of-source"),
        library.effects_of_source(id),
    );
    let head = Head::titled(source.short())
        .about(source.title.clone())
        .under(reader.say("way-sources"), "/sources");
    let values = context! {
        kind => words.say(source.kind.message()),
        title => source.title.clone(),
        citation => source.citation(words.language.tag()).html.clone(),
        terms => worded::terms(words, source),
        credit => source.credit.clone(),
        publisher => source.publisher.clone(),
        link => source.link.clone(),
        doi => source.doi.clone(),
        read => source.read_on.map(|day| day.to_string()),
        typed_by => source.typed_by.map(|who| words.say(who.message())),
        holds => source.holds.as_deref().map(|message| words.say(message)),
        defects => source.defects.as_deref().map(|message| words.say(message)),
        shipped => source.shipped,
        here => format!("/sources/{}", source.id),
        id => source.id.clone(),
        effects => resting.rows.len(),
        table => value(resting),
    };
    answer::page(&site, &reader, "evidence/source.html", head, values)
}
