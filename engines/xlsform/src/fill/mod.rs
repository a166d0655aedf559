//! A form in progress: answers go in; what is relevant, required, calculated and valid comes out,
//! and the record that is submitted.

mod actions;
mod attached;
mod choices;
mod filling;
mod identity;
mod order;
mod outline;
mod recalculate;
mod remark;
mod rules;
mod types;
mod world;
mod xform;

pub use choices::Choice;
pub use filling::{Filling, Start, State, Violation};
pub use outline::Asked;
pub use remark::Remark;
pub use rules::Rules;
pub use xform::{Attachments, FormError, XForm};
