//! A map whose places are coloured by class of value: seven steps, hatched where nothing is known, doubtful values dotted.
//! Outlines come from the caller in any equal-area projection; small states and sub-national places are squares beside it.

use crate::frame::Frame;
use crate::hue::{Colour, DIVERGING, INK, MUTED, PAPER, SEQUENTIAL, VOID};
use crate::scale::clean;
use crate::svg::{Pen, n};
use crate::text::escape;
use std::collections::BTreeMap;

mod atlas;
mod key;
mod squares;

pub use atlas::Atlas;
pub use key::round_edges;

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
    /// Draw only the part of the map where the values lie, and what is around it.
    pub near: bool,
}

/// A part of a map, in its coordinates.
#[derive(Clone, Copy)]
struct Window {
    x: f64,
    y: f64,
    wide: f64,
    tall: f64,
}

/// Of the width and the height of a map: what is drawn around the outermost centres, so that their shapes are whole, and what is
/// drawn at least.
const AROUND: f64 = 0.1;
const LEAST: f64 = 0.3;

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
            near: false,
        }
    }

    pub fn draw(&self, frame: &Frame) -> String {
        let mut pen = Pen::new(frame);
        let edges = self.sound_edges();
        let (wide, tall) = self.outlines.size;
        let known = wide.is_finite() && tall.is_finite() && wide > 0.0 && tall > 0.0;
        let window = self.window();
        let Window { wide, tall, .. } = window;
        let scale = if known { (pen.width / wide).min(pen.width * 3.0 / tall) } else { 1.0 };
        let scale = scale.clamp(1e-4, 1e4);
        self.patterns(&mut pen, &edges, scale);
        let key = self.key(&mut pen, &edges);
        let top = key + 10.0;

        pen.raw(&format!(
            "<g transform=\"translate({} {}) scale({})\" clip-path=\"url(#{}-frame)\" fill-rule=\"evenodd\" stroke-linejoin=\"round\">",
            n(-window.x * scale),
            n(top - window.y * scale),
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
                "<clipPath id=\"{}-frame\"><rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/></clipPath>",
                pen.id,
                n(window.x),
                n(window.y),
                n(wide),
                n(tall)
            ));
        }
        self.squares(&mut pen, &edges, top, scale, window);
        let height = if known { top + tall * scale } else { top };
        let summary: Vec<String> = self
            .values
            .values()
            .filter(|v| clean(v.value).is_some())
            .map(|v| words(frame, v))
            .collect();
        pen.finish(height.min(20_000.0), &summary.join("; "))
    }

    /// The part that is drawn.
    fn window(&self) -> Window {
        let (wide, tall) = self.outlines.size;
        let shapes = self.outlines.shapes.iter().map(|shape| (&shape.code, shape.centroid));
        let places = self.places.iter().map(|place| (&place.code, place.at));
        let centres = shapes.chain(places).filter(|(code, at)| {
            self.values.contains_key(*code) && at.0.is_finite() && at.1.is_finite()
        });
        let centres: Vec<(f64, f64)> = centres.map(|(_, at)| at).collect();
        let along = |of: fn(&(f64, f64)) -> f64, whole: f64| {
            let low = centres.iter().map(of).fold(f64::INFINITY, f64::min);
            let high = centres.iter().map(of).fold(f64::NEG_INFINITY, f64::max);
            let length = (high - low + 2.0 * AROUND * whole).max(LEAST * whole).min(whole);
            let from = ((low + high - length) / 2.0).clamp(0.0, whole - length);
            (from, length)
        };
        if !self.near || centres.is_empty() || !(wide > 0.0 && tall > 0.0) {
            return Window { x: 0.0, y: 0.0, wide, tall };
        }
        let ((x, wide), (y, tall)) = (along(|at| at.0, wide), along(|at| at.1, tall));
        Window { x, y, wide, tall }
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
