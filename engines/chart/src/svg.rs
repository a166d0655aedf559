//! The pen: writes SVG elements with their paper colour and class, coordinates to one decimal.
//! All text and attributes pass through here, so escaping happens in one place.

use crate::frame::{Frame, Reach, Size};
use crate::hue::{Colour, GRID, Hue, INK, MUTED, PAPER, Shape};
use crate::text::{self, BOLD, escape};
use std::fmt::Write;

/// Text sizes in pixels: labels, notes and axis numbers, the drawn title.
pub(crate) const BODY: f64 = 13.0;
pub(crate) const SMALL: f64 = 12.0;
pub(crate) const TITLE: f64 = 16.0;
/// The distance between two lines of body text.
pub(crate) const LINE: f64 = 16.0;
/// Widths are those of Noto Sans; system fonts run up to some per cent wider.
pub(crate) const SLACK: f64 = 1.06;

/// A coordinate: one decimal, no trailing zero, never "-0", "NaN" or "inf".
pub(crate) fn n(value: f64) -> String {
    let tenths = (value * 10.0).round();
    if !tenths.is_finite() || tenths == 0.0 {
        return "0".into();
    }
    let tenths = tenths.clamp(-1e9, 1e9) as i64;
    let (sign, whole, part) =
        (if tenths < 0 { "-" } else { "" }, tenths.abs() / 10, tenths.abs() % 10);
    if part == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
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

    fn attributes(&self) -> String {
        let mut out = String::new();
        let mut classes = Vec::new();
        match self.fill {
            Some(colour) => {
                let _ = write!(out, " fill=\"{}\"", colour.light);
                classes.push(format!("c-{}", colour.name));
                if self.fill_opacity > 0.0 {
                    let _ = write!(out, " fill-opacity=\"{}\"", self.fill_opacity);
                }
            }
            None => out.push_str(" fill=\"none\""),
        }
        if let Some(colour) = self.stroke {
            let _ = write!(out, " stroke=\"{}\"", colour.light);
            classes.push(format!("l-{}", colour.name));
            if self.width != 1.0 {
                let _ = write!(out, " stroke-width=\"{}\"", n(self.width));
            }
            if let Some(dash) = self.dash {
                let _ = write!(out, " stroke-dasharray=\"{dash}\"");
            }
        }
        if !classes.is_empty() {
            let _ = write!(out, " class=\"{}\"", classes.join(" "));
        }
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

/// One drawing in the making.
pub(crate) struct Pen<'f> {
    pub frame: &'f Frame<'f>,
    pub id: String,
    pub width: f64,
    out: String,
    defs: String,
}

impl<'f> Pen<'f> {
    pub fn new(frame: &'f Frame<'f>) -> Pen<'f> {
        Pen {
            frame,
            id: text::id(frame.id),
            width: frame.pixels(),
            out: String::new(),
            defs: String::new(),
        }
    }

    pub fn number(&self, value: f64) -> String {
        (self.frame.number)(value)
    }

    pub fn line(&mut self, x1: f64, y1: f64, x2: f64, y2: f64, paint: Paint) {
        let (x1, y1, x2, y2) = (n(x1), n(y1), n(x2), n(y2));
        // A straight path is shorter than a <line>.
        let d = match (x1 == x2, y1 == y2) {
            (true, _) => format!("M{x1} {y1}V{y2}"),
            (_, true) => format!("M{x1} {y1}H{x2}"),
            _ => format!("M{x1} {y1}L{x2} {y2}"),
        };
        self.path(&d, paint);
    }

    pub fn path(&mut self, d: &str, paint: Paint) {
        let _ = write!(self.out, "<path d=\"{}\"{}/>", escape(d), paint.attributes());
    }

    pub fn rect(&mut self, x: f64, y: f64, w: f64, h: f64, paint: Paint) {
        let _ = write!(
            self.out,
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"{}/>",
            n(x),
            n(y),
            n(w.max(0.0)),
            n(h.max(0.0)),
            paint.attributes()
        );
    }

    pub fn text(&mut self, x: f64, y: f64, set: Type, words: &str) {
        if words.trim().is_empty() {
            return;
        }
        let mut attributes = String::new();
        if set.size != BODY {
            let _ = write!(attributes, " font-size=\"{}\"", n(set.size));
        }
        if set.bold {
            attributes.push_str(" font-weight=\"700\"");
        }
        match set.anchor {
            Anchor::Start => {}
            Anchor::Middle => attributes.push_str(" text-anchor=\"middle\""),
            Anchor::End => attributes.push_str(" text-anchor=\"end\""),
        }
        let paint = if set.halo {
            attributes.push_str(" paint-order=\"stroke\" stroke-linejoin=\"round\"");
            Paint { stroke: Some(PAPER), width: 3.0, ..Paint::fill(set.colour) }
        } else {
            Paint::fill(set.colour)
        };
        let _ = write!(
            self.out,
            "<text x=\"{}\" y=\"{}\"{attributes}{}>{}</text>",
            n(x),
            n(y),
            paint.attributes(),
            escape(words)
        );
    }

    /// Lines of text, the first with its baseline at `y`.
    pub fn lines(&mut self, x: f64, y: f64, set: Type, lines: &[String]) {
        for (i, line) in lines.iter().enumerate() {
            self.text(x, y + i as f64 * LINE, set, line);
        }
    }

    /// The mark of a value: shape and fill by hue; hollow with a dashed rim where it is doubtful.
    pub fn mark(&mut self, x: f64, y: f64, r: f64, hue: Hue, doubtful: bool) {
        let d = match hue.shape() {
            Shape::Circle => format!(
                "M{} {}a{r} {r} 0 1 0 {} 0a{r} {r} 0 1 0 -{} 0Z",
                n(x - r),
                n(y),
                2.0 * r,
                2.0 * r,
                r = n(r)
            )
            .replace("-0 ", "0 "),
            Shape::Diamond => polygon(&[(0.0, -1.3), (1.3, 0.0), (0.0, 1.3), (-1.3, 0.0)], x, y, r),
            Shape::Square => {
                polygon(&[(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)], x, y, r)
            }
            Shape::Triangle => polygon(&[(0.0, -1.2), (1.1, 0.8), (-1.1, 0.8)], x, y, r),
        };
        let colour = hue.colour();
        let paint = match (doubtful, hue.open()) {
            (true, _) => Paint {
                stroke: Some(colour),
                width: 1.4,
                dash: Some("2 1.5"),
                ..Paint::fill(PAPER)
            },
            (false, true) => Paint { stroke: Some(colour), width: 1.8, ..Paint::fill(PAPER) },
            // A rim of paper parts marks that touch.
            (false, false) => Paint { stroke: Some(PAPER), ..Paint::fill(colour) }.rim(),
        };
        self.path(&d, paint);
    }

    /// Begins something that says `words` on hover and focus, and leads to `href` if that is a
    /// safe address. Must be followed by [`Pen::close`] with what this returns.
    pub fn open(&mut self, words: &str, href: Option<&str>) -> &'static str {
        let words = escape(words);
        match (href.and_then(text::link), self.frame.reach) {
            (Some(href), _) => {
                let _ = write!(
                    self.out,
                    "<a class=\"point\" href=\"{}\" aria-label=\"{words}\"><title>{words}</title>",
                    escape(href)
                );
                "</a>"
            }
            (None, Reach::Points) => {
                let _ = write!(
                    self.out,
                    "<g class=\"point\" tabindex=\"0\" role=\"img\" aria-label=\"{words}\"><title>{words}</title>"
                );
                "</g>"
            }
            (None, Reach::Whole) => {
                let _ = write!(self.out, "<g class=\"point\"><title>{words}</title>");
                "</g>"
            }
        }
    }

    pub fn close(&mut self, tag: &'static str) {
        self.out.push_str(tag);
    }

    /// An unseen area that makes a small mark easier to hit with finger or mouse.
    pub fn target(&mut self, x: f64, y: f64, w: f64, h: f64) {
        let _ = write!(
            self.out,
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"none\" pointer-events=\"all\"/>",
            n(x),
            n(y),
            n(w.max(0.0)),
            n(h.max(0.0))
        );
    }

    /// Markup that was written by this crate itself.
    pub fn raw(&mut self, markup: &str) {
        self.out.push_str(markup);
    }

    pub fn define(&mut self, markup: &str) {
        self.defs.push_str(markup);
    }

    /// What was drawn, without its `<svg>`.
    pub fn into_body(self) -> String {
        self.out
    }

    /// Puts the drawing of `height` pixels into its `<svg>`; `summary` speaks where the caller
    /// gave no description.
    pub fn finish(self, height: f64, summary: &str) -> String {
        let frame = self.frame;
        let (body, heading, defs, width, id) =
            (self.out, frame.heading, self.defs, self.width, self.id);
        let mut head = Pen::new(frame);
        let mut top = 0.0;
        let mut bottom = height;
        if let Some(heading) = heading {
            let title = Type { size: TITLE, ..Type::BODY.bold() };
            for line in title.wrap(frame.title, width, 3) {
                top += 21.0;
                head.text(0.0, top - 5.0, title, &line);
            }
            for line in Type::BODY.wrap(heading.subtitle, width, 3) {
                top += 18.0;
                head.text(0.0, top - 5.0, Type::BODY.coloured(MUTED), &line);
            }
            top += 8.0;
            bottom += top;
            let source = Type::NOTE.wrap(heading.source, width, 4);
            if !source.is_empty() {
                bottom += 8.0;
                head.line(0.0, bottom - 2.0, width, bottom - 2.0, Paint::line(GRID, 1.0));
            }
            for line in source {
                bottom += 16.0;
                head.text(0.0, bottom - 2.0, Type::NOTE, &line);
            }
            bottom += 4.0;
        }
        let bottom = bottom.ceil();
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" id=\"{id}\" class=\"chart\" viewBox=\"0 0 {} {}\"",
            n(width),
            n(bottom)
        );
        if frame.size == Size::Fixed {
            let _ = write!(svg, " width=\"{}\" height=\"{}\"", n(width), n(bottom));
        }
        let role = match frame.reach {
            Reach::Points => "group",
            Reach::Whole => "img",
        };
        let description =
            if frame.description.trim().is_empty() { summary } else { frame.description };
        let _ = write!(
            svg,
            " role=\"{role}\" aria-labelledby=\"{id}-title {id}-desc\" font-family=\"Noto Sans, system-ui, sans-serif\" font-size=\"{}\">\
             <title id=\"{id}-title\">{}</title><desc id=\"{id}-desc\">{}</desc>",
            n(BODY),
            escape(frame.title),
            escape(description)
        );
        if !defs.is_empty() {
            let _ = write!(svg, "<defs>{defs}</defs>");
        }
        svg.push_str(&head.out);
        if top > 0.0 {
            let _ = write!(svg, "<g transform=\"translate(0 {})\">{body}</g>", n(top));
        } else {
            svg.push_str(&body);
        }
        svg.push_str("</svg>");
        svg
    }
}

impl Paint {
    fn rim(self) -> Paint {
        Paint { width: 1.0, ..self }
    }
}

fn polygon(corners: &[(f64, f64)], x: f64, y: f64, r: f64) -> String {
    let mut d = String::new();
    for (i, (dx, dy)) in corners.iter().enumerate() {
        let _ = write!(d, "{}{} {}", if i == 0 { "M" } else { "L" }, n(x + dx * r), n(y + dy * r));
    }
    d.push('Z');
    d
}
