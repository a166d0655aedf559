//! A forest plot: published effects with their intervals, grouped by where they were measured, so that prison and community evidence are never mixed unseen.
//! Layout after Lewis and Clarke 2001, BMJ 322:1479–1480, without pooling: each row is what its source says.

use crate::frame::Frame;
use crate::hue::{GRID, Hue, INK};
use crate::rows::{AXIS, Columns, Head, arrow, axis, interval, strips, upright, whisker};
use crate::scale::{Axis, Scale, clean};
use crate::svg::{Paint, Pen, Type};

/// The log axis never reaches further than this; what lies beyond is drawn as an arrow.
const WIDEST: (f64, f64) = (0.02, 50.0);

/// Sections in the caller's order: prison first, then community, then general.
///
/// ```
/// use chart::{Axis, Effect, Forest, Frame, Hue, Section};
/// let number = |value: f64| format!("{value:.2}");
/// let forest = Forest {
///     axis: Axis::Log,
///     null: Some((1.0, "no effect".into())),
///     sections: vec![Section {
///         name: "Measured in prison".into(),
///         hue: Hue::Inside,
///         effects: vec![Effect {
///             label: "Death while on treatment".into(),
///             estimate: Some(0.06),
///             low: Some(0.01),
///             high: Some(0.48),
///             source: "Larney 2014".into(),
///             ..Effect::default()
///         }],
///     }],
///     ..Forest::default()
/// };
/// let svg = forest.draw(&Frame::new("oat", "Treatment in prison saves lives", &number));
/// assert!(svg.contains("0.06 (0.01–0.48)"));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Forest {
    pub sections: Vec<Section>,
    /// Logarithmic for ratios, linear for percentages and rates.
    pub axis: Axis,
    /// The line of no effect, 1 for ratios, with its words.
    pub null: Option<(f64, String)>,
    /// The word beside an effect whose source was not checked, such as "unverified".
    pub unverified: String,
}

/// Effects measured in one setting.
#[derive(Clone, Debug, Default)]
pub struct Section {
    pub name: String,
    pub hue: Hue,
    pub effects: Vec<Effect>,
}

/// One published effect.
#[derive(Clone, Debug)]
pub struct Effect {
    pub label: String,
    /// In whom it was measured.
    pub population: String,
    pub estimate: Option<f64>,
    pub low: Option<f64>,
    pub high: Option<f64>,
    /// Instead of a number, where the source gives words.
    pub words: String,
    pub source: String,
    pub href: Option<String>,
    /// Whether someone has checked the figure against its source; if not it is drawn hollow and dashed.
    pub verified: bool,
}

impl Default for Effect {
    fn default() -> Effect {
        Effect {
            label: String::new(),
            population: String::new(),
            estimate: None,
            low: None,
            high: None,
            words: String::new(),
            source: String::new(),
            href: None,
            verified: true,
        }
    }
}

impl Effect {
    /// The estimate if it can be drawn on this kind of axis.
    fn drawable(&self, axis: Axis) -> Option<f64> {
        self.estimate.and_then(clean).filter(|v| axis == Axis::Linear || *v > 0.0)
    }

    fn figure(&self, frame: &Frame) -> String {
        match self.estimate.and_then(clean) {
            Some(value) => frame.figure(value, self.low.and_then(clean), self.high.and_then(clean)),
            None => self.words.clone(),
        }
    }

    fn note(&self, unverified: &str) -> String {
        let doubt = if self.verified { "" } else { unverified };
        let parts = [self.population.as_str(), self.source.as_str(), doubt];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    }
}

impl Forest {
    pub fn draw(&self, frame: &Frame) -> String {
        let mut pen = Pen::new(frame);
        let effects = || self.sections.iter().flat_map(|section| &section.effects);
        let numbered = effects().filter(|e| e.estimate.and_then(clean).is_some());
        let room = numbered.map(|e| Type::BODY.room(&e.figure(frame))).fold(30.0, f64::max) + 16.0;
        let notes: Vec<String> = effects().map(|e| e.note(&self.unverified)).collect();
        let labels = effects().map(|e| e.label.as_str()).chain(notes.iter().map(String::as_str));
        let columns = Columns::new(pen.width, labels, room);
        let scale = self.scale(columns.from + 6.0, columns.to - 6.0);
        let any = effects().any(|e| e.drawable(self.axis).is_some());

        // The null line's words stand beside the first heading where they have room, else over it.
        let null = self.null.as_ref().filter(|(at, words)| {
            clean(*at).is_some_and(|at| scale.holds(at)) && !words.is_empty()
        });
        let first = self.sections.iter().find(|s| !s.effects.is_empty());
        let beside = !columns.stacked
            && first.zip(null).is_some_and(|(section, (at, words))| {
                let heading = 18.0 + Type::BODY.bold().room(&section.name);
                heading + 12.0 < scale.at(*at) - Type::NOTE.room(words) / 2.0
            });
        let top = if null.is_some() && !beside { 20.0 } else { 2.0 };
        let mut bottom = top;
        let mut plots = Vec::new();
        for section in self.sections.iter().filter(|s| !s.effects.is_empty()) {
            bottom += SECTION;
            let heads: Vec<Head> = section.effects.iter().map(|e| self.head(&columns, e)).collect();
            plots.extend(strips(&columns, &heads, bottom));
            bottom += heads.iter().map(|head| head.height(&columns)).sum::<f64>();
        }
        let strips = plots;
        let bottom = columns.floor(bottom);
        if any {
            axis(&mut pen, &scale, &strips, bottom);
            let baseline = if beside { top + SECTION - 7.0 } else { top - 7.0 };
            self.null_line(&mut pen, &scale, baseline, &strips);
        }

        let mut y = top;
        for section in self.sections.iter().filter(|s| !s.effects.is_empty()) {
            heading(&mut pen, y, section);
            y += SECTION;
            for effect in &section.effects {
                y += self.row(&mut pen, &columns, &scale, y, section.hue, effect);
            }
        }
        let said: Vec<String> = self
            .sections
            .iter()
            .filter(|s| !s.effects.is_empty())
            .map(|section| {
                let rows: Vec<String> = section
                    .effects
                    .iter()
                    .map(|e| format!("{}: {}", e.label, e.figure(frame)))
                    .collect();
                format!("{}: {}", section.name, rows.join("; "))
            })
            .collect();
        pen.finish(if any { bottom + AXIS } else { bottom.max(1.0) }, &said.join(". "))
    }

    fn head(&self, columns: &Columns, effect: &Effect) -> Head {
        let plotted = effect.drawable(self.axis).is_some();
        columns.head(&effect.label, &effect.note(&self.unverified), plotted)
    }

    fn scale(&self, from: f64, to: f64) -> Scale {
        let to = to.max(from + 40.0);
        let effects = self.sections.iter().flat_map(|section| &section.effects);
        let ends = effects.filter_map(|e| {
            let value = e.drawable(self.axis)?;
            let (low, high) = interval(e.low, e.high).unwrap_or((value, value));
            Some((low.min(value), high.max(value)))
        });
        let null = self.null.as_ref().and_then(|(at, _)| clean(*at));
        if self.axis == Axis::Log {
            let null = null.filter(|at| *at > 0.0).unwrap_or(1.0);
            let (low, high) = ends.fold((null, null), |(a, b), (low, high)| {
                (if low > 0.0 { a.min(low) } else { WIDEST.0 }, b.max(high))
            });
            let wanted = ((to - from) / 40.0).clamp(3.0, 9.0) as usize;
            let (low, high) = (low.clamp(WIDEST.0, WIDEST.1), high.clamp(WIDEST.0, WIDEST.1));
            return Scale::log(low, high, wanted, from, to);
        }
        let (low, high) =
            ends.fold((0.0f64, 0.0f64), |(a, b), (low, high)| (a.min(low), b.max(high)));
        let (low, high) = null.map_or((low, high), |at| (low.min(at), high.max(at)));
        let wanted = ((to - from) / 70.0).clamp(2.0, 6.0) as usize;
        Scale::linear(low, high, wanted, from, to)
    }

    fn null_line(&self, pen: &mut Pen, scale: &Scale, baseline: f64, strips: &[(f64, f64)]) {
        if let Some((at, words)) = &self.null
            && let Some(at) = clean(*at).filter(|at| scale.holds(*at))
        {
            let x = scale.at(at);
            upright(pen, x, strips, Paint::line(INK, 1.6));
            let half = Type::NOTE.room(words) / 2.0;
            let middle = x.clamp(half, (pen.width - half).max(half));
            pen.text(middle, baseline, Type::NOTE.middle(), words);
        }
    }

    fn row(
        &self,
        pen: &mut Pen,
        columns: &Columns,
        scale: &Scale,
        y: f64,
        hue: Hue,
        effect: &Effect,
    ) -> f64 {
        let note = effect.note(&self.unverified);
        let head = self.head(columns, effect);
        let height = head.height(columns);
        let middle = head.middle(columns, y);
        let figure = effect.figure(pen.frame);
        let said = if note.is_empty() { String::new() } else { format!(", {note}") };
        let tag = pen.open(&format!("{}: {figure}{said}", effect.label), effect.href.as_deref());
        pen.target(0.0, y, pen.width, height);
        head.draw(pen, columns, y);
        match effect.drawable(self.axis) {
            Some(value) => {
                if let Some(ends) = interval(effect.low, effect.high) {
                    whisker(pen, scale, middle, ends, hue);
                }
                if scale.holds(value) {
                    pen.mark(scale.at(value), middle, 5.5, hue, !effect.verified);
                } else {
                    let way = if value < scale.low() { -1.0 } else { 1.0 };
                    arrow(pen, scale.at(value), middle, way, hue);
                }
                pen.text(pen.width, middle + 4.5, Type::BODY.end(), &figure);
            }
            None => {
                let words = Type::BODY.wrap(&figure, pen.width - columns.from, 2);
                let first = middle + 4.5 - (words.len().saturating_sub(1)) as f64 * 8.0;
                pen.lines(columns.from, first, Type::BODY.halo(), &words);
            }
        }
        pen.close(tag);
        height
    }
}

/// The height of a section's heading.
const SECTION: f64 = 30.0;

fn heading(pen: &mut Pen, y: f64, section: &Section) {
    pen.line(0.0, y + 4.5, pen.width, y + 4.5, Paint::line(GRID, 1.0));
    pen.mark(6.0, y + 17.0, 5.0, section.hue, false);
    let set = Type::BODY.bold().coloured(section.hue.colour()).halo();
    for name in set.wrap(&section.name, pen.width - 18.0, 1) {
        pen.text(18.0, y + 21.5, set, &name);
    }
}
