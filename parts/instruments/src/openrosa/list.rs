//! What a device may fetch: the list with the form of its round, the form, and what goes with it.

use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use base::{App, Reader, Refusal, Site};

use super::door::Admitted;
use super::{escape, marked, said, xml};
use crate::compiled::digest;
use crate::day;
use crate::instrument::{self, Attached, Version};
use crate::round::Stage;

/// `formList`, with the filters `formID` and `verbose`.
pub async fn forms(
    State(site): State<App>,
    reader: Reader,
    admitted: Admitted,
) -> Result<Response, Refusal> {
    let round = &admitted.round;
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xforms xmlns=\"http://openrosa.org/xforms/xformsList\">",
    );
    let wanted = reader.asked("formID").pop();
    let version = instrument::version(&site.storage.pool, &round.instrument, round.number).await?;
    let open = round.stage(&day::of(site.now())) == Stage::Open;
    if let Some(version) = version
        && open
        && wanted.is_none_or(|id| id == round.instrument)
    {
        let server = &admitted.server;
        out += &format!(
            "<xform><formID>{}</formID><name>{}</name><version>{}</version><hash>md5:{}</hash>",
            escape(&round.instrument),
            escape(&round.title),
            escape(&version.version),
            version.hash
        );
        if reader.asked("verbose").pop().is_some_and(|it| it == "true" || it == "1") {
            out += &format!("<descriptionText>{}</descriptionText>", escape(&version.title));
        }
        out += &format!("<downloadUrl>{}/form/{}</downloadUrl>", escape(server), version.number);
        if !attached(&site, &version).await?.is_empty() {
            out += &format!(
                "<manifestUrl>{}/manifest/{}</manifestUrl>",
                escape(server),
                version.number
            );
        }
        out += "</xform>";
    }
    out += "</xforms>";
    Ok(xml(StatusCode::OK, out))
}

/// The version that the round asks; a device may not fetch others.
async fn asked(site: &Site, admitted: &Admitted, number: &str) -> Result<Option<Version>, Refusal> {
    let round = &admitted.round;
    if number != round.number.to_string() {
        return Ok(None);
    }
    Ok(instrument::version(&site.storage.pool, &round.instrument, round.number).await?)
}

/// Files of a version with the list of external choices among them.
async fn attached(site: &Site, version: &Version) -> Result<Vec<Attached>, Refusal> {
    let pool = &site.storage.pool;
    let mut files = instrument::files(pool, &version.instrument, version.number).await?;
    let sources = instrument::sources(pool, &version.instrument, version.number).await?;
    if let Some(sources) = sources.filter(|it| !it.item_sets.is_empty()) {
        let bytes = sources.item_sets.into_bytes();
        files.push(Attached { name: "itemsets.csv".into(), hash: digest(&bytes), bytes });
    }
    Ok(files)
}

/// The last part of the path: the number of a version, and maybe the name of a file.
#[derive(serde::Deserialize)]
pub struct Which {
    number: String,
    #[serde(default)]
    name: String,
}

pub async fn form(
    State(site): State<App>,
    admitted: Admitted,
    Path(which): Path<Which>,
) -> Result<Response, Refusal> {
    let Some(version) = asked(&site, &admitted, &which.number).await? else { return Ok(gone()) };
    let pool = &site.storage.pool;
    let sources = instrument::sources(pool, &version.instrument, version.number).await?;
    Ok(sources.map_or_else(gone, |sources| xml(StatusCode::OK, sources.xform)))
}

pub async fn manifest(
    State(site): State<App>,
    admitted: Admitted,
    Path(which): Path<Which>,
) -> Result<Response, Refusal> {
    let Some(version) = asked(&site, &admitted, &which.number).await? else { return Ok(gone()) };
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<manifest xmlns=\"http://openrosa.org/xforms/xformsManifest\">",
    );
    for file in attached(&site, &version).await? {
        let name: String = url::form_urlencoded::byte_serialize(file.name.as_bytes()).collect();
        out += &format!(
            "<mediaFile><filename>{}</filename><hash>md5:{}</hash><downloadUrl>{}/file/{}/{}</downloadUrl></mediaFile>",
            escape(&file.name),
            file.hash,
            escape(&admitted.server),
            version.number,
            name.replace('+', "%20"),
        );
    }
    out += "</manifest>";
    Ok(xml(StatusCode::OK, out))
}

pub async fn file(
    State(site): State<App>,
    admitted: Admitted,
    Path(which): Path<Which>,
) -> Result<Response, Refusal> {
    let Some(version) = asked(&site, &admitted, &which.number).await? else { return Ok(gone()) };
    let found = attached(&site, &version).await?.into_iter().find(|it| it.name == which.name);
    Ok(match found {
        Some(file) => {
            let kind = [(header::CONTENT_TYPE, "application/octet-stream")];
            marked((kind, file.bytes).into_response())
        }
        None => gone(),
    })
}

fn gone() -> Response {
    said(
        StatusCode::NOT_FOUND,
        "There is no such form or file in this round. Refresh the list of forms.",
    )
}
