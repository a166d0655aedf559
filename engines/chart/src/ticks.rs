//! Where an axis puts its numbers: few, round, and covering the data.
//! Steps are 1, 2 or 5 times a power of ten (after Heckbert 1990, "Nice numbers for graph labels", Graphics Gems I).

/// Round numbers from at or below `low` to at or above `high`, about `wanted` of them.
///
/// The first tick is never above `low` and the last never below `high`, so an axis drawn from
/// first to last holds every value. Ends given the wrong way round are turned; equal or
/// non-finite ends give an axis that holds what is finite of them.
///
/// ```
/// assert_eq!(chart::ticks::nice(0.0, 87.0, 5), [0.0, 20.0, 40.0, 60.0, 80.0, 100.0]);
/// ```
pub fn nice(low: f64, high: f64, wanted: usize) -> Vec<f64> {
    let (low, high) = ordered(low, high);
    let step = step(high - low, wanted);
    let first = (low / step).floor() as i64;
    let last = (high / step).ceil() as i64;
    // Rounding in the division can leave the outer tick a hair inside the data.
    let first = if at(first, step) > low { first - 1 } else { first };
    let last = if at(last, step) < high { last + 1 } else { last };
    (first..=last).map(|i| at(i, step)).collect()
}

/// Whole-numbered round ticks within `low..=high`: for years, where a half means nothing and
/// the axis ends where the data ends.
pub fn whole(low: f64, high: f64, wanted: usize) -> Vec<f64> {
    let (low, high) = ordered(low, high);
    let step = step(high - low, wanted).max(1.0);
    let first = (low / step).ceil() as i64;
    let last = (high / step).floor() as i64;
    (first..=last).map(|i| at(i, step)).collect()
}

/// Ticks of a logarithmic axis from at or below `low` to at or above `high`, both above zero.
///
/// Every 1, 2 and 5 of a decade where they fit in `wanted`, else 1 and 3, else every decade,
/// else every few decades.
///
/// ```
/// assert_eq!(chart::ticks::log(0.3, 4.0, 7), [0.2, 0.5, 1.0, 2.0, 5.0]);
/// ```
pub fn log(low: f64, high: f64, wanted: usize) -> Vec<f64> {
    let positive = |v: f64| if v.is_finite() && v > 0.0 { v.clamp(1e-15, 1e15) } else { 1.0 };
    let (low, high) = (positive(low), positive(high));
    let (low, high) = if low <= high { (low, high) } else { (high, low) };
    for parts in [&[1.0, 2.0, 5.0][..], &[1.0, 3.0], &[1.0]] {
        let ticks = covering(low, high, parts);
        if ticks.len() <= wanted.max(2) {
            return ticks;
        }
    }
    let decades = covering(low, high, &[1.0]);
    let every = decades.len().div_ceil(wanted.max(2));
    let mut ticks: Vec<f64> = decades.iter().step_by(every).copied().collect();
    if ticks.last() != decades.last() {
        ticks.extend(decades.last());
    }
    ticks
}

/// The multiples of decades that cover the range, with at most one beyond each end.
fn covering(low: f64, high: f64, parts: &[f64]) -> Vec<f64> {
    let first = low.log10().floor() as i32 - 1;
    let last = high.log10().ceil() as i32 + 1;
    let all: Vec<f64> = (first..=last)
        .flat_map(|decade| parts.iter().map(move |part| times_ten(*part, decade)))
        .collect();
    let from = all.iter().rposition(|v| *v <= low).unwrap_or(0);
    let to = all.iter().position(|v| *v >= high).unwrap_or(all.len() - 1);
    let to = to.max(from + 1).min(all.len() - 1);
    all[from..=to].to_vec()
}

fn ordered(low: f64, high: f64) -> (f64, f64) {
    // The bounds of what a drawing takes for a figure: see `scale::clean`.
    let tame = |v: f64| match v {
        v if !v.is_finite() || v.abs() < 1e-12 => 0.0,
        v => v.clamp(-1e15, 1e15),
    };
    let (low, high) = (tame(low), tame(high));
    let (low, high) = if low <= high { (low, high) } else { (high, low) };
    // A span lost in the rounding of its own ends cannot be divided.
    if high - low > 1e-9 * high.abs().max(low.abs()).max(1e-6) {
        (low, high)
    } else if low == 0.0 {
        (0.0, 1.0)
    } else {
        (low.min(low * 2.0).min(0.0), high.max(high * 2.0).max(0.0))
    }
}

/// The 1-2-5 step that cuts `span` into about `wanted` parts.
fn step(span: f64, wanted: usize) -> f64 {
    let rough = span / wanted.max(1) as f64;
    let decade = rough.log10().floor() as i32;
    let part = rough / 10f64.powi(decade);
    let nice = match part {
        p if p < 1.5 => 1.0,
        p if p < 3.5 => 2.0,
        p if p < 7.5 => 5.0,
        _ => 10.0,
    };
    times_ten(nice, decade)
}

/// `i` steps, computed so that 3 × 0.1 is 0.3 and not 0.30000000000000004.
fn at(i: i64, step: f64) -> f64 {
    if step < 1.0 { i as f64 / (1.0 / step).round() } else { i as f64 * step }
}

fn times_ten(part: f64, decade: i32) -> f64 {
    if decade < 0 { part / 10f64.powi(-decade) } else { part * 10f64.powi(decade) }
}
