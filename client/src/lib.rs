//! What the browser and the printed page need, embedded in the binary: script, stylesheet, fonts,
//! and the outlines of Europe. `client/build.mjs` makes them from npm packages into `dist/`; a
//! debug build reads `dist/` at run time, so a change of style costs no compilation.

use std::borrow::Cow;

use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "dist"]
struct Dist;

/// One file as it is served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    pub bytes: Cow<'static, [u8]>,
    /// For `Content-Type`, as `text/css; charset=utf-8`.
    pub mime: String,
    /// For `ETag`, quotes included: the first half of the SHA-256 of the bytes.
    pub etag: String,
}

/// The file at a path inside `dist`, as `throughcare.css` or `fonts/web/….woff2`.
///
/// `None` for everything else: a path with `..` or a leading slash, a folder, and the fonts for
/// paper, which no browser should fetch.
pub fn asset(path: &str) -> Option<Asset> {
    if path.split(['/', '\\']).any(|part| matches!(part, "" | "." | "..")) || is_paper_font(path) {
        return None;
    }
    let file = Dist::get(path)?;
    let mut mime = file.metadata.mimetype().to_string();
    if mime.starts_with("text/") || mime == "application/json" {
        mime.push_str("; charset=utf-8");
    }
    let hash = file.metadata.sha256_hash();
    let etag =
        hash[..16].iter().fold(String::from("\""), |text, byte| text + &format!("{byte:02x}"));
    Some(Asset { bytes: file.data, mime, etag: etag + "\"" })
}

/// TrueType files for the PDF and the PNG, in order of name: Noto Serif and Noto Sans (regular,
/// italic, semibold; Latin, Cyrillic, Greek), the Georgian and Armenian cuts of both, and signs.
pub fn paper_fonts() -> Vec<Cow<'static, [u8]>> {
    let mut names: Vec<_> = Dist::iter().filter(|name| is_paper_font(name)).collect();
    names.sort();
    names.iter().filter_map(|name| Dist::get(name)).map(|file| file.data).collect()
}

/// The outlines of Europe as JSON text: see `client/README.md` for its shape.
pub fn outlines() -> Cow<'static, str> {
    let file =
        Dist::get("outlines.json").expect("build.mjs writes outlines.json before the manifest");
    match file.data {
        Cow::Borrowed(bytes) => String::from_utf8_lossy(bytes),
        Cow::Owned(bytes) => String::from_utf8_lossy(&bytes).into_owned().into(),
    }
}

/// A hash of every file, for `?v=…`: a browser may keep a file for a year and still sees the next.
pub fn version() -> &'static str {
    env!("CLIENT_VERSION")
}

fn is_paper_font(path: &str) -> bool {
    path.starts_with("fonts/paper/")
}
