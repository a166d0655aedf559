//! A record arrives: read as it streams, its files laid aside on disk, checked by the engine, taken in one
//! change with its files, and only then acknowledged.

use std::path::PathBuf;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::HeaderValue;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_LENGTH, LOCATION};
use axum::response::{IntoResponse, Response};
use base::storage::Transaction;
use base::{App, Refusal, Site};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use md5::{Digest, Md5};
use tokio::fs::File;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use xlsform::fill::{Filling, Start};

use super::door::Admitted;
use super::{MOST, marked, said};
use crate::compiled::Compiled;
use crate::identity::{self, Identity};
use crate::record::{self, Arrival, Taken};
use crate::round::Stage;
use crate::web::fill::left_open;
use crate::{day, instrument, multipart};

/// Bytes of a record itself: text, of which a thousand long answers are a megabyte.
const MOST_XML: usize = 5 << 20;

/// Bytes of a file that are in memory, and in one row, at a time.
const PIECE: usize = 512 << 10;

/// What a client asks before it sends: whether it may, where, and how much at once.
pub async fn ahead(admitted: Admitted) -> Response {
    let mut response = marked(StatusCode::NO_CONTENT.into_response());
    if let Ok(here) = HeaderValue::from_str(&format!("{}/submission", admitted.server)) {
        response.headers_mut().insert(LOCATION, here);
    }
    response
}

pub async fn receive(State(site): State<App>, admitted: Admitted, request: Request) -> Response {
    match take(&site, &admitted, request).await {
        Ok(response) | Err(Stop::Said(response)) => response,
        Err(Stop::Refused(refusal)) => {
            let words = site.languages.default();
            let (what, next) = refusal.sentences(words);
            said(refusal.status, &format!("{what} {next}"))
        }
    }
}

/// Why a record was not taken.
enum Stop {
    Said(Response),
    Refused(Refusal),
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Stop {
        Stop::Refused(refusal)
    }
}

impl From<sqlx::Error> for Stop {
    fn from(error: sqlx::Error) -> Stop {
        Stop::Refused(error.into())
    }
}

impl From<std::io::Error> for Stop {
    fn from(error: std::io::Error) -> Stop {
        Stop::Refused(Refusal::broken(error))
    }
}

fn stop<T>(status: StatusCode, message: &str) -> Result<T, Stop> {
    Err(Stop::Said(said(status, message)))
}

async fn take(site: &Site, admitted: &Admitted, request: Request) -> Result<Response, Stop> {
    let round = &admitted.round;
    if round.stage(&day::of(site.now())) != Stage::Open {
        return stop(
            StatusCode::FORBIDDEN,
            "This round is not open. The record stays on the device; ask whoever runs the round.",
        );
    }
    let announced = request.headers().get(CONTENT_LENGTH).and_then(|it| it.to_str().ok());
    if announced.and_then(|it| it.parse::<u64>().ok()).is_some_and(|it| it > MOST) {
        return Err(multipart::too_large(MOST).into());
    }
    let sent = read(request).await?;
    let Some(xml) = &sent.xml else {
        return stop(
            StatusCode::BAD_REQUEST,
            "There is no record in what was sent: the part xml_submission_file is missing.",
        );
    };
    let identity = match identity::of(xml) {
        Ok(identity) => identity,
        Err(error) => {
            return stop(StatusCode::BAD_REQUEST, &format!("The record cannot be read: {error}"));
        }
    };
    if identity.form != round.instrument {
        return stop(
            StatusCode::NOT_FOUND,
            &format!(
                "The record is of the form {:?}, but this round asks {:?}. Fetch the form of this round.",
                identity.form, round.instrument
            ),
        );
    }
    if identity.instance.is_empty() || identity.instance.len() > 200 {
        return stop(
            StatusCode::BAD_REQUEST,
            "The record has no instanceID (or one of more than 200 letters); without it a second sending could not be told from a second record.",
        );
    }
    let version = instrument::version(&site.storage.pool, &round.instrument, round.number).await?;
    let missing = || Refusal::not_found("no-instrument", &round.instrument);
    let version = version.ok_or_else(missing)?;
    let compiled = instrument::ready(&site.storage.pool, &version).await?;
    let mut violations = checked(site, compiled, xml, &identity).await?;
    if identity.version != version.version && !identity.encrypted {
        let words = format!(
            "The record is of version {:?}; this round asks {:?}.",
            identity.version, version.version
        );
        violations.push(("/".into(), words));
    }
    let mut change = site.storage.change().await?;
    let arrival = Arrival {
        round: &round.id,
        instance: &identity.instance,
        deprecates: &identity.deprecates,
        xml,
        respondent: 0,
        device: admitted.device.number,
        violations: &violations,
    };
    match record::take(&mut change, &arrival, site.now()).await? {
        Taken::New | Taken::Again => {}
        Taken::Conflict => {
            return stop(
                StatusCode::CONFLICT,
                "A different record with this instanceID is here already; neither was changed. Copy the record on the device under a new identity, or ask whoever runs the round.",
            );
        }
        Taken::NothingToCorrect => {
            return stop(
                StatusCode::CONFLICT,
                "This record corrects one that is not here. Send the first version before its correction.",
            );
        }
        Taken::CorrectedBefore => {
            return stop(
                StatusCode::CONFLICT,
                "This record corrects one that was corrected before. Fetch the latest version and correct that.",
            );
        }
    }
    for file in &sent.files {
        keep(&mut change, &round.id, &identity.instance, file).await?;
    }
    change.commit().await?;
    Ok(said(StatusCode::CREATED, "The record is kept."))
}

/// A file that was laid aside.
struct Aside {
    name: String,
    mime: String,
    path: PathBuf,
    hash: String,
    size: u64,
}

#[derive(Default)]
struct Sent {
    xml: Option<String>,
    files: Vec<Aside>,
    /// Goes away with what was sent.
    folder: Option<Folder>,
}

struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

async fn read(request: Request) -> Result<Sent, Stop> {
    let mut parts = multipart::parts(request, MOST)?;
    let wrong = |error: multer::Error| Stop::Refused(multipart::refusal(&error, MOST));
    let mut sent = Sent::default();
    while let Some(mut part) = parts.next_field().await.map_err(wrong)? {
        let field = part.name().unwrap_or_default().to_owned();
        if field == "xml_submission_file" {
            let mut bytes = Vec::new();
            while let Some(piece) = part.chunk().await.map_err(wrong)? {
                bytes.extend_from_slice(&piece);
                if bytes.len() > MOST_XML {
                    return Err(multipart::too_large(MOST_XML as u64).into());
                }
            }
            match String::from_utf8(bytes) {
                Ok(text) => sent.xml = Some(text.trim_start_matches('\u{feff}').to_owned()),
                Err(_) => return stop(StatusCode::BAD_REQUEST, "The record is not in UTF-8."),
            }
            continue;
        }
        let Some(name) = part.file_name().map(str::to_owned).filter(|it| !it.is_empty()) else {
            // `*isIncomplete*` and other remarks: what else belongs to the record comes under its identity.
            continue;
        };
        let mime = part.content_type().map(ToString::to_string).unwrap_or_default();
        if sent.folder.is_none() {
            let path = std::env::temp_dir()
                .join(format!("throughcare-{}", base::chance::hex(8).map_err(Refusal::from)?));
            tokio::fs::create_dir(&path).await?;
            sent.folder = Some(Folder(path));
        }
        let Some(folder) = &sent.folder else { continue };
        let path = folder.0.join(sent.files.len().to_string());
        let mut file = File::create(&path).await?;
        let (mut sum, mut size) = (Md5::new(), 0);
        while let Some(piece) = part.chunk().await.map_err(wrong)? {
            sum.update(&piece);
            size += piece.len() as u64;
            file.write_all(&piece).await?;
        }
        file.flush().await?;
        let hash = base::chance::in_hex(&sum.finalize());
        sent.files.push(Aside { name, mime, path, hash, size });
    }
    Ok(sent)
}

/// What the form's own rules find. The record is taken all the same: what somebody answered is not
/// lost, and the reviewer sees it.
async fn checked(
    site: &Site,
    compiled: Arc<Compiled>,
    xml: &str,
    identity: &Identity,
) -> Result<Vec<(String, String)>, Stop> {
    if identity.encrypted {
        let words = "Encrypted: only who holds the key of the form can read it.";
        return Ok(vec![("/".into(), words.into())]);
    }
    let now = Timestamp::from_second(site.now()).map_err(Refusal::broken)?;
    let xml = xml.to_owned();
    let check = move || {
        let start = Start { now, zone: TimeZone::UTC, seed: 0, language: None };
        let filling = Filling::resume(compiled.xform.clone(), &xml, start)?;
        Ok::<_, xlsform::fill::FormError>(left_open(&filling))
    };
    // A form of thousands of questions is work for a core; the pages must go on meanwhile.
    match tokio::task::spawn_blocking(check).await.map_err(Refusal::broken)? {
        Ok(violations) => Ok(violations),
        Err(error) => {
            stop(StatusCode::BAD_REQUEST, &format!("The record does not fit the form: {error}"))
        }
    }
}

/// Keeps one file of a record in pieces. The same file again is quiet; another one under its name is not.
async fn keep(
    change: &mut Transaction,
    round: &str,
    instance: &str,
    file: &Aside,
) -> Result<(), Stop> {
    let sql = "SELECT hash FROM submission_files WHERE round = $1 AND instance = $2 AND name = $3";
    let known: Option<String> = sqlx::query_scalar(sql)
        .bind(round)
        .bind(instance)
        .bind(&file.name)
        .fetch_optional(&mut **change)
        .await?;
    match known {
        Some(known) if known == file.hash => return Ok(()),
        Some(_) => {
            return stop(
                StatusCode::CONFLICT,
                &format!(
                    "Another file {:?} came with this record before; nothing was changed.",
                    file.name
                ),
            );
        }
        None => {}
    }
    let sql = "INSERT INTO submission_files (round, instance, name, mime, hash, size) VALUES ($1, $2, $3, $4, $5, $6)";
    sqlx::query(sql)
        .bind(round)
        .bind(instance)
        .bind(&file.name)
        .bind(&file.mime)
        .bind(&file.hash)
        .bind(file.size as i64)
        .execute(&mut **change)
        .await?;
    let mut from = File::open(&file.path).await?;
    let mut number = 0_i64;
    loop {
        let mut piece = Vec::with_capacity(PIECE);
        (&mut from).take(PIECE as u64).read_to_end(&mut piece).await?;
        if piece.is_empty() {
            break;
        }
        let sql = "INSERT INTO submission_pieces (round, instance, name, piece, bytes) VALUES ($1, $2, $3, $4, $5)";
        sqlx::query(sql)
            .bind(round)
            .bind(instance)
            .bind(&file.name)
            .bind(number)
            .bind(piece)
            .execute(&mut **change)
            .await?;
        number += 1;
    }
    Ok(())
}
