//! Small multiples: one little trend for each country, all on one scale, so that levels as well as shapes compare.
//! After Tufte 1990, "Envisioning Information", chapter 4.

use crate::frame::{Frame, year};
use crate::hue::{GRID, MUTED};
use crate::scale::{Scale, clean};
use crate::svg::{Anchor, LINE, Paint, Pen, SMALL, Type};
use crate::trend::{Series, extent, lines};

/// Panels in the caller's order, filled row by row.
///
/// ```
/// use chart::{Frame, Hue, Multiples, Panel, Point, Series};
/// let number = |value: f64| format!("{value:.0}");
/// let panel = |title: &str, values: [f64; 3]| Panel {
///     title: title.into(),
///     series: vec![Series {
///         hue: Hue::Inside,
///         points: (2016..).zip(values).map(|(year, value)| Point { year: year as f64, value, ..Point::default() }).collect(),
///         ..Series::default()
///     }],
///     ..Panel::default()
/// };
/// let multiples = Multiples {
///     panels: vec![panel("Albania", [180.0, 190.0, 189.0]), panel("Georgia", [255.0, 252.0, 251.0])],
///     ..Multiples::default()
/// };
/// let svg = multiples.draw(&Frame::new("rates", "Prison population rate", &number));
/// assert!(svg.contains(">Georgia</text>"));
/// ```
#[derive(Clone, Debug)]
pub struct Multiples {
    pub panels: Vec<Panel>,
    /// The common axis begins at zero.
    pub from_zero: bool,
    /// As in [`crate::Trend`].
    pub step_years: f64,
    /// Written where a panel has nothing to draw.
    pub no_data: String,
}

impl Default for Multiples {
    fn default() -> Multiples {
        Multiples { panels: vec![], from_zero: true, step_years: 1.0, no_data: String::new() }
    }
}

/// One country or place.
#[derive(Clone, Debug, Default)]
pub struct Panel {
    pub title: String,
    pub href: Option<String>,
    pub series: Vec<Series>,
}

const TALL: f64 = 62.0;
const FOOT: f64 = 26.0;

impl Multiples {
    pub fn draw(&self, frame: &Frame) -> String {
        let mut pen = Pen::new(frame);
        let said: Vec<String> = self.panels.iter().map(|panel| self.words(frame, panel)).collect();
        let all = self.panels.iter().flat_map(|panel| &panel.series);
        let extent = extent(all);
        let across = ((pen.width + 20.0) / 170.0)
            .floor()
            .clamp(1.0, 8.0)
            .min(self.panels.len().max(1) as f64);
        let wide = (pen.width - 20.0 * (across - 1.0)) / across;
        let title = Type::BODY.bold();
        let titles: Vec<Vec<String>> =
            self.panels.iter().map(|panel| title.wrap(&panel.title, wide, 2)).collect();
        let head = 6.0 + LINE * titles.iter().map(Vec::len).max().unwrap_or(1) as f64;
        let step = head + TALL + FOOT;
        for (i, (panel, words)) in self.panels.iter().zip(&said).enumerate() {
            let left = (i % across as usize) as f64 * (wide + 20.0);
            let top = (i / across as usize) as f64 * step;
            let tag = pen.open(words, panel.href.as_deref());
            pen.target(left, top, wide, step - 8.0);
            // Titles of one line sit on the lower line, near their plot.
            let first = top + head - 6.0 - LINE * titles[i].len() as f64;
            pen.lines(left, first + 13.0, title, &titles[i]);
            self.panel(&mut pen, panel, (left, top + head, wide), extent, i % across as usize == 0);
            pen.close(tag);
        }
        let down = self.panels.len().div_ceil(across as usize) as f64;
        pen.finish((down * step).max(1.0), &said.join("; "))
    }

    fn words(&self, frame: &Frame, panel: &Panel) -> String {
        let each: Vec<String> = panel
            .series
            .iter()
            .filter(|s| !s.drawable().is_empty())
            .map(|s| s.summary(frame))
            .collect();
        let each = if each.is_empty() { self.no_data.clone() } else { each.join("; ") };
        format!("{}: {each}", panel.title)
    }

    fn panel(
        &self,
        pen: &mut Pen,
        panel: &Panel,
        (left, top, wide): (f64, f64, f64),
        extent: Option<((f64, f64), (f64, f64))>,
        leftmost: bool,
    ) {
        let (from, to) = (top + TALL, top);
        pen.line(left, from, left + wide, from, Paint::line(GRID, 1.0));
        let Some(((first, last), (least, most))) = extent else {
            return self.nothing(pen, left, from);
        };
        if panel.series.iter().all(|s| s.drawable().is_empty()) {
            return self.nothing(pen, left, from);
        }
        let ends: Vec<_> =
            panel.series.iter().filter_map(|s| Some((s, *s.drawable().last()?))).collect();
        let room = ends.iter().map(|(_, p)| Type::NOTE.bold().room(&pen.number(p.value)));
        let room = room.fold(0.0, f64::max).min(wide * 0.5) + 8.0;
        let x = Scale::years(first, last, 2, left + 3.0, left + wide - room);
        let least = if self.from_zero { least.min(0.0) } else { least };
        let most = if self.from_zero { most.max(0.0) } else { most };
        let y = Scale::linear(least, most, 2, from, to).tight(least, most);
        let small = Type { size: 11.0, colour: MUTED, ..Type::NOTE };
        // One round value as a line through all panels, its number in the first of each row.
        if let Some(tick) = y.ticks.iter().rev().find(|t| **t <= y.high() && **t > y.low()) {
            let (at, words) = (y.at(*tick), pen.number(*tick));
            pen.line(left, at, left + wide, at, Paint::line(GRID, 1.0));
            if leftmost {
                pen.text(left, at - 3.0, small.halo(), &words);
            }
        }
        for series in &panel.series {
            lines(pen, &x, &y, series, self.step_years, 1.8);
        }
        let set = Type { size: SMALL, ..Type::BODY }.bold();
        let wishes: Vec<(f64, f64)> =
            ends.iter().map(|(_, p)| (y.at(p.value) - 6.5, 13.0)).collect();
        let places = crate::labels::spread(&wishes, to - 4.0, from + 4.0);
        for ((series, point), place) in ends.iter().zip(places) {
            let (px, py) = (x.at(point.year), y.at(point.value));
            pen.mark(px, py, 3.0, series.hue, point.flagged);
            for single in series.drawable().iter().filter(|p| p.flagged) {
                pen.mark(x.at(single.year), y.at(single.value), 3.0, series.hue, true);
            }
            let words = pen.number(clean(point.value).unwrap_or(0.0));
            pen.text(
                px.max(left) + 7.0,
                place + 11.0,
                set.coloured(series.hue.colour()).halo(),
                &words,
            );
        }
        pen.text(left, from + 13.0, small, &year(first));
        if last > first {
            let end = Type { anchor: Anchor::End, ..small };
            pen.text(left + wide - room + 3.0, from + 13.0, end, &year(last));
        }
    }

    fn nothing(&self, pen: &mut Pen, left: f64, from: f64) {
        pen.text(left, from - 8.0, Type::NOTE, &format!("· {}", self.no_data));
    }
}
