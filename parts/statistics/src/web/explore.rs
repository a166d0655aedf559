//! The explorer that anyone may use: released tables by indicator, groups, countries and rounds, as table, dots, map and years. It reads
//! the register and nothing else, so that what it shows has gone through every control.

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use axum::response::Response;
use base::answer::{self, Form};
use base::page::{Head, value};
use base::{App, Reader, Refusal, Site, Words};
use minijinja::context;

use super::picture::{self, Here};
use crate::entries;
use crate::rounds::{self, Compared, Round};
use crate::store;
use crate::tabled::Tabled;

/// Indicators at a time.
const MOST_INDICATORS: usize = 6;

/// The released tables of one survey: its rounds by indicator and grouping.
struct Survey {
    key: String,
    title: String,
    /// By indicator and groups, the latest table of each round.
    tables: BTreeMap<(String, String), Vec<Round>>,
}

impl Survey {
    fn indicators(&self, words: &Words) -> Vec<(String, String)> {
        let mut found: Vec<(String, String)> = Vec::new();
        for ((of, _), rounds) in &self.tables {
            if !found.iter().any(|(known, _)| known == of)
                && let Some(round) = rounds.last()
            {
                found.push((of.clone(), round.tabled.named(words)));
            }
        }
        found
    }

    fn rounds(&self) -> Vec<(String, String, String)> {
        let mut found: Vec<(String, String, String)> = self
            .tables
            .values()
            .flatten()
            .map(|round| (round.period.clone(), round.data.clone(), round.title.clone()))
            .collect();
        found.sort();
        found.dedup();
        found
    }
}

/// Everything that is out, by survey.
async fn surveys(site: &Site) -> Result<Vec<Survey>, Refusal> {
    let sets = store::data_sets(&site.storage.pool).await?;
    let mut surveys: Vec<Survey> = Vec::new();
    // The newest first: a later edition of a table takes the place of an earlier one.
    for entry in entries::published(&site.storage.pool).await? {
        let Some(set) = sets.iter().find(|set| set.id == entry.data) else { continue };
        let tabled: Tabled = serde_json::from_str(&entry.content).map_err(Refusal::broken)?;
        let key = if set.series.is_empty() { &set.id } else { &set.series };
        let at = surveys.iter().position(|survey| survey.key == *key).unwrap_or_else(|| {
            let (key, title) = (key.clone(), set.title.clone());
            surveys.push(Survey { key, title, tables: BTreeMap::new() });
            surveys.len() - 1
        });
        let rounds =
            surveys[at].tables.entry((tabled.of.clone(), tabled.by.join(","))).or_default();
        if rounds.iter().all(|round| round.data != set.id) {
            rounds.push(Round {
                data: set.id.clone(),
                title: set.title.clone(),
                period: set.period.clone(),
                table: entry.id,
                tabled,
            });
        }
    }
    for survey in &mut surveys {
        for rounds in survey.tables.values_mut() {
            rounds.sort_by(|a, b| a.period.cmp(&b.period).then(a.data.cmp(&b.data)));
        }
    }
    surveys.sort_by(|a, b| a.title.cmp(&b.title).then(a.key.cmp(&b.key)));
    Ok(surveys)
}

/// What an address asks, filled in where it leaves something open.
struct Asked {
    survey: usize,
    of: Vec<String>,
    by: String,
    rounds: Vec<String>,
    places: Vec<String>,
}

impl Asked {
    fn new(reader: &Reader, surveys: &[Survey]) -> Asked {
        let given = |name: &str| -> Vec<String> {
            reader.asked(name).into_iter().filter(|value| !value.is_empty()).collect()
        };
        let asked = given("survey").pop();
        let survey = surveys.iter().position(|survey| Some(&survey.key) == asked.as_ref());
        let survey = survey.unwrap_or(0);
        let mut of: Vec<String> = given("of").into_iter().take(MOST_INDICATORS).collect();
        let first = surveys.get(survey).and_then(|survey| survey.tables.keys().next());
        if of.is_empty() {
            of.extend(first.map(|(of, _)| of.clone()));
        }
        let groupings: Vec<&String> = surveys
            .get(survey)
            .map(|survey| {
                survey.tables.keys().filter(|(one, _)| of.contains(one)).map(|(_, by)| by).collect()
            })
            .unwrap_or_default();
        let by = reader.asked("by").join(",");
        let is_given = !reader.asked("by").is_empty();
        let by = if is_given {
            by
        } else {
            groupings.first().map_or_else(String::new, |by| (*by).clone())
        };
        Asked { survey, of, by, rounds: given("round"), places: given("place") }
    }

    fn query(&self, surveys: &[Survey]) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        if let Some(survey) = surveys.get(self.survey) {
            query.append_pair("survey", &survey.key);
        }
        query.extend_pairs(self.of.iter().map(|of| ("of", of)));
        query.append_pair("by", &self.by);
        query.extend_pairs(self.rounds.iter().map(|round| ("round", round)));
        query.extend_pairs(self.places.iter().map(|place| ("place", place))).finish()
    }

    /// The pictures; an indicator without a table by these groups has none.
    fn pictures(&self, surveys: &[Survey]) -> Vec<Compared> {
        let Some(survey) = surveys.get(self.survey) else { return Vec::new() };
        let wanted = |round: &&Round| self.rounds.is_empty() || self.rounds.contains(&round.data);
        self.of
            .iter()
            .filter_map(|of| survey.tables.get(&(of.clone(), self.by.clone())))
            .map(|rounds| {
                let chosen = rounds.iter().filter(wanted).cloned().map(|round| Round {
                    tabled: rounds::only_places(&round.tabled, &self.places),
                    ..round
                });
                Compared::new(chosen.collect())
            })
            .filter(|compared| !compared.rounds.is_empty())
            .collect()
    }
}

/// Groupings as a reader chooses them: the key, and "Country, Sex".
fn groupings(survey: &Survey, of: &[String], nothing: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for ((one, by), rounds) in &survey.tables {
        if of.contains(one) && !found.iter().any(|(known, _)| known == by) {
            let labels = rounds.last().map(|round| round.tabled.by_labels.join(", "));
            let labels = labels.filter(|text| !text.is_empty()).unwrap_or_else(|| nothing.into());
            found.push((by.clone(), labels));
        }
    }
    found
}

pub async fn page(State(site): State<App>, reader: Reader) -> Result<Response, Refusal> {
    let surveys = surveys(&site).await?;
    let asked = Asked::new(&reader, &surveys);
    let words = &reader.words;
    let pictures = asked.pictures(&surveys);
    let results = picture::results(&site, words, &pictures, &[]).await?;
    let query = asked.query(&surveys);
    let here = Here { path: "/statistics/explore", query: &query };
    let chosen = surveys.get(asked.survey);
    let nothing = words.say("explore-by-none");
    let indicators: Vec<_> = chosen
        .map(|survey| survey.indicators(words))
        .unwrap_or_default()
        .into_iter()
        .map(|(of, label)| (of.clone(), label, asked.of.contains(&of)))
        .collect();
    let groupings: Vec<_> = chosen
        .map(|survey| groupings(survey, &asked.of, &nothing))
        .unwrap_or_default()
        .into_iter()
        .map(|(by, label)| (by.clone(), label, by == asked.by))
        .collect();
    let rounds: Vec<_> = chosen
        .map(Survey::rounds)
        .unwrap_or_default()
        .into_iter()
        .map(|(period, data, title)| {
            let is_chosen = asked.rounds.is_empty() || asked.rounds.contains(&data);
            let name = if period.is_empty() { title } else { format!("{period} · {title}") };
            (data, name, is_chosen)
        })
        .collect();
    let mut places: Vec<(String, bool)> = Vec::new();
    if let Some(survey) = chosen {
        let all =
            asked.of.iter().filter_map(|of| survey.tables.get(&(of.clone(), asked.by.clone())));
        for name in all.flatten().flat_map(|round| rounds::places(&round.tabled)) {
            if !places.iter().any(|(known, _)| *known == name) {
                places.push((name.clone(), asked.places.contains(&name)));
            }
        }
    }
    let synthetic = pictures.iter().flat_map(|one| &one.rounds).any(|round| round.tabled.synthetic);
    let absent: Vec<String> = asked
        .of
        .iter()
        .filter(|of| {
            chosen.is_some_and(|survey| {
                !survey.tables.contains_key(&((*of).clone(), asked.by.clone()))
            })
        })
        .cloned()
        .collect();
    let head = Head::titled(words.say("explore-public"))
        .about(words.say("explore-public-lead"))
        .under(words.say("statistics"), "/statistics");
    let choices: Vec<_> = surveys
        .iter()
        .enumerate()
        .map(|(at, survey)| (survey.key.clone(), survey.title.clone(), at == asked.survey))
        .collect();
    let values = context! {
        results, synthetic, indicators, groupings, rounds, places => value(places), surveys => choices, absent,
        downloads => picture::downloads(words, &here), query => query.clone(), empty => surveys.is_empty(),
    };
    answer::page(&site, &reader, "statistics/explore_public.html", head, values)
}

pub async fn file(
    State(site): State<App>,
    reader: Reader,
    Path(form): Path<String>,
) -> Result<Response, Refusal> {
    let surveys = surveys(&site).await?;
    let asked = Asked::new(&reader, &surveys);
    let query = asked.query(&surveys);
    let here = Here { path: "/statistics/explore", query: &query };
    let form = Form::of(&format!("explore.{form}")).1;
    picture::file(&site, &reader, &asked.pictures(&surveys), form, &here).await
}

pub async fn chart(
    State(site): State<App>,
    reader: Reader,
    Path(name): Path<String>,
) -> Result<Response, Refusal> {
    let surveys = surveys(&site).await?;
    let asked = Asked::new(&reader, &surveys);
    picture::chart(&site, &reader, &asked.pictures(&surveys), &name).await
}

/// Released figures by indicator, groups, rounds and countries, with the differences between rounds.
#[utoipa::path(
    get, path = "/api/statistics/explore",
    params(
        ("survey" = Option<String>, Query, description = "The survey, as the answer names it; the first where none is given"),
        ("of" = Option<String>, Query, description = "An indicator; may be given several times"),
        ("by" = Option<String>, Query, description = "The groups, separated by commas; empty for everybody"),
        ("round" = Option<String>, Query, description = "A data set; may be given several times"),
        ("place" = Option<String>, Query, description = "A country as the table names it; may be given several times")
    ),
    responses((status = 200, description = "Rounds with their released tables, differences with intervals and p, and what else may be asked"))
)]
pub async fn api(State(site): State<App>, reader: Reader) -> Result<Response, Refusal> {
    let surveys = surveys(&site).await?;
    let asked = Asked::new(&reader, &surveys);
    let mut json = picture::json(&asked.pictures(&surveys));
    let known: Vec<_> = surveys
        .iter()
        .map(|survey| {
            let tables: Vec<_> = survey
                .tables
                .iter()
                .map(|((of, by), rounds)| {
                    let rounds: Vec<_> = rounds
                        .iter()
                        .map(|round| {
                            serde_json::json!({ "data": round.data, "period": round.period, "release": round.table })
                        })
                        .collect();
                    serde_json::json!({ "of": of, "by": by, "rounds": rounds })
                })
                .collect();
            serde_json::json!({ "survey": survey.key, "title": survey.title, "tables": tables })
        })
        .collect();
    json["surveys"] = known.into();
    Ok(answer::json(&json))
}
