//! The pages of the scenarios: the explorer, what went in, standard policies, comparisons, budgets, calibration, and how to read
//! them; and the same as files and by API.

mod api;
mod budget_page;
mod calibration_page;
mod compare_page;
mod elimination_page;
mod explorer;
mod inputs_page;
mod policies_page;
mod reading;
mod runs;

use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, VARY};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use axum::routing::{get, post};
use base::language::Arg;
use base::part::{Found, Pending, Step, Way};
use base::{May, Part, Reader, Refusal, Route, Site};
use rust_embed::RustEmbed;

use crate::model::{Model, model, models};
use crate::question::{Question, Wrong};

/// What this part tells the site.
pub static PART: Part = Part {
    name: "scenarios",
    pages: || base::part::templates::<Pages>("scenarios"),
    words: || base::part::messages::<Words>("scenarios"),
    routes,
    ways: &[Way { step: Step::Foresee, message: "way-scenarios", href: "/scenarios" }],
    panel: Some(crate::panel::panel),
    found: Some(found),
    api: Some(api::description),
    jobs: &[crate::full::RUN],
    ..Part::NOTHING
};

#[derive(RustEmbed)]
#[folder = "pages"]
struct Pages;

#[derive(RustEmbed)]
#[folder = "locale"]
struct Words;

fn routes() -> Vec<Route> {
    vec![
        Route::public("/scenarios", get(explorer::countries)),
        Route::public("/scenarios/how-to-read", get(reading::page)),
        // Answers are kept by the desk, not as pages: a moving slider would push every other page out.
        Route::fresh("/scenarios/{code}", get(explorer::page).layer(from_fn(packed))),
        Route::fresh("/scenarios/{code}/answer", get(explorer::fragment).layer(from_fn(packed))),
        Route::fresh("/scenarios/{code}/charts/{name}", get(explorer::chart)),
        Route::public("/scenarios/{code}/inputs", get(inputs_page::page)),
        Route::public("/scenarios/{code}/inputs.{form}", get(inputs_page::file)),
        Route::public("/scenarios/{code}/databook.xlsx", get(inputs_page::databook)),
        Route::public("/scenarios/{code}/policies", get(policies_page::page)),
        Route::public("/scenarios/{code}/policies.{form}", get(policies_page::file)),
        Route::public("/scenarios/{code}/policies/charts/{name}", get(policies_page::chart)),
        Route::fresh("/scenarios/{code}/compare", get(compare_page::page).layer(from_fn(packed))),
        Route::fresh("/scenarios/{code}/compare.{form}", get(compare_page::file)),
        Route::public("/scenarios/{code}/budget", get(budget_page::page)),
        Route::public("/scenarios/{code}/budget.{form}", get(budget_page::file)),
        Route::fresh(
            "/scenarios/{code}/elimination",
            get(elimination_page::page).layer(from_fn(packed)),
        ),
        Route::fresh("/scenarios/{code}/elimination.{form}", get(elimination_page::file)),
        Route::fresh("/scenarios/{code}/elimination/charts/{name}", get(elimination_page::chart)),
        Route::public("/scenarios/{code}/calibration", get(calibration_page::page)),
        Route::public("/scenarios/{code}/calibration.{form}", get(calibration_page::file)),
        Route::public("/scenarios/{code}/country.toml", get(calibration_page::country_file)),
        Route::fresh("/scenarios/{code}/runs", get(runs::list)),
        Route::post("/scenarios/{code}/runs", May::Anyone, post(runs::ask)),
        Route::fresh("/scenarios/runs/{id}", get(runs::one)),
        Route::fresh("/scenarios/runs/{id}/charts/{name}", get(runs::chart)),
        Route::public("/api/scenarios", get(api::countries)),
        Route::fresh("/api/scenarios/{code}", get(api::one)),
        Route::public("/api/scenarios/{code}/inputs", get(api::inputs)),
        Route::public("/api/scenarios/{code}/policies", get(api::policies)),
        Route::public("/api/scenarios/{code}/budget", get(api::budget)),
        Route::public("/api/scenarios/{code}/calibration", get(api::calibration)),
        Route::public("/api/scenarios/{code}/targets", get(api::targets)),
        Route::fresh("/api/scenarios/{code}/elimination", get(api::elimination)),
        Route::fresh("/api/scenarios/{code}/compare", get(api::compare)),
        Route::fresh("/api/scenarios/runs/{id}", get(api::run)),
    ]
}

/// Packs an answer that is made anew each time: an answer on a slow line must not lag behind the hand.
async fn packed(request: Request, next: Next) -> Response {
    let takes_gzip = request
        .headers()
        .get(ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.contains("gzip"));
    let response = next.run(request).await;
    if !takes_gzip || response.status() != StatusCode::OK {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(plain) = axum::body::to_bytes(body, usize::MAX).await else {
        return axum::response::IntoResponse::into_response(Refusal::broken(
            "an answer without an end",
        ));
    };
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    // Writing to memory cannot fail.
    let _ = std::io::Write::write_all(&mut out, &plain);
    parts.headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    parts
        .headers
        .insert(VARY, HeaderValue::from_static("accept-language, cookie, accept-encoding"));
    parts.headers.remove(axum::http::header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(out.finish().unwrap_or_default()))
}

/// The country of an address.
fn of_code(code: &str) -> Result<&'static Model, Refusal> {
    model(code).ok_or_else(|| Refusal::not_found("no-model", code))
}

/// The question of an address.
fn question(model: &'static Model, reader: &Reader) -> Result<Question, Refusal> {
    let pairs: Vec<(String, String)> =
        url::form_urlencoded::parse(reader.query.as_bytes()).into_owned().collect();
    Question::read(model, &pairs).map_err(refusal)
}

/// Why an address is no question, with what may stand there.
fn refusal(wrong: Wrong) -> Refusal {
    let mut refusal = Refusal::bad_input(wrong.key, &wrong.name, &wrong.value);
    refusal.status = StatusCode::UNPROCESSABLE_ENTITY;
    let plain = |value: f64| match wrong.key {
        "scenario-year" | "scenario-turned" => Arg::Name(value as i64),
        _ => Arg::Number(value, 0),
    };
    refusal.args.extend([("low", plain(wrong.low)), ("high", plain(wrong.high))]);
    refusal
}

/// The countries that can be asked about, as search finds them.
fn found<'a>(_: &'a Site, reader: &'a Reader) -> Pending<'a, Vec<Found>> {
    Box::pin(async move {
        let language = reader.words.language.tag();
        Ok(models()
            .values()
            .map(|model| Found {
                kind: reader.say("kind-scenarios"),
                title: reader
                    .words
                    .say_with("scenarios-of", &[("place", model.name(language).into())]),
                href: format!("/scenarios/{}", model.country.code),
                also: format!("{}\n{}", model.country.code, model.country.name),
            })
            .collect())
    })
}
