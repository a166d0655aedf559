//! A record arrives: read as it streams, its files laid aside on disk, checked by the engine, taken in one
//! change with its files, and only then acknowledged.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::HeaderValue;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_LENGTH, LOCATION};
use axum::response::{IntoResponse, Response};
use base::{App, Refusal, Site};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use xlsform::fill::{Filling, Start};

use super::door::Admitted;
use super::intake::{self, Outcome, Parcel};
use super::{MOST, marked, said};
use crate::aside::{self, Aside, Shelf};
use crate::compiled::Compiled;
use crate::identity::{self, Identity};
use crate::record::Taken;
use crate::round::Stage;
use crate::web::fill::left_open;
use crate::{anonymous, day, instrument, multipart};

/// Bytes of a record itself: text, of which a thousand long answers are a megabyte.
const MOST_XML: usize = 5 << 20;

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
        Ok(response) => response,
        Err(Stop::Said(response)) => *response,
        Err(Stop::Refused(refusal)) => {
            let words = site.languages.default();
            let (what, next) = refusal.sentences(words);
            said(refusal.status, &format!("{what} {next}"))
        }
    }
}

/// Why a record was not taken.
enum Stop {
    Said(Box<Response>),
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
    Err(Stop::Said(Box::new(said(status, message))))
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
    let mut sent = read(request, round.keeps_files()).await?;
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
    let mut violations = checked(site, compiled.clone(), xml, &identity).await?;
    if identity.version != version.version && !identity.encrypted {
        let words = format!(
            "The record is of version {:?}; this round asks {:?}.",
            identity.version, version.version
        );
        violations.push(("/".into(), words));
    }
    if round.anonymous && (identity.encrypted || !identity.deprecates.is_empty()) {
        return stop(
            StatusCode::FORBIDDEN,
            "This round is anonymous: it takes neither encrypted records nor corrections, since nothing may lead back to an earlier answer.",
        );
    }
    let xml = match round.anonymous {
        true => anonymous::strip(&compiled, xml).map_err(Refusal::from)?,
        false => xml.clone(),
    };
    let parcel = Parcel {
        round: round.id.clone(),
        anonymous: round.anonymous,
        instance: identity.instance,
        deprecates: identity.deprecates,
        xml,
        device: admitted.device.number,
        violations,
        files: std::mem::take(&mut sent.files),
        now: site.now(),
    };
    let outcome = intake::hand_in(&site.storage, parcel).await?;
    anonymous::tidy(&site.storage, round).await;
    let conflict = match outcome {
        Outcome::Taken(Taken::New | Taken::Again) => {
            return Ok(said(StatusCode::CREATED, "The record is kept."));
        }
        Outcome::Taken(Taken::Conflict) => {
            "A different record with this instanceID is here already; neither was changed. Copy the record on the device under a new identity, or ask whoever runs the round."
        }
        Outcome::Taken(Taken::NothingToCorrect) => {
            "This record corrects one that is not here. Send the first version before its correction."
        }
        Outcome::Taken(Taken::CorrectedBefore) => {
            "This record corrects one that was corrected before. Fetch the latest version and correct that."
        }
        Outcome::OtherFile(name) => {
            let words =
                format!("Another file {name:?} came with this record before; nothing was changed.");
            return stop(StatusCode::CONFLICT, &words);
        }
        Outcome::Closed => {
            return stop(
                StatusCode::FORBIDDEN,
                "This round is not open. The record stays on the device; ask whoever runs the round.",
            );
        }
    };
    stop(StatusCode::CONFLICT, conflict)
}

#[derive(Default)]
struct Sent {
    xml: Option<String>,
    files: Vec<Aside>,
}

async fn read(request: Request, keeps_files: bool) -> Result<Sent, Stop> {
    let mut parts = multipart::parts(request, MOST)?;
    let wrong = |error: multer::Error| Stop::Refused(multipart::refusal(&error, MOST));
    let (mut sent, mut shelf) = (Sent::default(), Shelf::default());
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
        if part.file_name().is_none_or(str::is_empty) || !keeps_files {
            // `*isIncomplete*` and other remarks: what else belongs to the record comes under its identity.
            continue;
        }
        sent.files.push(aside::lay(&mut part, &mut shelf, MOST, MOST).await?);
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
