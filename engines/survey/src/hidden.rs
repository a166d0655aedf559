//! How many there are of whom no list exists: two lists that overlap, a service whose share is known, people who bring people.

use crate::distribution::normal_quantile;
use crate::problem::{Problem, name_rows};

/// An estimated number of people.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Size {
    /// People.
    pub people: f64,
    /// Standard error.
    pub se: f64,
    /// Bounds at the confidence asked for.
    pub bounds: (f64, f64),
}

/// Two lists of the same people, `both` being on each. Chapman 1951; variance of Seber 1970 (*Biometrika* 57:13–31); the interval is
/// Chao's 1987 (*Biometrics* 43:783–791), on the log of those never seen, so that it does not begin below those who were.
///
/// It holds where being on one list says nothing of being on the other, nobody came or went between, and every match was found.
///
/// ```
/// let size = survey::two_lists(100, 80, 20, 0.95).unwrap();
/// assert_eq!(format!("{:.1} ± {:.1}", size.people, size.se), "388.6 ± 63.6");
/// ```
pub fn two_lists(first: u64, second: u64, both: u64, level: f64) -> Result<Size, Problem> {
    if both > first.min(second) {
        let message = format!(
            "{both} on both lists of {first} and {second}; at most {} can be",
            first.min(second)
        );
        return Err(Problem::of("both", message));
    }
    check_level(level)?;
    let (n1, n2, m) = (first as f64, second as f64, both as f64);
    let people = (n1 + 1.0) * (n2 + 1.0) / (m + 1.0) - 1.0;
    let variance = (n1 + 1.0) * (n2 + 1.0) * (n1 - m) * (n2 - m) / ((m + 1.0).powi(2) * (m + 2.0));
    let seen = n1 + n2 - m;
    let unseen = people - seen;
    let bounds = if unseen > 0.0 {
        let z = normal_quantile(0.5 + level / 2.0);
        let factor = (z * (variance / (unseen * unseen)).ln_1p().sqrt()).exp();
        (seen + unseen / factor, seen + unseen * factor)
    } else {
        (seen, seen)
    };
    Ok(Size { people, se: variance.sqrt(), bounds })
}

/// The multiplier method: `served` people used a service in a period (a count), and `share` ± `share_se` of a survey of the same people say
/// they did. Delta method on the log scale (UNAIDS and WHO 2010, *Guidelines on estimating the size of populations most at risk to HIV*).
///
/// ```
/// let size = survey::multiplier(420.0, 0.0, 0.30, 0.03, 0.95).unwrap();
/// assert_eq!(format!("{:.0} ({:.0} to {:.0})", size.people, size.bounds.0, size.bounds.1), "1400 (1151 to 1703)");
/// ```
pub fn multiplier(
    served: f64,
    served_se: f64,
    share: f64,
    share_se: f64,
    level: f64,
) -> Result<Size, Problem> {
    check_level(level)?;
    for (place, value, is_right) in [
        ("served", served, served > 0.0 && served.is_finite()),
        ("share", share, share > 0.0 && share <= 1.0),
        ("standard error of served", served_se, served_se >= 0.0 && served_se.is_finite()),
        ("standard error of share", share_se, share_se >= 0.0 && share_se.is_finite()),
    ] {
        if !is_right {
            return Err(Problem::of(
                place,
                format!(
                    "{value}; a count is above 0, a share above 0 and at most 1, an error 0 or more"
                ),
            ));
        }
    }
    let people = served / share;
    let relative = ((served_se / served).powi(2) + (share_se / share).powi(2)).sqrt();
    let factor = (normal_quantile(0.5 + level / 2.0) * relative).exp();
    Ok(Size { people, se: people * relative, bounds: (people / factor, people * factor) })
}

/// Weights that make any estimate here RDS-II (Volz and Heckathorn 2008, *Journal of Official Statistics* 24:79–97): one over the number of
/// people of the group whom somebody knows. As clusters take the trees, each grown from one seed: they are what was drawn separately
/// (Baraff, McCormick and Raftery 2016, PNAS 113:14668–14673, resample them); two seeds leave one degree of freedom.
///
/// ```
/// // Who knows many is asked more often than others, and counts for less.
/// assert_eq!(survey::referral_weights(&[2.0, 10.0]).unwrap(), [0.5, 0.1]);
/// ```
pub fn referral_weights(known: &[f64]) -> Result<Vec<f64>, Vec<Problem>> {
    let mut problems = Vec::new();
    let wrong = |i: usize| {
        (!known[i].is_finite() || known[i] < 1.0).then(|| {
            format!(
                "knows {} people of the group; whoever was brought knows at least one",
                known[i]
            )
        })
    };
    name_rows("known", known.len(), wrong, &mut problems);
    if problems.is_empty() {
        Ok(known.iter().map(|people| 1.0 / people).collect())
    } else {
        Err(problems)
    }
}

fn check_level(level: f64) -> Result<(), Problem> {
    let is_right = level > 0.0 && level < 1.0;
    let message = || format!("{level}; confidence lies between 0 and 1, such as 0.95");
    if is_right { Ok(()) } else { Err(Problem::of("level", message())) }
}
