//! A file in its row, and its content behind it: put, found, given back, taken away, held to its digest.

use anyhow::{Context, Result};
use axum::body::{Body, Bytes};
use axum::http::HeaderValue;
use axum::http::StatusCode;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE,
};
use axum::response::{IntoResponse, Response};
use base::audit::{self, Act, By};
use base::{Refusal, Site, chance};
use futures_util::stream::BoxStream;
use futures_util::{Stream, StreamExt, TryStreamExt};
use object_store::path::Path;
use object_store::{ObjectStoreExt, WriteMultipart};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest, Sha256};
use sqlx::any::AnyRow;
use sqlx::{AnyPool, Row};

use crate::kind::{self, Look};
use crate::store;

/// A file, as a record of a part names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FileId(pub i64);

/// What is known of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct File {
    pub id: FileId,
    pub name: String,
    /// Its media type, by its content.
    #[serde(rename = "type")]
    pub media: String,
    pub size: u64,
    pub sha256: String,
    /// As in the audit chain: `person:7`.
    pub who: String,
    pub kept_at: i64,
    #[serde(skip)]
    pub(crate) key: String,
}

/// Pieces of this size go to the store; two at a time may be under way: some ten megabytes at most are
/// held, whatever the size of a file. S3 takes no smaller ones.
const PIECE: usize = 5 << 20;

/// Keeps a content that comes in pieces, under a name as the reader's machine gave it. Refused where it
/// is larger than `limit` bytes, or not what its name says; nothing is kept then.
pub async fn put<E: std::fmt::Debug>(
    site: &Site,
    content: impl Stream<Item = Result<Bytes, E>>,
    name: &str,
    who: &str,
    limit: u64,
) -> Result<FileId, Refusal> {
    let Some(name) = kind::name(name) else { return Err(refused("file-kind", name)) };
    let store = store::of(site)?;
    let key = chance::hex(32)?;
    let path = path_of(&key);
    let upload = store.put_multipart(&path).await.map_err(Refusal::broken)?;
    let mut upload = WriteMultipart::new_with_chunk_size(upload, PIECE);
    let mut look = Look::default();
    let mut hash = Sha256::new();
    let mut content = std::pin::pin!(content);
    let verdict = loop {
        let piece = match content.next().await {
            None => break look.verdict(&name).map_err(|fault| refused(fault, &name)),
            Some(Ok(piece)) => piece,
            Some(Err(_)) => break Err(refused("file-broken-off", &name)),
        };
        look.see(&piece);
        if look.size() > limit {
            break Err(Refusal {
                status: StatusCode::PAYLOAD_TOO_LARGE,
                ..refused("file-large", &(limit >> 20).to_string())
            });
        }
        hash.update(&piece);
        if let Err(error) = upload.wait_for_capacity(1).await {
            break Err(Refusal::broken(error));
        }
        upload.write(&piece);
    };
    let media = match verdict {
        Ok(media) => media,
        Err(refusal) => {
            if let Err(error) = upload.abort().await {
                tracing::warn!(%error, "a refused file was not cleared away");
            }
            return Err(refusal);
        }
    };
    // A full disk is found here: nothing stands in a row that is not on the disk.
    upload.finish().await.map_err(Refusal::broken)?;
    let file = File {
        id: FileId(0),
        name,
        media: media.into(),
        size: look.size(),
        sha256: chance::in_hex(&hash.finalize()),
        who: who.into(),
        kept_at: site.now(),
        key,
    };
    match note(site, &file).await {
        Ok(id) => Ok(id),
        Err(refusal) => {
            let _ = store.delete(&path).await;
            Err(refusal)
        }
    }
}

fn refused(key: &'static str, name: &str) -> Refusal {
    Refusal::bad_input(key, "file", name)
}

fn path_of(key: &str) -> Path {
    // Two folders deep: file systems dislike a hundred thousand files in one.
    Path::from(format!("{}/{key}", &key[..2]))
}

async fn note(site: &Site, file: &File) -> Result<FileId, Refusal> {
    let mut change = audit::begin(&site.storage).await?;
    let id: i64 = sqlx::query_scalar(
        "INSERT INTO files (id, key, name, type, size, sha256, who, kept_at)
         SELECT COALESCE(MAX(id), 0) + 1, $1, $2, $3, $4, $5, $6, $7 FROM files RETURNING id",
    )
    .bind(&file.key)
    .bind(&file.name)
    .bind(&file.media)
    .bind(file.size as i64)
    .bind(&file.sha256)
    .bind(&file.who)
    .bind(file.kept_at)
    .fetch_one(&mut *change)
    .await?;
    // The name stays out of the chain: people write names of people into names of files.
    let detail = json!({ "type": file.media, "size": file.size, "sha256": file.sha256 });
    let act = Act { act: "file.kept", kind: "file", record: &id.to_string(), detail };
    audit::write(&mut change, &By::new(file.who.clone(), "person"), act, file.kept_at).await?;
    change.commit().await?;
    Ok(FileId(id))
}

const COLUMNS: &str = "SELECT id, key, name, type, size, sha256, who, kept_at FROM files";

/// What is known of a file.
pub async fn find(pool: &AnyPool, id: FileId) -> sqlx::Result<Option<File>> {
    let sql = sqlx::AssertSqlSafe(format!("{COLUMNS} WHERE id = $1"));
    sqlx::query(sql).bind(id.0).fetch_optional(pool).await?.as_ref().map(read).transpose()
}

/// Every file, in the order in which they came.
pub(crate) async fn all(pool: &AnyPool) -> sqlx::Result<Vec<File>> {
    let sql = sqlx::AssertSqlSafe(format!("{COLUMNS} ORDER BY id"));
    sqlx::query(sql).fetch_all(pool).await?.iter().map(read).collect()
}

fn read(row: &AnyRow) -> sqlx::Result<File> {
    let size: i64 = row.try_get(4)?;
    Ok(File {
        id: FileId(row.try_get(0)?),
        key: row.try_get(1)?,
        name: row.try_get(2)?,
        media: row.try_get(3)?,
        size: size.unsigned_abs(),
        sha256: row.try_get(5)?,
        who: row.try_get(6)?,
        kept_at: row.try_get(7)?,
    })
}

/// The content of a file, in pieces.
pub async fn get(
    site: &Site,
    file: &File,
) -> Result<BoxStream<'static, object_store::Result<Bytes>>> {
    let found = store::of(site)?.get(&path_of(&file.key)).await;
    let found = found.with_context(|| format!("the content of file {} is not there", file.id.0))?;
    Ok(found.into_stream())
}

/// A file as an answer: to be saved, never shown as a page of this site. Who may have it is for the door
/// of the route to say.
pub async fn answer(site: &Site, id: FileId) -> Result<Response, Refusal> {
    let Some(file) = find(&site.storage.pool, id).await? else {
        return Err(Refusal::not_found("no-file", &id.0.to_string()));
    };
    let content = Body::from_stream(get(site, &file).await?);
    let mut response = content.into_response();
    let headers = response.headers_mut();
    for (name, value) in [
        (CONTENT_TYPE, file.media.as_str()),
        (CONTENT_LENGTH, &file.size.to_string()),
        (CONTENT_DISPOSITION, &disposition(&file.name)),
        (CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'"),
        (CACHE_CONTROL, "private, no-store"),
    ] {
        let value = HeaderValue::from_str(value).map_err(Refusal::broken)?;
        headers.insert(name, value);
    }
    Ok(response)
}

/// RFC 6266 with RFC 8187: the name in letters of any script.
fn disposition(name: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
    let coded: String = name
        .bytes()
        .map(|byte| match plain(byte) {
            true => char::from(byte).to_string(),
            false => format!("%{byte:02X}"),
        })
        .collect();
    format!("attachment; filename*=UTF-8''{coded}")
}

/// Takes a file away, row and content: for a part whose record of it was not made, or was erased.
pub async fn remove(site: &Site, id: FileId, by: &By) -> Result<(), Refusal> {
    let Some(file) = find(&site.storage.pool, id).await? else { return Ok(()) };
    let mut change = audit::begin(&site.storage).await?;
    let sql = "DELETE FROM files WHERE id = $1";
    sqlx::query(sql).bind(id.0).execute(&mut *change).await?;
    let detail = json!({ "sha256": file.sha256 });
    let act = Act { act: "file.removed", kind: "file", record: &id.0.to_string(), detail };
    audit::write(&mut change, by, act, site.now()).await?;
    change.commit().await?;
    if let Err(error) = store::of(site)?.delete(&path_of(&file.key)).await {
        // No row leads to it any more; a leftover harms nobody.
        tracing::warn!(%error, "the content of a removed file was not cleared away");
    }
    Ok(())
}

/// Puts a content back where its row says it stands, as a backup holds it.
pub(crate) async fn put_back(site: &Site, file: &File, content: Vec<u8>) -> Result<()> {
    let store = store::of(site)?;
    let mut upload =
        WriteMultipart::new_with_chunk_size(store.put_multipart(&path_of(&file.key)).await?, PIECE);
    upload.put(content.into());
    upload.finish().await?;
    Ok(())
}

/// What is wrong with the contents: one sentence for each file that is missing or not what was kept.
pub async fn faults(site: &Site) -> Result<Vec<String>> {
    let mut faults = Vec::new();
    for file in all(&site.storage.pool).await? {
        match digest(site, &file).await {
            Ok(found) if found == (file.size, file.sha256.clone()) => {}
            Ok(_) => faults.push(format!("file {} is not what was kept", file.id.0)),
            Err(error) => faults.push(format!("file {} cannot be read ({error:#})", file.id.0)),
        }
    }
    Ok(faults)
}

async fn digest(site: &Site, file: &File) -> Result<(u64, String)> {
    let (mut content, mut hash, mut size) = (get(site, file).await?, Sha256::new(), 0);
    while let Some(piece) = content.try_next().await? {
        hash.update(&piece);
        size += piece.len() as u64;
    }
    Ok((size, chance::in_hex(&hash.finalize())))
}
