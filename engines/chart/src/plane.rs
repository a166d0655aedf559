//! A plane of two measures: clouds of draws with their middles, as health gained against money spent; or a curve of what more buys.
//! The cost-effectiveness plane: Black 1990, Med Decis Making 10:212.

use crate::frame::Frame;
use crate::hue::{GRID, Hue, INK, MUTED};
use crate::labels::spread;
use crate::scale::{Scale, clean};
use crate::svg::{LINE, Paint, Pen, Type, n};

/// Clouds in the caller's order, each named beside the plane.
///
/// ```
/// use chart::{Cloud, Frame, Hue, Plane};
/// let number = |value: f64| format!("{value:.0}");
/// let plane = Plane {
///     clouds: vec![Cloud {
///         label: "Treatment in prison".into(),
///         hue: Hue::Accent(0),
///         middle: Some((120.0, 3.0)),
///         draws: vec![(100.0, 2.0), (140.0, 4.0)],
///         ..Cloud::default()
///     }],
///     across: "years of healthy life gained".into(),
///     up: "million USD".into(),
///     ..Plane::default()
/// };
/// let svg = plane.draw(&Frame::new("plane", "What a year of life costs", &number));
/// assert!(svg.contains("<title>Treatment in prison: 120, 3</title>"));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Plane {
    pub clouds: Vec<Cloud>,
    /// What is measured across and up, with units.
    pub across: String,
    pub up: String,
    /// A line through nothing with this slope (up for each across), and its words: what a payer gives.
    pub slope: Option<(f64, String)>,
    /// The middles joined in the caller's order: a curve.
    pub joined: bool,
}

/// One policy: where its middle lies and where its draws do.
#[derive(Clone, Debug, Default)]
pub struct Cloud {
    pub label: String,
    pub hue: Hue,
    pub middle: Option<(f64, f64)>,
    pub draws: Vec<(f64, f64)>,
    pub note: String,
    pub href: Option<String>,
}

impl Plane {
    pub fn draw(&self, frame: &Frame) -> String {
        let mut pen = Pen::new(frame);
        let sound = |(x, y): &(f64, f64)| Some((clean(*x)?, clean(*y)?));
        let middles: Vec<(&Cloud, (f64, f64))> =
            self.clouds.iter().filter_map(|c| Some((c, sound(c.middle.as_ref()?)?))).collect();
        let all: Vec<(f64, f64)> = self
            .clouds
            .iter()
            .flat_map(|cloud| cloud.draws.iter().filter_map(sound))
            .chain(middles.iter().map(|(_, at)| *at))
            .collect();
        let said: Vec<String> =
            middles.iter().map(|(cloud, at)| words(frame, cloud, *at)).collect();
        if all.is_empty() {
            return pen.finish(1.0, &said.join("; "));
        }
        let ends = |of: fn(&(f64, f64)) -> f64| {
            all.iter().map(of).fold((0.0_f64, 0.0_f64), |(a, b), v| (a.min(v), b.max(v)))
        };
        let ((left, right), (least, most)) = (ends(|p| p.0), ends(|p| p.1));
        let tall = (pen.width * 0.55).clamp(200.0, 420.0);
        let top = 24.0;
        let bottom = top + tall;
        let y = Scale::linear(least, most, (tall / 55.0) as usize, bottom, top);
        let numbers: Vec<String> = y.ticks.iter().map(|tick| pen.number(*tick)).collect();
        let from = numbers.iter().map(|one| Type::NOTE.room(one)).fold(0.0, f64::max) + 10.0;
        // On a phone names stand under the plane, elsewhere beside it.
        let beside = pen.width >= 520.0;
        let names = if beside { (pen.width * 0.3).min(210.0) } else { 0.0 };
        let to = (pen.width - names - 12.0).max(from + 80.0);
        let x = Scale::linear(left, right, ((to - from) / 80.0).max(2.0) as usize, from, to);

        for (tick, number) in y.ticks.iter().zip(&numbers) {
            let at = y.at(*tick);
            pen.line(from, at, to, at, Paint::line(if *tick == 0.0 { MUTED } else { GRID }, 1.0));
            pen.text(from - 6.0, at + 4.0, Type::NOTE.end(), number);
        }
        for tick in &x.ticks {
            let at = x.at(*tick);
            pen.line(
                at,
                top,
                at,
                bottom,
                Paint::line(if *tick == 0.0 { MUTED } else { GRID }, 1.0),
            );
            let number = pen.number(*tick);
            pen.text(at, bottom + 17.0, Type::NOTE.middle(), &number);
        }
        for line in Type::NOTE.wrap(&self.up, pen.width, 1) {
            pen.text(0.0, 12.0, Type::NOTE, &line);
        }
        for line in Type::NOTE.wrap(&self.across, to - from, 1) {
            pen.text(to, bottom + 34.0, Type::NOTE.end(), &line);
        }
        if let Some((slope, words)) = &self.slope {
            self.slope(&mut pen, &x, &y, *slope, words);
        }
        for cloud in &self.clouds {
            let paint = Paint::tint(cloud.hue.colour(), 0.35);
            for (px, py) in cloud.draws.iter().filter_map(sound) {
                pen.rect(x.at(px) - 1.5, y.at(py) - 1.5, 3.0, 3.0, paint);
            }
        }
        if self.joined {
            let d = crate::trend::trace(middles.iter().map(|(_, (a, b))| (x.at(*a), y.at(*b))));
            pen.path(&d, Paint::line(INK, 1.6));
        }
        for (cloud, at) in &middles {
            // Points of a curve are many; the one that is meant has a name.
            let r = if self.joined && cloud.label.is_empty() { 3.0 } else { 6.0 };
            let tag = pen.open(&words(frame, cloud, *at), cloud.href.as_deref());
            pen.target(x.at(at.0) - 12.0, y.at(at.1) - 12.0, 24.0, 24.0);
            pen.mark(x.at(at.0), y.at(at.1), r, cloud.hue, false);
            pen.close(tag);
        }
        let floor = bottom + 40.0;
        let named: Vec<(&Cloud, (f64, f64))> =
            middles.iter().filter(|(cloud, _)| !cloud.label.is_empty()).copied().collect();
        let height = if beside {
            names_beside(&mut pen, &x, &y, &named, (to, floor))
        } else {
            under(&mut pen, &named, floor)
        };
        pen.finish(height, &said.join("; "))
    }

    /// The payer's line, from nothing to the nearer edge of the plane.
    fn slope(&self, pen: &mut Pen, x: &Scale, y: &Scale, slope: f64, words: &str) {
        if !(slope.is_finite() && slope > 0.0 && x.high() > 0.0 && y.high() > 0.0) {
            return;
        }
        let reach = x.high().min(y.high() / slope);
        let (px, py) = (x.at(reach), y.at(reach * slope));
        let dashed = Paint::line(INK, 1.2).dashed(Some("4 3"));
        pen.line(x.at(0.0), y.at(0.0), px, py, dashed);
        for words in Type::NOTE.wrap(words, (px - x.at(x.low())).max(80.0), 1) {
            pen.text(px - 4.0, (py - 6.0).max(36.0), Type::NOTE.end().coloured(INK).halo(), &words);
        }
    }
}

/// Names beside the plane in the order of their heights, each with a thin line home.
fn names_beside(
    pen: &mut Pen,
    x: &Scale,
    y: &Scale,
    middles: &[(&Cloud, (f64, f64))],
    (to, floor): (f64, f64),
) -> f64 {
    let room = pen.width - to - 14.0;
    let lines: Vec<Vec<String>> =
        middles.iter().map(|(cloud, _)| Type::BODY.wrap(&cloud.label, room, 2)).collect();
    let wishes: Vec<(f64, f64)> = middles
        .iter()
        .zip(&lines)
        .map(|((_, at), lines)| {
            let tall = lines.len() as f64 * LINE + 4.0;
            (y.at(at.1) - tall / 2.0, tall)
        })
        .collect();
    let places = spread(&wishes, 0.0, floor);
    let mut lowest = floor;
    for (((cloud, at), lines), (place, (_, tall))) in
        middles.iter().zip(&lines).zip(places.iter().zip(&wishes))
    {
        let colour = cloud.hue.colour();
        let (px, py) = (x.at(at.0), y.at(at.1));
        pen.path(
            &format!("M{} {}L{} {}", n(px + 7.0), n(py), n(to + 10.0), n(place + tall / 2.0)),
            Paint::line(colour, 0.7).dashed(Some("1 2")),
        );
        pen.lines(to + 13.0, place + 13.0, Type::BODY.coloured(colour), lines);
        lowest = lowest.max(place + tall);
    }
    lowest
}

/// Names under the plane, each with its mark.
fn under(pen: &mut Pen, middles: &[(&Cloud, (f64, f64))], floor: f64) -> f64 {
    let mut at = floor + 8.0;
    for (cloud, _) in middles {
        pen.mark(7.0, at, 5.0, cloud.hue, false);
        let lines = Type::BODY.wrap(&cloud.label, pen.width - 22.0, 2);
        pen.lines(20.0, at + 4.5, Type::BODY.coloured(cloud.hue.colour()), &lines);
        at += lines.len().max(1) as f64 * LINE + 4.0;
    }
    at
}

fn words(frame: &Frame, cloud: &Cloud, (across, up): (f64, f64)) -> String {
    let number = frame.number;
    let note = if cloud.note.is_empty() { String::new() } else { format!(", {}", cloud.note) };
    format!("{}: {}, {}{note}", cloud.label, number(across), number(up))
}
