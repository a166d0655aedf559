//! Weights for those who did not answer: within classes that answer alike, those who did stand in for those who did not.

use crate::groups::{Groups, NO_GROUP};
use crate::problem::{Problem, name_rows, same_length};

/// How small a class may be, and how much weight it may gain.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Classes {
    /// People who answered, at least.
    pub least_answered: u64,
    /// The largest factor.
    pub greatest_factor: f64,
}

impl Default for Classes {
    /// Twenty people and a factor of two: the limits commonly set, beyond which classes are joined, since the variance that the
    /// weights add outgrows the bias that they take away (Kalton and Flores-Cervantes 2003, *Journal of Official Statistics* 19:81–97).
    fn default() -> Self {
        Classes { least_answered: 20, greatest_factor: 2.0 }
    }
}

/// What became of one class.
#[derive(Debug, Clone, PartialEq)]
pub struct Class {
    /// Its name.
    pub name: String,
    /// People asked.
    pub asked: u64,
    /// People who answered.
    pub answered: u64,
    /// The share of the class, weighted, that answered.
    pub rate: f64,
    /// What the weights of those who answered are multiplied by: 1 / rate.
    pub factor: f64,
}

/// The new weights, with how they came about.
#[derive(Debug, Clone, PartialEq)]
pub struct Response {
    /// By row; zero for those who did not answer. Rows of weight zero keep their place in the design.
    pub weights: Vec<f64>,
    /// By class, in the order of the names.
    pub classes: Vec<Class>,
}

/// Weighting classes: within each class the weights of those who answered are multiplied so that they add up to those of all
/// who were asked. It takes away the bias of not answering as far as, within a class, who answers has nothing to do with
/// what he would say. Oh and Scheuren 1983, in *Incomplete Data in Sample Surveys*, vol. 2, 143–184.
///
/// `answered` is 1 for who answered and 0 for who did not; anybody else (moved away, not eligible) gets weight zero and counts for
/// nothing. Problems: a class beyond the limits, with what to do; a row without a class.
///
/// ```
/// use survey::*;
/// let wing = Groups::from_text(["A", "A", "A", "B", "B"]);
/// let limits = Classes { least_answered: 1, greatest_factor: 3.0 };
/// let made = adjust_for_response(&[10.0, 10.0, 10.0, 20.0, 20.0], &[1, 1, 0, 1, 1], &wing, &limits).unwrap();
/// assert_eq!(made.weights, [15.0, 15.0, 0.0, 20.0, 20.0]);
/// assert_eq!((made.classes[0].answered, made.classes[0].factor), (2, 1.5));
/// ```
pub fn adjust_for_response(
    weights: &[f64],
    answered: &[u8],
    classes: &Groups,
    limits: &Classes,
) -> Result<Response, Vec<Problem>> {
    let mut problems = Vec::new();
    let rows = weights.len();
    same_length("answered", answered.len(), rows, &mut problems);
    same_length("classes", classes.len(), rows, &mut problems);
    let wrong = |i: usize| {
        let weight = weights[i];
        (!weight.is_finite() || weight < 0.0)
            .then(|| format!("a weight of {weight}; it is zero or more"))
    };
    name_rows("weights", rows, wrong, &mut problems);
    if problems.is_empty() {
        let codes = classes.codes();
        let wrong = |i: usize| {
            (codes[i] == NO_GROUP && answered[i] <= 1)
                .then(|| "no class; everybody who was asked must have one".into())
        };
        name_rows("classes", rows, wrong, &mut problems);
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let codes = classes.codes();
    let names = classes.names();
    let mut made: Vec<Class> = names
        .iter()
        .map(|name| Class { name: name.clone(), asked: 0, answered: 0, rate: 0.0, factor: 0.0 })
        .collect();
    let mut sums = vec![(0.0, 0.0); names.len()];
    for row in (0..rows).filter(|&row| answered[row] <= 1 && weights[row] > 0.0) {
        let (class, (all, heard)) =
            (&mut made[codes[row] as usize], &mut sums[codes[row] as usize]);
        class.asked += 1;
        *all += weights[row];
        if answered[row] == 1 {
            class.answered += 1;
            *heard += weights[row];
        }
    }
    for (class, (all, heard)) in made.iter_mut().zip(&sums) {
        (class.rate, class.factor) = (heard / all, all / heard);
        let is_weak = class.answered < limits.least_answered
            || class.factor.is_nan()
            || class.factor > limits.greatest_factor;
        if class.asked > 0 && is_weak {
            let message = format!(
                "{} of {} answered in class {}, a factor of {:.2}; join it with a class that answers alike (at least {} people and at most {})",
                class.answered,
                class.asked,
                class.name,
                class.factor,
                limits.least_answered,
                limits.greatest_factor
            );
            problems.push(Problem::of("classes", message));
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let weight = |row: usize| match answered[row] {
        1 if weights[row] > 0.0 => weights[row] * made[codes[row] as usize].factor,
        _ => 0.0,
    };
    let weights = (0..rows).map(weight).collect();
    Ok(Response { weights, classes: made })
}
