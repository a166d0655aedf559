//! What changed, as an Atom feed (RFC 4287), so that nobody has to come and look.

use atom_syndication::{Entry, Feed, Link, Text};
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use base::{App, Reader, Refusal, change};
use jiff::Timestamp;

/// Changes in the feed: about a year of a busy site.
const ENTRIES: i64 = 100;

/// The feed, in the reader's language; `?part=statistics` keeps to one part of the site.
pub async fn atom(State(site): State<App>, reader: Reader) -> Result<Response, Refusal> {
    let mut changes = change::recent(&site.storage.pool, ENTRIES).await?;
    if let Some(part) = reader.asked("part").pop() {
        changes.retain(|change| change.part == part);
    }
    let url = site.settings.public_url();
    let entries: Vec<Entry> = changes
        .iter()
        .map(|change| Entry {
            id: format!("{url}/changes/{}", change.number),
            title: Text::plain(change.title(&reader.words)),
            updated: at(change.at),
            links: vec![link(format!("{url}{}", change.href), "alternate")],
            ..Entry::default()
        })
        .collect();
    let feed = Feed {
        id: format!("{url}/feed.atom"),
        title: Text::plain(format!("Throughcare · {}", reader.say("feed-title"))),
        updated: at(changes.first().map_or(0, |change| change.at)),
        links: vec![link(format!("{url}/feed.atom"), "self"), link(url, "alternate")],
        lang: Some(reader.words.language.tag().to_owned()),
        authors: vec![atom_syndication::Person {
            name: "Throughcare".into(),
            ..Default::default()
        }],
        entries,
        ..Feed::default()
    };
    Ok(([(CONTENT_TYPE, "application/atom+xml; charset=utf-8")], feed.to_string()).into_response())
}

fn at(seconds: i64) -> atom_syndication::FixedDateTime {
    let time = Timestamp::from_second(seconds).unwrap_or(Timestamp::UNIX_EPOCH);
    time.to_string().parse().unwrap_or_default()
}

fn link(href: String, rel: &str) -> Link {
    Link { href, rel: rel.into(), ..Link::default() }
}
