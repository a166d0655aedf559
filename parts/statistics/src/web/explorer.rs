//! The explorer of those who hold interviews: indicators by groups, for chosen countries and rounds, each cell through disclosure
//! control; and the way from there into the register.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use base::access::{SignedIn, see_other};
use base::answer::{self, Form};
use base::page::{Head, value};
use base::{App, Fields, Reader, Refusal, Role, Who, Words};
use minijinja::context;
use survey::Rules;

use super::picture::{self, Here};
use super::{ROLES, microdata, said, worked};
use crate::indicator::Indicator;
use crate::out::Out;
use crate::plan::Described;
use crate::problem::Problem;
use crate::question::{METHODS, Microdata, Question};
use crate::register::{self, Prepared, Weaker};
use crate::rounds::{self, Compared, Round};
use crate::shares::{self, Sight};
use crate::store::{self, DataSet};
use crate::tabled::{self, Tabled};

/// Indicators at a time.
const MOST_INDICATORS: usize = 6;

/// What an address or a form asks.
#[derive(Clone, Debug, Default)]
struct Asked {
    of: Vec<String>,
    by: Vec<String>,
    method: String,
    /// Places to show; all where none is named.
    places: Vec<String>,
    /// Other rounds of the same survey.
    with: Vec<String>,
}

impl Asked {
    fn new(all: impl Fn(&str) -> Vec<String>) -> Asked {
        let given = |name: &str| -> Vec<String> {
            all(name).into_iter().filter(|value| !value.is_empty()).collect()
        };
        let mut of = given("of");
        if let Some(composed) = composed(&|name| given(name).pop().unwrap_or_default())
            && !of.contains(&composed)
        {
            // Put together last, it is what is looked for, so it is not the one that is left out.
            of.truncate(MOST_INDICATORS - 1);
            of.push(composed);
        }
        Asked {
            of: of.into_iter().take(MOST_INDICATORS).collect(),
            by: given("by"),
            method: given("method").pop().unwrap_or_else(|| "logit".into()),
            places: given("place"),
            with: given("with"),
        }
    }

    /// What the register keeps: which figures, not which of them were on the screen.
    fn question(&self) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(self.of.iter().map(|of| ("of", of)));
        query.extend_pairs(self.by.iter().map(|by| ("by", by)));
        query.append_pair("method", &self.method).finish()
    }

    fn query(&self) -> String {
        let mut query = url::form_urlencoded::Serializer::new(self.question());
        query.extend_pairs(self.places.iter().map(|place| ("place", place)));
        query.extend_pairs(self.with.iter().map(|with| ("with", with))).finish()
    }
}

/// The measures that the form puts together.
const MEASURES: [&str; 4] = ["total", "median", "quantile", "ratio"];

/// What the form's choices say as it would be written: `ratio(injections,injects)`.
fn composed(one: &dyn Fn(&str) -> String) -> Option<String> {
    let (measure, of) = (one("measure"), one("measure_of"));
    match measure.as_str() {
        "" => None,
        "ratio" => Some(format!("ratio({of},{})", one("measure_over"))),
        "quantile" => {
            let percent = one("measure_percent");
            let share = percent.trim().replace(',', ".").parse::<f64>().map(|share| share / 100.0);
            Some(format!("quantile({of},{})", share.map_or(percent, |share| share.to_string())))
        }
        measure => Some(format!("{measure}({of})")),
    }
}

/// A table for each indicator, or what is wrong.
type Answered = Result<Vec<Prepared>, Vec<Problem>>;

async fn answered(
    (data, version): (Arc<Microdata>, i64),
    asked: Asked,
    out: Out,
    rules: Rules,
) -> Result<Answered, Refusal> {
    worked(move || {
        let question = Question::read(&data, &asked.of, &asked.by, &asked.method, 0.95)?;
        let tables = question.answer(&data)?;
        tables
            .iter()
            .map(|one| register::prepare((&data, version), &question, one, &out, &rules))
            .collect()
    })
    .await
}

pub async fn described(site: &App, set: &DataSet) -> Result<Arc<Microdata>, Refusal> {
    if set.design.is_empty() {
        return Err(Refusal::conflict("not-described"));
    }
    let design = Described::read("design.toml", &set.design);
    let design = design.map_err(|_| Refusal::conflict("not-described"))?;
    let data = microdata(site, set, design).await?;
    data.map(Arc::new).map_err(|_| Refusal::conflict("not-described"))
}

/// The other rounds of the survey that can be asked the same.
async fn others(site: &App, who: &Who, set: &DataSet) -> Result<Vec<DataSet>, Refusal> {
    if set.series.is_empty() {
        return Ok(Vec::new());
    }
    let mut rounds = store::rounds_of(&site.storage.pool, &set.series).await?;
    let sight = Sight::of(site, who).await?;
    rounds.retain(|round| round.id != set.id && !round.design.is_empty() && sight.sees(round));
    Ok(rounds)
}

/// What was asked, of this round and of those beside it.
struct Picture {
    all: Vec<Compared>,
    /// By indicator: why cells of this round are empty, what earlier tables demanded.
    prepared: Vec<Prepared>,
    problems: Vec<String>,
}

async fn picture(
    site: &App,
    reader: &Reader,
    who: &Who,
    set: &DataSet,
    data: Arc<Microdata>,
    asked: &Asked,
) -> Result<Picture, Refusal> {
    let mut empty = Picture { all: Vec::new(), prepared: Vec::new(), problems: Vec::new() };
    let mut sets = vec![set.clone()];
    sets.extend(
        others(site, who, set).await?.into_iter().filter(|one| asked.with.contains(&one.id)),
    );
    let mut by_round = Vec::new();
    for one in &sets {
        let data = if one.id == set.id { data.clone() } else { described(site, one).await? };
        let out = Out::of(site, one, data.clone(), None).await?;
        match answered((data, one.version), asked.clone(), out, Rules::default()).await? {
            Ok(prepared) => by_round.push(prepared),
            Err(problems) => {
                let problems = said(reader, &problems).into_iter();
                empty.problems =
                    problems.map(|problem| format!("{}: {problem}", one.title)).collect();
                return Ok(empty);
            }
        }
    }
    let indicators = by_round.first().map_or(0, Vec::len);
    empty.all = (0..indicators)
        .map(|at| {
            let rounds = sets.iter().zip(&by_round).map(|(set, prepared)| Round {
                data: set.id.clone(),
                title: set.title.clone(),
                period: set.period.clone(),
                table: String::new(),
                tabled: rounds::only_places(&prepared[at].tabled, &asked.places),
            });
            Compared::new(rounds.collect())
        })
        .collect();
    empty.prepared = by_round.into_iter().next().unwrap_or_default();
    Ok(empty)
}

pub async fn page(
    State(site): State<App>,
    SignedIn(who): SignedIn,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let set = shares::seen(&site, &who, &id).await?;
    let data = described(&site, &set).await?;
    let asked = Asked::new(|name| reader.asked(name));
    show(&site, &reader, &who, &set, data, asked, None).await
}

async fn show(
    site: &App,
    reader: &Reader,
    who: &Who,
    set: &DataSet,
    data: Arc<Microdata>,
    asked: Asked,
    fault: Option<&str>,
) -> Result<Response, Refusal> {
    let words = &reader.words;
    let label = |name: &str| data.codes.label(name).to_owned();
    let columns: Vec<_> = data
        .sheet
        .columns
        .iter()
        .filter(|column| data.measure(column).is_some())
        .map(|column| (column.name.clone(), label(&column.name), asked.of.contains(&column.name)))
        .collect();
    let others_asked = asked.of.iter().filter(|of| !columns.iter().any(|column| column.0 == **of));
    let others_asked = others_asked.filter_map(|of| {
        let indicator = Indicator::of(&data, of).ok()?;
        Some((of.clone(), named(words, &indicator, &data), true))
    });
    let indicators: Vec<_> = columns.iter().cloned().chain(others_asked).collect();
    let measures: Vec<_> = MEASURES
        .iter()
        .map(|measure| (*measure, words.say(&format!("compose-{measure}"))))
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
    let others: Vec<_> = others(site, who, set)
        .await?
        .into_iter()
        .map(|one| {
            let chosen = asked.with.contains(&one.id);
            (one.id, format!("{} ({})", one.title, one.period), chosen)
        })
        .collect();
    let places: Vec<_> = crate::places::of(&data, &asked.by)
        .map(|places| places.codes)
        .unwrap_or_default()
        .into_iter()
        .map(|(name, _)| (name.clone(), asked.places.contains(&name)))
        .collect();
    let found = match asked.of.is_empty() {
        true => Picture { all: Vec::new(), prepared: Vec::new(), problems: Vec::new() },
        false => picture(site, reader, who, set, data.clone(), &asked).await?,
    };
    // Reasons belong to the cells of this round's whole table; beside other cells they would be wrong.
    let rules: Vec<_> = match asked.places.is_empty() && asked.with.is_empty() {
        true => found.prepared.iter().map(|one| one.reasons.clone()).collect(),
        false => Vec::new(),
    };
    let results = picture::results(site, words, &found.all, &rules).await?;
    let results: Vec<_> = results
        .into_iter()
        .zip(&found.prepared)
        .map(|(result, prepared)| {
            let withheld =
                prepared.tabled.cells.iter().filter(|cell| cell.figure.is_none()).count();
            context! {
                withheld, for_earlier => prepared.for_earlier, already => prepared.already, told_by_file => prepared.told_by_file,
                versions => prepared.versions.clone(), ..result
            }
        })
        .collect();
    let at = format!("/statistics/data/{}/explore", set.id);
    let query = asked.query();
    let downloads = picture::downloads(words, &Here { path: &at, query: &query });
    let head = Head::titled(reader.say("explore"))
        .under(reader.say("statistics"), "/statistics")
        .under(reader.say("data-sets"), "/statistics/data")
        .under(set.title.clone(), format!("/statistics/data/{}", set.id));
    let by: Vec<String> = (0..3).map(|at| asked.by.get(at).cloned().unwrap_or_default()).collect();
    let has_asked = !asked.of.is_empty();
    let values = context! {
        id => set.id.as_str(), indicators, columns, measures, groups, methods, by, results, problems => found.problems, downloads, has_asked, fault,
        synthetic => set.synthetic, of => asked.of, method => asked.method, at, query, others, places => value(places),
    };
    let mut page = answer::page(site, reader, "statistics/explore.html", head, values)?;
    if fault.is_some() {
        *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(page)
}

/// An indicator in words, where a column stands beside it in another measure.
fn named(words: &Words, indicator: &Indicator, data: &Microdata) -> String {
    let label = indicator.label(&data.codes);
    match Tabled::unit_of(&indicator.measure) {
        ("share" | "mean" | "ratio", _) => label,
        (unit, share) => format!("{label} ({})", tabled::unit_in_words(words, unit, share)),
    }
}

/// What was asked, or a refusal in the words of the first problem.
async fn whole(
    site: &App,
    reader: &Reader,
    who: &Who,
    id: &str,
) -> Result<(Vec<Compared>, Asked), Refusal> {
    let set = shares::seen(site, who, id).await?;
    let data = described(site, &set).await?;
    let asked = Asked::new(|name| reader.asked(name));
    let found = picture(site, reader, who, &set, data, &asked).await?;
    match found.problems.first() {
        Some(first) => Err(Refusal::bad_input("question", "of", first)),
        None => Ok((found.all, asked)),
    }
}

pub async fn file(
    State(site): State<App>,
    SignedIn(who): SignedIn,
    reader: Reader,
    Path((id, form)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let (all, asked) = whole(&site, &reader, &who, &id).await?;
    let (path, query) = (format!("/statistics/data/{id}/explore"), asked.query());
    let form = Form::of(&format!("explore.{form}")).1;
    picture::file(&site, &reader, &all, form, &Here { path: &path, query: &query }).await
}

pub async fn chart(
    State(site): State<App>,
    SignedIn(who): SignedIn,
    reader: Reader,
    Path((id, name)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let (all, _) = whole(&site, &reader, &who, &id).await?;
    picture::chart(&site, &reader, &all, &name).await
}

/// Sends the tables into the register: out at once under the rules of the house, to a data steward under weaker ones.
pub async fn release(
    State(site): State<App>,
    reader: Reader,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let set = shares::seen(&site, &who, &id).await?;
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
                    return show(
                        &site,
                        &reader,
                        &who,
                        &set,
                        data,
                        asked,
                        Some("weaker-incomplete"),
                    )
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
        let out = Out::of(&site, &set, data.clone(), None).await?;
        let count = out.count();
        let with = (data.clone(), set.version);
        let prepared = match answered(with, one.clone(), out, rules).await? {
            Ok(prepared) => prepared,
            Err(_) => {
                return show(&site, &reader, &who, &set, data, asked, Some("release-failed")).await;
            }
        };
        for prepared in &prepared {
            let weaker = weaker.as_ref().map(|(weaker, reason)| (*weaker, reason.as_str()));
            last = register::enter(
                &site,
                &by,
                (&id, set.version),
                &one.question(),
                prepared,
                count,
                weaker,
            )
            .await?;
        }
    }
    match last.is_empty() {
        true => show(&site, &reader, &who, &set, data, asked, Some("release-nothing")).await,
        false => Ok(see_other(&format!("/statistics/tables/{last}"))),
    }
}
