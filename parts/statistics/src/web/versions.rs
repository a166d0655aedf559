//! What becomes of a data set: a corrected file as its next version, its title and round, and its end.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use base::access::{SignedIn, see_other};
use base::answer;
use base::audit::{self, Act};
use base::page::Head;
use base::{App, Fields, Reader, Refusal, Role, Who};
use minijinja::context;
use serde_json::json;

use super::data::seen_by;
use super::upload::Upload;
use super::{CHANGES, said};
use crate::keeping::{self, Untaken, is_period};
use crate::problem::{Problem, short};
use crate::shares::{self, Sight};
use crate::store::{self, DataSet};
use crate::{entries, shown};

pub async fn page(
    State(site): State<App>,
    reader: Reader,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let set = shares::seen(&site, &who, &id).await?;
    show(&site, &reader, &who, &set, &[], StatusCode::OK).await
}

async fn show(
    site: &App,
    reader: &Reader,
    who: &Who,
    set: &DataSet,
    problems: &[Problem],
    status: StatusCode,
) -> Result<Response, Refusal> {
    let versions = store::versions_of(&site.storage.pool, &set.id).await?;
    let versions: Vec<_> = versions
        .iter()
        .map(|it| {
            context! { number => it.version, because => it.replaced_because.clone(), day => shown::day(it.replaced_at) }
        })
        .collect();
    let others = seen_by(site, who).await?;
    let series: Vec<_> = others
        .iter()
        .filter(|other| other.id != set.id)
        .map(|other| {
            let same = !set.series.is_empty() && other.series == set.series;
            (other.id.clone(), other.title.clone(), same)
        })
        .collect();
    let out = entries::out_of(&site.storage.pool, &set.id).await?.len();
    let head = Head::titled(reader.say("versions-title"))
        .under(reader.say("statistics"), "/statistics")
        .under(reader.say("data-sets"), "/statistics/data")
        .under(set.title.clone(), format!("/statistics/data/{}", set.id));
    let values = context! {
        id => set.id.clone(), synthetic => set.synthetic, title => set.title.clone(), about => set.about.clone(),
        period => set.period.clone(), edition => set.version, versions, series, out, may => Sight::of(site, who).await?.may_change(set),
        problems => said(reader, problems),
    };
    let mut page = answer::page(site, reader, "statistics/versions.html", head, values)?;
    *page.status_mut() = status;
    Ok(page)
}

/// Once something is out, what differs between it and what comes next can show whose answer was changed; so a data steward decides.
pub async fn changeable(site: &App, who: &Who, id: &str) -> Result<(), Refusal> {
    match keeping::is_out(site, id).await? && who.holds(&[Role::DataSteward]).is_none() {
        true => Err(Refusal::forbidden("tables-are-out")),
        false => Ok(()),
    }
}

/// Takes a corrected file.
pub async fn add(
    State(site): State<App>,
    reader: Reader,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
    upload: Upload,
) -> Result<Response, Refusal> {
    match corrected(&site, &reader, &who, &id, upload).await {
        Ok(_) => Ok(see_other(&format!("/statistics/data/{id}"))),
        Err(Untaken::Wrong(problems)) => {
            let set = shares::owned(&site, &who, &id).await?;
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            show(&site, &reader, &who, &set, &problems, status).await
        }
        Err(Untaken::Here(_)) => Err(Refusal::conflict("version-moved")),
        Err(Untaken::Refused(refusal)) => Err(refusal),
    }
}

/// Reads what was sent as the next version.
pub async fn corrected(
    site: &App,
    reader: &Reader,
    who: &Who,
    id: &str,
    upload: Upload,
) -> Result<DataSet, Untaken> {
    let set = shares::owned(site, who, id).await?;
    changeable(site, who, id).await?;
    let by = who.by(who.holds(CHANGES));
    let file = |name: &str| upload.file(name).map(<[u8]>::to_vec);
    let (interviews, codebook) = (file("interviews"), file("codebook"));
    let because = upload.text("because");
    keeping::correct(site, &reader.words, &by, set, interviews, codebook, &because).await
}

/// Title, words about it, and of which survey it is a round.
pub async fn about(
    State(site): State<App>,
    reader: Reader,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let set = shares::owned(&site, &who, &id).await?;
    let (title, period) = (fields.one("title"), fields.one("period"));
    let mut problems = Vec::new();
    if title.is_empty() {
        problems.push(Problem::of(&reader.say("data-title"), "not-given"));
    }
    if !period.is_empty() && !is_period(period) {
        let problem = Problem::of(&reader.say("data-period-short"), "period-form");
        problems.push(problem.with("value", short(period)));
    }
    let mut next = DataSet {
        title: title.into(),
        about: fields.one("about").into(),
        period: period.into(),
        series: String::new(),
        ..set
    };
    if !problems.is_empty() {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return show(&site, &reader, &who, &next, &problems, status).await;
    }
    let by = who.by(who.holds(CHANGES));
    let other = match fields.one("round_of") {
        "" => None,
        other => Some(shares::seen(&site, &who, other).await?),
    };
    let mut change = audit::begin(&site.storage).await?;
    if let Some(mut other) = other.filter(|other| other.id != next.id) {
        if other.series.is_empty() {
            other.series = other.id.clone();
            store::set_about(&mut change, &other).await?;
        }
        next.series = other.series;
    }
    store::set_about(&mut change, &next).await?;
    let detail = json!({ "title": next.title, "period": next.period, "series": next.series });
    let act = Act { act: "data.renamed", kind: "data", record: &next.id, detail };
    audit::write(&mut change, &by, act, site.now()).await?;
    change.commit().await?;
    Ok(see_other(&format!("/statistics/data/{id}")))
}

/// Deletes the interviews for good. What was published stays.
pub async fn delete(
    State(site): State<App>,
    reader: Reader,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let set = shares::owned(&site, &who, &id).await?;
    if fields.one("sure") != "yes" {
        let problems = [Problem::of("", "delete-unsure")];
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return show(&site, &reader, &who, &set, &problems, status).await;
    }
    keeping::delete(&site, &who.by(who.holds(CHANGES)), &set).await?;
    Ok(see_other("/statistics/data"))
}
