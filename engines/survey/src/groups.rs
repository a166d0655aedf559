//! Columns as the engine reads them: labels turned into codes once, and answers read where they lie.
//! Sorting is settled here, so that no result ever depends on the order of a hash table.

use std::collections::BTreeMap;

/// The code of a row without a label.
pub const NO_GROUP: u32 = u32::MAX;

/// A column of labels (strata, clusters, countries, sex), each row holding the code of its label.
///
/// ```
/// let sex = survey::Groups::from_text(["women", "men", "", "men"]);
/// assert_eq!(sex.names(), ["men", "women"]);
/// assert_eq!(sex.codes(), [1, 0, survey::NO_GROUP, 0]);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Groups {
    codes: Vec<u32>,
    names: Vec<String>,
}

impl Groups {
    /// Reads labels; an empty label is no group. Names are sorted, as numbers where all are whole numbers.
    pub fn from_text<'a>(labels: impl IntoIterator<Item = &'a str>) -> Self {
        let mut seen: BTreeMap<&str, u32> = BTreeMap::new();
        let mut codes = Vec::new();
        for label in labels {
            let next = seen.len() as u32;
            codes.push(if label.is_empty() {
                NO_GROUP
            } else {
                *seen.entry(label).or_insert(next)
            });
        }
        let mut order: Vec<(&str, u32)> = seen.into_iter().collect();
        if let Some(numbers) =
            order.iter().map(|(name, _)| name.parse().ok()).collect::<Option<Vec<i64>>>()
        {
            let mut by_number: Vec<_> = numbers.into_iter().zip(order).collect();
            by_number.sort();
            order = by_number.into_iter().map(|(_, pair)| pair).collect();
        }
        Self::renumbered(
            codes,
            order.into_iter().map(|(name, code)| (name.to_owned(), code)).collect(),
        )
    }

    /// Reads numbers as labels, in numeric order. Use this for identifiers that a file holds as integers.
    pub fn from_numbers(labels: impl IntoIterator<Item = i64>) -> Self {
        let labels: Vec<i64> = labels.into_iter().collect();
        let (low, high) =
            labels.iter().fold((i64::MAX, i64::MIN), |(l, h), &x| (l.min(x), h.max(x)));
        let span = high.checked_sub(low).and_then(|span| usize::try_from(span).ok());
        let distinct: Vec<i64> = match span {
            // A table over the span costs one pass; sorting is for the sparse identifiers.
            Some(span) if span <= 4 * labels.len() + 1024 => {
                let mut present = vec![false; span + 1];
                labels.iter().for_each(|x| present[(x - low) as usize] = true);
                (0..=span).filter(|&i| present[i]).map(|i| low + i as i64).collect()
            }
            _ => {
                let mut sorted = labels.clone();
                sorted.sort_unstable();
                sorted.dedup();
                sorted
            }
        };
        let codes = match span {
            Some(span) if span <= 4 * labels.len() + 1024 => {
                let mut code_of = vec![NO_GROUP; span + 1];
                distinct.iter().zip(0..).for_each(|(x, code)| code_of[(x - low) as usize] = code);
                labels.iter().map(|x| code_of[(x - low) as usize]).collect()
            }
            _ => labels
                .iter()
                .map(|x| distinct.binary_search(x).expect("it was listed") as u32)
                .collect(),
        };
        Groups { codes, names: distinct.iter().map(i64::to_string).collect() }
    }

    /// Takes codes as they are, for a caller whose file is already coded (an Arrow dictionary, a Stata value
    /// label). `None` where a code has no name and is not [`NO_GROUP`].
    pub fn from_codes(codes: Vec<u32>, names: Vec<String>) -> Option<Self> {
        let known = codes.iter().all(|&code| code == NO_GROUP || (code as usize) < names.len());
        known.then_some(Groups { codes, names })
    }

    fn renumbered(mut codes: Vec<u32>, order: Vec<(String, u32)>) -> Self {
        let mut new_code = vec![NO_GROUP; order.len()];
        for (new, (_, old)) in order.iter().enumerate() {
            new_code[*old as usize] = new as u32;
        }
        for code in codes.iter_mut().filter(|code| **code != NO_GROUP) {
            *code = new_code[*code as usize];
        }
        Groups { codes, names: order.into_iter().map(|(name, _)| name).collect() }
    }

    /// One code for each row: an index into [`names`](Self::names), or [`NO_GROUP`].
    pub fn codes(&self) -> &[u32] {
        &self.codes
    }

    /// The labels, sorted.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The number of rows.
    pub fn len(&self) -> usize {
        self.codes.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }
}

/// The answers to one question, read where they lie. A missing answer is not a zero.
#[derive(Debug, Clone, Copy)]
pub enum Values<'a> {
    /// Measures; NaN is a missing answer, an infinite value a problem.
    Numbers(&'a [f64]),
    /// Yes and no in one byte: 1 yes, 0 no, anything else missing. An eighth of the memory.
    Flags(&'a [u8]),
}

impl Values<'_> {
    /// The number of rows.
    pub fn len(&self) -> usize {
        match self {
            Values::Numbers(values) => values.len(),
            Values::Flags(values) => values.len(),
        }
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The answer of a row, NaN where it is missing.
    #[inline]
    pub fn at(&self, row: usize) -> f64 {
        match self {
            Values::Numbers(values) => values.read(row),
            Values::Flags(values) => values.read(row),
        }
    }
}

/// Reads one column without a branch on its kind in the inner loop.
pub(crate) trait Read: Copy {
    fn read(self, row: usize) -> f64;
}

impl Read for &[f64] {
    #[inline]
    fn read(self, row: usize) -> f64 {
        self[row]
    }
}

impl Read for &[u8] {
    #[inline]
    fn read(self, row: usize) -> f64 {
        YES_NO[usize::from(self[row])]
    }
}

/// A branch on yes or no is guessed wrong every other time; a small table is not.
const YES_NO: [f64; 256] = {
    let mut table = [f64::NAN; 256];
    table[0] = 0.0;
    table[1] = 1.0;
    table
};

/// The column of ones: a mean is a ratio to it.
#[derive(Clone, Copy)]
pub(crate) struct Ones;

impl Read for Ones {
    #[inline]
    fn read(self, _: usize) -> f64 {
        1.0
    }
}
