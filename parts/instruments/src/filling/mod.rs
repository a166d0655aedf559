//! Filling on pages that need no script: the form laid out page by page, one page as it stands, and
//! what was typed into it.

pub mod layout;
pub mod sheet;
pub mod typed;
pub mod upload;
pub mod words;
