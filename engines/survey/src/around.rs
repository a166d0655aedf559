//! The people about a quantile and its bounds. Each of the three is some person's own answer, so it is told only where others lie on
//! either side, and in steps that several people share.

/// Answers kept to either side of a point: more than any rule asks to share one step.
const NEAR: usize = 16;

/// A quantile, or a bound of one, among the answers of its cell.
#[derive(Debug, Clone)]
pub(crate) struct Point {
    value: f64,
    /// People, unweighted, who lie at it or below; at it or above.
    below: u64,
    above: u64,
    /// The answers nearest to it.
    near: Vec<f64>,
}

impl Point {
    /// `sorted` are the answers of the cell.
    pub(crate) fn new(sorted: &[f64], value: f64) -> Point {
        let first = sorted.partition_point(|other| *other < value);
        let after = sorted.partition_point(|other| *other <= value);
        let same = after.min(first + NEAR);
        let mut near = sorted[first.saturating_sub(NEAR)..same].to_vec();
        near.extend(sorted[after..].iter().take(NEAR));
        Point { value, below: after as u64, above: (sorted.len() - first) as u64, near }
    }

    /// People on the side where there are fewer.
    pub(crate) fn beyond(&self) -> u64 {
        self.below.min(self.above)
    }

    /// Whether so many people would be told by the same number, told in steps so wide.
    pub(crate) fn is_shared(&self, step: f64, people: u64) -> bool {
        let same = |other: &&f64| {
            **other == self.value || (**other / step).round() == (self.value / step).round()
        };
        self.near.iter().filter(same).count() as u64 >= people
    }
}
