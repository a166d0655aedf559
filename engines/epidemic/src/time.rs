//! One unit of time inside: a tick of 2⁻²⁵ year, a little under a second, counted from the start of a run.
//! Whole numbers make equal moments equal on every machine; 2³² ticks reach 128 years.

/// A moment, or a length of time, in ticks since the start of the run.
pub type Tick = u32;

/// Later than any run.
pub const NEVER: Tick = Tick::MAX;

pub const TICKS_PER_YEAR: f64 = 33_554_432.0;
const YEARS_PER_TICK: f64 = 1.0 / TICKS_PER_YEAR;

/// The longest run that ticks can hold with room for what lies beyond its end.
pub const LONGEST_RUN_YEARS: f64 = 100.0;

pub const DAYS_PER_YEAR: f64 = 365.25;

/// Years to ticks, rounded up so that a clock never rings before its time; [`NEVER`] past the end of the scale.
#[inline]
pub fn ticks(years: f64) -> Tick {
    // A float beyond the range, or infinite, saturates: `as` is defined so.
    libm::ceil(years * TICKS_PER_YEAR) as Tick
}

#[inline]
pub fn years(ticks: Tick) -> f64 {
    f64::from(ticks) * YEARS_PER_TICK
}

#[inline]
pub(crate) fn years_f32(ticks: Tick) -> f32 {
    ticks as f32 * YEARS_PER_TICK as f32
}

/// The tick at which something `wait` years from `now` happens.
#[inline]
pub(crate) fn after(now: Tick, wait: f32) -> Tick {
    now.saturating_add((wait * TICKS_PER_YEAR as f32) as Tick).saturating_add(1)
}
