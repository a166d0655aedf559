//! One test binary for the part, a module to a subject.

mod bad_input;
mod citations;
mod effects;
mod forest;
mod origin;
mod site;
mod sources;
mod wording;
