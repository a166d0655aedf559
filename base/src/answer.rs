//! The forms in which one thing leaves: a page, or CSV, XLSX, JSON, PDF, SVG, PNG by the ending of
//! the address (`/region.csv`). The page and the file are made from the same value.

use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{Html, IntoResponse, Response};
use minijinja::Value;
use serde::Serialize;

use crate::document::{Document, Drawing};
use crate::page::Head;
use crate::plate::plate;
use crate::reader::Reader;
use crate::refusal::Refusal;
use crate::site::Site;
use crate::table::Table;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Page,
    Csv,
    Xlsx,
    Json,
    Pdf,
    Svg,
    Png,
}

impl Form {
    /// `MDA.pdf` → (`MDA`, PDF); without a known ending, a page.
    pub fn of(name: &str) -> (&str, Form) {
        let forms = [
            ("csv", Form::Csv),
            ("xlsx", Form::Xlsx),
            ("json", Form::Json),
            ("pdf", Form::Pdf),
            ("svg", Form::Svg),
            ("png", Form::Png),
        ];
        match name.rsplit_once('.') {
            Some((stem, ending)) => match forms.iter().find(|(known, _)| *known == ending) {
                Some((_, form)) => (stem, *form),
                None => (name, Form::Page),
            },
            None => (name, Form::Page),
        }
    }
}

/// A page of `template`.
pub fn page(
    site: &Site,
    reader: &Reader,
    template: &str,
    head: Head,
    values: Value,
) -> Result<Response, Refusal> {
    Ok(Html(site.pages.set(site, reader, template, head, values)?).into_response())
}

/// JSON of anything that may leave.
pub fn json(value: &impl Serialize) -> Response {
    axum::Json(value).into_response()
}

/// A file to be saved under `name`.
pub fn file(bytes: Vec<u8>, mime: &str, name: &str) -> Response {
    let name: String =
        name.chars().filter(|c| c.is_ascii_alphanumeric() || "-_.".contains(*c)).collect();
    let shown_inline = ["image/", "application/pdf"].iter().any(|kind| mime.starts_with(kind));
    let disposition = if shown_inline { "inline" } else { "attachment" };
    (
        [
            (CONTENT_TYPE, mime.to_owned()),
            (CONTENT_DISPOSITION, format!("{disposition}; filename=\"{name}\"")),
        ],
        bytes,
    )
        .into_response()
}

/// A table as the file that was asked for; a page is made by the caller.
pub fn table(mut table: Table, reader: &Reader, form: Form) -> Result<Response, Refusal> {
    table.arrange(reader);
    match form {
        Form::Csv => Ok(file(table.csv(), "text/csv; charset=utf-8", &format!("{}.csv", table.id))),
        Form::Xlsx => {
            let bytes = table.xlsx().map_err(Refusal::broken)?;
            let mime = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
            Ok(file(bytes, mime, &format!("{}.xlsx", table.id)))
        }
        Form::Json => Ok(json(&table)),
        _ => Err(Refusal::not_found("no-form", &reader.path)),
    }
}

/// A drawing as the file that was asked for: SVG, PNG, or its table as CSV, XLSX, JSON.
pub async fn drawing(
    site: &Site,
    reader: &Reader,
    drawing: &Drawing,
    form: Form,
    name: &str,
) -> Result<Response, Refusal> {
    match form {
        Form::Svg => {
            let svg = plate(drawing, &reader.say("source"));
            Ok(file(svg.into_bytes(), "image/svg+xml", &format!("{name}.svg")))
        }
        Form::Png => {
            let raster = site.equipment.raster.ok_or(Refusal::unavailable("no-typesetter"))?;
            let svg = plate(drawing, &reader.say("source"));
            let png = blocking(move || raster(&svg, PNG_PIXELS)).await?;
            Ok(file(png, "image/png", &format!("{name}.png")))
        }
        Form::Page | Form::Pdf => Err(Refusal::not_found("no-form", name)),
        Form::Csv | Form::Xlsx | Form::Json => {
            table(Table { id: name.into(), ..drawing.table.clone() }, reader, form)
        }
    }
}

/// Width of a PNG: enough for a slide.
const PNG_PIXELS: u32 = 1600;

/// A document as a paper, where the site has a typesetter.
pub async fn paper(
    site: &Site,
    reader: &Reader,
    document: Document,
    name: &str,
) -> Result<Response, Refusal> {
    let typeset = site.equipment.typeset.ok_or(Refusal::unavailable("no-typesetter"))?;
    let sheet = document.sheet(&reader.words);
    Ok(file(blocking(move || typeset(&sheet)).await?, "application/pdf", name))
}

/// Setting type and drawing pixels are work for a core; the pages must go on meanwhile.
async fn blocking(
    work: impl FnOnce() -> anyhow::Result<Vec<u8>> + Send + 'static,
) -> Result<Vec<u8>, Refusal> {
    Ok(tokio::task::spawn_blocking(work).await.map_err(Refusal::broken)??)
}
