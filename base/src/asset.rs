//! A file that is served as it is: stylesheet, script, font, outline. The site is given a function
//! that finds them, so that base and the parts need not be built with the browser's code.

use std::borrow::Cow;

#[derive(Clone)]
pub struct Asset {
    pub bytes: Cow<'static, [u8]>,
    pub mime: String,
}

/// Finds the asset at a path such as `throughcare.css` or `fonts/web/latin.woff2`.
pub type Find = fn(&str) -> Option<Asset>;

/// For sites without a browser: a test, a command.
pub fn none(_path: &str) -> Option<Asset> {
    None
}
