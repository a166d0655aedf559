//! Data sets: sending interviews in, and saying how the sample was drawn by a form that checks itself.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use base::access::{SignedIn, see_other};
use base::audit::{self, Act};
use base::page::Head;
use base::{App, Fields, Reader, Refusal, answer, chance};
use minijinja::context;
use serde_json::json;

use super::upload::Upload;
use super::{ROLES, codes, data_set, microdata, said, worked};
use crate::codebook::Codebook;
use crate::plan::{Described, DescribedStage, LONELY};
use crate::problem::Problem;
use crate::sheet;
use crate::shown;
use crate::store::{self, DataSet};

pub async fn list(State(site): State<App>, reader: Reader) -> Result<Response, Refusal> {
    list_page(&site, &reader, &[], ("", ""), StatusCode::OK).await
}

async fn list_page(
    site: &App,
    reader: &Reader,
    problems: &[Problem],
    (title, about): (&str, &str),
    status: StatusCode,
) -> Result<Response, Refusal> {
    let sets: Vec<_> = store::data_sets(&site.storage.pool)
        .await?
        .into_iter()
        .map(|set| {
            let href = format!("/statistics/data/{}", set.id);
            context! { href, title => set.title, about => set.about, synthetic => set.synthetic, day => shown::day(set.made_at), described => !set.design.is_empty() }
        })
        .collect();
    let head = Head::titled(reader.say("data-sets")).under(reader.say("statistics"), "/statistics");
    let values = context! { sets, problems => said(reader, problems), title, about };
    let mut page = answer::page(site, reader, "statistics/data_list.html", head, values)?;
    *page.status_mut() = status;
    Ok(page)
}

/// Takes interviews and their codebook, whole or not at all.
pub async fn add(
    State(site): State<App>,
    reader: Reader,
    SignedIn(who): SignedIn,
    upload: Upload,
) -> Result<Response, Refusal> {
    let (title, about) = (upload.text("title"), upload.text("about"));
    let read = async {
        let missing = |name: &str| vec![Problem::of(&reader.say(name), "not-given")];
        if title.is_empty() {
            return Ok(Err(missing("data-title")));
        }
        let Some(interviews) = upload.file("interviews") else {
            return Ok(Err(missing("data-interviews")));
        };
        let (interviews, codebook) =
            (interviews.to_vec(), upload.file("codebook").map(<[u8]>::to_vec));
        worked(move || {
            let sheet = sheet::read("", &interviews)?;
            let codebook = match codebook {
                Some(bytes) => {
                    Codebook::read("codebook", &bytes, &sheet)?;
                    sheet::read("codebook", &bytes)?.csv()
                }
                None => String::new(),
            };
            Ok((sheet.csv(), codebook))
        })
        .await
    };
    let (interviews, codebook) = match read.await? {
        Ok(read) => read,
        Err(problems) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return list_page(&site, &reader, &problems, (&title, &about), status).await;
        }
    };
    let by = who.by(who.holds(ROLES));
    let set = DataSet {
        id: chance::hex(6)?,
        title,
        about,
        synthetic: upload.text("synthetic") == "yes",
        codebook,
        design: String::new(),
        made_at: site.now(),
        made_by: by.who.clone(),
        series: String::new(),
        period: String::new(),
        version: 1,
    };
    let mut change = audit::begin(&site.storage).await?;
    store::add_data(&mut change, &set, &interviews).await?;
    let detail = json!({ "title": set.title, "bytes": interviews.len() });
    let act = Act { act: "data.added", kind: "data", record: &set.id, detail };
    audit::write(&mut change, &by, act, site.now()).await?;
    change.commit().await?;
    Ok(see_other(&format!("/statistics/data/{}", set.id)))
}

pub async fn one(
    State(site): State<App>,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let set = data_set(&site, &id).await?;
    let described = Described::read("design.toml", &set.design).unwrap_or_default();
    let is_described = !set.design.is_empty();
    page(&site, &reader, &set, described, is_described, StatusCode::OK).await
}

/// Checks a description against the data; one that holds is kept.
pub async fn describe(
    State(site): State<App>,
    reader: Reader,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let set = data_set(&site, &id).await?;
    let described = described(&fields);
    if microdata(&site, &set, described.clone()).await?.is_err() {
        return page(&site, &reader, &set, described, true, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let by = who.by(who.holds(ROLES));
    let mut change = audit::begin(&site.storage).await?;
    let text = described.text();
    store::set_design(&mut change, &set.id, &text).await?;
    let act = Act {
        act: "data.described",
        kind: "data",
        record: &set.id,
        detail: json!({ "design": text }),
    };
    audit::write(&mut change, &by, act, site.now()).await?;
    change.commit().await?;
    Ok(see_other(&format!("/statistics/data/{id}")))
}

async fn page(
    site: &App,
    reader: &Reader,
    set: &DataSet,
    described: Described,
    is_described: bool,
    status: StatusCode,
) -> Result<Response, Refusal> {
    let interviews = store::interviews_of(&site.storage.pool, &set.id).await?;
    let codebook = set.codebook.clone();
    let columns = worked(move || {
        let sheet = sheet::read("", interviews.as_bytes())?;
        let codes = codes(&codebook, &sheet)?;
        let column = |column: &sheet::Column| {
            (column.name.clone(), codes.label(&column.name).to_owned(), column.texts.len())
        };
        let columns: Vec<_> = sheet.columns.iter().map(column).collect();
        Ok::<_, Vec<Problem>>((columns, sheet.rows.len()))
    });
    let (columns, rows) =
        columns.await?.map_err(|problems| Refusal::broken(said(reader, &problems)))?;
    let checked = match is_described {
        true => Some(microdata(site, set, described.clone()).await?),
        false => None,
    };
    let (mut findings, mut problems) = (Vec::new(), Vec::new());
    match &checked {
        Some(Ok(data)) => {
            let found = data.described.findings(&data.sheet, &data.codes, &data.design);
            findings = found.iter().map(|finding| finding.say(&reader.words)).collect();
        }
        Some(Err(found)) => problems = said(reader, found),
        None => {}
    }
    let stage = |at: usize| described.stages.get(at).cloned().unwrap_or_default();
    let stages: Vec<_> = (0..2)
        .map(|at| {
            let stage = stage(at);
            context! { number => at + 1, clusters => stage.clusters, strata => stage.strata, population => stage.population }
        })
        .collect();
    let ways: Vec<_> = LONELY
        .iter()
        .map(|(word, _)| {
            (
                *word,
                reader.say(&format!("lonely-{word}-said")),
                described.lonely == *word || described.lonely.is_empty() && *word == "fail",
            )
        })
        .collect();
    let head = Head::titled(set.title.clone())
        .under(reader.say("statistics"), "/statistics")
        .under(reader.say("data-sets"), "/statistics/data");
    let ready = is_described && problems.is_empty();
    let values = context! {
        id => set.id.as_str(), about => set.about.as_str(), synthetic => set.synthetic, rows, columns, stages, ways_of => ways, findings, problems, ready,
        weights => described.weights, restart => described.numbers_restart,
    };
    let mut page = answer::page(site, reader, "statistics/data.html", head, values)?;
    *page.status_mut() = status;
    Ok(page)
}

fn described(fields: &Fields) -> Described {
    let given = |name: &str| Some(fields.one(name).to_owned()).filter(|value| !value.is_empty());
    let stage = |at: usize| DescribedStage {
        clusters: given(&format!("clusters-{at}")),
        strata: given(&format!("strata-{at}")),
        population: given(&format!("population-{at}")),
        fraction: None,
    };
    let stages = (1..=2).map(stage).filter(|stage| *stage != DescribedStage::default());
    Described {
        weights: given("weights"),
        lonely: fields.one("lonely").to_owned(),
        numbers_restart: fields.one("restart") == "yes",
        stages: stages.collect(),
        ..Described::default()
    }
}
