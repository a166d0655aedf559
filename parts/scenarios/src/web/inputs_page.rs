//! `/scenarios/MDA/inputs`: what went in, as a list that can be searched and taken away.

use axum::extract::{Path, State};
use axum::response::Response;
use base::answer::{self, Form};
use base::page::value;
use base::{App, Reader, Refusal};
use epidemic::databook;
use minijinja::context;

use super::explorer::crumbs;
use super::of_code;
use crate::{effects, inputs};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

pub async fn page(
    State(site): State<App>,
    reader: Reader,
    Path(code): Path<String>,
) -> Result<Response, Refusal> {
    let model = of_code(&code)?;
    let table = inputs::table(&reader.words, model);
    let [published, effects, design, assumed] = inputs::counts(model);
    let title = reader
        .words
        .say_with("inputs-title", &[("place", model.name(reader.words.language.tag()).into())]);
    let head = crumbs(&reader, model, title).about(reader.say("inputs-lead"));
    let values = context! {
        view => value(table.view(&reader)),
        code, published, effects, design, assumed,
        all => model.country.given.len(),
        prisons => value(model.country.prisons.iter().map(|prison| (prison.name.clone(), prison.capacity)).collect::<Vec<_>>()),
        start => model.country.start,
        currency => model.country.currency.clone(),
    };
    answer::page(&site, &reader, "scenarios/inputs.html", head, values)
}

pub async fn file(
    reader: Reader,
    Path((code, form)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let model = of_code(&code)?;
    let (_, form) = Form::of(&format!("inputs.{form}")).to_owned();
    answer::table(inputs::table(&reader.words, model), &reader, form)
}

/// The country as the workbook that a ministry fills in.
pub async fn databook(Path(code): Path<String>) -> Result<Response, Refusal> {
    let model = of_code(&code)?;
    let book = effects().and_then(|effects| databook::write(&model.country, effects));
    let name = format!("{}-databook.xlsx", model.country.code);
    Ok(answer::file(book.map_err(Refusal::broken)?, XLSX, &name))
}
