//! The pages of the evidence: topics with their forests, effects, sources; and the same as files
//! and by API.

mod api;
mod one_effect;
mod source_pages;
mod topics;

use axum::routing::get;
use base::part::{Found, Pending, Step, Way};
use base::{Part, Reader, Refusal, Route, Site};
use rust_embed::RustEmbed;

use crate::vocabulary::{InterventionKind, Topic};
use crate::{panel, store, worded};

/// What this part tells the site.
pub static PART: Part = Part {
    name: "evidence",
    migrations: store::MIGRATIONS,
    pages: || base::part::templates::<Pages>("evidence"),
    words: || base::part::messages::<Words>("evidence"),
    routes,
    ways: &[
        Way { step: Step::Know, message: "way-evidence", href: "/evidence" },
        Way { step: Step::Know, message: "way-sources", href: "/sources" },
    ],
    panel: Some(panel::panel),
    found: Some(found),
    cite: Some(worded::cite),
    api: Some(api::description),
    ..Part::NOTHING
};

#[derive(RustEmbed)]
#[folder = "pages"]
struct Pages;

#[derive(RustEmbed)]
#[folder = "locale"]
struct Words;

fn routes() -> Vec<Route> {
    vec![
        Route::public("/evidence", get(topics::all)),
        Route::public("/evidence.{form}", get(topics::all_as)),
        Route::public("/evidence/{topic}", get(topics::one)),
        Route::public("/evidence/{topic}/charts/{name}", get(topics::chart)),
        Route::public("/effects/{id}", get(one_effect::page)),
        Route::public("/sources", get(source_pages::all)),
        Route::public("/sources.{form}", get(source_pages::all_as)),
        Route::public("/sources/{id}", get(source_pages::one)),
        Route::public("/api/effects", get(api::effects)),
        Route::public("/api/effects/{id}", get(api::effect)),
        Route::public("/api/sources", get(api::sources)),
        Route::public("/api/sources/{id}", get(api::source)),
    ]
}

/// The topic with this id.
fn topic(id: &str) -> Result<Topic, Refusal> {
    id.parse().map_err(|_| Refusal::not_found("no-topic", id))
}

/// Where the effects of an intervention are listed: the list of all, filtered by its name.
fn effects_of_intervention(name: &str) -> String {
    base::reader::address("/evidence", &[("q".to_owned(), name.to_owned())])
}

/// Topics, interventions, effects and sources, as search finds them.
fn found<'a>(site: &'a Site, reader: &'a Reader) -> Pending<'a, Vec<Found>> {
    Box::pin(async move {
        let library = worded::held(site).await?;
        let words = &reader.words;
        let kinds = ["topic", "intervention", "effect", "source"];
        let [topic, intervention, effect, source] =
            kinds.map(|kind| words.say(&format!("evidence-kind-{kind}")));
        let topics = Topic::ALL.iter().map(|one| Found {
            kind: topic.clone(),
            title: words.say(one.message()),
            href: format!("/evidence/{}", one.id()),
            also: one.id().to_owned(),
        });
        let services =
            library.interventions.iter().filter(|one| one.kind != InterventionKind::None);
        let interventions = services.map(|one| {
            let short = words.say(&one.short_message());
            Found {
                kind: intervention.clone(),
                title: words.say(&one.message()),
                href: effects_of_intervention(&short),
                also: format!("{}\n{short}", one.id),
            }
        });
        let effects = library.effects.iter().map(|one| Found {
            kind: effect.clone(),
            title: worded::effect(words, one),
            href: format!("/effects/{}", one.id),
            also: [
                one.id.as_str(),
                &one.parameter,
                &words.say(&one.intervention.message()),
                &words.say(one.topic.message()),
                &library.source(&one.source).map(|source| source.short()).unwrap_or_default(),
            ]
            .join("\n"),
        });
        let sources = library.sources.iter().map(|one| Found {
            kind: source.clone(),
            title: format!("{}: {}", one.short(), one.title),
            href: format!("/sources/{}", one.id),
            also: format!(
                "{}\n{}\n{}",
                one.id,
                one.short(),
                one.citation(words.language.tag()).text
            ),
        });
        Ok(topics.chain(interventions).chain(effects).chain(sources).collect())
    })
}
