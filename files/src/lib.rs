//! Files that people bring: kept in a folder or in S3, known by their content and not by what they say
//! of themselves, and given back only to be saved. Any part may attach them to its records; who may
//! read one is for the door of that part to say.
//!
//! ```ignore
//! // A form with a file in it, of at most 20 MB:
//! let sent = files::receive(&site, request, &who.id(), 20 << 20).await?;
//! let id: Option<FileId> = sent.file;             // to be kept in a row of the part
//! // And at an address of the part, behind its door:
//! files::answer(&site, id).await
//! ```

pub mod backup;
mod kept;
mod kind;
mod sent;
mod store;

use base::Part;
use base::storage::Migration;
use rust_embed::RustEmbed;

pub use kept::{File, FileId, answer, faults, find, get, put, remove};
pub use sent::{Sent, receive};

/// Its tables and words; it answers no address itself.
pub static PART: Part = Part {
    name: "files",
    migrations: &[Migration {
        name: "0001_files",
        sql: include_str!("../migrations/0001_files.sql"),
    }],
    words: || base::part::messages::<Words>("files"),
    ..Part::NOTHING
};

#[derive(RustEmbed)]
#[folder = "locale"]
struct Words;
