//! `/scenarios/how-to-read`: what the model can say and what it cannot, in words for people who are not modellers.

use axum::extract::State;
use axum::response::Response;
use base::page::Head;
use base::{App, Reader, Refusal, answer};
use minijinja::context;

/// The limits that are said, in order of how much they matter; each is a pair of messages.
const LIMITS: [&str; 8] =
    ["assumed", "homogeneous", "steady", "money", "sample", "prior", "rare", "others"];

pub async fn page(State(site): State<App>, reader: Reader) -> Result<Response, Refusal> {
    let head = Head::titled(reader.say("reading-title"))
        .about(reader.say("reading-lead"))
        .under(reader.say("way-scenarios"), "/scenarios");
    answer::page(&site, &reader, "scenarios/reading.html", head, context! { limits => LIMITS })
}
