//! Figures in, SVG out: every drawing of pages, downloads and paper, written as text without a browser, a clock or a file.
//! One drawing serves all three: each coloured element carries the paper colour as an attribute and a class by which a page's stylesheet overrides it.
//!
//! # Choosing a drawing
//!
//! | to show | draw |
//! |---|---|
//! | how something went over the years | [`Trend`] |
//! | countries or services beside each other, with intervals | [`Dots`] |
//! | care inside over care outside | [`Ratio`] |
//! | published effects by setting | [`Forest`] |
//! | amounts | [`Bars`] |
//! | the same trend for many countries | [`Multiples`] |
//! | a trend in a table's cell | [`Sparkline`] |
//! | values of places | [`Map`] |
//! | shares of a whole | [`Mix`] |
//! | health against money, or what more money buys | [`Plane`] |
//!
//! Each is a plain struct with public fields and a `draw(&self, &Frame) -> String`. The [`Frame`]
//! holds what all have in common: a unique id, the finding in words, a width, and the reader's
//! way of writing numbers.
//!
//! # What a page's author needs to know
//!
//! - **Dark pages**: `c-NAME` fills and `l-NAME` strokes; [`hue::colours`] lists the names and
//!   [`hue::dark_rules`] writes the rules. Text takes its family from the `<svg>`: set
//!   `svg.chart { font-family: … }`.
//! - **Phones**: text keeps its size in drawing units, so ask for a narrow drawing
//!   (`width: 360.0`) and show one or the other by media query.
//! - **Keyboard**: `.point` is what can be focused; give `.point:focus-visible` an outline.
//! - **Words**: none come from here. Titles, reasons and names are the caller's, in the reader's
//!   language; where no description is given, the summary is made of the caller's words, numbers
//!   and signs.
//!
//! # What a drawing never does
//!
//! It holds no `<style>`, script, `<foreignObject>`, CSS variable or outside reference, so that
//! it may be embedded anywhere and read by `usvg`. It joins no line across a missing year, draws
//! no bar from anything but zero, and tells nothing by colour alone: [`Hue::Inside`] is a filled
//! circle on a solid line, [`Hue::Outside`] an open diamond on a dashed one. A number that is not
//! finite or beyond ±10¹⁵ counts as missing. The same figures give the same bytes.

mod advance;
mod bars;
mod dots;
mod forest;
mod frame;
pub mod hue;
pub mod labels;
mod map;
mod mix;
mod multiples;
mod plane;
mod ratio;
mod rows;
mod scale;
mod sparkline;
mod style;
mod svg;
pub mod text;
pub mod ticks;
mod trend;

pub use bars::{Bar, Bars};
pub use dots::{DotRow, DotValue, Dots};
pub use forest::{Effect, Forest, Section};
pub use frame::{Frame, Heading, Reach, Size};
pub use hue::Hue;
pub use map::{Atlas, Kind, Map, MapValue, Outline, Outlines, Place, Ramp, round_edges};
pub use mix::{Mix, Part};
pub use multiples::{Multiples, Panel};
pub use plane::{Cloud, Plane};
pub use ratio::{Ratio, RatioRow, Reading};
pub use scale::{Axis, Scale};
pub use sparkline::Sparkline;
pub use trend::{Point, Series, Trend};
