//! Questions put to the epidemic model: what a policy would change in a country, with honest uncertainty.
//! The explorer, comparisons, budgets, standard policies and the panel of a country's brief all ask in one way: a [`Question`], an [`Answer`].
//!
//! ```
//! let model = scenarios::model("MDA").unwrap();
//! let asked = [("oat-prison".to_owned(), "40".to_owned())];
//! let question = scenarios::Question::read(model, &asked).unwrap();
//! assert_eq!(question.moves.len(), 1);
//! assert_eq!(question.query(), "oat-prison=40&from=2027&by=2030&until=2046&draws=20&people=8&seed=1");
//! ```

mod answer;
pub mod budget;
pub mod calibrating;
mod compare;
pub mod country_new;
mod desk;
mod drawn;
pub mod elimination;
pub mod fitted;
mod full;
mod inputs;
pub mod kept;
mod lever;
mod model;
mod panel;
pub mod policy;
mod question;
mod shown;
pub mod simulation;
pub mod targets;
mod web;

pub use answer::{Answer, Arm, OUTCOMES, Outcome, Range};
pub use desk::run;
pub use lever::{Group, LEVERS, Lever, Scale};
pub use model::{Model, basis, effects, model, models, read_problems, text};
pub use policy::{POLICIES, Policy};
pub use question::{Move, Question, Wrong};
pub use web::PART;
