//! XLSForm workbooks become XForms; their expressions are evaluated; the forms are filled and
//! checked. One engine for every way of answering, so that all of them agree.

mod compile;
pub mod fill;
mod problem;
pub mod workbook;
pub mod xml;
pub mod xpath;

pub use compile::{Form, Options, Question, Unworded, compile};
pub use problem::{Problem, Severity};
pub use workbook::Workbook;
