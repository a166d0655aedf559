//! A line the size of a word, for a column of a table.
//! The table's cell holds the figure; the line shows only where it came from.

use crate::frame::{Frame, Reach};
use crate::scale::Scale;
use crate::svg::Pen;
use crate::text::escape;
use crate::trend::{Series, extent, lines};

/// The course of one series, last point marked, missing years left open.
///
/// ```
/// use chart::{Hue, Point, Series, Sparkline};
/// let points = [61.0, 64.0, 66.0].into_iter().zip(2016..)
///     .map(|(value, year)| Point { year: year as f64, value, ..Point::default() });
/// let series = Series { hue: Hue::Inside, points: points.collect(), ..Series::default() };
/// let svg = Sparkline { series, ..Sparkline::default() }.draw();
/// assert!(svg.contains(r#"aria-hidden="true""#));
/// ```
#[derive(Clone, Debug)]
pub struct Sparkline {
    pub series: Series,
    /// Pixels, 80 × 20 unless told otherwise.
    pub width: f64,
    pub height: f64,
    /// What a screen reader says; empty hides the line from it, since the cell has the figure.
    pub title: String,
    /// The value axis, to be shared by the lines of one column; `None` fits the line's own range.
    pub range: Option<(f64, f64)>,
    pub step_years: f64,
}

impl Default for Sparkline {
    fn default() -> Sparkline {
        Sparkline {
            series: Series::default(),
            width: 80.0,
            height: 20.0,
            title: String::new(),
            range: None,
            step_years: 1.0,
        }
    }
}

impl Sparkline {
    pub fn draw(&self) -> String {
        let size = |v: f64, usual: f64| if v.is_finite() { v.clamp(8.0, 2000.0) } else { usual };
        let (wide, tall) = (size(self.width, 80.0), size(self.height, 20.0));
        let number = |_: f64| String::new();
        let frame = Frame { reach: Reach::Whole, ..Frame::new("", "", &number) };
        let mut pen = Pen::new(&frame);
        if let Some(((first, last), (least, most))) = extent(std::iter::once(&self.series)) {
            let (least, most) = match self.range {
                Some((low, high)) if low.is_finite() && high.is_finite() && low < high => {
                    (low, high)
                }
                _ => (least, most),
            };
            let x = Scale::years(first, last, 2, 3.0, wide - 4.0);
            let y = Scale::linear(least, most, 2, tall - 3.5, 3.5).tight(least, most);
            lines(&mut pen, &x, &y, &self.series, self.step_years, 1.5);
            if let Some(last) = self.series.drawable().last() {
                pen.mark(x.at(last.year), y.at(last.value), 2.5, self.series.hue, last.flagged);
            }
        }
        let voice = if self.title.trim().is_empty() {
            "aria-hidden=\"true\"".to_string()
        } else {
            format!("role=\"img\" aria-label=\"{}\"", escape(&self.title))
        };
        let (w, h) = (crate::svg::n(wide), crate::svg::n(tall));
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"sparkline\" viewBox=\"0 0 {w} {h}\" width=\"{w}\" height=\"{h}\" {voice}>{}</svg>",
            pen.into_body()
        )
    }
}
