//! The one test binary of the engine: R's digits, what always holds, and what bad input is told.

#[cfg(feature = "arrow")]
mod arrow;
mod associations;
mod attacks;
mod coverage;
mod crossed;
mod disclosure;
mod hidden;
mod lonely;
mod microdata;
mod models;
mod persons;
mod perturbed;
mod planning;
mod problems;
mod properties;
mod reference;
mod replicates;
mod weighting;
