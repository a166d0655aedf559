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

use super::data::is_period;
use super::upload::Upload;
use super::{ROLES, data_set, said, worked};
use crate::codebook::Codebook;
use crate::plan::Described;
use crate::problem::{Problem, short};
use crate::question::Microdata;
use crate::sheet::{self, Bounds};
use crate::store::{self, DataSet};
use crate::{entries, incoming, shown};

pub async fn page(
    State(site): State<App>,
    reader: Reader,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let set = data_set(&site, &id).await?;
    show(&site, &reader, &who, &set, &[], StatusCode::OK).await
}

/// Its owner and data stewards decide on a data set.
fn may_change(who: &Who, set: &DataSet) -> bool {
    set.made_by == who.id() || who.holds(&[Role::DataSteward]).is_some()
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
    let others = store::data_sets(&site.storage.pool).await?;
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
        period => set.period.clone(), edition => set.version, versions, series, out, may => may_change(who, set),
        problems => said(reader, problems),
    };
    let mut page = answer::page(site, reader, "statistics/versions.html", head, values)?;
    *page.status_mut() = status;
    Ok(page)
}

async fn owned(site: &App, who: &Who, id: &str) -> Result<DataSet, Refusal> {
    let set = data_set(site, id).await?;
    if may_change(who, &set) { Ok(set) } else { Err(Refusal::forbidden("not-your-data")) }
}

/// Once tables are out, what differs between them and the next ones can show whose answer was changed; so a data steward decides.
pub async fn changeable(site: &App, who: &Who, id: &str) -> Result<(), Refusal> {
    let out = !entries::out_of(&site.storage.pool, id).await?.is_empty();
    match out && who.holds(&[Role::DataSteward]).is_none() {
        true => Err(Refusal::forbidden("tables-are-out")),
        false => Ok(()),
    }
}

/// Takes a corrected file. The design holds on where it holds of the new rows, and must be described again where not.
pub async fn add(
    State(site): State<App>,
    reader: Reader,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
    upload: Upload,
) -> Result<Response, Refusal> {
    let set = owned(&site, &who, &id).await?;
    changeable(&site, &who, &id).await?;
    let because = upload.text("because");
    let missing = |name: &str| vec![Problem::of(&reader.say(name), "not-given")];
    let given = match (upload.file("interviews"), because.is_empty()) {
        (None, _) => Err(missing("data-interviews")),
        (_, true) => Err(missing("version-because")),
        (Some(bytes), false) => Ok((bytes.to_vec(), upload.file("codebook").map(<[u8]>::to_vec))),
    };
    let (before, wanted) = (set.clone(), set.version + 1);
    let read = match given {
        Err(problems) => Err(problems),
        Ok((bytes, codebook)) => {
            worked(move || {
                let incoming = incoming::read(&bytes, codebook.as_deref())?;
                if incoming.hash == before.hash {
                    return Err(vec![Problem::of("", "same-interviews")]);
                }
                let sheet = sheet::read("", incoming.interviews.as_bytes(), &Bounds::PAGE)?;
                // A codebook that came before is the one that holds, unless another comes now.
                let codes = match codebook.is_none() && !before.codebook.is_empty() {
                    true => Codebook::read("codebook", before.codebook.as_bytes(), &sheet),
                    false => Codebook::read("codebook", incoming.codebook.as_bytes(), &sheet),
                }?;
                let codebook = codes.csv(&sheet);
                let design = Described::read("design.toml", &before.design).unwrap_or_default();
                let holds =
                    !before.design.is_empty() && Microdata::new(sheet, codes, design).is_ok();
                Ok((incoming, codebook, if holds { before.design } else { String::new() }))
            })
            .await?
        }
    };
    let (incoming, codebook, design) = match read {
        Ok(read) => read,
        Err(problems) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return show(&site, &reader, &who, &set, &problems, status).await;
        }
    };
    let next = DataSet {
        codebook,
        design,
        kind: incoming.kind.into(),
        hash: incoming.hash.clone(),
        offered: incoming.offered.text(),
        notes: said(&reader, &incoming.notes).join("\n"),
        interview_count: incoming.rows as i64,
        version: wanted,
        ..set
    };
    let by = who.by(who.holds(ROLES));
    let mut change = audit::begin(&site.storage).await?;
    if !store::replace(&mut change, &next, &incoming.interviews, &because, &by.who, site.now())
        .await?
    {
        return Err(Refusal::conflict("version-moved"));
    }
    let detail = json!({
        "version": next.version, "because": because, "interviews": incoming.rows, "hash": next.hash, "described": !next.design.is_empty(),
    });
    let act = Act { act: "data.version", kind: "data", record: &next.id, detail };
    audit::write(&mut change, &by, act, site.now()).await?;
    change.commit().await?;
    Ok(see_other(&format!("/statistics/data/{id}")))
}

/// Title, words about it, and of which survey it is a round.
pub async fn about(
    State(site): State<App>,
    reader: Reader,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let set = owned(&site, &who, &id).await?;
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
    let by = who.by(who.holds(ROLES));
    let other = store::data_set_with(&site.storage.pool, fields.one("round_of")).await?;
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
    let set = owned(&site, &who, &id).await?;
    if fields.one("sure") != "yes" {
        let problems = [Problem::of("", "delete-unsure")];
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return show(&site, &reader, &who, &set, &problems, status).await;
    }
    let by = who.by(who.holds(ROLES));
    let mut change = audit::begin(&site.storage).await?;
    store::remove(&mut change, &id, site.now()).await?;
    let detail = json!({ "title": set.title, "version": set.version, "hash": set.hash });
    let act = Act { act: "data.deleted", kind: "data", record: &id, detail };
    audit::write(&mut change, &by, act, site.now()).await?;
    change.commit().await?;
    Ok(see_other("/statistics/data"))
}
