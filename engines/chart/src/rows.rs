//! What dots, ratios, forests and bars share: a label column, a plot beside it, an axis under it, whiskers along it.
//! On a phone the label stands above its plot instead, so that both have the whole width.

use crate::hue::{GRID, Hue, MUTED};
use crate::scale::{Scale, clean};
use crate::svg::{LINE, Paint, Pen, SMALL, Type};

/// Below this width labels stand above their rows.
const STACKED_BELOW: f64 = 520.0;
/// Half the height of a mark's row.
const MARK: f64 = 11.0;

/// Where label, plot and values stand.
pub(crate) struct Columns {
    pub stacked: bool,
    pub label: f64,
    pub from: f64,
    pub to: f64,
}

/// A row's label and note, broken into lines.
pub(crate) struct Head {
    lines: Vec<String>,
    notes: Vec<String>,
    /// Whether the row has something on the axis; a row of words has not.
    plotted: bool,
}

impl Columns {
    /// Columns for rows with these labels, leaving `right` pixels after the plot.
    pub fn new<'t>(width: f64, labels: impl Iterator<Item = &'t str>, right: f64) -> Columns {
        let right = right.min(width * 0.45);
        if width < STACKED_BELOW {
            return Columns { stacked: true, label: width, from: 8.0, to: width - right - 8.0 };
        }
        let longest = labels.map(|label| Type::BODY.room(label)).fold(40.0, f64::max);
        let label = longest.min(width * 0.36);
        Columns { stacked: false, label, from: label + 16.0, to: width - right - 8.0 }
    }

    /// Where the axis' numbers begin under rows that end at `bottom`.
    pub fn floor(&self, bottom: f64) -> f64 {
        if self.stacked { bottom - 10.0 } else { bottom }
    }

    pub fn head(&self, label: &str, note: &str, plotted: bool) -> Head {
        let lines = if self.stacked { 3 } else { 2 };
        Head {
            lines: Type::BODY.wrap(label, self.label, lines),
            notes: Type::NOTE.wrap(note, self.label, lines),
            plotted,
        }
    }
}

impl Head {
    fn text(&self) -> f64 {
        (self.lines.len() + self.notes.len()) as f64 * LINE
    }

    pub fn height(&self, columns: &Columns) -> f64 {
        if columns.stacked {
            self.text() + 2.0 * MARK + 16.0
        } else {
            (self.text() + 10.0).max(2.0 * MARK + 4.0)
        }
    }

    /// Where the row's marks stand when the row begins at `top`.
    pub fn middle(&self, columns: &Columns, top: f64) -> f64 {
        if columns.stacked {
            top + self.text() + MARK + 4.0
        } else {
            top + self.height(columns) / 2.0
        }
    }

    pub fn draw(&self, pen: &mut Pen, columns: &Columns, top: f64) {
        let first = if columns.stacked {
            top + 12.0
        } else {
            top + (self.height(columns) - self.text()) / 2.0 + 12.0
        };
        pen.lines(0.0, first, Type::BODY, &self.lines);
        pen.lines(0.0, first + self.lines.len() as f64 * LINE, Type::NOTE, &self.notes);
    }
}

/// The strips of the drawing that belong to the plot: each run of rows that have a value or,
/// where labels stand above their rows, each such row, so that no line runs through words.
pub(crate) fn strips(columns: &Columns, heads: &[Head], top: f64) -> Vec<(f64, f64)> {
    let mut y = top;
    let mut strips: Vec<(f64, f64)> = Vec::new();
    for head in heads {
        let from = y;
        y += head.height(columns);
        if !head.plotted {
            continue;
        }
        match strips.last_mut() {
            _ if columns.stacked => {
                let middle = head.middle(columns, from);
                strips.push((middle - MARK - 1.0, middle + MARK + 1.0));
            }
            Some(last) if last.1 == from => last.1 = y,
            _ => strips.push((from, y)),
        }
    }
    strips
}

/// Vertical gridlines in the strips, and under `bottom` the numbers that have room.
pub(crate) fn axis(pen: &mut Pen, scale: &Scale, strips: &[(f64, f64)], bottom: f64) {
    let mut taken = f64::NEG_INFINITY;
    for tick in &scale.ticks {
        let x = scale.at(*tick);
        upright(pen, x, strips, Paint::line(GRID, 1.0));
        let words = pen.number(*tick);
        let half = Type::NOTE.room(&words) / 2.0;
        let middle = x.clamp(half, (pen.width - half).max(half));
        if middle - half > taken + 6.0 {
            pen.text(middle, bottom + 15.0, Type::NOTE.middle(), &words);
            taken = middle + half;
        }
    }
}

/// A vertical line through the strips.
pub(crate) fn upright(pen: &mut Pen, x: f64, strips: &[(f64, f64)], paint: Paint) {
    for (top, bottom) in strips {
        pen.line(x, *top, x, *bottom, paint);
    }
}

/// How far below its plot an axis reaches.
pub(crate) const AXIS: f64 = 20.0;

/// The interval of a value; an arrowhead where it leaves the axis.
pub(crate) fn whisker(pen: &mut Pen, scale: &Scale, y: f64, interval: (f64, f64), hue: Hue) {
    let (low, high) = interval;
    let paint = Paint::line(hue.colour(), 2.0);
    let (left, right) = (scale.at(low), scale.at(high));
    pen.line(left, y, right, y, paint);
    for (end, held, way) in [(left, scale.holds(low), -1.0), (right, scale.holds(high), 1.0)] {
        if held {
            pen.line(end, y - 3.0, end, y + 3.0, paint);
        } else {
            arrow(pen, end, y, way, hue);
        }
    }
}

/// An arrowhead with its tip just beyond `x`, pointing right (1) or left (−1).
pub(crate) fn arrow(pen: &mut Pen, x: f64, y: f64, way: f64, hue: Hue) {
    use crate::svg::n;
    let d = format!(
        "M{} {}L{} {}L{} {}Z",
        n(x + way * 4.0),
        n(y),
        n(x - way * 4.0),
        n(y - 4.0),
        n(x - way * 4.0),
        n(y + 4.0)
    );
    pen.path(&d, Paint::fill(hue.colour()));
}

/// A dashed vertical line with its word above, held within the drawing.
pub(crate) fn reference(pen: &mut Pen, x: f64, top: f64, strips: &[(f64, f64)], words: &str) {
    upright(pen, x, strips, Paint::line(MUTED, 1.2).dashed(Some("4 3")));
    let half = Type::NOTE.room(words) / 2.0;
    let middle = x.clamp(half, (pen.width - half).max(half));
    pen.text(middle, top - 5.0, Type::NOTE.middle().halo(), words);
}

/// "· reason" where a value should stand, as wide as there is room.
pub(crate) fn missing(pen: &mut Pen, x: f64, y: f64, reason: &str) {
    let words = format!("· {reason}");
    let line = Type::NOTE.wrap(&words, pen.width - x, 1);
    pen.lines(x, y + SMALL / 3.0, Type::NOTE.halo(), &line);
}

/// An interval with both ends drawable and in order; `None` when either is missing.
pub(crate) fn interval(low: Option<f64>, high: Option<f64>) -> Option<(f64, f64)> {
    let (low, high) = (low.and_then(clean)?, high.and_then(clean)?);
    Some((low.min(high), low.max(high)))
}
