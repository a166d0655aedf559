//! Small multiples: one little trend for each country, all on one scale, so that levels as well as shapes compare.
//! After Tufte 1990, "Envisioning Information", chapter 4.

use crate::frame::{Frame, year};
use crate::hue::{GRID, MUTED};
use crate::scale::{Scale, clean};
use crate::svg::{LINE, Paint, Pen, SMALL, Type};
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

type Extent = ((f64, f64), (f64, f64));

const TALL: f64 = 62.0;
const GAP: f64 = 18.0;
/// How a panel's last figure is set.
const LAST: Type = Type { size: SMALL, bold: true, ..Type::BODY };
const SCALE: Type = Type { size: 11.0, colour: MUTED, ..Type::NOTE };
const FOOT: f64 = 26.0;

/// What all panels have in common.
struct Grid {
    /// A panel's width, and the part of it that the last figures take.
    wide: f64,
    room: f64,
    extent: Option<Extent>,
}

impl Multiples {
    pub fn draw(&self, frame: &Frame) -> String {
        let mut pen = Pen::new(frame);
        let said: Vec<String> = self.panels.iter().map(|panel| self.words(frame, panel)).collect();
        let all = self.panels.iter().flat_map(|panel| &panel.series);
        let extent = extent(all);
        let marks = extent.map_or(vec![], |extent| self.marks(extent.1));
        let gutter =
            marks.iter().map(|mark| SCALE.room(&pen.number(*mark))).fold(0.0, f64::max) + 6.0;
        let room = pen.width - gutter;
        let most = self.panels.len().max(1) as f64;
        let across = ((room + GAP) / 165.0).floor().clamp(1.0, 8.0).min(most);
        let wide = (room - GAP * (across - 1.0)) / across;
        let all = self.panels.iter().flat_map(|panel| &panel.series);
        let lasts = all.filter_map(|s| Some(LAST.room(&pen.number(s.drawable().last()?.value))));
        let room = lasts.fold(0.0, f64::max).min(wide * 0.5) + 8.0;
        let grid = Grid { wide, room, extent };
        let title = Type::BODY.bold();
        let titles: Vec<Vec<String>> =
            self.panels.iter().map(|panel| title.wrap(&panel.title, wide, 2)).collect();
        let head = 6.0 + LINE * titles.iter().map(Vec::len).max().unwrap_or(1) as f64;
        let step = head + TALL + FOOT;
        for (i, (panel, words)) in self.panels.iter().zip(&said).enumerate() {
            let left = (i % across as usize) as f64 * (wide + GAP) + gutter;
            let top = (i / across as usize) as f64 * step;
            let tag = pen.open(words, panel.href.as_deref());
            pen.target(left, top, wide, step - 8.0);
            // Titles of one line sit on the lower line, near their plot.
            let first = top + head - 6.0 - LINE * titles[i].len() as f64;
            pen.lines(left, first + 13.0, title, &titles[i]);
            if i % across as usize == 0 {
                self.scale_row(&mut pen, gutter, top + head, grid.extent);
            }
            self.panel(&mut pen, panel, (left, top + head), &grid);
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

    fn panel(&self, pen: &mut Pen, panel: &Panel, (left, top): (f64, f64), grid: &Grid) {
        let (from, to, wide, room) = (top + TALL, top, grid.wide, grid.room);
        let empty = panel.series.iter().all(|s| s.drawable().is_empty());
        let Some(((first, last), (least, most))) = grid.extent.filter(|_| !empty) else {
            return pen.text(left, from - 8.0, Type::NOTE, &format!("· {}", self.no_data));
        };
        let ends: Vec<_> =
            panel.series.iter().filter_map(|s| Some((s, *s.drawable().last()?))).collect();
        let x = Scale::years(first, last, 2, left + 3.0, left + wide - room);
        let y = self.values((least, most), from, to);
        for mark in self.marks((least, most)) {
            pen.line(left, y.at(mark), left + wide, y.at(mark), Paint::line(GRID, 1.0));
        }
        for series in &panel.series {
            lines(pen, &x, &y, series, self.step_years, 1.8);
        }
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
                LAST.coloured(series.hue.colour()).halo(),
                &words,
            );
        }
        pen.text(left, from + 13.0, SCALE, &year(first));
        if last > first {
            let end = SCALE.end();
            pen.text(left + wide - room + 3.0, from + 13.0, end, &year(last));
        }
    }

    /// The common axis of values, `from` below, `to` above.
    fn values(&self, (least, most): (f64, f64), from: f64, to: f64) -> Scale {
        let least = if self.from_zero { least.min(0.0) } else { least };
        let most = if self.from_zero { most.max(0.0) } else { most };
        Scale::linear(least, most, 2, from, to).tight(least, most)
    }

    /// The round values that are drawn as lines through all panels: those within the axis.
    fn marks(&self, range: (f64, f64)) -> Vec<f64> {
        let y = self.values(range, TALL, 0.0);
        y.ticks.iter().copied().filter(|tick| y.holds(*tick)).collect()
    }

    /// The lines' numbers, left of a row's first panel.
    fn scale_row(&self, pen: &mut Pen, gutter: f64, top: f64, extent: Option<Extent>) {
        let Some((_, range)) = extent else { return };
        let y = self.values(range, top + TALL, top);
        for mark in self.marks(range) {
            let words = pen.number(mark);
            pen.text(gutter - 6.0, y.at(mark) + 4.0, SCALE.end(), &words);
        }
    }
}
