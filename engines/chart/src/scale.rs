//! From a value to a place on the drawing, linear or logarithmic.
//! A scale is made from its ticks, so that axis and data can never disagree.

use crate::ticks;

/// How distance on the axis stands for value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Axis {
    /// Equal steps are equal differences.
    #[default]
    Linear,
    /// Equal steps are equal ratios; a value of zero or less cannot stand on it.
    Log,
}

/// An axis with its ticks, laid over the pixels `from..to` (which may run downwards).
#[derive(Clone, Debug, PartialEq)]
pub struct Scale {
    axis: Axis,
    low: f64,
    high: f64,
    from: f64,
    to: f64,
    pub ticks: Vec<f64>,
}

/// A value that can be drawn: finite, and within what a figure of people or money can be.
/// Beyond ±10¹⁵ it is an accident of reading and is treated as missing; below 10⁻¹² it is zero.
pub fn clean(value: f64) -> Option<f64> {
    match value {
        v if !v.is_finite() || v.abs() > 1e15 => None,
        v if v.abs() < 1e-12 => Some(0.0),
        v => Some(v),
    }
}

impl Scale {
    /// A linear axis from the nice number below `low` to the one above `high`.
    pub fn linear(low: f64, high: f64, wanted: usize, from: f64, to: f64) -> Scale {
        let ticks = ticks::nice(low, high, wanted);
        let (low, high) = (ticks[0], ticks[ticks.len() - 1]);
        Scale { axis: Axis::Linear, low, high, from, to, ticks }
    }

    /// A logarithmic axis that holds `low..=high`.
    pub fn log(low: f64, high: f64, wanted: usize, from: f64, to: f64) -> Scale {
        let ticks = ticks::log(low, high, wanted);
        let (low, high) = (ticks[0], ticks[ticks.len() - 1]);
        Scale { axis: Axis::Log, low, high, from, to, ticks }
    }

    /// An axis of years that begins and ends with the data.
    pub fn years(low: f64, high: f64, wanted: usize, from: f64, to: f64) -> Scale {
        let (low, high) = if high > low { (low, high) } else { (low - 0.5, low + 0.5) };
        let ticks = ticks::whole(low, high, wanted);
        Scale { axis: Axis::Linear, low, high, from, to, ticks }
    }

    /// Where `value` stands; beyond the ends it is held at the nearer end.
    pub fn at(&self, value: f64) -> f64 {
        let share = match self.axis {
            Axis::Linear => (value - self.low) / (self.high - self.low),
            Axis::Log if value <= 0.0 => 0.0,
            Axis::Log => (value / self.low).ln() / (self.high / self.low).ln(),
        };
        let share = if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 };
        self.from + share * (self.to - self.from)
    }

    /// Whether `value` stands on the axis without being held at an end.
    pub fn holds(&self, value: f64) -> bool {
        value >= self.low && value <= self.high
    }

    /// The value at the axis' first end.
    pub fn low(&self) -> f64 {
        self.low
    }

    /// The value at the axis' far end.
    pub fn high(&self) -> f64 {
        self.high
    }
}

impl Scale {
    /// The same axis ending at the data instead of at ticks: for drawings whose values are
    /// written out, where the room beyond the longest bar would be wasted.
    pub(crate) fn tight(self, low: f64, high: f64) -> Scale {
        if high > low { Scale { low, high, ..self } } else { self }
    }
}
