//! One bar of shares that make up a whole: sentenced and on remand, offences of the people held.
//! Each part carries its own words; where parts are too narrow the words move apart and keep a thin line to their part.

use crate::frame::Frame;
use crate::hue::{Hue, MUTED};
use crate::labels::spread;
use crate::scale::clean;
use crate::svg::{LINE, Paint, Pen, Type};

/// Parts of a whole, in the caller's order; parts below zero or not finite are left out.
///
/// `number` is given each part's share in per cent of their sum.
///
/// ```
/// use chart::{Frame, Hue, Mix, Part};
/// let number = |share: f64| format!("{share:.0} %");
/// let mix = Mix {
///     parts: vec![
///         Part { label: "Sentenced".into(), value: 5321.0, hue: Hue::Inside, ..Part::default() },
///         Part { label: "On remand".into(), value: 1204.0, hue: Hue::Neutral, ..Part::default() },
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

impl Mix {
    pub fn draw(&self, frame: &Frame) -> String {
        let mut pen = Pen::new(frame);
        let parts: Vec<(&Part, f64)> = self
            .parts
            .iter()
            .filter_map(|part| Some((part, clean(part.value).filter(|v| *v > 0.0)?)))
            .collect();
        let sum: f64 = parts.iter().map(|(_, value)| value).sum();
        let shares: Vec<(&Part, f64)> =
            parts.into_iter().map(|(part, value)| (part, value / sum)).collect();
        let words: Vec<String> =
            shares.iter().map(|(part, share)| words(frame, part, *share)).collect();
        let set = Type::BODY;
        let lengths: Vec<f64> = shares
            .iter()
            .map(|(part, share)| {
                let number = set.bold().room(&pen.number(share * 100.0));
                number + set.room(&part.label) + 22.0
            })
            .collect();
        let beside = lengths.iter().sum::<f64>() <= pen.width + 16.0;
        let top = if beside { 30.0 } else { 0.0 };

        let mut x = 0.0;
        let mut starts = Vec::new();
        for ((part, share), words) in shares.iter().zip(&words) {
            let wide = share * pen.width;
            starts.push(x);
            let tag = pen.open(words, part.href.as_deref());
            let colour = part.hue.colour();
            let paint = if part.flagged || part.hue.open() {
                let rim = Paint { stroke: Some(colour), width: 1.4, ..Paint::tint(colour, 0.18) };
                if part.flagged { rim.dashed(Some("3 2")) } else { rim }
            } else {
                Paint::fill(colour)
            };
            pen.rect(x + 1.0, top + 1.0, wide - 2.0, BAR - 2.0, paint);
            pen.close(tag);
            x += wide;
        }
        let height = if beside {
            self.above(&mut pen, &shares, &starts, &lengths, top);
            top + BAR
        } else {
            self.below(&mut pen, &shares)
        };
        pen.finish(height.max(1.0), &words.join("; "))
    }

    /// All words in one line over the bar, each as near its part as the others allow.
    fn above(
        &self,
        pen: &mut Pen,
        shares: &[(&Part, f64)],
        starts: &[f64],
        lengths: &[f64],
        top: f64,
    ) {
        let wishes: Vec<(f64, f64)> = starts.iter().copied().zip(lengths.iter().copied()).collect();
        let places = spread(&wishes, 0.0, pen.width + 16.0);
        for (((part, share), place), start) in shares.iter().zip(places).zip(starts) {
            let middle = start + share * pen.width / 2.0;
            let from =
                if (place - start).abs() < 1.0 { (place + 4.0).min(middle) } else { place + 4.0 };
            pen.path(
                &format!(
                    "M{} {}L{} {}",
                    crate::svg::n(from),
                    top - 7.0,
                    crate::svg::n(
                        from.max(start + 1.0).min(start + (share * pen.width - 1.0).max(1.0))
                    ),
                    top
                ),
                Paint::line(MUTED, 1.0),
            );
            label(pen, place, top - 11.0, part, *share);
        }
    }

    /// One line for each part under the bar, with a swatch.
    fn below(&self, pen: &mut Pen, shares: &[(&Part, f64)]) -> f64 {
        let mut y = BAR + 8.0;
        for (part, share) in shares {
            pen.mark(6.0, y + 8.0, 5.0, part.hue, part.flagged);
            label(pen, 18.0, y + 12.5, part, *share);
            y += LINE + 2.0;
        }
        y
    }
}

const BAR: f64 = 28.0;

fn label(pen: &mut Pen, x: f64, y: f64, part: &Part, share: f64) {
    let set = Type::BODY.coloured(part.hue.colour());
    let number = pen.number(share * 100.0);
    let after = x + set.bold().room(&number) + 5.0;
    pen.text(x, y, set.bold(), &number);
    for line in set.wrap(&part.label, pen.width - after, 1) {
        pen.text(after, y, set, &line);
    }
}

fn words(frame: &Frame, part: &Part, share: f64) -> String {
    let note = if part.note.is_empty() { String::new() } else { format!(", {}", part.note) };
    format!("{}: {}{note}", part.label, (frame.number)(share * 100.0))
}
