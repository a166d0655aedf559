//! `/scenarios/MDA`: levers on one side, the answer on the other. The page is a form that anybody can send; a script asks for the
//! same answer while a hand is still on a lever.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use base::answer::{self, Form};
use base::language::Words;
use base::page::{Head, value};
use base::{App, Reader, Refusal};
use minijinja::{Value, context};
use serde::Serialize;

use super::{of_code, question};
use crate::answer::Answer;
use crate::lever::{Group, LEVERS, Lever, Scale};
use crate::model::{Model, models};
use crate::policy::POLICIES;
use crate::question::{Question, prison_id};
use crate::{desk, drawn, shown};

/// The countries that can be asked about.
pub async fn countries(State(site): State<App>, reader: Reader) -> Result<Response, Refusal> {
    let language = reader.words.language.tag();
    let countries: Vec<_> = models()
        .values()
        .map(|model| {
            let code = &model.country.code;
            context! {
                name => model.name(language),
                code,
                calibrated => model.calibrated.is_some(),
                assumed => model.country.assumed().count(),
                parameters => model.country.given.len(),
            }
        })
        .collect();
    let head = Head::titled(reader.say("scenarios-title")).about(reader.say("scenarios-about"));
    answer::page(&site, &reader, "scenarios/countries.html", head, context! { countries })
}

/// The explorer; with an ending the answer as CSV, XLSX or JSON.
pub async fn page(
    State(site): State<App>,
    reader: Reader,
    Path(name): Path<String>,
) -> Result<Response, Refusal> {
    let (code, form) = Form::of(&name);
    if let Some(right) = right_code(code) {
        let to = reader.here_with("", None).replacen(&name, &name.replacen(code, &right, 1), 1);
        return Ok((StatusCode::PERMANENT_REDIRECT, [("location", to)]).into_response());
    }
    let model = of_code(code)?;
    let question = question(model, &reader)?;
    let answer = desk::ask(&question).await?;
    match form {
        Form::Page => {}
        Form::Json => return Ok(answer::json(&*answer)),
        _ => return answer::table(drawn::outcomes(&reader.words, &answer), &reader, form),
    }
    let words = &reader.words;
    let place = model.name(words.language.tag());
    let head = Head::titled(words.say_with("scenarios-of", &[("place", place.into())]))
        .about(shown::headline(words, &answer))
        .under(reader.say("way-scenarios"), "/scenarios");
    let presets: Vec<_> = POLICIES
        .iter()
        .map(|policy| {
            let query = policy.question(model).query();
            let here = query == question.query();
            (
                words.say(&format!("policy-{}", policy.id)),
                format!("/scenarios/{code}?{query}"),
                here,
            )
        })
        .collect();
    let values = context! {
        groups => groups(words, &question),
        presets,
        question => asked(&question),
        ..answered(&reader, &question, &answer, Shown::of(&question))
    };
    answer::page(&site, &reader, "scenarios/explorer.html", head, values)
}

/// The answer alone, for the script of the page.
pub async fn fragment(
    State(site): State<App>,
    reader: Reader,
    Path(code): Path<String>,
) -> Result<Response, Refusal> {
    let model = of_code(&code)?;
    let question = question(model, &reader)?;
    let answer = desk::ask(&question).await?;
    let values = answered(&reader, &question, &answer, Shown::of(&question));
    answer::page(&site, &reader, "scenarios/answer.html", Head::default(), values)
}

/// One drawing of the answer as SVG, PNG or CSV.
pub async fn chart(
    State(site): State<App>,
    reader: Reader,
    Path((code, name)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let model = of_code(&code)?;
    let question = question(model, &reader)?;
    let (id, form) = Form::of(&name);
    let answer = desk::ask(&question).await?;
    let drawing = drawn::course_alone(&reader.words, &answer, id);
    let drawing = drawing.ok_or_else(|| Refusal::not_found("no-course", id))?;
    answer::drawing(&site, &reader, &drawing, form, &format!("{code}-{id}")).await
}

/// Where an answer stands: the explorer's, or a full run's.
pub struct Shown {
    /// The page that shows it again.
    pub link: String,
    pub charts: String,
    pub charts_query: String,
    /// Its files, without their endings.
    pub file: String,
    /// Whether it was run in full already.
    pub full: bool,
}

impl Shown {
    fn of(question: &Question) -> Shown {
        let here = format!("/scenarios/{}", question.model.country.code);
        let query = question.shared_query();
        Shown {
            link: format!("{here}?{query}"),
            charts: format!("{here}/charts"),
            charts_query: query,
            file: here,
            full: false,
        }
    }
}

/// What the answer's template shows.
pub fn answered(reader: &Reader, question: &Question, answer: &Answer, shown: Shown) -> Value {
    let words = &reader.words;
    let code = &answer.country;
    let query = &shown.charts_query;
    let asked = |name: &str| reader.asked(name).pop().filter(|value| !value.is_empty());
    // A link made before the figures or the program changed opens, and says so.
    let made_with = asked("inputs").filter(|inputs| *inputs != question.model.inputs);
    // A full run stays as it was computed, and says so when the figures have changed since.
    let made_with = made_with
        .or_else(|| (answer.inputs != question.model.inputs).then(|| answer.inputs.clone()));
    let moves = shown::moves(words, answer);
    let lang = words.language.tag();
    let downloads: Vec<_> = ["csv", "xlsx", "json"]
        .iter()
        .map(|form| {
            let start = if query.is_empty() { String::new() } else { format!("{query}&") };
            (form.to_uppercase(), format!("{}.{form}?{start}lang={lang}", shown.file))
        })
        .collect();
    let compare = base::reader::address(
        &format!("/scenarios/{code}/compare"),
        &[("s".to_owned(), question.query())],
    );
    context! {
        code,
        place => question.model.name(lang),
        headline => shown::headline(words, answer),
        cards => value(shown::cards(words, answer)),
        moves,
        status_quo => answer.is_status_quo(),
        drawings => value(drawn::courses(words, answer)),
        table => value(drawn::outcomes(words, answer)),
        rests_on => drawn::rests_on(words, answer),
        steady => shown::steadiness(words, answer),
        calibrated => answer.calibrated,
        assumed => answer.assumed,
        parameters => answer.parameters,
        link => shown.link,
        charts => shown.charts,
        charts_query => query,
        query => question.query(),
        full => shown.full,
        compare,
        eliminates => shown::eliminates(words, answer),
        elimination => format!("/scenarios/{code}/elimination?{}", question.query()),
        hash => answer.hash.clone(),
        made_with,
        downloads,
    }
}

/// A group of levers as the form shows it.
#[derive(Serialize)]
struct Shelf {
    id: &'static str,
    title: String,
    main: Vec<Control>,
    more: Vec<Control>,
    /// Whether one of the further levers is moved, so that they are shown.
    open: bool,
}

#[derive(Serialize)]
struct Control {
    id: &'static str,
    label: String,
    help: String,
    unit: String,
    value: f64,
    now: f64,
    /// The present value in words: "now 6 %".
    now_words: String,
    most: f64,
    moved: bool,
    from: Option<i32>,
    by: Option<i32>,
    /// The prisons in which it may be moved alone: as an address names it, its name, whether it is chosen.
    prisons: Vec<(String, &'static str, bool)>,
    in_prison: bool,
}

fn groups(words: &Words, question: &Question) -> Vec<Value> {
    let country: &'static epidemic::Country = &question.model.country;
    let control = |lever: &'static Lever| {
        let now = lever.now(country);
        let moved = question.moves.iter().find(|one| one.lever.id == lever.id);
        let own = |year: Option<i32>, common: i32| year.filter(|year| *year != common);
        let now_words = shown::setting(words, lever, now);
        Control {
            id: lever.id,
            label: words.say(&format!("lever-{}", lever.id)),
            help: words.say(&format!("lever-{}-help", lever.id)),
            unit: words.say(match lever.scale {
                Scale::Percent => "unit-of-people",
                Scale::YearlyShare => "unit-within-a-year",
                Scale::Months => "unit-months",
            }),
            value: moved.map_or(now, |one| one.to),
            now,
            now_words: words.say_with("lever-now", &[("value", now_words.into())]),
            most: lever.most,
            moved: moved.is_some(),
            from: own(moved.map(|one| one.from), question.from),
            by: own(moved.map(|one| one.by), question.by),
            prisons: if lever.by_prison(country) {
                let here = |at| moved.is_some_and(|one| one.prison == Some(at));
                let prisons = country.prisons.iter().enumerate();
                prisons.map(|(at, one)| (prison_id(one), one.name.as_str(), here(at))).collect()
            } else {
                Vec::new()
            },
            in_prison: moved.is_some_and(|one| one.prison.is_some()),
        }
    };
    Group::ALL
        .into_iter()
        .map(|group| {
            let of_group =
                || LEVERS.iter().filter(|lever| lever.group == group && lever.matters(country));
            let more: Vec<Control> = of_group().filter(|lever| !lever.main).map(control).collect();
            value(Shelf {
                id: group.id(),
                title: words.say(&format!("levers-{}", group.id())),
                main: of_group().filter(|lever| lever.main).map(control).collect(),
                open: more.iter().any(|control| control.moved),
                more,
            })
        })
        .collect()
}

fn asked(question: &Question) -> Value {
    let start = question.model.country.start;
    context! {
        from => question.from, by => question.by, until => question.until,
        draws => question.draws, people => question.people, seed => question.seed,
        start, last => start + 60,
    }
}

/// `mda` and `md` mean `MDA`.
fn right_code(code: &str) -> Option<String> {
    let right = &facts::places().get(code)?.code;
    (right != code).then(|| right.clone())
}

/// The models, for other pages of this part.
pub fn crumbs(reader: &Reader, model: &'static Model, title: String) -> Head {
    let place = model.name(reader.words.language.tag());
    Head::titled(title)
        .under(reader.say("way-scenarios"), "/scenarios")
        .under(place, format!("/scenarios/{}", model.country.code))
}
