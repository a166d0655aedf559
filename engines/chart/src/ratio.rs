//! Equivalence of care: each service's coverage inside over its coverage outside, on a log axis with a strong line at "equal".
//! On a log axis half and double stand equally far from equal, which is what the comparison means (Galbraith 1988, Stat Med 7:889–894).

use crate::frame::Frame;
use crate::hue::{Hue, INK, INSIDE, MUTED, OUTSIDE};
use crate::rows::{AXIS, Columns, arrow, axis, interval, missing, strips, upright, whisker};
use crate::scale::{Scale, clean};
use crate::svg::{Paint, Pen, Type, n};

/// The axis never reaches further than this: beyond it an arrow says so, and the text says how much.
const WIDEST: (f64, f64) = (0.01, 100.0);

/// Ratios of inside to outside, in the caller's order.
///
/// ```
/// use chart::{Frame, Ratio, RatioRow, Reading};
/// let number = |value: f64| format!("{value:.2}");
/// let ratio = Ratio {
///     less: "less inside".into(),
///     equal: "equal".into(),
///     more: "more inside".into(),
///     rows: vec![
///         RatioRow {
///             label: "Opioid agonist treatment".into(),
///             reading: Reading::Ratio { value: 0.5, low: Some(0.4), high: Some(0.63) },
///             ..RatioRow::default()
///         },
///         RatioRow {
///             label: "Needles and syringes".into(),
///             reading: Reading::Missing("no figure for outside".into()),
///             ..RatioRow::default()
///         },
///     ],
/// };
/// let svg = ratio.draw(&Frame::new("care", "Care inside is half of that outside", &number));
/// assert!(svg.contains("0.50 (0.40–0.63)"));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Ratio {
    pub rows: Vec<RatioRow>,
    /// The words left of the line, on it, and right of it.
    pub less: String,
    pub equal: String,
    pub more: String,
}

/// One service.
#[derive(Clone, Debug, Default)]
pub struct RatioRow {
    pub label: String,
    /// What the ratio rests on, in small letters under the label.
    pub note: String,
    pub href: Option<String>,
    pub reading: Reading,
    /// Doubtful: drawn hollow.
    pub flagged: bool,
}

/// What is known of a ratio.
#[derive(Clone, Debug, PartialEq)]
pub enum Reading {
    /// A ratio of zero or more with its interval; zero is drawn as an arrow off the left end.
    Ratio { value: f64, low: Option<f64>, high: Option<f64> },
    /// Known only to be this or more: an arrow to the right.
    AtLeast(f64),
    /// Known only to be this or less: an arrow to the left.
    AtMost(f64),
    /// Not known, and why.
    Missing(String),
}

impl Default for Reading {
    fn default() -> Reading {
        Reading::Missing(String::new())
    }
}

impl Reading {
    /// The reading with what cannot be drawn taken as missing.
    fn sound(&self) -> Reading {
        let ok = |v: &f64| clean(*v).filter(|v| *v >= 0.0);
        match self {
            Reading::Ratio { value, low, high } => match ok(value) {
                Some(value) => Reading::Ratio {
                    value,
                    low: low.as_ref().and_then(ok),
                    high: high.as_ref().and_then(ok),
                },
                None => Reading::default(),
            },
            Reading::AtLeast(v) => ok(v).map_or(Reading::default(), Reading::AtLeast),
            Reading::AtMost(v) => ok(v).map_or(Reading::default(), Reading::AtMost),
            Reading::Missing(reason) => Reading::Missing(reason.clone()),
        }
    }

    fn ends(&self) -> Vec<f64> {
        match self {
            Reading::Ratio { value, low, high } => {
                [Some(*value), *low, *high].into_iter().flatten().collect()
            }
            Reading::AtLeast(v) | Reading::AtMost(v) => vec![*v],
            Reading::Missing(_) => vec![],
        }
    }

    fn words(&self, frame: &Frame) -> String {
        match self {
            Reading::Ratio { value, low, high } => frame.figure(*value, *low, *high),
            Reading::AtLeast(v) => format!("≥ {}", (frame.number)(*v)),
            Reading::AtMost(v) => format!("≤ {}", (frame.number)(*v)),
            Reading::Missing(reason) => reason.clone(),
        }
    }
}

impl Ratio {
    pub fn draw(&self, frame: &Frame) -> String {
        let mut pen = Pen::new(frame);
        let readings: Vec<Reading> = self.rows.iter().map(|row| row.reading.sound()).collect();
        let known = readings.iter().filter(|r| !matches!(r, Reading::Missing(_)));
        let room = known.map(|r| Type::BODY.room(&r.words(frame))).fold(30.0, f64::max) + 16.0;
        let longest = self.rows.iter().flat_map(|row| [row.label.as_str(), row.note.as_str()]);
        let columns = Columns::new(pen.width, longest, room);
        let scale = scale(&readings, columns.from + 6.0, columns.to - 6.0);

        let heads: Vec<_> = self
            .rows
            .iter()
            .zip(&readings)
            .map(|(row, reading)| {
                let plotted = !matches!(reading, Reading::Missing(_));
                columns.head(&row.label, &row.note, plotted)
            })
            .collect();
        let top = 26.0;
        let rows = heads.iter().map(|head| head.height(&columns)).sum::<f64>();
        let bottom = columns.floor(top + rows);
        self.ground(&mut pen, &scale, top, bottom, &strips(&columns, &heads, top));

        let mut y = top;
        for ((row, reading), head) in self.rows.iter().zip(&readings).zip(&heads) {
            let tag = pen.open(&words(frame, row, reading), row.href.as_deref());
            pen.target(0.0, y, pen.width, head.height(&columns));
            head.draw(&mut pen, &columns, y);
            mark(&mut pen, &scale, head.middle(&columns, y), reading, row.flagged);
            pen.close(tag);
            y += head.height(&columns);
        }
        let said: Vec<String> = self
            .rows
            .iter()
            .zip(&readings)
            .map(|(row, reading)| words(frame, row, reading))
            .collect();
        pen.finish(bottom + AXIS, &said.join("; "))
    }

    /// The two tinted sides, the line at 1 and the words above them.
    fn ground(&self, pen: &mut Pen, scale: &Scale, top: f64, bottom: f64, strips: &[(f64, f64)]) {
        let (left, one, right) = (scale.at(scale.low()), scale.at(1.0), scale.at(scale.high()));
        for (top, bottom) in strips {
            pen.rect(left, *top, one - left, bottom - top, Paint::tint(OUTSIDE, 0.08));
            pen.rect(one, *top, right - one, bottom - top, Paint::tint(INSIDE, 0.08));
        }
        axis(pen, scale, strips, bottom);
        upright(pen, one, strips, Paint::line(INK, 2.0));
        let equal = Type::NOTE.coloured(INK).bold().middle();
        let (low, high) =
            (one - equal.room(&self.equal) / 2.0, one + equal.room(&self.equal) / 2.0);
        pen.text(one, top - 9.0, equal, &self.equal);
        // The words end beside "equal" and may run out to the drawing's edges; their arrows are
        // drawn, since Noto Sans has no letter for them.
        let set = Type::NOTE.coloured(MUTED);
        let (left, right) = (low - 10.0 - set.room(&self.less), high + 10.0 + set.room(&self.more));
        if left >= 18.0 {
            pen.text(low - 10.0, top - 9.0, set.end(), &self.less);
            pointer(pen, left - 4.0, top - 13.0, -1.0);
        }
        if right <= pen.width - 18.0 {
            pen.text(high + 10.0, top - 9.0, set, &self.more);
            pointer(pen, right + 4.0, top - 13.0, 1.0);
        }
    }
}

/// Around 1, at least from a half to double, so that a small difference does not look large.
fn scale(readings: &[Reading], from: f64, to: f64) -> Scale {
    let ends = readings.iter().flat_map(Reading::ends).filter(|v| *v > 0.0);
    let (low, high) = ends.fold((0.5f64, 2.0f64), |(low, high), v| (low.min(v), high.max(v)));
    let wanted = ((to - from) / 40.0).clamp(3.0, 9.0) as usize;
    Scale::log(low.max(WIDEST.0), high.min(WIDEST.1), wanted, from, to.max(from + 40.0))
}

fn mark(pen: &mut Pen, scale: &Scale, y: f64, reading: &Reading, flagged: bool) {
    let hue = Hue::Neutral;
    let text = Type::BODY.end();
    let words = reading.words(pen.frame);
    match reading {
        Reading::Missing(reason) => return missing(pen, scale.at(scale.low()) + 6.0, y, reason),
        Reading::Ratio { value, low, high } => {
            if let Some(ends) = interval(*low, *high) {
                whisker(pen, scale, y, ends, hue);
            }
            if scale.holds(*value) {
                pen.mark(scale.at(*value), y, 5.5, hue, flagged);
            } else {
                arrow(pen, scale.at(*value), y, if *value < 1.0 { -1.0 } else { 1.0 }, hue);
            }
        }
        Reading::AtLeast(bound) => bounded(pen, scale, y, *bound, scale.high(), 1.0),
        Reading::AtMost(bound) => bounded(pen, scale, y, *bound, scale.low(), -1.0),
    }
    let sign = match reading {
        Reading::AtLeast(_) => Some(1.0),
        Reading::AtMost(_) => Some(-1.0),
        Reading::Ratio { .. } | Reading::Missing(_) => None,
    };
    let words = if sign.is_some() { words.trim_start_matches(['≥', '≤', ' ']) } else { &words };
    pen.text(pen.width, y + 4.5, text, words);
    if let Some(way) = sign {
        bound_sign(pen, pen.width - text.room(words) - 9.0, y, way);
    }
}

/// "≥" (way 1) or "≤" (way −1) around `x`, drawn since Noto Sans has no letter for them.
fn bound_sign(pen: &mut Pen, x: f64, y: f64, way: f64) {
    let (open, point) = (n(x - 3.5 * way), n(x + 3.5 * way));
    let d = format!(
        "M{open} {}L{point} {}L{open} {}M{} {}H{}",
        n(y - 4.5),
        n(y - 1.5),
        n(y + 1.5),
        n(x - 3.5),
        n(y + 4.5),
        n(x + 3.5)
    );
    pen.path(&d, Paint::line(INK, 1.1));
}

/// A small arrow that begins at `x` and points left (−1) or right (1).
fn pointer(pen: &mut Pen, x: f64, y: f64, way: f64) {
    let tip = x + 11.0 * way;
    let back = n(tip - 3.5 * way);
    let d = format!(
        "M{} {y}H{}M{back} {}L{} {y}L{back} {}",
        n(x),
        n(tip),
        n(y - 3.0),
        n(tip),
        n(y + 3.0),
        y = n(y)
    );
    pen.path(&d, Paint::line(MUTED, 1.0));
}

/// A stop at the bound and an arrow to the end of the axis.
fn bounded(pen: &mut Pen, scale: &Scale, y: f64, bound: f64, end: f64, way: f64) {
    let (from, to) = (scale.at(bound), scale.at(end));
    let hue = Hue::Neutral;
    let paint = Paint::line(hue.colour(), 2.0);
    pen.line(from, y, to, y, paint.dashed(Some("5 3")));
    pen.line(from, y - 6.0, from, y + 6.0, paint);
    arrow(pen, to, y, way, hue);
}

fn words(frame: &Frame, row: &RatioRow, reading: &Reading) -> String {
    let note = if row.note.is_empty() { String::new() } else { format!(", {}", row.note) };
    format!("{}: {}{note}", row.label, reading.words(frame))
}
