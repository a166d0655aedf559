//! The addresses that respondents are given.

use base::Site;

/// `https://…/ask/1a2b…`
pub fn address(site: &Site, secret: &str) -> String {
    format!("{}/ask/{secret}", site.settings.public_url())
}
