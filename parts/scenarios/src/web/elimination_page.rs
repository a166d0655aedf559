//! `/scenarios/MDA/elimination`: do the standard policies, and one's own, bring hepatitis C and HIV to WHO's targets for 2030, and when?
//! What was computed beforehand is shown where it still holds; else each policy is run with the explorer's sample, and the page says so.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;
use base::answer::{self, Form};
use base::document::Drawing;
use base::language::{Arg, Words};
use base::page::value;
use base::{App, Reader, Refusal};
use minijinja::context;
use serde::Serialize;
use utoipa::ToSchema;

use super::explorer::crumbs;
use super::{of_code, question};
use crate::answer::Answer;
use crate::elimination::{Elimination, GOALS, Goal, Row, Told, table};
use crate::model::Model;
use crate::policy::{POLICIES, Policy};
use crate::question::Question;
use crate::{compare, desk, drawn, panel};

/// The policies of the page, answered.
pub struct Asked {
    model: &'static Model,
    /// Each with its name for an address, none for one's own.
    policies: Vec<(Option<&'static str>, Arc<Answer>)>,
    own: Option<Question>,
    /// Said of what was computed beforehand: when, and from what.
    made: Option<String>,
}

/// A policy and how it stands, for files and the API.
#[derive(Serialize, ToSchema)]
pub struct Wire {
    /// The name of a standard policy; `own` for the levers of the query.
    pub policy: String,
    pub draws: usize,
    /// Per cent of the people that were followed.
    pub people: f64,
    pub hash: String,
    pub elimination: Elimination,
}

impl Asked {
    /// As the API gives them.
    pub fn wire(&self) -> Vec<Wire> {
        let wire = |(id, answer): &(Option<&'static str>, Arc<Answer>)| {
            Some(Wire {
                policy: id.unwrap_or("own").into(),
                draws: answer.draws,
                people: answer.people,
                hash: answer.hash.clone(),
                elimination: answer.elimination.clone()?,
            })
        };
        self.policies.iter().filter_map(wire).collect()
    }

    fn rows(&self, words: &Words) -> Vec<Row<'_>> {
        let code = &self.model.country.code;
        let mut rows: Vec<Row> = Vec::new();
        for (id, answer) in &self.policies {
            let Some(elimination) = &answer.elimination else { continue };
            let (first, until, draws) = (answer.first, answer.until, answer.draws);
            let row = Row {
                name: words.say("policy-status-quo"),
                href: Some(format!("/scenarios/{code}")),
                elimination,
                with_policy: false,
                first,
                until,
                draws,
                calibrated: answer.calibrated,
            };
            if rows.is_empty() {
                rows.push(row.clone());
            }
            let name =
                id.map_or_else(|| self.own_name(words), |id| words.say(&format!("policy-{id}")));
            let policy = id.and_then(Policy::find).map(|policy| policy.question(self.model));
            let question = policy.as_ref().or(self.own.as_ref()).map(Question::query);
            let href = Some(format!("/scenarios/{code}?{}", question.unwrap_or_default()));
            rows.push(Row { name, href, with_policy: true, ..row });
        }
        rows
    }

    fn own_name(&self, words: &Words) -> String {
        let name = self.own.as_ref().map(|own| compare::name(words, own)).unwrap_or_default();
        words.say_with("elimination-own", &[("name", name.into())])
    }

    /// The policy that is drawn: the one asked for, one's own, or the one that comes nearest to the target.
    fn drawn(&self, asked: Option<&str>) -> usize {
        let named = asked.and_then(|id| self.policies.iter().position(|(one, _)| *one == Some(id)));
        let own = || self.policies.iter().position(|(id, _)| id.is_none());
        let left = |answer: &Answer| {
            let target = answer.elimination.as_ref().and_then(|e| e.target("hcv-incidence"));
            target.map_or(f64::INFINITY, |target| target.with_policy.found.mean)
        };
        let best = || {
            let all = self.policies.iter().enumerate();
            all.min_by(|a, b| left(&a.1.1).total_cmp(&left(&b.1.1))).map_or(0, |(at, _)| at)
        };
        named.or_else(own).unwrap_or_else(best)
    }
}

/// The policies, kept or run now with the sample of the address, and the levers of the address as one more.
pub async fn asked(model: &'static Model, reader: &Reader) -> Result<Asked, Refusal> {
    let asked = question(model, reader)?;
    let Question { draws, people, seed, .. } = asked;
    let own = Some(asked).filter(|question| !question.moves.is_empty());
    let code = &model.country.code;
    let none = || Refusal::not_found("no-elimination", code);
    let kept = panel::of(model)?.filter(|kept| {
        kept.belong_to(model) && kept.policies.iter().all(|one| one.answer.elimination.is_some())
    });
    let mut policies: Vec<(Option<&'static str>, Arc<Answer>)> = Vec::new();
    let made = kept.as_ref().map(|kept| panel::made(&reader.words, kept));
    match kept {
        Some(kept) => {
            let answers = kept.policies.into_iter().map(|one| Arc::new(one.answer));
            policies.extend(POLICIES.iter().map(|policy| Some(policy.id)).zip(answers));
        }
        None => {
            for policy in POLICIES {
                let question = Question { draws, people, seed, ..policy.question(model) };
                policies.push((Some(policy.id), desk::ask(&question).await?));
            }
        }
    }
    if let Some(own) = &own {
        policies.push((None, desk::ask(own).await?));
    }
    if policies.iter().any(|(_, answer)| answer.elimination.is_none()) {
        return Err(none());
    }
    Ok(Asked { model, policies, own, made })
}

pub async fn page(
    State(site): State<App>,
    reader: Reader,
    Path(code): Path<String>,
) -> Result<Response, Refusal> {
    let model = of_code(&code)?;
    let words = &reader.words;
    let asked = asked(model, &reader).await?;
    let place = model.name(words.language.tag());
    let title = words.say_with("elimination-title", &[("place", place.into())]);
    let rows = asked.rows(words);
    let says = says(words, &rows);
    let head = crumbs(&reader, model, title).about(says.clone());
    let chosen = reader.asked("policy").pop();
    let at = asked.drawn(chosen.as_deref());
    let drawings: Vec<Drawing> = GOALS
        .iter()
        .filter_map(|goal| drawn::incidence(words, &rows[at + 1], goal, None))
        .collect();
    let choices: Vec<_> = asked
        .policies
        .iter()
        .enumerate()
        .map(|(i, (id, _))| {
            let own = asked.own.as_ref().map(Question::query);
            let mut pairs: Vec<String> = id.iter().map(|id| format!("policy={id}")).collect();
            pairs.extend(own);
            (rows[i + 1].name.clone(), format!("?{}", pairs.join("&")), i == at)
        })
        .collect();
    let first = asked.policies.first().map(|(_, answer)| answer);
    let population = first
        .and_then(|answer| answer.elimination.as_ref()?.population.as_ref())
        .map(|known| (words.number(known.people, 0), known.year, known.source.clone()));
    let values = context! {
        code => code.as_str(),
        says,
        choices,
        drawings => value(drawings),
        charts => format!("/scenarios/{code}/elimination/charts"),
        charts_query => reader.query.clone(),
        view => value(table(words, &rows, Told::All, &code).view(&reader)),
        goals => goals(words),
        population,
        made => asked.made.clone(),
        calibrated => model.calibrated.is_some(),
        rests_on => first.map(|answer| drawn::rests_on(words, answer)),
        own => asked.own.as_ref().map(|own| format!("/scenarios/{code}?{}", own.query())),
        own_rests_on => asked.own.as_ref().and(asked.policies.last()).map(|(_, answer)| drawn::rests_on(words, answer)),
    };
    answer::page(&site, &reader, "scenarios/elimination.html", head, values)
}

pub async fn file(
    reader: Reader,
    Path((code, form)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let asked = asked(of_code(&code)?, &reader).await?;
    match Form::of(&format!("e.{form}")).1 {
        Form::Json => Ok(answer::json(&asked.wire())),
        form => {
            let words = &reader.words;
            answer::table(table(words, &asked.rows(words), Told::Apart, &code), &reader, form)
        }
    }
}

pub async fn chart(
    State(site): State<App>,
    reader: Reader,
    Path((code, name)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let (id, form) = Form::of(&name);
    let goal = Goal::find(id).ok_or_else(|| Refusal::not_found("no-course", id))?;
    let words = &reader.words;
    let asked = asked(of_code(&code)?, &reader).await?;
    let at = asked.drawn(reader.asked("policy").pop().as_deref());
    let rows = asked.rows(words);
    let drawing = drawn::incidence(words, &rows[at + 1], goal, None);
    let drawing = drawing.ok_or_else(|| Refusal::not_found("no-course", id))?;
    answer::drawing(&site, &reader, &drawing, form, &format!("{code}-{id}")).await
}

/// The targets in words: what is asked for, and who asks.
fn goals(words: &Words) -> Vec<(String, String)> {
    GOALS
        .iter()
        .map(|goal| {
            let say = |what: &str| words.say(&format!("goal-{}-{what}", goal.id));
            (say("asks"), say("source"))
        })
        .collect()
}

/// The finding: which policies are more likely than not to meet WHO's incidence target in time, and which ever.
fn says(words: &Words, rows: &[Row]) -> String {
    let stands = |row: &&Row| row.stand("hcv-incidence").cloned();
    let likely = rows.iter().filter(|row| stands(row).is_some_and(|stand| stand.met > 0.5)).count();
    let year = rows.first().map_or(0, |row| row.elimination.year);
    // What is nearest: the first to get there in the middle draw, then the lowest in the year of the target.
    let rank = |row: &&Row| {
        let stand = stands(row);
        let found = stand.as_ref().map_or(f64::INFINITY, |stand| stand.found.median);
        (stand.and_then(|stand| stand.first[1]).unwrap_or(i32::MAX), found)
    };
    let best = rows.iter().min_by(|a, b| {
        let (a, b) = (rank(a), rank(b));
        a.0.cmp(&b.0).then(a.1.total_cmp(&b.1))
    });
    let Some((best, stand)) = best.and_then(|row| Some((row, stands(&row)?))) else {
        return String::new();
    };
    let number = |value: f64| words.number(value, 1);
    let mut args = vec![
        ("year", Arg::Name(year.into())),
        ("likely", likely.into()),
        ("best", best.name.as_str().into()),
        ("found", number(stand.found.median).into()),
        ("low", number(stand.found.low).into()),
        ("high", number(stand.found.high).into()),
        ("until", Arg::Name(best.until.into())),
    ];
    let first = stand.first[1];
    args.push(("first", Arg::Name(first.unwrap_or_default().into())));
    let key = match (likely, first) {
        (0, Some(_)) => "elimination-says-later",
        (0, None) => "elimination-says-never",
        _ => "elimination-says",
    };
    words.say_with(key, &args)
}
