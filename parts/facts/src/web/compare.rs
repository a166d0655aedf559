//! `/region`: countries compared on chosen indicators, as page, CSV, XLSX, JSON and PDF.

use axum::extract::{Path, State};
use axum::response::Response;
use base::answer::{self, Form};
use base::document::{Block, Document, Drawing, Finding, Made};
use base::page::{Head, value};
use base::{App, Reader, Refusal, Section, Site, Table, change};
use minijinja::context;

use super::lists::day;
use crate::indicator::{Indicator, indicators};
use crate::known::Known;
use crate::place::{self, Place, Region};
use crate::region;

/// Indicators at once: more columns than this cannot be read on one screen or page.
const MOST: usize = 6;

/// What is compared: chosen indicators over chosen places.
pub struct Choice {
    pub indicators: Vec<&'static Indicator>,
    pub places: Vec<&'static Place>,
    /// `focus`, `members`, `all`, the id of a region, or `chosen`.
    pub scope: String,
}

/// Reads the choice from the address. Unknown names are refused by name: a silent default would
/// answer another question than the one asked.
pub fn choice(reader: &Reader, known: &Known) -> Result<Choice, Refusal> {
    let mut chosen = Vec::new();
    for id in
        reader.asked("indicator").iter().flat_map(|ids| ids.split(',')).filter(|id| !id.is_empty())
    {
        let indicator =
            indicators().get(id).ok_or_else(|| Refusal::not_found("no-indicator", id))?;
        if !chosen.iter().any(|one: &&Indicator| one.id == indicator.id) {
            chosen.push(indicator);
        }
    }
    if chosen.len() > MOST {
        return Err(Refusal::bad_input(
            "too-many-indicators",
            "indicator",
            &chosen.len().to_string(),
        ));
    }
    if chosen.is_empty() {
        chosen.extend(indicators().get("prison_rate"));
    }
    let named: Vec<String> = reader
        .asked("place")
        .iter()
        .flat_map(|codes| codes.split(','))
        .filter(|code| !code.is_empty())
        .map(str::to_owned)
        .collect();
    let scope = reader
        .asked("scope")
        .pop()
        .unwrap_or_else(|| if named.is_empty() { "all".into() } else { "chosen".into() });
    let all = known.places();
    let places = if named.is_empty() {
        match scope.as_str() {
            "all" | "chosen" => all,
            "focus" => all.into_iter().filter(|place| place.focus).collect(),
            "members" => all.into_iter().filter(|place| place.council_of_europe()).collect(),
            region => {
                let known_region = Region::ALL.iter().find(|one| one.id() == region);
                let wanted =
                    known_region.ok_or_else(|| Refusal::bad_input("no-scope", "scope", region))?;
                all.into_iter().filter(|place| place.region == *wanted).collect()
            }
        }
    } else {
        let mut chosen_places = Vec::new();
        for code in &named {
            let place = place::asked(code)?;
            chosen_places.push(place);
        }
        chosen_places
    };
    Ok(Choice { indicators: chosen, places, scope })
}

pub async fn page(State(site): State<App>, reader: Reader) -> Result<Response, Refusal> {
    let known = Known::of(&site).await?;
    let choice = choice(&reader, &known)?;
    let words = &reader.words;
    let first = choice.indicators[0];
    let standings = region::standings(&known, first, &choice.places);
    let mut drawings: Vec<Drawing> = Vec::new();
    drawings.extend(region::map(&site, words, first, &standings, "map").await?);
    drawings.push(region::dots(words, first, &standings, "values"));
    drawings.extend(region::multiples(words, first, &standings, "years"));
    let labels = super::labels(&site, &reader, &known).await?;
    for mark in drawings.iter_mut().flat_map(|drawing| &mut drawing.sources) {
        mark.label = labels.get(&mark.id).unwrap_or(&mark.id).clone();
    }
    let table = table(&site, &reader, &known, &choice).await?;
    let options: Vec<_> = indicators()
        .all()
        .iter()
        .filter(|indicator| {
            known.facts().iter().any(|fact| fact.indicator == indicator.id)
                || indicator.numerator.is_some()
        })
        .map(|indicator| {
            let chosen = choice.indicators.iter().any(|one| one.id == indicator.id);
            (
                indicator.id.clone(),
                words.say(&indicator.key("short")),
                chosen,
                words.say(&format!("section-{:?}", indicator.section).to_lowercase()),
            )
        })
        .collect();
    let scopes: Vec<_> = ["all", "members", "focus"]
        .into_iter()
        .chain(
            Region::ALL
                .iter()
                .filter(|region| known.places().iter().any(|place| place.region == **region))
                .map(|region| region.id()),
        )
        .map(|scope| {
            let label = words
                .try_say(&format!("scope-{scope}"), &[])
                .unwrap_or_else(|| words.say(&format!("region-{scope}")));
            (scope, label, scope == choice.scope)
        })
        .collect();
    let named: Vec<_> = known
        .places()
        .into_iter()
        .map(|place| {
            (
                place.code.clone(),
                place.name(words.language.tag()).to_owned(),
                choice.scope == "chosen" && choice.places.iter().any(|one| one.code == place.code),
            )
        })
        .collect();
    let head = Head::titled(reader.say("way-region")).about(reader.say("region-lead"));
    let pdf = Reader { path: "/region.pdf".into(), ..reader.clone() }.here_with("page", None);
    let query = if reader.query.is_empty() { String::new() } else { format!("&{}", reader.query) };
    let values = context! {
        title => region::title(words, first, &standings),
        definition => words.say(&first.key("definition")),
        view => value(table.view(&reader)),
        drawings => value(drawings),
        options => value(options), scopes => value(scopes), named => value(named),
        most => MOST, pdf, query, empty => known.is_empty(),
    };
    answer::page(&site, &reader, "facts/region.html", head, values)
}

/// `/region.csv`, `.xlsx`, `.json`, `.pdf`.
pub async fn file(
    State(site): State<App>,
    reader: Reader,
    Path(form): Path<String>,
) -> Result<Response, Refusal> {
    let known = Known::of(&site).await?;
    let choice = choice(&reader, &known)?;
    match Form::of(&format!("region.{form}")).1 {
        Form::Pdf => {
            let document = document(&site, &reader, &known, &choice).await?;
            answer::paper(&site, &reader, document, "region.pdf").await
        }
        form => answer::table(table(&site, &reader, &known, &choice).await?, &reader, form),
    }
}

/// One drawing of the comparison as SVG, PNG or CSV.
pub async fn chart(
    State(site): State<App>,
    reader: Reader,
    Path(name): Path<String>,
) -> Result<Response, Refusal> {
    let known = Known::of(&site).await?;
    let choice = choice(&reader, &known)?;
    let (id, form) = Form::of(&name);
    let first = choice.indicators[0];
    let standings = region::standings(&known, first, &choice.places);
    let drawing = drawing(&site, &reader, first, &standings, id)
        .await?
        .ok_or_else(|| Refusal::not_found("no-chart", id))?;
    answer::drawing(&site, &reader, &drawing, form, &format!("{}-{id}", first.id)).await
}

/// The drawing with this id of one indicator.
pub async fn drawing(
    site: &Site,
    reader: &Reader,
    indicator: &Indicator,
    standings: &[region::Standing<'_>],
    id: &str,
) -> Result<Option<Drawing>, Refusal> {
    Ok(match id {
        "map" => region::map(site, &reader.words, indicator, standings, id).await?,
        "values" => Some(region::dots(&reader.words, indicator, standings, id)),
        "years" => region::multiples(&reader.words, indicator, standings, id),
        _ => None,
    })
}

/// The table of the comparison: ranks for one indicator, columns for several.
pub async fn table(
    site: &Site,
    reader: &Reader,
    known: &Known,
    choice: &Choice,
) -> Result<Table, Refusal> {
    let words = &reader.words;
    if let [one] = choice.indicators[..] {
        let standings = region::standings(known, one, &choice.places);
        let without: Vec<_> = choice
            .places
            .iter()
            .filter(|place| !standings.iter().any(|one| one.place.code == place.code))
            .copied()
            .collect();
        let labels = super::labels(site, reader, known).await?;
        return Ok(region::table(words, one, &standings, &without, &|id| {
            labels.get(id).cloned().unwrap_or_else(|| id.to_owned())
        }));
    }
    Ok(region::side_by_side(words, known, &choice.indicators, &choice.places))
}

async fn document(
    site: &Site,
    reader: &Reader,
    known: &Known,
    choice: &Choice,
) -> Result<Document, Refusal> {
    let words = &reader.words;
    let mut sections = Vec::new();
    for (at, indicator) in choice.indicators.iter().enumerate() {
        let standings = region::standings(known, indicator, &choice.places);
        let mut blocks = vec![Block::Text { text: words.say(&indicator.key("definition")) }];
        if let Some(map) =
            region::map(site, words, indicator, &standings, &format!("map-{}", indicator.id))
                .await?
        {
            blocks.push(Block::Drawing { drawing: map });
        }
        blocks.push(Block::Drawing {
            drawing: region::dots(
                words,
                indicator,
                &standings,
                &format!("values-{}", indicator.id),
            ),
        });
        let only = Choice {
            indicators: vec![indicator],
            places: choice.places.clone(),
            scope: choice.scope.clone(),
        };
        blocks.push(Block::Table { table: table(site, reader, known, &only).await? });
        sections.push(Section {
            order: at as u32,
            id: indicator.id.clone(),
            title: words.say(&indicator.key("name")),
            lead: None,
            blocks,
        });
    }
    let findings = choice
        .indicators
        .iter()
        .map(|indicator| {
            let standings = region::standings(known, indicator, &choice.places);
            Finding {
                weight: 1.0,
                text: region::title(words, indicator, &standings),
                section: indicator.id.clone(),
                caution: None,
            }
        })
        .collect();
    let latest = change::recent(&site.storage.pool, 1).await?.pop();
    let mut document = Document {
        id: "region".into(),
        language: words.language.tag().to_owned(),
        kind: words.say("region-kind"),
        title: words.say("region-paper-title"),
        local_title: None,
        footnote: None,
        subtitle: words.say_with("region-paper-subtitle", &[("count", choice.places.len().into())]),
        findings,
        sections,
        sources: Vec::new(),
        made: Made {
            figures_of: day(latest.as_ref().map_or(0, |change| change.at)),
            revision: latest.map_or(0, |change| change.number),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            address: format!(
                "{}{}",
                site.settings.public_url(),
                reader.here_with("", None).replace("/region.pdf", "/region")
            ),
        },
    };
    let ids = document.source_ids();
    document.cite(site.cite(reader, &ids).await?);
    Ok(document)
}
