//! What every part stands on: where records are kept, in which words a page speaks, how a page,
//! a table or a paper is made, how a request is refused, and what a part must tell the site.
//!
//! Base knows no subject. It holds nothing about countries, drugs or prisons; a word of that kind
//! here is in the wrong room.

pub mod access;
pub mod answer;
pub mod asset;
pub mod change;
pub mod document;
pub mod fields;
pub mod kept;
pub mod page;
pub mod part;
mod plate;
pub mod reader;
pub mod refusal;
pub mod settings;
pub mod site;
pub mod table;
pub mod testing;
pub mod work;

pub use language;
pub use records::{audit, backup, chance, jobs, storage, who};

pub use document::{Document, Figure, Finding, Panel, Section};
pub use fields::Fields;
pub use language::{Language, Languages, Words};
pub use part::{Part, Route};
pub use reader::Reader;
pub use refusal::Refusal;
pub use settings::Settings;
pub use site::{App, Site};
pub use storage::Storage;
pub use table::Table;
pub use who::{May, Role, Scope, Who};
