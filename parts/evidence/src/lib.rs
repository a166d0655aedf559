//! What is known: the sources, the interventions and the measured effects that the rest of the
//! product argues from. Tables are read with their problems located, kept in the database, put into
//! words and into the order of a forest plot, and shown as pages, downloads and API.
//!
//! ```
//! let library = evidence::shipped();
//! let effect = library.effect("oat-hiv-macarthur-2012").unwrap();
//! assert!(effect.usable_as_default());
//! assert_eq!(effect.number(), Some(0.46));
//!
//! let source = library.source(&effect.source).unwrap();
//! assert!(source.citation("en").text.starts_with("MacArthur GJ, "));
//! ```

mod citation;
mod download;
mod drawn;
mod effect;
mod effects_file;
mod forest;
mod intervention;
mod library;
mod lists;
mod panel;
mod source;
mod store;
mod table;
mod vocabulary;
mod web;
mod worded;
mod words;

pub use citation::Citation;
pub use download::{bibtex, csl_json};
pub use effect::{Arm, Contrast, Direction, Effect, Estimate, Finding, Interval, Verified};
pub use effects_file::{EFFECT_COLUMNS, read_effects};
pub use forest::{Forest, Panel, Row, Scale, Section, Speaker, forest};
pub use intervention::{INTERVENTION_COLUMNS, Intervention, read_interventions};
pub use library::{Files, Library, shipped};
pub use source::{NewSource, SOURCE_COLUMNS, Source, read_sources};
pub use store::{library, load_shipped, record_sources};
pub use table::Problem;
pub use vocabulary::{
    Better, Comparison, Detail, Doubt, Grade, InterventionKind, Measure, Outcome, Place,
    Population, Setting, SourceKind, Terms, Topic, TypedBy, UnknownWord,
};
pub use web::PART;
pub use words::{Argument, Sentence, sentence};
