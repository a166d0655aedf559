//! The explorer of a data set: indicators by groups, each cell through disclosure control, and the way from there into the register.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use base::access::{SignedIn, see_other};
use base::answer::{self, Form};
use base::page::{Head, value};
use base::{App, Fields, Reader, Refusal, Role};
use minijinja::context;
use survey::Rules;

use super::{ROLES, data_set, microdata, said, worked};
use crate::plan::Described;
use crate::problem::Problem;
use crate::question::{METHODS, Microdata, Question};
use crate::register::{self, Prepared, Weaker};
use crate::shown;
use crate::store::{self, DataSet, Registered};
use crate::tabled;

/// Indicators at a time.
const MOST_INDICATORS: usize = 6;

/// What an address or a form asks.
#[derive(Clone, Debug, Default)]
struct Asked {
    of: Vec<String>,
    by: Vec<String>,
    method: String,
}

impl Asked {
    fn new(all: impl Fn(&str) -> Vec<String>) -> Asked {
        let given = |name: &str| -> Vec<String> {
            all(name).into_iter().filter(|value| !value.is_empty()).collect()
        };
        Asked {
            of: given("of").into_iter().take(MOST_INDICATORS).collect(),
            by: given("by"),
            method: given("method").pop().unwrap_or_else(|| "logit".into()),
        }
    }

    fn query(&self) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(self.of.iter().map(|of| ("of", of)));
        query.extend_pairs(self.by.iter().map(|by| ("by", by)));
        query.append_pair("method", &self.method).finish()
    }
}

/// A table for each indicator, or what is wrong.
type Answered = Result<Vec<Prepared>, Vec<Problem>>;

async fn answered(
    data: Arc<Microdata>,
    asked: Asked,
    earlier: Vec<Registered>,
    rules: Rules,
) -> Result<Answered, Refusal> {
    worked(move || {
        let question = Question::read(&data, &asked.of, &asked.by, &asked.method, 0.95)?;
        let tables = question.answer(&data)?;
        tables
            .iter()
            .map(|one| register::prepare(&data, &question, one, &earlier, &rules))
            .collect()
    })
    .await
}

async fn described(site: &App, set: &DataSet) -> Result<Arc<Microdata>, Refusal> {
    if set.design.is_empty() {
        return Err(Refusal::conflict("not-described"));
    }
    let design = Described::read("design.toml", &set.design);
    let design = design.map_err(|_| Refusal::conflict("not-described"))?;
    let data = microdata(site, set, design).await?;
    data.map(Arc::new).map_err(|_| Refusal::conflict("not-described"))
}

async fn earlier(site: &App, id: &str) -> Result<Vec<Registered>, Refusal> {
    let mut tables = store::tables(&site.storage.pool).await?;
    tables.retain(|table| table.data == id && table.state == "published");
    tables.reverse();
    Ok(tables)
}

pub async fn page(
    State(site): State<App>,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let set = data_set(&site, &id).await?;
    let data = described(&site, &set).await?;
    let asked = Asked::new(|name| reader.asked(name));
    show(&site, &reader, &set, data, asked, None).await
}

async fn show(
    site: &App,
    reader: &Reader,
    set: &DataSet,
    data: Arc<Microdata>,
    asked: Asked,
    fault: Option<&str>,
) -> Result<Response, Refusal> {
    let words = &reader.words;
    let label = |name: &str| data.codes.label(name).to_owned();
    let indicators: Vec<_> = data
        .sheet
        .columns
        .iter()
        .filter(|column| data.measure(column).is_some())
        .map(|column| (column.name.clone(), label(&column.name), asked.of.contains(&column.name)))
        .collect();
    // A column of one answer a person is no group.
    let groups: Vec<_> = data
        .sheet
        .columns
        .iter()
        .filter(|column| (2..=60).contains(&column.texts.len()))
        .map(|column| (column.name.clone(), label(&column.name)))
        .collect();
    let methods: Vec<_> = METHODS
        .iter()
        .map(|(name, _)| (*name, words.say(&format!("method-{name}")), asked.method == *name))
        .collect();
    let (mut tables, mut problems) = (Vec::new(), Vec::new());
    if !asked.of.is_empty() {
        match answered(data.clone(), asked.clone(), earlier(site, &set.id).await?, Rules::default())
            .await?
        {
            Ok(prepared) => tables = prepared,
            Err(found) => problems = said(reader, &found),
        }
    }
    let results: Vec<_> = tables
        .iter()
        .enumerate()
        .map(|(at, prepared)| {
            let drawing = shown::drawing(words, &prepared.tabled, &format!("figures-{at}"), 720.0);
            let withheld = prepared.tabled.cells.iter().filter(|cell| cell.figure.is_none()).count();
            context! {
                drawing => value(&drawing), withheld, for_earlier => prepared.for_earlier, already => prepared.already,
                notes => prepared.tabled.notes(words), of => prepared.tabled.of.as_str(), table => value(&drawing.table),
            }
        })
        .collect();
    let at = format!("/statistics/data/{}/explore", set.id);
    let query = asked.query();
    let downloads: Vec<_> = ["csv", "json"]
        .iter()
        .map(|form| {
            (form.to_uppercase(), format!("{at}.{form}?{query}&lang={}", words.language.tag()))
        })
        .collect();
    let head = Head::titled(reader.say("explore"))
        .under(reader.say("statistics"), "/statistics")
        .under(reader.say("data-sets"), "/statistics/data")
        .under(set.title.clone(), format!("/statistics/data/{}", set.id));
    let by: Vec<String> = (0..3).map(|at| asked.by.get(at).cloned().unwrap_or_default()).collect();
    let has_asked = !asked.of.is_empty();
    let values = context! {
        id => set.id.as_str(), indicators, groups, methods, by, results, problems, downloads, has_asked, fault,
        synthetic => set.synthetic, of => asked.of, method => asked.method, at,
    };
    let mut page = answer::page(site, reader, "statistics/explore.html", head, values)?;
    if fault.is_some() {
        *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(page)
}

pub async fn file(
    State(site): State<App>,
    reader: Reader,
    Path((id, form)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let set = data_set(&site, &id).await?;
    let data = described(&site, &set).await?;
    let asked = Asked::new(|name| reader.asked(name));
    let earlier = earlier(&site, &id).await?;
    let prepared = match answered(data, asked, earlier, Rules::default()).await? {
        Ok(prepared) => prepared,
        Err(problems) => {
            let first = said(&reader, &problems).into_iter().next().unwrap_or_default();
            return Err(Refusal::bad_input("question", "of", &first));
        }
    };
    let tables: Vec<_> = prepared.into_iter().map(|one| one.tabled).collect();
    match Form::of(&format!("explore.{form}")).1 {
        Form::Csv => Ok(answer::file(
            tabled::csv(&tables).into_bytes(),
            "text/csv; charset=utf-8",
            "figures.csv",
        )),
        Form::Json => Ok(answer::json(&serde_json::json!({ "tables": tables }))),
        _ => Err(Refusal::not_found("no-form", &form)),
    }
}

/// Sends the tables into the register: out at once under the rules of the house, to a data steward under weaker ones.
pub async fn release(
    State(site): State<App>,
    reader: Reader,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let set = data_set(&site, &id).await?;
    let data = described(&site, &set).await?;
    let asked = Asked::new(|name| fields.all(name).into_iter().map(str::to_owned).collect());
    let number = |name: &str, least: u64, most: u64| {
        fields.one(name).parse::<u64>().ok().filter(|value| (least..=most).contains(value))
    };
    let weaker = match fields.one("weaker") == "yes" {
        false => None,
        true => {
            match (number("least_n", 3, 10), number("least_either", 1, 3), fields.one("reason")) {
                (Some(least_n), Some(least_either), reason) if !reason.is_empty() => {
                    Some((Weaker { least_n, least_either }, reason.to_owned()))
                }
                _ => {
                    return show(&site, &reader, &set, data, asked, Some("weaker-incomplete"))
                        .await;
                }
            }
        }
    };
    let by =
        who.by(who.holds_over(&[Role::Researcher, Role::DataSteward], &[]).or(who.holds(ROLES)));
    let rules = weaker.as_ref().map_or_else(Rules::default, |(weaker, _)| weaker.rules());
    let mut last = String::new();
    // One by one, each held against those before it.
    for of in asked.of.clone() {
        let one = Asked { of: vec![of], ..asked.clone() };
        let earlier = earlier(&site, &id).await?;
        let count = earlier.len();
        let prepared = match answered(data.clone(), one.clone(), earlier, rules).await? {
            Ok(prepared) => prepared,
            Err(_) => return show(&site, &reader, &set, data, asked, Some("release-failed")).await,
        };
        for prepared in &prepared {
            let weaker = weaker.as_ref().map(|(weaker, reason)| (*weaker, reason.as_str()));
            last = register::enter(&site, &by, &id, &one.query(), prepared, count, weaker).await?;
        }
    }
    match last.is_empty() {
        true => show(&site, &reader, &set, data, asked, Some("release-nothing")).await,
        false => Ok(see_other(&format!("/statistics/tables/{last}"))),
    }
}
