//! `/scenarios/MDA/policies`: the standard policies of a country as they were computed beforehand.

use axum::extract::{Path, State};
use axum::response::Response;
use base::answer::{self, Form};
use base::page::value;
use base::{App, Reader, Refusal};
use minijinja::context;

use super::explorer::crumbs;
use super::of_code;
use crate::kept::Policies;
use crate::model::Model;
use crate::{panel, simulation};

pub async fn page(
    State(site): State<App>,
    reader: Reader,
    Path(code): Path<String>,
) -> Result<Response, Refusal> {
    let model = of_code(&code)?;
    let words = &reader.words;
    let place = model.name(words.language.tag());
    let title = words.say_with("policies-title", &[("place", place.into())]);
    let head = crumbs(&reader, model, title).about(reader.say("section-what-could-be-done-lead"));
    let kept = panel::of(model)?;
    let values = match &kept {
        Some(policies) => context! {
            code,
            drawing => value(panel::gained(words, policies, "policies-gained")),
            plane => plane(&reader, policies),
            plane_narrow => plane_wide(&reader, policies, 340.0, "policies-plane-narrow"),
            view => value(panel::table(words, policies).view(&reader)),
            made => panel::made(words, policies),
            earlier => panel::earlier(words, model, policies),
        },
        None => context! { code, nothing => true },
    };
    answer::page(&site, &reader, "scenarios/policies.html", head, values)
}

pub async fn file(
    reader: Reader,
    Path((code, form)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let policies = kept(of_code(&code)?)?;
    answer::table(panel::table(&reader.words, &policies), &reader, Form::of(&format!("p.{form}")).1)
}

pub async fn chart(
    State(site): State<App>,
    reader: Reader,
    Path((code, name)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let policies = kept(of_code(&code)?)?;
    let (id, form) = Form::of(&name);
    if id != "policies-gained" {
        return Err(Refusal::not_found("no-course", id));
    }
    let drawing = panel::gained(&reader.words, &policies, id);
    answer::drawing(&site, &reader, &drawing, form, &format!("{code}-{id}")).await
}

/// The kept policies, or that there are none.
pub fn kept(model: &Model) -> Result<Policies, Refusal> {
    panel::of(model)?.ok_or_else(|| Refusal::not_found("no-policies", &model.country.code))
}

fn plane(reader: &Reader, policies: &Policies) -> String {
    plane_wide(reader, policies, 720.0, "policies-plane")
}

fn plane_wide(reader: &Reader, policies: &Policies, width: f64, id: &str) -> String {
    let words = &reader.words;
    let clouds = policies
        .policies
        .iter()
        .enumerate()
        .map(|(at, one)| {
            let draws = one.answer.cloud.iter().map(|(d, c)| (*d, c / 1e6)).collect();
            simulation::cloud(
                &words.say(&format!("policy-{}", one.id)),
                simulation::hue(at + 1),
                draws,
            )
        })
        .collect();
    let (pays, currency) = policies.policies.first().map_or((0.0, ""), |one| {
        (one.answer.money.willingness, one.answer.money.currency.as_str())
    });
    simulation::plane_of(words, clouds, pays, currency, None, width, id)
}
