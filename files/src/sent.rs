//! A form with a file in it (`multipart/form-data`, RFC 7578): the words are read, the file goes piece by
//! piece to where it is kept.

use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use base::audit::By;
use base::{Fields, Refusal, Site};
use multer::Multipart;

use crate::kept::{self, FileId};

/// What a form brought.
#[derive(Debug)]
pub struct Sent {
    pub fields: Fields,
    /// `None` where the reader chose none.
    pub file: Option<FileId>,
}

/// The most that the words of a form may be together, as in forms without a file.
const WORDS: usize = 256 * 1024;

/// Reads a form that may hold one file of at most `limit` bytes. A part that then refuses the words
/// takes the file away again with [`crate::remove`].
pub async fn receive(
    site: &Site,
    request: Request,
    who: &str,
    limit: u64,
) -> Result<Sent, Refusal> {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let boundary = kind.and_then(|kind| multer::parse_boundary(kind).ok());
    let boundary = boundary.ok_or_else(unreadable)?;
    let mut parts = Multipart::new(request.into_body().into_data_stream(), boundary);
    let mut file = None;
    match read(site, &mut parts, &mut file, who, limit).await {
        Ok(fields) => Ok(Sent { fields, file }),
        Err(refusal) => {
            if let Some(id) = file {
                kept::remove(site, id, &By::program()).await?;
            }
            Err(refusal)
        }
    }
}

async fn read(
    site: &Site,
    parts: &mut Multipart<'_>,
    file: &mut Option<FileId>,
    who: &str,
    limit: u64,
) -> Result<Fields, Refusal> {
    let mut words: Vec<(String, String)> = Vec::new();
    let mut length = 0;
    while let Some(mut part) = parts.next_field().await.map_err(|_| unreadable())? {
        let name = part.name().unwrap_or_default().to_owned();
        match part.file_name().map(str::to_owned) {
            // An empty name is a field in which nothing was chosen.
            Some(given) if !given.is_empty() && file.is_none() => {
                *file = Some(kept::put(site, part, &given, who, limit).await?);
            }
            Some(_) => {}
            None => {
                let mut value = Vec::new();
                while let Some(piece) = part.chunk().await.map_err(|_| unreadable())? {
                    value.extend_from_slice(&piece);
                    if length + value.len() > WORDS {
                        return Err(too_large());
                    }
                }
                length += value.len();
                words.push((name, String::from_utf8_lossy(&value).into_owned()));
            }
        }
    }
    let mut fields = url::form_urlencoded::Serializer::new(String::new());
    fields.extend_pairs(words);
    Ok(Fields::read(fields.finish().as_bytes()))
}

fn unreadable() -> Refusal {
    Refusal { status: StatusCode::BAD_REQUEST, key: "form-unreadable", args: Vec::new() }
}

fn too_large() -> Refusal {
    Refusal { status: StatusCode::PAYLOAD_TOO_LARGE, key: "form-too-large", args: Vec::new() }
}
