//! The pages of the facts: countries, their figures, one figure with its history, indicators, the
//! region compared, doubts, imports; and the same as files and by API.

mod api;
mod compare;
mod countries;
mod figure;
mod indicators_page;
mod lists;
pub mod overview;

use std::collections::BTreeMap;

use axum::routing::get;
use base::part::{Found, Pending, Step, Way};
use base::{Part, Reader, Refusal, Route, Site};
use rust_embed::RustEmbed;

use crate::place::places;
use crate::{indicators, known::Known, panel, store};

pub static PART: Part = Part {
    name: "facts",
    migrations: store::MIGRATIONS,
    pages: || base::part::templates::<Pages>("facts"),
    words: || base::part::messages::<Words>("facts"),
    routes,
    ways: &[
        Way { step: Step::Know, message: "way-countries", href: "/countries" },
        Way { step: Step::Know, message: "way-region", href: "/region" },
        Way { step: Step::Know, message: "way-indicators", href: "/indicators" },
    ],
    panel: Some(panel::panel),
    found: Some(found),
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
        Route::public("/countries", get(countries::list)),
        Route::public("/countries.{form}", get(countries::file)),
        Route::public("/countries/{code}/{list}", get(lists::of_country)),
        Route::public("/indicators", get(indicators_page::list)),
        Route::public("/indicators.{form}", get(indicators_page::file)),
        Route::public("/indicators/{id}", get(indicators_page::one)),
        Route::public("/indicators/{id}/charts/{name}", get(indicators_page::chart)),
        Route::public("/figures/{place}/{indicator}/{period}/{group}", get(figure::page)),
        Route::public("/region", get(compare::page)),
        Route::public("/region.{form}", get(compare::file)),
        Route::public("/region/charts/{name}", get(compare::chart)),
        Route::public("/doubts", get(lists::doubts)),
        Route::public("/doubts.{form}", get(lists::doubts_file)),
        Route::public("/imports", get(lists::imports)),
        Route::public("/imports.{form}", get(lists::imports_file)),
        Route::public("/api/facts", get(api::facts)),
        Route::public("/api/countries", get(api::countries)),
        Route::public("/api/indicators", get(api::indicators)),
        Route::public("/api/region", get(api::region)),
    ]
}

/// The short labels of all sources in use, by id.
async fn labels(
    site: &Site,
    reader: &Reader,
    known: &Known,
) -> Result<BTreeMap<String, String>, Refusal> {
    let mut ids: Vec<String> = known.facts().iter().map(|fact| fact.source.clone()).collect();
    ids.sort_unstable();
    ids.dedup();
    let cited = site.cite(reader, &ids).await?;
    Ok(cited.into_iter().map(|citation| (citation.id, citation.label)).collect())
}

/// Countries and indicators, as search finds them: by any name, also those of other publishers.
fn found<'a>(site: &'a Site, reader: &'a Reader) -> Pending<'a, Vec<Found>> {
    Box::pin(async move {
        let known = Known::of(site).await?;
        let language = reader.words.language.tag();
        let country = reader.say("kind-country");
        let places = known.places().into_iter().map(|place| Found {
            kind: country.clone(),
            title: place.name(language).to_owned(),
            href: format!("/countries/{}", place.code),
            also: [
                &place.code,
                &place.name_en,
                &place.name_fr,
                &place.name_local,
                place.iso2.as_deref().unwrap_or(""),
            ]
            .into_iter()
            .map(ToString::to_string)
            .chain(places().names_of(&place.code).into_iter().map(str::to_owned))
            .collect::<Vec<_>>()
            .join("\n"),
        });
        let kind = reader.say("kind-indicator");
        let indicators = indicators().all().iter().map(|indicator| Found {
            kind: kind.clone(),
            title: reader.say(&indicator.key("name")),
            href: format!("/indicators/{}", indicator.id),
            also: format!(
                "{}\n{}\n{}",
                indicator.id,
                reader.say(&indicator.key("short")),
                reader.say(&format!("topic-{}", indicator.topic.id()))
            ),
        });
        Ok(places.chain(indicators).collect())
    })
}
