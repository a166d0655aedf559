//! What the pages show, on the command line: the request goes through the same router.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use axum::body::{Body, to_bytes};
use axum::http::Request;
use base::App;
use tower::ServiceExt;

use crate::{Brief, Form, known_language};

/// Writes the answer for `address` to `output` or standard output.
pub async fn get(site: &App, address: &str, output: Option<&Path>) -> Result<()> {
    let bytes = answer(site, address).await?;
    match output {
        Some(path) => save(&bytes, path),
        None => write(&bytes),
    }
}

/// Writes a country's brief.
pub async fn brief(site: &App, brief: &Brief) -> Result<()> {
    known_language(&site.languages, &brief.lang)?;
    let (ending, name) = match brief.form() {
        Form::Pdf => (".pdf", Some("pdf")),
        Form::Html => ("", Some("html")),
        Form::Json => (".json", None),
    };
    let code = &brief.country;
    let address = format!("/countries/{}{ending}?lang={}", code.replace(' ', "%20"), brief.lang);
    let output = brief
        .output
        .clone()
        .or_else(|| name.map(|ending| PathBuf::from(format!("{code}.{ending}"))));
    let bytes = answer(site, &address).await?;
    if let Ok(0) = site.revision().await {
        eprintln!(
            "The database holds no figures yet: `throughcare demo` loads those that come with the program."
        );
    }
    let Some(output) = output else { return write(&bytes) };
    save(&bytes, &output)?;
    eprintln!("{} ({} kB)", output.display(), bytes.len().div_ceil(1024));
    Ok(())
}

/// Prints text; a reader that went away (`| head`) is no failure.
pub fn print(text: &str) -> Result<()> {
    write(text.as_bytes())
}

async fn answer(site: &App, address: &str) -> Result<Vec<u8>> {
    if !address.starts_with('/') {
        bail!("an address begins with /, such as /countries/MDA.json; this one is {address:?}");
    }
    let request = Request::get(address)
        .header("accept", "*/*")
        .body(Body::empty())
        .with_context(|| format!("{address:?} is not an address; write spaces as %20"))?;
    let response = base::site::router(site)?.oneshot(request).await?;
    let status = response.status();
    if let Some(to) = response.headers().get("location").and_then(|to| to.to_str().ok()) {
        return Box::pin(answer(site, to)).await;
    }
    let bytes = to_bytes(response.into_body(), usize::MAX).await?;
    if !status.is_success() {
        let text = String::from_utf8_lossy(&bytes);
        let why = heading(&text).unwrap_or_else(|| format!("{address}: {status}"));
        match status.is_server_error() {
            true => bail!("{why} The line marked ERROR above says what failed."),
            false => bail!("{why}"),
        }
    }
    Ok(bytes.to_vec())
}

/// The sentences of a refusal, from its page or its JSON.
fn heading(text: &str) -> Option<String> {
    let between = |start: &str, end: &str| {
        let from = text.find(start)? + start.len();
        let to = text[from..].find(end)? + from;
        Some(unescaped(text[from..to].trim()))
    };
    let page =
        || Some(format!("{} {}", between("<h1>", "</h1>")?, between("</h1>\n  <p>", "</p>")?));
    let json =
        || Some(format!("{} {}", between("\"title\":\"", "\"")?, between("\"detail\":\"", "\"")?));
    page().or_else(json)
}

/// A page's text as it reads.
fn unescaped(text: &str) -> String {
    let signs = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#x27;", "'"),
        ("&#x2f;", "/"),
        ("&amp;", "&"),
    ];
    signs.iter().fold(text.to_owned(), |text, (written, sign)| text.replace(written, sign))
}

pub fn write(bytes: &[u8]) -> Result<()> {
    match std::io::stdout().write_all(bytes).and_then(|()| std::io::stdout().flush()) {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        other => Ok(other?),
    }
}

/// Writes a file whole: beside its place and then moved there, so that a full disk neither leaves
/// half of it nor takes what stood there before.
pub fn save(bytes: &[u8], path: &Path) -> Result<()> {
    let shown = path.display();
    let stands = std::fs::metadata(path);
    if stands.as_ref().is_ok_and(std::fs::Metadata::is_dir) {
        bail!("{shown} cannot be written: it is a folder; name a file in it");
    }
    let hint = || {
        format!(
            "{shown} cannot be written; check that its folder exists, may be written and has room"
        )
    };
    if stands.is_ok_and(|it| !it.is_file()) {
        // A device or a pipe has no "beside".
        return std::fs::write(path, bytes).with_context(hint);
    }
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    let done = std::fs::write(&beside, bytes).and_then(|()| std::fs::rename(&beside, path));
    if done.is_err() {
        let _ = std::fs::remove_file(&beside);
    }
    done.with_context(hint)
}
