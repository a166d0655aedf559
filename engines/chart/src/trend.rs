//! One or more series over years: line, interval band, doubtful points hollow, and each series named at its own end.
//! A year without a figure is a gap: the line is never drawn through what nobody measured.

use crate::frame::{Frame, year};
use crate::hue::{GRID, Hue, INK, MUTED};
use crate::labels::spread;
use crate::rows::interval;
use crate::scale::{Scale, clean};
use crate::svg::{LINE, Paint, Pen, Type, n};

/// Series on one axis of years and one axis of values.
///
/// ```
/// use chart::{Frame, Hue, Point, Series, Trend};
/// let number = |value: f64| format!("{value:.0}");
/// let point = |year, value| Point { year, value, ..Point::default() };
/// let trend = Trend {
///     series: vec![Series {
///         label: "in prison".into(),
///         hue: Hue::Inside,
///         points: vec![point(2016.0, 61.0), point(2017.0, 64.0), point(2018.0, 66.0)],
///     }],
///     ..Trend::default()
/// };
/// let svg = trend.draw(&Frame::new("oat", "More people are treated", &number));
/// assert!(svg.contains("<title>in prison, 2018: 66</title>"));
/// ```
#[derive(Clone, Debug)]
pub struct Trend {
    pub series: Vec<Series>,
    /// The axis of values begins at zero, as it should for counts and shares; else near the data.
    pub from_zero: bool,
    /// What the axis of values counts, written at its head: "per 100,000".
    pub unit: String,
    /// A line to be reached, and its words.
    pub target: Option<(f64, String)>,
    /// Years from one figure to the next that still belong together: 1 for yearly figures, so
    /// that a missing year breaks the line.
    pub step_years: f64,
    /// The height of the plot in pixels; zero means in proportion to the width.
    pub height: f64,
}

impl Default for Trend {
    fn default() -> Trend {
        Trend {
            series: vec![],
            from_zero: true,
            unit: String::new(),
            target: None,
            step_years: 1.0,
            height: 0.0,
        }
    }
}

/// One line; points in any order. A point whose year or value is not finite is missing.
#[derive(Clone, Debug, Default)]
pub struct Series {
    pub label: String,
    pub hue: Hue,
    pub points: Vec<Point>,
}

/// One year's figure.
#[derive(Clone, Debug, Default)]
pub struct Point {
    pub year: f64,
    pub value: f64,
    pub low: Option<f64>,
    pub high: Option<f64>,
    /// Doubtful by the reason in `note`: drawn hollow on a dashed stem.
    pub flagged: bool,
    /// Said after the figure on hover and focus.
    pub note: String,
    pub href: Option<String>,
}

impl Series {
    /// The points that can be drawn, by year.
    pub(crate) fn drawable(&self) -> Vec<&Point> {
        let sound = |p: &&Point| clean(p.year).is_some() && clean(p.value).is_some();
        let mut points: Vec<&Point> = self.points.iter().filter(sound).collect();
        points.sort_by(|a, b| a.year.total_cmp(&b.year));
        points
    }

    /// "in prison: 61 (2016) → 66 (2018)".
    pub(crate) fn summary(&self, frame: &Frame) -> String {
        let number = frame.number;
        let ends = |p: &Point| format!("{} ({})", number(p.value), year(p.year));
        let named = if self.label.is_empty() { String::new() } else { format!("{}: ", self.label) };
        match self.drawable().as_slice() {
            [] => format!("{named}·"),
            [only] => format!("{named}{}", ends(only)),
            [first, .., last] => format!("{named}{} → {}", ends(first), ends(last)),
        }
    }
}

/// Runs of points whose years follow one another by no more than `step_years`.
pub(crate) fn runs<'p>(points: &[&'p Point], step_years: f64) -> Vec<Vec<&'p Point>> {
    let step = if step_years.is_finite() && step_years > 0.0 { step_years } else { 1.0 };
    let mut runs: Vec<Vec<&Point>> = Vec::new();
    for point in points {
        match runs.last_mut() {
            Some(run) if point.year - run[run.len() - 1].year <= step * 1.01 => run.push(point),
            _ => runs.push(vec![point]),
        }
    }
    runs
}

/// The least and greatest year and value of all that will be drawn, intervals included.
pub(crate) fn extent<'s>(
    series: impl Iterator<Item = &'s Series>,
) -> Option<((f64, f64), (f64, f64))> {
    let mut seen: Option<((f64, f64), (f64, f64))> = None;
    for point in series.flat_map(Series::drawable) {
        let (low, high) = interval(point.low, point.high).unwrap_or((point.value, point.value));
        let (low, high) = (low.min(point.value), high.max(point.value));
        let ((from, to), (least, most)) = seen.unwrap_or(((point.year, point.year), (low, high)));
        seen = Some(((from.min(point.year), to.max(point.year)), (least.min(low), most.max(high))));
    }
    seen
}

impl Trend {
    pub fn draw(&self, frame: &Frame) -> String {
        let mut pen = Pen::new(frame);
        let summary: Vec<String> = self.series.iter().map(|s| s.summary(frame)).collect();
        let Some(((first, last), (least, most))) = extent(self.series.iter()) else {
            return pen.finish(1.0, &summary.join("; "));
        };
        let target = self.target.as_ref().and_then(|(at, words)| Some((clean(*at)?, words)));
        let (least, most) =
            target.iter().fold((least, most), |(a, b), (at, _)| (a.min(*at), b.max(*at)));
        let least = if self.from_zero { least.min(0.0) } else { least };

        let tall = if self.height.is_finite() && self.height > 0.0 {
            self.height.clamp(80.0, 2000.0)
        } else {
            (pen.width * 0.42).clamp(170.0, 340.0)
        };
        // Many series need the height for their names.
        let ends = self.ends(&pen);
        let tall = tall.max(ends.iter().map(End::tall).sum::<f64>() - 10.0);
        let top = if self.unit.is_empty() { 10.0 } else { 26.0 };
        let bottom = top + tall;
        let most = if self.from_zero { most.max(0.0) } else { most };
        let y = Scale::linear(least, most, (tall / 55.0) as usize, bottom, top);
        let numbers: Vec<String> = y.ticks.iter().map(|tick| pen.number(*tick)).collect();
        let room = numbers.iter().map(|words| Type::NOTE.room(words)).fold(0.0, f64::max);
        let from = (room + 10.0).min(pen.width * 0.3);
        let right = ends.iter().map(|end| end.room).fold(0.0, f64::max);
        let to = (pen.width - if right > 0.0 { right + 12.0 } else { 8.0 }).max(from + 60.0);
        let wanted = ((to - from) / 55.0).clamp(2.0, 8.0) as usize;
        let x = Scale::years(first, last, wanted, from + 4.0, to);

        for (tick, words) in y.ticks.iter().zip(&numbers) {
            let at = y.at(*tick);
            let zero = *tick == 0.0;
            let paint = Paint::line(if zero { MUTED } else { GRID }, 1.0);
            pen.line(from, at, to, at, paint);
            pen.text(from - 6.0, at + 4.0, Type::NOTE.end(), words);
        }
        for line in Type::NOTE.wrap(&self.unit, pen.width, 1) {
            pen.text(0.0, 12.0, Type::NOTE, &line);
        }
        years(&mut pen, &x, bottom, (first, last));
        if let Some((at, words)) = target {
            let at = y.at(at);
            pen.line(from, at, to, at, Paint::line(INK, 1.2).dashed(Some("4 3")));
            for words in Type::NOTE.wrap(words, to - from - 4.0, 1) {
                let room = Type::NOTE.room(&words);
                let (left, base) = self.quiet_spot(&x, &y, (from + 4.0, to), at, room);
                pen.text(left, base, Type::NOTE.coloured(INK).halo(), &words);
            }
        }
        for series in &self.series {
            lines(&mut pen, &x, &y, series, self.step_years, 2.0);
        }
        for series in &self.series {
            self.points(&mut pen, &x, &y, series, bottom);
        }
        end_labels(&mut pen, &x, &y, &ends, bottom);
        pen.finish(bottom + 22.0, &summary.join("; "))
    }

    /// Where words `room` wide on the target's line hide the fewest points: at either end, above
    /// or below; the left end of their baseline.
    fn quiet_spot(
        &self,
        x: &Scale,
        y: &Scale,
        (from, to): (f64, f64),
        at: f64,
        room: f64,
    ) -> (f64, f64) {
        let points: Vec<(f64, f64)> = self
            .series
            .iter()
            .flat_map(Series::drawable)
            .map(|p| (x.at(p.year), y.at(p.value)))
            .collect();
        let hidden = |(left, base): &(f64, f64)| {
            let within = |(px, py): &&(f64, f64)| {
                (left - 6.0..left + room + 6.0).contains(px)
                    && (base - 17.0..base + 9.0).contains(py)
            };
            points.iter().filter(within).count()
        };
        let right = (to - room - 2.0).max(from);
        let spots = [(from, at - 5.0), (right, at - 5.0), (from, at + 14.0), (right, at + 14.0)];
        spots.into_iter().min_by_key(|spot| hidden(spot)).unwrap_or((from, at - 5.0))
    }

    /// Each series' name and last figure, to stand at its end.
    fn ends<'s>(&'s self, pen: &Pen) -> Vec<End<'s>> {
        let most = (pen.width * 0.3).min(180.0);
        let drawn = self.series.iter().filter_map(|s| Some((s, *s.drawable().last()?)));
        drawn
            .map(|(series, last)| {
                let value = pen.number(last.value);
                let mut lines = Type::BODY.wrap(&series.label, most, 3);
                let set = Type::BODY.bold();
                lines.insert(0, set.wrap(&value, most, 1).join(""));
                let room = lines.iter().map(|line| set.room(line)).fold(0.0, f64::max);
                End { hue: series.hue, last, lines, room }
            })
            .collect()
    }

    fn points(&self, pen: &mut Pen, x: &Scale, y: &Scale, series: &Series, bottom: f64) {
        let points = series.drawable();
        let apart = (x.at(x.high()) - x.at(x.low())) / points.len().max(1) as f64;
        let r: f64 = if apart < 9.0 {
            2.0
        } else if apart < 16.0 {
            3.0
        } else {
            4.0
        };
        for point in points {
            let (px, py) = (x.at(point.year), y.at(point.value));
            let note =
                if point.note.is_empty() { String::new() } else { format!(", {}", point.note) };
            let figure = pen.frame.figure(
                point.value,
                point.low.and_then(clean),
                point.high.and_then(clean),
            );
            let named =
                if series.label.is_empty() { String::new() } else { format!("{}, ", series.label) };
            let said = format!("{named}{}: {figure}{note}", year(point.year));
            let tag = pen.open(&said, point.href.as_deref());
            let half = (apart / 2.0).clamp(3.0, 12.0);
            pen.target(px - half, py - 12.0, 2.0 * half, 24.0);
            if point.flagged {
                let stem = Paint::line(series.hue.colour(), 1.0).dashed(Some("2 2"));
                pen.line(px, py, px, bottom, stem);
            }
            pen.mark(px, py, if point.flagged { r.max(3.5) } else { r }, series.hue, point.flagged);
            pen.close(tag);
        }
    }
}

struct End<'s> {
    hue: Hue,
    last: &'s Point,
    lines: Vec<String>,
    room: f64,
}

impl End<'_> {
    fn tall(&self) -> f64 {
        self.lines.len() as f64 * LINE + 2.0
    }
}

/// Names at the ends of their lines, moved apart where they would clash, with a thin line home.
fn end_labels(pen: &mut Pen, x: &Scale, y: &Scale, ends: &[End], bottom: f64) {
    let wishes: Vec<(f64, f64)> =
        ends.iter().map(|end| (y.at(end.last.value) - end.tall() / 2.0, end.tall())).collect();
    let places = spread(&wishes, 0.0, bottom + 2.0);
    let edge = x.at(x.high()) + 10.0;
    for ((end, place), (wish, _)) in ends.iter().zip(places).zip(&wishes) {
        let (px, py) = (x.at(end.last.year), y.at(end.last.value));
        let colour = end.hue.colour();
        let far = x.at(x.high()) - px > 14.0;
        if (place - wish).abs() > 4.0 || far {
            let middle = place + end.tall() / 2.0;
            pen.path(
                &format!("M{} {}L{} {}", n(px + 6.0), n(py), n(edge - 2.0), n(middle)),
                Paint::line(colour, 0.7).dashed(Some("1 2")),
            );
        }
        let set = Type::BODY.coloured(colour);
        pen.lines(edge, place + 12.5, set.bold(), &end.lines[..1]);
        pen.lines(edge, place + 12.5 + LINE, set, &end.lines[1..]);
    }
}

/// Band and line of one series, broken where years are missing.
pub(crate) fn lines(
    pen: &mut Pen,
    x: &Scale,
    y: &Scale,
    series: &Series,
    step_years: f64,
    width: f64,
) {
    let colour = series.hue.colour();
    let points = series.drawable();
    for run in runs(&points, step_years) {
        for part in run.split(|p| interval(p.low, p.high).is_none()) {
            band(pen, x, y, series.hue, part);
        }
        if run.len() > 1 {
            let d = trace(run.iter().map(|p| (x.at(p.year), y.at(p.value))));
            pen.path(&d, Paint::line(colour, width).dashed(series.hue.dash()));
        } else if let [alone] = run.as_slice() {
            // A year between two gaps would otherwise be lost where points are not marked.
            pen.mark(x.at(alone.year), y.at(alone.value), width, series.hue, alone.flagged);
        }
    }
}

/// The intervals of neighbouring years as a band, of a single year as a bar.
fn band(pen: &mut Pen, x: &Scale, y: &Scale, hue: Hue, part: &[&Point]) {
    let ends: Vec<(f64, f64, f64)> = part
        .iter()
        .filter_map(|p| {
            let (low, high) = interval(p.low, p.high)?;
            Some((x.at(p.year), y.at(low), y.at(high)))
        })
        .collect();
    match ends.as_slice() {
        [] => {}
        [(px, low, high)] => pen.line(*px, *low, *px, *high, Paint::line(hue.colour(), 1.5)),
        ends => {
            let upper = ends.iter().map(|(px, _, high)| (*px, *high));
            let lower = ends.iter().rev().map(|(px, low, _)| (*px, *low));
            let d = trace(upper.chain(lower)) + "Z";
            pen.path(&d, Paint::tint(hue.colour(), 0.16));
        }
    }
}

pub(crate) fn trace(points: impl Iterator<Item = (f64, f64)>) -> String {
    let mut d = String::new();
    for (i, (x, y)) in points.enumerate() {
        d.push_str(if i == 0 { "M" } else { "L" });
        d.push_str(&format!("{} {}", n(x), n(y)));
    }
    d
}

/// First and last year, and the round years between them that have room.
fn years(pen: &mut Pen, x: &Scale, bottom: f64, (first, last): (f64, f64)) {
    let set = Type::NOTE.middle();
    let mut all = vec![first, last];
    all.extend(x.ticks.iter().filter(|tick| **tick != first && **tick != last));
    let mut taken: Vec<(f64, f64)> = Vec::new();
    for at in all {
        let words = year(at);
        let half = set.room(&words) / 2.0;
        let px = x.at(at);
        let middle = px.clamp(half, (pen.width - half).max(half));
        if taken.iter().any(|(a, b)| middle - half < b + 8.0 && middle + half > a - 8.0) {
            continue;
        }
        taken.push((middle - half, middle + half));
        pen.line(px, bottom, px, bottom + 4.0, Paint::line(MUTED, 1.0));
        pen.text(middle, bottom + 17.0, set, &words);
    }
}
