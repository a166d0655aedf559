//! How we know that it is right: closed forms, a plain twin, coupling, published results, same seed same bytes.

mod budgets;
mod calibrations;
mod certificates;
mod chances;
mod checkpoints;
mod closed_forms;
mod country_files;
mod coupling;
mod databooks;
mod economics;
mod edges;
mod ensembles;
mod explorer;
mod gates;
mod groups;
mod mean_field;
mod moldova;
mod published;
mod questions;
mod regions;
mod twin;
mod worlds;
