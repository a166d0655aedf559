//! The digits of what is published: no more than the error leaves room for, fewer where something withheld is in the figure, and of a
//! quantile no finer steps than several people share.

use crate::crossing::{Crossing, CrossingCell};
use crate::disclosure::{Figure, Rules};
use crate::distribution::student_quantile;
use crate::interval::from_error;

/// What is published has no more digits than its error leaves room for: two of the standard error, or tenths of a percent where there
/// is no error to go by. With all sixteen, weights that differ tell who of the people behind a total said yes (decision 77).
pub(crate) fn rounded(
    exact: Figure,
    crossing: &Crossing,
    cell: &CrossingCell,
    rules: &Rules,
) -> Figure {
    let two_digits = |x: f64| libm::floor(libm::log10(x.abs())) as i32 - 1;
    let of_own = |x: f64| {
        if x.is_finite() && x != 0.0 { to(x, (1.0, two_digits(x)), f64::round) } else { x }
    };
    let at = error(cell).map_or(-3, two_digits);
    let unit = shared((1.0, at), cell, rules);
    let near = |x: f64| to(x, unit, f64::round);
    let bounds = exact.bounds.map(|(low, high)| (near(low), near(high)));
    let se = match (cell.around.is_empty(), bounds) {
        // The error of a quantile is made of its bounds, and tells no more than they do.
        (false, Some((low, high))) => {
            let t = student_quantile(0.5 + crossing.options.level / 2.0, exact.df);
            (high - low) / (2.0 * t)
        }
        _ => exact.se,
    };
    Figure {
        value: near(exact.value),
        se: of_own(se),
        bounds,
        effective_n: exact.effective_n.map(of_own),
        design_effect: exact.design_effect.map(of_own),
        ..exact
    }
}

/// The error that a figure's digits go by, whether or not it is told.
fn error(cell: &CrossingCell) -> Option<f64> {
    let se = cell.estimate.se;
    (se.is_finite() && se > 0.0).then_some(se)
}

/// A unit no finer than the given one and, of a quantile, one in which at least as many people as stand behind a yes are told by the
/// same number, at the quantile and at its bounds: else the number is somebody's own answer.
fn shared(unit: (f64, i32), cell: &CrossingCell, rules: &Rules) -> (f64, i32) {
    let width = |(step, power): (f64, i32)| step * libm::pow(10.0, f64::from(power));
    let is_shared = |unit: (f64, i32)| {
        cell.around.iter().all(|point| point.is_shared(width(unit), rules.least_either))
    };
    let mut unit = unit;
    // Answers are finite, so some unit holds them all; none is sought beyond what a number can tell.
    for _ in 0..200 {
        if is_shared(unit) {
            break;
        }
        unit = step_above(width(unit) * (1.0 + 1e-6), &VALUE_STEPS);
    }
    unit
}

/// Steps that published errors over withheld cells go up by, and that their values are multiples of.
const ERROR_STEPS: [f64; 5] = [1.0, 1.5, 2.0, 3.0, 5.0];
const VALUE_STEPS: [f64; 3] = [1.0, 2.0, 5.0];

/// A figure with something withheld in it tells less, so that who tries whole people cannot tell them by it (decision 110). Its error goes up to
/// the next of few steps; its value has one digit of the error, and of a share no finer steps than two people make; its interval is
/// reckoned from these two and tells nothing beyond them; effective size and design effect, which would, are left out.
pub(crate) fn coarse(
    exact: Figure,
    crossing: &Crossing,
    cell: &CrossingCell,
    rules: &Rules,
) -> Figure {
    let has_error = exact.se.is_finite() && exact.se > 0.0;
    let two_people = if crossing.are_shares { 2.0 / exact.n.max(1) as f64 } else { 0.0 };
    let one_digit = error(cell).map_or(1e-3, |se| libm::pow(10.0, libm::floor(libm::log10(se))));
    let unit = step_above(two_people.max(one_digit) * (1.0 - 1e-9), &VALUE_STEPS);
    let unit = shared(unit, cell, rules);
    let value = to(exact.value, unit, f64::round);
    let se = match has_error {
        true => to(exact.se, step_above(exact.se, &ERROR_STEPS), f64::ceil),
        false => exact.se,
    };
    let bounds = exact.bounds.map(|_| {
        // What rounding may have moved the value by is room on both sides.
        let half = 0.5 * unit.0 * libm::pow(10.0, f64::from(unit.1));
        let (low, high) =
            from_error(value, se, exact.df, crossing.options.level, crossing.are_shares);
        let (low, high) = (to(low - half, unit, f64::floor), to(high + half, unit, f64::ceil));
        if crossing.are_shares { (low.max(0.0), high.min(1.0)) } else { (low, high) }
    });
    Figure { value, se, bounds, effective_n: None, design_effect: None, ..exact }
}

/// The smallest of some steps, times a power of ten, that is no smaller than a number above zero: the step and the power.
fn step_above(x: f64, steps: &[f64]) -> (f64, i32) {
    let power = libm::floor(libm::log10(x)) as i32;
    let mantissa = x / libm::pow(10.0, f64::from(power));
    match steps.iter().find(|&&step| mantissa <= step * (1.0 + 1e-9)) {
        Some(&step) => (step, power),
        None => (steps[0], power + 1),
    }
}

/// The nearest multiple of a unit, its step and its power of ten, or the next one below or above.
fn to(x: f64, (step, power): (f64, i32), round: fn(f64) -> f64) -> f64 {
    let ten = libm::pow(10.0, f64::from(power.abs()));
    // A hair, so that what is a multiple already stays one.
    let hair = |x: f64| if (x - x.round()).abs() < 1e-9 { x.round() } else { round(x) };
    match power > 0 {
        true => hair(x / (step * ten)) * step * ten,
        false => hair(x * ten / step) * step / ten,
    }
}
