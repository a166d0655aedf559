//! Forms with files, read as they arrive and no further than a limit: nobody can fill the memory of
//! this site by sending.

use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use base::Refusal;
use base::language::Arg;
use multer::{Constraints, Multipart, SizeLimit};

/// The files of a small form: (field, name of the file, its bytes); fields left empty are left out.
pub type Files = Vec<(String, String, Vec<u8>)>;

/// The parts of a request, of which no more than `most` bytes are read.
pub fn parts(request: Request, most: u64) -> Result<Multipart<'static>, Refusal> {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let boundary = kind.and_then(|kind| multer::parse_boundary(kind).ok());
    let boundary = boundary.ok_or(Refusal {
        status: StatusCode::UNSUPPORTED_MEDIA_TYPE,
        key: "not-multipart",
        args: Vec::new(),
    })?;
    let limits = Constraints::new().size_limit(SizeLimit::new().whole_stream(most));
    Ok(Multipart::with_constraints(request.into_body().into_data_stream(), boundary, limits))
}

/// Reads the files of a whole small form.
pub async fn small(request: Request, most: u64) -> Result<Files, Refusal> {
    let mut parts = parts(request, most)?;
    let mut files = Files::new();
    while let Some(part) = parts.next_field().await.map_err(|error| refusal(&error, most))? {
        let field = part.name().unwrap_or_default().to_owned();
        let Some(name) = part.file_name().map(str::to_owned).filter(|it| !it.is_empty()) else {
            continue;
        };
        let bytes = part.bytes().await.map_err(|error| refusal(&error, most))?;
        files.push((field, name, bytes.to_vec()));
    }
    Ok(files)
}

/// Too large, or cut short on the way.
pub fn refusal(error: &multer::Error, most: u64) -> Refusal {
    let large = matches!(
        error,
        multer::Error::StreamSizeExceeded { .. } | multer::Error::FieldSizeExceeded { .. }
    );
    if large {
        return too_large(most);
    }
    tracing::debug!(%error, "a form with files could not be read");
    Refusal { status: StatusCode::BAD_REQUEST, key: "form-broken", args: Vec::new() }
}

pub fn too_large(most: u64) -> Refusal {
    let megabytes = Arg::Number((most >> 20) as f64, 0);
    let args = vec![("megabytes", megabytes)];
    Refusal { status: StatusCode::PAYLOAD_TOO_LARGE, key: "files-too-large", args }
}
