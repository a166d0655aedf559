//! What every drawing is given besides its figures: a name, words for those who do not see it, a width, and the reader's way of writing numbers.
//! No word in a drawing comes from this crate: what is read was given by the caller, in the caller's language.

/// The frame around one drawing.
///
/// ```
/// use chart::{Frame, Trend};
/// let number = |value: f64| format!("{value:.0}");
/// let frame = Frame { width: 360.0, ..Frame::new("held", "People in prison", &number) };
/// let svg = Trend::default().draw(&frame);
/// assert!(svg.starts_with("<svg"));
/// assert!(svg.contains(r#"viewBox="0 0 360"#));
/// ```
#[derive(Clone, Copy)]
pub struct Frame<'a> {
    /// Unique on the page; becomes the `id` of the `<svg>` and the stem of every id within.
    pub id: &'a str,
    /// The finding in words. Read aloud first; drawn only with a [`Heading`].
    pub title: &'a str,
    /// The text alternative. Empty: a summary is made of the figures, without any word of its own.
    pub description: &'a str,
    /// The width of the drawing in pixels, held to 200–4000. Text keeps its size, so a drawing
    /// for a phone is one of width 360, not a wide one made smaller.
    pub width: f64,
    /// Writes a number in the reader's language, with its unit where that is wanted on axis and
    /// labels alike. Never called with a number that is not finite.
    pub number: &'a dyn Fn(f64) -> String,
    /// Title, subtitle and source drawn in the picture: for downloads and paper.
    pub heading: Option<Heading<'a>>,
    pub size: Size,
    pub reach: Reach,
}

/// What a drawing says of itself when it leaves its page.
#[derive(Clone, Copy, Debug, Default)]
pub struct Heading<'a> {
    /// What is measured, of whom, in which unit.
    pub subtitle: &'a str,
    /// Source and year, drawn under the figure.
    pub source: &'a str,
}

/// Whether the `<svg>` has a size of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Size {
    /// Only a `viewBox`: the page decides the width.
    #[default]
    Fluid,
    /// `width` and `height` in pixels as well: for PNG export and image viewers.
    Fixed,
}

/// How a keyboard or screen reader meets the drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Reach {
    /// Every point can be reached and says its figures. The drawing is a group, since a
    /// `role="img"` would hide its points from assistive technology.
    #[default]
    Points,
    /// The drawing is one image with a text alternative; points only tell on hover. For paper,
    /// and for pages with the table right beside the drawing. Links stay links.
    Whole,
}

impl<'a> Frame<'a> {
    /// A frame 640 pixels wide, fluid, with reachable points and a summary of its own.
    pub fn new(id: &'a str, title: &'a str, number: &'a dyn Fn(f64) -> String) -> Frame<'a> {
        Frame {
            id,
            title,
            description: "",
            width: 640.0,
            number,
            heading: None,
            size: Size::Fluid,
            reach: Reach::Points,
        }
    }

    /// The width within its bounds.
    pub(crate) fn pixels(&self) -> f64 {
        if self.width.is_finite() { self.width.clamp(200.0, 4000.0).round() } else { 640.0 }
    }

    /// `3.8`, or `3.8 (2.9–4.7)`, or `3.8 (2.9–)` where only one end is known.
    pub(crate) fn figure(&self, value: f64, low: Option<f64>, high: Option<f64>) -> String {
        let number = self.number;
        match (low, high) {
            (None, None) => number(value),
            (low, high) => {
                let low = low.map(number).unwrap_or_default();
                let high = high.map(number).unwrap_or_default();
                format!("{} ({}–{high})", number(value), without_unit(&low, &high))
            }
        }
    }
}

/// The lower end without its unit where the upper end has the same: "55–68 %", not "55 %–68 %".
fn without_unit<'l>(low: &'l str, high: &str) -> &'l str {
    let bare = low.trim_end_matches(|c: char| !c.is_numeric());
    let unit = &low[bare.len()..];
    if !bare.is_empty() && high.ends_with(unit) { bare } else { low }
}

/// A year as people write it, without a thousands separator.
pub(crate) fn year(value: f64) -> String {
    if value.fract() == 0.0 { format!("{}", value as i64) } else { format!("{value:.1}") }
}
