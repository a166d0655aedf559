//! What the start page shows of the facts: a map as the way in, and how much there is.

use base::document::Drawing;
use base::{Reader, Refusal, Site};
use serde::Serialize;

use crate::indicator::indicators;
use crate::known::Known;
use crate::region;

#[derive(Serialize)]
pub struct Overview {
    pub empty: bool,
    pub places: usize,
    pub figures: usize,
    pub sources: usize,
    /// Countries on which the programme works: name and address.
    pub focus: Vec<(String, String)>,
    pub map: Option<Drawing>,
}

/// The overview, in the reader's language.
pub async fn overview(site: &Site, reader: &Reader) -> Result<Overview, Refusal> {
    let known = Known::of(site).await?;
    let words = &reader.words;
    let places = known.places();
    let labels = super::labels(site, reader, &known).await?;
    let map = match indicators().get("prison_rate") {
        Some(indicator) if !known.is_empty() => {
            let standings = region::standings(&known, indicator, &places);
            region::map(site, words, indicator, &standings, "home-map").await?
        }
        _ => None,
    };
    let mut focus: Vec<(String, String)> = places
        .iter()
        .filter(|place| place.focus)
        .map(|place| {
            (place.name(words.language.tag()).to_owned(), format!("/countries/{}", place.code))
        })
        .collect();
    focus.sort_by_key(|(name, _)| base::table::plain(name));
    let map = map.map(|mut map| {
        for mark in &mut map.sources {
            mark.label = labels.get(&mark.id).unwrap_or(&mark.id).clone();
        }
        map
    });
    Ok(Overview {
        empty: known.is_empty(),
        places: places.len(),
        figures: known.len(),
        sources: labels.len(),
        focus,
        map,
    })
}
