//! The codebook of a data set: read, taken away, filled in, and given back.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use base::access::{SignedIn, see_other};
use base::answer::{self, Form};
use base::audit::{self, Act};
use base::page::{Head, value};
use base::table::{Cell, Column};
use base::{App, Reader, Refusal, Table};
use minijinja::context;
use serde_json::json;

use super::upload::Upload;
use super::{ROLES, said, worked};
use crate::codebook::Codebook;
use crate::out::{self, kept};
use crate::problem::{Problem, short};
use crate::shares;
use crate::store::{self, DataSet};

/// Words of codes that are shown for one column; the file holds all.
const SHOWN: usize = 12;

pub async fn page(
    State(site): State<App>,
    SignedIn(who): SignedIn,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let set = shares::seen(&site, &who, &id).await?;
    show(&site, &reader, &set, &[], StatusCode::OK).await
}

async fn show(
    site: &App,
    reader: &Reader,
    set: &DataSet,
    problems: &[Problem],
    status: StatusCode,
) -> Result<Response, Refusal> {
    let mut view = table(site, reader, set).await?.view(reader);
    for (name, href) in &mut view.downloads {
        *href = format!("/statistics/data/{}/codebook.{}", set.id, name.to_lowercase());
    }
    let head = Head::titled(reader.say("codebook-title"))
        .under(reader.say("statistics"), "/statistics")
        .under(reader.say("data-sets"), "/statistics/data")
        .under(set.title.clone(), format!("/statistics/data/{}", set.id));
    let values = context! { id => set.id.clone(), synthetic => set.synthetic, view => value(view), problems => said(reader, problems) };
    let mut page = answer::page(site, reader, "statistics/codebook.html", head, values)?;
    *page.status_mut() = status;
    Ok(page)
}

/// The CSV is the codebook itself, as it can be given back; other forms are for reading.
pub async fn file(
    State(site): State<App>,
    SignedIn(who): SignedIn,
    reader: Reader,
    Path((id, form)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let set = shares::seen(&site, &who, &id).await?;
    if form == "csv" {
        let (sheet, codes) = read(&site, &reader, &set).await?;
        let name = format!("{id}-codebook.csv");
        return Ok(answer::file(codes.csv(&sheet).into_bytes(), "text/csv; charset=utf-8", &name));
    }
    let table = table(&site, &reader, &set).await?;
    answer::table(table, &reader, Form::of(&format!("codebook.{form}")).1)
}

/// Takes a codebook in the place of the present one, where it agrees with the interviews.
pub async fn take(
    State(site): State<App>,
    reader: Reader,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
    upload: Upload,
) -> Result<Response, Refusal> {
    let set = shares::seen(&site, &who, &id).await?;
    super::versions::changeable(&site, &who, &id).await?;
    let wrong = StatusCode::UNPROCESSABLE_ENTITY;
    let Some(bytes) = upload.file("codebook").map(<[u8]>::to_vec) else {
        let missing = [Problem::of(&reader.say("data-codebook"), "not-given")];
        return show(&site, &reader, &set, &missing, wrong).await;
    };
    let (sheet, _) = read(&site, &reader, &set).await?;
    let read =
        worked(move || Ok::<_, Vec<Problem>>(Codebook::read("", &bytes, &sheet)?.csv(&sheet)));
    let codebook = match read.await? {
        Ok(codebook) => codebook,
        Err(problems) => return show(&site, &reader, &set, &problems, wrong).await,
    };
    let by = who.by(who.holds(ROLES));
    let interviews = store::interviews_of(&site.storage.pool, &set.id).await?;
    let mut change = audit::begin(&site.storage).await?;
    let is_out = out::count(&mut change, &set.id).await? > 0;
    let next = DataSet { codebook, version: set.version + i64::from(is_out), ..set };
    if is_out {
        // What is out was made with the codebook as it was, and is held against the next tables with it.
        let because = reader.say("codebook-because");
        if !store::replace(&mut change, &next, &interviews, &because, &by.who, site.now()).await? {
            return Err(Refusal::conflict("version-moved"));
        }
    } else {
        store::set_codebook(&mut change, &next.id, &next.codebook).await?;
    }
    let detail = json!({ "version": next.version, "hash": store::hash_of(&next.codebook) });
    let act = Act { act: "data.codebook", kind: "data", record: &next.id, detail };
    audit::write(&mut change, &by, act, site.now()).await?;
    change.commit().await?;
    Ok(see_other(&format!("/statistics/data/{id}/codebook")))
}

async fn read(
    site: &App,
    reader: &Reader,
    set: &DataSet,
) -> Result<(crate::sheet::Sheet, Codebook), Refusal> {
    let interviews = store::interviews_of(&site.storage.pool, &set.id).await?;
    let of = set.clone();
    let read = worked(move || kept(&of, &interviews)).await?;
    read.map_err(|problems| Refusal::broken(said(reader, &problems)))
}

async fn table(site: &App, reader: &Reader, set: &DataSet) -> Result<Table, Refusal> {
    let (sheet, codes) = read(site, reader, set).await?;
    let words = &reader.words;
    let rows = sheet.columns.iter().map(|column| {
        let entry = codes.entry(&column.name).cloned().unwrap_or_default();
        let mut values: Vec<String> = entry
            .values
            .iter()
            .take(SHOWN)
            .map(|(code, words)| format!("{} = {}", short(code), short(words)))
            .collect();
        if entry.values.len() > SHOWN {
            values.push("…".into());
        }
        let answers = column.codes.iter();
        let missing: Vec<bool> =
            column.texts.iter().map(|text| codes.is_missing(&column.name, text)).collect();
        let answered = answers.filter(|code| !missing[**code as usize]).count() as f64;
        vec![
            Cell::text(&column.name),
            Cell::text(&entry.label),
            Cell::text(values.join("; ")),
            Cell::text(entry.missing.join(", ")),
            Cell::number(answered, words.number(answered, 0)),
        ]
    });
    Ok(Table {
        id: "codebook".into(),
        caption: words.say_with("codebook-caption", &[("title", set.title.as_str().into())]),
        columns: vec![
            Column::text("variable", words.say("column-name")),
            Column::text("label", words.say("column-label")),
            Column::text("values", words.say("column-values")),
            Column::text("missing", words.say("column-missing")),
            Column::number("answered", words.say("column-answered")),
        ],
        rows: rows.collect(),
        note: None,
        sources: Vec::new(),
    })
}
