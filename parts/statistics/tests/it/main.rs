//! The statistics as a researcher meets them: files, figures, refusals, pages.

mod datasets;
mod estimating;
mod pages;
mod reading;
mod rounds;
