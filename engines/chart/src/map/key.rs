//! What a map's colours mean: the stepped key, and edges for its classes that can be read.
//! Numbers stand under the borders of the steps, since a border is what they name.

use super::Map;
use crate::hue::MUTED;
use crate::scale::clean;
use crate::svg::{Paint, Pen, Type, n};

/// A step's least width and its height in pixels.
const BOX: (f64, f64) = (44.0, 12.0);

impl Map<'_> {
    /// The stepped key with the edges' numbers under it, then what hatching and dots mean.
    pub(super) fn key(&self, pen: &mut Pen, edges: &[f64]) -> f64 {
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
