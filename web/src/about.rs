//! How to read these pages: what a figure shows, what the marks mean, when not to believe it.

use axum::extract::State;
use axum::response::Response;
use base::page::{Head, value};
use base::{App, Reader, Refusal, answer};
use minijinja::context;

pub async fn page(State(site): State<App>, reader: Reader) -> Result<Response, Refusal> {
    let flags: Vec<_> = facts::Flag::ALL
        .iter()
        .filter(|flag| **flag != facts::Flag::None)
        .map(|flag| {
            (
                reader.say(&format!("flag-{}", flag.id())),
                reader.say(&format!("flag-{}-means", flag.id())),
                flag.usable(),
            )
        })
        .collect();
    let head = Head::titled(reader.say("about-title"));
    answer::page(&site, &reader, "web/about.html", head, context! { flags => value(flags) })
}
