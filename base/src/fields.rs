//! What a form sent: names with values, in order. A handler reads what it asked for; what the form
//! shows again after an error is the same value.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;

use crate::refusal::Refusal;
use crate::site::App;

/// The fields of a form.
#[derive(Clone, Debug, Default)]
pub struct Fields(Vec<(String, String)>);

/// The most that a form may send: a long page of text.
const LARGEST: usize = 256 * 1024;

impl Fields {
    /// Reads `name=value&…`.
    pub fn read(sent: &[u8]) -> Fields {
        // No one types NUL, and PostgreSQL keeps no text that holds it.
        let plain = |(name, value): (String, String)| (name, value.replace('\0', ""));
        Fields(url::form_urlencoded::parse(sent).into_owned().map(plain).collect())
    }

    /// What was given for `name`, without spaces around it; empty where nothing was.
    pub fn one(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.trim())
    }

    /// The same as it was typed, for passwords.
    pub fn as_typed(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// Every value given for `name`, in order.
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.0.iter().filter(|(known, _)| known == name).map(|(_, value)| value.trim()).collect()
    }
}

impl FromRequest<App> for Fields {
    type Rejection = Refusal;

    async fn from_request(request: Request, site: &App) -> Result<Fields, Refusal> {
        let too_large = Refusal {
            status: StatusCode::PAYLOAD_TOO_LARGE,
            key: "form-too-large",
            args: Vec::new(),
        };
        let sent = Bytes::from_request(request, site).await.map_err(|_| too_large.clone())?;
        if sent.len() > LARGEST {
            return Err(too_large);
        }
        Ok(Fields::read(&sent))
    }
}
