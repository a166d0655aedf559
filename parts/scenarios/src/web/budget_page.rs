//! `/scenarios/MDA/budget?amount=1000000`: what a yearly amount buys, what would come next, and the whole curve.

use axum::extract::{Path, State};
use axum::response::Response;
use base::answer::{self, Form};
use base::language::{Arg, Words};
use base::page::value;
use base::table::{Cell, Column};
use base::{App, Reader, Refusal, Table};
use chart::{Cloud, Frame, Hue, Plane};
use minijinja::context;

use super::explorer::crumbs;
use super::of_code;
use crate::budget::{Bought, Budget};
use crate::model::Model;
use crate::{kept, shown};

pub async fn page(
    State(site): State<App>,
    reader: Reader,
    Path(code): Path<String>,
) -> Result<Response, Refusal> {
    let model = of_code(&code)?;
    let words = &reader.words;
    let place = model.name(words.language.tag());
    let title = words.say_with("budget-title", &[("place", place.into())]);
    let head = crumbs(&reader, model, title).about(reader.say("budget-lead"));
    let Some(budget) = of(model)? else {
        return answer::page(
            &site,
            &reader,
            "scenarios/budget.html",
            head,
            context! { code, nothing => true },
        );
    };
    let amount = amount(&reader, &budget)?;
    let best = budget.best(amount);
    let mix = |mix: &Bought| {
        let parts: Vec<_> = budget
            .parts(mix)
            .map(|(id, extent)| {
                words.say_with(
                    "budget-part",
                    &[
                        ("name", words.say(&format!("policy-{id}")).into()),
                        ("share", words.number(100.0 * extent, 0).into()),
                    ],
                )
            })
            .collect();
        context! {
            parts,
            costs => money(words, &budget, mix.per_year),
            gained => shown::count(words, &mix.gained),
            interval => shown::interval(words, &mix.gained),
            href => format!("/scenarios/{code}?{}", budget.question(model, mix).query()),
        }
    };
    let step = step(&budget);
    let next: Vec<_> = budget
        .next_steps(step)
        .into_iter()
        .map(|(to, gained)| {
            (
                money(words, &budget, to),
                words.number((gained / 10.0).round() * 10.0 + 0.0, 0),
                to <= amount,
            )
        })
        .collect();
    let values = context! {
        code => code.as_str(),
        amount => amount.round() as i64,
        amount_words => money(words, &budget, amount),
        best => best.map(|(best, _)| mix(best)),
        runner_up => best.and_then(|(_, second)| second).map(mix),
        step => money(words, &budget, step),
        next, most => budget.most().ceil() as i64, most_words => money(words, &budget, budget.most()),
        curve => curve(words, &budget, amount, 720.0, "budget-curve"),
        curve_narrow => curve(words, &budget, amount, 340.0, "budget-curve-narrow"),
        view => value(table(words, &budget, model).view(&reader)),
        made => made(words, &budget),
        earlier => (budget.inputs != model.inputs).then(|| words.say_with("policies-earlier", &[("day", budget.day.as_str().into())])),
    };
    answer::page(&site, &reader, "scenarios/budget.html", head, values)
}

pub async fn file(
    reader: Reader,
    Path((code, form)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let model = of_code(&code)?;
    let budget = of(model)?.ok_or_else(|| Refusal::not_found("no-policies", &code))?;
    answer::table(table(&reader.words, &budget, model), &reader, Form::of(&format!("b.{form}")).1)
}

/// The kept budget of a country.
pub fn of(model: &Model) -> Result<Option<Budget>, Refusal> {
    kept::budget(&model.country.code).map_err(Refusal::broken)
}

/// The amount of the address; where none is given, a third of what everything costs.
fn amount(reader: &Reader, budget: &Budget) -> Result<f64, Refusal> {
    let Some(text) = reader.asked("amount").pop().filter(|text| !text.trim().is_empty()) else {
        let third = budget.most() / 3.0;
        let step = step(budget);
        return Ok(((third / step).round() * step).max(step));
    };
    // As people write amounts: spaces, no-break spaces, apostrophes and commas between the thousands.
    let digits: String =
        text.chars().filter(|c| !c.is_whitespace() && !"’'\u{202f}\u{a0},".contains(*c)).collect();
    let read = digits.parse::<f64>().ok().filter(|amount| (0.0..=1e12).contains(amount));
    read.ok_or_else(|| Refusal::bad_input("budget-amount", "amount", &text))
}

/// A round step, about a tenth of the whole.
fn step(budget: &Budget) -> f64 {
    let tenth = (budget.most() / 10.0).max(1.0);
    let decade = 10_f64.powf(tenth.log10().floor());
    [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|n| n * decade)
        .find(|step| *step >= tenth)
        .unwrap_or(decade)
}

fn money(words: &Words, budget: &Budget, value: f64) -> String {
    shown::money(words, value, 1.0, &budget.currency)
}

fn made(words: &Words, budget: &Budget) -> String {
    words.say_with(
        "policies-made",
        &[
            ("day", budget.day.as_str().into()),
            ("draws", budget.draws.into()),
            ("people", words.number(budget.people, 0).into()),
            ("seed", Arg::Name(budget.seed as i64)),
            ("version", budget.version.as_str().into()),
            ("inputs", budget.inputs.as_str().into()),
        ],
    )
}

fn curve(words: &Words, budget: &Budget, amount: f64, width: f64, id: &str) -> String {
    let best = budget.best(amount).map(|(best, _)| best.levels.clone());
    let clouds = budget
        .curve()
        .into_iter()
        .map(|mix| {
            let here = best.as_ref() == Some(&mix.levels);
            Cloud {
                // One name is enough: what the amount buys.
                label: if here { words.say("budget-here") } else { String::new() },
                hue: if here { Hue::Accent(0) } else { Hue::Neutral },
                middle: Some((mix.per_year / 1e6, mix.gained.mean)),
                ..Cloud::default()
            }
        })
        .collect();
    let title = words.say("budget-curve-title");
    let subtitle = words.say("budget-curve-subtitle");
    let number =
        |value: f64| words.number(value, u8::from(value.abs() < 10.0 && value.fract() != 0.0));
    let frame = Frame {
        width,
        description: &subtitle,
        reach: chart::Reach::Whole,
        ..Frame::new(id, &title, &number)
    };
    Plane {
        clouds,
        across: words.say_with("budget-across", &[("currency", budget.currency.as_str().into())]),
        up: words.say("plane-across"),
        slope: None,
        joined: true,
    }
    .draw(&frame)
}

/// The curve as a table: each mix that gains more than every cheaper one.
pub fn table(words: &Words, budget: &Budget, model: &'static Model) -> Table {
    let code = &budget.country;
    let columns = vec![
        Column::number(
            "per-year",
            words.say_with("budget-per-year", &[("currency", budget.currency.as_str().into())]),
        ),
        Column::number("gained", words.say("plane-across")),
        Column::text("interval", words.say("interval")),
        Column::text("mix", words.say("budget-mix")),
    ];
    let rows = budget
        .curve()
        .into_iter()
        .map(|mix| {
            let parts: Vec<String> = budget
                .parts(mix)
                .map(|(id, extent)| {
                    words.say_with(
                        "budget-part",
                        &[
                            ("name", words.say(&format!("policy-{id}")).into()),
                            ("share", words.number(100.0 * extent, 0).into()),
                        ],
                    )
                })
                .collect();
            let name =
                if parts.is_empty() { words.say("policy-status-quo") } else { parts.join("; ") };
            vec![
                Cell::number(mix.per_year, crate::inputs::significant(words, mix.per_year)),
                Cell::number(mix.gained.mean, crate::inputs::significant(words, mix.gained.mean)),
                Cell::text(shown::interval(words, &mix.gained)),
                Cell::text(name)
                    .href(format!("/scenarios/{code}?{}", budget.question(model, mix).query())),
            ]
        })
        .collect();
    Table {
        id: format!("budget-{code}"),
        caption: words.say("budget-curve-title"),
        columns,
        rows,
        note: Some(words.say("budget-note")),
        sources: Vec::new(),
    }
}
