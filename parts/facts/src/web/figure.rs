//! One figure: what it says, where it stands in its source, why it may be doubted, what other
//! sources say, and every earlier version.

use axum::extract::{Path, State};
use axum::response::Response;
use base::answer;
use base::page::{Head, value};
use base::{App, Reader, Refusal};
use minijinja::context;
use serde::Serialize;

use super::lists::day;
use crate::indicator::indicators;
use crate::known::Known;
use crate::{place, proposal, shown, store};

/// A version as the page shows it.
#[derive(Serialize)]
struct Shown {
    value: String,
    unit: String,
    interval: String,
    source: String,
    source_href: String,
    locator: String,
    note: String,
    flag: Option<base::document::FlagMark>,
    current: bool,
    version: i64,
    read: Option<String>,
    file: Option<String>,
    /// The record on which it rests: its words and address.
    origin: Option<(String, String)>,
}

pub async fn page(
    State(site): State<App>,
    reader: Reader,
    Path((code, id, period, group)): Path<(String, String, String, String)>,
) -> Result<Response, Refusal> {
    let words = &reader.words;
    let place = place::asked(&code)?;
    let indicator = indicators().get(&id).ok_or_else(|| Refusal::not_found("no-indicator", &id))?;
    let versions =
        store::versions(&site.storage, &place.code, &indicator.id, &period, &group).await?;
    if versions.is_empty() {
        return Err(Refusal::not_found("no-figure", &format!("{code} {id} {period} {group}")));
    }
    let pool = &site.storage.pool;
    let origins = proposal::origins(pool, &place.code, &indicator.id, &period, &group).await?;
    let known = Known::of(&site).await?;
    let labels = super::labels(&site, &reader, &known).await?;
    let shown: Vec<Shown> = versions
        .iter()
        .map(|version| {
            let fact = &version.fact;
            let decimals = shown::decimals_given(fact.value);
            Shown {
                value: words.number(fact.value, decimals),
                unit: shown::unit(words, indicator.unit),
                interval: shown::interval(words, fact.low, fact.high, decimals),
                source: labels.get(&fact.source).unwrap_or(&fact.source).clone(),
                source_href: format!("/sources/{}", fact.source),
                locator: fact.locator.clone(),
                note: fact.note.clone(),
                flag: shown::flag_of(words, fact),
                current: version.current,
                version: version.version,
                read: version.at.map(day),
                file: version.file.clone(),
                origin: origins
                    .iter()
                    .find(|(source, _)| version.current && *source == fact.source)
                    .map(|(_, origin)| (origin.label.clone(), origin.href.clone())),
            }
        })
        .collect();
    let name = place.name(words.language.tag());
    let head = Head::titled(format!("{}, {name}, {period}", words.say(&indicator.key("name"))))
        .under(reader.say("way-countries"), "/countries")
        .under(name, format!("/countries/{}", place.code))
        .under(
            words.say_with("figures-of", &[("place", name.into())]),
            format!("/countries/{}/figures", place.code),
        );
    let values = context! {
        versions => value(shown), name, period,
        group => words.say(&format!("group-{group}")),
        indicator => value((words.say(&indicator.key("name")), words.say(&indicator.key("definition")), format!("/indicators/{}", indicator.id))),
        hue => value(shown::hue(indicator)),
    };
    answer::page(&site, &reader, "facts/figure.html", head, values)
}
