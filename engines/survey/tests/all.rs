//! The one test binary of the engine: R's digits, what always holds, and what bad input is told.

mod associations;
mod attacks;
mod coverage;
mod disclosure;
mod lonely;
mod microdata;
mod planning;
mod problems;
mod properties;
mod reference;
mod replicates;
