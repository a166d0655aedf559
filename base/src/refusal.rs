//! How a request is refused: what is wrong, with which value, and what to do next, in the reader's
//! language, as a page for people and as `application/problem+json` (RFC 9457) for programs.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::language::{Arg, Words};

/// A refusal. `key` names two messages: `refusal-<key>` (what is wrong) and `refusal-<key>-do`
/// (what to do).
#[derive(Clone, Debug)]
pub struct Refusal {
    pub status: StatusCode,
    pub key: &'static str,
    pub args: Vec<(&'static str, Arg)>,
}

impl Refusal {
    /// There is no such record: `not_found("country", "XXX")` says `refusal-no-country`.
    pub fn not_found(key: &'static str, value: &str) -> Refusal {
        Refusal { status: StatusCode::NOT_FOUND, key, args: vec![("value", short(value))] }
    }

    /// A value in the address or form that cannot be used.
    pub fn bad_input(key: &'static str, name: &str, value: &str) -> Refusal {
        Refusal {
            status: StatusCode::UNPROCESSABLE_ENTITY,
            key,
            args: vec![("name", short(name)), ("value", short(value))],
        }
    }

    /// Only somebody who is signed in may do this.
    pub fn sign_in(key: &'static str) -> Refusal {
        Refusal { status: StatusCode::UNAUTHORIZED, key, args: Vec::new() }
    }

    /// This person may not.
    pub fn forbidden(key: &'static str) -> Refusal {
        Refusal { status: StatusCode::FORBIDDEN, key, args: Vec::new() }
    }

    /// It cannot be done as things stand.
    pub fn conflict(key: &'static str) -> Refusal {
        Refusal { status: StatusCode::CONFLICT, key, args: Vec::new() }
    }

    /// What this site is not set up to do.
    pub fn unavailable(key: &'static str) -> Refusal {
        Refusal { status: StatusCode::SERVICE_UNAVAILABLE, key, args: Vec::new() }
    }

    /// A failure of ours. Logged here, once; the reader is told that it is not their fault.
    pub fn broken(error: impl std::fmt::Debug) -> Refusal {
        tracing::error!(?error, "a request failed");
        Refusal { status: StatusCode::INTERNAL_SERVER_ERROR, key: "broken", args: Vec::new() }
    }

    /// The two sentences.
    pub fn sentences(&self, words: &Words) -> (String, String) {
        let what = words.say_with(&format!("refusal-{}", self.key), &self.args);
        let next = words.say_with(&format!("refusal-{}-do", self.key), &self.args);
        (what, next)
    }
}

impl From<sqlx::Error> for Refusal {
    fn from(error: sqlx::Error) -> Refusal {
        let gone = matches!(
            error,
            sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed
        );
        let refusal = Refusal::broken(error);
        if gone {
            Refusal { status: StatusCode::SERVICE_UNAVAILABLE, key: "storage", ..refusal }
        } else {
            refusal
        }
    }
}

impl From<anyhow::Error> for Refusal {
    fn from(error: anyhow::Error) -> Refusal {
        Refusal::broken(error)
    }
}

/// The refusal rides on the response; the site's outermost layer, which knows the reader, words it.
impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Long or strange values are shown short: a refusal must not become the attack.
fn short(value: &str) -> Arg {
    let mut shown: String = value.chars().filter(|c| !c.is_control()).take(80).collect();
    if shown.chars().count() < value.chars().count() {
        shown.push('…');
    }
    Arg::Text(shown)
}
