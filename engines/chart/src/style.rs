//! How shapes are painted and words are set: paper colour and class together, sizes in pixels.
//! The one place that knows how a colour becomes attributes.

use crate::hue::{Colour, INK, MUTED};
use crate::text::{self, BOLD};
use std::fmt::{self, Write};

/// Text sizes in pixels: labels, notes and axis numbers, the drawn title.
pub(crate) const BODY: f64 = 13.0;
pub(crate) const SMALL: f64 = 12.0;
pub(crate) const TITLE: f64 = 16.0;
/// The distance between two lines of body text.
pub(crate) const LINE: f64 = 16.0;
/// Widths are those of Noto Sans; system fonts run up to some per cent wider.
pub(crate) const SLACK: f64 = 1.06;

/// A coordinate in tenths of a pixel; written with one decimal, without a trailing zero, and
/// never "-0", "NaN" or "inf".
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tenths(i64);

/// The coordinate nearest to `value`; what is not finite stands at zero.
pub(crate) fn n(value: f64) -> Tenths {
    let tenths = (value * 10.0).round();
    Tenths(if tenths.is_finite() { tenths.clamp(-1e9, 1e9) as i64 } else { 0 })
}

impl fmt::Display for Tenths {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        let (whole, part) = (self.0.abs() / 10, self.0.abs() % 10);
        if self.0 < 0 {
            out.write_str("-")?;
        }
        write!(out, "{whole}")?;
        if part == 0 { Ok(()) } else { write!(out, ".{part}") }
    }
}

/// How a shape is filled and stroked.
#[derive(Clone, Copy, Default)]
pub(crate) struct Paint {
    pub fill: Option<Colour>,
    /// 0 means solid: most fills are.
    pub fill_opacity: f64,
    pub stroke: Option<Colour>,
    pub width: f64,
    pub dash: Option<&'static str>,
}

impl Paint {
    pub fn fill(colour: Colour) -> Paint {
        Paint { fill: Some(colour), ..Paint::default() }
    }

    pub fn tint(colour: Colour, opacity: f64) -> Paint {
        Paint { fill: Some(colour), fill_opacity: opacity, ..Paint::default() }
    }

    pub fn line(colour: Colour, width: f64) -> Paint {
        Paint { stroke: Some(colour), width, ..Paint::default() }
    }

    pub fn dashed(self, dash: Option<&'static str>) -> Paint {
        Paint { dash, ..self }
    }

    pub fn attributes(&self) -> String {
        let mut out = String::with_capacity(96);
        match self.fill {
            Some(colour) => {
                let _ = write!(out, " fill=\"{}\"", colour.light);
                if self.fill_opacity > 0.0 {
                    let _ = write!(out, " fill-opacity=\"{}\"", self.fill_opacity);
                }
            }
            None => out.push_str(" fill=\"none\""),
        }
        if let Some(colour) = self.stroke {
            let _ = write!(out, " stroke=\"{}\"", colour.light);
            if self.width != 1.0 {
                let _ = write!(out, " stroke-width=\"{}\"", n(self.width));
            }
            if let Some(dash) = self.dash {
                let _ = write!(out, " stroke-dasharray=\"{dash}\"");
            }
        }
        let _ = match (self.fill, self.stroke) {
            (Some(fill), Some(stroke)) => {
                write!(out, " class=\"c-{} l-{}\"", fill.name, stroke.name)
            }
            (Some(fill), None) => write!(out, " class=\"c-{}\"", fill.name),
            (None, Some(stroke)) => write!(out, " class=\"l-{}\"", stroke.name),
            (None, None) => Ok(()),
        };
        out
    }
}

/// How a word is set.
#[derive(Clone, Copy)]
pub(crate) struct Type {
    pub colour: Colour,
    pub size: f64,
    pub bold: bool,
    pub anchor: Anchor,
    /// A rim of paper around the letters, where lines pass behind them.
    pub halo: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

impl Type {
    pub const BODY: Type =
        Type { colour: INK, size: BODY, bold: false, anchor: Anchor::Start, halo: false };
    pub const NOTE: Type =
        Type { colour: MUTED, size: SMALL, bold: false, anchor: Anchor::Start, halo: false };

    pub fn coloured(self, colour: Colour) -> Type {
        Type { colour, ..self }
    }

    pub fn end(self) -> Type {
        Type { anchor: Anchor::End, ..self }
    }

    pub fn middle(self) -> Type {
        Type { anchor: Anchor::Middle, ..self }
    }

    pub fn bold(self) -> Type {
        Type { bold: true, ..self }
    }

    pub fn halo(self) -> Type {
        Type { halo: true, ..self }
    }

    /// The room `words` need in this type, with slack for a fallback font.
    pub fn room(&self, words: &str) -> f64 {
        text::width(words, self.size) * SLACK * if self.bold { BOLD } else { 1.0 }
    }

    /// Lines of `words` that fit into `room`.
    pub fn wrap(&self, words: &str, room: f64, lines: usize) -> Vec<String> {
        let room = room / SLACK / if self.bold { BOLD } else { 1.0 };
        text::wrap(words, room.max(self.size * 2.0), self.size, lines)
    }
}
