//! A map whose places are coloured by class of value: seven steps, hatched where nothing is known, doubtful values dotted.
//! Outlines come from the caller in any equal-area projection; small states and sub-national places are squares beside it.

use crate::frame::Frame;
use crate::hue::{Colour, DIVERGING, INK, MUTED, PAPER, SEQUENTIAL, VOID};
use crate::scale::clean;
use crate::svg::{Paint, Pen, Type, n};
use crate::text::escape;
use std::collections::BTreeMap;

/// The shapes of a map in their own coordinates.
#[derive(Clone, Debug, Default)]
pub struct Outlines {
    /// Width and height of the coordinates, origin at the upper left.
    pub size: (f64, f64),
    pub shapes: Vec<Outline>,
}

/// One country.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    /// What values are looked up by, such as ISO 3166-1 alpha-3.
    pub code: String,
    /// SVG path data in the map's coordinates.
    pub path: String,
    /// Where a mark stands when the shape is too small to be seen.
    pub centroid: (f64, f64),
    pub kind: Kind,
}

/// What a shape is to the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Kind {
    /// Coloured by its value, hatched without one.
    #[default]
    Land,
    /// Too small to be read as a shape: a square at its centroid carries its value as well.
    Small,
    /// Drawn so that the map can be recognised; never has a value.
    Context,
}

/// A place too small for its outline, or part of a country: a square at a place of the caller's choice.
#[derive(Clone, Debug, Default)]
pub struct Place {
    pub code: String,
    pub label: String,
    /// In the map's coordinates.
    pub at: (f64, f64),
}

/// The value of one place.
#[derive(Clone, Debug, Default)]
pub struct MapValue {
    /// The place's name, said before the value.
    pub name: String,
    /// Not finite: missing, for the reason in `note`.
    pub value: f64,
    /// Said in brackets after the value: the year.
    pub when: String,
    pub flagged: bool,
    pub note: String,
    pub href: Option<String>,
}

/// Which way the colours run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Ramp {
    /// From little to much.
    #[default]
    Sequential,
    /// Away from a middle, which should be the middle edge or class.
    Diverging,
}

/// A choropleth.
///
/// ```
/// use chart::{Frame, Map, MapValue, Outline, Outlines};
/// let number = |value: f64| format!("{value:.1} %");
/// let outlines = Outlines {
///     size: (20.0, 10.0),
///     shapes: vec![
///         Outline { code: "MDA".into(), path: "M0 0H10V10H0Z".into(), centroid: (5.0, 5.0), ..Outline::default() },
///         Outline { code: "UKR".into(), path: "M10 0H20V10H10Z".into(), centroid: (15.0, 5.0), ..Outline::default() },
///     ],
/// };
/// let moldova = MapValue { name: "Moldova".into(), value: 3.8, when: "2017".into(), ..MapValue::default() };
/// let map = Map {
///     values: [("MDA".to_string(), moldova)].into(),
///     edges: vec![1.0, 2.0, 5.0],
///     no_data: "no data".into(),
///     ..Map::new(&outlines)
/// };
/// let svg = map.draw(&Frame::new("hiv", "HIV in prison", &number));
/// assert!(svg.contains("<title>Moldova: 3.8 % (2017)</title>"));
/// ```
#[derive(Clone, Debug)]
pub struct Map<'o> {
    pub outlines: &'o Outlines,
    pub places: Vec<Place>,
    pub values: BTreeMap<String, MapValue>,
    /// Where one class ends and the next begins, rising: up to six edges make up to seven classes.
    /// A value on an edge belongs to the class above it.
    pub edges: Vec<f64>,
    pub ramp: Ramp,
    /// The words beside the hatched square of the key.
    pub no_data: String,
    /// The words beside the dotted square of the key; drawn when a value is flagged.
    pub flagged: String,
}

/// A key's box.
const BOX: (f64, f64) = (44.0, 12.0);
const SQUARE: f64 = 11.0;

impl<'o> Map<'o> {
    /// A map of nothing yet.
    pub fn new(outlines: &'o Outlines) -> Map<'o> {
        Map {
            outlines,
            places: vec![],
            values: BTreeMap::new(),
            edges: vec![],
            ramp: Ramp::Sequential,
            no_data: String::new(),
            flagged: String::new(),
        }
    }

    pub fn draw(&self, frame: &Frame) -> String {
        let mut pen = Pen::new(frame);
        let edges = self.sound_edges();
        let (wide, tall) = self.outlines.size;
        let known = wide.is_finite() && tall.is_finite() && wide > 0.0 && tall > 0.0;
        let scale = if known { (pen.width / wide).min(pen.width * 3.0 / tall) } else { 1.0 };
        let scale = scale.clamp(1e-4, 1e4);
        self.patterns(&mut pen, &edges, scale);
        let key = self.key(&mut pen, &edges);
        let top = key + 10.0;

        pen.raw(&format!(
            "<g transform=\"translate(0 {}) scale({})\" clip-path=\"url(#{}-frame)\" fill-rule=\"evenodd\" stroke-linejoin=\"round\">",
            n(top),
            (scale * 1e4).round() / 1e4,
            pen.id
        ));
        for shape in &self.outlines.shapes {
            self.shape(&mut pen, shape, &edges, 0.7 / scale);
        }
        pen.raw("</g>");
        if known {
            // Outlines may run on beyond the map's edge.
            pen.define(&format!(
                "<clipPath id=\"{}-frame\"><rect width=\"{}\" height=\"{}\"/></clipPath>",
                pen.id,
                n(wide),
                n(tall)
            ));
        }
        self.squares(&mut pen, &edges, top, scale);
        let height = if known { top + tall * scale } else { top };
        let summary: Vec<String> = self
            .values
            .values()
            .filter(|v| clean(v.value).is_some())
            .map(|v| words(frame, v))
            .collect();
        pen.finish(height.min(20_000.0), &summary.join("; "))
    }

    /// Finite, rising, at most six.
    fn sound_edges(&self) -> Vec<f64> {
        let mut edges: Vec<f64> = self.edges.iter().copied().filter_map(clean).collect();
        edges.sort_by(f64::total_cmp);
        edges.dedup();
        edges.truncate(6);
        edges
    }

    /// The colour of class `i` of `count`, spread over the whole ramp.
    fn colour(&self, i: usize, count: usize) -> Colour {
        let ramp = match self.ramp {
            Ramp::Sequential => &SEQUENTIAL,
            Ramp::Diverging => &DIVERGING,
        };
        let last = count.saturating_sub(1).max(1);
        ramp[(i * 6 + last / 2) / last]
    }

    fn class(&self, code: &str, edges: &[f64]) -> Option<(usize, bool)> {
        let found = self.values.get(code)?;
        let value = clean(found.value)?;
        Some((edges.partition_point(|edge| *edge <= value), found.flagged))
    }

    /// Fill of a place: its class' colour, that colour with dots, or hatching.
    fn fill(&self, pen: &Pen, code: &str, edges: &[f64], suffix: &str) -> String {
        match self.class(code, edges) {
            None => format!("fill=\"url(#{}-hatch{suffix})\"", pen.id),
            Some((i, true)) => format!("fill=\"url(#{}-dots-{i}{suffix})\"", pen.id),
            Some((i, false)) => {
                let colour = self.colour(i, edges.len() + 1);
                format!("fill=\"{}\" class=\"c-{}\"", colour.light, colour.name)
            }
        }
    }

    /// Hatching and dots, each also in the map's own coordinates ("-map") so that it looks the
    /// same there.
    fn patterns(&self, pen: &mut Pen, edges: &[f64], scale: f64) {
        let id = pen.id.clone();
        let back = (1e4 / scale).round() / 1e4;
        let again = |name: &str| {
            format!(
                "<pattern id=\"{id}-{name}-map\" href=\"#{id}-{name}\" patternTransform=\"scale({back})\"/>"
            )
        };
        pen.define(&format!(
            "<pattern id=\"{id}-hatch\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\">\
             <rect width=\"6\" height=\"6\" fill=\"{}\" class=\"c-{}\"/>\
             <path d=\"M-1 7L7 -1M-1 1L1 -1M5 7L7 5\" fill=\"none\" stroke=\"{}\" stroke-width=\"0.8\" stroke-opacity=\"0.55\" class=\"l-{}\"/></pattern>",
            VOID.light, VOID.name, MUTED.light, MUTED.name
        ));
        pen.define(&again("hatch"));
        let mut dotted: Vec<usize> = self
            .values
            .keys()
            .filter_map(|code| self.class(code, edges))
            .filter_map(|(i, flagged)| flagged.then_some(i))
            .collect();
        dotted.sort_unstable();
        dotted.dedup();
        for i in dotted {
            let colour = self.colour(i, edges.len() + 1);
            // Dots of paper on dark classes, of ink on light ones.
            let dot = if (i * 6) / edges.len().max(1) >= 3 { PAPER } else { INK };
            pen.define(&format!(
                "<pattern id=\"{id}-dots-{i}\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\">\
                 <rect width=\"6\" height=\"6\" fill=\"{}\" class=\"c-{}\"/>\
                 <circle cx=\"3\" cy=\"3\" r=\"1.1\" fill=\"{}\" class=\"c-{}\"/></pattern>",
                colour.light, colour.name, dot.light, dot.name
            ));
            pen.define(&again(&format!("dots-{i}")));
        }
    }

    fn shape(&self, pen: &mut Pen, shape: &Outline, edges: &[f64], rim: f64) {
        if shape.path.trim().is_empty() {
            return;
        }
        let value = self.values.get(&shape.code).filter(|_| shape.kind != Kind::Context);
        let fill = match shape.kind {
            Kind::Context => format!("fill=\"{}\" class=\"c-{}\"", VOID.light, VOID.name),
            Kind::Land | Kind::Small => self.fill(pen, &shape.code, edges, "-map"),
        };
        let markup = format!(
            "<path d=\"{}\" stroke=\"{}\" stroke-width=\"{}\" {}/>",
            escape(&shape.path),
            PAPER.light,
            (rim * 1e4).round() / 1e4,
            with_class(&fill, "l-paper")
        );
        match value {
            // The square says it; twice would be once too often for a keyboard.
            Some(value) if shape.kind == Kind::Land => {
                let tag = pen.open(&words(pen.frame, value), value.href.as_deref());
                pen.raw(&markup);
                pen.close(tag);
            }
            _ => pen.raw(&markup),
        }
    }

    /// The squares of small shapes that have a value and of the caller's places, then their
    /// labels where these hide neither a square nor another label.
    fn squares(&self, pen: &mut Pen, edges: &[f64], top: f64, scale: f64) {
        let small = self.outlines.shapes.iter().filter(|s| s.kind == Kind::Small);
        let small = small.filter(|s| self.values.contains_key(&s.code)).map(|s| Place {
            code: s.code.clone(),
            label: String::new(),
            at: s.centroid,
        });
        let places: Vec<Place> = small.chain(self.places.iter().cloned()).collect();
        let mut taken: Vec<Area> = Vec::new();
        let mut drawn: Vec<(&Place, f64, f64)> = Vec::new();
        for place in &places {
            let (Some(x), Some(y)) = (clean(place.at.0), clean(place.at.1)) else { continue };
            let x = (x * scale - SQUARE / 2.0).clamp(0.0, pen.width - SQUARE);
            let y = top + (y * scale - SQUARE / 2.0).clamp(0.0, 19_000.0);
            let (x, y) = free_spot(x, y, pen.width, &taken);
            taken.push(Area { x, y, w: SQUARE, h: SQUARE });
            drawn.push((place, x, y));
        }
        for (place, x, y) in drawn {
            let value = self.values.get(&place.code);
            let said = value.map_or_else(
                || format!("{}: {}", place.label, self.no_data),
                |value| words(pen.frame, value),
            );
            let tag = pen.open(&said, value.and_then(|v| v.href.as_deref()));
            pen.target(x - 6.0, y - 6.0, SQUARE + 12.0, SQUARE + 12.0);
            pen.raw(&format!(
                "<rect x=\"{}\" y=\"{}\" width=\"{SQUARE}\" height=\"{SQUARE}\" stroke=\"{}\" {}/>",
                n(x),
                n(y),
                INK.light,
                with_class(&self.fill(pen, &place.code, edges, ""), "l-ink")
            ));
            self.square_label(pen, &place.label, x, y, &mut taken);
            pen.close(tag);
        }
    }

    /// Right of the square, left, above or below, whichever is free first; else only on hover.
    fn square_label(&self, pen: &mut Pen, label: &str, x: f64, y: f64, taken: &mut Vec<Area>) {
        let set = Type { size: 11.0, ..Type::NOTE.coloured(INK) }.halo();
        let w = set.room(label);
        let spots = [
            (x + SQUARE + 4.0, y - 1.0),
            (x - 4.0 - w, y - 1.0),
            (x + SQUARE / 2.0 - w / 2.0, y - 15.0),
            (x + SQUARE / 2.0 - w / 2.0, y + SQUARE + 2.0),
        ];
        for (x, y) in spots {
            let area = Area { x, y, w, h: 13.0 };
            if x >= 0.0 && x + w <= pen.width && !taken.iter().any(|other| other.meets(&area)) {
                pen.text(x, y + 10.5, set, label);
                taken.push(area);
                return;
            }
        }
    }

    /// The stepped key with the edges' numbers under it, then what hatching and dots mean.
    fn key(&self, pen: &mut Pen, edges: &[f64]) -> f64 {
        let numbers: Vec<String> = edges.iter().map(|edge| pen.number(*edge)).collect();
        let widest = numbers.iter().map(|w| Type::NOTE.room(w) + 8.0).fold(BOX.0, f64::max);
        let step = widest.min(pen.width / (edges.len() + 1) as f64);
        let half = Type::NOTE.room(numbers.first().map_or("", |w| w)) / 2.0;
        let mut x = 0.0f64.max(half - step);
        if !edges.is_empty() {
            for i in 0..=edges.len() {
                let colour = self.colour(i, edges.len() + 1);
                pen.rect(x + step * i as f64, 1.0, step, BOX.1, Paint::fill(colour));
            }
            let mut taken = f64::NEG_INFINITY;
            for (i, words) in numbers.iter().enumerate() {
                let at = x + step * (i + 1) as f64;
                let half = Type::NOTE.room(words) / 2.0;
                if at - half > taken + 3.0 {
                    pen.line(at, 1.0, at, BOX.1 + 4.0, Paint::line(MUTED, 1.0));
                    pen.text(at, BOX.1 + 17.0, Type::NOTE.middle(), words);
                    taken = at + half;
                }
            }
            x += step * (edges.len() + 1) as f64 + 18.0;
        }
        let mut y = 1.0;
        let any_flagged = self.values.keys().filter_map(|c| self.class(c, edges)).find(|c| c.1);
        let hatch = Some((format!("url(#{}-hatch)", pen.id), self.no_data.clone()));
        let dots =
            any_flagged.map(|(i, _)| (format!("url(#{}-dots-{i})", pen.id), self.flagged.clone()));
        for (fill, words) in [hatch, dots].into_iter().flatten() {
            if words.is_empty() {
                continue;
            }
            let room = 26.0 + Type::NOTE.room(&words) + 18.0;
            if x + room > pen.width + 18.0 {
                x = 0.0;
                y += if y < 2.0 { 32.0 } else { 20.0 };
            }
            pen.raw(&format!(
                "<rect x=\"{}\" y=\"{}\" width=\"20\" height=\"12\" fill=\"{fill}\"/>",
                n(x),
                n(y)
            ));
            let line = Type::NOTE.wrap(&words, pen.width - x - 26.0, 1);
            pen.lines(x + 26.0, y + 10.5, Type::NOTE, &line);
            x += room;
        }
        (y + 14.0).max(if edges.is_empty() { 0.0 } else { 32.0 })
    }
}

/// A box on the drawing.
struct Area {
    x: f64,
    y: f64,
    w: f64,
    h: f64,
}

impl Area {
    fn meets(&self, other: &Area) -> bool {
        self.x < other.x + other.w
            && other.x < self.x + self.w
            && self.y < other.y + other.h
            && other.y < self.y + self.h
    }
}

/// The nearest place for a square, on rings of eight around the wished one, that hides none drawn before.
fn free_spot(x: f64, y: f64, width: f64, taken: &[Area]) -> (f64, f64) {
    for ring in 0..6 {
        let r = ring as f64 * (SQUARE + 2.0);
        for (dx, dy) in
            [(0, 0), (1, 0), (0, 1), (-1, 0), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1)]
        {
            let (x, y) = (x + dx as f64 * r, y + dy as f64 * r);
            let area = Area { x: x - 1.0, y: y - 1.0, w: SQUARE + 2.0, h: SQUARE + 2.0 };
            let inside = x >= 0.0 && x + SQUARE <= width && y >= 0.0;
            if inside && !taken.iter().any(|other| other.meets(&area)) {
                return (x, y);
            }
        }
    }
    (x, y)
}

/// Edges at round numbers that part the values into up to seven classes of about equal count.
///
/// Quantiles are taken and then rounded to one or two figures, so that the key can be read; the
/// classes are therefore not exactly equal in count.
pub fn round_edges(values: &[f64], classes: usize) -> Vec<f64> {
    let mut sound: Vec<f64> = values.iter().copied().filter_map(clean).collect();
    sound.sort_by(f64::total_cmp);
    let classes = classes.clamp(2, 7).min(sound.len().max(1));
    let mut edges: Vec<f64> = Vec::new();
    for i in 1..classes {
        let edge = round(sound[i * sound.len() / classes]);
        let rises = edges.last().is_none_or(|last| edge > *last);
        if rises && edge > sound[0] && edge <= sound[sound.len() - 1] {
            edges.push(edge);
        }
    }
    edges
}

/// To two figures, the second a 0 or 5.
fn round(value: f64) -> f64 {
    if value == 0.0 {
        return 0.0;
    }
    let decade = value.abs().log10().floor() as i32 - 1;
    let halves = if decade < 0 { value * 10f64.powi(-decade) } else { value / 10f64.powi(decade) };
    let kept = (halves / 5.0).round() * 5.0;
    if decade < 0 { kept / 10f64.powi(-decade) } else { kept * 10f64.powi(decade) }
}

fn with_class(fill: &str, class: &str) -> String {
    match fill.strip_suffix('"') {
        Some(open) if fill.contains("class=\"") => format!("{open} {class}\""),
        _ => format!("{fill} class=\"{class}\""),
    }
}

fn words(frame: &Frame, value: &MapValue) -> String {
    let when = if value.when.is_empty() { String::new() } else { format!(" ({})", value.when) };
    let note = if value.note.is_empty() { String::new() } else { format!(", {}", value.note) };
    match clean(value.value) {
        Some(v) => format!("{}: {}{when}{note}", value.name, (frame.number)(v)),
        None => format!("{}: {}", value.name, value.note),
    }
}
