//! The statistics as a researcher meets them: files, figures, refusals, pages.

mod estimating;
mod pages;
