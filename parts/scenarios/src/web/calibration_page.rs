//! `/scenarios/MDA/calibration`: the published figures against the fitted model, and what the fit made of each figure that was learnt.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use base::answer::{self, Form};
use base::language::{Arg, Words};
use base::page::value;
use base::table::{Cell, Column};
use base::{App, Reader, Refusal, Table};
use chart::Size;
use epidemic::databook;
use epidemic::parameters::SPECS;
use facts::known::Known;
use minijinja::context;

use super::explorer::crumbs;
use super::of_code;
use crate::fitted::{Ends, ends, fit_drawing, learnt, measure, scale};
use crate::inputs::{meaning, significant};
use crate::kept::{self, Fit};
use crate::model::Model;
use crate::{effects, shown, targets};

pub async fn page(
    State(site): State<App>,
    reader: Reader,
    Path(code): Path<String>,
) -> Result<Response, Refusal> {
    let model = of_code(&code)?;
    let words = &reader.words;
    let place = model.name(words.language.tag());
    let title = words.say_with("calibration-title", &[("place", place.into())]);
    let head = crumbs(&reader, model, title).about(reader.say("calibration-lead"));
    let known = Known::of(&site).await?;
    let offered = offered_values(words, model, &known);
    let Some(calibrated) = &model.calibrated else {
        let earlier = kept::report(&code).map_err(Refusal::broken)?.map(|report| report.day);
        let values = context! { code, nothing => true, earlier, offered, targets => value(held(words, model, &targets_of(model), &known).view(&reader)) };
        return answer::page(&site, &reader, "scenarios/calibration.html", head, values);
    };
    let report = &calibrated.report;
    let met = report.fits.iter().filter(|fit| fit.met).count();
    let fits: Vec<_> = report.fits.iter().map(|fit| fit_drawing(words, fit, Size::Fluid)).collect();
    let learnt = learnt(words, &model.country, &report.learnt, &calibrated.draws, Size::Fluid);
    let moved = learnt.iter().filter(|one| one.narrower).count();
    let values = context! {
        code,
        says => words.say_with("calibration-says", &[("met", met.into()), ("all", report.fits.len().into())]),
        fits,
        missed => report.fits.iter().filter(|fit| !fit.met).map(|fit| measure(words, fit)).collect::<Vec<_>>(),
        learnt => learnt.iter().map(|one| (one.title.clone(), one.svg.clone())).collect::<Vec<_>>(),
        learnt_says => words.say_with("calibration-learnt-says", &[("moved", moved.into()), ("all", learnt.len().into())]),
        targets => value(held(words, model, &report.fits, &known).view(&reader)),
        offered,
        table => value(learnt_table(words, model)),
        made => words.say_with("calibration-made", &[
            ("day", report.day.as_str().into()), ("particles", report.particles.into()), ("rounds", report.rounds.into()),
            ("effective", words.number(report.effective, 0).into()), ("draws", calibrated.draws.len().into()),
            ("people", words.number(report.people, 0).into()), ("seed", Arg::Name(report.seed as i64)),
            ("version", report.version.as_str().into()),
        ]),
    };
    answer::page(&site, &reader, "scenarios/calibration.html", head, values)
}

pub async fn file(
    State(site): State<App>,
    reader: Reader,
    Path((code, form)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let model = of_code(&code)?;
    let known = Known::of(&site).await?;
    let fits =
        model.calibrated.as_ref().map_or_else(|| targets_of(model), |c| c.report.fits.clone());
    let table = held(&reader.words, model, &fits, &known);
    answer::table(table, &reader, Form::of(&format!("c.{form}")).1)
}

/// `/scenarios/MDA/country.toml?figure=hcv_prevalence_prison/2026`: the country's file, held also against figures of the site.
pub async fn country_file(
    State(site): State<App>,
    reader: Reader,
    Path(code): Path<String>,
) -> Result<Response, Refusal> {
    let model = of_code(&code)?;
    let mut names = reader.asked("figure");
    names.retain(|name| !name.is_empty());
    let held = targets::held_against(&site, &model.country, &names).await?;
    let country = held.map_err(|unknown| Refusal {
        status: StatusCode::NOT_FOUND,
        key: "no-such-target",
        args: vec![("value", unknown.asked.into()), ("known", unknown.known.into())],
    })?;
    let text = databook::file_text(&country, effects().map_err(Refusal::broken)?);
    Ok(answer::file(text.into_bytes(), "application/toml", &format!("{code}.toml")))
}

/// What the page offers as further targets, in words.
fn offered_values(words: &Words, model: &Model, known: &Known) -> minijinja::Value {
    let offered = targets::offered(&model.country, known.facts_of(&model.country.code));
    let one = |one: &targets::Offered| {
        let share = epidemic::Measure::from_word(&one.measure).is_some_and(|m| m.is_share());
        let n = |value: f64| significant(words, if share { value * 100.0 } else { value });
        let unit = if share { "\u{a0}%" } else { "" };
        let key =
            if one.interval_assumed { "calibration-offer-assumed" } else { "calibration-offer" };
        let args = [
            ("what", words.say(&format!("measure-{}", one.measure)).into()),
            ("year", Arg::Name(one.year.into())),
            ("value", format!("{}{unit}", n(one.value)).into()),
            ("interval", shown::between(words, &n(one.low), &n(one.high)).into()),
        ];
        let replaces = one
            .replaces
            .map(|old| words.say_with("calibration-offer-replaces", &[("value", n(old).into())]));
        context! {
            name => one.name(), href => one.href.clone(), source => one.source.clone(),
            says => words.say_with(key, &args), replaces,
        }
    };
    value(offered.iter().map(one).collect::<Vec<_>>())
}

/// Targets before anything was fitted to them.
fn targets_of(model: &Model) -> Vec<Fit> {
    let targets = model.country.targets.iter();
    targets
        .map(|t| Fit {
            measure: t.measure.word().into(),
            year: t.year,
            value: t.value,
            low: t.low,
            high: t.high,
            source: t.source.clone(),
            found: f64::NAN,
            found_low: f64::NAN,
            found_high: f64::NAN,
            met: false,
        })
        .collect()
}

/// The figure of the country's file that a target is: the one of its source and year that has its value.
fn figure_of(model: &Model, fit: &Fit, known: &Known) -> Option<String> {
    let scale = scale(fit);
    let same = |fact: &&facts::Fact| {
        let close = |a: f64, b: f64| (a - b).abs() <= 1e-6 * a.abs().max(1.0);
        fact.source == fit.source && close(fact.value, fit.value * scale)
    };
    let fact = known.facts_of(&model.country.code).iter().rfind(same)?;
    Some(format!("/figures/{}/{}/{}/{}", fact.place, fact.indicator, fact.period, fact.group))
}

fn held(words: &Words, model: &Model, fits: &[Fit], known: &Known) -> Table {
    let columns = vec![
        Column::text("measure", words.say("calibration-measure")),
        Column::text("period", words.say("period")),
        Column::number("published", words.say("calibration-published")),
        Column::text("interval", words.say("interval")),
        Column::number("model", words.say("calibration-model")),
        Column::text("model-interval", words.say("interval")),
        Column::text("met", words.say("calibration-meets")),
        Column::text("source", words.say("source")),
    ];
    let rows = fits
        .iter()
        .map(|fit| {
            let scale = scale(fit);
            let n = |value: f64| significant(words, value * scale);
            let figure = figure_of(model, fit, known);
            // A survey of the programme is a source of the site, not of what ships.
            let facts = known.facts_of(&model.country.code);
            let is_source = evidence::shipped().source(&fit.source).is_some()
                || facts.iter().any(|fact| fact.source == fit.source);
            let assumed =
                if fit.source == "assumed" { Some(words.say("basis-assumed")) } else { None };
            let cited = model.country.sources.get(&fit.source).cloned();
            let source = Cell::text(assumed.or(cited).unwrap_or_else(|| fit.source.clone()));
            let fitted = fit.found.is_finite();
            vec![
                Cell::text(measure(words, fit)),
                Cell::text(fit.year.to_string()),
                match figure {
                    Some(figure) => Cell::number(fit.value * scale, n(fit.value)).href(figure),
                    None => Cell::number(fit.value * scale, n(fit.value)),
                },
                Cell::text(shown::between(words, &n(fit.low), &n(fit.high))),
                if fitted {
                    Cell::number(fit.found * scale, n(fit.found))
                } else {
                    Cell::missing(words.say("calibration-not-yet"))
                },
                if fitted {
                    Cell::text(shown::between(words, &n(fit.found_low), &n(fit.found_high)))
                } else {
                    Cell::missing(words.say("calibration-not-yet"))
                },
                if fitted {
                    Cell::text(words.say(if fit.met { "fitted-yes" } else { "fitted-no" }))
                } else {
                    Cell::missing(words.say("calibration-not-yet"))
                },
                if is_source { source.href(format!("/sources/{}", fit.source)) } else { source },
            ]
        })
        .collect();
    Table {
        id: "calibration".into(),
        caption: words.say("calibration-targets"),
        columns,
        rows,
        note: None,
        sources: Vec::new(),
    }
}

fn learnt_table(words: &Words, model: &Model) -> Table {
    let columns = vec![
        Column::text("parameter", words.say("inputs-parameter")),
        Column::text("unit", words.say("inputs-unit")),
        Column::number("before", words.say("calibration-before")),
        Column::text("before-interval", words.say("interval")),
        Column::number("after", words.say("calibration-after")),
        Column::text("after-interval", words.say("interval")),
    ];
    let fitted = model.calibrated.as_ref();
    let ends: Vec<Ends> = fitted
        .map(|fitted| ends(&model.country, &fitted.report.learnt, &fitted.draws))
        .unwrap_or_default();
    let rows = ends
        .iter()
        .map(|one| {
            let spec = &SPECS[one.at];
            let n = |value: f64| significant(words, value);
            let figure = |[value, low, high]: [f64; 3]| {
                (
                    Cell::number(value, n(value)),
                    Cell::text(shown::between(words, &n(low), &n(high))),
                )
            };
            let (before, before_interval) = figure(one.prior);
            let (after, after_interval) = figure(one.found);
            let unit = crate::inputs::unit(words, spec.unit, &model.country.currency);
            vec![
                Cell::text(meaning(words, spec)),
                Cell::text(unit),
                before,
                before_interval,
                after,
                after_interval,
            ]
        })
        .collect();
    Table {
        id: "learnt".into(),
        caption: words.say("calibration-learnt"),
        columns,
        rows,
        note: None,
        sources: Vec::new(),
    }
}
