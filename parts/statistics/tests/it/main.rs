//! The statistics as a researcher meets them: files, figures, refusals, pages.

mod datasets;
mod estimating;
mod held;
mod measures;
mod pages;
mod reading;
mod rounds;
mod seen;
