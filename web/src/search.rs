//! Search across all parts: every country, indicator, effect and source by any of its names.

use axum::extract::State;
use axum::response::Response;
use base::page::Head;
use base::part::Found;
use base::table::plain;
use base::{App, Reader, Refusal, Site, answer};
use minijinja::context;
use serde::Serialize;
use utoipa::ToSchema;

/// Results given at once: what fits a screen.
const SHOWN: usize = 40;

/// What was found, best first.
#[derive(Serialize, ToSchema)]
pub struct Results {
    results: Vec<Found>,
}

/// The page of results; also works as the way to search where no script runs.
pub async fn page(State(site): State<App>, reader: Reader) -> Result<Response, Refusal> {
    let query = reader.asked("q").pop().unwrap_or_default();
    let found = find(&site, &reader, &query).await?;
    let head = Head::titled(reader.say("search"));
    answer::page(
        &site,
        &reader,
        "web/search.html",
        head,
        context! { query, found => base::page::value(found) },
    )
}

/// The same results for the command palette.
#[utoipa::path(get, path = "/search.json", params(("q" = String, Query, description = "Words to find")), responses((status = 200, body = Results), (status = 404, description = "An address that holds a NUL")))]
pub async fn json(State(site): State<App>, reader: Reader) -> Result<Response, Refusal> {
    let query = reader.asked("q").pop().unwrap_or_default();
    Ok(answer::json(&Results { results: find(&site, &reader, &query).await? }))
}

/// All words must be found; a title in which a word begins with the query comes first, then titles that
/// hold all of it, then the rest; within each in the order of the parts, so that a country comes before
/// what was done in it.
async fn find(site: &Site, reader: &Reader, query: &str) -> Result<Vec<Found>, Refusal> {
    let wanted = plain(query.chars().take(200).collect::<String>().trim());
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let words: Vec<&str> = wanted.split_whitespace().collect();
    let mut hits: Vec<(u8, Found)> = Vec::new();
    for part in site.parts {
        let Some(found) = part.found else { continue };
        for one in found(site, reader).await? {
            let title = plain(&one.title);
            let also = plain(&one.also);
            if !words.iter().all(|word| title.contains(word) || also.contains(word)) {
                continue;
            }
            let rank = match () {
                () if title == wanted || also.split('\n').any(|name| name == wanted) => 0,
                () if begins_a_word(&title, &wanted) => 1,
                () if title.contains(&wanted) => 2,
                () => 3,
            };
            hits.push((rank, one));
        }
    }
    hits.sort_by_key(|(rank, _)| *rank);
    Ok(hits.into_iter().take(SHOWN).map(|(_, found)| found).collect())
}

fn begins_a_word(title: &str, wanted: &str) -> bool {
    title.match_indices(wanted).any(|(at, _)| !title[..at].ends_with(char::is_alphanumeric))
}
