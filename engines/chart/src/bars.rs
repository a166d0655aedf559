//! Horizontal bars from zero, each with its number at its end: for amounts that add up or are compared as lengths.
//! A bar always begins at zero, since its length is what is read.

use crate::frame::Frame;
use crate::hue::{Hue, INK};
use crate::rows::{Columns, interval, missing, strips, upright};
use crate::scale::{Scale, clean};
use crate::svg::{Paint, Pen, Type};

/// Bars in the caller's order.
///
/// ```
/// use chart::{Bar, Bars, Frame};
/// let number = |value: f64| format!("{value:.0}");
/// let bars = Bars {
///     bars: vec![
///         Bar { label: "Theft".into(), value: 1204.0, ..Bar::default() },
///         Bar { label: "Drug-law offences".into(), value: 893.0, ..Bar::default() },
///     ],
/// };
/// let svg = bars.draw(&Frame::new("offences", "Theft is the main offence", &number));
/// assert!(svg.contains(">1204</text>"));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Bars {
    pub bars: Vec<Bar>,
}

/// One bar; a value that is not finite is missing, with its reason in `missing`.
#[derive(Clone, Debug, Default)]
pub struct Bar {
    pub label: String,
    pub value: f64,
    pub low: Option<f64>,
    pub high: Option<f64>,
    pub hue: Hue,
    /// Doubtful by the reason in `note`: drawn hollow with a dashed rim.
    pub flagged: bool,
    pub note: String,
    pub missing: String,
    pub href: Option<String>,
}

impl Bars {
    pub fn draw(&self, frame: &Frame) -> String {
        let mut pen = Pen::new(frame);
        let ends = self.bars.iter().filter_map(|bar| {
            let value = clean(bar.value)?;
            let (low, high) = interval(bar.low, bar.high).unwrap_or((value, value));
            Some((value.min(low), value.max(high)))
        });
        let (least, most) =
            ends.fold((0.0f64, 0.0f64), |(a, b), (low, high)| (a.min(low), b.max(high)));
        let numbers = self.bars.iter().filter_map(|bar| clean(bar.value));
        let room = numbers.map(|v| Type::BODY.room(&pen.number(v))).fold(0.0, f64::max) + 10.0;
        let columns = Columns::new(pen.width, self.bars.iter().map(|b| b.label.as_str()), room);
        let from = if columns.stacked { 0.0 } else { columns.from };
        // Values below zero are written at their own, left end.
        let from = if least < 0.0 { from + room } else { from };
        let scale =
            Scale::linear(least, most, 5, from, columns.to.max(from + 40.0)).tight(least, most);

        let mut y = 0.0;
        let mut heads = Vec::new();
        for bar in &self.bars {
            let head = columns.head(&bar.label, "", clean(bar.value).is_some());
            let middle = head.middle(&columns, y);
            let words = self.words(frame, bar);
            let tag = pen.open(&words, bar.href.as_deref());
            pen.target(0.0, y, pen.width, head.height(&columns));
            head.draw(&mut pen, &columns, y);
            match clean(bar.value) {
                Some(value) => draw_bar(&mut pen, &scale, middle, bar, value),
                None => missing(&mut pen, scale.at(0.0) + 6.0, middle, &bar.missing),
            }
            pen.close(tag);
            y += head.height(&columns);
            heads.push(head);
        }
        upright(&mut pen, scale.at(0.0), &strips(&columns, &heads, 0.0), Paint::line(INK, 1.0));
        let said: Vec<String> = self.bars.iter().map(|bar| self.words(frame, bar)).collect();
        pen.finish(y.max(1.0), &said.join("; "))
    }

    fn words(&self, frame: &Frame, bar: &Bar) -> String {
        let Some(value) = clean(bar.value) else {
            return format!("{}: {}", bar.label, bar.missing);
        };
        let note = if bar.note.is_empty() { String::new() } else { format!(", {}", bar.note) };
        let (low, high) = (bar.low.and_then(clean), bar.high.and_then(clean));
        format!("{}: {}{note}", bar.label, frame.figure(value, low, high))
    }
}

fn draw_bar(pen: &mut Pen, scale: &Scale, middle: f64, bar: &Bar, value: f64) {
    let (zero, end) = (scale.at(0.0), scale.at(value));
    let colour = bar.hue.colour();
    let paint = if bar.flagged || bar.hue.open() {
        let solid = Paint { stroke: Some(colour), width: 1.4, ..Paint::tint(colour, 0.18) };
        if bar.flagged { solid.dashed(Some("3 2")) } else { solid }
    } else if interval(bar.low, bar.high).is_some() {
        // Paler, so that the whisker is seen on the bar too.
        Paint::tint(colour, 0.5)
    } else {
        Paint::fill(colour)
    };
    pen.rect(zero.min(end), middle - 8.0, (end - zero).abs(), 16.0, paint);
    let mut left = zero.min(end);
    let mut right = zero.max(end);
    if let Some((low, high)) = interval(bar.low, bar.high) {
        let (a, b) = (scale.at(low), scale.at(high));
        let ink = Paint::line(INK, 1.4);
        pen.line(a, middle, b, middle, ink);
        for x in [a, b] {
            pen.line(x, middle - 3.5, x, middle + 3.5, ink);
        }
        left = left.min(a);
        right = right.max(b);
    }
    let words = pen.number(value);
    if value < 0.0 {
        pen.text(left - 6.0, middle + 4.5, Type::BODY.end(), &words);
    } else {
        pen.text(right + 6.0, middle + 4.5, Type::BODY, &words);
    }
}
