//! The engine against the cases recorded from other people's test suites, and its own.

mod around;
mod bombs;
mod cases;
mod compiling;
mod expressions;
mod filling;
mod found;
mod hostile;
mod large;
mod size;
mod spent;
mod unworded;
