//! From answers to figures that may be published: microdata are read and described, estimated by the design, and only what
//! passed disclosure control leaves. The command `throughcare estimate` and the pages read, ask and release in one way.

mod about;
mod alike;
mod catalogue;
mod checks;
mod codebook;
mod columns;
pub mod command;
mod demonstration;
mod drawn;
pub mod entries;
mod everybody;
mod given_away;
mod held;
mod incoming;
mod indicator;
pub mod keeping;
pub mod offer;
mod out;
mod places;
mod plan;
pub mod problem;
mod question;
pub mod register;
mod round;
mod rounds;
mod safe;
pub mod safe_files;
mod sampling;
pub mod shares;
mod sheet;
mod shown;
pub mod store;
pub mod synthetic;
mod tabled;
mod web;
mod written;

pub use demonstration::load;
pub use web::PART;
