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
    write(&bytes, output)
}

/// Writes a country's brief.
pub async fn brief(site: &App, brief: &Brief) -> Result<()> {
    known_language(site, &brief.lang)?;
    let (ending, name) = match brief.form() {
        Form::Pdf => (".pdf", Some("pdf")),
        Form::Html => ("", Some("html")),
        Form::Json => (".json", None),
    };
    let code = &brief.country;
    let address = format!("/countries/{code}{ending}?lang={}", brief.lang);
    let output = brief.output.clone().or_else(|| name.map(|ending| PathBuf::from(format!("{code}.{ending}"))));
    let bytes = answer(site, &address).await?;
    write(&bytes, output.as_deref())?;
    if let Some(output) = output {
        eprintln!("{} ({} kB)", output.display(), bytes.len().div_ceil(1024));
    }
    Ok(())
}

/// Prints text; a reader that went away (`| head`) is no failure.
pub fn print(text: &str) -> Result<()> {
    write(text.as_bytes(), None)
}

async fn answer(site: &App, address: &str) -> Result<Vec<u8>> {
    if !address.starts_with('/') {
        bail!("an address begins with /, such as /countries/MDA.json; this one is {address:?}");
    }
    let request = Request::get(address).header("accept", "*/*").body(Body::empty())
        .with_context(|| format!("{address:?} is not an address; write spaces as %20"))?;
    let response = base::site::router(site)?.oneshot(request).await?;
    let status = response.status();
    if let Some(to) = response.headers().get("location").and_then(|to| to.to_str().ok()) {
        return Box::pin(answer(site, &to.to_owned())).await;
    }
    let bytes = to_bytes(response.into_body(), usize::MAX).await?;
    if !status.is_success() {
        let text = String::from_utf8_lossy(&bytes);
        bail!("{}", heading(&text).unwrap_or_else(|| format!("{address}: {status}")));
    }
    Ok(bytes.to_vec())
}

/// The sentences of a refusal, from its page or its JSON.
fn heading(text: &str) -> Option<String> {
    let between = |start: &str, end: &str| {
        let from = text.find(start)? + start.len();
        let to = text[from..].find(end)? + from;
        Some(text[from..to].trim().to_owned())
    };
    let page = || Some(format!("{} {}", between("<h1>", "</h1>")?, between("</h1>\n  <p>", "</p>")?));
    let json = || Some(format!("{} {}", between("\"title\":\"", "\"")?, between("\"detail\":\"", "\"")?));
    page().or_else(json)
}

fn write(bytes: &[u8], output: Option<&Path>) -> Result<()> {
    match output {
        Some(path) => std::fs::write(path, bytes).with_context(|| format!("{} cannot be written", path.display())),
        None => match std::io::stdout().write_all(bytes).and_then(|()| std::io::stdout().flush()) {
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
            other => Ok(other?),
        },
    }
}
