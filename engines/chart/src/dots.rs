//! Rows of dots with their intervals: the countries of a region, or one country's services, inside and outside side by side.
//! Cleveland's dot plot (Cleveland and McGill 1984, JASA 79:531–554): place on a common scale is read most exactly.

use crate::frame::Frame;
use crate::hue::{GRID, Hue};
use crate::rows::{AXIS, Columns, axis, interval, missing, reference, strips, whisker};
use crate::scale::{Axis, Scale, clean};
use crate::svg::{Paint, Pen, Type};

/// Rows in the caller's order, one or two values each, on one axis.
///
/// ```
/// use chart::{DotRow, Dots, DotValue, Frame, Hue};
/// let number = |value: f64| format!("{value:.1} %");
/// let dots = Dots {
///     names: vec![(Hue::Inside, "in prison".into()), (Hue::Outside, "outside".into())],
///     rows: vec![
///         DotRow {
///             label: "Moldova".into(),
///             values: vec![
///                 DotValue { hue: Hue::Inside, value: 3.8, low: Some(2.9), high: Some(4.9), ..DotValue::default() },
///                 DotValue { hue: Hue::Outside, value: 13.9, ..DotValue::default() },
///             ],
///             ..DotRow::default()
///         },
///         DotRow { label: "Montenegro".into(), missing: "not measured".into(), ..DotRow::default() },
///     ],
///     ..Dots::default()
/// };
/// let svg = dots.draw(&Frame::new("hiv", "HIV is rarer in prison", &number));
/// assert!(svg.contains("· not measured"));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Dots {
    pub rows: Vec<DotRow>,
    /// What each hue stands for; written over the first row that has them, and read aloud.
    pub names: Vec<(Hue, String)>,
    pub axis: Axis,
    /// A line across all rows, such as a target or the region's median, with its words.
    pub reference: Option<(f64, String)>,
    /// A linear axis begins at zero, or where the data begins.
    pub from_zero: bool,
}

/// One row.
#[derive(Clone, Debug, Default)]
pub struct DotRow {
    pub label: String,
    pub href: Option<String>,
    pub values: Vec<DotValue>,
    /// Why there is no value; drawn as "· reason" where none can be.
    pub missing: String,
}

/// One value with its interval, if it has one.
#[derive(Clone, Debug, Default)]
pub struct DotValue {
    pub hue: Hue,
    pub value: f64,
    pub low: Option<f64>,
    pub high: Option<f64>,
    /// Doubtful by the reason in `note`: drawn hollow.
    pub flagged: bool,
    pub note: String,
}

impl DotValue {
    fn extent(&self) -> (f64, f64) {
        let (low, high) = interval(self.low, self.high).unwrap_or((self.value, self.value));
        (low.min(self.value), high.max(self.value))
    }
}

impl Dots {
    pub fn draw(&self, frame: &Frame) -> String {
        let mut pen = Pen::new(frame);
        let drawable = |value: &&DotValue| {
            clean(value.value).is_some_and(|v| self.axis == Axis::Linear || v > 0.0)
        };
        let values: Vec<&DotValue> =
            self.rows.iter().flat_map(|row| &row.values).filter(drawable).collect();

        // Values are written beside their dots, so both ends of the plot leave room for one.
        let words = values.iter().map(|v| Type::BODY.room(&pen.number(v.value)));
        let room = words.fold(0.0, f64::max) + 14.0;
        let columns = Columns::new(pen.width, self.rows.iter().map(|r| r.label.as_str()), room);
        let paired = self.rows.iter().any(|row| row.values.iter().filter(drawable).count() > 1);
        let from = if paired { columns.from + room } else { columns.from + 4.0 };
        let scale = self.scale(&values, from, columns.to.max(from + 40.0));

        let names: Vec<&(Hue, String)> =
            self.names.iter().filter(|(hue, _)| values.iter().any(|v| v.hue == *hue)).collect();
        let mut top = if names.is_empty() { 4.0 } else { 26.0 };
        key(&mut pen, &names, columns.from);
        if self.reference.is_some() {
            top += 18.0;
        }
        let heads: Vec<_> = self
            .rows
            .iter()
            .map(|row| columns.head(&row.label, "", row.values.iter().any(|v| drawable(&v))))
            .collect();
        let rows = heads.iter().map(|head| head.height(&columns)).sum::<f64>();
        let bottom = columns.floor(top + rows);
        let strips = strips(&columns, &heads, top);
        if !values.is_empty() {
            axis(&mut pen, &scale, &strips, bottom);
        }
        if let Some((at, words)) = &self.reference
            && let Some(at) = clean(*at).filter(|at| scale.holds(*at))
        {
            reference(&mut pen, scale.at(at), top, &strips, words);
        }

        let mut y = top;
        for (row, head) in self.rows.iter().zip(&heads) {
            let shown: Vec<&DotValue> = row.values.iter().filter(drawable).collect();
            let tag = pen.open(&self.words(frame, row, &shown), row.href.as_deref());
            pen.target(0.0, y, pen.width, head.height(&columns));
            head.draw(&mut pen, &columns, y);
            let middle = head.middle(&columns, y);
            if shown.is_empty() {
                missing(&mut pen, columns.from, middle, &row.missing);
            }
            self.marks(&mut pen, &scale, middle, &shown);
            pen.close(tag);
            y += head.height(&columns);
        }
        let height = if values.is_empty() { bottom } else { bottom + AXIS };
        let said: Vec<String> = self
            .rows
            .iter()
            .map(|row| {
                let shown: Vec<&DotValue> = row.values.iter().filter(drawable).collect();
                self.words(frame, row, &shown)
            })
            .collect();
        pen.finish(height, &said.join("; "))
    }

    fn scale(&self, values: &[&DotValue], from: f64, to: f64) -> Scale {
        let ends = values.iter().flat_map(|v| [v.extent().0, v.extent().1]);
        let ends = ends.chain(self.reference.iter().filter_map(|(at, _)| clean(*at)));
        let wanted = ((to - from) / 80.0).clamp(2.0, 6.0) as usize;
        if self.axis == Axis::Log {
            let ends: Vec<f64> = ends.filter(|v| *v > 0.0).collect();
            let low = ends.iter().copied().fold(f64::INFINITY, f64::min);
            let high = ends.iter().copied().fold(0.0, f64::max);
            return Scale::log(low, high, wanted + 2, from, to);
        }
        let (low, high) = ends
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)));
        let (low, high) = if self.from_zero { (low.min(0.0), high.max(0.0)) } else { (low, high) };
        Scale::linear(low, high, wanted, from, to)
    }

    /// Two values of a row stand a little apart where they would hide each other.
    fn marks(&self, pen: &mut Pen, scale: &Scale, middle: f64, shown: &[&DotValue]) {
        let spans: Vec<(f64, f64)> = shown
            .iter()
            .map(|v| (scale.at(v.extent().0) - 8.0, scale.at(v.extent().1) + 8.0))
            .collect();
        let clash = spans.iter().enumerate().any(|(i, (low, high))| {
            spans[..i].iter().any(|(other_low, other_high)| low < other_high && other_low < high)
        });
        let apart = if clash { 4.5 } else { 0.0 };
        let place = |i: usize| middle + apart * (2.0 * i as f64 - (shown.len() as f64 - 1.0));
        if let [one, two] = shown {
            let (from, to) = (scale.at(one.value), scale.at(two.value));
            pen.line(from, place(0), to, place(1), Paint::line(GRID, 2.0));
        }
        for (i, value) in shown.iter().enumerate() {
            if let Some(ends) = interval(value.low, value.high) {
                whisker(pen, scale, place(i), ends, value.hue);
            }
        }
        for (i, value) in shown.iter().enumerate() {
            pen.mark(scale.at(value.value), place(i), 5.0, value.hue, value.flagged);
        }
        let least = shown.iter().map(|v| scale.at(v.extent().0)).fold(f64::INFINITY, f64::min);
        let most = shown.iter().map(|v| scale.at(v.extent().1)).fold(0.0, f64::max);
        let smallest = shown.iter().enumerate().min_by(|a, b| a.1.value.total_cmp(&b.1.value));
        for (i, value) in shown.iter().enumerate().take(2) {
            let words = pen.number(value.value);
            let set = Type::BODY.coloured(value.hue.colour()).halo();
            let left = shown.len() > 1 && smallest.is_some_and(|(at, _)| at == i);
            if left {
                pen.text(least - 9.0, middle + 4.5, set.end(), &words);
            } else {
                pen.text(most + 9.0, middle + 4.5, set, &words);
            }
        }
    }

    fn words(&self, frame: &Frame, row: &DotRow, shown: &[&DotValue]) -> String {
        if shown.is_empty() {
            return format!("{}: {}", row.label, row.missing);
        }
        let each: Vec<String> = shown
            .iter()
            .map(|value| {
                let name = self.names.iter().find(|(hue, _)| *hue == value.hue);
                let name = name.map(|(_, words)| format!("{words} ")).unwrap_or_default();
                let note =
                    if value.note.is_empty() { String::new() } else { format!(", {}", value.note) };
                format!(
                    "{name}{}{note}",
                    frame.figure(
                        value.value,
                        value.low.and_then(clean),
                        value.high.and_then(clean)
                    )
                )
            })
            .collect();
        format!("{}: {}", row.label, each.join("; "))
    }
}

/// Mark and word for each hue, in one line above the plot.
pub(crate) fn key(pen: &mut Pen, names: &[&(Hue, String)], from: f64) {
    let wide: f64 = names.iter().map(|(_, words)| Type::BODY.bold().room(words) + 34.0).sum();
    let mut x = from.min((pen.width - wide).max(0.0)) + 6.0;
    for (hue, words) in names {
        let set = Type::BODY.bold().coloured(hue.colour());
        pen.mark(x, 9.0, 5.0, *hue, false);
        pen.text(x + 11.0, 13.5, set, words);
        x += set.room(words) + 34.0;
    }
}
