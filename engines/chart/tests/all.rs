//! The one test binary of the drawings: what they look like, what they can never do, where their axes and words stand.

mod drawings;
mod places;
mod properties;
mod read;
mod sentences;
