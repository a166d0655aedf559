//! Country figures: what was counted, where, when, by whom, and how far it can be trusted.
//! Readers turn the publishers' own files into facts; derived indicators say what they rest on.
//!
//! A figure enters through [`read::read`], is marked by the named rules of [`read::quality`], and
//! is asked for through [`mod@derive`]. Places and indicators are fixed lists shipped with the product.

pub mod derive;
pub mod fact;
pub mod indicator;
pub mod known;
pub mod panel;
pub mod place;
pub mod proposal;
pub mod read;
pub mod region;
mod shipped;
mod shown;
pub mod store;
mod web;

pub use fact::{Fact, Flag, Reason};
pub use indicator::{Indicator, indicators};
pub use place::{Place, places};
pub use read::{Kind, Problem, ReadError, Reading};
pub use shipped::shipped;
pub use web::PART;
pub use web::overview::{Overview, overview};
