//! `/scenarios/MDA/compare`: up to six scenarios side by side; the address holds them all.

use axum::extract::{Path, State};
use axum::response::Response;
use base::answer::{self, Form};
use base::page::value;
use base::{App, Reader, Refusal};
use chart::{Bar, Bars, Frame};
use minijinja::context;

use super::explorer::crumbs;
use super::{of_code, refusal};
use crate::compare::{self, Compared, MOST};
use crate::model::Model;
use crate::policy::POLICIES;
use crate::{desk, simulation};

/// Where nothing is asked: the policies that a ministry asks about first.
const FIRST: [&str; 3] = ["throughcare", "naloxone", "daa"];

pub async fn page(
    State(site): State<App>,
    reader: Reader,
    Path(code): Path<String>,
) -> Result<Response, Refusal> {
    let model = of_code(&code)?;
    let words = &reader.words;
    let compared = asked(model, &reader).await?;
    let place = model.name(words.language.tag());
    let title = words.say_with("compare-title", &[("place", place.into())]);
    let head = crumbs(&reader, model, title).about(reader.say("compare-lead"));
    let chosen: Vec<_> = compared
        .iter()
        .map(|one| {
            (
                one.name.clone(),
                one.asked.clone(),
                format!("/scenarios/{code}?{}", one.question.query()),
            )
        })
        .collect();
    let standard: Vec<_> = POLICIES
        .iter()
        .map(|policy| {
            let here = compared.iter().any(|one| one.asked == policy.id);
            (policy.id, words.say(&format!("policy-{}", policy.id)), here)
        })
        .collect();
    let own: Vec<_> = compared
        .iter()
        .filter(|one| crate::Policy::find(&one.asked).is_none())
        .map(|one| (one.asked.clone(), one.name.clone()))
        .collect();
    let same = |of: fn(&Compared) -> (i32, i32, usize, u64)| {
        compared.windows(2).all(|pair| of(&pair[0]) == of(&pair[1]))
    };
    let years_differ = !same(|one| (one.answer.first, one.answer.until, 0, 0));
    let runs_differ = !same(|one| (0, 0, one.answer.draws, one.answer.seed));
    let drawings: Vec<_> = ["hcv-infections", "hiv-infections", "overdose-deaths", "dalys"]
        .iter()
        .map(|id| bars(&reader, &compared, id))
        .collect();
    let link: Vec<(String, String)> =
        compared.iter().map(|one| ("s".to_owned(), one.asked.clone())).collect();
    let values = context! {
        code => code.as_str(), chosen, standard, own, most => MOST,
        view => value(compare::table(words, &compared, &code).view(&reader)),
        drawings, years_differ, runs_differ,
        calibrated => model.calibrated.is_some(),
        link => base::reader::address(&format!("/scenarios/{code}/compare"), &link),
        rests_on => compared.first().map(|one| crate::drawn::rests_on(words, &one.answer)),
    };
    answer::page(&site, &reader, "scenarios/compare.html", head, values)
}

pub async fn file(
    reader: Reader,
    Path((code, form)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let model = of_code(&code)?;
    let compared = asked(model, &reader).await?;
    let table = compare::table(&reader.words, &compared, &code);
    answer::table(table, &reader, Form::of(&format!("compare.{form}")).1)
}

/// The scenarios of the address, answered in order.
pub async fn asked(model: &'static Model, reader: &Reader) -> Result<Vec<Compared>, Refusal> {
    let mut asked: Vec<String> =
        reader.asked("s").into_iter().filter(|one| !one.trim().is_empty()).collect();
    let mut seen = std::collections::BTreeSet::new();
    asked.retain(|one| seen.insert(one.clone()));
    if asked.is_empty() {
        asked = FIRST.map(str::to_owned).to_vec();
    }
    if asked.len() > MOST {
        return Err(Refusal::bad_input("too-many-scenarios", "s", &asked.len().to_string()));
    }
    let mut compared = Vec::new();
    for asked in asked {
        let question = compare::read(model, &asked).map_err(refusal)?;
        let answer = desk::ask(&question).await?;
        let name = compare::name(&reader.words, &question);
        // A pasted link is kept as the question it asks.
        let asked =
            if crate::Policy::find(asked.trim()).is_some() { asked } else { question.query() };
        compared.push(Compared { name, asked, question, answer });
    }
    Ok(compared)
}

/// What each scenario takes away, with its interval; two widths.
fn bars(reader: &Reader, compared: &[Compared], id: &str) -> (String, String) {
    let words = &reader.words;
    let bars = compared
        .iter()
        .enumerate()
        .filter_map(|(at, one)| {
            let averted = one.answer.outcome(id)?.averted;
            Some(Bar {
                label: one.name.clone(),
                value: averted.median,
                low: Some(averted.low),
                high: Some(averted.high),
                hue: simulation::hue(at + 1),
                ..Bar::default()
            })
        })
        .collect();
    let title =
        words.say_with("compare-bars", &[("what", words.say(&format!("result-{id}")).into())]);
    let number = |value: f64| crate::shown::two_digits(words, value);
    let name = format!("compare-{id}");
    let frame =
        Frame { width: 440.0, reach: chart::Reach::Whole, ..Frame::new(&name, &title, &number) };
    let svg = Bars { bars }.draw(&frame);
    (title, svg)
}
