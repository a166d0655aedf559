//! A form that sends files: its fields by name, held to a size.

use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use base::{App, Refusal};

/// All of one form. 16 MB hold 100,000 interviews of 40 questions.
const LARGEST_BYTES: usize = 16 << 20;

/// Fields and files, by name.
pub struct Upload(Vec<(String, Vec<u8>)>);

impl Upload {
    /// The bytes of a file; none where nothing was chosen.
    pub fn file(&self, name: &str) -> Option<&[u8]> {
        self.0
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, bytes)| bytes.as_slice())
            .filter(|bytes| !bytes.is_empty())
    }

    pub fn text(&self, name: &str) -> String {
        String::from_utf8_lossy(self.file(name).unwrap_or_default()).trim().to_owned()
    }
}

impl FromRequest<App> for Upload {
    type Rejection = Refusal;

    async fn from_request(request: Request, _: &App) -> Result<Upload, Refusal> {
        let kind = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let boundary = kind.and_then(|kind| multer::parse_boundary(kind).ok());
        let boundary = boundary.ok_or_else(|| Refusal::bad_input("no-upload", "file", ""))?;
        let too_large = || Refusal {
            status: StatusCode::PAYLOAD_TOO_LARGE,
            key: "upload-too-large",
            args: Vec::new(),
        };
        let body = axum::body::to_bytes(request.into_body(), LARGEST_BYTES).await;
        let body = body.map_err(|_| too_large())?;
        let stream = futures_util::stream::once(async move { Ok::<_, std::io::Error>(body) });
        let mut parts = multer::Multipart::new(stream, boundary);
        let mut fields = Vec::new();
        let broken = |_| Refusal::bad_input("no-upload", "file", "");
        while let Some(part) = parts.next_field().await.map_err(broken)? {
            let name = part.name().unwrap_or_default().to_owned();
            fields.push((name, part.bytes().await.map_err(broken)?.to_vec()));
        }
        Ok(Upload(fields))
    }
}
