//! A way in for each kind of reader, in their words, with what they need first. Nobody signs in here
//! and nothing is kept of who reads: people in prison least of all.

use axum::extract::{Path, State};
use axum::response::Response;
use base::page::Head;
use base::{App, Reader, Refusal, answer};
use minijinja::context;

/// Each kind of reader with where the sections of their page lead. A section without an address says
/// what it says here.
type Section = (&'static str, &'static str);
pub const READERS: [(&str, &[Section]); 6] = [
    (
        "people-in-prison",
        &[
            ("overdose", ""),
            ("after", ""),
            ("care", ""),
            ("opioid", ""),
            ("infections", ""),
            ("privacy", ""),
            ("complain", ""),
        ],
    ),
    (
        "prison-administrations",
        &[
            ("country", "/countries"),
            ("works", "/evidence"),
            ("foresee", "/scenarios"),
            ("duty", ""),
        ],
    ),
    (
        "health-staff",
        &[
            ("works", "/evidence"),
            ("release", "/evidence/opioid-agonist-treatment"),
            ("duty", ""),
            ("country", "/countries"),
        ],
    ),
    (
        "policy-makers",
        &[
            ("brief", "/countries"),
            ("compare", "/region"),
            ("foresee", "/scenarios"),
            ("body", "/bodies"),
        ],
    ),
    (
        "correspondents",
        &[
            ("meetings", "/meetings"),
            ("groups", "/groups"),
            ("rights", "/bodies"),
            ("tasks", "/me"),
        ],
    ),
    (
        "researchers",
        &[
            ("data", "/api"),
            ("sources", "/sources"),
            ("doubts", "/doubts"),
            ("model", "/scenarios/how-to-read"),
        ],
    ),
];

pub async fn list(State(site): State<App>, reader: Reader) -> Result<Response, Refusal> {
    let readers = READERS.map(|(who, _)| who);
    let head = Head::titled(reader.say("for")).about(reader.say("for-lead"));
    answer::page(&site, &reader, "members/ways-in.html", head, context! { readers })
}

pub async fn one(
    State(site): State<App>,
    reader: Reader,
    Path(who): Path<String>,
) -> Result<Response, Refusal> {
    let known = READERS.iter().find(|(known, _)| *known == who);
    let (who, sections) = known.ok_or_else(|| Refusal::not_found("no-reader", &who))?;
    let head = Head::titled(reader.say(&format!("for-{who}")))
        .about(reader.say(&format!("for-{who}-lead")))
        .under(reader.say("for"), "/for");
    let in_prison = *who == "people-in-prison";
    let values = context! { who => *who, sections => sections.to_vec(), in_prison };
    answer::page(&site, &reader, "members/way-in.html", head, values)
}
