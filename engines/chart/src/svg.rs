//! The pen: writes SVG elements with their paper colour and class, coordinates to one decimal.
//! All text and attributes pass through here, so escaping happens in one place.

use crate::frame::{Frame, Reach, Size};
use crate::hue::{GRID, Hue, MUTED, PAPER, Shape};
use crate::text::{self, escape};
use std::fmt::Write;

pub(crate) use crate::style::{Anchor, BODY, LINE, Paint, SMALL, TITLE, Type, n};

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
        if !words.trim().is_empty() {
            self.set(x, y, set, &escape(words));
        }
    }

    /// A bold number and its name in one text, so that no font can push one onto the other.
    pub fn number_and_name(&mut self, x: f64, y: f64, set: Type, number: &str, name: &str) {
        let (number, name) = (escape(number), escape(name));
        self.set(x, y, set, &format!("<tspan font-weight=\"600\">{number}</tspan> {name}"));
    }

    /// A text of markup that is already escaped.
    fn set(&mut self, x: f64, y: f64, set: Type, markup: &str) {
        let mut attributes = String::new();
        if set.size != BODY {
            let _ = write!(attributes, " font-size=\"{}\"", n(set.size));
        }
        if set.bold {
            attributes.push_str(" font-weight=\"600\"");
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
            markup
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
                "M{} {}a{r} {r} 0 1 0 {} 0a{r} {r} 0 1 0 {} 0Z",
                n(x - r),
                n(y),
                n(2.0 * r),
                n(-2.0 * r),
                r = n(r)
            ),
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
            (false, false) => Paint { stroke: Some(PAPER), width: 1.0, ..Paint::fill(colour) },
        };
        self.path(&d, paint);
    }

    /// Begins something that says `words` on hover and focus, and leads to `href` if that is a
    /// safe address. Must be followed by [`Pen::close`] with what this returns.
    ///
    /// Its `<title>` is its name. There is no `aria-label`, since the words drawn within a link
    /// would have to be found in it in one piece (WCAG 2.2, 2.5.3).
    pub fn open(&mut self, words: &str, href: Option<&str>) -> &'static str {
        let words = escape(words);
        match (href.and_then(text::link), self.frame.reach) {
            (Some(href), _) => {
                let _ = write!(
                    self.out,
                    "<a class=\"point\" href=\"{}\"><title>{words}</title>",
                    escape(href)
                );
                "</a>"
            }
            (None, Reach::Points) => {
                let _ = write!(
                    self.out,
                    "<g class=\"point\" tabindex=\"0\" role=\"img\"><title>{words}</title>"
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
            // Bold differs most from font to font.
            for line in title.wrap(frame.title, width * 0.95, 3) {
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
                bottom += 12.0;
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

fn polygon(corners: &[(f64, f64)], x: f64, y: f64, r: f64) -> String {
    let mut d = String::new();
    for (i, (dx, dy)) in corners.iter().enumerate() {
        let _ = write!(d, "{}{} {}", if i == 0 { "M" } else { "L" }, n(x + dx * r), n(y + dy * r));
    }
    d.push('Z');
    d
}
