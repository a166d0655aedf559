//! What a page sends: its fields and, where it asks for files, those, laid aside as they come. A file that is too
//! large is read to its end and thrown away, so that what was typed below it is not lost.

use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use base::{App, Fields, Refusal};

use crate::aside::{self, Aside, Shelf};
use crate::multipart;
use crate::openrosa::MOST;

/// Bytes that are read of one page, files that are too large among them: a film of some minutes.
const MOST_READ: u64 = 20 * MOST;

/// Bytes of all that is not a file, as a page without files may send.
const MOST_TYPED: usize = 256 << 10;

/// Files of one page.
const MOST_FILES: usize = 200;

/// A page as it was sent.
pub struct Sent {
    pub fields: Fields,
    /// By the question's reference.
    pub files: Vec<(String, Aside)>,
}

/// Whether files come with a page.
pub fn has_files(request: &Request) -> bool {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|it| it.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("multipart/form-data"))
}

/// Reads a page; where files are not taken, theirs are read and forgotten.
pub async fn read(request: Request, site: &App, takes_files: bool) -> Result<Sent, Refusal> {
    if !has_files(&request) {
        let fields = Fields::from_request(request, site).await?;
        return Ok(Sent { fields, files: Vec::new() });
    }
    let announced = request.headers().get(CONTENT_LENGTH).and_then(|it| it.to_str().ok());
    if announced.and_then(|it| it.parse::<u64>().ok()).is_some_and(|it| it > MOST_READ) {
        return Err(multipart::too_large(MOST));
    }
    let mut parts = multipart::parts(request, MOST_READ)?;
    let wrong = |error: multer::Error| multipart::refusal(&error, MOST);
    let mut typed: Vec<(String, String)> = Vec::new();
    // Twice what a record may have: a file that is refused is not to cut off the next one.
    let (mut length, mut room) = (0, 2 * MOST);
    let (mut files, mut shelf): (Vec<(String, Aside)>, _) = (Vec::new(), Shelf::default());
    while let Some(mut part) = parts.next_field().await.map_err(wrong)? {
        let field = part.name().unwrap_or_default().to_owned();
        if let Some(name) = part.file_name() {
            // A field for a file that was left empty comes without a name.
            if name.is_empty() || !takes_files || files.len() == MOST_FILES {
                continue;
            }
            let file = aside::lay(&mut part, &mut shelf, room.min(MOST), MOST).await?;
            room = room.saturating_sub(if file.whole { file.size } else { MOST });
            files.push((field, file));
            continue;
        }
        let mut text = Vec::new();
        while let Some(piece) = part.chunk().await.map_err(wrong)? {
            length += piece.len();
            text.extend_from_slice(&piece);
            if length > MOST_TYPED {
                let status = StatusCode::PAYLOAD_TOO_LARGE;
                return Err(Refusal { status, key: "form-too-large", args: Vec::new() });
            }
        }
        typed.push((field, String::from_utf8_lossy(&text).into_owned()));
    }
    let typed = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(typed).finish();
    Ok(Sent { fields: Fields::read(typed.as_bytes()), files })
}

impl Sent {
    /// The file that was given to a question.
    pub fn file(&mut self, reference: &str) -> Option<Aside> {
        let at = self.files.iter().position(|(known, _)| known == reference)?;
        Some(self.files.swap_remove(at).1)
    }
}
