//! The squares of places too small to be read as shapes, and their labels.
//! Squares move off each other; a label that would hide something is left to hover and focus.

use super::{Kind, Map, Place, Window, with_class, words};
use crate::hue::INK;
use crate::scale::clean;
use crate::svg::{Pen, Type, n};

/// The side of a square in pixels.
const SQUARE: f64 = 11.0;

impl Map<'_> {
    /// The squares of small shapes that have a value and of the caller's places, then their
    /// labels where these hide neither a square nor another label.
    pub(super) fn squares(
        &self,
        pen: &mut Pen,
        edges: &[f64],
        top: f64,
        scale: f64,
        window: Window,
    ) {
        let small = self.outlines.shapes.iter().filter(|s| s.kind == Kind::Small);
        let small = small.filter(|s| self.values.contains_key(&s.code)).map(|s| Place {
            code: s.code.clone(),
            label: String::new(),
            at: s.centroid,
        });
        let places: Vec<Place> = small.chain(self.places.iter().cloned()).collect();
        let mut taken: Vec<Area> = Vec::new();
        let mut drawn: Vec<(&Place, f64, f64)> = Vec::new();
        for place in &places {
            let (Some(x), Some(y)) = (clean(place.at.0), clean(place.at.1)) else { continue };
            let (x, y) = (x - window.x, y - window.y);
            // A place without a value may lie outside of what is drawn.
            let inside = (0.0..=window.wide).contains(&x) && (0.0..=window.tall).contains(&y);
            if self.near && !inside {
                continue;
            }
            let x = (x * scale - SQUARE / 2.0).clamp(0.0, pen.width - SQUARE);
            let y = top + (y * scale - SQUARE / 2.0).clamp(0.0, 19_000.0);
            let (x, y) = free_spot(x, y, pen.width, &taken);
            taken.push(Area { x, y, w: SQUARE, h: SQUARE });
            drawn.push((place, x, y));
        }
        for (place, x, y) in drawn {
            let value = self.values.get(&place.code);
            let said = value.map_or_else(
                || format!("{}: {}", place.label, self.no_data),
                |value| words(pen.frame, value),
            );
            let tag = pen.open(&said, value.and_then(|v| v.href.as_deref()));
            pen.target(x - 6.0, y - 6.0, SQUARE + 12.0, SQUARE + 12.0);
            pen.raw(&format!(
                "<rect x=\"{}\" y=\"{}\" width=\"{SQUARE}\" height=\"{SQUARE}\" stroke=\"{}\" {}/>",
                n(x),
                n(y),
                INK.light,
                with_class(&self.fill(pen, &place.code, edges, ""), "l-ink")
            ));
            self.square_label(pen, &place.label, x, y, &mut taken);
            pen.close(tag);
        }
    }

    /// Right of the square, left, above or below, whichever is free first; else only on hover.
    fn square_label(&self, pen: &mut Pen, label: &str, x: f64, y: f64, taken: &mut Vec<Area>) {
        let set = Type { size: 11.0, ..Type::NOTE.coloured(INK) }.halo();
        let w = set.room(label);
        let spots = [
            (x + SQUARE + 4.0, y - 1.0),
            (x - 4.0 - w, y - 1.0),
            (x + SQUARE / 2.0 - w / 2.0, y - 15.0),
            (x + SQUARE / 2.0 - w / 2.0, y + SQUARE + 2.0),
        ];
        for (x, y) in spots {
            let area = Area { x, y, w, h: 13.0 };
            if x >= 0.0 && x + w <= pen.width && !taken.iter().any(|other| other.meets(&area)) {
                pen.text(x, y + 10.5, set, label);
                taken.push(area);
                return;
            }
        }
    }
}

/// A box on the drawing.
struct Area {
    x: f64,
    y: f64,
    w: f64,
    h: f64,
}

impl Area {
    fn meets(&self, other: &Area) -> bool {
        self.x < other.x + other.w
            && other.x < self.x + self.w
            && self.y < other.y + other.h
            && other.y < self.y + self.h
    }
}

/// The nearest place for a square, on rings of eight around the wished one, that hides none drawn before.
fn free_spot(x: f64, y: f64, width: f64, taken: &[Area]) -> (f64, f64) {
    for ring in 0..6 {
        let r = ring as f64 * (SQUARE + 2.0);
        for (dx, dy) in
            [(0, 0), (1, 0), (0, 1), (-1, 0), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1)]
        {
            let (x, y) = (x + dx as f64 * r, y + dy as f64 * r);
            let area = Area { x: x - 1.0, y: y - 1.0, w: SQUARE + 2.0, h: SQUARE + 2.0 };
            let inside = x >= 0.0 && x + SQUARE <= width && y >= 0.0;
            if inside && !taken.iter().any(|other| other.meets(&area)) {
                return (x, y);
            }
        }
    }
    (x, y)
}
