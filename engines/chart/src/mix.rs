//! One bar of shares that make up a whole: sentenced and on remand, offences of the people held.
//! A part wide enough carries its own words; a narrow one has them above, on a thin line that crosses no other.

use crate::frame::Frame;
use crate::hue::{Hue, INK, MUTED, PAPER};
use crate::scale::clean;
use crate::svg::{Paint, Pen, Type};

/// Parts of a whole, in the caller's order; parts not above zero or not finite are left out.
///
/// `number` is given each part's share in per cent of their sum.
///
/// ```
/// use chart::{Frame, Hue, Mix, Part};
/// let number = |share: f64| format!("{share:.0} %");
/// let mix = Mix {
///     parts: vec![
///         Part { label: "sentenced".into(), value: 5321.0, hue: Hue::Inside, ..Part::default() },
///         Part { label: "on remand".into(), value: 1204.0, hue: Hue::Neutral, ..Part::default() },
///     ],
/// };
/// let svg = mix.draw(&Frame::new("status", "One in five is on remand", &number));
/// assert!(svg.contains("82 %") && svg.contains("18 %"));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Mix {
    pub parts: Vec<Part>,
}

/// One part; `value` in any unit common to all parts.
#[derive(Clone, Debug, Default)]
pub struct Part {
    pub label: String,
    pub value: f64,
    pub hue: Hue,
    /// Doubtful by the reason in `note`: drawn with a dashed rim.
    pub flagged: bool,
    pub note: String,
    pub href: Option<String>,
}

/// The height of the bar, and of a line of words above it.
const BAR: f64 = 30.0;
const TIER: f64 = 19.0;
/// The space between a share and its name.
const GAP: f64 = 4.0;

/// A part laid out: its place on the bar, its words, and whether they fit into it.
struct Laid<'p> {
    part: &'p Part,
    from: f64,
    to: f64,
    number: String,
    fits: bool,
    tier: usize,
}

impl Laid<'_> {
    fn middle(&self) -> f64 {
        (self.from + self.to) / 2.0
    }

    /// Whether a part is drawn as a rim with a tint, on which only ink can be read.
    fn tinted(&self) -> bool {
        self.part.flagged || self.part.hue.open()
    }

    /// From where to where its words over the bar reach: left of its line in the right half,
    /// right of it in the left half.
    fn span(&self, width: f64) -> (f64, f64) {
        let x = self.middle();
        if x > width / 2.0 {
            ((x - 6.0 - self.room()).max(0.0), x - 6.0)
        } else {
            (x + 6.0, (x + 6.0 + self.room()).min(width))
        }
    }

    fn room(&self) -> f64 {
        Type::BODY.bold().room(&self.number) + GAP + Type::BODY.room(&self.part.label)
    }
}

impl Mix {
    pub fn draw(&self, frame: &Frame) -> String {
        let mut pen = Pen::new(frame);
        let laid = self.lay(frame, pen.width);
        let narrow: Vec<&Laid> = laid.iter().filter(|l| !l.fits).collect();
        let tiers = narrow.iter().map(|l| l.tier + 1).max().unwrap_or(0);
        let listed = tiers > 4 || crossed(&narrow, pen.width);
        let top = if tiers > 0 && !listed { tiers as f64 * TIER + 6.0 } else { 0.0 };
        let mut bottom = top + BAR + if listed { 6.0 } else { 0.0 };
        let mut said = Vec::new();
        for part in &laid {
            let note = if part.part.note.is_empty() {
                String::new()
            } else {
                format!(", {}", part.part.note)
            };
            let words = format!("{}: {}{note}", part.part.label, part.number);
            let tag = pen.open(&words, part.part.href.as_deref());
            draw_part(&mut pen, part, top);
            match (part.fits, listed) {
                (true, _) => {}
                (false, false) => over(&mut pen, part, top),
                (false, true) => {
                    let set = Type::BODY.coloured(part.part.hue.colour());
                    pen.mark(6.0, bottom + 8.0, 5.0, part.part.hue, part.part.flagged);
                    let width = pen.width;
                    write(&mut pen, part, 18.0, bottom + 12.5, set, width);
                    bottom += TIER;
                }
            }
            pen.close(tag);
            said.push(words);
        }
        pen.finish(if laid.is_empty() { 1.0 } else { bottom }, &said.join("; "))
    }

    fn lay(&self, frame: &Frame, width: f64) -> Vec<Laid<'_>> {
        let parts: Vec<(&Part, f64)> = self
            .parts
            .iter()
            .filter_map(|part| Some((part, clean(part.value).filter(|v| *v > 0.0)?)))
            .collect();
        let sum: f64 = parts.iter().map(|(_, value)| value).sum();
        let mut at = 0.0;
        let mut laid: Vec<Laid> = parts
            .into_iter()
            .map(|(part, value)| {
                let share = value / sum;
                let from = at * width;
                at += share;
                let number = (frame.number)(share * 100.0);
                let mut laid = Laid { part, from, to: at * width, number, fits: false, tier: 0 };
                laid.fits = laid.room() + 16.0 <= laid.to - laid.from;
                laid
            })
            .collect();
        // Words left of their line rise from left to right, words right of it from right to
        // left: so no line passes through another's words.
        let right = laid.iter_mut().filter(|l| !l.fits && l.middle() > width / 2.0);
        right.enumerate().for_each(|(tier, part)| part.tier = tier);
        let left = laid.iter_mut().rev().filter(|l| !l.fits && l.middle() <= width / 2.0);
        left.enumerate().for_each(|(tier, part)| part.tier = tier);
        laid
    }
}

fn draw_part(pen: &mut Pen, part: &Laid, top: f64) {
    let colour = part.part.hue.colour();
    let paint = if part.tinted() {
        let rim = Paint { stroke: Some(colour), width: 1.4, ..Paint::tint(colour, 0.18) };
        if part.part.flagged { rim.dashed(Some("3 2")) } else { rim }
    } else {
        Paint::fill(colour)
    };
    let wide = part.to - part.from;
    let gap = if wide > 4.0 { 1.0 } else { 0.0 };
    pen.rect(part.from + gap, top + 1.0, wide - 2.0 * gap, BAR - 2.0, paint);
    if part.fits {
        let on = Type::BODY.coloured(if part.tinted() { INK } else { PAPER });
        write(pen, part, part.from + 9.0, top + BAR / 2.0 + 4.5, on, pen.width);
    }
}

/// The words of a narrow part, over the bar and beside their line.
fn over(pen: &mut Pen, part: &Laid, top: f64) {
    let y = top - 6.0 - part.tier as f64 * TIER;
    let x = part.middle();
    pen.line(x, y - 10.0, x, top, Paint::line(MUTED, 1.0));
    let (from, to) = part.span(pen.width);
    write(pen, part, from, y, Type::BODY.coloured(part.part.hue.colour()), to);
}

/// Whether, over the bar, words would lie on other words or on another part's line; then they
/// are listed under it.
fn crossed(narrow: &[&Laid], width: f64) -> bool {
    let clash = |one: &Laid, other: &Laid| {
        let ((from, to), (start, end)) = (one.span(width), other.span(width));
        let on_line = (from - 3.0..to + 3.0).contains(&other.middle()) && other.tier >= one.tier;
        on_line || (one.tier == other.tier && from < end + 8.0 && start < to + 8.0)
    };
    narrow
        .iter()
        .enumerate()
        .any(|(i, one)| narrow.iter().enumerate().any(|(j, other)| i != j && clash(one, other)))
}

/// The share in bold, then the part's name, cut where it would run beyond `to`.
fn write(pen: &mut Pen, part: &Laid, x: f64, y: f64, set: Type, to: f64) {
    let after = x + set.bold().room(&part.number) + GAP;
    let name = set.wrap(&part.part.label, to - after + 1.0, 1).join("");
    pen.number_and_name(x, y, set, &part.number, &name);
}
