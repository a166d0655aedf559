//! Files that arrive are laid aside on disk as they stream, and read from there in pieces: none is ever whole in
//! memory. What they lie in has no name, so that nothing stays where the program is killed: a photograph least of all.

use std::fs::File;
use std::os::unix::fs::FileExt;
use std::sync::Arc;

use base::Refusal;
use md5::{Digest, Md5};
use multer::Field;
use tokio::io::AsyncWriteExt;

use crate::multipart;

/// Bytes of a file that are in memory, and in one row, at a time.
const PIECE: usize = 512 << 10;

/// First bytes that tell what a file is.
const HEAD: usize = 4096;

/// A file that was laid aside.
pub struct Aside {
    pub name: String,
    pub mime: String,
    pub hash: String,
    pub size: u64,
    /// Whether all of it is here: what was too large was thrown away.
    pub whole: bool,
    /// Its first bytes.
    pub head: Vec<u8>,
    /// Where it lies, and from which byte.
    file: Arc<File>,
    start: u64,
}

/// Where the files of one sending are laid aside, one after the other; goes away with the last of them.
#[derive(Default)]
pub struct Shelf {
    file: Option<Arc<File>>,
    length: u64,
}

impl Shelf {
    fn file(&mut self) -> std::io::Result<Arc<File>> {
        let file = match self.file.take() {
            Some(file) => file,
            None => Arc::new(tempfile::tempfile()?),
        };
        Ok(self.file.insert(file).clone())
    }
}

/// Lays a file aside. Bytes beyond `most` are counted and thrown away; `limit` is what the whole may have.
pub async fn lay(
    part: &mut Field<'static>,
    shelf: &mut Shelf,
    most: u64,
    limit: u64,
) -> Result<Aside, Refusal> {
    let name = part.file_name().unwrap_or_default().to_owned();
    let mime = part.content_type().map(ToString::to_string).unwrap_or_default();
    let file = shelf.file().map_err(Refusal::broken)?;
    let start = shelf.length;
    // The place to write at is shared with the clone, and nobody else writes.
    let mut out = tokio::fs::File::from_std(file.try_clone().map_err(Refusal::broken)?);
    let (mut sum, mut size, mut head) = (Md5::new(), 0, Vec::new());
    while let Some(piece) = part.chunk().await.map_err(|it| multipart::refusal(&it, limit))? {
        size += piece.len() as u64;
        if size > most {
            continue;
        }
        sum.update(&piece);
        let wanted = piece.len().min(HEAD - head.len());
        head.extend_from_slice(&piece[..wanted]);
        out.write_all(&piece).await.map_err(Refusal::broken)?;
        shelf.length += piece.len() as u64;
    }
    out.flush().await.map_err(Refusal::broken)?;
    let hash = base::chance::in_hex(&sum.finalize());
    Ok(Aside { name, mime, hash, size, whole: size <= most, head, file, start })
}

/// A file in pieces.
pub struct Pieces {
    file: Arc<File>,
    at: u64,
    left: u64,
}

impl Pieces {
    pub fn of(file: &Aside) -> Pieces {
        Pieces { file: file.file.clone(), at: file.start, left: file.size }
    }

    /// The next piece; none after the last.
    pub async fn next(&mut self) -> std::io::Result<Option<Vec<u8>>> {
        let length = self.left.min(PIECE as u64);
        if length == 0 {
            return Ok(None);
        }
        let (file, at) = (self.file.clone(), self.at);
        let read = move || {
            let mut piece = vec![0; length as usize];
            file.read_exact_at(&mut piece, at).map(|()| piece)
        };
        let piece = tokio::task::spawn_blocking(read).await.map_err(std::io::Error::other)??;
        (self.at, self.left) = (self.at + length, self.left - length);
        Ok(Some(piece))
    }
}
