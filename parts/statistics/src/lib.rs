//! From answers to figures that may be published: microdata are read and described, estimated by the design, and only what
//! passed disclosure control leaves. The command `throughcare estimate` and the pages read, ask and release in one way.

mod about;
mod catalogue;
mod checks;
mod codebook;
mod columns;
pub mod command;
mod demonstration;
mod drawn;
pub mod entries;
mod incoming;
pub mod offer;
mod places;
mod plan;
mod problem;
mod question;
pub mod register;
mod round;
mod rounds;
mod safe;
pub mod safe_files;
mod sampling;
mod sheet;
mod shown;
mod store;
pub mod synthetic;
mod tabled;
mod web;

pub use demonstration::load;
pub use web::PART;
